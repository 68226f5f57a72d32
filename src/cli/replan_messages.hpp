// What does the command replan say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText cli_replan{"cli_replan", "事件发生后重新派驻：谁去谁留",
                                        "Something has happened: allocate anew, and say who moves"};
inline constexpr MessageText cli_replan_examples{
    "cli_replan_examples",
    "按事件日志（离任、因病缺席、延期、新增岗位或学校、结对调整、名额调整）修改方案，并由原结果出发求最优派驻。\n"
    "写出 changed.plan.json、allocate 的各文件和 changes.csv；加 --trade-off 还写出 trade_off.csv、trade_off.json："
    "每多调动一人能换来多少匹配分，逐点有证明。\n"
    "--freeze、--no-worse 同 allocate：说的是事件之后方案中的现任者，写成 changed.plan.json 中的决定。\n"
    "退出码：0 最优；2 日志或方案有误；3 没有派驻能守住全部要求；4 提前停止。\n\n"
    "示例：\n"
    "  countyplan replan examples/guangxi out/result events.csv -o out/replan\n"
    "  countyplan replan examples/guangxi out/result events.csv -o out/replan --trade-off --force --json",
    "Changes the plan by a log of events (resigns, ill, extended, new post or school, pairing moved, quota changed) "
    "and "
    "finds its best staffing, starting from a former result.\n"
    "Writes changed.plan.json, the files of allocate and changes.csv; with --trade-off also trade_off.csv and "
    "trade_off.json: how much fit each move more is worth, every point proved.\n"
    "--freeze and --no-worse as for allocate: of those who by the plan serve at present after the events; they stand\n"
    "as decisions in changed.plan.json.\n"
    "Exit codes: 0 optimal; 2 the log or the plan is wrong; 3 no staffing keeps every rule; 4 stopped early.\n\n"
    "Examples:\n"
    "  countyplan replan examples/guangxi out/result events.csv -o out/replan\n"
    "  countyplan replan examples/guangxi out/result events.csv -o out/replan --trade-off --force --json"};
inline constexpr MessageText cli_argument_events{"cli_argument_events", "事件日志（.csv 或 .json）",
                                                 "The log of events (.csv or .json)"};
inline constexpr MessageText cli_option_trade_off{"cli_option_trade_off", "另求变动人数与匹配分之间的整条权衡曲线",
                                                  "Also find the whole trade-off between moves and fit"};
inline constexpr MessageText cli_replanning{"cli_replanning", "正在重新派驻", "allocating anew"};
inline constexpr MessageText cli_trading_off{"cli_trading_off", "正在求权衡曲线", "finding the trade-off"};
inline constexpr MessageText cli_replan_change{"cli_replan_change", "{0}", "{0}"};
inline constexpr MessageText cli_replan_more{"cli_replan_more", "……另有 {0} 项，见 {1}", "... and {0} more, see {1}"};
inline constexpr MessageText cli_replan_summary{"cli_replan_summary", "{0} 个事件；{1} 人留任，{2} 项变动",
                                                "{0} events; {1} people stay in their post, {2} changes"};
inline constexpr MessageText cli_replan_conflict{"cli_replan_conflict", "没有派驻能同时守住：{0}",
                                                 "no staffing can keep, together with the rest: {0}"};
inline constexpr MessageText cli_trade_off_summary{
    "cli_trade_off_summary", "权衡曲线：{0} 个点，{1} 由 {2} 到 {3}，{4} 由 {5} 到 {6}；{7} 段未定",
    "trade-off: {0} points, {1} from {2} to {3}, {4} from {5} to {6}; open between {7} pairs of them"};

// trade-off
inline constexpr MessageText cli_trade_off{"cli_trade_off", "两级目标此消彼长：整条权衡曲线",
                                           "What more of one tier costs in another: the whole trade-off"};
