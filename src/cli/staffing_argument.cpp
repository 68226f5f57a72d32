#include "staffing_argument.hpp"

#include <utility>

#include <countyplan/allocate/messages.hpp>
#include <countyplan/io/file.hpp>
#include <countyplan/io/flaw.hpp>

#include "input.hpp"

namespace countyplan {

StaffingReading staffing_of_argument(const std::string& path, const Settings& settings, Console& console) {
    StaffingReading reading;
    try {
        const ReadOptions options{.encoding = settings.encoding};
        reading = read_staffing(read_file(path, options.limits), path, options);
    } catch (const RefusedInput& refused) {
        throw InvalidPlan({finding_of(refused.flaw(), path)});
    }
    if (has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
    console.findings(reading.findings, true);
    return reading;
}

void require_known(const Plan& plan, const StaffingReading& reading, const std::string& path) {
    Findings unknown;
    for (std::size_t row = 0; row < reading.staffing.size(); ++row) {
        const Posting& posting = reading.staffing.rows()[row];
        const auto add = [&](const char* field, const MessageText& what, const std::string& id) {
            unknown.push_back({.severity = Severity::error,
                               .message = {what, {excerpt(id)}},
                               .place = {Table<Posting>::name.data(), row, field},
                               .value = excerpt(id),
                               .source = {.file = path, .line = reading.lines[row]}});
        };
        if (!plan.find<Expert>(posting.expert)) add("expert", message::staffing_unknown_expert, posting.expert);
        if (!plan.find<Post>(posting.post)) add("post", message::staffing_unknown_post, posting.post);
    }
    if (!unknown.empty()) throw InvalidPlan(std::move(unknown));
}

}  // namespace countyplan
