#include <countyplan/allocate/objective.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include <countyplan/allocate/score.hpp>
#include <countyplan/solve/min_cost_flow.hpp>

#include "given/allocate.hpp"

namespace countyplan {
namespace {

using Flow = std::vector<std::int64_t>;

std::string told(const AnswerVerdict& v) {
    return std::string(name(v.part)) + " " + v.key + ": " + text(v.why, Language::en) + " " +
           text(v.detail, Language::en);
}

/// A best answer with its proof.
struct Answer {
    explicit Answer(const Plan& plan) : network(allocation_network(plan)), solved(solve(network.problem)) {
        staffing = staffing_of(network, solved.flow);
        tiers = tier_values(plan, staffing);
        potentials = named_potentials(network, std::get<Potentials>(solved.certificate));
    }

    AllocationNetwork network;
    MinCostFlowResult solved;
    Staffing staffing;
    std::vector<TierValue> tiers;
    std::vector<NodePotential> potentials;
};

/// Two teachers of a district, a spare one of the city, two posts.
Draft two_posts() {
    Draft draft;
    draft.name = "two";
    draft.period = {given::day("2024-09-01"), given::day("2026-02-28")};
    draft.counties.push_back({.code = *Code::parse("451024")});
    draft.schools.push_back({.id = "DB-1", .county = *Code::parse("451024"), .assisted = true});
    draft.senders.push_back({.id = "SZ", .quota_total = 2});
    draft.senders.push_back({.id = "LG", .kind = SenderKind::district, .parent = "SZ"});
    draft.posts.push_back({.id = "P-1", .school = "DB-1", .subject = "maths", .min = 1, .target = 2, .max = 3});
    draft.posts.push_back({.id = "P-2", .school = "DB-1", .role = Role::mid_level, .priority = 4, .critical = true});
    draft.experts.push_back({.id = "E-1", .sender = "LG", .roles = {Role::teacher}, .subjects = {"maths"}});
    draft.experts.push_back(
        {.id = "E-2", .sender = "LG", .roles = {Role::teacher, Role::mid_level}, .subjects = {"maths"}});
    draft.experts.push_back({.id = "E-3", .sender = "SZ", .roles = {Role::teacher}, .subjects = {"maths"}});
    return draft;
}

Posting posting(const char* expert, const char* post) {
    return {expert, post, given::day("2024-09-01"), given::day("2026-02-28")};
}

TEST(TierValues, AreCountedFromTheirDefinitions) {
    const Plan plan(two_posts());
    EXPECT_EQ(tier_values(plan, {})[0].value, Int128(0));
    EXPECT_EQ(tier_values(plan, {})[1].value, Int128(1));
    EXPECT_EQ(tier_values(plan, {})[2].value, Int128(2 * 1 + 1 * 4));
    EXPECT_EQ(tier_values(plan, {})[3].value, Int128(0));
    Staffing staffing;
    staffing.push_back(posting("E-1", "P-1"));
    staffing.push_back(posting("E-2", "P-2"));
    const auto tiers = tier_values(plan, staffing);
    const FitScore fit(plan);
    EXPECT_EQ(tiers[1].value, Int128(0));
    EXPECT_EQ(tiers[2].value, Int128(1));
    EXPECT_EQ(tiers[3].value, Int128(fit.score(Id<Expert>(0), Id<Post>(0)) + fit.score(Id<Expert>(1), Id<Post>(1))));
    const auto missing = shortages(plan, staffing);
    ASSERT_EQ(missing.size(), 1U);
    EXPECT_EQ(missing[0], (Shortage{Id<Post>(0), 0, 1}));
}

TEST(AllocationNetwork, NamesItsNodesAndArcs) {
    const AllocationNetwork network = allocation_network(Plan(two_posts()));
    EXPECT_TRUE(examine(network.problem).accepted);
    EXPECT_EQ(network.node_name(0), "home");
    EXPECT_EQ(network.node_name(network.node(Id<Sender>(1))), "sender:LG");
    EXPECT_EQ(network.node_name(network.node(Id<Sender>(1), Role::mid_level)), "role:LG/mid_level");
    EXPECT_EQ(network.node_name(network.node(Id<Expert>(2))), "expert:E-3");
    EXPECT_EQ(network.node_name(network.node(Id<Post>(1))), "post:P-2");
    for (std::size_t v = 0; v < network.problem.nodes; ++v)
        EXPECT_EQ(network.find_node(network.node_name(v)), v);
    for (const char* wrong :
         {"", "sender", "sender:", "expert:E-9", "role:LG", "role:LG/cook", "role:XX/teacher", "x:y"})
        EXPECT_FALSE(network.find_node(wrong)) << wrong;
    std::vector<std::string> arcs;
    for (std::size_t k = 0; k < network.problem.arcs(); ++k)
        arcs.push_back(network.arc_name(k));
    const std::vector<std::string> expected = {"quota:SZ",           "quota:LG",         "quota:SZ/principal",
                                               "quota:SZ/mid_level", "quota:SZ/teacher", "quota:LG/principal",
                                               "quota:LG/mid_level", "quota:LG/teacher", "expert:E-1",
                                               "expert:E-2",         "expert:E-3",       "min:P-1",
                                               "target:P-1",         "max:P-1",          "target:P-2",
                                               "pair:E-1/P-1",       "pair:E-2/P-1",     "pair:E-2/P-2",
                                               "pair:E-3/P-1"};
    EXPECT_EQ(arcs, expected);
    EXPECT_TRUE(network.pair_arc(Id<Expert>(1), Id<Post>(1)));
    EXPECT_FALSE(network.pair_arc(Id<Expert>(0), Id<Post>(1)));
}

TEST(AllocationNetworkLaw, ItsCostIsTheTiersOfTheStaffing) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::small_draft(seed, {8, 6}));
        const Answer answer(plan);
        ASSERT_TRUE(verify(answer.network.problem, answer.solved));
        const auto nobody = tier_values(plan, {});
        for (std::size_t t = 0; t < 3; ++t)
            ASSERT_EQ(nobody[t].value + answer.solved.cost[t], answer.tiers[t].value);
        ASSERT_EQ(Int128(0) - answer.solved.cost[3], answer.tiers[3].value);
        const auto flow = flow_of(answer.network, answer.staffing);
        ASSERT_TRUE(std::holds_alternative<Flow>(flow));
        ASSERT_EQ(staffing_of(answer.network, std::get<Flow>(flow)), answer.staffing);
        MinCostFlowResult again = answer.solved;
        again.flow = std::get<Flow>(flow);
        ASSERT_TRUE(verify(answer.network.problem, again));
        ASSERT_EQ(std::get<Potentials>(potentials_of(answer.network, answer.potentials)),
                  std::get<Potentials>(answer.solved.certificate));
        const auto verdict = examine(plan, answer.staffing, answer.tiers, answer.potentials);
        ASSERT_TRUE(verdict.accepted) << told(verdict);
    }
}

