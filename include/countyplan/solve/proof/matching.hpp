// Is this the largest number of pairs, and who can do without it?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/message.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// Which rows may be paired with which columns, in compressed rows: row `r` with `column[k]` for `k` from
/// `first[r]` up to below `first[r + 1]`. A pair may be listed more than once. Find the largest set of pairs
/// in which no row and no column occurs twice. Formulae: docs/math/matching.md.
struct MatchingProblem {
    std::size_t rows = 0;                    ///< below 2^32 - 1
    std::size_t columns = 0;                 ///< below 2^32 - 1
    std::vector<std::size_t> first = {0};    ///< rows + 1 of them, from 0, never descending, to the number of pairs
    std::vector<std::uint32_t> column = {};  ///< per allowed pair; fewer than 2^32 - 1

    friend bool operator==(const MatchingProblem&, const MatchingProblem&) = default;
};

/// What belongs to each termination; a matching and a cover are always there:
/// - optimal: the size equals the bound; cause and claim proved
/// - feasible: the size is below the bound, or equal to it by chance; cause time, steps or cancelled; claim
///   bounded
struct MatchingResult {
    static constexpr std::uint32_t unmatched = std::numeric_limits<std::uint32_t>::max();

    Termination termination = Termination::feasible;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::bounded;
    std::vector<std::uint32_t> column_of = {};  ///< per row; or `unmatched`
    std::size_t size = 0;                       ///< rows that are matched
    std::size_t bound = 0;                      ///< no matching is larger: the number of nodes in the cover
    /// Certificate (Kőnig, 1931): every allowed pair has its row or its column among these. Ascending.
    std::vector<std::uint32_t> cover_rows = {};
    std::vector<std::uint32_t> cover_columns = {};
    std::int64_t steps = 0;  ///< rows visited by searches

    friend bool operator==(const MatchingResult&, const MatchingResult&) = default;
};

/// The three parts of a bipartite graph that every maximum matching respects (Dulmage & Mendelsohn, 1958).
enum class MatchingPart {
    row_surplus,     ///< more rows than columns: some maximum matching leaves any one of these rows free
    balanced,        ///< as many rows as columns, all matched to each other in every maximum matching
    column_surplus,  ///< more columns than rows: some maximum matching leaves any one of these columns free
};

template <>
struct Enumerators<MatchingPart> {
    static constexpr MessageText words[] = {
        {"row_surplus", "行过剩", "surplus of rows"},
        {"balanced", "均衡", "balanced"},
        {"column_surplus", "列过剩", "surplus of columns"},
    };
};

/// The coarse parts, and the blocks of the balanced part. A pair is in some maximum matching just if its row
/// and column are in the same part and, there, in the same block. A row of block `i` may be paired only with
/// columns of blocks up to `i` and with columns of the row surplus. Parts and blocks do not depend on which
/// maximum matching they were found by, but for the order of the blocks.
struct MatchingParts {
    static constexpr std::uint32_t no_block = std::numeric_limits<std::uint32_t>::max();

    std::vector<MatchingPart> row_part = {};
    std::vector<MatchingPart> column_part = {};
    std::vector<std::uint32_t> row_block = {};     ///< below `blocks` in the balanced part, else `no_block`
    std::vector<std::uint32_t> column_block = {};  ///< likewise
    std::size_t blocks = 0;

    /// Whether the loss of this row would make the largest matching smaller.
    [[nodiscard]] bool row_is_essential(std::size_t row) const { return row_part[row] != MatchingPart::row_surplus; }
    /// Whether the loss of this column would.
    [[nodiscard]] bool column_is_essential(std::size_t column) const {
        return column_part[column] != MatchingPart::column_surplus;
    }

    friend bool operator==(const MatchingParts&, const MatchingParts&) = default;
};

/// Whether `problem` is as its struct describes it; if not, what is wrong first. One pass.
[[nodiscard]] Verdict examine(const MatchingProblem& problem);

/// Whether `result` shows what it says about `problem`, from the definitions above; if not, which condition
/// fails first and where (`column_of[3]`, `size`, `bound`, `cover_rows[0]`, `cover_columns[1]`, `pair[7]`,
/// `claim`, `termination`). One pass, one mark per row and column; exact for any field values; shares no
/// code with the solver.
[[nodiscard]] Verdict examine(const MatchingProblem& problem, const MatchingResult& result);

/// Whether these are the parts and blocks of `problem`, of which `result` must be an optimal matching that
/// is accepted. Place as above or `row_part[2]`, `column_part[2]`, `row_block[2]`, `column_block[2]`,
/// `blocks`. O(rows + columns + pairs).
[[nodiscard]] Verdict examine(const MatchingProblem& problem, const MatchingResult& result, const MatchingParts& parts);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const MatchingProblem& problem, const MatchingResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_MATCHING)
#include <countyplan/solve/proof/impl/matching.hpp>
#endif
