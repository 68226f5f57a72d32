#include <countyplan/scalar/day.hpp>

#include <chrono>
#include <concepts>
#include <limits>
#include <random>
#include <string>
#include <type_traits>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;
using std::chrono::days;

template <class A, class B>
concept Addable = requires(A a, B b) {
    a + b;
};
template <class A, class B>
concept Comparable = requires(A a, B b) {
    a == b;
};
template <class A, class B>
concept Multipliable = requires(A a, B b) {
    a* b;
};

static_assert(std::regular<Day> && std::regular<WorkDays> && std::regular<Period>);
static_assert(Addable<Day, days> && Addable<WorkDays, WorkDays>);
static_assert(!Addable<Day, WorkDays> && !Addable<WorkDays, Day>, "only a calendar adds working days");
static_assert(!Addable<Day, Day> && !Addable<Day, int>, "what would it mean");
static_assert(!Comparable<WorkDays, days>, "a working day is no civil day");
static_assert(!Multipliable<WorkDays, WorkDays>);
static_assert(!std::is_convertible_v<int, WorkDays> && !std::is_convertible_v<std::chrono::sys_days, Day>);

Day day(const char* text) { return Day::parse(text).value(); }

TEST(Day, ReadsAndWritesIsoDates) {
    EXPECT_EQ(to_text(Day()), "1970-01-01");
    EXPECT_EQ(day("1970-01-01"), Day());
    EXPECT_EQ(day("2024-02-29").number(), 19782);
    EXPECT_EQ(day("0001-01-01").number(), -719162);
    EXPECT_EQ(day("9999-12-31").number(), 2932896);
    EXPECT_EQ(day("2000-02-29").year(), 2000);
}

TEST(DayRefusal, Item39RefusesDatesThatDoNotExist) {
    for (const char* text : {
             "2023-02-29",                              // no leap year
             "1900-02-29",                              // nor a century
             "0000-00-00", "0000-01-01",                // there is no year 0
             "2024-13-01", "2024-00-10", "2024-04-31",  //
             "2024-01-00", "2024-01-32",                //
             "10000-01-01",                             // year 9999+1
         }) {
        EXPECT_FALSE(Day::parse(text)) << text;
    }
}

TEST(DayRefusal, Item39RefusesOtherSpellings) {
    for (const char* text :
         {"", "2024-1-1", "2024/01/01", "20240101", "01-01-2024", " 2024-01-01", "2024-01-01 ", "2024-01-01T00:00",
          "2024-01-01Z", "+024-01-01", "-024-01-01", "2024-01-0a", "45292", "２０２４-01-01", "2024-01-1\n"}) {
        EXPECT_FALSE(Day::parse(text)) << text;
    }
    EXPECT_FALSE(Day::parse(std::string_view("2024-01-0\0", 10)));
}

TEST(DayRefusal, Item39ThrowsWhenArithmeticLeavesTheCalendar) {
    EXPECT_THROW((void)(day("9999-12-31") + days(1)), std::overflow_error);
    EXPECT_THROW((void)(day("0001-01-01") - days(1)), std::overflow_error);
    EXPECT_THROW((void)(Day() + days(std::numeric_limits<std::int64_t>::max())), std::overflow_error);
    EXPECT_THROW((void)(Day() - days(std::numeric_limits<std::int64_t>::min())), std::overflow_error);
    EXPECT_THROW((void)plus_months(day("9999-12-01"), 1), std::overflow_error);
    EXPECT_THROW((void)plus_months(day("0001-01-01"), -1), std::overflow_error);
    EXPECT_THROW((void)plus_months(Day(), std::numeric_limits<int>::max()), std::overflow_error);
    EXPECT_THROW((void)plus_months(Day(), std::numeric_limits<int>::min()), std::overflow_error);
#if defined(COUNTYPLAN_CHECKED)
    EXPECT_THROW((void)Day(std::chrono::sys_days(days(2'932'897))), ContractViolation);
#endif
}

TEST(Day, MovesByMonthsAndStopsAtTheLastDay) {
    EXPECT_EQ(plus_months(day("2024-01-31"), 1), day("2024-02-29"));
    EXPECT_EQ(plus_months(day("2023-01-31"), 1), day("2023-02-28"));
    EXPECT_EQ(plus_months(day("2024-09-01"), 18), day("2026-03-01"));
    EXPECT_EQ(plus_months(day("2024-03-31"), -1), day("2024-02-29"));
    EXPECT_EQ(plus_months(day("2024-01-15"), -13), day("2022-12-15"));
    EXPECT_EQ(plus_months(day("2024-01-15"), 0), day("2024-01-15"));
}

