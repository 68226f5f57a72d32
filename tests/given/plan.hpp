// Which sound draft does a name, or a seed, stand for?
#pragma once

#include <cstddef>
#include <cstdint>

#include <countyplan/plan/draft.hpp>

namespace given {

inline countyplan::Day day(const char* text) { return countyplan::Day::parse(text).value(); }
inline countyplan::Code code(const char* text) { return countyplan::Code::parse(text).value(); }

/// One county with an ordinary and a vocational school, five posts for seven people, six experts of a
/// city and one of its districts, three local teachers, three goals, four tasks. `check` finds nothing.
countyplan::Draft small_draft();

/// A sound draft of `counties` counties (at most 60), each with one to three schools, some twenty posts
/// and as many experts, goals three deep, tasks with forward links, facts and a partial staffing. The
/// seed alone rebuilds it, with any compiler. `check` finds no error.
countyplan::Draft random_draft(std::uint32_t seed, std::size_t counties = 2);

}  // namespace given
