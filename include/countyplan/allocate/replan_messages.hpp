// What is said about people who have to move, and about weighing that?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText replan_begun{"replan_begun", "“{0}”派往“{1}”", "'{0}' comes to '{1}'"};
inline constexpr MessageText replan_ended{"replan_ended", "“{0}”离开“{1}”，不再派驻",
                                          "'{0}' leaves '{1}' and goes home"};
inline constexpr MessageText replan_moved{"replan_moved", "“{0}”由“{1}”调往“{2}”", "'{0}' moves from '{1}' to '{2}'"};
inline constexpr MessageText replan_redated{"replan_redated", "“{0}”仍在“{1}”，日期改为 {2} 至 {3}",
                                            "'{0}' stays in '{1}', from {2} to {3}"};

inline constexpr MessageText trade_off_tier{"trade_off_tier", "方案的目标不含“{0}”，无法与变动人数权衡",
                                            "the plan's objective has no tier '{0}' to weigh moves against"};
inline constexpr MessageText trade_off_points{"trade_off_points", "曲线至少要有 2 个点，不能是 {0} 个",
                                              "a curve has at least 2 points, not {0}"};
inline constexpr MessageText trade_off_too_large{"trade_off_too_large", "数值过大，无法精确权衡",
                                                 "the numbers are too large to be weighed exactly"};

}  // namespace message

inline constexpr const MessageText* all_replan_messages[] = {
    &message::replan_begun,   &message::replan_ended,     &message::replan_moved,       &message::replan_redated,
    &message::trade_off_tier, &message::trade_off_points, &message::trade_off_too_large};

}  // namespace countyplan
