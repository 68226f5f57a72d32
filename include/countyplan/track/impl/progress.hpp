// How facts become earned shares, method by method.
#pragma once

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <countyplan/plan/messages.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/impl/note.hpp>
#include <countyplan/track/messages.hpp>
#include <countyplan/track/progress.hpp>
#include <countyplan/track/warning_messages.hpp>

namespace countyplan {

namespace detail {

/// Reads the ledger as of one day and earns one task or indicator after the other.
class ProgressReader {
  public:
    ProgressReader(const Ledger& ledger, const Schedule& planned, const Schedule& expected, AsOf as_of,
                   const ProgressOptions& options)
        : ledger_(ledger), planned_(planned), expected_(expected), as_of_(as_of), options_(options), fields_(ledger) {
        if (!has_named_fields()) return;
        for (const Fact& fact : ledger.plan().rows().ledger) {
            if (const std::string_view kind = kind_of(fact.field); !kind.empty())
                named_[{fact.subject, kind}].insert(std::string_view(fact.field).substr(kind.size()));
        }
    }

    ProgressReport run() {
        const Draft& rows = ledger_.plan().rows();
        for (const Id<Goal> id : rows.goals.ids()) {
            const Id<Fact> status = find({Noun::goal, rows.goals[id].id}, "status");
            if (status && ledger_[status].value == "cancelled") report_.cancelled_goals.push_back(id);
        }
        report_.indicators = ById<Id<Indicator>, Earned>(rows.indicators.size());
        for (const Id<Indicator> id : rows.indicators.ids())
            report_.indicators[id] = indicator(id);
        report_.tasks = ById<Id<Task>, Earned>(rows.tasks.size());
        for (const Id<Task> id : rows.tasks.ids())
            report_.tasks[id] = task(id);
        return std::move(report_);
    }

  private:
    /// The fields that every task is asked for.
    struct Fields {
        explicit Fields(const Ledger& ledger)
            : status(ledger.field("status")),
              started(ledger.field("started")),
              finished(ledger.field("finished")),
              percent(ledger.field("percent")),
              units(ledger.field("units")),
              units_total(ledger.field("units_total")),
              step(ledger.field("step")) {}

        Id<FactField> status, started, finished, percent, units, units_total, step;
    };

    static constexpr std::string_view rate_of = "rate.";
    static constexpr std::string_view weight_of = "step_weight.";

    /// `rate_of` or `weight_of` where a name follows it.
    [[nodiscard]] static std::string_view kind_of(std::string_view field) {
        for (const std::string_view kind : {rate_of, weight_of}) {
            if (field.size() > kind.size() && field.starts_with(kind)) return kind;
        }
        return {};
    }
    [[nodiscard]] bool has_named_fields() const {
        return std::ranges::any_of(ledger_.fields(), [](const std::string& field) { return !kind_of(field).empty(); });
    }

    /// The names that follow `kind` in the fields of facts about a thing, by name.
    [[nodiscard]] std::set<std::string_view> names(const Reference& subject, std::string_view kind) const {
        if (named_.empty()) return {};
        const auto known = named_.find({subject, kind});
        return known == named_.end() ? std::set<std::string_view>{} : known->second;
    }
    [[nodiscard]] Id<Fact> find(const Reference& subject, std::string_view field) const {
        return ledger_.find(subject, field, as_of_);
    }
    [[nodiscard]] Id<Fact> find(Id<Task> task, Id<FactField> field) const { return ledger_.find(task, field, as_of_); }
    void note(Severity severity, Message message, std::string_view table, std::size_t row, std::string_view field) {
        detail::note(report_.findings, severity, std::move(message), table, row, field);
    }
    void unreadable(Id<Fact> id) {
        const Fact& fact = ledger_[id];
        note(Severity::warning, {message::fact_unreadable, {fact.field, fact.value}}, "ledger", id.value(), "value");
    }
    void undefined(Id<Fact> id) {
        note(Severity::warning, {message::undefined_ratio, {ledger_[id].value}}, "ledger", id.value(), "value");
    }
    void use(Earned& earned, Id<Fact> id) {
        const Day held = ledger_[id].valid_at;
        earned.evidence = std::max(earned.evidence.value_or(held), held);
    }

