// Reading drivers off a certificate, and following them from one schedule to another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/impl/critical_path_meaning.hpp>
#include <countyplan/track/impl/critical_path_network.hpp>
#include <countyplan/track/schedule_log.hpp>
#include <countyplan/track/schedule_log_messages.hpp>

namespace countyplan {

namespace detail {

/// One schedule and what each of its dates rests on.
class ScheduleReader {
  public:
    ScheduleReader(const CriticalPathProblem& problem, const CriticalPathResult& result)
        : problem_(&problem), result_(&result), means_(problem) {
        if (problem.rules != ScheduleRules::ms_project) return;
        follows_.assign(problem.tasks.size(), 0);
        for (const CriticalPathLink& link : problem.links)
            follows_[link.successor] = 1;
    }

    [[nodiscard]] const CriticalPathProblem& problem() const { return *problem_; }
    [[nodiscard]] const ScheduleMeaning& means() const { return means_; }
    [[nodiscard]] const CriticalPathDates& dates(std::size_t v) const { return result_->tasks[v]; }
    [[nodiscard]] std::uint32_t driver(std::size_t v) const { return result_->drivers.early[v]; }
    /// The boundary of an event as scheduled, and its instant.
    [[nodiscard]] std::int64_t event(std::size_t v, bool finish) const {
        return finish ? dates(v).early_finish : dates(v).early_start;
    }
    [[nodiscard]] std::int64_t instant(std::size_t v, std::int64_t w, bool finish) const {
        const Calendar& calendar = means_.calendar(v);
        return finish ? calendar.select_number(w - 1) + 1 : calendar.select_number(w);
    }

    /// Which of its own bounds the start of what remains rests on.
    [[nodiscard]] DateDriver own_early(std::size_t v) const {
        const CriticalPathTask& task = means_.task(v);
        const std::int64_t start = dates(v).early_start;
        const std::int64_t days = means_.days(v);
        const bool open = !means_.is_complete(v);
        // By the rules of MS Project only tasks without predecessors wait for it.
        if (!means_.has_started(v) && (follows_.empty() || follows_[v] == 0) &&
            means_.calendar(v).rank(problem_->projects[task.project].start) == start) {
            return DateDriver::project_start;
        }
        if (means_.data_date(v) == start) return DateDriver::data_date;
        if (!means_.has_started(v) && task.start_no_earlier == start) return DateDriver::start_no_earlier;
        if (open && task.finish_no_earlier == start + days) return DateDriver::finish_no_earlier;
        if (!means_.has_started(v) && task.start_no_later == start) return DateDriver::start_no_later;
        if (open && task.finish_no_later == start + days) return DateDriver::finish_no_later;
        if (!means_.has_started(v) && task.mandatory_start == start) return DateDriver::mandatory_start;
        return DateDriver::mandatory_finish;
    }
    /// Which of its own bounds the late dates rest on.
    [[nodiscard]] DateDriver own_late(std::size_t v) const {
        const CriticalPathTask& task = means_.task(v);
        const CriticalPathDates& d = dates(v);
        if (!means_.has_started(v) && task.start_no_later == d.late_start) return DateDriver::start_no_later;
        if (task.finish_no_later == d.late_finish) return DateDriver::finish_no_later;
        if (!means_.has_started(v) && task.mandatory_start == d.late_start) return DateDriver::mandatory_start;
        if (task.mandatory_finish == d.late_finish) return DateDriver::mandatory_finish;
        return DateDriver::deadline;
    }

    /// The instant at which link `a` lets the waiting event happen, when the awaited one is at boundary `w`.
    [[nodiscard]] std::int64_t arrival(std::uint32_t a, std::int64_t w, std::int64_t lag) const {
        const LinkWay way = way_of(*problem_, problem_->links[a]);
        const std::int64_t left = instant(way.from, w, way.from_finish);
        if (lag == 0) return left;
        if (way.counted == nullptr) return left + lag;
        const std::int64_t moved = way.counted->rank_number(left) + lag;
        return lag > 0 ? way.counted->select_number(moved - 1) + 1 : way.counted->select_number(moved);
    }
    /// Whether the early bound of link `a` is that of what has happened.
    [[nodiscard]] bool rests_on_actual(std::uint32_t a) const {
        const ScheduleMeaning::Boundary fixed = means_.fixed(a);
        return fixed && *fixed == event(means_.waiting(a), means_.waits_at_finish(a));
    }
    /// Days off between the two ends of what remains of a task, early or late.
    [[nodiscard]] std::int64_t days_off(std::size_t v, std::int64_t start, std::int64_t finish) const {
        if (start == finish) return 0;
        return instant(v, finish, true) - instant(v, start, false) - (finish - start);
    }

