#include <countyplan/io/result.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/report/portfolio.hpp>

#include "given/memory_files.hpp"
#include "given/plan.hpp"

namespace {

using namespace countyplan;

TEST(ResultLaw, WhatIsWrittenReadsBackTheSame) {
    for (std::uint32_t seed = 0; seed < 30; ++seed) {
        const Plan plan(seed == 0 ? given::small_draft() : given::random_draft(seed));
        const Allocation allocation = allocate(plan);
        given::MemoryFiles files;
        files.put("r", allocation_files(plan, allocation, Language::zh));
        const AllocationReading read = read_allocation("r", {}, files);
        ASSERT_TRUE(read.findings.empty()) << seed;
        Allocation same = read.allocation;
        ASSERT_EQ(same.unfilled.size(), allocation.unfilled.size());
        for (std::size_t i = 0; i < same.unfilled.size(); ++i) {  // a reason comes back as its words
            for (const Language language : {Language::zh, Language::en})
                EXPECT_EQ(text(same.unfilled[i].reason, language), text(allocation.unfilled[i].reason, language));
            same.unfilled[i].reason = allocation.unfilled[i].reason;
        }
        EXPECT_EQ(same, allocation) << seed;
        EXPECT_EQ(allocation_files(plan, same, Language::zh)[3].bytes,
                  allocation_files(plan, allocation, Language::zh)[3].bytes);
    }
}

struct Broken {
    std::string file;
    std::string from;
    std::string to;  ///< empty `from`: the whole file
    std::string_view code;
    std::string_view pointer;
};

TEST(ResultRefusal, NamesFileAndPointer) {
    Draft draft = given::small_draft();
    draft.experts.rows().resize(2);  // so that posts stay empty
    draft.mentors.rows().clear();
    const Plan plan(draft);
    const auto written = allocation_files(plan, allocate(plan), Language::en);
    for (const Broken& given : std::vector<Broken>{
             {"staffing.csv", "2028-08-31", "2028-08-32", "date_format", ""},
             {"staffing.csv", "expert,", "person,", "unknown_column", ""},
             {"result.json", "\"optimal\"", "\"perfect\"", "unknown_word", "/termination"},
             {"result.json", "\"claim\": \"proved\"", "\"claim\": true", "type_mismatch", "/claim"},
             {"result.json", "\"format_version\": 1", "\"format_version\": 2", "newer_format", "/format_version"},
             {"result.json", "countyplan.allocation", "countyplan.plan", "wrong_format", "/format"},
             {"result.json", "\"steps\": ", "\"steps\": 1e", "number_range", "/steps"},
             {"result.json", "\"steps\": ", "\"steps\": -1", "number_range", "/steps"},
             {"result.json", "\"group\": ", "\"group\": null, \"x\": ", "type_mismatch", "/unfilled/0/group"},
             {"result.json", "\"group\": ", "\"group\": -1", "number_range", "/unfilled/0/group"},
             {"result.json", "\"steps\": ", "\"stops\": ", "missing_member", ""},
             {"result.json", "\"fit\": ", "\"fat\": ", "unknown_member", "/tiers/fat"},
             {"result.json", "\"short_of_min\": ", "\"short_of_min\": 1e", "number_range", "/unfilled/0/short_of_min"},
             {"result.json", "\"unfilled\": [", "\"unfilled\": {}, \"x\": [", "type_mismatch", "/unfilled"},
             {"result.json", "\"digests\": {", "\"digests\": 7, \"x\": {", "type_mismatch", "/digests"},
             {"result.json", "", "[]", "type_mismatch", ""},
             {"result.json", "", "{", "json_ends_early", ""},
             {"certificate.json", "\"potentials\": {", "\"potentials\": {\"x\": [1],", "potential_shape",
              "/potentials/x"},
             {"certificate.json", "\"potentials\": {", "\"potentials\": {\"x\": [1, 2, 3, 1e99],", "number_range",
              "/potentials/x/3"},
             {"certificate.json", "\"fit\"", "\"joy\"", "unknown_member", "/tiers/3"},
             {"certificate.json", "\"potentials\"", "\"prices\"", "missing_member", ""}}) {
        SCOPED_TRACE(given.file + " " + given.to);
        given::MemoryFiles files;
        files.put("r", written);
        std::string& bytes = files.bytes.at("r/" + given.file);
        if (given.from.empty()) {
            bytes = given.to;
        } else {
            ASSERT_NE(bytes.find(given.from), std::string::npos) << bytes;
            bytes.replace(bytes.find(given.from), given.from.size(), given.to);
        }
        const Findings findings = read_allocation("r", {}, files).findings;
        ASSERT_FALSE(findings.empty());
        EXPECT_EQ(findings[0].message.code(), given.code);
        EXPECT_EQ(findings[0].source.file, given.file);
        EXPECT_EQ(findings[0].source.pointer, given.pointer);
        EXPECT_TRUE(has_errors(findings));
    }
    given::MemoryFiles files;
    files.put("r", written);
    files.bytes.erase("r/certificate.json");
    EXPECT_THROW((void)read_allocation("r", {}, files), IoError);
}

TEST(TableCsv, NeutralisesFormulasAndLeavesNumbersAlone) {
    // item 79
    ReportTable table{.id = "t", .columns = {std::string("=name"), std::string("number")}};
    for (const char* words : {"=cmd|'/C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\tx", "＝1+1", ";=1", "plain"})
        table.rows.push_back({std::string(words), std::int64_t{-5}});
    table.rows.push_back({LocalText{"-甲", "-a"}, -2.5});
    table.rows.push_back({std::string("half"), *Share::from(0.5)});
    table.rows.push_back({given::day("2026-01-10"), Money(-150)});
    const std::string csv = table_csv(table, Language::en);
    ASSERT_TRUE(csv.starts_with("\xEF\xBB\xBF"));
    CsvReader reader(std::string_view(csv).substr(3));
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.cells()[0], "'=name");
    std::vector<std::vector<std::string>> records;
    while (reader.next())
        records.emplace_back(reader.cells().begin(), reader.cells().end());
    ASSERT_EQ(records.size(), table.rows.size());
    for (const auto& record : records) {
        ASSERT_EQ(record.size(), 2U);
        EXPECT_FALSE(is_formula_like(record[0])) << record[0];
    }
    for (std::size_t i = 0; i < 8; ++i)
        EXPECT_EQ(records[i][1], "-5");
    EXPECT_EQ(records[7][0], "plain");
    EXPECT_EQ(records[8], (std::vector<std::string>{"'-a", "-2.5"}));
    EXPECT_EQ(records[9][1], "50%");
    EXPECT_EQ(records[10], (std::vector<std::string>{"2026-01-10", "-1.50"}));
}

