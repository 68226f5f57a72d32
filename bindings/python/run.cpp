#include "run.hpp"

#include <unistd.h>

#include <condition_variable>
#include <exception>
#include <list>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>

#include "convert.hpp"

namespace countyplan {

namespace {

constexpr std::chrono::milliseconds between_looks{20};
constexpr std::chrono::seconds longest_wait{10};  // at the end, for a callback that does not come back

/// What the solving thread tells the waiting one.
struct Mailbox {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Tick> tick;
    bool done = false;
    std::exception_ptr error;
};

/// The solves of this process. Python ends a daemon thread where it next takes the GIL, by unwinding; no frame of C++
/// may be below it then, so that all solves have to be over before.
struct RunningSolves {
    std::mutex mutex;
    std::condition_variable changed;
    std::list<std::stop_source> sources;
    bool ending = false;
    const pid_t process = getpid();
};

RunningSolves& running_solves() {
    static RunningSolves solves;
    return solves;
}

/// One of them, from here to the end of the scope.
class RunningSolve {
  public:
    explicit RunningSolve(const std::stop_source& source) {
        RunningSolves& solves = running_solves();
        const std::lock_guard lock(solves.mutex);
        if (solves.ending) throw std::runtime_error("the interpreter is ending: nothing can be solved");
        at_ = solves.sources.insert(solves.sources.end(), source);
    }
    RunningSolve(const RunningSolve&) = delete;
    RunningSolve& operator=(const RunningSolve&) = delete;
    ~RunningSolve() {
        RunningSolves& solves = running_solves();
        const std::lock_guard lock(solves.mutex);
        solves.sources.erase(at_);
        solves.changed.notify_all();
    }

  private:
    std::list<std::stop_source>::iterator at_;
};

/// Whether the solve may go on. With the GIL.
bool look(const RunOptions& options, const std::optional<Tick>& tick, bool stopping) {
    if (PyErr_CheckSignals() != 0) {
        if (options.raise_on_interrupt || stopping || PyErr_ExceptionMatches(PyExc_KeyboardInterrupt) == 0) {
            throw py::error_already_set();
        }
        PyErr_Clear();
        return false;
    }
    if (!tick || stopping || options.progress.is_none()) return true;
    const py::object answer =
        options.progress(value_class("Tick")(std::chrono::duration<double>(tick->elapsed).count(), tick->steps,
                                             tick->best ? py::object(py::float_(*tick->best)) : py::none(),
                                             tick->bound ? py::object(py::float_(*tick->bound)) : py::none()));
    return !answer.is(py::bool_(false));
}

}  // namespace

void run(const RunOptions& options, const std::function<void(const Stop&, const Progress&)>& work) {
    std::stop_source source;
    const RunningSolve running(source);
    Stop stop{.step_limit = options.step_limit, .token = source.get_token()};
    if (options.time_limit) stop.time_limit = std::chrono::nanoseconds(*options.time_limit);
    Mailbox box;
    Progress progress;
    if (!options.progress.is_none()) {
        progress = [&box](const Tick& tick) {
            const std::lock_guard lock(box.mutex);
            box.tick = tick;
            box.changed.notify_one();
        };
    }
    std::exception_ptr failure;
    {
        const py::gil_scoped_release released;
        std::jthread worker([&] {
            std::exception_ptr error;
            try {
                work(stop, progress);
            } catch (...) {
                error = std::current_exception();
            }
            const std::lock_guard lock(box.mutex);
            box.error = std::move(error);
            box.done = true;
            box.changed.notify_one();
        });
        std::unique_lock lock(box.mutex);
        while (true) {
            box.changed.wait_for(lock, between_looks, [&] { return box.done || box.tick; });
            if (box.done) break;
            const auto tick = std::exchange(box.tick, std::nullopt);
            lock.unlock();
            {
                const py::gil_scoped_acquire acquired;
                try {
                    if (!look(options, tick, source.stop_requested())) source.request_stop();
                } catch (...) {
                    failure = std::current_exception();
                    source.request_stop();
                }
            }
            lock.lock();
        }
    }
    if (failure) std::rethrow_exception(failure);
    if (box.error) std::rethrow_exception(box.error);
}

void end_runs() {
    RunningSolves& solves = running_solves();
    if (solves.process != getpid()) return;  // after a fork: those of the parent never end here
    const py::gil_scoped_release released;
    std::unique_lock lock(solves.mutex);
    solves.ending = true;
    for (std::stop_source& source : solves.sources)
        source.request_stop();
    solves.changed.wait_for(lock, longest_wait, [&] { return solves.sources.empty(); });
}

}  // namespace countyplan
