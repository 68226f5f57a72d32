// What does the program `countyplan-check` say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText checker_usage{
    "checker_usage",
    "用法：countyplan-check PLAN RESULT_DIR [--lang zh|en]\n"
    "      countyplan-check solve FILE CERTIFICATE [--format NAME] [--lang zh|en]\n"
    "独立核验 RESULT_DIR 中的结果是否是 PLAN 的最优派驻，或 CERTIFICATE 是否证明了它对 FILE 中问题的答案；"
    "不运行求解器。最后一行：\n"
    "  ACCEPT  或  REFUSE <文件> <条目>：<原因>\n"
    "退出码：0 接受；2 输入不可读；3 拒绝；5 读写失败；64 用法错误；70 内部错误\n"
    "示例：countyplan-check examples/guangxi out/result\n"
    "      countyplan-check solve netgen.min netgen.certificate.json",
    "Usage: countyplan-check PLAN RESULT_DIR [--lang zh|en]\n"
    "       countyplan-check solve FILE CERTIFICATE [--format NAME] [--lang zh|en]\n"
    "Checks, without running a solver, that the result in RESULT_DIR is a best staffing of PLAN, or that CERTIFICATE\n"
    "proves its answer to the problem in FILE. Last line:\n"
    "  ACCEPT  or  REFUSE <file> <key>: <why>\n"
    "Exit codes: 0 accepted; 2 input cannot be read; 3 refused; 5 input or output failed; 64 usage; 70 internal\n"
    "Examples: countyplan-check examples/guangxi out/result\n"
    "          countyplan-check solve netgen.min netgen.certificate.json"};
inline constexpr MessageText checker_wrong_usage{"checker_wrong_usage", "用法错误：“{0}”", "usage error at '{0}'"};
inline constexpr MessageText checker_internal{"checker_internal", "内部错误：{0}", "internal error: {0}"};
inline constexpr MessageText checker_out_of_memory{"checker_out_of_memory", "内存不足", "out of memory"};

// what was checked and holds
inline constexpr MessageText checked_plan{"checked_plan", "方案可读且无错误：{0} 个岗位，{1} 名帮扶人才",
                                          "the plan is readable and sound: {0} posts, {1} experts"};
inline constexpr MessageText checked_digests{"checked_digests", "结果属于此方案（{0}）",
                                             "the result is of this plan ({0})"};
inline constexpr MessageText checked_staffing{
    "checked_staffing", "{0} 条派驻均守硬规则：资格、任期、每人一岗，{1} 项计数（岗位上限、名额上下限、决定）",
    "{0} postings keep the hard rules: eligibility, dates, one post each, and the bounds of {1} counts (posts, quotas, "
    "decisions)"};
inline constexpr MessageText checked_given{"checked_given", "调用方给定的 {0} 个值按原样采用",
                                           "{0} values given by the caller were taken as they are"};
inline constexpr MessageText checked_user_tier{"checked_user_tier", "层级 {0}“{1}”只取决于这些给定值",
                                               "tier {0} '{1}' rests on such values alone"};
inline constexpr MessageText checked_tiers{"checked_tiers", "各级目标值属实：{0}", "the values are the true ones: {0}"};
inline constexpr MessageText checked_proof{"checked_proof", "证书成立：{0} 个价格，{1} 个可派对、{2} 项计数逐一核对",
                                           "the certificate holds: {0} prices, checked at {1} eligible pairs and "
                                           "{2} counts"};
inline constexpr MessageText checked_infeasible{
    "checked_infeasible", "证书成立：{0} 个价格，{1} 个可派对逐一核对；已证明没有派驻能同时做到以下 {2} 条：",
    "the certificate holds: {0} prices, checked at {1} eligible pairs; proved: no staffing keeps these {2} bounds:"};
inline constexpr MessageText checked_bound_lower{"checked_bound_lower", "  {0} 至少 {1} 人", "  {0} at least {1}"};
inline constexpr MessageText checked_bound_upper{"checked_bound_upper", "  {0} 至多 {1} 人", "  {0} at most {1}"};
inline constexpr MessageText checked_nothing{"checked_nothing", "结果没有派驻，也未声称什么",
                                             "the result has no staffing and claims nothing"};
inline constexpr MessageText checked_no_proof{"checked_no_proof", "结果未声称最优，没有证书可核",
                                              "the result does not claim to be best; there is no certificate to check"};
