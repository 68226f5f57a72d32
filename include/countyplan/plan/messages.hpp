// What does the plan say when something is wrong with it?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// Rows of this folder's table; `all_plan_messages` lists them.
namespace message {

inline constexpr MessageText duplicate_id{"duplicate_id", "编号“{0}”重复:第一次出现在 {1}",
                                          "the id '{0}' is used twice: first at {1}"};
inline constexpr MessageText unknown_reference{"unknown_reference", "没有编号为“{0}”的{1}",
                                               "there is no {1} with the id '{0}'"};
inline constexpr MessageText required_field{"required_field", "此项不能为空", "this field may not be empty"};
inline constexpr MessageText nearest_id{"nearest_id", "最接近的编号是“{0}”", "the nearest id is '{0}'"};
inline constexpr MessageText invalid_plan{"invalid_plan", "方案有 {0} 个错误", "the plan has {0} errors"};

}  // namespace message

inline constexpr const MessageText* all_plan_messages[] = {&message::duplicate_id, &message::unknown_reference,
                                                           &message::required_field, &message::nearest_id,
                                                           &message::invalid_plan};

}  // namespace countyplan
