#include <countyplan/io/result.hpp>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include <countyplan/allocate/fairness.hpp>
#include <countyplan/io/csv.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/report/portfolio.hpp>
#include <countyplan/version.hpp>

#include "cell.hpp"
#include "finding_list.hpp"
#include "json_values.hpp"
#include "member_reader.hpp"

namespace countyplan {

namespace {

using detail::write_digests;
using detail::write_findings;
using detail::write_message;
using detail::write_posting;

constexpr std::string_view allocation_format = "countyplan.allocation";
constexpr std::string_view certificate_format = "countyplan.certificate";
constexpr std::int64_t result_version = 2;
constexpr std::string_view lower_side = "lower";
constexpr std::string_view upper_side = "upper";
constexpr const char* staffing_file = "staffing.csv";
constexpr const char* unfilled_file = "unfilled.csv";
constexpr const char* result_file = "result.json";
constexpr const char* certificate_file = "certificate.json";
constexpr const char* given_file = "given.csv";
constexpr CsvColumn given_columns[] = {{"expert"}, {"post"}, {"allowed"}, {"points"}, {"doubt"}};
constexpr std::int64_t most_points = std::int64_t{1} << 53;

bool has_staffing(Termination termination) {
    return termination == Termination::optimal || termination == Termination::feasible;
}

void write_numbers(JsonWriter& writer, std::span<const std::int64_t> numbers) {
    writer.begin_array();
    for (const std::int64_t number : numbers)
        writer.integer(number);
    writer.end_array();
}

/// What stands in a result beside the answer: the conflict in words, and how far each county is served.
std::vector<StatedBound> stated_conflict(const Plan& plan, const Allocation& allocation) {
    std::vector<StatedBound> out;
    for (SetBound& bound : conflict(plan, allocation)) {
        Message reason = describe(plan, bound);
        out.push_back({std::move(bound), std::move(reason)});
    }
    return out;
}

std::vector<StatedCover> stated_counties(const Plan& plan, const Allocation& allocation) {
    std::vector<StatedCover> out;
    if (!has_staffing(allocation.termination)) return out;
    for (const CountyCover& cover : county_covers(plan, allocation.staffing))
        out.push_back({to_text(plan.rows().counties[cover.county].code), cover.serving, cover.wanted});
    return out;
}

void write_conflict(JsonWriter& writer, const Plan& plan, const Allocation& allocation) {
    writer.key("conflict").begin_array();
    for (const StatedBound& stated : stated_conflict(plan, allocation)) {
        writer.begin_object();
        writer.key("set").text(stated.bound.set);
        writer.key("side").text(stated.bound.is_lower ? lower_side : upper_side);
        writer.key("bound").integer(stated.bound.bound);
        writer.key("reason");
        write_message(writer, stated.reason);
        writer.end_object();
    }
    writer.end_array();
}

void write_counties(JsonWriter& writer, const Plan& plan, const Allocation& allocation) {
    writer.key("counties").begin_array();
    for (const StatedCover& stated : stated_counties(plan, allocation)) {
        writer.begin_object();
        writer.key("county").text(stated.county);
        writer.key("serving").integer(stated.serving);
        writer.key("wanted").integer(stated.wanted).end_object();
    }
    writer.end_array();
}

void write_unfilled(JsonWriter& writer, const Unfilled& unfilled) {
    writer.begin_object();
    writer.key("post").text(unfilled.post);
    writer.key("short_of_min").integer(unfilled.short_of_min);
    writer.key("short_of_target").integer(unfilled.short_of_target);
    writer.key("loss");
    write_numbers(writer, unfilled.loss);
    writer.key("reason");
    write_message(writer, unfilled.reason);
    if (unfilled.group) writer.key("group").integer(*unfilled.group);
    writer.end_object();
}

void write_scarce(JsonWriter& writer, const ScarceGroup& group) {
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

/// The members that `result.json` and the machine's answer share.
void write_allocation(JsonWriter& writer, const Plan& plan, const Allocation& allocation) {
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
    write_conflict(writer, plan, allocation);
    write_counties(writer, plan, allocation);
    writer.key("unfilled").begin_array();
    for (const Unfilled& unfilled : allocation.unfilled)
        write_unfilled(writer, unfilled);
    writer.end_array();
    writer.key("scarce").begin_array();
    for (const ScarceGroup& group : allocation.scarce)
        write_scarce(writer, group);
    writer.end_array();
}

std::string result_json(const Plan& plan, const Allocation& allocation) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("format").text(allocation_format);
    writer.key("format_version").integer(result_version);
    write_allocation(writer, plan, allocation);
    writer.key("given").integer(allocation.given.size());
    writer.end_object();
    return writer.take();
}

void write_prices(JsonWriter& writer, const Allocation& allocation) {
    writer.key("prices").begin_array();
    for (const SetPrice& price : allocation.prices) {
        writer.begin_object();
        writer.key("set").text(price.set);
        writer.key("value");
        write_numbers(writer, price.value);
        writer.end_object();
    }
    writer.end_array();
}

std::string certificate_json(const Allocation& allocation) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("format").text(certificate_format);
    writer.key("format_version").integer(result_version);
    writer.key("plan").text(to_text(allocation.digests.plan));
    writer.key("tiers").begin_array();
    for (const TierValue& tier : allocation.tiers)
        writer.text(name(tier.tier));
    writer.end_array();
    write_prices(writer, allocation);
    writer.end_object();
    return writer.take();
}

std::string given_csv(std::span<const GivenPair> given) {
    CsvWriter writer;
    for (const CsvColumn& column : given_columns)
        writer.text(column.name);
    writer.end_record();
    for (const GivenPair& row : given) {
        writer.text(row.expert).text(row.post).text(value_text(row.allowed));
        writer.text(value_text(row.points)).text(value_text(row.doubt)).end_record();
    }
    return writer.take();
}

}  // namespace

