// What do the commands audit, pair and diff say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText cli_audit{"cli_audit", "按方案审核任何一份派驻表，不论由谁编制",
                                       "Hold any staffing, whoever made it, against a plan"};
inline constexpr MessageText cli_audit_examples{
    "cli_audit_examples",
    "列出违反的每条规则（文件、行、条款、相差多少）和阻塞对：彼此都更愿意的人与岗位。\n"
    "派驻表：表头 expert,post,from,to；UTF-8 或 GB18030，电子表格另存的 CSV 即可。\n"
    "退出码：0 没有违反硬性规则；2 有违反，或输入有误。\n\n"
    "示例：\n"
    "  countyplan audit examples/guangxi out/result/staffing.csv\n"
    "  countyplan audit examples/guangxi by-hand.csv --lang zh --json",
    "Lists every rule that is broken, with file, row, clause and amount, and the blocking pairs: people and posts that "
    "would rather have each other.\n"
    "The staffing: columns expert,post,from,to; UTF-8 or GB18030, as a spreadsheet saves CSV.\n"
    "Exit codes: 0 no hard rule is broken; 2 one is, or the input is bad.\n\n"
    "Examples:\n"
    "  countyplan audit examples/guangxi out/result/staffing.csv\n"
    "  countyplan audit examples/guangxi by-hand.csv --lang zh --json"};
inline constexpr MessageText cli_argument_staffing{"cli_argument_staffing", "派驻表（CSV：expert,post,from,to）",
                                                   "A staffing (CSV: expert,post,from,to)"};
inline constexpr MessageText cli_option_blocking{"cli_option_blocking", "最多列出多少个阻塞对（默认 20）",
                                                 "List at most so many blocking pairs (20 unless told)"};
inline constexpr MessageText cli_auditing{"cli_auditing", "正在审核", "auditing"};
inline constexpr MessageText cli_audit_blocking{"cli_audit_blocking",
                                                "阻塞对：“{0}”（现任：{1}）与岗位“{2}”（将替下：{3}）",
                                                "blocking pair: '{0}' (now: {1}) and post '{2}' (would replace: {3})"};
inline constexpr MessageText cli_audit_more{"cli_audit_more", "……另有 {0} 个阻塞对", "... and {0} more blocking pairs"};
inline constexpr MessageText cli_audit_tier{"cli_audit_tier", "{0}：{1}", "{0}: {1}"};
inline constexpr MessageText cli_audit_summary{"cli_audit_summary",
                                               "{0} 条派驻；{1} 个错误，{2} 个警告，{3} 个提示；{4} 个阻塞对",
                                               "{0} postings; {1} errors, {2} warnings, {3} notes; {4} blocking pairs"};
inline constexpr MessageText cli_nobody{"cli_nobody", "（无）", "(nobody)"};
inline constexpr MessageText cli_no_post{"cli_no_post", "（未派出）", "(no post)"};

inline constexpr MessageText cli_pair{"cli_pair", "为各县选定结对派出方：可证明的最优结对",
                                      "Pair senders with counties, provably best"};
inline constexpr MessageText cli_pair_examples{
    "cli_pair_examples",
    "列出各县由谁结对帮扶、与现有结对相比的变化、各级目标值，并重新核验证书。地点不明之处按 1000 公里计。\n"
    "退出码：0 已证明最优；2 输入有误；3 无可行结对；4 提前停止。\n\n"
    "示例：\n"
    "  countyplan pair examples/guangxi\n"
    "  countyplan pair examples/guangxi --unit partner --most 4 --order unserved,changes,cost\n"
    "  countyplan pair examples/guangxi --as-of 2026-09-01 -o pairings.csv",
    "Says who stands behind which county, what changes against the present pairing and the value of every tier, and "
    "checks the certificate once more. Where a place is not known, 1000 km stand for the distance.\n"
    "Exit codes: 0 proved best; 2 bad input; 3 no pairing can be; 4 stopped early.\n\n"
    "Examples:\n"
    "  countyplan pair examples/guangxi\n"
    "  countyplan pair examples/guangxi --unit partner --most 4 --order unserved,changes,cost\n"
    "  countyplan pair examples/guangxi --as-of 2026-09-01 -o pairings.csv"};
inline constexpr MessageText cli_option_pairings{"cli_option_pairings", "把新的 pairings.csv 写到此文件",
                                                 "File to write the new pairings.csv to"};
