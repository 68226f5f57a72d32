#include <countyplan/allocate/score.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "given/allocate.hpp"

namespace countyplan {
namespace {

Draft one_pair() {
    Draft draft;
    draft.name = "pair";
    draft.period = {given::day("2024-09-01"), given::day("2026-08-31")};
    draft.counties.push_back({.code = *Code::parse("451024"), .lat = 23.33, .lng = 106.62});
    draft.schools.push_back({.id = "DB-1", .county = *Code::parse("451024"), .assisted = true});
    draft.schools.push_back({.id = "DB-2", .county = *Code::parse("451024"), .assisted = true});
    draft.senders.push_back({.id = "SZ", .lat = 22.55, .lng = 114.06});
    draft.senders.push_back({.id = "LG", .kind = SenderKind::district, .parent = "SZ"});
    draft.posts.push_back({.id = "P", .school = "DB-1", .subject = "physics"});
    draft.posts.push_back({.id = "Q", .school = "DB-2", .role = Role::mid_level});
    draft.experts.push_back({.id = "E",
                             .sender = "LG",
                             .roles = {Role::teacher, Role::mid_level},
                             .subjects = {"maths", "physics"},
                             .title = Title::senior,
                             .degree = Degree::master,
                             .years = 12});
    return draft;
}

std::int64_t value(const Draft& draft, FitFactor factor, std::size_t post = 0) {
    return FitScore(Plan(draft)).factors(Id<Expert>(0), Id<Post>(post))[static_cast<std::size_t>(factor)].value;
}

TEST(FitScore, IsTheSumOfItsFactorsTimesTheirWeights) {
    Draft draft = one_pair();
    draft.weights = {1, 10, 100, 1000, 10000, 100000, 1000000, 7};
    const FitScore fit{Plan(draft)};
    const FactorTable table = fit.factors(Id<Expert>(0), Id<Post>(0));
    std::int64_t sum = 0;
    for (std::size_t f = 0; f < fit_factor_count; ++f) {
        EXPECT_EQ(table[f].factor, static_cast<FitFactor>(f));
        EXPECT_EQ(table[f].points, table[f].value * table[f].weight);
        sum += table[f].points;
    }
    EXPECT_EQ(fit.score(Id<Expert>(0), Id<Post>(0)), sum);
    EXPECT_EQ(table[0].weight, 1);
    EXPECT_EQ(table[7].weight, 7);
}

TEST(FitScore, CountsTheFactorsOfAPerson) {
    const Draft draft = one_pair();
    EXPECT_EQ(value(draft, FitFactor::qualification), 4 * 120 + 3 * 100);
    EXPECT_EQ(value(draft, FitFactor::role), 1000);
    EXPECT_EQ(value(draft, FitFactor::role, 1), 500);
    EXPECT_EQ(value(draft, FitFactor::subject), 500);
    EXPECT_EQ(value(draft, FitFactor::subject, 1), 1000);
    EXPECT_EQ(value(draft, FitFactor::seniority), 400);
    EXPECT_EQ(value(draft, FitFactor::pairing), 0);
    EXPECT_EQ(value(draft, FitFactor::wish), 0);
    EXPECT_EQ(value(draft, FitFactor::continuity), 0);
}

TEST(FitScore, TakesTheBestPairingThatHoldsOnADayOfThePost) {
    Draft draft = one_pair();
    draft.pairings.push_back({.sender = "SZ", .receiver = "451024"});
    EXPECT_EQ(value(draft, FitFactor::pairing), 600);
    draft.pairings.push_back({.sender = "LG", .receiver = "451024"});
    EXPECT_EQ(value(draft, FitFactor::pairing), 800);
    draft.pairings.push_back({.sender = "LG", .receiver = "DB-1", .kind = PairingKind::school});
    EXPECT_EQ(value(draft, FitFactor::pairing), 1000);
    EXPECT_EQ(value(draft, FitFactor::pairing, 1), 800);
    draft.pairings.rows()[2].to = given::day("2024-08-31");
    EXPECT_EQ(value(draft, FitFactor::pairing), 800);
    draft.pairings.rows()[1].kind = PairingKind::outside;
    EXPECT_EQ(value(draft, FitFactor::pairing), 600);
}

TEST(FitScore, TakesTheFirstWishThatNamesThePlace) {
    Draft draft = one_pair();
    draft.experts.rows()[0].prefers = {{Noun::school, "DB-2"}, {Noun::county, "451024"}};
    EXPECT_EQ(value(draft, FitFactor::wish), 500);
    EXPECT_EQ(value(draft, FitFactor::wish, 1), 1000);
}

TEST(FitScore, PrefersToLeavePeopleWhereTheyAre) {
    Draft draft = one_pair();
    draft.staffing.push_back({"E", "P", given::day("2024-09-01"), given::day("2026-08-31")});
    EXPECT_EQ(value(draft, FitFactor::continuity), 1000);
    EXPECT_EQ(value(draft, FitFactor::continuity, 1), 400);
    draft.posts.rows()[1].school = "DB-1";
    EXPECT_EQ(value(draft, FitFactor::continuity, 1), 700);
}

TEST(FitScore, MeasuresFromTheSenderAboveToTheCountyWhereNothingNearerIsKnown) {
    Draft draft = one_pair();
    const std::int64_t km = distance_km(*geo_point(22.55, 114.06), *geo_point(23.33, 106.62));
    EXPECT_EQ(value(draft, FitFactor::distance), 1000 - km / 2);
    EXPECT_EQ(FitScore(Plan(draft)).distance(Id<Expert>(0), Id<Post>(0)), km);
    draft.senders.rows()[0].lat.reset();
    draft.senders.rows()[0].lng.reset();
    EXPECT_EQ(value(draft, FitFactor::distance), 500);
    EXPECT_EQ(FitScore(Plan(draft)).distance(Id<Expert>(0), Id<Post>(0)), unknown_km);
}

TEST(FitScore, TakesRoadsInPlaceOfTheGreatCircle) {
    Draft draft = one_pair();
    const auto expect_km = [&](std::int64_t at_p, std::int64_t at_q) {
        const FitScore fit{Plan(draft)};
        EXPECT_EQ(fit.distance(Id<Expert>(0), Id<Post>(0)), at_p);
        EXPECT_EQ(fit.distance(Id<Expert>(0), Id<Post>(1)), at_q);
        EXPECT_EQ(value(draft, FitFactor::distance, 0), std::max<std::int64_t>(0, 1000 - at_p / 2));
        EXPECT_EQ(value(draft, FitFactor::distance, 1), std::max<std::int64_t>(0, 1000 - at_q / 2));
    };
    draft.distances.push_back({.sender = "SZ", .receiver = "451024", .km = 905});
    expect_km(905, 905);
    draft.distances.push_back({.sender = "SZ", .receiver = "DB-1", .km = 871});
    expect_km(871, 905);
    draft.distances.push_back({.sender = "LG", .receiver = "451024", .km = 940});  // before the school's of SZ
    expect_km(940, 940);
    draft.distances.push_back({.sender = "LG", .receiver = "DB-2", .km = 2003});
    expect_km(940, 2003);
    draft.distances.rows()[3].km = most_km;
    expect_km(940, most_km);
    draft.distances.rows()[3].km = 0;
    expect_km(940, 0);
}

/// The factors pairing and distance, word by word from their definitions.
std::int64_t pairing_as_defined(const Draft& draft, const Expert& expert, const Post& post) {
    const School& school = given::row_of(draft.schools, post.school);
    const Day from = post.start.value_or(draft.period.from);
    const Day to = post.end.value_or(draft.period.to);
    std::int64_t best = 0;
    for (std::string sender = expert.sender; !sender.empty(); sender = given::row_of(draft.senders, sender).parent) {
        for (const Pairing& pairing : draft.pairings) {
            if (pairing.sender != sender) continue;
            if (pairing.from.value_or(from) > to || pairing.to.value_or(to) < from) continue;
            std::int64_t value = pairing.receiver == school.id                ? 1000
                                 : pairing.receiver == to_text(school.county) ? 800
                                                                              : 0;
            if (value == 0) continue;
            if (pairing.kind == PairingKind::outside) value /= 2;
            best = std::max(best, value - (sender == expert.sender ? 0 : 200));
        }
    }
    return best;
}

TEST(FitScoreLaw, ManyAtOnceArePairByPairWhatTheFactorsSay) {
    std::set<std::int64_t> pairings;
    std::size_t compared = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {6, 6});
        Random random(seed, 11);
        for (Pairing& pairing : draft.pairings)
            if (random.chance(1, 3)) pairing.kind = PairingKind::outside;
        const char* const receivers[] = {"451024", "451026", "school-1", "school-2"};
        for (std::size_t k = random.below(5); k > 0; --k) {  // some for a part of the time only
            Pairing row{.sender = draft.senders.rows()[random.below(draft.senders.size())].id,
                        .receiver = receivers[random.below(4)]};
            if (random.chance(1, 2)) row.to = given::day("2025-01-31");
            if (random.chance(1, 4)) row.from = given::day("2026-10-01");
            if (row.from && row.to) row.to.reset();
            draft.pairings.push_back(row);
        }
        for (const Sender& sender : draft.senders) {
            for (const School& school : draft.schools) {
                if (random.chance(1, 4))
                    draft.distances.push_back({sender.id, school.id, random.between(0, most_km / 8)});
            }
        }
        const std::array<std::int64_t*, 8> weights{
            &draft.weights.qualification, &draft.weights.role,     &draft.weights.subject, &draft.weights.seniority,
            &draft.weights.pairing,       &draft.weights.distance, &draft.weights.wish,    &draft.weights.continuity};
        for (std::int64_t* weight : weights)
            *weight = random.between(0, 1'000'000);
        const Plan plan(draft);
        const FitScore fit(plan);
        const DistanceFinder finder(plan);
        std::vector<Id<Post>> posts;
        for (std::size_t k = random.below(12); k > 0; --k)  // any order, some twice
            posts.emplace_back(random.below(draft.posts.size()));
        for (const Id<Expert> expert : draft.experts.ids()) {
            std::vector<std::int64_t> scores{-7};
            fit.append_scores(expert, posts, scores);
            ASSERT_EQ(scores.size(), posts.size() + 1);
            ASSERT_EQ(scores[0], -7);
            for (std::size_t k = 0; k < posts.size(); ++k) {
                std::int64_t sum = 0;
                for (const FactorPoints& row : fit.factors(expert, posts[k])) {
                    ASSERT_EQ(fit.value(row.factor, expert, posts[k]), row.value);
                    ASSERT_EQ(row.weight, *weights[static_cast<std::size_t>(row.factor)]);
                    sum += row.value * row.weight;
                }
                ASSERT_EQ(scores[k + 1], sum);
                ASSERT_EQ(fit.score(expert, posts[k]), sum);
                const std::int64_t pairing = fit.value(FitFactor::pairing, expert, posts[k]);
                ASSERT_EQ(pairing, pairing_as_defined(draft, draft.experts[expert], draft.posts[posts[k]]));
                ASSERT_EQ(fit.distance(expert, posts[k]), finder.km(plan.sender_of(expert), plan.school_of(posts[k])));
                pairings.insert(pairing);
                ++compared;
            }
        }
    }
    EXPECT_GT(compared, 5000U);
    EXPECT_EQ(pairings, (std::set<std::int64_t>{0, 200, 300, 400, 500, 600, 800, 1000}));
}

TEST(FitScoreLaw, EveryFactorLiesBetween0And1000) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::small_draft(seed, {6, 6}));
        const FitScore fit(plan);
        for (const Id<Expert> expert : plan.rows().experts.ids()) {
            for (const Id<Post> post : plan.rows().posts.ids()) {
                std::int64_t sum = 0;
                for (const FactorPoints& row : fit.factors(expert, post)) {
                    ASSERT_GE(row.value, 0);
                    ASSERT_LE(row.value, 1000);
                    sum += row.points;
                }
                ASSERT_EQ(fit.score(expert, post), sum);
            }
        }
    }
}

}  // namespace
}  // namespace countyplan