// Breaking right answers.

class BrokenAnswer : public testing::Test {
  protected:
    AnswerVerdict refused(AnswerPart part, const std::string& key, std::string_view code) const {
        const AnswerVerdict verdict = examine(plan, staffing, tiers, potentials);
        EXPECT_FALSE(verdict.accepted);
        EXPECT_EQ(verdict.part, part) << told(verdict);
        EXPECT_EQ(verdict.key, key) << told(verdict);
        EXPECT_EQ(verdict.why.code(), code) << told(verdict);
        return verdict;
    }

    Plan plan{two_posts()};
    Answer right{plan};
    Staffing staffing = right.staffing;
    std::vector<TierValue> tiers = right.tiers;
    std::vector<NodePotential> potentials = right.potentials;
};

TEST_F(BrokenAnswer, IsRightToBeginWith) {
    EXPECT_TRUE(examine(plan, staffing, tiers, potentials).accepted);
    ASSERT_EQ(staffing.size(), 2U);
}

TEST_F(BrokenAnswer, WithAnUnknownExpertIsRefusedByName) {
    staffing.rows()[0].expert = "E-99";
    refused(AnswerPart::staffing, "expert:E-99", "staffing_unknown_expert");
}

TEST_F(BrokenAnswer, WithAnUnknownPostIsRefusedByName) {
    staffing.rows()[0].post = "P-99";
    refused(AnswerPart::staffing, "post:P-99", "staffing_unknown_post");
}

