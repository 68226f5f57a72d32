// How stages are solved one after the other, each from what is known before it begins.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/team_bound.hpp>
#include <countyplan/allocate/impl/team_stages.hpp>
#include <countyplan/solve/remaining_time.hpp>
#include <countyplan/solve/team_annealing.hpp>

namespace countyplan::detail {

inline bool has_staffing(const TeamAllocation& answer) {
    return answer.termination == Termination::optimal || answer.termination == Termination::feasible;
}

/// The better of two choices, and of two bounds.
inline TeamColumnsResult joined(TeamColumnsResult one, TeamColumnsResult other) {
    if (other.termination == Termination::optimal || other.termination == Termination::infeasible) return other;
    if (one.termination == Termination::optimal) return one;
    if (one.objective && (!other.objective || *one.objective < *other.objective)) {
        other.objective = one.objective;
        other.pair_of = std::move(one.pair_of);
    }
    if (one.bound && (!other.bound || *one.bound > *other.bound)) {
        other.bound = one.bound;
        other.proof = std::move(one.proof);
    }
    other.claim = other.bound ? Claim::bounded : other.objective ? Claim::feasible : Claim::estimate;
    other.termination = other.objective ? Termination::feasible : Termination::unknown;
    if (!other.objective || !other.bound || *other.bound < *other.objective) return other;
    other.bound = other.objective;
    other.termination = Termination::optimal;
    other.cause = Cause::proved;
    other.claim = Claim::proved;
    return other;
}

class TeamAllocator {
  public:
    TeamAllocator(const Plan& plan, const TeamOptions& options, const Stop& stop, const Progress& progress)
        : plan_(plan), options_(options), step_limit_(stop.step_limit), clock_(stop), progress_(progress) {
        out_.digests = plan.digests();
    }

    [[nodiscard]] TeamAllocation run() {
        const auto allocation =
            allocation_problem(plan_, options_.rules, [this] { return clock_.cause().has_value(); });
        if (!allocation) {
            out_.cause = clock_.cause().value_or(Cause::cancelled);
            return std::move(out_);
        }
        const TeamStages stages = StageMaker(*allocation).make();
        out_.termination = Termination::optimal;
        out_.cause = Cause::proved;
        out_.claim = Claim::proved;
        begin(*allocation, stages.weight);
        for (const std::vector<std::int64_t>& weight : stages.weight) {
            if (!out_.stages.empty() && clock_.cause()) {
                out_.cause = *clock_.cause();
                out_.termination = Termination::feasible;
                out_.claim = Claim::feasible;
                break;
            }
            out_.stages.push_back({.weight = weight});
            const TeamProblem problem = stage_problem(*allocation, out_.stages, out_.stages.size() - 1);
            for (const LeftOutOfTeams& row : problem.left_out)
                if (std::ranges::count(out_.left_out, row) == 0) out_.left_out.push_back(row);
            if (!solve_stage(problem, out_.stages.size() == stages.weight.size())) break;
            out_.staffing = staffing_of(problem, out_.stages.back().answer.pair_of);
        }
        if (!has_staffing(out_)) return std::move(out_);
        out_.left_out.insert(out_.left_out.end(), stages.left_out.begin(), stages.left_out.end());
        out_.tiers = tier_values(plan_, out_.staffing, allocation->given);
        out_.couplings = coupling_counts(plan_, out_.staffing);
        out_.price = coupling_costs(plan_, out_.couplings);
        return std::move(out_);
    }

  private:
    /// The best staffing without couplings, and from it one with them.
    void begin(const AllocationProblem& allocation, const std::vector<std::vector<std::int64_t>>& stages) {
        counts_.assign(stages.front().size(), 0);
        for (const std::vector<std::int64_t>& weight : stages)
            for (std::size_t t = 0; t < weight.size(); ++t)
                if (weight[t] > 0) counts_[t] = 1;
        uncoupled_.emplace(allocation, counts_);
        if (!uncoupled_->run(clock_.rest(std::nullopt))) {
            uncoupled_.reset();
            return;
        }
        best_ = uncoupled_->staffing();
        TeamProblem all = TeamProblemBuilder(allocation, stages.back()).build();
        if (keeps_all(all)) return;  // so nothing is better
        add_up_tiers(all, stages.back());
        improve(all);
    }

    /// Whether the staffing at hand breaks no rule and pays for none.
    [[nodiscard]] bool keeps_all(const TeamProblem& all) const {
        const std::vector<std::uint32_t> choice = pairs_of(all, best_);
        const TeamCost cost = team_cost(all.teams, choice);
        if (!cost.verdict.accepted) return false;
        std::int64_t of_pairs = 0;
        for (const std::uint32_t k : choice)
            if (k != TeamColumnsResult::unassigned) of_pairs += all.teams.cost[k];
        return cost.total == of_pairs;
    }

