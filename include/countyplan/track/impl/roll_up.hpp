// How weighted means climb the tree of goals, all at once or after one change.
#pragma once

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <countyplan/plan/messages.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/impl/note.hpp>
#include <countyplan/track/impl/rates.hpp>
#include <countyplan/track/impl/roll_up_layout.hpp>
#include <countyplan/track/messages.hpp>
#include <countyplan/track/roll_up.hpp>
#include <countyplan/track/warning_messages.hpp>

namespace countyplan {

namespace detail {
/// The numbers of all nodes.
class RollUpTree : public RollUpLayout {
  public:
    RollUpTree(const Plan& plan, const ProgressReport& progress, AsOf as_of, RollUpOptions options)
        : RollUpLayout(plan, progress, as_of, std::move(options)), rates_(plan, progress) {
        for (std::size_t i = order_.size(); i-- > 0;)
            (void)refresh(order_[i]);
        for (std::size_t node = goal_count_; node < nodes_.size(); ++node)
            (void)refresh(node);
    }

    void update(Id<Task> task, const Earned& earned) { change(task_slot_[task.value()], plan_.goal_of(task), earned); }
    void update(Id<Indicator> indicator, const Earned& earned) {
        rates_.update(indicator, earned);
        change(indicator_slot_[indicator.value()], plan_.goal_of(indicator), earned);
    }

    [[nodiscard]] const RollUp& numbers() const { return numbers_; }

    [[nodiscard]] RollUp result() const {
        RollUp out = numbers_;
        out.rates = rates_.result();
        share(out.shares);
        for (std::size_t i = order_.size(); i-- > 0;)
            note_goal(Id<Goal>(order_[i]), out.findings);
        for (const Id<County> county : plan_.rows().counties.ids())
            note_node(goal_count_ + county.value(), "counties", county.value(), out.findings);
        for (std::size_t i = 0; i < numbers_.provinces.size(); ++i)
            note_province(i, out.findings);
        return out;
    }

  private:
    /// The weighted mean of `parts`; fills in what their node brings to its own parent. `weigh(part)` is
    /// what a part counts in the sum of weights, and what in the value.
    template <class Weigh>
    [[nodiscard]] RolledUp combine(std::span<const RollUpPart> parts, RollUpPart& node, Weigh weigh) const {
        RolledUp out;
        double all = 0.0;
        double with_data = 0.0;
        double sum = 0.0;
        double covered = 0.0;
        double apportioned = 0.0;
        double apportioned_work = 0.0;
        std::int32_t oldest = std::numeric_limits<std::int32_t>::max();
        node.work = node.work_known = 0.0;
        node.refused = false;
        for (const RollUpPart& part : parts) {
            const auto [weight, known] = weigh(part);
            if (!part.present || weight == 0.0) continue;
            all += weight;
            node.work += part.work;
            node.work_known += part.work_known;
            node.refused = node.refused || part.refused;
            if (part.apportioned) {
                apportioned += weight;
                apportioned_work += part.work;
            }
            if (!part.known) continue;
            with_data += known;
            sum += known * part.value;
            covered += weight * part.coverage;
            if (known > 0.0) oldest = std::min(oldest, part.oldest);
        }
        node.known = with_data > 0.0 && !node.refused;
        if (node.known) {
            out.value = std::clamp(sum / with_data, 0.0, 1.0);
            covered += apportioned;
            node.work_known += apportioned_work;
            if (oldest != std::numeric_limits<std::int32_t>::max()) {
                out.oldest = Day(std::chrono::sys_days(std::chrono::days(oldest)));
            }
        }
        if (all > 0.0) out.coverage = std::clamp(covered / all, 0.0, 1.0);
        if (out.value && out.coverage >= options_.coverage_needed.value()) {
            out.status = *out.value >= 1.0 ? ProgressStatus::complete : ProgressStatus::open;
        }
        node.value = out.value.value_or(0.0);
        node.coverage = out.coverage;
        node.oldest = out.oldest ? oldest : std::numeric_limits<std::int32_t>::max();
        return out;
    }

    [[nodiscard]] static auto weighing(WeightMode mode) {
        return [mode](const RollUpPart& part) { return part.weights(mode); };
    }

    [[nodiscard]] WeightMode mode_of(std::size_t node) const {
        return nodes_[node].mode ? *nodes_[node].mode : RollUpTally(parts_of(node)).mode();
    }

