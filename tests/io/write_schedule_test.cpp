#include <countyplan/io/exchange/write_schedule.hpp>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/encoding.hpp>
#include <countyplan/io/exchange/indicator_export.hpp>
#include <countyplan/io/exchange/messages.hpp>
#include <countyplan/io/exchange/plan_schedule.hpp>
#include <countyplan/io/exchange/read_schedule.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/track/schedule.hpp>

#include "given/law.hpp"
#include "given/plan.hpp"

namespace {

using namespace countyplan;

Day day(std::string_view text) { return *Day::parse(text); }

ScheduleFile small() {
    ScheduleFile file{.name = "帮扶, 2026; a\\b", .projects = {{.id = "P", .start = day("2026-03-02")}}};
    file.tasks = {{.id = "A", .name = "设备采购", .duration = WorkDays(3)},
                  {.id = "B", .name = "开课", .duration = WorkDays(0)},
                  {.id = "C", .name = "=1+1", .duration = WorkDays(5)}};
    file.links = {{.predecessor = "A", .successor = "B", .type = LinkKind::finish_start, .lag = WorkDays(1)}};
    return file;
}

/// Content lines of an iCalendar text after unfolding; each raw line is checked on the way.
std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = text.find("\r\n", at);
        EXPECT_NE(end, std::string::npos);
        const std::string line = text.substr(at, end - at);
        EXPECT_LE(line.size(), 75U);
        EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
        EXPECT_FALSE(first_invalid_utf_8(line)) << "folded inside a character";
        if (line.starts_with(' ')) {
            out.back() += line.substr(1);
        } else {
            out.push_back(line);
        }
        at = end + 2;
    }
    return out;
}

TEST(WriteSchedule, ICalendarHasAllDayEventsWhoseEndIsTheDayAfter) {
    const ScheduleFile file = small();
    const std::string text = schedule_icalendar(file, solve_schedule(file));
    const std::vector<std::string> lines = lines_of(text);
    ASSERT_GE(lines.size(), 3U);
    EXPECT_EQ(lines[0], "BEGIN:VCALENDAR");
    EXPECT_EQ(lines[1], "VERSION:2.0");
    EXPECT_EQ(lines.back(), "END:VCALENDAR");
    const auto has = [&](std::string_view line) { return std::ranges::count(lines, line); };
    EXPECT_EQ(has("BEGIN:VEVENT"), 3);
    EXPECT_EQ(has("END:VEVENT"), 3);
    EXPECT_EQ(has("X-WR-CALNAME:帮扶\\, 2026\\; a\\\\b"), 1);
    EXPECT_EQ(has("DTSTART;VALUE=DATE:20260302"), 2);
    EXPECT_EQ(has("DTEND;VALUE=DATE:20260305"), 1);    // A: 2 to 4 March
    EXPECT_EQ(has("DTEND;VALUE=DATE:20260307"), 1);    // C: 2 to 6 March
    EXPECT_EQ(has("DTSTART;VALUE=DATE:20260305"), 1);  // B: a day after A, on the evening of 5 March
    EXPECT_EQ(has("DTEND;VALUE=DATE:20260306"), 1);
    EXPECT_EQ(has("CATEGORIES:MILESTONE"), 1);
    EXPECT_EQ(has("DTSTAMP:20260302T000000Z"), 3);
    EXPECT_EQ(text, schedule_icalendar(file, solve_schedule(file)));
}

