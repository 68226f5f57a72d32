#include <countyplan/allocate/pairing.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/plan/check.hpp>
#include <countyplan/solve/random.hpp>

#include "given/allocate.hpp"
#include "given/law.hpp"
#include "given/plan.hpp"

namespace countyplan {
namespace {

std::string told(const Verdict& v) { return v.place + ": " + text(v.why, Language::en); }

/// Guangdong's and Guangxi's pairing of cities up to 2020, a unit being one prefecture. Sources: Shenzhen for Baise and
/// Hechi (sz.people.com.cn 2020-08); Nanning with Maoming and Guilin with Zhaoqing until they moved to Shenzhen
/// for 2021-25 (hwsss.com 2021-05); Zhanjiang - Liuzhou, Jiangmen - Chongzuo, Zhaoqing - Hezhou, Maoming - Laibin
/// (the cities of 2021-25, neac.gov.cn 2022-08; that they were paired before 2021 is an inference). Distances are
/// great circles between the cities, rounded to 10 km from memory; only their presence matters here.
struct Event2021 {
    enum Sender : std::uint32_t { shenzhen, zhanjiang, jiangmen, zhaoqing, maoming };
    enum Receiver : std::uint32_t { baise, hechi, nanning, guilin, liuzhou, chongzuo, hezhou, laibin };

    PairingProblem problem{
        .senders = {{.id = "440300"}, {.id = "440800"}, {.id = "440700"}, {.id = "441200"}, {.id = "440900"}},
        .receivers = {{"451000"}, {"451200"}, {"450100"}, {"450300"}, {"450200"}, {"451400"}, {"451100"}, {"451300"}},
        .order = {PairingTier::unserved, PairingTier::changes, PairingTier::cost}};

    Event2021() {
        const std::int64_t km[5][8] = {{780, 660, 590, 510, 570, 680, 340, 530},
                                       {490, 410, 270, 440, 350, 350, 340, 300},
                                       {670, 550, 470, 420, 450, 550, 250, 420},
                                       {610, 490, 430, 330, 370, 510, 170, 350},
                                       {500, 410, 300, 400, 320, 370, 280, 290}};
        for (std::uint32_t s = 0; s < 5; ++s) {
            for (std::uint32_t r = 0; r < 8; ++r)
                problem.ties.push_back({.sender = s, .receiver = r, .km = km[s][r], .most = 1});
        }
        for (const auto& [s, r] :
             {std::pair(shenzhen, baise), std::pair(shenzhen, hechi), std::pair(maoming, nanning),
              std::pair(zhaoqing, guilin), std::pair(zhanjiang, liuzhou), std::pair(jiangmen, chongzuo),
              std::pair(zhaoqing, hezhou), std::pair(maoming, laibin)}) {
            tie(s, r).present = true;
        }
    }

