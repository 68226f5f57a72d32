// What does the county want to reach, and how is it measured?
#pragma once

#include <optional>
#include <string>

#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/code.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

/// A goal of one county; goals form a forest by `parent`.
struct Goal {
    std::string id{};
    Code county{};
    std::string parent{};  ///< id of a goal of the same county; empty at the top
    std::string name_zh{};
    std::string name_en{};
    std::optional<double> weight{};  ///< among its siblings, >= 0; unset: by work, else equal
    std::string owner{};             ///< who answers for it: an office or a post, no person's name

    friend bool operator==(const Goal&, const Goal&) = default;
};

template <>
struct Table<Goal> {
    static constexpr std::string_view name = "goals";
    static constexpr auto fields = std::make_tuple(
        detail::key_field("id", &Goal::id), detail::reference_field("county", &Goal::county, Noun::county),
        detail::open_reference_field("parent", &Goal::parent, Noun::goal),
        detail::text_field("name_zh", &Goal::name_zh), detail::text_field("name_en", &Goal::name_en),
        detail::value_field("weight", &Goal::weight), detail::text_field("owner", &Goal::owner));
};

enum class IndicatorKind { count, percent, amount, score };

template <>
struct Enumerators<IndicatorKind> {
    static constexpr MessageText words[] = {{"count", "数量", "count"},
                                            {"percent", "百分比", "percent"},
                                            {"amount", "金额", "amount"},
                                            {"score", "得分", "score"}};
};

enum class Direction { up, down };

template <>
struct Enumerators<Direction> {
    static constexpr MessageText words[] = {{"up", "越高越好", "higher is better"},
                                            {"down", "越低越好", "lower is better"}};
};

/// A number by which a goal is judged: from a baseline to a target by a date.
struct Indicator {
    std::string id{};
    std::string goal{};
    std::string school{};  ///< empty where it is the county's
    std::string name_zh{};
    std::string name_en{};
    std::string unit{};
    IndicatorKind kind = IndicatorKind::count;
    Direction direction = Direction::up;
    std::optional<double> baseline{};
    std::optional<Day> baseline_date{};
    std::optional<double> target{};
    std::optional<Day> due{};
    std::optional<double> weight{};  ///< among the goal's children, >= 0

    friend bool operator==(const Indicator&, const Indicator&) = default;
};

template <>
struct Table<Indicator> {
    static constexpr std::string_view name = "indicators";
    static constexpr auto fields = std::make_tuple(
        detail::key_field("id", &Indicator::id), detail::reference_field("goal", &Indicator::goal, Noun::goal),
        detail::open_reference_field("school", &Indicator::school, Noun::school),
        detail::text_field("name_zh", &Indicator::name_zh), detail::text_field("name_en", &Indicator::name_en),
        detail::text_field("unit", &Indicator::unit), detail::value_field("kind", &Indicator::kind),
        detail::value_field("direction", &Indicator::direction), detail::value_field("baseline", &Indicator::baseline),
        detail::value_field("baseline_date", &Indicator::baseline_date),
        detail::value_field("target", &Indicator::target), detail::value_field("due", &Indicator::due),
        detail::value_field("weight", &Indicator::weight));
};

}  // namespace countyplan