inline constexpr MessageText cli_option_pair_day{"cli_option_pair_day", "以哪一天的结对为现有结对（默认方案首日）",
                                                 "The day whose pairings are present (the plan's first unless told)"};
inline constexpr MessageText cli_option_unit{"cli_option_unit", "单位：people（人，默认）或 partner（结对方）",
                                             "Unit: people (unless told) or partner"};
inline constexpr MessageText cli_option_level{"cli_option_level",
                                              "派出方级别：province、city（默认）、district、school",
                                              "Senders' level: province, city (unless told), district, school"};
inline constexpr MessageText cli_option_under{"cli_option_under", "只取该派出方及其下级",
                                              "Only this sender and those below"};
inline constexpr MessageText cli_option_most{"cli_option_most", "单位为 partner 时，每个派出方最多结对几个县",
                                             "With unit partner: counties per sender at most"};
inline constexpr MessageText cli_option_order{"cli_option_order",
                                              "目标次序，逗号分隔，unserved 在首（默认 unserved,cost）",
                                              "Tiers in order, by commas, unserved first (unserved,cost unless told)"};
inline constexpr MessageText cli_pairing{"cli_pairing", "正在结对", "pairing"};
inline constexpr MessageText cli_pair_no_sender{"cli_pair_no_sender", "方案里没有级别为“{0}”的派出方可供结对",
                                                "the plan has no sender of the level '{0}' to be paired"};
inline constexpr MessageText cli_pair_no_county{"cli_pair_no_county", "方案里没有设岗位的县，无须结对",
                                                "no county of the plan has posts, so there is nothing to pair"};
inline constexpr MessageText cli_pair_line{"cli_pair_line", "{0} {1} ← {2} {3}：{4} {5}，{6} 公里，{7}",
                                           "{0} {1} <- {2} {3}: {4} {5}, {6} km, {7}"};
inline constexpr MessageText cli_pair_unserved{"cli_pair_unserved", "{0} {1}：需要 {2}，尚缺 {3} {4}",
                                               "{0} {1}: {2} needed, {3} {4} short"};
inline constexpr MessageText cli_pair_new{"cli_pair_new", "新结对", "new"};
inline constexpr MessageText cli_pair_present{"cli_pair_present", "沿用", "as now"};
inline constexpr MessageText cli_pair_ended{"cli_pair_ended", "结束结对：{0} {1} ← {2} {3}",
                                            "ends: {0} {1} <- {2} {3}"};
inline constexpr MessageText cli_pair_load{"cli_pair_load", "{0} {1}：承担 {2}（上限 {3}），{4} 个县",
                                           "{0} {1}: carries {2} (at most {3}), {4} counties"};
inline constexpr MessageText cli_pair_worth{"cli_pair_worth", "多一个名额最多改善（负数为代价）：{0}",
                                            "one more would save at most (below 0: costs): {0}"};
inline constexpr MessageText cli_pair_unlimited{"cli_pair_unlimited", "不限", "no limit"};
inline constexpr MessageText cli_pair_changes{"cli_pair_changes", "与 {0} 的结对相比：新增 {1} 对，结束 {2} 对",
                                              "against the pairing of {0}: {1} begin, {2} end"};
inline constexpr MessageText cli_pair_tiers{"cli_pair_tiers", "目标值：{0}", "tiers: {0}"};
inline constexpr MessageText cli_pair_tier{"cli_pair_tier", "{0} {1}", "{0} {1}"};
inline constexpr MessageText cli_pair_proved{
    "cli_pair_proved", "已证明：在所给需求、名额和关系下，没有任何结对按“{0}”的次序更优；证书已按定义重新核验，成立。",
    "proved: with these needs, capacities and ties no pairing is better in the order {0}; the certificate was "
    "checked again from the definitions and holds."};
inline constexpr MessageText cli_pair_not_proved{
    "cli_pair_not_proved", "提前停止（{0}）：所列结对可行，是否最优未经证明；数值已重新核验，成立。",
    "stopped early ({0}): the pairing listed is possible, not proved best; "
    "its values were checked again and hold."};
inline constexpr MessageText cli_pair_nothing{"cli_pair_nothing", "提前停止（{0}）：没有得到结对",
                                              "stopped early ({0}): there is no pairing"};
inline constexpr MessageText cli_pair_impossible{
    "cli_pair_impossible", "已证明：没有可行的结对；相互矛盾的：派出方 {0}，县 {1}；证书已重新核验，成立。",
    "proved: no pairing can be; what contradicts: senders {0}, counties {1}; the certificate was checked again and "
    "holds."};
