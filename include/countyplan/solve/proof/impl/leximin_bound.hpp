// What the checker of leximin knows of flows, counts, cuts and Lagrangian bounds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/leximin.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan::detail {

inline Verdict outside(std::int64_t found, std::int64_t least, std::int64_t most, std::string place) {
    return refuse({message::solve_out_of_range, {to_text(found), to_text(least), to_text(most)}}, std::move(place));
}

/// Bounds of all arcs that hold in one part of the tree.
struct FlowBox {
    std::vector<std::int64_t> lower;
    std::vector<std::int64_t> upper;
};

inline Verdict check_group_flow(const LeximinProblem& problem, const std::vector<std::int64_t>& flow) {
    if (Verdict v = check_length(flow.size(), problem.arcs(), "flow"); !v.accepted) return v;
    std::vector<int128> left(problem.nodes, 0);
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        if (flow[arc] < problem.lower[arc] || flow[arc] > problem.upper[arc]) {
            return refuse({message::proof_flow_outside,
                           {to_text(flow[arc]), to_text(problem.lower[arc]), to_text(problem.upper[arc])}},
                          indexed("flow", arc));
        }
        left[problem.tail[arc]] += flow[arc];
        left[problem.head[arc]] -= flow[arc];
    }
    for (std::size_t node = 0; node < problem.nodes; ++node) {
        if (left[node] == problem.supply[node]) continue;
        return refuse({message::proof_unbalanced, {to_text(Int128(left[node])), to_text(problem.supply[node])}},
                      indexed("node", node));
    }
    return {};
}

/// The tiers' values, how many groups of a flow do not exceed each, and how many have which value.
struct LeximinTiers {
    std::vector<std::int64_t> value;  ///< per tier
    std::vector<std::size_t> count;   ///< per tier
    std::vector<LeximinLevel> levels;

    LeximinTiers(const LeximinProblem& problem, const std::vector<std::int64_t>& flow) : value(problem.value) {
        std::sort(value.begin(), value.end());
        value.erase(std::unique(value.begin(), value.end()), value.end());
        if (!value.empty()) value.pop_back();
        std::vector<std::int64_t> reached;
        for (std::size_t group = 0; group < problem.groups(); ++group) {
            std::size_t step = problem.first[group];
            while (step + 1 < problem.first[group + 1] && problem.threshold[step + 1] <= flow[problem.group_arc[group]])
                ++step;
            reached.push_back(problem.value[step]);
        }
        std::sort(reached.begin(), reached.end());
        for (const std::int64_t v : reached) {
            if (levels.empty() || levels.back().value != v) levels.push_back({v, 0});
            ++levels.back().groups;
        }
        std::size_t level = 0, groups = 0;
        for (const std::int64_t v : value) {
            while (level < levels.size() && levels[level].value <= v)
                groups += levels[level++].groups;
            count.push_back(groups);
        }
    }
};

inline Verdict check_box_cut(const LeximinProblem& problem, const FlowBox& box, const ViolatedCut& cut) {
    std::vector<bool> inside(problem.nodes, false);
    if (Verdict verdict = mark_nodes(cut.nodes, inside, "cut"); !verdict.accepted) return verdict;
    int128 supply = 0;
    for (const std::uint32_t node : cut.nodes)
        supply += problem.supply[node];
    int128 least_out = 0, most_out = 0;  // of what leaves less what enters
    bool endless_out = false, endless_in = false;
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        const bool leaves = inside[problem.tail[arc]];
        if (leaves == inside[problem.head[arc]]) continue;
        const bool endless = box.upper[arc] == LeximinProblem::unlimited;
        if (leaves) {
            least_out += box.lower[arc];
            if (!endless) most_out += box.upper[arc];
            endless_out = endless_out || endless;
        } else {
            most_out -= box.lower[arc];
            if (!endless) least_out -= box.upper[arc];
            endless_in = endless_in || endless;
        }
    }
    if (!endless_out && supply > most_out) return {};
    if (!endless_in && supply < least_out) return {};
    return refuse(message::proof_cut_not_violated, "cut");
}

