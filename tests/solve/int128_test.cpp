#include <countyplan/solve/proof/int128.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace {

using namespace countyplan;

constexpr auto most64 = std::numeric_limits<std::int64_t>::max();
constexpr auto least64 = std::numeric_limits<std::int64_t>::min();
const std::string most_text = "170141183460469231731687303715884105727";
const std::string least_text = "-170141183460469231731687303715884105728";

TEST(Int128, WritesAndReadsEveryMagnitude) {
    const Int128 most(static_cast<detail::int128>(~detail::uint128{0} >> 1));
    const Int128 least = Int128(-1) - most;
    EXPECT_EQ(to_text(most), most_text);
    EXPECT_EQ(to_text(least), least_text);
    for (const Int128 value : {Int128(0), Int128(7), Int128(-7), Int128(most64), Int128(least64), most, least,
                               Int128(most64) * Int128(10), Int128(least64) * Int128(most64)}) {
        EXPECT_EQ(parse_int128(to_text(value)), value) << to_text(value);
    }
}

TEST(Int128, ReadsNothingElse) {
    for (const std::string text :
         {"", "-", "+1", "-0", "00", "01", "1 ", " 1", "1.0", "0x1", "1e3", "--1",
          "170141183460469231731687303715884105728", "-170141183460469231731687303715884105729",
          "999999999999999999999999999999999999999", "1000000000000000000000000000000000000000"}) {
        EXPECT_FALSE(parse_int128(text).has_value()) << text;
    }
}

TEST(Int128, ComparesAddsAndMultipliesExactly) {
    const Int128 square = Int128(most64) * Int128(most64);
    EXPECT_EQ(to_text(square), "85070591730234615847396907784232501249");
    EXPECT_GT(square, Int128(most64));
    EXPECT_LT(Int128(least64), Int128(0));
    EXPECT_EQ(square - square, Int128(0));
    Int128 sum = 1;
    sum += most64;
    EXPECT_FALSE(to_int64(sum).has_value());
    sum -= 1;
    EXPECT_EQ(to_int64(sum), most64);
    EXPECT_EQ(to_int64(Int128(least64)), least64);
    EXPECT_FALSE(to_int64(Int128(least64) - Int128(1)).has_value());
    EXPECT_DOUBLE_EQ(to_double(Int128(-3)), -3.0);
}

}  // namespace
