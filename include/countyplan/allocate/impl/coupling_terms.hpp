// Whom and which places does a coupling speak of?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <countyplan/allocate/distance.hpp>
#include <countyplan/allocate/impl/staffing_scope.hpp>
#include <countyplan/allocate/posting_cost.hpp>
#include <countyplan/plan/plan.hpp>

namespace countyplan::detail {

/// What couplings of a plan mean by their columns.
class CouplingTerms {
  public:
    explicit CouplingTerms(const Plan& plan) : plan_(plan), rows_(plan.rows()), scope_(plan), distance_(plan) {}

    [[nodiscard]] bool holds_at(const Coupling& row, Id<Post> post) const { return scope_.is_where(row.where, post); }
    [[nodiscard]] bool is_sent_by(const Coupling& row, Id<Expert> expert) const {
        return scope_.is_who(row.who, expert);
    }
    /// Whether a person in a post is among those named, wherever the post is.
    [[nodiscard]] bool names(const Coupling& row, Id<Expert> expert, Id<Post> post) const {
        const Post& there = rows_.posts[post];
        return (!row.role || there.role == *row.role) && (row.subject.empty() || there.subject == row.subject) &&
               (!row.min_title || rows_.experts[expert].title >= *row.min_title) && is_sent_by(row, expert);
    }

    /// The row of the school or county of a post, or 0 for the plan.
    [[nodiscard]] std::size_t place_of(CouplingScope per, Id<Post> post) const {
        if (per == CouplingScope::plan) return 0;
        return per == CouplingScope::school ? plan_.school_of(post).value() : plan_.county_of(post).value();
    }
    [[nodiscard]] Reference reference_of(CouplingScope per, std::size_t place) const {
        if (per == CouplingScope::plan) return {};
        if (per == CouplingScope::school) return {Noun::school, rows_.schools[Id<School>(place)].id};
        return {Noun::county, to_text(rows_.counties[Id<County>(place)].code)};
    }
    /// The places in which the coupling holds: those where the plan has posts, ascending.
    [[nodiscard]] std::vector<std::size_t> places_of(const Coupling& row) const {
        std::vector<std::size_t> out;
        for (const Id<Post> post : rows_.posts.ids())
            if (holds_at(row, post)) out.push_back(place_of(row.per, post));
        std::ranges::sort(out);
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }

    /// The people of each group that the coupling speaks of, ascending.
    [[nodiscard]] std::map<std::string, std::vector<Id<Expert>>> groups_of(const Coupling& row) const {
        std::map<std::string, std::vector<Id<Expert>>> out;
        for (const Id<Expert> id : rows_.experts.ids()) {
            const std::string& group = rows_.experts[id].group;
            if (!group.empty() && (row.group.empty() || row.group == group)) out[group].push_back(id);
        }
        return out;
    }

    [[nodiscard]] std::int64_t yuan(const Coupling& budget, Id<Expert> expert, Id<Post> post) const {
        return posting_cost(budget, whole_months(plan_.period_of(post)),
                            distance_.km(plan_.sender_of(expert), plan_.school_of(post)));
    }

    /// The place in the objective of the tier in which its price counts.
    [[nodiscard]] static std::size_t priced_tier(const Objective& objective, const Coupling& row) {
        return static_cast<std::size_t>(std::ranges::find(objective, row.priced_tier()) - objective.begin());
    }

  private:
    const Plan& plan_;
    const Draft& rows_;
    StaffingScope scope_;
    DistanceFinder distance_;
};

}  // namespace countyplan::detail
