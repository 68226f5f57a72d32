// Which numbers about the scheme are published, and by whom?
#pragma once

#include <cstdint>
#include <string_view>

namespace countyplan {

/// A ratio as it was published: `count` per `base`, with the page it stands on. `confidence` is
/// `sourced`, `computed` (from sourced numbers), `inference` or `proposal` (the project's own).
struct PublishedRatio {
    std::int64_t count;
    std::int64_t base;
    std::string_view source;
    std::string_view confidence;

    [[nodiscard]] constexpr double value() const { return static_cast<double>(count) / static_cast<double>(base); }
};

/// What generated programmes are measured against.
namespace published {

inline constexpr PublishedRatio schools_per_county{34, 20, "neac.gov.cn 2022-08-01", "sourced"};
inline constexpr PublishedRatio ordinary_schools_per_county{1, 1, "one ordinary high per county; sxjybk 2022-07-20",
                                                            "inference"};
inline constexpr PublishedRatio people_per_school{10, 1, "sxjybk 2022-07-20: about 10", "sourced"};
inline constexpr PublishedRatio eastern_people_per_school{132, 34, "(34 + 98) / 34; neac.gov.cn 2022-08-01",
                                                          "computed"};
inline constexpr PublishedRatio eastern_share{141, 358, "Yunnan; 163.com K4QNOFS9055040N3", "computed"};
inline constexpr PublishedRatio subjects_per_school{7, 1, "one Yunnan school; wxredian d244a00c", "sourced"};
inline constexpr PublishedRatio second_ring_schools_per_county{53, 2, "Dongguan-Tongren; qx162 2025-05-22", "sourced"};
inline constexpr PublishedRatio national_schools_per_county{290, 160, "generator defaults, size L", "proposal"};
inline constexpr PublishedRatio experts_per_post{3, 1, "generator defaults, sizes S and M", "proposal"};
inline constexpr PublishedRatio national_experts_per_post{10000, 2900, "generator defaults, size L", "proposal"};

}  // namespace published

}  // namespace countyplan
