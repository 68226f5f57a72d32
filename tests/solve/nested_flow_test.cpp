#include <countyplan/solve/nested_flow.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iostream>
#include <limits>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/impl/kernel_nested_flow.hpp>
#include <countyplan/solve/impl/nested_flow_call.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/nested_flow.hpp"

namespace {

using namespace countyplan;

template <class P>
testing::AssertionResult proved(const P& problem, const NestedFlowResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && result.cause == Cause::proved && verify(problem, result))
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

std::vector<std::int64_t> narrow(const std::vector<Int128>& cost) {
    std::vector<std::int64_t> out;
    for (const Int128 c : cost)
        out.push_back(*to_int64(c));
    return out;
}

constexpr std::uint32_t outermost = NestedQuotas::outermost;
constexpr std::uint32_t unpaired = NestedFlowResult::unpaired;
constexpr std::int64_t unlimited = NestedQuotas::unlimited;
constexpr std::int64_t max_cost = NestedFlowProblem::max_cost;
constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();

/// Four items in two senders under one region; two needs in a school, one beside it; two tiers. Item 3 stays
/// unpaired, the region's second unit costs, and the school must hold two.
NestedFlowProblem staffing() {
    NestedFlowProblem p{.tiers = 2, .pair_tier = 1};
    p.left = {.parent = {outermost, 0, 0},
              .lower = {0, 1, 0},
              .upper = {3, 2, unlimited},
              .first_piece = {0, 2, 2, 2},
              .from = {0, 1},
              .slope = {-2, 0, -1, 5}};
    p.right = {.parent = {outermost, 0, 0, outermost}, .lower = {2, 0, 0, 0}, .upper = {2, 1, 2, 1}};
    p.group = {1, 1, 2, 2};
    p.first = {0, 2, 4, 6, 7};
    p.to = {1, 2, 1, 3, 2, 3, 2};
    p.cost = {1, 4, 2, 9, 3, 8, 20};
    return p;
}

/// Three items that must all serve a group which holds two.
NestedFlowProblem crowded() {
    NestedFlowProblem p;
    p.left = {.parent = {outermost, 0}, .lower = {0, 3}, .upper = {unlimited, unlimited}};
    p.right = {.parent = {outermost, 0}, .lower = {0, 0}, .upper = {unlimited, 2}};
    p.group = {1, 1, 1};
    p.first = {0, 1, 2, 3};
    p.to = {1, 1, 1};
    p.cost = {1, 2, 3};
    return p;
}

TEST(NestedFlow, ServesNestedQuotasAtTheLeastCost) {
    const auto problem = staffing();
    const auto result = solve(problem);
    ASSERT_TRUE(proved(problem, result));
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_EQ(result.cost, (std::vector<Int128>{-4, 23}));
    EXPECT_EQ(result.pair_of, (std::vector<std::uint32_t>{0, 3, 4, unpaired}));
}

TEST(NestedFlow, ShowsWhichGroupsMustHoldMoreThanCanLeaveThem) {
    const auto problem = crowded();
    const auto result = solve(problem);
    ASSERT_TRUE(proved(problem, result));
    EXPECT_EQ(result.termination, Termination::infeasible);
    EXPECT_TRUE(result.pair_of.empty());
}

TEST(NestedFlow, AnswersTheEmptyProblem) {
    const NestedFlowProblem none;
    EXPECT_TRUE(proved(none, solve(none)));
    NestedFlowProblem groups;
    groups.right = {.parent = {outermost}, .lower = {0}, .upper = {5}};
    EXPECT_TRUE(proved(groups, solve(groups)));
    EXPECT_EQ(solve(groups).termination, Termination::optimal);
    groups.right.lower = {1};
    EXPECT_TRUE(proved(groups, solve(groups)));
    EXPECT_EQ(solve(groups).termination, Termination::infeasible);
}

TEST(NestedFlow, LetsAnEarlierTierOutweighEveryLaterOne) {
    NestedFlowProblem p{.tiers = 3};
    p.left = {.parent = {outermost}, .lower = {1}, .upper = {1}};
    p.right = {.parent = {outermost, outermost}, .lower = {0, 0}, .upper = {1, 1}};
    p.group = {0};
    p.first = {0, 2};
    p.to = {0, 1};
    p.cost = {1, -max_cost, -max_cost, 0, max_cost, 7};
    const auto result = solve(p);
    EXPECT_TRUE(proved(p, result));
    EXPECT_EQ(result.cost, (std::vector<Int128>{0, max_cost, 7}));
}

TEST(NestedFlow, SolvesCostsThatFillSixteenTiersExactly) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto problem = given::random_nested_flow(seed);
        const std::size_t old = problem.tiers - problem.pair_tier;
        const std::size_t each = 16 - problem.pair_tier;
        std::vector<std::int64_t> cost;
        for (std::size_t k = 0; k < problem.pairs(); ++k) {
            for (std::size_t t = 0; t < each; ++t)
                cost.push_back(t < old ? problem.cost[k * old + t] * (max_cost / 50) : max_cost - std::int64_t(k * t));
        }
        problem.cost = cost;
        for (NestedQuotas* q : {&problem.left, &problem.right}) {
            std::vector<std::int64_t> slope;
            for (std::size_t k = 0; k < q->from.size(); ++k) {
                for (std::size_t t = 0; t < 16; ++t)
                    slope.push_back(t < problem.tiers ? q->slope[k * problem.tiers + t] * (max_cost / 50) : 0);
            }
            q->slope = slope;
        }
        problem.tiers = 16;
        const auto result = solve(problem);
        ASSERT_TRUE(proved(problem, result)) << seed;
        const auto plain = given::plain_nested_flow(problem);
        if (!examine(plain.problem).accepted) continue;
        ASSERT_EQ(result.cost, solve(plain.problem).cost) << seed;
    }
}

