// Do the potentials prove that no staffing is better than this one?
#pragma once

#include <cstddef>
#include <span>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/objective.hpp>

#include "head_count.hpp"
#include "objection.hpp"

namespace countyplan {

/// What was looked at.
struct ProofCount {
    std::size_t pairs = 0;  ///< eligible ones, found by asking every expert about every post
    std::size_t others = 0;
};

/// Walks every arc of the circulation that allocate/objective.hpp defines, laid out anew from the plan: not
/// from the network that the solver used. Each arc's reduced cost vector, cost + potential of the tail -
/// potential of the head, must be lexicographically >= 0 where nothing flows, <= 0 where the arc is full, 0
/// between (duality of flows; Ahuja, Magnanti, Orlin 1993). `values_agree`: whether the stated values are
/// those of this staffing; if not, it is the staffing that differs from what is proved, else a potential.
[[nodiscard]] Objected examine_optimality(const Eligibility& eligibility, const HeadCount& count,
                                          std::span<const NodePotential> potentials, bool values_agree,
                                          ProofCount& looked_at);

}  // namespace countyplan
