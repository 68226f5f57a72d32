// Who can be sent, with what to offer and which wishes?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/plan/post.hpp>
#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>

namespace countyplan {

/// Academic degrees, lowest first; the order is the ranking.
enum class Degree { none, college, bachelor, master, doctor };

template <>
struct Enumerators<Degree> {
    static constexpr MessageText words[] = {{"none", "无", "none"},
                                            {"college", "大专", "college diploma"},
                                            {"bachelor", "学士", "bachelor"},
                                            {"master", "硕士", "master"},
                                            {"doctor", "博士", "doctor"}};
};

/// An assisting talent (帮扶人才), known by an id, never by name.
struct Expert {
    std::string id{};
    std::string sender{};
    std::vector<Role> roles{};            ///< not empty; the first is charged to the sender's quota
    std::vector<std::string> subjects{};  ///< may be empty for a principal or a cadre
    Title title = Title::none;
    Degree degree = Degree::none;
    std::int64_t years = 0;               ///< of service, >= 0
    std::optional<Day> available_from{};  ///< unset: from the plan's first day
    std::optional<Day> available_to{};    ///< unset: to the plan's last day
    std::string group{};                  ///< people of one group (a couple, a team) share this word; may be empty
    std::vector<Reference> prefers{};     ///< counties, schools or posts, most wished for first
    std::vector<Reference> avoids{};      ///< counties, schools or posts

    /// The role whose quota the expert is charged to.
    [[nodiscard]] Role charged_role() const { return roles.empty() ? Role::teacher : roles.front(); }

    friend bool operator==(const Expert&, const Expert&) = default;
};

template <>
struct Table<Expert> {
    static constexpr std::string_view name = "experts";
    static constexpr auto fields = std::make_tuple(
        detail::key_field("id", &Expert::id), detail::reference_field("sender", &Expert::sender, Noun::sender),
        detail::value_field("roles", &Expert::roles), detail::open_field("subjects", &Expert::subjects),
        detail::value_field("title", &Expert::title), detail::value_field("degree", &Expert::degree),
        detail::value_field("years", &Expert::years), detail::value_field("available_from", &Expert::available_from),
        detail::value_field("available_to", &Expert::available_to), detail::open_field("group", &Expert::group),
        detail::open_field("prefers", &Expert::prefers), detail::open_field("avoids", &Expert::avoids));
};

}  // namespace countyplan
