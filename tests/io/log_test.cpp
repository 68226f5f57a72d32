#include <countyplan/io/log.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/archive.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/io/log_messages.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/memory_files.hpp"
#include "given/plan.hpp"

namespace {

using namespace countyplan;
using namespace std::string_literals;
namespace fs = std::filesystem;

constexpr std::size_t head_size = 20;

class LogTest : public testing::Test {
  protected:
    LogTest() {
        std::string pattern = (fs::temp_directory_path() / "countyplan-log-XXXXXX").string();
        root_ = mkdtemp(pattern.data());
        path_ = root_ + "/ledger.log";
    }
    ~LogTest() override { fs::remove_all(root_); }

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string bytes() const { return read_file(path_); }
    LogEnd append(std::string_view payload, const LogEnd& after) const {
        return append_to_log(path_, LogKind::ledger, payload, after);
    }
    /// Appends these and returns where the log ends after each, the empty one first.
    [[nodiscard]] std::vector<LogEnd> append_all(const std::vector<std::string>& payloads) const {
        std::vector<LogEnd> ends(1);
        for (const std::string& payload : payloads)
            ends.push_back(append(payload, ends.back()));
        return ends;
    }

  private:
    std::string root_;
    std::string path_;
};

/// What is wrong with a log, as code and arguments; what it holds where nothing is.
std::string seen(std::string_view bytes) {
    try {
        const LogReading log = read_log(LogKind::ledger, bytes);
        std::string out;
        for (const std::string_view payload : log.payloads)
            out += std::string(payload) + "|";
        return out + (log.torn > 0 ? "torn " + std::to_string(log.torn) : "");
    } catch (const RefusedInput& refused) {
        return std::string(refused.message().code()) + "@" + std::to_string(refused.flaw().offset);
    }
}

const std::vector<std::string> three = {"one", "", "three, which is longer"};

TEST_F(LogTest, ComesBackAsItWasAppended) {
    const auto ends = append_all(three);
    EXPECT_EQ(seen(bytes()), "one||three, which is longer|");
    EXPECT_EQ(ends.back().records, 3U);
    EXPECT_EQ(ends.back().bytes, bytes().size());
    EXPECT_EQ(read_log(LogKind::ledger, bytes()).end, ends.back());
    EXPECT_EQ(bytes().substr(0, 4),
              "\x89"
              "CPL");
}

// design/reliability.md, logs: torn last record
TEST_F(LogTest, Item71IsReadToItsLastWholeRecordWhereverItWasCut) {
    const auto ends = append_all(three);
    const std::string whole = bytes();
    const std::vector<std::string> upto = {"", "one|", "one||", "one||three, which is longer|"};
    for (std::size_t size = 0; size < whole.size(); ++size) {
        SCOPED_TRACE(size);
        std::size_t records = 0;
        while (records < 3 && ends[records + 1].bytes <= size)
            ++records;
        const std::size_t kept = size < head_size ? 0 : std::max<std::size_t>(head_size, ends[records].bytes);
        const std::size_t torn = size - kept;
        ASSERT_EQ(seen(whole.substr(0, size)), upto[records] + (torn > 0 ? "torn " + std::to_string(torn) : ""));
        // the disk may have given room without filling it
        const std::string zeros = whole.substr(0, size) + std::string(whole.size() - size, '\0');
        if (zeros != whole) {
            const std::string found = seen(zeros);
            ASSERT_TRUE(found.starts_with(upto[records]) && found.find("torn") != found.npos) << found;
        }
    }
    // the next one takes the place of what was torn
    fs::resize_file(path(), whole.size() - 1);
    const LogEnd end = append("four", ends[2]);
    EXPECT_EQ(seen(bytes()), "one||four|");
    EXPECT_EQ(end.bytes, bytes().size());
    fs::resize_file(path(), 7);
    EXPECT_EQ(append("five", {}).records, 1U);
    EXPECT_EQ(seen(bytes()), "five|");
}

// design/reliability.md, logs: bad checksum in the middle
TEST_F(LogTest, RefusesEveryFlippedBit) {
    (void)append_all(three);
    const std::string whole = bytes();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string broken = whole;
            broken[at] = static_cast<char>(broken[at] ^ (1 << bit));
            const std::string found = seen(broken);
            ASSERT_TRUE(found.starts_with("log_") || found.starts_with("not_a_log")) << at << ": " << found;
        }
    }
}

