#include <countyplan/io/journal.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <utility>

#include <boost/crc.hpp>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/io/journal_messages.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/plan/fingerprint.hpp>
#include <countyplan/scalar/number.hpp>

#include "file_call.hpp"

namespace countyplan {

namespace {

constexpr std::string_view sum_mark = R"(,"sum":")";
constexpr std::size_t sum_digits = 8;
constexpr auto between_syncs = std::chrono::milliseconds(500);
constexpr std::size_t most_points = 5'000'000;

std::string sum_of(std::string_view bytes) {
    boost::crc_32_type crc;
    crc.process_bytes(bytes.data(), bytes.size());
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (int shift = 28; shift >= 0; shift -= 4)
        out += digits[(crc.checksum() >> shift) & 15];
    return out;
}

std::string body_of(const ExperimentRow& row) {
    const std::string point = "\"point\":" + canonical_json(row.point.parameters);
    const std::string seed = ",\"seed\":" + std::to_string(row.point.seed) + "}";
    const std::string key = "\"key\":" + canonical_json(std::string_view(row.key)) + ",";
    if (const auto* const error = std::get_if<PointError>(&row.outcome)) {
        return "{\"error\":{\"kind\":" + canonical_json(std::string_view(error->kind)) +
               ",\"text\":" + canonical_json(std::string_view(error->text)) + "}," + key + point + seed;
    }
    return "{" + key + point + ",\"row\":" + canonical_json(std::get<NamedValues>(row.outcome)) + seed;
}

std::optional<PointValue> value_of(const JsonValue& value) {
    switch (value.kind()) {
        case JsonKind::null:
            return PointValue();
        case JsonKind::boolean:
            return PointValue(*value.boolean());
        case JsonKind::text:
            return PointValue(std::string(value.text()));
        case JsonKind::integer:
            if (const auto whole = value.integer()) return PointValue(*whole);
            return std::nullopt;
        case JsonKind::decimal:
            if (const auto decimal = value.decimal())
                return PointValue(*decimal == 0 && value.text().starts_with('-') ? -0.0 : *decimal);
            return std::nullopt;
        default:
            return std::nullopt;
    }
}

std::optional<NamedValues> values_of(const std::optional<JsonValue>& object) {
    if (!object || object->kind() != JsonKind::object) return std::nullopt;
    NamedValues out;
    for (const JsonValue member : *object) {
        auto value = value_of(member);
        if (!value) return std::nullopt;
        out.emplace(std::string(member.key()), std::move(*value));
    }
    return out;
}

std::optional<std::string> text_of(const std::optional<JsonValue>& value) {
    if (!value || value->kind() != JsonKind::text) return std::nullopt;
    return std::string(value->text());
}

/// The row of a line without its sum.
std::optional<ExperimentRow> row_of_body(std::string_view body) {
    const JsonDocument document = read_json(std::string(body), {}, JsonNul::kept);
    if (!document.ok() || document.root().kind() != JsonKind::object) return std::nullopt;
    const JsonValue root = document.root();
    ExperimentRow out;
    const auto key = text_of(root.find("key"));
    auto point = values_of(root.find("point"));
    const auto seed = root.find("seed");
    const auto number = seed ? parse_number<std::uint64_t>(seed->text()) : std::nullopt;
    if (!key || !point || !number) return std::nullopt;
    out.key = *key;
    out.point = {std::move(*point), *number};
    if (const auto error = root.find("error")) {
        const bool is_object = error->kind() == JsonKind::object;
        const auto kind = is_object ? text_of(error->find("kind")) : std::nullopt;
        const auto words = is_object ? text_of(error->find("text")) : std::nullopt;
        if (!kind || !words) return std::nullopt;
        out.outcome = PointError{*kind, *words};
    } else {
        auto row = values_of(root.find("row"));
        if (!row) return std::nullopt;
        out.outcome = std::move(*row);
    }
    return out;
}

/// What a whole line says before its sum; nothing where the sum is wrong.
std::optional<std::string> summed(std::string_view line) {
    const std::size_t mark = line.rfind(sum_mark);
    if (mark == std::string_view::npos || line.size() != mark + sum_mark.size() + sum_digits + 2 ||
        !line.ends_with("\"}")) {
        return std::nullopt;
    }
    std::string body(line.substr(0, mark));
    body += '}';
    if (line.substr(mark + sum_mark.size(), sum_digits) != sum_of(body)) return std::nullopt;
    return body;
}

[[noreturn]] void refuse_line(const MessageText& what, std::size_t line, std::size_t offset) {
    throw RefusedInput({.message = Message(what, {to_text(line)}),
                        .remedy = message::journal_cut,
                        .offset = offset,
                        .position = {line, 1}});
}

}  // namespace

