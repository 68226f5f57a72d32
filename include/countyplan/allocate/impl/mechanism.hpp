// How a plan becomes a market, and what each mechanism makes of it.
#pragma once

#include <algorithm>
#include <numeric>
#include <utility>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/impl/staffing_measures.hpp>
#include <countyplan/allocate/mechanism.hpp>
#include <countyplan/allocate/mechanism_messages.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/stable_matching.hpp>
#include <countyplan/solve/top_trading_cycles.hpp>

namespace countyplan {

namespace detail {

/// The eligible pairs of a plan, how both sides rank them and which quotas hold.
class StaffingMarket {
  public:
    explicit StaffingMarket(const Plan& plan) : plan_(plan), problem_(*allocation_problem(plan)) {
        const NestedFlowProblem& flow = problem_.flow;
        out_.right = upper_only(flow.right);
        out_.left = upper_only(flow.left);
        expert_group_ = static_cast<std::uint32_t>(out_.left.groups());
        out_.left.parent.insert(out_.left.parent.end(), flow.group.begin(), flow.group.end());
        out_.left.lower.resize(out_.left.groups(), 0);
        out_.left.upper.resize(out_.left.groups(), 1);
        const FitScore fit(plan);
        const std::int64_t wish_weight = plan.rows().weights.wish;
        std::vector<Id<Post>> posts;
        std::vector<std::int64_t> scores;
        for (const Id<Expert> expert : plan.rows().experts.ids()) {
            posts.clear();
            scores.clear();
            for (std::size_t pair = flow.first[expert.value()]; pair < flow.first[expert.value() + 1]; ++pair)
                posts.push_back(problem_.post_of(pair));
            fit.append_scores(expert, posts, scores);
            for (std::size_t k = 0; k < posts.size(); ++k) {
                const std::int64_t wish = fit.value(FitFactor::wish, expert, posts[k]);
                post_.push_back(posts[k]);
                fit_.push_back(scores[k]);
                out_.left_group.push_back(expert_group_ + static_cast<std::uint32_t>(expert.value()));
                out_.left_rank.push_back(-(wish * above_any_fit + scores[k]));
                out_.right_rank.push_back(wish * wish_weight - scores[k]);
            }
        }
        out_.right_group = flow.to;
    }

    [[nodiscard]] const StableMatchingProblem& market() const { return out_; }
    [[nodiscard]] const AllocationProblem& problem() const { return problem_; }
    [[nodiscard]] std::size_t experts() const { return problem_.flow.items(); }
    [[nodiscard]] std::size_t pairs() const { return post_.size(); }
    [[nodiscard]] Id<Post> post(std::size_t pair) const { return post_[pair]; }
    [[nodiscard]] std::size_t expert(std::size_t pair) const { return out_.left_group[pair] - expert_group_; }
    [[nodiscard]] std::int64_t fit(std::size_t pair) const { return fit_[pair]; }

    /// The pairs of an expert, the one wanted most first.
    [[nodiscard]] std::vector<std::uint32_t> wanted_by(std::size_t expert) const {
        const auto& first = problem_.flow.first;
        std::vector<std::uint32_t> out(first[expert + 1] - first[expert]);
        std::iota(out.begin(), out.end(), static_cast<std::uint32_t>(first[expert]));
        std::ranges::stable_sort(out, {}, [&](std::uint32_t pair) { return out_.left_rank[pair]; });
        return out;
    }

    /// Pairs that block a choice; a group that has more people than its quota counts as full.
    [[nodiscard]] std::size_t blocking(const std::vector<std::uint32_t>& pair_of) const {
        std::vector<std::uint32_t> chosen;
        StableMatchingProblem raised = out_;
        std::vector<std::int64_t> left(raised.left.groups(), 0), right(raised.right.groups(), 0);
        const auto count = [](const NestedQuotas& quotas, std::uint32_t group, std::vector<std::int64_t>& people) {
            for (; group != NestedQuotas::outermost; group = quotas.parent[group])
                ++people[group];
        };
        for (const std::uint32_t pair : pair_of) {
            if (pair == NestedFlowResult::unpaired) continue;
            chosen.push_back(pair);
            count(raised.left, raised.left_group[pair], left);
            count(raised.right, raised.right_group[pair], right);
        }
        for (std::size_t g = 0; g < left.size(); ++g)
            raised.left.upper[g] = std::max(raised.left.upper[g], left[g]);
        for (std::size_t g = 0; g < right.size(); ++g)
            raised.right.upper[g] = std::max(raised.right.upper[g], right[g]);
        return blocking_pairs(raised, chosen).size();
    }

  private:
    static constexpr std::int64_t above_any_fit = 1'000'000'000'000;  ///< a fit is at most 8 x 10^9, a wish 1000

    static NestedQuotas upper_only(const NestedQuotas& quotas) {
        return {.parent = quotas.parent, .lower = std::vector<std::int64_t>(quotas.groups(), 0), .upper = quotas.upper};
    }

