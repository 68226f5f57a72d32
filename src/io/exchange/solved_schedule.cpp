#include <countyplan/io/exchange/solved_schedule.hpp>

#include <algorithm>
#include <span>
#include <utility>

#include <countyplan/error.hpp>
#include <countyplan/io/exchange/messages.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/track/messages.hpp>

namespace countyplan {

namespace {

Day day_at(std::int64_t number, std::size_t task) {
    if (number < -719'162 || number > 2'932'896) {
        throw InvalidProblem({message::track_outside_years}, "tasks[" + to_text(task) + "]");
    }
    return Day(std::chrono::sys_days(std::chrono::days(number)));
}

/// Whether a milestone that waits for no other task begins a day, rather than ending one.
bool begins_a_day(const CriticalPathTask& task, const CriticalPathDates& dates, std::uint32_t driver) {
    return driver == Drivers::own && !(task.finish_no_earlier && *task.finish_no_earlier == dates.early_start) &&
           !task.mandatory_finish;
}

/// The ids along links that lead on from each other; a maximum leads back.
std::string walk_words(const ScheduleFile& file, const CriticalPathProblem& problem,
                       std::span<const std::uint32_t> links) {
    constexpr std::size_t most = 12;
    std::string out;
    for (std::size_t k = 0; k < std::min(links.size(), most); ++k) {
        const CriticalPathLink& link = problem.links[links[k]];
        const bool back = link.bound == LinkBound::maximum;
        if (k == 0) out = excerpt(file.tasks[back ? link.successor : link.predecessor].id);
        out += " → " + excerpt(file.tasks[back ? link.predecessor : link.successor].id);
    }
    return links.size() > most ? out + " → …" : out;
}

}  // namespace

ExchangeDates exchange_dates(const CriticalPathProblem& frame, const CriticalPathTask& task, const CriticalPathDates& b,
                             std::uint32_t early_driver, std::size_t row) {
    const Calendar& calendar = frame.calendars[task.calendar];
    const std::int64_t origin = calendar.start_boundary(frame.projects[task.project].start);
    const auto starts = [&](std::int64_t w) { return day_at(calendar.select_number(w), row); };
    const auto finishes = [&](std::int64_t w) { return day_at(calendar.select_number(w - 1), row); };
    ExchangeDates out;
    out.early_start = b.early_start - origin;
    out.early_finish = b.early_finish - origin;
    out.late_start = b.late_start - origin;
    out.late_finish = b.late_finish - origin;
    out.total_float = b.total_float;
    out.free_float = b.free_float;
    out.critical_by_float = b.critical_by_float;
    out.on_longest_path = b.on_longest_path;
    const auto span = [&](std::int64_t from, std::int64_t to, Day& first, Day& last) {
        if (from < to) {
            first = starts(from);
            last = finishes(to);
        } else {
            first = last = begins_a_day(task, b, early_driver) ? starts(from) : finishes(to);
        }
    };
    span(b.early_start, b.early_finish, out.early_start_day, out.early_finish_day);
    span(b.late_start, b.late_finish, out.late_start_day, out.late_finish_day);
    out.start = task.actual_start ? starts(*task.actual_start) : out.early_start_day;
    out.finish = task.actual_finish ? finishes(*task.actual_finish) : out.early_finish_day;
    if (task.duration == 0 && task.actual_finish) out.start = out.finish;
    for (const Day day : {out.early_start_day, out.early_finish_day, out.late_start_day, out.late_finish_day})
        out.provisional = out.provisional || calendar.is_provisional(day);
    return out;
}

SolvedSchedule solved_schedule(CriticalPathProblem problem, CriticalPathResult result,
                               const SolvedScheduleOptions& options) {
    SolvedSchedule out{.problem = std::move(problem), .result = std::move(result)};
    out.verdict = examine(out.problem, out.result, {options.critical_float.count()});
    if (out.result.termination != Termination::optimal) return out;
    out.tasks.reserve(out.problem.tasks.size());
    for (std::size_t v = 0; v < out.problem.tasks.size(); ++v)
        out.tasks.push_back(
            exchange_dates(out.problem, out.problem.tasks[v], out.result.tasks[v], out.result.drivers.early[v], v));
    return out;
}

SolvedSchedule solve_schedule(const ScheduleFile& file, const SolvedScheduleOptions& options, const Stop& stop,
                              const Progress& progress) {
    CriticalPathProblem problem = critical_path_problem(file);
    problem.logic = options.logic;
    problem.rules = options.rules;
    CriticalPathResult result = solve(problem, {options.critical_float.count()}, stop, progress);
    return solved_schedule(std::move(problem), std::move(result), options);
}

Message conflict_message(const ScheduleFile& file, const SolvedSchedule& solved) {
    if (const auto* const cycle = std::get_if<LagCycle>(&solved.result.conflict)) {
        return {message::exchange_lags_conflict, {walk_words(file, solved.problem, cycle->links)}};
    }
    if (const auto* const conflict = std::get_if<MandatoryConflict>(&solved.result.conflict)) {
        const std::string walk = conflict->links.empty() ? excerpt(file.tasks[conflict->root].id)
                                                         : walk_words(file, solved.problem, conflict->links);
        return {message::exchange_dates_conflict, {walk}};
    }
    return {};
}

}  // namespace countyplan
