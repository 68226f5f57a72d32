// How does a solve run so that Python stays alive: other threads, Ctrl-C and callbacks?
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

#include <pybind11/pybind11.h>

#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

struct RunOptions {
    std::optional<std::int64_t> time_limit{};  ///< nanoseconds
    std::optional<std::int64_t> step_limit{};
    pybind11::object progress{};      ///< None, or a callable that gets a Tick; what returns False ends the solve
    bool raise_on_interrupt = false;  ///< Ctrl-C: raise KeyboardInterrupt, or give back the best so far
};

/// Calls `work` on a thread of its own, with the GIL released, and waits for it on the calling thread,
/// which looks for signals 50 times a second and calls `progress`. What the callback, a signal's handler or
/// `work` throws leaves this function after the solve has ended. A second Ctrl-C always raises.
void run(const RunOptions& options, const std::function<void(const Stop&, const Progress&)>& work);

/// Stops every solve and waits until they have left `run`; no other begins. For the interpreter's end.
void end_runs();

}  // namespace countyplan