inline constexpr MessageText checked_unfilled{"checked_unfilled", "未满岗位清单属实：{0} 个岗位，{1} 组稀缺",
                                              "the list of posts left short is true: {0} posts, {1} scarce groups"};
inline constexpr MessageText checked_rules{"checked_rules", "守与不守的规则属实：{0} 条规则未计入派驻",
                                           "the rules kept and left out are the plan's: {0} are not heeded"};
inline constexpr MessageText checked_fairness{
    "checked_fairness", "公平的代价属实：另一份派驻 {0} 条，由其自身的 {1} 个价格证明最优",
    "the price of fairness is true: the other staffing of {0} postings is proved best by {1} prices of its own"};
inline constexpr MessageText checked_fairness_bare{
    "checked_fairness_bare", "公平的代价属实，但另一份派驻（{0} 条，{1} 个价格）未声称最优",
    "the price of fairness is that of the two staffings; the other one ({0} postings, {1} prices) does not claim to "
    "be best"};

inline constexpr MessageText checked_problem{"checked_problem", "问题可读：{0}（{1}）",
                                             "the problem is readable: {0} ({1})"};
inline constexpr MessageText checked_problem_digest{"checked_problem_digest", "证书属于此问题（{0}）",
                                                    "the certificate is of this problem ({0})"};
inline constexpr MessageText checked_answer{"checked_answer", "答案守约束，证书成立：{0}（{1}）",
                                            "the answer keeps its constraints and the certificate holds: {0} ({1})"};
inline constexpr MessageText checked_objective{"checked_objective", "目标值属实：{0}",
                                               "the objective is the true one: {0}"};

// what fails
inline constexpr MessageText fault_problem_kind{"fault_problem_kind", "证书针对另一类问题（{0}），此文件为{1}",
                                                "the certificate is of another kind of problem ({0}); this is a {1}"};
inline constexpr MessageText fault_problem_digest{"fault_problem_digest", "证书针对另一个问题（{0}），此文件为 {1}",
                                                  "the certificate is of another problem ({0}); this one is {1}"};
inline constexpr MessageText fault_digest{"fault_digest", "结果针对另一份方案（{0}），此方案为 {1}",
                                          "the result is of another plan ({0}); this one is {1}"};
inline constexpr MessageText fault_claim{"fault_claim", "“{0}”与“{1}”不相容", "'{0}' does not go with '{1}'"};
inline constexpr MessageText fault_unknown_expert{"fault_unknown_expert", "方案中没有此人",
                                                  "the plan has no such expert"};
inline constexpr MessageText fault_unknown_post{"fault_unknown_post", "方案中没有此岗位", "the plan has no such post"};
inline constexpr MessageText fault_doubled{"fault_doubled", "此人被派往两处：“{0}”和“{1}”",
                                           "this person is posted twice: '{0}' and '{1}'"};
inline constexpr MessageText fault_ineligible{"fault_ineligible", "此人不能任岗位“{0}”（{1}）：{2}",
                                              "this person may not serve in post '{0}' ({1}): {2}"};
inline constexpr MessageText fault_dates{"fault_dates", "任期应为 {0} 至 {1}，写的是 {2} 至 {3}",
                                         "the posting should run from {0} to {1}; it says {2} to {3}"};
inline constexpr MessageText fault_over_max{"fault_over_max", "派了 {0} 人，最多 {1} 人",
                                            "{0} people are posted; at most {1} may be"};
inline constexpr MessageText fault_over_quota{"fault_over_quota", "共 {0} 人，名额 {1}",
                                              "{0} people are counted; the quota is {1}"};
inline constexpr MessageText fault_under_quota{"fault_under_quota", "只有 {0} 人，至少应有 {1} 人",
                                               "{0} people are counted; at least {1} are asked for"};
inline constexpr MessageText fault_at_home{"fault_at_home", "决定“{0}”要求此人派出，却没有派驻",
                                           "decision '{0}' obliges this person to serve; there is no posting"};
inline constexpr MessageText fault_not_allowed{"fault_not_allowed", "调用方的规则不准此人任岗位“{0}”",
                                               "a rule of the caller keeps this person from post '{0}'"};
inline constexpr MessageText fault_tier_count{"fault_tier_count", "应有 {0} 级目标值，有 {1} 级",
                                              "{0} values are needed, there are {1}"};
