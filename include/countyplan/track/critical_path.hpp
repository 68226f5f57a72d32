// When can each task start and finish at the earliest and at the latest, and which ones drive the end?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include <countyplan/plan/calendar.hpp>
#include <countyplan/plan/task.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// What links into work that has begun still say.
enum class ProgressLogic {
    retained,      ///< what remains of every task waits for its predecessors
    override,      ///< links into a task that has started are ignored
    actual_dates,  ///< as `override`, and what has happened counts from its actual dates alone
};

template <>
struct Enumerators<ProgressLogic> {
    static constexpr MessageText words[] = {{"retained", "保留逻辑", "retained logic"},
                                            {"override", "进度覆盖", "progress override"},
                                            {"actual_dates", "实际日期", "actual dates"}};
};

/// What a bound does where it contradicts a link.
enum class ScheduleRules {
    standard,    ///< `…_no_later` moves late dates only; a mandatory date that cannot hold is a conflict
    ms_project,  ///< `…_no_later` and mandatory dates go before links; only tasks without predecessors wait
                 ///< for their project's start
};

template <>
struct Enumerators<ScheduleRules> {
    static constexpr MessageText words[] = {{"standard", "标准规则", "standard"},
                                            {"ms_project", "兼容 MS Project", "as MS Project"}};
};

/// One activity. Dates are boundary indices of its own calendar (see `Calendar`). The four `no` bounds are
/// soft: two move early dates, two only late dates (negative float tells); so does the deadline.
/// Mandatory dates are exact. Actual dates and what remains need a data date.
struct CriticalPathTask {
    std::int64_t duration = 0;                                     ///< working days, >= 0
    std::uint32_t calendar = 0;                                    ///< index into `CriticalPathProblem::calendars`
    std::uint32_t project = 0;                                     ///< index into `CriticalPathProblem::projects`
    std::optional<std::int64_t> start_no_earlier = std::nullopt;   ///< until it has started
    std::optional<std::int64_t> finish_no_earlier = std::nullopt;  ///< until it is complete
    std::optional<std::int64_t> start_no_later = std::nullopt;
    std::optional<std::int64_t> finish_no_later = std::nullopt;
    std::optional<std::int64_t> deadline = std::nullopt;          ///< a finish, for late dates only
    std::optional<std::int64_t> mandatory_start = std::nullopt;   ///< until it has started
    std::optional<std::int64_t> mandatory_finish = std::nullopt;  ///< until it is complete
    std::optional<std::int64_t> actual_start = std::nullopt;      ///< before the data date's boundary
    std::optional<std::int64_t> actual_finish = std::nullopt;     ///< at it or before; the task is complete
    /// Working days left, counted from the data date. Unset: the duration, less the working days since an
    /// actual start, but at least 1 (a milestone: 0); 0 once complete.
    std::optional<std::int64_t> remaining = std::nullopt;

    friend bool operator==(const CriticalPathTask&, const CriticalPathTask&) = default;
};

enum class LinkBound {
    minimum,  ///< the successor waits at least the lag
    maximum,  ///< the successor follows no later than the lag
};

template <>
struct Enumerators<LinkBound> {
    static constexpr MessageText words[] = {{"minimum", "最小时距", "minimum lag"},
                                            {"maximum", "最大时距", "maximum lag"}};
};

/// `successor` waits for `predecessor`; the lag may be negative. As a maximum it is the link from the
/// successor back to the predecessor with the negated lag, on the same calendar, and may close cycles.
struct CriticalPathLink {
    std::uint32_t predecessor = 0;
    std::uint32_t successor = 0;
    LinkKind type = LinkKind::finish_start;
    std::int64_t lag = 0;
    LagCalendar lag_calendar = LagCalendar::predecessor;
    LinkBound bound = LinkBound::minimum;

    friend bool operator==(const CriticalPathLink&, const CriticalPathLink&) = default;
};

/// What a group of activities has in common; its late dates count from its own end.
struct CriticalPathProject {
    Day start{};                               ///< its first day
    std::optional<Day> finish = std::nullopt;  ///< its set last day; unset: the last finish
    std::uint32_t calendar = 0;                ///< counts the lags of `LagCalendar::project` after its tasks

    friend bool operator==(const CriticalPathProject&, const CriticalPathProject&) = default;
};

/// A network of activities whose minimum lags form no cycle; links may cross projects.
struct CriticalPathProblem {
    static constexpr std::int64_t max_days = 10'000'000;         ///< for durations and lags, in size
    static constexpr std::int64_t max_boundary = 1'000'000'000;  ///< for bounds and actual dates, in size

    std::vector<Calendar> calendars{};
    std::vector<CriticalPathProject> projects{};
    std::vector<CriticalPathTask> tasks{};
    std::vector<CriticalPathLink> links{};
    std::optional<Day> data_date = std::nullopt;  ///< the last day reported on; unset: a plan without progress
    ProgressLogic logic = ProgressLogic::retained;
    ScheduleRules rules = ScheduleRules::standard;

    friend bool operator==(const CriticalPathProblem&, const CriticalPathProblem&) = default;
};

