// Which pairs can nobody choose because a group round them may hold nobody?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/solve/nested_flow.hpp>

namespace countyplan::detail {

/// The pairs of groups that an upper quota of 0 closes, their own or that of a group round them, are left out of the
/// problem; the proof of what is left is then completed. Without that, prices would have to climb past all that those
/// pairs promise. Where a closed group must hold somebody nothing is left out: the search shows it.
template <class C>
class NestedClosed {
  public:
    using Problem = BasicNestedFlowProblem<C>;
    static constexpr std::uint32_t none = NestedFlowResult::unpaired;

    explicit NestedClosed(const Problem& problem)
        : problem_(problem), left_(closed(problem.left)), right_(closed(problem.right)) {
        if ((left_.empty() && right_.empty()) || must_hold(problem.left, left_) || must_hold(problem.right, right_))
            return;
        for (std::uint32_t i = 0; i < problem.items(); ++i) {
            const bool shut = is_in(left_, problem.group[i]);
            for (std::size_t k = problem.first[i]; k < problem.first[i + 1] && !any_; ++k)
                any_ = shut || is_in(right_, problem.to[k]);
        }
    }

    /// Whether there is anything to leave out.
    [[nodiscard]] bool any() const { return any_; }

    /// The problem of the other pairs. To be called once.
    [[nodiscard]] Problem open_part() {
        const std::size_t each = problem_.tiers - problem_.pair_tier;
        Problem part{.tiers = problem_.tiers,
                     .pair_tier = problem_.pair_tier,
                     .left = problem_.left,
                     .right = problem_.right,
                     .group = problem_.group};
        part.first.assign(1, 0);
        for (std::uint32_t i = 0; i < problem_.items(); ++i) {
            const std::size_t end = is_in(left_, problem_.group[i]) ? problem_.first[i] : problem_.first[i + 1];
            for (std::size_t k = problem_.first[i]; k < end; ++k) {
                if (is_in(right_, problem_.to[k])) continue;
                number_.push_back(static_cast<std::uint32_t>(k));
                part.to.push_back(problem_.to[k]);
                part.cost.insert(part.cost.end(), pair(k), pair(k) + each);
            }
            part.first.push_back(part.to.size());
        }
        return part;
    }

    /// The start for the part.
    [[nodiscard]] NestedFlowStart start_of_part(NestedFlowStart start) const {
        for (std::uint32_t& pair : start.pair_of) {
            const auto there = std::lower_bound(number_.begin(), number_.end(), pair);
            const bool kept = there != number_.end() && *there == pair;
            pair = kept ? static_cast<std::uint32_t>(there - number_.begin()) : none;
        }
        return start;
    }

    /// Makes the part's result one of the whole.
    void restore(NestedFlowResult& result) const {
        for (std::uint32_t& pair : result.pair_of) {
            if (pair != none) pair = number_[pair];
        }
        if (auto* potentials = std::get_if<NestedFlowPotentials>(&result.certificate))
            price(result.pair_of, *potentials);
        if (auto* cut = std::get_if<NestedFlowCut>(&result.certificate)) move_closed(*cut);
    }

  private:
    using Vector = std::vector<std::int64_t>;

    /// Per group whether it is closed; empty if none is.
    static std::vector<bool> closed(const NestedQuotas& side) {
        if (std::find(side.upper.begin(), side.upper.end(), 0) == side.upper.end()) return {};
        std::vector<bool> shut(side.groups(), false);
        for (std::size_t g = 0; g < side.groups(); ++g) {
            const std::uint32_t round = side.parent[g];
            shut[g] = side.upper[g] == 0 || (round != NestedQuotas::outermost && shut[round]);
        }
        return shut;
    }
    static bool is_in(const std::vector<bool>& shut, std::uint32_t group) { return !shut.empty() && shut[group]; }
    static bool must_hold(const NestedQuotas& side, const std::vector<bool>& shut) {
        for (std::uint32_t g = 0; g < side.groups(); ++g) {
            if (is_in(shut, g) && side.lower[g] > 0) return true;
        }
        return false;
    }

