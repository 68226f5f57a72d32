// One solve of a sparse assignment with prices of one type: sides, method, answer and proof.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/sparse_assignment_auction.hpp>
#include <countyplan/solve/impl/sparse_assignment_search.hpp>
#include <countyplan/solve/impl/sparse_assignment_sides.hpp>
#include <countyplan/solve/impl/sparse_assignment_sweep.hpp>
#include <countyplan/solve/sparse_assignment.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// The least and the greatest of some numbers and 0, `must_match` left out.
struct SparseRange {
    std::int64_t least = 0, greatest = 0;

    template <class Cost>
    void take(const std::vector<Cost>& numbers) {
        Cost low = 0, high = 0;
        for (const Cost number : numbers) {
            if (number == BasicSparseAssignmentProblem<Cost>::must_match) continue;
            low = std::min(low, number);
            high = std::max(high, number);
        }
        least = std::min<std::int64_t>(least, low);
        greatest = std::max<std::int64_t>(greatest, high);
    }
};

/// The side with fewer members bids for members of the other one.
template <class Price, class Cost>
class SparseSolver {
  public:
    using Problem = BasicSparseAssignmentProblem<Cost>;

    SparseSolver(const Problem& problem, const SparseRange& costs, Watch& watch)
        : problem_(problem),
          costs_(costs),
          watch_(watch),
          rows_bid_(problem.rows <= problem.columns),
          listed_(problem),
          row_limit_{problem.unmatched_row.empty() ? nullptr : problem.unmatched_row.data(),
                     problem.unmatched_row.size() > 1},
          column_limit_{problem.unmatched_column.empty() ? &free_of_charge_ : problem.unmatched_column.data(),
                        problem.unmatched_column.size() > 1} {}

    /// Nothing if the prices leave the range of their type.
    std::optional<SparseAssignmentResult> run(SparseAssignmentMethod method) {
        if (set_up()) {
            if (rows_bid_) {
                bid(method, listed_, row_limit_);
            } else {
                bid(method, *transposed_, column_limit_);
            }
            if (!watch_.stopped()) finish();
        }
        if (overflow_) return std::nullopt;
        return result();
    }

    /// The same from a matching and prices; prices of columns only.
    std::optional<SparseAssignmentResult> run(const SparseAssignmentStart& start) {
        if (set_up()) {
            if (rows_bid_) {
                take_over(start, listed_, row_limit_);
            } else {
                take_over(start, *transposed_, column_limit_);
            }
            if (!watch_.stopped()) finish();
        }
        if (overflow_) return std::nullopt;
        return result();
    }

  private:
    static constexpr Cost free_of_charge_ = 0;

    [[nodiscard]] const UnmatchedPrices<Cost>& object_limit() const { return rows_bid_ ? column_limit_ : row_limit_; }

    /// Objects start at the price of staying unmatched. False if stopped.
    bool set_up() {
        if (watch_.stopped() || (!rows_bid_ && !transpose())) return false;
        const std::size_t bidders = rows_bid_ ? problem_.rows : problem_.columns;
        const std::size_t objects = rows_bid_ ? problem_.columns : problem_.rows;
        own_.price.assign(bidders, 0);
        own_.mate.assign(bidders, no_partner);
        other_.mate.assign(objects, no_partner);
        other_.price.resize(objects);
        Price highest = 0;
        bool any = false;
        for (std::size_t j = 0; j < objects; ++j) {
            const Price limit = object_limit().template limit<Price>(j);
            other_.price[j] = limit;
            if (limit == out_of_reach<Price> || (any && limit <= highest)) continue;
            highest = limit;
            any = true;
        }
        for (Price& price : other_.price) {
            if (price == out_of_reach<Price>) price = highest;
        }
        is_set_up_ = true;
        return true;
    }

    bool transpose() {
        if (!transposed_) transposed_.emplace(problem_, watch_);
        return !watch_.stopped();
    }

    /// Bids for all bidders at exact prices; where many stay without an object, again from the start with
    /// increments that fall.
    template <class Pairs>
    void bid(SparseAssignmentMethod method, const Pairs& pairs, const UnmatchedPrices<Cost>& limit) {
        const std::size_t bidders = own_.mate.size();
        const auto spread = static_cast<Price>(costs_.greatest - costs_.least + 1);
        const std::vector<Price> initial = other_.price;
        if (method != SparseAssignmentMethod::auction) {
            all_free(bidders);
            hold_auction<Price>(pairs, limit, {0, spread, bidders / 1000, 5 * bidders + 1000}, own_, other_, free_,
                                watch_, steps_);
            const bool hard = free_.size() > 64 && free_.size() > bidders / 50;
            if (watch_.stopped()) return;
            if (method == SparseAssignmentMethod::shortest_path || !hard) {
                search_one_by_one(pairs, limit, method == SparseAssignmentMethod::automatic);
                return;
            }
        }
        other_.price = initial;
        own_.mate.assign(bidders, no_partner);
        other_.mate.assign(other_.mate.size(), no_partner);
        all_free(bidders);
        Price increment = std::max<Price>(1, static_cast<Price>(spread / 64));
        for (bool first = true;; first = false) {
            if (!first) part_beyond(pairs, limit, increment, own_, other_, free_, watch_);
            hold_auction<Price>(pairs, limit, {increment, spread, bidders / 3000, 30 * bidders + 1000}, own_, other_,
                                free_, watch_, steps_);
            if (watch_.stopped()) return;
            if (increment == 1) break;
            increment = std::max<Price>(1, static_cast<Price>(increment / 5));
        }
        part_beyond<Price>(pairs, limit, 0, own_, other_, free_, watch_);
        hold_auction<Price>(pairs, limit, {0, spread, bidders / 3000, 2 * bidders + 1000}, own_, other_, free_, watch_,
                            steps_);
    }

