#include <countyplan/track/ledger.hpp>

#include <optional>
#include <tuple>

#include <gtest/gtest.h>

#include <countyplan/solve/random.hpp>

namespace countyplan {
namespace {

Day day(int number) { return *Day::parse("2025-01-01") + std::chrono::days(number); }

Draft one_county() {
    Draft draft;
    draft.name = "ledger";
    draft.period = {day(0), day(900)};
    County county;
    county.code = *Code::parse("451024");
    draft.counties.push_back(county);
    Goal goal;
    goal.id = "G";
    goal.county = county.code;
    draft.goals.push_back(goal);
    for (const char* id : {"T1", "T2", "T3"}) {
        Task task;
        task.id = id;
        task.county = county.code;
        task.goal = "G";
        draft.tasks.push_back(task);
    }
    return draft;
}

Fact fact(const std::string& id, int recorded, int valid, const std::string& task, const std::string& value,
          const std::string& retracts = {}) {
    Fact out;
    out.id = id;
    out.recorded_at = day(recorded);
    out.valid_at = day(valid);
    out.subject = {Noun::task, task};
    out.field = value.empty() ? "retraction" : "percent";
    out.value = value;
    out.retracts = retracts;
    return out;
}

std::string value_at(const Ledger& ledger, int valid, int recorded, const std::string& task = "T1") {
    const Id<Fact> found = ledger.find({Noun::task, task}, "percent", {day(valid), day(recorded)});
    return found ? ledger[found].value : "none";
}

TEST(Ledger, LateReportsNeverChangeWhatWasReportedBefore) {
    Draft draft = one_county();
    draft.ledger.push_back(fact("F1", 10, 10, "T1", "10"));
    draft.ledger.push_back(fact("F2", 30, 20, "T1", "20"));  // held on day 20, learnt on day 30
    const Ledger ledger{Plan(draft)};
    EXPECT_EQ(value_at(ledger, 9, 99), "none");
    EXPECT_EQ(value_at(ledger, 10, 10), "10");
    EXPECT_EQ(value_at(ledger, 25, 29), "10") << "the frozen report of day 29";
    EXPECT_EQ(value_at(ledger, 25, 30), "20");
    EXPECT_EQ(value_at(ledger, 15, 99), "10");
    EXPECT_EQ(value_at(ledger, 25, 99, "T2"), "none");
}

TEST(Ledger, CorrectionsAreRetractionsAndNewFacts) {
    Draft draft = one_county();
    draft.ledger.push_back(fact("F1", 10, 10, "T1", "10"));
    draft.ledger.push_back(fact("F2", 20, 15, "T1", "90"));
    draft.ledger.push_back(fact("F3", 30, 15, "T1", "", "F2"));    // takes it back
    draft.ledger.push_back(fact("F4", 40, 15, "T1", "19", "F1"));  // takes one back and says something new
    const Ledger ledger{Plan(draft)};
    EXPECT_EQ(value_at(ledger, 20, 25), "90");
    EXPECT_EQ(value_at(ledger, 20, 30), "10");
    EXPECT_EQ(value_at(ledger, 20, 40), "19");
    EXPECT_EQ(value_at(ledger, 12, 40), "none");
    EXPECT_EQ(ledger.history({Noun::task, "T1"}, "percent", {day(99), day(25)}),
              (std::vector<Id<Fact>>{Id<Fact>(0), Id<Fact>(1)}));
    EXPECT_EQ(ledger.history({Noun::task, "T1"}, "percent", {day(99), day(99)}), (std::vector<Id<Fact>>{Id<Fact>(3)}));
}

TEST(Ledger, TheLaterRowWinsAmongEqualDays) {
    Draft draft = one_county();
    draft.ledger.push_back(fact("F1", 10, 10, "T1", "10"));
    draft.ledger.push_back(fact("F2", 10, 10, "T1", "11"));
    EXPECT_EQ(value_at(Ledger{Plan(draft)}, 10, 10), "11");
    EXPECT_EQ(value_at(Ledger{Plan()}, 10, 10), "none");
}

TEST(LedgerLaw, AsOfAgreesWithANaiveScan) {
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        Draft draft = one_county();
        const auto count = random.between(0, 60);
        std::vector<int> recorded;
        for (int i = 0; i < count; ++i) {
            const int valid = static_cast<int>(random.between(0, 12));
            recorded.push_back(static_cast<int>(random.between(valid, 14)));
            Fact row = fact("F" + std::to_string(i), recorded.back(), valid, random.chance(1, 2) ? "T1" : "T2",
                            std::to_string(random.between(0, 100)));
            // A fact may take back any that was recorded by then.
            if (i > 0 && random.chance(seed % 4, 4)) {
                const auto target = static_cast<std::size_t>(random.below(static_cast<std::uint64_t>(i)));
                if (recorded[target] <= recorded.back()) {
                    row.retracts = "F" + std::to_string(target);
                    row.subject = draft.ledger[Id<Fact>(target)].subject;
                    if (random.chance(1, 2)) {
                        row.value.clear();
                        row.field = "retraction";
                    }
                }
            }
            draft.ledger.push_back(row);
        }
        const Plan plan(draft);
        const Ledger ledger(plan);
        for (int valid = -1; valid < 15; ++valid) {
            for (int known = -1; known < 16; ++known) {
                for (const char* task : {"T1", "T2", "T3"}) {
                    std::optional<std::tuple<Day, Day, Id<Fact>>> best;
                    for (const Id<Fact> id : draft.ledger.ids()) {
                        const Fact& row = draft.ledger[id];
                        if (row.subject.id != task || row.valid_at > day(valid) || row.recorded_at > day(known))
                            continue;
                        if (!row.retracts.empty() && row.value.empty()) continue;
                        bool gone = false;
                        for (const Fact& other : draft.ledger)
                            gone = gone || (other.retracts == row.id && other.recorded_at <= day(known));
                        if (!gone) best = std::max(best, std::optional(std::tuple(row.valid_at, row.recorded_at, id)));
                    }
                    const Id<Fact> found = ledger.find({Noun::task, task}, "percent", {day(valid), day(known)});
                    ASSERT_EQ(found, best ? std::get<2>(*best) : Id<Fact>()) << task << " " << valid << " " << known;
                    const auto history = ledger.history({Noun::task, task}, "percent", {day(valid), day(known)});
                    ASSERT_EQ(found, history.empty() ? Id<Fact>() : history.back());
                }
            }
        }
    }
}

}  // namespace
}  // namespace countyplan
