// Does a curve show what it says, and what does it leave open?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/allocate.hpp>
#include <countyplan/allocate/impl/trade_problem.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/trade_off.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// Where a staffing that neither neighbour beats may lie. `edge_is_proved[i]`: nothing lies below the line from point i
/// to the next.
inline std::vector<TradeBox> open_boxes(Tier first, Tier second, const std::vector<TradePoint>& points,
                                        const std::vector<bool>& edge_is_proved) {
    const auto rounded_up = [](int128 a, int128 b) { return (a + b - 1) / b; };
    std::vector<TradeBox> out;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const Int128 left = as_cost(first, points[i].first);
        const Int128 top = as_cost(second, points[i].second);
        const int128 run = (as_cost(first, points[i + 1].first) - left).value;
        const int128 fall = (top - as_cost(second, points[i + 1].second)).value;
        if (run < 2 || fall < 2) continue;  // nothing is whole in between
        // as far as one may go from the first point, and from its second value
        const int128 near = edge_is_proved[i] ? rounded_up(run, fall) : 1;
        const int128 low = edge_is_proved[i] ? std::min(fall - 1, fall * (run - 1) / run) : fall - 1;
        if (near > run - 1 || low < 1) continue;
        out.push_back({as_cost(first, left + Int128(near)), as_cost(first, left + Int128(run - 1)), points[i].second,
                       as_cost(second, top - Int128(low))});
    }
    return out;
}

/// Looks at the statements of one curve with points.
class TradeOffExaminer {
  public:
    TradeOffExaminer(const Plan& plan, const Staffing& former, const TradeOff& curve)
        : plan_(plan),
          curve_(curve),
          problem_(given_problem(plan, curve.given), former, curve.first, curve.second, curve.dropped) {}

    [[nodiscard]] AnswerVerdict run() {
        if (problem_.dropped() != curve_.dropped) return refused("dropped", message::trade_off_order);
        for (std::size_t i = 0; i < curve_.points.size(); ++i)
            if (auto verdict = look_at_point(i); !verdict.accepted) return verdict;
        if (curve_.points.empty()) return refused("points", message::trade_off_unproved);
        std::vector<bool> is_proved(curve_.points.size(), false);
        std::vector<bool> edge_is_proved(curve_.points.size() - 1, false);
        bool is_first_best = false;
        bool is_second_best = false;
        for (std::size_t i = 0; i < curve_.proofs.size(); ++i) {
            const TradeProof& proof = curve_.proofs[i];
            if (!holds(proof)) return refused(item("proofs", i), message::trade_off_unproved, AnswerPart::certificate);
            is_proved[proof.point] = true;
            is_first_best = is_first_best || (proof.point == 0 && proof.weights.second == 0);
            is_second_best = is_second_best || (proof.point + 1 == curve_.points.size() && proof.weights.first == 0);
            for (const std::size_t at : {proof.point, proof.point - 1})  // the edge after the point, and that before
                if (at < edge_is_proved.size() && is_level(at)) edge_is_proved[at] = true;
        }
        const auto point = std::ranges::find(is_proved, false);
        if (point != is_proved.end())  // then nothing shows that it keeps the bounds
            return refused(item("points", static_cast<std::size_t>(point - is_proved.begin())),
                           message::trade_off_unproved);
        if (curve_.open != open_boxes(curve_.first, curve_.second, curve_.points, edge_is_proved))
            return refused("open", message::trade_off_open);
        const bool is_whole = is_first_best && is_second_best && std::ranges::count(edge_is_proved, false) == 0;
        if (curve_.termination == Termination::optimal && !is_whole)
            return refused("termination", message::trade_off_unproved);
        return {};
    }

  private:
    static AnswerVerdict refused(std::string key, const MessageText& why, AnswerPart part = AnswerPart::result) {
        return refuse_answer(part, std::move(key), why);
    }
    static std::string item(const char* list, std::size_t at) { return list + ("[" + std::to_string(at) + "]"); }

