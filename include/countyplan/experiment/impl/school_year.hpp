// The calendar and the terms of a generated programme.
#pragma once

#include <cstdint>
#include <string>

#include <countyplan/experiment/impl/frame.hpp>
#include <countyplan/experiment/impl/holidays.hpp>

namespace countyplan::detail {

inline void add_calendar(Frame& frame) {
    Draft& draft = frame.draft;
    for (const HolidayRun& run : national_holidays) {
        for (std::int32_t k = 0; k < run.days; ++k) {
            draft.calendar.push_back(
                {"", day_of(run.first) + std::chrono::days(k), run.kind, std::string(run.name_zh)});
        }
    }
    // A sports day shows how a school's own days are written.
    for (const auto& [county, schools] : frame.schools_of) {
        draft.calendar.push_back({draft.schools[schools.front()].id, day_of(20241108), DayKind::off, "校运会(示例)"});
    }
    struct Window {
        std::int32_t from, to;
        TermKind kind;
    };
    static constexpr Window windows[] = {{20240902, 20250117, TermKind::term}, {20250109, 20250115, TermKind::exam},
                                         {20250217, 20250704, TermKind::term}, {20250607, 20250610, TermKind::exam},
                                         {20250626, 20250702, TermKind::exam}, {20250901, 20260130, TermKind::term},
                                         {20260122, 20260128, TermKind::exam}, {20260302, 20260710, TermKind::term},
                                         {20260607, 20260610, TermKind::exam}, {20260702, 20260708, TermKind::exam},
                                         {20260901, 20270122, TermKind::term}, {20270114, 20270120, TermKind::exam}};
    for (const Window& window : windows)
        draft.terms.push_back({"", day_of(window.from), day_of(window.to), window.kind});
}

}  // namespace countyplan::detail
