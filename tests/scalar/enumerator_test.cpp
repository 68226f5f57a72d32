#include <countyplan/scalar/enumerator.hpp>

#include <gtest/gtest.h>

namespace countyplan {

enum class Weather { sun, rain };
enum class Unnamed { one };

template <>
struct Enumerators<Weather> {
    static constexpr MessageText words[] = {{"sun", "晴", "sunny"}, {"rain", "雨", "rainy"}};
};

namespace {

static_assert(NamedEnum<Weather>);
static_assert(!NamedEnum<Unnamed>, "no table, no name");
static_assert(!NamedEnum<int>);
static_assert(enumerator_count<Weather> == 2);
static_assert(name(Weather::rain) == "rain");
static_assert(enumerator<Weather>("sun") == Weather::sun);

TEST(Enumerator, HasANameAndWordsInBothLanguages) {
    EXPECT_EQ(name(Weather::sun), "sun");
    EXPECT_EQ(text(word(Weather::rain), Language::zh), "雨");
    EXPECT_EQ(text(word(Weather::rain), Language::en), "rainy");
}

TEST(EnumeratorRefusal, KnowsNoOtherSpelling) {
    for (const char* text : {"", "Rain", "rain ", " rain", "rai", "雨", "1"}) {
        EXPECT_FALSE(enumerator<Weather>(text)) << text;
    }
}

TEST(EnumeratorLaw, ReadingANameGivesBackItsEnumerator) {
    for (std::size_t i = 0; i < enumerator_count<Weather>; ++i) {
        const auto value = static_cast<Weather>(i);
        EXPECT_EQ(enumerator<Weather>(name(value)), value);
    }
}

}  // namespace

}  // namespace countyplan
