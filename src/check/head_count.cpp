#include "head_count.hpp"

#include <string>
#include <utility>

#include "messages.hpp"

namespace countyplan {

namespace {

Objected object(std::string key, Message why) { return Objection{staffing_file, std::move(key), std::move(why)}; }

Objected count_posting(const Eligibility& eligibility, const GivenBook& given, const TallySheet& sheet,
                       const Posting& posting, HeadCount& count) {
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
    if (!given.allows(expert, post)) return object(person, Message(message::fault_not_allowed, {posting.post}));
    const Period period = plan.period_of(post);
    if (posting.from != period.from || posting.to != period.to) {
        return object(person, Message(message::fault_dates, {to_text(period.from), to_text(period.to),
                                                             to_text(posting.from), to_text(posting.to)}));
    }
    ++count.posted[post.value()];
    for (const std::size_t tally : sheet.of(expert))
        ++count.counted[tally];
    for (const std::size_t tally : sheet.of(post))
        ++count.counted[tally];
    return std::nullopt;
}

/// Whether a tally keeps its bounds.
Objected compare(const Eligibility& eligibility, const Tally& tally, std::int64_t there) {
    if (tally.upper && there > *tally.upper) {
        const MessageText& why = tally.kind == TallyKind::post ? message::fault_over_max : message::fault_over_quota;
        return object(tally.name, Message(why, {std::to_string(there), std::to_string(*tally.upper)}));
    }
    if (there >= tally.lower) return std::nullopt;
    if (tally.kind != TallyKind::obliged) {
        return object(tally.name,
                      Message(message::fault_under_quota, {std::to_string(there), std::to_string(tally.lower)}));
    }
    const auto decision = eligibility.must_serve(Id<Expert>(tally.row));
    const std::string id = decision ? eligibility.plan().rows().decisions[*decision].id : std::string();
    return object(tally.name, Message(message::fault_at_home, {id}));
}

}  // namespace

Objected count_heads(const Eligibility& eligibility, const GivenBook& given, const TallySheet& sheet,
                     const Staffing& staffing, HeadCount& count) {
    const Draft& rows = eligibility.plan().rows();
    count = {};
    count.post_of.resize(rows.experts.size());
    count.posted.resize(rows.posts.size());
    count.counted.resize(sheet.rows().size());
    for (const Posting& posting : staffing) {
        if (auto objection = count_posting(eligibility, given, sheet, posting, count)) return objection;
    }
    for (std::size_t t = 0; t < sheet.rows().size(); ++t) {
        if (auto objection = compare(eligibility, sheet.rows()[t], count.counted[t])) return objection;
    }
    return std::nullopt;
}

}  // namespace countyplan
