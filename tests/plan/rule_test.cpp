#include <countyplan/plan/rule.hpp>

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include <countyplan/plan/check.hpp>
#include <countyplan/plan/plan.hpp>

#include "given/plan.hpp"

namespace {

using namespace countyplan;
using given::code;
using given::day;
using Said = std::vector<std::string>;

Rule standard(RuleKind kind) {
    for (Rule& rule : standard_rules()) {
        if (rule.kind == kind) return rule;
    }
    return {};
}

Said said(const Findings& findings) {
    Said out;
    for (const Finding& f : findings)
        out.push_back(f.rule + " " + std::string(name(f.severity)) + " " + std::string(f.message.code()) + " " +
                      to_text(f.place));
    return out;
}

template <class Spoil>
Said judged(RuleKind kind, Spoil spoil) {
    Draft draft = given::small_draft();
    spoil(draft);
    return said(judge(draft, standard(kind)));
}

TEST(StandardRules, HoldOneRuleOfEachKindWithClauseAndSource) {
    std::set<RuleKind> kinds;
    std::set<std::string> ids;
    for (const Rule& rule : standard_rules()) {
        kinds.insert(rule.kind);
        ids.insert(rule.id);
        EXPECT_FALSE(rule.clause.empty());
        EXPECT_FALSE(rule.source.empty());
        EXPECT_FALSE(rule.in_force(day("2022-03-31"))) << "before the scheme began";
        EXPECT_TRUE(rule.in_force(day("2025-09-01")));
    }
    EXPECT_EQ(kinds.size(), enumerator_count<RuleKind>);
    EXPECT_EQ(ids.size(), enumerator_count<RuleKind>);
    Draft draft = given::small_draft();
    draft.rules = standard_rules();
    for (const Finding& f : check(draft)) {
        EXPECT_EQ(f.severity, Severity::warning) << to_text(f.place);
        EXPECT_FALSE(f.rule.empty());
        EXPECT_EQ(f.expected.code(), "expect_rule");
        const auto rule = std::ranges::find(draft.rules, f.rule, &Rule::id);
        ASSERT_NE(rule, draft.rules.end());
        EXPECT_NE(text(f.expected, Language::en).find(word(rule->kind).en), std::string::npos);
        EXPECT_NE(text(f.expected, Language::zh).find(rule->clause), std::string::npos);
    }
}

TEST(Judge, OnePlanPerCounty) {
    const auto kind = RuleKind::one_plan_per_county;
    EXPECT_EQ(judged(kind, [](Draft&) {}), Said{});
    EXPECT_EQ(judged(kind, [](Draft& d) { d.counties.push_back({.code = code("451022")}); }),
              Said{"one-plan error county_without_plan counties[1]"});
    EXPECT_EQ(judged(kind, [](Draft& d) { d.counties.push_back(d.counties.rows()[0]); }),
              Said{"one-plan error county_twice counties[0].code"});
}

TEST(Judge, OnePrincipalPerSchool) {
    const auto kind = RuleKind::one_principal_per_school;
    EXPECT_EQ(judged(kind, [](Draft&) {}), Said{});
    EXPECT_EQ(judged(kind, [](Draft& d) { d.posts.rows()[0].max = 2; }),
              Said{"one-principal error principal_posts schools[0]"});
    EXPECT_EQ(judged(kind, [](Draft& d) { d.posts.rows()[3].role = Role::mid_level; }),
              Said{"one-principal error principal_posts schools[1]"});
    EXPECT_EQ(judged(kind,
                     [](Draft& d) {
                         d.posts.rows()[3].role = Role::mid_level;
                         d.schools.rows()[1].assisted = false;
                     }),
              Said{});
    const auto second = [](const char* start) {
        return [start](Draft& d) {
            d.posts.rows()[0].end = day("2027-01-31");
            d.posts.push_back({.id = "P6", .school = "DB-H", .role = Role::principal, .start = day(start)});
        };
    };
    EXPECT_EQ(judged(kind, second("2027-02-01")), Said{}) << "one after the other";
    EXPECT_EQ(judged(kind, second("2027-01-31")), Said{"one-principal error principal_posts schools[0]"});
    EXPECT_EQ(judged(kind,
                     [](Draft& d) {
                         d.posts.push_back({.id = "P6", .school = "DB-H", .role = Role::principal, .max = 0});
                         d.staffing.push_back({"SZ-0002", "P6", day("2026-01-01"), day("2026-12-31")});
                     }),
              Said{"one-principal error principals_serving staffing[1].post"});
}

TEST(Judge, TermsOfPrincipalsAndOthers) {
    EXPECT_EQ(judged(RuleKind::principal_term, [](Draft&) {}), Said{});
    const auto until = [](const char* to) { return [to](Draft& d) { d.staffing.rows()[0].to = day(to); }; };
    EXPECT_EQ(judged(RuleKind::principal_term, until("2027-08-31")), Said{}) << "24 months";
    EXPECT_EQ(judged(RuleKind::principal_term, until("2027-08-30")),
              Said{"principal-term warning term_length staffing[0].to"});
    EXPECT_EQ(judged(RuleKind::principal_term, until("2028-09-30")),
              Said{"principal-term warning term_length staffing[0].to"});
    EXPECT_EQ(judged(RuleKind::staff_term, until("2026-01-01")), Said{}) << "a principal is no concern of it";
    const auto teacher = [](const char* to) {
        return [to](Draft& d) { d.staffing.push_back({"SZ-0003", "P2", day("2025-09-01"), day(to)}); };
    };
    EXPECT_EQ(judged(RuleKind::staff_term, teacher("2027-02-28")), Said{});
    EXPECT_EQ(judged(RuleKind::staff_term, teacher("2027-08-31")),
              Said{"staff-term warning term_length staffing[1].to"});
}

TEST(Judge, SizeOfATeam) {
    EXPECT_EQ(judged(RuleKind::team_size, [](Draft&) {}), (Said{"team-size warning team_size_outside schools[0]",
                                                                "team-size warning team_size_outside schools[1]"}));
    EXPECT_EQ(judged(RuleKind::team_size,
                     [](Draft& d) {
                         d.posts.rows()[1].target = 8;
                         d.posts.rows()[4].target = 11;
                     }),
              Said{});
}

TEST(Judge, OneSchoolOfEachKind) {
    EXPECT_EQ(judged(RuleKind::one_school_of_each_kind, [](Draft&) {}), Said{});
    EXPECT_EQ(
        judged(RuleKind::one_school_of_each_kind, [](Draft& d) { d.schools.rows()[1].kind = SchoolKind::junior; }),
        Said{"both-kinds warning school_kind_missing counties[0]"});
}

TEST(Judge, ApprenticesOfAMaster) {
    const auto with = [](std::size_t apprentices, bool apart) {
        return [=](Draft& d) {
            d.mentors.clear();
            for (std::size_t i = 0; i < apprentices; ++i) {
                const Day from = day("2025-09-01") + std::chrono::days(apart ? static_cast<int>(i) * 100 : 0);
                d.mentors.push_back({"SZ-0003", "T" + std::to_string(i), from, from + std::chrono::days(50)});
            }
        };
    };
    EXPECT_EQ(judged(RuleKind::mentor_load, with(3, false)), Said{});
    EXPECT_EQ(judged(RuleKind::mentor_load, with(4, false)),
              Said{"mentor-load warning mentor_overloaded mentors[3].expert"});
    EXPECT_EQ(judged(RuleKind::mentor_load, with(9, true)), Said{});
}

TEST(Judge, GoalsAreMeasuredAndTasksServeThem) {
    EXPECT_EQ(judged(RuleKind::leaf_goal_measured, [](Draft&) {}), Said{});
    EXPECT_EQ(judged(RuleKind::leaf_goal_measured, [](Draft& d) { d.indicators.rows()[0].goal = "G3"; }),
              Said{"leaf-measured warning goal_not_measured goals[1]"});
    const auto elsewhere = [](Draft& d) {
        d.counties.push_back({.code = code("451022")});
        d.goals.push_back({.id = "H1", .county = code("451022")});
        d.tasks.rows()[3].goal = "H1";
    };
    EXPECT_EQ(judged(RuleKind::task_serves_goal, elsewhere), Said{"task-serves error other_county tasks[3].goal"});
    // With the rule or without it, `check` says it once.
    Draft draft = given::small_draft();
    elsewhere(draft);
    EXPECT_EQ(said(check(draft)), Said{" error other_county tasks[3].goal"});
    draft.rules = {standard(RuleKind::task_serves_goal)};
    EXPECT_EQ(said(check(draft)), Said{"task-serves error other_county tasks[3].goal"});
}

TEST(Judge, OnlyWhileARuleIsInForceAndAsSevereAsItSays) {
    Draft draft = given::small_draft();
    draft.counties.push_back({.code = code("451022")});
    Rule rule = standard(RuleKind::one_plan_per_county);
    rule.severity = Severity::note;
    EXPECT_EQ(said(judge(draft, rule)), Said{"one-plan note county_without_plan counties[1]"});
    rule.to = day("2025-08-31");
    EXPECT_EQ(said(judge(draft, rule)), Said{});
    rule.to = day("2025-09-01");
    EXPECT_EQ(judge(draft, rule).size(), 1U);
    draft.staffing.rows()[0].to = day("2026-01-01");
    Rule term = standard(RuleKind::principal_term);
    term.from = day("2025-09-02");
    EXPECT_EQ(said(judge(draft, term)), Said{}) << "the posting began before the rule";
    rule.id = "\xFF\n";  // as a damaged snapshot may have it
    EXPECT_EQ(judge(draft, rule).at(0).rule, "\\xFF\\n");
    rule.id = "length";
    draft.rules = {rule};
    draft.rules[0].severity = Severity::error;
    EXPECT_THROW((void)Plan(draft), InvalidPlan);
}

TEST(RuleRefusal, ParametersMissingUnknownOrOutOfOrder) {
    const auto found = [](auto spoil) {
        Draft draft = given::small_draft();
        draft.rules = {standard(RuleKind::principal_term)};
        spoil(draft.rules);
        return said(check(draft));
    };
    using Rules = std::vector<Rule>;
    EXPECT_EQ(found([](Rules&) {}), Said{});
    EXPECT_EQ(found([](Rules& r) { r[0].parameters.erase("max_months"); }),
              Said{" error missing_parameter rules[0].parameters"});
    EXPECT_EQ(found([](Rules& r) { r[0].parameters["size"] = 3; }),
              Said{" error unknown_parameter rules[0].parameters"});
    EXPECT_EQ(found([](Rules& r) { r[0].parameters["min_months"] = -3; }),
              Said{" error parameter_outside rules[0].parameters"});
    EXPECT_EQ(found([](Rules& r) { r[0].parameters["min_months"] = 37; }).front(),
              " error bounds_crossed rules[0].parameters");
    EXPECT_EQ(found([](Rules& r) { r.push_back(r[0]); }), Said{" error duplicate_id rules[1].id"});
    EXPECT_EQ(found([](Rules& r) { r[0].id = ""; }), Said{" error required_field rules[0].id"});
    EXPECT_EQ(found([](Rules& r) { r[0].to = day("2022-03-31"); }), Said{" error period_reversed rules[0].to"});
    EXPECT_EQ(found([](Rules& r) { r[0].kind = static_cast<RuleKind>(44); }).front(),
              " error unknown_enumerator rules[0].kind");
}

}  // namespace
