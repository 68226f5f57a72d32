// The fourteen checks, one after another.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/impl/critical_path_fields.hpp>
#include <countyplan/track/impl/critical_path_meaning.hpp>
#include <countyplan/track/impl/float_path.hpp>
#include <countyplan/track/messages.hpp>
#include <countyplan/track/plan_quality.hpp>
#include <countyplan/track/schedule_log_messages.hpp>

namespace countyplan {

namespace detail {

class QualityReader {
  public:
    QualityReader(const CriticalPathProblem& problem, const CriticalPathResult& result, const QualityFacts& facts,
                  std::uint32_t project, std::vector<std::uint8_t> counts, const QualityLimits& limits)
        : problem_(problem),
          result_(result),
          facts_(facts),
          project_(project),
          counts_(std::move(counts)),
          limits_(limits),
          means_(problem) {
        if (project >= problem.projects.size()) {
            refuse_quality(
                {message::track_no_such_item, {std::to_string(project), std::to_string(problem.projects.size())}},
                "project");
        }
        check_length(facts.is_assigned.size(), "is_assigned");
        check_length(facts.has_invalid_dates.size(), "has_invalid_dates");
        check_length(facts.agreed_finish.size(), "agreed_finish");
    }

    [[nodiscard]] PlanQuality read() {
        for (std::size_t i = 0; i < enumerator_count<QualityCheck>; ++i) {
            const auto check = static_cast<QualityCheck>(i);
            out_.answers.push_back({.check = check, .limit = limits_.of(check)});
        }
        look_at_links();
        look_at_tasks();
        look_at_baseline();
        delay_critical_task();
        measure_length();
        for (QualityAnswer& answer : out_.answers) {
            std::ranges::sort(answer.tasks);
            answer.tasks.erase(std::unique(answer.tasks.begin(), answer.tasks.end()), answer.tasks.end());
        }
        return std::move(out_);
    }

  private:
    [[noreturn]] static void refuse_quality(Message why, std::string place) {
        throw InvalidProblem(std::move(why), std::move(place));
    }
    void check_length(std::size_t found, const char* place) const {
        if (found == 0 || found == problem_.tasks.size()) return;
        refuse_quality({message::track_wrong_length, {std::to_string(found), std::to_string(problem_.tasks.size())}},
                       place);
    }
    [[nodiscard]] QualityAnswer& at(QualityCheck check) { return out_.answers[static_cast<std::size_t>(check)]; }
    void against(QualityCheck check, std::size_t v) {
        ++at(check).numerator;
        at(check).tasks.push_back(static_cast<std::uint32_t>(v));
    }
    [[nodiscard]] bool is_open(std::size_t v) const { return counts_[v] != 0 && !means_.is_complete(v); }

    void look_at_links() {
        follows_.assign(problem_.tasks.size(), 0);
        leads_.assign(problem_.tasks.size(), 0);
        for (const CriticalPathLink& link : problem_.links) {
            if (link.bound != LinkBound::minimum) continue;
            follows_[link.successor] = 1;
            leads_[link.predecessor] = 1;
            if (!is_open(link.successor)) continue;
            for (const QualityCheck check : {QualityCheck::leads, QualityCheck::lags, QualityCheck::finish_start})
                ++at(check).denominator;
            if (link.lag < 0) against(QualityCheck::leads, link.successor);
            if (link.lag > 0) against(QualityCheck::lags, link.successor);
            if (link.type == LinkKind::finish_start) {
                ++at(QualityCheck::finish_start).numerator;
            } else {
                at(QualityCheck::finish_start).tasks.push_back(link.successor);
            }
        }
    }

