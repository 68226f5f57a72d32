// Which rules does the scheme lay down, since when, and on whose word?
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/enumerator.hpp>

namespace countyplan {

/// What a rule demands; its numbers are the rule's parameters, named in brackets.
enum class RuleKind {
    one_plan_per_county,
    one_principal_per_school,
    principal_term,
    staff_term,
    team_size,
    one_school_of_each_kind,
    mentor_load,
    leaf_goal_measured,
    task_serves_goal
};

template <>
struct Enumerators<RuleKind> {
    static constexpr MessageText words[] = {
        {"one_plan_per_county", "一县一方案", "one county, one plan"},
        {"one_principal_per_school", "一校一名校长", "one principal per school"},
        {"principal_term", "校长任期", "term of a principal"},
        {"staff_term", "中层干部和教师任期", "term of cadres and teachers"},
        {"team_size", "团队规模", "size of a team"},
        {"one_school_of_each_kind", "每县办好一所普通高中、一所中职",
         "one ordinary and one vocational school per county"},
        {"mentor_load", "师傅带徒人数", "apprentices per master"},
        {"leaf_goal_measured", "末级目标须有指标", "every leaf goal has an indicator"},
        {"task_serves_goal", "任务须服务于目标", "every task serves a goal of its county"}};
};

/// One clause of the scheme as data. Parameters by kind: `principal_term` and `staff_term`
/// {min_months, max_months}; `team_size` {min, max}; `mentor_load` {max}; others none.
struct Rule {
    std::string id{};
    RuleKind kind = RuleKind::one_plan_per_county;
    std::string clause{};  ///< where it is written, in the words of the project
    std::string source{};  ///< document and date
    std::optional<Day> from{};
    std::optional<Day> to{};
    Severity severity = Severity::error;
    std::map<std::string, std::int64_t> parameters{};

    /// Whether the rule holds on `day`.
    [[nodiscard]] bool in_force(Day day) const { return (!from || *from <= day) && (!to || day <= *to); }

    friend bool operator==(const Rule&, const Rule&) = default;
};

template <>
struct Table<Rule> {
    static constexpr std::string_view name = "rules";
    static constexpr auto fields = std::make_tuple(
        detail::key_field("id", &Rule::id), detail::value_field("kind", &Rule::kind),
        detail::text_field("clause", &Rule::clause), detail::text_field("source", &Rule::source),
        detail::value_field("from", &Rule::from), detail::value_field("to", &Rule::to),
        detail::value_field("severity", &Rule::severity), detail::open_field("parameters", &Rule::parameters));
};

/// The rules that the scheme has published, and two of well-formed plans, one of each kind: clause and
/// source as known, severities and unpublished bounds as the project proposes them. A programme takes
/// them as they are or edits them.
[[nodiscard]] std::vector<Rule> standard_rules();

/// What each factor of fit is worth: points at full value, >= 0 and at most 10^6.
struct FitWeights {
    std::int64_t qualification = 20;
    std::int64_t role = 20;
    std::int64_t subject = 30;
    std::int64_t seniority = 10;
    std::int64_t pairing = 25;
    std::int64_t distance = 10;
    std::int64_t wish = 15;
    std::int64_t continuity = 20;

    friend bool operator==(const FitWeights&, const FitWeights&) = default;
};

template <>
struct Table<FitWeights> {
    static constexpr std::string_view name = "weights";
    static constexpr auto fields = std::make_tuple(
        detail::value_field("qualification", &FitWeights::qualification),
        detail::value_field("role", &FitWeights::role), detail::value_field("subject", &FitWeights::subject),
        detail::value_field("seniority", &FitWeights::seniority), detail::value_field("pairing", &FitWeights::pairing),
        detail::value_field("distance", &FitWeights::distance), detail::value_field("wish", &FitWeights::wish),
        detail::value_field("continuity", &FitWeights::continuity));
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_PLAN)
#include <countyplan/plan/impl/standard_rules.hpp>
#endif
