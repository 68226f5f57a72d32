// How many random cases does a law try?
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace given {

/// A hundredth of `full` cases, at least one; all of them where COUNTYPLAN_LAWS=full is in the environment.
inline std::uint64_t law_cases(std::uint64_t full) {
    const char* wanted = std::getenv("COUNTYPLAN_LAWS");
    if (wanted != nullptr && std::string_view(wanted) == "full") return full;
    return std::max<std::uint64_t>(1, full / 100);
}

}  // namespace given
