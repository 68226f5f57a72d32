// Which day, and which time of it, does a date of another program mean?
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include <countyplan/scalar/day.hpp>

namespace countyplan::detail {

/// `HH:MM` or `HH:MM:SS` as seconds after midnight; 24:00 is the end of a day.
inline std::optional<std::int64_t> exchange_clock(std::string_view text) {
    const auto pair = [&](std::size_t at) -> std::int64_t {
        if (at + 2 > text.size()) return -1;
        const int tens = text[at] - '0';
        const int ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    };
    if (text.size() != 5 && text.size() != 8) return std::nullopt;
    const std::int64_t hours = pair(0);
    const std::int64_t minutes = text[2] == ':' ? pair(3) : -1;
    const std::int64_t seconds = text.size() == 5 ? 0 : text[5] == ':' ? pair(6) : -1;
    if (hours < 0 || minutes < 0 || seconds < 0 || minutes > 59 || seconds > 59) return std::nullopt;
    const std::int64_t out = hours * 3'600 + minutes * 60 + seconds;
    return out > 86'400 ? std::nullopt : std::optional(out);
}

struct ExchangeDate {
    Day day{};
    std::int64_t seconds = 0;  ///< after midnight

    /// A moment before noon reports the days before it, a later one its own day too.
    [[nodiscard]] std::optional<Day> last_reported_day() const {
        if (seconds >= 12 * 3'600) return day;
        if (day == *Day::parse("0001-01-01")) return std::nullopt;
        return day - std::chrono::days(1);
    }
};

/// `YYYY-MM-DD`, perhaps `separator` and a clock time after it.
inline std::optional<ExchangeDate> exchange_date(std::string_view text, char separator) {
    const auto day = Day::parse(text.substr(0, 10));
    if (!day) return std::nullopt;
    if (text.size() <= 10) return ExchangeDate{*day, 0};
    const auto clock = exchange_clock(text.substr(11));
    if (text[10] != separator || !clock) return std::nullopt;
    return ExchangeDate{*day, *clock};
}

}  // namespace countyplan::detail
