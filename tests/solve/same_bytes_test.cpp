// The integer solvers give these very answers with every compiler, optimisation, set of vector instructions and
// number of threads that solve at the same time. A pin changes only where a solver is meant to choose differently
// among equals. What other compilers make of the same sources is compared by same_bytes/builds.cmake.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <string>

#include "same_bytes/digests.hpp"

namespace {

using countyplan::detail::best_vector_level;
using countyplan::detail::VectorLevel;
using Pins = std::map<std::string, std::uint64_t>;

/// Calls `check(level, threads)` with every level that this machine has, and with 1, 2 and 4 threads.
template <class Check>
void at_every_level(const Check& check) {
    for (const VectorLevel level : {VectorLevel::plain, VectorLevel::avx2, VectorLevel::avx512}) {
        if (level <= best_vector_level()) check(level, 1);
    }
    for (const unsigned threads : {2U, 4U})
        check(best_vector_level(), threads);
}

/// Digests are unsigned, a failure shows them in hexadecimal.
void expect_pinned(const same_bytes::Digests& found, const Pins& pins) {
    EXPECT_EQ(found.size(), pins.size());
    for (const auto& [name, digest] : found) {
        const auto pin = pins.find(name);
        ASSERT_NE(pin, pins.end()) << name;
        EXPECT_EQ(digest, pin->second) << name << std::hex << " is 0x" << digest;
    }
}

template <class Solved>
void expect_pinned_on_threads(const Solved& digests, const Pins& pins) {
    for (const unsigned threads : {1U, 2U, 4U})
        expect_pinned(digests(threads), pins);
}

TEST(SameBytes, Assignment) {
    const Pins pins{
        {"assignment.small", 0x266fef0a1809ed71ULL},
        {"assignment.table", 0x2f3a8bdc8a1ef9c4ULL},
        {"assignment.table32", 0x2f3a8bdc8a1ef9c4ULL},
    };
    at_every_level([&](VectorLevel level, unsigned threads) {
        SCOPED_TRACE(testing::Message() << "level " << static_cast<int>(level) << ", threads " << threads);
        expect_pinned(same_bytes::assignment_digests(level, threads), pins);
    });
}

TEST(SameBytes, SparseAssignment) {
    const Pins pins{
        {"sparse_assignment.small", 0xdf33f09c822d1c67ULL},
        {"sparse_assignment.medium32", 0xcb6cd5bf40951434ULL},
    };
    expect_pinned_on_threads(same_bytes::sparse_assignment_digests, pins);
}

TEST(SameBytes, Flows) {
    const Pins pins{
        {"min_cost_flow.small", 0xc23aa5bc6a84f317ULL}, {"min_cost_flow.staffing", 0x7310052617d91c36ULL},
        {"convex_flow.small", 0xbc5c3bcb5753c6b6ULL},   {"max_flow.small", 0xdb7fea13a716d9f6ULL},
        {"max_flow.levels", 0x0ab5578de410bfe5ULL},
    };
    expect_pinned_on_threads(same_bytes::flow_digests, pins);
}

TEST(SameBytes, Leximin) {
    const Pins pins{
        {"leximin.small", 0xfc71e0ffe21c64bdULL},
        {"leximin.schools", 0x30d2d8582a772b28ULL},
        {"max_min.small", 0xad92b99dbd644bbcULL},
    };
    expect_pinned_on_threads(same_bytes::leximin_digests, pins);
}

TEST(SameBytes, PathsMatchingsAndRandomNumbers) {
    const Pins pins{
        {"random", 0x3e3262a21d1ea176ULL},
        {"longest_path.small", 0x2f3bd0a2ef29bf93ULL},
        {"matching.small", 0x856b32780c3a55baULL},
        {"matching.sparse", 0xe669355d2e9c9525ULL},
        {"matching_parts.small", 0xc919eb92db2e7f42ULL},
    };
    expect_pinned_on_threads(same_bytes::path_digests, pins);
}

TEST(SameBytes, NestedFlow) {
    // which of equal choices it takes is its own affair, so only the totals are pinned
    const auto plain = same_bytes::nested_flow_digests(VectorLevel::plain, 1);
    ASSERT_EQ(plain.size(), 2U);
    EXPECT_EQ(plain[0].first, "nested_flow.totals");
    EXPECT_EQ(plain[0].second, 0xc82720119d906cd9ULL);
    EXPECT_NE(plain[1].second, 0U);
    at_every_level([&](VectorLevel level, unsigned threads) {
        EXPECT_EQ(same_bytes::nested_flow_digests(level, threads), plain)
            << "level " << static_cast<int>(level) << ", threads " << threads;
    });
}

TEST(SameBytes, LinearTotalsStandTheirChecks) {
    for (const auto& [name, total] : same_bytes::linear_totals())
        EXPECT_FALSE(std::isnan(total)) << name;
}

}  // namespace
