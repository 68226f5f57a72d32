// The fourteen checks, one after another.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/graph/csr.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/impl/critical_path_fields.hpp>
#include <countyplan/track/impl/critical_path_meaning.hpp>
#include <countyplan/track/impl/critical_path_part.hpp>
#include <countyplan/track/impl/float_path.hpp>
#include <countyplan/track/messages.hpp>
#include <countyplan/track/plan_quality.hpp>
#include <countyplan/track/schedule_log_messages.hpp>

namespace countyplan {

namespace detail {

/// Which tasks one set of checks is about.
struct QualityScope {
    std::uint32_t project = 0;
    std::optional<std::int64_t> agreed_end{};  ///< an instant
    std::size_t delayed = no_task;             ///< for the critical path test

    static constexpr std::size_t no_task = std::numeric_limits<std::size_t>::max();
};

/// Reads the checks of several scopes off one network, each task in one of them.
class QualityReader {
  public:
    /// `scope_of` gives each task its scope.
    QualityReader(const CriticalPathProblem& problem, const CriticalPathResult& result, const QualityFacts& facts,
                  std::vector<QualityScope> scopes, std::vector<std::uint32_t> scope_of, const QualityLimits& limits)
        : problem_(problem),
          result_(result),
          facts_(facts),
          scopes_(std::move(scopes)),
          scope_of_(std::move(scope_of)),
          limits_(limits),
          means_(problem),
          reached_(reached_ends(problem, result)),
          out_(scopes_.size()) {
        check_length(facts.is_assigned.size(), "is_assigned");
        check_length(facts.has_invalid_dates.size(), "has_invalid_dates");
        check_length(facts.agreed_finish.size(), "agreed_finish");
    }

    [[nodiscard]] std::vector<PlanQuality> read() {
        for (PlanQuality& quality : out_) {
            for (std::size_t i = 0; i < enumerator_count<QualityCheck>; ++i) {
                const auto check = static_cast<QualityCheck>(i);
                quality.answers.push_back({.check = check, .limit = limits_.of(check)});
            }
        }
        look_at_links();
        look_at_tasks();
        look_at_baseline();
        delay_critical_tasks();
        for (std::size_t scope = 0; scope < scopes_.size(); ++scope)
            measure_length(scope);
        for (PlanQuality& quality : out_) {
            for (QualityAnswer& answer : quality.answers) {
                std::ranges::sort(answer.tasks);
                answer.tasks.erase(std::unique(answer.tasks.begin(), answer.tasks.end()), answer.tasks.end());
            }
        }
        return std::move(out_);
    }

  private:
    void check_length(std::size_t found, const char* place) const {
        if (found == 0 || found == problem_.tasks.size()) return;
        throw InvalidProblem(
            {message::track_wrong_length, {std::to_string(found), std::to_string(problem_.tasks.size())}}, place);
    }
    [[nodiscard]] QualityAnswer& at(QualityCheck check, std::size_t scope) {
        return out_[scope].answers[static_cast<std::size_t>(check)];
    }
    void against(QualityCheck check, std::size_t v) {
        QualityAnswer& answer = at(check, scope_of_[v]);
        ++answer.numerator;
        answer.tasks.push_back(static_cast<std::uint32_t>(v));
    }

    void look_at_links() {
        follows_.assign(problem_.tasks.size(), 0);
        leads_.assign(problem_.tasks.size(), 0);
        for (const CriticalPathLink& link : problem_.links) {
            if (link.bound != LinkBound::minimum) continue;
            follows_[link.successor] = 1;
            leads_[link.predecessor] = 1;
            if (means_.is_complete(link.successor)) continue;
            const std::uint32_t scope = scope_of_[link.successor];
            for (const QualityCheck check : {QualityCheck::leads, QualityCheck::lags, QualityCheck::finish_start})
                ++at(check, scope).denominator;
            if (link.lag < 0) against(QualityCheck::leads, link.successor);
            if (link.lag > 0) against(QualityCheck::lags, link.successor);
            if (link.type == LinkKind::finish_start) {
                ++at(QualityCheck::finish_start, scope).numerator;
            } else {
                at(QualityCheck::finish_start, scope).tasks.push_back(link.successor);
            }
        }
    }

