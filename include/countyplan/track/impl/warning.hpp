// How colours are found: leaves by their numbers, nodes by what is below, memory and entries last.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <countyplan/graph/tree.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/messages.hpp>
#include <countyplan/track/warning.hpp>
#include <countyplan/track/warning_messages.hpp>

namespace countyplan {

namespace detail {

/// When an entry by hand was made; the greater one is the newer.
struct EntryStamp {
    Day valid{};
    Day recorded{};
    Id<Fact> fact{};

    friend auto operator<=>(const EntryStamp&, const EntryStamp&) = default;
    friend bool operator==(const EntryStamp&, const EntryStamp&) = default;
};

/// What the ledger says about the colour of one thing.
struct WarningMemory {
    std::optional<WarningColour> reported{};  ///< what the last report showed
    bool pending = false;                     ///< that report computed something else
    std::optional<WarningColour> entry{};     ///< by hand, and still in force
    EntryStamp stamp{};                       ///< of the entry
};

class WarningTree {
  public:
    WarningTree(const WarningInput& input, const WarningOptions& options)
        : in_(input), plan_(input.ledger.plan()), rows_(plan_.rows()), options_(options) {}

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
    using Causes = std::vector<std::uint32_t>;

    struct Child {
        const Warning* warning = nullptr;
        double share = 0.0;
        bool always = false;  ///< on the longest path, or a milestone that weighs nothing
    };

    // What the ledger remembers.

    void note(Message message, Id<Fact> fact) {
        Finding finding;
        finding.severity = Severity::warning;
        finding.message = std::move(message);
        finding.place = {"ledger", fact.value(), "value"};
        out_.findings.push_back(std::move(finding));
    }

    [[nodiscard]] std::optional<std::pair<Noun, std::size_t>> row_of(const Reference& subject) const {
        const auto row = [&](auto id) -> std::optional<std::pair<Noun, std::size_t>> {
            if (!id) return std::nullopt;
            return std::pair(subject.noun, id.value());
        };
        switch (subject.noun) {
            case Noun::task:
                return row(plan_.find<Task>(subject.id));
            case Noun::indicator:
                return row(plan_.find<Indicator>(subject.id));
            case Noun::goal:
                return row(plan_.find<Goal>(subject.id));
            case Noun::county:
                return row(plan_.find<County>(subject.id));
            default:
                return std::nullopt;
        }
    }

    static std::string_view trimmed(std::string_view text) {
        while (!text.empty() && text.front() == ' ')
            text.remove_prefix(1);
        while (!text.empty() && text.back() == ' ')
            text.remove_suffix(1);
        return text;
    }

    /// `COLOUR: reason`, with a half-width or a full-width colon.
    std::optional<WarningColour> entry_of(Id<Fact> fact) {
        const std::string_view text = in_.ledger[fact].value;
        const std::string_view wide = "：";
        const auto half = text.find(':');
        const auto full = text.find(wide);
        const auto colon = std::min(half, full);
        const auto colour = enumerator<WarningColour>(trimmed(text.substr(0, colon)));
        if (!colour) {
            note({message::fact_unreadable, {in_.ledger[fact].field, std::string(text)}}, fact);
            return std::nullopt;
        }
        if (colon == std::string_view::npos || reason_of(text).empty()) {
            note({message::entry_without_reason, {word(*colour)}}, fact);
            return std::nullopt;
        }
        return colour;
    }

  public:
    static std::string_view reason_of(std::string_view text) {
        const std::string_view wide = "：";
        const auto half = text.find(':');
        const auto full = text.find(wide);
        if (half == full) return {};  // neither is there
        return trimmed(text.substr(half < full ? half + 1 : full + wide.size()));
    }

