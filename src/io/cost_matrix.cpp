#include <countyplan/io/cost_matrix.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/io/flaw.hpp>
#include <countyplan/io/problem_messages.hpp>
#include <countyplan/scalar/number.hpp>

#include "cost_pairs.hpp"
#include "exact_number.hpp"
#include "problem_text.hpp"

namespace countyplan {

namespace {

using detail::CostPairs;
using detail::NumberRange;
using detail::ProblemText;

constexpr NumberRange side_range{0, std::numeric_limits<std::int32_t>::max() - 1};
constexpr NumberRange table_costs{AssignmentProblem::min_cost, AssignmentProblem::max_cost};
constexpr std::size_t shortest_entry = sizeof "0 " - 1;
constexpr std::size_t shortest_pair = sizeof "1 1" - 1;

std::optional<std::size_t> side(ProblemText& in, std::string_view word) {
    const auto number = in.number(word, side_range);
    if (!number || !in.is_believable_side(*number)) return std::nullopt;
    return static_cast<std::size_t>(*number);
}

void complain_of_count(ProblemText& in, std::size_t declared, std::size_t found) {
    in.complain({message::problem_count, {to_text(declared), to_text(found)}});
}

void complain_of_rest(ProblemText& in) {
    const std::string_view word = in.words.word();
    if (!word.empty()) in.complain({message::problem_words_left, {excerpt(word.substr(0, 400))}}, word);
}

/// `n`, or `rows columns` where the format has both, and room for the table.
bool read_sides(ProblemText& in, bool may_be_oblong, AssignmentProblem& problem) {
    const auto rows = side(in, in.words.word());
    if (!rows) return false;
    auto columns = rows;
    if (may_be_oblong) {
        if (const std::string_view word = in.words.word_in_line(); !word.empty()) {
            columns = side(in, word);
            if (!columns) return false;
        }
    }
    // both are below 2^31, so the product fits
    if (!in.is_believable(static_cast<std::int64_t>(*rows) * static_cast<std::int64_t>(*columns), shortest_entry)) {
        return false;
    }
    if (may_be_oblong) in.end_of_line();
    problem.rows = *rows;
    problem.columns = *columns;
    problem.cost.reserve(*rows * *columns);
    return in.ok();
}

void read_run(ProblemText& in, AssignmentProblem& problem) {
    const std::size_t size = problem.rows * problem.columns;
    for (std::size_t i = 0; i < size && !in.full(); ++i) {
        const std::string_view word = in.words.word();
        if (word.empty()) return complain_of_count(in, size, i);
        problem.cost.push_back(in.cost(word, table_costs, AssignmentProblem::no_pair).value_or(0));
    }
    if (!in.full()) complain_of_rest(in);
}

void read_rows(ProblemText& in, AssignmentProblem& problem) {
    for (std::size_t row = 0; row < problem.rows && !in.full(); ++row) {
        std::string_view word;
        while (word.empty()) {
            if (!in.words.next_line()) return complain_of_count(in, problem.rows, row);
            word = in.words.word_in_line();
        }
        std::size_t found = 0;
        for (; !word.empty(); word = in.words.word_in_line(), ++found) {
            if (found >= problem.columns || in.full()) continue;
            problem.cost.push_back(in.cost(word, table_costs, AssignmentProblem::no_pair).value_or(0));
        }
        if (found != problem.columns) {
            in.complain({message::problem_row_length, {to_text(row + 1), to_text(found), to_text(problem.columns)}}, {},
                        {}, message::problem_run_on);
        }
    }
    if (!in.full()) complain_of_rest(in);
}

/// A number from 1 to `count`, given back from 0.
std::optional<std::uint32_t> index_in(ProblemText& in, std::size_t count) {
    const std::string_view word = in.words.word_in_line();
    const auto number = in.number(word, {});
    if (!number) return std::nullopt;
    if (*number < 1 || static_cast<std::uint64_t>(*number) > count) {
        in.complain({message::problem_no_such_number, {to_text(*number), to_text(count)}}, word);
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(*number - 1);
}

/// What the entries of a list of pairs are.
struct Banner {
    bool has_costs = true;
    bool is_symmetric = false;
};

/// One line `row column cost`, or without the cost, and in a symmetric table its mirror image.
void read_pair(ProblemText& in, const Banner& banner, CostPairs& pairs) {
    const auto row = index_in(in, pairs.rows);
    if (!row) return;
    const auto column = index_in(in, pairs.columns);
    if (!column) return;
    std::optional<std::int64_t> cost = 0;
    if (banner.has_costs) cost = in.cost(in.words.word_in_line(), detail::pair_costs, detail::no_cost);
    if (!cost) return;
    in.end_of_line();
    pairs.add(*row, *column, *cost);
    if (banner.is_symmetric && *row != *column) pairs.add(*column, *row, *cost);
}

/// Goes to the next line that holds something. False where there is none.
bool next_filled_line(ProblemText& in) {
    while (in.words.next_line()) {
        detail::WordScanner ahead = in.words;
        if (!ahead.word_in_line().empty()) return true;
    }
    return false;
}

// ------------------------------------------------------------------------------------------------- OR-Library

CostPairs read_or_library_pairs(ProblemText& in) {
    CostPairs pairs;
    const auto count = side(in, in.words.word());
    if (!count) return pairs;
    in.end_of_line();
    pairs.rows = pairs.columns = *count;
    while (!in.full() && next_filled_line(in))
        read_pair(in, {}, pairs);
    return pairs;
}

// ---------------------------------------------------------------------------------------------- Matrix Market

bool is_word(std::string_view word, std::string_view wanted) {
    return std::ranges::equal(word, wanted, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a | 32 : a) == b; });
}

/// Nothing where it cannot be read.
std::optional<Banner> read_banner(ProblemText& in) {
    const auto refuse = [&in](std::string_view word, const char* expected) -> std::optional<Banner> {
        in.complain(
            {message::problem_wrong_header, {excerpt(word.substr(0, 400)), expected}}, word,
            {message::expect_written, {"%%MatrixMarket matrix coordinate integer|real|pattern general|symmetric"}});
        return std::nullopt;
    };
    const std::string_view banner = in.words.word_in_line();
    if (!is_word(banner, "%%matrixmarket")) return refuse(banner, "%%MatrixMarket");
    const std::string_view object = in.words.word_in_line();
    if (!is_word(object, "matrix")) return refuse(object, "matrix");
    const std::string_view layout = in.words.word_in_line();
    if (!is_word(layout, "coordinate")) return refuse(layout, "coordinate");
    const std::string_view field = in.words.word_in_line();
    const bool has_costs = !is_word(field, "pattern");
    if (has_costs && !is_word(field, "integer") && !is_word(field, "real")) {
        return refuse(field, "integer, real, pattern");
    }
    const std::string_view symmetry = in.words.word_in_line();
    const bool is_symmetric = is_word(symmetry, "symmetric");
    if (!is_symmetric && !is_word(symmetry, "general")) return refuse(symmetry, "general, symmetric");
    in.end_of_line();
    return Banner{has_costs, is_symmetric};
}

/// Goes to the next line that holds something and is no comment.
bool next_matrix_line(ProblemText& in) {
    while (next_filled_line(in)) {
        detail::WordScanner ahead = in.words;
        if (!ahead.word_in_line().starts_with('%')) return true;
    }
    return false;
}

/// Complains of the first pair that is listed twice: whether the sum, the last or the least is meant, the
/// format does not say. `start` stands before the pairs.
void refuse_repeats(ProblemText& in, const CostPairs& pairs, const detail::WordScanner& start) {
    std::vector<std::uint64_t> keys(pairs.row.size());
    for (std::size_t i = 0; i < keys.size(); ++i)
        keys[i] = std::uint64_t{pairs.row[i]} << 32 | pairs.column[i];
    std::vector<std::uint64_t> sorted = keys;
    std::ranges::sort(sorted);
    const auto repeated = std::ranges::adjacent_find(sorted);
    if (repeated == sorted.end()) return;
    const auto row = static_cast<std::uint32_t>(*repeated >> 32);
    const auto column = static_cast<std::uint32_t>(*repeated);
    in.words = start;
    detail::WordScanner last = start;
    while (next_matrix_line(in)) {
        detail::WordScanner ahead = in.words;
        const std::int64_t i = detail::exact_number(ahead.word_in_line()).value - 1;
        const std::int64_t j = detail::exact_number(ahead.word_in_line()).value - 1;
        if ((i == row && j == column) || (i == column && j == row)) last = in.words;
    }
    in.words = last;
    in.complain({message::problem_pair_twice, {to_text(row + 1), to_text(column + 1)}});
}

CostPairs read_matrix_market(ProblemText& in, bool& has_costs) {
    CostPairs pairs;
    const auto banner = read_banner(in);
    if (!banner) return pairs;
    has_costs = banner->has_costs;
    if (!next_matrix_line(in)) {
        in.complain(message::problem_words_missing, {}, {message::expect_written, {"ROWS COLUMNS ENTRIES"}});
        return pairs;
    }
    const auto rows = side(in, in.words.word_in_line());
    const auto columns = rows ? side(in, in.words.word_in_line()) : std::nullopt;
    if (!columns) return pairs;
    const auto entries = in.number(in.words.word_in_line(), side_range);
    if (!entries || !in.is_believable(*entries, shortest_pair)) return pairs;
    in.end_of_line();
    pairs.rows = *rows;
    pairs.columns = *columns;
    const detail::WordScanner start = in.words;
    std::int64_t found = 0;
    while (!in.full() && next_matrix_line(in)) {
        if (found++ == *entries) break;
        read_pair(in, *banner, pairs);
    }
    if (in.full()) return pairs;
    if (found != *entries) {
        complain_of_count(in, static_cast<std::size_t>(*entries), static_cast<std::size_t>(found));
    } else if (in.ok()) {
        refuse_repeats(in, pairs, start);
    }
    return pairs;
}

}  // namespace

