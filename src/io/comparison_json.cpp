#include <countyplan/io/comparison_json.hpp>

#include <countyplan/io/json.hpp>
#include <countyplan/version.hpp>

#include "json_values.hpp"

namespace countyplan {

namespace {

void write_texts(JsonWriter& writer, const std::vector<std::string>& texts) {
    writer.begin_array();
    for (const std::string& one : texts)
        writer.text(one);
    writer.end_array();
}

void write_change(JsonWriter& writer, const PostingChange& change) {
    writer.begin_object();
    detail::write_change_members(writer, change);
    writer.end_object();
}

void write_tier(JsonWriter& writer, const TierComparison& tier) {
    writer.begin_object();
    writer.key("tier").text(name(tier.tier));
    writer.key("a").number(to_text(tier.a));
    writer.key("b").number(to_text(tier.b));
    writer.key("difference").number(to_text(tier.difference()));
    writer.key("items").begin_array();
    for (const TierItem& item : tier.items) {
        writer.begin_object();
        writer.key("item").text(to_text(item.item));
        writer.key("a").number(to_text(item.a));
        writer.key("b").number(to_text(item.b)).end_object();
    }
    writer.end_array().end_object();
}

void write_factors(JsonWriter& writer, const FactorTable& table) {
    writer.begin_array();
    for (const FactorPoints& line : table) {
        writer.begin_object();
        writer.key("factor").text(name(line.factor));
        writer.key("value").integer(line.value);
        writer.key("weight").integer(line.weight);
        writer.key("points").integer(line.points).end_object();
    }
    writer.end_array();
}

void write_person(JsonWriter& writer, const FitComparison& person) {
    writer.begin_object();
    writer.key("expert").text(person.expert);
    writer.key("posts_a");
    write_texts(writer, person.posts_a);
    writer.key("posts_b");
    write_texts(writer, person.posts_b);
    writer.key("difference").integer(person.difference());
    writer.key("a");
    write_factors(writer, person.a);
    writer.key("b");
    write_factors(writer, person.b);
    writer.end_object();
}

}  // namespace

std::string comparison_json(const Plan& plan, const StaffingComparison& comparison, const UserTierNames& names) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    writer.key("version").text(version);
    detail::write_digests(writer, comparison.digests);
    detail::write_tier_names(writer, names);
    writer.key("decided_by");
    if (const auto tier = comparison.decided_by()) {
        writer.text(name(*tier));
    } else {
        writer.null();
    }
    writer.key("is_better").boolean(comparison.is_better());
    writer.key("changes").begin_array();
    for (const PostingChange& change : comparison.changes)
        write_change(writer, change);
    writer.end_array();
    writer.key("tiers").begin_array();
    for (const TierComparison& tier : comparison.tiers)
        write_tier(writer, tier);
    writer.end_array();
    writer.key("people").begin_array();
    for (const FitComparison& person : comparison.people)
        write_person(writer, person);
    writer.end_array().end_object();
    return writer.take();
}

}  // namespace countyplan