    /// One shortest path after the other, as long as they are short if `only_short`; the sweep does the rest,
    /// shortages too.
    template <class Pairs>
    void search_one_by_one(const Pairs& pairs, const UnmatchedPrices<Cost>& unmatched, bool only_short) {
        const auto limit = [&](std::uint32_t i) { return unmatched.template limit<Price>(i); };
        SparseSearch<Price> search;
        const std::int64_t before = steps_;
        const std::int64_t most = only_short ? 2 * static_cast<std::int64_t>(own_.mate.size()) + 1000
                                             : std::numeric_limits<std::int64_t>::max();
        std::size_t done = 0;
        for (; done < free_.size() && search.visits() < most && !watch_.exhausted(steps_); ++done) {
            const SparseSearchEnd end = search.augment(free_[done], pairs, limit, own_, other_, watch_);
            steps_ = before + search.visits();
            watch_.report([&] { return Tick{.steps = steps_}; });
            if (end != SparseSearchEnd::augmented) break;
        }
        free_.erase(free_.begin(), free_.begin() + static_cast<std::ptrdiff_t>(done));
    }

    void all_free(std::size_t bidders) {
        free_.resize(bidders);
        for (std::uint32_t i = 0; i < bidders; ++i)
            free_[i] = i;
    }

    /// Prices as close to those of `start` as the problem allows, pairs of `start` where they fit.
    template <class Pairs>
    void take_over(const SparseAssignmentStart& start, const Pairs& pairs, const UnmatchedPrices<Cost>& limit) {
        const auto spread = static_cast<Price>(costs_.greatest - costs_.least + 1);
        const auto within = [](std::int64_t price) {
            constexpr std::int64_t most = price_guard<Price> / 2;
            return static_cast<Price>(std::clamp(price, -most, most));
        };
        if (!start.column_price.empty()) {
            if (rows_bid_) {
                for (std::size_t j = 0; j < other_.price.size(); ++j) {
                    const Price top = object_limit().template limit<Price>(j);
                    other_.price[j] = std::min(top, within(start.column_price[j]));
                }
            } else {
                for (std::size_t row = 0; row < problem_.rows; ++row) {
                    Price best = row_limit_.template limit<Price>(row);
                    for (std::size_t entry = listed_.begin(row); entry < listed_.end(row); ++entry) {
                        best = std::min(best, static_cast<Price>(listed_.cost(entry) -
                                                                 within(start.column_price[listed_.other(entry)])));
                    }
                    if (best != out_of_reach<Price>) other_.price[row] = best;
                }
            }
        }
        for (std::size_t row = 0; row < start.column_of.size(); ++row) {
            const std::uint32_t column = start.column_of[row];
            if (column >= problem_.columns) continue;
            auto& row_mate = rows_bid_ ? own_.mate : other_.mate;
            auto& column_mate = rows_bid_ ? other_.mate : own_.mate;
            if (column_mate[column] != no_partner) continue;
            row_mate[row] = column;
            column_mate[column] = static_cast<std::uint32_t>(row);
        }
        part_beyond<Price>(pairs, limit, 0, own_, other_, free_, watch_);
        if (watch_.stopped()) return;
        hold_auction<Price>(pairs, limit, {0, spread, 0, 4 * free_.size() + 16}, own_, other_, free_, watch_, steps_);
    }

    /// Shortest paths for the bidders in `free_`, then for unmatched objects below their price.
    void finish() {
        std::vector<std::uint32_t> below;
        const auto find_below = [&] {
            below.clear();
            for (std::uint32_t j = 0; j < other_.mate.size(); ++j) {
                const Price limit = object_limit().template limit<Price>(j);
                if (other_.mate[j] == no_partner && other_.price[j] < limit) below.push_back(j);
            }
        };
        find_below();
        if (free_.empty() && below.empty()) return;
        if (!transpose()) return;
        const auto sweep = [&](const auto& pairs, const auto& other_pairs, const UnmatchedPrices<Cost>& limit,
                               SparseSide<Price>& own, SparseSide<Price>& other, const auto& roots, bool rows) {
            if (roots.empty()) return true;
            SparseSweep sweeper(pairs, other_pairs, limit, own, other);
            const SweepEnd end = sweeper.run(roots, watch_, steps_);
            if (end == SweepEnd::overflow) overflow_ = true;
            if (end == SweepEnd::shortage) (rows ? shortage_.rows : shortage_.columns) = sweeper.stuck();
            return end == SweepEnd::done;
        };
        const auto by_rows = [&](SparseSide<Price>& own, SparseSide<Price>& other, const auto& roots) {
            return sweep(listed_, *transposed_, row_limit_, own, other, roots, true);
        };
        const auto by_columns = [&](SparseSide<Price>& own, SparseSide<Price>& other, const auto& roots) {
            return sweep(*transposed_, listed_, column_limit_, own, other, roots, false);
        };
        if (!(rows_bid_ ? by_rows(own_, other_, free_) : by_columns(own_, other_, free_))) return;
        find_below();
        if (rows_bid_) {
            by_columns(other_, own_, below);
        } else {
            by_rows(other_, own_, below);
        }
    }

