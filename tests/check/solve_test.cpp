#include "journey/program.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "given/problem_text.hpp"

namespace {

using journey::Scratch;

/// A problem file with its certificate, and what the checker says when one of them is changed.
class CheckSolve : public testing::Test {
  protected:
    void solve(const given::ProblemText& sample) { solve(std::string(sample.name), std::string(sample.text)); }

    void solve(const std::string& name, const std::string& text) {
        file_ = scratch_ / name;
        journey::put_bytes(file_, text);
        const auto end = journey::countyplan({"solve", file_, "--certificate", scratch_ / "proof.json", "--force"});
        ASSERT_TRUE(end.exit == 0 || end.exit == 3) << end.out << end.err;
        proof_ = journey::bytes_of(scratch_ / "proof.json");
        ASSERT_EQ(journey::last_line(check().out), "ACCEPT");
    }

    journey::Ending check(std::vector<std::string> more = {}) {
        std::vector<std::string> words{"solve", file_, scratch_ / "proof.json", "--lang", "en"};
        words.insert(words.end(), more.begin(), more.end());
        return journey::checker(words);
    }

    /// The last line of the checker when `old` in the certificate is `now`.
    std::string changed(const std::string& old, const std::string& now, int exit = 3) {
        std::string bytes = proof_;
        const std::size_t at = bytes.find(old);
        EXPECT_NE(at, std::string::npos) << old << " in " << proof_;
        if (at == std::string::npos) return {};
        bytes.replace(at, old.size(), now);
        journey::put_bytes(scratch_ / "proof.json", bytes);
        const auto end = check();
        EXPECT_EQ(end.exit, exit) << old << " -> " << now << "\n" << end.out;
        return journey::last_line(end.out);
    }

    void expect_refused(const std::vector<std::array<std::string, 3>>& edits, int exit = 3) {
        for (const auto& [old, now, key] : edits) {
            const std::string line = changed(old, now, exit);
            EXPECT_TRUE(line.starts_with("REFUSE " + (scratch_ / "proof.json") + " " + key + ": "))
                << old << " -> " << now << "\n"
                << line << "\n"
                << proof_;
        }
    }

