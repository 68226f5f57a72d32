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

}  // namespace countyplan::detail
