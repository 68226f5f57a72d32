// The rows of the table; performance.md names the sizes and the optima of seed 1.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "subject.hpp"

namespace bench {

namespace {

template <given::DenseKind kind>
Instance dense(const Row& row, std::uint64_t seed) {
    return given::dense_instance(kind, row.size, row.second == 0 ? row.size : row.second, seed);
}
Instance surplus(const Row& row, std::uint64_t seed) {
    return given::sparse_instance(row.size, seed, row.second == 0 ? 20 : row.second);
}
Instance balanced(const Row& row, std::uint64_t seed) { return given::sparse_instance(row.size, seed, 20, 100); }
Instance staffing(const Row& row, std::uint64_t seed) { return given::staffing_instance(row.size / 5000, seed); }
Instance tasks(const Row& row, std::uint64_t seed) {
    return given::task_instance(row.size, 5 * row.size, row.second, true, seed);
}
Instance torus(const Row& row, std::uint64_t seed) { return given::torus_circulation(row.size, 8, seed); }
Instance pairs(const Row& row, std::uint64_t seed) {
    return MatchingInstance{given::sparse_instance(row.size, seed, row.second, 100)};
}
Instance torus_flow(const Row& row, std::uint64_t seed) {
    return FlowInstance{given::torus_circulation(row.size, 8, seed)};
}

}  // namespace

const std::vector<Row>& rows() {
    using enum given::DenseKind;
    static const std::vector<Row> all{
        {"A-uniform-1000", dense<uniform>, 1000},
        {"A-uniform-2000", dense<uniform>, 2000},
        {"A-uniform-5000", dense<uniform>, 5000},
        {"A-uniform-10000", dense<uniform>, 10000},
        {"A-geometric-1000", dense<geometric>, 1000},
        {"A-geometric-2000", dense<geometric>, 2000},
        {"A-geometric-5000", dense<geometric>, 5000},
        {"A-geometric-10000", dense<geometric>, 10000},
        {"A-low-rank-1000", dense<low_rank>, 1000},
        {"A-low-rank-2000", dense<low_rank>, 2000},
        {"A-low-rank-5000", dense<low_rank>, 5000},
        {"A-low-rank-10000", dense<low_rank>, 10000},
        {"A-machol-wien-1000", dense<machol_wien>, 1000},
        {"A-machol-wien-2000", dense<machol_wien>, 2000},
        {"A-hundred-200", dense<hundred>, 200},
        {"A-hundred-800", dense<hundred>, 800},
        {"A-hundred-5000", dense<hundred>, 5000},
        {"B-2000x20000", dense<uniform>, 2000, 20000},
        {"C-1k", surplus, 1000},
        {"C-10k", surplus, 10'000},
        {"C-100k", surplus, 100'000},
        {"C-1M", surplus, 1'000'000},
        {"C-degree-6-100k", surplus, 100'000, 6},
        {"C-balanced-10k", balanced, 10'000},
        {"C-balanced-100k", balanced, 100'000},
        {"D-5k", staffing, 5000},
        {"D-50k", staffing, 50'000},
        {"D-500k", staffing, 500'000},
        {"E-1M", tasks, 1'000'000, 1000},
        {"G-torus-4k", torus, 64},
        {"G-torus-16k", torus, 128},
        {"G-torus-65k", torus, 256},
        {"M-pairs-100k", pairs, 100'000, 4},
        {"M-pairs-1M", pairs, 1'000'000, 4},
        {"M-flow-16k", torus_flow, 128},
        {"M-flow-262k", torus_flow, 512},
    };
    return all;
}

}  // namespace bench
