// Reads LP and MPS texts back with the readers of COIN-OR.
#include <countyplan/io/program_export.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <CoinLpIO.hpp>
#include <CoinMpsIO.hpp>
#include <CoinPackedMatrix.hpp>

#include <countyplan/solve/mixed_integer.hpp>
#include <countyplan/solve/mixed_integer_cbc.hpp>

#include "given/law.hpp"
#include "given/mixed_integer.hpp"

namespace {

using namespace countyplan;

/// A file of this process that is removed in the end.
class ScratchFile {
  public:
    ScratchFile(const std::string& text, const char* suffix)
        : path_(testing::TempDir() + "program_reader_test" + suffix) {
        std::ofstream(path_, std::ios::binary) << text;
    }
    ~ScratchFile() { std::remove(path_.c_str()); }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    [[nodiscard]] const char* path() const { return path_.c_str(); }

  private:
    std::string path_;
};

/// What either reader holds, as a program; to be minimised.
template <class Reader>
MixedIntegerProgram taken_from(const Reader& reader, double infinite) {
    MixedIntegerProgram problem;
    LinearProgram& linear = problem.linear;
    const auto bound = [&](double v) {
        return std::abs(v) >= infinite ? std::copysign(LinearProgram::infinity, v) : v;
    };
    for (int i = 0; i < reader.getNumRows(); ++i) {
        linear.row_lower.push_back(bound(reader.getRowLower()[i]));
        linear.row_upper.push_back(bound(reader.getRowUpper()[i]));
    }
    const CoinPackedMatrix& matrix = *reader.getMatrixByCol();
    for (int j = 0; j < reader.getNumCols(); ++j) {
        std::vector<double> dense(linear.rows(), 0.0);
        for (CoinBigIndex k = matrix.getVectorFirst(j); k < matrix.getVectorLast(j); ++k)
            dense[static_cast<std::size_t>(matrix.getIndices()[k])] = matrix.getElements()[k];
        given::add_column(linear, reader.getObjCoefficients()[j], bound(reader.getColLower()[j]),
                          bound(reader.getColUpper()[j]), dense);
        problem.is_integer.push_back(reader.isInteger(j) ? 1 : 0);
    }
    return problem;
}

TEST(ProgramReaderLaw, CoinReadsBackTheSameProgram) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        const auto problem = given::random_mixed_integer(seed);
        if (problem.linear.columns() == 0) continue;
        const auto slow = given::slow_mixed_integer(problem);
        const double side = problem.sense == Sense::minimise ? 1.0 : -1.0;

        const ScratchFile mps(program_text(problem, ProgramFormat::mps), ".mps");
        CoinMpsIO mps_reader;
        mps_reader.messageHandler()->setLogLevel(0);
        ASSERT_EQ(mps_reader.readMps(mps.path(), ""), 0);
        const auto from_mps = taken_from(mps_reader, mps_reader.getInfinity());
        ASSERT_TRUE(examine(from_mps).accepted);
        ASSERT_EQ(from_mps.linear.cost, relaxation(problem).cost);
        ASSERT_EQ(from_mps.linear.lower, problem.linear.lower);
        ASSERT_EQ(from_mps.linear.upper, problem.linear.upper);
        ASSERT_EQ(from_mps.is_integer, problem.is_integer);

        const ScratchFile lp(program_text(problem, ProgramFormat::lp), ".lp");
        CoinLpIO lp_reader;
        lp_reader.messageHandler()->setLogLevel(0);
        lp_reader.readLp(lp.path());
        const auto from_lp = taken_from(lp_reader, lp_reader.getInfinity());
        ASSERT_TRUE(examine(from_lp).accepted);
        for (const auto* read : {&from_mps, &from_lp}) {
            const auto again = solve(*read, cbc_backend());
            ASSERT_EQ(again.termination, slow ? Termination::optimal : Termination::infeasible);
            if (slow) {
                ASSERT_NEAR(side * *again.objective, *slow, 1e-9 * std::max(1.0, std::abs(*slow)));
            }
        }
    }
}

}  // namespace
