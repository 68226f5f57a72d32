#include <countyplan/scalar/share.hpp>

#include <cmath>
#include <concepts>
#include <limits>
#include <type_traits>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

template <class A, class B>
concept Addable = requires(A a, B b) {
    a + b;
};

static_assert(std::regular<Share>);
static_assert(!Addable<Share, Share>, "two shares may be more than the whole");
static_assert(!std::is_constructible_v<Share, double>, "a number becomes a share only through from()");

TEST(Share, LiesBetweenNothingAndAll) {
    EXPECT_EQ(Share().value(), 0.0);
    EXPECT_EQ(Share::from(0.25)->value(), 0.25);
    EXPECT_EQ(Share::from(1.0)->value(), 1.0);
    EXPECT_LT(Share(), *Share::from(std::numeric_limits<double>::denorm_min()));
    EXPECT_FALSE(std::signbit(Share::from(-0.0)->value()));
}

TEST(ShareRefusal, Item40RefusesWhatIsNoPart) {
    for (const double value : {-1.0, 1.01, 101.0, std::nextafter(1.0, 2.0), -std::numeric_limits<double>::denorm_min(),
                               std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
        EXPECT_FALSE(Share::from(value)) << value;
    }
}

}  // namespace
