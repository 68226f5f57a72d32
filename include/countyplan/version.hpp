// Which version of countyplan is this?
#pragma once

#include <string_view>

// CMake reads the three numbers below; they are written nowhere else.
#define COUNTYPLAN_VERSION_MAJOR 0
#define COUNTYPLAN_VERSION_MINOR 1
#define COUNTYPLAN_VERSION_PATCH 0

#define COUNTYPLAN_DETAIL_TEXT2(x) #x
#define COUNTYPLAN_DETAIL_TEXT(x) COUNTYPLAN_DETAIL_TEXT2(x)

namespace countyplan {

/// `major.minor.patch` of the headers in use.
inline constexpr std::string_view version = COUNTYPLAN_DETAIL_TEXT(COUNTYPLAN_VERSION_MAJOR) "." COUNTYPLAN_DETAIL_TEXT(
    COUNTYPLAN_VERSION_MINOR) "." COUNTYPLAN_DETAIL_TEXT(COUNTYPLAN_VERSION_PATCH);

}  // namespace countyplan
