// How a programme is generated, stage by stage.
#pragma once

#include <utility>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/experiment/impl/frame.hpp>
#include <countyplan/experiment/impl/people.hpp>
#include <countyplan/experiment/impl/present.hpp>
#include <countyplan/experiment/impl/progress.hpp>

namespace countyplan {

namespace detail {

/// The scheme's rules with the words they were published in.
[[nodiscard]] inline std::vector<Rule> scheme_rules() {
    return {{"one-plan",
             RuleKind::one_plan_per_county,
             "一县一方案 one county, one plan",
             "wxredian d244a00c (People's Daily copy)",
             {},
             {},
             Severity::error,
             {}},
            {"one-principal",
             RuleKind::one_principal_per_school,
             "一校一名校长 one principal per school",
             "sxjybk 2022-07-20",
             {},
             {},
             Severity::error,
             {}},
            {"principal-term",
             RuleKind::principal_term,
             "校长任期二至三年 principals serve two to three years",
             "neac.gov.cn 2022-08-01",
             {},
             {},
             Severity::error,
             {{"min_months", 24}, {"max_months", 36}}},
            {"staff-term",
             RuleKind::staff_term,
             "中层干部和教师任期一年半 cadres and teachers serve a year and a half",
             "neac.gov.cn 2022-08-01",
             {},
             {},
             Severity::error,
             {{"min_months", 18}, {"max_months", 18}}},
            {"team-size",
             RuleKind::team_size,
             "每校约十人 about ten people per school",
             "sxjybk 2022-07-20; bounds are a proposal",
             {},
             {},
             Severity::warning,
             {{"min", 6}, {"max", 12}}},
            {"mentor-load",
             RuleKind::mentor_load,
             "每位师傅带一至三名徒弟 one to three apprentices per master",
             "proposal",
             {},
             {},
             Severity::warning,
             {{"max", 3}}},
            {"leaf-measured",
             RuleKind::leaf_goal_measured,
             "末级目标须有指标 every leaf goal has an indicator",
             "proposal",
             {},
             {},
             Severity::error,
             {}},
            {"task-serves-goal",
             RuleKind::task_serves_goal,
             "任务须服务于目标 every task serves a goal",
             "proposal",
             {},
             {},
             Severity::error,
             {}}};
}

}  // namespace detail

inline Draft generate(const GenerateOptions& options) {
    const detail::Sizes sizes = detail::sizes_of(options);
    detail::Frame frame = detail::frame_of(options, sizes);
    frame.draft.version = "seed-" + std::to_string(options.seed);
    frame.draft.period = {detail::day_of(20240901), detail::day_of(20260831)};
    frame.draft.rules = detail::scheme_rules();
    detail::add_posts(frame, options, sizes);
    detail::add_experts(frame, options, sizes);
    detail::add_quotas(frame, sizes);
    detail::add_teachers(frame, options);
    detail::add_staffing(frame, options);
    detail::add_mentors(frame, options);
    detail::add_calendar(frame);
    detail::add_programmes(frame, options);
    return std::move(frame.draft);
}

}  // namespace countyplan
