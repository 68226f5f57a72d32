// How tiers are weighed into stages, solved one after the other, and proved anew.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/team_bound.hpp>
#include <countyplan/allocate/impl/team_problem.hpp>
#include <countyplan/allocate/impl/team_search.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/team.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/remaining_time.hpp>

namespace countyplan {

namespace detail {

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
        if (!uncoupled_->run(clock_.rest(step_limit_))) {
            uncoupled_.reset();
            return;
        }
        best_ = uncoupled_->staffing();
        TeamProblem all = TeamProblemBuilder(allocation, stages.back()).build();
        const std::vector<std::int64_t> weight = uncoupled_->dominating(stages.back(), counts_);
        int128 total = 0;
        for (std::size_t e = 0; e < all.teams.experts(); ++e) {
            int128 most = 0;
            for (std::size_t k = all.teams.first_pair[e]; k < all.teams.first_pair[e + 1]; ++k) {
                int128 cost = 0;
                for (std::size_t t = 0; t < weight.size(); ++t)
                    cost += int128{weight[t]} * all.tier_cost[k * all.tiers() + t];
                if (cost < -too_large_to_add || cost > too_large_to_add) return;
                all.teams.cost[k] = static_cast<std::int64_t>(cost);
                most = std::max(most, cost < 0 ? -cost : cost);
            }
            total += most;
        }
        if (total > too_large_to_add) return;
        improve(all);
    }

    /// Cools from the staffing at hand; where time is limited, as often as a part of it allows.
    void improve(const TeamProblem& all) {
        constexpr std::int64_t moves_per_pair = 100, most_moves = 4'000'000;
        const std::vector<std::uint32_t> start = pairs_of(all, best_);
        Stop stop = clock_.rest(std::nullopt);
        if (stop.time_limit) *stop.time_limit = *stop.time_limit * 2 / 5;
        TeamAnnealing annealing(all.teams, options_.columns.seed, stop);
        annealing.set_penalty(annealing.dearest());
        annealing.start_from(start);
        const auto moves = std::min(most_moves, moves_per_pair * static_cast<std::int64_t>(all.teams.pairs()));
        const double cold = 1.0;
        double hot = annealing.dearest() / 4.0;
        const int rounds = stop.time_limit ? 1'000 : 1;
        for (int round = 0; round < rounds && annealing.run(moves, hot, cold); ++round) {
            annealing.back_to_best();
            hot = std::max(cold, hot / 16.0);
        }
        if (annealing.has_legal()) best_ = staffing_of(all, annealing.best());
    }

    /// What is known about a stage before its own solve.
    [[nodiscard]] TeamColumnsResult known(const TeamProblem& problem) const {
        TeamColumnsResult out{.cause = Cause::steps};
        if (!uncoupled_) return out;
        const std::size_t stage = out_.stages.size() - 1;
        const std::vector<std::int64_t> weight = uncoupled_->dominating(out_.stages[stage].weight, counts_);
        if (auto node = uncoupled_->multipliers(problem, weight, tiers_before(out_.stages, stage))) {
            out.bound = bound_by_posts(problem.teams, *node);
            if (out.bound) out.proof = proof_by_posts(problem.teams, *std::move(node));
        }
        std::vector<std::uint32_t> choice = pairs_of(problem, best_);
        const TeamCost cost = team_cost(problem.teams, choice);
        if (cost.verdict.accepted) {
            out.objective = cost.total;
            out.pair_of = std::move(choice);
        }
        return joined({}, std::move(out));
    }

