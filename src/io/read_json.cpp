#include "read_json.hpp"

#include <array>
#include <map>
#include <tuple>

#include <countyplan/io/csv.hpp>

#include "cell.hpp"
#include "json_kind.hpp"

namespace countyplan::detail {

namespace {

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
    [[nodiscard]] bool read_row(const JsonValue& value, std::string_view table, std::optional<std::size_t> index,
                                Row& row) {
        table_ = table;
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
    void missing(const JsonValue& object, std::string_view name) { missing(object, name, name); }
    void missing(const JsonValue& object, std::string_view name, std::string_view field) {
        add(object, {message::missing_member, {name}}, field, {message::fill_in}, Severity::error);
        is_whole_ = false;
    }
    void mismatch(const JsonValue& value, JsonKind wanted, std::string_view field, std::string_view table) {
        table_ = table;
        mismatch(value, wanted, field);
    }
    void mismatch(const JsonValue& value, JsonKind wanted, std::string_view field) {
        add(value, {message::type_mismatch, {json_kind_word(value.kind()), json_kind_word(wanted)}}, field, {},
            Severity::error);
        is_whole_ = false;
    }

    /// `is_whole` speaks of what is read from here on.
    void start_part() { is_whole_ = true; }
    [[nodiscard]] bool is_whole() const { return is_whole_; }

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
        if (!findings_.takes(severity)) return findings_.leave_out();  // a pointer costs a walk over the siblings
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
