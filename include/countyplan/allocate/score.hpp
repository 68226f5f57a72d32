// How well does this expert fit this post, and what does each factor add?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <countyplan/allocate/distance.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

/// What fit is made of. Every factor is a whole number from 0 to 1000.
enum class FitFactor {
    qualification,  ///< 120 per step of the title + 100 per step of the degree
    role,           ///< 1000 / place of the post's role among the expert's
    subject,        ///< 1000 / place of the post's subject among the expert's; 1000 where any will do
    seniority,      ///< years of service, 1000 at 30 and more
    pairing,        ///< sender paired with the school 1000, with its county 800; 200 less through a
                    ///< sender above; half outside the scheme; the best that holds on a day of the post
    distance,       ///< 1000 - km / 2 from sender to school (`DistanceFinder`), at least 0
    wish,           ///< 1000 / place in `prefers` of what first names the post, its school or county
    continuity      ///< present staffing: this post 1000, this school 700, this county 400
};

template <>
struct Enumerators<FitFactor> {
    static constexpr MessageText words[] = {{"qualification", "资历", "qualification"},
                                            {"role", "岗位类别", "role"},
                                            {"subject", "学科", "subject"},
                                            {"seniority", "教龄", "seniority"},
                                            {"pairing", "结对", "pairing"},
                                            {"distance", "距离", "distance"},
                                            {"wish", "意愿", "wish"},
                                            {"continuity", "连续性", "continuity"}};
};

inline constexpr std::size_t fit_factor_count = enumerator_count<FitFactor>;

/// One line of a fit: points = value x weight.
struct FactorPoints {
    FitFactor factor = FitFactor::qualification;
    std::int64_t value = 0;   ///< 0 … 1000
    std::int64_t weight = 0;  ///< the plan's
    std::int64_t points = 0;

    friend bool operator==(const FactorPoints&, const FactorPoints&) = default;
};

/// All factors in order; the fit is the sum of their points.
using FactorTable = std::array<FactorPoints, fit_factor_count>;

namespace detail {
struct FitData;
}

/// The fit of any pair of one plan, eligible or not. An immutable value that keeps its plan alive; safe
/// to read from many threads.
class FitScore {
  public:
    /// Time and memory: linear in the plan, plus senders of experts x schools with posts.
    explicit FitScore(Plan plan);

    [[nodiscard]] const Plan& plan() const;

    /// The exact sum of the points, >= 0 and at most 8 x 10^9. No allocation.
    [[nodiscard]] std::int64_t score(Id<Expert> expert, Id<Post> post) const;
    /// The scores of one expert at many posts, in their order, appended to `out`. Faster than one by one.
    void append_scores(Id<Expert> expert, std::span<const Id<Post>> posts, std::vector<std::int64_t>& out) const;

    [[nodiscard]] FactorTable factors(Id<Expert> expert, Id<Post> post) const;
    /// The value of one factor, 0 … 1000. No allocation.
    [[nodiscard]] std::int64_t value(FitFactor factor, Id<Expert> expert, Id<Post> post) const;
    /// Km from the expert's sender to the post's school, as `DistanceFinder` has it. A table look-up.
    [[nodiscard]] std::int64_t distance(Id<Expert> expert, Id<Post> post) const;

  private:
    std::shared_ptr<const detail::FitData> data_;
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/score.hpp>
#endif
