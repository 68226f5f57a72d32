#include "journey/program.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/json.hpp>
#include <countyplan/io/write.hpp>

#include "../../src/cli/experiment_messages.hpp"
#include "given/plan.hpp"

namespace {

using journey::countyplan;
using journey::Scratch;

std::string text_at(const std::string& json, const std::string& name) {
    const ::countyplan::JsonDocument document = ::countyplan::read_json(json);
    EXPECT_TRUE(document.ok()) << json;
    const auto found = document.ok() ? document.root().find(name) : std::nullopt;
    return found ? std::string(found->text()) : "";
}

std::string small_plan(const Scratch& scratch) {
    ::countyplan::write_plan(given::small_draft(), scratch / "p.plan.json");
    return scratch / "p.plan.json";
}

TEST(CompareCommand, WritesATableAndAStaffingForEachMechanism) {
    const Scratch scratch;
    const auto ran = countyplan({"compare", small_plan(scratch), "-o", scratch / "out", "--lang", "en"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_NE(ran.out.find("deferred acceptance, experts: "), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("blocking pairs 0"), std::string::npos) << ran.out;
    const std::string table = journey::bytes_of(scratch.path() / "out" / "comparison.csv");
    EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 8);
    EXPECT_NE(table.find("\ngreedy,greedy,optimal,proved,"), std::string::npos) << table;
    for (const char* const name : {"rules.csv", "comparison.json", "optimal.staffing.csv", "status_quo.staffing.csv"})
        EXPECT_TRUE(std::filesystem::is_regular_file(scratch.path() / "out" / name)) << name;
    const auto audited = countyplan({"audit", scratch / "p.plan.json", scratch / "out/experts_propose.staffing.csv"});
    EXPECT_EQ(audited.exit, 0) << audited.out;
    EXPECT_NE(countyplan({"compare", scratch / "p.plan.json", "-o", scratch / "out"}).exit, 0);  // not without --force
}

TEST(CompareCommand, TakesNamesAndRefusesOthers) {
    const Scratch scratch;
    const std::string plan = small_plan(scratch);
    const auto ran = countyplan({"compare", plan, "--mechanisms", "greedy,optimal", "--json"});
    ASSERT_EQ(ran.exit, 0) << ran.err;
    const ::countyplan::JsonDocument json = ::countyplan::read_json(ran.out);
    ASSERT_TRUE(json.ok());
    ASSERT_EQ(json.root().find("mechanisms")->size(), 2u);
    EXPECT_EQ((*json.root().find("mechanisms")->begin()).find("mechanism")->text(), "greedy");
    const auto wrong = countyplan({"compare", plan, "--mechanisms", "gready", "--lang", "en"});
    EXPECT_EQ(wrong.exit, 64);
    EXPECT_NE(wrong.err.find("greedy"), std::string::npos) << wrong.err;
    const auto nobody = countyplan({"compare", plan, "--order", "nobody", "--lang", "en"});
    EXPECT_EQ(nobody.exit, 2);
    EXPECT_NE(nobody.err.find("no expert 'nobody'"), std::string::npos) << nobody.err;
}

struct Sweep {
    Scratch scratch;
    std::string manifest = scratch / "m.json";

    explicit Sweep(const std::string& grid = R"({"mechanism":["greedy","experts_propose"],"drop_out":[0,0.5]})") {
        (void)small_plan(scratch);
        std::ofstream(manifest) << R"({"format":"countyplan.sweep","format_version":1,"plan":"p.plan.json","grid":)" +
                                       grid + R"(,"seeds":3})";
    }
    [[nodiscard]] auto run(const std::vector<std::string>& more) const {
        std::vector<std::string> words = {"sweep", manifest, "--json"};
        words.insert(words.end(), more.begin(), more.end());
        return countyplan(words);
    }
    [[nodiscard]] std::string bytes(const char* name) const { return journey::bytes_of(scratch.path() / name); }
};

TEST(SweepCommand, ShardsMergeToTheBytesOfOneRun) {
    const Sweep given;
    const auto whole = given.run({});
    ASSERT_EQ(whole.exit, 0) << whole.err;
    EXPECT_EQ(text_at(whole.out, "computed"), "12");
    for (const char* const shard : {"1/3", "2/3", "3/3"})
        ASSERT_EQ(given.run({"--shard", shard}).exit, 0) << shard;
    const auto part = [&](int k) { return given.scratch / ("m-" + std::to_string(k) + "-of-3.journal.jsonl"); };
    const auto one =
        countyplan({"merge", given.scratch / "m.journal.jsonl", "-o", given.scratch / "one.csv", "--json"});
    const auto three = countyplan({"merge", part(3), part(1), part(2), "-o", given.scratch / "three.csv", "--json"});
    ASSERT_EQ(one.exit, 0) << one.err;
    ASSERT_EQ(three.exit, 0) << three.err;
    EXPECT_EQ(given.bytes("one.csv"), given.bytes("three.csv"));
    EXPECT_EQ(text_at(one.out, "digest"), text_at(whole.out, "digest"));
    EXPECT_EQ(text_at(three.out, "digest"), text_at(whole.out, "digest"));
    EXPECT_EQ(text_at(three.out, "rows"), "12");
}

TEST(SweepCommand, ResumesBehindATornLine) {
    const Sweep given;
    ASSERT_EQ(given.run({}).exit, 0);
    const std::string whole = given.bytes("m.journal.jsonl");
    std::ofstream(given.scratch / "m.journal.jsonl", std::ios::binary) << whole.substr(0, whole.size() * 2 / 5);
    const auto again = given.run({});
    ASSERT_EQ(again.exit, 0) << again.err;
    EXPECT_NE(text_at(again.out, "computed"), "0");
    EXPECT_NE(text_at(again.out, "resumed"), "0");
    EXPECT_EQ(given.bytes("m.journal.jsonl"), whole);
    EXPECT_EQ(text_at(given.run({}).out, "computed"), "0");
}

TEST(SweepCommand, MakesErrorsRowsAndComputesThemAgainOnRequest) {
    const Sweep given(R"({"drop_out":[0.5,2]})");
    const auto ran = given.run({});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(text_at(ran.out, "errors"), "3");
    EXPECT_EQ(text_at(given.run({}).out, "computed"), "0");
    EXPECT_EQ(text_at(given.run({"--retry-errors"}).out, "computed"), "3");
    ASSERT_EQ(countyplan({"merge", given.scratch / "m.journal.jsonl", "-o", given.scratch / "rows.csv"}).exit, 0);
    EXPECT_NE(given.bytes("rows.csv").find("InvalidProblem: drop_out: "), std::string::npos) << given.bytes("rows.csv");
}

TEST(SweepCommand, RefusesWrongManifestsShardsAndJournals) {
    const Sweep given;
    for (const char* const shard : {"0/3", "4/3", "1", "a/b", "1/0"})
        EXPECT_EQ(given.run({"--shard", shard}).exit, 64) << shard;
    const Sweep wrong("[]");
    EXPECT_EQ(wrong.run({}).exit, 2);
    ASSERT_EQ(given.run({}).exit, 0);
    std::string bytes = given.bytes("m.journal.jsonl");
    bytes[20] = static_cast<char>(bytes[20] ^ 1);
    std::ofstream(given.scratch / "m.journal.jsonl", std::ios::binary) << bytes;
    const auto damaged = given.run({});
    EXPECT_EQ(damaged.exit, 2);
    EXPECT_EQ(given.bytes("m.journal.jsonl"), bytes);
    EXPECT_EQ(countyplan({"merge", given.scratch / "m.journal.jsonl", "-o", given.scratch / "x.csv"}).exit, 2);
    EXPECT_FALSE(std::filesystem::exists(given.scratch.path() / "x.csv"));
}

TEST(ExperimentMessages, HaveCodesOfTheirOwnAndBothLanguages) {
    std::set<std::string_view> codes;
    for (const ::countyplan::MessageText* const row : ::countyplan::all_cli_experiment_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_NE(row->zh, row->en) << row->code;
    }
    EXPECT_EQ(codes.size(), 28u);
}

}  // namespace
