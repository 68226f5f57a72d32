#include "pair_list.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace countyplan {

GivenBook::GivenBook(const Plan& plan, std::span<const GivenPair> given) {
    std::string_view last_name;
    Id<Expert> last;
    for (const GivenPair& pair : given) {
        if (rows_.empty() || pair.expert != last_name) last = plan.find<Expert>(pair.expert);
        last_name = pair.expert;
        const Id<Post> post = plan.find<Post>(pair.post);
        if (last && post) rows_.push_back({last, post, pair.allowed, pair.points, pair.user});
    }
    if (rows_.empty()) return;
    std::ranges::stable_sort(
        rows_, [](const Row& a, const Row& b) { return std::tie(a.expert, a.post) < std::tie(b.expert, b.post); });
    first_.assign(plan.rows().experts.size() + 1, 0);
    for (const Row& row : rows_)
        ++first_[row.expert.value() + 1];
    for (std::size_t e = 1; e < first_.size(); ++e)
        first_[e] += first_[e - 1];
}

const GivenBook::Row* GivenBook::find(Id<Expert> expert, Id<Post> post) const {
    if (first_.empty()) return nullptr;
    const auto own =
        std::span(rows_).subspan(first_[expert.value()], first_[expert.value() + 1] - first_[expert.value()]);
    const auto found = std::ranges::lower_bound(own, post, {}, &Row::post);
    return found != own.end() && found->post == post ? &*found : nullptr;
}

bool GivenBook::allows(Id<Expert> expert, Id<Post> post) const {
    const Row* const row = find(expert, post);
    return row == nullptr || row->allowed;
}

std::int64_t GivenBook::points(Tier tier, Id<Expert> expert, Id<Post> post) const {
    const auto own = user_tier(tier);
    if (tier != Tier::fit && !own) return 0;
    const Row* const row = find(expert, post);
    if (row == nullptr) return 0;
    return own ? row->user[*own] : row->points;
}

PairList::PairList(const Eligibility& eligibility, const GivenBook& given) {
    const Draft& rows = eligibility.plan().rows();
    first_post_.reserve(rows.experts.size() + 1);
    first_post_.push_back(0);
    first_expert_.assign(rows.posts.size() + 1, 0);
    for (const Id<Expert> expert : rows.experts.ids()) {
        for (const Id<Post> post : rows.posts.ids()) {
            if (!eligibility.is_eligible(expert, post) || !given.allows(expert, post)) continue;
            post_.push_back(post);
            ++first_expert_[post.value() + 1];
        }
        first_post_.push_back(post_.size());
    }
    for (std::size_t p = 1; p < first_expert_.size(); ++p)
        first_expert_[p] += first_expert_[p - 1];
    expert_.resize(post_.size());
    std::vector<std::size_t> next(first_expert_.begin(), first_expert_.end() - 1);
    for (const Id<Expert> expert : rows.experts.ids()) {
        for (const Id<Post> post : posts_of(expert))
            expert_[next[post.value()]++] = expert;
    }
}

std::span<const Id<Post>> PairList::posts_of(Id<Expert> expert) const {
    const std::size_t first = first_post_[expert.value()];
    return std::span(post_).subspan(first, first_post_[expert.value() + 1] - first);
}

std::span<const Id<Expert>> PairList::experts_of(Id<Post> post) const {
    const std::size_t first = first_expert_[post.value()];
    return std::span(expert_).subspan(first, first_expert_[post.value() + 1] - first);
}

}  // namespace countyplan
