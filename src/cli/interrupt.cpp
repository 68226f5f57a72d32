#include "interrupt.hpp"

#include <string>

#include <pthread.h>
#include <unistd.h>

#include "messages.hpp"

namespace countyplan {

namespace {

constexpr int wake_up = SIGUSR1;

bool is_ignored(int signal) {
    struct sigaction action {};
    return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

InterruptSignal::InterruptSignal(Language language) : language_(language) {
    sigemptyset(&waited_);
    sigaddset(&waited_, wake_up);
    for (const int signal : {SIGINT, SIGTERM}) {
        if (!is_ignored(signal)) sigaddset(&waited_, signal);
    }
    // blocked before the thread starts, so that both it and every later thread leave the signals to sigwait
    pthread_sigmask(SIG_BLOCK, &waited_, &before_);
    thread_ = std::thread([this] { run(); });
}

InterruptSignal::~InterruptSignal() {
    over_ = true;
    pthread_kill(thread_.native_handle(), wake_up);
    thread_.join();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void InterruptSignal::run() {
    for (;;) {
        int signal = 0;
        if (sigwait(&waited_, &signal) != 0) continue;
        if (signal == wake_up) {
            if (over_) return;
            continue;
        }
        if (source_.request_stop()) {
            if (::isatty(STDERR_FILENO) == 1) {
                const std::string note = "\r\x1B[K" + std::string(text(message::cli_interrupted, language_)) + "\n";
                (void)!::write(STDERR_FILENO, note.data(), note.size());
            }
            continue;
        }
        (void)::signal(signal, SIG_DFL);
        sigset_t only;
        sigemptyset(&only);
        sigaddset(&only, signal);
        pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
        (void)::raise(signal);
    }
}

Stop stop_of(const Settings& settings, const InterruptSignal& interrupt) {
    return {.time_limit = settings.time_limit, .step_limit = settings.step_limit, .token = interrupt.token()};
}

}  // namespace countyplan