    /// Costs of all tiers in one, each tier worth a little more than what one person can change in those after it; all
    /// less exact where that is too large.
    void add_up_tiers(TeamProblem& all, const std::vector<std::int64_t>& last) const {
        std::vector<double> weight(last.begin(), last.end());
        double later = 0.0;
        for (std::size_t t = weight.size(); t-- > 0;) {
            if (counts_[t] == 0) continue;
            std::int64_t least = 0, most = 0;
            for (std::size_t k = 0; k < all.teams.pairs(); ++k) {
                least = std::min(least, all.tier_cost[k * all.tiers() + t]);
                most = std::max(most, all.tier_cost[k * all.tiers() + t]);
            }
            if (last[t] == 0) weight[t] = later + 1.0;
            later += weight[t] * (static_cast<double>(most) - static_cast<double>(least));
        }
        const double size = later * static_cast<double>(all.teams.experts());
        const double shrink = std::min(1.0, 0x1p60 / std::max(size, 1.0));
        for (std::size_t k = 0; k < all.teams.pairs(); ++k) {
            double cost = 0.0;
            for (std::size_t t = 0; t < weight.size(); ++t)
                cost += weight[t] * static_cast<double>(all.tier_cost[k * all.tiers() + t]);
            all.teams.cost[k] = std::llround(cost * shrink);
        }
        if (shrink == 1.0) return;
        const auto less = [shrink](std::int64_t& price) {
            if (price != team_rule_is_hard) price = std::llround(static_cast<double>(price) * shrink);
        };
        std::ranges::for_each(all.teams.charge, less);
        for (TeamCounter& counter : all.teams.counters) {
            less(counter.below_price);
            less(counter.above_price);
        }
        for (TeamRow& row : all.teams.rows) {
            less(row.below_price);
            less(row.above_price);
        }
    }

