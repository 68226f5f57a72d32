// The solver's half of team_columns' search: a choice whose score follows each change of one expert.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/solve/impl/team_columns_model.hpp>

namespace countyplan::detail {

/// Units by which hard rules are broken go before costs.
struct TeamScore {
    std::int64_t broken = 0;
    std::int64_t cost = 0;

    friend auto operator<=>(const TeamScore&, const TeamScore&) = default;
};

/// A choice, legal or not. Changing one expert takes O(counters + rows of the two pairs).
class TeamState {
  public:
    static constexpr std::uint32_t nobody = TeamColumnsResult::unassigned;

    explicit TeamState(const TeamModel& model)
        : model_(model),
          p_(model.problem()),
          sizes_(first_size(p_)),
          pair_of_(p_.experts(), nobody),
          heads_(p_.posts(), 0),
          size_(p_.schools(), 0),
          distinct_(p_.schools(), 0),
          people_of_sender_(model.first_sender(p_.schools()), 0),
          counted_(p_.counters.size() * p_.schools(), 0),
          row_sum_(p_.rows.size(), 0) {
        for (std::uint32_t k = 0; k < p_.pairs(); ++k) {
            const std::uint32_t h = model.school_of(k);
            place_.push_back(static_cast<std::uint32_t>(model.first_sender(h)) +
                             static_cast<std::uint32_t>(model.school(h).place_of(p_.sender_of[model.expert_of(k)])));
        }
        for (std::uint32_t i = 0; i < p_.posts(); ++i)
            count_post(i, 1);
        for (std::uint32_t h = 0; h < p_.schools(); ++h)
            count_school(h, 1);
        for (std::uint32_t r = 0; r < p_.rows.size(); ++r)
            count_row(r, 1);
    }

    [[nodiscard]] const TeamScore& score() const { return score_; }
    [[nodiscard]] const std::vector<std::uint32_t>& pair_of() const { return pair_of_; }

    /// Gives an expert another of their pairs, or `nobody`.
    void assign(std::uint32_t expert, std::uint32_t pair) {
        const std::uint32_t before = pair_of_[expert];
        if (before == pair) return;
        if (before != nobody) change(before, -1);
        if (pair != nobody) change(pair, 1);
        pair_of_[expert] = pair;
    }

  private:
    void change(std::uint32_t pair, std::int32_t by) {
        const std::uint32_t post = p_.post[pair], h = model_.school_of(pair);
        score_.cost += by * p_.cost[pair];
        count_post(post, -1);
        count_school(h, -1);
        heads_[post] += by;
        size_[h] += by;
        const std::int32_t people = people_of_sender_[place_[pair]] += by;
        if (people == 0 || (people == 1 && by == 1)) distinct_[h] += by;
        for (std::size_t c = 0; c < p_.counters.size(); ++c)
            counted_[c * p_.schools() + h] += by * p_.counters[c].counts[pair];
        count_post(post, 1);
        count_school(h, 1);
        for (const auto& [r, a] : model_.rows_of(pair)) {
            count_row(r, -1);
            row_sum_[r] += by * a;
            count_row(r, 1);
        }
    }

    void count_post(std::uint32_t post, std::int64_t sign) {
        const std::int32_t heads = heads_[post];
        if (heads < p_.target[post]) score_.cost += sign * p_.shortfall[post] * (p_.target[post] - heads);
        if (heads < p_.lower[post]) score_.broken += sign * (p_.lower[post] - heads);
        if (heads > p_.upper[post]) score_.broken += sign * (heads - p_.upper[post]);
    }

    void count_school(std::uint32_t h, std::int64_t sign) {
        score_.cost += sign * p_.charge[h] * distinct_[h];
        const std::int64_t most = p_.most_senders[h];
        if (distinct_[h] > most) score_.broken += sign * (distinct_[h] - most);
        // a team that is too large is judged as the largest
        const auto largest = static_cast<std::int32_t>(sizes_[h + 1] - sizes_[h] - 1);
        const std::size_t at = sizes_[h] + static_cast<std::size_t>(std::min(size_[h], largest));
        for (std::size_t c = 0; c < p_.counters.size(); ++c) {
            const TeamCounter& counter = p_.counters[c];
            const std::int32_t count = counted_[c * p_.schools() + h];
            pay(counter.lower[at] - count, counter.below_price, sign);
            pay(count - counter.upper[at], counter.above_price, sign);
        }
    }

    void count_row(std::uint32_t r, std::int64_t sign) {
        const TeamRow& row = p_.rows[r];
        if (row.lower != TeamRow::no_lower) pay(row.lower - row_sum_[r], row.below_price, sign);
        if (row.upper != TeamRow::no_upper) pay(row_sum_[r] - row.upper, row.above_price, sign);
    }

    /// Beyond this many units a rule is not more broken, so that the sum of all rules fits.
    static constexpr std::int64_t most_broken = std::int64_t{1} << 40;

    void pay(std::int64_t units, std::int64_t price, std::int64_t sign) {
        if (units <= 0) return;
        if (price == team_rule_is_hard) {
            score_.broken += sign * std::min(units, most_broken);
        } else {
            score_.cost += sign * price * units;
        }
    }

    const TeamModel& model_;
    const TeamColumnsProblem& p_;
    std::vector<std::size_t> sizes_;
    std::vector<std::uint32_t> pair_of_;
    std::vector<std::int32_t> heads_, size_, distinct_, people_of_sender_, counted_;
    std::vector<std::int64_t> row_sum_;
    std::vector<std::uint32_t> place_ = {};  ///< per pair: of the sender at the school
    TeamScore score_ = {};
};

}  // namespace countyplan::detail
