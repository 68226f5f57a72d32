// How far a weight may go: lines of fit over a weight, and the plan solved where they cross.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/allocate/explain/impl/asking.hpp>
#include <countyplan/allocate/explain/weight_range.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// The weights of one plan, in order of `FitFactor`.
inline std::vector<std::int64_t> weights_of(const Plan& plan) {
    std::vector<std::int64_t> out;
    const FitWeights& weights = plan.rows().weights;
    for_each_field<FitWeights>([&](const auto& field) { out.push_back(weights.*field.member); });
    return out;
}

/// A plan solved at many weights of one factor.
class WeightAxis {
  public:
    /// The best staffing at one weight: its costs, and how fast its fit grows with the weight.
    struct Point {
        std::int64_t weight = 0;
        std::vector<Int128> cost{};
        Int128 slope{};
    };

    WeightAxis(Asking& asking, const FitScore& fit, FitFactor factor, std::size_t tier)
        : asking_(asking),
          fit_(fit),
          factor_(factor),
          tier_(tier),
          given_(weights_of(asking.plan())[static_cast<std::size_t>(factor)]) {
        const AllocationProblem& problem = asking.problem();
        value_.reserve(problem.flow.pairs());
        for (const Id<Expert> expert : asking.rows().experts.ids())
            for (std::size_t k = problem.flow.first[expert.value()]; k < problem.flow.first[expert.value() + 1]; ++k)
                value_.push_back(fit.value(factor, expert, problem.post_of(k)));
    }

    [[nodiscard]] std::int64_t given() const { return given_; }
    [[nodiscard]] std::size_t tier() const { return tier_; }

    /// How fast the fit of a staffing grows with the weight.
    [[nodiscard]] Int128 slope_of(std::span<const Id<Post>> post_of) const {
        Int128 out;
        for (const Id<Expert> expert : asking_.rows().experts.ids())
            if (const Id<Post> post = post_of[expert.value()]) out += Int128(fit_.value(factor_, expert, post));
        return out;
    }

    /// Nothing if stopped or, where edits forbid all, infeasible.
    [[nodiscard]] std::optional<Point> best_at(std::int64_t weight) {
        asking_.what_if().add_to_costs(tier_, value_, given_ - weight);
        const WhatIfAnswer answer = asking_.solve();
        asking_.what_if().add_to_costs(tier_, value_, weight - given_);
        if (answer.termination != Termination::optimal) return std::nullopt;
        return Point{weight, answer.cost, slope_of(answer.post_of)};
    }

  private:
    Asking& asking_;
    const FitScore& fit_;
    FitFactor factor_;
    std::size_t tier_;
    std::int64_t given_;
    std::vector<std::int64_t> value_;  ///< per pair: the factor's
};

/// How far from the plan's own the weight may go with the staffing at hand still a best one.
class RangeSearch {
  public:
    RangeSearch(WeightAxis& axis, const Asking& asking)
        : axis_(axis), cost_(asking.what_if().cost_at_hand()), slope_(axis.slope_of(asking.what_if().at_hand())) {}

    /// Towards `end`, which is 0 or `most_fit_weight`; nothing if stopped.
    [[nodiscard]] std::optional<std::int64_t> reach(std::int64_t end) {
        const std::int64_t way = end < axis_.given() ? -1 : 1;
        std::int64_t weight = end;
        while (weight != axis_.given()) {
            const auto best = axis_.best_at(weight);
            if (!best) return std::nullopt;
            const std::int64_t far = way * (weight - axis_.given());
            if (best->cost == at(Int128(far), way)) return weight;
            weight = axis_.given() + way * last_before(*best, far, way);
        }
        return weight;
    }

  private:
    /// The costs of the staffing at hand with the weight that far away.
    [[nodiscard]] std::vector<Int128> at(Int128 far, std::int64_t way) const {
        std::vector<Int128> out = cost_;
        out[axis_.tier()] -= Int128(way) * slope_ * far;
        return out;
    }

