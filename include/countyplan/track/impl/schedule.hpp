// How the plan's rows become a network, and boundaries become days.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/impl/provisional_dates.hpp>
#include <countyplan/track/impl/reported_progress.hpp>
#include <countyplan/track/messages.hpp>
#include <countyplan/track/schedule.hpp>

namespace countyplan {

namespace detail {

/// The calendars of a plan's places, one for all places that live by the same rows.
class CalendarShelf {
  public:
    explicit CalendarShelf(const Plan& plan) : plan_(plan), layers_(plan.rows()) {}

    std::uint32_t index_of(Id<County> county, Id<School> school, CalendarKind kind) {
        const auto [place, is_new] = by_place_.try_emplace({county, school, kind}, 0);
        if (!is_new) return place->second;
        const std::string key = school ? plan_.rows().schools[school].id : std::string{};
        auto scopes = layers_.scopes_of(plan_.rows().counties[county].code, key);
        const bool has_own = !key.empty() && !scopes.empty() && scopes.back() == key;
        const auto [rows, is_other] = by_rows_.try_emplace({kind, has_own ? key : std::string{}, scopes}, 0);
        if (is_other) {
            rows->second = static_cast<std::uint32_t>(calendars.size());
            calendars.push_back(layers_.calendar(scopes, has_own ? key : std::string{}, kind));
        }
        return place->second = rows->second;
    }

    std::vector<Calendar> calendars{};

