// What should the reader of a whole programme see?
#pragma once

#include <span>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/fairness_price.hpp>
#include <countyplan/allocate/fulfilment.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/report/table.hpp>
#include <countyplan/track/track.hpp>

namespace countyplan {

/// One row per county; one column per role whose posts name no subject, then one per subject whatever the
/// role, then the sum: people in place / wished for.
[[nodiscard]] ReportTable coverage_table(const Plan& plan, std::span<const Fulfilment> fulfilment);

/// Who serves where, by county, school and post.
[[nodiscard]] ReportTable staffing_table(const Plan& plan, const Staffing& staffing);

/// Posts below target with the reason and its numbers.
[[nodiscard]] ReportTable unfilled_table(const Plan& plan, const Allocation& allocation);

/// The bounds that cannot hold together, of an infeasible allocation.
[[nodiscard]] ReportTable conflict_table(const Plan& plan, const Allocation& allocation);

/// The rules that speak of who serves where, those that an allocation keeps and those that it does not heed.
[[nodiscard]] ReportTable rule_table(const Plan& plan);

/// A tier as a title: by the caller's name where it has one.
[[nodiscard]] Message tier_title(Tier tier, const UserTierNames& names);

/// Each tier with and without fairness between counties. `names`: of the caller's own tiers.
[[nodiscard]] ReportTable fairness_table(const FairnessPrice& price, const UserTierNames& names = {});

/// What the caller's own factors give to the postings, and what their uncertainty keeps back.
struct PointsGiven {
    Int128 points{};
    Int128 doubt{};

    friend bool operator==(const PointsGiven&, const PointsGiven&) = default;
};
[[nodiscard]] PointsGiven points_given(const Allocation& allocation);

/// Tasks of all counties with early and late dates, float and whether they are critical.
[[nodiscard]] ReportTable timeline_table(const Plan& plan, const Tracking& tracking);

/// Progress and coverage of provinces, counties and goals.
[[nodiscard]] ReportTable province_table(const Plan& plan, const Tracking& tracking);
[[nodiscard]] ReportTable county_table(const Plan& plan, const Tracking& tracking);
[[nodiscard]] ReportTable goal_table(const Plan& plan, const Tracking& tracking);

/// Each cause of each county that is red, amber or grey; what is red comes first.
[[nodiscard]] ReportTable warning_table(const Plan& plan, const Tracking& tracking);

/// Rates of provinces and counties, all together and group by group.
[[nodiscard]] ReportTable rate_table(const Plan& plan, const Tracking& tracking);

[[nodiscard]] ReportTable finding_table(std::span<const Finding> findings);

/// The whole report; a part that is not given is left out. `findings` are the check's and, where
/// tracking is given, its own come after them. `fairness` goes with the allocation.
[[nodiscard]] Report portfolio(const Plan& plan, const Allocation* allocation, const Tracking* tracking,
                               std::span<const Finding> findings, const FairnessPrice* fairness = nullptr);

}  // namespace countyplan
