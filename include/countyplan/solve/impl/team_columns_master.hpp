// The solver's half of team_columns' master: which mixture of known teams is cheapest, and what are experts worth?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/solve/impl/team_columns_model.hpp>
#include <countyplan/solve/linear_program.hpp>
#include <countyplan/solve/remaining_time.hpp>

namespace countyplan::detail {

/// The linear program over known teams: one per school, each expert at most once, the rows. Schools may go without a
/// team, and rows be broken, at a penalty that grows until nobody wants to.
class TeamMaster {
  public:
    explicit TeamMaster(const TeamModel& model, const RemainingTime& time)
        : model_(model), time_(time), experts_(model.problem().experts()), schools_(model.problem().schools()) {
        const TeamColumnsProblem& p = model.problem();
        for (std::size_t h = 0; h < schools_; ++h)
            add_row(1.0, 1.0);
        for (std::size_t e = 0; e < experts_; ++e)
            add_row(-LinearProgram::infinity, 1.0);
        for (const TeamRow& row : p.rows) {
            add_row(row.lower == TeamRow::no_lower ? -LinearProgram::infinity : static_cast<double>(row.lower),
                    row.upper == TeamRow::no_upper ? LinearProgram::infinity : static_cast<double>(row.upper));
        }
        for (std::uint32_t h = 0; h < schools_; ++h)
            add_slack(h, 1.0, team_rule_is_hard, 1.0);
        for (std::uint32_t r = 0; r < p.rows.size(); ++r) {
            double largest = 1.0;
            for (const std::int64_t a : p.rows[r].coefficient)
                largest = std::max(largest, std::abs(static_cast<double>(a)));
            const auto at = static_cast<std::uint32_t>(schools_ + experts_ + r);
            if (p.rows[r].lower != TeamRow::no_lower) add_slack(at, 1.0, p.rows[r].below_price, largest);
            if (p.rows[r].upper != TeamRow::no_upper) add_slack(at, -1.0, p.rows[r].above_price, largest);
        }
    }

    [[nodiscard]] const std::vector<Team>& teams() const { return teams_; }
    /// How much of a team the last mixture takes; none of one that came later.
    [[nodiscard]] double share(std::size_t team) const {
        return slacks_.size() + team < x_.size() ? x_[slacks_.size() + team] : 0.0;
    }
    [[nodiscard]] double value() const { return value_; }
    /// What the last mixture pays for schools without a team and for broken hard rows.
    [[nodiscard]] double missing() const {
        double sum = 0.0;
        for (std::size_t i = 0; i < slacks_.size(); ++i)
            sum += slacks_[i].price == team_rule_is_hard ? x_[i] / slacks_[i].unit : 0.0;
        return sum;
    }
    [[nodiscard]] const std::vector<double>& expert_duals() const { return expert_; }
    [[nodiscard]] const std::vector<double>& row_duals() const { return row_; }
    /// What a team would change, by the last mixture's duals.
    [[nodiscard]] double reduced_cost(const Team& team, bool with_costs) const {
        double sum = (with_costs ? static_cast<double>(team.cost) : 0.0) - school_[team.school];
        for (const std::uint32_t k : team.pairs) {
            sum += expert_[model_.expert_of(k)];
            for (const auto& [r, a] : model_.rows_of(k))
                sum -= row_[r] * static_cast<double>(a);
        }
        return sum;
    }

    double penalty = 1.0;

    /// False if it is known already.
    bool add(const Team& team) {
        const auto [at, added] = known_.emplace(std::pair(team.school, team.pairs), teams_.size());
        if (!added) return false;
        teams_.push_back(team);
        std::map<std::uint32_t, double> entries{{team.school, 1.0}};
        for (const std::uint32_t k : team.pairs) {
            entries[static_cast<std::uint32_t>(schools_ + model_.expert_of(k))] += 1.0;
            for (const auto& [r, a] : model_.rows_of(k))
                entries[static_cast<std::uint32_t>(schools_ + experts_ + r)] += static_cast<double>(a);
        }
        lp_.cost.push_back(static_cast<double>(team.cost));
        for (const auto& [i, a] : entries) {
            lp_.row.push_back(i);
            lp_.value.push_back(a);
        }
        close_column();
        return true;
    }

