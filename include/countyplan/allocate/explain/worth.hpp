// What would a place, a person or another pair be worth to the whole staffing?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// The best staffing after a change, held against the one at hand. Exact: the difference of two solves.
struct Effect {
    /// Optimal; infeasible: after the change no staffing keeps every rule; unknown: stopped before that was found out.
    Termination termination = Termination::unknown;
    /// Per tier of the objective how much worse it is: costs more, or gains less; below 0 where better. The first
    /// tier that is not 0 decides. Empty unless optimal.
    std::vector<Int128> loss{};

    friend bool operator==(const Effect&, const Effect&) = default;
};

/// The least first, then what no staffing keeps, then what is not known.
[[nodiscard]] bool costs_less(const Effect& a, const Effect& b);

/// What is asked about has no staffing, or another plan's: its digests differ, or somebody serves where they may not.
class InvalidAllocation : public std::invalid_argument {
  public:
    explicit InvalidAllocation(AnswerVerdict verdict)
        : std::invalid_argument(verdict.key + ": " + text(verdict.why, Language::en)), verdict_(std::move(verdict)) {}

    [[nodiscard]] const AnswerVerdict& verdict() const { return verdict_; }

  private:
    AnswerVerdict verdict_;
};

// All questions below are asked of a plan and a staffing at hand, in most cases the plan's best one. Each answer
// rests on solves of changed problems that start from what is known, and each of these takes about as long as one look
// at every pair. `stop` holds for the whole question; what it cuts short is `unknown` or left out.
// They throw `InvalidAllocation`, and `std::invalid_argument` where a name or an id is not the plan's.

/// One bound of a set, and what one less or one more of it is worth; nothing where that would not be a bound.
struct BoundWorth {
    SetBound bound{};
    std::optional<Effect> less{};
    std::optional<Effect> more{};

    friend bool operator==(const BoundWorth&, const BoundWorth&) = default;
};

/// The bounds of the `CountedSet` of that name: its lower one if above 0, its upper one if there is any.
[[nodiscard]] std::vector<BoundWorth> worth(const Plan& plan, const Allocation& allocation, std::string_view set,
                                            const Stop& stop = {});

/// What this person is worth: `less`, if they stay at home, whatever obliges them; `more`, if the plan had another
/// row with the same entries. The decisions that name the one do not name the other, but of the caller's rules both
/// have the same to say.
struct ExpertWorth {
    std::string expert{};
    Effect less{};
    Effect more{};

    friend bool operator==(const ExpertWorth&, const ExpertWorth&) = default;
};
[[nodiscard]] ExpertWorth worth(const Plan& plan, const Allocation& allocation, Id<Expert> expert,
                                const Stop& stop = {});

/// What one more person would be worth who may serve in every post of that role and subject, is of no sender, so
/// that no sending quota counts them, and adds nothing to fit, wishes, distances and moves.
struct SubjectWorth {
    Role role = Role::teacher;
    std::string subject{};  ///< empty: posts that any subject will do for
    Effect effect{};

    friend bool operator==(const SubjectWorth&, const SubjectWorth&) = default;
};
/// Of every role and subject that a post asks for, the scarcest first.
[[nodiscard]] std::vector<SubjectWorth> scarcest_subjects(const Plan& plan, const Allocation& allocation,
                                                          const Stop& stop = {});

/// A person in a post other than the present one, and what it costs the plan to have it so.
struct Alternative {
    std::string expert{};
    std::string post{};
    Effect effect{};

    friend bool operator==(const Alternative&, const Alternative&) = default;
};
/// The other posts that this expert may serve in, the cheapest `most` of them, exactly.
[[nodiscard]] std::vector<Alternative> ranked_posts(const Plan& plan, const Allocation& allocation, Id<Expert> expert,
                                                    std::size_t most = 10, const Stop& stop = {});
/// The people who may serve in this post and do not, the cheapest `most` of them, exactly.
[[nodiscard]] std::vector<Alternative> ranked_people(const Plan& plan, const Allocation& allocation, Id<Post> post,
                                                     std::size_t most = 10, const Stop& stop = {});

/// A person who serves, or a post where people serve; the other is empty.
struct Hinge {
    std::string expert{};
    std::string post{};
    Effect effect{};  ///< if that person stayed at home, or that post were closed

    friend bool operator==(const Hinge&, const Hinge&) = default;
};
/// The `most` people and posts on which the plan hangs most: the greatest loss first, and before these what it cannot
/// do without at all.
[[nodiscard]] std::vector<Hinge> hinges(const Plan& plan, const Allocation& allocation, std::size_t most = 10,
                                        const Stop& stop = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/explain/impl/worth.hpp>
#endif