inline constexpr MessageText cli_pair_bad_order{"cli_pair_bad_order", "{0}：次序须以 unserved 开头，每级至多一次",
                                                "{0}: the order begins with unserved and names each tier once at most"};

inline constexpr MessageText cli_team{"cli_team", "在耦合规则（成组派出等）下安排派驻，并给出与最优的差距",
                                      "Staff a plan whose rules couple people, with the gap to the best"};
inline constexpr MessageText cli_team_examples{
    "cli_team_examples",
    "列出各校由谁派出、各条耦合规则是否守住、各级目标与界的差距，并重新核验证明。各级依次求解：后一级的界以前几级的结果"
    "为前提。\n"
    "退出码：0 各级均已证明最优；2 输入有误；3 无可行派驻，或违反了未能计入的必守耦合规则；4 提前停止（有界）。\n\n"
    "示例：\n"
    "  countyplan team my-plan --time 10\n"
    "  countyplan team my-plan --time 10 -o staffing.csv",
    "Says who goes to which school from where, which couplings are kept, and how far each stage is from its bound at "
    "most, and checks the proof once more. Stages are solved in the order of tiers: the bound of a later one holds "
    "where "
    "those before are as they are.\n"
    "Exit codes: 0 every stage is proved best; 2 bad input; 3 no staffing can be, or a coupling that must be kept "
    "could not be "
    "heeded and is broken; 4 stopped early, with bounds.\n\n"
    "Examples:\n"
    "  countyplan team my-plan --time 10\n"
    "  countyplan team my-plan --time 10 -o staffing.csv"};
inline constexpr MessageText cli_option_team_output{"cli_option_team_output", "把派驻表写到此文件",
                                                    "File to write the staffing to (CSV)"};
inline constexpr MessageText cli_option_team_seed{"cli_option_team_seed", "搜索所用的种子（默认 1）",
                                                  "Seed of the search (1 unless told)"};
inline constexpr MessageText cli_teaming{"cli_teaming", "正在组队", "seeking teams"};
inline constexpr MessageText cli_team_no_couplings{
    "cli_team_no_couplings", "方案没有耦合规则：allocate 可直接给出最优，无须本命令",
    "the plan has no couplings: allocate proves the best of it at once, without this command"};
inline constexpr MessageText cli_team_instead{"cli_team_instead", "耦合规则由 countyplan team 计入",
                                              "countyplan team heeds couplings"};
inline constexpr MessageText cli_team_sender{"cli_team_sender", "{0} {1} 人", "{0} {1}"};
inline constexpr MessageText cli_team_school{"cli_team_school", "学校 {0}：{1} 人，来自 {2} 个派出方（{3}）",
                                             "school {0}: {1} people from {2} senders ({3})"};
inline constexpr MessageText cli_team_breach{"cli_team_breach", "{0} 差 {1}", "{0} by {1}"};
inline constexpr MessageText cli_team_breach_more{"cli_team_breach_more", "另有 {0} 处", "and {0} more places"};
inline constexpr MessageText cli_team_kept{"cli_team_kept", "耦合“{0}”（{1}）：{2} 处均守住",
                                           "coupling '{0}' ({1}): kept in all of {2} places"};
inline constexpr MessageText cli_team_broken{"cli_team_broken", "耦合“{0}”（{1}）：未守住，合计差 {2}（{3}）",
                                             "coupling '{0}' ({1}): broken by {2} in all ({3})"};
inline constexpr MessageText cli_team_paid{"cli_team_paid",
                                           "耦合“{0}”（{1}）：合计差 {2}（{3}），每单位在“{5}”中计 {4}",
                                           "coupling '{0}' ({1}): broken by {2} in all ({3}), {4} each in '{5}'"};
inline constexpr MessageText cli_team_left_out{"cli_team_left_out", "未计入：{0}：{1}", "not heeded: {0}: {1}"};
inline constexpr MessageText cli_team_stage_proved{"cli_team_stage_proved", "第 {0} 级（{1}）：已证明最优",
                                                   "stage {0} ({1}): proved best"};
inline constexpr MessageText cli_team_stage{"cli_team_stage", "第 {0} 级（{1}）：代价 {2}，界 {3}，至多差 {4}",
                                            "stage {0} ({1}): costs {2}, bound {3}, at most {4} apart"};
