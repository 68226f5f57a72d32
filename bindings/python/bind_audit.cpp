#include <pybind11/stl.h>

#include <map>
#include <set>
#include <utility>

#include <countyplan/allocate/audit.hpp>
#include <countyplan/allocate/comparison.hpp>
#include <countyplan/allocate/pairing.hpp>
#include <countyplan/io/audit_json.hpp>
#include <countyplan/io/read.hpp>

#include "binders.hpp"
#include "column.hpp"
#include "enumeration.hpp"
#include "run.hpp"
#include "staffing_table.hpp"

namespace countyplan {

namespace {

using PythonPosting = std::tuple<std::string, std::string, py::object, py::object>;

StaffingTable table_of_rows(const std::vector<PythonPosting>& rows) {
    StaffingTable out;
    for (const auto& [expert, post, from, to] : rows)
        out.reading.staffing.push_back({expert, post, day_from(from).value(), day_from(to).value()});
    return out;
}

StaffingTable table_at(const std::string& path, const std::string& encoding) {
    StaffingTable out{{}, path};
    const py::gil_scoped_release released;
    ReadOptions options;
    if (encoding == "utf_8") options.encoding = Encoding::utf_8;
    if (encoding == "gb18030") options.encoding = Encoding::gb18030;
    out.reading = read_staffing(read_file(path, options.limits), path, options);
    if (has_errors(out.reading.findings)) throw InvalidPlan(std::move(out.reading.findings));
    return out;
}

/// A class of the package's module of answers about staffings.
py::object answer_class(const char* name) { return py::module_::import("countyplan._staffing").attr(name); }

py::object audit_table(const Plan& plan, const StaffingTable& table, std::size_t blocking_pairs) {
    Audit found;
    {
        const py::gil_scoped_release released;
        found = audit(plan, table.reading.staffing, {.blocking_pairs = blocking_pairs});
        locate(found.findings, table.reading, table.path, "");
    }
    const auto blocking = tuple_of(found.blocking, [](const BlockingPair& pair) {
        return answer_class("BlockingPair")(to_python(pair.expert), to_python(pair.post), to_python(pair.present),
                                            to_python(pair.displaced));
    });
    return answer_class("Audit")(py::tuple(finding_list(found.findings)), to_python(found.amounts),
                                 found.blocking_count, blocking, to_python(found.digests));
}

// ---------------------------------------------------------------------------------------------------------------------

py::tuple factors_of(const FactorTable& table) {
    py::tuple out(table.size());
    for (std::size_t f = 0; f < table.size(); ++f)
        out[f] =
            answer_class("FactorPoints")(to_python(table[f].factor), table[f].value, table[f].weight, table[f].points);
    return out;
}

py::object compare_tables(const Plan& plan, const StaffingTable& a, const StaffingTable& b) {
    StaffingComparison found;
    {
        const py::gil_scoped_release released;
        found = compare_staffings(plan, a.reading.staffing, b.reading.staffing);
    }
    const auto changes = tuple_of(found.changes, [](const PostingChange& change) {
        return answer_class("PostingChange")(to_python(change.kind), to_python(change.expert()),
                                             posting_dict(change.was), posting_dict(change.now));
    });
    const auto tiers = tuple_of(found.tiers, [](const TierComparison& tier) {
        const auto items = tuple_of(tier.items, [](const TierItem& item) {
            return answer_class("TierItem")(to_python(item.item), to_python(item.a), to_python(item.b));
        });
        return answer_class("TierComparison")(to_python(tier.tier), to_python(tier.a), to_python(tier.b), items);
    });
    const auto people = tuple_of(found.people, [](const FitComparison& person) {
        return answer_class("FitComparison")(to_python(person.expert), to_python(person.posts_a),
                                             to_python(person.posts_b), factors_of(person.a), factors_of(person.b));
    });
    return answer_class("StaffingComparison")(changes, tiers, people, to_python(found.decided_by()), found.is_better(),
                                              to_python(found.digests));
}

// ---------------------------------------------------------------------------------------------------------------------

PairingOptions pairing_options(const py::dict& given) {
    PairingOptions options;
    options.as_of = day_from(given["as_of"]);
    options.unit = enumerator_from<PairingUnit>(given["unit"].cast<std::string>());
    options.level = enumerator_from<SenderKind>(given["level"].cast<std::string>());
    options.under = given["under"].cast<std::string>();
    options.most = given["most"].cast<std::optional<std::int64_t>>();
    options.languages = given["languages"].cast<std::map<std::string, std::set<std::string>>>();
    options.weights = {.distance = given["distance"].cast<std::int64_t>(),
                       .language = given["language"].cast<std::int64_t>(),
                       .change = given["change"].cast<std::int64_t>()};
    options.order.clear();
    for (const auto& tier : given["order"].cast<std::vector<std::string>>())
        options.order.push_back(enumerator_from<PairingTier>(tier));
    return options;
}

py::tuple pairs_of(const PairingProblem& problem, const std::vector<std::uint32_t>& ties) {
    return tuple_of(ties, [&](std::uint32_t t) {
        const PairingTie& tie = problem.ties[t];
        return py::make_tuple(to_python(problem.senders[tie.sender].id), to_python(problem.receivers[tie.receiver].id));
    });
}

py::object pairing_of(const Plan& plan, const PairingOptions& options, const PairingProblem& problem,
                      const PairingResult& result, const Verdict& verdict) {
    py::dict tiers;
    for (std::size_t t = 0; t < result.tiers.size(); ++t)
        tiers[to_python(problem.order[t])] = to_python(result.tiers[t]);
    py::list pairings;
    py::list senders;
    py::list receivers;
    py::list rows;
    PairingChanges changed;
    if (!result.tiers.empty()) {  // there are amounts, maybe of no tie
        for (std::size_t t = 0; t < problem.ties.size(); ++t) {
            const PairingTie& tie = problem.ties[t];
            if (result.amount[t] == 0) continue;
            pairings.append(answer_class("PairedCounty")(
                to_python(problem.senders[tie.sender].id), to_python(problem.receivers[tie.receiver].id),
                result.amount[t], tie.km, tie.shares_language, tie.present, problem.cost_of(tie)));
        }
        const std::vector<SenderLoad> of_sender = loads(problem, result);
        for (std::size_t s = 0; s < of_sender.size(); ++s)
            senders.append(answer_class("SenderLoad")(to_python(problem.senders[s].id),
                                                      to_python(problem.senders[s].capacity), of_sender[s].amount,
                                                      of_sender[s].receivers, to_python(of_sender[s].worth)));
        const std::vector<ReceiverCover> of_receiver = covers(problem, result);
        for (std::size_t r = 0; r < of_receiver.size(); ++r)
            receivers.append(answer_class("ReceiverCover")(to_python(problem.receivers[r].id),
                                                           problem.receivers[r].need, of_receiver[r].served,
                                                           of_receiver[r].senders));
        changed = changes(problem, result);
        rows = dicts_of(renewed_pairings(plan, problem, result, options).rows());
    }
    const py::object judged =
        verdict.accepted ? value_class("Verdict")(true)
                         : value_class("Verdict")(false, "pairing", to_python(verdict.place), to_python(verdict.why));
    return answer_class("PairingAnswer")(
        to_python(result.termination), to_python(result.cause), to_python(result.claim), judged, tiers,
        py::tuple(pairings), pairs_of(problem, changed.begun), pairs_of(problem, changed.ended), py::tuple(senders),
        py::tuple(receivers), rows, result.steps, to_python(plan.digests()));
}

py::object pair_plan(const Plan& plan, const py::dict& given, const RunOptions& run_options) {
    const PairingOptions options = pairing_options(given);
    PairingProblem problem;
    PairingResult result;
    Verdict verdict;
    run(run_options, [&, plan](const Stop& stop, const Progress& progress) {
        problem = pairing_problem(plan, options);
        result = solve(problem, {}, stop, progress);
        verdict = examine(problem, result);
    });
    return pairing_of(plan, options, problem, result, verdict);
}

}  // namespace

void bind_audit(py::module_& module) {
    bind_enumeration<FitFactor>(module, "FitFactor");
    bind_enumeration<PairingTier>(module, "PairingTier");
    bind_enumeration<PairingUnit>(module, "PairingUnit");
    bind_enumeration<PostingChangeKind>(module, "PostingChangeKind");
    py::class_<StaffingTable>(module, "StaffingTable")
        .def_static("of", &table_of_rows)
        .def_static("at", &table_at)
        .def_property_readonly("findings",
                               [](const StaffingTable& table) { return finding_list(table.reading.findings); });
    module.def("audit", &audit_table);
    module.def("compare_staffings", &compare_tables);
    module.def("pair", &pair_plan);
}

}  // namespace countyplan
