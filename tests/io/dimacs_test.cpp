#include <countyplan/io/dimacs.hpp>

#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

MinCostFlowProblem flow(const std::string& bytes, const ProblemOptions& options = {}) {
    ProblemReading reading = read_dimacs(bytes, "x.min", options);
    EXPECT_TRUE(reading.findings.empty()) << text(reading.findings[0].message, Language::en);
    return std::get<MinCostFlowProblem>(reading.problem);
}

TEST(Dimacs, ReadsAMinimumCostFlow) {
    const MinCostFlowProblem problem = flow(
        "c a comment, also in latin-1: M\xFCller\n"
        "cfoo\n"
        "\n"
        "p min 3 4\n"
        "n 1 5\n"
        "n 3 -5\n"
        "a 1 2 1 3 -7\n"
        "a 1 2 -2 -1 0\n"  // parallel, a negative lower bound and upper bound
        "a 2 2 0 -1 10\n"  // a loop without upper bound
        "a 2 3 0 9223372036854775807 1099511627776\n");
    EXPECT_EQ(problem.nodes, 3U);
    EXPECT_EQ(problem.supply, (std::vector<std::int64_t>{5, 0, -5}));
    EXPECT_EQ(problem.tail, (std::vector<std::uint32_t>{0, 0, 1, 1}));
    EXPECT_EQ(problem.head, (std::vector<std::uint32_t>{1, 1, 1, 2}));
    EXPECT_EQ(problem.lower, (std::vector<std::int64_t>{1, -2, 0, 0}));
    EXPECT_EQ(problem.upper, (std::vector<std::int64_t>{3, -1, most, most}));
    EXPECT_EQ(problem.cost, (std::vector<std::int64_t>{-7, 0, 10, std::int64_t{1} << 40}));
}

TEST(Dimacs, ReadsAMaximumFlow) {
    const auto reading = read_dimacs("p max 3 2\nn 3 t\nn 2 s\na 2 1 7\na 1 3 9223372036854775807\n", "x.max");
    ASSERT_TRUE(reading.findings.empty());
    EXPECT_EQ(
        std::get<MaxFlowProblem>(reading.problem),
        (MaxFlowProblem{.nodes = 3, .source = 1, .sink = 2, .tail = {1, 0}, .head = {0, 2}, .capacity = {7, most}}));
}

TEST(Dimacs, ReadsAnAssignmentWithItsSidesMixed) {
    const auto reading = read_dimacs("p asn 5 3\nn 4\nn 2\na 4 1 -3\na 2 5 6\na 4 3 2\n", "x.asn");
    ASSERT_TRUE(reading.findings.empty());
    const auto& problem = std::get<SparseAssignmentProblem>(reading.problem);
    EXPECT_EQ(problem.rows, 2U);  // nodes 2 and 4
    EXPECT_EQ(problem.columns, 3U);
    EXPECT_EQ(problem.first, (std::vector<std::size_t>{0, 1, 3}));
    EXPECT_EQ(problem.column, (std::vector<std::uint32_t>{2, 0, 1}));
    EXPECT_EQ(problem.cost, (std::vector<std::int64_t>{6, -3, 2}));
    EXPECT_TRUE(problem.unmatched_row.empty());
}

TEST(Dimacs, Item54MoreRowsThanColumnsMatchEveryColumn) {
    const auto reading = read_dimacs("p asn 3 2\nn 1\nn 2\na 1 3 4\na 2 3 +inf\n", "x.asn");
    ASSERT_TRUE(reading.findings.empty());
    const auto& problem = std::get<SparseAssignmentProblem>(reading.problem);
    EXPECT_EQ(problem.unmatched_row, std::vector<std::int64_t>{0});
    EXPECT_EQ(problem.unmatched_column, std::vector<std::int64_t>{SparseAssignmentProblem::must_match});
    EXPECT_EQ(problem.first, (std::vector<std::size_t>{0, 1, 1}));  // +inf forbids the pair
}

TEST(Dimacs, NothingIsAProblemToo) {
    EXPECT_EQ(flow("p min 0 0").nodes, 0U);
    EXPECT_EQ(flow("p min 2 0\nn 1 9223372036854775807\n").supply[0], most);
    EXPECT_TRUE(read_dimacs("p asn 0 0\n", "x").findings.empty());
}

