#include "statements.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/score.hpp>

#include "messages.hpp"

namespace countyplan {

namespace {

Objected object(std::string key, Message why) { return Objection{result_file, std::move(key), std::move(why)}; }

/// How many of these people the nested quotas let go at once. Senders form a forest, so the least of quota and
/// supply, taken from the bottom up, is exact.
std::int64_t supply_of(const Plan& plan, const std::vector<bool>& is_qualified) {
    const Draft& rows = plan.rows();
    constexpr std::size_t roles = enumerator_count<Role>;
    std::vector<std::array<std::int64_t, roles>> own(rows.senders.size());
    for (const Id<Expert> id : rows.experts.ids()) {
        if (!is_qualified[id.value()]) continue;
        ++own[plan.sender_of(id).value()][static_cast<std::size_t>(rows.experts[id].charged_role())];
    }
    std::vector<std::size_t> waits_for(rows.senders.size(), 0);
    for (const Id<Sender> id : rows.senders.ids()) {
        if (const Id<Sender> parent = plan.parent_of(id)) ++waits_for[parent.value()];
    }
    std::vector<Id<Sender>> ready;
    for (const Id<Sender> id : rows.senders.ids()) {
        if (waits_for[id.value()] == 0) ready.push_back(id);
    }
    std::vector<std::int64_t> below(rows.senders.size(), 0);
    std::int64_t total = 0;
    for (std::size_t at = 0; at < ready.size(); ++at) {
        const Id<Sender> id = ready[at];
        const Sender& sender = rows.senders[id];
        std::int64_t sum = below[id.value()];
        for (std::size_t r = 0; r < roles; ++r) {
            const std::int64_t there = own[id.value()][r];
            sum += std::min(there, sender.quota(static_cast<Role>(r)).value_or(there));
        }
        sum = std::min(sum, sender.quota_total.value_or(sum));
        const Id<Sender> parent = plan.parent_of(id);
        if (!parent) {
            total += sum;
            continue;
        }
        below[parent.value()] += sum;
        if (--waits_for[parent.value()] == 0) ready.push_back(parent);
    }
    return total;
}

/// Whether this number stands in the text, with no other digit beside it.
bool says(std::string_view text, const std::string& number) {
    const auto is_digit = [&text](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    for (std::size_t at = text.find(number); at != std::string_view::npos; at = text.find(number, at + 1)) {
        if (!is_digit(at + number.size()) && (at == 0 || !is_digit(at - 1))) return true;
    }
    return false;
}

/// The numbers that a reason rests on: those of its group, or else how many are missing.
std::vector<std::string> numbers_behind(const Unfilled& listed, const Allocation& stated) {
    if (!listed.group) {
        return {std::to_string(listed.short_of_min > 0 ? listed.short_of_min : listed.short_of_target)};
    }
    const ScarceGroup& group = stated.scarce[*listed.group];
    std::vector<std::string> out{to_text(group.need)};
    if (group.qualified > 0) out.push_back(std::to_string(group.qualified));
    if (group.supply < group.qualified) out.push_back(std::to_string(group.supply));
    return out;
}

Objected examine_reason(const Unfilled& listed, const Allocation& stated, const std::string& key) {
    for (const std::string& number : numbers_behind(listed, stated)) {
        for (const Language language : {Language::zh, Language::en}) {
            if (!says(text(listed.reason, language), number)) {
                return object(key, Message(message::fault_reason, {number}));
            }
        }
    }
    return std::nullopt;
}

Objected examine_group(const Eligibility& eligibility, const ScarceGroup& stated, const std::string& key) {
    const Plan& plan = eligibility.plan();
    Int128 need{};
    Id<Post> last;
    std::vector<bool> is_qualified(plan.rows().experts.size(), false);
    for (const std::string& name : stated.posts) {
        const Id<Post> post = plan.find<Post>(name);
        if (!post || (last && post <= last)) return object(key, message::fault_scarce_posts);
        last = post;
        const Post& row = plan.rows().posts[post];
        need += Int128(stated.below_min ? row.min : row.target);
        for (const Id<Expert> expert : plan.rows().experts.ids()) {
            if (eligibility.is_eligible(expert, post)) is_qualified[expert.value()] = true;
        }
    }
    const std::int64_t qualified = std::ranges::count(is_qualified, true);
    const std::int64_t supply = supply_of(plan, is_qualified);
    if (stated.need != need || stated.qualified != qualified || stated.supply != supply) {
        return object(key, Message(message::fault_scarce, {to_text(stated.need), std::to_string(stated.qualified),
                                                           std::to_string(stated.supply), to_text(need),
                                                           std::to_string(qualified), std::to_string(supply)}));
    }
    if (!(need > Int128(supply))) {
        return object(key, Message(message::fault_not_scarce, {to_text(need), std::to_string(supply)}));
    }
    return std::nullopt;
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

Objected examine_claim(const Allocation& stated) {
    const bool optimal = stated.termination == Termination::optimal;
    if (!optimal && stated.termination != Termination::feasible) {
        return object("termination", Message(message::fault_claim, {word(stated.termination), staffing_file}));
    }
    if (optimal != (stated.cause == Cause::proved)) {
        return object("cause", Message(message::fault_claim, {word(stated.cause), word(stated.termination)}));
    }
    if (stated.claim != (optimal ? Claim::proved : Claim::feasible)) {
        return object("claim", Message(message::fault_claim, {word(stated.claim), word(stated.termination)}));
    }
    if (optimal && stated.potentials.empty()) {
        return Objection{certificate_file, "potentials", message::fault_no_proof};
    }
    return std::nullopt;
}

Objected examine_tiers(const Eligibility& eligibility, const HeadCount& count, const Allocation& stated,
                       std::string& out) {
    const Plan& plan = eligibility.plan();
    const FitScore fit(plan);
    std::array<Int128, standard_tiers> sum{};
    for (const Id<Post> id : plan.rows().posts.ids()) {
        const Post& post = plan.rows().posts[id];
        const std::int64_t there = count.posted[id.value()];
        const std::int64_t below_min = std::max<std::int64_t>(0, post.min - there);
        if (post.critical) sum[static_cast<std::size_t>(Tier::critical_shortfall)] += Int128(below_min);
        sum[static_cast<std::size_t>(Tier::shortfall)] += Int128(below_min);
        sum[static_cast<std::size_t>(Tier::weighted_shortfall)] +=
            Int128(post.priority) * Int128(std::max<std::int64_t>(0, post.target - there));
    }
    for (const Id<Expert> id : plan.rows().experts.ids()) {
        if (const Id<Post> post = count.post_of[id.value()]) {
            sum[static_cast<std::size_t>(Tier::fit)] += Int128(fit.score(id, post));
        }
    }
    if (stated.tiers.size() != standard_tiers) {
        return object("tiers", Message(message::fault_tier_count,
                                       {std::to_string(standard_tiers), std::to_string(stated.tiers.size())}));
    }
    for (std::size_t t = 0; t < standard_tiers; ++t) {
        const std::string key = "tiers." + std::string(Enumerators<Tier>::words[t].code);
        if (stated.tiers[t].tier != static_cast<Tier>(t) || stated.tiers[t].value != sum[t]) {
            return object(key, Message(message::fault_tier, {to_text(stated.tiers[t].value), to_text(sum[t])}));
        }
        out += (out.empty() ? "" : ", ") + to_text(sum[t]);
    }
    return std::nullopt;
}

Objected examine_unfilled_table(const Plan& plan, const Allocation& stated, const std::string& bytes) {
    std::size_t line = 0;
    for (const Language language : {Language::zh, Language::en}) {
        for (const NamedBytes& file : allocation_files(plan, stated, language)) {
            if (file.name != unfilled_file) continue;
            const auto [found, wanted] = std::ranges::mismatch(bytes, file.bytes);
            if (found == bytes.end() && wanted == file.bytes.end()) return std::nullopt;
            // the language that goes further is the one it is in
            line = std::max(line, 1 + static_cast<std::size_t>(std::count(bytes.begin(), found, '\n')));
        }
    }
    return Objection{unfilled_file, "line " + std::to_string(line), message::fault_unfilled_table};
}

Objected examine_unfilled(const Eligibility& eligibility, const HeadCount& count, const Allocation& stated) {
    const Draft& rows = eligibility.plan().rows();
    std::size_t at = 0;
    std::size_t short_posts = 0;
    for (const Id<Post> id : rows.posts.ids()) {
        const Post& post = rows.posts[id];
        const std::int64_t there = count.posted[id.value()];
        if (there >= post.target) continue;
        ++short_posts;
        const std::string key = "post:" + post.id;
        if (at >= stated.unfilled.size()) continue;
        const Unfilled& listed = stated.unfilled[at++];
        if (listed.post != post.id) {
            return object("unfilled[" + std::to_string(at - 1) + "]", Message(message::fault_unfilled_post, {post.id}));
        }
        const std::int64_t below_min = std::max<std::int64_t>(0, post.min - there);
        if (listed.short_of_min != below_min || listed.short_of_target != post.target - there) {
            return object(key, Message(message::fault_unfilled,
                                       {std::to_string(listed.short_of_min), std::to_string(listed.short_of_target),
                                        std::to_string(below_min), std::to_string(post.target - there)}));
        }
        if (text(listed.reason, Language::en).empty() || text(listed.reason, Language::zh).empty()) {
            return object(key, message::fault_no_reason);
        }
        if (!listed.group) {
            const bool is_pressing = below_min > 0 || post.priority > 0;
            if (is_pressing && stated.claim == Claim::proved) return object(key, message::fault_no_group);
            continue;
        }
        if (*listed.group >= stated.scarce.size()) return object(key, message::fault_group);
        const ScarceGroup& group = stated.scarce[*listed.group];
        if (group.below_min != (below_min > 0) || std::ranges::count(group.posts, post.id) == 0) {
            return object(key, message::fault_group);
        }
    }
    if (short_posts != stated.unfilled.size()) {
        return object("unfilled", Message(message::fault_unfilled_count,
                                          {std::to_string(short_posts), std::to_string(stated.unfilled.size())}));
    }
    for (std::size_t g = 0; g < stated.scarce.size(); ++g) {
        if (auto objection = examine_group(eligibility, stated.scarce[g], "scarce[" + std::to_string(g) + "]")) {
            return objection;
        }
    }
    for (const Unfilled& listed : stated.unfilled) {
        if (auto objection = examine_reason(listed, stated, "post:" + listed.post)) return objection;
    }
    return std::nullopt;
}

}  // namespace countyplan
