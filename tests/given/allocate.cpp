#include "given/allocate.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <countyplan/plan/check.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

Draft small_draft(std::uint64_t seed, PlanSize size) {
    Random random(seed, 7);
    const auto pick = [&random](std::initializer_list<const char*> words) {
        return std::string(words.begin()[random.below(words.size())]);
    };
    const auto quota = [&random](std::uint64_t most) -> std::optional<std::int64_t> {
        if (random.chance(1, 2)) return std::nullopt;
        return random.between(0, static_cast<std::int64_t>(most));
    };
    Draft draft;
    draft.name = "small";
    draft.period = {day("2024-09-01"), day("2027-08-31")};
    if (random.chance(1, 3)) {
        draft.rules.push_back({.id = "term",
                               .kind = RuleKind::staff_term,
                               .severity = Severity::error,
                               .parameters = {{"min_months", 18}, {"max_months", 18}}});
    }
    draft.counties.push_back({.code = *Code::parse("451024"), .name_zh = "甲县", .lat = 23.33, .lng = 106.62});
    draft.counties.push_back({.code = *Code::parse("451026"), .name_zh = "乙县", .lat = 23.42, .lng = 105.83});
    draft.senders.push_back({.id = "SZ", .quota_total = quota(4), .lat = 22.55, .lng = 114.06});
    draft.senders.push_back(
        {.id = "LG", .kind = SenderKind::district, .parent = "SZ", .quota_teacher = quota(2), .quota_total = quota(3)});
    draft.senders.push_back({.id = "BA",
                             .kind = SenderKind::district,
                             .parent = "SZ",
                             .quota_mid_level = quota(1),
                             .quota_teacher = quota(2),
                             .lat = 22.6,
                             .lng = 113.9});
    draft.senders.push_back({.id = "MM", .quota_principal = quota(1), .quota_total = quota(2)});
    const std::size_t pairings = random.below(4);
    std::set<std::pair<std::string, std::string>> paired;
    for (std::size_t k = 0; k < pairings; ++k) {
        const std::string sender = pick({"SZ", "LG", "BA", "MM"});
        const std::string receiver = pick({"451024", "451026", "school-1", "school-3"});
        if (!paired.emplace(sender, receiver).second) continue;
        Pairing row{.sender = sender,
                    .receiver = receiver,
                    .kind = receiver.starts_with("s") ? PairingKind::school : PairingKind::county};
        row.required = random.chance(1, 2);
        if (random.chance(1, 3)) row.to = day("2025-01-31");
        if (random.chance(1, 3)) row.from = day("2023-01-01");
        draft.pairings.push_back(row);
    }
    draft.schools.push_back({.id = "school-1", .county = *Code::parse("451024"), .assisted = true});
    draft.schools.push_back({.id = "school-2",
                             .county = *Code::parse("451024"),
                             .kind = SchoolKind::vocational,
                             .assisted = true,
                             .lat = 23.5,
                             .lng = 106.5});
    draft.schools.push_back({.id = "school-3", .county = *Code::parse("451026"), .assisted = true});
    for (std::size_t p = 0; p < size.posts; ++p) {
        Post post{.id = "P-" + std::to_string(p), .school = pick({"school-1", "school-2", "school-3"})};
        post.role = static_cast<Role>(random.chance(1, 2) ? 2 : random.below(3));
        if (post.role == Role::teacher || random.chance(1, 4)) post.subject = pick({"maths", "physics"});
        post.min = random.between(0, 2);
        post.target = post.min + random.between(0, 2);
        post.max = std::max<std::int64_t>(1, post.target + random.between(0, 1));
        post.priority = random.between(0, 3);
        post.critical = random.chance(1, 3);
        if (random.chance(1, 4)) post.start = day("2025-03-01");
        if (random.chance(1, 4)) post.end = day("2026-08-31");
        if (random.chance(1, 4)) post.min_title = Title::first_grade;
        if (random.chance(1, 4)) post.min_years = 8;
        draft.posts.push_back(post);
    }
    for (std::size_t e = 0; e < size.experts; ++e) {
        Expert expert{.id = "E-" + std::to_string(e), .sender = pick({"SZ", "LG", "LG", "BA", "MM"})};
        std::vector<Role> roles{Role::principal, Role::mid_level, Role::teacher};
        random.shuffle(std::span(roles));
        if (random.chance(1, 2)) std::swap(roles[0], *std::ranges::find(roles, Role::teacher));
        roles.resize(1 + random.below(2));
        expert.roles = roles;
        expert.subjects = random.chance(1, 4) ? std::vector<std::string>{"maths", "physics"}
                                              : std::vector<std::string>{pick({"maths", "physics", "music"})};
        expert.title = static_cast<Title>(random.below(6));
        expert.degree = static_cast<Degree>(random.below(5));
        expert.years = random.between(0, 40);
        if (random.chance(1, 6)) expert.available_from = day("2024-12-01");
        if (random.chance(1, 6)) expert.available_to = day("2026-08-31");
        if (random.chance(1, 4)) expert.avoids.push_back({Noun::school, pick({"school-1", "school-2"})});
        if (random.chance(1, 4)) expert.prefers.push_back({Noun::county, pick({"451024", "451026"})});
        if (random.chance(1, 4)) expert.prefers.push_back({Noun::post, "P-0"});
        draft.experts.push_back(expert);
    }
    return draft;
}