TEST(Dimacs, Item57DecimalsAreReadExactlyOrRefused) {
    const std::string one = "p min 2 1\na 1 2 0 1 ";
    EXPECT_EQ(flow(one + "3.000").cost[0], 3);
    EXPECT_EQ(flow(one + "-0.0").cost[0], 0);
    EXPECT_EQ(flow(one + "1.5e3").cost[0], 1500);
    EXPECT_EQ(flow(one + "0.125", {.scale = 1000}).cost[0], 125);
    EXPECT_EQ(flow(one + "-.1e-2", {.scale = 1000}).cost[0], -1);
    // 0.1 + 0.2 is no matter here: no binary fraction is ever made
    EXPECT_EQ(flow(one + "0.300000001", {.scale = 1'000'000'000}).cost[0], 300'000'001);
    const auto refused = read_dimacs(one + "0.3000000000001", "x", {.scale = 1'000'000'000});
    ASSERT_EQ(refused.findings.size(), 1U);
    EXPECT_EQ(refused.findings[0].message.code(), "problem_still_not_whole");
}

struct Refusal {
    std::string bytes;
    std::string_view code;
    std::size_t line;
    std::size_t column;
};

void expect_refused(const std::vector<Refusal>& cases) {
    for (const Refusal& c : cases) {
        const ProblemReading reading = read_dimacs(c.bytes, "x");
        ASSERT_TRUE(has_errors(reading.findings)) << c.bytes;
        const Finding& finding = reading.findings[0];
        EXPECT_EQ(finding.message.code(), c.code) << c.bytes << text(finding.message, Language::en);
        EXPECT_EQ(finding.source.line, c.line) << c.bytes;
        EXPECT_EQ(finding.source.column, c.column) << c.bytes;
        EXPECT_FALSE(text(finding.message, Language::zh).empty());
        EXPECT_EQ(reading.problem, SolveProblem{}) << c.bytes;
    }
}

TEST(DimacsRefusal, WrongLinesAreRefusedWhereTheyStand) {
    const std::string head = "p min 2 1\n";
    expect_refused({
        {"c only comments\n", "problem_no_header", 2, 1},
        {"n 1 5\np min 2 1\n", "problem_before_header", 1, 1},
        {"p min 2\n", "problem_words_missing", 1, 8},
        {"p min two 1\n", "problem_not_a_number", 1, 7},
        {"p min 2 1 0\na 1 2 0 1 1\n", "problem_words_left", 1, 11},
        {"p mincost 2 1\n", "problem_wrong_kind", 1, 3},
        {"p min -2 1\n", "problem_out_of_range", 1, 7},
        {"p min 2 -1\n", "problem_out_of_range", 1, 9},
        {"p min 2.5 1\n", "problem_not_whole", 1, 7},
        {head + "p min 2 1\n", "problem_second_header", 2, 1},
        {head + "x 1 2\n", "problem_unknown_line", 2, 1},
        {head + "n 3 1\n", "problem_no_such_number", 2, 3},
        {head + "n 0 1\n", "problem_no_such_number", 2, 3},
        {head + "n 1 1\nn 1 2\n", "problem_node_twice", 3, 3},
        {head + "n 1\n", "problem_words_missing", 2, 4},
        {head + "a 1 2 0 1 1 7\n", "problem_words_left", 2, 13},
        {head + "a 1 2 0 1\n", "problem_words_missing", 2, 10},
        {head + "a 1 9 0 1 1\n", "problem_no_such_number", 2, 5},
        {head + "a 1 2 5 1 1\n", "solve_crossed_bounds", 2, 9},
        {head + "a 1 2 0 1 1\na 1 2 0 1 1\n", "problem_count", 3, 1},
        {head + "n 1 0\n", "problem_count", 0, 0},
        {"p max 2 0\nn 1 s\n", "problem_terminal_missing", 0, 0},
        {"p max 2 0\nn 1 s\nn 2 s\n", "problem_terminal_twice", 3, 5},
        {"p max 2 0\nn 1 x\n", "problem_unknown_line", 2, 5},
        {"p max 2 1\nn 1 s\nn 2 t\na 1 2 -1\n", "problem_out_of_range", 4, 7},
        {"p asn 2 1\nn 1\na 2 1 5\n", "problem_same_side", 3, 5},
        {"p asn 2 1\na 1 2 5\n", "problem_same_side", 2, 5},
    });
}

TEST(DimacsRefusal, Item44NoNanAndNoInfinityButAForbiddenPair) {
    const std::string head = "p min 2 1\na 1 2 ";
    expect_refused({
        {head + "0 1 nan\n", "problem_not_finite", 2, 11},
        {head + "0 1 inf\n", "problem_not_finite", 2, 11},
        {head + "0 1 -inf\n", "problem_not_finite", 2, 11},
        {head + "0 inf 1\n", "problem_not_finite", 2, 9},
        {"p asn 2 1\nn 1\na 1 2 -Infinity\n", "problem_not_finite", 3, 7},
        {"p asn 2 1\nn 1\na 1 2 NaN\n", "problem_not_finite", 3, 7},
    });
}

TEST(DimacsRefusal, Item47NumbersThatDoNotFitAreRefused) {
    const std::string head = "p min 2 1\n";
    expect_refused({
        {head + "n 1 9223372036854775808\n", "problem_out_of_range", 2, 5},
        {head + "n 1 -9223372036854775808\n", "problem_out_of_range", 2, 5},
        {head + "a 1 2 0 9223372036854775808 1\n", "problem_out_of_range", 2, 9},
        {head + "a 1 2 0 1 1099511627777\n", "problem_out_of_range", 2, 11},
        {head + "a 1 2 0 1 1e999999999999999999999\n", "problem_out_of_range", 2, 11},
        {head + "a 1 2 -9223372036854775808 1 1\n", "problem_out_of_range", 2, 7},
        {head + "a 99999999999999999999 2 0 1 1\n", "problem_out_of_range", 2, 3},
    });
}

TEST(DimacsRefusal, Item53SizesThatLieAreRefusedBeforeAnythingIsAllocated) {
    expect_refused({
        {"p min 4294967293 0\n", "problem_size_limit", 1, 7},
        {"p min 2 4294967293\n", "problem_size_limit", 1, 9},
        {"p max 2 1000\nn 1 s\nn 2 t\na 1 2 3\n", "problem_size_limit", 1, 9},
        {"p asn 4294967296 1\n", "problem_out_of_range", 1, 7},
        {"p min 99999999999999999999999999 1\n", "problem_out_of_range", 1, 7},
    });
}

TEST(DimacsRefusal, EveryWrongLineIsListedUpToTheLimit) {
    std::string bytes = "p min 2 200\n";
    for (int i = 0; i < 200; ++i)
        bytes += "a 1 2 0 1 x\n";
    const ProblemReading reading = read_dimacs(bytes, "x");
    EXPECT_EQ(reading.findings.size(), 100U);
    EXPECT_EQ(reading.findings[99].source.line, 101U);
}

}  // namespace
