#include <countyplan/track/float_path.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/solve/random.hpp>

#include "given/law.hpp"

namespace countyplan {
namespace {

/// One project of civil days without a day off; tasks and finish-to-start links as given.
CriticalPathProblem network(const std::vector<std::int64_t>& durations,
                            const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links) {
    CriticalPathProblem problem;
    const Day first = *Day::parse("2025-01-01");
    problem.calendars = {Calendar(first, std::vector<bool>(2000, true), std::nullopt)};
    problem.projects = {{.start = first}};
    for (const std::int64_t d : durations)
        problem.tasks.emplace_back().duration = d;
    for (const auto& [from, to] : links)
        problem.links.push_back({from, to});
    return problem;
}

std::string letters(const std::vector<std::uint32_t>& tasks) {
    std::string out;
    for (const std::uint32_t v : tasks)
        out += static_cast<char>('A' + v);
    return out;
}

/// Activities and durations of the Reliable Construction Co. project of Hillier & Lieberman, Introduction to Operations
/// Research (project management with PERT/CPM); its six paths added up by hand.
CriticalPathProblem reliable_construction() {
    return network({2, 4, 10, 6, 4, 5, 7, 9, 7, 8, 4, 5, 2, 6}, {{0, 1},
                                                                 {1, 2},
                                                                 {2, 3},
                                                                 {2, 4},
                                                                 {2, 8},
                                                                 {4, 5},
                                                                 {3, 6},
                                                                 {4, 7},
                                                                 {6, 7},
                                                                 {5, 9},
                                                                 {8, 9},
                                                                 {9, 10},
                                                                 {9, 11},
                                                                 {7, 12},
                                                                 {10, 13},
                                                                 {11, 13}});
}

TEST(LongestPaths, OfReliableConstructionAreItsSixPaths) {
    const CriticalPathProblem problem = reliable_construction();
    const CriticalPathResult result = solve(problem);
    EXPECT_EQ(result.ends[0] - problem.projects[0].start.number(), 44);
    EXPECT_EQ(count_critical_paths(problem, result), 1U);
    std::vector<std::pair<std::string, std::int64_t>> found;
    for (const NetworkPath& path : longest_paths(problem, result, 100)) {
        found.emplace_back(letters(path.tasks), 44 - path.slack);
        EXPECT_EQ(path.links.size() + 1, path.tasks.size());
    }
    EXPECT_EQ(
        found,
        (std::vector<std::pair<std::string, std::int64_t>>{
            {"ABCEFJLN", 44}, {"ABCEFJKN", 43}, {"ABCIJLN", 42}, {"ABCIJKN", 41}, {"ABCDGHM", 40}, {"ABCEHM", 31}}));
    EXPECT_EQ(longest_paths(problem, result, 2).size(), 2U);
    EXPECT_TRUE(longest_paths(problem, result, 0).empty());
}

TEST(FloatPaths, LeadIntoNearerOnes) {
    const CriticalPathProblem problem = reliable_construction();
    const CriticalPathResult result = solve(problem);
    for (const FloatPathOrder order : {FloatPathOrder::free_float, FloatPathOrder::total_float}) {
        const auto paths = float_paths(problem, result, 13, 9, order);
        ASSERT_EQ(paths.size(), 3U) << "D, G, H and M do not lead to N";
        EXPECT_EQ(letters(paths[0].tasks), "ABCEFJLN");
        EXPECT_EQ(letters(paths[1].tasks), "K");
        EXPECT_EQ(letters(paths[2].tasks), "I");
        EXPECT_FALSE(paths[0].joins.has_value());
        EXPECT_EQ(paths[1].joins, 14U);
        EXPECT_EQ(paths[2].joins, 10U);
        EXPECT_EQ(paths[0].distance, 0);
        EXPECT_EQ(paths[1].distance, 1);
        EXPECT_EQ(paths[2].distance, 2);
    }
    EXPECT_EQ(float_paths(problem, result, 12, 9)[0].tasks.size(), 7U);
    EXPECT_EQ(float_paths(problem, result, 13, 1).size(), 1U);
    EXPECT_TRUE(float_paths(problem, result, 13, 0).empty());
}

TEST(FloatPaths, DifferByWhatTheyAreOrderedBy) {
    // C waits for A (2 days left free) and for D; B is nearer to the end than A, but D's slack lies before it.
    CriticalPathProblem problem = network({3, 4, 5, 5, 1}, {{0, 2}, {3, 2}, {1, 2}, {2, 4}});
    const CriticalPathResult result = solve(problem);
    const auto paths = float_paths(problem, result, 4, 9);
    ASSERT_EQ(paths.size(), 3U);
    EXPECT_EQ(letters(paths[0].tasks), "DCE");
    EXPECT_EQ(letters(paths[1].tasks), "B");
    EXPECT_EQ(letters(paths[2].tasks), "A");
    problem.tasks[1].deadline = problem.calendars[0].rank(problem.projects[0].start) + 9;
    problem.tasks[0].deadline = problem.calendars[0].rank(problem.projects[0].start) + 3;
    const auto tight = float_paths(problem, solve(problem), 4, 9, FloatPathOrder::total_float);
    EXPECT_EQ(letters(tight[0].tasks), "ACE") << "a deadline leaves A no float, though its link has some";
    EXPECT_EQ(letters(float_paths(problem, solve(problem), 4, 9)[0].tasks), "DCE");
}

TEST(CriticalPathCount, GrowsWithoutListingAndStopsAtTheLargestNumber) {
    for (const std::uint32_t stages : {1U, 10U, 63U, 64U, 100U}) {
        std::vector<std::int64_t> durations{1};
        std::vector<std::pair<std::uint32_t, std::uint32_t>> links;
        std::uint32_t last = 0;
        for (std::uint32_t i = 0; i < stages; ++i) {
            durations.insert(durations.end(), {1, 1, 1});
            links.insert(links.end(), {{last, last + 1}, {last, last + 2}, {last + 1, last + 3}, {last + 2, last + 3}});
            last += 3;
        }
        CriticalPathProblem problem = network(durations, links);
        problem.links.push_back(problem.links[0]);  // a second link between the same tasks is no second way
        const std::uint64_t expected =
            stages < 64 ? std::uint64_t{1} << stages : std::numeric_limits<std::uint64_t>::max();
        EXPECT_EQ(count_critical_paths(problem, solve(problem)), expected);
        EXPECT_EQ(longest_paths(problem, solve(problem), 7).size(), stages == 1 ? 3U : 7U);
    }
}

TEST(CriticalPathCount, TakesTasksHeldToEachOtherForOne) {
    CriticalPathProblem problem = network({2, 3, 4, 1}, {{0, 1}, {1, 2}, {0, 2}, {2, 3}});
    problem.links.push_back({1, 2, LinkKind::finish_start, 0, LagCalendar::predecessor, LinkBound::maximum});
    EXPECT_EQ(count_critical_paths(problem, solve(problem)), 1U);
    problem.tasks.clear();
    problem.links.clear();
    EXPECT_EQ(count_critical_paths(problem, solve(problem)), 0U);
    EXPECT_TRUE(longest_paths(problem, solve(problem), 3).empty());
}

// ---- laws ------------------------------------------------------------------------------------------

CriticalPathProblem random_net(std::uint64_t seed) {
    Random random(seed);
    const auto n = static_cast<std::uint32_t>(random.between(1, 9));
    CriticalPathProblem problem = network({}, {});
    const std::int64_t zero = problem.calendars[0].rank(problem.projects[0].start);
    if (random.chance(1, 2)) problem.projects.push_back(problem.projects[0]);
    if (random.chance(1, 3)) problem.data_date = problem.projects[0].start + std::chrono::days(3);
    problem.logic = static_cast<ProgressLogic>(random.between(0, 2));
    for (std::uint32_t i = 0; i < n; ++i) {
        CriticalPathTask& task = problem.tasks.emplace_back();
        task.duration = random.between(0, 3);
        task.project =
            static_cast<std::uint32_t>(random.between(0, static_cast<std::int64_t>(problem.projects.size()) - 1));
        if (random.chance(1, 5)) task.start_no_earlier = zero + random.between(0, 6);
        if (problem.data_date && random.chance(1, 3)) {
            task.actual_start = zero + random.between(0, 3);
            if (random.chance(1, 2))
                task.actual_finish = *task.actual_start + random.between(0, zero + 4 - *task.actual_start);
        }
    }
    for (std::uint32_t i = 0; i < n; ++i) {
        for (std::uint32_t j = i + 1; j < n; ++j) {
            if (!random.chance(1, 3)) continue;
            const auto type =
                random.chance(1, 2) ? LinkKind::finish_start : static_cast<LinkKind>(random.between(0, 3));
            problem.links.push_back({i, j, type, random.between(-1, 1)});
        }
    }
    return problem;
}

/// All paths one by one, from the definition; every calendar here is one of plain days.
class AllPaths {
  public:
    AllPaths(const CriticalPathProblem& problem, const CriticalPathResult& result)
        : problem_(problem), result_(result) {
        for (std::uint32_t v = 0; v < problem.tasks.size(); ++v) {
            bool begins = true;
            for (std::uint32_t a = 0; a < problem.links.size(); ++a) {
                if (problem.links[a].successor == v && slack(a) == 0) begins = false;
            }
            if (!begins) continue;
            NetworkPath path;
            path.tasks = {v};
            extend(path);
        }
    }

