// The least cost, tier after tier, if a group's value may rise evenly between two steps.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/leximin_search.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/proof/leximin.hpp>

namespace countyplan::detail {

/// Part of a group's arc between two steps that differ in value: `least` to `most` more flow at the start of
/// a group, 0 to `most` later on. Full, it lifts the group out of tiers `from … to - 1`.
struct LeximinPiece {
    std::uint32_t group = 0;
    std::size_t step = 0;  ///< the step that is reached when full; none of them in the last piece
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::size_t from = 0;
    std::size_t to = 0;

    [[nodiscard]] bool counts_in(std::size_t tier) const { return from <= tier && tier < to; }
    [[nodiscard]] std::int64_t length() const { return most - least; }
};

/// The relaxed network of one box and a flow in it: the arcs without a group, then the pieces.
class LeximinRelaxation {
  public:
    LeximinRelaxation(const LeximinProblem& problem, const LeximinValues& values, const MinCostFlowProblem& box,
                      const std::vector<std::int64_t>& flow)
        : problem_(problem), values_(values), start_(values.count(), 0) {
        std::vector<bool> grouped(problem.arcs(), false);
        for (const std::uint32_t arc : problem.group_arc)
            grouped[arc] = true;
        for (std::uint32_t arc = 0; arc < problem.arcs(); ++arc) {
            if (grouped[arc]) continue;
            plain_.push_back(arc);
            add_arc(arc, box.lower[arc], box.upper[arc], flow[arc]);
        }
        for (std::uint32_t group = 0; group < problem.groups(); ++group) {
            const std::uint32_t arc = problem.group_arc[group];
            add_group(group, box.lower[arc], box.upper[arc], flow[arc]);
        }
        for (std::size_t tier = 1; tier < start_.size(); ++tier)
            start_[tier] += start_[tier - 1];
    }

    /// Keeps only flows in which no group is below the value of this rank.
    void lift_all(std::size_t rank) {
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (pieces_[i].from < rank && pieces_[i].to > pieces_[i].from) fix(plain_.size() + i, true);
        }
    }

    struct Bound {
        std::int64_t scale;
        int128 cost;  ///< the least relaxed cost of the tier
    };

    /// Solves as many of the next tiers as fit one least-cost flow, appends their bounds and proofs, and keeps
    /// of all flows those that are least in them; false if stopped.
    bool advance(SearchClock& clock, std::vector<Bound>& bounds, LeximinBound& proof) {
        const std::size_t begin = bounds.size();
        std::size_t end = begin;
        std::vector<std::size_t> open;  // the tiers that cost anything here
        double reach = 1;
        for (; end < values_.tiers(); ++end) {
            if (late(clock)) {
                scales_.resize(begin);
                return false;
            }
            const auto [scale, weight] = scale_of(end);
            if (weight > 0) {
                reach *= weight + 1;
                if (!open.empty() && (reach > 0x1p58 || open.size() == MinCostFlowProblem::max_tiers)) break;
                open.push_back(end);
            }
            scales_.push_back(scale);
        }
        if (!open.empty() && !solve_tiers(clock, open)) {
            scales_.resize(begin);
            return false;
        }
        std::size_t next = 0;
        for (std::size_t tier = begin; tier < end; ++tier) {
            if (late(clock)) return false;
            const bool has_costs = next < open.size() && open[next] == tier;
            bounds.push_back({scales_[tier].scale, relaxed_cost(tier)});
            proof.scale.push_back(scales_[tier].scale);
            proof.potential.emplace_back();
            if (has_costs) proof.potential.back() = tier_potential(next++, open.size());
        }
        return true;
    }

    [[nodiscard]] Cause cause() const { return cause_; }

    /// The flow of the problem's arcs.
    [[nodiscard]] std::vector<std::int64_t> flow() const {
        std::vector<std::int64_t> flow(problem_.arcs(), 0);
        for (std::size_t i = 0; i < plain_.size(); ++i)
            flow[plain_[i]] = current_[i];
        for (std::size_t i = 0; i < pieces_.size(); ++i)
            flow[problem_.group_arc[pieces_[i].group]] += current_[plain_.size() + i];
        return flow;
    }

