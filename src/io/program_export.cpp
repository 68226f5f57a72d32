#include <countyplan/io/program_export.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

namespace {

constexpr double infinity = LinearProgram::infinity;

/// One line of the matrix as it is written.
struct WrittenRow {
    std::string name;
    std::size_t row;
    char kind;  ///< L, G or E
    double bound;
    double range;  ///< 0 if none; above `bound` of a G row, below that of an L row
};

std::string column_name(std::size_t j) { return "x" + to_text(j); }

/// The rows with bounds; those with two either as one with a range, if asked and exact, or as two.
std::vector<WrittenRow> written_rows(const LinearProgram& linear, bool ranges) {
    std::vector<WrittenRow> rows;
    for (std::size_t i = 0; i < linear.rows(); ++i) {
        const double lower = linear.row_lower[i], upper = linear.row_upper[i];
        const std::string name = "r" + to_text(i);
        const double range = upper - lower;
        if (lower == upper) {
            rows.push_back({name, i, 'E', lower, 0.0});
        } else if (std::isinf(range)) {
            if (lower != -infinity) rows.push_back({name, i, 'G', lower, 0.0});
            if (upper != infinity) rows.push_back({name, i, 'L', upper, 0.0});
        } else if (ranges && lower + range == upper) {
            rows.push_back({name, i, 'G', lower, range});
        } else if (ranges && upper - range == lower) {
            rows.push_back({name, i, 'L', upper, range});
        } else {
            rows.push_back({name + "_low", i, 'G', lower, 0.0});
            rows.push_back({name, i, 'L', upper, 0.0});
        }
    }
    return rows;
}

/// ` + 3 x7`, ` - 0.5 x2`
std::string term(double factor, std::size_t column) {
    return (std::signbit(factor) ? " - " : " + ") + to_text(std::abs(factor)) + ' ' + column_name(column);
}

std::string lp_text(const MixedIntegerProgram& problem) {
    const LinearProgram& linear = problem.linear;
    constexpr std::size_t terms_per_line = 10;
    std::vector<std::vector<std::pair<double, std::size_t>>> by_row(linear.rows());
    for (std::size_t j = 0; j < linear.columns(); ++j) {
        for (std::size_t k = linear.first[j]; k < linear.first[j + 1]; ++k)
            by_row[linear.row[k]].emplace_back(linear.value[k], j);
    }
    std::string out = problem.sense == Sense::minimise ? "Minimize\n obj:" : "Maximize\n obj:";
    std::size_t written = 0;
    const auto append = [&](double factor, std::size_t column) {
        if (written > 0 && written % terms_per_line == 0) out += "\n  ";
        out += term(factor, column);
        ++written;
    };
    const std::vector<WrittenRow> rows = written_rows(linear, false);
    std::vector<bool> named(linear.columns(), false);  // some readers know no column that stands in bounds alone
    for (const WrittenRow& row : rows) {
        for (const auto& [factor, column] : by_row[row.row])
            named[column] = true;
    }
    for (std::size_t j = 0; j < linear.columns(); ++j) {
        if (linear.cost[j] != 0.0 || !named[j]) append(linear.cost[j] + 0.0, j);
    }
    if (written == 0) append(0.0, 0);
    out += "\nSubject To\n";
    for (const WrittenRow& row : rows) {
        out += ' ' + row.name + ':';
        written = 0;
        for (const auto& [factor, column] : by_row[row.row])
            append(factor, column);
        if (written == 0) append(0.0, 0);
        out += (row.kind == 'E' ? " = " : row.kind == 'L' ? " <= " : " >= ") + to_text(row.bound) + '\n';
    }
    out += "Bounds\n";
    if (linear.columns() == 0) out += " x0 = 0\n";
    for (std::size_t j = 0; j < linear.columns(); ++j) {
        const double lower = linear.lower[j], upper = linear.upper[j];
        if (lower == -infinity && upper == infinity) {
            out += ' ' + column_name(j) + " free\n";
        } else if (lower == upper) {
            out += ' ' + column_name(j) + " = " + to_text(lower) + '\n';
        } else if (upper == infinity) {
            out += ' ' + column_name(j) + " >= " + to_text(lower) + '\n';
        } else {
            out += ' ' + (lower == -infinity ? "-inf" : to_text(lower)) + " <= " + column_name(j) +
                   " <= " + to_text(upper) + '\n';
        }
    }
    written = 0;
    for (std::size_t j = 0; j < linear.columns(); ++j) {
        if (problem.is_integer[j] == 0) continue;
        if (written++ == 0) out += "General\n";
        out += ' ' + column_name(j) + '\n';
    }
    return out + "End\n";
}

std::string mps_text(const MixedIntegerProgram& problem) {
    const LinearProgram linear = relaxation(problem);
    const std::vector<WrittenRow> rows = written_rows(linear, true);
    std::vector<std::vector<std::size_t>> written(linear.rows());  // a row may stand for two lines
    std::string out = "NAME countyplan FREE\nROWS\n N obj\n";
    for (std::size_t r = 0; r < rows.size(); ++r) {
        written[rows[r].row].push_back(r);
        out += std::string(" ") + rows[r].kind + ' ' + rows[r].name + '\n';
    }
    out += "COLUMNS\n";
    if (linear.columns() == 0) out += " x0 obj 0\n";
    bool whole = false;
    std::size_t markers = 0;
    const auto mark = [&](bool wanted) {
        if (whole == wanted) return;
        whole = wanted;
        out += " M" + to_text(markers++) + " 'MARKER' " + (wanted ? "'INTORG'\n" : "'INTEND'\n");
    };
    for (std::size_t j = 0; j < linear.columns(); ++j) {
        mark(problem.is_integer[j] != 0);
        const std::string name = ' ' + column_name(j) + ' ';
        out += name + "obj " + to_text(linear.cost[j]) + '\n';
        for (std::size_t k = linear.first[j]; k < linear.first[j + 1]; ++k) {
            for (const std::size_t r : written[linear.row[k]])
                out += name + rows[r].name + ' ' + to_text(linear.value[k]) + '\n';
        }
    }
    mark(false);
    out += "RHS\n";
    for (const WrittenRow& row : rows)
        out += " rhs " + row.name + ' ' + to_text(row.bound) + '\n';
    bool headed = false;
    for (const WrittenRow& row : rows) {
        if (row.range == 0.0) continue;
        if (!headed) out += "RANGES\n";
        headed = true;
        out += " ranges " + row.name + ' ' + to_text(row.range) + '\n';
    }
    out += "BOUNDS\n";
    if (linear.columns() == 0) out += " FX bounds x0 0\n";
    for (std::size_t j = 0; j < linear.columns(); ++j) {
        const double lower = linear.lower[j], upper = linear.upper[j];
        const std::string name = " bounds " + column_name(j);
        if (lower == upper) {
            out += " FX" + name + ' ' + to_text(lower) + '\n';
        } else if (lower == -infinity && upper == infinity) {
            out += " FR" + name + '\n';
        } else {
            out += lower == -infinity ? " MI" + name + '\n' : " LO" + name + ' ' + to_text(lower) + '\n';
            out += upper == infinity ? " PL" + name + '\n' : " UP" + name + ' ' + to_text(upper) + '\n';
        }
    }
    return out + "ENDATA\n";
}

}  // namespace

std::optional<ProgramFormat> program_format_of(std::string_view path) {
    if (path.ends_with(".lp")) return ProgramFormat::lp;
    if (path.ends_with(".mps")) return ProgramFormat::mps;
    return std::nullopt;
}

std::string program_text(const MixedIntegerProgram& problem, ProgramFormat format) {
    if (const Verdict v = examine(problem); !v.accepted) throw InvalidProblem(v.why, v.place);
    return format == ProgramFormat::lp ? lp_text(problem) : mps_text(problem);
}

}  // namespace countyplan
