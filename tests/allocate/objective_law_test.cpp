// Any objective, quotas and decisions, against every staffing there is.
#include <countyplan/allocate/allocate.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/score.hpp>

#include "expect/verdict.hpp"
#include "given/allocate.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

using Key = std::vector<std::vector<std::int64_t>>;  ///< per tier what is to be least, compared in order

using expect::told;

bool is_below(const Draft& draft, std::string sender, const std::string& above) {
    while (!sender.empty() && sender != above)
        sender = given::row_of(draft.senders, sender).parent;
    return !sender.empty();
}

/// One plan and all its staffings, counted from the words of the definitions.
class Exhaustion {
  public:
    explicit Exhaustion(const Plan& plan, UserRules rules = {})
        : plan_(plan),
          draft_(plan.rows()),
          rules_(std::move(rules)),
          eligibility_(plan),
          fit_(plan),
          post_of_(draft_.experts.size(), -1) {}

    /// The least key of all legal staffings; nothing if there is none.
    [[nodiscard]] std::optional<Key> best() {
        best_ = {};
        visit(0);
        return best_;
    }

    [[nodiscard]] std::optional<Key> key_of(const Staffing& staffing) {
        post_of_.assign(post_of_.size(), -1);
        for (const Posting& row : staffing)
            post_of_[plan_.find<Expert>(row.expert).value()] = static_cast<int>(plan_.find<Post>(row.post).value());
        return is_legal() ? std::optional(key()) : std::nullopt;
    }

  private:
    void visit(std::size_t e) {
        if (e == post_of_.size()) {
            if (!is_legal()) return;
            Key found = key();
            if (!best_ || found < *best_) best_ = std::move(found);
            return;
        }
        for (int p = -1; p < static_cast<int>(draft_.posts.size()); ++p) {
            if (p >= 0 && !is_allowed(Id<Expert>(e), Id<Post>(static_cast<std::size_t>(p)))) continue;
            post_of_[e] = p;
            visit(e + 1);
        }
        post_of_[e] = -1;
    }

    [[nodiscard]] bool is_allowed(Id<Expert> expert, Id<Post> post) const {
        return eligibility_.is_eligible(expert, post) && (!rules_.allows || rules_.allows(expert, post));
    }

    [[nodiscard]] const Post& post(std::size_t e) const {
        return draft_.posts.rows()[static_cast<std::size_t>(post_of_[e])];
    }
    [[nodiscard]] std::string county(const Post& post) const {
        return to_text(given::row_of(draft_.schools, post.school).county);
    }

    template <class Counts>
    [[nodiscard]] std::int64_t count(const Counts& counts) const {
        std::int64_t out = 0;
        for (std::size_t e = 0; e < post_of_.size(); ++e)
            out += post_of_[e] >= 0 && counts(draft_.experts.rows()[e], post(e));
        return out;
    }

    [[nodiscard]] bool is_legal() const {
        for (std::size_t e = 0; e < post_of_.size(); ++e)
            if (post_of_[e] < 0 && eligibility_.must_serve(Id<Expert>(e))) return false;
        for (const Post& row : draft_.posts)
            if (count([&](const Expert&, const Post& at) { return at.id == row.id; }) > row.max) return false;
        for (const Sender& sender : draft_.senders) {
            const auto sent =
                count([&](const Expert& expert, const Post&) { return is_below(draft_, expert.sender, sender.id); });
            if (sender.quota_total && sent > *sender.quota_total) return false;
            for (const Role role : {Role::principal, Role::mid_level, Role::teacher}) {
                const auto quota = role == Role::principal   ? sender.quota_principal
                                   : role == Role::mid_level ? sender.quota_mid_level
                                                             : sender.quota_teacher;
                const auto own = count([&](const Expert& expert, const Post&) {
                    return expert.sender == sender.id && expert.roles.front() == role;
                });
                if (quota && own > *quota) return false;
            }
        }
        for (const Quota& quota : draft_.quotas) {
            const auto there = count([&](const Expert& expert, const Post& at) {
                if (quota.holder.noun == Noun::sender) {
                    return is_below(draft_, expert.sender, quota.holder.id) &&
                           (!quota.role || expert.roles.front() == *quota.role);
                }
                const bool is_there = quota.holder.noun == Noun::plan ||
                                      (quota.holder.noun == Noun::county && county(at) == quota.holder.id) ||
                                      (quota.holder.noun == Noun::school && at.school == quota.holder.id);
                return is_there && (!quota.role || at.role == *quota.role) &&
                       (quota.subject.empty() || at.subject == quota.subject);
            });
            if (there < quota.lower || (quota.upper && there > *quota.upper)) return false;
        }
        return true;
    }

