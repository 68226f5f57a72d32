#include <countyplan/graph/csr.hpp>

#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

static_assert(RowTable<CompressedRows>);
static_assert(!RowTable<std::vector<std::uint32_t>>, "one row is no table");
static_assert(!RowTable<std::vector<std::vector<std::uint32_t>>>, "rows must lie in one stretch");

CompressedRows grouped(std::size_t rows, const std::vector<std::uint32_t>& keys) {
    return CompressedRows::group(rows, keys.size(), [&](std::uint32_t i) { return keys[i]; });
}

std::vector<std::uint32_t> row(const CompressedRows& rows, std::size_t at) {
    return {rows[at].begin(), rows[at].end()};
}

TEST(CompressedRows, ListEachKeysPositionsInOrder) {
    const auto rows = grouped(4, {2, 0, 2, 3, no_node, 0, 2});
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(row(rows, 0), (std::vector<std::uint32_t>{1, 5}));
    EXPECT_EQ(row(rows, 1), (std::vector<std::uint32_t>{}));
    EXPECT_EQ(row(rows, 2), (std::vector<std::uint32_t>{0, 2, 6}));
    EXPECT_EQ(row(rows, 3), (std::vector<std::uint32_t>{3}));
    EXPECT_EQ(rows.entries().size(), 6u);
}

TEST(CompressedRows, AreEmptyWhenMadeFromNothing) {
    EXPECT_EQ(CompressedRows().size(), 0u);
    EXPECT_TRUE(CompressedRows().entries().empty());
    EXPECT_EQ(grouped(0, {}).size(), 0u);
    EXPECT_TRUE(grouped(2, {})[1].empty());
}

TEST(CompressedRows, CutAParallelArrayAlongTheirRows) {
    const auto rows = grouped(2, {1, 0, 1});
    const std::vector<int> parallel{10, 20, 30};  // for the entries 1, 0, 2
    EXPECT_EQ(rows.along(parallel, 0).front(), 10);
    EXPECT_EQ(rows.along(parallel, 1).back(), 30);
}

#if defined(COUNTYPLAN_CHECKED)
TEST(CompressedRowsRefusal, ThrowForARowThatIsNotThere) {
    EXPECT_THROW((void)grouped(2, {0, 1})[2], ContractViolation);
    EXPECT_THROW((void)CompressedRows()[0], ContractViolation);
    EXPECT_THROW((void)grouped(2, {2}), ContractViolation);
}
#endif

}  // namespace
