#include "problem_text.hpp"

#include <algorithm>
#include <utility>

#include <countyplan/io/encoding.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/io/problem_messages.hpp>
#include <countyplan/scalar/number.hpp>

#include "exact_number.hpp"

namespace countyplan::detail {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::int64_t always_believable_side = 1'000'000;

/// Bytes that are no text of single bytes: UTF-16, UTF-32, nothing. Comments may be in any encoding that
/// agrees with ASCII, so nothing else is asked here.
std::vector<Flaw> flaws_of_encoding(const std::string& bytes, const ProblemOptions& options) {
    if (bytes.size() > options.limits.file_bytes) {
        Flaw flaw;
        flaw.message = Message(message::size_limit, {"…", to_text(options.limits.file_bytes)});
        return {flaw};
    }
    const std::string_view start = std::string_view(bytes).substr(0, 4);
    const bool is_wide =
        start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF") || start.find('\0') != start.npos;
    const bool is_empty =
        bytes.find_first_not_of(" \t\r\n\f\v", bytes.starts_with(byte_order_mark) ? 3 : 0) == bytes.npos;
    if (!is_wide && !is_empty) return {};
    return decode(bytes.substr(0, 64), Encoding::utf_8).flaws;
}

}  // namespace

ProblemText::ProblemText(std::string bytes, const std::string& name, const ProblemOptions& options)
    : words({}), text_(std::move(bytes)), name_(name), options_(options), findings_(options.limits) {
    for (const Flaw& flaw : flaws_of_encoding(text_, options)) {
        findings_.add(flaw, name_);
        if (!flaw.is_warning) ++errors_;
    }
    if (text_.starts_with(byte_order_mark)) text_.erase(0, byte_order_mark.size());
    words = WordScanner(ok() ? std::string_view(text_) : std::string_view());
}

void ProblemText::complain(Message what, std::string_view value, Message expected, Message remedy) {
    ++errors_;
    if (!findings_.takes(Severity::error)) return findings_.leave_out();
    const TextPosition position = words.position();
    findings_.add({.severity = Severity::error,
                   .message = std::move(what),
                   .value = excerpt(value.substr(0, 400)),
                   .expected = std::move(expected),
                   .remedy = std::move(remedy),
                   .source = {name_, position.line, position.column, {}}});
}

void ProblemText::complain_of_all(Message what, Message expected, Message remedy) {
    ++errors_;
    findings_.add({.severity = Severity::error,
                   .message = std::move(what),
                   .expected = std::move(expected),
                   .remedy = std::move(remedy),
                   .source = {name_, 0, 0, {}}});
}

std::optional<std::int64_t> ProblemText::read(std::string_view word, const NumberRange& range, std::int64_t scale,
                                              std::optional<std::int64_t> forbidden) {
    const ExactNumber number = exact_number(word, scale);
    const auto shown = [word] { return excerpt(word.substr(0, 400)); };
    const auto expected = [&range] {
        return Message(message::expect_range, {to_text(range.low), to_text(range.high)});
    };
    switch (number.fault) {
        case NumberFault::none:
            if (number.value >= range.low && number.value <= range.high) return number.value;
            [[fallthrough]];
        case NumberFault::out_of_range:
            complain({message::problem_out_of_range, {shown(), to_text(range.low), to_text(range.high)}}, word);
            break;
        case NumberFault::not_a_number:
            if (word.empty()) {
                complain(message::problem_words_missing, word, expected());
            } else {
                complain({message::problem_not_a_number, {shown()}}, word, expected());
            }
            break;
        case NumberFault::not_whole:
            if (scale == 1) {
                complain({message::problem_not_whole, {shown()}}, word, message::expect_whole_number,
                         message::problem_scale);
            } else {
                complain({message::problem_still_not_whole, {shown(), to_text(scale)}}, word,
                         message::expect_whole_number, message::problem_scale);
            }
            break;
        case NumberFault::forbidden:
            if (forbidden) return forbidden;
            [[fallthrough]];
        case NumberFault::not_finite:
            complain({message::problem_not_finite, {shown()}}, word, expected(), message::problem_only_forbids);
            break;
    }
    return std::nullopt;
}

std::optional<std::int64_t> ProblemText::number(std::string_view word, const NumberRange& range) {
    return read(word, range, 1, std::nullopt);
}

std::optional<std::int64_t> ProblemText::cost(std::string_view word, const NumberRange& range) {
    return read(word, range, options_.scale, std::nullopt);
}

std::optional<std::int64_t> ProblemText::cost(std::string_view word, const NumberRange& range, std::int64_t forbidden) {
    return read(word, range, options_.scale, forbidden);
}

void ProblemText::end_of_line() {
    const std::string_view word = words.word_in_line();
    if (!word.empty()) complain({message::problem_words_left, {excerpt(word.substr(0, 400))}}, word);
}

bool ProblemText::is_believable(std::int64_t count, std::size_t bytes_each) {
    const std::size_t most = words.left() / bytes_each + 1;
    if (static_cast<std::uint64_t>(count) <= most) return true;
    complain({message::problem_size_limit, {to_text(count), to_text(most)}});
    return false;
}

bool ProblemText::is_believable_side(std::int64_t count) {
    const std::int64_t most = std::max(always_believable_side, static_cast<std::int64_t>(text_.size()));
    if (count <= most) return true;
    complain({message::problem_size_limit, {to_text(count), to_text(most)}});
    return false;
}

ProblemReading ProblemText::finish(SolveProblem problem, ProblemFormat format) {
    ProblemReading reading;
    reading.format = format;
    if (ok()) {
        reading.problem = std::move(problem);
        if (Verdict verdict = examine_problem(reading.problem); !verdict.accepted) {
            findings_.add({.severity = Severity::error,
                           .message = std::move(verdict.why),
                           .place = {.table = {}, .row = {}, .field = std::move(verdict.place)},
                           .source = {name_, 0, 0, {}}});
            reading.problem = {};
        }
    }
    reading.findings = findings_.take();
    return reading;
}

Verdict examine_problem(const SolveProblem& problem) {
    return std::visit([](const auto& of_its_kind) { return examine(of_its_kind); }, problem);
}

}  // namespace countyplan::detail
