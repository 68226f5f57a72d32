#include <countyplan/io/event_log.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <countyplan/io/encoding.hpp>
#include <countyplan/io/write.hpp>

#include "given/allocate.hpp"
#include "given/event.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

Plan sample() { return Plan(given::rich_draft(3)); }

/// Code, place and line of what is wrong.
std::string wrong(std::string bytes, const std::string& file = "events.csv", const ReadOptions& options = {}) {
    std::string out;
    for (const Finding& finding : read_events(sample(), std::move(bytes), file, options).findings) {
        out += (out.empty() ? "" : " ") + std::string(finding.message.code()) + "@" + to_text(finding.place) + ":" +
               std::to_string(finding.source.line);
    }
    return out;
}

const std::string good =
    "number,day,kind,subject,to,reason\n"
    "1,2025-03-01,ill,expert:E-0,2025-06-30,病假\n"
    "2,2025-03-02,resigns,expert:E-1,,\n";

TEST(EventLog, ReadsATable) {
    const EventReading reading = read_events(sample(), good, "events.csv");
    ASSERT_TRUE(reading.findings.empty());
    ASSERT_EQ(reading.events.size(), 2U);
    EXPECT_EQ(reading.events[0], (Event{.number = 1,
                                        .day = given::day("2025-03-01"),
                                        .kind = EventKind::ill,
                                        .subject = "expert:E-0",
                                        .to = given::day("2025-06-30"),
                                        .reason = "病假"}));
}

TEST(EventLog, ReadsTheSameInEveryEncodingAndWithAnyLineEnds) {
    const Plan plan = sample();
    const auto events = read_events(plan, good, "events.csv").events;
    EXPECT_EQ(read_events(plan, "\xEF\xBB\xBF" + good, "events.csv").events, events);
    std::string gb = good;
    gb.replace(gb.find("病假"), std::string("病假").size(), "\xB2\xA1\xBC\xD9");
    const EventReading guessed = read_events(plan, gb, "events.csv");
    EXPECT_EQ(guessed.events, events);
    ASSERT_EQ(guessed.findings.size(), 1U);
    EXPECT_EQ(guessed.findings[0].message.code(), "encoding_guessed");
    EXPECT_TRUE(read_events(plan, gb, "events.csv", {.encoding = Encoding::gb18030}).findings.empty());
    std::string lines;
    for (const char c : good)
        lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_EQ(read_events(plan, lines, "events.csv").events, events);
}

// design/reliability.md, logs and tables of text
TEST(EventLog, RefusesBadLogsWithTheirPlace) {
    const std::string head = "number,day,kind,subject,to\n";
    const std::string first = head + "1,2025-03-01,resigns,expert:E-0,\n";
    EXPECT_EQ(wrong(head + "1,2025-03-01,resigns,expert:E-9,\n"), "unknown_reference@events[0].subject:2");
    EXPECT_EQ(wrong(first + "3,2025-03-02,resigns,expert:E-1,\n"), "event_gap@events[1].number:3");
    EXPECT_EQ(wrong(first + "1,2025-03-02,resigns,expert:E-1,\n"), "event_again@events[1].number:3");
    EXPECT_EQ(wrong(first + "2,2025-02-28,resigns,expert:E-1,\n"), "event_day_back@events[1].day:3");
    EXPECT_EQ(wrong(first + "2,2025-03-02,ill,expert:E-0,2025-09-01\n"), "event_after_leaving@events[1].subject:3");
    EXPECT_EQ(wrong(head + "1,2025-03-01,vanishes,expert:E-0,\n"), "unknown_word@events[0].kind:2");
    EXPECT_EQ(wrong(head + "1,2025-02-29,resigns,expert:E-0,\n"), "date_format@events[0].day:2");
    EXPECT_EQ(wrong(head + "1,01/03/2025,resigns,expert:E-0,\n"), "date_format@events[0].day:2");
    EXPECT_EQ(wrong(head + "1,45717,resigns,expert:E-0,\n"), "date_format@events[0].day:2");
    EXPECT_EQ(wrong(head + "1,2025-03-01,ill,expert:E-0,2025-13-01\n"), "date_format@events[0].to:2");
    EXPECT_EQ(wrong(head + "1.5,2025-03-01,resigns,expert:E-0,\n"), "number_range@events[0].number:2");
    EXPECT_EQ(wrong(head + "１,2025-03-01,resigns,expert:E-0,\n"), "number_format@events[0].number:2");
    EXPECT_EQ(wrong(head + ",2025-03-01,resigns,expert:E-0,\n"), "required_field@events[0].number:2");
    EXPECT_EQ(wrong(head + "1,2025-03-01,resigns,E-0,\n"), "event_subject@events[0].subject:2");
    EXPECT_EQ(wrong(head + "1,2025-03-01,resigns\n"), "record_too_short@events:2");
    EXPECT_EQ(wrong("number,day\n1,2025-03-01\n"), "missing_column@events:1");
    EXPECT_EQ(wrong("number;day;kind\n1;2025-03-01;ill\n").substr(0, 15), "wrong_delimiter");
    EXPECT_EQ(wrong("number,day,kind,whom\n").substr(0, 14), "unknown_column");
    EXPECT_EQ(wrong("").substr(0, 11), "empty_input");
    EXPECT_EQ(wrong(head + "1,2025-03-01,resigns,\"expert:E-0,\n").substr(0, 18), "unterminated_quote");
    EXPECT_EQ(wrong(head), "");
}

