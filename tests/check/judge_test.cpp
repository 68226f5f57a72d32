#include "../../src/check/judge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/fairness.hpp>
#include <countyplan/allocate/fairness_price.hpp>
#include <countyplan/solve/random.hpp>

#include "../../src/check/messages.hpp"
#include "expect/verdict.hpp"
#include "given/allocate.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

/// The answer with all that a result says beside it.
AllocationReading stated(const Plan& plan, const Allocation& allocation) {
    AllocationReading out{.allocation = allocation, .rules = rule_coverage(plan)};
    for (SetBound bound : conflict(plan, allocation)) {
        if (bound.bound == CountedSet::unlimited) bound.bound = static_cast<std::int64_t>(plan.rows().experts.size());
        out.conflict.push_back({bound, describe(plan, bound)});
    }
    if (allocation.termination != Termination::optimal && allocation.termination != Termination::feasible) return out;
    for (const CountyCover& cover : county_covers(plan, allocation.staffing))
        out.counties.push_back({to_text(plan.rows().counties[cover.county].code), cover.serving, cover.wanted});
    return out;
}

/// What a result says of fairness.
StatedFairness stated(const Plan& plan, const FairnessPrice& price) {
    StatedFairness out{.plan = plan.digests().plan,
                       .termination = price.termination,
                       .cause = price.cause,
                       .tiers = price.tiers,
                       .objective = price.other_plan.rows().objective,
                       .claim = price.other.claim,
                       .staffing = price.other.staffing,
                       .prices = price.other.prices};
    for (std::size_t c = 0; c < price.fair.size(); ++c) {
        out.counties.push_back({to_text(plan.rows().counties[price.fair[c].county].code), price.fair[c].wanted,
                                price.fair[c].serving, price.unfair[c].serving});
    }
    return out;
}

struct Judgement {
    Objected objection;
    std::vector<std::string> said;  ///< codes of what holds
};

Judgement judged(const Plan& plan, const AllocationReading& reading) {
    Judgement out;
    out.objection = judge(plan, reading, [&](const Message& what) { out.said.emplace_back(what.code()); });
    return out;
}

Judgement judged(const Plan& plan, const Allocation& allocation) { return judged(plan, stated(plan, allocation)); }

std::string told(const Objected& objection) {
    if (!objection) return "accepted";
    return objection->file + " " + objection->key + ": " + text(objection->why, Language::en);
}

using expect::told;

/// Rules that keep some pairs away and like others.
AllocateOptions with_rules(std::uint64_t seed) {
    AllocateOptions out;
    out.rules.allows = [seed](Id<Expert> expert, Id<Post> post) {
        return (seed + expert.value() * 5 + post.value() * 3) % 7 != 0;
    };
    out.rules.factors.push_back(
        {"local", static_cast<std::int64_t>(seed % 300), [](Id<Expert> expert, Id<Post> post) {
             return Measure{static_cast<double>((expert.value() * 7 + post.value()) % 900), 2.5};
         }});
    return out;
}

Allocation answer_of(const Plan& plan, std::uint64_t seed) {
    if (seed % 11 == 5) {
        Stop stop;
        stop.step_limit = static_cast<std::int64_t>(seed % 4);
        return allocate(plan, {}, stop);
    }
    return seed % 3 == 1 ? allocate(plan, with_rules(seed)) : allocate(plan);
}

// ---------------------------------------------------------------------------------------------------------------------
// one answer, spoilt by hand

