// What exactly is refused, in which file?
#pragma once

#include <optional>
#include <string>

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// The first condition that fails: the file, the item in it, and why.
struct Objection {
    std::string file;
    std::string key;
    Message why;
};

/// Nothing: the condition holds.
using Objected = std::optional<Objection>;

inline constexpr const char* staffing_file = "staffing.csv";
inline constexpr const char* result_file = "result.json";
inline constexpr const char* unfilled_file = "unfilled.csv";
inline constexpr const char* certificate_file = "certificate.json";
inline constexpr const char* fairness_file = "fairness.json";

}  // namespace countyplan
