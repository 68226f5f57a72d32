// LEMON's codes on the instances that are networks. Making its solver object is left out of the time.
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "lemon_solver.hpp"
#include "subject.hpp"

namespace bench {

namespace {

class LemonSubject final : public Subject {
  public:
    LemonSubject(std::unique_ptr<LemonSolver> solver, std::size_t bytes) : solver_(std::move(solver)), bytes_(bytes) {}

    void prepare() override { solver_->prepare(); }
    void solve() override { objective_ = solver_->solve(); }
    [[nodiscard]] std::string objective() const override { return std::to_string(objective_); }
    [[nodiscard]] std::size_t bytes() const override { return bytes_; }

  private:
    std::unique_ptr<LemonSolver> solver_;
    std::size_t bytes_;
    long long objective_ = 0;
};

LemonNetwork network_of(Instance& instance) {
    given::Circulation network;
    if (auto* dense = std::get_if<given::DenseInstance>(&instance)) {
        network = given::circulation(*dense);
    } else if (auto* sparse = std::get_if<given::SparseInstance>(&instance)) {
        network = given::circulation(*sparse);
    } else if (auto* staffing = std::get_if<given::StaffingInstance>(&instance)) {
        network = given::circulation(*staffing);
    } else if (auto* arcs = std::get_if<given::Circulation>(&instance)) {
        network = std::move(*arcs);
    } else if (auto* flow = std::get_if<FlowInstance>(&instance)) {
        network = std::move(flow->network);
    }
    instance = given::DenseInstance{};
    return {network.nodes,
            std::move(network.tail),
            std::move(network.head),
            std::move(network.lower),
            std::move(network.upper),
            std::move(network.cost)};
}

}  // namespace

std::unique_ptr<Subject> lemon_subject(std::string_view solver, Instance& instance) {
    if (!solver.starts_with("lemon-")) return nullptr;
    const bool largest = solver == "lemon-preflow";
    if (largest != std::holds_alternative<FlowInstance>(instance)) return nullptr;
    LemonNetwork network = network_of(instance);
    if (network.tail.empty()) return nullptr;
    const std::size_t bytes = network.tail.size() * 5 * sizeof(std::int32_t);
    if (largest) network.upper.back() = network.lower.back() = 0;  // the arc back
    auto made = largest ? lemon_largest_flow(network, network.head.back(), network.tail.back())
                        : lemon_least_cost(std::string(solver), network);
    return made ? std::make_unique<LemonSubject>(std::move(made), bytes) : nullptr;
}

}  // namespace bench
