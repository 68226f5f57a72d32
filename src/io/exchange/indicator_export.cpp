#include <countyplan/io/exchange/indicator_export.hpp>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>
#include <vector>

#include <countyplan/io/exchange/messages.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/scalar/number.hpp>

#include "xml_text.hpp"

namespace countyplan {

namespace {

using detail::xml_escaped;

/// Digits without an exponent, which neither receiver reads.
std::string plain(double value) {
    char buffer[400];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value + 0.0, std::chars_format::fixed);
    (void)error;  // no double has more digits
    return std::string(buffer, end);
}

const std::string& name_of(const auto& row) { return row.name_en.empty() ? row.name_zh : row.name_en; }

/// Text in both languages where there are both.
std::string narratives(const std::string& zh, const std::string& en, std::string_view indent) {
    std::string out;
    if (!zh.empty()) out += std::string(indent) + "<narrative xml:lang=\"zh\">" + xml_escaped(zh) + "</narrative>\n";
    if (!en.empty()) out += std::string(indent) + "<narrative xml:lang=\"en\">" + xml_escaped(en) + "</narrative>\n";
    return out;
}

/// The values reported of an indicator that count as of a day, oldest first.
std::vector<std::pair<Day, double>> values_of(const Ledger& ledger, const Indicator& row, AsOf as_of) {
    std::vector<std::pair<Day, double>> out;
    for (const Id<Fact> id : ledger.history({Noun::indicator, row.id}, "value", as_of)) {
        const Fact& fact = ledger[id];
        if (const auto value = parse_decimal(fact.value)) out.emplace_back(fact.valid_at, *value);
    }
    return out;
}

class IatiWriter {
  public:
    IatiWriter(const Plan& plan, const IndicatorExportOptions& options)
        : plan_(plan), options_(options), ledger_(plan) {}

    IndicatorWriting run() {
        const Draft& rows = plan_.rows();
        std::map<std::string_view, std::vector<const Indicator*>> of_goal;
        for (const Indicator& row : rows.indicators)
            of_goal[row.goal].push_back(&row);
        out_.bytes = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<iati-activities version=\"2.03\">\n";
        for (const County& county : rows.counties) {
            std::vector<const Goal*> goals;
            for (const Goal& goal : rows.goals) {
                if (goal.county == county.code && of_goal.contains(goal.id)) goals.push_back(&goal);
            }
            if (goals.empty()) continue;
            begin_activity(county);
            for (const Goal* const goal : goals)
                result(*goal, of_goal.at(goal->id));
            out_.bytes += "  </iati-activity>\n";
        }
        out_.bytes += "</iati-activities>\n";
        return std::move(out_);
    }

  private:
    void put(std::string_view text) { out_.bytes += text; }

    void begin_activity(const County& county) {
        const Draft& rows = plan_.rows();
        const std::string publisher = xml_escaped(options_.publisher);
        put("  <iati-activity xml:lang=\"zh\" default-currency=\"CNY\">\n");
        put("    <iati-identifier>" + publisher + "-" + to_text(county.code) + "</iati-identifier>\n");
        put("    <reporting-org ref=\"" + publisher + "\" type=\"10\">\n");
        put(narratives(rows.name, {}, "      ") + "    </reporting-org>\n");
        const std::string title = narratives(county.name_zh, county.name_en, "      ");
        put("    <title>\n" + title + "    </title>\n");
        put("    <description type=\"1\">\n" + narratives(rows.name, {}, "      ") + "    </description>\n");
        put("    <participating-org role=\"4\" type=\"11\">\n" + title + "    </participating-org>\n");
        put("    <activity-status code=\"2\"/>\n");
        put("    <activity-date iso-date=\"" + to_text(rows.period.from) + "\" type=\"1\"/>\n");
        put("    <activity-date iso-date=\"" + to_text(rows.period.to) + "\" type=\"3\"/>\n");
        put("    <recipient-country code=\"CN\" percentage=\"100\"/>\n");
    }

    void result(const Goal& goal, const std::vector<const Indicator*>& indicators) {
        put("    <result type=\"2\" aggregation-status=\"false\">\n");
        put("      <title>\n" + titles(goal, "        ") + "      </title>\n");
        for (const Indicator* const row : indicators)
            indicator(*row);
        put("    </result>\n");
    }

