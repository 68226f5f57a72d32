// How far has a running solve come?
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

namespace countyplan {

/// One glance at a running solve. `best` and `bound` are of the objective's first tier and for people
/// only: doubles, unset while there is none.
struct Tick {
    std::chrono::nanoseconds elapsed{};
    std::int64_t steps = 0;
    std::optional<double> best = std::nullopt;
    std::optional<double> bound = std::nullopt;

    friend bool operator==(const Tick&, const Tick&) = default;
};

/// Called on the solving thread at most a few times a second; empty means nobody looks. What it throws
/// leaves the solve through its caller. It cannot change the answer.
using Progress = std::function<void(const Tick&)>;

}  // namespace countyplan