/// One group that everybody would rather serve and that holds a tenth of them.
NestedFlowProblem popular(std::uint32_t items) {
    NestedFlowProblem p;
    p.left = {.parent = {outermost}, .lower = {items}, .upper = {items}};
    p.right = {.parent = {outermost, outermost}, .lower = {0, 0}, .upper = {items / 10, unlimited}};
    p.first = {0};
    Random random(1, 6);
    for (std::uint32_t i = 0; i < items; ++i) {
        p.group.push_back(0);
        for (const std::uint32_t to : {0U, 1U}) {
            p.to.push_back(to);
            p.cost.push_back(2000 * to + random.between(0, 999));
        }
        p.first.push_back(p.to.size());
    }
    return p;
}

TEST(NestedFlow, LooksAtAPopularGroupNoMoreThanNeeded) {
    const auto small = popular(4000), large = popular(16000);
    for (const auto method : {NestedFlowMethod::auction, NestedFlowMethod::shortest_path}) {
        const auto few = solve(small, {method}), many = solve(large, {method});
        ASSERT_TRUE(proved(small, few));
        ASSERT_TRUE(proved(large, many));
        EXPECT_EQ(many.termination, Termination::optimal);
        EXPECT_LT(many.steps, 8 * few.steps);
    }
}

TEST(NestedFlow, SolvesTiersThatNoSingleNumberHolds) {
    std::size_t repairs = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto problem = given::random_nested_flow(seed, 200, 40, 8);
        const std::size_t old = problem.tiers - problem.pair_tier;
        constexpr std::size_t each = 12;
        Random random(seed, 8);
        std::vector<std::int64_t> cost;
        for (std::size_t k = 0; k < problem.pairs(); ++k) {
            for (std::size_t t = 0; t < each; ++t)
                cost.push_back(t < old ? problem.cost[k * old + t] / 8 : random.between(-100'000, 100'000));
        }
        for (NestedQuotas* q : {&problem.left, &problem.right}) {
            std::vector<std::int64_t> slope;
            for (std::size_t k = 0; k < q->from.size(); ++k) {
                for (std::size_t t = 0; t < problem.pair_tier + each; ++t)
                    slope.push_back(t < problem.tiers ? q->slope[k * problem.tiers + t] : 0);
            }
            q->slope = slope;
        }
        problem.cost = cost;
        problem.tiers = problem.pair_tier + each;
        const auto result = solve(problem);
        ASSERT_TRUE(proved(problem, result)) << seed;
        ASSERT_EQ(result.cost, solve(given::plain_nested_flow(problem).problem).cost) << seed;
        if (result.termination != Termination::optimal) continue;
        const NestedFlowStart start{result.pair_of, std::get<NestedFlowPotentials>(result.certificate)};
        ASSERT_EQ(solve_from(problem, start).cost, result.cost) << seed;
        problem.cost[random.below(problem.cost.size())] += random.between(-100'000, 100'000);
        const std::size_t g = random.below(problem.right.groups());
        std::int64_t& upper = problem.right.upper[g];
        const bool is_cut = upper == unlimited || random.chance(1, 2);
        upper = is_cut ? std::max<std::int64_t>(1, problem.right.lower[g]) : upper + 1;
        const auto repaired = solve_from(problem, start);
        ASSERT_TRUE(proved(problem, repaired)) << seed;
        ASSERT_EQ(repaired.cost, solve(given::plain_nested_flow(problem).problem).cost) << seed;
        repairs += repaired.termination == Termination::optimal;
    }
    EXPECT_GT(repairs, 50U);
}

