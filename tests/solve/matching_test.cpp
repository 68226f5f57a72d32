#include <countyplan/solve/matching.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/impl/matching_call.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/matching.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

constexpr std::uint32_t unmatched = MatchingResult::unmatched;
constexpr std::uint32_t no_block = MatchingParts::no_block;
constexpr auto row_surplus = MatchingPart::row_surplus;
constexpr auto balanced = MatchingPart::balanced;
constexpr auto column_surplus = MatchingPart::column_surplus;

testing::AssertionResult accepted(const Verdict& verdict) {
    if (verdict.accepted) return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

testing::AssertionResult proved(const MatchingProblem& problem, const MatchingResult& result) {
    if (result.termination != Termination::optimal || !verify(problem, result)) {
        return testing::AssertionFailure() << name(result.termination) << accepted(examine(problem, result)).message();
    }
    return testing::AssertionSuccess();
}

std::size_t proved_size(const MatchingProblem& problem) {
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_TRUE(accepted(examine(problem, result, matching_parts(problem, result))));
    return result.size;
}

/// Rows 0 and 1 fight for column 0; row 2 and 3 share 1 and 2 both ways; row 4 has 3 and 4 to choose from.
MatchingProblem three_parts() { return given::matching_problem(5, {{0}, {0}, {0, 1, 2}, {1, 2}, {2, 3, 4}}); }

TEST(Matching, FindsAsManyPairsAsACoverAllows) {
    const auto problem = three_parts();
    const auto result = solve(problem);
    EXPECT_EQ(result.size, 4U);
    EXPECT_EQ(result.bound, 4U);
    EXPECT_EQ(result.cover_rows.size() + result.cover_columns.size(), 4U);
    EXPECT_EQ(result.claim, Claim::proved);
    EXPECT_TRUE(proved(problem, result));
}

TEST(Matching, SaysWhoIsInWhichPartAndWhoIsNeeded) {
    const auto problem = three_parts();
    const auto result = solve(problem);
    const auto parts = matching_parts(problem, result);
    EXPECT_EQ(parts.row_part, (std::vector{row_surplus, row_surplus, balanced, balanced, column_surplus}));
    EXPECT_EQ(parts.column_part, (std::vector{row_surplus, balanced, balanced, column_surplus, column_surplus}));
    EXPECT_EQ(parts.row_block, (std::vector<std::uint32_t>{no_block, no_block, 0, 0, no_block}));
    EXPECT_EQ(parts.column_block, (std::vector<std::uint32_t>{no_block, 0, 0, no_block, no_block}));
    EXPECT_EQ(parts.blocks, 1U);
    EXPECT_FALSE(parts.row_is_essential(0));
    EXPECT_TRUE(parts.row_is_essential(2));
    EXPECT_TRUE(parts.row_is_essential(4));
    EXPECT_TRUE(parts.column_is_essential(0));
    EXPECT_TRUE(parts.column_is_essential(1));
    EXPECT_FALSE(parts.column_is_essential(3));
    EXPECT_TRUE(accepted(examine(problem, result, parts)));
}

TEST(Matching, OrdersBlocksSoThatPairsLeadBack) {
    // a triangle: row i may take columns 0 … i, but only its own in a perfect matching
    const auto problem = given::matching_problem(3, {{0}, {0, 1}, {0, 1, 2}});
    const auto parts = matching_parts(problem, solve(problem));
    EXPECT_EQ(parts.row_block, (std::vector<std::uint32_t>{0, 1, 2}));
    EXPECT_EQ(parts.column_block, parts.row_block);
    EXPECT_EQ(parts.blocks, 3U);
}

TEST(Matching, PartsDoNotDependOnTheMatching) {
    const auto problem = three_parts();
    auto other = solve(problem);
    other.column_of[2] = 1;
    other.column_of[3] = 2;
    const auto parts = matching_parts(problem, other);
    other.column_of[2] = 2;
    other.column_of[3] = 1;
    EXPECT_EQ(matching_parts(problem, other), parts);
}

// ---- reliability.md 2.5

TEST(MatchingBadInput, Item45AllForbiddenAllAllowedOneLeft) {
    EXPECT_EQ(proved_size(given::matching_problem(3, {{}, {}, {}})), 0U);
    EXPECT_EQ(proved_size(given::matching_problem(3, {{0, 1, 2}, {0, 1, 2}, {0, 1, 2}})), 3U);
    EXPECT_EQ(proved_size(given::matching_problem(3, {{2}, {0}, {1}})), 3U);
    EXPECT_EQ(solve(three_parts()), solve(three_parts()));
}

TEST(MatchingBadInput, Item48NodesThatNothingReachesStayFree) {
    const auto problem = given::matching_problem(4, {{}, {1}, {}, {1}});
    const auto result = solve(problem);
    EXPECT_EQ(result.size, 1U);
    EXPECT_EQ(result.column_of[0], unmatched);
    const auto parts = matching_parts(problem, result);
    EXPECT_EQ(parts.row_part[0], row_surplus);
    EXPECT_EQ(parts.column_part[0], column_surplus);
    EXPECT_EQ(parts.column_part[1], row_surplus);
}

TEST(MatchingBadInput, Item50APairListedTwiceIsOnePair) {
    EXPECT_EQ(proved_size(given::matching_problem(2, {{0, 0, 0}, {0, 0}})), 1U);
    EXPECT_EQ(proved_size(given::matching_problem(2, {{1, 1}, {0, 1, 0}})), 2U);
}

TEST(MatchingBadInput, Item52GraphsThatMisleadTheGreedyStartEnd) {
    // a long path: every greedy choice from the wrong end costs an augmentation along all of it
    std::vector<std::vector<std::uint32_t>> path;
    for (std::uint32_t r = 0; r < 2000; ++r)
        path.push_back({r, r + 1});
    path.push_back({0});
    EXPECT_EQ(proved_size(given::matching_problem(2001, path)), 2001U);
    // and full blocks of unequal sides, joined
    std::vector<std::vector<std::uint32_t>> blocks(120);
    for (std::uint32_t r = 0; r < 120; ++r) {
        for (std::uint32_t c = r < 60 ? 0 : 30; c < (r < 60 ? 40U : 100U); ++c)
            blocks[r].push_back(c);
    }
    EXPECT_EQ(proved_size(given::matching_problem(100, blocks)), 100U);
}

TEST(MatchingBadInput, Item53SizesThatLieAreRefusedBeforeAnyIsUsed) {
    const auto place = [](const MatchingProblem& problem) {
        try {
            (void)solve(problem);
        } catch (const InvalidProblem& refusal) {
            EXPECT_FALSE(verify(problem, {}));
            return refusal.place();
        }
        return std::string("accepted");
    };
    MatchingProblem problem{.rows = std::numeric_limits<std::size_t>::max()};
    EXPECT_EQ(place(problem), "rows");
    problem.rows = 1'000'000;
    EXPECT_EQ(place(problem), "first");
    problem = {.columns = std::numeric_limits<std::uint32_t>::max()};
    EXPECT_EQ(place(problem), "columns");
    problem = {.first = {}};
    EXPECT_EQ(place(problem), "first");
    problem = three_parts();
    problem.first[0] = 1;
    EXPECT_EQ(place(problem), "first[0]");
    problem = three_parts();
    problem.first[2] = 0;
    EXPECT_EQ(place(problem), "first[2]");
    problem.first[2] = std::numeric_limits<std::size_t>::max();
    EXPECT_EQ(place(problem), "first[2]");
    problem = three_parts();
    problem.first.back() -= 1;
    EXPECT_EQ(place(problem), "column");
    problem = three_parts();
    problem.column[3] = 5;
    EXPECT_EQ(place(problem), "column[3]");
}

TEST(MatchingBadInput, Item54EmptyAndSingleSides) {
    EXPECT_EQ(proved_size({}), 0U);
    EXPECT_EQ(proved_size(given::matching_problem(4, {})), 0U);
    EXPECT_EQ(proved_size(given::matching_problem(0, {{}, {}, {}})), 0U);
    EXPECT_EQ(proved_size(given::matching_problem(4, {{1, 3}})), 1U);
    EXPECT_EQ(proved_size(given::matching_problem(1, {{}, {0}, {0}})), 1U);
}

TEST(MatchingBadInput, Item55StopsBeforeTheStartWithABound) {
    const auto problem = given::sparse_matching(100, 90, 3, 1);
    std::stop_source source;
    source.request_stop();
    const std::pair<Stop, Cause> cases[] = {
        {{.time_limit = 0ns}, Cause::time},
        {{.time_limit = -5s}, Cause::time},
        {{.step_limit = 0}, Cause::steps},
        {{.step_limit = -1}, Cause::steps},
        {{.token = source.get_token()}, Cause::cancelled},
    };
    for (const auto& [stop, cause] : cases) {
        const auto result = solve(problem, {}, stop);
        EXPECT_EQ(result.termination, Termination::feasible);
        EXPECT_EQ(result.cause, cause);
        EXPECT_EQ(result.size, 0U);
        EXPECT_EQ(result.bound, 90U);
        EXPECT_TRUE(verify(problem, result));
        EXPECT_THROW((void)matching_parts(problem, result), InvalidProblem);
    }
}

TEST(MatchingBadInputLaw, Item55StopsAnywhereWithAMatchingAndABound) {
    const auto problem = given::sparse_matching(300, 300, 3, 2);
    const auto full = solve(problem);
    ASSERT_TRUE(proved(problem, full));
    ASSERT_GT(full.steps, 0);
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        Random random(seed, 61);
        const Stop stop{.step_limit = random.between(0, full.steps + 2)};
        const auto result = solve(problem, {}, stop);
        ASSERT_TRUE(verify(problem, result)) << "seed " << seed;
        ASSERT_LE(result.size, full.size);
        ASSERT_GE(result.bound, full.size);
        ASSERT_LE(result.steps, *stop.step_limit);
    }
    EXPECT_EQ(solve(problem, {}, Stop{.step_limit = full.steps + 1}), full);
}

