// How the corners of the curve are found: one solve at the weights that make two of them equal shows a third or none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/allocate/impl/allocate.hpp>
#include <countyplan/allocate/impl/problem_with_given.hpp>
#include <countyplan/allocate/impl/trade_proof.hpp>
#include <countyplan/allocate/trade_off.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/remaining_time.hpp>
#include <countyplan/version.hpp>

namespace countyplan {

namespace detail {

/// Finds the corners between the two ends.
class TradeOffFinder {
  public:
    TradeOffFinder(const Plan& plan, const Staffing& former, const TradeOffOptions& options, const Stop& stop,
                   const Progress& progress)
        : plan_(plan), former_(former), options_(options), clock_(stop), progress_(progress) {
        out_.first = options.first;
        out_.second = options.second;
        out_.digests = plan.digests();
        out_.version = std::string(version);
        if (options.most_points < 2) {
            throw InvalidProblem({message::trade_off_points, {std::to_string(options.most_points)}}, "most_points");
        }
    }

    [[nodiscard]] TradeOff run() {
        auto built = problem_with_given(plan_, options_.rules, options_.given, options_.names,
                                        [this] { return clock_.cause().has_value(); });
        if (!built) {
            out_.cause = clock_.cause().value_or(Cause::cancelled);
            return std::move(out_);
        }
        out_.given = std::move(built->given);
        out_.names = built->names;
        problem_.emplace(std::move(*built), former_, options_.first, options_.second, options_.dropped);
        out_.dropped = problem_->dropped();
        if (!find_ends()) return std::move(out_);
        while (!edges_.empty() && corners_.size() < options_.most_points)
            if (!split(take_edge())) return finish(cause_);
        return finish(edges_.empty() && !is_inexact_ ? Cause::proved : Cause::steps);
    }

  private:
    struct Corner {
        TradeValue value{};
        std::vector<std::uint32_t> pair_of{};
        TradeWeights weights{};
        NestedFlowPotentials potentials{};
    };
    struct Edge {
        Int128 from{};  ///< first costs of the two corners
        Int128 to{};
        Int128 area{};
    };
    struct Proof {
        Int128 at{};  ///< first cost of the corner
        TradeWeights weights{};
        std::vector<SetPrice> prices{};
    };

    /// Solves at the problem's weights from what is known; nothing if it was stopped or cannot be.
    [[nodiscard]] std::optional<Corner> solve_here(const Corner* near) {
        const NestedFlowProblem& flow = problem_->problem().flow;
        NestedFlowResult solved;
        if (near == nullptr) {
            solved = solve(flow, NestedFlowOptions{}, clock_.rest(), progress_);
        } else {
            solved = solve_from(flow, {near->pair_of, scaled(*near)}, clock_.rest(), progress_);
        }
        out_.steps += solved.steps;
        cause_ = solved.cause;
        infeasible_ = solved.termination == Termination::infeasible;
        auto* potentials = std::get_if<NestedFlowPotentials>(&solved.certificate);
        if (potentials == nullptr) return std::nullopt;
        Corner out{problem_->value_of(solved.cost), std::move(solved.pair_of), problem_->weights(),
                   std::move(*potentials)};
        proofs_.push_back({out.value.first, out.weights, prices_of(problem_->problem(), out.potentials)});
        return out;
    }

    /// The corner's potentials, those of the weighted sum brought to the present weights.
    [[nodiscard]] NestedFlowPotentials scaled(const Corner& near) const {
        NestedFlowPotentials out = near.potentials;
        const std::int64_t was = near.weights.second;
        const std::int64_t now = problem_->weights().second;
        const std::size_t tiers = problem_->problem().flow.tiers;
        constexpr int128 most = int128{1} << 60;
        for (auto* side : {&out.left, &out.right}) {
            for (std::size_t k = problem_->at(); k < side->size(); k += tiers) {
                std::int64_t& sum = (*side)[k];
                if (now == 0) (*side)[k + 1] = was == 0 ? (*side)[k + 1] : sum / was;
                const int128 fitting = now == 0 || was == 0 ? 0 : int128{sum} * now / was;
                sum = static_cast<std::int64_t>(std::clamp(fitting, -most, most));
            }
        }
        return out;
    }

    [[nodiscard]] bool find_ends() {
        problem_->weigh({0, 1});
        const auto best = solve_here(nullptr);
        if (!best) return give_up();
        problem_->weigh({1, 0});
        const auto still = solve_here(&*best);
        if (!still) return give_up();
        corners_.emplace(still->value.first, *still);
        corners_.emplace(best->value.first, *best);
        if (corners_.size() == 2) add_edge(still->value, best->value);
        return true;
    }

    bool give_up() {
        out_.termination = infeasible_ ? Termination::infeasible : Termination::unknown;
        out_.cause = cause_;
        out_.claim = Claim::estimate;
        return false;
    }

    void add_edge(const TradeValue& a, const TradeValue& b) {
        edges_.push_back({a.first, b.first, (b.first - a.first) * (a.second - b.second)});
    }

