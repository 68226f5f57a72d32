#include <countyplan/io/result.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/report/portfolio.hpp>
#include <countyplan/version.hpp>

#include "cell.hpp"
#include "finding_list.hpp"
#include "member_reader.hpp"

namespace countyplan {

namespace {

constexpr std::string_view allocation_format = "countyplan.allocation";
constexpr std::string_view certificate_format = "countyplan.certificate";
constexpr std::int64_t result_version = 1;

void write_message(JsonWriter& writer, const Message& message) {
    writer.begin_object();
    writer.key("code").text(message.code());
    writer.key("zh").text(text(message, Language::zh));
    writer.key("en").text(text(message, Language::en)).end_object();
}

void write_digests(JsonWriter& writer, const Digests& digests) {
    writer.key("digests").begin_object();
    writer.key("plan").text(to_text(digests.plan));
    writer.key("staffing").text(to_text(digests.staffing));
    writer.key("ledger").text(to_text(digests.ledger)).end_object();
}

void write_posting(JsonWriter& writer, const Posting& posting) {
    writer.begin_object();
    for_each_field<Posting>([&](const auto& field) { writer.key(field.name).text(value_text(posting.*field.member)); });
    writer.end_object();
}

void write_finding(JsonWriter& writer, const Finding& finding) {
    writer.begin_object();
    writer.key("severity").text(name(finding.severity));
    writer.key("message");
    write_message(writer, finding.message);
    writer.key("place").text(to_text(finding.place));
    if (!finding.rule.empty()) writer.key("rule").text(finding.rule);
    if (!finding.value.empty()) writer.key("value").text(finding.value);
    if (!finding.expected.empty()) {
        writer.key("expected");
        write_message(writer, finding.expected);
    }
    if (!finding.remedy.empty()) {
        writer.key("remedy");
        write_message(writer, finding.remedy);
    }
    if (!finding.source.file.empty()) {
        writer.key("source").begin_object();
        writer.key("file").text(finding.source.file);
        if (finding.source.line != 0) writer.key("line").integer(finding.source.line);
        if (finding.source.column != 0) writer.key("column").integer(finding.source.column);
        if (!finding.source.pointer.empty()) writer.key("pointer").text(finding.source.pointer);
        writer.end_object();
    }
    writer.end_object();
}

/// The members that `result.json` and the machine's answer share.
void write_allocation(JsonWriter& writer, const Allocation& allocation) {
    writer.key("version").text(allocation.version);
    writer.key("termination").text(name(allocation.termination));
    writer.key("cause").text(name(allocation.cause));
    writer.key("claim").text(name(allocation.claim));
    writer.key("steps").integer(allocation.steps);
    write_digests(writer, allocation.digests);
    writer.key("tiers").begin_object();
    for (const TierValue& tier : allocation.tiers)
        writer.key(name(tier.tier)).number(to_text(tier.value));
    writer.end_object();
    writer.key("unfilled").begin_array();
    for (const Unfilled& unfilled : allocation.unfilled) {
        writer.begin_object();
        writer.key("post").text(unfilled.post);
        writer.key("short_of_min").integer(unfilled.short_of_min);
        writer.key("short_of_target").integer(unfilled.short_of_target);
        writer.key("reason");
        write_message(writer, unfilled.reason);
        if (unfilled.group) writer.key("group").integer(*unfilled.group);
        writer.end_object();
    }
    writer.end_array();
    writer.key("scarce").begin_array();
    for (const ScarceGroup& group : allocation.scarce) {
        writer.begin_object();
        writer.key("posts").begin_array();
        for (const std::string& post : group.posts)
            writer.text(post);
        writer.end_array();
        writer.key("below_min").boolean(group.below_min);
        writer.key("need").number(to_text(group.need));
        writer.key("qualified").integer(group.qualified);
        writer.key("supply").integer(group.supply).end_object();
    }
    writer.end_array();
}

std::string result_json(const Allocation& allocation) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("format").text(allocation_format);
    writer.key("format_version").integer(result_version);
    write_allocation(writer, allocation);
    writer.end_object();
    return writer.take();
}

std::string certificate_json(const Allocation& allocation) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("format").text(certificate_format);
    writer.key("format_version").integer(result_version);
    writer.key("plan").text(to_text(allocation.digests.plan));
    writer.key("tiers").begin_array();
    for (std::size_t tier = 0; tier < standard_tiers; ++tier)
        writer.text(name(static_cast<Tier>(tier)));
    writer.end_array();
    writer.key("potentials").begin_object();
    for (const NodePotential& potential : allocation.potentials) {
        writer.key(potential.node).begin_array();
        for (const std::int64_t value : potential.value)
            writer.integer(value);
        writer.end_array();
    }
    writer.end_object().end_object();
    return writer.take();
}

}  // namespace

