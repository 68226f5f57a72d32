// How couplings become counters of a school, rows over schools, limits and charges.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/coupling_terms.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/team_problem.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan::detail {

inline constexpr std::int64_t too_large_for_teams = TeamColumnsProblem::max_cost + 1;  // refused by `examine`

/// What the numbers of a problem of teams stand for.
struct TeamNumbers {
    std::vector<Id<School>> schools{};  ///< those that have posts
    std::vector<std::size_t> first_size{};
    std::vector<Id<Expert>> expert{};  ///< per pair
    std::vector<Id<Post>> post{};      ///< per pair
};

/// Adds a row over the pairs of which `coefficient(pair)` is not 0; none if there are no such pairs and it is kept.
template <class Coefficient>
void add_team_row(TeamColumnsProblem& teams, TeamRow row, const Coefficient& coefficient) {
    for (std::uint32_t k = 0; k < teams.pairs(); ++k) {
        if (const std::int64_t value = coefficient(k); value != 0) {
            row.pair.push_back(k);
            row.coefficient.push_back(value);
        }
    }
    const bool is_kept =
        (row.lower == TeamRow::no_lower || row.lower <= 0) && (row.upper == TeamRow::no_upper || row.upper >= 0);
    if (row.pair.empty() && is_kept) return;
    teams.rows.push_back(std::move(row));
}

class TeamCouplings {
  public:
    TeamCouplings(TeamProblem& out, const TeamNumbers& pairs, std::span<const std::int64_t> weight)
        : out_(out), pairs_(pairs), weight_(weight), plan_(out.allocation.plan), rows_(plan_.rows()), terms_(plan_) {}

    void run() {
        for (const Id<Coupling> id : rows_.couplings.ids())
            add(rows_.couplings[id]);
    }

  private:
    void leave_out(std::string what, const MessageText& why) { out_.left_out.push_back({std::move(what), why}); }

    /// Whether the pair is of a person named, where the coupling holds.
    [[nodiscard]] bool names(const Coupling& row, std::uint32_t pair) const {
        return holds_at(row, pair) && terms_.names(row, pairs_.expert[pair], pairs_.post[pair]);
    }
    [[nodiscard]] bool holds_at(const Coupling& row, std::uint32_t pair) const {
        return terms_.holds_at(row, pairs_.post[pair]);
    }
    [[nodiscard]] std::size_t place_of(CouplingScope per, std::uint32_t pair) const {
        return terms_.place_of(per, pairs_.post[pair]);
    }

    /// What a unit of breach costs; nothing if that is 0 and the coupling need not be heeded.
    [[nodiscard]] std::optional<std::int64_t> price_of(const Coupling& row) const {
        if (row.is_hard()) return team_rule_is_hard;
        const int128 price = int128{weight_[CouplingTerms::priced_tier(rows_.objective, row)]} * *row.price;
        if (price == 0) return std::nullopt;
        return static_cast<std::int64_t>(std::min(price, int128{too_large_for_teams}));
    }

    void add(const Coupling& row) {
        const std::optional<std::int64_t> price = price_of(row);
        if (!price) return;
        switch (row.kind) {
            case CouplingKind::share:
                return row.per == CouplingScope::school ? add_counter(row, *price) : add_wide_share(row);
            case CouplingKind::count:
                return row.per == CouplingScope::school ? add_counter(row, *price) : add_wide_count(row, *price);
            case CouplingKind::leader:
                return row.per == CouplingScope::school ? add_counter(row, *price) : add_wide_leader(row);
            case CouplingKind::senders:
                return add_senders(row, *price);
            case CouplingKind::unit:
                return leave_out(row.id, message::teams_unit);
            case CouplingKind::together:
                return add_together(row);
            case CouplingKind::apart:
                return add_apart(row, *price);
            case CouplingKind::budget:
                return add_budget(row, *price);
        }
    }

    /// Where a coupling holds in each school by itself.
    void add_counter(const Coupling& row, std::int64_t price) {
        TeamCounter counter{.below_price = price, .above_price = price};
        for (std::uint32_t k = 0; k < pairs_.expert.size(); ++k)
            counter.counts.push_back(names(row, k) ? 1 : 0);
        for (std::size_t h = 0; h < pairs_.schools.size(); ++h) {
            const bool holds = terms_.holds_at(row, plan_.posts_of(pairs_.schools[h]).front());
            const auto heads = static_cast<std::int64_t>(pairs_.first_size[h + 1] - pairs_.first_size[h]) - 1;
            for (std::int64_t size = 0; size <= heads; ++size) {
                std::int64_t lower = 0, upper = heads;
                if (holds && row.kind == CouplingKind::share) {
                    if (row.lower) lower = (*row.lower * size + 999) / 1000;
                    if (row.upper) upper = *row.upper * size / 1000;
                } else if (holds && (row.kind == CouplingKind::count || size > 0)) {
                    lower = row.lower.value_or(0);
                    upper = std::min(heads, row.upper.value_or(heads));
                }
                counter.lower.push_back(static_cast<std::int32_t>(lower));
                counter.upper.push_back(static_cast<std::int32_t>(upper));
            }
        }
        out_.teams.counters.push_back(std::move(counter));
    }

