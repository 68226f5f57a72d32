#include <pybind11/stl.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/io/result.hpp>

#include "binders.hpp"
#include "column.hpp"
#include "enumeration.hpp"
#include "run.hpp"

namespace countyplan {

namespace {

std::string side_of(const SetBound& bound) { return bound.is_lower ? "lower" : "upper"; }

py::dict tiers_of(const Allocation& allocation) {
    py::dict tiers;
    for (const TierValue& tier : allocation.tiers)
        tiers[to_python(tier.tier)] = to_python(tier.value);
    return tiers;
}

py::object unfilled_of(const Unfilled& unfilled) {
    return value_class("Unfilled")(to_python(unfilled.post), unfilled.short_of_min, unfilled.short_of_target,
                                   to_python(unfilled.reason), to_python(unfilled.group), to_python(unfilled.loss));
}

py::object price_of(const SetPrice& price) {
    return value_class("SetPrice")(to_python(price.set), to_python(price.value));
}

py::object bound_of(const StatedBound& stated) {
    return value_class("SetBound")(to_python(stated.bound.set), to_python(side_of(stated.bound)), stated.bound.bound,
                                   to_python(stated.reason));
}

py::object cover_of(const StatedCover& stated) {
    return value_class("CountyCover")(to_python(stated.county), stated.serving, stated.wanted);
}

py::object given_of(const GivenPair& row) {
    return value_class("GivenPair")(to_python(row.expert), to_python(row.post), row.allowed, row.points, row.doubt,
                                    py::make_tuple(row.user[0], row.user[1], row.user[2]));
}

/// What the caller's own tiers are called.
py::dict names_of(const Allocation& allocation) {
    py::dict out;
    for (const TierValue& tier : allocation.tiers)
        if (const auto own = user_tier(tier.tier)) out[to_python(tier.tier)] = to_python(allocation.names[*own]);
    return out;
}

/// What of the plan's rules the allocation keeps, as in `result.json`.
py::dict coverage_of(const AllocationReading& answer) {
    py::dict out;
    out["sender_quotas"] = answer.rules.sender_quotas;
    out["quotas"] = answer.rules.quotas;
    out["decisions"] = answer.rules.decisions;
    out["terms"] = to_python(answer.rules.terms);
    py::list left_out;
    for (const LeftOutRule& row : answer.rules.left_out) {
        py::dict one;
        one["rule"] = to_python(row.rule);
        one["kind"] = to_python(row.kind);
        one["reason"] = to_python(row.reason);
        left_out.append(one);
    }
    out["left_out"] = py::tuple(left_out);
    return out;
}

/// What fairness between counties costs, where the result says it.
py::object fairness_of_answer(const AllocationReading& answer) {
    const auto price = fairness_of(answer);
    if (!price) return py::none();
    py::dict out;
    out["termination"] = to_python(price->termination);
    out["cause"] = to_python(price->cause);
    py::dict tiers;
    for (const FairnessTier& row : price->tiers)
        tiers[to_python(row.tier)] = py::make_tuple(to_python(row.fair), to_python(row.unfair));
    out["tiers"] = tiers;
    py::list counties;
    for (const StatedFairCover& row : answer.fairness->counties) {
        py::dict one;
        one["county"] = to_python(row.county);
        one["wanted"] = row.wanted;
        one["fair"] = row.fair;
        one["unfair"] = row.unfair;
        counties.append(one);
    }
    out["counties"] = py::tuple(counties);
    return out;
}

py::object scarce_of(const ScarceGroup& group) {
    return value_class("ScarceGroup")(to_python(group.posts), group.below_min, to_python(group.need), group.qualified,
                                      group.supply);
}

py::list unfilled_columns(const Allocation& allocation) {
    const auto& rows = allocation.unfilled;
    const auto group = [](const Unfilled& row) {
        return row.group ? std::optional(static_cast<std::int64_t>(*row.group)) : std::nullopt;
    };
    py::list out;
    out.append(column("post", rows, [](const Unfilled& row) { return row.post; }));
    out.append(column("short_of_min", rows, [](const Unfilled& row) { return row.short_of_min; }));
    out.append(column("short_of_target", rows, [](const Unfilled& row) { return row.short_of_target; }));
    out.append(column("code", rows, [](const Unfilled& row) { return std::string(row.reason.code()); }));
    out.append(column("reason_zh", rows, [](const Unfilled& row) { return text(row.reason, Language::zh); }));
    out.append(column("reason_en", rows, [](const Unfilled& row) { return text(row.reason, Language::en); }));
    out.append(column("group", rows, group));
    out.append(column("loss", rows, [](const Unfilled& row) { return row.loss; }));
    return out;
}

py::list scarce_columns(const Allocation& allocation) {
    const auto& rows = allocation.scarce;
    py::list out;
    out.append(column("posts", rows, [](const ScarceGroup& row) { return row.posts; }));
    out.append(column("below_min", rows, [](const ScarceGroup& row) { return row.below_min; }));
    out.append(column("need", rows, [](const ScarceGroup& row) { return row.need; }));
    out.append(column("qualified", rows, [](const ScarceGroup& row) { return row.qualified; }));
    out.append(column("supply", rows, [](const ScarceGroup& row) { return row.supply; }));
    return out;
}

py::list tier_columns(const Allocation& allocation) {
    py::list out;
    out.append(column("tier", allocation.tiers, [](const TierValue& row) { return row.tier; }));
    out.append(column("value", allocation.tiers, [](const TierValue& row) { return row.value; }));
    return out;
}

/// A column per tier; of a proof that there is no staffing one, `value`.
py::list certificate_columns(const Allocation& allocation) {
    const auto& rows = allocation.prices;
    py::list out;
    out.append(column("set", rows, [](const SetPrice& row) { return row.set; }));
    const std::size_t width = std::max<std::size_t>(allocation.tiers.size(), 1);
    for (std::size_t tier = 0; tier < width; ++tier) {
        const std::string_view title = allocation.tiers.empty() ? "value" : name(allocation.tiers[tier].tier);
        out.append(column(title, rows, [&](const SetPrice& row) { return row.value[tier]; }));
    }
    return out;
}

py::list conflict_columns(const std::vector<StatedBound>& rows) {
    py::list out;
    out.append(column("set", rows, [](const StatedBound& row) { return row.bound.set; }));
    out.append(column("side", rows, [](const StatedBound& row) { return side_of(row.bound); }));
    out.append(column("bound", rows, [](const StatedBound& row) { return row.bound.bound; }));
    out.append(column("reason_zh", rows, [](const StatedBound& row) { return text(row.reason, Language::zh); }));
    out.append(column("reason_en", rows, [](const StatedBound& row) { return text(row.reason, Language::en); }));
    return out;
}

py::list county_columns(const std::vector<StatedCover>& rows) {
    py::list out;
    out.append(column("county", rows, [](const StatedCover& row) { return row.county; }));
    out.append(column("serving", rows, [](const StatedCover& row) { return row.serving; }));
    out.append(column("wanted", rows, [](const StatedCover& row) { return row.wanted; }));
    return out;
}

py::list given_columns(const std::vector<GivenPair>& rows) {
    py::list out;
    out.append(column("expert", rows, [](const GivenPair& row) { return row.expert; }));
    out.append(column("post", rows, [](const GivenPair& row) { return row.post; }));
    out.append(column("allowed", rows, [](const GivenPair& row) { return row.allowed; }));
    out.append(column("points", rows, [](const GivenPair& row) { return row.points; }));
    out.append(column("doubt", rows, [](const GivenPair& row) { return row.doubt; }));
    out.append(column("user_1", rows, [](const GivenPair& row) { return row.user[0]; }));
    out.append(column("user_2", rows, [](const GivenPair& row) { return row.user[1]; }));
    out.append(column("user_3", rows, [](const GivenPair& row) { return row.user[2]; }));
    return out;
}

py::object columns_of_answer(const AllocationReading& answer, const std::string& table) {
    const Allocation& allocation = answer.allocation;
    if (table == "staffing") return columns_of(allocation.staffing.rows());
    if (table == "unfilled") return unfilled_columns(allocation);
    if (table == "scarce") return scarce_columns(allocation);
    if (table == "tiers") return tier_columns(allocation);
    if (table == "certificate") return certificate_columns(allocation);
    if (table == "conflict") return conflict_columns(answer.conflict);
    if (table == "counties") return county_columns(answer.counties);
    if (table == "given") return given_columns(allocation.given);
    return py::none();
}

/// Rules written in Python: `allows` or None, (name, weight, measure) for each factor, (tier, name, points) for each
/// tier. They get rows of the plan's experts and posts; `allows` returns a truth, a measure two floats, points are
/// whole.
struct PythonRules {
    py::object allows;
    py::list factors;
    py::list tiers;
    py::list experts;
    py::list posts;
};

py::object ask(const py::handle& function, const PythonRules& rules, Id<Expert> expert, Id<Post> post) {
    return function(rules.experts[expert.value()], rules.posts[post.value()]);
}

/// Rules that take the GIL while they ask, on the thread that solves. They hold no reference of their own: `rules`
/// must outlive them, and they may be dropped without the GIL.
UserRules user_rules(const PythonRules& rules) {
    UserRules out;
    if (!rules.allows.is_none()) {
        out.allows = [&rules](Id<Expert> expert, Id<Post> post) {
            const py::gil_scoped_acquire acquired;
            return ask(rules.allows, rules, expert, post).cast<bool>();
        };
    }
    for (const py::handle factor : rules.factors) {
        const auto parts = py::reinterpret_borrow<py::tuple>(factor);
        const py::handle measure = parts[2];
        out.factors.push_back({parts[0].cast<std::string>(), parts[1].cast<std::int64_t>(),
                               [&rules, measure](Id<Expert> expert, Id<Post> post) {
                                   const py::gil_scoped_acquire acquired;
                                   const auto pair =
                                       ask(measure, rules, expert, post).cast<std::pair<double, double>>();
                                   return Measure{pair.first, pair.second};
                               }});
    }
    for (const py::handle tier : rules.tiers) {
        const auto parts = py::reinterpret_borrow<py::tuple>(tier);
        const py::handle points = parts[2];
        out.tiers.push_back({enumerator_from<Tier>(parts[0].cast<std::string>()), parts[1].cast<std::string>(),
                             [&rules, points](Id<Expert> expert, Id<Post> post) {
                                 const py::gil_scoped_acquire acquired;
                                 return ask(points, rules, expert, post).cast<std::int64_t>();
                             }});
    }
    return out;
}

/// From `previous` if there is one.
AllocationReading allocate_plan(const Plan& plan, const AllocationReading* previous, const std::string& method,
                                const PythonRules* rules, const RunOptions& options) {
    AllocateOptions how{.flow = {.method = enumerator_from<NestedFlowMethod>(method)}};
    if (rules != nullptr) how.rules = user_rules(*rules);
    AllocationReading out;
    // copies: a callback may drop the caller's last ones
    const Allocation start = previous == nullptr ? Allocation() : previous->allocation;
    run(options, [&, plan](const Stop& stop, const Progress& progress) {
        out = reading_of(plan, previous == nullptr ? allocate(plan, how, stop, progress)
                                                   : allocate_from(plan, start, how, stop, progress));
    });
    return out;
}

py::object examine_allocation(const Plan& plan, const AllocationReading& answer) {
    AnswerVerdict verdict;
    {
        const py::gil_scoped_release released;
        verdict = examine(plan, answer);
    }
    if (verdict.accepted) return value_class("Verdict")(true);
    return value_class("Verdict")(false, to_python(name(verdict.part)), to_python(verdict.key), to_python(verdict.why),
                                  to_python(verdict.detail));
}

}  // namespace

void bind_allocate(py::module_& module) {
    bind_enumeration<Tier>(module, "Tier");
    py::class_<PythonRules>(module, "UserRules").def(py::init<py::object, py::list, py::list, py::list, py::list>());
    const auto of = [](auto get) { return [get](const AllocationReading& a) { return get(a.allocation); }; };
    py::class_<AllocationReading>(module, "Allocation")
        .def_property_readonly("termination", of([](const Allocation& a) { return to_python(a.termination); }))
        .def_property_readonly("cause", of([](const Allocation& a) { return to_python(a.cause); }))
        .def_property_readonly("claim", of([](const Allocation& a) { return to_python(a.claim); }))
        .def_property_readonly("tiers", of(&tiers_of))
        .def_property_readonly("staffing", of([](const Allocation& a) { return dicts_of(a.staffing.rows()); }))
        .def_property_readonly("unfilled", of([](const Allocation& a) { return tuple_of(a.unfilled, unfilled_of); }))
        .def_property_readonly("scarce", of([](const Allocation& a) { return tuple_of(a.scarce, scarce_of); }))
        .def_property_readonly("prices", of([](const Allocation& a) { return tuple_of(a.prices, price_of); }))
        .def_property_readonly("conflict", [](const AllocationReading& a) { return tuple_of(a.conflict, bound_of); })
        .def_property_readonly("counties", [](const AllocationReading& a) { return tuple_of(a.counties, cover_of); })
        .def_property_readonly("user_tiers", of(&names_of))
        .def_property_readonly("rules", &coverage_of)
        .def_property_readonly("fairness", &fairness_of_answer)
        .def_property_readonly("given", of([](const Allocation& a) { return tuple_of(a.given, given_of); }))
        .def_property_readonly("digests", of([](const Allocation& a) { return to_python(a.digests); }))
        .def_property_readonly("steps", of([](const Allocation& a) { return a.steps; }))
        .def_property_readonly("version", of([](const Allocation& a) { return to_python(a.version); }))
        .def("_posted", of([](const Allocation& a) { return a.staffing.size(); }))
        .def("_columns", &columns_of_answer)
        .def(
            "__eq__",
            [](const AllocationReading& a, const AllocationReading& b) { return a.allocation == b.allocation; },
            py::is_operator())
        .def("__hash__", of([](const Allocation& a) {
                 return std::hash<std::string>{}(to_text(a.digests.plan)) ^ std::hash<std::size_t>{}(a.staffing.size());
             }));
    module.def("allocate", &allocate_plan);
    module.def("examine_allocation", &examine_allocation);
}

}  // namespace countyplan