/// Two senders under a city, a county that is short, quotas on both sides, one who must serve, all ten tiers.
Draft all_tiers() {
    Draft draft;
    draft.name = "ten";
    draft.period = {given::day("2024-09-01"), given::day("2026-02-28")};
    draft.counties.push_back({.code = *Code::parse("451024"), .lat = 23.33, .lng = 106.62});
    draft.counties.push_back({.code = *Code::parse("451026"), .lat = 23.42, .lng = 105.83});
    draft.schools.push_back({.id = "DB-1", .county = *Code::parse("451024"), .assisted = true});
    draft.schools.push_back({.id = "NP-1", .county = *Code::parse("451026"), .assisted = true});
    draft.senders.push_back({.id = "SZ", .quota_total = 4, .lat = 22.55, .lng = 114.06});
    draft.senders.push_back({.id = "LG", .kind = SenderKind::district, .parent = "SZ", .quota_teacher = 2});
    draft.senders.push_back({.id = "BA", .kind = SenderKind::district, .parent = "SZ", .lat = 22.6, .lng = 113.9});
    draft.posts.push_back({.id = "P-1", .school = "DB-1", .subject = "maths", .min = 1, .target = 3, .max = 3});
    draft.posts.push_back({.id = "P-2",
                           .school = "DB-1",
                           .role = Role::mid_level,
                           .min = 1,
                           .target = 1,
                           .max = 2,
                           .priority = 4,
                           .critical = true});
    draft.posts.push_back({.id = "P-3", .school = "NP-1", .min = 1, .target = 2, .max = 2, .priority = 2});
    draft.posts.push_back({.id = "P-4", .school = "NP-1", .subject = "music", .min = 1, .target = 1, .max = 1});
    const auto expert = [&draft](const char* id, const char* sender, std::vector<Role> roles) {
        draft.experts.push_back({.id = id, .sender = sender, .roles = std::move(roles), .subjects = {"maths"}});
        draft.experts.rows().back().years = static_cast<std::int64_t>(draft.experts.size());
    };
    expert("E-1", "LG", {Role::teacher});
    expert("E-2", "LG", {Role::teacher, Role::mid_level});
    expert("E-3", "LG", {Role::teacher});
    expert("E-4", "BA", {Role::mid_level});
    expert("E-5", "BA", {Role::teacher});
    expert("E-6", "BA", {Role::teacher});
    draft.experts.rows()[0].prefers = {{Noun::county, "451026"}};
    draft.staffing.push_back({"E-5", "P-1", given::day("2024-09-01"), given::day("2026-02-28")});
    draft.quotas.push_back({.id = "Q-1", .holder = {Noun::county, "451024"}, .lower = 1, .upper = 2});
    draft.quotas.push_back({.id = "Q-2", .holder = {Noun::sender, "BA"}, .lower = 1, .upper = 3});
    draft.decisions.push_back(
        {.id = "D-1", .kind = DecisionKind::require, .who = {Noun::expert, "E-6"}, .where = {Noun::school, "NP-1"}});
    draft.rules.push_back({.id = "R-1",
                           .kind = RuleKind::team_size,
                           .severity = Severity::warning,
                           .parameters = {{"min", 1}, {"max", 12}}});
    draft.rules.push_back({.id = "R-2",
                           .kind = RuleKind::staff_term,
                           .severity = Severity::warning,
                           .parameters = {{"min_months", 1}, {"max_months", 90}}});
    draft.rules.push_back({.id = "R-3", .kind = RuleKind::one_plan_per_county, .severity = Severity::warning});
    draft.rules.push_back(
        {.id = "R-4", .kind = RuleKind::mentor_load, .severity = Severity::warning, .parameters = {{"max", 3}}});
    draft.objective = {
        Tier::critical_shortfall, Tier::county_cover, Tier::sender_load,        Tier::moves,  Tier::graded_shortfall,
        Tier::shortfall,          Tier::hardship,     Tier::weighted_shortfall, Tier::wishes, Tier::fit};
    return draft;
}

/// One way of spoiling, and how the last line must begin.
struct Spoiling {
    const char* what;
    std::function<void(AllocationReading&)> spoil;
    const char* begins;
};

SetPrice* price_of(AllocationReading& reading, const std::string& set) {
    const auto found = std::ranges::find(reading.allocation.prices, set, &SetPrice::set);
    return found == reading.allocation.prices.end() ? nullptr : &*found;
}

void expect_refused(const Plan& plan, const AllocationReading& right, const std::vector<Spoiling>& table) {
    ASSERT_EQ(told(judged(plan, right).objection), "accepted");
    for (const Spoiling& row : table) {
        SCOPED_TRACE(row.what);
        AllocationReading reading = right;
        row.spoil(reading);
        ASSERT_FALSE(reading.allocation == right.allocation && reading.conflict == right.conflict &&
                     reading.counties == right.counties && reading.rules == right.rules &&
                     reading.fairness == right.fairness);
        const Objected objection = judged(plan, reading).objection;
        ASSERT_TRUE(objection.has_value());
        EXPECT_TRUE(told(objection).starts_with(row.begins)) << told(objection);
        EXPECT_FALSE(text(objection->why, Language::zh).empty());
    }
}

