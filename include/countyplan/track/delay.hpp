// Which event delayed the end by how much?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/ledger.hpp>
#include <countyplan/track/schedule.hpp>

namespace countyplan {

/// What of a task an event may set.
enum class DelayField {
    duration,
    remaining,
    actual_start,
    actual_finish,
    start_no_earlier,
    finish_no_earlier,
    start_no_later,
    finish_no_later,
    deadline,
    mandatory_start,
    mandatory_finish,
};

template <>
struct Enumerators<DelayField> {
    static constexpr MessageText words[] = {{"duration", "工期", "duration"},
                                            {"remaining", "剩余工期", "remaining duration"},
                                            {"actual_start", "实际开始", "actual start"},
                                            {"actual_finish", "实际完成", "actual finish"},
                                            {"start_no_earlier", "不早于…开始", "start no earlier than"},
                                            {"finish_no_earlier", "不早于…完成", "finish no earlier than"},
                                            {"start_no_later", "不晚于…开始", "start no later than"},
                                            {"finish_no_later", "不晚于…完成", "finish no later than"},
                                            {"deadline", "期限", "deadline"},
                                            {"mandatory_start", "强制开始", "mandatory start"},
                                            {"mandatory_finish", "强制完成", "mandatory finish"}};
};

/// One field of one task from now on; unset: no such bound any more (a duration stays).
struct TaskChange {
    std::uint32_t task = 0;
    DelayField field = DelayField::duration;
    std::optional<std::int64_t> value{};

    friend bool operator==(const TaskChange&, const TaskChange&) = default;
};

struct LagChange {
    std::uint32_t link = 0;
    std::int64_t lag = 0;

    friend bool operator==(const LagChange&, const LagChange&) = default;
};

/// Something that was recorded about a network and may have moved its end.
struct DelayEvent {
    std::string id{};
    std::vector<TaskChange> tasks{};
    std::vector<LagChange> lags{};  ///< of links that were there before all events
    std::vector<CriticalPathLink> new_links{};
    std::optional<Day> data_date{};  ///< of several events the latest counts

    friend bool operator==(const DelayEvent&, const DelayEvent&) = default;
};

/// `problem` as it is after `event`, whose tasks and links exist; else throws `InvalidProblem`.
[[nodiscard]] CriticalPathProblem changed_by(CriticalPathProblem problem, const DelayEvent& event);

/// What one event, or one window, did to the end: by how many working days, negative for time won.
struct DelayWindow {
    std::string id{};
    std::int64_t before = 0;  ///< boundary of the end in the project's calendar
    std::int64_t after = 0;

    [[nodiscard]] std::int64_t days() const { return after - before; }

    friend bool operator==(const DelayWindow&, const DelayWindow&) = default;
};

/// The windows in order, each from where the one before ended, so that their days sum to the slip exactly.
struct DelayAnalysis {
    std::int64_t before = 0;
    std::int64_t after = 0;
    std::vector<DelayWindow> windows{};

    [[nodiscard]] std::int64_t slip() const { return after - before; }

    friend bool operator==(const DelayAnalysis&, const DelayAnalysis&) = default;
};

/// Replays `events` in the order of record and charges each with what the end of `project` moved at it. The end is
/// the last finish reached, whatever finish is set. The project exists. Throws `InvalidProblem` where an event
/// or the problem after it is refused, or has no dates (mandatory dates, maximum lags); the place is then `events[i]`.
/// O(events * schedule). Source: AACE International Recommended Practice 29R-03, MIP 3.3.
[[nodiscard]] DelayAnalysis delay_windows(const CriticalPathProblem& problem, std::span<const DelayEvent> events,
                                          std::uint32_t project = 0);

/// What moved the ends of all counties between days on which one looked.
struct DelayReport {
    Cause cause = Cause::proved;                 ///< else why it stopped; then there is nothing else
    ById<Id<County>, DelayAnalysis> counties{};  ///< the end counted on the county's office calendar
    std::vector<Day> without_dates{};            ///< days on which no dates kept all bounds; windows lead past them

    friend bool operator==(const DelayReport&, const DelayReport&) = default;
};

/// The same between days: window i leads from `days[i]` to `days[i + 1]`, named by the day it ends at. No windows for
/// fewer than two days with dates. Throws as `schedule` does. O(days * schedule).
[[nodiscard]] DelayReport delay_windows(const Ledger& ledger, std::span<const AsOf> days,
                                        const ScheduleOptions& options = {}, const Stop& stop = {});

/// The same where the schedule of the day after `days`, made with these options, is at hand: it is not made again.
[[nodiscard]] DelayReport delay_windows(const Ledger& ledger, std::span<const AsOf> days, const Schedule& last,
                                        const ScheduleOptions& options = {}, const Stop& stop = {});

/// An event's share of the slip, exact: `numerator / denominator` working days.
struct DelayShare {
    std::string id{};
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;  ///< > 0; the fraction is reduced

    [[nodiscard]] double days() const { return static_cast<double>(numerator) / static_cast<double>(denominator); }

    friend bool operator==(const DelayShare&, const DelayShare&) = default;
};

inline constexpr std::size_t most_shared_events = 12;

/// For a game of `players` (at most `most_shared_events`) with `worth[S]` for each set S of them (bit i: player i
/// is in it), each one's Shapley value: what it adds, on average over all orders of arrival. They sum to
/// worth[all] - worth[none] exactly. Throws `InvalidProblem` for more players or another number of sets, and
/// `std::overflow_error` beyond 64 bits. O(2^players * players). Source: Shapley 1953.
[[nodiscard]] std::vector<DelayShare> shapley_values(std::size_t players, std::span<const std::int64_t> worth);

/// The slip shared among `events` without regard to their order: Shapley values of the end after each set of them
/// (applied in the order given). Every set must be a sound problem with dates; throws as above, with the number of
/// the set's last event as the place. O(2^events * schedule).
[[nodiscard]] std::vector<DelayShare> delay_shares(const CriticalPathProblem& problem,
                                                   std::span<const DelayEvent> events, std::uint32_t project = 0);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/delay.hpp>
#endif
