// How a draft becomes what a plan keeps.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <countyplan/plan/impl/plan.hpp>
#include <countyplan/plan/messages.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

template <class Row>
IdOfKey<Row> ids_by_key(const ById<Id<Row>, Row>& rows) {
    IdOfKey<Row> out;
    out.entries.reserve(rows.size());
    for (const Id<Row> id : rows.ids()) {
        for_each_field<Row>([&](const auto& field) {
            if (field.use == FieldUse::key) out.entries.emplace_back(value_text(rows[id].*field.member), id);
        });
    }
    if (!std::ranges::is_sorted(out.entries)) std::ranges::sort(out.entries);
    return out;
}

template <class Target, class Row, class T>
ById<Id<Row>, Id<Target>> resolve(const ById<Id<Row>, Row>& rows, T Row::*member, const IdOfKey<Target>& ids) {
    ById<Id<Row>, Id<Target>> out;
    out.reserve(rows.size());
    for (const Row& row : rows)
        out.push_back(ids.find(value_text(row.*member)));
    return out;
}

COUNTYPLAN_INLINE PlanData::PlanData(Draft draft, Findings found)
    : rows(std::move(draft)), warnings(std::move(found)), digests(digests_of(rows)) {
    county = ids_by_key(rows.counties);
    sender = ids_by_key(rows.senders);
    school = ids_by_key(rows.schools);
    post = ids_by_key(rows.posts);
    expert = ids_by_key(rows.experts);
    teacher = ids_by_key(rows.teachers);
    goal = ids_by_key(rows.goals);
    indicator = ids_by_key(rows.indicators);
    task = ids_by_key(rows.tasks);
    fact = ids_by_key(rows.ledger);
    sender_parent = resolve(rows.senders, &Sender::parent, sender);
    expert_sender = resolve(rows.experts, &Expert::sender, sender);
    school_county = resolve(rows.schools, &School::county, county);
    post_school = resolve(rows.posts, &Post::school, school);
    teacher_school = resolve(rows.teachers, &Teacher::school, school);
    goal_county = resolve(rows.goals, &Goal::county, county);
    goal_parent = resolve(rows.goals, &Goal::parent, goal);
    indicator_goal = resolve(rows.indicators, &Indicator::goal, goal);
    task_goal = resolve(rows.tasks, &Task::goal, goal);
    task_county = resolve(rows.tasks, &Task::county, county);
    link_predecessor = resolve(rows.links, &Link::predecessor, task);
    link_successor = resolve(rows.links, &Link::successor, task);
    posting_expert = resolve(rows.staffing, &Posting::expert, expert);
    posting_post = resolve(rows.staffing, &Posting::post, post);
    county_schools = {rows.counties.size(), school_county};
    school_posts = {rows.schools.size(), post_school};
    school_teachers = {rows.schools.size(), teacher_school};
    sender_experts = {rows.senders.size(), expert_sender};
    county_goals = {rows.counties.size(), goal_county};
    goal_subgoals = {rows.goals.size(), goal_parent};
    goal_indicators = {rows.goals.size(), indicator_goal};
    goal_tasks = {rows.goals.size(), task_goal};
    county_tasks = {rows.counties.size(), task_county};
}

inline std::string invalid_plan_text(const Findings& findings) {
    const auto errors = std::ranges::count(findings, Severity::error, &Finding::severity);
    std::string out = text(Message(message::invalid_plan, {std::to_string(errors)}), Language::en);
    for (const Finding& finding : findings) {
        if (finding.severity != Severity::error) continue;
        return out + "; first " + to_text(finding.place) + ": " + text(finding.message, Language::en);
    }
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE InvalidPlan::InvalidPlan(Findings findings)
    : std::invalid_argument(detail::invalid_plan_text(findings)), findings_(std::move(findings)) {}

COUNTYPLAN_INLINE Plan::Plan() : data_(std::make_shared<const detail::PlanData>(Draft{}, Findings{})) {}

COUNTYPLAN_INLINE Plan::Plan(Draft draft) {
    Findings findings = check(draft);
    if (has_errors(findings)) throw InvalidPlan(std::move(findings));
    data_ = std::make_shared<const detail::PlanData>(std::move(draft), std::move(findings));
}

}  // namespace countyplan
