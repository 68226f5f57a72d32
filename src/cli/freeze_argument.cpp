#include "freeze_argument.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include <countyplan/io/file.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/io/result.hpp>

#include "input.hpp"
#include "messages.hpp"
#include "usage.hpp"

namespace countyplan {

FreezeSelection freeze_selection(const std::string& words) {
    FreezeSelection out;
    bool is_all = false;
    for (const std::string_view one : comma_parts(words)) {
        const std::size_t colon = std::min(one.find(':'), one.size());
        const std::string_view kind = one.substr(0, colon);
        const std::string id(one.substr(std::min(colon + 1, one.size())));
        const auto noun = enumerator<Noun>(kind);
        const bool is_holder = noun == Noun::expert || noun == Noun::sender || noun == Noun::post ||
                               noun == Noun::school || noun == Noun::county;
        if (one == "all") {
            is_all = true;
        } else if (kind == "before" && !id.empty()) {
            out.before = read_day("--freeze before", id);
        } else if (kind == "after" && !id.empty()) {
            out.after = read_day("--freeze after", id);
        } else if (is_holder && !id.empty()) {
            out.of.push_back({*noun, id});
        } else {
            throw UsageError(Message(message::cli_freeze_word, {excerpt(one)}));
        }
    }
    if (is_all && !out.of.empty()) throw UsageError(message::cli_freeze_all);
    return out;
}

GivenWords given_of_argument(const Plan& plan, const std::string& path, const Settings& settings, Console& console) {
    if (path.empty()) return {};
    if (std::filesystem::is_directory(path)) {
        AllocationReading reading = result_of_argument(path);
        if (reading.allocation.digests.plan != plan.digests().plan)
            throw UsageError(Message(message::cli_given_other, {excerpt(path)}));
        return {std::move(reading.allocation.given), std::move(reading.allocation.names)};
    }
    GivenReading reading;
    try {
        const ReadOptions options{.encoding = settings.encoding};
        reading = read_given(plan, read_file(path, options.limits), path, options);
    } catch (const RefusedInput& refused) {
        throw InvalidPlan({finding_of(refused.flaw(), path)});
    }
    if (has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
    console.findings(reading.findings, true);
    return {std::move(reading.given), {}};
}

void add_given(CLI::App& command, std::string& path, Language language) {
    command.add_option("--given", path, std::string(text(message::cli_option_given, language)))->type_name("CSV|DIR");
}

}  // namespace countyplan
