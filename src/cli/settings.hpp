// What has the person at the keyboard asked for, whatever the command?
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include <countyplan/io/encoding.hpp>
#include <countyplan/io/file.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/message.hpp>

namespace countyplan {

template <>
struct Enumerators<Language> {
    static constexpr MessageText words[] = {{"zh", "中文", "Chinese"}, {"en", "英文", "English"}};
};

template <>
struct Enumerators<Encoding> {
    static constexpr MessageText words[] = {
        {"auto", "自动", "automatic"}, {"utf-8", "UTF-8", "UTF-8"}, {"gb18030", "GB18030", "GB18030"}};
};

struct Settings {
    Language language = Language::en;
    bool json = false;
    bool force = false;
    Encoding encoding = Encoding::automatic;
    bool salvage = false;
    std::chrono::nanoseconds time_limit = std::chrono::seconds(60);
    std::optional<std::int64_t> step_limit = std::nullopt;

    [[nodiscard]] Existing existing() const { return force ? Existing::replace : Existing::refuse; }
};

/// COUNTYPLAN_LANG, else the first of LC_ALL, LC_MESSAGES, LANG that is set: Chinese if it begins with
/// `zh`, English otherwise; and COUNTYPLAN_TIME. Throws `UsageError` for a value that means nothing.
[[nodiscard]] Settings settings_of_environment();

}  // namespace countyplan
