#include <countyplan/io/exchange/schedule_file.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include <countyplan/error.hpp>
#include <countyplan/graph/dag.hpp>
#include <countyplan/io/exchange/messages.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

namespace {

constexpr std::int64_t first_year = -719'162;  // 0001-01-01 as a day number
constexpr std::int64_t last_year = 2'932'896;  // 9999-12-31
constexpr std::int64_t most_calendar_days = 400'000'000;
constexpr std::size_t most_findings = 100;

using Index = std::map<std::string_view, std::size_t>;

/// Looks at a file row by row and keeps what it finds.
class Checker {
  public:
    explicit Checker(const ScheduleFile& file) : file_(file) {}

    Findings run() {
        calendars_ = ids(file_.calendars);
        const Index projects = ids(file_.projects);
        tasks_ = ids(file_.tasks);
        if (file_.projects.empty()) add({message::exchange_nothing_there, {Table<ExchangeProject>::name}}, {}, {}, {});
        for (std::size_t i = 0; i < file_.calendars.size(); ++i)
            calendar(i);
        for (std::size_t i = 0; i < file_.exceptions.size(); ++i)
            exception(i);
        for (std::size_t i = 0; i < file_.projects.size(); ++i)
            project(i);
        for (std::size_t i = 0; i < file_.tasks.size() && !full(); ++i)
            task(i, projects);
        for (std::size_t i = 0; i < file_.links.size() && !full(); ++i)
            link(i);
        if (!has_errors(findings_)) circle();
        progress();
        return std::move(findings_);
    }

  private:
    [[nodiscard]] bool full() const { return findings_.size() >= most_findings; }

    void add(Message what, std::string table, std::optional<std::size_t> row, std::string field,
             std::string_view value = {}, Severity severity = Severity::error, Message remedy = {}) {
        if (full()) return;
        findings_.push_back({.severity = severity,
                             .message = std::move(what),
                             .place = {std::move(table), row, std::move(field)},
                             .value = excerpt(value.substr(0, 400)),
                             .remedy = std::move(remedy)});
    }
    template <class Row>
    void at(std::size_t row, std::string field, Message what, std::string_view value = {},
            Severity severity = Severity::error, Message remedy = {}) {
        add(std::move(what), std::string(Table<Row>::name), row, std::move(field), value, severity, std::move(remedy));
    }

    template <class Row>
    Index ids(const std::vector<Row>& rows) {
        Index out;
        for (std::size_t i = 0; i < rows.size() && !full(); ++i) {
            if (rows[i].id.empty()) at<Row>(i, "id", message::exchange_empty_id);
            const auto [found, is_new] = out.try_emplace(rows[i].id, i);
            if (!is_new) at<Row>(i, "id", {message::exchange_id_twice, {excerpt(rows[i].id), to_text(found->second)}});
        }
        return out;
    }

    template <class Row>
    void known(std::size_t row, std::string field, const std::string& id, const Index& index, std::string_view table) {
        if (index.contains(id)) return;
        at<Row>(row, std::move(field), {message::exchange_no_such_id, {excerpt(id), table}}, id);
    }

    template <class Row>
    void days(std::size_t row, std::string field, std::optional<WorkDays> count, std::int64_t low) {
        constexpr std::int64_t high = CriticalPathProblem::max_days;
        if (!count || (count->count() >= low && count->count() <= high)) return;
        at<Row>(row, std::move(field),
                {message::exchange_number_range, {to_text(*count), to_text(low), to_text(high)}});
    }

    void calendar(std::size_t i) {
        const ExchangeCalendar& row = file_.calendars[i];
        if (!row.week.empty()) return;
        // not even with single days worked by exception: with the last of them every date would end
        at<ExchangeCalendar>(i, "week", {message::exchange_no_working_day, {excerpt(row.id)}});
    }

    void exception(std::size_t i) {
        const ExchangeException& row = file_.exceptions[i];
        known<ExchangeException>(i, "calendar", row.calendar, calendars_, Table<ExchangeCalendar>::name);
        if (row.to < row.from) {
            at<ExchangeException>(i, "to", {message::exchange_ends_before, {to_text(row.to), to_text(row.from)}});
        }
    }

