// What does a file's name say of its format?
#pragma once

#include <algorithm>
#include <string_view>

namespace countyplan::detail {

/// Whether there is a name before `suffix`, which is in small letters; ASCII letters of either case are alike.
inline bool ends_with(std::string_view name, std::string_view suffix) {
    return name.size() > suffix.size() &&
           std::ranges::equal(name.substr(name.size() - suffix.size()), suffix,
                              [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a | 32 : a) == b; });
}

}  // namespace countyplan::detail
