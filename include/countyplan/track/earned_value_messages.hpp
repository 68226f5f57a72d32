// What does `track/` say about planned, earned and spent value, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan::message {

inline constexpr MessageText value_not_reported{"value_not_reported", "应有进展但没有数据，挣值各项之和不含此任务",
                                                "is due to be under way but has no data; earned value leaves it out"};
inline constexpr MessageText spending_not_reported{"spending_not_reported", "已开始但没有上报“{0}”，上级没有成本指数",
                                                   "has started, but no '{0}' is reported; what stands above it has "
                                                   "no cost index"};
inline constexpr MessageText start_value_too_large{"start_value_too_large", "“{0}”为 {1}，多于任务的总值 {2}，未采用",
                                                   "'{0}' is {1}, more than the task's whole {2}; it is not used"};

inline constexpr const MessageText* all_earned_value_messages[] = {
    &value_not_reported,
    &spending_not_reported,
    &start_value_too_large,
};

}  // namespace countyplan::message
