#include <countyplan/allocate/explain/explain.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/explain/explanation.hpp>
#include <countyplan/allocate/explain/messages.hpp>
#include <countyplan/allocate/impl/pair_costs.hpp>

#include "given/allocate.hpp"
#include "given/law.hpp"
#include "given/resolve.hpp"

namespace countyplan {
namespace {

using given::effect_between;
using given::Resolve;

Allocation with_decision(const Plan& plan, Id<Expert> expert, Id<Post> post) {
    Draft draft = plan.draft();
    draft.decisions.push_back({.id = "asked",
                               .kind = DecisionKind::require,
                               .who = {Noun::expert, draft.experts[expert].id},
                               .where = {Noun::post, draft.posts[post].id}});
    return allocate(Plan(draft));
}

Effect effect_of_pair(const Plan& plan, const Allocation& best, Id<Expert> expert, Id<Post> post) {
    const Allocation forced = with_decision(plan, expert, post);
    if (forced.termination != Termination::optimal) return {forced.termination, {}};
    return effect_between(best.tiers, forced.tiers);
}

/// The staffing with the transfers made.
Staffing moved(const Plan& plan, const Staffing& staffing, const std::vector<Transfer>& transfers) {
    std::vector<Posting> postings(staffing.begin(), staffing.end());
    for (const Transfer& row : transfers) {
        const auto here = std::ranges::find(postings, row.expert, &Posting::expert);
        EXPECT_EQ(here == postings.end() ? std::string() : here->post, row.from);
        if (here != postings.end()) postings.erase(here);
        if (row.to.empty()) continue;
        const Period period = plan.period_of(plan.find<Post>(row.to));
        postings.push_back({row.expert, row.to, period.from, period.to});
    }
    std::ranges::sort(postings);
    return Staffing(postings);
}

/// The transfers keep every rule and come to exactly the effect.
void expect_transfers(const Plan& plan, const Allocation& best, const std::vector<Transfer>& transfers,
                      const Effect& effect) {
    if (effect.termination != Termination::optimal) {
        EXPECT_TRUE(transfers.empty());
        return;
    }
    const Staffing after = moved(plan, best.staffing, transfers);
    const auto tiers = tier_values(plan, after);
    EXPECT_TRUE(examine(plan, after, tiers, {}, Claim::feasible).accepted);
    EXPECT_EQ(effect_between(best.tiers, tiers), effect);
}

TEST(WhyHereLaw, TheBestOtherPostCostsWhatADecisionForItCosts) {
    std::size_t asked = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(3'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {.experts = 6, .posts = 5}));
        const Allocation best = allocate(plan);
        if (best.termination != Termination::optimal) continue;
        const FitScore fit(plan);
        for (const Id<Expert> expert : plan.rows().experts.ids()) {
            const WhyHere why = why_here(plan, best, expert);
            const auto posting = std::ranges::find(best.staffing.rows(), why.expert, &Posting::expert);
            ASSERT_EQ(why.post, posting == best.staffing.rows().end() ? "" : posting->post);
            ASSERT_EQ(why.factors, why.post.empty() ? FactorTable{} : fit.factors(expert, plan.find<Post>(why.post)));
            const auto others = ranked_posts(plan, best, expert, 100);
            ASSERT_EQ(why.other.empty(), others.empty());
            if (others.empty()) continue;
            EXPECT_EQ(why.other_factors, fit.factors(expert, plan.find<Post>(why.other)));
            EXPECT_EQ(why.effect, effect_of_pair(plan, best, expert, plan.find<Post>(why.other)));
            expect_transfers(plan, best, why.transfers, why.effect);
            EXPECT_FALSE(sentences(plan, why).empty());
            ++asked;
        }
    }
    EXPECT_GT(asked, 0U);
}

/// A staffing of everybody, by expert; empty: at home.
using Places = std::vector<Id<Post>>;

/// Every staffing that keeps every rule, with its values.
std::vector<std::pair<Places, std::vector<TierValue>>> all_staffings(const Plan& plan) {
    const std::size_t experts = plan.rows().experts.size();
    const std::size_t ways = plan.rows().posts.size() + 1;
    const Eligibility eligibility(plan);
    std::size_t count = 1;
    for (std::size_t e = 0; e < experts; ++e)
        count *= ways;
    std::vector<std::pair<Places, std::vector<TierValue>>> out;
    for (std::size_t code = 0; code < count; ++code) {
        Places places;
        std::vector<Posting> postings;
        std::size_t rest = code;
        bool may = true;
        for (std::size_t e = 0; e < experts && may; ++e, rest /= ways) {
            places.push_back(rest % ways == 0 ? Id<Post>() : Id<Post>(rest % ways - 1));
            if (!places.back()) continue;
            may = eligibility.is_eligible(Id<Expert>(e), places.back());
            const Period period = plan.period_of(places.back());
            postings.push_back(
                {plan.rows().experts[Id<Expert>(e)].id, plan.rows().posts[places.back()].id, period.from, period.to});
        }
        if (!may) continue;
        std::ranges::sort(postings);
        const Staffing staffing(std::move(postings));
        auto tiers = tier_values(plan, staffing);
        if (!examine(plan, staffing, tiers, {}, Claim::feasible).accepted) continue;
        out.emplace_back(std::move(places), std::move(tiers));
    }
    return out;
}

bool is_better(const std::vector<TierValue>& a, const std::vector<TierValue>& b) {
    for (std::size_t t = 0; t < a.size(); ++t)
        if (a[t].value != b[t].value) return is_gain(a[t].tier) == (a[t].value > b[t].value);
    return false;
}

/// The fewest people elsewhere than at hand, of the best of the staffings that are asked for.
template <class Asked>
std::optional<std::size_t> fewest_moves(const std::vector<std::pair<Places, std::vector<TierValue>>>& all,
                                        const Places& at_hand, const Asked& is_asked) {
    std::optional<std::size_t> fewest;
    const std::vector<TierValue>* best = nullptr;
    for (const auto& [places, tiers] : all) {
        if (!is_asked(places) || (best != nullptr && is_better(*best, tiers))) continue;
        std::size_t moves = 0;
        for (std::size_t e = 0; e < places.size(); ++e)
            moves += places[e] == at_hand[e] ? 0 : 1;
        if (best == nullptr || is_better(tiers, *best) || moves < *fewest) fewest = moves;
        best = &tiers;
    }
    return fewest;
}

TEST(TransferLaw, NoBestStaffingMovesFewerPeople) {
    std::size_t pairs = 0;
    std::size_t posts = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(4'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {.experts = 5, .posts = 3}));
        const Allocation best = allocate(plan);
        if (best.termination != Termination::optimal) continue;
        const auto all = all_staffings(plan);
        Places at_hand(plan.rows().experts.size());
        for (const Posting& row : best.staffing)
            at_hand[plan.find<Expert>(row.expert).value()] = plan.find<Post>(row.post);
        for (const Id<Post> post : plan.rows().posts.ids()) {
            const auto serving = std::ranges::count(at_hand, post);
            const WhyEmpty empty = why_empty(plan, best, post, 0);
            if (empty.one_more.termination == Termination::optimal && serving < plan.rows().posts[post].max) {
                EXPECT_EQ(empty.transfers.size(), fewest_moves(all, at_hand, [&](const Places& places) {
                              return std::ranges::count(places, post) > serving;
                          }));
                ++posts;
            }
            for (const Id<Expert> expert : plan.rows().experts.ids()) {
                const WhyNot why = why_not(plan, best, expert, post);
                if (why.effect.termination != Termination::optimal) continue;
                EXPECT_EQ(why.transfers.size(), fewest_moves(all, at_hand, [&](const Places& places) {
                              return places[expert.value()] == post;
                          }));
                ++pairs;
            }
        }
        for (const Id<Expert> expert : plan.rows().experts.ids()) {
            const WhyHere why = why_here(plan, best, expert);
            if (why.effect.termination != Termination::optimal) continue;
            const Id<Post> other = plan.find<Post>(why.other);
            EXPECT_EQ(why.transfers.size(), fewest_moves(all, at_hand, [&](const Places& places) {
                          return places[expert.value()] == other;
                      }));
        }
    }
    EXPECT_GT(pairs, 0U);
    EXPECT_GT(posts, 0U);
}

/// The entry written into the draft, read from its words.
void apply(const DataEdit& edit, Draft& draft) {
    if (edit.place.table == "decisions") {
        auto& rows = draft.decisions.rows();
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(*edit.place.row));
        return;
    }
    const std::string& field = edit.place.field;
    if (edit.place.table == "pairings") {
        ASSERT_EQ(field, "required");
        draft.pairings.rows()[*edit.place.row].required = false;
    } else if (edit.place.table == "rules") {
        draft.rules[*edit.place.row].parameters[field] = std::stoll(edit.value);
    } else if (edit.place.table == "posts") {
        Post& post = draft.posts.rows()[*edit.place.row];
        if (field == "min_title")
            post.min_title = enumerator<Title>(edit.value);
        else if (field == "min_years")
            post.min_years = std::stoll(edit.value);
        else
            FAIL() << field;
    } else {
        ASSERT_EQ(edit.place.table, "experts");
        Expert& expert = draft.experts.rows()[*edit.place.row];
        if (field == "roles")
            expert.roles.push_back(*enumerator<Role>(edit.value));
        else if (field == "subjects")
            expert.subjects.push_back(edit.value);
        else if (field == "title")
            expert.title = *enumerator<Title>(edit.value);
        else if (field == "years")
            expert.years = std::stoll(edit.value);
        else if (field == "available_from")
            expert.available_from = Day::parse(edit.value);
        else if (field == "available_to")
            expert.available_to = Day::parse(edit.value);
        else if (field == "avoids")
            std::erase_if(expert.avoids, [&](const Reference& r) { return "-" + to_text(r) == edit.value; });
        else
            FAIL() << field;
    }
}

TEST(WhyNotLaw, EveryEditAloneMakesThePairEligible) {
    std::map<std::string, std::size_t> seen;
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {.experts = 6, .posts = 5}));
        const Allocation best = allocate(plan);
        if (best.termination != Termination::optimal) continue;
        const Eligibility eligibility(plan);
        for (const Id<Expert> expert : plan.rows().experts.ids()) {
            for (const Id<Post> post : plan.rows().posts.ids()) {
                if (eligibility.is_eligible(expert, post)) continue;
                const WhyNot why = why_not(plan, best, expert, post);
                EXPECT_EQ(why.refusals, eligibility.refusals(expert, post));
                EXPECT_FALSE(why.serves);
                if (why.refusals.size() > 2) {
                    EXPECT_TRUE(why.edits.empty());
                }
                for (const DataEdit& edit : why.edits) {
                    SCOPED_TRACE(text(edit.what, Language::en));
                    ++seen[edit.place.table + "." + edit.place.field];
                    Draft draft = plan.draft();
                    apply(edit, draft);
                    EXPECT_TRUE(Eligibility(Plan(draft)).is_eligible(expert, post));
                }
                EXPECT_GE(sentences(plan, why).size(), why.refusals.size() + 1);
            }
        }
    }
    for (const char* kind : {"experts.roles", "experts.subjects", "experts.title", "experts.years", "posts.min_title",
                             "posts.min_years", "experts.available_from", "experts.available_to", "experts.avoids"})
        EXPECT_GT(seen[kind], 0U) << kind;
}

