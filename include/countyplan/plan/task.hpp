// What has to be done, for how long, and after what?
#pragma once

#include <optional>
#include <string>

#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/code.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/money.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

/// Which days a task consumes: the office's working days, or days on which lessons are given.
enum class CalendarKind { office, teaching };

template <>
struct Enumerators<CalendarKind> {
    static constexpr MessageText words[] = {{"office", "办公日", "office days"},
                                            {"teaching", "教学日", "teaching days"}};
};

/// How a milestone earns its progress (tracking rules, section 7).
enum class Measurement {
    zero_hundred,
    fifty_fifty,
    twenty_eighty,
    weighted_steps,
    percent,
    units,
    kpi_linear,
    kpi_threshold,
    loe,
    apportioned
};

template <>
struct Enumerators<Measurement> {
    static constexpr MessageText words[] = {{"zero_hundred", "0/100法", "0/100"},
                                            {"fifty_fifty", "50/50法", "50/50"},
                                            {"twenty_eighty", "20/80法", "20/80"},
                                            {"weighted_steps", "加权步骤法", "weighted steps"},
                                            {"percent", "完成百分比", "percent complete"},
                                            {"units", "完成数量", "units complete"},
                                            {"kpi_linear", "指标线性法", "indicator, linear"},
                                            {"kpi_threshold", "指标阈值法", "indicator, threshold"},
                                            {"loe", "投入水平法", "level of effort"},
                                            {"apportioned", "分摊法", "apportioned effort"}};
};

/// The `no` kinds are soft: they move early dates (`…_no_earlier`) or late dates (`…_no_later`) only. Mandatory
/// dates are exact until the task has started, or is complete: where they cannot hold there is no schedule.
enum class ConstraintKind {
    start_no_earlier,
    finish_no_earlier,
    start_no_later,
    finish_no_later,
    mandatory_start,
    mandatory_finish
};

template <>
struct Enumerators<ConstraintKind> {
    static constexpr MessageText words[] = {
        {"SNET", "不早于…开始", "start no earlier than"}, {"FNET", "不早于…完成", "finish no earlier than"},
        {"SNLT", "不晚于…开始", "start no later than"},   {"FNLT", "不晚于…完成", "finish no later than"},
        {"MSO", "必须在…开始", "must start on"},          {"MFO", "必须在…完成", "must finish on"}};
};

/// Something to be done for a goal. A milestone (里程碑) has duration 0.
struct Task {
    std::string id{};
    Code county{};
    std::string goal{};
    std::string school{};  ///< empty where it is the county's
    std::string name_zh{};
    std::string name_en{};
    WorkDays duration{};  ///< >= 0, in days of `calendar`
    std::optional<WorkDays> optimistic{};
    std::optional<WorkDays> pessimistic{};
    CalendarKind calendar = CalendarKind::office;
    std::optional<Day> not_before{};  ///< hard first day, e.g. of a readiness gate; as SNET
    std::optional<Day> deadline{};    ///< acts on late dates only
    Money budget{};                   ///< >= 0
    std::optional<double> weight{};   ///< among the goal's children, >= 0
    bool milestone = false;
    Measurement method = Measurement::zero_hundred;
    std::string owner{};
    std::optional<ConstraintKind> constraint{};
    std::optional<Day> constraint_date{};

    friend bool operator==(const Task&, const Task&) = default;
};

template <>
struct Table<Task> {
    static constexpr std::string_view name = "tasks";
    static constexpr auto fields = std::make_tuple(
        detail::key_field("id", &Task::id), detail::reference_field("county", &Task::county, Noun::county),
        detail::reference_field("goal", &Task::goal, Noun::goal),
        detail::open_reference_field("school", &Task::school, Noun::school),
        detail::text_field("name_zh", &Task::name_zh), detail::text_field("name_en", &Task::name_en),
        detail::value_field("duration", &Task::duration), detail::value_field("optimistic", &Task::optimistic),
        detail::value_field("pessimistic", &Task::pessimistic), detail::value_field("calendar", &Task::calendar),
        detail::value_field("not_before", &Task::not_before), detail::value_field("deadline", &Task::deadline),
        detail::value_field("budget", &Task::budget), detail::value_field("weight", &Task::weight),
        detail::value_field("milestone", &Task::milestone), detail::value_field("method", &Task::method),
        detail::text_field("owner", &Task::owner), detail::value_field("constraint", &Task::constraint),
        detail::value_field("constraint_date", &Task::constraint_date));
};

enum class LinkKind { finish_start, start_start, finish_finish, start_finish };

template <>
struct Enumerators<LinkKind> {
    static constexpr MessageText words[] = {{"FS", "完成-开始", "finish to start"},
                                            {"SS", "开始-开始", "start to start"},
                                            {"FF", "完成-完成", "finish to finish"},
                                            {"SF", "开始-完成", "start to finish"}};
};

enum class LagCalendar { predecessor, successor, project, elapsed };

template <>
struct Enumerators<LagCalendar> {
    static constexpr MessageText words[] = {{"predecessor", "前置任务日历", "the predecessor's calendar"},
                                            {"successor", "后续任务日历", "the successor's calendar"},
                                            {"project", "项目日历", "the project's calendar"},
                                            {"elapsed", "自然日", "elapsed days"}};
};

/// A task waits for another one.
struct Link {
    std::string predecessor{};
    std::string successor{};
    LinkKind type = LinkKind::finish_start;
    WorkDays lag{};  ///< negative for a lead; counted on `lag_calendar`
    LagCalendar lag_calendar = LagCalendar::predecessor;
    std::optional<WorkDays> max_lag{};  ///< >= lag, counted as it is: the successor follows no later than that

    friend bool operator==(const Link&, const Link&) = default;
};

template <>
struct Table<Link> {
    static constexpr std::string_view name = "links";
    static constexpr auto fields = std::make_tuple(
        detail::reference_field("predecessor", &Link::predecessor, Noun::task),
        detail::reference_field("successor", &Link::successor, Noun::task), detail::value_field("type", &Link::type),
        detail::value_field("lag", &Link::lag), detail::value_field("lag_calendar", &Link::lag_calendar),
        detail::younger_field("max_lag", &Link::max_lag));
};

}  // namespace countyplan
