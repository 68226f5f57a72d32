// Which solver answers a problem, and by which of its methods?
#pragma once

#include <chrono>
#include <string>

#include <countyplan/io/certificate.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

struct Solved {
    SolveResult result = {};
    Verdict verdict = {};  ///< of the solver's own certificate
    std::string method = {};
    std::chrono::nanoseconds elapsed{};  ///< of the solve alone
    double peak_rss_mib = 0;             ///< of the whole process until the solve ended
};

/// Throws `UsageError` if no solver of this kind of problem has such a method.
void require_method(ProblemKind kind, const std::string& method);

/// Solves and examines the answer; `method` must be one of its kind. The problem is used up.
[[nodiscard]] Solved solve_problem(SolveProblem&& problem, const std::string& method, const Stop& stop,
                                   const Progress& progress);

}  // namespace countyplan
