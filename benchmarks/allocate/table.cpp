// One solver on one plan in a process of its own; prints one line of JSON. allocate_table.py drives it.
//   bench_allocate_table rows                     the names of the rows
//   bench_allocate_table ROW SOLVER [MOST_RUNS]   solve and measure: countyplan, or cbc where it is built in
//   bench_allocate_table ROW questions            ask what comes after a solve: repairs, a refusal, trade-offs
//   bench_allocate_table write ROW FILE           the same problem as a linear program, for solvers in Python
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/explain/explain.hpp>
#include <countyplan/allocate/replan.hpp>
#include <countyplan/allocate/trade_off.hpp>
#include <countyplan/experiment/generate.hpp>
#if defined(BENCH_CBC)
#include <countyplan/solve/mixed_integer_cbc.hpp>
#endif

namespace {

using namespace countyplan;
using Clock = std::chrono::steady_clock;

struct Row {
    const char* name;
    std::int64_t counties;
    Objective objective;  ///< empty: the plan's own, with its quotas, decisions and roads
};

const std::vector<Row>& rows() {
    static const std::vector<Row> all = {
        {"guangxi", 20, standard_objective()},
        {"guangxi-fair", 20, {Tier::critical_shortfall, Tier::shortfall, Tier::county_cover, Tier::fit}},
        {"guangxi-all", 20, {}},
        {"national", 160, standard_objective()},
        {"national-fair", 160, {Tier::critical_shortfall, Tier::shortfall, Tier::county_cover, Tier::fit}},
    };
    return all;
}

Plan plan_of(const Row& row) {
    GenerateOptions options;
    options.base = row.counties == 20 ? GenerateBase::guangxi : GenerateBase::invented;
    options.counties = row.counties;
    options.policy = row.objective.empty();
    Draft draft = generate(options);
    if (!row.objective.empty()) draft.objective = row.objective;
    return Plan(std::move(draft));
}

double milliseconds(Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

/// The median of up to `most` runs, at least one, for about ten seconds.
double median_of(std::size_t most, const std::function<void()>& run) {
    std::vector<double> times;
    double sum = 0;
    while (times.size() < most && (times.empty() || sum < 10'000)) {
        const auto start = Clock::now();
        run();
        times.push_back(milliseconds(start));
        sum += times.back();
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

/// The problem as columns and rows: pairs, totals of left and right groups, pieces of totals. Rows: an expert at most
/// once, a total is what lies in it, a total is the sum of its pieces.
struct Program {
    std::vector<double> upper;
    std::vector<double> lower;
    std::vector<std::vector<double>> cost;  ///< per tier, per column
    std::vector<std::int64_t> row;          ///< per entry
    std::vector<std::int64_t> column;
    std::vector<double> value;
    std::vector<double> row_lower;
    std::vector<double> row_upper;
};

class ProgramWriter {
  public:
    explicit ProgramWriter(const NestedFlowProblem& flow) : flow_(flow) { out_.cost.resize(flow.tiers); }

    [[nodiscard]] Program write() {
        const std::size_t width = flow_.tiers - flow_.pair_tier;
        for (std::size_t k = 0; k < flow_.pairs(); ++k) {
            add_column(0, 1);
            for (std::size_t t = flow_.pair_tier; t < flow_.tiers; ++t)
                out_.cost[t].back() = static_cast<double>(flow_.cost[k * width + t - flow_.pair_tier]);
        }
        for (std::size_t i = 0; i < flow_.items(); ++i) {
            add_row(0, 1);
            for (std::size_t k = flow_.first[i]; k < flow_.first[i + 1]; ++k)
                add_entry(k, 1);
        }
        const std::size_t left = add_groups(flow_.left);
        const std::size_t right = add_groups(flow_.right);
        for (std::size_t i = 0; i < flow_.items(); ++i) {
            for (std::size_t k = flow_.first[i]; k < flow_.first[i + 1]; ++k) {
                add_entry(left + flow_.group[i], k, -1);
                add_entry(right + flow_.to[k], k, -1);
            }
        }
        return std::move(out_);
    }

  private:
    void add_column(double lower, double upper) {
        out_.lower.push_back(lower);
        out_.upper.push_back(upper);
        for (auto& tier : out_.cost)
            tier.push_back(0);
    }
    void add_row(double lower, double upper) {
        out_.row_lower.push_back(lower);
        out_.row_upper.push_back(upper);
    }
    void add_entry(std::size_t column, double value) { add_entry(out_.row_lower.size() - 1, column, value); }
    void add_entry(std::size_t row, std::size_t column, double value) {
        out_.row.push_back(static_cast<std::int64_t>(row));
        out_.column.push_back(static_cast<std::int64_t>(column));
        out_.value.push_back(value);
    }

    /// Columns and rows of one side; the number of its first group's row.
    std::size_t add_groups(const NestedQuotas& quotas) {
        const auto items = static_cast<std::int64_t>(flow_.items());
        const std::size_t first_column = out_.lower.size();
        const std::size_t first_row = out_.row_lower.size();
        for (std::size_t g = 0; g < quotas.groups(); ++g) {
            add_column(static_cast<double>(quotas.lower[g]), static_cast<double>(std::min(quotas.upper[g], items)));
            add_row(0, 0);
            add_entry(first_column + g, 1);
        }
        for (std::size_t g = 0; g < quotas.groups(); ++g)
            if (quotas.parent[g] != NestedQuotas::outermost)
                add_entry(first_row + quotas.parent[g], first_column + g, -1);
        for (std::size_t g = 0; g < quotas.groups(); ++g) {
            if (quotas.first_piece.empty() || quotas.first_piece[g] == quotas.first_piece[g + 1]) continue;
            add_row(0, 0);
            add_entry(first_column + g, 1);
            for (std::size_t k = quotas.first_piece[g]; k < quotas.first_piece[g + 1]; ++k) {
                const bool is_last = k + 1 == quotas.first_piece[g + 1];
                add_column(0, static_cast<double>(is_last ? items : quotas.from[k + 1] - quotas.from[k]));
                for (std::size_t t = 0; t < flow_.tiers; ++t)
                    out_.cost[t].back() = static_cast<double>(quotas.slope[k * flow_.tiers + t]);
                add_entry(out_.lower.size() - 1, -1);
            }
        }
        return first_row;
    }

    const NestedFlowProblem& flow_;
    Program out_;
};

template <class T>
void write(std::ofstream& file, const std::vector<T>& values) {
    file.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
}

int export_program(const Row& row, const char* path) {
    const Plan plan = plan_of(row);
    const Program program = ProgramWriter(allocation_problem(plan)->flow).write();
    std::ofstream file(path, std::ios::binary);
    const std::vector<std::int64_t> sizes = {
        static_cast<std::int64_t>(program.lower.size()), static_cast<std::int64_t>(program.row_lower.size()),
        static_cast<std::int64_t>(program.row.size()), static_cast<std::int64_t>(program.cost.size())};
    write(file, sizes);
    write(file, program.lower);
    write(file, program.upper);
    for (const auto& tier : program.cost)
        write(file, tier);
    write(file, program.row_lower);
    write(file, program.row_upper);
    write(file, program.row);
    write(file, program.column);
    write(file, program.value);
    return file.good() ? 0 : 1;
}

double peak_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Costs per tier, as text: what the solvers must agree on.
template <class Costs>
std::string costs_json(const Costs& costs) {
    std::string out;
    for (const auto& cost : costs)
        out += (out.empty() ? "\"" : ", \"") + cost + "\"";
    return "[" + out + "]";
}

int measure_own(const Row& row, std::size_t most_runs) {
    const Plan plan = plan_of(row);
    AllocationProblem problem;
    const double building = median_of(most_runs, [&] { problem = *allocation_problem(plan); });
    NestedFlowResult solved;
    const double solving = median_of(most_runs, [&] { solved = solve(problem.flow); });
    const NestedFlowStart start{solved.pair_of, std::get<NestedFlowPotentials>(solved.certificate)};
    Allocation best;
    const double allocating = median_of(most_runs, [&] { best = allocate(plan); });
    bool is_right = false;
    const double verifying = median_of(most_runs, [&] { is_right = verify(plan, best); });
    std::vector<std::string> costs;
    for (const Int128& cost : solved.cost)
        costs.push_back(to_text(cost));
    std::printf(
        "{\"row\": \"%s\", \"solver\": \"countyplan\", \"pairs\": %zu, \"experts\": %zu, \"posts\": %zu, \"costs\": "
        "%s, "
        "\"build_ms\": %.3f, \"ms\": %.3f, \"allocate_ms\": %.3f, \"verify_ms\": %.3f, \"certified\": %s, "
        "\"peak_mib\": %.1f, \"compiler\": \"%s\"}\n",
        row.name, problem.flow.pairs(), plan.rows().experts.size(), plan.rows().posts.size(), costs_json(costs).c_str(),
        building, solving, allocating, verifying, is_right && best.claim == Claim::proved ? "true" : "false",
        peak_mib(), BENCH_COMPILER);
    return 0;
}

/// Of times in milliseconds; some are there.
struct Spread {
    double median = 0;
    double most = 0;
};

Spread spread_of(std::vector<double> times) {
    std::ranges::sort(times);
    return {times[times.size() / 2], times.back()};
}

void print_question(const Row& row, const char* name, const Spread& spread, std::size_t times, std::size_t points,
                    std::size_t open, bool is_right) {
    std::printf(
        "{\"row\": \"%s\", \"solver\": \"questions\", \"question\": \"%s\", \"ms\": %.3f, \"most_ms\": %.3f, "
        "\"times\": %zu, \"points\": %zu, \"open\": %zu, \"right\": %s}\n",
        row.name, name, spread.median, spread.most, times, points, open, is_right ? "true" : "false");
    std::fflush(stdout);
}

/// Someone posted resigns, then the next one falls ill, and so on; as good as a full solve of the plan at the end.
void ask_repairs(const Row& row, const Plan& plan, const Allocation& best) {
    constexpr std::int64_t events = 32;
    Replanner repairs(plan, best);
    std::vector<double> times;
    bool is_right = true;
    Repair last;
    for (std::int64_t number = 1; number <= events; ++number) {
        const Posting& posting = best.staffing.rows()[static_cast<std::size_t>(number * 7) % best.staffing.size()];
        Event event{.number = number, .day = plan.rows().period.from, .subject = "expert:" + posting.expert};
        if (number % 2 == 0) {
            event.kind = EventKind::ill;
            event.from = posting.from;
            event.to = posting.from;
        }
        const auto start = Clock::now();
        last = repairs.add(event);
        times.push_back(milliseconds(start));
        is_right = is_right && !last.rebuilt && last.termination == Termination::optimal;
    }
    is_right = is_right && last.tiers == allocate(repairs.plan()).tiers;
    print_question(row, "repair of one event", spread_of(times), times.size(), 0, 0, is_right);
}

/// Why posted people are not in other posts.
void ask_refusals(const Row& row, const Plan& plan, const Allocation& best) {
    constexpr std::size_t people = 40;
    std::vector<double> times;
    bool is_right = true;
    for (std::size_t k = 0; k < people; ++k) {
        const Posting& posting = best.staffing.rows()[k * 23 % best.staffing.size()];
        const Id<Post> post(k * 37 % plan.rows().posts.size());
        if (plan.rows().posts[post].id == posting.post) continue;
        const auto start = Clock::now();
        const WhyNot why = why_not(plan, best, plan.find<Expert>(posting.expert), post);
        times.push_back(milliseconds(start));
        is_right = is_right && !sentences(plan, why).empty();
    }
    print_question(row, "explanation of one refusal", spread_of(times), times.size(), 0, 0, is_right);
}

void ask_trade_off(const Row& row, const Plan& plan, const char* name, const TradeOffOptions& options) {
    TradeOff curve;
    std::vector<double> times;
    for (int k = 0; k < 3; ++k) {
        const auto start = Clock::now();
        curve = trade_off(plan, plan.rows().staffing, options);
        times.push_back(milliseconds(start));
    }
    const bool is_right = curve.claim == Claim::proved && verify(plan, plan.rows().staffing, curve);
    print_question(row, name, spread_of(times), times.size(), curve.points.size(), curve.open.size(), is_right);
}

int measure_questions(const Row& row) {
    const Plan plan = plan_of(row);
    const Allocation best = allocate(plan);
    ask_repairs(row, plan, best);
    if (row.counties > 20) return 0;
    ask_refusals(row, plan, best);
    ask_trade_off(row, plan, "whole trade-off, moves and fit", {});
    if (std::ranges::count(plan.rows().objective, Tier::hardship) > 0)
        ask_trade_off(row, plan, "whole trade-off, hardship and fit", {.first = Tier::hardship, .second = Tier::fit});
    return 0;
}

#if defined(BENCH_CBC)
/// Tier after tier, each held at its best value by a row more.
int measure_cbc(const Row& row) {
    const Plan plan = plan_of(row);
    const Program program = ProgramWriter(allocation_problem(plan)->flow).write();
    MixedIntegerProgram problem;
    problem.linear.lower = program.lower;
    problem.linear.upper = program.upper;
    problem.is_integer.assign(program.lower.size(), 0);  // the matrix is totally unimodular
    const MixedIntegerBackend backend = cbc_backend();
    std::vector<std::string> costs;
    std::vector<double> held;
    double sum = 0;
    for (std::size_t t = 0; t < program.cost.size(); ++t) {
        problem.linear.cost = program.cost[t];
        problem.linear.row_lower = program.row_lower;
        problem.linear.row_upper = program.row_upper;
        std::vector<std::vector<std::pair<std::uint32_t, double>>> columns(program.lower.size());
        for (std::size_t k = 0; k < program.row.size(); ++k)
            columns[static_cast<std::size_t>(program.column[k])].emplace_back(program.row[k], program.value[k]);
        for (std::size_t h = 0; h < held.size(); ++h) {
            const auto at = static_cast<std::uint32_t>(problem.linear.row_lower.size());
            problem.linear.row_lower.push_back(-LinearProgram::infinity);
            problem.linear.row_upper.push_back(held[h]);
            for (std::size_t c = 0; c < columns.size(); ++c)
                if (program.cost[h][c] != 0) columns[c].emplace_back(at, program.cost[h][c]);
        }
        problem.linear.first = {0};
        problem.linear.row.clear();
        problem.linear.value.clear();
        for (const auto& column : columns) {
            for (const auto& [at, value] : column) {
                problem.linear.row.push_back(at);
                problem.linear.value.push_back(value);
            }
            problem.linear.first.push_back(problem.linear.row.size());
        }
        const auto start = Clock::now();
        const BackendAnswer answer = backend.run(problem, {}, {}, {});
        sum += milliseconds(start);
        if (answer.termination != Termination::optimal) {
            std::fprintf(stderr, "cbc: tier %zu not solved\n", t);
            return 1;
        }
        double value = 0;
        for (std::size_t c = 0; c < answer.x.size(); ++c)
            value += answer.x[c] * program.cost[t][c];
        held.push_back(std::round(value));
        costs.push_back(std::to_string(static_cast<std::int64_t>(held.back())));
    }
    std::printf("{\"row\": \"%s\", \"solver\": \"cbc\", \"costs\": %s, \"ms\": %.3f, \"peak_mib\": %.1f}\n", row.name,
                costs_json(costs).c_str(), sum, peak_mib());
    return 0;
}
#endif

}  // namespace

int main(int count, char** words) {
    try {
        const std::vector<std::string_view> given(words + 1, words + count);
        if (given.size() == 1 && given[0] == "rows") {
            for (const Row& row : rows())
                std::printf("%s\n", row.name);
            return 0;
        }
        const bool writes = given.size() == 3 && given[0] == "write";
        if (given.size() < 2) return 2;
        const auto row = std::ranges::find(rows(), given[writes ? 1 : 0], &Row::name);
        if (row == rows().end()) return 2;
        if (writes) return export_program(*row, words[3]);
        if (given[1] == "countyplan") {
            return measure_own(*row, given.size() > 2 ? std::strtoul(words[3], nullptr, 10) : 9);
        }
        if (given[1] == "questions") return measure_questions(*row);
#if defined(BENCH_CBC)
        if (given[1] == "cbc") return measure_cbc(*row);
#endif
        std::fprintf(stderr, "no such solver here\n");
        return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
