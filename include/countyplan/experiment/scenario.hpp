// What would a plan be if fewer people came, quotas were tighter or other rules held?
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/plan/draft.hpp>
#include <countyplan/plan/plan.hpp>

namespace countyplan {

/// What is different from the plan. As it stands, nothing is.
struct Scenario {
    double drop_out = 0;  ///< share of experts who do not come, 0 … 1
    /// Experts on offer per expert of the plan, 0 … 10. Above 1 some come several times, as `ID.2` …, at home at
    /// present; below 1 some are not there.
    double supply = 1;
    double quotas = 1;        ///< factor of all upper quotas, 0 … 100, rounded down but never below the lower one
    double lower_quotas = 1;  ///< factor of the lower ones, 0 … 1, rounded down
    bool decisions = true;    ///< whether they are honoured
    bool pairings = true;     ///< whether required pairings bind
    std::map<std::string, std::int64_t> weights{};  ///< by `FitFactor`, in place of the plan's
    std::optional<Objective> objective{};           ///< in place of the plan's
    std::vector<std::string> without_rules{};       ///< ids of rules of the plan that do not hold

    friend bool operator==(const Scenario&, const Scenario&) = default;
};

/// The plan in a scenario. Who drops out and who is on offer is drawn for each expert by seed and id alone, so that two
/// scenarios with one seed differ only in what they say: whoever drops out at 0.1 also does at 0.2, whatever else is
/// different. With an expert go the rows that name nobody else (present postings, mentors, decisions, facts). A pure
/// function; same bytes on every machine. Throws `InvalidProblem` for a number out of range or a name that is not
/// known, `InvalidPlan` where the result is no sound plan.
[[nodiscard]] Plan in_scenario(const Plan& plan, const Scenario& scenario, std::uint64_t seed);

/// Which experts do not come at this seed: per row, whether. Nested: more of them at a greater `share`.
[[nodiscard]] std::vector<bool> drop_outs(const Plan& plan, double share, std::uint64_t seed);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_EXPERIMENT)
#include <countyplan/experiment/impl/scenario.hpp>
#endif
