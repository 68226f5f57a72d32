#include "journey/program.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/json.hpp>

#include "given/problem_text.hpp"

namespace {

using journey::countyplan;
using journey::Scratch;

::countyplan::JsonDocument object_of(const journey::Ending& end) {
    ::countyplan::JsonDocument document = ::countyplan::read_json(end.out);
    EXPECT_TRUE(document.ok()) << end.out << end.err;
    return document;
}

std::string member(const ::countyplan::JsonDocument& document, std::string_view key) {
    const auto found = document.root().find(key);
    EXPECT_TRUE(found) << key;
    if (!found) return {};
    if (found->kind() == ::countyplan::JsonKind::boolean) return *found->boolean() ? "true" : "false";
    if (found->kind() != ::countyplan::JsonKind::array) return std::string(found->text());
    std::string out;
    for (const auto element : *found)
        out += (out.empty() ? "" : ", ") + std::string(element.text());
    return out;
}

/// `text` in a file of this name; solves it with `more` words.
journey::Ending solve(const Scratch& scratch, std::string_view name, std::string_view text,
                      const std::vector<std::string>& more = {}) {
    const std::string path = scratch / std::string(name);
    journey::put_bytes(path, text);
    std::vector<std::string> words{"solve", path, "--lang", "en"};
    words.insert(words.end(), more.begin(), more.end());
    return countyplan(words);
}

TEST(Solve, EveryFormatComesOutWithItsOptimumAndAProofThatTheCheckerAccepts) {
    const Scratch scratch;
    for (const given::ProblemText& sample : given::problem_texts) {
        SCOPED_TRACE(sample.name);
        const std::string proof = scratch / (std::string(sample.name) + ".proof");
        const auto end = solve(scratch, sample.name, sample.text, {"--json", "--certificate", proof});
        ASSERT_EQ(end.exit, 0) << end.out << end.err;
        const auto object = object_of(end);
        EXPECT_EQ(member(object, "termination"), "optimal");
        EXPECT_EQ(member(object, "objective"), sample.optimum);
        EXPECT_EQ(member(object, "certificate_valid"), "true");
        EXPECT_FALSE(member(object, "method").empty());
        EXPECT_GE(object.root().find("seconds")->decimal().value_or(-1), 0);
        EXPECT_GT(object.root().find("peak_rss_mib")->decimal().value_or(0), 0);
        const auto check = journey::checker({"solve", scratch / std::string(sample.name), proof});
        EXPECT_EQ(check.exit, 0) << check.out << check.err;
        EXPECT_EQ(journey::last_line(check.out), "ACCEPT");
    }
}

TEST(Solve, TellsPeopleTheSameInWords) {
    const Scratch scratch;
    const auto end = solve(scratch, given::problem_texts[0].name, given::problem_texts[0].text);
    EXPECT_EQ(end.exit, 0);
    for (const char* const words : {"minimum-cost flow", "optimal (proved)", "objective: 14\n", "certificate: holds",
                                    "solved in ", "peak memory: "}) {
        EXPECT_NE(end.out.find(words), std::string::npos) << words << end.out;
    }
    const auto chinese = countyplan({"solve", scratch / std::string(given::problem_texts[0].name), "--lang", "zh"});
    EXPECT_NE(chinese.out.find("目标值：14"), std::string::npos) << chinese.out;
}

TEST(Solve, ReadsStandardInput) {
    const auto end =
        journey::run({.arguments = {"solve", "-", "--json"}, .input = std::string(given::problem_texts[0].text)});
    ASSERT_EQ(end.exit, 0) << end.err;
    EXPECT_EQ(member(object_of(end), "objective"), "14");
}

TEST(Solve, Item46AnObjectiveBeyond64BitsIsExact) {
    const Scratch scratch;
    std::string text = "p min 2 4\nn 1 4000000000000000000\nn 2 -4000000000000000000\n";
    for (int i = 0; i < 4; ++i)
        text += "a 1 2 0 1000000000000000000 1000000000\n";
    const auto end = solve(scratch, "big.min", text, {"--json", "--certificate", scratch / "big.proof"});
    ASSERT_EQ(end.exit, 0) << end.out << end.err;
    EXPECT_EQ(member(object_of(end), "objective"), "4000000000000000000000000000");
    EXPECT_EQ(journey::checker({"solve", scratch / "big.min", scratch / "big.proof"}).exit, 0);
}

TEST(Solve, Item57DecimalCostsAreScaledAndToldInTheUnitsOfTheFile) {
    const Scratch scratch;
    const std::string text = "2\n0.25 1\n1 0.50\n";
    const auto refused = solve(scratch, "d.txt", text);
    EXPECT_EQ(refused.exit, 2);
    EXPECT_NE(refused.err.find("d.txt:2:1"), std::string::npos) << refused.err;
    EXPECT_NE(refused.err.find("--scale"), std::string::npos) << refused.err;
    EXPECT_EQ(solve(scratch, "d.txt", text, {"--scale", "10"}).exit, 2);
    const auto end = solve(scratch, "d.txt", text, {"--scale", "100", "--json", "--certificate", scratch / "d.proof"});
    ASSERT_EQ(end.exit, 0) << end.err;
    EXPECT_EQ(member(object_of(end), "objective"), "0.75");
    const auto check = journey::checker({"solve", scratch / "d.txt", scratch / "d.proof"});
    EXPECT_EQ(check.exit, 0) << check.out;
    EXPECT_NE(check.out.find("0.75"), std::string::npos) << check.out;
}

TEST(Solve, Item48And49NoAnswerGivesExit3AndItsProof) {
    const Scratch scratch;
    struct Case {
        std::string name;
        std::string text;
        std::string termination;
    };
    const Case cases[] = {
        {"a.min", "p min 3 1\nn 1 5\nn 3 -5\na 1 2 0 9 1\n", "infeasible"},
        {"b.min", "p min 2 0\nn 1 5\n", "infeasible"},
        {"c.min", "p min 2 2\na 1 2 0 -1 -1\na 2 1 0 -1 0\n", "unbounded"},
        {"d.min", "p min 3 2\nn 3 1\na 1 2 0 -1 -1\na 2 1 0 -1 0\n", "infeasible"},
        {"e.txt", "2\n1 inf\n2 inf\n", "infeasible"},
        {"f.asn", "p asn 4 2\nn 1\nn 2\na 1 3 1\na 2 3 1\n", "infeasible"},
        {"g.mtx", "%%MatrixMarket matrix coordinate integer general\n3 2 2\n1 1 1\n2 1 1\n", "infeasible"},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.name);
        const auto end = solve(scratch, c.name, c.text, {"--json", "--certificate", scratch / (c.name + ".proof")});
        EXPECT_EQ(end.exit, 3) << end.out << end.err;
        const auto object = object_of(end);
        EXPECT_EQ(member(object, "termination"), c.termination);
        EXPECT_EQ(member(object, "certificate_valid"), "true");
        EXPECT_TRUE(object.root().find("objective")->is_null());
        const auto check = journey::checker({"solve", scratch / c.name, scratch / (c.name + ".proof")});
        EXPECT_EQ(check.exit, 0) << check.out;
    }
}

