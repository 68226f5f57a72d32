#include <countyplan/io/result.hpp>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <countyplan/allocate/fairness.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/io/csv.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/report/portfolio.hpp>
#include <countyplan/version.hpp>

#include "cell.hpp"
#include "fairness_json.hpp"
#include "finding_list.hpp"
#include "json_values.hpp"
#include "member_reader.hpp"
#include "result_members.hpp"

namespace countyplan {

namespace {

using detail::write_digests;
using detail::write_findings;
using detail::write_message;
using detail::write_numbers;
using detail::write_posting;
using detail::write_prices;

constexpr std::string_view allocation_format = "countyplan.allocation";
constexpr std::string_view certificate_format = "countyplan.certificate";
constexpr std::int64_t result_version = 4;
constexpr std::int64_t certificate_version = 2;
constexpr std::string_view lower_side = "lower";
constexpr std::string_view upper_side = "upper";
constexpr const char* staffing_file = "staffing.csv";
constexpr const char* unfilled_file = "unfilled.csv";
constexpr const char* result_file = "result.json";
constexpr const char* certificate_file = "certificate.json";
constexpr const char* given_file = "given.csv";
constexpr const char* fairness_file = "fairness.json";
constexpr CsvColumn given_columns[] = {{"expert"},       {"post"},          {"allowed", false}, {"points", false},
                                       {"doubt", false}, {"user_1", false}, {"user_2", false},  {"user_3", false}};
static_assert(std::size(given_columns) == 5 + user_tiers);

bool has_staffing(Termination termination) {
    return termination == Termination::optimal || termination == Termination::feasible;
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
    detail::write_tier_names(writer, allocation.names);
    write_coverage(writer, rule_coverage(plan));
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

std::string result_json(const Plan& plan, const Allocation& allocation, bool has_fairness) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("format").text(allocation_format);
    writer.key("format_version").integer(result_version);
    write_allocation(writer, plan, allocation);
    writer.key("given").integer(allocation.given.size());
    writer.key("fairness").boolean(has_fairness);
    writer.end_object();
    return writer.take();
}

std::string certificate_json(const Allocation& allocation) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("format").text(certificate_format);
    writer.key("format_version").integer(certificate_version);
    writer.key("plan").text(to_text(allocation.digests.plan));
    writer.key("tiers").begin_array();
    for (const TierValue& tier : allocation.tiers)
        writer.text(name(tier.tier));
    writer.end_array();
    write_prices(writer, allocation.prices);
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
        writer.text(value_text(row.points)).text(value_text(row.doubt));
        for (const std::int64_t points : row.user)
            writer.text(value_text(points));
        writer.end_record();
    }
    return writer.take();
}

}  // namespace

std::vector<NamedBytes> allocation_files(const Plan& plan, const Allocation& allocation, Language language,
                                         const FairnessPrice* fairness) {
    const bool has_fairness = fairness != nullptr && detail::is_told(*fairness);
    std::vector<NamedBytes> out;
    if (has_staffing(allocation.termination)) {
        out.push_back({staffing_file, staffing_csv(allocation.staffing)});
        out.push_back({unfilled_file, table_csv(unfilled_table(plan, allocation), language)});
    }
    out.push_back({result_file, result_json(plan, allocation, has_fairness)});
    out.push_back({certificate_file, certificate_json(allocation)});
    if (!allocation.given.empty()) out.push_back({given_file, given_csv(allocation.given)});
    if (has_fairness) out.push_back({fairness_file, detail::fairness_json(plan, *fairness)});
    return out;
}

std::vector<std::string> allocation_file_names() {
    return {staffing_file, unfilled_file, result_file, certificate_file, given_file, fairness_file};
}

// ---------------------------------------------------------------------------------------------------------------------