ProblemReading read_cost_matrix(std::string bytes, const std::string& name, const ProblemOptions& options) {
    ProblemText in(std::move(bytes), name, options);
    const bool runs_on = options.format == ProblemFormat::or_library;
    AssignmentProblem problem;
    if (in.ok() && read_sides(in, !runs_on, problem)) {
        if (runs_on) {
            read_run(in, problem);
        } else {
            read_rows(in, problem);
        }
    }
    return in.finish(std::move(problem), runs_on ? ProblemFormat::or_library : ProblemFormat::cost_matrix);
}

ProblemReading read_cost_pairs(std::string bytes, const std::string& name, const ProblemOptions& options) {
    ProblemText in(std::move(bytes), name, options);
    const bool is_market = options.format == ProblemFormat::matrix_market;
    const ProblemFormat format = is_market ? ProblemFormat::matrix_market : ProblemFormat::or_library_sparse;
    bool has_costs = true;
    CostPairs pairs;
    if (in.ok()) pairs = is_market ? read_matrix_market(in, has_costs) : read_or_library_pairs(in);
    if (!in.ok()) return in.finish({}, format);
    SparseAssignmentProblem problem = detail::sparse_problem(pairs);
    if (has_costs) return in.finish(std::move(problem), format);
    return in.finish(MatchingProblem{.rows = problem.rows,
                                     .columns = problem.columns,
                                     .first = std::move(problem.first),
                                     .column = std::move(problem.column)},
                     format);
}

}  // namespace countyplan
