// Whether the ledger's facts can be read and can all have happened.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <countyplan/plan/impl/check_range.hpp>
#include <countyplan/plan/impl/check_reference.hpp>

namespace countyplan {

namespace detail {

/// A fact without a value that takes back another says nothing of its own.
inline bool only_retracts(const Fact& fact) { return fact.value.empty() && !fact.retracts.empty(); }

inline constexpr std::array<std::string_view, 3> fact_states = {"cancelled", "on_hold", "active"};

/// What earned value counts in hundredths, besides `cost`.
inline constexpr std::array<std::string_view, 7> valued_fields = {
    "cost_at_start",        "points",           "points_at_start", "points_spent", "expert_days",
    "expert_days_at_start", "expert_days_spent"};

inline bool is_baseline(const Fact& fact) {
    return fact.subject.noun == Noun::task && fact.field.starts_with(baseline_prefix);
}

/// An amount whose sums over all rows cannot overflow.
inline bool is_amount(std::string_view text, std::int64_t least) {
    const auto amount = Money::parse(text);
    return amount && amount->fen() >= least && amount->fen() <= most_fen;
}

/// `done/total`: 0 <= done <= total, total > 0.
inline bool is_step(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return false;
    const auto done = parse_decimal(text.substr(0, slash));
    const auto total = parse_decimal(text.substr(slash + 1));
    return done && total && *done >= 0 && *done <= *total && *total > 0;
}

/// Whether the value of a fact is one that its field can have; fields not in use hold anything.
inline bool is_fact_value(const Fact& fact) {
    if (only_retracts(fact)) return true;
    if (fact.field == "status" &&
        (fact.subject.noun == Noun::task || fact.subject.noun == Noun::goal || fact.subject.noun == Noun::indicator)) {
        return std::ranges::find(fact_states, fact.value) != fact_states.end();
    }
    if (fact.subject.noun == Noun::indicator && (fact.field == "value" || fact.field == "target")) {
        return parse_decimal(fact.value).has_value();
    }
    if (fact.subject.noun != Noun::task) return true;
    if (fact.field == "started" || fact.field == "finished") return Day::parse(fact.value).has_value();
    if (fact.field == "percent") {
        const auto percent = parse_decimal(fact.value);
        return percent && *percent >= 0 && *percent <= 100;
    }
    if (fact.field == "remaining") {
        const auto days = parse_number<std::int64_t>(fact.value);
        return days && *days >= 0;
    }
    if (fact.field == "units" || fact.field == "units_total") {
        const auto units = parse_decimal(fact.value);
        return units && *units >= 0;
    }
    if (fact.field == "step") return is_step(fact.value);
    if (fact.field == "cost") return is_amount(fact.value, -most_fen);
    if (fact.field.starts_with(baseline_prefix)) {
        const auto agreed = AgreedDates::parse(fact.value);
        return agreed && agreed->budget.fen() <= most_fen;
    }
    if (std::ranges::find(valued_fields, fact.field) != valued_fields.end()) return is_amount(fact.value, 0);
    return true;
}

/// Which facts stand: those that no other fact retracts.
inline std::vector<char> standing_facts(const Draft& draft, const DraftIndex& index) {
    std::vector<char> stands(draft.ledger.size(), 1);
    for (const Fact& fact : draft.ledger) {
        if (fact.retracts.empty()) continue;
        if (const auto row = index.facts().find(fact.retracts)) stands[*row] = 0;
    }
    return stands;
}

inline void check_retractions(DraftCheck& check) {
    const Draft& draft = check.draft;
    std::optional<NearestKey> nearest;
    std::size_t suggestions = 1000;
    for (const Id<Fact> id : draft.ledger.ids()) {
        const Fact& fact = draft.ledger[id];
        if (fact.retracts.empty()) continue;
        const auto row = check.index.facts().find(fact.retracts);
        if (!row) {
            std::string_view near;
            if (suggestions > 0) {
                --suggestions;
                if (!nearest) nearest.emplace(check.index.facts());
                near = nearest->of(fact.retracts);
            }
            check.error(
                place_of(id, "retracts"), {message::unknown_fact, {shown_text(fact.retracts)}}, fact.retracts, {},
                near.empty() ? Message(message::fix_correct) : Message(message::nearest_id, {shown_text(near)}));
        } else if (*row == id.value() || fact.retracts == fact.id) {
            check.error(place_of(id, "retracts"), {message::retracts_itself}, fact.retracts);
        } else if (is_baseline(draft.ledger.rows()[*row])) {
            check.error(place_of(id, "retracts"), {message::baseline_changed, {to_text(place_of(Id<Fact>(*row), ""))}},
                        fact.retracts, {}, {message::fix_new_baseline});
        } else if (draft.ledger.rows()[*row].recorded_at > fact.recorded_at) {
            check.warning(place_of(id, "retracts"), {message::retracts_later, {shown_text(fact.retracts)}},
                          fact.retracts, {}, {message::fix_retract});
        }
    }
}

/// What each fact is about, and whether its value is one.
class FactMeaning {
  public:
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    explicit FactMeaning(const DraftCheck& check) : tasks_(check.draft.tasks.rows()) {
        about.reserve(check.draft.ledger.size());
        is_sound.reserve(check.draft.ledger.size());
        for (const Fact& fact : check.draft.ledger) {
            about.push_back(row_of(fact.subject, check.index));
            is_sound.push_back(is_fact_value(fact) ? 1 : 0);
        }
    }

