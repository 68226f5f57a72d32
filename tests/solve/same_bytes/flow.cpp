#include <cstdint>

#include <countyplan/solve/convex_flow.hpp>
#include <countyplan/solve/max_flow.hpp>
#include <countyplan/solve/min_cost_flow.hpp>

#include "digest.hpp"
#include "digests.hpp"
#include "given/convex_flow.hpp"
#include "given/max_flow.hpp"
#include "given/min_cost_flow.hpp"

namespace same_bytes {

Digests flow_digests(unsigned threads) {
    const auto by_each_method = [&](std::uint64_t count, const auto& given) {
        return digest_of(count, threads, [&](Digest& one, std::uint64_t seed) {
            const auto problem = given(seed);
            bool right = true;
            for (const FlowMethod method : {FlowMethod::network_simplex, FlowMethod::cost_scaling}) {
                right =
                    add_answers(one, problem,
                                [&](const auto& p, const Stop& stop) { return solve(p, {.method = method}, stop); }) &&
                    right;
            }
            return right;
        });
    };
    return {
        {"min_cost_flow.small", by_each_method(400, [](auto seed) { return given::random_min_cost_flow(seed); })},
        {"min_cost_flow.staffing",
         by_each_method(4, [](auto seed) { return given::staffing_min_cost_flow(60, 20, 20, 3, seed); })},
        {"convex_flow.small", digest_of_solves(400, threads, given::random_convex_flow)},
        {"max_flow.small", digest_of_solves(400, threads, given::random_max_flow)},
        {"max_flow.levels",
         digest_of_solves(5, threads, [](auto seed) { return given::level_max_flow(10, 40, seed); })},
    };
}

}  // namespace same_bytes
