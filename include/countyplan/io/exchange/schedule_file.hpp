// What does a schedule file say, whichever program wrote it, and which network is meant?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/plan/calendar_day.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/task.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/track/critical_path.hpp>

namespace countyplan {

enum class Weekday { monday, tuesday, wednesday, thursday, friday, saturday, sunday };

template <>
struct Enumerators<Weekday> {
    static constexpr MessageText words[] = {{"mon", "周一", "Monday"},    {"tue", "周二", "Tuesday"},
                                            {"wed", "周三", "Wednesday"}, {"thu", "周四", "Thursday"},
                                            {"fri", "周五", "Friday"},    {"sat", "周六", "Saturday"},
                                            {"sun", "周日", "Sunday"}};
};

/// A week of working days; exceptions stand in a table of their own. Needs one working day at least.
struct ExchangeCalendar {
    std::string id{};
    std::string name{};
    std::vector<Weekday> week{Weekday::monday, Weekday::tuesday, Weekday::wednesday, Weekday::thursday,
                              Weekday::friday};
    std::optional<Day> announced_to{};  ///< beyond it dates are provisional; unset: everything is known

    friend bool operator==(const ExchangeCalendar&, const ExchangeCalendar&) = default;
};

/// Days that differ from the week; of overlapping rows the later one wins.
struct ExchangeException {
    std::string calendar{};
    Day from{};
    Day to{};
    DayKind kind = DayKind::off;
    std::string name{};

    friend bool operator==(const ExchangeException&, const ExchangeException&) = default;
};

/// Tasks with a start, and perhaps an end, of their own.
struct ExchangeProject {
    std::string id{};
    std::string name{};
    Day start{};
    std::optional<Day> finish{};  ///< the set last day, from which late dates count; unset: the last early finish
    std::string calendar{};       ///< of tasks that name none, and of lags on the project's; empty: the first

    friend bool operator==(const ExchangeProject&, const ExchangeProject&) = default;
};

/// One activity; 0 days: a milestone. Constraints `…_earlier` and `…_later` are soft, `must_…` are
/// exact dates, a deadline acts on late dates only.
struct ExchangeTask {
    std::string id{};
    std::string name{};
    std::string project{};   ///< empty: the first
    std::string calendar{};  ///< empty: the project's
    WorkDays duration{};
    std::optional<Day> start_no_earlier{};
    std::optional<Day> finish_no_earlier{};
    std::optional<Day> start_no_later{};
    std::optional<Day> finish_no_later{};
    std::optional<Day> must_start{};
    std::optional<Day> must_finish{};
    std::optional<Day> deadline{};
    std::optional<Day> actual_start{};
    std::optional<Day> actual_finish{};
    std::optional<WorkDays> remaining{};  ///< of a task that has started; unset: the duration

    friend bool operator==(const ExchangeTask&, const ExchangeTask&) = default;
};

/// `successor` waits for `predecessor`.
struct ExchangeLink {
    std::string predecessor{};
    std::string successor{};
    LinkKind type = LinkKind::finish_start;
    std::optional<WorkDays> lag{};              ///< unset: 0; negative for a lead
    std::optional<LagCalendar> lag_calendar{};  ///< unset: the predecessor's
    std::optional<LinkBound> bound{};           ///< unset: the least lag

    friend bool operator==(const ExchangeLink&, const ExchangeLink&) = default;
};

/// What a file of tasks and links says, in days. Ids are any text that is not empty.
struct ScheduleFile {
    std::string name{};
    std::optional<Day> data_date{};  ///< the last day that progress speaks of; unset: no progress
    std::vector<ExchangeProject> projects{};
    std::vector<ExchangeCalendar> calendars{};  ///< none: Monday to Friday
    std::vector<ExchangeException> exceptions{};
    std::vector<ExchangeTask> tasks{};
    std::vector<ExchangeLink> links{};

