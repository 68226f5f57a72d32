// Whether numbers lie within their bounds, and dates in their order.
#pragma once

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <countyplan/plan/impl/check_form.hpp>

namespace countyplan {

namespace detail {

// Wide enough for any real plan, narrow enough that sums over all rows cannot overflow.
inline constexpr std::int64_t most_people = 10'000'000;
inline constexpr std::int64_t most_years = 100;
inline constexpr std::int64_t most_priority = 1'000'000;
inline constexpr std::int64_t most_work_days = 100'000;
inline constexpr std::int64_t most_fen = 100'000'000'000'000;  // 10^12 yuan
inline constexpr double most_weight = 1e9;

inline void between(DraftCheck& check, Place place, std::int64_t value, std::int64_t least, std::int64_t most) {
    if (value >= least && value <= most) return;
    const std::string shown = std::to_string(value);
    check.error(std::move(place), {message::number_outside, {shown}}, shown,
                {message::expect_between, {std::to_string(least), std::to_string(most)}});
}

/// Says nothing of NaN and infinity: the check of single fields did.
inline void between(DraftCheck& check, Place place, const std::optional<double>& value, double least, double most) {
    if (!value || !std::isfinite(*value) || (*value >= least && *value <= most)) return;
    const std::string shown = to_text(*value);
    check.error(std::move(place), {message::number_outside, {shown}}, shown,
                {message::expect_between, {to_text(least), to_text(most)}});
}

inline void ordered(DraftCheck& check, Place place, std::string_view low_name, std::int64_t low,
                    std::string_view high_name, std::int64_t high) {
    if (low <= high) return;
    check.error(std::move(place),
                {message::bounds_crossed, {low_name, std::to_string(low), high_name, std::to_string(high)}},
                std::to_string(high), {message::expect_not_after, {low_name, high_name}});
}

inline void in_order(DraftCheck& check, Place place, std::string_view from_name, const std::optional<Day>& from,
                     std::string_view to_name, const std::optional<Day>& to) {
    if (!from || !to || *from <= *to) return;
    check.error(std::move(place), {message::period_reversed, {to_text(*to), to_text(*from)}}, to_text(*to),
                {message::expect_from_before_to, {from_name, to_name}});
}

inline void both_or_none(DraftCheck& check, Severity severity, const Place& place, std::string_view first_name,
                         bool first, std::string_view second_name, bool second) {
    if (first == second) return;
    check.add(severity, place,
              {message::half_given, {first ? first_name : second_name, first ? second_name : first_name}}, {},
              {message::expect_both_or_none}, {message::fix_fill_in});
}

template <class Row>
void check_coordinates(DraftCheck& check, const ById<Id<Row>, Row>& rows) {
    for (const Id<Row> id : rows.ids()) {
        between(check, place_of(id, "lat"), rows[id].lat, -90, 90);
        between(check, place_of(id, "lng"), rows[id].lng, -180, 180);
        both_or_none(check, Severity::warning, place_of(id, rows[id].lat ? "lng" : "lat"), "lat",
                     rows[id].lat.has_value(), "lng", rows[id].lng.has_value());
    }
}

inline void check_header(DraftCheck& check) {
    const Draft& draft = check.draft;
    check_text(check, {{}, std::nullopt, "name"}, draft.name, true);
    check_text(check, {{}, std::nullopt, "version"}, draft.version, true);
    const Place period{{}, std::nullopt, "period"};
    check_value(check, period, draft.period.from);
    check_value(check, period, draft.period.to);
    in_order(check, period, "from", draft.period.from, "to", draft.period.to);
    const FitWeights& w = draft.weights;
    const auto weight = [&](std::string_view name, std::int64_t value) {
        between(check, {"weights", std::nullopt, std::string(name)}, value, 0, 1'000'000);
    };
    weight("qualification", w.qualification);
    weight("role", w.role);
    weight("subject", w.subject);
    weight("seniority", w.seniority);
    weight("pairing", w.pairing);
    weight("distance", w.distance);
    weight("wish", w.wish);
    weight("continuity", w.continuity);
}

inline void check_people_ranges(DraftCheck& check) {
    const Draft& draft = check.draft;
    const auto meets_plan = [&](const auto id, std::string_view field, const std::optional<Day>& from,
                                const std::optional<Day>& to) {
        if (!from && !to) return;
        const Period window{from.value_or(draft.period.from), to.value_or(draft.period.to)};
        if ((from && to && window.empty()) || draft.period.empty() || window.overlaps(draft.period)) return;
        check.warning(
            place_of(id, field),
            {message::outside_period,
             {to_text(window.from), to_text(window.to), to_text(draft.period.from), to_text(draft.period.to)}},
            value_text(from ? from : to));
    };
    for (const Id<School> id : draft.schools.ids()) {
        if (const auto enrolment = draft.schools[id].enrolment) {
            between(check, place_of(id, "enrolment"), *enrolment, 0, most_people);
        }
    }
    for (const Id<Sender> id : draft.senders.ids()) {
        const Sender& row = draft.senders[id];
        const auto quota = [&](std::string_view name, const std::optional<std::int64_t>& value) {
            if (value) between(check, place_of(id, name), *value, 0, most_people);
        };
        quota("quota_principal", row.quota_principal);
        quota("quota_mid_level", row.quota_mid_level);
        quota("quota_teacher", row.quota_teacher);
        quota("quota_total", row.quota_total);
    }
    for (const Id<Pairing> id : draft.pairings.ids()) {
        in_order(check, place_of(id, "to"), "from", draft.pairings[id].from, "to", draft.pairings[id].to);
    }
    for (const Id<Distance> id : draft.distances.ids())
        between(check, place_of(id, "km"), draft.distances[id].km, 0, most_km);
    for (const Id<Post> id : draft.posts.ids()) {
        const Post& row = draft.posts[id];
        between(check, place_of(id, "min"), row.min, 0, most_people);
        between(check, place_of(id, "target"), row.target, 0, most_people);
        between(check, place_of(id, "max"), row.max, 0, most_people);
        ordered(check, place_of(id, "target"), "min", row.min, "target", row.target);
        ordered(check, place_of(id, "max"), "target", row.target, "max", row.max);
        between(check, place_of(id, "priority"), row.priority, 0, most_priority);
        if (row.min_years) between(check, place_of(id, "min_years"), *row.min_years, 0, most_years);
        in_order(check, place_of(id, "end"), "start", row.start, "end", row.end);
        meets_plan(id, row.start ? "start" : "end", row.start, row.end);
    }
    for (const Id<Expert> id : draft.experts.ids()) {
        const Expert& row = draft.experts[id];
        between(check, place_of(id, "years"), row.years, 0, most_years);
        in_order(check, place_of(id, "available_to"), "available_from", row.available_from, "available_to",
                 row.available_to);
        meets_plan(id, row.available_from ? "available_from" : "available_to", row.available_from, row.available_to);
    }
    for (const Id<Teacher> id : draft.teachers.ids())
        between(check, place_of(id, "years"), draft.teachers[id].years, 0, most_years);
    for (const Id<Mentorship> id : draft.mentors.ids())
        in_order(check, place_of(id, "to"), "from", draft.mentors[id].from, "to", draft.mentors[id].to);
    for (const Id<Posting> id : draft.staffing.ids())
        in_order(check, place_of(id, "to"), "from", draft.staffing[id].from, "to", draft.staffing[id].to);
}

inline void check_work_ranges(DraftCheck& check) {
    const Draft& draft = check.draft;
    for (const Id<County> id : draft.counties.ids())
        between(check, place_of(id, "weight"), draft.counties[id].weight, 0, most_weight);
    for (const Id<Goal> id : draft.goals.ids())
        between(check, place_of(id, "weight"), draft.goals[id].weight, 0, most_weight);
    __extension__ __int128 budget = 0;
    for (const Id<Task> id : draft.tasks.ids()) {
        const Task& row = draft.tasks[id];
        const auto days = [&](std::string_view name, const std::optional<WorkDays>& value) {
            if (value) between(check, place_of(id, name), value->count(), 0, most_work_days);
        };
        days("duration", row.duration);
        days("optimistic", row.optimistic);
        days("pessimistic", row.pessimistic);
        if (row.optimistic) {
            ordered(check, place_of(id, "optimistic"), "optimistic", row.optimistic->count(), "duration",
                    row.duration.count());
        }
        if (row.pessimistic) {
            ordered(check, place_of(id, "pessimistic"), "duration", row.duration.count(), "pessimistic",
                    row.pessimistic->count());
        }
        if (row.budget.fen() < 0 || row.budget.fen() > most_fen) {
            check.error(place_of(id, "budget"), {message::number_outside, {to_text(row.budget)}}, to_text(row.budget),
                        {message::expect_between, {"0", to_text(Money(most_fen))}});
        } else {
            budget += row.budget.fen();
        }
        between(check, place_of(id, "weight"), row.weight, 0, most_weight);
        if (row.milestone && row.duration.count() != 0) {
            check.warning(place_of(id, "duration"), {message::milestone_with_duration, {to_text(row.duration)}},
                          to_text(row.duration));
        }
        in_order(check, place_of(id, "deadline"), "not_before", row.not_before, "deadline", row.deadline);
        both_or_none(check, Severity::error, place_of(id, row.constraint ? "constraint_date" : "constraint"),
                     "constraint", row.constraint.has_value(), "constraint_date", row.constraint_date.has_value());
    }
    if (budget > std::numeric_limits<std::int64_t>::max()) {
        check.error({"tasks", std::nullopt, "budget"}, {message::total_too_large}, {});
    }
    for (const Id<Link> id : draft.links.ids()) {
        const Link& row = draft.links[id];
        between(check, place_of(id, "lag"), row.lag.count(), -most_work_days, most_work_days);
        if (!row.max_lag) continue;
        between(check, place_of(id, "max_lag"), row.max_lag->count(), -most_work_days, most_work_days);
        ordered(check, place_of(id, "max_lag"), "lag", row.lag.count(), "max_lag", row.max_lag->count());
    }
    for (const Id<Term> id : draft.terms.ids())
        in_order(check, place_of(id, "to"), "from", draft.terms[id].from, "to", draft.terms[id].to);
    for (const Id<Influence> id : draft.influence.ids()) {
        const Influence& row = draft.influence[id];
        between(check, place_of(id, "weight"), std::optional(row.weight), 0, most_weight);
        if (!row.from.empty() && row.from == row.to) {
            check.error(place_of(id, "to"), {message::lifts_itself, {shown_text(row.to)}}, row.to);
        }
    }
}

inline void check_indicators(DraftCheck& check) {
    const Draft& draft = check.draft;
    for (const Id<Indicator> id : draft.indicators.ids()) {
        const Indicator& row = draft.indicators[id];
        if (row.kind == IndicatorKind::percent) {
            between(check, place_of(id, "baseline"), row.baseline, 0, 100);
            between(check, place_of(id, "target"), row.target, 0, 100);
        }
        between(check, place_of(id, "weight"), row.weight, 0, most_weight);
        in_order(check, place_of(id, "due"), "baseline_date", row.baseline_date, "due", row.due);
        if (!row.baseline || !row.target) continue;
        if (*row.baseline == *row.target) {
            check.warning(place_of(id, "target"), {message::undefined_ratio, {message::baseline_is_target}},
                          to_text(*row.target));
        } else if ((row.direction == Direction::up) != (*row.target > *row.baseline)) {
            check.warning(place_of(id, "target"),
                          {message::target_against_direction, {to_text(*row.target), to_text(*row.baseline)}},
                          to_text(*row.target));
        }
    }
}

/// Siblings that all have a weight, and all weigh nothing, cannot share anything.
inline void check_sibling_weights(DraftCheck& check) {
    const Draft& draft = check.draft;
    struct Siblings {
        std::size_t count = 0;
        bool any_weight = false;  ///< positive, or unset and so decided elsewhere
        void add(const std::optional<double>& weight) {
            ++count;
            any_weight = any_weight || !weight || *weight != 0;
        }
        [[nodiscard]] bool weigh_nothing() const { return count > 0 && !any_weight; }
    };
    const auto report = [&](Place place) {
        check.warning(std::move(place), {message::undefined_ratio, {message::weights_sum_to_zero}}, "0", {},
                      {message::fix_weights});
    };
    Siblings counties;
    ById<Id<County>, Siblings> top(draft.counties.size());
    ById<Id<Goal>, Siblings> below(draft.goals.size());
    const auto add_to_goal = [&](const std::string& key, const std::optional<double>& weight) {
        if (const Id<Goal> goal = check.index.find<Goal>(key)) below[goal].add(weight);
    };
    for (const County& county : draft.counties)
        counties.add(county.weight);
    for (const Goal& goal : draft.goals) {
        if (!goal.parent.empty()) {
            add_to_goal(goal.parent, goal.weight);
        } else if (const Id<County> county = check.index.find_county(goal.county)) {
            top[county].add(goal.weight);
        }
    }
    for (const Task& task : draft.tasks)
        add_to_goal(task.goal, task.weight);
    for (const Indicator& indicator : draft.indicators)
        add_to_goal(indicator.goal, indicator.weight);
    if (counties.weigh_nothing()) report({"counties", std::nullopt, "weight"});
    for (const Id<County> id : top.ids()) {
        if (top[id].weigh_nothing()) report(place_of(id, ""));
    }
    for (const Id<Goal> id : below.ids()) {
        if (below[id].weigh_nothing()) report(place_of(id, ""));
    }
}

}  // namespace detail

}  // namespace countyplan