std::string journal_line(const ExperimentRow& row) {
    std::string body = body_of(row);
    const std::string sum = sum_of(body);
    body.pop_back();
    return body.append(sum_mark) + sum + "\"}\n";
}

JournalReading read_journal(std::string_view bytes, const Limits& limits) {
    JournalReading out;
    std::unordered_map<std::string, std::size_t> row_of_key;
    std::size_t line = 0;
    while (out.sound < bytes.size()) {
        ++line;
        const std::size_t end = bytes.find('\n', out.sound);
        const auto body =
            end == std::string_view::npos ? std::nullopt : summed(bytes.substr(out.sound, end - out.sound));
        if (!body) {
            const bool is_last = end == std::string_view::npos || end + 1 == bytes.size();
            if (!is_last) refuse_line(message::journal_damaged, line, out.sound);
            break;
        }
        auto row = row_of_body(*body);
        if (!row || journal_line(*row) != bytes.substr(out.sound, end + 1 - out.sound))
            refuse_line(message::journal_line_form, line, out.sound);
        const auto [at, is_new] = row_of_key.emplace(row->key, out.rows.size());
        if (is_new) {
            if (out.rows.size() == limits.records)
                throw RefusedInput({.message = Message(message::record_limit, {to_text(limits.records)})});
            out.rows.push_back(std::move(*row));
        } else {
            out.rows[at->second] = std::move(*row);
        }
        out.sound = end + 1;
    }
    out.torn = bytes.size() - out.sound;
    return out;
}

/// What is written and not yet synced is known to both threads; the file is closed by one of them.
struct JournalFile::State {
    State(std::string name, Files& disk) : path(std::move(name)), files(disk) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (descriptor >= 0) (void)files.close(descriptor);
    }

    void sync_now_and_then(const std::stop_token& ended) {
        std::unique_lock lock(mutex);
        while (!ended.stop_requested()) {
            wake.wait_for(lock, ended, between_syncs, [] { return false; });
            if (!is_dirty) continue;
            is_dirty = false;
            lock.unlock();
            const int result = detail::uninterrupted([this] { return files.sync(descriptor); });
            lock.lock();
            if (result < 0) failure = result;
        }
    }

    void refuse_failure() {
        const std::lock_guard lock(mutex);
        detail::require_done(failure, message::action_sync, path);
    }

    std::string path;
    Files& files;
    int descriptor = -1;
    std::vector<ExperimentRow> rows{};
    std::mutex mutex{};
    std::condition_variable_any wake{};
    bool is_dirty = false;
    int failure = 0;
    std::jthread syncer{};
};

JournalFile::JournalFile(const std::string& path, const Limits& limits, Files& files)
    : state_(std::make_unique<State>(path, files)) {
    State& state = *state_;
    state.descriptor = detail::open_alone(files, path);
    const std::string held = detail::read_open(files, state.descriptor, path, 0, limits);
    JournalReading found = read_journal(held, limits);
    if (found.torn > 0)
        detail::require_done(files.truncate(state.descriptor, found.sound), message::action_write, path);
    state.rows = std::move(found.rows);
    state.syncer = std::jthread([&state](const std::stop_token& ended) { state.sync_now_and_then(ended); });
}

JournalFile::~JournalFile() {
    try {
        close();
    } catch (const IoError&) {  // whoever wants to know calls `close`
    }
}

const std::vector<ExperimentRow>& JournalFile::rows() const { return state_->rows; }

