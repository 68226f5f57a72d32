// The solver's half of team_columns: bound, search and branching in turn.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/team_columns_master.hpp>
#include <countyplan/solve/impl/team_columns_model.hpp>
#include <countyplan/solve/impl/team_columns_search.hpp>
#include <countyplan/solve/impl/team_columns_start.hpp>
#include <countyplan/solve/remaining_time.hpp>
#include <countyplan/solve/team_columns.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

class TeamSolver {
  public:
    TeamSolver(const TeamColumnsProblem& p, const TeamColumnsOptions& options, const Stop& stop,
               const Progress& progress, const TeamWorkers& workers)
        : p_(p),
          start_(options.start),
          time_(stop),
          watch_(stop, progress),
          model_(p, workers, watch_),
          master_(model_, time_),
          generation_(model_, master_),
          search_(model_, options.seed) {}

    TeamColumnsResult run() {
        if (begin()) {
            // good choices are sought for some multiple of what the bound took
            std::int64_t since = -5 * model_.steps;
            while (!open_.empty() && !watch_.stopped()) {
                search_.run(model_.steps - since);
                offer();
                if (open_.empty() || watch_.stopped()) break;
                since = model_.steps;
                branch_best();
            }
        }
        return finish();
    }

  private:
    struct Leaf {
        std::optional<std::int64_t> bound;  ///< unset: no choice at all
        std::uint32_t parent = 0;
    };

    /// The root's bound and a first choice; false if there is nothing to go on with.
    bool begin() {
        if (!start_.pair_of.empty()) search_.mend(start_.pair_of);
        const double unit = start_.scale > 0 ? static_cast<double>(start_.scale) : 1.0;
        std::vector<double> expert(p_.experts(), 0.0), row(p_.rows.size(), 0.0);
        for (std::size_t e = 0; e < start_.expert.size(); ++e) {
            const bool counts = p_.first_pair[e] < p_.first_pair[e + 1];
            expert[e] = counts ? static_cast<double>(start_.expert[e]) / unit : 0.0;
        }
        for (std::size_t r = 0; r < start_.row.size(); ++r)
            row[r] = static_cast<double>(start_.row[r]) / unit;
        const TeamMultipliers given = model_.rounded(expert, row, true);
        const TeamRound first = model_.price(given, model_.nothing_settled());
        if (!first.complete) return false;
        std::int64_t dearest = 1;
        for (const Team& team : first.teams)
            dearest = std::max(dearest, std::abs(team.cost));
        master_.penalty = 4.0 * static_cast<double>(dearest);
        is_relaxed_ = is_relaxed(p_, {.relaxation = relaxations()});
        add_leaf(0, given, TeamModel::bound_of(first, given.scale));
        tell();
        if (!first.possible || is_closed(leaves_[0])) return true;
        if (start_.scale > 0) {
            generation_.centre_on({given, leaves_[0].bound}, expert, row);
            search_.guide(expert, row);
        }
        for (const Team& team : first.teams)
            master_.add(team);
        for (const Team& team : search_.teams_of_best())
            master_.add(team);
        bound_leaf(0);
        return true;
    }

    std::uint32_t add_leaf(std::uint32_t parent, const TeamMultipliers& m, std::optional<std::int64_t> bound) {
        const auto at = static_cast<std::uint32_t>(nodes_.size());
        nodes_.push_back({TeamQuestion::none, 0, 0, 0, 0, m.scale, m.expert, m.row});
        leaves_.push_back({bound, parent});
        return at;
    }

    [[nodiscard]] TeamSettled settled(std::uint32_t leaf) const {
        TeamSettled out = model_.nothing_settled();
        for (std::uint32_t i = leaf; i != 0; i = leaves_[i].parent) {
            const TeamNode& n = nodes_[leaves_[i].parent];
            const bool yes = n.yes == i;
            if (n.question == TeamQuestion::sender_at_school) {
                const std::size_t place = model_.school(n.school).place_of(n.subject);
                out.sender[model_.first_sender(n.school) + place] = yes ? TeamSettled::yes : TeamSettled::no;
            } else if (!yes) {
                out.pair[n.subject] = TeamSettled::no;
            } else {
                const std::uint32_t e = model_.expert_of(n.subject);
                out.expert[e] = TeamSettled::yes;
                for (std::size_t k = p_.first_pair[e]; k < p_.first_pair[e + 1]; ++k) {
                    if (k != n.subject) out.pair[k] = TeamSettled::no;
                }
            }
        }
        return out;
    }

