// What was planned to be done by now, what is it worth that was done, what did it cost, and where does that lead?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/track/baseline.hpp>
#include <countyplan/track/ledger.hpp>
#include <countyplan/track/progress.hpp>
#include <countyplan/track/roll_up.hpp>
#include <countyplan/track/schedule.hpp>
#include <countyplan/track/warning.hpp>

namespace countyplan {

/// In what work is valued. The facts of a task, numbers with at most two decimals that count up to their day:
/// money: what it is worth is its budget in the baseline, else in the plan; `cost_at_start` of it falls due at its
/// start; spent: `cost`.
/// points: `points`, `points_at_start`; `points_spent`.
/// expert_days: `expert_days`, `expert_days_at_start`; `expert_days_spent`.
enum class ValueUnit { money, points, expert_days };

template <>
struct Enumerators<ValueUnit> {
    static constexpr MessageText words[] = {
        {"money", "元", "yuan"}, {"points", "分", "points"}, {"expert_days", "专家人日", "expert-days"}};
};

/// A length of working time, exactly: `days + part / of` with 0 <= part < of, in lowest terms.
struct WorkTime {
    std::int64_t days = 0;
    std::int64_t part = 0;
    std::int64_t of = 1;

    [[nodiscard]] double value() const {
        return static_cast<double>(days) + static_cast<double>(part) / static_cast<double>(of);
    }

    friend constexpr bool operator==(const WorkTime&, const WorkTime&) = default;
};

/// By which index PF the rest of the work is thought to cost: EAC = AC + (BAC - EV) / PF.
enum class CostForecastBy { plan, cpi, spi, spi_t, sci, sci_t, cpi_spi, cpi_spi_t };

template <>
struct Enumerators<CostForecastBy> {
    static constexpr MessageText words[] = {{"plan", "按计划", "as planned"},
                                            {"cpi", "按 CPI", "by CPI"},
                                            {"spi", "按 SPI", "by SPI"},
                                            {"spi_t", "按 SPI(t)", "by SPI(t)"},
                                            {"sci", "按 SCI", "by SCI"},
                                            {"sci_t", "按 SCI(t)", "by SCI(t)"},
                                            {"cpi_spi", "按 0.8 CPI + 0.2 SPI", "by 0.8 CPI + 0.2 SPI"},
                                            {"cpi_spi_t", "按 0.8 CPI + 0.2 SPI(t)", "by 0.8 CPI + 0.2 SPI(t)"}};
};

/// How the duration in the end is forecast: from planned value, earned duration or earned schedule.
enum class TimeForecastBy {
    planned_value,
    planned_value_spi,
    planned_value_sci,
    earned_duration,
    earned_duration_spi,
    earned_duration_sci,
    earned_schedule,
    earned_schedule_spi_t,
    earned_schedule_sci_t
};

template <>
struct Enumerators<TimeForecastBy> {
    static constexpr MessageText words[] = {
        {"planned_value", "计划价值法", "planned value"},
        {"planned_value_spi", "计划价值法（SPI）", "planned value, SPI"},
        {"planned_value_sci", "计划价值法（SCI）", "planned value, SCI"},
        {"earned_duration", "挣得工期法", "earned duration"},
        {"earned_duration_spi", "挣得工期法（SPI）", "earned duration, SPI"},
        {"earned_duration_sci", "挣得工期法（SCI）", "earned duration, SCI"},
        {"earned_schedule", "挣得进度法", "earned schedule"},
        {"earned_schedule_spi_t", "挣得进度法（SPI(t)）", "earned schedule, SPI(t)"},
        {"earned_schedule_sci_t", "挣得进度法（SCI(t)）", "earned schedule, SCI(t)"}};
};

/// What all indices are made from. Values are whole hundredths of the unit (fen, where it is money), times
/// working days.
struct ValueSums {
    std::int64_t budget = 0;                    ///< BAC, >= 0
    std::int64_t planned = 0;                   ///< PV, in [0, BAC]
    std::int64_t earned = 0;                    ///< EV, in [0, BAC]
    std::optional<std::int64_t> actual{};       ///< AC; unset: somewhere it is not reported
    std::int64_t actual_time = 0;               ///< AT, >= 0; 0 before the start
    std::int64_t planned_duration = 0;          ///< PD, >= 0
    std::optional<WorkTime> earned_schedule{};  ///< ES, in [0, PD]; unset without budget or duration

    friend bool operator==(const ValueSums&, const ValueSums&) = default;
};

/// Unset where its index is, or is 0. Doubles, in hundredths of the unit.
struct CostForecast {
    std::optional<double> at_completion{};  ///< EAC
    std::optional<double> to_complete{};    ///< ETC = EAC - AC
    std::optional<double> variance{};       ///< VAC = BAC - EAC

