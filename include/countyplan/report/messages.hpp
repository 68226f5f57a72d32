// Which words does a report put round the numbers?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText report_title{"report_title", "“一县一方案”组团式帮扶报告",
                                          "Team-style assistance, one county one plan: report"};
inline constexpr MessageText report_as_of{"report_as_of", "截至", "as of"};
inline constexpr MessageText report_counties{"report_counties", "县", "counties"};
inline constexpr MessageText report_schools{"report_schools", "受援学校", "assisted schools"};
inline constexpr MessageText report_posts_target{"report_posts_target", "岗位目标人数", "people wished for"};
inline constexpr MessageText report_posted{"report_posted", "已派人数", "people posted"};
inline constexpr MessageText report_experts{"report_experts", "可派人才", "experts available"};
inline constexpr MessageText report_short_posts{"report_short_posts", "未满岗位", "posts below target"};
inline constexpr MessageText report_claim{"report_claim", "结论依据", "claim"};
inline constexpr MessageText report_termination{"report_termination", "求解结果", "termination"};
inline constexpr MessageText report_named{"report_named", "{0}", "{0}"};  ///< what the caller calls a tier
inline constexpr MessageText report_given{"report_given", "其中调用方评分", "points from the caller's factors"};
inline constexpr MessageText report_doubt{"report_doubt", "因不确定而未计的分", "points kept back as uncertain"};
inline constexpr MessageText report_progress{"report_progress", "总进度", "progress"};
inline constexpr MessageText report_coverage{"report_coverage", "数据覆盖", "data coverage"};
inline constexpr MessageText report_version{"report_version", "软件版本", "version of countyplan"};
inline constexpr MessageText report_plan_print{"report_plan_print", "方案指纹", "plan fingerprint"};
inline constexpr MessageText report_staffing_print{"report_staffing_print", "现有派驻指纹", "present staffing"};
inline constexpr MessageText report_ledger_print{"report_ledger_print", "台账指纹", "ledger"};

inline constexpr MessageText section_coverage{"section_coverage", "各县学科覆盖", "Coverage by county and subject"};
inline constexpr MessageText section_staffing{"section_staffing", "各校派驻人员", "Staffing by school"};
inline constexpr MessageText section_unfilled{"section_unfilled", "未满岗位及原因", "Posts left short, and why"};
inline constexpr MessageText section_conflict{"section_conflict", "无法同时满足的要求", "What cannot hold together"};
inline constexpr MessageText section_rules{"section_rules", "守了哪些规则", "Which rules were kept"};
inline constexpr MessageText lead_rules{
    "lead_rules", "标“否”的规则约束多人或多岗之间的关系，或违反它不算错误；派驻未计入这些规则，请用 audit 核查。",
    "Rules marked no tie people or posts together, or may be broken without error; the staffing does not heed them, "
    "and audit says where it breaks them."};
inline constexpr MessageText lead_fairness_stopped{
    "lead_fairness_stopped", "公平的代价未证明：两份派驻中至少有一份是提前停止的。",
    "The price of fairness is not proved: at least one of its two staffings was stopped early."};
inline constexpr MessageText section_timeline{"section_timeline", "时间表与关键路径", "Timeline and critical path"};
inline constexpr MessageText section_progress{"section_progress", "进度", "Progress"};
inline constexpr MessageText section_findings{"section_findings", "检查发现", "Findings"};
inline constexpr MessageText lead_coverage{
    "lead_coverage", "每格为“在岗人数 / 目标人数”，每岗至多计到目标；空格表示该县不需要。",
    "Each cell reads people in place / people wished for, each post counted up to its target; empty where "
    "nothing is needed."};
inline constexpr MessageText lead_conflict{
    "lead_conflict", "没有任何派驻能同时满足下列要求；放宽其中任何一项，其余即可满足。",
    "No staffing can keep all of these; without any one of them the rest could be kept."};
