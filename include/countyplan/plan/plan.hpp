// What do all counties want, need and have, checked and for good?
#pragma once

#include <concepts>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <countyplan/plan/check.hpp>
#include <countyplan/plan/draft.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/fingerprint.hpp>
#include <countyplan/scalar/code.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

namespace detail {
struct PlanData;
}

/// A draft had errors. Carries all findings, warnings included.
class InvalidPlan : public std::invalid_argument {
  public:
    explicit InvalidPlan(Findings findings);
    [[nodiscard]] const Findings& findings() const { return findings_; }

  private:
    Findings findings_;
};

/// The programme of all counties (整体方案), checked and immutable; cheap to copy, and safe to read from
/// many threads. To change it: `draft()`, edit, `Plan(...)` again. References, spans and views
/// returned by a plan live as long as any copy of it.
class Plan {
  public:
    /// The empty plan.
    Plan();
    /// Throws `InvalidPlan` when `check(draft)` finds an error. Time O(n log n).
    explicit Plan(Draft draft);

    /// All rows as they were given; the id of a row is its position.
    [[nodiscard]] const Draft& rows() const;
    /// A copy to edit.
    [[nodiscard]] Draft draft() const { return rows(); }
    /// What the check had to say besides errors.
    [[nodiscard]] const Findings& warnings() const;
    [[nodiscard]] const Digests& digests() const;
    [[nodiscard]] const Fingerprint& fingerprint() const { return digests().plan; }

    /// The row of that id (for a county: its code), or an empty `Id`. Time O(log n).
    template <class Row>
    [[nodiscard]] Id<Row> find(std::string_view key) const;

    // What a row refers to. An empty `Id` where the field is empty.
    [[nodiscard]] Id<Sender> parent_of(Id<Sender> sender) const;
    [[nodiscard]] Id<Sender> sender_of(Id<Expert> expert) const;
    [[nodiscard]] Id<County> county_of(Id<School> school) const;
    [[nodiscard]] Id<School> school_of(Id<Post> post) const;
    [[nodiscard]] Id<County> county_of(Id<Post> post) const { return county_of(school_of(post)); }
    [[nodiscard]] Id<School> school_of(Id<Teacher> teacher) const;
    [[nodiscard]] Id<County> county_of(Id<Goal> goal) const;
    [[nodiscard]] Id<Goal> parent_of(Id<Goal> goal) const;
    [[nodiscard]] Id<Goal> goal_of(Id<Indicator> indicator) const;
    [[nodiscard]] Id<Goal> goal_of(Id<Task> task) const;
    [[nodiscard]] Id<County> county_of(Id<Task> task) const;
    [[nodiscard]] Id<Task> predecessor_of(Id<Link> link) const;
    [[nodiscard]] Id<Task> successor_of(Id<Link> link) const;
    [[nodiscard]] Id<Expert> expert_of(Id<Posting> posting) const;
    [[nodiscard]] Id<Post> post_of(Id<Posting> posting) const;

    // What refers to a row, in id order.
    [[nodiscard]] std::span<const Id<School>> schools_of(Id<County> county) const;
    [[nodiscard]] std::span<const Id<Post>> posts_of(Id<School> school) const;
    [[nodiscard]] std::span<const Id<Teacher>> teachers_of(Id<School> school) const;
    [[nodiscard]] std::span<const Id<Expert>> experts_of(Id<Sender> sender) const;
    [[nodiscard]] std::span<const Id<Goal>> goals_of(Id<County> county) const;
    [[nodiscard]] std::span<const Id<Goal>> subgoals_of(Id<Goal> goal) const;
    [[nodiscard]] std::span<const Id<Indicator>> indicators_of(Id<Goal> goal) const;
    [[nodiscard]] std::span<const Id<Task>> tasks_of(Id<Goal> goal) const;
    [[nodiscard]] std::span<const Id<Task>> tasks_of(Id<County> county) const;

    // When: an unset date becomes the plan's.
    [[nodiscard]] Period period_of(Id<Post> post) const;
    [[nodiscard]] Period availability_of(Id<Expert> expert) const;

    /// Equal rows, facts and staffing included.
    friend bool operator==(const Plan& a, const Plan& b) { return a.data_ == b.data_ || a.rows() == b.rows(); }

  private:
    std::shared_ptr<const detail::PlanData> data_;
};

/// The plan of one county (一县一方案): a view that keeps its plan alive. Spans live as long as the view.
class CountyPlan {
  public:
    CountyPlan(Plan plan, Id<County> county) : plan_(std::move(plan)), county_(county) {}

    [[nodiscard]] const Plan& plan() const { return plan_; }
    [[nodiscard]] Id<County> id() const { return county_; }
    [[nodiscard]] const County& county() const { return plan_.rows().counties[county_]; }
    [[nodiscard]] std::span<const Id<School>> schools() const { return plan_.schools_of(county_); }
    [[nodiscard]] std::span<const Id<Goal>> goals() const { return plan_.goals_of(county_); }
    [[nodiscard]] std::span<const Id<Task>> tasks() const { return plan_.tasks_of(county_); }

    friend bool operator==(const CountyPlan&, const CountyPlan&) = default;

  private:
    Plan plan_;
    Id<County> county_;
};

}  // namespace countyplan

#include <countyplan/plan/impl/plan.hpp>
#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_PLAN)
#include <countyplan/plan/impl/plan_data.hpp>
#endif
