#include <countyplan/io/program_export.hpp>

#include <gtest/gtest.h>

#include <string>

#include <countyplan/error.hpp>

#include "given/linear_program.hpp"

namespace {

using namespace countyplan;

MixedIntegerProgram sample() {
    MixedIntegerProgram problem{.is_integer = {1, 0, 0}, .sense = Sense::maximise};
    problem.linear.row_lower = {-given::infinity, 2, -1, -given::infinity, 0.1};
    problem.linear.row_upper = {17, 2, 3, given::infinity, given::infinity};
    given::add_column(problem.linear, 4, 0, given::infinity, {3, 1, 0, 1, 0});
    given::add_column(problem.linear, -0.5, -given::infinity, given::infinity, {0, -1, 0.1, 0, 1});
    given::add_column(problem.linear, 0, -given::infinity, -2, {0, 0, 1, 0, 0});
    return problem;
}

TEST(ProgramExport, WritesLp) {
    EXPECT_EQ(program_text(sample(), ProgramFormat::lp),
              "Maximize\n obj: + 4 x0 - 0.5 x1\n"
              "Subject To\n"
              " r0: + 3 x0 <= 17\n"
              " r1: + 1 x0 - 1 x1 = 2\n"
              " r2_low: + 0.1 x1 + 1 x2 >= -1\n"
              " r2: + 0.1 x1 + 1 x2 <= 3\n"
              " r4: + 1 x1 >= 0.1\n"
              "Bounds\n x0 >= 0\n x1 free\n -inf <= x2 <= -2\n"
              "General\n x0\nEnd\n");
}

TEST(ProgramExport, WritesMpsThatMinimises) {
    EXPECT_EQ(program_text(sample(), ProgramFormat::mps),
              "NAME countyplan FREE\nROWS\n N obj\n L r0\n E r1\n G r2\n G r4\n"
              "COLUMNS\n M0 'MARKER' 'INTORG'\n x0 obj -4\n x0 r0 3\n x0 r1 1\n M1 'MARKER' 'INTEND'\n"
              " x1 obj 0.5\n x1 r1 -1\n x1 r2 0.1\n x1 r4 1\n x2 obj 0\n x2 r2 1\n"
              "RHS\n rhs r0 17\n rhs r1 2\n rhs r2 -1\n rhs r4 0.1\nRANGES\n ranges r2 4\n"
              "BOUNDS\n LO bounds x0 0\n PL bounds x0\n FR bounds x1\n MI bounds x2\n UP bounds x2 -2\nENDATA\n");
}

TEST(ProgramExport, WritesARangeThatWouldBeRoundedAsTwoRows) {
    MixedIntegerProgram problem{.is_integer = {0}};
    problem.linear.row_lower = {-0.1};
    problem.linear.row_upper = {0.3};
    given::add_column(problem.linear, 1, 0, 1, {1});
    EXPECT_NE(program_text(problem, ProgramFormat::mps).find(" G r0_low\n L r0\n"), std::string::npos);
}

TEST(ProgramExport, WritesTheEmptyProgramAndRefusesAMalformedOne) {
    EXPECT_EQ(program_text({}, ProgramFormat::lp), "Minimize\n obj: + 0 x0\nSubject To\nBounds\n x0 = 0\nEnd\n");
    EXPECT_NE(program_text({}, ProgramFormat::mps).find(" FX bounds x0 0\n"), std::string::npos);
    auto broken = sample();
    broken.is_integer.clear();
    EXPECT_THROW((void)program_text(broken, ProgramFormat::lp), InvalidProblem);
}

TEST(ProgramExport, TellsTheFormatByTheName) {
    EXPECT_EQ(program_format_of("a/b.lp"), ProgramFormat::lp);
    EXPECT_EQ(program_format_of("b.mps"), ProgramFormat::mps);
    EXPECT_FALSE(program_format_of("b.txt"));
}

}  // namespace