inline constexpr MessageText lead_timeline{
    "lead_timeline", "“关键”按总时差判断，“最长路径”按驱动关系判断；带“*”的日期依据尚未公布的放假安排。",
    "Critical is judged by total float, longest path by what drives the end; dates marked * rest on holidays "
    "not yet announced."};
inline constexpr MessageText lead_progress{
    "lead_progress", "没有数据不等于零：缺数据的部分不计入进度，而由“覆盖”显示。",
    "No data is not zero: what has none is left out of the progress and shows in the coverage."};

inline constexpr MessageText column_county{"column_county", "县", "county"};
inline constexpr MessageText column_code{"column_code", "代码", "code"};
inline constexpr MessageText column_school{"column_school", "学校", "school"};
inline constexpr MessageText column_post{"column_post", "岗位", "post"};
inline constexpr MessageText column_role{"column_role", "类别", "role"};
inline constexpr MessageText column_subject{"column_subject", "学科", "subject"};
inline constexpr MessageText column_expert{"column_expert", "人才", "expert"};
inline constexpr MessageText column_sender{"column_sender", "派出方", "sender"};
inline constexpr MessageText column_from{"column_from", "起", "from"};
inline constexpr MessageText column_to{"column_to", "止", "to"};
inline constexpr MessageText column_fit{"column_fit", "匹配分", "fit"};
inline constexpr MessageText column_short_min{"column_short_min", "低于最低需求", "below minimum"};
inline constexpr MessageText column_short_target{"column_short_target", "低于目标", "below target"};
inline constexpr MessageText column_critical{"column_critical", "关键岗位", "critical"};
inline constexpr MessageText column_reason{"column_reason", "原因", "reason"};
inline constexpr MessageText column_set{"column_set", "对象", "what is counted"};
inline constexpr MessageText column_bound{"column_bound", "要求", "bound"};
inline constexpr MessageText column_clause{"column_clause", "条文或数目", "clause or number"};
inline constexpr MessageText column_is_kept{"column_is_kept", "已守", "kept"};
inline constexpr MessageText column_tier{"column_tier", "目标", "tier"};
inline constexpr MessageText column_fair{"column_fair", "有公平", "with fairness"};
inline constexpr MessageText column_unfair{"column_unfair", "无公平", "without"};
inline constexpr MessageText column_task{"column_task", "任务", "task"};
inline constexpr MessageText column_name{"column_name", "名称", "name"};
inline constexpr MessageText column_start{"column_start", "最早开始", "early start"};
inline constexpr MessageText column_finish{"column_finish", "最早完成", "early finish"};
inline constexpr MessageText column_late_finish{"column_late_finish", "最迟完成", "late finish"};
inline constexpr MessageText column_float{"column_float", "总时差（工作日）", "total float (working days)"};
inline constexpr MessageText column_is_critical{"column_is_critical", "关键", "critical"};
inline constexpr MessageText column_longest{"column_longest", "最长路径", "longest path"};
inline constexpr MessageText column_status{"column_status", "状态", "status"};
inline constexpr MessageText column_goal{"column_goal", "目标", "goal"};
inline constexpr MessageText column_value{"column_value", "进度", "progress"};
inline constexpr MessageText column_coverage{"column_coverage", "覆盖", "coverage"};
inline constexpr MessageText column_planned_finish{"column_planned_finish", "计划完成", "planned finish"};
inline constexpr MessageText column_colour{"column_colour", "预警", "warning"};
inline constexpr MessageText column_cause{"column_cause", "原因", "cause"};
inline constexpr MessageText column_indicator{"column_indicator", "指标", "indicator"};
inline constexpr MessageText column_area{"column_area", "地区", "area"};
inline constexpr MessageText column_group{"column_group", "群体", "group"};
inline constexpr MessageText column_count{"column_count", "人数", "count"};
inline constexpr MessageText column_of{"column_of", "总数", "of"};
inline constexpr MessageText column_rate{"column_rate", "比率", "rate"};
inline constexpr MessageText column_with_data{"column_with_data", "有数据", "with data"};
inline constexpr MessageText column_oldest{"column_oldest", "最早依据", "oldest evidence"};
inline constexpr MessageText column_weights{"column_weights", "权重方式", "weights"};
inline constexpr MessageText column_severity{"column_severity", "级别", "severity"};
inline constexpr MessageText column_place{"column_place", "位置", "place"};
inline constexpr MessageText column_rule{"column_rule", "规则", "rule"};
inline constexpr MessageText column_finding{"column_finding", "发现", "finding"};
inline constexpr MessageText column_remedy{"column_remedy", "如何处理", "what to do"};
inline constexpr MessageText column_province{"column_province", "省", "province"};
inline constexpr MessageText column_equal{"column_equal", "各县等权", "counties equal"};