TEST(MachineAnswers, AreOneSoundObjectEach) {
    const Plan plan(given::random_draft(5));
    const Allocation allocation = allocate(plan);
    const Findings findings = check(given::random_draft(5));
    const JsonDocument checked = read_json(check_json(&plan, findings));
    ASSERT_TRUE(checked.ok());
    EXPECT_EQ(checked.root().find("ok")->boolean(), true);
    EXPECT_EQ(checked.root().find("findings")->size(), findings.size());
    EXPECT_FALSE(read_json(check_json(nullptr, {})).root().find("digests"));
    const JsonDocument allocated = read_json(allocation_json(plan, allocation));
    ASSERT_TRUE(allocated.ok());
    EXPECT_EQ(allocated.root().find("staffing")->size(), allocation.staffing.size());
    const Tracking tracking = track(plan, given::day("2026-01-10"));
    const JsonDocument tracked = read_json(tracking_json(plan, tracking));
    ASSERT_TRUE(tracked.ok());
    EXPECT_EQ(tracked.root().find("tasks")->size(), plan.rows().tasks.size());
    EXPECT_EQ(tracked.root().find("goals")->size(), plan.rows().goals.size());
    EXPECT_EQ(tracked.root().find("as_of")->text(), "2026-01-10");
}

}  // namespace
