// The solver's half of team_columns' bounds: whole multipliers, and what they prove.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/team_columns_pricing.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/team_columns.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Multipliers as a leaf of the proof has them.
struct TeamMultipliers {
    std::int64_t scale = 0;
    std::vector<std::int64_t> expert = {};
    std::vector<std::int64_t> row = {};
};

/// A team of one school, as its table sees it.
struct Team {
    std::uint32_t school = 0;
    std::vector<std::uint32_t> pairs = {};
    std::int64_t cost = 0;
};

/// What one round of pricing found.
struct TeamRound {
    bool complete = false;         ///< false if it was stopped
    bool possible = true;          ///< false if some school has no team at all
    Int128 value = 0;              ///< the bound, times the scale
    std::vector<Team> teams = {};  ///< per school
};

/// The problem as pricing sees it; shared by all parts of the solver.
class TeamModel {
  public:
    /// Multipliers are whole numbers over this where costs do not count.
    static constexpr std::int64_t scale_without_costs = std::int64_t{1} << 20;

    TeamModel(const TeamColumnsProblem& p, const TeamWorkers& workers, Watch& watch)
        : p_(p), workers_(workers), watch_(watch) {
        expert_of_.resize(p.pairs());
        for (std::uint32_t e = 0; e < p.experts(); ++e)
            std::fill_n(expert_of_.data() + p.first_pair[e], p.first_pair[e + 1] - p.first_pair[e], e);
        school_of_.resize(p.posts());
        for (std::uint32_t h = 0; h < p.schools(); ++h)
            std::fill_n(school_of_.data() + p.first_post[h], p.first_post[h + 1] - p.first_post[h], h);
        pairs_of_.resize(p.schools());
        for (std::uint32_t k = 0; k < p.pairs(); ++k)
            pairs_of_[school_of_[p.post[k]]].push_back(k);
        const std::vector<std::size_t> sizes = first_size(p);
        for (std::size_t h = 0; h < p.schools(); ++h) {
            schools_.emplace_back(p, h, pairs_of_[h], expert_of_, sizes[h]);
            first_sender_.push_back(first_sender_.back() + schools_[h].senders());
        }
        rows_of_pair_.resize(p.pairs());
        for (std::uint32_t r = 0; r < p.rows.size(); ++r) {
            for (std::size_t i = 0; i < p.rows[r].pair.size(); ++i)
                rows_of_pair_[p.rows[r].pair[i]].emplace_back(r, p.rows[r].coefficient[i]);
        }
        choose_scale();
        workspaces_.resize(std::max<std::size_t>(workers_.run ? workers_.lanes : 1, 1));
    }

    [[nodiscard]] const TeamColumnsProblem& problem() const { return p_; }
    [[nodiscard]] const TeamSchool& school(std::size_t h) const { return schools_[h]; }
    [[nodiscard]] std::uint32_t expert_of(std::uint32_t pair) const { return expert_of_[pair]; }
    [[nodiscard]] std::uint32_t school_of(std::uint32_t pair) const { return school_of_[p_.post[pair]]; }
    [[nodiscard]] const std::vector<std::uint32_t>& pairs_of(std::size_t h) const { return pairs_of_[h]; }
    [[nodiscard]] const auto& rows_of(std::uint32_t pair) const { return rows_of_pair_[pair]; }
    [[nodiscard]] std::size_t first_sender(std::size_t h) const { return first_sender_[h]; }
    [[nodiscard]] std::int64_t scale() const { return scale_; }
    [[nodiscard]] Watch& watch() const { return watch_; }
    [[nodiscard]] TeamSchool::Workspace& workspace() { return workspaces_[0]; }

    std::int64_t steps = 0;

    [[nodiscard]] TeamSettled nothing_settled() const {
        return {std::vector<std::uint8_t>(p_.pairs(), TeamSettled::open),
                std::vector<std::uint8_t>(p_.experts(), TeamSettled::open),
                std::vector<std::uint8_t>(first_sender_.back(), TeamSettled::open)};
    }