    [[nodiscard]] Key key() const {
        Key out;
        for (const Tier tier : draft_.objective)
            out.push_back(tier == Tier::county_cover ? shares() : std::vector{value(tier)});
        return out;
    }

    /// The counties' shares from the worst up, over a common denominator, negated: less is fairer.
    [[nodiscard]] std::vector<std::int64_t> shares() const {
        std::map<std::string, std::int64_t> wanted;
        for (const Post& row : draft_.posts)
            wanted[county(row)] += row.target;
        std::int64_t common = 1;
        for (const auto& [code, need] : wanted)
            if (need > 0) common = std::lcm(common, need);
        std::vector<std::int64_t> out;
        for (const auto& [code, need] : wanted) {
            if (need == 0) continue;
            const auto there = count([&](const Expert&, const Post& at) { return county(at) == code; });
            out.push_back(std::min(there, need) * (common / need));
        }
        std::ranges::sort(out);
        for (std::int64_t& share : out)
            share = -share;
        return out;
    }

    [[nodiscard]] std::int64_t value(Tier tier) const {
        std::int64_t out = 0;
        for (const Post& row : draft_.posts) {
            const auto there = count([&](const Expert&, const Post& at) { return at.id == row.id; });
            const std::int64_t below_min = std::max<std::int64_t>(0, row.min - there);
            const std::int64_t below_target = std::max<std::int64_t>(0, row.target - there);
            if (tier == Tier::critical_shortfall && row.critical) out += below_min;
            if (tier == Tier::shortfall) out += below_min;
            if (tier == Tier::weighted_shortfall) out += row.priority * below_target;
            for (std::int64_t m = 1; tier == Tier::graded_shortfall && m <= below_target; ++m)
                out += row.priority * m;
        }
        for (std::size_t e = 0; e < post_of_.size(); ++e) {
            const Expert& expert = draft_.experts.rows()[e];
            const auto was_at = [&](const Post* at) {
                return std::ranges::any_of(draft_.staffing, [&](const Posting& row) {
                    return row.expert == expert.id && (at == nullptr || row.post == at->id);
                });
            };
            if (tier == Tier::moves) out += was_at(nullptr) && (post_of_[e] < 0 || !was_at(&post(e)));
            if (post_of_[e] < 0) continue;
            const Id<Post> at(static_cast<std::size_t>(post_of_[e]));
            const FactorTable factors = fit_.factors(Id<Expert>(e), at);
            if (tier == Tier::fit)
                for (const FactorPoints& row : factors)
                    out -= row.points;
            if (tier == Tier::wishes) out -= factors[static_cast<std::size_t>(FitFactor::wish)].value;
            if (tier == Tier::hardship) out += fit_.distance(Id<Expert>(e), at);
            if (tier == Tier::fit)
                for (const UserFactor& factor : rules_.factors)
                    out -= factor.weight * static_cast<std::int64_t>(factor.measure(Id<Expert>(e), at).value);
            for (const UserTier& own : rules_.tiers)
                if (own.tier == tier) out -= own.points(Id<Expert>(e), at);
        }
        if (tier == Tier::sender_load) {
            for (const Sender& sender : draft_.senders) {
                const bool is_above =
                    std::ranges::any_of(draft_.senders, [&](const Sender& other) { return other.parent == sender.id; });
                if (is_above) continue;
                const auto n = std::ranges::count(draft_.experts, sender.id, &Expert::sender);
                const auto sent = count([&](const Expert& expert, const Post&) { return expert.sender == sender.id; });
                for (std::int64_t k = 0; k < sent; ++k)
                    out += 1'000'000 * (2 * k + 1) / (n * n);
            }
        }
        return out;
    }

