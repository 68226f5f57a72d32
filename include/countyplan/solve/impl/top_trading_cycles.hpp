// The solver's half of top_trading_cycles: pointers are followed until they close a cycle.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
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
          first_(problem.places() + 1, 0),
          gone_(problem.agents(), false),
          on_way_(problem.agents(), false) {
        list_agents();
    }

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
    /// Per place, the agents that list it by priority.
    void list_agents() {
        std::vector<std::uint32_t> agent_of(problem_.place.size());
        for (std::uint32_t a = 0; a < problem_.agents(); ++a) {
            for (std::size_t pair = problem_.first[a]; pair < problem_.first[a + std::size_t{1}]; ++pair) {
                agent_of[pair] = a;
                ++first_[problem_.place[pair] + std::size_t{1}];
            }
        }
        std::partial_sum(first_.begin(), first_.end(), first_.begin());
        std::vector<std::uint32_t> pairs(problem_.place.size());
        next_agent_.assign(first_.begin(), first_.end() - 1);
        for (std::uint32_t pair = 0; pair < pairs.size(); ++pair)
            pairs[next_agent_[problem_.place[pair]]++] = pair;
        next_agent_.assign(first_.begin(), first_.end() - 1);
        listed_.resize(pairs.size());
        for (std::size_t p = 0; p < problem_.places(); ++p) {
            const auto begin = pairs.begin() + static_cast<std::ptrdiff_t>(first_[p]);
            const auto end = pairs.begin() + static_cast<std::ptrdiff_t>(first_[p + 1]);
            // pairs are numbered as their agents are
            std::stable_sort(begin, end, [this](std::uint32_t a, std::uint32_t b) {
                return problem_.priority[a] < problem_.priority[b];
            });
        }
        std::ranges::transform(pairs, listed_.begin(), [&agent_of](std::uint32_t pair) { return agent_of[pair]; });
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
        while (gone_[listed_[next_agent_[place]]])
            ++next_agent_[place];
        return listed_[next_agent_[place]];
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
    std::vector<std::size_t> first_;       ///< per place: its agents in `listed_`
    std::vector<std::size_t> next_agent_;  ///< per place: no agent before it is still there
    std::vector<std::uint32_t> listed_;
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
