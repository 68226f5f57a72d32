// Taking a baseline and comparing with it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/baseline.hpp>
#include <countyplan/track/impl/float_path.hpp>

namespace countyplan {

COUNTYPLAN_INLINE Baseline::Baseline(std::string id, Day recorded, const Plan& plan, const Schedule& schedule)
    : id_(std::move(id)), recorded_(recorded), digests_(schedule.digests), calendars_(schedule.calendars()) {
    COUNTYPLAN_EXPECT(schedule.termination == Termination::optimal, "a baseline needs a schedule with dates");
    for (const Id<Task> task : schedule.tasks.ids()) {
        const CriticalPathTask& row = schedule.problem.tasks[task.value()];
        const CriticalPathDates& dates = schedule.result.tasks[task.value()];
        tasks_.push_back({.id = plan.rows().tasks[task].id,
                          .county = to_text(plan.rows().tasks[task].county),
                          .calendar = row.calendar,
                          .start = start_of(row, dates),
                          .finish = finish_of(row, dates),
                          .duration = plan.rows().tasks[task].duration,
                          .budget = plan.rows().tasks[task].budget});
    }
    std::ranges::sort(tasks_, {}, &BaselineTask::id);
}

COUNTYPLAN_INLINE Baseline::Baseline(std::string id, Day recorded, const Digests& digests,
                                     std::vector<Calendar> calendars, std::vector<BaselineTask> tasks)
    : id_(std::move(id)),
      recorded_(recorded),
      digests_(digests),
      calendars_(std::move(calendars)),
      tasks_(std::move(tasks)) {
    std::ranges::sort(tasks_, {}, &BaselineTask::id);
}

COUNTYPLAN_INLINE const BaselineTask* Baseline::find(std::string_view task) const {
    const auto at =
        std::ranges::lower_bound(tasks_, task, {}, [](const BaselineTask& row) -> std::string_view { return row.id; });
    return at != tasks_.end() && at->id == task ? &*at : nullptr;
}

namespace detail {

/// What a task's calendar then makes of its boundaries on another calendar.
COUNTYPLAN_INLINE std::int64_t recounted(const Calendar& from, const Calendar& to, std::int64_t boundary,
                                         bool at_finish) {
    return to.rank_number(at_finish ? from.select_number(boundary - 1) + 1 : from.select_number(boundary));
}

/// The counts of one schedule against one baseline.
class BaselineReader {
  public:
    BaselineReader(const Baseline& baseline, const Plan& plan, const Schedule& schedule)
        : baseline_(baseline), plan_(plan), schedule_(schedule), agreed_end_(schedule.problem.projects.size()) {}

    [[nodiscard]] BaselineComparison read() {
        out_.baseline = baseline_.id();
        out_.counties = ById<Id<County>, BaselineCounts>(schedule_.problem.projects.size());
        for (const BaselineTask& row : baseline_.tasks())
            look_at(row);
        for (const Id<Task> task : schedule_.tasks.ids()) {
            if (const BaselineTask* row = baseline_.find(plan_.rows().tasks[task].id)) {
                vary(task, *row);
            } else {
                out_.added.push_back(task);
            }
        }
        measure_ends();
        return std::move(out_);
    }

  private:
    [[nodiscard]] bool is_due(const BaselineTask& row) const {
        if (!schedule_.problem.data_date) return false;
        return row.finish <= baseline_.calendars()[row.calendar].finish_boundary(*schedule_.problem.data_date);
    }

    void look_at(const BaselineTask& row) {
        const Id<Task> task = plan_.find<Task>(row.id);
        const Id<County> county = task ? plan_.county_of(task) : plan_.find<County>(row.county);
        if (!task) out_.removed.push_back(row.id);
        if (county) {
            const std::int64_t end = baseline_.calendars()[row.calendar].select_number(row.finish - 1) + 1;
            std::optional<std::int64_t>& last = agreed_end_[county.value()];
            last = std::max(last.value_or(end), end);
        }
        const auto count = [&](BaselineCounts& counts) {
            if (is_due(row)) ++counts.due;
            if (task && schedule_.tasks[task].is_complete) ++counts.completed;
        };
        count(out_.whole);
        if (county) count(out_.counties[county]);
    }

    void vary(Id<Task> task, const BaselineTask& agreed) {
        const CriticalPathTask& row = schedule_.problem.tasks[task.value()];
        const CriticalPathDates& dates = schedule_.result.tasks[task.value()];
        const Calendar& from = schedule_.problem.calendars[row.calendar];
        const Calendar& to = baseline_.calendars()[agreed.calendar];
        // A milestone's start is its finish.
        const bool is_milestone = row.duration == 0 && agreed.duration == WorkDays(0);
        const std::int64_t start = recounted(from, to, start_of(row, dates), is_milestone);
        const std::int64_t finish = recounted(from, to, finish_of(row, dates), true);
        const WorkDays later_start(start - agreed.start);
        const WorkDays later_finish(finish - agreed.finish);
        out_.tasks.push_back(
            {.task = task, .start = later_start, .finish = later_finish, .duration = later_finish - later_start});
        if (!is_due(agreed)) return;
        if (row.actual_finish && finish <= agreed.finish) {
            ++out_.whole.hits;
            ++out_.counties[plan_.county_of(task)].hits;
        } else {
            out_.missed.push_back(task);
        }
    }

    void measure_ends() {
        const CriticalPathProblem& problem = schedule_.problem;
        const std::vector<std::int64_t> reached = reached_ends(problem, schedule_.result);
        for (const Id<County> county : out_.counties.ids()) {
            const std::optional<std::int64_t> agreed = agreed_end_[county.value()];
            if (!agreed) continue;
            const CriticalPathProject& project = problem.projects[county.value()];
            const Calendar& calendar = problem.calendars[project.calendar];
            const std::int64_t now = problem.data_date ? calendar.finish_boundary(*problem.data_date)
                                                       : calendar.start_boundary(project.start);
            const std::int64_t end = calendar.rank_number(reached[county.value()]);
            out_.counties[county].critical_length = WorkDays(std::max<std::int64_t>(0, end - now));
            out_.counties[county].project_float = WorkDays(calendar.rank_number(*agreed) - end);
        }
    }

    const Baseline& baseline_;
    const Plan& plan_;
    const Schedule& schedule_;
    std::vector<std::optional<std::int64_t>> agreed_end_;
    BaselineComparison out_{};
};

}  // namespace detail

COUNTYPLAN_INLINE BaselineComparison compare(const Baseline& baseline, const Plan& plan, const Schedule& schedule) {
    COUNTYPLAN_EXPECT(schedule.termination == Termination::optimal, "only a schedule with dates can be compared");
    return detail::BaselineReader(baseline, plan, schedule).read();
}

}  // namespace countyplan