TEST(WhyNotLaw, APairCostsWhatADecisionForItCostsAndSoManyPointsWouldFlipIt) {
    std::size_t flipped = 0;
    std::size_t hopeless = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(3'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {.experts = 6, .posts = 5}));
        const Allocation best = allocate(plan);
        if (best.termination != Termination::optimal) continue;
        const Eligibility eligibility(plan);
        for (const Id<Expert> expert : plan.rows().experts.ids()) {
            for (const Id<Post> post : plan.rows().posts.ids()) {
                if (!eligibility.is_eligible(expert, post)) continue;
                const WhyNot why = why_not(plan, best, expert, post);
                ASSERT_TRUE(why.refusals.empty());
                if (why.serves) continue;
                EXPECT_EQ(why.effect, effect_of_pair(plan, best, expert, post));
                expect_transfers(plan, best, why.transfers, why.effect);
                const auto is_best_with = [&](Int128 points) {
                    const Resolve free = Resolve(*allocation_problem(plan)).give(expert, post, *to_int64(points));
                    return Resolve(free).force(expert, post).best() == free.best();
                };
                if (why.points) {
                    EXPECT_TRUE(is_best_with(*why.points));
                    if (*why.points > Int128(0)) {
                        EXPECT_FALSE(is_best_with(*why.points - Int128(1)));
                        ++flipped;
                    }
                } else {
                    EXPECT_FALSE(is_best_with(Int128(std::int64_t{1} << 30)));
                    ++hopeless;
                }
            }
        }
    }
    EXPECT_GT(flipped, 0U);
    EXPECT_GT(hopeless, 0U);
}