TEST(MatchingBadInput, Item55ReactsToADeadline) {
    const auto problem = given::sparse_matching(200'000, 200'000, 3, 3);
    for (const auto limit : {1ms, 10ms, 40ms}) {
        const auto start = std::chrono::steady_clock::now();
        const auto result = solve(problem, {}, Stop{.time_limit = limit});
        const auto took = std::chrono::steady_clock::now() - start;
        EXPECT_TRUE(verify(problem, result));
        if (result.cause == Cause::proved) continue;
        EXPECT_EQ(result.cause, Cause::time);
        EXPECT_LT(took - limit, 500ms);  // ten times the promise, for loaded machines and slow builds
    }
}

TEST(MatchingBadInput, Item56NothingStaysBehindBetweenCalls) {
    auto problem = given::sparse_matching(300, 280, 3, 4);
    const auto first = solve(problem);
    auto wrong = problem;
    wrong.first.pop_back();
    EXPECT_THROW((void)solve(wrong), InvalidProblem);
    (void)solve(problem, {}, Stop{.step_limit = 3});
    EXPECT_EQ(solve(problem), first);
    const MatchingProblem moved = std::move(problem);
    EXPECT_EQ(solve(moved), first);
}

TEST(Matching, ShowsItsProgressWithoutChangingTheAnswer) {  // none is due if the machine is fast
    const auto problem = given::sparse_matching(100'000, 100'000, 3, 5);
    std::vector<Tick> ticks;
    const auto result = solve(problem, {}, {}, [&](const Tick& tick) { ticks.push_back(tick); });
    for (const Tick& tick : ticks)
        EXPECT_LE(tick.best, tick.bound);
    EXPECT_EQ(result, solve(problem));
}

