// Medium pairings and flows, each solved a second time by LEMON.
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <vector>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/max_flow.hpp>
#include <countyplan/solve/random.hpp>
#include <countyplan/solve/sparse_assignment.hpp>

#include "given/law.hpp"
#include "peer/lemon_min_cost_flow.hpp"

namespace {

using namespace countyplan;

/// A circulation as LEMON sees it: node 0 is the source, node 1 the sink.
class PeerNetwork {
  public:
    explicit PeerNetwork(std::size_t nodes) : supply_(nodes, 0) {}

    void arc(std::size_t tail, std::size_t head, std::int64_t lower, std::int64_t upper, std::int64_t cost) {
        tail_.push_back(static_cast<std::uint32_t>(tail));
        head_.push_back(static_cast<std::uint32_t>(head));
        lower_.push_back(lower);
        upper_.push_back(upper);
        cost_.push_back(cost);
    }
    /// Nothing where there is no circulation.
    [[nodiscard]] std::optional<std::int64_t> least_cost() const {
        return peer::lemon_min_cost(supply_, tail_, head_, lower_, upper_, cost_);
    }

  private:
    std::vector<std::int64_t> supply_;
    std::vector<std::uint32_t> tail_, head_;
    std::vector<std::int64_t> lower_, upper_, cost_;
};

/// Units from the source over rows, pairs and columns to the sink and back.
class PeerAssignment {
  public:
    PeerAssignment(std::size_t rows, std::size_t columns) : rows_(rows), network_(2 + rows + columns) {
        network_.arc(1, 0, 0, static_cast<std::int64_t>(rows + columns), 0);
    }
    void row(std::size_t r, std::int64_t least) { network_.arc(0, 2 + r, least, 1, 0); }
    void column(std::size_t c, std::int64_t least) { network_.arc(2 + rows_ + c, 1, least, 1, 0); }
    void pair(std::size_t r, std::size_t c, std::int64_t cost) { network_.arc(2 + r, 2 + rows_ + c, 0, 1, cost); }
    /// A row, or a column, that may stay unmatched at a price.
    void free_row(std::size_t r, std::int64_t price) {
        row(r, 1);
        network_.arc(2 + r, 1, 0, 1, price);
    }
    void free_column(std::size_t c, std::int64_t price) {
        column(c, 1);
        network_.arc(0, 2 + rows_ + c, 0, 1, price);
    }
    [[nodiscard]] std::optional<std::int64_t> cost() const { return network_.least_cost(); }

  private:
    std::size_t rows_;
    PeerNetwork network_;
};

constexpr std::uint64_t medium_cases = 10'000;

template <class Problem>
void dense_agrees(std::uint64_t seed) {
    SCOPED_TRACE(seed);
    Random random(seed, 81);
    Problem problem;
    problem.rows = static_cast<std::size_t>(random.between(50, 300));
    problem.columns = random.chance(1, 2) ? problem.rows : static_cast<std::size_t>(random.between(50, 300));
    const std::uint64_t forbidden = random.chance(1, 2) ? 0 : random.below(100);
    const std::int64_t range = random.chance(1, 3) ? 10 : 1'000'000;
    PeerAssignment peer(problem.rows, problem.columns);
    for (std::size_t r = 0; r < problem.rows; ++r)
        peer.row(r, problem.rows <= problem.columns ? 1 : 0);
    for (std::size_t c = 0; c < problem.columns; ++c)
        peer.column(c, problem.columns <= problem.rows ? 1 : 0);
    for (std::size_t r = 0; r < problem.rows; ++r) {
        for (std::size_t c = 0; c < problem.columns; ++c) {
            if (random.chance(forbidden, 100)) {
                problem.cost.push_back(Problem::no_pair);
                continue;
            }
            const std::int64_t cost = random.between(-range / 4, range);
            problem.cost.push_back(static_cast<typename Problem::Cost>(cost));
            peer.pair(r, c, cost);
        }
    }
    const AssignmentResult result = solve(problem);
    ASSERT_TRUE(verify(problem, result)) << text(examine(problem, result).why, Language::en);
    const auto expected = peer.cost();
    ASSERT_EQ(result.termination, expected ? Termination::optimal : Termination::infeasible);
    ASSERT_EQ(result.objective, Int128(expected.value_or(0)));
}

TEST(AssignmentPeerLaw, LemonFindsTheSameCost) {
    for (std::uint64_t seed = 0; seed < given::law_cases(medium_cases); ++seed) {
        if (seed % 2 == 0) {
            dense_agrees<AssignmentProblem32>(seed);
        } else {
            dense_agrees<AssignmentProblem>(seed);
        }
        if (HasFatalFailure()) return;
    }
}

TEST(SparseAssignmentPeerLaw, LemonFindsTheSameCost) {
    for (std::uint64_t seed = 0; seed < given::law_cases(medium_cases); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 82);
        SparseAssignmentProblem problem;
        problem.rows = static_cast<std::size_t>(random.between(50, 300));
        problem.columns = random.chance(1, 2) ? problem.rows : static_cast<std::size_t>(random.between(50, 300));
        const auto degree = 1 + random.below(8);
        const bool rows_free = random.chance(2, 3), columns_bound = random.chance(1, 4);
        PeerAssignment peer(problem.rows, problem.columns);
        problem.first.push_back(0);
        for (std::size_t r = 0; r < problem.rows; ++r) {
            for (std::uint64_t k = 0; k < degree; ++k) {
                problem.column.push_back(static_cast<std::uint32_t>(random.below(problem.columns)));
                problem.cost.push_back(random.between(-50, 1000));
                peer.pair(r, problem.column.back(), problem.cost.back());
            }
            problem.first.push_back(problem.column.size());
            if (rows_free) {
                problem.unmatched_row.push_back(random.between(0, 900));
                peer.free_row(r, problem.unmatched_row.back());
            } else {
                peer.row(r, 1);
            }
        }
        for (std::size_t c = 0; c < problem.columns; ++c) {
            if (columns_bound) {
                problem.unmatched_column.push_back(random.between(-5, 900));
                peer.free_column(c, problem.unmatched_column.back());
            } else {
                peer.column(c, 0);
            }
        }
        const SparseAssignmentResult result = solve(problem);
        ASSERT_TRUE(verify(problem, result)) << text(examine(problem, result).why, Language::en);
        const auto expected = peer.cost();
        ASSERT_EQ(result.termination, expected ? Termination::optimal : Termination::infeasible);
        ASSERT_EQ(result.objective, Int128(expected.value_or(0)));
    }
}

