// How tasks and indicators get their colours: by their own numbers.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/track/impl/warning_book.hpp>

namespace countyplan::detail {

class WarningLeaves : public WarningBook {
  public:
    using WarningBook::WarningBook;

  protected:
    [[nodiscard]] std::optional<WarningColour> by_speed(std::optional<double> speed, double shift) const {
        if (!speed) return std::nullopt;
        if (*speed + shift < options_.slow_red) return WarningColour::red;
        if (*speed + shift < options_.slow_amber) return WarningColour::amber;
        return std::nullopt;
    }

    WarningCause slow(WarningReason reason, Noun noun, std::size_t row, double speed, WarningColour colour) const {
        WarningCause out = cause(reason, noun, row);
        out.number = speed;
        out.limit = colour == WarningColour::red ? options_.slow_red : options_.slow_amber;
        return out;
    }

    template <class I>
    static std::optional<double> number_of(const ById<I, std::optional<double>>& table, I id) {
        return table.contains(id) ? table[id] : std::nullopt;
    }

    static std::optional<Day> deadline_of(const Task& task) {
        std::optional<Day> out = task.deadline;
        const bool is_latest =
            task.constraint == ConstraintKind::finish_no_later || task.constraint == ConstraintKind::mandatory_finish;
        if (is_latest && task.constraint_date) {
            out = std::min(out.value_or(*task.constraint_date), *task.constraint_date);
        }
        return out;
    }

    [[nodiscard]] WarningColour judge_task(Id<Task> id, double shift, Causes* causes) {
        const Earned& earned = in_.progress.tasks[id];
        const std::size_t row = id.value();
        const auto end = [&](WarningColour colour, WarningCause why) {
            if (causes != nullptr) causes->push_back(add(why));
            return colour;
        };
        if (earned.cancelled) return end(WarningColour::grey, cause(WarningReason::cancelled, Noun::task, row));
        if (!in_.planned.tasks.contains(id) || !in_.expected.tasks.contains(id)) {
            return end(WarningColour::grey, cause(WarningReason::no_plan, Noun::task, row));
        }
        const TaskDates& planned = in_.planned.tasks[id];
        const TaskDates& expected = in_.expected.tasks[id];
        const std::int64_t now = in_.planned.calendars()[planned.calendar].finish_boundary(in_.as_of.valid);
        const auto value = earned.apportioned ? in_.roll_up.goals[plan_.goal_of(id)].value : earned.value;
        if (!value && planned.boundary.early_start < now) {
            WarningCause why = cause(WarningReason::no_report, Noun::task, row);
            why.day = planned.early_start;
            return end(WarningColour::grey, why);
        }
        if (value && (*value >= 1.0 || earned.status == ProgressStatus::complete)) {
            return end(WarningColour::blue, cause(WarningReason::complete, Noun::task, row));
        }
        const auto speed = number_of(in_.performance.tasks, id);
        const auto by = by_speed(speed, shift);
        const auto deadline = deadline_of(rows_.tasks[id]);
        const bool late = planned.boundary.early_finish < now;
        const bool past = deadline && *deadline < expected.early_finish;
        if (late || past || by == WarningColour::red) {
            if (causes == nullptr) return WarningColour::red;
            if (late) {
                WarningCause why = cause(WarningReason::late, Noun::task, row);
                why.day = planned.early_finish;
                causes->push_back(add(why));
            }
            if (past) {
                WarningCause why = cause(WarningReason::past_deadline, Noun::task, row);
                why.day = expected.early_finish;
                why.limit_day = deadline;
                causes->push_back(add(why));
            }
            if (by == WarningColour::red)
                causes->push_back(add(slow(WarningReason::slow, Noun::task, row, *speed, *by)));
            add_empty_posts(rows_.tasks[id].school, *causes);
            return WarningColour::red;
        }
        const std::optional<WorkDays> left = expected.total_float;
        const bool tight = left && *left <= options_.little_float;
        if (tight || by == WarningColour::amber) {
            if (causes == nullptr) return WarningColour::amber;
            if (by == WarningColour::amber)
                causes->push_back(add(slow(WarningReason::slow, Noun::task, row, *speed, *by)));
            if (tight) {
                WarningCause why = cause(WarningReason::little_float, Noun::task, row);
                why.number = static_cast<double>(left->count());
                why.limit = static_cast<double>(options_.little_float.count());
                causes->push_back(add(why));
            }
            add_empty_posts(rows_.tasks[id].school, *causes);
            return WarningColour::amber;
        }
        return end(WarningColour::green, cause(WarningReason::on_track, Noun::task, row));
    }

