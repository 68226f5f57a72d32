// Who already serves where, and who learns from whom, in a generated programme.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/experiment/impl/people.hpp>

namespace countyplan::detail {

/// What is left of each sender's quotas while postings are made.
class QuotaBook {
  public:
    explicit QuotaBook(const Draft& draft) : senders_(&draft.senders) {
        for (const auto id : draft.senders.ids())
            position_[draft.senders[id].id] = id;
        used_.resize(draft.senders.size());
        required_.resize(draft.senders.size());
        paired_.resize(draft.senders.size());
        for (const Pairing& pairing : draft.pairings) {
            const std::size_t sender = position_.at(pairing.sender).value();
            paired_[sender].insert(pairing.receiver);
            if (pairing.required) required_[sender].insert(pairing.receiver);
        }
    }

    [[nodiscard]] bool may_serve(const std::string& sender, const Post& post, const School& school) const {
        const std::string county = to_text(school.county);
        for (auto at = find(sender); at; at = find((*senders_)[at].parent)) {
            const auto& receivers = required_[at.value()];
            if (!receivers.empty() && !receivers.contains(county) && !receivers.contains(post.school)) return false;
        }
        return true;
    }

    [[nodiscard]] bool stands_behind(const std::string& sender, const School& school) const {
        const std::string county = to_text(school.county);
        for (auto at = find(sender); at; at = find((*senders_)[at].parent)) {
            if (paired_[at.value()].contains(county) || paired_[at.value()].contains(school.id)) return true;
        }
        return false;
    }

    /// Books one person if there is room.
    [[nodiscard]] bool take(const std::string& sender, Role role) {
        const auto own = find(sender);
        const Sender& row = (*senders_)[own];
        const auto& by_role = row.quota(role);
        auto& used = used_[own.value()].by_role[static_cast<std::size_t>(role)];
        if (by_role && used >= *by_role) return false;
        for (auto at = own; at; at = find((*senders_)[at].parent)) {
            const auto& total = (*senders_)[at].quota_total;
            if (total && used_[at.value()].total >= *total) return false;
        }
        ++used;
        for (auto at = own; at; at = find((*senders_)[at].parent))
            ++used_[at.value()].total;
        return true;
    }

  private:
    struct Used {
        std::int64_t by_role[3] = {0, 0, 0};
        std::int64_t total = 0;
    };

    [[nodiscard]] Id<Sender> find(const std::string& sender) const {
        const auto known = position_.find(sender);
        return known == position_.end() ? Id<Sender>() : known->second;
    }

    const ById<Id<Sender>, Sender>* senders_;
    std::map<std::string, Id<Sender>> position_;
    std::vector<std::set<std::string>> required_;
    std::vector<std::set<std::string>> paired_;
    std::vector<Used> used_;
};

[[nodiscard]] inline bool qualifies(const Expert& expert, const Post& post, const School& school) {
    if (expert.available_from || expert.available_to) return false;
    if (post.min_title && expert.title < *post.min_title) return false;
    if (post.min_years && expert.years < *post.min_years) return false;
    const Reference county{Noun::county, to_text(school.county)};
    return std::ranges::find(expert.avoids, county) == expert.avoids.end();
}

/// Two posts in five are held already, by people who may hold them.
inline void add_staffing(Frame& frame, const GenerateOptions& options) {
    Draft& draft = frame.draft;
    std::map<std::string, Id<School>> schools;
    for (const auto id : draft.schools.ids()) {
        if (draft.schools[id].assisted) schools[draft.schools[id].id] = id;
    }
    // Candidates by first role and first subject; where any subject will do, by role.
    std::map<std::pair<Role, std::string>, std::vector<Id<Expert>>> candidates;
    for (const auto id : draft.experts.ids()) {
        const Expert& expert = draft.experts[id];
        candidates[{expert.roles.front(), ""}].push_back(id);
        if (!expert.subjects.empty()) candidates[{expert.roles.front(), expert.subjects.front()}].push_back(id);
    }
    auto random = random_for(options.seed, Stage::staffing);
    for (auto& [what, experts] : candidates)
        random.shuffle(std::span(experts));
    std::vector<bool> busy(draft.experts.size(), false);
    QuotaBook quotas(draft);
    for (const Post& post : draft.posts) {
        if (!random.chance(2, 5)) continue;
        const auto known = candidates.find({post.role, post.subject});
        if (known == candidates.end()) continue;
        const School& school = draft.schools[schools.at(post.school)];
        auto& experts = known->second;
        // A bounded look at people from a random place on: linear time, and nobody is picked first always.
        // Those whose city stands behind the county come before the others.
        const auto start = static_cast<std::size_t>(random.below(experts.size()));
        const std::size_t looks = std::min<std::size_t>(experts.size(), 150);
        bool filled = false;
        for (std::size_t step = 0; step < 2 * looks && !filled; ++step) {
            const Id<Expert> id = experts[(start + step % looks) % experts.size()];
            const Expert& expert = draft.experts[id];
            if (busy[id.value()] || !qualifies(expert, post, school)) continue;
            if (step < looks && !quotas.stands_behind(expert.sender, school)) continue;
            if (!quotas.may_serve(expert.sender, post, school) || !quotas.take(expert.sender, post.role)) continue;
            busy[id.value()] = filled = true;
            draft.staffing.push_back({expert.id, post.id, *post.start, *post.end});
        }
    }
}

/// Those who serve as teachers or cadres guide one to three local teachers, first those of their subject.
inline void add_mentors(Frame& frame, const GenerateOptions& options) {
    Draft& draft = frame.draft;
    std::map<std::string, const Post*> posts;
    for (const Post& post : draft.posts)
        posts[post.id] = &post;
    std::map<std::string, const Expert*> experts;
    for (const Expert& expert : draft.experts)
        experts[expert.id] = &expert;
    std::map<std::string, std::vector<const Teacher*>> free;
    for (const Teacher& teacher : draft.teachers) {
        if (teacher.role != Role::principal) free[teacher.school].push_back(&teacher);
    }
    auto random = random_for(options.seed, Stage::mentors);
    for (const Posting& posting : draft.staffing) {
        const Post& post = *posts.at(posting.post);
        const Expert& expert = *experts.at(posting.expert);
        if (post.role == Role::principal) continue;
        auto& teachers = free[post.school];
        const std::int64_t wanted = random.between(1, 3);
        for (std::int64_t k = 0; k < wanted && !teachers.empty(); ++k) {
            auto chosen = std::ranges::find_if(teachers, [&](const Teacher* teacher) {
                return std::ranges::find(teacher->subjects, expert.subjects.front()) != teacher->subjects.end();
            });
            if (chosen == teachers.end()) {
                if (k > 0) break;
                chosen = teachers.begin() + static_cast<std::ptrdiff_t>(random.below(teachers.size()));
            }
            draft.mentors.push_back({posting.expert, (*chosen)->id, posting.from + std::chrono::days(45), posting.to});
            teachers.erase(chosen);
        }
    }
}

}  // namespace countyplan::detail
