// How a pair is decided and how a refusal is put into words.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/impl/eligibility_data.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/plan/subject.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// The words for each set of roles, by bit mask.
inline constexpr MessageText role_sets[8] = {
    {"none", "（无）", "(none)"},
    {"principal", "校长", "principal"},
    {"mid_level", "中层干部", "mid-level cadre"},
    {"principal_mid_level", "校长、中层干部", "principal, mid-level cadre"},
    {"teacher", "骨干教师", "backbone teacher"},
    {"principal_teacher", "校长、骨干教师", "principal, backbone teacher"},
    {"mid_level_teacher", "中层干部、骨干教师", "mid-level cadre, backbone teacher"},
    {"principal_mid_level_teacher", "校长、中层干部、骨干教师", "principal, mid-level cadre, backbone teacher"}};

/// The texts joined, cut after five; those that are known subjects in words.
inline MessageArgument list_text(std::span<const std::string> texts) {
    if (texts.empty()) return message::list_is_empty;
    std::string zh;
    std::string en;
    for (std::size_t i = 0; i < texts.size() && i < 5; ++i) {
        const MessageArgument word = subject_argument(texts[i]);
        zh += (i == 0 ? "" : "、") + std::string(word.in(Language::zh));
        en += (i == 0 ? "" : ", ") + std::string(word.in(Language::en));
    }
    if (texts.size() > 5) {
        zh += "等";
        en += ", …";
    }
    return {std::move(zh), std::move(en)};
}

}  // namespace detail

COUNTYPLAN_INLINE Eligibility::Eligibility(Plan plan)
    : data_(std::make_shared<const detail::EligibilityData>(std::move(plan))) {}

COUNTYPLAN_INLINE const Plan& Eligibility::plan() const { return data_->plan; }

COUNTYPLAN_INLINE bool Eligibility::refuses(RefusalKind kind, Id<Expert> expert, Id<Post> post) const {
    const auto& person = data_->experts[expert.value()];
    const auto& place = data_->posts[post.value()];
    switch (kind) {
        case RefusalKind::role:
            return (person.roles >> place.role & 1U) == 0;
        case RefusalKind::subject: {
            if (place.subject == detail::EligibilityData::any) return false;
            if ((person.subject_bits & place.subject_bit) == 0) return true;
            const auto subjects = data_->subjects[expert.value()];
            return std::ranges::find(subjects, place.subject) == subjects.end();
        }
        case RefusalKind::title:
            return person.title < place.min_title;
        case RefusalKind::years:
            return person.years < place.min_years;
        case RefusalKind::availability:
            return place.from <= place.to && (place.from < person.from || person.to < place.to);
        case RefusalKind::term:
            return person.stated_to < place.term_to;
        case RefusalKind::pairing:
            return person.bound != detail::EligibilityData::not_bound && !data_->allowed[person.bound][post.value()];
        case RefusalKind::avoids: {
            for (const detail::Target& target : data_->avoids[expert.value()]) {
                if (place.place.is_in(target)) return true;
            }
            return false;
        }
        case RefusalKind::decision:
            return data_->decided.refuse(expert, person.sender, place.place, place.whole);
    }
    return false;
}

COUNTYPLAN_INLINE std::optional<RefusalKind> Eligibility::first_refusal(Id<Expert> expert, Id<Post> post) const {
    for (std::size_t k = 0; k < enumerator_count<RefusalKind>; ++k) {
        if (refuses(static_cast<RefusalKind>(k), expert, post)) return static_cast<RefusalKind>(k);
    }
    return std::nullopt;
}

COUNTYPLAN_INLINE std::optional<Refusal> Eligibility::refusal(Id<Expert> expert, Id<Post> post) const {
    const auto kind = first_refusal(expert, post);
    if (!kind) return std::nullopt;
    return explain(*kind, expert, post);
}

COUNTYPLAN_INLINE std::vector<Refusal> Eligibility::refusals(Id<Expert> expert, Id<Post> post) const {
    std::vector<Refusal> out;
    for (std::size_t k = 0; k < enumerator_count<RefusalKind>; ++k) {
        const auto kind = static_cast<RefusalKind>(k);
        if (refuses(kind, expert, post)) out.push_back(explain(kind, expert, post));
    }
    return out;
}