inline constexpr MessageText table_coverage{"table_coverage", "在岗 / 目标", "in place / wished for"};
inline constexpr MessageText table_staffing{"table_staffing", "派驻名单", "postings"};
inline constexpr MessageText table_unfilled{"table_unfilled", "未满岗位", "posts left short"};
inline constexpr MessageText table_conflict{"table_conflict", "相互矛盾的要求", "bounds in conflict"};
inline constexpr MessageText table_rules{"table_rules", "规则", "rules"};
inline constexpr MessageText table_fairness{"table_fairness", "各县公平的代价",
                                            "the price of fairness between counties"};
inline constexpr MessageText rules_sender_quotas{"rules_sender_quotas", "派出方名额", "quotas of senders"};
inline constexpr MessageText rules_quotas{"rules_quotas", "名额", "quotas"};
inline constexpr MessageText rules_decisions{"rules_decisions", "决定", "decisions"};
inline constexpr MessageText nothing_ruled{"nothing_ruled", "方案没有关于谁派往何处的规则。",
                                           "The plan has no rule of who serves where."};
inline constexpr MessageText nothing_else_counts{"nothing_else_counts", "除公平外没有别的目标。",
                                                 "Nothing but fairness counts."};
inline constexpr MessageText table_timeline{"table_timeline", "任务日期", "dates of tasks"};
inline constexpr MessageText table_counties{"table_counties", "各县进度", "progress by county"};
inline constexpr MessageText table_goals{"table_goals", "各目标进度", "progress by goal"};
inline constexpr MessageText table_provinces{"table_provinces", "各省进度", "progress by province"};
inline constexpr MessageText table_findings{"table_findings", "发现", "findings"};
inline constexpr MessageText nothing_unfilled{"nothing_unfilled", "所有岗位均达到目标。",
                                              "Every post reaches its target."};
inline constexpr MessageText nothing_contradicts{"nothing_contradicts", "没有相互矛盾的要求。", "Nothing contradicts."};
inline constexpr MessageText nothing_found{"nothing_found", "没有发现问题。", "Nothing was found."};
inline constexpr MessageText nothing_posted{"nothing_posted", "没有派驻人员。", "Nobody is posted."};
inline constexpr MessageText table_warnings{"table_warnings", "预警与原因", "warnings and their causes"};
inline constexpr MessageText table_rates{"table_rates", "比率指标（按人数合计）", "rates, by their counts"};
inline constexpr MessageText everybody{"everybody", "合计", "all"};
inline constexpr MessageText nothing_amiss{"nothing_amiss", "没有县需要关注。", "No county needs attention."};
inline constexpr MessageText no_rates{"no_rates", "没有按人数报告的比率指标。", "No indicator is reported as a rate."};
inline constexpr MessageText nothing_planned{"nothing_planned", "方案中没有任务。", "The plan has no tasks."};
inline constexpr MessageText nothing_needed{"nothing_needed", "方案中没有岗位。", "The plan has no posts."};
inline constexpr MessageText word_yes{"word_yes", "是", "yes"};
inline constexpr MessageText rule_not_kept{"rule_not_kept", "否", "no"};
inline constexpr MessageText word_total{"word_total", "合计", "total"};
inline constexpr MessageText any_subject_column{"any_subject_column", "不限", "any"};

}  // namespace message

