// Which parts of the plan need attention, how badly, and because of what?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/plan/fact.hpp>
#include <countyplan/plan/staffing.hpp>
#include <countyplan/track/ledger.hpp>
#include <countyplan/track/progress.hpp>
#include <countyplan/track/roll_up.hpp>
#include <countyplan/track/schedule.hpp>

namespace countyplan {

/// The state of a task, an indicator or a node, from the best to the worst; grey stands outside.
enum class WarningColour { grey, blue, green, amber, red };

template <>
struct Enumerators<WarningColour> {
    static constexpr MessageText words[] = {{"grey", "灰色", "grey"},
                                            {"blue", "蓝色", "blue"},
                                            {"green", "绿色", "green"},
                                            {"amber", "黄色", "amber"},
                                            {"red", "红色", "red"}};
};

/// How a node takes its colour from its children.
enum class ParentRule {
    worst_critical,  ///< the worst of those with a large share (if none is, the largest) or on the longest path
    weighted,        ///< the mean by shares, red 2, amber 1, green and blue 0
    worst,           ///< the worst of all
};

template <>
struct Enumerators<ParentRule> {
    static constexpr MessageText words[] = {{"worst_critical", "关键下级取最差", "worst of the critical ones"},
                                            {"weighted", "加权平均", "weighted mean"},
                                            {"worst", "取最差", "worst of all"}};
};

/// The thresholds; all are data.
struct WarningOptions {
    ParentRule parents = ParentRule::worst_critical;
    double slow_red = 0.80;                  ///< SPI(t), or an indicator's pace, below it is red
    double slow_amber = 0.95;                ///< below it amber
    WorkDays little_float{5};                ///< total float at most this is amber
    Share large_share = *Share::from(0.10);  ///< for `worst_critical`
    double mean_red = 1.5;                   ///< for `weighted`: the mean at which a node is red
    double mean_amber = 0.5;                 ///< the mean at which it is amber
    double crossing = 0.02;                  ///< how far SPI(t) or a pace must cross to leave a reported colour at once
    Share judged_after = *Share::from(0.10);  ///< an indicator has no pace before this part of its time

    friend bool operator==(const WarningOptions&, const WarningOptions&) = default;
};

/// Why something has its colour.
enum class WarningReason {
    cancelled,       ///< it counts nowhere
    no_plan,         ///< no dates, baseline or target to compare with
    no_report,       ///< due to be under way (`day`), but without data
    low_coverage,    ///< too little below it has data: `number` of `limit`
    complete,        ///< everything is done
    on_track,        ///< nothing is amiss
    late,            ///< it should have finished on `day`
    past_deadline,   ///< it is expected to finish on `day`, after `limit_day`
    slow,            ///< SPI(t) is `number`, below `limit`
    little_float,    ///< its total float is `number`, at most `limit`
    missed_target,   ///< its target was due on `day`; `number` of the way is done
    weak_indicator,  ///< its pace is `number`, below `limit`
    empty_post,      ///< `number` people are in place, `limit` are needed
    part,            ///< a county of a province has `colour`
    held,            ///< `colour` was reported and is not clearly left
    entry,           ///< set by hand to `colour` on `day`: fact `fact`
};

template <>
struct Enumerators<WarningReason> {
    static constexpr MessageText words[] = {{"cancelled", "已取消", "cancelled"},
                                            {"no_plan", "没有计划", "no plan"},
                                            {"no_report", "没有数据", "no report"},
                                            {"low_coverage", "数据覆盖不足", "low coverage"},
                                            {"complete", "已完成", "complete"},
                                            {"on_track", "按计划", "on track"},
                                            {"late", "逾期", "late"},
                                            {"past_deadline", "将晚于期限", "past its deadline"},
                                            {"slow", "进度偏慢", "slow"},
                                            {"little_float", "时差不足", "little float"},
                                            {"missed_target", "指标未达标", "missed target"},
                                            {"weak_indicator", "指标进展偏弱", "weak indicator"},
                                            {"empty_post", "岗位空缺", "empty post"},
                                            {"part", "下级预警", "a part"},
                                            {"held", "维持原判", "held"},
                                            {"entry", "人工判定", "set by hand"}};
};

/// One cause: a thing of the plan and the numbers that speak; `WarningReason` says which are in use.
struct WarningCause {
    WarningReason reason = WarningReason::no_plan;
    Noun noun = Noun::plan;  ///< task, indicator, goal, county or post; plan: a province, `row` in `RollUp::provinces`
    std::size_t row = 0;
    std::optional<Day> day{};
    std::optional<Day> limit_day{};
    double number = 0.0;
    double limit = 0.0;
    WarningColour colour = WarningColour::grey;
    Id<Fact> fact{};

