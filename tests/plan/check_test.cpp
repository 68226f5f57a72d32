#include <countyplan/plan/check.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include <countyplan/plan/messages.hpp>
#include <countyplan/plan/plan.hpp>

#include "given/plan.hpp"

namespace {

using namespace countyplan;
using given::code;
using given::day;
using given::small_draft;

/// `severity code place` of each finding.
std::vector<std::string> said(const Findings& findings) {
    std::vector<std::string> out;
    for (const Finding& f : findings)
        out.push_back(std::string(name(f.severity)) + " " + std::string(f.message.code()) + " " + to_text(f.place));
    return out;
}

using Said = std::vector<std::string>;

/// What `check` says about the small draft after `spoil` had its way with it.
template <class Spoil>
Findings found(Spoil spoil) {
    Draft draft = small_draft();
    spoil(draft);
    return check(draft);
}
template <class Spoil>
Said said_of(Spoil spoil) {
    return said(found(spoil));
}

TEST(Check, FindsNothingInASoundDraft) {
    EXPECT_EQ(said(check(small_draft())), Said{});
    EXPECT_EQ(Plan(small_draft()).warnings().size(), 0U);
}

TEST(CheckLaw, FindsNoErrorInRandomSoundDrafts) {
    for (std::uint32_t seed = 0; seed < 300; ++seed) {
        const Findings findings = check(given::random_draft(seed, 1 + seed % 5));
        for (const Finding& f : findings) {
            EXPECT_NE(f.severity, Severity::error) << seed << " " << to_text(f.place) << f.message.code();
        }
    }
}

TEST(Check, KeepsABoundedListInWhichNoErrorIsLostToWarnings) {
    Draft draft = small_draft();
    for (std::size_t i = 0; i < 100'003; ++i) {
        Teacher row{.id = "X" + std::to_string(i), .school = "DB-H", .subjects = {"maths", "maths"}};
        draft.teachers.push_back(std::move(row));
    }
    draft.ledger.rows()[1].value = "101";  // comes after the teachers
    const Findings findings = check(draft);
    ASSERT_EQ(findings.size(), 100'002U);
    EXPECT_TRUE(has_errors(findings));
    EXPECT_EQ(std::ranges::count(findings, Severity::warning, &Finding::severity), 100'000);
    EXPECT_EQ(findings.back().message, Message(message::findings_left_out, {"100000", word(Severity::warning)}));
    EXPECT_EQ(findings.back().place, Place{});
}

TEST(CheckLaw, SaysTheSameTwiceAndInOrderOfTablesRowsAndFields) {
    Draft draft = given::random_draft(7, 3);
    draft.schools.rows()[1].enrolment = -1;
    draft.counties.rows()[0].lat = 91;
    draft.posts.rows()[2].min = 9;
    draft.posts.rows()[2].priority = -1;
    draft.posts.rows()[0].school = "nowhere";
    draft.name = std::string("a\0b", 3);
    const Findings findings = check(draft);
    EXPECT_EQ(findings, check(draft));
    Said errors;
    for (const Finding& f : findings) {
        if (f.severity == Severity::error) errors.push_back(to_text(f.place));
    }
    EXPECT_EQ(errors, (Said{"name", "counties[0].lat", "schools[1].enrolment", "posts[0].school", "posts[2].target",
                            "posts[2].priority"}));
}

TEST(CheckLaw, GivesEveryErrorAPlaceAMessageInBothLanguagesAndARemedy) {
    Draft draft = small_draft();
    draft.posts.rows()[1].school = "DB-X";
    draft.links.push_back({.predecessor = "K4", .successor = "K1"});
    draft.tasks.rows()[0].duration = WorkDays(-3);
    draft.experts.rows()[0].id = "bad id";
    const Findings findings = check(draft);
    ASSERT_GE(findings.size(), 4U);
    for (const Finding& f : findings) {
        EXPECT_FALSE(to_text(f.place).empty());
        for (const Language language : {Language::zh, Language::en}) {
            for (const Message& message : {f.message, f.remedy}) {
                EXPECT_FALSE(text(message, language).empty());
                EXPECT_EQ(text(message, language).find('{'), std::string::npos) << text(message, language);
            }
        }
    }
}

// ------------------------------------------------------------------------- texts (2.1)

TEST(DraftRefusal, Item6BrokenUtf8) {
    for (const char* broken : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE5\xBE"}) {
        const Findings findings = found([&](Draft& d) { d.schools.rows()[0].name_zh = std::string("德") + broken; });
        EXPECT_EQ(said(findings), Said{"error text_not_utf8 schools[0].name_zh"});
        EXPECT_EQ(findings.at(0).message.arguments()[0].text, "3");
    }
}

TEST(DraftRefusal, Item7ControlCharactersInNamesAndIds) {
    EXPECT_EQ(said_of([](Draft& d) { d.schools.rows()[0].name_zh = std::string("a\0b", 3); }),
              Said{"error control_character schools[0].name_zh"});
    EXPECT_EQ(said_of([](Draft& d) { d.senders.rows()[0].name_en = "a\xC2\x85"; }),
              Said{"error control_character senders[0].name_en"});
    EXPECT_EQ(said_of([](Draft& d) { d.teachers.rows()[2].id = "T\n3"; }), Said{"error id_format teachers[2].id"});
    EXPECT_EQ(said_of([](Draft& d) { d.version = "\x1B[2J"; }), Said{"error control_character version"});
    EXPECT_EQ(said_of([](Draft& d) { d.ledger.rows()[1].source = "line\nbreak"; }), Said{}) << "ledgers quote letters";
}

TEST(DraftRefusal, Item8ConfusableIdsAreWarnedOf) {
    const auto twin = [](std::string id) {
        return said_of([&](Draft& d) {
            Teacher row = d.teachers.rows()[0];
            row.id = std::move(id);
            d.teachers.push_back(row);
        });
    };
    EXPECT_EQ(twin("t1"), Said{"warning confusable_id teachers[3].id"});
    EXPECT_EQ(twin("T 1"), (Said{"error id_format teachers[3].id", "warning confusable_id teachers[3].id"}));
    EXPECT_EQ(twin("Ｔ１"), (Said{"error id_format teachers[3].id", "warning confusable_id teachers[3].id"}));
    EXPECT_EQ(twin("T\xE2\x80\x8D"
                   "1"),
              (Said{"error id_format teachers[3].id", "warning confusable_id teachers[3].id"}));
    EXPECT_EQ(twin("T2x"), Said{});
    const auto accented = said_of([](Draft& d) {
        d.teachers.rows()[0].id = "\xC3\xA9";   // é composed
        d.teachers.rows()[1].id = "e\xCC\x81";  // e and an accent
        d.mentors.clear();
    });
    EXPECT_EQ(accented, (Said{"error id_format teachers[0].id", "error id_format teachers[1].id",
                              "warning confusable_id teachers[1].id"}));
}

TEST(DraftRefusal, Item9DirectionChangesInNamesAreWarnedOf) {
    const Findings findings = found([](Draft& d) { d.goals.rows()[0].name_zh = "\xE2\x80\xAEgnp"; });
    EXPECT_EQ(said(findings), Said{"warning invisible_character goals[0].name_zh"});
    EXPECT_EQ(findings.at(0).value, "\\u{202E}gnp");
}

TEST(DraftRefusal, Item10LongTexts) {
    EXPECT_EQ(said_of([](Draft& d) { d.schools.rows()[0].name_zh = "德"; }), Said{});
    EXPECT_EQ(said_of([](Draft& d) { d.schools.rows()[0].name_zh = std::string(1024, 'x'); }), Said{});
    const Findings findings = found([](Draft& d) { d.schools.rows()[0].name_zh = std::string(10'000'000, 'x'); });
    EXPECT_EQ(said(findings), Said{"error text_too_long schools[0].name_zh"});
    EXPECT_LT(findings.at(0).value.size(), 100U);
    EXPECT_EQ(said_of([](Draft& d) {
                  for (int i = 0; i < 300; ++i)
                      d.counties.rows()[0].name_zh += "\xCC\x81";
              }),
              Said{});
    EXPECT_EQ(said_of([](Draft& d) { d.teachers.rows()[2].id = std::string(257, 'x'); }),
              Said{"error text_too_long teachers[2].id"});
    EXPECT_EQ(said_of([](Draft& d) { d.ledger.rows()[0].evidence = std::string((1 << 20) + 1, 'x'); }),
              Said{"error text_too_long ledger[0].evidence"});
}

TEST(Check, ShowsValuesCutBetweenCharacters) {
    EXPECT_EQ(shown_text("德保"), "德保");
    EXPECT_EQ(shown_text("a\nb\x01\x7F\xC2\x80\xFF"), "a\\nb\\x01\\x7F\\u{0080}\\xFF");
    std::string long_text;
    for (int i = 0; i < 100; ++i)
        long_text += "县";
    EXPECT_EQ(shown_text(long_text), long_text.substr(0, 240) + "…");
    EXPECT_EQ(shown_text(long_text.substr(0, 240)), long_text.substr(0, 240));
    for (std::size_t shift = 0; shift < 8; ++shift) {
        const std::string shown = shown_text(std::string(shift, 'a') + std::string(200, '\x01'));
        EXPECT_EQ(detail::utf8_until(shown), shown.size());
    }
}

// ------------------------------------------------------------------------- integrity (2.4)

TEST(DraftRefusal, Item31DuplicateIdsNameBothPlaces) {
    const Findings same = found([](Draft& d) { d.schools.push_back(d.schools.rows()[0]); });
    EXPECT_EQ(said(same), Said{"error duplicate_id schools[2].id"});
    EXPECT_EQ(same.at(0).message.arguments()[1].text, "schools[0].id");
    EXPECT_EQ(said_of([](Draft& d) { d.counties.push_back(d.counties.rows()[0]); }),
              Said{"error duplicate_id counties[1].code"});
    EXPECT_EQ(said_of([](Draft& d) { d.ledger.rows()[1].id = "F1"; }), Said{"error duplicate_id ledger[1].id"});
    const Findings across = found([](Draft& d) {
        d.goals.push_back({.id = "K1", .county = code("451024"), .parent = "G2"});
        d.rules.clear();
    });
    EXPECT_EQ(said(across), Said{"warning shared_id tasks[0].id"});
    EXPECT_EQ(said_of([](Draft& d) { d.schools.push_back({.id = "451025", .county = code("451024")}); }),
              Said{"error school_id_is_code schools[2].id"});
}

TEST(DraftRefusal, Item32UnknownReferencesNameTheNearestId) {
    const Findings findings = found([](Draft& d) { d.posts.rows()[4].school = "BD-V"; });
    EXPECT_EQ(said(findings), Said{"error unknown_reference posts[4].school"});
    EXPECT_EQ(findings.at(0).remedy, Message(message::nearest_id, {"DB-V"}));
    EXPECT_EQ(text(findings.at(0).message, Language::en), "there is no school with the id 'BD-V'");
    EXPECT_EQ(text(findings.at(0).message, Language::zh), "没有编号为“BD-V”的学校");
    // Every reference column, one after another.
    EXPECT_EQ(said_of([](Draft& d) { d.experts.rows()[5].sender = "?"; }),
              Said{"error unknown_reference experts[5].sender"});
    EXPECT_EQ(said_of([](Draft& d) { d.teachers.rows()[2].school = "DB"; }),
              Said{"error unknown_reference teachers[2].school"});
    EXPECT_EQ(said_of([](Draft& d) { d.goals.rows()[2].parent = "G9"; }),
              Said{"error unknown_reference goals[2].parent"});
    EXPECT_EQ(said_of([](Draft& d) { d.indicators.rows()[1].goal = "G9"; }),
              Said{"error unknown_reference indicators[1].goal"});
    EXPECT_EQ(said_of([](Draft& d) { d.tasks.rows()[3].goal = "G9"; }), Said{"error unknown_reference tasks[3].goal"});
    EXPECT_EQ(said_of([](Draft& d) { d.tasks.rows()[3].county = code("451022"); }),
              (Said{"error unknown_reference tasks[3].county", "error other_county tasks[3].goal"}));
    EXPECT_EQ(said_of([](Draft& d) { d.links.rows()[0].successor = "K7"; }),
              Said{"error unknown_reference links[0].successor"});
    EXPECT_EQ(said_of([](Draft& d) { d.influence.rows()[0].to = "DB-J"; }),
              Said{"error unknown_reference influence[0].to"});
    EXPECT_EQ(said_of([](Draft& d) { d.staffing.rows()[0].post = "P9"; }),
              Said{"error unknown_reference staffing[0].post"});
    EXPECT_EQ(said_of([](Draft& d) { d.mentors.rows()[0].teacher = "T9"; }),
              Said{"error unknown_reference mentors[0].teacher"});
    EXPECT_EQ(said_of([](Draft& d) {
                  d.ledger.rows()[0].subject = {Noun::task, "K9"};
              }),
              Said{"error unknown_reference ledger[0].subject"});
    EXPECT_EQ(said_of([](Draft& d) { d.pairings.rows()[0].receiver = "451025"; }),
              Said{"error unknown_receiver pairings[0].receiver"});
    EXPECT_EQ(said_of([](Draft& d) { d.pairings.rows()[0].receiver = ""; }),
              Said{"error required_field pairings[0].receiver"});
    const auto road = [](const char* sender, const char* receiver) {
        return found([&](Draft& d) { d.distances.push_back({.sender = sender, .receiver = receiver, .km = 800}); });
    };
    EXPECT_EQ(said(road("SZ", "451024")), Said{});
    EXPECT_EQ(said(road("SZ", "DB-V")), Said{});
    EXPECT_EQ(said(road("SZ-X", "DB-V")), Said{"error unknown_reference distances[0].sender"});
    EXPECT_EQ(said(road("", "DB-V")), Said{"error required_field distances[0].sender"});
    EXPECT_EQ(said(road("SZ", "DB-X")), Said{"error unknown_receiver distances[0].receiver"});
    EXPECT_EQ(said(road("SZ", "451025")), Said{"error unknown_receiver distances[0].receiver"});
    EXPECT_EQ(road("SZ", "451025").at(0).remedy, Message(message::nearest_id, {"451024"}));
    EXPECT_EQ(said(road("SZ", "")), Said{"error required_field distances[0].receiver"});
    EXPECT_EQ(said_of([](Draft& d) { d.calendar.rows()[0].scope = "DB-HH"; }),
              Said{"error unknown_scope calendar[0].scope"});
    EXPECT_EQ(said_of([](Draft& d) { d.terms.rows()[0].scope = "450000"; }), Said{});
    EXPECT_EQ(said_of([](Draft& d) { d.posts.rows()[4].school = ""; }), Said{"error required_field posts[4].school"});
}

TEST(DraftRefusal, Item33CirclesNameAShortestOne) {
    const Findings self = found([](Draft& d) { d.links.push_back({.predecessor = "K1", .successor = "K1"}); });
    EXPECT_EQ(said(self), Said{"error dependency_cycle links[3].successor"});
    EXPECT_EQ(self.at(0).message.arguments()[1].text, "K1 → K1");

    const Findings two = found([](Draft& d) {
        d.links.push_back({.predecessor = "K4", .successor = "K1"});
        d.links.push_back({.predecessor = "K4", .successor = "K3"});
    });
    EXPECT_EQ(said(two), Said{"error dependency_cycle links[4].successor"});
    EXPECT_EQ(two.at(0).message.arguments()[1].text, "K3 → K4 → K3");

    const Findings parents = found([](Draft& d) { d.goals.rows()[0].parent = "G3"; });
    EXPECT_EQ(said(parents), Said{"error parent_cycle goals[0].parent"});
    EXPECT_EQ(parents.at(0).message.arguments()[1].text, "G1 → G3 → G1");
    EXPECT_EQ(said_of([](Draft& d) { d.senders.rows()[0].parent = "SZ"; }),
              Said{"error parent_cycle senders[0].parent"});
}

TEST(DraftRefusal, Item33ACircleOfAHundredThousandTasks) {
    Draft draft = small_draft();
    draft.links.clear();
    const std::size_t length = 100'000;
    for (std::size_t i = 0; i < length; ++i) {
        draft.tasks.push_back({.id = "R" + std::to_string(i), .county = code("451024"), .goal = "G2"});
        draft.links.push_back(
            {.predecessor = "R" + std::to_string(i), .successor = "R" + std::to_string((i + 1) % length)});
    }
    const Findings findings = check(draft);
    ASSERT_EQ(said(findings).size(), 1U);
    EXPECT_EQ(findings[0].message.code(), "dependency_cycle");
    EXPECT_EQ(findings[0].message.arguments()[0].text, "100000");
    EXPECT_LT(findings[0].message.arguments()[1].text.size(), 300U);
}

TEST(DraftRefusal, Item34EmptyPlansAreFine) {
    EXPECT_EQ(said(check(Draft{})), Said{});
    EXPECT_EQ(Plan(Draft{}), Plan());
    Draft no_people = small_draft();
    no_people.experts.clear();
    no_people.mentors.clear();
    no_people.staffing.clear();
    EXPECT_EQ(said(check(no_people)), Said{});
    Draft no_quota = small_draft();
    for (Sender& sender : no_quota.senders)
        sender.quota_total = 0;
    EXPECT_EQ(said(check(no_quota)), Said{});
}

TEST(DraftRefusal, Item35NumbersOutOfTheirBounds) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(said_of([](Draft& d) { d.posts.rows()[1].min = 3; }), Said{"error bounds_crossed posts[1].target"});
    EXPECT_EQ(said_of([](Draft& d) { d.posts.rows()[1].max = 1; }), Said{"error bounds_crossed posts[1].max"});
    EXPECT_EQ(said_of([](Draft& d) { d.posts.rows()[1].min = -1; }), Said{"error number_outside posts[1].min"});
    EXPECT_EQ(said_of([](Draft& d) { d.posts.rows()[1].priority = -1; }),
              Said{"error number_outside posts[1].priority"});
    EXPECT_EQ(said_of([](Draft& d) { d.posts.rows()[1].min_years = -1; }),
              Said{"error number_outside posts[1].min_years"});
    EXPECT_EQ(said_of([](Draft& d) { d.senders.rows()[1].quota_principal = -2; }),
              Said{"error number_outside senders[1].quota_principal"});
    EXPECT_EQ(said_of([](Draft& d) { d.schools.rows()[1].enrolment = -2; }),
              Said{"error number_outside schools[1].enrolment"});
    EXPECT_EQ(said_of([](Draft& d) { d.experts.rows()[1].years = -2; }), Said{"error number_outside experts[1].years"});
    EXPECT_EQ(said_of([](Draft& d) { d.teachers.rows()[1].years = 500; }),
              Said{"error number_outside teachers[1].years"});
    EXPECT_EQ(said_of([](Draft& d) { d.tasks.rows()[0].duration = WorkDays(-1); }),
              Said{"error number_outside tasks[0].duration"});
    EXPECT_EQ(said_of([](Draft& d) { d.tasks.rows()[1].optimistic = WorkDays(61); }),
              Said{"error bounds_crossed tasks[1].optimistic"});
    EXPECT_EQ(said_of([](Draft& d) { d.tasks.rows()[1].pessimistic = WorkDays(59); }),
              Said{"error bounds_crossed tasks[1].pessimistic"});
    EXPECT_EQ(said_of([](Draft& d) { d.tasks.rows()[1].budget = Money(-1); }),
              Said{"error number_outside tasks[1].budget"});
    EXPECT_EQ(said_of([&](Draft& d) { d.goals.rows()[1].weight = -0.5; }),
              Said{"error number_outside goals[1].weight"});
    EXPECT_EQ(said_of([&](Draft& d) { d.goals.rows()[1].weight = nan; }),
              Said{"error number_not_finite goals[1].weight"});
    EXPECT_EQ(said_of([&](Draft& d) { d.indicators.rows()[1].target = infinity; }),
              Said{"error number_not_finite indicators[1].target"});
    EXPECT_EQ(said_of([&](Draft& d) { d.influence.rows()[0].weight = -infinity; }),
              Said{"error number_not_finite influence[0].weight"});
    EXPECT_EQ(said_of([](Draft& d) { d.counties.rows()[0].lat = 90.5; }), Said{"error number_outside counties[0].lat"});
    EXPECT_EQ(said_of([](Draft& d) { d.counties.rows()[0].lng.reset(); }), Said{"warning half_given counties[0].lng"});
    EXPECT_EQ(said_of([](Draft& d) { d.links.rows()[0].lag = WorkDays(1'000'000'000); }),
              Said{"error number_outside links[0].lag"});
    const auto at_most = [](std::int64_t days) {
        return said_of([&](Draft& d) { d.links.rows()[1].max_lag = WorkDays(days); });  // whose lag is 5
    };
    EXPECT_EQ(at_most(5), Said{});
    EXPECT_EQ(at_most(4), Said{"error bounds_crossed links[1].max_lag"});
    EXPECT_EQ(at_most(100'001), Said{"error number_outside links[1].max_lag"});
    EXPECT_EQ(at_most(std::numeric_limits<std::int64_t>::min()),
              (Said{"error number_outside links[1].max_lag", "error bounds_crossed links[1].max_lag"}));
    for (const auto& [km, outside] : {std::pair<std::int64_t, bool>{-1, true},
                                      {0, false},
                                      {20015, false},
                                      {20016, true},
                                      {std::numeric_limits<std::int64_t>::max(), true}}) {
        EXPECT_EQ(said_of([&](Draft& d) { d.distances.push_back({.sender = "SZ", .receiver = "DB-V", .km = km}); }),
                  outside ? Said{"error number_outside distances[0].km"} : Said{})
            << km;
    }
    EXPECT_EQ(said_of([](Draft& d) { d.weights.wish = -1; }), Said{"error number_outside weights.wish"});
    EXPECT_EQ(said_of([](Draft& d) { d.weights.subject = 1'000'001; }), Said{"error number_outside weights.subject"});
    EXPECT_EQ(said_of([](Draft& d) { d.tasks.rows()[3].duration = WorkDays(2); }),
              Said{"warning milestone_with_duration tasks[3].duration"});
    const std::int64_t least = std::numeric_limits<std::int64_t>::min();
    EXPECT_EQ(said_of([&](Draft& d) {
                  d.posts.rows()[1].min = least;
                  d.posts.rows()[1].max = std::numeric_limits<std::int64_t>::max();
              }),
              (Said{"error number_outside posts[1].min", "error number_outside posts[1].max"}));
}

TEST(DraftRefusal, Item35EnumeratorsThatDoNotExist) {
    EXPECT_EQ(said_of([](Draft& d) { d.posts.rows()[1].role = static_cast<Role>(7); }),
              Said{"error unknown_enumerator posts[1].role"});
    EXPECT_EQ(said_of([](Draft& d) { d.experts.rows()[1].roles = {static_cast<Role>(-1)}; }),
              Said{"error unknown_enumerator experts[1].roles"});
    EXPECT_EQ(said_of([](Draft& d) {
                  d.experts.rows()[1].prefers = {{static_cast<Noun>(99), "x"}};
              }),
              Said{"error unknown_enumerator experts[1].prefers"});
    EXPECT_EQ(said_of([](Draft& d) { d.ledger.rows()[1].subject.noun = static_cast<Noun>(99); }),
              Said{"error unknown_enumerator ledger[1].subject"});
}

TEST(DraftRefusal, Item37GroupsAndTrees) {
    EXPECT_EQ(said_of([](Draft& d) { d.experts.rows()[0].group = "couple-1"; }),
              Said{"note lone_group experts[0].group"});
    EXPECT_EQ(said_of([](Draft& d) {
                  d.experts.rows()[0].group = "couple-1";
                  d.experts.rows()[1].group = "couple-1";
              }),
              Said{});
    EXPECT_EQ(said_of([](Draft& d) { d.experts.rows()[0].group = "a;b"; }).front(),
              "error word_format experts[0].group");
    EXPECT_EQ(said_of([](Draft& d) { d.senders.push_back({.id = "ZJ"}); }), Said{}) << "two roots are a forest";
    EXPECT_EQ(said_of([](Draft& d) { d.senders.push_back(d.senders.rows()[1]); }),
              Said{"error duplicate_id senders[2].id"});
}

TEST(DraftRefusal, Item39DatesOutOfOrder) {
    EXPECT_EQ(said_of([](Draft& d) { d.period.to = day("2025-01-01"); }).front(), "error period_reversed period");
    EXPECT_EQ(said_of([](Draft& d) {
                  d.posts.rows()[1].start = day("2026-09-01");
                  d.posts.rows()[1].end = day("2026-08-31");
              }),
              Said{"error period_reversed posts[1].end"});
    EXPECT_EQ(said_of([](Draft& d) { d.posts.rows()[1].start = day("2030-09-01"); }),
              Said{"warning outside_period posts[1].start"});
    EXPECT_EQ(said_of([](Draft& d) { d.experts.rows()[1].available_to = day("2020-01-01"); }),
              Said{"warning outside_period experts[1].available_to"});
    EXPECT_EQ(said_of([](Draft& d) {
                  d.pairings.rows()[0].from = day("2022-01-02");
                  d.pairings.rows()[0].to = day("2022-01-01");
              }),
              Said{"error period_reversed pairings[0].to"});
    EXPECT_EQ(said_of([](Draft& d) { d.terms.rows()[0].to = day("2025-08-01"); }),
              Said{"error period_reversed terms[0].to"});
    EXPECT_EQ(said_of([](Draft& d) { d.staffing.rows()[0].to = day("2025-08-01"); }),
              Said{"error period_reversed staffing[0].to"});
    EXPECT_EQ(said_of([](Draft& d) { d.tasks.rows()[2].constraint_date.reset(); }),
              Said{"error half_given tasks[2].constraint_date"});
    EXPECT_EQ(said_of([](Draft& d) { d.tasks.rows()[2].constraint.reset(); }),
              Said{"error half_given tasks[2].constraint"});
    EXPECT_EQ(said_of([](Draft& d) { d.tasks.rows()[2].not_before = day("2026-07-01"); }),
              Said{"error period_reversed tasks[2].deadline"});
    EXPECT_EQ(said_of([](Draft& d) { d.indicators.rows()[0].due = day("2025-06-30"); }),
              Said{"error period_reversed indicators[0].due"});
#if !defined(COUNTYPLAN_CHECKED)  // where it is, such a day cannot be made
    EXPECT_EQ(
        said_of([](Draft& d) { d.calendar.rows()[0].date = Day(std::chrono::sys_days(std::chrono::days(2932897))); }),
        Said{"error day_out_of_range calendar[0].date"});
    EXPECT_EQ(
        said_of([](Draft& d) { d.posts.rows()[0].start = Day(std::chrono::sys_days(std::chrono::days(-719163))); }),
        Said{"error day_out_of_range posts[0].start"});
#endif
    EXPECT_EQ(said_of([](Draft& d) { d.posts.rows()[0].end = day("2027-01-31"); }),
              Said{"warning outside_post_window staffing[0].to"});
    EXPECT_EQ(said_of([](Draft& d) { d.experts.rows()[0].available_from = day("2025-10-01"); }),
              Said{"warning outside_availability staffing[0].from"});
}

TEST(DraftRefusal, Item40RatiosWithoutMeaning) {
    EXPECT_EQ(said_of([](Draft& d) { d.indicators.rows()[0].target = 101; }),
              Said{"error number_outside indicators[0].target"});
    EXPECT_EQ(said_of([](Draft& d) { d.indicators.rows()[0].baseline = -1; }),
              Said{"error number_outside indicators[0].baseline"});
    EXPECT_EQ(said_of([](Draft& d) { d.indicators.rows()[0].baseline = 45; }),
              Said{"warning undefined_ratio indicators[0].target"});
    EXPECT_EQ(said_of([](Draft& d) { d.indicators.rows()[0].baseline = 0; }), Said{}) << "nothing divides by it";
    EXPECT_EQ(said_of([](Draft& d) { d.indicators.rows()[0].direction = Direction::down; }),
              Said{"warning target_against_direction indicators[0].target"});
    EXPECT_EQ(said_of([](Draft& d) {
                  d.goals.rows()[1].weight = 0;
                  d.goals.rows()[2].weight = 0;
                  d.tasks.rows()[3].weight = 0;
              }),
              Said{"warning undefined_ratio goals[0]"});
    EXPECT_EQ(said_of([](Draft& d) { d.counties.rows()[0].weight = 0; }),
              Said{"warning undefined_ratio counties.weight"});
    EXPECT_EQ(said_of([](Draft& d) { d.ledger.rows()[1].value = "101"; }), Said{"error fact_value ledger[1].value"});
}

TEST(DraftRefusal, Item41FactsThatCannotBeAreRecordedWithAFlag) {
    const auto add = [](Draft& d, const char* id, const char* recorded, const char* valid, const char* field,
                        const char* value) {
        d.ledger.push_back({.id = id,
                            .recorded_at = day(recorded),
                            .valid_at = day(valid),
                            .subject = {Noun::task, "K1"},
                            .field = field,
                            .value = value});
    };
    EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-20", "finished", "2025-09-07"); }),
              Said{"warning finish_before_start ledger[2].value"});
    EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-20", "percent", "70"); }),
              Said{"warning progress_back ledger[2].value"});
    EXPECT_EQ(said_of([&](Draft& d) {
                  add(d, "F3", "2025-09-21", "2025-09-20", "percent", "70");
                  d.ledger.rows()[2].retracts = "F2";
              }),
              Said{})
        << "a retracted fact no longer counts";
    EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-22", "percent", "90"); }),
              Said{"warning fact_from_future ledger[2].valid_at"});
    EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-20", "finished", "2025-10-07"); }),
              Said{"warning fact_from_future ledger[2].valid_at"});
    EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-20", "finished", "2025-02-30"); }),
              Said{"error fact_value ledger[2].value"});
    EXPECT_EQ(said_of([&](Draft& d) {
                  add(d, "F3", "2025-09-21", "2025-09-20", "percent", "");
                  d.ledger.rows()[2].retracts = "F2";
              }),
              Said{})
        << "a fact without a value may take another back";
    EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-20", "percent", ""); }),
              Said{"error fact_value ledger[2].value"});
    for (const char* step : {"0/3", "3/3", "1.5/2"})
        EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-20", "step", step); }), Said{}) << step;
    for (const char* step : {"", "third", "/", "4/3", "-1/3", "0/0", "1/2/3", "1/", "nan/1", "1 / 2"})
        EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-20", "step", step); }),
                  Said{"error fact_value ledger[2].value"})
            << step;
    EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-20", "units_total", "-8"); }),
              Said{"error fact_value ledger[2].value"});
    EXPECT_EQ(said_of([&](Draft& d) {
                  add(d, "F3", "2025-09-21", "2025-09-20", "status", "stopped");
                  d.ledger.rows()[2].subject = {Noun::goal, d.goals.rows()[0].id};
              }),
              Said{"error fact_value ledger[2].value"});
    for (const char* const field : {"cost_at_start", "points", "points_at_start", "points_spent", "expert_days",
                                    "expert_days_at_start", "expert_days_spent"}) {
        EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-20", field, "0.25"); }), Said{}) << field;
        for (const char* const value : {"-1", "1.234", "many", "", "1000000000000.01"})
            EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-20", field, value); }),
                      Said{"error fact_value ledger[2].value"})
                << field << ' ' << value;
    }
    // sums of amounts stay within 64 bits
    for (const char* const cost : {"1000000000000.01", "-1000000000000.01"}) {
        EXPECT_EQ(said_of([&](Draft& d) { add(d, "F3", "2025-09-21", "2025-09-20", "cost", cost); }),
                  Said{"error fact_value ledger[2].value"})
            << cost;
    }
    EXPECT_EQ(said_of([&](Draft& d) {
                  add(d, "F3", "2025-09-21", "2025-09-20", "baseline.B1", "2025-09-01/2025-09-12/10/1000000000000.01");
              }),
              Said{"error fact_value ledger[2].value"});
    EXPECT_EQ(said_of([](Draft& d) { d.ledger.rows()[1].retracts = "F9"; }),
              Said{"error unknown_fact ledger[1].retracts"});
    EXPECT_EQ(said_of([](Draft& d) { d.ledger.rows()[1].retracts = "F2"; }),
              Said{"error retracts_itself ledger[1].retracts"});
    EXPECT_EQ(said_of([](Draft& d) { d.ledger.rows()[0].retracts = "F2"; }),
              Said{"warning retracts_later ledger[0].retracts"});
}