    std::vector<NetworkPath> found{};

    /// Unset where the link says nothing.
    [[nodiscard]] std::optional<std::int64_t> slack(std::uint32_t a) const {
        const CriticalPathLink& link = problem_.links[a];
        const CriticalPathTask& from = problem_.tasks[link.predecessor];
        const CriticalPathTask& to = problem_.tasks[link.successor];
        if (problem_.logic != ProgressLogic::retained && to.actual_start) return std::nullopt;
        const bool at_finish = link.type == LinkKind::finish_start || link.type == LinkKind::finish_finish;
        const bool to_finish = link.type == LinkKind::finish_finish || link.type == LinkKind::start_finish;
        const CriticalPathDates& before = result_.tasks[link.predecessor];
        const CriticalPathDates& after = result_.tasks[link.successor];
        std::int64_t bound = at_finish ? before.early_finish : before.early_start;
        const auto& happened = at_finish ? from.actual_finish : from.actual_start;
        if (!happened) {
            bound += link.lag;
        } else if (problem_.logic == ProgressLogic::actual_dates) {
            bound = *happened + link.lag;
        } else {
            bound = std::max(bound, *happened + link.lag);
        }
        return (to_finish ? after.early_finish : after.early_start) - bound;
    }

  private:
    [[nodiscard]] std::int64_t end_slack(std::uint32_t v) const {
        std::int64_t last = std::numeric_limits<std::int64_t>::min();
        for (std::uint32_t w = 0; w < problem_.tasks.size(); ++w) {
            if (problem_.tasks[w].project != problem_.tasks[v].project) continue;
            last = std::max(last, finish_of(problem_.tasks[w], result_.tasks[w]));
        }
        return last - finish_of(problem_.tasks[v], result_.tasks[v]);
    }
    /// The least slack of all that leads on from `v`.
    [[nodiscard]] std::int64_t least(std::uint32_t v) const {
        std::int64_t out = end_slack(v);
        for (std::uint32_t a = 0; a < problem_.links.size(); ++a) {
            if (problem_.links[a].predecessor != v || !slack(a)) continue;
            out = std::min(out, *slack(a) + least(problem_.links[a].successor));
        }
        return out;
    }
    void extend(const NetworkPath& path) {
        const std::uint32_t v = path.tasks.back();
        bool stops = true;
        for (std::uint32_t a = 0; a < problem_.links.size(); ++a) {
            if (problem_.links[a].predecessor != v || !slack(a)) continue;
            const std::uint32_t next = problem_.links[a].successor;
            stops = stops && *slack(a) + least(next) > end_slack(v);
            NetworkPath longer = path;
            longer.tasks.push_back(next);
            longer.links.push_back(a);
            longer.slack += *slack(a);
            extend(longer);
        }
        if (!stops) return;
        found.push_back(path);
        found.back().slack += end_slack(v);
    }

