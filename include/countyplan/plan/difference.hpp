// What has to be done to turn one plan, or one staffing, into another?
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/plan/draft.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/staffing.hpp>
#include <countyplan/plan/value_text.hpp>

namespace countyplan {

/// A row and where it stands.
template <class Row>
struct PlacedRow {
    std::size_t at = 0;  ///< 0-based position in its table
    Row row{};

    friend bool operator==(const PlacedRow&, const PlacedRow&) = default;
};

/// The same row before and after. Two rows are the same when they have the same id, or, in a table
/// without ids, name the same things; of several, the first is the same as the first, and so on.
template <class Row>
struct RowChange {
    PlacedRow<Row> was{};
    PlacedRow<Row> now{};

    friend bool operator==(const RowChange&, const RowChange&) = default;
};

/// A row that changed its place among those that stayed.
struct RowMove {
    std::size_t was_at = 0;
    std::size_t now_at = 0;

    friend bool operator==(const RowMove&, const RowMove&) = default;
};

/// The edit script of one table; each list ascending by the old position, `added` by the new one.
/// Moves are as few as can be: the rows that are not moved keep their order.
template <class Row>
struct TableDifference {
    std::vector<PlacedRow<Row>> removed{};
    std::vector<PlacedRow<Row>> added{};
    std::vector<RowChange<Row>> changed{};
    std::vector<RowMove> moved{};

    [[nodiscard]] bool empty() const { return removed.empty() && added.empty() && changed.empty() && moved.empty(); }
    friend bool operator==(const TableDifference&, const TableDifference&) = default;
};

/// A value before and after.
template <class T>
struct ValueChange {
    T was{};
    T now{};

    friend bool operator==(const ValueChange&, const ValueChange&) = default;
};

/// What a staffing needs to become another: postings ended, begun, or given other days.
using StaffingDifference = TableDifference<Posting>;

/// The edit script between two drafts. Unset: as before.
struct PlanDifference {
    std::optional<ValueChange<std::string>> name{};
    std::optional<ValueChange<std::string>> version{};
    std::optional<ValueChange<Period>> period{};
    std::optional<ValueChange<FitWeights>> weights{};
    std::optional<ValueChange<Objective>> objective{};
    TableDifference<Rule> rules{};
    TableDifference<County> counties{};
    TableDifference<Sender> senders{};
    TableDifference<Pairing> pairings{};
    TableDifference<School> schools{};
    TableDifference<Post> posts{};
    TableDifference<Expert> experts{};
    TableDifference<Teacher> teachers{};
    TableDifference<Mentorship> mentors{};
    TableDifference<Goal> goals{};
    TableDifference<Indicator> indicators{};
    TableDifference<Task> tasks{};
    TableDifference<Link> links{};
    TableDifference<CalendarDay> calendar{};
    TableDifference<Term> terms{};
    TableDifference<Influence> influence{};
    TableDifference<Quota> quotas{};
    TableDifference<Decision> decisions{};
    TableDifference<Distance> distances{};
    TableDifference<Coupling> couplings{};
    StaffingDifference staffing{};
    TableDifference<Fact> ledger{};

    [[nodiscard]] bool empty() const;
    friend bool operator==(const PlanDifference&, const PlanDifference&) = default;
};

/// An edit script does not belong to what it was applied to. `place` names the row or value that is
/// not as the script expects.
class UnfitDifference : public std::invalid_argument {
  public:
    UnfitDifference(Message message, Place place);
    [[nodiscard]] const Message& message() const { return message_; }
    [[nodiscard]] const Place& place() const { return place_; }

  private:
    Message message_;
    Place place_;
};

/// `apply(difference(a, b), a) == b`, order of rows included, as long as no number is NaN.
/// Time O(n log n). Works for drafts that are not sound, too.
[[nodiscard]] PlanDifference difference(const Draft& a, const Draft& b);
[[nodiscard]] inline PlanDifference difference(const Plan& a, const Plan& b) { return difference(a.rows(), b.rows()); }
[[nodiscard]] StaffingDifference difference(const Staffing& a, const Staffing& b);

/// What the script makes of `a`. Throws `UnfitDifference` when it was not made from `a`.
[[nodiscard]] Draft apply(const PlanDifference& script, const Draft& a);
/// Checked as every plan is: throws `InvalidPlan`.
[[nodiscard]] inline Plan apply(const PlanDifference& script, const Plan& a) { return Plan(apply(script, a.rows())); }
[[nodiscard]] Staffing apply(const StaffingDifference& script, const Staffing& a);

/// The way back: `apply(reverse(difference(a, b)), b) == a`, and turned twice it is the same script.
[[nodiscard]] PlanDifference reverse(const PlanDifference& script);
template <class Row>
[[nodiscard]] TableDifference<Row> reverse(const TableDifference<Row>& script);

/// One field of a changed row, as it is written in files.
struct FieldChange {
    std::string field{};
    std::string was{};
    std::string now{};

    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

/// The fields in which a row changed, in canonical order.
template <class Row>
[[nodiscard]] std::vector<FieldChange> field_changes(const RowChange<Row>& change);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

/// The text of a field, whatever it holds.
template <class T>
std::string field_text(const T& value) {
    if constexpr (requires { value_text(value); }) {
        return value_text(value);
    } else {
        std::string out;  // a rule's parameters
        for (const auto& [key, number] : value)
            out += (out.empty() ? "" : ";") + key + "=" + std::to_string(number);
        return out;
    }
}

}  // namespace detail

template <class Row>
std::vector<FieldChange> field_changes(const RowChange<Row>& change) {
    std::vector<FieldChange> out;
    for_each_field<Row>([&](const auto& field) {
        const auto& was = change.was.row.*field.member;
        const auto& now = change.now.row.*field.member;
        if (!(was == now)) {
            out.push_back({std::string(field.name), detail::field_text(was), detail::field_text(now)});
        }
    });
    return out;
}

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_DIFFERENCE)
#include <countyplan/plan/impl/difference.hpp>
#endif
