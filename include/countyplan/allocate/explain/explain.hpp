// Why this person here, why not there, why is this post empty, why is all of it impossible, and what would change it?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/explain/worth.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/scalar/message.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// Somebody who serves elsewhere than in the staffing at hand; empty: at home.
struct Transfer {
    std::string expert{};
    std::string from{};
    std::string to{};

    friend bool operator==(const Transfer&, const Transfer&) = default;
};

/// The person's post and what it has over the best other one. Tables are all zeros where there is no such post.
struct WhyHere {
    std::string expert{};
    std::string post{};  ///< empty: at home
    FactorTable factors{};
    std::string other{};  ///< of all others the best by cost less price, then by order; empty: none
    FactorTable other_factors{};
    Effect effect{};                    ///< of serving in `other`
    std::vector<Transfer> transfers{};  ///< as few as make a best staffing with that

    friend bool operator==(const WhyHere&, const WhyHere&) = default;
};
[[nodiscard]] WhyHere why_here(const Plan& plan, const Allocation& allocation, Id<Expert> expert,
                               const Stop& stop = {});

/// One field of the plan, and what would have to stand there.
struct DataEdit {
    Place place{};
    std::string value{};  ///< as files have it; lists: what is to be added, or with a minus before it taken out
    Message what{};

    friend bool operator==(const DataEdit&, const DataEdit&) = default;
};

/// Why a person does not serve in a post.
struct WhyNot {
    std::string expert{};
    std::string post{};
    bool serves = false;                ///< in the staffing at hand they do; the rest is empty
    std::vector<Refusal> refusals{};    ///< all; empty where they may serve there
    std::vector<DataEdit> edits{};      ///< each alone makes the pair eligible; empty where no single one does
    bool given = false;                 ///< the plan has nothing against it, the caller's rules have
    Effect effect{};                    ///< of a pair that may be: of having it so
    std::vector<Transfer> transfers{};  ///< as few as make a best staffing with the pair
    std::optional<Int128> points{};     ///< of fit that the pair would need to be in a best staffing; nothing where no
                                        ///< number of them would do or that is not known
    friend bool operator==(const WhyNot&, const WhyNot&) = default;
};
[[nodiscard]] WhyNot why_not(const Plan& plan, const Allocation& allocation, Id<Expert> expert, Id<Post> post,
                             const Stop& stop = {});

/// A person who may not serve in a post, and all that they lack.
struct NearMiss {
    std::string expert{};
    std::vector<Refusal> refusals{};

    friend bool operator==(const NearMiss&, const NearMiss&) = default;
};

/// A single thing otherwise that fills the post: a bound, or a refusal passed over for one person.
struct FillingRepair {
    std::optional<SetBound> bound{};   ///< with its number after the repair: one more, or for a lower bound one less
    std::string expert{};              ///< who may serve there after the repair; empty where it is a bound
    std::optional<Refusal> refusal{};  ///< what then does not count
    Effect effect{};                   ///< of the repair and one more person in the post

    friend bool operator==(const FillingRepair&, const FillingRepair&) = default;
};

/// Why a post has no more people than it has, and what would fill it.
struct WhyEmpty {
    std::string post{};
    std::int64_t serving = 0;
    std::int64_t short_of_min = 0;
    std::int64_t short_of_target = 0;
    Message reason{};  ///< as `Unfilled`; empty where the post has its target
    std::optional<ScarceGroup> group{};
    std::size_t refused = 0;            ///< people who may not serve there
    std::vector<NearMiss> nearest{};    ///< those who lack least, at most `most`; of equal ones in order
    Effect one_more{};                  ///< of one more person in the post, above its `max` if need be
    std::vector<Transfer> transfers{};  ///< as few as make a best staffing with that
    /// Each alone makes a best staffing have one more person in the post, for less than `one_more`; the cheapest first,
    /// at most `most`: one more place, or one less, of what a `CountedSet` but a post is bound to; what obliges one
    /// person passed over; or the only refusal of one person, if of title, years, availability, term, pairing or
    /// decision, passed over.
    std::vector<FillingRepair> repairs{};

    friend bool operator==(const WhyEmpty&, const WhyEmpty&) = default;
};
[[nodiscard]] WhyEmpty why_empty(const Plan& plan, const Allocation& allocation, Id<Post> post, std::size_t most = 10,
                                 const Stop& stop = {});

/// One bound of a repair: what it is and what it would be.
struct LoosenedBound {
    SetBound bound{};
    std::int64_t loosened = 0;  ///< the number in its place

    friend bool operator==(const LoosenedBound&, const LoosenedBound&) = default;
};
/// Bounds that make the plan feasible if all of them are loosened, and not if any of them is held back or loosened by
/// one less.
struct FeasibilityRepair {
    std::vector<LoosenedBound> bounds{};
    std::int64_t units = 0;          ///< by how much in all
    std::vector<TierValue> tiers{};  ///< of the best staffing then

    friend bool operator==(const FeasibilityRepair&, const FeasibilityRepair&) = default;
};

/// Why no staffing keeps every rule.
struct WhyInfeasible {
    std::vector<SetBound> conflict{};          ///< as `conflict`
    std::vector<FeasibilityRepair> repairs{};  ///< by bounds, units, then tiers; one for each choice of bounds
    bool complete = false;                     ///< there are no other choices of bounds
    Cause cause = Cause::proved;               ///< or what stopped the search for repairs

    friend bool operator==(const WhyInfeasible&, const WhyInfeasible&) = default;
};
/// Of an infeasible answer; else empty. Choices of more than `most_bounds` bounds are not looked for, nor more than
/// `most` choices.
[[nodiscard]] WhyInfeasible why_infeasible(const Plan& plan, const Allocation& allocation, std::size_t most = 20,
                                           std::size_t most_bounds = 4, const Stop& stop = {});

/// In sentences, each true on its own. `names`: of the caller's own tiers.
[[nodiscard]] std::vector<Message> sentences(const Plan& plan, const WhyHere& why, const UserTierNames& names = {});
[[nodiscard]] std::vector<Message> sentences(const Plan& plan, const WhyNot& why, const UserTierNames& names = {});
[[nodiscard]] std::vector<Message> sentences(const Plan& plan, const WhyEmpty& why, const UserTierNames& names = {});
[[nodiscard]] std::vector<Message> sentences(const Plan& plan, const WhyInfeasible& why);
/// What an effect comes to: the first tier that counts, in words.
[[nodiscard]] Message describe(const Plan& plan, const Effect& effect, const UserTierNames& names = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/explain/impl/explain.hpp>
#endif
