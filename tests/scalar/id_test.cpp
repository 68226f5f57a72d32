#include <countyplan/scalar/id.hpp>

#include <algorithm>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

struct Horse;
struct Cart;
using HorseId = Id<Horse>;
using CartId = Id<Cart>;

template <class A, class B>
concept Comparable = requires(A a, B b) {
    a == b;
};
template <class A, class B>
concept Ordered = requires(A a, B b) {
    a < b;
};
template <class A, class B>
concept Addable = requires(A a, B b) {
    a + b;
};
template <class T, class I>
concept IndexedBy = requires(T table, I index) {
    table[index];
};

static_assert(std::regular<HorseId> && Ordered<HorseId, HorseId>);
static_assert(!Comparable<HorseId, CartId> && !Ordered<HorseId, CartId>, "ids of two kinds do not compare");
static_assert(!Comparable<HorseId, int>, "an id is no number");
static_assert(!Addable<HorseId, HorseId> && !Addable<HorseId, int>, "ids have no arithmetic");
static_assert(!std::is_convertible_v<std::size_t, HorseId>, "an id is made explicitly");
static_assert(!std::is_convertible_v<HorseId, std::size_t> && !std::is_convertible_v<HorseId, bool>);
static_assert(!std::is_constructible_v<HorseId, CartId>);
static_assert(IndexedBy<ById<HorseId, int>, HorseId>);
static_assert(!IndexedBy<ById<HorseId, int>, CartId>, "a table is indexed by its own kind");
static_assert(!IndexedBy<ById<HorseId, int>, int>, "and by no bare number");
static_assert(!std::is_convertible_v<std::vector<int>, ById<HorseId, int>>);
static_assert(std::regular<ById<HorseId, int>>);

TEST(Id, RefersToNothingByDefault) {
    EXPECT_FALSE(static_cast<bool>(HorseId()));
    EXPECT_TRUE(static_cast<bool>(HorseId(0)));
    EXPECT_LT(HorseId(4'000'000'000u), HorseId()) << "none sorts last";
}

TEST(Id, OrdersByPositionAndHashes) {
    EXPECT_LT(HorseId(1), HorseId(2));
    EXPECT_EQ(HorseId(7).value(), 7u);
    const std::unordered_set<HorseId> set{HorseId(1), HorseId(2), HorseId(1), HorseId()};
    EXPECT_EQ(set.size(), 3u);
}

TEST(ById, GivesEachRowThePositionItWasAppendedAt) {
    ById<HorseId, std::string> names;
    EXPECT_TRUE(names.empty());
    EXPECT_EQ(names.push_back("a"), HorseId(0));
    EXPECT_EQ(names.push_back("b"), HorseId(1));
    EXPECT_EQ(names[HorseId(1)], "b");
    EXPECT_TRUE(names.contains(HorseId(1)));
    EXPECT_FALSE(names.contains(HorseId(2)));
    EXPECT_FALSE(names.contains(HorseId()));
    names[HorseId(0)] = "c";
    std::vector<HorseId> ids;
    for (const HorseId id : names.ids())
        ids.push_back(id);
    EXPECT_EQ(ids, (std::vector{HorseId(0), HorseId(1)}));
    EXPECT_EQ(names, (ById<HorseId, std::string>(std::vector<std::string>{"c", "b"})));
}

TEST(ById, HoldsTruthValuesToo) {
    ById<HorseId, bool> fed(3);
    fed[HorseId(1)] = true;
    const auto& read = fed;
    EXPECT_FALSE(read[HorseId(0)]);
    EXPECT_TRUE(read[HorseId(1)]);
    EXPECT_EQ(std::count(fed.begin(), fed.end(), true), 1);
}

#if defined(COUNTYPLAN_CHECKED)
TEST(IdRefusal, ThrowsWhereThereIsNoRow) {
    ById<HorseId, int> table(2);
    EXPECT_THROW((void)table[HorseId(2)], ContractViolation);
    EXPECT_THROW((void)table[HorseId()], ContractViolation);
    EXPECT_THROW((void)HorseId(std::size_t{1} << 32), ContractViolation);
}
#endif

}  // namespace
