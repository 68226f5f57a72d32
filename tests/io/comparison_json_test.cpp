#include <countyplan/io/comparison_json.hpp>

#include <gtest/gtest.h>

#include <string>

#include <countyplan/io/json.hpp>

#include "given/plan.hpp"

namespace countyplan {
namespace {

JsonValue member(const JsonValue& value, std::string_view key) {
    const auto found = value.find(key);
    EXPECT_TRUE(found) << key;
    return found.value_or(value);
}

TEST(ComparisonJson, SaysEveryChangeAndItsWorthByTheNamesOfItsStructs) {
    const Plan plan(given::small_draft());
    Staffing a;
    a.push_back({"SZ-0001", "P1", given::day("2025-09-01"), given::day("2028-08-31")});
    a.push_back({"SZ-0002", "P4", given::day("2025-09-01"), given::day("2028-08-31")});
    Staffing b;
    b.push_back({"SZ-0001", "P4", given::day("2025-09-01"), given::day("2028-08-31")});
    b.push_back({"SZ-0004", "P2", given::day("2025-09-01"), given::day("2027-08-31")});
    const StaffingComparison found = compare_staffings(plan, a, b);
    const JsonDocument document = read_json(comparison_json(plan, found));
    ASSERT_TRUE(document.ok());
    const JsonValue root = document.root();
    EXPECT_EQ(member(root, "decided_by").text(), name(*found.decided_by()));
    EXPECT_EQ(member(root, "is_better").boolean(), found.is_better());
    std::size_t at = 0;
    for (const JsonValue change : member(root, "changes")) {
        const PostingChange& expected = found.changes[at++];
        EXPECT_EQ(member(change, "kind").text(), name(expected.kind));
        EXPECT_EQ(member(change, "expert").text(), expected.expert());
        EXPECT_EQ(change.find("was").has_value(), expected.was.has_value());
        EXPECT_EQ(change.find("now").has_value(), expected.now.has_value());
        if (expected.now) {
            EXPECT_EQ(member(member(change, "now"), "to").text(), to_text(expected.now->to));
        }
    }
    EXPECT_EQ(at, found.changes.size());
    at = 0;
    for (const JsonValue tier : member(root, "tiers")) {
        const TierComparison& expected = found.tiers[at++];
        EXPECT_EQ(member(tier, "tier").text(), name(expected.tier));
        EXPECT_EQ(member(tier, "a").text(), to_text(expected.a));
        EXPECT_EQ(member(tier, "b").text(), to_text(expected.b));
        EXPECT_EQ(member(tier, "difference").text(), to_text(expected.difference()));
        std::int64_t sum = 0;
        for (const JsonValue item : member(tier, "items")) {
            EXPECT_FALSE(member(item, "item").text().empty());
            sum += member(item, "b").integer().value() - member(item, "a").integer().value();
        }
        EXPECT_EQ(to_text(sum), to_text(expected.difference()));
    }
    EXPECT_EQ(at, found.tiers.size());
    at = 0;
    for (const JsonValue person : member(root, "people")) {
        const FitComparison& expected = found.people[at++];
        EXPECT_EQ(member(person, "expert").text(), expected.expert);
        EXPECT_EQ(member(person, "posts_a").size(), expected.posts_a.size());
        EXPECT_EQ(member(person, "posts_b").size(), expected.posts_b.size());
        EXPECT_EQ(member(person, "difference").integer(), expected.difference());
        ASSERT_EQ(member(person, "b").size(), fit_factor_count);
        const JsonValue first = *member(person, "b").begin();
        EXPECT_EQ(member(first, "factor").text(), name(expected.b[0].factor));
        EXPECT_EQ(member(first, "value").integer(), expected.b[0].value);
        EXPECT_EQ(member(first, "weight").integer(), expected.b[0].weight);
        EXPECT_EQ(member(first, "points").integer(), expected.b[0].points);
    }
    EXPECT_EQ(at, found.people.size());
}

TEST(ComparisonJson, EqualStaffingsAreDecidedByNothing) {
    const Plan plan(given::small_draft());
    const StaffingComparison found = compare_staffings(plan, plan.rows().staffing, plan.rows().staffing);
    const JsonDocument document = read_json(comparison_json(plan, found));
    ASSERT_TRUE(document.ok());
    EXPECT_TRUE(member(document.root(), "decided_by").is_null());
    EXPECT_EQ(member(document.root(), "is_better").boolean(), false);
    EXPECT_EQ(member(document.root(), "changes").size(), 0U);
    EXPECT_EQ(member(document.root(), "people").size(), 0U);
}

}  // namespace
}  // namespace countyplan
