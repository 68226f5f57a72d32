// What does `solve/` say about a problem, an answer or a proof, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan::message {

// a problem that is not as described
inline constexpr MessageText solve_wrong_length{"solve_wrong_length", "有 {0} 项，应为 {1} 项",
                                                "has {0} entries where {1} are needed"};
inline constexpr MessageText solve_out_of_range{"solve_out_of_range", "值为 {0}，允许范围为 {1} 至 {2}",
                                                "is {0}; allowed is {1} to {2}"};
inline constexpr MessageText solve_no_such_node{"solve_no_such_node", "指向节点 {0}，但只有 {1} 个节点",
                                                "points at node {0}, but there are only {1} nodes"};
inline constexpr MessageText solve_crossed_bounds{"solve_crossed_bounds", "上界 {0} 小于下界 {1}",
                                                  "the upper bound {0} is below the lower bound {1}"};
inline constexpr MessageText solve_too_large{"solve_too_large", "数值与规模之积超出精确计算的范围：{0}",
                                             "size times magnitude leaves the range of exact arithmetic: {0}"};
inline constexpr MessageText solve_flow_overflow{"solve_flow_overflow", "最优流量超出 64 位整数",
                                                 "the best flow does not fit 64 bits"};

// an answer that is refused
inline constexpr MessageText proof_fields_disagree{"proof_fields_disagree", "结果的各字段互相矛盾",
                                                   "the fields of the result contradict each other"};
inline constexpr MessageText proof_flow_outside{"proof_flow_outside", "流量 {0} 超出 [{1}, {2}]",
                                                "the flow {0} lies outside [{1}, {2}]"};
inline constexpr MessageText proof_unbalanced{"proof_unbalanced", "流出减流入为 {0}，供给为 {1}",
                                              "outflow minus inflow is {0}, the supply is {1}"};
inline constexpr MessageText proof_wrong_cost{"proof_wrong_cost", "所报成本 {0}，实为 {1}",
                                              "the stated cost is {0}, the true one is {1}"};
inline constexpr MessageText proof_reduced_cost_negative{
    "proof_reduced_cost_negative", "约化成本为负，流量却低于上界",
    "the reduced cost is negative though the flow is below its upper bound"};
inline constexpr MessageText proof_reduced_cost_positive{
    "proof_reduced_cost_positive", "约化成本为正，流量却高于下界",
    "the reduced cost is positive though the flow is above its lower bound"};
inline constexpr MessageText proof_cut_not_violated{"proof_cut_not_violated", "该割并未被违反",
                                                    "the cut is not violated"};
inline constexpr MessageText proof_named_twice{"proof_named_twice", "{0} 出现了两次", "{0} is named twice"};
inline constexpr MessageText proof_no_such_item{"proof_no_such_item", "没有编号 {0}，总数为 {1}",
                                                "there is no number {0}; the count is {1}"};
inline constexpr MessageText proof_not_a_cycle{"proof_not_a_cycle", "这些弧首尾不相接",
                                               "the arcs do not join into a cycle"};
inline constexpr MessageText proof_cycle_capped{"proof_cycle_capped", "环上的弧有上界 {0}",
                                                "an arc of the cycle has the upper bound {0}"};
inline constexpr MessageText proof_cycle_not_negative{"proof_cycle_not_negative", "环的成本不为负",
                                                      "the cycle's cost is not negative"};
inline constexpr MessageText proof_cycle_not_positive{"proof_cycle_not_positive", "环的长度 {0} 不为正",
                                                      "the cycle's length {0} is not positive"};
inline constexpr MessageText proof_bound_broken{"proof_bound_broken", "时间 {0} 违反界限 {1}",
                                                "the time {0} breaks the bound {1}"};
inline constexpr MessageText proof_not_attained{"proof_not_attained", "时间 {0} 与其依据 {1} 不等",
                                                "the time {0} differs from {1}, what drives it"};
inline constexpr MessageText proof_pointer_elsewhere{"proof_pointer_elsewhere", "依据 {0} 不属于该节点",
                                                     "the driver {0} does not belong to this node"};
inline constexpr MessageText proof_pointer_cycle{"proof_pointer_cycle", "依据互相循环", "the drivers run in a circle"};
inline constexpr MessageText proof_pair_forbidden{"proof_pair_forbidden", "该配对不被允许", "this pair is forbidden"};
inline constexpr MessageText proof_left_unmatched{"proof_left_unmatched", "未得到配对，但必须配对",
                                                  "is left unmatched but must not be"};
inline constexpr MessageText proof_price_above_cost{"proof_price_above_cost", "价格之和 {0} 大于成本 {1}",
                                                    "the prices add up to {0}, more than the cost {1}"};
inline constexpr MessageText proof_price_below_cost{
    "proof_price_below_cost", "所选配对的价格之和 {0} 小于成本 {1}",
    "the prices of a chosen pair add up to {0}, less than its cost {1}"};
inline constexpr MessageText proof_price_positive{"proof_price_positive", "价格 {0} 不得为正",
                                                  "the price {0} must not be positive"};
inline constexpr MessageText proof_price_not_zero{"proof_price_not_zero", "未配对者的价格为 {0}，应为 0",
                                                  "the price of one left free is {0} where 0 is needed"};
