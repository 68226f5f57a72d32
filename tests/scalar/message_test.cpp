#include <countyplan/scalar/message.hpp>

#include <concepts>
#include <string>
#include <type_traits>

#include <gtest/gtest.h>

#include <countyplan/error.hpp>

namespace {

using namespace countyplan;

constexpr MessageText short_of{"short_of", "{0}缺{1}人", "{1} people short at {0}"};
constexpr MessageText physics{"physics", "物理", "physics"};
constexpr MessageText plain{"plain", "完成", "done"};

static_assert(std::regular<Message>);
static_assert(!std::is_default_constructible_v<MessageText>, "a text without words does not exist");
static_assert(!std::is_constructible_v<Message, std::string>, "a message is a code, not a sentence");

TEST(Message, SpeaksBothLanguagesFromOneCode) {
    const Message message(short_of, {"S-1", std::to_string(3)});
    EXPECT_EQ(message.code(), "short_of");
    EXPECT_EQ(text(message, Language::zh), "S-1缺3人");
    EXPECT_EQ(text(message, Language::en), "3 people short at S-1");
}

TEST(Message, TranslatesArgumentsThatAreWords) {
    const Message message(short_of, {physics, "3"});
    EXPECT_EQ(text(message, Language::zh), "物理缺3人");
    EXPECT_EQ(text(message, Language::en), "3 people short at physics");
    EXPECT_EQ(text(physics, Language::zh), "物理");
}

TEST(Message, LeavesAPlaceholderWithoutArgumentAsItIs) {
    EXPECT_EQ(text(Message(short_of, {"S-1"}), Language::en), "{1} people short at S-1");
    EXPECT_EQ(text(Message(plain, {"unused"}), Language::en), "done");
}

TEST(Message, DoesNotReadPlaceholdersInArguments) {
    EXPECT_EQ(text(Message(short_of, {"{1}{0}", "}"}), Language::en), "} people short at {1}{0}");
}

TEST(Message, ComparesByCodeAndArguments) {
    EXPECT_EQ(Message(short_of, {"a", "1"}), Message(short_of, {"a", "1"}));
    EXPECT_NE(Message(short_of, {"a", "1"}), Message(short_of, {"a", "2"}));
    EXPECT_NE(Message(short_of, {"physics", "1"}), Message(short_of, {physics, "1"}));
    EXPECT_NE(Message(plain), Message());
    EXPECT_TRUE(Message().empty());
    EXPECT_EQ(text(Message(), Language::zh), "");
}

// A row of a table is checked while compiling, by this function.
static_assert(detail::placeholders("{0} and {2}") == 0b101);
static_assert(detail::placeholders("none") == 0);
static_assert(detail::placeholders("{0} {0}") == 1);
static_assert(detail::placeholders("{") == -1 && detail::placeholders("}") == -1);
static_assert(detail::placeholders("{0") == -1 && detail::placeholders("{a}") == -1);
static_assert(detail::placeholders("{10}") == -1 && detail::placeholders("{}") == -1);

TEST(InvalidProblem, CarriesItsPlaceAndSpeaksEnglishInWhat) {
    const InvalidProblem error(Message(short_of, {"S-1", "3"}), "upper[3]");
    EXPECT_STREQ(error.what(), "upper[3]: 3 people short at S-1");
    EXPECT_EQ(error.place(), "upper[3]");
    EXPECT_EQ(error.message().code(), "short_of");
}

}  // namespace
