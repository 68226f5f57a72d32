// How does an argument become a plan, or a result?
#pragma once

#include <string>
#include <vector>

#include <countyplan/io/read.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/plan/plan.hpp>

#include "console.hpp"
#include "settings.hpp"

namespace countyplan {

/// Reads a directory, a file or, for `-`, JSON from standard input. What cannot be read at all becomes a
/// finding. Throws `IoError`.
[[nodiscard]] Reading read_argument(const std::string& path, const Settings& settings);

/// The same with a plan where there is no error.
[[nodiscard]] PlanReading read_plan_argument(const std::string& path, const Settings& settings);

/// An input that was refused as a whole, as a finding.
[[nodiscard]] Finding finding_of(const Flaw& flaw, const std::string& path);

/// As `read_argument`, and a plan at the end. Throws `InvalidPlan`; says how many warnings there are.
[[nodiscard]] Plan plan_of_argument(const std::string& path, const Settings& settings, Console& console);

/// The result in a directory. Throws `InvalidPlan` with what is wrong about its form.
[[nodiscard]] AllocationReading result_of_argument(const std::string& path);

/// Throws `UsageError` for a name that is none, then what saving files of these names in the directory would
/// throw because of what is there already: before the work is done.
void require_free_directory(const std::string& path, const std::vector<std::string>& names, const Settings& settings);

/// The same for the directory of tables of a plan. Throws `UsageError` if it is one of the `inputs`, which not
/// even --force gives up.
void require_free_tables(const std::string& path, const std::vector<std::string>& inputs, const Settings& settings);

/// The same for one file; throws `UsageError` for the name of a directory, too.
void require_free_file(const std::string& path, const std::vector<std::string>& inputs, const Settings& settings);

}  // namespace countyplan
