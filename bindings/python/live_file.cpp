#include "live_file.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include <countyplan/error.hpp>
#include <countyplan/io/exchange/messages.hpp>

#include "convert.hpp"

namespace countyplan {

namespace {

constexpr std::int64_t least_room = 10'000;

[[noreturn]] void refuse(const Message& why, const std::vector<std::string>& tasks) {
    const py::object error =
        py::module_::import("countyplan._errors").attr("RefusedEdit")(to_python(why), to_python(tasks));
    PyErr_SetObject(py::type::of(error).ptr(), error.ptr());
    throw py::error_already_set();
}

[[noreturn]] void refuse_unknown(const std::string& id, std::string_view table) {
    refuse({message::exchange_no_such_id, {id, table}}, {});
}

std::string arrows(const std::vector<std::string>& ids) {
    std::string out;
    for (const std::string& id : ids)
        out.append(out.empty() ? "" : " → ").append(id);
    return out;
}

/// Calls `visit(number)` for each day that a row names.
template <class Visit>
void for_each_day(const ExchangeTask& row, Visit&& visit) {
    for (const auto& day : {row.start_no_earlier, row.finish_no_earlier, row.start_no_later, row.finish_no_later,
                            row.must_start, row.must_finish, row.deadline, row.actual_start, row.actual_finish}) {
        if (day) visit(std::int64_t{day->number()});
    }
}

std::int64_t work_of(const ExchangeTask& row) {
    return std::max(row.duration, row.remaining.value_or(WorkDays())).count();
}

std::int64_t work_of(const ExchangeLink& row) { return std::abs(row.lag.value_or(WorkDays()).count()); }

std::string unused_id(const ScheduleFile& file) {
    std::size_t longest = 0;
    for (const ExchangeTask& row : file.tasks)
        longest = std::max(longest, row.id.size());
    return std::string(longest + 1, '-');
}

}  // namespace

LiveFile::LiveFile(const ScheduleFile& file, const SolvedScheduleOptions& options) : head_(file), options_(options) {
    Findings findings = check(file);
    if (has_errors(findings)) throw InvalidPlan(std::move(findings));
    head_.tasks.clear();
    head_.links.clear();
    std::vector<std::int64_t> names;
    for (std::size_t k = 0; k < file.links.size(); ++k)
        names.push_back(next_link_++);
    set_up(file, std::move(names), {});
}

/// Calendars reach as far as if there were a task more that names the days of `reach` and needs its work and some.
void LiveFile::set_up(ScheduleFile now, std::vector<std::int64_t> link_names, const ExchangeTask& reach) {
    std::int64_t first = now.projects.front().start.number();
    std::int64_t last = first;
    const auto take = [&](std::int64_t day) {
        first = std::min(first, day);
        last = std::max(last, day);
    };
    for (const ExchangeProject& row : now.projects) {
        take(row.start.number());
        if (row.finish) take(row.finish->number());
    }
    if (now.data_date) take(now.data_date->number());
    std::int64_t spare = least_room + work_of(reach);
    for_each_day(reach, take);
    for (const ExchangeTask& row : now.tasks) {
        spare += work_of(row);
        for_each_day(row, take);
    }
    for (const ExchangeLink& row : now.links)
        spare += work_of(row);
    spare = std::min(spare, CriticalPathProblem::max_days);
    ExchangeTask further = reach;
    further.id = unused_id(now);
    further.duration = WorkDays(spare);
    now.tasks.push_back(std::move(further));
    CriticalPathProblem problem = critical_path_problem(now);
    problem.tasks.pop_back();
    now.tasks.pop_back();
    problem.logic = options_.logic;
    problem.rules = options_.rules;
    CriticalPathProblem frame{.calendars = problem.calendars, .projects = problem.projects};
    frame.data_date = problem.data_date;
    auto live = std::make_unique<LiveSchedule>(std::move(problem));

    frame_ = std::move(frame);
    live_ = std::move(live);
    task_rows_ = std::move(now.tasks);
    link_rows_ = std::move(now.links);
    link_names_ = std::move(link_names);
    tasks_.clear();
    links_.clear();
    for (std::uint32_t v = 0; v < task_rows_.size(); ++v)
        tasks_.emplace(task_rows_[v].id, v);
    for (std::uint32_t k = 0; k < link_rows_.size(); ++k)
        links_.emplace(link_names_[k], k);
    room_ = spare;
    first_ = first;
    last_ = last;
}

void LiveFile::make_room(const ExchangeTask& row) {
    std::int64_t needed = work_of(row);
    for_each_day(row, [&](std::int64_t day) { needed += std::max({std::int64_t{0}, first_ - day, day - last_}); });
    if (needed > room_) set_up(file(), link_numbers(), row);
    room_ -= std::min(needed, room_);
}

void LiveFile::make_room(const ExchangeLink& row) {
    if (work_of(row) > room_) set_up(file(), link_numbers(), {.duration = WorkDays(work_of(row))});
    room_ -= std::min(work_of(row), room_);
}

std::uint32_t LiveFile::task_number(const std::string& id) const {
    const auto found = tasks_.find(id);
    if (found == tasks_.end()) refuse_unknown(id, Table<ExchangeTask>::name);
    return found->second;
}

/// Of a link that went with its task only the name is left.
std::uint32_t LiveFile::link_number(std::int64_t number) const {
    const auto found = links_.find(number);
    if (found == links_.end() || link_names_[found->second] != number || !live_->has_link(found->second)) {
        refuse_unknown(std::to_string(number), Table<ExchangeLink>::name);
    }
    return found->second;
}

std::uint32_t LiveFile::project_number(const std::string& id) const {
    if (id.empty()) return 0;
    const auto found = std::ranges::find(head_.projects, id, &ExchangeProject::id);
    if (found == head_.projects.end()) refuse_unknown(id, Table<ExchangeProject>::name);
    return static_cast<std::uint32_t>(found - head_.projects.begin());
}

CriticalPathTask LiveFile::network_task(const ExchangeTask& row) const {
    const std::uint32_t project = project_number(row.project);
    std::uint32_t calendar = frame_.projects[project].calendar;
    if (!row.calendar.empty()) {
        const auto found = std::ranges::find(head_.calendars, row.calendar, &ExchangeCalendar::id);
        if (found == head_.calendars.end()) refuse_unknown(row.calendar, Table<ExchangeCalendar>::name);
        calendar = static_cast<std::uint32_t>(found - head_.calendars.begin());
    }
    return critical_path_task(row, frame_, project, calendar);
}

CriticalPathLink LiveFile::network_link(const ExchangeLink& row) const {
    return {.predecessor = task_number(row.predecessor),
            .successor = task_number(row.successor),
            .type = row.type,
            .lag = row.lag.value_or(WorkDays()).count(),
            .lag_calendar = row.lag_calendar.value_or(LagCalendar::predecessor),
            .bound = row.bound.value_or(LinkBound::minimum)};
}

std::vector<std::string> LiveFile::walk(const MandatoryConflict& conflict, const LiveEdit& edit,
                                        const ExchangeLink* added) const {
    std::vector<std::string> out{task_rows_[conflict.root].id};
    for (const std::uint32_t link : conflict.links)
        out.push_back(added != nullptr && link == edit.number ? added->successor : link_rows_[link].successor);
    return out;
}

void LiveFile::require(const LiveEdit& edit, const ExchangeLink* added) {
    if (edit.verdict.accepted) {
        steps_ = edit.steps;
        return;
    }
    if (const auto* const cycle = std::get_if<Cycle>(&edit.conflict)) {
        std::vector<std::string> ids;
        for (const NodeIndex node : cycle->nodes)
            ids.push_back(task_rows_[node].id);
        std::vector<std::string> round = ids;
        round.push_back(ids.front());
        refuse({message::exchange_circle, {arrows(round)}}, ids);
    }
    if (const auto* const conflict = std::get_if<MandatoryConflict>(&edit.conflict)) {
        const std::vector<std::string> ids = walk(*conflict, edit, added);
        refuse({message::exchange_dates_conflict, {arrows(ids)}}, ids);
    }
    refuse(edit.verdict.why, {});
}

void LiveFile::add_task(const ExchangeTask& row) {
    if (has_task(row.id)) refuse({message::exchange_id_twice, {row.id, std::to_string(task_number(row.id))}}, {row.id});
    (void)network_task(row);
    make_room(row);
    const LiveEdit edit = live_->add_task(network_task(row));
    // its own mandatory date, for it has no links
    if (!edit.verdict.accepted && std::holds_alternative<MandatoryConflict>(edit.conflict)) {
        refuse({message::exchange_dates_conflict, {row.id}}, {row.id});
    }
    require(edit);
    if (edit.number >= task_rows_.size()) task_rows_.resize(edit.number + std::size_t{1});
    task_rows_[edit.number] = row;
    tasks_.emplace(row.id, edit.number);
}

void LiveFile::change_task(const ExchangeTask& row) {
    (void)task_number(row.id);
    (void)network_task(row);
    make_room(row);
    const std::uint32_t number = task_number(row.id);
    require(live_->change_task(number, network_task(row)));
    task_rows_[number] = row;
}

void LiveFile::remove_task(const std::string& id) {
    const std::uint32_t number = task_number(id);
    require(live_->remove_task(number));
    tasks_.erase(id);
}

void LiveFile::keep_link(std::int64_t number, std::uint32_t place, const ExchangeLink& row) {
    if (place >= link_rows_.size()) {
        link_rows_.resize(place + std::size_t{1});
        link_names_.resize(place + std::size_t{1}, -1);
    }
    link_rows_[place] = row;
    link_names_[place] = number;
    links_[number] = place;
}

std::int64_t LiveFile::add_link(const ExchangeLink& row) {
    (void)network_link(row);
    make_room(row);
    const LiveEdit edit = live_->add_link(network_link(row));
    require(edit, &row);
    keep_link(next_link_, edit.number, row);
    return next_link_++;
}

void LiveFile::change_link(std::int64_t number, const ExchangeLink& row) {
    (void)link_number(number);
    (void)network_link(row);
    make_room(row);
    const std::uint32_t place = link_number(number);
    require(live_->change_link(place, network_link(row)), &row);
    link_rows_[place] = row;
}

void LiveFile::remove_link(std::int64_t number) {
    require(live_->remove_link(link_number(number)));
    links_.erase(number);
}

std::vector<std::string> LiveFile::task_ids() const {
    std::vector<std::string> out;
    for (const std::uint32_t v : live_->task_numbers())
        out.push_back(task_rows_[v].id);
    return out;
}

std::vector<std::int64_t> LiveFile::link_numbers() const {
    std::vector<std::int64_t> out;
    for (const std::uint32_t k : live_->link_numbers())
        out.push_back(link_names_[k]);
    return out;
}

/// What takes no time begins a day or ends one by what it rests on, which the certificate tells.
ExchangeDates LiveFile::dates(const std::string& id) const {
    const std::uint32_t number = task_number(id);
    const LiveDates kept = live_->dates(number);
    if (kept.early_start == kept.early_finish) {
        const CriticalPathResult result = live_->result();
        const std::vector<std::uint32_t> numbers = live_->task_numbers();
        const auto row = static_cast<std::size_t>(std::ranges::lower_bound(numbers, number) - numbers.begin());
        return exchange_dates(frame_, live_->task(number), result.tasks[row], result.drivers.early[row], row);
    }
    CriticalPathDates dates;
    dates.early_start = kept.early_start;
    dates.early_finish = kept.early_finish;
    dates.late_start = kept.late_start;
    dates.late_finish = kept.late_finish;
    dates.total_float = kept.total_float;
    dates.free_float = kept.free_float;
    return exchange_dates(frame_, live_->task(number), dates, Drivers::own, number);
}

Day LiveFile::finish(const std::string& project) const {
    return Day(std::chrono::sys_days(std::chrono::days(live_->end(project_number(project)) - 1)));
}

ScheduleFile LiveFile::file() const {
    ScheduleFile out = head_;
    for (const std::uint32_t v : live_->task_numbers())
        out.tasks.push_back(task_rows_[v]);
    for (const std::uint32_t k : live_->link_numbers())
        out.links.push_back(link_rows_[k]);
    return out;
}

SolvedSchedule LiveFile::solved(const SolvedScheduleOptions& options) const {
    return solved_schedule(live_->problem(), live_->result({options.critical_float.count()}), options);
}

}  // namespace countyplan