    /// Forbids teams that contradict what is settled; the others may be used.
    void restrict_to(const TeamSettled& settled) {
        const TeamColumnsProblem& p = model_.problem();
        // who must serve where
        std::vector<std::vector<std::uint32_t>> demanded(schools_);
        for (std::size_t e = 0; e < experts_; ++e) {
            if (settled.expert[e] != TeamSettled::yes) continue;
            for (std::size_t k = p.first_pair[e]; k < p.first_pair[e + 1]; ++k) {
                if (settled.pair[k] != TeamSettled::no)
                    demanded[model_.school_of(static_cast<std::uint32_t>(k))].push_back(static_cast<std::uint32_t>(k));
            }
        }
        for (std::size_t t = 0; t < teams_.size(); ++t)
            lp_.upper[slacks_.size() + t] =
                fits(teams_[t], settled, demanded[teams_[t].school]) ? LinearProgram::infinity : 0.0;
    }

    /// The cheapest mixture; false if it was stopped or could not be found. Without costs only penalties count.
    bool solve_mixture(bool with_costs) {
        for (std::size_t i = 0; i < slacks_.size(); ++i) {
            const bool hard = slacks_[i].price == team_rule_is_hard;
            const double soft = with_costs && !hard ? static_cast<double>(slacks_[i].price) : 0.0;
            lp_.cost[i] = hard ? (with_costs ? penalty : 1.0) / slacks_[i].unit : soft;
        }
        for (std::size_t t = 0; t < teams_.size(); ++t)
            lp_.cost[slacks_.size() + t] = with_costs ? static_cast<double>(teams_[t].cost) : 0.0;
        LinearProgramResult result = solve_from(lp_, basis_, {}, time_.rest(std::nullopt));
        basis_ = std::move(result.basis);
        const auto* duals = std::get_if<RowDuals>(&result.certificate);
        if (result.termination != Termination::optimal || duals == nullptr) return false;
        x_ = std::move(result.x);
        value_ = *result.objective;
        school_.clear();
        expert_.clear();
        row_.clear();
        for (std::size_t h = 0; h < schools_; ++h)
            school_.push_back(duals->of(h));
        for (std::size_t e = 0; e < experts_; ++e)
            expert_.push_back(std::max(0.0, -duals->of(schools_ + e)));
        for (std::size_t r = 0; r < model_.problem().rows.size(); ++r)
            row_.push_back(duals->of(schools_ + experts_ + r));
        return true;
    }

  private:
    struct Slack {
        std::int64_t price;
        double unit;  ///< the size of what it stands for
    };

    void add_row(double lower, double upper) {
        lp_.row_lower.push_back(lower);
        lp_.row_upper.push_back(upper);
    }
    void close_column() {
        lp_.lower.push_back(0.0);
        lp_.upper.push_back(LinearProgram::infinity);
        lp_.first.push_back(lp_.row.size());
    }
    void add_slack(std::uint32_t row, double sign, std::int64_t price, double unit) {
        slacks_.push_back({price, unit});
        lp_.cost.push_back(0.0);
        lp_.row.push_back(row);
        lp_.value.push_back(sign);
        close_column();
    }

    [[nodiscard]] bool fits(const Team& team, const TeamSettled& settled,
                            const std::vector<std::uint32_t>& demanded) const {
        const TeamSchool& school = model_.school(team.school);
        std::vector<std::uint8_t> present(school.senders(), 0);
        for (const std::uint32_t k : team.pairs) {
            if (settled.pair[k] == TeamSettled::no) return false;
            present[school.place_of(model_.problem().sender_of[model_.expert_of(k)])] = 1;
        }
        for (const std::uint32_t k : demanded) {
            if (!std::ranges::binary_search(team.pairs, k)) return false;
        }
        const bool whole = school.relaxation().block_begins.size() == 1;
        for (std::size_t s = 0; s < present.size(); ++s) {
            const std::uint8_t wish = settled.sender[model_.first_sender(team.school) + s];
            if (wish == TeamSettled::no && present[s] != 0) return false;
            if (wish == TeamSettled::yes && present[s] == 0 && whole) return false;
        }
        return true;
    }

    const TeamModel& model_;
    const RemainingTime& time_;
    std::size_t experts_, schools_;
    LinearProgram lp_ = {};
    LinearBasis basis_ = {};
    std::vector<Slack> slacks_ = {};
    std::vector<Team> teams_ = {};
    std::map<std::pair<std::uint32_t, std::vector<std::uint32_t>>, std::size_t> known_ = {};
    std::vector<double> x_ = {};
    double value_ = 0.0;
    std::vector<double> school_ = {}, expert_ = {}, row_ = {};
};

/// The bound of one node of the search.
struct TeamNodeBound {
    std::optional<TeamMultipliers> multipliers = std::nullopt;  ///< those of the best bound; none if stopped before
    std::optional<std::int64_t> bound = std::nullopt;           ///< unset, beside multipliers: no choice at all
    bool converged = false;                                     ///< the master's last mixture is as cheap as the bound
};

/// Column generation: mixtures and cheapest teams in turn, with duals smoothed towards those of the best bound
/// (Wentges 1997).
class TeamGeneration {
  public:
    TeamGeneration(TeamModel& model, TeamMaster& master) : model_(model), master_(master) {}

