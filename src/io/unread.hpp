// What of the input could not be read, so that what `check` says of it is an echo?
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <countyplan/plan/draft.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/messages.hpp>
#include <countyplan/plan/value_text.hpp>

namespace countyplan::detail {

/// Every part marked here comes with an error of the reader's own. What is dropped may only hang on such
/// a part: it comes back, if it was true, once that error is put right.
class Unread {
  public:
    /// A row that stands in the draft with a field left at its default.
    template <class Row>
    void row(const Row& row, std::size_t index) {
        rows_.emplace(Table<Row>::name, index);
        for_each_field<Row>([&](const auto& field) {
            if constexpr (requires { value_text(row.*field.member); }) {
                if (field.use == FieldUse::key && value_text(row.*field.member).empty()) table(Table<Row>::name);
            }
        });
    }
    /// A table that lacks rows, or rows of which the id could not be read.
    void table(std::string_view name) { tables_.emplace(name); }
    /// A part of the header, such as `period`.
    void header(std::string_view name) { header_.emplace(name); }

    [[nodiscard]] bool is_echo(const Finding& finding) const {
        const Place& place = finding.place;
        if (rows_.empty() && tables_.empty() && header_.empty()) return false;
        if (!finding.rule.empty()) return true;  // rules are judged by the whole plan
        if (place.row && rows_.contains({place.table, *place.row})) return true;
        if (place.table.empty() && header_.contains(place.field)) return true;
        const std::string_view code = finding.message.code();
        if (code == message::outside_period.code) return header_.contains("period");
        if (code == message::unknown_reference.code) return names_unread(place);
        if (code == message::unknown_fact.code) return tables_.contains("ledger");
        if (code == message::unknown_scope.code) return tables_.contains("schools");
        if (code == message::unknown_receiver.code) {
            return tables_.contains("schools") || tables_.contains("counties");
        }
        return false;
    }

  private:
    /// Whether the table in which the place looks for its id is one that lacks rows.
    [[nodiscard]] bool names_unread(const Place& place) const {
        bool may_be = !tables_.empty();  // references of mixed kinds
        const Draft none;
        for_each_table(none, [&](const auto& rows) {
            using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
            if (place.table != Table<Row>::name) return;
            for_each_field<Row>([&](const auto& field) {
                if (field.name != place.field || field.use != FieldUse::reference) return;
                may_be = lacks_rows(field.refers_to);
            });
        });
        return may_be;
    }

    [[nodiscard]] bool lacks_rows(Noun noun) const {
        // the tables of `Noun` are its English words, in the plural
        const std::string plural = noun == Noun::county ? "counties" : std::string(name(noun)) + "s";
        return tables_.contains(plural);
    }

    std::set<std::pair<std::string, std::size_t>> rows_;
    std::set<std::string, std::less<>> tables_;
    std::set<std::string, std::less<>> header_;
};

}  // namespace countyplan::detail
