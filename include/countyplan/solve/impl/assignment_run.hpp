// One dense assignment solve on a table that is not taller than wide: which method, and what came out?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/impl/assignment_auction.hpp>
#include <countyplan/solve/impl/assignment_coarse.hpp>
#include <countyplan/solve/impl/assignment_matching.hpp>
#include <countyplan/solve/impl/assignment_paths.hpp>

namespace countyplan::detail {

/// The answer in the table's own orientation.
struct TableAnswer {
    SearchEnd end = SearchEnd::stopped;
    std::vector<std::uint32_t> column_of = {};  ///< complete or empty
    std::vector<std::int64_t> row_price = {};   ///< feasible, or empty
    std::vector<std::int64_t> column_price = {};
    std::vector<std::uint32_t> shortage = {};  ///< rows
    std::int64_t steps = 0;
};

template <class Cost, class Price>
class AssignmentRun {
  public:
    using Search = AssignmentSearch<Cost, Price>;

    /// `start`: empty unless the table is square.
    AssignmentRun(const AssignmentTable<Cost>& table, AssignmentMethod method, const AssignmentStart& start,
                  VectorLevel level, Watch& watch)
        : kernel_(AssignmentKernels<Cost, Price>::at(level)),
          s_(table, kernel_, watch),
          pairs_(start.column_of),
          start_price_(start.column_price),
          method_(table.rows == table.columns ? method : AssignmentMethod::shortest_path) {}

    TableAnswer run() {
        TableAnswer answer;
        take_prices();
        answer.end = first_pass();
        if (answer.end != SearchEnd::done) return answer;
        if (forbidden_) {
            AllowedMatching<Cost, Price> matching(s_.table);
            answer.end = matching.run(s_.table, kernel_, s_.watch);
            if (answer.end == SearchEnd::short_of) answer.shortage = matching.reached();
            if (answer.end != SearchEnd::done) return answer;
            allowed_ = matching.column_of();
        }
        s_.spread = static_cast<Price>(range_.second) - static_cast<Price>(range_.first);
        std::fill(s_.low.begin(), s_.low.end(), static_cast<Price>(range_.first));
        answer.end = search();
        if (answer.end == SearchEnd::out_of_range) return answer;
        answer.steps = s_.steps;
        if (answer.end == SearchEnd::done) {
            answer.column_of = s_.column_of;
            for (std::size_t i = 0; i < s_.table.rows; ++i)
                s_.low[i] = static_cast<Price>(static_cast<Price>(s_.matched_cost[i]) - s_.price[s_.column_of[i]]);
        } else {
            answer.column_of = completed();
        }
        if (!bounded_) return answer;
        answer.row_price.assign(s_.low.begin(), s_.low.end());
        answer.column_price.assign(s_.price.begin(), s_.price.end());
        return answer;
    }

  private:
    /// The start's prices, the highest made 0; none if they are of no use.
    void take_prices() {
        if (start_price_.empty()) return;
        const auto [low, high] = std::minmax_element(start_price_.begin(), start_price_.end());
        if (int128{*high} - *low >= PriceRange<Price>::reach / 2) {
            start_price_ = {};
            return;
        }
        if (!promises()) {
            start_price_ = {};
            pairs_ = {};
            return;
        }
        std::transform(start_price_.begin(), start_price_.end(), s_.price.begin(),
                       [most = *high](std::int64_t price) { return static_cast<Price>(price - most); });
    }

    /// Whether at most a quarter of some rows have lost their pair or would gain by another one; true without pairs.
    [[nodiscard]] bool promises() const {
        constexpr std::size_t looked_at = 64;
        const std::size_t step = std::max<std::size_t>(1, s_.table.rows / looked_at);
        std::size_t loose = 0, seen = 0;
        for (std::size_t i = 0; i < pairs_.size(); i += step, ++seen) {
            const Cost* row = s_.table.row(i);
            const std::uint32_t own = pairs_[i];
            bool tight = own != AssignmentResult::unmatched && row[own] != no_pair;
            for (std::size_t j = 0; j < s_.table.columns && tight; ++j)
                tight = row[j] == no_pair || row[j] - start_price_[j] >= row[own] - start_price_[own];
            loose += tight ? 0 : 1;
        }
        return 4 * loose <= seen;
    }

    /// Looks at every row while it is near, at the prices at hand; says whether the costs fit `Price`.
    SearchEnd first_pass() {
        constexpr Price most = PriceRange<Price>::most_cost;
        const bool at_zero = std::all_of(s_.price.begin(), s_.price.end(), [](Price price) { return price == 0; });
        for (std::size_t i = 0; i < s_.table.rows; ++i) {
            if (at_zero) {
                if (!s_.first_look(i, range_, forbidden_)) return SearchEnd::out_of_range;
            } else {
                if (kernel_.fold_range(s_.table.row(i), s_.table.columns, range_)) forbidden_ = true;
                const bool any = range_.first <= range_.second;
                if (any && (range_.first < -most || range_.second > most)) return SearchEnd::out_of_range;
                s_.look(i);
            }
            if (s_.watch.stopped()) return SearchEnd::stopped;
        }
        return SearchEnd::done;
    }

