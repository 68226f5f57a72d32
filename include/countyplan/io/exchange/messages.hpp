// What do readers and writers of schedules say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

// which format
inline constexpr MessageText exchange_unknown_format{"exchange_unknown_format", "看不出是哪种进度文件",
                                                     "cannot tell which kind of schedule this is"};
inline constexpr MessageText exchange_name_the_format{"exchange_name_the_format",
                                                      "请用 --format 指明：psplib、mspdi、xer、json",
                                                      "name the format with --format: psplib, mspdi, xer or json"};

// the network
inline constexpr MessageText exchange_empty_id{"exchange_empty_id", "id 为空", "the id is empty"};
inline constexpr MessageText exchange_id_twice{"exchange_id_twice", "id“{0}”已用于第 {1} 行（从 0 数起）",
                                               "the id '{0}' is taken by row {1} (counted from 0)"};
inline constexpr MessageText exchange_no_such_id{"exchange_no_such_id", "“{0}”不在表 {1} 中",
                                                 "'{0}' is not in the table '{1}'"};
inline constexpr MessageText exchange_nothing_there{"exchange_nothing_there", "表 {0} 没有一行", "there are no {0}"};
inline constexpr MessageText exchange_number_range{"exchange_number_range", "值为 {0}，允许范围为 {1} 至 {2}",
                                                   "is {0}; allowed is {1} to {2}"};
inline constexpr MessageText exchange_ends_before{"exchange_ends_before", "在 {0} 结束，早于开始的 {1}",
                                                  "ends on {0}, before it begins on {1}"};
inline constexpr MessageText exchange_no_working_day{"exchange_no_working_day", "日历“{0}”没有一个工作日",
                                                     "the calendar '{0}' has no working day"};
inline constexpr MessageText exchange_self_link{"exchange_self_link", "任务“{0}”依赖自身",
                                                "the task '{0}' waits for itself"};
inline constexpr MessageText exchange_circle{"exchange_circle", "任务互相等待，成环：{0}",
                                             "tasks wait for each other in a circle: {0}"};
inline constexpr MessageText exchange_after_data_date{"exchange_after_data_date", "实际日期 {0} 晚于数据日期 {1}",
                                                      "the actual date {0} lies after the data date {1}"};
inline constexpr MessageText exchange_finish_alone{"exchange_finish_alone", "有实际完成而没有实际开始",
                                                   "there is an actual finish without an actual start"};
inline constexpr MessageText exchange_rest_of_finished{"exchange_rest_of_finished", "已完成，却还剩 {0} 天",
                                                       "is finished, yet {0} days remain"};
inline constexpr MessageText exchange_rest_of_waiting{"exchange_rest_of_waiting", "尚未开始，剩余天数未采用",
                                                      "has not started; what remains is not used"};
inline constexpr MessageText exchange_no_data_date{"exchange_no_data_date", "有实际日期而没有数据日期，进展未采用",
                                                   "there are actual dates but no data date; progress is not used"};
inline constexpr MessageText exchange_give_data_date{"exchange_give_data_date", "请用 --data-date 给出",
                                                     "give it with --data-date"};
inline constexpr MessageText exchange_too_many_days{"exchange_too_many_days", "日历与年份之积太大",
                                                    "the calendars span too many years together"};

// why there are no dates
inline constexpr MessageText exchange_lags_conflict{"exchange_lags_conflict", "最大时距与其余关系不能同时成立：{0}",
                                                    "greatest lags cannot hold together with the links: {0}"};
inline constexpr MessageText exchange_dates_conflict{"exchange_dates_conflict", "强制日期不能成立，由此推迟：{0}",
                                                     "a mandatory date cannot hold; it is pushed on by: {0}"};

// texts in cells and elements
inline constexpr MessageText exchange_no_number{"exchange_no_number", "{0} 的“{1}”不是数",
                                                "'{1}' in {0} is not a number"};
inline constexpr MessageText exchange_no_date{"exchange_no_date", "{0} 的“{1}”不是存在的日期",
                                              "'{1}' in {0} is not a date that exists"};
inline constexpr MessageText exchange_no_duration{"exchange_no_duration", "{0} 的“{1}”不是时长",
                                                  "'{1}' in {0} is not a duration"};
inline constexpr MessageText exchange_no_word{"exchange_no_word", "{0} 的“{1}”没有意义", "'{1}' in {0} means nothing"};
inline constexpr MessageText exchange_missing{"exchange_missing", "缺少 {0}", "{0} is missing"};
inline constexpr MessageText exchange_part_days{"exchange_part_days", "任务“{0}”：{1} 不是整天数，按 {2} 天计",
                                                "task '{0}': {1} is no whole number of days; counted as {2}"};
inline constexpr MessageText exchange_part_days_more{"exchange_part_days_more", "同样的还有 {0} 处",
                                                     "the same in {0} more places"};
inline constexpr MessageText exchange_date_missing{"exchange_date_missing", "约束“{0}”没有日期，未采用",
                                                   "the constraint {0} has no date and is not used"};