TEST(WriteScheduleLaw, ICalendarFoldsAnyNameWithin75OctetsAndLosesNothing) {
    const std::string_view pieces[] = {"a", "县", "é", "\\", ";", ",", "\n", "𠮷", " ", ":", "\"", "\r", "\x01"};
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        std::string name = "x";
        for (std::size_t k = random() % 120; k > 0; --k)
            name += pieces[random() % std::size(pieces)];
        ScheduleFile file = small();
        file.tasks[0].name = name;
        std::string summary;
        for (const std::string& line : lines_of(schedule_icalendar(file, solve_schedule(file)))) {
            if (line.starts_with("SUMMARY:x")) summary = line.substr(8);
        }
        std::string back;
        for (std::size_t at = 0; at < summary.size(); ++at) {
            if (summary[at] != '\\') {
                back += summary[at];
            } else {
                ++at;
                back += summary[at] == 'n' ? '\n' : summary[at];
            }
        }
        std::erase_if(name, [](char c) { return c == '\r' || c == '\x01'; });
        EXPECT_EQ(back, name);
    }
}

TEST(WriteSchedule, CsvIsReadByASpreadsheetAsItIs) {
    const ScheduleFile file = small();
    const std::string text = schedule_csv(file, solve_schedule(file));
    EXPECT_TRUE(text.starts_with("\xEF\xBB\xBFid,name,project,start,finish,"));
    EXPECT_NE(text.find("A,设备采购,P,2026-03-02,2026-03-04,0,3,1,4,"), std::string::npos) << text;
    EXPECT_NE(text.find("'=1+1"), std::string::npos) << text;
}

TEST(WriteSchedule, MspdiSaysWhatItCannotHold) {
    ScheduleFile file = small();
    file.projects[0].finish = day("2026-06-30");
    file.tasks[0].start_no_earlier = day("2026-03-03");
    file.tasks[0].start_no_later = day("2026-03-04");
    file.links.push_back({.predecessor = "A", .successor = "C", .lag = WorkDays(9), .bound = LinkBound::maximum});
    SolvedSchedule solved = solve_schedule(small());
    const ScheduleWriting writing = schedule_mspdi(file, solved);
    EXPECT_FALSE(writing.bytes.empty());
    std::string words;
    for (const Finding& finding : writing.findings) {
        EXPECT_EQ(finding.severity, Severity::warning);
        words += text(finding.message, Language::en) + "\n";
    }
    EXPECT_NE(words.find("a second constraint (1 times)"), std::string::npos) << words;
    EXPECT_NE(words.find("greatest lags (1 times)"), std::string::npos) << words;
    EXPECT_NE(words.find("the project's set finish (1 times)"), std::string::npos) << words;
    file.projects.push_back({.id = "Q", .start = day("2026-03-02")});
    EXPECT_TRUE(has_errors(schedule_mspdi(file, solved).findings));
    EXPECT_TRUE(schedule_mspdi(file, solved).bytes.empty());
}

ScheduleFile random_file(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(random() % n); };
    const auto some_day = [&] { return day("2026-01-05") + std::chrono::days(below(120)); };
    ScheduleFile file{.name = "<random & file>", .projects = {{.id = "P", .start = some_day(), .calendar = "c0"}}};
    const std::int64_t calendars = 1 + below(3);
    for (std::int64_t c = 0; c < calendars; ++c) {
        ExchangeCalendar calendar{
            .id = "c" + std::to_string(c), .name = "\"" + std::to_string(c) + "\" > 0", .week = {}};
        for (int w = 0; w < 7; ++w) {
            if (below(3) != 0) calendar.week.push_back(static_cast<Weekday>(w));
        }
        if (calendar.week.empty()) calendar.week.push_back(Weekday::friday);
        file.calendars.push_back(calendar);
        for (std::int64_t e = below(4); e > 0; --e) {
            const Day from = some_day();
            file.exceptions.push_back({.calendar = calendar.id,
                                       .from = from,
                                       .to = from + std::chrono::days(below(6)),
                                       .kind = below(2) == 0 ? DayKind::off : DayKind::work,
                                       .name = "holiday"});
        }
    }
    const std::int64_t tasks = below(14);
    for (std::int64_t i = 0; i < tasks; ++i) {
        ExchangeTask task{.id = "t" + std::to_string(i), .name = i % 3 == 0 ? "任务 <" + std::to_string(i) + ">" : "x"};
        task.duration = WorkDays(below(9));
        if (below(2) == 0) task.calendar = "c" + std::to_string(below(static_cast<std::uint64_t>(calendars)));
        switch (below(8)) {
            case 0:
                task.start_no_earlier = some_day();
                break;
            case 1:
                task.finish_no_earlier = some_day();
                break;
            case 2:
                task.start_no_later = some_day();
                break;
            case 3:
                task.finish_no_later = some_day();
                task.start_no_earlier = some_day();  // two constraints that Project can still hold
                break;
            default:
                break;
        }
        if (below(4) == 0) task.deadline = some_day();
        file.tasks.push_back(task);
        for (std::int64_t j = 0; j < i; ++j) {
            if (below(5) != 0) continue;
            ExchangeLink link{.predecessor = "t" + std::to_string(j), .successor = task.id};
            link.type = static_cast<LinkKind>(below(4));
            link.lag = WorkDays(below(9) - 3);
            link.lag_calendar = below(3) == 0 ? LagCalendar::elapsed : LagCalendar::successor;
            file.links.push_back(link);
        }
    }
    return file;
}

