#include <countyplan/allocate/mechanism.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/audit.hpp>
#include <countyplan/allocate/counted_set.hpp>
#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/mechanism_messages.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/allocate.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

constexpr std::array every = {Mechanism::optimal,
                              Mechanism::experts_propose,
                              Mechanism::posts_propose,
                              Mechanism::top_trading_cycles,
                              Mechanism::serial_dictatorship,
                              Mechanism::greedy,
                              Mechanism::status_quo};

using Posted = std::map<std::string, std::string>;

Posted posted(const Staffing& staffing) {
    Posted out;
    for (const Posting& posting : staffing)
        out[posting.expert] = posting.post;
    return out;
}

/// One school, a post for maths and one for physics, one person each.
Draft two_posts() {
    Draft draft;
    draft.period = {given::day("2024-09-01"), given::day("2026-08-31")};
    draft.counties.push_back({.code = *Code::parse("451024"), .name_zh = "甲县"});
    draft.counties.push_back({.code = *Code::parse("451026"), .name_zh = "乙县"});
    draft.senders.push_back({.id = "SZ"});
    draft.schools.push_back({.id = "S-1", .county = *Code::parse("451024"), .assisted = true});
    draft.schools.push_back({.id = "S-2", .county = *Code::parse("451026"), .assisted = true});
    draft.posts.push_back({.id = "P-1", .school = "S-1", .subject = "maths", .min = 1});
    draft.posts.push_back({.id = "P-2", .school = "S-2", .subject = "physics", .min = 1, .critical = true});
    return draft;
}

Expert teacher(std::string id, std::vector<std::string> subjects, std::vector<Reference> prefers = {},
               std::int64_t years = 5) {
    return {.id = std::move(id),
            .sender = "SZ",
            .roles = {Role::teacher},
            .subjects = std::move(subjects),
            .years = years,
            .prefers = std::move(prefers)};
}

const Reference first_post{Noun::post, "P-1"};
const Reference second_post{Noun::post, "P-2"};

/// Each wants the post that wants the other one: E-1 wants P-1 and teaches physics first, E-2 the other way round.
Plan crossed() {
    Draft draft = two_posts();
    draft.experts.push_back(teacher("E-1", {"physics", "maths"}, {first_post}));
    draft.experts.push_back(teacher("E-2", {"maths", "physics"}, {second_post}));
    return Plan(draft);
}

TEST(Mechanism, EachSideGetsWhatItWantsWhereItMakesTheOffers) {
    const Plan plan = crossed();
    const Posted wanted{{"E-1", "P-1"}, {"E-2", "P-2"}};
    const Posted fitting{{"E-1", "P-2"}, {"E-2", "P-1"}};
    EXPECT_EQ(posted(run_mechanism(plan, Mechanism::experts_propose).staffing), wanted);
    EXPECT_EQ(posted(run_mechanism(plan, Mechanism::posts_propose).staffing), fitting);
    EXPECT_EQ(posted(run_mechanism(plan, Mechanism::top_trading_cycles).staffing), wanted);
    EXPECT_EQ(posted(run_mechanism(plan, Mechanism::serial_dictatorship).staffing), wanted);
    EXPECT_EQ(posted(run_mechanism(plan, Mechanism::status_quo).staffing), Posted());
}

TEST(Mechanism, LongestServiceChoosesFirstUnlessAnOrderIsStated) {
    Draft draft = two_posts();
    draft.experts.push_back(teacher("E-1", {"maths"}, {first_post}, 3));
    draft.experts.push_back(teacher("E-2", {"maths"}, {first_post}, 9));
    draft.experts.push_back(teacher("E-3", {"maths"}, {first_post}, 9));
    const Plan plan(draft);
    EXPECT_EQ(posted(run_mechanism(plan, Mechanism::serial_dictatorship).staffing), (Posted{{"E-2", "P-1"}}));
    EXPECT_EQ(posted(run_mechanism(plan, Mechanism::serial_dictatorship, {.order = {"E-3"}}).staffing),
              (Posted{{"E-3", "P-1"}}));
}

TEST(Mechanism, RefusesAnOrderThatNamesNobodyOrSomebodyTwice) {
    const Plan plan = crossed();
    for (const auto& [order, row] :
         {std::pair(std::vector<std::string>{"E-1", "E-9"}, &message::mechanism_unknown_expert),
          std::pair(std::vector<std::string>{"E-1", "E-1"}, &message::mechanism_twice)}) {
        try {
            (void)run_mechanism(plan, Mechanism::serial_dictatorship, {.order = order});
            FAIL() << "nothing was refused";
        } catch (const InvalidProblem& refused) {
            EXPECT_EQ(refused.place(), "order[1]");
            EXPECT_EQ(refused.message().code(), row->code);
        }
    }
}

