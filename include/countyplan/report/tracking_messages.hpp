// Which words does a report put round values, paths, quality, baselines and delays?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText column_bac{"column_bac", "完工预算 BAC", "budget (BAC)"};
inline constexpr MessageText column_pv{"column_pv", "计划价值 PV", "planned value (PV)"};
inline constexpr MessageText column_ev{"column_ev", "挣值 EV", "earned value (EV)"};
inline constexpr MessageText column_ac{"column_ac", "实际成本 AC", "actual cost (AC)"};
inline constexpr MessageText column_sv{"column_sv", "进度偏差 SV", "schedule variance (SV)"};
inline constexpr MessageText column_cv{"column_cv", "成本偏差 CV", "cost variance (CV)"};
inline constexpr MessageText column_spi{"column_spi", "SPI", "SPI"};
inline constexpr MessageText column_cpi{"column_cpi", "CPI", "CPI"};
inline constexpr MessageText column_spi_t{"column_spi_t", "SPI(t)", "SPI(t)"};
inline constexpr MessageText column_tcpi{"column_tcpi", "TCPI", "TCPI"};
inline constexpr MessageText column_eac{"column_eac", "完工估算 EAC（按 CPI）", "estimate at completion (EAC, by CPI)"};
inline constexpr MessageText column_vac{"column_vac", "完工偏差 VAC", "variance at completion (VAC)"};
inline constexpr MessageText column_pd{"column_pd", "计划工期 PD（工作日）", "planned duration (PD, working days)"};
inline constexpr MessageText column_eac_t{"column_eac_t", "预测工期（按 SPI(t)，工作日）",
                                          "forecast duration (by SPI(t), working days)"};
inline constexpr MessageText column_adherence{"column_adherence", "按序程度", "adherence (p-factor)"};
inline constexpr MessageText column_left_out{"column_left_out", "无数据任务", "tasks without data"};
inline constexpr MessageText column_critical_paths{"column_critical_paths", "关键路径数", "critical paths"};
inline constexpr MessageText column_path{"column_path", "路径", "path"};
inline constexpr MessageText column_distance{"column_distance", "距离（工作日）", "distance (working days)"};
inline constexpr MessageText column_tasks{"column_tasks", "任务", "tasks"};
inline constexpr MessageText column_joins{"column_joins", "汇入", "joins"};
inline constexpr MessageText column_check{"column_check", "检查项", "check"};
inline constexpr MessageText column_found{"column_found", "数值", "found"};
inline constexpr MessageText column_index{"column_index", "比值", "ratio"};
inline constexpr MessageText column_quality_limit{"column_quality_limit", "限值", "limit"};
inline constexpr MessageText column_kept{"column_kept", "合格", "kept"};
inline constexpr MessageText column_due{"column_due", "应完成", "due"};
inline constexpr MessageText column_completed{"column_completed", "已完成", "completed"};
inline constexpr MessageText column_hits{"column_hits", "按期完成", "on time"};
inline constexpr MessageText column_bei{"column_bei", "BEI", "BEI"};
inline constexpr MessageText column_hit_rate{"column_hit_rate", "按期率", "hit rate"};
inline constexpr MessageText column_critical_length{"column_critical_length", "关键路径长度（工作日）",
                                                    "critical path length (working days)"};
inline constexpr MessageText column_project_float{"column_project_float", "项目时差（工作日）",
                                                  "float of the project (working days)"};
inline constexpr MessageText column_cpli{"column_cpli", "CPLI", "CPLI"};
inline constexpr MessageText column_start_variance{"column_start_variance", "开始偏差（工作日）",
                                                   "start variance (working days)"};
inline constexpr MessageText column_finish_variance{"column_finish_variance", "完成偏差（工作日）",
                                                    "finish variance (working days)"};
inline constexpr MessageText column_duration_variance{"column_duration_variance", "工期偏差（工作日）",
                                                      "duration variance (working days)"};
