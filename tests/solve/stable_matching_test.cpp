#include <countyplan/solve/stable_matching.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>
#include <countyplan/solve/stable_matching_messages.hpp>

#include "given/law.hpp"

namespace {

using namespace countyplan;

constexpr std::uint32_t outermost = NestedQuotas::outermost;

testing::AssertionResult accepted(const Verdict& verdict) {
    if (verdict.accepted) return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

NestedQuotas quotas(std::vector<std::uint32_t> parent, std::vector<std::int64_t> upper) {
    NestedQuotas out;
    out.lower.assign(parent.size(), 0);
    out.parent = std::move(parent);
    out.upper = std::move(upper);
    return out;
}

NestedQuotas apart(std::vector<std::int64_t> upper) {
    std::vector<std::uint32_t> parent(upper.size(), outermost);
    return quotas(std::move(parent), std::move(upper));
}

/// Everyone on the left ranks all on the right, and the other way round: `left[i][j]` is what j is to i.
StableMatchingProblem complete(const std::vector<std::vector<int>>& left, const std::vector<std::vector<int>>& right,
                               std::vector<std::int64_t> places) {
    StableMatchingProblem p;
    p.left = apart(std::vector<std::int64_t>(left.size(), 1));
    p.right = apart(std::move(places));
    for (std::uint32_t i = 0; i < left.size(); ++i) {
        for (std::uint32_t j = 0; j < right.size(); ++j) {
            p.left_group.push_back(i);
            p.right_group.push_back(j);
            p.left_rank.push_back(left[i][j]);
            p.right_rank.push_back(right[j][i]);
        }
    }
    return p;
}

// ---- a second method: everything by the definitions, on sets of pairs as bits

using Set = std::uint32_t;

bool contains(Set set, std::size_t pair) { return (set >> pair & 1U) != 0; }

bool keeps(const NestedQuotas& q, const std::vector<std::uint32_t>& group, Set set) {
    std::vector<std::int64_t> total(q.groups(), 0);
    for (std::size_t k = 0; k < group.size(); ++k) {
        for (std::uint32_t g = group[k]; contains(set, k) && g != outermost; g = q.parent[g])
            ++total[g];
    }
    for (std::size_t g = 0; g < q.groups(); ++g) {
        if (total[g] > q.upper[g]) return false;
    }
    return true;
}

/// Whether the side would take `pair`: it fits, or fits in place of one of lower standing.
bool wants(const NestedQuotas& q, const std::vector<std::uint32_t>& group, const std::vector<std::int64_t>& rank,
           Set set, std::size_t pair) {
    const Set with = set | Set{1} << pair;
    if (keeps(q, group, with)) return true;
    for (std::size_t k = 0; k < group.size(); ++k) {
        if (contains(set, k) && rank[k] > rank[pair] && keeps(q, group, with & ~(Set{1} << k))) return true;
    }
    return false;
}

std::vector<std::uint32_t> listed(Set set) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t k = 0; k < 32; ++k) {
        if (contains(set, k)) out.push_back(k);
    }
    return out;
}

std::vector<std::uint32_t> blocking(const StableMatchingProblem& p, Set set) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t k = 0; k < p.pairs(); ++k) {
        if (!contains(set, k) && wants(p.left, p.left_group, p.left_rank, set, k) &&
            wants(p.right, p.right_group, p.right_rank, set, k))
            out.push_back(k);
    }
    return out;
}

/// What the side keeps of `set` if it may choose: best first, of equals the lower number first.
Set pick(const NestedQuotas& q, const std::vector<std::uint32_t>& group, const std::vector<std::int64_t>& rank,
         Set set) {
    auto order = listed(set);
    std::ranges::stable_sort(order, {}, [&rank](std::uint32_t k) { return rank[k]; });
    Set out = 0;
    for (const std::uint32_t k : order) {
        if (keeps(q, group, out | Set{1} << k)) out |= Set{1} << k;
    }
    return out;
}

bool distinct(std::vector<std::int64_t> ranks) {
    std::ranges::sort(ranks);
    return std::ranges::adjacent_find(ranks) == ranks.end();
}

