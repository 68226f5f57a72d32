#include <countyplan/solve/sparse_assignment.hpp>

#include <cstdint>

#include "digest.hpp"
#include "digests.hpp"
#include "given/sparse_assignment.hpp"

namespace same_bytes {

Digests sparse_assignment_digests(unsigned threads) {
    return {
        {"sparse_assignment.small",
         digest_of_solves(400, threads, [](auto seed) { return given::random_sparse_problem<std::int64_t>(seed); })},
        {"sparse_assignment.medium32",
         digest_of_solves(50, threads, [](auto seed) { return given::random_sparse_problem<std::int32_t>(seed, 60); })},
    };
}

}  // namespace same_bytes