    const CriticalPathProblem& problem_;
    const CriticalPathResult& result_;
};

TEST(LongestPathsLaw, AreAllPathsInOrderAndTheCountIsThatOfTheCriticalOnes) {
    std::size_t several = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        SCOPED_TRACE(seed);
        const CriticalPathProblem problem = random_net(seed);
        const CriticalPathResult result = solve(problem);
        ASSERT_EQ(result.termination, Termination::optimal);
        std::vector<NetworkPath> expected = AllPaths(problem, result).found;
        std::vector<NetworkPath> found = longest_paths(problem, result, expected.size() + 3);
        ASSERT_EQ(found.size(), expected.size());
        ASSERT_TRUE(std::ranges::is_sorted(found, {}, &NetworkPath::slack));
        const auto cut = longest_paths(problem, result, expected.size() / 2);
        ASSERT_TRUE(std::ranges::equal(cut, std::span(found).first(expected.size() / 2)))
            << "a shorter list is its start";
        std::vector<std::vector<std::uint32_t>> critical;
        for (const NetworkPath& path : expected) {
            if (path.slack == 0) critical.push_back(path.tasks);
        }
        std::ranges::sort(critical);
        critical.erase(std::unique(critical.begin(), critical.end()), critical.end());
        several += critical.size() > 1 ? 1 : 0;
        ASSERT_EQ(count_critical_paths(problem, result), critical.size());
        const auto by_links = [](const NetworkPath& a, const NetworkPath& b) {
            return std::tie(a.slack, a.tasks, a.links) < std::tie(b.slack, b.tasks, b.links);
        };
        std::ranges::sort(expected, by_links);
        std::ranges::sort(found, by_links);
        ASSERT_EQ(found, expected);
    }
    EXPECT_GT(several, 0U);
}

TEST(FloatPathsLaw, HoldEachTaskOnceAndTheFirstIsDriven) {
    for (std::uint64_t seed = 0; seed < given::law_cases(50'000); ++seed) {
        SCOPED_TRACE(seed);
        const CriticalPathProblem problem = random_net(seed);
        const CriticalPathResult result = solve(problem);
        const AllPaths all(problem, result);
        const auto last = static_cast<std::uint32_t>(problem.tasks.size() - 1);
        const auto paths = float_paths(problem, result, last, problem.tasks.size());
        // Distances by relaxation, in reverse: links lead from smaller to larger tasks.
        std::vector<std::optional<std::int64_t>> distance(problem.tasks.size());
        distance[last] = 0;
        for (std::uint32_t v = last; v-- > 0;) {
            for (std::uint32_t a = 0; a < problem.links.size(); ++a) {
                const CriticalPathLink& link = problem.links[a];
                if (link.predecessor != v || !distance[link.successor] || !all.slack(a)) continue;
                const std::int64_t through = *distance[link.successor] + *all.slack(a);
                distance[v] = std::min(distance[v].value_or(through), through);
            }
        }
        std::vector<bool> seen(problem.tasks.size(), false);
        for (const FloatPath& path : paths) {
            for (const std::uint32_t v : path.tasks) {
                ASSERT_FALSE(seen[v]);
                seen[v] = true;
            }
            ASSERT_EQ(path.distance.has_value(), true);
            ASSERT_GE(*path.distance, *distance[path.tasks.back()]);
            ASSERT_EQ(path.joins.has_value(), &path != &paths.front());
            if (path.joins) {
                ASSERT_EQ(problem.links[*path.joins].predecessor, path.tasks.back());
            }
            ASSERT_GE(*path.distance, 0);
        }
        for (std::uint32_t v = 0; v <= last; ++v)
            ASSERT_EQ(seen[v], distance[v].has_value());
        // Once all is listed, the first path leaves nothing free wherever something drives its tasks.
        for (std::size_t i = 0; i + 1 < paths[0].tasks.size(); ++i) {
            std::optional<std::int64_t> least;
            for (std::uint32_t a = 0; a < problem.links.size(); ++a) {
                if (problem.links[a].successor != paths[0].tasks[i + 1] || !all.slack(a)) continue;
                least = std::min(least.value_or(*all.slack(a)), *all.slack(a));
            }
            std::optional<std::int64_t> used;
            for (std::uint32_t a = 0; a < problem.links.size(); ++a) {
                if (problem.links[a].successor != paths[0].tasks[i + 1] ||
                    problem.links[a].predecessor != paths[0].tasks[i] || !all.slack(a)) {
                    continue;
                }
                used = std::min(used.value_or(*all.slack(a)), *all.slack(a));
            }
            ASSERT_EQ(used, least);
        }
    }
}

}  // namespace
}  // namespace countyplan
