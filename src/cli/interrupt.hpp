// Has the person at the keyboard asked a solve to stop?
#pragma once

#include <atomic>
#include <csignal>
#include <stop_token>
#include <thread>

#include <countyplan/solve/stop.hpp>

#include "settings.hpp"

namespace countyplan {

/// While it lives, the first Ctrl-C (or SIGTERM) requests a stop and the second ends the program at once,
/// as if nobody had caught it. A signal that was ignored when the program began stays ignored.
class InterruptSignal {
  public:
    explicit InterruptSignal(Language language);
    InterruptSignal(const InterruptSignal&) = delete;
    InterruptSignal& operator=(const InterruptSignal&) = delete;
    ~InterruptSignal();

    [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

  private:
    void run();

    Language language_;
    std::stop_source source_;
    std::atomic<bool> over_{false};
    sigset_t waited_{};
    sigset_t before_{};
    std::thread thread_;
};

/// The limits that the user gave, and the keyboard.
[[nodiscard]] Stop stop_of(const Settings& settings, const InterruptSignal& interrupt);

}  // namespace countyplan
