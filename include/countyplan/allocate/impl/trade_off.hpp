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
#include <countyplan/allocate/impl/trade_problem.hpp>
#include <countyplan/allocate/trade_off.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/version.hpp>

namespace countyplan {

namespace detail {

/// Where corners lie more than one move apart. `edge_is_proved[i]`: nothing lies below the line from point i to the
/// next.
inline std::vector<TradeBox> open_boxes(const std::vector<TradePoint>& points,
                                        const std::vector<bool>& edge_is_proved) {
    std::vector<TradeBox> out;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const TradePoint& a = points[i];
        const TradePoint& b = points[i + 1];
        if (b.moves - a.moves < 2) continue;
        const std::int64_t most = b.moves - 1;
        Int128 possible = b.value;
        if (edge_is_proved[i]) {  // the value of the line, away from the better side
            const int128 run = b.moves - a.moves;
            const int128 rise = (b.value - a.value).value;
            const int128 product = rise * (most - a.moves);
            possible = a.value + Int128(product / run);
        }
        out.push_back({a.moves + 1, most, a.value, possible});
    }
    return out;
}

/// Finds the corners between the two ends.
class TradeOffFinder {
  public:
    TradeOffFinder(const Plan& plan, const Staffing& former, const TradeOffOptions& options, const Stop& stop,
                   const Progress& progress)
        : plan_(plan), former_(former), options_(options), clock_(stop), progress_(progress) {
        out_.against = options.against;
        out_.digests = plan.digests();
        out_.version = std::string(version);
        if (options.most_points < 2) {
            throw InvalidProblem({message::trade_off_points, {std::to_string(options.most_points)}}, "most_points");
        }
    }

    [[nodiscard]] TradeOff run() {
        auto built = allocation_problem(plan_, options_.rules, [this] { return clock_.cause().has_value(); });
        if (!built) {
            out_.cause = clock_.cause().value_or(Cause::cancelled);
            return std::move(out_);
        }
        out_.given = std::move(built->given);
        problem_.emplace(std::move(*built), former_, options_.against);
        if (!find_ends()) return std::move(out_);
        while (!edges_.empty() && corners_.size() < options_.most_points)
            if (!split(take_edge())) return finish(cause_);
        return finish(edges_.empty() ? Cause::proved : Cause::steps);
    }

  private:
    struct Corner {
        TradeValue value{};
        std::vector<std::uint32_t> pair_of{};
        TradeWeights weights{};
        NestedFlowPotentials potentials{};
    };
    struct Edge {
        Int128 from{};  ///< moves of the two corners
        Int128 to{};
        Int128 area{};
    };
    struct Proof {
        Int128 moves{};  ///< of the corner
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
        proofs_.push_back({out.value.moves, out.weights, prices_of(problem_->problem(), out.potentials)});
        return out;
    }

    /// The corner's potentials, those of the weighted sum brought to the present weights.
    [[nodiscard]] NestedFlowPotentials scaled(const Corner& near) const {
        NestedFlowPotentials out = near.potentials;
        const std::int64_t was = near.weights.loss;
        const std::int64_t now = problem_->weights().loss;
        const std::size_t tiers = problem_->problem().flow.tiers;
        for (auto* side : {&out.left, &out.right}) {
            for (std::size_t k = problem_->at(); k < side->size(); k += tiers) {
                std::int64_t& sum = (*side)[k];
                if (now == 0) (*side)[k + 1] = was == 0 ? (*side)[k + 1] : sum / was;
                sum = now == 0 ? 0 : was == 0 ? 0 : static_cast<std::int64_t>(int128{sum} * now / was);
            }
        }
        return out;
    }

    [[nodiscard]] bool find_ends() {
        problem_->weigh({1, 0});
        const auto best = solve_here(nullptr);
        if (!best) return give_up();
        problem_->weigh({0, 1});
        const auto still = solve_here(&*best);
        if (!still) return give_up();
        corners_.emplace(still->value.moves, *still);
        corners_.emplace(best->value.moves, *best);
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
        edges_.push_back({a.moves, b.moves, (b.moves - a.moves) * (a.loss - b.loss)});
    }

