// How does the cheapest flow change when a cost, a bound or a supply does?
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <countyplan/solve/impl/residual_network.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan {

/// A flow and potentials to start from, as of a similar problem. Either may be empty, which means zero, and
/// both may be wrong: the nearer they are, the less there is to do.
struct MinCostFlowStart {
    std::vector<std::int64_t> flow = {};  ///< per arc
    Potentials potentials = {};           ///< per node and tier

    friend bool operator==(const MinCostFlowStart&, const MinCostFlowStart&) = default;
};

/// A problem kept together with its best flow and prices. Changes are cheap to state; `repair` then sends
/// only what they displaced, along shortest ways. A regular value; not to be shared while it changes.
/// Memory about 120 bytes per arc beside the problem.
class RepairableFlow {
  public:
    /// Nothing is solved yet: the first `repair` does that with `options`. Throws `InvalidProblem`.
    explicit RepairableFlow(MinCostFlowProblem problem, const MinCostFlowOptions& options = {});

    /// Throws `InvalidProblem`, also if a length of `start` is wrong.
    RepairableFlow(MinCostFlowProblem problem, const MinCostFlowStart& start, const MinCostFlowOptions& options = {});

    [[nodiscard]] const MinCostFlowProblem& problem() const { return problem_; }

    /// Each throws `InvalidProblem`, and changes nothing, if the changed problem were not as described.
    void change_cost(std::size_t arc, std::span<const std::int64_t> cost);
    void change_bounds(std::size_t arc, std::int64_t lower, std::int64_t upper);
    void change_supply(std::size_t node, std::int64_t supply);
    /// The new arc's number; the next repair lays the network out anew, O(arcs * tiers).
    std::size_t add_arc(std::uint32_t tail, std::uint32_t head, std::int64_t lower, std::int64_t upper,
                        std::span<const std::int64_t> cost);

    /// Brings the flow up to date. Exact; a stopped repair (`unknown`) goes on when called again. Where an arc
    /// without upper bound would gain, or numbers are too wide, the problem is solved from the start.
    Termination repair(const Stop& stop = {}, const Progress& progress = {});

    /// What the last repair found, with its certificate as `solve` gives it; unknown after an edit.
    /// O(arcs * tiers).
    [[nodiscard]] MinCostFlowResult result() const;
    /// After a repair that ended `optimal`; O(1).
    [[nodiscard]] std::int64_t flow(std::size_t arc) const;

  private:
    using Network = detail::ResidualNetwork<detail::int128, std::int64_t>;

    /// Throws `InvalidProblem` if a length of `start` is wrong.
    void lay_out(const MinCostFlowStart& start, detail::Watch& watch);
    void lay_out(std::span<const std::int64_t> flow, const Potentials& potentials, detail::Watch& watch);
    void lay_out_again(detail::Watch& watch);
    void forget_answer();
    void put_in_order(std::uint32_t place);
    void send(std::uint32_t place, std::int64_t amount);
    [[nodiscard]] std::uint32_t tail_of(std::uint32_t place) const;
    [[nodiscard]] bool is_loop(std::size_t arc) const { return problem_.tail[arc] == problem_.head[arc]; }
    [[nodiscard]] detail::int128 fold(const std::int64_t* cost) const;
    void examine_arc(std::uint32_t tail, std::uint32_t head, std::int64_t lower, std::int64_t upper,
                     std::span<const std::int64_t> cost) const;
    Termination start_over(const Stop& stop, const Progress& progress);

    friend MinCostFlowResult solve_from(const MinCostFlowProblem& problem, const MinCostFlowStart& start,
                                        const MinCostFlowOptions& options, const Stop& stop, const Progress& progress);

    MinCostFlowProblem problem_;
    MinCostFlowOptions options_;
    MinCostFlowResult result_;  ///< without flow, cost and potentials where the network holds them
    Network network_;
    std::vector<std::uint32_t> place_;    ///< per arc: its number in the network
    std::vector<std::int64_t> widest_;    ///< per tier: the largest cost that the weights allow for
    std::vector<detail::int128> weight_;  ///< per tier
    detail::int128 width_ = 0;            ///< sum of all bounds and supplies, and of what a start brings
    bool is_cold_ = true;                 ///< the network holds nothing of use
    bool is_stale_ = false;               ///< the network must be laid out anew
    bool is_kept_ = false;                ///< the network holds the answer
};

/// Solves from `start`, all that it displaces along shortest ways; fast where little has changed. Throws as
/// `RepairableFlow` does. Returns from a stop within 50 ms up to about 2 million arcs.
[[nodiscard]] MinCostFlowResult solve_from(const MinCostFlowProblem& problem, const MinCostFlowStart& start,
                                           const MinCostFlowOptions& options = {}, const Stop& stop = {},
                                           const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_REPAIRABLE_FLOW)
#include <countyplan/solve/impl/repairable_flow.hpp>
#endif
