// How a plan's sets are gathered.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include <countyplan/allocate/counted_set.hpp>
#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/fairness.hpp>
#include <countyplan/allocate/impl/staffing_scope.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// Gathers the sets of one plan in their order.
class SetGatherer {
  public:
    explicit SetGatherer(const Plan& plan) : plan_(plan), rows_(plan.rows()), tiers_(rows_.objective.size()) {
        people_ = static_cast<std::int64_t>(rows_.experts.size());
    }

    [[nodiscard]] std::vector<CountedSet> gather() {
        add_senders();
        add_sending_quotas();
        add_obliged();
        add_receiving_quotas();
        add_counties();
        add_posts();
        return std::move(out_);
    }

  private:
    [[nodiscard]] std::optional<std::size_t> place_of(Tier tier) const {
        const auto found = std::ranges::find(rows_.objective, tier);
        if (found == rows_.objective.end()) return std::nullopt;
        return static_cast<std::size_t>(found - rows_.objective.begin());
    }

    CountedSet& add(std::string name, bool receives, std::vector<std::uint32_t> members, std::int64_t lower,
                    const std::optional<std::int64_t>& upper) {
        out_.push_back({.name = std::move(name), .receives = receives, .members = std::move(members), .lower = lower});
        if (upper) out_.back().upper = *upper;
        return out_.back();
    }

    /// Another piece of the last set, all of whose tiers cost nothing yet.
    std::span<std::int64_t> add_piece(std::int64_t from) {
        CountedSet& set = out_.back();
        set.from.push_back(from);
        set.slope.resize(set.slope.size() + tiers_, 0);
        return std::span(set.slope).last(tiers_);
    }

    void add_senders() {
        const std::size_t senders = rows_.senders.size();
        std::vector<std::vector<std::uint32_t>> all(senders);
        std::vector<std::array<std::vector<std::uint32_t>, enumerator_count<Role>>> own(senders);
        std::vector<bool> has_children(senders, false);
        for (const Id<Sender> id : rows_.senders.ids())
            if (const Id<Sender> parent = plan_.parent_of(id)) has_children[parent.value()] = true;
        for (const Id<Expert> id : rows_.experts.ids()) {
            const auto member = static_cast<std::uint32_t>(id.value());
            const auto role = static_cast<std::size_t>(rows_.experts[id].charged_role());
            own[plan_.sender_of(id).value()][role].push_back(member);
            for (Id<Sender> sender = plan_.sender_of(id); sender; sender = plan_.parent_of(sender))
                all[sender.value()].push_back(member);
        }
        const auto load = place_of(Tier::sender_load);
        for (const Id<Sender> id : rows_.senders.ids()) {
            const Sender& sender = rows_.senders[id];
            const auto n = static_cast<std::int64_t>(all[id.value()].size());
            const bool is_loaded = load && !has_children[id.value()] && n > 0;
            if (!sender.quota_total && !is_loaded) continue;
            add("sender:" + sender.id, false, std::move(all[id.value()]), 0, sender.quota_total);
            if (!is_loaded) continue;
            for (std::int64_t k = 0; k < n; ++k) {
                add_piece(k)[*load] =
                    static_cast<std::int64_t>(int128{1'000'000} * (2 * int128{k} + 1) / (int128{n} * n));
            }
        }
        for (const Id<Sender> id : rows_.senders.ids()) {
            for (std::size_t r = 0; r < enumerator_count<Role>; ++r) {
                const Role role = static_cast<Role>(r);
                const auto quota = rows_.senders[id].quota(role);
                if (!quota) continue;
                add("role:" + rows_.senders[id].id + "/" + std::string(name(role)), false,
                    std::move(own[id.value()][r]), 0, quota);
            }
        }
    }

    void add_sending_quotas() {
        const StaffingScope scope(plan_);
        for (const Quota& quota : rows_.quotas) {
            if (quota.holder.noun != Noun::sender) continue;
            std::vector<std::uint32_t> members;
            for (const Id<Expert> expert : rows_.experts.ids())
                if (scope.is_counted(quota, expert)) members.push_back(static_cast<std::uint32_t>(expert.value()));
            add("quota:" + quota.id, false, std::move(members), quota.lower, quota.upper);
        }
    }

    void add_obliged() {
        const bool may_oblige = std::ranges::any_of(
            rows_.decisions, [](const Decision& decision) { return decision.kind != DecisionKind::forbid; });
        if (!may_oblige) return;
        const Eligibility eligibility(plan_);
        for (const Id<Expert> expert : rows_.experts.ids()) {
            if (!eligibility.must_serve(expert)) continue;
            add("must:" + rows_.experts[expert].id, false, {static_cast<std::uint32_t>(expert.value())}, 1, 1);
        }
    }

    void add_receiving_quotas() {
        const StaffingScope scope(plan_);
        for (const Quota& quota : rows_.quotas) {
            if (quota.holder.noun == Noun::sender) continue;
            std::vector<std::uint32_t> members;
            for (const Id<Post> post : rows_.posts.ids())
                if (scope.is_counted(quota, post)) members.push_back(static_cast<std::uint32_t>(post.value()));
            add("quota:" + quota.id, true, std::move(members), quota.lower, quota.upper);
        }
    }

    void add_counties() {
        const auto cover = place_of(Tier::county_cover);
        if (!cover) return;
        const auto values = raise_values(plan_);
        std::vector<std::vector<std::uint32_t>> posts(rows_.counties.size());
        for (const Id<Post> post : rows_.posts.ids())
            posts[plan_.county_of(post).value()].push_back(static_cast<std::uint32_t>(post.value()));
        for (const Id<County> id : rows_.counties.ids()) {
            const auto& raises = values[id.value()];
            if (raises.empty()) continue;
            add("county:" + to_text(rows_.counties[id].code), true, std::move(posts[id.value()]), 0, std::nullopt);
            for (std::size_t k = 0; k < raises.size(); ++k)
                add_piece(static_cast<std::int64_t>(k))[*cover] = -raises[k];
            add_piece(static_cast<std::int64_t>(raises.size()));
        }
    }

    void add_posts() {
        const auto critical = place_of(Tier::critical_shortfall);
        const auto shortfall = place_of(Tier::shortfall);
        const auto weighted = place_of(Tier::weighted_shortfall);
        const auto graded = place_of(Tier::graded_shortfall);
        for (const Post& post : rows_.posts) {
            add("post:" + post.id, true, {static_cast<std::uint32_t>(&post - &rows_.posts.rows().front())}, 0,
                post.max);
            const std::int64_t min = std::min(post.min, people_);
            const std::int64_t target = std::min(post.target, people_);
            const auto piece = [&](std::int64_t from) {
                const auto slope = add_piece(from);
                if (critical && post.critical && from < min) slope[*critical] = -1;
                if (shortfall && from < min) slope[*shortfall] = -1;
                if (weighted && from < target) slope[*weighted] = -post.priority;
                if (graded && from < target) slope[*graded] = -post.priority * (post.target - from);
            };
            for (std::int64_t from = 0; graded && from < target; ++from)
                piece(from);
            if (!graded && min > 0) piece(0);
            if (!graded && target > min) piece(min);
            piece(target);
        }
    }

    const Plan& plan_;
    const Draft& rows_;
    std::size_t tiers_;
    std::int64_t people_ = 0;
    std::vector<CountedSet> out_;
};

}  // namespace detail

COUNTYPLAN_INLINE std::vector<CountedSet> counted_sets(const Plan& plan) { return detail::SetGatherer(plan).gather(); }

}  // namespace countyplan
