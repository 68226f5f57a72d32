// Planned value as a function of time, and the time at which a value was planned.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include <countyplan/plan/calendar.hpp>
#include <countyplan/scalar/money.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/track/earned_value.hpp>

namespace countyplan::detail {

/// A moment: 2 n is the morning of day number n, 2 n + 1 its evening. Work is done between the two.
using ValueMoment = std::int64_t;

constexpr ValueMoment morning_of(Day day) { return std::int64_t{day.number()} * 2; }
constexpr ValueMoment evening_of(Day day) { return morning_of(day) + 1; }

/// The boundary of a calendar at a moment.
inline std::int64_t boundary_at(const Calendar& calendar, ValueMoment moment) {
    const std::int64_t evening = moment & 1;
    return calendar.rank_number((moment - evening) / 2 + evening);
}

/// One task's planned value: nothing, at `start` the part `at_start`, then by days worked, from `finish` on all.
/// What takes no time falls due at `finish`, which is `start`. `first` and `first + duration` are the boundaries of its
/// calendar at the two.
struct PlannedTask {
    std::int64_t budget = 0;
    std::int64_t at_start = 0;
    ValueMoment start = 0;
    ValueMoment finish = 0;
    std::int64_t first = 0;
    std::int64_t duration = 0;  ///< working days
    const Calendar* calendar = nullptr;
    std::int64_t earned = 0;

    /// After so many of its days.
    [[nodiscard]] std::int64_t planned_after(std::int64_t worked) const {
        std::int64_t twice = 0;
        if (!__builtin_mul_overflow(budget - at_start, worked * 2, &twice) &&
            !__builtin_add_overflow(twice, duration, &twice)) {
            return at_start + twice / (duration * 2);
        }
        const int128 wide = int128{budget - at_start} * worked * 2 + duration;
        return at_start + static_cast<std::int64_t>(wide / (int128{duration} * 2));
    }
    /// The days after which `value`, above `at_start` and at most the budget, was planned.
    [[nodiscard]] std::int64_t days_until(std::int64_t value) const {
        const std::int64_t rest = budget - at_start;
        std::int64_t top = 0;
        if (rest <= most_in_64_bits && !__builtin_mul_overflow((value - at_start) * 2 - 1, duration, &top) &&
            !__builtin_add_overflow(top, rest * 2 - 1, &top)) {
            return top / (rest * 2);
        }
        const int128 wide = (int128{value - at_start} * 2 - 1) * duration;
        return static_cast<std::int64_t>((wide + int128{rest} * 2 - 1) / (int128{rest} * 2));
    }
    /// At a moment at which the calendar stands at `boundary`.
    [[nodiscard]] std::int64_t planned(ValueMoment moment, std::int64_t boundary) const {
        if (moment < start) return 0;
        if (moment >= finish) return budget;
        return planned_after(std::clamp<std::int64_t>(boundary - first, 0, duration));
    }
    /// What falls due at one stroke.
    [[nodiscard]] std::int64_t jump(ValueMoment moment) const {
        if (moment != start) return 0;
        return start == finish ? budget : at_start;
    }

  private:
    static constexpr std::int64_t most_in_64_bits = std::int64_t{1} << 60;
};

/// Planned values of many tasks at one moment; where a calendar stands is looked up once for those that follow it.
class PlannedAt {
  public:
    explicit PlannedAt(ValueMoment moment) : moment_(moment) {}

    [[nodiscard]] std::int64_t operator()(const PlannedTask& task) {
        if (moment_ < task.start) return 0;
        if (moment_ >= task.finish) return task.budget;
        return task.planned(moment_, boundary(*task.calendar));
    }
    [[nodiscard]] std::int64_t boundary(const Calendar& calendar) {
        if (&calendar != calendar_) {
            calendar_ = &calendar;
            boundary_ = boundary_at(calendar, moment_);
        }
        return boundary_;
    }

