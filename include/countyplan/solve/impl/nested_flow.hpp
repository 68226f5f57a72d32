// The solver's half of nested_flow: chooses a number type, finds a start, ends exactly, writes the proof.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/nested_flow_auction.hpp>
#include <countyplan/solve/impl/nested_flow_costs.hpp>
#include <countyplan/solve/impl/nested_flow_network.hpp>
#include <countyplan/solve/impl/nested_flow_paths.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// One solve of one legal problem.
template <class C>
class NestedSolve {
  public:
    NestedSolve(const BasicNestedFlowProblem<C>& problem, NestedFlowMethod method, const NestedFlowStart* start,
                Watch& watch, VectorLevel level)
        : problem_(problem),
          method_(method),
          start_(start),
          watch_(watch),
          level_(level),
          network_(problem),
          choice_(network_),
          vectors_(problem, network_) {}

    NestedFlowResult run() {
        if (watch_.exhausted(0)) return given_up();
        if (start_ != nullptr) take_pairs();
        auto reach = vectors_.reach(watch_);
        if (!reach) return given_up();
        reach_ = *std::move(reach);
        // sums along paths stay below; thirty-two times as much bounds every intermediate number
        for (const std::int64_t steps : {any_length, std::int64_t{4096}, std::int64_t{512}, std::int64_t{64}}) {
            is_exact_ = steps == any_length;
            if (const auto weight = nested_weights(reach_, problem_.tiers, steps, narrow))
                return run_narrow(*weight, steps);
        }
        // as many tiers as there is room for; the vectors decide the others
        for (std::size_t tiers = problem_.tiers; tiers > 0; --tiers) {
            for (const std::int64_t steps : {any_length, std::int64_t{512}, std::int64_t{16}}) {
                is_exact_ = steps == any_length && tiers == problem_.tiers;
                const auto weight = nested_weights(reach_, tiers, steps, int128{1} << 122);
                if (!weight) continue;
                FoldedNestedCosts<int128, int128> costs(vectors_, network_.from.size(), *weight, watch_);
                return run_folded(costs, *weight);
            }
        }
        return run_vectors(room_for_potentials());
    }

  private:
    static constexpr std::size_t many_items = 20'000;
    static constexpr int few_bits = 3;
    static constexpr std::int64_t beyond = std::int64_t{1} << 62;
    static constexpr int128 narrow = int128{1} << 58;
    static constexpr std::int64_t any_length = std::numeric_limits<std::int64_t>::max();
    template <class Number>
    static constexpr bool is_number = std::is_same_v<Number, std::int64_t> || std::is_same_v<Number, int128>;

    void take_pairs() {
        for (std::uint32_t i = 0; i < start_->pair_of.size(); ++i) {
            const std::uint32_t pair = start_->pair_of[i];
            if (pair >= problem_.first[i] && pair < problem_.first[i + 1]) choice_.move(i, pair);
        }
    }

    /// A potential of the start in the solver's numbers; 0 where it is beyond every honest one. What home does not
    /// reach is brought nearer.
    template <class Number>
    [[nodiscard]] Number given_value(const std::int64_t* given, const std::vector<int128>& weight) const {
        constexpr std::int64_t most = std::int64_t{1} << 60;
        std::array<std::int64_t, NestedFlowProblem::max_tiers> tier{};
        std::copy_n(given, problem_.tiers, tier.begin());
        if (tier[0] > most) tier[0] = tier[0] - beyond + just_beyond();
        for (std::size_t t = 0; t < problem_.tiers; ++t) {
            if (tier[t] > most || tier[t] < -most) return Number{};
        }
        Number value{};
        if constexpr (!is_number<Number>) {
            std::copy_n(tier.begin(), problem_.tiers, value.part.begin());
        } else {
            const int128 limit = int128{1} << (sizeof(Number) == 8 ? 60 : 123);
            int128 sum = 0;
            for (std::size_t t = 0; t < problem_.tiers; ++t) {
                int128 part = 0;
                if (__builtin_mul_overflow(weight[t], int128{tier[t]}, &part)) return Number{};
                if (__builtin_add_overflow(sum, part, &sum)) return Number{};
            }
            if (sum > limit || sum < -limit) return Number{};
            value = static_cast<Number>(sum);
        }
        return value;
    }

