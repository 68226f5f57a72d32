// How much may one input ask of the machine before it is refused?
#pragma once

#include <cstddef>

namespace countyplan {

/// Bounds that every reader keeps; going past one is a flaw that names the limit and its value.
struct Limits {
    std::size_t file_bytes = std::size_t{256} << 20;
    std::size_t depth = 128;                        ///< JSON arrays and objects inside each other
    std::size_t text_bytes = std::size_t{1} << 20;  ///< one cell, string or key
    std::size_t records = 5'000'000;                ///< records of one table
    std::size_t columns = 1'000;                    ///< cells of one record
    std::size_t values = 50'000'000;                ///< values of one JSON document
    std::size_t flaws = 100;                        ///< a reader stops after so many

    friend bool operator==(const Limits&, const Limits&) = default;
};

}  // namespace countyplan