    [[nodiscard]] std::vector<TeamRelaxation> relaxations() const {
        std::vector<TeamRelaxation> out;
        for (std::size_t h = 0; h < p_.schools(); ++h)
            out.push_back(model_.school(h).relaxation());
        return out;
    }

    [[nodiscard]] std::optional<std::int64_t> to_beat() const {
        return search_.has_legal() ? std::optional(search_.best().cost) : std::nullopt;
    }
    [[nodiscard]] bool is_closed(const Leaf& leaf) const {
        return !leaf.bound || (search_.has_legal() && *leaf.bound >= search_.best().cost);
    }

    /// Bounds a leaf as well as pricing can; opens it where a question is left that would part it.
    void bound_leaf(std::uint32_t at) {
        const TeamSettled now = settled(at);
        const TeamNodeBound found = generation_.run(now, to_beat(), [&](const TeamNodeBound&) {
            if (at == 0 && !start_.pair_of.empty()) improve_start();
            tell();
        });
        Leaf& leaf = leaves_[at];
        if (found.multipliers && (!found.bound || (leaf.bound && *found.bound >= *leaf.bound))) {
            leaf.bound = found.bound;
            nodes_[at].scale = found.multipliers->scale;
            nodes_[at].expert = found.multipliers->expert;
            nodes_[at].row = found.multipliers->row;
        }
        if (at == 0 && found.bound) search_.guide(master_.expert_duals(), master_.row_duals());
        if (is_closed(leaf)) return;
        if (found.converged) round_mixture(at == 0);
        if (is_closed(leaf) || watch_.stopped()) return;
        ask(at, now);
    }

    /// A choice to begin with is mended while the root is bounded, which may take longer than there is time.
    void improve_start() {
        if (start_.scale == 0) search_.guide(master_.expert_duals(), master_.row_duals());
        search_.run(static_cast<std::int64_t>(p_.schools() / 2 + 1));
    }

    /// Tries the largest share of each school's mixture as a choice.
    void round_mixture(bool at_root) {
        std::vector<std::uint32_t> pairs;
        std::vector<std::pair<double, std::size_t>> best(p_.schools(), {1e-6, master_.teams().size()});
        bool whole = true;
        for (std::size_t t = 0; t < master_.teams().size(); ++t) {
            auto& [share, team] = best[master_.teams()[t].school];
            const double now = master_.share(t);
            whole = whole && (now < 1e-6 || now > 1.0 - 1e-6);
            if (now > share) std::tie(share, team) = std::pair(now, t);
        }
        if (!whole && !at_root) return;
        std::vector<std::uint8_t> used(p_.experts(), 0);
        for (const auto& [share, t] : best) {
            if (t == master_.teams().size()) continue;
            for (const std::uint32_t k : master_.teams()[t].pairs) {
                if (std::exchange(used[model_.expert_of(k)], std::uint8_t{1}) == 0) pairs.push_back(k);
            }
        }
        search_.start_from(pairs);
    }

