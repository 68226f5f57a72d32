// Small random plans, and the best staffing of one by trying every staffing there is.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/plan/check.hpp>
#include <countyplan/plan/draft.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

using namespace countyplan;

inline Day day(std::string_view text) { return *Day::parse(text); }

struct PlanSize {
    std::size_t experts = 5;
    std::size_t posts = 4;
};

/// Two counties, three schools, a tree of senders with quotas, some required pairings, dates, rules.
/// The seed alone rebuilds it.
Draft small_draft(std::uint64_t seed, PlanSize size = {});

template <class Row>
const Row& row_of(const ById<Id<Row>, Row>& rows, const std::string& id) {
    return *std::ranges::find(rows, id, &Row::id);
}

/// A `small_draft` with quotas, decisions, a present staffing and an objective of its own: any tiers in any order.
/// Quotas nest, so that `Plan` takes it; lower bounds may be impossible together.
Draft rich_draft(std::uint64_t seed, PlanSize size = {});

/// Whether this person may serve there, word by word from the definitions.
bool may_serve(const Draft& draft, const Expert& expert, const Post& post);

/// The tiers of a choice of posts (-1: at home), all to be minimised; nothing if a hard rule is broken.
template <class Score>
std::optional<std::array<std::int64_t, 4>> value_of(const Draft& draft, const std::vector<int>& post_of,
                                                    const Score& score) {
    std::map<std::string, std::int64_t> total;
    std::map<std::pair<std::string, Role>, std::int64_t> of_role;
    std::vector<std::int64_t> there(draft.posts.size(), 0);
    std::array<std::int64_t, 4> out{};
    for (std::size_t e = 0; e < post_of.size(); ++e) {
        if (post_of[e] < 0) continue;
        const Expert& expert = draft.experts.rows()[e];
        const auto p = static_cast<std::size_t>(post_of[e]);
        ++there[p];
        out[3] -= score(e, p);
        ++of_role[{expert.sender, expert.roles.front()}];
        for (std::string sender = expert.sender; !sender.empty(); sender = row_of(draft.senders, sender).parent)
            ++total[sender];
    }
    for (const Sender& sender : draft.senders) {
        if (sender.quota_total && total[sender.id] > *sender.quota_total) return std::nullopt;
        if (sender.quota_principal && of_role[{sender.id, Role::principal}] > *sender.quota_principal)
            return std::nullopt;
        if (sender.quota_mid_level && of_role[{sender.id, Role::mid_level}] > *sender.quota_mid_level)
            return std::nullopt;
        if (sender.quota_teacher && of_role[{sender.id, Role::teacher}] > *sender.quota_teacher) return std::nullopt;
    }
    for (std::size_t p = 0; p < there.size(); ++p) {
        const Post& post = draft.posts.rows()[p];
        if (there[p] > post.max) return std::nullopt;
        const std::int64_t short_of_min = std::max<std::int64_t>(0, post.min - there[p]);
        if (post.critical) out[0] += short_of_min;
        out[1] += short_of_min;
        out[2] += post.priority * std::max<std::int64_t>(0, post.target - there[p]);
    }
    return out;
}

/// The best tiers by exhaustion.
template <class Score>
std::array<std::int64_t, 4> best_value(const Draft& draft, const Score& score) {
    std::vector<std::vector<int>> choices;
    for (const Expert& expert : draft.experts) {
        choices.push_back({-1});
        for (std::size_t p = 0; p < draft.posts.size(); ++p) {
            if (may_serve(draft, expert, draft.posts.rows()[p])) choices.back().push_back(static_cast<int>(p));
        }
    }
    std::vector<std::size_t> at(choices.size(), 0);
    std::optional<std::array<std::int64_t, 4>> best;
    while (true) {
        std::vector<int> post_of;
        for (std::size_t e = 0; e < choices.size(); ++e)
            post_of.push_back(choices[e][at[e]]);
        const auto value = value_of(draft, post_of, score);
        if (value && (!best || *value < *best)) best = value;
        std::size_t e = 0;
        while (e < at.size() && ++at[e] == choices[e].size())
            at[e++] = 0;
        if (e == at.size()) return *best;
    }
}

}  // namespace given
