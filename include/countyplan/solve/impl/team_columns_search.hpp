// The solver's half of team_columns' search: teams are dissolved and sought anew, who is wanted elsewhere follows.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/team_columns_model.hpp>
#include <countyplan/solve/impl/team_columns_state.hpp>
#include <countyplan/solve/random.hpp>

namespace countyplan::detail {

/// Large neighbourhoods: some schools give up their teams and get the cheapest from who is free; a school that loses
/// someone on the way gets a new team too. Who would be missed elsewhere is judged by the master's duals.
class TeamSearch {
  public:
    TeamSearch(TeamModel& model, std::uint64_t seed)
        : model_(model),
          p_(model.problem()),
          random_(seed, 6),
          state_(model),
          settled_(model.nothing_settled()),
          expert_dual_(p_.experts(), 0.0),
          row_dual_(p_.rows.size(), 0.0),
          weight_(p_.pairs(), 0.0),
          team_(p_.schools()) {
        best_ = state_.score();
        best_pair_of_ = state_.pair_of();
    }

    [[nodiscard]] bool has_legal() const { return best_.broken == 0; }
    [[nodiscard]] const TeamScore& best() const { return best_; }
    [[nodiscard]] const std::vector<std::uint32_t>& best_pair_of() const { return best_pair_of_; }

    void guide(const std::vector<double>& expert, const std::vector<double>& row) {
        expert_dual_ = expert;
        row_dual_ = row;
    }

    /// Takes over a choice made elsewhere, pairs of any experts, each at most once.
    void start_from(const std::vector<std::uint32_t>& pairs) {
        for (std::uint32_t e = 0; e < p_.experts(); ++e)
            state_.assign(e, TeamState::nobody);
        for (const std::uint32_t k : pairs)
            state_.assign(model_.expert_of(k), k);
        for (auto& team : team_)
            team.clear();
        for (const std::uint32_t k : state_.pair_of()) {
            if (k != TeamState::nobody) team_[model_.school_of(k)].push_back(k);
        }
        keep_best();
    }

    /// Takes over a choice, legal or not, to be mended rather than sought anew.
    void mend(const std::vector<std::uint32_t>& pair_of) {
        start_from(chosen(pair_of));
        mending_ = true;
    }

    /// The teams of the best choice if it is legal.
    [[nodiscard]] std::vector<Team> teams_of_best() const {
        if (!has_legal()) return {};
        std::vector<Team> out(p_.schools());
        for (const std::uint32_t k : chosen(best_pair_of_))
            out[model_.school_of(k)].pairs.push_back(k);
        for (std::uint32_t h = 0; h < p_.schools(); ++h) {
            out[h].school = h;
            std::ranges::sort(out[h].pairs);
            out[h].cost = model_.cost_of(h, out[h].pairs);
        }
        return out;
    }

    /// Dissolves teams until so many have been sought anew, or the watch says stop.
    void run(std::int64_t steps) {
        const std::int64_t end = model_.steps + steps;
        for (bool first = true; model_.steps < end && p_.schools() > 0; first = false) {
            const bool full = first && !has_legal() && !std::exchange(mending_, false);
            // the allowance shrinks in cycles: away from a valley, then down the next one
            constexpr std::int64_t cycle = 4000;
            const double heat = 1.0 - static_cast<double>(round_++ % cycle) / cycle;
            if (round_ % cycle == 1 && round_ > 1) start_from(chosen(best_pair_of_));
            if (!dissolve(full, heat)) return;
        }
    }

  private:
    static std::vector<std::uint32_t> chosen(const std::vector<std::uint32_t>& pair_of) {
        std::vector<std::uint32_t> out;
        std::ranges::copy_if(pair_of, std::back_inserter(out), [](std::uint32_t k) { return k != TeamState::nobody; });
        return out;
    }

    void keep_best() {
        if (state_.score() >= best_) return;
        best_ = state_.score();
        best_pair_of_ = state_.pair_of();
    }

    void set_team(std::uint32_t h, std::vector<std::uint32_t> pairs) {
        for (const std::uint32_t k : team_[h])
            state_.assign(model_.expert_of(k), TeamState::nobody);
        for (const std::uint32_t k : pairs)
            state_.assign(model_.expert_of(k), k);
        team_[h] = std::move(pairs);
    }

