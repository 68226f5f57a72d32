#include <countyplan/io/replan_json.hpp>

#include <countyplan/io/json.hpp>
#include <countyplan/version.hpp>

#include "json_values.hpp"

namespace countyplan {

namespace {

void write_tiers(JsonWriter& writer, const std::vector<TierValue>& tiers) {
    writer.key("tiers").begin_object();
    for (const TierValue& tier : tiers)
        writer.key(name(tier.tier)).number(to_text(tier.value));
    writer.end_object();
}

void write_change(JsonWriter& writer, const PostingChange& change) {
    writer.begin_object();
    detail::write_change_members(writer, change);
    writer.key("words");
    detail::write_message(writer, describe(change));
    writer.end_object();
}

void write_claim(JsonWriter& writer, Termination termination, Cause cause, Claim claim) {
    writer.key("termination").text(name(termination));
    writer.key("cause").text(name(cause));
    writer.key("claim").text(name(claim));
}

void write_open(JsonWriter& writer, const std::vector<TradeBox>& open) {
    writer.key("open").begin_array();
    for (const TradeBox& box : open) {
        writer.begin_object();
        writer.key("from").number(to_text(box.from));
        writer.key("to").number(to_text(box.to));
        writer.key("known").number(to_text(box.known));
        writer.key("possible").number(to_text(box.possible)).end_object();
    }
    writer.end_array();
}

void write_weighed(JsonWriter& writer, const TradeOff& curve) {
    writer.key("first").text(name(curve.first));
    writer.key("second").text(name(curve.second));
    writer.key("dropped").begin_array();
    for (const Tier tier : curve.dropped)
        writer.text(name(tier));
    writer.end_array();
}

void write_values(JsonWriter& writer, const TradePoint& point) {
    writer.key("first").number(to_text(point.first));
    writer.key("second").number(to_text(point.second));
    write_tiers(writer, point.tiers);
}

/// The curve without staffings and proofs.
void write_curve(JsonWriter& writer, const TradeOff& curve) {
    writer.begin_object();
    write_claim(writer, curve.termination, curve.cause, curve.claim);
    write_weighed(writer, curve);
    writer.key("points").begin_array();
    for (const TradePoint& point : curve.points) {
        writer.begin_object();
        write_values(writer, point);
        writer.end_object();
    }
    writer.end_array();
    write_open(writer, curve.open);
    writer.end_object();
}

void write_prices(JsonWriter& writer, const std::vector<SetPrice>& prices) {
    writer.key("prices").begin_object();
    for (const SetPrice& price : prices) {
        writer.key(price.set).begin_array();
        for (const std::int64_t value : price.value)
            writer.integer(value);
        writer.end_array();
    }
    writer.end_object();
}

}  // namespace

std::string replan_json(const Replan& replan, const TradeOff* curve, const Digests& former, const std::string& path) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("version").text(version);
    if (!path.empty()) writer.key("plan").text(path);
    detail::write_digests(writer, replan.allocation.digests);
    writer.key("former").begin_object();
    detail::write_digests(writer, former);
    writer.end_object();
    writer.key("last_event").integer(replan.last.number);
    write_claim(writer, replan.allocation.termination, replan.allocation.cause, replan.allocation.claim);
    writer.key("steps").integer(replan.allocation.steps);
    write_tiers(writer, replan.allocation.tiers);
    writer.key("stays").integer(replan.stays);
    writer.key("changes").begin_array();
    for (const PostingChange& change : replan.changes)
        write_change(writer, change);
    writer.end_array();
    if (curve != nullptr) {
        writer.key("trade_off");
        write_curve(writer, *curve);
    }
    writer.end_object();
    return writer.take();
}

std::string trade_off_json(const TradeOff& curve) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("version").text(curve.version);
    detail::write_digests(writer, curve.digests);
    write_claim(writer, curve.termination, curve.cause, curve.claim);
    write_weighed(writer, curve);
    detail::write_tier_names(writer, curve.names);
    writer.key("steps").integer(curve.steps);
    writer.key("points").begin_array();
    for (const TradePoint& point : curve.points) {
        writer.begin_object();
        write_values(writer, point);
        writer.key("staffing").begin_array();
        for (const Posting& posting : point.staffing)
            detail::write_posting(writer, posting);
        writer.end_array().end_object();
    }
    writer.end_array();
    write_open(writer, curve.open);
    writer.key("proofs").begin_array();
    for (const TradeProof& proof : curve.proofs) {
        writer.begin_object();
        writer.key("point").integer(proof.point);
        writer.key("weights").begin_object();
        writer.key("first").integer(proof.weights.first);
        writer.key("second").integer(proof.weights.second).end_object();
        write_prices(writer, proof.prices);
        writer.end_object();
    }
    writer.end_array().end_object();
    return writer.take();
}

}  // namespace countyplan