namespace {

using detail::MemberReader;
using detail::read_count;
using detail::read_list;
using detail::read_message;
using detail::read_numbers;
using detail::refuse_others;

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
    read_count(reader, entry, "serving", out.serving);
    read_count(reader, entry, "wanted", out.wanted);
    refuse_others(reader, entry, {"county", "serving", "wanted"});
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

void read_names(MemberReader& reader, const JsonValue& root, UserTierNames& out) {
    const auto names = reader.member(root, "user_tiers", JsonKind::object);
    if (!names) return;
    for (const JsonValue entry : *names) {
        const auto tier = enumerator<Tier>(entry.key());
        const auto own = tier ? user_tier(*tier) : std::nullopt;
        if (!own) {
            reader.complain(entry, {message::unknown_member, {excerpt(entry.key())}});
        } else if (reader.is(entry, JsonKind::text)) {
            out[*own] = entry.text();
        }
    }
}

void read_coverage(MemberReader& reader, const JsonValue& root, RuleCoverage& out) {
    const auto rules = reader.member(root, "rules", JsonKind::object);
    if (!rules) return;
    read_count(reader, *rules, "sender_quotas", out.sender_quotas);
    read_count(reader, *rules, "quotas", out.quotas);
    read_count(reader, *rules, "decisions", out.decisions);
    read_list(reader, *rules, "terms", out.terms, [&](const JsonValue& entry, std::string& rule) {
        if (reader.is(entry, JsonKind::text)) rule = entry.text();
    });
    read_list(reader, *rules, "left_out", out.left_out, [&](const JsonValue& entry, LeftOutRule& row) {
        if (!reader.is(entry, JsonKind::object)) return;
        reader.value(entry, "rule", row.rule);
        reader.value(entry, "kind", row.kind);
        read_message(reader, entry, row.reason);
        refuse_others(reader, entry, {"rule", "kind", "reason"});
    });
    refuse_others(reader, *rules, {"sender_quotas", "quotas", "decisions", "terms", "left_out"});
}

/// What else `result.json` says belongs to the answer.
struct OtherFiles {
    std::int64_t given = 0;  ///< rows of `given.csv`; 0: there is none
    bool fairness = false;
};

OtherFiles read_result(const JsonValue& root, MemberReader& reader, AllocationReading& reading) {
    OtherFiles others;
    if (!reader.is_format(root, allocation_format, result_version)) return others;
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
    read_names(reader, root, out.names);
    read_coverage(reader, root, reading.rules);
    read_list(reader, root, "conflict", reading.conflict,
              [&](const JsonValue& entry, StatedBound& bound) { read_bound(reader, entry, bound); });
    read_list(reader, root, "counties", reading.counties,
              [&](const JsonValue& entry, StatedCover& cover) { read_cover(reader, entry, cover); });
    read_list(reader, root, "unfilled", out.unfilled,
              [&](const JsonValue& entry, Unfilled& unfilled) { read_unfilled(reader, entry, out, unfilled); });
    read_list(reader, root, "scarce", out.scarce,
              [&](const JsonValue& entry, ScarceGroup& group) { read_scarce(reader, entry, group); });
    read_count(reader, root, "given", others.given);
    reader.value(root, "fairness", others.fairness);
    refuse_others(reader, root,
                  {"format", "format_version", "version", "termination", "cause", "claim", "steps", "digests", "tiers",
                   "user_tiers", "rules", "conflict", "counties", "unfilled", "scarce", "given", "fairness"});
    return others;
}

/// `out` holds what `result.json` says, if that could be read.
void read_certificate(const JsonValue& root, MemberReader& reader, bool knows_result, Allocation& out) {
    if (!reader.is_format(root, certificate_format, certificate_version)) return;
    Fingerprint plan;
    reader.fingerprint(root, "plan", plan);
    if (knows_result && plan != out.digests.plan) reader.complain(root, message::certificate_of_other);
    if (const auto tiers = reader.member(root, "tiers", JsonKind::array)) {
        Objective order;
        detail::read_order(reader, *tiers, order);
        if (knows_result && !std::ranges::equal(order, out.tiers, {}, {}, &TierValue::tier)) {
            reader.complain(*tiers, message::other_tiers);
        }
        const std::size_t width = std::max<std::size_t>(tiers->size(), 1);
        detail::read_prices(reader, root, width, out.prices);
    }
    refuse_others(reader, root, {"format", "format_version", "plan", "tiers", "prices"});
}

/// The rows of a table of what was said of pairs; `look_at(row, complain)` sees each.
template <class LookAt>
void read_given_rows(std::string bytes, const std::string& file, const ReadOptions& options,
                     detail::FindingList& findings, std::vector<GivenPair>& out, const LookAt& look_at) {
    DecodedText decoded = decode(std::move(bytes), options.encoding);
    for (const Flaw& flaw : decoded.flaws)
        findings.add(flaw, file, "given");
    if (!decoded.ok()) return;
    CsvTable table(decoded.text, given_columns, options.unknown, options.limits, decoded.skipped);
    const auto complain = [&](std::size_t column, Message what, Message expected) {
        const TextPosition position = table.position(column);
        findings.add({.severity = Severity::error,
                      .message = std::move(what),
                      .place = {"given", out.size() - 1, std::string(given_columns[column].name)},
                      .value = excerpt(table[column]),
                      .expected = std::move(expected),
                      .source = {file, position.line, position.column, {}}});
    };
    while (table.next() && !findings.full()) {
        GivenPair& row = out.emplace_back();
        const auto read = [&](std::size_t column, auto& value) {
            if (!given_columns[column].required && table[column].empty()) return true;
            auto problem = detail::read_cell(table[column], value);
            if (problem) complain(column, {*problem->what, {excerpt(table[column])}}, std::move(problem->expected));
            return !problem;
        };
        (void)read(0, row.expert);
        (void)read(1, row.post);
        (void)read(2, row.allowed);
        const auto read_points = [&](std::size_t column, std::int64_t& value, std::int64_t least, std::int64_t most) {
            if (!read(column, value) || (value >= least && value <= most)) return;
            complain(column, {message::number_range, {excerpt(table[column])}},
                     {message::expect_range, {to_text(least), to_text(most)}});
            value = 0;
        };
        read_points(3, row.points, 0, GivenPair::most_points);
        read_points(4, row.doubt, 0, GivenPair::most_points);
        for (std::size_t own = 0; own < user_tiers; ++own)
            read_points(5 + own, row.user[own], -UserTier::most_points, UserTier::most_points);
        look_at(row, complain);
    }
    for (const Flaw& flaw : table.flaws())
        findings.add(flaw, file, "given");
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
    OtherFiles others;
    read(result_file, [&](const JsonValue& root, MemberReader& reader) { others = read_result(root, reader, out); });
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
        if (must_read(others.given > 0, directory, given_file, files, findings)) {
            std::vector<GivenPair>& given = out.allocation.given;
            read_given_rows(read_file(path(given_file), options.limits, files), given_file, options, findings, given,
                            [](const GivenPair&, const auto&) {});
            if (!findings.has_errors() && given.size() != static_cast<std::size_t>(others.given)) {
                findings.add(
                    {.severity = Severity::error,
                     .message = {message::given_count, {std::to_string(given.size()), std::to_string(others.given)}},
                     .source = {.file = given_file}});
            }
        }
        if (must_read(others.fairness, directory, fairness_file, files, findings)) {
            read(fairness_file, [&](const JsonValue& root, MemberReader& reader) {
                detail::read_fairness(root, reader, out.fairness.emplace());
            });
        }
    }
    out.findings = findings.take();
    return out;
}