    [[nodiscard]] const C* pair(std::size_t k) const {
        return problem_.cost.data() + k * (problem_.tiers - problem_.pair_tier);
    }
    [[nodiscard]] std::span<std::int64_t> at(Vector& side, std::uint32_t group) const {
        return std::span(side).subspan(std::size_t{group} * problem_.tiers, problem_.tiers);
    }
    void add_pair(Vector& sum, std::size_t k, std::int64_t sign) const {
        for (std::size_t t = problem_.pair_tier; t < problem_.tiers; ++t)
            sum[t] += sign * std::int64_t{pair(k)[t - problem_.pair_tier]};
    }

    /// Closed right groups come as low, closed left ones as high as is needed for nobody to gain there.
    void price(const std::vector<std::uint32_t>& pair_of, NestedFlowPotentials& potentials) const {
        Vector has(problem_.tiers);
        for (std::uint32_t i = 0; i < problem_.items() && !right_.empty(); ++i) {
            if (is_in(left_, problem_.group[i])) continue;
            const std::uint32_t now = pair_of[i];
            const auto from =
                now == none ? at(potentials.left, problem_.group[i]) : at(potentials.right, problem_.to[now]);
            has.assign(from.begin(), from.end());
            if (now != none) add_pair(has, now, -1);
            for (std::size_t k = problem_.first[i]; k < problem_.first[i + 1]; ++k) {
                if (!right_[problem_.to[k]]) continue;
                add_pair(has, k, 1);
                lower_to(at(potentials.right, problem_.to[k]), has);
                add_pair(has, k, -1);
            }
        }
        for (auto g = static_cast<std::uint32_t>(right_.size()); g-- > 0;)
            inform_parent(problem_.right, right_, g, potentials.right, 1);
        for (std::uint32_t i = 0; i < problem_.items() && !left_.empty(); ++i) {
            if (!left_[problem_.group[i]]) continue;
            for (std::size_t k = problem_.first[i]; k < problem_.first[i + 1]; ++k) {
                const auto there = at(potentials.right, problem_.to[k]);
                has.assign(there.begin(), there.end());
                add_pair(has, k, -1);
                raise_to(at(potentials.left, problem_.group[i]), has);
            }
        }
        for (auto g = static_cast<std::uint32_t>(left_.size()); g-- > 0;)
            inform_parent(problem_.left, left_, g, potentials.left, -1);
    }

    static void lower_to(std::span<std::int64_t> value, const Vector& most) {
        if (std::lexicographical_compare(most.begin(), most.end(), value.begin(), value.end()))
            std::copy(most.begin(), most.end(), value.begin());
    }
    static void raise_to(std::span<std::int64_t> value, const Vector& least) {
        if (std::lexicographical_compare(value.begin(), value.end(), least.begin(), least.end()))
            std::copy(least.begin(), least.end(), value.begin());
    }

    /// The first unit of a group in a closed one must not gain either.
    void inform_parent(const NestedQuotas& side, const std::vector<bool>& shut, std::uint32_t g, Vector& value,
                       std::int64_t sign) const {
        const std::uint32_t round = side.parent[g];
        if (round == NestedQuotas::outermost || !shut[round] || side.upper[g] == 0) return;
        const auto own = at(value, g);
        Vector bound(own.begin(), own.end());
        if (!side.first_piece.empty() && side.first_piece[g] != side.first_piece[g + 1]) {
            const std::int64_t* slope = side.slope.data() + side.first_piece[g] * problem_.tiers;
            for (std::size_t t = 0; t < problem_.tiers; ++t)
                bound[t] += sign * slope[t];
        }
        if (sign > 0) {
            lower_to(at(value, round), bound);
        } else {
            raise_to(at(value, round), bound);
        }
    }

    /// Into the set on the right, out of it on the left: nothing can leave it there.
    void move_closed(NestedFlowCut& cut) const {
        std::erase_if(cut.left, [this](std::uint32_t g) { return is_in(left_, g); });
        std::erase_if(cut.right, [this](std::uint32_t g) { return is_in(right_, g); });
        for (std::uint32_t g = 0; g < right_.size(); ++g) {
            if (right_[g]) cut.right.push_back(g);
        }
        std::sort(cut.right.begin(), cut.right.end());
    }

    const Problem& problem_;
    std::vector<bool> left_, right_;     ///< per group: whether it is closed; empty if none is
    std::vector<std::uint32_t> number_;  ///< per pair of the part: its number among all, ascending
    bool any_ = false;
};

}  // namespace countyplan::detail