    /// False if the stage has no staffing; that of the stages before stands.
    bool solve_stage(const TeamProblem& problem, bool is_last) {
        TeamColumnsResult& answer = out_.stages.back().answer;
        answer = known(problem);
        if (answer.termination == Termination::optimal) return true;
        Stop rest = clock_.rest(step_limit_ ? std::optional(*step_limit_ - out_.steps) : std::nullopt);
        if (answer.objective && rest.time_limit && !is_last) *rest.time_limit /= 4;
        answer = joined(std::move(answer), solve(problem.teams, options_.columns, rest, progress_, options_.workers));
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

    static constexpr int128 too_large_to_add = int128{1} << 60;

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

/// How stages must end together.
inline Verdict check_team_ending(const TeamAllocation& answer) {
    Termination termination = Termination::optimal;
    Claim claim = Claim::proved;
    for (std::size_t s = 0; s < answer.stages.size(); ++s) {
        const TeamColumnsResult& stage = answer.stages[s].answer;
        const bool is_whole = stage.objective.has_value();
        if (!is_whole && answer.stages.size() > 1)
            return refuse({message::teams_stage_without_answer}, indexed("stages", s));
        if (!is_whole) return {};
        if (stage.termination == Termination::optimal) continue;
        termination = Termination::feasible;
        if (claim != Claim::feasible) claim = stage.claim;
    }
    const bool may_claim_less = answer.termination == Termination::feasible && answer.claim == Claim::feasible;
    if (may_claim_less || (answer.termination == termination && answer.claim == claim)) return {};
    return refuse({message::claim_of_more, {word(answer.claim)}}, "claim");
}

}  // namespace detail

COUNTYPLAN_INLINE TeamAllocation allocate_teams(const Plan& plan, const TeamOptions& options, const Stop& stop,
                                                const Progress& progress) {
    return detail::TeamAllocator(plan, options, stop, progress).run();
}

COUNTYPLAN_INLINE TeamProblem team_stage_problem(const Plan& plan, const std::vector<TeamStage>& stages,
                                                 std::size_t stage, const UserRules& rules) {
    if (stage >= stages.size()) throw std::out_of_range("no such stage");
    return detail::stage_problem(allocation_problem(plan, rules).value(), stages, stage);
}

COUNTYPLAN_INLINE Verdict examine(const Plan& plan, const TeamAllocation& answer, const UserRules& rules) {
    using namespace detail;
    if (answer.digests != plan.digests()) {
        return refuse({message::digest_differs, {to_text(answer.digests.plan), to_text(plan.digests().plan)}},
                      "digests");
    }
    const AllocationProblem allocation = allocation_problem(plan, rules).value();
    const TeamStages expected = StageMaker(allocation).make();
    if (answer.stages.empty() && answer.termination == Termination::unknown) return {};
    if (answer.stages.empty() || answer.stages.size() > expected.weight.size() ||
        (answer.stages.size() < expected.weight.size() && answer.termination == Termination::optimal))
        return refuse({message::teams_wrong_stages, {std::to_string(answer.stages.size())}}, "stages");
    if (Verdict v = check_team_ending(answer); !v.accepted) return v;
    Staffing staffing;
    for (std::size_t s = 0; s < answer.stages.size(); ++s) {
        const TeamStage& stage = answer.stages[s];
        if (stage.weight != expected.weight[s])
            return refuse({message::teams_wrong_stages, {std::to_string(s)}}, indexed("stages", s) + ".weight");
        const TeamProblem problem = stage_problem(allocation, answer.stages, s);
        if (Verdict v = examine(problem.teams, stage.answer); !v.accepted)
            return refuse(std::move(v.why), indexed("stages", s) + "." + v.place);
        if (!stage.answer.objective) {
            const bool agrees = answer.termination == stage.answer.termination && answer.claim == stage.answer.claim;
            return agrees && answer.staffing.empty() ? Verdict{} : refuse({message::no_answer}, "termination");
        }
        staffing = staffing_of(problem, stage.answer.pair_of);
    }
    if (staffing != answer.staffing) return refuse({message::teams_other_staffing}, "staffing");
    if (tier_values(plan, staffing, allocation.given) != answer.tiers)
        return refuse({message::teams_other_values}, "tiers");
    const std::vector<CouplingCount> counts = coupling_counts(plan, staffing);
    if (counts != answer.couplings) return refuse({message::teams_other_values}, "couplings");
    if (coupling_costs(plan, counts) != answer.price) return refuse({message::teams_other_values}, "price");
    return {};
}

}  // namespace countyplan
