#include <countyplan/solve/top_trading_cycles.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"

namespace {

using namespace countyplan;

constexpr std::uint32_t unassigned = SchoolChoiceResult::unassigned;

testing::AssertionResult accepted(const Verdict& verdict) {
    if (verdict.accepted) return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

/// `lists[a]`: the places that agent a would go to, best first. `ranks[p][a]`: the priority of a at p.
SchoolChoiceProblem problem_of(std::vector<std::int64_t> capacity, const std::vector<std::vector<std::uint32_t>>& lists,
                               const std::vector<std::vector<std::int64_t>>& ranks) {
    SchoolChoiceProblem p;
    p.capacity = std::move(capacity);
    for (std::size_t a = 0; a < lists.size(); ++a) {
        for (const std::uint32_t place : lists[a]) {
            p.place.push_back(place);
            p.priority.push_back(ranks[place][a]);
        }
        p.first.push_back(p.place.size());
    }
    return p;
}

/// The place of each agent, or `unassigned`.
std::vector<std::uint32_t> places(const SchoolChoiceProblem& p, const SchoolChoiceResult& result) {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t pair : result.pair_of)
        out.push_back(pair == unassigned ? unassigned : p.place[pair]);
    return out;
}

std::vector<std::vector<std::uint32_t>> random_lists(Random& random, std::size_t agents, std::size_t count) {
    std::vector<std::vector<std::uint32_t>> lists(agents);
    for (auto& list : lists) {
        for (std::uint32_t place = 0; place < count; ++place) {
            if (random.below(5) != 0) list.push_back(place);
        }
        for (std::size_t i = list.size(); i > 1; --i)
            std::swap(list[i - 1], list[random.below(i)]);
    }
    return lists;
}

struct Case {
    std::vector<std::int64_t> capacity;
    std::vector<std::vector<std::uint32_t>> lists;
    std::vector<std::size_t> wanted;
    std::vector<std::vector<std::int64_t>> ranks;

