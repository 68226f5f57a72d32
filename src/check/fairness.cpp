#include "fairness.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "messages.hpp"
#include "statements.hpp"

namespace countyplan {

namespace {

Objected object(std::string key, Message why) { return Objection{fairness_file, std::move(key), std::move(why)}; }

/// The plan whose objective tells fair and unfair apart.
Plan other_plan(const Plan& plan) {
    Objective order;
    bool is_fair = false;
    for (const Tier tier : plan.rows().objective) {
        if (tier == Tier::county_cover) {
            is_fair = true;
        } else {
            order.push_back(tier);
        }
    }
    if (!is_fair) {
        std::size_t at = 0;
        while (at < order.size() && (order[at] == Tier::critical_shortfall || order[at] == Tier::shortfall))
            ++at;
        order.insert(order.begin() + static_cast<std::ptrdiff_t>(at), Tier::county_cover);
    }
    if (order.empty()) return plan;
    Draft draft = plan.draft();
    draft.objective = std::move(order);
    return Plan(std::move(draft));
}

std::vector<std::int64_t> serving(const Plan& plan, const HeadCount& count) {
    std::vector<std::int64_t> out(plan.rows().counties.size(), 0);
    for (const Id<Post> id : plan.rows().posts.ids())
        out[plan.county_of(id).value()] += count.posted[id.value()];
    return out;
}

Objected compare_tiers(const Plan& plan, const std::vector<Int128>& ours, const std::vector<Int128>& others,
                       const Objective& other_order, bool is_fair, const StatedFairness& fairness) {
    std::size_t row = 0;
    for (std::size_t t = 0; t < plan.rows().objective.size(); ++t) {
        const Tier tier = plan.rows().objective[t];
        const auto other = std::ranges::find(other_order, tier);
        if (tier == Tier::county_cover || other == other_order.end()) continue;
        const Int128 theirs = others[static_cast<std::size_t>(other - other_order.begin())];
        const FairnessTier wanted{tier, is_fair ? ours[t] : theirs, is_fair ? theirs : ours[t]};
        if (row == fairness.tiers.size() || fairness.tiers[row] != wanted) {
            return object("tiers." + std::string(name(tier)),
                          Message(message::fault_fairness, {to_text(wanted.fair), to_text(wanted.unfair)}));
        }
        ++row;
    }
    if (row == fairness.tiers.size()) return std::nullopt;
    return object("tiers",
                  Message(message::fault_tier_count, {std::to_string(row), std::to_string(fairness.tiers.size())}));
}

Objected compare_counties(const Plan& plan, const std::vector<std::int64_t>& fair,
                          const std::vector<std::int64_t>& unfair, const StatedFairness& stated) {
    const Draft& rows = plan.rows();
    if (stated.counties.size() != rows.counties.size()) {
        return object("counties", Message(message::fault_county_count, {std::to_string(rows.counties.size()),
                                                                        std::to_string(stated.counties.size())}));
    }
    std::vector<std::int64_t> wanted(rows.counties.size(), 0);
    for (const Id<Post> id : rows.posts.ids())
        wanted[plan.county_of(id).value()] += rows.posts[id].target;
    for (const Id<County> id : rows.counties.ids()) {
        const std::size_t c = id.value();
        if (stated.counties[c] == StatedFairCover{to_text(rows.counties[id].code), wanted[c], fair[c], unfair[c]})
            continue;
        return object("counties[" + std::to_string(c) + "]",
                      Message(message::fault_fairness, {std::to_string(fair[c]), std::to_string(unfair[c])}));
    }
    return std::nullopt;
}

}  // namespace

Objected examine_fairness(const Eligibility& eligibility, const ProofGround& ground, const HeadCount& count,
                          const Allocation& stated, const StatedFairness& fairness) {
    const auto clash = [&](const char* key, const MessageArgument& word_of_it) {
        return object(key, Message(message::fault_claim, {word_of_it, word(fairness.termination)}));
    };
    if (fairness.plan != ground.plan.digests().plan) {
        return object("plan",
                      Message(message::fault_digest, {to_text(fairness.plan), to_text(ground.plan.digests().plan)}));
    }
    const bool is_proved = fairness.claim == Claim::proved;
    if (!is_proved && fairness.claim != Claim::feasible) return clash("claim", word(fairness.claim));
    if (!is_proved && !fairness.prices.empty()) {
        return object(fairness.prices.front().set, Message(message::fault_prices_unclaimed, {word(fairness.claim)}));
    }
    const bool are_best = is_proved && stated.claim == Claim::proved;
    if (fairness.termination != (are_best ? Termination::optimal : Termination::feasible))
        return clash("termination", word(fairness.claim));
    if (are_best != (fairness.cause == Cause::proved)) return clash("cause", word(fairness.cause));

    const Plan other = other_plan(ground.plan);
    if (fairness.objective != other.rows().objective) return object("objective", message::fault_other_objective);
    const TierMeter meter(other);
    const TallySheet sheet(eligibility, meter);
    const ProofGround other_ground{other, meter, sheet, ground.given, ground.pairs};
    const auto of_this_file = [](Objected objection) {
        if (objection) objection->file = fairness_file;
        return objection;
    };
    HeadCount others;
    if (auto objection = of_this_file(count_heads(eligibility, ground.given, sheet, fairness.staffing, others)))
        return objection;
    if (is_proved) {
        if (auto objection = of_this_file(examine_optimality(other_ground, others, fairness.prices, true)))
            return objection;
    }
    const bool is_fair = std::ranges::count(ground.plan.rows().objective, Tier::county_cover) > 0;
    if (auto objection = compare_tiers(ground.plan, tier_sums(ground, count), tier_sums(other_ground, others),
                                       other.rows().objective, is_fair, fairness))
        return objection;
    const std::vector<std::int64_t> ours = serving(ground.plan, count);
    const std::vector<std::int64_t> theirs = serving(ground.plan, others);
    return compare_counties(ground.plan, is_fair ? ours : theirs, is_fair ? theirs : ours, fairness);
}

}  // namespace countyplan
