// What do the checkers of all problems say in the same words?
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan::detail {

inline Verdict refuse(Message why, std::string place) { return {false, std::move(why), std::move(place)}; }

/// A place such as `flow[3]`.
inline std::string indexed(const char* field, std::size_t index) {
    std::string place = field;
    place += '[';
    place += to_text(index);
    place += ']';
    return place;
}

/// Whether a result with this cause may be settled, or unsettled: one that is proved is, any other is not.
inline bool cause_fits(Cause cause, bool settled) {
    if (settled) return cause == Cause::proved;
    return cause == Cause::time || cause == Cause::steps || cause == Cause::cancelled;
}

/// Refuses a list of the wrong length; accepts otherwise.
inline Verdict check_length(std::size_t found, std::size_t needed, const char* field) {
    if (found == needed) return {};
    return refuse({message::solve_wrong_length, {to_text(found), to_text(needed)}}, field);
}

/// Offsets from 0 to `last`, ascending.
inline Verdict check_offsets(const std::vector<std::size_t>& first, std::size_t last, const char* field) {
    for (std::size_t i = 0; i < first.size(); ++i) {
        const std::size_t least = i == 0 ? 0 : first[i - 1];
        const std::size_t most = i == 0 ? 0 : last;
        const bool ends = i + 1 < first.size() || first[i] == last;
        if (first[i] < least || first[i] > most || !ends) {
            return refuse(
                {message::solve_out_of_range, {to_text(first[i]), to_text(ends ? least : last), to_text(most)}},
                indexed(field, i));
        }
    }
    return {};
}

/// Refuses a result that is neither optimal nor feasible, or whose cause, claim or steps do not belong to that;
/// `unsettled` is the claim of one that is only feasible.
template <class Result>
Verdict check_ending(const Result& result, Claim unsettled) {
    const auto disagree = [](const char* field) { return refuse(message::proof_fields_disagree, field); };
    const bool optimal = result.termination == Termination::optimal;
    if (!optimal && result.termination != Termination::feasible) return disagree("termination");
    if (!cause_fits(result.cause, optimal)) return disagree("cause");
    if (result.claim != (optimal ? Claim::proved : unsettled)) return disagree("claim");
    return result.steps < 0 ? disagree("steps") : Verdict{};
}

/// Refuses counts that reach `below`, before anything is allocated by them.
inline Verdict check_counts(std::size_t nodes, std::size_t arcs, std::size_t below) {
    if (nodes >= below) return refuse({message::solve_too_large, {"nodes"}}, "nodes");
    if (arcs >= below) return refuse({message::solve_too_large, {"arcs"}}, "tail");
    return {};
}

/// Refuses arcs that point at no node; both lists have the same length.
inline Verdict check_ends(const std::vector<std::uint32_t>& tail, const std::vector<std::uint32_t>& head,
                          std::size_t nodes) {
    for (std::size_t arc = 0; arc < tail.size(); ++arc) {
        for (const auto* end : {&tail, &head}) {
            if ((*end)[arc] < nodes) continue;
            return refuse({message::solve_no_such_node, {to_text((*end)[arc]), to_text(nodes)}},
                          indexed(end == &tail ? "tail" : "head", arc));
        }
    }
    return {};
}

/// Marks the listed nodes in `inside`, one entry per node; refuses one that does not exist or is named twice.
inline Verdict mark_nodes(const std::vector<std::uint32_t>& nodes, std::vector<bool>& inside, const char* field) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i] >= inside.size()) {
            return refuse({message::proof_no_such_item, {to_text(nodes[i]), to_text(inside.size())}},
                          indexed(field, i));
        }
        if (inside[nodes[i]]) return refuse({message::proof_named_twice, {to_text(nodes[i])}}, indexed(field, i));
        inside[nodes[i]] = true;
    }
    return {};
}

/// Refuses arc `i` of a closed walk if it does not exist or does not start where the one before it ends.
template <class Problem>
Verdict check_step(const Problem& problem, const std::vector<std::uint32_t>& arcs, std::size_t i) {
    if (arcs[i] >= problem.arcs()) {
        return refuse({message::proof_no_such_item, {to_text(arcs[i]), to_text(problem.arcs())}}, indexed("cycle", i));
    }
    const std::uint32_t before = arcs[i == 0 ? arcs.size() - 1 : i - 1];
    if (before >= problem.arcs() || problem.head[before] != problem.tail[arcs[i]]) {
        return refuse(message::proof_not_a_cycle, indexed("cycle", i));
    }
    return {};
}

}  // namespace countyplan::detail
