// The checker's half of top_trading_cycles: definitions only, nothing taken from the solver.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/proof/top_trading_cycles.hpp>

namespace countyplan {

namespace detail {

/// Whether everyone's pair is one of their own and no place holds more than its capacity.
inline Verdict check_places(const SchoolChoiceProblem& problem, const SchoolChoiceResult& result) {
    if (Verdict v = check_length(result.pair_of.size(), problem.agents(), "pair_of"); !v.accepted) return v;
    std::vector<std::int64_t> held(problem.places(), 0);
    for (std::size_t a = 0; a < problem.agents(); ++a) {
        const std::uint32_t pair = result.pair_of[a];
        if (pair == SchoolChoiceResult::unassigned) continue;
        if (pair < problem.first[a] || pair >= problem.last(a)) {
            return refuse({message::proof_not_its_pair, {to_text(pair)}}, indexed("pair_of", a));
        }
        ++held[problem.place[pair]];
    }
    for (std::size_t p = 0; p < problem.places(); ++p) {
        if (held[p] > problem.capacity[p]) {
            return refuse({message::proof_flow_outside, {to_text(held[p]), "0", to_text(problem.capacity[p])}},
                          indexed("capacity", p));
        }
    }
    return {};
}

/// Whether everyone, in the stated order, finds the stated place to be the best that has room.
inline Verdict check_order(const SchoolChoiceProblem& problem, const SchoolChoiceResult& result) {
    if (Verdict v = check_length(result.order.size(), problem.agents(), "order"); !v.accepted) return v;
    std::vector<bool> chosen(problem.agents(), false);
    if (Verdict v = mark_nodes(result.order, chosen, "order"); !v.accepted) return v;
    std::vector<std::int64_t> room = problem.capacity;
    for (std::size_t i = 0; i < result.order.size(); ++i) {
        const std::uint32_t agent = result.order[i];
        std::size_t pair = problem.first[agent];
        while (pair < problem.last(agent) && room[problem.place[pair]] == 0)
            ++pair;
        const bool found = pair < problem.last(agent);
        const std::size_t takes = found ? pair : SchoolChoiceResult::unassigned;
        if (takes != result.pair_of[agent]) {
            return refuse({message::proof_wrong_value, {to_text(result.pair_of[agent]), to_text(takes)}},
                          indexed("pair_of", agent));
        }
        if (found) --room[problem.place[pair]];
    }
    return {};
}

}  // namespace detail

COUNTYPLAN_INLINE Verdict examine(const SchoolChoiceProblem& problem) {
    using namespace detail;
    constexpr std::size_t below = std::size_t{1} << 31;
    if (problem.places() >= below) return refuse({message::solve_too_large, {"places"}}, "capacity");
    if (problem.agents() >= below) return refuse({message::solve_too_large, {"agents"}}, "first");
    const std::size_t pairs = problem.place.size();
    if (pairs >= std::numeric_limits<std::uint32_t>::max()) {
        return refuse({message::solve_too_large, {"pairs"}}, "place");
    }
    if (problem.first.empty()) return refuse({message::solve_wrong_length, {"0", "1"}}, "first");
    if (Verdict v = check_length(problem.priority.size(), pairs, "priority"); !v.accepted) return v;
    for (std::size_t p = 0; p < problem.places(); ++p) {
        if (problem.capacity[p] < 0) {
            return refuse({message::solve_out_of_range,
                           {to_text(problem.capacity[p]), "0", to_text(std::numeric_limits<std::int64_t>::max())}},
                          indexed("capacity", p));
        }
    }
    if (Verdict v = check_offsets(problem.first, pairs, "first"); !v.accepted) return v;
    if (!problem.wanted.empty()) {
        if (Verdict v = check_length(problem.wanted.size(), problem.agents(), "wanted"); !v.accepted) return v;
        for (std::size_t a = 0; a < problem.agents(); ++a) {
            const std::size_t most = problem.first[a + 1] - problem.first[a];
            if (problem.wanted[a] <= most) continue;
            return refuse({message::solve_out_of_range, {to_text(problem.wanted[a]), "0", to_text(most)}},
                          indexed("wanted", a));
        }
    }
    constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> listed_by(problem.places(), nobody);
    for (std::uint32_t a = 0; a < problem.agents(); ++a) {
        for (std::size_t pair = problem.first[a]; pair < problem.first[a + std::size_t{1}]; ++pair) {
            const std::uint32_t place = problem.place[pair];
            if (place >= problem.places()) {
                return refuse({message::proof_no_such_item, {to_text(place), to_text(problem.places())}},
                              indexed("place", pair));
            }
            if (listed_by[place] == a) {
                return refuse({message::proof_named_twice, {to_text(place)}}, indexed("place", pair));
            }
            listed_by[place] = a;
        }
    }
    return {};
}

COUNTYPLAN_INLINE Verdict examine(const SchoolChoiceProblem& problem, const SchoolChoiceResult& result) {
    using namespace detail;
    if (Verdict v = examine(problem); !v.accepted) return v;
    if (Verdict v = check_ending(result, Claim::feasible); !v.accepted) return v;
    if (Verdict v = check_places(problem, result); !v.accepted) return v;
    if (result.termination == Termination::optimal) return check_order(problem, result);
    return result.order.empty() ? Verdict{} : refuse(message::proof_fields_disagree, "order");
}

COUNTYPLAN_INLINE bool verify(const SchoolChoiceProblem& problem, const SchoolChoiceResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
