// Both passes of longest_path where no two nodes lie on a cycle: forward while the order is being found.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/longest_path_arcs.hpp>
#include <countyplan/solve/impl/longest_path_survey.hpp>
#include <countyplan/solve/impl/stretches.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// How a pass over the nodes ended.
enum class PassEnd { done, cycle, stopped };

/// The arcs out of each node lie beside each other, and all that an arc changes of a node in one place; both in
/// the words of `Form` (see `PlainArcs`).
template <class Form>
class AcyclicPasses {
  public:
    /// `survey` is complete, `problem` sound.
    AcyclicPasses(const LongestPathProblem& problem, const PathSurvey& survey, const Form& form, Watch& watch,
                  std::int64_t& steps)
        : problem_(problem), survey_(survey), form_(form), watch_(watch), steps_(steps) {}

    /// Earliest times and their drivers; `cycle` if the nodes have no order.
    PassEnd forward(std::vector<std::int64_t>& time, std::vector<std::uint32_t>& driver) {
        if (!group_arcs()) return PassEnd::stopped;
        const std::size_t nodes = problem_.nodes;
        Node* const node = node_.get();
        const Link* const links = link_;
        const std::uint32_t* const first = first_.get();
        std::uint32_t* const order = order_;
        const Form form = form_;
        std::size_t ready = begin_order();
        for (std::size_t i = 0; i < ready; ++i) {
            if (i + 3 * ahead < ready) __builtin_prefetch(first + order[i + 3 * ahead]);
            if (i + 2 * ahead < ready) fetch_list(order[i + 2 * ahead]);
            if (i + ahead < ready) fetch_heads(order[i + ahead], node);
            const std::uint32_t now = order[i];
            const std::uint32_t begin = first[now], end = first[now + std::size_t{1}];
            if (watch_.exhausted(steps_) || watch_.spend(4 + end - begin)) return PassEnd::stopped;
            ++steps_;
            const auto start = form.start(node[now]);
            for (std::uint32_t k = begin; k < end; ++k) {
                const std::uint32_t head = form.head(links[k]);
                // one more in the order if nothing is left to wait for; written in any case, to spare the branch
                order[ready] = head;
                ready += form.arrive(node[head], start, links[k]) ? 1 : 0;
            }
        }
        if (ready != nodes) return PassEnd::cycle;
        time.reserve(nodes);
        driver.reserve(nodes);
        const bool whole = in_stretches(nodes, 1, watch_, [&](std::size_t begin, std::size_t end) {
            time.resize(end);
            driver.resize(end);
            for (std::size_t v = begin; v < end; ++v) {
                time[v] = form.time(node[v]);
                driver[v] = form.driver(node[v]);
            }
        });
        node_.reset();
        return whole ? PassEnd::done : PassEnd::stopped;
    }

    /// Latest times and their drivers, from each node's own bound in `time`; after `forward`.
    PassEnd backward(std::vector<std::int64_t>& time, std::vector<std::uint32_t>& driver) {
        // the lengths along a path sum to less than 2^30 if keys are short, so the bounds decide whether times fit
        constexpr std::int64_t most = std::int64_t{1} << 30;
        bool fits = survey_.is_narrow();
        const auto each = [&](const auto& change) { return in_stretches(time.size(), 1, watch_, change); };
        if (!each([&](std::size_t begin, std::size_t end) {
                for (std::size_t v = begin; v < end; ++v)
                    fits &= time[v] > -most && time[v] < most;
            })) {
            return PassEnd::stopped;
        }
        const auto turned = [&](auto* opposite) {
            if (!each([&](std::size_t begin, std::size_t end) {
                    for (std::size_t v = begin; v < end; ++v)
                        opposite[v] = static_cast<std::remove_reference_t<decltype(*opposite)>>(-time[v]);
                })) {
                return PassEnd::stopped;
            }
            if (const PassEnd end = pull(opposite, driver); end != PassEnd::done) return end;
            const bool whole = each([&](std::size_t begin, std::size_t end) {
                for (std::size_t v = begin; v < end; ++v)
                    time[v] = -std::int64_t{opposite[v]};
            });
            return whole ? PassEnd::done : PassEnd::stopped;
        };
        if (!fits) return turned(time.data());
        return turned(std::make_unique_for_overwrite<std::int32_t[]>(time.size()).get());
    }

  private:
    using Link = typename Form::Link;
    using Arc = typename Form::Arc;  ///< not grouped yet
    using Node = typename Form::Node;

    static constexpr std::size_t ahead = 6;  ///< nodes between asking for memory and reading it

    /// Puts the arcs out of each block of nodes beside each other, in their order.
    bool divide_arcs() {
        std::vector<std::uint32_t> places(survey_.first().begin(), survey_.first().end());
        return in_stretches(problem_.arcs(), 1, watch_, [&](std::size_t begin, std::size_t end) {
            Arc* const arcs = arc_;
            std::uint32_t* const place = places.data();
            const int shift = survey_.shift();
            const std::uint32_t* const tail = problem_.tail.data();
            const std::uint32_t* const head = problem_.head.data();
            const std::int64_t* const length = problem_.length.data();
            const Form form = form_;
            const auto within = static_cast<std::uint32_t>(survey_.width() - 1);
            for (std::size_t a = begin; a < end; ++a) {
                if (tail[a] == head[a]) continue;
                Arc* const next = arcs + place[tail[a] >> shift]++;
                __builtin_prefetch(reinterpret_cast<const char*>(next) + 192, 1);
                *next = form.arc(static_cast<std::uint32_t>(a), tail[a] & within, head[a], length[a]);
            }
        });
    }