  private:
    const Plan& plan_;
    CalendarLayers layers_;
    std::map<std::tuple<Id<County>, Id<School>, CalendarKind>, std::uint32_t> by_place_;
    std::map<std::tuple<CalendarKind, std::string, std::vector<std::string>>, std::uint32_t> by_rows_;
};

inline Day schedule_day(std::int64_t number, std::size_t task) {
    if (number < first_monday || number > last_number) {
        throw InvalidProblem({message::track_outside_years}, place_of("tasks", task));
    }
    return day_of_number(number);
}

/// The day of a milestone's early boundary: by the start convention where it waits for nothing else.
inline bool begins_a_day(const CriticalPathTask& task, const CriticalPathDates& dates, std::uint32_t driver,
                         std::int64_t project_start) {
    if (driver != Drivers::own) return false;
    const std::int64_t w = dates.early_start;
    return w == project_start || task.start_no_earlier == w || task.mandatory_start == w ||
           (!task.finish_no_earlier && !task.mandatory_finish);
}

/// The days of a task that has begun, as reported.
inline void print_reported(const ReportedTask& row, const CriticalPathTask& task, const Calendar& calendar,
                           TaskDates& out, std::size_t v) {
    out.has_started = task.actual_start.has_value();
    out.is_complete = task.actual_finish.has_value();
    if (!out.has_started) return;
    out.early_start = row.started ? *row.started : schedule_day(calendar.select_number(*task.actual_start), v);
    if (!out.is_complete) return;
    out.early_finish = out.late_finish = *row.finished;
    if (task.duration == 0 && !row.started) out.early_start = out.early_finish;
    out.late_start = out.early_start;
}

/// Days, marks and timelines from a solved network.
inline void print_days(const Plan& plan, Schedule& schedule, const ReportedProgress* reported) {
    const CriticalPathProblem& problem = schedule.problem;
    const CriticalPathResult& result = schedule.result;
    const ProvisionalDates provisional(problem, result);
    schedule.tasks = ById<Id<Task>, TaskDates>(problem.tasks.size());
    for (const Id<Task> id : schedule.tasks.ids()) {
        const std::size_t v = id.value();
        const CriticalPathTask& task = problem.tasks[v];
        const CriticalPathDates& b = result.tasks[v];
        const Calendar& calendar = problem.calendars[task.calendar];
        const auto start_day = [&](std::int64_t w) { return schedule_day(calendar.select_number(w), v); };
        const auto finish_day = [&](std::int64_t w) { return schedule_day(calendar.select_number(w - 1), v); };
        TaskDates& out = schedule.tasks[id];
        out.boundary = b;
        out.calendar = task.calendar;
        if (task.duration > 0) {
            out.early_start = start_day(b.early_start);
            out.early_finish = finish_day(b.early_finish);
            out.late_start = start_day(b.late_start);
            out.late_finish = finish_day(b.late_finish);
        } else {
            const std::int64_t origin = calendar.start_boundary(problem.projects[task.project].start);
            const bool begins = begins_a_day(task, b, result.drivers.early[v], origin);
            out.early_start = out.early_finish = begins ? start_day(b.early_start) : finish_day(b.early_finish);
            out.late_start = out.late_finish =
                b.late_finish == b.early_finish ? out.early_finish : finish_day(b.late_finish);
        }
        const auto days = [](std::optional<std::int64_t> count) -> std::optional<WorkDays> {
            if (!count) return std::nullopt;
            return WorkDays(*count);
        };
        out.total_float = days(b.total_float);
        out.free_float = days(b.free_float);
        out.interfering_float = days(b.interfering_float());
        out.critical_by_float = b.critical_by_float;
        out.on_longest_path = b.on_longest_path;
        out.provisional = provisional.at(v);
        if (result.drivers.early[v] != Drivers::own) out.driver = schedule.plan_link(result.drivers.early[v]);
        if (reported != nullptr) print_reported(reported->tasks[id], task, calendar, out, v);
    }
    schedule.counties = ById<Id<County>, CountyTimeline>(plan.rows().counties.size());
    for (const Id<County> county : schedule.counties.ids()) {
        CountyTimeline& line = schedule.counties[county];
        line.county = county;
        const auto tasks = plan.tasks_of(county);
        line.tasks.assign(tasks.begin(), tasks.end());
        std::ranges::sort(line.tasks, {}, [&](Id<Task> id) {
            return std::tuple(schedule.tasks[id].early_start, schedule.tasks[id].early_finish, id);
        });
        for (const Id<Task> id : line.tasks) {
            const TaskDates& dates = schedule.tasks[id];
            line.start = std::min(line.start.value_or(dates.early_start), dates.early_start);
            line.finish = std::max(line.finish.value_or(dates.early_finish), dates.early_finish);
            if (dates.on_longest_path) line.longest_path.push_back(id);
            if (dates.critical_by_float) ++line.critical_by_float;
            line.provisional = line.provisional || dates.provisional;
        }
    }
}

/// With its minimum lag a maximum one closes a circle, which has a length only on one calendar.
inline CriticalPathLink maximum_lag(const Plan& plan, const CriticalPathProblem& problem, Id<Link> id) {
    const Link& row = plan.rows().links[id];
    CriticalPathLink out = problem.links[id.value()];
    const CriticalPathTask& before = problem.tasks[out.predecessor];
    const bool is_shared = before.calendar == problem.tasks[out.successor].calendar;
    const bool counts =
        row.lag_calendar == LagCalendar::predecessor || row.lag_calendar == LagCalendar::successor ||
        (row.lag_calendar == LagCalendar::project && problem.projects[before.project].calendar == before.calendar);
    if (!is_shared || !counts) {
        throw InvalidProblem({message::track_mixed_circle}, place_of("links", id.value(), "max_lag"));
    }
    out.lag = row.max_lag->count();
    out.bound = LinkBound::maximum;
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE CriticalPathProblem critical_path_problem(const Plan& plan) {
    const Draft& rows = plan.rows();
    CriticalPathProblem problem;
    detail::CalendarShelf shelf(plan);
    for (const Id<County> county : rows.counties.ids()) {
        problem.projects.push_back(
            {.start = rows.period.from, .calendar = shelf.index_of(county, Id<School>(), CalendarKind::office)});
    }
    problem.tasks.reserve(rows.tasks.size());
    for (const Id<Task> id : rows.tasks.ids()) {
        const Task& row = rows.tasks[id];
        const Id<School> school = row.school.empty() ? Id<School>() : plan.find<School>(row.school);
        CriticalPathTask task;
        task.duration = row.duration.count();
        task.project = static_cast<std::uint32_t>(plan.county_of(id).value());
        task.calendar = shelf.index_of(plan.county_of(id), school, row.calendar);
        const Calendar& calendar = shelf.calendars[task.calendar];
        if (row.not_before) task.start_no_earlier = calendar.start_boundary(*row.not_before);
        if (row.deadline) task.deadline = calendar.finish_boundary(*row.deadline);
        if (row.constraint && row.constraint_date) {
            const std::int64_t start = calendar.start_boundary(*row.constraint_date);
            const std::int64_t finish = calendar.finish_boundary(*row.constraint_date);
            switch (*row.constraint) {
                case ConstraintKind::start_no_earlier:
                    task.start_no_earlier = std::max(task.start_no_earlier.value_or(start), start);
                    break;
                case ConstraintKind::finish_no_earlier:
                    task.finish_no_earlier = finish;
                    break;
                case ConstraintKind::start_no_later:
                    task.start_no_later = start;
                    break;
                case ConstraintKind::finish_no_later:
                    task.finish_no_later = finish;
                    break;
                case ConstraintKind::mandatory_start:
                    task.mandatory_start = start;
                    break;
                case ConstraintKind::mandatory_finish:
                    task.mandatory_finish = finish;
                    break;
            }
        }
        problem.tasks.push_back(task);
    }
    problem.links.reserve(rows.links.size());
    for (const Id<Link> id : rows.links.ids()) {
        const Link& row = rows.links[id];
        problem.links.push_back({static_cast<std::uint32_t>(plan.predecessor_of(id).value()),
                                 static_cast<std::uint32_t>(plan.successor_of(id).value()), row.type, row.lag.count(),
                                 row.lag_calendar, LinkBound::minimum});
    }
    for (const Id<Link> id : rows.links.ids()) {
        if (rows.links[id].max_lag) problem.links.push_back(detail::maximum_lag(plan, problem, id));
    }
    problem.calendars = std::move(shelf.calendars);
    return problem;
}

namespace detail {

/// The schedule of a plan, with progress or without, before it is solved.
inline Schedule begin_schedule(const Plan& plan, const ScheduleOptions& options) {
    Schedule out;
    out.digests.plan = plan.digests().plan;
    out.options = options;
    out.problem = critical_path_problem(plan);
    for (const Id<Link> id : plan.rows().links.ids()) {
        if (plan.rows().links[id].max_lag) out.maximum_lags.push_back(id);
    }
    return out;
}

inline void finish_schedule(const Plan& plan, Schedule& out, const ReportedProgress* reported, const Stop& stop,
                            const Progress& progress) {
    out.result = solve(out.problem, CriticalPathOptions{out.options.critical_float.count()}, stop, progress);
    out.termination = out.result.termination;
    out.cause = out.result.cause;
    out.claim = out.result.claim;
    for (const std::uint32_t a : out.result.out_of_sequence)
        out.out_of_sequence.push_back(out.plan_link(a));
    if (out.termination == Termination::optimal) print_days(plan, out, reported);
}

inline Schedule begin_schedule(const Ledger& ledger, const ReportedProgress& reported, AsOf as_of,
                               const ScheduleOptions& options) {
    Schedule out = begin_schedule(ledger.plan(), options);
    out.digests.ledger = ledger.digest(as_of.recorded);
    out.as_of = as_of;
    out.findings = reported.findings;
    report_progress(out.problem, reported, as_of, options.logic);
    return out;
}

/// Holds a schedule against the one begun from the same question.
inline Verdict examine_schedule(const Plan& plan, const Schedule& schedule, Schedule again,
                                const ReportedProgress* reported) {
    if (schedule.digests != again.digests) return refuse({message::track_other_plan}, "digests");
    if (schedule.problem != again.problem || schedule.maximum_lags != again.maximum_lags)
        return refuse({message::track_other_plan}, "problem");
    if (schedule.findings != again.findings) return refuse({message::track_not_reproduced}, "findings");
    if (schedule.termination != schedule.result.termination || schedule.cause != schedule.result.cause ||
        schedule.claim != schedule.result.claim) {
        return refuse({message::schedule_fields_disagree}, "termination");
    }
    const CriticalPathOptions options{schedule.options.critical_float.count()};
    if (Verdict verdict = examine(schedule.problem, schedule.result, options); !verdict.accepted) return verdict;
    again.result = schedule.result;
    if (schedule.termination == Termination::optimal) print_days(plan, again, reported);
    if (again.tasks.size() != schedule.tasks.size()) return refuse({message::schedule_wrong_day}, "tasks");
    for (const Id<Task> id : again.tasks.ids()) {
        if (again.tasks[id] != schedule.tasks[id]) {
            return refuse({message::schedule_wrong_day}, place_of("tasks", id.value()));
        }
    }
    if (again.counties != schedule.counties) return refuse({message::schedule_wrong_day}, "counties");
    const bool same = std::ranges::equal(schedule.out_of_sequence, schedule.result.out_of_sequence, {}, {},
                                         [&](std::uint32_t a) { return schedule.plan_link(a); });
    if (!same) return refuse({message::schedule_not_in_sequence}, "out_of_sequence");
    return {};
}

}  // namespace detail

COUNTYPLAN_INLINE Schedule schedule(const Plan& plan, const ScheduleOptions& options, const Stop& stop,
                                    const Progress& progress) {
    Schedule out = detail::begin_schedule(plan, options);
    detail::finish_schedule(plan, out, nullptr, stop, progress);
    return out;
}

COUNTYPLAN_INLINE Schedule schedule(const Ledger& ledger, AsOf as_of, const ScheduleOptions& options, const Stop& stop,
                                    const Progress& progress) {
    const detail::ReportedProgress reported(ledger, as_of);
    Schedule out = detail::begin_schedule(ledger, reported, as_of, options);
    detail::finish_schedule(ledger.plan(), out, &reported, stop, progress);
    return out;
}

COUNTYPLAN_INLINE Verdict examine(const Plan& plan, const Schedule& schedule) {
    if (!schedule.as_of) {
        return detail::examine_schedule(plan, schedule, detail::begin_schedule(plan, schedule.options), nullptr);
    }
    const Ledger ledger(plan);
    const detail::ReportedProgress reported(ledger, *schedule.as_of);
    return detail::examine_schedule(
        plan, schedule, detail::begin_schedule(ledger, reported, *schedule.as_of, schedule.options), &reported);
}

COUNTYPLAN_INLINE bool verify(const Plan& plan, const Schedule& schedule) { return examine(plan, schedule).accepted; }

}  // namespace countyplan