TEST(Mechanism, MeasuresAStaffingByTheDefinitions) {
    Draft draft = two_posts();
    draft.posts[Id<Post>(0)].target = draft.posts[Id<Post>(0)].max = 4;
    draft.experts.push_back(teacher("E-1", {"maths"}, {second_post, {Noun::school, "S-1"}}));
    draft.experts.push_back(teacher("E-2", {"maths"}, {second_post}));
    draft.experts.push_back(teacher("E-3", {"maths"}));
    draft.experts.push_back(teacher("E-4", {"maths"}));
    draft.staffing.push_back({"E-3", "P-1", draft.period.from, draft.period.to});
    draft.staffing.push_back({"E-4", "P-1", draft.period.from, draft.period.to});
    const Plan plan(draft);
    Staffing staffing;
    for (const char* expert : {"E-1", "E-2", "E-3", "E-9"})
        staffing.push_back({expert, "P-1", draft.period.from, draft.period.to});
    const StaffingMeasures found = measures_of(plan, staffing);
    EXPECT_EQ(found.tiers, tier_values(plan, staffing));
    EXPECT_EQ(found.serving, 3);
    EXPECT_EQ(found.wanted, 5);
    EXPECT_EQ(found.filled, 3);
    EXPECT_EQ(found.cover, 0.6);
    EXPECT_EQ(found.critical_shortfall, 1);
    EXPECT_EQ(found.shortfall, 1);
    EXPECT_EQ(found.worst_county, "451026");
    EXPECT_EQ(found.worst_cover, 0.0);
    EXPECT_EQ(found.best_cover, 0.75);
    EXPECT_EQ(found.gini, 0.5);  // |0.75 - 0| twice, by 2 x 2 x 0.75
    EXPECT_EQ(found.wishing, 2);
    EXPECT_EQ(found.wishes_met, 1);
    EXPECT_EQ(found.mean_wish, 2.0);  // the second of two, and none of one
    EXPECT_EQ(found.moves, 1);
    EXPECT_EQ(found.blocking, 1u);  // E-4 and the free place
}

TEST(Mechanism, AnEmptyPlanHasNobodyToMeasure) {
    const Plan plan{Draft{.period = {given::day("2024-09-01"), given::day("2026-08-31")}}};
    for (const MechanismResult& result : compare_mechanisms(plan, every)) {
        EXPECT_EQ(result.termination, Termination::optimal);
        EXPECT_TRUE(result.staffing.empty());
        ASSERT_TRUE(result.measures);
        EXPECT_EQ(result.measures->cover, 1.0);
    }
    EXPECT_TRUE(compare_mechanisms(plan, {}).empty());
}

TEST(Mechanism, StoppedAtOnceItSaysSo) {
    const Plan plan = crossed();
    for (const Mechanism mechanism : {Mechanism::experts_propose, Mechanism::top_trading_cycles}) {
        const MechanismResult result = run_mechanism(plan, mechanism, {}, {.step_limit = 0});
        EXPECT_EQ(result.termination, Termination::feasible);
        EXPECT_EQ(result.cause, Cause::steps);
        EXPECT_TRUE(result.measures);
    }
}

TEST(Mechanism, HasNoMeasuresWhereThereIsNoStaffing) {
    Draft draft = two_posts();
    draft.quotas.push_back({.id = "Q-1", .holder = {Noun::county, "451024"}, .lower = 1});
    const Plan plan(draft);
    const MechanismResult best = run_mechanism(plan, Mechanism::optimal);
    EXPECT_EQ(best.termination, Termination::infeasible);
    EXPECT_FALSE(best.measures);
    EXPECT_TRUE(best.rules.empty());
    const MechanismResult other = run_mechanism(plan, Mechanism::greedy);
    ASSERT_TRUE(other.measures);
    const auto lower = std::ranges::find(other.rules, "quota:Q-1/lower", &RuleOutcome::rule);
    ASSERT_NE(lower, other.rules.end());
    EXPECT_FALSE(lower->is_heeded);
    EXPECT_EQ(lower->breaches, 1);
}

