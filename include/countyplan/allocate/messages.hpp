// What does an allocation say about a pair, a post left short or a staffing that is wrong?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// Rows of this folder's table; `all_allocate_messages` lists them.
namespace message {

// why an expert may not serve in a post
inline constexpr MessageText refused_role{"refused_role", "岗位要求“{0}”，此人可任：{1}",
                                          "the post asks for a {0}; this person can serve as: {1}"};
inline constexpr MessageText refused_subject{"refused_subject", "岗位学科为“{0}”，此人任教：{1}",
                                             "the post's subject is '{0}'; this person teaches: {1}"};
inline constexpr MessageText refused_title{"refused_title", "岗位要求职称不低于“{0}”，此人为“{1}”",
                                           "the post asks for at least {0}; this person has: {1}"};
inline constexpr MessageText refused_years{"refused_years", "岗位要求教龄不少于 {0} 年，此人 {1} 年",
                                           "the post asks for at least {0} years of service; this person has {1}"};
inline constexpr MessageText refused_availability{
    "refused_availability", "岗位任期 {0} 至 {1}，此人仅 {2} 至 {3} 可派出",
    "the post runs from {0} to {1}; this person is available from {2} to {3} only"};
inline constexpr MessageText refused_term{"refused_term", "规则“{0}”要求任期至少 {1} 个月，此人仅可服务 {2} 个月",
                                          "rule '{0}' asks for a term of at least {1} months; this person has {2}"};
inline constexpr MessageText refused_pairing{"refused_pairing", "派出方“{0}”只能派往其结对受援方（{1}），不含学校“{2}”",
                                             "sender '{0}' may send only to its required receivers ({1}), "
                                             "and school '{2}' is not among them"};
inline constexpr MessageText refused_avoids{"refused_avoids", "此人须回避“{0}”",
                                            "this person must stay clear of '{0}'"};

inline constexpr MessageText refused_keep{"refused_keep", "决定“{0}”：此人留任现岗",
                                          "decision '{0}' keeps this person in the present post"};
inline constexpr MessageText refused_require{"refused_require", "决定“{0}”：此人必须派往“{1}”",
                                             "decision '{0}' requires this person to serve at '{1}'"};
inline constexpr MessageText refused_forbid{"refused_forbid", "决定“{0}”不准此派驻", "decision '{0}' forbids it"};
inline constexpr MessageText refused_no_worse{
    "refused_no_worse", "决定“{0}”：此岗在本人意愿中低于现岗",
    "decision '{0}' lets nobody be worse off; this post is wished for less than the present one"};

// a word where a list is empty
inline constexpr MessageText list_is_empty{"list_is_empty", "（无）", "(none)"};

// why a post stays below what it needs; {0} posts etc. are numbers
inline constexpr MessageText unfilled_no_experts{"unfilled_no_experts", "需要 {0} 人，方案中没有帮扶人才",
                                                 "needs {0}; the plan has no experts"};
inline constexpr MessageText unfilled_nobody{"unfilled_nobody",
                                             "需要 {0} 人，{1} 名帮扶人才无一符合条件；最常见的原因：{2}（{3} 人）",
                                             "needs {0}, but none of {1} experts is eligible; "
                                             "most frequent reason: {2} ({3} people)"};
inline constexpr MessageText unfilled_nobody_nearly{
    "unfilled_nobody_nearly", "需要 {0} 人，{1} 名帮扶人才无一符合条件；{2} 人只差一项：{3}",
    "needs {0}, but none of {1} experts is eligible; {2} fail in one thing only: {3}"};
inline constexpr MessageText unfilled_few{"unfilled_few", "需要 {0} 人，只有 {1} 人符合条件",
                                          "needs {0}, only {1} qualified"};
inline constexpr MessageText unfilled_few_quota{
    "unfilled_few_quota", "需要 {0} 人，{1} 人符合条件，但派出名额最多允许其中 {2} 人（“{3}”的名额为 {4}）",
    "needs {0}; {1} qualified, but quotas let at most {2} of them go (quota {4} at '{3}')"};
inline constexpr MessageText unfilled_group{"unfilled_group", "{0} 个“{1}·{2}”岗位共需 {3} 人，只有 {4} 人符合条件",
                                            "{0} posts ({1}, {2}) need {3} people in all, {4} qualified"};
inline constexpr MessageText unfilled_group_quota{
    "unfilled_group_quota",
    "{0} 个“{1}·{2}”岗位共需 {3} 人，{4} 人符合条件，但派出名额最多允许其中 {5} 人（“{6}”的名额为 {7}）",
    "{0} posts ({1}, {2}) need {3} people in all; {4} qualified, but quotas let at most {5} of them go "
    "(quota {7} at '{6}')"};
inline constexpr MessageText unfilled_shared{
    "unfilled_shared", "包括本岗位在内的 {0} 个岗位争用同一批人才，共需 {1} 人，只有 {2} 人符合条件",
    "{0} posts, this one included, draw on the same people and need {1} in all, {2} qualified"};
inline constexpr MessageText unfilled_shared_quota{
    "unfilled_shared_quota",
    "包括本岗位在内的 {0} 个岗位争用同一批人才，共需 {1} 人，{2} 人符合条件，但派出名额最多允许其中 {3} "
    "人（“{4}”的名额为 "
    "{5}）",
    "{0} posts, this one included, draw on the same people and need {1} in all; {2} qualified, but quotas let at "
    "most {3} of them go (quota {5} at '{4}')"};
inline constexpr MessageText unfilled_not_pressing{
    "unfilled_not_pressing", "岗位优先级为 0，低于目标的 {0} 人不计缺口；{1} 人符合条件",
    "the post's priority is 0, so the {0} missing below its target do not count; {1} qualified"};
inline constexpr MessageText unfilled_not_settled{"unfilled_not_settled", "求解提前停止，尚缺 {0} 人的原因未查明",
                                                  "the search was stopped early; why {0} are missing is not settled"};
inline constexpr MessageText unfilled_not_allowed{
    "unfilled_not_allowed", "需要 {0} 人，{1} 名帮扶人才中符合方案条件者均被调用方的规则排除",
    "needs {0}; of {1} experts the caller's rules keep away all who qualify"};
inline constexpr MessageText unfilled_full_quota{"unfilled_full_quota", "名额“{0}”的 {1} 人已满",
                                                 "quota '{0}' of {1} people is used up"};
inline constexpr MessageText unfilled_outweighed{"unfilled_outweighed", "再补一人，“{0}”至少变差 {1}",
                                                 "one more person there would worsen {0} by at least {1}"};
inline constexpr MessageText unfilled_as_good{"unfilled_as_good", "另有同样好的派驻可补此岗，须以别处空缺为代价",
                                              "an equally good staffing may fill it and leave another place empty"};
inline constexpr MessageText any_subject{"any_subject", "不限学科", "any subject"};

// bounds that cannot hold together
inline constexpr MessageText bound_must{"bound_must", "决定“{0}”：“{1}”必须派出", "decision '{0}': '{1}' must serve"};
inline constexpr MessageText bound_post{"bound_post", "岗位“{0}”至多 {1} 人", "post '{0}' takes at most {1}"};
inline constexpr MessageText bound_quota{"bound_quota", "名额“{0}”至多 {1} 人", "quota '{0}' allows at most {1}"};
inline constexpr MessageText bound_quota_lower{"bound_quota_lower", "名额“{0}”至少 {1} 人",
                                               "quota '{0}' asks for at least {1}"};
inline constexpr MessageText bound_sender{"bound_sender", "派出方“{0}”至多派出 {1} 人",
                                          "sender '{0}' may send at most {1}"};
inline constexpr MessageText bound_role{"bound_role", "派出方“{0}”的“{2}”至多派出 {1} 人",
                                        "sender '{0}' may send at most {1} whose role is {2}"};
// rules that are not part of allocation
inline constexpr MessageText rule_ties_many{"rule_ties_many", "它约束多人或多岗之间的关系",
                                            "it ties people or posts together"};
inline constexpr MessageText rule_is_no_error{"rule_is_no_error", "违反它不算错误", "to break it is no error"};

// a staffing, its values or its proof that are refused
inline constexpr MessageText staffing_unknown_expert{"staffing_unknown_expert", "方案中没有帮扶人才“{0}”",
                                                     "the plan has no expert '{0}'"};
inline constexpr MessageText staffing_unknown_post{"staffing_unknown_post", "方案中没有岗位“{0}”",
                                                   "the plan has no post '{0}'"};
inline constexpr MessageText staffing_doubled{"staffing_doubled", "此人被派往两个岗位：“{0}”和“{1}”",
                                              "this person is posted twice: at '{0}' and at '{1}'"};
inline constexpr MessageText staffing_refused{"staffing_refused", "此人不能任岗位“{0}”（规则 {1}）",
                                              "this person may not serve in post '{0}' (rule {1})"};
inline constexpr MessageText staffing_dates{"staffing_dates", "任期应为 {0} 至 {1}，写的是 {2} 至 {3}",
                                            "the posting should run from {0} to {1}; it says {2} to {3}"};
inline constexpr MessageText staffing_over_max{"staffing_over_max", "派了 {0} 人，最多 {1} 人",
                                               "{0} people are posted; at most {1} may be"};
inline constexpr MessageText staffing_over_quota{"staffing_over_quota", "派出 {0} 人，名额为 {1}",
                                                 "{0} people are sent; the quota is {1}"};
inline constexpr MessageText staffing_under_quota{"staffing_under_quota", "只有 {0} 人，至少应有 {1} 人",
                                                  "there are {0} people; at least {1} are asked for"};
inline constexpr MessageText staffing_not_allowed{"staffing_not_allowed", "调用方的规则不准此人任岗位“{0}”",
                                                  "a rule of the caller keeps this person from post '{0}'"};
inline constexpr MessageText staffing_improvable{
    "staffing_improvable", "与证明不符：按所列价格，“{0}”应另作安排",
    "differs from what is proved: by the prices, '{0}' should be otherwise"};
inline constexpr MessageText tiers_incomplete{"tiers_incomplete", "应有 {0} 级目标值，有 {1} 级",
                                              "{0} values are needed, one per tier; there are {1}"};
inline constexpr MessageText tier_differs{"tier_differs", "所报值 {0}，实为 {1}",
                                          "the stated value is {0}, the true one is {1}"};
inline constexpr MessageText price_unknown_set{"price_unknown_set", "没有名为“{0}”的集合",
                                               "nothing named '{0}' is counted"};
inline constexpr MessageText price_doubled{"price_doubled", "“{0}”的价格出现两次", "the price of '{0}' is given twice"};
inline constexpr MessageText price_width{"price_width", "“{0}”的价格级数不对",
                                         "the price of '{0}' has the wrong number of tiers"};
inline constexpr MessageText price_not_tight{"price_not_tight", "所列价格与“{0}”的现状不相容",
                                             "the prices do not go with how '{0}' is"};
inline constexpr MessageText prices_prove_nothing{"prices_prove_nothing", "价格不能证明无解：{0} 不大于 {1}",
                                                  "the prices do not prove it impossible: {0} is not above {1}"};
inline constexpr MessageText numbers_too_large{"numbers_too_large", "优先级 × 目标人数超过 2^40，无法精确求解",
                                               "priority x target is above 2^40, too large for exact tiers"};
inline constexpr MessageText prices_without_claim{"prices_without_claim", "没有声称已证明，却带有价格",
                                                  "brings prices without a claim to be proved"};
inline constexpr MessageText no_answer{"no_answer", "这样结束的求解不应带有派驻",
                                       "an answer that ended so has no staffing"};
inline constexpr MessageText claim_of_more{"claim_of_more", "未完成的求解不得声称“{0}”",
                                           "a search that was stopped may not claim '{0}'"};
inline constexpr MessageText digest_differs{"digest_differs", "结果针对另一份方案：{0}，此方案为 {1}",
                                            "the result belongs to another plan: {0}; this one is {1}"};
inline constexpr MessageText unfilled_differs{"unfilled_differs", "未满岗位清单与派驻不符",
                                              "the list of posts left short does not go with the staffing"};

// what a problem of teams leaves out
inline constexpr MessageText teams_unit{"teams_unit", "整校派出须逐一分支，尚不能精确求解",
                                        "people sent as a unit are not among the rules that teams are solved with"};
inline constexpr MessageText teams_together{"teams_together", "同组同去只能作为硬规则精确求解",
                                            "groups are kept together only where that has no price"};
inline constexpr MessageText teams_senders{
    "teams_senders", "派出方数目只能按校对全体人员计，且计价时上限须为 0",
    "senders are counted only per school and of everybody, and with a price only from the first one on"};
inline constexpr MessageText teams_wide_share{"teams_wide_share", "跨校的占比只能作为硬规则精确求解",
                                              "a share beyond one school is heeded only where it has no price"};
inline constexpr MessageText teams_wide_leader{
    "teams_wide_leader", "跨校的带队人只能作为硬规则、且只要一人时精确求解",
    "a leader beyond one school is heeded only where one is asked for, without a price"};
inline constexpr MessageText teams_wide_tier{"teams_wide_tier", "此层目标以跨岗位的人数计，不能与团队规则同解",
                                             "the tier counts people of more than one post at once"};
inline constexpr MessageText teams_tier_after_price{
    "teams_tier_after_price", "此层在计价的一层之后，数值过大，不能与其一起精确求解",
    "the tier comes after one with prices, and the numbers are too large to weigh both exactly"};

// what is wrong with an answer in teams
inline constexpr MessageText teams_stage_without_answer{"teams_stage_without_answer", "此阶段没有派驻",
                                                        "the stage has no staffing"};
inline constexpr MessageText teams_wrong_stages{"teams_wrong_stages", "阶段与方案的目标不符：{0}",
                                                "the stages do not go with the plan's objective: {0}"};
inline constexpr MessageText teams_other_staffing{"teams_other_staffing", "派驻与最后阶段不符",
                                                  "the staffing is not that of the last stage"};
inline constexpr MessageText teams_other_values{"teams_other_values", "所报数值与派驻不符",
                                                "the values stated do not go with the staffing"};

// a pairing problem that is not as described
inline constexpr MessageText pairing_without_id{"pairing_without_id", "编号为空", "the id is empty"};
inline constexpr MessageText pairing_wrong_order{"pairing_wrong_order",
                                                 "目标次序须以“未满足的需求”开头，且每级至多一次",
                                                 "the order must begin with unserved and name each tier at most once"};
inline constexpr MessageText pairing_no_such_sender{"pairing_no_such_sender", "方案中没有派出方“{0}”",
                                                    "the plan has no sender '{0}'"};

inline constexpr MessageText freeze_kind{"freeze_kind", "“{0}”既不是人员、派出方，也不是岗位、学校、县，不能固定",
                                         "'{0}' is no expert, sender, post, school or county, so it cannot be frozen"};
inline constexpr MessageText freeze_unknown{"freeze_unknown", "方案中没有“{0}”", "the plan has no '{0}'"};
inline constexpr MessageText freeze_without_posting{"freeze_without_posting", "“{0}”没有在任的派驻，无可固定",
                                                    "'{0}' has no present posting to be frozen"};
inline constexpr MessageText freeze_nobody{"freeze_nobody", "所选条件下没有在任的派驻，无可固定",
                                           "no present posting is left to be frozen"};

}  // namespace message