TEST(Judge, NamesWhatIsWrongInABestAnswer) {
    const Plan plan(all_tiers());
    const Allocation best = allocate(plan);
    ASSERT_EQ(best.termination, Termination::optimal);
    ASSERT_TRUE(verify(plan, best)) << told(examine(plan, best));
    ASSERT_EQ(best.tiers.size(), enumerator_count<Tier> - user_tiers);
    const AllocationReading right = stated(plan, best);
    ASSERT_FALSE(best.unfilled.empty());
    ASSERT_FALSE(best.scarce.empty());
    const auto at = [](AllocationReading& r, const char* expert) {
        return std::ranges::find(r.allocation.staffing.rows(), expert, &Posting::expert);
    };
    const std::string first = best.staffing.rows().front().expert;
    const auto where = std::ranges::find(best.unfilled, true, [](const Unfilled& u) { return u.group.has_value(); });
    ASSERT_NE(where, best.unfilled.end());
    const auto short_post = static_cast<std::size_t>(where - best.unfilled.begin());
    const auto a = [](AllocationReading& r) -> Allocation& { return r.allocation; };
    std::vector<Spoiling> table{
        {"an unknown expert", [&](auto& r) { a(r).staffing.rows()[0].expert = "NOBODY"; },
         "staffing.csv expert:NOBODY: the plan has no such expert"},
        {"an unknown post", [&](auto& r) { a(r).staffing.rows()[0].post = "NOWHERE"; },
         "staffing.csv post:NOWHERE: the plan has no such post"},
        {"posted twice", [&](auto& r) { a(r).staffing.push_back(a(r).staffing.rows()[0]); }, "staffing.csv expert:E-"},
        {"may not serve there", [&](auto& r) { at(r, "E-6")->post = "P-1"; },
         "staffing.csv expert:E-6: this person may not serve in post 'P-1' (D-1)"},
        {"other dates", [&](auto& r) { a(r).staffing.rows()[0].to = given::day("2026-02-27"); },
         "staffing.csv expert:E-"},
        {"at home who must serve", [&](auto& r) { a(r).staffing.rows().erase(at(r, "E-6")); },
         "staffing.csv must:E-6: decision 'D-1' obliges this person"},
        {"digest of another plan", [&](auto& r) { a(r).digests.plan = a(r).digests.staffing; },
         "result.json digests.plan: "},
        {"digest of another staffing", [&](auto& r) { a(r).digests.staffing = a(r).digests.plan; },
         "result.json digests.staffing: "},
        {"stopped and proved", [&](auto& r) { a(r).cause = Cause::time; }, "result.json cause: "},
        {"claims a bound", [&](auto& r) { a(r).claim = Claim::bounded; }, "result.json claim: "},
        {"unbounded", [&](auto& r) { a(r).termination = Termination::unbounded; }, "result.json termination: "},
        {"infeasible with a staffing", [&](auto& r) { a(r).termination = Termination::infeasible; },
         "staffing.csv expert:E-"},
        {"a tier left out", [&](auto& r) { a(r).tiers.pop_back(); }, "result.json tiers: "},
        {"tiers in another order", [&](auto& r) { std::swap(a(r).tiers[0], a(r).tiers[1]); },
         "result.json tiers.critical_shortfall: "},
        {"a post left out", [&](auto& r) { a(r).unfilled.pop_back(); }, "result.json unfilled"},
        {"a post named wrongly", [&](auto& r) { a(r).unfilled[0].post = "P-9"; }, "result.json unfilled[0]: "},
        {"less missing", [&](auto& r) { a(r).unfilled[0].short_of_target -= 1; }, "result.json post:P-"},
        {"another loss", [&](auto& r) { a(r).unfilled[0].loss[2] += 1; }, "result.json post:P-"},
        {"no loss", [&](auto& r) { a(r).unfilled[0].loss.clear(); }, "result.json post:P-"},
        {"no reason", [&](auto& r) { a(r).unfilled[0].reason = {}; }, "result.json post:P-"},
        {"a reason without its number",
         [&](auto& r) { a(r).unfilled[short_post].reason = message::checker_out_of_memory; }, "result.json post:P-"},
        {"no such group", [&](auto& r) { a(r).unfilled[short_post].group = 99; }, "result.json post:P-"},
        {"a group of another kind", [&](auto& r) { a(r).scarce[0].below_min = !a(r).scarce[0].below_min; },
         "result.json "},
        {"a need that is not there", [&](auto& r) { a(r).scarce[0].need += Int128(1); }, "result.json scarce[0]: "},
        {"more qualified", [&](auto& r) { a(r).scarce[0].qualified += 1; }, "result.json scarce[0]: "},
        {"a smaller supply", [&](auto& r) { a(r).scarce[0].supply -= 1; }, "result.json scarce[0]: "},
        {"an unknown post in a group", [&](auto& r) { a(r).scarce[0].posts.push_back("P-9"); },
         "result.json scarce[0]: "},
        {"a group that is not scarce",
         [&](auto& r) {
             a(r).scarce.push_back({.posts = {"P-3"}, .below_min = true, .need = 1, .qualified = 4, .supply = 3});
         },
         "result.json scarce["},
        {"an unknown price", [&](auto& r) { a(r).prices[0].set = "sender:XX"; }, "certificate.json sender:XX: "},
        {"a price twice", [&](auto& r) { a(r).prices.push_back(a(r).prices[0]); }, "certificate.json "},
        {"a narrow price", [&](auto& r) { a(r).prices[0].value.pop_back(); }, "certificate.json "},
        {"a county's number", [&](auto& r) { r.counties[1].serving += 1; }, "result.json counties[1]: "},
        {"a county's wants", [&](auto& r) { r.counties[0].wanted -= 1; }, "result.json counties[0]: "},
        {"a county left out", [&](auto& r) { r.counties.pop_back(); }, "result.json counties: "},
        {"a quota of a sender too many", [&](auto& r) { ++r.rules.sender_quotas; },
         "result.json rules.sender_quotas: "},
        {"a quota left out", [&](auto& r) { --r.rules.quotas; }, "result.json rules.quotas: "},
        {"a decision too many", [&](auto& r) { ++r.rules.decisions; }, "result.json rules.decisions: "},
        {"a term that is not kept", [&](auto& r) { r.rules.terms.push_back("R-2"); }, "result.json rules.terms: "},
        {"a rule said to be kept", [&](auto& r) { r.rules.left_out.pop_back(); }, "result.json rules.left_out[2]: "},
        {"another kind of rule", [&](auto& r) { r.rules.left_out[0].kind = RuleKind::mentor_load; },
         "result.json rules.left_out[0]: "},
        {"a rule left out for no reason", [&](auto& r) { r.rules.left_out[1].reason = {}; },
         "result.json rules.left_out[1]: "},
        {"a conflict",
         [&](auto& r) {
             r.conflict.push_back({{"quota:Q-1", true, 1}, {}});
         },
         "result.json conflict: "},
    };
    for (std::size_t t = 0; t < best.tiers.size(); ++t) {
        table.push_back({Enumerators<Tier>::words[static_cast<std::size_t>(best.tiers[t].tier)].code.data(),
                         [&a, t](auto& r) { a(r).tiers[t].value += Int128(1); }, "result.json tiers."});
    }
    expect_refused(plan, right, table);
}