    const Plan& plan_;
    const Draft& draft_;
    UserRules rules_;
    Eligibility eligibility_;
    FitScore fit_;
    std::vector<int> post_of_;
    std::optional<Key> best_;
};

TEST(AllocateLaw, AnyObjectiveUnderQuotasAndDecisionsIsBestByExhaustion) {
    std::size_t impossible = 0;
    std::size_t fair = 0;
    const std::size_t cases = given::law_cases(200'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {2 + seed % 4, 2 + seed % 3}));
        Exhaustion all(plan);
        const auto best = all.best();
        const Allocation a = allocate(plan);
        ASSERT_TRUE(verify(plan, a)) << told(examine(plan, a));
        ASSERT_EQ(a.termination, best ? Termination::optimal : Termination::infeasible);
        if (!best) {
            ++impossible;
            continue;
        }
        ASSERT_EQ(all.key_of(a.staffing), best);
        const auto sets = counted_sets(plan);
        const bool is_bound_below = std::ranges::any_of(sets, [](const CountedSet& set) { return set.lower > 0; });
        for (const SetPrice& row : a.prices) {
            for (const std::int64_t value : row.value)
                ASSERT_TRUE(is_bound_below || std::abs(value) < std::int64_t{1} << 40) << row.set;
        }
        fair += std::ranges::count(plan.rows().objective, Tier::county_cover) > 0;
        for (const Unfilled& row : a.unfilled) {
            ASSERT_EQ(row.loss.size(), a.tiers.size());
            ASSERT_GE(row.loss, std::vector<std::int64_t>(row.loss.size(), 0));
        }
    }
    EXPECT_GT(impossible * 100, cases);
    EXPECT_GT(fair * 10, cases);
}