    /// The one with the most room; of equals the one with the fewest moves.
    [[nodiscard]] Edge take_edge() {
        const auto found = std::ranges::min_element(
            edges_, [](const Edge& a, const Edge& b) { return a.area != b.area ? a.area > b.area : a.from < b.from; });
        const Edge out = *found;
        edges_.erase(found);
        return out;
    }

    /// False if the solve was stopped.
    [[nodiscard]] bool split(const Edge& edge) {
        const Corner& a = corners_.at(edge.from);
        const Corner& b = corners_.at(edge.to);
        const auto loss = to_int64(b.value.moves - a.value.moves);
        const auto moves = to_int64(a.value.loss - b.value.loss);
        if (!loss || !moves) throw InvalidProblem({message::trade_off_too_large}, "against");
        problem_->weigh({*loss, *moves});
        auto found = solve_here(b.weights.loss == 1 && b.weights.moves == 0 ? &a : &b);
        if (!found) {
            edges_.push_back(edge);
            return false;
        }
        if (problem_->weighted(found->value) == problem_->weighted(a.value)) {
            proved_.push_back(edge.from);
            return true;
        }
        add_edge(a.value, found->value);
        add_edge(found->value, b.value);
        const Int128 at = found->value.moves;
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
        for (const auto& [moves, corner] : corners_) {
            point_of.emplace(moves, out_.points.size());
            edge_is_proved.push_back(std::ranges::count(proved_, moves) > 0);
            TradePoint point;
            point.moves = problem_->moves_of(corner.pair_of);
            point.staffing = staffing_of(problem_->problem(), corner.pair_of);
            point.tiers = tier_values(plan_, point.staffing, out_.given);
            point.value = std::ranges::find(point.tiers, options_.against, &TierValue::tier)->value;
            out_.points.push_back(std::move(point));
        }
        for (Proof& proof : proofs_)
            out_.proofs.push_back({point_of.at(proof.moves), proof.weights, std::move(proof.prices)});
        std::ranges::sort(out_.proofs, [](const TradeProof& a, const TradeProof& b) {
            if (a.point != b.point) return a.point < b.point;
            return int128{a.weights.moves} * b.weights.loss > int128{b.weights.moves} * a.weights.loss;
        });
        out_.open = open_boxes(out_.points, edge_is_proved);
        return std::move(out_);
    }

    const Plan& plan_;
    const Staffing& former_;
    const TradeOffOptions& options_;
    AllocationClock clock_;
    Progress progress_;
    TradeOff out_;
    std::optional<TradeProblem> problem_;
    std::map<Int128, Corner> corners_;  ///< by moves
    std::vector<Edge> edges_;
    std::vector<Int128> proved_;  ///< edges that nothing lies below, by the moves of their first corner
    std::vector<Proof> proofs_;
    Cause cause_ = Cause::cancelled;
    bool infeasible_ = false;
};

/// Looks at the statements of one curve.
class TradeOffExaminer {
  public:
    TradeOffExaminer(const Plan& plan, const Staffing& former, const TradeOff& curve)
        : plan_(plan), curve_(curve), problem_(given_problem(plan, curve.given), former, curve.against) {}