TEST(DayLaw, ReadingGivesBackEveryDayThatWasWritten) {
    Day last = day("0001-01-01");
    std::string text = to_text(last);
    for (std::int32_t number = -719161; number <= 2932896; number += 1) {
        const Day next{std::chrono::sys_days(days(number))};
        const std::string written = to_text(next);
        ASSERT_GT(written, text) << "text sorts as days do";
        ASSERT_EQ(Day::parse(written), next);
        text = written;
    }
}

TEST(DayLaw, EveryTripleOfDigitsIsADayExactlyWhenCountingSaysSo) {
    const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int year : {1, 4, 100, 400, 1899, 1900, 2000, 2023, 2024, 9999}) {
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 0; month < 100; ++month) {
            for (int dom = 0; dom < 100; ++dom) {
                char text[11] = "0000-00-00";
                for (int i = 3, rest = year; i >= 0; --i, rest /= 10)
                    text[i] = static_cast<char>('0' + rest % 10);
                text[5] = static_cast<char>('0' + month / 10);
                text[6] = static_cast<char>('0' + month % 10);
                text[8] = static_cast<char>('0' + dom / 10);
                text[9] = static_cast<char>('0' + dom % 10);
                const bool exists =
                    month >= 1 && month <= 12 && dom >= 1 && dom <= lengths[month - 1] + (month == 2 && leap ? 1 : 0);
                ASSERT_EQ(Day::parse(text).has_value(), exists) << text;
            }
        }
    }
}

TEST(WorkDays, AddAndNegate) {
    EXPECT_EQ(WorkDays(3) + WorkDays(-5), WorkDays(-2));
    EXPECT_EQ(-WorkDays(3), WorkDays(-3));
    EXPECT_EQ(to_text(WorkDays(-12)), "-12");
    EXPECT_LT(WorkDays(-1), WorkDays());
}

TEST(WorkDaysRefusal, ThrowWhenASumLeaves64Bits) {
    const WorkDays most(std::numeric_limits<std::int64_t>::max());
    const WorkDays least(std::numeric_limits<std::int64_t>::min());
    EXPECT_THROW((void)(most + WorkDays(1)), std::overflow_error);
    EXPECT_THROW((void)(least - WorkDays(1)), std::overflow_error);
    EXPECT_THROW((void)-least, std::overflow_error);
}

TEST(Period, IncludesBothItsEnds) {
    const Period term{day("2024-09-01"), day("2025-01-31")};
    EXPECT_TRUE(term.contains(day("2024-09-01")));
    EXPECT_TRUE(term.contains(day("2025-01-31")));
    EXPECT_FALSE(term.contains(day("2025-02-01")));
    EXPECT_TRUE(term.overlaps({day("2025-01-31"), day("2025-03-01")}));
    EXPECT_FALSE(term.overlaps({day("2025-02-01"), day("2025-03-01")}));
    EXPECT_TRUE(term.contains(Period{day("2024-10-01"), day("2025-01-31")}));
    EXPECT_FALSE(term.contains(Period{day("2024-10-01"), day("2025-02-01")}));
}

TEST(PeriodRefusal, Item39IsEmptyWhenItEndsBeforeItStarts) {
    const Period backwards{day("2024-09-02"), day("2024-09-01")};
    EXPECT_TRUE(backwards.empty());
    EXPECT_FALSE(backwards.contains(day("2024-09-01")));
    EXPECT_FALSE(backwards.overlaps({day("2024-01-01"), day("2024-12-31")}));
    EXPECT_EQ(whole_months(backwards), 0);
    EXPECT_EQ(whole_months({day("2024-09-02"), day("2020-09-01")}), 0);
}

TEST(Period, CountsWholeMonths) {
    EXPECT_EQ(whole_months({day("2024-09-01"), day("2026-02-28")}), 18);
    EXPECT_EQ(whole_months({day("2024-09-01"), day("2026-02-27")}), 17);
    EXPECT_EQ(whole_months({day("2024-09-01"), day("2024-09-01")}), 0);
    EXPECT_EQ(whole_months({day("2024-08-31"), day("2026-02-27")}), 18);  // to the last of February
    EXPECT_EQ(whole_months({day("2024-01-15"), day("2024-02-14")}), 1);
    EXPECT_EQ(whole_months({day("0001-01-01"), day("9999-12-31")}), 9999 * 12);
}

TEST(PeriodLaw, WholeMonthsAreTheMostThatFitBeforeTheDayAfter) {
    std::mt19937 random(1);
    for (int i = 0; i < 20000; ++i) {
        const Day from = day("2015-01-01") + days(random() % 4000);
        const Day to = from + days(random() % 1500);
        int months = 0;
        while (plus_months(from, months + 1) <= to + days(1))
            ++months;
        ASSERT_EQ(whole_months({from, to}), months) << to_text(from) << " " << to_text(to);
    }
}

}  // namespace