    PairingTie& tie(Sender s, Receiver r) { return problem.ties[s * 8 + r]; }
};

TEST(PairingEvent2021, NanningAndGuilinMoveToShenzhenAndNobodyElseMoves) {
    Event2021 event;
    const PairingResult before = solve(event.problem);
    ASSERT_TRUE(verify(event.problem, before));
    EXPECT_EQ(changes(event.problem, before), PairingChanges{});  // nothing asks for a change

    event.tie(Event2021::shenzhen, Event2021::nanning).least = 1;
    event.tie(Event2021::shenzhen, Event2021::guilin).least = 1;
    const PairingResult after = solve(event.problem);
    ASSERT_TRUE(verify(event.problem, after)) << told(examine(event.problem, after));
    EXPECT_EQ(after.tiers[0], Int128(0));
    EXPECT_EQ(after.tiers[1], Int128(2));
    const PairingChanges moved = changes(event.problem, after);
    EXPECT_EQ(moved.begun, (std::vector<std::uint32_t>{Event2021::nanning, Event2021::guilin}));
    EXPECT_EQ(moved.ended, (std::vector<std::uint32_t>{Event2021::zhaoqing * 8 + Event2021::guilin,
                                                       Event2021::maoming * 8 + Event2021::nanning}));
    const std::vector<SenderLoad> load = loads(event.problem, after);
    EXPECT_EQ(load[Event2021::shenzhen].receivers, 4U);
    EXPECT_EQ(load[Event2021::maoming].receivers, 1U);
    EXPECT_EQ(load[Event2021::zhaoqing].receivers, 1U);

    const PairingProblem year_later = renewed(event.problem, after);
    EXPECT_EQ(changes(year_later, solve(year_later)), PairingChanges{});
}

TEST(PairingEvent2021, IsImpossibleWhereShenzhenCanTakeOnlyOneAndTheConflictSaysWho) {
    Event2021 event;
    event.problem.senders[Event2021::shenzhen].capacity = 1;
    event.tie(Event2021::shenzhen, Event2021::nanning).least = 1;
    event.tie(Event2021::shenzhen, Event2021::guilin).least = 1;
    const PairingResult result = solve(event.problem);
    EXPECT_EQ(result.termination, Termination::infeasible);
    EXPECT_TRUE(verify(event.problem, result)) << told(examine(event.problem, result));
    PairingResult wrong = result;
    wrong.conflict = {.receivers = {Event2021::baise}};
    EXPECT_EQ(examine(event.problem, wrong).place, "conflict");
    wrong.conflict = {.receivers = {99}};
    EXPECT_EQ(examine(event.problem, wrong).place, "conflict");
}

/// Two or three senders in a small tree, up to three receivers, amounts up to two.
PairingProblem random_problem(std::uint64_t seed) {
    Random random(seed);
    PairingProblem p;
    const std::size_t senders = 1 + random.below(3);
    for (std::size_t s = 0; s < senders; ++s) {
        PairingSender row{.id = "S" + std::to_string(s)};
        if (s > 0 && random.chance(1, 2)) row.parent = static_cast<std::uint32_t>(random.below(s));
        if (random.chance(2, 3)) row.capacity = random.between(0, 3);
        p.senders.push_back(row);
    }
    const std::size_t receivers = 1 + random.below(3);
    for (std::size_t r = 0; r < receivers; ++r)
        p.receivers.push_back({"R" + std::to_string(r), random.between(0, 2)});
    for (std::uint32_t s = 0; s < senders; ++s) {
        for (std::uint32_t r = 0; r < receivers; ++r) {
            if (random.chance(1, 4)) continue;
            PairingTie tie{.sender = s, .receiver = r, .km = random.between(0, 9)};
            tie.shares_language = random.chance(1, 2);
            tie.present = random.chance(1, 2);
            if (random.chance(1, 6)) tie.least = 1;
            if (random.chance(1, 2)) tie.most = random.between(tie.least, 2);
            p.ties.push_back(tie);
        }
    }
    p.weights = {random.between(0, 3), random.between(0, 3), random.between(0, 3)};
    if (random.chance(1, 2)) p.order = {PairingTier::unserved, PairingTier::changes, PairingTier::cost};
    return p;
}

/// The best tiers over all amounts, from the definitions; nothing where no amounts keep the rules.
std::optional<std::vector<std::int64_t>> best_by_exhaustion(const PairingProblem& p) {
    std::vector<std::int64_t> amount(p.ties.size(), 0);
    std::optional<std::vector<std::int64_t>> best;
    while (true) {
        bool fine = true;
        std::vector<std::int64_t> sent(p.senders.size(), 0);
        std::vector<std::int64_t> got(p.receivers.size(), 0);
        std::int64_t changed = 0;
        std::int64_t cost = 0;
        for (std::size_t t = 0; t < amount.size(); ++t) {
            const PairingTie& tie = p.ties[t];
            fine = fine && amount[t] >= tie.least && amount[t] <= tie.most.value_or(2);
            got[tie.receiver] += amount[t];
            for (std::uint32_t s = tie.sender; s != PairingSender::outermost; s = p.senders[s].parent)
                sent[s] += amount[t];
            changed += tie.present ? 0 : amount[t];
            cost += amount[t] * (tie.km * p.weights.distance + (tie.shares_language ? 0 : p.weights.language) +
                                 (tie.present ? 0 : p.weights.change));
        }
        for (std::size_t s = 0; s < sent.size(); ++s)
            fine = fine && (!p.senders[s].capacity || sent[s] <= *p.senders[s].capacity);
        std::int64_t unserved = 0;
        for (std::size_t r = 0; r < got.size(); ++r) {
            fine = fine && got[r] <= p.receivers[r].need;
            unserved += p.receivers[r].need - got[r];
        }
        std::vector<std::int64_t> value{unserved, cost};
        if (p.order.size() == 3) value = {unserved, changed, cost};
        if (fine && (!best || value < *best)) best = value;
        std::size_t t = 0;
        while (t < amount.size() && ++amount[t] == 3)
            amount[t++] = 0;
        if (t == amount.size()) return best;
    }
}

TEST(PairingLaw, AgreesWithExhaustionAndIsProved) {
    std::size_t impossible = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        const PairingProblem problem = random_problem(seed);
        const PairingResult result = solve(problem);
        ASSERT_TRUE(verify(problem, result)) << told(examine(problem, result));
        const auto best = best_by_exhaustion(problem);
        ASSERT_EQ(best.has_value(), result.termination == Termination::optimal);
        if (!best) {
            ++impossible;
            continue;
        }
        for (std::size_t t = 0; t < best->size(); ++t)
            ASSERT_EQ(result.tiers[t], Int128((*best)[t]));
    }
    EXPECT_GT(impossible, 0U);
}

TEST(PairingLaw, ExamineRefusesEveryBrokenAnswer) {
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        const PairingProblem problem = random_problem(seed);
        const PairingResult right = solve(problem);
        if (right.termination != Termination::optimal || right.amount.empty()) continue;
        Random random(seed);
        const std::size_t t = random.below(right.amount.size());
        PairingResult wrong = right;
        wrong.amount[t] += random.chance(1, 2) ? 1 : -1;
        EXPECT_FALSE(verify(problem, wrong));
        wrong = right;
        wrong.amount[t] = std::numeric_limits<std::int64_t>::max();
        const PairingTie& tie = problem.ties[t];
        EXPECT_EQ(examine(problem, wrong).place,
                  "tie:" + problem.senders[tie.sender].id + "/" + problem.receivers[tie.receiver].id);
        wrong = right;
        wrong.tiers[0] += 1;
        EXPECT_EQ(examine(problem, wrong).place, "unserved");
        wrong = right;
        wrong.receiver_price.pop_back();
        EXPECT_EQ(examine(problem, wrong).place, "receiver_price");
        wrong = right;
        wrong.conflict.home = true;
        EXPECT_EQ(examine(problem, wrong).place, "conflict");
    }
}

