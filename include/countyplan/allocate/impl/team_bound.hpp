// What the best staffing without couplings shows about one with them: prices of quotas as multipliers of teams.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/team_problem.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan::detail {

/// The exact class: the plan less its couplings and the tiers that teams leave out.
class UncoupledTeams {
  public:
    /// `counts`: per tier, whether it is among those that teams heed.
    UncoupledTeams(const AllocationProblem& allocation, std::span<const char> counts)
        : problem_(allocation), tiers_(allocation.flow.tiers) {
        const auto blank = [&](std::vector<std::int64_t>& numbers) {
            for (std::size_t i = 0; i < numbers.size(); ++i)
                if (counts[i % tiers_] == 0) numbers[i] = 0;
        };
        blank(problem_.flow.left.slope);
        blank(problem_.flow.right.slope);
        for (CountedSet& set : problem_.sets)
            blank(set.slope);
        const std::size_t width = tiers_ - problem_.flow.pair_tier;
        for (std::size_t i = 0; i < problem_.flow.cost.size(); ++i)
            if (counts[problem_.flow.pair_tier + i % width] == 0) problem_.flow.cost[i] = 0;
    }

    /// False if there is no best staffing, or none in time.
    [[nodiscard]] bool run(const Stop& stop) {
        NestedFlowResult solved = pair_of_.empty() ? solve(problem_.flow, {}, stop)
                                                   : solve_from(problem_.flow, {pair_of_, potentials_}, stop);
        if (solved.termination != Termination::optimal) return false;
        pair_of_ = std::move(solved.pair_of);
        potentials_ = std::get<NestedFlowPotentials>(std::move(solved.certificate));
        read_prices(prices_of(problem_, potentials_, pair_of_));
        return true;
    }

    [[nodiscard]] Staffing staffing() const { return staffing_of(problem_, pair_of_); }

    /// Like this, with all tiers added up by `weight` into one; nothing if that is more than the solver takes.
    [[nodiscard]] std::optional<UncoupledTeams> added_up(std::span<const std::int64_t> weight) const {
        std::optional<UncoupledTeams> out(*this);
        out->tiers_ = out->problem_.flow.tiers = 1;
        out->potentials_ = {};
        out->pair_of_.clear();
        if (!out->weigh(*this, weight)) out.reset();
        return out;
    }
    /// Takes other weights, so that the next `run` starts from the answer at hand. `of` is what it was made from.
    [[nodiscard]] bool weigh(const UncoupledTeams& of, std::span<const std::int64_t> weight) {
        const NestedFlowProblem& flow = of.problem_.flow;
        const auto rest = [&](std::size_t first) { return weight.subspan(first); };
        bool fits = true;
        const auto add_up = [&](const std::vector<std::int64_t>& numbers, std::size_t first) {
            std::vector<std::int64_t> sums;
            const std::size_t width = of.tiers_ - first;
            for (std::size_t i = 0; i + width <= numbers.size(); i += width) {
                const int128 sum = weighed(rest(first), std::span(numbers).subspan(i, width));
                fits = fits && sum >= -most_cost && sum <= most_cost;
                sums.push_back(fits ? static_cast<std::int64_t>(sum) : 0);
            }
            return sums;
        };
        problem_.flow.pair_tier = 0;
        problem_.flow.left.slope = add_up(flow.left.slope, 0);
        problem_.flow.right.slope = add_up(flow.right.slope, 0);
        problem_.flow.cost = add_up(flow.cost, flow.pair_tier);
        for (std::size_t s = 0; s < problem_.sets.size(); ++s)
            problem_.sets[s].slope = add_up(of.problem_.sets[s].slope, 0);
        return fits;
    }

    /// What the best staffing costs in a tier.
    [[nodiscard]] Int128 cost(std::size_t tier, const TeamProblem& problem) const {
        Int128 sum = 0;
        for (const std::uint32_t k : pairs_of(problem, staffing()))
            if (k != TeamColumnsResult::unassigned) sum += Int128(problem.tier_cost[k * problem.tiers() + tier]);
        return sum;
    }

    /// Per tier up to the last that `weight` counts a weight at which the prices, so weighed, still show that the
    /// staffing is best: those of `weight`, and before them as much as it takes, tier after tier; 0 for tiers that do
    /// not count.
    [[nodiscard]] std::vector<std::int64_t> dominating(std::span<const std::int64_t> weight,
                                                       std::span<const char> counts) const {
        std::vector<int128> out(weight.begin(), weight.end());
        std::size_t end = tiers_;
        while (end > 0 && weight[end - 1] == 0)
            --end;
        std::size_t first = 0;
        while (first < end && weight[first] == 0)
            ++first;
        for (std::size_t tier = first; tier-- > 0;) {
            if (counts[tier] == 0) continue;
            out[tier] = 1;
            for_each_condition([&](std::span<const std::int64_t> d) {
                for (std::size_t t = 0; t < tier; ++t)
                    if (d[t] != 0) return;
                if (d[tier] <= 0) return;
                int128 later = 0;
                for (std::size_t t = tier + 1; t < end; ++t)
                    later -= out[t] * d[t];
                if (later > 0) out[tier] = std::max(out[tier], (later + d[tier] - 1) / d[tier]);
            });
            out[tier] = std::min(out[tier], int128{TeamNode::max_row});
        }
        std::vector<std::int64_t> whole;
        for (const int128 v : out)
            whole.push_back(static_cast<std::int64_t>(v));
        return whole;
    }

