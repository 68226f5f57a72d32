// How do a choice and numbers for its groups become an answer with its proof?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <countyplan/solve/impl/nested_flow_costs.hpp>
#include <countyplan/solve/impl/nested_flow_network.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/nested_flow.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan::detail {

/// What one solve of one legal problem works on, and how its answers are written.
template <class C>
class NestedAnswer {
  public:
    explicit NestedAnswer(const BasicNestedFlowProblem<C>& problem)
        : problem_(problem), network_(problem), choice_(network_), vectors_(problem, network_) {}

  protected:
    static constexpr std::int64_t beyond = std::int64_t{1} << 62;
    template <class Number>
    static constexpr bool is_number = std::is_same_v<Number, std::int64_t> || std::is_same_v<Number, int128>;

    [[nodiscard]] NestedFlowPotentials room_for_potentials() const {
        NestedFlowPotentials potentials;
        potentials.left.resize(problem_.left.groups() * problem_.tiers);
        potentials.right.resize(problem_.right.groups() * problem_.tiers);
        return potentials;
    }

    template <class Potentials>
    [[nodiscard]] auto* at(Potentials& potentials, std::uint32_t node) const {
        return network_.is_left(node)
                   ? potentials.left.data() + std::size_t{node - 1} * problem_.tiers
                   : potentials.right.data() + std::size_t{node - network_.left_end} * problem_.tiers;
    }

    /// In vectors of all tiers; `value` is 2^shift times as large as costs are. False if stopped.
    template <class Paths, class Number>
    bool write_potentials(Paths& paths, const std::vector<Number>& value, int shift,
                          NestedFlowPotentials& potentials) const {
        const std::size_t tiers = problem_.tiers;
        if constexpr (std::is_same_v<Number, std::int64_t>) {
            if (tiers == 1) {
                for (std::uint32_t v = 1; v < network_.nodes; ++v)
                    *at(potentials, v) = (value[v] >> shift) - (value[NestedNetwork::home] >> shift);
                return true;
            }
        }
        if constexpr (!is_number<Number>) {
            for (std::uint32_t v = 1; v < network_.nodes; ++v) {
                const Number vector = value[v] - value[NestedNetwork::home];
                std::copy_n(vector.part.begin(), tiers, at(potentials, v));
            }
            return true;
        }
        return write_tree(paths, potentials, beyond);
    }

    /// Vectors add up along a tree of shortest paths; what home does not reach lies `far` beyond all of it.
    /// False if stopped.
    template <class Paths>
    bool write_tree(Paths& paths, NestedFlowPotentials& potentials, std::int64_t far) const {
        const std::size_t tiers = problem_.tiers;
        std::vector<std::int64_t> home(tiers, 0);
        const auto vector = [&](std::uint32_t v) { return v == NestedNetwork::home ? home.data() : at(potentials, v); };
        return paths.each_tree_arc([&](std::uint32_t v, std::uint32_t from, std::uint32_t item, std::uint32_t pair) {
            std::int64_t* out = vector(v);
            if (from == NestedNetwork::none) {
                if (v != NestedNetwork::home) out[0] = far;
                return;
            }
            const std::int64_t* before = vector(from);
            for (std::size_t t = 0; t < tiers; ++t)
                out[t] = before[t] + step_cost(paths, v, from, item, pair, t);
        });
    }

    template <class Paths>
    [[nodiscard]] std::int64_t step_cost(const Paths& paths, std::uint32_t v, std::uint32_t from, std::uint32_t item,
                                         std::uint32_t pair, std::size_t tier) const {
        if (item != NestedNetwork::none) {
            const std::uint32_t now = choice_.pair(item);
            return (pair == NestedNetwork::none ? 0 : vectors_.pair(pair, tier)) -
                   (now == NestedNetwork::none ? 0 : vectors_.pair(now, tier));
        }
        const bool outward = network_.parent[from] == v;
        const std::uint32_t arc = outward ? from : v;
        const std::int32_t total = paths.total(arc);
        if (network_.is_left(arc) != outward) return vectors_.slope(network_.next_piece(arc, total), tier);
        return -vectors_.slope(network_.used_piece(arc, total), tier);
    }

    void write_choice(const std::vector<std::uint32_t>& pair_of, NestedFlowResult& result) const {
        result.pair_of = pair_of;
        std::vector<int128> cost(problem_.tiers, 0);
        std::vector<std::int32_t> total(network_.nodes, 0);
        for (std::uint32_t i = 0; i < pair_of.size(); ++i) {
            if (pair_of[i] == NestedFlowResult::unpaired) continue;
            ++total[network_.left_of(i)];
            ++total[network_.right_of(pair_of[i])];
            for (std::size_t t = problem_.pair_tier; t < problem_.tiers; ++t)
                cost[t] += vectors_.pair(pair_of[i], t);
        }
        for (std::uint32_t v = network_.nodes; v-- > 1;) {
            if (network_.parent[v] != NestedNetwork::home) total[network_.parent[v]] += total[v];
            for (std::int32_t x = 0; x < total[v];) {
                const std::uint32_t piece = network_.next_piece(v, x);
                const std::int32_t end =
                    piece == network_.last_piece[v] ? total[v] : std::min(total[v], network_.from[piece + 1]);
                for (std::size_t t = 0; t < problem_.tiers; ++t)
                    cost[t] += int128{end - x} * vectors_.slope(piece, t);
                x = end;
            }
        }
        result.cost.clear();
        for (const int128 sum : cost)
            result.cost.emplace_back(sum);
    }

    /// The choice at hand, less what upper quotas do not admit, if that keeps the lower ones.
    [[nodiscard]] NestedFlowResult what_there_is(Cause cause, std::int64_t steps) const {
        NestedFlowResult result;
        result.cause = cause;
        result.steps = steps;
        std::vector<std::int32_t> total(network_.nodes, 0);
        std::vector<std::uint32_t> pair_of = choice_.pairs();
        const auto each_round = [&](std::uint32_t node, const auto& visit) {
            for (; node != NestedNetwork::home; node = network_.parent[node])
                visit(node);
        };
        for (std::uint32_t i = 0; i < pair_of.size(); ++i) {
            if (pair_of[i] == NestedFlowResult::unpaired) continue;
            bool fits = true;
            const auto look = [&](std::uint32_t v) { fits = fits && total[v] < network_.upper[v]; };
            each_round(network_.left_of(i), look);
            each_round(network_.right_of(pair_of[i]), look);
            if (!fits) {
                pair_of[i] = NestedFlowResult::unpaired;
                continue;
            }
            const auto count = [&](std::uint32_t v) { ++total[v]; };
            each_round(network_.left_of(i), count);
            each_round(network_.right_of(pair_of[i]), count);
        }
        for (std::uint32_t v = 1; v < network_.nodes; ++v) {
            if (total[v] < network_.lower[v]) return result;
        }
        result.termination = Termination::feasible;
        result.claim = Claim::feasible;
        write_choice(pair_of, result);
        return result;
    }

    const BasicNestedFlowProblem<C>& problem_;
    NestedNetwork network_;
    NestedChoice choice_;
    NestedCostVectors<C> vectors_;
};

}  // namespace countyplan::detail
