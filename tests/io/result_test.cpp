#include <countyplan/io/result.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/report/portfolio.hpp>

#include "given/allocate.hpp"
#include "given/memory_files.hpp"
#include "given/plan.hpp"

namespace {

using namespace countyplan;

/// Written and read again, with the reasons as they were: they come back as their words.
AllocationReading there_and_back(const Plan& plan, const Allocation& allocation) {
    given::MemoryFiles files;
    files.put("r", allocation_files(plan, allocation, Language::zh));
    AllocationReading read = read_allocation("r", {}, files);
    EXPECT_TRUE(read.findings.empty()) << text(read.findings.front().message, Language::en);
    EXPECT_EQ(read.allocation.unfilled.size(), allocation.unfilled.size());
    for (std::size_t i = 0; i < std::min(read.allocation.unfilled.size(), allocation.unfilled.size()); ++i) {
        for (const Language language : {Language::zh, Language::en}) {
            EXPECT_EQ(text(read.allocation.unfilled[i].reason, language),
                      text(allocation.unfilled[i].reason, language));
        }
        read.allocation.unfilled[i].reason = allocation.unfilled[i].reason;
    }
    return read;
}

std::string bytes_of(const std::vector<NamedBytes>& files, std::string_view name) {
    const auto file = std::ranges::find(files, name, &NamedBytes::name);
    return file == files.end() ? std::string() : file->bytes;
}

TEST(ResultLaw, WhatIsWrittenReadsBackTheSame) {
    for (std::uint32_t seed = 0; seed < 30; ++seed) {
        const Plan plan(seed == 0 ? given::small_draft() : given::random_draft(seed));
        const Allocation allocation = allocate(plan);
        const Allocation same = there_and_back(plan, allocation).allocation;
        EXPECT_EQ(same, allocation) << seed;
        EXPECT_EQ(bytes_of(allocation_files(plan, same, Language::zh), "certificate.json"),
                  bytes_of(allocation_files(plan, allocation, Language::zh), "certificate.json"));
    }
}

/// Keeps some pairs away, and knows more or less about the others.
UserRules some_rules() {
    UserRules rules;
    rules.allows = [](Id<Expert> expert, Id<Post> post) { return (expert.value() + post.value()) % 5 != 0; };
    rules.factors.push_back({"taste", 3, [](Id<Expert> expert, Id<Post> post) {
                                 return Measure{static_cast<double>((expert.value() * 7 + post.value()) % 1'000), 12.5};
                             }});
    return rules;
}

/// Two of the three, points of both signs.
std::vector<UserTier> some_tiers() {
    const auto points = [](Id<Expert> expert, Id<Post> post) {
        return static_cast<std::int64_t>((expert.value() * 5 + post.value() * 3) % 7) - 3;
    };
    return {{Tier::user_1, "rapport, \"warm\"", points}, {Tier::user_3, "住宿", points}};
}

TEST(ResultLaw, EveryEndingReadsBackTheSameAndIsAccepted) {
    std::array<std::size_t, enumerator_count<Termination>> endings{};
    std::size_t given_rows = 0;
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed);
        AllocateOptions options{.flow = {}, .rules = seed % 3 == 0 ? some_rules() : UserRules()};
        if (seed % 6 == 0) {
            draft.objective.insert(draft.objective.begin(), {Tier::user_3, Tier::user_1});
            options.rules.tiers = some_tiers();
        }
        const Plan plan(draft);
        Stop stop;
        if (seed % 5 == 0) stop.step_limit = static_cast<std::int64_t>(seed / 5) % 3;
        const Allocation allocation = allocate(plan, options, stop);
        ++endings[static_cast<std::size_t>(allocation.termination)];
        given_rows += allocation.given.size();
        const AllocationReading read = there_and_back(plan, allocation);
        ASSERT_EQ(read.allocation, allocation);
        const AnswerVerdict verdict = examine(plan, read);
        EXPECT_TRUE(verdict.accepted) << verdict.key << text(verdict.why, Language::en);
        const auto files = allocation_files(plan, allocation, Language::en);
        const bool has_staffing =
            allocation.termination == Termination::optimal || allocation.termination == Termination::feasible;
        EXPECT_EQ(bytes_of(files, "staffing.csv").empty(), !has_staffing);
        EXPECT_EQ(bytes_of(files, "unfilled.csv").empty(), !has_staffing);
        EXPECT_EQ(bytes_of(files, "given.csv").empty(), allocation.given.empty());
        EXPECT_EQ(read.conflict.empty(), allocation.termination != Termination::infeasible);
        EXPECT_EQ(read.counties.size(), has_staffing ? plan.rows().counties.size() : 0U);
    }
    for (const Termination ending : {Termination::optimal, Termination::infeasible, Termination::feasible})
        EXPECT_GT(endings[static_cast<std::size_t>(ending)], 0U) << name(ending);
    EXPECT_GT(given_rows, 0U);
}

TEST(Given, ATableOfASpreadsheetMayLeaveOutWhatItDoesNotSay) {
    const Plan plan(given::small_draft());
    const std::string expert = plan.rows().experts.rows().front().id;
    const std::string post = plan.rows().posts.rows().front().id;
    const GivenReading read =
        read_given(plan, "post,expert,user_2,allowed\n" + post + "," + expert + ",-5,\n", "own.csv");
    EXPECT_TRUE(read.findings.empty());
    GivenPair said{.expert = expert, .post = post};
    said.user[1] = -5;
    EXPECT_EQ(read.given, std::vector{said});
    const auto code = [&](const std::string& bytes) {
        const GivenReading wrong = read_given(plan, bytes, "own.csv");
        return wrong.findings.empty() ? std::string() : std::string(wrong.findings.front().message.code());
    };
    const std::string pair = expert + "," + post;
    EXPECT_EQ(code("expert,post\nnobody," + post + "\n"), "staffing_unknown_expert");
    EXPECT_EQ(code("expert,post\n" + expert + ",nowhere\n"), "staffing_unknown_post");
    EXPECT_EQ(code("expert,post\n" + pair + "\n" + pair + "\n"), "given_twice");
    EXPECT_EQ(code("expert,post,user_4\n" + pair + ",1\n"), "unknown_column");
    EXPECT_EQ(code("expert,user_1\n" + expert + ",1\n"), "missing_column");
    EXPECT_EQ(code("expert,post,user_1\n" + pair + ",1.5\n"), "number_range");
    EXPECT_EQ(code("expert,post,user_1\n" + pair + ",1000000001\n"), "number_range");
    EXPECT_EQ(code("expert,post,allowed\n" + pair + ",maybe\n"), "boolean_format");
}

/// Two posts need one person each of a quota of at most one at the school.
Draft impossible_draft() {
    Draft draft = given::small_draft();
    draft.quotas.push_back({.id = "Q-few", .holder = {Noun::sender, draft.senders.rows()[0].id}, .upper = 1});
    draft.quotas.push_back({.id = "Q-many", .holder = {Noun::plan, ""}, .lower = 2});
    for (Sender& sender : draft.senders.rows())
        sender.quota_total = sender.parent.empty() ? std::optional<std::int64_t>(1) : std::nullopt;
    return draft;
}

TEST(Result, OfAnImpossiblePlanSaysWhatContradicts) {
    const Plan plan(impossible_draft());
    const Allocation allocation = allocate(plan);
    ASSERT_EQ(allocation.termination, Termination::infeasible);
    const AllocationReading read = there_and_back(plan, allocation);
    ASSERT_GE(read.conflict.size(), 2U);
    for (const StatedBound& stated : read.conflict)
        EXPECT_EQ(text(stated.reason, Language::zh), text(describe(plan, stated.bound), Language::zh));
    EXPECT_TRUE(std::ranges::count(read.conflict, "quota:Q-many",
                                   [](const StatedBound& stated) { return stated.bound.set; }) == 1);
    EXPECT_TRUE(examine(plan, read).accepted);
    AllocationReading wrong = read;
    wrong.conflict.pop_back();
    EXPECT_EQ(examine(plan, wrong).key, "conflict");
    wrong = read;
    wrong.conflict[0].bound.bound += 1;
    EXPECT_FALSE(examine(plan, wrong).accepted);
    wrong = read;
    wrong.conflict[0].reason = wrong.conflict[1].reason;
    EXPECT_FALSE(examine(plan, wrong).accepted);
}

TEST(Result, AWrongCountOfACountyIsNoticed) {
    const Plan plan(given::small_draft());
    AllocationReading reading = reading_of(plan, allocate(plan));
    EXPECT_TRUE(examine(plan, reading).accepted);
    ASSERT_FALSE(reading.counties.empty());
    ++reading.counties[0].serving;
    EXPECT_EQ(examine(plan, reading).key, "counties");
}

TEST(Result, TiersComeInTheOrderOfThePlan) {
    Draft draft = given::small_draft();
    draft.objective = {Tier::moves, Tier::county_cover, Tier::wishes};
    const Plan plan(draft);
    const JsonDocument result =
        read_json(bytes_of(allocation_files(plan, allocate(plan), Language::en), "result.json"));
    std::vector<std::string> order;
    const JsonValue tiers = *result.root().find("tiers");
    for (const JsonValue tier : tiers)
        order.emplace_back(tier.key());
    EXPECT_EQ(order, (std::vector<std::string>{"moves", "county_cover", "wishes"}));
}

struct Broken {
    std::string file;
    std::string from;
    std::string to;  ///< empty `from`: the whole file
    std::string_view code;
    std::string_view pointer;
};

void expect_refused(const std::vector<NamedBytes>& written, const std::vector<Broken>& cases) {
    for (const Broken& given : cases) {
        SCOPED_TRACE(given.file + " " + given.to);
        given::MemoryFiles files;
        files.put("r", written);
        std::string& bytes = files.bytes["r/" + given.file];
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
}

Draft short_draft() {
    Draft draft = given::small_draft();
    draft.experts.rows().resize(2);  // so that posts stay empty
    draft.mentors.rows().clear();
    return draft;
}

TEST(ResultRefusal, NamesFileAndPointer) {
    const Plan plan(short_draft());
    const auto written = allocation_files(plan, allocate(plan), Language::en);
    expect_refused(
        written,
        {{"staffing.csv", "2028-08-31", "2028-08-32", "date_format", ""},
         {"staffing.csv", "expert,", "person,", "unknown_column", ""},
         {"result.json", "\"optimal\"", "\"perfect\"", "unknown_word", "/termination"},
         {"result.json", "\"claim\": \"proved\"", "\"claim\": true", "type_mismatch", "/claim"},
         {"result.json", "\"format_version\": 4", "\"format_version\": 3", "older_format", "/format_version"},
         {"result.json", "\"format_version\": 4", "\"format_version\": 5", "newer_format", "/format_version"},
         {"result.json", "countyplan.allocation", "countyplan.plan", "wrong_format", "/format"},
         {"result.json", "\"steps\": ", "\"steps\": 1e", "number_range", "/steps"},
         {"result.json", "\"steps\": ", "\"steps\": -1", "number_range", "/steps"},
         {"result.json", "\"group\": ", "\"group\": null, \"x\": ", "type_mismatch", "/unfilled/0/group"},
         {"result.json", "\"group\": ", "\"group\": -1", "number_range", "/unfilled/0/group"},
         {"result.json", "\"group\": ", "\"gruppe\": ", "unknown_member", "/unfilled/0/gruppe"},
         {"result.json", "\"steps\": ", "\"stops\": ", "missing_member", ""},
         {"result.json", "\"steps\": ", "\"stops\": 1, \"steps\": ", "unknown_member", "/stops"},
         {"result.json", "\"fit\": ", "\"fat\": ", "unknown_member", "/tiers/fat"},
         {"result.json", "\"fit\": ", "\"fit\": 1e", "number_range", "/tiers/fit"},
         {"result.json", "\"fit\": ", "\"fit\": 999999999999999999999999999999999999999999", "number_range",
          "/tiers/fit"},
         {"result.json", "\"short_of_min\": ", "\"short_of_min\": 1e", "number_range", "/unfilled/0/short_of_min"},
         {"result.json", "\"unfilled\": [", "\"unfilled\": {}, \"x\": [", "type_mismatch", "/unfilled"},
         {"result.json", "\"loss\": [", "\"loss\": [7, ", "price_shape", "/unfilled/0/loss"},
         {"result.json", "\"loss\": [", "\"loss\": null, \"x\": [", "type_mismatch", "/unfilled/0/loss"},
         {"result.json", "\"loss\": ", "\"lost\": ", "missing_member", "/unfilled/0"},
         {"result.json", "\"en\": ", "\"fr\": \"\", \"en\": ", "unknown_member", "/unfilled/0/reason/fr"},
         {"result.json", "\"supply\": ", "\"more\": 1, \"supply\": ", "unknown_member", "/scarce/0/more"},
         {"result.json", "\"serving\": ", "\"serving\": -", "number_range", "/counties/0/serving"},
         {"result.json", "\"serving\": ", "\"served\": ", "missing_member", "/counties/0"},
         {"result.json", "\"counties\": [", "\"counties\": [3, ", "type_mismatch", "/counties/0"},
         {"result.json", "\"conflict\": [", "\"conflict\": [{\"set\": \"post:P\"}", "missing_member", "/conflict/0"},
         {"result.json", "\"digests\": {", "\"digests\": 7, \"x\": {", "type_mismatch", "/digests"},
         {"result.json", "\"ledger\": ", "\"diary\": 1, \"ledger\": ", "unknown_member", "/digests/diary"},
         {"result.json", "\"given\": ", "\"given\": -1", "number_range", "/given"},
         {"result.json", "\"fairness\": ", "\"fairness\": 0, \"x\": ", "type_mismatch", "/fairness"},
         {"result.json", "\"fairness\": ", "\"unfairness\": ", "missing_member", ""},
         {"result.json", "\"rules\": {", "\"rules\": [], \"x\": {", "type_mismatch", "/rules"},
         {"result.json", "\"terms\": [", "\"terms\": [1", "type_mismatch", "/rules/terms/0"},
         {"result.json", "\"left_out\": [", "\"left_out\": [{\"rule\": \"r\", \"kind\": \"r\"}", "unknown_word",
          "/rules/left_out/0/kind"},
         {"result.json", "\"sender_quotas\": ", "\"sender_quotas\": -1", "number_range", "/rules/sender_quotas"},
         {"result.json", "\"decisions\": ", "\"decision\": 1, \"decisions\": ", "unknown_member", "/rules/decision"},
         {"result.json", "", "[]", "type_mismatch", ""},
         {"result.json", "", "{", "json_ends_early", ""},
         {"certificate.json", "\"prices\": [", "\"prices\": [{\"set\": \"post:P\", \"value\": [1]}, ", "price_shape",
          "/prices/0/value"},
         {"certificate.json", "\"prices\": [", "\"prices\": [{\"set\": \"post:P\", \"value\": [1, 2, 3, 1e99]}, ",
          "number_range", "/prices/0/value/3"},
         {"certificate.json", "\"prices\": [", "\"prices\": [{\"set\": \"post:P\"}, ", "missing_member", "/prices/0"},
         {"certificate.json", "\"prices\": [", "\"prices\": [{\"value\": [0, 0, 0, 0]}, ", "missing_member",
          "/prices/0"},
         {"certificate.json", "\"prices\": [",
          "\"prices\": [{\"set\": \"post:P\", \"value\": [0, 0, 0, 0], \"note\": \"\"}, ", "unknown_member",
          "/prices/0/note"},
         {"certificate.json", "\"prices\": [", "\"prices\": [4, ", "type_mismatch", "/prices/0"},
         {"certificate.json", "\"fit\"", "\"joy\"", "unknown_member", "/tiers/3"},
         {"certificate.json", "\"fit\"", "\"moves\"", "other_tiers", "/tiers"},
         {"certificate.json", "\"plan\": \"", "\"plan\": \"00000000-0000-0000-0000-000000000000\", \"x\": \"",
          "certificate_of_other", ""},
         {"certificate.json", "\"prices\"", "\"potentials\"", "missing_member", ""},
         {"given.csv", "", "expert,post,allowed,points,doubt\n", "file_not_stated", ""},
         {"fairness.json", "", "{}", "file_not_stated", ""}});
    given::MemoryFiles files;
    files.put("r", written);
    files.bytes.erase("r/certificate.json");
    EXPECT_THROW((void)read_allocation("r", {}, files), IoError);
    files.put("r", written);
    files.bytes.erase("r/staffing.csv");
    EXPECT_THROW((void)read_allocation("r", {}, files), IoError);
}

TEST(ResultRefusal, OfAProofThatThereIsNoStaffing) {
    const Plan plan(impossible_draft());
    expect_refused(allocation_files(plan, allocate(plan), Language::en),
                   {{"staffing.csv", "", "expert,post,from,to\n", "file_not_stated", ""},
                    {"result.json", "\"side\": \"upper\"", "\"side\": \"outer\"", "unknown_word", "/conflict/0/side"},
                    {"result.json", "\"bound\": ", "\"bound\": 1.5", "number_range", "/conflict/0/bound"},
                    {"result.json", "\"bound\": ", "\"limit\": ", "missing_member", "/conflict/0"},
                    {"result.json", "\"side\": ", "\"inside\": 1, \"side\": ", "unknown_member", "/conflict/0/inside"},
                    {"certificate.json", "\"prices\": [", "\"prices\": [{\"set\": \"post:P\", \"value\": [1, 2]}, ",
                     "price_shape", "/prices/0/value"},
                    {"certificate.json", "\"tiers\": [", "\"tiers\": [\"fit\"", "other_tiers", "/tiers"}});
}

TEST(ResultRefusal, OfWhatRulesSaid) {
    const Plan plan(short_draft());
    const auto written = allocation_files(plan, allocate(plan, {.flow = {}, .rules = some_rules()}), Language::en);
    expect_refused(written, {{"given.csv", "doubt", "doubts", "unknown_column", ""},
                             {"given.csv", "allowed", "may", "unknown_column", ""},
                             {"given.csv", ",true,", ",yes,", "boolean_format", ""},
                             {"given.csv", ",true,", ",true,x", "number_format", ""},
                             {"given.csv", ",true,", ",true,-", "number_range", ""},
                             {"given.csv", ",true,", ",true,99999999999999999999", "number_range", ""},
                             {"given.csv", ",true,", ",true,9000000000000000", "number_range", ""},
                             {"given.csv", ",true,", ",true,1,", "record_too_long", ""},
                             {"given.csv", ",0,0,0\n", ",0,0,x\n", "number_format", ""},
                             {"given.csv", ",0,0,0\n", ",-1000000001,0,0\n", "number_range", ""},
                             {"result.json", "\"user_tiers\": {}", "\"user_tiers\": {\"fit\": \"x\"}", "unknown_member",
                              "/user_tiers/fit"},
                             {"result.json", "\"user_tiers\": {}", "\"user_tiers\": {\"user_2\": 1}", "type_mismatch",
                              "/user_tiers/user_2"},
                             {"result.json", "\"user_tiers\": {}", "\"user\": {}", "missing_member", ""},
                             {"given.csv", "", "expert,post,allowed,points,doubt\nE,P,,,\n", "given_count", ""}});
    given::MemoryFiles files;
    files.put("r", written);
    files.bytes.erase("r/given.csv");
    EXPECT_THROW((void)read_allocation("r", {}, files), IoError);
}

/// With rules of every sort, and counties that compete.
Draft ruled_draft(std::uint64_t seed) {
    Draft draft = given::rich_draft(seed);
    draft.rules.clear();
    draft.rules.push_back({.id = "R-team",
                           .kind = RuleKind::team_size,
                           .clause = "6 to 12",
                           .severity = Severity::warning,
                           .parameters = {{"min", 6}, {"max", 12}}});
    draft.rules.push_back({.id = "R-term",
                           .kind = RuleKind::staff_term,
                           .severity = Severity::warning,
                           .parameters = {{"min_months", 1}, {"max_months", 90}}});
    if (std::ranges::count(draft.objective, Tier::county_cover) == 0)
        draft.objective.insert(draft.objective.begin(), Tier::county_cover);
    return draft;
}

AllocationReading read_with(const Plan& plan, const Allocation& allocation, const FairnessPrice& price) {
    given::MemoryFiles files;
    files.put("r", allocation_files(plan, allocation, Language::en, &price));
    AllocationReading read = read_allocation("r", {}, files);
    EXPECT_TRUE(read.findings.empty()) << text(read.findings.front().message, Language::en);
    return read;
}

TEST(Result, RulesKeptAndLeftOutAreThePlansOrItIsNoticed) {
    const Plan plan(ruled_draft(1));
    const AllocationReading reading = reading_of(plan, allocate(plan));
    EXPECT_TRUE(examine(plan, reading).accepted);
    ASSERT_EQ(reading.rules.left_out.size(), 2U);
    EXPECT_EQ(reading.rules.left_out[0].rule, "R-team");
    AllocationReading wrong = reading;
    wrong.rules.left_out.pop_back();
    EXPECT_EQ(examine(plan, wrong).key, "rules");
    wrong = reading;
    ++wrong.rules.decisions;
    EXPECT_EQ(examine(plan, wrong).key, "rules");
    wrong = reading;
    wrong.rules.left_out[1].reason = wrong.rules.left_out[0].reason;
    EXPECT_EQ(examine(plan, wrong).key, "rules");
}

TEST(ResultLaw, ThePriceOfFairnessReadsBackTheSameAndIsProvedAnew) {
    std::size_t told = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = ruled_draft(seed);
        if (has_errors(check(draft))) continue;  // its quotas cross the counties
        if (seed % 3 == 0 && draft.objective.size() > 1) std::erase(draft.objective, Tier::county_cover);
        const Plan plan(draft);
        const AllocateOptions options{.flow = {}, .rules = seed % 4 == 0 ? some_rules() : UserRules()};
        const Allocation allocation = allocate(plan, options);
        const FairnessPrice price = price_of_fairness(plan, allocation, options);
        const AllocationReading reading = read_with(plan, allocation, price);
        ASSERT_EQ(reading.fairness.has_value(), price.termination == Termination::optimal);
        if (!reading.fairness) continue;
        ++told;
        const AnswerVerdict verdict = examine(plan, reading);
        EXPECT_TRUE(verdict.accepted) << verdict.key << text(verdict.why, Language::en);
        const auto again = fairness_of(reading);
        ASSERT_TRUE(again);
        EXPECT_EQ(again->tiers, price.tiers);
        EXPECT_EQ(again->fair, price.fair);
        EXPECT_EQ(again->unfair, price.unfair);
        EXPECT_EQ(reading.fairness->staffing, price.other.staffing);

        const auto refused_at = [&](auto&& spoil) {
            AllocationReading wrong = reading;
            spoil(*wrong.fairness);
            return examine(plan, wrong).key;
        };
        EXPECT_EQ(refused_at([](StatedFairness& f) { f.plan = {}; }), "fairness.plan");
        EXPECT_EQ(refused_at([](StatedFairness& f) { f.claim = Claim::estimate; }), "fairness.claim");
        EXPECT_EQ(refused_at([](StatedFairness& f) { f.termination = Termination::feasible; }), "fairness.termination");
        EXPECT_EQ(refused_at([](StatedFairness& f) { f.cause = Cause::time; }), "fairness.cause");
        EXPECT_EQ(refused_at([](StatedFairness& f) { f.objective.pop_back(); }), "fairness.objective");
        EXPECT_EQ(refused_at([](StatedFairness& f) { ++f.counties.at(0).unfair; }), "fairness.counties");
        if (!price.tiers.empty()) {
            EXPECT_EQ(refused_at([](StatedFairness& f) { f.tiers[0].unfair += Int128(1); }), "fairness.tiers");
        }
        if (!price.other.staffing.empty()) {
            EXPECT_NE(refused_at([](StatedFairness& f) { f.staffing.rows().pop_back(); }), "");
        }
    }
    EXPECT_GT(told, 10U);
}

TEST(ResultRefusal, OfAPriceOfFairness) {
    const Plan plan(short_draft());
    const Allocation allocation = allocate(plan);
    const FairnessPrice price = price_of_fairness(plan, allocation);
    expect_refused(
        allocation_files(plan, allocation, Language::en, &price),
        {{"fairness.json", "countyplan.fairness", "countyplan.plan", "wrong_format", "/format"},
         {"fairness.json", "\"format_version\": 1", "\"format_version\": 2", "newer_format", "/format_version"},
         {"fairness.json", "\"optimal\"", "\"perfect\"", "unknown_word", "/termination"},
         {"fairness.json", "\"fit\": {", "\"fat\": {", "unknown_member", "/tiers/fat"},
         {"fairness.json", "\"fair\": ", "\"just\": ", "missing_member", "/tiers/critical_shortfall"},
         {"fairness.json", "\"wanted\": ", "\"wanted\": -", "number_range", "/counties/0/wanted"},
         {"fairness.json", "\"staffing\": [", "\"staffing\": [{}, ", "missing_member", "/staffing/0"},
         {"fairness.json", "\"prices\": [", "\"prices\": [{\"set\": \"post:P\", \"value\": [1]}, ", "price_shape",
          "/prices/0/value"},
         {"fairness.json", "\"claim\": ", "\"said\": ", "missing_member", ""}});
    given::MemoryFiles files;
    files.put("r", allocation_files(plan, allocation, Language::en, &price));
    std::string& result = files.bytes["r/result.json"];
    result.replace(result.find("\"fairness\": true"), 16, "\"fairness\": false");
    const Findings findings = read_allocation("r", {}, files).findings;
    ASSERT_FALSE(findings.empty());
    EXPECT_EQ(findings[0].message.code(), "file_not_stated");
    files.put("r", allocation_files(plan, allocation, Language::en, &price));
    files.bytes.erase("r/fairness.json");
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
    EXPECT_EQ(allocated.root().find("prices")->size(), allocation.prices.size());
    EXPECT_EQ(allocated.root().find("rules")->find("left_out")->size(), rule_coverage(plan).left_out.size());
    EXPECT_FALSE(allocated.root().find("fairness"));
    const FairnessPrice price = price_of_fairness(plan, allocation);
    const JsonDocument fair = read_json(allocation_json(plan, allocation, &price));
    ASSERT_TRUE(fair.ok());
    EXPECT_EQ(fair.root().find("fairness")->find("termination")->text(), name(price.termination));
    EXPECT_EQ(fair.root().find("fairness")->find("counties")->size(), price.fair.size());
    const Tracking tracking = track(plan, given::day("2026-01-10"));
    const JsonDocument tracked = read_json(tracking_json(plan, tracking));
    ASSERT_TRUE(tracked.ok());
    EXPECT_EQ(tracked.root().find("tasks")->size(), plan.rows().tasks.size());
    EXPECT_EQ(tracked.root().find("goals")->size(), plan.rows().goals.size());
    EXPECT_EQ(tracked.root().find("as_of")->text(), "2026-01-10");
}

TEST(MachineAnswers, Item61UndefinedIndicesOfEarnedValueAreNullAndNothingIsInfinite) {
    Tracking tracking;
    ValueSums& sums = tracking.earned_value.whole.sums;
    const auto index = [&](const char* key) {
        const JsonDocument told = read_json(tracking_json(Plan(), tracking));
        EXPECT_TRUE(told.ok()) << "an infinity is no JSON";
        const auto value = told.root().find("earned_value")->find(key);
        return value->is_null() ? std::string("null") : std::string(value->text());
    };
    sums = {.budget = 100, .planned = 0, .earned = 150, .actual = 0};
    for (const char* const key : {"spi", "cpi", "sci", "es", "sv_t", "spi_t", "sci_t", "tspi_t", "adherence"})
        EXPECT_EQ(index(key), "null") << key;
    sums = {.budget = 100, .planned = 50, .earned = 0, .actual = 100};
    EXPECT_EQ(index("tcpi"), "null") << "all is spent";
    sums.actual.reset();
    for (const char* const key : {"ac", "cv", "cpi", "sci", "tcpi"})
        EXPECT_EQ(index(key), "null") << key;
}

}  // namespace
