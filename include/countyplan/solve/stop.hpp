// When must a solve give back what it has?
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>

namespace countyplan {

/// The reasons to stop early. A value without counters: it may be used for any number of solves, also
/// at once, and each of them has the whole limit to itself. Unset means no such limit.
/// A solve returns within 50 ms of the request with the best it has found.
struct Stop {
    std::optional<std::chrono::nanoseconds> time_limit = std::nullopt;  ///< per solve; zero or less: at once
    std::optional<std::int64_t> step_limit = std::nullopt;  ///< per solve, in the solver's own steps; deterministic
    std::stop_token token = {};                             ///< the caller's request

    friend bool operator==(const Stop&, const Stop&) = default;
};

}  // namespace countyplan