    [[nodiscard]] bool accepts() {
        if (!are_points_true()) return false;
        const bool is_whole = curve_.termination == Termination::optimal;
        std::vector<bool> is_proved(curve_.points.size(), false);
        bool is_fewest = false;
        bool is_best = false;
        std::vector<bool> edge_is_proved(curve_.points.size() - 1, false);
        for (const TradeProof& proof : curve_.proofs) {
            if (!holds(proof)) return false;
            is_proved[proof.point] = true;
            is_fewest = is_fewest || (proof.point == 0 && proof.weights.loss == 0);
            is_best = is_best || (proof.point + 1 == curve_.points.size() && proof.weights.moves == 0);
            for (const std::size_t at : {proof.point, proof.point - 1})  // the edge after the point, and that before
                if (at < edge_is_proved.size() && is_level(at)) edge_is_proved[at] = true;
        }
        const auto yes = [](bool is_so) { return is_so; };
        if (!std::ranges::all_of(is_proved, yes)) return false;  // else nothing shows that bounds are kept
        if (curve_.open != open_boxes(curve_.points, edge_is_proved)) return false;
        return !is_whole || (is_fewest && is_best && std::ranges::all_of(edge_is_proved, yes));
    }

  private:
    [[nodiscard]] bool are_points_true() {
        for (const TradePoint& point : curve_.points) {
            const auto pair_of = pairs_of(problem_.problem(), point.staffing);
            if (staffing_of(problem_.problem(), pair_of) != point.staffing) return false;
            const auto tier = std::ranges::find(point.tiers, curve_.against, &TierValue::tier);
            if (point.tiers != tier_values(plan_, point.staffing, curve_.given) || tier->value != point.value ||
                point.moves != problem_.moves_of(pair_of))
                return false;
            if (!pair_of_.empty() && (point.moves <= before_->moves || !is_better(point.value, before_->value)))
                return false;
            before_ = &point;
            problem_.weigh({1, 0});
            value_.push_back(problem_.value_of(problem_.cost_of(pair_of)));
            pair_of_.push_back(pair_of);
        }
        return !curve_.points.empty();
    }

    [[nodiscard]] bool is_better(Int128 a, Int128 b) const { return is_gain(curve_.against) ? a > b : a < b; }

    /// Also leaves the problem at the proof's weights.
    [[nodiscard]] bool holds(const TradeProof& proof) {
        if (proof.point >= pair_of_.size() || proof.weights.loss < 0 || proof.weights.moves < 0 ||
            std::gcd(proof.weights.loss, proof.weights.moves) != 1)
            return false;
        problem_.weigh(proof.weights);
        const NestedFlowResult stated{.termination = Termination::optimal,
                                      .cause = Cause::proved,
                                      .claim = Claim::proved,
                                      .pair_of = pair_of_[proof.point],
                                      .cost = problem_.cost_of(pair_of_[proof.point]),
                                      .certificate = potentials_of(problem_.problem(), proof.prices)};
        return verify(problem_.problem().flow, stated);
    }

    /// Whether the point and the next one are worth the same at the present weights.
    [[nodiscard]] bool is_level(std::size_t at) const {
        return problem_.weighted(value_[at]) == problem_.weighted(value_[at + 1]);
    }

    const Plan& plan_;
    const TradeOff& curve_;
    TradeProblem problem_;
    const TradePoint* before_ = nullptr;
    std::vector<std::vector<std::uint32_t>> pair_of_;
    std::vector<TradeValue> value_;
};

}  // namespace detail

COUNTYPLAN_INLINE TradeOff trade_off(const Plan& plan, const Staffing& former, const TradeOffOptions& options,
                                     const Stop& stop, const Progress& progress) {
    return detail::TradeOffFinder(plan, former, options, stop, progress).run();
}

COUNTYPLAN_INLINE bool verify(const Plan& plan, const Staffing& former, const TradeOff& curve) {
    if (curve.digests.plan != plan.digests().plan || curve.digests.staffing != plan.digests().staffing) return false;
    if (std::ranges::find(plan.rows().objective, curve.against) == plan.rows().objective.end()) return false;
    const bool has_points = curve.termination == Termination::optimal || curve.termination == Termination::feasible;
    if (!has_points) return curve.points.empty() && curve.proofs.empty() && curve.open.empty();
    return detail::TradeOffExaminer(plan, former, curve).accepts();
}

}  // namespace countyplan
