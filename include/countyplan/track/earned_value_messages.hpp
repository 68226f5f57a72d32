// What does `track/` say about planned, earned and spent value, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan::message {

inline constexpr MessageText value_not_reported{
    "value_not_reported", "有 {0} 项任务应有进展但没有数据，挣值各项之和不含这些任务",
    "{0} tasks are due to be under way but have no data; earned value leaves them out"};
inline constexpr MessageText spending_not_reported{
    "spending_not_reported", "有 {0} 项任务已开始但没有上报“{1}”，因此没有成本指数",
    "{0} tasks have started without a report of '{1}', so that there is no cost index"};
inline constexpr MessageText start_value_too_large{"start_value_too_large", "“{0}”为 {1}，多于任务的总值 {2}，未采用",
                                                   "'{0}' is {1}, more than the task's whole {2}; it is not used"};

inline constexpr const MessageText* all_earned_value_messages[] = {
    &value_not_reported,
    &spending_not_reported,
    &start_value_too_large,
};

}  // namespace countyplan::message