    [[nodiscard]] AnswerVerdict look_at_point(std::size_t i) {
        const TradePoint& point = curve_.points[i];
        const auto pair_of = pairs_of(problem_.problem(), point.staffing);
        if (staffing_of(problem_.problem(), pair_of) != point.staffing)
            return refused(item("points", i), message::trade_off_staffing, AnswerPart::staffing);
        if (point.tiers != tier_values(plan_, point.staffing, curve_.given) ||
            point.first != axis_value(curve_.first, point.tiers, pair_of) ||
            point.second != axis_value(curve_.second, point.tiers, pair_of))
            return refused(item("points", i), message::trade_off_value);
        problem_.weigh({0, 1});
        value_.push_back(problem_.value_of(problem_.cost_of(pair_of)));
        pair_of_.push_back(pair_of);
        if (i > 0 && (value_[i].first <= value_[i - 1].first || value_[i].second >= value_[i - 1].second))
            return refused(item("points", i), message::trade_off_order);
        return {};
    }

    [[nodiscard]] Int128 axis_value(Tier tier, const std::vector<TierValue>& tiers,
                                    const std::vector<std::uint32_t>& pair_of) const {
        if (tier == Tier::moves) return problem_.moves_of(pair_of);
        return std::ranges::find(tiers, tier, &TierValue::tier)->value;
    }

    /// Also leaves the problem at the proof's weights.
    [[nodiscard]] bool holds(const TradeProof& proof) {
        if (proof.point >= pair_of_.size() || proof.weights.first < 0 || proof.weights.second < 0 ||
            std::gcd(proof.weights.first, proof.weights.second) != 1 || !problem_.fits(proof.weights))
            return false;
        problem_.weigh(proof.weights);
        const std::size_t tiers = problem_.problem().flow.tiers;
        const auto has_width = [tiers](const SetPrice& price) { return price.value.size() == tiers; };
        if (!std::ranges::all_of(proof.prices, has_width)) return false;
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
        return TradeProblem::weighted(problem_.weights(), value_[at]) ==
               TradeProblem::weighted(problem_.weights(), value_[at + 1]);
    }

    const Plan& plan_;
    const TradeOff& curve_;
    TradeProblem problem_;
    std::vector<std::vector<std::uint32_t>> pair_of_;
    std::vector<TradeValue> value_;
};

/// Whether termination, cause and claim go together.
inline AnswerVerdict examine_claim(const TradeOff& curve) {
    const auto refused = [](const char* key, const MessageText& stated) {
        return refuse_answer(AnswerPart::result, key, {message::claim_of_more, {stated}});
    };
    const bool is_settled = curve.termination == Termination::optimal || curve.termination == Termination::infeasible;
    if (curve.termination == Termination::unbounded) return refused("termination", word(curve.termination));
    if ((curve.cause == Cause::proved) != is_settled) return refused("cause", word(curve.cause));
    const Claim claim = curve.termination == Termination::optimal    ? Claim::proved
                        : curve.termination == Termination::feasible ? Claim::feasible
                                                                     : Claim::estimate;
    if (curve.claim != claim) return refused("claim", word(curve.claim));
    return {};
}

}  // namespace detail

COUNTYPLAN_INLINE AnswerVerdict examine(const Plan& plan, const Staffing& former, const TradeOff& curve) {
    const auto refused = [](const char* key, const Message& why) {
        return detail::refuse_answer(AnswerPart::result, key, why);
    };
    if (curve.digests.plan != plan.digests().plan || curve.digests.staffing != plan.digests().staffing)
        return refused("digests",
                       {message::digest_differs, {to_text(curve.digests.plan), to_text(plan.digests().plan)}});
    if (auto verdict = detail::examine_claim(curve); !verdict.accepted) return verdict;
    if (curve.termination == Termination::infeasible || curve.termination == Termination::unknown) {
        const bool is_bare = curve.points.empty() && curve.proofs.empty() && curve.open.empty();
        return is_bare ? AnswerVerdict{} : refused("termination", message::no_answer);
    }
    try {
        return detail::TradeOffExaminer(plan, former, curve).run();
    } catch (const InvalidProblem& invalid) {
        return refused(invalid.place() == "first" || invalid.place() == "second" ? "second" : "dropped",
                       invalid.message());
    }
}

COUNTYPLAN_INLINE bool verify(const Plan& plan, const Staffing& former, const TradeOff& curve) {
    return examine(plan, former, curve).accepted;
}

}  // namespace countyplan
