// A plan's teams under its couplings: what each stage finds and proves in a given time, as one line of JSON.
//   bench_allocate_teams PLAN SECONDS   the answer is examined after the clock stopped
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>

#include <countyplan/allocate/team.hpp>
#include <countyplan/io/read.hpp>

namespace {

using namespace countyplan;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration spent) { return std::chrono::duration<double, std::milli>(spent).count(); }

void print(std::string_view before, std::string_view name, const auto& value) {
    std::cout << before << '"' << name << "\": " << value;
}

/// The share of what was found that may still be saved.
double gap(const TeamColumnsResult& answer) {
    const auto found = static_cast<double>(*answer.objective), bound = static_cast<double>(*answer.bound);
    return found == bound ? 0.0 : (found - bound) / std::max(1.0, std::abs(found));
}

void measure(const Plan& plan, double seconds) {
    Stop stop;
    stop.time_limit = std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
    const auto start = Clock::now();
    const TeamAllocation answer = allocate_teams(plan, {}, stop);
    const double spent = milliseconds(Clock::now() - start);
    const auto check = Clock::now();
    const Verdict verdict = examine(plan, answer);
    const double checked = milliseconds(Clock::now() - check);
    print("{", "ms", spent);
    print(", ", "termination", '"' + std::string(text(word(answer.termination), Language::en)) + '"');
    print(", ", "staffing", answer.staffing.size());
    std::cout << ", \"tiers\": {";
    for (std::size_t t = 0; t < answer.tiers.size(); ++t) {
        print(t == 0 ? "" : ", ", name(answer.tiers[t].tier), to_text(answer.tiers[t].value));
    }
    std::cout << "}, \"stages\": [";
    for (std::size_t s = 0; s < answer.stages.size(); ++s) {
        const TeamColumnsResult& stage = answer.stages[s].answer;
        print(s == 0 ? "{" : ", {", "found", stage.objective ? std::to_string(*stage.objective) : "null");
        print(", ", "bound", stage.bound ? std::to_string(*stage.bound) : "null");
        if (stage.objective && stage.bound) print(", ", "gap", gap(stage));
        print(", ", "steps", stage.steps);
        const TeamProblem problem = team_stage_problem(plan, answer.stages, s);
        print(", ", "relaxed", is_relaxed(problem.teams, stage.proof) ? "true" : "false");
        std::cout << '}';
    }
    std::int64_t breaches = 0;
    for (const CouplingCount& count : answer.couplings)
        breaches += count.breach;
    print("], ", "breaches", breaches);
    print(", ", "price", answer.price.empty() ? 0 : answer.price.back());
    print(", ", "left_out", answer.left_out.size());
    print(", ", "accepted", verdict.accepted ? "true" : "false");
    print(", ", "check_ms", checked);
    print(", ", "compiler", "\"" BENCH_COMPILER "\"}\n");
}

}  // namespace

int main(int count, char** values) {
    if (count != 3) {
        std::cerr << "bench_allocate_teams PLAN SECONDS\n";
        return 2;
    }
    try {
        measure(read_plan(values[1]), std::stod(values[2]));
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
