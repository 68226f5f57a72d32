// Greedy matching of nodes with one choice left, then shortest augmenting paths in phases.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/solve/proof/matching.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

inline constexpr std::uint32_t no_mate = MatchingResult::unmatched;

/// One side of the graph: its nodes' neighbours on the other side, and their mates there.
struct MatchingSide {
    std::span<const std::size_t> first;
    std::span<const std::uint32_t> other;
    std::vector<std::uint32_t> mate;

    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(mate.size()); }
    [[nodiscard]] std::span<const std::uint32_t> others(std::uint32_t node) const {
        return other.subspan(first[node], first[node + 1] - first[node]);
    }
};

/// Both sides, the columns' neighbours by a transpose of its own.
class MatchingGraph {
  public:
    /// Stops early if told to; `watch` then knows.
    MatchingGraph(const MatchingProblem& problem, Watch& watch)
        : first_(problem.columns + 1, 0), row_(problem.column.size()) {
        row = {problem.first, problem.column, std::vector<std::uint32_t>(problem.rows, no_mate)};
        column = {first_, row_, std::vector<std::uint32_t>(problem.columns, no_mate)};
        for (std::uint32_t r = 0; r < problem.rows; ++r) {
            for (const std::uint32_t c : row.others(r))
                ++first_[c + 1];
            if (watch.spend(1 + static_cast<std::int64_t>(row.others(r).size()))) return;
        }
        for (std::size_t c = 0; c < problem.columns; ++c)
            first_[c + 1] += first_[c];
        std::vector<std::uint32_t> next(problem.columns);
        for (std::size_t c = 0; c < problem.columns; ++c)
            next[c] = static_cast<std::uint32_t>(first_[c]);
        for (std::uint32_t r = 0; r < problem.rows; ++r) {
            for (const std::uint32_t c : row.others(r))
                row_[next[c]++] = r;
            if (watch.spend(4 + 4 * static_cast<std::int64_t>(row.others(r).size()))) return;
        }
    }
    MatchingGraph(const MatchingGraph&) = delete;
    MatchingGraph& operator=(const MatchingGraph&) = delete;

    MatchingSide row;
    MatchingSide column;

  private:
    std::vector<std::size_t> first_;
    std::vector<std::uint32_t> row_;
};

/// Matches nodes that have one free neighbour left as soon as there are any, else the next free row to its
/// first free column. Returns the number of pairs; stops early if told to.
class GreedyMatching {
  public:
    GreedyMatching(MatchingGraph& graph, Watch& watch) : graph_(graph), watch_(watch) {
        for (MatchingSide* side : {&graph.row, &graph.column}) {
            auto& choices = side == &graph.row ? row_choices_ : column_choices_;
            choices.resize(side->size());
            for (std::uint32_t node = 0; node < side->size(); ++node) {
                choices[node] = static_cast<std::uint32_t>(side->others(node).size());
                if (choices[node] == 1) forced_.push_back({side == &graph.row, node});
            }
            if (watch.spend(side->size())) return;
        }
    }

    std::size_t run() {
        settle_forced();
        for (std::uint32_t r = 0; r < graph_.row.size() && !watch_.stopped(); ++r) {
            if (graph_.row.mate[r] != no_mate) continue;
            match_first(graph_.row, graph_.column, column_choices_, row_choices_, r, true);
            settle_forced();
        }
        return pairs_;
    }

  private:
    struct Forced {
        bool is_row;
        std::uint32_t node;
    };

    void settle_forced() {
        while (!forced_.empty() && !watch_.stopped()) {
            const Forced next = forced_.back();
            forced_.pop_back();
            if (next.is_row) {
                match_first(graph_.row, graph_.column, column_choices_, row_choices_, next.node, true);
            } else {
                match_first(graph_.column, graph_.row, row_choices_, column_choices_, next.node, false);
            }
        }
    }

    /// Matches a free node to its free neighbour of fewest choices and tells the neighbours of both.
    void match_first(MatchingSide& side, MatchingSide& other, std::vector<std::uint32_t>& other_choices,
                     std::vector<std::uint32_t>& choices, std::uint32_t node, bool is_row) {
        if (side.mate[node] != no_mate) return;
        std::uint32_t partner = no_mate;
        for (const std::uint32_t o : side.others(node)) {
            if (other.mate[o] == no_mate && (partner == no_mate || other_choices[o] < other_choices[partner])) {
                partner = o;
            }
        }
        watch_.spend(static_cast<std::int64_t>(1 + side.others(node).size()));
        if (partner == no_mate) return;
        side.mate[node] = partner;
        other.mate[partner] = node;
        ++pairs_;
        lose_choice(side, other_choices, other, node, !is_row);
        lose_choice(other, choices, side, partner, is_row);
    }

