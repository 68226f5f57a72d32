#include "head_count.hpp"

#include <string>

#include "messages.hpp"

namespace countyplan {

namespace {

Objected object(std::string key, Message why) { return Objection{staffing_file, std::move(key), std::move(why)}; }

Objected count_posting(const Eligibility& eligibility, const Posting& posting, HeadCount& count) {
    const Plan& plan = eligibility.plan();
    const std::string person = "expert:" + posting.expert;
    const Id<Expert> expert = plan.find<Expert>(posting.expert);
    if (!expert) return object(person, message::fault_unknown_expert);
    const Id<Post> post = plan.find<Post>(posting.post);
    if (!post) return object("post:" + posting.post, message::fault_unknown_post);
    Id<Post>& at = count.post_of[expert.value()];
    if (at) return object(person, Message(message::fault_doubled, {plan.rows().posts[at].id, posting.post}));
    at = post;
    if (const auto refusal = eligibility.refusal(expert, post)) {
        return object(person,
                      Message(message::fault_ineligible, {posting.post, refusal->rule,
                                                          MessageArgument(text(refusal->reason, Language::zh),
                                                                          text(refusal->reason, Language::en))}));
    }
    const Period period = plan.period_of(post);
    if (posting.from != period.from || posting.to != period.to) {
        return object(person, Message(message::fault_dates, {to_text(period.from), to_text(period.to),
                                                             to_text(posting.from), to_text(posting.to)}));
    }
    ++count.posted[post.value()];
    const Id<Sender> own = plan.sender_of(expert);
    ++count.by_role[own.value()][static_cast<std::size_t>(plan.rows().experts[expert].charged_role())];
    for (Id<Sender> sender = own; sender; sender = plan.parent_of(sender))
        ++count.sent[sender.value()];
    return std::nullopt;
}

Objected compare(const std::string& key, std::int64_t sent, const std::optional<std::int64_t>& quota) {
    if (!quota || sent <= *quota) return std::nullopt;
    return object(key, Message(message::fault_over_quota, {std::to_string(sent), std::to_string(*quota)}));
}

}  // namespace

Objected count_heads(const Eligibility& eligibility, const Staffing& staffing, HeadCount& count) {
    const Draft& rows = eligibility.plan().rows();
    count = {};
    count.post_of.resize(rows.experts.size());
    count.posted.resize(rows.posts.size());
    count.sent.resize(rows.senders.size());
    count.by_role.resize(rows.senders.size());
    for (const Posting& posting : staffing) {
        if (auto objection = count_posting(eligibility, posting, count)) return objection;
    }
    for (const Id<Post> id : rows.posts.ids()) {
        const Post& post = rows.posts[id];
        if (count.posted[id.value()] <= post.max) continue;
        return object("post:" + post.id, Message(message::fault_over_max,
                                                 {std::to_string(count.posted[id.value()]), std::to_string(post.max)}));
    }
    for (const Id<Sender> id : rows.senders.ids()) {
        const Sender& sender = rows.senders[id];
        if (auto objection = compare("sender:" + sender.id, count.sent[id.value()], sender.quota_total)) {
            return objection;
        }
        for (std::size_t r = 0; r < enumerator_count<Role>; ++r) {
            const Role role = static_cast<Role>(r);
            if (auto objection = compare("role:" + sender.id + "/" + std::string(name(role)),
                                         count.by_role[id.value()][r], sender.quota(role))) {
                return objection;
            }
        }
    }
    return std::nullopt;
}

}  // namespace countyplan
