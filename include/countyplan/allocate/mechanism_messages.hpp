// What does a mechanism say when its options are wrong?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// Rows of this table; `all_mechanism_messages` lists them.
namespace message {

inline constexpr MessageText mechanism_unknown_expert{"mechanism_unknown_expert", "方案中没有帮扶人才“{0}”",
                                                      "the plan has no expert '{0}'"};
inline constexpr MessageText mechanism_twice{"mechanism_twice", "帮扶人才“{0}”列了两次",
                                             "expert '{0}' is listed twice"};

}  // namespace message

inline constexpr const MessageText* all_mechanism_messages[] = {&message::mechanism_unknown_expert,
                                                                &message::mechanism_twice};

}  // namespace countyplan
