// How explanations are put into sentences.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/explain/explain.hpp>
#include <countyplan/allocate/explain/messages.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// A message as part of another.
inline MessageArgument as_argument(const Message& message) {
    return {text(message, Language::zh), text(message, Language::en)};
}

inline MessageArgument place_argument(const std::string& post) {
    if (post.empty()) return message::at_home;
    return {"“" + post + "”", "'" + post + "'"};
}

inline void add_transfers(std::vector<Message>& out, const std::vector<Transfer>& transfers) {
    for (const Transfer& row : transfers)
        out.push_back({message::why_transfer, {row.expert, place_argument(row.from), place_argument(row.to)}});
}

/// Several messages as one argument.
inline MessageArgument joined(const std::vector<Message>& parts) {
    std::string zh;
    std::string en;
    for (const Message& part : parts) {
        zh += (zh.empty() ? "" : "；") + text(part, Language::zh);
        en += (en.empty() ? "" : "; ") + text(part, Language::en);
    }
    return {std::move(zh), std::move(en)};
}

inline MessageArgument reasons_of(const std::vector<Refusal>& refusals) {
    std::vector<Message> parts;
    for (const Refusal& refusal : refusals)
        parts.push_back(refusal.reason);
    return joined(parts);
}

/// What becomes of one tier, in the words of its own things where they are people.
inline Message tier_change(Tier tier, bool is_worse, std::string amount, const UserTierNames& names) {
    switch (tier) {
        case Tier::critical_shortfall:
            return {is_worse ? message::worse_critical_shortfall : message::better_critical_shortfall,
                    {std::move(amount)}};
        case Tier::shortfall:
            return {is_worse ? message::worse_shortfall : message::better_shortfall, {std::move(amount)}};
        case Tier::moves:
            return {is_worse ? message::worse_moves : message::better_moves, {std::move(amount)}};
        case Tier::county_cover:
            return {is_worse ? message::worse_county_cover : message::better_county_cover, {std::move(amount)}};
        default:
            break;
    }
    const MessageText& cost = is_worse ? message::worse_cost : message::better_cost;
    const MessageText& gain = is_worse ? message::worse_gain : message::better_gain;
    return {is_gain(tier) ? gain : cost, {tier_word(tier, names), std::move(amount)}};
}

}  // namespace detail

COUNTYPLAN_INLINE Message describe(const Plan& plan, const Effect& effect, const UserTierNames& names) {
    if (effect.termination == Termination::infeasible) return message::effect_infeasible;
    if (effect.termination != Termination::optimal) return message::effect_unknown;
    for (std::size_t t = 0; t < effect.loss.size(); ++t) {
        const Int128 loss = effect.loss[t];
        if (loss == Int128(0)) continue;
        const bool is_worse = loss > Int128(0);
        const Message by =
            detail::tier_change(plan.rows().objective[t], is_worse, to_text(is_worse ? loss : Int128(0) - loss), names);
        return {is_worse ? message::effect_worse : message::effect_better, {detail::as_argument(by)}};
    }
    return message::effect_none;
}

COUNTYPLAN_INLINE std::vector<Message> sentences(const Plan& plan, const WhyHere& why, const UserTierNames& names) {
    std::vector<Message> out;
    if (why.post.empty()) {
        out.push_back({message::why_at_home, {why.expert}});
    } else {
        out.push_back({message::why_posted, {why.expert, why.post}});
    }
    const bool has_other = !why.other.empty();
    for (std::size_t f = 0; f < fit_factor_count; ++f) {
        const FactorPoints& here = why.factors[f];
        const FactorPoints& there = why.other_factors[f];
        const MessageText& factor = word(static_cast<FitFactor>(f));
        if (!why.post.empty() && has_other) {
            out.push_back({message::why_factor,
                           {factor, std::to_string(here.value), std::to_string(here.weight),
                            std::to_string(here.points), std::to_string(there.value), std::to_string(there.points)}});
        } else if (!why.post.empty() || has_other) {
            const FactorPoints& only = has_other ? there : here;
            out.push_back(
                {message::why_factor_alone,
                 {factor, std::to_string(only.value), std::to_string(only.weight), std::to_string(only.points)}});
        }
    }
    if (!has_other) {
        out.push_back(message::why_no_other);
        return out;
    }
    out.push_back({message::why_other, {why.other, detail::as_argument(describe(plan, why.effect, names))}});
    detail::add_transfers(out, why.transfers);
    return out;
}

