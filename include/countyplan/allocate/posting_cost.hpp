// What does a posting cost by a plan's budget?
#pragma once

#include <cstdint>

#include <countyplan/plan/coupling.hpp>

namespace countyplan {

/// Yuan that a posting costs by a `budget`: per person, per whole month of the post's dates, per km.
[[nodiscard]] inline std::int64_t posting_cost(const Coupling& budget, std::int64_t months, std::int64_t km) {
    return budget.cost_person.value_or(0) + budget.cost_month.value_or(0) * months + budget.cost_km.value_or(0) * km;
}

}  // namespace countyplan