/// The flows of a box that are least in all tiers looked at so far, and the next tier's least cost.
class Lagrangian {
  public:
    Lagrangian(const LeximinProblem& problem, const FlowBox& box) : problem_(problem) {
        std::vector<bool> grouped(problem.arcs(), false);
        for (std::size_t group = 0; group < problem.groups(); ++group) {
            const std::uint32_t arc = problem.group_arc[group];
            grouped[arc] = true;
            begin_.push_back(ranges_.size());
            for (std::size_t step = problem.first[group]; step < problem.first[group + 1]; ++step) {
                const std::int64_t from = std::max(problem.threshold[step], box.lower[arc]);
                const bool last = step + 1 == problem.first[group + 1];
                const std::int64_t to =
                    last ? box.upper[arc] : std::min(problem.threshold[step + 1] - 1, box.upper[arc]);
                if (from <= to) ranges_.push_back({from, to, problem.value[step], arc});
            }
        }
        begin_.push_back(ranges_.size());
        for (std::uint32_t arc = 0; arc < problem.arcs(); ++arc) {
            if (!grouped[arc]) plain_.push_back({box.lower[arc], box.upper[arc], 0, arc});
        }
    }

    /// Adds a tier in which a group that does not exceed `value` costs `scale`. Refuses potentials under which
    /// it costs less without end, or numbers beyond 128 bits; else `least` is its least cost.
    Verdict add_tier(std::int64_t value, std::int64_t scale, const std::vector<std::int64_t>& potential,
                     int128& least) {
        least = 0;
        for (std::size_t group = 0; group + 1 < begin_.size(); ++group) {
            if (Verdict v = add_group(group, value, scale, potential, least); !v.accepted) return v;
        }
        if (potential.empty()) return {};
        for (Range& range : plain_) {
            int128 cost = 0;
            if (Verdict v = narrow(range, price(range.arc, potential), cost); !v.accepted) return v;
            if (__builtin_add_overflow(least, cost, &least)) return too_large();
        }
        for (std::size_t node = 0; node < problem_.nodes; ++node) {
            const int128 paid = int128{potential[node]} * problem_.supply[node];
            if (__builtin_sub_overflow(least, paid, &least)) return too_large();
        }
        return {};
    }

  private:
    /// Flows of one arc; a group has as many of these as it has values left to choose from.
    struct Range {
        std::int64_t from, to;
        std::int64_t value;
        std::uint32_t arc;
        bool alive = true;
        int128 cost = 0;
    };

    static Verdict too_large() { return refuse({message::solve_too_large, {"potential * flow"}}, "potential"); }

    [[nodiscard]] int128 price(std::uint32_t arc, const std::vector<std::int64_t>& potential) const {
        if (potential.empty()) return 0;
        return int128{potential[problem_.tail[arc]]} - potential[problem_.head[arc]];
    }

    /// Keeps the end of the range at which `price * flow` is least.
    static Verdict narrow(Range& range, int128 price, int128& cost) {
        if (price > 0) range.to = range.from;
        if (price < 0) {
            if (range.to == LeximinProblem::unlimited) {
                return refuse(message::proof_reduced_cost_negative, indexed("arc", range.arc));
            }
            range.from = range.to;
        }
        if (price != 0 && __builtin_mul_overflow(price, int128{range.from}, &cost)) return too_large();
        return {};
    }

