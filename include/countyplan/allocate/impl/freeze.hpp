// How a selection of postings becomes decisions.
#pragma once

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/freeze.hpp>
#include <countyplan/allocate/impl/staffing_scope.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// Whether the plan has such a thing; nothing for a kind that nobody serves by.
inline std::optional<bool> knows_holder(const Plan& plan, const Reference& reference) {
    switch (reference.noun) {
        case Noun::plan:
            return reference.id.empty();
        case Noun::expert:
            return static_cast<bool>(plan.find<Expert>(reference.id));
        case Noun::sender:
            return static_cast<bool>(plan.find<Sender>(reference.id));
        case Noun::post:
            return static_cast<bool>(plan.find<Post>(reference.id));
        case Noun::school:
            return static_cast<bool>(plan.find<School>(reference.id));
        case Noun::county:
            return static_cast<bool>(plan.find<County>(reference.id));
        default:
            return std::nullopt;
    }
}

/// Ids of decisions that a draft does not have.
class FreeIds {
  public:
    FreeIds(const Draft& draft, std::string begin) : begin_(std::move(begin)) {
        for (const Decision& decision : draft.decisions)
            taken_.insert(decision.id);
    }

    [[nodiscard]] std::string next() {
        std::string out;
        do
            out = begin_ + std::to_string(++number_);
        while (taken_.contains(out));
        return out;
    }

  private:
    std::string begin_;
    std::set<std::string> taken_;
    std::size_t number_ = 0;
};

}  // namespace detail

COUNTYPLAN_INLINE std::vector<Id<Posting>> frozen_postings(const Plan& plan, const FreezeSelection& selection) {
    const detail::StaffingScope scope(plan);
    const Staffing& present = plan.rows().staffing;
    std::vector<bool> meant(present.size(), selection.of.empty());
    for (std::size_t i = 0; i < selection.of.size(); ++i) {
        const Reference& of = selection.of[i];
        const auto refuse = [&](const MessageText& why) {
            throw InvalidProblem({why, {to_text(of)}}, "of[" + std::to_string(i) + "]");
        };
        const auto known = detail::knows_holder(plan, of);
        if (!known) refuse(message::freeze_kind);
        if (known == false) refuse(message::freeze_unknown);
        bool is_any = false;
        for (const Id<Posting> id : present.ids()) {
            const bool is_of_people = of.noun == Noun::expert || of.noun == Noun::sender || of.noun == Noun::plan;
            const bool is_of =
                is_of_people ? scope.is_who(of, plan.expert_of(id)) : scope.is_where(of, plan.post_of(id));
            if (!is_of) continue;
            is_any = true;
            meant[id.value()] = true;
        }
        if (!is_any) refuse(message::freeze_without_posting);
    }
    std::vector<Id<Posting>> out;
    for (const Id<Posting> id : present.ids()) {
        const Posting& posting = present[id];
        if (!meant[id.value()] || (selection.before && posting.from >= *selection.before) ||
            (selection.after && posting.to <= *selection.after))
            continue;
        if (!selection.picks || selection.picks(plan.expert_of(id), plan.post_of(id))) out.push_back(id);
    }
    return out;
}

COUNTYPLAN_INLINE Plan freeze(const Plan& plan, const FreezeSelection& selection) {
    const std::vector<Id<Posting>> meant = frozen_postings(plan, selection);
    if (meant.empty()) throw InvalidProblem(message::freeze_nobody, "of");
    Draft draft = plan.draft();
    std::vector<std::vector<Id<Posting>>> of_expert(plan.rows().experts.size());
    for (const Id<Posting> id : meant)
        of_expert[plan.expert_of(id).value()].push_back(id);
    std::vector<std::size_t> held(of_expert.size(), 0);
    for (const Id<Posting> id : plan.rows().staffing.ids())
        ++held[plan.expert_of(id).value()];
    detail::FreeIds ids(draft, "freeze-");
    const auto keep = [&](Id<Expert> expert, Reference where) {
        draft.decisions.push_back({.id = ids.next(),
                                   .kind = DecisionKind::keep,
                                   .who = {Noun::expert, plan.rows().experts[expert].id},
                                   .where = std::move(where),
                                   .reason = selection.reason});
    };
    for (const Id<Expert> expert : plan.rows().experts.ids()) {
        const auto& postings = of_expert[expert.value()];
        if (postings.empty()) continue;
        if (postings.size() == held[expert.value()]) {  // one of several posts is enough
            keep(expert, {Noun::plan, ""});
            continue;
        }
        for (const Id<Posting> id : postings)
            keep(expert, {Noun::post, plan.rows().staffing[id].post});
    }
    return Plan(std::move(draft));
}

COUNTYPLAN_INLINE Plan nobody_worse(const Plan& plan, const std::string& reason) {
    Draft draft = plan.draft();
    std::string id = detail::FreeIds(draft, "no-worse-").next();
    draft.decisions.push_back({.id = std::move(id), .kind = DecisionKind::no_worse, .reason = reason});
    return Plan(std::move(draft));
}

COUNTYPLAN_INLINE Movers movers(const Plan& plan, const Staffing& staffing) {
    std::vector<std::vector<Id<Post>>> held(plan.rows().experts.size());
    for (const Id<Posting> id : plan.rows().staffing.ids())
        held[plan.expert_of(id).value()].push_back(plan.post_of(id));
    std::vector<std::vector<Id<Post>>> serves(held.size());
    for (const Posting& posting : staffing) {
        const Id<Expert> expert = plan.find<Expert>(posting.expert);
        const Id<Post> post = plan.find<Post>(posting.post);
        if (expert && post) serves[expert.value()].push_back(post);
    }
    Movers out;
    for (std::size_t e = 0; e < held.size(); ++e) {
        const bool stays = std::ranges::find_first_of(serves[e], held[e]) != serves[e].end();
        if (stays) {
            ++out.stay;
        } else if (held[e].empty()) {
            out.begin += serves[e].empty() ? 0 : 1;
        } else {
            ++(serves[e].empty() ? out.leave : out.move);
        }
    }
    return out;
}

}  // namespace countyplan
