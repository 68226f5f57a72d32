#include "statements.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "messages.hpp"

namespace countyplan {

namespace {

Objected object(std::string key, Message why) { return Objection{result_file, std::move(key), std::move(why)}; }

/// What the words of a bound must hold of the set's name: the id behind the colon; of a role, id and role.
std::vector<std::string> named_in(const std::string& set, Language language) {
    const std::string id = set.substr(set.find(':') + 1);
    if (!set.starts_with("role:")) return {id};
    const std::size_t slash = id.rfind('/');
    const auto role = enumerator<Role>(id.substr(slash + 1));
    return {id.substr(0, slash), role ? std::string(text(word(*role), language)) : id};
}

/// One tier of a staffing: what posts, counties, senders and pairs add.
Int128 value_of(Tier tier, const ProofGround& ground, const HeadCount& count) {
    const Plan& plan = ground.plan;
    const Draft& rows = plan.rows();
    Int128 out = ground.meter.base(tier);
    for (const Id<Post> id : rows.posts.ids())
        out += TierMeter::of_post(tier, rows.posts[id], count.posted[id.value()]);
    if (tier == Tier::county_cover) {
        std::vector<std::int64_t> serving(rows.counties.size(), 0);
        for (const Id<Post> id : rows.posts.ids())
            serving[plan.county_of(id).value()] += count.posted[id.value()];
        for (const Id<County> id : rows.counties.ids())
            out += ground.meter.of_county(id, serving[id.value()]);
    }
    if (tier == Tier::sender_load) {
        std::vector<std::int64_t> sent(rows.senders.size(), 0);
        for (const Id<Expert> id : rows.experts.ids())
            sent[plan.sender_of(id).value()] += count.post_of[id.value()] ? 1 : 0;
        for (const Id<Sender> id : rows.senders.ids())
            out += ground.meter.of_sender(id, sent[id.value()]);
    }
    for (const Id<Expert> id : rows.experts.ids()) {
        const Id<Post> post = count.post_of[id.value()];
        if (!post) continue;
        out += Int128(ground.meter.of_pair(tier, id, post));
        out -= Int128(ground.given.points(tier, id, post));
    }
    return as_cost(tier, out);
}

}  // namespace

Objected examine_digests(const Plan& plan, const Allocation& stated) {
    if (stated.digests.plan != plan.digests().plan) {
        return object("digests.plan",
                      Message(message::fault_digest, {to_text(stated.digests.plan), to_text(plan.digests().plan)}));
    }
    if (stated.digests.staffing != plan.digests().staffing) {
        return object("digests.staffing", Message(message::fault_digest, {to_text(stated.digests.staffing),
                                                                          to_text(plan.digests().staffing)}));
    }
    return std::nullopt;
}

Objected examine_claim(const AllocationReading& reading) {
    const Allocation& stated = reading.allocation;
    const auto clash = [&stated](std::string key, const MessageArgument& word_of_it) {
        return object(std::move(key), Message(message::fault_claim, {word_of_it, word(stated.termination)}));
    };
    Claim claim = Claim::proved;
    switch (stated.termination) {
        case Termination::optimal:
        case Termination::infeasible:
            break;
        case Termination::feasible:
            claim = Claim::feasible;
            break;
        case Termination::unknown:
            claim = Claim::estimate;
            break;
        case Termination::unbounded:
            return clash("termination", staffing_file);
    }
    const bool is_proved = claim == Claim::proved;
    if (is_proved != (stated.cause == Cause::proved)) return clash("cause", word(stated.cause));
    if (stated.claim != claim) return clash("claim", word(stated.claim));
    if (!is_proved && !stated.prices.empty()) {
        return Objection{certificate_file, stated.prices.front().set,
                         Message(message::fault_prices_unclaimed, {word(stated.claim)})};
    }
    const auto nothing_of_the_kind = [&](const char* key) {
        return object(key, Message(message::fault_no_answer, {word(stated.termination)}));
    };
    if (stated.termination != Termination::infeasible && !reading.conflict.empty())
        return nothing_of_the_kind("conflict");
    if (stated.termination == Termination::optimal || stated.termination == Termination::feasible) return std::nullopt;
    if (!stated.staffing.empty()) {
        return Objection{staffing_file, "expert:" + stated.staffing.begin()->expert,
                         Message(message::fault_no_answer, {word(stated.termination)})};
    }
    const char* const part = !stated.tiers.empty()       ? "tiers"
                             : !stated.unfilled.empty()  ? "unfilled"
                             : !stated.scarce.empty()    ? "scarce"
                             : !reading.counties.empty() ? "counties"
                             : reading.fairness          ? "fairness"
                                                         : nullptr;
    if (part != nullptr) return nothing_of_the_kind(part);
    return std::nullopt;
}

std::vector<Int128> tier_sums(const ProofGround& ground, const HeadCount& count) {
    std::vector<Int128> out;
    for (const Tier tier : ground.plan.rows().objective)
        out.push_back(value_of(tier, ground, count));
    return out;
}

Objected examine_tiers(const ProofGround& ground, const HeadCount& count, const Allocation& stated, std::string& out) {
    const Objective& objective = ground.plan.rows().objective;
    if (stated.tiers.size() != objective.size()) {
        return object("tiers", Message(message::fault_tier_count,
                                       {std::to_string(objective.size()), std::to_string(stated.tiers.size())}));
    }
    const std::vector<Int128> values = tier_sums(ground, count);
    for (std::size_t t = 0; t < objective.size(); ++t) {
        const std::string key = "tiers." + std::string(name(objective[t]));
        if (stated.tiers[t].tier != objective[t]) {
            return object(key, Message(message::fault_tier_order, {word(stated.tiers[t].tier)}));
        }
        const Int128& value = values[t];
        if (stated.tiers[t].value != value) {
            return object(key, Message(message::fault_tier, {to_text(stated.tiers[t].value), to_text(value)}));
        }
        out += (out.empty() ? "" : ", ") + to_text(value);
    }
    return std::nullopt;
}

Objected examine_conflict(const std::vector<BoundUsed>& used, const AllocationReading& reading) {
    if (used.size() != reading.conflict.size()) {
        return object("conflict", Message(message::fault_conflict_count,
                                          {std::to_string(used.size()), std::to_string(reading.conflict.size())}));
    }
    for (std::size_t b = 0; b < used.size(); ++b) {
        const StatedBound& stated = reading.conflict[b];
        const std::string key = "conflict[" + std::to_string(b) + "]";
        const std::string& name = used[b].tally->name;
        const SetBound bound{name, used[b].is_lower, used[b].bound};
        if (stated.bound != bound) {
            const MessageText& row = bound.is_lower ? message::checked_bound_lower : message::checked_bound_upper;
            const Message words(row, {name, std::to_string(bound.bound)});
            return object(key, Message(message::fault_conflict,
                                       {MessageArgument(text(words, Language::zh), text(words, Language::en))}));
        }
        const std::string number = used[b].tally->kind == TallyKind::obliged ? "" : std::to_string(bound.bound);
        for (const Language language : {Language::zh, Language::en}) {
            auto needed_words = named_in(name, language);
            needed_words.push_back(number);
            for (const std::string& needed : needed_words) {
                if (text(stated.reason, language).find(needed) != std::string::npos) continue;
                return object(key, Message(message::fault_reason, {needed}));
            }
        }
    }
    return std::nullopt;
}

Objected examine_rules(const Plan& plan, const RuleCoverage& stated) {
    const Draft& rows = plan.rows();
    std::int64_t sending = 0;
    for (const Sender& sender : rows.senders) {
        for (const auto& quota :
             {sender.quota_total, sender.quota_principal, sender.quota_mid_level, sender.quota_teacher})
            sending += quota ? 1 : 0;
    }
    const auto number = [](const char* key, std::int64_t counted, std::int64_t told) {
        return counted == told
                   ? std::nullopt
                   : object(std::string("rules.") + key,
                            Message(message::fault_rule_count, {std::to_string(counted), std::to_string(told)}));
    };
    if (auto objection = number("sender_quotas", sending, stated.sender_quotas)) return objection;
    if (auto objection = number("quotas", std::ssize(rows.quotas), stated.quotas)) return objection;
    if (auto objection = number("decisions", std::ssize(rows.decisions), stated.decisions)) return objection;
    // a term binds pairs one by one where to break it is an error; what ties people or posts together is not heeded
    std::vector<std::string> terms;
    std::vector<const Rule*> left;
    for (const Rule& rule : rows.rules) {
        const bool is_term = rule.kind == RuleKind::principal_term || rule.kind == RuleKind::staff_term;
        const bool is_of_many = rule.kind == RuleKind::one_principal_per_school || rule.kind == RuleKind::team_size ||
                                rule.kind == RuleKind::mentor_load;
        if (is_term && rule.severity == Severity::error) terms.push_back(rule.id);
        if ((is_term && rule.severity != Severity::error) || is_of_many) left.push_back(&rule);
    }
    if (terms != stated.terms) return object("rules.terms", message::fault_rules);
    for (std::size_t r = 0; r < std::max(left.size(), stated.left_out.size()); ++r) {
        const std::string key = "rules.left_out[" + std::to_string(r) + "]";
        if (r >= left.size() || r >= stated.left_out.size() || stated.left_out[r].rule != left[r]->id ||
            stated.left_out[r].kind != left[r]->kind)
            return object(key, message::fault_rules);
        for (const Language language : {Language::zh, Language::en}) {
            if (text(stated.left_out[r].reason, language).empty()) return object(key, message::fault_no_reason);
        }
    }
    return std::nullopt;
}

Objected examine_counties(const Plan& plan, const HeadCount& count, const AllocationReading& reading) {
    const Draft& rows = plan.rows();
    if (reading.counties.size() != rows.counties.size()) {
        return object("counties", Message(message::fault_county_count, {std::to_string(rows.counties.size()),
                                                                        std::to_string(reading.counties.size())}));
    }
    std::vector<StatedCover> counted;
    for (const County& county : rows.counties)
        counted.push_back({to_text(county.code), 0, 0});
    for (const Id<Post> id : rows.posts.ids()) {
        StatedCover& cover = counted[plan.county_of(id).value()];
        cover.serving += count.posted[id.value()];
        cover.wanted += rows.posts[id].target;
    }
    for (std::size_t c = 0; c < counted.size(); ++c) {
        if (reading.counties[c] == counted[c]) continue;
        return object("counties[" + std::to_string(c) + "]",
                      Message(message::fault_county, {counted[c].county, std::to_string(counted[c].serving),
                                                      std::to_string(counted[c].wanted)}));
    }
    return std::nullopt;
}

}  // namespace countyplan
