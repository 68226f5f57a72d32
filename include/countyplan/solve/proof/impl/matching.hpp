// The checker's half of matching: definitions only, nothing taken from the solver.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/matching.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan::detail {

/// Whether the pairs are allowed, disjoint and as many as stated.
inline Verdict check_pairs(const MatchingProblem& problem, const MatchingResult& result) {
    if (Verdict v = check_length(result.column_of.size(), problem.rows, "column_of"); !v.accepted) return v;
    std::vector<bool> taken(problem.columns, false);
    std::size_t size = 0;
    for (std::size_t row = 0; row < problem.rows; ++row) {
        const std::uint32_t column = result.column_of[row];
        if (column == MatchingResult::unmatched) continue;
        if (column >= problem.columns) {
            return refuse({message::proof_no_such_item, {to_text(column), to_text(problem.columns)}},
                          indexed("column_of", row));
        }
        if (taken[column]) return refuse({message::proof_named_twice, {to_text(column)}}, indexed("column_of", row));
        taken[column] = true;
        ++size;
        std::size_t pair = problem.first[row];
        while (pair < problem.first[row + 1] && problem.column[pair] != column)
            ++pair;
        if (pair == problem.first[row + 1]) return refuse(message::proof_pair_forbidden, indexed("column_of", row));
    }
    if (result.size != size) {
        return refuse({message::proof_wrong_value, {to_text(result.size), to_text(size)}}, "size");
    }
    return {};
}

/// Marks the listed numbers, which must ascend and be below `count`.
inline Verdict mark_listed(const std::vector<std::uint32_t>& listed, std::size_t count, const char* field,
                           std::vector<bool>& marked) {
    marked.assign(count, false);
    for (std::size_t i = 0; i < listed.size(); ++i) {
        if (listed[i] >= count) {
            return refuse({message::proof_no_such_item, {to_text(listed[i]), to_text(count)}}, indexed(field, i));
        }
        if (marked[listed[i]]) return refuse({message::proof_named_twice, {to_text(listed[i])}}, indexed(field, i));
        if (i > 0 && listed[i - 1] > listed[i]) {
            return refuse({message::proof_descending, {to_text(listed[i]), to_text(listed[i - 1])}}, indexed(field, i));
        }
        marked[listed[i]] = true;
    }
    return {};
}

/// Whether the cover covers every pair and has the stated size.
inline Verdict check_cover(const MatchingProblem& problem, const MatchingResult& result) {
    std::vector<bool> row_in, column_in;
    if (Verdict v = mark_listed(result.cover_rows, problem.rows, "cover_rows", row_in); !v.accepted) return v;
    if (Verdict v = mark_listed(result.cover_columns, problem.columns, "cover_columns", column_in); !v.accepted)
        return v;
    for (std::size_t row = 0; row < problem.rows; ++row) {
        if (row_in[row]) continue;
        for (std::size_t pair = problem.first[row]; pair < problem.first[row + 1]; ++pair) {
            if (!column_in[problem.column[pair]]) return refuse(message::proof_uncovered, indexed("pair", pair));
        }
    }
    const std::size_t covering = result.cover_rows.size() + result.cover_columns.size();
    if (result.bound != covering) {
        return refuse({message::proof_wrong_bound, {to_text(result.bound), to_text(covering)}}, "bound");
    }
    return {};
}

/// What the checker of parts works on: the graph from both sides and a maximum matching of it.
struct MatchedGraph {
    const MatchingProblem& problem;
    const std::vector<std::uint32_t>& column_of;
    std::vector<std::uint32_t> row_of;      ///< per column; or `unmatched`
    std::vector<std::size_t> column_first;  ///< the pairs of a column, as `problem.first` has those of a row
    std::vector<std::uint32_t> row;

    MatchedGraph(const MatchingProblem& given, const MatchingResult& result)
        : problem(given),
          column_of(result.column_of),
          row_of(given.columns, MatchingResult::unmatched),
          column_first(given.columns + 1, 0),
          row(given.column.size()) {
        for (std::size_t r = 0; r < problem.rows; ++r) {
            if (column_of[r] != MatchingResult::unmatched) row_of[column_of[r]] = static_cast<std::uint32_t>(r);
        }
        for (const std::uint32_t c : problem.column)
            ++column_first[c + 1];
        for (std::size_t c = 0; c < problem.columns; ++c)
            column_first[c + 1] += column_first[c];
        auto next = column_first;
        for (std::size_t r = 0; r < problem.rows; ++r) {
            for (std::size_t pair = problem.first[r]; pair < problem.first[r + 1]; ++pair)
                row[next[problem.column[pair]]++] = static_cast<std::uint32_t>(r);
        }
    }

