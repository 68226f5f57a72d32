#include <cstdlib>
#include <string>
#include <string_view>

#include "settings.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

/// The value of a variable; an empty one counts as unset, as POSIX has it for the locale.
std::string variable(const char* name) {
    const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread starts
    return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

Settings settings_of_environment() {
    Settings out;
    for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const std::string locale = variable(name);
        if (locale.empty()) continue;
        out.language = locale.starts_with("zh") ? Language::zh : Language::en;
        break;
    }
    if (const std::string words = variable("COUNTYPLAN_LANG"); !words.empty()) {
        out.language = read_choice<Language>("COUNTYPLAN_LANG", words);
    }
    if (const std::string words = variable("COUNTYPLAN_TIME"); !words.empty()) {
        out.time_limit = read_seconds("COUNTYPLAN_TIME", words);
    }
    return out;
}

}  // namespace countyplan
