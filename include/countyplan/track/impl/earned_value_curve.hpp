// Planned value as a function of time, and the time at which a value was planned.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <utility>
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
/// What takes no time falls due at `finish`, which is `start`.
struct PlannedTask {
    std::int64_t budget = 0;
    std::int64_t at_start = 0;
    ValueMoment start = 0;
    ValueMoment finish = 0;
    std::int64_t first = 0;     ///< boundary of its calendar
    std::int64_t duration = 0;  ///< working days
    const Calendar* calendar = nullptr;
    std::int64_t earned = 0;
    std::optional<std::int64_t> actual{};

    [[nodiscard]] std::int64_t planned(ValueMoment moment) const {
        if (moment < start) return 0;
        if (moment >= finish) return budget;
        const std::int64_t worked = std::clamp<std::int64_t>(boundary_at(*calendar, moment) - first, 0, duration);
        std::int64_t twice = 0;
        if (!__builtin_mul_overflow(budget - at_start, worked * 2, &twice) &&
            !__builtin_add_overflow(twice, duration, &twice)) {
            return at_start + twice / (duration * 2);
        }
        const int128 wide = int128{budget - at_start} * worked * 2 + duration;
        return at_start + static_cast<std::int64_t>(wide / (int128{duration} * 2));
    }
    /// What falls due at one stroke.
    [[nodiscard]] std::int64_t jump(ValueMoment moment) const {
        if (moment != start) return 0;
        return start == finish ? budget : at_start;
    }
};

/// Some tasks together as a project of their own.
class PlannedProject {
  public:
    void add(const PlannedTask& task) { tasks_.push_back(&task); }
    void leave_out(const PlannedTask& task, ValueMoment now) {
        ++left_out_.tasks;
        left_out_.budget = (Money(left_out_.budget) + Money(task.budget)).fen();
        left_out_.planned += task.planned(now);
    }

    /// Throws where the budgets add up to more than 64 bits. `clock` counts the time.
    [[nodiscard]] EarnedValue measure(const Calendar& clock, ValueMoment now) const {
        EarnedValue out;
        out.left_out = left_out_;
        ValueSums& sums = out.sums;
        if (tasks_.empty()) {
            sums.actual = 0;
            return out;
        }
        ValueMoment start = tasks_.front()->start;
        ValueMoment finish = tasks_.front()->finish;
        Money budget;
        Money actual;
        for (const PlannedTask* task : tasks_) {
            budget = budget + Money(task->budget);
            sums.planned += task->planned(now);
            sums.earned += task->earned;
            if (task->actual) {
                actual = actual + Money(*task->actual);
            } else {
                ++out.without_actual;
            }
            start = std::min(start, task->start);
            finish = std::max(finish, task->finish);
        }
        sums.budget = budget.fen();
        if (out.without_actual == 0) sums.actual = actual.fen();
        const std::int64_t from = boundary_at(clock, start);
        sums.actual_time = std::max<std::int64_t>(0, boundary_at(clock, now) - from);
        sums.planned_duration = boundary_at(clock, finish) - from;
        if (sums.budget > 0 && sums.planned_duration > 0) earn_time(clock, start, finish, out);
        return out;
    }

  private:
    [[nodiscard]] std::int64_t planned(ValueMoment moment) const {
        std::int64_t sum = 0;
        for (const PlannedTask* task : tasks_)
            sum += task->planned(moment);
        return sum;
    }
    [[nodiscard]] std::int64_t planned_before(ValueMoment moment) const {
        std::int64_t sum = planned(moment);
        for (const PlannedTask* task : tasks_)
            sum -= task->jump(moment);
        return sum;
    }

    /// The earliest moment in [low, high] at which `earned` was planned. Tasks that are over or do not begin within
    /// what is left of the interval are looked at no more.
    [[nodiscard]] ValueMoment moment_of(std::int64_t earned, ValueMoment low, ValueMoment high) const {
        std::vector<const PlannedTask*> open = tasks_;
        std::int64_t over = 0;
        while (low < high) {
            const ValueMoment middle = low + (high - low) / 2;
            std::int64_t sum = over;
            for (const PlannedTask* task : open)
                sum += task->planned(middle);
            if (sum >= earned) {
                high = middle;
                std::erase_if(open, [&](const PlannedTask* task) { return task->start > high; });
            } else {
                low = middle + 1;
                std::erase_if(open, [&](const PlannedTask* task) {
                    if (task->finish > low) return false;
                    over += task->budget;
                    return true;
                });
            }
        }
        return low;
    }

    /// The earliest moment by which what is earned was planned, and how far it is what was planned by then.
    void earn_time(const Calendar& clock, ValueMoment start, ValueMoment finish, EarnedValue& out) const {
        const std::int64_t earned = out.sums.earned;
        const ValueMoment low = moment_of(earned, start, finish);
        const std::int64_t from = boundary_at(clock, start);
        const std::int64_t before = low == start ? 0 : planned_before(low);
        if (low == start || earned > before) {
            out.sums.earned_schedule = WorkTime{.days = boundary_at(clock, low) - from};
            adhere(low, 1, 1, out);
            return;
        }
        const std::int64_t last = planned(low - 1);
        const std::int64_t common = std::gcd(earned - last, before - last);
        const std::int64_t part = (earned - last) / common;
        const std::int64_t of = (before - last) / common;
        const std::int64_t days = boundary_at(clock, low - 1) - from;
        const std::int64_t step = boundary_at(clock, low) - from - days;
        out.sums.earned_schedule = step == 0    ? WorkTime{.days = days}
                                   : part == of ? WorkTime{.days = days + 1}
                                                : WorkTime{.days = days, .part = part, .of = of};
        adhere(low, part, of, out);
    }

    /// `part / of` of the way from the moment before `moment` to just before it; the jumps too where that is all.
    void adhere(ValueMoment moment, std::int64_t part, std::int64_t of, EarnedValue& out) const {
        int128 kept = 0;
        int128 all = 0;
        for (const PlannedTask* task : tasks_) {
            int128 due = task->planned(moment);
            if (part != of) {
                const int128 last = task->planned(moment - 1);
                due = last * of + (due - task->jump(moment) - last) * part;
            } else {
                due *= of;
            }
            all += due;
            kept += std::min(due, int128{task->earned} * of);
        }
        if (all != 0) out.adherence = static_cast<double>(kept) / static_cast<double>(all);
    }

    std::vector<const PlannedTask*> tasks_{};
    ValueLeftOut left_out_{};
};

}  // namespace countyplan::detail
