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
#include <countyplan/track/impl/critical_path_fields.hpp>
#include <countyplan/track/messages.hpp>

namespace countyplan {

namespace detail {

/// Follows each pointer to its root with the nodes seen on the way marked; nothing recurses.
template <class Next>
std::optional<std::size_t> pointer_cycle(std::size_t nodes, Next next) {
    std::vector<std::uint32_t> walk(nodes, 0);
    for (std::size_t v = 0; v < nodes; ++v) {
        const auto mark = static_cast<std::uint32_t>(v + 1);
        std::size_t at = v;
        while (at < nodes && walk[at] == 0) {
            walk[at] = mark;
            at = next(at);
        }
        if (at < nodes && walk[at] == mark) return at;
    }
    return std::nullopt;
}

/// The checks of one result, each from the definitions and from forward images alone.
class CriticalPathCheck {
  public:
    CriticalPathCheck(const CriticalPathProblem& problem, const CriticalPathResult& result,
                      const CriticalPathOptions& options)
        : problem_(problem), result_(result), options_(options) {}

    Verdict run() {
        if (!shape()) return verdict_;
        for (std::size_t v = 0; v < problem_.tasks.size(); ++v) {
            if (!task(v)) return verdict_;
        }
        for (std::size_t a = 0; a < problem_.links.size(); ++a) {
            if (!link(a)) return verdict_;
        }
        if (!pointers() || !ends() || !floats() || !path()) return verdict_;
        return {};
    }

  private:
    bool fail(Message why, std::string place) {
        verdict_ = refuse(std::move(why), std::move(place));
        return false;
    }

    [[nodiscard]] static bool from_finish(const CriticalPathLink& l) {
        return l.type == LinkKind::finish_start || l.type == LinkKind::finish_finish;
    }
    [[nodiscard]] static bool to_finish(const CriticalPathLink& l) {
        return l.type == LinkKind::finish_finish || l.type == LinkKind::start_finish;
    }
    [[nodiscard]] const Calendar& calendar_of_task(std::size_t v) const {
        return problem_.calendars[problem_.tasks[v].calendar];
    }

    /// Section 3: the predecessor's boundary as an instant, moved on the lag's calendar, counted on the
    /// successor's calendar.
    [[nodiscard]] std::int64_t image(const CriticalPathLink& l, std::int64_t w) const {
        const std::uint32_t a = problem_.tasks[l.predecessor].calendar;
        const std::uint32_t b = problem_.tasks[l.successor].calendar;
        const std::uint32_t p = problem_.projects[problem_.tasks[l.predecessor].project].calendar;
        const Calendar& from = problem_.calendars[a];
        const Calendar& to = problem_.calendars[b];
        if (a == b) {  // pure addition where the lag counts on the same calendar
            switch (l.lag_calendar) {
                case LagCalendar::predecessor:
                case LagCalendar::successor:
                    return w + l.lag;
                case LagCalendar::project:
                    if (p == a) return w + l.lag;
                    break;
                case LagCalendar::elapsed:
                    break;
            }
            if (l.lag == 0) return w;
        }
        const std::int64_t instant = from_finish(l) ? from.select_number(w - 1) + 1 : from.select_number(w);
        if (l.lag == 0) return to.rank_number(instant);
        if (l.lag_calendar == LagCalendar::elapsed) return to.rank_number(instant + l.lag);
        const Calendar& counted = problem_.calendars[l.lag_calendar == LagCalendar::predecessor ? a
                                                     : l.lag_calendar == LagCalendar::successor ? b
                                                                                                : p];
        const std::int64_t moved = counted.rank_number(instant) + l.lag;
        return to.rank_number(l.lag > 0 ? counted.select_number(moved - 1) + 1 : counted.select_number(moved));
    }

    bool shape() {
        const std::size_t n = problem_.tasks.size();
        const std::size_t m = problem_.links.size();
        const auto length = [&](std::size_t has, std::size_t wants, const char* field) {
            if (has == wants) return true;
            return fail({message::track_wrong_length, {std::to_string(has), std::to_string(wants)}}, field);
        };
        if (result_.termination == Termination::unknown) {
            const bool empty = result_.tasks.empty() && result_.ends.empty() && result_.driving.empty() &&
                               result_.drivers == Drivers{};
            if (!empty || result_.cause == Cause::proved || result_.claim != Claim::estimate) {
                return fail({message::schedule_fields_disagree}, "termination");
            }
            return fail_softly();
        }
        if (result_.termination != Termination::optimal || result_.cause != Cause::proved ||
            result_.claim != Claim::proved) {
            return fail({message::schedule_fields_disagree}, "termination");
        }
        return length(result_.tasks.size(), n, "tasks") && length(result_.driving.size(), m, "driving") &&
               length(result_.ends.size(), problem_.projects.size(), "ends") &&
               length(result_.drivers.early.size(), n, "early") && length(result_.drivers.late.size(), n, "late") &&
               range();
    }
    /// Whether all dates are small enough to be moved along links without overflow.
    bool range() {
        constexpr std::int64_t most = std::int64_t{1} << 50;
        for (std::size_t v = 0; v < result_.tasks.size(); ++v) {
            const CriticalPathDates& d = result_.tasks[v];
            for (const std::int64_t w : {d.early_start, d.early_finish, d.late_start, d.late_finish}) {
                if (w >= -most && w <= most) continue;
                return fail(
                    {message::track_out_of_range, {std::to_string(w), std::to_string(-most), std::to_string(most)}},
                    place_of("tasks", v));
            }
        }
        return true;
    }
    /// Nothing is claimed, so nothing is left to check.
    bool fail_softly() {
        verdict_ = {};
        return false;
    }

