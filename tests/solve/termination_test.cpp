#include <countyplan/solve/termination.hpp>

#include <gtest/gtest.h>

#include <string_view>

#include <countyplan/scalar/enumerator.hpp>

namespace {

using namespace countyplan;

template <class E>
void expect_words(std::size_t count) {
    ASSERT_EQ(enumerator_count<E>, count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto value = static_cast<E>(i);
        EXPECT_EQ(enumerator<E>(name(value)), value);
        EXPECT_FALSE(text(word(value), Language::zh).empty());
        EXPECT_FALSE(text(word(value), Language::en).empty());
    }
}

TEST(Termination, HasAWordForEachOfItsEnumerators) {
    expect_words<Termination>(5);
    expect_words<Cause>(4);
    expect_words<Claim>(5);
}

TEST(Termination, IsNamedInFilesAsInCode) {
    EXPECT_EQ(name(Termination::infeasible), "infeasible");
    EXPECT_EQ(name(Cause::cancelled), "cancelled");
    EXPECT_EQ(name(Claim::claimed_by_backend), "claimed_by_backend");
    EXPECT_EQ(text(word(Termination::unbounded), Language::zh), "无界");
    EXPECT_FALSE(enumerator<Termination>("best").has_value());
}

}  // namespace
