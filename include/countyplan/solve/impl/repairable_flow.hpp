// Keeps a residual network in order: only what a change displaces becomes an excess to be served.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/residual_solve.hpp>
#include <countyplan/solve/impl/shortest_augmentation.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/repairable_flow.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan {

namespace detail {

/// A capacity for arcs without upper bound that sums of kept flows do not reach.
inline constexpr std::int64_t kept_without_end = std::int64_t{1} << 61;

/// All bounds, supplies and flows of a start together stay below this, so that no sum of them overflows.
inline constexpr int128 widest_kept = kept_without_end / 4;

inline int128 size_of(std::int64_t number) { return number < 0 ? -int128{number} : int128{number}; }

/// What an arc adds to the sum of all that can flow.
inline int128 width_of_bounds(std::int64_t lower, std::int64_t upper) {
    return size_of(lower) + (upper == MinCostFlowProblem::unlimited ? 0 : size_of(upper));
}

/// What is left of a limit that ran from `begin` on; 0 or less if nothing is.
inline std::chrono::nanoseconds time_left(std::chrono::nanoseconds limit, std::chrono::steady_clock::time_point begin) {
    return std::max(limit, std::chrono::nanoseconds(0)) - (std::chrono::steady_clock::now() - begin);
}

[[noreturn]] inline void refuse_change(Message why, std::string place) {
    throw InvalidProblem(std::move(why), std::move(place));
}

}  // namespace detail

COUNTYPLAN_INLINE RepairableFlow::RepairableFlow(MinCostFlowProblem problem, const MinCostFlowOptions& options)
    : problem_(std::move(problem)), options_(options) {
    if (Verdict v = examine(problem_); !v.accepted) detail::refuse_change(std::move(v.why), std::move(v.place));
}

COUNTYPLAN_INLINE RepairableFlow::RepairableFlow(MinCostFlowProblem problem, const MinCostFlowStart& start,
                                                 const MinCostFlowOptions& options)
    : RepairableFlow(std::move(problem), options) {
    const Stop no_stop;
    const Progress no_progress;
    detail::Watch watch(no_stop, no_progress);
    lay_out(start, watch);
}

COUNTYPLAN_INLINE void RepairableFlow::lay_out(const MinCostFlowStart& start, detail::Watch& watch) {
    const auto length = [](std::size_t found, std::size_t needed, const char* field) {
        if (Verdict v = detail::check_length(found, needed, field); found != 0 && !v.accepted)
            detail::refuse_change(std::move(v.why), std::move(v.place));
    };
    length(start.flow.size(), problem_.arcs(), "flow");
    length(start.potentials.value.size(), problem_.nodes * problem_.tiers, "potential");
    lay_out(start.flow, start.potentials, watch);
}

COUNTYPLAN_INLINE detail::int128 RepairableFlow::fold(const std::int64_t* cost) const {
    detail::int128 sum = 0;
    for (std::size_t tier = 0; tier < problem_.tiers; ++tier)
        sum += weight_[tier] * cost[tier];
    return sum;
}

COUNTYPLAN_INLINE std::uint32_t RepairableFlow::tail_of(std::uint32_t place) const {
    return network_.in[network_.slot[place]].tail;
}