NestedQuotas random_quotas(Random& random, std::uint32_t most) {
    const auto groups = static_cast<std::uint32_t>(1 + random.below(most));
    NestedQuotas q;
    for (std::uint32_t g = 0; g < groups; ++g) {
        const bool inside = g > 0 && random.below(2) == 0;
        q.parent.push_back(inside ? static_cast<std::uint32_t>(random.below(g)) : outermost);
        q.upper.push_back(random.below(10) == 0 ? NestedQuotas::unlimited : static_cast<std::int64_t>(random.below(4)));
    }
    q.lower.assign(groups, 0);
    return q;
}

StableMatchingProblem random_problem(Random& random, std::uint64_t pairs, std::uint64_t ranks) {
    StableMatchingProblem p;
    p.left = random_quotas(random, 5);
    p.right = random_quotas(random, 5);
    for (std::uint64_t k = 0; k < pairs; ++k) {
        p.left_group.push_back(static_cast<std::uint32_t>(random.below(p.left.groups())));
        p.right_group.push_back(static_cast<std::uint32_t>(random.below(p.right.groups())));
        p.left_rank.push_back(static_cast<std::int64_t>(random.below(ranks)));
        p.right_rank.push_back(static_cast<std::int64_t>(random.below(ranks)));
    }
    return p;
}

// ---- by hand

TEST(StableMatching, TheSideThatProposesGetsItsBest) {
    // three on each side whose wishes run in opposite circles: the first choices of either side are stable
    const std::vector<std::vector<int>> left{{0, 1, 2}, {2, 0, 1}, {1, 2, 0}};
    const std::vector<std::vector<int>> right{{2, 0, 1}, {1, 2, 0}, {0, 1, 2}};
    const auto problem = complete(left, right, {1, 1, 1});
    EXPECT_EQ(solve(problem).chosen, (std::vector<std::uint32_t>{0, 4, 8}));
    const auto other = solve(problem, {.proposing = ProposingSide::right});
    EXPECT_EQ(other.chosen, (std::vector<std::uint32_t>{2, 3, 7}));
    EXPECT_TRUE(accepted(examine(problem, other)));
    EXPECT_EQ(other.claim, Claim::proved);
    // and so is the choice between them
    EXPECT_EQ(blocking_pairs(problem, {1, 5, 6}), std::vector<std::uint32_t>{});
    EXPECT_EQ(blocking_pairs(problem, {0, 5, 7}), blocking(problem, 1U << 0 | 1U << 5 | 1U << 7));
}

TEST(StableMatching, ASchoolWithSeveralPlacesHoldsTheBest) {
    const auto problem = complete({{0, 1}, {0, 1}, {0, 1}}, {{2, 1, 0}, {0, 1, 2}}, {2, 5});
    const auto result = solve(problem);
    EXPECT_EQ(result.chosen, (std::vector<std::uint32_t>{1, 2, 4}));
    EXPECT_EQ(result.steps, 4);
    EXPECT_TRUE(accepted(examine(problem, result)));
}

TEST(StableMatching, ACountysQuotaRoundItsSchoolsIsKept) {
    // two schools of two places in a county that takes two in all, one that takes all
    StableMatchingProblem p;
    p.left = apart({1, 1, 1, 1});
    p.right = quotas({outermost, 0, 0}, {2, 2, 2});
    for (std::uint32_t i = 0; i < 4; ++i) {
        p.left_group.push_back(i);
        p.right_group.push_back(1 + i / 2);
        p.left_rank.push_back(0);
        p.right_rank.push_back(std::int64_t{3} - i);
    }
    const auto result = solve(p);
    EXPECT_EQ(result.chosen, (std::vector<std::uint32_t>{2, 3}));
    EXPECT_TRUE(accepted(examine(p, result)));
    EXPECT_EQ(blocking_pairs(p, {0, 1}), (std::vector<std::uint32_t>{2, 3}));
}

