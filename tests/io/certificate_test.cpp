#include <countyplan/io/certificate.hpp>

#include <string>
#include <utility>
#include <variant>

#include <gtest/gtest.h>

#include <countyplan/io/json.hpp>

#include "given/problem_text.hpp"

namespace {

using namespace countyplan;

SolveProblem problem_of(const given::ProblemText& sample) {
    return read_problem_text(std::string(sample.text), std::string(sample.name)).problem;
}

SolveRecord flow_record() {
    MinCostFlowResult result;
    result.termination = Termination::optimal;
    result.cause = Cause::proved;
    result.claim = Claim::proved;
    result.flow = {2, 2, 2, 0, 4};
    result.cost = {Int128(14)};
    result.certificate = Potentials{{0, 2, 3, 4}};
    result.steps = 3;
    return {.problem = fingerprint_of(problem_of(given::problem_texts[0])),
            .method = "by hand",
            .result = std::move(result)};
}

Int128 beyond_64_bits() { return Int128(std::int64_t{1} << 62) * Int128(1'000'000); }

TEST(Certificate, ComesBackTheSame) {
    const SolveRecord record = flow_record();
    const SolveRecordReading reading = read_certificate(certificate_json(record), "c.json");
    EXPECT_TRUE(reading.findings.empty());
    EXPECT_EQ(reading.record, record);
    EXPECT_TRUE(examine(problem_of(given::problem_texts[0]), reading.record.result).accepted);
}

TEST(Certificate, EveryKindOfResultAndProofComesBackTheSame) {
    std::vector<SolveResult> results;
    for (auto& proof : std::vector<decltype(MinCostFlowResult::certificate)>{
             {}, Potentials{{-5, 7}}, ViolatedCut{{0, 3}}, NegativeCycle{{1, 2}}}) {
        results.emplace_back(
            MinCostFlowResult{.flow = {-1, 2}, .cost = {beyond_64_bits(), Int128(-3)}, .certificate = proof});
    }
    results.emplace_back(
        LeximinResult{.flow = {1, 2},
                      .levels = {{1, 2}, {-3, 4}},
                      .settled = 2,
                      .proof = {LeximinBranch{1, 2}, LeximinBound{{3}, {{}, {-4, 5}}}, ViolatedCut{{0}}}});
    ConvexFlowResult convex;
    convex.flow = {1};
    convex.certificate = Potentials{{0, 4}};
    results.emplace_back(convex);
    for (auto& proof : std::vector<decltype(AssignmentResult::certificate)>{
             {}, AssignmentPrices{{1}, {2, 3}}, HallShortage{{4}, {}}}) {
        results.emplace_back(AssignmentResult{.column_of = {3, AssignmentResult::unmatched},
                                              .objective = beyond_64_bits(),
                                              .bound = Int128(-1),
                                              .certificate = proof});
    }
    for (auto& proof : std::vector<decltype(SparseAssignmentResult::certificate)>{
             {}, SparseAssignmentPrices{{1}, {2}}, SparseAssignmentShortage{{}, {5}}}) {
        results.emplace_back(
            SparseAssignmentResult{.column_of = {SparseAssignmentResult::unmatched}, .certificate = proof, .steps = 9});
    }
    results.emplace_back(MaxFlowResult{.flow = {1, 0}, .value = beyond_64_bits(), .bound = Int128(8), .cut = {0}});
    results.emplace_back(MatchingResult{
        .column_of = {0, MatchingResult::unmatched}, .size = 1, .bound = 1, .cover_rows = {0}, .cover_columns = {1}});
    for (auto& proof : std::vector<decltype(NestedFlowResult::certificate)>{
             {}, NestedFlowPotentials{{1}, {-2}}, NestedFlowCut{true, {1}, {}}}) {
        results.emplace_back(
            NestedFlowResult{.pair_of = {1, NestedFlowResult::unpaired}, .cost = {Int128(3)}, .certificate = proof});
    }
    for (const SolveResult& result : results) {
        const SolveRecord record{.method = "m", .scale = 1'000, .result = result};
        const SolveRecordReading reading = read_certificate(certificate_json(record), "c.json");
        EXPECT_TRUE(reading.findings.empty()) << certificate_json(record);
        EXPECT_EQ(reading.record, record) << certificate_json(record);
    }
}

TEST(Certificate, Item46TheObjectiveIsExactBeyond64Bits) {
    MinCostFlowResult result;
    result.termination = Termination::optimal;
    result.cost = {beyond_64_bits()};
    EXPECT_EQ(objective_of(result), (std::vector<std::string>{"4611686018427387904000000"}));
    EXPECT_EQ(objective_of(result, 1'000'000'000), (std::vector<std::string>{"4611686018427387.904"}));
    result.cost = {Int128(-5), Int128(20)};
    EXPECT_EQ(objective_of(result, 100), (std::vector<std::string>{"-0.05", "0.2"}));
    EXPECT_EQ(objective_of(result, 10), (std::vector<std::string>{"-0.5", "2"}));
    result.termination = Termination::infeasible;
    EXPECT_TRUE(objective_of(result).empty());
    MaxFlowResult most;
    most.value = Int128(7);
    EXPECT_EQ(objective_of(most, 1'000), (std::vector<std::string>{"7"}));  // capacities are not scaled
}

TEST(Certificate, AnotherKindOfProblemIsRefused) {
    const SolveProblem problem = problem_of(given::problem_texts[0]);
    const Verdict verdict = examine(problem, SolveResult(MatchingResult{}));
    EXPECT_FALSE(verdict.accepted);
    EXPECT_EQ(verdict.place, "problem");
}

TEST(CertificateRefusal, WrongFormIsRefusedAtItsPointer) {
    const std::string sound = certificate_json(flow_record());
    const auto with = [&sound](const std::string& old, const std::string& now) {
        std::string out = sound;
        EXPECT_NE(out.find(old), std::string::npos) << old;
        out.replace(out.find(old), old.size(), now);
        return out;
    };
    const std::pair<std::string, std::string> cases[] = {
        {with("countyplan.certificate.solve", "countyplan.plan"), "/format"},
        {with("\"format_version\":1", "\"format_version\":2"), "/format_version"},
        {with("min_cost_flow", "minimum"), "/problem"},
        {with("min_cost_flow", "matching"), "/result"},  // misses members
        {with("\"digest\":\"", "\"digest\":\"0"), "/digest"},
        {with("\"scale\":1", "\"scale\":20"), "/scale"},
        {with("\"scale\":1", "\"scale\":0"), "/scale"},
        {with("\"scale\":1", "\"scale\":null"), "/scale"},
        {with("\"steps\":3", "\"steps\":3.5"), "/result/steps"},
        {with("\"optimal\"", "\"best\""), "/result/termination"},
        {with("\"flow\":[2", "\"flow\":[2.0"), "/result/flow/0"},
        {with("\"flow\":[2", "\"flow\":[null"), "/result/flow/0"},
        {with("\"flow\":[2", "\"flow\":[9223372036854775808"), "/result/flow/0"},
        {with("\"cost\":[14]", "\"cost\":[999999999999999999999999999999999999999999]"), "/result/cost/0"},
        {with("\"cost\":[14]", "\"cost\":\"14\""), "/result/cost"},
        {with("\"potentials\"", "\"prices\""), "/result/certificate/kind"},
        {with("\"kind\":\"potentials\",", ""), "/result/certificate"},
        {with("\"value\":[0", "\"extra\":1,\"value\":[0"), "/result/certificate/extra"},
        {with("\"method\":", "\"more\":1,\"method\":"), "/more"},
    };
    for (const auto& [json, pointer] : cases) {
        const SolveRecordReading reading = read_certificate(json, "c.json");
        ASSERT_TRUE(has_errors(reading.findings)) << pointer << json;
        EXPECT_EQ(reading.findings[0].source.pointer, pointer) << text(reading.findings[0].message, Language::en);
        EXPECT_EQ(reading.findings[0].source.line, 1U);
    }
    EXPECT_TRUE(has_errors(read_certificate("", "c.json").findings));
    EXPECT_TRUE(has_errors(read_certificate("[1, 2]", "c.json").findings));
    EXPECT_TRUE(has_errors(read_certificate(sound.substr(0, sound.size() / 2), "c.json").findings));
}

}  // namespace
