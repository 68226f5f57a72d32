// The solver's half of sparse_assignment: chooses sides, number type and method, and writes the proof.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/sparse_assignment_reduction.hpp>
#include <countyplan/solve/impl/sparse_assignment_search.hpp>
#include <countyplan/solve/impl/sparse_assignment_sides.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/sparse_assignment.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// One solve with prices of type `Price`. The side with fewer members bids for members of the other one.
template <class Price, class Cost>
class SparseSolver {
  public:
    using Problem = BasicSparseAssignmentProblem<Cost>;

    SparseSolver(const Problem& problem, Watch& watch)
        : problem_(problem), watch_(watch), rows_bid_(problem.rows <= problem.columns) {}

    /// Nothing if the prices leave the range of their type.
    std::optional<SparseAssignmentResult> run() {
        prepare();
        if (!watch_.stopped()) {
            std::vector<std::uint32_t> free(bidders_.members);
            for (std::uint32_t i = 0; i < free.size(); ++i)
                free[i] = i;
            if (!reduce_rows(bidders_, own_, other_, free, 3, 15, watch_, steps_) && !watch_.stopped()) {
                return std::nullopt;
            }
            if (!watch_.stopped()) finish(free);
        }
        if (overflow_) return std::nullopt;
        return result();
    }

  private:
    static constexpr Price unset = std::numeric_limits<Price>::min();

    void prepare() {
        rows_.members = problem_.rows;
        rows_.first = problem_.first.data();
        rows_.last = problem_.first.data() + 1;
        rows_.other = problem_.column.data();
        rows_.cost = problem_.cost.data();
        static constexpr Cost free_of_charge = 0;
        rows_.unmatched = {problem_.unmatched_row.empty() ? nullptr : problem_.unmatched_row.data(),
                           problem_.unmatched_row.size() != 1};
        const bool unpriced = problem_.unmatched_column.empty();
        columns_.members = problem_.columns;
        columns_.unmatched = {unpriced ? &free_of_charge : problem_.unmatched_column.data(),
                              problem_.unmatched_column.size() > 1};
        if (!rows_bid_) transpose();
        bidders_ = rows_bid_ ? rows_ : columns_;
        const auto& objects = rows_bid_ ? columns_ : rows_;
        own_.price.assign(bidders_.members, unset);
        own_.mate.assign(bidders_.members, no_partner);
        other_.mate.assign(objects.members, no_partner);
        other_.price.resize(objects.members);
        Price highest = unset;
        for (std::size_t j = 0; j < objects.members; ++j) {
            const Price limit = objects.unmatched.template limit<Price>(j);
            if (limit != out_of_reach<Price>) highest = std::max(highest, limit);
        }
        for (std::size_t j = 0; j < objects.members; ++j) {
            const Price limit = objects.unmatched.template limit<Price>(j);
            other_.price[j] = limit != out_of_reach<Price> ? limit : highest != unset ? highest : 0;
        }
    }

    void transpose() {
        if (transposed_) return;
        transposed_.emplace(problem_, watch_);
        columns_.first = transposed_->first.data();
        columns_.last = transposed_->first.data() + 1;
        columns_.other = transposed_->row.data();
        columns_.cost = transposed_->cost.data();
    }

    /// Shortest paths for the bidders in `free`, then for unmatched objects below their price.
    void finish(const std::vector<std::uint32_t>& free) {
        if (!augment_all(free, bidders_, own_, other_)) {
            shortage_of_rows_ = rows_bid_;
            return;
        }
        std::vector<std::uint32_t> below;
        const SparsePairs<Cost>& objects = rows_bid_ ? columns_ : rows_;
        for (std::uint32_t j = 0; j < objects.members; ++j) {
            if (other_.mate[j] == no_partner && other_.price[j] < objects.unmatched.template limit<Price>(j)) {
                below.push_back(j);
            }
        }
        if (below.empty()) return;
        if (rows_bid_) transpose();
        if (watch_.stopped()) return;
        if (!augment_all(below, rows_bid_ ? columns_ : rows_, other_, own_)) shortage_of_rows_ = !rows_bid_;
    }

    /// False if a shortage was found or the search gave up.
    bool augment_all(const std::vector<std::uint32_t>& roots, const SparsePairs<Cost>& pairs, SparseSide<Price>& own,
                     SparseSide<Price>& other) {
        SparseSearch<Price, Cost> search(other.mate.size());
        const std::int64_t before = steps_;
        for (const std::uint32_t root : roots) {
            if (watch_.exhausted(steps_)) return true;
            const SparseSearchEnd end = search.augment(root, pairs, own, other, watch_);
            steps_ = before + search.visits();
            if (end == SparseSearchEnd::augmented) continue;
            if (end == SparseSearchEnd::overflow) overflow_ = true;
            if (end == SparseSearchEnd::shortage) {
                shortage_.push_back(root);
                for (const std::uint32_t object : search.reached())
                    shortage_.push_back(other.mate[object]);
            }
            return false;
        }
        return true;
    }

