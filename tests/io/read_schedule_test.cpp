#include <countyplan/io/exchange/read_schedule.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/exchange/messages.hpp>
#include <countyplan/io/exchange/solved_schedule.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/io/table_messages.hpp>

#include "given/law.hpp"

namespace {

using namespace countyplan;

constexpr const char* folder = "tests/io/cases/exchange/";

ScheduleReading sample(const std::string& name, const ScheduleReadOptions& options = {}) {
    return read_schedule(folder + name, options);
}

std::string sample_text(const std::string& name) { return read_file(folder + name); }

std::string words_of(const Findings& findings) {
    std::string out;
    for (const Finding& finding : findings) {
        out += std::string(name(finding.severity)) + " " + finding.source.file + ":" +
               std::to_string(finding.source.line) + " " + to_text(finding.place) + " " +
               text(finding.message, Language::en) + "\n";
    }
    return out;
}

const Finding* find(const Findings& findings, const MessageText& what) {
    const auto found = std::ranges::find_if(findings, [&](const Finding& f) { return f.message.code() == what.code; });
    return found == findings.end() ? nullptr : &*found;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

/// `id ES EF LS LF TF FF start finish` of each task.
std::vector<std::string> rows_of(const ScheduleFile& file) {
    const SolvedSchedule solved = solve_schedule(file);
    EXPECT_TRUE(solved.verdict.accepted) << text(solved.verdict.why, Language::en);
    EXPECT_EQ(solved.tasks.size(), file.tasks.size());
    std::vector<std::string> out;
    for (std::size_t v = 0; v < solved.tasks.size(); ++v) {
        const ExchangeDates& d = solved.tasks[v];
        std::string row = file.tasks[v].id;
        for (const std::int64_t number : {d.early_start, d.early_finish, d.late_start, d.late_finish,
                                          d.total_float.value_or(-999), d.free_float.value_or(-999)}) {
            row += " " + std::to_string(number);
        }
        out.push_back(row + " " + to_text(d.start) + " " + to_text(d.finish));
    }
    return out;
}

// ------------------------------------------------------------------------------------- what is read, by hand

TEST(ReadSchedule, PsplibGivesTheMpmTimeOfItsHeader) {
    const ScheduleReading reading = sample("eight.sm");
    ASSERT_FALSE(has_errors(reading.findings)) << words_of(reading.findings);
    EXPECT_EQ(reading.format, ScheduleFormat::psplib);
    EXPECT_EQ(
        rows_of(reading.file),
        (std::vector<std::string>{"1 0 0 0 0 0 0 2001-01-01 2001-01-01", "2 0 3 1 4 1 1 2001-01-01 2001-01-03",
                                  "3 0 4 0 4 0 0 2001-01-01 2001-01-04", "4 0 2 3 5 3 0 2001-01-01 2001-01-02",
                                  "5 4 10 4 10 0 0 2001-01-05 2001-01-10", "6 4 5 9 10 5 5 2001-01-05 2001-01-05",
                                  "7 2 7 5 10 3 3 2001-01-03 2001-01-07", "8 10 10 10 10 0 0 2001-01-10 2001-01-10"}));
    // resources and the due date are not used, and the file says no dates
    ASSERT_NE(find(reading.findings, message::exchange_not_used), nullptr);
    EXPECT_NE(words_of(reading.findings).find("renewable resources"), std::string::npos);
    EXPECT_EQ(words_of(reading.findings).find("nonrenewable"), std::string::npos);
    EXPECT_NE(words_of(reading.findings).find("duedate"), std::string::npos);
    EXPECT_NE(find(reading.findings, message::exchange_no_dates), nullptr);
}

TEST(ReadSchedule, PsplibStartsOnTheDayThatIsGiven) {
    const ScheduleReading reading = sample("eight.sm", {.start = *Day::parse("2026-03-02")});
    EXPECT_EQ(rows_of(reading.file).back(), "8 10 10 10 10 0 0 2026-03-11 2026-03-11");
}

TEST(ReadSchedule, MspdiFollowsCalendarsSummariesLagsAndDeadlines) {
    const ScheduleReading reading = sample("school.xml");
    ASSERT_FALSE(has_errors(reading.findings)) << words_of(reading.findings);
    EXPECT_EQ(reading.file.name, "县中帮扶");
    EXPECT_EQ(reading.file.tasks[1].name, "采购 & 安装");
    // 9 March is off by exception, Saturday 14 March is worked; the link from the summary task comes from both
    EXPECT_EQ(rows_of(reading.file),
              (std::vector<std::string>{
                  "2 0 5 -1 4 -1 0 2026-03-02 2026-03-06", "3 5 15 4 14 -1 0 2026-03-10 2026-03-20",
                  "4 16 19 15 18 -1 0 2026-03-24 2026-03-26", "5 19 19 18 18 -1 0 2026-03-26 2026-03-26",
                  "6 8 14 15 21 7 7 2026-03-12 2026-03-18"}));
    const Finding* const unused = find(reading.findings, message::exchange_not_used);
    ASSERT_NE(unused, nullptr);
    EXPECT_EQ(text(unused->message, Language::en), "not used: Task/LevelingDelay (1 times)");
}

TEST(ReadSchedule, XerFollowsCalendarDataLagsAndConstraints) {
    const ScheduleReading reading = sample("term.xer");
    ASSERT_FALSE(has_errors(reading.findings)) << words_of(reading.findings);
    EXPECT_EQ(reading.file.data_date, std::nullopt);
    EXPECT_EQ(
        rows_of(reading.file),
        (std::vector<std::string>{"100 0 5 -1 4 -1 0 2026-03-02 2026-03-06", "101 6 9 5 8 -1 0 2026-03-11 2026-03-13",
                                  "102 9 9 8 8 -1 0 2026-03-13 2026-03-13", "104 2 4 6 8 4 5 2026-03-04 2026-03-05"}));
    EXPECT_EQ(text(find(reading.findings, message::exchange_left_out)->message, Language::en),
              "left out with their links: 1 tasks (TT_LOE)");
    EXPECT_NE(words_of(reading.findings).find("table RSRC"), std::string::npos);
}

TEST(ReadSchedule, OurOwnJsonComesBackTheSame) {
    const ScheduleReading reading = sample("two.schedule.json");
    ASSERT_FALSE(has_errors(reading.findings)) << words_of(reading.findings);
    EXPECT_EQ(rows_of(reading.file), (std::vector<std::string>{"A 0 3 -1 2 -1 0 2026-03-02 2026-03-04",
                                                               "B 4 8 3 7 -1 0 2026-03-06 2026-03-12"}));
    const ScheduleReading again = read_schedule_text(schedule_json(reading.file), "again.json");
    EXPECT_EQ(again.file, reading.file);
    EXPECT_TRUE(again.findings.empty()) << words_of(again.findings);
}

TEST(ReadSchedule, ProgressComesFromMspdiAndXer) {
    std::string xml = replaced(sample_text("school.xml"), "<CalendarUID>1</CalendarUID>",
                               "<CalendarUID>1</CalendarUID><StatusDate>2026-03-05T17:00:00</StatusDate>");
    xml = replaced(xml, "<Name>设备清单</Name>",
                   "<Name>设备清单</Name><ActualStart>2026-03-03T08:00:00</ActualStart>"
                   "<RemainingDuration>PT16H0M0S</RemainingDuration>");
    const ScheduleReading project = read_schedule_text(xml, "p.xml");
    ASSERT_FALSE(has_errors(project.findings)) << words_of(project.findings);
    EXPECT_EQ(project.file.data_date, Day::parse("2026-03-05"));
    EXPECT_EQ(project.file.tasks[0].actual_start, Day::parse("2026-03-03"));
    EXPECT_EQ(project.file.tasks[0].remaining, WorkDays(2));

    std::string xer = replaced(sample_text("term.xer"), "2026-03-02 08:00\t3\r\n", "2026-03-05 08:00\t3\r\n");
    xer = replaced(xer, "TK_NotStart\tA10\t采购\t40\t40\t\t\t\t",
                   "TK_Complete\tA10\t采购\t40\t0\t\t\t2026-03-02 08:00\t2026-03-04 17:00");
    const ScheduleReading primavera = read_schedule_text(xer, "p.xer");
    ASSERT_FALSE(has_errors(primavera.findings)) << words_of(primavera.findings);
    EXPECT_EQ(primavera.file.data_date, Day::parse("2026-03-04"));  // the morning of the 5th reports up to the 4th
    EXPECT_EQ(primavera.file.tasks[0].actual_finish, Day::parse("2026-03-04"));
    const CriticalPathProblem problem = critical_path_problem(primavera.file);
    EXPECT_EQ(problem.data_date, Day::parse("2026-03-04"));
    EXPECT_EQ(*problem.tasks[0].actual_finish - *problem.tasks[0].actual_start, 3);

    const ScheduleReading moved = read_schedule_text(xer, "p.xer", {.data_date = Day::parse("2026-03-03")});
    EXPECT_NE(find(moved.findings, message::exchange_after_data_date), nullptr) << words_of(moved.findings);
}

TEST(ReadSchedule, ActualDatesWithoutADataDateAreNotUsedAndSaidSo) {
    const std::string xml = replaced(sample_text("school.xml"), "<Name>设备清单</Name>",
                                     "<Name>设备清单</Name><ActualStart>2026-03-03T08:00:00</ActualStart>");
    const ScheduleReading reading = read_schedule_text(xml, "p.xml");
    ASSERT_FALSE(has_errors(reading.findings)) << words_of(reading.findings);
    const Finding* const finding = find(reading.findings, message::exchange_no_data_date);
    ASSERT_NE(finding, nullptr);
    EXPECT_GT(finding->source.line, 1U);
    EXPECT_EQ(critical_path_problem(reading.file).tasks[0].actual_start, std::nullopt);
}

TEST(ReadSchedule, KnowsItsFormatsBySuffixAndContent) {
    for (const auto& [file, format] :
         {std::pair{"eight.sm", ScheduleFormat::psplib}, std::pair{"school.xml", ScheduleFormat::mspdi},
          std::pair{"term.xer", ScheduleFormat::xer}, std::pair{"two.schedule.json", ScheduleFormat::json}}) {
        const std::string bytes = sample_text(file);
        EXPECT_EQ(schedule_format_of(file, ""), format);
        EXPECT_EQ(schedule_format_of("-", bytes), format);
        EXPECT_EQ(schedule_format_of("-", "\xEF\xBB\xBF" + bytes), format);
    }
    const ScheduleReading none = read_schedule_text("hello", "-");
    EXPECT_NE(find(none.findings, message::exchange_unknown_format), nullptr);
}

TEST(ReadSchedule, ChineseEncodingsGiveTheSameObjects) {
    // 采购 安装 完工 管理 验收 五天 in GB18030
    std::string bytes = sample_text("term.xer");
    const std::pair<std::string_view, std::string_view> words[] = {
        {"采购", "\xB2\xC9\xB9\xBA"}, {"安装", "\xB0\xB2\xD7\xB0"}, {"完工", "\xCD\xEA\xB9\xA4"},
        {"管理", "\xB9\xDC\xC0\xED"}, {"验收", "\xD1\xE9\xCA\xD5"}, {"五天", "\xCE\xE5\xCC\xEC"}};
    for (const auto& [utf_8, gb] : words)
        bytes = replaced(bytes, utf_8, gb);
    const ScheduleFile wanted = sample("term.xer").file;
    const ScheduleReading guessed = read_schedule_text(bytes, "t.xer");
    EXPECT_EQ(guessed.file, wanted) << words_of(guessed.findings);
    EXPECT_NE(find(guessed.findings, message::encoding_guessed), nullptr);
    const ScheduleReading told = read_schedule_text(bytes, "t.xer", {.encoding = Encoding::gb18030});
    EXPECT_EQ(told.file, wanted);
    EXPECT_EQ(find(told.findings, message::encoding_guessed), nullptr);
    EXPECT_EQ(read_schedule_text("\xEF\xBB\xBF" + sample_text("term.xer"), "t.xer").file, wanted);
    EXPECT_TRUE(has_errors(read_schedule_text(bytes, "t.xer", {.encoding = Encoding::utf_8}).findings));
    // an XML declaration says it, too
    const std::string xml =
        "<?xml version=\"1.0\" encoding=\"GB2312\"?><Project><Title>\xB2\xC9\xB9\xBA</Title>"
        "<StartDate>2026-03-02</StartDate></Project>";
    const ScheduleReading declared = read_schedule_text(xml, "t.xml");
    EXPECT_EQ(declared.file.name, "采购") << words_of(declared.findings);
    EXPECT_TRUE(declared.findings.empty()) << words_of(declared.findings);
}

TEST(ReadSchedule, PartsOfDaysAreRoundedUpAndSaidSo) {
    const ScheduleReading reading =
        read_schedule_text(replaced(sample_text("school.xml"), "PT40H0M0S", "PT44H0M0S"), "p.xml");
    ASSERT_FALSE(has_errors(reading.findings));
    EXPECT_EQ(reading.file.tasks[0].duration, WorkDays(6));
    EXPECT_NE(find(reading.findings, message::exchange_part_days), nullptr);
    const ScheduleReading elapsed = read_schedule_text(
        replaced(sample_text("school.xml"), "<LinkLag>4800</LinkLag>\n        <LagFormat>7</LagFormat>",
                 "<LinkLag>14400</LinkLag><LagFormat>8</LagFormat>"),
        "p.xml");
    const ExchangeLink& link = elapsed.file.links[1];
    EXPECT_EQ(link.lag, WorkDays(1));
    EXPECT_EQ(link.lag_calendar, LagCalendar::elapsed);
}

TEST(ReadSchedule, WithoutACalendarAMspdiProjectWorksFromMondayToFriday) {
    const ScheduleReading reading = read_schedule_text(
        "<Project><StartDate>2026-03-06</StartDate><Tasks>"
        "<Task><UID>1</UID><Duration>PT48H0M0S</Duration><DurationFormat>8</DurationFormat></Task>"
        "<Task><UID>2</UID><Duration>PT16H0M0S</Duration></Task></Tasks></Project>",
        "p.xml");
    ASSERT_FALSE(has_errors(reading.findings)) << words_of(reading.findings);
    // two elapsed days from Friday, and two days of work
    EXPECT_EQ(rows_of(reading.file),
              (std::vector<std::string>{"1 0 2 2 4 2 2 2026-03-06 2026-03-07", "2 0 2 0 2 0 0 2026-03-06 2026-03-09"}));
}

TEST(ReadSchedule, PublishedPsplibProblemsHaveTheMpmTimeOfTheirHeaders) {
    const std::filesystem::path where = "../shared/data/psplib";
    std::error_code none;
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(where, none)) {
        if (entry.path().extension() == ".sm") paths.push_back(entry.path().string());
    }
    if (paths.empty()) GTEST_SKIP() << "no problems of PSPLIB in " << where;
    for (const std::string& path : paths) {
        SCOPED_TRACE(path);
        const std::string text = read_file(path);
        const std::size_t line = text.find('\n', text.find("MPM-Time")) + 1;
        const std::string row = text.substr(line, text.find('\n', line) - line);
        const std::string expected = row.substr(row.find_last_of(' ', row.find_last_not_of(" \r")) + 1);
        const ScheduleReading reading = read_schedule(path);
        ASSERT_FALSE(has_errors(reading.findings)) << words_of(reading.findings);
        EXPECT_EQ(solve_schedule(reading.file).tasks.back().early_finish, std::stoll(expected));
    }
}

// -------------------------------------------------------------------------------------------------- refusals

struct Refusal {
    std::string file;
    std::string what;  ///< this text of the sample …
    std::string by;    ///< … is replaced by this one
    const MessageText* why;
    std::size_t line;  ///< 0: any
};

TEST(ReadScheduleRefuses, InWordsWithThePlace) {
    const Refusal cases[] = {
        // PSPLIB: counts that lie, order, modes, numbers
        {"eight.sm", "):  8", "):  9", &message::psplib_jobs, 0},
        {"eight.sm", "):  8", "):  99999999999", &message::exchange_number_range, 6},
        {"eight.sm", "   5        1          1           8", "   5        1          2           8",
         &message::psplib_successors, 23},
        {"eight.sm", "   6        1          1           8", "   6        3          1           8",
         &message::psplib_modes, 24},
        {"eight.sm", "   6        1 ", "   9        1 ", &message::psplib_order, 24},
        {"eight.sm", "  3      1     4 ", "  3      1     x ", &message::exchange_no_number, 33},
        {"eight.sm", "  3      1     4 ", "  3      1     -4 ", &message::exchange_number_range, 33},
        {"eight.sm", "PRECEDENCE RELATIONS:", "PRECEDENCE", &message::psplib_no_section, 0},
        {"eight.sm", "   5        1          1           8", "   5        1          1           2",
         &message::exchange_circle, 0},
        {"eight.sm", "   7        1          1           8", "   7        1          1          80",
         &message::exchange_no_such_id, 25},
        // MSPDI: XML bombs and what is like them, then fields
        {"school.xml", "<Project xmlns",
         "<!DOCTYPE a [<!ENTITY x \"x\"><!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;\">]><Project xmlns",
         &message::xml_doctype, 2},
        {"school.xml", "<Project xmlns", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><Project xmlns",
         &message::xml_doctype, 2},
        {"school.xml", "<Name>培训</Name>", "<Name>&y;</Name>", &message::xml_entity, 0},
        {"school.xml", "<Name>培训</Name>", "<Name>&#0;</Name>", &message::xml_entity, 0},
        {"school.xml", "<Name>培训</Name>", "<Name>a & b</Name>", &message::xml_entity, 0},
        {"school.xml", "<Name>培训</Name>", "<Name>培训</Nam>", &message::xml_syntax, 0},
        {"school.xml", "</Project>", "", &message::xml_syntax, 0},
        {"school.xml", "</Project>", "</Project><Project/>", &message::xml_syntax, 0},
        {"school.xml", "</Project>", "<!-- never closed", &message::xml_syntax, 0},
        {"school.xml", "<StartDate>2026-03-02T08:00:00</StartDate>", "", &message::exchange_missing, 2},
        {"school.xml", "2026-03-02T08:00:00", "2026-02-30T08:00:00", &message::exchange_no_date, 5},
        {"school.xml", "<MinutesPerDay>480", "<MinutesPerDay>0", &message::exchange_number_range, 7},
        {"school.xml", "PT40H0M0S", "P1Y", &message::exchange_no_duration, 0},
        {"school.xml", "PT40H0M0S", "PT99999999999H", &message::exchange_no_duration, 0},
        {"school.xml", "<LagFormat>7</LagFormat>\n      </PredecessorLink>\n    </Task>\n    <Task>\n      <UID>5",
         "<LagFormat>19</LagFormat>\n      </PredecessorLink>\n    </Task>\n    <Task>\n      <UID>5",
         &message::mspdi_percent_lag, 0},
        {"school.xml", "<PredecessorUID>1</PredecessorUID>\n        <Type>1</Type>",
         "<PredecessorUID>1</PredecessorUID>\n        <Type>3</Type>", &message::mspdi_summary_link, 0},
        {"school.xml", "<PredecessorUID>2</PredecessorUID>", "<PredecessorUID>3</PredecessorUID>",
         &message::exchange_self_link, 0},
        {"school.xml", "<ConstraintType>4<", "<ConstraintType>8<", &message::exchange_number_range, 0},
        {"school.xml", "<OutlineLevel>2<", "<OutlineLevel>70000<", &message::exchange_number_range, 0},
        {"school.xml", "<UID>4</UID>", "<UID>2</UID>", &message::exchange_id_twice, 0},
        {"school.xml", "<BaseCalendarUID>1<", "<BaseCalendarUID>2<", &message::mspdi_base_circle, 0},
        {"school.xml", "<Project xmlns=\"http://schemas.microsoft.com/project\">", "<Projet>", &message::xml_syntax, 0},
        // XER: lines, cells, numbers, dates, calendars
        {"term.xer", "ERMHDR", "ERMHEAD", &message::xer_no_header, 1},
        {"term.xer", "%T\tPROJECT\r\n", "", &message::xer_unknown_line, 2},
        {"term.xer", "%R\t7\tTERM", "%R\tTERM", &message::xer_row_cells, 4},
        {"term.xer", "\tplan_start_date", "\tsome_date", &message::xer_no_column, 0},
        {"term.xer", "%E", "%X", &message::xer_unknown_line, 0},
        {"term.xer", "采购\t40", "采购\tforty", &message::exchange_no_number, 13},
        {"term.xer", "采购\t40", "采购\t1e300", &message::exchange_number_range, 13},
        {"term.xer", "采购\t40\t40", "采购\t-40\t-40", &message::exchange_number_range, 13},
        {"term.xer", "TT_Task", "TT_Tusk", &message::exchange_no_word, 13},
        {"term.xer", "CS_MSOA", "CS_MS", &message::exchange_no_word, 14},
        {"term.xer", "PR_SS", "PR_XX", &message::exchange_no_word, 22},
        {"term.xer", "d|46090", "d|4609000000", &message::exchange_no_date, 7},
        {"term.xer", "(0||VIEW(", "(0|VIEW(", &message::xer_calendar, 7},
        {"term.xer", "\t8\t(0||CalendarData", "\t0\t(0||CalendarData", &message::exchange_number_range, 7},
        // our own
        {"two.schedule.json", "\"countyplan.schedule\"", "\"countyplan.plan\"", &message::wrong_format, 2},
        {"two.schedule.json", "\"format_version\": 1", "\"format_version\": 2", &message::newer_format, 3},
        {"two.schedule.json", "\"duration\": 3", "\"duration\": 3.5", &message::number_range, 0},
        {"two.schedule.json", "\"duration\": 3", "\"duration\": 99999999", &message::exchange_number_range, 0},
        {"two.schedule.json", "\"predecessor\": \"A\"", "\"predecessor\": \"B\"", &message::exchange_self_link, 0},
        {"two.schedule.json", "\"2026-03-09\",\n      \"kind\"", "\"2026-03-08\",\n      \"kind\"",
         &message::exchange_ends_before, 0},
    };
    for (const Refusal& refusal : cases) {
        SCOPED_TRACE(refusal.file + ": " + refusal.by);
        const ScheduleReading reading =
            read_schedule_text(replaced(sample_text(refusal.file), refusal.what, refusal.by), refusal.file);
        ASSERT_TRUE(has_errors(reading.findings));
        const Finding* const finding = find(reading.findings, *refusal.why);
        ASSERT_NE(finding, nullptr) << words_of(reading.findings);
        EXPECT_EQ(finding->source.file, refusal.file);
        if (refusal.line != 0) {
            EXPECT_EQ(finding->source.line, refusal.line) << words_of(reading.findings);
        }
        EXPECT_EQ(reading.file, ScheduleFile{});
        for (const Language language : {Language::zh, Language::en})
            EXPECT_FALSE(text(finding->message, language).empty());
    }
}

TEST(ReadScheduleRefuses, Item69XmlBombsAndEntitiesAreNeverExpanded) {
    std::string bomb = "<!DOCTYPE a [<!ENTITY l0 \"lol\">";
    for (int level = 1; level <= 30; ++level) {
        const std::string below = "&l" + std::to_string(level - 1) + ";";
        bomb += "<!ENTITY l" + std::to_string(level) + " \"" + below + below + below + below + "\">";
    }
    bomb += "]>";
    const auto refused = [](const std::string& before, const std::string& name) {
        const std::string text =
            replaced(replaced(sample_text("school.xml"), "<Project xmlns", before + "<Project xmlns"),
                     "<Name>培训</Name>", "<Name>" + name + "</Name>");
        const ScheduleReading reading = read_schedule_text(text, "bomb.xml");
        EXPECT_EQ(reading.file, ScheduleFile{}) << before << name;
        return find(reading.findings, message::xml_doctype) != nullptr  ? "doctype"
               : find(reading.findings, message::xml_entity) != nullptr ? "entity"
               : has_errors(reading.findings)                           ? "other"
                                                                        : "read";
    };
    EXPECT_STREQ(refused(bomb, "&l30;"), "doctype");
    EXPECT_STREQ(refused("<!DOCTYPE a PUBLIC \"-//x\" \"http://127.0.0.1:9/x.dtd\">", "x"), "doctype");
    EXPECT_STREQ(refused("<!DOCTYPE a [<!ENTITY % p SYSTEM \"file:///dev/zero\">%p;]>", "x"), "doctype");
    EXPECT_STREQ(refused("<!DOCTYPE a [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>", "&f;"), "doctype");
    EXPECT_STRNE(refused("<!doctype a []>", "x"), "read");
    EXPECT_STREQ(refused("", "&l30;"), "entity");
    EXPECT_STREQ(refused("", "&#xFFFFFFFF;"), "entity");
}

TEST(ReadScheduleRefuses, Item69DepthAndSizesBeforeTheParserSeesThem) {
    std::string deep = "<Project><StartDate>2026-03-02</StartDate>";
    for (int i = 0; i < 200'000; ++i)
        deep += "<a>";
    EXPECT_NE(find(read_schedule_text(deep, "d.xml").findings, message::depth_limit), nullptr);
    std::string nested = "%R\t3\tN\tn\t\t8\t";
    for (int i = 0; i < 200'000; ++i)
        nested += "(0||a()(";
    const std::string xer =
        "ERMHDR\r\n%T\tCALENDAR\r\n%F\tclndr_id\tdefault_flag\tclndr_name\tbase_clndr_id\t"
        "day_hr_cnt\tclndr_data\r\n" +
        nested + "\r\n%E\r\n";
    EXPECT_NE(find(read_schedule_text(xer, "d.xer").findings, message::xer_calendar), nullptr);
    EXPECT_NE(find(read_schedule_text(std::string(1'000'000, '['), "d.json").findings, message::depth_limit), nullptr);
    ScheduleReadOptions small;
    small.limits.file_bytes = 100;
    EXPECT_NE(find(read_schedule_text(sample_text("school.xml"), "s.xml", small).findings, message::size_limit),
              nullptr);
    small.limits = {};
    small.limits.values = 10;
    EXPECT_NE(find(read_schedule_text(sample_text("school.xml"), "s.xml", small).findings, message::value_limit),
              nullptr);
}

TEST(ReadScheduleRefuses, ACalendarWithoutAWorkingDay) {
    std::string text = sample_text("two.schedule.json");
    const std::size_t from = text.find("\"week\": [");
    const std::size_t to = text.find(']', from);
    text.replace(from, to - from + 1, "\"week\": []");
    const ScheduleReading reading = read_schedule_text(text, "w.json");
    EXPECT_NE(find(reading.findings, message::exchange_no_working_day), nullptr) << words_of(reading.findings);
}

TEST(ReadScheduleRefuses, TruncatedFilesWithoutACrash) {
    for (const char* const file : {"eight.sm", "school.xml", "term.xer", "two.schedule.json"}) {
        const std::string whole = sample_text(file);
        for (std::size_t size = 0; size + 2 < whole.size(); size += 1 + whole.size() / 150) {
            const ScheduleReading reading = read_schedule_text(whole.substr(0, size), file);
            if (has_errors(reading.findings)) continue;
            EXPECT_FALSE(reading.findings.empty()) << file << " cut at " << size;
        }
    }
}

TEST(ReadScheduleLaw, MutatedFilesAreReadOrRefusedAndWhatIsReadIsProved) {
    const std::vector<std::string> files{"eight.sm", "school.xml", "term.xer", "two.schedule.json"};
    std::vector<std::string> samples;
    for (const std::string& file : files)
        samples.push_back(sample_text(file));
    const std::string_view scraps[] = {"0",    "-1",   "99999999999", "<a>",        "</Task>",   "&x;",       "\t",
                                       "\r\n", "(0||", "))",          "\"",         "<![CDATA[", "<?x?>",     "nan",
                                       "1e9",  "{",    "]",           "9999-12-31", "%T\t",      "%R",        "\xFF",
                                       "\xE4", "<!--", "P",           "null",       "*",         "0001-01-01"};
    std::size_t solved = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(200'000); ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937_64 random(seed);
        const std::size_t which = random() % samples.size();
        std::string bytes = samples[which];
        const std::size_t edits = 1 + random() % 3;
        for (std::size_t k = 0; k < edits && !bytes.empty(); ++k) {
            const std::size_t at = random() % bytes.size();
            const std::size_t size = std::min<std::size_t>(1 + random() % 12, bytes.size() - at);
            switch (random() % 5) {
                case 0:
                    bytes[at] = static_cast<char>(random() % 256);
                    break;
                case 1:
                    bytes.erase(at, size);
                    break;
                case 2:
                    bytes.insert(at, bytes.substr(at, size));
                    break;
                case 3:
                    bytes.insert(at, scraps[random() % std::size(scraps)]);
                    break;
                default:
                    bytes.replace(at, size, scraps[random() % std::size(scraps)]);
                    break;
            }
        }
        const ScheduleReading reading = read_schedule_text(bytes, files[which]);
        if (has_errors(reading.findings)) continue;
        try {
            const SolvedSchedule answer = solve_schedule(reading.file);
            ASSERT_TRUE(answer.verdict.accepted) << text(answer.verdict.why, Language::en);
            ++solved;
        } catch (const InvalidProblem&) {  // a date that leaves the years
        }
    }
    EXPECT_GT(solved, 0U);
}

TEST(ExchangeMessages, HaveACodeOfTheirOwnAndBothTexts) {
    std::vector<std::string_view> codes;
    for (const MessageText* row : all_exchange_messages) {
        codes.push_back(row->code);
        EXPECT_NE(row->zh, row->en);
    }
    std::ranges::sort(codes);
    EXPECT_EQ(std::ranges::adjacent_find(codes), codes.end());
}

}  // namespace