    std::vector<std::size_t> about{};  ///< the row of the subject
    std::vector<char> is_sound{};

  private:
    std::size_t row_of(const Reference& subject, const DraftIndex& index) {
        if (static_cast<std::size_t>(subject.noun) >= enumerator_count<Noun>) return nowhere;
        if (subject.noun != Noun::task) return index.of(subject.noun).find(subject.id).value_or(nowhere);
        std::size_t& known = lately_[std::hash<std::string_view>()(subject.id) % lately_.size()];
        if (known >= tasks_.size() || tasks_[known].id != subject.id) {
            known = index.of(Noun::task).find(subject.id).value_or(nowhere);
        }
        return known;
    }

    const std::vector<Task>& tasks_;
    std::vector<std::size_t> lately_ = std::vector<std::size_t>(1 << 15, nowhere);  ///< rows of tasks asked for last
};

/// Starts, ends and progress of each task, in the order of the days for which they hold.
inline void check_course(DraftCheck& check, const FactMeaning& meaning) {
    struct Step {
        std::size_t task;
        Day valid_at;
        Day recorded_at;
        std::size_t row;
        auto operator<=>(const Step&) const = default;
    };
    const Draft& draft = check.draft;
    const std::vector<Fact>& all = draft.ledger.rows();
    const std::vector<char> stands = standing_facts(draft, check.index);
    std::vector<Step> order;
    for (std::size_t row = 0; row < all.size(); ++row) {
        const Fact& fact = all[row];
        if (stands[row] == 0 || fact.subject.noun != Noun::task || only_retracts(fact)) continue;
        if (fact.field != "started" && fact.field != "finished" && fact.field != "percent") continue;
        const std::size_t task = meaning.about[row];
        if (task != FactMeaning::nowhere && meaning.is_sound[row] != 0)
            order.push_back({task, fact.valid_at, fact.recorded_at, row});
    }
    std::sort(order.begin(), order.end());
    std::optional<std::size_t> started;
    std::optional<std::size_t> finished;
    std::optional<std::size_t> percent;
    const auto finish_task = [&] {
        if (started && finished && *Day::parse(all[*finished].value) < *Day::parse(all[*started].value)) {
            check.warning(place_of(Id<Fact>(*finished), "value"),
                          {message::finish_before_start,
                           {all[*finished].value, all[*started].value, to_text(place_of(Id<Fact>(*started), ""))}},
                          all[*finished].value, {}, {message::fix_retract});
        }
        started = finished = percent = std::nullopt;
    };
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t row = order[i].row;
        const Fact& fact = all[row];
        if (i > 0 && order[i - 1].task != order[i].task) finish_task();
        if (fact.field == "started") started = row;
        if (fact.field == "finished") finished = row;
        if (fact.field != "percent") continue;
        if (percent && *parse_decimal(fact.value) < *parse_decimal(all[*percent].value)) {
            check.warning(
                place_of(Id<Fact>(row), "value"),
                {message::progress_back,
                 {shown_text(all[*percent].value), shown_text(fact.value), to_text(place_of(Id<Fact>(*percent), ""))}},
                fact.value, {}, {message::fix_retract});
        }
        percent = row;
    }
    finish_task();
}

/// A baseline says one thing about each task, and all of a county's on one day.
inline void check_baselines(DraftCheck& check, const FactMeaning& meaning) {
    struct Agreed {
        std::string_view field;
        Code county;
        std::string_view task;
        std::size_t row;
        auto operator<=>(const Agreed&) const = default;
    };
    const Draft& draft = check.draft;
    const std::vector<Fact>& all = draft.ledger.rows();
    std::vector<Agreed> order;
    for (std::size_t row = 0; row < all.size(); ++row) {
        if (!is_baseline(all[row]) || meaning.about[row] == FactMeaning::nowhere) continue;
        const Task& task = draft.tasks[Id<Task>(meaning.about[row])];
        order.push_back({all[row].field, task.county, task.id, row});
    }
    std::sort(order.begin(), order.end());
    std::size_t first = 0;  // the county's earliest row in the baseline
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool same = i > 0 && order[i].field == order[i - 1].field && order[i].county == order[i - 1].county;
        if (!same) {
            first = order[i].row;
            for (std::size_t k = i; k < order.size(); ++k) {
                if (order[k].field != order[i].field || order[k].county != order[i].county) break;
                first = std::min(first, order[k].row);
            }
        }
        const bool again = same && order[i].task == order[i - 1].task;
        if (!again && all[order[i].row].recorded_at == all[first].recorded_at) continue;
        const std::size_t against = again ? order[i - 1].row : first;
        check.error(place_of(Id<Fact>(order[i].row), again ? "field" : "recorded_at"),
                    {message::baseline_changed, {to_text(place_of(Id<Fact>(against), ""))}}, all[order[i].row].field,
                    {}, {message::fix_new_baseline});
    }
}

