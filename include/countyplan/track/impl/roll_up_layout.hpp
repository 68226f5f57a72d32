// Where the nodes of a roll-up stand, and what each child brings to its parent.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/graph/tree.hpp>
#include <countyplan/track/impl/goal_tree.hpp>
#include <countyplan/track/roll_up.hpp>

namespace countyplan::detail {

/// What a child brings to its parent.
struct RollUpPart {
    double weight = 0.0;      ///< as given; meaningless unless `weighed`
    double work = 0.0;        ///< budget below it, in fen
    double work_known = 0.0;  ///< the part of it that has data
    double value = 0.0;       ///< meaningless unless `known`
    double coverage = 0.0;
    std::int32_t oldest = std::numeric_limits<std::int32_t>::max();  ///< evidence, as a day's number
    bool weighed = false;
    bool present = false;  ///< false: cancelled
    bool known = false;
    bool apportioned = false;
    bool refused = false;  ///< something below it has no data and the policy is `fail`

    [[nodiscard]] bool weighs_nothing() const { return weighed && weight == 0.0; }
    /// What it counts in the sum of weights, and what in the value.
    [[nodiscard]] std::pair<double, double> weights(WeightMode mode) const {
        if (weighs_nothing()) return {0.0, 0.0};
        if (mode == WeightMode::work) return {work, work_known};
        const double w = mode == WeightMode::explicit_weights && weighed ? weight : 1.0;
        return {w, w};
    }

    friend bool operator==(const RollUpPart&, const RollUpPart&) = default;
};

/// How many children there are, and what they could be weighed by.
struct RollUpTally {
    std::size_t present = 0;
    std::size_t weighed = 0;
    std::size_t weightless = 0;  ///< of those weighed
    std::size_t worked = 0;      ///< of those not weightless

    explicit RollUpTally(std::span<const RollUpPart> parts) {
        for (const RollUpPart& part : parts) {
            if (!part.present) continue;
            ++present;
            if (part.weighed) ++weighed;
            if (part.weighs_nothing()) {
                ++weightless;
            } else if (part.work > 0.0) {
                ++worked;
            }
        }
    }
    [[nodiscard]] bool all_weighed() const { return weighed == present; }
    [[nodiscard]] WeightMode mode() const {
        if (all_weighed()) return WeightMode::explicit_weights;
        return worked + weightless == present ? WeightMode::work : WeightMode::equal;
    }
};
/// Goals, counties and provinces are nodes in this order; the children of a node are consecutive parts.
class RollUpLayout {
  public:
    RollUpLayout(const Plan& plan, const ProgressReport& progress, AsOf as_of, RollUpOptions options)
        : plan_(plan), as_of_(as_of), options_(std::move(options)) {
        lay_out(progress);
    }

  protected:
    struct Node {
        std::size_t first = 0;  ///< of its parts
        std::size_t last = 0;
        std::size_t up = 0;    ///< its parent; the number of nodes at the top
        std::size_t slot = 0;  ///< where it stands among its parent's parts
        std::optional<WeightMode> mode{};
    };

    [[nodiscard]] std::span<const RollUpPart> parts_of(std::size_t node) const {
        return std::span(parts_).subspan(nodes_[node].first, nodes_[node].last - nodes_[node].first);
    }

    void set(RollUpPart& part, const Earned& earned) const {
        const bool stale = options_.missing == MissingPolicy::carry_last && earned.evidence &&
                           as_of_.valid - *earned.evidence > options_.max_age;
        part.present = !earned.cancelled;
        part.apportioned = earned.apportioned;
        part.known = part.refused = false;
        part.value = part.coverage = part.work_known = 0.0;
        part.oldest = std::numeric_limits<std::int32_t>::max();
        if (earned.value && !stale) {
            part.known = true;
            part.value = *earned.value;
            part.coverage = 1.0;
            if (earned.evidence) part.oldest = earned.evidence->number();
            part.work_known = part.work;
        } else if (!earned.apportioned && options_.missing == MissingPolicy::zero) {
            part.known = true;
            part.work_known = part.work;
        } else if (!earned.apportioned && options_.missing == MissingPolicy::fail) {
            part.refused = true;
        }
    }

    RollUpPart& add_part(std::optional<double> weight) {
        RollUpPart& part = parts_.emplace_back();
        part.weighed = weight.has_value();
        part.weight = weight.value_or(0.0);
        part.present = true;
        return part;
    }

