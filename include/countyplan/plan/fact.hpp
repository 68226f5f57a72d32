// What has been reported, about what, when it held and when we learnt it?
#pragma once

#include <string>

#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>

namespace countyplan {

/// One line of the ledger. Facts are never changed: a correction retracts one and adds another.
/// Fields in use: a task's `started`, `finished` (dates), `percent` (0 to 100), `remaining` (working
/// days), `units` of `units_total` (>= 0), `step` (`done/total`, 0 <= done <= total > 0), `cost` (yuan);
/// an indicator's `value` (a number); `status` (`cancelled`, `on_hold`, `active`) of a task, an indicator
/// or a goal. Anything else is kept for its readers.
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

}  // namespace countyplan
