// In which encoding does Python want a file read?
#pragma once

#include <string_view>

#include <countyplan/io/encoding.hpp>

namespace countyplan {

/// `utf_8` or `gb18030`; with anything else the file's bytes decide.
[[nodiscard]] inline Encoding encoding_from(std::string_view name) {
    if (name == "utf_8") return Encoding::utf_8;
    if (name == "gb18030") return Encoding::gb18030;
    return Encoding::automatic;
}

}  // namespace countyplan