    /// Puts the arcs out of each node beside each other, block by block.
    bool group_arcs() {
        const auto nodes = static_cast<std::uint32_t>(problem_.nodes);
        const std::size_t arcs = survey_.first().back();
        memory_ = std::make_unique_for_overwrite<std::byte[]>(
            std::max(sizeof(Arc) * arcs, sizeof(Link) * arcs + sizeof(std::uint32_t) * (problem_.nodes + 1)));
        arc_ = reinterpret_cast<Arc*>(memory_.get());
        link_ = reinterpret_cast<Link*>(memory_.get());
        order_ = reinterpret_cast<std::uint32_t*>(memory_.get() + sizeof(Link) * arcs);
        if (!divide_arcs()) return false;
        node_ = std::make_unique_for_overwrite<Node[]>(problem_.nodes);
        first_ = std::make_unique_for_overwrite<std::uint32_t[]>(problem_.nodes + 1);
        const auto mixed = std::make_unique_for_overwrite<Arc[]>(survey_.most());
        const auto width = static_cast<std::uint32_t>(std::min<std::uint64_t>(nodes, survey_.width()));
        std::vector<std::uint32_t> place(width);
        std::uint32_t node = 0;
        for (std::size_t block = 0; node < nodes; ++block) {
            const std::uint32_t begin = survey_.first()[block], count = survey_.first()[block + 1] - begin;
            const std::uint32_t lowest = node, beyond = lowest + std::min(width, nodes - lowest);
            std::fill(place.begin(), place.end(), 0U);
            if (!in_stretches(count, 1, watch_, [&](std::size_t from, std::size_t to) {
                    std::copy(arc_ + begin + from, arc_ + begin + to, mixed.get() + from);
                    for (std::size_t k = from; k < to; ++k)
                        ++place[form_.place(mixed[k])];
                })) {
                return false;
            }
            for (std::uint32_t next = begin; node < beyond; ++node) {
                node_[node] = form_.node(problem_.release[node], survey_.into()[node]);
                first_[node] = next;
                next += std::exchange(place[node - lowest], next);
            }
            if (watch_.spend(beyond - lowest) || !in_stretches(count, 1, watch_, [&](std::size_t from, std::size_t to) {
                    Link* const links =
                        link_;  // what is written to has been read: it ends where the arcs ended or before
                    for (std::size_t k = from; k < to; ++k)
                        links[place[form_.place(mixed[k])]++] = form_.link(mixed[k]);
                })) {
                return false;
            }
        }
        first_[nodes] = static_cast<std::uint32_t>(arcs);
        return true;
    }

    /// The nodes that no arc leads to; how many they are.
    std::size_t begin_order() {
        const auto nodes = static_cast<std::uint32_t>(problem_.nodes);
        std::size_t ready = 0;
        for (std::uint32_t v = 0; v < nodes; ++v) {
            order_[ready] = v;
            ready += form_.is_ready(node_[v]) ? 1 : 0;
        }
        return ready;
    }

    /// The latest times one after another, last first; `opposite` holds them negated, so that the largest key is
    /// wanted here too.
    template <class T>
    PassEnd pull(T* const opposite, std::vector<std::uint32_t>& drivers) {
        using Both = std::conditional_t<std::is_same_v<T, std::int32_t>, std::int64_t, int128>;
        const Link* const links = link_;
        const Form form = form_;
        std::uint32_t* const driver = drivers.data();
        for (std::size_t i = problem_.nodes; i-- > 0;) {
            if (i >= 3 * ahead) __builtin_prefetch(first_.get() + order_[i - 3 * ahead]);
            if (i >= 2 * ahead) {
                fetch_list(order_[i - 2 * ahead]);
                __builtin_prefetch(opposite + order_[i - 2 * ahead]);
            }
            if (i >= ahead) fetch_heads(order_[i - ahead], opposite);
            const std::uint32_t now = order_[i];
            const std::uint32_t begin = first_[now], end = first_[now + std::size_t{1}];
            if (watch_.exhausted(steps_) || watch_.spend(4 + end - begin)) return PassEnd::stopped;
            ++steps_;
            Both key = Both{opposite[now]} * (Both{1} << 32) + Drivers::own;
            for (std::uint32_t k = begin; k < end; ++k) {
                const Both from = Both{opposite[form.head(links[k])]} * (Both{1} << 32);
                key = std::max<Both>(key, from + form.template gain<Both>(links[k]));
            }
            const auto by = static_cast<std::uint32_t>(key);
            if (by == Drivers::own) continue;
            opposite[now] = static_cast<T>(key >> 32);
            driver[now] = Drivers::end - by;
        }
        return PassEnd::done;
    }

    /// The list of a node of few arcs may lie across two cache lines.
    void fetch_list(std::uint32_t soon) const {
        __builtin_prefetch(link_ + first_[soon]);
        __builtin_prefetch(reinterpret_cast<const char*>(link_ + first_[soon + std::size_t{1}]) - 1);
    }
    template <class T>
    void fetch_heads(std::uint32_t soon, const T* per_node) const {
        for (std::uint32_t k = first_[soon]; k < first_[soon + std::size_t{1}]; ++k)
            __builtin_prefetch(per_node + form_.head(link_[k]));
    }

    const LongestPathProblem& problem_;
    const PathSurvey& survey_;
    const Form form_;
    Watch& watch_;
    std::int64_t& steps_;
    std::unique_ptr<Node[]> node_;
    std::unique_ptr<std::uint32_t[]>
        first_;                            ///< per node the first of its arcs; those of the next begin where they end
    std::unique_ptr<std::byte[]> memory_;  ///< for what follows
    Arc* arc_ = nullptr;                   ///< until they are grouped
    Link* link_ = nullptr;                 ///< grouped, in their place, which is longer
    std::uint32_t* order_ = nullptr;       ///< the nodes in topological order, behind them
};

}  // namespace countyplan::detail
