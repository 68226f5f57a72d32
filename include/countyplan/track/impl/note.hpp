// How does tracking say that something about a row is strange?
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <countyplan/plan/finding.hpp>

namespace countyplan::detail {

inline void note(Findings& findings, Severity severity, Message message, std::string_view table, std::size_t row,
                 std::string_view field) {
    Finding finding;
    finding.severity = severity;
    finding.message = std::move(message);
    finding.place = {std::string(table), row, std::string(field)};
    findings.push_back(std::move(finding));
}

}  // namespace countyplan::detail