    friend bool operator==(const ScheduleFile&, const ScheduleFile&) = default;
};

/// Everything wrong with the file, each with table, row and field: ids that are empty, taken or unknown,
/// numbers out of range, calendars without a working day, actual dates that contradict each other or the
/// data date, a task that waits for itself, tasks that wait in a circle (named).
[[nodiscard]] Findings check(const ScheduleFile& file);

/// The network: task i is row i, link k is row k, calendar and project likewise (one calendar where there
/// is none). Without a data date it holds no progress. Throws `InvalidPlan` with the findings where `check` has an
/// error.
[[nodiscard]] CriticalPathProblem critical_path_problem(const ScheduleFile& file);

/// One row as `network`, which has its calendars, projects and data date, knows it; `project` and `calendar` are
/// indices there. `check` has no error for the row.
[[nodiscard]] CriticalPathTask critical_path_task(const ExchangeTask& row, const CriticalPathProblem& network,
                                                  std::uint32_t project, std::uint32_t calendar);

template <>
struct Table<ExchangeCalendar> {
    static constexpr std::string_view name = "calendars";
    static constexpr auto fields = std::make_tuple(
        detail::value_field("id", &ExchangeCalendar::id), detail::text_field("name", &ExchangeCalendar::name),
        detail::open_field("week", &ExchangeCalendar::week),
        detail::value_field("announced_to", &ExchangeCalendar::announced_to));
};

template <>
struct Table<ExchangeException> {
    static constexpr std::string_view name = "exceptions";
    static constexpr auto fields = std::make_tuple(
        detail::value_field("calendar", &ExchangeException::calendar),
        detail::value_field("from", &ExchangeException::from), detail::value_field("to", &ExchangeException::to),
        detail::value_field("kind", &ExchangeException::kind), detail::text_field("name", &ExchangeException::name));
};

template <>
struct Table<ExchangeProject> {
    static constexpr std::string_view name = "projects";
    static constexpr auto fields = std::make_tuple(
        detail::value_field("id", &ExchangeProject::id), detail::text_field("name", &ExchangeProject::name),
        detail::value_field("start", &ExchangeProject::start), detail::value_field("finish", &ExchangeProject::finish),
        detail::open_field("calendar", &ExchangeProject::calendar));
};

template <>
struct Table<ExchangeTask> {
    static constexpr std::string_view name = "tasks";
    static constexpr auto fields = std::make_tuple(
        detail::value_field("id", &ExchangeTask::id), detail::text_field("name", &ExchangeTask::name),
        detail::open_field("project", &ExchangeTask::project), detail::open_field("calendar", &ExchangeTask::calendar),
        detail::value_field("duration", &ExchangeTask::duration),
        detail::value_field("start_no_earlier", &ExchangeTask::start_no_earlier),
        detail::value_field("finish_no_earlier", &ExchangeTask::finish_no_earlier),
        detail::value_field("start_no_later", &ExchangeTask::start_no_later),
        detail::value_field("finish_no_later", &ExchangeTask::finish_no_later),
        detail::value_field("must_start", &ExchangeTask::must_start),
        detail::value_field("must_finish", &ExchangeTask::must_finish),
        detail::value_field("deadline", &ExchangeTask::deadline),
        detail::value_field("actual_start", &ExchangeTask::actual_start),
        detail::value_field("actual_finish", &ExchangeTask::actual_finish),
        detail::value_field("remaining", &ExchangeTask::remaining));
};

template <>
struct Table<ExchangeLink> {
    static constexpr std::string_view name = "links";
    static constexpr auto fields = std::make_tuple(detail::value_field("predecessor", &ExchangeLink::predecessor),
                                                   detail::value_field("successor", &ExchangeLink::successor),
                                                   detail::value_field("type", &ExchangeLink::type),
                                                   detail::value_field("lag", &ExchangeLink::lag),
                                                   detail::value_field("lag_calendar", &ExchangeLink::lag_calendar),
                                                   detail::value_field("bound", &ExchangeLink::bound));
};

}  // namespace countyplan
