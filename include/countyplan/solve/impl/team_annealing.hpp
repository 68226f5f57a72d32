// The solver's half of team_annealing: people move and change places while a temperature falls.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/team_columns_model.hpp>
#include <countyplan/solve/impl/team_columns_state.hpp>
#include <countyplan/solve/random.hpp>
#include <countyplan/solve/team_annealing.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Moves of one person, with one or two more of them changed at once.
class TeamAnnealing {
  public:
    static constexpr std::uint32_t nobody = TeamState::nobody;

    TeamAnnealing(const TeamColumnsProblem& p, std::uint64_t seed, const Stop& stop)
        : p_(p), watch_(stop, progress_), model_(p, workers_, watch_), state_(model_), random_(seed, 61) {
        at_post_.resize(p.posts());
        pairs_at_.resize(p.posts());
        for (std::uint32_t k = 0; k < p.pairs(); ++k)
            pairs_at_[p.post[k]].push_back(k);
        for (const std::int64_t c : p.cost)
            penalty_ = std::max(penalty_, std::abs(static_cast<double>(c)));
    }

    void start_from(const std::vector<std::uint32_t>& pair_of) {
        for (std::uint32_t e = 0; e < pair_of.size(); ++e)
            put(e, pair_of[e]);
        keep_best(true);
    }

    /// One cooling of so many moves, down to changes of 1; it begins at those of the dearest pair if `heat` is 1, with
    /// 0 at those of 1. False if it was stopped.
    bool run(std::int64_t moves, double heat) {
        if (p_.pairs() == 0) return true;
        const double hot = std::pow(penalty_, heat) / 4.0;
        for (std::int64_t i = 0; i < moves; ++i) {
            if (i % 256 == 0) {
                temperature_ = std::pow(std::max(hot, 1.0), 1.0 - static_cast<double>(i) / static_cast<double>(moves));
                if (watch_.spend(256 * 32)) return false;
            }
            move();
        }
        return true;
    }

    [[nodiscard]] bool has_legal() const { return best_.broken == 0; }
    [[nodiscard]] const std::vector<std::uint32_t>& best() const { return best_pair_of_; }

    void back_to_best() {
        for (std::uint32_t e = 0; e < p_.experts(); ++e)
            put(e, nobody);
        for (std::uint32_t e = 0; e < p_.experts(); ++e)
            put(e, best_pair_of_[e]);
    }

  private:
    /// Costs and broken rules as one number.
    [[nodiscard]] double worth() const {
        return static_cast<double>(state_.score().cost) + penalty_ * static_cast<double>(state_.score().broken);
    }

    void put(std::uint32_t e, std::uint32_t pair) {
        const std::uint32_t before = state_.pair_of()[e];
        if (before == pair) return;
        if (before != nobody) std::erase(at_post_[p_.post[before]], e);
        if (pair != nobody) at_post_[p_.post[pair]].push_back(e);
        state_.assign(e, pair);
    }

    void change(std::uint32_t e, std::uint32_t pair) {
        undo_.emplace_back(e, state_.pair_of()[e]);
        put(e, pair);
    }

    [[nodiscard]] std::uint32_t pair_at(std::uint32_t e, std::uint32_t post) const {
        const auto begin = p_.post.begin() + static_cast<std::ptrdiff_t>(p_.first_pair[e]);
        const auto end = p_.post.begin() + static_cast<std::ptrdiff_t>(p_.first_pair[e + 1]);
        const auto at = std::lower_bound(begin, end, post);
        return at != end && *at == post ? static_cast<std::uint32_t>(at - p_.post.begin()) : nobody;
    }

    void move() {
        const double before = worth();
        undo_.clear();
        const auto k = static_cast<std::uint32_t>(random_.below(p_.pairs()));
        const std::uint32_t e = model_.expert_of(k), post = p_.post[k], from = state_.pair_of()[e];
        if (from == k) {
            change(e, nobody);
        } else {
            std::uint32_t out = nobody;
            if (std::ssize(at_post_[post]) >= p_.upper[post]) {
                if (at_post_[post].empty()) return;
                out = at_post_[post][random_.below(at_post_[post].size())];
            }
            if (out != nobody) change(out, nobody);
            change(e, k);
            if (out != nobody && from != nobody && random_.chance(2, 3)) {
                // whoever had the place takes the one left behind
                if (const std::uint32_t back = pair_at(out, p_.post[from]); back != nobody) change(out, back);
            } else if (out != nobody && random_.chance(1, 2)) {
                const std::size_t choices = p_.first_pair[out + 1] - p_.first_pair[out];
                const auto other = static_cast<std::uint32_t>(p_.first_pair[out] + random_.below(choices));
                if (std::ssize(at_post_[p_.post[other]]) < p_.upper[p_.post[other]]) change(out, other);
            }
            if (from != nobody && random_.chance(1, 2)) fill(p_.post[from]);
        }
        const double by = worth() - before;
        if (by <= 0.0 || random_.unit() < std::exp(-by / temperature_)) return keep_best(false);
        for (std::size_t i = undo_.size(); i-- > 0;)
            put(undo_[i].first, undo_[i].second);
    }

    /// Somebody at home takes a place that has become free.
    void fill(std::uint32_t post) {
        if (std::ssize(at_post_[post]) >= p_.upper[post] || pairs_at_[post].empty()) return;
        const std::uint32_t k = pairs_at_[post][random_.below(pairs_at_[post].size())];
        if (state_.pair_of()[model_.expert_of(k)] == nobody) change(model_.expert_of(k), k);
    }

    void keep_best(bool always) {
        if (!always && state_.score() >= best_) return;
        best_ = state_.score();
        best_pair_of_ = state_.pair_of();
    }

    const TeamColumnsProblem& p_;
    Progress progress_;
    TeamWorkers workers_;
    Watch watch_;
    TeamModel model_;
    TeamState state_;
    Random random_;
    std::vector<std::vector<std::uint32_t>> at_post_, pairs_at_;  ///< experts there; pairs that lead there
    std::vector<std::pair<std::uint32_t, std::uint32_t>> undo_;
    double temperature_ = 1.0;
    double penalty_ = 1.0;  ///< of a unit of a hard rule: as much as the dearest pair
    TeamScore best_;
    std::vector<std::uint32_t> best_pair_of_;
};

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE std::optional<std::vector<std::uint32_t>> anneal_teams(const TeamColumnsProblem& problem,
                                                                         const std::vector<std::uint32_t>& start,
                                                                         const TeamAnnealingOptions& options,
                                                                         const Stop& stop) {
    detail::TeamAnnealing annealing(problem, options.seed, stop);
    annealing.start_from(start);
    for (std::int64_t i = 0;
         i < options.coolings && annealing.run(options.moves, 1.0 - 0.15 * static_cast<double>(i % 4)); ++i)
        annealing.back_to_best();
    if (!annealing.has_legal()) return std::nullopt;
    return annealing.best();
}

}  // namespace countyplan
