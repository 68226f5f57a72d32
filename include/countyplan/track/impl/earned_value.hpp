// How tasks, their facts and their dates become earned value, level by level.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/earned_value_messages.hpp>
#include <countyplan/track/impl/earned_value_curve.hpp>
#include <countyplan/track/impl/earned_value_indices.hpp>
#include <countyplan/track/impl/note.hpp>

namespace countyplan {

namespace detail {

/// The facts of one unit.
struct ValueFields {
    std::string_view budget;  ///< empty: the plan's own
    std::string_view at_start;
    std::string_view actual;
};

constexpr ValueFields value_fields(ValueUnit unit) {
    switch (unit) {
        case ValueUnit::points:
            return {"points", "points_at_start", "points_spent"};
        case ValueUnit::expert_days:
            return {"expert_days", "expert_days_at_start", "expert_days_spent"};
        case ValueUnit::money:
            break;
    }
    return {{}, "cost_at_start", "cost"};
}

/// The office days of counties, of provinces and of the nation, one calendar for all places that live by the same rows.
class OfficeClocks {
  public:
    explicit OfficeClocks(const Draft& rows) : layers_(rows) {}

    /// References live as long as the clocks. An empty code is the nation.
    const Calendar& of(Code area) {
        auto scopes = layers_.scopes_of(area, {});
        const auto found = known_.find(scopes);
        if (found != known_.end()) return found->second;
        Calendar calendar = layers_.calendar(scopes, {}, CalendarKind::office);
        return known_.emplace(std::move(scopes), std::move(calendar)).first->second;
    }

  private:
    CalendarLayers layers_;
    std::map<std::vector<std::string>, Calendar> known_{};
};

class ValueReader {
  public:
    ValueReader(const EarnedValueInput& input, ValueUnit unit)
        : in_(input), plan_(input.ledger.plan()), rows_(plan_.rows()), fields_(value_fields(unit)), clocks_(rows_) {
        report_.unit = unit;
    }

    EarnedValueReport run() {
        read_tasks();
        report_.tasks = ById<Id<Task>, EarnedValue>(rows_.tasks.size());
        report_.goals = ById<Id<Goal>, EarnedValue>(rows_.goals.size());
        report_.counties = ById<Id<County>, EarnedValue>(rows_.counties.size());
        ById<Id<Goal>, PlannedProject> goals(rows_.goals.size());
        ById<Id<County>, PlannedProject> counties(rows_.counties.size());
        std::map<Code, PlannedProject> provinces;
        PlannedProject whole;
        for (const Id<County> id : rows_.counties.ids())
            provinces[rows_.counties[id].code.province()];
        for (const Id<Task> id : rows_.tasks.ids()) {
            const Reading& reading = readings_[id];
            if (reading.cancelled) continue;
            const Id<County> county = plan_.county_of(id);
            add(counties[county], reading);
            add(provinces[rows_.counties[county].code.province()], reading);
            add(whole, reading);
            for (Id<Goal> goal = plan_.goal_of(id); goal; goal = plan_.parent_of(goal))
                add(goals[goal], reading);
            PlannedProject alone;
            add(alone, reading);
            report_.tasks[id] = measure(alone, *reading.work.calendar);
        }
        for (const Id<Goal> id : rows_.goals.ids())
            report_.goals[id] = measure(goals[id], clocks_.of(rows_.counties[plan_.county_of(id)].code));
        for (const Id<County> id : rows_.counties.ids())
            report_.counties[id] = measure(counties[id], clocks_.of(rows_.counties[id].code));
        for (const auto& [code, node] : provinces)
            report_.provinces.push_back({code, measure(node, clocks_.of(code))});
        report_.whole = measure(whole, clocks_.of({}));
        return std::move(report_);
    }

  private:
    struct Reading {
        PlannedTask work{};
        bool cancelled = false;
        bool left_out = false;
    };

    void add(PlannedProject& node, const Reading& reading) const {
        if (reading.left_out) {
            node.leave_out(reading.work, evening_of(in_.as_of.valid));
        } else {
            node.add(reading.work);
        }
    }

    [[nodiscard]] EarnedValue measure(const PlannedProject& node, const Calendar& clock) const {
        return node.measure(clock, evening_of(in_.as_of.valid));
    }

    void note(Severity severity, Message message, std::string_view table, std::size_t row, std::string_view field) {
        detail::note(report_.findings, severity, std::move(message), table, row, field);
    }

    /// Hundredths, where there is such a fact.
    [[nodiscard]] std::optional<std::int64_t> amount(const Reference& subject, std::string_view field) const {
        const Id<Fact> id = in_.ledger.find(subject, field, in_.as_of);
        if (!id) return std::nullopt;
        const auto value = Money::parse(in_.ledger[id].value);
        COUNTYPLAN_EXPECT(value, "the amounts of a plan can be read");
        return value->fen();
    }

