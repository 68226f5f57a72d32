// What does the command schedule say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText cli_schedule{"cli_schedule", "读取别的程序的进度文件，给出每项任务的最早最晚日期与时差",
                                          "Read another program's schedule; early and late dates and floats per task"};
inline constexpr MessageText cli_schedule_examples{
    "cli_schedule_examples",
    "格式由后缀和内容判断：PSPLIB .sm、Microsoft Project .xml（MSPDI）、Primavera .xer、JSON（见 docs/format.md）。\n"
    "序号从项目开始日数起：0 是第一个工作日的早晨。文件里未采用的内容逐条列为警告。\n"
    "退出码：0 有日期且证明成立；2 输入有误；3 强制日期或最大时距不能成立；4 提前停止。\n\n"
    "示例：\n"
    "  countyplan schedule j301_1.sm\n"
    "  countyplan schedule project.xer --data-date 2026-03-31 --json\n"
    "  countyplan schedule project.xml -o dates.ics",
    "The format is told by suffix and content: PSPLIB .sm, Microsoft Project .xml (MSPDI), Primavera .xer, JSON (see "
    "docs/format.md).\n"
    "Indices count from the project's start: 0 is the morning of its first working day. What the file says and is not "
    "used is listed as warnings.\n"
    "Exit codes: 0 dates, and their proof holds; 2 bad input; 3 a mandatory date or greatest lags cannot hold; 4 "
    "stopped early.\n\n"
    "Examples:\n"
    "  countyplan schedule j301_1.sm\n"
    "  countyplan schedule project.xer --data-date 2026-03-31 --json\n"
    "  countyplan schedule project.xml -o dates.ics"};
inline constexpr MessageText cli_argument_schedule{"cli_argument_schedule", "进度文件，或 -（标准输入）",
                                                   "A file with a schedule, or - (standard input)"};
inline constexpr MessageText cli_option_schedule_format{"cli_option_schedule_format",
                                                        "输入格式：psplib、mspdi、xer、json",
                                                        "Format of the input: psplib, mspdi, xer, json"};
inline constexpr MessageText cli_option_logic{"cli_option_logic",
                                              "进展如何影响其余：retained（默认）、override、actual_dates",
                                              "What progress does to the rest: retained (unless told), override, "
                                              "actual_dates"};
inline constexpr MessageText cli_option_rules{"cli_option_rules", "约束与关系冲突时：standard（默认）或 ms_project",
                                              "Where a constraint contradicts a link: standard (unless told) or "
                                              "ms_project"};
inline constexpr MessageText cli_option_data_date{"cli_option_data_date", "进展截至哪一天，代替文件中的",
                                                  "The last day that progress speaks of, instead of the file's"};
inline constexpr MessageText cli_option_schedule_start{"cli_option_schedule_start",
                                                       "没有日期的文件从哪天开始（默认 2001-01-01）",
                                                       "Start of a file without dates (2001-01-01 unless told)"};
inline constexpr MessageText cli_option_schedule_output{"cli_option_schedule_output",
                                                        "写到此文件：.ics、.xml（MSPDI）、.csv、.json",
                                                        "File to write: .ics, .xml (MSPDI), .csv, .json"};
inline constexpr MessageText cli_reading_schedule{"cli_reading_schedule", "正在读取进度文件", "reading the schedule"};
inline constexpr MessageText cli_scheduling{"cli_scheduling", "正在排程", "scheduling"};
inline constexpr MessageText cli_schedule_summary{"cli_schedule_summary",
                                                  "{0} 项任务，{1} 项在最长路径上，{2} 项总时差不足；{3} 至 {4}",
                                                  "{0} tasks, {1} on longest paths, {2} critical by float; {3} to {4}"};
inline constexpr MessageText cli_schedule_empty{"cli_schedule_empty", "文件里没有任务", "the file has no tasks"};
inline constexpr MessageText cli_schedule_sequence{"cli_schedule_sequence", "{0} 个关系已被实际日期违反",
                                                   "{0} links are violated by actual dates"};

// convert, where it writes indicators for other programs
inline constexpr MessageText cli_option_values_as_of{"cli_option_values_as_of",
                                                     "指标值截至哪一天（用于 .iati.xml、.dhis2.json；默认全部）",
                                                     "Values of indicators up to this day (for .iati.xml, "
                                                     ".dhis2.json; all unless told)"};
inline constexpr MessageText cli_option_publisher{"cli_option_publisher", "IATI 报告机构的标识（.iati.xml 必需）",
                                                  "IATI identifier of the reporting organisation (.iati.xml needs it)"};
inline constexpr MessageText cli_publisher_missing{"cli_publisher_missing", "写 IATI 需要 --publisher",
                                                   "writing IATI needs --publisher"};

}  // namespace message

inline constexpr const MessageText* all_schedule_command_messages[] = {
    &message::cli_schedule,
    &message::cli_schedule_examples,
    &message::cli_argument_schedule,
    &message::cli_option_schedule_format,
    &message::cli_option_logic,
    &message::cli_option_rules,
    &message::cli_option_data_date,
    &message::cli_option_schedule_start,
    &message::cli_option_schedule_output,
    &message::cli_reading_schedule,
    &message::cli_scheduling,
    &message::cli_schedule_summary,
    &message::cli_schedule_empty,
    &message::cli_schedule_sequence,
    &message::cli_option_values_as_of,
    &message::cli_option_publisher,
    &message::cli_publisher_missing,
};

}  // namespace countyplan
