// What does a live schedule say about edits it refuses, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan::message {

inline constexpr MessageText live_maximum_lag{"live_maximum_lag", "实时排程不接受最大时距，请整体重算",
                                              "a live schedule takes no maximum lags; solve the whole network"};
inline constexpr MessageText live_no_such_number{"live_no_such_number", "编号 {0} 没有使用",
                                                 "the number {0} is not in use"};

inline constexpr const MessageText* all_live_messages[] = {&live_maximum_lag, &live_no_such_number};

}  // namespace countyplan::message
