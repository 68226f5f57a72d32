// How a fit is counted, and distances without floating point.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/eligibility_data.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan {

namespace detail {

/// Fixed point with 60 binary places.
inline constexpr int geo_places = 60;
inline constexpr std::int64_t geo_one = std::int64_t{1} << geo_places;
inline constexpr std::int64_t geo_half_pi = 1811004864519280711;  ///< pi/2 * 2^60

constexpr std::int64_t geo_times(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>((int128{a} * b) >> geo_places);
}

/// The sine of an angle in [-pi/2, pi/2] by its series; the error stays below 2^-55.
constexpr std::int64_t geo_sine(std::int64_t angle) {
    const std::int64_t square = geo_times(angle, angle);
    std::int64_t sum = geo_one;
    for (std::int64_t k = 27; k >= 3; k -= 2)
        sum = geo_one - geo_times(square, sum) / (k * (k - 1));
    return geo_times(angle, sum);
}

/// An angle of millionths of a degree, |angle| at most 180 degrees, as radians.
constexpr std::int64_t geo_radians(std::int64_t micro_degrees) {
    return static_cast<std::int64_t>(int128{micro_degrees} * geo_half_pi / 90'000'000);
}

/// haversin of a distance of `half_km` half kilometres: sin(d / 2R) squared.
constexpr std::int64_t geo_haversine_of(std::int64_t half_km) {
    const auto half_angle = static_cast<std::int64_t>((int128{half_km} << geo_places) / (int128{4} * 6371));
    const std::int64_t sine = geo_sine(std::min(half_angle, geo_half_pi));
    return geo_times(sine, sine);
}

}  // namespace detail

COUNTYPLAN_INLINE std::optional<GeoPoint> geo_point(std::optional<double> lat, std::optional<double> lng) {
    if (!lat || !lng || !(std::abs(*lat) <= 90.0) || !(std::abs(*lng) <= 180.0)) return std::nullopt;
    return GeoPoint{static_cast<std::int32_t>(std::llround(*lat * 1e6)),
                    static_cast<std::int32_t>(std::llround(*lng * 1e6))};
}

