#include <countyplan/io/solve_problem.hpp>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <type_traits>
#include <utility>

#include <countyplan/io/cost_matrix.hpp>
#include <countyplan/io/dimacs.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/io/problem_messages.hpp>

#include "file_name.hpp"
#include "problem_document.hpp"
#include "problem_text.hpp"
#include "solve_json.hpp"

namespace countyplan {

namespace {

// ----------------------------------------------------------------------------------------------- which format

std::string_view last_part(std::string_view path) {
    const std::size_t slash = path.find_last_of("/\\");
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::optional<ProblemFormat> dimacs_format(std::string_view bytes) {
    detail::WordScanner words(bytes);
    do {
        const std::string_view letter = words.word_in_line();
        if (letter.empty() || letter.front() == 'c') continue;
        if (letter != "p") return std::nullopt;
        const std::string_view kind = words.word_in_line();
        if (kind == "min") return ProblemFormat::dimacs_min;
        if (kind == "max") return ProblemFormat::dimacs_max;
        if (kind == "asn") return ProblemFormat::dimacs_asn;
        return std::nullopt;
    } while (words.next_line());
    return std::nullopt;
}

std::size_t words_in_line(detail::WordScanner& words) {
    std::size_t count = 0;
    while (!words.word_in_line().empty())
        ++count;
    return count;
}

/// Of a text that begins with a number: by how many numbers stand on its first two filled lines.
ProblemFormat table_format(std::string_view name, std::string_view bytes) {
    if (name.starts_with("assignp")) return ProblemFormat::or_library_sparse;
    if (name.starts_with("assign")) return ProblemFormat::or_library;
    detail::WordScanner words(bytes);
    const std::string_view first = words.word();
    std::int64_t side = -1;
    (void)std::from_chars(first.data(), first.data() + first.size(), side);
    if (words_in_line(words) > 0) return ProblemFormat::cost_matrix;
    std::size_t in_second = 0;
    while (in_second == 0 && words.next_line())
        in_second = words_in_line(words);
    const bool has_rows = in_second == 0 || std::cmp_equal(in_second, side);
    const ProblemFormat table = has_rows ? ProblemFormat::cost_matrix : ProblemFormat::or_library;
    if (in_second != 3) return table;
    // three numbers a line: pairs, unless there are just as many as a table has, or fewer of a table of three
    std::int64_t lines = 1;
    while (words.next_line()) {
        const std::size_t in_line = words_in_line(words);
        if (in_line != 0 && in_line != 3) return table;
        lines += in_line == 0 ? 0 : 1;
    }
    const bool is_table = side < 0 || side > 2'000'000'000 || 3 * lines == side * side || (side == 3 && lines < 3);
    return is_table ? table : ProblemFormat::or_library_sparse;
}

}  // namespace

std::optional<ProblemFormat> problem_format_of(std::string_view name, std::string_view bytes) {
    for (const auto& [suffix, format] :
         {std::pair{".min", ProblemFormat::dimacs_min}, std::pair{".max", ProblemFormat::dimacs_max},
          std::pair{".asn", ProblemFormat::dimacs_asn}, std::pair{".mtx", ProblemFormat::matrix_market},
          std::pair{".json", ProblemFormat::json}}) {
        if (detail::ends_with(name, suffix)) return format;
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    const std::size_t start = bytes.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return std::nullopt;
    const char first = bytes[start];
    if (first == '{') return ProblemFormat::json;
    if (first == '%') return ProblemFormat::matrix_market;
    if (first == 'c' || first == 'p') return dimacs_format(bytes);
    if ((first >= '0' && first <= '9') || first == '-' || first == '+') return table_format(last_part(name), bytes);
    return std::nullopt;
}

ProblemReading read_problem_text(std::string bytes, const std::string& name, const ProblemOptions& options) {
    ProblemOptions known = options;
    if (!known.format) known.format = problem_format_of(name, bytes);
    if (!known.format) {
        detail::ProblemText in(std::move(bytes), name, options);
        if (in.ok()) {
            std::string names;
            for (const MessageText& word : Enumerators<ProblemFormat>::words)
                names += (names.empty() ? "" : ", ") + std::string(word.code);
            in.complain(message::problem_unknown_format, in.text().substr(0, 40), {message::expect_written, {names}},
                        message::problem_name_the_format);
        }
        return in.finish({}, ProblemFormat::json);
    }
    switch (*known.format) {
        case ProblemFormat::dimacs_min:
        case ProblemFormat::dimacs_max:
        case ProblemFormat::dimacs_asn:
            return read_dimacs(std::move(bytes), name, known);
        case ProblemFormat::or_library:
        case ProblemFormat::cost_matrix:
            return read_cost_matrix(std::move(bytes), name, known);
        case ProblemFormat::or_library_sparse:
        case ProblemFormat::matrix_market:
            return read_cost_pairs(std::move(bytes), name, known);
        case ProblemFormat::json:
            break;
    }
    return detail::read_problem_document(std::move(bytes), name, known);
}

ProblemReading read_problem(const std::string& path, const ProblemOptions& options, Files& files) {
    return read_problem_text(read_file(path, options.limits, files), path, options);
}

// ------------------------------------------------------------------------------------------------ fingerprint

namespace {

/// Joins the bytes of numbers, eight to each, least first, and fingerprints them a piece at a time.
class NumberDigest {
  public:
    template <class T>
    void operator()(const detail::Part& part, const T& value) {
        joined_ += part.name;
        add(value);
    }

    [[nodiscard]] Fingerprint take(std::string_view kind) {
        seal();
        return fingerprint_of(std::string(kind) + joined_);
    }

  private:
    static constexpr std::size_t piece_size = std::size_t{1} << 20;

    template <detail::WholeNumber T>
    void add(T value) {
        const auto number = static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
        for (int shift = 0; shift < 64; shift += 8)
            piece_ += static_cast<char>(number >> shift & 0xFFU);
        if (piece_.size() >= piece_size) seal();
    }
    template <class T>
    void add(const std::vector<T>& values) {
        add(values.size());
        for (const T& value : values)
            add(value);
    }
    void add(const NestedQuotas& quotas) { detail::for_each_part(quotas, *this); }
    void seal() {
        joined_ += to_text(fingerprint_of(piece_));
        piece_.clear();
    }

    std::string piece_;
    std::string joined_;
};

}  // namespace

Fingerprint fingerprint_of(const SolveProblem& problem) {
    NumberDigest digest;
    std::visit([&digest](const auto& of_its_kind) { detail::for_each_part(of_its_kind, digest); }, problem);
    return digest.take(name(kind_of(problem)));
}

}  // namespace countyplan
