// How a fit is counted.
#pragma once

#include <algorithm>
#include <limits>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/eligibility_data.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

struct FitData {
    struct PostRow {
        PostPlace place;
        std::uint32_t subject = EligibilityData::any;
        std::uint32_t seat = 0;  ///< of the school among those that have posts
        std::int32_t from = 0;
        std::int32_t to = 0;
        Role role = Role::teacher;
    };
    struct Tie {
        std::uint32_t receiver = 0;  ///< a school or a county
        bool is_county = false;
        std::int32_t from = 0;
        std::int32_t to = 0;
        std::int16_t value = 0;

        [[nodiscard]] bool meets(const PostRow& post) const { return from <= post.to && post.from <= to; }
    };
    struct Subject {
        std::uint32_t id = 0;
        std::int32_t value = 0;
    };
    /// What a sender is to a school.
    struct Reach {
        static constexpr std::int16_t dated = -1;

        std::int16_t km = 0;
        std::int16_t pairing = 0;  ///< the factor, or `dated` where it is not the same for all its posts
    };
    struct ExpertRow {
        std::array<std::int16_t, enumerator_count<Role>> role{};
        std::int16_t qualification = 0;
        std::int16_t seniority = 0;
        std::uint32_t sender = 0;
        std::size_t first_reach = 0;
    };

    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    Plan plan;
    std::array<std::int64_t, fit_factor_count> weights{};
    std::vector<ExpertRow> experts;
    std::vector<PostRow> posts;
    Lists<Subject> subjects;     ///< per expert, those that a post names
    Lists<Target> wishes;        ///< per expert, in order; an unknown one keeps its place as no county
    Lists<PostPlace> present;    ///< per expert
    Lists<Tie> ties;             ///< per sender
    std::vector<Reach> reaches;  ///< senders of experts x schools with posts

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
        add_reaches();
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
            for (std::size_t k = 0; k < expert.subjects.size(); ++k) {
                const auto known = subject_ids.find(expert.subjects[k]);
                if (known == subject_ids.end()) continue;
                subjects.entry.push_back({known->second, 1000 / static_cast<std::int32_t>(k + 1)});
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
            tie.receiver = static_cast<std::uint32_t>(school ? school.value() : county.value());
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

    void add_reaches() {
        const Draft& rows = plan.rows();
        const DistanceFinder finder(plan);
        std::vector<Id<School>> schools;  // most schools of the second ring have no posts
        std::vector<std::uint32_t> seat_of(rows.schools.size(), none);
        for (const Id<School> id : rows.schools.ids()) {
            if (plan.posts_of(id).empty()) continue;
            seat_of[id.value()] = static_cast<std::uint32_t>(schools.size());
            schools.push_back(id);
        }
        for (PostRow& post : posts)
            post.seat = seat_of[post.place.school];
        for (const Id<Sender> id : rows.senders.ids()) {
            if (plan.experts_of(id).empty()) continue;
            const std::size_t first = reaches.size();
            for (const Id<School> school : schools)
                reaches.push_back({static_cast<std::int16_t>(finder.km(id, school)), 0});
            for (const Id<Expert> expert : plan.experts_of(id))
                experts[expert.value()].first_reach = first;
            for (const Tie& tie : ties[id.value()]) {
                const Id<School> own(tie.receiver);
                for (const Id<School> school :
                     tie.is_county ? plan.schools_of(Id<County>(tie.receiver)) : std::span<const Id<School>>(&own, 1)) {
                    if (seat_of[school.value()] != none) bind(tie, school, reaches[first + seat_of[school.value()]]);
                }
            }
        }
    }

    void bind(const Tie& tie, Id<School> school, Reach& reach) const {
        if (reach.pairing == Reach::dated) return;
        const auto places = plan.posts_of(school);
        const auto held = std::ranges::count_if(places, [&](Id<Post> post) { return tie.meets(posts[post.value()]); });
        if (held == static_cast<std::ptrdiff_t>(places.size())) {
            reach.pairing = std::max(reach.pairing, tie.value);
        } else if (held > 0) {
            reach.pairing = Reach::dated;
        }
    }

    /// The senders from `sender` to the root while `visit` returns true.
    template <class Visit>
    void up(Id<Sender> sender, Visit&& visit) const {
        std::size_t left = plan.rows().senders.size();
        for (; sender && left > 0 && visit(sender); --left)
            sender = plan.parent_of(sender);
    }

    [[nodiscard]] const Reach& reach(const ExpertRow& person, const PostRow& at) const {
        return reaches[person.first_reach + at.seat];
    }

    static std::int64_t subject_value(std::span<const Subject> subjects, const PostRow& at) {
        if (at.subject == EligibilityData::any) return 1000;
        for (const Subject& subject : subjects)
            if (subject.id == at.subject) return subject.value;
        return 0;
    }
    [[nodiscard]] std::int64_t pairing_value(const ExpertRow& person, const PostRow& at, const Reach& reach) const {
        if (reach.pairing != Reach::dated) return reach.pairing;
        std::int16_t best = 0;
        for (const Tie& tie : ties[person.sender])
            if (tie.receiver == (tie.is_county ? at.place.county : at.place.school) && tie.meets(at))
                best = std::max(best, tie.value);
        return best;
    }
    static std::int64_t distance_value(const Reach& reach) { return std::max(0, 1000 - reach.km / 2); }
    static std::int64_t continuity_value(std::span<const PostPlace> present, const PostPlace& place) {
        std::int64_t best = 0;
        for (const PostPlace& now : present) {
            best = std::max<std::int64_t>(best, now.post == place.post       ? 1000
                                                : now.school == place.school ? 700
                                                : now.county == place.county ? 400
                                                                             : 0);
        }
        return best;
    }

    [[nodiscard]] std::int64_t value(FitFactor factor, Id<Expert> expert, Id<Post> post) const {
        const std::size_t e = expert.value();
        const ExpertRow& person = experts[e];
        const PostRow& at = posts[post.value()];
        switch (factor) {
            case FitFactor::qualification:
                return person.qualification;
            case FitFactor::role:
                return person.role[static_cast<std::size_t>(at.role)];
            case FitFactor::subject:
                return subject_value(subjects[e], at);
            case FitFactor::seniority:
                return person.seniority;
            case FitFactor::pairing:
                return pairing_value(person, at, reach(person, at));
            case FitFactor::distance:
                return distance_value(reach(person, at));
            case FitFactor::wish:
                return wish_value(wishes[e], at.place);
            case FitFactor::continuity:
                return continuity_value(present[e], at.place);
        }
        return 0;
    }

    /// Calls `visit(score)` for each post.
    template <class Visit>
    void for_each_score(Id<Expert> expert, std::span<const Id<Post>> wanted, Visit&& visit) const {
        const auto weight = [&](FitFactor factor) { return weights[static_cast<std::size_t>(factor)]; };
        const std::size_t e = expert.value();
        const ExpertRow& person = experts[e];
        const Reach* const row = reaches.data() + person.first_reach;
        const auto taught = subjects[e];
        const auto wished = wishes[e];
        const auto now = present[e];
        const std::int64_t alone =
            person.qualification * weight(FitFactor::qualification) + person.seniority * weight(FitFactor::seniority);
        for (const Id<Post> post : wanted) {
            const PostRow& at = posts[post.value()];
            const Reach& reach = row[at.seat];
            visit(alone + person.role[static_cast<std::size_t>(at.role)] * weight(FitFactor::role) +
                  subject_value(taught, at) * weight(FitFactor::subject) +
                  pairing_value(person, at, reach) * weight(FitFactor::pairing) +
                  distance_value(reach) * weight(FitFactor::distance) +
                  wish_value(wished, at.place) * weight(FitFactor::wish) +
                  continuity_value(now, at.place) * weight(FitFactor::continuity));
        }
    }
};

}  // namespace detail