    /// Visits rows from those given: on from a row to the rows matched to its columns that `enter` admits.
    template <class Enter>
    void spread_from_rows(std::vector<std::uint32_t>& queue, const Enter& enter) const {
        for (std::size_t i = 0; i < queue.size(); ++i) {
            for (std::size_t pair = problem.first[queue[i]]; pair < problem.first[queue[i] + 1]; ++pair) {
                const std::uint32_t c = problem.column[pair];
                if (enter(c)) queue.push_back(row_of[c]);
            }
        }
    }
    /// The same from columns, on to the columns matched to their rows.
    template <class Enter>
    void spread_from_columns(std::vector<std::uint32_t>& queue, const Enter& enter) const {
        for (std::size_t i = 0; i < queue.size(); ++i) {
            for (std::size_t pair = column_first[queue[i]]; pair < column_first[queue[i] + 1]; ++pair) {
                if (enter(row[pair])) queue.push_back(column_of[row[pair]]);
            }
        }
    }
};

/// The coarse parts by their definition: what alternating paths from the free rows and columns reach.
inline Verdict check_coarse_parts(const MatchedGraph& graph, const MatchingParts& parts) {
    using enum MatchingPart;
    const std::size_t rows = graph.problem.rows, columns = graph.problem.columns;
    std::vector<MatchingPart> row_part(rows, balanced), column_part(columns, balanced);
    std::vector<std::uint32_t> queue;
    for (std::uint32_t r = 0; r < rows; ++r) {
        if (graph.column_of[r] != MatchingResult::unmatched) continue;
        row_part[r] = row_surplus;
        queue.push_back(r);
    }
    graph.spread_from_rows(queue, [&](std::uint32_t c) {
        if (column_part[c] == row_surplus) return false;
        column_part[c] = row_surplus;
        row_part[graph.row_of[c]] = row_surplus;
        return true;
    });
    queue.clear();
    for (std::uint32_t c = 0; c < columns; ++c) {
        if (graph.row_of[c] != MatchingResult::unmatched) continue;
        column_part[c] = column_surplus;
        queue.push_back(c);
    }
    graph.spread_from_columns(queue, [&](std::uint32_t r) {
        if (row_part[r] == column_surplus) return false;
        row_part[r] = column_surplus;
        column_part[graph.column_of[r]] = column_surplus;
        return true;
    });
    const auto compare = [](const std::vector<MatchingPart>& stated, const std::vector<MatchingPart>& found,
                            const char* field) -> Verdict {
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (stated[i] != found[i]) return refuse(message::proof_wrong_part, indexed(field, i));
        }
        return {};
    };
    if (Verdict v = compare(parts.row_part, row_part, "row_part"); !v.accepted) return v;
    return compare(parts.column_part, column_part, "column_part");
}

