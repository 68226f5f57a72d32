#include <countyplan/io/cost_matrix.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

constexpr std::int64_t no = AssignmentProblem::no_pair;

ProblemReading dense(const std::string& bytes, ProblemFormat format = ProblemFormat::cost_matrix,
                     std::int64_t scale = 1) {
    return read_cost_matrix(bytes, "x", {.format = format, .scale = scale});
}

ProblemReading pairs(const std::string& bytes, ProblemFormat format = ProblemFormat::matrix_market,
                     std::int64_t scale = 1) {
    return read_cost_pairs(bytes, "x", {.format = format, .scale = scale});
}

template <class Problem>
Problem sound(const ProblemReading& reading) {
    EXPECT_TRUE(reading.findings.empty()) << text(reading.findings[0].message, Language::en);
    const auto* const problem = std::get_if<Problem>(&reading.problem);
    EXPECT_NE(problem, nullptr);
    return problem == nullptr ? Problem{} : *problem;
}

TEST(CostMatrix, ReadsRowsOneToALine) {
    EXPECT_EQ(sound<AssignmentProblem>(dense("2\n1 -2\n\n 3\t4 \n")),
              (AssignmentProblem{.rows = 2, .columns = 2, .cost = {1, -2, 3, 4}}));
    EXPECT_EQ(sound<AssignmentProblem>(dense("2 3\n1 2 +inf\nInfinity 5 6")),
              (AssignmentProblem{.rows = 2, .columns = 3, .cost = {1, 2, no, no, 5, 6}}));
    EXPECT_EQ(sound<AssignmentProblem>(dense("1 1\n0.25\n", ProblemFormat::cost_matrix, 100)).cost,
              std::vector<std::int64_t>{25});
}

TEST(CostMatrix, ReadsRowsThatRunOverLines) {
    EXPECT_EQ(sound<AssignmentProblem>(dense(" 2 1\n-2 3\n4", ProblemFormat::or_library)),
              (AssignmentProblem{.rows = 2, .columns = 2, .cost = {1, -2, 3, 4}}));
}

TEST(CostMatrix, Item54EmptyAndThinTablesAreTables) {
    EXPECT_EQ(sound<AssignmentProblem>(dense("0\n")).rows, 0U);
    EXPECT_EQ(sound<AssignmentProblem>(dense("0 5\n")).columns, 5U);
    EXPECT_EQ(sound<AssignmentProblem>(dense("1 3\n1 2 3\n")).columns, 3U);
    EXPECT_EQ(sound<AssignmentProblem>(dense("3 1\n1\n2\n3\n")).rows, 3U);
    EXPECT_EQ(sound<SparseAssignmentProblem>(pairs("0\n", ProblemFormat::or_library_sparse)).rows, 0U);
    EXPECT_EQ(sound<SparseAssignmentProblem>(pairs("%%MatrixMarket matrix coordinate real general\n0 4 0\n")).columns,
              4U);
}

TEST(CostMatrix, ReadsPairsInAnyOrder) {
    const auto problem =
        sound<SparseAssignmentProblem>(pairs("2\n2 1 7\n1 2 5\n2 2 1e1\n1 1 inf\n", ProblemFormat::or_library_sparse));
    EXPECT_EQ(problem.first, (std::vector<std::size_t>{0, 1, 3}));
    EXPECT_EQ(problem.column, (std::vector<std::uint32_t>{1, 0, 1}));
    EXPECT_EQ(problem.cost, (std::vector<std::int64_t>{5, 7, 10}));
}

TEST(CostMatrix, ReadsMatrixMarket) {
    const auto real = sound<SparseAssignmentProblem>(
        pairs("%%MatrixMarket MATRIX Coordinate Real General\n%\n% comment\n\n2 3 2\n2 3 0.5\n% more\n1 1 -1.5e0\n",
              ProblemFormat::matrix_market, 10));
    EXPECT_EQ(real.rows, 2U);
    EXPECT_EQ(real.columns, 3U);
    EXPECT_EQ(real.cost, (std::vector<std::int64_t>{-15, 5}));
    const auto mirrored = sound<SparseAssignmentProblem>(
        pairs("%%MatrixMarket matrix coordinate integer symmetric\n2 2 2\n2 1 4\n2 2 1\n"));
    EXPECT_EQ(mirrored.first, (std::vector<std::size_t>{0, 1, 3}));
    EXPECT_EQ(mirrored.cost, (std::vector<std::int64_t>{4, 4, 1}));
    const auto matching =
        sound<MatchingProblem>(pairs("%%MatrixMarket matrix coordinate pattern general\n2 2 1\n2 1\n"));
    EXPECT_EQ(matching.first, (std::vector<std::size_t>{0, 0, 1}));
}

struct Refusal {
    ProblemReading reading;
    std::string_view code;
    std::size_t line;
    std::size_t column;
};

void expect_refused(const std::vector<Refusal>& cases) {
    for (std::size_t i = 0; i < cases.size(); ++i) {
        ASSERT_TRUE(has_errors(cases[i].reading.findings)) << i;
        const Finding& finding = cases[i].reading.findings[0];
        EXPECT_EQ(finding.message.code(), cases[i].code) << i << text(finding.message, Language::en);
        EXPECT_EQ(finding.source.line, cases[i].line) << i;
        EXPECT_EQ(finding.source.column, cases[i].column) << i;
        EXPECT_EQ(cases[i].reading.problem, SolveProblem{}) << i;
    }
}