TEST(StableMatching, ATieIsNoReasonToLeave) {
    const auto problem = complete({{0, 0}, {0, 0}}, {{0, 0}, {0, 0}}, {1, 1});
    EXPECT_EQ(solve(problem).chosen, (std::vector<std::uint32_t>{0, 3}));
    EXPECT_TRUE(blocking_pairs(problem, {1, 2}).empty());
    EXPECT_EQ(blocking_pairs(problem, {1}), std::vector<std::uint32_t>{2});
}

TEST(StableMatching, NothingIsAnAnswerToNothing) {
    const StableMatchingProblem none;
    const auto result = solve(none);
    EXPECT_TRUE(result.chosen.empty());
    EXPECT_TRUE(accepted(examine(none, result)));
}

// ---- laws

TEST(StableMatchingLaw, AgreesWithTheDefinitionsOnEverySet) {
    const std::uint64_t cases = given::law_cases(100'000);
    std::uint64_t stable_sets = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        Random random(seed, 1);
        const std::uint64_t ranks = random.below(2) == 0 ? 1000 : 3;
        const auto p = random_problem(random, 1 + random.below(8), ranks);
        const Set left = [&] {
            Set out = 0;
            for (const std::uint32_t k : solve(p).chosen)
                out |= Set{1} << k;
            return out;
        }();
        for (Set set = 0; set < Set{1} << p.pairs(); ++set) {
            StableMatchingResult claimed{Termination::optimal, Cause::proved, Claim::proved, listed(set), 0};
            if (!keeps(p.left, p.left_group, set) || !keeps(p.right, p.right_group, set)) {
                ASSERT_FALSE(verify(p, claimed)) << seed;
                continue;
            }
            const auto blocks = blocking(p, set);
            ASSERT_EQ(blocking_pairs(p, claimed.chosen), blocks) << seed;
            ASSERT_EQ(verify(p, claimed), blocks.empty()) << seed;
            ASSERT_TRUE(set != left || blocks.empty()) << seed;
            if (!blocks.empty()) continue;
            ++stable_sets;
            // only without ties is one stable choice the best of all for a side
            if (!distinct(p.left_rank) || !distinct(p.right_rank)) continue;
            ASSERT_EQ(pick(p.left, p.left_group, p.left_rank, left | set), left) << seed;
            ASSERT_EQ(listed(set).size(), listed(left).size()) << seed;
        }
    }
    EXPECT_GE(stable_sets, cases);
}

TEST(StableMatchingLaw, BothSidesProposeStableChoicesOfOneSize) {
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        Random random(seed, 2);
        const auto p = random_problem(random, 1 + random.below(200), 1'000'000'000'000);
        const auto left = solve(p);
        const auto right = solve(p, {.proposing = ProposingSide::right});
        ASSERT_TRUE(accepted(examine(p, left))) << seed;
        ASSERT_TRUE(accepted(examine(p, right))) << seed;
        ASSERT_EQ(left.chosen.size(), right.chosen.size()) << seed;
        ASSERT_EQ(solve(p), left) << seed;
    }
}

