// What does LEMON say a flow costs? Plain C++17, as LEMON's headers do not compile as C++20.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace peer {

/// The least cost of one tier; nothing if there is no flow. INT64_MAX as an upper bound means none.
std::optional<std::int64_t> lemon_min_cost(const std::vector<std::int64_t>& supply,
                                           const std::vector<std::uint32_t>& tail,
                                           const std::vector<std::uint32_t>& head,
                                           const std::vector<std::int64_t>& lower,
                                           const std::vector<std::int64_t>& upper,
                                           const std::vector<std::int64_t>& cost);

}  // namespace peer
