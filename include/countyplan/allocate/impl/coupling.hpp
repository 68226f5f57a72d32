// How couplings are counted: once through the postings for each coupling.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/coupling.hpp>
#include <countyplan/allocate/impl/coupling_terms.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

class CouplingCounter {
  public:
    CouplingCounter(const Plan& plan, const Staffing& staffing) : plan_(plan), rows_(plan.rows()), terms_(plan) {
        for (const Posting& posting : staffing) {
            const Id<Expert> expert = plan.find<Expert>(posting.expert);
            const Id<Post> post = plan.find<Post>(posting.post);
            if (expert && post) pairs_.emplace_back(expert, post);
        }
        std::sort(pairs_.begin(), pairs_.end());
        pairs_.erase(std::unique(pairs_.begin(), pairs_.end()), pairs_.end());
    }

    [[nodiscard]] std::vector<CouplingCount> run() {
        for (const Id<Coupling> id : rows_.couplings.ids()) {
            const Coupling& row = rows_.couplings[id];
            switch (row.kind) {
                case CouplingKind::unit:
                    unit(id, row);
                    break;
                case CouplingKind::together:
                case CouplingKind::apart:
                    for (const auto& [group, people] : terms_.groups_of(row))
                        grouped(id, row, group, people);
                    break;
                default:
                    placed(id, row);
            }
        }
        return std::move(out_);
    }

  private:
    struct Place {
        std::int64_t serving = 0;
        std::int64_t named = 0;
        std::int64_t yuan = 0;
        std::set<Id<Sender>> senders{};
    };

    /// Kinds that count in each place by itself.
    void placed(Id<Coupling> id, const Coupling& row) {
        std::map<std::size_t, Place> places;
        for (const std::size_t place : terms_.places_of(row))
            places[place];
        for (const auto& [expert, post] : pairs_) {
            if (!terms_.holds_at(row, post)) continue;
            Place& place = places[terms_.place_of(row.per, post)];
            ++place.serving;
            if (!terms_.names(row, expert, post)) continue;
            ++place.named;
            if (row.kind == CouplingKind::senders) place.senders.insert(plan_.sender_of(expert));
            if (row.kind == CouplingKind::budget) place.yuan += terms_.yuan(row, expert, post);
        }
        for (const auto& [at, place] : places) {
            CouplingCount count{.coupling = id, .place = terms_.reference_of(row.per, at), .value = place.named};
            const auto thousandth_up = [](std::int64_t x) { return x <= 0 ? 0 : (x + 999) / 1000; };
            switch (row.kind) {
                case CouplingKind::share:
                    count.serving = place.serving;
                    count.breach =
                        std::max(row.lower ? thousandth_up(*row.lower * place.serving - 1000 * place.named) : 0,
                                 row.upper ? thousandth_up(1000 * place.named - *row.upper * place.serving) : 0);
                    break;
                case CouplingKind::leader:
                    count.serving = place.serving;
                    if (place.serving > 0) count.breach = std::max<std::int64_t>(0, *row.lower - place.named);
                    break;
                case CouplingKind::senders:
                    count.value = std::ssize(place.senders);
                    break;
                case CouplingKind::budget:
                    count.value = place.yuan;
                    break;
                default:
                    if (row.lower) count.breach = std::max<std::int64_t>(0, *row.lower - place.named);
            }
            if (row.kind != CouplingKind::share && row.upper)
                count.breach = std::max(count.breach, count.value - *row.upper);
            out_.push_back(std::move(count));
        }
    }

    void unit(Id<Coupling> id, const Coupling& row) {
        std::set<std::size_t> places;
        for (const auto& [expert, post] : pairs_) {
            if (terms_.is_sent_by(row, expert)) places.insert(terms_.place_of(row.per, post));
        }
        const auto value = std::ssize(places);
        out_.push_back({.coupling = id, .value = value, .breach = std::max<std::int64_t>(0, value - 1)});
    }

    void grouped(Id<Coupling> id, const Coupling& row, const std::string& group,
                 const std::vector<Id<Expert>>& people) {
        std::map<std::size_t, std::set<Id<Expert>>> there;
        for (const auto& [expert, post] : pairs_) {
            if (std::ranges::binary_search(people, expert)) there[terms_.place_of(row.per, post)].insert(expert);
        }
        if (row.kind == CouplingKind::apart) {
            for (const auto& [place, some] : there) {
                const auto value = std::ssize(some);
                out_.push_back({.coupling = id,
                                .place = terms_.reference_of(row.per, place),
                                .group = group,
                                .value = value,
                                .breach = std::max<std::int64_t>(0, value - *row.upper)});
            }
            return;
        }
        std::int64_t most = 0;
        for (const auto& [place, some] : there)
            most = std::max(most, static_cast<std::int64_t>(std::ssize(some)));
        out_.push_back({.coupling = id,
                        .group = group,
                        .value = most,
                        .breach = there.empty() ? 0 : static_cast<std::int64_t>(std::ssize(people)) - most});
    }

    const Plan& plan_;
    const Draft& rows_;
    CouplingTerms terms_;
    std::vector<std::pair<Id<Expert>, Id<Post>>> pairs_;  ///< ascending, each once
    std::vector<CouplingCount> out_;
};

}  // namespace detail

COUNTYPLAN_INLINE std::vector<CouplingCount> coupling_counts(const Plan& plan, const Staffing& staffing) {
    if (plan.rows().couplings.empty()) return {};
    return detail::CouplingCounter(plan, staffing).run();
}

COUNTYPLAN_INLINE std::vector<std::int64_t> coupling_costs(const Plan& plan, const std::vector<CouplingCount>& counts) {
    const Objective& objective = plan.rows().objective;
    std::vector<std::int64_t> out(objective.size());
    for (const CouplingCount& count : counts) {
        const Coupling& row = plan.rows().couplings[count.coupling];
        if (row.is_hard()) continue;
        std::int64_t& sum = out[detail::CouplingTerms::priced_tier(objective, row)];
        std::int64_t cost = 0;
        if (__builtin_mul_overflow(count.breach, *row.price, &cost) || __builtin_add_overflow(sum, cost, &sum))
            throw std::overflow_error("cost of couplings out of range");
    }
    return out;
}

}  // namespace countyplan
