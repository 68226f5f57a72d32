#include <countyplan/io/journal.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/flaw.hpp>
#include <countyplan/io/journal_messages.hpp>

#include "journey/program.hpp"

namespace {

using namespace countyplan;
using journey::Scratch;

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Written by Python's json, uuid and zlib; the Python package reads the same file.
std::string sample() { return bytes_of("tests/given/sweep_journal.jsonl"); }

ExperimentRow row_of(std::uint64_t seed, double filled = 0.5) {
    ExperimentRow row{.point = {{{"mechanism", std::string("greedy")}}, seed},
                      .outcome = NamedValues{{"cover", filled}}};
    row.key = point_key(row.point, "plan", "1");
    return row;
}

TEST(Journal, ReadsWhatPythonWroteAndWritesTheSameBytes) {
    const std::string bytes = sample();
    const JournalReading found = read_journal(bytes);
    ASSERT_EQ(found.rows.size(), 5u);
    EXPECT_EQ(found.torn, 0u);
    std::string again;
    for (const ExperimentRow& row : found.rows) {
        again += journal_line(row);
        EXPECT_EQ(point_key(row.point, "sample", "1.0"), row.key);
    }
    EXPECT_EQ(again, bytes);
    EXPECT_EQ(std::get<PointError>(found.rows[2].outcome).kind, "InvalidPlan");
    EXPECT_EQ(found.rows[2].point.seed, 18446744073709551615u);
}

TEST(Journal, EveryCutLeavesTheWholeLinesBefore) {
    const std::string bytes = sample();
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        const JournalReading found = read_journal(std::string_view(bytes).substr(0, size));
        const auto lines = static_cast<std::size_t>(
            std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size), '\n'));
        ASSERT_EQ(found.rows.size(), lines) << size;
        ASSERT_EQ(found.sound + found.torn, size);
    }
}

TEST(Journal, NoChangedByteIsBelieved) {
    const std::string bytes = sample();
    const std::size_t first_line = bytes.find('\n');
    for (std::size_t at = 0; at < first_line; ++at) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        if (changed[at] == '\n') continue;
        EXPECT_THROW((void)read_journal(changed), RefusedInput) << at;
    }
    std::string last = bytes;
    last[bytes.size() - 20] = 'x';
    EXPECT_EQ(read_journal(last).rows.size(), 4u);  // as if it had been torn
}

TEST(Journal, RefusesALineThatIsNotCanonicalThoughItsSumIsRight) {
    const std::string line = R"({"key":"k", "point":{},"row":{},"seed":1,"sum":"36305fa4"})";
    EXPECT_THROW((void)read_journal(line + "\n"), RefusedInput);  // for the blank
    ExperimentRow row = row_of(1);
    std::string good = journal_line(row);
    EXPECT_EQ(read_journal(good).rows, std::vector{row});
    EXPECT_EQ(read_journal(good + good).rows, std::vector{row});
}

TEST(Journal, KeepsRowsAndGoesOnBehindATornLine) {
    const Scratch scratch;
    const std::string path = scratch / "j.jsonl";
    {
        JournalFile journal(path);
        EXPECT_TRUE(journal.rows().empty());
        journal.write(row_of(1));
        journal.write(row_of(2));
        EXPECT_THROW(JournalFile other(path), IoError);  // one writer at a time
        journal.close();
    }
    const std::string whole = bytes_of(path);
    EXPECT_EQ(whole, journal_line(row_of(1)) + journal_line(row_of(2)));
    std::ofstream(path, std::ios::app | std::ios::binary) << journal_line(row_of(3)).substr(0, 30);
    {
        JournalFile journal(path);
        EXPECT_EQ(journal.rows(), (std::vector{row_of(1), row_of(2)}));
        journal.write(row_of(3));
    }
    EXPECT_EQ(bytes_of(path), whole + journal_line(row_of(3)));
}

TEST(Journal, MergesByKeyWhateverTheShards) {
    const ExperimentRow a = row_of(1), b = row_of(2), c = row_of(3);
    ExperimentRow failed = b;
    failed.outcome = PointError{"Error", "lost"};
    const std::vector<ExperimentRow> one = merged_rows(std::vector<JournalReading>{{.rows = {a, b, c}}});
    const std::vector<ExperimentRow> two =
        merged_rows(std::vector<JournalReading>{{.rows = {c, failed}}, {.rows = {b, a}}});
    EXPECT_EQ(one, two);
    EXPECT_EQ(rows_csv(one), rows_csv(two));
    EXPECT_EQ(journal_digest(std::vector{c, a, b}), journal_digest(one));
    EXPECT_NE(journal_digest(std::vector{c, a, failed}), journal_digest(one));
    EXPECT_THROW((void)merged_rows(std::vector<JournalReading>{{.rows = {a}}, {.rows = {row_of(1, 0.6)}}}),
                 RefusedInput);
}

TEST(Journal, TablesNameEveryColumn) {
    ExperimentRow failed = row_of(2);
    failed.outcome = PointError{"InvalidPlan", "posts[3]"};
    const std::string csv = rows_csv(std::vector{row_of(1), failed});
    EXPECT_NE(csv.find("key,mechanism,seed,cover,error\n"), std::string::npos) << csv;
    EXPECT_NE(csv.find(",greedy,1,0.5,\n"), std::string::npos) << csv;
    EXPECT_NE(csv.find(",greedy,2,,InvalidPlan: posts[3]\n"), std::string::npos) << csv;
}

TEST(Manifest, IsReadExactly) {
    const SweepManifest found =
        read_manifest(R"({"format":"countyplan.sweep","format_version":1,"generate":{"base":"guangxi","seed":3},)"
                      R"("grid":{"mechanism":["greedy","optimal"],"drop_out":[0,0.1]},"seeds":2})");
    EXPECT_EQ(found.generate.seed, 3u);
    EXPECT_EQ(found.grid.seeds, (std::vector<std::uint64_t>{0, 1}));
    ASSERT_EQ(found.grid.values.size(), 2u);
    EXPECT_EQ(found.grid.values[1].second, (std::vector<PointValue>{std::int64_t{0}, 0.1}));
}

TEST(Manifest, RefusesWhatItDoesNotKnow) {
    const std::string head = R"({"format":"countyplan.sweep","format_version":1,)";
    for (const char* rest : {R"("grid":{}})", R"("plan":"p","generate":{}})", R"("plan":"p","grids":{}})",
                             R"("plan":"p","grid":{"drop_out":[]}})", R"("plan":"p","grid":{"drop_out":0.1}})",
                             R"("plan":"p","grid":{"drop_out":[[1]]}})", R"("plan":"p","seeds":0})",
                             R"("plan":"p","seeds":[-1]})", R"("plan":1})", R"("generate":{"base":"atlantis"}})",
                             R"("generate":{"size":1}})", R"("plan":"p","seeds":1000000,"grid":{"a":[1,2,3,4,5,6]}})"})
        EXPECT_THROW((void)read_manifest(head + rest), RefusedInput) << rest;
    EXPECT_THROW((void)read_manifest("{}"), RefusedInput);
    EXPECT_THROW((void)read_manifest("[]"), RefusedInput);
}

TEST(JournalMessages, HaveBothLanguages) {
    for (const MessageText* row : all_journal_messages)
        EXPECT_NE(row->zh, row->en) << row->code;
}

}  // namespace