/// Blocks are classes of rows that reach each other: no pair leads to a later block, so none is too small,
/// and within a block every row reaches and is reached from its first, so none is too large.
inline Verdict check_blocks(const MatchedGraph& graph, const MatchingParts& parts) {
    const std::size_t rows = graph.problem.rows, columns = graph.problem.columns;
    constexpr std::uint32_t none = MatchingParts::no_block;
    const auto wrong = [](const char* field, std::size_t index) {
        return refuse(message::proof_wrong_block, indexed(field, index));
    };
    if (parts.blocks > rows) return refuse(message::proof_wrong_block, "blocks");
    std::vector<std::uint32_t> start(parts.blocks, none);
    for (std::uint32_t r = 0; r < rows; ++r) {
        const std::uint32_t block = parts.row_block[r];
        if ((block != none) != (parts.row_part[r] == MatchingPart::balanced)) return wrong("row_block", r);
        if (block == none) continue;
        if (block >= parts.blocks) return wrong("row_block", r);
        if (start[block] == none) start[block] = r;
    }
    for (std::size_t block = 0; block < parts.blocks; ++block) {
        if (start[block] == none) return refuse(message::proof_wrong_block, "blocks");
    }
    for (std::size_t c = 0; c < columns; ++c) {
        const bool inside = parts.column_part[c] == MatchingPart::balanced;
        if (parts.column_block[c] != (inside ? parts.row_block[graph.row_of[c]] : none))
            return wrong("column_block", c);
    }
    for (std::size_t r = 0; r < rows; ++r) {
        if (parts.row_block[r] == none) continue;
        for (std::size_t pair = graph.problem.first[r]; pair < graph.problem.first[r + 1]; ++pair) {
            const std::uint32_t block = parts.column_block[graph.problem.column[pair]];
            if (block != none && block > parts.row_block[r]) return wrong("row_block", r);
        }
    }
    std::vector<bool> forward(rows, false), backward(rows, false);
    std::vector<std::uint32_t> queue;
    for (std::uint32_t block = 0; block < parts.blocks; ++block) {
        queue.assign(1, start[block]);
        forward[start[block]] = true;
        graph.spread_from_rows(queue, [&](std::uint32_t c) {
            if (parts.column_block[c] != block || forward[graph.row_of[c]]) return false;
            return static_cast<bool>(forward[graph.row_of[c]] = true);
        });
        queue.assign(1, graph.column_of[start[block]]);
        backward[start[block]] = true;
        graph.spread_from_columns(queue, [&](std::uint32_t r) {
            if (parts.row_block[r] != block || backward[r]) return false;
            return static_cast<bool>(backward[r] = true);
        });
    }
    for (std::size_t r = 0; r < rows; ++r) {
        if (parts.row_block[r] != none && !(forward[r] && backward[r])) return wrong("row_block", r);
    }
    return {};
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE Verdict examine(const MatchingProblem& problem) {
    using detail::indexed;
    constexpr std::size_t limit = std::numeric_limits<std::uint32_t>::max();
    const std::size_t pairs = problem.column.size();
    if (problem.rows >= limit) return detail::refuse({message::solve_too_large, {"rows"}}, "rows");
    if (problem.columns >= limit) return detail::refuse({message::solve_too_large, {"columns"}}, "columns");
    if (pairs >= limit) return detail::refuse({message::solve_too_large, {"pairs"}}, "column");
    if (Verdict v = detail::check_length(problem.first.size(), problem.rows + 1, "first"); !v.accepted) return v;
    if (problem.first[0] != 0) {
        return detail::refuse({message::solve_out_of_range, {to_text(problem.first[0]), "0", "0"}}, "first[0]");
    }
    for (std::size_t row = 0; row < problem.rows; ++row) {
        if (problem.first[row + 1] < problem.first[row] || problem.first[row + 1] > pairs) {
            return detail::refuse({message::solve_out_of_range,
                                   {to_text(problem.first[row + 1]), to_text(problem.first[row]), to_text(pairs)}},
                                  indexed("first", row + 1));
        }
    }
    if (Verdict v = detail::check_length(pairs, problem.first[problem.rows], "column"); !v.accepted) return v;
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        if (problem.column[pair] >= problem.columns) {
            return detail::refuse(
                {message::proof_no_such_item, {to_text(problem.column[pair]), to_text(problem.columns)}},
                indexed("column", pair));
        }
    }
    return {};
}

COUNTYPLAN_INLINE Verdict examine(const MatchingProblem& problem, const MatchingResult& result) {
    if (Verdict verdict = examine(problem); !verdict.accepted) return verdict;
    if (Verdict verdict = detail::check_ending(result, Claim::bounded); !verdict.accepted) return verdict;
    if (Verdict verdict = detail::check_pairs(problem, result); !verdict.accepted) return verdict;
    if (Verdict verdict = detail::check_cover(problem, result); !verdict.accepted) return verdict;
    if (result.termination == Termination::optimal && result.size != result.bound) {
        return detail::refuse({message::proof_gap, {to_text(result.size), to_text(result.bound)}}, "size");
    }
    return {};
}

COUNTYPLAN_INLINE Verdict examine(const MatchingProblem& problem, const MatchingResult& result,
                                  const MatchingParts& parts) {
    if (Verdict verdict = examine(problem, result); !verdict.accepted) return verdict;
    if (result.termination != Termination::optimal) {
        return detail::refuse(message::proof_fields_disagree, "termination");
    }
    const auto length = [](std::size_t found, std::size_t needed, const char* field) {
        return detail::check_length(found, needed, field);
    };
    if (Verdict v = length(parts.row_part.size(), problem.rows, "row_part"); !v.accepted) return v;
    if (Verdict v = length(parts.column_part.size(), problem.columns, "column_part"); !v.accepted) return v;
    if (Verdict v = length(parts.row_block.size(), problem.rows, "row_block"); !v.accepted) return v;
    if (Verdict v = length(parts.column_block.size(), problem.columns, "column_block"); !v.accepted) return v;
    const detail::MatchedGraph graph(problem, result);
    if (Verdict v = detail::check_coarse_parts(graph, parts); !v.accepted) return v;
    return detail::check_blocks(graph, parts);
}

COUNTYPLAN_INLINE bool verify(const MatchingProblem& problem, const MatchingResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