TEST(Judge, NamesWhatIsWrongInAPriceOfFairness) {
    for (const bool is_fair : {true, false}) {
        Draft draft = all_tiers();
        if (!is_fair) std::erase(draft.objective, Tier::county_cover);
        const Plan plan(draft);
        const Allocation best = allocate(plan);
        const FairnessPrice price = price_of_fairness(plan, best);
        ASSERT_EQ(price.termination, Termination::optimal);
        AllocationReading right = stated(plan, best);
        right.fairness = stated(plan, price);
        const Judgement all = judged(plan, right);
        EXPECT_EQ(std::ranges::count(all.said, "checked_fairness"), 1) << told(all.objection);
        const std::vector<Spoiling> table{
            {"of another plan", [](auto& r) { r.fairness->plan = {}; }, "fairness.json plan: "},
            {"claims a bound", [](auto& r) { r.fairness->claim = Claim::bounded; }, "fairness.json claim: "},
            {"prices without claim", [](auto& r) { r.fairness->claim = Claim::feasible; }, "fairness.json "},
            {"stopped and proved", [](auto& r) { r.fairness->cause = Cause::time; }, "fairness.json cause: "},
            {"not best and proved", [](auto& r) { r.fairness->termination = Termination::feasible; },
             "fairness.json termination: "},
            {"another order", [](auto& r) { std::swap(r.fairness->objective[0], r.fairness->objective[1]); },
             "fairness.json objective: "},
            {"somebody stays at home", [](auto& r) { r.fairness->staffing.rows().pop_back(); }, "fairness.json "},
            {"nobody such", [](auto& r) { r.fairness->staffing.rows()[0].expert = "NOBODY"; },
             "fairness.json expert:NOBODY: "},
            {"no proof", [](auto& r) { r.fairness->prices.clear(); }, "fairness.json "},
            {"a price of nothing", [](auto& r) { r.fairness->prices[0].set = "sender:XX"; },
             "fairness.json sender:XX: "},
            {"another value", [](auto& r) { r.fairness->tiers[0].unfair += Int128(1); },
             "fairness.json tiers.critical_shortfall: "},
            {"another fair value", [](auto& r) { r.fairness->tiers[2].fair += Int128(1); }, "fairness.json tiers."},
            {"a tier left out", [](auto& r) { r.fairness->tiers.pop_back(); }, "fairness.json tiers.fit: "},
            {"a tier too many", [](auto& r) { r.fairness->tiers.push_back({}); }, "fairness.json tiers: "},
            {"a county left out", [](auto& r) { r.fairness->counties.pop_back(); }, "fairness.json counties: "},
            {"a county's number", [](auto& r) { ++r.fairness->counties[1].fair; }, "fairness.json counties[1]: "},
        };
        expect_refused(plan, right, table);
    }
}

TEST(Judge, RefusesEveryPriceChangedFarEnoughByItsName) {
    const Plan plan(all_tiers());
    const AllocationReading right = stated(plan, allocate(plan));
    std::size_t named = 0;
    for (const SetPrice& price : right.allocation.prices) {
        for (const std::int64_t change : {1'000'000'000, -1'000'000'000}) {
            SCOPED_TRACE(price.set);
            AllocationReading reading = right;
            price_of(reading, price.set)->value[0] += change;
            const Objected objection = judged(plan, reading).objection;
            EXPECT_EQ(objection.has_value(), !verify(plan, reading.allocation));
            if (!objection) continue;  // a bound met on both sides takes any price that far
            named += objection->file == "certificate.json" && objection->key == price.set;
            if (objection->file == "certificate.json") continue;
            // the proof holds with it, too, but gives another loss
            EXPECT_EQ(objection->why.code(), "fault_loss") << told(objection);
            EXPECT_EQ(objection->key, price.set);
        }
    }
    EXPECT_GT(named, right.allocation.prices.size());
}

