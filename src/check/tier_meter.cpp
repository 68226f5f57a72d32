#include "tier_meter.hpp"

#include <algorithm>
#include <compare>
#include <cstddef>

namespace countyplan {

namespace {

std::int64_t missing(std::int64_t wanted, std::int64_t there) { return std::max<std::int64_t>(0, wanted - there); }

bool names(const Plan& plan, Tier tier) {
    return std::ranges::find(plan.rows().objective, tier) != plan.rows().objective.end();
}

/// A county's share rises from before / wanted to (before + 1) / wanted.
struct Raise {
    std::int64_t before = 0;
    std::int64_t wanted = 1;

    /// What begins lower ranks first, of those the one that ends higher: the step of the county that wants fewer.
    friend std::strong_ordering operator<=>(const Raise& a, const Raise& b) {
        const auto begin = Int128(a.before) * Int128(b.wanted) <=> Int128(b.before) * Int128(a.wanted);
        return begin != 0 ? begin : a.wanted <=> b.wanted;
    }
    friend bool operator==(const Raise& a, const Raise& b) { return (a <=> b) == 0; }
};

}  // namespace

TierMeter::TierMeter(const Plan& plan)
    : plan_(plan),
      fit_(plan),
      left_(plan.rows().counties.size()),
      load_(plan.rows().senders.size()),
      held_(plan.rows().experts.size()) {
    if (names(plan_, Tier::county_cover)) rank_raises();
    if (names(plan_, Tier::sender_load)) add_up_loads();
    for (const Id<Posting> id : plan_.rows().staffing.ids())
        held_[plan_.expert_of(id).value()].push_back(plan_.post_of(id));
}

void TierMeter::rank_raises() {
    const auto people = static_cast<std::int64_t>(plan_.rows().experts.size());
    std::vector<std::int64_t> wanted(left_.size(), 0);
    for (const Id<Post> id : plan_.rows().posts.ids())
        wanted[plan_.county_of(id).value()] += plan_.rows().posts[id].target;
    std::vector<Raise> ranked;
    for (const std::int64_t w : wanted) {
        for (std::int64_t k = 0; k < std::min(w, people); ++k)
            ranked.push_back({k, w});
    }
    std::ranges::sort(ranked);
    for (std::size_t c = 0; c < left_.size(); ++c) {
        std::vector<Int128>& left = left_[c];
        left.assign(static_cast<std::size_t>(std::min(wanted[c], people)) + 1, Int128());
        for (std::size_t k = left.size() - 1; k-- > 0;) {
            const auto first = std::ranges::lower_bound(ranked, Raise{static_cast<std::int64_t>(k), wanted[c]});
            left[k] = left[k + 1] + Int128(static_cast<std::int64_t>(ranked.end() - first));
        }
    }
}

void TierMeter::add_up_loads() {
    std::vector<bool> has_others(load_.size(), false);
    for (const Id<Sender> id : plan_.rows().senders.ids()) {
        if (const Id<Sender> parent = plan_.parent_of(id)) has_others[parent.value()] = true;
    }
    for (const Id<Sender> id : plan_.rows().senders.ids()) {
        const auto people = static_cast<std::int64_t>(plan_.experts_of(id).size());
        if (has_others[id.value()] || people == 0) continue;
        std::vector<Int128>& load = load_[id.value()];
        load.push_back({});
        const Int128 square = Int128(people) * Int128(people);
        for (std::int64_t k = 0; k < people; ++k)
            load.push_back(load.back() + Int128((Int128(1'000'000) * Int128(2 * k + 1)).value / square.value));
    }
}

Int128 TierMeter::of_post(Tier tier, const Post& post, std::int64_t there) {
    const Int128 below_min = missing(post.min, there);
    const Int128 below_target = missing(post.target, there);
    switch (tier) {
        case Tier::critical_shortfall:
            return post.critical ? below_min : Int128();
        case Tier::shortfall:
            return below_min;
        case Tier::weighted_shortfall:
            return Int128(post.priority) * below_target;
        case Tier::graded_shortfall:  // 1 + 2 + … as many as are missing
            return Int128(post.priority) * Int128((below_target * (below_target + Int128(1))).value / 2);
        default:
            return {};
    }
}

Int128 TierMeter::of_county(Id<County> county, std::int64_t serving) const {
    const std::vector<Int128>& left = left_[county.value()];
    if (left.empty()) return {};
    return left[std::min(static_cast<std::size_t>(serving), left.size() - 1)];
}

Int128 TierMeter::of_sender(Id<Sender> sender, std::int64_t sent) const {
    const std::vector<Int128>& load = load_[sender.value()];
    return load.empty() ? Int128() : load[static_cast<std::size_t>(sent)];
}

std::int64_t TierMeter::of_pair(Tier tier, Id<Expert> expert, Id<Post> post) const {
    switch (tier) {
        case Tier::fit:
            return -fit_.score(expert, post);
        case Tier::wishes:
            return -fit_.value(FitFactor::wish, expert, post);
        case Tier::hardship:
            return fit_.distance(expert, post);
        case Tier::moves:
            return std::ranges::count(held_[expert.value()], post) > 0 ? -1 : 0;
        default:
            return 0;
    }
}

Int128 TierMeter::base(Tier tier) const {
    if (tier != Tier::moves) return {};
    return Int128(static_cast<std::int64_t>(
        std::ranges::count_if(held_, [](const std::vector<Id<Post>>& posts) { return !posts.empty(); })));
}

std::int64_t TierMeter::raises(Id<County> county) const {
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(left_[county.value()].size()) - 1);
}

std::int64_t TierMeter::loads(Id<Sender> sender) const {
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(load_[sender.value()].size()) - 1);
}

}  // namespace countyplan
