#include <countyplan/solve/convex_flow.hpp>
#include <countyplan/solve/leximin.hpp>
#include <countyplan/solve/longest_path.hpp>
#include <countyplan/solve/max_flow.hpp>
#include <countyplan/solve/min_cost_flow.hpp>

#include "binders.hpp"
#include "enumeration.hpp"
#include "solver_class.hpp"

namespace countyplan {

template <>
struct ShownFields<MinCostFlowProblem> {
    using T = MinCostFlowProblem;
    static constexpr auto members = std::tuple(
        shown("nodes", &T::nodes), shown("tiers", &T::tiers), shown("supply", &T::supply), shown("tail", &T::tail),
        shown("head", &T::head), shown("lower", &T::lower), shown("upper", &T::upper), shown("cost", &T::cost));
};
template <>
struct ShownFields<Potentials> {
    static constexpr auto members = std::tuple(shown("value", &Potentials::value));
};
template <>
struct ShownFields<ViolatedCut> {
    static constexpr auto members = std::tuple(shown("nodes", &ViolatedCut::nodes));
};
template <>
struct ShownFields<NegativeCycle> {
    static constexpr auto members = std::tuple(shown("arcs", &NegativeCycle::arcs));
};
template <>
struct ShownFields<MinCostFlowResult> {
    using T = MinCostFlowResult;
    static constexpr auto members =
        std::tuple(shown("termination", &T::termination), shown("cause", &T::cause), shown("claim", &T::claim),
                   shown("flow", &T::flow), shown("cost", &T::cost), shown("certificate", &T::certificate),
                   shown("steps", &T::steps));
};
template <>
struct ShownFields<ConvexFlowProblem> {
    using T = ConvexFlowProblem;
    static constexpr auto members = std::tuple(
        shown("nodes", &T::nodes), shown("tiers", &T::tiers), shown("supply", &T::supply), shown("tail", &T::tail),
        shown("head", &T::head), shown("lower", &T::lower), shown("upper", &T::upper),
        shown("first_piece", &T::first_piece), shown("from_", &T::from), shown("slope", &T::slope));
};
template <>
struct ShownFields<ConvexFlowResult> : ShownFields<MinCostFlowResult> {};
template <>
struct ShownFields<MaxFlowProblem> {
    using T = MaxFlowProblem;
    static constexpr auto members =
        std::tuple(shown("nodes", &T::nodes), shown("source", &T::source), shown("sink", &T::sink),
                   shown("tail", &T::tail), shown("head", &T::head), shown("capacity", &T::capacity));
};
template <>
struct ShownFields<MaxFlowResult> {
    using T = MaxFlowResult;
    static constexpr auto members =
        std::tuple(shown("termination", &T::termination), shown("cause", &T::cause), shown("claim", &T::claim),
                   shown("flow", &T::flow), shown("value", &T::value), shown("bound", &T::bound), shown("cut", &T::cut),
                   shown("steps", &T::steps));
};
template <>
struct ShownFields<LeximinProblem> {
    using T = LeximinProblem;
    static constexpr auto members = std::tuple(
        shown("nodes", &T::nodes), shown("supply", &T::supply), shown("tail", &T::tail), shown("head", &T::head),
        shown("lower", &T::lower), shown("upper", &T::upper), shown("group_arc", &T::group_arc),
        shown("first", &T::first), shown("threshold", &T::threshold), shown("value", &T::value));
};
template <>
struct ShownFields<LeximinLevel> {
    using T = LeximinLevel;
    static constexpr auto members = std::tuple(shown("value", &T::value), shown("groups", &T::groups));
};
template <>
struct ShownFields<LeximinBound> {
    using T = LeximinBound;
    static constexpr auto members = std::tuple(shown("scale", &T::scale), shown("potential", &T::potential));
};
template <>
struct ShownFields<LeximinBranch> {
    using T = LeximinBranch;
    static constexpr auto members = std::tuple(shown("group", &T::group), shown("step", &T::step));
};
template <>
struct ShownFields<LeximinResult> {
    using T = LeximinResult;
    static constexpr auto members =
        std::tuple(shown("termination", &T::termination), shown("cause", &T::cause), shown("claim", &T::claim),
                   shown("flow", &T::flow), shown("levels", &T::levels), shown("settled", &T::settled),
                   shown("proof", &T::proof), shown("steps", &T::steps));
};
template <>
struct ShownFields<LongestPathProblem> {
    using T = LongestPathProblem;
    static constexpr auto members =
        std::tuple(shown("nodes", &T::nodes), shown("tail", &T::tail), shown("head", &T::head),
                   shown("length", &T::length), shown("release", &T::release), shown("deadline", &T::deadline),
                   shown("span", &T::span), shown("horizon", &T::horizon));
};
template <>
struct ShownFields<Drivers> {
    static constexpr auto members = std::tuple(shown("early", &Drivers::early), shown("late", &Drivers::late));
};
template <>
struct ShownFields<PositiveCycle> {
    static constexpr auto members = std::tuple(shown("arcs", &PositiveCycle::arcs));
};
template <>
struct ShownFields<LongestPathResult> {
    using T = LongestPathResult;
    static constexpr auto members =
        std::tuple(shown("termination", &T::termination), shown("cause", &T::cause), shown("claim", &T::claim),
                   shown("earliest", &T::earliest), shown("latest", &T::latest), shown("horizon", &T::horizon),
                   shown("certificate", &T::certificate), shown("steps", &T::steps));
};

void bind_flow(py::module_& module) {
    bind_enumeration<FlowMethod>(module, "FlowMethod");
    bind_struct<MinCostFlowProblem>(module, "MinCostFlowProblem");
    bind_struct<Potentials>(module, "Potentials");
    bind_struct<ViolatedCut>(module, "ViolatedCut");
    bind_struct<NegativeCycle>(module, "NegativeCycle");
    bind_struct<MinCostFlowResult>(module, "MinCostFlowResult");
    bind_struct<ConvexFlowProblem>(module, "ConvexFlowProblem");
    bind_struct<ConvexFlowResult>(module, "ConvexFlowResult");
    bind_struct<MaxFlowProblem>(module, "MaxFlowProblem");
    bind_struct<MaxFlowResult>(module, "MaxFlowResult");
    bind_struct<LeximinProblem>(module, "LeximinProblem");
    bind_struct<LeximinLevel>(module, "LeximinLevel");
    bind_struct<LeximinBound>(module, "LeximinBound");
    bind_struct<LeximinBranch>(module, "LeximinBranch");
    bind_struct<LeximinResult>(module, "LeximinResult");
    bind_struct<LongestPathProblem>(module, "LongestPathProblem");
    bind_struct<Drivers>(module, "Drivers");
    bind_struct<PositiveCycle>(module, "PositiveCycle");
    bind_struct<LongestPathResult>(module, "LongestPathResult");
    bind_solver<MinCostFlowProblem, MinCostFlowResult>(module, &with_method<MinCostFlowOptions>);
    bind_solver<ConvexFlowProblem, ConvexFlowResult>(module, &with_method<MinCostFlowOptions>);
    bind_solver<MaxFlowProblem, MaxFlowResult>(module, &without_choice<MaxFlowOptions>);
    bind_solver<LeximinProblem, LeximinResult>(module, &without_choice<LeximinOptions>);
    bind_solver<LongestPathProblem, LongestPathResult>(module, &without_choice<LongestPathOptions>);
}

}  // namespace countyplan