    /// Where to branch if the bounds up to this tier do not settle the box: at the step of the worst group whose
    /// flow stops short of it, else at any step that these tiers know.
    [[nodiscard]] LeximinBranch branch(std::size_t tier) const {
        const LeximinPiece* split = nullptr;
        const LeximinPiece* any = nullptr;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            const LeximinPiece& piece = pieces_[i];
            if (piece.from > tier || piece.to == piece.from) continue;
            const std::int64_t flow = current_[plain_.size() + i];
            const bool stops_short = flow > piece.least && flow < piece.most;
            if (stops_short && (split == nullptr || piece.from < split->from)) split = &piece;
            if (any == nullptr || piece.from < any->from) any = &piece;
        }
        const LeximinPiece& at = split != nullptr ? *split : *any;
        return {at.group, at.step};
    }

  private:
    /// Looking at a tier takes a pass over all pieces, and there may be many tiers.
    bool late(const SearchClock& clock) {
        const auto cause = clock.must_end();
        if (!cause || *cause == Cause::steps) return false;  // steps are counted by the flows
        cause_ = *cause;
        return true;
    }

    /// `exact` where every open piece's length divides the scale.
    struct Scale {
        std::int64_t scale = 1;
        bool exact = true;
    };

    void add_arc(std::uint32_t arc, std::int64_t lower, std::int64_t upper, std::int64_t flow) {
        tail_.push_back(problem_.tail[arc]);
        head_.push_back(problem_.head[arc]);
        lower_.push_back(lower);
        upper_.push_back(upper);
        current_.push_back(flow);
    }

    void add_group(std::uint32_t group, std::int64_t lower, std::int64_t upper, std::int64_t flow) {
        const std::uint32_t arc = problem_.group_arc[group];
        std::size_t step = problem_.first[group];
        const std::size_t end = problem_.first[group + 1];
        while (step + 1 < end && problem_.threshold[step + 1] <= lower)
            ++step;
        std::int64_t value = problem_.value[step];
        std::int64_t at = lower;
        ++start_[values_.rank(value)];
        bool first = true;
        const auto add = [&](std::int64_t to, std::size_t reached, std::size_t to_rank) {
            const std::int64_t least = first ? lower : 0;
            const std::int64_t most = first ? to : to == LeximinProblem::unlimited ? to : to - at;
            pieces_.push_back({group, reached, least, most, values_.rank(value), to_rank});
            const std::int64_t part = difference(std::min(flow, to), first ? 0 : at);
            add_arc(arc, least, most, std::max(least, part));
            first = false;
            at = to;
        };
        for (++step; step < end && problem_.threshold[step] <= upper; ++step) {
            if (problem_.value[step] == value) continue;
            add(problem_.threshold[step], step, values_.rank(problem_.value[step]));
            value = problem_.value[step];
        }
        if (first || upper > at) add(upper, end, values_.rank(value));
    }

    void fix(std::size_t arc, bool full) { (full ? lower_[arc] : upper_[arc]) = full ? upper_[arc] : lower_[arc]; }

    [[nodiscard]] bool is_open(std::size_t arc) const { return lower_[arc] < upper_[arc]; }

    /// The tier's scale, and the sum of all costs per unit under it; 0 if it has nothing to decide.
    [[nodiscard]] std::pair<Scale, double> scale_of(std::size_t tier) const {
        const std::int64_t most =
            std::min(MinCostFlowProblem::max_cost,
                     (std::int64_t{1} << 59) / static_cast<std::int64_t>(std::max<std::size_t>(problem_.nodes, 1)));
        Scale scale;
        bool any = false;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (!pieces_[i].counts_in(tier) || !is_open(plain_.size() + i)) continue;
            any = true;
            const std::int64_t length = pieces_[i].length();
            const int128 common = int128{scale.scale} / std::gcd(scale.scale, length) * length;
            if (common > most) {
                scale = {most, false};
                break;
            }
            scale.scale = static_cast<std::int64_t>(common);
        }
        if (!any) return {scale, 0};
        double weight = 0;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (pieces_[i].counts_in(tier) && is_open(plain_.size() + i)) {
                weight += static_cast<double>(slope(scale, pieces_[i]));
            }
        }
        return {scale, weight};
    }

    /// What a unit of flow saves; never too little.
    static std::int64_t slope(const Scale& scale, const LeximinPiece& piece) {
        return scale.scale / piece.length() + (scale.scale % piece.length() == 0 ? 0 : 1);
    }

    /// Changes the current flow to one that is least in the open tiers, by a least-cost circulation in what may
    /// be added to each arc's flow and taken from it; narrows the bounds to all such flows. False if stopped.
    bool solve_tiers(SearchClock& clock, const std::vector<std::size_t>& open) {
        const std::size_t tiers = open.size();
        std::vector<std::int64_t> cost((plain_.size() + pieces_.size()) * tiers, 0);
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            const std::size_t arc = plain_.size() + i;
            if (!is_open(arc)) continue;
            for (std::size_t k = 0; k < tiers; ++k) {
                if (pieces_[i].counts_in(open[k])) cost[arc * tiers + k] = -slope(scales_[open[k]], pieces_[i]);
            }
        }
        MinCostFlowProblem change;
        change.nodes = problem_.nodes;
        change.tiers = tiers;
        change.supply.assign(problem_.nodes, 0);
        std::vector<std::size_t> arc_of;
        const auto add = [&](std::size_t arc, bool more, std::int64_t room) {
            change.tail.push_back(more ? tail_[arc] : head_[arc]);
            change.head.push_back(more ? head_[arc] : tail_[arc]);
            change.lower.push_back(0);
            change.upper.push_back(room);
            for (std::size_t k = 0; k < tiers; ++k)
                change.cost.push_back(more ? cost[arc * tiers + k] : -cost[arc * tiers + k]);
            arc_of.push_back(arc);
        };
        for (std::size_t arc = 0; arc < current_.size(); ++arc) {
            const bool endless = upper_[arc] == LeximinProblem::unlimited;
            if (is_open(arc) && current_[arc] < upper_[arc]) {
                add(arc, true, endless ? upper_[arc] : difference(upper_[arc], current_[arc]));
            }
        }
        const std::size_t more = arc_of.size();
        for (std::size_t arc = 0; arc < current_.size(); ++arc) {
            if (is_open(arc) && current_[arc] > lower_[arc]) add(arc, false, difference(current_[arc], lower_[arc]));
        }
        MinCostFlowResult found = clock.solve(change);
        for (std::size_t i = 0; i < found.flow.size(); ++i) {
            std::int64_t& flow = current_[arc_of[i]];
            flow = i < more ? difference(flow, -found.flow[i]) : flow - found.flow[i];
        }
        if (found.termination != Termination::optimal) {
            cause_ = found.cause;
            return false;
        }
        potential_ = std::get<Potentials>(std::move(found.certificate)).value;
        for (std::size_t arc = 0; arc < current_.size(); ++arc) {
            for (std::size_t k = 0; k < tiers; ++k) {
                const std::int64_t reduced =
                    cost[arc * tiers + k] + potential_[tail_[arc] * tiers + k] - potential_[head_[arc] * tiers + k];
                if (reduced == 0) continue;
                if (is_open(arc)) fix(arc, reduced < 0);
                break;
            }
        }
        return true;
    }

    [[nodiscard]] std::vector<std::int64_t> tier_potential(std::size_t k, std::size_t tiers) const {
        std::vector<std::int64_t> potential(problem_.nodes);
        for (std::size_t node = 0; node < problem_.nodes; ++node)
            potential[node] = potential_[node * tiers + k];
        return potential;
    }

    [[nodiscard]] int128 relaxed_cost(std::size_t tier) const {
        const Scale& scale = scales_[tier];
        int128 cost = int128{scale.scale} * start_[tier];
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (!pieces_[i].counts_in(tier)) continue;
            const std::int64_t flow = current_[plain_.size() + i] - pieces_[i].least;
            if (scale.exact && flow == pieces_[i].length()) {
                cost -= scale.scale;
            } else {
                cost -= int128{flow} * slope(scale, pieces_[i]);
            }
        }
        return cost;
    }

    const LeximinProblem& problem_;
    const LeximinValues& values_;
    std::vector<std::uint32_t> plain_;
    std::vector<LeximinPiece> pieces_;
    std::vector<std::int64_t> start_;  ///< per rank, the groups that do not exceed it if all pieces are empty
    std::vector<Scale> scales_;        ///< per tier solved
    std::vector<std::uint32_t> tail_;
    std::vector<std::uint32_t> head_;
    std::vector<std::int64_t> lower_;
    std::vector<std::int64_t> upper_;
    std::vector<std::int64_t> current_;  ///< a flow within these bounds
    std::vector<std::int64_t> potential_;
    Cause cause_ = Cause::cancelled;
};

}  // namespace countyplan::detail
