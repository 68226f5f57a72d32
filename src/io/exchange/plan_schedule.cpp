#include <countyplan/io/exchange/plan_schedule.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <countyplan/track/schedule.hpp>

namespace countyplan {

namespace {

/// The days outside of which every calendar of the plan is a week from Monday to Friday.
Period special_days(const Draft& rows) {
    constexpr std::chrono::days margin{400};  // a school year counts whole where it has terms
    Period out = rows.period;
    const auto widen = [&](Day day) {
        out.from = std::min(out.from, day);
        out.to = std::max(out.to, day);
    };
    for (const CalendarDay& row : rows.calendar)
        widen(row.date);
    for (const Term& row : rows.terms) {
        widen(row.from);
        widen(row.to);
    }
    const auto moved = [](Day day, std::chrono::days by) {
        return Day(std::clamp(day.days() + by, Day::parse("0001-01-01")->days(), Day::parse("9999-12-31")->days()));
    };
    return {moved(out.from, -margin), moved(out.to, margin)};
}

/// Each run of days that differ from the week in the same way.
void append_exceptions(const Calendar& calendar, const std::string& id, Period days,
                       std::vector<ExchangeException>& out) {
    const std::size_t first = out.size();
    for (std::chrono::sys_days at = days.from.days(); at <= days.to.days(); at += std::chrono::days(1)) {
        const std::chrono::weekday weekday(at);
        const bool by_week = weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
        const Day day(at);
        const bool works = calendar.is_working(day);
        if (works == by_week) continue;
        const DayKind kind = works ? DayKind::work : DayKind::off;
        ExchangeException* const last = out.size() == first ? nullptr : &out.back();
        if (last != nullptr && last->kind == kind && last->to.days() + std::chrono::days(1) == at) {
            last->to = day;
        } else {
            out.push_back({.calendar = id, .from = day, .to = day, .kind = kind});
        }
    }
}

void constrain(const Task& row, ExchangeTask& out) {
    out.start_no_earlier = row.not_before;
    out.deadline = row.deadline;
    if (!row.constraint || !row.constraint_date) return;
    const Day day = *row.constraint_date;
    switch (*row.constraint) {
        case ConstraintKind::start_no_earlier:
            out.start_no_earlier = std::max(row.not_before.value_or(day), day);
            break;
        case ConstraintKind::finish_no_earlier:
            out.finish_no_earlier = day;
            break;
        case ConstraintKind::start_no_later:
            out.start_no_later = day;
            break;
        case ConstraintKind::finish_no_later:
            out.finish_no_later = day;
            break;
        case ConstraintKind::mandatory_start:
            out.must_start = day;
            break;
        case ConstraintKind::mandatory_finish:
            out.must_finish = day;
            break;
    }
}

}  // namespace

ScheduleFile plan_schedule(const Plan& plan) {
    const Draft& rows = plan.rows();
    const CriticalPathProblem network = critical_path_problem(plan);
    ScheduleFile out{.name = rows.name};
    const auto calendar_id = [](std::size_t i) { return "calendar-" + std::to_string(i + 1); };
    const Period days = special_days(rows);
    for (std::size_t i = 0; i < network.calendars.size(); ++i) {
        out.calendars.push_back({.id = calendar_id(i), .announced_to = network.calendars[i].announced_to()});
        append_exceptions(network.calendars[i], calendar_id(i), days, out.exceptions);
    }
    for (const Id<County> id : rows.counties.ids()) {
        const County& county = rows.counties[id];
        const CriticalPathProject& project = network.projects[id.value()];
        out.projects.push_back({.id = to_text(county.code),
                                .name = county.name_zh.empty() ? county.name_en : county.name_zh,
                                .start = project.start,
                                .calendar = calendar_id(project.calendar)});
    }
    for (const Id<Task> id : rows.tasks.ids()) {
        const Task& row = rows.tasks[id];
        ExchangeTask task{.id = row.id,
                          .name = row.name_zh.empty() ? row.name_en : row.name_zh,
                          .project = to_text(row.county),
                          .calendar = calendar_id(network.tasks[id.value()].calendar),
                          .duration = row.duration};
        constrain(row, task);
        out.tasks.push_back(std::move(task));
    }
    for (const bool greatest : {false, true}) {
        for (const Link& row : rows.links) {
            if (greatest && !row.max_lag) continue;
            out.links.push_back({.predecessor = row.predecessor,
                                 .successor = row.successor,
                                 .type = row.type,
                                 .lag = greatest ? *row.max_lag : row.lag,
                                 .lag_calendar = row.lag_calendar,
                                 .bound = greatest ? LinkBound::maximum : LinkBound::minimum});
        }
    }
    return out;
}

}  // namespace countyplan