COUNTYPLAN_INLINE FitScore::FitScore(Plan plan) : data_(std::make_shared<const detail::FitData>(std::move(plan))) {}

COUNTYPLAN_INLINE const Plan& FitScore::plan() const { return data_->plan; }

COUNTYPLAN_INLINE std::int64_t FitScore::score(Id<Expert> expert, Id<Post> post) const {
    std::int64_t out = 0;
    data_->for_each_score(expert, {&post, 1}, [&](std::int64_t score) { out = score; });
    return out;
}

COUNTYPLAN_INLINE void FitScore::append_scores(Id<Expert> expert, std::span<const Id<Post>> posts,
                                               std::vector<std::int64_t>& out) const {
    std::size_t at = out.size();
    out.resize(at + posts.size());
    data_->for_each_score(expert, posts, [&](std::int64_t score) { out[at++] = score; });
}

COUNTYPLAN_INLINE FactorTable FitScore::factors(Id<Expert> expert, Id<Post> post) const {
    FactorTable out;
    for (std::size_t f = 0; f < fit_factor_count; ++f) {
        const auto factor = static_cast<FitFactor>(f);
        const std::int64_t value = data_->value(factor, expert, post);
        out[f] = {factor, value, data_->weights[f], value * data_->weights[f]};
    }
    return out;
}

COUNTYPLAN_INLINE std::int64_t FitScore::value(FitFactor factor, Id<Expert> expert, Id<Post> post) const {
    return data_->value(factor, expert, post);
}

COUNTYPLAN_INLINE std::int64_t FitScore::distance(Id<Expert> expert, Id<Post> post) const {
    return data_->reach(data_->experts[expert.value()], data_->posts[post.value()]).km;
}

}  // namespace countyplan
