// Which school is helped, and which schools does it lift?
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/code.hpp>

namespace countyplan {

enum class SchoolKind { ordinary, vocational, junior };

template <>
struct Enumerators<SchoolKind> {
    static constexpr MessageText words[] = {{"ordinary", "普通高中", "ordinary senior high school"},
                                            {"vocational", "中等职业学校", "vocational senior high school"},
                                            {"junior", "初级中学", "junior high school"}};
};

/// A school of a county. An assisted school (受援学校) receives a team; others form the second ring.
struct School {
    std::string id{};
    Code county{};
    std::string name_zh{};
    std::string name_en{};
    SchoolKind kind = SchoolKind::ordinary;
    std::optional<std::int64_t> enrolment{};  ///< students, >= 0
    bool assisted = false;
    std::optional<double> lat{};  ///< degrees north, BD-09; unset: the county's
    std::optional<double> lng{};  ///< degrees east, BD-09

    friend bool operator==(const School&, const School&) = default;
};

template <>
struct Table<School> {
    static constexpr std::string_view name = "schools";
    static constexpr auto fields = std::make_tuple(
        detail::key_field("id", &School::id), detail::reference_field("county", &School::county, Noun::county),
        detail::text_field("name_zh", &School::name_zh), detail::text_field("name_en", &School::name_en),
        detail::value_field("kind", &School::kind), detail::value_field("enrolment", &School::enrolment),
        detail::value_field("assisted", &School::assisted), detail::value_field("lat", &School::lat),
        detail::value_field("lng", &School::lng));
};

enum class InfluenceKind { pairing, research_union, shared_teachers, online_class };

template <>
struct Enumerators<InfluenceKind> {
    static constexpr MessageText words[] = {{"pairing", "结对帮扶", "pairing"},
                                            {"research_union", "教研联盟", "research union"},
                                            {"shared_teachers", "教师走教", "shared teachers"},
                                            {"online_class", "同步课堂", "online class"}};
};

/// One school lifts another (带动一方); weight >= 0, without unit.
struct Influence {
    std::string from{};
    std::string to{};
    InfluenceKind kind = InfluenceKind::pairing;
    double weight = 1.0;

    friend bool operator==(const Influence&, const Influence&) = default;
};

template <>
struct Table<Influence> {
    static constexpr std::string_view name = "influence";
    static constexpr auto fields = std::make_tuple(detail::reference_field("from", &Influence::from, Noun::school),
                                                   detail::reference_field("to", &Influence::to, Noun::school),
                                                   detail::value_field("kind", &Influence::kind),
                                                   detail::value_field("weight", &Influence::weight));
};

}  // namespace countyplan
