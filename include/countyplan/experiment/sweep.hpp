// What is measured at each point of a grid of scenarios and mechanisms?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/allocate/mechanism.hpp>
#include <countyplan/experiment/point.hpp>
#include <countyplan/experiment/scenario.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

/// Every combination of the values of each parameter, the last name fastest, each at every seed. Names: `mechanism` (of
/// `Mechanism`; without it `optimal`) and those of scenarios: `drop_out`, `supply`, `quotas`, `lower_quotas`,
/// `decisions`, `pairings`, `objective` (tiers joined by `;`), `weight.<factor>` and `rule.<id>` (false: left out).
struct ExperimentGrid {
    std::vector<std::pair<std::string, std::vector<PointValue>>> values{};
    std::vector<std::uint64_t> seeds{};

    friend bool operator==(const ExperimentGrid&, const ExperimentGrid&) = default;
};

/// The points of a grid in order, seeds innermost.
[[nodiscard]] std::vector<ExperimentPoint> points_of(const ExperimentGrid& grid);

/// What the parameters say about the plan. Throws `InvalidProblem`, whose place is the parameter, for a name or value
/// that means nothing.
[[nodiscard]] Scenario scenario_of(const NamedValues& parameters);

/// The mechanism that the parameters name; `optimal` where they name none. Throws `InvalidProblem` likewise.
[[nodiscard]] Mechanism mechanism_of(const NamedValues& parameters);

/// Runs points of one plan one after another. What a mechanism measured, as a row: `termination`, the measures by name,
/// `tier_<name>` for each tier (a text where it leaves 64 bits) and `rules_broken`; of a plan without staffing
/// `termination` alone. Keeps the last scenario, so that its mechanisms share a plan.
class PointRunner {
  public:
    explicit PointRunner(Plan plan) : base_(std::move(plan)) {}

    /// A row, or in its place what went wrong; throws only for want of memory. A point that is stopped has no row:
    /// nothing is returned.
    [[nodiscard]] std::optional<std::variant<NamedValues, PointError>> run(const ExperimentPoint& point,
                                                                           const Stop& stop = {});

  private:
    Plan base_;
    Plan plan_{};
    std::optional<std::pair<Scenario, std::uint64_t>> held_{};  ///< what `plan_` is
};

/// The part of the points that is worked on by shard `index` of `count`, 1 … count: every count-th one.
[[nodiscard]] std::vector<ExperimentPoint> shard_of(const std::vector<ExperimentPoint>& points, std::uint64_t index,
                                                    std::uint64_t count);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_EXPERIMENT)
#include <countyplan/experiment/impl/sweep.hpp>
#endif
