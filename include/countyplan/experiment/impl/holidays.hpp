// The national days off and make-up workdays of 2022 to 2026, as the State Council announced them.
#pragma once

#include <cstdint>
#include <string_view>

#include <countyplan/plan/calendar_day.hpp>

namespace countyplan::detail {

/// Days in a row of one kind. `first` is written YYYYMMDD.
struct HolidayRun {
    std::int32_t first;
    std::int32_t days;
    DayKind kind;
    std::string_view name_zh;
};

inline constexpr HolidayRun national_holidays[] = {
    {20220101, 3, DayKind::off, "元旦"},
    {20220129, 2, DayKind::work, "春节"},
    {20220131, 7, DayKind::off, "春节"},
    {20220402, 1, DayKind::work, "清明节"},
    {20220403, 3, DayKind::off, "清明节"},
    {20220424, 1, DayKind::work, "劳动节"},
    {20220430, 5, DayKind::off, "劳动节"},
    {20220507, 1, DayKind::work, "劳动节"},
    {20220603, 3, DayKind::off, "端午节"},
    {20220910, 3, DayKind::off, "中秋节"},
    {20221001, 7, DayKind::off, "国庆节"},
    {20221008, 2, DayKind::work, "国庆节"},
    {20221231, 3, DayKind::off, "元旦"},
    {20230121, 7, DayKind::off, "春节"},
    {20230128, 2, DayKind::work, "春节"},
    {20230405, 1, DayKind::off, "清明节"},
    {20230423, 1, DayKind::work, "劳动节"},
    {20230429, 5, DayKind::off, "劳动节"},
    {20230506, 1, DayKind::work, "劳动节"},
    {20230622, 3, DayKind::off, "端午节"},
    {20230625, 1, DayKind::work, "端午节"},
    {20230929, 8, DayKind::off, "中秋节、国庆节"},
    {20231007, 2, DayKind::work, "中秋节、国庆节"},
    {20240101, 1, DayKind::off, "元旦"},
    {20240204, 1, DayKind::work, "春节"},
    {20240210, 8, DayKind::off, "春节"},
    {20240218, 1, DayKind::work, "春节"},
    {20240404, 3, DayKind::off, "清明节"},
    {20240407, 1, DayKind::work, "清明节"},
    {20240428, 1, DayKind::work, "劳动节"},
    {20240501, 5, DayKind::off, "劳动节"},
    {20240511, 1, DayKind::work, "劳动节"},
    {20240610, 1, DayKind::off, "端午节"},
    {20240914, 1, DayKind::work, "中秋节"},
    {20240915, 3, DayKind::off, "中秋节"},
    {20240929, 1, DayKind::work, "国庆节"},
    {20241001, 7, DayKind::off, "国庆节"},
    {20241012, 1, DayKind::work, "国庆节"},
    {20250101, 1, DayKind::off, "元旦"},
    {20250126, 1, DayKind::work, "春节"},
    {20250128, 8, DayKind::off, "春节"},
    {20250208, 1, DayKind::work, "春节"},
    {20250404, 3, DayKind::off, "清明节"},
    {20250427, 1, DayKind::work, "劳动节"},
    {20250501, 5, DayKind::off, "劳动节"},
    {20250531, 3, DayKind::off, "端午节"},
    {20250928, 1, DayKind::work, "国庆节、中秋节"},
    {20251001, 8, DayKind::off, "国庆节、中秋节"},
    {20251011, 1, DayKind::work, "国庆节、中秋节"},
    {20260101, 3, DayKind::off, "元旦"},
    {20260104, 1, DayKind::work, "元旦"},
    {20260214, 1, DayKind::work, "春节"},
    {20260215, 9, DayKind::off, "春节"},
    {20260228, 1, DayKind::work, "春节"},
    {20260404, 3, DayKind::off, "清明节"},
    {20260501, 5, DayKind::off, "劳动节"},
    {20260509, 1, DayKind::work, "劳动节"},
    {20260619, 3, DayKind::off, "端午节"},
    {20260920, 1, DayKind::work, "国庆节"},
    {20260925, 3, DayKind::off, "中秋节"},
    {20261001, 7, DayKind::off, "国庆节"},
    {20261010, 1, DayKind::work, "国庆节"},
};

}  // namespace countyplan::detail