    /// Cools from the staffing at hand; where time is limited, as often as two fifths of it allow.
    void improve(const TeamProblem& all) {
        constexpr std::int64_t moves_per_pair = 100, most_moves = 4'000'000;
        Stop stop = clock_.rest(std::nullopt);
        if (stop.time_limit) *stop.time_limit = *stop.time_limit * 2 / 5;
        const TeamAnnealingOptions options{
            .seed = options_.columns.seed,
            .moves = std::min(most_moves, moves_per_pair * static_cast<std::int64_t>(all.teams.pairs())),
            .coolings = stop.time_limit ? 1'000 : 1};
        if (const auto found = anneal_teams(all.teams, pairs_of(all, best_), options, stop))
            best_ = staffing_of(all, *found);
    }

    /// The better bound of two for a stage, from the exact class at these weights per tier.
    void prove(const TeamProblem& problem, const UncoupledTeams& exact, std::span<const std::int64_t> weight,
               std::span<const std::int64_t> keeps, TeamColumnsResult& out) const {
        auto node = exact.multipliers(problem, weight, keeps);
        if (!node) return;
        const std::optional<std::int64_t> bound = bound_by_posts(problem.teams, *node);
        if (!bound || (out.bound && *out.bound >= *bound)) return;
        out.bound = bound;
        out.proof = proof_by_posts(problem.teams, *std::move(node));
    }

    /// What is known about a stage before its own solve.
    [[nodiscard]] TeamColumnsResult known(const TeamProblem& problem, bool is_last) const {
        TeamColumnsResult out{.cause = Cause::steps};
        if (!uncoupled_) return out;
        const std::size_t stage = out_.stages.size() - 1;
        const std::vector<std::int64_t> weight = uncoupled_->dominating(out_.stages[stage].weight, counts_);
        std::vector<std::int64_t> keeps;
        for (const std::size_t tier : tiers_before(out_.stages, stage))
            keeps.push_back(weight[tier]);
        prove(problem, *uncoupled_, weight, keeps, out);
        weigh_tiers_before(problem, is_last ? 2 : 24, out);
        std::vector<std::uint32_t> choice = pairs_of(problem, best_);
        const TeamCost cost = team_cost(problem.teams, choice);
        if (cost.verdict.accepted) {
            out.objective = cost.total;
            out.pair_of = std::move(choice);
        }
        return joined({}, std::move(out));
    }

    /// Where tiers before have not reached what they could without couplings, they are worth less than the order of
    /// tiers says: weights at which each costs what it may are sought by doubling and halving.
    /// `part`: of the time left, where that is limited.
    void weigh_tiers_before(const TeamProblem& problem, int part, TeamColumnsResult& out) const {
        const std::size_t stage = out_.stages.size() - 1;
        const std::vector<std::size_t> before = tiers_before(out_.stages, stage);
        std::vector<Int128> reached;
        bool is_open = false;
        for (std::size_t i = 0; i < before.size(); ++i) {
            reached.emplace_back(problem.teams.rows[problem.teams.rows.size() - before.size() + i].upper);
            is_open = is_open || uncoupled_->cost(before[i], problem) != reached.back();
        }
        if (!is_open) return;
        const auto largest = [&](std::size_t tier) {
            double most = 1.0;
            for (std::size_t k = 0; k < problem.teams.pairs(); ++k)
                most = std::max(most, std::abs(static_cast<double>(problem.tier_cost[k * problem.tiers() + tier])));
            return most;
        };
        const std::vector<std::int64_t>& own = out_.stages[stage].weight;
        double here = 1.0;
        for (std::size_t t = 0; t < own.size(); ++t)
            if (own[t] > 0) here = std::max(here, static_cast<double>(own[t]) * largest(t));
        std::vector<double> scale;
        for (const std::size_t tier : before)
            scale.push_back(here / largest(tier));
        std::vector<std::int64_t> weight = own, keeps(before.size());
        const auto set_weights = [&] {
            for (std::size_t i = 0; i < before.size(); ++i)
                weight[before[i]] = keeps[i] = std::llround(std::min(scale[i], 0x1p30));
        };
        set_weights();
        std::optional<UncoupledTeams> exact = uncoupled_->added_up(weight);
        if (!exact) return;
        Stop stop = clock_.rest(std::nullopt);
        if (stop.time_limit) *stop.time_limit /= part;
        const RemainingTime clock(stop);
        const std::vector<std::int64_t> one{1};
        double step = 4.0;
        for (int round = 0; round < 60 && !clock.cause() && exact->run(clock.rest()); ++round) {
            prove(problem, *exact, one, keeps, out);
            for (std::size_t i = 0; i < before.size(); ++i) {
                const Int128 now = exact->cost(before[i], problem);
                if (now > reached[i]) scale[i] *= step;
                if (now < reached[i]) scale[i] /= step;
            }
            step = 1.0 + (step - 1.0) * 0.93;
            set_weights();
            if (!exact->weigh(*uncoupled_, weight)) return;
        }
    }

    /// The staffing at hand, broken couplings and all, and the multipliers of a bound.
    [[nodiscard]] TeamColumnsOptions starting_from(const TeamProblem& problem, const TeamColumnsResult& known) const {
        TeamColumnsOptions out{.seed = options_.columns.seed};
        if (uncoupled_) out.start.pair_of = pairs_of(problem, best_);
        if (known.proof.nodes.size() == 1) {
            const TeamNode& node = known.proof.nodes.front();
            out.start.expert = node.expert;
            out.start.row = node.row;
            out.start.scale = node.scale;
        }
        return out;
    }

    /// False if the stage has no staffing; that of the stages before stands.
    bool solve_stage(const TeamProblem& problem, bool is_last) {
        TeamColumnsResult& answer = out_.stages.back().answer;
        answer = known(problem, is_last);
        if (answer.termination == Termination::optimal) return true;
        Stop rest = clock_.rest(step_limit_ ? std::optional(*step_limit_ - out_.steps) : std::nullopt);
        if (answer.objective && rest.time_limit && !is_last) *rest.time_limit /= 24;
        const TeamColumnsOptions options = starting_from(problem, answer);
        answer = joined(std::move(answer), solve(problem.teams, options, rest, progress_, options_.workers));
        out_.steps += answer.steps;
        if (answer.objective) best_ = staffing_of(problem, answer.pair_of);
        if (answer.termination == Termination::optimal) return true;
        if (out_.cause == Cause::proved) out_.cause = answer.cause;
        if (answer.termination == Termination::feasible) {
            out_.termination = Termination::feasible;
            if (out_.claim != Claim::feasible) out_.claim = answer.claim;
            return true;
        }
        if (out_.stages.size() > 1) {
            out_.stages.pop_back();
            out_.termination = Termination::feasible;
            out_.claim = Claim::feasible;
        } else {
            out_.termination = answer.termination;
            out_.cause = answer.cause;
            out_.claim = answer.claim;
        }
        return false;
    }

    const Plan& plan_;
    const TeamOptions& options_;
    std::optional<std::int64_t> step_limit_;
    RemainingTime clock_;
    const Progress& progress_;
    std::vector<char> counts_;  ///< per tier: whether a stage counts it
    std::optional<UncoupledTeams> uncoupled_;
    Staffing best_;  ///< found so far; may break couplings
    TeamAllocation out_;
};

}  // namespace countyplan::detail
