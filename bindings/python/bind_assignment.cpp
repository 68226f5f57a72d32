#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/sparse_assignment.hpp>

#include "binders.hpp"
#include "enumeration.hpp"
#include "solver_class.hpp"

namespace countyplan {

template <class C>
struct ShownFields<BasicAssignmentProblem<C>> {
    using T = BasicAssignmentProblem<C>;
    static constexpr auto members =
        std::tuple(shown("rows", &T::rows), shown("columns", &T::columns), shown("cost", &T::cost));
};
template <>
struct ShownFields<AssignmentPrices> {
    using T = AssignmentPrices;
    static constexpr auto members = std::tuple(shown("row", &T::row), shown("column", &T::column));
};
template <>
struct ShownFields<HallShortage> {
    using T = HallShortage;
    static constexpr auto members = std::tuple(shown("rows", &T::rows), shown("columns", &T::columns));
};
template <>
struct ShownFields<AssignmentResult> {
    using T = AssignmentResult;
    static constexpr auto members =
        std::tuple(shown("termination", &T::termination), shown("cause", &T::cause), shown("claim", &T::claim),
                   shown("column_of", &T::column_of), shown("objective", &T::objective), shown("bound", &T::bound),
                   shown("certificate", &T::certificate), shown("steps", &T::steps));
};
template <>
struct ShownFields<SparseAssignmentProblem> {
    using T = SparseAssignmentProblem;
    static constexpr auto members =
        std::tuple(shown("rows", &T::rows), shown("columns", &T::columns), shown("first", &T::first),
                   shown("column", &T::column), shown("cost", &T::cost), shown("unmatched_row", &T::unmatched_row),
                   shown("unmatched_column", &T::unmatched_column));
};
template <>
struct ShownFields<SparseAssignmentPrices> {
    using T = SparseAssignmentPrices;
    static constexpr auto members = std::tuple(shown("row", &T::row), shown("column", &T::column));
};
template <>
struct ShownFields<SparseAssignmentShortage> {
    using T = SparseAssignmentShortage;
    static constexpr auto members = std::tuple(shown("rows", &T::rows), shown("columns", &T::columns));
};
template <>
struct ShownFields<SparseAssignmentResult> {
    using T = SparseAssignmentResult;
    static constexpr auto members =
        std::tuple(shown("termination", &T::termination), shown("cause", &T::cause), shown("claim", &T::claim),
                   shown("column_of", &T::column_of), shown("objective", &T::objective), shown("bound", &T::bound),
                   shown("certificate", &T::certificate), shown("steps", &T::steps));
};

namespace {

/// The table of `assignment_from_doubles`, of a C-contiguous array that the package has checked.
AssignmentProblem from_doubles(const py::array_t<double, py::array::c_style>& cost, double scale) {
    const auto rows = static_cast<std::size_t>(cost.shape(0));
    const auto columns = static_cast<std::size_t>(cost.shape(1));
    const std::span<const double> values(cost.data(), rows * columns);
    const py::gil_scoped_release released;
    return assignment_from_doubles(values, rows, columns, scale);
}

}  // namespace

void bind_assignment(py::module_& module) {
    bind_enumeration<AssignmentMethod>(module, "AssignmentMethod");
    bind_enumeration<SparseAssignmentMethod>(module, "SparseAssignmentMethod");
    bind_struct<AssignmentProblem>(module, "AssignmentProblem");
    bind_struct<AssignmentProblem32>(module, "AssignmentProblem32");
    bind_struct<AssignmentPrices>(module, "AssignmentPrices");
    bind_struct<HallShortage>(module, "HallShortage");
    bind_struct<AssignmentResult>(module, "AssignmentResult");
    bind_struct<SparseAssignmentProblem>(module, "SparseAssignmentProblem");
    bind_struct<SparseAssignmentPrices>(module, "SparseAssignmentPrices");
    bind_struct<SparseAssignmentShortage>(module, "SparseAssignmentShortage");
    bind_struct<SparseAssignmentResult>(module, "SparseAssignmentResult");
    bind_solver<AssignmentProblem, AssignmentResult>(module, &with_method<AssignmentOptions>);
    bind_solver<AssignmentProblem32, AssignmentResult>(module, &with_method<AssignmentOptions>);
    bind_solver<SparseAssignmentProblem, SparseAssignmentResult>(module, &with_method<SparseAssignmentOptions>);
    module.def("assignment_from_doubles", &from_doubles);
}

}  // namespace countyplan
