// Which county is helped?
#pragma once

#include <optional>
#include <string>

#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/code.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

/// A national key county for rural revitalization (国家乡村振兴重点帮扶县). Known by its GB/T 2260 code,
/// never by its name: 28 county names in China are shared by more than one unit.
struct County {
    Code code{};
    std::string name_zh{};
    std::string name_en{};
    std::string prefecture{};        ///< name of the prefecture, in Chinese
    std::optional<double> lat{};     ///< degrees north on Baidu's grid (BD-09), rounded to about 1 km
    std::optional<double> lng{};     ///< degrees east on Baidu's grid (BD-09)
    std::optional<double> weight{};  ///< share in the roll-up to the province, >= 0; unset means equal

    friend bool operator==(const County&, const County&) = default;
};

template <>
struct Table<County> {
    static constexpr std::string_view name = "counties";
    static constexpr auto fields =
        std::make_tuple(detail::key_field("code", &County::code), detail::text_field("name_zh", &County::name_zh),
                        detail::text_field("name_en", &County::name_en),
                        detail::text_field("prefecture", &County::prefecture), detail::value_field("lat", &County::lat),
                        detail::value_field("lng", &County::lng), detail::value_field("weight", &County::weight));
};

}  // namespace countyplan
