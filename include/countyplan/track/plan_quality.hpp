// Is the network itself sound enough to be believed?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/track/baseline.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/schedule.hpp>

namespace countyplan {

/// The fourteen checks. Tasks are those not complete, links those into such a task, unless said otherwise.
enum class QualityCheck {
    missing_logic,     ///< tasks without a predecessor, or without a successor / tasks
    leads,             ///< links with a negative lag / links
    lags,              ///< links with a positive lag / links
    finish_start,      ///< links from finish to start / links: at least
    hard_constraints,  ///< tasks that are bound not to start or finish later, or on a day / tasks
    high_float,        ///< tasks with more total float than `long_days` / tasks
    negative_float,    ///< tasks with total float below 0 / tasks
    long_duration,     ///< tasks that last longer than `long_days` / tasks
    invalid_dates,     ///< tasks, complete ones too, with dates that cannot be / all tasks
    unassigned,        ///< tasks with work that nobody is responsible for / tasks with work
    missed,            ///< tasks due by the baseline, finished or expected later than agreed / due tasks
    critical_path,     ///< days by which the end moves / `test_days`, when a critical task takes these longer: at least
    cpli,              ///< (critical path length + float of the project) / critical path length: at least
    bei,               ///< completed tasks of the baseline / those due: at least
};

template <>
struct Enumerators<QualityCheck> {
    static constexpr MessageText words[] = {{"missing_logic", "缺少逻辑关系", "missing logic"},
                                            {"leads", "提前量", "leads"},
                                            {"lags", "滞后量", "lags"},
                                            {"finish_start", "完成-开始关系", "finish-to-start links"},
                                            {"hard_constraints", "硬约束", "hard constraints"},
                                            {"high_float", "总时差过大", "high float"},
                                            {"negative_float", "负时差", "negative float"},
                                            {"long_duration", "工期过长", "long duration"},
                                            {"invalid_dates", "无效日期", "invalid dates"},
                                            {"unassigned", "无责任人", "unassigned"},
                                            {"missed", "未按期完成", "missed tasks"},
                                            {"critical_path", "关键路径检验", "critical path test"},
                                            {"cpli", "关键路径长度指数", "critical path length index"},
                                            {"bei", "基线执行指数", "baseline execution index"}};
};

/// Limits as shares and indices. Source: DCMA 14-point schedule assessment.
struct QualityLimits {
    std::array<double, enumerator_count<QualityCheck>> limit{0.05, 0.0, 0.05, 0.90, 0.05, 0.05, 0.0,
                                                             0.05, 0.0, 0.0,  0.05, 1.0,  0.95, 0.95};
    std::int64_t long_days = 44;   ///< working days of the task's calendar, for float and duration
    std::int64_t test_days = 600;  ///< by which the critical path test delays a task; > 0

    [[nodiscard]] double of(QualityCheck check) const { return limit[static_cast<std::size_t>(check)]; }

    friend bool operator==(const QualityLimits&, const QualityLimits&) = default;
};

/// Whether a check wants at least its limit, rather than at most.
[[nodiscard]] constexpr bool wants_more(QualityCheck check) {
    return check == QualityCheck::finish_start || check == QualityCheck::critical_path || check == QualityCheck::cpli ||
           check == QualityCheck::bei;
}

struct QualityAnswer {
    QualityCheck check = QualityCheck::missing_logic;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    double limit = 0.0;
    /// Those that count against the plan, each once, in order: of links the successors; for the critical path test
    /// the task that was delayed; for `bei` the tasks due and not complete.
    std::vector<std::uint32_t> tasks{};

    /// Numerator / denominator; unset where there is nothing to divide by.
    [[nodiscard]] std::optional<double> value() const {
        if (denominator <= 0) return std::nullopt;
        return static_cast<double>(numerator) / static_cast<double>(denominator);
    }
    /// Whether the limit is kept, compared as whole numbers to a millionth; unset where there is no value.
    [[nodiscard]] std::optional<bool> passes() const {
        if (denominator <= 0) return std::nullopt;
        const double scaled = limit * static_cast<double>(denominator);
        const double slack = 1e-6 * static_cast<double>(denominator);
        const auto found = static_cast<double>(numerator);
        return wants_more(check) ? found >= scaled - slack : found <= scaled + slack;
    }

    friend bool operator==(const QualityAnswer&, const QualityAnswer&) = default;
};

/// What the checks need besides the network; each list has an entry for every task, or is empty.
struct QualityFacts {
    std::vector<std::uint8_t> is_assigned{};                   ///< empty: the check has no value
    std::vector<std::uint8_t> has_invalid_dates{};             ///< empty: none has
    std::vector<std::optional<std::int64_t>> agreed_finish{};  ///< boundaries; empty: there is no baseline

    friend bool operator==(const QualityFacts&, const QualityFacts&) = default;
};

struct PlanQuality {
    std::vector<QualityAnswer> answers{};  ///< one for each check, in order

    [[nodiscard]] const QualityAnswer& operator[](QualityCheck check) const {
        return answers[static_cast<std::size_t>(check)];
    }

    friend bool operator==(const PlanQuality&, const PlanQuality&) = default;
};

/// The fourteen checks of one network, whose `result` is optimal. The critical path is that of `project`: the test
/// delays the first task on it that is not complete, schedules again, and counts in that task's calendar by how
/// much the project's last finish moves (0 where there are no such dates, unset without such a task). Its length counts
/// from the data date, or the project's start, and its float is that to the last finish agreed, else to the
/// finish set, else none; all on the project's calendar. Throws `InvalidProblem` where a list has another length,
/// the project does not exist, or the test leaves the range of durations. O(n + m), and one schedule.
[[nodiscard]] PlanQuality plan_quality(const CriticalPathProblem& problem, const CriticalPathResult& result,
                                       const QualityFacts& facts = {}, std::uint32_t project = 0,
                                       const QualityLimits& limits = {});

/// The checks of each county's tasks and the links into them: assigned is a task with an owner, invalid one with a
/// fact that the schedule set aside. `schedule` is optimal and belongs to `plan`; the baseline may be missing. For the
/// critical path test of a county what is joined to the task by links is scheduled again. O(n log n + m), where no
/// links cross counties.
[[nodiscard]] ById<Id<County>, PlanQuality> plan_quality(const Plan& plan, const Schedule& schedule,
                                                         const Baseline* baseline = nullptr,
                                                         const QualityLimits& limits = {});

/// One sentence for an answer, with its numbers and its limit.
[[nodiscard]] Message sentence(const QualityAnswer& answer);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/plan_quality.hpp>
#endif