    bool task(std::size_t v) {
        const CriticalPathTask& t = problem_.tasks[v];
        const CriticalPathDates& d = result_.tasks[v];
        const Calendar& calendar = calendar_of_task(v);
        if (d.early_finish - d.early_start != t.duration) return disagree("early", v);
        if (d.late_finish - d.late_start != t.duration) return disagree("late", v);

        std::int64_t release = calendar.rank(problem_.projects[t.project].start);
        if (t.start_no_earlier) release = std::max(release, *t.start_no_earlier);
        if (t.finish_no_earlier) release = std::max(release, *t.finish_no_earlier - t.duration);
        if (d.early_start < release) return broken(d.early_start, release, "early", v);
        const std::uint32_t early = result_.drivers.early[v];
        if (early == Drivers::own) {
            if (d.early_start != release) return unattained(d.early_start, "early", v);
        } else if (early >= problem_.links.size() || problem_.links[early].successor != v) {
            return elsewhere(early, "early", v);
        } else {
            const CriticalPathLink& l = problem_.links[early];
            const CriticalPathDates& p = result_.tasks[l.predecessor];
            if (image(l, from_finish(l) ? p.early_finish : p.early_start) !=
                (to_finish(l) ? d.early_finish : d.early_start)) {
                return unattained(d.early_start, "early", v);
            }
        }

        const std::int64_t end = calendar.rank_number(result_.ends[t.project]);
        std::int64_t due = std::numeric_limits<std::int64_t>::max();
        if (t.finish_no_later) due = std::min(due, *t.finish_no_later);
        if (t.start_no_later) due = std::min(due, *t.start_no_later + t.duration);
        if (d.late_finish > std::min(due, end)) return broken(d.late_finish, std::min(due, end), "late", v);
        const std::uint32_t late = result_.drivers.late[v];
        if (late == Drivers::own || late == Drivers::end) {
            if (d.late_finish != (late == Drivers::own ? due : end)) return unattained(d.late_finish, "late", v);
        } else if (late >= problem_.links.size() || problem_.links[late].predecessor != v) {
            return elsewhere(late, "late", v);
        } else {  // the latest boundary that still fits: the next one does not
            const CriticalPathLink& l = problem_.links[late];
            const CriticalPathDates& s = result_.tasks[l.successor];
            if (image(l, (from_finish(l) ? d.late_finish : d.late_start) + 1) <=
                (to_finish(l) ? s.late_finish : s.late_start)) {
                return unattained(d.late_finish, "late", v);
            }
        }
        return true;
    }

    bool link(std::size_t a) {
        const CriticalPathLink& l = problem_.links[a];
        const CriticalPathDates& p = result_.tasks[l.predecessor];
        const CriticalPathDates& s = result_.tasks[l.successor];
        const std::int64_t early = image(l, from_finish(l) ? p.early_finish : p.early_start);
        const std::int64_t late = image(l, from_finish(l) ? p.late_finish : p.late_start);
        const std::int64_t early_event = to_finish(l) ? s.early_finish : s.early_start;
        const std::int64_t late_event = to_finish(l) ? s.late_finish : s.late_start;
        if (early_event < early) return broken(early_event, early, "link", a);
        if (late_event < late) return broken(late_event, late, "link", a);
        if ((result_.driving[a] != 0) != (early == early_event) || result_.driving[a] > 1) {
            return fail({message::schedule_wrong_mark}, place_of("driving", a));
        }
        return true;
    }

    bool pointers() {
        const std::size_t n = problem_.tasks.size();
        const auto early = pointer_cycle(n, [&](std::size_t v) -> std::size_t {
            const std::uint32_t a = result_.drivers.early[v];
            return a == Drivers::own ? n : problem_.links[a].predecessor;
        });
        if (early) return fail({message::schedule_pointer_cycle}, place_of("early", *early));
        const auto late = pointer_cycle(n, [&](std::size_t v) -> std::size_t {
            const std::uint32_t a = result_.drivers.late[v];
            return a == Drivers::own || a == Drivers::end ? n : problem_.links[a].successor;
        });
        if (late) return fail({message::schedule_pointer_cycle}, place_of("late", *late));
        return true;
    }

