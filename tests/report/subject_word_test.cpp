#include <countyplan/report/subject_word.hpp>

#include <set>
#include <string>

#include <gtest/gtest.h>

#include <countyplan/experiment/generate.hpp>

namespace {

using namespace countyplan;

TEST(SubjectWords, NamesThePublishedOnesInBothLanguages) {
    EXPECT_EQ(subject_words("maths"), (LocalText{"数学", "maths"}));
    EXPECT_EQ(subject_words("nursing_early_childhood").zh, "护理与幼儿保育");
}

TEST(SubjectWords, ShowsAnyOtherAsItIsWritten) {
    EXPECT_EQ(subject_words("Zhuang"), (LocalText{"Zhuang", "Zhuang"}));
    EXPECT_EQ(subject_words(""), LocalText{});
    EXPECT_EQ(subject_words("Maths").zh, "Maths");  // bytewise, as ids are
}

TEST(SubjectWords, KnowsEverySubjectOfAGeneratedProgramme) {
    const Draft draft = generate();
    std::set<std::string> subjects;
    for (const Post& post : draft.posts)
        subjects.insert(post.subject);
    for (const Expert& expert : draft.experts)
        subjects.insert(expert.subjects.begin(), expert.subjects.end());
    subjects.erase("");
    EXPECT_GT(subjects.size(), 8U);
    for (const std::string& subject : subjects)
        EXPECT_NE(subject_words(subject).zh, subject);
}

}  // namespace
