// Which administrative area of China is meant (GB/T 2260)?
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace countyplan {

/// A six-digit area code of GB/T 2260: two digits each for province, prefecture and county; the
/// trailing pairs are 00 for a wider area. Only well-formed codes exist; the default one is `none`.
class Code {
  public:
    constexpr Code() = default;

    /// Six ASCII digits whose province part is one of the 34 that GB/T 2260 assigns, and which has
    /// no county below prefecture 00. Anything else gives nothing; names and spellings are not tried.
    [[nodiscard]] static constexpr std::optional<Code> parse(std::string_view text) {
        if (text.size() != 6) return std::nullopt;
        std::uint32_t value = 0;
        for (const char digit : text) {
            if (digit < '0' || digit > '9') return std::nullopt;
            value = value * 10 + static_cast<std::uint32_t>(digit - '0');
        }
        if (!is_province(value / 10000)) return std::nullopt;
        if (value / 100 % 100 == 0 && value % 100 != 0) return std::nullopt;
        Code code;
        code.value_ = value;
        return code;
    }

    [[nodiscard]] constexpr std::uint32_t value() const { return value_; }
    [[nodiscard]] explicit constexpr operator bool() const { return value_ != 0; }

    [[nodiscard]] constexpr bool is_county() const { return value_ % 100 != 0; }
    /// The province, e.g. 450000 for 451024.
    [[nodiscard]] constexpr Code province() const { return from(value_ / 10000 * 10000); }
    /// The prefecture, e.g. 451000 for 451024.
    [[nodiscard]] constexpr Code prefecture() const { return from(value_ / 100 * 100); }
    /// Whether `inner` lies in this area; an area contains itself.
    [[nodiscard]] constexpr bool contains(Code inner) const {
        return value_ != 0 && (inner == *this || inner.prefecture() == *this || inner.province() == *this);
    }

    friend constexpr auto operator<=>(Code, Code) = default;

    /// Six digits; empty for `none`.
    friend std::string to_text(Code code) { return code.value_ == 0 ? std::string{} : std::to_string(code.value_); }

  private:
    static constexpr Code from(std::uint32_t value) {
        Code code;
        code.value_ = value;
        return code;
    }
    static constexpr bool is_province(std::uint32_t p) {
        return (p >= 11 && p <= 15) || (p >= 21 && p <= 23) || (p >= 31 && p <= 37) || (p >= 41 && p <= 46) ||
               (p >= 50 && p <= 54) || (p >= 61 && p <= 65) || p == 71 || p == 81 || p == 82;
    }

    std::uint32_t value_ = 0;
};

}  // namespace countyplan

template <>
struct std::hash<countyplan::Code> {
    [[nodiscard]] std::size_t operator()(countyplan::Code code) const noexcept {
        return std::hash<std::uint32_t>{}(code.value());
    }
};
