#include "journey/program.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/json.hpp>
#include <countyplan/io/write.hpp>

#include "../../src/cli/replan_messages.hpp"
#include "given/plan.hpp"

namespace {

using journey::checker;
using journey::countyplan;
using journey::last_line;
using journey::Scratch;

/// A plan, its result, and a log of these lines.
struct Case {
    Scratch scratch;
    std::string plan = scratch / "p.plan.json";
    std::string result = scratch / "result";
    std::string events = scratch / "events.csv";
    std::string output = scratch / "now";

    explicit Case(const std::string& log) {
        ::countyplan::write_plan(given::small_draft(), plan);
        EXPECT_EQ(countyplan({"allocate", plan, "-o", result}).exit, 0);
        std::ofstream(events) << log;
    }
    [[nodiscard]] auto run(std::vector<std::string> more = {}) const {
        std::vector<std::string> words = {"replan", plan, result, events, "-o", output, "--lang", "en"};
        words.insert(words.end(), more.begin(), more.end());
        return countyplan(words);
    }
};

const std::string someone_leaves = "number,day,kind,subject\n1,2025-10-08,resigns,expert:SZ-0001\n";

TEST(ReplanCommand, WritesThePlanAndItsBestStaffingAndTheCheckerAccepts) {
    const Case given(someone_leaves);
    const auto ran = given.run({"--trade-off"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_NE(ran.out.find("1 events; "), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("trade-off: "), std::string::npos) << ran.out;
    EXPECT_NE(last_line(ran.out).find("optimal"), std::string::npos) << ran.out;
    for (const char* const name : {"changed.plan.json", "staffing.csv", "unfilled.csv", "result.json",
                                   "certificate.json", "changes.csv", "trade_off.csv", "trade_off.json"})
        EXPECT_TRUE(std::filesystem::is_regular_file(given.scratch.path() / "now" / name)) << name;
    EXPECT_EQ(checker({given.output + "/changed.plan.json", given.output}).exit, 0);
    EXPECT_EQ(journey::bytes_of(given.scratch.path() / "now" / "staffing.csv").find("SZ-0001"), std::string::npos);
}

TEST(ReplanCommand, AReplayGivesTheSameBytes) {
    const Case given(someone_leaves);
    ASSERT_EQ(given.run().exit, 0);
    const auto bytes = [&](const char* name) { return journey::bytes_of(given.scratch.path() / "now" / name); };
    const std::string plan = bytes("changed.plan.json");
    const std::string certificate = bytes("certificate.json");
    EXPECT_NE(given.run().exit, 0);  // not without --force
    ASSERT_EQ(given.run({"--force"}).exit, 0);
    EXPECT_EQ(bytes("changed.plan.json"), plan);
    EXPECT_EQ(bytes("certificate.json"), certificate);
}

TEST(ReplanCommand, RefusesAWrongLogAndWritesNothing) {
    const Case given("number,day,kind,subject\n2,2025-10-08,resigns,expert:SZ-0001\n");
    const auto ran = given.run();
    EXPECT_EQ(ran.exit, 2);
    EXPECT_NE(ran.err.find("events.csv:2"), std::string::npos) << ran.err;
    EXPECT_FALSE(std::filesystem::exists(given.scratch.path() / "now"));
}

TEST(ReplanCommand, WritesWhatIsDecidedBesidesIntoTheChangedPlan) {
    const Case given("number,day,kind,subject\n1,2025-10-08,resigns,expert:SZ-0002\n");
    const auto decided = [&given] { return journey::bytes_of(given.scratch.path() / "now" / "changed.plan.json"); };
    const auto ran = given.run({"--no-worse"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_NE(decided().find("\"no-worse-1\""), std::string::npos);
    EXPECT_EQ(checker({given.output + "/changed.plan.json", given.output}).exit, 0);
    const auto frozen = given.run({"--freeze", "all", "--force"});
    EXPECT_EQ(frozen.exit, 0) << frozen.err << frozen.out;
    EXPECT_NE(decided().find("\"freeze-1\""), std::string::npos);
    EXPECT_EQ(decided().find("\"no-worse-1\""), std::string::npos);
    EXPECT_EQ(checker({given.output + "/changed.plan.json", given.output}).exit, 0);
    EXPECT_EQ(given.run({"--freeze", "sideways:X", "--force"}).exit, 64);
    EXPECT_EQ(given.run({"--freeze", "school:NOWHERE", "--force"}).exit, 2);
    const auto nobody = Case(someone_leaves).run({"--freeze", "all"});  // the only one who serves at present
    EXPECT_EQ(nobody.exit, 2);
    EXPECT_NE(nobody.err.find("no present posting is left to be frozen"), std::string::npos) << nobody.err;
}

TEST(ReplanCommand, SaysWhatIsImpossible) {
    Case given(someone_leaves);
    ::countyplan::Draft draft = given::small_draft();
    draft.decisions.push_back(
        {.id = "D-1", .kind = ::countyplan::DecisionKind::require, .who = {::countyplan::Noun::expert, "SZ-0001"}});
    ::countyplan::write_plan(draft, given.plan, ::countyplan::Existing::replace);
    const auto other = given.run();
    EXPECT_EQ(other.exit, 3) << other.err;  // the result is that of another plan
    EXPECT_NE(other.out.find("belongs to another plan"), std::string::npos) << other.out;
    EXPECT_FALSE(std::filesystem::exists(given.output));
    ASSERT_EQ(countyplan({"allocate", given.plan, "-o", given.result, "--force"}).exit, 0);
    const auto ran = given.run();
    EXPECT_EQ(ran.exit, 3) << ran.err;
    EXPECT_NE(ran.out.find("D-1"), std::string::npos) << ran.out;
}

TEST(ReplanCommand, GivesOneObjectForMachines) {
    const Case given(someone_leaves);
    const auto ran = given.run({"--json", "--trade-off"});
    ASSERT_EQ(ran.exit, 0) << ran.err;
    const auto document = ::countyplan::read_json(ran.out);
    ASSERT_TRUE(document.ok()) << ran.out;
    EXPECT_EQ(document.root().find("last_event")->integer(), 1);
    EXPECT_TRUE(document.root().find("trade_off").has_value());
    EXPECT_EQ(document.root().find("plan")->text(), given.output + "/changed.plan.json");
    EXPECT_GE(document.root().find("steps")->integer(), 0);
    const auto digest = [](const ::countyplan::JsonValue& object) {
        return object.find("digests")->find("plan")->text();
    };
    EXPECT_NE(digest(document.root()), digest(*document.root().find("former")));
}

TEST(TradeOffCommand, WeighsAnyTwoTiersOfThePlan) {
    const Case given(someone_leaves);
    const std::vector<std::string> words = {
        "trade-off", given.plan,   "moves",  "fit", "--former", given.result + "/staffing.csv",
        "-o",        given.output, "--lang", "en"};
    const auto with = [&words](std::vector<std::string> more) {
        more.insert(more.begin(), words.begin(), words.end());
        return countyplan(more);
    };
    const auto ran = with({});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_NE(ran.out.find("trade-off: 1 points, moves from 0 to 0, fit from "), std::string::npos) << ran.out;
    EXPECT_NE(last_line(ran.out).find("optimal"), std::string::npos) << ran.out;
    for (const char* const name : {"trade_off.csv", "trade_off.json"})
        EXPECT_TRUE(std::filesystem::is_regular_file(given.scratch.path() / "now" / name)) << name;
    EXPECT_EQ(with({}).exit, 5);  // not without --force
    const auto machine = with({"--force", "--json", "--drop", "critical_shortfall,shortfall"});
    ASSERT_EQ(machine.exit, 0) << machine.err;
    const auto document = ::countyplan::read_json(machine.out);
    ASSERT_TRUE(document.ok()) << machine.out;
    EXPECT_EQ(document.root().find("first")->text(), "moves");
    EXPECT_EQ(document.root().find("dropped")->size(), 2U);
}

TEST(TradeOffCommand, RefusesWhatCannotBeWeighed) {
    const Case given(someone_leaves);
    const auto exit = [&given](const std::vector<std::string>& words) {
        std::vector<std::string> all = {"trade-off", given.plan, "-o", given.output};
        all.insert(all.end(), words.begin(), words.end());
        return countyplan(all).exit;
    };
    EXPECT_EQ(exit({"fit"}), 64);
    EXPECT_EQ(exit({"fit", "speed"}), 64);
    EXPECT_EQ(exit({"moves", "fit", "--points", "1"}), 64);
    EXPECT_EQ(exit({"moves", "fit", "--drop", "speed"}), 64);
    EXPECT_EQ(exit({"hardship", "fit"}), 2);
    EXPECT_EQ(exit({"fit", "fit"}), 2);
    EXPECT_EQ(exit({"moves", "fit", "--drop", "fit"}), 2);
    EXPECT_FALSE(std::filesystem::exists(given.output));
}

TEST(ReplanCommand, ItsMessagesHaveCodesOfTheirOwn) {
    std::set<std::string_view> codes;
    for (const ::countyplan::MessageText* const row : ::countyplan::all_cli_replan_messages)
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
    EXPECT_EQ(codes.size(), 28U);
}

}  // namespace
