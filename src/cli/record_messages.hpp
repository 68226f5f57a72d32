// What does the command record say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText cli_record{"cli_record", "把新报告的事实登记到方案的台账日志",
                                        "Record what has been reported in the log of the plan's ledger"};
inline constexpr MessageText cli_record_examples{
    "cli_record_examples",
    "FACTS.csv 的各列与 ledger.csv 相同。全部登记或一条也不登记；登记后不再更改，更正即撤回并另行登记。\n"
    "登记日期不得早于台账最后的登记日期，因此已出具的报告（track --recorded）始终不变。\n"
    "日志：目录方案为 ledger.log，文件方案为同名加 .log；每次登记一条记录，带编号和校验和，落盘后才报告成功。\n"
    "--baseline 把方案当前的日期和预算登记为一条基线：此后 track 以它为准，它永不更改。\n"
    "退出码：0 已登记（可疑的事实列出，仍保留）；2 输入有误，未登记；5 写入失败或另有人正在登记。\n\n"
    "示例：\n"
    "  countyplan record plan april.csv --dry-run\n"
    "  countyplan record plan april.csv\n"
    "  countyplan record plan --baseline approved --on 2024-09-01\n"
    "  countyplan track plan --as-of 2026-03-31 --recorded 2026-04-30",
    "FACTS.csv has the columns of ledger.csv. All are recorded or none; what is recorded is never changed: a "
    "correction takes a fact back and adds another.\n"
    "No fact may be recorded before the ledger's last day, so that a report once given (track --recorded) stays as it "
    "is.\n"
    "The log is ledger.log in a directory, and the name with .log after it beside a file; each recording is one "
    "record with a number and a checksum, and is reported once the disk has it.\n"
    "--baseline records the plan's dates and budgets of today as a baseline: track holds the counties to it from then "
    "on, and it is never changed.\n"
    "Exit codes: 0 recorded (strange facts are listed and kept); 2 bad input, nothing recorded; 5 output failed, or "
    "somebody else is recording.\n\n"
    "Examples:\n"
    "  countyplan record plan april.csv --dry-run\n"
    "  countyplan record plan april.csv\n"
    "  countyplan record plan --baseline approved --on 2024-09-01\n"
    "  countyplan track plan --as-of 2026-03-31 --recorded 2026-04-30"};
inline constexpr MessageText cli_argument_recorded_plan{"cli_argument_recorded_plan",
                                                        "方案：CSV 目录、.plan.json 或 .plan.snapshot",
                                                        "A directory of CSV, .plan.json or .plan.snapshot"};
inline constexpr MessageText cli_argument_facts{"cli_argument_facts", "要登记的事实（CSV）",
                                                "The facts to record (CSV)"};
inline constexpr MessageText cli_option_dry_run{"cli_option_dry_run", "只检查，不登记", "Check only, record nothing"};
inline constexpr MessageText cli_option_baseline{"cli_option_baseline", "把方案的日期和预算登记为此名称的基线",
                                                 "Record the plan's dates and budgets as the baseline of this name"};
inline constexpr MessageText cli_option_on{"cli_option_on", "登记基线的日期（YYYY-MM-DD）",
                                           "The day on which the baseline is recorded (YYYY-MM-DD)"};
inline constexpr MessageText cli_record_facts_or_baseline{
    "cli_record_facts_or_baseline", "请给出 FACTS 或 --baseline，二者取一", "give either FACTS or --baseline"};
inline constexpr MessageText cli_record_baseline_needs_day{
    "cli_record_baseline_needs_day", "--baseline 与 --on 须一起给出", "--baseline and --on go together"};
inline constexpr MessageText cli_record_no_stream{"cli_record_no_stream", "标准输入的方案没有日志，不能登记",
                                                  "a plan from standard input has no log to record in"};
inline constexpr MessageText cli_record_fact{"cli_record_fact", "{0}：{1} {2} = {3}（{4} 起）",
                                             "{0}: {1} {2} = {3} (from {4} on)"};
inline constexpr MessageText cli_record_takes_back{"cli_record_takes_back", "{0}：撤回 {1}", "{0}: takes back {1}"};
inline constexpr MessageText cli_record_more{"cli_record_more", "……另有 {0} 条", "... and {0} more"};
inline constexpr MessageText cli_recorded{"cli_recorded", "已登记 {0} 条事实（{1} 处可疑），为“{2}”的记录 {3}",
                                          "recorded {0} facts ({1} remarks) as record {3} of '{2}'"};
inline constexpr MessageText cli_would_record{"cli_would_record", "可以登记 {0} 条事实（{1} 处可疑），没有登记",
                                              "{0} facts can be recorded ({1} remarks); nothing was recorded"};
inline constexpr MessageText cli_record_nothing{"cli_record_nothing", "“{0}”里没有事实，没有登记",
                                                "'{0}' holds no facts; nothing was recorded"};
inline constexpr MessageText cli_option_recorded{"cli_option_recorded",
                                                 "按到哪一天为止登记的事实（YYYY-MM-DD；默认与 --as-of 相同）",
                                                 "By what was recorded until which day (YYYY-MM-DD; as --as-of unless "
                                                 "told)"};

}  // namespace message

/// Every message of the command.
inline constexpr const MessageText* all_cli_record_messages[] = {
    &message::cli_record,
    &message::cli_record_examples,
    &message::cli_argument_recorded_plan,
    &message::cli_argument_facts,
    &message::cli_option_dry_run,
    &message::cli_record_no_stream,
    &message::cli_record_fact,
    &message::cli_record_takes_back,
    &message::cli_record_more,
    &message::cli_recorded,
    &message::cli_would_record,
    &message::cli_record_nothing,
    &message::cli_option_recorded,
    &message::cli_option_baseline,
    &message::cli_option_on,
    &message::cli_record_facts_or_baseline,
    &message::cli_record_baseline_needs_day,
};

}  // namespace countyplan