TEST(DraftRefusal, Item41ABaselineIsRecordedOnceAndNeverChanged) {
    const auto add = [](Draft& d, const char* recorded, const char* task, const char* value,
                        const char* field = "baseline.B1") {
        d.ledger.push_back({.id = "F" + std::to_string(d.ledger.size() + 1),
                            .recorded_at = day(recorded),
                            .valid_at = day("2025-09-01"),
                            .subject = {Noun::task, task},
                            .field = field,
                            .value = value});
    };
    constexpr const char* agreed = "2025-09-01/2025-09-12/10/12000.00";
    EXPECT_EQ(said_of([&](Draft& d) {
                  add(d, "2025-09-21", "K1", agreed);
                  add(d, "2025-09-21", "K2", "2025-09-15/2025-09-15/0/0.00");
                  add(d, "2025-09-22", "K1", agreed, "baseline.B2");
              }),
              Said{});
    for (const char* const value :
         {"", "2025-09-01", "2025-09-01/2025-09-12/10", "2025-09-01/2025-08-31/10/1.00",
          "2025-09-01/2025-09-12/-1/1.00", "2025-09-01/2025-09-12/10/-1.00", "2025-09-31/2025-10-12/10/1.00",
          "2025-09-01/2025-09-12/1.5/1.00", "2025-09-01/2025-09-12/10/1.00/", "2025-09-01/2025-09-12/10/1.234"}) {
        EXPECT_EQ(said_of([&](Draft& d) { add(d, "2025-09-21", "K1", value); }),
                  Said{"error fact_value ledger[2].value"})
            << value;
    }
    EXPECT_EQ(said_of([&](Draft& d) {
                  add(d, "2025-09-21", "K1", agreed);
                  add(d, "2025-09-21", "K2", agreed);
                  add(d, "2025-09-21", "K1", "2025-09-01/2025-09-19/15/12000.00");
              }),
              Said{"error baseline_changed ledger[4].field"})
        << "a second word about the same task";
    EXPECT_EQ(said_of([&](Draft& d) {
                  add(d, "2025-09-21", "K2", agreed);
                  add(d, "2025-09-22", "K1", agreed);
              }),
              Said{"error baseline_changed ledger[3].recorded_at"})
        << "another task on a later day";
    EXPECT_EQ(said_of([&](Draft& d) {
                  add(d, "2025-09-21", "K1", agreed);
                  add(d, "2025-09-22", "K1", "", "note");
                  d.ledger.rows()[3].retracts = "F3";
              }),
              Said{"error baseline_changed ledger[3].retracts"})
        << "taken back";
    const AgreedDates parsed = AgreedDates::parse(agreed).value();
    EXPECT_EQ(parsed, (AgreedDates{day("2025-09-01"), day("2025-09-12"), WorkDays(10), Money(1'200'000)}));
    EXPECT_EQ(to_text(parsed), agreed);
}

