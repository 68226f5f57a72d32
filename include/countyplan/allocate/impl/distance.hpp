// How far it is from senders to schools and counties, without a result of floating point.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/allocate/distance.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan {

namespace detail {

/// Fixed point with 60 binary places.
inline constexpr int geo_places = 60;
inline constexpr std::int64_t geo_one = std::int64_t{1} << geo_places;
inline constexpr std::int64_t geo_half_pi = 1811004864519280711;  ///< pi/2 * 2^60
inline constexpr std::int64_t geo_radius = 6371;                  ///< km

constexpr std::int64_t geo_times(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>((int128{a} * b) >> geo_places);
}

/// The sine of an angle in [-pi/2, pi/2] by its series; the error stays below 2^-55.
constexpr std::int64_t geo_sine(std::int64_t angle) {
    const std::int64_t square = geo_times(angle, angle);
    std::int64_t sum = geo_one;
    for (std::int64_t k = 27; k >= 3; k -= 2)
        sum = geo_one - geo_times(square, sum) / (k * (k - 1));
    return geo_times(angle, sum);
}

/// An angle of millionths of a degree, |angle| at most 180 degrees, as radians.
constexpr std::int64_t geo_radians(std::int64_t micro_degrees) {
    return static_cast<std::int64_t>(int128{micro_degrees} * geo_half_pi / 90'000'000);
}

/// haversin of a distance of `half_km` half kilometres: sin(d / 2R) squared.
constexpr std::int64_t geo_haversine_of(std::int64_t half_km) {
    const auto half_angle = static_cast<std::int64_t>((int128{half_km} << geo_places) / (int128{4} * geo_radius));
    const std::int64_t sine = geo_sine(std::min(half_angle, geo_half_pi));
    return geo_times(sine, sine);
}

/// A point and the cosine of its latitude.
struct GeoSpot {
    GeoPoint point{};
    std::int64_t cosine = 0;

    explicit GeoSpot(GeoPoint at)
        : point(at), cosine(geo_sine(geo_half_pi - geo_radians(std::abs(std::int64_t{at.lat})))) {}
};

inline std::int64_t distance_of(const GeoSpot& a, const GeoSpot& b) {
    const std::int64_t dlat = std::abs(std::int64_t{a.point.lat} - b.point.lat);
    std::int64_t dlng = std::abs(std::int64_t{a.point.lng} - b.point.lng);
    dlng = std::min(dlng, 360'000'000 - dlng);
    const std::int64_t s = geo_sine(geo_radians(dlat) / 2);
    const std::int64_t t = geo_sine(geo_radians(dlng) / 2);
    const std::int64_t haversine = geo_times(s, s) + geo_times(geo_times(a.cosine, b.cosine), geo_times(t, t));
    // The number of whole d with d - 1/2 km at most as far as that. Floating point only says where to begin.
    const double share = std::clamp(std::ldexp(static_cast<double>(haversine), -geo_places), 0.0, 1.0);
    auto d = static_cast<std::int64_t>(2.0 * static_cast<double>(geo_radius) * std::asin(std::sqrt(share)) + 0.5);
    d = std::min(d, most_km);
    while (d > 0 && geo_haversine_of(2 * d - 1) > haversine)
        --d;
    while (d < most_km && geo_haversine_of(2 * d + 1) <= haversine)
        ++d;
    return d;
}

struct DistanceData {
    using Key = std::pair<std::size_t, std::size_t>;  ///< twice the sender, plus one for a county; the receiver

    Plan plan;
    std::vector<std::optional<GeoSpot>> senders;
    std::vector<std::optional<GeoSpot>> schools;
    std::vector<std::optional<GeoSpot>> counties;
    std::vector<std::pair<Key, std::int64_t>> roads;  ///< sorted

