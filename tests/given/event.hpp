// Which random events may have happened to a plan?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <countyplan/plan/event.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

/// An event of any kind that need not be sound.
inline countyplan::Event any_event(const countyplan::Draft& draft, std::int64_t number, countyplan::Random& random) {
    using namespace countyplan;
    const auto pick = [&random](const auto& rows) { return rows.rows()[random.below(rows.size())]; };
    const auto later = [&](int days) { return draft.period.from + std::chrono::days(random.between(0, days)); };
    Event out{.number = number,
              .day = draft.period.from,
              .kind = static_cast<EventKind>(random.below(enumerator_count<EventKind>))};
    switch (out.kind) {
        case EventKind::resigns:
            out.subject = "expert:" + pick(draft.experts).id;
            if (random.chance(1, 3)) out.day = later(700);
            break;
        case EventKind::ill:
            out.subject = "expert:" + pick(draft.experts).id;
            out.from = later(1000);
            out.to = *out.from + std::chrono::days(random.between(0, 200));
            break;
        case EventKind::extended:
            out.subject = random.chance(1, 2) ? "expert:" + pick(draft.experts).id : "post:" + pick(draft.posts).id;
            out.to = draft.period.to + std::chrono::days(random.between(-300, 100));
            break;
        case EventKind::new_post:
            out.post = pick(draft.posts);
            out.post->id = "N-" + std::to_string(number);
            break;
        case EventKind::new_school:
            out.school = pick(draft.schools);
            out.school->id = "new-school-" + std::to_string(number);
            break;
        case EventKind::pairing_moved:
            if (draft.pairings.empty()) {
                out.subject = "sender:" + pick(draft.senders).id;
            } else {
                const Pairing pairing = pick(draft.pairings);
                out.subject = "sender:" + pairing.sender;
                out.was = pairing.receiver;
            }
            out.now = random.chance(1, 2) ? to_text(pick(draft.counties).code) : pick(draft.schools).id;
            break;
        case EventKind::quota_changed:
            if (!draft.quotas.empty() && random.chance(1, 2)) {
                out.subject = "quota:" + pick(draft.quotas).id;
                if (random.chance(1, 3)) out.lower = random.between(0, 2);
            } else if (random.chance(1, 2)) {
                out.subject = "sender:" + pick(draft.senders).id;
            } else {
                out.subject = "role:" + pick(draft.senders).id + "/" +
                              std::string(name(static_cast<Role>(random.below(enumerator_count<Role>))));
            }
            if (random.chance(4, 5)) out.upper = out.lower.value_or(0) + random.between(0, 3);
            break;
    }
    return out;
}

/// Sound events of any kind, numbered from 1.
inline std::vector<countyplan::Event> random_events(const countyplan::Plan& plan, std::uint64_t seed,
                                                    std::size_t count) {
    using namespace countyplan;
    Random random(seed, 21);
    std::vector<Event> out;
    Plan now = plan;
    for (int tries = 0; out.size() < count && tries < 200; ++tries) {
        Event event = any_event(now.rows(), static_cast<std::int64_t>(out.size()) + 1, random);
        const LastEvent last = last_of(out);
        if (last.day) event.day = std::max(event.day, *last.day);
        if (event.kind == EventKind::ill && *event.to < *event.from) continue;
        if (!check_events(now, {&event, 1}, last).empty()) continue;
        now = apply_events(now, {&event, 1}, last);
        out.push_back(event);
    }
    return out;
}

}  // namespace given