inline constexpr const MessageText* all_allocate_messages[] = {&message::refused_role,
                                                               &message::refused_subject,
                                                               &message::refused_title,
                                                               &message::refused_years,
                                                               &message::refused_availability,
                                                               &message::refused_term,
                                                               &message::refused_pairing,
                                                               &message::refused_avoids,
                                                               &message::refused_keep,
                                                               &message::refused_require,
                                                               &message::refused_forbid,
                                                               &message::refused_no_worse,
                                                               &message::list_is_empty,
                                                               &message::unfilled_no_experts,
                                                               &message::unfilled_nobody,
                                                               &message::unfilled_nobody_nearly,
                                                               &message::unfilled_few,
                                                               &message::unfilled_few_quota,
                                                               &message::unfilled_group,
                                                               &message::unfilled_group_quota,
                                                               &message::unfilled_shared,
                                                               &message::unfilled_shared_quota,
                                                               &message::unfilled_not_pressing,
                                                               &message::unfilled_not_settled,
                                                               &message::unfilled_not_allowed,
                                                               &message::unfilled_full_quota,
                                                               &message::unfilled_outweighed,
                                                               &message::unfilled_as_good,
                                                               &message::any_subject,
                                                               &message::staffing_unknown_expert,
                                                               &message::staffing_unknown_post,
                                                               &message::staffing_doubled,
                                                               &message::staffing_refused,
                                                               &message::staffing_dates,
                                                               &message::staffing_over_max,
                                                               &message::staffing_over_quota,
                                                               &message::staffing_improvable,
                                                               &message::tiers_incomplete,
                                                               &message::tier_differs,
                                                               &message::price_unknown_set,
                                                               &message::price_doubled,
                                                               &message::price_width,
                                                               &message::price_not_tight,
                                                               &message::prices_prove_nothing,
                                                               &message::numbers_too_large,
                                                               &message::staffing_under_quota,
                                                               &message::staffing_not_allowed,
                                                               &message::claim_of_more,
                                                               &message::bound_must,
                                                               &message::bound_post,
                                                               &message::bound_quota,
                                                               &message::bound_quota_lower,
                                                               &message::bound_sender,
                                                               &message::bound_role,
                                                               &message::rule_ties_many,
                                                               &message::rule_is_no_error,
                                                               &message::prices_without_claim,
                                                               &message::no_answer,
                                                               &message::digest_differs,
                                                               &message::unfilled_differs,
                                                               &message::teams_unit,
                                                               &message::teams_together,
                                                               &message::teams_senders,
                                                               &message::teams_wide_share,
                                                               &message::teams_wide_leader,
                                                               &message::teams_wide_tier,
                                                               &message::teams_tier_after_price,
                                                               &message::teams_stage_without_answer,
                                                               &message::teams_wrong_stages,
                                                               &message::teams_other_staffing,
                                                               &message::teams_other_values,
                                                               &message::pairing_without_id,
                                                               &message::pairing_wrong_order,
                                                               &message::pairing_no_such_sender,
                                                               &message::freeze_kind,
                                                               &message::freeze_unknown,
                                                               &message::freeze_without_posting,
                                                               &message::freeze_nobody};

}  // namespace countyplan