  private:
    void remember() {
        std::set<Reference> subjects;
        for (const Fact& fact : rows_.ledger) {
            if (fact.field == "colour" || fact.field == "reported_colour") subjects.insert(fact.subject);
        }
        for (const Reference& subject : subjects) {
            const auto key = row_of(subject);
            if (!key) continue;
            WarningMemory memory;
            std::optional<Day> reported_on;
            AsOf before = in_.as_of;
            if (before.valid.number() > Day::parse("0001-01-01")->number()) {
                before.valid = before.valid - std::chrono::days(1);
                if (const Id<Fact> fact = in_.ledger.find(subject, "reported_colour", before)) {
                    const std::string_view text = in_.ledger[fact].value;
                    const auto slash = text.find('/');
                    memory.reported = enumerator<WarningColour>(text.substr(0, slash));
                    memory.pending = slash != std::string_view::npos;
                    reported_on = in_.ledger[fact].valid_at;
                    if (!memory.reported) {
                        note({message::fact_unreadable, {in_.ledger[fact].field, std::string(text)}}, fact);
                    }
                }
            }
            if (const Id<Fact> fact = in_.ledger.find(subject, "colour", in_.as_of)) {
                const Fact& row = in_.ledger[fact];
                if (!reported_on || *reported_on < row.valid_at) memory.entry = entry_of(fact);
                memory.stamp = {row.valid_at, row.recorded_at, fact};
            }
            memory_.emplace(*key, memory);
        }
    }

    [[nodiscard]] const WarningMemory* memory_of(Noun noun, std::size_t row) const {
        if (memory_.empty()) return nullptr;
        const auto known = memory_.find({noun, row});
        return known == memory_.end() ? nullptr : &known->second;
    }
    [[nodiscard]] std::optional<EntryStamp> entry_on(Noun noun, std::size_t row) const {
        const WarningMemory* memory = memory_of(noun, row);
        return memory != nullptr && memory->entry ? std::optional(memory->stamp) : std::nullopt;
    }

    // Causes.

    std::uint32_t add(WarningCause cause) {
        out_.causes.push_back(cause);
        return static_cast<std::uint32_t>(out_.causes.size() - 1);
    }
    static WarningCause cause(WarningReason reason, Noun noun, std::size_t row) {
        return {.reason = reason, .noun = noun, .row = row};
    }

    /// People in place on the day asked about, for posts that are wanted on it and have fewer than they
    /// need at least, or nobody.
    void find_empty_posts() {
        std::vector<std::int64_t> in_place(rows_.posts.size(), 0);
        for (const Posting& posting : in_.staffing) {
            if (!Period{posting.from, posting.to}.contains(in_.as_of.valid)) continue;
            if (const Id<Post> post = plan_.find<Post>(posting.post)) ++in_place[post.value()];
        }
        empty_posts_.resize(rows_.schools.size());
        for (const Id<Post> id : rows_.posts.ids()) {
            const Post& post = rows_.posts[id];
            const std::int64_t there = in_place[id.value()];
            const std::int64_t needed = there < post.min ? post.min : there == 0 ? post.target : 0;
            if (there >= needed || !plan_.period_of(id).contains(in_.as_of.valid)) continue;
            WarningCause empty = cause(WarningReason::empty_post, Noun::post, id.value());
            empty.number = static_cast<double>(there);
            empty.limit = static_cast<double>(needed);
            empty_posts_[plan_.school_of(id).value()].push_back(add(empty));
        }
    }

    // One thing.

    /// Judges with its numbers as they are, then looks whether the colour that was reported is left.
    /// `judge(shift, causes)` is the colour with SPI(t) or pace moved by `shift`; fills in `causes` if given.
    template <class Judge>
    void decide(Warning& warning, Noun noun, std::size_t row, Judge judge) {
        warning.computed = judge(0.0, &warning.causes);
        warning.colour = warning.computed;
        const WarningMemory* const memory = memory_of(noun, row);
        if (memory != nullptr && memory->reported && *memory->reported != warning.computed && !memory->pending) {
            const WarningColour former = *memory->reported;
            if (judge(options_.crossing, nullptr) == former || judge(-options_.crossing, nullptr) == former) {
                warning.colour = former;
                WarningCause held = cause(WarningReason::held, noun, row);
                held.colour = former;
                warning.causes.push_back(add(held));
            }
        }
    }

    /// An entry by hand on a thing, unless one further up is newer. What still stands below is newer than
    /// it, so that the worst of those counts too.
    void enter(Warning& warning, Noun noun, std::size_t row, const std::optional<EntryStamp>& above,
               std::optional<WarningColour> below) {
        if (memory_.empty()) return;
        const auto own = standing_entry(noun, row, above);
        if (!own) return;
        WarningCause by_hand = cause(WarningReason::entry, noun, row);
        by_hand.colour = *memory_of(noun, row)->entry;
        by_hand.day = own->valid;
        by_hand.fact = own->fact;
        if (!below) warning.causes.clear();
        warning.colour = std::max(by_hand.colour, below.value_or(by_hand.colour));
        warning.causes.push_back(add(by_hand));
    }

