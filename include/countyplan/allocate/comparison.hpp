// What does one staffing change in another, and what is each change worth in every tier?
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/difference.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/staffing.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan {

enum class PostingChangeKind {
    ended,   ///< serves in `a` only
    begun,   ///< serves in `b` only
    moved,   ///< one posting of the expert ended, another one in its stead
    redated  ///< the same post on other days
};

template <>
struct Enumerators<PostingChangeKind> {
    static constexpr MessageText words[] = {{"ended", "结束派驻", "ended"},
                                            {"begun", "开始派驻", "begun"},
                                            {"moved", "调岗", "moved"},
                                            {"redated", "改期", "other days"}};
};

/// What happens to one posting on the way from one staffing to another.
struct PostingChange {
    PostingChangeKind kind = PostingChangeKind::moved;
    std::optional<Posting> was{};  ///< unset: begun
    std::optional<Posting> now{};  ///< unset: ended

    [[nodiscard]] const std::string& expert() const { return was ? was->expert : now->expert; }

    friend bool operator==(const PostingChange&, const PostingChange&) = default;
};

/// What one thing adds to a tier: an expert, a post, a county or a sender.
struct TierItem {
    Reference item{};
    Int128 a{};
    Int128 b{};

    friend bool operator==(const TierItem&, const TierItem&) = default;
};

/// The differences `b - a` of all items add up to that of the tier.
struct TierComparison {
    Tier tier = Tier::critical_shortfall;
    Int128 a{};
    Int128 b{};
    std::vector<TierItem> items{};  ///< those that add different amounts, in the order of the plan

    [[nodiscard]] Int128 difference() const { return b - a; }

    friend bool operator==(const TierComparison&, const TierComparison&) = default;
};

/// The fit of one expert's postings before and after, factor by factor. With several postings the points of a
/// factor are summed and its value is the sum of their values.
struct FitComparison {
    std::string expert{};
    std::vector<std::string> posts_a{};  ///< in the order of the staffing; empty: at home
    std::vector<std::string> posts_b{};
    FactorTable a{};
    FactorTable b{};

    /// What the change adds to fit.
    [[nodiscard]] std::int64_t difference() const;

    friend bool operator==(const FitComparison&, const FitComparison&) = default;
};

struct StaffingComparison {
    std::vector<PostingChange> changes{};  ///< by expert, then by the row in `a`, begun ones last
    std::vector<TierComparison> tiers{};   ///< in the order of the plan's objective
    std::vector<FitComparison> people{};   ///< those whose factors differ, in the order of the plan
    Digests digests{};                     ///< of the plan

    /// The first tier that differs: it decides which staffing is better. None: they are worth the same.
    [[nodiscard]] std::optional<Tier> decided_by() const;
    /// Whether `b` is better than `a` there.
    [[nodiscard]] bool is_better() const;

    friend bool operator==(const StaffingComparison&, const StaffingComparison&) = default;
};

/// What has to be done to turn `a` into `b`, from the edit script of the two: the first posting removed of an expert
/// and the first one added are one move, the second and the second, and so on; an order of rows that differs is no
/// change.
[[nodiscard]] std::vector<PostingChange> posting_changes(const Staffing& a, const Staffing& b);

/// Both staffings as they are, legal or not; postings of unknown people or posts are changes, but add nothing to
/// tiers. `given`: what the caller's factors add to fit, and the points of the caller's own tiers. Time O(n log n) in
/// postings and rows, plus the senders' people.
[[nodiscard]] StaffingComparison compare_staffings(const Plan& plan, const Staffing& a, const Staffing& b,
                                                   std::span<const GivenPair> given = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/comparison.hpp>
#endif
