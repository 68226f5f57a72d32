#include <countyplan/io/write.hpp>

#include <iconv.h>

#include <algorithm>
#include <clocale>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <locale>
#include <random>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/io/serialize.hpp>
#include <countyplan/plan/difference.hpp>

#include "given/memory_files.hpp"
#include "given/plan.hpp"

namespace {

using namespace countyplan;

std::vector<Draft> many_drafts() {
    std::vector<Draft> out{given::small_draft(), Draft{}};
    for (std::uint32_t seed = 1; seed <= 200; ++seed)
        out.push_back(given::random_draft(seed, 1 + seed % 4));
    out.push_back(generate());
    out.push_back(generate({.base = GenerateBase::invented, .seed = 7, .counties = 3}));
    return out;
}

Draft read_back(const std::vector<NamedBytes>& tables, const ReadOptions& options = {}) {
    given::MemoryFiles files;
    files.put("p", tables);
    Reading read = read_draft("p", options, files);
    EXPECT_FALSE(has_errors(read.findings)) << read.findings.front().message.code();
    return std::move(read.draft);
}

TEST(WriteLaw, CsvJsonSnapshotCsvGivesTheSameBytes) {
    for (const Draft& draft : many_drafts()) {
        const auto tables = plan_tables(draft);
        const Draft from_csv = read_back(tables);
        ASSERT_EQ(from_csv, draft) << draft.name;
        const std::string json = plan_json(from_csv);
        const Draft from_json = read_draft_json(json, "x.plan.json").draft;
        ASSERT_EQ(from_json, draft) << draft.name;
        given::MemoryFiles files;
        files.bytes["x.plan.snapshot"] = plan_snapshot(from_json);
        const Draft from_snapshot = read_draft("x.plan.snapshot", {}, files).draft;
        ASSERT_EQ(from_snapshot, draft) << draft.name;
        const auto again = plan_tables(from_snapshot);
        for (std::size_t i = 0; i < tables.size(); ++i)
            ASSERT_EQ(again[i].bytes, tables[i].bytes) << tables[i].name;
        ASSERT_EQ(plan_json(from_snapshot), json);
    }
}

/// Another way to write the same table: columns shuffled, optional empty columns left out, every cell
/// quoted, another end of line.
std::string rewritten(const std::string& csv, std::mt19937& random, std::string_view line_end) {
    CsvReader reader(std::string_view(csv).substr(3));
    std::vector<std::vector<std::string>> records;
    while (reader.next())
        records.emplace_back(reader.cells().begin(), reader.cells().end());
    std::vector<std::size_t> order;
    for (std::size_t c = 0; c < records[0].size(); ++c) {
        const bool is_empty =
            std::all_of(records.begin() + 1, records.end(), [&](const auto& r) { return r[c].empty(); });
        static const std::string_view open[] = {"lat", "lng", "evidence", "retracts", "start", "min_years"};
        if (is_empty && std::find(std::begin(open), std::end(open), records[0][c]) != std::end(open)) continue;
        order.push_back(c);
    }
    for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[random() % i]);
    std::string out;
    for (const auto& record : records) {
        for (std::size_t i = 0; i < order.size(); ++i) {
            out += i == 0 ? "\"" : ",\"";
            for (const char c : record[order[i]])
                out += c == '"' ? "\"\"" : std::string(1, c);
            out += '"';
        }
        out += line_end;
    }
    if (!line_end.empty()) out.resize(out.size() - line_end.size());  // the last end of line is optional
    return out;
}

std::string in_gb18030(std::string text) {
    const iconv_t way = iconv_open("GB18030", "UTF-8");
    std::string out(text.size() * 2 + 4, '\0');
    char* from = text.data();
    char* to = out.data();
    std::size_t from_left = text.size();
    std::size_t to_left = out.size();
    EXPECT_NE(iconv(way, &from, &from_left, &to, &to_left), static_cast<std::size_t>(-1));
    iconv_close(way);
    out.resize(out.size() - to_left);
    return out;
}

TEST(WriteLaw, AnyWayOfWritingATableReadsTheSame) {
    // items 3 and 11
    std::mt19937 random(11);
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const Draft draft = given::random_draft(seed);
        for (const std::string_view line_end : {"\n", "\r\n", "\r"}) {
            auto tables = plan_tables(draft);
            for (std::size_t i = 1; i < tables.size(); ++i)
                tables[i].bytes = rewritten(tables[i].bytes, random, line_end);
            ASSERT_EQ(read_back(tables), draft) << seed;
            if (seed % 3 != 0) continue;
            for (std::size_t i = 1; i < tables.size(); ++i)
                tables[i].bytes = in_gb18030(tables[i].bytes);
            ASSERT_EQ(read_back(tables, {.encoding = Encoding::gb18030}), draft) << seed;
        }
    }
}