    explicit DistanceData(Plan given) : plan(std::move(given)) {
        const Draft& rows = plan.rows();
        for (const County& county : rows.counties)
            counties.push_back(spot(county));
        for (const Id<School> id : rows.schools.ids()) {
            schools.push_back(spot(rows.schools[id]));
            if (const Id<County> county = plan.county_of(id); !schools.back() && county)
                schools.back() = counties[county.value()];
        }
        for (const Id<Sender> id : rows.senders.ids()) {
            std::optional<GeoSpot> from;
            up(id, [&](Id<Sender> sender) {
                from = spot(rows.senders[sender]);
                return !from;
            });
            senders.push_back(from);
        }
        for (const Distance& row : rows.distances) {
            const Id<Sender> sender = plan.find<Sender>(row.sender);
            const Id<School> school = plan.find<School>(row.receiver);
            roads.emplace_back(school ? key(sender, school) : key(sender, plan.find<County>(row.receiver)), row.km);
        }
        std::ranges::sort(roads);
    }

    static Key key(Id<Sender> sender, Id<School> school) { return {2 * sender.value(), school.value()}; }
    static Key key(Id<Sender> sender, Id<County> county) { return {2 * sender.value() + 1, county.value()}; }

    template <class Row>
    static std::optional<GeoSpot> spot(const Row& row) {
        const auto point = geo_point(row.lat, row.lng);
        return point ? std::optional<GeoSpot>(*point) : std::nullopt;
    }

    static std::int64_t great_circle(const std::optional<GeoSpot>& from, const std::optional<GeoSpot>& to) {
        return from && to ? distance_of(*from, *to) : unknown_km;
    }

    /// The senders from `sender` to the root while `visit` returns true.
    template <class Visit>
    void up(Id<Sender> sender, Visit&& visit) const {
        std::size_t left = plan.rows().senders.size();  // a plan that is checked has no cycle
        for (; sender && left > 0 && visit(sender); --left)
            sender = plan.parent_of(sender);
    }

    [[nodiscard]] std::optional<std::int64_t> road(const Key& wanted) const {
        const auto at = std::ranges::lower_bound(roads, wanted, {}, &std::pair<Key, std::int64_t>::first);
        if (at == roads.end() || at->first != wanted) return std::nullopt;
        return at->second;
    }

    /// The first road that `find` knows, from the sender upwards.
    template <class Find>
    [[nodiscard]] std::optional<std::int64_t> first_road(Id<Sender> sender, Find&& find) const {
        std::optional<std::int64_t> out;
        if (roads.empty()) return out;
        up(sender, [&](Id<Sender> from) {
            out = find(from);
            return !out;
        });
        return out;
    }
};

}  // namespace detail

COUNTYPLAN_INLINE std::optional<GeoPoint> geo_point(std::optional<double> lat, std::optional<double> lng) {
    if (!lat || !lng || !(std::abs(*lat) <= 90.0) || !(std::abs(*lng) <= 180.0)) return std::nullopt;
    return GeoPoint{static_cast<std::int32_t>(std::llround(*lat * 1e6)),
                    static_cast<std::int32_t>(std::llround(*lng * 1e6))};
}

COUNTYPLAN_INLINE std::int64_t distance_km(GeoPoint a, GeoPoint b) {
    return detail::distance_of(detail::GeoSpot(a), detail::GeoSpot(b));
}

COUNTYPLAN_INLINE DistanceFinder::DistanceFinder(Plan plan)
    : data_(std::make_shared<const detail::DistanceData>(std::move(plan))) {}

COUNTYPLAN_INLINE std::int64_t DistanceFinder::km(Id<Sender> sender, Id<School> school) const {
    const Id<County> county = data_->plan.county_of(school);
    const auto by_road = data_->first_road(sender, [&](Id<Sender> from) {
        const auto own = data_->road(data_->key(from, school));
        return own || !county ? own : data_->road(data_->key(from, county));
    });
    return by_road ? *by_road : data_->great_circle(data_->senders[sender.value()], data_->schools[school.value()]);
}

COUNTYPLAN_INLINE std::int64_t DistanceFinder::km(Id<Sender> sender, Id<County> county) const {
    const auto by_road =
        data_->first_road(sender, [&](Id<Sender> from) { return data_->road(data_->key(from, county)); });
    return by_road ? *by_road : data_->great_circle(data_->senders[sender.value()], data_->counties[county.value()]);
}

}  // namespace countyplan