    void states(Earned& earned, Id<Fact> id) const {
        if (!id) return;
        earned.cancelled = ledger_[id].value == "cancelled";
        earned.on_hold = ledger_[id].value == "on_hold";
    }

    /// `count/of`, both at least 0.
    [[nodiscard]] static std::optional<std::pair<double, double>> fraction(std::string_view text) {
        const auto slash = text.find('/');
        if (slash == std::string_view::npos) return std::nullopt;
        const auto count = parse_decimal(text.substr(0, slash));
        const auto of = parse_decimal(text.substr(slash + 1));
        if (!count || !of || *count < 0.0 || *of < 0.0) return std::nullopt;
        return std::pair(*count, *of);
    }

    std::optional<RateGroup> rate(const Reference& subject, const std::string& field, std::string_view group) {
        const Id<Fact> id = find(subject, field);
        if (!id) return std::nullopt;
        const auto counts = fraction(ledger_[id].value);
        if (!counts) {
            unreadable(id);
            return std::nullopt;
        }
        if (counts->second == 0.0) undefined(id);
        return RateGroup{std::string(group), counts->first, counts->second, ledger_[id].valid_at};
    }

    /// The whole first, then the groups; the whole is their sum unless it was reported by itself.
    std::vector<RateGroup> rates(const Reference& subject) {
        std::vector<RateGroup> out(1);
        for (const std::string_view group : names(subject, rate_of)) {
            const auto part = rate(subject, std::string(rate_of).append(group), group);
            if (!part) continue;
            out.front().numerator += part->numerator;
            out.front().denominator += part->denominator;
            out.front().evidence = std::min(out.front().evidence.value_or(*part->evidence), *part->evidence);
            out.push_back(*part);
        }
        if (auto whole = rate(subject, "rate", {})) out.front() = *std::move(whole);
        if (!out.front().evidence) out.clear();
        return out;
    }

    Earned indicator(Id<Indicator> id) {
        const Indicator& row = ledger_.plan().rows().indicators[id];
        Earned out;
        const Reference subject{Noun::indicator, row.id};
        states(out, find(subject, "status"));
        out.target = row.target;
        if (const Id<Fact> revised = find(subject, "target")) {
            if (const auto target = parse_decimal(ledger_[revised].value)) {
                out.target = target;
            } else {
                unreadable(revised);
            }
        }
        std::vector<RateGroup> groups = rates(subject);
        const Id<Fact> fact = find(subject, "value");
        std::optional<Day> held;
        if (!groups.empty() && (!fact || *groups.front().evidence >= ledger_[fact].valid_at)) {
            out.groups = std::move(groups);
            out.reading = out.groups.front().value();
            if (out.reading && row.kind == IndicatorKind::percent) *out.reading *= 100.0;
            held = out.groups.front().evidence;
        } else if (fact) {
            out.reading = parse_decimal(ledger_[fact].value);
            if (!out.reading) unreadable(fact);
            held = ledger_[fact].valid_at;
        }
        if (!out.reading) return out;
        if (!row.baseline || !out.target) {
            note(Severity::note, {message::target_missing}, "indicators", id.value(), "target");
        } else if (*row.baseline == *out.target) {
            note(Severity::warning, {message::undefined_ratio, {message::baseline_is_target}}, "indicators", id.value(),
                 "target");
        } else {
            out.value = std::clamp((*out.reading - *row.baseline) / (*out.target - *row.baseline), 0.0, 1.0);
            out.evidence = held;
        }
        if (out.value) {
            const bool late = row.due && *row.due < as_of_.valid;
            out.status = *out.value >= 1.0 ? ProgressStatus::complete
                         : late            ? ProgressStatus::overdue
                                           : ProgressStatus::open;
        }
        return out;
    }

