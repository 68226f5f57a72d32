// Teams on instance F: what the solver finds and proves in a given time, and how fast moves are judged.
//
//   bench_solve_teams solve SEED SECONDS [LANES]   one JSON line; the certificate is checked after the clock stopped
//   bench_solve_teams lanes SEED STEPS             so many steps on one thread, then on two
//   bench_solve_teams moves SEED                   a million changes of one expert, each judged
//   bench_solve_teams write SEED                   the instance: counts, sender per expert, school per post, pairs
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/team_columns_state.hpp>
#include <countyplan/solve/random.hpp>
#include <countyplan/solve/team_columns.hpp>

#include "given/instances.hpp"

namespace {

using namespace countyplan;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration spent) { return std::chrono::duration<double, std::milli>(spent).count(); }

/// The instance as a problem: posts of one head that must be filled, no other rule than the charge for senders.
TeamColumnsProblem problem_of(const given::CohesionInstance& instance) {
    TeamColumnsProblem p;
    p.senders = static_cast<std::uint32_t>(instance.senders);
    for (const std::int32_t s : instance.sender_of)
        p.sender_of.push_back(static_cast<std::uint32_t>(s));
    for (std::size_t i = 0; i < instance.school_of.size(); ++i) {
        p.lower.push_back(1);
        p.target.push_back(1);
        p.upper.push_back(1);
        p.shortfall.push_back(0);
        if (i + 1 == instance.school_of.size() || instance.school_of[i + 1] != instance.school_of[i]) {
            p.first_post.push_back(i + 1);
            p.charge.push_back(instance.charge);
            p.most_senders.push_back(p.senders);
        }
    }
    std::vector<std::tuple<std::int32_t, std::int32_t, std::int32_t>> pairs;
    for (std::size_t k = 0; k < instance.expert.size(); ++k)
        pairs.emplace_back(instance.expert[k], instance.post[k], instance.cost[k]);
    std::ranges::sort(pairs);
    for (std::size_t e = 0, k = 0; e < p.sender_of.size(); ++e) {
        for (; k < pairs.size() && static_cast<std::size_t>(std::get<0>(pairs[k])) == e; ++k) {
            p.post.push_back(static_cast<std::uint32_t>(std::get<1>(pairs[k])));
            p.cost.push_back(std::get<2>(pairs[k]));
        }
        p.first_pair.push_back(k);
    }
    return p;
}

TeamWorkers threads(std::size_t lanes) {
    if (lanes < 2) return {};
    return {lanes, [lanes](const std::function<void(std::size_t)>& task) {
                std::vector<std::jthread> others;
                for (std::size_t lane = 1; lane < lanes; ++lane)
                    others.emplace_back(task, lane);
                task(0);
            }};
}

void measure_lanes(const TeamColumnsProblem& p, std::int64_t steps) {
    std::vector<double> spent;
    std::vector<TeamColumnsResult> results;
    for (const std::size_t lanes : {1, 2}) {
        const auto start = Clock::now();
        results.push_back(solve(p, {}, {.step_limit = steps}, {}, threads(lanes)));
        spent.push_back(milliseconds(Clock::now() - start));
    }
    std::cout << "{\"ms\": " << spent[0] << ", \"ms_two\": " << spent[1] << ", \"steps\": " << results[0].steps
              << ", \"same\": " << (results[0] == results[1] ? "true" : "false") << "}\n";
}

void measure_solve(const TeamColumnsProblem& p, double seconds, std::size_t lanes) {
    Stop stop;
    stop.time_limit = std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
    const auto start = Clock::now();
    const TeamColumnsResult result = solve(p, {}, stop, {}, threads(lanes));
    const double spent = milliseconds(Clock::now() - start);
    const auto check = Clock::now();
    const bool accepted = verify(p, result);
    const double checked = milliseconds(Clock::now() - check);
    std::cout << "{\"ms\": " << spent << ", \"objective\": " << result.objective.value_or(-1)
              << ", \"bound\": " << result.bound.value_or(-1) << ", \"steps\": " << result.steps
              << ", \"nodes\": " << result.proof.nodes.size() << ", \"accepted\": " << (accepted ? "true" : "false")
              << ", \"check_ms\": " << checked << ", \"compiler\": \"" << BENCH_COMPILER << "\"}\n";
}

void measure_moves(const TeamColumnsProblem& p) {
    constexpr int moves = 1'000'000;
    const Stop stop;
    const Progress progress;
    const TeamWorkers workers;
    detail::Watch watch(stop, progress);
    const detail::TeamModel model(p, workers, watch);
    detail::TeamState state(model);
    Random random(7, 1);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> drawn;
    while (drawn.size() < moves) {
        const auto e = static_cast<std::uint32_t>(random.below(p.experts()));
        const std::size_t choices = p.first_pair[e + 1] - p.first_pair[e];
        if (choices == 0) continue;
        drawn.emplace_back(e, static_cast<std::uint32_t>(p.first_pair[e] + random.below(choices)));
    }
    std::int64_t better = 0;
    const auto start = Clock::now();
    for (const auto& [e, k] : drawn) {
        const std::uint32_t before = state.pair_of()[e];
        const detail::TeamScore score = state.score();
        state.assign(e, k);
        if (state.score() < score) {
            ++better;
        } else {
            state.assign(e, before);
        }
    }
    std::cout << "{\"ms\": " << milliseconds(Clock::now() - start) << ", \"moves\": " << moves
              << ", \"taken\": " << better << "}\n";
}

void write_instance(const given::CohesionInstance& instance) {
    std::cout << instance.schools << ' ' << instance.posts << ' ' << instance.experts << ' ' << instance.senders << ' '
              << instance.charge << ' ' << instance.expert.size() << '\n';
    for (const std::int32_t s : instance.sender_of)
        std::cout << s << '\n';
    for (const std::int32_t h : instance.school_of)
        std::cout << h << '\n';
    for (std::size_t k = 0; k < instance.expert.size(); ++k)
        std::cout << instance.expert[k] << ' ' << instance.post[k] << ' ' << instance.cost[k] << '\n';
}

int run(const std::vector<std::string>& arguments) {
    if (arguments.size() < 2) {
        std::cerr << "bench_solve_teams solve SEED SECONDS [LANES] | lanes SEED STEPS | moves SEED | write SEED\n";
        return 2;
    }
    const auto instance = given::cohesion_instance(std::stoull(arguments[1]));
    if (arguments[0] == "write") {
        write_instance(instance);
        return 0;
    }
    const TeamColumnsProblem p = problem_of(instance);
    if (arguments[0] == "moves") {
        measure_moves(p);
        return 0;
    }
    if (arguments[0] == "lanes" && arguments.size() > 2) {
        measure_lanes(p, std::stoll(arguments[2]));
        return 0;
    }
    if (arguments[0] != "solve" || arguments.size() < 3) return 2;
    measure_solve(p, std::stod(arguments[2]), arguments.size() > 3 ? std::stoull(arguments[3]) : 1);
    return 0;
}

}  // namespace

int main(int count, char** values) {
    try {
        return run({values + 1, values + count});
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
