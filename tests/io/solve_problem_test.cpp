#include <countyplan/io/solve_problem.hpp>

#include <set>
#include <string>
#include <variant>

#include <gtest/gtest.h>

#include <countyplan/error.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/io/problem_messages.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/convex_flow.hpp>
#include <countyplan/solve/leximin.hpp>
#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/max_flow.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/random.hpp>
#include <countyplan/solve/sparse_assignment.hpp>

#include "given/law.hpp"
#include "given/memory_files.hpp"
#include "given/problem_text.hpp"

namespace {

using namespace countyplan;

ProblemReading read(std::string_view bytes, const std::string& name, const ProblemOptions& options = {}) {
    return read_problem_text(std::string(bytes), name, options);
}

std::string listed(const Findings& findings) {
    std::string out;
    for (const Finding& finding : findings)
        out += finding.source.file + ":" + std::to_string(finding.source.line) + ": " +
               text(finding.message, Language::en) + "\n";
    return out;
}

TEST(SolveProblem, EachFormatIsToldByNameAndContent) {
    for (const given::ProblemText& sample : given::problem_texts) {
        EXPECT_EQ(problem_format_of(sample.name, sample.text), sample.format) << sample.name;
        const ProblemReading reading = read(sample.text, std::string(sample.name));
        ASSERT_TRUE(reading.findings.empty()) << sample.name << "\n" << listed(reading.findings);
        EXPECT_EQ(reading.format, sample.format) << sample.name;
        EXPECT_EQ(kind_of(reading.problem), sample.kind) << sample.name;
    }
}

TEST(SolveProblem, TheContentTellsWhereTheNameDoesNot) {
    for (const given::ProblemText& sample : given::problem_texts)
        EXPECT_EQ(problem_format_of("data", sample.text), sample.format) << sample.name;
    // three rows of three are a table, not three pairs
    EXPECT_EQ(problem_format_of("data", "3\n1 2 3\n1 2 3\n1 2 3\n"), ProblemFormat::cost_matrix);
    EXPECT_EQ(problem_format_of("data", "4\n1 2 3\n1 3 3\n"), ProblemFormat::or_library_sparse);
    EXPECT_EQ(problem_format_of("data", "2\n1 2\n3 4\n"), ProblemFormat::cost_matrix);
    EXPECT_EQ(problem_format_of("data", "2\n1 2 3 4\n"), ProblemFormat::or_library);
    EXPECT_EQ(problem_format_of("data", "1 3\n1 2 3\n"), ProblemFormat::cost_matrix);
    EXPECT_EQ(problem_format_of("DATA.MTX", ""), ProblemFormat::matrix_market);
    for (const std::string_view text : {"", "hello", "c nothing\n", "p sp 1 1\n", "<xml/>", "\x1F\x8B"})
        EXPECT_EQ(problem_format_of("data", text), std::nullopt) << text;
}

TEST(SolveProblem, AFormatThatIsGivenGoesBeforeWhatTheNameSays) {
    const auto reading = read("3\n1 2 3\n1 3 3\n2 1 3\n", "x.min", {.format = ProblemFormat::or_library_sparse});
    ASSERT_TRUE(reading.findings.empty()) << listed(reading.findings);
    EXPECT_EQ(kind_of(reading.problem), ProblemKind::sparse_assignment);
    const auto refused = read(given::problem_texts[0].text, "x.min", {.format = ProblemFormat::dimacs_max});
    ASSERT_FALSE(refused.findings.empty());
    EXPECT_EQ(refused.findings[0].message.code(), "problem_wrong_kind");
}

TEST(SolveProblem, LineEndsBlankLinesAndAByteOrderMarkChangeNothing) {
    for (const given::ProblemText& sample : given::problem_texts) {
        const std::string name(sample.name);
        const SolveProblem plain = read(sample.text, name).problem;
        std::string windows = "\xEF\xBB\xBF";
        std::string spaced;
        for (const char c : sample.text) {
            windows += c == '\n' ? "\r\n" : std::string(1, c);
            spaced += c == '\n' ? " \t\n\n" : std::string(1, c);
        }
        EXPECT_EQ(read(windows, name).problem, plain) << name << listed(read(windows, name).findings);
        // the banner must be the first line, and blank lines after it are read over
        EXPECT_EQ(read(spaced, name).problem, plain) << name << listed(read(spaced, name).findings);
        std::string unended(sample.text);
        if (unended.ends_with('\n')) unended.pop_back();
        EXPECT_EQ(read(unended, name).problem, plain) << name;
    }
}

TEST(SolveProblem, JsonComesBackTheSame) {
    for (const given::ProblemText& sample : given::problem_texts) {
        const ProblemReading first = read(sample.text, std::string(sample.name));
        const std::string json = problem_json(first.problem);
        const ProblemReading second = read(json, "again.json");
        ASSERT_TRUE(second.findings.empty()) << sample.name << "\n" << json << listed(second.findings);
        EXPECT_EQ(second.problem, first.problem) << sample.name;
        EXPECT_EQ(fingerprint_of(second.problem), fingerprint_of(first.problem));
        EXPECT_EQ(problem_json(second.problem), json);
    }
}

TEST(SolveProblem, DifferentProblemsHaveDifferentFingerprints) {
    std::set<std::string> seen;
    for (const given::ProblemText& sample : given::problem_texts)
        seen.insert(to_text(fingerprint_of(read(sample.text, std::string(sample.name)).problem)));
    // three of them are the same pairs in three formats, two the same table
    EXPECT_EQ(seen.size(), given::problem_texts.size() - 3);
    NestedFlowProblem deep;
    deep.left.lower = {1};
    NestedFlowProblem shallow;
    shallow.right.lower = {1};
    EXPECT_NE(fingerprint_of(deep), fingerprint_of(shallow));
    MinCostFlowProblem one;
    one.nodes = 2;
    one.supply = {0, 0};
    MinCostFlowProblem other = one;
    other.supply = {1, -1};
    EXPECT_NE(fingerprint_of(one), fingerprint_of(other));
}

TEST(SolveProblem, TheSchemaIsJsonAndNamesEveryKind) {
    const JsonDocument schema = read_json(problem_schema());
    ASSERT_TRUE(schema.ok());
    EXPECT_EQ(schema.root().find("oneOf")->size(), enumerator_count<ProblemKind>);
    for (const MessageText& word : Enumerators<ProblemKind>::words)
        EXPECT_NE(problem_schema().find("\"" + std::string(word.code) + "\""), std::string::npos);
}

TEST(SolveProblem, JsonIsRefusedAtItsPointer) {
    const auto first = [](std::string_view json, const ProblemOptions& options = {}) {
        const ProblemReading reading = read(json, "x.json", options);
        return reading.findings.empty() ? Finding{} : reading.findings[0];
    };
    const std::string head = R"({"problem": "assignment", "rows": 1, "columns": 1, )";
    struct Case {
        std::string json;
        std::string_view code;
        std::string_view pointer;
    };
    const Case cases[] = {
        {"[]", "type_mismatch", ""},
        {"{}", "missing_member", ""},
        {R"({"problem": "knapsack"})", "problem_wrong_kind", "/problem"},
        {R"({"problem": 3})", "type_mismatch", "/problem"},
        {R"({"format": "countyplan.plan", "format_version": 1, "problem": "matching"})", "wrong_format", "/format"},
        {R"({"format": "countyplan.problem", "format_version": 9, "problem": "matching"})", "newer_format",
         "/format_version"},
        {head + R"("cost": [1.5]})", "problem_not_whole", "/cost/0"},
        {head + R"("cost": ["1"]})", "type_mismatch", "/cost/0"},
        {head + R"("cost": [1e300]})", "number_range", "/cost/0"},
        {head + R"("cost": [9223372036854775807]})", "number_range", "/cost/0"},
        {head + R"("cost": [9223372036854775808]})", "number_range", "/cost/0"},
        {head + R"("cost": [4611686018427387904]})", "solve_out_of_range", "/cost/0"},
        {head + R"("cost": [1, 2]})", "solve_wrong_length", "/cost"},
        {head + R"("cost": 1})", "type_mismatch", "/cost"},
        {head + R"("cost": [1], "coast": []})", "unknown_member", "/coast"},
        {head + R"("cost": [NaN]})", "not_a_number", "/cost"},
        {R"({"problem": "assignment", "rows": -1, "columns": 1, "cost": []})", "number_range", "/rows"},
        {R"({"problem": "assignment", "rows": 4294967295, "columns": 4294967295, "cost": []})", "solve_too_large",
         "/rows"},
        {R"({"problem": "max_flow", "nodes": 2, "source": 0, "sink": 0, "tail": [], "head": [], "capacity": []})", "",
         "/sink"},
    };
    for (const Case& c : cases) {
        const Finding finding = first(c.json);
        EXPECT_EQ(finding.severity, Severity::error);
        EXPECT_TRUE(c.code.empty() || finding.message.code() == c.code) << c.json << finding.message.code();
        EXPECT_EQ(finding.source.pointer, c.pointer) << c.json << finding.message.code();
        EXPECT_EQ(finding.source.line, 1U) << c.json;
    }
    EXPECT_EQ(first(head + R"("cost": [1.25]})", {.scale = 10}).message.code(), "problem_still_not_whole");
    const auto scaled = read(head + R"("cost": [1.25]})", "x.json", {.scale = 100});
    ASSERT_TRUE(scaled.findings.empty());
    EXPECT_EQ(std::get<AssignmentProblem>(scaled.problem).cost, std::vector<std::int64_t>{125});
}

TEST(SolveProblem, WhatIsNoTextIsRefusedByName) {
    for (const std::string& bytes : {std::string("\xFF\xFEp\0 \0", 6), std::string("\0\0\0p", 4), std::string()}) {
        for (const auto format : {ProblemFormat::dimacs_min, ProblemFormat::or_library, ProblemFormat::matrix_market}) {
            const ProblemReading reading = read(bytes, "x", {.format = format});
            ASSERT_TRUE(has_errors(reading.findings));
            const std::string_view code = reading.findings[0].message.code();
            EXPECT_TRUE(code == "unsupported_encoding" || code == "empty_input" || code == "nul_in_text") << code;
        }
    }
    const ProblemReading unknown = read("hello", "x");
    ASSERT_EQ(unknown.findings.size(), 1U);
    EXPECT_EQ(unknown.findings[0].message.code(), "problem_unknown_format");
    EXPECT_EQ(unknown.findings[0].remedy.code(), "problem_name_the_format");
    EXPECT_EQ(unknown.findings[0].source.line, 1U);
}

TEST(SolveProblem, Item23TheSizeOfTheFileIsLimited) {
    const ProblemReading reading = read(std::string(100, '1'), "x.min", {.limits = {.file_bytes = 50}});
    ASSERT_TRUE(has_errors(reading.findings));
    EXPECT_EQ(reading.findings[0].message.code(), "size_limit");
}

TEST(SolveProblem, MessagesHaveBothTextsAndCodesOfTheirOwn) {
    std::set<std::string_view> codes;
    for (const MessageText* row : all_io_messages)
        codes.insert(row->code);
    for (const MessageText* row : all_io_table_messages)
        codes.insert(row->code);
    for (const MessageText* row : all_io_problem_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_NE(row->zh, row->en);
    }
}

/// A sample with one or two bytes changed, dropped or added.
std::string damaged(std::string_view text, Random& random) {
    std::string out(text);
    constexpr std::string_view likely = "0123456789- .\neE+pan{}[],:\"";
    for (std::uint64_t edits = 1 + random() % 2; edits > 0 && !out.empty(); --edits) {
        const auto at = static_cast<std::size_t>(random() % out.size());
        const char c = random() % 4 == 0 ? static_cast<char>(random() % 256) : likely[random() % likely.size()];
        switch (random() % 4) {
            case 0:
                out.erase(at, 1);
                break;
            case 1:
                out.insert(at, 1, c);
                break;
            case 2:
                out.resize(at);
                break;
            default:
                out[at] = c;
        }
    }
    return out;
}

/// Solves it, if it is small, and asks for the proof.
void expect_proved(const SolveProblem& problem) {
    const Stop stop{.step_limit = 100'000};
    const auto sides = [](const auto& of_its_kind) {
        if constexpr (requires { of_its_kind.nodes; }) {
            return of_its_kind.nodes;
        } else if constexpr (requires { of_its_kind.items(); }) {
            return of_its_kind.items() + of_its_kind.left.groups() + of_its_kind.right.groups();
        } else {
            return of_its_kind.rows + of_its_kind.columns;
        }
    };
    std::visit(
        [&](const auto& of_its_kind) {
            if (sides(of_its_kind) > 10'000) return;
            try {
                EXPECT_TRUE(verify(of_its_kind, solve(of_its_kind, {}, stop)));
            } catch (const InvalidProblem& refused) {
                EXPECT_EQ(refused.message().code(), "solve_flow_overflow");
            }
        },
        problem);
}

TEST(SolveProblemLaw, DamageIsRefusedWithAPlaceOrSolvedWithAProof) {
    for (const given::ProblemText& sample : given::problem_texts) {
        for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
            SCOPED_TRACE(std::string(sample.name) + " " + std::to_string(seed));
            Random random(seed);
            const ProblemReading reading = read(damaged(sample.text, random), std::string(sample.name));
            if (has_errors(reading.findings)) {
                EXPECT_EQ(reading.findings[0].source.file, sample.name);
            } else {
                expect_proved(reading.problem);
            }
        }
    }
}

}  // namespace