// ---- laws

TEST(MatchingLaw, EveryMatchingIsProvedAndAsLargeAsTheLargest) {
    for (std::uint64_t seed = 0; seed < given::law_cases(1'000'000); ++seed) {
        const auto problem = given::random_matching(seed);
        const auto result = solve(problem);
        ASSERT_TRUE(proved(problem, result)) << "seed " << seed;
        ASSERT_EQ(result.size, given::largest_matching(problem)) << "seed " << seed;
        ASSERT_TRUE(accepted(examine(problem, result, matching_parts(problem, result)))) << "seed " << seed;
    }
}

TEST(MatchingLaw, PartsAndBlocksSayWhatRemovingNodesSays) {
    for (std::uint64_t seed = 0; seed < given::law_cases(50'000); ++seed) {
        const auto problem = given::random_matching(seed);
        const auto result = solve(problem);
        const auto parts = matching_parts(problem, result);
        for (std::size_t r = 0; r < problem.rows; ++r) {
            ASSERT_EQ(parts.row_is_essential(r), given::largest_matching(problem, r) < result.size) << "seed " << seed;
            for (std::size_t k = problem.first[r]; k < problem.first[r + 1]; ++k) {
                const std::size_t c = problem.column[k];
                const bool in_some = given::largest_matching(problem, r, c) + 1 == result.size;
                ASSERT_EQ(in_some,
                          parts.row_part[r] == parts.column_part[c] && parts.row_block[r] == parts.column_block[c])
                    << "seed " << seed;
            }
        }
        for (std::size_t c = 0; c < problem.columns; ++c) {
            ASSERT_EQ(parts.column_is_essential(c), given::largest_matching(problem, SIZE_MAX, c) < result.size)
                << "seed " << seed;
        }
    }
}

TEST(MatchingLaw, MiddlingGraphsAreProved) {
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        Random random(seed, 62);
        const auto rows = static_cast<std::uint32_t>(random.between(50, 300));
        const auto columns = static_cast<std::uint32_t>(random.between(50, 300));
        proved_size(given::sparse_matching(rows, columns, static_cast<std::uint32_t>(random.between(1, 5)), seed));
        ASSERT_FALSE(HasFailure()) << "seed " << seed;
    }
}