void JournalFile::write(const ExperimentRow& row) {
    State& state = *state_;
    state.refuse_failure();
    detail::write_all(state.files, state.descriptor, journal_line(row), state.path);
    const std::lock_guard lock(state.mutex);
    state.is_dirty = true;
}

void JournalFile::close() {
    State& state = *state_;
    if (state.descriptor < 0) return;
    if (state.syncer.joinable()) {
        state.syncer.request_stop();
        state.syncer.join();
    }
    const int synced = detail::uninterrupted([&state] { return state.files.sync(state.descriptor); });
    const int closed = state.files.close(std::exchange(state.descriptor, -1));
    state.refuse_failure();
    detail::require_done(synced, message::action_sync, state.path);
    detail::require_done(closed, message::action_close, state.path);
}

std::string journal_digest(std::span<const ExperimentRow> rows) {
    std::map<std::string_view, const ExperimentRow*> by_key;
    for (const ExperimentRow& row : rows)
        by_key[row.key] = &row;
    std::string lines;
    for (const auto& [key, row] : by_key)
        lines += journal_line(*row);
    return digits_of(fingerprint_of(lines));
}

std::vector<ExperimentRow> merged_rows(std::span<const JournalReading> journals) {
    std::map<std::string, ExperimentRow> by_key;
    for (const JournalReading& journal : journals) {
        for (const ExperimentRow& row : journal.rows) {
            const auto [at, is_new] = by_key.emplace(row.key, row);
            if (is_new || at->second == row) continue;
            const bool was_error = std::holds_alternative<PointError>(at->second.outcome);
            const bool is_error = std::holds_alternative<PointError>(row.outcome);
            if (was_error == is_error)
                throw RefusedInput({.message = Message(message::journal_differs, {excerpt(row.key)})});
            if (was_error) at->second = row;
        }
    }
    std::vector<ExperimentRow> out;
    for (auto& [key, row] : by_key)
        out.push_back(std::move(row));
    return out;
}

namespace {

void write_cell(CsvWriter& csv, const NamedValues& values, const std::string& name) {
    const auto found = values.find(name);
    if (found == values.end() || std::holds_alternative<std::monostate>(found->second)) {
        csv.text("");
    } else if (const auto* const words = std::get_if<std::string>(&found->second)) {
        csv.text(*words);
    } else if (std::holds_alternative<bool>(found->second)) {
        csv.text(canonical_json(found->second));
    } else {
        csv.number(canonical_json(found->second));
    }
}

}  // namespace

std::string rows_csv(std::span<const ExperimentRow> rows) {
    std::set<std::string> parameters;
    std::set<std::string> measures;
    for (const ExperimentRow& row : rows) {
        for (const auto& [name, value] : row.point.parameters)
            parameters.insert(name);
        if (const auto* const values = std::get_if<NamedValues>(&row.outcome))
            for (const auto& [name, value] : *values)
                measures.insert(name);
    }
    CsvWriter csv(CsvPurpose::for_people);
    csv.text("key");
    for (const std::string& name : parameters)
        csv.text(name);
    csv.text("seed");
    for (const std::string& name : measures)
        csv.text(name);
    csv.text("error").end_record();
    for (const ExperimentRow& row : rows) {
        csv.text(row.key);
        for (const std::string& name : parameters)
            write_cell(csv, row.point.parameters, name);
        csv.number(std::to_string(row.point.seed));
        const auto* const values = std::get_if<NamedValues>(&row.outcome);
        for (const std::string& name : measures)
            write_cell(csv, values == nullptr ? NamedValues() : *values, name);
        const auto* const error = std::get_if<PointError>(&row.outcome);
        csv.text(error == nullptr ? "" : error->kind + ": " + error->text).end_record();
    }
    return csv.take();
}