TEST(Solve, Item55ALimitGivesTheBestSoFarAndExit4) {
    const Scratch scratch;
    for (const auto& limit : {std::pair{"--time", "0"}, std::pair{"--steps", "0"}}) {
        for (const given::ProblemText& sample : given::problem_texts) {
            SCOPED_TRACE(std::string(sample.name) + limit.first);
            const std::string proof = scratch / "limit.proof";
            const auto end = solve(scratch, sample.name, sample.text,
                                   {"--json", "--certificate", proof, "--force", limit.first, limit.second});
            // a problem so small may be settled before the first look at the limit
            EXPECT_TRUE(end.exit == 4 || end.exit == 0) << end.exit << end.out << end.err;
            EXPECT_EQ(member(object_of(end), "certificate_valid"), "true");
            EXPECT_EQ(journey::checker({"solve", scratch / std::string(sample.name), proof}).exit, 0);
        }
    }
}

TEST(Solve, BadInputIsToldWithItsPlaceAndExit2) {
    const Scratch scratch;
    const auto lines = solve(scratch, "x.min", "p min 2 1\na 1 2 0 x 1\n");
    EXPECT_EQ(lines.exit, 2);
    EXPECT_NE(lines.err.find("x.min:2:9"), std::string::npos) << lines.err;
    const auto json =
        solve(scratch, "x.json", R"({"problem": "assignment", "rows": 1, "columns": 1, "cost": []})", {"--json"});
    EXPECT_EQ(json.exit, 2);
    const auto object = object_of(json);
    EXPECT_EQ(object.root().find("findings")->size(), 1U);
    EXPECT_EQ(solve(scratch, "x.unknown", "hello\n").exit, 2);
    EXPECT_EQ(countyplan({"solve", scratch / "none.min"}).exit, 5);
    EXPECT_EQ(countyplan({"solve", scratch.path().string()}).exit, 5);
    const auto lie = solve(scratch, "lie.txt", "1000000 1000000\n1 2 3\n");
    EXPECT_EQ(lie.exit, 2);
    EXPECT_NE(lie.err.find("problem_size_limit"), std::string::npos) << lie.err;
}