/// Leaves the network cold if numbers are too wide for it, or if stopped.
COUNTYPLAN_INLINE void RepairableFlow::lay_out(std::span<const std::int64_t> flow, const Potentials& potentials,
                                               detail::Watch& watch) {
    is_stale_ = is_kept_ = false;
    is_cold_ = true;
    if (watch.stopped()) return;
    const std::size_t tiers = problem_.tiers;
    // weights with room for costs twice as large
    widest_.assign(tiers, 1);
    for (std::size_t i = 0; i < problem_.cost.size(); ++i) {
        const std::int64_t cost = problem_.cost[i];
        widest_[i % tiers] = std::max(widest_[i % tiers], cost < 0 ? -cost : cost);
        if (watch.spend(1)) return;
    }
    std::vector<detail::int128> reach;
    for (std::int64_t& widest : widest_) {
        widest *= 2;
        reach.push_back(detail::int128{widest} * static_cast<std::int64_t>(problem_.nodes + 1));
    }
    auto weights = detail::tier_weights(reach, detail::int128{1} << 118);
    if (!weights) return;
    weight_ = std::move(weights->tier);
    width_ = 0;
    for (const std::int64_t supply : problem_.supply)
        width_ += detail::size_of(supply);
    for (std::size_t a = 0; a < problem_.arcs(); ++a) {
        width_ += detail::width_of_bounds(problem_.lower[a], problem_.upper[a]);
        if (watch.spend(1)) return;
    }
    if (width_ >= detail::widest_kept) return;
    const detail::FlowExtent extent{.fits = true, .widest = 0, .unlimited = detail::kept_without_end};
    network_ = detail::residual_network<detail::int128, std::int64_t>(
        problem_, [this, tiers](std::size_t arc) { return fold(&problem_.cost[arc * tiers]); }, extent, true, watch);
    if (watch.stopped()) return;
    place_.assign(problem_.arcs(), 0);
    for (std::uint32_t k = 0; k < network_.arcs(); ++k) {
        place_[network_.original[k]] = k;
        if (watch.spend(1)) return;
    }
    if (!potentials.value.empty()) {
        constexpr detail::int128 most = Network::most_price / 4;
        for (std::uint32_t v = 0; v < network_.nodes(); ++v) {
            detail::int128 price = 0;
            for (std::size_t tier = 0; tier < tiers; ++tier) {
                detail::int128 part = 0;
                if (__builtin_mul_overflow(weight_[tier], detail::int128{potentials.value[v * tiers + tier]}, &part) ||
                    part > most || part < -most) {
                    return;
                }
                price -= part;
            }
            if (price > most || price < -most) return;
            network_.price[v] = price;
        }
    }
    is_cold_ = false;
    for (std::uint32_t k = 0; k < network_.arcs(); ++k) {
        if (watch.spend(8)) {
            is_cold_ = true;
            return;
        }
        const std::size_t arc = network_.original[k];
        if (!flow.empty()) {
            const std::int64_t kept = std::clamp(flow[arc], problem_.lower[arc], problem_.upper[arc]);
            const detail::int128 above = detail::int128{kept} - problem_.lower[arc];
            if (problem_.upper[arc] == MinCostFlowProblem::unlimited) width_ += above;
            if (width_ >= detail::widest_kept) {
                is_cold_ = true;
                return;
            }
            if (above > 0) send(k, static_cast<std::int64_t>(above));
        }
        put_in_order(k);
    }
}

COUNTYPLAN_INLINE void RepairableFlow::lay_out_again(detail::Watch& watch) {
    std::vector<std::int64_t> flow(problem_.arcs(), 0);
    for (std::size_t a = 0; a < place_.size(); ++a)
        flow[a] = problem_.lower[a] + (is_loop(a) ? 0 : network_.flow[place_[a]]);
    for (std::size_t a = place_.size(); a < flow.size(); ++a)
        flow[a] = problem_.lower[a];
    const Potentials potentials = detail::residual_potentials(problem_, network_);
    lay_out(flow, potentials, watch);
}

COUNTYPLAN_INLINE void RepairableFlow::send(std::uint32_t place, std::int64_t amount) {
    network_.push(tail_of(place), place, amount);
}

/// Full where it gains, empty where it loses.
COUNTYPLAN_INLINE void RepairableFlow::put_in_order(std::uint32_t place) {
    const auto entry = network_.in[network_.slot[place]];
    const std::uint32_t head = network_.out[place].head;
    const detail::int128 reduced = entry.cost + network_.price[head] - network_.price[entry.tail];
    if (reduced < 0 && network_.room(place) > 0) {
        if (problem_.upper[network_.original[place]] == MinCostFlowProblem::unlimited) {
            is_cold_ = true;  // perhaps an endless gain
        } else {
            send(place, network_.room(place));
        }
    } else if (reduced > 0 && network_.flow[place] > 0) {
        network_.send_back(head, network_.slot[place], network_.flow[place]);
    }
}

COUNTYPLAN_INLINE void RepairableFlow::examine_arc(std::uint32_t tail, std::uint32_t head, std::int64_t lower,
                                                   std::int64_t upper, std::span<const std::int64_t> cost) const {
    MinCostFlowProblem one{.nodes = problem_.nodes, .tiers = problem_.tiers};
    one.supply.assign(one.nodes, 0);
    one.tail = {tail};
    one.head = {head};
    one.lower = {lower};
    one.upper = {upper};
    one.cost.assign(cost.begin(), cost.end());
    if (Verdict v = examine(one); !v.accepted) detail::refuse_change(std::move(v.why), std::move(v.place));
}