inline constexpr MessageText fault_tier{"fault_tier", "所报值 {0}，实为 {1}",
                                        "the stated value is {0}, the true one {1}"};
inline constexpr MessageText fault_tier_order{"fault_tier_order", "此处应为这一级目标，写的是“{0}”",
                                              "this tier belongs here; it says '{0}'"};
inline constexpr MessageText fault_prices_unclaimed{"fault_prices_unclaimed", "所称为“{0}”，却带有价格",
                                                    "it claims '{0}' and brings prices"};
inline constexpr MessageText fault_no_answer{"fault_no_answer", "“{0}”的结果不应有此内容",
                                             "a result that is '{0}' has nothing of the kind"};
inline constexpr MessageText fault_price_unknown{"fault_price_unknown", "方案中没有这项计数",
                                                 "the plan counts nothing of that name"};
inline constexpr MessageText fault_price_doubled{"fault_price_doubled", "这项计数的价格出现两次",
                                                 "this price is given twice"};
inline constexpr MessageText fault_price_width{"fault_price_width", "应有 {0} 个数，有 {1} 个",
                                               "{0} numbers are needed, there are {1}"};
inline constexpr MessageText fault_price_above{
    "fault_price_above", "“{0}”已有 {2} 人，价格 {1} 高于再来一人的代价 {3}",
    "the price {1} of '{0}', where there are {2}, is above what one more costs, {3}"};
inline constexpr MessageText fault_price_below{
    "fault_price_below", "“{0}”已有 {2} 人，价格 {1} 低于其中末一人的代价 {3}",
    "the price {1} of '{0}', where there are {2}, is below what the last of them costs, {3}"};
inline constexpr MessageText fault_pair_home{
    "fault_pair_home", "在家者的可派对“{0}”连同价格为 {1}，小于 {2}",
    "pair '{0}' of somebody at home costs {1} with the prices round it, less than {2}"};
inline constexpr MessageText fault_pair_own{
    "fault_pair_own", "派驻“{0}”连同价格为 {1}，大于在家的 {2}",
    "the posting '{0}' costs {1} with the prices round it, more than {2} at home"};
inline constexpr MessageText fault_pair_other{
    "fault_pair_other", "已派者的另一可派对“{0}”连同价格为 {1}，小于其派驻的 {2}",
    "another pair '{0}' of somebody posted costs {1} with the prices round it, less than {2} of the posting"};
inline constexpr MessageText fault_improvable{"fault_improvable", "派驻不是所证明的那一份：{0}",
                                              "this is not the staffing that is proved: {0}"};
inline constexpr MessageText fault_prices_prove_nothing{
    "fault_prices_prove_nothing", "价格不能证明无解：人的权重 {0} 不大于人数的 {1}",
    "the prices do not prove it impossible: people weigh {0}, not above the {1} of the counts"};
inline constexpr MessageText fault_conflict_count{"fault_conflict_count", "证明所据的限制有 {0} 条，列了 {1} 条",
                                                  "the proof rests on {0} bounds; {1} are listed"};
inline constexpr MessageText fault_conflict{"fault_conflict", "此处应为证明所据的限制：{0}",
                                            "the bound of the proof that belongs here: {0}"};
inline constexpr MessageText fault_county_count{"fault_county_count", "方案有 {0} 个县，列了 {1} 个",
                                                "the plan has {0} counties; {1} are listed"};
inline constexpr MessageText fault_county{"fault_county", "此处应为：县 {0}，在岗 {1} 人，需 {2} 人",
                                          "this belongs here: county {0}, {1} serving, {2} wanted"};
inline constexpr MessageText fault_rule_count{"fault_rule_count", "方案有 {0} 项，写的是 {1}",
                                              "the plan has {0}; it says {1}"};
inline constexpr MessageText fault_rules{"fault_rules", "与方案的规则不符", "it is not what the plan's rules are"};
inline constexpr MessageText fault_other_objective{
    "fault_other_objective", "不是去掉（或加上）各县公平之后的目标次序",
    "it is not the objective with fairness between counties taken out or put in"};
inline constexpr MessageText fault_fairness{"fault_fairness", "此处应为：有公平 {0}，无公平 {1}",
                                            "this belongs here: {0} with fairness, {1} without"};
inline constexpr MessageText fault_unfilled_count{"fault_unfilled_count", "应列 {0} 个未满岗位，列了 {1} 个",
                                                  "{0} posts are left short; {1} are listed"};
