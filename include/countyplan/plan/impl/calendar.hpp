// How working days are packed and counted, and how a place's layers become one calendar.
#pragma once

#include <algorithm>
#include <bit>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <countyplan/error.hpp>
#include <countyplan/plan/calendar.hpp>

namespace countyplan {

namespace detail {

/// 0001-01-01, a Monday, as a number of days since 1970-01-01.
inline constexpr std::int64_t first_monday = -719162;

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// Mondays to Fridays before the day `number`, counted from 0001-01-01.
constexpr std::int64_t weekday_rank(std::int64_t number) {
    const std::int64_t since = number - first_monday;
    const std::int64_t weeks = floor_div(since, 7);
    return weeks * 5 + std::min<std::int64_t>(since - weeks * 7, 5);
}

constexpr std::int64_t weekday_select(std::int64_t w) {
    const std::int64_t weeks = floor_div(w, 5);
    return first_monday + weeks * 7 + (w - weeks * 5);
}

constexpr bool is_weekday(std::int64_t number) {
    const std::int64_t since = number - first_monday;
    return since - floor_div(since, 7) * 7 < 5;
}

constexpr Day day_of_number(std::int64_t number) {
    return Day(std::chrono::sys_days(std::chrono::days(static_cast<std::int32_t>(number))));
}

constexpr Day day_of(int year, unsigned month, unsigned day) {
    return Day(std::chrono::sys_days(
        std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day))));
}

inline constexpr std::int64_t last_number = day_of(9999, 12, 31).number();

/// The position of the `nth` set bit of `word` (0-based), which has more than `nth`.
constexpr unsigned select_in_word(std::uint64_t word, unsigned nth) {
    unsigned at = 0;
    for (unsigned width = 32; width != 0; width /= 2) {
        const auto low = static_cast<unsigned>(std::popcount(word & ((std::uint64_t{1} << width) - 1)));
        if (nth >= low) {
            nth -= low;
            word >>= width;
            at += width;
        }
    }
    return at;
}

}  // namespace detail

