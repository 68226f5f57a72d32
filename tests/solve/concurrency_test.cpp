// Sixteen solves at once on shared constant problems: the same answers as one alone, and nothing for
// ThreadSanitizer to find.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <thread>
#include <vector>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/convex_flow.hpp>
#include <countyplan/solve/leximin.hpp>
#include <countyplan/solve/linear_program.hpp>
#include <countyplan/solve/longest_path.hpp>
#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/max_flow.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/random.hpp>
#include <countyplan/solve/sparse_assignment.hpp>

#include "given/assignment.hpp"
#include "given/convex_flow.hpp"
#include "given/leximin.hpp"
#include "given/linear_program.hpp"
#include "given/longest_path.hpp"
#include "given/matching.hpp"
#include "given/max_flow.hpp"
#include "given/min_cost_flow.hpp"
#include "given/nested_flow.hpp"
#include "given/sparse_assignment.hpp"

namespace {

using namespace countyplan;

constexpr std::size_t threads = 16;

/// Solves each problem on every thread, with one stop and one observer for all, and compares with one thread.
template <class Problem>
void expect_alike(const std::vector<Problem>& problems) {
    using Result = decltype(solve(problems[0]));
    const Stop stop{.step_limit = std::int64_t{1} << 40, .token = std::stop_source().get_token()};
    const Progress progress = [](const Tick&) {};
    std::vector<Result> alone;
    for (const Problem& problem : problems)
        alone.push_back(solve(problem));
    std::vector<std::vector<Result>> found(threads);
    std::vector<std::vector<bool>> right(threads);
    std::vector<std::thread> workers;
    for (std::size_t t = 0; t < threads; ++t) {
        workers.emplace_back([&, t] {
            for (std::size_t i = 0; i < problems.size(); ++i) {
                const Problem& problem = problems[(i + t) % problems.size()];  // not all at the same one
                found[t].push_back(solve(problem, {}, stop, progress));
                right[t].push_back(verify(problem, found[t].back()));
            }
        });
    }
    for (std::thread& worker : workers)
        worker.join();
    for (std::size_t t = 0; t < threads; ++t) {
        for (std::size_t i = 0; i < problems.size(); ++i) {
            EXPECT_TRUE(right[t][i]);
            EXPECT_EQ(found[t][i], alone[(i + t) % problems.size()]) << "thread " << t << ", problem " << i;
        }
    }
}

/// The first `count` seeded problems.
template <class Given>
auto first_problems(std::uint64_t count, const Given& given) {
    std::vector<decltype(given(std::uint64_t{0}))> problems;
    for (std::uint64_t seed = 0; seed < count; ++seed)
        problems.push_back(given(seed));
    return problems;
}

template <class Cost>
BasicAssignmentProblem<Cost> table(std::uint64_t seed) {
    Random random(seed, 92);
    BasicAssignmentProblem<Cost> problem{.rows = 50 + 3 * seed, .columns = 60};
    for (std::size_t i = 0; i < problem.rows * problem.columns; ++i)
        problem.cost.push_back(static_cast<Cost>(random.between(0, 1000)));
    return problem;
}

TEST(Concurrency, Assignment) {
    expect_alike(first_problems(5, table<std::int64_t>));
    expect_alike(first_problems(5, table<std::int32_t>));
}

TEST(Concurrency, SparseAssignment) {
    expect_alike(
        first_problems(10, [](std::uint64_t seed) { return given::random_sparse_problem<std::int64_t>(seed, 60); }));
    expect_alike(
        first_problems(10, [](std::uint64_t seed) { return given::random_sparse_problem<std::int32_t>(seed, 60); }));
}

TEST(Concurrency, MinCostFlow) {
    expect_alike(
        first_problems(4, [](std::uint64_t seed) { return given::staffing_min_cost_flow(60, 20, 20, 3, seed); }));
    expect_alike(first_problems(20, [](std::uint64_t seed) { return given::random_min_cost_flow(seed); }));
}

TEST(Concurrency, ConvexFlow) { expect_alike(first_problems(20, given::random_convex_flow)); }

TEST(Concurrency, NestedFlow) {
    expect_alike(first_problems(10, [](std::uint64_t seed) { return given::random_nested_flow(seed, 80, 12, 10); }));
}

TEST(Concurrency, LongestPath) { expect_alike(first_problems(20, given::random_longest_path)); }

TEST(Concurrency, LinearProgram) { expect_alike(first_problems(20, given::random_linear_program)); }

TEST(Concurrency, MaxFlow) {
    expect_alike(first_problems(4, [](std::uint64_t seed) { return given::level_max_flow(10, 40, seed); }));
    expect_alike(first_problems(20, given::random_max_flow));
}

TEST(Concurrency, Matching) {
    expect_alike(first_problems(4, [](std::uint64_t seed) { return given::sparse_matching(400, 380, 3, seed); }));
}

TEST(Concurrency, Leximin) {
    expect_alike(first_problems(3, [](std::uint64_t seed) { return given::schools_leximin(60, 15, 3, seed); }));
    expect_alike(first_problems(20, [](std::uint64_t seed) { return given::random_leximin(seed, false); }));
}

TEST(Concurrency, AStopRequestReachesEverySolve) {
    const auto problem = given::staffing_min_cost_flow(400, 120, 40, 3, 1);
    std::stop_source source;
    std::vector<MinCostFlowResult> found(threads);
    std::vector<std::thread> workers;
    for (std::size_t t = 0; t < threads; ++t)
        workers.emplace_back([&, t] { found[t] = solve(problem, {}, Stop{.token = source.get_token()}); });
    source.request_stop();
    for (std::thread& worker : workers)
        worker.join();
    for (const auto& result : found)
        EXPECT_TRUE(verify(problem, result));
}

}  // namespace