    /// The entry on a thing, unless a newer one further up has set it aside.
    [[nodiscard]] std::optional<EntryStamp> standing_entry(Noun noun, std::size_t row,
                                                           const std::optional<EntryStamp>& above) const {
        const auto own = entry_on(noun, row);
        return own && above && *own < *above ? std::nullopt : own;
    }
    [[nodiscard]] std::optional<WarningColour> standing_colour(Noun noun, std::size_t row,
                                                               const std::optional<EntryStamp>& above) const {
        return standing_entry(noun, row, above) ? memory_of(noun, row)->entry : std::nullopt;
    }

    [[nodiscard]] std::optional<WarningColour> by_speed(std::optional<double> speed, double shift) const {
        if (!speed) return std::nullopt;
        if (*speed + shift < options_.slow_red) return WarningColour::red;
        if (*speed + shift < options_.slow_amber) return WarningColour::amber;
        return std::nullopt;
    }

    WarningCause slow(WarningReason reason, Noun noun, std::size_t row, double speed, WarningColour colour) const {
        WarningCause out = cause(reason, noun, row);
        out.number = speed;
        out.limit = colour == WarningColour::red ? options_.slow_red : options_.slow_amber;
        return out;
    }

    template <class I>
    static std::optional<double> number_of(const ById<I, std::optional<double>>& table, I id) {
        return table.contains(id) ? table[id] : std::nullopt;
    }

    static std::optional<Day> deadline_of(const Task& task) {
        std::optional<Day> out = task.deadline;
        if (task.constraint == ConstraintKind::finish_no_later && task.constraint_date) {
            out = std::min(out.value_or(*task.constraint_date), *task.constraint_date);
        }
        return out;
    }

    [[nodiscard]] WarningColour judge_task(Id<Task> id, double shift, Causes* causes) {
        const Earned& earned = in_.progress.tasks[id];
        const std::size_t row = id.value();
        const auto end = [&](WarningColour colour, WarningCause why) {
            if (causes != nullptr) causes->push_back(add(why));
            return colour;
        };
        if (earned.cancelled) return end(WarningColour::grey, cause(WarningReason::cancelled, Noun::task, row));
        if (!in_.planned.tasks.contains(id) || !in_.expected.tasks.contains(id)) {
            return end(WarningColour::grey, cause(WarningReason::no_plan, Noun::task, row));
        }
        const TaskDates& planned = in_.planned.tasks[id];
        const TaskDates& expected = in_.expected.tasks[id];
        const std::int64_t now = in_.planned.calendars()[planned.calendar].finish_boundary(in_.as_of.valid);
        const auto value = earned.apportioned ? in_.roll_up.goals[plan_.goal_of(id)].value : earned.value;
        if (!value && planned.boundary.early_start < now) {
            WarningCause why = cause(WarningReason::no_report, Noun::task, row);
            why.day = planned.early_start;
            return end(WarningColour::grey, why);
        }
        if (value && (*value >= 1.0 || earned.status == ProgressStatus::complete)) {
            return end(WarningColour::blue, cause(WarningReason::complete, Noun::task, row));
        }
        const auto speed = number_of(in_.performance.tasks, id);
        const auto by = by_speed(speed, shift);
        const auto deadline = deadline_of(rows_.tasks[id]);
        const bool late = planned.boundary.early_finish < now;
        const bool past = deadline && *deadline < expected.early_finish;
        if (late || past || by == WarningColour::red) {
            if (causes == nullptr) return WarningColour::red;
            if (late) {
                WarningCause why = cause(WarningReason::late, Noun::task, row);
                why.day = planned.early_finish;
                causes->push_back(add(why));
            }
            if (past) {
                WarningCause why = cause(WarningReason::past_deadline, Noun::task, row);
                why.day = expected.early_finish;
                why.limit_day = deadline;
                causes->push_back(add(why));
            }
            if (by == WarningColour::red)
                causes->push_back(add(slow(WarningReason::slow, Noun::task, row, *speed, *by)));
            add_empty_posts(rows_.tasks[id].school, *causes);
            return WarningColour::red;
        }
        const std::optional<WorkDays> left = expected.total_float;
        const bool tight = left && *left <= options_.little_float;
        if (tight || by == WarningColour::amber) {
            if (causes == nullptr) return WarningColour::amber;
            if (by == WarningColour::amber)
                causes->push_back(add(slow(WarningReason::slow, Noun::task, row, *speed, *by)));
            if (tight) {
                WarningCause why = cause(WarningReason::little_float, Noun::task, row);
                why.number = static_cast<double>(left->count());
                why.limit = static_cast<double>(options_.little_float.count());
                causes->push_back(add(why));
            }
            add_empty_posts(rows_.tasks[id].school, *causes);
            return WarningColour::amber;
        }
        return end(WarningColour::green, cause(WarningReason::on_track, Noun::task, row));
    }

