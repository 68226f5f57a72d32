// How a region's plan is cut out.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/counted_set.hpp>
#include <countyplan/allocate/impl/allocation_problem.hpp>
#include <countyplan/allocate/region.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/nested_flow.hpp>

namespace countyplan {

namespace detail {

/// Cuts one part out of a plan.
class RegionCutter {
  public:
    RegionCutter(const Plan& plan, const RegionPart& part) : plan_(plan), rows_(plan.rows()), part_(part) {
        county_.assign(rows_.counties.size(), false);
        expert_.assign(rows_.experts.size(), false);
        for (const Id<County> id : part.counties)
            county_[id.value()] = true;
        for (const Id<Expert> id : part.experts)
            expert_[id.value()] = true;
        for (const SetShare& share : part.shares)
            upper_[share.set] = share.upper;
        leave_out_bound();
    }

    [[nodiscard]] Draft cut() const {
        Draft out{.name = rows_.name, .version = rows_.version, .period = rows_.period};
        out.weights = rows_.weights;
        out.objective = rows_.objective;
        for (const Rule& rule : rows_.rules)
            if (rule.kind == RuleKind::principal_term || rule.kind == RuleKind::staff_term) out.rules.push_back(rule);
        keep(rows_.counties, out.counties, [&](Id<County> id) { return county_[id.value()]; });
        for (Sender sender : rows_.senders) {
            sender.quota_total = upper("sender:" + sender.id);
            sender.quota_principal = upper("role:" + sender.id + "/principal");
            sender.quota_mid_level = upper("role:" + sender.id + "/mid_level");
            sender.quota_teacher = upper("role:" + sender.id + "/teacher");
            out.senders.push_back(std::move(sender));
        }
        keep(rows_.schools, out.schools, [&](Id<School> id) { return has(id); });
        keep(rows_.posts, out.posts, [&](Id<Post> id) { return has(id); });
        keep(rows_.experts, out.experts, [&](Id<Expert> id) { return expert_[id.value()]; });
        for (Expert& expert : out.experts) {
            std::erase_if(expert.prefers, [&](const Reference& place) { return !has(place); });
            std::erase_if(expert.avoids, [&](const Reference& place) { return !has(place); });
        }
        keep(rows_.pairings, out.pairings, [&](Id<Pairing> id) { return receives(rows_.pairings[id].receiver); });
        keep(rows_.distances, out.distances, [&](Id<Distance> id) { return receives(rows_.distances[id].receiver); });
        keep(rows_.decisions, out.decisions,
             [&](Id<Decision> id) { return has(rows_.decisions[id].who) && has(rows_.decisions[id].where); });
        for (Quota quota : rows_.quotas) {
            if (!has(quota.holder)) continue;
            if (is_shared(quota)) {
                quota.upper = upper("quota:" + quota.id);
                quota.lower = 0;
            }
            out.quotas.push_back(std::move(quota));
        }
        for (const Id<Posting> id : rows_.staffing.ids()) {
            if (expert_[plan_.expert_of(id).value()] && has(plan_.post_of(id)))
                out.staffing.push_back(rows_.staffing[id]);
        }
        return out;
    }

    [[nodiscard]] static bool is_shared(const Quota& quota) {
        return quota.holder.noun == Noun::sender || quota.holder.noun == Noun::plan;
    }

  private:
    template <class Row, class Wanted>
    static void keep(const ById<Id<Row>, Row>& from, ById<Id<Row>, Row>& to, Wanted wanted) {
        for (const Id<Row> id : from.ids())
            if (wanted(id)) to.push_back(from[id]);
    }