TEST(NestedFlow, DoesTheSameAtEveryVectorLevelAndOnASecondCall) {
    const auto best = detail::best_vector_level();
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const auto wide = given::random_nested_flow(seed, 60, 12, 25);
        const auto narrow32 = given::random_nested_flow<std::int32_t>(seed, 60, 12, 25);
        const auto at = [&](const auto& problem, detail::VectorLevel level) {
            return detail::solve_nested(problem, NestedFlowMethod::auction, nullptr, {}, {}, level);
        };
        for (const auto level : {detail::VectorLevel::avx2, detail::VectorLevel::avx512}) {
            if (level > best) continue;
            ASSERT_EQ(at(wide, level), at(wide, detail::VectorLevel::plain)) << seed;
            ASSERT_EQ(at(narrow32, level), at(narrow32, detail::VectorLevel::plain)) << seed;
        }
        ASSERT_EQ(solve(wide), solve(wide));
    }
}

constexpr detail::NestedSiftSizes smallest_part{.per_item = 1, .per_group = 1, .more = 1, .factor = 0};

template <class P>
NestedFlowResult sifted(const P& problem, NestedFlowMethod method, const Stop& stop = {},
                        detail::VectorLevel level = detail::best_vector_level()) {
    return detail::solve_nested(problem, method, nullptr, stop, {}, level, smallest_part);
}

TEST(NestedFlow, SiftsManyPairsToTheSameCost) {
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
        const auto problem = given::random_nested_flow(seed, 1000, 30, 400);
        const auto result = solve(problem);
        ASSERT_TRUE(proved(problem, result)) << seed;
        const auto plain = solve(given::plain_nested_flow(problem).problem);
        ASSERT_EQ(result.termination, plain.termination) << seed;
        ASSERT_EQ(result.cost, plain.cost) << seed;
    }
}

TEST(NestedFlow, SiftsFinerCostsOfManyItems) {
    const auto problem = popular(25'000);
    for (const auto method : {NestedFlowMethod::auction, NestedFlowMethod::shortest_path}) {
        const auto result = sifted(problem, method);
        ASSERT_TRUE(proved(problem, result));
        EXPECT_EQ(result.cost, solve(problem).cost);
    }
}

TEST(NestedFlow, SiftsTheSameAtEveryVectorLevel) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const auto problem = given::random_nested_flow<std::int32_t>(seed, 60, 12, 25);
        const auto plain = sifted(problem, NestedFlowMethod::auction, {}, detail::VectorLevel::plain);
        ASSERT_EQ(sifted(problem, NestedFlowMethod::auction), plain) << seed;
    }
}

TEST(NestedFlowKernel, FindsTheSameOffersAtEveryLevel) {
    const auto best = detail::best_vector_level();
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        Random random(seed, 5);
        std::vector<std::int64_t> value(40);
        for (auto& v : value)
            v = random.between(-3, 3) * (random.chance(1, 2) ? 1 : std::int64_t{1} << 55);
        std::vector<std::uint32_t> to(random.below(30));
        std::vector<std::int32_t> cost;
        std::vector<std::int64_t> wide;
        for (auto& t : to) {
            t = static_cast<std::uint32_t>(random.below(value.size()));
            cost.push_back(static_cast<std::int32_t>(random.between(-3, 3)) * (random.chance(1, 2) ? 1 : 700'000'000));
            wide.push_back(cost.back() * (std::int64_t{1} << 20));
        }
        const int shift = static_cast<int>(random.below(4));
        for (const auto level : {detail::VectorLevel::avx2, detail::VectorLevel::avx512}) {
            if (level > best) continue;
            const auto offer = [&](const auto& costs, detail::VectorLevel at) {
                return detail::best_nested_offer(to.data(), costs.data(), to.size(), value.data(), shift, at);
            };
            ASSERT_EQ(offer(cost, level), offer(cost, detail::VectorLevel::plain)) << seed;
            ASSERT_EQ(offer(wide, level), offer(wide, detail::VectorLevel::plain)) << seed;
        }
    }
}

// ---- the verifier

struct Wrong {
    const char* place;
    std::string_view code;
    std::function<void(NestedFlowResult&)> spoil;
};

void expect_refused(const NestedFlowProblem& problem, const NestedFlowResult& right, const std::vector<Wrong>& wrongs) {
    ASSERT_TRUE(proved(problem, right));
    for (const Wrong& wrong : wrongs) {
        NestedFlowResult result = right;
        wrong.spoil(result);
        const Verdict verdict = examine(problem, result);
        EXPECT_FALSE(verdict.accepted) << wrong.place;
        EXPECT_FALSE(verify(problem, result));
        EXPECT_EQ(verdict.place, wrong.place);
        EXPECT_EQ(verdict.why.code(), wrong.code) << wrong.place << ' ' << text(verdict.why, Language::en);
    }
}

