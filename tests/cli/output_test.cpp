#include "journey/program.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <countyplan/io/result.hpp>
#include <countyplan/io/write.hpp>

#include "given/plan.hpp"

namespace {

using journey::countyplan;
using journey::Scratch;
using journey::Stream;

/// Names that would steer a terminal, a spreadsheet, a browser or Graphviz.
::countyplan::Draft hostile_draft() {
    ::countyplan::Draft draft = given::small_draft();
    draft.schools.rows()[0].name_zh = "]]></style>{{7*7}}`\u202E红";
    draft.schools.rows()[0].name_en = "=cmd|'/C calc'!A0";
    draft.schools.rows()[1].name_zh = "<script>alert(1)</script>";
    draft.schools.rows()[1].name_en = "\" URL=\"javascript:x\\";
    return draft;
}

TEST(Output, Item79TablesForPeopleAreNeutralised) {
    const Scratch scratch;
    ::countyplan::Draft draft = given::small_draft();
    for (auto& county : draft.counties)
        county.name_zh = county.name_en = "=1+1";
    ::countyplan::write_plan(draft, scratch / "p.plan.json");
    ASSERT_EQ(countyplan({"track", scratch / "p.plan.json", "--as-of", "2026-06-30", "-o", scratch / "t"}).exit, 0);
    const std::string table = journey::bytes_of(scratch.path() / "t" / "counties.csv");
    EXPECT_NE(table.find("'=1+1"), std::string::npos) << table;
    EXPECT_EQ(table.find(",=1+1"), std::string::npos) << table;
}

TEST(Output, Item80HostileNamesStayTextInTheReport) {
    const Scratch scratch;
    ::countyplan::write_plan(hostile_draft(), scratch / "p.plan.json");
    ASSERT_EQ(countyplan({"allocate", scratch / "p.plan.json", "-o", scratch / "r", "--lang", "zh"}).exit, 0);
    const std::string page = journey::bytes_of(scratch.path() / "r" / "report.html");
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
    EXPECT_EQ(page.find("{{7*7}}`\u202E"), std::string::npos) << "the name must be isolated or escaped";
}

TEST(Output, Item82NamesCannotLeaveTheirQuotesInDot) {
    const Scratch scratch;
    ::countyplan::Draft draft = hostile_draft();
    draft.schools.rows()[1].name_zh = draft.schools.rows()[1].name_en;
    ::countyplan::write_plan(draft, scratch / "p.plan.json");
    ASSERT_EQ(countyplan({"convert", scratch / "p.plan.json", scratch / "g.dot"}).exit, 0);
    const std::string dot = journey::bytes_of(scratch / "g.dot");
    EXPECT_NE(dot.find("label=\"\\\" URL=\\\"javascript:x\\\\\"]"), std::string::npos) << dot;
    ASSERT_EQ(countyplan({"convert", scratch / "p.plan.json", scratch / "g.graphml"}).exit, 0);
    const std::string graphml = journey::bytes_of(scratch / "g.graphml");
    EXPECT_EQ(graphml.find("\" URL"), std::string::npos);
    EXPECT_EQ(graphml.find("]]>"), std::string::npos);
}

TEST(Output, Item83ATerminalSeesControlCharactersEscaped) {
    const Scratch scratch;
    const std::string plan = scratch / "p.plan.json";
    std::string bytes = ::countyplan::plan_json(given::small_draft());
    const std::string role = "\"role\": \"teacher\"";
    ASSERT_NE(bytes.find(role), std::string::npos);
    bytes.replace(bytes.find(role), role.size(), "\"role\": \"\\u001b[31mred\\u0007\\u202e\"");
    journey::put_bytes(plan, bytes);
    for (const Stream out : {Stream::terminal, Stream::pipe}) {
        const auto end = journey::run({.arguments = {"check", plan}, .out = out});
        EXPECT_EQ(end.exit, 2);
        EXPECT_EQ(end.out.find('\x1B'), std::string::npos) << end.out;
        EXPECT_EQ(end.out.find('\x07'), std::string::npos);
        EXPECT_EQ(end.out.find("\u202E"), std::string::npos);
        EXPECT_NE(end.out.find("\\x1B"), std::string::npos) << end.out;
    }
    const auto path = journey::run({.arguments = {"check", "/no/\x1B[31mfile"}, .err = Stream::terminal});
    EXPECT_EQ(path.exit, 5);
    EXPECT_EQ(path.err.find('\x1B'), std::string::npos);
    const auto option = journey::run({.arguments = {"check", "--\x1B[31m"}, .err = Stream::terminal});
    EXPECT_EQ(option.exit, 64);
    EXPECT_EQ(option.err.find('\x1B'), std::string::npos);
}

TEST(Output, Item84ANameThatIsNoSafeFileNameIsRefused) {
    const Scratch scratch;
    const std::string plan = scratch / "p.plan.json";
    ::countyplan::write_plan(given::small_draft(), plan);
    for (const std::string& name : {std::string("-"), std::string(".."), std::string("C:\\x"), std::string("CON"),
                                    std::string("com1.txt"), std::string("a "), std::string("a."), std::string("a\x01"),
                                    std::string(300, 'x'), std::string("sub/.."), std::string("")}) {
        const std::string path = name == "-" || name.empty() ? name : scratch / name;
        EXPECT_EQ(countyplan({"allocate", plan, "-o", path}).exit, 64) << name;
        EXPECT_EQ(countyplan({"report", plan, "-o", path}).exit, 64) << name;
    }
    EXPECT_EQ(scratch.names(), (std::vector<std::string>{"p.plan.json"}));
}

TEST(Output, Item85FileNamesNeverComeFromThePlan) {
    const Scratch scratch;
    ::countyplan::Draft draft = given::small_draft();
    draft.schools.rows()[0].name_zh = "../../a/b";
    draft.schools.rows()[1].name_zh = "a_b";
    ::countyplan::write_plan(draft, scratch / "p.plan.json");
    ASSERT_EQ(countyplan({"allocate", scratch / "p.plan.json", "-o", scratch / "r"}).exit, 0);
    ASSERT_EQ(countyplan({"track", scratch / "p.plan.json", "--as-of", "2026-06-30", "-o", scratch / "t"}).exit, 0);
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(scratch.path() / "r"))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    EXPECT_EQ(names, (std::vector<std::string>{"certificate.json", "report.html", "result.json", "staffing.csv",
                                               "unfilled.csv"}));
    EXPECT_EQ(scratch.names(), (std::vector<std::string>{"p.plan.json", "r", "t"}));
}

