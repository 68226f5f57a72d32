// What is said about teams only, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan::message {

inline constexpr MessageText proof_too_many_senders{"proof_too_many_senders", "派出单位有 {0} 个，至多 {1} 个",
                                                    "has {0} senders, at most {1} are allowed"};
inline constexpr MessageText proof_count_outside{"proof_count_outside", "计数 {0} 超出 [{1}, {2}]",
                                                 "the count {0} lies outside [{1}, {2}]"};

inline constexpr const MessageText* all_team_columns_messages[] = {&proof_too_many_senders, &proof_count_outside};

}  // namespace countyplan::message
