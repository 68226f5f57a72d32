#include <countyplan/io/csv.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <utility>

#include <countyplan/io/messages.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

namespace {

constexpr std::size_t arena_chunk = std::size_t{64} << 10;

/// The end of an unquoted run: the first quote, delimiter or line end.
std::size_t end_of_run(std::string_view text, std::size_t at, char delimiter) {
    const char* p = text.data() + at;
    const char* const end = text.data() + text.size();
    while (p != end && *p != delimiter && *p != '\n' && *p != '\r' && *p != '"')
        ++p;
    return static_cast<std::size_t>(p - text.data());
}

/// The name nearest to `wanted` within two edits, if any.
std::string_view nearest(std::string_view wanted, std::span<const CsvColumn> columns) {
    std::string_view best;
    std::size_t best_distance = 3;
    if (wanted.size() > 64) return best;
    for (const CsvColumn& column : columns) {
        std::vector<std::size_t> row(column.name.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t{0});
        for (std::size_t i = 1; i <= wanted.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i;
            for (std::size_t j = 1; j <= column.name.size(); ++j) {
                const std::size_t change = diagonal + (wanted[i - 1] == column.name[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
            }
        }
        if (row.back() < best_distance) {
            best_distance = row.back();
            best = column.name;
        }
    }
    return best;
}

std::string joined(std::span<const CsvColumn> columns) {
    std::string out;
    for (const CsvColumn& column : columns) {
        if (!out.empty()) out += ", ";
        out += column.name;
    }
    return out;
}

bool is_known(std::string_view name, std::span<const CsvColumn> columns) {
    return std::any_of(columns.begin(), columns.end(), [&](const CsvColumn& column) { return column.name == name; });
}

/// Whether splitting the first line by `delimiter` gives at least half of the columns.
bool header_splits_by(char delimiter, std::string_view header, std::span<const CsvColumn> columns) {
    std::size_t known = 0;
    std::size_t pieces = 0;
    for (std::size_t from = 0; from <= header.size(); ++pieces) {
        const std::size_t to = std::min(header.find(delimiter, from), header.size());
        std::string_view piece = header.substr(from, to - from);
        if (piece.size() >= 2 && piece.front() == '"' && piece.back() == '"') piece = piece.substr(1, piece.size() - 2);
        if (is_known(piece, columns)) ++known;
        from = to + 1;
    }
    return pieces > 1 && known > 0 && 2 * known >= pieces;
}

constexpr std::array<std::string_view, 11> formula_starts{
    "=", "+", "-", "@", "\t", "\r", "\n", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};

/// Calls `found(at)` for each place where a formula could begin; stops when it returns false.
template <class Found>
void formula_places(std::string_view cell, Found found) {
    bool may_start = true;
    for (std::size_t at = 0; at < cell.size(); ++at) {
        const char c = cell[at];
        if (may_start) {
            const std::string_view rest = cell.substr(at);
            const bool risky = std::any_of(formula_starts.begin(), formula_starts.end(),
                                           [&](std::string_view start) { return rest.starts_with(start); });
            if (risky && !found(at)) return;
        }
        may_start = c == ';' || c == '\t' || c == '\r' || c == '\n' || (may_start && (c == ' ' || c == '"'));
    }
}

}  // namespace

CsvReader::CsvReader(std::string_view text, const Limits& limits, char delimiter, std::size_t shift)
    : text_(text), limits_(limits), delimiter_(delimiter), shift_(shift) {}

TextPosition CsvReader::position(std::size_t cell) const {
    return position_of(text_, starts_[cell], record_start_, {record_line_, 1});
}

void CsvReader::add(Flaw flaw, std::size_t cell) {
    flaw.offset = offset(cell);
    flaw.position = position(cell);
    keep(std::move(flaw));
}

/// Errors end reading when there are enough of them. Warnings never do: the rest of the table would be
/// lost without an error; one more than the limit is kept, so that whoever counts sees there were more.
void CsvReader::keep(Flaw flaw) {
    if (flaw.is_warning) {
        if (flaws_.size() <= limits_.flaws) flaws_.push_back(std::move(flaw));
        return;
    }
    flaws_.push_back(std::move(flaw));
    if (++errors_ >= limits_.flaws) stopped_ = true;
}

void CsvReader::flaw_at(Message message, Message remedy, std::size_t at, std::string_view value, bool is_warning) {
    Flaw flaw;
    flaw.is_warning = is_warning;
    flaw.message = std::move(message);
    flaw.remedy = std::move(remedy);
    flaw.offset = at + shift_;
    flaw.position = position_of(text_, at, record_start_, {record_line_, 1});
    flaw.value = excerpt(value.substr(0, 400));
    keep(std::move(flaw));
}

char* CsvReader::room(std::size_t size) {
    if (arena_left_ < size) {
        arena_left_ = std::max(size, arena_chunk);
        arena_.push_back(std::make_unique_for_overwrite<char[]>(arena_left_));
        arena_next_ = arena_.back().get();
    }
    return arena_next_;
}

void CsvReader::end_line() {
    if (at_ == text_.size()) return;
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
}

bool CsvReader::quoted_cell() {
    const std::size_t opening = at_++;
    const std::size_t begin = at_;
    std::size_t doubled = 0;
    std::size_t end = 0;
    for (;;) {
        const void* found = at_ < text_.size() ? std::memchr(text_.data() + at_, '"', text_.size() - at_) : nullptr;
        if (found == nullptr) {
            flaw_at(message::unterminated_quote, message::quote_the_cell, opening, text_.substr(opening, 120));
            stopped_ = true;
            return false;
        }
        end = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
        at_ = end + 1;
        if (at_ == text_.size() || text_[at_] != '"') break;
        ++doubled;
        ++at_;
    }
    const std::string_view raw = text_.substr(begin, end - begin);
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '\n' || (raw[i] == '\r' && !(i + 1 < raw.size() && raw[i + 1] == '\n'))) ++line_;
    }
    if (doubled == 0) {
        cells_.push_back(raw);
        return true;
    }
    char* const out = room(raw.size() - doubled);
    std::size_t size = 0;
    for (std::size_t from = 0; from < raw.size();) {
        const std::size_t quote = std::min(raw.find('"', from), raw.size());
        const std::size_t take = std::min(quote + 1, raw.size()) - from;
        std::memcpy(out + size, raw.data() + from, take);
        size += take;
        from = quote + 2;
    }
    arena_next_ += size;
    arena_left_ -= size;
    cells_.push_back({out, size});
    return true;
}

