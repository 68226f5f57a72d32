// How do words become a selection of people to be frozen, and a table what is said of pairs?
#pragma once

#include <string>
#include <vector>

#include <countyplan/allocate/freeze.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/scalar/message.hpp>

#include <CLI/CLI.hpp>

#include "console.hpp"
#include "settings.hpp"

namespace countyplan {

/// Of words such as `school:S1,county:451024,before:2026-09-01`. Throws `UsageError`.
[[nodiscard]] FreezeSelection freeze_selection(const std::string& words);

/// What the caller's rules said of pairs, and what the caller's own tiers are called.
struct GivenWords {
    std::vector<GivenPair> given{};
    UserTierNames names{};
};

/// Of a table, which has no names, or of a result's directory; an empty path gives nothing. Throws `InvalidPlan` with
/// what is wrong, `UsageError` for the result of another plan, `IoError`.
[[nodiscard]] GivenWords given_of_argument(const Plan& plan, const std::string& path, const Settings& settings,
                                           Console& console);

/// The option that takes such a path.
void add_given(CLI::App& command, std::string& path, Language language);

}  // namespace countyplan
