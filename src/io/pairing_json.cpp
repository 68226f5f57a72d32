#include <countyplan/io/pairing_json.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/io/file.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/version.hpp>

#include "json_values.hpp"

namespace countyplan {

namespace {

void write_senders(JsonWriter& writer, const PairingProblem& problem, const PairingResult& result) {
    const std::vector<SenderLoad> of = loads(problem, result);
    writer.key("senders").begin_array();
    for (std::size_t s = 0; s < of.size(); ++s) {
        const PairingSender& sender = problem.senders[s];
        writer.begin_object();
        writer.key("id").text(sender.id);
        writer.key("parent").text(sender.parent == PairingSender::outermost ? "" : problem.senders[sender.parent].id);
        writer.key("capacity");
        detail::write_integer_or_null(writer, sender.capacity);
        writer.key("amount").integer(of[s].amount);
        writer.key("receivers").integer(of[s].receivers);
        writer.key("worth").begin_array();
        for (const std::int64_t worth : of[s].worth)
            writer.integer(worth);
        writer.end_array().end_object();
    }
    writer.end_array();
}

void write_receivers(JsonWriter& writer, const PairingProblem& problem, const PairingResult& result) {
    const std::vector<ReceiverCover> of = covers(problem, result);
    writer.key("receivers").begin_array();
    for (std::size_t r = 0; r < of.size(); ++r) {
        writer.begin_object();
        writer.key("id").text(problem.receivers[r].id);
        writer.key("need").integer(problem.receivers[r].need);
        writer.key("served").integer(of[r].served);
        writer.key("senders").integer(of[r].senders).end_object();
    }
    writer.end_array();
}

/// The two ends of a tie, in an object that the caller closes.
void begin_tie(JsonWriter& writer, const PairingProblem& problem, const PairingTie& tie) {
    writer.begin_object();
    writer.key("sender").text(problem.senders[tie.sender].id);
    writer.key("receiver").text(problem.receivers[tie.receiver].id);
}

void write_pairings(JsonWriter& writer, const PairingProblem& problem, const PairingResult& result) {
    writer.key("pairings").begin_array();
    for (std::size_t t = 0; t < problem.ties.size(); ++t) {
        const PairingTie& tie = problem.ties[t];
        if (result.amount[t] == 0) continue;
        begin_tie(writer, problem, tie);
        writer.key("amount").integer(result.amount[t]);
        writer.key("km").integer(tie.km);
        writer.key("shares_language").boolean(tie.shares_language);
        writer.key("present").boolean(tie.present);
        writer.key("cost").integer(problem.cost_of(tie)).end_object();
    }
    writer.end_array();
}

void write_changes(JsonWriter& writer, const PairingProblem& problem, const PairingResult& result) {
    const PairingChanges changed = changes(problem, result);
    writer.key("changes").begin_object();
    for (const auto& [name, rows] : {std::pair("begun", &changed.begun), std::pair("ended", &changed.ended)}) {
        writer.key(name).begin_array();
        for (const std::uint32_t row : *rows) {
            begin_tie(writer, problem, problem.ties[row]);
            writer.end_object();
        }
        writer.end_array();
    }
    writer.end_object();
}

void write_conflict(JsonWriter& writer, const PairingProblem& problem, const PairingConflict& conflict) {
    writer.key("conflict").begin_object();
    writer.key("home").boolean(conflict.home);
    writer.key("senders").begin_array();
    for (const std::uint32_t row : conflict.senders)
        writer.text(problem.senders[row].id);
    writer.end_array();
    writer.key("receivers").begin_array();
    for (const std::uint32_t row : conflict.receivers)
        writer.text(problem.receivers[row].id);
    writer.end_array().end_object();
}

}  // namespace

std::string pairing_json(const Plan& plan, const PairingProblem& problem, const PairingResult& result,
                         const Verdict& verdict) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    writer.key("version").text(version);
    writer.key("termination").text(name(result.termination));
    writer.key("cause").text(name(result.cause));
    writer.key("claim").text(name(result.claim));
    writer.key("steps").integer(result.steps);
    detail::write_certificate_verdict(writer, verdict);
    detail::write_digests(writer, plan.digests());
    writer.key("weights").begin_object();
    writer.key("distance").integer(problem.weights.distance);
    writer.key("language").integer(problem.weights.language);
    writer.key("change").integer(problem.weights.change).end_object();
    writer.key("order").begin_array();
    for (const PairingTier tier : problem.order)
        writer.text(name(tier));
    writer.end_array();
    writer.key("tiers").begin_object();
    for (std::size_t t = 0; t < result.tiers.size(); ++t)
        writer.key(name(problem.order[t])).number(to_text(result.tiers[t]));
    writer.end_object();
    if (result.termination == Termination::infeasible) write_conflict(writer, problem, result.conflict);
    if (!result.tiers.empty()) {  // there are amounts, maybe of no tie
        write_pairings(writer, problem, result);
        write_changes(writer, problem, result);
        write_senders(writer, problem, result);
        write_receivers(writer, problem, result);
    }
    writer.end_object();
    return writer.take();
}

std::string pairings_csv(const ById<Id<Pairing>, Pairing>& pairings) {
    Draft draft;
    draft.pairings = pairings;
    const std::string name = std::string(Table<Pairing>::name) + ".csv";
    std::vector<NamedBytes> tables = plan_tables(draft);
    return std::move(std::ranges::find(tables, name, &NamedBytes::name)->bytes);
}

}  // namespace countyplan