TEST(Solve, WrongWordsGiveExit64) {
    const Scratch scratch;
    const auto exit_of = [&](const std::vector<std::string>& more) {
        return solve(scratch, "x.min", given::problem_texts[0].text, more).exit;
    };
    for (const std::vector<std::string>& more : std::vector<std::vector<std::string>>{
             {"--method", "magic"},
             {"--format", "lp"},
             {"--scale", "3"},
             {"--scale", "0"},
             {"--scale", "10000000000"},
             {"--threads", "0"},
             {"--threads", "-1"},
             {"--threads", "999999999999"},
             {"--time", "-1"},
             {"--certificate", scratch.path().string()},
             {"--certificate", "-"},
             {"extra"},
         }) {
        EXPECT_EQ(exit_of(more), 64) << more.back();
    }
    EXPECT_EQ(countyplan({"solve"}).exit, 64);
    EXPECT_EQ(exit_of({"--method", "network_simplex"}), 0);
    EXPECT_EQ(exit_of({"--threads", "2"}), 0);
}

TEST(Solve, EveryMethodGivesTheSameObjective) {
    const Scratch scratch;
    const auto objective = [&](const given::ProblemText& sample, const std::string& method) {
        const auto end = solve(scratch, sample.name, sample.text, {"--json", "--method", method});
        EXPECT_EQ(end.exit, 0) << method << end.err;
        return member(object_of(end), "objective");
    };
    for (const given::ProblemText& sample : given::problem_texts) {
        // an unknown one is refused with the list of those that there are
        const auto end = solve(scratch, sample.name, sample.text, {"--method", "?"});
        ASSERT_EQ(end.exit, 64);
        std::string list = end.err.substr(end.err.rfind("one of: ") + 8);
        list.resize(list.find('\n'));
        for (std::size_t at = 0; at < list.size();) {
            const std::size_t comma = std::min(list.find(", ", at), list.size());
            const std::string method = list.substr(at, comma - at);
            EXPECT_EQ(objective(sample, method), sample.optimum) << sample.name << " by " << method;
            at = comma + 2;
        }
    }
}

TEST(Solve, Item86AnExistingCertificateIsReplacedOnlyWithForceAndNeverTheProblem) {
    const Scratch scratch;
    const given::ProblemText& sample = given::problem_texts[0];
    journey::put_bytes(scratch / "mine", "mine");
    EXPECT_EQ(solve(scratch, sample.name, sample.text, {"--certificate", scratch / "mine"}).exit, 5);
    EXPECT_EQ(journey::bytes_of(scratch / "mine"), "mine");
    EXPECT_EQ(solve(scratch, sample.name, sample.text, {"--certificate", scratch / "no/such/file"}).exit, 5);
    const std::string own = scratch / std::string(sample.name);
    EXPECT_EQ(solve(scratch, sample.name, sample.text, {"--certificate", own, "--force"}).exit, 64);
    EXPECT_EQ(journey::bytes_of(own), sample.text);
    EXPECT_EQ(solve(scratch, sample.name, sample.text, {"--certificate", scratch / "mine", "--force"}).exit, 0);
    EXPECT_NE(journey::bytes_of(scratch / "mine"), "mine");
}

}  // namespace