    bool ends() {
        reached_.clear();
        for (const CriticalPathProject& project : problem_.projects)
            reached_.push_back(project.start.number());
        for (std::size_t v = 0; v < problem_.tasks.size(); ++v) {
            std::int64_t& reached = reached_[problem_.tasks[v].project];
            reached = std::max(reached, calendar_of_task(v).select_number(result_.tasks[v].early_finish - 1) + 1);
        }
        for (std::size_t p = 0; p < reached_.size(); ++p) {
            const auto& set = problem_.projects[p].finish;
            const std::int64_t end = set ? set->number() + std::int64_t{1} : reached_[p];
            if (result_.ends[p] != end) {
                return fail({message::schedule_wrong_end, {std::to_string(result_.ends[p]), std::to_string(end)}},
                            place_of("ends", p));
            }
        }
        return true;
    }

    /// Free float f of a link: moving by f keeps the successor's early date, moving by f + 1 does not.
    bool floats() {
        const std::size_t n = problem_.tasks.size();
        std::vector<std::uint8_t> has_successor(n, 0), is_tight(n, 0);
        for (const CriticalPathLink& l : problem_.links) {
            const CriticalPathDates& p = result_.tasks[l.predecessor];
            const CriticalPathDates& s = result_.tasks[l.successor];
            const std::int64_t event = from_finish(l) ? p.early_finish : p.early_start;
            const std::int64_t target = to_finish(l) ? s.early_finish : s.early_start;
            constexpr std::int64_t most = std::int64_t{1} << 60;
            const std::int64_t claimed = p.free_float.value_or(-1);
            if (claimed < 0 || claimed > most || image(l, event + claimed) > target) {
                return fail({message::schedule_wrong_float, {std::to_string(claimed), "<"}},
                            place_of("float", l.predecessor));
            }
            has_successor[l.predecessor] = 1;
            if (image(l, event + claimed + 1) > target) is_tight[l.predecessor] = 1;
        }
        for (std::size_t v = 0; v < n; ++v) {
            const CriticalPathDates& d = result_.tasks[v];
            const std::int64_t total = d.late_start - d.early_start;
            const std::int64_t free = std::max<std::int64_t>(0, total);
            if (d.total_float != total || (has_successor[v] == 0 && d.free_float != free)) {
                const bool is_total = d.total_float != total;
                return fail({message::schedule_wrong_float,
                             {std::to_string((is_total ? d.total_float : d.free_float).value_or(0)),
                              std::to_string(is_total ? total : free)}},
                            place_of("float", v));
            }
            if (has_successor[v] != 0 && is_tight[v] == 0) {
                return fail({message::schedule_wrong_float, {std::to_string(d.free_float.value_or(0)), ">"}},
                            place_of("float", v));
            }
            if (d.critical_by_float != (total <= options_.critical_float)) {
                return fail({message::schedule_wrong_mark}, place_of("critical_by_float", v));
            }
        }
        return true;
    }

    /// A search backwards from the tasks that end their project, along driving links.
    bool path() {
        const std::size_t n = problem_.tasks.size();
        const CompressedRows into = CompressedRows::group(n, problem_.links.size(), [&](std::uint32_t a) {
            return result_.driving[a] != 0 ? problem_.links[a].successor : no_node;
        });
        std::vector<std::uint8_t> reached(n, 0);
        std::vector<std::uint32_t> open;
        const auto visit = [&](std::uint32_t v) {
            if (reached[v] == 0) {
                reached[v] = 1;
                open.push_back(v);
            }
        };
        for (std::uint32_t v = 0; v < n; ++v) {
            if (calendar_of_task(v).select_number(result_.tasks[v].early_finish - 1) + 1 ==
                reached_[problem_.tasks[v].project]) {
                visit(v);
            }
        }
        while (!open.empty()) {
            const std::uint32_t v = open.back();
            open.pop_back();
            for (const std::uint32_t a : into[v])
                visit(problem_.links[a].predecessor);
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
        return fail({message::schedule_bound_broken, {std::to_string(w), std::to_string(bound)}}, place_of(list, at));
    }
    bool unattained(std::int64_t w, const char* list, std::size_t at) {
        return fail({message::schedule_not_attained, {std::to_string(w)}}, place_of(list, at));
    }
    bool elsewhere(std::uint32_t driver, const char* list, std::size_t at) {
        return fail({message::schedule_pointer_elsewhere, {std::to_string(driver)}}, place_of(list, at));
    }

    const CriticalPathProblem& problem_;
    const CriticalPathResult& result_;
    const CriticalPathOptions& options_;
    Verdict verdict_{};
    std::vector<std::int64_t> reached_;
};

}  // namespace detail

COUNTYPLAN_INLINE Verdict examine(const CriticalPathProblem& problem) {
    Verdict verdict = detail::examine_fields(problem);
    if (!verdict.accepted) return verdict;
    std::vector<Arc> arcs;
    arcs.reserve(problem.links.size());
    for (const CriticalPathLink& link : problem.links)
        arcs.push_back({link.predecessor, link.successor});
    const auto graph = Dag::build(problem.tasks.size(), std::move(arcs));
    if (const Cycle* cycle = std::get_if<Cycle>(&graph)) return detail::refuse(cycle_message(*cycle), "links");
    return {};
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