COUNTYPLAN_INLINE void RepairableFlow::forget_answer() {
    is_kept_ = false;
    result_ = {};
}

COUNTYPLAN_INLINE void RepairableFlow::change_cost(std::size_t arc, std::span<const std::int64_t> cost) {
    const std::size_t tiers = problem_.tiers;
    if (arc >= problem_.arcs()) {
        detail::refuse_change({message::proof_no_such_item, {to_text(arc), to_text(problem_.arcs())}}, "arc");
    }
    examine_arc(0, 0, 0, 0, cost);
    std::copy(cost.begin(), cost.end(), problem_.cost.begin() + static_cast<std::ptrdiff_t>(arc * tiers));
    forget_answer();
    if (is_cold_ || arc >= place_.size()) return;
    for (std::size_t tier = 0; tier < tiers; ++tier) {
        if (cost[tier] > widest_[tier] || cost[tier] < -widest_[tier]) is_cold_ = true;  // the weights are too small
    }
    if (is_loop(arc) || is_cold_) return;
    const std::uint32_t k = place_[arc];
    const detail::int128 folded = fold(cost.data());
    network_.in[network_.slot[k]].cost = folded;
    if (network_.out[k].cost != Network::closed) network_.out[k].cost = folded;
    put_in_order(k);
}

COUNTYPLAN_INLINE void RepairableFlow::change_bounds(std::size_t arc, std::int64_t lower, std::int64_t upper) {
    constexpr std::int64_t unlimited = MinCostFlowProblem::unlimited;
    if (arc >= problem_.arcs()) {
        detail::refuse_change({message::proof_no_such_item, {to_text(arc), to_text(problem_.arcs())}}, "arc");
    }
    if (lower == std::numeric_limits<std::int64_t>::min() || lower == unlimited) {
        detail::refuse_change(
            {message::solve_out_of_range,
             {to_text(lower), to_text(std::numeric_limits<std::int64_t>::min() + 1), to_text(unlimited - 1)}},
            "lower");
    }
    if (upper < lower)
        detail::refuse_change({message::solve_crossed_bounds, {to_text(upper), to_text(lower)}}, "upper");
    const std::int64_t old_lower = problem_.lower[arc];
    width_ += detail::width_of_bounds(lower, upper) - detail::width_of_bounds(old_lower, problem_.upper[arc]);
    problem_.lower[arc] = lower;
    problem_.upper[arc] = upper;
    forget_answer();
    if (is_cold_ || arc >= place_.size() || is_loop(arc)) return;
    if (width_ >= detail::widest_kept) {
        is_cold_ = true;
        return;
    }
    const std::uint32_t k = place_[arc], head = network_.out[k].head, tail = tail_of(k);
    const std::int64_t above = network_.flow[k], kept = std::clamp(old_lower + above, lower, upper);
    if (above > 0) network_.send_back(head, network_.slot[k], above);
    network_.excess[tail] += old_lower - lower;
    network_.excess[head] -= old_lower - lower;
    network_.capacity[k] = upper == unlimited ? detail::kept_without_end : upper - lower;
    network_.out[k].cost = network_.capacity[k] == 0 ? Network::closed : network_.in[network_.slot[k]].cost;
    if (kept > lower) send(k, kept - lower);
    put_in_order(k);
}

COUNTYPLAN_INLINE void RepairableFlow::change_supply(std::size_t node, std::int64_t supply) {
    if (node >= problem_.nodes) {
        detail::refuse_change({message::solve_no_such_node, {to_text(node), to_text(problem_.nodes)}}, "node");
    }
    if (supply == std::numeric_limits<std::int64_t>::min()) {
        detail::refuse_change({message::solve_out_of_range,
                               {to_text(supply), to_text(supply + 1), to_text(MinCostFlowProblem::unlimited)}},
                              "supply");
    }
    const std::int64_t old = std::exchange(problem_.supply[node], supply);
    forget_answer();
    if (is_cold_) return;
    width_ += detail::size_of(supply) - detail::size_of(old);
    if (width_ >= detail::widest_kept) {
        is_cold_ = true;
        return;
    }
    network_.excess[node] += supply - old;
}

