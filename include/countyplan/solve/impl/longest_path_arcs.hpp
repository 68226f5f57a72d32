// In which form do the passes of longest_path keep an arc, and what is known of a node?
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <countyplan/solve/impl/longest_path_survey.hpp>
#include <countyplan/solve/proof/longest_path.hpp>

namespace countyplan::detail {

/// A form has a type `Arc`, which also knows where its tail lies in its block, a type `Link`, not larger, for an
/// arc whose tail is known, and a type `Node` for what the first pass changes of a node: its time, what that rests
/// on, and how many arcs still wait. Time and driver are one number, a key, the time in the upper part: the later
/// of two times is the larger of their keys, of equal times that of the own bound, then that of the first arc.
///
/// All in fields of their own. `AnyKey` has 64 bits where `PathSurvey::is_narrow`, else 128.
template <class AnyKey>
class PlainArcs {
  public:
    using Key = AnyKey;
    using Length = std::conditional_t<sizeof(Key) == sizeof(std::int64_t), std::int32_t, std::int64_t>;
    struct Link {
        Length length;
        std::uint32_t driver;  ///< as in a key
        std::uint32_t head;
    };
    struct Arc {
        Link link;
        std::uint32_t place;
    };
    struct Node {
        Key key;
        std::uint32_t waiting;
    };

    [[nodiscard]] Arc arc(std::uint32_t number, std::uint32_t place, std::uint32_t head, std::int64_t length) const {
        return {{static_cast<Length>(length), Drivers::end - number, head}, place};
    }
    [[nodiscard]] std::uint32_t place(const Arc& arc) const { return arc.place; }
    [[nodiscard]] const Link& link(const Arc& arc) const { return arc.link; }
    [[nodiscard]] std::uint32_t head(const Link& link) const { return link.head; }
    /// What a key rises by along an arc, if its lower part was 0.
    template <class Sum>
    [[nodiscard]] Sum gain(const Link& link) const {
        return Sum{link.length} * (Sum{1} << 32) + link.driver;
    }

    [[nodiscard]] Node node(std::int64_t release, std::uint32_t waiting) const {
        return {Key{release} * (Key{1} << 32) + Drivers::own, waiting};
    }
    [[nodiscard]] std::int64_t time(const Node& node) const { return static_cast<std::int64_t>(node.key >> 32); }
    [[nodiscard]] std::uint32_t driver(const Node& node) const {
        const auto by = static_cast<std::uint32_t>(node.key);
        return by == Drivers::own ? by : Drivers::end - by;
    }
    [[nodiscard]] bool is_ready(const Node& node) const { return node.waiting == 0; }
    /// What the arcs out of a node start from.
    [[nodiscard]] Key start(const Node& node) const { return Key{time(node)} * (Key{1} << 32); }
    /// One of the arcs that `node` waits for; true if it was the last.
    bool arrive(Node& node, Key start, const Link& link) const {
        node.key = std::max<Key>(node.key, start + gain<Key>(link));
        return --node.waiting == 0;
    }
};

/// An arc in one word and a node in another, where that is wide enough: half as much memory is gone through.
/// An arc has, from below, its number, its head, its length above the least, and the place of its tail. A node has
/// what it waits for, its driver (all ones: its own bound; else how far the arc is from being the last that there
/// could be), and its time.
class PackedArcs {
  public:
    using Link = std::uint64_t;
    using Arc = std::uint64_t;
    using Node = std::int64_t;

    PackedArcs(const LongestPathProblem& problem, const PathSurvey& survey)
        : head_at_(bits_of(problem.arcs() + 1)),
          length_at_(head_at_ + bits_of(problem.nodes)),
          place_at_(length_at_ + survey.length_bits() + 1),
          arc_bits_(place_at_ + survey.shift()),
          least_(-(std::int64_t{1} << survey.length_bits())),
          driver_at_(bits_of(survey.most_into())),
          time_at_(driver_at_ + head_at_),
          node_bits_(time_at_ + survey.time_bits() + 2),
          own_((std::int64_t{1} << head_at_) - 1) {}

    [[nodiscard]] bool is_wide_enough() const { return arc_bits_ <= 64 && place_at_ < 64 && node_bits_ <= 64; }

    [[nodiscard]] Arc arc(std::uint32_t number, std::uint32_t place, std::uint32_t head, std::int64_t length) const {
        return number | Arc{head} << head_at_ | static_cast<Arc>(length - least_) << length_at_ |
               Arc{place} << place_at_;
    }
    [[nodiscard]] std::uint32_t place(Arc arc) const { return static_cast<std::uint32_t>(arc >> place_at_); }
    [[nodiscard]] Link link(Arc arc) const { return arc; }
    [[nodiscard]] std::uint32_t head(Link link) const {
        return static_cast<std::uint32_t>((link & below(length_at_)) >> head_at_);
    }
    template <class Sum>
    [[nodiscard]] Sum gain(Link link) const {
        return Sum{length(link)} * (Sum{1} << 32) + (std::int64_t{Drivers::end} - number(link));
    }

    [[nodiscard]] Node node(std::int64_t release, std::uint32_t waiting) const {
        return release * (std::int64_t{1} << time_at_) + (own_ << driver_at_) + waiting;
    }
    [[nodiscard]] std::int64_t time(Node node) const { return node >> time_at_; }
    [[nodiscard]] std::uint32_t driver(Node node) const {
        const std::int64_t by = (node >> driver_at_) & own_;
        return by == own_ ? Drivers::own : static_cast<std::uint32_t>(own_ - 1 - by);
    }
    [[nodiscard]] bool is_ready(Node node) const { return waiting(node) == 0; }
    [[nodiscard]] std::int64_t start(Node node) const {
        return time(node) * (std::int64_t{1} << time_at_) + ((own_ - 1) << driver_at_);
    }
    bool arrive(Node& node, std::int64_t start, Link link) const {
        const std::int64_t key = start + length(link) * (std::int64_t{1} << time_at_) - (number(link) << driver_at_);
        const std::int64_t left = waiting(node) - 1;
        node = std::max(node - left - 1, key) + left;
        return left == 0;
    }

  private:
    static int bits_of(std::uint64_t most) { return static_cast<int>(std::bit_width(most)); }
    static std::uint64_t below(int bit) { return (std::uint64_t{1} << bit) - 1; }
    [[nodiscard]] std::int64_t length(Link link) const {
        return static_cast<std::int64_t>((link & below(place_at_)) >> length_at_) + least_;
    }
    [[nodiscard]] std::int64_t number(Link link) const { return static_cast<std::int64_t>(link & below(head_at_)); }
    [[nodiscard]] std::int64_t waiting(Node node) const { return node & static_cast<std::int64_t>(below(driver_at_)); }

    int head_at_, length_at_, place_at_, arc_bits_;
    std::int64_t least_;  ///< no length is below
    int driver_at_, time_at_, node_bits_;
    std::int64_t own_;
};

}  // namespace countyplan::detail