NestedFlowPotentials& potentials(NestedFlowResult& r) { return std::get<NestedFlowPotentials>(r.certificate); }
NestedFlowCut& cut(NestedFlowResult& r) { return std::get<NestedFlowCut>(r.certificate); }
std::string_view code(const MessageText& text) { return text.code; }

TEST(NestedFlowVerifier, RefusesEveryBrokenOptimum) {
    using R = NestedFlowResult;
    constexpr std::int64_t far = std::int64_t{1} << 62;
    const auto disagree = code(message::proof_fields_disagree);
    const auto length = code(message::solve_wrong_length);
    const auto not_its = code(message::proof_not_its_pair);
    const auto outside = code(message::proof_flow_outside);
    const auto cost = code(message::proof_wrong_cost);
    const auto negative = code(message::proof_reduced_cost_negative);
    const auto positive = code(message::proof_reduced_cost_positive);
    auto right = solve(staffing());
    right.certificate = NestedFlowPotentials{.left = {0, -9, 0, -9, 0, -9}, .right = {0, -4, 0, -7, 0, -4, 0, 0}};
    expect_refused(staffing(), right,
                   {
                       {"cause", disagree, [](R& r) { r.cause = Cause::time; }},
                       {"claim", disagree, [](R& r) { r.claim = Claim::feasible; }},
                       {"claim", disagree, [](R& r) { r.claim = Claim::bounded; }},
                       {"steps", disagree, [](R& r) { r.steps = -1; }},
                       {"termination", disagree, [](R& r) { r.termination = Termination::unbounded; }},
                       {"termination", disagree, [](R& r) { r.termination = static_cast<Termination>(77); }},
                       {"cause", disagree, [](R& r) { r.termination = Termination::feasible; }},
                       {"certificate", disagree, [](R& r) { r.certificate = std::monostate{}; }},
                       {"certificate", disagree, [](R& r) { r.certificate = NestedFlowCut{}; }},
                       {"pair_of", disagree, [](R& r) { r.termination = Termination::infeasible; }},
                       {"pair_of", length, [](R& r) { r.pair_of.pop_back(); }},
                       {"pair_of", length, [](R& r) { r.pair_of.push_back(unpaired); }},
                       {"pair_of", length, [](R& r) { r.pair_of.clear(); }},
                       {"cost", length, [](R& r) { r.cost.pop_back(); }},
                       {"cost", length, [](R& r) { r.cost.emplace_back(0); }},
                       {"pair_of[0]", not_its, [](R& r) { r.pair_of[0] = 2; }},
                       {"pair_of[2]", not_its, [](R& r) { r.pair_of[2] = 3; }},
                       {"pair_of[3]", not_its, [](R& r) { r.pair_of[3] = 7; }},
                       {"pair_of[1]", not_its, [](R& r) { r.pair_of[1] = unpaired - 1; }},
                       {"left[0]", outside, [](R& r) { r.pair_of[3] = 6; }},
                       {"right[0]", outside, [](R& r) { r.pair_of[2] = unpaired; }},
                       {"right[1]", outside,
                        [](R& r) {
                            r.pair_of = {0, 2, unpaired, unpaired};
                        }},
                       {"right[3]", outside,
                        [](R& r) {
                            r.pair_of = {0, 3, 5, unpaired};
                        }},
                       {"left[1]", outside,
                        [](R& r) {
                            r.pair_of = {unpaired, unpaired, 4, 6};
                        }},
                       {"cost[0]", cost, [](R& r) { r.cost[0] += 1; }},
                       {"cost[1]", cost, [](R& r) { r.cost[1] -= 1; }},
                       {"cost[1]", cost,
                        [](R& r) {
                            r.pair_of[0] = 1;
                            r.pair_of[2] = 5;
                            r.pair_of[1] = 2;
                        }},
                       {"potential.left", length, [](R& r) { potentials(r).left.pop_back(); }},
                       {"potential.left", length, [](R& r) { potentials(r).left.push_back(0); }},
                       {"potential.right", length, [](R& r) { potentials(r).right.clear(); }},
                       {"left[1]", positive,
                        [](R& r) {
                            potentials(r).left[0] += far / 2;
                            potentials(r).left[4] += far / 2;
                        }},
                       {"left[0]", positive, [](R& r) { potentials(r).left[0] = -far; }},
                       {"left[1]", positive, [](R& r) { potentials(r).left[2] = int64_min; }},
                       {"left[2]", negative, [](R& r) { potentials(r).left[4] = far; }},
                       {"left[2]", positive, [](R& r) { potentials(r).left[4] = int64_min; }},
                       {"item[0]", positive, [](R& r) { potentials(r).right[2] = int64_min; }},
                       {"right[2]", positive, [](R& r) { potentials(r).right[4] = far; }},
                       {"right[2]", negative, [](R& r) { potentials(r).right[4] = int64_min; }},
                       {"item[1]", positive, [](R& r) { potentials(r).right[6] = int64_min; }},
                       {"item[1]", positive,
                        [](R& r) {
                            potentials(r).right[7] = -1000;
                            potentials(r).right[6] = 0;
                        }},
                       {"right[1]", positive, [](R& r) { potentials(r).right[3] += 1000; }},
                       {"pair[2]", negative, [](R& r) { potentials(r).right[3] += 3; }},
                       {"left[2]", negative, [](R& r) { potentials(r).left[5] += 1; }},
                   });
}