TEST(DraftRefusal, Item42ThePersonTwiceAndThePersonInTheWrongPlace) {
    EXPECT_EQ(said_of([](Draft& d) {
                  Expert again = d.experts.rows()[0];
                  again.id = "SZ-0099";
                  d.experts.push_back(again);
              }),
              Said{"warning same_person experts[6].id"});
    EXPECT_EQ(said_of([](Draft& d) {
                  d.staffing.push_back(
                      {.expert = "SZ-0004", .post = "P5", .from = day("2025-09-01"), .to = day("2027-02-28")});
              }),
              Said{"warning avoided_posting staffing[1].post"});
    EXPECT_EQ(said_of([](Draft& d) {
                  d.pairings.push_back(
                      {.sender = "SZ-NS", .receiver = "DB-V", .kind = PairingKind::school, .required = true});
              }),
              Said{"warning outside_required_pairing staffing[0].post"});
    EXPECT_EQ(said_of([](Draft& d) {
                  d.pairings.push_back({.sender = "SZ-NS",
                                        .receiver = "DB-V",
                                        .kind = PairingKind::school,
                                        .to = day("2024-01-01"),
                                        .required = true});
              }),
              Said{})
        << "a pairing that has ended binds nobody";
    EXPECT_EQ(said_of([](Draft& d) { d.pairings.rows()[0].required = true; }), Said{});
    const Findings twice = found([](Draft& d) {
        d.staffing.push_back({.expert = "SZ-0001", .post = "P4", .from = day("2026-09-01"), .to = day("2027-02-28")});
    });
    EXPECT_EQ(said(twice), Said{"error double_posting staffing[1].expert"});
    EXPECT_EQ(twice.at(0).message.arguments()[1].text, "staffing[0]");
    EXPECT_EQ(said_of([](Draft& d) {
                  d.staffing.push_back(
                      {.expert = "SZ-0002", .post = "P1", .from = day("2028-08-31"), .to = day("2029-02-28")});
              }),
              Said{"error post_overfilled staffing[1].post"});
    EXPECT_EQ(said_of([](Draft& d) {
                  d.staffing.push_back(
                      {.expert = "SZ-0002", .post = "P1", .from = day("2028-09-01"), .to = day("2029-02-28")});
              }),
              Said{})
        << "one after the other is fine";
}

