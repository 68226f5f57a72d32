#include <countyplan/allocate/distance.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <span>
#include <string>

#include "given/allocate.hpp"

namespace countyplan {
namespace {

TEST(GeoPoint, RefusesWhatIsNoPlace) {
    EXPECT_FALSE(geo_point(std::nullopt, 1.0));
    EXPECT_FALSE(geo_point(1.0, std::nullopt));
    EXPECT_FALSE(geo_point(90.1, 0.0));
    EXPECT_FALSE(geo_point(0.0, -180.1));
    EXPECT_FALSE(geo_point(std::numeric_limits<double>::quiet_NaN(), 0.0));
    EXPECT_FALSE(geo_point(0.0, std::numeric_limits<double>::infinity()));
    EXPECT_EQ(geo_point(-0.0, 0.0), (GeoPoint{0, 0}));
}

TEST(DistanceKm, KnowsTheEndsOfTheEarth) {
    EXPECT_EQ(distance_km({0, 0}, {0, 0}), 0);
    EXPECT_EQ(distance_km({90'000'000, 0}, {-90'000'000, 7}), 20015);
    EXPECT_EQ(distance_km({0, 0}, {0, 180'000'000}), 20015);
    EXPECT_EQ(distance_km({0, 179'000'000}, {0, -179'000'000}), 222);
}

TEST(DistanceKmLaw, AgreesWithFloatingPointWhereverThatIsClear) {
    Random random(3);
    std::size_t compared = 0;
    for (int k = 0; k < 20000; ++k) {
        const GeoPoint a{static_cast<std::int32_t>(random.between(-90'000'000, 90'000'000)),
                         static_cast<std::int32_t>(random.between(-180'000'000, 180'000'000))};
        GeoPoint b{static_cast<std::int32_t>(random.between(-90'000'000, 90'000'000)),
                   static_cast<std::int32_t>(random.between(-180'000'000, 180'000'000))};
        if (k % 2 == 0) b = {a.lat / 2, a.lng - a.lng / 100};
        const double degree = std::numbers::pi / 180e6;
        const double s = std::sin((a.lat - b.lat) * degree / 2);
        const double t = std::sin((a.lng - b.lng) * degree / 2);
        const double h = s * s + std::cos(a.lat * degree) * std::cos(b.lat * degree) * t * t;
        const double km = 2 * 6371 * std::asin(std::sqrt(std::min(1.0, h)));
        ASSERT_EQ(distance_km(a, b), distance_km(b, a));
        const double rest = km - std::floor(km);
        if (std::abs(rest - 0.5) < 1e-6) continue;
        ++compared;
        ASSERT_EQ(distance_km(a, b), std::llround(km)) << a.lat << ',' << a.lng << ' ' << b.lat << ',' << b.lng;
    }
    EXPECT_GT(compared, 19000U);
}

TEST(DistanceKmLaw, HoldsCloseByAndAtTheAntipodes) {
    Random random(4);
    for (int k = 0; k < 4000; ++k) {
        const GeoPoint a{static_cast<std::int32_t>(random.between(-80'000'000, 80'000'000)),
                         static_cast<std::int32_t>(random.between(-90'000'000, 0))};
        // up to some 1,000 km to the north: the angle is the difference of latitudes
        const std::int64_t up = random.between(0, k % 2 == 0 ? 20'000 : 9'000'000);
        const double km = static_cast<double>(up) * std::numbers::pi / 180e6 * 6371;
        const GeoPoint near{static_cast<std::int32_t>(a.lat + up), a.lng};
        const GeoPoint far{-near.lat, a.lng + 180'000'000};
        if (std::abs(km - std::floor(km) - 0.5) > 1e-6) {
            ASSERT_EQ(distance_km(a, near), std::llround(km)) << a.lat << ' ' << up;
        }
        const double rest = 6371 * std::numbers::pi - km;
        if (std::abs(rest - std::floor(rest) - 0.5) > 1e-3) {
            ASSERT_EQ(distance_km(a, far), std::llround(rest)) << a.lat << ' ' << up;
        }
    }
}

/// Word by word from the definition.
std::optional<std::int64_t> road(const Draft& draft, const std::string& sender, const std::string& receiver) {
    for (const Distance& row : draft.distances)
        if (row.sender == sender && row.receiver == receiver) return row.km;
    return std::nullopt;
}
template <class Row>
std::optional<GeoPoint> place(const Row& row) {
    return geo_point(row.lat, row.lng);
}
std::int64_t km_as_defined(const Draft& draft, const Sender& sender, const School* school, const County& county) {
    std::optional<GeoPoint> from;
    std::optional<std::int64_t> km;
    for (const Sender* at = &sender; at != nullptr;
         at = at->parent.empty() ? nullptr : &given::row_of(draft.senders, at->parent)) {
        if (!km && school != nullptr) km = road(draft, at->id, school->id);
        if (!km) km = road(draft, at->id, to_text(county.code));
        if (!from) from = place(*at);
    }
    const auto to = school != nullptr && place(*school) ? place(*school) : place(county);
    return km ? *km : from && to ? distance_km(*from, *to) : 1000;
}

TEST(DistanceFinderLaw, TakesTheNearestRoadAndElseTheGreatCircle) {
    std::size_t by_road = 0;
    std::size_t unknown = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::small_draft(seed);
        Random random(seed, 9);
        const auto forget = [&](auto& row) {
            if (random.chance(1, 3)) row.lat = row.lng = std::nullopt;
        };
        std::ranges::for_each(draft.senders.rows(), forget);
        std::ranges::for_each(draft.counties.rows(), forget);
        for (const Sender& sender : draft.senders) {
            for (const School& school : draft.schools)
                if (random.chance(1, 5)) draft.distances.push_back({sender.id, school.id, random.between(0, most_km)});
            for (const County& county : draft.counties)
                if (random.chance(1, 5))
                    draft.distances.push_back({sender.id, to_text(county.code), random.between(0, most_km)});
        }
        random.shuffle(std::span(draft.distances.rows()));
        const Plan plan(draft);
        const DistanceFinder finder(plan);
        for (const Id<Sender> sender : draft.senders.ids()) {
            for (const Id<County> id : draft.counties.ids()) {
                const County& county = draft.counties[id];
                ASSERT_EQ(finder.km(sender, id), km_as_defined(draft, draft.senders[sender], nullptr, county));
                for (const Id<School> school : plan.schools_of(id)) {
                    const std::int64_t km = finder.km(sender, school);
                    ASSERT_EQ(km, km_as_defined(draft, draft.senders[sender], &draft.schools[school], county));
                    by_road += road(draft, draft.senders[sender].id, draft.schools[school].id) ? 1 : 0;
                    unknown += km == unknown_km ? 1 : 0;
                }
            }
        }
    }
    EXPECT_GT(by_road, 500U);
    EXPECT_GT(unknown, 100U);
}

TEST(DistanceFinder, LivesAsLongAsACopyOfIt) {
    Draft draft = given::small_draft(1);
    draft.distances.push_back({.sender = "SZ", .receiver = "school-3", .km = 1234});
    DistanceFinder finder{Plan(draft)};
    const DistanceFinder copy = finder;
    finder = DistanceFinder{Plan(given::small_draft(2))};
    EXPECT_EQ(copy.km(Id<Sender>(0), Id<School>(2)), 1234);
    EXPECT_EQ(copy.km(Id<Sender>(1), Id<School>(2)), 1234);
}

}  // namespace
}  // namespace countyplan
