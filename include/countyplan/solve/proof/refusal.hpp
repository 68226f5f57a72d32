// What do the checkers of all problems say in the same words?
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/verdict.hpp>

namespace countyplan::detail {

inline Verdict refuse(Message why, std::string place) { return {false, std::move(why), std::move(place)}; }

/// A place such as `flow[3]`.
inline std::string indexed(const char* field, std::size_t index) {
    std::string place = field;
    place += '[';
    place += to_text(index);
    place += ']';
    return place;
}

/// Refuses a list of the wrong length; accepts otherwise.
inline Verdict check_length(std::size_t found, std::size_t needed, const char* field) {
    if (found == needed) return {};
    return refuse({message::solve_wrong_length, {to_text(found), to_text(needed)}}, field);
}

}  // namespace countyplan::detail