    /// Back to price 0 with nobody matched.
    void start_over() {
        const bool moved = std::any_of(s_.price.begin(), s_.price.end(), [](Price price) { return price != 0; });
        std::fill(s_.price.begin(), s_.price.end(), Price{0});
        std::fill(s_.low.begin(), s_.low.end(), static_cast<Price>(range_.first));
        std::fill(s_.column_of.begin(), s_.column_of.end(), Search::none);
        std::fill(s_.row_of.begin(), s_.row_of.end(), Search::none);
        if (moved) s_.forget_lists();
    }

    /// From given pairs, the prices at which they are tight: nobody may gain by another's column (Bellman &
    /// Ford, on candidate lists). Pairs that are not among their row's candidates, or that no prices seem to
    /// suit, are cut loose; `costly` where those are many.
    SearchEnd follow_pairs() {
        constexpr std::uint32_t patience = 100;
        const std::size_t most_loose = s_.table.rows / 32 + 1;
        const std::int64_t most_looks = s_.looks + static_cast<std::int64_t>(s_.table.rows / 4 + 8);
        std::vector<std::uint32_t> work, next;
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            const std::uint32_t* first = s_.columns(i);
            const std::uint32_t* last = first + s_.count(i);
            if (std::find(first, last, pairs_[i]) == last) continue;
            s_.match(i, pairs_[i], s_.table.row(i)[pairs_[i]]);
            work.push_back(static_cast<std::uint32_t>(i));
        }
        std::size_t loose = s_.table.rows - work.size();
        std::vector<std::uint32_t> turns(s_.table.rows, 0);
        std::vector<bool> waits(s_.table.rows, false);
        for (; !work.empty() && loose <= most_loose; work.swap(next), next.clear()) {
            for (const std::uint32_t i : work) {
                waits[i] = false;
                const BestTwo<Price> best = s_.best_two(i);
                s_.watch.spend(16);
                if (s_.halted()) return SearchEnd::stopped;
                if (s_.looks > most_looks) return SearchEnd::costly;
                const auto own = static_cast<Price>(static_cast<Price>(s_.matched_cost[i]) - s_.price[pairs_[i]]);
                if (own <= best.first) continue;
                if (++turns[i] > patience) {
                    ++loose;
                    continue;
                }
                for (std::size_t q = 0; q < s_.count(i); ++q) {
                    const std::uint32_t j = s_.columns(i)[q];
                    const auto price = static_cast<Price>(static_cast<Price>(s_.costs(i)[q]) - own);
                    if (price >= s_.price[j]) continue;
                    if (price <= -PriceRange<Price>::reach) return SearchEnd::out_of_range;
                    s_.price[j] = price;
                    const std::uint32_t holder = s_.row_of[j];
                    if (holder == Search::none || waits[holder] || turns[holder] > patience) continue;
                    waits[holder] = true;
                    next.push_back(holder);
                }
            }
        }
        return loose > most_loose ? SearchEnd::costly : SearchEnd::done;
    }

