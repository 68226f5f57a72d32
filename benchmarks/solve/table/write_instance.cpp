// Raw numbers in the machine's own order. First a header of four int64, then:
//   dense {0, rows, columns, 0}: int32 cost
//   sparse {1, rows, columns, penalty}: int64 first, int32 column, int32 cost
//   circulation {2, nodes, arcs, 0}: int32 tail, head, lower, upper, cost
//   matching as sparse, maximum flow as circulation
#include <cstdint>
#include <fstream>
#include <ios>
#include <type_traits>
#include <variant>
#include <vector>

#include "subject.hpp"

namespace bench {

namespace {

class Writer {
  public:
    explicit Writer(const char* path) : file_(path, std::ios::binary) {}

    bool operator()(const given::DenseInstance& instance) {
        return put(std::vector<std::int64_t>{0, instance.rows, instance.columns, 0}) && put(instance.cost);
    }
    bool operator()(const given::SparseInstance& instance) {
        return put(std::vector<std::int64_t>{1, instance.experts, instance.posts, instance.penalty}) &&
               put(instance.first) && put(instance.post) && put(instance.cost);
    }
    bool operator()(const given::Circulation& network) {
        const auto arcs = static_cast<std::int64_t>(network.arcs());
        return put(std::vector<std::int64_t>{2, network.nodes, arcs, 0}) && put(network.tail) && put(network.head) &&
               put(network.lower) && put(network.upper) && put(network.cost);
    }
    bool operator()(const given::StaffingInstance& instance) { return (*this)(given::circulation(instance)); }
    bool operator()(const MatchingInstance& instance) { return (*this)(instance.choice); }
    bool operator()(const FlowInstance& instance) { return (*this)(instance.network); }
    bool operator()(const given::TaskInstance&) { return false; }

  private:
    template <class T>
    bool put(const std::vector<T>& numbers) {
        file_.write(reinterpret_cast<const char*>(numbers.data()),
                    static_cast<std::streamsize>(numbers.size() * sizeof(T)));
        return file_.good();
    }

    std::ofstream file_;
};

}  // namespace

bool write_instance(const Instance& instance, const char* path) { return std::visit(Writer(path), instance); }

}  // namespace bench
