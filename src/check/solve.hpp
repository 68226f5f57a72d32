// Does a certificate prove what it says about the problem in a file?
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <countyplan/io/solve_problem.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/scalar/message.hpp>

#include "objection.hpp"

namespace countyplan {

/// How checking a certificate ended.
struct SolveCheck {
    Findings unreadable = {};  ///< with an error: one of both files is not what it should be
    std::string file = {};     ///< the file that cannot be read
    Objected objection = {};   ///< else: what is refused
};

/// Reads both files and examines the certificate by `solve/proof` alone; `say` is told what holds. Throws
/// `IoError` and `RefusedInput`.
[[nodiscard]] SolveCheck check_solve(const std::string& problem_path, const std::string& certificate_path,
                                     std::optional<ProblemFormat> format,
                                     const std::function<void(const Message&)>& say);

}  // namespace countyplan