// design/reliability.md, logs: duplicated record, gap in sequence, two logs spliced
TEST_F(LogTest, Item71RefusesGapsRepetitionsAndForeignRecordsWithTheirPlace) {
    const auto ends = append_all({"one", "two", "six", "four"});
    const std::string whole = bytes();
    const auto record = [&](std::size_t number) {
        const std::size_t from = std::max<std::size_t>(head_size, ends[number - 1].bytes);
        return whole.substr(from, ends[number].bytes - from);
    };
    const std::string head = whole.substr(0, head_size);
    EXPECT_EQ(seen(head + record(1) + record(3)), "log_gap@43");
    EXPECT_EQ(seen(head + record(2)), "log_gap@20");
    EXPECT_EQ(seen(head + record(1) + record(1)), "log_repeats@43");
    EXPECT_EQ(seen(head + record(1) + record(3) + record(2)), "log_gap@43");
    EXPECT_EQ(seen(head + record(1) + record(2) + record(2) + record(3)), "log_repeats@66");
    const std::string foreign =
        log_bytes(LogKind::ledger, std::vector<std::string>{"eins", "zwei"}).substr(head_size + 24, 24);
    EXPECT_EQ(seen(head + record(1) + foreign), "log_record_damaged@43");
    EXPECT_EQ(seen("{}"), "not_a_log@0");
    EXPECT_EQ(seen("id,recorded_at,valid_at,subject,field,value\n"), "not_a_log@0");
    EXPECT_EQ(seen(std::string(64, '\0')), "torn 64");
    EXPECT_EQ(seen(std::string(64, 'x')), "not_a_log@0");
}

TEST_F(LogTest, Item71IsSalvagedToItsLastGoodRecordAndSaysWhatIsLost) {
    const auto ends = append_all(three);
    const std::string whole = bytes();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string broken = whole;
        broken[at] = static_cast<char>(broken[at] ^ 16);
        if (at < head_size) {
            EXPECT_THROW((void)read_log(LogKind::ledger, broken, {}, DamagedLog::salvaged), RefusedInput) << at;
            continue;
        }
        std::size_t good = 0;
        while (ends[good + 1].bytes <= at)
            ++good;
        const LogReading log = read_log(LogKind::ledger, broken, {}, DamagedLog::salvaged);
        EXPECT_EQ(log.payloads, (std::vector<std::string_view>(three.begin(), three.begin() + static_cast<int>(good))));
        EXPECT_EQ(log.end.records, good) << at;
        EXPECT_EQ(log.end.bytes, std::max<std::size_t>(head_size, ends[good].bytes)) << at;
        ASSERT_TRUE(log.damage) << at;
        EXPECT_EQ(std::string(log.damage->message.code()) + "@" + std::to_string(log.damage->offset), seen(broken));
        EXPECT_TRUE(log.damage->is_warning);
        EXPECT_EQ(log.left_out, whole.size() - log.end.bytes) << at;
        EXPECT_EQ(log.torn, 0U) << at;
    }
    const LogReading sound = read_log(LogKind::ledger, whole + "half", {}, DamagedLog::salvaged);
    EXPECT_EQ(sound.torn, 4U);
    EXPECT_FALSE(sound.damage);
    // a payload that holds no facts is damage too
    const std::vector<Fact> facts = {{.id = "L1", .field = "note", .value = "x"}};
    const std::string log =
        log_bytes(LogKind::ledger, std::vector<std::string>{facts_payload(facts), "nothing", facts_payload(facts)});
    const LedgerLog ledger = read_ledger_log(log, {}, DamagedLog::salvaged);
    EXPECT_EQ(ledger.facts, facts);
    EXPECT_EQ(ledger.end, read_log(LogKind::ledger, log.substr(0, log.size() - ledger.left_out)).end);
    EXPECT_EQ(ledger.damage->message.code(), "log_payload");
    Limits few;
    few.records = 1;
    EXPECT_THROW((void)read_log(LogKind::ledger, whole, few, DamagedLog::salvaged), RefusedInput) << "no damage";
}

