#include <countyplan/plan/subject.hpp>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

TEST(Subject, IsKnownWhereAPublishedNeedListNamesIt) {
    ASSERT_NE(known_subject("maths"), nullptr);
    EXPECT_EQ(known_subject("maths")->zh, "数学");
    EXPECT_EQ(known_subject("nursing_early_childhood")->zh, "护理与幼儿保育");
    EXPECT_EQ(known_subject("Zhuang"), nullptr);
    EXPECT_EQ(known_subject(""), nullptr);
    EXPECT_EQ(known_subject("Maths"), nullptr);  // bytewise, as ids are
}

TEST(Subject, IsTranslatedInAMessageOrShownAsItIsWritten) {
    EXPECT_EQ(subject_argument("maths").in(Language::zh), "数学");
    EXPECT_EQ(subject_argument("maths").in(Language::en), "maths");
    EXPECT_EQ(subject_argument("Zhuang").in(Language::zh), "Zhuang");
    EXPECT_EQ(subject_argument("").in(Language::en), "");
}

}  // namespace
