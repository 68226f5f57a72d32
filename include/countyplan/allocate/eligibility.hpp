// May this expert serve in this post, and if not, why not and on which rule?
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// What stands between an expert and a post, in the order in which it is asked.
enum class RefusalKind { role, subject, title, years, availability, term, pairing, avoids, decision };

template <>
struct Enumerators<RefusalKind> {
    static constexpr MessageText words[] = {{"role", "岗位类别不符", "not of that role"},
                                            {"subject", "学科不符", "does not teach the subject"},
                                            {"title", "职称不够", "title too low"},
                                            {"years", "教龄不够", "too few years of service"},
                                            {"availability", "时间不合", "not available throughout"},
                                            {"term", "任期不够长", "not available for a full term"},
                                            {"pairing", "派出方另有指定结对", "sender bound to other receivers"},
                                            {"avoids", "须回避", "must stay clear of it"},
                                            {"decision", "已另有决定", "decided otherwise"}};
};

/// Why an expert may not serve in a post. `rule` is the id of the plan's rule, or the clause built in:
/// `post.role`, `post.subject`, `post.min_title`, `post.min_years`, `expert.available`,
/// `pairing.required`, `expert.avoids`; or the id of the plan's decision.
struct Refusal {
    RefusalKind kind = RefusalKind::role;
    Message reason{};
    std::string rule{};

    friend bool operator==(const Refusal&, const Refusal&) = default;
};

namespace detail {
struct EligibilityData;
}

/// Decides pairs of one plan. An expert may serve in a post when
/// - one of the expert's roles is the post's, and one of the subjects is too, if the post names one;
/// - title and years reach the post's `min_title` and `min_years`;
/// - the expert is available on every day that the post and the plan's period share;
/// - where a rule `principal_term` or `staff_term` of severity error holds on the post's first day, a
///   stated `available_to` leaves at least its `min_months` from that day;
/// - no sender from the expert's own up to the root has required pairings that hold on a day of the
///   post, or each one that has counts the post's school or county among them;
/// - the expert's `avoids` names neither the post nor its school nor its county. This is how a plan
///   says that somebody's interests conflict, so it binds; a mere dislike is left out of `prefers`;
/// - no decision speaks against it. `forbid`: the pair is of its `who` and `where`, and the post's period
///   meets its days. `require`: the expert is its `who`, and the post is not one of those. `keep`: the
///   expert is of its `who` and has a present posting in its `where` on its days, but in no such post.
///   `no_worse`: the same posting has a greater value of the factor `wish` than the post.
/// An immutable value that keeps its plan alive; safe to read from many threads.
class Eligibility {
  public:
    /// Time and memory linear in the plan, plus posts bits per sender with required pairings or forbidding
    /// decisions; time also decisions x (posts + postings).
    explicit Eligibility(Plan plan);

    [[nodiscard]] const Plan& plan() const;

    /// A few nanoseconds; no allocation.
    [[nodiscard]] bool is_eligible(Id<Expert> expert, Id<Post> post) const { return !first_refusal(expert, post); }
    /// The first thing that stands between them; no allocation.
    [[nodiscard]] std::optional<RefusalKind> first_refusal(Id<Expert> expert, Id<Post> post) const;
    /// Whether this thing stands between them, whatever else does; no allocation.
    [[nodiscard]] bool refuses(RefusalKind kind, Id<Expert> expert, Id<Post> post) const;

    /// The first refusal in words; nothing for an eligible pair.
    [[nodiscard]] std::optional<Refusal> refusal(Id<Expert> expert, Id<Post> post) const;
    /// All refusals in words, in the order of `RefusalKind`; empty for an eligible pair.
    [[nodiscard]] std::vector<Refusal> refusals(Id<Expert> expert, Id<Post> post) const;

    /// The first decision that obliges this expert to serve: `require`, or `keep` or `no_worse` where it
    /// finds a present posting.
    [[nodiscard]] std::optional<Id<Decision>> must_serve(Id<Expert> expert) const;

    /// All decisions against the pair, ascending; none where `refuses` says so of `RefusalKind::decision`.
    [[nodiscard]] std::vector<Id<Decision>> decisions_against(Id<Expert> expert, Id<Post> post) const;
    /// All decisions that oblige this expert to serve, ascending; the first is that of `must_serve`.
    [[nodiscard]] std::vector<Id<Decision>> decisions_obliging(Id<Expert> expert) const;

    /// The posts of one expert, ascending, appended to `out`. Looks only at posts of the expert's roles
    /// and subjects.
    void append_posts_of(Id<Expert> expert, std::vector<Id<Post>>& out) const;

  private:
    [[nodiscard]] Refusal explain(RefusalKind kind, Id<Expert> expert, Id<Post> post) const;

    std::shared_ptr<const detail::EligibilityData> data_;
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/eligibility.hpp>
#endif
