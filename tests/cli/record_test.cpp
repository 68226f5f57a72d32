#include "journey/program.hpp"

#include <sys/file.h>

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/json.hpp>
#include <countyplan/io/log.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/io/write.hpp>

#include "../../src/cli/record_messages.hpp"
#include "given/plan.hpp"

namespace {

using journey::countyplan;
using journey::last_line;
using journey::Scratch;

const std::string header = "id,recorded_at,valid_at,subject,field,value,source,evidence,retracts\n";
const std::string march =
    "M1,2026-03-20,2026-03-18,task:K2,started,2026-03-16,学校,,\n"
    "M2,2026-03-20,2026-03-20,task:K2,percent,30,学校,EX-1,\n";
const std::string april =
    "A1,2026-04-20,2026-03-19,task:K2,percent,55,县,EX-2,M2\n"
    "A2,2026-04-20,2026-04-18,task:K3,finished,2026-04-17,县,,\n";

class Case {
  public:
    explicit Case(const std::string& name = "plan") : plan(scratch / name) {
        ::countyplan::write_plan(given::small_draft(), plan);
    }
    [[nodiscard]] std::string put(const std::string& name, const std::string& bytes) const {
        journey::put_bytes(scratch / name, bytes);
        return scratch / name;
    }
    [[nodiscard]] journey::Ending record(const std::string& bytes, std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"record", plan, put("facts.csv", bytes), "--lang", "en"});
        return countyplan(std::move(more));
    }
    [[nodiscard]] std::size_t facts() const { return ::countyplan::read_plan(plan).rows().ledger.size(); }

    Scratch scratch;
    std::string plan;
};

std::string all_bytes(const std::string& directory) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    std::string out;
    for (const std::string& name : names)
        out += name + "\n" + journey::bytes_of(std::filesystem::path(directory) / name);
    return out;
}

TEST(RecordCommand, WritesFactsInTheLogOfAnyPlan) {
    for (const char* const name : {"plan", "a.plan.json", "a.plan.snapshot"}) {
        SCOPED_TRACE(name);
        const Case given(name);
        const std::size_t before = given.facts();
        const auto ran = given.record(header + march);
        ASSERT_EQ(ran.exit, 0) << ran.err << ran.out;
        EXPECT_NE(ran.out.find("M1: task:K2 started = 2026-03-16"), std::string::npos) << ran.out;
        EXPECT_NE(last_line(ran.out).find("recorded 2 facts (0 remarks) as record 1"), std::string::npos) << ran.out;
        EXPECT_EQ(given.facts(), before + 2);
        EXPECT_EQ(given.record(header + april).exit, 0);
        EXPECT_EQ(given.facts(), before + 4);
        EXPECT_EQ(countyplan({"check", given.plan}).exit, 0);
    }
}