    /// False if it was stopped; then everything is as before.
    bool dissolve(bool full, double heat) {
        const TeamScore before = state_.score();
        std::vector<std::uint32_t> queue;
        if (full) {
            for (std::uint32_t h = 0; h < p_.schools(); ++h)
                queue.push_back(h);
            random_.shuffle(std::span(queue));
        } else {
            const std::size_t count = 1 + random_.below(std::min<std::size_t>(6, p_.schools()));
            while (queue.size() < count) {
                const auto h = static_cast<std::uint32_t>(random_.below(p_.schools()));
                if (std::ranges::find(queue, h) == queue.end()) queue.push_back(h);
            }
        }
        const std::size_t most = queue.size() + 4;  // schools that may be drawn in
        const double missed = 0.3 + random_.unit();
        std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>> old;
        for (const std::uint32_t h : queue) {
            old.emplace_back(h, team_[h]);
            set_team(h, {});
        }
        std::vector<std::uint8_t> done(p_.schools(), 0), listed(p_.schools(), 0);
        for (const std::uint32_t h : queue)
            listed[h] = 1;
        bool stopped = false;
        for (std::size_t i = 0; i < queue.size(); ++i) {
            const std::uint32_t h = queue[i];
            const bool last = i + 1 == queue.size();
            if (model_.watch().exhausted(model_.steps) || model_.watch().spend(model_.school(h).work())) {
                stopped = true;
                break;
            }
            ++model_.steps;
            weigh(h, done, listed, last ? 0.0 : missed, queue.size() < most ? missed + 0.2 : -1.0);
            std::vector<std::uint32_t> team;
            (void)model_.school(h).cheapest(weight_, 1.0, settled_, settled_.sender.data() + model_.first_sender(h),
                                            model_.workspace(), team);
            drop_repeated(team);
            for (const std::uint32_t k : team) {
                const std::uint32_t taken = state_.pair_of()[model_.expert_of(k)];
                if (taken == TeamState::nobody) continue;
                const std::uint32_t from = model_.school_of(taken);
                if (listed[from] != 0) continue;
                listed[from] = 1;
                queue.push_back(from);
                old.emplace_back(from, team_[from]);
                set_team(from, {});
            }
            set_team(h, std::move(team));
            done[h] = 1;
        }
        if (!stopped) keep_best();
        const auto allowed = static_cast<std::int64_t>(heat * 0.001 * static_cast<double>(std::abs(best_.cost)));
        const TeamScore& after = state_.score();
        if (!stopped && after.broken <= before.broken && (after <= before || after.cost <= best_.cost + allowed)) {
            return true;
        }
        for (const auto& [h, team] : old)
            set_team(h, {});
        for (auto& [h, team] : old)
            set_team(h, std::move(team));
        return !stopped;
    }

    /// Weights of a school's pairs: free people at what they would be missed by the schools that still wait, people of
    /// other schools at more than that, or not at all.
    void weigh(std::uint32_t h, const std::vector<std::uint8_t>& done, const std::vector<std::uint8_t>& listed,
               double missed, double missed_by_others) {
        for (const std::uint32_t k : model_.pairs_of(h)) {
            const std::uint32_t e = model_.expert_of(k);
            const std::uint32_t taken = state_.pair_of()[e];
            double price = missed * expert_dual_[e];
            if (taken != TeamState::nobody) {
                const std::uint32_t from = model_.school_of(taken);
                if (done[from] != 0 || listed[from] != 0 || missed_by_others < 0.0) {
                    weight_[k] = no_team;
                    continue;
                }
                price = missed_by_others * (expert_dual_[e] + 100.0);
            }
            for (const auto& [r, a] : model_.rows_of(k))
                price -= row_dual_[r] * static_cast<double>(a);
            weight_[k] = static_cast<double>(p_.cost[k]) + std::nearbyint(price);
        }
    }

    /// A relaxed table may take somebody twice.
    void drop_repeated(std::vector<std::uint32_t>& team) const {
        std::vector<std::uint32_t> seen;
        std::erase_if(team, [&](std::uint32_t k) {
            const std::uint32_t e = model_.expert_of(k);
            if (std::ranges::find(seen, e) != seen.end()) return true;
            seen.push_back(e);
            return false;
        });
    }

    TeamModel& model_;
    const TeamColumnsProblem& p_;
    Random random_;
    TeamState state_;
    TeamSettled settled_;
    std::vector<double> expert_dual_, row_dual_, weight_;
    std::vector<std::vector<std::uint32_t>> team_;  ///< per school
    TeamScore best_ = {};
    std::vector<std::uint32_t> best_pair_of_ = {};
    std::int64_t round_ = 0;
    bool mending_ = false;  ///< the first run leaves what was given together
};

}  // namespace countyplan::detail
