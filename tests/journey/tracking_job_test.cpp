#include "journey/program.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using journey::countyplan;
using journey::Scratch;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string header = "id,recorded_at,valid_at,subject,field,value,source,evidence,retracts\n";

/// A programme of its own that may be written to, and the reports on it.
class Office {
  public:
    Office() { std::filesystem::copy("examples/guangxi", plan, std::filesystem::copy_options::recursive); }

    [[nodiscard]] journey::Ending track(const std::string& out, std::vector<std::string> more) const {
        more.insert(more.begin(), {"track", plan, "-o", scratch / out, "--lang", "en"});
        return countyplan(std::move(more));
    }
    [[nodiscard]] int record(const std::string& rows) const {
        journey::put_bytes(scratch / "facts.csv", header + rows);
        return countyplan({"record", plan, scratch / "facts.csv"}).exit;
    }
    [[nodiscard]] std::vector<std::string> files(const std::string& out) const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(scratch / out))
            names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }
    [[nodiscard]] std::string bytes(const std::string& path) const { return journey::bytes_of(scratch / path); }

    Scratch scratch{};
    std::string plan = scratch / "plan";
};

/// The lines of a table that name something.
std::string lines_with(const std::string& table, const std::string& name) {
    std::string out;
    for (std::size_t from = 0; from < table.size();) {
        const std::size_t end = std::min(table.find('\n', from), table.size() - 1);
        const std::string line = table.substr(from, end + 1 - from);
        if (has(line, name)) out += line;
        from = end + 1;
    }
    return out;
}

TEST(TrackingJob, TheReportOfAnOldDayComesBackByteForByteAfterLaterFacts) {
    const Office office;
    const auto first = office.track("A", {"--as-of", "2026-03-31"});
    ASSERT_EQ(first.exit, 0) << first.err;
    // late: about days before the report, learnt after it
    ASSERT_EQ(office.record("L1,2026-04-20,2026-03-25,task:451121-A29,started,2026-03-25,school,,\n"
                            "L2,2026-04-20,2026-02-28,task:451425-A41,percent,50,county,EX-1,F004816\n"
                            "L3,2026-04-20,2026-03-10,indicator:451024-K06,target,20,flood,EX-2,\n"
                            "L4,2026-04-21,2026-03-10,county:450124,colour,green: seen on site,county,,\n"),
              0);
    const auto again = office.track("B", {"--as-of", "2026-03-31", "--recorded", "2026-03-31"});
    ASSERT_EQ(again.exit, 0) << again.err;
    EXPECT_EQ(again.out, first.out);
    ASSERT_EQ(office.files("B"), office.files("A"));
    for (const std::string& name : office.files("A"))
        EXPECT_TRUE(office.bytes("B/" + name) == office.bytes("A/" + name)) << name;
    ASSERT_EQ(office.track("C", {"--as-of", "2026-03-31", "--recorded", "2026-04-30"}).exit, 0);
    for (const std::string name : {"tracking.json", "timeline.csv", "counties.csv", "warnings.csv", "report.html"})
        EXPECT_TRUE(office.bytes("C/" + name) != office.bytes("A/" + name)) << name;
}