TEST(NestedFlowVerifier, RefusesEveryBrokenCut) {
    using R = NestedFlowResult;
    const auto no_cut = code(message::proof_cut_not_violated);
    const auto disagree = code(message::proof_fields_disagree);
    auto right = solve(crowded());
    right.certificate = NestedFlowCut{.home = false, .left = {1}, .right = {1}};
    expect_refused(crowded(), right,
                   {
                       {"cut", no_cut, [](R& r) { cut(r) = {}; }},
                       {"cut", no_cut, [](R& r) { cut(r).home = true; }},
                       {"cut", no_cut, [](R& r) { cut(r).left.clear(); }},
                       {"cut", no_cut, [](R& r) { cut(r).right.clear(); }},
                       {"cut", no_cut, [](R& r) { cut(r).left.push_back(0); }},
                       {"cut", no_cut, [](R& r) { cut(r).right.push_back(0); }},
                       {"cut.left[0]", code(message::proof_no_such_item), [](R& r) { cut(r).left[0] = 2; }},
                       {"cut.right[1]", code(message::proof_named_twice), [](R& r) { cut(r).right.push_back(1); }},
                       {"cost", disagree, [](R& r) { r.cost = {0}; }},
                       {"pair_of", disagree,
                        [](R& r) {
                            r.pair_of = {0, 1, 2};
                        }},
                       {"certificate", disagree, [](R& r) { r.certificate = NestedFlowPotentials{}; }},
                   });
}

/// Whether a corrupted answer is right all the same, as the plain network's checker sees it.
bool right_as_plain(const NestedFlowProblem& p, const NestedFlowResult& r, const std::vector<Int128>& best) {
    return r.termination == Termination::optimal && r.cost == best && r.pair_of.size() == p.items();
}

TEST(NestedFlowLaw, NoCorruptionOfARightAnswerIsAcceptedThatIsWrong) {
    const std::uint64_t cases = given::law_cases(100'000);
    std::uint64_t refused = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_nested_flow(seed);
        const auto right = solve(problem);
        auto result = right;
        Random random(seed, 9);
        const auto nudge = [&](std::vector<std::int64_t>& list) {
            if (!list.empty()) list[random.below(list.size())] += random.between(-3, 3);
        };
        switch (random.below(6)) {
            case 0:
                if (!result.pair_of.empty())
                    result.pair_of[random.below(result.pair_of.size())] =
                        random.chance(1, 4) ? unpaired : static_cast<std::uint32_t>(random.below(problem.pairs() + 1));
                break;
            case 1:
                if (!result.cost.empty()) result.cost[random.below(result.cost.size())] += random.between(-2, 2);
                break;
            case 2:
            case 3:
                if (auto* proof = std::get_if<NestedFlowPotentials>(&result.certificate))
                    nudge(random.chance(1, 2) ? proof->left : proof->right);
                break;
            case 4:
                if (auto* proof = std::get_if<NestedFlowCut>(&result.certificate)) {
                    auto& list = random.chance(1, 2) ? proof->left : proof->right;
                    if (!list.empty() && random.chance(1, 2)) list.erase(list.begin());
                    if (random.chance(1, 3)) proof->home = !proof->home;
                    if (random.chance(1, 3)) list.push_back(static_cast<std::uint32_t>(random.below(5)));
                }
                break;
            default:
                result.termination =
                    right.termination == Termination::optimal ? Termination::infeasible : Termination::optimal;
        }
        if (!verify(problem, result)) {
            ++refused;
            continue;
        }
        // what is accepted must be true: the same verdict and, of an optimum, the best cost
        ASSERT_EQ(result.termination, right.termination) << seed;
        if (right.termination == Termination::optimal) {
            ASSERT_TRUE(right_as_plain(problem, result, right.cost)) << seed;
        }
    }
    EXPECT_GT(refused, cases / 3);
}

// ---- reliability.md 2.5

template <class P>
std::string refused_at(const P& problem) {
    try {
        static_cast<void>(solve(problem));
    } catch (const InvalidProblem& e) {
        EXPECT_FALSE(examine(problem).accepted);
        return e.place();
    }
    return "";
}