std::vector<NamedBytes> allocation_files(const Plan& plan, const Allocation& allocation, Language language) {
    return {{"staffing.csv", staffing_csv(allocation.staffing)},
            {"unfilled.csv", table_csv(unfilled_table(plan, allocation), language)},
            {"result.json", result_json(allocation)},
            {"certificate.json", certificate_json(allocation)}};
}

// ---------------------------------------------------------------------------------------------------------------------

namespace {

using detail::MemberReader;

/// The document of one file, if it could be read at all.
std::optional<JsonDocument> document_of(const std::string& directory, const std::string& file,
                                        const ReadOptions& options, Files& files, detail::FindingList& findings) {
    JsonDocument document = read_json(read_file(directory + "/" + file, options.limits, files), options.limits);
    for (const Flaw& flaw : document.flaws())
        findings.add(flaw, file);
    if (!document.ok()) return std::nullopt;
    return document;
}

void read_unfilled(MemberReader& reader, const JsonValue& entry, Unfilled& out) {
    if (!reader.is(entry, JsonKind::object)) return;
    reader.value(entry, "post", out.post);
    if (const auto value = reader.member(entry, "short_of_min")) reader.integer(*value, out.short_of_min);
    if (const auto value = reader.member(entry, "short_of_target")) reader.integer(*value, out.short_of_target);
    if (const auto group = entry.find("group")) {
        std::int64_t at = -1;
        reader.integer(*group, at, 0);
        if (at >= 0) out.group = static_cast<std::size_t>(at);
    }
    if (const auto reason = reader.member(entry, "reason", JsonKind::object)) {
        std::string zh;
        std::string en;
        reader.value(*reason, "zh", zh);
        reader.value(*reason, "en", en);
        out.reason = {message::stored_text, {MessageArgument(std::move(zh), std::move(en))}};
    }
}

void read_scarce(MemberReader& reader, const JsonValue& entry, ScarceGroup& out) {
    if (!reader.is(entry, JsonKind::object)) return;
    if (const auto posts = reader.member(entry, "posts", JsonKind::array)) {
        for (const JsonValue post : *posts) {
            if (reader.is(post, JsonKind::text)) out.posts.emplace_back(post.text());
        }
    }
    reader.value(entry, "below_min", out.below_min);
    if (const auto value = reader.member(entry, "need")) reader.exact(*value, out.need);
    if (const auto value = reader.member(entry, "qualified")) reader.integer(*value, out.qualified);
    if (const auto value = reader.member(entry, "supply")) reader.integer(*value, out.supply);
}

void read_result(const JsonValue& root, MemberReader& reader, Allocation& out) {
    if (!reader.is_format(root, allocation_format, result_version)) return;
    reader.value(root, "version", out.version);
    reader.value(root, "termination", out.termination);
    reader.value(root, "cause", out.cause);
    reader.value(root, "claim", out.claim);
    if (const auto steps = reader.member(root, "steps")) reader.integer(*steps, out.steps, 0);
    if (const auto digests = reader.member(root, "digests", JsonKind::object)) {
        reader.fingerprint(*digests, "plan", out.digests.plan);
        reader.fingerprint(*digests, "staffing", out.digests.staffing);
        reader.fingerprint(*digests, "ledger", out.digests.ledger);
    }
    if (const auto tiers = reader.member(root, "tiers", JsonKind::object)) {
        for (const JsonValue tier : *tiers) {
            const auto known = enumerator<Tier>(tier.key());
            if (!known) {
                reader.complain(tier, {message::unknown_member, {excerpt(tier.key())}});
                continue;
            }
            reader.exact(tier, out.tiers.emplace_back(TierValue{*known, {}}).value);
        }
    }
    if (const auto unfilled = reader.member(root, "unfilled", JsonKind::array)) {
        for (const JsonValue entry : *unfilled)
            read_unfilled(reader, entry, out.unfilled.emplace_back());
    }
    if (const auto scarce = reader.member(root, "scarce", JsonKind::array)) {
        for (const JsonValue entry : *scarce)
            read_scarce(reader, entry, out.scarce.emplace_back());
    }
}

void read_certificate(const JsonValue& root, MemberReader& reader, Allocation& out) {
    if (!reader.is_format(root, certificate_format, result_version)) return;
    const auto tiers = reader.member(root, "tiers", JsonKind::array);
    const auto potentials = reader.member(root, "potentials", JsonKind::object);
    if (!tiers || !potentials) return;
    std::size_t at = 0;
    for (const JsonValue tier : *tiers) {
        if (at >= standard_tiers || tier.text() != Enumerators<Tier>::words[at].code) {
            reader.complain(tier, {message::unknown_member, {excerpt(tier.text())}});
        }
        ++at;
    }
    for (const JsonValue node : *potentials) {
        NodePotential potential{.node = std::string(node.key())};
        if (node.kind() != JsonKind::array || node.size() != standard_tiers) {
            reader.complain(node, {message::potential_shape, {std::to_string(standard_tiers)}});
            continue;
        }
        std::size_t tier = 0;
        for (const JsonValue value : node)
            reader.integer(value, potential.value[tier++]);
        out.potentials.push_back(std::move(potential));
    }
}

}  // namespace

