// How the tiers of an objective become stages, and a stage a problem of teams.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/team_problem.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/team.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan::detail {

/// What a tier alone, by weight 1, can add up to.
struct TierRange {
    std::int64_t largest = 0;  ///< cost of a pair, or price
    int128 total = 0;
    bool is_wide = false;
    bool has_prices = false;
};

inline TierRange range_of(const TeamProblem& problem) {
    TierRange out;
    const TeamColumnsProblem& teams = problem.teams;
    for (std::size_t e = 0; e < teams.experts(); ++e) {
        std::int64_t most = 0;
        for (std::size_t k = teams.first_pair[e]; k < teams.first_pair[e + 1]; ++k)
            most = std::max(most, teams.cost[k] < 0 ? -teams.cost[k] : teams.cost[k]);
        out.largest = std::max(out.largest, most);
        out.total += most;
    }
    const auto add = [&out](std::int64_t price, int128 breach) {
        if (price == team_rule_is_hard || price == 0) return;
        out.has_prices = true;
        out.largest = std::max(out.largest, price);
        out.total += price * breach;
    };
    for (const TeamCounter& counter : teams.counters) {
        int128 below = 0, above = 0;
        for (std::size_t i = 0; i < counter.lower.size(); ++i) {
            below += std::max(0, counter.lower[i]);
            above += 1;
        }
        add(counter.below_price, below);
        add(counter.above_price, above * static_cast<std::int64_t>(TeamColumnsProblem::max_heads));
    }
    for (const TeamRow& row : teams.rows) {
        int128 reach = 0;
        for (const std::int64_t coefficient : row.coefficient)
            reach += coefficient < 0 ? -coefficient : coefficient;
        if (row.lower != TeamRow::no_lower) add(row.below_price, reach + std::max<std::int64_t>(0, row.lower));
        if (row.upper != TeamRow::no_upper) add(row.above_price, reach + std::max<std::int64_t>(0, -row.upper));
    }
    for (std::size_t h = 0; h < teams.schools(); ++h)
        add(teams.charge[h], teams.senders);
    for (const LeftOutOfTeams& row : problem.left_out)
        out.is_wide = out.is_wide || row.reason.code() == message::teams_wide_tier.code;
    return out;
}

struct TeamStages {
    std::vector<std::vector<std::int64_t>> weight;  ///< per stage
    std::vector<LeftOutOfTeams> left_out;
};

class StageMaker {
  public:
    explicit StageMaker(const AllocationProblem& allocation) : objective_(allocation.plan.rows().objective) {
        for (std::size_t t = 0; t < objective_.size(); ++t) {
            std::vector<std::int64_t> one(objective_.size(), 0);
            one[t] = 1;
            range_.push_back(range_of(TeamProblemBuilder(allocation, one).build()));
        }
    }

    [[nodiscard]] TeamStages make() {
        std::size_t priced = 0;
        while (priced < range_.size() && (range_[priced].is_wide || !range_[priced].has_prices))
            ++priced;
        for (std::size_t t = 0; t < priced; ++t) {
            if (range_[t].is_wide || range_[t].total == 0) continue;  // nobody's place changes anything in it
            out_.weight.emplace_back(range_.size(), 0);
            out_.weight.back()[t] = 1;
        }
        if (priced < range_.size()) {
            std::size_t end = priced + 1;
            std::vector<std::int64_t> weight = weights(priced, end).value();
            while (end < range_.size()) {
                auto more = weights(priced, end + 1);
                if (!more) break;
                weight = std::move(*more);
                ++end;
            }
            out_.weight.push_back(std::move(weight));
            for (; end < range_.size(); ++end)
                if (!range_[end].is_wide) leave_out(end, message::teams_tier_after_price);
        }
        for (std::size_t t = 0; t < range_.size(); ++t)
            if (range_[t].is_wide) leave_out(t, message::teams_wide_tier);
        if (out_.weight.empty()) out_.weight.emplace_back(range_.size(), 0);  // whoever keeps the rules will do
        return std::move(out_);
    }

  private:
    void leave_out(std::size_t tier, const MessageText& why) {
        out_.left_out.push_back({std::string(name(objective_[tier])), why});
    }

    /// Weights that rank the tiers from `begin` to before `end`, wide ones 0; nothing if they are too large.
    [[nodiscard]] std::optional<std::vector<std::int64_t>> weights(std::size_t begin, std::size_t end) const {
        constexpr int128 most_total = TeamColumnsProblem::max_total >> 10;
        std::vector<std::int64_t> out(range_.size(), 0);
        int128 later = 0, largest = 0;
        for (std::size_t t = end; t-- > begin;) {
            if (range_[t].is_wide) continue;
            const int128 weight = later + 1;
            later += weight * range_[t].total;
            largest += weight * range_[t].largest;
            const bool fits = std::max(weight, largest) <= TeamColumnsProblem::max_cost && later <= most_total;
            if (!fits && end - begin > 1) return std::nullopt;
            out[t] = static_cast<std::int64_t>(weight);
        }
        return out;
    }

    const Objective& objective_;
    std::vector<TierRange> range_;
    TeamStages out_;
};

/// The tiers of the stages before one, first stage first.
inline std::vector<std::size_t> tiers_before(const std::vector<TeamStage>& stages, std::size_t stage) {
    std::vector<std::size_t> out;
    for (std::size_t s = 0; s < stage; ++s)
        for (std::size_t t = 0; t < stages[s].weight.size(); ++t)
            if (stages[s].weight[t] > 0) out.push_back(t);
    return out;
}

/// Its last rows keep the tiers before at what the stage before has reached in them.
inline TeamProblem stage_problem(const AllocationProblem& allocation, const std::vector<TeamStage>& stages,
                                 std::size_t stage) {
    TeamProblem out = TeamProblemBuilder(allocation, stages[stage].weight).build();
    for (const std::size_t tier : tiers_before(stages, stage)) {
        std::int64_t reached = 0;
        for (const std::uint32_t k : stages[stage - 1].answer.pair_of)
            if (k < out.teams.pairs()) reached += out.tier_cost[k * out.tiers() + tier];
        std::vector<std::int64_t> one(out.tiers(), 0);
        one[tier] = 1;
        keep_cost(out, one, reached);
    }
    return out;
}

}  // namespace countyplan::detail