/// Every single repair that the definition names, tried one by one.
std::vector<FillingRepair> all_repairs(const Plan& plan, const Allocation& best, Id<Post> post, std::int64_t serving) {
    const Resolve plain(*allocation_problem(plan));
    const auto before = *plain.best();
    const std::string own = "post:" + plan.rows().posts[post].id;
    const std::int64_t max = std::max(plan.rows().posts[post].max, serving + 1);
    const Effect one_more = effect_between(before, Resolve(plain).bound(own, serving + 1, max).best());
    const detail::PairCosts pairs(plan, {});
    std::vector<FillingRepair> out;
    const auto take = [&](FillingRepair repair, const Resolve& repaired) {
        repair.effect = effect_between(before, Resolve(repaired).bound(own, serving + 1, max).best());
        if (repair.effect != effect_between(before, repaired.best()) || !costs_less(repair.effect, one_more)) return;
        if (repair.effect.termination == Termination::optimal) out.push_back(repair);
    };
    for (const CountedSet& set : plain.problem().sets) {
        if (set.name.starts_with("post:")) continue;
        const auto with = [&](bool is_lower, std::int64_t number) {
            const SetBound bound{set.name, is_lower, number};
            take({.bound = bound}, Resolve(plain).bound(bound));
        };
        if (set.lower > 0) with(true, set.lower - 1);
        if (set.upper != CountedSet::unlimited) with(false, set.upper + 1);
    }
    for (const Id<Expert> expert : plan.rows().experts.ids()) {
        const auto refusals = pairs.eligibility().refusals(expert, post);
        if (refusals.size() != 1) continue;
        const RefusalKind kind = refusals.front().kind;
        if (kind == RefusalKind::role || kind == RefusalKind::subject || kind == RefusalKind::avoids) continue;
        if (pairs.eligibility().decisions_against(expert, post).size() > 1) continue;
        take({.expert = plan.rows().experts[expert].id, .refusal = refusals.front()},
             Resolve(plain).allow(expert, post, pairs.all_tiers(expert, post)));
    }
    (void)best;
    std::ranges::stable_sort(out, costs_less, &FillingRepair::effect);
    return out;
}

