#include <countyplan/io/csv.hpp>

#include <chrono>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;
using namespace std::string_literals;

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(CsvReader& reader) {
    Rows rows;
    while (reader.next())
        rows.emplace_back(reader.cells().begin(), reader.cells().end());
    return rows;
}

Rows rows_of(std::string_view text) {
    CsvReader reader(text);
    Rows rows = rows_of(reader);
    EXPECT_FALSE(has_error(reader.flaws()));
    return rows;
}

std::string codes(const std::vector<Flaw>& flaws) {
    std::string out;
    for (const Flaw& flaw : flaws)
        out += (out.empty() ? "" : " ") + std::string(flaw.message.code());
    return out;
}

constexpr CsvColumn columns[] = {{"id"}, {"name"}, {"weight", false}};

std::string table_codes(std::string_view text, UnknownColumns unknown = UnknownColumns::refused) {
    CsvTable table(text, columns, unknown);
    while (table.next()) {
    }
    return codes(table.flaws());
}

TEST(CsvReader, Item11TakesEveryLineEndAndAMissingLast) {
    const Rows expected{{"a", "b"}, {"c", "d"}, {"e", "f"}};
    EXPECT_EQ(rows_of("a,b\nc,d\ne,f\n"), expected);
    EXPECT_EQ(rows_of("a,b\r\nc,d\r\ne,f\r\n"), expected);
    EXPECT_EQ(rows_of("a,b\rc,d\re,f\r"), expected);
    EXPECT_EQ(rows_of("a,b\r\nc,d\re,f"), expected);
    EXPECT_EQ(rows_of("a\xE2\x80\xA8"
                      "b\n"),
              (Rows{{"a\xE2\x80\xA8"
                     "b"}}));  // U+2028 ends no record
}

TEST(CsvReader, Item26FollowsRFC4180) {
    EXPECT_EQ(rows_of("\"a,b\",c\n"), (Rows{{"a,b", "c"}}));
    EXPECT_EQ(rows_of("\"a \"\"b\"\" c\",\"\"\"\"\n"), (Rows{{"a \"b\" c", "\""}}));
    EXPECT_EQ(rows_of("\"a\nb\r\nc\",d\n"), (Rows{{"a\nb\r\nc", "d"}}));
    EXPECT_EQ(rows_of("\"\",,x,\n"), (Rows{{"", "", "x", ""}}));
    EXPECT_EQ(rows_of(" a , b \n"), (Rows{{" a ", " b "}}));  // spaces belong to the cell
    EXPECT_EQ(rows_of("\"\"\n\"\"\n"), (Rows{{""}, {""}}));
    EXPECT_EQ(rows_of(""), Rows{});
    EXPECT_EQ(rows_of(","), (Rows{{"", ""}}));
}

TEST(CsvReaderRefusal, Item26QuotesWhereNoneMayStand) {
    for (const std::string& text :
         {"x,a\"b,c\ny,z,w\n"s, "x,\"a\"b,c\ny,z,w\n"s, "x,\"a\" ,c\ny,z,w\n"s, "x, \"a\",c\ny,z,w\n"s}) {
        CsvReader reader(text);
        EXPECT_EQ(rows_of(reader).size(), 2U);
        ASSERT_EQ(codes(reader.flaws()), "stray_quote") << text;
        EXPECT_EQ(reader.flaws()[0].position, (TextPosition{1, 3}));
        EXPECT_FALSE(reader.flaws()[0].remedy.empty());
    }
}

TEST(CsvReader, KnowsTheLineAndColumnOfEachCell) {
    CsvReader reader("县,\"x\ny\",z\n\"a\r\nb\",c,d\n", {}, ',', 3);
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.position(0), (TextPosition{1, 1}));
    EXPECT_EQ(reader.position(1), (TextPosition{1, 3}));
    EXPECT_EQ(reader.position(2), (TextPosition{2, 4}));
    EXPECT_EQ(reader.offset(1), 4U + 3U);
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.line(), 3U);
    EXPECT_EQ(reader.record(), 2U);
    EXPECT_EQ(reader.position(1), (TextPosition{4, 4}));
}

TEST(CsvReaderRefusal, Item25AnUnclosedQuoteIsFoundAtItsStartInLinearTime) {
    std::string text = "a,b\nc,\"";
    text.append(std::size_t{100} << 20, 'x');
    for (std::size_t i = 100; i < text.size(); i += 100)
        text[i] = '\n';
    const auto start = std::chrono::steady_clock::now();
    CsvReader reader(text);
    EXPECT_EQ(rows_of(reader).size(), 1U);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
    ASSERT_EQ(codes(reader.flaws()), "unterminated_quote");
    EXPECT_EQ(reader.flaws()[0].position, (TextPosition{2, 3}));
    EXPECT_TRUE(reader.stopped());
}