    void add_empty_posts(const std::string& school, Causes& causes) const {
        const Id<School> id = school.empty() || rows_.posts.empty() ? Id<School>() : plan_.find<School>(school);
        if (!id) return;
        const Causes& empty = empty_posts_[id.value()];
        causes.insert(causes.end(), empty.begin(), empty.end());
    }

    /// Its progress over that of a straight line from baseline to target, at the day of its last reading.
    [[nodiscard]] std::optional<double> pace_of(const Indicator& row, const Earned& earned) const {
        if (!earned.value || !earned.evidence || !row.due) return std::nullopt;
        const Day from = row.baseline_date.value_or(rows_.period.from);
        if (*row.due <= from || *earned.evidence <= from) return std::nullopt;
        const double elapsed = std::min(1.0, static_cast<double>((*earned.evidence - from).count()) /
                                                 static_cast<double>((*row.due - from).count()));
        if (elapsed < options_.judged_after.value()) return std::nullopt;
        return *earned.value / elapsed;
    }

    [[nodiscard]] WarningColour judge_indicator(Id<Indicator> id, double shift, Causes* causes) {
        const Indicator& row = rows_.indicators[id];
        const Earned& earned = in_.progress.indicators[id];
        const auto end = [&](WarningColour colour, WarningCause why) {
            if (causes != nullptr) {
                causes->push_back(add(why));
                if (colour >= WarningColour::amber) add_empty_posts(row.school, *causes);
            }
            return colour;
        };
        const auto because = [&](WarningReason reason) { return cause(reason, Noun::indicator, id.value()); };
        if (earned.cancelled) return end(WarningColour::grey, because(WarningReason::cancelled));
        if (!row.baseline || !earned.target || *row.baseline == *earned.target) {
            return end(WarningColour::grey, because(WarningReason::no_plan));
        }
        const Day from = row.baseline_date.value_or(rows_.period.from);
        if (!earned.value && from < in_.as_of.valid) {
            WarningCause why = because(WarningReason::no_report);
            why.day = from;
            return end(WarningColour::grey, why);
        }
        if (earned.status == ProgressStatus::complete)
            return end(WarningColour::blue, because(WarningReason::complete));
        if (row.due && *row.due < in_.as_of.valid) {
            WarningCause why = because(WarningReason::missed_target);
            why.day = row.due;
            why.number = earned.value.value_or(0.0);
            return end(WarningColour::red, why);
        }
        const auto pace = pace_of(row, earned);
        if (const auto by = by_speed(pace, shift)) {
            return end(*by, slow(WarningReason::weak_indicator, Noun::indicator, id.value(), *pace, *by));
        }
        return end(WarningColour::green, because(WarningReason::on_track));
    }

    void tasks() {
        out_.tasks = ById<Id<Task>, Warning>(rows_.tasks.size());
        for (const Id<Task> id : rows_.tasks.ids()) {
            decide(out_.tasks[id], Noun::task, id.value(),
                   [&](double shift, Causes* causes) { return judge_task(id, shift, causes); });
        }
    }

    void indicators() {
        out_.indicators = ById<Id<Indicator>, Warning>(rows_.indicators.size());
        for (const Id<Indicator> id : rows_.indicators.ids()) {
            decide(out_.indicators[id], Noun::indicator, id.value(),
                   [&](double shift, Causes* causes) { return judge_indicator(id, shift, causes); });
        }
    }