TEST(WhyEmptyLaw, OneMoreCostsTheDifferenceAndTheRepairsAreAllThatFillIt) {
    std::size_t bounds = 0;
    std::size_t people = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {.experts = 6, .posts = 5}));
        const Allocation best = allocate(plan);
        if (best.termination != Termination::optimal) continue;
        const Eligibility eligibility(plan);
        for (const Id<Post> post : plan.rows().posts.ids()) {
            const Post& row = plan.rows().posts[post];
            const WhyEmpty why = why_empty(plan, best, post, 100);
            ASSERT_EQ(why.serving, std::ranges::count(best.staffing.rows(), row.id, &Posting::post));
            EXPECT_EQ(why.short_of_min, std::max<std::int64_t>(0, row.min - why.serving));
            EXPECT_EQ(why.short_of_target, std::max<std::int64_t>(0, row.target - why.serving));
            EXPECT_EQ(why.reason.empty(), why.short_of_target == 0);
            const Resolve plain(*allocation_problem(plan));
            Resolve one_more = plain;
            one_more.bound("post:" + row.id, why.serving + 1, std::max(row.max, why.serving + 1));
            EXPECT_EQ(why.one_more, effect_between(*plain.best(), one_more.best()));
            if (why.serving < row.max) {
                expect_transfers(plan, best, why.transfers, why.one_more);
            }
            std::size_t refused = 0;
            for (const Id<Expert> expert : plan.rows().experts.ids())
                if (!eligibility.is_eligible(expert, post)) ++refused;
            EXPECT_EQ(why.refused, refused);
            ASSERT_EQ(why.nearest.size(), refused);
            for (const NearMiss& near : why.nearest)
                EXPECT_EQ(near.refusals, eligibility.refusals(plan.find<Expert>(near.expert), post));
            EXPECT_TRUE(std::ranges::is_sorted(why.nearest, {}, [](const NearMiss& n) { return n.refusals.size(); }));
            const auto expected = all_repairs(plan, best, post, why.serving);
            ASSERT_EQ(why.repairs.size(), expected.size());
            for (std::size_t k = 0; k < expected.size(); ++k) {
                EXPECT_EQ(why.repairs[k].effect, expected[k].effect);
                EXPECT_TRUE(std::ranges::count(expected, why.repairs[k])) << k;
                why.repairs[k].bound ? ++bounds : ++people;
            }
            EXPECT_GE(sentences(plan, why).size(), 2 + why.nearest.size() + why.repairs.size());
        }
    }
    EXPECT_GT(bounds, 0U);
    EXPECT_GT(people, 0U);
}

