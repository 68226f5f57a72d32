// What does graph/ say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText graph_too_large{"graph_too_large", "图的规模 {0} 超出上限 {1}",
                                             "the graph's size {0} exceeds the limit {1}"};
inline constexpr MessageText node_out_of_range{"node_out_of_range", "节点编号 {0} 超出范围，图中只有 {1} 个节点",
                                               "node {0} is out of range, the graph has {1} nodes"};
inline constexpr MessageText graph_cycle{"graph_cycle", "存在长度为 {0} 的环：{1}",
                                         "there is a cycle of length {0}: {1}"};

}  // namespace message

/// Every message of this folder.
inline constexpr const MessageText* all_graph_messages[] = {
    &message::graph_too_large,
    &message::node_out_of_range,
    &message::graph_cycle,
};

}  // namespace countyplan
