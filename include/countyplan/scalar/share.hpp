// Which part of a whole, from nothing to all?
#pragma once

#include <compare>
#include <optional>

namespace countyplan {

/// A number in [0, 1]; never NaN. Default-constructed it is 0.
class Share {
  public:
    constexpr Share() = default;

    /// Nothing unless `value` lies in [0, 1]; -0.0 becomes 0.
    [[nodiscard]] static constexpr std::optional<Share> from(double value) {
        const bool inside = value >= 0.0 && value <= 1.0;  // false for NaN
        if (!inside) return std::nullopt;
        Share share;
        share.value_ = value + 0.0;
        return share;
    }

    [[nodiscard]] constexpr double value() const { return value_; }

    friend constexpr auto operator<=>(Share, Share) = default;

  private:
    double value_ = 0.0;
};

}  // namespace countyplan