GivenReading read_given(const Plan& plan, std::string bytes, const std::string& file, const ReadOptions& options) {
    GivenReading out;
    detail::FindingList findings(options.limits);
    std::set<std::pair<std::string, std::string>> seen;
    read_given_rows(std::move(bytes), file, options, findings, out.given,
                    [&](const GivenPair& row, const auto& complain) {
                        const bool is_known_expert = static_cast<bool>(plan.find<Expert>(row.expert));
                        const bool is_known_post = static_cast<bool>(plan.find<Post>(row.post));
                        if (!is_known_expert)
                            complain(0, {message::staffing_unknown_expert, {excerpt(row.expert)}}, {});
                        if (!is_known_post) complain(1, {message::staffing_unknown_post, {excerpt(row.post)}}, {});
                        if (is_known_expert && is_known_post && !seen.emplace(row.expert, row.post).second)
                            complain(1, {message::given_twice, {row.expert, row.post}}, {});
                    });
    out.findings = findings.take();
    return out;
}

AllocationReading reading_of(const Plan& plan, Allocation allocation) {
    AllocationReading out;
    out.conflict = stated_conflict(plan, allocation);
    out.counties = stated_counties(plan, allocation);
    out.rules = rule_coverage(plan);
    out.allocation = std::move(allocation);
    return out;
}

std::optional<FairnessPrice> fairness_of(const AllocationReading& reading) {
    if (!reading.fairness) return std::nullopt;
    FairnessPrice out{.termination = reading.fairness->termination,
                      .cause = reading.fairness->cause,
                      .tiers = reading.fairness->tiers};
    for (std::size_t c = 0; c < reading.fairness->counties.size(); ++c) {
        const StatedFairCover& stated = reading.fairness->counties[c];
        out.fair.push_back({Id<County>(c), stated.fair, stated.wanted});
        out.unfair.push_back({Id<County>(c), stated.unfair, stated.wanted});
    }
    return out;
}

AnswerVerdict examine(const Plan& plan, const AllocationReading& reading) {
    if (AnswerVerdict verdict = examine(plan, reading.allocation); !verdict.accepted) return verdict;
    const auto refuse = [](std::string key) {
        return AnswerVerdict{false, AnswerPart::result, std::move(key), message::statement_differs, {}};
    };
    const auto says_the_same = [](const Message& a, const Message& b) {
        return text(a, Language::zh) == text(b, Language::zh) && text(a, Language::en) == text(b, Language::en);
    };
    const auto is_same = [&](const StatedBound& a, const StatedBound& b) {
        return a.bound == b.bound && says_the_same(a.reason, b.reason);
    };
    if (!std::ranges::equal(stated_conflict(plan, reading.allocation), reading.conflict, is_same))
        return refuse("conflict");
    if (stated_counties(plan, reading.allocation) != reading.counties) return refuse("counties");
    const auto is_same_rule = [&](const LeftOutRule& a, const LeftOutRule& b) {
        return a.rule == b.rule && a.kind == b.kind && says_the_same(a.reason, b.reason);
    };
    const RuleCoverage rules = rule_coverage(plan);
    if (rules.sender_quotas != reading.rules.sender_quotas || rules.quotas != reading.rules.quotas ||
        rules.decisions != reading.rules.decisions || rules.terms != reading.rules.terms ||
        !std::ranges::equal(rules.left_out, reading.rules.left_out, is_same_rule))
        return refuse("rules");
    if (reading.fairness) return detail::examine(plan, reading.allocation, *reading.fairness);
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

std::string allocation_json(const Plan& plan, const Allocation& allocation, const FairnessPrice* fairness) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    write_allocation(writer, plan, allocation);
    writer.key("staffing").begin_array();
    for (const Posting& posting : allocation.staffing)
        write_posting(writer, posting);
    writer.end_array();
    write_prices(writer, allocation.prices);
    if (fairness != nullptr) {
        writer.key("fairness").begin_object();
        detail::write_fairness(writer, plan, *fairness);
        writer.end_object();
    }
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