struct DecimalComma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

TEST(WriteLaw, TheLocaleOfTheHostChangesNothing) {
    // item 12: a host with a decimal comma, in C++'s locale and, where one is installed, in C's
    const Draft draft = generate({.base = GenerateBase::invented, .counties = 2});
    const auto before = plan_tables(draft);
    const std::string json = plan_json(draft);
    const std::locale old = std::locale::global(std::locale(std::locale::classic(), new DecimalComma));
    for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8"}) {
        if (std::setlocale(LC_ALL, name) != nullptr) break;
    }
    const auto after = plan_tables(draft);
    const bool same_json = plan_json(draft) == json;
    const Draft read = read_back(after);
    std::locale::global(old);
    std::setlocale(LC_ALL, "C");
    for (std::size_t i = 0; i < before.size(); ++i)
        EXPECT_EQ(before[i].bytes, after[i].bytes);
    EXPECT_TRUE(same_json);
    EXPECT_EQ(read, draft);
}

TEST(Write, WritesWhatTheNameSaysAndRefusesOtherNames) {
    const std::string directory = testing::TempDir() + "countyplan_write_test";
    const Draft draft = given::small_draft();
    for (const std::string end : {"", ".plan.json", ".plan.snapshot"}) {
        write_plan(draft, directory + end, Existing::replace);
        EXPECT_EQ(read_draft(directory + end).draft, draft);
        EXPECT_THROW(write_plan(draft, directory + end), IoError);  // item 86
    }
    EXPECT_THROW(write_plan(draft, directory + ".xlsx"), RefusedInput);
    const std::string link = directory + "_link.v2";  // a directory, whatever its name, also by a symbolic link
    std::filesystem::remove(link);
    std::filesystem::create_directory_symlink(directory, link);
    EXPECT_EQ(read_draft(link).draft, draft);
    std::filesystem::remove(link);
}

TEST(Write, IsCanonical) {
    const auto tables = plan_tables(given::small_draft());
    ASSERT_EQ(tables.size(), 18);
    EXPECT_EQ(tables[0].name, "plan.json");
    EXPECT_EQ(tables[7].name, "teachers.csv");
    EXPECT_EQ(tables[7].bytes,
              "\xEF\xBB\xBFid,school,subjects,role,title,years,skills\n"
              "T1,DB-H,maths,teacher,none,3,\nT2,DB-H,physics,teacher,none,6,labs\nT3,DB-V,,mid_level,none,12,\n");
}

/// The part of JSON Schema that `plan_schema` uses, written again from its specification.
bool valid(const JsonValue& value, const JsonValue& schema) {
    const auto is_type = [&](std::string_view type) {
        switch (value.kind()) {
            case JsonKind::null:
                return type == "null";
            case JsonKind::boolean:
                return type == "boolean";
            case JsonKind::integer:
                return type == "integer" || type == "number";
            case JsonKind::decimal:
                return type == "number";
            case JsonKind::text:
                return type == "string";
            case JsonKind::array:
                return type == "array";
            case JsonKind::object:
                return type == "object";
        }
        return false;
    };
    for (const JsonValue rule : schema) {
        const std::string_view name = rule.key();
        bool holds = true;
        if (name == "type") {
            holds = is_type(rule.text());
        } else if (name == "const") {
            holds = rule.kind() == value.kind() && rule.text() == value.text();
        } else if (name == "enum") {
            holds =
                std::any_of(rule.begin(), rule.end(), [&](const JsonValue& one) { return one.text() == value.text(); });
        } else if (name == "anyOf") {
            holds = std::any_of(rule.begin(), rule.end(), [&](const JsonValue& one) { return valid(value, one); });
        } else if (name == "pattern") {
            holds = std::regex_search(std::string(value.text()), std::regex(std::string(rule.text())));
        } else if (name == "items") {
            holds = std::all_of(value.begin(), value.end(), [&](const JsonValue& one) { return valid(one, rule); });
        } else if (name == "required") {
            holds = std::all_of(rule.begin(), rule.end(),
                                [&](const JsonValue& one) { return value.find(one.text()).has_value(); });
        } else if (name == "properties") {
            for (const JsonValue member : value) {
                const auto one = rule.find(member.key());
                holds = holds && (!one || valid(member, *one));
            }
        } else if (name == "additionalProperties") {
            const auto known = schema.find("properties");
            for (const JsonValue member : value) {
                if (known && known->find(member.key())) continue;
                holds = holds && (rule.kind() == JsonKind::boolean ? *rule.boolean() : valid(member, rule));
            }
        }
        if (!holds) return false;
    }
    return true;
}

