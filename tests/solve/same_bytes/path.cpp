#include <cstdint>

#include <countyplan/solve/longest_path.hpp>
#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/random.hpp>

#include "digest.hpp"
#include "digests.hpp"
#include "given/longest_path.hpp"
#include "given/matching.hpp"

namespace same_bytes {

Digests path_digests(unsigned threads) {
    const auto numbers = [](Digest& digest, std::uint64_t seed) {
        Random random(seed, 5);
        for (int i = 0; i < 1000; ++i) {  // drawn one by one: arguments have no order of their own
            const std::int64_t within = random.between(-i, i);
            const std::uint64_t below = random.below(1 + static_cast<std::uint64_t>(i));
            digest.add(random(), below, within);
        }
        return true;
    };
    const auto paths = [](Digest& digest, std::uint64_t seed) {
        const auto problem = given::random_longest_path(seed);
        const auto result = solve(problem);
        digest.add(result);
        return verify(problem, result);
    };
    const auto parts = [](Digest& digest, std::uint64_t seed) {
        const auto problem = given::random_matching(seed);
        const auto result = solve(problem);
        digest.add(matching_parts(problem, result));
        return verify(problem, result);
    };
    return {
        {"random", digest_of(4, threads, numbers)},
        {"longest_path.small", digest_of(400, threads, paths)},
        {"matching.small", digest_of_solves(400, threads, given::random_matching)},
        {"matching.sparse",
         digest_of_solves(5, threads, [](auto seed) { return given::sparse_matching(500, 480, 3, seed); })},
        {"matching_parts.small", digest_of(100, threads, parts)},
    };
}

}  // namespace same_bytes
