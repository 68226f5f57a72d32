#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/io/exchange/messages.hpp>
#include <countyplan/io/exchange/write_schedule.hpp>
#include <countyplan/scalar/number.hpp>

#include "xml_text.hpp"

namespace countyplan {

namespace {

constexpr std::int64_t lag_of_a_day = 4'800;  // tenths of a minute in eight hours
constexpr std::int64_t lag_of_an_elapsed_day = 14'400;
constexpr const char* morning = "T08:00:00";
constexpr const char* evening = "T17:00:00";

class MspdiWriter {
  public:
    MspdiWriter(const ScheduleFile& file, const SolvedSchedule& solved) : file_(file), solved_(solved) {}

    ScheduleWriting run() {
        if (file_.projects.size() != 1) {
            return {.findings = {{.message = {message::exchange_one_project, {to_text(file_.projects.size())}}}}};
        }
        for (std::size_t i = 0; i < file_.calendars.size(); ++i)
            calendar_uid_.emplace(file_.calendars[i].id, i + 1);
        for (std::size_t i = 0; i < file_.tasks.size(); ++i)
            task_uid_.emplace(file_.tasks[i].id, i + 1);
        for (std::size_t i = 0; i < file_.links.size(); ++i)
            links_into_[file_.links[i].successor].push_back(i);
        out_ =
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
            "<Project xmlns=\"http://schemas.microsoft.com/project\">\n";
        project();
        calendars();
        out_ += "  <Tasks>\n";
        for (std::size_t i = 0; i < file_.tasks.size(); ++i)
            task(i);
        out_ += "  </Tasks>\n</Project>\n";
        ScheduleWriting writing{.bytes = std::move(out_)};
        for (const auto& [code, lost] : lost_) {
            writing.findings.push_back(
                {.severity = Severity::warning,
                 .message = {message::exchange_cannot_hold, {*lost.first, to_text(lost.second)}}});
        }
        return writing;
    }

  private:
    void element(int level, std::string_view name, std::string_view text) {
        out_.append(static_cast<std::size_t>(level) * 2, ' ');
        out_ += '<';
        out_ += name;
        out_ += '>';
        out_ += detail::xml_escaped(text);
        out_ += "</";
        out_ += name;
        out_ += ">\n";
    }
    void element(int level, std::string_view name, std::int64_t number) { element(level, name, to_text(number)); }
    void open(int level, std::string_view name) {
        out_.append(static_cast<std::size_t>(level) * 2, ' ');
        out_ += "<" + std::string(name) + ">\n";
    }
    void close(int level, std::string_view name) {
        out_.append(static_cast<std::size_t>(level) * 2, ' ');
        out_ += "</" + std::string(name) + ">\n";
    }
    void lose(const MessageText& what) { ++lost_.try_emplace(what.code, &what, 0).first->second.second; }

