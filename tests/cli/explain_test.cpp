#include "journey/program.hpp"

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/write.hpp>

#include "../../src/cli/explain_messages.hpp"
#include "given/allocate.hpp"

namespace {

using journey::countyplan;
using journey::Scratch;

/// A plan and its result.
struct Case {
    Scratch scratch;
    std::string plan = scratch / "p.plan.json";
    std::string result = scratch / "result";

    explicit Case(std::uint64_t seed = 7) {
        ::countyplan::write_plan(given::small_draft(seed), plan);
        EXPECT_EQ(countyplan({"allocate", plan, "-o", result}).exit, 0);
    }
    [[nodiscard]] auto run(std::vector<std::string> more) const {
        std::vector<std::string> words = {"explain", plan, result, "--lang", "en"};
        words.insert(words.end(), more.begin(), more.end());
        return countyplan(words);
    }
};

TEST(ExplainCommand, TellsAPersonAPostAndTheWhole) {
    const Case given;
    const auto person = given.run({"--expert", "E-0", "--why-not", "P-1"});
    EXPECT_EQ(person.exit, 0) << person.err;
    EXPECT_NE(person.out.find("'E-0'"), std::string::npos) << person.out;
    EXPECT_NE(person.out.find("post 'P-1'"), std::string::npos) << person.out;
    EXPECT_NE(person.out.find("with another person like 'E-0': "), std::string::npos) << person.out;
    const auto post = given.run({"--post", "P-0"});
    EXPECT_EQ(post.exit, 0) << post.err;
    EXPECT_EQ(post.out.find("post 'P-0' has "), 0U) << post.out;
    EXPECT_NE(post.out.find("one more person there: "), std::string::npos) << post.out;
    const auto whole = given.run({"--weights", "--subjects", "--hinges", "2"});
    EXPECT_EQ(whole.exit, 0) << whole.err;
    EXPECT_NE(whole.out.find("weight of qualification (now 20): from "), std::string::npos) << whole.out;
    EXPECT_NE(whole.out.find("one more person ("), std::string::npos) << whole.out;
    const auto chinese = countyplan({"explain", given.plan, given.result, "--post", "P-0", "--lang", "zh"});
    EXPECT_EQ(chinese.out.find("岗位“P-0”有 "), 0U) << chinese.out;
}

TEST(ExplainCommand, HasOneObjectForMachines) {
    const Case given;
    const auto ran = given.run(
        {"--expert", "E-0", "--why-not", "P-1", "--post", "P-0", "--weights", "--subjects", "--hinges", "2", "--json"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_TRUE(::countyplan::read_json(ran.out).ok()) << ran.out;
    for (const char* const member : {"\"why_here\"", "\"other_posts\"", "\"worth\"", "\"why_not\"", "\"why_empty\"",
                                     "\"one_more\"", "\"repairs\"", "\"people\"", "\"places\"", "\"weight_ranges\"",
                                     "\"subjects\"", "\"hinges\"", "\"sentences\"", "\"digests\""})
        EXPECT_NE(ran.out.find(member), std::string::npos) << member;
}

TEST(ExplainCommand, RefusesWhatItCannotExplain) {
    const Case given;
    EXPECT_EQ(given.run({}).exit, 64);
    EXPECT_NE(given.run({}).err.find("what is to be explained?"), std::string::npos);
    EXPECT_EQ(given.run({"--why-not", "P-1"}).exit, 64);
    EXPECT_EQ(given.run({"--expert", "nobody"}).exit, 64);
    EXPECT_NE(given.run({"--expert", "nobody"}).err.find("the plan has no 'nobody'"), std::string::npos);
    EXPECT_EQ(given.run({"--post", "nowhere"}).exit, 64);
    EXPECT_EQ(given.run({"--expert", "E-0", "--why-not", "nowhere"}).exit, 64);
    EXPECT_EQ(given.run({"--hinges", "-1"}).exit, 64);
    const Case other(8);
    EXPECT_EQ(countyplan({"explain", given.plan, other.result, "--post", "P-0"}).exit, 3);
    EXPECT_EQ(countyplan({"explain", given.plan, given.scratch / "none", "--post", "P-0"}).exit, 5);
}

TEST(ExplainCommand, SaysThatItWasStopped) {
    const Case given;
    const auto ran = given.run({"--expert", "E-0", "--time", "0"});
    EXPECT_EQ(ran.exit, 4) << ran.err;
    EXPECT_EQ(ran.out, "stopped early (time limit); the rest was not found out\n");
    const auto json = given.run({"--expert", "E-0", "--time", "0", "--json"});
    EXPECT_EQ(json.exit, 4) << json.err;
    EXPECT_NE(json.out.find("\"cause\": \"time\""), std::string::npos) << json.out;
}

TEST(ExplainCommand, SaysWhyNothingIsPossible) {
    Scratch scratch;
    ::countyplan::Draft draft = given::small_draft(7);
    draft.quotas.push_back({.id = "Q", .holder = {::countyplan::Noun::plan, ""}, .lower = 100});
    ::countyplan::write_plan(draft, scratch / "p.plan.json");
    const std::string result = scratch / "result";
    EXPECT_EQ(countyplan({"allocate", scratch / "p.plan.json", "-o", result}).exit, 3);
    const auto ran = countyplan({"explain", scratch / "p.plan.json", result, "--post", "P-0", "--lang", "en"});
    EXPECT_EQ(ran.exit, 3) << ran.err;
    EXPECT_EQ(ran.out.find("these cannot hold together: "), 0U) << ran.out;
    EXPECT_NE(ran.out.find("quota 'Q' asks for at least 100: make it "), std::string::npos) << ran.out;
}

TEST(ExplainCommand, MessagesHaveUniqueCodes) {
    std::set<std::string_view> codes;
    for (const ::countyplan::MessageText* row : ::countyplan::all_explain_command_messages)
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
    EXPECT_EQ(codes.size(), 13U);
}

}  // namespace