bool CsvReader::parse_record() {
    cells_.clear();
    starts_.clear();
    record_start_ = at_;
    record_line_ = line_;
    for (;;) {
        const std::size_t start = at_;
        starts_.push_back(start);
        if (at_ < text_.size() && text_[at_] == '"') {
            if (!quoted_cell()) return false;
            const std::size_t after = at_;
            at_ = end_of_run(text_, at_, delimiter_);
            while (at_ < text_.size() && text_[at_] == '"')
                at_ = end_of_run(text_, at_ + 1, delimiter_);
            if (at_ != after) {
                flaw_at(message::stray_quote, message::quote_the_cell, start, text_.substr(start, at_ - start));
            }
        } else {
            at_ = end_of_run(text_, at_, delimiter_);
            if (at_ < text_.size() && text_[at_] == '"') {
                while (at_ < text_.size() && text_[at_] == '"')
                    at_ = end_of_run(text_, at_ + 1, delimiter_);
                flaw_at(message::stray_quote, message::quote_the_cell, start, text_.substr(start, at_ - start));
            }
            cells_.push_back(text_.substr(start, at_ - start));
        }
        if (cells_.back().size() > limits_.text_bytes) {
            flaw_at(Message(message::text_limit, {to_text(limits_.text_bytes)}), {}, start, cells_.back());
        }
        if (at_ == text_.size() || text_[at_] != delimiter_) break;
        ++at_;
        if (starts_.size() >= limits_.columns) {
            flaw_at(Message(message::column_limit, {to_text(limits_.columns)}), {}, start, {});
            stopped_ = true;
            return false;
        }
    }
    return true;
}

bool CsvReader::next() {
    while (!stopped_ && at_ < text_.size()) {
        if (text_[at_] == '\n' || text_[at_] == '\r') {
            record_start_ = at_;
            record_line_ = line_;
            flaw_at(message::blank_line, {}, at_, {}, true);
            end_line();
            continue;
        }
        if (record_ == limits_.records) {
            record_start_ = at_;
            record_line_ = line_;
            flaw_at(Message(message::record_limit, {to_text(limits_.records)}), {}, at_, {});
            stopped_ = true;
            break;
        }
        if (!parse_record()) break;
        end_line();
        ++record_;
        return true;
    }
    cells_.clear();
    starts_.assign(1, at_);
    return false;
}

CsvTable::CsvTable(std::string_view text, std::span<const CsvColumn> columns, UnknownColumns unknown,
                   const Limits& limits, std::size_t shift)
    : reader_(text, limits, ',', shift), cell_of_(columns.size()) {
    read_header(text, columns, unknown);
}

