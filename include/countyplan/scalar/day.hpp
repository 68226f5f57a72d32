// On which day, for how many working days, in which period?
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countyplan {

/// A civil day of the Gregorian calendar, 0001-01-01 to 9999-12-31; no hour, no time zone.
/// Default-constructed it is 1970-01-01.
class Day {
  public:
    constexpr Day() = default;
    explicit constexpr Day(std::chrono::sys_days days) : days_(days) {}

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
    friend constexpr Day operator+(Day day, std::chrono::days count) { return Day(day.days_ + count); }
    friend constexpr Day operator-(Day day, std::chrono::days count) { return Day(day.days_ - count); }
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
    std::chrono::sys_days days_{};
};

/// `day` moved by whole months; a day that the month does not have becomes its last one.
[[nodiscard]] constexpr Day plus_months(Day day, int months) {
    const std::chrono::year_month_day date(day.days());
    const auto month = std::chrono::year_month(date.year(), date.month()) + std::chrono::months(months);
    const std::chrono::year_month_day wanted(month.year(), month.month(), date.day());
    if (wanted.ok()) return Day(std::chrono::sys_days(wanted));
    return Day(std::chrono::sys_days(
        std::chrono::year_month_day_last(month.year(), std::chrono::month_day_last(month.month()))));
}

/// A number of working days, negative for a lead. Only a `Calendar` may add it to a `Day`.
class WorkDays {
  public:
    constexpr WorkDays() = default;
    explicit constexpr WorkDays(std::int64_t count) : count_(count) {}

    [[nodiscard]] constexpr std::int64_t count() const { return count_; }

    friend constexpr auto operator<=>(WorkDays, WorkDays) = default;
    friend constexpr WorkDays operator+(WorkDays a, WorkDays b) { return WorkDays(a.count_ + b.count_); }
    friend constexpr WorkDays operator-(WorkDays a, WorkDays b) { return WorkDays(a.count_ - b.count_); }
    friend constexpr WorkDays operator-(WorkDays a) { return WorkDays(-a.count_); }
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

/// Whole months from `from` to the day after `to`: 2024-09-01 to 2026-02-28 is 18.
[[nodiscard]] constexpr int whole_months(const Period& period) {
    const std::chrono::year_month_day a(period.from.days());
    const std::chrono::year_month_day b((period.to + std::chrono::days(1)).days());
    int months =
        (static_cast<int>(b.year()) - static_cast<int>(a.year())) * 12 +
        (static_cast<int>(static_cast<unsigned>(b.month())) - static_cast<int>(static_cast<unsigned>(a.month())));
    if (b.day() < a.day()) --months;
    return months;
}

}  // namespace countyplan