    /// Keeps what is tight at given prices; where more than a few rows are not, all bid from there. `costly` where too
    /// many are not.
    SearchEnd follow_prices() {
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            const std::uint32_t j = pairs_[i];
            if (j != AssignmentResult::unmatched && s_.table.row(i)[j] != no_pair) s_.match(i, j, s_.table.row(i)[j]);
        }
        std::vector<std::uint32_t> free;
        SearchEnd end = keep_tight(s_, free);
        if (end != SearchEnd::done) return end;
        if (free.size() > s_.table.rows / 4 + 8) return SearchEnd::costly;
        if (free.size() > s_.table.rows / 64) {
            FirstLooks<Price> first;
            end = first_looks(s_, first);
            if (end == SearchEnd::done) end = auction(s_, std::max<Price>(1, first.reach / 16), Price{1}, s_.no_limit);
            if (end == SearchEnd::done) end = finish();
        } else {
            end = augment(free);
        }
        return end == SearchEnd::out_of_range && sizeof(Price) == sizeof(std::int64_t) ? SearchEnd::costly : end;
    }

    SearchEnd search() {
        if (!start_price_.empty()) {
            const SearchEnd end = follow_prices();
            if (end != SearchEnd::costly) return end;
            start_over();
        } else if (!pairs_.empty()) {
            const SearchEnd end = follow_pairs();
            if (end == SearchEnd::done) return finish();
            if (end == SearchEnd::stopped) return end;
            start_over();  // a poor start
        }
        if (method_ != AssignmentMethod::shortest_path) {
            const SearchEnd end = bid();
            if (end == SearchEnd::done) return finish();
            if (end != SearchEnd::costly) {
                if (end != SearchEnd::out_of_range || sizeof(Price) == sizeof(std::int32_t)) return end;
                start_over();
                bounded_ = true;
            }
        }
        const SearchEnd end = reduce_rows(s_);
        return end == SearchEnd::done ? finish() : end;
    }

    /// `costly` where nobody has bid yet and row reduction is to be preferred.
    SearchEnd bid() {
        if (method_ == AssignmentMethod::auction) return bid_widely();
        FirstLooks<Price> first;
        SearchEnd end = first_looks(s_, first);
        if (end != SearchEnd::done) return end;
        const auto rows = static_cast<std::int64_t>(s_.table.rows);
        const bool core = method_ == AssignmentMethod::core;
        const bool alike = first.wanted_columns < s_.table.rows / 4;  // the rows want the same few columns
        if (!core && !alike && s_.spread < rows && independent(first.reach)) return SearchEnd::costly;  // many ties
        if (core || (!alike && independent(first.reach))) {
            end = bid_from(first.reach, core ? Search::no_limit : s_.looks + rows * 3 / 4);
            return end == SearchEnd::costly ? bid_widely() : end;
        }
        constexpr std::int64_t smallest = 400;
        if (!alike || forbidden_ || rows < smallest) return bid_widely();
        bounded_ = false;
        end = coarse_prices(s_.table, kernel_, s_.spread, s_.watch, s_.steps, s_.price);
        if (end != SearchEnd::done) return end;
        s_.forget_lists();
        end = first_looks(s_, first);
        if (end != SearchEnd::done) return end;
        bounded_ = true;
        return bid_from(first.reach, Search::no_limit);
    }

    /// Whether a row's costs lie as near to its best as if they were drawn evenly from the range.
    [[nodiscard]] bool independent(Price reach) const {
        constexpr int128 places = 75;  // a list reaches to about the fiftieth
        return int128{reach} * static_cast<std::int64_t>(s_.table.columns) <= places * s_.spread;
    }

    SearchEnd bid_widely() { return auction(s_, std::max<Price>(1, s_.spread / 8), Price{1}, Search::no_limit); }

    SearchEnd bid_from(Price reach, std::int64_t most_looks) {
        return auction(s_, std::max<Price>(1, reach / 4), Price{1}, most_looks);
    }

    SearchEnd finish() {
        std::vector<std::uint32_t> free;
        const SearchEnd end = keep_tight(s_, free);
        return end == SearchEnd::done ? augment(free) : end;
    }

    SearchEnd augment(const std::vector<std::uint32_t>& free) {
        SearchEnd end = SearchEnd::done;
        AssignmentPaths<Cost, Price> paths(s_);
        for (std::size_t k = 0; k < free.size() && end == SearchEnd::done; ++k)
            end = paths.augment(free[k]);
        return end;
    }

    /// What is matched now, its free rows given the cheapest free column they know or the first allowed one;
    /// the matching known to be allowed if that is better or the former has none.
    std::vector<std::uint32_t> completed() const {
        std::vector<std::uint32_t> found = s_.column_of;
        std::vector<std::uint32_t> free;
        for (std::size_t j = 0; j < s_.table.columns; ++j) {
            if (s_.row_of[j] == Search::none) free.push_back(static_cast<std::uint32_t>(j));
        }
        std::vector<bool> taken(s_.table.columns, false);
        std::size_t looks = std::size_t{1} << 22;  // a few milliseconds
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (found[i] != Search::none) continue;
            const std::uint32_t j = cheapest_known(i, taken);
            if (j == Search::none) continue;
            found[i] = j;
            taken[j] = true;
        }
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (found[i] != Search::none) continue;
            while (!free.empty() && taken[free.back()])
                free.pop_back();
            for (std::size_t k = free.size(); k-- > 0 && found[i] == Search::none && looks > 0; --looks) {
                if (taken[free[k]] || s_.table.row(i)[free[k]] == no_pair) continue;
                found[i] = free[k];
                taken[free[k]] = true;
            }
            if (found[i] == Search::none) return allowed_;
        }
        return !allowed_.empty() && total(allowed_) < total(found) ? allowed_ : found;
    }

    [[nodiscard]] std::uint32_t cheapest_known(std::size_t i, const std::vector<bool>& taken) const {
        std::uint32_t best = Search::none;
        Cost least = no_pair;
        for (std::size_t q = 0; q < s_.count(i); ++q) {
            const std::uint32_t j = s_.columns(i)[q];
            if (taken[j] || s_.row_of[j] != Search::none || s_.costs(i)[q] >= least) continue;
            least = s_.costs(i)[q];
            best = j;
        }
        return best;
    }

    [[nodiscard]] int128 total(const std::vector<std::uint32_t>& column_of) const {
        int128 sum = 0;
        for (std::size_t i = 0; i < column_of.size(); ++i)
            sum += s_.table.row(i)[column_of[i]];
        return sum;
    }

    static constexpr Cost no_pair = std::numeric_limits<Cost>::max();

    const AssignmentKernels<Cost, Price> kernel_;
    Search s_;
    std::span<const std::uint32_t> pairs_;
    std::span<const std::int64_t> start_price_;
    AssignmentMethod method_;
    std::pair<Cost, Cost> range_ = {std::numeric_limits<Cost>::max(), std::numeric_limits<Cost>::min()};
    bool forbidden_ = false;
    bool bounded_ = true;                      ///< `low` fits the prices
    std::vector<std::uint32_t> allowed_ = {};  ///< a complete matching, if pairs are forbidden
};

}  // namespace countyplan::detail