TEST(WriteScheduleLaw, MspdiOutAndInGivesTheSameSchedule) {
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        const ScheduleFile file = random_file(seed);
        const SolvedSchedule solved = solve_schedule(file);
        ASSERT_TRUE(solved.verdict.accepted);
        const ScheduleWriting writing = schedule_mspdi(file, solved);
        ASSERT_TRUE(writing.findings.empty()) << text(writing.findings[0].message, Language::en);
        const ScheduleReading back = read_schedule_text(writing.bytes, "back.xml");
        ASSERT_TRUE(back.findings.empty()) << text(back.findings[0].message, Language::en);
        ASSERT_EQ(back.file.tasks.size(), file.tasks.size());
        for (std::size_t i = 0; i < file.tasks.size(); ++i)
            EXPECT_EQ(back.file.tasks[i].name, file.tasks[i].name);
        const SolvedSchedule again = solve_schedule(back.file);
        ASSERT_EQ(again.tasks, solved.tasks);
        // once more, without the calendars that nobody uses, the same bytes
        const std::string bytes = schedule_mspdi(back.file, again).bytes;
        const ScheduleFile third = read_schedule_text(bytes, "third.xml").file;
        EXPECT_EQ(schedule_mspdi(third, solve_schedule(third)).bytes, bytes);
    }
}