    const Plan& plan_;
    AllocationProblem problem_;
    StableMatchingProblem out_;
    std::uint32_t expert_group_ = 0;  ///< that of the first expert, alone
    std::vector<Id<Post>> post_;      ///< per pair
    std::vector<std::int64_t> fit_;   ///< per pair
};

/// Postings given out one after another, none above an upper quota.
class QuotaRoom {
  public:
    explicit QuotaRoom(const StaffingMarket& market)
        : market_(market.market()),
          left_(market_.left.upper),
          right_(market_.right.upper),
          pair_of_(market.experts(), NestedFlowResult::unpaired) {}

    [[nodiscard]] bool has_room(std::uint32_t pair) const {
        return is_free(market_.left, market_.left_group[pair], left_) &&
               is_free(market_.right, market_.right_group[pair], right_);
    }
    void take(std::size_t expert, std::uint32_t pair) {
        pair_of_[expert] = pair;
        fill(market_.left, market_.left_group[pair], left_);
        fill(market_.right, market_.right_group[pair], right_);
    }
    [[nodiscard]] std::vector<std::uint32_t> give() { return std::move(pair_of_); }

  private:
    using Room = std::vector<std::int64_t>;

    static bool is_free(const NestedQuotas& quotas, std::uint32_t group, const Room& room) {
        for (; group != NestedQuotas::outermost; group = quotas.parent[group])
            if (room[group] <= 0) return false;
        return true;
    }
    static void fill(const NestedQuotas& quotas, std::uint32_t group, Room& room) {
        for (; group != NestedQuotas::outermost; group = quotas.parent[group])
            if (quotas.upper[group] != NestedQuotas::unlimited) --room[group];
    }

