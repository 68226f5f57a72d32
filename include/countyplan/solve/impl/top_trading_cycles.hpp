// The solver's half of top_trading_cycles: pointers are followed until they close a cycle.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/graph/csr.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/top_trading_cycles.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

class TradingCycles {
  public:
    TradingCycles(const SchoolChoiceProblem& problem, SchoolChoiceResult& result, Watch& watch)
        : problem_(problem),
          result_(result),
          watch_(watch),
          room_(problem.capacity),
          next_pair_(problem.first.begin(), problem.first.end() - 1),
          agent_of_(agents_of_pairs(problem)),
          pairs_(by_priority(problem)),
          listed_(CompressedRows::group(problem.places(), pairs_.size(),
                                        [&](std::uint32_t i) { return problem.place[pairs_[i]]; })),
          next_(problem.places(), 0),
          gone_(problem.agents(), false),
          on_way_(problem.agents(), false) {}

    /// True unless stopped.
    [[nodiscard]] bool run() {
        for (std::uint32_t agent = 0; agent < problem_.agents(); ++agent) {
            while (!gone_[agent]) {
                if (way_.empty()) step_on(agent);
                if (!follow()) return false;
            }
        }
        return true;
    }

  private:
    /// All pairs by priority, and then by agent; pairs are numbered as their agents are.
    static std::vector<std::uint32_t> by_priority(const SchoolChoiceProblem& problem) {
        std::vector<std::uint32_t> out(problem.place.size());
        std::iota(out.begin(), out.end(), 0U);
        std::ranges::stable_sort(out, {}, [&problem](std::uint32_t pair) { return problem.priority[pair]; });
        return out;
    }

    static std::vector<std::uint32_t> agents_of_pairs(const SchoolChoiceProblem& problem) {
        std::vector<std::uint32_t> out(problem.place.size());
        for (std::uint32_t a = 0; a < problem.agents(); ++a) {
            std::fill(out.begin() + static_cast<std::ptrdiff_t>(problem.first[a]),
                      out.begin() + static_cast<std::ptrdiff_t>(problem.first[a + std::size_t{1}]), a);
        }
        return out;
    }

    /// Lets the last agent on the way point on. False if stopped.
    [[nodiscard]] bool follow() {
        if (watch_.exhausted(result_.steps) || watch_.spend(16)) return false;
        ++result_.steps;
        watch_.report([this] { return Tick{.steps = result_.steps}; });
        const std::uint32_t agent = way_.back();
        std::size_t& pair = next_pair_[agent];
        while (pair < problem_.last(agent) && room_[problem_.place[pair]] == 0)
            ++pair;
        if (pair == problem_.last(agent)) {
            way_.pop_back();
            leave(agent);
            return true;
        }
        const std::uint32_t next = favourite(problem_.place[pair]);
        if (on_way_[next]) {
            close(next);
        } else {
            step_on(next);
        }
        return true;
    }

    /// The agent of the highest priority that is still there; whoever points to a place is.
    [[nodiscard]] std::uint32_t favourite(std::uint32_t place) {
        const auto listed = listed_[place];
        const auto agent = [&] { return agent_of_[pairs_[listed[next_[place]]]]; };
        while (gone_[agent()])
            ++next_[place];
        return agent();
    }

    void step_on(std::uint32_t agent) {
        way_.push_back(agent);
        on_way_[agent] = true;
    }

    void leave(std::uint32_t agent) {
        on_way_[agent] = false;
        gone_[agent] = true;
        result_.order.push_back(agent);
    }

    /// The way from `start` on is a cycle: all on it get what they point to.
    void close(std::uint32_t start) {
        for (bool open = true; open;) {
            const std::uint32_t agent = way_.back();
            way_.pop_back();
            leave(agent);
            --room_[problem_.place[next_pair_[agent]]];
            result_.pair_of[agent] = static_cast<std::uint32_t>(next_pair_[agent]);
            open = agent != start;
        }
    }

    const SchoolChoiceProblem& problem_;
    SchoolChoiceResult& result_;
    Watch& watch_;
    std::vector<std::int64_t> room_;
    std::vector<std::size_t> next_pair_;   ///< per agent: no pair before it has room
    std::vector<std::uint32_t> agent_of_;  ///< per pair
    std::vector<std::uint32_t> pairs_;     ///< by priority
    CompressedRows listed_;                ///< per place: positions of its pairs in `pairs_`, ascending
    std::vector<std::uint32_t> next_;      ///< per place: in its row, nobody before is still there
    std::vector<bool> gone_;
    std::vector<bool> on_way_;
    std::vector<std::uint32_t> way_;  ///< agents, each the favourite of the place that the one before points to
};

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE SchoolChoiceResult solve(const SchoolChoiceProblem& problem, const SchoolChoiceOptions& /*options*/,
                                           const Stop& stop, const Progress& progress) {
    detail::Watch watch(stop, progress);
    if (Verdict verdict = examine(problem); !verdict.accepted) {
        throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    }
    SchoolChoiceResult result;
    result.pair_of.assign(problem.agents(), SchoolChoiceResult::unassigned);
    if (!watch.exhausted(0) && detail::TradingCycles(problem, result, watch).run()) {
        result.termination = Termination::optimal;
        result.cause = Cause::proved;
        result.claim = Claim::proved;
    } else {
        result.cause = watch.cause();
        result.order.clear();
    }
    return result;
}

COUNTYPLAN_INLINE SchoolChoiceResult serial_dictatorship(const SchoolChoiceProblem& problem,
                                                         std::vector<std::uint32_t> order) {
    Verdict verdict = examine(problem);
    if (verdict.accepted) verdict = detail::check_length(order.size(), problem.agents(), "order");
    std::vector<bool> named(problem.agents(), false);
    if (verdict.accepted) verdict = detail::mark_nodes(order, named, "order");
    if (!verdict.accepted) throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    SchoolChoiceResult result{Termination::optimal, Cause::proved, Claim::proved};
    result.pair_of.assign(problem.agents(), SchoolChoiceResult::unassigned);
    std::vector<std::int64_t> room = problem.capacity;
    for (const std::uint32_t agent : order) {
        ++result.steps;
        for (std::size_t pair = problem.first[agent]; pair < problem.last(agent); ++pair) {
            if (room[problem.place[pair]] == 0) continue;
            --room[problem.place[pair]];
            result.pair_of[agent] = static_cast<std::uint32_t>(pair);
            break;
        }
    }
    result.order = std::move(order);
    return result;
}

}  // namespace countyplan