std::vector<NamedBytes> allocation_files(const Plan& plan, const Allocation& allocation, Language language) {
    std::vector<NamedBytes> out;
    if (has_staffing(allocation.termination)) {
        out.push_back({staffing_file, staffing_csv(allocation.staffing)});
        out.push_back({unfilled_file, table_csv(unfilled_table(plan, allocation), language)});
    }
    out.push_back({result_file, result_json(plan, allocation)});
    out.push_back({certificate_file, certificate_json(allocation)});
    if (!allocation.given.empty()) out.push_back({given_file, given_csv(allocation.given)});
    return out;
}

std::vector<std::string> allocation_file_names() {
    return {staffing_file, unfilled_file, result_file, certificate_file, given_file};
}

// ---------------------------------------------------------------------------------------------------------------------

namespace {

using detail::MemberReader;

/// Members that are not among these are refused.
void refuse_others(MemberReader& reader, const JsonValue& object, std::initializer_list<std::string_view> known) {
    for (const JsonValue member : object) {
        if (std::ranges::count(known, member.key()) > 0) continue;
        reader.complain(member, {message::unknown_member, {excerpt(member.key())}});
    }
}

/// Whole numbers, as many as `width` where that is known.
void read_numbers(MemberReader& reader, const JsonValue& value, std::optional<std::size_t> width,
                  std::vector<std::int64_t>& out) {
    if (!reader.is(value, JsonKind::array)) return;
    if (width && value.size() != *width) {
        reader.complain(value, {message::price_shape, {std::to_string(*width)}});
        return;
    }
    for (const JsonValue number : value)
        reader.integer(number, out.emplace_back());
}

/// A sentence, kept as its words.
void read_message(MemberReader& reader, const JsonValue& object, Message& out) {
    const auto reason = reader.member(object, "reason", JsonKind::object);
    if (!reason) return;
    std::string code;
    std::string zh;
    std::string en;
    reader.value(*reason, "code", code);
    reader.value(*reason, "zh", zh);
    reader.value(*reason, "en", en);
    refuse_others(reader, *reason, {"code", "zh", "en"});
    out = {message::stored_text, {MessageArgument(std::move(zh), std::move(en))}};
}

void read_unfilled(MemberReader& reader, const JsonValue& entry, const Allocation& so_far, Unfilled& out) {
    if (!reader.is(entry, JsonKind::object)) return;
    reader.value(entry, "post", out.post);
    if (const auto value = reader.member(entry, "short_of_min")) reader.integer(*value, out.short_of_min);
    if (const auto value = reader.member(entry, "short_of_target")) reader.integer(*value, out.short_of_target);
    if (const auto loss = reader.member(entry, "loss")) {
        const bool is_proved = so_far.claim == Claim::proved;
        read_numbers(reader, *loss, is_proved ? so_far.tiers.size() : 0, out.loss);
    }
    if (const auto group = entry.find("group")) {
        std::int64_t at = -1;
        reader.integer(*group, at, 0);
        if (at >= 0) out.group = static_cast<std::size_t>(at);
    }
    read_message(reader, entry, out.reason);
    refuse_others(reader, entry, {"post", "short_of_min", "short_of_target", "loss", "reason", "group"});
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
    refuse_others(reader, entry, {"posts", "below_min", "need", "qualified", "supply"});
}

void read_bound(MemberReader& reader, const JsonValue& entry, StatedBound& out) {
    if (!reader.is(entry, JsonKind::object)) return;
    reader.value(entry, "set", out.bound.set);
    if (const auto side = reader.member(entry, "side", JsonKind::text)) {
        out.bound.is_lower = side->text() == lower_side;
        if (side->text() != lower_side && side->text() != upper_side) {
            reader.complain(*side, {message::unknown_word, {excerpt(side->text())}});
        }
    }
    if (const auto value = reader.member(entry, "bound")) reader.integer(*value, out.bound.bound, 0);
    read_message(reader, entry, out.reason);
    refuse_others(reader, entry, {"set", "side", "bound", "reason"});
}

void read_cover(MemberReader& reader, const JsonValue& entry, StatedCover& out) {
    if (!reader.is(entry, JsonKind::object)) return;
    reader.value(entry, "county", out.county);
    if (const auto value = reader.member(entry, "serving")) reader.integer(*value, out.serving, 0);
    if (const auto value = reader.member(entry, "wanted")) reader.integer(*value, out.wanted, 0);
    refuse_others(reader, entry, {"county", "serving", "wanted"});
}

/// The elements of a member that is an array, each by `read(element, value)`.
template <class T, class Read>
void read_list(MemberReader& reader, const JsonValue& root, std::string_view key, std::vector<T>& out, Read&& read) {
    const auto list = reader.member(root, key, JsonKind::array);
    if (!list) return;
    for (const JsonValue entry : *list)
        read(entry, out.emplace_back());
}

void read_tiers(MemberReader& reader, const JsonValue& root, std::vector<TierValue>& out) {
    const auto tiers = reader.member(root, "tiers", JsonKind::object);
    if (!tiers) return;
    for (const JsonValue tier : *tiers) {
        const auto known = enumerator<Tier>(tier.key());
        if (!known) {
            reader.complain(tier, {message::unknown_member, {excerpt(tier.key())}});
            continue;
        }
        reader.exact(tier, out.emplace_back(TierValue{*known, {}}).value);
    }
}

/// How many rows `given.csv` has.
std::int64_t read_result(const JsonValue& root, MemberReader& reader, AllocationReading& reading) {
    if (!reader.is_format(root, allocation_format, result_version)) return 0;
    Allocation& out = reading.allocation;
    reader.value(root, "version", out.version);
    reader.value(root, "termination", out.termination);
    reader.value(root, "cause", out.cause);
    reader.value(root, "claim", out.claim);
    if (const auto steps = reader.member(root, "steps")) reader.integer(*steps, out.steps, 0);
    if (const auto digests = reader.member(root, "digests", JsonKind::object)) {
        reader.fingerprint(*digests, "plan", out.digests.plan);
        reader.fingerprint(*digests, "staffing", out.digests.staffing);
        reader.fingerprint(*digests, "ledger", out.digests.ledger);
        refuse_others(reader, *digests, {"plan", "staffing", "ledger"});
    }
    read_tiers(reader, root, out.tiers);
    read_list(reader, root, "conflict", reading.conflict,
              [&](const JsonValue& entry, StatedBound& bound) { read_bound(reader, entry, bound); });
    read_list(reader, root, "counties", reading.counties,
              [&](const JsonValue& entry, StatedCover& cover) { read_cover(reader, entry, cover); });
    read_list(reader, root, "unfilled", out.unfilled,
              [&](const JsonValue& entry, Unfilled& unfilled) { read_unfilled(reader, entry, out, unfilled); });
    read_list(reader, root, "scarce", out.scarce,
              [&](const JsonValue& entry, ScarceGroup& group) { read_scarce(reader, entry, group); });
    std::int64_t given = 0;
    if (const auto value = reader.member(root, "given")) reader.integer(*value, given, 0);
    refuse_others(reader, root,
                  {"format", "format_version", "version", "termination", "cause", "claim", "steps", "digests", "tiers",
                   "conflict", "counties", "unfilled", "scarce", "given"});
    return given;
}

void read_price(MemberReader& reader, const JsonValue& entry, std::size_t width, SetPrice& out) {
    if (!reader.is(entry, JsonKind::object)) return;
    reader.value(entry, "set", out.set);
    if (const auto value = reader.member(entry, "value")) read_numbers(reader, *value, width, out.value);
    refuse_others(reader, entry, {"set", "value"});
}

/// `out` holds what `result.json` says, if that could be read.
void read_certificate(const JsonValue& root, MemberReader& reader, bool knows_result, Allocation& out) {
    if (!reader.is_format(root, certificate_format, result_version)) return;
    Fingerprint plan;
    reader.fingerprint(root, "plan", plan);
    if (knows_result && plan != out.digests.plan) reader.complain(root, message::certificate_of_other);
    if (const auto tiers = reader.member(root, "tiers", JsonKind::array)) {
        std::vector<Tier> order;
        for (const JsonValue tier : *tiers) {
            if (const auto known = enumerator<Tier>(tier.text())) {
                order.push_back(*known);
            } else {
                reader.complain(tier, {message::unknown_member, {excerpt(tier.text())}});
            }
        }
        if (knows_result && !std::ranges::equal(order, out.tiers, {}, {}, &TierValue::tier)) {
            reader.complain(*tiers, message::other_tiers);
        }
        const std::size_t width = std::max<std::size_t>(tiers->size(), 1);
        read_list(reader, root, "prices", out.prices,
                  [&](const JsonValue& entry, SetPrice& price) { read_price(reader, entry, width, price); });
    }
    refuse_others(reader, root, {"format", "format_version", "plan", "tiers", "prices"});
}

void read_given(std::string bytes, std::int64_t stated, const ReadOptions& options, detail::FindingList& findings,
                std::vector<GivenPair>& out) {
    DecodedText decoded = decode(std::move(bytes), options.encoding);
    for (const Flaw& flaw : decoded.flaws)
        findings.add(flaw, given_file, "given");
    if (!decoded.ok()) return;
    CsvTable table(decoded.text, given_columns, options.unknown, options.limits, decoded.skipped);
    const auto complain = [&](std::size_t column, Message what, Message expected) {
        const TextPosition position = table.position(column);
        findings.add({.severity = Severity::error,
                      .message = std::move(what),
                      .place = {"given", out.size() - 1, std::string(given_columns[column].name)},
                      .value = excerpt(table[column]),
                      .expected = std::move(expected),
                      .source = {given_file, position.line, position.column, {}}});
    };
    while (table.next() && !findings.full()) {
        GivenPair& row = out.emplace_back();
        const auto read = [&](std::size_t column, auto& value) {
            auto problem = detail::read_cell(table[column], value);
            if (problem) complain(column, {*problem->what, {excerpt(table[column])}}, std::move(problem->expected));
            return !problem;
        };
        (void)read(0, row.expert);
        (void)read(1, row.post);
        (void)read(2, row.allowed);
        for (const auto& [column, value] : {std::pair{3, &row.points}, std::pair{4, &row.doubt}}) {
            const auto at = static_cast<std::size_t>(column);
            if (!read(at, *value) || (*value >= 0 && *value <= most_points)) continue;
            complain(at, {message::number_range, {excerpt(table[at])}},
                     {message::expect_range, {"0", to_text(most_points)}});
            *value = 0;
        }
    }
    for (const Flaw& flaw : table.flaws())
        findings.add(flaw, given_file, "given");
    if (!findings.has_errors() && out.size() != static_cast<std::size_t>(stated)) {
        findings.add({.severity = Severity::error,
                      .message = {message::given_count, {std::to_string(out.size()), std::to_string(stated)}},
                      .source = {.file = given_file}});
    }
}

/// Whether the directory must hold the file; one that it may not hold is a finding.
bool must_read(bool is_stated, const std::string& directory, const std::string& file, Files& files,
               detail::FindingList& findings) {
    if (is_stated) return true;
    FileStatus status;
    if (files.status_at(directory + "/" + file, status) >= 0 && status.kind != FileKind::absent) {
        findings.add({.severity = Severity::error, .message = message::file_not_stated, .source = {.file = file}});
    }
    return false;
}

}  // namespace

