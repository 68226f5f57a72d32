// How the difference of two staffings is shared out among people, posts, counties and senders.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include <countyplan/allocate/comparison.hpp>
#include <countyplan/allocate/fairness.hpp>
#include <countyplan/allocate/impl/pair_costs.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

COUNTYPLAN_INLINE std::int64_t FitComparison::difference() const {
    std::int64_t out = 0;
    for (std::size_t f = 0; f < fit_factor_count; ++f)
        out += b[f].points - a[f].points;
    return out;
}

COUNTYPLAN_INLINE std::optional<Tier> StaffingComparison::decided_by() const {
    const auto first = std::ranges::find_if(tiers, [](const TierComparison& tier) { return tier.a != tier.b; });
    return first == tiers.end() ? std::nullopt : std::optional(first->tier);
}

COUNTYPLAN_INLINE bool StaffingComparison::is_better() const {
    const auto first = std::ranges::find_if(tiers, [](const TierComparison& tier) { return tier.a != tier.b; });
    return first != tiers.end() && is_gain(first->tier) == (first->a < first->b);
}

COUNTYPLAN_INLINE std::vector<PostingChange> posting_changes(const Staffing& a, const Staffing& b) {
    const StaffingDifference script = difference(a, b);
    struct Rows {
        std::vector<Posting> removed;
        std::vector<Posting> added;
        std::vector<RowChange<Posting>> changed;
    };
    std::map<std::string_view, Rows> of;  // by expert
    for (const auto& row : script.removed)
        of[row.row.expert].removed.push_back(row.row);
    for (const auto& row : script.added)
        of[row.row.expert].added.push_back(row.row);
    for (const auto& row : script.changed)
        of[row.was.row.expert].changed.push_back(row);
    std::vector<PostingChange> out;
    for (const auto& [expert, rows] : of) {
        for (const auto& row : rows.changed)
            out.push_back({PostingChangeKind::redated, row.was.row, row.now.row});
        for (std::size_t k = 0; k < rows.removed.size(); ++k) {
            const bool moves = k < rows.added.size();
            out.push_back({moves ? PostingChangeKind::moved : PostingChangeKind::ended, rows.removed[k],
                           moves ? std::optional(rows.added[k]) : std::nullopt});
        }
        for (std::size_t k = rows.removed.size(); k < rows.added.size(); ++k)
            out.push_back({PostingChangeKind::begun, std::nullopt, rows.added[k]});
    }
    return out;
}

namespace detail {

/// Who serves where in one staffing, as far as the plan knows them; a posting named twice counts twice.
struct Serving {
    std::vector<std::vector<Id<Post>>> posts;  ///< per expert
    std::vector<std::int64_t> people;          ///< per post
    std::vector<std::int64_t> in_county;       ///< per county
    std::vector<std::int64_t> sent;            ///< per sender, of its own people

    Serving(const Plan& plan, const Staffing& staffing)
        : posts(plan.rows().experts.size()),
          people(plan.rows().posts.size(), 0),
          in_county(plan.rows().counties.size(), 0),
          sent(plan.rows().senders.size(), 0) {
        for (const Posting& posting : staffing) {
            const Id<Expert> expert = plan.find<Expert>(posting.expert);
            const Id<Post> post = plan.find<Post>(posting.post);
            if (!expert || !post) continue;
            posts[expert.value()].push_back(post);
            ++people[post.value()];
            ++in_county[plan.county_of(post).value()];
            ++sent[plan.sender_of(expert).value()];
        }
    }
};

/// Shares the tiers of two staffings of one plan out among things, each tier from its definition.
class StaffingComparer {
  public:
    StaffingComparer(const Plan& plan, const Staffing& a, const Staffing& b, std::span<const GivenPair> given)
        : plan_(plan),
          rows_(plan.rows()),
          fit_(plan),
          given_(plan, given),
          a_(plan, a),
          b_(plan, b),
          serves_at_present_(rows_.experts.size(), false) {
        for (const Id<Posting> posting : rows_.staffing.ids())
            serves_at_present_[plan.expert_of(posting).value()] = true;
    }

    [[nodiscard]] std::vector<TierItem> items(Tier tier) const {
        switch (tier) {
            case Tier::critical_shortfall:
            case Tier::shortfall:
            case Tier::weighted_shortfall:
            case Tier::graded_shortfall:
                return differing(rows_.posts, Noun::post, [&](const Serving& in, Id<Post> id) {
                    return shortfall(tier, rows_.posts[id], in.people[id.value()]);
                });
            case Tier::fit:
            case Tier::wishes:
            case Tier::hardship:
            case Tier::moves:
            case Tier::user_1:
            case Tier::user_2:
            case Tier::user_3:
                return differing(rows_.experts, Noun::expert, [&](const Serving& in, Id<Expert> id) {
                    Int128 sum(tier == Tier::moves && serves_at_present_[id.value()] ? 1 : 0);
                    for (const Id<Post> post : in.posts[id.value()])
                        sum += Int128(of_pair(tier, id, post));
                    return sum;
                });
            case Tier::county_cover:
                return cover();
            case Tier::sender_load:
                return load();
        }
        return {};
    }

