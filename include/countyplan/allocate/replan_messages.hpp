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

inline constexpr MessageText trade_off_tier{"trade_off_tier", "方案的目标不含“{0}”，无法权衡",
                                            "the plan's objective has no tier '{0}' to be weighed"};
inline constexpr MessageText trade_off_same{"trade_off_same", "“{0}”不能与自身权衡",
                                            "'{0}' cannot be weighed against itself"};
inline constexpr MessageText trade_off_dropped{"trade_off_dropped", "“{0}”不在两级目标之前，无从放下",
                                               "'{0}' does not come before both tiers, so it cannot be dropped"};
inline constexpr MessageText trade_off_points{"trade_off_points", "曲线至少要有 2 个点，不能是 {0} 个",
                                              "a curve has at least 2 points, not {0}"};
inline constexpr MessageText trade_off_staffing{"trade_off_staffing", "派驻含有不允许的配对",
                                                "its staffing has pairs that may not be"};
inline constexpr MessageText trade_off_value{"trade_off_value", "所报值与派驻不符",
                                             "its values are not those of its staffing"};
inline constexpr MessageText trade_off_order{"trade_off_order", "次序不对", "it is not in order"};
inline constexpr MessageText trade_off_open{"trade_off_open", "未定之处与各点及证明不符",
                                            "what is left open does not go with points and proofs"};
inline constexpr MessageText trade_off_unproved{"trade_off_unproved", "所给价格不足以证明",
                                                "the prices given do not prove it"};

}  // namespace message

inline constexpr const MessageText* all_replan_messages[] = {
    &message::replan_begun,       &message::replan_ended,    &message::replan_moved,      &message::replan_redated,
    &message::trade_off_tier,     &message::trade_off_same,  &message::trade_off_dropped, &message::trade_off_points,
    &message::trade_off_staffing, &message::trade_off_value, &message::trade_off_order,   &message::trade_off_open,
    &message::trade_off_unproved};

}  // namespace countyplan