    [[nodiscard]] SchoolChoiceProblem problem() const {
        auto out = problem_of(capacity, lists, ranks);
        out.wanted = wanted;
        return out;
    }
    [[nodiscard]] std::vector<std::uint32_t> wishes(std::size_t a) const {
        return {lists[a].begin(), lists[a].begin() + static_cast<std::ptrdiff_t>(wanted[a])};
    }
};

Case random_case(Random& random, std::size_t most_agents, std::size_t most_places) {
    Case out;
    const std::size_t agents = 1 + random.below(most_agents);
    const std::size_t count = 1 + random.below(most_places);
    for (std::size_t p = 0; p < count; ++p) {
        out.capacity.push_back(static_cast<std::int64_t>(random.below(3)));
        out.ranks.emplace_back();
        for (std::size_t a = 0; a < agents; ++a)
            out.ranks.back().push_back(static_cast<std::int64_t>(random.below(4)));
    }
    out.lists = random_lists(random, agents, count);
    for (const auto& list : out.lists)
        out.wanted.push_back(random.below(3) == 0 ? random.below(list.size() + 1) : list.size());
    return out;
}

/// Rounds as in the definition: everything points at once, one cycle after another is carried out.
std::vector<std::uint32_t> by_rounds(const Case& c) {
    const std::size_t agents = c.lists.size();
    std::vector<std::uint32_t> out(agents, unassigned);
    std::vector<bool> gone(agents, false);
    auto room = c.capacity;
    const auto wish = [&](std::size_t a) {
        for (const std::uint32_t place : c.wishes(a)) {
            if (room[place] > 0) return place;
        }
        return unassigned;
    };
    const auto lists_place = [&](std::size_t a, std::uint32_t place) {
        return std::ranges::find(c.lists[a], place) != c.lists[a].end();
    };
    for (bool moved = true; moved;) {
        moved = false;
        for (std::size_t a = 0; a < agents; ++a) {
            if (gone[a]) continue;
            if (wish(a) == unassigned) {
                gone[a] = moved = true;
                continue;
            }
            // walk as many steps as there are agents: then one is on a cycle
            const auto next = [&](std::size_t from) {
                const std::uint32_t place = wish(from);
                std::size_t best = agents;
                for (std::size_t b = 0; b < agents; ++b) {
                    if (gone[b] || !lists_place(b, place)) continue;
                    if (best == agents || c.ranks[place][b] < c.ranks[place][best]) best = b;
                }
                return best;
            };
            std::size_t on_cycle = a;
            bool dead_end = false;
            for (std::size_t i = 0; i < agents && !dead_end; ++i) {
                on_cycle = next(on_cycle);
                dead_end = wish(on_cycle) == unassigned;
            }
            if (dead_end) continue;
            std::vector<std::size_t> cycle;
            for (std::size_t b = on_cycle; cycle.empty() || b != on_cycle; b = next(b))
                cycle.push_back(b);
            std::vector<std::uint32_t> wishes;
            for (const std::size_t b : cycle)
                wishes.push_back(wish(b));
            for (std::size_t i = 0; i < cycle.size(); ++i) {
                out[cycle[i]] = wishes[i];
                --room[wishes[i]];
                gone[cycle[i]] = true;
            }
            moved = true;
        }
    }
    return out;
}

/// Lower is better; going without is worst.
std::size_t standing(const std::vector<std::uint32_t>& list, std::uint32_t place) {
    return static_cast<std::size_t>(std::ranges::find(list, place) - list.begin());
}

/// Whether some other assignment within capacities is worse for nobody and better for somebody.
bool dominated(const Case& c, const std::vector<std::uint32_t>& given) {
    auto room = c.capacity;
    const auto search = [&](const auto& self, std::size_t a, bool better) -> bool {
        if (a == c.lists.size()) return better;
        const auto wishes = c.wishes(a);
        const std::size_t now = standing(wishes, given[a]);
        for (std::size_t i = 0; i < wishes.size() && i <= now; ++i) {
            const std::uint32_t place = wishes[i];
            if (room[place] == 0) continue;
            --room[place];
            const bool found = self(self, a + 1, better || i < now);
            ++room[place];
            if (found) return true;
        }
        return now == wishes.size() && self(self, a + 1, better);
    };
    return search(search, 0, false);
}

TEST(TopTradingCycles, PrioritiesAreTraded) {
    // each has the highest priority where the other would rather be
    const auto p = problem_of({1, 1}, {{1, 0}, {0, 1}}, {{0, 1}, {1, 0}});
    const auto result = solve(p);
    EXPECT_EQ(places(p, result), (std::vector<std::uint32_t>{1, 0}));
    EXPECT_EQ(result.claim, Claim::proved);
    EXPECT_TRUE(accepted(examine(p, result)));
}

TEST(TopTradingCycles, PlacesFillAndTheRestGoWithout) {
    const auto p = problem_of({2, 0}, {{0}, {0}, {1, 0}, {}}, {{2, 1, 0, 3}, {0, 0, 0, 0}});
    const auto result = solve(p);
    EXPECT_EQ(places(p, result), (std::vector<std::uint32_t>{unassigned, 0, 0, unassigned}));
    EXPECT_TRUE(accepted(examine(p, result)));
    const auto serial = serial_dictatorship(p, {3, 0, 1, 2});
    EXPECT_EQ(places(p, serial), (std::vector<std::uint32_t>{0, 0, unassigned, unassigned}));
    EXPECT_TRUE(accepted(examine(p, serial)));
}

TEST(TopTradingCyclesLaw, EqualsTheRoundsOfTheDefinition) {
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        Random random(seed, 1);
        const auto c = random_case(random, 7, 5);
        const auto p = c.problem();
        const auto result = solve(p);
        ASSERT_TRUE(accepted(examine(p, result))) << seed;
        ASSERT_EQ(places(p, result), by_rounds(c)) << seed;
    }
}

TEST(TopTradingCyclesLaw, NothingIsBetterForAllAndNobodyGainsByLying) {
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        Random random(seed, 2);
        auto c = random_case(random, 5, 3);
        const auto p = c.problem();
        const auto honest = places(p, solve(p));
        ASSERT_FALSE(dominated(c, honest)) << seed;
        for (std::size_t a = 0; a < c.lists.size(); ++a) {
            const Case truth = c;
            const auto wishes = truth.wishes(a);
            auto list = truth.lists[a];
            std::ranges::sort(list);
            // every ranking that the agent could hand in
            do {
                for (std::size_t kept = 0; kept <= list.size(); ++kept) {
                    c.lists[a] = list;
                    c.wanted[a] = kept;
                    const auto lied = c.problem();
                    const std::uint32_t got = places(lied, solve(lied))[a];
                    ASSERT_GE(standing(wishes, got), standing(wishes, honest[a])) << seed;
                }
            } while (std::ranges::next_permutation(list).found);
            c = truth;
        }
    }
}