    void add_wide_share(const Coupling& row) {
        if (!row.is_hard()) return leave_out(row.id, message::teams_wide_share);
        for (const std::size_t place : terms_.places_of(row)) {
            const auto lean = [&](std::int64_t share) {
                return [this, &row, place, share](std::uint32_t k) -> std::int64_t {
                    if (place_of(row.per, k) != place || !holds_at(row, k)) return 0;
                    return (names(row, k) ? 1000 : 0) - share;
                };
            };
            if (row.lower) add_team_row(out_.teams, {.lower = 0}, lean(*row.lower));
            if (row.upper) add_team_row(out_.teams, {.upper = 0}, lean(*row.upper));
        }
    }

    void add_wide_count(const Coupling& row, std::int64_t price) {
        for (const std::size_t place : terms_.places_of(row)) {
            TeamRow one{.below_price = price, .above_price = price};
            if (row.lower && *row.lower > 0) one.lower = *row.lower;
            if (row.upper) one.upper = *row.upper;
            add_team_row(out_.teams, std::move(one), [&](std::uint32_t k) -> std::int64_t {
                return place_of(row.per, k) == place && names(row, k) ? 1 : 0;
            });
        }
    }

    void add_wide_leader(const Coupling& row) {
        if (!row.is_hard() || *row.lower > 1) return leave_out(row.id, message::teams_wide_leader);
        if (*row.lower == 0) return;
        const std::int64_t most = std::ssize(rows_.experts.rows());
        for (const std::size_t place : terms_.places_of(row)) {
            add_team_row(out_.teams, {.lower = 0}, [&](std::uint32_t k) -> std::int64_t {
                if (place_of(row.per, k) != place || !holds_at(row, k)) return 0;
                return (names(row, k) ? most : 0) - 1;
            });
        }
    }

    void add_senders(const Coupling& row, std::int64_t price) {
        const bool of_all = row.who.noun == Noun::plan && !row.role && row.subject.empty() && !row.min_title;
        if (row.per != CouplingScope::school || !of_all || (!row.is_hard() && *row.upper > 0))
            return leave_out(row.id, message::teams_senders);
        for (std::size_t h = 0; h < pairs_.schools.size(); ++h) {
            if (!terms_.holds_at(row, plan_.posts_of(pairs_.schools[h]).front())) continue;
            if (row.is_hard()) {
                std::uint32_t& most = out_.teams.most_senders[h];
                most = static_cast<std::uint32_t>(std::min(std::int64_t{most}, *row.upper));
            } else {
                out_.teams.charge[h] = std::min(out_.teams.charge[h] + price, too_large_for_teams);
            }
        }
    }

    void add_together(const Coupling& row) {
        if (!row.is_hard()) return leave_out(row.id, message::teams_together);
        const std::vector<std::size_t> places = terms_.places_of(row);
        for (const auto& [group, people] : terms_.groups_of(row)) {
            for (std::size_t i = 1; i < people.size(); ++i) {
                for (const std::size_t place : places) {
                    add_team_row(out_.teams, {.lower = 0, .upper = 0}, [&](std::uint32_t k) -> std::int64_t {
                        if (place_of(row.per, k) != place) return 0;
                        return pairs_.expert[k] == people[i - 1] ? 1 : pairs_.expert[k] == people[i] ? -1 : 0;
                    });
                }
            }
        }
    }

    void add_apart(const Coupling& row, std::int64_t price) {
        const std::vector<std::size_t> places = terms_.places_of(row);
        for (const auto& [group, people] : terms_.groups_of(row)) {
            if (std::ssize(people) <= *row.upper) continue;
            for (const std::size_t place : places) {
                add_team_row(
                    out_.teams, {.upper = *row.upper, .above_price = price}, [&](std::uint32_t k) -> std::int64_t {
                        return place_of(row.per, k) == place && rows_.experts[pairs_.expert[k]].group == group ? 1 : 0;
                    });
            }
        }
    }

    void add_budget(const Coupling& row, std::int64_t price) {
        for (const std::size_t place : terms_.places_of(row)) {
            add_team_row(out_.teams, {.upper = *row.upper, .above_price = price}, [&](std::uint32_t k) -> std::int64_t {
                if (place_of(row.per, k) != place || !names(row, k)) return 0;
                return terms_.yuan(row, pairs_.expert[k], pairs_.post[k]);
            });
        }
    }

    TeamProblem& out_;
    const TeamNumbers& pairs_;
    std::span<const std::int64_t> weight_;
    const Plan& plan_;
    const Draft& rows_;
    CouplingTerms terms_;
};

}  // namespace countyplan::detail
