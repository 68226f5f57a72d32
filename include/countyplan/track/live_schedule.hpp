// What does the schedule look like after one more edit, at the cost of what the edit touches?
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include <countyplan/graph/cycle.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/live_messages.hpp>

namespace countyplan {

namespace detail {
class LiveNetwork;
}  // namespace detail

/// What became of an edit. Refused (`verdict`): nothing has changed. A cycle of links, or what breaks a mandatory
/// date, is told by numbers of the schedule; a link or task that was to be added has the number that it would
/// have got.
struct LiveEdit {
    Verdict verdict{};
    std::uint32_t number = no_node;  ///< of the task or link in question
    std::variant<std::monostate, Cycle, MandatoryConflict> conflict{};
    std::size_t steps = 0;  ///< tasks looked at, forward and backward

    friend bool operator==(const LiveEdit&, const LiveEdit&) = default;
};

/// A task's dates; boundary indices and floats in its own calendar, as in `CriticalPathDates`.
struct LiveDates {
    std::int64_t early_start = 0;
    std::int64_t early_finish = 0;
    std::int64_t late_start = 0;
    std::int64_t late_finish = 0;
    std::optional<std::int64_t> total_float = std::nullopt;  ///< unset: the task is complete
    std::optional<std::int64_t> free_float = std::nullopt;   ///< likewise

    friend bool operator==(const LiveDates&, const LiveDates&) = default;
};

/// A schedule that is kept while tasks and links are added, changed and removed. At all times its dates are those
/// that `solve(problem())` would give. Calendars, projects, the data date, its logic and the rules stay as they were
/// given; maximum lags are refused. Tasks and links keep their numbers, which at first are their indices; a number
/// that becomes free is given out again, the one freed last first.
///
/// An edit costs what it touches: the tasks whose early or late dates change, or might, and their links, taken in
/// topological order. Late dates are kept as distances from their project's end, so that an end that moves costs
/// nothing, except along links between projects or calendars. Deterministic; movable; not thread-safe.
/// Source: Pearce & Kelly, ACM Journal of Experimental Algorithmics 11 (2006); Ramalingam & Reps, J. Algorithms 21
/// (1996). See docs/math/schedule.md, "Live edits".
class LiveSchedule {
  public:
    /// Throws `InvalidProblem` where `examine` refuses the problem, for a maximum lag, and for a mandatory date
    /// that cannot hold. O((n + m) log n).
    explicit LiveSchedule(CriticalPathProblem problem);
    LiveSchedule(LiveSchedule&&) noexcept;
    LiveSchedule& operator=(LiveSchedule&&) noexcept;
    ~LiveSchedule();

    LiveEdit add_task(const CriticalPathTask& task);
    /// Gives the task other fields, all of them.
    LiveEdit change_task(std::uint32_t number, const CriticalPathTask& task);
    /// Takes the task out, and its links.
    LiveEdit remove_task(std::uint32_t number);

    /// Refused with a shortest cycle if it would close one.
    LiveEdit add_link(CriticalPathLink link);
    /// Gives the link other fields, ends included.
    LiveEdit change_link(std::uint32_t number, CriticalPathLink link);
    LiveEdit remove_link(std::uint32_t number);

    [[nodiscard]] bool has_task(std::uint32_t number) const;
    [[nodiscard]] bool has_link(std::uint32_t number) const;
    [[nodiscard]] std::size_t task_count() const;
    [[nodiscard]] std::size_t link_count() const;
    /// The fields of one task, or link, that exists; valid until the next edit, to which they may be passed.
    [[nodiscard]] const CriticalPathTask& task(std::uint32_t number) const;
    [[nodiscard]] const CriticalPathLink& link(std::uint32_t number) const;
    /// The numbers in use, ascending: row i of `problem()` and of `result()` is number `[i]`. O(n), O(m).
    [[nodiscard]] std::vector<std::uint32_t> task_numbers() const;
    [[nodiscard]] std::vector<std::uint32_t> link_numbers() const;

    /// The dates of a task that exists; O(1), and the links out of it for its free float.
    [[nodiscard]] LiveDates dates(std::uint32_t number) const;
    /// The day number after the last day of a project that exists, set or reached. O(1).
    [[nodiscard]] std::int64_t end(std::uint32_t project) const;

    /// The network as it is, without gaps. O(n + m).
    [[nodiscard]] CriticalPathProblem problem() const;
    /// The schedule of `problem()` with its certificate, which `verify` accepts; equal to what `solve` gives, but
    /// for `steps`, which counts the tasks looked at since the beginning. O(n + m).
    [[nodiscard]] CriticalPathResult result(const CriticalPathOptions& options = {}) const;

  private:
    std::unique_ptr<detail::LiveNetwork> network_;
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/live_schedule.hpp>
#endif
