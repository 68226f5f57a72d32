// What do the commands compare, sweep and merge say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText cli_compare{"cli_compare", "同一方案、同一量度下比较各种派驻机制",
                                         "Compare ways to decide who serves where, on one plan"};
inline constexpr MessageText cli_compare_examples{
    "cli_compare_examples",
    "各机制的岗位到位、缺口、各县差距、意愿、变动与阻塞对，及其不顾和违反的规则。\n"
    "-o 写出 comparison.csv、rules.csv、comparison.json 和每种机制的派驻表。\n"
    "退出码：0 各机制都已完成；2 输入有误；3 没有派驻能守住全部要求；4 提前停止。\n\n"
    "示例：\n"
    "  countyplan compare examples/guangxi\n"
    "  countyplan compare examples/guangxi --mechanisms optimal,experts_propose,greedy -o out/compare\n"
    "  countyplan compare examples/guangxi --lang zh --json",
    "For each: posts filled, shortfall, spread over counties, wishes, moves and blocking pairs, and which rules of the "
    "plan it ignores and breaks.\n"
    "-o writes comparison.csv, rules.csv, comparison.json and a staffing per mechanism.\n"
    "Exit codes: 0 all ran to their end; 2 bad input; 3 no staffing keeps every rule; 4 stopped early.\n\n"
    "Examples:\n"
    "  countyplan compare examples/guangxi\n"
    "  countyplan compare examples/guangxi --mechanisms optimal,experts_propose,greedy -o out/compare\n"
    "  countyplan compare examples/guangxi --lang zh --json"};
inline constexpr MessageText cli_option_mechanisms{
    "cli_option_mechanisms",
    "all 或以逗号分隔：optimal experts_propose posts_propose top_trading_cycles serial_dictatorship greedy status_quo",
    "all, or separated by commas: optimal experts_propose posts_propose top_trading_cycles serial_dictatorship greedy "
    "status_quo"};
inline constexpr MessageText cli_option_turns{"cli_option_turns", "依序选择时先选的人才（编号，以逗号分隔）",
                                              "Experts who choose first in serial_dictatorship (ids, by commas)"};
inline constexpr MessageText cli_option_compare_directory{"cli_option_compare_directory", "把比较结果写到此目录",
                                                          "Directory to write the comparison to"};
inline constexpr MessageText cli_comparing{"cli_comparing", "正在比较机制", "comparing mechanisms"};
inline constexpr MessageText cli_compare_line{
    "cli_compare_line", "{0}：到岗 {1}/{2}，关键岗位缺 {3}，共缺 {4}；最低的县 {5} {6}，基尼 {7}",
    "{0}: {1} of {2} filled, {3} short at critical posts, {4} in all; worst county {5} {6}, Gini {7}"};
inline constexpr MessageText cli_compare_people{"cli_compare_people", "  满足意愿 {0}/{1}，变动 {2} 人，阻塞对 {3}",
                                                "  wishes met {0} of {1}, moves {2}, blocking pairs {3}"};
inline constexpr MessageText cli_compare_rules{"cli_compare_rules", "  不顾 {0} 条规则，违反 {1} 条：{2}",
                                               "  ignores {0} rules and breaks {1}: {2}"};
inline constexpr MessageText cli_compare_kept{"cli_compare_kept", "  不顾 {0} 条规则，均未违反",
                                              "  ignores {0} rules and breaks none"};
inline constexpr MessageText cli_compare_nothing{"cli_compare_nothing", "{0}：没有派驻（{1}，{2}）",
                                                 "{0}: no staffing ({1}, {2})"};

inline constexpr MessageText cli_sweep{"cli_sweep", "按清单逐点计算实验：情景 × 机制 × 种子",
                                       "Run the points of an experiment: scenarios, mechanisms, seeds"};
inline constexpr MessageText cli_sweep_examples{
    "cli_sweep_examples",
    "每算出一行立即写入日志；被中断后再运行，只算缺少的点；出错的点也成一行。多台机器各算一片（--shard），再用 merge "
    "合并。\n"
    "清单是 JSON 对象：format 为 countyplan.sweep，format_version 为 1，plan（路径）或 "
    "generate，grid（各参数的值），seeds（个数或列表）。\n"
    "退出码：0 全部算完；2 输入有误；4 提前停止。\n\n"
    "示例：\n"
    "  countyplan sweep drop-outs.json\n"
    "  countyplan sweep drop-outs.json --shard 1/4 --journal part-1.jsonl",
    "Each row goes to a journal as soon as it is there; run again, it computes only what is missing. What goes wrong "
    "is "
    "a row, too. Several machines take a shard each; merge puts them together.\n"
    "The manifest is a JSON object: format countyplan.sweep, format_version 1, plan (a path) or generate, grid (values "
    "by parameter) and seeds (how many, or a list).\n"
    "Exit codes: 0 all points are there; 2 bad input; 4 stopped early.\n\n"
    "Examples:\n"
    "  countyplan sweep drop-outs.json\n"
    "  countyplan sweep drop-outs.json --shard 1/4 --journal part-1.jsonl"};