inline constexpr MessageText fault_unfilled{"fault_unfilled", "所列为：低于下限 {0}，低于目标 {1}；实为：{2}，{3}",
                                            "stated: {0} below the minimum, {1} below the target; true: {2}, {3}"};
inline constexpr MessageText fault_unfilled_post{"fault_unfilled_post", "此处应为岗位“{0}”", "post '{0}' belongs here"};
inline constexpr MessageText fault_no_reason{"fault_no_reason", "没有说明原因", "no reason is given"};
inline constexpr MessageText fault_reason{"fault_reason", "所写原因没有说到 {0}", "the reason does not say {0}"};
inline constexpr MessageText fault_unfilled_table{"fault_unfilled_table", "与 result.json 不符",
                                                  "it does not say what result.json says"};
inline constexpr MessageText fault_loss{"fault_loss", "所报再补一人的代价 {0}，实为 {1}",
                                        "stated cost of one more person: {0}; by the prices: {1}"};
inline constexpr MessageText fault_group{"fault_group", "所指的稀缺组不存在、不含此岗位或所计的需求不同",
                                         "its scarce group does not exist, does not hold this post or counts "
                                         "another need"};
inline constexpr MessageText fault_scarce_posts{"fault_scarce_posts", "岗位未知、重复或未按方案顺序排列",
                                                "a post is unknown, doubled or out of the plan's order"};
inline constexpr MessageText fault_scarce{
    "fault_scarce", "所报：需 {0}，合格 {1}，可派 {2}；实为：需 {3}，合格 {4}，可派 {5}",
    "stated: need {0}, qualified {1}, supply {2}; true: need {3}, qualified {4}, supply {5}"};
inline constexpr MessageText fault_not_scarce{"fault_not_scarce", "并不稀缺：需 {0}，可派 {1}",
                                              "it is not scarce: need {0}, supply {1}"};

}  // namespace message

/// Every message of this folder.
inline constexpr const MessageText* all_checker_messages[] = {
    &message::checker_usage,
    &message::checker_wrong_usage,
    &message::checker_internal,
    &message::checker_out_of_memory,
    &message::checked_plan,
    &message::checked_digests,
    &message::checked_staffing,
    &message::checked_given,
    &message::checked_user_tier,
    &message::checked_tiers,
    &message::checked_proof,
    &message::checked_infeasible,
    &message::checked_bound_lower,
    &message::checked_bound_upper,
    &message::checked_nothing,
    &message::checked_no_proof,
    &message::checked_unfilled,
    &message::checked_rules,
    &message::checked_fairness,
    &message::checked_fairness_bare,
    &message::checked_problem,
    &message::checked_problem_digest,
    &message::checked_answer,
    &message::checked_objective,
    &message::fault_problem_kind,
    &message::fault_problem_digest,
    &message::fault_digest,
    &message::fault_claim,
    &message::fault_unknown_expert,
    &message::fault_unknown_post,
    &message::fault_doubled,
    &message::fault_ineligible,
    &message::fault_dates,
    &message::fault_over_max,
    &message::fault_over_quota,
    &message::fault_under_quota,
    &message::fault_at_home,
    &message::fault_not_allowed,
    &message::fault_tier_count,
    &message::fault_tier,
    &message::fault_tier_order,
    &message::fault_prices_unclaimed,
    &message::fault_no_answer,
    &message::fault_price_unknown,
    &message::fault_price_doubled,
    &message::fault_price_width,
    &message::fault_price_above,
    &message::fault_price_below,
    &message::fault_pair_home,
    &message::fault_pair_own,
    &message::fault_pair_other,
    &message::fault_improvable,
    &message::fault_prices_prove_nothing,
    &message::fault_conflict_count,
    &message::fault_conflict,
    &message::fault_county_count,
    &message::fault_county,
    &message::fault_rule_count,
    &message::fault_rules,
    &message::fault_other_objective,
    &message::fault_fairness,
    &message::fault_unfilled_count,
    &message::fault_unfilled,
    &message::fault_unfilled_post,
    &message::fault_no_reason,
    &message::fault_reason,
    &message::fault_unfilled_table,
    &message::fault_loss,
    &message::fault_group,
    &message::fault_scarce_posts,
    &message::fault_scarce,
    &message::fault_not_scarce,
};

}  // namespace countyplan
