#include "source_map.hpp"

#include <algorithm>
#include <iterator>

#include <countyplan/plan/fact.hpp>

namespace countyplan::detail {

Source TableSource::locate(const Place& place, const Limits& limits) const {
    Source out{.file = file};
    if (!place.row || *place.row >= rows.size()) return out;
    const auto [offset, line] = rows[*place.row];
    out.line = line;
    out.column = 1;
    const std::string_view field = std::string_view(place.field).substr(0, place.field.find_first_of(".["));
    CsvReader header(text, limits);
    CsvReader record(std::string_view(text).substr(offset), limits);
    if (!header.next() || !record.next()) return out;
    for (std::size_t cell = 0; cell < header.cells().size() && cell < record.cells().size(); ++cell) {
        if (header.cells()[cell] != field) continue;
        const TextPosition position = record.position(cell);
        out.line = line + position.line - 1;
        out.column = position.column;
    }
    return out;
}

namespace {

/// Follows a place such as `rules[2].parameters` into a document as far as it goes.
JsonValue value_at(JsonValue value, const Place& place) {
    std::string_view path = place.table;
    const auto member = [&](std::string_view name) {
        const auto found = value.find(name);
        if (found) value = *found;
        return found.has_value();
    };
    if (!path.empty() && !member(path)) return value;
    if (place.row && value.kind() == JsonKind::array && *place.row < value.size()) {
        auto element = value.begin();
        for (std::size_t i = 0; i < *place.row; ++i)
            ++element;
        value = *element;
    }
    const std::string_view field = std::string_view(place.field).substr(0, place.field.find_first_of(".["));
    if (!field.empty()) (void)member(field);
    return value;
}

}  // namespace

Source SourceMap::locate(const Place& place, const Limits& limits) const {
    if (place.table == Table<Fact>::name && place.row && !log_first_.empty() && *place.row >= log_first_.front()) {
        const auto after = std::ranges::upper_bound(log_first_, *place.row);
        return {
            log_file_, static_cast<std::size_t>(after - log_first_.begin()), *place.row - *std::prev(after) + 1, {}};
    }
    const auto known = tables_.find(place.table);
    if (known != tables_.end()) return known->second.locate(place, limits);
    if (!document_ || !document_->ok()) return {.file = document_file_};
    const JsonValue value = value_at(document_->root(), place);
    const TextPosition position = value.position();
    return {document_file_, position.line, position.column, value.pointer()};
}

}  // namespace countyplan::detail