TEST_F(BrokenAnswer, WithAnIneligibleExpertIsRefusedWithTheReason) {
    staffing.rows()[0] = posting("E-1", "P-2");
    const auto verdict = refused(AnswerPart::staffing, "expert:E-1", "staffing_refused");
    EXPECT_EQ(text(verdict.detail, Language::en),
              "the post asks for a mid-level cadre; this person can serve as: backbone teacher");
    EXPECT_EQ(verdict.why.arguments()[1].text, "post.role");
}

TEST_F(BrokenAnswer, Item42WithAPersonTwiceIsRefusedByName) {
    staffing.push_back(staffing.rows().back());
    refused(AnswerPart::staffing, "expert:" + staffing.rows().back().expert, "staffing_doubled");
}

TEST_F(BrokenAnswer, WithOtherDatesIsRefusedByName) {
    staffing.rows()[0].to = given::day("2026-03-01");
    refused(AnswerPart::staffing, "expert:" + staffing.rows()[0].expert, "staffing_dates");
}

TEST_F(BrokenAnswer, AboveAQuotaIsRefusedByTheSender) {
    staffing = Staffing({posting("E-1", "P-1"), posting("E-2", "P-2"), posting("E-3", "P-1")});
    refused(AnswerPart::staffing, "sender:SZ", "staffing_over_quota");
}

TEST_F(BrokenAnswer, AboveAPostsMaximumIsRefusedByThePost) {
    Draft draft = two_posts();
    draft.posts.rows()[0].target = draft.posts.rows()[0].max = 1;
    plan = Plan(draft);
    staffing = Staffing({posting("E-1", "P-1"), posting("E-2", "P-1")});
    refused(AnswerPart::staffing, "post:P-1", "staffing_over_max");
}

TEST_F(BrokenAnswer, WithARowDroppedIsRefusedByItsPersonOrPost) {
    for (std::size_t i = 0; i < right.staffing.size(); ++i) {
        SCOPED_TRACE(i);
        auto rows = right.staffing.rows();
        const Posting dropped = rows[i];
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i));
        staffing = Staffing(rows);
        const AnswerVerdict verdict = examine(plan, staffing, tiers, potentials);
        EXPECT_FALSE(verdict.accepted);
        EXPECT_EQ(verdict.part, AnswerPart::staffing);
        EXPECT_EQ(verdict.why.code(), "staffing_improvable");
        EXPECT_TRUE(verdict.key == "expert:" + dropped.expert || verdict.key == "post:" + dropped.post ||
                    verdict.key.starts_with("sender:"))
            << told(verdict);
    }
}

TEST_F(BrokenAnswer, WithAFalseValueIsRefusedByTheTier) {
    for (std::size_t t = 0; t < standard_tiers; ++t) {
        tiers = right.tiers;
        tiers[t].value += 1;
        refused(AnswerPart::result, std::string(name(static_cast<Tier>(t))), "tier_differs");
    }
    tiers.pop_back();
    refused(AnswerPart::result, "tiers", "tiers_incomplete");
}

