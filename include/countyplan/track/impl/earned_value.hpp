// How tasks, their facts and their dates become earned value, level by level.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/graph/tree.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/earned_value_messages.hpp>
#include <countyplan/track/impl/earned_value_curve.hpp>
#include <countyplan/track/impl/earned_value_indices.hpp>
#include <countyplan/track/impl/goal_tree.hpp>
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

/// The tasks of a baseline by the rows of a plan that lie beside each other: the next one is near the last.
class BaselineWalk {
  public:
    explicit BaselineWalk(const Baseline* baseline) : baseline_(baseline) {}

    /// The task of that id, or none. O(log distance) from the one before.
    [[nodiscard]] const BaselineTask* find(std::string_view id) {
        if (baseline_ == nullptr) return nullptr;
        const std::vector<BaselineTask>& tasks = baseline_->tasks();
        const auto is_before = [&](std::size_t at) { return std::string_view(tasks[at].id) < id; };
        std::size_t low = at_;
        std::size_t high = at_;  // what is wanted lies in [low, high]
        if (at_ < tasks.size() && is_before(at_)) {
            for (std::size_t step = 0; high < tasks.size() && is_before(high); step = 2 * step + 1) {
                low = high + 1;
                high = std::min(tasks.size(), low + step);
            }
        } else {
            for (std::size_t step = 1; low > 0 && !is_before(low - 1); step *= 2) {
                high = low - 1;
                low = high - std::min(high, step);
            }
        }
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (is_before(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        at_ = low;
        return at_ < tasks.size() && tasks[at_].id == id ? &tasks[at_] : nullptr;
    }

  private:
    const Baseline* baseline_;
    std::size_t at_ = 0;
};

class ValueReader {
  public:
    ValueReader(const EarnedValueInput& input, ValueUnit unit)
        : in_(input),
          plan_(input.ledger.plan()),
          rows_(plan_.rows()),
          fields_(value_fields(unit)),
          budget_(input.ledger.field(fields_.budget)),
          at_start_(input.ledger.field(fields_.at_start)),
          actual_(input.ledger.field(fields_.actual)),
          agreed_(input.agreed),
          clocks_(rows_),
          now_(evening_of(input.as_of.valid)),
          today_(now_),
          project_(now_) {
        report_.unit = unit;
    }

    EarnedValueReport run() {
        mark_cancelled();
        report_.tasks.reserve(rows_.tasks.size());
        work_ = ById<Id<Task>, PlannedTask>(rows_.tasks.size());
        in_sums_.assign(rows_.tasks.size(), 0);
        apart_.assign(rows_.counties.size(), 0);
        goals_ = ById<Id<Goal>, PlannedSums>(rows_.goals.size());
        counties_ = ById<Id<County>, PlannedSums>(rows_.counties.size());
        for (const Id<Task> id : rows_.tasks.ids()) {
            if (cancelled_[id.value()] != 0) {
                report_.tasks.push_back({});
                continue;
            }
            const PlannedSums alone = read(id);
            report_.tasks.push_back(PlannedProject::measure(work_[id], alone, today_.boundary(*work_[id].calendar)));
            const Id<County> county = plan_.county_of(id);
            counties_[county].add(alone);
            const Id<Goal> goal = plan_.goal_of(id);
            if (goal) goals_[goal].add(alone);
            const Id<County> other = goal ? plan_.county_of(goal) : Id<County>();
            if (other == county) continue;
            apart_[county.value()] = 1;
            if (other) apart_[other.value()] = 1;
        }
        tell_what_is_missing();
        measure_goals();
        measure_areas();
        return std::move(report_);
    }

  private:
    void note(Severity severity, Message message, std::string_view table, std::size_t row, std::string_view field) {
        detail::note(report_.findings, severity, std::move(message), table, row, field);
    }

    /// Hundredths, where there is such a fact.
    [[nodiscard]] std::optional<std::int64_t> amount(Id<Task> task, Id<FactField> field) const {
        const Id<Fact> id = in_.ledger.find(task, field, in_.as_of);
        if (!id) return std::nullopt;
        const auto value = Money::parse(in_.ledger[id].value);
        COUNTYPLAN_EXPECT(value, "the amounts of a plan can be read");
        return value->fen();
    }

    void mark_cancelled() {
        std::vector<char> gone(rows_.goals.size(), 0);
        for (const Id<Goal> id : in_.progress.cancelled_goals)
            gone[id.value()] = 1;
        cancelled_.assign(rows_.tasks.size(), 0);
        for (const Id<Task> id : rows_.tasks.ids()) {
            bool cancelled = in_.progress.tasks[id].cancelled;
            if (!in_.progress.cancelled_goals.empty()) {
                for (Id<Goal> goal = plan_.goal_of(id); goal && !cancelled; goal = plan_.parent_of(goal))
                    cancelled = gone[goal.value()] != 0;
            }
            cancelled_[id.value()] = cancelled ? 1 : 0;
        }
    }

    /// One task's part in the sums above it.
    [[nodiscard]] PlannedSums read(Id<Task> id) {
        const Task& row = rows_.tasks[id];
        const Earned& earned = in_.progress.tasks[id];
        PlannedTask& work = work_[id];
        const BaselineTask* const agreed = agreed_.find(row.id);
        const Money budget = agreed == nullptr ? row.budget : agreed->budget;
        work.budget = fields_.budget.empty() ? budget.fen() : amount(id, budget_).value_or(0);
        work.at_start = amount(id, at_start_).value_or(0);
        if (work.at_start > work.budget) {
            note(Severity::warning,
                 {message::start_value_too_large,
                  {fields_.at_start, to_text(Money(work.at_start)), to_text(Money(work.budget))}},
                 "tasks", id.value(), "budget");
            work.at_start = 0;
        }
        date(id, agreed, work);
        const auto share = share_of(id, earned);
        const bool has_started = earned.started || earned.finished || (share && share->value() > 0.0);
        const std::int64_t planned = today_(work);
        if (!share && (work.start <= now_ || earned.started)) {
            PlannedSums out;
            out.left_out = {1, work.budget, planned};
            return out;
        }
        if (share && has_started) work.earned = work.at_start + (Money(work.budget - work.at_start) * *share).fen();
        in_sums_[id.value()] = 1;
        PlannedSums out{.tasks = 1,
                        .budget = Money(work.budget),
                        .planned = planned,
                        .earned = work.earned,
                        .start = work.start,
                        .finish = work.finish};
        out.narrow(work.start, work.finish);
        if (const auto actual = amount(id, actual_)) {
            out.actual = Money(*actual);
        } else if (work.budget != 0 && has_started) {
            out.without_actual = 1;
        }
        return out;
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
        if (work.duration == 0) work.first = boundary_at(*work.calendar, work.start);  // may begin its day
    }

    [[nodiscard]] std::optional<Share> share_of(Id<Task> id, const Earned& earned) const {
        std::optional<double> value = earned.value;
        const Id<Goal> goal = plan_.goal_of(id);
        if (earned.apportioned && goal) value = in_.roll_up.goals[goal].value;
        if (!value) return std::nullopt;
        return Share::from(std::clamp(*value, 0.0, 1.0));
    }

    /// One sentence per county: which tasks they are is in the report of each.
    void tell_what_is_missing() {
        for (const Id<County> id : rows_.counties.ids()) {
            const PlannedSums& sums = counties_[id];
            if (sums.left_out.budget > 0)
                note(Severity::note, {message::value_not_reported, {std::to_string(sums.left_out.tasks)}}, "counties",
                     id.value(), "");
            if (sums.without_actual > 0)
                note(Severity::note,
                     {message::spending_not_reported, {std::to_string(sums.without_actual), fields_.actual}},
                     "counties", id.value(), "");
        }
    }

    void measure_goals() {
        report_.goals = ById<Id<Goal>, EarnedValue>(rows_.goals.size());
        const Tree tree = goal_tree(plan_);
        std::vector<const PlannedTask*> tasks;
        tasks.reserve(work_.size());
        std::vector<std::size_t> first(rows_.goals.size());
        std::vector<std::size_t> last(rows_.goals.size());
        for (const NodeIndex node : tree.preorder()) {
            first[node] = tasks.size();
            for (const Id<Task> id : plan_.tasks_of(Id<Goal>(node)))
                if (in_sums_[id.value()] != 0) tasks.push_back(&work_[id]);
            last[node] = tasks.size();
        }
        for (std::size_t i = tree.preorder().size(); i-- > 0;) {
            const NodeIndex node = tree.preorder()[i];
            const Id<Goal> id(node);
            const Calendar& clock = clocks_.of(rows_.counties[plan_.county_of(id)].code);
            const auto below = std::span(tasks).subspan(first[node], last[node] - first[node]);
            report_.goals[id] = project_.measure(below, goals_[id], clock);
            if (tree.parent(node) == no_node) continue;
            goals_[Id<Goal>(tree.parent(node))].add(goals_[id]);
            last[tree.parent(node)] = std::max(last[tree.parent(node)], last[node]);
        }
    }

    /// When what a county has earned was planned lies between the moments of its goals.
    void narrow(Id<County> county) {
        if (apart_[county.value()] != 0) return;
        PlannedSums parts;
        for (const Id<Goal> goal : plan_.goals_of(county)) {
            if (!plan_.parent_of(goal)) parts.widen(goals_[goal]);
        }
        counties_[county].narrow(parts.reached_from, parts.reached_to);
    }

    /// Counties, provinces, the whole.
    void measure_areas() {
        report_.counties = ById<Id<County>, EarnedValue>(rows_.counties.size());
        std::map<Code, std::vector<Id<County>>> provinces;
        for (const Id<County> id : rows_.counties.ids())
            provinces[rows_.counties[id].code.province()].push_back(id);
        std::vector<const PlannedTask*> tasks;
        tasks.reserve(work_.size());
        const auto since = [&](std::size_t first) { return std::span(tasks).subspan(first); };
        PlannedSums whole;
        for (const auto& [code, counties] : provinces) {
            const std::size_t first = tasks.size();
            PlannedSums sums;
            for (const Id<County> county : counties) {
                const std::size_t first_of_county = tasks.size();
                for (const Id<Task> id : plan_.tasks_of(county))
                    if (in_sums_[id.value()] != 0) tasks.push_back(&work_[id]);
                narrow(county);
                report_.counties[county] = project_.measure(since(first_of_county), counties_[county],
                                                            clocks_.of(rows_.counties[county].code));
                sums.add(counties_[county]);
            }
            report_.provinces.push_back({code, project_.measure(since(first), sums, clocks_.of(code))});
            whole.add(sums);
        }
        report_.whole = project_.measure(tasks, whole, clocks_.of({}));
    }

    const EarnedValueInput& in_;
    const Plan& plan_;
    const Draft& rows_;
    ValueFields fields_;
    Id<FactField> budget_;
    Id<FactField> at_start_;
    Id<FactField> actual_;
    BaselineWalk agreed_;
    OfficeClocks clocks_;
    ValueMoment now_;
    PlannedAt today_;
    PlannedProject project_;
    ById<Id<Task>, PlannedTask> work_{};
    std::vector<char> cancelled_{};  ///< per task, by itself or with its goal
    std::vector<char> in_sums_{};    ///< per task
    std::vector<char> apart_{};      ///< per county: its tasks are not those of its goals
    ById<Id<Goal>, PlannedSums> goals_{};
    ById<Id<County>, PlannedSums> counties_{};
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
