// How much of a limit is left for the next of several solves?
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan::detail {

/// One limit of time, and one request to stop, shared by several solves since this was made.
class RemainingTime {
  public:
    explicit RemainingTime(const Stop& stop) : stop_(stop), start_(std::chrono::steady_clock::now()) {}

    [[nodiscard]] std::chrono::nanoseconds elapsed() const { return std::chrono::steady_clock::now() - start_; }

    /// Why no other solve may begin, if none may. Steps are for the caller to count.
    [[nodiscard]] std::optional<Cause> cause() const {
        if (stop_.token.stop_requested()) return Cause::cancelled;
        if (stop_.time_limit && elapsed() >= *stop_.time_limit) return Cause::time;
        return std::nullopt;
    }

    /// The limits with the time that is left, and that of steps as it was.
    [[nodiscard]] Stop rest() const { return rest(stop_.step_limit); }
    /// With another limit of steps.
    [[nodiscard]] Stop rest(std::optional<std::int64_t> steps) const {
        Stop out = stop_;
        out.step_limit = steps;
        if (out.time_limit) out.time_limit = std::max(*out.time_limit, std::chrono::nanoseconds(0)) - elapsed();
        return out;
    }

  private:
    Stop stop_;
    std::chrono::steady_clock::time_point start_;
};

}  // namespace countyplan::detail
