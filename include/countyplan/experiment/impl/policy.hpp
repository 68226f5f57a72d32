// What an office might have laid down beforehand in a generated programme: quotas, decisions, roads, what counts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/allocate/distance.hpp>
#include <countyplan/experiment/impl/people.hpp>

namespace countyplan::detail {

inline constexpr std::string_view invented_clause = "示例虚构 invented for the example";

/// Every county at least four people; every third school one teacher fewer at once than it would like; every city at
/// least half of what it may send.
inline void add_policy_quotas(Draft& draft) {
    const auto add = [&draft](const std::string& id, Reference holder) -> Quota& {
        draft.quotas.push_back({.id = "Q-" + id, .holder = std::move(holder), .clause = std::string(invented_clause)});
        return draft.quotas.rows().back();
    };
    for (const County& county : draft.counties)
        add(to_text(county.code), {Noun::county, to_text(county.code)}).lower = 4;
    std::map<std::string, std::int64_t> teachers;
    for (const Post& post : draft.posts)
        if (post.role == Role::teacher) teachers[post.school] += post.target;
    std::size_t place = 0;
    for (const School& school : draft.schools) {
        const auto wanted = teachers.find(school.id);
        if (wanted == teachers.end() || wanted->second < 2 || place++ % 3 != 2) continue;
        Quota& quota = add(school.id, {Noun::school, school.id});
        quota.role = Role::teacher;
        quota.upper = wanted->second - 1;
    }
    for (const Sender& sender : draft.senders) {
        if (sender.kind != SenderKind::city || sender.quota_total.value_or(0) < 2) continue;
        add(sender.id, {Noun::sender, sender.id}).lower = *sender.quota_total / 2;
    }
}

/// One decision of each kind about the present staffing.
inline void add_policy_decisions(Draft& draft) {
    if (draft.staffing.size() < 3) return;
    std::map<std::string, const Post*> posts;
    for (const Post& post : draft.posts)
        posts[post.id] = &post;
    std::map<std::string, const School*> schools;
    for (const School& school : draft.schools)
        schools[school.id] = &school;
    std::map<std::string, const Expert*> experts;
    for (const Expert& expert : draft.experts)
        experts[expert.id] = &expert;
    const auto& rows = draft.staffing.rows();
    const Posting& first = rows.front();
    const Posting& middle = rows[rows.size() / 2];
    const Posting& last = rows.back();
    const auto county_of = [&](const Posting& posting) {
        return to_text(schools.at(posts.at(posting.post)->school)->county);
    };
    const std::string reason(invented_clause);
    draft.decisions.push_back({.id = "D-1",
                               .kind = DecisionKind::keep,
                               .where = {Noun::school, posts.at(first.post)->school},
                               .reason = reason});
    draft.decisions.push_back({.id = "D-2",
                               .kind = DecisionKind::require,
                               .who = {Noun::expert, middle.expert},
                               .where = {Noun::county, county_of(middle)},
                               .reason = reason});
    draft.decisions.push_back(
        {.id = "D-3", .kind = DecisionKind::no_worse, .who = {Noun::expert, last.expert}, .reason = reason});
    // one that speaks against none of the others
    const std::string& sender = experts.at(first.expert)->sender;
    const std::string county = county_of(last);
    const auto is_free = [&](const Posting& posting) {
        return experts.at(posting.expert)->sender != sender || county_of(posting) != county;
    };
    if (!is_free(first) || !is_free(middle) || experts.at(last.expert)->sender == sender) return;
    draft.decisions.push_back({.id = "D-4",
                               .kind = DecisionKind::forbid,
                               .who = {Noun::sender, sender},
                               .where = {Noun::county, county},
                               .reason = reason});
}

/// From every city to the counties that it stands behind: the great circle and three tenths more.
inline void add_policy_roads(Draft& draft) {
    std::map<std::string, const Sender*> senders;
    for (const Sender& sender : draft.senders)
        senders[sender.id] = &sender;
    std::map<std::string, const County*> counties;
    for (const County& county : draft.counties)
        counties[to_text(county.code)] = &county;
    for (const Pairing& pairing : draft.pairings) {
        const Sender& sender = *senders.at(pairing.sender);
        const auto county = counties.find(pairing.receiver);
        if (sender.kind != SenderKind::city || county == counties.end()) continue;
        const auto from = geo_point(sender.lat, sender.lng);
        const auto to = geo_point(county->second->lat, county->second->lng);
        if (from && to) draft.distances.push_back({sender.id, pairing.receiver, distance_km(*from, *to) * 13 / 10});
    }
}

/// All of it, and every tier that there is.
inline void add_policy(Draft& draft) {
    add_policy_quotas(draft);
    add_policy_decisions(draft);
    add_policy_roads(draft);
    draft.objective = {Tier::critical_shortfall,
                       Tier::shortfall,
                       Tier::county_cover,
                       Tier::weighted_shortfall,
                       Tier::graded_shortfall,
                       Tier::sender_load,
                       Tier::moves,
                       Tier::hardship,
                       Tier::wishes,
                       Tier::fit};
}

}  // namespace countyplan::detail
