// How far is it from a sender to a school or a county?
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

/// A point of the earth in millionths of a degree.
struct GeoPoint {
    std::int32_t lat = 0;
    std::int32_t lng = 0;

    friend bool operator==(const GeoPoint&, const GeoPoint&) = default;
};

/// Nothing unless both are set, finite and within ±90 and ±180 degrees; rounded to the nearest millionth.
[[nodiscard]] std::optional<GeoPoint> geo_point(std::optional<double> lat, std::optional<double> lng);

/// Great-circle distance on a sphere of 6371 km, rounded to the nearest whole km. Decided in whole numbers
/// (60 binary places), so the same on every machine and compiler. 0 … `most_km`.
[[nodiscard]] std::int64_t distance_km(GeoPoint a, GeoPoint b);

/// What stands for a distance of which nothing is known.
inline constexpr std::int64_t unknown_km = 1000;

namespace detail {
struct DistanceData;
}

/// Km from the senders of one plan to its schools and counties, 0 … `most_km`:
/// - by road, where the plan's `distances` tell it: by the sender's own row for the school, its own row for
///   the county, or else by those of the sender above, and so on up to the root;
/// - otherwise along the great circle. A sender without coordinates stands where the nearest sender above it
///   stands, a school without them where its county does;
/// - `unknown_km` where one of the two stands nowhere.
/// An immutable value that keeps its plan alive; safe to read from many threads.
class DistanceFinder {
  public:
    /// Time n log n in the distances and linear in all other rows, each sender with those above it.
    explicit DistanceFinder(Plan plan);

    /// Time O(log n) in the plan's distances for each sender up to the one that has a row.
    [[nodiscard]] std::int64_t km(Id<Sender> sender, Id<School> school) const;
    [[nodiscard]] std::int64_t km(Id<Sender> sender, Id<County> county) const;

  private:
    std::shared_ptr<const detail::DistanceData> data_;
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/distance.hpp>
#endif