    [[nodiscard]] std::int64_t just_beyond() const {
        return static_cast<std::int64_t>(std::min(2 * reach_.path[0] + 1, int128{1} << 60));
    }

    /// The start's potentials in the solver's numbers.
    template <class Number>
    [[nodiscard]] std::vector<Number> start_values(const std::vector<int128>& weight) const {
        std::vector<Number> value(network_.nodes);
        if (start_ == nullptr) return value;
        const auto& [left, right] = start_->potentials;
        for (std::uint32_t v = 1; v < network_.left_end && !left.empty(); ++v)
            value[v] = given_value<Number>(left.data() + std::size_t{v - 1} * problem_.tiers, weight);
        for (std::uint32_t v = network_.left_end; v < network_.nodes && !right.empty(); ++v) {
            value[v] = given_value<Number>(right.data() + std::size_t{v - network_.left_end} * problem_.tiers, weight);
        }
        return value;
    }

    NestedFlowResult run_narrow(const std::vector<int128>& weight, std::int64_t steps) {
        // room between neighbouring costs, so that fewer ties are left to the shortest paths
        if (start_ == nullptr && problem_.items() >= many_items &&
            nested_weights(reach_, problem_.tiers, steps, narrow >> few_bits))
            shift_ = few_bits;
        if (problem_.pair_tier + 1 == problem_.tiers) {
            FoldedNestedCosts<std::int64_t, C> costs(vectors_, network_.from.size(), weight, watch_);
            return run_folded(costs, weight);
        }
        FoldedNestedCosts<std::int64_t, std::int64_t> costs(vectors_, network_.from.size(), weight, watch_);
        return run_folded(costs, weight);
    }

    template <class Costs>
    NestedFlowResult run_folded(Costs& costs, const std::vector<int128>& weight) {
        using Number = typename Costs::Number;
        if (watch_.stopped()) return given_up();
        std::vector<Number> value = start_values<Number>(weight);
        costs.scale(shift_);
        NestedAuction<Costs> auction(network_, costs, choice_, value, steps_, watch_, level_);
        const typename NestedAuction<Costs>::End end =
            start_ == nullptr ? auction.run(method_ == NestedFlowMethod::auction) : auction.run_near();
        if (is_exact_ || end != NestedAuction<Costs>::End::optimal) return finish(auction, end, value);
        // paths longer than the weights allow for might be cheaper still
        steps_ = auction.steps();
        NestedFlowPotentials potentials = room_for_potentials();
        if (!write_tree(auction, potentials, just_beyond())) return given_up();
        return run_vectors(potentials);
    }

    NestedFlowResult run_vectors(const NestedFlowPotentials& potentials) {
        return problem_.tiers <= 8 ? run_vectors_of<8>(potentials)
                                   : run_vectors_of<NestedFlowProblem::max_tiers>(potentials);
    }

    /// By shortest paths from the choice at hand.
    template <std::size_t Width>
    NestedFlowResult run_vectors_of(const NestedFlowPotentials& potentials) {
        const VectorNestedCosts<C, Width> costs(vectors_);
        std::vector<NestedCostVector<Width>> value(network_.nodes);
        for (std::uint32_t v = 1; v < network_.nodes; ++v)
            value[v] = given_value<NestedCostVector<Width>>(at(potentials, v), {});
        choice_.list();
        NestedPaths<VectorNestedCosts<C, Width>> paths(network_, costs, choice_, value, steps_, watch_);
        return finish(paths, paths.run(), value);
    }

    [[nodiscard]] NestedFlowPotentials room_for_potentials() const {
        NestedFlowPotentials potentials;
        potentials.left.resize(problem_.left.groups() * problem_.tiers);
        potentials.right.resize(problem_.right.groups() * problem_.tiers);
        return potentials;
    }