AllocationReading read_allocation(const std::string& directory, const ReadOptions& options, Files& files) {
    AllocationReading out;
    detail::FindingList findings(options.limits);
    const auto read = [&](const std::string& file, auto&& take) {
        const JsonDocument document =
            read_json(read_file(directory + "/" + file, options.limits, files), options.limits);
        for (const Flaw& flaw : document.flaws())
            findings.add(flaw, file);
        if (!document.ok()) return;
        MemberReader reader(file, findings);
        take(document.root(), reader);
    };
    std::int64_t given = 0;
    read(result_file, [&](const JsonValue& root, MemberReader& reader) { given = read_result(root, reader, out); });
    const bool knows_result = !findings.has_errors();
    read(certificate_file, [&](const JsonValue& root, MemberReader& reader) {
        read_certificate(root, reader, knows_result, out.allocation);
    });
    if (knows_result) {
        const auto path = [&](const char* file) { return directory + "/" + file; };
        if (must_read(has_staffing(out.allocation.termination), directory, staffing_file, files, findings)) {
            StaffingReading staffing =
                read_staffing(read_file(path(staffing_file), options.limits, files), staffing_file, options);
            out.allocation.staffing = std::move(staffing.staffing);
            for (Finding& finding : staffing.findings)
                findings.add(std::move(finding));
        }
        if (must_read(given > 0, directory, given_file, files, findings)) {
            read_given(read_file(path(given_file), options.limits, files), given, options, findings,
                       out.allocation.given);
        }
    }
    out.findings = findings.take();
    return out;
}