TEST(MatchingLaw, PhasesFindWhatTreesWereTooDearFor) {
    std::size_t phases = 0;  // solves whose forest gave up
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        Random random(seed, 64);
        const auto side = static_cast<std::uint32_t>(random.between(50, 300));
        const auto problem = given::sparse_matching(side, side, static_cast<std::uint32_t>(random.between(2, 4)), seed);
        const auto proven = solve(problem);
        for (const std::int64_t patience : {-1, 100}) {
            const auto result = detail::solve_matching(problem, patience, {}, {});
            ASSERT_EQ(result.termination, Termination::optimal) << "seed " << seed;
            ASSERT_EQ(result.size, proven.size) << "seed " << seed;
            ASSERT_TRUE(verify(problem, result)) << "seed " << seed;
            phases += result.steps > proven.steps ? 1 : 0;
        }
    }
    EXPECT_GT(phases, 0U);
}

// ---- the verifier

using Damage = std::function<void(MatchingProblem&, MatchingResult&, MatchingParts&)>;

TEST(MatchingVerifier, RefusesEveryBrokenAnswerForTheRightReason) {
    const auto problem = three_parts();
    auto result = solve(problem);
    result.column_of = {0, unmatched, 1, 2, 3};
    result.cover_rows = {4};
    result.cover_columns = {0, 1, 2};
    const auto parts = matching_parts(problem, result);
    ASSERT_TRUE(accepted(examine(problem, result, parts)));
    using P = MatchingProblem;
    using R = MatchingResult;
    using D = MatchingParts;
    const std::pair<std::string, Damage> mutations[] = {
        {"column_of", [](P&, R& r, D&) { r.column_of.pop_back(); }},
        {"column_of", [](P&, R& r, D&) { r.column_of.clear(); }},
        {"column_of", [](P&, R& r, D&) { r.column_of.push_back(unmatched); }},
        {"column_of[1]", [](P&, R& r, D&) { r.column_of[1] = 0; }},
        {"column_of[1]", [](P&, R& r, D&) { r.column_of[1] = 4; }},
        {"column_of[3]", [](P&, R& r, D&) { r.column_of[3] = 1; }},
        {"column_of[4]", [](P&, R& r, D&) { r.column_of[4] = 5; }},
        {"column_of[0]", [](P&, R& r, D&) { r.column_of[0] = 4000000000U; }},
        {"size", [](P&, R& r, D&) { r.column_of[0] = unmatched; }},
        {"size", [](P&, R& r, D&) { r.size = 5; }},
        {"size", [](P&, R& r, D&) { r.size = 0; }},
        {"bound", [](P&, R& r, D&) { r.bound = 5; }},
        {"bound", [](P&, R& r, D&) { r.bound = 0; }},
        {"bound", [](P&, R& r, D&) { r.bound = std::numeric_limits<std::size_t>::max(); }},
        {"cover_rows[0]", [](P&, R& r, D&) { r.cover_rows = {5}; }},
        {"cover_rows[1]", [](P&, R& r, D&) { r.cover_rows = {4, 4}; }},
        {"cover_rows[1]", [](P&, R& r, D&) { r.cover_rows = {4, 1}; }},
        {"cover_columns[3]", [](P&, R& r, D&) { r.cover_columns.push_back(5); }},
        {"cover_columns[3]", [](P&, R& r, D&) { r.cover_columns.push_back(2); }},
        {"cover_columns[1]",
         [](P&, R& r, D&) {
             r.cover_columns = {2, 1, 0};
         }},
        {"pair[0]",
         [](P&, R& r, D&) {
             r.cover_columns = {1, 2};
         }},
        {"pair[3]",
         [](P&, R& r, D&) {
             r.cover_columns = {0, 2};
         }},
        {"pair[8]", [](P&, R& r, D&) { r.cover_rows.clear(); }},
        {"size",
         [](P&, R& r, D&) {
             r.cover_rows = {0, 4};
             r.bound = 5;
         }},
        {"size",
         [](P&, R& r, D&) {
             r.column_of[0] = unmatched;
             r.size = 3;
         }},
        {"cause", [](P&, R& r, D&) { r.cause = Cause::cancelled; }},
        {"cause", [](P&, R& r, D&) { r.termination = Termination::feasible; }},
        {"claim", [](P&, R& r, D&) { r.claim = Claim::bounded; }},
        {"claim", [](P&, R& r, D&) { r.claim = Claim::estimate; }},
        {"termination", [](P&, R& r, D&) { r.termination = Termination::infeasible; }},
        {"termination", [](P&, R& r, D&) { r.termination = Termination::unknown; }},
        {"termination", [](P&, R& r, D&) { r.termination = static_cast<Termination>(9); }},
        {"termination",
         [](P&, R& r, D&) {
             r.termination = Termination::feasible;  // accepted as such, but no ground for parts
             r.cause = Cause::time;
             r.claim = Claim::bounded;
         }},
        {"steps", [](P&, R& r, D&) { r.steps = -7; }},
        {"row_part", [](P&, R&, D& d) { d.row_part.pop_back(); }},
        {"column_part", [](P&, R&, D& d) { d.column_part.push_back(balanced); }},
        {"row_block", [](P&, R&, D& d) { d.row_block.clear(); }},
        {"column_block", [](P&, R&, D& d) { d.column_block.clear(); }},
        {"row_part[0]", [](P&, R&, D& d) { d.row_part[0] = balanced; }},
        {"row_part[2]", [](P&, R&, D& d) { d.row_part[2] = column_surplus; }},
        {"row_part[4]", [](P&, R&, D& d) { d.row_part[4] = static_cast<MatchingPart>(9); }},
        {"column_part[0]", [](P&, R&, D& d) { d.column_part[0] = column_surplus; }},
        {"column_part[4]", [](P&, R&, D& d) { d.column_part[4] = balanced; }},
        {"row_block[0]", [](P&, R&, D& d) { d.row_block[0] = 0; }},
        {"row_block[2]", [](P&, R&, D& d) { d.row_block[2] = no_block; }},
        {"row_block[3]", [](P&, R&, D& d) { d.row_block[3] = 1; }},
        {"column_block[1]", [](P&, R&, D& d) { d.column_block[1] = no_block; }},
        {"column_block[4]", [](P&, R&, D& d) { d.column_block[4] = 0; }},
        {"blocks", [](P&, R&, D& d) { d.blocks = 2; }},
        {"row_block[2]", [](P&, R&, D& d) { d.blocks = 0; }},
        {"blocks", [](P&, R&, D& d) { d.blocks = std::numeric_limits<std::size_t>::max(); }},
        {"row_block[2]",
         [](P&, R&, D& d) {  // one block told apart
             d.row_block = {no_block, no_block, 0, 1, no_block};
             d.column_block = {no_block, 0, 1, no_block, no_block};
             d.blocks = 2;
         }},
        {"column_of[0]", [](P& p, R&, D&) { p.column[0] = 1; }},
        {"pair[1]", [](P& p, R&, D&) { p.column[1] = 3; }},
        {"first", [](P& p, R&, D&) { p.rows = 6; }},
    };
    for (const auto& [place, damage] : mutations) {
        auto broken_problem = problem;
        auto broken = result;
        auto broken_parts = parts;
        damage(broken_problem, broken, broken_parts);
        const Verdict verdict = examine(broken_problem, broken, broken_parts);
        EXPECT_FALSE(verdict.accepted) << place;
        EXPECT_EQ(verdict.place, place);
        EXPECT_FALSE(verdict.why.empty());
    }
}