TEST(Judge, SaysWhichBoundsCannotHoldTogether) {
    Draft draft = all_tiers();
    draft.quotas.rows()[0].lower = 5;  // five in one county, where its posts take five …
    draft.quotas.rows()[0].upper = 6;
    draft.senders.rows()[1].quota_teacher = 1;  // … and quotas leave four people
    const Plan plan(draft);
    const Allocation none = allocate(plan);
    ASSERT_EQ(none.termination, Termination::infeasible);
    const AllocationReading right = stated(plan, none);
    ASSERT_GE(right.conflict.size(), 2U);
    const Judgement judgement = judged(plan, right);
    EXPECT_EQ(told(judgement.objection), "accepted");
    EXPECT_EQ(std::ranges::count(judgement.said, "checked_infeasible"), 1);
    EXPECT_EQ(std::ranges::count(judgement.said, "checked_bound_lower") +
                  std::ranges::count(judgement.said, "checked_bound_upper"),
              static_cast<std::ptrdiff_t>(right.conflict.size()));
    const auto a = [](AllocationReading& r) -> Allocation& { return r.allocation; };
    expect_refused(
        plan, right,
        {{"a price left out", [&](auto& r) { a(r).prices.pop_back(); }, "certificate.json prices: "},
         {"no price", [&](auto& r) { a(r).prices.clear(); }, "certificate.json prices: "},
         {"signs turned round",
          [&](auto& r) {
              for (SetPrice& price : a(r).prices)
                  price.value[0] = -price.value[0];
          },
          "certificate.json prices: "},
         {"a price changed", [&](auto& r) { a(r).prices[0].value[0] *= 3; }, "certificate.json prices: "},
         {"an unknown price", [&](auto& r) { a(r).prices[0].set = "post:P-9"; }, "certificate.json post:P-9: "},
         {"a price twice", [&](auto& r) { a(r).prices.push_back(a(r).prices[0]); }, "certificate.json "},
         {"a wide price", [&](auto& r) { a(r).prices[0].value.push_back(0); }, "certificate.json "},
         {"values", [&](auto& r) { a(r).tiers.push_back({}); }, "result.json tiers: "},
         {"posts left short", [&](auto& r) { a(r).unfilled.push_back({}); }, "result.json unfilled: "},
         {"scarce groups", [&](auto& r) { a(r).scarce.push_back({}); }, "result.json scarce: "},
         {"counties",
          [&](auto& r) {
              r.counties.push_back({"451024", 0, 0});
          },
          "result.json counties: "},
         {"not proved", [&](auto& r) { a(r).cause = Cause::steps; }, "result.json cause: "},
         {"a bound left out", [&](auto& r) { r.conflict.pop_back(); }, "result.json conflict: "},
         {"another bound", [&](auto& r) { r.conflict[0].bound.bound += 1; }, "result.json conflict[0]: "},
         {"the other side", [&](auto& r) { r.conflict[0].bound.is_lower = !r.conflict[0].bound.is_lower; },
          "result.json conflict[0]: "},
         {"other words", [&](auto& r) { r.conflict[0].reason = message::checker_out_of_memory; },
          "result.json conflict[0]: "}});
    AllocationReading scaled = right;  // any multiple of a proof is one
    for (SetPrice& price : scaled.allocation.prices)
        price.value[0] *= 7;
    EXPECT_EQ(told(judged(plan, scaled).objection), "accepted");
}

TEST(Judge, TakesGivenValuesAsTheyAreAndSaysSo) {
    Draft draft = all_tiers();
    draft.objective = standard_objective();
    const Plan plan(draft);
    const Allocation best = allocate(plan, with_rules(299));
    ASSERT_EQ(best.termination, Termination::optimal);
    ASSERT_FALSE(best.given.empty());
    const AllocationReading right = stated(plan, best);
    const Judgement judgement = judged(plan, right);
    EXPECT_EQ(told(judgement.objection), "accepted");
    EXPECT_EQ(std::ranges::count(judgement.said, "checked_given"), 1);
    const Posting posting = best.staffing.rows().front();
    const auto row_of = [&](AllocationReading& r) -> GivenPair& {
        for (GivenPair& row : r.allocation.given)
            if (row.expert == posting.expert && row.post == posting.post) return row;
        r.allocation.given.push_back({posting.expert, posting.post, true, 0, 0});
        return r.allocation.given.back();
    };
    expect_refused(plan, right,
                   {{"keeps away who is posted", [&](auto& r) { row_of(r).allowed = false; }, "staffing.csv expert:E-"},
                    {"other points", [&](auto& r) { row_of(r).points += 1; }, "result.json tiers.fit: "},
                    {"nothing given", [&](auto& r) { r.allocation.given.clear(); }, ""}});
}

TEST(Judge, ATierOfTheCallersOwnRestsOnWhatIsGiven) {
    Draft draft = all_tiers();
    draft.objective.insert(draft.objective.begin() + 2, {Tier::user_2, Tier::user_1});
    const Plan plan(draft);
    AllocateOptions options = with_rules(299);
    const auto points = [](Id<Expert> expert, Id<Post> post) {
        return static_cast<std::int64_t>((expert.value() * 5 + post.value() * 3) % 7) - 3;
    };
    options.rules.tiers = {{Tier::user_1, "rapport", points}, {Tier::user_2, "rooms", points}};
    const Allocation best = allocate(plan, options);
    ASSERT_EQ(best.termination, Termination::optimal);
    ASSERT_FALSE(best.staffing.empty());
    const AllocationReading right = stated(plan, best);
    const Judgement judgement = judged(plan, right);
    EXPECT_EQ(told(judgement.objection), "accepted");
    EXPECT_EQ(std::ranges::count(judgement.said, "checked_user_tier"), 2);
    const Posting posting = best.staffing.rows().front();
    const auto row_of = [&](AllocationReading& r) -> GivenPair& {
        return *std::ranges::find_if(r.allocation.given, [&](const GivenPair& row) {
            return row.expert == posting.expert && row.post == posting.post;
        });
    };
    expect_refused(
        plan, right,
        {{"other points", [&](auto& r) { row_of(r).user[0] += 1; }, "result.json tiers.user_1: "},
         {"other points of the other", [&](auto& r) { row_of(r).user[1] -= 1; }, "staffing.csv expert:"},
         {"another value", [](auto& r) { r.allocation.tiers[2].value += Int128(1); }, "result.json tiers.user_2: "},
         {"points nobody gave",
          [](auto& r) {
              for (GivenPair& row : r.allocation.given)
                  row.user[1] += 7;
          },
          "staffing.csv expert:"}});
}