// design/reliability.md, logs: a record claiming 4 GB; ten million tiny records
TEST_F(LogTest, Item72BelievesNoLengthAndKeepsLimits) {
    const auto ends = append_all({"one", "two"});
    std::string claim = bytes().substr(0, ends[1].bytes);
    std::string head = "\xFF\xFF\xFF\xFF\x02\0\0\0\0\0\0\0"s;
    const std::uint32_t sum = crc_32c(head);
    for (int i = 0; i < 4; ++i)
        head += static_cast<char>(static_cast<unsigned char>(sum >> (8 * i)));
    EXPECT_EQ(seen(claim + head + "rest"), "one|torn 20");
    Limits limits;
    limits.records = 1;
    EXPECT_THROW((void)read_log(LogKind::ledger, bytes(), limits), RefusedInput);
    limits = {};
    limits.file_bytes = bytes().size() + 10;
    EXPECT_THROW((void)append_to_log(path(), LogKind::ledger, "three", ends[2], limits), RefusedInput);
    EXPECT_EQ(seen(bytes()), "one|two|");
}

TEST_F(LogTest, RefusesToGoOnWhereAnotherHasRecorded) {
    const auto ends = append_all({"one", "two"});
    try {
        (void)append("three", ends[1]);
        FAIL();
    } catch (const IoError& error) {
        EXPECT_EQ(error.message().code(), "log_moved");
    }
    EXPECT_THROW((void)append("three", {}), IoError);
    EXPECT_EQ(seen(bytes()), "one|two|");
}

