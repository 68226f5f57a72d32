// Whom and which posts do a plan's quotas and decisions speak of?
#pragma once

#include <countyplan/plan/plan.hpp>

namespace countyplan {

namespace detail {

/// Whether the row's days, of which unset ends are open, meet the period.
template <class Dated>
bool holds_within(const Dated& row, const Period& period) {
    return (!row.from || *row.from <= period.to) && (!row.to || period.from <= *row.to);
}

/// What sets of people and places a plan speaks of.
class StaffingScope {
  public:
    explicit StaffingScope(const Plan& plan) : plan_(plan), rows_(plan.rows()) {}

    /// Whether the expert is the one named, or employed by the sender named or one below it.
    [[nodiscard]] bool is_who(const Reference& who, Id<Expert> expert) const {
        if (who.noun == Noun::plan) return true;
        if (who.noun == Noun::expert) return rows_.experts[expert].id == who.id;
        if (who.noun != Noun::sender) return false;
        for (Id<Sender> s = plan_.sender_of(expert); s; s = plan_.parent_of(s)) {
            if (rows_.senders[s].id == who.id) return true;
        }
        return false;
    }

    [[nodiscard]] bool is_where(const Reference& where, Id<Post> post) const {
        if (where.noun == Noun::plan) return true;
        if (where.noun == Noun::post) return rows_.posts[post].id == where.id;
        if (where.noun == Noun::school) return rows_.posts[post].school == where.id;
        return where.noun == Noun::county && plan_.county_of(post) == plan_.find<County>(where.id);
    }

    [[nodiscard]] bool meets(const Decision& decision, Id<Expert> expert, Id<Post> post) const {
        return holds_within(decision, plan_.period_of(post)) && is_who(decision.who, expert) &&
               is_where(decision.where, post);
    }

    /// Whether the expert is among those whom a sender's quota counts.
    [[nodiscard]] bool is_counted(const Quota& quota, Id<Expert> expert) const {
        return is_who(quota.holder, expert) && (!quota.role || rows_.experts[expert].charged_role() == *quota.role);
    }
    /// Whether the post is among those that a receiving quota counts.
    [[nodiscard]] bool is_counted(const Quota& quota, Id<Post> post) const {
        const Post& there = rows_.posts[post];
        return is_where(quota.holder, post) && (!quota.role || there.role == *quota.role) &&
               (quota.subject.empty() || there.subject == quota.subject);
    }
    /// Whether a person in a post counts for a quota.
    [[nodiscard]] bool counts(const Quota& quota, Id<Expert> expert, Id<Post> post) const {
        return quota.holder.noun == Noun::sender ? is_counted(quota, expert) : is_counted(quota, post);
    }

  private:
    const Plan& plan_;
    const Draft& rows_;
};

}  // namespace detail

}  // namespace countyplan
