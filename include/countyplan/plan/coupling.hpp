// Which rules tie several people of a team together, and what does it cost to break one?
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <countyplan/plan/expert.hpp>
#include <countyplan/plan/post.hpp>
#include <countyplan/plan/rule.hpp>
#include <countyplan/plan/table.hpp>

namespace countyplan {

/// What a coupling counts; its breach is a whole number, 0 where it is kept.
enum class CouplingKind {
    share,     ///< people whom it names, per thousand of all who serve there; breach: such people too few or too many
    count,     ///< people whom it names who serve there; breach: people below `lower` or above `upper`
    senders,   ///< distinct senders of the people it names there; breach: senders above `upper`
    unit,      ///< whoever of a sender serves, serves in one place; breach: places beyond the first
    together,  ///< a group serves whole and in one place, or not at all; breach: its people outside the place of most
    apart,     ///< of a group at most `upper` in one place; breach: people above that
    leader,    ///< where anyone serves, at least `lower` of those named; breach: people missing
    budget     ///< yuan for all whom it names who serve there; breach: whole yuan above `upper`
};

template <>
struct Enumerators<CouplingKind> {
    static constexpr MessageText words[] = {
        {"share", "人员占比", "share of people"},       {"count", "人数", "number of people"},
        {"senders", "派出方数目", "number of senders"}, {"unit", "整校派出", "sent as a unit"},
        {"together", "同组同去", "together"},           {"apart", "不同去", "apart"},
        {"leader", "须有带队人", "a leader present"},   {"budget", "经费", "budget"}};
};

/// What a place is: each school, each county, or the whole plan.
enum class CouplingScope { school, county, plan };

template <>
struct Enumerators<CouplingScope> {
    static constexpr MessageText words[] = {
        {"school", "每校", "per school"}, {"county", "每县", "per county"}, {"plan", "全局", "in all"}};
};

/// A rule that no quota can say, because it speaks of several people at once (耦合规则). It holds in every place
/// of `per` within `where`; whom it names are people of `who` of the title asked for, in posts of `role` and
/// `subject`, where these are set. Without a price it must not be broken; with one, each unit of breach costs that
/// much in `tier`.
struct Coupling {
    std::string id{};
    CouplingKind kind = CouplingKind::share;
    Reference who{};    ///< the plan (everybody) or a sender (with all below it); `unit`: a sender
    Reference where{};  ///< the plan, a county or a school
    CouplingScope per = CouplingScope::school;
    std::optional<Role> role{};                 ///< of the post
    std::string subject{};                      ///< of the post; empty: any
    std::optional<Title> min_title{};           ///< of the person
    std::string group{};                        ///< `together` and `apart`: this one only; empty: each group
    std::optional<std::int64_t> lower{};        ///< `share`: per thousand; `count`, `leader`: people
    std::optional<std::int64_t> upper{};        ///< `share`: per thousand; `count`, `apart`, `senders`; `budget`: yuan
    std::optional<std::int64_t> cost_person{};  ///< `budget`: yuan for each posting …
    std::optional<std::int64_t> cost_month{};   ///< … for each whole month of it …
    std::optional<std::int64_t> cost_km{};      ///< … and for each km from the sender to the school
    std::optional<std::int64_t> price{};        ///< per unit of breach; unset: must be kept
    std::optional<Tier> tier{};                 ///< where the price counts; unset: in `fit`
    std::string clause{};                       ///< where it is written, in the words of the project

    [[nodiscard]] bool is_hard() const { return !price.has_value(); }
    [[nodiscard]] Tier priced_tier() const { return tier.value_or(Tier::fit); }

    friend bool operator==(const Coupling&, const Coupling&) = default;
};

template <>
struct Table<Coupling> {
    static constexpr std::string_view name = "couplings";
    static constexpr auto fields = std::make_tuple(
        detail::key_field("id", &Coupling::id), detail::value_field("kind", &Coupling::kind),
        detail::value_field("who", &Coupling::who), detail::value_field("where", &Coupling::where),
        detail::value_field("per", &Coupling::per), detail::value_field("role", &Coupling::role),
        detail::open_field("subject", &Coupling::subject), detail::value_field("min_title", &Coupling::min_title),
        detail::open_field("group", &Coupling::group), detail::value_field("lower", &Coupling::lower),
        detail::value_field("upper", &Coupling::upper), detail::value_field("cost_person", &Coupling::cost_person),
        detail::value_field("cost_month", &Coupling::cost_month), detail::value_field("cost_km", &Coupling::cost_km),
        detail::value_field("price", &Coupling::price), detail::value_field("tier", &Coupling::tier),
        detail::text_field("clause", &Coupling::clause));
};

}  // namespace countyplan