    // What is made of parts.

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
        std::ranges::sort(causes, {},
                          [&](std::uint32_t at) { return std::pair(out_.causes[at].noun == Noun::post, at); });
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
        std::vector<NodeIndex> parents;
        parents.reserve(rows_.goals.size());
        for (const Id<Goal> id : rows_.goals.ids()) {
            const Id<Goal> parent = plan_.parent_of(id);
            parents.push_back(parent ? static_cast<NodeIndex>(parent.value()) : no_node);
        }
        const Tree tree(std::move(parents));
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

    const WarningInput& in_;
    const Plan& plan_;
    const Draft& rows_;
    const WarningOptions& options_;
    std::map<std::pair<Noun, std::size_t>, WarningMemory> memory_{};
    std::vector<Causes> empty_posts_{};  ///< per school
    std::vector<std::uint8_t> gone_{};   ///< per goal: cancelled
    std::vector<std::uint8_t> on_path_{};
    std::vector<std::optional<EntryStamp>> above_{};     ///< per goal: the newest entry further up
    std::vector<std::optional<WarningColour>> below_{};  ///< per goal: the worst entry below that stands
    Warnings out_{};
};

/// A thing as a sentence calls it: its kind, its id and its name.
inline MessageArgument cause_name(const Plan& plan, const RollUp& roll_up, const WarningCause& cause) {
    const Draft& rows = plan.rows();
    const auto named = [&](const std::string& id, const std::string& zh, const std::string& en) {
        const auto join = [](std::string_view a, std::string_view b, std::string_view c) {
            std::string out(a);
            out.append(" ").append(b);
            if (!c.empty()) out.append(" ").append(c);
            return out;
        };
        const MessageText& kind = word(cause.noun);
        return MessageArgument(join(kind.zh, id, zh.empty() ? en : zh), join(kind.en, id, en.empty() ? zh : en));
    };
    switch (cause.noun) {
        case Noun::task: {
            const Task& row = rows.tasks[Id<Task>(cause.row)];
            return named(row.id, row.name_zh, row.name_en);
        }
        case Noun::indicator: {
            const Indicator& row = rows.indicators[Id<Indicator>(cause.row)];
            return named(row.id, row.name_zh, row.name_en);
        }
        case Noun::goal: {
            const Goal& row = rows.goals[Id<Goal>(cause.row)];
            return named(row.id, row.name_zh, row.name_en);
        }
        case Noun::county: {
            const County& row = rows.counties[Id<County>(cause.row)];
            return named(to_text(row.code), row.name_zh, row.name_en);
        }
        case Noun::post:
            return named(rows.posts[Id<Post>(cause.row)].id, {}, {});
        default:
            return to_text(roll_up.provinces[cause.row].province);
    }
}

/// `number` rounded half up to so many decimals; as it is where it has fewer.
inline std::string rounded(double number, int decimals) {
    const double scale = std::pow(10.0, decimals);
    const auto scaled = static_cast<std::int64_t>(std::floor(number * scale + 0.5));
    std::string digits = std::to_string(scaled < 0 ? -scaled : scaled);
    const auto least = static_cast<std::size_t>(decimals) + 1;
    if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
    if (decimals > 0) {
        digits.insert(digits.size() - static_cast<std::size_t>(decimals), ".");
        while (digits.back() == '0')
            digits.pop_back();
        if (digits.back() == '.') digits.pop_back();
    }
    return scaled < 0 ? "-" + digits : digits;
}

inline std::string percent_text(double share) { return rounded(share * 100.0, 1) + "%"; }

}  // namespace detail

COUNTYPLAN_INLINE Warnings warnings(const WarningInput& input, const WarningOptions& options) {
    return detail::WarningTree(input, options).run();
}

COUNTYPLAN_INLINE Message describe(const Plan& plan, const RollUp& roll_up, const WarningCause& cause) {
    const MessageArgument name = detail::cause_name(plan, roll_up, cause);
    const auto day = [](const std::optional<Day>& value) { return value ? to_text(*value) : std::string{}; };
    const auto count = [](double value) { return detail::rounded(value, 0); };
    switch (cause.reason) {
        case WarningReason::cancelled:
            return {message::cause_cancelled, {name}};
        case WarningReason::no_plan:
            return {message::cause_no_plan, {name}};
        case WarningReason::no_report:
            return {message::cause_no_report, {name, day(cause.day)}};
        case WarningReason::low_coverage:
            return {message::cause_low_coverage,
                    {name, detail::percent_text(cause.number), detail::percent_text(cause.limit)}};
        case WarningReason::complete:
            return {message::cause_complete, {name}};
        case WarningReason::on_track:
            return {message::cause_on_track, {name}};
        case WarningReason::late:
            return {message::cause_late, {name, day(cause.day)}};
        case WarningReason::past_deadline:
            return {message::cause_past_deadline, {name, day(cause.day), day(cause.limit_day)}};
        case WarningReason::slow:
            return {message::cause_slow, {name, detail::rounded(cause.number, 2), detail::rounded(cause.limit, 2)}};
        case WarningReason::little_float:
            return {message::cause_little_float, {name, count(cause.number), count(cause.limit)}};
        case WarningReason::missed_target:
            return {message::cause_missed_target, {name, day(cause.day), detail::percent_text(cause.number)}};
        case WarningReason::weak_indicator:
            return {message::cause_weak_indicator,
                    {name, detail::percent_text(cause.number), detail::percent_text(cause.limit)}};
        case WarningReason::empty_post:
            return {message::cause_empty_post, {name, count(cause.number), count(cause.limit)}};
        case WarningReason::part:
            return {message::cause_part, {name, word(cause.colour)}};
        case WarningReason::held:
            return {message::cause_held, {name, word(cause.colour)}};
        case WarningReason::entry:
            break;
    }
    return {message::cause_entry,
            {name, word(cause.colour), day(cause.day),
             std::string(detail::WarningTree::reason_of(plan.rows().ledger[cause.fact].value))}};
}

COUNTYPLAN_INLINE Place place_of(const WarningCause& cause) {
    const auto at = [&](std::string_view table, std::string_view field) {
        return Place{std::string(table), cause.row, std::string(field)};
    };
    switch (cause.noun) {
        case Noun::task:
            return at("tasks", "id");
        case Noun::indicator:
            return at("indicators", "id");
        case Noun::goal:
            return at("goals", "id");
        case Noun::county:
            return at("counties", "code");
        case Noun::post:
            return at("posts", "id");
        default:
            return {};
    }
}

COUNTYPLAN_INLINE std::vector<Fact> issue_report(const Plan& plan, const Warnings& warnings, AsOf as_of, Day issued,
                                                 const std::string& source) {
    COUNTYPLAN_EXPECT(issued > as_of.recorded, "a report is issued after the last day whose knowledge it holds");
    const Draft& rows = plan.rows();
    std::vector<Fact> out;
    const std::string prefix = "REPORT-" + to_text(as_of.valid) + "-" + to_text(issued) + "-";
    const auto add = [&](Noun noun, const std::string& id, const Warning& warning) {
        const bool cancelled = std::ranges::any_of(warning.causes, [&](std::uint32_t cause) {
            return warnings.causes[cause].reason == WarningReason::cancelled;
        });
        if (warning.colour == WarningColour::grey && cancelled && warning.causes.size() == 1) return;
        Fact fact;
        fact.id = prefix + std::to_string(out.size() + 1);
        fact.recorded_at = issued;
        fact.valid_at = as_of.valid;
        fact.subject = {noun, id};
        fact.field = "reported_colour";
        fact.value = name(warning.colour);
        if (warning.colour != warning.computed) fact.value.append("/").append(name(warning.computed));
        fact.source = source;
        out.push_back(std::move(fact));
    };
    for (const Id<County> id : rows.counties.ids())
        add(Noun::county, to_text(rows.counties[id].code), warnings.counties[id]);
    for (const Id<Goal> id : rows.goals.ids())
        add(Noun::goal, rows.goals[id].id, warnings.goals[id]);
    for (const Id<Indicator> id : rows.indicators.ids())
        add(Noun::indicator, rows.indicators[id].id, warnings.indicators[id]);
    for (const Id<Task> id : rows.tasks.ids())
        add(Noun::task, rows.tasks[id].id, warnings.tasks[id]);
    return out;
}

}  // namespace countyplan