TEST(CsvReader, AnEmptyLineIsSkippedWithAWarning) {
    CsvReader reader("a\n\nb\n");
    EXPECT_EQ(rows_of(reader), (Rows{{"a"}, {"b"}}));
    EXPECT_EQ(codes(reader.flaws()), "blank_line");
    EXPECT_FALSE(has_error(reader.flaws()));
    EXPECT_EQ(reader.flaws()[0].position, (TextPosition{2, 1}));
}

TEST(CsvReaderRefusal, Item10And30KeepTheirLimits) {
    Limits limits;
    limits.records = 3;
    CsvReader many("a\nb\nc\nd\n", limits);
    EXPECT_EQ(rows_of(many).size(), 3U);
    EXPECT_EQ(codes(many.flaws()), "record_limit");
    EXPECT_EQ(many.flaws()[0].position.line, 4U);

    CsvReader exact("a\nb\nc\n", limits);
    EXPECT_EQ(rows_of(exact).size(), 3U);
    EXPECT_TRUE(exact.flaws().empty());

    limits.text_bytes = 4;
    CsvReader wide("abcd,abcde\n", limits);
    (void)rows_of(wide);
    EXPECT_EQ(codes(wide.flaws()), "text_limit");

    limits.columns = 2;
    CsvReader columns_reader("a,b,c\n", limits);
    (void)rows_of(columns_reader);
    EXPECT_EQ(codes(columns_reader.flaws()), "column_limit");

    limits.flaws = 5;
    limits.records = 1000;
    std::string bad;
    for (int i = 0; i < 100; ++i)
        bad += "a\"b\n";
    CsvReader capped(bad, limits);
    (void)rows_of(capped);
    EXPECT_EQ(capped.flaws().size(), 5U);
    EXPECT_TRUE(capped.stopped());
}

TEST(CsvTable, FindsColumnsInAnyOrder) {
    CsvTable table("name,id\n马山,450124\n那坡,451026\n", columns);
    ASSERT_TRUE(table.next());
    EXPECT_EQ(table[0], "450124");
    EXPECT_EQ(table[1], "马山");
    EXPECT_EQ(table[2], "");
    EXPECT_FALSE(table.has(2));
    EXPECT_EQ(table.position(0), (TextPosition{2, 4}));
    ASSERT_TRUE(table.next());
    EXPECT_EQ(table[1], "那坡");
    EXPECT_FALSE(table.next());
    EXPECT_TRUE(table.flaws().empty());
}

TEST(CsvTableRefusal, Item24RaggedRecordsAndHeaders) {
    EXPECT_EQ(table_codes("id,name\n1\n2,b,c\n3,c\n"), "record_too_short record_too_long");
    EXPECT_EQ(table_codes("1,a\n2,b\n"), "missing_header");
    EXPECT_EQ(table_codes("id,name,id\n"), "duplicate_column");
    EXPECT_EQ(table_codes("id,weight\n"), "missing_column");
    EXPECT_EQ(table_codes("id,name,extra\n1,a,b\n"), "unknown_column");
    EXPECT_EQ(table_codes(""), "empty_input");

    CsvTable table("id,name\n1,a\n2\n", columns);
    EXPECT_TRUE(table.next());
    EXPECT_FALSE(table.next());
    ASSERT_EQ(table.flaws().size(), 1U);
    const std::string said = text(table.flaws()[0].message, Language::en);
    EXPECT_NE(said.find("record 3"), std::string::npos) << said;
    EXPECT_NE(said.find("'name'"), std::string::npos) << said;
    EXPECT_EQ(table.flaws()[0].position.line, 3U);
}

TEST(CsvTable, UnknownColumnsMayBeListedInstead) {
    CsvTable table("id,name,nmae\n1,a,b\n", columns, UnknownColumns::listed);
    EXPECT_TRUE(table.next());
    ASSERT_EQ(codes(table.flaws()), "unknown_column");
    EXPECT_FALSE(has_error(table.flaws()));
    EXPECT_EQ(table.flaws()[0].remedy.code(), "did_you_mean");
    EXPECT_EQ(table.flaws()[0].position, (TextPosition{1, 9}));
}

TEST(CsvTableRefusal, Item27AnotherDelimiterGetsAHint) {
    EXPECT_EQ(table_codes("id;name;weight\n1;a;2\n"), "wrong_delimiter");
    EXPECT_EQ(table_codes("id\tname\n1\ta\n"), "wrong_delimiter");
    EXPECT_EQ(table_codes("\"id\";\"name\"\n"), "stray_quote wrong_delimiter");
    CsvTable table("id;name\n1;a\n", columns);
    EXPECT_FALSE(table.next());
    EXPECT_NE(text(table.flaws()[0].message, Language::en).find("semicolons"), std::string::npos);
    EXPECT_NE(text(table.flaws()[0].message, Language::zh).find("分号"), std::string::npos);
}