    void look_at_tasks() {
        for (std::size_t v = 0; v < problem_.tasks.size(); ++v) {
            const std::uint32_t scope = scope_of_[v];
            ++at(QualityCheck::invalid_dates, scope).denominator;
            if (!facts_.has_invalid_dates.empty() && facts_.has_invalid_dates[v] != 0) {
                against(QualityCheck::invalid_dates, v);
            }
            if (means_.is_complete(v)) continue;
            const CriticalPathTask& task = problem_.tasks[v];
            for (const QualityCheck check :
                 {QualityCheck::missing_logic, QualityCheck::hard_constraints, QualityCheck::high_float,
                  QualityCheck::negative_float, QualityCheck::long_duration}) {
                ++at(check, scope).denominator;
            }
            if (follows_[v] == 0 || leads_[v] == 0) against(QualityCheck::missing_logic, v);
            if (task.start_no_later || task.finish_no_later || task.mandatory_start || task.mandatory_finish) {
                against(QualityCheck::hard_constraints, v);
            }
            const std::int64_t total_float = result_.tasks[v].total_float.value_or(0);
            if (total_float > limits_.long_days) against(QualityCheck::high_float, v);
            if (total_float < 0) against(QualityCheck::negative_float, v);
            if (task.duration > limits_.long_days) against(QualityCheck::long_duration, v);
            if (facts_.is_assigned.empty() || task.duration == 0) continue;
            ++at(QualityCheck::unassigned, scope).denominator;
            if (facts_.is_assigned[v] == 0) against(QualityCheck::unassigned, v);
        }
    }

    void look_at_baseline() {
        for (std::size_t v = 0; v < facts_.agreed_finish.size(); ++v) {
            const std::optional<std::int64_t>& agreed = facts_.agreed_finish[v];
            if (!agreed) continue;
            const std::uint32_t scope = scope_of_[v];
            if (problem_.tasks[v].project == scopes_[scope].project) {
                const std::int64_t end = means_.calendar(v).select_number(*agreed - 1) + 1;
                scopes_[scope].agreed_end = std::max(scopes_[scope].agreed_end.value_or(end), end);
            }
            if (!problem_.data_date) continue;
            if (means_.is_complete(v)) ++at(QualityCheck::bei, scope).numerator;
            if (*agreed > means_.data_date(v)) continue;
            ++at(QualityCheck::bei, scope).denominator;
            if (!means_.is_complete(v)) at(QualityCheck::bei, scope).tasks.push_back(static_cast<std::uint32_t>(v));
            ++at(QualityCheck::missed, scope).denominator;
            if (finish_of(problem_.tasks[v], result_.tasks[v]) > *agreed) against(QualityCheck::missed, v);
        }
    }

    void delay_critical_tasks() {
        for (std::size_t v = problem_.tasks.size(); v-- > 0;) {
            QualityScope& scope = scopes_[scope_of_[v]];
            if (means_.is_complete(v) || problem_.tasks[v].project != scope.project) continue;
            if (result_.tasks[v].on_longest_path) scope.delayed = v;
        }
        NetworkParts parts(problem_);
        const CompressedRows in_project =
            CompressedRows::group(problem_.projects.size(), problem_.tasks.size(),
                                  [&](std::uint32_t v) { return problem_.tasks[v].project; });
        std::vector<std::uint8_t> moves(problem_.tasks.size(), 0);
        for (std::size_t i = 0; i < scopes_.size(); ++i) {
            const std::size_t v = scopes_[i].delayed;
            if (v == QualityScope::no_task) continue;
            QualityAnswer& answer = at(QualityCheck::critical_path, i);
            answer.denominator = limits_.test_days;
            answer.tasks.push_back(static_cast<std::uint32_t>(v));
            const NetworkPart part = parts.around(static_cast<std::uint32_t>(v));
            const std::optional<std::int64_t> moved = end_of_delayed(part, v);
            if (!moved) continue;
            // What is not joined to the task stays where it is.
            std::int64_t end = *moved;
            for (const std::uint32_t u : part.tasks)
                moves[u] = 1;
            for (const std::uint32_t u : in_project[problem_.tasks[v].project]) {
                if (moves[u] == 0) end = std::max(end, finish_instant(problem_, result_, u));
            }
            for (const std::uint32_t u : part.tasks)
                moves[u] = 0;
            const Calendar& calendar = means_.calendar(v);
            answer.numerator = calendar.rank_number(end) - calendar.rank_number(reached_[problem_.tasks[v].project]);
        }
    }