    /// The multipliers of a stage's problem: `weight` per tier of this, `keeps` what each of its last rows counts
    /// for. Nothing if they are too large to be exact.
    [[nodiscard]] std::optional<TeamNode> multipliers(const TeamProblem& problem, std::span<const std::int64_t> weight,
                                                      std::span<const std::int64_t> keeps) const {
        const TeamColumnsProblem& teams = problem.teams;
        TeamNode out{.scale = 1};
        // a price beyond what a row may have only says that a bound is kept whatever it costs
        std::vector<int128> price;
        std::vector<int128> of_expert(teams.experts(), 0), of_post(problem_.plan.rows().posts.size(), 0);
        for (std::size_t s = 0; s < problem_.sets.size(); ++s) {
            price.push_back(std::clamp(weighed(weight, std::span(price_).subspan(s * tiers_, tiers_)),
                                       int128{-TeamNode::max_row}, int128{TeamNode::max_row}));
            for (const std::uint32_t member : problem_.sets[s].members)
                (problem_.sets[s].receives ? of_post : of_expert)[member] += price.back();
        }
        out.row.assign(teams.rows.size(), 0);
        for (std::size_t r = 0; r < problem.set_of_row.size(); ++r) {
            const int128 own = price[problem.set_of_row[r]];
            const TeamRow& row = teams.rows[r];
            const bool has_side = own > 0 ? row.upper != TeamRow::no_upper : row.lower != TeamRow::no_lower;
            if (has_side) out.row[r] = -static_cast<std::int64_t>(own);
        }
        for (std::size_t i = 0; i < keeps.size(); ++i)
            out.row[teams.rows.size() - keeps.size() + i] = -keeps[i];
        for (std::size_t e = 0; e < teams.experts(); ++e) {
            int128 least = 0;
            each_pair_cost(e, [&](std::size_t post, std::span<const std::int64_t> cost) {
                least = std::min(least, weighed(weight, cost) + of_expert[e] + of_post[post]);
            });
            if (least < -largest) return std::nullopt;
            out.expert.push_back(static_cast<std::int64_t>(-least));
        }
        return out;
    }

  private:
    static constexpr int128 largest = int128{1} << 50;
    static constexpr std::int64_t most_cost = std::int64_t{1} << 39;  // of the flow, with room for all groups and items

    static int128 weighed(std::span<const std::int64_t> weight, std::span<const std::int64_t> numbers) {
        int128 sum = 0;
        for (std::size_t t = 0; t < numbers.size(); ++t)
            sum += int128{weight[t]} * numbers[t];
        return sum;
    }

    void read_prices(const std::vector<SetPrice>& prices) {
        std::map<std::string_view, const SetPrice*> index;
        for (const SetPrice& row : prices)
            index.emplace(row.set, &row);
        const Draft& rows = problem_.plan.rows();
        price_.assign(problem_.sets.size() * tiers_, 0);
        of_expert_.assign(rows.experts.size() * tiers_, 0);
        of_post_.assign(rows.posts.size() * tiers_, 0);
        for (std::size_t s = 0; s < problem_.sets.size(); ++s) {
            const CountedSet& set = problem_.sets[s];
            const auto found = index.find(set.name);
            if (found == index.end()) continue;
            std::ranges::copy(found->second->value, price_.data() + s * tiers_);
            std::vector<std::int64_t>& sums = set.receives ? of_post_ : of_expert_;
            for (const std::uint32_t member : set.members)
                for (std::size_t t = 0; t < tiers_; ++t)
                    sums[member * tiers_ + t] += found->second->value[t];
        }
    }

    /// Calls `visit(post, cost)` for the pairs of an expert.
    template <class Visit>
    void each_pair_cost(std::size_t expert, const Visit& visit) const {
        const NestedFlowProblem& flow = problem_.flow;
        const std::size_t width = tiers_ - flow.pair_tier;
        std::vector<std::int64_t> cost(tiers_, 0);
        for (std::size_t k = flow.first[expert]; k < flow.first[expert + 1]; ++k) {
            std::copy_n(flow.cost.data() + k * width, width, cost.data() + flow.pair_tier);
            visit(problem_.post_of(k).value(), std::span<const std::int64_t>(cost));
        }
    }

    /// Calls `visit(pair, cost with all prices)` for the pairs of an expert.
    template <class Visit>
    void each_pair(std::size_t expert, const Visit& visit) const {
        const NestedFlowProblem& flow = problem_.flow;
        const std::size_t width = tiers_ - flow.pair_tier;
        std::vector<std::int64_t> d(tiers_);
        for (std::size_t k = flow.first[expert]; k < flow.first[expert + 1]; ++k) {
            const std::size_t post = problem_.post_of(k).value();
            for (std::size_t t = 0; t < tiers_; ++t)
                d[t] = of_expert_[expert * tiers_ + t] + of_post_[post * tiers_ + t];
            for (std::size_t t = 0; t < width; ++t)
                d[flow.pair_tier + t] += flow.cost[k * width + t];
            visit(k, std::span<const std::int64_t>(d));
        }
    }