    void project(std::size_t i) {
        const ExchangeProject& row = file_.projects[i];
        if (!row.calendar.empty()) {
            known<ExchangeProject>(i, "calendar", row.calendar, calendars_, Table<ExchangeCalendar>::name);
        }
        if (row.finish && *row.finish < row.start) {
            at<ExchangeProject>(i, "finish",
                                {message::exchange_ends_before, {to_text(*row.finish), to_text(row.start)}});
        }
    }

    void task(std::size_t i, const Index& projects) {
        const ExchangeTask& row = file_.tasks[i];
        if (!row.project.empty()) {
            known<ExchangeTask>(i, "project", row.project, projects, Table<ExchangeProject>::name);
        }
        if (!row.calendar.empty()) {
            known<ExchangeTask>(i, "calendar", row.calendar, calendars_, Table<ExchangeCalendar>::name);
        }
        days<ExchangeTask>(i, "duration", row.duration, 0);
        days<ExchangeTask>(i, "remaining", row.remaining, 0);
        if (row.actual_finish && !row.actual_start) {
            at<ExchangeTask>(i, "actual_start", message::exchange_finish_alone);
        } else if (row.actual_finish && *row.actual_finish < *row.actual_start) {
            at<ExchangeTask>(
                i, "actual_finish",
                {message::exchange_ends_before, {to_text(*row.actual_finish), to_text(*row.actual_start)}});
        }
        for (const auto& [field, day] :
             {std::pair{"actual_start", row.actual_start}, std::pair{"actual_finish", row.actual_finish}}) {
            if (!day || !file_.data_date || *day <= *file_.data_date) continue;
            at<ExchangeTask>(i, field, {message::exchange_after_data_date, {to_text(*day), to_text(*file_.data_date)}});
        }
        if (row.actual_finish && row.remaining && row.remaining->count() > 0) {
            at<ExchangeTask>(i, "remaining", {message::exchange_rest_of_finished, {to_text(*row.remaining)}});
        }
        if (!row.actual_start && row.remaining) {
            at<ExchangeTask>(i, "remaining", message::exchange_rest_of_waiting, {}, Severity::warning);
        }
    }

    void link(std::size_t i) {
        const ExchangeLink& row = file_.links[i];
        known<ExchangeLink>(i, "predecessor", row.predecessor, tasks_, Table<ExchangeTask>::name);
        known<ExchangeLink>(i, "successor", row.successor, tasks_, Table<ExchangeTask>::name);
        days<ExchangeLink>(i, "lag", row.lag, -CriticalPathProblem::max_days);
        if (row.predecessor == row.successor) {
            at<ExchangeLink>(i, "successor", {message::exchange_self_link, {excerpt(row.successor)}});
        }
    }

    void circle() {
        std::vector<Arc> arcs;
        std::vector<std::size_t> rows;  // of the file, per arc
        arcs.reserve(file_.links.size());
        for (const ExchangeLink& row : file_.links) {
            if (row.bound == LinkBound::maximum) continue;
            rows.push_back(static_cast<std::size_t>(&row - file_.links.data()));
            arcs.push_back(
                {static_cast<NodeIndex>(tasks_.at(row.predecessor)), static_cast<NodeIndex>(tasks_.at(row.successor))});
        }
        const auto built = Dag::build(file_.tasks.size(), arcs);
        const Cycle* const cycle = std::get_if<Cycle>(&built);
        if (cycle == nullptr) return;
        std::string words;
        const std::size_t shown = std::min<std::size_t>(cycle->nodes.size(), 12);
        for (std::size_t k = 0; k < shown; ++k)
            words += excerpt(file_.tasks[cycle->nodes[k]].id) + " → ";
        if (shown < cycle->nodes.size()) words += "… → ";
        words += excerpt(file_.tasks[cycle->nodes.front()].id);
        at<ExchangeLink>(rows[cycle->arcs.front()], {}, {message::exchange_circle, {words}});
    }