// what is not mapped
inline constexpr MessageText exchange_not_used{"exchange_not_used", "未采用：{0}（{1} 处）",
                                               "not used: {0} ({1} times)"};
inline constexpr MessageText exchange_as_early{"exchange_as_early", "“尽可能晚”按尽可能早排（{0} 项任务）",
                                               "'as late as possible' is scheduled as early as possible ({0} tasks)"};
inline constexpr MessageText exchange_left_out{"exchange_left_out", "未采用 {0} 项任务（{1}）及其关系",
                                               "left out with their links: {0} tasks ({1})"};
inline constexpr MessageText exchange_by_hand{"exchange_by_hand", "{0} 项手动排程的任务按关系自动排",
                                              "{0} tasks that are scheduled by hand follow their links here"};
inline constexpr MessageText exchange_from_finish{"exchange_from_finish", "项目由完成日期倒排，这里由开始日期排",
                                                  "the project is scheduled from its finish; here from its start"};
inline constexpr MessageText exchange_uneven_days{"exchange_uneven_days", "日历“{0}”各日工时不同，每日都算一天",
                                                  "days of the calendar '{0}' differ in hours; each counts as one"};
inline constexpr MessageText exchange_recurring{"exchange_recurring", "日历“{0}”：周期性例外未采用",
                                                "calendar '{0}': a recurring exception is not used"};
inline constexpr MessageText exchange_other_link_end{"exchange_other_link_end", "{0} 个关系指向文件之外，未采用",
                                                     "{0} links lead out of the file and are not used"};
inline constexpr MessageText exchange_several_dates{"exchange_several_dates", "各项目的数据日期不同，取 {0}",
                                                    "the projects have different data dates; taken: {0}"};
inline constexpr MessageText exchange_no_dates{"exchange_no_dates", "文件没有日期：从 {0} 起，每天都是工作日",
                                               "the file has no dates: it starts on {0}, every day is worked"};

// XML
inline constexpr MessageText xml_syntax{"xml_syntax", "不合 XML 语法：{0}", "this is not XML: {0}"};
inline constexpr MessageText xml_doctype{"xml_doctype", "文档类型声明（DOCTYPE）会定义实体，不予读取",
                                         "a document type declaration may define entities and is refused"};
inline constexpr MessageText xml_remove_doctype{"xml_remove_doctype", "请删去 DOCTYPE 并直接写出字符",
                                                "take the DOCTYPE out and write the characters themselves"};
inline constexpr MessageText xml_entity{"xml_entity", "实体“{0}”没有定义", "the entity '{0}' is not defined"};
inline constexpr MessageText xml_wrong_root{"xml_wrong_root", "最外层元素是“{0}”，应为“{1}”",
                                            "the outermost element is '{0}'; '{1}' is expected"};

// MSPDI
inline constexpr MessageText mspdi_percent_lag{"mspdi_percent_lag", "按工期百分比的时距不予读取",
                                               "a lag in percent of a duration is not read"};
inline constexpr MessageText mspdi_lag_in_days{"mspdi_lag_in_days", "请在 Project 里把时距改为天",
                                               "change the lag to days in Project"};
inline constexpr MessageText mspdi_summary_link{"mspdi_summary_link", "摘要任务“{0}”上 {1} 类型的关系不予读取",
                                                "a link of type {1} at the summary task '{0}' is not read"};
inline constexpr MessageText mspdi_too_many_links{"mspdi_too_many_links", "摘要任务的关系展开后超过 {0} 个",
                                                  "links of summary tasks become more than {0} links"};
inline constexpr MessageText mspdi_base_circle{"mspdi_base_circle", "日历“{0}”的基准日历成环",
                                               "the base calendars of '{0}' run in a circle"};

// XER
inline constexpr MessageText xer_no_header{"xer_no_header", "第一行不是 ERMHDR，不是 XER 文件",
                                           "the first line is not ERMHDR: this is no XER file"};
inline constexpr MessageText xer_unknown_line{"xer_unknown_line", "不认识的行“{0}”", "unknown line '{0}'"};
inline constexpr MessageText xer_row_cells{"xer_row_cells", "表 {0} 的一行有 {1} 个单元格，应有 {2} 个",
                                           "a row of {0} has {1} cells where {2} are named"};
inline constexpr MessageText xer_no_table{"xer_no_table", "这一行之前没有表名和列名",
                                          "no table with columns stands before this row"};
inline constexpr MessageText xer_no_column{"xer_no_column", "表 {0} 缺少列 {1}", "the table {0} has no column {1}"};
inline constexpr MessageText xer_calendar{"xer_calendar", "日历“{0}”的 clndr_data 无法读取（第 {1} 字节）",
                                          "clndr_data of calendar '{0}' cannot be read (byte {1})"};
inline constexpr MessageText xer_ends_early{"xer_ends_early", "没有结束行 %E，文件可能不全",
                                            "there is no closing line %E; the file may be cut off"};

