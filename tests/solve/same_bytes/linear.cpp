#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/solve/linear_program.hpp>
#include <countyplan/solve/mixed_integer.hpp>

#include "../../../examples/mip_backend/branch_and_bound.hpp"
#include "digests.hpp"
#include "given/linear_program.hpp"
#include "given/mixed_integer.hpp"

namespace same_bytes {

using namespace countyplan;

std::vector<std::pair<std::string, double>> linear_totals() {
    const MixedIntegerBackend backend{"branch_and_bound", branch_and_bound};
    std::vector<std::pair<std::string, double>> totals;
    const auto add = [&](const std::string& name, std::uint64_t seed, const auto& problem, const auto& result) {
        const bool right = verify(problem, result);
        const auto number = [right](const std::optional<double>& value) {
            if (!right) return std::numeric_limits<double>::quiet_NaN();
            return value.value_or(std::numeric_limits<double>::infinity());
        };
        totals.emplace_back(name + "." + std::to_string(seed) + ".objective", number(result.objective));
        totals.emplace_back(name + "." + std::to_string(seed) + ".bound", number(result.bound));
    };
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const auto problem = given::random_linear_program(seed);
        add("linear_program.small", seed, problem, solve(problem));
    }
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        const auto problem = given::random_cover(seed, 40, 200);
        add("linear_program.cover", seed, problem, solve(problem));
    }
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const auto problem = given::random_mixed_integer(seed);
        add("mixed_integer.small", seed, problem, solve(problem, backend));
    }
    return totals;
}

}  // namespace same_bytes
