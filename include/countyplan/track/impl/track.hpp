// How schedule, progress, roll-up and value are put together.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/remaining_time.hpp>
#include <countyplan/track/impl/critical_path_fields.hpp>
#include <countyplan/track/messages.hpp>
#include <countyplan/track/track.hpp>

namespace countyplan {

namespace detail {

/// What a report rests on that knows the facts recorded by a day.
inline Digests digests_known_by(const Ledger& ledger, Day recorded) {
    Digests out = ledger.plan().digests();
    out.ledger = ledger.digest(recorded);
    return out;
}

/// The days of `TrackOptions::windows`, each with what was known of it by then.
inline std::vector<AsOf> window_days(const TrackOptions& options, AsOf as_of) {
    std::vector<AsOf> out;
    for (std::size_t i = 0; i < options.windows.size(); ++i) {
        const Day next = i + 1 < options.windows.size() ? options.windows[i + 1] : as_of.valid;
        if (next <= options.windows[i]) {
            throw InvalidProblem({message::track_days_not_ascending, {to_text(options.windows[i]), to_text(next)}},
                                 place_of("windows", i));
        }
        out.push_back({options.windows[i], std::min(options.windows[i], as_of.recorded)});
    }
    return out;
}

/// No delays are told where one has not looked before.
inline DelayReport delays_until(const Ledger& ledger, const std::vector<AsOf>& days, const Schedule& last,
                                const Stop& stop) {
    if (days.empty()) return delay_windows(ledger, days, last.options, stop);
    return delay_windows(ledger, days, last, last.options, stop);
}

/// What rests on the schedules, but for the delays.
inline void judge_progress(const Ledger& ledger, const Schedule& planned, const Schedule& expected, Tracking& out) {
    const Plan& plan = ledger.plan();
    const Baseline agreed = agreed_baseline(ledger, planned, out.as_of);
    out.progress = progress_of(ledger, planned, expected, out.as_of, out.options.progress);
    out.roll_up = roll_up(plan, out.progress, out.as_of, out.options.roll_up);
    out.earned_value = earned_value({.ledger = ledger,
                                     .planned = planned,
                                     .progress = out.progress,
                                     .roll_up = out.roll_up,
                                     .as_of = out.as_of,
                                     .agreed = &agreed},
                                    out.options.value);
    const TimePerformance performance = time_performance(out.earned_value);
    out.warnings = warnings({.ledger = ledger,
                             .planned = planned,
                             .expected = expected,
                             .progress = out.progress,
                             .roll_up = out.roll_up,
                             .as_of = out.as_of,
                             .roll_up_options = out.options.roll_up,
                             .staffing = plan.rows().staffing,
                             .performance = performance},
                            out.options.warning);
    out.log = ById<Id<Task>, TaskLog>(schedule_log(expected.problem, expected.result));
    out.paths = county_paths(expected, out.options.paths);
    out.quality = plan_quality(plan, expected, &agreed, out.options.quality);
    out.variance = compare(agreed, plan, expected);
}

}  // namespace detail

COUNTYPLAN_INLINE Tracking track(const Plan& plan, Day as_of, const TrackOptions& options, const Stop& stop,
                                 const Progress& progress) {
    Tracking out;
    const Ledger ledger(plan);
    out.as_of = {as_of, options.recorded.value_or(as_of)};
    out.digests = detail::digests_known_by(ledger, out.as_of.recorded);
    out.options = options;
    const std::vector<AsOf> days = detail::window_days(options, out.as_of);
    const detail::RemainingTime time(stop);
    out.planned = schedule(plan, options.schedule, stop, progress);
    out.termination = out.planned.termination;
    out.cause = out.planned.cause;
    if (out.termination != Termination::optimal) return out;
    out.schedule = schedule(ledger, out.as_of, options.schedule, time.rest(), progress);
    out.termination = out.schedule.termination;
    out.cause = out.schedule.cause;
    if (out.termination != Termination::optimal) return out;
    out.delays = detail::delays_until(ledger, days, out.schedule, time.rest());
    if (out.delays.cause != Cause::proved) {
        out.termination = Termination::unknown;
        out.cause = out.delays.cause;
        return out;
    }
    detail::judge_progress(ledger, out.planned, out.schedule, out);
    return out;
}

COUNTYPLAN_INLINE std::vector<Day> month_windows(const Plan& plan, Day as_of) {
    constexpr std::size_t most = 12;
    std::vector<Day> out;
    constexpr std::chrono::sys_days first(std::chrono::year(1) / 1 / 1);
    const Day before(std::max(plan.rows().period.from.days() - std::chrono::days(1), first));
    if (before >= as_of) return out;
    const std::chrono::year_month_day date(before.days());
    for (std::chrono::year_month month(date.year(), date.month());; month += std::chrono::months(1)) {
        const Day end(std::chrono::sys_days(month / std::chrono::last));
        if (end >= as_of) break;
        if (end > before) out.push_back(end);
    }
    if (out.size() > most) out.erase(out.begin(), out.end() - most);
    out.insert(out.begin(), before);
    return out;
}

COUNTYPLAN_INLINE Findings tracking_findings(const Tracking& tracking) {
    Findings out = tracking.schedule.findings;
    for (const Findings* more : {&tracking.progress.findings, &tracking.roll_up.findings,
                                 &tracking.earned_value.findings, &tracking.warnings.findings})
        out.insert(out.end(), more->begin(), more->end());
    return out;
}

COUNTYPLAN_INLINE Verdict examine(const Plan& plan, const Tracking& tracking) {
    const Ledger ledger(plan);
    if (tracking.digests != detail::digests_known_by(ledger, tracking.as_of.recorded))
        return detail::refuse({message::track_other_plan}, "digests");
    const bool both = tracking.planned.termination == Termination::optimal;
    const Schedule& last = both ? tracking.schedule : tracking.planned;
    const bool is_scheduled = both && last.termination == Termination::optimal;
    const bool is_cut_short = is_scheduled && tracking.delays.cause != Cause::proved;
    const Termination ended = is_cut_short ? Termination::unknown : last.termination;
    const Cause cause = is_cut_short ? tracking.delays.cause : last.cause;
    if (tracking.termination != ended || tracking.cause != cause ||
        tracking.options.schedule != tracking.planned.options || tracking.options.schedule != last.options ||
        tracking.planned.as_of ||
        (both ? tracking.schedule.as_of != tracking.as_of : tracking.schedule != Schedule{}) ||
        tracking.as_of.recorded != tracking.options.recorded.value_or(tracking.as_of.valid)) {
        return detail::refuse({message::schedule_fields_disagree}, "termination");
    }
    if (Verdict verdict = examine(plan, tracking.planned); !verdict.accepted) return verdict;
    if (both) {
        if (Verdict verdict = examine(plan, tracking.schedule); !verdict.accepted) return verdict;
    }
    Tracking again;
    again.as_of = tracking.as_of;
    again.options = tracking.options;
    if (is_cut_short) again.delays.cause = tracking.delays.cause;
    if (tracking.termination == Termination::optimal) {
        detail::judge_progress(ledger, tracking.planned, tracking.schedule, again);
        again.delays = detail::delays_until(ledger, detail::window_days(tracking.options, tracking.as_of),
                                            tracking.schedule, Stop{});
    }
    const auto differs = [](const char* place) { return detail::refuse({message::track_not_reproduced}, place); };
    if (again.progress != tracking.progress) return differs("progress");
    if (again.roll_up != tracking.roll_up) return differs("roll_up");
    if (again.earned_value != tracking.earned_value) return differs("earned_value");
    if (again.warnings != tracking.warnings) return differs("warnings");
    if (again.log != tracking.log) return differs("log");
    if (again.paths != tracking.paths) return differs("paths");
    if (again.quality != tracking.quality) return differs("quality");
    if (again.variance != tracking.variance) return differs("variance");
    if (again.delays != tracking.delays) return differs("delays");
    return {};
}

COUNTYPLAN_INLINE bool verify(const Plan& plan, const Tracking& tracking) { return examine(plan, tracking).accepted; }

}  // namespace countyplan
