// Is what a search for teams begins with of the right shape?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/team_columns.hpp>

namespace countyplan::detail {

inline Verdict check_team_start(const TeamColumnsProblem& p, const TeamColumnsStart& start) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    if (!start.pair_of.empty()) {
        if (Verdict v = check_length(start.pair_of.size(), p.experts(), "start.pair_of"); !v.accepted) return v;
        for (std::size_t e = 0; e < p.experts(); ++e) {
            const std::uint32_t k = start.pair_of[e];
            if (k == TeamColumnsResult::unassigned || (k >= p.first_pair[e] && k < p.first_pair[e + 1])) continue;
            return refuse({message::proof_no_such_item, {to_text(k), to_text(p.pairs())}}, indexed("start.pair_of", e));
        }
    }
    if (start.scale == 0 && start.expert.empty() && start.row.empty()) return {};
    if (start.scale < 1) {
        return refuse({message::solve_out_of_range, {to_text(start.scale), "1", to_text(most)}}, "start.scale");
    }
    if (Verdict v = check_length(start.expert.size(), p.experts(), "start.expert"); !v.accepted) return v;
    if (Verdict v = check_length(start.row.size(), p.rows.size(), "start.row"); !v.accepted) return v;
    for (std::size_t e = 0; e < p.experts(); ++e) {
        if (start.expert[e] >= 0) continue;
        return refuse({message::solve_out_of_range, {to_text(start.expert[e]), "0", to_text(most)}},
                      indexed("start.expert", e));
    }
    return {};
}

}  // namespace countyplan::detail
