#include <countyplan/allocate/eligibility.hpp>

#include <gtest/gtest.h>

#include <countyplan/allocate/impl/eligibility_data.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "given/allocate.hpp"

namespace countyplan {
namespace {

/// A city with a district, two counties with a school each, one physics post and one fitting expert.
Draft one_pair() {
    Draft draft;
    draft.name = "pair";
    draft.period = {given::day("2024-09-01"), given::day("2026-08-31")};
    draft.counties.push_back({.code = *Code::parse("451024")});
    draft.counties.push_back({.code = *Code::parse("451026")});
    draft.schools.push_back({.id = "DB-1", .county = *Code::parse("451024"), .assisted = true});
    draft.schools.push_back({.id = "NP-1", .county = *Code::parse("451026"), .assisted = true});
    draft.senders.push_back({.id = "SZ"});
    draft.senders.push_back({.id = "LG", .kind = SenderKind::district, .parent = "SZ"});
    draft.posts.push_back({.id = "P", .school = "DB-1", .subject = "physics"});
    draft.experts.push_back({.id = "E",
                             .sender = "LG",
                             .roles = {Role::teacher},
                             .subjects = {"maths", "physics"},
                             .title = Title::senior,
                             .years = 12});
    return draft;
}

struct Case {
    const char* what;
    std::function<void(Draft&)> change;
    RefusalKind kind;
    const char* rule;
    const char* english;
};

TEST(EligibilityRefusal, NamesEachReasonWithItsNumbersAndItsRule) {
    const Case cases[] = {
        {"role", [](Draft& d) { d.posts.rows()[0].role = Role::principal; }, RefusalKind::role, "post.role",
         "the post asks for a principal; this person can serve as: backbone teacher"},
        {"subject", [](Draft& d) { d.posts.rows()[0].subject = "music"; }, RefusalKind::subject, "post.subject",
         "the post's subject is 'music'; this person teaches: maths, physics"},
        {"no subject at all", [](Draft& d) { d.experts.rows()[0].subjects.clear(); }, RefusalKind::subject,
         "post.subject", "the post's subject is 'physics'; this person teaches: (none)"},
        {"title", [](Draft& d) { d.posts.rows()[0].min_title = Title::full_senior; }, RefusalKind::title,
         "post.min_title", "the post asks for at least full senior teacher; this person has: senior teacher"},
        {"years", [](Draft& d) { d.posts.rows()[0].min_years = 13; }, RefusalKind::years, "post.min_years",
         "the post asks for at least 13 years of service; this person has 12"},
        {"too late", [](Draft& d) { d.experts.rows()[0].available_from = given::day("2024-09-02"); },
         RefusalKind::availability, "expert.available",
         "the post runs from 2024-09-01 to 2026-08-31; this person is available from 2024-09-02 to 2026-08-31 only"},
        {"too short a term",
         [](Draft& d) {
             d.rules.push_back({.id = "term-18",
                                .kind = RuleKind::staff_term,
                                .parameters = {{"min_months", 18}, {"max_months", 18}}});
             d.posts.rows()[0].end = given::day("2025-08-31");
             d.experts.rows()[0].available_to = given::day("2025-12-31");
         },
         RefusalKind::term, "term-18", "rule 'term-18' asks for a term of at least 18 months; this person has 16"},
        {"own required pairing elsewhere",
         [](Draft& d) { d.pairings.push_back({.sender = "LG", .receiver = "451026", .required = true}); },
         RefusalKind::pairing, "pairing.required",
         "sender 'LG' may send only to its required receivers (451026), and school 'DB-1' is not among them"},
        {"the city's required pairing elsewhere",
         [](Draft& d) {
             d.pairings.push_back({.sender = "SZ", .receiver = "NP-1", .kind = PairingKind::school, .required = true});
         },
         RefusalKind::pairing, "pairing.required",
         "sender 'SZ' may send only to its required receivers (NP-1), and school 'DB-1' is not among them"},
        {"conflict with the county",
         [](Draft& d) {
             d.experts.rows()[0].avoids = {{Noun::county, "451024"}};
         },
         RefusalKind::avoids, "expert.avoids", "this person must stay clear of 'county:451024'"},
        {"conflict with the post",
         [](Draft& d) {
             d.experts.rows()[0].avoids = {{Noun::post, "P"}};
         },
         RefusalKind::avoids, "expert.avoids", "this person must stay clear of 'post:P'"},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.what);
        Draft draft = one_pair();
        c.change(draft);
        const Eligibility eligibility{Plan(draft)};
        const Id<Expert> expert(0);
        const Id<Post> post(0);
        EXPECT_FALSE(eligibility.is_eligible(expert, post));
        EXPECT_EQ(eligibility.first_refusal(expert, post), c.kind);
        const auto refusal = eligibility.refusal(expert, post);
        ASSERT_TRUE(refusal);
        EXPECT_EQ(refusal->kind, c.kind);
        EXPECT_EQ(refusal->rule, c.rule);
        EXPECT_EQ(text(refusal->reason, Language::en), c.english);
        EXPECT_EQ(text(refusal->reason, Language::zh).find('{'), std::string::npos);
        EXPECT_EQ(eligibility.refusals(expert, post), std::vector<Refusal>{*refusal});
    }
}

TEST(Eligibility, AcceptsWhatKeepsEveryRule) {
    const std::function<void(Draft&)> changes[] = {
        [](Draft&) {},
        [](Draft& d) { d.posts.rows()[0].subject.clear(); },
        [](Draft& d) { d.posts.rows()[0].min_title = Title::senior; },
        [](Draft& d) { d.posts.rows()[0].min_years = 12; },
        [](Draft& d) { d.pairings.push_back({.sender = "LG", .receiver = "451024", .required = true}); },
        [](Draft& d) {
            d.pairings.push_back({.sender = "LG", .receiver = "DB-1", .kind = PairingKind::school, .required = true});
        },
        // over before the post begins: binds nobody
        [](Draft& d) {
            d.pairings.push_back(
                {.sender = "SZ", .receiver = "451026", .to = given::day("2024-08-31"), .required = true});
        },
        // not required: a help, not a bound
        [](Draft& d) { d.pairings.push_back({.sender = "SZ", .receiver = "451026"}); },
        // a rule that is not in force, and one that only warns
        [](Draft& d) {
            d.rules.push_back({.id = "old",
                               .kind = RuleKind::staff_term,
                               .to = given::day("2023-01-01"),
                               .parameters = {{"min_months", 60}, {"max_months", 60}}});
            d.rules.push_back({.id = "soft",
                               .kind = RuleKind::staff_term,
                               .severity = Severity::warning,
                               .parameters = {{"min_months", 60}, {"max_months", 60}}});
            d.experts.rows()[0].available_to = given::day("2026-08-31");
        },
    };
    for (std::size_t i = 0; i < std::size(changes); ++i) {
        SCOPED_TRACE(i);
        Draft draft = one_pair();
        changes[i](draft);
        const Eligibility eligibility{Plan(draft)};
        EXPECT_TRUE(eligibility.is_eligible(Id<Expert>(0), Id<Post>(0)));
        EXPECT_TRUE(eligibility.refusals(Id<Expert>(0), Id<Post>(0)).empty());
    }
}

TEST(Eligibility, GivesEveryReasonOfAPairInOrder) {
    Draft draft = one_pair();
    draft.posts.rows()[0].role = Role::mid_level;
    draft.posts.rows()[0].min_years = 30;
    draft.experts.rows()[0].avoids = {{Noun::school, "DB-1"}};
    const Eligibility eligibility{Plan(draft)};
    const auto refusals = eligibility.refusals(Id<Expert>(0), Id<Post>(0));
    ASSERT_EQ(refusals.size(), 3U);
    EXPECT_EQ(refusals[0].kind, RefusalKind::role);
    EXPECT_EQ(refusals[1].kind, RefusalKind::years);
    EXPECT_EQ(refusals[2].kind, RefusalKind::avoids);
}

TEST(EligibilityLaw, AgreesWithTheDefinitionsWordByWord) {
    std::size_t eligible = 0;
    std::size_t refused = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = given::small_draft(seed, {6, 6});
        const Plan plan(draft);
        const Eligibility eligibility(plan);
        for (const Id<Expert> expert : draft.experts.ids()) {
            std::vector<Id<Post>> listed;
            eligibility.append_posts_of(expert, listed);
            std::vector<Id<Post>> found;
            for (const Id<Post> post : draft.posts.ids()) {
                const bool may = given::may_serve(draft, draft.experts[expert], draft.posts[post]);
                ASSERT_EQ(eligibility.is_eligible(expert, post), may) << expert.value() << " at " << post.value();
                const auto refusals = eligibility.refusals(expert, post);
                ASSERT_EQ(refusals.empty(), may);
                for (const Refusal& refusal : refusals) {
                    ASSERT_FALSE(refusal.rule.empty());
                    ASSERT_FALSE(text(refusal.reason, Language::zh).empty());
                }
                if (may) found.push_back(post);
                ++(may ? eligible : refused);
            }
            ASSERT_EQ(listed, found);
        }
    }
    EXPECT_GT(eligible, 1000U);
    EXPECT_GT(refused, 1000U);
}

