// A county with goals, tasks and indicators, and facts about them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <countyplan/plan/plan.hpp>

namespace countyplan::given {

inline Day day(const char* text) { return *Day::parse(text); }

inline Draft county() {
    Draft draft;
    draft.name = "track";
    draft.period = {day("2025-01-01"), day("2026-12-31")};
    County row;
    row.code = *Code::parse("451024");
    draft.counties.push_back(row);
    return draft;
}

inline Id<Goal> add_goal(Draft& draft, const std::string& id, const std::string& parent = {},
                         std::optional<double> weight = {}) {
    Goal goal;
    goal.id = id;
    goal.county = draft.counties[Id<County>(0)].code;
    goal.parent = parent;
    goal.weight = weight;
    return draft.goals.push_back(goal);
}

inline Id<Task> add_task(Draft& draft, const std::string& id, const std::string& goal, Measurement method,
                         std::optional<double> weight = {}, std::int64_t yuan = 0) {
    Task task;
    task.id = id;
    task.county = draft.counties[Id<County>(0)].code;
    task.goal = goal;
    task.duration = WorkDays(10);
    task.method = method;
    task.weight = weight;
    task.budget = Money(yuan * 100);
    return draft.tasks.push_back(task);
}

inline Id<Indicator> add_indicator(Draft& draft, const std::string& id, const std::string& goal, double baseline,
                                   double target, Direction direction) {
    Indicator row;
    row.id = id;
    row.goal = goal;
    row.baseline = baseline;
    row.target = target;
    row.direction = direction;
    return draft.indicators.push_back(row);
}

inline void report(Draft& draft, const std::string& subject, Noun noun, const std::string& field,
                   const std::string& value, const char* valid = "2025-02-03", const char* recorded = "2025-02-03",
                   const std::string& evidence = "doc-1") {
    Fact fact;
    fact.id = "F" + std::to_string(draft.ledger.size());
    fact.recorded_at = day(recorded);
    fact.valid_at = day(valid);
    fact.subject = {noun, subject};
    fact.field = field;
    fact.value = value;
    fact.evidence = evidence;
    draft.ledger.push_back(fact);
}

inline bool found(const Findings& findings, std::string_view code, const std::string& place) {
    for (const Finding& finding : findings) {
        if (finding.message.code() == code && to_text(finding.place) == place) return true;
    }
    return false;
}

}  // namespace countyplan::given