    template <class Paths, class End, class Number>
    NestedFlowResult finish(Paths& paths, End end, const std::vector<Number>& value) {
        steps_ = paths.steps();
        if (end == End::stopped) return given_up();
        NestedFlowResult result;
        result.cause = Cause::proved;
        result.claim = Claim::proved;
        if (end == End::infeasible) {
            result.termination = Termination::infeasible;
            NestedFlowCut cut{.home = paths.reached(NestedNetwork::home)};
            for (std::uint32_t v = 1; v < network_.nodes; ++v) {
                if (!paths.reached(v)) continue;
                (network_.is_left(v) ? cut.left : cut.right)
                    .push_back(v - (network_.is_left(v) ? 1 : network_.left_end));
            }
            result.certificate = std::move(cut);
        } else {
            NestedFlowPotentials potentials = room_for_potentials();
            if (!write_potentials(paths, value, potentials)) return given_up();
            result.termination = Termination::optimal;
            result.certificate = std::move(potentials);
            write_choice(choice_.pairs(), result);
        }
        result.steps = steps_;
        return result;
    }

    template <class Potentials>
    [[nodiscard]] auto* at(Potentials& potentials, std::uint32_t node) const {
        return network_.is_left(node)
                   ? potentials.left.data() + std::size_t{node - 1} * problem_.tiers
                   : potentials.right.data() + std::size_t{node - network_.left_end} * problem_.tiers;
    }

    /// False if stopped.
    template <class Paths, class Number>
    bool write_potentials(Paths& paths, const std::vector<Number>& value, NestedFlowPotentials& potentials) const {
        const std::size_t tiers = problem_.tiers;
        if constexpr (std::is_same_v<Number, std::int64_t>) {
            if (tiers == 1) {
                for (std::uint32_t v = 1; v < network_.nodes; ++v)
                    *at(potentials, v) = (value[v] >> shift_) - (value[NestedNetwork::home] >> shift_);
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
    NestedFlowResult given_up() const {
        NestedFlowResult result;
        result.cause = watch_.cause();
        result.steps = steps_;
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
    NestedFlowMethod method_;
    const NestedFlowStart* start_;
    Watch& watch_;
    VectorLevel level_;
    NestedNetwork network_;
    NestedChoice choice_;
    NestedCostVectors<C> vectors_;
    NestedReach reach_;
    std::int64_t steps_ = 0;
    int shift_ = 0;         ///< costs were made 2^shift_ times as large
    bool is_exact_ = true;  ///< whether folded numbers have the order of the vectors for paths of any length
};

template <class C>
NestedFlowResult solve_nested(const BasicNestedFlowProblem<C>& problem, NestedFlowMethod method,
                              const NestedFlowStart* start, const Stop& stop, const Progress& progress,
                              VectorLevel level = best_vector_level()) {
    Watch watch(stop, progress);
    Verdict verdict = examine(problem);
    if (verdict.accepted && start != nullptr) {
        const auto check = [&](std::size_t found, std::size_t needed, const char* field) {
            if (verdict.accepted && found != 0) verdict = check_length(found, needed, field);
        };
        check(start->pair_of.size(), problem.items(), "pair_of");
        check(start->potentials.left.size(), problem.left.groups() * problem.tiers, "potentials.left");
        check(start->potentials.right.size(), problem.right.groups() * problem.tiers, "potentials.right");
    }
    if (!verdict.accepted) throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    return NestedSolve<C>(problem, method, start, watch, level).run();
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE NestedFlowResult solve(const NestedFlowProblem& problem, const NestedFlowOptions& options,
                                         const Stop& stop, const Progress& progress) {
    return detail::solve_nested(problem, options.method, nullptr, stop, progress);
}
COUNTYPLAN_INLINE NestedFlowResult solve(const NestedFlowProblem32& problem, const NestedFlowOptions& options,
                                         const Stop& stop, const Progress& progress) {
    return detail::solve_nested(problem, options.method, nullptr, stop, progress);
}
COUNTYPLAN_INLINE NestedFlowResult solve_from(const NestedFlowProblem& problem, const NestedFlowStart& start,
                                              const Stop& stop, const Progress& progress) {
    return detail::solve_nested(problem, NestedFlowMethod::shortest_path, &start, stop, progress);
}
COUNTYPLAN_INLINE NestedFlowResult solve_from(const NestedFlowProblem32& problem, const NestedFlowStart& start,
                                              const Stop& stop, const Progress& progress) {
    return detail::solve_nested(problem, NestedFlowMethod::shortest_path, &start, stop, progress);
}

}  // namespace countyplan