    Scratch scratch_;
    std::string file_;
    std::string proof_;
};

TEST_F(CheckSolve, EditsOfAFlowAreRefusedAtTheirPlace) {
    // one cheapest flow and nothing to choose: 2 units on each way
    solve("one.min", "p min 3 3\nn 1 4\nn 3 -4\na 1 3 0 2 5\na 1 2 0 4 2\na 2 3 0 4 1\n");
    ASSERT_NE(proof_.find("\"flow\":[0,4,4]"), std::string::npos) << proof_;
    expect_refused({
        {"\"flow\":[0,4,4]", "\"flow\":[0,4,5]", "flow[2]"},
        {"\"flow\":[0,4,4]", "\"flow\":[-1,4,4]", "flow[0]"},
        {"\"flow\":[0,4,4]", "\"flow\":[0,4]", "flow"},
        {"\"flow\":[0,4,4]", "\"flow\":[0,4,3]", "node[1]"},
        {"\"cost\":[12]", "\"cost\":[11]", "cost[0]"},
        {"\"cost\":[12]", "\"cost\":[12,0]", "cost"},
        {"\"cost\":[12]", "\"cost\":[170141183460469231731687303715884105727]", "cost[0]"},
        {"\"termination\":\"optimal\"", "\"termination\":\"feasible\"", "cause"},
        {"\"termination\":\"optimal\"", "\"termination\":\"infeasible\"", "flow"},
        {"\"cause\":\"proved\"", "\"cause\":\"time\"", "cause"},
        {"\"claim\":\"proved\"", "\"claim\":\"estimate\"", "claim"},
        {"\"steps\":", "\"steps\":-1", "steps"},
        {"\"kind\":\"potentials\",\"value\":[", "\"kind\":\"potentials\",\"value\":[99,", "potential"},
        {"\"kind\":\"potentials\",\"value\":[0,2,3]", "\"kind\":\"violated_cut\",\"nodes\":[0]", "certificate"},
    });
}

TEST_F(CheckSolve, ADearerFlowIsRefusedByItsPotentials) {
    solve("one.min", "p min 3 3\nn 1 4\nn 3 -4\na 1 3 0 2 5\na 1 2 0 4 2\na 2 3 0 4 1\n");
    std::string bytes = proof_;
    bytes.replace(bytes.find("\"flow\":[0,4,4]"), 14, "\"flow\":[2,2,2]");
    bytes.replace(bytes.find("\"cost\":[12]"), 11, "\"cost\":[16]");
    journey::put_bytes(scratch_ / "proof.json", bytes);
    const auto end = check();
    EXPECT_EQ(end.exit, 3);
    EXPECT_NE(journey::last_line(end.out).find(" arc[0]: "), std::string::npos) << end.out;
}

TEST_F(CheckSolve, EditsOfAnAssignmentAreRefusedAtTheirPlace) {
    solve(given::problem_texts[3]);  // the dense table: rows to columns 2, 1, 0
    expect_refused({
        {"\"column_of\":[2,1,0]", "\"column_of\":[2,1,1]", "column_of[2]"},
        {"\"column_of\":[2,1,0]", "\"column_of\":[2,1,3]", "column_of[2]"},
        {"\"column_of\":[2,1,0]", "\"column_of\":[2,1]", "column_of"},
        {"\"objective\":10", "\"objective\":9", "objective"},
        {"\"bound\":10", "\"bound\":9", "bound"},
    });
    std::string line = changed("\"column_of\":[2,1,0]", "\"column_of\":[0,1,2]");
    EXPECT_TRUE(line.starts_with("REFUSE ")) << line;
    line = changed("\"column\":[", "\"column\":[7,");
    EXPECT_TRUE(line.starts_with("REFUSE ")) << line;
    line = changed("\"row\":[", "\"row\":[1000000,");
    EXPECT_TRUE(line.starts_with("REFUSE ")) << line;
}

TEST_F(CheckSolve, EditsOfAMaximumFlowAreRefusedAtTheirPlace) {
    solve(given::problem_texts[1]);
    expect_refused({
        {"\"value\":6", "\"value\":7", "value"},
        {"\"bound\":6", "\"bound\":5", "bound"},
        {"\"flow\":[4", "\"flow\":[5", "flow[0]"},
        {"\"cut\":[0]", "\"cut\":[0,3]", "cut"},
    });
}

TEST_F(CheckSolve, EditsOfAMatchingAreRefused) {
    solve(given::problem_texts[7]);
    expect_refused({
        {"\"size\":2", "\"size\":3", "size"},
        {"\"bound\":2", "\"bound\":1", "bound"},
    });
    EXPECT_TRUE(changed("\"cover_columns\":[", "\"cover_columns\":[9,").starts_with("REFUSE "));
}

TEST_F(CheckSolve, EveryFormatsCertificateIsOfItsProblemAlone) {
    for (const given::ProblemText& sample : given::problem_texts) {
        SCOPED_TRACE(sample.name);
        solve(sample);
        expect_refused({{"\"digest\":\"", "\"digest\":\"0", "/digest"}}, 2);
        const std::size_t at = proof_.find("\"digest\":\"") + 10;
        const std::string digest = proof_.substr(at, 4);
        expect_refused({{digest, digest == "0000" ? "1111" : "0000", "digest"}});
    }
}

TEST_F(CheckSolve, AnotherProblemIsRefusedByDigestOrKind) {
    solve(given::problem_texts[0]);
    std::string other(given::problem_texts[0].text);
    other.replace(other.find("a 3 4 0 5 1"), 11, "a 3 4 0 5 2");
    journey::put_bytes(file_, other);
    EXPECT_NE(journey::last_line(check().out).find(" digest: "), std::string::npos) << check().out;
    journey::put_bytes(scratch_ / "most.max", given::problem_texts[1].text);
    file_ = scratch_ / "most.max";
    const auto kind = check();
    EXPECT_EQ(kind.exit, 3);
    EXPECT_NE(journey::last_line(kind.out).find(" problem: "), std::string::npos) << kind.out;
}

TEST_F(CheckSolve, WhatCannotBeReadIsRefusedWithItsPlaceAndExit2) {
    solve(given::problem_texts[0]);
    expect_refused({{"\"optimal\"", "\"best\"", "/result/termination"},
                    {"\"flow\":[", "\"flow\":[1.5,", "/result/flow/0"},
                    {"countyplan.certificate.solve", "countyplan.plan", "/format"}},
                   2);
    journey::put_bytes(scratch_ / "proof.json", proof_.substr(0, proof_.size() / 2));
    EXPECT_EQ(check().exit, 2);
    journey::put_bytes(scratch_ / "proof.json", proof_);
    journey::put_bytes(file_, "p min 2 1\na 1 2 0 x 1\n");
    const auto problem = check();
    EXPECT_EQ(problem.exit, 2);
    EXPECT_TRUE(journey::last_line(problem.out).starts_with("REFUSE " + file_ + " line 2: ")) << problem.out;
    EXPECT_EQ(journey::checker({"solve", file_, scratch_ / "none"}).exit, 5);
}

TEST_F(CheckSolve, TheFormatMayBeGiven) {
    solve("table", "3\n1 2 3\n2 4 6\n3 6 9\n");
    EXPECT_EQ(check({"--format", "or_library"}).exit, 0);         // the same table
    EXPECT_EQ(check({"--format", "or_library_sparse"}).exit, 2);  // six is no column
    EXPECT_EQ(check({"--format", "table"}).exit, 64);
    EXPECT_EQ(journey::checker({"solve", file_}).exit, 5);  // a plan called solve
    EXPECT_EQ(journey::checker({"a", "b", "c"}).exit, 64);
}

TEST_F(CheckSolve, AnInfeasibleAnswerRestsOnItsShortage) {
    solve("no.txt", "2\n1 inf\n2 inf\n");
    EXPECT_TRUE(changed("\"rows\":[", "\"rows\":[7,").starts_with("REFUSE "));
    EXPECT_TRUE(changed("\"termination\":\"infeasible\"", "\"termination\":\"optimal\"").starts_with("REFUSE "));
}

}  // namespace