    /// Parts a leaf by the question whose answer the mixture leaves most open.
    void ask(std::uint32_t at, const TeamSettled& now) {
        std::vector<double> sender(now.sender.size(), 0.0), pair(p_.pairs(), 0.0);
        for (std::size_t t = 0; t < master_.teams().size(); ++t) {
            const double share = master_.share(t);
            if (share < 1e-9) continue;
            const Team& team = master_.teams()[t];
            std::vector<std::size_t> places;
            for (const std::uint32_t k : team.pairs) {
                pair[k] += share;
                places.push_back(model_.first_sender(team.school) +
                                 model_.school(team.school).place_of(p_.sender_of[model_.expert_of(k)]));
            }
            std::ranges::sort(places);
            const auto repeated = std::ranges::unique(places);
            for (auto i = places.begin(); i != repeated.begin(); ++i)
                sender[*i] += share;
        }
        const auto most_open = [](const std::vector<double>& shares, const std::vector<std::uint8_t>& answers) {
            std::size_t best = shares.size();
            double least = 0.5 - 1e-6;
            for (std::size_t i = 0; i < shares.size(); ++i) {
                const double off = std::abs(shares[i] - 0.5);
                if (off >= least || answers[i] != TeamSettled::open) continue;
                least = off;
                best = i;
            }
            return best;
        };
        TeamNode& n = nodes_[at];
        if (const std::size_t place = most_open(sender, now.sender); place < sender.size()) {
            n.question = TeamQuestion::sender_at_school;
            while (model_.first_sender(n.school + std::size_t{1}) <= place)
                ++n.school;
            n.subject = model_.school(n.school).group(place - model_.first_sender(n.school)).sender;
        } else if (const std::size_t k = most_open(pair, now.pair); k < pair.size()) {
            n.question = TeamQuestion::pair;
            n.subject = static_cast<std::uint32_t>(k);
        } else if (is_relaxed_) {
            return;  // parting further shows nothing about what a relaxed school leaves out
        } else if (const std::size_t any = undecided(now, pair); any < pair.size()) {
            n.question = TeamQuestion::pair;
            n.subject = static_cast<std::uint32_t>(any);
        } else {
            return bound_only_choice(at, now);
        }
        open_.insert({*leaves_[at].bound, at});
        questions_.resize(nodes_.size(), {});
        questions_[at] = {n.question, n.subject, n.school};
        n.question = TeamQuestion::none;  // until it has children
        n.subject = n.school = 0;
    }

    /// Bounds a leaf of which one choice is left, by the rows that it breaks: the least of them that must not be broken
    /// shows that there is none, the prices of the others are what they cost.
    void bound_only_choice(std::uint32_t at, const TeamSettled& now) {
        std::vector<int128> sum(p_.rows.size(), 0);
        for (std::size_t e = 0; e < p_.experts(); ++e) {
            if (now.expert[e] != TeamSettled::yes) continue;
            for (std::size_t k = p_.first_pair[e]; k < p_.first_pair[e + 1]; ++k) {
                if (now.pair[k] == TeamSettled::no) continue;
                for (const auto& [r, a] : model_.rows_of(static_cast<std::uint32_t>(k)))
                    sum[r] += a;
            }
        }
        TeamMultipliers m{1, std::vector<std::int64_t>(p_.experts(), 0), std::vector<std::int64_t>(sum.size(), 0)};
        for (std::size_t r = 0; r < sum.size(); ++r) {
            const TeamRow& row = p_.rows[r];
            const bool lacks = row.lower != TeamRow::no_lower && sum[r] < row.lower;
            const bool exceeds = row.upper != TeamRow::no_upper && sum[r] > row.upper;
            if (!lacks && !exceeds) continue;
            const std::int64_t price = lacks ? row.below_price : row.above_price;
            if (price == team_rule_is_hard) {
                std::ranges::fill(m.row, 0);
                m.scale = 0;
                m.row[r] = lacks ? 1 : -1;
                break;
            }
            m.row[r] = lacks ? price : -price;
        }
        if (!model_.is_exact(m)) return;
        const TeamRound round = model_.price(m, now);
        if (!round.complete) return;
        if (m.scale == 0 && round.possible && round.value <= Int128(0)) return;
        leaves_[at].bound = m.scale == 0 ? std::nullopt : TeamModel::bound_of(round, m.scale);
        nodes_[at].scale = m.scale;
        nodes_[at].expert = m.expert;
        nodes_[at].row = m.row;
    }

    /// A pair that nothing is settled about: one that the mixture takes, or else the first.
    [[nodiscard]] std::size_t undecided(const TeamSettled& now, const std::vector<double>& share) const {
        std::size_t first = share.size();
        for (std::size_t e = 0; e < p_.experts(); ++e) {
            if (now.expert[e] == TeamSettled::yes) continue;
            for (std::size_t k = p_.first_pair[e]; k < p_.first_pair[e + 1]; ++k) {
                if (now.pair[k] != TeamSettled::open) continue;
                if (share[k] > 0.5) return k;
                first = std::min(first, k);
            }
        }
        return first;
    }

