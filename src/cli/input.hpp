// How does an argument become a plan, or a result?
#pragma once

#include <string>

#include <countyplan/io/read.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/plan/plan.hpp>

#include "console.hpp"
#include "settings.hpp"

namespace countyplan {

/// Reads a directory, a file or, for `-`, JSON from standard input. What cannot be read at all becomes a
/// finding. Throws `IoError`.
[[nodiscard]] Reading read_argument(const std::string& path, const Settings& settings);

/// As `read_argument`, and a plan at the end. Throws `InvalidPlan`; says how many warnings there are.
[[nodiscard]] Plan plan_of_argument(const std::string& path, const Settings& settings, Console& console);

/// The result in a directory. Throws `InvalidPlan` with what is wrong about its form.
[[nodiscard]] Allocation result_of_argument(const std::string& path);

/// Throws what saving would throw because something is there already, before the work is done.
void require_free(const std::string& path, const Settings& settings);

/// Throws `UsageError` for a name that is none or is a directory's, then as `require_free`.
void require_free_file(const std::string& path, const Settings& settings);

}  // namespace countyplan
