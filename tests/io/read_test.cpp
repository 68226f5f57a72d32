#include <countyplan/io/read.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include <countyplan/io/write.hpp>

#include "given/memory_files.hpp"
#include "given/plan.hpp"

namespace {

using namespace countyplan;

const std::string text_of_plan = "p.plan.json";

/// The small plan, as a directory `p`, as `p.plan.json`, or both.
given::MemoryFiles small_files() {
    std::map<std::string, std::string> content{{text_of_plan, plan_json(given::small_draft())}};
    for (const NamedBytes& file : plan_tables(given::small_draft()))
        content["p/" + file.name] = file.bytes;
    return given::MemoryFiles(std::move(content));
}

void replace_once(std::string& bytes, std::string_view from, std::string_view to) {
    const auto at = bytes.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    bytes.replace(at, from.size(), to);
}

/// Line and column of the byte, counted anew: lines by LF, columns in characters, the byte order mark none.
TextPosition counted(std::string_view bytes, std::size_t at) {
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
        at -= 3;
    }
    TextPosition out{1, 1};
    for (std::size_t i = 0; i < at; ++i) {
        if (bytes[i] == '\n') {
            out = {out.line + 1, 1};
        } else if ((static_cast<unsigned char>(bytes[i]) & 0xC0) != 0x80) {
            ++out.column;
        }
    }
    return out;
}

std::string joined(const Findings& findings) {
    std::string out;
    for (const Finding& f : findings) {
        out += std::string(name(f.severity)) + " " + std::string(f.message.code()) + " " + to_text(f.place) + " " +
               f.source.file + ":" + std::to_string(f.source.line) + ":" + std::to_string(f.source.column) + " " +
               f.source.pointer + " [" + f.value + "]\n";
    }
    return out;
}

struct Case {
    std::string_view item;  ///< of the threat model, section 2
    std::string file;       ///< in the directory, or the document
    std::string from;       ///< empty: the whole file
    std::string to;         ///< `^` marks where the finding must stand; without one the place is not looked at
    std::string_view code;
    std::string_view place = {};
    std::optional<std::string> value = {};
    std::string_view expected = {};  ///< code of the expectation
    std::string_view remedy = {};    ///< code of the remedy
    std::string_view pointer = {};
    Severity severity = Severity::error;
    std::size_t count = 1;  ///< how many findings there are in all, so that there is no echo
};

void PrintTo(const Case& given, std::ostream* out) { *out << given.item << " " << given.file << " " << given.code; }

class ReadRefusal : public testing::TestWithParam<Case> {};

TEST_P(ReadRefusal, NamesTheItemAndItsPlace) {
    const Case& given = GetParam();
    given::MemoryFiles files = small_files();
    const bool is_document = given.file == text_of_plan;
    const std::string path = is_document ? text_of_plan : "p/" + given.file;
    std::string& bytes = files.bytes[path];
    std::optional<TextPosition> position;
    if (given.from.empty()) {
        bytes = given.to;
    } else {
        std::string to = given.to;
        const auto mark = to.find('^');
        if (mark != std::string::npos) to.erase(mark, 1);
        const auto at = bytes.find(given.from);
        ASSERT_NE(at, std::string::npos) << bytes;
        bytes.replace(at, given.from.size(), to);
        if (mark != std::string::npos) position = counted(bytes, at + mark);
    }
    const Reading read = read_draft(is_document ? text_of_plan : "p", {}, files);
    SCOPED_TRACE(joined(read.findings));
    EXPECT_EQ(read.findings.size(), given.count);
    const auto found =
        std::ranges::find_if(read.findings, [&](const Finding& f) { return f.message.code() == given.code; });
    ASSERT_NE(found, read.findings.end());
    EXPECT_EQ(found->severity, given.severity);
    EXPECT_EQ(found->source.file, path);
    if (!given.place.empty()) {
        EXPECT_EQ(to_text(found->place), given.place);
    }
    if (position) {
        EXPECT_EQ(found->source.line, position->line);
        EXPECT_EQ(found->source.column, position->column);
    }
    EXPECT_EQ(found->source.pointer, given.pointer);
    if (given.value) {
        EXPECT_EQ(found->value, *given.value);
    }
    if (!given.expected.empty()) {
        EXPECT_EQ(found->expected.code(), given.expected);
    }
    if (!given.remedy.empty()) {
        EXPECT_EQ(found->remedy.code(), given.remedy);
    }
    for (const Language language : {Language::zh, Language::en})
        EXPECT_FALSE(text(found->message, language).empty());
    if (given.severity == Severity::error) {
        EXPECT_THROW((void)read_plan(is_document ? text_of_plan : "p", {}, files), InvalidPlan);
    }
}

