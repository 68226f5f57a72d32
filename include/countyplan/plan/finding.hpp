// What is wrong, where, how badly, and how is it put right?
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// An error makes a plan unusable; a warning is shown and the work goes on; a note only informs.
enum class Severity { error, warning, note };

template <>
struct Enumerators<Severity> {
    static constexpr MessageText words[] = {
        {"error", "错误", "error"}, {"warning", "警告", "warning"}, {"note", "提示", "note"}};
};

/// A field of a row of a table, as the tables are named in files; a part left empty means the whole.
struct Place {
    std::string table{};
    std::optional<std::size_t> row{};  ///< 0-based position in the table
    std::string field{};

    friend bool operator==(const Place&, const Place&) = default;

    /// Such as `schools[3].enrolment`.
    friend std::string to_text(const Place& place) {
        std::string out = place.table;
        if (place.row) out += "[" + std::to_string(*place.row) + "]";
        if (!place.field.empty()) out += (out.empty() ? "" : ".") + place.field;
        return out;
    }
};

/// Where the text stood that was read: filled in by readers, empty for a draft made in code.
struct Source {
    std::string file{};
    std::size_t line = 0;    ///< 1-based; 0 where unknown
    std::size_t column = 0;  ///< 1-based, in characters; 0 where unknown
    std::string pointer{};   ///< JSON Pointer, for JSON

    friend bool operator==(const Source&, const Source&) = default;
};

/// One thing found in a plan, a file or a staffing.
struct Finding {
    Severity severity = Severity::error;
    Message message{};    ///< what was found
    Place place{};        ///< where in the plan
    std::string rule{};   ///< id of the rule that was broken; empty for rules of form
    std::string value{};  ///< the offending value, escaped and cut to 80 characters; empty where there is none
    Message expected{};   ///< what would have been right
    Message remedy{};     ///< what to do about it
    Source source{};

    friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

[[nodiscard]] inline bool has_errors(const Findings& findings) {
    return std::ranges::any_of(findings, [](const Finding& f) { return f.severity == Severity::error; });
}

}  // namespace countyplan
