// Experts of a generated programme, and how many each sender may send.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/experiment/impl/posts.hpp>
#include <countyplan/plan/value_text.hpp>

namespace countyplan::detail {

/// The subjects of `count` cadres and teachers, in random order: in proportion to the posts that ask for
/// them, except the scarce ones.
[[nodiscard]] inline std::vector<std::string> subject_bag(Random& random, const Draft& draft, std::size_t count) {
    std::map<std::string, std::int64_t> asked;
    for (const Post& post : draft.posts) {
        if (!post.subject.empty()) ++asked[post.subject];
    }
    std::vector<std::string> bag;
    for (const SubjectNeed& scarce : scarce_subjects) {
        const auto known = asked.find(std::string(scarce.subject));
        if (known == asked.end()) continue;
        bag.insert(bag.end(), static_cast<std::size_t>(known->second * scarce.weight / 100), known->first);
        asked.erase(known);
    }
    bag.resize(std::min(bag.size(), count));
    if (asked.empty()) asked["maths"] = 1;
    std::vector<std::int64_t> weights;
    weights.reserve(asked.size());
    for (const auto& [subject, posts] : asked)
        weights.push_back(posts);
    const auto shares = apportion(static_cast<std::int64_t>(count - bag.size()), weights);
    std::size_t at = 0;
    for (const auto& [subject, posts] : asked)
        bag.insert(bag.end(), static_cast<std::size_t>(shares[at++]), subject);
    random.shuffle(std::span(bag));
    return bag;
}

/// Experts of each sender: the eastern share is the published one, cities by the schools they stand behind.
[[nodiscard]] inline std::vector<std::int64_t> experts_by_sender(const Frame& frame, std::int64_t experts) {
    const auto& share = published::eastern_share;
    const std::int64_t eastern = (experts * share.count + share.base / 2) / share.base;
    std::vector<std::int64_t> out(frame.seats.size(), 0);
    for (const bool side : {true, false}) {
        std::vector<std::int64_t> loads;
        loads.reserve(frame.groups.size());
        for (const Group& group : frame.groups)
            loads.push_back(group.eastern == side ? group.load : 0);
        const auto of_group = apportion(side ? eastern : experts - eastern, loads);
        std::vector<std::vector<std::size_t>> members(frame.groups.size());
        for (std::size_t s = 0; s < frame.seats.size(); ++s) {
            if (frame.seats[s].group != SIZE_MAX) members[frame.seats[s].group].push_back(s);
        }
        for (std::size_t g = 0; g < frame.groups.size(); ++g) {
            if (of_group[g] == 0) continue;
            std::vector<std::int64_t> weights;
            for (const std::size_t s : members[g])
                weights.push_back(frame.seats[s].weight);
            const auto parts = apportion(of_group[g], weights);
            for (std::size_t m = 0; m < members[g].size(); ++m)
                out[members[g][m]] += parts[m];
        }
    }
    return out;
}

/// First roles: all principals come from eastern cities and districts, as in the scheme's first round.
[[nodiscard]] inline Role first_role(std::int64_t index, bool eastern, SenderKind kind) {
    const auto turns = [index](std::int64_t percent) { return (index + 1) * percent / 100 > index * percent / 100; };
    if (eastern && kind != SenderKind::school && turns(26)) return Role::principal;
    return turns(eastern ? 52 : 29) ? Role::mid_level : Role::teacher;
}

inline void add_wishes(Random& random, const Draft& draft, Expert& row, std::span<const std::string> receivers) {
    const auto reference = [](const std::string& code) { return Reference{Noun::county, code}; };
    if (random.chance(3, 10)) {
        const auto& counties = draft.counties.rows();
        // Half wish for a county that their city stands behind.
        if (!receivers.empty() && random.chance(1, 2)) {
            row.prefers.push_back(reference(receivers[static_cast<std::size_t>(random.below(receivers.size()))]));
        } else {
            row.prefers.push_back(
                reference(to_text(counties[static_cast<std::size_t>(random.below(counties.size()))].code)));
        }
    }
    if (random.chance(1, 12)) {
        const auto& counties = draft.counties.rows();
        const Reference avoided =
            reference(to_text(counties[static_cast<std::size_t>(random.below(counties.size()))].code));
        if (row.prefers.empty() || row.prefers.front() != avoided) row.avoids.push_back(avoided);
    }
}

/// All of a row but its id.
[[nodiscard]] inline std::string likeness(const Expert& row) {
    std::string out;
    for_each_field<Expert>([&](const auto& field) {
        if (field.use != FieldUse::key) out += value_text(row.*field.member) + "\n";
    });
    return out;
}

inline void add_experts(Frame& frame, const GenerateOptions& options, const Sizes& sizes) {
    static constexpr Title titles[] = {Title::third_grade, Title::second_grade, Title::first_grade, Title::senior,
                                       Title::full_senior};
    static constexpr Degree degrees[] = {Degree::college, Degree::bachelor, Degree::master, Degree::doctor};
    static constexpr std::int64_t principal_titles[] = {0, 0, 10, 65, 25};
    static constexpr std::int64_t cadre_titles[] = {0, 10, 40, 45, 5};
    static constexpr std::int64_t teacher_titles[] = {4, 20, 46, 27, 3};
    static constexpr std::int64_t degree_weights[] = {4, 68, 26, 2};
    Draft& draft = frame.draft;
    const auto counts = experts_by_sender(frame, sizes.experts);
    std::size_t with_subject = 0;
    for (std::size_t s = 0; s < counts.size(); ++s) {
        for (std::int64_t k = 0; k < counts[s]; ++k)
            with_subject +=
                first_role(k, frame.seats[s].eastern, draft.senders.rows()[s].kind) == Role::principal ? 0 : 1;
    }
    auto bag_random = random_for(options.seed, Stage::experts);
    const auto bag = subject_bag(bag_random, draft, with_subject);
    std::map<std::string, std::vector<std::string>> receivers;
    for (const Pairing& pairing : draft.pairings) {
        if (pairing.kind != PairingKind::school) receivers[pairing.sender].push_back(pairing.receiver);
    }
    std::map<std::string, std::size_t> last_seat_number;
    std::set<std::string> seen;
    std::size_t next_subject = 0;
    std::size_t couples = 0;
    for (const auto sender : draft.senders.ids()) {
        const Seat& seat = frame.seats[sender.value()];
        const std::string& sender_id = draft.senders[sender].id;
        for (std::int64_t k = 0; k < counts[sender.value()]; ++k) {
            auto random = random_for(options.seed, Stage::experts, 1 + draft.experts.size());
            Expert row;
            row.id = seat.letters + "-" + padded(++last_seat_number[seat.letters], 4);
            row.sender = sender_id;
            const Role role = first_role(k, seat.eastern, draft.senders[sender].kind);
            row.roles.push_back(role);
            if (role == Role::principal && random.chance(1, 3)) row.roles.push_back(Role::mid_level);
            if (role == Role::mid_level && random.chance(1, 2)) row.roles.push_back(Role::teacher);
            if (role == Role::teacher && random.chance(1, 10)) row.roles.push_back(Role::mid_level);
            if (role != Role::principal) {
                row.subjects.push_back(bag[next_subject++]);
                const std::string& other = bag[static_cast<std::size_t>(random.below(bag.size()))];
                const bool scarce = std::ranges::any_of(scarce_subjects,
                                                        [&](const SubjectNeed& need) { return need.subject == other; });
                if (random.chance(1, 5) && !scarce && other != row.subjects.front()) row.subjects.push_back(other);
            }
            row.title = titles[draw(random, role == Role::principal   ? principal_titles
                                            : role == Role::mid_level ? cadre_titles
                                                                      : teacher_titles)];
            row.degree = degrees[draw(random, degree_weights)];
            row.years = role == Role::principal ? random.between(10, 30) : random.between(2, 28);
            if (random.chance(1, 25)) row.available_to = plus_months(draft.period.from, 12) - std::chrono::days(1);
            if (random.chance(1, 40)) row.available_from = plus_months(draft.period.from, 6);
            if (row.available_from && row.available_to) row.available_from.reset();
            const auto known = receivers.find(sender_id);
            add_wishes(random, draft, row,
                       known == receivers.end() ? std::span<const std::string>()
                                                : std::span<const std::string>(known->second));
            if (k > 0 && random.chance(1, 60) && draft.experts.rows().back().group.empty()) {
                row.group = "couple-" + padded(++couples, 3);
                draft.experts.rows().back().group = row.group;
            }
            // No two rows alike, or one would take them for one person under two ids.
            while (!seen.insert(likeness(row)).second)
                ++row.years;
            draft.experts.push_back(std::move(row));
        }
    }
}

/// Quotas: the east sends its published number of people per school, everyone else the rest; three
/// principals in 34 are missing on purpose.
inline void add_quotas(Frame& frame, const Sizes& sizes) {
    Draft& draft = frame.draft;
    const auto& east = published::eastern_people_per_school;
    const std::int64_t eastern = (sizes.schools * east.count + east.base / 2) / east.base;
    std::map<std::string, std::int64_t> total_of;
    for (const bool side : {true, false}) {
        std::vector<std::int64_t> loads;
        loads.reserve(frame.groups.size());
        for (const Group& group : frame.groups)
            loads.push_back(group.eastern == side ? group.load : 0);
        const auto quota = apportion(side ? eastern : sizes.posts - eastern, loads);
        for (std::size_t g = 0; g < quota.size(); ++g) {
            const Group& group = frame.groups[g];
            if (group.eastern != side) continue;
            Sender& head = draft.senders[group.head];
            const std::string top = head.parent.empty() ? head.id : head.parent;
            total_of[top] += quota[g];
            // A region's own people are bounded by role, so that its total stays for all below it.
            if (head.kind != SenderKind::province) head.quota_total = quota[g];
        }
    }
    std::vector<std::int64_t> principals(frame.seats.size(), 0);
    std::vector<std::int64_t> cadres = principals;
    std::vector<std::int64_t> teachers = principals;
    std::map<std::string, std::size_t> position;
    for (const auto id : draft.senders.ids())
        position[draft.senders[id].id] = id.value();
    for (const Expert& expert : draft.experts) {
        const std::size_t at = position.at(expert.sender);
        ++(expert.roles.front() == Role::principal   ? principals
           : expert.roles.front() == Role::mid_level ? cadres
                                                     : teachers)[at];
    }
    const auto principal_quota = apportion(sizes.schools - (sizes.schools * 3 + 17) / 34, principals);
    for (const auto id : draft.senders.ids()) {
        Sender& sender = draft.senders[id];
        const Seat& seat = frame.seats[id.value()];
        if (const auto total = total_of.find(sender.id); total != total_of.end()) sender.quota_total = total->second;
        if (seat.group == SIZE_MAX) {
            if (!sender.quota_total) sender.quota_total = 0;
            continue;
        }
        sender.quota_principal = std::min(principal_quota[id.value()], principals[id.value()]);
        if (sender.kind == SenderKind::province || sender.kind == SenderKind::city) {
            sender.quota_mid_level = (2 * cadres[id.value()] + 2) / 3;
            sender.quota_teacher = (2 * teachers[id.value()] + 2) / 3;
        } else if (sender.kind == SenderKind::district) {
            sender.quota_mid_level = (cadres[id.value()] + 1) / 2;
        }
    }
}

}  // namespace countyplan::detail