    /// The last finish of the task's project within the part once the task takes longer; unset where nothing keeps
    /// all bounds.
    [[nodiscard]] std::optional<std::int64_t> end_of_delayed(NetworkPart part, std::size_t v) const {
        CriticalPathTask& task = part.problem.tasks.front();
        task.duration += limits_.test_days;
        if (task.duration > CriticalPathProblem::max_days) {
            throw InvalidProblem({message::track_out_of_range,
                                  {std::to_string(task.duration), "0", std::to_string(CriticalPathProblem::max_days)}},
                                 place_of("tasks", v, "duration"));
        }
        if (task.remaining || means_.has_started(v)) task.remaining = means_.days(v) + limits_.test_days;
        const CriticalPathResult after = solve(part.problem);
        if (after.termination != Termination::optimal) return std::nullopt;
        return reached_ends(part.problem, after)[task.project];
    }

    void measure_length(std::size_t scope) {
        const std::uint32_t p = scopes_[scope].project;
        const CriticalPathProject& project = problem_.projects[p];
        const Calendar& calendar = problem_.calendars[project.calendar];
        const std::int64_t now =
            problem_.data_date ? calendar.finish_boundary(*problem_.data_date) : calendar.start_boundary(project.start);
        const std::int64_t end = calendar.rank_number(reached_[p]);
        std::optional<std::int64_t> agreed = scopes_[scope].agreed_end;
        if (!agreed && project.finish) agreed = project.finish->number() + std::int64_t{1};
        QualityAnswer& answer = at(QualityCheck::cpli, scope);
        answer.denominator = std::max<std::int64_t>(0, end - now);
        answer.numerator = answer.denominator + (agreed ? calendar.rank_number(*agreed) - end : 0);
    }

