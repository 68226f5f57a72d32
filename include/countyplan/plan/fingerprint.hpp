// Is this the same plan, byte for byte of its meaning?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace countyplan {

/// A name-based UUID (RFC 4122, version 5) over canonical tables. Equal tables give equal
/// fingerprints on every machine. Not a protection against forgery.
struct Fingerprint {
    std::array<std::uint8_t, 16> bytes{};

    friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
    friend auto operator<=>(const Fingerprint&, const Fingerprint&) = default;

    /// `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, lower case.
    friend std::string to_text(const Fingerprint& fingerprint) {
        static constexpr std::string_view digits = "0123456789abcdef";
        std::string out;
        for (std::size_t i = 0; i < 16; ++i) {
            if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
            out += digits[fingerprint.bytes[i] >> 4];
            out += digits[fingerprint.bytes[i] & 15];
        }
        return out;
    }
};

/// The fingerprint of any bytes.
[[nodiscard]] Fingerprint fingerprint_of(std::string_view bytes);

struct Draft;

/// What a result was computed from. The plan's own fingerprint leaves facts and staffing out, so that
/// it stays the same while the ledger grows; they have digests of their own.
struct Digests {
    Fingerprint plan{};
    Fingerprint staffing{};
    Fingerprint ledger{};

    friend bool operator==(const Digests&, const Digests&) = default;
};

/// Time and memory linear in the size of the tables.
[[nodiscard]] Digests digests_of(const Draft& draft);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_PLAN)
#include <countyplan/plan/impl/fingerprint.hpp>
#endif