TEST(Output, Item86ExistingOutputIsReplacedOnlyWithForce) {
    const Scratch scratch;
    const std::string plan = scratch / "p.plan.json";
    ::countyplan::write_plan(given::small_draft(), plan);
    journey::put_bytes(scratch / "r.html", "mine");
    const auto refused = countyplan({"report", plan, "-o", scratch / "r.html", "--lang", "en"});
    EXPECT_EQ(refused.exit, 5);
    EXPECT_NE(refused.err.find("--force"), std::string::npos) << refused.err;
    EXPECT_EQ(journey::bytes_of(scratch / "r.html"), "mine");
    EXPECT_EQ(countyplan({"report", plan, "-o", scratch / "r.html", "--force"}).exit, 0);
    EXPECT_NE(journey::bytes_of(scratch / "r.html"), "mine");

    ASSERT_EQ(countyplan({"allocate", plan, "-o", scratch / "d"}).exit, 0);
    EXPECT_EQ(countyplan({"allocate", plan, "-o", scratch / "d"}).exit, 5);
    EXPECT_EQ(countyplan({"allocate", plan, "-o", scratch / "d", "--force"}).exit, 0);
    std::filesystem::create_directory(scratch.path() / "d" / "sub");  // no longer a directory of ours
    EXPECT_EQ(countyplan({"allocate", plan, "-o", scratch / "d", "--force"}).exit, 5);
    EXPECT_TRUE(std::filesystem::exists(scratch.path() / "d" / "sub"));
    EXPECT_EQ(countyplan({"convert", plan, plan}).exit, 5);
    EXPECT_EQ(scratch.names(), (std::vector<std::string>{"d", "p.plan.json", "r.html"}));
}

TEST(Output, Item86ForceNeverGivesUpTheInputItself) {
    const Scratch scratch;
    const std::string plan = scratch / "p.plan.json";
    ::countyplan::write_plan(given::small_draft(), plan);
    ASSERT_EQ(countyplan({"convert", plan, scratch / "tables"}).exit, 0);
    const std::string before = journey::bytes_of(plan);
    const std::string table = journey::bytes_of(scratch.path() / "tables" / "posts.csv");
    EXPECT_EQ(countyplan({"report", plan, "-o", plan, "--force"}).exit, 64);
    EXPECT_EQ(countyplan({"convert", plan, scratch / "./p.plan.json", "--force"}).exit, 64);
    EXPECT_EQ(countyplan({"convert", scratch / "tables", scratch / "tables/", "--force"}).exit, 64);
    EXPECT_EQ(countyplan({"report", scratch / "tables", "-o", scratch / "tables/posts.csv", "--force"}).exit, 64);
    EXPECT_EQ(journey::bytes_of(plan), before);
    EXPECT_EQ(journey::bytes_of(scratch.path() / "tables" / "posts.csv"), table);
    EXPECT_EQ(countyplan({"convert", plan, scratch / "tables", "--force"}).exit, 0);  // another plan's tables
}

