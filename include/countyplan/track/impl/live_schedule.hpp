// The edits of a live schedule: looked through, made, and taken back if they are refused.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/track/impl/critical_path_fields.hpp>
#include <countyplan/track/impl/live_network.hpp>
#include <countyplan/track/impl/live_result.hpp>
#include <countyplan/track/live_schedule.hpp>
#include <countyplan/track/messages.hpp>

namespace countyplan {

namespace detail {

/// Numbers of tasks and links are below this, as `examine_fields` wants it.
inline constexpr std::uint32_t live_limit = no_node / 2 - 2;

COUNTYPLAN_INLINE LiveEdit refuse_edit(Verdict verdict, std::uint32_t number) {
    return {std::move(verdict), number, {}, 0};
}

COUNTYPLAN_INLINE LiveEdit unknown_number(const char* list, std::uint32_t number) {
    return refuse_edit(refuse({message::live_no_such_number, {std::to_string(number)}}, place_of(list, number)),
                       number);
}

COUNTYPLAN_INLINE LiveEdit too_many(const char* list) {
    return refuse_edit(
        refuse({message::graph_too_large, {std::to_string(live_limit), std::to_string(live_limit - 1)}}, list),
        live_limit);
}

COUNTYPLAN_INLINE LiveEdit refuse_cycle(Cycle cycle, std::uint32_t number) {
    return {refuse(cycle_message(cycle), place_of("links", number)), number, std::move(cycle), 0};
}

/// The one who breaks a mandatory date is who the links lead to, the root if there are none.
COUNTYPLAN_INLINE LiveEdit refuse_mandate(const LiveNetwork& network, MandatoryConflict conflict,
                                          std::uint32_t number) {
    const std::uint32_t late =
        conflict.links.empty() ? conflict.root : network.problem.links[conflict.links.back()].successor;
    return {refuse({message::schedule_mandate_broken,
                    {std::to_string(network.early(late)), std::to_string(network.mandate(late))}},
                   place_of("tasks", late)),
            number, std::move(conflict), 0};
}

COUNTYPLAN_INLINE Verdict examine_task_fields(const CriticalPathProblem& problem, std::uint32_t v) {
    TaskFields fields(problem);
    return fields.accepts(v) ? Verdict{} : fields.verdict();
}

COUNTYPLAN_INLINE Verdict examine_live_link(const LiveNetwork& network, std::uint32_t a) {
    const CriticalPathLink& link = network.problem.links[a];
    if (Verdict verdict = examine_link(network.problem, a); !verdict.accepted) return verdict;
    if (link.bound == LinkBound::maximum) return refuse({message::live_maximum_lag}, place_of("links", a, "bound"));
    for (const std::uint32_t v : {link.predecessor, link.successor}) {
        if (network.order.has_node(v)) continue;
        return refuse({message::live_no_such_number, {std::to_string(v)}},
                      place_of("links", a, v == link.predecessor ? "predecessor" : "successor"));
    }
    return {};
}

/// Whether the links of a task act in another way once its fields are `after`, lengths aside.
COUNTYPLAN_INLINE bool links_differ(const CriticalPathTask& before, const CriticalPathTask& after) {
    return before.calendar != after.calendar || before.project != after.project ||
           before.actual_start != after.actual_start || before.actual_finish != after.actual_finish;
}

/// A link leaves its rows, or has been put there: whoever waits may start elsewhere.
COUNTYPLAN_INLINE void touch_waiting(LiveNetwork& network, const CriticalPathLink& link) {
    if (network.problem.rules == ScheduleRules::ms_project) network.read_task(link.successor, false);
    network.touch(link.successor);
}

COUNTYPLAN_INLINE std::unique_ptr<LiveNetwork> make_live_network(CriticalPathProblem problem) {
    const auto require = [](Verdict verdict) {
        if (!verdict.accepted) throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    };
    require(examine_fields(problem));
    std::vector<countyplan::Arc> arcs;
    arcs.reserve(problem.links.size());
    for (std::size_t a = 0; a < problem.links.size(); ++a) {
        const CriticalPathLink& link = problem.links[a];
        if (link.bound == LinkBound::maximum) {
            require(refuse({message::live_maximum_lag}, place_of("links", a, "bound")));
        }
        arcs.push_back({link.predecessor, link.successor});
    }
    const auto graph = Dag::build(problem.tasks.size(), std::move(arcs));
    if (const Cycle* cycle = std::get_if<Cycle>(&graph)) require(refuse(cycle_message(*cycle), "links"));
    auto network = std::make_unique<LiveNetwork>(std::move(problem), std::get<Dag>(graph));
    if (network->problem.rules == ScheduleRules::ms_project) return network;
    for (std::uint32_t v = 0; v < network->problem.tasks.size(); ++v) {
        if (network->early(v) > network->mandate(v)) require(refuse_mandate(*network, {v, {}}, v).verdict);
    }
    return network;
}

}  // namespace detail

COUNTYPLAN_INLINE LiveSchedule::LiveSchedule(CriticalPathProblem problem)
    : network_(detail::make_live_network(std::move(problem))) {}
COUNTYPLAN_INLINE LiveSchedule::LiveSchedule(LiveSchedule&&) noexcept = default;
COUNTYPLAN_INLINE LiveSchedule& LiveSchedule::operator=(LiveSchedule&&) noexcept = default;
COUNTYPLAN_INLINE LiveSchedule::~LiveSchedule() = default;

// ---- tasks ----

COUNTYPLAN_INLINE LiveEdit LiveSchedule::add_task(const CriticalPathTask& task) {
    detail::LiveNetwork& network = *network_;
    auto& tasks = network.problem.tasks;
    const std::uint32_t v = network.order.next_node();
    if (v >= detail::live_limit) return detail::too_many("tasks");
    const bool is_new = v == tasks.size();
    const CriticalPathTask before = is_new ? CriticalPathTask{} : tasks[v];
    if (is_new) {
        tasks.push_back(task);
    } else {
        tasks[v] = task;
    }
    const auto undo = [&] {
        if (is_new) {
            tasks.pop_back();
        } else {
            tasks[v] = before;
        }
    };
    if (Verdict verdict = detail::examine_task_fields(network.problem, v); !verdict.accepted) {
        undo();
        return detail::refuse_edit(std::move(verdict), v);
    }
    const std::size_t steps = network.steps;
    (void)network.order.add_node();
    network.seat_task(v);
    network.touch(v);
    network.forward();
    if (auto conflict = network.broken_mandate(v)) {
        LiveEdit out = detail::refuse_mandate(network, *std::move(conflict), v);
        network.take_back();
        network.order.remove_node(v);
        if (!is_new) tasks[v] = before;
        out.steps = network.steps - steps;
        return out;
    }
    network.accept(v);
    network.touch(v);
    network.backward();
    return {{}, v, {}, network.steps - steps};
}

COUNTYPLAN_INLINE LiveEdit LiveSchedule::change_task(std::uint32_t number, const CriticalPathTask& task) {
    if (!has_task(number)) return detail::unknown_number("tasks", number);
    detail::LiveNetwork& network = *network_;
    CriticalPathTask& row = network.problem.tasks[number];
    const CriticalPathTask before = std::exchange(row, task);
    if (Verdict verdict = detail::examine_task_fields(network.problem, number); !verdict.accepted) {
        row = before;
        return detail::refuse_edit(std::move(verdict), number);
    }
    const std::size_t steps = network.steps;
    const bool with_links = detail::links_differ(before, row);
    const std::int64_t days = network.days(number);
    network.read_task(number, with_links);
    const bool is_longer_or_shorter = network.days(number) != days;
    network.touch(number);
    if (with_links || is_longer_or_shorter) network.touch_successors(number, with_links);
    network.forward();
    if (auto conflict = network.broken_mandate(number)) {
        LiveEdit out = detail::refuse_mandate(network, *std::move(conflict), number);
        network.take_back();
        row = before;
        network.read_task(number, with_links);
        out.steps = network.steps - steps;
        return out;
    }
    network.accept(number);
    network.touch(number);
    if (with_links || is_longer_or_shorter) network.touch_predecessors(number, with_links);
    network.backward();
    return {{}, number, {}, network.steps - steps};
}

COUNTYPLAN_INLINE LiveEdit LiveSchedule::remove_task(std::uint32_t number) {
    if (!has_task(number)) return detail::unknown_number("tasks", number);
    detail::LiveNetwork& network = *network_;
    const std::size_t steps = network.steps;
    const auto out_links = network.order.out_arcs(number);
    const auto in_links = network.order.in_arcs(number);
    std::vector<std::uint32_t> successors, predecessors;
    for (const std::uint32_t a : out_links) {
        network.unhang_link(a);
        successors.push_back(network.problem.links[a].successor);
        detail::touch_waiting(network, network.problem.links[a]);
    }
    for (const std::uint32_t a : in_links) {
        network.unhang_link(a);
        predecessors.push_back(network.problem.links[a].predecessor);
    }
    network.order.remove_node(number);
    network.unseat_task(number);
    network.forward();
    network.accept(no_node);
    for (const std::uint32_t v : predecessors)
        network.touch(v);
    network.backward();
    return {{}, number, {}, network.steps - steps};
}

// ---- links ----

COUNTYPLAN_INLINE LiveEdit LiveSchedule::add_link(CriticalPathLink link) {
    detail::LiveNetwork& network = *network_;
    auto& links = network.problem.links;
    const std::uint32_t a = network.order.next_arc();
    if (a >= detail::live_limit) return detail::too_many("links");
    const bool is_new = a == links.size();
    const CriticalPathLink before = is_new ? CriticalPathLink{} : links[a];
    if (is_new) {
        links.push_back(link);
    } else {
        links[a] = link;
    }
    const auto undo = [&] {
        if (is_new) {
            links.pop_back();
        } else {
            links[a] = before;
        }
    };
    if (Verdict verdict = detail::examine_live_link(network, a); !verdict.accepted) {
        undo();
        return detail::refuse_edit(std::move(verdict), a);
    }
    auto added = network.order.add_arc({link.predecessor, link.successor});
    if (Cycle* cycle = std::get_if<Cycle>(&added)) {
        undo();
        return detail::refuse_cycle(std::move(*cycle), a);
    }
    const std::size_t steps = network.steps;
    network.hang_link(a);
    detail::touch_waiting(network, link);
    network.forward();
    if (auto conflict = network.broken_mandate(link.successor)) {
        LiveEdit out = detail::refuse_mandate(network, *std::move(conflict), a);
        network.take_back();
        network.unhang_link(a);
        network.order.remove_arc(a);
        if (!is_new) links[a] = before;
        out.steps = network.steps - steps;
        return out;
    }
    network.accept(no_node);
    network.touch(link.predecessor);
    network.backward();
    return {{}, a, {}, network.steps - steps};
}

COUNTYPLAN_INLINE LiveEdit LiveSchedule::change_link(std::uint32_t number, CriticalPathLink link) {
    if (!has_link(number)) return detail::unknown_number("links", number);
    detail::LiveNetwork& network = *network_;
    CriticalPathLink& row = network.problem.links[number];
    const CriticalPathLink before = std::exchange(row, link);
    if (Verdict verdict = detail::examine_live_link(network, number); !verdict.accepted) {
        row = before;
        return detail::refuse_edit(std::move(verdict), number);
    }
    if (auto cycle = network.order.move_arc(number, {link.predecessor, link.successor})) {
        row = before;
        return detail::refuse_cycle(*std::move(cycle), number);
    }
    const std::size_t steps = network.steps;
    const auto rehang = [&](const CriticalPathLink& old, const CriticalPathLink& fresh) {
        row = old;
        network.unhang_link(number);
        row = fresh;
        network.hang_link(number);
    };
    rehang(before, link);
    detail::touch_waiting(network, before);
    detail::touch_waiting(network, link);
    network.forward();
    if (auto conflict = network.broken_mandate(link.successor)) {
        LiveEdit out = detail::refuse_mandate(network, *std::move(conflict), number);
        network.take_back();
        rehang(link, before);
        (void)network.order.move_arc(number, {before.predecessor, before.successor});
        out.steps = network.steps - steps;
        return out;
    }
    network.accept(no_node);
    network.touch(before.predecessor);
    network.touch(link.predecessor);
    network.backward();
    return {{}, number, {}, network.steps - steps};
}

COUNTYPLAN_INLINE LiveEdit LiveSchedule::remove_link(std::uint32_t number) {
    if (!has_link(number)) return detail::unknown_number("links", number);
    detail::LiveNetwork& network = *network_;
    const std::size_t steps = network.steps;
    const CriticalPathLink link = network.problem.links[number];
    network.unhang_link(number);
    network.order.remove_arc(number);
    detail::touch_waiting(network, link);
    network.forward();
    network.accept(no_node);
    network.touch(link.predecessor);
    network.backward();
    return {{}, number, {}, network.steps - steps};
}

// ---- what there is ----

COUNTYPLAN_INLINE bool LiveSchedule::has_task(std::uint32_t number) const { return network_->order.has_node(number); }
COUNTYPLAN_INLINE bool LiveSchedule::has_link(std::uint32_t number) const { return network_->order.has_arc(number); }
COUNTYPLAN_INLINE std::size_t LiveSchedule::task_count() const { return network_->order.node_count(); }
COUNTYPLAN_INLINE std::size_t LiveSchedule::link_count() const { return network_->order.arc_count(); }

COUNTYPLAN_INLINE const CriticalPathTask& LiveSchedule::task(std::uint32_t number) const {
    COUNTYPLAN_EXPECT(has_task(number), "no such task");
    return network_->problem.tasks[number];
}
COUNTYPLAN_INLINE const CriticalPathLink& LiveSchedule::link(std::uint32_t number) const {
    COUNTYPLAN_EXPECT(has_link(number), "no such link");
    return network_->problem.links[number];
}

COUNTYPLAN_INLINE std::vector<std::uint32_t> LiveSchedule::task_numbers() const {
    return detail::live_tasks(*network_);
}
COUNTYPLAN_INLINE std::vector<std::uint32_t> LiveSchedule::link_numbers() const {
    return detail::live_links(*network_);
}

COUNTYPLAN_INLINE LiveDates LiveSchedule::dates(std::uint32_t number) const {
    COUNTYPLAN_EXPECT(has_task(number), "no such task");
    const CriticalPathDates dates = detail::live_dates(*network_, number);
    return {dates.early_start, dates.early_finish, dates.late_start,
            dates.late_finish, dates.total_float,  dates.free_float};
}

COUNTYPLAN_INLINE std::int64_t LiveSchedule::end(std::uint32_t project) const {
    COUNTYPLAN_EXPECT(project < network_->problem.projects.size(), "no such project");
    return network_->end(project);
}

COUNTYPLAN_INLINE CriticalPathProblem LiveSchedule::problem() const { return detail::live_problem(*network_); }
COUNTYPLAN_INLINE CriticalPathResult LiveSchedule::result(const CriticalPathOptions& options) const {
    return detail::live_result(*network_, options);
}

}  // namespace countyplan
