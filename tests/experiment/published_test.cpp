#include <countyplan/experiment/published.hpp>

#include <gtest/gtest.h>

namespace countyplan {
namespace {

// The number as the design notes print it, rounded there to the digits shown.
TEST(Published, GivesTheRatiosThatTheSourcesPrint) {
    EXPECT_NEAR(published::schools_per_county.value(), 1.70, 0.005);
    EXPECT_NEAR(published::eastern_people_per_school.value(), 3.88, 0.005);
    EXPECT_NEAR(published::eastern_share.value(), 0.394, 0.0005);
    EXPECT_NEAR(published::second_ring_schools_per_county.value(), 26.5, 0.05);
    EXPECT_NEAR(published::national_experts_per_post.value(), 3.45, 0.005);
}

TEST(Published, NamesASourceAndItsConfidenceForEachNumber) {
    for (const PublishedRatio* ratio :
         {&published::schools_per_county, &published::ordinary_schools_per_county, &published::people_per_school,
          &published::eastern_people_per_school, &published::eastern_share, &published::subjects_per_school,
          &published::second_ring_schools_per_county, &published::national_schools_per_county,
          &published::experts_per_post, &published::national_experts_per_post}) {
        EXPECT_FALSE(ratio->source.empty());
        EXPECT_TRUE(ratio->confidence == "sourced" || ratio->confidence == "computed" ||
                    ratio->confidence == "inference" || ratio->confidence == "proposal")
            << ratio->confidence;
        EXPECT_GT(ratio->base, 0);
    }
}

}  // namespace
}  // namespace countyplan
