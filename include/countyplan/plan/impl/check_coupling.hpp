// Whether couplings state what their kind needs and nothing that means nothing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/plan/impl/check_quota.hpp>

namespace countyplan {

namespace detail {

inline constexpr std::int64_t most_coupling_cost = 1'000'000;  // yuan per person, month or km
inline constexpr std::int64_t most_coupling_price = 1'000'000;

/// What a kind of coupling asks for.
enum class Asked { no, may, must };
struct CouplingForm {
    Asked lower, upper;
    bool bounded;  ///< at least one of the two
    bool named;    ///< `who`, `where`, role, subject and title have a meaning
    bool grouped;  ///< `group` has
    bool costed;   ///< so have the costs, of which at least one is there
    std::int64_t least_upper, most;
};

inline CouplingForm form_of(CouplingKind kind) {
    using enum Asked;
    switch (kind) {
        case CouplingKind::share:
            return {may, may, true, true, false, false, 0, 1000};
        case CouplingKind::count:
            return {may, may, true, true, false, false, 0, most_people};
        case CouplingKind::senders:
            return {no, must, false, true, false, false, 0, most_people};
        case CouplingKind::unit:
        case CouplingKind::together:
            return {no, no, false, false, kind == CouplingKind::together, false, 0, 0};
        case CouplingKind::apart:
            return {no, must, false, false, true, false, 1, most_people};
        case CouplingKind::leader:
            return {must, no, false, true, false, false, 0, most_people};
        case CouplingKind::budget:
            return {no, must, false, true, false, true, 0, most_fen / 100};
    }
    return {};
}

class CouplingCheck {
  public:
    explicit CouplingCheck(DraftCheck& check) : check_(check), draft_(check.draft) {
        for (const Expert& expert : draft_.experts) {
            if (!expert.group.empty()) ++people_of_[expert.group];
        }
    }

    void run(Id<Coupling> id) {
        const Coupling& row = draft_.couplings[id];
        if (static_cast<std::size_t>(row.kind) >= enumerator_count<CouplingKind>) return;
        const CouplingForm form = form_of(row.kind);
        const auto at = [id](std::string_view field) { return place_of(id, field); };
        const bool of_sender = row.kind == CouplingKind::unit;
        check_named(check_, row.who,
                    of_sender    ? std::vector{Noun::sender}
                    : form.named ? std::vector{Noun::plan, Noun::sender}
                                 : std::vector{Noun::plan},
                    at("who"));
        check_named(check_, row.where,
                    form.named ? std::vector{Noun::plan, Noun::county, Noun::school} : std::vector{Noun::plan},
                    at("where"));
        ask(row, at("role"), form.named ? Asked::may : Asked::no, row.role.has_value());
        ask(row, at("subject"), form.named ? Asked::may : Asked::no, !row.subject.empty());
        ask(row, at("min_title"), form.named ? Asked::may : Asked::no, row.min_title.has_value());
        ask(row, at("group"), form.grouped ? Asked::may : Asked::no, !row.group.empty());
        if (!form.named && row.per == CouplingScope::plan) {
            check_.error(at("per"), {message::coupling_refuses, {"per", word(row.kind)}}, name(row.per),
                         {message::expect_one_of, {"school, county"}});
        }
        bound(row, at("lower"), form.lower, row.lower, 0, form.most);
        bound(row, at("upper"), form.upper, row.upper, form.least_upper, form.most);
        if (form.bounded && !row.lower && !row.upper)
            check_.error(at("lower"), {message::coupling_needs, {"lower, upper", word(row.kind)}}, {});
        if (row.lower && row.upper) ordered(check_, at("upper"), "lower", *row.lower, "upper", *row.upper);
        const Asked cost = form.costed ? Asked::may : Asked::no;
        bound(row, at("cost_person"), cost, row.cost_person, 0, most_coupling_cost);
        bound(row, at("cost_month"), cost, row.cost_month, 0, most_coupling_cost);
        bound(row, at("cost_km"), cost, row.cost_km, 0, most_coupling_cost);
        if (form.costed && !row.cost_person && !row.cost_month && !row.cost_km)
            check_.error(at("cost_person"), {message::coupling_needs, {"cost_…", word(row.kind)}}, {});
        prices(row, id);
        if (const auto people = people_of_.find(row.group);
            form.grouped && !row.group.empty() && (people == people_of_.end() || people->second < 2)) {
            check_.warning(at("group"), {message::coupling_of_nobody}, row.group);
        }
    }

  private:
    void ask(const Coupling& row, Place place, Asked asked, bool is_stated) {
        if (asked == Asked::no && is_stated) {
            const std::string field = place.field;
            check_.error(std::move(place), {message::coupling_refuses, {field, word(row.kind)}}, {});
        } else if (asked == Asked::must && !is_stated) {
            const std::string field = place.field;
            check_.error(std::move(place), {message::coupling_needs, {field, word(row.kind)}}, {}, {},
                         {message::fix_fill_in});
        }
    }

    void bound(const Coupling& row, const Place& place, Asked asked, const std::optional<std::int64_t>& value,
               std::int64_t least, std::int64_t most) {
        ask(row, place, asked, value.has_value());
        if (value && asked != Asked::no) between(check_, place, *value, least, most);
    }

    void prices(const Coupling& row, Id<Coupling> id) {
        if (row.price) between(check_, place_of(id, "price"), *row.price, 0, most_coupling_price);
        if (row.tier && !row.price) {
            check_.error(place_of(id, "tier"), {message::coupling_needs, {"price", word(row.kind)}}, name(*row.tier));
        }
        if (row.price && std::ranges::count(draft_.objective, row.priced_tier()) == 0) {
            check_.error(place_of(id, "tier"), {message::coupling_tier, {word(row.priced_tier())}},
                         row.tier ? name(*row.tier) : std::string_view());
        }
    }

    DraftCheck& check_;
    const Draft& draft_;
    std::map<std::string, std::size_t> people_of_;  ///< per group
};

inline void check_couplings(DraftCheck& check) {
    CouplingCheck one(check);
    for (const Id<Coupling> id : check.draft.couplings.ids())
        one.run(id);
}

}  // namespace detail

}  // namespace countyplan
