#include "read_json.hpp"

#include <array>
#include <map>
#include <tuple>

#include <countyplan/io/csv.hpp>

#include "cell.hpp"

namespace countyplan::detail {

namespace {

const MessageText& kind_word(JsonKind kind) {
    switch (kind) {
        case JsonKind::null:
            return message::json_null;
        case JsonKind::boolean:
            return message::json_boolean;
        case JsonKind::integer:
        case JsonKind::decimal:
            return message::json_number;
        case JsonKind::text:
            return message::json_text;
        case JsonKind::array:
            return message::json_array;
        case JsonKind::object:
            return message::json_object;
    }
    return message::json_null;
}

/// Which kind of JSON value holds a field's value.
template <class T>
constexpr JsonKind json_kind() {
    if constexpr (is_optional_cell<T>) {
        return json_kind<typename T::value_type>();
    } else if constexpr (std::same_as<T, bool>) {
        return JsonKind::boolean;
    } else if constexpr (std::same_as<T, std::int64_t> || std::same_as<T, WorkDays>) {
        return JsonKind::integer;
    } else if constexpr (std::same_as<T, double> || std::same_as<T, Money>) {
        return JsonKind::decimal;
    } else if constexpr (is_list_cell<T>) {
        return JsonKind::array;
    } else if constexpr (std::same_as<T, std::map<std::string, std::int64_t>> || TableRow<T>) {
        return JsonKind::object;
    } else {
        return JsonKind::text;
    }
}

bool fits(JsonKind kind, JsonKind wanted) {
    const auto is_number = [](JsonKind k) { return k == JsonKind::integer || k == JsonKind::decimal; };
    return kind == wanted || (is_number(kind) && is_number(wanted));
}

/// Reads members of one object into fields and gathers what is wrong.
class ObjectReader {
  public:
    ObjectReader(const std::string& file, const ReadOptions& options, FindingList& findings)
        : file_(file), options_(options), findings_(findings) {}

    /// Whether every member could be read.
    template <class Row>
    bool read_row(const JsonValue& value, std::string table, std::optional<std::size_t> index, Row& row) {
        table_ = std::move(table);
        row_ = index;
        is_whole_ = true;
        if (value.kind() != JsonKind::object) {
            mismatch(value, JsonKind::object, {});
            return false;
        }
        std::array<bool, std::tuple_size_v<std::remove_cvref_t<decltype(Table<Row>::fields)>>> seen{};
        for (const JsonValue member : value) {
            bool is_known = false;
            std::size_t at = 0;
            for_each_field<Row>([&](const auto& field) {
                if (member.key() == field.name) {
                    is_known = seen[at] = true;
                    read_field(member, field, row);
                }
                ++at;
            });
            if (!is_known) unknown(member);
        }
        std::size_t at = 0;
        for_each_field<Row>([&](const auto& field) {
            if (!seen[at++] && !may_be_empty(field)) missing(value, field.name);
        });
        return is_whole_;
    }

    void unknown(const JsonValue& member) {
        const bool refused = options_.unknown == UnknownColumns::refused;
        add(member, {message::unknown_member, {excerpt(member.key())}}, {}, {},
            refused ? Severity::error : Severity::warning);
    }
    void missing(const JsonValue& object, std::string_view name) {
        add(object, {message::missing_member, {name}}, name, {message::fill_in}, Severity::error, {});
        is_whole_ = false;
    }
    void mismatch(const JsonValue& value, JsonKind wanted, std::string_view field) {
        add(value, {message::type_mismatch, {kind_word(value.kind()), kind_word(wanted)}}, field, {}, Severity::error);
        is_whole_ = false;
    }

    /// A value of any type that a field may have.
    template <class T>
    void read_value(const JsonValue& value, std::string_view field, T& out) {
        if constexpr (is_optional_cell<T>) {
            out.reset();
            if (value.is_null()) return;
            const bool was_whole = std::exchange(is_whole_, true);
            read_value(value, field, out.emplace());
            if (!is_whole_) out.reset();
            is_whole_ = is_whole_ && was_whole;
        } else if (!fits(value.kind(), json_kind<T>())) {
            mismatch(value, json_kind<T>(), field);
        } else if constexpr (std::same_as<T, bool>) {
            out = value.boolean().value_or(false);
        } else if constexpr (std::same_as<T, std::map<std::string, std::int64_t>>) {
            out.clear();
            for (const JsonValue member : value)
                read_value(member, field, out[std::string(member.key())]);
        } else if constexpr (is_list_cell<T>) {
            out.clear();
            for (const JsonValue element : value)
                read_value(element, field, out.emplace_back());
        } else {
            auto problem = read_cell(value.text(), out);
            if (!problem) return;
            add(value, {*problem->what, {excerpt(value.text())}}, field, std::move(problem->remedy), Severity::error,
                std::move(problem->expected));
            out = T();
            is_whole_ = false;
        }
    }