    /// An actual date that the schedule goes by; its evidence is the fact that says it, or the date itself
    /// where a newer fact was set aside. Nothing where nobody has reported it.
    std::optional<Day> actual(Earned& earned, Id<Fact> id, Day date) {
        if (!id) return std::nullopt;
        if (Day::parse(ledger_[id].value) == date) {
            use(earned, id);
        } else {
            earned.evidence = std::max(earned.evidence.value_or(date), date);
        }
        return date;
    }

    std::optional<double> percent(Earned& earned, Id<Task> task) {
        const Id<Fact> id = find(task, fields_.percent);
        if (!id) return std::nullopt;
        const auto value = parse_decimal(ledger_[id].value);
        if (!value || *value < 0.0 || *value > 100.0) {
            unreadable(id);
            return std::nullopt;
        }
        if (options_.evidence_for_percent && ledger_[id].evidence.empty()) {
            note(Severity::note, {message::percent_without_evidence}, "ledger", id.value(), "evidence");
            return std::nullopt;
        }
        use(earned, id);
        return *value / 100.0;
    }

    std::optional<double> ratio(Id<Fact> id, std::optional<double> done, std::optional<double> total) {
        if (!done || !total || *done < 0.0 || *total < 0.0) {
            unreadable(id);
            return std::nullopt;
        }
        if (*total == 0.0) {
            undefined(id);
            return std::nullopt;
        }
        return std::min(*done / *total, 1.0);
    }

    std::optional<double> units(Earned& earned, Id<Task> task) {
        const Id<Fact> done = find(task, fields_.units);
        const Id<Fact> total = find(task, fields_.units_total);
        if (!done || !total) return std::nullopt;
        const auto out = ratio(done, parse_decimal(ledger_[done].value), parse_decimal(ledger_[total].value));
        if (out) use(earned, done);
        return out;
    }

    /// A number of a fact about one step, in [0, most].
    std::optional<double> step_number(Id<Fact> id, double most) {
        const auto number = parse_decimal(ledger_[id].value);
        if (number && *number >= 0.0 && *number <= most) return number;
        unreadable(id);
        return std::nullopt;
    }

    /// Of the steps that have a weight. A step that nobody has reported on is not done, once any is.
    std::optional<double> named_steps(Earned& earned, const Reference& subject) {
        double all = 0.0;
        double done = 0.0;
        bool reported = earned.started.has_value();
        Id<Fact> last;
        for (const std::string_view step : names(subject, weight_of)) {
            const Id<Fact> weighed = find(subject, std::string(weight_of).append(step));
            const auto weight = weighed ? step_number(weighed, std::numeric_limits<double>::max()) : std::nullopt;
            if (!weight) continue;
            all += *weight;
            last = weighed;
            const Id<Fact> fact = find(subject, std::string("step_done.").append(step));
            const auto part = fact ? step_number(fact, 1.0) : std::nullopt;
            if (!part) continue;
            done += *weight * *part;
            reported = true;
            use(earned, fact);
        }
        if (!reported || !last) return std::nullopt;
        if (all == 0.0) {
            undefined(last);
            return std::nullopt;
        }
        return std::min(done / all, 1.0);
    }

    std::optional<double> steps(Earned& earned, Id<Task> task) {
        if (!named_.empty()) {
            if (const auto out = named_steps(earned, {Noun::task, ledger_.plan().rows().tasks[task].id})) return out;
        }
        const Id<Fact> id = find(task, fields_.step);
        if (!id) return std::nullopt;
        const auto parts = fraction(ledger_[id].value);
        const auto out = parts ? ratio(id, parts->first, parts->second) : ratio(id, std::nullopt, std::nullopt);
        if (out) use(earned, id);
        return out;
    }

