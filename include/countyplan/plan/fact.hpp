// What has been reported, about what, when it held and when we learnt it?
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/money.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

/// One line of the ledger. Facts are never changed: a correction retracts one and adds another.
/// Fields in use: a task's `started`, `finished` (dates), `percent` (0 to 100), `remaining` (working
/// days), `units` of `units_total` (>= 0), `step` (`done/total`, 0 <= done <= total > 0), `cost` (yuan),
/// `cost_at_start`, `points`, `expert_days` and those two with `_at_start` and `_spent` (>= 0, two decimals),
/// `baseline.NAME` (`AgreedDates`); an indicator's `value` (a number); `status` (`cancelled`, `on_hold`,
/// `active`) of a task, an indicator or a goal. Anything else is kept for its readers.
struct Fact {
    std::string id{};
    Day recorded_at{};
    Day valid_at{};
    Reference subject{};
    std::string field{};
    std::string value{};  ///< empty with `retracts`: this fact only takes that one back
    std::string source{};
    std::string evidence{};  ///< a digest or a document number; may be empty
    std::string retracts{};  ///< id of an earlier fact; may be empty

    friend bool operator==(const Fact&, const Fact&) = default;
};

/// What was once agreed about a task, as a fact `baseline.NAME` of it says: `start/finish/duration/budget`, such as
/// `2025-09-01/2025-09-12/10/12000.00`. A baseline is recorded on one day for each county and never changed.
struct AgreedDates {
    Day start{};
    Day finish{};         ///< >= start
    WorkDays duration{};  ///< >= 0; 0 for a milestone
    Money budget{};       ///< >= 0

    /// None for what is not written so.
    [[nodiscard]] static std::optional<AgreedDates> parse(std::string_view text);

    friend bool operator==(const AgreedDates&, const AgreedDates&) = default;
    friend std::string to_text(const AgreedDates& agreed) {
        return to_text(agreed.start) + "/" + to_text(agreed.finish) + "/" + to_text(agreed.duration) + "/" +
               to_text(agreed.budget);
    }
};

inline constexpr std::string_view baseline_prefix = "baseline.";

template <>
struct Table<Fact> {
    static constexpr std::string_view name = "ledger";
    static constexpr auto fields = std::make_tuple(
        detail::key_field("id", &Fact::id), detail::value_field("recorded_at", &Fact::recorded_at),
        detail::value_field("valid_at", &Fact::valid_at), detail::value_field("subject", &Fact::subject),
        detail::value_field("field", &Fact::field), detail::text_field("value", &Fact::value),
        detail::text_field("source", &Fact::source), detail::text_field("evidence", &Fact::evidence),
        detail::open_field("retracts", &Fact::retracts));
};

inline std::optional<AgreedDates> AgreedDates::parse(std::string_view text) {
    std::array<std::string_view, 4> part{};
    for (std::size_t i = 0; i < part.size(); ++i) {
        const std::size_t slash = text.find('/');
        if ((slash == std::string_view::npos) != (i + 1 == part.size())) return std::nullopt;
        part[i] = text.substr(0, slash);
        text.remove_prefix(i + 1 == part.size() ? text.size() : slash + 1);
    }
    const auto start = Day::parse(part[0]);
    const auto finish = Day::parse(part[1]);
    const auto days = parse_number<std::int64_t>(part[2]);
    const auto budget = Money::parse(part[3]);
    if (!start || !finish || !days || !budget) return std::nullopt;
    if (*finish < *start || *days < 0 || *budget < Money()) return std::nullopt;
    return AgreedDates{*start, *finish, WorkDays(*days), *budget};
}

}  // namespace countyplan