inline constexpr MessageText cli_trade_off_examples{
    "cli_trade_off_examples",
    "求方案目标中任意两级之间的权衡曲线，由 FIRST 最优到 SECOND 最优；两级之前的各级保持最优值，--drop 放下的除外。\n"
    "写出 trade_off.csv 和 trade_off.json：凸包上各角点的派驻与证明，以及未定的区间。\n"
    "级名：critical_shortfall shortfall weighted_shortfall graded_shortfall county_cover fit wishes hardship "
    "sender_load moves。\n"
    "退出码：0 完整；2 方案有误或不含该级；3 没有派驻能守住全部要求；4 只得到一部分。\n\n"
    "示例：\n"
    "  countyplan trade-off examples/guangxi hardship fit -o out/curve\n"
    "  countyplan trade-off examples/guangxi moves county_cover --former staffing.csv -o out/curve --json",
    "Finds the trade-off between any two tiers of the plan's objective, from the best FIRST to the best SECOND; tiers "
    "before both keep their best values, but for those that --drop names.\n"
    "Writes trade_off.csv and trade_off.json: the corners of the convex hull with staffings and proofs, and what is "
    "left open between them.\n"
    "Tiers: critical_shortfall shortfall weighted_shortfall graded_shortfall county_cover fit wishes hardship "
    "sender_load moves.\n"
    "Exit codes: 0 whole; 2 the plan is wrong or lacks a tier; 3 no staffing keeps every rule; 4 only a part.\n\n"
    "Examples:\n"
    "  countyplan trade-off examples/guangxi hardship fit -o out/curve\n"
    "  countyplan trade-off examples/guangxi moves county_cover --former staffing.csv -o out/curve --json"};
inline constexpr MessageText cli_argument_first{"cli_argument_first", "一级目标，曲线由其最优值开始",
                                                "A tier; the curve begins at its best value"};
inline constexpr MessageText cli_argument_second{"cli_argument_second", "另一级目标，曲线到其最优值为止",
                                                 "Another; the curve ends at its best value"};
inline constexpr MessageText cli_option_former{"cli_option_former", "moves 由此派驻表算起（默认：方案的现有派驻）",
                                               "The staffing that moves are counted from (default: the plan's)"};
inline constexpr MessageText cli_option_drop{"cli_option_drop", "两级之前不必保持最优值的级，以逗号分隔",
                                             "Tiers before both that need not keep their best values, by commas"};
inline constexpr MessageText cli_option_points{"cli_option_points", "至多求多少个点（默认 1000）",
                                               "How many points at most (default 1000)"};

// tables
inline constexpr MessageText cli_changes_title{"cli_changes_title", "变动", "Changes"};
inline constexpr MessageText cli_changes_none{"cli_changes_none", "没有变动", "nothing changes"};
inline constexpr MessageText cli_column_expert{"cli_column_expert", "帮扶人才", "expert"};
inline constexpr MessageText cli_column_change{"cli_column_change", "变动", "change"};
inline constexpr MessageText cli_column_was{"cli_column_was", "原岗位", "former post"};
inline constexpr MessageText cli_column_now{"cli_column_now", "新岗位", "new post"};
inline constexpr MessageText cli_curve_title{"cli_curve_title", "{0}与{1}的权衡", "Trade-off between {0} and {1}"};
inline constexpr MessageText cli_replan_couplings{
    "cli_replan_couplings", "{0} 条耦合规则未计入（包括必须守住的）：请用 countyplan audit 核对新的派驻",
    "{0} couplings, those that must be kept among them, are not heeded: hold the new staffing against them with "
    "countyplan audit"};
inline constexpr MessageText cli_curve_none{"cli_curve_none", "没有可行的派驻", "no staffing can be"};
inline constexpr MessageText cli_column_open{"cli_column_open", "到下一点之间最多可能达到",
                                             "at best possible before the next point"};

}  // namespace message

inline constexpr const MessageText* all_cli_replan_messages[] = {&message::cli_replan,
                                                                 &message::cli_replan_examples,
                                                                 &message::cli_argument_events,
                                                                 &message::cli_option_trade_off,
                                                                 &message::cli_replanning,
                                                                 &message::cli_trading_off,
                                                                 &message::cli_replan_change,
                                                                 &message::cli_replan_more,
                                                                 &message::cli_replan_summary,
                                                                 &message::cli_replan_conflict,
                                                                 &message::cli_trade_off_summary,
                                                                 &message::cli_changes_title,
                                                                 &message::cli_changes_none,
                                                                 &message::cli_column_expert,
                                                                 &message::cli_column_change,
                                                                 &message::cli_column_was,
                                                                 &message::cli_column_now,
                                                                 &message::cli_curve_title,
                                                                 &message::cli_replan_couplings,
                                                                 &message::cli_curve_none,
                                                                 &message::cli_trade_off,
                                                                 &message::cli_trade_off_examples,
                                                                 &message::cli_argument_first,
                                                                 &message::cli_argument_second,
                                                                 &message::cli_option_former,
                                                                 &message::cli_option_drop,
                                                                 &message::cli_option_points,
                                                                 &message::cli_column_open};

}  // namespace countyplan