bool is_feasible(const AllocationProblem& problem, const std::vector<SetBound>& bounds) {
    Resolve changed(problem);
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> of;
    for (const CountedSet& set : problem.sets)
        of[set.name] = {set.lower, set.upper};
    for (const SetBound& bound : bounds)
        (bound.is_lower ? of[bound.set].first : of[bound.set].second) = bound.bound;
    for (const auto& [name, limits] : of)
        changed.bound(name, limits.first, limits.second);
    return changed.best().has_value();
}

TEST(WhyInfeasibleLaw, EachRepairMakesThePlanPossibleAndHeldBackAnywhereDoesNot) {
    std::size_t repairs = 0;
    std::size_t wide = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {.experts = 5, .posts = 4});
        for (Quota& quota : draft.quotas)  // ask for more than there is
            if (quota.lower > 0) {
                quota.lower += static_cast<std::int64_t>(seed % 3);
                if (quota.upper) quota.upper = std::max(*quota.upper, quota.lower);
            }
        const Plan plan(draft);
        const Allocation none = allocate(plan);
        const WhyInfeasible why = why_infeasible(plan, none, 50, 4);
        if (none.termination != Termination::infeasible) {
            EXPECT_EQ(why, WhyInfeasible{});
            continue;
        }
        const AllocationProblem problem = *allocation_problem(plan);
        ASSERT_EQ(why.conflict, conflict(plan, none));
        ASSERT_FALSE(why.conflict.empty());
        ASSERT_FALSE(why.repairs.empty() && why.complete);
        std::set<std::vector<std::string>> choices;
        for (const FeasibilityRepair& repair : why.repairs) {
            ++repairs;
            if (repair.bounds.size() > 1) ++wide;
            std::vector<SetBound> all;
            std::int64_t units = 0;
            std::vector<std::string> names;
            for (const LoosenedBound& row : repair.bounds) {
                all.push_back({row.bound.set, row.bound.is_lower, row.loosened});
                units += row.bound.is_lower ? row.bound.bound - row.loosened : row.loosened - row.bound.bound;
                EXPECT_GT(row.bound.is_lower ? row.bound.bound : row.loosened,
                          row.bound.is_lower ? row.loosened : row.bound.bound);
                names.push_back(row.bound.set + (row.bound.is_lower ? "<" : ">"));
            }
            EXPECT_TRUE(choices.insert(names).second);
            EXPECT_EQ(units, repair.units);
            EXPECT_TRUE(is_feasible(problem, all));
            for (std::size_t k = 0; k < all.size(); ++k) {
                auto less = all;
                less[k].bound = repair.bounds[k].bound.bound;
                EXPECT_FALSE(is_feasible(problem, less));
                less[k].bound = all[k].bound + (all[k].is_lower ? 1 : -1);
                EXPECT_FALSE(is_feasible(problem, less));
            }
        }
        if (!why.complete) continue;
        // no two bounds, loosened fully, help without a repair among them
        std::vector<SetBound> loose;
        for (const CountedSet& set : problem.sets) {
            if (set.lower > 0) loose.push_back({set.name, true, 0});
            if (set.upper != CountedSet::unlimited) loose.push_back({set.name, false, 1000});
        }
        for (std::size_t a = 0; a < loose.size(); ++a) {
            for (std::size_t b = a; b < loose.size(); ++b) {
                if (!is_feasible(problem, {loose[a], loose[b]})) continue;
                EXPECT_TRUE(std::ranges::any_of(why.repairs, [&](const FeasibilityRepair& repair) {
                    return std::ranges::all_of(repair.bounds, [&](const LoosenedBound& row) {
                        const auto is = [&](const SetBound& x) {
                            return x.set == row.bound.set && x.is_lower == row.bound.is_lower;
                        };
                        return is(loose[a]) || is(loose[b]);
                    });
                }));
            }
        }
        EXPECT_GE(sentences(plan, why).size(), 1 + why.repairs.size());
    }
    EXPECT_GT(repairs, 0U);
    EXPECT_GT(wide, 0U);
}