    void read_tasks() {
        std::vector<char> gone(rows_.goals.size(), 0);
        for (const Id<Goal> id : in_.progress.cancelled_goals)
            gone[id.value()] = 1;
        readings_ = ById<Id<Task>, Reading>(rows_.tasks.size());
        for (const Id<Task> id : rows_.tasks.ids()) {
            bool cancelled = in_.progress.tasks[id].cancelled;
            for (Id<Goal> goal = plan_.goal_of(id); goal && !cancelled; goal = plan_.parent_of(goal))
                cancelled = gone[goal.value()] != 0;
            readings_[id].cancelled = cancelled;
            if (!cancelled) read(id, readings_[id]);
        }
    }

    void read(Id<Task> id, Reading& out) {
        const Task& row = rows_.tasks[id];
        const Reference subject{Noun::task, row.id};
        PlannedTask& work = out.work;
        const BaselineTask* const agreed = in_.agreed == nullptr ? nullptr : in_.agreed->find(row.id);
        const Money budget = agreed == nullptr ? row.budget : agreed->budget;
        work.budget = fields_.budget.empty() ? budget.fen() : amount(subject, fields_.budget).value_or(0);
        work.at_start = amount(subject, fields_.at_start).value_or(0);
        if (work.at_start > work.budget) {
            note(Severity::warning,
                 {message::start_value_too_large,
                  {fields_.at_start, to_text(Money(work.at_start)), to_text(Money(work.budget))}},
                 "tasks", id.value(), "budget");
            work.at_start = 0;
        }
        date(id, agreed, work);
        earn(id, work.start <= evening_of(in_.as_of.valid), out);
        work.actual = amount(subject, fields_.actual);
        if (work.actual) return;
        if (work.budget == 0 || !has_started(id)) {
            work.actual = 0;
        } else if (!out.left_out) {
            note(Severity::note, {message::spending_not_reported, {fields_.actual}}, "tasks", id.value(), "budget");
        }
    }

    void date(Id<Task> id, const BaselineTask* agreed, PlannedTask& work) const {
        const TaskDates& dates = in_.planned.tasks[id];
        Day start = dates.early_start;
        Day finish = dates.early_finish;
        if (agreed != nullptr) {
            work.calendar = &in_.agreed->calendars()[agreed->calendar];
            work.first = agreed->start;
            work.duration = agreed->finish - agreed->start;
            start = work.calendar->start_day(agreed->start);
            finish = work.calendar->finish_day(agreed->finish);
        } else {
            work.calendar = &in_.planned.calendars()[dates.calendar];
            work.first = dates.boundary.early_start;
            work.duration = dates.boundary.early_finish - dates.boundary.early_start;
        }
        work.finish = evening_of(finish);
        work.start = work.duration == 0 ? work.finish : morning_of(start);
    }

    /// EV: nothing before the start, then what falls due at it and the earned part of the rest.
    void earn(Id<Task> id, bool due, Reading& out) {
        const Earned& earned = in_.progress.tasks[id];
        const auto share = share_of(id);
        PlannedTask& work = out.work;
        if (!share) {
            out.left_out = due || earned.started;
            if (out.left_out && work.budget > 0)
                note(Severity::note, {message::value_not_reported}, "tasks", id.value(), "method");
        } else if (has_started(id)) {
            work.earned = work.at_start + (Money(work.budget - work.at_start) * *share).fen();
        }
    }

    [[nodiscard]] std::optional<Share> share_of(Id<Task> id) const {
        const Earned& earned = in_.progress.tasks[id];
        std::optional<double> value = earned.value;
        const Id<Goal> goal = plan_.goal_of(id);
        if (earned.apportioned && goal) value = in_.roll_up.goals[goal].value;
        if (!value) return std::nullopt;
        return Share::from(std::clamp(*value, 0.0, 1.0));
    }

    [[nodiscard]] bool has_started(Id<Task> id) const {
        const Earned& earned = in_.progress.tasks[id];
        const auto share = share_of(id);
        return earned.started || earned.finished || (share && share->value() > 0.0);
    }

    const EarnedValueInput& in_;
    const Plan& plan_;
    const Draft& rows_;
    ValueFields fields_;
    OfficeClocks clocks_;
    ById<Id<Task>, Reading> readings_{};
    EarnedValueReport report_{};
};

}  // namespace detail

COUNTYPLAN_INLINE EarnedValueReport earned_value(const EarnedValueInput& input, ValueUnit unit) {
    return detail::ValueReader(input, unit).run();
}

COUNTYPLAN_INLINE TimePerformance time_performance(const EarnedValueReport& report) {
    const auto of = [](const EarnedValue& value) -> std::optional<double> {
        const auto index = detail::time_index(value.sums);
        if (index && *index < 1.0 && value.sums.earned >= value.sums.planned) return std::nullopt;
        return index;
    };
    TimePerformance out;
    for (const EarnedValue& value : report.tasks)
        out.tasks.push_back(of(value));
    for (const EarnedValue& value : report.goals)
        out.goals.push_back(of(value));
    for (const EarnedValue& value : report.counties)
        out.counties.push_back(of(value));
    return out;
}

}  // namespace countyplan
