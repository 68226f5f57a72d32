#include "tally.hpp"

#include <algorithm>
#include <utility>

namespace countyplan {

TallySheet::TallySheet(const Eligibility& eligibility, const TierMeter& meter)
    : plan_(eligibility.plan()),
      meter_(meter),
      of_expert_(plan_.rows().experts.size()),
      of_post_(plan_.rows().posts.size()) {
    add_senders();
    add_sending_quotas();
    add_obliged(eligibility);
    add_receiving_quotas();
    add_counties();
    add_posts();
}

void TallySheet::open(TallyKind kind, std::size_t row, std::string name, std::int64_t lower,
                      std::optional<std::int64_t> upper) {
    rows_.push_back({.kind = kind, .row = row, .name = std::move(name), .lower = lower, .upper = upper});
}

void TallySheet::count(Id<Expert> expert) {
    of_expert_[expert.value()].push_back(rows_.size() - 1);
    ++rows_.back().size;
}

void TallySheet::count(Id<Post> post) {
    of_post_[post.value()].push_back(rows_.size() - 1);
    ++rows_.back().size;
}

void TallySheet::add_senders() {
    const Draft& rows = plan_.rows();
    std::vector<std::vector<Id<Expert>>> people(rows.senders.size());  // of the sender and all below it
    for (const Id<Expert> expert : rows.experts.ids()) {
        for (Id<Sender> at = plan_.sender_of(expert); at; at = plan_.parent_of(at))
            people[at.value()].push_back(expert);
    }
    for (const Id<Sender> id : rows.senders.ids()) {
        const Sender& sender = rows.senders[id];
        if (!sender.quota_total && meter_.loads(id) == 0) continue;
        open(TallyKind::sender, id.value(), "sender:" + sender.id, 0, sender.quota_total);
        for (const Id<Expert> expert : people[id.value()])
            count(expert);
    }
    for (const Id<Sender> id : rows.senders.ids()) {
        for (const Role role : {Role::principal, Role::mid_level, Role::teacher}) {
            const Sender& sender = rows.senders[id];
            const auto& quota = sender.quota(role);
            if (!quota) continue;
            open(TallyKind::role, id.value(), "role:" + sender.id + "/" + std::string(name(role)), 0, *quota);
            for (const Id<Expert> expert : plan_.experts_of(id)) {
                if (rows.experts[expert].charged_role() == role) count(expert);
            }
        }
    }
}

void TallySheet::add_sending_quotas() {
    const Draft& rows = plan_.rows();
    for (const Id<Quota> id : rows.quotas.ids()) {
        const Quota& quota = rows.quotas[id];
        if (quota.holder.noun != Noun::sender) continue;
        open(TallyKind::sending_quota, id.value(), "quota:" + quota.id, quota.lower, quota.upper);
        const Id<Sender> holder = plan_.find<Sender>(quota.holder.id);
        for (const Id<Expert> expert : rows.experts.ids()) {
            if (quota.role && rows.experts[expert].charged_role() != *quota.role) continue;
            Id<Sender> at = plan_.sender_of(expert);
            while (at && at != holder)
                at = plan_.parent_of(at);
            if (at) count(expert);
        }
    }
}

void TallySheet::add_obliged(const Eligibility& eligibility) {
    for (const Id<Expert> expert : plan_.rows().experts.ids()) {
        if (!eligibility.must_serve(expert)) continue;
        open(TallyKind::obliged, expert.value(), "must:" + plan_.rows().experts[expert].id, 1, 1);
        count(expert);
    }
}

void TallySheet::add_receiving_quotas() {
    const Draft& rows = plan_.rows();
    for (const Id<Quota> id : rows.quotas.ids()) {
        const Quota& quota = rows.quotas[id];
        if (quota.holder.noun == Noun::sender) continue;
        open(TallyKind::receiving_quota, id.value(), "quota:" + quota.id, quota.lower, quota.upper);
        for (const Id<Post> id_of_post : rows.posts.ids()) {
            const Post& post = rows.posts[id_of_post];
            const bool is_there = quota.holder.noun == Noun::plan ||
                                  (quota.holder.noun == Noun::school && post.school == quota.holder.id) ||
                                  (quota.holder.noun == Noun::county &&
                                   to_text(rows.counties[plan_.county_of(id_of_post)].code) == quota.holder.id);
            if (is_there && (!quota.role || post.role == *quota.role) &&
                (quota.subject.empty() || post.subject == quota.subject)) {
                count(id_of_post);
            }
        }
    }
}

void TallySheet::add_counties() {
    for (const Id<County> id : plan_.rows().counties.ids()) {
        if (meter_.raises(id) == 0) continue;
        open(TallyKind::county, id.value(), "county:" + to_text(plan_.rows().counties[id].code), 0, std::nullopt);
        for (const Id<School> school : plan_.schools_of(id)) {
            for (const Id<Post> post : plan_.posts_of(school))
                count(post);
        }
    }
}

void TallySheet::add_posts() {
    for (const Id<Post> id : plan_.rows().posts.ids()) {
        const Post& post = plan_.rows().posts[id];
        open(TallyKind::post, id.value(), "post:" + post.id, 0, post.max);
        count(id);
    }
}

Int128 TallySheet::cost_of_next(const Tally& tally, Tier tier, std::int64_t there) const {
    if (tally.kind == TallyKind::sender && tier == Tier::sender_load) {
        const Id<Sender> sender(tally.row);
        if (meter_.loads(sender) == 0) return {};
        const std::int64_t before = std::min(there, meter_.loads(sender) - 1);
        return meter_.of_sender(sender, before + 1) - meter_.of_sender(sender, before);
    }
    if (tally.kind == TallyKind::county && tier == Tier::county_cover) {
        const Id<County> county(tally.row);
        return meter_.of_county(county, there + 1) - meter_.of_county(county, there);
    }
    if (tally.kind == TallyKind::post && there < static_cast<std::int64_t>(of_expert_.size())) {
        const Post& post = plan_.rows().posts[Id<Post>(tally.row)];
        return TierMeter::of_post(tier, post, there + 1) - TierMeter::of_post(tier, post, there);
    }
    return {};
}

}  // namespace countyplan