AllocationReading read_allocation(const std::string& directory, const ReadOptions& options, Files& files) {
    AllocationReading out;
    detail::FindingList findings(options.limits);
    StaffingReading staffing =
        read_staffing(read_file(directory + "/staffing.csv", options.limits, files), "staffing.csv", options);
    out.allocation.staffing = std::move(staffing.staffing);
    for (Finding& finding : staffing.findings)
        findings.add(std::move(finding));
    if (const auto document = document_of(directory, "result.json", options, files, findings)) {
        MemberReader reader("result.json", findings);
        read_result(document->root(), reader, out.allocation);
    }
    if (const auto document = document_of(directory, "certificate.json", options, files, findings)) {
        MemberReader reader("certificate.json", findings);
        read_certificate(document->root(), reader, out.allocation);
    }
    out.findings = findings.take();
    return out;
}

// ---------------------------------------------------------------------------------------------------------------------

std::string check_json(const Plan* plan, std::span<const Finding> findings) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("version").text(version);
    const auto errors = std::ranges::count(findings, Severity::error, &Finding::severity);
    writer.key("ok").boolean(errors == 0);
    writer.key("errors").integer(errors);
    writer.key("warnings").integer(std::ranges::count(findings, Severity::warning, &Finding::severity));
    if (plan != nullptr) write_digests(writer, plan->digests());
    writer.key("findings").begin_array();
    for (const Finding& finding : findings)
        write_finding(writer, finding);
    writer.end_array().end_object();
    return writer.take();
}

std::string allocation_json(const Plan& plan, const Allocation& allocation) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    write_allocation(writer, allocation);
    writer.key("staffing").begin_array();
    for (const Posting& posting : allocation.staffing)
        write_posting(writer, posting);
    writer.end_array().end_object();
    return writer.take();
}