    const CriticalPathProblem& problem_;
    const CriticalPathResult& result_;
    const QualityFacts& facts_;
    std::vector<QualityScope> scopes_;
    std::vector<std::uint32_t> scope_of_;
    const QualityLimits& limits_;
    ScheduleMeaning means_;
    std::vector<std::int64_t> reached_;
    std::vector<std::uint8_t> follows_{}, leads_{};
    std::vector<PlanQuality> out_;
};

/// What the checks of a plan need besides its network.
inline QualityFacts quality_facts(const Plan& plan, const Schedule& schedule, const Baseline* baseline) {
    const CriticalPathProblem& problem = schedule.problem;
    QualityFacts facts;
    facts.has_invalid_dates.assign(problem.tasks.size(), 0);
    for (const Id<Task> task : schedule.tasks.ids()) {
        const Task& row = plan.rows().tasks[task];
        facts.is_assigned.push_back(row.owner.empty() ? 0 : 1);
        if (baseline == nullptr) continue;
        std::optional<std::int64_t> agreed;
        if (const BaselineTask* then = baseline->find(row.id)) {
            const Calendar& now = problem.calendars[problem.tasks[task.value()].calendar];
            agreed = recounted(baseline->calendars()[then->calendar], now, then->finish, true);
        }
        facts.agreed_finish.push_back(agreed);
    }
    for (const Finding& finding : schedule.findings) {
        if (finding.place.table != "ledger" || !finding.place.row) continue;
        const Fact& fact = plan.rows().ledger[Id<Fact>(static_cast<std::uint32_t>(*finding.place.row))];
        if (fact.subject.noun != Noun::task || (fact.field != "started" && fact.field != "finished")) continue;
        if (finding.message.code() == message::start_not_reported.code) continue;
        if (const Id<Task> task = plan.find<Task>(fact.subject.id)) facts.has_invalid_dates[task.value()] = 1;
    }
    return facts;
}

/// Half-up, as shares and indices are printed.
COUNTYPLAN_INLINE std::string with_two_digits(double value) {
    const auto hundredths = static_cast<std::int64_t>(std::llround(std::abs(value) * 100.0));
    const std::string digits = std::to_string(hundredths % 100);
    return (value < 0 && hundredths > 0 ? "-" : "") + std::to_string(hundredths / 100) + "." +
           (digits.size() < 2 ? "0" : "") + digits;
}

}  // namespace detail

COUNTYPLAN_INLINE PlanQuality plan_quality(const CriticalPathProblem& problem, const CriticalPathResult& result,
                                           const QualityFacts& facts, std::uint32_t project,
                                           const QualityLimits& limits) {
    COUNTYPLAN_EXPECT(result.termination == Termination::optimal, "only a schedule with dates can be read");
    if (project >= problem.projects.size()) {
        throw InvalidProblem(
            {message::track_no_such_item, {std::to_string(project), std::to_string(problem.projects.size())}},
            "project");
    }
    std::vector<std::uint32_t> all(problem.tasks.size(), 0);
    return std::move(
        detail::QualityReader(problem, result, facts, {{.project = project}}, std::move(all), limits).read().front());
}

COUNTYPLAN_INLINE ById<Id<County>, PlanQuality> plan_quality(const Plan& plan, const Schedule& schedule,
                                                             const Baseline* baseline, const QualityLimits& limits) {
    COUNTYPLAN_EXPECT(schedule.termination == Termination::optimal, "only a schedule with dates can be checked");
    const CriticalPathProblem& problem = schedule.problem;
    const QualityFacts facts = detail::quality_facts(plan, schedule, baseline);
    std::vector<detail::QualityScope> counties;
    for (std::uint32_t p = 0; p < problem.projects.size(); ++p)
        counties.push_back({.project = p});
    std::vector<std::uint32_t> county_of;
    for (const CriticalPathTask& task : problem.tasks)
        county_of.push_back(task.project);
    ById<Id<County>, PlanQuality> out(
        detail::QualityReader(problem, schedule.result, facts, std::move(counties), std::move(county_of), limits)
            .read());
    if (baseline == nullptr) return out;
    const BaselineComparison agreed = compare(*baseline, plan, schedule);
    for (const Id<County> county : out.ids()) {  // what was dropped from the plan stays due
        QualityAnswer& bei = out[county].answers[static_cast<std::size_t>(QualityCheck::bei)];
        bei.numerator = static_cast<std::int64_t>(agreed.counties[county].completed);
        bei.denominator = static_cast<std::int64_t>(agreed.counties[county].due);
    }
    return out;
}

COUNTYPLAN_INLINE Message sentence(const QualityAnswer& answer) {
    const std::optional<double> value = answer.value();
    if (!value) return {message::quality_undefined, {word(answer.check)}};
    if (answer.check == QualityCheck::cpli || answer.check == QualityCheck::bei ||
        answer.check == QualityCheck::critical_path) {
        return {message::quality_index,
                {word(answer.check), detail::with_two_digits(*value), detail::with_two_digits(answer.limit)}};
    }
    return {wants_more(answer.check) ? message::quality_share_least : message::quality_share,
            {word(answer.check), std::to_string(answer.numerator), std::to_string(answer.denominator),
             std::to_string(std::llround(answer.limit * 100.0))}};
}

}  // namespace countyplan