    /// Computes a node anew; whether its parent has to be, too.
    [[nodiscard]] bool refresh(std::size_t node) {
        if (node >= goal_count_ + county_count_) {
            ProvinceRollUp& out = numbers_.provinces[node - goal_count_ - county_count_];
            RollUpPart top;
            out.weighted = combine(parts_of(node), top, weighing(WeightMode::explicit_weights));
            out.weighted.mode = WeightMode::explicit_weights;
            out.equal = combine(parts_of(node), top, [](const RollUpPart&) { return std::pair(1.0, 1.0); });
            out.equal.mode = WeightMode::equal;
            return false;
        }
        RollUpPart* const own = nodes_[node].up < nodes_.size() ? &parts_[nodes_[node].slot] : nullptr;
        RollUpPart part = own != nullptr ? *own : RollUpPart{};
        const WeightMode mode = mode_of(node);
        RolledUp out = combine(parts_of(node), part, weighing(mode));
        out.mode = mode;
        if (node < goal_count_) {
            numbers_.goals[Id<Goal>(node)] = out;
        } else {
            numbers_.counties[Id<County>(node - goal_count_)] = out;
        }
        if (own == nullptr || *own == part) return false;
        *own = part;
        return true;
    }

    void change(std::size_t slot, Id<Goal> goal, const Earned& earned) {
        RollUpPart& part = parts_[slot];
        const RollUpPart before = part;
        set(part, earned);
        if (part == before) return;
        std::size_t node = goal.value();
        while (refresh(node))
            node = nodes_[node].up;
    }

    /// `put(child, share)` for the children of a node, in the order of its parts.
    template <class Put>
    void share_of(std::size_t node, WeightMode mode, Put put) const {
        double all = 0.0;
        for (const RollUpPart& part : parts_of(node))
            all += part.present ? part.weights(mode).first : 0.0;
        std::size_t child = 0;
        for (const RollUpPart& part : parts_of(node))
            put(child++, part.present && all > 0.0 ? part.weights(mode).first / all : 0.0);
    }

    void share(RollUpShares& out) const {
        const Draft& rows = plan_.rows();
        out.tasks = ById<Id<Task>, double>(rows.tasks.size());
        out.indicators = ById<Id<Indicator>, double>(rows.indicators.size());
        out.goals = ById<Id<Goal>, double>(goal_count_);
        out.counties = ById<Id<County>, double>(county_count_);
        for (const Id<Goal> goal : rows.goals.ids()) {
            const auto goals = plan_.subgoals_of(goal);
            const auto indicators = plan_.indicators_of(goal);
            const auto tasks = plan_.tasks_of(goal);
            share_of(goal.value(), numbers_.goals[goal].mode, [&](std::size_t child, double share) {
                if (child < goals.size()) {
                    out.goals[goals[child]] = share;
                } else if (child < goals.size() + indicators.size()) {
                    out.indicators[indicators[child - goals.size()]] = share;
                } else {
                    out.tasks[tasks[child - goals.size() - indicators.size()]] = share;
                }
            });
        }
        std::vector<double> of_slot(parts_.size(), 0.0);
        for (std::size_t node = goal_count_; node < nodes_.size(); ++node) {
            const bool county = node < goal_count_ + county_count_;
            const WeightMode mode =
                county ? numbers_.counties[Id<County>(node - goal_count_)].mode : WeightMode::explicit_weights;
            share_of(node, mode, [&](std::size_t child, double share) { of_slot[nodes_[node].first + child] = share; });
        }
        for (const Id<Goal> goal : rows.goals.ids()) {
            if (!plan_.parent_of(goal)) out.goals[goal] = of_slot[nodes_[goal.value()].slot];
        }
        for (const Id<County> county : rows.counties.ids())
            out.counties[county] = of_slot[nodes_[goal_count_ + county.value()].slot];
    }

    /// What was strange about the weights of a node's children.
    void note_node(std::size_t node, std::string_view table, std::size_t row, Findings& findings) const {
        const RollUpTally tally(parts_of(node));
        const WeightMode mode = mode_of(node);
        double all = 0.0;
        for (const RollUpPart& part : parts_of(node))
            all += part.present ? part.weights(mode).first : 0.0;
        const auto count = [](std::size_t number) { return std::to_string(number); };
        if (!nodes_[node].mode && mode != WeightMode::explicit_weights && tally.weighed > tally.weightless) {
            note(findings, Severity::warning,
                 {message::weights_set_aside, {count(tally.weighed), count(tally.present), word(mode)}}, table, row,
                 "weight");
        }
        const std::size_t lacking = mode == WeightMode::explicit_weights ? tally.present - tally.weighed
                                    : mode == WeightMode::work ? tally.present - tally.weightless - tally.worked
                                                               : 0;
        if (lacking > 0) {
            note(findings, Severity::warning,
                 {message::weights_supplied,
                  {count(lacking), count(tally.present), word(mode), mode == WeightMode::work ? "0" : "1"}},
                 table, row, "weight");
        }
        if (tally.present > 0 && all == 0.0) {
            note(findings, Severity::warning, {message::undefined_ratio, {message::weights_sum_to_zero}}, table, row,
                 "weight");
        }
    }