TEST(Pairing, WorthBoundsWhatOneMoreUnitOfCapacitySaves) {
    PairingProblem p{.senders = {{.id = "A", .capacity = 1}, {.id = "B"}},
                     .receivers = {{"R", 2}},
                     .ties = {{.sender = 0, .receiver = 0, .km = 100, .present = true},
                              {.sender = 1, .receiver = 0, .km = 700, .present = true}}};
    const PairingResult result = solve(p);
    EXPECT_EQ(loads(p, result)[0].worth, (std::vector<std::int64_t>{0, 600}));
    EXPECT_EQ(loads(p, result)[1].worth, (std::vector<std::int64_t>{0, 0}));
    EXPECT_EQ(covers(p, result)[0], (ReceiverCover{2, 2}));
    p.senders[0].capacity = 2;
    EXPECT_EQ(result.tiers[1] - solve(p).tiers[1], Int128(600));
}

TEST(Pairing, RefusesWhatIsNotAsDescribed) {
    const auto place = [](auto&& spoil) {
        PairingProblem p{.senders = {{.id = "A"}, {.id = "B", .parent = 0}},
                         .receivers = {{"R", 2}},
                         .ties = {{.sender = 0, .receiver = 0}, {.sender = 1, .receiver = 0}}};
        EXPECT_TRUE(examine(p).accepted);
        spoil(p);
        try {
            (void)solve(p);
        } catch (const InvalidProblem& refused) {
            return refused.place();
        }
        return std::string("accepted");
    };
    EXPECT_EQ(place([](PairingProblem& p) { p.senders[1].id = "A"; }), "senders[1].id");
    EXPECT_EQ(place([](PairingProblem& p) { p.receivers[0].id.clear(); }), "receivers[0].id");
    EXPECT_EQ(place([](PairingProblem& p) { p.senders[1].parent = 1; }), "senders[1].parent");
    EXPECT_EQ(place([](PairingProblem& p) { p.senders[0].capacity = -1; }), "senders[0].capacity");
    EXPECT_EQ(place([](PairingProblem& p) { p.receivers[0].need = -1; }), "receivers[0].need");
    EXPECT_EQ(place([](PairingProblem& p) { p.ties[1].sender = 0; }), "ties[1]");
    EXPECT_EQ(place([](PairingProblem& p) { p.ties[1].sender = 7; }), "ties[1].sender");
    EXPECT_EQ(place([](PairingProblem& p) { p.ties[1].km = 20016; }), "ties[1].km");
    EXPECT_EQ(place([](PairingProblem& p) { p.ties[1].least = -1; }), "ties[1].least");
    EXPECT_EQ(place([](PairingProblem& p) {
                  p.ties[1].least = 2;
                  p.ties[1].most = 1;
              }),
              "ties[1].most");
    EXPECT_EQ(place([](PairingProblem& p) { p.weights.change = -1; }), "weights.change");
    EXPECT_EQ(place([](PairingProblem& p) { p.order = {PairingTier::cost}; }), "order");
    EXPECT_EQ(place([](PairingProblem& p) { p.order = {PairingTier::unserved, PairingTier::unserved}; }), "order");
}