    friend bool operator==(const WarningCause&, const WarningCause&) = default;
};

/// The colour of one thing. A colour that comes from below lists the causes below.
struct Warning {
    WarningColour colour = WarningColour::grey;    ///< what is shown
    WarningColour computed = WarningColour::grey;  ///< by the rules, before memory and entries by hand
    std::vector<std::uint32_t> causes{};           ///< positions in `Warnings::causes`, posts last; at least one

    friend bool operator==(const Warning&, const Warning&) = default;
};

struct Warnings {
    ById<Id<Task>, Warning> tasks{};
    ById<Id<Indicator>, Warning> indicators{};
    ById<Id<Goal>, Warning> goals{};
    ById<Id<County>, Warning> counties{};
    std::vector<Warning> provinces{};  ///< as `RollUp::provinces`
    std::vector<WarningCause> causes{};
    Findings findings{};  ///< entries by hand that cannot be used

    friend bool operator==(const Warnings&, const Warnings&) = default;
};

/// SPI(t) of single things where earned value knows it; a table may be empty.
struct TimePerformance {
    ById<Id<Task>, std::optional<double>> tasks{};
    ById<Id<Goal>, std::optional<double>> goals{};
    ById<Id<County>, std::optional<double>> counties{};

    friend bool operator==(const TimePerformance&, const TimePerformance&) = default;
};

/// What the colours are made from, all of one plan and one day; what is referred to must outlive the call.
struct WarningInput {
    const Ledger& ledger;
    const Schedule& planned;   ///< without progress
    const Schedule& expected;  ///< with what has happened; may be the same
    const ProgressReport& progress;
    const RollUp& roll_up;
    AsOf as_of{};
    const RollUpOptions& roll_up_options;
    const Staffing& staffing;
    const TimePerformance& performance;
};

/// Colours of all tasks, indicators, goals, counties and provinces with their causes; the first rule that
/// holds decides. What is not yet due to start needs no report. A posting that is short explains what is
/// amiss at its school, but colours nothing by itself. Memory: what was reported last (fact
/// `reported_colour`, dated before the day asked about) is left only by a clear crossing or at the second
/// report that computes otherwise. Entries: fact `colour`, value `COLOUR: reason`, in force until the next
/// report; the newest one on a node sets aside older ones below it. O(n log n). docs/math/warning.md.
[[nodiscard]] Warnings warnings(const WarningInput& input, const WarningOptions& options = {});

/// The sentence of a cause, and where in the plan it lies (empty for a province).
[[nodiscard]] Message describe(const Plan& plan, const RollUp& roll_up, const WarningCause& cause);
[[nodiscard]] Place place_of(const WarningCause& cause);

/// The facts that make a report one that was issued: a `reported_colour` for each task, indicator, goal
/// and county that is not cancelled, valid on the day asked about, recorded on `issued`. Their ids begin
/// with `REPORT-` and both days. `issued` must come after the day up to whose knowledge the report goes,
/// so that the report itself stays what it was. O(n).
[[nodiscard]] std::vector<Fact> issue_report(const Plan& plan, const Warnings& warnings, AsOf as_of, Day issued,
                                             const std::string& source);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/warning.hpp>
#endif
