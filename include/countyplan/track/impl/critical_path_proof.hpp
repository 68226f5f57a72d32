// The checker's half of critical_path: whether dates are proved.
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <variant>

#include <countyplan/graph/dag.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/impl/critical_path_conflict.hpp>
#include <countyplan/track/impl/critical_path_fields.hpp>
#include <countyplan/track/impl/critical_path_meaning.hpp>
#include <countyplan/track/messages.hpp>

namespace countyplan {

namespace detail {

/// The checks of one result, each from the definitions and from forward images alone.
class CriticalPathCheck {
  public:
    CriticalPathCheck(const CriticalPathProblem& problem, const CriticalPathResult& result,
                      const CriticalPathOptions& options)
        : problem_(problem), result_(result), options_(options), means_(problem) {}

    Verdict run() {
        if (!shape()) return verdict_;
        if (!sequence()) return verdict_;
        if (result_.termination == Termination::infeasible) {
            if (const auto* cycle = std::get_if<LagCycle>(&result_.conflict)) {
                return examine_conflict(problem_, means_, *cycle);
            }
            return examine_conflict(problem_, means_, std::get<MandatoryConflict>(result_.conflict));
        }
        if (!range() || !early() || !ends() || !late() || !pointers() || !floats()) return verdict_;
        path();
        return verdict_;
    }

  private:
    [[nodiscard]] std::size_t task_count() const { return problem_.tasks.size(); }
    [[nodiscard]] std::size_t link_count() const { return problem_.links.size(); }
    [[nodiscard]] static std::string number(std::int64_t value) { return std::to_string(value); }

    bool fail(Message why, std::string place) {
        verdict_ = refuse(std::move(why), std::move(place));
        return false;
    }

    bool shape() {
        const bool no_dates =
            result_.tasks.empty() && result_.ends.empty() && result_.driving.empty() && result_.drivers == Drivers{};
        const bool no_conflict = std::holds_alternative<std::monostate>(result_.conflict);
        bool agrees = false;
        switch (result_.termination) {
            case Termination::unknown:
                agrees = no_dates && no_conflict && result_.out_of_sequence.empty() && result_.cause != Cause::proved &&
                         result_.claim == Claim::estimate;
                if (agrees) return false;  // nothing is claimed, so nothing is left to check
                break;
            case Termination::infeasible:
                agrees = no_dates && !no_conflict && result_.cause == Cause::proved && result_.claim == Claim::proved;
                break;
            case Termination::optimal:
                agrees = no_conflict && result_.cause == Cause::proved && result_.claim == Claim::proved;
                break;
            case Termination::feasible:
            case Termination::unbounded:
                break;
        }
        if (!agrees) return fail({message::schedule_fields_disagree}, "termination");
        if (result_.termination == Termination::infeasible) return true;
        const auto length = [&](std::size_t has, std::size_t wants, const char* field) {
            if (has == wants) return true;
            return fail({message::track_wrong_length, {std::to_string(has), std::to_string(wants)}}, field);
        };
        return length(result_.tasks.size(), task_count(), "tasks") &&
               length(result_.driving.size(), link_count(), "driving") &&
               length(result_.ends.size(), problem_.projects.size(), "ends") &&
               length(result_.drivers.early.size(), task_count(), "early") &&
               length(result_.drivers.late.size(), task_count(), "late");
    }

    bool sequence() {
        std::vector<std::uint32_t> violated;
        for (std::uint32_t a = 0; a < link_count(); ++a) {
            if (means_.is_violated(a)) violated.push_back(a);
        }
        return violated == result_.out_of_sequence || fail({message::schedule_not_in_sequence}, "out_of_sequence");
    }

    /// Whether all dates are small enough to be moved along links without overflow, and as long as the tasks.
    bool range() {
        constexpr std::int64_t most = std::int64_t{1} << 50;
        for (std::size_t v = 0; v < task_count(); ++v) {
            const CriticalPathDates& d = result_.tasks[v];
            for (const std::int64_t w : {d.early_start, d.early_finish, d.late_start, d.late_finish}) {
                if (w >= -most && w <= most) continue;
                return fail({message::track_out_of_range, {number(w), number(-most), number(most)}},
                            place_of("tasks", v));
            }
            if (d.early_finish - d.early_start != means_.days(v)) return disagree("early", v);
            if (d.late_finish - d.late_start != means_.days(v)) return disagree("late", v);
        }
        return true;
    }

