#include <countyplan/allocate/fulfilment.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "given/plan.hpp"

namespace {

using namespace countyplan;

TEST(FulfilmentLaw, AgreesWithCountingPostByPost) {
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        const Plan plan(given::random_draft(seed, 1 + seed % 4));
        const Draft& rows = plan.rows();
        const std::vector<Fulfilment> table = fulfilment(plan, rows.staffing);
        EXPECT_TRUE(std::ranges::is_sorted(
            table, {}, [](const Fulfilment& row) { return std::tuple(row.county, row.role, row.subject); }));
        std::size_t posts = 0;
        for (const Fulfilment& row : table) {
            Fulfilment again{.county = row.county, .role = row.role, .subject = row.subject};
            for (const Post& post : rows.posts) {
                const auto school = std::ranges::find(rows.schools, post.school, &School::id);
                if (school->county != rows.counties[row.county].code || post.role != row.role) continue;
                if (post.subject != row.subject) continue;
                ++posts;
                std::set<std::string> people;
                for (const Posting& posting : rows.staffing) {
                    if (posting.post == post.id) people.insert(posting.expert);
                }
                const auto here = static_cast<std::int64_t>(people.size());
                again.min += post.min;
                again.target += post.target;
                again.posted += here;
                again.filled += std::min(here, post.target);
            }
            EXPECT_EQ(row, again) << seed;
        }
        EXPECT_EQ(posts, rows.posts.size());
    }
}

TEST(Fulfilment, CountsAPersonOnceAndStrangersNever) {
    const Plan plan(given::small_draft());
    Staffing staffing = plan.rows().staffing;
    const Posting first = staffing.rows()[0];
    staffing.push_back({first.expert, first.post, given::day("2028-09-01"), given::day("2029-08-31")});
    staffing.push_back({"nobody", first.post, first.from, first.to});
    staffing.push_back({first.expert, "nowhere", first.from, first.to});
    const std::vector<Fulfilment> table = fulfilment(plan, staffing);
    ASSERT_EQ(table[0].role, Role::principal);
    EXPECT_EQ(table[0].posted, 1);
    EXPECT_EQ(table[0].filled, 1);
    EXPECT_EQ(table[0].target, 2);
}

TEST(Fulfilment, OfAnEmptyPlanIsEmpty) { EXPECT_TRUE(fulfilment(Plan{Draft{}}, {}).empty()); }

}  // namespace