    [[nodiscard]] std::optional<std::int64_t> upper(const std::string& set) const {
        const auto found = upper_.find(set);
        return found == upper_.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] bool has(Id<School> school) const { return county_[plan_.county_of(school).value()]; }
    [[nodiscard]] bool has(Id<Post> post) const { return county_[plan_.county_of(post).value()]; }
    [[nodiscard]] bool has(const Reference& what) const {
        switch (what.noun) {
            case Noun::county: {
                const Id<County> county = plan_.find<County>(what.id);
                return county && county_[county.value()];
            }
            case Noun::school: {
                const Id<School> school = plan_.find<School>(what.id);
                return school && has(school);
            }
            case Noun::post: {
                const Id<Post> post = plan_.find<Post>(what.id);
                return post && has(post);
            }
            case Noun::expert: {
                const Id<Expert> expert = plan_.find<Expert>(what.id);
                return expert && expert_[expert.value()];
            }
            default:
                return true;  // the plan, and senders, of which all stay
        }
    }
    /// A receiver is a county's code or a school's id.
    [[nodiscard]] bool receives(const std::string& receiver) const {
        if (const Id<School> school = plan_.find<School>(receiver)) return has(school);
        const Id<County> county = plan_.find<County>(receiver);
        return county && county_[county.value()];
    }

    /// Whoever must send elsewhere, too, sends nobody here: without the receivers there a pairing would bind less.
    void leave_out_bound() {
        std::vector<bool> is_bound_elsewhere(rows_.senders.size(), false);
        for (const Pairing& pairing : rows_.pairings) {
            if (!pairing.required || receives(pairing.receiver)) continue;
            is_bound_elsewhere[plan_.find<Sender>(pairing.sender).value()] = true;
        }
        for (const Id<Expert> id : part_.experts) {
            for (Id<Sender> sender = plan_.sender_of(id); sender; sender = plan_.parent_of(sender))
                if (is_bound_elsewhere[sender.value()]) expert_[id.value()] = false;
        }
    }

    const Plan& plan_;
    const Draft& rows_;
    const RegionPart& part_;
    std::vector<bool> county_;
    std::vector<bool> expert_;
    std::map<std::string, std::int64_t> upper_;
};

/// The quotas' part of `shared_sets`, by the names of sets.
inline bool is_shared(const Plan& plan, const CountedSet& set) {
    if (!set.receives) return !set.name.starts_with("must:");
    if (!set.name.starts_with("quota:")) return false;
    const std::string id = set.name.substr(6);
    const auto& quotas = plan.rows().quotas;
    return std::ranges::any_of(quotas,
                               [&](const Quota& quota) { return quota.id == id && quota.holder.noun == Noun::plan; });
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<SetShare> shared_sets(const Plan& plan) {
    std::vector<SetShare> out;
    for (const CountedSet& set : counted_sets(plan)) {
        if (set.upper != CountedSet::unlimited && detail::is_shared(plan, set)) out.push_back({set.name, set.upper});
    }
    return out;
}

COUNTYPLAN_INLINE Plan region_plan(const Plan& plan, const RegionPart& part) {
    return Plan(detail::RegionCutter(plan, part).cut());
}

COUNTYPLAN_INLINE AmongAnswer allocate_among(const Plan& plan, std::span<const std::vector<Id<Post>>> posts,
                                             const AmongAnswer& before) {
    const UserRules rules;
    const Interrupt never;
    const auto problem = detail::ProblemBuilder(plan, rules, {}, never, posts).build();
    const bool is_new = before.staffing.empty() && before.prices.empty();
    const NestedFlowResult solved =
        is_new
            ? solve(problem->flow)
            : solve_from(problem->flow, {pairs_of(*problem, before.staffing), potentials_of(*problem, before.prices)});
    AmongAnswer out{.termination = solved.termination, .steps = solved.steps};
    if (const auto* potentials = std::get_if<NestedFlowPotentials>(&solved.certificate)) {
        out.staffing = staffing_of(*problem, solved.pair_of);
        out.tiers = tier_values(plan, out.staffing);
        out.prices = prices_of(*problem, *potentials, solved.pair_of);
    }
    return out;
}

}  // namespace countyplan