TEST(DraftRefusal, Item43WishesThatLeadNowhere) {
    const Findings dangling = found([](Draft& d) {
        d.experts.rows()[0].prefers = {{Noun::school, "DB-G"}, {Noun::county, "451099"}, {Noun::post, ""}};
    });
    EXPECT_EQ(said(dangling),
              (Said{"error unknown_reference experts[0].prefers", "error unknown_reference experts[0].prefers",
                    "error unknown_reference experts[0].prefers"}));
    EXPECT_EQ(said_of([](Draft& d) {
                  d.experts.rows()[0].prefers = {{Noun::teacher, "T1"}};
              }),
              Said{"error reference_kind experts[0].prefers"});
    EXPECT_EQ(said_of([](Draft& d) {
                  d.experts.rows()[1].prefers = {{Noun::post, "P1"}, {Noun::post, "P1"}};
              }),
              Said{"warning listed_twice experts[1].prefers"});
    EXPECT_EQ(said_of([](Draft& d) {
                  d.experts.rows()[3].prefers = {{Noun::school, "DB-V"}};
              }),
              Said{"warning preferred_and_avoided experts[3].avoids"});
    EXPECT_EQ(said_of([](Draft& d) { d.experts.rows()[1].roles.clear(); }),
              Said{"error required_field experts[1].roles"});
    EXPECT_EQ(said_of([](Draft& d) { d.experts.rows()[2].subjects = {"maths;physics"}; }),
              Said{"error id_format experts[2].subjects"});
    EXPECT_EQ(said_of([](Draft& d) { d.posts.rows()[1].subject = "数学"; }), Said{"error id_format posts[1].subject"});
}

