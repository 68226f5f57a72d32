// What is measured of any staffing, and which rules it keeps.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/audit.hpp>
#include <countyplan/allocate/audit_messages.hpp>
#include <countyplan/allocate/freeze.hpp>
#include <countyplan/allocate/impl/objective.hpp>
#include <countyplan/allocate/impl/staffing_scope.hpp>
#include <countyplan/allocate/mechanism.hpp>

namespace countyplan::detail {

/// Counts everything about one staffing.
class StaffingMeter {
  public:
    StaffingMeter(const Plan& plan, const Staffing& staffing) : plan_(plan), rows_(plan.rows()) {
        for (const Posting& posting : staffing) {
            const Id<Expert> expert = plan.find<Expert>(posting.expert);
            const Id<Post> post = plan.find<Post>(posting.post);
            if (expert && post) pairs_.emplace(expert, post);
        }
        out_.tiers = tier_values(plan, staffing);
        const Movers people = movers(plan, staffing);
        out_.serving = people.stay + people.move + people.begin;
        out_.moves = people.move + people.leave;
    }

    [[nodiscard]] StaffingMeasures run(std::size_t blocking) {
        posts();
        wishes();
        out_.blocking = blocking;
        return std::move(out_);
    }

  private:
    static constexpr std::int64_t million = 1'000'000;

    static double share(std::int64_t part, std::int64_t whole) {
        return static_cast<double>(millionths(part, whole)) / static_cast<double>(million);
    }
    static std::int64_t millionths(std::int64_t part, std::int64_t whole) {
        return static_cast<std::int64_t>(int128{part} * million / whole);
    }

    void posts() {
        std::vector<std::int64_t> there(rows_.posts.size(), 0);
        for (const auto& [expert, post] : pairs_)
            ++there[post.value()];
        std::vector<std::int64_t> wanted(rows_.counties.size(), 0), filled(rows_.counties.size(), 0);
        for (const Id<Post> id : rows_.posts.ids()) {
            const Post& post = rows_.posts[id];
            const std::size_t county = plan_.county_of(id).value();
            const std::int64_t lacking = missing(post.min, there[id.value()]);
            wanted[county] += post.target;
            filled[county] += std::min(post.target, there[id.value()]);
            out_.shortfall += lacking;
            if (post.critical) out_.critical_shortfall += lacking;
        }
        out_.wanted = std::accumulate(wanted.begin(), wanted.end(), std::int64_t{0});
        out_.filled = std::accumulate(filled.begin(), filled.end(), std::int64_t{0});
        if (out_.wanted > 0) out_.cover = share(out_.filled, out_.wanted);
        counties(wanted, filled);
    }

    void counties(const std::vector<std::int64_t>& wanted, const std::vector<std::int64_t>& filled) {
        std::vector<std::int64_t> covers;
        for (const Id<County> id : rows_.counties.ids()) {
            if (wanted[id.value()] == 0) continue;
            covers.push_back(millionths(filled[id.value()], wanted[id.value()]));
            if (covers.size() == 1 || covers.back() < std::ranges::min(std::span(covers).first(covers.size() - 1)))
                out_.worst_county = to_text(rows_.counties[id].code);
        }
        if (covers.empty()) return;
        std::ranges::sort(covers);
        out_.worst_cover = static_cast<double>(covers.front()) / static_cast<double>(million);
        out_.best_cover = static_cast<double>(covers.back()) / static_cast<double>(million);
        const auto n = static_cast<std::int64_t>(covers.size());
        int128 spread = 0;
        int128 sum = 0;
        for (std::int64_t i = 0; i < n; ++i) {
            spread += int128{2 * i + 1 - n} * covers[static_cast<std::size_t>(i)];
            sum += covers[static_cast<std::size_t>(i)];
        }
        if (sum > 0) out_.gini = static_cast<double>(spread * million / (sum * n)) / static_cast<double>(million);
    }

