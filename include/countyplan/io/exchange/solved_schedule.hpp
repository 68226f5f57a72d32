// When does each task of a schedule file start and finish, in indices and in days, and is it proved?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/io/exchange/schedule_file.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/track/critical_path.hpp>

namespace countyplan {

struct SolvedScheduleOptions {
    WorkDays critical_float{0};  ///< critical by float: total float at most this
    ProgressLogic logic = ProgressLogic::retained;
    ScheduleRules rules = ScheduleRules::standard;

    friend bool operator==(const SolvedScheduleOptions&, const SolvedScheduleOptions&) = default;
};

/// One task's dates. Indices are boundaries of its own calendar, counted from its project's start: 0 is
/// the morning of the first working day. Days: a start by the start convention, a finish by the finish
/// convention; a milestone has one day. Early and late dates are those of what remains of the task.
struct ExchangeDates {
    std::int64_t early_start = 0;
    std::int64_t early_finish = 0;
    std::int64_t late_start = 0;
    std::int64_t late_finish = 0;
    std::optional<std::int64_t> total_float{};  ///< unset: the task is complete
    std::optional<std::int64_t> free_float{};   ///< likewise
    Day start{};                                ///< as reported, else the early start
    Day finish{};                               ///< as reported, else the early finish
    Day early_start_day{};
    Day early_finish_day{};
    Day late_start_day{};
    Day late_finish_day{};
    bool critical_by_float = false;
    bool on_longest_path = false;
    bool provisional = false;  ///< one of the days lies beyond what its calendar has announced

    friend bool operator==(const ExchangeDates&, const ExchangeDates&) = default;
};

/// The solved network of a file. `tasks` is empty unless the result is optimal; `verdict` is what the
/// checker says of the result.
struct SolvedSchedule {
    CriticalPathProblem problem{};
    CriticalPathResult result{};
    Verdict verdict{};
    std::vector<ExchangeDates> tasks{};
};

/// Solves, checks the certificate, and works out the days. Throws `InvalidPlan` where `check` has an
/// error, `InvalidProblem` where a date leaves the years 1 to 9999. Stops as `solve(CriticalPathProblem)`.
[[nodiscard]] SolvedSchedule solve_schedule(const ScheduleFile& file, const SolvedScheduleOptions& options = {},
                                            const Stop& stop = {}, const Progress& progress = {});

/// The same from a result of `problem`, the network of the file, that is at hand already. `result` was asked for with
/// these options.
[[nodiscard]] SolvedSchedule solved_schedule(CriticalPathProblem problem, CriticalPathResult result,
                                             const SolvedScheduleOptions& options = {});

/// The dates of `task`, of a network with the calendars and projects of `frame`, in indices and in days. `early_driver`
/// is what its early start rests on (`Drivers::early`), which decides of a milestone whether it begins a day or ends
/// one. Throws `InvalidProblem` as `solve_schedule`, naming the task by `row`.
[[nodiscard]] ExchangeDates exchange_dates(const CriticalPathProblem& frame, const CriticalPathTask& task,
                                           const CriticalPathDates& dates, std::uint32_t early_driver, std::size_t row);

/// Why there are no dates, with the ids of the file: a mandatory date or greatest lags that cannot hold.
/// Empty where there are dates.
[[nodiscard]] Message conflict_message(const ScheduleFile& file, const SolvedSchedule& solved);

}  // namespace countyplan
