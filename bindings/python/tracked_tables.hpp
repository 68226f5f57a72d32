// Which tables does a tracking have besides those of what is rolled up?
#pragma once

#include <string>

#include "convert.hpp"
#include "tracked.hpp"

namespace countyplan {

/// The columns of `earned_value`, `timeline`, `float_paths`, `schedule_log`, `quality`, `baseline`, `variance` and
/// `delays`; None for another name.
[[nodiscard]] py::object more_columns_of(const Tracked& tracked, const std::string& table);

}  // namespace countyplan