TEST(DraftRefusal, RepeatedAndContradictingRows) {
    EXPECT_EQ(said_of([](Draft& d) { d.links.push_back(d.links.rows()[0]); }),
              Said{"warning repeated_row links[3].successor"});
    EXPECT_EQ(said_of([](Draft& d) { d.calendar.push_back(d.calendar.rows()[0]); }),
              Said{"warning repeated_row calendar[2].date"});
    EXPECT_EQ(said_of([](Draft& d) { d.calendar.push_back({.date = day("2025-10-01"), .kind = DayKind::work}); }),
              Said{"error contradicting_row calendar[2].kind"});
    const auto second_road = [](Distance second) {
        return said_of([&](Draft& d) {
            d.distances.push_back({.sender = "SZ", .receiver = "451024", .km = 800});
            d.distances.push_back(std::move(second));
        });
    };
    EXPECT_EQ(second_road({"SZ", "451024", 800}), Said{"warning repeated_row distances[1].receiver"});
    EXPECT_EQ(second_road({"SZ", "451024", 801}), Said{"error contradicting_row distances[1].km"});
    EXPECT_EQ(second_road({"SZ", "DB-H", 801}), Said{});
    EXPECT_EQ(second_road({"SZ-NS", "451024", 801}), Said{});
    EXPECT_EQ(said_of([](Draft& d) { d.terms.rows()[1].from = day("2026-01-23"); }),
              Said{"warning overlapping_window terms[1].from"});
    EXPECT_EQ(said_of([](Draft& d) { d.influence.rows()[0].to = "DB-H"; }), Said{"error lifts_itself influence[0].to"});
    EXPECT_EQ(said_of([](Draft& d) { d.mentors.push_back(d.mentors.rows()[0]); }),
              Said{"warning overlapping_window mentors[1].teacher"});
    EXPECT_EQ(said_of([](Draft& d) { d.counties.rows()[0].code = code("451000"); }).front(),
              "error not_a_county counties[0].code");
}