    [[nodiscard]] std::int64_t awaited_early(std::size_t a) const {
        const CriticalPathDates& d = result_.tasks[means_.awaited(a)];
        return means_.awaits_finish(a) ? d.early_finish : d.early_start;
    }
    [[nodiscard]] std::int64_t awaited_late(std::size_t a) const {
        const CriticalPathDates& d = result_.tasks[means_.awaited(a)];
        return means_.awaits_finish(a) ? d.late_finish : d.late_start;
    }
    [[nodiscard]] std::int64_t waiting_early(std::size_t a) const {
        const CriticalPathDates& d = result_.tasks[means_.waiting(a)];
        return means_.waits_at_finish(a) ? d.early_finish : d.early_start;
    }
    [[nodiscard]] std::int64_t waiting_late(std::size_t a) const {
        const CriticalPathDates& d = result_.tasks[means_.waiting(a)];
        return means_.waits_at_finish(a) ? d.late_finish : d.late_start;
    }
    [[nodiscard]] std::int64_t moved(std::size_t a, std::int64_t w) const {
        return means_.image(a, w, means_.moving_lag(a));
    }
    /// Whether the scheduled event that is waited for, or what has happened, attains the early date.
    [[nodiscard]] bool attains_moving(std::size_t a) const {
        return means_.is_moving(a) && moved(a, awaited_early(a)) == waiting_early(a);
    }
    [[nodiscard]] bool attains_fixed(std::size_t a) const { return means_.fixed(a) == waiting_early(a); }

    /// Each early start is what its bounds give, no more and no less; mandatory dates hold.
    bool early() {
        std::vector<std::int64_t> bounds(task_count(), ScheduleMeaning::lowest);
        std::vector<std::uint32_t> breaker(task_count(), no_node);
        std::vector<std::uint8_t> follows(task_count(), 0);
        for (std::uint32_t a = 0; a < link_count(); ++a) {
            const std::uint32_t v = means_.waiting(a);
            if (!means_.is_maximum(a)) follows[v] = 1;
            const std::int64_t bound = means_.start_bound(a, result_.tasks[means_.awaited(a)].early_start);
            if (bound > bounds[v]) {
                bounds[v] = bound;
                breaker[v] = a;
            }
            const bool drives = attains_moving(a) || attains_fixed(a);
            if (result_.driving[a] != (drives ? 1 : 0)) {
                return fail({message::schedule_wrong_mark}, place_of("driving", a));
            }
        }
        for (std::size_t v = 0; v < task_count(); ++v) {
            const std::int64_t start = result_.tasks[v].early_start;
            const std::int64_t own = means_.release(v, follows[v] != 0);
            std::int64_t least = std::max(own, bounds[v]);
            if (means_.as_ms_project()) {
                least = std::max(std::min(least, means_.cap(v)), means_.data_date(v));
            } else if (start > means_.mandate(v)) {
                return fail({message::schedule_mandate_broken, {number(start), number(means_.mandate(v))}},
                            place_of("early", v));
            }
            if (start < least) {
                const bool by_link = bounds[v] > own;
                return broken(start, least, by_link ? "link" : "early", by_link ? breaker[v] : v);
            }
            const std::uint32_t driver = result_.drivers.early[v];
            if (driver != Drivers::own && (driver >= link_count() || means_.waiting(driver) != v)) {
                return elsewhere(driver, "early", v);
            }
            const bool capped = means_.as_ms_project() && start == std::max(means_.cap(v), means_.data_date(v));
            const bool attained =
                driver == Drivers::own ? start == own || capped : attains_moving(driver) || attains_fixed(driver);
            if (start > least || !attained) return unattained(start, "early", v);
        }
        return true;
    }