    void add_empty_posts(const std::string& school, Causes& causes) const {
        const Id<School> id = school.empty() || rows_.posts.empty() ? Id<School>() : plan_.find<School>(school);
        if (!id) return;
        const Causes& empty = empty_posts_[id.value()];
        causes.insert(causes.end(), empty.begin(), empty.end());
    }

    /// Its progress over that of a straight line from baseline to target, at the day of its last reading.
    [[nodiscard]] std::optional<double> pace_of(const Indicator& row, const Earned& earned) const {
        if (!earned.value || !earned.evidence || !row.due) return std::nullopt;
        const Day from = row.baseline_date.value_or(rows_.period.from);
        if (*row.due <= from || *earned.evidence <= from) return std::nullopt;
        const double elapsed = std::min(1.0, static_cast<double>((*earned.evidence - from).count()) /
                                                 static_cast<double>((*row.due - from).count()));
        if (elapsed < options_.judged_after.value()) return std::nullopt;
        return *earned.value / elapsed;
    }

    [[nodiscard]] WarningColour judge_indicator(Id<Indicator> id, double shift, Causes* causes) {
        const Indicator& row = rows_.indicators[id];
        const Earned& earned = in_.progress.indicators[id];
        const auto end = [&](WarningColour colour, WarningCause why) {
            if (causes != nullptr) {
                causes->push_back(add(why));
                if (colour >= WarningColour::amber) add_empty_posts(row.school, *causes);
            }
            return colour;
        };
        const auto because = [&](WarningReason reason) { return cause(reason, Noun::indicator, id.value()); };
        if (earned.cancelled) return end(WarningColour::grey, because(WarningReason::cancelled));
        if (!row.baseline || !earned.target || *row.baseline == *earned.target) {
            return end(WarningColour::grey, because(WarningReason::no_plan));
        }
        const Day from = row.baseline_date.value_or(rows_.period.from);
        if (!earned.value && from < in_.as_of.valid) {
            WarningCause why = because(WarningReason::no_report);
            why.day = from;
            return end(WarningColour::grey, why);
        }
        if (earned.status == ProgressStatus::complete)
            return end(WarningColour::blue, because(WarningReason::complete));
        if (row.due && *row.due < in_.as_of.valid) {
            WarningCause why = because(WarningReason::missed_target);
            why.day = row.due;
            why.number = earned.value.value_or(0.0);
            return end(WarningColour::red, why);
        }
        const auto pace = pace_of(row, earned);
        if (const auto by = by_speed(pace, shift)) {
            return end(*by, slow(WarningReason::weak_indicator, Noun::indicator, id.value(), *pace, *by));
        }
        return end(WarningColour::green, because(WarningReason::on_track));
    }

    void tasks() {
        out_.tasks = ById<Id<Task>, Warning>(rows_.tasks.size());
        for (const Id<Task> id : rows_.tasks.ids()) {
            decide(out_.tasks[id], Noun::task, id.value(),
                   [&](double shift, Causes* causes) { return judge_task(id, shift, causes); });
        }
    }

    void indicators() {
        out_.indicators = ById<Id<Indicator>, Warning>(rows_.indicators.size());
        for (const Id<Indicator> id : rows_.indicators.ids()) {
            decide(out_.indicators[id], Noun::indicator, id.value(),
                   [&](double shift, Causes* causes) { return judge_indicator(id, shift, causes); });
        }
    }
};

}  // namespace countyplan::detail