// design/reliability.md, logs: two processes append at once
TEST_F(LogTest, LetsOneWriterInAndNamesItToTheOther) {
    const auto ends = append_all({"one"});
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const int child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        int holder = 0;
        const int descriptor = real_files().open_to_append(path(), 0666);
        const bool locked = real_files().lock(descriptor, holder) == 0;
        (void)!::write(ready[1], locked ? "y" : "n", 1);
        ::pause();
        ::_exit(0);
    }
    char answer = 0;
    ASSERT_EQ(::read(ready[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    try {
        (void)append("two", ends[1]);
        ADD_FAILURE() << "two writers";
    } catch (const IoError& error) {
        EXPECT_EQ(error.code(), EWOULDBLOCK);
        EXPECT_EQ(error.message().code(), "file_locked");
        EXPECT_NE(text(error.message(), Language::en).find(std::to_string(child)), std::string::npos);
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    EXPECT_EQ(append("two", ends[1]).records, 2U) << "the lock of one that was killed is gone";
    EXPECT_EQ(seen(bytes()), "one|two|");
}

TEST_F(LogTest, RefusesWhatIsNoFileOfItsOwn) {
    fs::create_directory(path());
    EXPECT_THROW((void)append("one", {}), IoError);
    fs::remove(path());
    fs::create_symlink(path() + "2", path());
    EXPECT_THROW((void)append("one", {}), IoError);
    EXPECT_FALSE(fs::exists(path() + "2"));
}

/// The real disk, but call number `fail_at` of those that change it fails, after half the bytes of a write.
class FullDisk : public Files {
  public:
    std::size_t calls = 0;
    std::size_t fail_at = 0;

    std::int64_t write(int descriptor, const char* buffer, std::size_t size) override {
        if (++calls == fail_at) return -ENOSPC;
        if (calls + 1 == fail_at) return Files::write(descriptor, buffer, size / 2 + 1);
        return Files::write(descriptor, buffer, size);
    }
    int sync(int descriptor) override { return ++calls == fail_at ? -EIO : Files::sync(descriptor); }
    int open_to_append(const std::string& path, unsigned mode) override {
        return ++calls == fail_at ? -EACCES : Files::open_to_append(path, mode);
    }
    std::int64_t read(int descriptor, char* buffer, std::size_t size) override {
        return ++calls == fail_at ? -EIO : Files::read(descriptor, buffer, size);
    }
    int lock(int descriptor, int& holder) override {
        return ++calls == fail_at ? -ENOLCK : Files::lock(descriptor, holder);
    }
};

TEST_F(LogTest, StaysAsItWasWhereTheDiskFails) {
    const auto ends = append_all({"one"});
    const std::string before = bytes();
    std::size_t failures = 0;
    for (std::size_t at = 1;; ++at) {
        FullDisk disk;
        disk.fail_at = at;
        try {
            (void)append_to_log(path(), LogKind::ledger, "two", ends[1], {}, disk);
            break;
        } catch (const IoError&) {
            ++failures;
            ASSERT_EQ(bytes(), before) << at;
        }
    }
    EXPECT_GE(failures, 5U);
    EXPECT_EQ(seen(bytes()), "one|two|");
}

/// What of 40 records a writer acknowledged by a byte each before it was killed at a random moment.
TEST_F(LogTest, KeepsWhatWasAcknowledgedWhenTheWriterIsKilled) {
    const std::uint64_t rounds = given::law_cases(1000);
    std::set<std::size_t> lengths;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        fs::remove(path());
        int acknowledged[2];
        ASSERT_EQ(::pipe(acknowledged), 0);
        const int child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            LogEnd end;
            for (int i = 0; i < 40; ++i) {
                end = append(std::string(static_cast<std::size_t>(i) * 701, static_cast<char>('a' + i % 26)), end);
                (void)!::write(acknowledged[1], "x", 1);
            }
            ::_exit(0);
        }
        ::close(acknowledged[1]);
        ::usleep(static_cast<useconds_t>(Random(round).below(4000)));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        std::size_t count = 0;
        char byte = 0;
        while (::read(acknowledged[0], &byte, 1) == 1)
            ++count;
        ::close(acknowledged[0]);
        const std::string left = fs::exists(path()) ? bytes() : std::string();
        const LogReading log = read_log(LogKind::ledger, left);
        ASSERT_TRUE(log.payloads.size() == count || log.payloads.size() == count + 1) << round;
        for (std::size_t i = 0; i < log.payloads.size(); ++i)
            ASSERT_EQ(log.payloads[i], std::string(i * 701, static_cast<char>('a' + i % 26)));
        lengths.insert(count);
        const LogEnd end = append("after", log.end);
        ASSERT_EQ(end.records, log.payloads.size() + 1);
        ASSERT_EQ(read_log(LogKind::ledger, bytes()).torn, 0U);
    }
}

std::vector<Fact> two_facts() {
    const Day day = *Day::parse("2025-03-01");
    Fact started{.id = "L1", .recorded_at = day, .valid_at = day, .subject = {Noun::task, "T-0"}, .field = "started"};
    started.value = "2025-02-28";
    started.source = "学校";
    return {started, {.id = "L2", .recorded_at = day, .valid_at = day, .field = "retraction", .retracts = "L1"}};
}

TEST_F(LogTest, HoldsFacts) {
    const std::vector<Fact> facts = two_facts();
    LogEnd end = append(facts_payload(facts), {});
    end = append(facts_payload({}), end);
    end = append(facts_payload(std::span(facts).first(1)), end);
    const LedgerLog log = read_ledger_log(bytes());
    ASSERT_EQ(log.facts.size(), 3U);
    EXPECT_EQ(log.facts[0], facts[0]);
    EXPECT_EQ(log.facts[1], facts[1]);
    EXPECT_EQ(log.facts[2], facts[0]);
    EXPECT_EQ(log.first, (std::vector<std::size_t>{0, 2, 2}));
    EXPECT_EQ(log.end, end);
    // a right checksum does not make the content right
    (void)append("\x01\0\x02\0garbage"s, end);
    EXPECT_THROW((void)read_ledger_log(bytes()), RefusedInput);
}

std::string found(const Reading& reading) {
    std::string out;
    for (const Finding& finding : reading.findings) {
        if (finding.severity == Severity::note || finding.place.table != "ledger") continue;
        out += (out.empty() ? "" : " ") + std::string(finding.message.code()) + "@" + finding.source.file + ":" +
               std::to_string(finding.source.line) + ":" + std::to_string(finding.source.column);
    }
    return out;
}

TEST_F(LogTest, GoesOnTheLedgerOfAPlanInEveryFormat) {
    Draft draft = given::small_draft();
    const Day day = draft.period.from;
    const auto fact = [&](const std::string& id, const std::string& retracts = {}) {
        Fact out{.id = id, .recorded_at = day, .valid_at = day, .field = "note", .value = "x"};
        out.retracts = retracts;
        return out;
    };
    draft.ledger.push_back(fact("T1"));
    const std::string log =
        log_bytes(LogKind::ledger, std::vector{facts_payload(std::vector{fact("L1"), fact("L2", "T1")})});
    const std::string wrong =
        log_bytes(LogKind::ledger, std::vector{facts_payload(std::vector{fact("L1"), fact("L2")}),
                                               facts_payload(std::vector{fact("L3"), fact("T1")})});
    given::MemoryFiles files;
    files.put("p", plan_tables(draft));
    files.bytes["x/p.plan.json"] = plan_json(draft);
    files.bytes["x/p.plan.snapshot"] = plan_snapshot(draft);
    for (const std::string plan : {"p", "x/p.plan.json", "x/p.plan.snapshot"}) {
        SCOPED_TRACE(plan);
        const std::string log_path = ledger_log_path(plan, files);
        EXPECT_EQ(log_path, plan == "p" ? "p/ledger.log" : plan + ".log");
        EXPECT_EQ(read_draft(plan, {}, files).draft.ledger, draft.ledger);
        EXPECT_EQ(read_draft(plan, {}, files).log_end, LogEnd{});
        files.bytes[log_path] = log;
        const Reading reading = read_draft(plan, {}, files);
        EXPECT_FALSE(has_errors(reading.findings));
        ASSERT_EQ(reading.draft.ledger.size(), draft.ledger.size() + 2);
        EXPECT_EQ(reading.draft.ledger.rows().back(), fact("L2", "T1"));
        EXPECT_EQ(reading.log_end.records, 1U);
        EXPECT_EQ(reading.log_end.bytes, log.size());
        files.bytes[log_path] = log + "half";
        EXPECT_EQ(found(read_draft(plan, {}, files)), "log_torn@" + log_path + ":0:0");
        EXPECT_FALSE(has_errors(read_draft(plan, {}, files).findings));
        files.bytes[log_path] = wrong;
        EXPECT_EQ(found(read_draft(plan, {}, files)), "duplicate_id@" + log_path + ":2:2");
        files.bytes[log_path][log.size() - 20] ^= 1;
        EXPECT_EQ(found(read_draft(plan, {}, files)), "log_record_damaged@" + log_path + ":0:0");
        EXPECT_THROW((void)read_plan(plan, {}, files), InvalidPlan);
        const ReadOptions salvaging{.damaged_log = DamagedLog::salvaged};
        EXPECT_EQ(found(read_draft(plan, salvaging, files)),
                  "log_record_damaged@" + log_path + ":0:0 log_salvaged@" + log_path + ":0:0");
        EXPECT_EQ(read_plan(plan, salvaging, files).rows().ledger, draft.ledger);
    }
}

TEST_F(LogTest, LetsNoOtherPlanTakeItsPlace) {
    const std::string plan = path() + ".plan.json";
    (void)append_to_log(plan + ".log", LogKind::ledger, facts_payload({}), {});
    EXPECT_THROW(write_plan(given::small_draft(), plan, Existing::replace), IoError);
    EXPECT_FALSE(fs::exists(plan));
}

TEST(LogMessages, SpeakBothLanguages) {
    std::set<std::string_view> codes;
    for (const MessageText* const row : all_log_messages) {
        EXPECT_TRUE(codes.insert(row->code).second);
        EXPECT_NE(row->zh, row->en);
    }
}

}  // namespace
