// Something has happened: who should serve where then, and who has to move for it?
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/comparison.hpp>
#include <countyplan/allocate/freeze.hpp>
#include <countyplan/plan/event.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

struct ReplanOptions {
    AllocateOptions allocate{};
    LastEvent last{};                         ///< events up to there are in the plan already
    std::optional<FreezeSelection> freeze{};  ///< who of the present staffing after the events stays where they are
    bool nobody_worse = false;                ///< whether nobody of that staffing may be worse off
};

/// The plan after events, its best staffing, and the way there from the former one.
struct Replan {
    Plan plan{};
    Allocation allocation{};               ///< of `plan`
    std::vector<PostingChange> changes{};  ///< by expert; empty if there is no staffing
    std::int64_t stays = 0;                ///< people who keep their post
    LastEvent last{};

    friend bool operator==(const Replan&, const Replan&) = default;
};

/// Applies the events and allocates anew from the former answer's staffing and prices. The staffing is a best one of
/// the changed plan, whatever moves it takes: `trade_off` weighs these. What `options` decide besides stands in the
/// changed plan as decisions. The plan is made whole however soon the stop comes (about 0.1 s at national size, and
/// again for each of the two); the rest ends as `Stop` says. Throws as `apply_events`, `freeze` and `allocate` do.
[[nodiscard]] Replan replan(const Plan& plan, const Allocation& former, std::span<const Event> events,
                            const ReplanOptions& options = {}, const Stop& stop = {}, const Progress& progress = {});

/// A change in words: who comes, leaves, moves, or stays on other days.
[[nodiscard]] Message describe(const PostingChange& change);

/// One person's post before and after; empty: at home.
struct PostMove {
    Id<Expert> expert{};
    Id<Post> was{};
    Id<Post> now{};

    friend bool operator==(const PostMove&, const PostMove&) = default;
};

/// What one event led to.
struct Repair {
    Termination termination = Termination::unknown;  ///< optimal; infeasible; or the stop came first
    Cause cause = Cause::cancelled;
    std::vector<TierValue> tiers{};  ///< of the best staffing, as `tier_values`; empty unless optimal
    std::vector<PostMove> moves{};   ///< by expert, against the staffing before the event; empty unless optimal
    bool rebuilt = false;            ///< whether eligibility was decided anew

    friend bool operator==(const Repair&, const Repair&) = default;
};

/// Keeps a plan's problem and prices, and repairs the best staffing event by event. `resigns`, `ill` and
/// `quota_changed` edit the problem in place where they only take pairs away or move a bound: time that of a look or
/// two at every pair. Where pairs, sets or scores are new (other kinds; a bound where none was; someone with a present
/// posting that ends and posts left to serve in) the problem is built again and solved from the prices. Not to be
/// shared while it changes.
class Replanner {
  public:
    /// Throws as `allocate` does, and `std::invalid_argument` where `options` decide anything besides: that is for the
    /// plan to do, by `freeze` and `nobody_worse`. `former` need not be right.
    Replanner(const Plan& plan, const Allocation& former, const ReplanOptions& options = {});
    Replanner(const Replanner& other);
    Replanner(Replanner&& other) noexcept;
    Replanner& operator=(Replanner other) noexcept;
    ~Replanner();

    /// The best staffing at first.
    [[nodiscard]] const Repair& start() const;

    /// The next event of the log. Throws `InvalidPlan` if it is wrong, and then nothing has changed. If it makes the
    /// plan infeasible, or the stop comes first, the staffing before stays, for the next event to be compared with.
    /// Where the problem is built again, the plan is made whole however soon the stop comes.
    Repair add(const Event& event, const Stop& stop = {});

    [[nodiscard]] LastEvent last() const;
    /// Its ids are those of all `PostMove`s. Time that of `Plan(draft)`.
    [[nodiscard]] Plan plan() const;
    /// Of the last event that had a best one.
    [[nodiscard]] Staffing staffing() const;
    /// The best staffing with its certificate and reasons, from the staffing and prices at hand.
    [[nodiscard]] Allocation allocation(const Stop& stop = {}, const Progress& progress = {}) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/replan.hpp>
#endif
