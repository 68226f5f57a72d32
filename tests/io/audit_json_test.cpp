#include <countyplan/io/audit_json.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include <countyplan/io/json.hpp>

#include "given/plan.hpp"

namespace countyplan {
namespace {

JsonValue member(const JsonValue& value, std::string_view key) {
    const auto found = value.find(key);
    EXPECT_TRUE(found) << key;
    return found.value_or(value);
}

/// SZ-0001 may not be absent from P1; P1 is given away; a person who is not in the plan.
constexpr const char* by_hand =
    "expert,post,from,to\n"
    "SZ-0002,P1,2025-09-01,2028-08-31\n"
    "SZ-0001,P4,2025-09-01,2027-08-31\n"
    "\n"
    "XX-1,P2,2025-09-01,2028-08-31\n";

Plan plan() {
    Draft draft = given::small_draft();
    draft.decisions.push_back(
        {.id = "D-1", .kind = DecisionKind::keep, .who = {Noun::expert, "SZ-0001"}, .reason = "组长留任"});
    draft.quotas.push_back({.id = "Q-1", .holder = {Noun::school, "DB-H"}, .upper = 0});
    return Plan(draft);
}

TEST(AuditJson, SaysWhatTheAuditFoundByTheNamesOfItsStructs) {
    const StaffingReading reading = read_staffing(by_hand, "by-hand.csv");
    ASSERT_FALSE(has_errors(reading.findings));
    EXPECT_EQ(reading.lines, (std::vector<std::size_t>{2, 3, 5}));
    Audit found = audit(plan(), reading.staffing);
    locate(found.findings, reading, "by-hand.csv", "dir/guangxi");
    const JsonDocument document = read_json(audit_json(plan(), found));
    ASSERT_TRUE(document.ok());
    const JsonValue root = document.root();
    EXPECT_EQ(member(root, "ok").boolean(), false);
    EXPECT_EQ(member(root, "errors").integer(),
              std::ranges::count(found.findings, Severity::error, &Finding::severity));
    EXPECT_EQ(member(root, "warnings").integer(),
              std::ranges::count(found.findings, Severity::warning, &Finding::severity));
    EXPECT_EQ(member(root, "notes").integer(), std::ranges::count(found.findings, Severity::note, &Finding::severity));
    EXPECT_EQ(member(member(root, "digests"), "plan").text(), to_text(plan().fingerprint()));
    std::size_t at = 0;
    for (const JsonValue finding : member(root, "findings")) {
        const Finding& expected = found.findings[at];
        EXPECT_EQ(member(finding, "severity").text(), name(expected.severity));
        EXPECT_EQ(member(finding, "rule").text(), expected.rule);
        EXPECT_EQ(member(finding, "place").text(), to_text(expected.place));
        EXPECT_EQ(member(member(finding, "message"), "zh").text(), text(expected.message, Language::zh));
        EXPECT_EQ(member(finding, "amount").integer(), found.amounts[at]);
        EXPECT_EQ(member(member(finding, "source"), "file").text(), expected.source.file);
        ++at;
    }
    EXPECT_EQ(at, found.findings.size());
    EXPECT_EQ(member(root, "blocking").size(), found.blocking.size());
    EXPECT_EQ(member(root, "blocking_count").integer(), static_cast<std::int64_t>(found.blocking_count));
    ASSERT_FALSE(found.blocking.empty());
    const JsonValue first = *member(root, "blocking").begin();
    EXPECT_EQ(member(first, "expert").text(), found.blocking[0].expert);
    EXPECT_EQ(member(first, "post").text(), found.blocking[0].post);
    EXPECT_EQ(member(first, "present").text(), found.blocking[0].present);
    EXPECT_EQ(member(first, "displaced").text(), found.blocking[0].displaced);
}

TEST(AuditJson, LocatesFindingsInTheStaffingAndInThePlan) {
    const StaffingReading reading = read_staffing(by_hand, "by-hand.csv");
    const Audit found = audit(plan(), reading.staffing);
    const auto located = [&](const std::string& rule, const std::string& plan_path) {
        Findings findings = found.findings;
        locate(findings, reading, "by-hand.csv", plan_path);
        const auto at = std::ranges::find(findings, rule, &Finding::rule);
        return at == findings.end() ? Source{} : at->source;
    };
    EXPECT_EQ(located("D-1", "guangxi"), (Source{"by-hand.csv", 3, 0, ""}));
    EXPECT_EQ(located("staffing.expert", "guangxi"), (Source{"by-hand.csv", 5, 0, ""}));
    EXPECT_EQ(located("Q-1", "guangxi/"), (Source{"guangxi/quotas.csv", 0, 0, ""}));
    EXPECT_EQ(located("Q-1", "guangxi"), (Source{"guangxi/quotas.csv", 0, 0, ""}));
    EXPECT_EQ(located("Q-1", "g.plan.json"), (Source{"g.plan.json", 0, 0, ""}));
    EXPECT_EQ(located("Q-1", "-"), (Source{"-", 0, 0, ""}));
}

TEST(AuditJson, SoundIsWhatHasNoErrors) {
    const Audit nothing = audit(Plan(), {});
    const JsonDocument document = read_json(audit_json(Plan(), nothing));
    ASSERT_TRUE(document.ok());
    EXPECT_EQ(member(document.root(), "ok").boolean(), true);
    EXPECT_EQ(member(document.root(), "findings").size(), 0U);
    EXPECT_EQ(member(document.root(), "blocking").size(), 0U);
}

}  // namespace
}  // namespace countyplan
