// How posts become stretches of heads, and quotas and couplings counters and rows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/team_coupling.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/team_problem.hpp>
#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan {

namespace detail {

/// The sum of what tiers cost, each by its weight, no further from 0 than is refused.
inline std::int64_t weighed_cost(std::span<const std::int64_t> weight, std::span<const std::int64_t> cost) {
    int128 sum = 0;
    for (std::size_t t = 0; t < cost.size(); ++t)
        sum += int128{weight[t]} * cost[t];
    return static_cast<std::int64_t>(std::clamp(sum, int128{-too_large_for_teams}, int128{too_large_for_teams}));
}

class TeamProblemBuilder {
  public:
    TeamProblemBuilder(AllocationProblem allocation, std::span<const std::int64_t> weight)
        : out_{.allocation = std::move(allocation)},
          plan_(out_.allocation.plan),
          rows_(plan_.rows()),
          flow_(out_.allocation.flow),
          sets_(out_.allocation.sets),
          weight_(weight) {}

    [[nodiscard]] TeamProblem build() {
        add_posts();
        add_pairs();
        add_sets();
        TeamCouplings(out_, pairs_, weight_).run();
        for (const std::size_t tier : wide_tiers_)
            leave_out(std::string(name(rows_.objective[tier])), message::teams_wide_tier);
        if (Verdict v = examine(out_.teams); !v.accepted) throw InvalidProblem(std::move(v.why), std::move(v.place));
        return std::move(out_);
    }

  private:
    [[nodiscard]] std::size_t tiers() const { return weight_.size(); }

    void leave_out(std::string what, const MessageText& why) { out_.left_out.push_back({std::move(what), why}); }

    // -------------------------------------------------------------------------------------------------------- posts

    /// Heads of one post that are worth the same.
    struct Stretch {
        std::uint32_t post = 0;  ///< of the solver
        std::int64_t heads = 0;
        std::vector<std::int64_t> slope;  ///< per tier
    };

    [[nodiscard]] const CountedSet& set_of(Id<Post> post) const {
        return sets_[out_.allocation.right_set[out_.allocation.group_of_post[post.value()]]];
    }

    [[nodiscard]] std::vector<Stretch> stretches_of(Id<Post> post, std::int64_t candidates) const {
        const CountedSet& set = set_of(post);
        const std::int64_t most = std::min(set.upper, candidates);
        std::vector<Stretch> out;
        for (std::int64_t head = 0; head < most;) {
            std::int64_t end = most;
            std::vector<std::int64_t> slope(tiers(), 0);
            if (!set.from.empty()) {
                const auto next = std::ranges::upper_bound(set.from, head);
                if (next != set.from.end()) end = std::min(end, *next);
                std::ranges::copy(set.slope_after(head, tiers()), slope.begin());
            }
            if (!out.empty() && out.back().slope == slope) {
                out.back().heads += end - head;
            } else {
                out.push_back({0, end - head, std::move(slope)});
            }
            head = end;
        }
        return out;
    }

    void add_posts() {
        std::vector<std::int64_t> candidates(rows_.posts.size(), 0);
        for (std::size_t k = 0; k < flow_.pairs(); ++k)
            ++candidates[out_.allocation.post_of(k).value()];
        stretches_.resize(rows_.posts.size());
        TeamColumnsProblem& teams = out_.teams;
        for (const Id<School> school : rows_.schools.ids()) {
            if (plan_.posts_of(school).empty()) continue;
            for (const Id<Post> post : plan_.posts_of(school)) {
                stretches_[post.value()] = stretches_of(post, candidates[post.value()]);
                for (Stretch& stretch : stretches_[post.value()]) {
                    stretch.post = static_cast<std::uint32_t>(teams.upper.size());
                    teams.lower.push_back(0);
                    teams.target.push_back(0);
                    teams.upper.push_back(static_cast<std::int32_t>(stretch.heads));
                    teams.shortfall.push_back(0);
                }
            }
            teams.first_post.push_back(teams.upper.size());
            teams.charge.push_back(0);
            teams.most_senders.push_back(static_cast<std::uint32_t>(rows_.senders.size()));
            pairs_.schools.push_back(school);
        }
        teams.senders = static_cast<std::uint32_t>(rows_.senders.size());
        pairs_.first_size = first_size(teams);
    }

    // -------------------------------------------------------------------------------------------------------- pairs

    void add_pairs() {
        TeamColumnsProblem& teams = out_.teams;
        const std::size_t width = flow_.tiers - flow_.pair_tier;
        struct Choice {
            std::uint32_t post;
            std::uint32_t flow_pair;
            std::uint32_t stretch;
        };
        std::vector<Choice> choices;
        for (const Id<Expert> expert : rows_.experts.ids()) {
            teams.sender_of.push_back(static_cast<std::uint32_t>(plan_.sender_of(expert).value()));
            choices.clear();
            for (std::size_t k = flow_.first[expert.value()]; k < flow_.first[expert.value() + 1]; ++k) {
                const std::vector<Stretch>& stretches = stretches_[out_.allocation.post_of(k).value()];
                for (std::size_t s = 0; s < stretches.size(); ++s)
                    choices.push_back(
                        {stretches[s].post, static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(s)});
            }
            std::ranges::sort(choices, {}, &Choice::post);
            for (const Choice& choice : choices) {
                const Id<Post> post = out_.allocation.post_of(choice.flow_pair);
                std::vector<std::int64_t> cost = stretches_[post.value()][choice.stretch].slope;
                for (std::size_t t = 0; t < width; ++t)
                    cost[flow_.pair_tier + t] += flow_.cost[choice.flow_pair * width + t];
                teams.post.push_back(choice.post);
                teams.cost.push_back(weighed_cost(weight_, cost));
                out_.flow_pair.push_back(choice.flow_pair);
                out_.stretch.push_back(choice.stretch);
                out_.tier_cost.insert(out_.tier_cost.end(), cost.begin(), cost.end());
                pairs_.expert.push_back(expert);
                pairs_.post.push_back(post);
            }
            teams.first_pair.push_back(teams.post.size());
        }
    }

