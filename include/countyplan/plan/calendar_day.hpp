// Which days are special, where, and when is there school?
#pragma once

#include <string>

#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>

namespace countyplan {

enum class DayKind { off, work };

template <>
struct Enumerators<DayKind> {
    static constexpr MessageText words[] = {{"off", "放假", "day off"}, {"work", "调休上班", "make-up workday"}};
};

/// One dated exception to the week Monday to Friday.
struct CalendarDay {
    std::string scope{};  ///< empty: everywhere; an area code: that area; a school's id: that school
    Day date{};
    DayKind kind = DayKind::off;
    std::string name_zh{};

    friend bool operator==(const CalendarDay&, const CalendarDay&) = default;
};

template <>
struct Table<CalendarDay> {
    static constexpr std::string_view name = "calendar";
    static constexpr auto fields = std::make_tuple(
        detail::open_field("scope", &CalendarDay::scope), detail::value_field("date", &CalendarDay::date),
        detail::value_field("kind", &CalendarDay::kind), detail::text_field("name_zh", &CalendarDay::name_zh));
};

enum class TermKind { term, exam };

template <>
struct Enumerators<TermKind> {
    static constexpr MessageText words[] = {{"term", "学期", "term"}, {"exam", "考试周", "exam weeks"}};
};

/// Lessons are given within terms, outside exam weeks.
struct Term {
    std::string scope{};  ///< as in `CalendarDay`
    Day from{};
    Day to{};
    TermKind kind = TermKind::term;

    friend bool operator==(const Term&, const Term&) = default;
};

template <>
struct Table<Term> {
    static constexpr std::string_view name = "terms";
    static constexpr auto fields =
        std::make_tuple(detail::open_field("scope", &Term::scope), detail::value_field("from", &Term::from),
                        detail::value_field("to", &Term::to), detail::value_field("kind", &Term::kind));
};

}  // namespace countyplan
