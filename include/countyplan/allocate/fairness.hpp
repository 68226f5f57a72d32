// How evenly are counties served, and what is each raise of a county's share worth to the worst-off first?
#pragma once

#include <cstdint>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

/// How far a county is served: `serving / wanted` is its share, counted as 1 beyond.
struct CountyCover {
    Id<County> county{};
    std::int64_t serving = 0;  ///< people in its posts
    std::int64_t wanted = 0;   ///< sum of the targets of its posts

    friend bool operator==(const CountyCover&, const CountyCover&) = default;
};

/// Of every county, in id order. Postings of unknown people or posts count for nothing.
[[nodiscard]] std::vector<CountyCover> county_covers(const Plan& plan, const Staffing& staffing);

/// Whether `a` is a fairer distribution than `b`: the worst share is greater, or equal and the next worse
/// greater, and so on (leximin). Counties that want nobody are left out. Both of the same plan.
[[nodiscard]] bool is_fairer(const std::vector<CountyCover>& a, const std::vector<CountyCover>& b);

/// Per county, what its first, second … served person is worth, at most as many as there are experts. A raise
/// of a share from (k - 1) / wanted to k / wanted ranks before those that begin higher, and of those that
/// begin there before those that end lower; it is worth the number of raises that do not rank before it. Where quotas
/// are nested, the greatest sum of raises made is a leximin best distribution: docs/math/allocation.md.
[[nodiscard]] std::vector<std::vector<std::int64_t>> raise_values(const Plan& plan);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/fairness.hpp>
#endif
