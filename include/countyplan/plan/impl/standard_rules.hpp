// The scheme's published clauses, as data.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <countyplan/plan/rule.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

COUNTYPLAN_INLINE std::vector<Rule> standard_rules() {
    // The scheme was launched in April 2022 (epc.swu.edu.cn); the day is not published.
    const Day launched(std::chrono::sys_days(std::chrono::year(2022) / 4 / 1));
    const auto rule = [&](const char* id, RuleKind kind, Severity severity, const char* clause, const char* source,
                          std::map<std::string, std::int64_t> parameters = {}) {
        return Rule{id, kind, clause, source, launched, std::nullopt, severity, std::move(parameters)};
    };
    return {
        rule("one-plan", RuleKind::one_plan_per_county, Severity::error, "一县一方案",
             "Yunnan practice, People's Daily copy at wxredian d244a00c"),
        rule("one-principal", RuleKind::one_principal_per_school, Severity::error,
             "每所受援学校选派 1 名校长 (34 principals for 34 schools)", "neac.gov.cn 2022-08-01"),
        rule("principal-term", RuleKind::principal_term, Severity::warning, "校长任期 2 至 3 年,可按需要和本人意愿延长",
             "neac.gov.cn 2022-08-01", {{"min_months", 24}, {"max_months", 36}}),
        rule("staff-term", RuleKind::staff_term, Severity::warning,
             "中层干部和骨干教师任期 1.5 年,可按需要和本人意愿延长", "neac.gov.cn 2022-08-01",
             {{"min_months", 18}, {"max_months", 18}}),
        rule("team-size", RuleKind::team_size, Severity::warning, "每校团队 10 人左右",
             "sxjybk 2022-07-20; the bounds 6 and 12 are a proposal", {{"min", 6}, {"max", 12}}),
        rule("both-kinds", RuleKind::one_school_of_each_kind, Severity::warning,
             "每县重点办好 1 所普通高中和 1 所职业高中", "sxjybk 2022-07-20"),
        rule("mentor-load", RuleKind::mentor_load, Severity::warning, "师傅带徒 1 至 3 人",
             "memory, unverified; a proposal", {{"max", 3}}),
        rule("leaf-measured", RuleKind::leaf_goal_measured, Severity::warning, "末级目标须有指标",
             "the project's own rule of well-formed plans"),
        rule("task-serves", RuleKind::task_serves_goal, Severity::error, "任务须服务于本县的目标",
             "the project's own rule of well-formed plans"),
    };
}

}  // namespace countyplan
