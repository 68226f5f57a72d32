// Which days are worked at a place, how many lie before a day, and which day is the n-th?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/task.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

/// The working days of one place, counted on *boundary indices*: boundary w lies before the w-th
/// working day (0-based, from 0001-01-01). A task of d days that starts at w occupies [w, w + d).
/// By the *start convention* boundary w is the day `select(w)`, by the *finish convention* it is the
/// last day worked before it, `select(w - 1)`. Days outside the built span follow the week Monday to
/// Friday, so that every day of the years 1 to 9999 has an answer. A regular value; default-
/// constructed it knows no holiday. Memory: 1.5 bits per day of the span. Formulae: docs/math/schedule.md.
class Calendar {
  public:
    Calendar() = default;

    /// `working[i]` tells about the day `first + i`; `announced_to` is the last day whose holidays are
    /// known, unset if none is. O(days).
    Calendar(Day first, const std::vector<bool>& working, std::optional<Day> announced_to);

    [[nodiscard]] bool is_working(Day day) const { return is_working_number(day.number()); }
    /// The number of working days before `day`. O(1).
    [[nodiscard]] std::int64_t rank(Day day) const { return rank_number(day.number()); }
    /// The day of the w-th working day; must lie in the years 1 to 9999. O(log span).
    [[nodiscard]] Day select(std::int64_t w) const;

    /// The last day whose holidays have been announced.
    [[nodiscard]] std::optional<Day> announced_to() const { return announced_to_; }
    /// Whether `day` lies beyond what has been announced, so that it may still move.
    [[nodiscard]] bool is_provisional(Day day) const { return !announced_to_ || *announced_to_ < day; }

    /// Whether the span is a year or longer and has no working day: nothing can be planned on that.
    [[nodiscard]] bool is_idle() const { return days_ >= 365 && rank_first_ == rank_end_; }

    /// The boundary of "starts no earlier (or no later) than `day`": the morning of `day`.
    [[nodiscard]] std::int64_t start_boundary(Day day) const { return rank(day); }
    /// The boundary of "finishes no later (or no earlier) than `day`": the evening of `day`. A date off
    /// work counts as Primavera P6 counts it: its evening is the evening of the last day worked.
    [[nodiscard]] std::int64_t finish_boundary(Day day) const { return rank_number(day.number() + std::int64_t{1}); }

    /// The boundary of "started on `day`": the morning of `day`, off work that of the last day worked before.
    [[nodiscard]] std::int64_t actual_start_boundary(Day day) const { return finish_boundary(day) - 1; }

    /// Boundary w by the start convention.
    [[nodiscard]] Day start_day(std::int64_t w) const { return select(w); }
    /// Boundary w by the finish convention.
    [[nodiscard]] Day finish_day(std::int64_t w) const { return select(w - 1); }

    /// `count` working days on (back if negative) from `day`, or from the first working day after it.
    [[nodiscard]] Day plus(Day day, WorkDays count) const { return select(rank(day) + count.count()); }
    /// How many working days lie in [from, to); negative if `to < from`.
    [[nodiscard]] WorkDays between(Day from, Day to) const { return WorkDays(rank(to) - rank(from)); }

    // The same on numbers of days since 1970-01-01, for all numbers up to 2^60 in size: a day's number
    // is also the instant at which it begins.
    [[nodiscard]] bool is_working_number(std::int64_t number) const;
    [[nodiscard]] std::int64_t rank_number(std::int64_t number) const;
    [[nodiscard]] std::int64_t select_number(std::int64_t w) const;

    friend bool operator==(const Calendar&, const Calendar&) = default;

  private:
    std::int64_t first_ = 0;             ///< number of the first day of the span
    std::int64_t days_ = 0;              ///< length of the span
    std::int64_t rank_first_ = 0;        ///< working days before the span
    std::int64_t rank_end_ = 0;          ///< working days before its end
    std::vector<std::uint64_t> words_;   ///< one bit per day of the span
    std::vector<std::uint32_t> before_;  ///< set bits before each word, and in all
    std::optional<Day> announced_to_;
};

/// The calendar of tasks that are the county's own, in layers of which the later win: week Monday to
/// Friday; national days off and make-up workdays; days of the province, the prefecture, the county;
/// for `teaching` only days within terms and outside exam weeks. Of the terms of one school year those
/// of the narrowest scope count; beyond the last school year that has terms, or where there are none at
/// all, teaching days are office days. Announced is the year of the last day of empty scope, and for
/// `teaching` at most the last school year with terms. O(rows + days of the span).
[[nodiscard]] Calendar calendar_of(const Plan& plan, Id<County> county, CalendarKind kind);

/// The same for a school of the county, whose own days win over everything else.
[[nodiscard]] Calendar calendar_of(const Plan& plan, Id<School> school, CalendarKind kind);

}  // namespace countyplan

#include <countyplan/plan/impl/calendar.hpp>