    bool late() {
        for (std::size_t a = 0; a < link_count(); ++a) {
            if (means_.bounds_late(a) && moved(a, awaited_late(a)) > waiting_late(a)) {
                return broken(waiting_late(a), moved(a, awaited_late(a)), "link", a);
            }
            const auto limit = means_.late_limit(a);
            if (limit && means_.image(a, awaited_late(a), means_.lag(a)) > *limit) {
                return broken(means_.image(a, awaited_late(a), means_.lag(a)), *limit, "link", a);
            }
        }
        for (std::size_t v = 0; v < task_count(); ++v) {
            const std::int64_t finish = result_.tasks[v].late_finish;
            const std::int64_t end = means_.calendar(v).rank_number(result_.ends[problem_.tasks[v].project]);
            const std::int64_t due = means_.due(v);
            if (finish > std::min(due, end)) return broken(finish, std::min(due, end), "late", v);
            const std::uint32_t driver = result_.drivers.late[v];
            if (driver == Drivers::own || driver == Drivers::end) {
                if (finish != (driver == Drivers::own ? due : end)) return unattained(finish, "late", v);
                continue;
            }
            if (driver >= link_count() || means_.awaited(driver) != v) return elsewhere(driver, "late", v);
            if (!attains_late(driver) && !attains_limit(driver)) return unattained(finish, "late", v);
        }
        return true;
    }
    /// The latest boundary that still fits: the next one does not.
    [[nodiscard]] bool attains_late(std::size_t a) const {
        return means_.bounds_late(a) && moved(a, awaited_late(a) + 1) > waiting_late(a);
    }
    [[nodiscard]] bool attains_limit(std::size_t a) const {
        const auto limit = means_.late_limit(a);
        return limit && means_.image(a, awaited_late(a) + 1, means_.lag(a)) > *limit;
    }

    bool pointers() {
        const std::size_t n = task_count();
        const auto early = pointer_cycle(n, [&](std::size_t v) -> std::size_t {
            const std::uint32_t a = result_.drivers.early[v];
            return a == Drivers::own || attains_fixed(a) ? n : means_.awaited(a);
        });
        if (early) return fail({message::schedule_pointer_cycle}, place_of("early", *early));
        const auto late = pointer_cycle(n, [&](std::size_t v) -> std::size_t {
            const std::uint32_t a = result_.drivers.late[v];
            return a == Drivers::own || a == Drivers::end || attains_limit(a) ? n : means_.waiting(a);
        });
        if (late) return fail({message::schedule_pointer_cycle}, place_of("late", *late));
        return true;
    }

    /// The evening of a task's last day, reported or early, but not before the project begins.
    [[nodiscard]] std::int64_t evening(std::size_t v) const {
        const std::int64_t finish = problem_.tasks[v].actual_finish.value_or(result_.tasks[v].early_finish);
        return std::max(means_.calendar(v).select_number(finish - 1) + 1,
                        problem_.projects[problem_.tasks[v].project].start.number() + std::int64_t{0});
    }

    bool ends() {
        reached_.clear();
        for (const CriticalPathProject& project : problem_.projects)
            reached_.push_back(project.start.number());
        for (std::size_t v = 0; v < task_count(); ++v) {
            std::int64_t& reached = reached_[problem_.tasks[v].project];
            reached = std::max(reached, evening(v));
        }
        for (std::size_t p = 0; p < reached_.size(); ++p) {
            const auto& set = problem_.projects[p].finish;
            const std::int64_t end = set ? set->number() + std::int64_t{1} : reached_[p];
            if (result_.ends[p] != end) {
                return fail({message::schedule_wrong_end, {number(result_.ends[p]), number(end)}}, place_of("ends", p));
            }
        }
        return true;
    }

    /// Free float f of a link: moving by f keeps the early date that waits, moving by f + 1 does not.
    bool floats() {
        const std::size_t n = task_count();
        std::vector<std::uint8_t> has_successor(n, 0), is_tight(n, 0);
        for (std::size_t v = 0; v < n; ++v) {
            const CriticalPathDates& d = result_.tasks[v];
            const bool complete = means_.is_complete(v);
            if (d.total_float.has_value() == complete || d.free_float.has_value() == complete) {
                return disagree("float", v);
            }
        }
        for (std::size_t a = 0; a < link_count(); ++a) {
            const std::uint32_t v = means_.awaited(a);
            if (!means_.is_moving(a) || means_.is_complete(v)) continue;
            const std::int64_t claimed = *result_.tasks[v].free_float;
            constexpr std::int64_t most = std::int64_t{1} << 50;
            const bool fits = claimed == 0 || (claimed > 0 && claimed <= most &&
                                               moved(a, awaited_early(a) + claimed) <= waiting_early(a));
            if (!fits) return fail({message::schedule_wrong_float, {number(claimed), "<"}}, place_of("float", v));
            has_successor[v] = 1;
            if (moved(a, awaited_early(a) + claimed + 1) > waiting_early(a)) is_tight[v] = 1;
        }
        for (std::size_t v = 0; v < n; ++v) {
            const CriticalPathDates& d = result_.tasks[v];
            const std::int64_t total = d.late_start - d.early_start;
            const bool complete = means_.is_complete(v);
            if (d.critical_by_float != (!complete && total <= options_.critical_float)) {
                return fail({message::schedule_wrong_mark}, place_of("critical_by_float", v));
            }
            if (complete) continue;
            const std::int64_t free = std::max<std::int64_t>(0, total);
            if (*d.total_float != total) {
                return fail({message::schedule_wrong_float, {number(*d.total_float), number(total)}},
                            place_of("float", v));
            }
            if (has_successor[v] == 0 && *d.free_float != free) {
                return fail({message::schedule_wrong_float, {number(*d.free_float), number(free)}},
                            place_of("float", v));
            }
            if (has_successor[v] != 0 && is_tight[v] == 0) {
                return fail({message::schedule_wrong_float, {number(*d.free_float), ">"}}, place_of("float", v));
            }
        }
        return true;
    }

