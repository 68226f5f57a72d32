// What is there to say when several questions are asked of one staffing at once?
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <countyplan/allocate/explain/explain.hpp>
#include <countyplan/allocate/explain/weight_range.hpp>
#include <countyplan/allocate/explain/worth.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/scalar/message.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// What is asked; nothing unless set.
struct Question {
    std::optional<Id<Expert>> expert{};  ///< why here, where else, what the person is worth
    std::optional<Id<Post>> why_not{};   ///< why `expert` is not there
    std::optional<Id<Post>> post{};      ///< why no more people are there, who else might be, what its places are worth
    bool weights = false;                ///< how far the weights may go, and which would bring `why_not` in
    bool subjects = false;               ///< which subjects are scarcest
    std::size_t hinges = 0;              ///< this many people and posts on which the plan hangs
    std::size_t most = 10;               ///< alternatives and repairs

    friend bool operator==(const Question&, const Question&) = default;
};

/// The answers, as the functions of those names give them. Of an infeasible plan there is `why_infeasible` only.
struct Explanation {
    Digests digests{};            ///< of the plan
    UserTierNames names{};        ///< of the caller's own tiers
    Cause cause = Cause::proved;  ///< proved: all that is asked is answered; else what stopped some of it
    std::optional<WhyHere> why_here{};
    std::vector<Alternative> other_posts{};
    std::optional<ExpertWorth> worth{};
    std::optional<WhyNot> why_not{};
    std::vector<WeightChange> weight_changes{};
    std::optional<WhyEmpty> why_empty{};
    std::vector<Alternative> people{};
    std::vector<BoundWorth> places{};
    std::vector<WeightRange> weight_ranges{};
    std::vector<SubjectWorth> subjects{};
    std::vector<Hinge> hinges{};
    WhyInfeasible why_infeasible{};

    friend bool operator==(const Explanation&, const Explanation&) = default;
};

/// Throws `InvalidAllocation` as these do. The time of `stop` holds for all of them together, its steps for each solve.
[[nodiscard]] Explanation explain(const Plan& plan, const Allocation& allocation, const Question& question,
                                  const Stop& stop = {});

/// In sentences, each true on its own.
[[nodiscard]] std::vector<Message> sentences(const Plan& plan, const Explanation& explanation);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/explain/impl/explanation.hpp>
#endif