    friend bool operator==(const CostForecast&, const CostForecast&) = default;
};

/// All indices. Differences of values are exact, everything else is double; what would be divided by 0 is unset.
struct ValueIndices {
    std::int64_t schedule_variance = 0;           ///< SV = EV - PV
    std::optional<std::int64_t> cost_variance{};  ///< CV = EV - AC
    std::optional<double> spi{};                  ///< EV / PV
    std::optional<double> cpi{};                  ///< EV / AC
    std::optional<double> sci{};                  ///< SPI CPI
    std::optional<double> tcpi{};                 ///< (BAC - EV) / (BAC - AC)
    std::optional<double> time_variance{};        ///< SV(t) = ES - AT, working days
    std::optional<double> spi_t{};                ///< SPI(t) = ES / AT
    std::optional<double> sci_t{};                ///< SPI(t) CPI
    std::optional<double> tspi_t{};               ///< (PD - ES) / (PD - AT)
    std::array<CostForecast, enumerator_count<CostForecastBy>> cost{};
    std::array<std::optional<double>, enumerator_count<TimeForecastBy>> duration{};  ///< EAC(t), working days

    [[nodiscard]] const CostForecast& operator[](CostForecastBy by) const { return cost[static_cast<std::size_t>(by)]; }
    [[nodiscard]] std::optional<double> operator[](TimeForecastBy by) const {
        return duration[static_cast<std::size_t>(by)];
    }

    friend bool operator==(const ValueIndices&, const ValueIndices&) = default;
};

/// The indices and forecasts of one set of sums. Sources: ANSI/EIA-748; Lipke, The Measurable News (2003);
/// Vandevoorde & Vanhoucke, Int. J. of Project Management 24 (2006). Formulae: docs/math/earned_value.md.
[[nodiscard]] ValueIndices value_indices(const ValueSums& sums);

/// Tasks that are due but have no data. They stand in none of the sums; with them BAC and PV are those of all.
struct ValueLeftOut {
    std::size_t tasks = 0;
    std::int64_t budget = 0;
    std::int64_t planned = 0;

    friend bool operator==(const ValueLeftOut&, const ValueLeftOut&) = default;
};

/// A task, or all tasks below a node, as a project of its own from its first planned start on.
struct EarnedValue {
    ValueSums sums{};
    std::optional<double> adherence{};  ///< p-factor: how far what is earned is what was planned first, in [0, 1]
    ValueLeftOut left_out{};
    std::size_t without_actual = 0;  ///< tasks in the sums that have started and whose AC is not reported

    /// All indices and forecasts that follow from the sums.
    [[nodiscard]] ValueIndices indices() const { return value_indices(sums); }

    friend bool operator==(const EarnedValue&, const EarnedValue&) = default;
};

struct ProvinceEarnedValue {
    Code province{};
    EarnedValue value{};

    friend bool operator==(const ProvinceEarnedValue&, const ProvinceEarnedValue&) = default;
};

struct EarnedValueReport {
    ValueUnit unit = ValueUnit::money;
    ById<Id<Task>, EarnedValue> tasks{};  ///< all zero for what is cancelled
    ById<Id<Goal>, EarnedValue> goals{};  ///< with the goals below
    ById<Id<County>, EarnedValue> counties{};
    std::vector<ProvinceEarnedValue> provinces{};  ///< by code
    EarnedValue whole{};
    Findings findings{};  ///< of what data is missing, one per county: place `counties[i]`; else `tasks[i]`

    friend bool operator==(const EarnedValueReport&, const EarnedValueReport&) = default;
};

/// What earned value is made from, all of one plan and one day; what is referred to must outlive the call.
struct EarnedValueInput {
    const Ledger& ledger;
    const Schedule& planned;  ///< without progress, optimal
    const ProgressReport& progress;
    const RollUp& roll_up;  ///< for what earns as the rest of its goal does
    AsOf as_of{};
    const Baseline* agreed = nullptr;  ///< dates and budgets; null, or a task it does not have: those of the plan
};

/// Earned value and earned schedule of all tasks, goals, counties, provinces and the whole. Planned value grows
/// from `start` to the whole by the days worked of the baseline's [start, finish) and is rounded to hundredths day
/// by day, so that sums are exact. Time is working time: of a task its own, of goals and counties the county's
/// office days, of provinces the province's, of the whole the nation's. Cancelled tasks count nowhere, nor do tasks
/// that are due but have no data. Throws `std::overflow_error` where a sum leaves 64 bits.
/// O(tasks * levels above them * log days of the baseline).
[[nodiscard]] EarnedValueReport earned_value(const EarnedValueInput& input, ValueUnit unit = ValueUnit::money);

/// SPI(t) for `warnings`. Left out where it is unset, and where nothing due is unearned (EV >= PV) though it is
/// below 1: between two milestones the earliest moment of what is earned lies behind today however well all goes.
[[nodiscard]] TimePerformance time_performance(const EarnedValueReport& report);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/earned_value.hpp>
#endif