TEST(TopTradingCyclesLaw, NoCorruptedAnswerPassesThatIsWrong) {
    std::uint64_t refused = 0;
    const std::uint64_t cases = given::law_cases(100'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        Random random(seed, 3);
        const auto c = random_case(random, 6, 4);
        const auto p = c.problem();
        auto result = solve(p);
        const std::size_t a = random.below(p.agents());
        switch (random.below(4)) {
            case 0:
                result.pair_of[a] = unassigned;
                break;
            case 1:
                result.pair_of[a] = static_cast<std::uint32_t>(random.below(p.place.size() + 2));
                break;
            case 2:
                std::swap(result.order[a], result.order[random.below(p.agents())]);
                break;
            default:
                result.order[a] = static_cast<std::uint32_t>(random.below(p.agents() + 1));
                break;
        }
        if (!verify(p, result)) {
            ++refused;
            continue;
        }
        // what passes is right: everyone has a place of their own that exists, and nothing is better for all
        auto room = c.capacity;
        const auto given = places(p, result);
        for (std::size_t b = 0; b < given.size(); ++b) {
            if (given[b] == unassigned) continue;
            ASSERT_LT(standing(c.wishes(b), given[b]), c.wanted[b]) << seed;
            ASSERT_GE(--room[given[b]], 0) << seed;
        }
        ASSERT_FALSE(dominated(c, given)) << seed;
    }
    EXPECT_GT(refused, cases / 4);
}

TEST(TopTradingCycles, StoppedItHasGivenOutWhatItCould) {
    Random random(7, 4);
    const auto p = random_case(random, 60, 20).problem();
    const auto all = solve(p);
    for (std::int64_t limit = 0; limit <= all.steps; ++limit) {
        const auto result = solve(p, {}, {.step_limit = limit});
        ASSERT_TRUE(accepted(examine(p, result))) << limit;
        ASSERT_EQ(result.termination == Termination::optimal, limit == all.steps) << limit;
    }
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(solve(p, {}, {.token = source.get_token()}).cause, Cause::cancelled);
    EXPECT_EQ(solve(p, {}, {.time_limit = std::chrono::nanoseconds{0}}).cause, Cause::time);
    EXPECT_EQ(solve(p), all);
}

std::string place_of_refusal(const SchoolChoiceProblem& problem) {
    try {
        (void)solve(problem);
    } catch (const InvalidProblem& refusal) {
        return refusal.place();
    }
    return "none";
}

TEST(TopTradingCyclesBadInput, Item53WhatIsNotAsDescribedIsNamed) {
    const auto good = problem_of({1, 1}, {{1, 0}, {0, 1}}, {{0, 1}, {1, 0}});
    const auto with = [&good](auto change) {
        auto p = good;
        change(p);
        return place_of_refusal(p);
    };
    EXPECT_EQ(place_of_refusal(good), "none");
    EXPECT_EQ(place_of_refusal({}), "none");
    EXPECT_EQ(with([](auto& p) { p.capacity[1] = -1; }), "capacity[1]");
    EXPECT_EQ(with([](auto& p) { p.first.clear(); }), "first");
    EXPECT_EQ(with([](auto& p) { p.first[0] = 1; }), "first[0]");
    EXPECT_EQ(with([](auto& p) { p.first[1] = 5; }), "first[1]");
    EXPECT_EQ(with([](auto& p) { p.first[2] = 3; }), "first[2]");
    EXPECT_EQ(with([](auto& p) { p.place[2] = 2; }), "place[2]");
    EXPECT_EQ(with([](auto& p) { p.place[1] = 1; }), "place[1]");
    EXPECT_EQ(with([](auto& p) { p.priority.pop_back(); }), "priority");
    EXPECT_EQ(with([](auto& p) { p.wanted = {1}; }), "wanted");
    EXPECT_EQ(with([](auto& p) { p.wanted = {2, 3}; }), "wanted[1]");
    EXPECT_THROW((void)serial_dictatorship(good, {0}), InvalidProblem);
    EXPECT_THROW((void)serial_dictatorship(good, {0, 0}), InvalidProblem);
    EXPECT_THROW((void)serial_dictatorship(good, {0, 2}), InvalidProblem);
}

TEST(TopTradingCyclesBadInput, Item52ALongWayOfPointersEnds) {
    // agent a wants the place where a + 1 comes first, the last one wants the first: one cycle of all
    constexpr std::uint32_t many = 2000;
    SchoolChoiceProblem p;
    p.capacity.assign(many, 1);
    for (std::uint32_t a = 0; a < many; ++a) {
        p.place.push_back((a + 1) % many);
        p.priority.push_back(1);
        p.place.push_back(a);
        p.priority.push_back(0);
        p.first.push_back(p.place.size());
    }
    const auto result = solve(p);
    EXPECT_TRUE(accepted(examine(p, result)));
    EXPECT_EQ(result.steps, many);
    for (std::uint32_t a = 0; a < many; ++a)
        ASSERT_EQ(p.place[result.pair_of[a]], (a + 1) % many);
}

}  // namespace