  private:
    ValueMoment moment_;
    const Calendar* calendar_ = nullptr;
    std::int64_t boundary_ = 0;
};

/// What adds up over tasks.
struct PlannedSums {
    std::size_t tasks = 0;
    Money budget{};
    Money actual{};
    std::int64_t planned = 0;
    std::int64_t earned = 0;
    std::size_t without_actual = 0;
    ValueMoment start = std::numeric_limits<ValueMoment>::max();
    ValueMoment finish = std::numeric_limits<ValueMoment>::min();
    /// The earliest moment by which what is earned was planned lies between those of the parts; a part that has earned
    /// nothing is there from its start on, and moves no later end.
    ValueMoment reached_from = std::numeric_limits<ValueMoment>::max();
    ValueMoment reached_to = std::numeric_limits<ValueMoment>::min();
    ValueLeftOut left_out{};

    /// Throws where money adds up to more than 64 bits.
    void add(const PlannedSums& other) {
        tasks += other.tasks;
        budget = budget + other.budget;
        actual = actual + other.actual;
        planned += other.planned;
        earned += other.earned;
        without_actual += other.without_actual;
        start = std::min(start, other.start);
        finish = std::max(finish, other.finish);
        widen(other);
        left_out.tasks += other.left_out.tasks;
        left_out.budget = (Money(left_out.budget) + Money(other.left_out.budget)).fen();
        left_out.planned += other.left_out.planned;
    }
    void widen(const PlannedSums& part) {
        reached_from = std::min(reached_from, part.reached_from);
        reached_to = std::max(reached_to, part.reached_to);
    }
    void narrow(ValueMoment from, ValueMoment to) {
        reached_from = from;
        if (earned != 0) reached_to = to;
    }
};

/// Some tasks together as a project of their own.
class PlannedProject {
  public:
    using Tasks = std::span<const PlannedTask* const>;

    explicit PlannedProject(ValueMoment now) : now_(now) {}

    /// `sums` are those of `tasks`, and learn when what is earned was planned; `clock` counts the time.
    [[nodiscard]] EarnedValue measure(Tasks tasks, PlannedSums& sums, const Calendar& clock) {
        EarnedValue out = sums_of(sums);
        if (sums.tasks == 0) return out;
        const std::int64_t from = boundary_at(clock, sums.start);
        out.sums.actual_time = std::max<std::int64_t>(0, boundary_at(clock, now_) - from);
        out.sums.planned_duration = boundary_at(clock, sums.finish) - from;
        if (out.sums.budget > 0 && out.sums.planned_duration > 0) earn_time(tasks, clock, sums, out);
        return out;
    }

    /// The same of one task on its own days; the calendar stands at `boundary`.
    [[nodiscard]] static EarnedValue measure(const PlannedTask& task, const PlannedSums& sums, std::int64_t boundary) {
        EarnedValue out = sums_of(sums);
        if (sums.tasks == 0) return out;
        out.sums.actual_time = std::max<std::int64_t>(0, boundary - task.first);
        out.sums.planned_duration = task.duration;
        if (task.budget == 0 || task.duration == 0) return out;
        if (task.earned <= task.at_start) {
            out.sums.earned_schedule = WorkTime{};
            if (task.at_start != 0)
                out.adherence = static_cast<double>(task.earned) / static_cast<double>(task.at_start);
            return out;
        }
        const std::int64_t days = task.days_until(task.earned);
        const std::int64_t last = task.planned_after(days - 1);
        out.sums.earned_schedule = part_of_day(days - 1, task.earned - last, task.planned_after(days) - last);
        out.adherence = 1.0;
        return out;
    }

  private:
    [[nodiscard]] static EarnedValue sums_of(const PlannedSums& from) {
        EarnedValue out;
        out.left_out = from.left_out;
        out.without_actual = from.without_actual;
        out.sums.budget = from.budget.fen();
        out.sums.planned = from.planned;
        out.sums.earned = from.earned;
        if (from.without_actual == 0) out.sums.actual = from.actual.fen();
        return out;
    }

    /// `days` and `part / of`, which is in (0, 1].
    [[nodiscard]] static WorkTime part_of_day(std::int64_t days, std::int64_t part, std::int64_t of) {
        if (part == of) return {.days = days + 1};
        const std::int64_t common = std::gcd(part, of);
        return {.days = days, .part = part / common, .of = of / common};
    }

