// Which sound couplings does a seed stand for?
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <countyplan/plan/draft.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

/// As many rows of any kind over the draft's senders, counties, schools and groups; people without a group are put
/// into one now and then. `check` finds no error in them.
inline void add_couplings(countyplan::Draft& draft, countyplan::Random& random, std::size_t rows) {
    using namespace countyplan;
    const auto pick = [&random](const auto& table) { return table.rows()[random.below(table.size())]; };
    for (Expert& expert : draft.experts.rows())
        if (expert.group.empty() && random.chance(1, 2)) expert.group = random.chance(1, 2) ? "pair-1" : "pair-2";
    for (std::size_t k = 0; k < rows; ++k) {
        Coupling row{.id = "C-" + std::to_string(k)};
        row.kind = static_cast<CouplingKind>(random.below(enumerator_count<CouplingKind>));
        row.per = static_cast<CouplingScope>(random.below(enumerator_count<CouplingScope>));
        const bool is_named =
            row.kind != CouplingKind::unit && row.kind != CouplingKind::together && row.kind != CouplingKind::apart;
        if (!is_named && row.per == CouplingScope::plan) row.per = CouplingScope::county;
        if (row.kind == CouplingKind::unit || (is_named && random.chance(1, 2)))
            row.who = {Noun::sender, pick(draft.senders).id};
        if (is_named) {
            if (random.chance(1, 4)) row.where = {Noun::county, to_text(pick(draft.counties).code)};
            if (random.chance(1, 4)) row.where = {Noun::school, pick(draft.schools).id};
            if (random.chance(1, 3)) row.role = static_cast<Role>(random.below(enumerator_count<Role>));
            if (random.chance(1, 4)) row.subject = "maths";
            if (random.chance(1, 3)) row.min_title = Title::senior;
        }
        switch (row.kind) {
            case CouplingKind::share:
                row.lower = random.between(0, 600);
                if (random.chance(1, 2)) row.upper = *row.lower + random.between(0, 400);
                break;
            case CouplingKind::count:
                if (random.chance(2, 3)) row.upper = random.between(0, 3);
                if (!row.upper || random.chance(1, 3)) row.lower = random.between(0, row.upper.value_or(2));
                break;
            case CouplingKind::senders:
            case CouplingKind::apart:
                row.upper = random.between(1, 2);
                break;
            case CouplingKind::leader:
                row.lower = random.between(0, 2);
                break;
            case CouplingKind::budget:
                row.upper = random.between(0, 5'000);
                row.cost_person = random.between(0, 900);
                if (random.chance(1, 2)) row.cost_month = random.between(0, 90);
                if (random.chance(1, 2)) row.cost_km = random.between(0, 3);
                break;
            default:
                if (row.kind == CouplingKind::together && random.chance(1, 2)) row.group = "pair-1";
        }
        if (random.chance(1, 2) && !draft.objective.empty()) {
            row.price = random.between(0, 1000);
            row.tier = draft.objective[random.below(draft.objective.size())];
        }
        draft.couplings.push_back(row);
    }
}

}  // namespace given
