#include "journey/program.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/json.hpp>

#include "../../src/cli/schedule_messages.hpp"

namespace {

using journey::countyplan;
using journey::Scratch;

constexpr const char* folder = "tests/io/cases/exchange/";

std::string sample(const std::string& name) { return folder + name; }

::countyplan::JsonDocument object_of(const journey::Ending& end) {
    ::countyplan::JsonDocument document = ::countyplan::read_json(end.out);
    EXPECT_TRUE(document.ok()) << end.out << end.err;
    return document;
}

TEST(Schedule, PrintsIndicesFloatsAndDatesPerTask) {
    const auto end = countyplan({"schedule", sample("eight.sm"), "--lang", "en"});
    ASSERT_EQ(end.exit, 0) << end.err;
    for (const std::string_view line : {"ID  ES  EF  LS  LF  TF  FF  CRIT  START       FINISH      NAME\n",
                                        "5   4   10  4   10  0   0   FL    2001-01-05  2001-01-10\n",
                                        "6   4   5   9   10  5   5         2001-01-05  2001-01-05\n",
                                        "8 tasks, 4 on longest paths, 4 critical by float; 2001-01-01 to 2001-01-10\n",
                                        "certificate: holds (proved)\n"}) {
        EXPECT_NE(end.out.find(line), std::string::npos) << line << end.out;
    }
    EXPECT_NE(end.err.find("not used: renewable resources"), std::string::npos) << end.err;
}

TEST(Schedule, PrintsOneJsonObjectWithTheProofChecked) {
    for (const std::string name : {"eight.sm", "school.xml", "term.xer", "two.schedule.json"}) {
        SCOPED_TRACE(name);
        const auto end = countyplan({"schedule", sample(name), "--json"});
        ASSERT_EQ(end.exit, 0) << end.err;
        const auto object = object_of(end);
        EXPECT_EQ(object.root().find("termination")->text(), "optimal");
        EXPECT_EQ(object.root().find("certificate_valid")->boolean(), true);
        EXPECT_GT(object.root().find("tasks")->size(), 0U);
        const auto first = *object.root().find("tasks")->begin();
        for (const std::string_view member : {"early_start", "late_finish", "total_float", "free_float"})
            EXPECT_TRUE(first.find(member)->integer()) << member;
        EXPECT_TRUE(first.find("on_longest_path")->boolean());
    }
}

TEST(Schedule, ReadsStandardInputAndANamedFormat) {
    const auto end =
        journey::run({.arguments = {"schedule", "-", "--json"}, .input = journey::bytes_of(sample("term.xer"))});
    ASSERT_EQ(end.exit, 0) << end.err;
    EXPECT_EQ(object_of(end).root().find("finish")->text(), "2026-03-13");
    EXPECT_EQ(countyplan({"schedule", sample("term.xer"), "--format", "mspdi"}).exit, 2);
    EXPECT_EQ(countyplan({"schedule", sample("term.xer"), "--format", "mpp"}).exit, 64);
}

TEST(Schedule, WritesCalendarsProjectSpreadsheetsAndOurOwn) {
    const Scratch scratch;
    for (const std::string suffix : {".ics", ".xml", ".csv", ".json"}) {
        SCOPED_TRACE(suffix);
        const std::string path = scratch / ("out" + suffix);
        const auto end = countyplan({"schedule", sample("school.xml"), "-o", path});
        ASSERT_EQ(end.exit, 0) << end.err;
        EXPECT_GT(journey::bytes_of(path).size(), 100U);
        EXPECT_EQ(countyplan({"schedule", sample("school.xml"), "-o", path}).exit, 5);
        EXPECT_EQ(countyplan({"schedule", sample("school.xml"), "-o", path, "--force"}).exit, 0);
    }
    EXPECT_TRUE(journey::bytes_of(scratch / std::string("out.ics")).starts_with("BEGIN:VCALENDAR\r\n"));
    const auto dates = [](const std::string& path) {
        std::string out;
        const auto end = countyplan({"schedule", path, "--json"});
        EXPECT_EQ(end.exit, 0) << end.err;
        const auto object = object_of(end);
        const auto tasks = *object.root().find("tasks");
        for (const auto task : tasks) {
            for (const std::string_view member :
                 {"name", "early_start", "late_start", "total_float", "start", "finish"})
                out += std::string(task.find(member)->text()) + " ";
        }
        return out;
    };
    const std::string wanted = dates(sample("school.xml"));
    EXPECT_EQ(dates(scratch / std::string("out.xml")), wanted);
    EXPECT_EQ(dates(scratch / std::string("out.json")), wanted);
    EXPECT_EQ(countyplan({"schedule", sample("school.xml"), "-o", scratch / std::string("out.pdf")}).exit, 64);
}

TEST(Schedule, RefusesInWordsWithTheLine) {
    const Scratch scratch;
    const std::string path = scratch / std::string("bomb.xml");
    journey::put_bytes(path, "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x \"ha\">]>\n<Project>&x;</Project>\n");
    const auto bomb = countyplan({"schedule", path, "--lang", "en"});
    EXPECT_EQ(bomb.exit, 2);
    EXPECT_NE(bomb.err.find("bomb.xml:2"), std::string::npos) << bomb.err;
    EXPECT_NE(bomb.err.find("document type declaration"), std::string::npos) << bomb.err;
    EXPECT_TRUE(bomb.out.empty());
    EXPECT_EQ(countyplan({"schedule", scratch / std::string("absent.xml")}).exit, 5);
    EXPECT_EQ(countyplan({"schedule"}).exit, 64);
    const auto json = countyplan({"schedule", path, "--json"});
    EXPECT_EQ(json.exit, 2);
    EXPECT_EQ(object_of(json).root().find("ok")->boolean(), false);
}

TEST(Schedule, SchemaDescribesOurOwnFiles) {
    const auto end = countyplan({"schema", "--of", "schedule"});
    ASSERT_EQ(end.exit, 0) << end.err;
    EXPECT_TRUE(object_of(end).root().find("properties")->find("tasks"));
}

TEST(Schedule, ConvertWritesIndicatorsForIatiAndDhis2) {
    const Scratch scratch;
    const std::string iati = scratch / std::string("r.iati.xml");
    EXPECT_EQ(countyplan({"convert", "examples/guangxi", iati}).exit, 64);  // no publisher
    ASSERT_EQ(countyplan({"convert", "examples/guangxi", iati, "--publisher", "CN-ORG-1"}).exit, 0);
    EXPECT_NE(journey::bytes_of(iati).find("<iati-activities version=\"2.03\">"), std::string::npos);
    const std::string dhis2 = scratch / std::string("r.dhis2.json");
    ASSERT_EQ(countyplan({"convert", "examples/guangxi", dhis2, "--as-of", "2026-02-28"}).exit, 0);
    const auto document = ::countyplan::read_json(journey::bytes_of(dhis2));
    ASSERT_TRUE(document.ok());
    EXPECT_TRUE(document.root().find("dataValues"));
}

TEST(ScheduleMessages, HaveACodeOfTheirOwnAndBothTexts) {
    std::set<std::string_view> codes;
    for (const ::countyplan::MessageText* row : ::countyplan::all_schedule_command_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_NE(row->zh, row->en);
    }
}

}  // namespace
