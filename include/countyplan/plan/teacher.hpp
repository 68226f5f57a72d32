// Who stays at the school, and who learns from whom?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/plan/post.hpp>
#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>

namespace countyplan {

/// A local teacher of a school of the county.
struct Teacher {
    std::string id{};
    std::string school{};
    std::vector<std::string> subjects{};
    Role role = Role::teacher;
    Title title = Title::none;
    std::int64_t years = 0;             ///< of service, >= 0
    std::vector<std::string> skills{};  ///< school functions this person can carry alone

    friend bool operator==(const Teacher&, const Teacher&) = default;
};

template <>
struct Table<Teacher> {
    static constexpr std::string_view name = "teachers";
    static constexpr auto fields = std::make_tuple(
        detail::key_field("id", &Teacher::id), detail::reference_field("school", &Teacher::school, Noun::school),
        detail::open_field("subjects", &Teacher::subjects), detail::value_field("role", &Teacher::role),
        detail::value_field("title", &Teacher::title), detail::value_field("years", &Teacher::years),
        detail::open_field("skills", &Teacher::skills));
};

/// Master and apprentice (师徒结对): an expert mentors a local teacher.
struct Mentorship {
    std::string expert{};
    std::string teacher{};
    std::optional<Day> from{};
    std::optional<Day> to{};

    friend bool operator==(const Mentorship&, const Mentorship&) = default;
};

template <>
struct Table<Mentorship> {
    static constexpr std::string_view name = "mentors";
    static constexpr auto fields =
        std::make_tuple(detail::reference_field("expert", &Mentorship::expert, Noun::expert),
                        detail::reference_field("teacher", &Mentorship::teacher, Noun::teacher),
                        detail::value_field("from", &Mentorship::from), detail::value_field("to", &Mentorship::to));
};

}  // namespace countyplan