TEST(CsvWriter, CanonicalTextComesBackByteForByte) {
    const std::string bytes = "\xEF\xBB\xBFid,name\n1,\"a,b\"\n2,\"say \"\"hi\"\"\"\n3,\"two\nlines\"\n4,=1+1\n5,\n";
    CsvReader reader(std::string_view(bytes).substr(3));
    CsvWriter writer;
    while (reader.next()) {
        for (const std::string_view cell : reader.cells())
            writer.text(cell);
        writer.end_record();
    }
    EXPECT_EQ(writer.take(), bytes);
}

TEST(CsvLaw, WhatIsWrittenIsReadBack) {
    const std::string pool[] = {"", "a", "县", ",", "\"", "\n", "\r", "\r\n", ";", " ", "=", "x,y", "\"\"", "\t"};
    for (unsigned seed = 0; seed < 2000; ++seed) {
        std::mt19937 random(seed);
        Rows rows(1 + random() % 5);
        const std::size_t width = 1 + random() % 4;
        CsvWriter writer;
        for (std::vector<std::string>& row : rows) {
            for (std::size_t c = 0; c < width; ++c) {
                std::string cell;
                for (std::size_t i = random() % 4; i > 0; --i)
                    cell += pool[random() % std::size(pool)];
                writer.text(cell);
                row.push_back(std::move(cell));
            }
            writer.end_record();
        }
        const std::string bytes = writer.take();
        CsvReader reader(std::string_view(bytes).substr(3));
        ASSERT_EQ(rows_of(reader), rows) << seed;
        EXPECT_TRUE(reader.flaws().empty()) << seed;
    }
}

TEST(CsvWriter, Item79TextForPeopleIsNeverAFormulaAndNumbersStayNumbers) {
    for (const std::string& name : {"=cmd|'/C calc'!A0"s, "+1"s, "-1+1"s, "@SUM"s, "\tx"s, "\rx"s, "\nx"s, "＝1+1"s,
                                    "＋1"s, "－1"s, "＠a"s, ";=1"s, "a;=1"s, "a\n=1"s, " =1"s, "a\t+1"s, "a; -1"s}) {
        EXPECT_TRUE(is_formula_like(name)) << name;
        EXPECT_FALSE(is_formula_like(neutralised(name))) << name;
        CsvWriter people(CsvPurpose::for_people);
        people.text(name).number("-12.5");
        people.end_record();
        const std::string bytes = people.take();
        CsvReader reader(std::string_view(bytes).substr(3));
        ASSERT_TRUE(reader.next());
        EXPECT_EQ(reader.cells()[0], neutralised(name));
        EXPECT_EQ(reader.cells()[1], "-12.5");
        CsvWriter canonical;
        canonical.text(name);
        canonical.end_record();
        const std::string raw = canonical.take();
        CsvReader raw_reader(std::string_view(raw).substr(3));
        ASSERT_TRUE(raw_reader.next());
        EXPECT_EQ(raw_reader.cells()[0], name);
    }
    for (const std::string& name : {"马山县"s, "a-b"s, "1+1"s, "x@y.cn"s, "'=1"s, ""s, "a;b"s}) {
        EXPECT_FALSE(is_formula_like(name)) << name;
        EXPECT_EQ(neutralised(name), name);
    }
}

/// No cell may begin a formula, whichever of , ; TAB a spreadsheet takes for the separator.
TEST(CsvLaw, Item79NoSeparatorMakesAFormula) {
    const std::string pool[] = {"=1", "+", "-", "@", ";", ",", "\t", "\n", "\"", "a", " ", "＝", "县"};
    for (unsigned seed = 0; seed < 5000; ++seed) {
        std::mt19937 random(seed);
        CsvWriter writer(CsvPurpose::for_people);
        for (std::size_t c = 0; c < 3; ++c) {
            std::string cell;
            for (std::size_t i = random() % 5; i > 0; --i)
                cell += pool[random() % std::size(pool)];
            writer.text(cell);
        }
        writer.end_record();
        const std::string bytes = writer.take();
        for (const char separator : {',', ';', '\t'}) {
            CsvReader reader(std::string_view(bytes).substr(3), {}, separator);
            while (reader.next()) {
                for (const std::string_view cell : reader.cells()) {
                    const bool starts = !cell.empty() && "=+-@\t\r\n"s.find(cell.front()) != std::string::npos;
                    ASSERT_FALSE(starts || cell.starts_with("＝")) << seed << " " << separator << " " << cell;
                }
            }
        }
    }
}

}  // namespace
