// How are LEMON's codes called from C++20, when its headers want C++17?
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bench {

/// Per arc; C++17 on both sides.
struct LemonNetwork {
    std::int32_t nodes = 0;
    std::vector<std::int32_t> tail, head, lower, upper, cost;
};

class LemonSolver {
  public:
    virtual ~LemonSolver() = default;
    virtual void prepare() = 0;  ///< makes the solver object, which copies the graph
    virtual long long solve() = 0;
};

/// `lemon-network-simplex`, `lemon-cost-scaling`, `lemon-capacity-scaling`; null for any other name.
std::unique_ptr<LemonSolver> lemon_least_cost(const std::string& name, const LemonNetwork& network);
/// Largest flow by Preflow.
std::unique_ptr<LemonSolver> lemon_largest_flow(const LemonNetwork& network, std::int32_t source, std::int32_t sink);

}  // namespace bench
