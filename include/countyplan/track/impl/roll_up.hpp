// How weighted means climb the tree of goals.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <countyplan/graph/tree.hpp>
#include <countyplan/plan/messages.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/messages.hpp>
#include <countyplan/track/roll_up.hpp>

namespace countyplan {

namespace detail {

/// What a child brings to its parent.
struct RollUpPart {
    std::optional<double> weight{};
    double work = 0.0;        ///< budget below it, in fen
    double work_known = 0.0;  ///< the part of it that has data
    std::optional<double> value{};
    double coverage = 0.0;
    std::optional<Day> oldest{};
    bool apportioned = false;
    bool refused = false;  ///< something below it has no data and the policy is `fail`
};

class RollUpTree {
  public:
    RollUpTree(const Plan& plan, const ProgressReport& progress, AsOf as_of, const RollUpOptions& options)
        : plan_(plan), progress_(progress), as_of_(as_of), options_(options) {}

    RollUp run() {
        goals();
        counties();
        provinces();
        return std::move(out_);
    }

  private:
    void note(Severity severity, Message message, std::string_view table, std::size_t row, std::string_view field) {
        Finding finding;
        finding.severity = severity;
        finding.message = std::move(message);
        finding.place = {std::string(table), row, std::string(field)};
        out_.findings.push_back(std::move(finding));
    }

    RollUpPart leaf(const Earned& earned, std::optional<double> weight, double work, std::string_view table,
                    std::size_t row) {
        RollUpPart part;
        part.weight = weight;
        part.work = work;
        part.apportioned = earned.apportioned;
        const bool stale = options_.missing == MissingPolicy::carry_last && earned.evidence &&
                           as_of_.valid - *earned.evidence > options_.max_age;
        if (earned.value && !stale) {
            part.value = earned.value;
            part.coverage = 1.0;
            part.oldest = earned.evidence;
            part.work_known = work;
        } else if (!earned.apportioned && options_.missing == MissingPolicy::zero) {
            part.value = 0.0;
            part.work_known = work;
        } else if (!earned.apportioned && options_.missing == MissingPolicy::fail) {
            part.refused = true;
            note(Severity::error, {message::missing_refused}, table, row, "id");
        }
        return part;
    }

    WeightMode mode_of(const std::vector<RollUpPart>& parts, std::string_view table, std::size_t row) {
        if (options_.mode) return *options_.mode;
        std::size_t given = 0;
        std::size_t worked = 0;
        for (const RollUpPart& part : parts) {
            if (part.weight) ++given;
            if (part.work > 0.0) ++worked;
        }
        if (given == parts.size()) return WeightMode::explicit_weights;
        const WeightMode mode = worked == parts.size() ? WeightMode::work : WeightMode::equal;
        if (given > 0) {
            note(Severity::warning,
                 {message::weights_set_aside, {std::to_string(given), std::to_string(parts.size()), word(mode)}}, table,
                 row, "weight");
        }
        return mode;
    }

    /// The weighted mean of `parts`, and what their node brings to its own parent.
    RolledUp combine(const std::vector<RollUpPart>& parts, WeightMode mode, RollUpPart& node, std::string_view table,
                     std::size_t row) {
        RolledUp out;
        out.mode = mode;
        double all = 0.0;
        double with_data = 0.0;
        double sum = 0.0;
        double covered = 0.0;
        double apportioned = 0.0;
        for (const RollUpPart& part : parts) {
            double weight = 1.0;
            double known = 1.0;
            if (mode == WeightMode::explicit_weights) weight = known = part.weight.value_or(1.0);
            if (mode == WeightMode::work) {
                weight = part.work;
                known = part.work_known;
            }
            all += weight;
            node.work += part.work;
            node.work_known += part.work_known;
            node.refused = node.refused || part.refused;
            if (part.apportioned) apportioned += weight;
            if (!part.value) continue;
            with_data += known;
            sum += known * *part.value;
            covered += weight * part.coverage;
            if (known > 0.0 && part.oldest) out.oldest = std::min(out.oldest.value_or(*part.oldest), *part.oldest);
        }
        if (!parts.empty() && all == 0.0) {
            note(Severity::warning, {message::undefined_ratio, {message::weights_sum_to_zero}}, table, row, "weight");
        }
        if (with_data > 0.0 && !node.refused) {
            out.value = std::clamp(sum / with_data, 0.0, 1.0);
            covered += apportioned;
        }
        if (all > 0.0) out.coverage = std::clamp(covered / all, 0.0, 1.0);
        if (!out.value) out.oldest.reset();
        if (out.value && out.coverage >= options_.coverage_needed.value()) {
            out.status = *out.value >= 1.0 ? ProgressStatus::complete : ProgressStatus::open;
        }
        node.value = out.value;
        node.coverage = out.coverage;
        node.oldest = out.oldest;
        return out;
    }