inline constexpr const MessageText* all_report_messages[] = {&message::report_title,
                                                             &message::report_as_of,
                                                             &message::report_counties,
                                                             &message::report_schools,
                                                             &message::report_posts_target,
                                                             &message::report_posted,
                                                             &message::report_experts,
                                                             &message::report_short_posts,
                                                             &message::report_claim,
                                                             &message::report_termination,
                                                             &message::report_named,
                                                             &message::report_given,
                                                             &message::report_doubt,
                                                             &message::section_rules,
                                                             &message::lead_rules,
                                                             &message::lead_fairness_stopped,
                                                             &message::column_clause,
                                                             &message::column_is_kept,
                                                             &message::column_tier,
                                                             &message::column_fair,
                                                             &message::column_unfair,
                                                             &message::table_rules,
                                                             &message::table_fairness,
                                                             &message::rules_sender_quotas,
                                                             &message::rules_quotas,
                                                             &message::rules_decisions,
                                                             &message::nothing_ruled,
                                                             &message::nothing_else_counts,
                                                             &message::rule_not_kept,
                                                             &message::section_conflict,
                                                             &message::lead_conflict,
                                                             &message::column_set,
                                                             &message::column_bound,
                                                             &message::table_conflict,
                                                             &message::nothing_contradicts,
                                                             &message::report_progress,
                                                             &message::report_coverage,
                                                             &message::report_version,
                                                             &message::report_plan_print,
                                                             &message::report_staffing_print,
                                                             &message::report_ledger_print,
                                                             &message::section_coverage,
                                                             &message::section_staffing,
                                                             &message::section_unfilled,
                                                             &message::section_timeline,
                                                             &message::section_progress,
                                                             &message::section_findings,
                                                             &message::lead_coverage,
                                                             &message::lead_timeline,
                                                             &message::lead_progress,
                                                             &message::column_county,
                                                             &message::column_code,
                                                             &message::column_school,
                                                             &message::column_post,
                                                             &message::column_role,
                                                             &message::column_subject,
                                                             &message::column_expert,
                                                             &message::column_sender,
                                                             &message::column_from,
                                                             &message::column_to,
                                                             &message::column_fit,
                                                             &message::column_short_min,
                                                             &message::column_short_target,
                                                             &message::column_critical,
                                                             &message::column_reason,
                                                             &message::column_task,
                                                             &message::column_name,
                                                             &message::column_start,
                                                             &message::column_finish,
                                                             &message::column_late_finish,
                                                             &message::column_float,
                                                             &message::column_is_critical,
                                                             &message::column_longest,
                                                             &message::column_status,
                                                             &message::column_goal,
                                                             &message::column_value,
                                                             &message::column_coverage,
                                                             &message::column_oldest,
                                                             &message::column_planned_finish,
                                                             &message::column_colour,
                                                             &message::column_cause,
                                                             &message::column_indicator,
                                                             &message::column_area,
                                                             &message::column_group,
                                                             &message::column_count,
                                                             &message::column_of,
                                                             &message::column_rate,
                                                             &message::column_with_data,
                                                             &message::table_warnings,
                                                             &message::table_rates,
                                                             &message::everybody,
                                                             &message::nothing_amiss,
                                                             &message::no_rates,
                                                             &message::column_weights,
                                                             &message::column_severity,
                                                             &message::column_place,
                                                             &message::column_rule,
                                                             &message::column_finding,
                                                             &message::column_remedy,
                                                             &message::column_province,
                                                             &message::column_equal,
                                                             &message::table_coverage,
                                                             &message::table_staffing,
                                                             &message::table_unfilled,
                                                             &message::table_timeline,
                                                             &message::table_counties,
                                                             &message::table_goals,
                                                             &message::table_provinces,
                                                             &message::table_findings,
                                                             &message::nothing_unfilled,
                                                             &message::nothing_found,
                                                             &message::nothing_posted,
                                                             &message::nothing_planned,
                                                             &message::nothing_needed,
                                                             &message::word_yes,
                                                             &message::word_total,
                                                             &message::any_subject_column};

}  // namespace countyplan
