// The checker's half of leximin: definitions only, nothing taken from the solver.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/impl/leximin_bound.hpp>
#include <countyplan/solve/proof/leximin.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan::detail {

inline Verdict check_group_network(const LeximinProblem& problem) {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t unlimited = LeximinProblem::unlimited;
    constexpr std::int64_t most = LeximinProblem::max_bound;
    const std::size_t arcs = problem.arcs();
    constexpr std::size_t limit = std::numeric_limits<std::uint32_t>::max();
    if (problem.nodes >= limit) return refuse({message::solve_too_large, {"nodes"}}, "nodes");
    if (arcs >= limit || problem.threshold.size() >= limit - arcs) {
        return refuse({message::solve_too_large, {"arcs + steps"}}, "tail");
    }
    if (Verdict v = check_length(problem.supply.size(), problem.nodes, "supply"); !v.accepted) return v;
    if (Verdict v = check_length(problem.head.size(), arcs, "head"); !v.accepted) return v;
    if (Verdict v = check_length(problem.lower.size(), arcs, "lower"); !v.accepted) return v;
    if (Verdict v = check_length(problem.upper.size(), arcs, "upper"); !v.accepted) return v;
    for (std::size_t node = 0; node < problem.nodes; ++node) {
        if (problem.supply[node] == least) return outside(least, least + 1, unlimited, indexed("supply", node));
    }
    for (std::size_t arc = 0; arc < arcs; ++arc) {
        for (const auto* end : {&problem.tail, &problem.head}) {
            if ((*end)[arc] < problem.nodes) continue;
            return refuse({message::solve_no_such_node, {to_text((*end)[arc]), to_text(problem.nodes)}},
                          indexed(end == &problem.tail ? "tail" : "head", arc));
        }
        const std::int64_t lower = problem.lower[arc], upper = problem.upper[arc];
        if (lower < -most || lower > most) return outside(lower, -most, most, indexed("lower", arc));
        if (upper < lower) {
            return refuse({message::solve_crossed_bounds, {to_text(upper), to_text(lower)}}, indexed("upper", arc));
        }
        if (upper > most && upper != unlimited) return outside(upper, -most, most, indexed("upper", arc));
    }
    return {};
}

inline Verdict check_groups(const LeximinProblem& problem) {
    constexpr std::int64_t most = LeximinProblem::max_bound;
    const std::size_t groups = problem.groups(), steps = problem.threshold.size();
    if (Verdict v = check_length(problem.first.size(), groups + 1, "first"); !v.accepted) return v;
    if (Verdict v = check_length(problem.value.size(), steps, "value"); !v.accepted) return v;
    const auto misplaced = [&](std::size_t i, std::size_t from, std::size_t to) {
        return refuse({message::solve_out_of_range, {to_text(problem.first[i]), to_text(from), to_text(to)}},
                      indexed("first", i));
    };
    if (problem.first[0] != 0) return misplaced(0, 0, 0);
    std::vector<bool> taken(problem.arcs(), false);
    for (std::size_t group = 0; group < groups; ++group) {
        const std::uint32_t arc = problem.group_arc[group];
        if (arc >= problem.arcs()) {
            return refuse({message::proof_no_such_item, {to_text(arc), to_text(problem.arcs())}},
                          indexed("group_arc", group));
        }
        if (taken[arc]) return refuse({message::proof_named_twice, {to_text(arc)}}, indexed("group_arc", group));
        taken[arc] = true;
        const std::size_t begin = problem.first[group], end = problem.first[group + 1];
        if (end <= begin || end > steps) return misplaced(group + 1, begin + 1, steps);
        for (std::size_t step = begin; step < end; ++step) {
            const std::int64_t least = step == begin ? -most : problem.threshold[step - 1] + 1;
            const std::int64_t highest = step == begin ? problem.lower[arc] : most;
            if (problem.threshold[step] < least || problem.threshold[step] > highest) {
                return outside(problem.threshold[step], least, highest, indexed("threshold", step));
            }
            if (step > begin && problem.value[step] < problem.value[step - 1]) {
                return outside(problem.value[step], problem.value[step - 1], std::numeric_limits<std::int64_t>::max(),
                               indexed("value", step));
            }
        }
    }
    if (problem.first[groups] != steps) return misplaced(groups, steps, steps);
    return {};
}