TEST(WriteScheduleLaw, MspdiKeepsMandatoryDatesAndProgress) {
    std::uint64_t with_dates = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        ScheduleFile file = random_file(seed);
        const SolvedSchedule solved = solve_schedule(file);
        file.data_date = day("2026-02-20");
        for (ExchangeTask& task : file.tasks) {
            const auto some_day = [&] {
                return day("2026-02-20") - std::chrono::days(static_cast<int>(random() % 30));
            };
            if (random() % 3 == 0 && !task.start_no_earlier && !task.finish_no_earlier && !task.start_no_later) {
                (random() % 2 == 0 ? task.must_start : task.must_finish) = some_day();
                task.deadline = std::min(task.deadline, task.finish_no_later);
                task.finish_no_later.reset();
            }
            if (random() % 2 == 0) continue;
            task.actual_start = some_day();
            if (random() % 2 == 0) {
                task.actual_finish =
                    std::min(*task.actual_start + std::chrono::days(static_cast<int>(random() % 9)), *file.data_date);
            } else {
                task.remaining = WorkDays(1 + static_cast<std::int64_t>(random() % 9));
            }
        }
        const ScheduleReading back = read_schedule_text(schedule_mspdi(file, solved).bytes, "back.xml");
        ASSERT_FALSE(has_errors(back.findings)) << text(back.findings[0].message, Language::en);
        EXPECT_EQ(back.file.data_date, file.data_date);
        ASSERT_EQ(critical_path_problem(back.file).tasks.size(), file.tasks.size());
        for (std::size_t i = 0; i < file.tasks.size(); ++i) {
            EXPECT_EQ(back.file.tasks[i].must_start, file.tasks[i].must_start);
            EXPECT_EQ(back.file.tasks[i].must_finish, file.tasks[i].must_finish);
            EXPECT_EQ(back.file.tasks[i].actual_start, file.tasks[i].actual_start);
            EXPECT_EQ(back.file.tasks[i].actual_finish, file.tasks[i].actual_finish);
            EXPECT_EQ(back.file.tasks[i].remaining, file.tasks[i].remaining);
        }
        const SolvedSchedule then = solve_schedule(file);
        const SolvedSchedule again = solve_schedule(back.file);
        ASSERT_TRUE(again.verdict.accepted) << again.verdict.place;
        ASSERT_EQ(again.result.termination, then.result.termination);
        ASSERT_EQ(again.tasks, then.tasks);
        if (!then.tasks.empty()) ++with_dates;
    }
    EXPECT_GT(with_dates, given::law_cases(5'000) / 4) << "mandatory dates may exclude each other, but seldom do";
}

TEST(WriteScheduleLaw, JsonOutAndInIsTheSameValue) {
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        const ScheduleFile file = random_file(seed);
        const ScheduleReading back = read_schedule_text(schedule_json(file), "back.json");
        ASSERT_TRUE(back.findings.empty()) << text(back.findings[0].message, Language::en);
        EXPECT_EQ(back.file, file);
    }
}

TEST(WriteSchedule, SuffixesTellTheFormat) {
    EXPECT_EQ(schedule_output_of("a/b.ICS"), ScheduleOutput::icalendar);
    EXPECT_EQ(schedule_output_of("b.xml"), ScheduleOutput::mspdi);
    EXPECT_EQ(schedule_output_of("b.csv"), ScheduleOutput::csv);
    EXPECT_EQ(schedule_output_of("b.json"), ScheduleOutput::json);
    EXPECT_EQ(schedule_output_of("b.xer"), std::nullopt);
    EXPECT_EQ(indicator_format_of("a.iati.xml"), IndicatorFormat::iati);
    EXPECT_EQ(indicator_format_of("a.dhis2.json"), IndicatorFormat::dhis2);
    EXPECT_EQ(indicator_format_of("a.json"), std::nullopt);
}

TEST(WriteSchedule, TheSchemaIsAJsonDocumentThatNamesEveryTable) {
    const JsonDocument schema = read_json(schedule_schema());
    ASSERT_TRUE(schema.ok());
    const auto properties = schema.root().find("properties");
    ASSERT_TRUE(properties);
    for (const std::string_view table : {"projects", "calendars", "exceptions", "tasks", "links", "data_date"})
        EXPECT_TRUE(properties->find(table)) << table;
}

// ------------------------------------------------------------------------------------------------ indicators

Plan plan_with_indicators() {
    Draft draft{.name = "方案 & 二", .period = {day("2024-09-01"), day("2026-08-31")}};
    draft.counties.push_back({.code = *Code::parse("451024"), .name_zh = "德保县", .name_en = "Debao"});
    draft.schools.push_back({.id = "DB-G", .county = *Code::parse("451024"), .assisted = true});
    draft.goals.push_back({.id = "G", .county = *Code::parse("451024"), .name_zh = "质量"});
    draft.indicators.push_back({.id = "K1",
                                .goal = "G",
                                .school = "DB-G",
                                .name_zh = "升学率",
                                .kind = IndicatorKind::percent,
                                .baseline = 40.5,
                                .baseline_date = day("2024-09-01"),
                                .target = 55,
                                .due = day("2026-06-30")});
    draft.indicators.push_back(
        {.id = "K2", .goal = "G", .name_zh = "辍学人数", .direction = Direction::down, .baseline = 12});
    const auto fact = [&](std::string id, std::string_view recorded, std::string_view valid, std::string value) {
        draft.ledger.push_back({.id = std::move(id),
                                .recorded_at = day(recorded),
                                .valid_at = day(valid),
                                .subject = {Noun::indicator, "K1"},
                                .field = "value",
                                .value = std::move(value),
                                .source = "invented"});
    };
    fact("f1", "2025-01-10", "2025-01-05", "44");
    fact("f2", "2025-01-20", "2025-01-15", "45.25");
    fact("f3", "2025-07-01", "2025-06-30", "48");
    return Plan(draft);
}