    template <class Row>
    static std::string titles(const Row& row, std::string_view indent) {
        return narratives(name_of(row).empty() ? row.id : row.name_zh, row.name_en, indent);
    }

    void value(std::string_view element, std::string_view attributes, const Indicator& row) {
        put("          <" + std::string(element) + std::string(attributes));
        if (row.school.empty()) {
            put("/>\n");
        } else {
            put(">\n            <dimension name=\"school\" value=\"" + xml_escaped(row.school) + "\"/>\n          </" +
                std::string(element) + ">\n");
        }
    }

    void indicator(const Indicator& row) {
        const Draft& rows = plan_.rows();
        put("      <indicator measure=\"" + std::string(row.kind == IndicatorKind::percent ? "2" : "1") +
            "\" ascending=\"" + (row.direction == Direction::up ? "true" : "false") + "\">\n");
        put("        <title>\n" + titles(row, "          ") + "        </title>\n");
        if (row.baseline && row.baseline_date) {
            value("baseline",
                  " year=\"" + to_text(*row.baseline_date).substr(0, 4) + "\" iso-date=\"" +
                      to_text(*row.baseline_date) + "\" value=\"" + plain(*row.baseline) + "\"",
                  row);
        } else if (row.baseline) {
            lose(row, "baseline");
        }
        const Day from = row.baseline_date.value_or(rows.period.from);
        const Day to = std::max(row.due.value_or(rows.period.to), from);
        const auto reported = values_of(ledger_, row, options_.as_of);
        put("        <period>\n          <period-start iso-date=\"" + to_text(from) + "\"/>\n");
        put("          <period-end iso-date=\"" + to_text(to) + "\"/>\n");
        if (row.target) value("target", " value=\"" + plain(*row.target) + "\"", row);
        if (!reported.empty()) value("actual", " value=\"" + plain(reported.back().second) + "\"", row);
        put("        </period>\n      </indicator>\n");
    }

    void lose(const Indicator& row, std::string_view what) {
        out_.findings.push_back({.severity = Severity::warning,
                                 .message = {message::exchange_cannot_hold, {what, "1"}},
                                 .place = {std::string(Table<Indicator>::name), {}, std::string(what)},
                                 .value = excerpt(row.id)});
    }

    const Plan& plan_;
    const IndicatorExportOptions& options_;
    Ledger ledger_;
    IndicatorWriting out_;
};

}  // namespace

std::optional<IndicatorFormat> indicator_format_of(std::string_view path) {
    for (const auto& [suffix, format] : {std::pair{std::string_view(".iati.xml"), IndicatorFormat::iati},
                                         std::pair{std::string_view(".dhis2.json"), IndicatorFormat::dhis2}}) {
        if (path.size() > suffix.size() && path.ends_with(suffix)) return format;
    }
    return std::nullopt;
}

IndicatorWriting iati_results(const Plan& plan, const IndicatorExportOptions& options) {
    return IatiWriter(plan, options).run();
}

IndicatorWriting dhis2_data_values(const Plan& plan, const IndicatorExportOptions& options) {
    const Ledger ledger(plan);
    const Draft& rows = plan.rows();
    std::map<std::string_view, Code> county_of;
    for (const Goal& goal : rows.goals)
        county_of.emplace(goal.id, goal.county);
    JsonWriter writer;
    writer.begin_object();
    writer.key("dataValues").begin_array();
    for (const Indicator& row : rows.indicators) {
        std::map<std::string, double> of_month;  // the last of each month stays
        for (const auto& [day, value] : values_of(ledger, row, options.as_of)) {
            const std::string iso = to_text(day);
            of_month[iso.substr(0, 4) + iso.substr(5, 2)] = value;
        }
        for (const auto& [month, value] : of_month) {
            writer.begin_object();
            writer.key("dataElement").text(row.id);
            writer.key("period").text(month);
            writer.key("orgUnit").text(row.school.empty() ? to_text(county_of.at(row.goal)) : row.school);
            writer.key("value").text(plain(value)).end_object();
        }
    }
    writer.end_array().end_object();
    return {.bytes = writer.take()};
}

}  // namespace countyplan