TEST(MatchingVerifier, RefusesBlocksThatAreTooLarge) {
    const auto problem = given::matching_problem(3, {{0}, {0, 1}, {0, 1, 2}});
    const auto result = solve(problem);
    auto parts = matching_parts(problem, result);
    parts.row_block = parts.column_block = {0, 0, 1};
    parts.blocks = 2;
    EXPECT_EQ(examine(problem, result, parts).place, "row_block[1]");
    parts.row_block = parts.column_block = {2, 1, 0};  // the wrong order
    parts.blocks = 3;
    EXPECT_EQ(examine(problem, result, parts).place, "row_block[1]");
}

TEST(MatchingVerifierLaw, NeverAcceptsARandomMutationThatIsWrong) {
    std::uint64_t refused = 0, accepted_still = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        Random random(seed, 63);
        const auto problem = given::random_matching(random.below(5000));
        auto result = solve(problem);
        const auto truth = result;
        auto parts = matching_parts(problem, result);
        const auto true_parts = parts;
        const auto any = [&](auto& list) -> auto& { return list[random.below(list.size())]; };
        const auto small = [&] { return static_cast<std::uint32_t>(random.below(10)); };
        const auto change = random.below(8);
        if (change == 0 && !result.column_of.empty()) any(result.column_of) = random.chance(1, 3) ? unmatched : small();
        if (change == 1) result.size += random.below(3);
        if (change == 2 && !result.cover_rows.empty()) any(result.cover_rows) = small();
        if (change == 3 && !result.cover_columns.empty()) result.cover_columns.pop_back();
        if (change == 4) result.termination = static_cast<Termination>(random.below(5));
        if (change == 5 && !parts.row_part.empty()) any(parts.row_part) = static_cast<MatchingPart>(random.below(3));
        if (change == 6 && !parts.row_block.empty()) any(parts.row_block) = random.chance(1, 3) ? no_block : small();
        if (change == 7 && parts.blocks > 0) {
            const std::uint32_t block = small(), other = small();
            for (auto* list : {&parts.row_block, &parts.column_block}) {
                for (std::uint32_t& b : *list)
                    b = b == block ? other : b;
            }
        }
        if (result == truth && parts == true_parts) continue;
        if (!examine(problem, result, parts).accepted) {
            ++refused;
            continue;
        }
        ++accepted_still;  // then what it says must still be true
        ASSERT_EQ(result.termination, Termination::optimal) << "seed " << seed;
        ASSERT_EQ(result.size, truth.size) << "seed " << seed;
        ASSERT_EQ(parts.row_part, true_parts.row_part) << "seed " << seed;
        ASSERT_EQ(parts.blocks, true_parts.blocks) << "seed " << seed;
    }
    EXPECT_GT(refused, given::law_cases(100'000) / 4);
    EXPECT_GT(accepted_still, 0U);
}

}  // namespace
