#include "exact_number.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

#include <countyplan/solve/proof/int128.hpp>

namespace countyplan::detail {

namespace {

constexpr std::int64_t most_exponent = 1'000'000'000;  // further away nothing changes

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `word` without its sign, in small letters; only ever compared with a few short words.
std::string small_letters(std::string_view word) {
    std::string out(word.substr(0, 16));
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; });
    return out;
}

ExactNumber in_words(std::string_view word, bool minus) {
    const std::string small = small_letters(word);
    if (small == "nan") return {0, NumberFault::not_finite};
    if (small != "inf" && small != "infinity") return {0, NumberFault::not_a_number};
    return {0, minus ? NumberFault::not_finite : NumberFault::forbidden};
}

/// The digits of a word and where its decimal point stands.
struct Digits {
    std::string_view whole;
    std::string_view fraction;
    std::int64_t exponent = 0;
    bool is_number = false;
};

Digits take_apart(std::string_view word) {
    Digits out;
    const auto digits = [&word] {
        std::size_t end = 0;
        while (end < word.size() && is_digit(word[end]))
            ++end;
        const std::string_view taken = word.substr(0, end);
        word.remove_prefix(end);
        return taken;
    };
    out.whole = digits();
    if (word.starts_with('.')) {
        word.remove_prefix(1);
        out.fraction = digits();
    }
    if (out.whole.empty() && out.fraction.empty()) return out;
    if (word.starts_with('e') || word.starts_with('E')) {
        word.remove_prefix(1);
        const bool minus = word.starts_with('-');
        if (minus || word.starts_with('+')) word.remove_prefix(1);
        const std::string_view power = digits();
        if (power.empty()) return out;
        for (const char c : power)
            out.exponent = std::min(most_exponent, out.exponent * 10 + (c - '0'));
        if (minus) out.exponent = -out.exponent;
    }
    out.is_number = word.empty();
    return out;
}

ExactNumber whole_number(const Digits& digits, bool minus, std::int64_t scale) {
    std::string all(digits.whole);
    all += digits.fraction;
    const std::size_t first = std::min(all.find_first_not_of('0'), all.size());
    if (first == all.size()) return {};
    const std::size_t last = all.find_last_not_of('0');
    // the value is `significant` times ten to the power `exponent`
    const std::string_view significant = std::string_view(all).substr(first, last - first + 1);
    std::int64_t exponent = digits.exponent - static_cast<std::int64_t>(digits.fraction.size()) +
                            static_cast<std::int64_t>(all.size() - 1 - last);
    for (; scale > 1; scale /= 10)
        ++exponent;
    if (exponent < 0) return {0, NumberFault::not_whole};
    if (exponent + static_cast<std::int64_t>(significant.size()) > 19) return {0, NumberFault::out_of_range};
    uint128 magnitude = 0;
    for (const char c : significant)
        magnitude = magnitude * 10 + static_cast<unsigned>(c - '0');
    for (; exponent > 0; --exponent)
        magnitude *= 10;
    const auto limit = static_cast<uint128>(std::numeric_limits<std::int64_t>::max()) + (minus ? 1 : 0);
    if (magnitude > limit) return {0, NumberFault::out_of_range};
    const auto signed_value = static_cast<int128>(magnitude);
    return {static_cast<std::int64_t>(minus ? -signed_value : signed_value), NumberFault::none};
}

}  // namespace

ExactNumber exact_number(std::string_view word, std::int64_t scale) {
    if (scale == 1) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
        if (error == std::errc{} && end == word.data() + word.size()) return {value, NumberFault::none};
    }
    const bool minus = word.starts_with('-');
    if (minus || word.starts_with('+')) word.remove_prefix(1);
    if (word.empty()) return {0, NumberFault::not_a_number};
    if (!is_digit(word.front()) && word.front() != '.') return in_words(word, minus);
    const Digits digits = take_apart(word);
    if (!digits.is_number) return {0, NumberFault::not_a_number};
    return whole_number(digits, minus, scale);
}

}  // namespace countyplan::detail