    /// The furthest place where the staffing that is better `far` away is not better.
    [[nodiscard]] std::int64_t last_before(const WeightAxis::Point& best, std::int64_t far, std::int64_t way) const {
        const std::size_t t = axis_.tier();
        // a better one gains on that at hand with every step, or it were better at the start
        const Int128 gain = Int128(way) * (best.slope - slope_);
        const Int128 behind = best.cost[t] + gain * Int128(far) + Int128(way) * slope_ * Int128(far) - cost_[t];
        const bool loses_ties =
            std::lexicographical_compare(best.cost.begin() + static_cast<std::ptrdiff_t>(t + 1), best.cost.end(),
                                         cost_.begin() + static_cast<std::ptrdiff_t>(t + 1), cost_.end());
        return static_cast<std::int64_t>((behind.value - (loses_ties ? 1 : 0)) / gain.value);
    }

    WeightAxis& axis_;
    const std::vector<Int128>& cost_;
    Int128 slope_;
};

/// The nearest weight at which a forced pair costs nothing. Fit with and without the pair are convex in the weight,
/// unions of lines: where the chord of the one stays below a tangent of the other, there is none.
class ChangeSearch {
  public:
    ChangeSearch(WeightAxis& axis, Asking& asking, Id<Expert> expert, Id<Post> post)
        : axis_(axis), asking_(asking), expert_(expert), post_(post) {}

    [[nodiscard]] bool is_stopped() const { return is_stopped_; }

    /// The nearest one from the plan's own towards `end`; nothing if there is none or if stopped.
    [[nodiscard]] std::optional<std::int64_t> find(std::int64_t end) {
        way_ = end < axis_.given() ? -1 : 1;
        const auto near = look(0);
        if (!near) return std::nullopt;
        if (near->is_hit) return axis_.given();
        const std::int64_t far = way_ * (end - axis_.given());
        if (far == 0) return std::nullopt;
        const auto last = look(far);
        if (!last) return std::nullopt;
        const auto place = first_hit(*near, *last);
        if (!place) return std::nullopt;
        return axis_.given() + way_ * *place;
    }

  private:
    struct Look {
        std::int64_t far = 0;
        Int128 free{};    ///< the best fit
        Int128 forced{};  ///< the best fit with the pair
        Int128 slope{};   ///< of the tangent to `free`
        bool is_hit = false;
    };

    [[nodiscard]] std::optional<Look> look(std::int64_t far) {
        const std::int64_t weight = axis_.given() + way_ * far;
        const auto free = axis_.best_at(weight);
        (void)asking_.what_if().force(expert_, post_);
        const auto forced = free ? axis_.best_at(weight) : std::nullopt;
        asking_.what_if().undo();
        if (!free || !forced) {
            is_stopped_ = true;
            return std::nullopt;
        }
        const std::size_t t = axis_.tier();
        return Look{far, Int128(0) - free->cost[t], Int128(0) - forced->cost[t], Int128(way_) * free->slope,
                    free->cost == forced->cost};
    }

    /// The first hit behind `a`, which is none, up to `b`.
    [[nodiscard]] std::optional<std::int64_t> first_hit(const Look& a, const Look& b) {
        const auto at_end = b.is_hit ? std::optional(b.far) : std::nullopt;
        const int128 width = b.far - a.far;
        if (width <= 1) return at_end;
        const int128 rise = (b.forced - a.forced).value;
        const int128 short_of = (a.free - a.forced).value;
        const int128 closing = rise - a.slope.value * width;
        if (closing < 0 || (short_of > 0 && closing == 0)) return at_end;
        if (closing == 0) {  // as good all the way, if anywhere: then later tiers decide, and everywhere alike
            const auto next = look(a.far + 1);
            if (!next) return std::nullopt;
            return next->is_hit ? std::optional(next->far) : at_end;
        }
        const int128 low = short_of > 0 ? std::max(int128{1}, rounded_up(short_of * width, closing)) : 1;
        const int128 short_at_end = (b.free - b.forced).value;
        const int128 opening = b.slope.value * width - rise;
        if (short_at_end > 0 && opening <= 0) return at_end;
        const int128 back = short_at_end > 0 ? std::max(int128{1}, rounded_up(short_at_end * width, opening)) : 0;
        if (low > width - back || low == width) return at_end;
        const auto left = look(a.far + static_cast<std::int64_t>(low));
        if (!left) return std::nullopt;
        if (left->is_hit) return left->far;
        const auto right = back == 0 ? std::optional(b) : look(b.far - static_cast<std::int64_t>(back));
        if (!right) return std::nullopt;
        if (2 * (right->far - left->far) > width) {
            const auto middle = look(left->far + (right->far - left->far) / 2);
            if (!middle) return std::nullopt;
            if (const auto found = first_hit(*left, *middle)) return found;
            if (is_stopped_) return std::nullopt;
            return first_hit(*middle, *right);
        }
        return first_hit(*left, *right);
    }

