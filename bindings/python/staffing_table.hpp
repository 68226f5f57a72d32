// Which staffing, made by somebody, does a caller speak of?
#pragma once

#include <optional>
#include <string>

#include <countyplan/io/read.hpp>
#include <countyplan/plan/staffing.hpp>

#include "column.hpp"

namespace countyplan {

/// A staffing that somebody made, and the file that holds it, if one does.
struct StaffingTable {
    StaffingReading reading{};
    std::string path{};
};

/// A row of a staffing, or None.
[[nodiscard]] inline py::object posting_dict(const std::optional<Posting>& posting) {
    if (!posting) return py::none();
    return dict_of(*posting);
}

}  // namespace countyplan
