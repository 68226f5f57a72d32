// Whether every reference leads somewhere, to the right kind of thing, in the same county, and not in a circle.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/graph/dag.hpp>
#include <countyplan/graph/tree.hpp>
#include <countyplan/plan/impl/check_form.hpp>

namespace countyplan {

namespace detail {

template <class Rows>
void check_references(DraftCheck& check, const Rows& rows) {
    using Row = typename Rows::value_type;
    for (const auto id : rows.ids()) {
        for_each_field<Row>([&](const auto& field) {
            if (field.use != FieldUse::reference) return;
            const std::string key = value_text(rows[id].*field.member);
            if (!key.empty() && !check.index.of(field.refers_to).find(key)) {
                check.unknown(field.refers_to, key, place_of(id, field.name));
            }
        });
    }
}

/// A list or subject that names things as `kind:id`.
inline void check_reference(DraftCheck& check, const Reference& reference, Place place) {
    if (static_cast<std::size_t>(reference.noun) >= enumerator_count<Noun>) {
        check_value(check, place, reference.noun);
    } else if (reference.noun == Noun::plan) {
        if (!reference.id.empty()) check.unknown(Noun::plan, reference.id, std::move(place));
    } else if (!check.index.of(reference.noun).find(reference.id)) {
        check.unknown(reference.noun, reference.id, std::move(place));
    }
}

template <class T>
void check_repeats(DraftCheck& check, const std::vector<T>& values, const Place& place) {
    std::vector<T> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    for (auto at = sorted.begin(); at != sorted.end();) {
        const auto next = std::find_if(at, sorted.end(), [&](const T& value) { return value != *at; });
        if (next - at > 1) {
            const std::string shown = shown_text(value_text(*at));
            check.warning(place, {message::listed_twice, {shown}}, shown);
        }
        at = next;
    }
}

/// Whether all kinds in the list are declared ones, so that they can be written as words.
template <NamedEnum E>
bool all_declared(const std::vector<E>& values) {
    return std::ranges::all_of(values, [](E e) { return static_cast<std::size_t>(e) < enumerator_count<E>; });
}

inline void check_wishes(DraftCheck& check, const std::vector<Reference>& wishes, const Place& place) {
    bool declared = true;
    for (const Reference& wish : wishes) {
        check_reference(check, wish, place);
        declared = declared && static_cast<std::size_t>(wish.noun) < enumerator_count<Noun>;
        const bool may_be_named = wish.noun == Noun::county || wish.noun == Noun::school || wish.noun == Noun::post;
        if (declared && !may_be_named) {
            check.error(place, {message::reference_kind, {word(wish.noun)}}, to_text(wish),
                        {message::expect_one_of, {"county, school, post"}});
        }
    }
    if (declared) check_repeats(check, wishes, place);
}

inline void check_lists(DraftCheck& check) {
    const Draft& draft = check.draft;
    for (const Id<Expert> id : draft.experts.ids()) {
        const Expert& expert = draft.experts[id];
        check_wishes(check, expert.prefers, place_of(id, "prefers"));
        check_wishes(check, expert.avoids, place_of(id, "avoids"));
        if (all_declared(expert.roles)) check_repeats(check, expert.roles, place_of(id, "roles"));
        check_repeats(check, expert.subjects, place_of(id, "subjects"));
        std::vector<Reference> avoided = expert.avoids;
        std::sort(avoided.begin(), avoided.end());
        for (const Reference& wish : expert.prefers) {
            if (static_cast<std::size_t>(wish.noun) >= enumerator_count<Noun>) continue;
            if (!std::binary_search(avoided.begin(), avoided.end(), wish)) continue;
            const std::string shown = shown_text(to_text(wish));
            check.warning(place_of(id, "avoids"), {message::preferred_and_avoided, {shown}}, shown);
        }
    }
    for (const Id<Teacher> id : draft.teachers.ids()) {
        check_repeats(check, draft.teachers[id].subjects, place_of(id, "subjects"));
        check_repeats(check, draft.teachers[id].skills, place_of(id, "skills"));
    }
}

/// Receivers, scopes, codes: fields that may name more than one kind of thing.
inline void check_mixed_references(DraftCheck& check) {
    const Draft& draft = check.draft;
    const auto known_school = [&](std::string_view key) { return bool(check.index.find<School>(key)); };
    for (const Id<County> id : draft.counties.ids()) {
        const Code code = draft.counties[id].code;
        if (code && !code.is_county()) {
            check.error(place_of(id, "code"), {message::not_a_county, {to_text(code)}}, to_text(code));
        }
    }
    const auto check_receiver = [&](const std::string& receiver, Place place) {
        if (receiver.empty() || check.index.find<County>(receiver) || known_school(receiver)) return;
        const std::string_view near = check.nearest(Code::parse(receiver) ? Noun::county : Noun::school, receiver);
        check.error(std::move(place), {message::unknown_receiver, {shown_text(receiver)}}, receiver, {},
                    near.empty() ? Message(message::fix_correct) : Message(message::nearest_id, {shown_text(near)}));
    };
    for (const Id<Pairing> id : draft.pairings.ids())
        check_receiver(draft.pairings[id].receiver, place_of(id, "receiver"));
    for (const Id<Distance> id : draft.distances.ids())
        check_receiver(draft.distances[id].receiver, place_of(id, "receiver"));
    const auto check_scope = [&](const std::string& scope, Place place) {
        if (scope.empty() || Code::parse(scope) || known_school(scope)) return;
        const std::string_view near = check.nearest(Noun::school, scope);
        check.error(std::move(place), {message::unknown_scope, {shown_text(scope)}}, scope, {},
                    near.empty() ? Message(message::fix_correct) : Message(message::nearest_id, {shown_text(near)}));
    };
    for (const Id<CalendarDay> id : draft.calendar.ids())
        check_scope(draft.calendar[id].scope, place_of(id, "scope"));
    for (const Id<Term> id : draft.terms.ids())
        check_scope(draft.terms[id].scope, place_of(id, "scope"));
}

/// What belongs together lies in one county.
inline void check_counties_agree(DraftCheck& check) {
    const Draft& draft = check.draft;
    const auto agree = [&](std::string_view named, Code its, Code own, Place place) {
        if (!its || !own || its == own) return;
        check.error(std::move(place), {message::other_county, {shown_text(named), to_text(its), to_text(own)}}, named);
    };
    const auto county_of_school = [&](const std::string& key) {
        const Id<School> school = check.index.find<School>(key);
        return school ? draft.schools[school].county : Code();
    };
    const auto county_of_goal = [&](const std::string& key) {
        const Id<Goal> goal = check.index.find<Goal>(key);
        return goal ? draft.goals[goal].county : Code();
    };
    for (const Id<Goal> id : draft.goals.ids()) {
        const Goal& goal = draft.goals[id];
        if (!goal.parent.empty()) agree(goal.parent, county_of_goal(goal.parent), goal.county, place_of(id, "parent"));
    }
    for (const Id<Indicator> id : draft.indicators.ids()) {
        const Indicator& row = draft.indicators[id];
        if (row.school.empty()) continue;
        agree(row.school, county_of_school(row.school), county_of_goal(row.goal), place_of(id, "school"));
    }
    // A rule about tasks and goals that is in force speaks in its own name.
    const bool rule_speaks = std::ranges::any_of(draft.rules, [&](const Rule& rule) {
        return rule.kind == RuleKind::task_serves_goal && open_period(rule.from, rule.to).overlaps(draft.period);
    });
    for (const Id<Task> id : draft.tasks.ids()) {
        const Task& task = draft.tasks[id];
        if (!rule_speaks) agree(task.goal, county_of_goal(task.goal), task.county, place_of(id, "goal"));
        if (!task.school.empty())
            agree(task.school, county_of_school(task.school), task.county, place_of(id, "school"));
    }
}

/// `a → b → a`, long ones in the middle shortened.
template <class KeyOf>
std::string circle_text(const std::vector<NodeIndex>& nodes, KeyOf key_of) {
    const std::size_t shown = nodes.size() <= 12 ? nodes.size() : 10;
    std::string out;
    for (std::size_t i = 0; i < shown; ++i)
        out += shown_text(key_of(nodes[i])) + " → ";
    if (shown < nodes.size()) out += "… → " + shown_text(key_of(nodes.back())) + " → ";
    return out + shown_text(key_of(nodes.front()));
}

template <class Row>
void check_parents(DraftCheck& check, const ById<Id<Row>, Row>& rows) {
    std::vector<NodeIndex> parents;
    parents.reserve(rows.size());
    for (const Row& row : rows) {
        const auto parent = row.parent.empty() ? std::nullopt : check.index.of(noun_of<Row>()).find(row.parent);
        parents.push_back(parent ? static_cast<NodeIndex>(*parent) : no_node);
    }
    const auto built = Tree::build(std::move(parents));
    const auto* cycle = std::get_if<Cycle>(&built);
    if (cycle == nullptr) return;
    const std::string circle =
        circle_text(cycle->nodes, [&](NodeIndex node) { return std::string_view(rows.rows()[node].id); });
    const Id<Row> id(cycle->nodes.front());
    check.error(place_of(id, "parent"), {message::parent_cycle, {std::to_string(cycle->nodes.size()), circle}},
                rows[id].parent, {message::expect_acyclic}, {message::fix_break_cycle});
}

/// Links of a task to itself, each; of all other circles a shortest one.
inline void check_links(DraftCheck& check) {
    const Draft& draft = check.draft;
    std::vector<Arc> arcs;
    std::vector<std::size_t> row_of_arc;
    const auto report = [&](std::size_t row, const std::vector<NodeIndex>& nodes) {
        const std::string circle =
            circle_text(nodes, [&](NodeIndex node) { return std::string_view(draft.tasks.rows()[node].id); });
        const Id<Link> id(row);
        check.error(place_of(id, "successor"), {message::dependency_cycle, {std::to_string(nodes.size()), circle}},
                    draft.links[id].successor, {message::expect_acyclic}, {message::fix_break_cycle});
    };
    for (const Id<Link> id : draft.links.ids()) {
        const Id<Task> before = check.index.find<Task>(draft.links[id].predecessor);
        const Id<Task> after = check.index.find<Task>(draft.links[id].successor);
        if (!before || !after) continue;
        const Arc arc{static_cast<NodeIndex>(before.value()), static_cast<NodeIndex>(after.value())};
        if (arc.tail == arc.head) {
            report(id.value(), {arc.tail});
        } else {
            arcs.push_back(arc);
            row_of_arc.push_back(id.value());
        }
    }
    const auto built = Dag::build(draft.tasks.size(), std::move(arcs));
    if (const auto* cycle = std::get_if<Cycle>(&built)) report(row_of_arc[cycle->arcs.back()], cycle->nodes);
}

}  // namespace detail

}  // namespace countyplan
