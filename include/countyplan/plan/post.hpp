// Whom does a school need, how many, and how badly?
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>

namespace countyplan {

enum class Role { principal, mid_level, teacher };

template <>
struct Enumerators<Role> {
    static constexpr MessageText words[] = {{"principal", "校长", "principal"},
                                            {"mid_level", "中层干部", "mid-level cadre"},
                                            {"teacher", "骨干教师", "backbone teacher"}};
};

/// Professional titles of school teachers, lowest first; the order is the ranking.
enum class Title { none, third_grade, second_grade, first_grade, senior, full_senior };

template <>
struct Enumerators<Title> {
    static constexpr MessageText words[] = {{"none", "未评职称", "no title"},
                                            {"third_grade", "三级教师", "third-grade teacher"},
                                            {"second_grade", "二级教师", "second-grade teacher"},
                                            {"first_grade", "一级教师", "first-grade teacher"},
                                            {"senior", "高级教师", "senior teacher"},
                                            {"full_senior", "正高级教师", "full senior teacher"}};
};

/// A line of a school's demand list (需求清单): one role, perhaps one subject, for a number of people.
struct Post {
    std::string id{};
    std::string school{};
    Role role = Role::teacher;
    std::string subject{};       ///< such as `maths`; empty where any subject will do
    std::int64_t min = 0;        ///< 0 <= min <= target <= max; below `min` the school is short
    std::int64_t target = 1;     ///< wished for
    std::int64_t max = 1;        ///< never exceeded
    std::int64_t priority = 1;   ///< >= 0, higher is more pressing; weighs the shortfall below `target`
    bool critical = false;       ///< shortfalls below `min` here count before all others
    std::optional<Day> start{};  ///< unset: the plan's first day
    std::optional<Day> end{};    ///< unset: the plan's last day
    std::optional<Title> min_title{};
    std::optional<std::int64_t> min_years{};  ///< of service, >= 0

    friend bool operator==(const Post&, const Post&) = default;
};

template <>
struct Table<Post> {
    static constexpr std::string_view name = "posts";
    static constexpr auto fields = std::make_tuple(
        detail::key_field("id", &Post::id), detail::reference_field("school", &Post::school, Noun::school),
        detail::value_field("role", &Post::role), detail::open_field("subject", &Post::subject),
        detail::value_field("min", &Post::min), detail::value_field("target", &Post::target),
        detail::value_field("max", &Post::max), detail::value_field("priority", &Post::priority),
        detail::value_field("critical", &Post::critical), detail::value_field("start", &Post::start),
        detail::value_field("end", &Post::end), detail::value_field("min_title", &Post::min_title),
        detail::value_field("min_years", &Post::min_years));
};

}  // namespace countyplan
