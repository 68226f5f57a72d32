#include "journey/program.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/write.hpp>

#include "given/plan.hpp"

namespace {

using journey::Scratch;
using Words = std::vector<std::string>;

journey::Ending call(Words words, std::vector<std::string> environment = {}) {
    return journey::run({.arguments = std::move(words), .environment = std::move(environment)});
}

TEST(Usage, Item89WrongWordsGiveAUsageErrorOnStandardErrorAndExit64) {
    const Scratch scratch;
    const std::string plan = scratch / "small.plan.json";
    countyplan::write_plan(given::small_draft(), plan);
    const std::vector<Words> wrong{{},
                                   {"--"},
                                   {"-"},
                                   {"frobnicate"},
                                   {"--frob"},
                                   {"check"},
                                   {"check", plan, "--frob"},
                                   {"check", plan, "extra"},
                                   {"check", plan, "--lang"},
                                   {"check", plan, "--lang", "fr"},
                                   {"check", plan, "--encoding", "latin1"},
                                   {"allocate", plan},
                                   {"allocate", plan, "-o"},
                                   {"track", plan},
                                   {"track", plan, "--as-of", "2026-02-30"},
                                   {"track", plan, "--as-of", "today"},
                                   {"report", plan, "-o", scratch.path().string()},
                                   {"convert", plan, scratch / "x.docx"},
                                   {scratch.path().string()},
                                   {"check", plan, "check", plan},
                                   {"generate", "--counties", "30", "--base", "guangxi", "-o", scratch / "g"},
                                   {"generate", "--policy", "--no-policy", "-o", scratch / "g"},
                                   Words(20'000, "x")};
    for (const Words& words : wrong) {
        const auto end = call(words);
        const std::string shown = words.empty() ? "(none)" : words.front() + " " + words.back();
        EXPECT_EQ(end.exit, 64) << shown << end.out << end.err;
        EXPECT_TRUE(end.out.empty()) << shown;
        EXPECT_FALSE(end.err.empty()) << shown;
    }
    EXPECT_EQ(scratch.names(), (std::vector<std::string>{"small.plan.json"}));
    EXPECT_NE(call({}).err.find("allocate"), std::string::npos);  // the whole usage
    EXPECT_NE(call({"frobnicate"}).err.find("frobnicate"), std::string::npos);
    EXPECT_NE(call({"check", plan, "--frob"}).err.find("--frob"), std::string::npos);
}

TEST(Usage, Item90NumbersOutsideTheirRangeAreRefusedByOption) {
    const Scratch scratch;
    const std::string plan = scratch / "small.plan.json";
    countyplan::write_plan(given::small_draft(), plan);
    for (const std::string value :
         {"0", "-1", "1e9", "1601", "999999999999999999999", "abc", "", " 1", "+1", "0x10", "01"}) {
        const auto end = call({"generate", "--counties", value, "-o", scratch / "g"});
        EXPECT_EQ(end.exit, 64) << value;
        EXPECT_NE(end.err.find("--counties"), std::string::npos) << value << end.err;
    }
    for (const std::string value : {"0x1f", "-1", "18446744073709551616", "1.5", "seed"}) {
        const auto end = call({"generate", "--counties", "1", "--seed", value, "-o", scratch / "g"});
        EXPECT_EQ(end.exit, 64) << value;
        EXPECT_NE(end.err.find("--seed"), std::string::npos) << value << end.err;
    }
    for (const std::string value : {"abc", "-1", "nan", "inf", "1e9", "604801"}) {
        const auto end = call({"allocate", plan, "-o", scratch / "r", "--time", value});
        EXPECT_EQ(end.exit, 64) << value;
        EXPECT_NE(end.err.find("--time"), std::string::npos) << value << end.err;
    }
    for (const std::string value : {"-1", "1.5", "9223372036854775808", "many"}) {
        const auto end = call({"allocate", plan, "-o", scratch / "r", "--steps", value});
        EXPECT_EQ(end.exit, 64) << value;
        EXPECT_NE(end.err.find("--steps"), std::string::npos) << value << end.err;
    }
    EXPECT_EQ(call({"generate", "--counties", "1", "--seed", "18446744073709551615", "-o", scratch / "g"}).exit, 0);
    EXPECT_EQ(call({"allocate", plan, "-o", scratch / "r", "--time", "0.5"}).exit, 0);
}

TEST(Usage, Item91WorksInABareEnvironment) {
    const Scratch scratch;
    const std::string plan = scratch / "small.plan.json";
    countyplan::write_plan(given::small_draft(), plan);
    for (const std::vector<std::string>& environment : {std::vector<std::string>{},
                                                        {"LANG=C", "LC_ALL=C"},
                                                        {"LC_ALL=xx_YY.none"},
                                                        {"TMPDIR=/nonexistent", "TERM="}}) {
        EXPECT_EQ(call({"check", plan}, environment).exit, 0);
        EXPECT_EQ(call({"allocate", plan, "-o", scratch / "r", "--force"}, environment).exit, 0);
    }
}

TEST(Usage, Item12NumbersReadTheSameInALocaleWithDecimalCommas) {
    const Scratch scratch;
    const std::string plan = scratch / "small.plan.json";
    countyplan::write_plan(given::small_draft(), plan);
    for (const char* const locale : {"LC_ALL=C", "LC_ALL=de_DE.UTF-8"}) {
        const std::string to = scratch / std::string(locale).substr(7, 2) + ".plan.json";
        ASSERT_EQ(call({"convert", plan, to}, {locale}).exit, 0);
        EXPECT_EQ(journey::bytes_of(to), journey::bytes_of(plan)) << locale;
        EXPECT_EQ(call({"allocate", plan, "-o", scratch / "r", "--force", "--time", "1.5"}, {locale}).exit, 0);
    }
}

TEST(Usage, Item93GarbageInAnEnvironmentVariableIsRefusedAndNamed) {
    for (const std::string variable : {"COUNTYPLAN_LANG=klingon", "COUNTYPLAN_TIME=soon", "COUNTYPLAN_TIME=-5"}) {
        const auto end = call({"version"}, {variable});
        EXPECT_EQ(end.exit, 64) << variable;
        EXPECT_NE(end.err.find(variable.substr(0, 15)), std::string::npos) << end.err;
    }
    const auto unknown = call({"version"}, {"COUNTYPLAN_LNAG=zh"});
    EXPECT_EQ(unknown.exit, 0);
    EXPECT_NE(unknown.err.find("COUNTYPLAN_LNAG"), std::string::npos) << unknown.err;
    EXPECT_TRUE(call({"version"}, {"COUNTYPLAN_TIME=5", "COUNTYPLAN_LANG=zh"}).err.empty());
}

TEST(Usage, SpeaksChineseWhereTheLocaleOrTheOptionSaysSo) {
    EXPECT_NE(call({"--help"}, {"LANG=zh_CN.UTF-8"}).out.find("用法"), std::string::npos);
    EXPECT_NE(call({"--help"}, {"LC_ALL=zh_CN.GB18030"}).out.find("用法"), std::string::npos);
    EXPECT_NE(call({"--help"}, {"LANG=zh_CN.UTF-8", "LC_ALL=C"}).out.find("Usage"), std::string::npos);
    EXPECT_NE(call({"--help"}, {"LANG=C", "COUNTYPLAN_LANG=zh"}).out.find("用法"), std::string::npos);
    EXPECT_NE(call({"check", "--lang", "zh"}).err.find("用法错误"), std::string::npos);
    EXPECT_NE(call({"check", "--lang=zh", "/nonexistent"}).err.find("错误"), std::string::npos);
    EXPECT_NE(call({"--help", "--lang", "en"}, {"LANG=zh_CN.UTF-8"}).out.find("Usage"), std::string::npos);
}

TEST(Usage, EveryCommandHelpsWithExamples) {
    for (const std::string command : {"check", "allocate", "track", "report", "convert", "generate", "verify",
                                      "explain", "feedback", "solve", "schema", "version"}) {
        for (const std::string language : {"en", "zh"}) {
            const auto end = call({command, "--help", "--lang", language});
            EXPECT_EQ(end.exit, 0) << command;
            EXPECT_NE(end.out.find(language == "en" ? "Examples:" : "示例："), std::string::npos) << end.out;
            EXPECT_NE(end.out.find("countyplan " + command), std::string::npos) << end.out;
        }
    }
    EXPECT_TRUE(call({"--version"}).out.starts_with("countyplan "));
}

}  // namespace
