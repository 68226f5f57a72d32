#include "journey/program.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/write.hpp>

#include "given/plan.hpp"

namespace {

using journey::checker;
using journey::countyplan;
using journey::last_line;
using journey::Scratch;

bool is_one_object(const std::string& text) {
    const ::countyplan::JsonDocument document = ::countyplan::read_json(text);
    return document.ok() && document.root().kind() == ::countyplan::JsonKind::object;
}

TEST(MainJob, RunsFromTablesToAReportAndTheCheckerAccepts) {
    const Scratch scratch;
    const std::string plan = scratch / "plan";
    ASSERT_EQ(countyplan({"generate", "--counties", "3", "--seed", "5", "-o", plan}).exit, 0);

    const auto check = countyplan({"check", plan, "--lang", "en"});
    EXPECT_EQ(check.exit, 0) << check.err;
    EXPECT_NE(last_line(check.out).find("3 counties"), std::string::npos) << check.out;
    EXPECT_NE(last_line(check.out).find("0 errors"), std::string::npos);

    const auto allocate = countyplan({"allocate", plan, "-o", scratch / "result", "--lang", "en"});
    EXPECT_EQ(allocate.exit, 0) << allocate.err;
    for (const char* const name : {"staffing.csv", "unfilled.csv", "result.json", "certificate.json", "report.html"})
        EXPECT_TRUE(std::filesystem::is_regular_file(scratch.path() / "result" / name)) << name;
    EXPECT_NE(last_line(allocate.out).find("optimal"), std::string::npos) << allocate.out;

    EXPECT_EQ(countyplan({"verify", plan, scratch / "result"}).exit, 0);
    const auto checked = checker({plan, scratch / "result"});
    EXPECT_EQ(checked.exit, 0) << checked.out;
    EXPECT_EQ(last_line(checked.out), "ACCEPT");

    const auto track = countyplan({"track", plan, "--as-of", "2026-06-30", "-o", scratch / "track", "--lang", "en"});
    EXPECT_EQ(track.exit, 0) << track.err;
    EXPECT_NE(track.out.find("as of 2026-06-30"), std::string::npos) << track.out;
    EXPECT_NE(last_line(track.out).find("schedule: "), std::string::npos) << track.out;
    EXPECT_TRUE(std::filesystem::is_regular_file(scratch.path() / "track" / "tracking.json"));

    const auto report = countyplan({"report", plan, scratch / "result", "-o", scratch / "report.html", "--lang", "zh"});
    EXPECT_EQ(report.exit, 0) << report.err;
    EXPECT_NE(journey::bytes_of(scratch / "report.html").find("<html lang=\"zh"), std::string::npos);

    EXPECT_EQ(scratch.names(), (std::vector<std::string>{"plan", "report.html", "result", "track"}));
}

TEST(MainJob, GivesTheSameBytesTwice) {
    const Scratch scratch;
    ASSERT_EQ(countyplan({"generate", "--counties", "2", "-o", scratch / "plan"}).exit, 0);
    for (const std::string run : {"a", "b"})
        ASSERT_EQ(countyplan({"allocate", scratch / "plan", "-o", scratch / run}).exit, 0);
    for (const char* const name : {"staffing.csv", "unfilled.csv", "result.json", "certificate.json", "report.html"}) {
        EXPECT_EQ(journey::bytes_of(scratch.path() / "a" / name), journey::bytes_of(scratch.path() / "b" / name))
            << name;
    }
}

/// Asks for more people than there are.
std::string impossible_plan(const Scratch& scratch) {
    ::countyplan::Draft draft = given::small_draft();
    draft.quotas.push_back({.id = "Q-many", .holder = {::countyplan::Noun::plan, ""}, .lower = 1'000});
    ::countyplan::write_plan(draft, scratch / "impossible.plan.json");
    return scratch / "impossible.plan.json";
}

TEST(MainJob, SaysWhatContradictsWhereNothingCanBe) {
    const Scratch scratch;
    const std::string plan = impossible_plan(scratch);
    const auto end = countyplan({"allocate", plan, "-o", scratch / "result", "--lang", "en"});
    EXPECT_EQ(end.exit, 3) << end.out << end.err;
    EXPECT_NE(end.out.find("- quota 'Q-many' asks for at least 1000"), std::string::npos) << end.out;
    EXPECT_TRUE(last_line(end.out).starts_with("infeasible (proved)")) << end.out;
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(scratch.path() / "result"))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    EXPECT_EQ(names, (std::vector<std::string>{"certificate.json", "report.html", "result.json"}));
    EXPECT_EQ(countyplan({"verify", plan, scratch / "result"}).exit, 0);
    const auto checked = checker({plan, scratch / "result"});
    EXPECT_EQ(last_line(checked.out), "ACCEPT") << checked.out;
    const auto chinese = countyplan({"allocate", plan, "-o", scratch / "result", "--force", "--lang", "zh"});
    EXPECT_EQ(chinese.exit, 3);
    EXPECT_NE(chinese.out.find("- 名额“Q-many”至少 1000 人"), std::string::npos) << chinese.out;
    const auto json = countyplan({"allocate", plan, "-o", scratch / "result", "--force", "--json"});
    EXPECT_EQ(json.exit, 3);
    EXPECT_TRUE(is_one_object(json.out));
    EXPECT_NE(json.out.find("\"quota:Q-many\""), std::string::npos) << json.out;
    // an earlier result with a staffing may be replaced by one without, and the other way round
    const std::string possible = scratch / "small.plan.json";
    ::countyplan::write_plan(given::small_draft(), possible);
    EXPECT_EQ(countyplan({"allocate", possible, "-o", scratch / "result", "--force"}).exit, 0);
    EXPECT_TRUE(std::filesystem::exists(scratch.path() / "result" / "staffing.csv"));
    EXPECT_EQ(countyplan({"allocate", plan, "-o", scratch / "result", "--force"}).exit, 3);
    EXPECT_FALSE(std::filesystem::exists(scratch.path() / "result" / "staffing.csv"));
}

TEST(MainJob, SaysSoWhereNothingWasFoundInTime) {
    const Scratch scratch;
    const std::string plan = impossible_plan(scratch);
    const auto end = countyplan({"allocate", plan, "-o", scratch / "result", "--time", "0", "--lang", "en"});
    EXPECT_EQ(end.exit, 4) << end.out << end.err;
    EXPECT_TRUE(last_line(end.out).starts_with("unknown (time limit)")) << end.out;
    EXPECT_FALSE(std::filesystem::exists(scratch.path() / "result" / "staffing.csv"));
    const auto verified = countyplan({"verify", plan, scratch / "result", "--lang", "en"});
    EXPECT_EQ(verified.exit, 0);
    EXPECT_NE(verified.out.find("claims nothing"), std::string::npos) << verified.out;
}

TEST(MainJob, TellsWhatIsKeptWhatCountsAndWhatIsLeftToOthers) {
    const Scratch scratch;
    ::countyplan::Draft draft = given::small_draft();
    draft.rules = ::countyplan::standard_rules();
    draft.objective = {::countyplan::Tier::wishes, ::countyplan::Tier::shortfall};
    for (::countyplan::Rule& rule : draft.rules)
        rule.severity = ::countyplan::Severity::warning;
    ::countyplan::write_plan(draft, scratch / "p.plan.json");
    const auto end = countyplan({"allocate", scratch / "p.plan.json", "-o", scratch / "r", "--lang", "en"});
    ASSERT_EQ(end.exit, 0) << end.err;
    EXPECT_NE(end.out.find("what counts, in this order: wishes > shortfall below the minimum\n"), std::string::npos)
        << end.out;
    for (const char* const rule : {"one-principal", "team-size", "mentor-load", "principal-term", "staff-term"})
        EXPECT_NE(end.out.find(std::string(rule) + " ("), std::string::npos) << rule << end.out;
    EXPECT_EQ(end.out.find("leaf-measured"), std::string::npos) << "it does not speak of postings";
    EXPECT_NE(end.out.find("objective: wishes "), std::string::npos) << end.out;
    EXPECT_EQ(end.out.find("shadow prices"), std::string::npos);
}

TEST(MainJob, ListsShadowPricesWhenAsked) {
    const Scratch scratch;
    ASSERT_EQ(countyplan({"generate", "--counties", "1", "-o", scratch / "plan"}).exit, 0);
    const auto end = countyplan({"allocate", scratch / "plan", "-o", scratch / "r", "--prices", "--lang", "en"});
    ASSERT_EQ(end.exit, 0) << end.err;
    const auto json = ::countyplan::read_json(journey::bytes_of(scratch.path() / "r" / "certificate.json"));
    ASSERT_TRUE(json.ok());
    const auto prices = *json.root().find("prices");
    ASSERT_GT(prices.size(), 0U);
    std::size_t listed = 0;
    for (std::size_t at = end.out.find("shadow prices"); (at = end.out.find('\n', at)) != std::string::npos; ++at) {
        const std::string line = end.out.substr(at + 1, end.out.find('\n', at + 1) - at - 1);
        if (line.starts_with("post '") || line.starts_with("sender '")) ++listed;
    }
    EXPECT_EQ(listed, prices.size());
}

TEST(MainJob, ConvertsThereAndBackToTheSameBytes) {
    const Scratch scratch;
    ASSERT_EQ(countyplan({"generate", "--counties", "2", "--seed", "9", "-o", scratch / "plan"}).exit, 0);
    ASSERT_EQ(countyplan({"convert", scratch / "plan", scratch / "one.plan.json"}).exit, 0);
    ASSERT_EQ(countyplan({"convert", scratch / "one.plan.json", scratch / "one.plan.snapshot"}).exit, 0);
    ASSERT_EQ(countyplan({"convert", scratch / "one.plan.snapshot", scratch / "back"}).exit, 0);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(scratch.path() / "plan")) {
        ++files;
        EXPECT_EQ(journey::bytes_of(entry.path()), journey::bytes_of(scratch.path() / "back" / entry.path().filename()))
            << entry.path().filename();
    }
    EXPECT_EQ(files, 18U);  // plan.json and 17 tables
    ASSERT_EQ(countyplan({"convert", scratch / "back", scratch / "two.plan.json"}).exit, 0);
    EXPECT_EQ(journey::bytes_of(scratch / "one.plan.json"), journey::bytes_of(scratch / "two.plan.json"));
}

TEST(MainJob, ExportsTheGraphInThreeFormats) {
    const Scratch scratch;
    ::countyplan::write_plan(given::small_draft(), scratch / "small.plan.json");
    for (const char* const name : {"g.dot", "g.graphml", "g.graph.json"})
        ASSERT_EQ(countyplan({"convert", scratch / "small.plan.json", scratch / name}).exit, 0) << name;
    EXPECT_TRUE(journey::bytes_of(scratch / "g.dot").starts_with("digraph"));
    EXPECT_NE(journey::bytes_of(scratch / "g.graphml").find("</graphml>"), std::string::npos);
    EXPECT_TRUE(is_one_object(journey::bytes_of(scratch / "g.graph.json")));
}

TEST(MainJob, PrintsExactlyOneObjectUnderJson) {
    const Scratch scratch;
    const std::string plan = scratch / "small.plan.json";
    ::countyplan::write_plan(given::small_draft(), plan);
    const std::vector<std::vector<std::string>> calls{
        {"check", plan, "--json"},
        {"--json", "check", plan},
        {"allocate", plan, "-o", scratch / "result", "--json"},
        {"verify", plan, scratch / "result", "--json"},
        {"track", plan, "--as-of", "2026-06-30", "--json"},
        {"report", plan, scratch / "result", "-o", scratch / "r.html", "--json"},
        {"convert", plan, scratch / "out.plan.snapshot", "--json"},
        {"generate", "--counties", "1", "-o", scratch / "made", "--json"},
        {"schema", "--json"},
        {"version", "--json"}};
    for (const auto& call : calls) {
        const auto end = countyplan(call);
        EXPECT_EQ(end.exit, 0) << call[0] << end.err;
        EXPECT_TRUE(is_one_object(end.out)) << call[0] << ": " << end.out;
    }
    const std::vector<std::pair<int, std::vector<std::string>>> failures{
        {64, {"check", "--json"}},
        {64, {"--json"}},
        {64, {"allocate", plan, "-o", "-", "--json"}},
        {5, {"check", scratch / "nothing", "--json"}},
        {5, {"allocate", plan, "-o", scratch / "result", "--json"}},
        {2, {"check", scratch / "r.html", "--json"}},
        {2, {"allocate", scratch / "r.html", "-o", scratch / "other", "--json"}}};
    for (const auto& [code, call] : failures) {
        const auto end = countyplan(call);
        EXPECT_EQ(end.exit, code) << call[0] << end.out << end.err;
        EXPECT_TRUE(is_one_object(end.out)) << call[0] << ": " << end.out;
    }
}

TEST(MainJob, ReadsOneDocumentFromStandardInput) {
    const auto end =
        journey::run({.arguments = {"check", "-"}, .input = ::countyplan::plan_json(given::small_draft())});
    EXPECT_EQ(end.exit, 0) << end.out << end.err;
}

TEST(MainJob, SaysWhatIsWrongAtItsLineAndColumnAndStopsAtAHundred) {
    const Scratch scratch;
    ASSERT_EQ(countyplan({"generate", "--counties", "1", "-o", scratch / "plan"}).exit, 0);
    const auto table = scratch.path() / "plan" / "experts.csv";
    std::string bytes = journey::bytes_of(table);
    const std::size_t first_row = bytes.find('\n') + 1;
    bytes.replace(first_row, bytes.find(',', first_row) - first_row, "bad id");
    journey::put_bytes(table, bytes);
    const auto end = countyplan({"check", scratch / "plan", "--lang", "en"});
    EXPECT_EQ(end.exit, 2);
    EXPECT_NE(end.out.find("experts.csv:2:1: error: "), std::string::npos) << end.out;
    const auto chinese = countyplan({"check", scratch / "plan", "--lang", "zh"});
    EXPECT_NE(chinese.out.find("experts.csv:2:1: 错误："), std::string::npos) << chinese.out;
    const auto allocate = countyplan({"allocate", scratch / "plan", "-o", scratch / "result"});
    EXPECT_EQ(allocate.exit, 2);
    EXPECT_NE(allocate.err.find("experts.csv:2:1: error: "), std::string::npos) << allocate.err;
    EXPECT_FALSE(std::filesystem::exists(scratch.path() / "result"));

    std::string many = bytes.substr(0, first_row);
    for (int i = 0; i < 300; ++i)
        many += "no id,nobody,teacher,,none,none,x,,,,,\n";
    journey::put_bytes(table, many);
    const auto hundred = countyplan({"check", scratch / "plan", "--lang", "en"});
    EXPECT_EQ(hundred.exit, 2);
    EXPECT_LE(std::ranges::count(hundred.out, '\n'), 102) << hundred.out;
}

}  // namespace