inline Calendar::Calendar(Day first, const std::vector<bool>& working, std::optional<Day> announced_to)
    : first_(first.number()), days_(static_cast<std::int64_t>(working.size())), announced_to_(announced_to) {
    COUNTYPLAN_EXPECT(first_ >= detail::first_monday && first_ + days_ <= detail::last_number + 1,
                      "a calendar's span lies in the years 1 to 9999");
    words_.assign((working.size() + 63) / 64, 0);
    for (std::size_t i = 0; i < working.size(); ++i) {
        if (working[i]) words_[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    before_.assign(words_.size() + 1, 0);
    for (std::size_t i = 0; i < words_.size(); ++i)
        before_[i + 1] = before_[i] + static_cast<std::uint32_t>(std::popcount(words_[i]));
    rank_first_ = detail::weekday_rank(first_);
    rank_end_ = rank_first_ + before_.back();
}

inline bool Calendar::is_working_number(std::int64_t number) const {
    const std::int64_t at = number - first_;
    if (at < 0 || at >= days_) return detail::is_weekday(number);
    return (words_[static_cast<std::size_t>(at) / 64] >> (static_cast<std::size_t>(at) % 64) & 1) != 0;
}

inline std::int64_t Calendar::rank_number(std::int64_t number) const {
    const std::int64_t at = number - first_;
    if (at < 0 || days_ == 0) return detail::weekday_rank(number);
    if (at >= days_) return rank_end_ + detail::weekday_rank(number) - detail::weekday_rank(first_ + days_);
    const auto word = static_cast<std::size_t>(at) / 64;
    const std::uint64_t below = words_[word] & ((std::uint64_t{1} << (static_cast<std::size_t>(at) % 64)) - 1);
    return rank_first_ + before_[word] + std::popcount(below);
}

inline std::int64_t Calendar::select_number(std::int64_t w) const {
    constexpr std::int64_t far = std::int64_t{1} << 50;  // beyond any year, and far from overflow
    w = std::clamp(w, -far, far);
    if (w < rank_first_ || days_ == 0) return detail::weekday_select(w);
    if (w >= rank_end_) return detail::weekday_select(w - rank_end_ + detail::weekday_rank(first_ + days_));
    const auto nth = static_cast<std::uint32_t>(w - rank_first_);
    const auto word = static_cast<std::size_t>(std::ranges::upper_bound(before_, nth) - before_.begin()) - 1;
    return first_ + static_cast<std::int64_t>(word) * 64 + detail::select_in_word(words_[word], nth - before_[word]);
}

inline Day Calendar::select(std::int64_t w) const {
    const std::int64_t number = select_number(w);
    COUNTYPLAN_EXPECT(number >= detail::first_monday && number <= detail::last_number,
                      "the day lies outside the years 1 to 9999");
    return detail::day_of_number(number);
}

// ---------------------------------------------------------------------------------------------------

namespace detail {

/// A plan's dated rows by the scope they apply to, so that many calendars can be made from them.
class CalendarLayers {
  public:
    explicit CalendarLayers(const Draft& rows) : rows_(&rows) {
        for (const Id<CalendarDay> id : rows.calendar.ids())
            days_[rows.calendar[id].scope].push_back(id);
        for (const Id<Term> id : rows.terms.ids())
            terms_[rows.terms[id].scope].push_back(id);
    }

    /// The scopes of a place that have rows, widest first. Places with the same list share a calendar.
    [[nodiscard]] std::vector<std::string> scopes_of(Code county, std::string_view school) const {
        std::vector<std::string> out;
        const auto add = [&](std::string scope) {
            if (std::ranges::find(out, scope) != out.end()) return;
            if (days_.contains(scope) || terms_.contains(scope)) out.push_back(std::move(scope));
        };
        add({});
        if (county) {
            add(to_text(county.province()));
            add(to_text(county.prefecture()));
            add(to_text(county));
        }
        if (!school.empty()) add(std::string(school));
        return out;
    }

    [[nodiscard]] Calendar calendar(const std::vector<std::string>& scopes, std::string_view school,
                                    CalendarKind kind) const;

  private:
    /// The school year a day belongs to, by the year in which it begins (August to July).
    static int school_year(Day day) {
        const std::chrono::year_month_day date(day.days());
        return static_cast<int>(date.year()) - (date.month() < std::chrono::August ? 1 : 0);
    }
    /// The windows that count: of each school year those of the narrowest scope that has some.
    [[nodiscard]] std::vector<Period> windows(const std::vector<std::string>& scopes, TermKind kind) const;
    [[nodiscard]] std::span<const Id<CalendarDay>> days_in(const std::string& scope) const {
        const auto found = days_.find(scope);
        if (found == days_.end()) return {};
        return found->second;
    }

    const Draft* rows_;
    std::map<std::string, std::vector<Id<CalendarDay>>, std::less<>> days_;
    std::map<std::string, std::vector<Id<Term>>, std::less<>> terms_;
};

inline std::vector<Period> CalendarLayers::windows(const std::vector<std::string>& scopes, TermKind kind) const {
    std::map<int, std::vector<Period>> by_year;
    for (const std::string& scope : scopes) {
        const auto found = terms_.find(scope);
        if (found == terms_.end()) continue;
        std::map<int, std::vector<Period>> here;
        for (const Id<Term> id : found->second) {
            const Term& term = rows_->terms[id];
            if (term.kind == kind && term.from <= term.to) {
                here[school_year(term.from)].push_back(Period{term.from, term.to});
            }
        }
        for (auto& [year, list] : here)
            by_year[year] = std::move(list);
    }
    std::vector<Period> out;
    for (const auto& [year, list] : by_year)
        out.insert(out.end(), list.begin(), list.end());
    return out;
}

inline Calendar CalendarLayers::calendar(const std::vector<std::string>& scopes, std::string_view school,
                                         CalendarKind kind) const {
    std::optional<Day> announced;
    Day first = day_of(9999, 12, 31);
    Day last = day_of(1, 1, 1);
    const auto cover = [&](Day day) {
        first = std::min(first, day);
        last = std::max(last, day);
    };
    for (const std::string& scope : scopes) {
        for (const Id<CalendarDay> id : days_in(scope)) {
            const Day day = rows_->calendar[id].date;
            cover(day);
            if (scope.empty()) announced = std::max(announced.value_or(day), day_of(day.year(), 12, 31));
        }
    }
    std::vector<Period> terms;
    std::vector<Period> exams;
    Day taught_to{};  // teaching days are known up to here
    if (kind == CalendarKind::teaching) {
        terms = windows(scopes, TermKind::term);
        exams = windows(scopes, TermKind::exam);
        if (terms.empty()) {
            announced.reset();
        } else {
            int year = school_year(terms.front().from);  // the windows come year by year
            cover(day_of(std::max(year, 1), 8, 1));
            for (const Period& term : terms) {
                cover(term.from);
                cover(term.to);
                year = std::max(year, school_year(term.from));
            }
            taught_to = year >= 9999 ? day_of(9999, 12, 31) : day_of(year + 1, 8, 31);
            for (const Period& term : terms)
                taught_to = std::max(taught_to, term.to);
            cover(taught_to);
            if (announced) announced = std::min(*announced, taught_to);
        }
    }
    if (last < first) return Calendar(day_of(1, 1, 1), {}, announced);
    // Whole years, so that days before the first term of the first year are a break.
    first = day_of(first.year(), 1, 1);
    last = day_of(last.year(), 12, 31);
    const std::int64_t begin = first.number();
    const auto at = [&](Day day) { return static_cast<std::size_t>(day.number() - begin); };
    std::vector<bool> working(at(last) + 1);
    for (std::size_t i = 0; i < working.size(); ++i)
        working[i] = is_weekday(begin + static_cast<std::int64_t>(i));
    const auto lay = [&](const std::string& scope) {
        for (const Id<CalendarDay> id : days_in(scope))
            working[at(rows_->calendar[id].date)] = rows_->calendar[id].kind == DayKind::work;
    };
    for (const std::string& scope : scopes) {
        if (school.empty() || scope != school) lay(scope);
    }
    if (!terms.empty()) {
        std::vector<bool> taught(at(taught_to) + 1);
        const auto fill = [&](const Period& days, bool value) {
            const auto from = std::min(at(days.from), taught.size());
            const auto to = std::min(at(days.to) + 1, taught.size());
            std::fill(taught.begin() + static_cast<std::ptrdiff_t>(from),
                      taught.begin() + static_cast<std::ptrdiff_t>(to), value);
        };
        for (const Period& term : terms)
            fill(term, true);
        for (const Period& exam : exams) {
            if (exam.to >= first && exam.from <= taught_to) {
                fill({std::max(exam.from, first), std::min(exam.to, taught_to)}, false);
            }
        }
        for (std::size_t i = 0; i < taught.size(); ++i) {
            if (!taught[i]) working[i] = false;
        }
    }
    if (!school.empty()) lay(std::string(school));
    return Calendar(first, working, announced);
}

}  // namespace detail

inline Calendar calendar_of(const Plan& plan, Id<County> county, CalendarKind kind) {
    const detail::CalendarLayers layers(plan.rows());
    return layers.calendar(layers.scopes_of(plan.rows().counties[county].code, {}), {}, kind);
}

inline Calendar calendar_of(const Plan& plan, Id<School> school, CalendarKind kind) {
    const detail::CalendarLayers layers(plan.rows());
    const School& row = plan.rows().schools[school];
    return layers.calendar(layers.scopes_of(row.county, row.id), row.id, kind);
}

}  // namespace countyplan
