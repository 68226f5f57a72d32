// Parts of a bipartite graph by what alternating paths from free nodes reach, blocks by strong connection.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/solve/impl/matching_search.hpp>
#include <countyplan/solve/proof/matching.hpp>

namespace countyplan::detail {

/// Puts into `part` what alternating paths from the free nodes of `from` reach.
inline void spread_part(const MatchingSide& from, const MatchingSide& to, MatchingPart part,
                        std::vector<MatchingPart>& from_part, std::vector<MatchingPart>& to_part) {
    std::vector<std::uint32_t> stack;
    for (std::uint32_t node = 0; node < from.size(); ++node) {
        if (from.mate[node] != no_mate) continue;
        from_part[node] = part;
        stack.push_back(node);
    }
    while (!stack.empty()) {
        const std::uint32_t node = stack.back();
        stack.pop_back();
        for (const std::uint32_t o : from.others(node)) {
            if (to_part[o] == part) continue;
            to_part[o] = part;
            from_part[to.mate[o]] = part;
            stack.push_back(to.mate[o]);
        }
    }
}

/// Numbers the strongly connected blocks of the balanced part, each after those it leads to.
class BlockSearch {
  public:
    BlockSearch(const MatchingGraph& graph, MatchingParts& parts)
        : graph_(graph), parts_(parts), order_(graph.row.size(), unseen), low_(graph.row.size(), 0), at_(low_) {}

    void run() {
        for (std::uint32_t row = 0; row < graph_.row.size(); ++row) {
            if (parts_.row_part[row] == MatchingPart::balanced && order_[row] == unseen) search(row);
        }
    }

  private:
    static constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();

    void enter(std::uint32_t row) {
        order_[row] = low_[row] = entered_++;
        path_.push_back(row);
        open_.push_back(row);
    }

    void search(std::uint32_t start) {
        enter(start);
        while (!path_.empty()) {
            const std::uint32_t row = path_.back();
            const auto columns = graph_.row.others(row);
            if (at_[row] == columns.size()) {
                leave(row);
                continue;
            }
            const std::uint32_t column = columns[at_[row]++];
            if (parts_.column_part[column] != MatchingPart::balanced) continue;
            const std::uint32_t next = graph_.column.mate[column];
            if (order_[next] == unseen) {
                enter(next);
            } else if (parts_.row_block[next] == MatchingParts::no_block) {
                low_[row] = std::min(low_[row], order_[next]);
            }
        }
    }

    void leave(std::uint32_t row) {
        path_.pop_back();
        if (!path_.empty()) low_[path_.back()] = std::min(low_[path_.back()], low_[row]);
        if (low_[row] != order_[row]) return;
        const auto block = static_cast<std::uint32_t>(parts_.blocks++);
        for (std::uint32_t member = unseen; member != row;) {
            member = open_.back();
            open_.pop_back();
            parts_.row_block[member] = block;
            parts_.column_block[graph_.row.mate[member]] = block;
        }
    }

    const MatchingGraph& graph_;
    MatchingParts& parts_;
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> low_;
    std::vector<std::uint32_t> at_;
    std::vector<std::uint32_t> path_;
    std::vector<std::uint32_t> open_;  ///< rows entered whose block is not complete
    std::uint32_t entered_ = 0;
};

}  // namespace countyplan::detail
