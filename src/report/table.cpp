#include <countyplan/report/table.hpp>

#include <cmath>

#include <countyplan/scalar/number.hpp>

namespace countyplan {

namespace {

/// `value` with at most `decimals` digits after the point, rounded half up, trailing zeros cut.
std::string rounded(double value, int decimals) {
    if (!std::isfinite(value)) return {};
    const double scale = std::pow(10.0, decimals);
    const double scaled = std::floor(std::abs(value) * scale + 0.5);
    if (scaled >= 0x1p53) return to_text(value);
    auto digits = static_cast<std::uint64_t>(scaled);
    auto cut = decimals;
    while (cut > 0 && digits % 10 == 0) {
        digits /= 10;
        --cut;
    }
    std::string out = std::to_string(digits);
    if (cut > 0) {
        const auto places = static_cast<std::size_t>(cut);
        if (out.size() <= places) out.insert(0, places + 1 - out.size(), '0');
        out.insert(out.size() - places, ".");
    }
    return value < 0 && digits != 0 ? "-" + out : out;
}

struct CellWords {
    Language language;

    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& words) const { return words; }
    std::string operator()(const LocalText& words) const { return text(words, language); }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return rounded(number, 2); }
    std::string operator()(Day day) const { return to_text(day); }
    std::string operator()(Money money) const { return to_text(money); }
    std::string operator()(Share share) const { return rounded(share.value() * 100.0, 1) + "%"; }
    std::string operator()(const Message& sentence) const { return text(sentence, language); }
};

}  // namespace

std::string cell_text(const Cell& cell, Language language) { return std::visit(CellWords{language}, cell.value); }

}  // namespace countyplan