    std::optional<double> planned(Id<Task> id) const {
        if (!planned_.tasks.contains(id)) return std::nullopt;
        const TaskDates& dates = planned_.tasks[id];
        const Calendar& calendar = planned_.calendars()[dates.calendar];
        const std::int64_t now = calendar.finish_boundary(as_of_.valid);
        const std::int64_t start = dates.boundary.early_start;
        const std::int64_t finish = dates.boundary.early_finish;
        if (now >= finish) return 1.0;
        if (now <= start) return 0.0;
        return static_cast<double>(now - start) / static_cast<double>(finish - start);
    }

    std::optional<double> by_indicator(Earned& earned, Id<Task> id, Measurement method) {
        const Plan& plan = ledger_.plan();
        const Id<Goal> goal = plan.goal_of(id);
        const auto indicators = goal ? plan.indicators_of(goal) : std::span<const Id<Indicator>>{};
        if (indicators.size() != 1) {
            note(Severity::note, {message::no_single_indicator, {std::to_string(indicators.size())}}, "tasks",
                 id.value(), "method");
            return std::nullopt;
        }
        const Earned& source = report_.indicators[indicators.front()];
        earned.evidence = source.evidence;
        if (!source.value || method == Measurement::kpi_linear) return source.value;
        return *source.value >= 1.0 ? 1.0 : 0.0;
    }

    Earned task(Id<Task> id) {
        const Task& row = ledger_.plan().rows().tasks[id];
        Earned out;
        states(out, find(id, fields_.status));
        if (expected_.tasks.contains(id)) {
            const TaskDates& dates = expected_.tasks[id];
            if (dates.has_started) out.started = actual(out, find(id, fields_.started), dates.early_start);
            if (dates.is_complete) out.finished = actual(out, find(id, fields_.finished), dates.early_finish);
        }
        const bool by_kpi = row.method == Measurement::kpi_linear || row.method == Measurement::kpi_threshold;
        if (out.finished && !by_kpi) {
            out.value = 1.0;
        } else {
            const auto from_start = [&](double at_start) {
                return out.started ? std::optional<double>(at_start) : std::nullopt;
            };
            switch (row.method) {
                case Measurement::zero_hundred:
                    out.value = from_start(0.0);
                    break;
                case Measurement::fifty_fifty:
                    out.value = from_start(0.5);
                    break;
                case Measurement::twenty_eighty:
                    out.value = from_start(0.2);
                    break;
                case Measurement::weighted_steps:
                    out.value = steps(out, id);
                    break;
                case Measurement::percent:
                    out.value = percent(out, id);
                    break;
                case Measurement::units:
                    out.value = units(out, id);
                    break;
                case Measurement::kpi_linear:
                case Measurement::kpi_threshold:
                    out.value = by_indicator(out, id, row.method);
                    break;
                case Measurement::loe:
                    out.value = planned(id);
                    break;
                case Measurement::apportioned:
                    out.apportioned = true;
                    break;
            }
        }
        if (!out.value) out.evidence.reset();
        if (out.value) {
            out.status = ProgressStatus::open;
            if (out.finished || *out.value >= 1.0) {
                out.status = ProgressStatus::complete;
            } else if (planned_.tasks.contains(id)) {
                const TaskDates& dates = planned_.tasks[id];
                const Calendar& calendar = planned_.calendars()[dates.calendar];
                if (dates.boundary.early_finish < calendar.finish_boundary(as_of_.valid)) {
                    out.status = ProgressStatus::overdue;
                }
            }
        }
        return out;
    }

    const Ledger& ledger_;
    const Schedule& planned_;
    const Schedule& expected_;
    AsOf as_of_;
    const ProgressOptions& options_;
    Fields fields_;
    std::map<std::pair<Reference, std::string_view>, std::set<std::string_view>> named_{};
    ProgressReport report_{};
};

}  // namespace detail

COUNTYPLAN_INLINE ProgressReport progress_of(const Ledger& ledger, const Schedule& planned, const Schedule& expected,
                                             AsOf as_of, const ProgressOptions& options) {
    return detail::ProgressReader(ledger, planned, expected, as_of, options).run();
}

}  // namespace countyplan
