#include <countyplan/solve/proof/refusal.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <vector>

namespace {

using namespace countyplan;

TEST(ProofRefusal, HoldsACauseAgainstWhetherAnythingIsSettled) {
    EXPECT_TRUE(detail::cause_fits(Cause::proved, true));
    EXPECT_FALSE(detail::cause_fits(Cause::proved, false));
    for (const Cause early : {Cause::time, Cause::steps, Cause::cancelled}) {
        EXPECT_TRUE(detail::cause_fits(early, false));
        EXPECT_FALSE(detail::cause_fits(early, true));
    }
    EXPECT_FALSE(detail::cause_fits(static_cast<Cause>(77), false)) << "no declared cause";
    EXPECT_FALSE(detail::cause_fits(static_cast<Cause>(77), true));
}

TEST(ProofRefusal, NamesThePlace) {
    EXPECT_EQ(detail::indexed("flow", 3), "flow[3]");
    const Verdict verdict = detail::check_length(2, 3, "cost");
    EXPECT_FALSE(verdict.accepted);
    EXPECT_EQ(verdict.place, "cost");
    EXPECT_EQ(text(verdict.why, Language::en), "has 2 entries where 3 are needed");
    EXPECT_TRUE(detail::check_length(3, 3, "cost").accepted);
}

TEST(ProofRefusal, FindsTheFirstArcThatPointsAtNoNode) {
    constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    EXPECT_TRUE(detail::check_ends({0, 1}, {1, 0}, 2).accepted);
    EXPECT_EQ(detail::check_ends({0, 2}, {1, 0}, 2).place, "tail[1]");
    EXPECT_EQ(detail::check_ends({0, 1}, {none, 0}, 2).place, "head[0]");
    EXPECT_EQ(detail::check_counts(5, 7, 7).place, "tail");
    EXPECT_EQ(detail::check_counts(7, 5, 7).place, "nodes");
    EXPECT_TRUE(detail::check_counts(6, 6, 7).accepted);
}

}  // namespace
