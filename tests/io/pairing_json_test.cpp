#include <countyplan/io/pairing_json.hpp>

#include <gtest/gtest.h>

#include <string>

#include <countyplan/io/json.hpp>
#include <countyplan/io/write.hpp>

#include "given/plan.hpp"

namespace countyplan {
namespace {

JsonValue member(const JsonValue& value, std::string_view key) {
    const auto found = value.find(key);
    EXPECT_TRUE(found) << key;
    return found.value_or(value);
}

TEST(PairingJson, SaysWhatTheResultHoldsByTheNamesOfItsStructs) {
    const Plan plan(given::small_draft());
    const PairingProblem problem = pairing_problem(plan, {.level = SenderKind::district});
    const PairingResult result = solve(problem);
    const JsonDocument document = read_json(pairing_json(plan, problem, result, examine(problem, result)));
    ASSERT_TRUE(document.ok());
    const JsonValue root = document.root();
    EXPECT_EQ(member(root, "termination").text(), "optimal");
    EXPECT_EQ(member(root, "claim").text(), "proved");
    EXPECT_EQ(member(root, "certificate_valid").boolean(), true);
    EXPECT_FALSE(root.find("why"));
    EXPECT_FALSE(root.find("conflict"));
    EXPECT_EQ(member(member(root, "tiers"), "unserved").text(), to_text(result.tiers[0]));
    EXPECT_EQ(member(member(root, "tiers"), "cost").text(), to_text(result.tiers[1]));
    EXPECT_EQ(member(root, "order").size(), 2U);
    EXPECT_EQ(member(member(root, "weights"), "change").integer(), problem.weights.change);
    ASSERT_EQ(member(root, "pairings").size(), 1U);
    const JsonValue pairing = *member(root, "pairings").begin();
    EXPECT_EQ(member(pairing, "sender").text(), "SZ-NS");
    EXPECT_EQ(member(pairing, "receiver").text(), "451024");
    EXPECT_EQ(member(pairing, "amount").integer(), result.amount[0]);
    EXPECT_EQ(member(pairing, "km").integer(), problem.ties[0].km);
    EXPECT_EQ(member(pairing, "present").boolean(), true);
    EXPECT_EQ(member(pairing, "cost").integer(), problem.cost_of(problem.ties[0]));
    EXPECT_EQ(member(member(root, "changes"), "begun").size(), 0U);
    EXPECT_EQ(member(member(root, "changes"), "ended").size(), 0U);
    ASSERT_EQ(member(root, "senders").size(), problem.senders.size());
    const JsonValue city = *member(root, "senders").begin();
    EXPECT_EQ(member(city, "id").text(), "SZ");
    EXPECT_EQ(member(city, "parent").text(), "");
    EXPECT_EQ(member(city, "amount").integer(), loads(problem, result)[0].amount);
    EXPECT_EQ(member(city, "worth").size(), 2U);
    const JsonValue county = *member(root, "receivers").begin();
    EXPECT_EQ(member(county, "need").integer(), problem.receivers[0].need);
    EXPECT_EQ(member(county, "served").integer(), covers(problem, result)[0].served);
}

TEST(PairingJson, SaysWhyACertificateIsRefusedAndWhatContradicts) {
    const Plan plan(given::small_draft());
    PairingProblem problem = pairing_problem(plan, {.level = SenderKind::district});
    PairingResult wrong = solve(problem);
    wrong.tiers[0] += 1;
    const JsonDocument refused = read_json(pairing_json(plan, problem, wrong, examine(problem, wrong)));
    ASSERT_TRUE(refused.ok());
    EXPECT_EQ(member(refused.root(), "certificate_valid").boolean(), false);
    EXPECT_EQ(member(refused.root(), "place").text(), "unserved");
    EXPECT_FALSE(member(member(refused.root(), "why"), "zh").text().empty());

    problem.ties[0].least = 1'000;  // more than the county wants
    const PairingResult none = solve(problem);
    ASSERT_EQ(none.termination, Termination::infeasible);
    const JsonDocument impossible = read_json(pairing_json(plan, problem, none, examine(problem, none)));
    ASSERT_TRUE(impossible.ok());
    EXPECT_EQ(member(impossible.root(), "certificate_valid").boolean(), true);
    const JsonValue conflict = member(impossible.root(), "conflict");
    EXPECT_EQ(member(conflict, "senders").size(), none.conflict.senders.size());
    EXPECT_EQ(member(conflict, "receivers").size(), none.conflict.receivers.size());
    EXPECT_FALSE(impossible.root().find("pairings"));
}

TEST(PairingJson, TheTableIsThatOfThePlan) {
    const Draft draft = given::small_draft();
    for (const NamedBytes& table : plan_tables(draft)) {
        if (table.name != "pairings.csv") continue;
        EXPECT_EQ(pairings_csv(draft.pairings), table.bytes);
    }
    EXPECT_EQ(pairings_csv({}), "\xEF\xBB\xBFsender,receiver,kind,from,to,required\n");
}

}  // namespace
}  // namespace countyplan