    void project() {
        const ExchangeProject& row = file_.projects.front();
        element(1, "Title", row.name.empty() ? file_.name : row.name);
        element(1, "ScheduleFromStart", 1);
        element(1, "StartDate", to_text(row.start) + morning);
        std::optional<Day> last;
        for (const ExchangeDates& dates : solved_.tasks)
            last = std::max(last.value_or(dates.finish), dates.finish);
        if (last) element(1, "FinishDate", to_text(*last) + evening);
        if (row.finish) lose(message::exchange_set_finish);
        element(1, "CalendarUID", row.calendar.empty() ? 1 : static_cast<std::int64_t>(calendar_uid_.at(row.calendar)));
        element(1, "DefaultStartTime", "08:00:00");
        element(1, "DefaultFinishTime", "17:00:00");
        element(1, "MinutesPerDay", 480);
        element(1, "MinutesPerWeek", 2'400);
        element(1, "DaysPerMonth", 20);
        if (file_.data_date) element(1, "StatusDate", to_text(*file_.data_date) + evening);
    }

    void working_times(int level) {
        open(level, "WorkingTimes");
        for (const auto& [from, to] : {std::pair{"08:00:00", "12:00:00"}, std::pair{"13:00:00", "17:00:00"}}) {
            open(level + 1, "WorkingTime");
            element(level + 2, "FromTime", from);
            element(level + 2, "ToTime", to);
            close(level + 1, "WorkingTime");
        }
        close(level, "WorkingTimes");
    }

    void calendars() {
        open(1, "Calendars");
        const ExchangeCalendar standard{.id = {}, .name = "Standard"};
        if (file_.calendars.empty()) calendar(1, standard);
        for (std::size_t i = 0; i < file_.calendars.size(); ++i)
            calendar(i + 1, file_.calendars[i]);
        close(1, "Calendars");
    }

    void calendar(std::size_t uid, const ExchangeCalendar& row) {
        if (row.announced_to) lose(message::exchange_announced);
        open(2, "Calendar");
        element(3, "UID", static_cast<std::int64_t>(uid));
        element(3, "Name", row.name.empty() ? row.id : row.name);
        element(3, "IsBaseCalendar", 1);
        element(3, "BaseCalendarUID", -1);
        open(3, "WeekDays");
        constexpr std::array<Weekday, 7> order{Weekday::sunday,   Weekday::monday, Weekday::tuesday, Weekday::wednesday,
                                               Weekday::thursday, Weekday::friday, Weekday::saturday};
        for (std::size_t i = 0; i < order.size(); ++i) {
            const bool works = std::ranges::count(row.week, order[i]) > 0;
            open(4, "WeekDay");
            element(5, "DayType", static_cast<std::int64_t>(i) + 1);
            element(5, "DayWorking", works ? 1 : 0);
            if (works) working_times(5);
            close(4, "WeekDay");
        }
        close(3, "WeekDays");
        bool is_open = false;
        for (const ExchangeException& e : file_.exceptions) {
            if (e.calendar != row.id) continue;
            if (!std::exchange(is_open, true)) open(3, "Exceptions");
            open(4, "Exception");
            element(5, "EnteredByOccurrences", std::int64_t{0});
            open(5, "TimePeriod");
            element(6, "FromDate", to_text(e.from) + "T00:00:00");
            element(6, "ToDate", to_text(e.to) + "T23:59:00");
            close(5, "TimePeriod");
            element(5, "Name", e.name);
            element(5, "Type", 1);
            element(5, "DayWorking", e.kind == DayKind::work ? 1 : 0);
            if (e.kind == DayKind::work) working_times(5);
            close(4, "Exception");
        }
        if (is_open) close(3, "Exceptions");
        close(2, "Calendar");
    }

    static std::string hours(std::int64_t days) { return "PT" + to_text(days * 8) + "H0M0S"; }

    void task(std::size_t i) {
        const ExchangeTask& row = file_.tasks[i];
        const ExchangeDates& dates = solved_.tasks[i];
        const std::int64_t duration = row.duration.count();
        const bool is_complete = file_.data_date && row.actual_finish;
        open(2, "Task");
        element(3, "UID", static_cast<std::int64_t>(i) + 1);
        element(3, "ID", static_cast<std::int64_t>(i) + 1);
        element(3, "Name", row.name.empty() ? row.id : row.name);
        element(3, "OutlineLevel", 1);
        element(3, "Start", to_text(dates.start) + morning);
        element(3, "Finish", to_text(dates.finish) + evening);
        element(3, "Duration", hours(duration));
        element(3, "DurationFormat", 7);
        element(3, "Milestone", duration == 0 ? 1 : 0);
        element(3, "Summary", std::int64_t{0});
        element(3, "Critical", dates.critical_by_float ? 1 : 0);
        element(3, "EarlyStart", to_text(dates.early_start_day) + morning);
        element(3, "EarlyFinish", to_text(dates.early_finish_day) + evening);
        element(3, "LateStart", to_text(dates.late_start_day) + morning);
        element(3, "LateFinish", to_text(dates.late_finish_day) + evening);
        element(3, "FreeSlack", dates.free_float.value_or(0) * lag_of_a_day);
        element(3, "TotalSlack", dates.total_float.value_or(0) * lag_of_a_day);
        element(3, "PercentComplete", is_complete ? 100 : 0);
        if (row.actual_start) element(3, "ActualStart", to_text(*row.actual_start) + morning);
        if (row.actual_finish) element(3, "ActualFinish", to_text(*row.actual_finish) + evening);
        if (row.actual_start && row.remaining) element(3, "RemainingDuration", hours(row.remaining->count()));
        constraints(row);
        const auto into = links_into_.find(row.id);
        if (into != links_into_.end()) {
            for (const std::size_t k : into->second)
                link(file_.links[k]);
        }
        close(2, "Task");
    }

    /// Project has one constraint per task and a deadline, which acts as a second FNLT would.
    void constraints(const ExchangeTask& row) {
        struct Choice {
            const std::optional<Day>* date;
            std::int64_t type;
            bool is_start;
        };
        const Choice choices[] = {{&row.must_start, 2, true},       {&row.must_finish, 3, false},
                                  {&row.start_no_earlier, 4, true}, {&row.finish_no_earlier, 6, false},
                                  {&row.start_no_later, 5, true},   {&row.finish_no_later, 7, false}};
        std::optional<Day> deadline = row.deadline;
        const Choice* chosen = nullptr;
        for (const Choice& choice : choices) {
            if (!*choice.date) continue;
            if (chosen == nullptr) {
                chosen = &choice;
            } else if (choice.type == 7) {
                deadline = std::min(deadline.value_or(**choice.date), **choice.date);
            } else {
                lose(message::exchange_second_constraint);
            }
        }
        element(3, "ConstraintType", chosen == nullptr ? 0 : chosen->type);
        element(3, "CalendarUID",
                row.calendar.empty() ? -1 : static_cast<std::int64_t>(calendar_uid_.at(row.calendar)));
        if (chosen != nullptr) {
            element(3, "ConstraintDate", to_text(**chosen->date) + (chosen->is_start ? morning : evening));
        }
        if (deadline) element(3, "Deadline", to_text(*deadline) + evening);
    }

    void link(const ExchangeLink& row) {
        if (row.bound == LinkBound::maximum) {
            lose(message::exchange_max_lags);
            return;
        }
        const std::int64_t lag = row.lag.value_or(WorkDays()).count();
        const LagCalendar counted = row.lag_calendar.value_or(LagCalendar::predecessor);
        const bool is_elapsed = counted == LagCalendar::elapsed;
        if (lag != 0 && !is_elapsed && !counts_as_successor(row, counted)) lose(message::exchange_lag_calendars);
        open(3, "PredecessorLink");
        element(4, "PredecessorUID", static_cast<std::int64_t>(task_uid_.at(row.predecessor)));
        constexpr std::int64_t types[] = {1, 3, 0, 2};  // of FS, SS, FF, SF
        element(4, "Type", types[static_cast<std::size_t>(row.type)]);
        element(4, "CrossProject", std::int64_t{0});
        element(4, "LinkLag", lag * (is_elapsed ? lag_of_an_elapsed_day : lag_of_a_day));
        element(4, "LagFormat", is_elapsed ? 8 : 7);
        close(3, "PredecessorLink");
    }

    /// Whether the lag's calendar is that of the successor, on which Project counts.
    [[nodiscard]] bool counts_as_successor(const ExchangeLink& row, LagCalendar counted) const {
        const auto calendar_of = [&](const std::string& id) {
            return solved_.problem.tasks[task_uid_.at(id) - 1].calendar;
        };
        const std::uint32_t wanted = calendar_of(row.successor);
        if (counted == LagCalendar::successor) return true;
        if (counted == LagCalendar::project) return solved_.problem.projects.front().calendar == wanted;
        return calendar_of(row.predecessor) == wanted;
    }

    const ScheduleFile& file_;
    const SolvedSchedule& solved_;
    std::map<std::string_view, std::size_t> calendar_uid_;
    std::map<std::string_view, std::size_t> task_uid_;
    std::map<std::string_view, std::vector<std::size_t>> links_into_;
    std::map<std::string_view, std::pair<const MessageText*, std::size_t>> lost_;  ///< by code
    std::string out_;
};

}  // namespace

ScheduleWriting schedule_mspdi(const ScheduleFile& file, const SolvedSchedule& solved) {
    return MspdiWriter(file, solved).run();
}

}  // namespace countyplan