/// One county, one school, one physics post, one physics teacher too few years.
Draft near_draft() {
    Draft draft;
    draft.name = "near";
    draft.period = {given::day("2024-09-01"), given::day("2026-02-28")};
    draft.counties.push_back({.code = *Code::parse("451024")});
    draft.schools.push_back({.id = "DB-1", .county = *Code::parse("451024"), .assisted = true});
    draft.senders.push_back({.id = "SZ"});
    draft.posts.push_back({.id = "P-1", .school = "DB-1", .subject = "physics", .min = 1});
    draft.experts.push_back(
        {.id = "SZ-1", .sender = "SZ", .roles = {Role::teacher}, .subjects = {"physics"}, .years = 5});
    draft.posts.rows()[0].min_years = 8;
    return draft;
}

std::vector<std::string> told(const std::vector<Message>& messages, Language language) {
    std::vector<std::string> out;
    for (const Message& message : messages)
        out.push_back(text(message, language));
    return out;
}

TEST(Explain, SaysWhatOneEntryWouldMakeOfAPair) {
    const Plan plan(near_draft());
    const WhyNot why = why_not(plan, allocate(plan), Id<Expert>(0), Id<Post>(0));
    EXPECT_EQ(told(sentences(plan, why), Language::en),
              (std::vector<std::string>{
                  "'SZ-1' may not serve in post 'P-1': the post asks for at least 8 years of service; this person has "
                  "5 (post.min_years)",
                  "this alone makes the pair eligible: 'SZ-1' has 8 years of service",
                  "this alone makes the pair eligible: post 'P-1' asks for no more than 5 years of service"}));
    EXPECT_EQ(told(sentences(plan, why), Language::zh).back(), "只改这一项即合格：岗位“P-1”只要求教龄 5 年");
}

TEST(Explain, SaysWhatFillsAPost) {
    const Plan plan(near_draft());
    const WhyEmpty why = why_empty(plan, allocate(plan), Id<Post>(0));
    const auto words = told(sentences(plan, why), Language::en);
    ASSERT_EQ(words.size(), 6U);
    EXPECT_EQ(words[0], "post 'P-1' has 0 people, 1 short of its minimum, 1 of its target");
    EXPECT_EQ(words[2], "one more person there: then no staffing keeps every rule");
    EXPECT_EQ(words[5],
              "this fills it: for 'SZ-1' pass over \"the post asks for at least 8 years of service; this person has "
              "5\"; the whole is better: 1 fewer short of the minimum");
}

TEST(Explain, TellsTheTierThatDecidesAsAPlannerWould) {
    const auto told_of = [](Tier tier, std::int64_t loss, Language language) {
        Draft draft = near_draft();
        draft.objective = {Tier::graded_shortfall, tier};
        const Effect effect{Termination::optimal, {Int128(0), Int128(loss)}};
        return text(describe(Plan(draft), effect, {"rapport", "", ""}), language);
    };
    const auto en = [&](Tier tier, std::int64_t loss) { return told_of(tier, loss, Language::en); };
    EXPECT_EQ(en(Tier::critical_shortfall, 2), "the whole is worse: 2 more short at critical posts");
    EXPECT_EQ(en(Tier::critical_shortfall, -2), "the whole is better: 2 fewer short at critical posts");
    EXPECT_EQ(en(Tier::shortfall, 1), "the whole is worse: 1 more short of the minimum");
    EXPECT_EQ(en(Tier::shortfall, -1), "the whole is better: 1 fewer short of the minimum");
    EXPECT_EQ(en(Tier::moves, 1), "the whole is worse: 1 more of those who serve now leave their post");
    EXPECT_EQ(en(Tier::moves, -3), "the whole is better: 3 more of those who serve now keep their post");
    EXPECT_EQ(en(Tier::county_cover, 35), "the whole is worse: counties are served less evenly, by 35");
    EXPECT_EQ(en(Tier::county_cover, -35), "the whole is better: counties are served more evenly, by 35");
    EXPECT_EQ(en(Tier::hardship, 12), "the whole is worse: distance in all rises by 12");
    EXPECT_EQ(en(Tier::sender_load, -4), "the whole is better: load on senders falls by 4");
    EXPECT_EQ(en(Tier::fit, 30), "the whole is worse: 30 points lost in fit");
    EXPECT_EQ(en(Tier::fit, -30), "the whole is better: 30 points won in fit");
    EXPECT_EQ(en(Tier::user_1, 7), "the whole is worse: 7 points lost in rapport");
    EXPECT_EQ(en(Tier::user_2, -7), "the whole is better: 7 points won in own tier 2");
    EXPECT_EQ(told_of(Tier::moves, 1, Language::zh), "整体变差：在岗人员多 1 人不能留在原岗");
    EXPECT_EQ(told_of(Tier::fit, -30, Language::zh), "整体变好：匹配总分多 30 分");
    EXPECT_EQ(told_of(Tier::user_1, 7, Language::zh), "整体变差：rapport少 7 分");
}

