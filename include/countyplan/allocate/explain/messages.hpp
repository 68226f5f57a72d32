// What does an explanation say?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// Rows of this folder's table about explanations; `all_explain_messages` lists them.
namespace message {

inline constexpr MessageText ask_no_staffing{"ask_no_staffing", "结果中没有派驻方案可供解释",
                                             "the answer has no staffing to explain"};
inline constexpr MessageText ask_no_such_pair{"ask_no_such_pair", "派驻方案中此人的岗位不合方案",
                                              "the staffing has this person where the plan does not let them serve"};

// what a change comes to
inline constexpr MessageText effect_none{"effect_none", "整体同样好", "the whole is as good"};
inline constexpr MessageText effect_worse{"effect_worse", "整体变差：{0}", "the whole is worse: {0}"};
inline constexpr MessageText effect_better{"effect_better", "整体变好：{0}", "the whole is better: {0}"};
inline constexpr MessageText effect_infeasible{"effect_infeasible", "则没有方案能满足全部规定",
                                               "then no staffing keeps every rule"};
inline constexpr MessageText effect_unknown{"effect_unknown", "提前停止，未查明", "stopped before that was found out"};

// the tier that decides, for worse and for better
inline constexpr MessageText worse_critical_shortfall{"worse_critical_shortfall", "关键岗位多缺 {0} 人",
                                                      "{0} more short at critical posts"};
inline constexpr MessageText better_critical_shortfall{"better_critical_shortfall", "关键岗位少缺 {0} 人",
                                                       "{0} fewer short at critical posts"};
inline constexpr MessageText worse_shortfall{"worse_shortfall", "距最低需求多缺 {0} 人",
                                             "{0} more short of the minimum"};
inline constexpr MessageText better_shortfall{"better_shortfall", "距最低需求少缺 {0} 人",
                                              "{0} fewer short of the minimum"};
inline constexpr MessageText worse_moves{"worse_moves", "在岗人员多 {0} 人不能留在原岗",
                                         "{0} more of those who serve now leave their post"};
inline constexpr MessageText better_moves{"better_moves", "在岗人员多 {0} 人留在原岗",
                                          "{0} more of those who serve now keep their post"};
inline constexpr MessageText worse_county_cover{"worse_county_cover", "县际更不均衡，相差 {0}",
                                                "counties are served less evenly, by {0}"};
inline constexpr MessageText better_county_cover{"better_county_cover", "县际更均衡，相差 {0}",
                                                 "counties are served more evenly, by {0}"};
inline constexpr MessageText worse_cost{"worse_cost", "{0}增加 {1}", "{0} rises by {1}"};
inline constexpr MessageText better_cost{"better_cost", "{0}减少 {1}", "{0} falls by {1}"};
inline constexpr MessageText worse_gain{"worse_gain", "{0}少 {1} 分", "{1} points lost in {0}"};
inline constexpr MessageText better_gain{"better_gain", "{0}多 {1} 分", "{1} points won in {0}"};

// why here
inline constexpr MessageText why_posted{"why_posted", "“{0}”派往岗位“{1}”", "'{0}' serves in post '{1}'"};
inline constexpr MessageText why_at_home{"why_at_home", "“{0}”未派出", "'{0}' stays at home"};
inline constexpr MessageText why_no_other{"why_no_other", "没有其他可任岗位",
                                          "there is no other post this person may serve in"};
inline constexpr MessageText why_other{"why_other", "除此之外以岗位“{0}”最佳；若改派该岗：{1}",
                                       "the best other post is '{0}'; serving there instead: {1}"};
inline constexpr MessageText why_factor{"why_factor", "{0}：本岗 {1} × {2} = {3}，该岗 {4} × {2} = {5}",
                                        "{0}: here {1} x {2} = {3}, there {4} x {2} = {5}"};
inline constexpr MessageText why_factor_alone{"why_factor_alone", "{0}：{1} × {2} = {3}", "{0}: {1} x {2} = {3}"};
inline constexpr MessageText why_transfer{"why_transfer", "随之变动：“{0}”由{1}改为{2}",
                                          "with that, '{0}' goes from {1} to {2}"};
inline constexpr MessageText at_home{"at_home", "未派出", "home"};

// why not there
inline constexpr MessageText not_serves{"not_serves", "“{0}”就在岗位“{1}”", "'{0}' does serve in post '{1}'"};
inline constexpr MessageText not_refused{"not_refused", "“{0}”不能任岗位“{1}”：{2}（{3}）",
                                         "'{0}' may not serve in post '{1}': {2} ({3})"};
inline constexpr MessageText not_given{"not_given", "“{0}”任岗位“{1}”被调用方的规则排除",
                                       "the caller's rules keep '{0}' from post '{1}'"};
inline constexpr MessageText not_effect{"not_effect", "若“{0}”任岗位“{1}”：{2}", "with '{0}' in post '{1}': {2}"};
inline constexpr MessageText not_points{"not_points", "此派驻的匹配分再多 {0} 分即可入选最优方案",
                                        "with {0} more points of fit the pair would be in a best staffing"};
inline constexpr MessageText not_single{"not_single", "没有哪一项单独改动能使其合格",
                                        "no single entry changed makes this pair eligible"};
inline constexpr MessageText edit_suffices{"edit_suffices", "只改这一项即合格：{0}",
                                           "this alone makes the pair eligible: {0}"};
inline constexpr MessageText edit_role{"edit_role", "“{0}”也可任“{1}”", "'{0}' can serve as {1}, too"};
inline constexpr MessageText edit_subject{"edit_subject", "“{0}”也任教“{1}”", "'{0}' teaches {1}, too"};
inline constexpr MessageText edit_title{"edit_title", "“{0}”的职称为“{1}”", "the title of '{0}' is {1}"};
inline constexpr MessageText edit_min_title{"edit_min_title", "岗位“{0}”只要求职称“{1}”",
                                            "post '{0}' asks for no more than {1}"};
inline constexpr MessageText edit_years{"edit_years", "“{0}”的教龄为 {1} 年", "'{0}' has {1} years of service"};
inline constexpr MessageText edit_min_years{"edit_min_years", "岗位“{0}”只要求教龄 {1} 年",
                                            "post '{0}' asks for no more than {1} years of service"};
inline constexpr MessageText edit_from{"edit_from", "“{0}”自 {1} 起可派出", "'{0}' is available from {1}"};
inline constexpr MessageText edit_to{"edit_to", "“{0}”可派出至 {1}", "'{0}' is available to {1}"};
inline constexpr MessageText edit_term{"edit_term", "规则“{0}”只要求 {1} 个月",
                                       "rule '{0}' asks for no more than {1} months"};
inline constexpr MessageText edit_pairing{"edit_pairing", "“{0}”与“{1}”的结对不再是必须",
                                          "the pairing of '{0}' with '{1}' is not required"};
inline constexpr MessageText edit_avoids{"edit_avoids", "“{0}”不必回避“{1}”", "'{0}' need not stay clear of '{1}'"};
inline constexpr MessageText edit_decision{"edit_decision", "撤销决定“{0}”", "decision '{0}' is withdrawn"};

// why empty
inline constexpr MessageText empty_post{"empty_post", "岗位“{0}”有 {1} 人，距最低 {2} 人，距目标 {3} 人",
                                        "post '{0}' has {1} people, {2} short of its minimum, {3} of its target"};
inline constexpr MessageText empty_reason{"empty_reason", "原因：{0}", "because: {0}"};
inline constexpr MessageText empty_one_more{"empty_one_more", "再派一人到此岗：{0}", "one more person there: {0}"};
inline constexpr MessageText empty_refused{"empty_refused", "{0} 人不合条件，最接近者如下",
                                           "{0} people may not serve there; these come nearest"};
inline constexpr MessageText empty_near{"empty_near", "“{0}”：{1}", "'{0}': {1}"};
inline constexpr MessageText empty_repair_bound{"empty_repair_bound", "可补此岗：{0}，改为 {1}；{2}",
                                                "this fills it: where {0}, make it {1}; {2}"};
inline constexpr MessageText empty_repair_person{"empty_repair_person", "可补此岗：对“{0}”不计“{1}”；{2}",
                                                 "this fills it: for '{0}' pass over \"{1}\"; {2}"};
inline constexpr MessageText empty_no_repair{"empty_no_repair", "没有哪一项单独改动能补此岗",
                                             "no single change fills it"};

// why impossible
inline constexpr MessageText infeasible_conflict{"infeasible_conflict", "不能同时成立：{0}",
                                                 "these cannot hold together: {0}"};
inline constexpr MessageText infeasible_repair{"infeasible_repair", "放宽 {0} 个单位即可行：{1}",
                                               "loosened by {0} in all, this makes it possible: {1}"};
inline constexpr MessageText infeasible_loosened{"infeasible_loosened", "{0}，改为 {1}", "{0}: make it {1}"};
inline constexpr MessageText infeasible_more{"infeasible_more", "此外或许还有别的改法，未查明",
                                             "there may be other repairs; that was not found out"};

// all that is asked at once
inline constexpr MessageText told_alternative{"told_alternative", "若“{0}”任岗位“{1}”：{2}",
                                              "'{0}' in post '{1}': {2}"};
inline constexpr MessageText told_without{"told_without", "若“{0}”不能派出：{1}", "without '{0}': {1}"};
inline constexpr MessageText told_another{"told_another", "若再有一位与“{0}”条件相同的人：{1}",
                                          "with another person like '{0}': {1}"};
inline constexpr MessageText told_closed{"told_closed", "若岗位“{0}”关闭：{1}", "with post '{0}' closed: {1}"};
inline constexpr MessageText told_bound{"told_bound", "若不是“{0}”，而是 {1}：{2}", "where {0}, with {1} instead: {2}"};
inline constexpr MessageText told_subject{"told_subject", "再多一位“{0}·{1}”：{2}", "one more person ({0}, {1}): {2}"};
inline constexpr MessageText told_range{"told_range", "权重“{0}”（现为 {1}）在 {2} 至 {3} 之间，派驻仍最优",
                                        "weight of {0} (now {1}): from {2} to {3} the staffing stays best"};
inline constexpr MessageText told_change{"told_change", "权重“{0}”（现为 {1}）改为 {2}，此派驻即入选最优方案",
                                         "weight of {0} (now {1}): at {2} a best staffing has the pair"};
inline constexpr MessageText told_no_change{"told_no_change", "单独改变权重“{0}”不能使此派驻入选",
                                            "weight of {0}: alone it cannot bring the pair in"};

inline constexpr MessageText told_stopped{"told_stopped", "提前停止（{0}），其余未查明",
                                          "stopped early ({0}); the rest was not found out"};

}  // namespace message

