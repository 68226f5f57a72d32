// What would one unit more or less of a bound be worth, and how far may a cost move before the flow must change?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include <countyplan/solve/proof/min_cost_flow.hpp>

namespace countyplan {

/// What moving a bound by one unit does to the least cost. The least cost is convex and piecewise linear in
/// the bound, so the change per unit is the same for at least `step` units.
struct UnitValue {
    static constexpr std::int64_t without_end = std::numeric_limits<std::int64_t>::max();

    bool is_possible = false;               ///< false: no flow is left then, or the bounds would cross
    std::vector<std::int64_t> change = {};  ///< per tier, new least cost minus old; empty unless possible
    std::int64_t step = 0;                  ///< `without_end`: for any number of units

    friend bool operator==(const UnitValue&, const UnitValue&) = default;
};

/// Left and right values of both bounds of one arc, and its cost range.
struct ArcSensitivity {
    UnitValue upper_less = {}, upper_more = {};  ///< an unlimited arc has neither
    UnitValue lower_less = {}, lower_more = {};
    /// The given flow stays a best one exactly while the arc's cost vector lies lexicographically between
    /// these, all else unchanged; unset: no limit on that side.
    std::optional<std::vector<std::int64_t>> least_cost = std::nullopt, most_cost = std::nullopt;

    friend bool operator==(const ArcSensitivity&, const ArcSensitivity&) = default;
};

/// The questions of one best flow, each answered by two shortest ways in its residual network. Refers to
/// the problem and the result, which must outlive it. Memory 8 bytes per arc, 8 + 24 * tiers per node.
class FlowSensitivity {
  public:
    /// Throws `InvalidProblem` unless `verify` accepts `result` as optimal (place `result`), or if potentials
    /// lie outside ±2^60 (place `potential`). O(arcs * tiers).
    FlowSensitivity(const MinCostFlowProblem& problem, const MinCostFlowResult& result);

    /// O(arcs * tiers * log nodes); as a rule it looks only around the arc.
    [[nodiscard]] ArcSensitivity arc(std::size_t arc);

  private:
    struct Way {
        std::vector<std::int64_t> cost;
        std::int64_t room;
    };

    [[nodiscard]] std::optional<Way> shortest(std::uint32_t from, std::uint32_t to, std::size_t without);
    template <std::size_t Width>
    [[nodiscard]] std::optional<Way> shortest_of(std::uint32_t from, std::uint32_t to, std::size_t without);
    [[nodiscard]] std::int64_t room(std::size_t arc, bool along) const;

    const MinCostFlowProblem* problem_;
    const MinCostFlowResult* result_;
    const Potentials* potentials_;
    std::vector<std::size_t> first_;   ///< per node and one more, into `arcs_`
    std::vector<std::uint32_t> arcs_;  ///< the arcs at each node, both ways
    std::vector<std::uint32_t> by_;    ///< per node: the arc that a search reached it by
    std::vector<std::uint8_t> state_;  ///< per node, cleared after each search
    std::vector<std::int64_t> distance_;
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_FLOW_SENSITIVITY)
#include <countyplan/solve/impl/flow_sensitivity.hpp>
#endif
