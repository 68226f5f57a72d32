// Which rules does a staffing break, whoever made it, and which two would both rather have it otherwise?
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/staffing.hpp>

namespace countyplan {

struct AuditOptions {
    std::size_t blocking_pairs = 100;  ///< listed at most
    std::vector<GivenPair> given{};    ///< what the caller's rules said of pairs

    friend bool operator==(const AuditOptions&, const AuditOptions&) = default;
};

/// An expert and a post that may have each other and would both be better off: the expert is at home, or wishes for
/// the post more than for the own one (by the factor wish, then by fit); the post is below `max`, or its worst-fitting
/// person fits less well. Decisions and quotas allow the change: the expert goes there, `displaced` goes home.
struct BlockingPair {
    std::string expert{};
    std::string post{};
    std::string present{};    ///< the expert's post now; empty: at home
    std::string displaced{};  ///< who would have to leave; empty: there is room

    friend bool operator==(const BlockingPair&, const BlockingPair&) = default;
};

struct Audit {
    /// What is wrong, in the order of the staffing's rows, then of the plan's tables. Errors: a hard rule is broken.
    /// `place` is the row of the staffing, or the row of the plan whose limit is passed; `rule` the rule's, quota's or
    /// decision's id, or the clause built in (`staffing.expert`, `staffing.post`, `staffing.once`, `staffing.dates`,
    /// those of `Refusal`, `post.max`, `sender.quota_total` and so on). Notes: posts below `min`, under `post.min`, and
    /// couplings broken that have a price. Last, under `staffing.given`, the pairs that the caller's rules refuse.
    Findings findings{};
    /// Per finding, by how much: people above or below a limit; days of dates that differ or are not served; months of
    /// a term, years of service, ranks of title that lack. 0 where nothing is counted.
    std::vector<std::int64_t> amounts{};
    std::vector<TierValue> tiers{};  ///< what the staffing is worth, legal or not: as `tier_values`
    std::size_t blocking_count = 0;
    std::vector<BlockingPair> blocking{};  ///< the first of them, by expert, then post
    Digests digests{};                     ///< of the plan; `staffing` is that of the plan's own

    friend bool operator==(const Audit&, const Audit&) = default;
};

/// Holds any staffing against the plan, from the definitions, without a solver:
/// - each posting names an expert and a post that exist, each expert once, for the post's own dates;
/// - the expert is eligible: every refusal is a finding under its own rule;
/// - no post is above `max`, no sender above a quota, no `Quota` outside its bounds (a person counts once at a post);
/// - every `Decision` is honoured, as `Eligibility` understands it: no pair that a decision refuses, told at the row of
///   the staffing, and nobody at home who must serve, told at the decision;
/// - every `Coupling` is kept in every place: an error where it must be, a note where its breach has a price;
/// - the rules of the plan that speak of postings, judged on this staffing, in their own severity.
/// Never throws for wrong data. Time: linear in the plan and the staffing, plus one look at each eligible pair.
[[nodiscard]] Audit audit(const Plan& plan, const Staffing& staffing, const AuditOptions& options = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/audit.hpp>
#endif
