// Which single entry of the plan stands between a person and a post?
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/explain/explain.hpp>
#include <countyplan/allocate/explain/messages.hpp>
#include <countyplan/allocate/impl/eligibility_data.hpp>
#include <countyplan/plan/subject.hpp>
#include <countyplan/plan/value_text.hpp>

namespace countyplan::detail {

/// The entries that each alone make one pair eligible, the person's own before others.
class EditFinder {
  public:
    EditFinder(const Eligibility& eligibility, Id<Expert> expert, Id<Post> post)
        : eligibility_(eligibility),
          plan_(eligibility.plan()),
          expert_(expert),
          post_(post),
          person_(plan_.rows().experts[expert]),
          place_(plan_.rows().posts[post]) {}

    [[nodiscard]] std::vector<DataEdit> find() {
        std::vector<RefusalKind> kinds;
        for (std::size_t k = 0; k < enumerator_count<RefusalKind>; ++k)
            if (eligibility_.refuses(static_cast<RefusalKind>(k), expert_, post_))
                kinds.push_back(static_cast<RefusalKind>(k));
        const bool is_of_dates = std::ranges::all_of(
            kinds, [](RefusalKind kind) { return kind == RefusalKind::availability || kind == RefusalKind::term; });
        if (is_of_dates) {
            add_dates(kinds.size() == 1 && kinds.front() == RefusalKind::term);
        } else if (kinds.size() == 1) {
            add(kinds.front());
        }
        return std::move(out_);
    }

  private:
    void add(RefusalKind kind) {
        switch (kind) {
            case RefusalKind::role:
                of_person("roles", value_text(place_.role), {message::edit_role, {person_.id, word(place_.role)}});
                return;
            case RefusalKind::subject:
                of_person("subjects", place_.subject,
                          {message::edit_subject, {person_.id, subject_argument(place_.subject)}});
                return;
            case RefusalKind::title:
                of_person("title", value_text(*place_.min_title),
                          {message::edit_title, {person_.id, word(*place_.min_title)}});
                of_place("min_title", value_text(person_.title),
                         {message::edit_min_title, {place_.id, word(person_.title)}});
                return;
            case RefusalKind::years: {
                const std::string wanted = std::to_string(*place_.min_years);
                const std::string had = std::to_string(person_.years);
                of_person("years", wanted, {message::edit_years, {person_.id, wanted}});
                of_place("min_years", had, {message::edit_min_years, {place_.id, had}});
                return;
            }
            case RefusalKind::pairing:
                add_pairing();
                return;
            case RefusalKind::avoids:
                add_avoids();
                return;
            case RefusalKind::decision:
                add_decision();
                return;
            case RefusalKind::availability:
            case RefusalKind::term:
                return;  // `add_dates`
        }
    }

    void of_person(std::string field, std::string value, Message what) {
        out_.push_back({{"experts", expert_.value(), std::move(field)}, std::move(value), std::move(what)});
    }
    void of_place(std::string field, std::string value, Message what) {
        out_.push_back({{"posts", post_.value(), std::move(field)}, std::move(value), std::move(what)});
    }

    /// The rules that demand a term of the post: their rows.
    [[nodiscard]] std::vector<std::size_t> term_rules() const {
        const RuleKind kind = place_.role == Role::principal ? RuleKind::principal_term : RuleKind::staff_term;
        const auto& rules = plan_.rows().rules;
        std::vector<std::size_t> out;
        for (std::size_t r = 0; r < rules.size(); ++r) {
            const Rule& rule = rules[r];
            const auto months = rule.parameters.find("min_months");
            const bool demands = rule.kind == kind && rule.severity == Severity::error &&
                                 rule.in_force(plan_.period_of(post_).from) && months != rule.parameters.end() &&
                                 months->second > 0 && months->second <= 1200;
            if (demands) out.push_back(r);
        }
        return out;
    }

    /// One end of the availability, if only one of them stands in the way; or the months of a single rule.
    void add_dates(bool is_term_alone) {
        const Period term = plan_.period_of(post_);
        const Period whole = plan_.rows().period;
        const Period free = plan_.availability_of(expert_);
        const Day first = std::max(term.from, whole.from);
        Day last = std::min(term.to, whole.to);
        const auto rules = term_rules();
        for (const std::size_t r : rules)
            if (person_.available_to || free.to < last)
                last = std::max(last, term_end(term.from, static_cast<int>(months_of(r))));
        const bool is_late = free.from > first;
        const bool is_early = free.to < last;
        if (is_late && !is_early)
            of_person("available_from", value_text(first), {message::edit_from, {person_.id, to_text(first)}});
        if (is_early && !is_late)
            of_person("available_to", value_text(last), {message::edit_to, {person_.id, to_text(last)}});
        if (!is_term_alone || rules.size() != 1) return;
        const Period served{term.from, free.to};
        const std::string months = std::to_string(served.empty() ? 0 : whole_months(served));
        const Rule& rule = plan_.rows().rules[rules.front()];
        out_.push_back({{"rules", rules.front(), "min_months"}, months, {message::edit_term, {rule.id, months}}});
    }

    [[nodiscard]] std::int64_t months_of(std::size_t rule) const {
        return plan_.rows().rules[rule].parameters.at("min_months");
    }

    /// A required pairing that is the only one to bind the people of a sender who is the only one to be bound.
    void add_pairing() {
        const Period period = plan_.period_of(post_);
        std::vector<Id<Pairing>> binding;
        std::size_t senders = 0;
        for (Id<Sender> sender = plan_.sender_of(expert_); sender; sender = plan_.parent_of(sender)) {
            std::vector<Id<Pairing>> own;
            bool receives_post = false;
            for (const Id<Pairing> id : plan_.rows().pairings.ids()) {
                const Pairing& pairing = plan_.rows().pairings[id];
                const bool holds = pairing.required && pairing.sender == plan_.rows().senders[sender].id &&
                                   holds_within(pairing, period);
                if (!holds) continue;
                own.push_back(id);
                receives_post = receives_post || receives(plan_, pairing, plan_.school_of(post_));
            }
            if (own.empty() || receives_post) continue;
            ++senders;
            binding = std::move(own);
        }
        if (senders != 1 || binding.size() != 1) return;
        const Pairing& pairing = plan_.rows().pairings[binding.front()];
        out_.push_back({{"pairings", binding.front().value(), "required"},
                        value_text(false),
                        {message::edit_pairing, {pairing.sender, pairing.receiver}}});
    }

    void add_avoids() {
        const PostPlace place(plan_, post_);
        std::vector<std::string> avoided;
        for (const Reference& reference : person_.avoids) {
            const auto target = target_of(plan_, reference);
            if (target && place.is_in(*target)) avoided.push_back(to_text(reference));
        }
        if (avoided.size() != 1) return;
        of_person("avoids", "-" + avoided.front(), {message::edit_avoids, {person_.id, avoided.front()}});
    }

    void add_decision() {
        const auto against = eligibility_.decisions_against(expert_, post_);
        if (against.size() != 1) return;
        const std::string& id = plan_.rows().decisions[against.front()].id;
        out_.push_back({{"decisions", against.front().value(), ""}, {}, {message::edit_decision, {id}}});
    }

    const Eligibility& eligibility_;
    const Plan& plan_;
    Id<Expert> expert_;
    Id<Post> post_;
    const Expert& person_;
    const Post& place_;
    std::vector<DataEdit> out_;
};

}  // namespace countyplan::detail