TEST(RecordCommand, ChecksOnlyWhereItIsAsked) {
    const Case given;
    const std::size_t before = given.facts();
    const auto ran = given.record(header + march, {"--dry-run"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_NE(last_line(ran.out).find("2 facts can be recorded"), std::string::npos) << ran.out;
    EXPECT_EQ(given.facts(), before);
    EXPECT_FALSE(std::filesystem::exists(given.plan + "/ledger.log"));
    EXPECT_EQ(given.record(header).exit, 0);
    EXPECT_FALSE(std::filesystem::exists(given.plan + "/ledger.log"));
}

TEST(RecordCommand, KeepsWhatIsStrangeAndSaysSo) {
    const Case given;
    const auto ran = given.record(header +
                                  "M1,2026-03-20,2026-03-18,task:K2,percent,40,,EX,\n"
                                  "M2,2026-03-21,2026-03-19,task:K2,percent,30,,EX,\n"
                                  "M3,2026-03-21,2026-03-21,task:K3,started,2026-03-30,,,\n");
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_NE(ran.out.find("facts.csv:3:1: warning:"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("facts.csv:4:1: warning:"), std::string::npos) << ran.out;
    EXPECT_NE(last_line(ran.out).find("3 facts (2 remarks)"), std::string::npos) << ran.out;
}

TEST(RecordCommand, RecordsAllOrNothing) {
    const Case given;
    ASSERT_EQ(given.record(header + march).exit, 0);
    const std::string before = journey::bytes_of(given.plan + "/ledger.log");
    const auto refused = [&](const std::string& rows, const std::string& why) {
        const auto ran = given.record(header + rows);
        EXPECT_EQ(ran.exit, 2) << ran.out;
        EXPECT_NE(ran.err.find(why), std::string::npos) << ran.err;
        EXPECT_EQ(journey::bytes_of(given.plan + "/ledger.log"), before) << why;
    };
    refused(april + "A9,2026-04-20,2026-04-18,task:T99,percent,1,,EX,\n", "facts.csv:4:1: error:");
    refused("M1,2026-04-20,2026-04-18,task:K2,percent,60,,EX,\n", "M1");
    refused("A1,2026-03-19,2026-03-19,task:K2,percent,60,,EX,\n", "the ledger reaches 2026-03-20");
    refused("A1,2026-04-20,2026-04-18,task:K2,percent,160,,EX,\n", "facts.csv:2:1: error:");
    refused("A1,2026-02-30,2026-04-18,task:K2,percent,60,,EX,\n", "facts.csv:2:4: error:");
    refused("A1,2026-04-20,2026-04-18,task:K2,percent,60,,EX,nothing\n", "nothing");
    EXPECT_EQ(given.record("who,when\n1,2\n").exit, 2);
    EXPECT_EQ(countyplan({"record", "-", given.scratch / "facts.csv"}).exit, 64);
    EXPECT_EQ(countyplan({"record", given.plan, given.scratch / "none.csv"}).exit, 5);
}

TEST(RecordCommand, ReadsEveryEncoding) {
    const Case given;
    EXPECT_EQ(given.record("\xEF\xBB\xBF" + header + march).exit, 0);
    std::string gb = header + april;
    while (gb.find("县") != std::string::npos)
        gb.replace(gb.find("县"), 3, "\xCF\xD8");
    const auto guessed = given.record(gb);
    EXPECT_EQ(guessed.exit, 0) << guessed.err;
    EXPECT_NE(guessed.out.find("GB18030"), std::string::npos) << guessed.out;
    const auto rows = ::countyplan::read_plan(given.plan).rows();
    EXPECT_EQ(rows.ledger.rows().back().source, "县");
}

TEST(RecordCommand, GivesOneObjectForMachines) {
    const Case given;
    const auto ran = given.record(header + march, {"--json"});
    ASSERT_EQ(ran.exit, 0) << ran.err;
    const auto document = ::countyplan::read_json(ran.out);
    ASSERT_TRUE(document.ok()) << ran.out;
    EXPECT_EQ(document.root().find("record")->integer(), 1);
    EXPECT_EQ(document.root().find("facts")->size(), 2U);
    EXPECT_TRUE(document.root().find("recorded")->boolean());
}

TEST(RecordCommand, RefusesASecondWriterAndADamagedLog) {
    const Case given;
    ASSERT_EQ(given.record(header + march).exit, 0);
    const std::string log = given.plan + "/ledger.log";
    const int descriptor = ::open(log.c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_EQ(::flock(descriptor, LOCK_EX), 0);
    const auto locked = given.record(header + april);
    EXPECT_EQ(locked.exit, 5);
    EXPECT_NE(locked.err.find("being written by another process"), std::string::npos) << locked.err;
    ::close(descriptor);
    // a recording that was cut off is left out, said, and replaced
    std::string bytes = journey::bytes_of(log);
    journey::put_bytes(log, bytes + "half a record");
    const auto torn = countyplan({"check", given.plan, "--lang", "en"});
    EXPECT_EQ(torn.exit, 0);
    EXPECT_NE(torn.out.find("the last 13 bytes of the log"), std::string::npos) << torn.out;
    EXPECT_EQ(given.record(header + april).exit, 0);
    EXPECT_EQ(countyplan({"check", given.plan, "--lang", "en"}).out.find("the log"), std::string::npos);
    bytes = journey::bytes_of(log);
    bytes[40] = static_cast<char>(bytes[40] ^ 4);
    journey::put_bytes(log, bytes);
    const auto damaged = given.record(header + "B1,2026-05-20,2026-05-18,task:K2,percent,60,,EX,\n");
    EXPECT_EQ(damaged.exit, 2);
    EXPECT_NE(damaged.err.find("record 1, from byte 20 on"), std::string::npos) << damaged.err;
}

TEST(RecordCommand, Item71ADamagedLogIsReadToItsLastGoodRecordOnRequestOnly) {
    const Case given;
    ASSERT_EQ(given.record(header + march).exit, 0);
    const std::string log = given.plan + "/ledger.log";
    const std::size_t good = journey::bytes_of(log).size();
    ASSERT_EQ(given.record(header + april).exit, 0);
    std::string bytes = journey::bytes_of(log);
    bytes[good + 20] = static_cast<char>(bytes[good + 20] ^ 4);
    journey::put_bytes(log, bytes);
    EXPECT_EQ(countyplan({"check", given.plan}).exit, 2);
    const auto salvaged = countyplan({"check", given.plan, "--salvage", "--lang", "en"});
    EXPECT_EQ(salvaged.exit, 0);
    EXPECT_NE(salvaged.out.find("record 2, from byte " + std::to_string(good) + " on, is damaged"), std::string::npos)
        << salvaged.out;
    EXPECT_NE(salvaged.out.find("up to record 1 only; the " + std::to_string(bytes.size() - good) + " bytes"),
              std::string::npos)
        << salvaged.out;
    EXPECT_EQ(countyplan({"track", given.plan, "--as-of", "2026-04-30"}).exit, 2);
    EXPECT_EQ(countyplan({"track", given.plan, "--as-of", "2026-04-30", "--salvage"}).exit, 0);
    const std::string saved = given.scratch / "saved.plan.json";
    ASSERT_EQ(countyplan({"convert", given.plan, saved, "--salvage"}).exit, 0);
    const auto rows = ::countyplan::read_plan(saved).rows();
    EXPECT_EQ(rows.ledger.rows().back().id, "M2");
    EXPECT_EQ(given.record(header + april, {"--salvage"}).exit, 64) << "a damaged log is not written to";
    EXPECT_EQ(journey::bytes_of(log), bytes);
}

TEST(RecordCommand, Item77AClockThatGoesBackIsRefusedAndTheFarFutureKept) {
    const Case given;
    ASSERT_EQ(given.record(header + "Y1,2038-01-20,2038-01-20,task:K2,note,x,,,\n").exit, 0);
    ASSERT_EQ(given.record(header + "Y2,2106-02-08,2106-02-08,task:K2,note,y,,,\n").exit, 0);
    const auto back = given.record(header + "Y3,2026-02-08,2026-02-08,task:K2,note,z,,,\n");
    EXPECT_EQ(back.exit, 2);
    EXPECT_NE(back.err.find("the ledger reaches 2106-02-08"), std::string::npos) << back.err;
}

TEST(RecordCommand, TakesTheBaselineOfAPlanOnce) {
    const Case given;
    const auto baseline = [&](const std::string& name, const std::string& on) {
        return countyplan({"record", given.plan, "--baseline", name, "--on", on, "--lang", "en"});
    };
    const std::size_t before = given.facts();
    const auto ran = baseline("approved", "2025-09-25");
    ASSERT_EQ(ran.exit, 0) << ran.err << ran.out;
    EXPECT_NE(ran.out.find("baseline.approved = 2025-09-01/"), std::string::npos) << ran.out;
    EXPECT_EQ(given.facts(), before + 4);
    EXPECT_EQ(baseline("revised", "2025-10-25").exit, 0);
    const auto again = baseline("approved", "2025-11-25");
    EXPECT_EQ(again.exit, 2);
    EXPECT_NE(again.err.find("is never changed"), std::string::npos) << again.err;
    const auto edited = given.record(header + "E1,2025-11-25,2025-11-25,task:K1,note,,,,BASELINE-approved-1\n");
    EXPECT_EQ(edited.exit, 2);
    EXPECT_NE(edited.err.find("is never changed"), std::string::npos) << edited.err;
    EXPECT_EQ(given.facts(), before + 8);
    EXPECT_EQ(countyplan({"record", given.plan, "--baseline", "x"}).exit, 64);
    EXPECT_EQ(countyplan({"record", given.plan}).exit, 64);
    EXPECT_EQ(countyplan({"record", given.plan, "f.csv", "--baseline", "x", "--on", "2025-12-01"}).exit, 64);
}

TEST(RecordCommand, TheLogGoesIntoEveryFormatAndIsNeverOverwritten) {
    const Case given;
    ASSERT_EQ(given.record(header + march).exit, 0);
    const std::string json = given.scratch / "b.plan.json";
    ASSERT_EQ(countyplan({"convert", given.plan, json}).exit, 0);
    EXPECT_EQ(::countyplan::read_plan(json), ::countyplan::read_plan(given.plan));
    EXPECT_EQ(countyplan({"convert", json, given.plan, "--force"}).exit, 5) << "a log lies there";
    EXPECT_EQ(countyplan({"report", json, "-o", given.plan + "/ledger.log", "--force"}).exit, 0);
    EXPECT_EQ(countyplan({"report", given.plan, "-o", given.plan + "/ledger.log", "--force"}).exit, 64);
}

TEST(RecordCommand, LeavesTheReportOfAnOldDayByteForByte) {
    const Case given;
    ASSERT_EQ(given.record(header + march).exit, 0);
    const auto track = [&](const std::string& out, const std::string& recorded) {
        return countyplan({"track", given.plan, "--as-of", "2026-03-31", "--recorded", recorded, "-o",
                           given.scratch / out, "--lang", "zh", "--json"});
    };
    const auto before = track("before", "2026-04-10");
    ASSERT_EQ(before.exit, 0) << before.err;
    const std::string page = given.scratch / "before.html";
    ASSERT_EQ(countyplan({"report", given.plan, "-o", page, "--as-of", "2026-04-10"}).exit, 0);
    ASSERT_EQ(given.record(header + april).exit, 0);
    const auto after = track("after", "2026-04-10");
    ASSERT_EQ(after.exit, 0) << after.err;
    EXPECT_EQ(after.out, before.out);
    EXPECT_EQ(all_bytes(given.scratch / "after"), all_bytes(given.scratch / "before"));
    const std::string later = given.scratch / "after.html";
    ASSERT_EQ(countyplan({"report", given.plan, "-o", later, "--as-of", "2026-04-10"}).exit, 0);
    EXPECT_EQ(journey::bytes_of(later), journey::bytes_of(page));
    // the late report changes what is known later about the same day
    const auto now = track("now", "2026-04-30");
    ASSERT_EQ(now.exit, 0);
    EXPECT_NE(now.out, before.out);
}

TEST(RecordCommand, ItsMessagesHaveCodesOfTheirOwn) {
    std::set<std::string_view> codes;
    for (const ::countyplan::MessageText* const row : ::countyplan::all_cli_record_messages)
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
    EXPECT_EQ(codes.size(), 17U);
}

}  // namespace
