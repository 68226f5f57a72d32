#include <countyplan/allocate/score.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

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
    draft.senders.rows()[0].lat.reset();
    draft.senders.rows()[0].lng.reset();
    EXPECT_EQ(value(draft, FitFactor::distance), 500);
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

TEST(GeoPoint, RefusesWhatIsNoPlace) {
    EXPECT_FALSE(geo_point(std::nullopt, 1.0));
    EXPECT_FALSE(geo_point(1.0, std::nullopt));
    EXPECT_FALSE(geo_point(90.1, 0.0));
    EXPECT_FALSE(geo_point(0.0, -180.1));
    EXPECT_FALSE(geo_point(std::numeric_limits<double>::quiet_NaN(), 0.0));
    EXPECT_FALSE(geo_point(0.0, std::numeric_limits<double>::infinity()));
    EXPECT_EQ(geo_point(-0.0, 0.0), (GeoPoint{0, 0}));
}

TEST(DistanceKm, KnowsTheEndsOfTheEarth) {
    EXPECT_EQ(distance_km({0, 0}, {0, 0}), 0);
    EXPECT_EQ(distance_km({90'000'000, 0}, {-90'000'000, 7}), 20015);
    EXPECT_EQ(distance_km({0, 0}, {0, 180'000'000}), 20015);
    EXPECT_EQ(distance_km({0, 179'000'000}, {0, -179'000'000}), 222);
}

TEST(DistanceKmLaw, AgreesWithFloatingPointWhereverThatIsClear) {
    Random random(3);
    std::size_t compared = 0;
    for (int k = 0; k < 20000; ++k) {
        const GeoPoint a{static_cast<std::int32_t>(random.between(-90'000'000, 90'000'000)),
                         static_cast<std::int32_t>(random.between(-180'000'000, 180'000'000))};
        GeoPoint b{static_cast<std::int32_t>(random.between(-90'000'000, 90'000'000)),
                   static_cast<std::int32_t>(random.between(-180'000'000, 180'000'000))};
        if (k % 2 == 0) b = {a.lat / 2, a.lng - a.lng / 100};
        const double degree = std::numbers::pi / 180e6;
        const double s = std::sin((a.lat - b.lat) * degree / 2);
        const double t = std::sin((a.lng - b.lng) * degree / 2);
        const double h = s * s + std::cos(a.lat * degree) * std::cos(b.lat * degree) * t * t;
        const double km = 2 * 6371 * std::asin(std::sqrt(std::min(1.0, h)));
        ASSERT_EQ(distance_km(a, b), distance_km(b, a));
        const double rest = km - std::floor(km);
        if (std::abs(rest - 0.5) < 1e-6) continue;
        ++compared;
        ASSERT_EQ(distance_km(a, b), std::llround(km)) << a.lat << ',' << a.lng << ' ' << b.lat << ',' << b.lng;
    }
    EXPECT_GT(compared, 19000U);
}

}  // namespace
}  // namespace countyplan