// PSPLIB
inline constexpr MessageText psplib_no_section{"psplib_no_section", "缺少“{0}”一节", "the section '{0}' is missing"};
inline constexpr MessageText psplib_modes{"psplib_modes", "任务 {0} 有 {1} 种模式；只读单一模式",
                                          "job {0} has {1} modes; only problems with one mode are read"};
inline constexpr MessageText psplib_jobs{"psplib_jobs", "声明了 {0} 项任务，“{1}”一节有 {2} 项",
                                         "{0} jobs are declared; the section '{1}' has {2}"};
inline constexpr MessageText psplib_order{"psplib_order", "任务 {0} 应在此处，却是 {1}",
                                          "job {0} is expected here, not {1}"};
inline constexpr MessageText psplib_successors{"psplib_successors", "任务 {0} 声明 {1} 个后继，实有 {2} 个",
                                               "job {0} declares {1} successors and lists {2}"};

// calendars
inline constexpr MessageText exchange_event_floats{"exchange_event_floats", "总时差 {0} 天，自由时差 {1} 天",
                                                   "total float {0} days, free float {1} days"};
inline constexpr MessageText exchange_event_longest{"exchange_event_longest", "在最长路径上", "on the longest path"};
inline constexpr MessageText exchange_event_provisional{"exchange_event_provisional", "日期为暂定，假日尚未公布",
                                                        "provisional: holidays are not announced yet"};

// what a format cannot hold
inline constexpr MessageText exchange_cannot_hold{"exchange_cannot_hold", "这种格式写不下：{0}（{1} 处）",
                                                  "the format cannot hold: {0} ({1} times)"};
inline constexpr MessageText exchange_one_project{"exchange_one_project", "这种格式只能写一个项目，这里有 {0} 个",
                                                  "the format holds one project; there are {0}"};
inline constexpr MessageText exchange_second_constraint{"exchange_second_constraint", "第二个约束",
                                                        "a second constraint"};
inline constexpr MessageText exchange_max_lags{"exchange_max_lags", "最大时距", "greatest lags"};
inline constexpr MessageText exchange_set_finish{"exchange_set_finish", "项目的完成期限", "the project's set finish"};
inline constexpr MessageText exchange_lag_calendars{"exchange_lag_calendars", "时距所用的日历", "calendars of lags"};
inline constexpr MessageText exchange_announced{"exchange_announced", "假日公布至何时",
                                                "until when holidays are known"};

}  // namespace message

/// Every message of `io/exchange`.
inline constexpr const MessageText* all_exchange_messages[] = {
    &message::exchange_unknown_format,
    &message::exchange_name_the_format,
    &message::exchange_empty_id,
    &message::exchange_id_twice,
    &message::exchange_no_such_id,
    &message::exchange_nothing_there,
    &message::exchange_number_range,
    &message::exchange_ends_before,
    &message::exchange_no_working_day,
    &message::exchange_self_link,
    &message::exchange_circle,
    &message::exchange_after_data_date,
    &message::exchange_finish_alone,
    &message::exchange_rest_of_finished,
    &message::exchange_rest_of_waiting,
    &message::exchange_no_data_date,
    &message::exchange_give_data_date,
    &message::exchange_too_many_days,
    &message::exchange_lags_conflict,
    &message::exchange_dates_conflict,
    &message::exchange_no_number,
    &message::exchange_no_date,
    &message::exchange_no_duration,
    &message::exchange_no_word,
    &message::exchange_missing,
    &message::exchange_part_days,
    &message::exchange_part_days_more,
    &message::exchange_date_missing,
    &message::exchange_not_used,
    &message::exchange_as_early,
    &message::exchange_left_out,
    &message::exchange_by_hand,
    &message::exchange_from_finish,
    &message::exchange_uneven_days,
    &message::exchange_recurring,
    &message::exchange_other_link_end,
    &message::exchange_several_dates,
    &message::exchange_no_dates,
    &message::xml_syntax,
    &message::xml_doctype,
    &message::xml_remove_doctype,
    &message::xml_entity,
    &message::xml_wrong_root,
    &message::mspdi_percent_lag,
    &message::mspdi_lag_in_days,
    &message::mspdi_summary_link,
    &message::mspdi_too_many_links,
    &message::mspdi_base_circle,
    &message::xer_no_header,
    &message::xer_unknown_line,
    &message::xer_row_cells,
    &message::xer_no_table,
    &message::xer_no_column,
    &message::xer_calendar,
    &message::xer_ends_early,
    &message::psplib_no_section,
    &message::psplib_modes,
    &message::psplib_jobs,
    &message::psplib_order,
    &message::psplib_successors,
    &message::exchange_event_floats,
    &message::exchange_event_longest,
    &message::exchange_event_provisional,
    &message::exchange_cannot_hold,
    &message::exchange_one_project,
    &message::exchange_second_constraint,
    &message::exchange_max_lags,
    &message::exchange_set_finish,
    &message::exchange_lag_calendars,
    &message::exchange_announced,
};

}  // namespace countyplan