/// Whether the tree covers all flows and each leaf shows what it must.
inline Verdict check_tree(const LeximinProblem& problem, const LeximinResult& result, const LeximinTiers& tiers) {
    struct Open {
        std::uint32_t arc;
        std::int64_t threshold, lower, upper;
        bool above;
    };
    std::vector<Open> open;
    FlowBox box{problem.lower, problem.upper};
    for (std::size_t i = 0; i < result.proof.size(); ++i) {
        if (const auto* branch = std::get_if<LeximinBranch>(&result.proof[i])) {
            if (branch->group >= problem.groups() || branch->step < problem.first[branch->group] ||
                branch->step >= problem.first[branch->group + 1]) {
                return refuse({message::proof_no_such_item, {to_text(branch->step), to_text(problem.threshold.size())}},
                              indexed("proof", i));
            }
            const std::uint32_t arc = problem.group_arc[branch->group];
            const std::int64_t threshold = problem.threshold[branch->step];
            if (threshold <= box.lower[arc] || threshold > box.upper[arc]) {
                return outside(threshold, box.lower[arc], box.upper[arc], indexed("proof", i));
            }
            open.push_back({arc, threshold, box.lower[arc], box.upper[arc], false});
            box.upper[arc] = threshold - 1;
            continue;
        }
        if (const auto* cut = std::get_if<ViolatedCut>(&result.proof[i])) {
            if (Verdict v = check_box_cut(problem, box, *cut); !v.accepted) return v;
        } else {
            const auto& bound = std::get<LeximinBound>(result.proof[i]);
            if (Verdict v = check_leaf(problem, box, bound, tiers, indexed("proof", i)); !v.accepted) return v;
        }
        while (!open.empty() && open.back().above) {
            box.lower[open.back().arc] = open.back().lower;
            open.pop_back();
        }
        if (open.empty()) {
            if (i + 1 == result.proof.size()) return {};
            return refuse(message::proof_not_a_tree, indexed("proof", i + 1));
        }
        box.upper[open.back().arc] = open.back().upper;
        box.lower[open.back().arc] = open.back().threshold;
        open.back().above = true;
    }
    return refuse(message::proof_not_a_tree, "proof");
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE Verdict examine(const LeximinProblem& problem) {
    if (Verdict verdict = detail::check_group_network(problem); !verdict.accepted) return verdict;
    return detail::check_groups(problem);
}

COUNTYPLAN_INLINE Verdict examine(const LeximinProblem& problem, const LeximinResult& result) {
    if (Verdict verdict = examine(problem); !verdict.accepted) return verdict;
    const auto disagree = [](const char* field) { return detail::refuse(message::proof_fields_disagree, field); };
    const bool optimal = result.termination == Termination::optimal;
    const bool infeasible = result.termination == Termination::infeasible;
    const bool feasible = result.termination == Termination::feasible;
    if (!optimal && !infeasible && !feasible && result.termination != Termination::unknown) {
        return disagree("termination");
    }
    if (!detail::cause_fits(result.cause, optimal || infeasible)) return disagree("cause");
    if (result.steps < 0) return disagree("steps");
    const Claim claim = optimal || infeasible            ? Claim::proved
                        : feasible && result.settled > 0 ? Claim::bounded
                        : feasible                       ? Claim::feasible
                                                         : Claim::estimate;
    if (result.claim != claim) return disagree("claim");
    if (!optimal && !feasible) {
        if (!result.flow.empty()) return disagree("flow");
        if (!result.levels.empty()) return disagree("levels");
        if (result.settled != 0) return disagree("settled");
        if (!infeasible) return result.proof.empty() ? Verdict{} : disagree("proof");
        const auto* cut = result.proof.size() == 1 ? std::get_if<ViolatedCut>(&result.proof[0]) : nullptr;
        if (cut == nullptr) return disagree("proof");
        return detail::check_box_cut(problem, {problem.lower, problem.upper}, *cut);
    }
    if (Verdict v = detail::check_group_flow(problem, result.flow); !v.accepted) return v;
    const detail::LeximinTiers tiers(problem, result.flow);
    if (result.levels.size() != tiers.levels.size()) {
        return detail::check_length(result.levels.size(), tiers.levels.size(), "levels");
    }
    for (std::size_t i = 0; i < tiers.levels.size(); ++i) {
        if (!(result.levels[i] == tiers.levels[i])) {
            return detail::refuse(
                {message::proof_wrong_value, {to_text(result.levels[i].groups), to_text(tiers.levels[i].groups)}},
                detail::indexed("levels", i));
        }
    }
    if (optimal) {
        if (result.settled != tiers.value.size()) return disagree("settled");
        return detail::check_tree(problem, result, tiers);
    }
    if (result.settled == 0) return result.proof.empty() ? Verdict{} : disagree("proof");
    const auto* bound = result.proof.size() == 1 ? std::get_if<LeximinBound>(&result.proof[0]) : nullptr;
    if (bound == nullptr) return disagree("proof");
    if (result.settled > tiers.value.size() || bound->scale.size() != result.settled) return disagree("settled");
    return detail::check_settled(problem, *bound, tiers);
}

COUNTYPLAN_INLINE Verdict examine(const LeximinProblem& problem, const MaxMinResult& result) {
    if (Verdict verdict = examine(problem); !verdict.accepted) return verdict;
    const auto disagree = [](const char* field) { return detail::refuse(message::proof_fields_disagree, field); };
    const bool optimal = result.termination == Termination::optimal;
    const bool infeasible = result.termination == Termination::infeasible;
    const bool feasible = result.termination == Termination::feasible;
    if (!optimal && !infeasible && !feasible && result.termination != Termination::unknown) {
        return disagree("termination");
    }
    if (!detail::cause_fits(result.cause, optimal || infeasible)) return disagree("cause");
    if (result.steps < 0) return disagree("steps");
    const Claim claim = optimal || infeasible ? Claim::proved : feasible ? Claim::feasible : Claim::estimate;
    if (result.claim != claim) return disagree("claim");
    const auto* cut = std::get_if<ViolatedCut>(&result.certificate);
    if (!optimal && !feasible) {
        if (!result.flow.empty()) return disagree("flow");
        if (result.worst != 0) return disagree("worst");
        if ((cut != nullptr) != infeasible) return disagree("certificate");
        if (!infeasible) return {};
        return detail::check_box_cut(problem, {problem.lower, problem.upper}, *cut);
    }
    if (Verdict v = detail::check_group_flow(problem, result.flow); !v.accepted) return v;
    const detail::LeximinTiers tiers(problem, result.flow);
    const std::int64_t worst = tiers.levels.empty() ? 0 : tiers.levels[0].value;
    if (result.worst != worst) {
        return detail::refuse({message::proof_wrong_value, {to_text(result.worst), to_text(worst)}}, "worst");
    }
    if (feasible) return cut == nullptr ? Verdict{} : disagree("certificate");
    detail::FlowBox box{problem.lower, problem.upper};
    bool hopeless = problem.groups() == 0;  // some group cannot exceed the worst
    for (std::size_t group = 0; group < problem.groups(); ++group) {
        const std::uint32_t arc = problem.group_arc[group];
        std::size_t step = problem.first[group];
        while (step < problem.first[group + 1] && problem.value[step] <= worst)
            ++step;
        if (step == problem.first[group + 1] || problem.threshold[step] > problem.upper[arc]) {
            hopeless = true;
        } else if (problem.threshold[step] > box.lower[arc]) {
            box.lower[arc] = problem.threshold[step];
        }
    }
    if ((cut == nullptr) != hopeless) return disagree("certificate");
    return hopeless ? Verdict{} : detail::check_box_cut(problem, box, *cut);
}

COUNTYPLAN_INLINE bool verify(const LeximinProblem& problem, const LeximinResult& result) {
    return examine(problem, result).accepted;
}

COUNTYPLAN_INLINE bool verify(const LeximinProblem& problem, const MaxMinResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
