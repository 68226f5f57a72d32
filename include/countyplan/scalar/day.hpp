// On which day, for how many working days, in which period?
#pragma once

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <countyplan/error.hpp>

namespace countyplan {

/// A civil day of the Gregorian calendar, 0001-01-01 to 9999-12-31; no hour, no time zone.
/// Default-constructed it is 1970-01-01. Arithmetic that leaves the range throws `std::overflow_error`.
class Day {
  public:
    constexpr Day() = default;
    /// `days` must lie in the range above.
    explicit constexpr Day(std::chrono::sys_days days) : days_(days) {
        COUNTYPLAN_EXPECT(in_range(days.time_since_epoch().count()), "a day must lie in the years 1 to 9999");
    }

    /// `YYYY-MM-DD` of a day that exists (2023-02-29 does not); anything else gives nothing.
    [[nodiscard]] static constexpr std::optional<Day> parse(std::string_view text) {
        if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
        int part[3] = {0, 0, 0};
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (at == 4 || at == 7) continue;
            if (text[at] < '0' || text[at] > '9') return std::nullopt;
            int& number = part[at < 4 ? 0 : at < 7 ? 1 : 2];
            number = number * 10 + (text[at] - '0');
        }
        const std::chrono::year_month_day date{std::chrono::year(part[0]),
                                               std::chrono::month(static_cast<unsigned>(part[1])),
                                               std::chrono::day(static_cast<unsigned>(part[2]))};
        if (part[0] == 0 || !date.ok()) return std::nullopt;
        return Day(std::chrono::sys_days(date));
    }

    [[nodiscard]] constexpr std::chrono::sys_days days() const { return days_; }
    /// Days since 1970-01-01.
    [[nodiscard]] constexpr std::int32_t number() const {
        return static_cast<std::int32_t>(days_.time_since_epoch().count());
    }
    [[nodiscard]] constexpr int year() const { return static_cast<int>(std::chrono::year_month_day(days_).year()); }

    friend constexpr auto operator<=>(Day, Day) = default;
    /// Civil days; working days need a `Calendar`.
    friend constexpr Day operator+(Day day, std::chrono::days count) {
        std::int64_t sum = 0;
        const bool over = __builtin_add_overflow(std::int64_t{day.number()}, std::int64_t{count.count()}, &sum);
        return at(over, sum);
    }
    friend constexpr Day operator-(Day day, std::chrono::days count) {
        std::int64_t difference = 0;
        const bool over = __builtin_sub_overflow(std::int64_t{day.number()}, std::int64_t{count.count()}, &difference);
        return at(over, difference);
    }
    friend constexpr std::chrono::days operator-(Day a, Day b) { return a.days_ - b.days_; }

    /// `YYYY-MM-DD`.
    friend std::string to_text(Day day) {
        const std::chrono::year_month_day date(day.days_);
        const int year = static_cast<int>(date.year());
        const auto month = static_cast<unsigned>(date.month());
        const auto dom = static_cast<unsigned>(date.day());
        std::string out = "0000-00-00";
        out[0] = static_cast<char>('0' + year / 1000 % 10);
        out[1] = static_cast<char>('0' + year / 100 % 10);
        out[2] = static_cast<char>('0' + year / 10 % 10);
        out[3] = static_cast<char>('0' + year % 10);
        out[5] = static_cast<char>('0' + month / 10);
        out[6] = static_cast<char>('0' + month % 10);
        out[8] = static_cast<char>('0' + dom / 10);
        out[9] = static_cast<char>('0' + dom % 10);
        return out;
    }

  private:
    static constexpr bool in_range(std::int64_t number) { return number >= -719'162 && number <= 2'932'896; }
    static constexpr Day at(bool over, std::int64_t number) {
        if (over || !in_range(number)) throw std::overflow_error("day out of range");
        return Day(std::chrono::sys_days(std::chrono::days(number)));
    }

    std::chrono::sys_days days_{};
};

namespace detail {

constexpr unsigned last_day_of(std::chrono::year_month month) {
    return static_cast<unsigned>(
        std::chrono::year_month_day_last(month.year(), std::chrono::month_day_last(month.month())).day());
}

}  // namespace detail

/// `day` moved by whole months; a day that the month does not have becomes its last one. Throws
/// `std::overflow_error` outside the years 1 to 9999.
[[nodiscard]] constexpr Day plus_months(Day day, int months) {
    const std::chrono::year_month_day date(day.days());
    const std::int64_t count = std::int64_t{static_cast<int>(date.year())} * 12 +
                               (static_cast<unsigned>(date.month()) - 1) + std::int64_t{months};
    if (count < 12 || count >= 120'000) throw std::overflow_error("day out of range");
    const std::chrono::year_month month(std::chrono::year(static_cast<int>(count / 12)),
                                        std::chrono::month(static_cast<unsigned>(count % 12 + 1)));
    const unsigned dom = std::min(static_cast<unsigned>(date.day()), detail::last_day_of(month));
    return Day(std::chrono::sys_days(month / std::chrono::day(dom)));
}

/// A number of working days, negative for a lead. Only a `Calendar` may add it to a `Day`. Sums that
/// leave 64 bits throw `std::overflow_error`.
class WorkDays {
  public:
    constexpr WorkDays() = default;
    explicit constexpr WorkDays(std::int64_t count) : count_(count) {}

    [[nodiscard]] constexpr std::int64_t count() const { return count_; }

    friend constexpr auto operator<=>(WorkDays, WorkDays) = default;
    friend constexpr WorkDays operator+(WorkDays a, WorkDays b) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(a.count_, b.count_, &sum)) throw std::overflow_error("working days out of range");
        return WorkDays(sum);
    }
    friend constexpr WorkDays operator-(WorkDays a, WorkDays b) {
        std::int64_t rest = 0;
        if (__builtin_sub_overflow(a.count_, b.count_, &rest)) throw std::overflow_error("working days out of range");
        return WorkDays(rest);
    }
    friend constexpr WorkDays operator-(WorkDays a) { return WorkDays(0) - a; }
    friend std::string to_text(WorkDays days) { return std::to_string(days.count_); }

  private:
    std::int64_t count_ = 0;
};

/// From a first to a last day, both included; empty when `to < from`.
struct Period {
    Day from;
    Day to;

    [[nodiscard]] constexpr bool empty() const { return to < from; }
    [[nodiscard]] constexpr bool contains(Day day) const { return from <= day && day <= to; }
    [[nodiscard]] constexpr bool contains(const Period& other) const { return from <= other.from && other.to <= to; }
    [[nodiscard]] constexpr bool overlaps(const Period& other) const {
        return !empty() && !other.empty() && from <= other.to && other.from <= to;
    }

    friend constexpr bool operator==(const Period&, const Period&) = default;
};

/// Whole months from `from` to the day after `to`: 2024-09-01 to 2026-02-28 is 18. The most months
/// that `plus_months` may move `from` without passing that day; 0 for an empty period.
[[nodiscard]] constexpr int whole_months(const Period& period) {
    if (period.empty()) return 0;
    const std::chrono::year_month_day a(period.from.days());
    const std::chrono::year_month_day b(period.to.days() + std::chrono::days(1));
    const int months =
        (static_cast<int>(b.year()) - static_cast<int>(a.year())) * 12 +
        (static_cast<int>(static_cast<unsigned>(b.month())) - static_cast<int>(static_cast<unsigned>(a.month())));
    const unsigned reached = std::min(static_cast<unsigned>(a.day()), detail::last_day_of(b.year() / b.month()));
    return static_cast<unsigned>(b.day()) < reached ? months - 1 : months;
}

}  // namespace countyplan