    /// Whether sums by these multipliers stay within 64 bits.
    [[nodiscard]] bool is_exact(const TeamMultipliers& m) const {
        for (std::size_t k = 0; k < p_.pairs(); ++k) {
            int128 size = m.expert[expert_of_[k]];
            for (const auto& [r, a] : rows_of_pair_[k])
                size += int128{m.row[r] < 0 ? -m.row[r] : m.row[r]} * (a < 0 ? -a : a);
            if (static_cast<double>(size) > largest_weight_) return false;
        }
        return std::ranges::all_of(m.row,
                                   [](std::int64_t y) { return y >= -TeamNode::max_row && y <= TeamNode::max_row; });
    }
    /// Duals as whole numbers that the checker accepts.
    [[nodiscard]] TeamMultipliers rounded(const std::vector<double>& expert, const std::vector<double>& row,
                                          bool with_costs) const {
        TeamMultipliers out{with_costs ? scale_ : 0, {}, {}};
        const double unit = static_cast<double>(with_costs ? scale_ : scale_without_costs);
        double most = 0.0;
        for (std::size_t k = 0; k < p_.pairs(); ++k) {
            double size = std::abs(expert[expert_of_[k]]);
            for (const auto& [r, a] : rows_of_pair_[k])
                size += std::abs(row[r] * static_cast<double>(a));
            most = std::max(most, size * unit);
        }
        double shrink = unit;  // where multipliers are too large for exact sums
        while (most > largest_weight_) {
            most /= 2.0;
            shrink /= 2.0;
        }
        for (const double u : expert)
            out.expert.push_back(std::max<std::int64_t>(std::llround(u * shrink), 0));
        for (std::size_t r = 0; r < p_.rows.size(); ++r) {
            const TeamRow& rule = p_.rows[r];
            constexpr auto most_row = static_cast<double>(TeamNode::max_row);
            std::int64_t y = std::llround(std::clamp(row[r] * shrink, -most_row, most_row));
            if (y > 0 && rule.lower == TeamRow::no_lower) y = 0;
            if (y < 0 && rule.upper == TeamRow::no_upper) y = 0;
            if (rule.below_price != team_rule_is_hard) y = std::min(y, out.scale * rule.below_price);
            if (rule.above_price != team_rule_is_hard) y = std::max(y, -out.scale * rule.above_price);
            out.row.push_back(y);
        }
        return out;
    }

    /// Weights of pairs at these multipliers; exact.
    [[nodiscard]] std::vector<double> weights(const TeamMultipliers& m) const {
        std::vector<double> w(p_.pairs());
        for (std::size_t k = 0; k < w.size(); ++k) {
            std::int64_t sum = m.scale * p_.cost[k] + m.expert[expert_of_[k]];
            for (const auto& [r, a] : rows_of_pair_[k])
                sum -= m.row[r] * a;
            w[k] = static_cast<double>(sum);
        }
        return w;
    }

