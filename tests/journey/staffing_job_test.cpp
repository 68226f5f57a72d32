#include "journey/program.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace {

using journey::countyplan;
using journey::Scratch;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// An office allocates, changes two rows by hand, sees what that breaks and costs, and pairs for the next year.
TEST(StaffingJob, RunsFromAStaffingTypedByHandToNextYearsPairings) {
    const Scratch scratch;
    const std::string plan = scratch / "plan";
    ASSERT_EQ(countyplan({"generate", "--counties", "3", "--seed", "5", "-o", plan}).exit, 0);
    ASSERT_EQ(countyplan({"allocate", plan, "-o", scratch / "result"}).exit, 0);
    const std::string ours = scratch / "result/staffing.csv";
    const auto sound = countyplan({"audit", plan, ours, "--lang", "en"});
    EXPECT_EQ(sound.exit, 0) << sound.out;
    EXPECT_TRUE(has(sound.out, "; 0 errors,")) << sound.out;

    // the first person is sent where the second one is, the second one home
    std::string bytes = journey::bytes_of(ours);
    const std::size_t first = bytes.find('\n') + 1;
    const std::size_t second = bytes.find('\n', first) + 1;
    const std::size_t third = bytes.find('\n', second) + 1;
    const std::string person = bytes.substr(first, bytes.find(',', first) - first);
    const std::string other = bytes.substr(second, bytes.find(',', second) - second);
    const std::string place = bytes.substr(bytes.find(',', second), third - bytes.find(',', second));
    journey::put_bytes(scratch / "hand.csv", bytes.substr(0, first) + person + place + bytes.substr(third));
    const auto diff = countyplan({"diff", plan, ours, scratch / "hand.csv", "--lang", "en"});
    EXPECT_EQ(diff.exit, 0) << diff.err;
    EXPECT_TRUE(has(diff.out, "moves: '" + person + "' from ")) << diff.out;
    EXPECT_TRUE(has(diff.out, "ends: '" + other + "' leaves ")) << diff.out;
    EXPECT_TRUE(has(diff.out, "on the whole: A is better")) << diff.out;  // ours is proved best
    journey::put_bytes(scratch / "hand.csv", bytes.substr(0, first) + person + place + bytes.substr(second));
    const auto broken = countyplan({"audit", plan, scratch / "hand.csv", "--lang", "zh"});
    const auto again = countyplan({"audit", plan, scratch / "hand.csv", "--lang", "en", "--json"});
    EXPECT_EQ(broken.exit, again.exit);
    EXPECT_TRUE(again.exit == 0 || again.exit == 2);  // as the rules of the two posts will have it
    EXPECT_EQ(again.exit == 0, has(again.out, "\"ok\": true")) << again.out;

    const auto pair = countyplan({"pair", plan, "--as-of", "2026-09-01", "-o", scratch / "pairings.csv"});
    EXPECT_EQ(pair.exit, 0) << pair.out << pair.err;
    journey::put_bytes(plan + "/pairings.csv", journey::bytes_of(scratch / "pairings.csv"));
    EXPECT_EQ(countyplan({"check", plan}).exit, 0);
    const auto later =
        countyplan({"pair", plan, "--as-of", "2026-09-01", "--order", "unserved,changes,cost", "--lang", "en"});
    EXPECT_EQ(later.exit, 0) << later.err;
    EXPECT_TRUE(has(later.out, "units paired anew 0")) << later.out;
}

/// All that is data is switched on in the example: one command allocates and explains, the checker accepts.
TEST(StaffingJob, OneCommandAllocatesExplainsAndPricesTheExampleAndTheCheckerAccepts) {
    const Scratch scratch;
    const std::string plan = "examples/guangxi";
    const std::string result = scratch / "result";
    const auto end = countyplan({"allocate", plan, "-o", result, "--prices", "--fairness", "--lang", "en"});
    ASSERT_EQ(end.exit, 0) << end.err;
    for (const char* tier :
         {"shortfall at critical posts", "shortfall below the minimum", "fairness between counties", "load on senders",
          "moves", "distance in all", "wishes", "fit", "graded shortfall below target"})
        EXPECT_TRUE(has(end.out, tier)) << tier;
    for (const char* part : {"shadow prices", "quota 'Q-", "sender '", "post '", "fairness", "optimal (proved)"})
        EXPECT_TRUE(has(end.out, part)) << part;

    // every post left short has its reason, in the table for people and in the result
    const std::string unfilled = journey::bytes_of(result + "/unfilled.csv");
    const std::string told = journey::bytes_of(result + "/result.json");
    std::size_t posts = 0;
    for (std::size_t at = told.find("\"short_of_target\""); at != std::string::npos;
         at = told.find("\"short_of_target\"", at + 1))
        ++posts;
    EXPECT_GT(posts, 0U);
    EXPECT_EQ(static_cast<std::size_t>(std::count(unfilled.begin(), unfilled.end(), '\n')), posts + 1);
    EXPECT_TRUE(has(told, "\"left_out\"") && has(told, "\"team_size\"") && has(told, "\"fairness\": true"));
    const std::string page = journey::bytes_of(result + "/report.html");
    EXPECT_TRUE(has(page, "Which rules were kept")) << page.size();
    EXPECT_TRUE(has(page, "the price of fairness between counties"));

    const auto judged = journey::checker({plan, result, "--lang", "en"});
    EXPECT_EQ(judged.exit, 0) << judged.out;
    EXPECT_EQ(journey::last_line(judged.out), "ACCEPT");
    EXPECT_TRUE(has(judged.out, "the other staffing of "));

    // one value of the other staffing changed, and it does not
    std::string wrong = journey::bytes_of(result + "/fairness.json");
    const std::size_t at = wrong.find("\"unfair\": ") + std::string("\"unfair\": ").size();
    wrong.insert(at, "1");
    journey::put_bytes(result + "/fairness.json", wrong);
    const auto refused = journey::checker({plan, result, "--lang", "en"});
    EXPECT_EQ(refused.exit, 3) << refused.out;
    EXPECT_TRUE(journey::last_line(refused.out).starts_with("REFUSE fairness.json tiers.critical_shortfall: "))
        << refused.out;
    EXPECT_EQ(countyplan({"verify", plan, result}).exit, 3);
}

}  // namespace