TEST(PairingProblem, IsReadFromAPlan) {
    const Plan plan(given::small_draft());
    const PairingProblem cities = pairing_problem(plan);
    ASSERT_EQ(cities.senders.size(), 1U);
    EXPECT_EQ(cities.senders[0], (PairingSender{"SZ", PairingSender::outermost, 6}));  // six experts, quota 8
    ASSERT_EQ(cities.receivers.size(), 1U);
    EXPECT_EQ(cities.receivers[0], (PairingReceiver{"451024", 6}));
    ASSERT_EQ(cities.ties.size(), 1U);
    EXPECT_FALSE(cities.ties[0].present);  // the district is paired, not the city

    const PairingProblem districts = pairing_problem(plan, {.level = SenderKind::district});
    ASSERT_EQ(districts.senders.size(), 2U);
    EXPECT_EQ(districts.senders[1].parent, 0U);
    EXPECT_TRUE(districts.ties[0].present);
    EXPECT_GT(districts.ties[0].km, 700);
    EXPECT_LT(districts.ties[0].km, 800);
    Draft by_road = plan.draft();
    by_road.distances.push_back({.sender = "SZ", .receiver = "451024", .km = 905});
    EXPECT_EQ(pairing_problem(Plan(by_road)).ties[0].km, 905);
    EXPECT_EQ(pairing_problem(Plan(by_road), {.level = SenderKind::district}).ties[0].km, 905);

    const PairingProblem partners =
        pairing_problem(plan, {.unit = PairingUnit::partner,
                               .level = SenderKind::district,
                               .most = 3,
                               .languages = {{"SZ-NS", {"cantonese"}}, {"451024", {"zhuang"}}}});
    EXPECT_EQ(partners.receivers[0].need, 1);
    EXPECT_EQ(partners.senders[1].capacity, 3);
    EXPECT_FALSE(partners.ties[0].shares_language);
    EXPECT_THROW((void)pairing_problem(plan, {.under = "XX"}), InvalidProblem);
}

TEST(PairingProblem, TiesABoundSenderToItsRequiredReceiversAlone) {
    Draft draft = given::small_draft();
    draft.counties.push_back({.code = given::code("451026"), .lat = 23.39, .lng = 105.84});
    draft.schools.push_back({.id = "NP-H", .county = given::code("451026")});
    draft.posts.push_back({.id = "P9", .school = "NP-H"});
    draft.pairings.push_back({.sender = "SZ", .receiver = "NP-H", .kind = PairingKind::school, .required = true});
    const Plan plan(draft);
    const PairingProblem problem = pairing_problem(plan);
    ASSERT_EQ(problem.ties.size(), 1U);
    EXPECT_EQ(problem.receivers[problem.ties[0].receiver].id, "451026");
    EXPECT_TRUE(problem.ties[0].present);
}

