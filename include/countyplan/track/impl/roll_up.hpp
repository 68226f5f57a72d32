// How weighted means climb the tree of goals, all at once or after one change.
#pragma once

#include <algorithm>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <countyplan/graph/tree.hpp>
#include <countyplan/plan/messages.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/impl/rates.hpp>
#include <countyplan/track/messages.hpp>
#include <countyplan/track/roll_up.hpp>
#include <countyplan/track/warning_messages.hpp>

namespace countyplan {

namespace detail {

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
class RollUpTree {
  public:
    RollUpTree(const Plan& plan, const ProgressReport& progress, AsOf as_of, RollUpOptions options)
        : plan_(plan), as_of_(as_of), options_(std::move(options)), rates_(plan, progress) {
        lay_out(progress);
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
    struct Node {
        std::size_t first = 0;  ///< of its parts
        std::size_t last = 0;
        std::size_t up = 0;    ///< its parent; the number of nodes at the top
        std::size_t slot = 0;  ///< where it stands among its parent's parts
        std::optional<WeightMode> mode{};
    };

    static void note(Findings& findings, Severity severity, Message message, std::string_view table, std::size_t row,
                     std::string_view field) {
        Finding finding;
        finding.severity = severity;
        finding.message = std::move(message);
        finding.place = {std::string(table), row, std::string(field)};
        findings.push_back(std::move(finding));
    }

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
        std::vector<NodeIndex> parents;
        parents.reserve(goal_count_);
        for (const Id<Goal> id : rows.goals.ids()) {
            const Id<Goal> parent = plan_.parent_of(id);
            parents.push_back(parent ? static_cast<NodeIndex>(parent.value()) : no_node);
        }
        const Tree tree(std::move(parents));
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
            if (part.apportioned) apportioned += weight;
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

    Plan plan_;
    AsOf as_of_;
    RollUpOptions options_;
    RateSums rates_;
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
