#include "journey/program.hpp"

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/allocate/explain/feedback.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/write.hpp>

#include "../../src/cli/feedback_messages.hpp"
#include "given/allocate.hpp"

namespace {

using ::countyplan::JsonValue;
using journey::countyplan;
using journey::Scratch;

/// A plan and its result.
struct Case {
    Scratch scratch;
    ::countyplan::Draft draft;
    std::string plan = scratch / "p.plan.json";
    std::string result = scratch / "result";

    explicit Case(std::uint64_t seed = 7) : draft(given::small_draft(seed)) {
        ::countyplan::write_plan(draft, plan);
        EXPECT_EQ(countyplan({"allocate", plan, "-o", result}).exit, 0);
    }
    [[nodiscard]] auto run(std::vector<std::string> more, const std::string& language = "en") const {
        std::vector<std::string> words = {"feedback", plan, result, "--lang", language};
        words.insert(words.end(), more.begin(), more.end());
        return countyplan(words);
    }
};

JsonValue member(const JsonValue& value, std::string_view key) {
    const auto found = value.find(key);
    EXPECT_TRUE(found) << key;
    return found.value_or(value);
}

/// The line about a post, from what the library says.
std::string line_of(const ::countyplan::Plan& plan, const ::countyplan::PostChance& row) {
    std::string out = "post '" + row.post + (row.is_wished ? "' (wished for): " : "': ") + std::to_string(row.times) +
                      " of 40 samples (" + std::to_string(std::lround(100 * row.low)) + " % to " +
                      std::to_string(std::lround(100 * row.high)) + " %); ";
    for (std::size_t t = 0; t < row.behind.size(); ++t) {
        if (row.behind[t] == ::countyplan::Int128(0)) continue;
        const auto tier = ::countyplan::word(plan.rows().objective[t]);
        return out + "behind by " + std::string(text(tier, ::countyplan::Language::en)) + " " + to_text(row.behind[t]) +
               "\n";
    }
    return out + "not behind by the proof\n";
}

TEST(FeedbackCommand, TellsTheChancesOfEveryPost) {
    const ::countyplan::FeedbackOptions options{.samples = 40, .absent = 300, .seed = 5};
    std::size_t behind = 0;
    std::size_t homes = 0;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        SCOPED_TRACE(seed);
        const Case given(seed);
        const ::countyplan::Plan plan(given.draft);
        const auto allocation = ::countyplan::allocate(plan);
        for (const ::countyplan::Id<::countyplan::Expert> id : plan.rows().experts.ids()) {
            const auto told = ::countyplan::feedback(plan, allocation, id, options);
            const auto ran = given.run({"--expert", told.expert, "--samples", "40", "--absent", "300", "--seed", "5"});
            ASSERT_EQ(ran.exit, 0) << ran.err;
            const std::string first = told.post.empty() ? "' stays at home" : "' serves in post '" + told.post + "'";
            EXPECT_EQ(ran.out.find("'" + told.expert + first + " in this result\n"), 0U) << ran.out;
            EXPECT_NE(ran.out.find("at home: " + std::to_string(told.at_home) + " of 40 samples\n"), std::string::npos);
            EXPECT_EQ(ran.out.find("there is no post in which ") != std::string::npos, told.posts.empty()) << ran.out;
            for (const ::countyplan::PostChance& row : told.posts) {
                EXPECT_NE(ran.out.find(line_of(plan, row)), std::string::npos) << line_of(plan, row) << ran.out;
                behind += row.behind != std::vector<::countyplan::Int128>(row.behind.size());
            }
            homes += told.post.empty();
        }
    }
    EXPECT_GT(behind, 0U);
    EXPECT_GT(homes, 0U);
}

TEST(FeedbackCommand, SpeaksChinese) {
    const Case given;
    const auto ran = given.run({"--expert", "E-0", "--samples", "3"}, "zh");
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.out.find("“E-0”在该结果中"), 0U) << ran.out;
    EXPECT_NE(ran.out.find("未派出：3 次抽样中 "), std::string::npos) << ran.out;
}