TEST(Mechanism, NamesTheRulesOfTheirOwnKind) {
    Draft draft = two_posts();
    draft.senders[Id<Sender>(0)].quota_total = 1;
    draft.experts.push_back(teacher("E-1", {"maths"}));
    draft.experts.push_back(teacher("E-2", {"physics"}));
    const Plan plan(draft);
    const MechanismResult traded = run_mechanism(plan, Mechanism::top_trading_cycles);
    std::vector<std::string> broken;
    for (const RuleOutcome& rule : traded.rules)
        if (rule.breaches > 0) broken.push_back(rule.rule);
    EXPECT_EQ(broken, std::vector<std::string>{"sender.quota_total"});
    EXPECT_EQ(run_mechanism(plan, Mechanism::serial_dictatorship).staffing.size(), 1u);
    EXPECT_EQ(run_mechanism(plan, Mechanism::greedy).staffing.size(), 1u);
}

TEST(MechanismLaw, EachKeepsTheRulesItHeedsAndTheBestIsBest) {
    const std::size_t cases = given::law_cases(20'000);
    std::size_t compared = 0;
    for (std::size_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {3 + seed % 6, 2 + seed % 4}));
        const auto results = compare_mechanisms(plan, every);
        const MechanismResult& best = results.front();
        for (const MechanismResult& result : results) {
            SCOPED_TRACE(std::string(name(result.mechanism)));
            if (!result.measures) {
                ASSERT_EQ(result.mechanism, Mechanism::optimal);
                continue;
            }
            ASSERT_EQ(*result.measures, measures_of(plan, result.staffing));
            for (const RuleOutcome& rule : result.rules)
                ASSERT_TRUE(!rule.is_heeded || rule.breaches == 0) << rule.rule;
            // every error of the audit is somewhere in the list
            std::int64_t listed = 0;
            for (const RuleOutcome& rule : result.rules)
                listed += rule.breaches;
            const Audit audited = audit(plan, result.staffing);
            ASSERT_EQ(listed, std::ranges::count_if(audited.findings, [](const Finding& finding) {
                          return finding.severity != Severity::note;
                      }));
            if (!best.measures) continue;
            bool keeps_all = true;
            for (const RuleOutcome& rule : best.rules) {
                const auto same = std::ranges::find(result.rules, rule.rule, &RuleOutcome::rule);
                keeps_all = keeps_all && (!rule.is_heeded || same->breaches == 0);
            }
            if (!keeps_all) continue;
            ++compared;
            const auto key = [](const MechanismResult& of) {
                std::vector<Int128> out;
                for (const TierValue& tier : of.measures->tiers)
                    out.push_back(is_gain(tier.tier) ? Int128() - tier.value : tier.value);
                return out;
            };
            ASSERT_LE(key(best), key(result));
        }
    }
    EXPECT_GT(compared, cases);
}

/// Pairs that block, word by word: each full group round either end holds someone wanted less.
std::size_t naive_blocking(const Plan& plan, const Posted& posted) {
    const Eligibility eligibility(plan);
    const FitScore fit(plan);
    const auto& rows = plan.rows();
    const auto sets = counted_sets(plan);
    std::vector<std::pair<Id<Expert>, Id<Post>>> chosen;
    for (const auto& [expert, post] : posted)
        if (eligibility.is_eligible(plan.find<Expert>(expert), plan.find<Post>(post)))
            chosen.emplace_back(plan.find<Expert>(expert), plan.find<Post>(post));
    const auto wanted = [&](const auto& pair) {
        return std::pair(fit.value(FitFactor::wish, pair.first, pair.second), fit.score(pair.first, pair.second));
    };
    const auto merit = [&](const auto& pair) {
        return fit.score(pair.first, pair.second) -
               fit.value(FitFactor::wish, pair.first, pair.second) * rows.weights.wish;
    };
    std::size_t out = 0;
    for (const Id<Expert> expert : rows.experts.ids()) {
        for (const Id<Post> post : rows.posts.ids()) {
            const std::pair pair(expert, post);
            if (!eligibility.is_eligible(expert, post) || std::ranges::count(chosen, pair) > 0) continue;
            bool blocks = true;
            for (const auto& other : chosen)
                if (other.first == expert) blocks = blocks && wanted(pair) > wanted(other);
            for (const CountedSet& set : sets) {
                const auto holds = [&](const auto& of) {
                    const auto row = static_cast<std::uint32_t>(set.receives ? of.second.value() : of.first.value());
                    return std::ranges::binary_search(set.members, row);
                };
                if (!holds(pair)) continue;
                std::int64_t people = 0;
                bool has_worse = false;
                for (const auto& other : chosen) {
                    if (!holds(other)) continue;
                    ++people;
                    has_worse = has_worse || (set.receives ? merit(other) < merit(pair) : wanted(other) < wanted(pair));
                }
                blocks = blocks && (people < set.upper || has_worse);
            }
            out += blocks ? 1 : 0;
        }
    }
    return out;
}

