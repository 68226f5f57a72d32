#include <countyplan/plan/draft.hpp>

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include <countyplan/plan/value_text.hpp>

#include "given/plan.hpp"

namespace {

using namespace countyplan;

TEST(Draft, HasTheTablesAndColumnsOfTheFormatInOrder) {
    std::vector<std::string> found;
    Draft draft;
    for_each_table(draft, [&](const auto& rows) {
        using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
        std::string line = std::string(Table<Row>::name) + " ";
        for_each_field<Row>([&](const auto& field) { line += std::string(field.name) + ","; });
        line.pop_back();
        found.push_back(line);
    });
    EXPECT_EQ(found,
              (std::vector<std::string>{
                  "counties code,name_zh,name_en,prefecture,lat,lng,weight",
                  "senders id,name_zh,name_en,kind,parent,quota_principal,quota_mid_level,quota_teacher,quota_total,"
                  "lat,lng",
                  "pairings sender,receiver,kind,from,to,required",
                  "schools id,county,name_zh,name_en,kind,enrolment,assisted,lat,lng",
                  "posts id,school,role,subject,min,target,max,priority,critical,start,end,min_title,min_years",
                  "experts id,sender,roles,subjects,title,degree,years,available_from,available_to,group,prefers,"
                  "avoids",
                  "teachers id,school,subjects,role,title,years,skills",
                  "mentors expert,teacher,from,to",
                  "goals id,county,parent,name_zh,name_en,weight,owner",
                  "indicators id,goal,school,name_zh,name_en,unit,kind,direction,baseline,baseline_date,target,due,"
                  "weight",
                  "tasks id,county,goal,school,name_zh,name_en,duration,optimistic,pessimistic,calendar,not_before,"
                  "deadline,budget,weight,milestone,method,owner,constraint,constraint_date",
                  "links predecessor,successor,type,lag,lag_calendar,max_lag",
                  "calendar scope,date,kind,name_zh",
                  "terms scope,from,to,kind",
                  "influence from,to,kind,weight",
                  "quotas id,holder,role,subject,lower,upper,clause",
                  "decisions id,kind,who,where,from,to,reason",
                  "distances sender,receiver,km",
                  "couplings id,kind,who,where,per,role,subject,min_title,group,lower,upper,cost_person,cost_month,"
                  "cost_km,price,tier,clause",
                  "staffing expert,post,from,to",
                  "ledger id,recorded_at,valid_at,subject,field,value,source,evidence,retracts"}));
}

template <NamedEnum E>
void expect_words_unique() {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < enumerator_count<E>; ++i) {
        const auto value = static_cast<E>(i);
        EXPECT_TRUE(names.insert(name(value)).second) << name(value);
        EXPECT_EQ(enumerator<E>(name(value)), value);
    }
    EXPECT_FALSE(enumerator<E>("no such word"));
}

TEST(Draft, NamesEveryEnumeratorOnce) {
    expect_words_unique<Noun>();
    expect_words_unique<SenderKind>();
    expect_words_unique<PairingKind>();
    expect_words_unique<SchoolKind>();
    expect_words_unique<InfluenceKind>();
    expect_words_unique<Role>();
    expect_words_unique<Title>();
    expect_words_unique<Degree>();
    expect_words_unique<IndicatorKind>();
    expect_words_unique<Direction>();
    expect_words_unique<CalendarKind>();
    expect_words_unique<Measurement>();
    expect_words_unique<ConstraintKind>();
    expect_words_unique<LinkKind>();
    expect_words_unique<LagCalendar>();
    expect_words_unique<DayKind>();
    expect_words_unique<TermKind>();
    expect_words_unique<RuleKind>();
    expect_words_unique<Severity>();
}

TEST(Draft, WritesValuesTheOneCanonicalWay) {
    EXPECT_EQ(value_text(true), "true");
    EXPECT_EQ(value_text(std::optional<Day>()), "");
    EXPECT_EQ(value_text(std::optional(given::day("2025-09-01"))), "2025-09-01");
    EXPECT_EQ(value_text(Money(1230)), "12.30");
    EXPECT_EQ(value_text(std::vector<Role>{Role::principal, Role::mid_level}), "principal;mid_level");
    EXPECT_EQ(value_text(std::vector<Reference>{{Noun::county, "451024"}, {Noun::post, "P1"}}),
              "county:451024;post:P1");
    EXPECT_EQ(value_text(std::optional(0.1)), "0.1");
    EXPECT_EQ(value_text(WorkDays(-3)), "-3");
}

TEST(Draft, IsAValue) {
    const Draft a = given::small_draft();
    Draft b = a;
    EXPECT_EQ(a, b);
    b.experts.rows()[0].prefers.clear();
    EXPECT_NE(a, b);
}

TEST(RandomDraftLaw, IsRebuiltByItsSeed) {
    for (std::uint32_t seed = 0; seed < 50; ++seed) {
        EXPECT_EQ(given::random_draft(seed, 2), given::random_draft(seed, 2));
        EXPECT_NE(given::random_draft(seed, 2), given::random_draft(seed + 1, 2));
    }
}

}  // namespace
