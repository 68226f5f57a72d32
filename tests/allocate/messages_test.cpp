#include <countyplan/allocate/messages.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/pairing.hpp>
#include <countyplan/allocate/score.hpp>

namespace countyplan {
namespace {

bool has_chinese(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0xE3) return true;
    return false;
}

TEST(AllocateMessages, HaveUniqueCodesAndBothLanguages) {
    std::set<std::string_view> codes;
    for (const MessageText* row : all_allocate_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_TRUE(has_chinese(row->zh)) << row->code;
        EXPECT_FALSE(has_chinese(row->en)) << row->code;
    }
}

template <NamedEnum E>
void expect_words() {
    for (std::size_t i = 0; i < enumerator_count<E>; ++i) {
        const auto value = static_cast<E>(i);
        EXPECT_EQ(enumerator<E>(name(value)), value);
        EXPECT_TRUE(has_chinese(word(value).zh)) << name(value);
    }
}

TEST(AllocateMessages, EveryEnumerationOfTheFolderHasWords) {
    expect_words<RefusalKind>();
    expect_words<FitFactor>();
    expect_words<Tier>();
    expect_words<AnswerPart>();
    expect_words<PairingTier>();
    expect_words<PairingUnit>();
}

}  // namespace
}  // namespace countyplan
