// matching with what its users cannot choose, for those who link its bodies too.
#pragma once

#include <cstdint>

#include <countyplan/solve/matching.hpp>

namespace countyplan::detail {

/// As `solve`. Trees taken down may cost up to `patience`; after that paths are sought in phases, whose number is
/// bounded.
[[nodiscard]] MatchingResult solve_matching(const MatchingProblem& problem, std::int64_t patience, const Stop& stop,
                                            const Progress& progress);

}  // namespace countyplan::detail
