#include <countyplan/solve/proof/assignment.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/random.hpp>

#include "given/assignment.hpp"
#include "given/law.hpp"

namespace {

using namespace countyplan;
using P = AssignmentProblem;
using R = AssignmentResult;

constexpr std::int64_t no = P::no_pair;
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

struct Broken {
    std::string place;
    std::function<void(P&, R&)> breakage;
};

void expect_refused(const P& problem, const R& result, const std::vector<Broken>& cases) {
    ASSERT_TRUE(verify(problem, result));
    for (std::size_t k = 0; k < cases.size(); ++k) {
        P changed = problem;
        R wrong = result;
        cases[k].breakage(changed, wrong);
        const Verdict verdict = examine(changed, wrong);
        EXPECT_FALSE(verdict.accepted) << "case " << k;
        EXPECT_EQ(verdict.place, cases[k].place) << "case " << k;
        EXPECT_FALSE(verify(changed, wrong)) << "case " << k;
    }
}

AssignmentPrices& prices(R& result) { return std::get<AssignmentPrices>(result.certificate); }
HallShortage& shortage(R& result) { return std::get<HallShortage>(result.certificate); }

TEST(AssignmentVerifier, RefusesEveryBrokenProofOfASquareTable) {
    const P problem{3, 3, {4, 1, 3, 2, 0, 5, 3, 2, no}};
    const R result{Termination::optimal,
                   Cause::proved,
                   Claim::proved,
                   {2, 1, 0},
                   Int128(6),
                   Int128(6),
                   AssignmentPrices{{1, 0, 1}, {2, 0, 2}},
                   9};
    expect_refused(problem, result,
                   {
                       {"column_of", [](P&, R& r) { r.column_of.pop_back(); }},
                       {"column_of", [](P&, R& r) { r.column_of.clear(); }},
                       {"column_of[0]", [](P&, R& r) { r.column_of[0] = R::unmatched; }},
                       {"column_of[0]", [](P&, R& r) { r.column_of[0] = 3; }},
                       {"column_of[1]", [](P&, R& r) { r.column_of[1] = 2; }},
                       {"column_of[2]",
                        [](P&, R& r) {
                            r.column_of = {0, 1, 2};
                        }},  // a forbidden pair
                       {"objective",
                        [](P&, R& r) {
                            r.column_of = {1, 0, 2};
                            r.column_of = {0, 1, 2};
                            r.column_of = {1, 2, 0};
                        }},
                       {"objective", [](P&, R& r) { r.objective = Int128(5); }},
                       {"objective", [](P&, R& r) { r.objective = Int128(least); }},
                       {"bound", [](P&, R& r) { r.bound = Int128(7); }},
                       {"bound", [](P&, R& r) { prices(r).row[0] -= 1; }},
                       {"cost[1]", [](P&, R& r) { prices(r).row[0] += 1; }},
                       {"cost[3]", [](P&, R& r) { prices(r).row[1] += 1; }},
                       {"cost[3]", [](P&, R& r) { prices(r).column[0] += 1; }},
                       {"cost[0]", [](P&, R& r) { prices(r).row[0] = no; }},
                       {"bound", [](P&, R& r) { prices(r).row[0] = least; }},
                       {"cost[0]", [](P&, R& r) { prices(r).column.assign(3, no); }},
                       {"row", [](P&, R& r) { prices(r).row.pop_back(); }},
                       {"row", [](P&, R& r) { prices(r).row.push_back(0); }},
                       {"column", [](P&, R& r) { prices(r).column.clear(); }},
                       {"column_of[0]",
                        [](P&, R& r) {
                            prices(r).row[0] -= 1;
                            r.bound = Int128(5);
                        }},
                       {"column_of[1]",
                        [](P&, R& r) {
                            prices(r).column[1] -= 2;
                            r.bound = Int128(4);
                        }},
                       {"objective", [](P& p, R&) { p.cost[2] += 1; }},
                       {"column_of[0]", [](P& p, R&) { p.cost[2] = no; }},
                       {"cost[1]", [](P& p, R&) { p.cost[1] = 0; }},
                       {"cost[8]", [](P& p, R&) { p.cost[8] = 2; }},
                       {"cost[3]", [](P& p, R&) { p.cost[3] = least; }},
                       {"cost", [](P& p, R&) { p.cost.pop_back(); }},
                       {"rows", [](P& p, R&) { p.rows = std::size_t{1} << 40; }},
                       {"termination", [](P&, R& r) { r.termination = static_cast<Termination>(99); }},
                       {"termination", [](P&, R& r) { r.termination = Termination::unbounded; }},
                       {"cause", [](P&, R& r) { r.cause = Cause::time; }},
                       {"cause", [](P&, R& r) { r.termination = Termination::feasible; }},
                       {"claim", [](P&, R& r) { r.claim = Claim::bounded; }},
                       {"claim", [](P&, R& r) { r.claim = Claim::claimed_by_backend; }},
                       {"steps", [](P&, R& r) { r.steps = -1; }},
                       {"certificate", [](P&, R& r) { r.certificate = std::monostate{}; }},
                       {"certificate",
                        [](P&, R& r) {
                            r.certificate = HallShortage{{0}, {}};
                        }},
                       {"certificate", [](P&, R& r) { r.termination = Termination::infeasible; }},
                   });
}

TEST(AssignmentVerifier, RefusesBrokenProofsOfTablesWithALargerSide) {
    const P wide{2, 3, {5, 1, 9, 5, 1, 3}};
    const R result{Termination::optimal,
                   Cause::proved,
                   Claim::proved,
                   {1, 2},
                   Int128(4),
                   Int128(4),
                   AssignmentPrices{{3, 3}, {0, -2, 0}},
                   1};
    expect_refused(wide, result,
                   {
                       {"column[0]", [](P&, R& r) { prices(r).column[0] = 1; }},
                       {"column[0]",
                        [](P&, R& r) {
                            prices(r).column[0] = -1;
                            r.bound = Int128(3);
                        }},
                       {"column_of[0]", [](P&, R& r) { r.column_of[0] = R::unmatched; }},
                       {"cost[1]",
                        [](P&, R& r) {
                            prices(r).column[1] = 0;
                            r.bound = Int128(6);
                        }},
                       {"column_of[0]",
                        [](P&, R& r) {
                            prices(r).column[1] = -3;
                            r.bound = Int128(3);
                        }},
                       {"column_of[1]",
                        [](P&, R& r) {
                            r.column_of = {1, 0};
                            r.objective = Int128(6);
                            prices(r).column[2] = -1;
                            r.bound = Int128(3);
                        }},
                   });
    const P tall{3, 2, {5, 5, 1, 1, 9, 3}};
    const R other{Termination::optimal,
                  Cause::proved,
                  Claim::proved,
                  {R::unmatched, 0, 1},
                  Int128(4),
                  Int128(4),
                  AssignmentPrices{{0, -2, 0}, {3, 3}},
                  1};
    expect_refused(tall, other,
                   {
                       {"row[0]", [](P&, R& r) { prices(r).row[0] = 1; }},
                       {"row[0]",
                        [](P&, R& r) {
                            prices(r).row[0] = -1;
                            r.bound = Int128(3);
                        }},
                       {"column[0]",
                        [](P&, R& r) {
                            r.column_of[1] = R::unmatched;
                            r.objective = Int128(3);
                        }},
                       {"column_of[1]", [](P&, R& r) { r.column_of[0] = 0; }},
                   });
}

TEST(AssignmentVerifier, RefusesEveryBrokenShortage) {
    const P problem{3, 4, {1, no, no, no, 2, no, no, no, 3, 4, 5, 6}};
    const R result{
        Termination::infeasible, Cause::proved, Claim::proved, {}, Int128(0), Int128(0), HallShortage{{0, 1}, {}}, 1};
    expect_refused(problem, result,
                   {
                       {"shortage", [](P&, R& r) { shortage(r).rows = {0}; }},
                       {"shortage", [](P&, R& r) { shortage(r).rows = {}; }},
                       {"shortage",
                        [](P&, R& r) {
                            shortage(r).rows = {0, 1, 2};
                        }},
                       {"shortage",
                        [](P&, R& r) {
                            shortage(r) = {{}, {1, 2, 3}};
                        }},  // not the smaller side
                       {"shortage", [](P&, R& r) { shortage(r).columns = {0}; }},
                       {"rows[1]",
                        [](P&, R& r) {
                            shortage(r).rows = {0, 0};
                        }},
                       {"rows[1]",
                        [](P&, R& r) {
                            shortage(r).rows = {0, 3};
                        }},
                       {"shortage", [](P& p, R&) { p.cost[1] = 7; }},
                       {"column_of",
                        [](P&, R& r) {
                            r.column_of = {0, 1, 2};
                        }},
                       {"objective", [](P&, R& r) { r.objective = Int128(1); }},
                       {"bound", [](P&, R& r) { r.bound = Int128(1); }},
                       {"claim", [](P&, R& r) { r.claim = Claim::estimate; }},
                   });
    const P square{2, 2, {1, no, 2, no}};
    R by_columns = result;
    by_columns.certificate = HallShortage{{}, {1}};  // nobody may have column 1
    EXPECT_TRUE(verify(square, by_columns));
}

TEST(AssignmentVerifier, AcceptsWhatSaysLess) {
    const P problem{2, 2, {1, 5, 5, 1}};
    R result{Termination::feasible,
             Cause::time,
             Claim::bounded,
             {1, 0},
             Int128(10),
             Int128(2),
             AssignmentPrices{{1, 1}, {0, 0}},
             0};
    EXPECT_TRUE(verify(problem, result));
    result.certificate = std::monostate{};
    EXPECT_FALSE(verify(problem, result));
    result.claim = Claim::feasible;
    result.bound = Int128(0);
    EXPECT_TRUE(verify(problem, result));
    EXPECT_TRUE(verify(problem, R{}));
}

TEST(AssignmentVerifierLaw, NeverAcceptsARandomMutationThatIsWrong) {
    std::uint64_t refused = 0, kept = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        Random random(seed, 26);
        const auto problem = given::random_assignment<std::int64_t>(seed % 20'000, 6);
        const auto truth = solve(problem);
        auto result = truth;
        auto* price = std::get_if<AssignmentPrices>(&result.certificate);
        auto* hall = std::get_if<HallShortage>(&result.certificate);
        const auto any = [&](auto& list) -> auto& { return list[random.below(list.size())]; };
        const auto change = random.below(7);
        if (change == 0 && !result.column_of.empty())
            any(result.column_of) = static_cast<std::uint32_t>(random.below(7));
        if (change == 1) result.objective += Int128(random.between(-2, 2));
        if (change == 2 && price != nullptr && !price->row.empty()) any(price->row) += random.between(-3, 3);
        if (change == 3 && price != nullptr && !price->column.empty()) any(price->column) += random.between(-3, 3);
        if (change == 4 && hall != nullptr && !hall->rows.empty()) any(hall->rows) = 0;
        if (change == 4 && hall != nullptr && !hall->columns.empty()) hall->columns.pop_back();
        if (change == 5) result.termination = static_cast<Termination>(random.below(5));
        if (change == 6 && result.column_of.size() > 1) std::swap(any(result.column_of), any(result.column_of));
        if (change == 6 && price != nullptr) {  // consistent with what the pairs cost
            Int128 total{};
            for (std::size_t i = 0; i < problem.rows; ++i) {
                const std::uint32_t j = result.column_of[i];
                if (j < problem.columns) total += Int128(problem.cost[i * problem.columns + j]);
            }
            result.objective = result.bound = total;
        }
        if (result == truth) continue;
        if (!verify(problem, result)) {
            ++refused;
            continue;
        }
        ++kept;  // changed, yet what it says must still be true
        ASSERT_EQ(result.termination, truth.termination) << "seed " << seed;
        ASSERT_EQ(result.objective, truth.objective) << "seed " << seed;
    }
    EXPECT_GT(refused, given::law_cases(100'000) / 4);
    EXPECT_GT(kept, 0U);
}

}  // namespace