TEST(Write, WritesYoungerTablesOnlyWhereTheyHoldARow) {
    Draft draft = given::small_draft();
    const std::string before = plan_json(draft);
    EXPECT_EQ(before.find("distances"), std::string::npos);
    EXPECT_NE(before.find("\"format_version\": 1,"), std::string::npos);
    draft.distances.push_back({.sender = "SZ", .receiver = "451024", .km = 905});
    draft.distances.push_back({.sender = "SZ-NS", .receiver = "DB-V", .km = 0});
    EXPECT_NE(plan_json(draft).find("\"format_version\": 2,"), std::string::npos);
    const auto tables = plan_tables(draft);
    const auto file = std::ranges::find(tables, "distances.csv", &NamedBytes::name);
    ASSERT_NE(file, tables.end());
    EXPECT_EQ(file->bytes, "\xEF\xBB\xBFsender,receiver,km\nSZ,451024,905\nSZ-NS,DB-V,0\n");
    EXPECT_EQ(read_back(tables), draft);
    EXPECT_EQ(read_draft_json(plan_json(draft), "x").draft, draft);
    EXPECT_NE(Plan(draft).fingerprint(), Plan(given::small_draft()).fingerprint());
    EXPECT_TRUE(valid(read_json(plan_json(draft)).root(), read_json(plan_schema()).root()));
    draft.distances.clear();
    EXPECT_EQ(plan_json(draft), before);
    EXPECT_EQ(Plan(draft).fingerprint(), Plan(given::small_draft()).fingerprint());
}

TEST(Write, WritesCouplingsWithWhatTheyState) {
    Draft draft = given::small_draft();
    draft.couplings.push_back({.id = "C-east",
                               .kind = CouplingKind::share,
                               .who = {Noun::sender, "SZ"},
                               .lower = 375,
                               .upper = 394,
                               .clause = "东部占比"});
    draft.couplings.push_back({.id = "C-cost",
                               .kind = CouplingKind::budget,
                               .where = {Noun::county, "451024"},
                               .per = CouplingScope::county,
                               .role = Role::teacher,
                               .upper = 90'000,
                               .cost_month = 2'000,
                               .price = 4,
                               .tier = Tier::fit});
    EXPECT_NE(plan_json(draft).find("\"format_version\": 2,"), std::string::npos);
    const auto tables = plan_tables(draft);
    const auto file = std::ranges::find(tables, "couplings.csv", &NamedBytes::name);
    ASSERT_NE(file, tables.end());
    EXPECT_EQ(
        file->bytes,
        "\xEF\xBB\xBFid,kind,who,where,per,role,subject,min_title,group,lower,upper,cost_person,cost_month,cost_km,"
        "price,tier,clause\n"
        "C-east,share,sender:SZ,plan:,school,,,,,375,394,,,,,,东部占比\n"
        "C-cost,budget,plan:,county:451024,county,teacher,,,,,90000,,2000,,4,fit,\n");
    EXPECT_EQ(read_back(tables), draft);
    EXPECT_EQ(read_draft_json(plan_json(draft), "x").draft, draft);
    EXPECT_TRUE(valid(read_json(plan_json(draft)).root(), read_json(plan_schema()).root()));
    EXPECT_NE(Plan(draft).fingerprint(), Plan(given::small_draft()).fingerprint());
}

TEST(Write, WritesYoungerColumnsOnlyWhereARowHasThem) {
    const Draft plain = given::small_draft();
    Draft draft = plain;
    const auto links_of = [](const Draft& d) {
        const auto tables = plan_tables(d);
        return std::ranges::find(tables, "links.csv", &NamedBytes::name)->bytes;
    };
    EXPECT_EQ(links_of(plain).find("max_lag"), std::string::npos);
    draft.links.rows()[1].max_lag = WorkDays(7);
    EXPECT_EQ(links_of(draft),
              "\xEF\xBB\xBFpredecessor,successor,type,lag,lag_calendar,max_lag\n"
              "K1,K2,FS,0,predecessor,\nK2,K4,FS,5,predecessor,7\nK3,K4,FS,0,predecessor,\n");
    Draft mandatory = plain;
    mandatory.tasks.rows()[2].constraint = ConstraintKind::mandatory_finish;
    for (const Draft& younger : {draft, mandatory}) {
        EXPECT_NE(plan_json(younger).find("\"format_version\": 2,"), std::string::npos);
        EXPECT_EQ(read_back(plan_tables(younger)), younger);
        EXPECT_EQ(read_draft_json(plan_json(younger), "x").draft, younger);
        EXPECT_EQ(load_snapshot<Draft>(SnapshotKind::draft, plan_snapshot(younger)), younger);
        EXPECT_TRUE(valid(read_json(plan_json(younger)).root(), read_json(plan_schema()).root()));
        EXPECT_NE(Plan(younger).fingerprint(), Plan(plain).fingerprint());
        const PlanDifference script = difference(plain, younger);
        EXPECT_EQ(script.links.changed.size() + script.tasks.changed.size(), 1U);
        EXPECT_EQ(apply(script, plain), younger);
        EXPECT_EQ(apply(reverse(script), younger), plain);
    }
    draft.links.rows()[1].max_lag.reset();
    EXPECT_EQ(links_of(draft), links_of(plain));
    EXPECT_EQ(Plan(draft).fingerprint(), Plan(plain).fingerprint());
}

