// Problem files with known optima, one of each format.
#pragma once

#include <array>
#include <string_view>

#include <countyplan/io/solve_problem.hpp>

namespace given {

struct ProblemText {
    std::string_view name;  ///< a file name that tells the format together with the text
    countyplan::ProblemFormat format;
    countyplan::ProblemKind kind;
    std::string_view optimum;  ///< worked out by hand
    std::string_view text;
};

using countyplan::ProblemFormat;
using countyplan::ProblemKind;

inline constexpr std::array problem_texts{
    // 2 units by 1-3-4 at 3 each, 2 by 1-2-3-4 at 4 each
    ProblemText{"small.min", ProblemFormat::dimacs_min, ProblemKind::min_cost_flow, "14",
                "c four nodes\n"
                "p min 4 5\n"
                "n 1 4\n"
                "n 4 -4\n"
                "a 1 2 0 4 2\n"
                "a 1 3 0 2 2\n"
                "a 2 3 0 2 1\n"
                "a 2 4 0 3 3\n"
                "a 3 4 0 5 1\n"},
    // all that leaves node 1
    ProblemText{"small.max", ProblemFormat::dimacs_max, ProblemKind::max_flow, "6",
                "c four nodes\n"
                "p max 4 5\n"
                "n 1 s\n"
                "n 4 t\n"
                "a 1 2 4\n"
                "a 1 3 2\n"
                "a 2 3 2\n"
                "a 2 4 3\n"
                "a 3 4 5\n"},
    // 1-5, 2-4, 3-6; the only other choice costs 15
    ProblemText{"small.asn", ProblemFormat::dimacs_asn, ProblemKind::sparse_assignment, "7",
                "p asn 6 6\n"
                "n 1\n"
                "n 2\n"
                "n 3\n"
                "a 1 4 5\n"
                "a 1 5 1\n"
                "a 2 4 2\n"
                "a 2 6 7\n"
                "a 3 5 3\n"
                "a 3 6 4\n"},
    // the other diagonal of a table of products
    ProblemText{"assign3.txt", ProblemFormat::or_library, ProblemKind::assignment, "10",
                " 3\n"
                " 1 2\n"
                " 3 2 4 6 3\n"
                " 6 9\n"},
    ProblemText{"assignp3.txt", ProblemFormat::or_library_sparse, ProblemKind::sparse_assignment, "7",
                " 3\n"
                " 1 1 5\n"
                " 1 2 1\n"
                " 2 1 2\n"
                " 2 3 7\n"
                " 3 2 3\n"
                " 3 3 4\n"},
    ProblemText{"small.txt", ProblemFormat::cost_matrix, ProblemKind::assignment, "2",
                "2 3\n"
                "4 1 9\n"
                "1 8 inf\n"},
    ProblemText{"small.mtx", ProblemFormat::matrix_market, ProblemKind::sparse_assignment, "7",
                "%%MatrixMarket matrix coordinate integer general\n"
                "% rows are people\n"
                "3 3 6\n"
                "1 1 5\n"
                "1 2 1\n"
                "2 1 2\n"
                "2 3 7\n"
                "3 2 3\n"
                "3 3 4\n"},
    ProblemText{"pattern.mtx", ProblemFormat::matrix_market, ProblemKind::matching, "2",
                "%%MatrixMarket matrix coordinate pattern general\n"
                "3 3 4\n"
                "1 1\n"
                "2 1\n"
                "3 2\n"
                "3 3\n"},
    // two tiers: the cheaper way in the first is the dearer in the second
    ProblemText{"flow.json", ProblemFormat::json, ProblemKind::min_cost_flow, "6, 10",
                R"({"problem": "min_cost_flow", "nodes": 3, "tiers": 2, "supply": [2, 0, -2],
"tail": [0, 0, 1], "head": [2, 1, 2], "upper": [null, 9, 9], "lower": [0, 0, 0],
"cost": [4, 1, 2, 3, 1, 2]})"},
    ProblemText{"assignment.json", ProblemFormat::json, ProblemKind::assignment, "2",
                R"({"problem": "assignment", "rows": 2, "columns": 3, "cost": [4, 1, 9, 1, 8, null]})"},
    // the second row stays unmatched at 3
    ProblemText{"sparse.json", ProblemFormat::json, ProblemKind::sparse_assignment, "4",
                R"({"format": "countyplan.problem", "format_version": 1, "problem": "sparse_assignment",
"rows": 2, "columns": 1, "first": [0, 1, 2], "column": [0, 0], "cost": [1, 9], "unmatched_row": [null, 3],
"unmatched_column": [0]})"},
    ProblemText{"most.json", ProblemFormat::json, ProblemKind::max_flow, "3",
                R"({"problem": "max_flow", "nodes": 3, "source": 0, "sink": 2, "tail": [0, 1, 0], "head": [1, 2, 2],
"capacity": [5, 2, 1]})"},
    ProblemText{"pairs.json", ProblemFormat::json, ProblemKind::matching, "1",
                R"({"problem": "matching", "rows": 2, "columns": 2, "first": [0, 1, 2], "column": [1, 1]})"},
    // two items, each with the pair to the one right group that holds one; the dearer stays at home
    ProblemText{"nested.json", ProblemFormat::json, ProblemKind::nested_flow, "-5",
                R"({"problem": "nested_flow",
"left": {"parent": [null], "lower": [0], "upper": [null]},
"right": {"parent": [null, 0], "lower": [0, 0], "upper": [2, 1], "first_piece": [0, 0, 1], "from": [0], "slope": [1]},
"group": [0, 0], "first": [0, 1, 2], "to": [1, 1], "cost": [-6, -4]})"},
    // the first two units at 1 each, the third at 5; the other arc costs 4 from the first on
    ProblemText{"convex.json", ProblemFormat::json, ProblemKind::convex_flow, "6",
                R"({"problem": "convex_flow", "nodes": 2, "supply": [3, -3], "tail": [0, 0], "head": [1, 1],
"lower": [0, 0], "upper": [9, null], "first_piece": [0, 2, 3], "from": [0, 2, 0], "slope": [1, 5, 4]})"},
    // three units for two groups: at best one has one and the other two
    ProblemText{"leximin.json", ProblemFormat::json, ProblemKind::leximin, "1, 2",
                R"({"problem": "leximin", "nodes": 2, "supply": [3, -3], "tail": [0, 0], "head": [1, 1],
"lower": [0, 0], "upper": [3, 3], "group_arc": [0, 1], "first": [0, 4, 8], "threshold": [0, 1, 2, 3, 0, 1, 2, 3],
"value": [0, 1, 2, 3, 0, 1, 2, 3]})"},
};

}  // namespace given