namespace {

void write_rolled_up(JsonWriter& writer, const RolledUp& node) {
    writer.key("value");
    if (node.value) {
        writer.decimal(*node.value);
    } else {
        writer.null();
    }
    writer.key("coverage").decimal(node.coverage);
    writer.key("oldest");
    if (node.oldest) {
        writer.text(to_text(*node.oldest));
    } else {
        writer.null();
    }
    writer.key("mode").text(name(node.mode));
    writer.key("status").text(name(node.status));
}

void write_task(JsonWriter& writer, const Task& task, const TaskDates& dates, const Earned& earned) {
    writer.begin_object();
    writer.key("task").text(task.id);
    writer.key("early_start").text(to_text(dates.early_start));
    writer.key("early_finish").text(to_text(dates.early_finish));
    writer.key("late_start").text(to_text(dates.late_start));
    writer.key("late_finish").text(to_text(dates.late_finish));
    writer.key("total_float").integer(dates.total_float.count());
    writer.key("free_float").integer(dates.free_float.count());
    writer.key("critical_by_float").boolean(dates.critical_by_float);
    writer.key("on_longest_path").boolean(dates.on_longest_path);
    writer.key("provisional").boolean(dates.provisional);
    writer.key("earned");
    if (earned.value) {
        writer.decimal(*earned.value);
    } else {
        writer.null();
    }
    writer.key("status").text(name(earned.status)).end_object();
}

}  // namespace

std::string tracking_json(const Plan& plan, const Tracking& tracking) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    writer.key("version").text(version);
    writer.key("as_of").text(to_text(tracking.as_of.valid));
    writer.key("recorded").text(to_text(tracking.as_of.recorded));
    writer.key("termination").text(name(tracking.termination));
    writer.key("cause").text(name(tracking.cause));
    write_digests(writer, tracking.digests);
    writer.key("provinces").begin_array();
    for (const ProvinceRollUp& province : tracking.roll_up.provinces) {
        writer.begin_object();
        writer.key("province").text(to_text(province.province));
        write_rolled_up(writer, province.weighted);
        writer.key("counties_equal").begin_object();
        write_rolled_up(writer, province.equal);
        writer.end_object().end_object();
    }
    writer.end_array();
    writer.key("counties").begin_array();
    for (const Id<County> id : tracking.roll_up.counties.ids()) {
        writer.begin_object();
        writer.key("county").text(to_text(plan.rows().counties[id].code));
        write_rolled_up(writer, tracking.roll_up.counties[id]);
        writer.end_object();
    }
    writer.end_array();
    writer.key("goals").begin_array();
    for (const Id<Goal> id : tracking.roll_up.goals.ids()) {
        writer.begin_object();
        writer.key("goal").text(plan.rows().goals[id].id);
        write_rolled_up(writer, tracking.roll_up.goals[id]);
        writer.end_object();
    }
    writer.end_array();
    writer.key("tasks").begin_array();
    for (const Id<Task> id : tracking.schedule.tasks.ids()) {
        write_task(writer, plan.rows().tasks[id], tracking.schedule.tasks[id], tracking.progress.tasks[id]);
    }
    writer.end_array();
    writer.key("findings").begin_array();
    for (const Finding& finding : tracking.progress.findings)
        write_finding(writer, finding);
    for (const Finding& finding : tracking.roll_up.findings)
        write_finding(writer, finding);
    writer.end_array().end_object();
    return writer.take();
}

std::string table_csv(const ReportTable& table, Language language) {
    CsvWriter writer(CsvPurpose::for_people);
    const auto write = [&](const std::vector<Cell>& cells) {
        for (const Cell& cell : cells) {
            if (cell.is_number() && !std::holds_alternative<Share>(cell.value)) {
                writer.number(cell_text(cell, language));
            } else {
                writer.text(cell_text(cell, language));
            }
        }
        writer.end_record();
    };
    write(table.columns);
    for (const std::vector<Cell>& row : table.rows)
        write(row);
    return writer.take();
}

}  // namespace countyplan