TEST(Explanation, CallsTheCallersOwnTierByItsName) {
    Draft draft = given::small_draft(7);
    draft.objective = {Tier::user_2};
    const Plan plan(draft);
    const UserTier tier{Tier::user_2, "rapport", [](Id<Expert> expert, Id<Post>) {
                            return std::int64_t{3} + static_cast<std::int64_t>(expert.value());
                        }};
    const Allocation best = allocate(plan, {.flow = {}, .rules = {.tiers = {tier}}});
    ASSERT_FALSE(best.staffing.empty());
    const Id<Expert> expert = plan.find<Expert>(best.staffing.rows().front().expert);
    const Explanation all = explain(plan, best, {.expert = expert, .hinges = 2});
    EXPECT_EQ(all.names, best.names);
    const auto words = told(sentences(plan, all), Language::en);
    EXPECT_TRUE(std::ranges::any_of(words, [](const std::string& line) { return line.ends_with(" lost in rapport"); }));
    EXPECT_TRUE(
        std::ranges::none_of(words, [](const std::string& line) { return line.find("own tier") != line.npos; }));
}

TEST(Explain, SaysWhatMakesAnImpossiblePlanPossible) {
    Draft draft = near_draft();
    draft.quotas.push_back({.id = "Q", .holder = {Noun::plan, ""}, .lower = 1});
    const Plan plan(draft);
    const WhyInfeasible why = why_infeasible(plan, allocate(plan));
    EXPECT_TRUE(why.complete);
    EXPECT_EQ(told(sentences(plan, why), Language::en),
              (std::vector<std::string>{
                  "these cannot hold together: quota 'Q' asks for at least 1",
                  "loosened by 1 in all, this makes it possible: quota 'Q' asks for at least 1: make it 0"}));
}

TEST(Explain, KeepsToWhatTheCallerGave) {
    Draft draft = near_draft();
    draft.posts.rows()[0].min_years.reset();
    const Plan plan(draft);
    const AllocateOptions nobody{.rules = {.allows = [](Id<Expert>, Id<Post>) { return false; }}};
    const Allocation empty = allocate(plan, nobody);
    EXPECT_TRUE(why_not(plan, empty, Id<Expert>(0), Id<Post>(0)).given);
    EXPECT_TRUE(why_empty(plan, empty, Id<Post>(0)).repairs.empty());
    EXPECT_TRUE(why_here(plan, empty, Id<Expert>(0)).other.empty());
    const Allocation full = allocate(plan);
    EXPECT_TRUE(why_not(plan, full, Id<Expert>(0), Id<Post>(0)).serves);
}

TEST(Explain, SaysWhatItDoesNotKnowWhenStopped) {
    const Plan plan(given::small_draft(1));
    const Allocation best = allocate(plan);
    const Stop now{.step_limit = 0};
    EXPECT_EQ(why_here(plan, best, Id<Expert>(0), now).effect.termination, Termination::unknown);
    EXPECT_EQ(why_empty(plan, best, Id<Post>(0), 10, now).one_more.termination, Termination::unknown);
    Draft draft = near_draft();
    draft.quotas.push_back({.id = "Q", .holder = {Noun::plan, ""}, .lower = 1});
    const Plan impossible(draft);
    const WhyInfeasible why = why_infeasible(impossible, allocate(impossible), 20, 4, now);
    EXPECT_FALSE(why.complete);
    EXPECT_EQ(why.cause, Cause::steps);
    EXPECT_FALSE(why.conflict.empty());
    EXPECT_EQ(text(sentences(impossible, why).back(), Language::en),
              "there may be other repairs; that was not found out");
}

