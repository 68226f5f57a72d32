// What whole number is this word, when the file's numbers count in parts of a unit?
#pragma once

#include <cstdint>
#include <string_view>

namespace countyplan::detail {

enum class NumberFault { none, not_a_number, not_whole, out_of_range, not_finite, forbidden };

/// A word as a whole number. `value` counts only where `fault` is `none`.
struct ExactNumber {
    std::int64_t value = 0;
    NumberFault fault = NumberFault::none;
};

/// Decimal digits with an optional sign, decimals and exponent, times `scale` (a power of ten from 1 to
/// 10^18), exactly: no rounding, no binary fractions. `not_whole` where the product is none,
/// `forbidden` for +inf, `not_finite` for NaN and -inf. -0.0 is 0. Time linear in the word.
[[nodiscard]] ExactNumber exact_number(std::string_view word, std::int64_t scale = 1);

}  // namespace countyplan::detail