COUNTYPLAN_INLINE std::vector<Message> sentences(const Plan& plan, const WhyNot& why, const UserTierNames& names) {
    std::vector<Message> out;
    if (why.serves) {
        out.push_back({message::not_serves, {why.expert, why.post}});
        return out;
    }
    if (why.given) {
        out.push_back({message::not_given, {why.expert, why.post}});
        return out;
    }
    for (const Refusal& refusal : why.refusals) {
        out.push_back(
            {message::not_refused, {why.expert, why.post, detail::as_argument(refusal.reason), refusal.rule}});
    }
    if (!why.refusals.empty()) {
        for (const DataEdit& edit : why.edits)
            out.push_back({message::edit_suffices, {detail::as_argument(edit.what)}});
        if (why.edits.empty()) out.push_back(message::not_single);
        return out;
    }
    out.push_back(
        {message::not_effect, {why.expert, why.post, detail::as_argument(describe(plan, why.effect, names))}});
    detail::add_transfers(out, why.transfers);
    if (why.points && *why.points > Int128(0)) out.push_back({message::not_points, {to_text(*why.points)}});
    return out;
}

COUNTYPLAN_INLINE std::vector<Message> sentences(const Plan& plan, const WhyEmpty& why, const UserTierNames& names) {
    std::vector<Message> out;
    out.push_back({message::empty_post,
                   {why.post, std::to_string(why.serving), std::to_string(why.short_of_min),
                    std::to_string(why.short_of_target)}});
    if (!why.reason.empty()) out.push_back({message::empty_reason, {detail::as_argument(why.reason)}});
    out.push_back({message::empty_one_more, {detail::as_argument(describe(plan, why.one_more, names))}});
    detail::add_transfers(out, why.transfers);
    if (why.refused > 0) out.push_back({message::empty_refused, {std::to_string(why.refused)}});
    for (const NearMiss& row : why.nearest)
        out.push_back({message::empty_near, {row.expert, detail::reasons_of(row.refusals)}});
    for (const FillingRepair& repair : why.repairs) {
        const MessageArgument effect = detail::as_argument(describe(plan, repair.effect, names));
        if (!repair.bound) {
            out.push_back(
                {message::empty_repair_person, {repair.expert, detail::as_argument(repair.refusal->reason), effect}});
            continue;
        }
        SetBound before = *repair.bound;
        before.bound += before.is_lower ? 1 : -1;
        out.push_back({message::empty_repair_bound,
                       {detail::as_argument(describe(plan, before)), std::to_string(repair.bound->bound), effect}});
    }
    if (why.repairs.empty()) out.push_back(message::empty_no_repair);
    return out;
}

COUNTYPLAN_INLINE std::vector<Message> sentences(const Plan& plan, const WhyInfeasible& why) {
    std::vector<Message> out;
    if (why.conflict.empty()) return out;
    std::vector<Message> bounds;
    for (const SetBound& bound : why.conflict)
        bounds.push_back(describe(plan, bound));
    out.push_back({message::infeasible_conflict, {detail::joined(bounds)}});
    for (const FeasibilityRepair& repair : why.repairs) {
        std::vector<Message> parts;
        for (const LoosenedBound& row : repair.bounds)
            parts.push_back({message::infeasible_loosened,
                             {detail::as_argument(describe(plan, row.bound)), std::to_string(row.loosened)}});
        out.push_back({message::infeasible_repair, {std::to_string(repair.units), detail::joined(parts)}});
    }
    if (!why.complete) out.push_back(message::infeasible_more);
    return out;
}

}  // namespace countyplan