    /// A search backwards from the tasks that end their project, along driving links.
    bool path() {
        const std::size_t n = task_count();
        const CompressedRows into = CompressedRows::group(
            n, link_count(), [&](std::uint32_t a) { return result_.driving[a] != 0 ? means_.waiting(a) : no_node; });
        std::vector<std::uint8_t> reached(n, 0);
        std::vector<std::uint32_t> open;
        const auto visit = [&](std::uint32_t v) {
            if (reached[v] == 0) {
                reached[v] = 1;
                open.push_back(v);
            }
        };
        for (std::uint32_t v = 0; v < n; ++v) {
            if (evening(v) == reached_[problem_.tasks[v].project]) visit(v);
        }
        while (!open.empty()) {
            const std::uint32_t v = open.back();
            open.pop_back();
            for (const std::uint32_t a : into[v])
                visit(means_.awaited(a));
        }
        for (std::uint32_t v = 0; v < n; ++v) {
            if (result_.tasks[v].on_longest_path != (reached[v] != 0)) {
                return fail({message::schedule_wrong_mark}, place_of("on_longest_path", v));
            }
        }
        return true;
    }

    bool disagree(const char* list, std::size_t at) {
        return fail({message::schedule_fields_disagree}, place_of(list, at));
    }
    bool broken(std::int64_t w, std::int64_t bound, const char* list, std::size_t at) {
        return fail({message::schedule_bound_broken, {number(w), number(bound)}}, place_of(list, at));
    }
    bool unattained(std::int64_t w, const char* list, std::size_t at) {
        return fail({message::schedule_not_attained, {number(w)}}, place_of(list, at));
    }
    bool elsewhere(std::uint32_t driver, const char* list, std::size_t at) {
        return fail({message::schedule_pointer_elsewhere, {std::to_string(driver)}}, place_of(list, at));
    }

    const CriticalPathProblem& problem_;
    const CriticalPathResult& result_;
    const CriticalPathOptions& options_;
    ScheduleMeaning means_;
    Verdict verdict_{};
    std::vector<std::int64_t> reached_;
};

}  // namespace detail

COUNTYPLAN_INLINE Verdict examine(const CriticalPathProblem& problem) {
    Verdict verdict = detail::examine_fields(problem);
    if (!verdict.accepted) return verdict;
    std::vector<Arc> arcs;
    arcs.reserve(problem.links.size());
    for (const CriticalPathLink& link : problem.links) {
        if (link.bound == LinkBound::minimum) arcs.push_back({link.predecessor, link.successor});
    }
    const auto graph = Dag::build(problem.tasks.size(), std::move(arcs));
    if (const Cycle* cycle = std::get_if<Cycle>(&graph)) return detail::refuse(cycle_message(*cycle), "links");
    return detail::examine_circles(problem);
}

COUNTYPLAN_INLINE Verdict examine(const CriticalPathProblem& problem, const CriticalPathResult& result,
                                  const CriticalPathOptions& options) {
    if (Verdict verdict = detail::examine_fields(problem); !verdict.accepted) return verdict;
    return detail::CriticalPathCheck(problem, result, options).run();
}

COUNTYPLAN_INLINE bool verify(const CriticalPathProblem& problem, const CriticalPathResult& result,
                              const CriticalPathOptions& options) {
    return examine(problem, result, options).accepted;
}

}  // namespace countyplan