TEST(Output, WhereNothingCanBeWrittenNothingIsBegun) {
    const Scratch scratch;
    const std::string plan = scratch / "p.plan.json";
    journey::put_bytes(plan, "{");  // exit 2 if it were read first
    std::filesystem::create_directory(scratch.path() / "full");
    journey::put_bytes(scratch / "full/letter.txt", "mine");
    for (const std::string& to : {scratch / "no/such/r", scratch / "full"}) {
        for (const std::vector<std::string>& words : {std::vector<std::string>{"allocate", plan, "-o", to},
                                                      {"track", plan, "--as-of", "2026-06-30", "-o", to},
                                                      {"convert", plan, to},
                                                      {"generate", "--counties", "1600", "-o", to}}) {
            auto forced = words;
            forced.push_back("--force");
            EXPECT_EQ(countyplan(words).exit, 5) << words[0] << to;
            EXPECT_EQ(countyplan(forced).exit, 5) << words[0] << to;
        }
    }
    EXPECT_EQ(countyplan({"report", plan, "-o", scratch / "no/such/r.html", "--force"}).exit, 5);
    EXPECT_EQ(countyplan({"convert", plan, scratch / "no/such/p.plan.json"}).exit, 5);
    EXPECT_EQ(journey::bytes_of(scratch / "full/letter.txt"), "mine");
}

TEST(Output, AnOutputDirectoryIsWrittenWholeOrNotAtAll) {
    const Scratch scratch;
    ::countyplan::write_plan(given::small_draft(), scratch / "p.plan.json");
    EXPECT_EQ(countyplan({"allocate", scratch / "p.plan.json", "-o", scratch / "no/such/r"}).exit, 5);
    journey::put_bytes(scratch / "file", "mine");
    EXPECT_EQ(countyplan({"allocate", scratch / "p.plan.json", "-o", scratch / "file", "--force"}).exit, 5);
    EXPECT_EQ(scratch.names(), (std::vector<std::string>{"file", "p.plan.json"}));
    if (::geteuid() == 0) return;  // root may write anywhere
    std::filesystem::create_directory(scratch.path() / "locked");
    ASSERT_EQ(::chmod((scratch / "locked").c_str(), 0500), 0);
    EXPECT_EQ(countyplan({"allocate", scratch / "p.plan.json", "-o", scratch / "locked/r"}).exit, 5);
    EXPECT_TRUE(std::filesystem::is_empty(scratch.path() / "locked"));
}

TEST(Output, Item87AStandardOutputThatFailsGivesExit5) {
    const Scratch scratch;
    ::countyplan::write_plan(given::small_draft(), scratch / "p.plan.json");
    for (const Stream out : {Stream::full_device, Stream::closed}) {
        for (const std::vector<std::string>& words : {std::vector<std::string>{"check", scratch / "p.plan.json"},
                                                      {"schema"},
                                                      {"--help"},
                                                      {"version", "--json"}}) {
            const auto end = journey::run({.arguments = words, .out = out});
            EXPECT_EQ(end.exit, 5) << words[0];
            EXPECT_EQ(end.signal, 0);
            EXPECT_FALSE(end.err.empty());
        }
    }
    // a standard error that is closed loses its notes and nothing else
    EXPECT_EQ(journey::run({.arguments = {"check", scratch / "p.plan.json"}, .err = Stream::closed}).exit, 0);
}

TEST(Output, Item23AnEndlessInputIsRefusedAtTheLimit) {
    const auto end = journey::run({.arguments = {"check", "-"}, .endless_input = true});
    EXPECT_EQ(end.exit, 2) << end.out.substr(0, 200) << end.err;
    EXPECT_NE(end.out.find("size_limit"), std::string::npos) << end.out.substr(0, 200);
}

TEST(Output, Item74WhatTheSystemRefusesGivesExit5WithPathAndErrno) {
    const Scratch scratch;
    ::countyplan::write_plan(given::small_draft(), scratch / "p.plan.json");
    const auto absent = countyplan({"check", scratch / "none.plan.json"});
    EXPECT_EQ(absent.exit, 5);
    EXPECT_NE(absent.err.find("none.plan.json"), std::string::npos);
    EXPECT_NE(absent.err.find("errno 2"), std::string::npos) << absent.err;
    EXPECT_EQ(countyplan({"report", scratch / "p.plan.json", "-o", scratch / "no/such/r.html"}).exit, 5);
    EXPECT_EQ(countyplan({"verify", scratch / "p.plan.json", scratch / "nothing"}).exit, 5);
    ASSERT_EQ(::mkfifo((scratch / "pipe.plan.json").c_str(), 0600), 0);
    EXPECT_EQ(countyplan({"check", scratch / "pipe.plan.json"}).exit, 5);
}

TEST(Output, Item88ErrorsDoNotPrintWholeRecords) {
    const Scratch scratch;
    ::countyplan::Draft draft = given::small_draft();
    draft.experts.rows()[0].group = draft.experts.rows()[1].group = "secret-word";
    std::string bytes = ::countyplan::plan_json(draft);
    const std::string years = "\"years\": ";
    ASSERT_NE(bytes.find(years), std::string::npos);
    bytes.insert(bytes.find(years) + years.size(), "-");
    journey::put_bytes(scratch / "p.plan.json", bytes);
    const auto end = countyplan({"check", scratch / "p.plan.json"});
    EXPECT_EQ(end.exit, 2) << end.out;
    EXPECT_EQ(end.out.find("secret-word"), std::string::npos) << end.out;
}

}  // namespace
