// What does an audit say about a staffing?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText audit_posted_twice{"audit_posted_twice", "“{0}”已在第 {1} 行派出",
                                                "'{0}' is posted in row {1} already"};
inline constexpr MessageText audit_refused{"audit_refused", "“{0}”不能任“{1}”：{2}",
                                           "'{0}' may not serve in '{1}': {2}"};
inline constexpr MessageText audit_given{"audit_given", "调用方的规则不许“{0}”任岗位“{1}”",
                                         "the caller's rules keep '{0}' from post '{1}'"};
inline constexpr MessageText audit_quota_below{"audit_quota_below", "名额“{0}”：{1} 人，至少应为 {2} 人",
                                               "quota '{0}': {1} people serve; at least {2} must"};
inline constexpr MessageText audit_quota_above{"audit_quota_above", "名额“{0}”：{1} 人，最多 {2} 人",
                                               "quota '{0}': {1} people serve; at most {2} may"};
inline constexpr MessageText audit_sender_above{"audit_sender_above", "派出方“{0}”派出 {1} 人，名额为 {2} 人",
                                                "sender '{0}' sends {1} people; its quota is {2}"};
inline constexpr MessageText audit_post_above{"audit_post_above", "岗位“{0}”有 {1} 人，最多 {2} 人",
                                              "post '{0}' has {1} people; at most {2} may serve"};
inline constexpr MessageText audit_post_below{"audit_post_below", "岗位“{0}”有 {1} 人，至少需要 {2} 人",
                                              "post '{0}' has {1} people; it needs at least {2}"};
inline constexpr MessageText audit_not_kept{"audit_not_kept", "“{0}”应留任“{1}”，却为：{2}",
                                            "'{0}' is to stay in '{1}', but has: {2}"};
inline constexpr MessageText audit_not_required{"audit_not_required", "“{0}”必须派往“{1}”，却为：{2}",
                                                "'{0}' must serve at '{1}', but has: {2}"};
inline constexpr MessageText audit_forbidden{"audit_forbidden", "“{0}”不得派往岗位“{1}”",
                                             "'{0}' may not serve in post '{1}'"};
inline constexpr MessageText audit_worse{"audit_worse", "“{0}”现任“{1}”，不得更差，却为：{2}",
                                         "'{0}' serves in '{1}' now and may not be worse off, but has: {2}"};
inline constexpr MessageText audit_clause{"audit_clause", "依据：{0}", "as laid down: {0}"};
inline constexpr MessageText audit_at_home{"audit_at_home", "（未派出）", "(no post)"};
inline constexpr MessageText audit_share{"audit_share", "“{0}”，{1}：{3} 人中有 {2} 人，差 {4} 人",
                                         "'{0}', {1}: {2} of {3} people; {4} off"};
inline constexpr MessageText audit_count{"audit_count", "“{0}”，{1}：{2} 人，差 {3} 人",
                                         "'{0}', {1}: {2} people; {3} off"};
inline constexpr MessageText audit_senders{"audit_senders", "“{0}”，{1}：来自 {2} 个派出方，多 {3} 个",
                                           "'{0}', {1}: people of {2} senders; {3} too many"};
inline constexpr MessageText audit_unit{"audit_unit", "“{0}”：派出方“{1}”的人员分在 {2} 处",
                                        "'{0}': the people of sender '{1}' serve in {2} places"};
inline constexpr MessageText audit_together{"audit_together", "“{0}”：“{1}”组有 {2} 人不在一处",
                                            "'{0}': {2} people of the group '{1}' are not where the others are"};
inline constexpr MessageText audit_apart{"audit_apart", "“{0}”，{1}：“{2}”组有 {3} 人，多 {4} 人",
                                         "'{0}', {1}: {3} people of the group '{2}'; {4} too many"};
inline constexpr MessageText audit_leader{"audit_leader", "“{0}”，{1}：{2} 人在岗，缺带队人 {3} 名",
                                          "'{0}', {1}: {2} people serve, and {3} to lead them are missing"};
inline constexpr MessageText audit_budget{"audit_budget", "“{0}”，{1}：{2} 元，超出 {3} 元",
                                          "'{0}', {1}: {2} yuan; {3} too much"};
inline constexpr MessageText audit_in_all{"audit_in_all", "合计", "in all"};

}  // namespace message

inline constexpr const MessageText* all_audit_messages[] = {
    &message::audit_posted_twice, &message::audit_refused,      &message::audit_given,      &message::audit_quota_below,
    &message::audit_quota_above,  &message::audit_sender_above, &message::audit_post_above, &message::audit_post_below,
    &message::audit_not_kept,     &message::audit_not_required, &message::audit_forbidden,  &message::audit_worse,
    &message::audit_at_home,      &message::audit_clause,       &message::audit_share,      &message::audit_count,
    &message::audit_senders,      &message::audit_unit,         &message::audit_together,   &message::audit_apart,
    &message::audit_leader,       &message::audit_budget,       &message::audit_in_all};

}  // namespace countyplan