void CsvTable::read_header(std::string_view text, std::span<const CsvColumn> columns, UnknownColumns unknown) {
    const auto flaw = [](Message message, Message remedy, std::string_view value) {
        Flaw made;
        made.message = std::move(message);
        made.remedy = std::move(remedy);
        made.value = excerpt(value.substr(0, 400));
        return made;
    };
    if (!reader_.next()) {
        if (reader_.flaws().empty() || !has_error(reader_.flaws())) reader_.add(flaw(message::empty_input, {}, {}), 0);
        return;
    }
    const std::vector<std::string_view> cells(reader_.cells().begin(), reader_.cells().end());
    const std::string_view first_line = text.substr(0, text.find_first_of("\r\n"));
    for (const char delimiter : {';', '\t'}) {
        if (cells.size() > 1 || !header_splits_by(delimiter, first_line, columns)) continue;
        const MessageText& name = delimiter == ';' ? message::a_semicolon : message::a_tab;
        reader_.add(flaw(Message(message::wrong_delimiter, {name}), message::save_with_commas, first_line), 0);
        return;
    }
    if (std::none_of(cells.begin(), cells.end(), [&](std::string_view cell) { return is_known(cell, columns); })) {
        reader_.add(flaw(Message(message::missing_header, {joined(columns)}), {}, cells[0]), 0);
        return;
    }
    usable_ = true;
    std::vector<std::size_t> order(cells.size());  // cells by name, so that doubles stand together
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return cells[a] < cells[b]; });
    std::vector<bool> is_double(cells.size(), false);
    for (std::size_t i = 1; i < order.size(); ++i)
        is_double[order[i]] = cells[order[i]] == cells[order[i - 1]];
    for (std::size_t i = 0; i < cells.size(); ++i) {
        header_.emplace_back(cells[i]);
        const auto at = std::find_if(columns.begin(), columns.end(),
                                     [&](const CsvColumn& column) { return column.name == cells[i]; });
        if (is_double[i]) {
            usable_ = false;
            reader_.add(
                flaw(Message(message::duplicate_column, {excerpt(cells[i])}), message::remove_the_column, cells[i]), i);
        } else if (at != columns.end()) {
            cell_of_[static_cast<std::size_t>(at - columns.begin())] = i;
        } else {
            const std::string_view near = nearest(cells[i], columns);
            Flaw made = flaw(
                Message(message::unknown_column, {excerpt(cells[i])}),
                near.empty() ? Message(message::remove_the_column) : Message(message::did_you_mean, {near}), cells[i]);
            made.is_warning = unknown == UnknownColumns::listed;
            reader_.add(std::move(made), i);
        }
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (!columns[c].required || cell_of_[c]) continue;
        usable_ = false;
        reader_.add(flaw(Message(message::missing_column, {columns[c].name}), {}, {}), 0);
    }
}

bool CsvTable::next() {
    while (usable_ && reader_.next()) {
        const std::size_t found = reader_.cells().size();
        if (found == header_.size()) return true;
        Flaw flaw;
        flaw.remedy = message::check_the_commas;
        if (found < header_.size()) {
            flaw.message = Message(message::record_too_short, {to_text(reader_.record()), to_text(found),
                                                               to_text(header_.size()), excerpt(header_[found])});
            reader_.add(std::move(flaw), found - 1);
        } else {
            flaw.message = Message(message::record_too_long, {to_text(reader_.record()), to_text(found),
                                                              to_text(header_.size()), excerpt(header_.back())});
            flaw.value = excerpt(reader_.cells()[header_.size()].substr(0, 400));
            reader_.add(std::move(flaw), header_.size());
        }
    }
    return false;
}

CsvWriter::CsvWriter(CsvPurpose purpose) : purpose_(purpose), out_("\xEF\xBB\xBF") {}

void CsvWriter::put(std::string_view cell) {
    if (cells_++ != 0) out_ += ',';
    last_empty_ = cell.empty();
    if (cell.find_first_of("\",\r\n") == std::string_view::npos) {
        out_ += cell;
        return;
    }
    out_ += '"';
    for (const char c : cell) {
        if (c == '"') out_ += '"';
        out_ += c;
    }
    out_ += '"';
}

CsvWriter& CsvWriter::text(std::string_view cell) {
    if (purpose_ == CsvPurpose::for_people && is_formula_like(cell)) {
        put(neutralised(cell));
    } else {
        put(cell);
    }
    return *this;
}

CsvWriter& CsvWriter::number(std::string_view digits) {
    put(digits);
    return *this;
}

void CsvWriter::end_record() {
    if (cells_ == 1 && last_empty_) out_ += "\"\"";
    out_ += '\n';
    cells_ = 0;
}

std::string CsvWriter::take() {
    cells_ = 0;
    return std::exchange(out_, "\xEF\xBB\xBF");
}

bool is_formula_like(std::string_view cell) {
    bool any = false;
    formula_places(cell, [&](std::size_t) {
        any = true;
        return false;
    });
    return any;
}

std::string neutralised(std::string_view cell) {
    std::string out;
    std::size_t from = 0;
    formula_places(cell, [&](std::size_t at) {
        out += cell.substr(from, at - from);
        out += '\'';
        from = at;
        return true;
    });
    out += cell.substr(from);
    return out;
}

}  // namespace countyplan