    void wishes() {
        const StaffingScope scope(plan_);
        std::int64_t places = 0;
        for (const auto& [expert, post] : pairs_) {
            const std::vector<Reference>& prefers = rows_.experts[expert].prefers;
            if (prefers.empty()) continue;
            const auto met = std::ranges::find_if(
                prefers, [&scope, place = post](const Reference& where) { return scope.is_where(where, place); });
            ++out_.wishing;
            if (met != prefers.end()) ++out_.wishes_met;
            places += met - prefers.begin() + 1;
        }
        if (out_.wishing > 0) out_.mean_wish = share(places, out_.wishing);
    }

    const Plan& plan_;
    const Draft& rows_;
    std::set<std::pair<Id<Expert>, Id<Post>>> pairs_;
    StaffingMeasures out_;
};

/// What the plan lays down, and what of it each mechanism looks at.
class RuleList {
  public:
    explicit RuleList(const Plan& plan) : plan_(plan), rows_(plan.rows()), coverage_(rule_coverage(plan)) {}

    [[nodiscard]] std::vector<RuleOutcome> of(Mechanism mechanism, const Staffing& staffing) const {
        const bool chooses = mechanism != Mechanism::status_quo;
        const bool has_quotas = chooses && mechanism != Mechanism::top_trading_cycles;
        const bool is_best = mechanism == Mechanism::optimal;
        std::vector<RuleOutcome> out;
        out.push_back({.rule = "eligibility", .is_heeded = chooses});
        out.push_back({.rule = "staffing", .is_heeded = chooses});
        out.push_back({.rule = "post.max", .is_heeded = chooses});
        for (std::size_t role = 0; role <= enumerator_count<Role>; ++role) {
            const bool is_stated = std::ranges::any_of(rows_.senders, [role](const Sender& sender) {
                return role < enumerator_count<Role> ? sender.quota(static_cast<Role>(role)).has_value()
                                                     : sender.quota_total.has_value();
            });
            if (!is_stated) continue;
            const std::string_view which =
                role < enumerator_count<Role> ? name(static_cast<Role>(role)) : std::string_view("total");
            out.push_back({.rule = "sender.quota_" + std::string(which), .is_heeded = has_quotas});
        }
        for (const Quota& quota : rows_.quotas) {
            if (quota.upper) out.push_back({.rule = "quota:" + quota.id + "/upper", .is_heeded = has_quotas});
            if (quota.lower > 0) out.push_back({.rule = "quota:" + quota.id + "/lower", .is_heeded = is_best});
        }
        for (const Decision& decision : rows_.decisions) {
            out.push_back({.rule = "decision:" + decision.id,
                           .is_heeded = is_best || (chooses && decision.kind == DecisionKind::forbid)});
        }
        for (const Coupling& coupling : rows_.couplings)
            if (coupling.is_hard()) out.push_back({.rule = "coupling:" + coupling.id});
        for (const Rule& rule : rows_.rules) {
            const bool is_of_postings = std::ranges::count(coverage_.terms, rule.id) > 0 ||
                                        std::ranges::count(coverage_.left_out, rule.id, &LeftOutRule::rule) > 0;
            if (is_of_postings) out.push_back({.rule = "rule:" + rule.id});
        }
        for (const Finding& finding : audit(plan_, staffing, {.blocking_pairs = 0}).findings) {
            if (finding.severity == Severity::note) continue;
            const auto row = std::ranges::find(out, name_of(finding), &RuleOutcome::rule);
            if (row != out.end()) ++row->breaches;
        }
        return out;
    }

  private:
    /// The row of the list that a finding of the audit belongs to.
    [[nodiscard]] std::string name_of(const Finding& finding) const {
        if (finding.place.table == Table<Quota>::name) return "quota:" + finding.rule + "/" + finding.place.field;
        if (finding.place.table == Table<Coupling>::name) return "coupling:" + finding.rule;
        if (finding.rule.starts_with("sender.") || finding.rule == "post.max") return finding.rule;
        if (finding.rule.starts_with("staffing.")) return "staffing";
        if (finding.message.code() == message::audit_refused.code) return "eligibility";
        if (std::ranges::count(rows_.decisions, finding.rule, &Decision::id) > 0) return "decision:" + finding.rule;
        return "rule:" + finding.rule;
    }

    const Plan& plan_;
    const Draft& rows_;
    RuleCoverage coverage_;
};

}  // namespace countyplan::detail
