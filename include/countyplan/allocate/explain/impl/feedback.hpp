// How samples are drawn and counted for one applicant.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <countyplan/allocate/explain/feedback.hpp>
#include <countyplan/allocate/explain/impl/asking.hpp>
#include <countyplan/allocate/impl/allocate.hpp>
#include <countyplan/allocate/impl/post_place.hpp>
#include <countyplan/allocate/impl/what_if.hpp>
#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/random.hpp>

namespace countyplan {

namespace detail {

/// Wilson, J. Am. Stat. Assoc. 22 (1927), at 95 %.
inline std::pair<double, double> wilson(std::int64_t times, std::int64_t samples) {
    if (samples == 0) return {0.0, 1.0};
    constexpr double z = 1.959963984540054;
    const auto n = static_cast<double>(samples);
    const double p = static_cast<double>(times) / n;
    const double centre = p + z * z / (2 * n);
    const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    return {std::max(0.0, (centre - half) / scale), std::min(1.0, (centre + half) / scale)};
}

inline void require_legal(const FeedbackOptions& options) {
    const auto refuse = [](std::int64_t value, const char* most, const char* least, const char* place) {
        throw InvalidProblem({message::solve_out_of_range, {std::to_string(value), least, most}}, place);
    };
    if (options.samples < 1) refuse(options.samples, "9223372036854775807", "1", "samples");
    if (options.absent < 0 || options.absent > 1000) refuse(options.absent, "1000", "0", "absent");
}

/// Asks one problem many times for one expert.
class FeedbackRun {
  public:
    FeedbackRun(const Plan& plan, const Allocation& allocation, Id<Expert> expert, const FeedbackOptions& options,
                const Stop& stop)
        : plan_(plan),
          expert_(expert),
          options_(options),
          clock_(stop),
          problem_(given_problem(plan, allocation.given)) {
        const NestedFlowProblem& flow = problem_.flow;
        for (std::size_t k = flow.first[expert.value()]; k < flow.first[expert.value() + 1]; ++k)
            posts_.push_back(problem_.post_of(k));
        price(allocation.prices);
        for (const Posting& row : allocation.staffing)
            if (row.expert == plan.rows().experts[expert].id) out_.post = row.post;
        out_.expert = plan.rows().experts[expert].id;
    }

    [[nodiscard]] Feedback run(const Allocation& allocation) {
        std::vector<std::int64_t> times(plan_.rows().posts.size(), 0);
        WhatIf what_if(problem_, allocation.staffing, allocation.prices, clock_.rest());
        out_.termination = Termination::optimal;
        out_.cause = Cause::proved;
        for (std::int64_t sample = 0; sample < options_.samples; ++sample) {
            Random random(options_.seed, static_cast<std::uint64_t>(sample));
            for (const Id<Expert> other : plan_.rows().experts.ids()) {
                const bool is_absent = random.chance(static_cast<std::uint64_t>(options_.absent), 1000);
                if (is_absent && other != expert_) what_if.forbid(other);
            }
            const WhatIfAnswer answer = what_if.solve(clock_.rest());
            what_if.undo();
            if (answer.termination != Termination::optimal && answer.termination != Termination::infeasible) {
                out_.termination = Termination::feasible;
                out_.cause = answer.cause;
                break;
            }
            ++out_.samples;
            if (answer.termination == Termination::infeasible) {
                ++out_.impossible;
            } else if (const Id<Post> post = answer.post_of[expert_.value()]) {
                ++times[post.value()];
            } else {
                ++out_.at_home;
            }
        }
        list(times);
        return std::move(out_);
    }

  private:
    using Vector = std::vector<Int128>;

    /// How far each pair is behind what the expert has, by the prices.
    void price(std::span<const SetPrice> prices) {
        const std::size_t tiers = problem_.flow.tiers;
        const NestedFlowPotentials potentials = potentials_of(problem_, prices);
        const auto own = std::span(potentials.left).subspan(problem_.flow.group[expert_.value()] * tiers, tiers);
        const std::size_t width = tiers - problem_.flow.pair_tier;
        const std::size_t first = problem_.flow.first[expert_.value()];
        Vector best(tiers);  // of staying at home
        for (std::size_t k = 0; k < posts_.size(); ++k) {
            Vector d(tiers);
            for (std::size_t t = 0; t < tiers; ++t) {
                d[t] = Int128(own[t]) - Int128(potentials.right[problem_.flow.to[first + k] * tiers + t]);
                if (t >= problem_.flow.pair_tier)
                    d[t] += Int128(problem_.flow.cost[(first + k) * width + t - problem_.flow.pair_tier]);
            }
            best = std::min(best, d);
            behind_.push_back(std::move(d));
        }
        for (Vector& d : behind_)
            for (std::size_t t = 0; t < tiers; ++t)
                d[t] -= best[t];
    }

    void list(std::span<const std::int64_t> times) {
        const auto wishes = wish_targets(plan_, plan_.rows().experts[expert_]);
        for (std::size_t k = 0; k < posts_.size(); ++k) {
            PostChance row{.post = plan_.rows().posts[posts_[k]].id, .times = times[posts_[k].value()]};
            const PostPlace place(plan_, posts_[k]);
            row.is_wished = std::ranges::any_of(wishes, [&](const Target& wish) { return place.is_in(wish); });
            std::tie(row.low, row.high) = wilson(row.times, out_.samples);
            row.behind = behind_[k];
            out_.posts.push_back(std::move(row));
        }
        std::ranges::stable_sort(out_.posts, [](const PostChance& a, const PostChance& b) {
            return a.times != b.times ? a.times > b.times : a.behind < b.behind;
        });
        std::size_t place = 0;
        std::erase_if(out_.posts, [&](const PostChance& row) {
            return place++ >= options_.posts && !row.is_wished && row.post != out_.post;
        });
    }

    const Plan& plan_;
    Id<Expert> expert_;
    const FeedbackOptions& options_;
    RemainingTime clock_;
    AllocationProblem problem_;
    std::vector<Id<Post>> posts_;  ///< the expert's
    std::vector<Vector> behind_;   ///< for each of these
    Feedback out_;
};

}  // namespace detail

COUNTYPLAN_INLINE Feedback feedback(const Plan& plan, const Allocation& allocation, Id<Expert> expert,
                                    const FeedbackOptions& options, const Stop& stop) {
    detail::require_legal(options);
    detail::Asking::require_staffing(plan, allocation);
    return detail::FeedbackRun(plan, allocation, expert, options, stop).run(allocation);
}

}  // namespace countyplan