    const StableMatchingProblem& market_;
    Room left_;
    Room right_;
    std::vector<std::uint32_t> pair_of_;
};

inline std::vector<std::uint32_t> pairs_by_expert(const StaffingMarket& market,
                                                  const std::vector<std::uint32_t>& chosen) {
    std::vector<std::uint32_t> out(market.experts(), NestedFlowResult::unpaired);
    for (const std::uint32_t pair : chosen)
        out[market.expert(pair)] = pair;
    return out;
}

/// The experts in their turns. Throws `InvalidProblem`.
inline std::vector<std::size_t> turns_of(const Plan& plan, const std::vector<std::string>& named) {
    const auto& experts = plan.rows().experts;
    std::vector<std::size_t> out;
    std::vector<bool> is_named(experts.size(), false);
    for (std::size_t k = 0; k < named.size(); ++k) {
        const Id<Expert> expert = plan.find<Expert>(named[k]);
        if (!expert || is_named[expert.value()]) {
            throw InvalidProblem(
                Message(expert ? message::mechanism_twice : message::mechanism_unknown_expert, {shown_text(named[k])}),
                "order[" + std::to_string(k) + "]");
        }
        is_named[expert.value()] = true;
        out.push_back(expert.value());
    }
    const auto rest = static_cast<std::ptrdiff_t>(out.size());
    for (std::size_t e = 0; e < experts.size(); ++e)
        if (!is_named[e]) out.push_back(e);
    std::stable_sort(out.begin() + rest, out.end(), [&](std::size_t a, std::size_t b) {
        return experts[Id<Expert>(a)].years > experts[Id<Expert>(b)].years;
    });
    return out;
}

inline std::vector<std::uint32_t> in_turn(const StaffingMarket& market, const std::vector<std::size_t>& turns) {
    QuotaRoom room(market);
    for (const std::size_t expert : turns) {
        const std::vector<std::uint32_t> wanted = market.wanted_by(expert);
        const auto best = std::ranges::find_if(wanted, [&](std::uint32_t pair) { return room.has_room(pair); });
        if (best != wanted.end()) room.take(expert, *best);
    }
    return room.give();
}

/// Posts choose in turn: whoever fits best and passes no quota.
inline std::vector<std::uint32_t> greedily(const Plan& plan, const StaffingMarket& market) {
    const auto& posts = plan.rows().posts;
    std::vector<std::vector<std::uint32_t>> open(posts.size());
    for (std::uint32_t pair = 0; pair < market.pairs(); ++pair)
        open[market.post(pair).value()].push_back(pair);
    for (auto& pairs : open)
        std::ranges::stable_sort(pairs, std::ranges::greater(), [&](std::uint32_t pair) { return market.fit(pair); });
    std::vector<std::size_t> turns(posts.size());
    std::iota(turns.begin(), turns.end(), std::size_t{0});
    std::ranges::stable_sort(turns, std::ranges::greater(), [&](std::size_t p) {
        return std::pair(posts[Id<Post>(p)].critical, posts[Id<Post>(p)].priority);
    });
    QuotaRoom room(market);
    std::vector<bool> serves(market.experts(), false);
    std::vector<std::int64_t> there(posts.size(), 0);
    for (const auto wanted : {&Post::min, &Post::target}) {
        for (const std::size_t p : turns) {
            for (const std::uint32_t pair : open[p]) {
                if (there[p] >= posts[Id<Post>(p)].*wanted) break;
                const std::size_t expert = market.expert(pair);
                if (serves[expert] || !room.has_room(pair)) continue;
                room.take(expert, pair);
                serves[expert] = true;
                ++there[p];
            }
        }
    }
    return room.give();
}

/// Top trading cycles; a choice and how it ended.
inline SchoolChoiceResult traded(const StaffingMarket& market, const Plan& plan, const Stop& stop,
                                 const Progress& progress) {
    SchoolChoiceProblem choice;
    for (const Post& post : plan.rows().posts)
        choice.capacity.push_back(post.max);
    std::vector<std::uint32_t> pairs;
    for (std::size_t expert = 0; expert < market.experts(); ++expert) {
        const std::vector<std::uint32_t> wanted = market.wanted_by(expert);
        pairs.insert(pairs.end(), wanted.begin(), wanted.end());
        choice.first.push_back(pairs.size());
    }
    for (const std::uint32_t pair : pairs) {
        choice.place.push_back(static_cast<std::uint32_t>(market.post(pair).value()));
        choice.priority.push_back(market.market().right_rank[pair]);
    }
    SchoolChoiceResult out = solve(choice, {}, stop, progress);
    for (std::uint32_t& pair : out.pair_of)
        pair = pair == SchoolChoiceResult::unassigned ? NestedFlowResult::unpaired : pairs[pair];
    return out;
}

/// What was chosen, and how the search ended.
struct MarketChoice {
    std::vector<std::uint32_t> pair_of{};
    Termination termination = Termination::optimal;
    Cause cause = Cause::proved;
};

inline MarketChoice choose(const Plan& plan, const StaffingMarket& market, Mechanism mechanism,
                           const MechanismOptions& options, const Stop& stop, const Progress& progress) {
    switch (mechanism) {
        case Mechanism::experts_propose:
        case Mechanism::posts_propose: {
            const auto side = mechanism == Mechanism::experts_propose ? ProposingSide::left : ProposingSide::right;
            const StableMatchingResult found = solve(market.market(), {.proposing = side}, stop, progress);
            return {pairs_by_expert(market, found.chosen), found.termination, found.cause};
        }
        case Mechanism::top_trading_cycles: {
            SchoolChoiceResult found = traded(market, plan, stop, progress);
            return {std::move(found.pair_of), found.termination, found.cause};
        }
        case Mechanism::serial_dictatorship:
            return {in_turn(market, turns_of(plan, options.order))};
        default:
            return {greedily(plan, market)};
    }
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<MechanismResult> compare_mechanisms(const Plan& plan,
                                                                  std::span<const Mechanism> mechanisms,
                                                                  const MechanismOptions& options, const Stop& stop,
                                                                  const Progress& progress) {
    std::vector<MechanismResult> out;
    if (mechanisms.empty()) return out;
    const detail::StaffingMarket market(plan);
    const detail::RuleList rules(plan);
    for (const Mechanism mechanism : mechanisms) {
        MechanismResult result{.mechanism = mechanism, .digests = plan.digests()};
        if (mechanism == Mechanism::optimal) {
            Allocation found = allocate(plan, {.flow = options.flow}, stop, progress);
            result.termination = found.termination;
            result.cause = found.cause;
            result.staffing = std::move(found.staffing);
        } else if (mechanism == Mechanism::status_quo) {
            result.termination = Termination::optimal;
            result.cause = Cause::proved;
            result.staffing = plan.rows().staffing;
        } else {
            const auto found = detail::choose(plan, market, mechanism, options, stop, progress);
            result.termination = found.termination;
            result.cause = found.cause;
            result.staffing = staffing_of(market.problem(), found.pair_of);
        }
        if (result.termination == Termination::optimal || result.termination == Termination::feasible) {
            result.measures = detail::StaffingMeter(plan, result.staffing)
                                  .run(market.blocking(pairs_of(market.problem(), result.staffing)));
            result.rules = rules.of(mechanism, result.staffing);
        }
        out.push_back(std::move(result));
    }
    return out;
}

COUNTYPLAN_INLINE MechanismResult run_mechanism(const Plan& plan, Mechanism mechanism, const MechanismOptions& options,
                                                const Stop& stop, const Progress& progress) {
    return compare_mechanisms(plan, std::span(&mechanism, 1), options, stop, progress).front();
}

COUNTYPLAN_INLINE StaffingMeasures measures_of(const Plan& plan, const Staffing& staffing) {
    const detail::StaffingMarket market(plan);
    return detail::StaffingMeter(plan, staffing).run(market.blocking(pairs_of(market.problem(), staffing)));
}

}  // namespace countyplan