TEST(NestedFlowRefusal, NamesThePlaceOfWhatIsNotAsDescribed) {
    const auto with = [](const std::function<void(NestedFlowProblem&)>& spoil) {
        auto problem = staffing();
        spoil(problem);
        return refused_at(problem);
    };
    using P = NestedFlowProblem;
    EXPECT_EQ(with([](P&) {}), "");
    EXPECT_EQ(with([](P& p) { p.tiers = 0; }), "tiers");
    EXPECT_EQ(with([](P& p) { p.tiers = 17; }), "tiers");
    EXPECT_EQ(with([](P& p) { p.pair_tier = 2; }), "pair_tier");
    EXPECT_EQ(with([](P& p) { p.left.parent[1] = 1; }), "left.parent[1]");
    EXPECT_EQ(with([](P& p) { p.right.parent[0] = 3; }), "right.parent[0]");
    EXPECT_EQ(with([](P& p) { p.left.lower.pop_back(); }), "left.lower");
    EXPECT_EQ(with([](P& p) { p.right.upper.push_back(1); }), "right.upper");
    EXPECT_EQ(with([](P& p) { p.right.lower[3] = -1; }), "right.lower[3]");
    EXPECT_EQ(with([](P& p) { p.right.lower[3] = 2; }), "right.upper[3]");
    EXPECT_EQ(with([](P& p) { p.left.first_piece.pop_back(); }), "left.first_piece");
    EXPECT_EQ(with([](P& p) { p.left.first_piece[1] = 3; }), "left.first_piece[1]");
    EXPECT_EQ(with([](P& p) { p.left.first_piece.clear(); }), "left.from");
    EXPECT_EQ(with([](P& p) { p.left.slope.pop_back(); }), "left.slope");
    EXPECT_EQ(with([](P& p) { p.left.from[0] = 1; }), "left.from[0]");
    EXPECT_EQ(with([](P& p) { p.left.from[1] = 0; }), "left.from[1]");
    EXPECT_EQ(with([](P& p) { p.left.slope[2] = -3; }), "left.from[1]");
    EXPECT_EQ(with([](P& p) { p.group[2] = 3; }), "group[2]");
    EXPECT_EQ(with([](P& p) { p.first.pop_back(); }), "first");
    EXPECT_EQ(with([](P& p) { p.first[2] = 1; }), "first[2]");
    EXPECT_EQ(with([](P& p) { p.first[4] = 6; }), "first[4]");
    EXPECT_EQ(with([](P& p) { p.to[6] = 4; }), "to[6]");
    EXPECT_EQ(with([](P& p) { p.cost.pop_back(); }), "cost");
    auto start = NestedFlowStart{.pair_of = {0}};
    EXPECT_THROW(static_cast<void>(solve_from(staffing(), start)), InvalidProblem);
    start = {.pair_of = {}, .potentials = {.left = {1}, .right = {}}};
    EXPECT_THROW(static_cast<void>(solve_from(staffing(), start)), InvalidProblem);
}

TEST(NestedFlowBadInput, Item45EqualZeroOrForbiddenCostsEndInTheRightStatus) {
    for (const std::int64_t cost : {std::int64_t{0}, std::int64_t{7}, -max_cost}) {
        NestedFlowProblem p;
        p.left = {.parent = {outermost}, .lower = {3}, .upper = {3}};
        p.right = {.parent = {outermost, outermost, outermost}, .lower = {1, 1, 1}, .upper = {1, 1, 1}};
        p.group = {0, 0, 0};
        p.first = {0, 3, 6, 9};
        p.to = {0, 1, 2, 0, 1, 2, 0, 1, 2};
        p.cost.assign(9, cost);
        EXPECT_TRUE(proved(p, solve(p)));
        EXPECT_EQ(solve(p).cost, std::vector<Int128>{3 * cost});
        p.first = {0, 0, 0, 0};
        p.to.clear();
        p.cost.clear();
        EXPECT_TRUE(proved(p, solve(p)));
        EXPECT_EQ(solve(p).termination, Termination::infeasible);
    }
}