TEST(MaxFlowPeerLaw, LemonFindsTheSameValue) {
    for (std::uint64_t seed = 0; seed < given::law_cases(medium_cases); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 83);
        MaxFlowProblem problem;
        problem.nodes = static_cast<std::size_t>(random.between(50, 300));
        PeerNetwork peer(problem.nodes);
        peer.arc(1, 0, 0, std::int64_t{1} << 50, -1);  // each unit back from the sink is worth one
        const std::uint64_t arcs = problem.nodes * (1 + random.below(10));
        const std::int64_t most = random.chance(1, 2) ? 3 : 1'000'000'000;
        for (std::uint64_t a = 0; a < arcs; ++a) {
            problem.tail.push_back(static_cast<std::uint32_t>(random.below(problem.nodes)));
            problem.head.push_back(static_cast<std::uint32_t>(random.below(problem.nodes)));
            problem.capacity.push_back(random.between(0, most));
            peer.arc(problem.tail.back(), problem.head.back(), 0, problem.capacity.back(), 0);
        }
        const MaxFlowResult result = solve(problem);
        ASSERT_TRUE(verify(problem, result)) << text(examine(problem, result).why, Language::en);
        ASSERT_EQ(result.termination, Termination::optimal);
        ASSERT_EQ(result.value, Int128(-peer.least_cost().value()));
    }
}

TEST(MatchingPeerLaw, LemonFindsTheSameSize) {
    for (std::uint64_t seed = 0; seed < given::law_cases(medium_cases); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 84);
        MatchingProblem problem;
        problem.rows = static_cast<std::size_t>(random.between(50, 300));
        problem.columns = static_cast<std::size_t>(random.between(50, 300));
        PeerAssignment peer(problem.rows, problem.columns);
        for (std::size_t c = 0; c < problem.columns; ++c)
            peer.column(c, 0);
        const std::uint64_t degree = 1 + random.below(4);
        for (std::size_t r = 0; r < problem.rows; ++r) {
            peer.row(r, 0);
            for (std::uint64_t k = random.below(degree + 1); k > 0; --k) {
                problem.column.push_back(static_cast<std::uint32_t>(random.below(problem.columns)));
                peer.pair(r, problem.column.back(), -1);
            }
            problem.first.push_back(problem.column.size());
        }
        const MatchingResult result = solve(problem);
        ASSERT_TRUE(verify(problem, result)) << text(examine(problem, result).why, Language::en);
        ASSERT_EQ(result.termination, Termination::optimal);
        ASSERT_EQ(static_cast<std::int64_t>(result.size), -peer.cost().value());
    }
}

}  // namespace
