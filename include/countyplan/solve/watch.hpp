// Must this solve stop now, and is it time to tell how far it is?
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan::detail {

/// The counters of one solve. Looks at the clock once per `grain` units of work (a unit is a few
/// nanoseconds), so about once a millisecond.
class Watch {
  public:
    static constexpr std::int64_t grain = std::int64_t{1} << 16;

    Watch(const Stop& stop, const Progress& progress)
        : stop_(stop), progress_(progress), start_(Clock::now()), last_tick_(start_) {
        look();
    }

    [[nodiscard]] bool stopped() const { return cause_.has_value(); }
    /// Why it stopped; only if it did.
    [[nodiscard]] Cause cause() const { return *cause_; }

    /// Accounts for `work` units and says whether to stop.
    bool spend(std::int64_t work) {
        left_ -= work;
        if (left_ <= 0) look();
        return stopped();
    }

    /// Whether the step limit forbids another step after `steps` of them.
    bool exhausted(std::int64_t steps) {
        if (stop_.step_limit && steps >= *stop_.step_limit && !cause_) cause_ = Cause::steps;
        return stopped();
    }

    /// Calls the observer with `glance()`, a Tick whose time is filled in here, if it is due.
    template <class Glance>
    void report(const Glance& glance) {
        if (!due_) return;
        due_ = false;
        last_tick_ = Clock::now();
        Tick tick = glance();
        tick.elapsed = last_tick_ - start_;
        progress_(tick);
    }

  private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds between_ticks{300};

    void look() {
        left_ = grain;
        if (cause_) return;
        if (stop_.token.stop_requested()) {
            cause_ = Cause::cancelled;
            return;
        }
        if (!stop_.time_limit && !progress_) return;
        const auto now = Clock::now();
        if (stop_.time_limit && now - start_ >= *stop_.time_limit) cause_ = Cause::time;
        if (progress_ && now - last_tick_ >= between_ticks) due_ = true;
    }

    const Stop& stop_;
    const Progress& progress_;
    Clock::time_point start_;
    Clock::time_point last_tick_;
    std::int64_t left_ = grain;
    std::optional<Cause> cause_;
    bool due_ = false;
};

}  // namespace countyplan::detail
