// The integer solvers give these very answers with every compiler, optimisation and set of vector instructions.
// A pin changes only where a solver is meant to choose differently among equals.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/convex_flow.hpp>
#include <countyplan/solve/leximin.hpp>
#include <countyplan/solve/longest_path.hpp>
#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/max_flow.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/random.hpp>
#include <countyplan/solve/sparse_assignment.hpp>

#include "given/assignment.hpp"
#include "given/convex_flow.hpp"
#include "given/leximin.hpp"
#include "given/longest_path.hpp"
#include "given/matching.hpp"
#include "given/max_flow.hpp"
#include "given/min_cost_flow.hpp"
#include "given/sparse_assignment.hpp"

namespace {

using namespace countyplan;

/// Fowler, Noll & Vo's 64-bit hash (1a) of numbers, lowest byte first, whatever the machine's order.
class Digest {
  public:
    template <class... Fields>
    void add(const Fields&... fields) {
        (add_one(fields), ...);
    }

    [[nodiscard]] std::uint64_t value() const { return hash_; }

  private:
    template <class T>
        requires std::is_integral_v<T> || std::is_enum_v<T>
    void add_one(T number) {
        auto left = static_cast<std::uint64_t>(number);
        for (int byte = 0; byte < 8; ++byte, left >>= 8) {
            hash_ = (hash_ ^ (left & 255)) * 0x100000001b3;
        }
    }
    void add_one(const Int128& number) {
        add(static_cast<std::uint64_t>(number.value), static_cast<std::int64_t>(number.value >> 64));
    }
    void add_one(std::monostate) {}
    template <class T>
    void add_one(const std::vector<T>& list) {
        add(list.size());
        for (const T& item : list)
            add_one(item);
    }
    template <class... T>
    void add_one(const std::variant<T...>& choice) {
        add(choice.index());
        std::visit([this](const auto& chosen) { this->add_one(chosen); }, choice);
    }

    void add_one(const AssignmentPrices& p) { add(p.row, p.column); }
    void add_one(const HallShortage& s) { add(s.rows, s.columns); }
    void add_one(const SparseAssignmentPrices& p) { add(p.row, p.column); }
    void add_one(const SparseAssignmentShortage& s) { add(s.rows, s.columns); }
    void add_one(const Potentials& p) { add(p.value); }
    void add_one(const ViolatedCut& c) { add(c.nodes); }
    void add_one(const NegativeCycle& c) { add(c.arcs); }
    void add_one(const Drivers& d) { add(d.early, d.late); }
    void add_one(const PositiveCycle& c) { add(c.arcs); }
    void add_one(const LeximinBound& b) { add(b.scale, b.potential); }
    void add_one(const LeximinBranch& b) { add(b.group, b.step); }
    void add_one(const LeximinLevel& l) { add(l.value, l.groups); }

    void add_one(const AssignmentResult& r) { add(r.termination, r.column_of, r.objective, r.certificate, r.steps); }
    void add_one(const SparseAssignmentResult& r) {
        add(r.termination, r.column_of, r.objective, r.bound, r.certificate, r.steps);
    }
    void add_one(const MinCostFlowResult& r) { add(r.termination, r.flow, r.cost, r.certificate, r.steps); }
    void add_one(const LongestPathResult& r) { add(r.termination, r.earliest, r.latest, r.certificate); }
    void add_one(const MaxFlowResult& r) { add(r.termination, r.flow, r.value, r.cut, r.steps); }
    void add_one(const MatchingResult& r) {
        add(r.termination, r.column_of, r.size, r.cover_rows, r.cover_columns, r.steps);
    }
    void add_one(const MatchingParts& p) { add(p.row_part, p.column_part, p.row_block, p.column_block, p.blocks); }
    void add_one(const LeximinResult& r) { add(r.termination, r.flow, r.levels, r.proof, r.steps); }
    void add_one(const MaxMinResult& r) { add(r.termination, r.flow, r.worst, r.certificate, r.steps); }