    void progress() {
        if (file_.data_date) return;
        const auto started =
            std::ranges::find_if(file_.tasks, [](const auto& row) { return row.actual_start.has_value(); });
        if (started == file_.tasks.end()) return;
        at<ExchangeTask>(static_cast<std::size_t>(started - file_.tasks.begin()), "actual_start",
                         message::exchange_no_data_date, {}, Severity::warning, message::exchange_give_data_date);
    }

    const ScheduleFile& file_;
    Index calendars_;
    Index tasks_;
    Findings findings_;
};

/// The first and the last day that any date of the file can reach, as numbers.
struct Reach {
    std::int64_t first = 0;
    std::int64_t last = 0;
};

Reach reach_of(const ScheduleFile& file) {
    Reach reach{last_year, first_year};
    const auto take = [&](const std::optional<Day>& day) {
        if (!day) return;
        reach.first = std::min<std::int64_t>(reach.first, day->number());
        reach.last = std::max<std::int64_t>(reach.last, day->number());
    };
    take(file.data_date);
    for (const ExchangeProject& row : file.projects) {
        take(row.start);
        take(row.finish);
    }
    std::int64_t worked = 0;  // at most 10^7 days for each of at most 2^33 rows
    for (const ExchangeTask& row : file.tasks) {
        for (const auto& day : {row.start_no_earlier, row.finish_no_earlier, row.start_no_later, row.finish_no_later,
                                row.must_start, row.must_finish, row.deadline, row.actual_start, row.actual_finish}) {
            take(day);
        }
        worked += std::max(row.duration, row.remaining.value_or(WorkDays())).count();
    }
    for (const ExchangeLink& row : file.links)
        worked += std::abs(row.lag.value_or(WorkDays()).count());
    // a week has one working day at least; days off by exception come on top
    std::int64_t span = worked * 7 + 14;
    for (const ExchangeException& row : file.exceptions)
        span += (row.to - row.from).count() + 7;
    reach.first = std::max(first_year, reach.first - std::min(span, last_year));
    reach.last = std::min(last_year, reach.last + std::min(span, 2 * last_year));
    return reach;
}

bool is_monday_to_friday(const std::array<bool, 7>& week) {
    return week == std::array<bool, 7>{true, true, true, true, true, false, false};
}

/// Day number modulo a week, Monday first: 1970-01-01 was a Thursday.
std::size_t weekday_of(std::int64_t number) { return static_cast<std::size_t>(((number + 3) % 7 + 7) % 7); }

class CalendarMaker {
  public:
    explicit CalendarMaker(const ScheduleFile& file) : reach_(reach_of(file)) {
        for (const ExchangeException& row : file.exceptions)
            exceptions_[row.calendar].push_back(&row);
    }

    Calendar make(const ExchangeCalendar& row) {
        std::array<bool, 7> week{};
        for (const Weekday day : row.week)
            week[static_cast<std::size_t>(day)] = true;
        const auto& own = exceptions_[row.id];
        // outside its span a calendar works from Monday to Friday
        std::int64_t first = reach_.first;
        std::int64_t last = reach_.last;
        if (is_monday_to_friday(week)) {
            first = last_year;
            last = first_year;
            for (const ExchangeException* const e : own) {
                first = std::min<std::int64_t>(first, e->from.number());
                last = std::max<std::int64_t>(last, e->to.number());
            }
            if (first > last) first = last = reach_.first;
        }
        made_ += last - first + 1;
        for (const ExchangeException* const e : own)
            made_ += std::max<std::int64_t>(0, e->to.number() - e->from.number());
        if (made_ > most_calendar_days) throw InvalidProblem({message::exchange_too_many_days}, "calendars");
        std::vector<bool> working(static_cast<std::size_t>(last - first + 1));
        for (std::int64_t number = first; number <= last; ++number)
            working[static_cast<std::size_t>(number - first)] = week[weekday_of(number)];
        for (const ExchangeException* const e : own) {
            const std::int64_t end = std::min<std::int64_t>(last, e->to.number());
            for (std::int64_t number = std::max<std::int64_t>(first, e->from.number()); number <= end; ++number)
                working[static_cast<std::size_t>(number - first)] = e->kind == DayKind::work;
        }
        return Calendar(day(first), working, row.announced_to ? *row.announced_to : day(last_year));
    }