TEST(ExplainMessages, HaveUniqueCodesAndBothLanguages) {
    std::set<std::string_view> codes;
    for (const MessageText* row : all_explain_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_NE(row->zh, row->en);
    }
    EXPECT_EQ(codes.size(), 68U);
}

TEST(Explanation, AnswersEveryQuestionAtOnce) {
    const Plan plan(given::small_draft(7));
    const Allocation best = allocate(plan);
    ASSERT_FALSE(best.staffing.empty());
    const Id<Expert> expert = plan.find<Expert>(best.staffing.rows().front().expert);
    const Id<Post> post(1);
    const Explanation all = explain(
        plan, best, {.expert = expert, .why_not = post, .post = post, .weights = true, .subjects = true, .hinges = 3});
    EXPECT_EQ(all.why_here, why_here(plan, best, expert));
    EXPECT_EQ(all.other_posts, ranked_posts(plan, best, expert));
    EXPECT_EQ(all.worth, worth(plan, best, expert));
    EXPECT_EQ(all.why_not, why_not(plan, best, expert, post));
    EXPECT_EQ(all.why_empty, why_empty(plan, best, post));
    EXPECT_EQ(all.people, ranked_people(plan, best, post));
    EXPECT_EQ(all.places, worth(plan, best, "post:P-1"));
    EXPECT_EQ(all.weight_ranges, weight_ranges(plan, best));
    EXPECT_EQ(all.weight_changes, weight_changes(plan, best, expert, post));
    EXPECT_EQ(all.subjects, scarcest_subjects(plan, best));
    EXPECT_EQ(all.hinges, hinges(plan, best, 3));
    EXPECT_EQ(all.why_infeasible, WhyInfeasible{});
    EXPECT_GE(sentences(plan, all).size(),
              sentences(plan, *all.why_here).size() + sentences(plan, *all.why_not).size() + fit_factor_count);
    EXPECT_EQ(explain(plan, best, {}), (Explanation{.digests = best.digests}));
}

TEST(Explanation, SaysWhatStoppedIt) {
    const Plan plan(given::small_draft(7));
    const Allocation best = allocate(plan);
    const Question all{.expert = Id<Expert>(0), .post = Id<Post>(1), .weights = true, .subjects = true, .hinges = 3};
    EXPECT_EQ(explain(plan, best, all).cause, Cause::proved);
    const Explanation late = explain(plan, best, all, {.time_limit = std::chrono::nanoseconds(0)});
    EXPECT_EQ(late.cause, Cause::time);
    EXPECT_EQ(told(sentences(plan, late), Language::en),
              (std::vector<std::string>{"stopped early (time limit); the rest was not found out"}));
    EXPECT_EQ(explain(plan, best, all, {.step_limit = 0}).cause, Cause::steps);
    // enough steps for some answers, and not for all
    bool was_cut = false;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Plan other(given::rich_draft(seed, {.experts = 6, .posts = 5}));
        const Allocation answer = allocate(other);
        if (answer.termination != Termination::optimal) continue;
        const Explanation whole = explain(other, answer, all);
        for (const std::int64_t steps : {1, 3, 9, 27}) {
            const Explanation some = explain(other, answer, all, {.step_limit = steps});
            EXPECT_EQ(some.cause == Cause::proved, some == whole) << seed << ' ' << steps;
            was_cut = was_cut || (some.cause == Cause::steps && some.why_here);
        }
    }
    EXPECT_TRUE(was_cut);
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(explain(plan, best, all, {.token = source.get_token()}).cause, Cause::cancelled);
}

TEST(Explanation, OfAnImpossiblePlanSaysWhy) {
    Draft draft = near_draft();
    draft.quotas.push_back({.id = "Q", .holder = {Noun::plan, ""}, .lower = 1});
    const Plan plan(draft);
    const Allocation none = allocate(plan);
    const Explanation all = explain(plan, none, {.expert = Id<Expert>(0)});
    EXPECT_FALSE(all.why_here);
    EXPECT_EQ(all.why_infeasible, why_infeasible(plan, none));
    EXPECT_EQ(sentences(plan, all).size(), 2U);
}

}  // namespace
}  // namespace countyplan