    SparseAssignmentResult result() {
        SparseAssignmentResult answer;
        answer.steps = steps_;
        if (!shortage_.rows.empty() || !shortage_.columns.empty()) {
            answer.termination = Termination::infeasible;
            answer.cause = Cause::proved;
            answer.claim = Claim::proved;
            answer.certificate = std::move(shortage_);
            return answer;
        }
        const bool stopped = watch_.stopped();
        if (stopped) answer.cause = watch_.cause();
        if (is_set_up_) {
            SparseAssignmentPrices proof;
            if (stopped) lower_prices();
            auto& row = rows_bid_ ? own_ : other_;
            auto& column = rows_bid_ ? other_ : own_;
            proof.row.assign(row.price.begin(), row.price.end());
            proof.column.assign(column.price.begin(), column.price.end());
            for (const std::int64_t price : proof.row)
                answer.bound += price;
            for (const std::int64_t price : proof.column)
                answer.bound += price;
            answer.certificate = std::move(proof);
            answer.column_of = std::move(row.mate);
        } else {
            answer.column_of.assign(problem_.rows, no_partner);
        }
        const auto total = total_of(answer.column_of);
        if (total) {
            answer.objective = *total;
        } else {
            answer.column_of.clear();
        }
        answer.termination = !stopped ? Termination::optimal : total ? Termination::feasible : Termination::unknown;
        answer.claim = !stopped     ? Claim::proved
                       : is_set_up_ ? Claim::bounded
                       : total      ? Claim::feasible
                                    : Claim::estimate;
        if (!stopped) answer.cause = Cause::proved;
        return answer;
    }

    /// After a stop in between: bidders' prices that obey every pair. Where there is no time to look at the
    /// pairs, from the least cost and the highest price of all.
    void lower_prices() {
        using Clock = std::chrono::steady_clock;
        const auto until = Clock::now() + std::chrono::milliseconds(5);
        const bool hurry = watch_.cause() != Cause::steps;
        const Price highest =
            other_.price.empty() ? Price{0} : *std::max_element(other_.price.begin(), other_.price.end());
        const auto least = static_cast<Price>(static_cast<Price>(costs_.least) - highest);
        const auto lower = [&](const auto& pairs, const UnmatchedPrices<Cost>& limits) {
            bool late = false;
            for (std::size_t i = 0; i < own_.price.size(); ++i) {
                const Price limit = limits.template limit<Price>(i);
                Price best = limit;
                if (hurry && i % 1024 == 0) late = Clock::now() >= until;
                if (late) {
                    best = std::min(best, least);
                } else {
                    for (std::size_t entry = pairs.begin(i); entry < pairs.end(i); ++entry) {
                        best = std::min(best, static_cast<Price>(pairs.cost(entry) - other_.price[pairs.other(entry)]));
                    }
                }
                own_.price[i] = best == out_of_reach<Price> ? Price{0} : best;
            }
        };
        if (rows_bid_) {
            lower(listed_, row_limit_);
        } else {
            lower(*transposed_, column_limit_);
        }
    }

    /// The total of an assignment; nothing if somebody is unmatched who must not be.
    std::optional<Int128> total_of(const std::vector<std::uint32_t>& column_of) {
        std::vector<bool> matched(problem_.columns, false);
        Int128 total;
        for (std::size_t row = 0; row < problem_.rows; ++row) {
            const std::uint32_t column = column_of[row];
            if (column == no_partner) {
                const auto price = row_limit_.template limit<std::int64_t>(row);
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
            const auto price = column_limit_.template limit<std::int64_t>(column);
            if (price == out_of_reach<std::int64_t>) return std::nullopt;
            total += price;
        }
        return total;
    }

    const Problem& problem_;
    const SparseRange& costs_;
    Watch& watch_;
    const bool rows_bid_;
    const ListedPairs<Price, Cost> listed_;
    std::optional<TransposedPairs<Price>> transposed_;
    const UnmatchedPrices<Cost> row_limit_, column_limit_;
    SparseSide<Price> own_, other_;  ///< of the bidders, of the objects
    std::vector<std::uint32_t> free_;
    SparseAssignmentShortage shortage_;
    bool is_set_up_ = false;
    bool overflow_ = false;
    std::int64_t steps_ = 0;
};

}  // namespace countyplan::detail
