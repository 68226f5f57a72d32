#include <countyplan/solve/leximin.hpp>

#include <cstdint>

#include "digest.hpp"
#include "digests.hpp"
#include "given/leximin.hpp"

namespace same_bytes {

Digests leximin_digests(unsigned threads) {
    const auto worst = [](Digest& digest, std::uint64_t seed) {
        const auto problem = given::random_leximin(seed, false);
        const auto result = max_min(problem);
        digest.add(result);
        return verify(problem, result);
    };
    return {
        {"leximin.small",
         digest_of_solves(200, threads, [](auto seed) { return given::random_leximin(seed, seed % 2 == 0); })},
        {"leximin.schools",
         digest_of_solves(2, threads, [](auto seed) { return given::schools_leximin(60, 15, 3, seed); })},
        {"max_min.small", digest_of(100, threads, worst)},
    };
}

}  // namespace same_bytes