AllocationReading reading_of(const Plan& plan, Allocation allocation) {
    AllocationReading out;
    out.conflict = stated_conflict(plan, allocation);
    out.counties = stated_counties(plan, allocation);
    out.allocation = std::move(allocation);
    return out;
}

AnswerVerdict examine(const Plan& plan, const AllocationReading& reading) {
    if (AnswerVerdict verdict = examine(plan, reading.allocation); !verdict.accepted) return verdict;
    const auto refuse = [](std::string key) {
        return AnswerVerdict{false, AnswerPart::result, std::move(key), message::statement_differs, {}};
    };
    const auto is_same = [](const StatedBound& a, const StatedBound& b) {
        return a.bound == b.bound && text(a.reason, Language::zh) == text(b.reason, Language::zh) &&
               text(a.reason, Language::en) == text(b.reason, Language::en);
    };
    if (!std::ranges::equal(stated_conflict(plan, reading.allocation), reading.conflict, is_same))
        return refuse("conflict");
    if (stated_counties(plan, reading.allocation) != reading.counties) return refuse("counties");
    return {};
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
    write_findings(writer, findings);
    writer.end_object();
    return writer.take();
}

namespace {

/// What the allocation keeps exactly, and which rules it leaves to others.
void write_coverage(JsonWriter& writer, const RuleCoverage& coverage) {
    writer.key("rules").begin_object();
    writer.key("sender_quotas").integer(coverage.sender_quotas);
    writer.key("quotas").integer(coverage.quotas);
    writer.key("decisions").integer(coverage.decisions);
    writer.key("terms").begin_array();
    for (const std::string& rule : coverage.terms)
        writer.text(rule);
    writer.end_array();
    writer.key("left_out").begin_array();
    for (const LeftOutRule& row : coverage.left_out) {
        writer.begin_object();
        writer.key("rule").text(row.rule);
        writer.key("kind").text(name(row.kind));
        writer.key("reason");
        write_message(writer, row.reason);
        writer.end_object();
    }
    writer.end_array().end_object();
}

void write_fairness(JsonWriter& writer, const Plan& plan, const FairnessPrice& price) {
    writer.key("fairness").begin_object();
    writer.key("termination").text(name(price.termination));
    writer.key("cause").text(name(price.cause));
    writer.key("tiers").begin_object();
    for (const FairnessTier& row : price.tiers) {
        writer.key(name(row.tier)).begin_object();
        writer.key("fair").number(to_text(row.fair));
        writer.key("unfair").number(to_text(row.unfair)).end_object();
    }
    writer.end_object();
    writer.key("counties").begin_array();
    for (std::size_t c = 0; c < price.fair.size(); ++c) {
        writer.begin_object();
        writer.key("county").text(to_text(plan.rows().counties[price.fair[c].county].code));
        writer.key("wanted").integer(price.fair[c].wanted);
        writer.key("fair").integer(price.fair[c].serving);
        writer.key("unfair").integer(price.unfair[c].serving).end_object();
    }
    writer.end_array().end_object();
}

}  // namespace

std::string allocation_json(const Plan& plan, const Allocation& allocation, const FairnessPrice* fairness) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    write_allocation(writer, plan, allocation);
    writer.key("staffing").begin_array();
    for (const Posting& posting : allocation.staffing)
        write_posting(writer, posting);
    writer.end_array();
    write_prices(writer, allocation);
    write_coverage(writer, rule_coverage(plan));
    if (fairness != nullptr) write_fairness(writer, plan, *fairness);
    writer.end_object();
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
