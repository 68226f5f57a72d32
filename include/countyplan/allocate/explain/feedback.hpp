// What chance has an applicant of which post?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/explain/worth.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

struct FeedbackOptions {
    std::int64_t samples = 200;  ///< 1 or more
    std::int64_t absent = 100;   ///< of 1000 other people how many stay away, each by chance; 0 … 1000
    std::uint64_t seed = 1;
    std::size_t posts = 10;  ///< listed at most, those held at present or wished for besides

    friend bool operator==(const FeedbackOptions&, const FeedbackOptions&) = default;
};

/// One post as an applicant sees it.
struct PostChance {
    std::string post{};
    bool is_wished = false;  ///< among what the expert prefers, or in its school or county
    std::int64_t times = 0;  ///< of the samples in which the best staffing had the expert there
    double low = 0.0;        ///< Wilson's interval of the chance at 95 %
    double high = 1.0;
    /// By the prices, per tier: how far the pair is behind what the expert has; lexicographically 0 or more.
    std::vector<Int128> behind{};

    friend bool operator==(const PostChance&, const PostChance&) = default;
};

/// What is said of a chance is an estimate; what is said of `behind` is proved by the allocation's prices.
struct Feedback {
    std::string expert{};
    std::string post{};                              ///< in the allocation; empty: at home
    Termination termination = Termination::unknown;  ///< optimal: all samples; feasible: those before a stop
    Cause cause = Cause::cancelled;
    std::int64_t samples = 0;         ///< solved
    std::int64_t impossible = 0;      ///< of these, without any legal staffing
    std::int64_t at_home = 0;         ///< of these, the expert not posted
    std::vector<PostChance> posts{};  ///< best chance first, then the least behind, then in plan order

    friend bool operator==(const Feedback&, const Feedback&) = default;
};

/// Solves the plan again and again without some of the others, drawn at random, and counts where the expert serves.
/// The allocation must be a best one of the plan (`verify`). The same seed gives the same answer. Throws
/// `InvalidAllocation` if there is no staffing or it is another plan's, `InvalidProblem` if an option is out of range.
/// Time: a repair per sample.
[[nodiscard]] Feedback feedback(const Plan& plan, const Allocation& allocation, Id<Expert> expert,
                                const FeedbackOptions& options = {}, const Stop& stop = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/explain/impl/feedback.hpp>
#endif