struct CriticalPathOptions {
    std::int64_t critical_float = 0;  ///< critical by float: total float at most this

    friend bool operator==(const CriticalPathOptions&, const CriticalPathOptions&) = default;
};

/// What a task's dates are; boundary indices and floats in its own calendar. With a data date they are
/// the dates of what remains of it; a complete task has no float.
struct CriticalPathDates {
    std::int64_t early_start = 0;
    std::int64_t early_finish = 0;
    std::int64_t late_start = 0;
    std::int64_t late_finish = 0;
    std::optional<std::int64_t> total_float = std::nullopt;  ///< unset: the task is complete
    std::optional<std::int64_t> free_float = std::nullopt;   ///< likewise
    bool critical_by_float = false;
    bool on_longest_path = false;  ///< a project's end is reached from it through driving links

    [[nodiscard]] std::optional<std::int64_t> interfering_float() const {
        if (!total_float || !free_float) return std::nullopt;
        return *total_float - *free_float;
    }

    friend bool operator==(const CriticalPathDates&, const CriticalPathDates&) = default;
};

/// When `task` starts and finishes as one prints it: as reported, else as scheduled.
[[nodiscard]] inline std::int64_t start_of(const CriticalPathTask& task, const CriticalPathDates& dates) {
    return task.actual_start.value_or(dates.early_start);
}
[[nodiscard]] inline std::int64_t finish_of(const CriticalPathTask& task, const CriticalPathDates& dates) {
    return task.actual_finish.value_or(dates.early_finish);
}

/// Proof that maximum lags cannot hold: links each of which leads on from where the one before led to
/// (a maximum leads from its successor to its predecessor), the last one to the first; going round, every
/// boundary is pushed on.
struct LagCycle {
    std::vector<std::uint32_t> links{};

    friend bool operator==(const LagCycle&, const LagCycle&) = default;
};

/// Proof that a mandatory date cannot hold: from the own bound of `root` the links, each leading on from
/// where the one before led to, push the last task beyond its date. No links: `root` itself.
struct MandatoryConflict {
    std::uint32_t root = 0;
    std::vector<std::uint32_t> links{};

    friend bool operator==(const MandatoryConflict&, const MandatoryConflict&) = default;
};

/// - optimal: `tasks`, `ends`, `drivers`, `driving`; cause and claim proved
/// - infeasible: `conflict` alone; cause and claim proved
/// - unknown: none of them; cause time, steps or cancelled; claim estimate
/// The certificate is `drivers`: per task the link that its early start rests on, or `Drivers::own`
/// (project start, data date or its own bound), and the link that its late finish rests on, `Drivers::own`
/// (its own bound) or `Drivers::end` (its project's end).
struct CriticalPathResult {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<CriticalPathDates> tasks;
    std::vector<std::int64_t> ends;     ///< per project: the day number after its last day, set or reached
    std::vector<std::uint8_t> driving;  ///< per link: 1 if its bound is attained in the early dates
    Drivers drivers;
    std::variant<std::monostate, LagCycle, MandatoryConflict> conflict;
    std::vector<std::uint32_t> out_of_sequence;  ///< links that actual dates have violated, in order
    std::int64_t steps = 0;                      ///< tasks looked at

    friend bool operator==(const CriticalPathResult&, const CriticalPathResult&) = default;
};

/// The share of a task's duration that has passed at the data date: working days since its actual start, of
/// these and the remaining ones; 0 before it has started, 1 once it is complete. Drives no date, and says
/// nothing of what was achieved. `task` exists in `problem`, which `examine` accepts.
[[nodiscard]] double passed_share(const CriticalPathProblem& problem, std::uint32_t task);

/// Whether `problem` is as its structs describe it; if not, what is wrong first. A cycle is named with
/// a shortest one. O(n + m).
[[nodiscard]] Verdict examine(const CriticalPathProblem& problem);

/// Forward and backward pass in topological order. Throws `InvalidProblem` where `examine` refuses.
/// Of several drivers a task's own bound goes first, then the link of the smallest number.
/// O(n log n + m), with a logarithm of the calendars' span for links between different calendars; not
/// recursive; deterministic; thread-safe. A step is one task in one pass.
/// Source: Kelley & Walker 1959; Elmaghraby & Kamburowski, Management Science 38 (1992).
[[nodiscard]] CriticalPathResult solve(const CriticalPathProblem& problem, const CriticalPathOptions& options = {},
                                       const Stop& stop = {}, const Progress& progress = {});

/// Whether `result` shows what it says about `problem`: every bound holds, every date is attained along
/// its pointer, no pointers run in a circle, floats and critical marks follow from the dates. If not,
/// which condition fails first and where (`link[5]`, `early[3]`, `late[3]`, `float[3]`, …).
/// O(n + m); shares no code with `solve`.
[[nodiscard]] Verdict examine(const CriticalPathProblem& problem, const CriticalPathResult& result,
                              const CriticalPathOptions& options = {});

/// `examine(problem, result, options).accepted`.
[[nodiscard]] bool verify(const CriticalPathProblem& problem, const CriticalPathResult& result,
                          const CriticalPathOptions& options = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/critical_path.hpp>
#endif