TEST(Judge, TakesAStoppedSearchForWhatItClaims) {
    const Plan plan(all_tiers());
    Stop at_once;
    at_once.step_limit = 0;
    const Allocation stopped = allocate(plan, {}, at_once);
    ASSERT_EQ(stopped.termination, Termination::unknown);
    const AllocationReading right = stated(plan, stopped);
    const Judgement judgement = judged(plan, right);
    EXPECT_EQ(told(judgement.objection), "accepted");
    EXPECT_EQ(judgement.said, (std::vector<std::string>{"checked_digests", "checked_rules", "checked_nothing"}));
    expect_refused(
        plan, right,
        {{"a proof", [](auto& r) { r.allocation.claim = Claim::proved; }, "result.json claim: "},
         {"a cause", [](auto& r) { r.allocation.cause = Cause::proved; }, "result.json cause: "},
         {"prices",
          [](auto& r) {
              r.allocation.prices.push_back({"quota:Q-1", {1}});
          },
          "certificate.json quota:Q-1: "},
         {"somebody posted",
          [](auto& r) {
              r.allocation.staffing.push_back({"E-1", "P-1", given::day("2024-09-01"), given::day("2026-02-28")});
          },
          "staffing.csv expert:E-1: "},
         {"a value", [](auto& r) { r.allocation.tiers.push_back({}); }, "result.json tiers: "}});

    Draft draft = all_tiers();
    draft.quotas = {};
    draft.decisions = {};
    const Plan free(draft);
    const Allocation feasible = allocate(free, {}, at_once);
    ASSERT_EQ(feasible.termination, Termination::feasible);
    expect_refused(
        free, stated(free, feasible),
        {{"prices",
          [](auto& r) {
              r.allocation.prices.push_back({"post:P-1", std::vector<std::int64_t>(10, 0)});
          },
          "certificate.json post:P-1: "},
         {"a loss", [](auto& r) { r.allocation.unfilled[0].loss.assign(10, 0); }, "result.json post:P-"},
         {"a value", [](auto& r) { r.allocation.tiers[3].value += Int128(1); }, "result.json tiers.moves: "}});
}