  private:
    static Day day(std::int64_t number) { return Day(std::chrono::sys_days(std::chrono::days(number))); }

    Reach reach_;
    std::map<std::string_view, std::vector<const ExchangeException*>> exceptions_;
    std::int64_t made_ = 0;
};

}  // namespace

Findings check(const ScheduleFile& file) { return Checker(file).run(); }

CriticalPathProblem critical_path_problem(const ScheduleFile& file) {
    Findings findings = check(file);
    if (has_errors(findings)) throw InvalidPlan(std::move(findings));
    CriticalPathProblem problem;
    problem.data_date = file.data_date;
    CalendarMaker maker(file);
    std::map<std::string_view, std::uint32_t> calendars;
    for (const ExchangeCalendar& row : file.calendars) {
        calendars.emplace(row.id, static_cast<std::uint32_t>(problem.calendars.size()));
        problem.calendars.push_back(maker.make(row));
    }
    if (problem.calendars.empty()) problem.calendars.push_back(maker.make({}));
    std::map<std::string_view, std::uint32_t> projects;
    for (const ExchangeProject& row : file.projects) {
        projects.emplace(row.id, static_cast<std::uint32_t>(problem.projects.size()));
        problem.projects.push_back({.start = row.start,
                                    .finish = row.finish,
                                    .calendar = row.calendar.empty() ? 0 : calendars.at(row.calendar)});
    }
    std::map<std::string_view, std::uint32_t> tasks;
    problem.tasks.reserve(file.tasks.size());
    for (const ExchangeTask& row : file.tasks) {
        tasks.emplace(row.id, static_cast<std::uint32_t>(problem.tasks.size()));
        const std::uint32_t project = row.project.empty() ? 0 : projects.at(row.project);
        const std::uint32_t calendar =
            row.calendar.empty() ? problem.projects[project].calendar : calendars.at(row.calendar);
        problem.tasks.push_back(critical_path_task(row, problem, project, calendar));
    }
    problem.links.reserve(file.links.size());
    for (const ExchangeLink& row : file.links) {
        problem.links.push_back({.predecessor = tasks.at(row.predecessor),
                                 .successor = tasks.at(row.successor),
                                 .type = row.type,
                                 .lag = row.lag.value_or(WorkDays()).count(),
                                 .lag_calendar = row.lag_calendar.value_or(LagCalendar::predecessor),
                                 .bound = row.bound.value_or(LinkBound::minimum)});
    }
    return problem;
}

CriticalPathTask critical_path_task(const ExchangeTask& row, const CriticalPathProblem& network, std::uint32_t project,
                                    std::uint32_t calendar) {
    const Calendar& days = network.calendars[calendar];
    const auto start = [&](const std::optional<Day>& day) {
        return day ? std::optional(days.start_boundary(*day)) : std::nullopt;
    };
    const auto finish = [&](const std::optional<Day>& day) {
        return day ? std::optional(days.finish_boundary(*day)) : std::nullopt;
    };
    CriticalPathTask task;
    task.duration = row.duration.count();
    task.project = project;
    task.calendar = calendar;
    task.start_no_earlier = start(row.start_no_earlier);
    task.finish_no_earlier = finish(row.finish_no_earlier);
    task.start_no_later = start(row.start_no_later);
    task.finish_no_later = finish(row.finish_no_later);
    task.mandatory_start = start(row.must_start);
    task.mandatory_finish = finish(row.must_finish);
    task.deadline = finish(row.deadline);
    if (network.data_date && row.actual_start) {
        // a start on a day off just before the data date still lies before it
        task.actual_start = std::min(*start(row.actual_start), *finish(network.data_date) - 1);
        task.actual_finish = finish(row.actual_finish);
        if (row.remaining && !row.actual_finish) task.remaining = row.remaining->count();
    }
    return task;
}

}  // namespace countyplan
