// Is this result true of its plan, and how far does it prove what it claims?
#pragma once

#include <functional>

#include <countyplan/io/result.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/message.hpp>

#include "objection.hpp"

namespace countyplan {

/// Holds every statement of a result against the plan, from the definitions alone. `say` is told what holds; the
/// first thing that does not is returned. Time: experts x posts questions of eligibility, pairs x tiers at most.
[[nodiscard]] Objected judge(const Plan& plan, const AllocationReading& reading,
                             const std::function<void(const Message&)>& say);

}  // namespace countyplan