TEST(FeedbackCommand, HasOneObjectForMachines) {
    const Case given;
    const ::countyplan::Plan plan(given.draft);
    const auto told =
        ::countyplan::feedback(plan, ::countyplan::allocate(plan), ::countyplan::Id<::countyplan::Expert>(0),
                               {.samples = 30, .absent = 200, .seed = 9});
    const auto ran =
        given.run({"--expert", told.expert, "--samples", "30", "--absent", "200", "--seed", "9", "--json"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    const auto document = ::countyplan::read_json(ran.out);
    ASSERT_TRUE(document.ok()) << ran.out;
    const JsonValue root = document.root();
    EXPECT_EQ(member(root, "expert").text(), told.expert);
    EXPECT_EQ(member(root, "termination").text(), "optimal");
    EXPECT_EQ(member(root, "samples").integer(), 30);
    EXPECT_EQ(member(root, "at_home").integer(), told.at_home);
    EXPECT_EQ(member(root, "impossible").integer(), told.impossible);
    EXPECT_EQ(member(member(root, "digests"), "plan").text(), to_text(plan.fingerprint()));
    ASSERT_EQ(member(root, "posts").size(), told.posts.size());
    std::size_t at = 0;
    for (const JsonValue row : member(root, "posts")) {
        const ::countyplan::PostChance& chance = told.posts[at++];
        EXPECT_EQ(member(row, "post").text(), chance.post);
        EXPECT_EQ(member(row, "is_wished").boolean(), chance.is_wished);
        EXPECT_EQ(member(row, "times").integer(), chance.times);
        EXPECT_EQ(member(row, "behind").size(), plan.rows().objective.size());
        EXPECT_TRUE(row.find("low") && row.find("high"));
    }
}

TEST(FeedbackCommand, RefusesWhatItCannotTell) {
    const Case given;
    EXPECT_EQ(given.run({}).exit, 64);
    EXPECT_EQ(given.run({"--expert", "nobody"}).exit, 64);
    EXPECT_NE(given.run({"--expert", "nobody"}).err.find("the plan has no 'nobody'"), std::string::npos);
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--samples", "0"},
                                                  {"--samples", "1000001"},
                                                  {"--samples", "many"},
                                                  {"--absent", "1001"},
                                                  {"--absent", "-1"},
                                                  {"--seed", "-1"}}) {
        const auto ran = given.run({"--expert", "E-0", wrong[0], wrong[1]});
        EXPECT_EQ(ran.exit, 64) << wrong[0] << wrong[1];
        EXPECT_NE(ran.err.find(wrong[0]), std::string::npos) << ran.err;
    }
    const Case other(8);
    EXPECT_EQ(countyplan({"feedback", given.plan, other.result, "--expert", "E-0"}).exit, 3);
    EXPECT_EQ(countyplan({"feedback", given.plan, given.scratch / "none", "--expert", "E-0"}).exit, 5);
}

TEST(FeedbackCommand, NeedsAResultThatIsProvedBest) {
    Scratch scratch;
    ::countyplan::Draft draft = given::small_draft(7);
    draft.quotas.push_back({.id = "Q", .holder = {::countyplan::Noun::plan, ""}, .lower = 100});
    ::countyplan::write_plan(draft, scratch / "p.plan.json");
    const std::string result = scratch / "result";
    EXPECT_EQ(countyplan({"allocate", scratch / "p.plan.json", "-o", result}).exit, 3);
    const auto ran = countyplan({"feedback", scratch / "p.plan.json", result, "--expert", "E-0", "--lang", "en"});
    EXPECT_EQ(ran.exit, 2);
    EXPECT_TRUE(ran.out.empty()) << ran.out;
    EXPECT_NE(ran.err.find("feedback needs one that is proved best"), std::string::npos) << ran.err;
}

TEST(FeedbackCommand, SaysHowFarItCameWhenStopped) {
    const Case given;
    const auto ran = given.run({"--expert", "E-0", "--time", "0"});
    EXPECT_EQ(ran.exit, 4) << ran.err;
    EXPECT_NE(ran.out.find("stopped early ("), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("): 0 of 200 samples\n"), std::string::npos) << ran.out;
}

TEST(FeedbackCommand, MessagesHaveUniqueCodes) {
    std::set<std::string_view> codes;
    for (const ::countyplan::MessageText* row : ::countyplan::all_feedback_command_messages)
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
    EXPECT_EQ(codes.size(), 20U);
}

}  // namespace