inline constexpr MessageText cli_argument_manifest{"cli_argument_manifest", "实验清单（JSON）",
                                                   "The manifest of the experiment (JSON)"};
inline constexpr MessageText cli_option_shard{"cli_option_shard", "只算 N 片中的第 I 片", "Only the I-th of N shards"};
inline constexpr MessageText cli_option_journal{"cli_option_journal", "日志文件（默认在清单旁边）",
                                                "The journal (unless told, beside the manifest)"};
inline constexpr MessageText cli_option_retry_errors{"cli_option_retry_errors", "重新计算出错的点",
                                                     "Compute again the points that went wrong"};
inline constexpr MessageText cli_sweeping{"cli_sweeping", "正在计算各点", "running points"};
inline constexpr MessageText cli_bad_shard{"cli_bad_shard", "{0}：“{1}”不是 1/4 这样的片号",
                                           "{0}: '{1}' is not a shard such as 1/4"};
inline constexpr MessageText cli_sweep_summary{"cli_sweep_summary",
                                               "{0} 个点：新算 {1}，日志已有 {2}，出错 {3}；日志 {4}",
                                               "{0} points: {1} computed, {2} in the journal, {3} errors; journal {4}"};
inline constexpr MessageText cli_sweep_stopped{"cli_sweep_stopped", "提前停止；再运行一次即可接着算",
                                               "stopped early; run it again to go on"};
inline constexpr MessageText cli_digest{"cli_digest", "摘要 {0}", "digest {0}"};

inline constexpr MessageText cli_merge{"cli_merge", "合并实验日志为一张表",
                                       "Put journals of sweeps together into a table"};
inline constexpr MessageText cli_merge_examples{
    "cli_merge_examples",
    "按点的键排序：不论分成几片，字节都相同。\n退出码：0 已写出；2 日志有误。\n\n示例：\n"
    "  countyplan merge part-1.jsonl part-2.jsonl -o rows.csv",
    "Sorted by key: the same bytes however the points were shared out.\nExit codes: 0 written; 2 a journal is "
    "wrong.\n\n"
    "Examples:\n"
    "  countyplan merge part-1.jsonl part-2.jsonl -o rows.csv"};
inline constexpr MessageText cli_argument_journals{"cli_argument_journals", "日志文件", "Journals"};
inline constexpr MessageText cli_option_rows{"cli_option_rows", "把各行写到此文件（CSV）",
                                             "File to write the rows to (CSV)"};
inline constexpr MessageText cli_merge_torn{"cli_merge_torn", "“{0}”的最后一行不完整，未计入",
                                            "the last line of '{0}' is torn and does not count"};
inline constexpr MessageText cli_merge_summary{"cli_merge_summary", "{0} 行，其中 {1} 行出错；已写入 {2}",
                                               "{0} rows, {1} of them errors; written to {2}"};

}  // namespace message

/// Every message of these commands.
inline constexpr const MessageText* all_cli_experiment_messages[] = {&message::cli_compare,
                                                                     &message::cli_compare_examples,
                                                                     &message::cli_option_mechanisms,
                                                                     &message::cli_option_turns,
                                                                     &message::cli_option_compare_directory,
                                                                     &message::cli_comparing,
                                                                     &message::cli_compare_line,
                                                                     &message::cli_compare_people,
                                                                     &message::cli_compare_rules,
                                                                     &message::cli_compare_kept,
                                                                     &message::cli_compare_nothing,
                                                                     &message::cli_sweep,
                                                                     &message::cli_sweep_examples,
                                                                     &message::cli_argument_manifest,
                                                                     &message::cli_option_shard,
                                                                     &message::cli_option_journal,
                                                                     &message::cli_option_retry_errors,
                                                                     &message::cli_sweeping,
                                                                     &message::cli_bad_shard,
                                                                     &message::cli_sweep_summary,
                                                                     &message::cli_sweep_stopped,
                                                                     &message::cli_digest,
                                                                     &message::cli_merge,
                                                                     &message::cli_merge_examples,
                                                                     &message::cli_argument_journals,
                                                                     &message::cli_option_rows,
                                                                     &message::cli_merge_torn,
                                                                     &message::cli_merge_summary};

}  // namespace countyplan