Draft rich_draft(std::uint64_t seed, PlanSize size) {
    Draft draft = small_draft(seed, size);
    Random random(seed, 8);
    const auto pick = [&random](const auto& rows) { return rows.rows()[random.below(rows.size())]; };
    const auto is_sound = [&draft] {
        return !std::ranges::any_of(check(draft), [](const Finding& f) { return f.severity == Severity::error; });
    };
    const auto post_expert = [&](const Expert& expert) {
        const Post post = pick(draft.posts);
        draft.staffing.push_back({expert.id, post.id, post.start.value_or(draft.period.from), draft.period.to});
        if (!is_sound()) draft.staffing.rows().pop_back();
    };
    for (std::size_t e = 0; e < draft.experts.size() && !draft.posts.empty(); ++e)
        if (random.chance(1, 2)) post_expert(draft.experts.rows()[e]);
    if (random.chance(3, 4)) {
        std::vector<Tier> tiers;
        for (std::size_t t = 0; t < enumerator_count<Tier> - user_tiers; ++t)
            tiers.push_back(static_cast<Tier>(t));
        random.shuffle(std::span(tiers));
        tiers.resize(1 + random.below(6));
        draft.objective = tiers;
    }
    const std::size_t decisions = random.below(3);
    for (std::size_t k = 0; k < decisions && !draft.experts.empty(); ++k) {
        Decision row{.id = "D-" + std::to_string(k), .kind = static_cast<DecisionKind>(random.below(4))};
        const std::string expert = pick(draft.experts).id;
        row.who = random.chance(2, 3) || row.kind == DecisionKind::require ? Reference{Noun::expert, expert}
                  : random.chance(1, 2) ? Reference{Noun::sender, pick(draft.senders).id}
                                        : Reference{Noun::plan, ""};
        row.where = random.chance(1, 3)   ? Reference{Noun::plan, ""}
                    : random.chance(1, 2) ? Reference{Noun::school, pick(draft.schools).id}
                                          : Reference{Noun::post, draft.posts.empty() ? "" : pick(draft.posts).id};
        if (row.where.noun == Noun::post && row.where.id.empty()) row.where = {Noun::plan, ""};
        if (random.chance(1, 4)) row.from = day("2025-06-01");
        draft.decisions.push_back(row);
    }
    const std::size_t quotas = random.below(4);
    for (std::size_t k = 0; k < quotas; ++k) {
        Quota row{.id = "Q-" + std::to_string(k)};
        row.holder = random.chance(1, 3)   ? Reference{Noun::sender, pick(draft.senders).id}
                     : random.chance(1, 3) ? Reference{Noun::plan, ""}
                     : random.chance(1, 2) ? Reference{Noun::county, to_text(pick(draft.counties).code)}
                                           : Reference{Noun::school, pick(draft.schools).id};
        if (random.chance(1, 3)) row.role = static_cast<Role>(random.below(3));
        if (random.chance(1, 4) && row.holder.noun != Noun::sender) row.subject = "maths";
        row.lower = random.chance(1, 4) ? 1 : 0;
        if (random.chance(3, 4)) row.upper = row.lower + random.between(0, 2);
        draft.quotas.push_back(row);
        if (!is_sound()) draft.quotas.rows().pop_back();
    }
    return draft;
}

bool may_serve(const Draft& draft, const Expert& expert, const Post& post) {
    const School& school = row_of(draft.schools, post.school);
    const Day from = post.start.value_or(draft.period.from);
    const Day to = post.end.value_or(draft.period.to);
    if (!std::ranges::count(expert.roles, post.role)) return false;
    if (!post.subject.empty() && !std::ranges::count(expert.subjects, post.subject)) return false;
    if (post.min_title && expert.title < *post.min_title) return false;
    if (post.min_years && expert.years < *post.min_years) return false;
    if (expert.available_from.value_or(draft.period.from) > from) return false;
    if (expert.available_to.value_or(draft.period.to) < to) return false;
    for (const Rule& rule : draft.rules) {
        const bool meant =
            rule.kind == (post.role == Role::principal ? RuleKind::principal_term : RuleKind::staff_term);
        if (!meant || rule.severity != Severity::error || !expert.available_to) continue;
        if (whole_months({from, *expert.available_to}) < rule.parameters.at("min_months")) return false;
    }
    for (std::string sender = expert.sender; !sender.empty(); sender = row_of(draft.senders, sender).parent) {
        bool bound = false;
        bool named = false;
        for (const Pairing& pairing : draft.pairings) {
            if (pairing.sender != sender || !pairing.required) continue;
            if (pairing.from.value_or(from) > to || pairing.to.value_or(to) < from) continue;
            bound = true;
            named = named || pairing.receiver == school.id || pairing.receiver == to_text(school.county);
        }
        if (bound && !named) return false;
    }
    for (const Reference& place : expert.avoids) {
        if (place.id == post.id || place.id == school.id || place.id == to_text(school.county)) return false;
    }
    return true;
}

}  // namespace given
