// The solver's half of nested_flow: chooses a number type, finds a start, ends exactly, writes the proof.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/nested_flow_answer.hpp>
#include <countyplan/solve/impl/nested_flow_auction.hpp>
#include <countyplan/solve/impl/nested_flow_call.hpp>
#include <countyplan/solve/impl/nested_flow_closed.hpp>
#include <countyplan/solve/impl/nested_flow_costs.hpp>
#include <countyplan/solve/impl/nested_flow_network.hpp>
#include <countyplan/solve/impl/nested_flow_paths.hpp>
#include <countyplan/solve/impl/nested_flow_sift.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// One solve of one legal problem.
template <class C>
class NestedSolve : NestedAnswer<C> {
    using Answer = NestedAnswer<C>;
    using Answer::at;
    using Answer::beyond;
    using Answer::choice_;
    using Answer::network_;
    using Answer::problem_;
    using Answer::room_for_potentials;
    using Answer::vectors_;

  public:
    NestedSolve(const BasicNestedFlowProblem<C>& problem, NestedFlowMethod method, const NestedFlowStart* start,
                Watch& watch, VectorLevel level, const NestedSiftSizes& sizes)
        : Answer(problem), method_(method), start_(start), watch_(watch), level_(level), sizes_(sizes) {}

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
                if (start_ != nullptr && tiers < problem_.tiers) {
                    if (auto near = run_near_vectors()) return *std::move(near);
                }
                FoldedNestedCosts<int128, int128> costs(vectors_, network_.from.size(), *weight, watch_);
                return run_folded(costs, *weight);
            }
        }
        return run_vectors(room_for_potentials());
    }

  private:
    static constexpr std::size_t many_items = 20'000;
    static constexpr int few_bits = 3;
    static constexpr int128 narrow = int128{1} << 58;
    static constexpr std::int64_t any_length = std::numeric_limits<std::int64_t>::max();

    void take_pairs() {
        for (std::uint32_t i = 0; i < start_->pair_of.size(); ++i) {
            const std::uint32_t pair = start_->pair_of[i];
            const bool is_own = pair >= problem_.first[i] && pair < problem_.first[i + 1];
            const std::uint32_t own = is_own ? pair : NestedChoice::none;
            if (choice_.pair(i) != own) choice_.move(i, own);
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
        if constexpr (!Answer::template is_number<Number>) {
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
            return run_costs(costs, weight);
        }
        FoldedNestedCosts<std::int64_t, std::int64_t> costs(vectors_, network_.from.size(), weight, watch_);
        return run_costs(costs, weight);
    }

    template <class Costs>
    NestedFlowResult run_costs(Costs& costs, const std::vector<int128>& weight) {
        if (start_ != nullptr || !NestedSift<Costs>::pays(network_, sizes_)) return run_folded(costs, weight);
        if (watch_.stopped()) return given_up();
        std::int64_t beyond_32_bits = 0;
        for (std::size_t k = 0; k < problem_.pairs(); ++k) {
            const auto cost = std::int64_t{costs.pairs()[k]};
            beyond_32_bits |= cost ^ std::int64_t{static_cast<std::int32_t>(cost)};
        }
        costs.scale(shift_);
        if (beyond_32_bits == 0) return run_sifted<std::int32_t>(costs);
        return run_sifted<typename Costs::Pair>(costs);
    }

    /// On a part of the pairs that grows until no other pair betters its answer; then all pairs confirm it.
    template <class Pair, class Costs>
    NestedFlowResult run_sifted(const Costs& costs) {
        using PartCosts = FoldedNestedCosts<std::int64_t, Pair>;
        using Auction = NestedAuction<PartCosts>;
        const bool bids = method_ == NestedFlowMethod::auction;
        NestedSift<Costs> sift(network_, costs, sizes_, watch_, level_);
        if (!sift.begin()) return given_up();
        std::vector<std::int64_t> value(network_.nodes, 0);
        NestedNetwork network = network_;
        bool opens = true;
        for (int bits = 0;;) {
            if (!sift.list()) return given_up();
            network.first = sift.first;
            network.to = sift.to;
            const PartCosts part(costs, sift.pair);
            NestedChoice choice(network);
            for (std::uint32_t i = 0; i < network.items(); ++i)
                choice.put(i, sift.place_of(i, choice_.pair(i)));
            choice.list();
            Auction auction(network, part, choice, value, steps_, watch_, level_);
            if (!auction.list_ways_in()) return given_up();
            if (opens) bits = auction.first_bits(bids);
            const auto end = opens ? auction.open(bits, bids) : auction.go_on(bits, bids);
            const bool widens = opens && auction.pulls(bids);
            opens = false;
            steps_ = auction.steps();
            for (std::uint32_t i = 0; i < network.items(); ++i)
                choice_.put(i, choice.pair(i) == NestedChoice::none ? NestedChoice::none : sift.pair[choice.pair(i)]);
            choice_.list();
            if (end == Auction::End::stopped) return given_up();
            const std::size_t added =
                end == Auction::End::infeasible
                    ? sift.add_ways_out([&](std::uint32_t v) { return auction.reached(v); })
                    : sift.add_better(choice_, value, bits == Auction::no_slack ? 0 : std::int64_t{1} << bits);
            if (watch_.stopped()) return given_up();
            if (end == Auction::End::infeasible) {
                if (added == 0) return finish(auction, end, value);
            } else if (bits != Auction::no_slack) {
                // pairs that join late matter more than what is left of the slack
                bits = widens ? Auction::last_bits(bits) : Auction::next_bits(bits);
            } else if (added == 0) {
                break;
            }
        }
        NestedPaths<Costs> paths(network_, costs, choice_, value, steps_, watch_);
        return conclude(paths, paths.run(), value);
    }

    /// With exact weights the end; else what longer paths may still better is found by vectors.
    template <class Paths, class Number>
    NestedFlowResult conclude(Paths& paths, typename Paths::End end, const std::vector<Number>& value) {
        if (is_exact_ || end != Paths::End::optimal) return finish(paths, end, value);
        steps_ = paths.steps();
        NestedFlowPotentials potentials = room_for_potentials();
        if (!this->write_tree(paths, potentials, just_beyond())) return given_up();
        return run_vectors(potentials);
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
        return conclude(auction, end, value);
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

    /// In vectors from the start's own potentials, which folded numbers would lose, if that leaves little to do; else
    /// nothing.
    [[nodiscard]] std::optional<NestedFlowResult> run_near_vectors() {
        return problem_.tiers <= 8 ? run_near_vectors_of<8>() : run_near_vectors_of<NestedFlowProblem::max_tiers>();
    }

    template <std::size_t Width>
    [[nodiscard]] std::optional<NestedFlowResult> run_near_vectors_of() {
        constexpr std::int64_t few = 8;
        if (start_->potentials.left.empty() || start_->potentials.right.empty()) return std::nullopt;
        auto value = start_values<NestedCostVector<Width>>({});
        for (std::size_t t = 0; t < problem_.tiers; ++t) {
            // each of the few ways lowers a potential by the cost of a path at most, below the least of them
            const int128 honest = 4 * (reach_.path[t] + 1);
            if (honest > (int128{1} << 60) / few) return std::nullopt;
            for (const NestedCostVector<Width>& one : value)
                if (one.part[t] > honest || one.part[t] < -honest) return std::nullopt;
        }
        const VectorNestedCosts<C, Width> costs(vectors_);
        NestedPaths<VectorNestedCosts<C, Width>> paths(network_, costs, choice_, value, steps_, watch_);
        if (const auto end = paths.run_if_near(few)) return finish(paths, *end, value);
        take_pairs();
        return std::nullopt;
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
            if (!this->write_potentials(paths, value, shift_, potentials)) return given_up();
            result.termination = Termination::optimal;
            result.certificate = std::move(potentials);
            this->write_choice(choice_.pairs(), result);
        }
        result.steps = steps_;
        return result;
    }

    [[nodiscard]] NestedFlowResult given_up() const { return this->what_there_is(watch_.cause(), steps_); }

    NestedFlowMethod method_;
    const NestedFlowStart* start_;
    Watch& watch_;
    VectorLevel level_;
    NestedSiftSizes sizes_;
    NestedReach reach_;
    std::int64_t steps_ = 0;
    int shift_ = 0;         ///< costs were made 2^shift_ times as large
    bool is_exact_ = true;  ///< whether folded numbers have the order of the vectors for paths of any length
};

template <class C>
NestedFlowResult solve_nested(const BasicNestedFlowProblem<C>& problem, NestedFlowMethod method,
                              const NestedFlowStart* start, const Stop& stop, const Progress& progress,
                              VectorLevel level, const NestedSiftSizes& sizes) {
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
    NestedClosed<C> closed(problem);
    if (!closed.any()) return NestedSolve<C>(problem, method, start, watch, level, sizes).run();
    const BasicNestedFlowProblem<C> part = closed.open_part();
    const NestedFlowStart part_start = start == nullptr ? NestedFlowStart{} : closed.start_of_part(*start);
    NestedFlowResult result =
        NestedSolve<C>(part, method, start == nullptr ? nullptr : &part_start, watch, level, sizes).run();
    closed.restore(result);
    return result;
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
