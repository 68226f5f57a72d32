// What is said about stable matchings only, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan::message {

inline constexpr MessageText solve_quotas_not_plain{"solve_quotas_not_plain", "稳定匹配只用上限，不用下限和成本",
                                                    "stable matching knows upper quotas only, no lower ones, no costs"};
inline constexpr MessageText proof_pair_blocks{"proof_pair_blocks", "该配对双方都更愿意，故选择不稳定",
                                               "both sides would rather take this pair, so the choice is not stable"};

inline constexpr const MessageText* all_stable_matching_messages[] = {&solve_quotas_not_plain, &proof_pair_blocks};

}  // namespace countyplan::message