    [[nodiscard]] std::vector<FitComparison> people() const {
        std::vector<FitComparison> out;
        for (const Id<Expert> id : rows_.experts.ids()) {
            const auto& was = a_.posts[id.value()];
            const auto& now = b_.posts[id.value()];
            if (was == now) continue;
            FitComparison row{rows_.experts[id].id, names(was), names(now), table(id, was), table(id, now)};
            if (row.a != row.b) out.push_back(std::move(row));
        }
        return out;
    }

  private:
    /// What differs between the two staffings, of all rows of a table.
    template <class Row, class Value>
    [[nodiscard]] std::vector<TierItem> differing(const ById<Id<Row>, Row>& table, Noun noun, Value value) const {
        std::vector<TierItem> out;
        for (const Id<Row> id : table.ids()) {
            TierItem row{{noun, key_of(table[id])}, value(a_, id), value(b_, id)};
            if (row.a != row.b) out.push_back(std::move(row));
        }
        return out;
    }
    template <class Row>
    static std::string key_of(const Row& row) {
        return row.id;
    }
    static std::string key_of(const County& row) { return to_text(row.code); }

    static Int128 shortfall(Tier tier, const Post& post, std::int64_t there) {
        const Int128 below_min(std::max<std::int64_t>(0, post.min - there));
        const Int128 below(std::max<std::int64_t>(0, post.target - there));
        if (tier == Tier::critical_shortfall) return post.critical ? below_min : Int128(0);
        if (tier == Tier::shortfall) return below_min;
        if (tier == Tier::weighted_shortfall) return Int128(post.priority) * below;
        return Int128(post.priority) * Int128((below * (below + Int128(1))).value / 2);
    }

    [[nodiscard]] std::int64_t of_pair(Tier tier, Id<Expert> expert, Id<Post> post) const {
        const GivenPair* const given = given_.find(expert, post);
        if (const auto own = user_tier(tier)) return given == nullptr ? 0 : given->user[*own];
        if (tier == Tier::fit) return fit_.score(expert, post) + (given == nullptr ? 0 : given->points);
        if (tier == Tier::hardship) return fit_.distance(expert, post);
        const FitFactor factor = tier == Tier::wishes ? FitFactor::wish : FitFactor::continuity;
        const std::int64_t value = fit_.factors(expert, post)[static_cast<std::size_t>(factor)].value;
        return tier == Tier::wishes ? value : value == 1000 ? -1 : 0;
    }

    /// The raises that each county is not given.
    [[nodiscard]] std::vector<TierItem> cover() const {
        const auto values = raise_values(plan_);
        return differing(rows_.counties, Noun::county, [&](const Serving& in, Id<County> id) {
            const auto& raises = values[id.value()];
            Int128 sum{};
            for (auto k = static_cast<std::size_t>(in.in_county[id.value()]); k < raises.size(); ++k)
                sum += Int128(raises[k]);
            return sum;
        });
    }

    /// 10^6 (2k + 1) / n^2, rounded down, for each person sent after k others of n; of senders without others below.
    [[nodiscard]] std::vector<TierItem> load() const {
        std::vector<bool> is_leaf(rows_.senders.size(), true);
        for (const Id<Sender> id : rows_.senders.ids())
            if (const Id<Sender> parent = plan_.parent_of(id)) is_leaf[parent.value()] = false;
        return differing(rows_.senders, Noun::sender, [&](const Serving& in, Id<Sender> id) {
            Int128 sum{};
            if (!is_leaf[id.value()]) return sum;
            const auto people = static_cast<int128>(plan_.experts_of(id).size());
            for (std::int64_t k = 0; k < in.sent[id.value()]; ++k)
                sum += Int128(int128{1'000'000} * (2 * int128{k} + 1) / (people * people));
            return sum;
        });
    }

    [[nodiscard]] std::vector<std::string> names(const std::vector<Id<Post>>& posts) const {
        std::vector<std::string> out;
        for (const Id<Post> post : posts)
            out.push_back(rows_.posts[post].id);
        return out;
    }

    [[nodiscard]] FactorTable table(Id<Expert> expert, const std::vector<Id<Post>>& posts) const {
        FactorTable out = fit_.factors(expert, Id<Post>(0));  // for the factors and their weights
        for (FactorPoints& line : out)
            line.value = line.points = 0;
        for (const Id<Post> post : posts) {
            const FactorTable one = fit_.factors(expert, post);
            for (std::size_t f = 0; f < fit_factor_count; ++f) {
                out[f].value += one[f].value;
                out[f].points += one[f].points;
            }
        }
        return out;
    }

    const Plan& plan_;
    const Draft& rows_;
    FitScore fit_;
    GivenIndex given_;
    Serving a_;
    Serving b_;
    std::vector<bool> serves_at_present_;  ///< per expert
};

}  // namespace detail

COUNTYPLAN_INLINE StaffingComparison compare_staffings(const Plan& plan, const Staffing& a, const Staffing& b,
                                                       std::span<const GivenPair> given) {
    const detail::StaffingComparer comparer(plan, a, b, given);
    StaffingComparison out;
    out.changes = posting_changes(a, b);
    const std::vector<TierValue> before = tier_values(plan, a, given);
    const std::vector<TierValue> after = tier_values(plan, b, given);
    for (std::size_t t = 0; t < before.size(); ++t)
        out.tiers.push_back({before[t].tier, before[t].value, after[t].value, comparer.items(before[t].tier)});
    out.people = comparer.people();
    out.digests = plan.digests();
    return out;
}

}  // namespace countyplan
