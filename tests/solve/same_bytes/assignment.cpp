#include <cstddef>
#include <cstdint>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/impl/assignment_call.hpp>
#include <countyplan/solve/random.hpp>

#include "digest.hpp"
#include "digests.hpp"
#include "given/assignment.hpp"

namespace same_bytes {

namespace {

template <class Cost>
BasicAssignmentProblem<Cost> table(std::uint64_t seed) {
    Random random(seed, 91);
    const std::size_t rows = 60 + random.below(60), columns = random.chance(1, 2) ? rows : 60 + random.below(60);
    BasicAssignmentProblem<Cost> problem{.rows = rows, .columns = columns};
    const bool structured = random.chance(1, 3);
    for (std::size_t r = 0; r < problem.rows; ++r) {
        for (std::size_t c = 0; c < problem.columns; ++c) {
            const auto noise = random.between(0, 1000);
            problem.cost.push_back(static_cast<Cost>(structured ? static_cast<std::int64_t>(r * c) : noise));
        }
    }
    return problem;
}

}  // namespace

Digests assignment_digests(detail::VectorLevel level, unsigned threads) {
    const auto digest = [&](std::uint64_t count, const auto& given) {
        return digest_of(count, threads, [&](Digest& one, std::uint64_t seed) {
            const auto problem = given(seed);
            bool right = true;
            for (const AssignmentMethod method : {AssignmentMethod::automatic, AssignmentMethod::auction,
                                                  AssignmentMethod::core, AssignmentMethod::shortest_path}) {
                right = add_answers(one, problem,
                                    [&](const auto& p, const Stop& stop) {
                                        return detail::solve_dense(p, {method}, stop, {}, level);
                                    }) &&
                        right;
            }
            return right;
        });
    };
    return {
        {"assignment.small", digest(200, [](auto seed) { return given::random_assignment<std::int64_t>(seed, 7); })},
        {"assignment.table", digest(8, table<std::int64_t>)},
        {"assignment.table32", digest(8, table<std::int32_t>)},
    };
}

}  // namespace same_bytes