TEST(Schema, AcceptsWhatIsWrittenAndRefusesWhatTheReaderRefuses) {
    const JsonDocument schema = read_json(plan_schema());
    ASSERT_TRUE(schema.ok());
    EXPECT_EQ(schema.root().find("$schema")->text(), "https://json-schema.org/draft/2020-12/schema");
    for (std::uint32_t seed = 1; seed <= 5; ++seed)
        EXPECT_TRUE(valid(read_json(plan_json(given::random_draft(seed))).root(), schema.root())) << seed;
    const std::string sound = plan_json(given::small_draft());
    EXPECT_TRUE(valid(read_json(sound).root(), schema.root()));
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"\"enrolment\": 4300", "\"enrolment\": \"4300\""},
                                                          {"\"enrolment\": 4300", "\"enrolment\": 1.5"},
                                                          {"\"enrolment\": 4300", "\"headcount\": 4300"},
                                                          {"\"assisted\": true", "\"assisted\": null"},
                                                          {"\"ordinary\"", "\"primary\""},
                                                          {"\"code\": \"451024\"", "\"code\": \"4.51E5\""},
                                                          {"\"id\": \"DB-H\"", "\"id\": \"DB H\""},
                                                          {"\"countyplan.plan\"", "\"countyplan.certificate\""},
                                                          {"\"format_version\": 1", "\"format_version\": 3"},
                                                          {"\"id\": \"T1\",", ""},
                                                          {"\"counties\": [", "\"county\": ["}}) {
        std::string broken = sound;
        ASSERT_NE(broken.find(from), std::string::npos) << from;
        broken.replace(broken.find(from), from.size(), to);
        EXPECT_FALSE(valid(read_json(broken).root(), schema.root())) << to;
        EXPECT_TRUE(has_errors(read_draft_json(broken, "x").findings)) << to;
    }
}

TEST(Format, NamesEveryTableEveryColumnAndEveryWord) {
    std::ifstream file("docs/format.md");
    ASSERT_TRUE(file) << "run in the project's root";
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    const Draft none;
    for_each_table(none, [&](const auto& rows) {
        using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
        const std::string title = "\n### " + std::string(Table<Row>::name) + "\n";
        const auto begin = page.find(title);
        ASSERT_NE(begin, std::string::npos) << title;
        const std::string part = page.substr(begin, page.find("\n##", begin + title.size()) - begin);
        for_each_field<Row>([&](const auto& field) {
            const std::regex word("(^|[^a-z_])" + std::string(field.name) + "([^a-z_]|$)");
            EXPECT_TRUE(std::regex_search(part, word)) << Table<Row>::name << "." << field.name;
            // bold: required
            using Value = typename std::remove_cvref_t<decltype(field)>::Value;
            const bool is_required = !field.may_be_empty && !requires(Value v) { v.has_value(); };
            const bool is_bold = part.find("**" + std::string(field.name) + "**") != std::string::npos;
            EXPECT_EQ(is_bold, is_required) << Table<Row>::name << "." << field.name;
            if constexpr (NamedEnum<Value>) {
                for (const MessageText& known : Enumerators<Value>::words)
                    EXPECT_NE(page.find(known.code), std::string::npos) << known.code;
            }
        });
    });
    for (const MessageText& known : Enumerators<RuleKind>::words)
        EXPECT_NE(page.find("`" + std::string(known.code) + "`"), std::string::npos) << known.code;
    for_each_field<FitWeights>([&](const auto& field) {
        const std::string pair = "\"" + std::string(field.name) + "\": " + value_text(FitWeights{}.*field.member);
        EXPECT_NE(page.find(pair), std::string::npos) << pair;
    });
}

}  // namespace
