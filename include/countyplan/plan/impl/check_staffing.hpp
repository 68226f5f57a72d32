// Whether the present staffing can be: one place at a time, posts not overfilled, wishes and pairings kept.
#pragma once

#include <algorithm>
#include <functional>
#include <queue>
#include <string>
#include <vector>

#include <countyplan/plan/impl/draft_check.hpp>

namespace countyplan {

namespace detail {

/// A posting whose expert and post exist and whose days are in order.
struct KnownPosting {
    Id<Posting> id;
    Id<Expert> expert;
    Id<Post> post;
    Period period;
};

inline std::vector<KnownPosting> known_postings(const Draft& draft, const DraftIndex& index) {
    std::vector<KnownPosting> out;
    for (const Id<Posting> id : draft.staffing.ids()) {
        const Posting& row = draft.staffing[id];
        const KnownPosting known{id, index.find<Expert>(row.expert), index.find<Post>(row.post), {row.from, row.to}};
        if (known.expert && known.post && !known.period.empty()) out.push_back(known);
    }
    return out;
}

/// Calls `full(posting, count)` for each posting that makes more than `limit(posting)` of its group
/// serve at once. `postings` must be sorted by group, then by first day.
template <class GroupOf, class Limit, class Full>
void for_each_crowding(const std::vector<KnownPosting>& postings, GroupOf group_of, Limit limit, Full full) {
    std::priority_queue<Day, std::vector<Day>, std::greater<>> serving;
    for (std::size_t i = 0; i < postings.size(); ++i) {
        if (i > 0 && group_of(postings[i]) != group_of(postings[i - 1])) serving = {};
        while (!serving.empty() && serving.top() < postings[i].period.from)
            serving.pop();
        serving.push(postings[i].period.to);
        if (static_cast<std::int64_t>(serving.size()) > limit(postings[i])) full(postings[i], serving.size());
    }
}

template <class Key>
void sort_postings(std::vector<KnownPosting>& postings, Key key) {
    std::sort(postings.begin(), postings.end(), [&](const KnownPosting& a, const KnownPosting& b) {
        return std::tuple(key(a), a.period.from, a.id) < std::tuple(key(b), b.period.from, b.id);
    });
}

inline void check_posting_windows(DraftCheck& check, const std::vector<KnownPosting>& postings) {
    const Draft& draft = check.draft;
    for (const KnownPosting& posting : postings) {
        const Post& post = draft.posts[posting.post];
        const Expert& expert = draft.experts[posting.expert];
        const auto outside = [&](const MessageText& row, const Period& window) {
            if (window.contains(posting.period)) return;
            check.warning(
                place_of(posting.id, posting.period.from < window.from ? "from" : "to"),
                {row,
                 {to_text(posting.period.from), to_text(posting.period.to), to_text(window.from), to_text(window.to)}},
                to_text(posting.period.from < window.from ? posting.period.from : posting.period.to), {},
                {message::fix_posting});
        };
        // A posting may have begun before the plan: only dates that were given are held against it.
        if (post.start || post.end) outside(message::outside_post_window, open_period(post.start, post.end));
        if (expert.available_from || expert.available_to) {
            outside(message::outside_availability, open_period(expert.available_from, expert.available_to));
        }
    }
}

inline void check_avoided(DraftCheck& check, const std::vector<KnownPosting>& by_expert) {
    const Draft& draft = check.draft;
    std::vector<Reference> avoids;
    for (std::size_t i = 0; i < by_expert.size(); ++i) {
        const KnownPosting& posting = by_expert[i];
        const Expert& expert = draft.experts[posting.expert];
        if (i == 0 || by_expert[i - 1].expert != posting.expert) {
            avoids = expert.avoids;
            std::sort(avoids.begin(), avoids.end());
        }
        const Post& post = draft.posts[posting.post];
        const Id<School> school = check.index.find<School>(post.school);
        std::vector<Reference> places = {{Noun::post, post.id}, {Noun::school, post.school}};
        if (school) places.push_back({Noun::county, to_text(draft.schools[school].county)});
        for (const Reference& place : places) {
            if (!std::binary_search(avoids.begin(), avoids.end(), place)) continue;
            check.warning(place_of(posting.id, "post"),
                          {message::avoided_posting, {shown_text(expert.id), shown_text(to_text(place))}}, post.id, {},
                          {message::fix_posting});
            break;
        }
    }
}

/// Senders with pairings marked `required` may serve only those receivers while the pairings last.
inline void check_required_pairings(DraftCheck& check, const std::vector<KnownPosting>& postings) {
    const Draft& draft = check.draft;
    DatedKeys bound;      // by sender
    DatedKeys receivers;  // by sender and receiver
    for (const Pairing& pairing : draft.pairings) {
        if (!pairing.required) continue;
        const Period period = open_period(pairing.from, pairing.to);
        bound.add(pairing.sender, period);
        receivers.add(pairing.sender + "\n" + pairing.receiver, period);
    }
    bound.merge();
    receivers.merge();
    for (const KnownPosting& posting : postings) {
        const std::string& sender = draft.experts[posting.expert].sender;
        if (!bound.meets(sender, posting.period)) continue;
        const std::string& key = draft.posts[posting.post].school;
        const Id<School> school = check.index.find<School>(key);
        const std::string before = sender + "\n";
        if (!school || receivers.meets(before + key, posting.period)) continue;
        if (receivers.meets(before + to_text(draft.schools[school].county), posting.period)) continue;
        check.warning(place_of(posting.id, "post"),
                      {message::outside_required_pairing, {shown_text(sender), shown_text(key)}},
                      draft.posts[posting.post].id, {}, {message::fix_posting});
    }
}

inline void check_staffing(DraftCheck& check) {
    const Draft& draft = check.draft;
    std::vector<KnownPosting> postings = known_postings(draft, check.index);
    check_posting_windows(check, postings);
    check_required_pairings(check, postings);

    sort_postings(postings, [](const KnownPosting& p) { return p.expert; });
    check_avoided(check, postings);
    for (std::size_t i = 1, furthest = 0; i < postings.size(); ++i) {
        const KnownPosting& reaching = postings[furthest];
        const KnownPosting& now = postings[i];
        const bool same = reaching.expert == now.expert;
        if (same && now.period.from <= reaching.period.to) {
            const auto [earlier, later] = std::minmax(reaching.id, now.id);
            const std::string& expert = draft.experts[now.expert].id;
            check.error(place_of(later, "expert"),
                        {message::double_posting, {shown_text(expert), to_text(place_of(earlier, ""))}}, expert, {},
                        {message::fix_posting});
        }
        if (!same || now.period.to > reaching.period.to) furthest = i;
    }

    sort_postings(postings, [](const KnownPosting& p) { return p.post; });
    for_each_crowding(
        postings, [](const KnownPosting& p) { return p.post; },
        [&](const KnownPosting& p) { return draft.posts[p.post].max; },
        [&](const KnownPosting& p, std::size_t count) {
            const Post& post = draft.posts[p.post];
            check.error(
                place_of(p.id, "post"),
                {message::post_overfilled, {shown_text(post.id), std::to_string(count), std::to_string(post.max)}},
                post.id, {}, {message::fix_posting});
        });
}

}  // namespace detail

}  // namespace countyplan
