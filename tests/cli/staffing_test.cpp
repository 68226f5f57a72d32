#include "journey/program.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/io/json.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/io/write.hpp>

#include "../../src/cli/staffing_messages.hpp"
#include "given/plan.hpp"

namespace {

using journey::countyplan;
using journey::Scratch;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

constexpr const char* header = "expert,post,from,to\n";
constexpr const char* sound = "SZ-0001,P1,2025-09-01,2028-08-31\n";

std::string small_plan(const Scratch& scratch) {
    ::countyplan::write_plan(given::small_draft(), scratch / "p.plan.json");
    return scratch / "p.plan.json";
}

std::string staffing(const Scratch& scratch, const std::string& name, const std::string& bytes) {
    journey::put_bytes(scratch / name, bytes);
    return scratch / name;
}

/// The one object on standard output.
::countyplan::JsonDocument object_of(const journey::Ending& end) {
    ::countyplan::JsonDocument document = ::countyplan::read_json(end.out);
    EXPECT_TRUE(document.ok()) << end.out << end.err;
    return document;
}

TEST(StaffingMessages, HaveBothLanguagesAndCodesOfTheirOwn) {
    std::vector<std::string_view> codes;
    for (const ::countyplan::MessageText* const row : ::countyplan::all_staffing_messages)
        codes.push_back(row->code);
    std::ranges::sort(codes);
    EXPECT_EQ(std::ranges::adjacent_find(codes), codes.end());
    EXPECT_GT(codes.size(), 50U);
}

TEST(AuditCommand, AcceptsWhatAllocateWroteAndRefusesWhatAHandBroke) {
    const Scratch scratch;
    const std::string plan = small_plan(scratch);
    ASSERT_EQ(countyplan({"allocate", plan, "-o", scratch / "r"}).exit, 0);
    const auto ours = countyplan({"audit", plan, scratch / "r/staffing.csv", "--lang", "en"});
    EXPECT_EQ(ours.exit, 0) << ours.out << ours.err;
    EXPECT_TRUE(has(ours.out, " 0 errors")) << ours.out;

    const std::string broken = staffing(
        scratch, "hand.csv",
        std::string(header) + sound + "SZ-0004,P5,2025-09-01,2028-08-31\n" + "SZ-0001,P4,2025-09-01,2028-08-30\n");
    for (const std::string language : {"zh", "en"}) {
        const auto end = countyplan({"audit", plan, broken, "--lang", language});
        EXPECT_EQ(end.exit, 2);
        EXPECT_TRUE(has(end.out, broken + ":3: ")) << end.out;  // file and line
        EXPECT_TRUE(has(end.out, "[post.role]")) << end.out;
        EXPECT_TRUE(has(end.out, "[expert.avoids]")) << end.out;
        EXPECT_TRUE(has(end.out, broken + ":4: ")) << end.out;
        EXPECT_TRUE(has(end.out, "[staffing.once]")) << end.out;
        EXPECT_TRUE(has(end.out, "[staffing.dates]")) << end.out;
        EXPECT_EQ(has(end.out, "错误"), language == "zh") << end.out;
    }
    const auto end = countyplan({"audit", plan, broken, "--json"});
    EXPECT_EQ(end.exit, 2);
    const auto document = object_of(end);
    EXPECT_EQ(document.root().find("ok")->boolean(), false);
    EXPECT_EQ(document.root().find("errors")->integer(), 4);
}

TEST(AuditCommand, ListsAsManyBlockingPairsAsAsked) {
    const Scratch scratch;
    const std::string plan = small_plan(scratch);
    const std::string empty = staffing(scratch, "empty.csv", header);
    const auto end = countyplan({"audit", plan, empty, "--lang", "en", "--blocking", "1"});
    EXPECT_EQ(end.exit, 0) << end.out;  // nobody is sent: short, but no hard rule is broken
    EXPECT_TRUE(has(end.out, "[post.min]")) << end.out;
    EXPECT_TRUE(has(end.out, "blocking pair: 'SZ-0001' (now: (no post)) and post 'P1' (would replace: (nobody))"))
        << end.out;
    EXPECT_TRUE(has(end.out, "more blocking pairs")) << end.out;
    EXPECT_TRUE(has(end.out, "0 postings; 0 errors")) << end.out;
    EXPECT_EQ(countyplan({"audit", plan, empty, "--blocking", "-1"}).exit, 64);
}

TEST(AuditCommand, ReadsTheEncodingsThatSpreadsheetsWrite) {
    const Scratch scratch;
    const std::string plan = small_plan(scratch);
    const std::string utf_8 = std::string(header) + "张三,P1,2025-09-01,2028-08-31\n";
    const std::string gb18030 = std::string(header) + "\xD5\xC5\xC8\xFD,P1,2025-09-01,2028-08-31\n";
    const std::string crlf =
        "\xEF\xBB\xBF"
        "expert,post,from,to\r\n张三,P1,2025-09-01,2028-08-31\r\n";
    for (const std::string& bytes : {utf_8, gb18030, crlf}) {
        const auto end = countyplan({"audit", plan, staffing(scratch, "s.csv", bytes), "--lang", "zh"});
        EXPECT_EQ(end.exit, 2);
        EXPECT_TRUE(has(end.out, "方案中没有帮扶人才“张三”")) << end.out << end.err;
        EXPECT_EQ(has(end.err, "GB18030"), bytes == gb18030) << end.err;
    }
    const std::string path = staffing(scratch, "g.csv", gb18030);
    EXPECT_TRUE(countyplan({"audit", plan, path, "--encoding", "gb18030"}).err.empty());
    EXPECT_EQ(countyplan({"audit", plan, path, "--encoding", "utf-8"}).exit, 2);
}

TEST(StaffingCommands, RefuseWhatIsNoStaffingInBothLanguages) {
    const Scratch scratch;
    const std::string plan = small_plan(scratch);
    const std::string good = staffing(scratch, "good.csv", std::string(header) + sound);
    struct Case {
        const char* bytes;
        const char* code;
    };
    const Case cases[] = {{"", "empty_input"},
                          {"expert,post,from\nSZ-0001,P1,2025-09-01\n", "missing_column"},
                          {"expert,post,from,to,wage\nSZ-0001,P1,2025-09-01,2028-08-31,1\n", "unknown_column"},
                          {"expert;post;from;to\nSZ-0001;P1;2025-09-01;2028-08-31\n", "wrong_delimiter"},
                          {"expert,post,from,to\nSZ-0001,P1,2025/9/1,2028-08-31\n", "date_format"},
                          {"expert,post,from,to\nSZ-0001,P1\n", "record_too_short"}};
    for (const Case& wrong : cases) {
        const std::string path = staffing(scratch, "wrong.csv", wrong.bytes);
        for (const auto& words :
             {std::vector<std::string>{"audit", plan, path}, {"diff", plan, path, good}, {"diff", plan, good, path}}) {
            std::string said[2];
            for (const std::string language : {"zh", "en"}) {
                auto with = words;
                with.insert(with.end(), {"--lang", language});
                const auto end = countyplan(with);
                EXPECT_EQ(end.exit, 2) << wrong.code << end.out << end.err;
                EXPECT_TRUE(end.out.empty()) << end.out;
                EXPECT_TRUE(has(end.err, path)) << end.err;
                said[language == "en" ? 1 : 0] = end.err;
            }
            EXPECT_NE(said[0], said[1]);
            auto with = words;
            with.push_back("--json");
            const auto end = countyplan(with);
            EXPECT_EQ(end.exit, 2);
            const auto document = object_of(end);
            const ::countyplan::JsonValue first = *document.root().find("findings")->begin();
            EXPECT_TRUE(has(std::string(first.find("message")->find("code")->text()), wrong.code)) << end.out;
        }
    }
    EXPECT_EQ(countyplan({"audit", plan, scratch / "none.csv"}).exit, 5);
    EXPECT_EQ(countyplan({"diff", plan, scratch / "none.csv", good}).exit, 5);
    EXPECT_EQ(countyplan({"diff", plan, good, scratch.path().string()}).exit, 5);
    EXPECT_EQ(countyplan({"audit", scratch / "none.plan.json", good}).exit, 5);
    EXPECT_EQ(countyplan({"audit", plan}).exit, 64);
    EXPECT_EQ(countyplan({"diff", plan, good}).exit, 64);
    EXPECT_EQ(countyplan({"pair"}).exit, 64);
}

TEST(DiffCommand, SaysInWordsWhatChangesAndWhatItIsWorth) {
    const Scratch scratch;
    const std::string plan = small_plan(scratch);
    const std::string a = staffing(scratch, "a.csv",
                                   std::string(header) + "SZ-0001,P1,2025-09-01,2028-08-31\n" +
                                       "SZ-0002,P4,2025-09-01,2028-08-31\n" + "SZ-0003,P2,2025-09-01,2028-08-31\n");
    const std::string b = staffing(scratch, "b.csv",
                                   std::string(header) + "SZ-0001,P4,2025-09-01,2028-08-31\n" +
                                       "SZ-0003,P2,2025-09-01,2027-08-31\n" + "SZ-0004,P2,2025-09-01,2028-08-31\n");
    const auto end = countyplan({"diff", plan, a, b, "--lang", "en"});
    EXPECT_EQ(end.exit, 0) << end.err;
    for (const char* line :
         {"moves: 'SZ-0001' from 'P1' (2025-09-01 to 2028-08-31) to 'P4' (2025-09-01 to 2028-08-31)\n",
          "ends: 'SZ-0002' leaves 'P4' (2025-09-01 to 2028-08-31)\n",
          "begins: 'SZ-0004' goes to 'P2' (2025-09-01 to 2028-08-31)\n",
          "other days: 'SZ-0003' in 'P2', 2025-09-01 to 2028-08-31 becomes 2025-09-01 to 2027-08-31\n",
          "4 changes: 1 end, 1 begin, 1 move, 1 get other days\n",
          "shortfall at critical posts: A 0, B 1, difference +1 (A is better)\n", "  post:P1: 0 -> 1\n",
          "'SZ-0001': P1 -> P4, fit ", "on the whole: A is better, decided by shortfall at critical posts\n"})
        EXPECT_TRUE(has(end.out, line)) << line << end.out;
    EXPECT_TRUE(has(countyplan({"diff", plan, a, b, "--lang", "zh"}).out, "调岗：“SZ-0001”由“P1”"));
    const auto json = countyplan({"diff", plan, a, b, "--json"});
    EXPECT_EQ(json.exit, 0);
    EXPECT_EQ(object_of(json).root().find("changes")->size(), 4U);
    const auto same = countyplan({"diff", plan, a, a, "--lang", "en"});
    EXPECT_EQ(same.exit, 0);
    EXPECT_TRUE(has(same.out, "on the whole: equal in every tier")) << same.out;
}

TEST(StaffingCommands, TellTheCallersOwnTiersByValueAndName) {
    const Scratch scratch;
    ::countyplan::Draft draft = given::small_draft();
    draft.objective = {::countyplan::Tier::user_1, ::countyplan::Tier::fit};
    const std::string plan = scratch / "own.plan.json";
    ::countyplan::write_plan(draft, plan);
    const std::string said =
        staffing(scratch, "said.csv", "expert,post,allowed,user_1\nSZ-0001,P1,true,40\nSZ-0001,P4,false,0\n");
    const std::string a = staffing(scratch, "a.csv", std::string(header) + sound);
    const std::string b = staffing(scratch, "b.csv", std::string(header) + "SZ-0001,P4,2025-09-01,2028-08-31\n");
    const auto table = countyplan({"diff", plan, a, b, "--given", said, "--lang", "en"});
    EXPECT_EQ(table.exit, 0) << table.err;
    EXPECT_TRUE(has(table.out, "own tier 1: A 40, B 0, difference -40 (A is better)\n")) << table.out;
    EXPECT_TRUE(has(table.out, "A is better, decided by own tier 1\n")) << table.out;

    const std::string result = scratch / "r";
    ASSERT_EQ(countyplan({"allocate", plan, "-o", result, "--given", said}).exit, 0);
    std::string named = journey::bytes_of(scratch / "r/result.json");
    const std::string nameless = "\"user_tiers\": {}";
    ASSERT_NE(named.find(nameless), std::string::npos) << named;
    named.replace(named.find(nameless), nameless.size(), "\"user_tiers\": {\"user_1\": \"rapport\"}");
    journey::put_bytes(scratch / "r/result.json", named);
    const auto ours = countyplan({"diff", plan, a, b, "--given", result, "--lang", "en"});
    EXPECT_TRUE(has(ours.out, "rapport: A 40, B 0, difference -40 (A is better)\n")) << ours.out << ours.err;
    EXPECT_TRUE(has(ours.out, "A is better, decided by rapport\n")) << ours.out;
    const auto machine = object_of(countyplan({"diff", plan, a, b, "--given", result, "--json"}));
    EXPECT_EQ(machine.root().find("user_tiers")->find("user_1")->text(), "rapport");

    const auto audited = countyplan({"audit", plan, b, "--given", result, "--lang", "en"});
    EXPECT_EQ(audited.exit, 2) << audited.out;
    EXPECT_TRUE(has(audited.out + audited.err, "the caller's rules keep 'SZ-0001' from post 'P4'")) << audited.out;
    EXPECT_TRUE(has(audited.out, "rapport: 0\n")) << audited.out;
    EXPECT_TRUE(has(countyplan({"audit", plan, a, "--given", said, "--lang", "zh"}).out, "自定层级一：40\n"));
    const auto judged = object_of(countyplan({"audit", plan, a, "--given", result, "--json"}));
    EXPECT_EQ(judged.root().find("tiers")->find("user_1")->integer(), 40);

    const std::string curve = scratch / "curve";
    const auto weighed =
        countyplan({"trade-off", plan, "user_1", "fit", "--given", result, "-o", curve, "--lang", "en"});
    EXPECT_EQ(weighed.exit, 0) << weighed.err;
    EXPECT_TRUE(has(weighed.out, " points, rapport from ")) << weighed.out;
    EXPECT_TRUE(has(journey::bytes_of(scratch / "curve/trade_off.csv"), "rapport"));

    draft.objective = {::countyplan::Tier::user_1};
    ::countyplan::write_plan(draft, plan, ::countyplan::Existing::replace);
    const auto other = countyplan({"diff", plan, a, b, "--given", result, "--lang", "en"});
    EXPECT_EQ(other.exit, 64) << other.out;
    EXPECT_TRUE(has(other.err, "is no result of this plan")) << other.err;
}

TEST(DiffCommand, RefusesPeopleAndPostsThatThePlanDoesNotKnow) {
    const Scratch scratch;
    const std::string plan = small_plan(scratch);
    const std::string a = staffing(scratch, "a.csv", std::string(header) + sound);
    const std::string b = staffing(
        scratch, "b.csv",
        std::string(header) + sound + "XX-1,P2,2025-09-01,2028-08-31\n" + "SZ-0003,P99,2025-09-01,2028-08-31\n");
    const auto end = countyplan({"diff", plan, a, b, "--lang", "en"});
    EXPECT_EQ(end.exit, 2);
    EXPECT_TRUE(end.out.empty());
    EXPECT_TRUE(has(end.err, b + ":3: ")) << end.err;
    EXPECT_TRUE(has(end.err, "XX-1")) << end.err;
    EXPECT_TRUE(has(end.err, b + ":4: ")) << end.err;
    EXPECT_TRUE(has(end.err, "P99")) << end.err;
    EXPECT_TRUE(has(countyplan({"diff", plan, b, a, "--lang", "zh"}).err, "方案中没有岗位“P99”"));
}

std::string coupled_plan(const Scratch& scratch, const ::countyplan::Coupling& coupling) {
    ::countyplan::Draft draft = given::small_draft();
    draft.couplings.push_back(coupling);
    ::countyplan::write_plan(draft, scratch / (coupling.id + ".plan.json"));
    return scratch / (coupling.id + ".plan.json");
}

TEST(TeamCommand, KeepsWhatCouplesPeopleAndProvesIt) {
    using enum ::countyplan::CouplingKind;
    const Scratch scratch;
    const std::string plan = coupled_plan(scratch, {.id = "one-person", .kind = count, .upper = 1});
    const auto free = countyplan({"allocate", plan, "-o", scratch / "r", "--lang", "en"});
    EXPECT_TRUE(has(free.out, "countyplan team heeds couplings\n")) << free.out;
    EXPECT_EQ(countyplan({"audit", plan, scratch / "r/staffing.csv"}).exit, 2);  // it did not

    const auto team = countyplan({"team", plan, "-o", scratch / "t.csv", "--lang", "en"});
    EXPECT_EQ(team.exit, 0) << team.out << team.err;
    EXPECT_TRUE(has(team.out, "coupling 'one-person' (number of people): kept in all of 2 places\n")) << team.out;
    EXPECT_TRUE(has(team.out, "proved: no stage can be better\n")) << team.out;
    EXPECT_EQ(countyplan({"audit", plan, scratch / "t.csv"}).exit, 0);
    EXPECT_EQ(countyplan({"team", plan, "-o", scratch / "t.csv"}).exit, 5);  // it exists

    const auto json = countyplan({"team", plan, "--json"});
    EXPECT_EQ(json.exit, 0);
    const auto document = object_of(json);
    EXPECT_EQ(document.root().find("certificate_valid")->boolean(), true);
    EXPECT_EQ(document.root().find("couplings")->size(), 2U);
    const auto written = ::countyplan::read_staffing(journey::bytes_of(scratch / "t.csv"), "t.csv");
    EXPECT_EQ(document.root().find("staffing")->size(), written.staffing.size());
    EXPECT_FALSE(written.staffing.empty());
}

TEST(TeamCommand, DoesNotCallProvedWhatBreaksARuleItCannotHeed) {
    using enum ::countyplan::CouplingKind;
    const Scratch scratch;
    const ::countyplan::Coupling as_unit{.id = "unit", .kind = unit, .who = {::countyplan::Noun::sender, "SZ"}};
    const std::string plan = coupled_plan(scratch, as_unit);
    const auto end = countyplan({"team", plan, "-o", scratch / "u.csv", "--lang", "en"});
    const bool is_broken = countyplan({"audit", plan, scratch / "u.csv"}).exit == 2;
    EXPECT_TRUE(is_broken) << end.out;  // or the example shows nothing
    EXPECT_EQ(end.exit, 3) << end.out << end.err;
    EXPECT_TRUE(has(end.out, "not heeded: unit: ")) << end.out;
    EXPECT_TRUE(has(end.out, "1 couplings that must be kept could not be heeded")) << end.out;
    EXPECT_FALSE(has(end.out, "no stage can be better")) << end.out;
    ::countyplan::Coupling wished = as_unit;
    wished.id = "wished";
    wished.price = 1;
    const auto kept = countyplan({"team", coupled_plan(scratch, wished), "--lang", "en"});
    EXPECT_EQ(kept.exit, 0) << kept.out << kept.err;
    EXPECT_TRUE(has(kept.out, "proved, but for the 1 rules and tiers above")) << kept.out;
}

TEST(TeamCommand, SaysWhatIsPaidWhatIsImpossibleAndWhereItStopped) {
    using enum ::countyplan::CouplingKind;
    const Scratch scratch;
    const auto paid = countyplan(
        {"team", coupled_plan(scratch, {.id = "few", .kind = count, .upper = 0, .price = 1}), "--lang", "zh"});
    EXPECT_EQ(paid.exit, 0) << paid.out << paid.err;
    EXPECT_TRUE(has(paid.out, "耦合“few”（人数）：合计差 ")) << paid.out;
    EXPECT_TRUE(has(paid.out, "另加耦合代价 ")) << paid.out;
    const std::string impossible = coupled_plan(scratch, {.id = "crowd", .kind = count, .lower = 50});
    const auto never = countyplan({"team", impossible, "-o", scratch / "n.csv", "--lang", "en"});
    EXPECT_EQ(never.exit, 3) << never.out << never.err;
    EXPECT_TRUE(has(never.out, "proved: no staffing keeps all rules\n")) << never.out;
    EXPECT_FALSE(has(never.out, "written")) << never.out;
    EXPECT_EQ(countyplan({"team", impossible, "--time", "0"}).exit, 4);
    EXPECT_EQ(countyplan({"team"}).exit, 64);
    EXPECT_EQ(countyplan({"team", impossible, "--seed", "-1"}).exit, 64);
    const auto plain = countyplan({"team", small_plan(scratch), "--lang", "en"});
    EXPECT_EQ(plain.exit, 0) << plain.out << plain.err;
    EXPECT_TRUE(has(plain.out, "the plan has no couplings")) << plain.out;
}

TEST(PairCommand, ProvesThePairingAndSaysWhatChanges) {
    const Scratch scratch;
    const std::string plan = small_plan(scratch);
    const auto districts = countyplan({"pair", plan, "--level", "district", "--lang", "en"});
    EXPECT_EQ(districts.exit, 0) << districts.err;
    EXPECT_TRUE(has(districts.out, "451024 Debao County <- SZ-NS Nanshan: ")) << districts.out;
    EXPECT_TRUE(has(districts.out, "as now\n")) << districts.out;
    EXPECT_TRUE(has(districts.out, "0 begin, 0 end\n")) << districts.out;
    EXPECT_TRUE(has(districts.out, "proved: ")) << districts.out;
    const auto cities = countyplan({"pair", plan, "--lang", "zh"});
    EXPECT_EQ(cities.exit, 0) << cities.err;
    EXPECT_TRUE(has(cities.out, "新结对\n")) << cities.out;  // the district is paired, not the city
    EXPECT_TRUE(has(cities.out, "已证明：")) << cities.out;
    const auto json = countyplan({"pair", plan, "--json"});
    EXPECT_EQ(json.exit, 0);
    const auto document = object_of(json);
    EXPECT_EQ(document.root().find("certificate_valid")->boolean(), true);
    EXPECT_EQ(document.root().find("changes")->find("begun")->size(), 1U);
}

TEST(PairCommand, WritesPairingsThatAreThePlansFromThatDayOn) {
    const Scratch scratch;
    const std::string plan = small_plan(scratch);
    const std::string tables = scratch / "tables";
    ASSERT_EQ(countyplan({"convert", plan, tables}).exit, 0);
    const std::string out = scratch / "pairings.csv";
    ASSERT_EQ(countyplan({"pair", plan, "--as-of", "2026-09-01", "-o", out}).exit, 0);
    EXPECT_TRUE(has(journey::bytes_of(out), "SZ,451024,city,2026-09-01,,false\n")) << journey::bytes_of(out);
    EXPECT_EQ(countyplan({"pair", plan, "-o", out}).exit, 5);  // it exists
    EXPECT_EQ(countyplan({"pair", tables, "-o", tables + "/pairings.csv", "--force"}).exit, 64);
    journey::put_bytes(tables + "/pairings.csv", journey::bytes_of(out));
    EXPECT_EQ(countyplan({"check", tables}).exit, 0);
    const auto again = countyplan({"pair", tables, "--as-of", "2026-09-01", "--lang", "en"});
    EXPECT_EQ(again.exit, 0);
    EXPECT_TRUE(has(again.out, "0 begin, 0 end\n")) << again.out;
}

TEST(PairCommand, PairsAPlanThatHasNoPairingsYet) {
    const Scratch scratch;
    ::countyplan::Draft draft = given::small_draft();
    draft.pairings.clear();
    ::countyplan::write_plan(draft, scratch / "p.plan.json");
    const auto end = countyplan({"pair", scratch / "p.plan.json", "--level", "district", "--lang", "en"});
    EXPECT_EQ(end.exit, 0) << end.err;
    EXPECT_TRUE(has(end.out, "1 begin, 0 end\n")) << end.out;
}

TEST(PairCommand, RefusesWhatCannotBePaired) {
    const Scratch scratch;
    const std::string plan = small_plan(scratch);
    const auto nobody = countyplan({"pair", plan, "--level", "school", "--lang", "zh"});
    EXPECT_EQ(nobody.exit, 2);
    EXPECT_TRUE(has(nobody.err, "后方学校")) << nobody.err;
    EXPECT_TRUE(has(countyplan({"pair", plan, "--level", "school", "--lang", "en"}).err, "rear school"));
    EXPECT_EQ(countyplan({"pair", plan, "--under", "XX"}).exit, 2);
    ::countyplan::Draft draft = given::small_draft();
    draft.posts.clear();
    draft.staffing.clear();
    draft.experts.rows()[0].prefers.clear();
    for (auto& expert : draft.experts)
        std::erase_if(expert.avoids, [](const auto& r) { return r.noun == ::countyplan::Noun::post; });
    ::countyplan::write_plan(draft, scratch / "q.plan.json");
    EXPECT_EQ(countyplan({"pair", scratch / "q.plan.json"}).exit, 2);
    for (const std::vector<std::string>& words : {std::vector<std::string>{"--order", "cost"},
                                                  {"--order", "unserved,unserved"},
                                                  {"--order", "unserved,km"},
                                                  {"--order", ""},
                                                  {"--unit", "km"},
                                                  {"--level", "town"},
                                                  {"--most", "-1"},
                                                  {"--as-of", "now"}}) {
        std::vector<std::string> all{"pair", plan};
        all.insert(all.end(), words.begin(), words.end());
        const auto end = countyplan(all);
        EXPECT_EQ(end.exit, 64) << words[1] << end.out << end.err;
        EXPECT_TRUE(has(end.err, words[0])) << end.err;
    }
}

TEST(PairCommand, SaysThatNothingIsProvedWhereItWasStopped) {
    const Scratch scratch;
    const std::string plan = small_plan(scratch);
    const auto end = countyplan({"pair", plan, "--steps", "0", "--lang", "en"});
    EXPECT_EQ(end.exit, 4) << end.out << end.err;
    EXPECT_TRUE(has(end.out, "stopped early (step limit)")) << end.out;
    EXPECT_FALSE(has(end.out, "proved: ")) << end.out;
    const auto json = countyplan({"pair", plan, "--steps", "0", "--json"});
    EXPECT_EQ(json.exit, 4);
    EXPECT_NE(object_of(json).root().find("claim")->text(), "proved");
}

}  // namespace
