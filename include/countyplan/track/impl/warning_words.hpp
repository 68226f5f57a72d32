// How a cause becomes a sentence, and a report the facts that it was issued.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/separate.hpp>
#include <countyplan/track/impl/warning_book.hpp>
#include <countyplan/track/warning.hpp>
#include <countyplan/track/warning_messages.hpp>

namespace countyplan {

namespace detail {

/// A thing as a sentence calls it: its kind, its id and its name.
inline MessageArgument cause_name(const Plan& plan, const RollUp& roll_up, const WarningCause& cause) {
    const Draft& rows = plan.rows();
    const auto named = [&](const std::string& id, const std::string& zh, const std::string& en) {
        const auto join = [](std::string_view a, std::string_view b, std::string_view c) {
            std::string out(a);
            out.append(" ").append(b);
            if (!c.empty()) out.append(" ").append(c);
            return out;
        };
        const MessageText& kind = word(cause.noun);
        return MessageArgument(join(kind.zh, id, zh.empty() ? en : zh), join(kind.en, id, en.empty() ? zh : en));
    };
    switch (cause.noun) {
        case Noun::task: {
            const Task& row = rows.tasks[Id<Task>(cause.row)];
            return named(row.id, row.name_zh, row.name_en);
        }
        case Noun::indicator: {
            const Indicator& row = rows.indicators[Id<Indicator>(cause.row)];
            return named(row.id, row.name_zh, row.name_en);
        }
        case Noun::goal: {
            const Goal& row = rows.goals[Id<Goal>(cause.row)];
            return named(row.id, row.name_zh, row.name_en);
        }
        case Noun::county: {
            const County& row = rows.counties[Id<County>(cause.row)];
            return named(to_text(row.code), row.name_zh, row.name_en);
        }
        case Noun::post:
            return named(rows.posts[Id<Post>(cause.row)].id, {}, {});
        default:
            return to_text(roll_up.provinces[cause.row].province);
    }
}

/// `number` rounded half up to so many decimals; as it is where it has fewer.
inline std::string rounded(double number, int decimals) {
    const double scale = std::pow(10.0, decimals);
    const auto scaled = static_cast<std::int64_t>(std::floor(number * scale + 0.5));
    std::string digits = std::to_string(scaled < 0 ? -scaled : scaled);
    const auto least = static_cast<std::size_t>(decimals) + 1;
    if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
    if (decimals > 0) {
        digits.insert(digits.size() - static_cast<std::size_t>(decimals), ".");
        while (digits.back() == '0')
            digits.pop_back();
        if (digits.back() == '.') digits.pop_back();
    }
    return scaled < 0 ? "-" + digits : digits;
}

inline std::string percent_text(double share) { return rounded(share * 100.0, 1) + "%"; }

}  // namespace detail

COUNTYPLAN_INLINE Message describe(const Plan& plan, const RollUp& roll_up, const WarningCause& cause) {
    const MessageArgument name = detail::cause_name(plan, roll_up, cause);
    const auto day = [](const std::optional<Day>& value) { return value ? to_text(*value) : std::string{}; };
    const auto count = [](double value) { return detail::rounded(value, 0); };
    switch (cause.reason) {
        case WarningReason::cancelled:
            return {message::cause_cancelled, {name}};
        case WarningReason::no_plan:
            return {message::cause_no_plan, {name}};
        case WarningReason::no_report:
            return {message::cause_no_report, {name, day(cause.day)}};
        case WarningReason::low_coverage:
            return {message::cause_low_coverage,
                    {name, detail::percent_text(cause.number), detail::percent_text(cause.limit)}};
        case WarningReason::complete:
            return {message::cause_complete, {name}};
        case WarningReason::on_track:
            return {message::cause_on_track, {name}};
        case WarningReason::late:
            return {message::cause_late, {name, day(cause.day)}};
        case WarningReason::past_deadline:
            return {message::cause_past_deadline, {name, day(cause.day), day(cause.limit_day)}};
        case WarningReason::slow:
            return {message::cause_slow, {name, detail::rounded(cause.number, 2), detail::rounded(cause.limit, 2)}};
        case WarningReason::little_float:
            return {message::cause_little_float, {name, count(cause.number), count(cause.limit)}};
        case WarningReason::missed_target:
            return {message::cause_missed_target, {name, day(cause.day), detail::percent_text(cause.number)}};
        case WarningReason::weak_indicator:
            return {message::cause_weak_indicator,
                    {name, detail::percent_text(cause.number), detail::percent_text(cause.limit)}};
        case WarningReason::empty_post:
            return {message::cause_empty_post, {name, count(cause.number), count(cause.limit)}};
        case WarningReason::part:
            return {message::cause_part, {name, word(cause.colour)}};
        case WarningReason::held:
            return {message::cause_held, {name, word(cause.colour)}};
        case WarningReason::entry:
            break;
    }
    return {message::cause_entry,
            {name, word(cause.colour), day(cause.day),
             std::string(detail::WarningBook::reason_of(plan.rows().ledger[cause.fact].value))}};
}

COUNTYPLAN_INLINE Place place_of(const WarningCause& cause) {
    const auto at = [&](std::string_view table, std::string_view field) {
        return Place{std::string(table), cause.row, std::string(field)};
    };
    switch (cause.noun) {
        case Noun::task:
            return at("tasks", "id");
        case Noun::indicator:
            return at("indicators", "id");
        case Noun::goal:
            return at("goals", "id");
        case Noun::county:
            return at("counties", "code");
        case Noun::post:
            return at("posts", "id");
        default:
            return {};
    }
}

COUNTYPLAN_INLINE std::vector<Fact> issue_report(const Plan& plan, const Warnings& warnings, AsOf as_of, Day issued,
                                                 const std::string& source) {
    COUNTYPLAN_EXPECT(issued > as_of.recorded, "a report is issued after the last day whose knowledge it holds");
    const Draft& rows = plan.rows();
    std::vector<Fact> out;
    const std::string prefix = "REPORT-" + to_text(as_of.valid) + "-" + to_text(issued) + "-";
    const auto add = [&](Noun noun, const std::string& id, const Warning& warning) {
        const bool cancelled = std::ranges::any_of(warning.causes, [&](std::uint32_t cause) {
            return warnings.causes[cause].reason == WarningReason::cancelled;
        });
        if (warning.colour == WarningColour::grey && cancelled && warning.causes.size() == 1) return;
        Fact fact;
        fact.id = prefix + std::to_string(out.size() + 1);
        fact.recorded_at = issued;
        fact.valid_at = as_of.valid;
        fact.subject = {noun, id};
        fact.field = "reported_colour";
        fact.value = name(warning.colour);
        if (warning.colour != warning.computed) fact.value.append("/").append(name(warning.computed));
        fact.source = source;
        out.push_back(std::move(fact));
    };
    for (const Id<County> id : rows.counties.ids())
        add(Noun::county, to_text(rows.counties[id].code), warnings.counties[id]);
    for (const Id<Goal> id : rows.goals.ids())
        add(Noun::goal, rows.goals[id].id, warnings.goals[id]);
    for (const Id<Indicator> id : rows.indicators.ids())
        add(Noun::indicator, rows.indicators[id].id, warnings.indicators[id]);
    for (const Id<Task> id : rows.tasks.ids())
        add(Noun::task, rows.tasks[id].id, warnings.tasks[id]);
    return out;
}

}  // namespace countyplan
