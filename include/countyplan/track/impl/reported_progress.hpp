// Which facts a schedule rests on, and which it sets aside.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/plan/calendar.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/ledger.hpp>
#include <countyplan/track/ledger_flaw.hpp>
#include <countyplan/track/messages.hpp>

namespace countyplan {

namespace detail {

/// What the facts say of one task.
struct ReportedTask {
    std::optional<Day> started{};
    std::optional<Day> finished{};
    std::optional<std::int64_t> remaining{};
};

/// Reads the facts that a schedule rests on.
class ReportedProgress {
  public:
    ReportedProgress(const Ledger& ledger, AsOf as_of) : ledger_(ledger), as_of_(as_of) {
        const auto& rows = ledger.plan().rows().tasks;
        refused_.assign(ledger.plan().rows().ledger.size(), nullptr);
        flaws_ = flaws(ledger, as_of);
        for (const LedgerFlaw& flaw : flaws_) {
            if (flaw.refused) refused_[flaw.fact.value()] = &flaw;
        }
        tasks = ById<Id<Task>, ReportedTask>(rows.size());
        for (const Id<Task> id : rows.ids())
            tasks[id] = read({Noun::task, rows[id].id}, rows[id]);
    }

    ById<Id<Task>, ReportedTask> tasks{};
    Findings findings{};

  private:
    void note(Severity severity, Message message, Id<Fact> fact) {
        Finding finding;
        finding.severity = severity;
        finding.message = std::move(message);
        finding.place = {"ledger", fact.value(), "value"};
        finding.value = ledger_[fact].value;
        findings.push_back(std::move(finding));
    }

    /// The newest fact that can be used; those set aside on the way are told.
    template <class Parse>
    Id<Fact> newest(const Reference& subject, std::string_view field, const Parse& parse) {
        const Id<Fact> answer = ledger_.find(subject, field, as_of_);
        if (!answer) return answer;
        if (refused_[answer.value()] == nullptr && parse(ledger_[answer].value)) return answer;
        const std::vector<Id<Fact>> all = ledger_.history(subject, field, as_of_);
        for (std::size_t i = all.size(); i-- > 0;) {
            const Fact& fact = ledger_[all[i]];
            const LedgerFlaw* flaw = refused_[all[i].value()];
            if (flaw == nullptr && parse(fact.value)) return all[i];
            if (flaw != nullptr) {
                note(Severity::warning, {message::fact_not_scheduled, {fact.field, fact.value, word(flaw->kind)}},
                     all[i]);
            } else {
                note(Severity::warning, {message::fact_unreadable, {fact.field, fact.value}}, all[i]);
            }
        }
        return {};
    }

    ReportedTask read(const Reference& subject, const Task& row) {
        ReportedTask out;
        const auto is_day = [&](const std::string& text) {
            const auto date = Day::parse(text);
            return date && *date <= as_of_.valid;
        };
        const auto is_count = [&](const std::string& text) {
            const auto days = parse_number<std::int64_t>(text);
            return days && *days >= 0 && *days <= CriticalPathProblem::max_days;
        };
        const Id<Fact> started = newest(subject, "started", is_day);
        const Id<Fact> finished = newest(subject, "finished", is_day);
        const Id<Fact> remaining = newest(subject, "remaining", is_count);
        if (started) out.started = Day::parse(ledger_[started].value);
        if (finished) out.finished = Day::parse(ledger_[finished].value);
        if (out.finished) {
            if (!out.started && row.duration.count() > 0) {
                note(Severity::warning, {message::start_not_reported, {row.id}}, finished);
            }
            return out;
        }
        if (!remaining) return out;
        out.remaining = parse_number<std::int64_t>(ledger_[remaining].value);
        if (*out.remaining == 0 && out.started && row.duration.count() > 0) {
            note(Severity::warning, {message::nothing_remains_unfinished, {row.id}}, remaining);
            out.remaining.reset();
        }
        return out;
    }

    const Ledger& ledger_;
    AsOf as_of_;
    std::vector<LedgerFlaw> flaws_;
    std::vector<const LedgerFlaw*> refused_;  ///< per fact; null if it may be used
};

/// Puts what is reported into the plan's network.
inline void report_progress(CriticalPathProblem& problem, const ReportedProgress& reported, AsOf as_of,
                            ProgressLogic logic) {
    problem.data_date = as_of.valid;
    problem.logic = logic;
    for (const Id<Task> id : reported.tasks.ids()) {
        const ReportedTask& row = reported.tasks[id];
        CriticalPathTask& task = problem.tasks[id.value()];
        const Calendar& calendar = problem.calendars[task.calendar];
        if (row.started) task.actual_start = calendar.actual_start_boundary(*row.started);
        if (row.finished) {
            task.actual_finish = calendar.finish_boundary(*row.finished);
            if (!row.started) task.actual_start = *task.actual_finish - std::max<std::int64_t>(task.duration, 1);
        }
        task.remaining = row.remaining;
    }
}

}  // namespace detail

}  // namespace countyplan