    /// Parts the open leaf of the least bound and bounds both parts.
    void branch_best() {
        const std::uint32_t at = open_.begin()->second;
        open_.erase(open_.begin());
        if (is_closed(leaves_[at])) return;
        const TeamMultipliers m{nodes_[at].scale, nodes_[at].expert, nodes_[at].row};
        const std::optional<std::int64_t> bound = leaves_[at].bound;
        const std::uint32_t no = add_leaf(at, m, bound), yes = add_leaf(at, m, bound);
        const Question asked = questions_[at];
        nodes_[at] = {asked.question, asked.subject, asked.school, no, yes, 0, {}, {}};
        for (const std::uint32_t child : {no, yes})
            bound_leaf(child);
        offer();
    }

    /// Closes open leaves that the best choice has reached.
    void offer() {
        if (!search_.has_legal()) return;
        while (!open_.empty() && open_.rbegin()->first >= search_.best().cost)
            open_.erase(std::prev(open_.end()));
    }

    [[nodiscard]] std::optional<std::int64_t> bound() const {
        std::optional<std::int64_t> least;
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (nodes_[i].question != TeamQuestion::none || !leaves_[i].bound) continue;
            least = least ? std::min(*least, *leaves_[i].bound) : *leaves_[i].bound;
        }
        return least;
    }

    void tell() {
        watch_.report([this] {
            Tick tick{.steps = model_.steps};
            if (search_.has_legal()) tick.best = static_cast<double>(search_.best().cost);
            if (const auto least = bound()) tick.bound = static_cast<double>(*least);
            return tick;
        });
    }

    TeamColumnsResult finish() {
        TeamColumnsResult result;
        result.steps = model_.steps;
        watch_.spend(Watch::grain);  // the master may have seen the end of time first
        result.cause = watch_.stopped() ? watch_.cause() : Cause::steps;
        if (search_.has_legal()) {
            result.termination = Termination::feasible;
            result.claim = Claim::feasible;
            result.pair_of = search_.best_pair_of();
            result.objective = search_.best().cost;
        }
        if (nodes_.empty()) return result;
        result.proof.relaxation = relaxations();
        const std::optional<std::int64_t> least = bound();
        result.proof.nodes = std::move(nodes_);
        result.claim = Claim::bounded;
        if (!least) {
            result.termination = Termination::infeasible;
            result.cause = Cause::proved;
            result.claim = Claim::proved;
            return result;
        }
        result.bound = least;
        if (result.objective && *least >= *result.objective) {
            result.bound = result.objective;
            result.termination = Termination::optimal;
            result.cause = Cause::proved;
            result.claim = Claim::proved;
        }
        return result;
    }

    struct Question {
        TeamQuestion question = TeamQuestion::none;
        std::uint32_t subject = 0, school = 0;
    };

    const TeamColumnsProblem& p_;
    const TeamColumnsStart& start_;
    RemainingTime time_;
    Watch watch_;
    TeamModel model_;
    TeamMaster master_;
    TeamGeneration generation_;
    TeamSearch search_;
    bool is_relaxed_ = false;
    std::vector<TeamNode> nodes_ = {};
    std::vector<Leaf> leaves_ = {};         ///< per node
    std::vector<Question> questions_ = {};  ///< per node: what parts it best
    std::set<std::pair<std::int64_t, std::uint32_t>> open_ = {};
};

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE TeamColumnsResult solve(const TeamColumnsProblem& problem, const TeamColumnsOptions& options,
                                          const Stop& stop, const Progress& progress, const TeamWorkers& workers) {
    if (Verdict verdict = examine(problem); !verdict.accepted) {
        throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    }
    if (Verdict verdict = detail::check_team_start(problem, options.start); !verdict.accepted) {
        throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    }
    return detail::TeamSolver(problem, options, stop, progress, workers).run();
}

}  // namespace countyplan