TEST(TrackingJob, AnIssuedReportIsRememberedAndEndsWhatWasSetByHand) {
    const Office office;
    ASSERT_EQ(office.record("H1,2026-03-20,2026-03-20,county:451024,colour,green: seen on site,county,,\n"), 0);
    const auto refused = office.track("never", {"--as-of", "2026-03-31", "--issue", "2026-03-31"});
    EXPECT_EQ(refused.exit, 64) << refused.err;
    EXPECT_FALSE(std::filesystem::exists(office.scratch / "never"));
    const auto homeless = countyplan({"track", office.plan, "--as-of", "2026-03-31", "--issue", "2026-04-02"});
    EXPECT_EQ(homeless.exit, 64) << homeless.err;

    ASSERT_EQ(office.track("A", {"--as-of", "2026-03-31", "--issue", "2026-04-02"}).exit, 0);
    const std::string by_hand = lines_with(office.bytes("A/counties.csv"), "451024");
    EXPECT_TRUE(has(by_hand, ",green")) << by_hand;
    EXPECT_TRUE(has(office.bytes("A/issued.csv"), "2026-04-02,2026-03-31,county:451024,reported_colour,green/red,"));
    ASSERT_EQ(countyplan({"record", office.plan, office.scratch / "A/issued.csv"}).exit, 0);

    // the same report again, and its memory: the entry has had its report
    ASSERT_EQ(office.track("B", {"--as-of", "2026-03-31", "--recorded", "2026-03-31", "--issue", "2026-04-02"}).exit,
              0);
    for (const std::string& name : office.files("A"))
        EXPECT_TRUE(office.bytes("B/" + name) == office.bytes("A/" + name)) << name;
    ASSERT_EQ(office.track("C", {"--as-of", "2026-04-30"}).exit, 0);
    EXPECT_TRUE(has(lines_with(office.bytes("C/counties.csv"), "451024"), ",red"));
    EXPECT_TRUE(has(office.bytes("C/warnings.csv"), "Debao County,red,"));
}

TEST(TrackingJob, ATaskTellsWhatItsDatesRestOn) {
    const std::vector<std::string> asked{"track", "examples/guangxi", "--as-of", "2026-03-31", "--lang", "en"};
    const auto with = [&asked](std::vector<std::string> more) {
        more.insert(more.begin(), asked.begin(), asked.end());
        return countyplan(std::move(more));
    };
    const auto done = with({"--why", "450124-A03"});
    EXPECT_EQ(done.exit, 0);
    EXPECT_EQ(done.out, "start (2024-09-30): actual start\nfinish (2024-10-07): actual finish\n");
    const auto moved = with({"--why", "450124-A43", "--since", "2025-03-31"});
    EXPECT_EQ(moved.exit, 0);
    EXPECT_TRUE(has(moved.out, "since 2025-03-31")) << moved.out;
    for (const std::vector<std::string>& wrong :
         std::vector<std::vector<std::string>>{{"--why", "nothing"},
                                               {"--since", "2025-03-31"},
                                               {"--why", "450124-A03", "--since", "2026-03-31"},
                                               {"--logic", "other"},
                                               {"--value", "other"}}) {
        const auto refused = with(wrong);
        EXPECT_EQ(refused.exit, 64) << wrong[0];
        EXPECT_TRUE(refused.out.empty());
    }
}

TEST(TrackingJob, LogicAndUnitOfValueAreTheReadersChoice) {
    const auto with = [](const std::vector<std::string>& more) {
        std::vector<std::string> words{"track", "examples/guangxi", "--as-of", "2026-03-31", "--json"};
        words.insert(words.end(), more.begin(), more.end());
        const auto ending = countyplan(std::move(words));
        EXPECT_EQ(ending.exit, 0) << ending.err;
        return ending.out;
    };
    const std::string usual = with({});
    EXPECT_TRUE(usual == with({"--logic", "retained", "--value", "money"}));
    const std::string days = with({"--value", "expert_days"});
    EXPECT_TRUE(has(usual, "money") && has(days, "expert_days") && usual != days);
    EXPECT_TRUE(has(with({"--logic", "actual_dates"}), "actual_dates"));
}

TEST(TrackingJob, AGreatestLagThatCannotHoldIsNamed) {
    const Office office;
    const std::string links = journey::bytes_of(office.plan + "/links.csv");
    std::string out;
    for (const char letter : links) {
        if (letter == '\n') out += out.find('\n') == std::string::npos ? ",max_lag" : ",";
        if (letter != '\r') out += letter;
    }
    journey::put_bytes(office.plan + "/links.csv", out + "450124-A01,450124-A03,FS,0,predecessor,0\n");
    const auto refused = office.track("A", {"--as-of", "2024-09-03"});
    EXPECT_EQ(refused.exit, 3) << refused.err;
    EXPECT_TRUE(has(refused.err, "max_lag") && has(refused.err, "450124-A02")) << refused.err;
    EXPECT_FALSE(std::filesystem::exists(office.scratch / "A"));
}

}  // namespace