TEST(EventLog, ReadsRowsInCellsAndSaysWhatIsWrongInside) {
    const std::string head = "number,day,kind,post\n1,2025-03-01,new_post,";
    const std::string row =
        R"("{""id"":""P-9"",""school"":""school-1"",""role"":""teacher"",""subject"":""maths"",""min"":1,)"
        R"(""target"":1,""max"":1,""priority"":2,""critical"":false}")";
    const EventReading reading = read_events(sample(), head + row + "\n", "events.csv");
    EXPECT_TRUE(reading.findings.empty());
    ASSERT_EQ(reading.events.size(), 1U);
    EXPECT_EQ(reading.events[0].post,
              (Post{.id = "P-9", .school = "school-1", .subject = "maths", .min = 1, .priority = 2}));
    std::string bad = row;
    bad.replace(bad.find("school-1"), 8, "school-7");
    EXPECT_EQ(wrong(head + bad + "\n"), "unknown_reference@events[0].post.school:2");
    bad = row;
    bad.replace(bad.find("false"), 5, "0");
    EXPECT_EQ(wrong(head + bad + "\n"), "type_mismatch@events[0].post.critical:2");
    bad = row;
    bad.replace(bad.find(R"(""id"":""P-9"",)"), 15, "");
    EXPECT_EQ(wrong(head + bad + "\n"), "missing_member@events[0].post.id:2");
    EXPECT_EQ(wrong(head + "P-9\n").substr(0, 11), "json_syntax");
    EXPECT_EQ(wrong(head + "\n"), "required_field@events[0].post:2");
}

TEST(EventLog, RefusesBadDocuments) {
    const std::string head = R"({"format":"countyplan.events","format_version":1,"events":)";
    const std::string file = "events.json";
    EXPECT_EQ(wrong(head + "[]}", file), "");
    EXPECT_EQ(wrong(head + "{}}", file).substr(0, 13), "type_mismatch");
    EXPECT_EQ(wrong(head + R"([{"number":1,"day":"2025-03-01","kind":"resigns","subject":"expert:E-9"}]})", file),
              "unknown_reference@events[0].subject:1");
    EXPECT_EQ(wrong(head + R"([{"number":1,"day":"2025-03-01"}]})", file), "missing_member@events[0].kind:1");
    EXPECT_EQ(
        wrong(head + R"([{"number":1,"day":"2025-03-01","kind":"new_post","post":{"id":7}}]})", file).substr(0, 33),
        "type_mismatch@events[0].post.id:1");
    EXPECT_EQ(wrong(R"({"format":"countyplan.plan","format_version":1,"events":[]})", file), "wrong_format@:1");
    EXPECT_EQ(wrong(R"({"format":"countyplan.events","format_version":2,"events":[]})", file), "newer_format@:1");
    EXPECT_EQ(wrong(R"({"format_version":1,"events":[]})", file), "missing_member@format:1");
    EXPECT_EQ(wrong(head + R"([],"more":1})", file), "unknown_member@:1");
    EXPECT_EQ(wrong("[]", file).substr(0, 13), "type_mismatch");
}

TEST(EventLogLaw, WhatIsWrittenReadsBackTheSame) {
    for (std::uint64_t seed = 0; seed < given::law_cases(5000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed));
        const auto events = given::random_events(plan, seed, 8);
        const std::string csv = events_csv(events);
        const std::string json = events_json(events);
        const EventReading of_csv = read_events(plan, csv, "events.csv");
        const EventReading of_json = read_events(plan, json, "events.json");
        ASSERT_TRUE(of_csv.findings.empty()) << text(of_csv.findings[0].message, Language::en) << csv;
        ASSERT_TRUE(of_json.findings.empty()) << text(of_json.findings[0].message, Language::en) << json;
        ASSERT_EQ(of_csv.events, events);
        ASSERT_EQ(of_json.events, events);
        ASSERT_EQ(plan_json(apply_events(plan, of_csv.events).rows()), plan_json(apply_events(plan, events).rows()));
    }
}

}  // namespace
}  // namespace countyplan
