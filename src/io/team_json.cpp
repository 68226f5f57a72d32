#include <countyplan/io/team_json.hpp>

#include <cstddef>

#include <countyplan/io/json.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/version.hpp>

#include "json_values.hpp"

namespace countyplan {

namespace {

void write_stages(JsonWriter& writer, const Plan& plan, const TeamAllocation& answer) {
    writer.key("stages").begin_array();
    for (std::size_t s = 0; s < answer.stages.size(); ++s) {
        const TeamStage& stage = answer.stages[s];
        writer.begin_object();
        writer.key("tiers").begin_array();
        for (std::size_t t = 0; t < stage.weight.size(); ++t)
            if (stage.weight[t] > 0) writer.text(name(plan.rows().objective[t]));
        writer.end_array();
        writer.key("termination").text(name(stage.answer.termination));
        writer.key("found");
        detail::write_integer_or_null(writer, stage.answer.objective);
        writer.key("bound");
        detail::write_integer_or_null(writer, stage.answer.bound);
        writer.key("relaxed").boolean(is_relaxed(team_stage_problem(plan, answer.stages, s).teams, stage.answer.proof));
        writer.key("nodes").integer(stage.answer.proof.nodes.size()).end_object();
    }
    writer.end_array();
}

void write_couplings(JsonWriter& writer, const Plan& plan, const TeamAllocation& answer) {
    writer.key("couplings").begin_array();
    for (const CouplingCount& count : answer.couplings) {
        const Coupling& row = plan.rows().couplings[count.coupling];
        writer.begin_object();
        writer.key("coupling").text(row.id);
        writer.key("kind").text(name(row.kind));
        writer.key("place").text(to_text(count.place));
        if (!count.group.empty()) writer.key("group").text(count.group);
        writer.key("value").integer(count.value);
        writer.key("serving").integer(count.serving);
        writer.key("breach").integer(count.breach).end_object();
    }
    writer.end_array();
}

void write_tiers(JsonWriter& writer, const Plan& plan, const TeamAllocation& answer) {
    writer.key("tiers").begin_object();
    for (const TierValue& tier : answer.tiers)
        writer.key(name(tier.tier)).number(to_text(tier.value));
    writer.end_object();
    writer.key("price").begin_object();
    for (std::size_t t = 0; t < answer.price.size(); ++t)
        writer.key(name(plan.rows().objective[t])).integer(answer.price[t]);
    writer.end_object();
}

void write_left_out(JsonWriter& writer, const TeamAllocation& answer) {
    writer.key("left_out").begin_array();
    for (const LeftOutOfTeams& row : answer.left_out) {
        writer.begin_object();
        writer.key("what").text(row.what);
        writer.key("reason");
        detail::write_message(writer, row.reason);
        writer.end_object();
    }
    writer.end_array();
}

}  // namespace

std::string team_json(const Plan& plan, const TeamAllocation& answer, const Verdict& verdict) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    writer.key("version").text(version);
    writer.key("termination").text(name(answer.termination));
    writer.key("cause").text(name(answer.cause));
    writer.key("claim").text(name(answer.claim));
    writer.key("steps").integer(answer.steps);
    detail::write_certificate_verdict(writer, verdict);
    detail::write_digests(writer, answer.digests);
    write_tiers(writer, plan, answer);
    write_stages(writer, plan, answer);
    write_couplings(writer, plan, answer);
    write_left_out(writer, answer);
    writer.key("staffing").begin_array();
    for (const Posting& posting : answer.staffing)
        detail::write_posting(writer, posting);
    writer.end_array().end_object();
    return writer.take();
}

}  // namespace countyplan
