#include "input.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include <unistd.h>

#include <countyplan/io/messages.hpp>
#include <countyplan/io/write.hpp>

#include "usage.hpp"

namespace countyplan {

namespace {

ReadOptions read_options(const Settings& settings) {
    return {.encoding = settings.encoding,
            .damaged_log = settings.salvage ? DamagedLog::salvaged : DamagedLog::refused};
}

std::string without_trailing_slashes(std::string path) {
    while (path.size() > 1 && path.ends_with('/'))
        path.pop_back();
    return path;
}

/// Throws where `path` exists and is an input, or a table or document in a directory that is one.
void require_no_input(const std::string& path, const std::vector<std::string>& inputs) {
    const std::filesystem::path output = without_trailing_slashes(path);
    std::error_code none;  // what does not exist is not the same as anything
    if (!std::filesystem::exists(output, none)) return;
    const bool is_data = output.extension() == ".csv" || output.extension() == ".json" || output.extension() == ".log";
    const std::filesystem::path parent = output.has_parent_path() ? output.parent_path() : ".";
    for (const std::string& input : inputs) {
        if (std::filesystem::equivalent(output, input, none) ||
            (is_data && std::filesystem::equivalent(parent, input, none))) {
            throw UsageError(Message(message::cli_output_is_input, {excerpt(path)}));
        }
    }
}

}  // namespace

Finding finding_of(const Flaw& flaw, const std::string& path) {
    return {.severity = Severity::error,
            .message = flaw.message,
            .value = flaw.value,
            .remedy = flaw.remedy,
            .source = {path, flaw.position.line, flaw.position.column, flaw.pointer}};
}

Reading read_argument(const std::string& path, const Settings& settings) {
    try {
        if (path != "-") return read_draft(path, read_options(settings));
        return read_draft_json(read_stream(STDIN_FILENO, "-"), "-", read_options(settings));
    } catch (const RefusedInput& refused) {
        return {{}, {finding_of(refused.flaw(), path)}};
    }
}

PlanReading read_plan_argument(const std::string& path, const Settings& settings) {
    try {
        if (path != "-") return read_checked(path, read_options(settings));
        return read_checked_json(read_stream(STDIN_FILENO, "-"), "-", read_options(settings));
    } catch (const RefusedInput& refused) {
        return {.findings = {finding_of(refused.flaw(), path)}};
    }
}

Plan plan_of_argument(const std::string& path, const Settings& settings, Console& console) {
    const ProgressLine progress(message::cli_reading, settings.language);
    PlanReading reading = read_plan_argument(path, settings);
    if (!reading.plan || has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
    const auto warnings = std::ranges::count(reading.findings, Severity::warning, &Finding::severity);
    if (warnings > 0) console.note(Message(message::cli_plan_warnings, {std::to_string(warnings)}));
    return *std::move(reading.plan);
}

AllocationReading result_of_argument(const std::string& path) {
    try {
        AllocationReading reading = read_allocation(without_trailing_slashes(path));
        if (has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
        return reading;
    } catch (const RefusedInput& refused) {
        throw InvalidPlan({finding_of(refused.flaw(), path)});
    }
}

void require_free_directory(const std::string& path, const std::vector<std::string>& names, const Settings& settings) {
    require_output_name(path);
    std::vector<NamedBytes> entries;
    for (const std::string& name : names)
        entries.push_back({name, {}});
    require_directory_place(path, entries, settings.existing());
}

void require_free_tables(const std::string& path, const std::vector<std::string>& inputs, const Settings& settings) {
    require_output_name(path);
    require_no_input(path, inputs);
    require_directory_place(path, plan_tables({}), settings.existing());
}

void require_free_file(const std::string& path, const std::vector<std::string>& inputs, const Settings& settings) {
    require_output_name(path);
    FileStatus status;
    if (path.ends_with('/') || (real_files().status_at(path, status) == 0 && status.kind == FileKind::directory)) {
        throw UsageError(Message(message::cli_output_is_directory, {excerpt(path)}));
    }
    if (settings.force) require_no_input(path, inputs);
    require_file_place(path, settings.existing());
}

}  // namespace countyplan