TEST(Eligibility, EndsATermWithTheCalendarWhereItWouldPassIt) {
    Draft draft = one_pair();
    draft.period = {given::day("9990-01-15"), given::day("9999-12-31")};
    draft.rules.push_back({.id = "term",
                           .kind = RuleKind::staff_term,
                           .severity = Severity::error,
                           .parameters = {{"min_months", 120}, {"max_months", 120}}});
    EXPECT_TRUE(Eligibility(Plan(draft)).is_eligible(Id<Expert>(0), Id<Post>(0)));
    draft.experts.rows()[0].available_to = given::day("9999-12-31");
    EXPECT_TRUE(Eligibility(Plan(draft)).is_eligible(Id<Expert>(0), Id<Post>(0)));
    EXPECT_EQ(detail::term_end(given::day("9990-01-15"), 119), given::day("9999-12-14"));
    EXPECT_EQ(detail::term_end(given::day("9990-01-01"), 119), given::day("9999-11-30"));
    EXPECT_EQ(detail::term_end(given::day("9990-01-01"), 120), given::day("9999-12-31"));
    EXPECT_EQ(detail::term_end(given::day("9999-12-31"), 1), given::day("9999-12-31"));
}

TEST(Eligibility, TellsMoreThan64SubjectsApart) {
    Draft draft = one_pair();
    draft.posts.clear();
    for (int k = 0; k < 70; ++k)
        draft.posts.push_back({.id = "P-" + std::to_string(k), .school = "DB-1", .subject = "s" + std::to_string(k)});
    draft.experts.rows()[0].subjects = {"s3"};
    const Eligibility eligibility{Plan(draft)};
    std::vector<Id<Post>> posts;
    eligibility.append_posts_of(Id<Expert>(0), posts);
    EXPECT_EQ(posts, std::vector<Id<Post>>{Id<Post>(3)});
    EXPECT_FALSE(eligibility.is_eligible(Id<Expert>(0), Id<Post>(67)));
}