    /// Begins the next run with a bound and the duals that prove it.
    void centre_on(TeamNodeBound bound, std::vector<double> expert, std::vector<double> row) {
        first_ = std::move(bound);
        centre_expert_ = std::move(expert);
        centre_row_ = std::move(row);
    }

    /// Goes on until the bound reaches `enough`, or the mixture is shown to be the cheapest. Looks at `seen` after each
    /// round.
    template <class Seen>
    TeamNodeBound run(const TeamSettled& settled, std::optional<std::int64_t> enough, const Seen& seen) {
        TeamNodeBound best = std::exchange(first_, {});
        master_.restrict_to(settled);
        for (;;) {
            const bool settled_costs = descend(settled, enough, true, best, seen);
            if (!settled_costs || !best.multipliers) return best;
            if (!best.bound || (enough && *best.bound >= *enough) || master_.missing() < 1e-7) return best;
            // some rule is still broken: dearer, or is there no choice at all?
            if (prove_impossible(settled, best, seen)) return best;
            if (master_.penalty > 1e12) {
                best.converged = false;
                return best;
            }
            master_.penalty *= 8.0;
        }
    }

  private:
    static constexpr double smoothing = 0.6;

    /// False if it was stopped.
    template <class Seen>
    bool descend(const TeamSettled& settled, std::optional<std::int64_t> enough, bool with_costs, TeamNodeBound& best,
                 const Seen& seen) {
        std::vector<double> centre_expert = std::exchange(centre_expert_, {});
        std::vector<double> centre_row = std::exchange(centre_row_, {});
        for (;;) {
            best.converged = false;
            if (!master_.solve_mixture(with_costs)) return false;
            bool grew = false;
            for (const double part : {centre_expert.empty() ? 0.0 : smoothing, 0.0}) {
                std::vector<double> expert = master_.expert_duals(), row = master_.row_duals();
                for (std::size_t i = 0; part > 0.0 && i < expert.size(); ++i)
                    expert[i] = part * centre_expert[i] + (1.0 - part) * expert[i];
                for (std::size_t i = 0; part > 0.0 && i < row.size(); ++i)
                    row[i] = part * centre_row[i] + (1.0 - part) * row[i];
                TeamMultipliers m = model_.rounded(expert, row, with_costs);
                const TeamRound round = model_.price(m, settled);
                if (!round.complete) return false;
                if (offer(round, m, with_costs, best)) {
                    centre_expert = expert;
                    centre_row = row;
                }
                seen(best);
                if (is_enough(best, enough, with_costs)) return true;
                for (const Team& team : round.teams) {
                    if (master_.reduced_cost(team, with_costs) < -1e-6) grew = master_.add(team) || grew;
                }
                if (grew || part == 0.0) break;
            }
            if (!grew) {
                best.converged = true;
                return true;
            }
            if (with_costs && best.bound && static_cast<double>(*best.bound) >= master_.value() - 1e-6) {
                best.converged = true;
                return true;
            }
        }
    }

    /// Keeps the multipliers if they prove more than those before.
    bool offer(const TeamRound& round, const TeamMultipliers& m, bool with_costs, TeamNodeBound& best) {
        if (!with_costs) {
            if (round.possible && round.value <= Int128(0)) {
                const bool better = !best_without_costs_ || round.value > *best_without_costs_;
                if (better) best_without_costs_ = round.value;
                return better;
            }
            best.multipliers = m;
            best.bound = std::nullopt;
            return true;
        }
        const std::optional<std::int64_t> bound = TeamModel::bound_of(round, m.scale);
        if (best.multipliers && bound && best.bound && *bound <= *best.bound) return false;
        best.multipliers = m;
        best.bound = bound;
        return true;
    }
    static bool is_enough(const TeamNodeBound& best, std::optional<std::int64_t> enough, bool with_costs) {
        if (!best.multipliers) return false;
        return !best.bound || (with_costs && enough && *best.bound >= *enough);
    }

    template <class Seen>
    bool prove_impossible(const TeamSettled& settled, TeamNodeBound& best, const Seen& seen) {
        best_without_costs_.reset();
        const TeamNodeBound before = best;
        descend(settled, std::nullopt, false, best, seen);
        if (!best.bound) return true;
        best = before;
        return false;
    }

    TeamModel& model_;
    TeamMaster& master_;
    std::optional<Int128> best_without_costs_ = std::nullopt;
    TeamNodeBound first_ = {};
    std::vector<double> centre_expert_ = {}, centre_row_ = {};
};

}  // namespace countyplan::detail
