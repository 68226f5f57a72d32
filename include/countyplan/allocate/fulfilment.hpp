// How many of the people that a county needs in a subject does it get?
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <countyplan/plan/plan.hpp>

namespace countyplan {

/// The posts of one county, role and subject, counted together. All numbers are people.
struct Fulfilment {
    Id<County> county{};
    Role role = Role::teacher;
    std::string subject{};    ///< empty: any
    std::int64_t min = 0;     ///< sum over the posts
    std::int64_t target = 0;  ///< sum over the posts
    std::int64_t posted = 0;  ///< people posted
    std::int64_t filled = 0;  ///< sum over the posts of the people posted, each post up to its target

    friend bool operator==(const Fulfilment&, const Fulfilment&) = default;
};

/// One row per county, role and subject that has a post, in that order. A person posted to the same
/// post twice, in successive terms, is one person there; postings of unknown people or posts count for
/// nothing. Time O(n log n) in posts and postings.
[[nodiscard]] inline std::vector<Fulfilment> fulfilment(const Plan& plan, const Staffing& staffing) {
    std::vector<std::pair<Id<Post>, Id<Expert>>> pairs;
    for (const Posting& posting : staffing) {
        const Id<Post> post = plan.find<Post>(posting.post);
        const Id<Expert> expert = plan.find<Expert>(posting.expert);
        if (post && expert) pairs.emplace_back(post, expert);
    }
    std::ranges::sort(pairs);
    pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
    ById<Id<Post>, std::int64_t> posted(plan.rows().posts.size());
    for (const auto& [post, expert] : pairs)
        ++posted[post];
    std::map<std::tuple<Id<County>, Role, std::string>, Fulfilment> rows;
    for (const Id<Post> id : plan.rows().posts.ids()) {
        const Post& post = plan.rows().posts[id];
        Fulfilment& row = rows[{plan.county_of(id), post.role, post.subject}];
        row.county = plan.county_of(id);
        row.role = post.role;
        row.subject = post.subject;
        row.min += post.min;
        row.target += post.target;
        row.posted += posted[id];
        row.filled += std::min(posted[id], post.target);
    }
    std::vector<Fulfilment> out;
    out.reserve(rows.size());
    for (auto& [key, row] : rows)
        out.push_back(std::move(row));
    return out;
}

}  // namespace countyplan
