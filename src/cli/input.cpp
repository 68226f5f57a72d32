#include "input.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include <unistd.h>

#include <countyplan/io/messages.hpp>

#include "usage.hpp"

namespace countyplan {

namespace {

ReadOptions read_options(const Settings& settings) { return {.encoding = settings.encoding}; }

Finding finding_of(const Flaw& flaw, const std::string& path) {
    return {.severity = Severity::error,
            .message = flaw.message,
            .value = flaw.value,
            .remedy = flaw.remedy,
            .source = {path, flaw.position.line, flaw.position.column, flaw.pointer}};
}

std::string without_trailing_slashes(std::string path) {
    while (path.size() > 1 && path.ends_with('/'))
        path.pop_back();
    return path;
}

}  // namespace

Reading read_argument(const std::string& path, const Settings& settings) {
    try {
        if (path != "-") return read_draft(path, read_options(settings));
        return read_draft_json(read_stream(STDIN_FILENO, "-"), "-", read_options(settings));
    } catch (const RefusedInput& refused) {
        return {{}, {finding_of(refused.flaw(), path)}};
    }
}

Plan plan_of_argument(const std::string& path, const Settings& settings, Console& console) {
    const ProgressLine progress(message::cli_reading, settings.language);
    Reading reading = read_argument(path, settings);
    if (has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
    const auto warnings = std::ranges::count(reading.findings, Severity::warning, &Finding::severity);
    if (warnings > 0) console.note(Message(message::cli_plan_warnings, {std::to_string(warnings)}));
    return Plan(std::move(reading.draft));
}

Allocation result_of_argument(const std::string& path) {
    try {
        AllocationReading reading = read_allocation(without_trailing_slashes(path));
        if (has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
        return std::move(reading.allocation);
    } catch (const RefusedInput& refused) {
        throw InvalidPlan({finding_of(refused.flaw(), path)});
    }
}

void require_free(const std::string& given_path, const Settings& settings) {
    require_output_name(given_path);
    if (settings.force) return;
    const std::string path = without_trailing_slashes(given_path);
    FileStatus status;
    if (real_files().status_at(path, status) < 0 || status.kind == FileKind::absent) return;
    std::vector<std::string> names;
    if (status.kind == FileKind::directory && real_files().list(path, names) == 0 && names.empty()) return;
    throw IoError(Message(message::output_exists, {excerpt(path)}), path, EEXIST);
}

void require_free_file(const std::string& path, const Settings& settings) {
    require_output_name(path);
    FileStatus status;
    if (path.ends_with('/') || (real_files().status_at(path, status) == 0 && status.kind == FileKind::directory)) {
        throw UsageError(Message(message::cli_output_is_directory, {excerpt(path)}));
    }
    require_free(path, settings);
}

}  // namespace countyplan