inline constexpr MessageText cli_team_stage_open{"cli_team_stage_open", "第 {0} 级（{1}）：没有界",
                                                 "stage {0} ({1}): no bound"};
inline constexpr MessageText cli_team_price{"cli_team_price", "另加耦合代价 {0}", "couplings cost {0} besides"};
inline constexpr MessageText cli_team_people{"cli_team_people", "已派驻 {0} 人，目标 {1} 人",
                                             "{0} people posted, {1} wished for"};
inline constexpr MessageText cli_team_proved{"cli_team_proved", "已证明：每一级都不能更好",
                                             "proved: no stage can be better"};
inline constexpr MessageText cli_team_proved_but{
    "cli_team_proved_but", "已证明：除上列 {0} 项未计入的规则和目标外，每一级都不能更好",
    "proved, but for the {0} rules and tiers above that were not heeded: no stage can be better"};
inline constexpr MessageText cli_team_breaks{
    "cli_team_breaks", "有 {0} 条必须守住的耦合规则未能计入，并被此派驻违反（见上）",
    "{0} couplings that must be kept could not be heeded and are broken by this staffing (see above)"};
inline constexpr MessageText cli_team_bounded{"cli_team_bounded", "提前停止（{0}）：差距如上，界已核验",
                                              "stopped early ({0}): gaps as above, their bounds verified"};
inline constexpr MessageText cli_team_impossible{"cli_team_impossible", "没有派驻能守住全部规则，已证明",
                                                 "proved: no staffing keeps all rules"};
inline constexpr MessageText cli_team_nothing{"cli_team_nothing", "提前停止（{0}），还没有找到守住全部规则的派驻",
                                              "stopped early ({0}) before any staffing kept all rules"};

inline constexpr MessageText cli_diff{"cli_diff", "比较两份派驻表：改动了什么，各值多少",
                                      "Compare two staffings: what changes, and what each change is worth"};
inline constexpr MessageText cli_diff_examples{
    "cli_diff_examples",
    "列出由 A 到 B "
    "谁结束、谁开始、谁由何处调往何处、谁改期；每级目标的值和差，差落在哪些岗位、人、县；逐人逐项的匹配分之差。\n"
    "两份派驻表都不要求合规；请用 audit 审核。退出码：0；2 输入有误。\n\n"
    "示例：\n"
    "  countyplan diff examples/guangxi examples/guangxi/staffing.csv out/result/staffing.csv\n"
    "  countyplan diff examples/guangxi by-hand.csv out/result/staffing.csv --json",
    "Says who ends, begins, moves from where to where or gets other days on the way from A to B; the values of every "
    "tier, their difference and where it comes from; the difference in fit, person by person and factor by factor.\n"
    "Neither staffing need keep the rules: audit tells. Exit codes: 0; 2 bad input.\n\n"
    "Examples:\n"
    "  countyplan diff examples/guangxi examples/guangxi/staffing.csv out/result/staffing.csv\n"
    "  countyplan diff examples/guangxi by-hand.csv out/result/staffing.csv --json"};
inline constexpr MessageText cli_argument_staffing_a{"cli_argument_staffing_a", "派驻表 A（CSV）", "Staffing A (CSV)"};
inline constexpr MessageText cli_argument_staffing_b{"cli_argument_staffing_b", "派驻表 B（CSV）", "Staffing B (CSV)"};
inline constexpr MessageText cli_diff_period{"cli_diff_period", "{0} 至 {1}", "{0} to {1}"};
inline constexpr MessageText cli_diff_ended{"cli_diff_ended", "结束：“{0}”离开“{1}”（{2}）",
                                            "ends: '{0}' leaves '{1}' ({2})"};
inline constexpr MessageText cli_diff_begun{"cli_diff_begun", "开始：“{0}”派往“{1}”（{2}）",
                                            "begins: '{0}' goes to '{1}' ({2})"};
inline constexpr MessageText cli_diff_moved{"cli_diff_moved", "调岗：“{0}”由“{1}”（{2}）调往“{3}”（{4}）",
                                            "moves: '{0}' from '{1}' ({2}) to '{3}' ({4})"};
inline constexpr MessageText cli_diff_redated{"cli_diff_redated", "改期：“{0}”在“{1}”，由 {2} 改为 {3}",
                                              "other days: '{0}' in '{1}', {2} becomes {3}"};
inline constexpr MessageText cli_diff_tier{"cli_diff_tier", "{0}：A {1}，B {2}，差 {3}（{4}）",
                                           "{0}: A {1}, B {2}, difference {3} ({4})"};