    Verdict add_group(std::size_t group, std::int64_t value, std::int64_t scale,
                      const std::vector<std::int64_t>& potential, int128& least) {
        bool any = false;
        int128 best = 0;
        for (std::size_t i = begin_[group]; i < begin_[group + 1]; ++i) {
            Range& range = ranges_[i];
            if (!range.alive) continue;
            range.cost = 0;
            if (Verdict v = narrow(range, price(range.arc, potential), range.cost); !v.accepted) return v;
            const std::int64_t fine = range.value <= value ? scale : 0;
            if (__builtin_add_overflow(range.cost, int128{fine}, &range.cost)) return too_large();
            if (!any || range.cost < best) best = range.cost;
            any = true;
        }
        for (std::size_t i = begin_[group]; i < begin_[group + 1]; ++i)
            ranges_[i].alive = ranges_[i].alive && ranges_[i].cost == best;
        return __builtin_add_overflow(least, best, &least) ? too_large() : Verdict{};
    }

    const LeximinProblem& problem_;
    std::vector<Range> ranges_;       ///< group after group
    std::vector<std::size_t> begin_;  ///< per group, and one more
    std::vector<Range> plain_;        ///< the arcs without a group
};

/// Refuses a tier of the wrong form.
inline Verdict check_tier(const LeximinProblem& problem, const LeximinBound& bound, std::size_t tier,
                          const std::string& place) {
    if (bound.scale[tier] <= 0) return outside(bound.scale[tier], 1, LeximinProblem::unlimited, place);
    if (bound.potential[tier].empty() || bound.potential[tier].size() == problem.nodes) return {};
    return refuse({message::solve_wrong_length, {to_text(bound.potential[tier].size()), to_text(problem.nodes)}},
                  place);
}

/// Whether the bound shows that no flow in the box is better than one with the counts of `tiers`.
inline Verdict check_leaf(const LeximinProblem& problem, const FlowBox& box, const LeximinBound& bound,
                          const LeximinTiers& tiers, const std::string& place) {
    if (bound.scale.size() > tiers.value.size() || bound.potential.size() != bound.scale.size()) {
        return refuse({message::solve_wrong_length, {to_text(bound.potential.size()), to_text(tiers.value.size())}},
                      place);
    }
    Lagrangian lagrangian(problem, box);
    for (std::size_t tier = 0; tier < bound.scale.size(); ++tier) {
        if (Verdict v = check_tier(problem, bound, tier, place); !v.accepted) return v;
        int128 least = 0;
        const std::int64_t scale = bound.scale[tier];
        if (Verdict v = lagrangian.add_tier(tiers.value[tier], scale, bound.potential[tier], least); !v.accepted) {
            return v;
        }
        const int128 cost = int128{scale} * static_cast<std::int64_t>(tiers.count[tier]);
        if (least > cost) return {};
        if (least < cost) return refuse({message::proof_gap, {to_text(Int128(cost)), to_text(Int128(least))}}, place);
    }
    if (bound.scale.size() == tiers.value.size()) return {};
    return refuse({message::solve_wrong_length, {to_text(bound.scale.size()), to_text(tiers.value.size())}}, place);
}

/// Whether the bound shows that none of its tiers can be better in any flow.
inline Verdict check_settled(const LeximinProblem& problem, const LeximinBound& bound, const LeximinTiers& tiers) {
    if (Verdict v = check_length(bound.potential.size(), bound.scale.size(), "proof[0]"); !v.accepted) return v;
    Lagrangian lagrangian(problem, {problem.lower, problem.upper});
    for (std::size_t tier = 0; tier < bound.scale.size(); ++tier) {
        if (Verdict v = check_tier(problem, bound, tier, "proof[0]"); !v.accepted) return v;
        int128 least = 0;
        const std::int64_t scale = bound.scale[tier];
        if (Verdict v = lagrangian.add_tier(tiers.value[tier], scale, bound.potential[tier], least); !v.accepted) {
            return v;
        }
        const int128 cost = int128{scale} * static_cast<std::int64_t>(tiers.count[tier]);
        if (least != cost) {
            return refuse({message::proof_gap, {to_text(Int128(cost)), to_text(Int128(least))}}, "proof[0]");
        }
    }
    return {};
}

}  // namespace countyplan::detail