    /// The earliest moment at which what is earned was planned. Leaves `open_` with the tasks that matter at it and
    /// just before it; `over_` is what the budgets of those that were over before add up to, and what they earned.
    /// Tasks that are over or do not begin within what is left of the interval are looked at no more.
    [[nodiscard]] ValueMoment find_moment(Tasks tasks, const PlannedSums& sums) {
        ValueMoment low = sums.earned == 0 ? sums.start : sums.reached_from;
        ValueMoment high = sums.earned == 0 ? sums.start : sums.reached_to;
        over_ = {};
        open_.resize(tasks.size());
        Tasks left = tasks;
        for (;;) {
            std::size_t kept = 0;
            for (const PlannedTask* const task : left) {  // without a branch: which it is cannot be foretold
                const bool is_over = task->finish < low;
                over_.budget += is_over ? task->budget : 0;
                over_.earned += is_over ? task->earned : 0;
                open_[kept] = task;
                kept += static_cast<std::size_t>(!is_over) & static_cast<std::size_t>(task->start <= high);
            }
            left = std::span(open_).first(kept);
            if (low == high) break;
            const ValueMoment middle = low + (high - low) / 2;
            PlannedAt at(middle);
            std::int64_t sum = over_.budget;
            for (const PlannedTask* const task : left)
                sum += at(*task);
            if (sum >= sums.earned) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        open_.resize(left.size());
        return low;
    }

    /// Of all tasks, at a moment that `find_moment` found or just before it.
    [[nodiscard]] std::int64_t planned(ValueMoment moment) const {
        PlannedAt at(moment);
        std::int64_t sum = over_.budget;
        for (const PlannedTask* const task : open_)
            sum += at(*task);
        return sum;
    }
    [[nodiscard]] std::int64_t jump(ValueMoment moment) const {
        std::int64_t sum = 0;
        for (const PlannedTask* const task : open_)
            sum += task->jump(moment);
        return sum;
    }

    /// The earliest moment by which what is earned was planned, and how far it is what was planned by then.
    void earn_time(Tasks tasks, const Calendar& clock, PlannedSums& sums, EarnedValue& out) {
        const ValueMoment moment = find_moment(tasks, sums);
        sums.narrow(moment, moment);
        const std::int64_t from = boundary_at(clock, sums.start);
        std::int64_t part = 1;
        std::int64_t of = 1;
        if (moment != sums.start) {
            const std::int64_t before = planned(moment) - jump(moment);
            if (sums.earned <= before) {
                const std::int64_t last = planned(moment - 1);
                part = sums.earned - last;
                of = before - last;
            }
        }
        const std::int64_t reached = boundary_at(clock, moment) - from;
        const std::int64_t days = part == of ? reached : boundary_at(clock, moment - 1) - from;
        out.sums.earned_schedule = days == reached ? WorkTime{.days = days} : part_of_day(days, part, of);
        out.adherence = adherence(moment, part, of);
    }

    /// `part / of` of the way from the moment before `moment` to just before it; the jumps too where that is all.
    [[nodiscard]] std::optional<double> adherence(ValueMoment moment, std::int64_t part, std::int64_t of) const {
        const std::int64_t common = std::gcd(part, of);
        part /= common;
        of /= common;
        PlannedAt here(moment);
        PlannedAt before(moment - 1);
        int128 all = int128{over_.budget} * of;
        int128 kept = int128{over_.earned} * of;
        for (const PlannedTask* const task : open_) {
            int128 due = here(*task);
            if (part != of) {
                const int128 last = before(*task);
                due = last * of + (due - task->jump(moment) - last) * part;
            } else {
                due *= of;
            }
            all += due;
            kept += std::min(due, int128{task->earned} * of);
        }
        if (all == 0) return std::nullopt;
        return static_cast<double>(kept) / static_cast<double>(all);
    }

    /// Tasks that were over before the moment in question.
    struct Over {
        std::int64_t budget = 0;
        std::int64_t earned = 0;
    };

    ValueMoment now_;
    std::vector<const PlannedTask*> open_{};  ///< in the order of the tasks
    Over over_{};
};

}  // namespace countyplan::detail