namespace {

[[noreturn]] void refuse(const JsonValue& value, Message what) { throw RefusedInput(value.flaw(std::move(what))); }

[[noreturn]] void refuse_kind(const JsonValue& value, const MessageText& wanted) {
    refuse(value, {message::manifest_value, {std::string(value.key()), wanted}});
}

std::string text_at(const JsonValue& value) {
    if (value.kind() != JsonKind::text) refuse_kind(value, message::manifest_text);
    return std::string(value.text());
}

template <class T>
T whole_at(const JsonValue& value) {
    const auto number = value.kind() == JsonKind::integer ? parse_number<T>(value.text()) : std::nullopt;
    if (!number) refuse_kind(value, message::manifest_whole);
    return *number;
}

GenerateOptions generate_of(const JsonValue& value) {
    if (value.kind() != JsonKind::object) refuse_kind(value, message::manifest_object);
    GenerateOptions out;
    for (const JsonValue member : value) {
        if (member.key() == "base") {
            const auto base = enumerator<GenerateBase>(text_at(member));
            if (!base) refuse_kind(member, message::manifest_text);
            out.base = *base;
        } else if (member.key() == "seed") {
            out.seed = whole_at<std::uint64_t>(member);
        } else if (member.key() == "counties") {
            out.counties = whole_at<std::int64_t>(member);
        } else {
            refuse(member, {message::manifest_unknown, {excerpt(member.key())}});
        }
    }
    return out;
}

std::vector<PointValue> list_of(const JsonValue& value) {
    if (value.kind() != JsonKind::array || value.size() == 0) refuse_kind(value, message::manifest_list);
    std::vector<PointValue> out;
    for (const JsonValue item : value) {
        auto read = value_of(item);
        if (!read) refuse(item, {message::manifest_value, {std::string(value.key()), message::manifest_list}});
        out.push_back(std::move(*read));
    }
    return out;
}

std::vector<std::uint64_t> seeds_of(const JsonValue& value) {
    constexpr std::uint64_t most = 1'000'000;
    std::vector<std::uint64_t> out;
    if (value.kind() == JsonKind::array && value.size() > 0) {
        for (const JsonValue item : value) {
            const auto seed = parse_number<std::uint64_t>(item.text());
            if (item.kind() != JsonKind::integer || !seed) refuse(item, {message::manifest_seeds});
            out.push_back(*seed);
        }
        return out;
    }
    const auto count = value.kind() == JsonKind::integer ? parse_number<std::uint64_t>(value.text()) : std::nullopt;
    if (!count || *count < 1 || *count > most) refuse_kind(value, message::manifest_seeds);
    for (std::uint64_t seed = 0; seed < *count; ++seed)
        out.push_back(seed);
    return out;
}

void require_few(const JsonValue& root, const ExperimentGrid& grid) {
    std::size_t points = grid.seeds.size();
    for (const auto& [name, values] : grid.values) {
        points *= values.size();
        if (points > most_points) refuse(root, {message::manifest_large, {to_text(most_points)}});
    }
}

}  // namespace

SweepManifest read_manifest(std::string bytes, const Limits& limits) {
    const JsonDocument document = read_json(std::move(bytes), limits);
    if (!document.ok()) throw RefusedInput(document.flaws().front());
    const JsonValue root = document.root();
    if (root.kind() != JsonKind::object) refuse(root, {message::manifest_form});
    const auto format = root.find("format");
    const auto format_version = root.find("format_version");
    if (text_of(format) != "countyplan.sweep" || !format_version || format_version->integer() != 1)
        refuse(root, {message::manifest_form});
    SweepManifest out;
    out.grid.seeds = {0};
    bool is_generated = false;
    for (const JsonValue member : root) {
        const std::string_view key = member.key();
        if (key == "format" || key == "format_version") continue;
        if (key == "plan") {
            out.plan = text_at(member);
        } else if (key == "generate") {
            out.generate = generate_of(member);
            is_generated = true;
        } else if (key == "grid") {
            if (member.kind() != JsonKind::object) refuse_kind(member, message::manifest_object);
            for (const JsonValue values : member)
                out.grid.values.emplace_back(std::string(values.key()), list_of(values));
        } else if (key == "seeds") {
            out.grid.seeds = seeds_of(member);
        } else {
            refuse(member, {message::manifest_unknown, {excerpt(key)}});
        }
    }
    if (is_generated == !out.plan.empty()) refuse(root, {message::manifest_source});
    require_few(root, out.grid);
    return out;
}

}  // namespace countyplan
