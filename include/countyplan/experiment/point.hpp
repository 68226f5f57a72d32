// Which point of an experiment is this, by name, and what was measured there?
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <countyplan/plan/plan.hpp>

namespace countyplan {

/// A value of an experiment: unset, a truth, a whole number, a finite decimal or a text. `1` and `1.0` differ.
using PointValue = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

/// Values by name, in the order of the names' bytes.
using NamedValues = std::map<std::string, PointValue>;

/// One thing to compute.
struct ExperimentPoint {
    NamedValues parameters{};
    std::uint64_t seed = 0;

    friend bool operator==(const ExperimentPoint&, const ExperimentPoint&) = default;
};

/// What went wrong in place of a row.
struct PointError {
    std::string kind{};  ///< such as `InvalidPlan`
    std::string text{};

    friend bool operator==(const PointError&, const PointError&) = default;
};

/// A point and how it ended.
struct ExperimentRow {
    std::string key{};
    ExperimentPoint point{};
    std::variant<NamedValues, PointError> outcome{};

    friend bool operator==(const ExperimentRow&, const ExperimentRow&) = default;
};

/// The values as canonical JSON, in one way only (docs/format.md, sweep journal). Throws `std::invalid_argument` for a
/// decimal that is not finite.
[[nodiscard]] std::string canonical_json(const PointValue& value);
[[nodiscard]] std::string canonical_json(const NamedValues& values);
[[nodiscard]] std::string canonical_json(std::string_view text);

/// The name of a point: 32 hexadecimal digits of its parameters, its seed, what it was computed from (`input`, such as
/// a plan's fingerprints) and the version of what computed it.
[[nodiscard]] std::string point_key(const ExperimentPoint& point, std::string_view input, std::string_view version);

/// A fingerprint without dashes.
[[nodiscard]] std::string digits_of(const Fingerprint& fingerprint);

/// What names a plan as the input of an experiment: its three digests, in order, joined by `/`.
[[nodiscard]] std::string input_of(const Plan& plan);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_EXPERIMENT)
#include <countyplan/experiment/impl/point.hpp>
#endif