    void note_goal(Id<Goal> goal, Findings& findings) const {
        const auto leaf = [&](std::size_t slot, std::string_view table, std::size_t row) {
            const RollUpPart& part = parts_[slot];
            if (!part.present || !part.refused || part.weighs_nothing()) return;
            note(findings, Severity::error, {message::missing_refused}, table, row, "id");
        };
        for (const Id<Indicator> child : plan_.indicators_of(goal))
            leaf(indicator_slot_[child.value()], "indicators", child.value());
        for (const Id<Task> child : plan_.tasks_of(goal))
            leaf(task_slot_[child.value()], "tasks", child.value());
        note_node(goal.value(), "goals", goal.value(), findings);
    }

    void note_province(std::size_t province, Findings& findings) const {
        const std::size_t node = goal_count_ + county_count_ + province;
        const RollUpTally tally(parts_of(node));
        const std::size_t first = province_first_[province].value();
        if (tally.weighed > 0 && !tally.all_weighed()) {
            note(findings, Severity::warning,
                 {message::weights_supplied,
                  {std::to_string(tally.present - tally.weighed), std::to_string(tally.present),
                   word(WeightMode::explicit_weights), "1"}},
                 "counties", first, "weight");
        }
        if (tally.present > 0 && tally.weightless == tally.present) {
            note(findings, Severity::warning, {message::undefined_ratio, {message::weights_sum_to_zero}}, "counties",
                 first, "weight");
        }
        if (options_.county_weight != CountyWeight::students) return;
        for (const Id<County> county : plan_.rows().counties.ids()) {
            if (nodes_[goal_count_ + county.value()].up != node) continue;
            for (const Id<School> school : plan_.schools_of(county)) {
                if (plan_.rows().schools[school].enrolment) continue;
                note(findings, Severity::warning, {message::enrolment_missing}, "schools", school.value(), "enrolment");
            }
        }
    }

    RateSums rates_;
};

inline void expect_progress_of([[maybe_unused]] const Plan& plan, [[maybe_unused]] const ProgressReport& progress) {
    COUNTYPLAN_EXPECT(progress.tasks.size() == plan.rows().tasks.size() &&
                          progress.indicators.size() == plan.rows().indicators.size(),
                      "the progress belongs to another plan");
}

}  // namespace detail

COUNTYPLAN_INLINE RollUp roll_up(const Plan& plan, const ProgressReport& progress, AsOf as_of,
                                 const RollUpOptions& options) {
    detail::expect_progress_of(plan, progress);
    return detail::RollUpTree(plan, progress, as_of, options).result();
}

COUNTYPLAN_INLINE RollUpState::RollUpState(const Plan& plan, const ProgressReport& progress, AsOf as_of,
                                           const RollUpOptions& options) {
    detail::expect_progress_of(plan, progress);
    tree_ = std::make_unique<detail::RollUpTree>(plan, progress, as_of, options);
}

COUNTYPLAN_INLINE RollUpState::RollUpState(const RollUpState& other)
    : tree_(other.tree_ ? std::make_unique<detail::RollUpTree>(*other.tree_) : nullptr) {}

COUNTYPLAN_INLINE RollUpState::RollUpState(RollUpState&& other) noexcept = default;

COUNTYPLAN_INLINE RollUpState& RollUpState::operator=(const RollUpState& other) {
    if (this != &other) *this = RollUpState(other);
    return *this;
}

COUNTYPLAN_INLINE RollUpState& RollUpState::operator=(RollUpState&& other) noexcept = default;

COUNTYPLAN_INLINE RollUpState::~RollUpState() = default;

COUNTYPLAN_INLINE void RollUpState::update(Id<Task> task, const Earned& earned) { tree_->update(task, earned); }

COUNTYPLAN_INLINE void RollUpState::update(Id<Indicator> indicator, const Earned& earned) {
    tree_->update(indicator, earned);
}

COUNTYPLAN_INLINE const RolledUp& RollUpState::operator[](Id<Goal> goal) const { return tree_->numbers().goals[goal]; }

COUNTYPLAN_INLINE const RolledUp& RollUpState::operator[](Id<County> county) const {
    return tree_->numbers().counties[county];
}

COUNTYPLAN_INLINE const std::vector<ProvinceRollUp>& RollUpState::provinces() const {
    return tree_->numbers().provinces;
}

COUNTYPLAN_INLINE RollUp RollUpState::result() const { return tree_->result(); }

}  // namespace countyplan