    SparseAssignmentResult result() {
        SparseAssignmentResult answer;
        answer.steps = steps_;
        if (!shortage_.empty()) {
            std::sort(shortage_.begin(), shortage_.end());
            SparseAssignmentShortage proof;
            (shortage_of_rows_ ? proof.rows : proof.columns) = std::move(shortage_);
            answer.termination = Termination::infeasible;
            answer.cause = Cause::proved;
            answer.claim = Claim::proved;
            answer.certificate = std::move(proof);
            return answer;
        }
        const bool stopped = watch_.stopped();
        answer.column_of = std::move(rows_bid_ ? own_.mate : other_.mate);
        const auto total = total_of(answer.column_of);
        answer.termination = !stopped ? Termination::optimal : total ? Termination::feasible : Termination::unknown;
        answer.cause = stopped ? watch_.cause() : Cause::proved;
        if (total) {
            answer.objective = *total;
        } else {
            answer.column_of.clear();
        }
        const bool priced = std::find(own_.price.begin(), own_.price.end(), unset) == own_.price.end();
        if (priced) {
            SparseAssignmentPrices proof;
            const auto& row = rows_bid_ ? own_.price : other_.price;
            const auto& column = rows_bid_ ? other_.price : own_.price;
            proof.row.assign(row.begin(), row.end());
            proof.column.assign(column.begin(), column.end());
            for (const std::int64_t price : proof.row)
                answer.bound += price;
            for (const std::int64_t price : proof.column)
                answer.bound += price;
            answer.certificate = std::move(proof);
        }
        answer.claim = !stopped ? Claim::proved : priced ? Claim::bounded : total ? Claim::feasible : Claim::estimate;
        return answer;
    }

    /// The total of an assignment; nothing if somebody is unmatched who must not be.
    std::optional<Int128> total_of(const std::vector<std::uint32_t>& column_of) {
        std::vector<bool> matched(problem_.columns, false);
        Int128 total;
        for (std::size_t row = 0; row < problem_.rows; ++row) {
            const std::uint32_t column = column_of[row];
            if (column == no_partner) {
                const auto price = rows_.unmatched.template limit<std::int64_t>(row);
                if (price == out_of_reach<std::int64_t>) return std::nullopt;
                total += price;
                continue;
            }
            matched[column] = true;
            Cost least = Problem::must_match;
            for (std::size_t entry = problem_.first[row]; entry < problem_.first[row + 1]; ++entry) {
                if (problem_.column[entry] == column) least = std::min(least, problem_.cost[entry]);
            }
            total += least;
        }
        for (std::size_t column = 0; column < problem_.columns; ++column) {
            if (matched[column]) continue;
            const auto price = columns_.unmatched.template limit<std::int64_t>(column);
            if (price == out_of_reach<std::int64_t>) return std::nullopt;
            total += price;
        }
        return total;
    }

    const Problem& problem_;
    Watch& watch_;
    const bool rows_bid_;
    std::optional<TransposedPairs<Cost>> transposed_;
    SparsePairs<Cost> rows_, columns_, bidders_;
    SparseSide<Price> own_, other_;  ///< of the bidders, of the objects
    std::vector<std::uint32_t> shortage_;
    bool shortage_of_rows_ = false;
    bool overflow_ = false;
    std::int64_t steps_ = 0;
};

/// Whether 32-bit prices can start on these costs.
template <class Cost>
bool fits_narrow(const BasicSparseAssignmentProblem<Cost>& problem) {
    constexpr Cost most = Cost{1} << 27;
    const auto fits = [](const std::vector<Cost>& numbers) {
        Cost low = 0, high = 0;
        for (const Cost number : numbers) {
            if (number == BasicSparseAssignmentProblem<Cost>::must_match) continue;
            low = std::min(low, number);
            high = std::max(high, number);
        }
        return low >= -most && high <= most;
    };
    return fits(problem.cost) && fits(problem.unmatched_row) && fits(problem.unmatched_column);
}

template <class Cost>
SparseAssignmentResult solve_sparse(const BasicSparseAssignmentProblem<Cost>& problem,
                                    const SparseAssignmentOptions& options, const Stop& stop,
                                    const Progress& progress) {
    if (Verdict verdict = examine(problem); !verdict.accepted) {
        throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    }
    Watch watch(stop, progress);
    (void)options;
    if (fits_narrow(problem)) {
        if (auto narrow = SparseSolver<std::int32_t, Cost>(problem, watch).run()) return *std::move(narrow);
    }
    if (auto wide = SparseSolver<std::int64_t, Cost>(problem, watch).run()) return *std::move(wide);
    throw InvalidProblem({message::solve_too_large, {"(rows + columns) * cost"}}, "cost");
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE SparseAssignmentResult solve(const SparseAssignmentProblem& problem,
                                               const SparseAssignmentOptions& options, const Stop& stop,
                                               const Progress& progress) {
    return detail::solve_sparse(problem, options, stop, progress);
}

COUNTYPLAN_INLINE SparseAssignmentResult solve(const SparseAssignmentProblem32& problem,
                                               const SparseAssignmentOptions& options, const Stop& stop,
                                               const Progress& progress) {
    return detail::solve_sparse(problem, options, stop, progress);
}

}  // namespace countyplan
