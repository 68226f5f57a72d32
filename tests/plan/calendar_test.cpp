#include <countyplan/plan/calendar.hpp>

#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace countyplan {
namespace {

Day day(const char* text) { return *Day::parse(text); }

CalendarDay special(const char* scope, const char* date, DayKind kind) {
    CalendarDay row;
    row.scope = scope;
    row.date = day(date);
    row.kind = kind;
    row.name_zh = "节";
    return row;
}

Term window(const char* scope, const char* from, const char* to, TermKind kind = TermKind::term) {
    Term row;
    row.scope = scope;
    row.from = day(from);
    row.to = day(to);
    row.kind = kind;
    return row;
}

/// Two counties of one province, a school each.
Draft places() {
    Draft draft;
    draft.name = "calendar";
    draft.period = {day("2024-09-01"), day("2026-08-31")};
    for (const char* code : {"451024", "451026"}) {
        County county;
        county.code = *Code::parse(code);
        draft.counties.push_back(county);
    }
    for (const char* id : {"S1", "S2"}) {
        School school;
        school.id = id;
        school.county = draft.counties[Id<County>(draft.schools.size())].code;
        draft.schools.push_back(school);
    }
    return draft;
}

constexpr auto office = CalendarKind::office;
constexpr auto teaching = CalendarKind::teaching;

TEST(Calendar, KnowsTheWeekWhereNothingIsAnnounced) {
    const Calendar calendar;
    EXPECT_TRUE(calendar.is_working(day("2025-09-01")));   // Monday
    EXPECT_FALSE(calendar.is_working(day("2025-09-06")));  // Saturday
    EXPECT_EQ(calendar.rank(day("0001-01-01")), 0);
    EXPECT_EQ(calendar.select(0), day("0001-01-01"));
    EXPECT_EQ(calendar.select(calendar.rank(day("9999-12-31"))), day("9999-12-31"));  // a Friday
    EXPECT_TRUE(calendar.is_provisional(day("2025-09-01")));
    EXPECT_EQ(calendar.plus(day("2025-09-05"), WorkDays(1)), day("2025-09-08"));
    EXPECT_EQ(calendar.plus(day("2025-09-08"), WorkDays(-1)), day("2025-09-05"));
    EXPECT_EQ(calendar.between(day("2025-09-01"), day("2025-09-15")), WorkDays(10));
}

TEST(Calendar, PrintsABoundaryByBothConventions) {
    const Calendar calendar;
    const std::int64_t w = calendar.start_boundary(day("2025-09-08"));
    EXPECT_EQ(calendar.finish_boundary(day("2025-09-05")), w) << "Friday evening is Monday morning";
    EXPECT_EQ(calendar.finish_boundary(day("2025-09-07")), w) << "and so is Sunday evening";
    EXPECT_EQ(calendar.start_boundary(day("2025-09-06")), w);
    EXPECT_EQ(calendar.start_day(w), day("2025-09-08"));
    EXPECT_EQ(calendar.finish_day(w), day("2025-09-05"));
}

TEST(Calendar, LaysNarrowerScopesOverWiderOnes) {
    Draft draft = places();
    draft.calendar.push_back(special("", "2025-10-01", DayKind::off));
    draft.calendar.push_back(special("", "2025-10-11", DayKind::work));        // a Saturday made up
    draft.calendar.push_back(special("450000", "2025-03-31", DayKind::off));   // 三月三 of the region
    draft.calendar.push_back(special("451000", "2025-04-01", DayKind::off));   // the prefecture
    draft.calendar.push_back(special("451024", "2025-03-31", DayKind::work));  // one county works
    draft.calendar.push_back(special("S2", "2025-10-11", DayKind::off));       // one school does not make up
    draft.calendar.push_back(special("S2", "2025-12-06", DayKind::work));
    const Plan plan(draft);
    const Calendar first = calendar_of(plan, Id<County>(0), office);
    const Calendar second = calendar_of(plan, Id<County>(1), office);
    const Calendar school = calendar_of(plan, Id<School>(1), office);
    for (const Calendar* calendar : {&first, &second, &school}) {
        EXPECT_FALSE(calendar->is_working(day("2025-10-01")));
        EXPECT_FALSE(calendar->is_working(day("2025-04-01")));
    }
    EXPECT_TRUE(first.is_working(day("2025-10-11")));
    EXPECT_TRUE(first.is_working(day("2025-03-31")));
    EXPECT_FALSE(second.is_working(day("2025-03-31")));
    EXPECT_FALSE(school.is_working(day("2025-03-31")));
    EXPECT_FALSE(school.is_working(day("2025-10-11")));
    EXPECT_TRUE(school.is_working(day("2025-12-06")));
    EXPECT_FALSE(second.is_working(day("2025-12-06")));
    EXPECT_EQ(calendar_of(plan, Id<School>(0), office), first) << "a school without days of its own";
}

TEST(Calendar, TeachesWithinTermsAndOutsideExams) {
    Draft draft = places();
    draft.calendar.push_back(special("", "2025-01-26", DayKind::work));  // a Sunday made up, in the break
    draft.calendar.push_back(special("", "2025-09-28", DayKind::work));  // a Sunday made up, in the term
    draft.calendar.push_back(special("", "2026-01-01", DayKind::off));
    draft.calendar.push_back(special("S1", "2025-07-20", DayKind::work));  // the school teaches, a Sunday in the break
    draft.calendar.push_back(special("S1", "2025-03-03", DayKind::off));
    draft.terms.push_back(window("", "2024-09-01", "2025-01-10"));
    draft.terms.push_back(window("", "2025-02-17", "2025-07-04"));
    draft.terms.push_back(window("", "2025-09-01", "2026-01-16"));
    draft.terms.push_back(window("", "2025-06-30", "2025-07-04", TermKind::exam));
    draft.terms.push_back(window("S2", "2025-02-10", "2025-07-11"));  // of this school year S2 has its own
    const Plan plan(draft);
    const Calendar county = calendar_of(plan, Id<County>(0), teaching);
    EXPECT_TRUE(county.is_working(day("2024-09-02")));
    EXPECT_FALSE(county.is_working(day("2025-01-13"))) << "winter break";
    EXPECT_FALSE(county.is_working(day("2025-01-26"))) << "made up in a break: office only";
    EXPECT_TRUE(calendar_of(plan, Id<County>(0), office).is_working(day("2025-01-26")));
    EXPECT_TRUE(county.is_working(day("2025-09-28"))) << "made up in the term";
    EXPECT_FALSE(county.is_working(day("2025-07-01"))) << "exam week";
    EXPECT_FALSE(county.is_working(day("2025-07-20")));
    const Calendar first = calendar_of(plan, Id<School>(0), teaching);
    EXPECT_TRUE(first.is_working(day("2025-07-20"))) << "the school's own day wins";
    EXPECT_FALSE(first.is_working(day("2025-03-03")));
    const Calendar second = calendar_of(plan, Id<School>(1), teaching);
    EXPECT_TRUE(second.is_working(day("2025-02-11")));
    EXPECT_FALSE(second.is_working(day("2024-09-02"))) << "its list of that year replaces the wider one";
    EXPECT_TRUE(second.is_working(day("2025-09-01")));
}

TEST(Calendar, FlagsWhatLiesBeyondTheLastAnnouncedYear) {
    Draft draft = places();
    draft.calendar.push_back(special("", "2024-10-01", DayKind::off));
    draft.calendar.push_back(special("", "2025-10-01", DayKind::off));
    draft.calendar.push_back(special("450000", "2026-03-31", DayKind::off));  // the region is early
    draft.terms.push_back(window("", "2024-09-01", "2025-01-10"));
    draft.terms.push_back(window("", "2025-02-17", "2025-07-04"));
    const Plan plan(draft);
    const Calendar work = calendar_of(plan, Id<County>(0), office);
    EXPECT_EQ(work.announced_to(), day("2025-12-31"));
    EXPECT_FALSE(work.is_provisional(day("2025-12-31")));
    EXPECT_TRUE(work.is_provisional(day("2026-01-01")));
    EXPECT_FALSE(work.is_working(day("2026-03-31"))) << "a day that is known counts all the same";
    const Calendar lessons = calendar_of(plan, Id<County>(0), teaching);
    EXPECT_EQ(lessons.announced_to(), day("2025-08-31")) << "the end of the last school year with terms";
    EXPECT_FALSE(lessons.is_working(day("2025-08-29")));
    EXPECT_TRUE(lessons.is_working(day("2025-09-01"))) << "then as the office works, provisionally";
    EXPECT_TRUE(lessons.is_provisional(day("2025-09-01")));
}

TEST(Calendar, TeachesOnOfficeDaysWhereNoTermsAreGiven) {
    Draft draft = places();
    draft.calendar.push_back(special("", "2025-10-01", DayKind::off));
    const Plan plan(draft);
    const Calendar lessons = calendar_of(plan, Id<County>(0), teaching);
    EXPECT_TRUE(lessons.is_working(day("2025-07-21")));
    EXPECT_FALSE(lessons.is_working(day("2025-10-01")));
    EXPECT_TRUE(lessons.is_provisional(day("2025-07-21")));
}

TEST(Calendar, Item39FirstAndLastYearsAreAnswered) {
    Draft draft = places();
    draft.calendar.push_back(special("", "0001-01-01", DayKind::off));
    draft.calendar.push_back(special("", "9999-12-31", DayKind::off));
    const Plan plan(draft);
    const Calendar calendar = calendar_of(plan, Id<County>(0), office);
    EXPECT_EQ(calendar.select(0), day("0001-01-02"));
    EXPECT_EQ(calendar.select(calendar.rank(day("9999-12-31")) - 1), day("9999-12-30"));
    EXPECT_FALSE(calendar.is_provisional(day("9999-12-31")));
}

/// State Council notices as the example holds them: 249, 249, 251, 248 and 248 days from 2022 to 2026.
TEST(Calendar, CountsTheWorkingDaysOfFiveAnnouncedYears) {
    std::ifstream file("examples/guangxi/calendar.csv");
    ASSERT_TRUE(file) << "run from the project's folder";
    Draft draft = places();
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty() || line.front() != ',') continue;  // days of one place
        const std::string date = line.substr(1, 10);
        draft.calendar.push_back(
            special("", date.c_str(), line.substr(12, 4) == "work" ? DayKind::work : DayKind::off));
    }
    ASSERT_EQ(draft.calendar.size(), 180U);
    const Calendar calendar = calendar_of(Plan(draft), Id<County>(0), office);
    const std::int64_t counts[] = {249, 249, 251, 248, 248};
    for (int year = 2022; year <= 2026; ++year) {
        const Day first = day((std::to_string(year) + "-01-01").c_str());
        const Day after = day((std::to_string(year + 1) + "-01-01").c_str());
        EXPECT_EQ(calendar.between(first, after), WorkDays(counts[year - 2022])) << year;
        std::int64_t one_by_one = 0;
        for (Day at = first; at < after; at = at + std::chrono::days(1))
            one_by_one += calendar.is_working(at) ? 1 : 0;
        EXPECT_EQ(one_by_one, counts[year - 2022]);
        EXPECT_FALSE(calendar.is_provisional(first));
    }
    EXPECT_TRUE(calendar.is_provisional(day("2027-01-01"))) << "not announced yet";
}