    /// The one with the most room; of equals the one with the best first value.
    [[nodiscard]] Edge take_edge() {
        const auto found = std::ranges::min_element(
            edges_, [](const Edge& a, const Edge& b) { return a.area != b.area ? a.area > b.area : a.from < b.from; });
        const Edge out = *found;
        edges_.erase(found);
        return out;
    }

    /// Weights that make the two worth the same; where those are too large, some near them.
    [[nodiscard]] TradeWeights level(const TradeValue& a, const TradeValue& b) const {
        int128 first = (a.second - b.second).value;
        int128 second = (b.first - a.first).value;
        const int128 common = common_factor(first, second);
        first /= common;
        second /= common;
        const auto is_small = [&] {
            const auto one = to_int64(Int128(first));
            const auto other = to_int64(Int128(second));
            return one && other && problem_->fits({*one, *other});
        };
        while (!is_small()) {
            first = (first + 1) / 2;
            second = (second + 1) / 2;
            if (first == 1 && second == 1) break;
        }
        return {static_cast<std::int64_t>(first), static_cast<std::int64_t>(second)};
    }

    static int128 common_factor(int128 a, int128 b) {
        while (b != 0)
            a = std::exchange(b, a % b);
        return a;
    }

    /// False if the solve was stopped.
    [[nodiscard]] bool split(const Edge& edge) {
        const Corner& a = corners_.at(edge.from);
        const Corner& b = corners_.at(edge.to);
        const TradeWeights weights = level(a.value, b.value);
        problem_->weigh(weights);
        auto found = solve_here(b.weights == TradeWeights{0, 1} ? &a : &b);
        if (!found) {
            edges_.push_back(edge);
            return false;
        }
        const auto worth = [&](const Corner& corner) {
            return TradeProblem::weighted(problem_->weights(), corner.value);
        };
        const bool is_level = worth(a) == worth(b);
        if (is_level && worth(*found) == worth(a)) {
            proved_.push_back(edge.from);
            return true;
        }
        // below the line between the two, seen along it
        const Int128 line = (found->value.first - a.value.first) * (a.value.second - b.value.second) +
                            (found->value.second - a.value.second) * (b.value.first - a.value.first);
        if (!(line < Int128())) {
            is_inexact_ = true;
            if (found->value != a.value && found->value != b.value) proofs_.pop_back();
            return true;
        }
        add_edge(a.value, found->value);
        add_edge(found->value, b.value);
        const Int128 at = found->value.first;
        corners_.emplace(at, std::move(*found));
        return true;
    }

    [[nodiscard]] TradeOff finish(Cause cause) {
        out_.cause = cause;
        const bool is_whole = cause == Cause::proved;
        out_.termination = is_whole ? Termination::optimal : Termination::feasible;
        out_.claim = is_whole ? Claim::proved : Claim::feasible;
        std::vector<bool> edge_is_proved;
        std::map<Int128, std::size_t> point_of;
        const PairCosts pairs(plan_, out_.given);
        for (const auto& [at, corner] : corners_) {
            point_of.emplace(at, out_.points.size());
            edge_is_proved.push_back(std::ranges::count(proved_, at) > 0);
            TradePoint point;
            point.staffing = staffing_of(problem_->problem(), corner.pair_of);
            point.tiers = tier_values(plan_, point.staffing, pairs);
            point.first = axis_value(options_.first, point.tiers, corner.pair_of);
            point.second = axis_value(options_.second, point.tiers, corner.pair_of);
            out_.points.push_back(std::move(point));
        }
        for (Proof& proof : proofs_)
            out_.proofs.push_back({point_of.at(proof.at), proof.weights, std::move(proof.prices)});
        std::ranges::sort(out_.proofs, [](const TradeProof& a, const TradeProof& b) {
            if (a.point != b.point) return a.point < b.point;
            return int128{a.weights.first} * b.weights.second > int128{b.weights.first} * a.weights.second;
        });
        out_.open = open_boxes(options_.first, options_.second, out_.points, edge_is_proved);
        return std::move(out_);
    }

    [[nodiscard]] Int128 axis_value(Tier tier, const std::vector<TierValue>& tiers,
                                    const std::vector<std::uint32_t>& pair_of) const {
        if (tier == Tier::moves) return problem_->moves_of(pair_of);
        return std::ranges::find(tiers, tier, &TierValue::tier)->value;
    }

    const Plan& plan_;
    const Staffing& former_;
    const TradeOffOptions& options_;
    RemainingTime clock_;
    Progress progress_;
    TradeOff out_;
    std::optional<TradeProblem> problem_;
    std::map<Int128, Corner> corners_;  ///< by first cost
    std::vector<Edge> edges_;
    std::vector<Int128> proved_;  ///< edges that nothing lies below, by the first cost of their first corner
    std::vector<Proof> proofs_;
    Cause cause_ = Cause::cancelled;
    bool infeasible_ = false;
    bool is_inexact_ = false;  ///< whether an edge could not be looked below
};

}  // namespace detail

COUNTYPLAN_INLINE TradeOff trade_off(const Plan& plan, const Staffing& former, const TradeOffOptions& options,
                                     const Stop& stop, const Progress& progress) {
    return detail::TradeOffFinder(plan, former, options, stop, progress).run();
}

}  // namespace countyplan