TEST_F(BrokenAnswer, WithAnIncompleteCertificateIsRefusedByTheNode) {
    potentials.erase(potentials.begin() + 3);
    refused(AnswerPart::certificate, right.potentials[3].node, "price_missing");
    potentials = right.potentials;
    potentials[2].node = potentials[1].node;
    refused(AnswerPart::certificate, potentials[1].node, "price_doubled");
    potentials = right.potentials;
    potentials[1].node = "expert:E-99";
    refused(AnswerPart::certificate, "expert:E-99", "price_unknown_node");
    potentials.clear();
    refused(AnswerPart::certificate, "potentials", "claim_without_proof");
    EXPECT_TRUE(examine(plan, staffing, tiers, potentials, Claim::feasible).accepted);
}

TEST(BrokenPotentialLaw, IsRefusedByTheNodeAsSoonAsAConditionFails) {
    std::size_t refused = 0;
    std::size_t named = 0;
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const Plan plan(given::small_draft(seed, {8, 6}));
        const Answer right(plan);
        for (std::size_t v = 0; v < right.potentials.size(); ++v) {
            for (const std::int64_t by : {std::int64_t{1} << 40, -(std::int64_t{1} << 40), std::int64_t{1}}) {
                SCOPED_TRACE(std::to_string(seed) + " " + right.potentials[v].node);
                auto potentials = right.potentials;
                potentials[v].value[0] += by;
                MinCostFlowResult changed = right.solved;
                std::get<Potentials>(changed.certificate).value[v * standard_tiers] += by;
                const bool still_proved = verify(right.network.problem, changed);
                const AnswerVerdict verdict = examine(plan, right.staffing, right.tiers, potentials);
                ASSERT_EQ(verdict.accepted, still_proved);
                if (verdict.accepted) continue;
                ASSERT_EQ(verdict.part, AnswerPart::certificate);
                ++refused;
                named += verdict.key == right.potentials[v].node;
            }
        }
    }
    EXPECT_GT(refused, 500U);
    EXPECT_GT(named * 10, refused * 9);  // where either end of one arc would mend it, either may be blamed
}

TEST(BrokenStaffingLaw, IsAcceptedOnlyIfItIsLegalAndAsGood) {
    std::size_t accepted = 0;
    std::size_t refused = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = given::small_draft(seed % 100, {6, 5});
        const Plan plan(draft);
        const Answer right(plan);
        Random random(seed);
        std::vector<int> post_of(draft.experts.size(), -1);
        for (const Posting& row : right.staffing)
            post_of[plan.find<Expert>(row.expert).value()] = static_cast<int>(plan.find<Post>(row.post).value());
        for (int k = 0; k < 2; ++k)
            post_of[random.below(post_of.size())] =
                static_cast<int>(random.between(-1, static_cast<std::int64_t>(draft.posts.size()) - 1));
        Staffing staffing;
        bool legal = true;
        for (std::size_t e = 0; e < post_of.size(); ++e) {
            if (post_of[e] < 0) continue;
            const Id<Post> post(static_cast<std::size_t>(post_of[e]));
            const Period period = plan.period_of(post);
            staffing.push_back({draft.experts.rows()[e].id, draft.posts[post].id, period.from, period.to});
            legal = legal && given::may_serve(draft, draft.experts.rows()[e], draft.posts[post]);
        }
        const auto no_score = [](std::size_t, std::size_t) { return 0; };
        legal = legal && given::value_of(draft, post_of, no_score).has_value();
        const bool as_good = tier_values(plan, staffing) == right.tiers;
        const AnswerVerdict verdict = examine(plan, staffing, right.tiers, right.potentials);
        ASSERT_EQ(verdict.accepted, legal && as_good) << told(verdict);
        ++(verdict.accepted ? accepted : refused);
        ASSERT_TRUE(verdict.accepted || verdict.part == AnswerPart::staffing) << told(verdict);
    }
    EXPECT_GT(accepted, 10U);
    EXPECT_GT(refused, 500U);
}

}  // namespace
}  // namespace countyplan