inline void check_facts(DraftCheck& check) {
    const Draft& draft = check.draft;
    const FactMeaning meaning(check);
    for (const Id<Fact> id : draft.ledger.ids()) {
        const Fact& fact = draft.ledger[id];
        if (meaning.about[id.value()] == FactMeaning::nowhere)
            check_reference(check, fact.subject, place_of(id, "subject"));
        if (meaning.is_sound[id.value()] == 0) {
            check.error(place_of(id, "value"), {message::fact_value, {shown_text(fact.value), shown_text(fact.field)}},
                        fact.value);
        }
        if (fact.subject.noun == Noun::indicator && fact.field == "target" && !only_retracts(fact) &&
            fact.source.empty()) {
            check.error(place_of(id, "source"), {message::required_field}, {}, {}, {message::fix_fill_in});
        }
        Day happened = fact.valid_at;
        if (fact.subject.noun == Noun::task && (fact.field == "started" || fact.field == "finished")) {
            happened = std::max(happened, Day::parse(fact.value).value_or(happened));
        }
        if (happened > fact.recorded_at) {
            check.warning(place_of(id, "valid_at"),
                          {message::fact_from_future, {to_text(happened), to_text(fact.recorded_at)}},
                          to_text(happened), {}, {message::fix_retract});
        }
    }
    check_retractions(check);
    check_course(check, meaning);
    check_baselines(check, meaning);
}

}  // namespace detail

}  // namespace countyplan