TEST(MechanismLaw, NoPairBlocksAStableStaffing) {
    const std::size_t cases = given::law_cases(10'000);
    std::size_t unstable = 0;
    for (std::size_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {4 + seed % 4, 3}));
        for (const MechanismResult& result : compare_mechanisms(plan, every)) {
            if (!result.measures) continue;
            const bool is_stable =
                result.mechanism == Mechanism::experts_propose || result.mechanism == Mechanism::posts_propose;
            const bool posts_nobody_twice = posted(result.staffing).size() == result.staffing.size();
            if (posts_nobody_twice) {
                ASSERT_EQ(result.measures->blocking, naive_blocking(plan, posted(result.staffing)))
                    << name(result.mechanism);
            }
            if (is_stable) {
                ASSERT_EQ(result.measures->blocking, 0u) << name(result.mechanism);
            }
            unstable += result.measures->blocking > 0 ? 1 : 0;
        }
    }
    EXPECT_GT(unstable, cases / 2);
}

/// Without quotas of groups and without points for wishes, the audit means the same pairs.
TEST(MechanismLaw, TheAuditFindsTheSameBlockingPairs) {
    const std::size_t cases = given::law_cases(10'000);
    std::size_t blocking = 0;
    for (std::size_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::small_draft(seed, {5 + seed % 4, 4});
        draft.weights.wish = 0;
        for (Sender& sender : draft.senders)
            sender.quota_principal = sender.quota_mid_level = sender.quota_teacher = sender.quota_total = std::nullopt;
        const Plan plan(draft);
        for (const MechanismResult& result : compare_mechanisms(plan, every)) {
            const Audit audited = audit(plan, result.staffing);
            ASSERT_EQ(result.measures->blocking, audited.blocking_count) << name(result.mechanism);
            blocking += audited.blocking_count;
        }
    }
    EXPECT_GT(blocking, cases);
}

/// A plan in which the posts take one or two people each, few enough to try everything.
Draft tiny(std::uint64_t seed) {
    Draft draft = given::small_draft(seed, {2 + seed % 3, 3});
    for (Sender& sender : draft.senders)
        sender.quota_principal = sender.quota_mid_level = sender.quota_teacher = sender.quota_total = std::nullopt;
    Random random(seed, 31);
    for (Post& post : draft.posts) {
        post.min = 0;
        post.max = post.target = random.between(1, 2);
    }
    return draft;
}

/// How much an expert wants what a staffing gives; home is least, of posts alike the first in the plan is wanted most.
std::array<std::int64_t, 3> worth_to(const Plan& truth, const FitScore& fit, const Posted& posted, Id<Expert> expert) {
    const auto at = posted.find(truth.rows().experts[expert].id);
    if (at == posted.end()) return {-1, 0, 0};
    const Id<Post> post = truth.find<Post>(at->second);
    return {fit.value(FitFactor::wish, expert, post), fit.score(expert, post),
            -static_cast<std::int64_t>(post.value())};
}

TEST(MechanismLaw, NobodyGainsByTellingOtherWishes) {
    const std::size_t cases = given::law_cases(2'000);
    const std::vector<std::vector<int>> lies = {{0},       {1},       {2},       {0, 1},   {1, 0},    {0, 2},
                                                {2, 0},    {1, 2},    {2, 1},    {},       {0, 1, 2}, {0, 2, 1},
                                                {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    std::size_t gained_elsewhere = 0;
    for (std::size_t seed = 0; seed < cases; ++seed) {
        const Draft draft = tiny(seed);
        const Plan truth(draft);
        const FitScore fit(truth);
        for (const Mechanism mechanism : {Mechanism::top_trading_cycles, Mechanism::experts_propose,
                                          Mechanism::serial_dictatorship, Mechanism::greedy}) {
            const Posted honest = posted(run_mechanism(truth, mechanism).staffing);
            for (const Id<Expert> liar : draft.experts.ids()) {
                for (const auto& lie : lies) {
                    Draft told = draft;
                    told.experts[liar].prefers.clear();
                    for (const int p : lie)
                        told.experts[liar].prefers.push_back({Noun::post, "P-" + std::to_string(p)});
                    const Posted got = posted(run_mechanism(Plan(told), mechanism).staffing);
                    const bool gains = worth_to(truth, fit, got, liar) > worth_to(truth, fit, honest, liar);
                    if (mechanism == Mechanism::greedy) {
                        gained_elsewhere += gains ? 1 : 0;
                    } else {
                        ASSERT_FALSE(gains) << seed << " " << name(mechanism) << " " << liar.value();
                    }
                }
            }
        }
    }
    if (cases >= 2'000) {
        EXPECT_GT(gained_elsewhere, 0u);  // so the test can fail
    }
}

TEST(MechanismLaw, TradedPostsAreEfficient) {
    const std::size_t cases = given::law_cases(5'000);
    for (std::size_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = tiny(seed);
        const Plan plan(draft);
        const FitScore fit(plan);
        const Eligibility eligibility(plan);
        for (const Mechanism mechanism : {Mechanism::top_trading_cycles, Mechanism::serial_dictatorship}) {
            const Posted found = posted(run_mechanism(plan, mechanism).staffing);
            std::vector<std::size_t> choice(draft.experts.size(), 0);  // 0: at home, else a post
            while (true) {
                Posted other;
                std::vector<std::int64_t> there(draft.posts.size(), 0);
                bool is_legal = true;
                for (std::size_t e = 0; e < choice.size(); ++e) {
                    if (choice[e] == 0) continue;
                    const Id<Post> post(choice[e] - 1);
                    is_legal = is_legal && eligibility.is_eligible(Id<Expert>(e), post) &&
                               ++there[choice[e] - 1] <= draft.posts[post].max;
                    other[draft.experts[Id<Expert>(e)].id] = draft.posts[post].id;
                }
                if (is_legal) {
                    bool nobody_loses = true;
                    bool somebody_gains = false;
                    for (const Id<Expert> expert : draft.experts.ids()) {
                        const auto now = worth_to(plan, fit, found, expert);
                        const auto then = worth_to(plan, fit, other, expert);
                        nobody_loses = nobody_loses && then >= now;
                        somebody_gains = somebody_gains || then > now;
                    }
                    ASSERT_FALSE(nobody_loses && somebody_gains) << name(mechanism);
                }
                std::size_t e = 0;
                while (e < choice.size() && ++choice[e] > draft.posts.size())
                    choice[e++] = 0;
                if (e == choice.size()) break;
            }
        }
    }
}

/// The posts in turn, each time looking through everybody and every set.
Posted naive_greedy(const Plan& plan) {
    const Eligibility eligibility(plan);
    const FitScore fit(plan);
    const auto& rows = plan.rows();
    const auto sets = counted_sets(plan);
    Posted out;
    const auto count = [&](const CountedSet& set) {
        std::int64_t people = 0;
        for (const auto& [expert, post] : out) {
            const auto row = set.receives ? plan.find<Post>(post).value() : plan.find<Expert>(expert).value();
            people += std::ranges::count(set.members, static_cast<std::uint32_t>(row));
        }
        return people;
    };
    for (const bool to_target : {false, true}) {
        std::set<std::size_t> done;
        while (done.size() < rows.posts.size()) {
            std::optional<Id<Post>> next;
            for (const Id<Post> post : rows.posts.ids()) {
                if (done.contains(post.value())) continue;
                const auto key = [&](Id<Post> p) { return std::pair(rows.posts[p].critical, rows.posts[p].priority); };
                if (!next || key(post) > key(*next)) next = post;
            }
            done.insert(next->value());
            const Post& post = rows.posts[*next];
            while (true) {
                std::int64_t there = 0;
                for (const auto& [expert, at] : out)
                    there += at == post.id ? 1 : 0;
                if (there >= (to_target ? post.target : post.min)) break;
                std::optional<Id<Expert>> best;
                for (const Id<Expert> expert : rows.experts.ids()) {
                    if (out.contains(rows.experts[expert].id) || !eligibility.is_eligible(expert, *next)) continue;
                    const bool has_room = std::ranges::all_of(sets, [&](const CountedSet& set) {
                        const auto row = static_cast<std::uint32_t>(set.receives ? next->value() : expert.value());
                        return std::ranges::count(set.members, row) == 0 || count(set) < set.upper;
                    });
                    if (has_room && (!best || fit.score(expert, *next) > fit.score(*best, *next))) best = expert;
                }
                if (!best) break;
                out[rows.experts[*best].id] = post.id;
            }
        }
    }
    return out;
}

TEST(MechanismLaw, GreedyIsWhatOneWouldDoByHand) {
    const std::size_t cases = given::law_cases(10'000);
    for (std::size_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {4 + seed % 5, 3 + seed % 3}));
        ASSERT_EQ(posted(run_mechanism(plan, Mechanism::greedy).staffing), naive_greedy(plan));
    }
}

TEST(MechanismMessages, HaveBothLanguages) {
    for (const MessageText* row : all_mechanism_messages) {
        EXPECT_NE(row->zh, row->en);
        EXPECT_FALSE(row->zh.empty());
    }
}

}  // namespace
}  // namespace countyplan
