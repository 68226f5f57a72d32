#include <countyplan/solve/linear_program.hpp>
#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/stable_matching.hpp>
#include <countyplan/solve/top_trading_cycles.hpp>

#include "binders.hpp"
#include "enumeration.hpp"
#include "solver_class.hpp"

namespace countyplan {

template <>
struct ShownFields<MatchingProblem> {
    using T = MatchingProblem;
    static constexpr auto members = std::tuple(shown("rows", &T::rows), shown("columns", &T::columns),
                                               shown("first", &T::first), shown("column", &T::column));
};
template <>
struct ShownFields<MatchingResult> {
    using T = MatchingResult;
    static constexpr auto members = std::tuple(
        shown("termination", &T::termination), shown("cause", &T::cause), shown("claim", &T::claim),
        shown("column_of", &T::column_of), shown("size", &T::size), shown("bound", &T::bound),
        shown("cover_rows", &T::cover_rows), shown("cover_columns", &T::cover_columns), shown("steps", &T::steps));
};
template <>
struct ShownFields<NestedQuotas> {
    using T = NestedQuotas;
    static constexpr auto members =
        std::tuple(shown("parent", &T::parent), shown("lower", &T::lower), shown("upper", &T::upper),
                   shown("first_piece", &T::first_piece), shown("from_", &T::from), shown("slope", &T::slope));
};
template <>
struct ShownFields<NestedFlowProblem> {
    using T = NestedFlowProblem;
    static constexpr auto members =
        std::tuple(shown("tiers", &T::tiers), shown("pair_tier", &T::pair_tier), shown("left", &T::left),
                   shown("right", &T::right), shown("group", &T::group), shown("first", &T::first), shown("to", &T::to),
                   shown("cost", &T::cost));
};
template <>
struct ShownFields<NestedFlowPotentials> {
    using T = NestedFlowPotentials;
    static constexpr auto members = std::tuple(shown("left", &T::left), shown("right", &T::right));
};
template <>
struct ShownFields<NestedFlowCut> {
    using T = NestedFlowCut;
    static constexpr auto members =
        std::tuple(shown("home", &T::home), shown("left", &T::left), shown("right", &T::right));
};
template <>
struct ShownFields<NestedFlowResult> {
    using T = NestedFlowResult;
    static constexpr auto members =
        std::tuple(shown("termination", &T::termination), shown("cause", &T::cause), shown("claim", &T::claim),
                   shown("pair_of", &T::pair_of), shown("cost", &T::cost), shown("certificate", &T::certificate),
                   shown("steps", &T::steps));
};
template <>
struct ShownFields<StableMatchingProblem> {
    using T = StableMatchingProblem;
    static constexpr auto members = std::tuple(
        shown("left", &T::left), shown("right", &T::right), shown("left_group", &T::left_group),
        shown("right_group", &T::right_group), shown("left_rank", &T::left_rank), shown("right_rank", &T::right_rank));
};
template <>
struct ShownFields<StableMatchingResult> {
    using T = StableMatchingResult;
    static constexpr auto members =
        std::tuple(shown("termination", &T::termination), shown("cause", &T::cause), shown("claim", &T::claim),
                   shown("chosen", &T::chosen), shown("steps", &T::steps));
};
template <>
struct ShownFields<SchoolChoiceProblem> {
    using T = SchoolChoiceProblem;
    static constexpr auto members =
        std::tuple(shown("capacity", &T::capacity), shown("first", &T::first), shown("place", &T::place),
                   shown("wanted", &T::wanted), shown("priority", &T::priority));
};
template <>
struct ShownFields<SchoolChoiceResult> {
    using T = SchoolChoiceResult;
    static constexpr auto members =
        std::tuple(shown("termination", &T::termination), shown("cause", &T::cause), shown("claim", &T::claim),
                   shown("pair_of", &T::pair_of), shown("order", &T::order), shown("steps", &T::steps));
};
template <>
struct ShownFields<LinearProgram> {
    using T = LinearProgram;
    static constexpr auto members =
        std::tuple(shown("cost", &T::cost), shown("lower", &T::lower), shown("upper", &T::upper),
                   shown("row_lower", &T::row_lower), shown("row_upper", &T::row_upper), shown("first", &T::first),
                   shown("row", &T::row), shown("value", &T::value));
};
template <>
struct ShownFields<LinearBasis> {
    static constexpr auto members = std::tuple(shown("column", &LinearBasis::column), shown("row", &LinearBasis::row));
};
template <>
struct ShownFields<RowDuals> {
    static constexpr auto members =
        std::tuple(shown("value", &RowDuals::value), shown("denominator", &RowDuals::denominator));
};
template <>
struct ShownFields<FarkasRay> {
    static constexpr auto members = std::tuple(shown("value", &FarkasRay::value));
};
template <>
struct ShownFields<PrimalRay> {
    static constexpr auto members = std::tuple(shown("direction", &PrimalRay::direction));
};
template <>
struct ShownFields<LinearProgramResult> {
    using T = LinearProgramResult;
    static constexpr auto members = std::tuple(
        shown("termination", &T::termination), shown("cause", &T::cause), shown("claim", &T::claim), shown("x", &T::x),
        shown("objective", &T::objective), shown("bound", &T::bound), shown("certificate", &T::certificate),
        shown("reduced_cost", &T::reduced_cost), shown("basis", &T::basis), shown("steps", &T::steps));
};

namespace {

StableMatchingOptions proposing_from(const std::string& word) {
    StableMatchingOptions options;
    if (!word.empty()) options.proposing = enumerator_from<ProposingSide>(word);
    return options;
}

/// The pairs that block a choice, as an array of its own.
py::object blocking_pairs_of(const StableMatchingProblem& problem, const py::object& chosen) {
    std::vector<std::uint32_t> pairs;
    take(pairs, chosen, "chosen");
    std::vector<std::uint32_t> blocking;
    {
        const py::gil_scoped_release released;
        blocking = blocking_pairs(problem, pairs);
    }
    return py::array_t<std::uint32_t>(static_cast<py::ssize_t>(blocking.size()), blocking.data());
}

}  // namespace

void bind_matching(py::module_& module) {
    bind_enumeration<ProposingSide>(module, "ProposingSide");
    bind_enumeration<BasisStatus>(module, "BasisStatus");
    bind_struct<MatchingProblem>(module, "MatchingProblem");
    bind_struct<MatchingResult>(module, "MatchingResult");
    bind_struct<NestedQuotas>(module, "NestedQuotas");
    bind_struct<NestedFlowProblem>(module, "NestedFlowProblem");
    bind_struct<NestedFlowPotentials>(module, "NestedFlowPotentials");
    bind_struct<NestedFlowCut>(module, "NestedFlowCut");
    bind_struct<NestedFlowResult>(module, "NestedFlowResult");
    bind_struct<StableMatchingProblem>(module, "StableMatchingProblem");
    bind_struct<StableMatchingResult>(module, "StableMatchingResult");
    bind_struct<SchoolChoiceProblem>(module, "SchoolChoiceProblem");
    bind_struct<SchoolChoiceResult>(module, "SchoolChoiceResult");
    bind_struct<LinearProgram>(module, "LinearProgram");
    bind_struct<LinearBasis>(module, "LinearBasis");
    bind_struct<RowDuals>(module, "RowDuals");
    bind_struct<FarkasRay>(module, "FarkasRay");
    bind_struct<PrimalRay>(module, "PrimalRay");
    bind_struct<LinearProgramResult>(module, "LinearProgramResult");
    bind_solver<MatchingProblem, MatchingResult>(module, &without_choice<MatchingOptions>);
    bind_solver<NestedFlowProblem, NestedFlowResult>(module, &with_method<NestedFlowOptions>);
    bind_solver<StableMatchingProblem, StableMatchingResult>(module, &proposing_from);
    bind_solver<SchoolChoiceProblem, SchoolChoiceResult>(module, &without_choice<SchoolChoiceOptions>);
    bind_solver<LinearProgram, LinearProgramResult>(module, &without_choice<LinearProgramOptions>);
    module.def("blocking_pairs", &blocking_pairs_of);
}

}  // namespace countyplan
