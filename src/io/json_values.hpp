// How do the values that many answers share stand in JSON?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include <countyplan/allocate/comparison.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/fingerprint.hpp>
#include <countyplan/plan/staffing.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/scalar/message.hpp>
#include <countyplan/solve/proof/verdict.hpp>

namespace countyplan::detail {

inline void write_message(JsonWriter& writer, const Message& message) {
    writer.begin_object();
    writer.key("code").text(message.code());
    writer.key("zh").text(text(message, Language::zh));
    writer.key("en").text(text(message, Language::en)).end_object();
}

inline void write_integer_or_null(JsonWriter& writer, const std::optional<std::int64_t>& number) {
    if (number) {
        writer.integer(*number);
    } else {
        writer.null();
    }
}

/// What an examiner said of the answer's own proof.
inline void write_certificate_verdict(JsonWriter& writer, const Verdict& verdict) {
    writer.key("certificate_valid").boolean(verdict.accepted);
    if (verdict.accepted) return;
    writer.key("place").text(verdict.place);
    writer.key("why");
    write_message(writer, verdict.why);
}

inline void write_digests(JsonWriter& writer, const Digests& digests) {
    writer.key("digests").begin_object();
    writer.key("plan").text(to_text(digests.plan));
    writer.key("staffing").text(to_text(digests.staffing));
    writer.key("ledger").text(to_text(digests.ledger)).end_object();
}

/// The names of the caller's own tiers.
inline void write_tier_names(JsonWriter& writer, const UserTierNames& names) {
    writer.key("user_tiers").begin_object();
    for (std::size_t own = 0; own < user_tiers; ++own) {
        const auto tier = static_cast<Tier>(static_cast<std::size_t>(Tier::user_1) + own);
        if (!names[own].empty()) writer.key(name(tier)).text(names[own]);
    }
    writer.end_object();
}

inline void write_posting(JsonWriter& writer, const Posting& posting) {
    writer.begin_object();
    for_each_field<Posting>([&](const auto& field) { writer.key(field.name).text(value_text(posting.*field.member)); });
    writer.end_object();
}

/// The members of a finding; the caller opens and closes the object.
inline void write_change_members(JsonWriter& writer, const PostingChange& change) {
    writer.key("kind").text(name(change.kind));
    writer.key("expert").text(change.expert());
    if (change.was) {
        writer.key("was");
        write_posting(writer, *change.was);
    }
    if (change.now) {
        writer.key("now");
        write_posting(writer, *change.now);
    }
}

inline void write_finding_members(JsonWriter& writer, const Finding& finding) {
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
}

inline void write_finding(JsonWriter& writer, const Finding& finding) {
    writer.begin_object();
    write_finding_members(writer, finding);
    writer.end_object();
}

inline void write_findings(JsonWriter& writer, std::span<const Finding> findings) {
    writer.key("findings").begin_array();
    for (const Finding& finding : findings)
        write_finding(writer, finding);
    writer.end_array();
}

}  // namespace countyplan::detail
