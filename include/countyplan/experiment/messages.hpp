// What does an experiment say when it cannot be made?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// Rows of this folder's table; `all_experiment_messages` lists them.
namespace message {

inline constexpr MessageText generate_range{"generate_range", "{0} 超出范围：应在 {1} 至 {2} 之间",
                                            "{0} is out of range: expected {1} to {2}"};

}  // namespace message

inline constexpr const MessageText* all_experiment_messages[] = {&message::generate_range};

}  // namespace countyplan
