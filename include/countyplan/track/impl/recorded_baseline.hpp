// How facts become baselines, and baselines facts.
#pragma once

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/recorded_baseline.hpp>

namespace countyplan {

namespace detail {

/// A fact of a baseline, with the task that it is about.
struct BaselineFact {
    Id<Fact> fact{};
    Id<Task> task{};
    std::string_view name{};
};

inline std::vector<BaselineFact> baseline_facts_of(const Ledger& ledger, AsOf as_of) {
    const Plan& plan = ledger.plan();
    std::vector<BaselineFact> out;
    for (const Id<Fact> id : plan.rows().ledger.ids()) {
        const Fact& fact = ledger[id];
        if (fact.subject.noun != Noun::task || !fact.field.starts_with(baseline_prefix)) continue;
        if (fact.recorded_at > as_of.recorded || fact.valid_at > as_of.valid) continue;
        const std::string_view field = fact.field;
        out.push_back({id, plan.find<Task>(fact.subject.id), field.substr(baseline_prefix.size())});
    }
    return out;
}

inline BaselineTask agreed_task(const Plan& plan, const Schedule& planned, Id<Task> task, const AgreedDates& agreed) {
    const Task& row = plan.rows().tasks[task];
    BaselineTask out{.id = row.id,
                     .county = to_text(row.county),
                     .calendar = planned.tasks[task].calendar,
                     .duration = agreed.duration,
                     .budget = agreed.budget};
    const Calendar& calendar = planned.calendars()[out.calendar];
    out.finish = calendar.finish_boundary(agreed.finish);
    out.start = agreed.duration.count() == 0 ? out.finish : calendar.start_boundary(agreed.start);
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<RecordedBaseline> recorded_baselines(const Ledger& ledger, AsOf as_of) {
    std::vector<RecordedBaseline> out;
    for (const detail::BaselineFact& of : detail::baseline_facts_of(ledger, as_of)) {
        const Fact& fact = ledger[of.fact];
        out.push_back({std::string(of.name), ledger.plan().county_of(of.task), fact.recorded_at, fact.valid_at, 1});
    }
    std::ranges::sort(out, {}, [](const RecordedBaseline& row) { return std::tie(row.county, row.name); });
    std::size_t kept = 0;
    for (RecordedBaseline& row : out) {
        RecordedBaseline* const last = kept == 0 ? nullptr : &out[kept - 1];
        if (last != nullptr && last->county == row.county && last->name == row.name) {
            last->valid = std::max(last->valid, row.valid);
            ++last->tasks;
        } else if (RecordedBaseline& place = out[kept++]; &place != &row) {
            place = std::move(row);
        }
    }
    out.resize(kept);
    std::ranges::sort(
        out, {}, [](const RecordedBaseline& row) { return std::tie(row.county, row.recorded, row.valid, row.name); });
    return out;
}

COUNTYPLAN_INLINE Baseline recorded_baseline(const Ledger& ledger, const Schedule& planned, AsOf as_of,
                                             std::string_view name) {
    std::vector<BaselineTask> tasks;
    Day recorded{};
    for (const detail::BaselineFact& of : detail::baseline_facts_of(ledger, as_of)) {
        if (of.name != name) continue;
        const Fact& fact = ledger[of.fact];
        recorded = tasks.empty() ? fact.recorded_at : std::max(recorded, fact.recorded_at);
        tasks.push_back(detail::agreed_task(ledger.plan(), planned, of.task, AgreedDates::parse(fact.value).value()));
    }
    return {std::string(name), recorded, planned.digests, planned.calendars(), std::move(tasks)};
}

COUNTYPLAN_INLINE Baseline agreed_baseline(const Ledger& ledger, const Schedule& planned, AsOf as_of) {
    const Plan& plan = ledger.plan();
    Baseline own("plan", plan.rows().period.from, plan, planned);
    const std::vector<RecordedBaseline> all = recorded_baselines(ledger, as_of);
    if (all.empty()) return own;
    ById<Id<County>, const RecordedBaseline*> last(plan.rows().counties.size());
    for (const RecordedBaseline& row : all)
        last[row.county] = &row;
    Day recorded = own.recorded();
    std::vector<std::string> names;
    for (const Id<County> county : last.ids()) {
        if (plan.tasks_of(county).empty()) continue;
        names.push_back(last[county] == nullptr ? own.id() : last[county]->name);
        if (last[county] != nullptr) recorded = std::max(recorded, last[county]->recorded);
    }
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    std::string id;
    for (const std::string& name : names)
        id += (id.empty() ? "" : ";") + name;
    std::vector<BaselineTask> tasks;
    for (const BaselineTask& row : own.tasks()) {
        if (last[plan.county_of(plan.find<Task>(row.id))] == nullptr) tasks.push_back(row);
    }
    for (const detail::BaselineFact& of : detail::baseline_facts_of(ledger, as_of)) {
        const RecordedBaseline* const held_to = last[plan.county_of(of.task)];
        if (held_to == nullptr || of.name != held_to->name) continue;
        tasks.push_back(detail::agreed_task(plan, planned, of.task, AgreedDates::parse(ledger[of.fact].value).value()));
    }
    return {std::move(id), recorded, planned.digests, planned.calendars(), std::move(tasks)};
}

COUNTYPLAN_INLINE std::vector<Fact> baseline_facts(const Plan& plan, const Schedule& schedule, const std::string& name,
                                                   Day recorded, const std::string& source) {
    const Baseline baseline(name, recorded, plan, schedule);
    std::vector<Fact> out;
    for (const Id<Task> id : plan.rows().tasks.ids()) {
        const Task& row = plan.rows().tasks[id];
        const BaselineTask& task = *baseline.find(row.id);
        const Calendar& calendar = baseline.calendars()[task.calendar];
        AgreedDates agreed{.duration = task.duration, .budget = row.budget};
        agreed.finish = calendar.finish_day(task.finish);
        // work reported on days off alone has no day between its boundaries
        agreed.start =
            task.duration.count() == 0 ? agreed.finish : std::min(calendar.start_day(task.start), agreed.finish);
        out.push_back({.id = "BASELINE-" + name + "-" + std::to_string(out.size() + 1),
                       .recorded_at = recorded,
                       .valid_at = recorded,
                       .subject = {Noun::task, row.id},
                       .field = std::string(baseline_prefix) + name,
                       .value = to_text(agreed),
                       .source = source});
    }
    return out;
}

}  // namespace countyplan
