// One look at a whole problem of longest paths before it is solved: is it sound, how large are its numbers?
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <countyplan/solve/impl/stretches.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// What the passes need to know before they begin. The arcs are counted while they are near: into each node,
/// and out of each block of 2^shift nodes, of which there are so few that one can be written to while
/// another is. Loops count nowhere.
class PathSurvey {
  public:
    /// `problem` has the right shape. Incomplete if `watch.stopped()` afterwards.
    PathSurvey(const LongestPathProblem& problem, Watch& watch)
        : into_(std::make_unique_for_overwrite<std::uint32_t[]>(problem.nodes)), first_(1 + blocks(problem), 0) {
        std::uint64_t own = 0;
        (void)(in_stretches(problem.nodes, 1, watch,
                            [&](auto from, auto to) { std::fill(into_.get() + from, into_.get() + to, 0U); }) &&
               count(problem, watch) && widen(problem.release, 0, watch, own) &&
               widen(problem.deadline, LongestPathProblem::unbounded, watch, others_) &&
               widen(problem.span, 0, watch, others_));
        std::uint32_t sum = 0;
        for (std::uint32_t& begin : first_) {
            const std::uint32_t arcs = begin;
            most_ = std::max(most_, arcs);
            begin = sum;
            sum += arcs;
        }
        if (problem.horizon) others_ |= magnitude(*problem.horizon);
        others_ |= own;
        for (std::size_t v = 0; v < problem.nodes && !watch.stopped(); ++v)
            most_into_ = std::max(most_into_, into_[v]);
        farthest_ = int128{length_} * static_cast<std::int64_t>(problem.nodes) + static_cast<std::int64_t>(own);
    }

    /// Whether `problem` certainly is as its struct describes it.
    [[nodiscard]] bool is_sound() const {
        constexpr auto most = static_cast<std::uint64_t>(LongestPathProblem::max_time);
        return inside_ && length_ < most && others_ < most && farthest_ < std::int64_t{1} << 60;
    }
    /// Whether no sum of a release and of lengths along a path leaves 31 bits.
    [[nodiscard]] bool is_narrow() const { return farthest_ < std::int64_t{1} << 30; }
    /// No length is larger in size than what these bits hold, plus one.
    [[nodiscard]] int length_bits() const { return static_cast<int>(std::bit_width(length_)); }
    /// Nor is a sum of a release and of lengths along a path; only if `is_narrow`.
    [[nodiscard]] int time_bits() const {
        return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(farthest_)));
    }
    /// The most arcs into one node.
    [[nodiscard]] std::uint32_t most_into() const { return most_into_; }
    /// The first loop of positive length, or `Drivers::own`.
    [[nodiscard]] std::uint32_t loop() const { return loop_; }

    [[nodiscard]] int shift() const { return shift_; }
    /// The nodes of a block.
    [[nodiscard]] std::uint64_t width() const { return std::uint64_t{1} << shift_; }
    /// Per block how many arcs leave those before it, and at the end how many there are.
    [[nodiscard]] const std::vector<std::uint32_t>& first() const { return first_; }
    /// The most arcs out of one block.
    [[nodiscard]] std::size_t most() const { return most_; }
    /// Per node the arcs into it.
    [[nodiscard]] const std::uint32_t* into() const { return into_.get(); }

  private:
    /// At least the size of `time`, and less than twice that.
    static std::uint64_t magnitude(std::int64_t time) { return static_cast<std::uint64_t>(time < 0 ? ~time : time); }

    /// Chooses the blocks: the arcs out of one shall fit into the nearer cache, and not too many be open at once.
    std::size_t blocks(const LongestPathProblem& problem) {
        constexpr std::size_t arcs_of_a_block = 1 << 13, most_blocks = 1 << 10;
        const std::size_t wanted = std::min(most_blocks, problem.arcs() / arcs_of_a_block + 1);
        while ((problem.nodes >> shift_) >= wanted)
            ++shift_;
        return (problem.nodes >> shift_) + 1;
    }

    bool count(const LongestPathProblem& problem, Watch& watch) {
        const std::uint32_t* tail = problem.tail.data();
        const std::uint32_t* head = problem.head.data();
        const auto nodes = static_cast<std::uint32_t>(problem.nodes);
        return in_stretches(problem.arcs(), 1, watch, [&](std::size_t begin, std::size_t end) {
            std::uint64_t length = 0;
            bool outside = false, loops = false;
            for (std::size_t a = begin; a < end; ++a)
                length |= magnitude(problem.length[a]);
            for (std::size_t a = begin; a < end; ++a) {
                outside |= tail[a] >= nodes || head[a] >= nodes;
                loops |= tail[a] == head[a];
            }
            length_ |= length;
            inside_ &= !outside;
            if (!inside_) return;
            for (std::size_t a = begin; a < end; ++a)
                ++first_[tail[a] >> shift_];
            for (std::size_t a = begin; a < end; ++a)
                ++into_[head[a]];
            if (loops) forget_loops(problem, begin, end);
        });
    }

    void forget_loops(const LongestPathProblem& problem, std::size_t begin, std::size_t end) {
        for (std::size_t a = begin; a < end; ++a) {
            if (problem.tail[a] != problem.head[a]) continue;
            --first_[problem.tail[a] >> shift_];
            --into_[problem.head[a]];
            if (problem.length[a] > 0) loop_ = std::min(loop_, static_cast<std::uint32_t>(a));
        }
    }

    static bool widen(const std::vector<std::int64_t>& times, std::int64_t exempt, Watch& watch, std::uint64_t& most) {
        return in_stretches(times.size(), 1, watch, [&](std::size_t begin, std::size_t end) {
            for (std::size_t v = begin; v < end; ++v)
                most |= times[v] == exempt ? 0 : magnitude(times[v]);
        });
    }

    int shift_ = 0;
    std::unique_ptr<std::uint32_t[]> into_;
    std::vector<std::uint32_t> first_;
    std::uint32_t most_ = 0;
    std::uint32_t most_into_ = 0;
    std::uint32_t loop_ = Drivers::own;
    bool inside_ = true;        ///< no arc points at no node
    std::uint64_t length_ = 0;  ///< all lengths are at most this in size
    std::uint64_t others_ = 0;  ///< and so all that bounds a single node
    int128 farthest_ = 0;
};

}  // namespace countyplan::detail
