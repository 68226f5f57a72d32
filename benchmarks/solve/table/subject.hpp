// What is one solver on one instance, ready to be timed?
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "given/circulation.hpp"
#include "given/instances.hpp"

namespace bench {

/// C again, but only the number of pairs counts.
struct MatchingInstance {
    given::SparseInstance choice;
};

/// G again, but only the capacities count: how much flows to the antipode?
struct FlowInstance {
    given::Circulation network;  ///< its last arc leads from the sink to the source
};

using Instance = std::variant<given::DenseInstance, given::SparseInstance, given::StaffingInstance, given::TaskInstance,
                              given::Circulation, MatchingInstance, FlowInstance>;

/// One solver on one instance in the solver's own form. Making it is the conversion, which is not timed.
class Subject {
  public:
    virtual ~Subject() = default;
    Subject() = default;
    Subject(const Subject&) = delete;
    Subject& operator=(const Subject&) = delete;

    virtual void prepare() {}  ///< before each solve, not timed
    virtual void solve() = 0;  ///< timed
    [[nodiscard]] virtual std::string objective() const = 0;
    /// Whether the answer's own certificate is accepted; unset where the solver gives none.
    [[nodiscard]] virtual std::optional<bool> is_certified() const { return std::nullopt; }
    [[nodiscard]] virtual std::size_t bytes() const { return 0; }         ///< of the problem in the solver's form
    [[nodiscard]] virtual std::size_t answer_bytes() const { return 0; }  ///< of the answer and its certificate
};

/// Nothing if there is no such solver, or it does not solve such instances. `instance` is used up.
std::unique_ptr<Subject> countyplan_subject(std::string_view solver, Instance& instance);
std::unique_ptr<Subject> countyplan_change(std::string_view solver, Instance& instance);
std::unique_ptr<Subject> lemon_subject(std::string_view solver, Instance& instance);
std::unique_ptr<Subject> boost_subject(std::string_view solver, Instance& instance);

/// A row of the table: the name of an instance and how it is made.
struct Row {
    std::string name;
    Instance (*make)(const Row& row, std::uint64_t seed);
    std::int32_t size = 0;
    std::int32_t second = 0;  ///< what else the family depends on: columns, degree
};

const std::vector<Row>& rows();

/// Writes the instance for solvers in Python; the layout is in write_instance.cpp.
bool write_instance(const Instance& instance, const char* path);

}  // namespace bench