    /// Calls `visit(d)` for every vector that has to be lexicographically 0 or more for the staffing to be best.
    template <class Visit>
    void for_each_condition(const Visit& visit) const {
        std::vector<std::int64_t> people(problem_.sets.size(), 0), difference(tiers_);
        std::vector<char> serves(problem_.plan.rows().experts.size(), 0);
        std::vector<std::int64_t> there(problem_.plan.rows().posts.size(), 0);
        for (std::size_t e = 0; e < pair_of_.size(); ++e) {
            std::vector<std::int64_t> chosen(tiers_, 0);
            if (pair_of_[e] != NestedFlowResult::unpaired) {
                serves[e] = 1;
                ++there[problem_.post_of(pair_of_[e]).value()];
            }
            each_pair(e, [&](std::size_t k, std::span<const std::int64_t> d) {
                if (k != pair_of_[e]) return;
                std::ranges::copy(d, chosen.begin());
                for (std::size_t t = 0; t < tiers_; ++t)
                    difference[t] = -d[t];
                visit(std::span<const std::int64_t>(difference));
            });
            each_pair(e, [&](std::size_t k, std::span<const std::int64_t> d) {
                if (k == pair_of_[e]) return;
                for (std::size_t t = 0; t < tiers_; ++t)
                    difference[t] = d[t] - chosen[t];
                visit(std::span<const std::int64_t>(difference));
            });
        }
        for (std::size_t s = 0; s < problem_.sets.size(); ++s) {
            const CountedSet& set = problem_.sets[s];
            std::int64_t count = 0;
            for (const std::uint32_t member : set.members)
                count += set.receives ? there[member] : serves[member];
            const std::span price = std::span(price_).subspan(s * tiers_, tiers_);
            const auto against = [&](std::span<const std::int64_t> slope, std::int64_t sign) {
                for (std::size_t t = 0; t < tiers_; ++t)
                    difference[t] = sign * ((slope.empty() ? 0 : slope[t]) - price[t]);
                visit(std::span<const std::int64_t>(difference));
            };
            if (count < set.upper) against(set.slope_after(count, tiers_), 1);
            if (count > set.lower) against(set.slope_after(count - 1, tiers_), -1);
        }
    }

    AllocationProblem problem_;
    std::size_t tiers_;
    std::vector<std::uint32_t> pair_of_;
    NestedFlowPotentials potentials_;
    std::vector<std::int64_t> price_, of_expert_, of_post_;  ///< `[set, expert or post * tiers + tier]`
};

/// The least cost of all choices that multipliers show, posts apart and charges left out; nothing beyond 64 bits.
inline std::optional<std::int64_t> bound_by_posts(const TeamColumnsProblem& p, const TeamNode& node) {
    int128 value = 0;
    std::vector<int128> weight(p.pairs());
    for (std::size_t e = 0; e < p.experts(); ++e) {
        value -= node.expert[e];
        for (std::size_t k = p.first_pair[e]; k < p.first_pair[e + 1]; ++k)
            weight[k] = int128{p.cost[k]} + node.expert[e];
    }
    for (std::size_t r = 0; r < p.rows.size(); ++r) {
        const std::int64_t y = node.row[r];
        if (y == 0) continue;
        value += int128{y} * (y > 0 ? p.rows[r].lower : p.rows[r].upper);
        for (std::size_t i = 0; i < p.rows[r].pair.size(); ++i)
            weight[p.rows[r].pair[i]] -= int128{y} * p.rows[r].coefficient[i];
    }
    std::vector<std::vector<int128>> gains(p.posts());
    for (std::size_t k = 0; k < p.pairs(); ++k) {
        if (weight[k] < -(int128{1} << 50) || weight[k] > int128{1} << 50) return std::nullopt;
        if (weight[k] < 0) gains[p.post[k]].push_back(weight[k]);
    }
    for (std::size_t i = 0; i < p.posts(); ++i) {
        std::ranges::sort(gains[i]);
        const std::size_t heads = std::min(gains[i].size(), static_cast<std::size_t>(p.upper[i]));
        for (std::size_t n = 0; n < heads; ++n)
            value += gains[i][n];
    }
    return to_int64(Int128(value));
}

/// A proof of one leaf in which each post is priced by itself.
inline TeamProof proof_by_posts(const TeamColumnsProblem& p, TeamNode node) {
    TeamProof out;
    for (std::size_t h = 0; h < p.schools(); ++h) {
        TeamRelaxation apart{.block_begins = {0}};
        for (std::size_t i = p.first_post[h] + 1; i < p.first_post[h + 1]; ++i)
            apart.block_begins.push_back(static_cast<std::uint32_t>(i - p.first_post[h]));
        out.relaxation.push_back(std::move(apart));
    }
    out.nodes.push_back(std::move(node));
    return out;
}

}  // namespace countyplan::detail
