// How are the words of the command line turned into values, or refused?
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include <countyplan/io/flaw.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/message.hpp>
#include <countyplan/scalar/number.hpp>

#include "messages.hpp"
#include "settings.hpp"

namespace countyplan {

/// The command line or the environment asks for something that does not exist.
class UsageError : public std::exception {
  public:
    explicit UsageError(Message message) : message_(std::move(message)) {}
    [[nodiscard]] const Message& message() const { return message_; }
    [[nodiscard]] const char* what() const noexcept override { return "usage error"; }

  private:
    Message message_;
};

/// `words` as a whole number in [low, high].
template <class T>
[[nodiscard]] T read_number(const std::string& option, const std::string& words, T low, T high) {
    const auto value = parse_number<T>(words);
    if (!value || *value < low || *value > high) {
        throw UsageError(
            Message(message::cli_number_range, {option, excerpt(words), std::to_string(low), std::to_string(high)}));
    }
    return *value;
}

/// Seconds from 0 to a week, decimals allowed.
[[nodiscard]] std::chrono::nanoseconds read_seconds(const std::string& option, const std::string& words);

/// The enumerator that has this name.
template <NamedEnum E>
[[nodiscard]] E read_choice(const std::string& option, const std::string& words) {
    if (const auto value = enumerator<E>(words)) return *value;
    std::string choices;
    for (const MessageText& word : Enumerators<E>::words)
        choices += (choices.empty() ? "" : ", ") + std::string(word.code);
    throw UsageError(Message(message::cli_unknown_choice, {option, excerpt(words), choices}));
}

/// The parts between commas; one empty part of no words.
[[nodiscard]] std::vector<std::string> comma_parts(std::string_view words);

[[nodiscard]] Day read_day(const std::string& option, const std::string& words);

/// Refuses a path whose last part is no safe file name, and `-`.
void require_output_name(const std::string& path);

/// Adds `name` with a value that `read` turns into `*target`.
template <class Read>
CLI::Option* add_value(CLI::App& app, const std::string& names, const std::string& option, Read read,
                       const MessageText& about, Language language) {
    return app
        .add_option_function<std::string>(
            names, [read, option](const std::string& words) { read(option, words); },
            std::string(text(about, language)))
        ->type_name("");
}

/// --json, --lang.
void add_common(CLI::App& app, Settings& settings);
/// --encoding.
void add_encoding(CLI::App& app, Settings& settings);
/// --salvage.
void add_salvage(CLI::App& app, Settings& settings);
/// --force.
void add_force(CLI::App& app, Settings& settings);
/// --time, --steps.
void add_limits(CLI::App& app, Settings& settings);

}  // namespace countyplan