    /// The neighbours of a node just matched have one choice less.
    void lose_choice(const MatchingSide& side, std::vector<std::uint32_t>& choices, const MatchingSide& neighbours,
                     std::uint32_t node, bool neighbours_are_rows) {
        for (const std::uint32_t o : side.others(node)) {
            if (--choices[o] == 1 && neighbours.mate[o] == no_mate) forced_.push_back({neighbours_are_rows, o});
        }
        watch_.spend(static_cast<std::int64_t>(2 * side.others(node).size()));
    }

    MatchingGraph& graph_;
    Watch& watch_;
    std::vector<std::uint32_t> row_choices_;
    std::vector<std::uint32_t> column_choices_;
    std::vector<Forced> forced_;
    std::size_t pairs_ = 0;
};

/// Shortest augmenting paths from the free nodes of one side to those of the other.
class MatchingSearch {
  public:
    MatchingSearch(MatchingSide& from, MatchingSide& to, std::int64_t steps, Watch& watch)
        : from_(from), to_(to), watch_(watch), level_(from.size(), none), at_(from.size(), 0), steps_(steps) {}

    /// Augments until the matching is maximum; false if stopped before that.
    template <class Found>
    bool run(const Found& found) {
        for (;;) {
            if (!layer()) return false;
            if (!open_) return true;
            for (const std::uint32_t start : starts_) {
                if (augment(start)) found();
                if (watch_.stopped()) return false;
            }
        }
    }

    /// Whether the last search reached this node of the starting side.
    [[nodiscard]] bool reached(std::uint32_t node) const { return level_[node] != none; }
    [[nodiscard]] std::int64_t steps() const { return steps_; }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// Numbers nodes by their distance from free ones, up to the distance at which a free one of the other
    /// side is met.
    bool layer() {
        std::fill(level_.begin(), level_.end(), none);
        starts_.clear();
        for (std::uint32_t node = 0; node < from_.size(); ++node) {
            if (from_.mate[node] != no_mate || from_.others(node).empty()) continue;
            level_[node] = 0;
            starts_.push_back(node);
        }
        if (watch_.spend(from_.size() / 4)) return false;
        queue_ = starts_;
        open_ = false;
        deepest_ = none;
        for (std::size_t i = 0; i < queue_.size(); ++i) {
            const std::uint32_t node = queue_[i];
            if (level_[node] >= deepest_) break;
            at_[node] = 0;
            if (watch_.exhausted(steps_)) return false;
            ++steps_;
            for (const std::uint32_t o : from_.others(node)) {
                const std::uint32_t next = to_.mate[o];
                if (next == no_mate) {
                    open_ = true;
                    deepest_ = level_[node] + 1;
                } else if (level_[next] == none) {
                    level_[next] = level_[node] + 1;
                    queue_.push_back(next);
                }
            }
            if (watch_.spend(4 + 2 * static_cast<std::int64_t>(from_.others(node).size()))) return false;
        }
        return true;
    }

    /// A path down the layers from `start` to a free node, if there still is one; each arc is tried once.
    bool augment(std::uint32_t start) {
        path_.assign(1, start);
        while (!path_.empty()) {
            const std::uint32_t node = path_.back();
            const auto others = from_.others(node);
            const std::uint32_t begin = at_[node];
            bool deeper = false;
            while (at_[node] < others.size() && !deeper) {
                const std::uint32_t next = to_.mate[others[at_[node]]];
                if (next == no_mate) {
                    flip();
                    return true;
                }
                if (level_[next] == level_[node] + 1 && level_[next] < deepest_) {
                    path_.push_back(next);
                    deeper = true;
                } else {
                    ++at_[node];
                }
            }
            watch_.spend(4 + at_[node] - begin);
            if (watch_.stopped()) return false;
            if (deeper) continue;
            level_[node] = none;  // leads nowhere in this phase
            path_.pop_back();
            if (!path_.empty()) ++at_[path_.back()];
        }
        return false;
    }

    /// Matches every node of the path to the neighbour it stopped at.
    void flip() {
        for (const std::uint32_t node : path_) {
            const std::uint32_t o = from_.others(node)[at_[node]];
            from_.mate[node] = o;
            to_.mate[o] = node;
            level_[node] = none;  // used up in this phase
        }
    }

    MatchingSide& from_;
    MatchingSide& to_;
    Watch& watch_;
    std::vector<std::uint32_t> level_;  ///< per starting side's node
    std::vector<std::uint32_t> at_;     ///< the neighbour to try next
    std::vector<std::uint32_t> starts_;
    std::vector<std::uint32_t> queue_;
    std::vector<std::uint32_t> path_;
    std::uint32_t deepest_ = none;  ///< nodes of this level are met by no shortest path
    std::int64_t steps_;
    bool open_ = false;
};

}  // namespace countyplan::detail