  private:
    template <class Row, class T>
    void read_field(const JsonValue& member, const Field<Row, T>& field, Row& row) {
        read_value(member, field.name, row.*field.member);
        if (field.use == FieldUse::text && member.kind() == JsonKind::text && is_formula_like(member.text())) {
            add(member, {message::formula_like, {excerpt(member.text())}}, field.name, {message::quote_formula},
                Severity::warning);
        }
    }

    void add(const JsonValue& value, Message what, std::string_view field, Message remedy, Severity severity,
             Message expected = {}) {
        const Flaw flaw = value.flaw(what);
        findings_.add({.severity = severity,
                       .message = std::move(what),
                       .place = {table_, row_, std::string(field)},
                       .value = flaw.value,
                       .expected = std::move(expected),
                       .remedy = std::move(remedy),
                       .source = {file_, flaw.position.line, flaw.position.column, flaw.pointer}});
    }

    const std::string& file_;
    const ReadOptions& options_;
    FindingList& findings_;
    std::string table_;
    std::optional<std::size_t> row_;
    bool is_whole_ = true;
};

/// The part of a plan that is no table.
struct Header {
    std::string format;
    std::int64_t format_version = plan_format_version;
};

/// True for the names that `read_header` takes care of.
bool is_header_member(std::string_view key) {
    return key == "format" || key == "format_version" || key == "name" || key == "version" || key == "period" ||
           key == "rules" || key == "weights";
}

}  // namespace

void read_header(const JsonValue& root, const std::string& file, JsonScope scope, const ReadOptions& options,
                 Draft& draft, FindingList& findings) {
    ObjectReader reader(file, options, findings);
    if (root.kind() != JsonKind::object) {
        reader.mismatch(root, JsonKind::object, {});
        return;
    }
    Header header;
    for (const std::string_view name : {"name", "version", "period"}) {
        if (!root.find(name)) reader.missing(root, name);
    }
    if (const auto format = root.find("format")) {
        reader.read_value(*format, "format", header.format);
        if (format->kind() == JsonKind::text && header.format != plan_format_name) {
            findings.add(format->flaw({message::wrong_format, {excerpt(header.format), plan_format_name}}), file);
        }
    } else if (scope == JsonScope::whole) {
        reader.missing(root, "format");
    }
    if (const auto version = root.find("format_version")) {
        reader.read_value(*version, "format_version", header.format_version);
        if (header.format_version > plan_format_version || header.format_version < 1) {
            findings.add(version->flaw({message::newer_format,
                                        {std::to_string(header.format_version), std::to_string(plan_format_version)}}),
                         file);
        }
    }
    if (const auto name = root.find("name")) reader.read_value(*name, "name", draft.name);
    if (const auto version = root.find("version")) reader.read_value(*version, "version", draft.version);
    if (const auto period = root.find("period")) {
        if (period->kind() != JsonKind::object) {
            reader.mismatch(*period, JsonKind::object, "period");
        } else {
            for (const auto& [name, day] : {std::pair{"from", &draft.period.from}, std::pair{"to", &draft.period.to}}) {
                if (const auto member = period->find(name)) {
                    reader.read_value(*member, std::string("period.") + name, *day);
                } else {
                    reader.missing(*period, std::string("period.") + name);
                }
            }
            for (const JsonValue member : *period) {
                if (member.key() != "from" && member.key() != "to") reader.unknown(member);
            }
        }
    }
    if (const auto rules = root.find("rules")) {
        if (rules->kind() != JsonKind::array) {
            reader.mismatch(*rules, JsonKind::array, "rules");
        } else {
            for (const JsonValue element : *rules) {
                reader.read_row(element, "rules", draft.rules.size(), draft.rules.emplace_back());
            }
        }
    }
    if (const auto weights = root.find("weights")) reader.read_row(*weights, "weights", std::nullopt, draft.weights);
    if (scope == JsonScope::header) {
        ObjectReader plain(file, options, findings);
        for (const JsonValue member : root) {
            if (!is_header_member(member.key())) plain.unknown(member);
        }
    }
}

void read_document(const JsonValue& root, const std::string& file, const ReadOptions& options, Draft& draft,
                   FindingList& findings, std::vector<std::pair<std::string, std::size_t>>& broken) {
    read_header(root, file, JsonScope::whole, options, draft, findings);
    if (root.kind() != JsonKind::object) return;
    ObjectReader reader(file, options, findings);
    for (const JsonValue member : root) {
        if (is_header_member(member.key())) continue;
        bool is_known = false;
        for_each_table(draft, [&](auto& rows) {
            using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
            if (member.key() != Table<Row>::name) return;
            is_known = true;
            if (member.kind() != JsonKind::array) {
                reader.mismatch(member, JsonKind::array, {});
                return;
            }
            for (const JsonValue element : member) {
                if (findings.full()) return;
                Row row{};
                const std::string table(Table<Row>::name);
                if (!reader.read_row(element, table, rows.size(), row)) broken.emplace_back(table, rows.size());
                rows.push_back(std::move(row));
            }
        });
        if (!is_known) reader.unknown(member);
    }
}

}  // namespace countyplan::detail
