// How do the nouns of a plan stand in a table?
#pragma once

#include <initializer_list>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/report/table.hpp>

namespace countyplan::detail {

inline LocalText county_words(const Plan& plan, Id<County> id) {
    const County& county = plan.rows().counties[id];
    if (county.name_zh.empty() && county.name_en.empty()) return {to_text(county.code), to_text(county.code)};
    return {county.name_zh, county.name_en};
}

inline std::vector<Cell> titles(std::initializer_list<Message> words) { return {words.begin(), words.end()}; }

}  // namespace countyplan::detail