TEST(CostMatrixRefusal, WrongCountsAndWordsAreRefusedWhereTheyStand) {
    constexpr auto run = ProblemFormat::or_library;
    expect_refused({
        {dense("x\n"), "problem_not_a_number", 1, 1},
        {dense("-2\n"), "problem_out_of_range", 1, 1},
        {dense("2.5\n"), "problem_not_whole", 1, 1},
        {dense("2 2 2\n1 2\n3 4\n"), "problem_words_left", 1, 5},
        {dense("2\n1 2\n3\n"), "problem_row_length", 3, 2},
        {dense("2\n1 2 3\n3 4\n"), "problem_row_length", 2, 6},
        {dense("2\n1 2\n\n"), "problem_count", 4, 1},
        {dense("2\n1 2\n3 4\n5 6\n"), "problem_words_left", 4, 1},
        {dense("2\n1 2\n3 four\n"), "problem_not_a_number", 3, 3},
        {dense("2\n1 2,5\n3 4\n"), "problem_not_a_number", 2, 3},
        {dense("2\n1 0x10\n3 4\n"), "problem_not_a_number", 2, 3},
        {dense("2\n1 1.5\n3 4\n"), "problem_not_whole", 2, 3},
        {dense("2\n1 2\n3\n", run), "problem_count", 4, 1},
        {dense("2\n1 2 3 4 5\n", run), "problem_words_left", 2, 9},
    });
    EXPECT_EQ(dense("2\n1 2\n3\n").findings[0].remedy.code(), "problem_run_on");
}

TEST(CostMatrixRefusal, Item44NanAndMinusInfinityAreRefused) {
    expect_refused({
        {dense("1\nnan\n"), "problem_not_finite", 2, 1},
        {dense("1\n-inf\n"), "problem_not_finite", 2, 1},
        {dense("1\nNAN\n", ProblemFormat::or_library), "problem_not_finite", 2, 1},
        {pairs("1\n1 1 -Inf\n", ProblemFormat::or_library_sparse), "problem_not_finite", 2, 5},
    });
    EXPECT_EQ(sound<AssignmentProblem>(dense("1\n-0.0\n")), sound<AssignmentProblem>(dense("1\n0\n")));
}

TEST(CostMatrixRefusal, Item47CostsThatDoNotFitAreRefused) {
    expect_refused({
        {dense("1\n9223372036854775807\n"), "problem_out_of_range", 2, 1},
        {dense("1\n-9223372036854775808\n"), "problem_out_of_range", 2, 1},
        {dense("1\n1099511627777\n"), "problem_out_of_range", 2, 1},
        {dense("1\n1e30\n"), "problem_out_of_range", 2, 1},
        {dense("1\n1099511627776\n", ProblemFormat::cost_matrix, 10), "problem_out_of_range", 2, 1},
    });
}

TEST(CostMatrixRefusal, Item53SizesThatLieAreRefusedBeforeAnythingIsAllocated) {
    const std::string banner = "%%MatrixMarket matrix coordinate real general\n";
    expect_refused({
        {dense("1000000 1000000\n1 2\n"), "problem_size_limit", 1, 9},
        {dense("2147483646 2147483646\n1\n"), "problem_size_limit", 1, 1},
        {dense("1000000\n1 2\n", ProblemFormat::or_library), "problem_size_limit", 1, 1},
        {dense("18446744073709551615\n"), "problem_out_of_range", 1, 1},
        {pairs("2000000000\n1 1 1\n", ProblemFormat::or_library_sparse), "problem_size_limit", 1, 1},
        {pairs(banner + "2 2 1000000000\n1 1 1\n"), "problem_size_limit", 2, 5},
        {pairs(banner + "2000000000 2 1\n1 1 1\n"), "problem_size_limit", 2, 1},
        {pairs(banner + "2 2 -1\n1 1 1\n"), "problem_out_of_range", 2, 5},
    });
}

TEST(CostMatrixRefusal, WhatMatrixMarketMeansOtherwiseIsRefused) {
    const std::string banner = "%%MatrixMarket matrix coordinate integer general\n";
    expect_refused({
        {pairs("%%MatrixMarkt matrix coordinate real general\n"), "problem_wrong_header", 1, 1},
        {pairs("%%MatrixMarket vector coordinate real general\n"), "problem_wrong_header", 1, 16},
        {pairs("%%MatrixMarket matrix array real general\n"), "problem_wrong_header", 1, 23},
        {pairs("%%MatrixMarket matrix coordinate complex general\n"), "problem_wrong_header", 1, 34},
        {pairs("%%MatrixMarket matrix coordinate real hermitian\n"), "problem_wrong_header", 1, 39},
        {pairs("%%MatrixMarket matrix coordinate real\n"), "problem_wrong_header", 1, 38},
        {pairs(banner), "problem_words_missing", 2, 1},
        {pairs(banner + "2 2\n"), "problem_words_missing", 2, 4},
        {pairs(banner + "2 2 2\n1 1 1\n"), "problem_count", 4, 1},
        {pairs(banner + "2 2 1\n1 1 1\n2 2 2\n"), "problem_count", 4, 1},
        {pairs(banner + "2 2 1\n1 1\n"), "problem_words_missing", 3, 4},
        {pairs(banner + "2 2 1\n1 1 1 1\n"), "problem_words_left", 3, 7},
        {pairs(banner + "2 2 1\n0 1 1\n"), "problem_no_such_number", 3, 1},
        {pairs(banner + "2 2 1\n1 3 1\n"), "problem_no_such_number", 3, 3},
        {pairs(banner + "2 2 3\n1 1 1\n2 1 5\n1 1 1\n"), "problem_pair_twice", 5, 1},
        {pairs(banner + "2 2 1\n1 1 0.5\n"), "problem_not_whole", 3, 5},
    });
}

}  // namespace
