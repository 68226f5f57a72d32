#include <countyplan/solve/nested_flow.hpp>

#include <cstdint>

#include <countyplan/solve/impl/nested_flow_call.hpp>

#include "digest.hpp"
#include "digests.hpp"
#include "given/nested_flow.hpp"

namespace same_bytes {

Digests nested_flow_digests(detail::VectorLevel level, unsigned threads) {
    const auto with_each = [](std::uint64_t seed, const auto& answer) {
        if (seed % 2 == 0) return answer(given::random_nested_flow(seed, 60, 12, 25));
        return answer(given::random_nested_flow<std::int32_t>(seed, 60, 12, 25));
    };
    const auto totals = [&](Digest& digest, std::uint64_t seed) {
        return with_each(seed, [&](const auto& problem) {
            const auto result = detail::solve_nested(problem, NestedFlowMethod::auction, nullptr, {}, {}, level);
            digest.add(result.termination, result.cost);
            return verify(problem, result);
        });
    };
    const auto answers = [&](Digest& digest, std::uint64_t seed) {
        return with_each(seed, [&](const auto& problem) {
            bool right = true;
            for (const NestedFlowMethod method : {NestedFlowMethod::auction, NestedFlowMethod::shortest_path}) {
                right = add_answers(digest, problem,
                                    [&](const auto& p, const Stop& stop) {
                                        return detail::solve_nested(p, method, nullptr, stop, {}, level);
                                    }) &&
                        right;
            }
            return right;
        });
    };
    return {
        {"nested_flow.totals", digest_of(100, threads, totals)},
        {"nested_flow.answers", digest_of(60, threads, answers)},
    };
}

}  // namespace same_bytes