    // -------------------------------------------------------------------------------- quotas, senders, decisions

    void add_sets() {
        std::vector<char> of_post(sets_.size(), 0);
        for (const Id<Post> post : rows_.posts.ids())
            of_post[static_cast<std::size_t>(&set_of(post) - sets_.data())] = 1;
        for (std::size_t s = 0; s < sets_.size(); ++s) {
            if (of_post[s] != 0) continue;
            const CountedSet& set = sets_[s];
            for (std::size_t k = 0; k < set.slope.size(); ++k) {
                const std::size_t tier = k % tiers();
                if (set.slope[k] != 0 && weight_[tier] > 0 && std::ranges::count(wide_tiers_, tier) == 0)
                    wide_tiers_.push_back(tier);
            }
            const bool is_limited = set.upper < std::ssize(rows_.experts.rows());
            if (set.lower == 0 && !is_limited) continue;
            std::vector<char> is_member(set.receives ? rows_.posts.size() : rows_.experts.size(), 0);
            for (const std::uint32_t member : set.members)
                is_member[member] = 1;
            TeamRow row;
            if (set.lower > 0) row.lower = set.lower;
            if (is_limited) row.upper = set.upper;
            add_team_row(out_.teams, std::move(row), [&](std::uint32_t k) -> std::int64_t {
                return is_member[set.receives ? pairs_.post[k].value() : pairs_.expert[k].value()];
            });
            out_.set_of_row.resize(out_.teams.rows.size(), static_cast<std::uint32_t>(s));
        }
        std::ranges::sort(wide_tiers_);
    }

    TeamProblem out_;
    const Plan& plan_;
    const Draft& rows_;
    const NestedFlowProblem& flow_;
    const std::vector<CountedSet>& sets_;
    std::span<const std::int64_t> weight_;
    TeamNumbers pairs_;
    std::vector<std::vector<Stretch>> stretches_;  ///< per post
    std::vector<std::size_t> wide_tiers_;
};

}  // namespace detail

COUNTYPLAN_INLINE std::optional<TeamProblem> team_problem(const Plan& plan, std::span<const std::int64_t> weight,
                                                          const UserRules& rules, const Interrupt& interrupt) {
    if (weight.size() != plan.rows().objective.size() || std::ranges::any_of(weight, [](auto w) { return w < 0; }))
        throw std::invalid_argument("one weight per tier, 0 or more");
    std::optional<AllocationProblem> allocation = allocation_problem(plan, rules, interrupt);
    if (!allocation) return std::nullopt;
    return detail::TeamProblemBuilder(std::move(*allocation), weight).build();
}

COUNTYPLAN_INLINE void keep_cost(TeamProblem& problem, std::span<const std::int64_t> weight, std::int64_t most) {
    TeamRow row{.upper = most};
    for (std::uint32_t k = 0; k < problem.teams.pairs(); ++k) {
        const std::int64_t cost =
            detail::weighed_cost(weight, std::span(problem.tier_cost).subspan(k * problem.tiers(), problem.tiers()));
        if (cost == 0) continue;
        row.pair.push_back(k);
        row.coefficient.push_back(cost);
    }
    problem.teams.rows.push_back(std::move(row));
}

COUNTYPLAN_INLINE Staffing staffing_of(const TeamProblem& problem, std::span<const std::uint32_t> pair_of) {
    std::vector<std::uint32_t> flow;
    for (const std::uint32_t pair : pair_of)
        flow.push_back(pair == TeamColumnsResult::unassigned ? NestedFlowResult::unpaired : problem.flow_pair[pair]);
    return staffing_of(problem.allocation, flow);
}

COUNTYPLAN_INLINE std::vector<std::uint32_t> pairs_of(const TeamProblem& problem, const Staffing& staffing) {
    const std::vector<std::uint32_t> flow = pairs_of(problem.allocation, staffing);
    std::vector<std::uint32_t> out(flow.size(), TeamColumnsResult::unassigned);
    std::vector<std::int32_t> taken(problem.teams.posts(), 0);
    for (std::size_t e = 0; e < flow.size(); ++e) {
        if (flow[e] == NestedFlowResult::unpaired) continue;
        for (std::size_t k = problem.teams.first_pair[e]; k < problem.teams.first_pair[e + 1]; ++k) {
            const std::uint32_t post = problem.teams.post[k];
            if (problem.flow_pair[k] != flow[e] || taken[post] == problem.teams.upper[post]) continue;
            ++taken[post];
            out[e] = static_cast<std::uint32_t>(k);
            break;
        }
    }
    return out;
}

}  // namespace countyplan