TEST(PairingLaw, RenewedPairingsArePresentFromThatDayOn) {
    std::size_t begun = 0;
    std::size_t ended = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::small_draft(seed, {6, 5});
        const PairingOptions options{.as_of = given::day(seed % 2 == 0 ? "2024-11-01" : "2025-02-01"),
                                     .unit = static_cast<PairingUnit>(seed / 2 % 2),
                                     .level = seed / 4 % 2 == 0 ? SenderKind::city : SenderKind::district,
                                     .most = 1};
        if (has_errors(check(draft))) continue;
        const Plan plan(draft);
        const PairingProblem problem = pairing_problem(plan, options);
        const PairingResult result = solve(problem);
        ASSERT_TRUE(verify(problem, result));
        draft.pairings = renewed_pairings(plan, problem, result, options);
        ASSERT_FALSE(has_errors(check(draft)));
        const PairingProblem later = pairing_problem(Plan(draft), options);
        for (const PairingTie& tie : later.ties) {
            const std::string& sender = later.senders[tie.sender].id;
            const std::string& receiver = later.receivers[tie.receiver].id;
            bool was_tied = false;
            std::int64_t served = 0;  // by the sender; and where rows of one above hold for all below, by any of them
            for (std::size_t t = 0; t < problem.ties.size(); ++t) {
                const PairingTie& before = problem.ties[t];
                const bool is_it = problem.senders[before.sender].id == sender;
                was_tied = was_tied || (is_it && problem.receivers[before.receiver].id == receiver);
                const bool above = tie.present && options.level == SenderKind::district && sender != "MM";
                if ((is_it || above) && problem.receivers[before.receiver].id == receiver) served += result.amount[t];
            }
            if (!was_tied) continue;  // free again, for what was required of the sender has ended
            ASSERT_EQ(tie.present, served > 0) << sender << " " << receiver;
        }
        begun += changes(problem, result).begun.size();
        ended += changes(problem, result).ended.size();
    }
    EXPECT_GT(begun, 0U);
    EXPECT_GT(ended, 0U);
}

TEST(Pairing, RenewedPairingsEndTheDayBeforeAndLeaveOthersAlone) {
    Draft draft = given::small_draft();  // SZ-NS stands behind 451024
    draft.pairings.push_back({.sender = "SZ", .receiver = "DB-H", .kind = PairingKind::outside});
    const Plan plan(draft);
    const PairingOptions options{.as_of = given::day("2026-09-01"), .level = SenderKind::district};
    const PairingProblem problem = pairing_problem(plan, options);
    ASSERT_EQ(problem.ties.size(), 1U);
    PairingResult result = solve(problem);
    ASSERT_GT(result.amount[0], 0);
    EXPECT_EQ(renewed_pairings(plan, problem, result, options), draft.pairings);  // nothing changes
    result.amount[0] = 0;
    const auto ended = renewed_pairings(plan, problem, result, options);
    ASSERT_EQ(ended.size(), 2U);
    EXPECT_EQ(ended.rows()[0].to, given::day("2026-08-31"));
    EXPECT_EQ(ended.rows()[1], draft.pairings.rows()[1]);
    draft.pairings.rows()[0].from = given::day("2026-09-01");
    EXPECT_EQ(renewed_pairings(Plan(draft), problem, result, options).size(), 1U);  // it never began

    const PairingOptions of_city{.as_of = given::day("2026-09-01")};
    const PairingProblem cities = pairing_problem(plan, of_city);
    const auto begun = renewed_pairings(plan, cities, solve(cities), of_city);
    ASSERT_EQ(begun.size(), 3U);
    EXPECT_EQ(
        begun.rows()[2],
        (Pairing{.sender = "SZ", .receiver = "451024", .kind = PairingKind::city, .from = given::day("2026-09-01")}));
}

}  // namespace
}  // namespace countyplan