TEST(IndicatorExport, IatiResultsHaveBaselineTargetAndTheLatestValueAsOfADay) {
    const Plan plan = plan_with_indicators();
    IndicatorExportOptions options{.as_of = {day("2025-03-01"), day("2025-03-01")}, .publisher = "CN-ORG-<1>"};
    const IndicatorWriting writing = iati_results(plan, options);
    const std::string& xml = writing.bytes;
    for (const std::string_view part :
         {"<iati-activities version=\"2.03\">", "<iati-identifier>CN-ORG-&lt;1&gt;-451024</iati-identifier>",
          "<indicator measure=\"2\" ascending=\"true\">", "<indicator measure=\"1\" ascending=\"false\">",
          "<baseline year=\"2024\" iso-date=\"2024-09-01\" value=\"40.5\">",
          "<dimension name=\"school\" value=\"DB-G\"/>", "<period-end iso-date=\"2026-06-30\"/>",
          "<target value=\"55\">", "<actual value=\"45.25\">", "<narrative xml:lang=\"en\">Debao</narrative>",
          "方案 &amp; 二"}) {
        EXPECT_NE(xml.find(part), std::string::npos) << part << "\n" << xml;
    }
    ASSERT_EQ(writing.findings.size(), 1U);  // the baseline of K2 has no date
    EXPECT_EQ(writing.findings[0].value, "K2");
    options.as_of = {};
    options.as_of = {day("2025-12-31"), day("2025-12-31")};
    EXPECT_NE(iati_results(plan, options).bytes.find("<actual value=\"48\">"), std::string::npos);
}

TEST(IndicatorExport, Dhis2HasTheLastValueOfEachMonth) {
    const JsonDocument document = read_json(dhis2_data_values(plan_with_indicators()).bytes);
    ASSERT_TRUE(document.ok());
    std::vector<std::string> rows;
    const auto values = document.root().find("dataValues");
    ASSERT_TRUE(values);
    for (const JsonValue value : *values) {
        std::string row;
        for (const JsonValue member : value)
            row += std::string(member.text()) + " ";
        rows.push_back(row);
    }
    EXPECT_EQ(rows, (std::vector<std::string>{"K1 202501 DB-G 45.25 ", "K1 202506 DB-G 48 "}));
}

TEST(PlanScheduleLaw, HasTheDatesOfThePlan) {
    for (std::uint32_t seed = 0; seed < ::given::law_cases(2'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::random_draft(seed));
        const CriticalPathProblem own = critical_path_problem(plan);
        const ScheduleFile file = plan_schedule(plan);
        const CriticalPathProblem other = critical_path_problem(file);
        ASSERT_EQ(other.tasks, own.tasks);
        ASSERT_EQ(other.links, own.links);
        ASSERT_EQ(other.projects.size(), own.projects.size());
        const CriticalPathResult dates = solve(own);
        ASSERT_EQ(solve(other).tasks, dates.tasks);
        for (std::size_t i = 0; i < own.calendars.size(); ++i) {
            for (std::int64_t day = 10'000; day < 30'000; ++day)  // 1997 to 2052
                ASSERT_EQ(other.calendars[i].is_working_number(day), own.calendars[i].is_working_number(day)) << day;
        }
    }
}

}  // namespace
