// How far is the schedule from what was once agreed?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/plan/calendar.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/money.hpp>
#include <countyplan/track/schedule.hpp>

namespace countyplan {

/// One task as it was agreed; boundaries of its calendar then.
struct BaselineTask {
    std::string id{};
    std::string county{};        ///< its code
    std::uint32_t calendar = 0;  ///< index into `Baseline::calendars()`
    std::int64_t start = 0;
    std::int64_t finish = 0;
    WorkDays duration{};
    Money budget{};

    friend bool operator==(const BaselineTask&, const BaselineTask&) = default;
};

/// The dates and budgets of every task as recorded on a day, with the calendars that count them. A regular value that
/// is never changed: a revised agreement is another baseline, with an id of its own. Tasks are kept by id, so that it
/// can be compared with any later plan.
class Baseline {
  public:
    Baseline() = default;
    /// The dates of `schedule`, which is optimal and belongs to `plan`: reported ones where there are any, else early
    /// ones. O(n log n).
    Baseline(std::string id, Day recorded, const Plan& plan, const Schedule& schedule);
    /// From its parts: `tasks` in any order, each id once, their calendars among `calendars`. O(n log n).
    Baseline(std::string id, Day recorded, const Digests& digests, std::vector<Calendar> calendars,
             std::vector<BaselineTask> tasks);

    [[nodiscard]] const std::string& id() const { return id_; }
    [[nodiscard]] Day recorded() const { return recorded_; }
    [[nodiscard]] const Digests& digests() const { return digests_; }  ///< of the schedule
    [[nodiscard]] const std::vector<Calendar>& calendars() const { return calendars_; }
    [[nodiscard]] const std::vector<BaselineTask>& tasks() const { return tasks_; }  ///< by id
    /// The task of that id, or none. O(log n).
    [[nodiscard]] const BaselineTask* find(std::string_view task) const;

    friend bool operator==(const Baseline&, const Baseline&) = default;

  private:
    std::string id_;
    Day recorded_{};
    Digests digests_{};
    std::vector<Calendar> calendars_;
    std::vector<BaselineTask> tasks_;
};

/// What is later, or longer, than agreed, in working days of the baseline's calendar of the task; negative: earlier,
/// shorter.
struct TaskVariance {
    Id<Task> task{};
    WorkDays start{};
    WorkDays finish{};
    WorkDays duration{};  ///< finish less start: the time it occupies

    friend bool operator==(const TaskVariance&, const TaskVariance&) = default;
};

/// What was due by the data date, and what became of it. A ratio without a denominator is unset.
struct BaselineCounts {
    std::size_t due = 0;        ///< tasks agreed to finish by the data date
    std::size_t completed = 0;  ///< tasks of the baseline that are complete, due or not
    std::size_t hits = 0;       ///< due tasks that finished on their agreed day or before
    /// One county only, on its office's calendar: from the data date (without one, from the county's start) to the
    /// last finish expected, and from there to the last one agreed.
    std::optional<WorkDays> critical_length{};
    std::optional<WorkDays> project_float{};

    /// Baseline execution index: completed / due.
    [[nodiscard]] std::optional<double> bei() const { return ratio(completed); }
    /// Hits / due.
    [[nodiscard]] std::optional<double> hit_rate() const { return ratio(hits); }
    /// Critical path length index: (length + float) / length; unset where no work is left.
    [[nodiscard]] std::optional<double> cpli() const {
        if (!critical_length || !project_float || critical_length->count() <= 0) return std::nullopt;
        return static_cast<double>((*critical_length + *project_float).count()) /
               static_cast<double>(critical_length->count());
    }

    friend bool operator==(const BaselineCounts&, const BaselineCounts&) = default;

  private:
    [[nodiscard]] std::optional<double> ratio(std::size_t numerator) const {
        if (due == 0) return std::nullopt;
        return static_cast<double>(numerator) / static_cast<double>(due);
    }
};

struct BaselineComparison {
    std::string baseline{};              ///< its id
    std::vector<TaskVariance> tasks{};   ///< those in both, in the plan's order
    std::vector<Id<Task>> added{};       ///< not in the baseline
    std::vector<std::string> removed{};  ///< in the baseline only, by id; they count as due
    std::vector<Id<Task>> missed{};      ///< due, and finished later than agreed or not at all
    BaselineCounts whole{};              ///< of all counties
    ById<Id<County>, BaselineCounts> counties{};

    friend bool operator==(const BaselineComparison&, const BaselineComparison&) = default;
};

/// Holds `schedule`, which is optimal and belongs to `plan`, against a baseline. Due is what the baseline's calendar
/// ends by the schedule's data date; without one, nothing. O(n log n). Source of the indices: DCMA; Defense Contract
/// Management Agency, Earned Value Management System Program Analysis Pamphlet, 2012.
[[nodiscard]] BaselineComparison compare(const Baseline& baseline, const Plan& plan, const Schedule& schedule);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/baseline.hpp>
#endif
