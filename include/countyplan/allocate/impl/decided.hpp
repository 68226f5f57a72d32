// What do the plan's decisions allow, by a few compares per pair?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/post_place.hpp>
#include <countyplan/allocate/impl/staffing_scope.hpp>
#include <countyplan/plan/plan.hpp>

namespace countyplan {

namespace detail {

/// Days as numbers, both included.
struct DayRange {
    std::int32_t from = std::numeric_limits<std::int32_t>::min();
    std::int32_t to = std::numeric_limits<std::int32_t>::max();

    [[nodiscard]] bool meets(const DayRange& other) const { return from <= other.to && other.from <= to; }
};

/// The decisions of one plan. Those that forbid something to everybody or to a sender are one row of bits
/// per sender that differs from the one above it; the others are lists per expert.
class Decided {
  public:
    Decided() = default;
    /// Time decisions x (posts + postings).
    explicit Decided(const Plan& plan) {
        const Draft& rows = plan.rows();
        if (rows.decisions.empty()) return;
        std::vector<std::vector<Bound>> bounds(rows.experts.size());
        std::vector<std::vector<std::size_t>> of_sender(rows.senders.size());
        std::vector<std::size_t> of_all;
        for (const Id<Decision> id : rows.decisions.ids()) {
            const Decision& decision = rows.decisions[id];
            const Scope scope{target_of(plan, decision.where),
                              {decision.from ? decision.from->number() : DayRange{}.from,
                               decision.to ? decision.to->number() : DayRange{}.to}};
            scopes_.push_back(scope);
            if (decision.kind == DecisionKind::keep || decision.kind == DecisionKind::no_worse) {
                bind_present(plan, id, bounds);
            } else if (decision.who.noun == Noun::expert) {
                bounds[plan.find<Expert>(decision.who.id).value()].push_back(
                    {.decision = id, .kind = decision.kind, .posts = {}, .wishes = {}});
            } else if (decision.who.noun == Noun::sender) {
                of_sender[plan.find<Sender>(decision.who.id).value()].push_back(id.value());
            } else {
                of_all.push_back(id.value());
            }
        }
        for (auto& list : bounds) {
            std::ranges::move(list, std::back_inserter(bounds_.entry));
            bounds_.close();
        }
        forbid(plan, of_sender, of_all);
    }

    /// Whether no decision refuses this expert anything.
    [[nodiscard]] bool lets_all(Id<Expert> expert, Id<Sender> sender) const {
        if (scopes_.empty()) return true;
        return bounds_[expert.value()].empty() && (row_of_sender_.empty() || row_of_sender_[sender.value()] == none);
    }

    [[nodiscard]] bool refuse(Id<Expert> expert, Id<Sender> sender, const PostPlace& place,
                              const DayRange& days) const {
        if (scopes_.empty()) return false;
        if (!row_of_sender_.empty()) {
            const std::size_t row = row_of_sender_[sender.value()];
            if (row != none && forbidden_[row][place.post]) return true;
        }
        return std::ranges::any_of(bounds_[expert.value()],
                                   [&](const Bound& bound) { return refuses(bound, place, days); });
    }

    /// Ascending; none for a pair that is not refused.
    [[nodiscard]] std::vector<Id<Decision>> all_against(const Plan& plan, Id<Expert> expert, const PostPlace& place,
                                                        const DayRange& days) const {
        std::vector<Id<Decision>> out;
        if (scopes_.empty()) return out;
        for (const Bound& bound : bounds_[expert.value()])
            if (refuses(bound, place, days)) out.push_back(bound.decision);
        for (const Id<Decision> id : plan.rows().decisions.ids()) {
            const Decision& decision = plan.rows().decisions[id];
            if (decision.kind == DecisionKind::forbid && decision.who.noun != Noun::expert &&
                StaffingScope(plan).is_who(decision.who, expert) && scopes_[id.value()].holds(place, days))
                out.push_back(id);
        }
        std::ranges::sort(out);
        return out;
    }

    /// Ascending.
    [[nodiscard]] std::vector<Id<Decision>> all_obliging(Id<Expert> expert) const {
        std::vector<Id<Decision>> out;
        if (scopes_.empty()) return out;
        for (const Bound& bound : bounds_[expert.value()])
            if (bound.kind != DecisionKind::forbid) out.push_back(bound.decision);
        return out;
    }

    [[nodiscard]] std::optional<Id<Decision>> must_serve(Id<Expert> expert) const {
        if (scopes_.empty()) return std::nullopt;
        for (const Bound& bound : bounds_[expert.value()])
            if (bound.kind != DecisionKind::forbid) return bound.decision;
        return std::nullopt;
    }

