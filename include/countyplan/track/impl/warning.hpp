// How colours climb: nodes by what is below them and by their own numbers.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/graph/tree.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/impl/goal_tree.hpp>
#include <countyplan/track/impl/warning_leaves.hpp>
#include <countyplan/track/impl/warning_words.hpp>
#include <countyplan/track/warning.hpp>

namespace countyplan {

namespace detail {

class WarningTree : public WarningLeaves {
  public:
    using WarningLeaves::WarningLeaves;

    Warnings run() {
        out_.causes.reserve(rows_.tasks.size() * 5 / 4 + rows_.indicators.size() + rows_.goals.size());
        remember();
        find_empty_posts();
        std::vector<std::uint8_t> critical = mark_longest_path();
        tasks();
        indicators();
        goals(critical);
        counties();
        provinces();
        return std::move(out_);
    }

  private:
    struct Child {
        const Warning* warning = nullptr;
        double share = 0.0;
        bool always = false;  ///< on the longest path, or a milestone that weighs nothing
    };

    /// The share from which a child counts: where none is large, the largest are.
    [[nodiscard]] double large_share(std::span<const Child> children) const {
        double largest = 0.0;
        for (const Child& child : children)
            largest = std::max(largest, child.share);
        return std::min(options_.large_share.value(), largest);
    }

    [[nodiscard]] bool counts(const Child& child, double large) const {
        return options_.parents != ParentRule::worst_critical || child.always ||
               (child.share > 0.0 && child.share >= large);
    }

    /// The colour that the children give; nothing where none of those that count has one.
    [[nodiscard]] std::optional<WarningColour> by_children(std::span<const Child> children) const {
        double weight = 0.0;
        double sum = 0.0;
        const double large = large_share(children);
        bool any = false;
        WarningColour worst = WarningColour::green;
        for (const Child& child : children) {
            const WarningColour colour = child.warning->colour;
            if (colour == WarningColour::grey) continue;
            any = true;
            weight += child.share;
            if (colour == WarningColour::amber) sum += child.share;
            if (colour == WarningColour::red) sum += 2.0 * child.share;
            if (counts(child, large)) worst = std::max(worst, colour);
        }
        if (!any) return std::nullopt;
        if (options_.parents == ParentRule::weighted && weight > 0.0) {
            const double mean = sum / weight;
            return mean >= options_.mean_red     ? WarningColour::red
                   : mean >= options_.mean_amber ? WarningColour::amber
                                                 : WarningColour::green;
        }
        return worst;
    }

    static void append(Causes& causes, const Causes& more) { causes.insert(causes.end(), more.begin(), more.end()); }

    /// Each cause once; posts after what they explain.
    void tidy(Causes& causes) const {
        if (causes.size() < 2) return;
        // posts are the first causes of all: what lies before `posts_end_` wraps round to the end
        std::ranges::sort(causes, {}, [&](std::uint32_t at) { return at - posts_end_; });
        causes.erase(std::unique(causes.begin(), causes.end()), causes.end());
    }

    /// A node by its coverage, its children and its own numbers. `own(colour, causes)` adds what else
    /// speaks for a colour and says whether anything does. `tell(child, causes)` names a child.
    template <class Own, class Tell>
    WarningColour judge_node(Noun noun, std::size_t row, const RolledUp& rolled, std::span<const Child> children,
                             std::optional<double> speed, double shift, Causes* causes, Own own, Tell tell) {
        const auto end = [&](WarningColour colour, WarningCause why) {
            if (causes != nullptr) causes->push_back(add(why));
            return colour;
        };
        if (children.empty()) return end(WarningColour::grey, cause(WarningReason::no_plan, noun, row));
        if (rolled.status == ProgressStatus::unknown) {
            WarningCause why = cause(WarningReason::low_coverage, noun, row);
            why.number = rolled.coverage;
            why.limit = in_.roll_up_options.coverage_needed.value();
            if (causes != nullptr) {
                for (const Child& child : children) {
                    const WarningColour colour = child.warning->colour;
                    if (colour == WarningColour::grey || colour >= WarningColour::amber) tell(child, *causes);
                }
            }
            return end(WarningColour::grey, why);
        }
        const bool all_blue = std::ranges::all_of(
            children, [](const Child& child) { return child.warning->colour == WarningColour::blue; });
        if (all_blue) return end(WarningColour::blue, cause(WarningReason::complete, noun, row));
        const auto below = by_children(children);
        const auto by = by_speed(speed, shift);
        for (const WarningColour colour : {WarningColour::red, WarningColour::amber}) {
            const bool from_below = below == colour;
            const bool from_speed = by == colour;
            const bool from_own = own(colour, causes);
            if (!from_below && !from_speed && !from_own) continue;
            if (causes == nullptr) return colour;
            if (from_speed) causes->push_back(add(slow(WarningReason::slow, noun, row, *speed, colour)));
            if (from_below) {
                const double large = large_share(children);
                for (const Child& child : children) {
                    const bool decides = options_.parents == ParentRule::weighted
                                             ? child.warning->colour >= WarningColour::amber
                                             : child.warning->colour == colour && counts(child, large);
                    if (decides) tell(child, *causes);
                }
            }
            return colour;
        }
        if (!below) {
            if (causes != nullptr) {
                for (const Child& child : children)
                    tell(child, *causes);
            }
            return WarningColour::grey;
        }
        return end(WarningColour::green, cause(WarningReason::on_track, noun, row));
    }

