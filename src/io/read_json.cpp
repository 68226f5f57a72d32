#include "read_json.hpp"

#include <utility>

#include "object_reader.hpp"

namespace countyplan::detail {

namespace {

/// True for the names that `read_header` takes care of.
bool is_header_member(std::string_view key) {
    return key == "format" || key == "format_version" || key == "name" || key == "version" || key == "period" ||
           key == "rules" || key == "weights" || key == "objective";
}

/// Whether a document says that it is a plan, in a version that is read here.
bool is_plan_document(const JsonValue& root, const std::string& file, JsonScope scope, ObjectReader& reader,
                      FindingList& findings) {
    const auto format = root.find("format");
    if (!format && scope == JsonScope::whole) reader.missing(root, "format");
    if (format && format->kind() != JsonKind::text) {
        reader.mismatch(*format, JsonKind::text, "format");
        return false;
    }
    if (format && format->text() != plan_format_name) {
        findings.add(format->flaw({message::wrong_format, {excerpt(format->text()), plan_format_name}}), file);
        return false;
    }
    const auto version = root.find("format_version");
    if (!version) return true;
    if (version->integer() >= 1 && version->integer() <= plan_format_version) return true;
    const bool is_newer = version->integer() > plan_format_version;
    const std::string written = excerpt(version->text());
    if (version->kind() != JsonKind::integer) {
        reader.mismatch(*version, JsonKind::integer, "format_version");
    } else if (is_newer) {
        findings.add(version->flaw({message::newer_format, {written, std::to_string(plan_format_version)}}), file);
    } else {
        findings.add(version->flaw({message::number_range, {written}}), file);
    }
    return false;
}

void read_period(const JsonValue& value, ObjectReader& reader, Period& period) {
    if (value.kind() != JsonKind::object) {
        reader.mismatch(value, JsonKind::object, "period");
        return;
    }
    for (const auto& [name, day] : {std::pair{"from", &period.from}, std::pair{"to", &period.to}}) {
        const std::string field = std::string("period.") + name;
        if (const auto member = value.find(name)) {
            reader.read_value(*member, field, *day);
        } else {
            reader.missing(value, name, field);
        }
    }
    for (const JsonValue member : value) {
        if (member.key() != "from" && member.key() != "to") reader.unknown(member);
    }
}

}  // namespace

bool read_header(const JsonValue& root, const std::string& file, JsonScope scope, const ReadOptions& options,
                 Draft& draft, FindingList& findings, Unread& unread) {
    ObjectReader reader(file, options, findings);
    if (root.kind() != JsonKind::object) {
        reader.mismatch(root, JsonKind::object, {});
        return false;
    }
    if (!is_plan_document(root, file, scope, reader, findings)) return false;
    // each part that cannot be read, and whether it could
    const auto part = [&](std::string_view name, auto read) {
        const auto member = root.find(name);
        reader.start_part();
        if (member) {
            read(*member);
        } else {
            reader.missing(root, name);
        }
        if (!reader.is_whole()) unread.header(name);
    };
    part("name", [&](const JsonValue& value) { reader.read_value(value, "name", draft.name); });
    part("version", [&](const JsonValue& value) { reader.read_value(value, "version", draft.version); });
    part("period", [&](const JsonValue& value) { read_period(value, reader, draft.period); });
    if (const auto rules = root.find("rules")) {
        if (rules->kind() != JsonKind::array) {
            reader.mismatch(*rules, JsonKind::array, "rules");
        } else {
            for (const JsonValue element : *rules) {
                if (findings.full()) break;
                Rule rule;
                if (!reader.read_row(element, "rules", draft.rules.size(), rule)) unread.row(rule, draft.rules.size());
                draft.rules.push_back(std::move(rule));
            }
        }
    }
    if (const auto weights = root.find("weights")) {
        (void)reader.read_row(*weights, "weights", std::nullopt, draft.weights);
    }
    if (root.find("objective")) {
        part("objective", [&](const JsonValue& value) { reader.read_value(value, "objective", draft.objective); });
    }
    if (scope == JsonScope::header) {
        ObjectReader plain(file, options, findings);
        for (const JsonValue member : root) {
            if (!is_header_member(member.key())) plain.unknown(member);
        }
    }
    return true;
}

bool read_document(const JsonValue& root, const std::string& file, const ReadOptions& options, Draft& draft,
                   FindingList& findings, Unread& unread) {
    if (!read_header(root, file, JsonScope::whole, options, draft, findings, unread)) return false;
    ObjectReader reader(file, options, findings);
    for (const JsonValue member : root) {
        if (is_header_member(member.key())) continue;
        bool is_known = false;
        for_each_table(draft, [&](auto& rows) {
            using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
            if (member.key() != Table<Row>::name) return;
            is_known = true;
            if (member.kind() != JsonKind::array) {
                ObjectReader(file, options, findings).mismatch(member, JsonKind::array, {}, Table<Row>::name);
                unread.table(Table<Row>::name);
                return;
            }
            if (member.size() > options.limits.records) {
                findings.add(member.flaw({message::record_limit, {to_text(options.limits.records)}}), file,
                             std::string(Table<Row>::name));
                unread.table(Table<Row>::name);
                return;
            }
            const std::string table(Table<Row>::name);
            for (const JsonValue element : member) {
                if (findings.full()) return;
                Row row{};
                if (!reader.read_row(element, table, rows.size(), row)) unread.row(row, rows.size());
                rows.push_back(std::move(row));
            }
        });
        if (!is_known) ObjectReader(file, options, findings).unknown(member);
    }
    return true;
}

}  // namespace countyplan::detail