inline constexpr MessageText column_which_date{"column_which_date", "哪个日期", "which date"};
inline constexpr MessageText column_date{"column_date", "日期", "date"};
inline constexpr MessageText column_rests_on{"column_rests_on", "依据", "rests on"};
inline constexpr MessageText column_other_task{"column_other_task", "相关任务", "other task"};
inline constexpr MessageText column_link{"column_link", "依赖类型", "link"};
inline constexpr MessageText column_lag{"column_lag", "时距", "lag"};
inline constexpr MessageText column_days_off{"column_days_off", "其间不工作天数", "days off between"};
inline constexpr MessageText column_late_start{"column_late_start", "最迟开始", "late start"};
inline constexpr MessageText column_window{"column_window", "截至", "up to"};
inline constexpr MessageText column_end_before{"column_end_before", "此前的完成日", "end before"};
inline constexpr MessageText column_end_after{"column_end_after", "此时的完成日", "end after"};
inline constexpr MessageText column_delay{"column_delay", "推迟（工作日）", "delay (working days)"};
inline constexpr MessageText table_earned_value{"table_earned_value", "挣值（{0}）", "earned value ({0})"};
inline constexpr MessageText table_float_paths{"table_float_paths", "通向各县终点的路径",
                                               "paths to the end of each county"};
inline constexpr MessageText table_quality{"table_quality", "计划质量（十四项检查）", "plan quality (fourteen checks)"};
inline constexpr MessageText table_baselines{"table_baselines", "各县与基线 {0}", "counties against baseline {0}"};
inline constexpr MessageText table_variance{"table_variance", "各任务与基线 {0}", "tasks against baseline {0}"};
inline constexpr MessageText table_schedule_log{"table_schedule_log", "各日期的依据", "what each date rests on"};
inline constexpr MessageText table_delays{"table_delays", "各县终点的推迟", "how the end of each county moved"};
inline constexpr MessageText section_value{"section_value", "挣值", "Earned value"};
inline constexpr MessageText section_quality{"section_quality", "计划质量", "Plan quality"};
inline constexpr MessageText lead_value{
    "lead_value",
    "没有数据的任务不计入各项之和，其数目另列；除数为零的指数留空。“按序程度”为所得价值中按计划先后取得的部分。",
    "Tasks without data stand in no sum and are counted apart; an index whose divisor is zero is left empty. Adherence "
    "is how far what was earned is what was planned first."};
inline constexpr MessageText lead_quality{
    "lead_quality", "比值按限值判断；“任务”列出不合格者，多于六个时写出余数。",
    "Each ratio is held against its limit; the tasks that count against it are named, beyond six by their number."};
inline constexpr MessageText lead_paths{
    "lead_paths", "第一条路径的距离为零；其余路径再推迟这么多个工作日便成为关键。",
    "The first path has no distance; any other becomes critical once it is later by its distance."};
inline constexpr MessageText nothing_moved{"nothing_moved", "没有比较不同日期的终点。",
                                           "The ends of several days were not compared."};
inline constexpr MessageText word_resume{"word_resume", "余下工作开始", "rest resumes"};
inline constexpr MessageText word_no{"word_no", "否", "no"};
inline constexpr MessageText report_logic{"report_logic", "进展逻辑", "progress logic"};

}  // namespace message

inline constexpr const MessageText* all_tracking_report_messages[] = {
    &message::column_bac,
    &message::column_pv,
    &message::column_ev,
    &message::column_ac,
    &message::column_sv,
    &message::column_cv,
    &message::column_spi,
    &message::column_cpi,
    &message::column_spi_t,
    &message::column_tcpi,
    &message::column_eac,
    &message::column_vac,
    &message::column_pd,
    &message::column_eac_t,
    &message::column_adherence,
    &message::column_left_out,
    &message::column_critical_paths,
    &message::column_path,
    &message::column_distance,
    &message::column_tasks,
    &message::column_joins,
    &message::column_check,
    &message::column_found,
    &message::column_index,
    &message::column_quality_limit,
    &message::column_kept,
    &message::column_due,
    &message::column_completed,
    &message::column_hits,
    &message::column_bei,
    &message::column_hit_rate,
    &message::column_critical_length,
    &message::column_project_float,
    &message::column_cpli,
    &message::column_start_variance,
    &message::column_finish_variance,
    &message::column_duration_variance,
    &message::column_which_date,
    &message::column_date,
    &message::column_rests_on,
    &message::column_other_task,
    &message::column_link,
    &message::column_lag,
    &message::column_days_off,
    &message::column_late_start,
    &message::column_window,
    &message::column_end_before,
    &message::column_end_after,
    &message::column_delay,
    &message::table_earned_value,
    &message::table_float_paths,
    &message::table_quality,
    &message::table_baselines,
    &message::table_variance,
    &message::table_schedule_log,
    &message::table_delays,
    &message::section_value,
    &message::section_quality,
    &message::lead_value,
    &message::lead_quality,
    &message::lead_paths,
    &message::nothing_moved,
    &message::word_resume,
    &message::word_no,
    &message::report_logic,
};

}  // namespace countyplan