TEST(EligibilityLaw, ListsOnceAndInOrderWhatItAllowsWhateverIsDecided) {
    std::size_t decided = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {6, 12});
        Random random(seed, 12);
        for (Expert& expert : draft.experts) {  // some twice, some that no post names, in any order
            for (const char* subject : {"physics", "maths", "music", "physics"})
                if (random.chance(1, 3)) expert.subjects.insert(expert.subjects.begin(), subject);
        }
        for (Post& post : draft.posts) {  // some wholly after the plan's period
            if (!random.chance(1, 6) || std::ranges::count(draft.staffing.rows(), post.id, &Posting::post) > 0)
                continue;
            post.start = given::day("2028-01-01");
            post.end = given::day("2028-06-30");
        }
        const Eligibility eligibility{Plan(draft)};
        std::vector<Id<Post>> listed;
        std::vector<Id<Post>> found;
        for (const Id<Expert> expert : draft.experts.ids()) {
            eligibility.append_posts_of(expert, listed);  // appends
            for (const Id<Post> post : draft.posts.ids()) {
                const auto refused = eligibility.first_refusal(expert, post);
                if (!refused) found.push_back(post);
                decided += refused == RefusalKind::decision ? 1 : 0;
            }
            ASSERT_EQ(listed, found) << expert.value();
        }
    }
    EXPECT_GT(decided, 200U);
}

TEST(Eligibility, ListsThePostsOfManySubjectsInOrder) {
    Draft draft = one_pair();
    draft.posts.clear();
    draft.experts.rows()[0].subjects.clear();
    std::vector<Id<Post>> wanted;
    for (std::size_t k = 0; k < 200; ++k) {
        const std::string subject = "s" + std::to_string(k * 37 % 50);
        draft.posts.push_back({.id = "P-" + std::to_string(k), .school = "DB-1", .subject = subject});
        if (k * 37 % 50 % 3 == 0) wanted.emplace_back(k);
    }
    for (std::size_t k = 50; k-- > 0;)
        if (k % 3 == 0) draft.experts.rows()[0].subjects.push_back("s" + std::to_string(k));
    std::vector<Id<Post>> posts;
    Eligibility(Plan(draft)).append_posts_of(Id<Expert>(0), posts);
    EXPECT_EQ(posts, wanted);
}

}  // namespace
}  // namespace countyplan