    /// Goals that hold a task on the longest path.
    [[nodiscard]] std::vector<std::uint8_t> mark_longest_path() const {
        std::vector<std::uint8_t> critical(rows_.goals.size(), 0);
        for (const Id<Task> id : in_.expected.tasks.ids()) {
            if (!in_.expected.tasks[id].on_longest_path || in_.progress.tasks[id].cancelled) continue;
            for (Id<Goal> goal = plan_.goal_of(id); goal && critical[goal.value()] == 0; goal = plan_.parent_of(goal))
                critical[goal.value()] = 1;
        }
        return critical;
    }

    void goals(const std::vector<std::uint8_t>& critical) {
        const Tree tree = goal_tree(plan_);
        gone_.assign(rows_.goals.size(), 0);
        for (const Id<Goal> id : in_.progress.cancelled_goals)
            gone_[id.value()] = 1;
        on_path_ = critical;
        above_.assign(rows_.goals.size(), std::nullopt);
        below_.assign(rows_.goals.size(), std::nullopt);
        for (const NodeIndex node : tree.preorder()) {
            const Id<Goal> goal(node);
            const Id<Goal> parent = plan_.parent_of(goal);
            above_[node] = parent ? std::max(above_[parent.value()], entry_on(Noun::goal, parent.value()))
                                  : entry_on(Noun::county, plan_.county_of(goal).value());
        }
        out_.goals = ById<Id<Goal>, Warning>(rows_.goals.size());
        std::vector<Child> children;
        for (std::size_t i = tree.preorder().size(); i-- > 0;)
            one_goal(Id<Goal>(tree.preorder()[i]), children);
    }

    void one_goal(Id<Goal> goal, std::vector<Child>& children) {
        const std::size_t row = goal.value();
        Warning& warning = out_.goals[goal];
        const auto above = std::max(above_[row], entry_on(Noun::goal, row));
        children.clear();
        const auto leaf = [&](Warning& below, Noun noun, std::size_t leaf_row) {
            if (memory_.empty()) return;
            enter(below, noun, leaf_row, above, std::nullopt);
            below_[row] = std::max(below_[row], standing_colour(noun, leaf_row, above));
        };
        for (const Id<Goal> child : plan_.subgoals_of(goal)) {
            below_[row] = std::max(below_[row], entry_of_or_below(child));
            if (gone_[child.value()] != 0) continue;
            children.push_back({&out_.goals[child], in_.roll_up.shares.goals[child], on_path_[child.value()] != 0});
        }
        for (const Id<Indicator> child : plan_.indicators_of(goal)) {
            leaf(out_.indicators[child], Noun::indicator, child.value());
            if (in_.progress.indicators[child].cancelled) continue;
            children.push_back({&out_.indicators[child], in_.roll_up.shares.indicators[child], false});
        }
        for (const Id<Task> child : plan_.tasks_of(goal)) {
            leaf(out_.tasks[child], Noun::task, child.value());
            if (in_.progress.tasks[child].cancelled) continue;
            const double share = in_.roll_up.shares.tasks[child];
            const bool on_path = in_.expected.tasks.contains(child) && in_.expected.tasks[child].on_longest_path;
            children.push_back({&out_.tasks[child], share, on_path || (share == 0.0 && rows_.tasks[child].milestone)});
        }
        if (gone_[row] != 0) {
            warning.causes.push_back(add(cause(WarningReason::cancelled, Noun::goal, row)));
            return;
        }
        const auto nothing_else = [](WarningColour, Causes*) { return false; };
        const auto tell = [](const Child& child, Causes& causes) { append(causes, child.warning->causes); };
        decide(warning, Noun::goal, row, [&](double shift, Causes* causes) {
            return judge_node(Noun::goal, row, in_.roll_up.goals[goal], children,
                              number_of(in_.performance.goals, goal), shift, causes, nothing_else, tell);
        });
        enter(warning, Noun::goal, row, above_[row], below_[row]);
        tidy(warning.causes);
    }

