// What does an experiment say when it cannot be made?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// Rows of this folder's table; `all_experiment_messages` lists them.
namespace message {

inline constexpr MessageText generate_range{"generate_range", "{0} 超出范围：应在 {1} 至 {2} 之间",
                                            "{0} is out of range: expected {1} to {2}"};

inline constexpr MessageText scenario_unknown{"scenario_unknown", "方案中没有“{0}”", "the plan knows no '{0}'"};

// why a point of an experiment has no row
inline constexpr MessageText point_name{"point_name", "没有名为“{0}”的参数", "there is no parameter '{0}'"};
inline constexpr MessageText point_value{"point_value", "参数“{0}”不能是 {1}", "parameter '{0}' cannot be {1}"};

}  // namespace message

inline constexpr const MessageText* all_experiment_messages[] = {&message::generate_range, &message::scenario_unknown,
                                                                 &message::point_name, &message::point_value};

}  // namespace countyplan
