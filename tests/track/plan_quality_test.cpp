#include <countyplan/track/plan_quality.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"

namespace countyplan {
namespace {

using Tasks = std::vector<std::uint32_t>;

/// One project whose every day is worked; boundaries count from its first morning.
struct Net {
    CriticalPathProblem problem{};
    std::int64_t zero = 0;

    explicit Net(const std::vector<std::int64_t>& durations) {
        const Day first = *Day::parse("2025-01-01");
        problem.calendars = {Calendar(first, std::vector<bool>(3000, true), std::nullopt)};
        problem.projects = {{.start = first}};
        zero = problem.calendars[0].rank(first);
        for (const std::int64_t d : durations)
            problem.tasks.emplace_back().duration = d;
    }
    [[nodiscard]] PlanQuality judged(const QualityFacts& facts = {}, const QualityLimits& limits = {}) const {
        return plan_quality(problem, solve(problem), facts, 0, limits);
    }
};

void expect(const QualityAnswer& answer, std::int64_t numerator, std::int64_t denominator, const Tasks& tasks,
            std::optional<bool> passes) {
    SCOPED_TRACE(std::string(name(answer.check)));
    EXPECT_EQ(answer.numerator, numerator);
    EXPECT_EQ(answer.denominator, denominator);
    EXPECT_EQ(answer.tasks, tasks);
    EXPECT_EQ(answer.passes(), passes);
}

/// A(10) done; B(50) after A; C(5) beside B; D(3) after both; E(4) on its own. By hand.
Net five() {
    Net net({10, 50, 5, 3, 4});
    net.problem.links = {{0, 1}, {0, 2, LinkKind::start_start, 2}, {1, 3, LinkKind::finish_start, -1}, {2, 3}};
    net.problem.data_date = net.problem.projects[0].start + std::chrono::days(11);  // boundary 12
    net.problem.tasks[0].actual_start = net.zero;
    net.problem.tasks[0].actual_finish = net.zero + 12;
    net.problem.tasks[1].finish_no_later = net.zero + 60;
    return net;
}

TEST(PlanQuality, CountsByHandWhatEachCheckCounts) {
    const Net net = five();
    QualityFacts facts;
    facts.is_assigned = {0, 1, 1, 0, 1};
    facts.has_invalid_dates = {1, 0, 0, 0, 0};
    facts.agreed_finish = {net.zero + 10, net.zero + 60, net.zero + 12, net.zero + 62, std::nullopt};
    const PlanQuality out = net.judged(facts);
    ASSERT_EQ(out.answers.size(), 14U);
    expect(out[QualityCheck::missing_logic], 2, 4, {3, 4}, false);
    expect(out[QualityCheck::leads], 1, 4, {3}, false);
    expect(out[QualityCheck::lags], 1, 4, {2}, false);
    expect(out[QualityCheck::finish_start], 3, 4, {2}, false);
    expect(out[QualityCheck::hard_constraints], 1, 4, {1}, false);
    expect(out[QualityCheck::high_float], 1, 4, {4}, false);
    expect(out[QualityCheck::negative_float], 1, 4, {1}, false);
    expect(out[QualityCheck::long_duration], 1, 4, {1}, false);
    expect(out[QualityCheck::invalid_dates], 1, 5, {0}, false);
    expect(out[QualityCheck::unassigned], 1, 4, {3}, false);
    expect(out[QualityCheck::missed], 2, 2, {0, 2}, false);
    expect(out[QualityCheck::critical_path], 600, 600, {1}, true);
    // The end is boundary 12 + 50 - 1 + 3 = 64, agreed was 62: (52 - 2) / 52.
    expect(out[QualityCheck::cpli], 50, 52, {}, true);
    expect(out[QualityCheck::bei], 1, 2, {2}, false);
    EXPECT_EQ(text(sentence(out[QualityCheck::cpli]), Language::en),
              "critical path length index: 0.96, at least 0.95 is needed");
    EXPECT_EQ(text(sentence(out[QualityCheck::finish_start]), Language::en),
              "finish-to-start links: 3 of 4, at least 90% are needed");
    EXPECT_EQ(text(sentence(out[QualityCheck::leads]), Language::zh), "提前量：1/4，不得超过 0%");
}

TEST(PlanQuality, TakesItsLimitsAsData) {
    QualityLimits limits;
    limits.limit[static_cast<std::size_t>(QualityCheck::leads)] = 0.25;
    limits.long_days = 50;
    limits.test_days = 30;
    const PlanQuality out = five().judged({}, limits);
    expect(out[QualityCheck::leads], 1, 4, {3}, true);
    expect(out[QualityCheck::long_duration], 0, 4, {}, true);
    expect(out[QualityCheck::critical_path], 30, 30, {1}, true);
}

TEST(PlanQuality, HasNoAnswerWhereThereIsNothingToDivideBy) {
    const PlanQuality out = Net({}).judged();
    for (const QualityAnswer& answer : out.answers) {
        EXPECT_FALSE(answer.value().has_value()) << name(answer.check);
        EXPECT_FALSE(answer.passes().has_value());
    }
    EXPECT_EQ(text(sentence(out[QualityCheck::bei]), Language::en),
              "baseline execution index: there is nothing to compute it from");
    EXPECT_FALSE(five().judged()[QualityCheck::unassigned].value().has_value());
    EXPECT_FALSE(five().judged()[QualityCheck::missed].value().has_value()) << "without a baseline";
    EXPECT_EQ(five().judged()[QualityCheck::cpli].value(), 1.0) << "nothing was agreed or set";
}

TEST(PlanQuality, SeesAnEndThatDoesNotMoveWithItsCriticalPath) {
    // A mandatory date holds the last task where it is: the delay of its predecessor cannot pass on.
    Net net({5, 5});
    net.problem.links = {{0, 1}};
    net.problem.tasks[1].mandatory_start = net.zero + 5;
    expect(net.judged()[QualityCheck::critical_path], 0, 600, {0}, false);
    net.problem.tasks[1].mandatory_start.reset();
    expect(net.judged()[QualityCheck::critical_path], 600, 600, {0}, true);
}

TEST(PlanQuality, CountsTheFinishSetWhereNothingElseWasAgreed) {
    Net net({10});
    net.problem.projects[0].finish = *Day::parse("2025-01-08");
    expect(net.judged()[QualityCheck::cpli], 8, 10, {}, false);
}

TEST(PlanQualityRefusal, NamesListsOfTheWrongLength) {
    const Net net = five();
    QualityFacts facts;
    facts.is_assigned = {1};
    EXPECT_THROW((void)net.judged(facts), InvalidProblem);
    EXPECT_THROW((void)plan_quality(net.problem, solve(net.problem), {}, 1), InvalidProblem);
}

TEST(PlanQuality, OfACountyReadsOwnersFactsAndTheBaseline) {
    Draft draft;
    draft.period = {*Day::parse("2025-09-01"), *Day::parse("2026-08-31")};
    for (const char* code : {"451024", "451027"}) {
        County county;
        county.code = *Code::parse(code);
        draft.counties.push_back(county);
        Goal goal;
        goal.id = std::string("G") + code;
        goal.county = county.code;
        draft.goals.push_back(goal);
        for (const char* letter : {"A", "B"}) {
            Task task;
            task.id = std::string(letter) + code;
            task.county = county.code;
            task.goal = goal.id;
            task.duration = WorkDays(5);
            task.owner = *letter == 'A' ? "L-01" : "";
            draft.tasks.push_back(task);
        }
        Link link;
        link.predecessor = std::string("A") + code;
        link.successor = std::string("B") + code;
        draft.links.push_back(link);
    }
    const Plan agreed(draft);
    const Baseline baseline("B1", *Day::parse("2025-08-20"), agreed, schedule(agreed));
    const auto report = [&](const char* field, const char* value, const char* on) {
        Fact fact;
        fact.id = std::string(field) + on;
        fact.recorded_at = fact.valid_at = *Day::parse(on);
        fact.subject = {Noun::task, "A451024"};
        fact.field = field;
        fact.value = value;
        draft.ledger.push_back(fact);
    };
    report("started", "2025-09-01", "2025-09-01");
    report("finished", "2026-01-05", "2025-09-08");  // in the future
    const Plan plan(draft);
    const AsOf day{*Day::parse("2025-09-12"), *Day::parse("2025-09-12")};
    const PlanQuality out = plan_quality(plan, schedule(Ledger(plan), day), &baseline)[Id<County>(0)];
    expect(out[QualityCheck::missing_logic], 2, 2, {0, 1}, false);
    expect(out[QualityCheck::unassigned], 1, 2, {1}, false);
    expect(out[QualityCheck::invalid_dates], 1, 2, {0}, false);
    expect(out[QualityCheck::missed], 2, 2, {0, 1}, false);
    expect(out[QualityCheck::bei], 0, 2, {0, 1}, false);
    EXPECT_EQ(out[QualityCheck::cpli].numerator, 0) << "the agreed end is the data date";
    const PlanQuality other = plan_quality(plan, schedule(Ledger(plan), day))[Id<County>(1)];
    expect(other[QualityCheck::unassigned], 1, 2, {3}, false);
    expect(other[QualityCheck::invalid_dates], 0, 2, {}, true);
    expect(other[QualityCheck::critical_path], 600, 600, {2}, true);
}

TEST(PlanQualityLaw, TheEndOfANetworkWithoutBoundsMovesByWhatACriticalTaskIsDelayed) {
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        Net net({});
        const auto n = static_cast<std::uint32_t>(random.between(1, 9));
        for (std::uint32_t i = 0; i < n; ++i)
            net.problem.tasks.emplace_back().duration = random.between(0, 60);
        std::int64_t forward = 0;
        for (std::uint32_t i = 0; i < n; ++i) {
            for (std::uint32_t j = i + 1; j < n; ++j) {
                if (!random.chance(1, 3)) continue;
                net.problem.links.push_back({i, j, LinkKind::finish_start, random.between(-5, 5)});
                forward += net.problem.links.back().lag > 0 ? 1 : 0;
            }
        }
        const PlanQuality out = net.judged();
        expect(out[QualityCheck::critical_path], 600, 600, out[QualityCheck::critical_path].tasks, true);
        ASSERT_EQ(out[QualityCheck::critical_path].tasks.size(), 1U);
        const auto result = solve(net.problem);
        ASSERT_TRUE(result.tasks[out[QualityCheck::critical_path].tasks[0]].on_longest_path);
        ASSERT_EQ(out[QualityCheck::lags].numerator, forward);
        std::int64_t high = 0;
        for (const CriticalPathDates& dates : result.tasks)
            high += *dates.total_float > 44 ? 1 : 0;
        ASSERT_EQ(out[QualityCheck::high_float].numerator, high);
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace countyplan