    std::uint64_t hash_ = 0xcbf29ce484222325;
};

/// The digest of the answers to `count` seeded problems, each also stopped half-way by its steps.
template <class Given>
std::uint64_t digest_of(std::uint64_t count, const Given& given) {
    Digest digest;
    for (std::uint64_t seed = 0; seed < count; ++seed) {
        const auto problem = given(seed);
        const auto result = solve(problem);
        EXPECT_TRUE(verify(problem, result)) << "seed " << seed;
        digest.add(result, solve(problem, {}, Stop{.step_limit = result.steps / 2}));
    }
    return digest.value();
}

template <class Cost>
BasicAssignmentProblem<Cost> table(std::uint64_t seed) {
    Random random(seed, 91);
    BasicAssignmentProblem<Cost> problem{.rows = 60 + random.below(60), .columns = 60 + random.below(60)};
    const bool structured = random.chance(1, 3);
    for (std::size_t r = 0; r < problem.rows; ++r) {
        for (std::size_t c = 0; c < problem.columns; ++c) {
            const auto noise = random.between(0, 1000);
            problem.cost.push_back(static_cast<Cost>(structured ? static_cast<std::int64_t>(r * c) : noise));
        }
    }
    return problem;
}

TEST(SameBytes, RandomNumbers) {
    Digest digest;
    Random random(7, 5);
    for (int i = 0; i < 1000; ++i) {  // drawn one by one: arguments have no order of their own
        const std::int64_t within = random.between(-i, i);
        const std::uint64_t below = random.below(1 + static_cast<std::uint64_t>(i));
        digest.add(random(), below, within);
    }
    EXPECT_EQ(digest.value(), 0x37c01604962491f1ULL);
}

TEST(SameBytes, Assignment) {
    EXPECT_EQ(digest_of(400, [](std::uint64_t seed) { return given::random_assignment<std::int64_t>(seed, 7); }),
              0xae533c74c9044f4eULL);
    EXPECT_EQ(digest_of(20, table<std::int64_t>), 0x25aad1ca30ac5bf0ULL);
    EXPECT_EQ(digest_of(20, table<std::int32_t>), 0x25aad1ca30ac5bf0ULL);
}

TEST(SameBytes, SparseAssignment) {
    EXPECT_EQ(digest_of(400, [](std::uint64_t seed) { return given::random_sparse_problem<std::int64_t>(seed); }),
              0x5e94f8717893bfc3ULL);
    EXPECT_EQ(digest_of(50, [](std::uint64_t seed) { return given::random_sparse_problem<std::int32_t>(seed, 60); }),
              0x2ee91a1518901251ULL);
}

TEST(SameBytes, MinCostFlow) {
    EXPECT_EQ(digest_of(400, [](std::uint64_t seed) { return given::random_min_cost_flow(seed); }),
              0x29676a26eb2dc0eaULL);
    EXPECT_EQ(digest_of(6, [](std::uint64_t seed) { return given::staffing_min_cost_flow(60, 20, 20, 3, seed); }),
              0xa8bef7753d54a38dULL);
}

TEST(SameBytes, ConvexFlow) { EXPECT_EQ(digest_of(400, given::random_convex_flow), 0x1f41929b1e676920ULL); }

TEST(SameBytes, LongestPath) { EXPECT_EQ(digest_of(400, given::random_longest_path), 0x4435c8a56402b5abULL); }

TEST(SameBytes, MaxFlow) {
    EXPECT_EQ(digest_of(400, given::random_max_flow), 0xe573d4552a58ef30ULL);
    EXPECT_EQ(digest_of(5, [](std::uint64_t seed) { return given::level_max_flow(10, 40, seed); }),
              0x9741fa7b3006bc92ULL);
}

TEST(SameBytes, Matching) {
    EXPECT_EQ(digest_of(400, given::random_matching), 0x8d4e25acc0ecad72ULL);
    EXPECT_EQ(digest_of(5, [](std::uint64_t seed) { return given::sparse_matching(500, 480, 3, seed); }),
              0xc57af0d2f5c46056ULL);
    Digest digest;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const auto problem = given::random_matching(seed);
        digest.add(matching_parts(problem, solve(problem)));
    }
    EXPECT_EQ(digest.value(), 0xe8438ccf0c1e808dULL);
}

TEST(SameBytes, Leximin) {
    EXPECT_EQ(digest_of(400, [](std::uint64_t seed) { return given::random_leximin(seed, seed % 2 == 0); }),
              0x7bdd6f4747b3dc6aULL);
    EXPECT_EQ(digest_of(3, [](std::uint64_t seed) { return given::schools_leximin(60, 15, 3, seed); }),
              0xf08d0b67ba8fad3aULL);
    Digest digest;
    for (std::uint64_t seed = 0; seed < 100; ++seed)
        digest.add(max_min(given::random_leximin(seed, false)));
    EXPECT_EQ(digest.value(), 0x1ff0eb2cbf389da3ULL);
}

}  // namespace
