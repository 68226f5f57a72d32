// How is a comparison of mechanisms written, for machines and for spreadsheets?
#pragma once

#include <string>
#include <vector>

#include <countyplan/allocate/mechanism.hpp>
#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// One JSON object: `plan`, `version`, `digests` and `mechanisms`, each with the members of `MechanismResult`
/// (`measures` null where there is no staffing).
[[nodiscard]] std::string mechanisms_json(const Plan& plan, const std::vector<MechanismResult>& results);

/// A record per mechanism: its name, its words in the language, how it ended, all measures, the tiers as `tier_<name>`,
/// and how many rules it ignores and breaks. Cells are empty where there is no staffing.
[[nodiscard]] std::string mechanisms_csv(const std::vector<MechanismResult>& results, Language language);

/// A record per mechanism and rule: `mechanism`, `rule`, `is_heeded`, `breaches`.
[[nodiscard]] std::string mechanism_rules_csv(const std::vector<MechanismResult>& results);

}  // namespace countyplan