    void lay_out(const ProgressReport& progress) {
        const Draft& rows = plan_.rows();
        goal_count_ = rows.goals.size();
        county_count_ = rows.counties.size();
        std::vector<std::uint8_t> gone(goal_count_, 0);
        for (const Id<Goal> id : progress.cancelled_goals)
            gone[id.value()] = 1;
        const Tree tree = goal_tree(plan_);
        order_.assign(tree.preorder().begin(), tree.preorder().end());
        std::map<Code, std::vector<Id<County>>> by_province;
        for (const Id<County> county : rows.counties.ids())
            by_province[rows.counties[county].code.province()].push_back(county);
        nodes_.resize(goal_count_ + county_count_ + by_province.size());
        parts_.reserve(goal_count_ + rows.tasks.size() + rows.indicators.size() + county_count_);
        task_slot_.resize(rows.tasks.size());
        indicator_slot_.resize(rows.indicators.size());
        for (Node& node : nodes_) {
            node.up = nodes_.size();
            node.mode = options_.mode;
        }
        for (const Id<Goal> goal : rows.goals.ids()) {
            nodes_[goal.value()].first = parts_.size();
            for (const Id<Goal> child : plan_.subgoals_of(goal))
                hang(child, goal.value(), gone);
            for (const Id<Indicator> child : plan_.indicators_of(goal)) {
                indicator_slot_[child.value()] = parts_.size();
                set(add_part(rows.indicators[child].weight), progress.indicators[child]);
            }
            for (const Id<Task> child : plan_.tasks_of(goal)) {
                task_slot_[child.value()] = parts_.size();
                RollUpPart& part = add_part(rows.tasks[child].weight);
                part.work = static_cast<double>(rows.tasks[child].budget.fen());
                set(part, progress.tasks[child]);
            }
            nodes_[goal.value()].last = parts_.size();
        }
        for (const Id<County> county : rows.counties.ids()) {
            Node& node = nodes_[goal_count_ + county.value()];
            node.first = parts_.size();
            for (const Id<Goal> goal : plan_.goals_of(county)) {
                if (!plan_.parent_of(goal)) hang(goal, goal_count_ + county.value(), gone);
            }
            node.last = parts_.size();
        }
        std::size_t at = goal_count_ + county_count_;
        for (const auto& [province, counties] : by_province) {
            ProvinceRollUp row;
            row.province = province;
            numbers_.provinces.push_back(row);
            province_first_.push_back(counties.front());
            nodes_[at].first = parts_.size();
            for (const Id<County> county : counties) {
                nodes_[goal_count_ + county.value()].up = at;
                nodes_[goal_count_ + county.value()].slot = parts_.size();
                add_part(county_weight(county));
            }
            nodes_[at++].last = parts_.size();
        }
        for (const NodeWeightMode& own : options_.modes) {
            if (own.node.noun == Noun::goal) {
                if (const auto goal = plan_.find<Goal>(own.node.id)) nodes_[goal.value()].mode = own.mode;
            } else if (own.node.noun == Noun::county) {
                if (const auto county = plan_.find<County>(own.node.id))
                    nodes_[goal_count_ + county.value()].mode = own.mode;
            }
        }
        numbers_.goals = ById<Id<Goal>, RolledUp>(goal_count_);
        numbers_.counties = ById<Id<County>, RolledUp>(county_count_);
    }

    void hang(Id<Goal> goal, std::size_t parent, const std::vector<std::uint8_t>& gone) {
        nodes_[goal.value()].up = parent;
        nodes_[goal.value()].slot = parts_.size();
        add_part(plan_.rows().goals[goal].weight).present = gone[goal.value()] == 0;
    }

    [[nodiscard]] std::optional<double> county_weight(Id<County> county) const {
        switch (options_.county_weight) {
            case CountyWeight::given:
                return plan_.rows().counties[county].weight;
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

    Plan plan_;
    AsOf as_of_;
    RollUpOptions options_;
    std::size_t goal_count_ = 0;
    std::size_t county_count_ = 0;
    std::vector<NodeIndex> order_;  ///< goals, each before its subgoals
    std::vector<Node> nodes_;
    std::vector<RollUpPart> parts_;
    std::vector<std::size_t> task_slot_;
    std::vector<std::size_t> indicator_slot_;
    std::vector<Id<County>> province_first_;
    RollUp numbers_{};  ///< goals, counties and provinces only
};

}  // namespace countyplan::detail
