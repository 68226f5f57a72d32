// Who sends people, whom does it help, and how far away is that?
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <countyplan/plan/post.hpp>
#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>

namespace countyplan {

enum class SenderKind { province, city, district, school };

template <>
struct Enumerators<SenderKind> {
    static constexpr MessageText words[] = {{"province", "省", "province"},
                                            {"city", "市", "city"},
                                            {"district", "区县", "district"},
                                            {"school", "后方学校", "rear school"}};
};

/// A city, district or school that employs and sends experts (派出方). Senders form a tree by `parent`.
/// A quota is the most people that may be sent at once; unset means no limit. `quota_<role>` counts the
/// sender's own experts whose first role that is; `quota_total` also counts those of senders below it.
struct Sender {
    std::string id{};
    std::string name_zh{};
    std::string name_en{};
    SenderKind kind = SenderKind::city;
    std::string parent{};  ///< id of a sender; empty at the top
    std::optional<std::int64_t> quota_principal{};
    std::optional<std::int64_t> quota_mid_level{};
    std::optional<std::int64_t> quota_teacher{};
    std::optional<std::int64_t> quota_total{};
    std::optional<double> lat{};  ///< degrees north, BD-09
    std::optional<double> lng{};  ///< degrees east, BD-09

    /// `quota_<role>`.
    [[nodiscard]] const std::optional<std::int64_t>& quota(Role role) const {
        return role == Role::principal ? quota_principal : role == Role::mid_level ? quota_mid_level : quota_teacher;
    }

    friend bool operator==(const Sender&, const Sender&) = default;
};

template <>
struct Table<Sender> {
    static constexpr std::string_view name = "senders";
    static constexpr auto fields =
        std::make_tuple(detail::key_field("id", &Sender::id), detail::text_field("name_zh", &Sender::name_zh),
                        detail::text_field("name_en", &Sender::name_en), detail::value_field("kind", &Sender::kind),
                        detail::open_reference_field("parent", &Sender::parent, Noun::sender),
                        detail::value_field("quota_principal", &Sender::quota_principal),
                        detail::value_field("quota_mid_level", &Sender::quota_mid_level),
                        detail::value_field("quota_teacher", &Sender::quota_teacher),
                        detail::value_field("quota_total", &Sender::quota_total),
                        detail::value_field("lat", &Sender::lat), detail::value_field("lng", &Sender::lng));
};

enum class PairingKind { city, county, school, outside };

template <>
struct Enumerators<PairingKind> {
    static constexpr MessageText words[] = {{"city", "市级结对", "city pairing"},
                                            {"county", "县级结对", "county pairing"},
                                            {"school", "校际结对", "school pairing"},
                                            {"outside", "计划外结对", "pairing outside the scheme"}};
};

/// A sender stands behind a county or a school (结对关系), also for all senders below it.
struct Pairing {
    std::string sender{};
    std::string receiver{};  ///< a county's code, or a school's id
    PairingKind kind = PairingKind::county;
    std::optional<Day> from{};  ///< unset: since ever
    std::optional<Day> to{};    ///< unset: until further notice
    /// When true, this sender's experts may serve only at its required receivers.
    bool required = false;

    friend bool operator==(const Pairing&, const Pairing&) = default;
};

template <>
struct Table<Pairing> {
    static constexpr std::string_view name = "pairings";
    static constexpr auto fields =
        std::make_tuple(detail::reference_field("sender", &Pairing::sender, Noun::sender),
                        detail::value_field("receiver", &Pairing::receiver),
                        detail::value_field("kind", &Pairing::kind), detail::value_field("from", &Pairing::from),
                        detail::value_field("to", &Pairing::to), detail::value_field("required", &Pairing::required));
};

/// How far it is by road from a sender, and from all senders below it, to a county or a school (路程), as
/// supplied. Stands in for the great circle between their coordinates.
struct Distance {
    std::string sender{};
    std::string receiver{};  ///< a county's code, or a school's id
    std::int64_t km = 0;     ///< 0 … `most_km`

    friend bool operator==(const Distance&, const Distance&) = default;
};

/// Half way round the earth: no two places are further apart.
inline constexpr std::int64_t most_km = 20015;

template <>
struct Table<Distance> {
    static constexpr std::string_view name = "distances";
    static constexpr auto fields =
        std::make_tuple(detail::reference_field("sender", &Distance::sender, Noun::sender),
                        detail::value_field("receiver", &Distance::receiver), detail::value_field("km", &Distance::km));
};

}  // namespace countyplan