constexpr auto warning = Severity::warning;

// one case a line
// clang-format off
const Case table_cases[] = {
    {"1", "schools.csv", "", "", "empty_input", "schools"},
    {"1", "schools.csv", "", " \r\n\t", "empty_input", "schools"},
    {"1", "schools.csv", "", "\xEF\xBB\xBF", "empty_input", "schools"},
    {"1", "plan.json", "", "", "empty_input"},
    {"2", "schools.csv", "德保高中", "德^\xEF\xBB\xBF保高中", "mark_inside", "schools", {}, {}, {}, {}, warning, 2},
    {"4", "schools.csv", "", "id,county,kind,assisted\nDB-H,451024,ordinary,true\nDB-V,451024,vocational,\xC4", "truncated_gb18030", "schools"},
    {"5", "schools.csv", "", std::string("\xFF\xFEi\0d\0", 6), "unsupported_encoding", "schools", {}, {}, "save_as_utf_8"},
    {"6", "schools.csv", "德保高中", "德保高^\xED\xA0\x80", "invalid_utf_8", "schools"},
    {"6", "schools.csv", "德保高中", "德保高^\xF4\x90\x80\x80", "invalid_utf_8", "schools"},
    {"7", "schools.csv", "德保高中", std::string("德保^\0高中", 14), "nul_in_text", "schools"},
    {"7", "posts.csv", "P5,", "^P\x07,", "id_format", "posts[4].id", "P\\x07", "expect_id"},
    {"7", "schools.csv", "Debao High", "^Debao\x1BHigh", "control_character", "schools[0].name_en", "Debao\\x1BHigh"},
    {"8", "posts.csv", "P5,", "^P５,", "id_format", "posts[4].id", "P５"},
    {"8", "posts.csv", "P5,", "^P\xE2\x80\x8D\x35,", "id_format", "posts[4].id", "P\\u{200D}5"},
    {"9", "schools.csv", "Debao High", "^Debao\xE2\x80\xAEHigh", "invisible_character", "schools[0].name_en", "Debao\\u{202E}High", {}, {}, {}, warning},
    {"10", "schools.csv", "Debao High", "^" + std::string(1025, 'x'), "text_too_long", "schools[0].name_en"},
    {"24", "schools.csv", "4300,true,,", "4300,^true", "record_too_short", "schools", {}, {}, "check_the_commas"},
    {"24", "schools.csv", "4300,true,,", "4300,true,,,^more", "record_too_long", "schools", "more", {}, "check_the_commas"},
    {"24", "schools.csv", "enrolment", "^enrollment", "unknown_column", "schools", "enrollment", {}, "did_you_mean"},
    {"24", "schools.csv", "lat,lng", "lat,^lat", "duplicate_column", "schools", "lat", {}, "remove_the_column"},
    {"24", "schools.csv", "id,county", "^id,region", "missing_column", "schools", {}, {}, {}, {}, Severity::error, 2},
    {"24", "schools.csv", "", "DB-H,451024\n", "missing_header", "schools", "DB-H"},
    {"25", "schools.csv", "德保高中", "^\"德保高中", "unterminated_quote", "schools", {}, {}, "quote_the_cell"},
    {"26", "schools.csv", "德保高中", "^德保\"高中", "stray_quote", "schools", "德保\"高中", {}, "quote_the_cell"},
    {"27", "schools.csv", "", "id;county;kind;assisted\nDB-H;451024;ordinary;true\n", "wrong_delimiter", "schools", {}, {}, "save_with_commas"},
    {"27", "schools.csv", "", "id\tcounty\tkind\tassisted\nDB-H\t451024\tordinary\ttrue\n", "wrong_delimiter", "schools", {}, {}, "save_with_commas"},
    {"28", "counties.csv", "451024", "^4.51E+05", "id_format", "counties[0].code", "4.51E+05", "expect_code", "undo_excel_number"},
    {"28", "counties.csv", "451024", "^0x6E1D0", "id_format", "counties[0].code", "0x6E1D0", "expect_code"},
    {"29", "schools.csv", "4300", "^\"4,300\"", "number_format", "schools[0].enrolment", "4,300", "expect_integer", "plain_number_only"},
    {"29", "schools.csv", "4300", "^４３００", "number_format", "schools[0].enrolment", "４３００", "expect_integer", "plain_number_only"},
    {"29", "schools.csv", "4300", "^4300 人", "number_format", "schools[0].enrolment", "4300 人", "expect_integer", "plain_number_only"},
    {"29", "schools.csv", "4300", "^－5", "number_format", "schools[0].enrolment", "－5"},
    {"29", "tasks.csv", "50000.00", "^50000.005", "money_format", "tasks[1].budget", "50000.005", "expect_money"},
    {"16", "schools.csv", "4300", "^18446744073709551616", "number_range", "schools[0].enrolment", "18446744073709551616"},
    {"17", "counties.csv", "23.33", "^nan", "number_format", "counties[0].lat", "nan"},
    {"18", "schools.csv", "4300,true", "4300,^1", "boolean_format", "schools[0].assisted", "1", "expect_boolean"},
    {"18", "schools.csv", "4300,true", "4300,^", "required_field", "schools[0].assisted", "", {}, "fill_in"},
    {"31", "schools.csv", "DB-V,451024", "^DB-H,451024", "duplicate_id", "schools[1].id", "DB-H", {}, {}, {}, Severity::error, 8},
    {"31", "posts.csv", "P5,DB-V", "^p4,DB-V", "confusable_id", "posts[4].id", "p4", {}, {}, {}, warning},
    {"32", "posts.csv", "P3,DB-H", "P3,^DB-HH", "unknown_reference", "posts[2].school", "DB-HH", "expect_existing", "nearest_id"},
    {"32", "experts.csv", "school:DB-V", "^school:DB-W", "unknown_reference", "experts[3].avoids", "DB-W"},
    {"32", "pairings.csv", "SZ-NS,451024", "SZ-NS,^451025", "unknown_receiver", "pairings[0].receiver", "451025"},
    {"32", "distances.csv", "", "sender,receiver,km\nSZ-N,451024,800\n", "unknown_reference", "distances[0].sender", "SZ-N", "expect_existing", "nearest_id"},
    {"32", "distances.csv", "", "km,sender,receiver\n800,SZ,DB-W\n", "unknown_receiver", "distances[0].receiver", "DB-W", {}, "nearest_id"},
    {"29", "distances.csv", "", "sender,receiver,km\nSZ,451024,800 km\n", "number_format", "distances[0].km", "800 km", "expect_integer", "plain_number_only"},
    {"29", "distances.csv", "", "sender,receiver,km\nSZ,451024,800.5\n", "number_range", "distances[0].km", "800.5", "expect_integer"},
    {"35", "distances.csv", "", "sender,receiver,km\nSZ,451024,20016\n", "number_outside", "distances[0].km", "20016", "expect_between"},
    {"35", "couplings.csv", "", "id,kind,who,where,per,lower\nC-1,share,plan:,plan:,school,1001\n", "number_outside", "couplings[0].lower", "1001", "expect_between"},
    {"24", "couplings.csv", "", "id,who,where,per,lower\nC-1,plan:,plan:,school,1\n", "missing_column", "couplings"},
    {"30", "couplings.csv", "", "id,kind,who,where,per,lower\nC-1,shares,plan:,plan:,school,1\n", "unknown_word", "couplings[0].kind", "shares"},
    {"24", "distances.csv", "", "sender,receiver\nSZ,451024\n", "missing_column", "distances"},
    {"31", "distances.csv", "", "sender,receiver,km\nSZ,DB-V,800\nSZ,DB-V,801\n", "contradicting_row", "distances[1].km", {}, {}, "fix_delete_row"},
    {"33", "links.csv", "K1,K2", "K1,^K1", "dependency_cycle", "links[0].successor", "K1"},
    {"33", "links.csv", "K3,K4", "K4,^K1", "dependency_cycle", "links[2].successor", "K1"},
    {"35", "schools.csv", "4300", "^-1", "number_outside", "schools[0].enrolment", "-1", "expect_between"},
    {"35", "posts.csv", "maths,1,2,2", "maths,1,3,^2", "bounds_crossed"},
    {"35", "tasks.csv", "Diagnose,10", "Diagnose,^-10", "number_outside", "tasks[0].duration", "-10"},
    {"39", "calendar.csv", "2025-10-01", "^2025-02-29", "date_format", "calendar[0].date", "2025-02-29", "expect_date", "iso_dates_only"},
    {"39", "calendar.csv", "2025-10-01", "^0000-00-00", "date_format", "calendar[0].date", "0000-00-00"},
    {"39", "calendar.csv", "2025-10-01", "^10000-01-01", "date_format", "calendar[0].date", "10000-01-01"},
    {"39", "calendar.csv", "2025-10-01", "^2025/10/1", "date_format", "calendar[0].date", "2025/10/1"},
    {"39", "terms.csv", "2026-01-23", "^2025-01-23", "period_reversed", "terms[0].to", "2025-01-23"},
    {"40", "ledger.csv", ",80,", ",^101,", "fact_value", "ledger[1].value", "101"},
    {"41", "ledger.csv", "2025-09-20,2025-09-19", "2025-09-20,^2025-09-21", "fact_from_future", "ledger[1].valid_at", {}, {}, {}, {}, warning},
    {"79", "schools.csv", "Debao High", "^=1+1", "formula_like", "schools[0].name_en", "=1+1", {}, "quote_formula", {}, warning},
    {"list", "experts.csv", "principal;mid_level", "^principal;;mid_level", "list_format", "experts[1].roles", "principal;;mid_level", "expect_list"},
    {"list", "experts.csv", "principal;mid_level", "^principal;head", "unknown_word", "experts[1].roles", "principal;head", "expect_listed_word"},
    {"blank", "links.csv", "K2,K4", "^\nK2,K4", "blank_line", "links", {}, {}, {}, {}, warning},
    {"header", "plan.json", "{\n    \"from\": \"2025-09-01\",\n    \"to\": \"2028", "^{\n    \"from\": \"2025-09-01\",\n    \"to\": \"2025", "period_reversed", "period", "2025-08-31", "expect_from_before_to", {}, "/period"},
};
// clang-format on
INSTANTIATE_TEST_SUITE_P(Tables, ReadRefusal, testing::ValuesIn(table_cases));

