// Shortest ways round one arc in the residual network, with reduced cost vectors as lengths.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/flow_sensitivity.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan {

COUNTYPLAN_INLINE FlowSensitivity::FlowSensitivity(const MinCostFlowProblem& problem, const MinCostFlowResult& result)
    : problem_(&problem), result_(&result), potentials_(std::get_if<Potentials>(&result.certificate)) {
    Verdict verdict = examine(problem, result);
    if (!verdict.accepted) throw InvalidProblem(std::move(verdict.why), "result");
    if (result.termination != Termination::optimal) throw InvalidProblem(message::proof_fields_disagree, "result");
    constexpr std::int64_t most = std::int64_t{1} << 60;
    for (const std::int64_t value : potentials_->value) {
        if (value < -most || value > most) {
            throw InvalidProblem({message::solve_out_of_range, {to_text(value), to_text(-most), to_text(most)}},
                                 "potential");
        }
    }
    first_.assign(problem.nodes + 1, 0);
    for (std::size_t a = 0; a < problem.arcs(); ++a) {
        ++first_[problem.tail[a] + 1];
        ++first_[problem.head[a] + 1];
    }
    for (std::size_t v = 0; v < problem.nodes; ++v)
        first_[v + 1] += first_[v];
    arcs_.resize(first_[problem.nodes]);
    auto next = first_;
    for (std::size_t a = 0; a < problem.arcs(); ++a) {
        arcs_[next[problem.tail[a]]++] = static_cast<std::uint32_t>(a);
        arcs_[next[problem.head[a]]++] = static_cast<std::uint32_t>(a);
    }
    by_.resize(problem.nodes);
    state_.assign(problem.nodes, 0);
    distance_.resize(problem.nodes * problem.tiers);
}

/// How much more may be sent along the arc, or back against it.
COUNTYPLAN_INLINE std::int64_t FlowSensitivity::room(std::size_t arc, bool along) const {
    const std::int64_t upper = problem_->upper[arc];
    if (along && upper == MinCostFlowProblem::unlimited) return UnitValue::without_end;
    const std::int64_t flow = result_->flow[arc];
    const detail::int128 left = along ? detail::int128{upper} - flow : detail::int128{flow} - problem_->lower[arc];
    return static_cast<std::int64_t>(std::min<detail::int128>(left, UnitValue::without_end));
}

/// The cheapest way that does not use the arc `without`; nothing if there is none. Distances of fewer tiers
/// are shorter arrays, which matters to the heap.
COUNTYPLAN_INLINE std::optional<FlowSensitivity::Way> FlowSensitivity::shortest(std::uint32_t from, std::uint32_t to,
                                                                                std::size_t without) {
    if (problem_->tiers == 1) return shortest_of<1>(from, to, without);
    if (problem_->tiers <= 4) return shortest_of<4>(from, to, without);
    return shortest_of<MinCostFlowProblem::max_tiers>(from, to, without);
}