/// Answers that only the numbers of a pair and the seed decide.
UserRules rules_of(std::uint64_t seed, const std::vector<Tier>& tiers) {
    const auto drawn = [seed](Id<Expert> expert, Id<Post> post, std::uint64_t salt, std::uint64_t below) {
        return given::Random(seed * 1'000 + expert.value() * 31 + post.value(), salt).below(below);
    };
    UserRules out;
    if (seed % 3 == 0) out.allows = [=](Id<Expert> e, Id<Post> p) { return drawn(e, p, 1, 5) > 0; };
    if (seed % 4 == 0) {
        out.factors.push_back({"factor", 7, [=](Id<Expert> e, Id<Post> p) {
                                   return Measure{static_cast<double>(drawn(e, p, 2, 9)), 0.0};
                               }});
    }
    for (const Tier tier : tiers) {
        const std::uint64_t salt = 3 + *user_tier(tier);
        out.tiers.push_back({tier, "mine " + std::to_string(salt), [=](Id<Expert> e, Id<Post> p) {
                                 return static_cast<std::int64_t>(drawn(e, p, salt, 7)) - 3;
                             }});
    }
    return out;
}

// One to three tiers of the caller's own at every place of an objective of any of the ten others, points of both signs,
// with a predicate and a factor: the best staffing by exhaustion, and no altered point is accepted.
TEST(AllocateLaw, TiersOfTheCallersOwnCountAtTheirPlace) {
    std::map<std::size_t, std::size_t> places;
    std::size_t decisive = 0;
    const std::size_t cases = given::law_cases(60'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {2 + seed % 4, 2 + seed % 3});
        std::vector<Tier> own = {Tier::user_3, Tier::user_1, Tier::user_2};
        own.resize(1 + seed / 5 % 3);
        for (const Tier tier : own) {
            const std::size_t at = (seed / 7 + own.size()) % (draft.objective.size() + 1);
            ++places[at];
            draft.objective.insert(draft.objective.begin() + static_cast<std::ptrdiff_t>(at), tier);
        }
        const Plan plan(draft);
        const UserRules rules = rules_of(seed, own);
        Exhaustion all(plan, rules);
        const auto best = all.best();
        const Allocation a = allocate(plan, {.flow = {}, .rules = rules});
        ASSERT_TRUE(verify(plan, a)) << told(examine(plan, a));
        ASSERT_EQ(a.termination, best ? Termination::optimal : Termination::infeasible);
        if (!best) continue;
        ASSERT_EQ(all.key_of(a.staffing), best);
        for (const Tier tier : own)
            ASSERT_EQ(a.names[*user_tier(tier)], "mine " + std::to_string(3 + *user_tier(tier)));
        if (!a.given.empty()) {
            ASSERT_EQ(allocate(plan, {.flow = {}, .given = a.given, .names = a.names}), a);
        }
        const Posting* const posted = a.staffing.empty() ? nullptr : &a.staffing.rows()[seed % a.staffing.size()];
        if (posted == nullptr) continue;
        ++decisive;
        Allocation altered = a;
        for (GivenPair& row : altered.given)
            if (row.expert == posted->expert && row.post == posted->post) row.user[*user_tier(own.back())] -= 1;
        ASSERT_FALSE(verify(plan, altered));
    }
    EXPECT_GT(decisive * 5, cases);
    for (std::size_t at = 0; at < 7; ++at)
        EXPECT_GT(places[at], 0U) << at;
}

/// The plan's bounds without those that `kept` does not name.
Plan with_bounds(const Plan& plan, const std::vector<SetBound>& kept) {
    Draft draft = plan.rows();
    const auto keeps = [&](const std::string& set, bool is_lower) {
        return std::ranges::any_of(kept,
                                   [&](const SetBound& row) { return row.set == set && row.is_lower == is_lower; });
    };
    for (Quota& quota : draft.quotas.rows()) {
        if (!keeps("quota:" + quota.id, true)) quota.lower = 0;
        if (!keeps("quota:" + quota.id, false)) quota.upper.reset();
    }
    for (Sender& sender : draft.senders.rows()) {
        if (!keeps("sender:" + sender.id, false)) sender.quota_total.reset();
        if (!keeps("role:" + sender.id + "/principal", false)) sender.quota_principal.reset();
        if (!keeps("role:" + sender.id + "/mid_level", false)) sender.quota_mid_level.reset();
        if (!keeps("role:" + sender.id + "/teacher", false)) sender.quota_teacher.reset();
    }
    for (Post& post : draft.posts.rows())
        if (!keeps("post:" + post.id, false)) post.max = 1'000;
    return Plan(draft);
}

TEST(ConflictLaw, AloneItCannotBeAndWithoutAnyOneItCan) {
    std::size_t conflicts = 0;
    std::size_t larger = 0;
    const std::size_t cases = given::law_cases(50'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {3 + seed % 3, 3}));
        const Allocation a = allocate(plan);
        if (a.termination != Termination::infeasible) {
            ASSERT_TRUE(conflict(plan, a).empty());
            continue;
        }
        ++conflicts;
        const std::vector<SetBound> named = conflict(plan, a);
        ASSERT_FALSE(named.empty());
        larger += named.size() > 2;
        // those who must serve are bounds, too, which no edit of quotas takes away: count them by hand
        const auto is_possible = [&](const std::vector<SetBound>& kept) {
            AllocationProblem problem = *allocation_problem(with_bounds(plan, kept));
            for (std::size_t g = 0; g < problem.left_set.size(); ++g) {
                if (problem.left_set[g] == AllocationProblem::no_set) continue;
                const std::string& set = problem.sets[problem.left_set[g]].name;
                if (!set.starts_with("must:")) continue;
                if (!std::ranges::count(kept, SetBound{set, true, 1})) problem.flow.left.lower[g] = 0;
            }
            return solve(problem.flow).termination == Termination::optimal;
        };
        ASSERT_FALSE(is_possible(named));
        for (std::size_t i = 0; i < named.size(); ++i) {
            std::vector<SetBound> fewer = named;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
            ASSERT_TRUE(is_possible(fewer)) << named[i].set;
            ASSERT_FALSE(text(describe(plan, named[i]), Language::zh).empty());
        }
        // breaking the proof
        Allocation broken = a;
        broken.prices.erase(broken.prices.begin() + static_cast<std::ptrdiff_t>(seed % broken.prices.size()));
        ASSERT_FALSE(verify(plan, broken));
        broken = a;
        for (SetPrice& row : broken.prices)
            row.value.front() = -row.value.front();
        ASSERT_FALSE(verify(plan, broken));
    }
    EXPECT_GT(conflicts * 100, cases);
    EXPECT_GT(larger, 0U);
}

/// Posts that take one each, people who may serve in any, and a county that asks for more than its posts take.
Plan crowded_plan(std::int64_t posts, std::int64_t people, std::int64_t floor) {
    Draft draft;
    draft.name = "crowded";
    draft.period = {given::day("2024-09-01"), given::day("2026-02-28")};
    draft.senders.push_back({.id = "SZ"});
    const Code counties[] = {*Code::parse("451024"), *Code::parse("451026")};
    for (std::size_t c = 0; c < 2; ++c) {
        const std::string school = "school-" + std::to_string(c);
        draft.counties.push_back({.code = counties[c]});
        draft.schools.push_back({.id = school, .county = counties[c], .assisted = true});
        for (std::int64_t p = 0; p < posts; ++p)
            draft.posts.push_back({.id = "P-" + std::to_string(c) + "-" + std::to_string(p),
                                   .school = school,
                                   .min = 1,
                                   .target = 1,
                                   .max = 1});
    }
    for (std::int64_t e = 0; e < people; ++e)
        draft.experts.push_back({.id = "E-" + std::to_string(e), .sender = "SZ", .roles = {Role::teacher}});
    draft.quotas.push_back({.id = "Q", .holder = {Noun::county, "451024"}, .lower = floor});
    return Plan(draft);
}

TEST(Conflict, NamesEveryPostThatAFloorNeedsOpenAndNoOther) {
    const Plan plan = crowded_plan(300, 700, 305);
    const Allocation none = allocate(plan);
    ASSERT_EQ(none.termination, Termination::infeasible);
    EXPECT_TRUE(verify(plan, none));
    const auto named = conflict(plan, none);
    ASSERT_EQ(named.size(), 301U);
    EXPECT_EQ(named.front(), (SetBound{"quota:Q", true, 305}));
    for (const SetBound& bound : named)
        EXPECT_TRUE(bound.set == "quota:Q" || (bound.set.starts_with("post:P-0-") && !bound.is_lower)) << bound.set;
}

TEST(Conflict, ThatAloneCannotHoldIsNamedAlone) {
    const Plan plan = crowded_plan(100, 300, 301);
    EXPECT_EQ(conflict(plan, allocate(plan)), (std::vector<SetBound>{{"quota:Q", true, 301}}));
}

TEST(AllocateFromLaw, IsAsGoodAsFromScratchWhateverItStartsFrom) {
    const std::size_t cases = given::law_cases(20'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {8, 5}));
        const Plan other(given::rich_draft(seed / 2 + 1, {9, 6}));
        const Allocation a = allocate(plan);
        const Allocation b = allocate_from(plan, seed % 2 == 0 ? a : allocate(other));
        ASSERT_EQ(a.termination, b.termination);
        ASSERT_EQ(a.tiers, b.tiers);
        ASSERT_TRUE(verify(plan, b)) << told(examine(plan, b));
    }
}

TEST(AllocateFromLaw, OfTheBestItKeepsTheMostOfTheFormer) {
    std::size_t moved = 0;
    const std::size_t cases = given::law_cases(20'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {2 + seed % 4, 2 + seed % 3});
        Draft otherwise = draft;
        otherwise.objective = {Tier::wishes, Tier::shortfall};
        otherwise.decisions.clear();
        const Allocation other = allocate(Plan(otherwise));
        // the same counted as moves, last
        draft.staffing = other.staffing;
        if (std::ranges::count(draft.objective, Tier::moves) > 0 || !draft.decisions.empty()) continue;
        if (std::ranges::any_of(check(draft), [](const Finding& f) { return f.severity == Severity::error; })) continue;
        draft.weights.continuity = 0;
        Draft plain = draft;
        draft.objective.push_back(Tier::moves);
        const Allocation fewest = allocate(Plan(draft));
        const Plan plain_plan(plain);
        const Allocation near = allocate_from(plain_plan, other);
        ASSERT_EQ(near.termination, fewest.termination);
        if (near.termination != Termination::optimal) continue;
        ASSERT_TRUE(verify(plain_plan, near)) << told(examine(plain_plan, near));
        ASSERT_EQ(tier_values(Plan(draft), near.staffing), fewest.tiers);
        moved += fewest.tiers.back().value != Int128(0);
    }
    EXPECT_GT(moved, 0U);
}

TEST(AllocateFromLaw, LargerPlansWithManyLowerBoundsToo) {
    const std::size_t cases = given::law_cases(2'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::small_draft(seed, {300, 60});
        for (Sender& sender : draft.senders.rows()) {
            sender.quota_principal.reset();
            sender.quota_mid_level.reset();
            sender.quota_teacher.reset();
            sender.quota_total = 80;
            draft.quotas.push_back({.id = "Q-" + sender.id, .holder = {Noun::sender, sender.id}, .lower = 3});
        }
        const Allocation there = allocate(Plan(draft));
        draft.objective = {Tier::county_cover, Tier::hardship, Tier::fit};
        const Plan plan(draft);
        const Allocation b = allocate_from(plan, there);
        ASSERT_EQ(allocate(plan).tiers, b.tiers);
        ASSERT_TRUE(verify(plan, b)) << told(examine(plan, b));
    }
}

TEST(UserRules, KeepPairsAwayAndCountByTheirLowerBound) {
    Draft draft = given::small_draft(3, {8, 5});
    const Plan plan(draft);
    const Allocation plain = allocate(plan);
    ASSERT_FALSE(plain.staffing.empty());
    const std::string barred = plain.staffing.rows().front().expert;
    AllocateOptions options;
    options.rules.allows = [&](Id<Expert> expert, Id<Post>) { return plan.rows().experts[expert].id != barred; };
    options.rules.factors.push_back(
        {"local", 100, [](Id<Expert> expert, Id<Post> post) {
             return Measure{static_cast<double>((expert.value() * 7 + post.value()) % 10), 2.5};
         }});
    const Allocation a = allocate(plan, options);
    EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
    ASSERT_FALSE(a.given.empty());
    for (const Posting& row : a.staffing)
        EXPECT_NE(row.expert, barred);
    for (const GivenPair& row : a.given) {
        if (!row.allowed) continue;
        const double value =
            static_cast<double>((plan.find<Expert>(row.expert).value() * 7 + plan.find<Post>(row.post).value()) % 10);
        EXPECT_EQ(row.points, static_cast<std::int64_t>(std::max(0.0, value - 2.5) * 100));
        EXPECT_EQ(row.points + row.doubt, static_cast<std::int64_t>(value) * 100);
    }
    Allocation forged = a;
    for (GivenPair& row : forged.given)
        row.points += 1;
    EXPECT_FALSE(verify(plan, forged));
    forged = a;
    forged.given.clear();
    EXPECT_FALSE(verify(plan, forged));
}

TEST(UserRules, WrongMeasuresAreRefusedAndWhatTheyThrowComesOut) {
    const Plan plan(given::small_draft(3, {8, 5}));
    for (const Measure wrong : {Measure{std::numeric_limits<double>::quiet_NaN(), 0.0}, Measure{-1.0, 0.0},
                                Measure{1000.5, 0.0}, Measure{1.0, std::numeric_limits<double>::quiet_NaN()},
                                Measure{1.0, -0.5}, Measure{std::numeric_limits<double>::infinity(), 0.0}}) {
        AllocateOptions options;
        options.rules.factors.push_back({"wrong", 1, [&](Id<Expert>, Id<Post>) { return wrong; }});
        EXPECT_THROW((void)allocate(plan, options), InvalidMeasure);
    }
    AllocateOptions options;
    options.rules.factors.push_back({"heavy", 1'000'001, [](Id<Expert>, Id<Post>) { return Measure{}; }});
    EXPECT_THROW((void)allocate(plan, options), InvalidMeasure);
    options.rules.factors = {{"throws", 1, [](Id<Expert>, Id<Post>) -> Measure { throw std::runtime_error("mine"); }}};
    EXPECT_THROW((void)allocate(plan, options), std::runtime_error);
}

TEST(UserRules, TiersMustBeThoseOfTheObjectiveAndTheirPointsWithinBounds) {
    Draft draft = given::small_draft(3, {8, 5});
    draft.objective = {Tier::shortfall, Tier::user_2};
    const Plan plan(draft);
    const auto refused = [&](const UserRules& rules) {
        try {
            (void)allocate(plan, {.flow = {}, .rules = rules});
        } catch (const InvalidUserTier& error) {
            EXPECT_NE(std::string(error.what()).find(name(error.tier())), std::string::npos);
            return std::optional(error.tier());
        }
        return std::optional<Tier>();
    };
    const auto tier = [](Tier which, std::int64_t points) {
        return UserTier{which, "rapport", [points](Id<Expert>, Id<Post>) { return points; }};
    };
    EXPECT_EQ(refused({}), Tier::user_2);
    EXPECT_EQ(refused({.tiers = {tier(Tier::user_1, 1)}}), Tier::user_1);
    EXPECT_EQ(refused({.tiers = {tier(Tier::user_2, 1), tier(Tier::user_2, 1)}}), Tier::user_2);
    EXPECT_EQ(refused({.tiers = {tier(Tier::user_2, 1), tier(Tier::user_3, 1)}}), Tier::user_3);
    EXPECT_EQ(refused({.tiers = {tier(Tier::user_2, 1)}}), std::nullopt);
    for (const std::int64_t points :
         {UserTier::most_points + 1, -UserTier::most_points - 1, std::numeric_limits<std::int64_t>::min()}) {
        try {
            (void)allocate(plan, {.flow = {}, .rules = {.tiers = {tier(Tier::user_2, points)}}});
            ADD_FAILURE() << points;
        } catch (const InvalidMeasure& error) {
            EXPECT_EQ(error.factor(), "rapport");
            EXPECT_FALSE(error.expert().empty());
        }
    }
    Allocation best = allocate(plan, {.flow = {}, .rules = {.tiers = {tier(Tier::user_2, UserTier::most_points)}}});
    ASSERT_FALSE(best.given.empty());
    EXPECT_EQ(best.tiers[1].value,
              Int128(UserTier::most_points) * Int128(static_cast<std::int64_t>(best.staffing.size())));
    best.given[0].user[1] += 1;
    EXPECT_THROW((void)allocate(plan, {.flow = {}, .given = best.given}), InvalidMeasure);
    best.given[0].user[1] = 0;
    best.given[0].points = -1;
    EXPECT_THROW((void)allocate(plan, {.flow = {}, .given = best.given}), InvalidMeasure);
    const UserTier thrower{Tier::user_2, "mine",
                           [](Id<Expert>, Id<Post>) -> std::int64_t { throw std::runtime_error("mine"); }};
    EXPECT_THROW((void)allocate(plan, {.flow = {}, .rules = {.tiers = {thrower}}}), std::runtime_error);
}

TEST(UserRules, ATierIsToldByItsName) {
    const UserTierNames names = {"rapport", "", ""};
    EXPECT_EQ(tier_word(Tier::user_1, names), MessageArgument("rapport"));
    EXPECT_EQ(tier_word(Tier::user_2, names), MessageArgument(word(Tier::user_2)));
    EXPECT_EQ(tier_word(Tier::fit, names), MessageArgument(word(Tier::fit)));
}

TEST(GradedShortfall, NumbersTooLargeForExactTiersAreRefused) {
    Draft draft = given::small_draft(1, {3, 2});
    draft.objective = {Tier::graded_shortfall};
    draft.posts.rows()[1].target = draft.posts.rows()[1].max = 10'000'000;
    draft.posts.rows()[1].priority = 1'000'000;
    try {
        (void)allocate(Plan(draft));
        ADD_FAILURE();
    } catch (const InvalidPlan& error) {
        ASSERT_EQ(error.findings().size(), 1U);
        EXPECT_EQ(error.findings().front().message.code(), "numbers_too_large");
        EXPECT_EQ(to_text(error.findings().front().place), "posts[1].target");
    }
}

}  // namespace
}  // namespace countyplan