/// The deepest array that is still allowed.
const std::string deep = [] {
    std::string out;
    for (int level = 1; level < 128; ++level)
        out += "/0";
    return out;
}();

// one case a line
// clang-format off
const Case document_cases[] = {
    {"1", text_of_plan, "", "", "empty_input"},
    {"6", text_of_plan, "德保高中", "德保高^\xC0\x80", "invalid_utf_8"},
    {"7", text_of_plan, "德保高中", "德保\\u0000高中", "nul_in_text", {}, {}, {}, {}, "/schools/0/name_zh"},
    {"14", text_of_plan, "", std::string(100'000, '['), "depth_limit", {}, {}, {}, {}, deep},
    {"15", text_of_plan, "\"enrolment\": 4300", "\"enrolment\": 4300, \"enrolment\": ^4300", "duplicate_key", {}, {}, {}, {}, "/schools/0/enrolment"},
    {"16", text_of_plan, "\"enrolment\": 4300", "\"enrolment\": ^18446744073709551616", "number_range", "schools[0].enrolment", "18446744073709551616", "expect_integer", {}, "/schools/0/enrolment"},
    {"16", text_of_plan, "\"enrolment\": 4300", "\"enrolment\": ^1e3", "number_range", "schools[0].enrolment", "1e3", {}, {}, "/schools/0/enrolment"},
    {"16", text_of_plan, "\"lat\": 23.33", "\"lat\": ^1e400", "number_range", {}, {}, {}, {}, "/counties/0/lat"},
    {"17", text_of_plan, "\"lat\": 23.33", "\"lat\": ^NaN", "not_a_number", {}, {}, {}, {}, "/counties/0/lat"},
    {"17", text_of_plan, "\"lat\": 23.33", "\"lat\": ^\"nan\"", "type_mismatch", "counties[0].lat", "nan", {}, {}, "/counties/0/lat"},
    {"18", text_of_plan, "\"enrolment\": 4300", "\"enrolment\": ^\"4300\"", "type_mismatch", "schools[0].enrolment", "4300", {}, {}, "/schools/0/enrolment"},
    {"18", text_of_plan, "\"assisted\": true", "\"assisted\": ^1", "type_mismatch", "schools[0].assisted", "1", {}, {}, "/schools/0/assisted"},
    {"18", text_of_plan, "\"assisted\": true", "\"assisted\": ^null", "type_mismatch", "schools[0].assisted", "null", {}, {}, "/schools/0/assisted"},
    {"18", text_of_plan, "\"id\": \"DB-H\"", "\"id\": ^[]", "type_mismatch", "schools[0].id", {}, {}, {}, "/schools/0/id"},
    {"18", text_of_plan, "\"quota_total\": 8,", "\"quota_total\": null, \"kind\": ^null,", "duplicate_key", {}, {}, {}, {}, "/senders/0/kind"},
    {"19", text_of_plan, "\"enrolment\": 4300", "\"__proto__\": ^4300", "unknown_member", "schools[0]", {}, {}, {}, "/schools/0/__proto__"},
    {"19", text_of_plan, "\"version\": \"1\"", "\"version\": \"1\", \"constructor\": ^{}", "unknown_member", {}, {}, {}, {}, "/constructor"},
    {"21", text_of_plan, "\"version\": \"1\",", "\"version\": \"1\",^}", "trailing_comma"},
    {"21", text_of_plan, "", "{} {}", "trailing_content"},
    {"21", text_of_plan, "\"version\"", "/**/ \"version\"", "json_comment"},
    {"22", text_of_plan, "德保高中", "\\ud800", "lone_surrogate", {}, {}, {}, {}, "/schools/0/name_zh"},
    {"31", text_of_plan, "\"id\": \"DB-V\"", "\"id\": ^\"DB-H\"", "duplicate_id", "schools[1].id", "DB-H", {}, {}, "/schools/1/id", Severity::error, 8},
    {"32", text_of_plan, "\"goal\": \"G3\"", "\"goal\": ^\"G9\"", "unknown_reference", "indicators[1].goal", "G9", {}, {}, "/indicators/1/goal"},
    {"35", text_of_plan, "\"duration\": 10", "\"duration\": ^-10", "number_outside", "tasks[0].duration", "-10", {}, {}, "/tasks/0/duration"},
    {"35", text_of_plan, "\"staffing\": [", "\"distances\": [{\"sender\": \"SZ\", \"receiver\": \"451024\", \"km\": ^-1}], \"staffing\": [", "number_outside", "distances[0].km", "-1", {}, {}, "/distances/0/km"},
    {"39", text_of_plan, "\"2025-10-01\"", "^\"2025-02-29\"", "date_format", "calendar[0].date", "2025-02-29", {}, {}, "/calendar/0/date"},
    {"39", text_of_plan, "\"2028-08-31\"", "^\"2028-02-30\"", "date_format", "period.to", "2028-02-30", {}, {}, "/period/to"},
    {"format", text_of_plan, "\"countyplan.plan\"", "^\"countyplan.allocation\"", "wrong_format", {}, {}, {}, {}, "/format"},
    {"format", text_of_plan, "\"format_version\": 1", "\"format_version\": ^3", "newer_format", {}, {}, {}, {}, "/format_version"},
    {"format", text_of_plan, "\"format_version\": 1", "\"format_version\": ^0", "number_range", {}, {}, {}, {}, "/format_version"},
    {"format", text_of_plan, "", "[]", "type_mismatch"},
    {"missing", text_of_plan, "\"version\": \"1\",", "", "missing_member", "version", {}, {}, "fill_in"},
    {"missing", text_of_plan, "\"id\": \"G3\",", "", "missing_member", "goals[2].id", {}, {}, "fill_in", "/goals/2"},
    {"table", text_of_plan, "\"mentors\": [", "\"mentors\": ^7, \"x\": [", "type_mismatch", "mentors", "7", {}, {}, "/mentors", Severity::error, 2},
};
// clang-format on
INSTANTIATE_TEST_SUITE_P(Documents, ReadRefusal, testing::ValuesIn(document_cases));

TEST(Read, PointsIntoPermutedColumnsWithoutTheFirst) {
    // Item 24: a row begins at its first cell, whichever column that is
    given::MemoryFiles files = small_files();
    files.bytes["p/schools.csv"] =
        "assisted,kind,\"name_zh\",county,id\n"
        "true,ordinary,\"德保\n高中\",451024,DB-H\r\n"
        "true,vocational,职校,451030,DB-V\r";
    const Reading read = read_draft("p", {}, files);
    const auto found = std::ranges::find_if(read.findings, [](const Finding& f) { return f.place.field == "county"; });
    ASSERT_NE(found, read.findings.end()) << joined(read.findings);
    EXPECT_EQ(to_text(found->place), "schools[1].county");
    EXPECT_EQ(found->source.line, 4);
    EXPECT_EQ(found->source.column, 20);
    EXPECT_EQ(read.draft.schools.rows()[0].name_zh, "德保\n高中");
}

TEST(Read, TakesOptionalColumnsOrTablesAsEmpty) {
    given::MemoryFiles files;
    files.bytes["p/plan.json"] =
        R"({"name": "n", "version": "1", "period": {"from": "2025-09-01", "to": "2026-08-31"}})";
    EXPECT_TRUE(read_draft("p", {}, files).findings.empty());
    files.bytes["p/counties.csv"] = "code\n451024\n";
    const Reading read = read_draft("p", {}, files);
    EXPECT_TRUE(read.findings.empty()) << joined(read.findings);
    EXPECT_EQ(read.draft.counties.rows(), std::vector<County>{County{.code = given::code("451024")}});
    EXPECT_NO_THROW((void)read_plan("p", {}, files));  // item 34: no experts and no schools
}

TEST(Read, NamesTheFileThatAFindingIsAboutEvenIfItIsAbsent) {
    given::MemoryFiles files = small_files();
    files.bytes.erase("p/goals.csv");
    const Reading read = read_draft("p", {}, files);
    ASSERT_FALSE(read.findings.empty());
    EXPECT_EQ(read.findings[0].message.code(), "unknown_reference");
    EXPECT_EQ(read.findings[0].source.file, "p/indicators.csv");
    files.bytes.erase("p/plan.json");
    const Findings without = read_draft("p", {}, files).findings;
    EXPECT_EQ(without[0].message.code(), "missing_file");
    EXPECT_EQ(without[0].source.file, "p/plan.json");
}

TEST(Read, NotesAFileThatIsNoTable) {
    given::MemoryFiles files = small_files();
    files.bytes["p/Expert.CSV"] = "id\n";
    files.bytes["p/notes.txt"] = "kept in peace";
    const Findings findings = read_draft("p", {}, files).findings;
    ASSERT_EQ(findings.size(), 1);
    EXPECT_EQ(findings[0].message.code(), "unknown_table");
    EXPECT_EQ(text(findings[0].remedy, Language::en), "did you mean 'experts.csv'?");
    EXPECT_EQ(findings[0].source.file, "p/Expert.CSV");
}

TEST(Read, DropsTheEchoesOfWhatCouldNotBeRead) {
    given::MemoryFiles files = small_files();
    replace_once(files.bytes["p/schools.csv"], "4300,true,,", "4300,true");  // the row of DB-H is lost
    const Findings findings = read_draft("p", {}, files).findings;
    ASSERT_EQ(findings.size(), 1) << joined(findings);  // and no unknown school in five tables
    EXPECT_EQ(findings[0].message.code(), "record_too_short");
    // a reference to a table that was read in full is no echo
    replace_once(files.bytes["p/indicators.csv"], "I1,G2", "I1,G9");
    const Findings both = read_draft("p", {}, files).findings;
    ASSERT_EQ(both.size(), 2) << joined(both);
    EXPECT_EQ(both[1].message.code(), "unknown_reference");
}

TEST(Read, SaysThatItStoppedAtAHundred) {
    // items 30 and G6; warnings neither hide an error nor cut a table short
    given::MemoryFiles files = small_files();
    std::string bad = "code,name_zh\n";
    for (int i = 0; i < 5'000; ++i)
        bad += "bad,=1\n";
    files.bytes["p/counties.csv"] = bad;
    const Findings findings = read_draft("p", {}, files).findings;
    ASSERT_EQ(findings.size(), 101);
    EXPECT_EQ(findings.back().message.code(), "too_many_findings");
    EXPECT_EQ(findings.back().severity, Severity::note);
    EXPECT_EQ(std::ranges::count(findings, Severity::error, &Finding::severity), 100);

    std::string odd = "code,name_zh\n";
    for (int i = 0; i < 300; ++i)
        odd += "\n" + std::to_string(451021 + i / 60 * 100 + i % 60) + ",=1\n";
    files.bytes["p/counties.csv"] = odd + "451399,\"x\n";
    Reading read = read_draft("p", {}, files);
    EXPECT_EQ(read.draft.counties.size(), 300);
    EXPECT_EQ(read.findings.size(), 101);
    EXPECT_TRUE(has_errors(read.findings));
    files.bytes["p/counties.csv"] = odd;
    read = read_draft("p", {}, files);
    EXPECT_FALSE(has_errors(read.findings));
    EXPECT_EQ(read_plan("p", {}, files).rows().counties.size(), 300);
}

TEST(Read, KeepsLimits) {
    given::MemoryFiles files = small_files();
    const Findings rows = read_draft("p", {.limits = {.records = 3}}, files).findings;
    EXPECT_TRUE(std::ranges::any_of(rows, [](const Finding& f) { return f.message.code() == "record_limit"; }));
    const Findings elements = read_draft(text_of_plan, {.limits = {.records = 3}}, files).findings;
    EXPECT_TRUE(std::ranges::any_of(elements, [](const Finding& f) { return f.message.code() == "record_limit"; }));
    EXPECT_THROW((void)read_draft(text_of_plan, {.limits = {.file_bytes = 99}}, files), RefusedInput);
    EXPECT_THROW((void)read_draft("p", {.limits = {.file_bytes = 99}}, files), RefusedInput);
}

TEST(Read, ListsUnknownPartsWhenAsked) {
    // item 19: strict by default, a warning on request
    given::MemoryFiles files = small_files();
    replace_once(files.bytes[text_of_plan], "\"enrolment\"", "\"headcount\"");
    replace_once(files.bytes["p/schools.csv"], "enrolment", "headcount");
    for (const std::string& path : {text_of_plan, std::string("p")}) {
        EXPECT_TRUE(has_errors(read_draft(path, {}, files).findings));
        const Reading read = read_draft(path, {.unknown = UnknownColumns::listed}, files);
        EXPECT_FALSE(has_errors(read.findings)) << joined(read.findings);
        EXPECT_FALSE(read.findings.empty());
        EXPECT_EQ(read.draft.schools.rows()[0].enrolment, std::nullopt);
    }
}

TEST(Read, TellsFormatsByTheEndOfTheName) {
    EXPECT_EQ(plan_format_of("a/b.plan.json"), PlanFormat::json);
    EXPECT_EQ(plan_format_of("b.plan.snapshot"), PlanFormat::snapshot);
    EXPECT_EQ(plan_format_of("a.b/plan/"), PlanFormat::tables);
    EXPECT_EQ(plan_format_of("../.."), PlanFormat::tables);
    EXPECT_EQ(plan_format_of("plan.json"), std::nullopt);
    EXPECT_EQ(plan_format_of("plan.xlsx"), std::nullopt);
    given::MemoryFiles files = small_files();
    EXPECT_THROW((void)read_draft("plan.xlsx", {}, files), RefusedInput);
    EXPECT_THROW((void)read_draft("absent", {}, files), IoError);
    EXPECT_THROW((void)read_draft("absent.plan.json", {}, files), IoError);
}

TEST(Read, RefusesATableThatVanishesOrIsADirectory) {
    // item 74
    class Vanishing final : public Files {
      public:
        given::MemoryFiles under = small_files();
        int list(const std::string& path, std::vector<std::string>& names) override { return under.list(path, names); }
        int status_at(const std::string& path, FileStatus& s) override { return under.status_at(path, s); }
        int status_of(int d, FileStatus& s) override { return under.status_of(d, s); }
        std::int64_t read(int d, char* b, std::size_t n) override { return under.read(d, b, n); }
        int close(int) override { return 0; }
        int open_to_read(const std::string& path) override {
            return path == "p/posts.csv" ? -ENOENT : under.open_to_read(path);
        }
    };
    Vanishing vanishing;
    EXPECT_THROW((void)read_draft("p", {}, vanishing), IoError);
    given::MemoryFiles files = small_files();
    files.bytes["p/posts.csv/inside"] = "";
    files.bytes.erase("p/posts.csv");
    files.bytes["p/posts.csv"].clear();
    EXPECT_TRUE(has_errors(read_draft("p", {}, files).findings));
}

TEST(Read, ReadsAStaffingOnItsOwn) {
    const StaffingReading read = read_staffing("expert,post,from,to\nE1,P1,2025-09-01,2026-08-31\n", "s.csv");
    EXPECT_TRUE(read.findings.empty());
    EXPECT_EQ(read.staffing.rows(),
              (std::vector<Posting>{{"E1", "P1", given::day("2025-09-01"), given::day("2026-08-31")}}));
    const StaffingReading bad = read_staffing("expert,post,from,to\nE1,P1,today,2026-08-31\n", "s.csv");
    ASSERT_EQ(bad.findings.size(), 1);
    EXPECT_EQ(bad.findings[0].source, (Source{.file = "s.csv", .line = 2, .column = 7}));
}

}  // namespace
