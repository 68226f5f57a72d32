// The solver's half of stable_matching: one side proposes, the other holds the best of it.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <queue>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/graph/csr.hpp>
#include <countyplan/graph/tree.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/stable_matching.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// One side of a stable matching: how full its groups are, and the pairs in its order of preference. The place
/// of a pair is its position in that order. The groups inside a group stand next to each other: those of `g`, itself
/// first, are `begin(g) … end(g) - 1`.
class StableSide {
  public:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    StableSide(const NestedQuotas& quotas, const std::vector<std::uint32_t>& group,
               const std::vector<std::int64_t>& rank)
        : quotas_(quotas), group_(group), total_(quotas.groups(), 0), begin_(quotas.groups()), end_(quotas.groups()) {
        const Tree tree(std::vector<NodeIndex>(quotas.parent.begin(), quotas.parent.end()));
        for (std::uint32_t g = 0; g < quotas.groups(); ++g) {
            const auto inside = tree.subtree(g);
            begin_[g] = static_cast<std::uint32_t>(inside.data() - tree.preorder().data());
            end_[g] = begin_[g] + static_cast<std::uint32_t>(inside.size());
        }
        pair_at_.resize(group.size());
        std::iota(pair_at_.begin(), pair_at_.end(), 0U);
        std::ranges::sort(pair_at_, [&rank](std::uint32_t a, std::uint32_t b) {
            return rank[a] != rank[b] ? rank[a] < rank[b] : a < b;
        });
        place_of_.resize(group.size());
        for (std::uint32_t place = 0; place < pair_at_.size(); ++place)
            place_of_[pair_at_[place]] = place;
    }

    [[nodiscard]] std::size_t groups() const { return quotas_.groups(); }
    [[nodiscard]] std::uint32_t pair_at(std::uint32_t place) const { return pair_at_[place]; }
    [[nodiscard]] std::uint32_t place_of(std::uint32_t pair) const { return place_of_[pair]; }
    [[nodiscard]] std::uint32_t group_of(std::uint32_t pair) const { return group_[pair]; }
    [[nodiscard]] std::uint32_t parent(std::uint32_t g) const { return quotas_.parent[g]; }
    [[nodiscard]] bool full(std::uint32_t g) const { return total_[g] >= quotas_.upper[g]; }
    [[nodiscard]] std::uint32_t begin(std::uint32_t g) const { return begin_[g]; }
    [[nodiscard]] std::uint32_t end(std::uint32_t g) const { return end_[g]; }

    /// Counts a pair in or out of its groups; calls `turned` with each that has become full, or no longer is.
    template <class Turned>
    void count(std::uint32_t pair, std::int64_t change, const Turned& turned) {
        for (std::uint32_t g = group_[pair]; g != NestedQuotas::outermost; g = quotas_.parent[g]) {
            const bool was = full(g);
            total_[g] += change;
            if (full(g) != was) turned(g);
        }
    }

  private:
    const NestedQuotas& quotas_;
    const std::vector<std::uint32_t>& group_;
    std::vector<std::int64_t> total_;
    std::vector<std::uint32_t> begin_;
    std::vector<std::uint32_t> end_;
    std::vector<std::uint32_t> pair_at_;
    std::vector<std::uint32_t> place_of_;
};

/// Holds, at all times, the best that its quotas admit of the pairs that have not been rejected.
class StableProposer {
  public:
    StableProposer(StableSide& side, std::size_t pairs)
        : side_(side),
          places_(CompressedRows::group(side.groups(), pairs,
                                        [&side](std::uint32_t place) { return side.group_of(side.pair_at(place)); })),
          next_(side.groups(), 0),
          leaves_(std::bit_ceil(std::max<std::size_t>(side.groups(), 1))),
          head_(leaves_, StableSide::none),
          closed_(2 * leaves_, 0),
          least_(2 * leaves_, StableSide::none) {
        for (std::uint32_t g = 0; g < side_.groups(); ++g)
            set_head(g);
        for (std::size_t node = 2 * leaves_; node-- > 1;)
            refresh(node);
        for (std::uint32_t g = 0; g < side_.groups(); ++g) {
            if (side_.full(g)) bar(g, 1);
        }
    }

    /// The best pair that was never offered and fits, held from here on; or `none`.
    [[nodiscard]] std::uint32_t take() {
        const std::uint32_t place = least_[1];
        if (place == StableSide::none) return StableSide::none;
        const std::uint32_t pair = side_.pair_at(place);
        const std::uint32_t g = side_.group_of(pair);
        ++next_[g];
        set_head(g);
        refresh_up(leaves_ + side_.begin(g));
        side_.count(pair, 1, [this](std::uint32_t full) { bar(full, 1); });
        return pair;
    }

    /// The other side has rejected this pair.
    void lose(std::uint32_t pair) {
        side_.count(pair, -1, [this](std::uint32_t open) { bar(open, -1); });
    }

  private:
    void set_head(std::uint32_t g) {
        const auto places = places_[g];
        head_[side_.begin(g)] = next_[g] < places.size() ? places[next_[g]] : StableSide::none;
    }

    /// Closes (1) all groups inside `g`, or takes that back (-1).
    void bar(std::uint32_t g, std::int32_t change) {
        const auto add = [&](std::size_t node) {
            closed_[node] += change;
            refresh(node);
        };
        std::size_t left = leaves_ + side_.begin(g);
        std::size_t right = leaves_ + side_.end(g);
        const std::size_t ends[] = {left, right - 1};
        for (; left < right; left /= 2, right /= 2) {
            if (left % 2 == 1) add(left++);
            if (right % 2 == 1) add(--right);
        }
        for (const std::size_t end : ends)
            refresh_up(end);
    }

