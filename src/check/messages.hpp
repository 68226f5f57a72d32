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
    "checked_staffing", "{0} 条派驻均守硬规则：资格、任期、每人一岗、岗位上限、逐级名额",
    "{0} postings keep the hard rules: eligibility, dates, one post each, maxima, nested quotas"};
inline constexpr MessageText checked_tiers{"checked_tiers", "各级目标值属实：{0}", "the values are the true ones: {0}"};
inline constexpr MessageText checked_proof{"checked_proof", "证书成立：{0} 个势，{1} 个可派对、{2} 条其他弧逐一核对",
                                           "the certificate holds: {0} potentials, checked at {1} eligible pairs and "
                                           "{2} other arcs"};
inline constexpr MessageText checked_no_proof{"checked_no_proof", "结果未声称最优，没有证书可核",
                                              "the result does not claim to be best; there is no certificate to check"};
inline constexpr MessageText checked_unfilled{"checked_unfilled", "未满岗位清单属实：{0} 个岗位，{1} 组稀缺",
                                              "the list of posts left short is true: {0} posts, {1} scarce groups"};

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
inline constexpr MessageText fault_over_quota{"fault_over_quota", "派出 {0} 人，名额 {1}",
                                              "{0} people are sent; the quota is {1}"};
inline constexpr MessageText fault_tier_count{"fault_tier_count", "应有 {0} 级目标值，有 {1} 级",
                                              "{0} values are needed, there are {1}"};
inline constexpr MessageText fault_tier{"fault_tier", "所报值 {0}，实为 {1}",
                                        "the stated value is {0}, the true one {1}"};
inline constexpr MessageText fault_no_proof{"fault_no_proof", "声称已证明，却没有证书",
                                            "it claims to be proved and brings no certificate"};
inline constexpr MessageText fault_potential_unknown{"fault_potential_unknown", "没有这个节点",
                                                     "there is no such node"};
inline constexpr MessageText fault_potential_doubled{"fault_potential_doubled", "这个节点出现两次",
                                                     "this node is given twice"};
inline constexpr MessageText fault_potential_missing{"fault_potential_missing", "缺少这个节点的势",
                                                     "the potential of this node is missing"};
inline constexpr MessageText fault_potential{
    "fault_potential", "弧“{0}”的约化成本 {1} 与其流量 {2}（上限 {3}）不相容",
    "the reduced cost {1} of arc '{0}' does not go with its flow {2} (at most {3})"};
inline constexpr MessageText fault_improvable{
    "fault_improvable", "与证明不符：弧“{0}”的流量为 {2}（上限 {3}），约化成本为 {1}；派驻不是所证明的那一份",
    "this is not the staffing that is proved: arc '{0}' carries {2} (at most {3}) at reduced cost {1}"};
inline constexpr MessageText fault_unfilled_count{"fault_unfilled_count", "应列 {0} 个未满岗位，列了 {1} 个",
                                                  "{0} posts are left short; {1} are listed"};
inline constexpr MessageText fault_unfilled{"fault_unfilled", "所列为：低于下限 {0}，低于目标 {1}；实为：{2}，{3}",
                                            "stated: {0} below the minimum, {1} below the target; true: {2}, {3}"};
inline constexpr MessageText fault_unfilled_post{"fault_unfilled_post", "此处应为岗位“{0}”", "post '{0}' belongs here"};
inline constexpr MessageText fault_no_reason{"fault_no_reason", "没有说明原因", "no reason is given"};
inline constexpr MessageText fault_reason{"fault_reason", "所写原因没有说到 {0}", "the reason does not say {0}"};
inline constexpr MessageText fault_unfilled_table{"fault_unfilled_table", "与 result.json 不符",
                                                  "it does not say what result.json says"};
inline constexpr MessageText fault_no_group{"fault_no_group", "最优派驻中的缺口须有稀缺组为据，此处没有",
                                            "in a best staffing a shortage rests on a scarce group; this one does not"};
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
    &message::checked_tiers,
    &message::checked_proof,
    &message::checked_no_proof,
    &message::checked_unfilled,
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
    &message::fault_tier_count,
    &message::fault_tier,
    &message::fault_no_proof,
    &message::fault_potential_unknown,
    &message::fault_potential_doubled,
    &message::fault_potential_missing,
    &message::fault_potential,
    &message::fault_improvable,
    &message::fault_unfilled_count,
    &message::fault_unfilled,
    &message::fault_unfilled_post,
    &message::fault_no_reason,
    &message::fault_reason,
    &message::fault_unfilled_table,
    &message::fault_no_group,
    &message::fault_group,
    &message::fault_scarce_posts,
    &message::fault_scarce,
    &message::fault_not_scarce,
};

}  // namespace countyplan