    void look_at_tasks() {
        for (std::size_t v = 0; v < problem_.tasks.size(); ++v) {
            if (counts_[v] == 0) continue;
            ++at(QualityCheck::invalid_dates).denominator;
            if (!facts_.has_invalid_dates.empty() && facts_.has_invalid_dates[v] != 0) {
                against(QualityCheck::invalid_dates, v);
            }
            if (!is_open(v)) continue;
            const CriticalPathTask& task = problem_.tasks[v];
            for (const QualityCheck check :
                 {QualityCheck::missing_logic, QualityCheck::hard_constraints, QualityCheck::high_float,
                  QualityCheck::negative_float, QualityCheck::long_duration}) {
                ++at(check).denominator;
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
            ++at(QualityCheck::unassigned).denominator;
            if (facts_.is_assigned[v] == 0) against(QualityCheck::unassigned, v);
        }
    }

    void look_at_baseline() {
        if (facts_.agreed_finish.empty() || !problem_.data_date) return;
        for (std::size_t v = 0; v < problem_.tasks.size(); ++v) {
            const std::optional<std::int64_t>& agreed = facts_.agreed_finish[v];
            if (counts_[v] == 0 || !agreed) continue;
            if (means_.is_complete(v)) ++at(QualityCheck::bei).numerator;
            if (*agreed > means_.data_date(v)) continue;
            ++at(QualityCheck::bei).denominator;
            if (!means_.is_complete(v)) at(QualityCheck::bei).tasks.push_back(static_cast<std::uint32_t>(v));
            ++at(QualityCheck::missed).denominator;
            if (finish_of(problem_.tasks[v], result_.tasks[v]) > *agreed) against(QualityCheck::missed, v);
        }
    }

    void delay_critical_task() {
        std::size_t v = 0;
        while (v < problem_.tasks.size() &&
               !(is_open(v) && problem_.tasks[v].project == project_ && result_.tasks[v].on_longest_path)) {
            ++v;
        }
        if (v == problem_.tasks.size()) return;
        QualityAnswer& answer = at(QualityCheck::critical_path);
        answer.denominator = limits_.test_days;
        answer.tasks.push_back(static_cast<std::uint32_t>(v));
        CriticalPathProblem delayed = problem_;
        delayed.tasks[v].duration += limits_.test_days;
        if (delayed.tasks[v].remaining || means_.has_started(v)) {
            delayed.tasks[v].remaining = means_.days(v) + limits_.test_days;
        }
        const CriticalPathResult after = solve(delayed);
        if (after.termination != Termination::optimal) return;
        const Calendar& calendar = means_.calendar(v);
        answer.numerator = calendar.rank_number(reached_ends(delayed, after)[project_]) -
                           calendar.rank_number(reached_ends(problem_, result_)[project_]);
    }

    void measure_length() {
        const CriticalPathProject& project = problem_.projects[project_];
        const Calendar& calendar = problem_.calendars[project.calendar];
        const std::int64_t now =
            problem_.data_date ? calendar.finish_boundary(*problem_.data_date) : calendar.start_boundary(project.start);
        const std::int64_t end = calendar.rank_number(reached_ends(problem_, result_)[project_]);
        std::optional<std::int64_t> agreed;  // an instant
        for (std::size_t v = 0; v < facts_.agreed_finish.size(); ++v) {
            if (problem_.tasks[v].project != project_ || !facts_.agreed_finish[v]) continue;
            const std::int64_t at = means_.calendar(v).select_number(*facts_.agreed_finish[v] - 1) + 1;
            agreed = std::max(agreed.value_or(at), at);
        }
        if (!agreed && project.finish) agreed = project.finish->number() + std::int64_t{1};
        QualityAnswer& answer = at(QualityCheck::cpli);
        answer.denominator = std::max<std::int64_t>(0, end - now);
        answer.numerator = answer.denominator + (agreed ? calendar.rank_number(*agreed) - end : 0);
    }

    const CriticalPathProblem& problem_;
    const CriticalPathResult& result_;
    const QualityFacts& facts_;
    std::uint32_t project_;
    std::vector<std::uint8_t> counts_;
    const QualityLimits& limits_;
    ScheduleMeaning means_;
    std::vector<std::uint8_t> follows_{}, leads_{};
    PlanQuality out_{};
};

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
    std::vector<std::uint8_t> all(problem.tasks.size(), 1);
    return detail::QualityReader(problem, result, facts, project, std::move(all), limits).read();
}

COUNTYPLAN_INLINE PlanQuality plan_quality(const Plan& plan, const Schedule& schedule, Id<County> county,
                                           const Baseline* baseline, const QualityLimits& limits) {
    COUNTYPLAN_EXPECT(schedule.termination == Termination::optimal, "only a schedule with dates can be checked");
    const CriticalPathProblem& problem = schedule.problem;
    QualityFacts facts;
    std::vector<std::uint8_t> counts;
    facts.has_invalid_dates.assign(problem.tasks.size(), 0);
    for (const Id<Task> task : schedule.tasks.ids()) {
        const Task& row = plan.rows().tasks[task];
        counts.push_back(plan.county_of(task) == county ? 1 : 0);
        facts.is_assigned.push_back(row.owner.empty() ? 0 : 1);
        if (baseline == nullptr) continue;
        std::optional<std::int64_t> agreed;
        if (const BaselineTask* then = baseline->find(row.id)) {
            const Calendar& now = problem.calendars[problem.tasks[task.value()].calendar];
            agreed = detail::recounted(baseline->calendars()[then->calendar], now, then->finish, true);
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
    PlanQuality out = detail::QualityReader(problem, schedule.result, facts, static_cast<std::uint32_t>(county.value()),
                                            std::move(counts), limits)
                          .read();
    if (baseline != nullptr) {
        // What was dropped from the plan stays due.
        const BaselineCounts agreed = compare(*baseline, plan, schedule).counties[county];
        QualityAnswer& bei = out.answers[static_cast<std::size_t>(QualityCheck::bei)];
        bei.numerator = static_cast<std::int64_t>(agreed.completed);
        bei.denominator = static_cast<std::int64_t>(agreed.due);
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