    /// The worst colour set by hand that stands on a goal or below it.
    [[nodiscard]] std::optional<WarningColour> entry_of_or_below(Id<Goal> goal) const {
        return std::max(below_[goal.value()], standing_colour(Noun::goal, goal.value(), above_[goal.value()]));
    }

    void counties() {
        out_.counties = ById<Id<County>, Warning>(rows_.counties.size());
        std::vector<Child> children;
        for (const Id<County> county : rows_.counties.ids()) {
            const std::size_t row = county.value();
            children.clear();
            std::optional<WarningColour> below;
            for (const Id<Goal> goal : plan_.goals_of(county)) {
                if (plan_.parent_of(goal)) continue;
                below = std::max(below, entry_of_or_below(goal));
                if (gone_[goal.value()] != 0) continue;
                children.push_back({&out_.goals[goal], in_.roll_up.shares.goals[goal], on_path_[goal.value()] != 0});
            }
            const auto ends_late = [&](WarningColour colour, Causes* causes) {
                if (colour != WarningColour::red || !in_.expected.counties.contains(county)) return false;
                const auto finish = in_.expected.counties[county].finish;
                if (!finish || *finish <= rows_.period.to) return false;
                if (causes != nullptr) {
                    WarningCause why = cause(WarningReason::past_deadline, Noun::county, row);
                    why.day = finish;
                    why.limit_day = rows_.period.to;
                    causes->push_back(add(why));
                }
                return true;
            };
            const auto tell = [](const Child& child, Causes& causes) { append(causes, child.warning->causes); };
            Warning& warning = out_.counties[county];
            decide(warning, Noun::county, row, [&](double shift, Causes* causes) {
                return judge_node(Noun::county, row, in_.roll_up.counties[county], children,
                                  number_of(in_.performance.counties, county), shift, causes, ends_late, tell);
            });
            if (warning.colour >= WarningColour::amber) {
                for (const Id<School> school : plan_.schools_of(county))
                    append(warning.causes, empty_posts_[school.value()]);
            }
            enter(warning, Noun::county, row, std::nullopt, below);
            tidy(warning.causes);
        }
    }

    void provinces() {
        out_.provinces.resize(in_.roll_up.provinces.size());
        std::vector<Child> children;
        for (std::size_t i = 0; i < in_.roll_up.provinces.size(); ++i) {
            const ProvinceRollUp& province = in_.roll_up.provinces[i];
            children.clear();
            for (const Id<County> county : rows_.counties.ids()) {
                if (rows_.counties[county].code.province() != province.province) continue;
                children.push_back({&out_.counties[county], in_.roll_up.shares.counties[county], false});
            }
            const auto nothing_else = [](WarningColour, Causes*) { return false; };
            const auto tell = [&](const Child& child, Causes& causes) {
                WarningCause why = cause(WarningReason::part, Noun::county,
                                         static_cast<std::size_t>(child.warning - out_.counties.rows().data()));
                why.colour = child.warning->colour;
                causes.push_back(add(why));
            };
            Warning& warning = out_.provinces[i];
            warning.computed = judge_node(Noun::plan, i, province.weighted, children, std::nullopt, 0.0,
                                          &warning.causes, nothing_else, tell);
            warning.colour = warning.computed;
            tidy(warning.causes);
        }
    }

    std::vector<std::uint8_t> gone_{};  ///< per goal: cancelled
    std::vector<std::uint8_t> on_path_{};
    std::vector<std::optional<EntryStamp>> above_{};     ///< per goal: the newest entry further up
    std::vector<std::optional<WarningColour>> below_{};  ///< per goal: the worst entry below that stands
};

}  // namespace detail

COUNTYPLAN_INLINE Warnings warnings(const WarningInput& input, const WarningOptions& options) {
    return detail::WarningTree(input, options).run();
}

}  // namespace countyplan
