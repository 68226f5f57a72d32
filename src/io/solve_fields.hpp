// Which members do the problems, results and certificates of `solve/` have in files?
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include <countyplan/io/certificate.hpp>

namespace countyplan::detail {

/// How one member is written.
struct Part {
    std::string_view name;
    bool required = true;                                   ///< else it may be absent and keeps its default
    bool is_cost = false;                                   ///< read from decimals, times the scale
    std::optional<std::int64_t> null_means = std::nullopt;  ///< this number is written as null
};

template <class T, class Wanted>
concept Being = std::same_as<std::remove_const_t<T>, Wanted>;

// One function per struct: the members in their order, each with how it is written. A writer, a reader, a
// schema and a fingerprint all walk the same list.

template <Being<MinCostFlowProblem> Problem, class Visit>
void for_each_part(Problem& problem, Visit&& visit) {
    visit(Part{"nodes"}, problem.nodes);
    visit(Part{.name = "tiers", .required = false}, problem.tiers);
    visit(Part{"supply"}, problem.supply);
    visit(Part{"tail"}, problem.tail);
    visit(Part{"head"}, problem.head);
    visit(Part{.name = "lower", .required = false}, problem.lower);
    visit(Part{.name = "upper", .required = false, .null_means = MinCostFlowProblem::unlimited}, problem.upper);
    visit(Part{.name = "cost", .is_cost = true}, problem.cost);
}

template <Being<AssignmentProblem> Problem, class Visit>
void for_each_part(Problem& problem, Visit&& visit) {
    visit(Part{"rows"}, problem.rows);
    visit(Part{"columns"}, problem.columns);
    visit(Part{.name = "cost", .is_cost = true, .null_means = AssignmentProblem::no_pair}, problem.cost);
}

template <Being<SparseAssignmentProblem> Problem, class Visit>
void for_each_part(Problem& problem, Visit&& visit) {
    constexpr std::int64_t must = SparseAssignmentProblem::must_match;
    visit(Part{"rows"}, problem.rows);
    visit(Part{"columns"}, problem.columns);
    visit(Part{"first"}, problem.first);
    visit(Part{"column"}, problem.column);
    visit(Part{.name = "cost", .is_cost = true}, problem.cost);
    visit(Part{.name = "unmatched_row", .required = false, .is_cost = true, .null_means = must}, problem.unmatched_row);
    visit(Part{.name = "unmatched_column", .required = false, .is_cost = true, .null_means = must},
          problem.unmatched_column);
}

template <Being<MaxFlowProblem> Problem, class Visit>
void for_each_part(Problem& problem, Visit&& visit) {
    visit(Part{"nodes"}, problem.nodes);
    visit(Part{"source"}, problem.source);
    visit(Part{"sink"}, problem.sink);
    visit(Part{"tail"}, problem.tail);
    visit(Part{"head"}, problem.head);
    visit(Part{"capacity"}, problem.capacity);
}

template <Being<MatchingProblem> Problem, class Visit>
void for_each_part(Problem& problem, Visit&& visit) {
    visit(Part{"rows"}, problem.rows);
    visit(Part{"columns"}, problem.columns);
    visit(Part{"first"}, problem.first);
    visit(Part{"column"}, problem.column);
}

template <Being<ConvexFlowProblem> Problem, class Visit>
void for_each_part(Problem& problem, Visit&& visit) {
    visit(Part{"nodes"}, problem.nodes);
    visit(Part{.name = "tiers", .required = false}, problem.tiers);
    visit(Part{"supply"}, problem.supply);
    visit(Part{"tail"}, problem.tail);
    visit(Part{"head"}, problem.head);
    visit(Part{"lower"}, problem.lower);
    visit(Part{.name = "upper", .null_means = MinCostFlowProblem::unlimited}, problem.upper);
    visit(Part{"first_piece"}, problem.first_piece);
    visit(Part{"from"}, problem.from);
    visit(Part{.name = "slope", .is_cost = true}, problem.slope);
}

template <Being<LeximinProblem> Problem, class Visit>
void for_each_part(Problem& problem, Visit&& visit) {
    visit(Part{"nodes"}, problem.nodes);
    visit(Part{"supply"}, problem.supply);
    visit(Part{"tail"}, problem.tail);
    visit(Part{"head"}, problem.head);
    visit(Part{"lower"}, problem.lower);
    visit(Part{.name = "upper", .null_means = LeximinProblem::unlimited}, problem.upper);
    visit(Part{"group_arc"}, problem.group_arc);
    visit(Part{"first"}, problem.first);
    visit(Part{"threshold"}, problem.threshold);
    visit(Part{"value"}, problem.value);
}

template <Being<NestedQuotas> Quotas, class Visit>
void for_each_part(Quotas& quotas, Visit&& visit) {
    visit(Part{.name = "parent", .null_means = NestedQuotas::outermost}, quotas.parent);
    visit(Part{"lower"}, quotas.lower);
    visit(Part{.name = "upper", .null_means = NestedQuotas::unlimited}, quotas.upper);
    visit(Part{.name = "first_piece", .required = false}, quotas.first_piece);
    visit(Part{.name = "from", .required = false}, quotas.from);
    visit(Part{.name = "slope", .required = false, .is_cost = true}, quotas.slope);
}

template <Being<NestedFlowProblem> Problem, class Visit>
void for_each_part(Problem& problem, Visit&& visit) {
    visit(Part{.name = "tiers", .required = false}, problem.tiers);
    visit(Part{.name = "pair_tier", .required = false}, problem.pair_tier);
    visit(Part{"left"}, problem.left);
    visit(Part{"right"}, problem.right);
    visit(Part{"group"}, problem.group);
    visit(Part{"first"}, problem.first);
    visit(Part{"to"}, problem.to);
    visit(Part{.name = "cost", .is_cost = true}, problem.cost);
}

// ---------------------------------------------------------------------------------------------- certificates

template <class Certificate>
inline constexpr std::string_view certificate_name = {};
template <>
inline constexpr std::string_view certificate_name<Potentials> = "potentials";
template <>
inline constexpr std::string_view certificate_name<ViolatedCut> = "violated_cut";
template <>
inline constexpr std::string_view certificate_name<NegativeCycle> = "negative_cycle";
template <>
inline constexpr std::string_view certificate_name<AssignmentPrices> = "prices";
template <>
inline constexpr std::string_view certificate_name<HallShortage> = "shortage";
template <>
inline constexpr std::string_view certificate_name<SparseAssignmentPrices> = "prices";
template <>
inline constexpr std::string_view certificate_name<SparseAssignmentShortage> = "shortage";

template <>
inline constexpr std::string_view certificate_name<LeximinBound> = "bound";
template <>
inline constexpr std::string_view certificate_name<LeximinBranch> = "branch";
template <>
inline constexpr std::string_view certificate_name<NestedFlowPotentials> = "potentials";
template <>
inline constexpr std::string_view certificate_name<NestedFlowCut> = "cut";

template <Being<Potentials> Proof, class Visit>
void for_each_part(Proof& proof, Visit&& visit) {
    visit(Part{"value"}, proof.value);
}

template <Being<ViolatedCut> Proof, class Visit>
void for_each_part(Proof& proof, Visit&& visit) {
    visit(Part{"nodes"}, proof.nodes);
}

template <Being<NegativeCycle> Proof, class Visit>
void for_each_part(Proof& proof, Visit&& visit) {
    visit(Part{"arcs"}, proof.arcs);
}

template <class Proof, class Visit>
    requires Being<Proof, AssignmentPrices> || Being<Proof, SparseAssignmentPrices>
void for_each_part(Proof& proof, Visit&& visit) {
    visit(Part{"row"}, proof.row);
    visit(Part{"column"}, proof.column);
}

template <class Proof, class Visit>
    requires Being<Proof, HallShortage> || Being<Proof, SparseAssignmentShortage>
void for_each_part(Proof& proof, Visit&& visit) {
    visit(Part{"rows"}, proof.rows);
    visit(Part{"columns"}, proof.columns);
}

template <Being<LeximinBound> Proof, class Visit>
void for_each_part(Proof& proof, Visit&& visit) {
    visit(Part{"scale"}, proof.scale);
    visit(Part{"potential"}, proof.potential);
}

template <Being<LeximinBranch> Proof, class Visit>
void for_each_part(Proof& proof, Visit&& visit) {
    visit(Part{"group"}, proof.group);
    visit(Part{"step"}, proof.step);
}

template <Being<NestedFlowPotentials> Proof, class Visit>
void for_each_part(Proof& proof, Visit&& visit) {
    visit(Part{"left"}, proof.left);
    visit(Part{"right"}, proof.right);
}

template <Being<NestedFlowCut> Proof, class Visit>
void for_each_part(Proof& proof, Visit&& visit) {
    visit(Part{"home"}, proof.home);
    visit(Part{"left"}, proof.left);
    visit(Part{"right"}, proof.right);
}

// --------------------------------------------------------------------------------------------------- results

/// The members that every result has.
template <class Result, class Visit>
void for_each_common_part(Result& result, Visit& visit) {
    visit(Part{"termination"}, result.termination);
    visit(Part{"cause"}, result.cause);
    visit(Part{"claim"}, result.claim);
    visit(Part{"steps"}, result.steps);
}

template <class Result, class Visit>
    requires Being<Result, MinCostFlowResult> || Being<Result, ConvexFlowResult>
void for_each_part(Result& result, Visit&& visit) {
    for_each_common_part(result, visit);
    visit(Part{"cost"}, result.cost);
    visit(Part{"flow"}, result.flow);
    visit(Part{"certificate"}, result.certificate);
}

template <class Result, class Visit>
    requires Being<Result, AssignmentResult> || Being<Result, SparseAssignmentResult>
void for_each_part(Result& result, Visit&& visit) {
    for_each_common_part(result, visit);
    visit(Part{"objective"}, result.objective);
    visit(Part{"bound"}, result.bound);
    visit(Part{.name = "column_of", .null_means = std::remove_const_t<Result>::unmatched}, result.column_of);
    visit(Part{"certificate"}, result.certificate);
}

template <Being<MaxFlowResult> Result, class Visit>
void for_each_part(Result& result, Visit&& visit) {
    for_each_common_part(result, visit);
    visit(Part{"value"}, result.value);
    visit(Part{"bound"}, result.bound);
    visit(Part{"flow"}, result.flow);
    visit(Part{"cut"}, result.cut);
}

template <Being<NestedFlowResult> Result, class Visit>
void for_each_part(Result& result, Visit&& visit) {
    for_each_common_part(result, visit);
    visit(Part{"cost"}, result.cost);
    visit(Part{.name = "pair_of", .null_means = NestedFlowResult::unpaired}, result.pair_of);
    visit(Part{"certificate"}, result.certificate);
}

template <Being<LeximinLevel> Level, class Visit>
void for_each_part(Level& level, Visit&& visit) {
    visit(Part{"value"}, level.value);
    visit(Part{"groups"}, level.groups);
}

template <Being<LeximinResult> Result, class Visit>
void for_each_part(Result& result, Visit&& visit) {
    for_each_common_part(result, visit);
    visit(Part{"flow"}, result.flow);
    visit(Part{"levels"}, result.levels);
    visit(Part{"settled"}, result.settled);
    visit(Part{"proof"}, result.proof);
}

template <Being<MatchingResult> Result, class Visit>
void for_each_part(Result& result, Visit&& visit) {
    for_each_common_part(result, visit);
    visit(Part{"size"}, result.size);
    visit(Part{"bound"}, result.bound);
    visit(Part{.name = "column_of", .null_means = MatchingResult::unmatched}, result.column_of);
    visit(Part{"cover_rows"}, result.cover_rows);
    visit(Part{"cover_columns"}, result.cover_columns);
}

}  // namespace countyplan::detail