COUNTYPLAN_INLINE Refusal Eligibility::explain(RefusalKind kind, Id<Expert> expert, Id<Post> post) const {
    const Plan& plan = data_->plan;
    const Expert& person = plan.rows().experts[expert];
    const Post& place = plan.rows().posts[post];
    switch (kind) {
        case RefusalKind::role:
            return {kind,
                    {message::refused_role,
                     {word(place.role), detail::role_sets[data_->experts[expert.value()].roles & 7U]}},
                    "post.role"};
        case RefusalKind::subject:
            return {kind,
                    {message::refused_subject, {subject_argument(place.subject), detail::list_text(person.subjects)}},
                    "post.subject"};
        case RefusalKind::title:
            return {kind,
                    {message::refused_title, {word(place.min_title.value_or(Title::none)), word(person.title)}},
                    "post.min_title"};
        case RefusalKind::years:
            return {
                kind,
                {message::refused_years, {std::to_string(place.min_years.value_or(0)), std::to_string(person.years)}},
                "post.min_years"};
        case RefusalKind::availability: {
            const Period term = plan.period_of(post);
            const Period free = plan.availability_of(expert);
            return {kind,
                    {message::refused_availability,
                     {to_text(term.from), to_text(term.to), to_text(free.from), to_text(free.to)}},
                    "expert.available"};
        }
        case RefusalKind::term: {
            const Rule& rule = plan.rows().rules[data_->posts[post.value()].term_rule];
            const Period served{plan.period_of(post).from, plan.availability_of(expert).to};
            return {kind,
                    {message::refused_term,
                     {rule.id, std::to_string(rule.parameters.at("min_months")),
                      std::to_string(served.empty() ? 0 : whole_months(served))}},
                    rule.id};
        }
        case RefusalKind::pairing: {
            const auto required = data_->required_pairings();
            Message reason;
            data_->up(plan.sender_of(expert), [&](Id<Sender> sender) {
                if (!reason.empty() || !data_->keeps_away(required[sender.value()], post)) return;
                std::vector<std::string> receivers;
                for (const Id<Pairing> id : required[sender.value()]) {
                    const Pairing& pairing = plan.rows().pairings[id];
                    if (detail::holds_within(pairing, plan.period_of(post))) receivers.push_back(pairing.receiver);
                }
                reason = Message(message::refused_pairing,
                                 {plan.rows().senders[sender].id, detail::list_text(receivers), place.school});
            });
            return {kind, std::move(reason), "pairing.required"};
        }
        case RefusalKind::avoids: {
            for (const Reference& avoided : person.avoids) {
                const auto target = detail::target_of(plan, avoided);
                if (target && data_->posts[post.value()].place.is_in(*target)) {
                    return {kind, {message::refused_avoids, {to_text(avoided)}}, "expert.avoids"};
                }
            }
            return {kind, {}, "expert.avoids"};
        }
        case RefusalKind::decision: {
            const Id<Decision> id = decisions_against(expert, post).front();
            const Decision& decision = plan.rows().decisions[id];
            switch (decision.kind) {
                case DecisionKind::keep:
                    return {kind, {message::refused_keep, {decision.id}}, decision.id};
                case DecisionKind::require:
                    return {kind, {message::refused_require, {decision.id, to_text(decision.where)}}, decision.id};
                case DecisionKind::forbid:
                    return {kind, {message::refused_forbid, {decision.id}}, decision.id};
                case DecisionKind::no_worse:
                    return {kind, {message::refused_no_worse, {decision.id}}, decision.id};
            }
            return {kind, {}, decision.id};
        }
    }
    return {};
}

COUNTYPLAN_INLINE std::optional<Id<Decision>> Eligibility::must_serve(Id<Expert> expert) const {
    return data_->decided.must_serve(expert);
}

COUNTYPLAN_INLINE std::vector<Id<Decision>> Eligibility::decisions_against(Id<Expert> expert, Id<Post> post) const {
    const auto& row = data_->posts[post.value()];
    return data_->decided.all_against(data_->plan, expert, row.place, row.whole);
}

COUNTYPLAN_INLINE std::vector<Id<Decision>> Eligibility::decisions_obliging(Id<Expert> expert) const {
    return data_->decided.all_obliging(expert);
}

COUNTYPLAN_INLINE void Eligibility::append_posts_of(Id<Expert> expert, std::vector<Id<Post>>& out) const {
    const auto& person = data_->experts[expert.value()];
    const bool may_avoid = !data_->avoids[expert.value()].empty();
    const bool may_be_decided = !data_->decided.lets_all(expert, person.sender);
    const auto taught = data_->subjects[expert.value()];
    const auto start = static_cast<std::ptrdiff_t>(out.size());
    // The posts of a group have the role and the subject; the rest is asked in one go, without branches.
    const auto take = [&](std::size_t group) {
        const std::vector<Id<Post>>& posts = data_->groups[group];
        std::size_t end = out.size();
        out.resize(end + posts.size());
        for (const Id<Post> post : posts) {
            out[end] = post;
            end += data_->suits(person, post) ? 1 : 0;
        }
        out.resize(end);
    };
    // Subjects `first … last - 1` of a role, merged by halves.
    const auto take_subjects = [&](const auto& self, std::uint8_t role, std::size_t first, std::size_t last) -> void {
        if (first == last) return;
        if (last - first == 1) return take(data_->group_of(role, taught[first]));
        const auto begin = static_cast<std::ptrdiff_t>(out.size());
        self(self, role, first, (first + last) / 2);
        const auto middle = static_cast<std::ptrdiff_t>(out.size());
        self(self, role, (first + last) / 2, last);
        std::inplace_merge(out.begin() + begin, out.begin() + middle, out.end());
    };
    for (std::uint8_t role = 0; role < enumerator_count<Role>; ++role) {
        if ((person.roles >> role & 1U) == 0) continue;
        const auto before = static_cast<std::ptrdiff_t>(out.size());
        take(data_->group_of(role, detail::EligibilityData::any));
        const auto middle = static_cast<std::ptrdiff_t>(out.size());
        take_subjects(take_subjects, role, 0, taught.size());
        std::inplace_merge(out.begin() + before, out.begin() + middle, out.end());
        std::inplace_merge(out.begin() + start, out.begin() + before, out.end());
    }
    if (!may_avoid && !may_be_decided) return;
    const auto refused = std::remove_if(out.begin() + start, out.end(), [&](Id<Post> post) {
        return (may_avoid && refuses(RefusalKind::avoids, expert, post)) ||
               (may_be_decided && refuses(RefusalKind::decision, expert, post));
    });
    out.erase(refused, out.end());
}

}  // namespace countyplan