TEST(Judge, CountsSupplyUnderQuotasNestedInAnyDepth) {
    // a city of 6 may send 4: a district of 4 may send 2, of whom teachers (3) 1; somebody must serve
    Draft draft;
    draft.period = {given::day("2024-09-01"), given::day("2026-02-28")};
    draft.counties.push_back({.code = *Code::parse("451024")});
    draft.schools.push_back({.id = "DB-1", .county = *Code::parse("451024"), .assisted = true});
    draft.posts.push_back({.id = "P-1", .school = "DB-1", .min = 6, .target = 6, .max = 6});
    draft.senders.push_back({.id = "SZ", .quota_total = 4});
    draft.senders.push_back({.id = "LG", .kind = SenderKind::district, .parent = "SZ"});
    draft.quotas.push_back({.id = "Q-1", .holder = {Noun::sender, "LG"}, .upper = 2});
    draft.quotas.push_back({.id = "Q-2", .holder = {Noun::sender, "LG"}, .role = Role::teacher, .upper = 1});
    draft.quotas.push_back({.id = "Q-3", .holder = {Noun::sender, "SZ"}, .upper = 9});
    for (int e = 0; e < 6; ++e) {
        draft.experts.push_back({.id = "E-" + std::to_string(e), .sender = e < 4 ? "LG" : "SZ"});
        draft.experts.rows().back().roles =
            e < 3 ? std::vector{Role::teacher} : std::vector{Role::mid_level, Role::teacher};
    }
    draft.decisions.push_back(
        {.id = "D-1", .kind = DecisionKind::require, .who = {Noun::expert, "E-0"}, .where = {Noun::plan, ""}});
    for (const auto& [city, district, supply] :
         std::vector<std::array<std::int64_t, 3>>{{4, 2, 4}, {4, 1, 3}, {9, 2, 4}, {9, 3, 4}, {2, 2, 2}, {9, 0, 0}}) {
        SCOPED_TRACE(city);
        draft.senders.rows()[0].quota_total = city;
        draft.quotas.rows()[0].upper = district;
        if (district == 0) draft.decisions = {};
        const Plan plan(draft);
        const Allocation best = allocate(plan);
        ASSERT_EQ(best.termination, Termination::optimal);
        ASSERT_EQ(best.scarce.size(), 1U);
        EXPECT_EQ(best.scarce[0].supply, supply == 0 ? 2 : supply);
        EXPECT_EQ(told(judged(plan, best).objection), "accepted");
        for (const std::int64_t change : {-1, 1}) {
            Allocation wrong = best;
            wrong.scarce[0].supply += change;
            EXPECT_TRUE(told(judged(plan, wrong).objection).starts_with("result.json scarce[0]: "));
        }
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// thousands, spoilt at random: both examiners, which share no code, say the same

class Spoiler {
  public:
    Spoiler(const Plan& plan, const Allocation& right, std::uint64_t seed)
        : plan_(plan), out_(right), random_(seed, 31) {}

    /// Spoils the answer once; some changes leave it right.
    [[nodiscard]] Allocation spoilt() {
        for (bool done = false; !done;)
            done = spoil(random_.below(kinds));
        return out_;
    }

    static constexpr std::uint64_t kinds = 30;

    /// False where there is nothing of that kind.
    bool spoil(std::uint64_t kind) {
        auto& staffing = out_.staffing.rows();
        switch (kind) {
            case 0:
                return drop(out_.prices);
            case 1:
            case 2:
                return with(out_.prices, [&](SetPrice& row) {
                    return with(row.value, [&](std::int64_t& value) { return change(value); });
                });
            case 3:
                return with(out_.prices, [&](SetPrice& row) {
                    row.set = any_set();
                    return true;
                });
            case 4:
                return with(out_.prices, [&](SetPrice& row) {
                    if (random_.chance(1, 2)) {
                        row.value.push_back(0);
                    } else {
                        row.value.clear();
                    }
                    return true;
                });
            case 5: {
                const std::size_t width =
                    out_.termination == Termination::infeasible ? 1 : plan_.rows().objective.size();
                SetPrice price{any_set(), std::vector<std::int64_t>(width, 0)};
                change(price.value[random_.below(width)]);
                out_.prices.push_back(price);
                return true;
            }
            case 6:
                return drop(staffing);
            case 7: {
                if (plan_.rows().experts.empty() || plan_.rows().posts.empty()) return false;
                const Expert& expert = plan_.rows().experts.rows()[random_.below(plan_.rows().experts.size())];
                staffing.push_back({expert.id, "", {}, {}});
                return move(staffing.back());
            }
            case 8:
                return with(staffing, [&](Posting& row) { return move(row); });
            case 9:
                return with(staffing, [&](Posting& row) {
                    row.from = given::day("2024-10-01");
                    return true;
                });
            case 10:
                return with(out_.tiers, [&](TierValue& row) {
                    row.value += Int128(random_.chance(1, 2) ? 1 : -1);
                    return true;
                });
            case 11:
                return drop(out_.tiers);
            case 12:
                if (out_.tiers.size() < 2) return false;
                std::swap(out_.tiers.front(), out_.tiers.back());
                return true;
            case 13:
                return with(out_.unfilled, [&](Unfilled& row) {
                    return with(row.loss, [&](std::int64_t& value) { return change(value); });
                });
            case 14:
                return with(out_.unfilled, [&](Unfilled& row) { return change(row.short_of_target); });
            case 15:
                return with(out_.unfilled, [&](Unfilled& row) { return change(row.short_of_min); });
            case 16:
                return drop(out_.unfilled);
            case 17:
                return with(out_.unfilled, [&](Unfilled& row) {
                    row.group = random_.below(out_.scarce.size() + 2);
                    return true;
                });
            case 18:
                return with(out_.scarce, [&](ScarceGroup& row) {
                    row.need += Int128(random_.chance(1, 2) ? 1 : -1);
                    return true;
                });
            case 19:
                return with(out_.scarce, [&](ScarceGroup& row) { return change(row.qualified); });
            case 20:
                return with(out_.scarce, [&](ScarceGroup& row) { return change(row.supply); });
            case 21:
                return with(out_.scarce, [&](ScarceGroup& row) { return drop(row.posts); });
            case 22:
                out_.termination = static_cast<Termination>(random_.below(enumerator_count<Termination>));
                return true;
            case 23:
                out_.cause = static_cast<Cause>(random_.below(enumerator_count<Cause>));
                return true;
            case 24:
                out_.claim = static_cast<Claim>(random_.below(enumerator_count<Claim>));
                return true;
            case 25:
                return with(out_.given, [&](GivenPair& row) {
                    if (random_.chance(1, 3)) {
                        row.allowed = !row.allowed;
                        return true;
                    }
                    return change(row.points);
                });
            case 26:
                return drop(out_.given);
            case 27: {  // another staffing, told truly
                if (out_.termination != Termination::optimal) return false;
                if (!spoil(random_.chance(1, 2) ? 6 : 8)) return false;
                out_.tiers = tier_values(plan_, out_.staffing, out_.given);
                return true;
            }
            case 28: {  // a proof many times over: as good for the impossible
                for (SetPrice& row : out_.prices) {
                    for (std::int64_t& value : row.value)
                        if (std::abs(value) < std::int64_t{1} << 61) value *= 2;
                }
                return !out_.prices.empty();
            }
            default: {  // a group of one or all posts, counted truly or not
                if (plan_.rows().posts.empty() || out_.tiers.empty()) return false;
                ScarceGroup group{.below_min = random_.chance(1, 2)};
                for (const Post& post : plan_.rows().posts) {
                    if (random_.chance(1, 2)) continue;
                    group.posts.push_back(post.id);
                    group.need += Int128(group.below_min ? post.min : post.target);
                }
                group.qualified = random_.between(0, 4);
                group.supply = std::min(group.qualified, random_.between(0, 4));
                out_.scarce.push_back(group);
                return true;
            }
        }
    }

  private:
    template <class Row, class Change>
    bool with(std::vector<Row>& rows, Change&& change_one) {
        return !rows.empty() && change_one(rows[random_.below(rows.size())]);
    }
    template <class Row>
    bool drop(std::vector<Row>& rows) {
        if (rows.empty()) return false;
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(random_.below(rows.size())));
        return true;
    }
    bool change(std::int64_t& value) {
        const std::int64_t size = random_.chance(1, 2) ? 1 : random_.between(1, 1'000'000);
        value += random_.chance(1, 2) ? size : -size;
        return true;
    }
    bool move(Posting& row) {
        const Id<Post> post(random_.below(plan_.rows().posts.size()));
        row.post = plan_.rows().posts[post].id;
        row.from = plan_.period_of(post).from;
        row.to = plan_.period_of(post).to;
        return true;
    }
    std::string any_set() {
        const auto sets = counted_sets(plan_);
        return sets.empty() || random_.chance(1, 8) ? "post:NOWHERE" : sets[random_.below(sets.size())].name;
    }

    const Plan& plan_;
    Allocation out_;
    Random random_;
};

/// The plan with one number changed, if that is still a plan.
std::optional<Plan> changed(const Plan& plan, std::uint64_t seed) {
    Random random(seed, 32);
    Draft draft = plan.draft();
    const auto step = [&](std::int64_t& value) {
        value = std::max<std::int64_t>(0, value + (random.chance(1, 2) ? 1 : -1));
    };
    const auto toggle = [&](std::optional<std::int64_t>& value) {
        if (!value) {
            value = random.between(0, 2);
        } else if (random.chance(1, 4)) {
            value.reset();
        } else {
            step(*value);
        }
    };
    const auto pick = [&](auto& rows) -> auto& { return rows.rows()[random.below(rows.size())]; };
    switch (random.below(9)) {
        case 0:
            toggle(pick(draft.senders).quota_total);
            break;
        case 1:
            toggle(pick(draft.senders).quota_teacher);
            break;
        case 2:
            if (draft.quotas.empty()) return std::nullopt;
            step(pick(draft.quotas).lower);
            break;
        case 3:
            if (draft.quotas.empty()) return std::nullopt;
            toggle(pick(draft.quotas).upper);
            break;
        case 4:
            step(pick(draft.posts).max);
            break;
        case 5:
            step(pick(draft.posts).target);
            break;
        case 6:
            step(pick(draft.posts).priority);
            break;
        case 7:
            draft.decisions.push_back({.id = "D-new",
                                       .kind = static_cast<DecisionKind>(random.below(4)),
                                       .who = {Noun::expert, pick(draft.experts).id},
                                       .where = {Noun::plan, ""}});
            break;
        default:
            random.shuffle(std::span(draft.objective));
            break;
    }
    if (std::ranges::any_of(check(draft), [](const Finding& f) { return f.severity == Severity::error; }))
        return std::nullopt;
    return Plan(draft);
}

/// How often both said the same.
struct Agreement {
    std::size_t accepted = 0;
    std::size_t refused = 0;
    std::map<std::string, std::size_t> why;  ///< by the code of the objection

    void hold(const Plan& plan, const Allocation& answer) {
        const Objected objection = judged(plan, answer).objection;
        if (objection && objection->why.code() == "fault_reason") return;  // only this one reads reasons
        const AnswerVerdict verdict = examine(plan, answer);
        ASSERT_EQ(!objection, verdict.accepted) << told(objection) << " | " << told(verdict);
        ++(objection ? refused : accepted);
        if (objection) ++why[std::string(objection->why.code())];
    }
};

TEST(JudgeLaw, AcceptsWhatTheSolverAnswersWhateverThePlan) {
    std::map<Termination, std::size_t> seen;
    const std::uint64_t cases = given::law_cases(100'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {1 + seed % 9, 1 + seed % 6}));
        const Allocation answer = answer_of(plan, seed);
        ++seen[answer.termination];
        const Objected objection = judged(plan, answer).objection;
        ASSERT_FALSE(objection.has_value()) << told(objection);
    }
    EXPECT_EQ(seen.size(), 4U);
}

TEST(JudgeLaw, SaysOfSpoiltAnswersWhatTheLibrarySays) {
    Agreement agreement;
    const std::uint64_t cases = given::law_cases(50'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const Plan plan(given::rich_draft(seed, {2 + seed % 8, 1 + seed % 6}));
        const Allocation right = answer_of(plan, seed);
        for (std::uint64_t round = 0; round < 12; ++round) {
            SCOPED_TRACE(std::to_string(seed) + " " + std::to_string(round));
            ASSERT_NO_FATAL_FAILURE(agreement.hold(plan, Spoiler(plan, right, seed * 12 + round).spoilt()));
        }
    }
    EXPECT_GT(agreement.accepted, cases / 20);
    EXPECT_GT(agreement.refused, cases * 5);
    EXPECT_GE(agreement.why.size(), 20U);
}

TEST(JudgeLaw, SaysOfAnswersToChangedPlansWhatTheLibrarySays) {
    Agreement agreement;
    const std::uint64_t cases = given::law_cases(50'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const Plan plan(given::rich_draft(seed, {2 + seed % 8, 1 + seed % 6}));
        Allocation answer = answer_of(plan, seed);
        for (std::uint64_t round = 0; round < 6; ++round) {
            SCOPED_TRACE(std::to_string(seed) + " " + std::to_string(round));
            const auto other = changed(plan, seed * 6 + round);
            if (!other) continue;
            answer.digests = other->digests();
            ASSERT_NO_FATAL_FAILURE(agreement.hold(*other, answer));
            if (answer.tiers.empty()) continue;
            Allocation valued = answer;
            valued.tiers = tier_values(*other, answer.staffing, answer.given);
            ASSERT_NO_FATAL_FAILURE(agreement.hold(*other, valued));
        }
    }
    EXPECT_GT(agreement.accepted, cases / 4);
    EXPECT_GT(agreement.refused, cases / 2);
}

}  // namespace
}  // namespace countyplan
