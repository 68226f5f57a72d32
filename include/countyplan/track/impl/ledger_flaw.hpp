// How facts are held against each other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/ledger_flaw.hpp>
#include <countyplan/track/ledger_messages.hpp>

namespace countyplan {

namespace detail {

class LedgerExaminer {
  public:
    LedgerExaminer(const Ledger& ledger, AsOf as_of) : ledger_(ledger), as_of_(as_of) {
        const Draft& rows = ledger.plan().rows();
        taken_back_.assign(rows.ledger.size(), 0);
        for (const Fact& fact : rows.ledger) {
            if (fact.retracts.empty() || fact.recorded_at > as_of.recorded) continue;
            if (const Id<Fact> target = ledger.plan().find<Fact>(fact.retracts)) taken_back_[target.value()] = 1;
        }
    }

    std::vector<LedgerFlaw> run() {
        const Draft& rows = ledger_.plan().rows();
        for (const Task& task : rows.tasks)
            course({Noun::task, task.id});
        for (const Id<Indicator> id : rows.indicators.ids())
            aims(rows.indicators[id]);
        for (const Id<Fact> id : rows.ledger.ids())
            future(id);
        std::ranges::sort(out_, {}, [](const LedgerFlaw& flaw) { return std::pair(flaw.fact, flaw.kind); });
        return std::move(out_);
    }

  private:
    static bool is_actual(const Fact& fact) {
        return fact.subject.noun == Noun::task && (fact.field == "started" || fact.field == "finished");
    }

    /// The day on which the fact says that something is so.
    static Day happened(const Fact& fact) {
        if (!is_actual(fact)) return fact.valid_at;
        return std::max(fact.valid_at, Day::parse(fact.value).value_or(fact.valid_at));
    }

    static bool is_from_future(const Fact& fact) { return happened(fact) > fact.recorded_at; }

    void add(Id<Fact> fact, LedgerFlawKind kind, bool refused, Id<Fact> against = {}) {
        out_.push_back({fact, kind, against, refused});
    }

    /// Of a fact that counts, or will when its day comes.
    void future(Id<Fact> id) {
        const Fact& fact = ledger_[id];
        if (fact.recorded_at > as_of_.recorded || !is_from_future(fact)) return;
        if (takes_back_only(fact) || taken_back_[id.value()] != 0) return;
        const bool is_read = is_actual(fact) || (fact.subject.noun == Noun::task && fact.field == "remaining");
        add(id, LedgerFlawKind::from_future, is_read);
    }

    /// The newest fact whose day may be believed; `accept(fact, day)` has the last word.
    template <class Accept>
    Id<Fact> newest_day(const Reference& task, std::string_view field, const Accept& accept) const {
        const auto stands = [&](Id<Fact> id) {
            const auto day = Day::parse(ledger_[id].value);
            return day && *day <= as_of_.valid && !is_from_future(ledger_[id]) && accept(id, *day);
        };
        const Id<Fact> answer = ledger_.find(task, field, as_of_);
        if (!answer || stands(answer)) return answer;
        const std::vector<Id<Fact>> all = ledger_.history(task, field, as_of_);
        for (std::size_t i = all.size() - 1; i-- > 0;) {
            if (stands(all[i])) return all[i];
        }
        return {};
    }

    void course(const Reference& task) {
        for (const std::string_view field : {"started", "finished"}) {
            const Id<Fact> answer = ledger_.find(task, field, as_of_);
            const auto day = answer ? Day::parse(ledger_[answer].value) : std::nullopt;
            if (day && *day > as_of_.valid) add(answer, LedgerFlawKind::after_data_date, true);
        }
        // What is refused contradicts nothing.
        const Id<Fact> started = newest_day(task, "started", [](Id<Fact>, Day) { return true; });
        const auto start = started ? Day::parse(ledger_[started].value) : std::nullopt;
        const Id<Fact> finished = newest_day(task, "finished", [&](Id<Fact> id, Day day) {
            if (!start || day >= *start) return true;
            add(id, LedgerFlawKind::finish_before_start, true, started);
            return false;
        });
        const Id<Fact> remaining = ledger_.find(task, "remaining", as_of_);
        if (finished && remaining && ledger_[remaining].valid_at >= *Day::parse(ledger_[finished].value) &&
            parse_number<std::int64_t>(ledger_[remaining].value).value_or(0) > 0) {
            add(remaining, LedgerFlawKind::left_after_finish, true, finished);
        }
        std::optional<double> before;
        Id<Fact> of;
        for (const Id<Fact> id : ledger_.history(task, "percent", as_of_)) {
            const auto percent = parse_decimal(ledger_[id].value);
            if (!percent) continue;
            if (before && *percent < *before) add(id, LedgerFlawKind::progress_back, false, of);
            before = percent;
            of = id;
        }
    }

    void aims(const Indicator& row) {
        if (!row.baseline) return;
        for (const Id<Fact> id : ledger_.history({Noun::indicator, row.id}, "target", as_of_)) {
            if (parse_decimal(ledger_[id].value) == row.baseline) {
                add(id, LedgerFlawKind::target_is_baseline, false);
            }
        }
    }

    const Ledger& ledger_;
    AsOf as_of_;
    std::vector<std::uint8_t> taken_back_;  ///< per fact
    std::vector<LedgerFlaw> out_{};
};

}  // namespace detail

COUNTYPLAN_INLINE std::vector<LedgerFlaw> flaws(const Ledger& ledger, AsOf as_of) {
    return detail::LedgerExaminer(ledger, as_of).run();
}

COUNTYPLAN_INLINE std::vector<RevisedTarget> targets(const Ledger& ledger, Id<Indicator> indicator, AsOf as_of) {
    std::vector<RevisedTarget> out;
    const Draft& rows = ledger.plan().rows();
    const Indicator& row = rows.indicators[indicator];
    if (row.target) out.push_back({.target = *row.target, .since = rows.period.from});
    for (const Id<Fact> id : ledger.history({Noun::indicator, row.id}, "target", as_of)) {
        const Fact& fact = ledger[id];
        if (const auto target = parse_decimal(fact.value)) out.push_back({id, *target, fact.valid_at, fact.source});
    }
    return out;
}

COUNTYPLAN_INLINE Findings check_recording(const Plan& plan, std::span<const Fact> facts) {
    Draft draft = plan.rows();
    std::optional<Day> last;
    for (const Fact& fact : draft.ledger)
        last = std::max(last, std::optional(fact.recorded_at));
    Findings out;
    for (const Fact& fact : facts) {
        const Id<Fact> id = draft.ledger.push_back(fact);
        if (last && fact.recorded_at < *last) {
            out.push_back({.message = {message::recorded_day_back, {to_text(fact.recorded_at), to_text(*last)}},
                           .place = {"ledger", id.value(), "recorded_at"},
                           .value = to_text(fact.recorded_at),
                           .expected = {message::recorded_from_then_on, {to_text(*last)}}});
        }
        last = std::max(last, std::optional(fact.recorded_at));
    }
    const auto words_of = [](const Finding& finding) {
        return std::tuple(to_text(finding.place), finding.rule, text(finding.message, Language::en));
    };
    std::vector<decltype(words_of(Finding{}))> before;
    for (const Finding& finding : plan.warnings())
        before.push_back(words_of(finding));
    std::ranges::sort(before);
    for (Finding& finding : check(draft)) {
        if (!std::ranges::binary_search(before, words_of(finding))) out.push_back(std::move(finding));
    }
    return out;
}

}  // namespace countyplan