// ------------------------------------------------------------------------- time

TEST(CheckLaw, TakesAboutLinearTimeWhateverTheRowsHold) {
    const auto seconds = [](const Draft& draft, std::size_t least_findings) {
        const auto start = std::chrono::steady_clock::now();
        EXPECT_GE(check(draft).size(), least_findings);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    const std::size_t rows = 100'000;
    Draft same_ids = small_draft();
    Draft dangling = small_draft();
    Draft one_expert = small_draft();
    Draft long_ids = small_draft();
    one_expert.posts.rows()[1].max = 1'000'000;
    for (std::size_t i = 0; i < rows; ++i) {
        same_ids.posts.push_back({.id = "P1", .school = "DB-H"});
        dangling.posts.push_back({.id = "Q" + std::to_string(i), .school = "DB-" + std::to_string(i)});
        one_expert.staffing.push_back(
            {.expert = "SZ-0003", .post = "P2", .from = day("2025-09-01"), .to = day("2027-02-28")});
        one_expert.experts.rows()[2].avoids.push_back({Noun::post, "P1"});
        long_ids.teachers.push_back({.id = std::string(200, 'a') + std::to_string(i), .school = std::string(200, 'b')});
    }
    EXPECT_LT(seconds(same_ids, rows), 30);
    EXPECT_LT(seconds(dangling, rows), 30);
    EXPECT_LT(seconds(one_expert, rows), 30);
    EXPECT_LT(seconds(long_ids, rows), 30);
}

}  // namespace
