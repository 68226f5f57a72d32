// What does a plan say while it is still being written, and may be wrong?
#pragma once

#include <algorithm>
#include <concepts>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <countyplan/plan/calendar_day.hpp>
#include <countyplan/plan/county.hpp>
#include <countyplan/plan/coupling.hpp>
#include <countyplan/plan/expert.hpp>
#include <countyplan/plan/fact.hpp>
#include <countyplan/plan/goal.hpp>
#include <countyplan/plan/post.hpp>
#include <countyplan/plan/rule.hpp>
#include <countyplan/plan/school.hpp>
#include <countyplan/plan/sender.hpp>
#include <countyplan/plan/staffing.hpp>
#include <countyplan/plan/task.hpp>
#include <countyplan/plan/teacher.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

/// The whole programme as editable tables; rows refer to each other by the ids people write.
/// Nothing is checked until `check(draft)` or `Plan(draft)`.
struct Draft {
    std::string name{};
    std::string version{};
    Period period{};  ///< in which people serve
    std::vector<Rule> rules{};
    FitWeights weights{};
    Objective objective = standard_objective();

    ById<Id<County>, County> counties{};
    ById<Id<Sender>, Sender> senders{};
    ById<Id<Pairing>, Pairing> pairings{};
    ById<Id<School>, School> schools{};
    ById<Id<Post>, Post> posts{};
    ById<Id<Expert>, Expert> experts{};
    ById<Id<Teacher>, Teacher> teachers{};
    ById<Id<Mentorship>, Mentorship> mentors{};
    ById<Id<Goal>, Goal> goals{};
    ById<Id<Indicator>, Indicator> indicators{};
    ById<Id<Task>, Task> tasks{};
    ById<Id<Link>, Link> links{};
    ById<Id<CalendarDay>, CalendarDay> calendar{};
    ById<Id<Term>, Term> terms{};
    ById<Id<Influence>, Influence> influence{};
    ById<Id<Quota>, Quota> quotas{};
    ById<Id<Decision>, Decision> decisions{};
    ById<Id<Distance>, Distance> distances{};
    ById<Id<Coupling>, Coupling> couplings{};
    Staffing staffing{};
    ById<Id<Fact>, Fact> ledger{};

    friend bool operator==(const Draft&, const Draft&) = default;
};

/// Whether the first format of plans had no table of such rows; then, an empty one is as none.
template <class Row>
inline constexpr bool is_younger_table = std::same_as<Row, Quota> || std::same_as<Row, Decision> ||
                                         std::same_as<Row, Distance> || std::same_as<Row, Coupling>;

/// Whether the draft says something that the first format of plans had no place for.
[[nodiscard]] inline bool needs_younger_format(const Draft& draft) {
    const auto is_mandatory = [](const Task& task) {
        return task.constraint == ConstraintKind::mandatory_start ||
               task.constraint == ConstraintKind::mandatory_finish;
    };
    return draft.objective != standard_objective() || !draft.quotas.empty() || !draft.decisions.empty() ||
           !draft.distances.empty() || !draft.couplings.empty() || WrittenColumns<Link>(draft.links).has_younger() ||
           std::ranges::any_of(draft.tasks, is_mandatory);
}

/// Calls `visit(rows)` for each table of `draft` in canonical order; `rows` is a `ById<Id<Row>, Row>`
/// and `Table<Row>` describes it. Works for a const draft and for one to be filled.
template <class AnyDraft, class Visit>
    requires std::same_as<std::remove_const_t<AnyDraft>, Draft>
void for_each_table(AnyDraft& draft, Visit&& visit) {
    visit(draft.counties);
    visit(draft.senders);
    visit(draft.pairings);
    visit(draft.schools);
    visit(draft.posts);
    visit(draft.experts);
    visit(draft.teachers);
    visit(draft.mentors);
    visit(draft.goals);
    visit(draft.indicators);
    visit(draft.tasks);
    visit(draft.links);
    visit(draft.calendar);
    visit(draft.terms);
    visit(draft.influence);
    visit(draft.quotas);
    visit(draft.decisions);
    visit(draft.distances);
    visit(draft.couplings);
    visit(draft.staffing);
    visit(draft.ledger);
}

}  // namespace countyplan