COUNTYPLAN_INLINE std::int64_t distance_km(GeoPoint a, GeoPoint b) {
    using namespace detail;
    const std::int64_t dlat = std::abs(std::int64_t{a.lat} - b.lat);
    std::int64_t dlng = std::abs(std::int64_t{a.lng} - b.lng);
    dlng = std::min(dlng, 360'000'000 - dlng);
    const std::int64_t s = geo_sine(geo_radians(dlat) / 2);
    const std::int64_t t = geo_sine(geo_radians(dlng) / 2);
    const std::int64_t cosines = geo_times(geo_sine(geo_half_pi - geo_radians(std::abs(std::int64_t{a.lat}))),
                                           geo_sine(geo_half_pi - geo_radians(std::abs(std::int64_t{b.lat}))));
    const std::int64_t haversine = geo_times(s, s) + geo_times(cosines, geo_times(t, t));
    // the number of whole d with d - 1/2 km at most as far as that
    std::int64_t low = 0;
    std::int64_t high = 20015;  // half way round
    while (low < high) {
        const std::int64_t middle = (low + high + 1) / 2;
        if (geo_haversine_of(2 * middle - 1) <= haversine) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

namespace detail {

struct FitData {
    struct Tie {
        std::uint32_t school = 0;  ///< or county
        bool is_county = false;
        std::int32_t from = 0;
        std::int32_t to = 0;
        std::int16_t value = 0;
    };
    struct PostRow {
        PostPlace place;
        std::uint32_t subject = EligibilityData::any;
        std::int32_t from = 0;
        std::int32_t to = 0;
        Role role = Role::teacher;
    };
    struct ExpertRow {
        std::array<std::int16_t, enumerator_count<Role>> role{};
        std::int16_t qualification = 0;
        std::int16_t seniority = 0;
        std::uint32_t sender = 0;
    };

    Plan plan;
    std::array<std::int64_t, fit_factor_count> weights{};
    std::vector<ExpertRow> experts;
    std::vector<PostRow> posts;
    Lists<std::uint32_t> subjects;       ///< per expert, in the expert's order; unknown ones kept as `any`
    Lists<Target> wishes;                ///< per expert, in order; an unknown one keeps its place as no county
    Lists<PostPlace> present;            ///< per expert
    Lists<Tie> ties;                     ///< per sender
    std::vector<std::int16_t> distance;  ///< senders x schools

    explicit FitData(Plan given) : plan(std::move(given)) {
        const Draft& rows = plan.rows();
        const FitWeights& w = rows.weights;
        weights = {w.qualification, w.role, w.subject, w.seniority, w.pairing, w.distance, w.wish, w.continuity};
        std::unordered_map<std::string_view, std::uint32_t> subject_ids;
        for (const Id<Post> id : rows.posts.ids()) {
            const Post& post = rows.posts[id];
            const Period period = plan.period_of(id);
            PostRow row;
            row.place = PostPlace(plan, id);
            row.from = period.from.number();
            row.to = period.to.number();
            row.role = post.role;
            if (!post.subject.empty()) {
                row.subject =
                    subject_ids.try_emplace(post.subject, static_cast<std::uint32_t>(subject_ids.size())).first->second;
            }
            posts.push_back(row);
        }
        add_experts(subject_ids);
        add_present();
        add_ties();
        add_distances();
    }

    void add_experts(const std::unordered_map<std::string_view, std::uint32_t>& subject_ids) {
        for (const Id<Expert> id : plan.rows().experts.ids()) {
            const Expert& expert = plan.rows().experts[id];
            ExpertRow row;
            row.sender = static_cast<std::uint32_t>(plan.sender_of(id).value());
            row.qualification =
                static_cast<std::int16_t>(120 * static_cast<int>(expert.title) + 100 * static_cast<int>(expert.degree));
            row.seniority = static_cast<std::int16_t>(std::clamp<std::int64_t>(expert.years, 0, 30) * 1000 / 30);
            for (std::size_t k = expert.roles.size(); k-- > 0;)
                row.role[static_cast<std::size_t>(expert.roles[k])] = static_cast<std::int16_t>(1000 / (k + 1));
            experts.push_back(row);
            for (const std::string& subject : expert.subjects) {
                const auto known = subject_ids.find(subject);
                subjects.entry.push_back(known == subject_ids.end() ? EligibilityData::any - 1 : known->second);
            }
            subjects.close();
            for (const Reference& wished : expert.prefers) {
                wishes.entry.push_back(target_of(plan, wished).value_or(Target{Noun::county, EligibilityData::any}));
            }
            wishes.close();
        }
    }

    void add_present() {
        std::vector<std::vector<PostPlace>> places(experts.size());
        for (const Id<Posting> id : plan.rows().staffing.ids()) {
            const Id<Expert> expert = plan.expert_of(id);
            const Id<Post> post = plan.post_of(id);
            if (expert && post) places[expert.value()].push_back(posts[post.value()].place);
        }
        for (const auto& list : places) {
            present.entry.insert(present.entry.end(), list.begin(), list.end());
            present.close();
        }
    }

    void add_ties() {
        const Draft& rows = plan.rows();
        std::vector<std::vector<Tie>> own(rows.senders.size());
        for (const Pairing& pairing : rows.pairings) {
            const Id<Sender> sender = plan.find<Sender>(pairing.sender);
            const Id<School> school = plan.find<School>(pairing.receiver);
            const Id<County> county = plan.find<County>(pairing.receiver);
            if (!sender || (!school && !county)) continue;
            Tie tie;
            tie.is_county = !school;
            tie.school = static_cast<std::uint32_t>(school ? school.value() : county.value());
            tie.from = pairing.from ? pairing.from->number() : std::numeric_limits<std::int32_t>::min();
            tie.to = pairing.to ? pairing.to->number() : std::numeric_limits<std::int32_t>::max();
            tie.value =
                static_cast<std::int16_t>((school ? 1000 : 800) / (pairing.kind == PairingKind::outside ? 2 : 1));
            own[sender.value()].push_back(tie);
        }
        for (const Id<Sender> id : rows.senders.ids()) {
            up(id, [&](Id<Sender> sender) {
                for (Tie tie : own[sender.value()]) {
                    if (sender != id) tie.value = static_cast<std::int16_t>(tie.value - 200);
                    ties.entry.push_back(tie);
                }
                return true;
            });
            ties.close();
        }
    }

    void add_distances() {
        const Draft& rows = plan.rows();
        std::vector<std::optional<GeoPoint>> school_at;
        for (const Id<School> id : rows.schools.ids()) {
            if (plan.posts_of(id).empty()) {  // most schools of the second ring: nobody is sent there
                school_at.emplace_back();
                continue;
            }
            auto point = geo_point(rows.schools[id].lat, rows.schools[id].lng);
            if (const Id<County> county = plan.county_of(id); !point && county)
                point = geo_point(rows.counties[county].lat, rows.counties[county].lng);
            school_at.push_back(point);
        }
        distance.assign(rows.senders.size() * rows.schools.size(), 500);
        for (const Id<Sender> id : rows.senders.ids()) {
            std::optional<GeoPoint> from;
            up(id, [&](Id<Sender> sender) {
                from = geo_point(rows.senders[sender].lat, rows.senders[sender].lng);
                return !from;
            });
            if (!from || plan.experts_of(id).empty()) continue;
            for (std::size_t s = 0; s < school_at.size(); ++s) {
                if (!school_at[s]) continue;
                distance[id.value() * school_at.size() + s] =
                    static_cast<std::int16_t>(std::max<std::int64_t>(0, 1000 - distance_km(*from, *school_at[s]) / 2));
            }
        }
    }

    /// The senders from `sender` to the root while `visit` returns true.
    template <class Visit>
    void up(Id<Sender> sender, Visit&& visit) const {
        std::size_t left = plan.rows().senders.size();
        for (; sender && left > 0 && visit(sender); --left)
            sender = plan.parent_of(sender);
    }

    [[nodiscard]] std::array<std::int64_t, fit_factor_count> values(Id<Expert> expert, Id<Post> post) const {
        const std::size_t e = expert.value();
        const ExpertRow& person = experts[e];
        const PostRow& at = posts[post.value()];
        std::int64_t subject = at.subject == EligibilityData::any ? 1000 : 0;
        if (subject == 0) {
            const auto list = subjects[e];
            for (std::size_t k = 0; k < list.size() && subject == 0; ++k)
                if (list[k] == at.subject) subject = 1000 / static_cast<std::int64_t>(k + 1);
        }
        std::int64_t tie_value = 0;
        for (const Tie& tie : ties[person.sender]) {
            if (tie.school == (tie.is_county ? at.place.county : at.place.school) && tie.from <= at.to &&
                at.from <= tie.to)
                tie_value = std::max<std::int64_t>(tie_value, tie.value);
        }
        const std::int64_t wish = wish_value(wishes[e], at.place);
        std::int64_t stay = 0;
        for (const PostPlace& now : present[e]) {
            stay = std::max<std::int64_t>(stay, now.post == at.place.post       ? 1000
                                                : now.school == at.place.school ? 700
                                                : now.county == at.place.county ? 400
                                                                                : 0);
        }
        return {person.qualification,
                person.role[static_cast<std::size_t>(at.role)],
                subject,
                person.seniority,
                tie_value,
                distance[person.sender * plan.rows().schools.size() + at.place.school],
                wish,
                stay};
    }
};

}  // namespace detail

COUNTYPLAN_INLINE FitScore::FitScore(Plan plan) : data_(std::make_shared<const detail::FitData>(std::move(plan))) {}

COUNTYPLAN_INLINE const Plan& FitScore::plan() const { return data_->plan; }

COUNTYPLAN_INLINE std::int64_t FitScore::score(Id<Expert> expert, Id<Post> post) const {
    const auto values = data_->values(expert, post);
    std::int64_t sum = 0;
    for (std::size_t f = 0; f < fit_factor_count; ++f)
        sum += values[f] * data_->weights[f];
    return sum;
}

COUNTYPLAN_INLINE FactorTable FitScore::factors(Id<Expert> expert, Id<Post> post) const {
    const auto values = data_->values(expert, post);
    FactorTable out;
    for (std::size_t f = 0; f < fit_factor_count; ++f)
        out[f] = {static_cast<FitFactor>(f), values[f], data_->weights[f], values[f] * data_->weights[f]};
    return out;
}

}  // namespace countyplan