    [[nodiscard]] TaskLog log(std::size_t v) const {
        TaskLog out;
        const CriticalPathDates& d = dates(v);
        const DateReason across{.days_off = days_off(v, d.early_start, d.early_finish)};
        const DateReason early = early_reason(v);
        const bool from_finish = rests_at_finish(early);
        out.resume = from_finish ? across : early;
        out.finish = from_finish ? early : across;
        out.start = out.resume;
        if (means_.has_started(v)) out.start = {.driver = DateDriver::actual_start};
        if (means_.is_complete(v)) out.finish = {.driver = DateDriver::actual_finish};
        const DateReason back{.days_off = days_off(v, d.late_start, d.late_finish)};
        const DateReason late = late_reason(v);
        const bool from_start = rests_at_start(late);
        out.late_start = from_start ? late : back;
        out.late_finish = from_start ? back : late;
        return out;
    }
    [[nodiscard]] DateReason early_reason(std::size_t v) const {
        DateReason out;
        const std::uint32_t a = driver(v);
        const std::int64_t start = instant(v, dates(v).early_start, false);
        if (a == Drivers::own) {
            out.driver = own_early(v);
            if (out.driver == DateDriver::project_start) {
                out.days_off = start - problem_->projects[means_.task(v).project].start.number();
            }
            if (out.driver == DateDriver::data_date) out.days_off = start - problem_->data_date->number() - 1;
            return out;
        }
        out.driver = DateDriver::link;
        out.link = a;
        out.by_actual = rests_on_actual(a);
        if (means_.waits_at_finish(a)) return out;
        const std::int64_t w =
            out.by_actual ? *means_.awaited_happened(a) : event(means_.awaited(a), means_.awaits_finish(a));
        out.days_off = start - arrival(a, w, out.by_actual ? means_.lag(a) : means_.moving_lag(a));
        return out;
    }
    [[nodiscard]] DateReason late_reason(std::size_t v) const {
        DateReason out;
        const std::uint32_t a = result_->drivers.late[v];
        if (a == Drivers::end) {
            out.driver = DateDriver::project_end;
        } else if (a == Drivers::own) {
            out.driver = own_late(v);
        } else {
            out.driver = DateDriver::link;
            out.link = a;
            const std::uint32_t w = means_.waiting(a);
            out.by_actual = means_.waiting_happened(a).has_value();
            if (means_.lag(a) != 0 || !means_.awaits_finish(a) || means_.waits_at_finish(a) || out.by_actual)
                return out;
            out.days_off = instant(w, dates(w).late_start, false) - instant(v, dates(v).late_finish, true);
        }
        return out;
    }
    [[nodiscard]] bool rests_at_finish(const DateReason& early) const {
        if (early.driver == DateDriver::link) return means_.waits_at_finish(early.link);
        return early.driver == DateDriver::finish_no_earlier || early.driver == DateDriver::mandatory_finish ||
               early.driver == DateDriver::finish_no_later;
    }
    [[nodiscard]] bool rests_at_start(const DateReason& late) const {
        if (late.driver == DateDriver::link) return !means_.awaits_finish(late.link);
        return late.driver == DateDriver::start_no_later || late.driver == DateDriver::mandatory_start;
    }

  private:
    const CriticalPathProblem* problem_;
    const CriticalPathResult* result_;
    ScheduleMeaning means_;
    std::vector<std::uint8_t> follows_{};  ///< only by the rules of MS Project
};

}  // namespace detail

COUNTYPLAN_INLINE std::vector<TaskLog> schedule_log(const CriticalPathProblem& problem,
                                                    const CriticalPathResult& result) {
    COUNTYPLAN_EXPECT(result.termination == Termination::optimal, "only a schedule with dates can be read");
    const detail::ScheduleReader reader(problem, result);
    std::vector<TaskLog> out;
    for (std::size_t v = 0; v < problem.tasks.size(); ++v)
        out.push_back(reader.log(v));
    return out;
}

COUNTYPLAN_INLINE std::vector<Message> sentences(const MessageArgument& what, const DateReason& reason, bool is_late,
                                                 const CriticalPathProblem& problem,
                                                 std::span<const std::string> names) {
    std::vector<Message> out;
    if (reason.driver == DateDriver::link) {
        const CriticalPathLink& link = problem.links[reason.link];
        // A maximum lag makes the predecessor wait for the successor.
        const bool at_successor = is_late == (link.bound == LinkBound::minimum);
        const std::string& other = names[at_successor ? link.successor : link.predecessor];
        out.push_back({is_late ? message::log_by_late_link : message::log_by_link,
                       {what, other, word(link.type), std::to_string(link.lag)}});
    } else {
        out.push_back({message::log_by_other, {what, word(reason.driver)}});
    }
    if (reason.days_off > 0) out.push_back({message::log_days_off, {std::to_string(reason.days_off)}});
    return out;
}

}  // namespace countyplan