template <std::size_t Width>
std::optional<FlowSensitivity::Way> FlowSensitivity::shortest_of(std::uint32_t from, std::uint32_t to,
                                                                 std::size_t without) {
    enum : std::uint8_t { fresh, open, done };
    using Vector = std::array<std::int64_t, Width>;
    const std::size_t tiers = problem_->tiers;
    const auto& value = potentials_->value;
    struct Entry {
        Vector distance;
        std::uint32_t node;
        bool operator<(const Entry& other) const { return distance > other.distance; }
    };
    std::vector<Entry> heap{{Vector{}, from}};
    std::vector<std::uint32_t> touched{from};
    state_[from] = open;
    std::fill_n(distance_.begin() + static_cast<std::ptrdiff_t>(from * tiers), tiers, 0);
    bool found = false;
    while (!heap.empty()) {
        const Entry top = heap.front();
        std::pop_heap(heap.begin(), heap.end());
        heap.pop_back();
        const std::uint32_t v = top.node;
        if (state_[v] == done) continue;
        state_[v] = done;
        if (v == to) {
            found = true;
            break;
        }
        for (std::size_t i = first_[v]; i < first_[v + 1]; ++i) {
            const std::uint32_t a = arcs_[i];
            const bool along = problem_->tail[a] == v;
            const std::uint32_t w = along ? problem_->head[a] : problem_->tail[a];
            if (a == without || state_[w] == done || room(a, along) == 0) continue;
            Entry next{top.distance, w};
            for (std::size_t tier = 0; tier < tiers; ++tier) {
                const std::int64_t cost = problem_->cost[a * tiers + tier];
                next.distance[tier] += (along ? cost : -cost) + value[v * tiers + tier] - value[w * tiers + tier];
            }
            const auto at = distance_.begin() + static_cast<std::ptrdiff_t>(w * tiers);
            const auto end = next.distance.begin() + static_cast<std::ptrdiff_t>(tiers);
            if (state_[w] == fresh) {
                touched.push_back(w);
                state_[w] = open;
            } else if (!std::lexicographical_compare(next.distance.begin(), end, at,
                                                     at + static_cast<std::ptrdiff_t>(tiers))) {
                continue;
            }
            std::copy(next.distance.begin(), end, at);
            by_[w] = a;
            heap.push_back(next);
            std::push_heap(heap.begin(), heap.end());
        }
    }
    for (const std::uint32_t v : touched)
        state_[v] = fresh;
    if (!found) return std::nullopt;
    Way way{std::vector<std::int64_t>(tiers, 0), UnitValue::without_end};
    for (std::uint32_t v = to; v != from;) {
        const std::uint32_t a = by_[v];
        const bool along = problem_->head[a] == v;
        for (std::size_t tier = 0; tier < tiers; ++tier) {
            const std::int64_t cost = problem_->cost[a * tiers + tier];
            way.cost[tier] += along ? cost : -cost;
        }
        way.room = std::min(way.room, room(a, along));
        v = along ? problem_->tail[a] : problem_->head[a];
    }
    return way;
}

COUNTYPLAN_INLINE ArcSensitivity FlowSensitivity::arc(std::size_t arc) {
    const std::size_t tiers = problem_->tiers;
    const std::uint32_t tail = problem_->tail[arc], head = problem_->head[arc];
    const std::int64_t up = room(arc, true), down = room(arc, false);
    const bool is_capped = problem_->upper[arc] != MinCostFlowProblem::unlimited;
    const std::vector<std::int64_t> none(tiers, 0);
    const auto cost = problem_->cost.begin() + static_cast<std::ptrdiff_t>(arc * tiers);
    ArcSensitivity out;
    // one unit more on the arc comes back from its head to its tail; one unit less goes there another way
    std::optional<Way> more = shortest(head, tail, arc), less = shortest(tail, head, arc);
    if (up > 0 && more) {
        out.least_cost = more->cost;
        for (std::int64_t& part : *out.least_cost)
            part = -part;
    }
    if (down > 0 && less) out.most_cost = less->cost;
    for (std::size_t tier = 0; tier < tiers; ++tier) {
        if (more) more->cost[tier] += cost[static_cast<std::ptrdiff_t>(tier)];
        if (less) less->cost[tier] -= cost[static_cast<std::ptrdiff_t>(tier)];
    }
    // a bound that does not bind is worth nothing as far as it does not
    const auto relaxed = [&](const std::optional<Way>& way, std::int64_t slack) {
        if (slack > 0 || !way || !(way->cost < none)) return UnitValue{true, none, UnitValue::without_end};
        return UnitValue{true, way->cost, way->room};
    };
    const auto tightened = [&](const std::optional<Way>& way, std::int64_t slack, std::int64_t other) {
        if (slack > 0) return UnitValue{true, none, slack};
        if (!way || other == 0) return UnitValue{};
        return UnitValue{true, way->cost, std::min(way->room, other)};
    };
    if (is_capped) {
        out.upper_more = relaxed(more, up);
        out.upper_less = tightened(less, up, down);
    }
    out.lower_less = relaxed(less, down);
    out.lower_more = tightened(more, down, up);
    return out;
}

}  // namespace countyplan