  private:
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

    /// Where and when a decision holds.
    struct Scope {
        std::optional<Target> where{};  ///< unset: anywhere
        DayRange days{};

        [[nodiscard]] bool holds(const PostPlace& place, const DayRange& when) const {
            return (!where || place.is_in(*where)) && days.meets(when);
        }
    };
    /// What a decision means for one expert.
    struct Bound {
        Id<Decision> decision{};
        DecisionKind kind = DecisionKind::forbid;
        std::vector<std::uint32_t> posts;  ///< `keep`: those held at present
        std::vector<Target> wishes;        ///< `no_worse`
        std::int64_t least_wish = 0;       ///< `no_worse`
    };

    [[nodiscard]] bool refuses(const Bound& bound, const PostPlace& place, const DayRange& days) const {
        switch (bound.kind) {
            case DecisionKind::keep:
                return std::ranges::find(bound.posts, place.post) == bound.posts.end();
            case DecisionKind::require:
                return !scopes_[bound.decision.value()].holds(place, days);
            case DecisionKind::forbid:
                return scopes_[bound.decision.value()].holds(place, days);
            case DecisionKind::no_worse:
                return wish_value(bound.wishes, place) < bound.least_wish;
        }
        return false;
    }

    void bind_present(const Plan& plan, Id<Decision> id, std::vector<std::vector<Bound>>& bounds) {
        const Decision& decision = plan.rows().decisions[id];
        for (const Id<Posting> posting : plan.rows().staffing.ids()) {
            const Id<Expert> expert = plan.expert_of(posting);
            const Posting& row = plan.rows().staffing[posting];
            const PostPlace place(plan, plan.post_of(posting));
            if (!scopes_.back().holds(place, {row.from.number(), row.to.number()}) ||
                !StaffingScope(plan).is_who(decision.who, expert))
                continue;
            auto& list = bounds[expert.value()];
            if (list.empty() || list.back().decision != id) {
                list.push_back({.decision = id, .kind = decision.kind, .posts = {}, .wishes = {}});
                if (decision.kind == DecisionKind::no_worse)
                    list.back().wishes = wish_targets(plan, plan.rows().experts[expert]);
            }
            list.back().posts.push_back(place.post);
            list.back().least_wish = std::max(list.back().least_wish, wish_value(list.back().wishes, place));
        }
    }

    void forbid(const Plan& plan, const std::vector<std::vector<std::size_t>>& of_sender,
                const std::vector<std::size_t>& of_all) {
        const auto add = [&](std::vector<bool>& row, const std::vector<std::size_t>& decisions) {
            for (const std::size_t decision : decisions) {
                for (const Id<Post> post : plan.rows().posts.ids()) {
                    const Period period = plan.period_of(post);
                    if (scopes_[decision].holds(PostPlace(plan, post), {period.from.number(), period.to.number()}))
                        row[post.value()] = true;
                }
            }
        };
        const bool any =
            !of_all.empty() || std::ranges::any_of(of_sender, [](const auto& list) { return !list.empty(); });
        if (!any) return;
        std::size_t row_of_all = none;
        if (!of_all.empty()) {
            row_of_all = 0;
            forbidden_.emplace_back(plan.rows().posts.size(), false);
            add(forbidden_.back(), of_all);
        }
        row_of_sender_.assign(of_sender.size(), none);
        std::vector<bool> done(of_sender.size(), false);
        std::vector<Id<Sender>> way;
        for (const Id<Sender> id : plan.rows().senders.ids()) {
            for (Id<Sender> at = id; at && !done[at.value()]; at = plan.parent_of(at))
                way.push_back(at);
            for (; !way.empty(); way.pop_back()) {
                const Id<Sender> at = way.back();
                const Id<Sender> above = plan.parent_of(at);
                std::size_t row = above ? row_of_sender_[above.value()] : row_of_all;
                if (const auto& own = of_sender[at.value()]; !own.empty()) {
                    forbidden_.push_back(row == none ? std::vector<bool>(plan.rows().posts.size(), false)
                                                     : forbidden_[row]);
                    row = forbidden_.size() - 1;
                    add(forbidden_.back(), own);
                }
                row_of_sender_[at.value()] = row;
                done[at.value()] = true;
            }
        }
    }

    std::vector<Scope> scopes_;  ///< per decision
    Lists<Bound> bounds_;        ///< per expert, in the order of decisions
    std::vector<std::vector<bool>> forbidden_;
    std::vector<std::size_t> row_of_sender_;  ///< of `forbidden_`, or `none`; empty where there is no such row
};

}  // namespace detail

}  // namespace countyplan
