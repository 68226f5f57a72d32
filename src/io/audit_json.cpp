#include <countyplan/io/audit_json.hpp>

#include <algorithm>
#include <cstddef>

#include <countyplan/io/json.hpp>
#include <countyplan/version.hpp>

#include "json_values.hpp"

namespace countyplan {

void locate(Findings& findings, const StaffingReading& staffing, const std::string& staffing_path,
            const std::string& plan_path) {
    const auto format = plan_format_of(plan_path);
    const bool is_directory = plan_path != "-" && format != PlanFormat::json && format != PlanFormat::snapshot;
    for (Finding& finding : findings) {
        const Place& place = finding.place;
        if (place.table != Table<Posting>::name) {
            if (plan_path.empty()) continue;
            finding.source.file =
                is_directory ? plan_path + (plan_path.ends_with('/') ? "" : "/") + place.table + ".csv" : plan_path;
            continue;
        }
        finding.source.file = staffing_path;
        if (place.row && *place.row < staffing.lines.size()) finding.source.line = staffing.lines[*place.row];
    }
}

std::string audit_json(const Plan& plan, const Audit& audit, const UserTierNames& names) {
    const auto count = [&](Severity severity) {
        return std::ranges::count(audit.findings, severity, &Finding::severity);
    };
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    writer.key("version").text(version);
    writer.key("ok").boolean(!has_errors(audit.findings));
    writer.key("errors").integer(count(Severity::error));
    writer.key("warnings").integer(count(Severity::warning));
    writer.key("notes").integer(count(Severity::note));
    detail::write_digests(writer, audit.digests);
    detail::write_tier_names(writer, names);
    writer.key("tiers").begin_object();
    for (const TierValue& tier : audit.tiers)
        writer.key(name(tier.tier)).number(to_text(tier.value));
    writer.end_object();
    writer.key("findings").begin_array();
    for (std::size_t i = 0; i < audit.findings.size(); ++i) {
        writer.begin_object();
        detail::write_finding_members(writer, audit.findings[i]);
        writer.key("amount").integer(audit.amounts[i]).end_object();
    }
    writer.end_array();
    writer.key("blocking_count").integer(audit.blocking_count);
    writer.key("blocking").begin_array();
    for (const BlockingPair& pair : audit.blocking) {
        writer.begin_object();
        writer.key("expert").text(pair.expert);
        writer.key("post").text(pair.post);
        writer.key("present").text(pair.present);
        writer.key("displaced").text(pair.displaced).end_object();
    }
    writer.end_array().end_object();
    return writer.take();
}

}  // namespace countyplan