inline constexpr const MessageText* all_explain_messages[] = {&message::ask_no_staffing,
                                                              &message::ask_no_such_pair,
                                                              &message::effect_none,
                                                              &message::effect_worse,
                                                              &message::effect_better,
                                                              &message::effect_infeasible,
                                                              &message::worse_critical_shortfall,
                                                              &message::better_critical_shortfall,
                                                              &message::worse_shortfall,
                                                              &message::better_shortfall,
                                                              &message::worse_moves,
                                                              &message::better_moves,
                                                              &message::worse_county_cover,
                                                              &message::better_county_cover,
                                                              &message::worse_cost,
                                                              &message::better_cost,
                                                              &message::worse_gain,
                                                              &message::better_gain,
                                                              &message::effect_unknown,
                                                              &message::why_posted,
                                                              &message::why_at_home,
                                                              &message::why_no_other,
                                                              &message::why_other,
                                                              &message::why_factor,
                                                              &message::why_factor_alone,
                                                              &message::why_transfer,
                                                              &message::at_home,
                                                              &message::not_serves,
                                                              &message::not_refused,
                                                              &message::not_given,
                                                              &message::not_effect,
                                                              &message::not_points,
                                                              &message::not_single,
                                                              &message::edit_suffices,
                                                              &message::edit_role,
                                                              &message::edit_subject,
                                                              &message::edit_title,
                                                              &message::edit_min_title,
                                                              &message::edit_years,
                                                              &message::edit_min_years,
                                                              &message::edit_from,
                                                              &message::edit_to,
                                                              &message::edit_term,
                                                              &message::edit_pairing,
                                                              &message::edit_avoids,
                                                              &message::edit_decision,
                                                              &message::empty_post,
                                                              &message::empty_reason,
                                                              &message::empty_one_more,
                                                              &message::empty_refused,
                                                              &message::empty_near,
                                                              &message::empty_repair_bound,
                                                              &message::empty_repair_person,
                                                              &message::empty_no_repair,
                                                              &message::infeasible_conflict,
                                                              &message::infeasible_repair,
                                                              &message::infeasible_loosened,
                                                              &message::infeasible_more,
                                                              &message::told_alternative,
                                                              &message::told_without,
                                                              &message::told_another,
                                                              &message::told_closed,
                                                              &message::told_bound,
                                                              &message::told_subject,
                                                              &message::told_range,
                                                              &message::told_change,
                                                              &message::told_no_change,
                                                              &message::told_stopped};

}  // namespace countyplan