    void goals() {
        const Draft& rows = plan_.rows();
        out_.goals = ById<Id<Goal>, RolledUp>(rows.goals.size());
        goal_parts_.assign(rows.goals.size(), RollUpPart{});
        goal_gone_.assign(rows.goals.size(), 0);
        for (const Id<Goal> id : progress_.cancelled_goals)
            goal_gone_[id.value()] = 1;
        std::vector<NodeIndex> parents;
        parents.reserve(rows.goals.size());
        for (const Id<Goal> id : rows.goals.ids()) {
            const Id<Goal> parent = plan_.parent_of(id);
            parents.push_back(parent ? static_cast<NodeIndex>(parent.value()) : no_node);
        }
        const Tree tree(std::move(parents));
        std::vector<RollUpPart> parts;
        for (std::size_t i = tree.preorder().size(); i-- > 0;) {
            const Id<Goal> goal(tree.preorder()[i]);
            parts.clear();
            for (const Id<Goal> child : plan_.subgoals_of(goal)) {
                if (goal_gone_[child.value()] == 0) parts.push_back(goal_parts_[child.value()]);
            }
            for (const Id<Indicator> child : plan_.indicators_of(goal)) {
                const Earned& earned = progress_.indicators[child];
                if (earned.cancelled) continue;
                parts.push_back(leaf(earned, rows.indicators[child].weight, 0.0, "indicators", child.value()));
            }
            for (const Id<Task> child : plan_.tasks_of(goal)) {
                const Earned& earned = progress_.tasks[child];
                if (earned.cancelled) continue;
                const auto work = static_cast<double>(rows.tasks[child].budget.fen());
                parts.push_back(leaf(earned, rows.tasks[child].weight, work, "tasks", child.value()));
            }
            RollUpPart& node = goal_parts_[goal.value()];
            node.weight = rows.goals[goal].weight;
            out_.goals[goal] = combine(parts, mode_of(parts, "goals", goal.value()), node, "goals", goal.value());
        }
    }

    void counties() {
        const Draft& rows = plan_.rows();
        out_.counties = ById<Id<County>, RolledUp>(rows.counties.size());
        county_parts_.assign(rows.counties.size(), RollUpPart{});
        std::vector<RollUpPart> parts;
        for (const Id<County> county : rows.counties.ids()) {
            parts.clear();
            for (const Id<Goal> goal : plan_.goals_of(county)) {
                if (!plan_.parent_of(goal) && goal_gone_[goal.value()] == 0) {
                    parts.push_back(goal_parts_[goal.value()]);
                }
            }
            out_.counties[county] = combine(parts, mode_of(parts, "counties", county.value()),
                                            county_parts_[county.value()], "counties", county.value());
        }
    }

    [[nodiscard]] double county_weight(Id<County> county) const {
        switch (options_.county_weight) {
            case CountyWeight::given:
                return plan_.rows().counties[county].weight.value_or(1.0);
            case CountyWeight::equal:
                return 1.0;
            case CountyWeight::schools:
                return static_cast<double>(plan_.schools_of(county).size());
            case CountyWeight::students:
                break;
        }
        double students = 0.0;
        for (const Id<School> school : plan_.schools_of(county))
            students += static_cast<double>(plan_.rows().schools[school].enrolment.value_or(0));
        return students;
    }

    void provinces() {
        std::map<Code, std::vector<Id<County>>> by_province;
        for (const Id<County> county : plan_.rows().counties.ids())
            by_province[plan_.rows().counties[county].code.province()].push_back(county);
        for (const auto& [province, counties] : by_province) {
            std::vector<RollUpPart> parts;
            for (const Id<County> county : counties) {
                parts.push_back(county_parts_[county.value()]);
                parts.back().weight = county_weight(county);
            }
            ProvinceRollUp row;
            row.province = province;
            const std::size_t first = counties.front().value();
            RollUpPart weighted;
            RollUpPart equal;
            row.weighted = combine(parts, WeightMode::explicit_weights, weighted, "counties", first);
            row.equal = combine(parts, WeightMode::equal, equal, "counties", first);
            out_.provinces.push_back(row);
        }
    }

    const Plan& plan_;
    const ProgressReport& progress_;
    AsOf as_of_;
    const RollUpOptions& options_;
    std::vector<RollUpPart> goal_parts_;
    std::vector<RollUpPart> county_parts_;
    std::vector<std::uint8_t> goal_gone_;
    RollUp out_{};
};

}  // namespace detail

COUNTYPLAN_INLINE RollUp roll_up(const Plan& plan, const ProgressReport& progress, AsOf as_of,
                                 const RollUpOptions& options) {
    COUNTYPLAN_EXPECT(progress.tasks.size() == plan.rows().tasks.size() &&
                          progress.indicators.size() == plan.rows().indicators.size(),
                      "the progress belongs to another plan");
    return detail::RollUpTree(plan, progress, as_of, options).run();
}

}  // namespace countyplan