TEST(NestedFlowBadInput, Item46And47ExtremeCostsAreExactOrRefused) {
    auto problem = staffing();
    problem.cost[3] = max_cost;
    problem.cost[0] = -max_cost;
    EXPECT_TRUE(proved(problem, solve(problem)));
    problem.cost[0] = -max_cost - 1;
    EXPECT_EQ(refused_at(problem), "cost[0]");
    problem.cost[0] = int64_min;
    EXPECT_EQ(refused_at(problem), "cost[0]");
    problem = staffing();
    problem.left.slope[0] = int64_min;
    EXPECT_EQ(refused_at(problem), "left.slope[0]");
    problem = staffing();
    problem.right.lower[3] = unlimited;
    problem.right.upper[3] = unlimited;
    EXPECT_TRUE(proved(problem, solve(problem)));
    EXPECT_EQ(solve(problem).termination, Termination::infeasible);
    NestedFlowProblem32 narrow32;
    narrow32.left = narrow32.right = {.parent = {outermost}, .lower = {0}, .upper = {unlimited}};
    narrow32.group = {0};
    narrow32.first = {0, 1};
    narrow32.to = {0};
    narrow32.cost = {std::numeric_limits<std::int32_t>::min()};
    EXPECT_EQ(refused_at(narrow32), "cost[0]");
    narrow32.cost = {-std::numeric_limits<std::int32_t>::max()};
    EXPECT_TRUE(proved(narrow32, solve(narrow32)));
}

TEST(NestedFlowBadInput, Item53SizesThatLieAreRefusedBeforeAnyAllocation) {
    NestedFlowProblem p = staffing();
    p.first.back() = std::size_t{1} << 60;
    EXPECT_EQ(refused_at(p), "first[4]");
    p = staffing();
    p.left.first_piece.back() = std::numeric_limits<std::size_t>::max();
    EXPECT_EQ(refused_at(p), "left.first_piece[3]");
}

TEST(NestedFlowBadInput, Item55ADeadlineOfZeroAndCancellingGiveWhatThereIs) {
    std::stop_source source;
    source.request_stop();
    const std::pair<Stop, Cause> stops[] = {{{.time_limit = std::chrono::nanoseconds(0)}, Cause::time},
                                            {{.time_limit = std::chrono::nanoseconds(-5)}, Cause::time},
                                            {{.step_limit = 0}, Cause::steps},
                                            {{.token = source.get_token()}, Cause::cancelled}};
    for (const auto& [stop, cause] : stops) {
        auto problem = staffing();
        auto result = solve(problem, {}, stop);
        EXPECT_EQ(result.cause, cause);
        EXPECT_EQ(result.termination, Termination::unknown);  // the school must hold two
        EXPECT_TRUE(verify(problem, result));
        problem.left.lower.assign(3, 0);
        problem.right.lower.assign(4, 0);
        result = solve(problem, {}, stop);
        EXPECT_EQ(result.termination, Termination::feasible);
        EXPECT_TRUE(verify(problem, result));
    }
}

TEST(NestedFlowLaw, StoppedAnywhereItGivesBackATrueAnswer) {
    const std::uint64_t cases = given::law_cases(10'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_nested_flow(seed % 500, 60, 12, 12);
        const auto all = solve(problem);
        Random random(seed, 3);
        const std::int64_t limit = random.between(0, all.steps + 1);
        const auto result = solve(problem, {}, {.step_limit = limit});
        ASSERT_TRUE(verify(problem, result)) << seed;
        ASSERT_EQ(result, solve(problem, {}, {.step_limit = limit})) << seed;
        if (result.cause == Cause::proved) {
            ASSERT_EQ(result.cost, all.cost);
        }
    }
}

TEST(NestedFlowLaw, SiftingChangesHowLongItTakesAndNothingElse) {
    const std::uint64_t cases = given::law_cases(100'000);
    std::uint64_t infeasible = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        auto problem = given::random_nested_flow(seed, 30, 8, 12);
        Random random(seed, 10);
        if (random.chance(1, 4)) {  // more than 32 bits
            for (std::int64_t& cost : problem.cost)
                cost *= std::int64_t{1} << 33;
        }
        const auto method = random.chance(1, 2) ? NestedFlowMethod::auction : NestedFlowMethod::shortest_path;
        const auto whole = solve(problem);
        const auto result = sifted(problem, method);
        ASSERT_TRUE(proved(problem, result)) << seed;
        ASSERT_EQ(result.termination, whole.termination) << seed;
        ASSERT_EQ(result.cost, whole.cost) << seed;
        infeasible += result.termination == Termination::infeasible;
        const Stop stop{.step_limit = random.between(0, result.steps + 1)};
        const auto stopped = sifted(problem, method, stop);
        ASSERT_TRUE(verify(problem, stopped)) << seed;
        ASSERT_EQ(stopped, sifted(problem, method, stop)) << seed;
        if (stopped.cause == Cause::proved) {
            ASSERT_EQ(stopped.cost, whole.cost) << seed;
        }
    }
    EXPECT_GT(infeasible, cases / 10);
}