TEST(Calendar, KnowsWhereNothingCanBePlanned) {
    EXPECT_TRUE(Calendar(day("2025-01-01"), std::vector<bool>(365, false), std::nullopt).is_idle());
    EXPECT_FALSE(Calendar(day("2025-10-01"), std::vector<bool>(8, false), std::nullopt).is_idle()) << "a holiday";
    std::vector<bool> one_day(365, false);
    one_day[200] = true;
    EXPECT_FALSE(Calendar(day("2025-01-01"), one_day, std::nullopt).is_idle());
    EXPECT_FALSE(Calendar().is_idle());
}

TEST(Calendar, CountsAStartOnADayOffFromTheDayWorkedBefore) {
    const Calendar calendar;
    const std::int64_t friday = calendar.start_boundary(day("2025-09-05"));
    EXPECT_EQ(calendar.actual_start_boundary(day("2025-09-05")), friday);
    EXPECT_EQ(calendar.actual_start_boundary(day("2025-09-06")), friday);
    EXPECT_EQ(calendar.actual_start_boundary(day("2025-09-07")), friday);
    EXPECT_EQ(calendar.actual_start_boundary(day("2025-09-08")), friday + 1);
}

TEST(CalendarLaw, RankAndSelectAgreeWithWalkingDayByDay) {
    std::uint64_t state = 1;
    const auto random = [&](std::uint64_t below) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return (state >> 33) % below;
    };
    for (int seed = 0; seed < 60; ++seed) {
        SCOPED_TRACE(seed);
        std::vector<bool> working(random(400));
        const std::uint64_t density = random(11);
        for (std::size_t i = 0; i < working.size(); ++i)
            working[i] = random(10) < density;
        const Day first = day("2025-01-01") + std::chrono::days(random(60));
        const Calendar calendar(first, working, std::nullopt);
        const Calendar plain;
        Day at = first - std::chrono::days(30);
        std::int64_t rank = plain.rank(at);
        for (std::size_t step = 0; step < working.size() + 60; ++step, at = at + std::chrono::days(1)) {
            const auto offset = (at - first).count();
            const bool in_span = offset >= 0 && static_cast<std::size_t>(offset) < working.size();
            const bool is_working =
                in_span ? static_cast<bool>(working[static_cast<std::size_t>(offset)]) : plain.is_working(at);
            ASSERT_EQ(calendar.is_working(at), is_working);
            ASSERT_EQ(calendar.rank(at), rank);
            if (is_working) {
                ASSERT_EQ(calendar.select(rank), at);
                ++rank;
            }
        }
        ASSERT_EQ(calendar.rank(day("2030-06-05")) - rank, plain.rank(day("2030-06-05")) - plain.rank(at));
        for (std::int64_t w = -3000; w < 3000; w += 7)
            ASSERT_EQ(calendar.rank_number(calendar.select_number(w)), w);
        for (std::int64_t w = rank - 500; w < rank + 500; ++w) {
            ASSERT_EQ(calendar.rank_number(calendar.select_number(w)), w);
            ASSERT_TRUE(calendar.is_working_number(calendar.select_number(w)));
        }
    }
}

}  // namespace
}  // namespace countyplan