TEST(StableMatchingLaw, NoCorruptedAnswerPassesThatIsWrong) {
    std::uint64_t wrong = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        Random random(seed, 3);
        const auto p = random_problem(random, 1 + random.below(12), 4);
        auto result = solve(p);
        switch (random.below(4)) {
            case 0:
                if (!result.chosen.empty()) {
                    result.chosen.erase(result.chosen.begin() +
                                        static_cast<std::ptrdiff_t>(random.below(result.chosen.size())));
                }
                break;
            case 1:
                result.chosen.push_back(static_cast<std::uint32_t>(random.below(p.pairs() + 2)));
                break;
            case 2:
                if (!result.chosen.empty()) result.chosen.back() = static_cast<std::uint32_t>(random.below(p.pairs()));
                break;
            default:
                std::ranges::reverse(result.chosen);
                break;
        }
        const bool listable = std::ranges::is_sorted(result.chosen) &&
                              std::ranges::adjacent_find(result.chosen) == result.chosen.end() &&
                              (result.chosen.empty() || result.chosen.back() < p.pairs());
        bool right = listable;
        if (listable) {
            Set set = 0;
            for (const std::uint32_t k : result.chosen)
                set |= Set{1} << k;
            right = keeps(p.left, p.left_group, set) && keeps(p.right, p.right_group, set) && blocking(p, set).empty();
        }
        ASSERT_EQ(verify(p, result), right) << seed;
        if (!right) ++wrong;
    }
    EXPECT_GT(wrong, given::law_cases(100'000) / 4);
}

// ---- stops and bad input

TEST(StableMatching, StoppedItHoldsALegalChoice) {
    Random random(5, 4);
    const auto p = random_problem(random, 300, 1'000'000);
    const auto all = solve(p);
    for (std::int64_t limit = 0; limit <= all.steps; ++limit) {
        const auto result = solve(p, {}, {.step_limit = limit});
        ASSERT_TRUE(accepted(examine(p, result))) << limit;
        ASSERT_EQ(result.termination == Termination::optimal, limit == all.steps) << limit;
        ASSERT_EQ(result.steps, limit);
    }
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(solve(p, {}, {.token = source.get_token()}).cause, Cause::cancelled);
    EXPECT_EQ(solve(p, {}, {.time_limit = std::chrono::nanoseconds{0}}).cause, Cause::time);
}

std::string place_of_refusal(const StableMatchingProblem& problem) {
    try {
        (void)solve(problem);
    } catch (const InvalidProblem& refusal) {
        return refusal.place();
    }
    return "none";
}

TEST(StableMatchingBadInput, Item53WhatIsNotAsDescribedIsNamed) {
    const auto good = complete({{0, 1}, {1, 0}}, {{0, 1}, {1, 0}}, {1, 1});
    const auto with = [&good](auto change) {
        auto p = good;
        change(p);
        return place_of_refusal(p);
    };
    EXPECT_EQ(place_of_refusal(good), "none");
    EXPECT_EQ(with([](auto& p) { p.left.lower[1] = 1; }), "left.lower[1]");
    EXPECT_EQ(with([](auto& p) { p.left.upper[1] = -1; }), "left.upper[1]");
    EXPECT_EQ(with([](auto& p) { p.right.parent[0] = 0; }), "right.parent[0]");
    EXPECT_EQ(with([](auto& p) { p.right.from = {0}; }), "right.from");
    EXPECT_EQ(with([](auto& p) { p.right.upper.pop_back(); }), "right.upper");
    EXPECT_EQ(with([](auto& p) { p.right_group.pop_back(); }), "right_group");
    EXPECT_EQ(with([](auto& p) { p.left_group[2] = 2; }), "left_group[2]");
    EXPECT_EQ(with([](auto& p) { p.left_rank.push_back(0); }), "left_rank");
    EXPECT_EQ(with([](auto& p) { p.right_rank[3] = std::numeric_limits<std::int64_t>::min(); }), "right_rank[3]");
    EXPECT_THROW((void)blocking_pairs(good, {0, 1}), InvalidProblem);
    EXPECT_THROW((void)blocking_pairs(good, {3, 0}), InvalidProblem);
}

TEST(StableMatchingBadInput, Item52ALongChainOfRejectionsEnds) {
    // everyone wants the first school most, which likes the last comer best: each offer displaces another
    constexpr std::uint32_t many = 700;
    std::vector<std::vector<int>> left(many), right(many);
    for (std::uint32_t i = 0; i < many; ++i) {
        for (std::uint32_t j = 0; j < many; ++j) {
            left[i].push_back(static_cast<int>(j));
            right[i].push_back(static_cast<int>(many - j));
        }
    }
    const auto problem = complete(left, right, std::vector<std::int64_t>(many, 1));
    const auto result = solve(problem);
    EXPECT_EQ(result.chosen.size(), many);
    EXPECT_EQ(result.steps, std::int64_t{many} * (many + 1) / 2);
    EXPECT_TRUE(accepted(examine(problem, result)));
}

TEST(StableMatchingMessages, AreWholeInBothLanguages) {
    for (const MessageText* message : message::all_stable_matching_messages) {
        EXPECT_FALSE(message->zh.empty());
        EXPECT_FALSE(message->en.empty());
    }
}

}  // namespace