/// Closes some groups; at times one in which others must hold somebody.
template <class C>
void close_some(BasicNestedFlowProblem<C>& problem, std::uint64_t seed) {
    Random random(seed, 12);
    for (NestedQuotas* side : {&problem.left, &problem.right}) {
        std::vector<bool> shut(side->groups(), false);
        for (std::size_t g = 0; g < side->groups(); ++g) {
            const bool chosen = random.chance(1, side == &problem.left ? 6 : 3);
            shut[g] = chosen || (side->parent[g] != outermost && shut[side->parent[g]]);
            if (chosen) side->lower[g] = side->upper[g] = 0;
            if (shut[g] && random.chance(9, 10)) side->lower[g] = 0;
        }
    }
}

TEST(NestedFlowLaw, ClosedGroupsArePricedAfterwards) {
    const std::uint64_t cases = given::law_cases(100'000);
    std::uint64_t infeasible = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        auto problem = given::random_nested_flow(seed, 15, 8, 6);
        close_some(problem, seed);
        const auto flow = solve(given::plain_nested_flow(problem).problem);
        const auto result = solve(problem);
        ASSERT_TRUE(proved(problem, result)) << seed;
        ASSERT_EQ(result.termination, flow.termination) << seed;
        ASSERT_EQ(result.cost, flow.cost) << seed;
        infeasible += result.termination == Termination::infeasible;
        const auto* proof = std::get_if<NestedFlowPotentials>(&result.certificate);
        if (proof == nullptr) continue;
        const auto again = solve_from(problem, {result.pair_of, *proof});
        ASSERT_TRUE(proved(problem, again)) << seed;
        ASSERT_EQ(again.cost, result.cost) << seed;
    }
    EXPECT_GT(infeasible, cases / 10);
    EXPECT_LT(infeasible, cases - cases / 10);
}

TEST(NestedFlowLaw, AStartChangesHowLongItTakesAndNothingElse) {
    const std::uint64_t cases = given::law_cases(100'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        auto problem = given::random_nested_flow(seed, 12, 6, 6);
        const auto before = solve(problem);
        NestedFlowStart start{.pair_of = before.pair_of};
        if (const auto* proof = std::get_if<NestedFlowPotentials>(&before.certificate)) start.potentials = *proof;
        Random random(seed, 4);
        if (random.chance(1, 5)) {
            for (auto* list : {&start.potentials.left, &start.potentials.right})
                for (auto& value : *list)
                    value = static_cast<std::int64_t>(random());
        }
        if (!problem.cost.empty()) problem.cost[random.below(problem.cost.size())] += random.between(-9, 9);
        const std::size_t g = random.below(problem.right.groups());
        if (problem.right.upper[g] != unlimited) problem.right.upper[g] += 1;
        const auto result = solve_from(problem, start);
        const auto fresh = solve(problem);
        ASSERT_TRUE(proved(problem, result)) << seed;
        ASSERT_EQ(result.termination, fresh.termination) << seed;
        ASSERT_EQ(result.cost, fresh.cost) << seed;
    }
}

TEST(NestedFlowLaw, AgreesWithExhaustiveSearch) {
    const std::uint64_t cases = given::law_cases(1'000'000);
    std::uint64_t infeasible = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_nested_flow(seed);
        const auto best = given::exhaustive_nested_flow(problem);
        infeasible += !best;
        for (const auto method : {NestedFlowMethod::auction, NestedFlowMethod::shortest_path}) {
            const auto result = solve(problem, {method});
            ASSERT_TRUE(proved(problem, result)) << seed;
            ASSERT_EQ(result.termination, best ? Termination::optimal : Termination::infeasible) << seed;
            if (best) {
                ASSERT_EQ(narrow(result.cost), *best) << seed;
            }
        }
    }
    std::cout << infeasible << " of " << cases << " infeasible\n";
    EXPECT_GT(infeasible, cases / 5);
}

TEST(NestedFlowLaw, AgreesWithThePlainNetwork) {
    const std::uint64_t cases = given::law_cases(200'000);
    std::uint64_t infeasible = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_nested_flow<std::int32_t>(seed, 30, 8, 6);
        const auto plain = given::plain_nested_flow(problem);
        const auto flow = solve(plain.problem);
        const auto result = solve(problem);
        ASSERT_TRUE(proved(problem, result)) << seed;
        ASSERT_EQ(result.termination, flow.termination) << seed;
        ASSERT_EQ(result.cost, flow.cost) << seed;
        infeasible += result.termination == Termination::infeasible;
        if (const auto* proof = std::get_if<NestedFlowPotentials>(&result.certificate)) {
            const auto flow_there = given::plain_result(problem, plain, result, *proof);
            const Verdict verdict = examine(plain.problem, flow_there);
            ASSERT_TRUE(verdict.accepted) << seed << ' ' << verdict.place << ' ' << text(verdict.why, Language::en);
        }
    }
    std::cout << infeasible << " of " << cases << " infeasible\n";
}

}  // namespace