    void refresh_up(std::size_t node) {
        for (; node >= 1; node /= 2)
            refresh(node);
    }
    void refresh(std::size_t node) {
        if (closed_[node] > 0) {
            least_[node] = StableSide::none;
        } else {
            least_[node] = node >= leaves_ ? head_[node - leaves_] : std::min(least_[2 * node], least_[2 * node + 1]);
        }
    }

    StableSide& side_;
    CompressedRows places_;            ///< per group: those of its own pairs, ascending
    std::vector<std::uint32_t> next_;  ///< per group: how many of them have been offered
    std::size_t leaves_;
    std::vector<std::uint32_t> head_;   ///< per position of a group: the place of its next pair
    std::vector<std::int32_t> closed_;  ///< per node over the positions: full groups that cover just its stretch
    std::vector<std::uint32_t> least_;  ///< per node: the least head below that nothing closes
};

/// Holds the best that its quotas admit of the pairs that it was offered.
class StableReceiver {
  public:
    explicit StableReceiver(StableSide& side)
        : side_(side),
          held_(side.groups()),
          leaves_(std::bit_ceil(std::max<std::size_t>(side.groups(), 1))),
          most_(2 * leaves_, 0) {}

    /// The pair that is rejected now that `pair` is offered: it, or one held; or `none`.
    [[nodiscard]] std::uint32_t hear(std::uint32_t pair) {
        std::uint32_t g = side_.group_of(pair);
        while (g != NestedQuotas::outermost && !side_.full(g))
            g = side_.parent(g);
        std::uint32_t rejected = StableSide::none;
        if (g != NestedQuotas::outermost) {
            const std::uint32_t worst = most_held(g);
            if (worst <= side_.place_of(pair)) return pair;
            rejected = side_.pair_at(worst - 1);
            release(rejected);
        }
        const std::uint32_t own = side_.group_of(pair);
        held_[own].push(side_.place_of(pair));
        settle(own);
        side_.count(pair, 1, [](std::uint32_t) {});
        return rejected;
    }

    /// All pairs held, ascending.
    [[nodiscard]] std::vector<std::uint32_t> held() const {
        std::vector<std::uint32_t> out;
        for (Held places : held_) {
            for (; !places.empty(); places.pop())
                out.push_back(side_.pair_at(places.top()));
        }
        std::ranges::sort(out);
        return out;
    }

  private:
    using Held = std::priority_queue<std::uint32_t>;

    void release(std::uint32_t pair) {
        const std::uint32_t own = side_.group_of(pair);
        held_[own].pop();
        settle(own);
        side_.count(pair, -1, [](std::uint32_t) {});
    }

    void settle(std::uint32_t own) {
        std::size_t node = leaves_ + side_.begin(own);
        most_[node] = held_[own].empty() ? 0 : held_[own].top() + 1;
        for (node /= 2; node >= 1; node /= 2)
            most_[node] = std::max(most_[2 * node], most_[2 * node + 1]);
    }

    /// One more than the place of the worst pair held inside `g`; 0 if there is none.
    [[nodiscard]] std::uint32_t most_held(std::uint32_t g) const {
        std::uint32_t most = 0;
        std::size_t left = leaves_ + side_.begin(g);
        std::size_t right = leaves_ + side_.end(g);
        for (; left < right; left /= 2, right /= 2) {
            if (left % 2 == 1) most = std::max(most, most_[left++]);
            if (right % 2 == 1) most = std::max(most, most_[--right]);
        }
        return most;
    }

    StableSide& side_;
    std::vector<Held> held_;  ///< per group: the places of its own pairs
    std::size_t leaves_;
    std::vector<std::uint32_t> most_;  ///< per node over the positions: as `most_held`
};

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE StableMatchingResult solve(const StableMatchingProblem& problem, const StableMatchingOptions& options,
                                             const Stop& stop, const Progress& progress) {
    detail::Watch watch(stop, progress);
    if (Verdict verdict = examine(problem); !verdict.accepted) {
        throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    }
    StableMatchingResult result;
    if (watch.exhausted(0)) {
        result.cause = watch.cause();
        return result;
    }
    detail::StableSide left(problem.left, problem.left_group, problem.left_rank);
    detail::StableSide right(problem.right, problem.right_group, problem.right_rank);
    const bool from_left = options.proposing == ProposingSide::left;
    detail::StableProposer proposer(from_left ? left : right, problem.pairs());
    detail::StableReceiver receiver(from_left ? right : left);

    // A rejection lets at most one new pair in, so what is taken is offered one by one.
    std::vector<std::uint32_t> offers;
    for (std::uint32_t pair = proposer.take(); pair != detail::StableSide::none; pair = proposer.take())
        offers.push_back(pair);
    constexpr std::int64_t work_of_offer = 64;
    while (!offers.empty() && !watch.exhausted(result.steps) && !watch.spend(work_of_offer)) {
        const std::uint32_t offered = offers.back();
        offers.pop_back();
        ++result.steps;
        const std::uint32_t rejected = receiver.hear(offered);
        if (rejected == detail::StableSide::none) continue;
        proposer.lose(rejected);
        if (const std::uint32_t pair = proposer.take(); pair != detail::StableSide::none) offers.push_back(pair);
        watch.report([&] { return Tick{.steps = result.steps}; });
    }
    result.chosen = receiver.held();
    if (offers.empty()) {
        result.termination = Termination::optimal;
        result.cause = Cause::proved;
        result.claim = Claim::proved;
    } else {
        result.cause = watch.cause();
    }
    return result;
}

}  // namespace countyplan
