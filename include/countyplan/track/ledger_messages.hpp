// What does the ledger say about facts that are to be recorded, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan::message {

inline constexpr MessageText recorded_day_back{"recorded_day_back", "登记日期为 {0}，但台账已登记到 {1}",
                                               "recorded on {0}, but the ledger reaches {1}"};
inline constexpr MessageText recorded_from_then_on{"recorded_from_then_on", "不早于 {0} 的日期，以免此后的报告改变",
                                                   "a day from {0} on, so that no report changes that was given since"};

inline constexpr const MessageText* all_ledger_messages[] = {&recorded_day_back, &recorded_from_then_on};

}  // namespace countyplan::message