inline constexpr MessageText proof_wrong_bound{"proof_wrong_bound", "所报的界 {0}，实为 {1}",
                                               "the stated bound is {0}, the true one is {1}"};
inline constexpr MessageText proof_no_shortage{"proof_no_shortage", "{0} 个成员有 {1} 个可选对象，并不短缺",
                                               "the {0} named have {1} allowed partners, which is no shortage"};
inline constexpr MessageText proof_price_above_unmatched{
    "proof_price_above_unmatched", "价格 {0} 大于不配对的代价 {1}",
    "the price {0} is more than {1}, what staying unmatched costs"};
inline constexpr MessageText proof_price_below_unmatched{
    "proof_price_below_unmatched", "未配对者的价格 {0} 小于不配对的代价 {1}",
    "the price of one left unmatched is {0}, less than {1}, what that costs"};
inline constexpr MessageText proof_price_off_cost{"proof_price_off_cost", "所选配对的价格之和与其成本不等",
                                                  "the prices of a chosen pair do not add up to its cost"};
inline constexpr MessageText proof_may_stay_unmatched{"proof_may_stay_unmatched", "可以不配对，不能证明短缺",
                                                      "may stay unmatched and so shows no shortage"};
inline constexpr MessageText solve_source_is_sink{"solve_source_is_sink", "源点与汇点是同一个节点",
                                                  "source and sink are the same node"};
inline constexpr MessageText proof_wrong_value{"proof_wrong_value", "所报的值 {0}，实为 {1}",
                                               "the stated value is {0}, the true one is {1}"};
inline constexpr MessageText proof_gap{"proof_gap", "值 {0} 未达到界 {1}",
                                       "the value {0} does not reach the bound {1}"};
inline constexpr MessageText proof_descending{"proof_descending", "{0} 排在 {1} 之后", "{0} comes after {1}"};
inline constexpr MessageText proof_not_apart{"proof_not_apart", "该割没有把源点与汇点分开",
                                             "the cut does not part source from sink"};
inline constexpr MessageText proof_uncovered{"proof_uncovered", "该配对的两端都不在覆盖之中",
                                             "neither end of this pair is in the cover"};
inline constexpr MessageText proof_wrong_part{"proof_wrong_part", "不属于所报的部分",
                                              "does not belong to the stated part"};
inline constexpr MessageText proof_wrong_block{"proof_wrong_block", "所报的块不正确", "the stated block is wrong"};
inline constexpr MessageText solve_not_convex{"solve_not_convex", "斜率低于前一段，总成本不是凸的",
                                              "the slope is below the one before, so the cost is not convex"};
inline constexpr MessageText proof_not_its_pair{"proof_not_its_pair", "配对 {0} 不属于该项",
                                                "the pair {0} does not belong to this item"};
inline constexpr MessageText proof_bound_missing{"proof_bound_missing", "所需的界是无穷的",
                                                 "needs a bound that is infinite"};
inline constexpr MessageText proof_not_contradictory{"proof_not_contradictory", "这些乘数并不产生矛盾",
                                                     "the multipliers do not contradict the bounds"};
inline constexpr MessageText proof_ray_leaves{"proof_ray_leaves", "该方向越出有限的界",
                                              "the direction leaves a finite bound"};
inline constexpr MessageText proof_ray_not_better{"proof_ray_not_better", "该方向不降低目标值",
                                                  "the direction does not lower the objective"};
inline constexpr MessageText proof_not_a_tree{"proof_not_a_tree", "证明中的分支不完整或有多余",
                                              "the branches of the proof are incomplete or too many"};
inline constexpr MessageText proof_not_whole{"proof_not_whole", "{0} 不是整数", "{0} is not a whole number"};

inline constexpr const MessageText* all_solve_messages[] = {
    &solve_wrong_length,
    &solve_out_of_range,
    &solve_no_such_node,
    &solve_crossed_bounds,
    &solve_too_large,
    &solve_flow_overflow,
    &proof_fields_disagree,
    &proof_flow_outside,
    &proof_unbalanced,
    &proof_wrong_cost,
    &proof_reduced_cost_negative,
    &proof_reduced_cost_positive,
    &proof_cut_not_violated,
    &proof_named_twice,
    &proof_no_such_item,
    &proof_not_a_cycle,
    &proof_cycle_capped,
    &proof_cycle_not_negative,
    &proof_cycle_not_positive,
    &proof_bound_broken,
    &proof_not_attained,
    &proof_pointer_elsewhere,
    &proof_pointer_cycle,
    &proof_pair_forbidden,
    &proof_left_unmatched,
    &proof_price_above_cost,
    &proof_price_below_cost,
    &proof_price_positive,
    &proof_price_not_zero,
    &proof_wrong_bound,
    &proof_no_shortage,
    &proof_price_above_unmatched,
    &proof_price_below_unmatched,
    &proof_price_off_cost,
    &proof_may_stay_unmatched,
    &solve_source_is_sink,
    &proof_wrong_value,
    &proof_gap,
    &proof_descending,
    &proof_not_apart,
    &proof_uncovered,
    &proof_wrong_part,
    &proof_wrong_block,
    &solve_not_convex,
    &proof_not_its_pair,
    &proof_bound_missing,
    &proof_not_contradictory,
    &proof_ray_leaves,
    &proof_ray_not_better,
    &proof_not_a_tree,
    &proof_not_whole,
};

}  // namespace countyplan::message
