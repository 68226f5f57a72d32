// Which problem does a JSON document of ours hold?
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <countyplan/io/solve_problem.hpp>

namespace countyplan::detail {

inline constexpr std::string_view problem_format_name = "countyplan.problem";
inline constexpr std::int64_t problem_format_version = 1;

[[nodiscard]] ProblemReading read_problem_document(std::string bytes, const std::string& name,
                                                   const ProblemOptions& options);

}  // namespace countyplan::detail