COUNTYPLAN_INLINE std::size_t RepairableFlow::add_arc(std::uint32_t tail, std::uint32_t head, std::int64_t lower,
                                                      std::int64_t upper, std::span<const std::int64_t> cost) {
    examine_arc(tail, head, lower, upper, cost);
    problem_.tail.push_back(tail);
    problem_.head.push_back(head);
    problem_.lower.push_back(lower);
    problem_.upper.push_back(upper);
    problem_.cost.insert(problem_.cost.end(), cost.begin(), cost.end());
    is_stale_ = true;
    forget_answer();
    return problem_.arcs() - 1;
}

COUNTYPLAN_INLINE Termination RepairableFlow::start_over(const Stop& stop, const Progress& progress) {
    detail::Watch watch(stop, progress);
    result_ = solve(problem_, options_, stop, progress);
    if (result_.termination == Termination::optimal) {
        lay_out(result_.flow, std::get<Potentials>(result_.certificate), watch);
        is_kept_ = false;  // `result_` itself holds the answer
    }
    return result_.termination;
}

COUNTYPLAN_INLINE Termination RepairableFlow::repair(const Stop& stop, const Progress& progress) {
    const auto begin = std::chrono::steady_clock::now();
    detail::Watch watch(stop, progress);
    if (is_stale_ && !is_cold_) lay_out_again(watch);
    for (std::size_t a = 0; a < problem_.arcs() && !is_cold_; ++a) {
        if (!is_loop(a) || problem_.upper[a] != MinCostFlowProblem::unlimited) continue;
        if (fold(&problem_.cost[a * problem_.tiers]) < 0) is_cold_ = true;
    }
    const auto start_anew = [&] {
        Stop rest = stop;
        if (rest.time_limit) rest.time_limit = detail::time_left(*rest.time_limit, begin);
        return start_over(rest, progress);
    };
    if (is_cold_) return start_anew();
    MinCostFlowResult result;
    detail::int128 balance = 0;
    for (const std::int64_t supply : problem_.supply)
        balance += supply;
    detail::ShortestAugmentation<detail::int128, std::int64_t> paths(network_, watch, result.steps);
    const auto pass =
        balance != 0 ? detail::FlowPass::infeasible : paths.run([&] { return Tick{.steps = result.steps}; });
    if (pass == detail::FlowPass::too_large) is_cold_ = true;  // some prices are raised, others not
    if (is_cold_) return start_anew();
    if (pass == detail::FlowPass::stopped) {
        result.cause = watch.cause();
    } else if (pass == detail::FlowPass::infeasible) {
        ViolatedCut cut{paths.cut()};
        for (std::uint32_t v = 0; balance != 0 && v < problem_.nodes; ++v)
            cut.nodes.push_back(v);
        result.certificate = std::move(cut);
        detail::settle(result, Termination::infeasible);
    } else {
        detail::settle(result, Termination::optimal);
        is_kept_ = true;
    }
    result_ = std::move(result);
    return result_.termination;
}

COUNTYPLAN_INLINE MinCostFlowResult RepairableFlow::result() const {
    MinCostFlowResult result = result_;
    if (!is_kept_ || result.termination != Termination::optimal) return result;
    detail::read_flow(
        problem_, [this](std::size_t arc) { return fold(&problem_.cost[arc * problem_.tiers]); }, network_,
        network_.flow, result);
    result.certificate = detail::residual_potentials(problem_, network_);
    return result;
}

COUNTYPLAN_INLINE std::int64_t RepairableFlow::flow(std::size_t arc) const {
    COUNTYPLAN_EXPECT(result_.termination == Termination::optimal, "no flow is known: repair first");
    if (!is_kept_) return result_.flow[arc];
    if (!is_loop(arc)) return problem_.lower[arc] + network_.flow[place_[arc]];
    return fold(&problem_.cost[arc * problem_.tiers]) < 0 ? problem_.upper[arc] : problem_.lower[arc];
}

COUNTYPLAN_INLINE MinCostFlowResult solve_from(const MinCostFlowProblem& problem, const MinCostFlowStart& start,
                                               const MinCostFlowOptions& options, const Stop& stop,
                                               const Progress& progress) {
    const auto begin = std::chrono::steady_clock::now();
    detail::Watch watch(stop, progress);
    RepairableFlow kept(problem, options);
    kept.lay_out(start, watch);
    Stop rest = stop;
    if (rest.time_limit) rest.time_limit = detail::time_left(*rest.time_limit, begin);
    (void)kept.repair(rest, progress);
    return kept.result();
}

}  // namespace countyplan