inline constexpr MessageText cli_diff_item{"cli_diff_item", "  {0}：{1} → {2}", "  {0}: {1} -> {2}"};
inline constexpr MessageText cli_diff_person{"cli_diff_person", "“{0}”：{1} → {2}，匹配分 {3}（{4}）",
                                             "'{0}': {1} -> {2}, fit {3} ({4})"};
inline constexpr MessageText cli_diff_factor{"cli_diff_factor", "{0} {1}", "{0} {1}"};
inline constexpr MessageText cli_diff_better{"cli_diff_better", "B 较优", "B is better"};
inline constexpr MessageText cli_diff_worse{"cli_diff_worse", "A 较优", "A is better"};
inline constexpr MessageText cli_diff_same{"cli_diff_same", "相同", "the same"};
inline constexpr MessageText cli_diff_changes{"cli_diff_changes", "改动 {0} 处：结束 {1}，开始 {2}，调岗 {3}，改期 {4}",
                                              "{0} changes: {1} end, {2} begin, {3} move, {4} get other days"};
inline constexpr MessageText cli_diff_decided{"cli_diff_decided", "总体：{0}，由“{1}”决定",
                                              "on the whole: {0}, decided by {1}"};
inline constexpr MessageText cli_diff_equal{"cli_diff_equal", "总体：两者各级目标值相同",
                                            "on the whole: equal in every tier"};

}  // namespace message

/// Every message of these commands.
inline constexpr const MessageText* all_staffing_messages[] = {
    &message::cli_audit,
    &message::cli_audit_examples,
    &message::cli_argument_staffing,
    &message::cli_option_blocking,
    &message::cli_auditing,
    &message::cli_audit_blocking,
    &message::cli_audit_more,
    &message::cli_audit_tier,
    &message::cli_audit_summary,
    &message::cli_nobody,
    &message::cli_no_post,
    &message::cli_pair,
    &message::cli_pair_examples,
    &message::cli_option_pairings,
    &message::cli_option_pair_day,
    &message::cli_option_unit,
    &message::cli_option_level,
    &message::cli_option_under,
    &message::cli_option_most,
    &message::cli_option_order,
    &message::cli_pairing,
    &message::cli_pair_no_sender,
    &message::cli_pair_no_county,
    &message::cli_pair_line,
    &message::cli_pair_unserved,
    &message::cli_pair_new,
    &message::cli_pair_present,
    &message::cli_pair_ended,
    &message::cli_pair_load,
    &message::cli_pair_worth,
    &message::cli_pair_unlimited,
    &message::cli_pair_changes,
    &message::cli_pair_tiers,
    &message::cli_pair_tier,
    &message::cli_pair_proved,
    &message::cli_pair_not_proved,
    &message::cli_pair_nothing,
    &message::cli_pair_impossible,
    &message::cli_pair_bad_order,
    &message::cli_team,
    &message::cli_team_examples,
    &message::cli_option_team_output,
    &message::cli_option_team_seed,
    &message::cli_teaming,
    &message::cli_team_no_couplings,
    &message::cli_team_instead,
    &message::cli_team_sender,
    &message::cli_team_school,
    &message::cli_team_breach,
    &message::cli_team_breach_more,
    &message::cli_team_kept,
    &message::cli_team_broken,
    &message::cli_team_paid,
    &message::cli_team_left_out,
    &message::cli_team_stage_proved,
    &message::cli_team_stage,
    &message::cli_team_stage_open,
    &message::cli_team_price,
    &message::cli_team_people,
    &message::cli_team_proved,
    &message::cli_team_proved_but,
    &message::cli_team_breaks,
    &message::cli_team_bounded,
    &message::cli_team_impossible,
    &message::cli_team_nothing,
    &message::cli_diff,
    &message::cli_diff_examples,
    &message::cli_argument_staffing_a,
    &message::cli_argument_staffing_b,
    &message::cli_diff_period,
    &message::cli_diff_ended,
    &message::cli_diff_begun,
    &message::cli_diff_moved,
    &message::cli_diff_redated,
    &message::cli_diff_tier,
    &message::cli_diff_item,
    &message::cli_diff_person,
    &message::cli_diff_factor,
    &message::cli_diff_better,
    &message::cli_diff_worse,
    &message::cli_diff_same,
    &message::cli_diff_changes,
    &message::cli_diff_decided,
    &message::cli_diff_equal,
};

}  // namespace countyplan
