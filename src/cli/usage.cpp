#include "usage.hpp"

#include <cmath>

#include <countyplan/io/file.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

std::chrono::nanoseconds read_seconds(const std::string& option, const std::string& words) {
    constexpr double week = 7 * 24 * 3600.0;
    const auto seconds = parse_decimal(words);
    if (!seconds || *seconds < 0 || *seconds > week) {
        throw UsageError(Message(message::cli_number_range, {option, excerpt(words), "0", to_text(week)}));
    }
    return std::chrono::nanoseconds(static_cast<std::int64_t>(std::llround(*seconds * 1e9)));
}

std::vector<std::string> comma_parts(std::string_view words) {
    std::vector<std::string> out;
    while (true) {
        const std::size_t comma = words.find(',');
        out.emplace_back(words.substr(0, comma));
        if (comma == std::string_view::npos) return out;
        words.remove_prefix(comma + 1);
    }
}

Day read_day(const std::string& option, const std::string& words) {
    if (const auto day = Day::parse(words)) return *day;
    throw UsageError(Message(message::cli_not_a_day, {option, excerpt(words)}));
}

void require_output_name(const std::string& path) {
    std::string_view rest = path;
    while (rest.size() > 1 && rest.ends_with('/'))
        rest.remove_suffix(1);
    const std::size_t slash = rest.rfind('/');
    const std::string_view last = slash == std::string_view::npos ? rest : rest.substr(slash + 1);
    if (!is_safe_file_name(last)) throw UsageError(Message(message::cli_bad_output, {excerpt(path)}));
}

void add_common(CLI::App& app, Settings& settings) {
    const Language language = settings.language;
    app.add_flag("--json", settings.json, std::string(text(message::cli_option_json, language)));
    add_value(
        app, "--lang", "--lang",
        [&settings](const std::string& option, const std::string& words) {
            settings.language = read_choice<Language>(option, words);
        },
        message::cli_option_lang, language)
        ->type_name("zh|en");
}

void add_encoding(CLI::App& app, Settings& settings) {
    add_value(
        app, "--encoding", "--encoding",
        [&settings](const std::string& option, const std::string& words) {
            settings.encoding = read_choice<Encoding>(option, words);
        },
        message::cli_option_encoding, settings.language)
        ->type_name("NAME");
}

void add_salvage(CLI::App& app, Settings& settings) {
    app.add_flag("--salvage", settings.salvage, std::string(text(message::cli_option_salvage, settings.language)));
}

void add_force(CLI::App& app, Settings& settings) {
    app.add_flag("--force", settings.force, std::string(text(message::cli_option_force, settings.language)));
}

void add_limits(CLI::App& app, Settings& settings) {
    add_value(
        app, "--time", "--time",
        [&settings](const std::string& option, const std::string& words) {
            settings.time_limit = read_seconds(option, words);
        },
        message::cli_option_time, settings.language)
        ->type_name("SECONDS");
    add_value(
        app, "--steps", "--steps",
        [&settings](const std::string& option, const std::string& words) {
            settings.step_limit = read_number<std::int64_t>(option, words, 0, 1'000'000'000'000);
        },
        message::cli_option_steps, settings.language)
        ->type_name("N");
}

}  // namespace countyplan
