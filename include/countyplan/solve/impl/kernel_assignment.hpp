// Which inner loops does a dense assignment solve use on this machine?
#pragma once

#include <cstddef>
#include <cstdint>

#include <countyplan/solve/impl/kernel_assignment_avx2.hpp>
#include <countyplan/solve/impl/kernel_assignment_avx512.hpp>
#include <countyplan/solve/impl/kernel_assignment_plain.hpp>
#include <countyplan/solve/impl/vector_level.hpp>

namespace countyplan::detail {

/// The loops of one level.
template <class Cost, class Price>
struct AssignmentKernels {
    using Plain = PlainAssignmentKernel<Cost, Price>;

    decltype(&Plain::fold_range) fold_range;
    decltype(&Plain::lower_prices) lower_prices;
    decltype(&Plain::limit_of) limit_of;
    decltype(&Plain::mark_below) mark_below;
    decltype(&Plain::first_look) first_look;
    decltype(&Plain::best_two) best_two;
    decltype(&Plain::shorter) shorter;
    decltype(&Plain::shorter_in_row) shorter_in_row;
    decltype(&Plain::least) least;

    template <class Kernel>
    static constexpr AssignmentKernels of() {
        return {&Kernel::fold_range, &Kernel::lower_prices,   &Kernel::limit_of,
                &Kernel::mark_below, &Kernel::first_look,     &Kernel::best_two,
                &Kernel::shorter,    &Kernel::shorter_in_row, &Kernel::least};
    }

    /// All levels give the same answers.
    static AssignmentKernels at(VectorLevel level) {
#if defined(COUNTYPLAN_ASSIGNMENT_VECTORS)
        if constexpr (sizeof(Cost) == 4 && sizeof(Price) == 4) {
            if (level == VectorLevel::avx512) return of<Avx512AssignmentKernel>();
            if (level == VectorLevel::avx2) return of<Avx2AssignmentKernel>();
        } else {
            if (level == VectorLevel::avx512) return of<Avx512WideAssignmentKernel<Cost>>();
        }
#endif
        static_cast<void>(level);
        return of<Plain>();
    }
};

}  // namespace countyplan::detail