    /// The cheapest team of every school at these multipliers.
    TeamRound price(const TeamMultipliers& m, const TeamSettled& settled) {
        TeamRound round;
        round.teams.resize(p_.schools());
        std::vector<double> value(p_.schools(), 0.0);
        const std::vector<double> w = weights(m);
        for (const std::int64_t u : m.expert)
            round.value -= Int128(u);
        for (std::size_t r = 0; r < m.row.size(); ++r) {
            if (m.row[r] != 0)
                round.value += Int128(m.row[r]) * Int128(m.row[r] > 0 ? p_.rows[r].lower : p_.rows[r].upper);
        }
        constexpr std::int64_t batch_work = 32 * Watch::grain;
        for (std::size_t begin = 0; begin < p_.schools();) {
            std::size_t end = begin;
            std::int64_t work = 0;
            for (; end < p_.schools() && (end == begin || work + schools_[end].work() <= batch_work); ++end)
                work += schools_[end].work();
            if (watch_.exhausted(steps) || watch_.spend(work)) return round;
            steps += static_cast<std::int64_t>(end - begin);
            std::atomic<std::size_t> next{begin};
            const std::function<void(std::size_t)> task = [&](std::size_t lane) {
                for (std::size_t h = next++; h < end; h = next++) {
                    Team& team = round.teams[h];
                    team.school = static_cast<std::uint32_t>(h);
                    value[h] =
                        schools_[h].cheapest(w, static_cast<double>(m.scale), settled,
                                             settled.sender.data() + first_sender_[h], workspaces_[lane], team.pairs);
                    if (value[h] < no_team) team.cost = schools_[h].cost_of(team.pairs, expert_of_);
                }
            };
            if (workspaces_.size() > 1) {
                workers_.run(task);
            } else {
                task(0);
            }
            begin = end;
        }
        for (const double v : value) {
            round.possible = round.possible && v < no_team;
            if (v < no_team) round.value += Int128(static_cast<std::int64_t>(v));
        }
        round.complete = true;
        return round;
    }

    /// The bound that a round at `scale` proves: none if there is no choice at all.
    static std::optional<std::int64_t> bound_of(const TeamRound& round, std::int64_t scale) {
        if (!round.possible) return std::nullopt;
        const int128 s = scale;
        const int128 up = round.value.value / s + (round.value.value % s > 0 ? 1 : 0);
        return to_int64(Int128(up)).value_or(std::numeric_limits<std::int64_t>::min());
    }

    [[nodiscard]] std::int64_t cost_of(std::uint32_t h, const std::vector<std::uint32_t>& team) const {
        return schools_[h].cost_of(team, expert_of_);
    }

  private:
    /// The largest power of two at which every sum within a school is exact in doubles.
    void choose_scale() {
        std::int64_t heads = 1;
        double most = 1.0;
        for (std::size_t h = 0; h < p_.schools(); ++h) {
            heads = std::max(heads, schools_[h].heads());
            double sum = static_cast<double>(p_.charge[h]) * static_cast<double>(schools_[h].heads());
            for (std::size_t i = p_.first_post[h]; i < p_.first_post[h + 1]; ++i)
                sum += static_cast<double>(p_.shortfall[i]) * p_.target[i];
            for (const TeamCounter& c : p_.counters) {
                for (const std::int64_t price : {c.below_price, c.above_price}) {
                    if (price != team_rule_is_hard)
                        sum += static_cast<double>(price) * static_cast<double>(TeamColumnsProblem::max_heads);
                }
            }
            most = std::max(most, sum);
        }
        double largest = 0.0;
        for (const std::int64_t c : p_.cost)
            largest = std::max(largest, std::abs(static_cast<double>(c)));
        most += largest * static_cast<double>(heads);
        while (scale_ < (std::int64_t{1} << 20) && static_cast<double>(scale_ * 2) * most <= 0x1p50)
            scale_ *= 2;
        largest_weight_ = 0x1p51 / static_cast<double>(heads + 1);
    }

    const TeamColumnsProblem& p_;
    const TeamWorkers& workers_;
    Watch& watch_;
    std::vector<std::uint32_t> expert_of_ = {};  ///< per pair
    std::vector<std::uint32_t> school_of_ = {};  ///< per post
    std::vector<std::vector<std::uint32_t>> pairs_of_ = {};
    std::vector<std::vector<std::pair<std::uint32_t, std::int64_t>>> rows_of_pair_ = {};
    std::vector<TeamSchool> schools_ = {};
    std::vector<std::size_t> first_sender_ = {0};
    std::int64_t scale_ = 1;
    double largest_weight_ = 0.0;
    std::vector<TeamSchool::Workspace> workspaces_ = {};
};

}  // namespace countyplan::detail