    [[nodiscard]] static int128 rounded_up(int128 number, int128 by) { return (number + by - 1) / by; }

    WeightAxis& axis_;
    Asking& asking_;
    Id<Expert> expert_;
    Id<Post> post_;
    std::int64_t way_ = 1;
    bool is_stopped_ = false;
};

inline std::optional<std::size_t> fit_tier(const Plan& plan) {
    const Objective& objective = plan.rows().objective;
    const auto found = std::ranges::find(objective, Tier::fit);
    if (found == objective.end()) return std::nullopt;
    return static_cast<std::size_t>(found - objective.begin());
}

/// Up to a stop; none of a staffing that is not a best one.
inline std::vector<WeightRange> weight_ranges(Asking& asking) {
    if (asking.what_if().best().cost != asking.what_if().cost_at_hand()) return {};
    const auto weights = weights_of(asking.plan());
    const auto tier = fit_tier(asking.plan());
    const FitScore fit(asking.plan());
    std::vector<WeightRange> out;
    for (std::size_t f = 0; f < fit_factor_count; ++f) {
        WeightRange row{.factor = static_cast<FitFactor>(f), .weight = weights[f]};
        if (tier) {
            WeightAxis axis(asking, fit, row.factor, *tier);
            RangeSearch search(axis, asking);
            const auto lower = search.reach(0);
            const auto upper = lower ? search.reach(most_fit_weight) : std::nullopt;
            if (!upper) break;
            row.lower = *lower;
            row.upper = *upper;
        }
        out.push_back(row);
    }
    return out;
}

/// Up to a stop.
inline std::vector<WeightChange> weight_changes(Asking& asking, Id<Expert> expert, Id<Post> post) {
    if (!asking.what_if().force(expert, post)) return {};
    const WhatIfAnswer forced = asking.solve();
    asking.what_if().undo();
    if (forced.termination == Termination::unknown || forced.termination == Termination::feasible) return {};
    const auto weights = weights_of(asking.plan());
    const auto tier = fit_tier(asking.plan());
    const auto& best = asking.what_if().best().cost;
    const bool is_best = forced.cost == best;
    const bool may_decide =
        forced.termination == Termination::optimal && tier &&
        std::equal(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(*tier), forced.cost.begin());
    const FitScore fit(asking.plan());
    std::vector<WeightChange> out;
    for (std::size_t f = 0; f < fit_factor_count; ++f) {
        WeightChange row{.factor = static_cast<FitFactor>(f), .weight = weights[f]};
        if (is_best) {
            row.lower = row.upper = row.weight;
        } else if (may_decide) {
            WeightAxis axis(asking, fit, row.factor, *tier);
            ChangeSearch search(axis, asking, expert, post);
            row.lower = search.find(0);
            if (!search.is_stopped()) row.upper = search.find(most_fit_weight);
            if (search.is_stopped()) break;
        }
        out.push_back(row);
    }
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<WeightRange> weight_ranges(const Plan& plan, const Allocation& allocation,
                                                         const Stop& stop) {
    auto asking = detail::Asking::of(plan, allocation, detail::RemainingTime(stop));
    if (!asking) return {};
    return detail::weight_ranges(*asking);
}

COUNTYPLAN_INLINE std::vector<WeightChange> weight_changes(const Plan& plan, const Allocation& allocation,
                                                           Id<Expert> expert, Id<Post> post, const Stop& stop) {
    auto asking = detail::Asking::of(plan, allocation, detail::RemainingTime(stop));
    if (!asking) return {};
    return detail::weight_changes(*asking, expert, post);
}

}  // namespace countyplan
