#include <countyplan/io/mechanism_json.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/version.hpp>

#include "json_values.hpp"

namespace countyplan {

namespace {

/// Calls `visit(name, value)` for each measure but the tiers, in their order.
template <class Visit>
void for_each_measure(const StaffingMeasures& m, Visit visit) {
    visit("serving", m.serving);
    visit("wanted", m.wanted);
    visit("filled", m.filled);
    visit("cover", m.cover);
    visit("critical_shortfall", m.critical_shortfall);
    visit("shortfall", m.shortfall);
    visit("worst_county", m.worst_county);
    visit("worst_cover", m.worst_cover);
    visit("best_cover", m.best_cover);
    visit("gini", m.gini);
    visit("wishing", m.wishing);
    visit("wishes_met", m.wishes_met);
    visit("mean_wish", m.mean_wish);
    visit("moves", m.moves);
    visit("blocking", static_cast<std::int64_t>(m.blocking));
}

struct MeasureWriter {
    JsonWriter& writer;

    void operator()(std::string_view name, std::int64_t value) const { writer.key(name).integer(value); }
    void operator()(std::string_view name, double value) const { writer.key(name).decimal(value); }
    void operator()(std::string_view name, const std::string& value) const { writer.key(name).text(value); }
};

void write_measures(JsonWriter& writer, const StaffingMeasures& measures) {
    writer.begin_object();
    writer.key("tiers").begin_object();
    for (const TierValue& tier : measures.tiers)
        writer.key(name(tier.tier)).number(to_text(tier.value));
    writer.end_object();
    for_each_measure(measures, MeasureWriter{writer});
    writer.end_object();
}

void write_result(JsonWriter& writer, const MechanismResult& result) {
    writer.begin_object();
    writer.key("mechanism").text(name(result.mechanism));
    writer.key("termination").text(name(result.termination));
    writer.key("cause").text(name(result.cause));
    writer.key("measures");
    if (result.measures) {
        write_measures(writer, *result.measures);
    } else {
        writer.null();
    }
    writer.key("rules").begin_array();
    for (const RuleOutcome& rule : result.rules) {
        writer.begin_object();
        writer.key("rule").text(rule.rule);
        writer.key("is_heeded").boolean(rule.is_heeded);
        writer.key("breaches").integer(rule.breaches).end_object();
    }
    writer.end_array();
    writer.key("staffing").begin_array();
    for (const Posting& posting : result.staffing)
        detail::write_posting(writer, posting);
    writer.end_array().end_object();
}

struct CellWriter {
    CsvWriter& csv;

    void operator()(std::string_view, std::int64_t value) const { csv.number(to_text(value)); }
    void operator()(std::string_view, double value) const { csv.number(to_text(value)); }
    void operator()(std::string_view, const std::string& value) const { csv.text(value); }
};

std::string count_text(const MechanismResult& result, bool (*is_meant)(const RuleOutcome&)) {
    return std::to_string(std::ranges::count_if(result.rules, is_meant));
}

}  // namespace

std::string mechanisms_json(const Plan& plan, const std::vector<MechanismResult>& results) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    writer.key("version").text(version);
    detail::write_digests(writer, plan.digests());
    writer.key("mechanisms").begin_array();
    for (const MechanismResult& result : results)
        write_result(writer, result);
    writer.end_array().end_object();
    return writer.take();
}

std::string mechanisms_csv(const std::vector<MechanismResult>& results, Language language) {
    CsvWriter csv(CsvPurpose::for_people);
    for (const char* column : {"mechanism", "name", "termination", "cause"})
        csv.text(column);
    for_each_measure({}, [&csv](std::string_view column, const auto&) { csv.text(column); });
    const auto measured =
        std::ranges::find_if(results, [](const MechanismResult& result) { return result.measures.has_value(); });
    const std::vector<TierValue> tiers =
        measured == results.end() ? std::vector<TierValue>() : measured->measures->tiers;
    for (const TierValue& tier : tiers)
        csv.text("tier_" + std::string(name(tier.tier)));
    csv.text("rules_ignored").text("rules_broken").end_record();
    for (const MechanismResult& result : results) {
        csv.text(name(result.mechanism)).text(text(word(result.mechanism), language));
        csv.text(name(result.termination)).text(name(result.cause));
        if (result.measures) {
            for_each_measure(*result.measures, CellWriter{csv});
            for (const TierValue& tier : result.measures->tiers)
                csv.number(to_text(tier.value));
            csv.number(count_text(result, [](const RuleOutcome& rule) { return !rule.is_heeded; }));
            csv.number(count_text(result, [](const RuleOutcome& rule) { return rule.breaches > 0; }));
        } else {
            for_each_measure({}, [&csv](std::string_view, const auto&) { csv.text(""); });
            for (std::size_t k = 0; k < tiers.size() + 2; ++k)
                csv.text("");
        }
        csv.end_record();
    }
    return csv.take();
}

std::string mechanism_rules_csv(const std::vector<MechanismResult>& results) {
    CsvWriter csv(CsvPurpose::for_people);
    csv.text("mechanism").text("rule").text("is_heeded").text("breaches").end_record();
    for (const MechanismResult& result : results) {
        for (const RuleOutcome& rule : result.rules) {
            csv.text(name(result.mechanism)).text(rule.rule).text(rule.is_heeded ? "true" : "false");
            csv.number(std::to_string(rule.breaches)).end_record();
        }
    }
    return csv.take();
}

}  // namespace countyplan
