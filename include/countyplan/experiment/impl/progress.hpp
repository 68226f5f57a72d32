// Goals, indicators, tasks and what has been reported about them in a generated programme.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/experiment/impl/frame.hpp>
#include <countyplan/experiment/impl/programme.hpp>
#include <countyplan/experiment/impl/reporter.hpp>

namespace countyplan::detail {

/// Everything of one county that the patterns give, and what has been reported about it.
class CountyProgramme {
  public:
    CountyProgramme(Frame& frame, const GenerateOptions& options, std::size_t number, Reporter& reporter)
        : draft_(frame.draft),
          county_(frame.draft.counties.rows()[number]),
          code_(to_text(county_.code)),
          schools_(frame.schools_of.at(code_)),
          random_(random_for(options.seed, Stage::goals, number)),
          task_random_(random_for(options.seed, Stage::tasks, number)),
          fact_random_(random_for(options.seed, Stage::facts, number)),
          reporter_(reporter) {}

    void add() {
        // How fast the county moves, in percent of plan, and how often it forgets to report.
        pace_ = fact_random_.between(55, 115);
        silence_ = fact_random_.chance(1, 7) ? 35 : fact_random_.between(3, 15);
        add_goals();
        add_indicators();
        add_tasks();
        add_task_facts();
    }

  private:
    /// The schools that a pattern makes rows for: an empty id for the county itself.
    [[nodiscard]] std::vector<std::string> places(Belongs belongs) const {
        std::vector<std::string> out;
        if (belongs == Belongs::county) out.emplace_back();
        for (const Id<School> id : schools_) {
            const School& school = draft_.schools[id];
            const auto wanted = school.kind == SchoolKind::ordinary ? Belongs::ordinary : Belongs::vocational;
            if (belongs == Belongs::each_school || belongs == wanted) out.push_back(school.id);
        }
        return out;
    }
    [[nodiscard]] std::string key(std::string_view local) const { return code_ + "-" + std::string(local); }

    /// Two goals leave the weights of their tasks and indicators open, so that these count alike.
    [[nodiscard]] static bool weighs_its_work(std::string_view goal) { return goal != "G3.3" && goal != "G5.2"; }

    void add_goals() {
        for (const GoalPattern& pattern : goal_patterns) {
            if (places(pattern.belongs).empty()) continue;
            Goal row;
            row.id = key(pattern.key);
            row.county = county_.code;
            if (!pattern.parent.empty()) row.parent = key(pattern.parent);
            row.name_zh = pattern.name_zh;
            row.name_en = pattern.name_en;
            // Leaf goals count by their work, the others by the weight that the county gives them.
            if (pattern.key.find('.') == std::string_view::npos) {
                row.weight = static_cast<double>(pattern.weight + (pattern.weight > 5 ? random_.between(-5, 5) : 0));
            }
            row.owner = pattern.owner;
            draft_.goals.push_back(std::move(row));
        }
    }

    void add_indicators() {
        std::size_t number = 0;
        for (const IndicatorPattern& pattern : indicator_patterns) {
            ++number;
            const auto where = places(pattern.belongs);
            for (std::size_t k = 0; k < where.size(); ++k) {
                const bool fine = pattern.kind == IndicatorKind::percent || pattern.kind == IndicatorKind::amount;
                const std::int64_t step = fine ? 1 : 10;
                const std::int64_t baseline =
                    random_.between(pattern.baseline_low / step, pattern.baseline_high / step) * step;
                const std::int64_t gain = random_.between(pattern.gain_low / step, pattern.gain_high / step) * step;
                const std::int64_t target = pattern.direction == Direction::up ? baseline + gain : baseline - gain;
                Indicator row;
                row.id = key("K" + padded(number, 2)) + (where.size() > 1 && k > 0 ? "b" : "");
                row.goal = key(pattern.goal);
                row.school = where[k];
                row.name_zh = pattern.name_zh;
                row.name_en = pattern.name_en;
                row.unit = pattern.unit;
                row.kind = pattern.kind;
                row.direction = pattern.direction;
                row.baseline = static_cast<double>(baseline) / 10.0;
                row.baseline_date = day_of(20240831);
                row.target = static_cast<double>(target) / 10.0;
                row.due = pattern.every == 12 ? day_of(20260731) : day_of(20260831);
                if (weighs_its_work(pattern.goal)) row.weight = static_cast<double>(random_.between(2, 6));
                add_indicator_facts(row, pattern, baseline, target);
                draft_.indicators.push_back(std::move(row));
            }
        }
    }

    void add_indicator_facts(const Indicator& row, const IndicatorPattern& pattern, std::int64_t baseline,
                             std::int64_t target) {
        const bool is_percent = pattern.kind == IndicatorKind::percent;
        const bool fine = is_percent || pattern.kind == IndicatorKind::amount;
        const bool counts_up = !is_percent && pattern.direction == Direction::up && baseline < target;
        const bool never_reported = fact_random_.chance(1, 12);
        std::int64_t before = baseline;
        // Months since September 2024; yearly ones are known in July, half-yearly ones in January and July.
        for (std::int32_t month = 0; month < 18; ++month) {
            const std::int32_t of_year = (month + 8) % 12;  // 0 is January
            const bool due = pattern.every == 1 || (pattern.every == 3 && of_year % 3 == 2) ||
                             (pattern.every == 6 && of_year % 6 == 0) || (pattern.every == 12 && of_year == 6);
            if (!due) continue;
            const Day valid = plus_months(day_of(20240901), month + 1) - std::chrono::days(1);
            const std::int64_t noise = fact_random_.between(-6, 6);
            const std::int64_t way = std::max<std::int64_t>(0, (month + 1) * pace_ / 24 + (month > 0 ? noise : 0));
            std::int64_t value = baseline + (target - baseline) * way / 100;
            if (!fine) value = value / 10 * 10;
            if (counts_up) value = std::max(value, before);
            value = std::max<std::int64_t>(value, 0);
            if (is_percent) value = std::min<std::int64_t>(value, 1000);
            before = value;
            const bool silent = fact_random_.chance(static_cast<std::uint64_t>(silence_), 100);
            const auto delay = fact_random_.between(1, 12);
            const bool wrong = fact_random_.chance(1, 50);
            if (never_reported || silent) continue;
            const Reference subject{Noun::indicator, row.id};
            const auto text = [](std::int64_t tenths) { return to_text(static_cast<double>(tenths) / 10.0); };
            if (wrong) {
                const std::int64_t misread = std::max<std::int64_t>(0, value >= 100 ? value - 90 : value + 10);
                reporter_.add(valid, delay, subject, "value", text(misread), "school", true);
                reporter_.add(valid, delay + 20, subject, "value", text(value), "county", true, reporter_.last());
            } else {
                reporter_.add(valid, delay, subject, "value", text(value), "school", true);
            }
        }
    }

    void add_tasks() {
        for (const TaskPattern& pattern : task_patterns) {
            const auto where = places(pattern.belongs);
            const bool left_out = pattern.optional && task_random_.chance(1, 4);
            if (where.empty() || left_out) continue;
            Task row;
            row.id = key(pattern.key);
            row.county = county_.code;
            row.goal = key(pattern.goal);
            row.school = where.front();
            row.name_zh = pattern.name_zh;
            row.name_en = pattern.name_en;
            row.milestone = pattern.duration == 0;
            const std::int64_t days =
                row.milestone ? 0 : std::max<std::int64_t>(1, pattern.duration * task_random_.between(85, 110) / 100);
            row.duration = WorkDays(days);
            if (days >= 10) {
                row.optimistic = WorkDays(days * 8 / 10);
                row.pessimistic = WorkDays(days * 15 / 10);
            }
            row.calendar = pattern.calendar;
            if (pattern.deadline != 0) row.deadline = day_of(pattern.deadline);
            row.budget = Money(pattern.thousand_yuan * task_random_.between(80, 120) * 1000);
            row.method = pattern.method;
            if (weighs_its_work(pattern.goal)) {
                row.weight = row.milestone ? 1.0 : static_cast<double>(task_random_.between(1, 4));
            }
            for (const GoalPattern& goal : goal_patterns) {
                if (goal.key == pattern.goal) row.owner = goal.owner;
            }
            if (pattern.constraint != 0) {
                row.constraint = static_cast<ConstraintKind>(pattern.constraint - 1);
                row.constraint_date = day_of(pattern.at);
            }
            // Logistics gate the arrival of the team.
            if (pattern.key == "A08") row.not_before = day_of(20240918);
            position_[pattern.key] = tasks_.size();
            tasks_.push_back(draft_.tasks.push_back(std::move(row)));
        }
        for (const LinkPattern& pattern : link_patterns) {
            const auto before = position_.find(pattern.predecessor);
            const auto after = position_.find(pattern.successor);
            if (before == position_.end() || after == position_.end()) continue;
            links_.push_back({before->second, after->second, &pattern});
            draft_.links.push_back({key(pattern.predecessor), key(pattern.successor), pattern.type,
                                    WorkDays(pattern.lag), pattern.lag_calendar});
        }
    }

    /// Civil days that a number of working days takes: about 7/5 in the office, twice as many at school.
    [[nodiscard]] static std::int64_t civil(std::int64_t days, CalendarKind calendar) {
        return calendar == CalendarKind::office ? (days * 7 + 4) / 5 : days * 2;
    }

    /// What happened, roughly along the links and at the county's own pace, up to the last day of facts.
    void add_task_facts() {
        const Day origin = day_of(20240902);
        const Day today = day_of(facts_until);
        std::vector<std::int64_t> start(tasks_.size(), 0), finish(tasks_.size(), 0);
        for (const std::size_t at : in_order()) {
            const Task& task = draft_.tasks[tasks_[at]];
            const std::int64_t length =
                civil(task.duration.count(), task.calendar) * (200 - pace_) / 100 * fact_random_.between(85, 125) / 100;
            std::int64_t earliest = 0;
            for (const Arrow& arrow : links_) {
                if (arrow.after != at) continue;
                const LinkKind type = arrow.pattern->type;
                const bool from_start = type == LinkKind::start_start || type == LinkKind::start_finish;
                const bool to_finish = type == LinkKind::finish_finish || type == LinkKind::start_finish;
                std::int64_t bound = (from_start ? start : finish)[arrow.before] + arrow.pattern->lag * 7 / 5;
                if (to_finish) bound -= length;
                earliest = std::max(earliest, bound);
            }
            if (task.not_before) earliest = std::max<std::int64_t>(earliest, (*task.not_before - origin).count());
            if (task.constraint && (*task.constraint == ConstraintKind::start_no_earlier ||
                                    *task.constraint == ConstraintKind::finish_no_earlier)) {
                earliest = std::max<std::int64_t>(earliest, (*task.constraint_date - origin).count());
            }
            start[at] = earliest + (task.milestone ? 0 : fact_random_.between(0, 4));
            finish[at] = start[at] + std::max<std::int64_t>(length, task.milestone ? 0 : 1);
        }
        for (std::size_t at = 0; at < tasks_.size(); ++at) {
            report_task(draft_.tasks[tasks_[at]], origin + std::chrono::days(start[at]),
                        origin + std::chrono::days(finish[at]), today);
        }
    }

    void report_task(const Task& task, Day start, Day finish, Day today) {
        const bool silent = fact_random_.chance(static_cast<std::uint64_t>(silence_), 100);
        const auto delay = fact_random_.between(0, 9);
        const bool corrected = fact_random_.chance(1, 25);
        const std::int64_t spent = fact_random_.between(70, 110);
        const bool stopped = fact_random_.chance(1, 80);
        const bool proved = fact_random_.chance(11, 12);
        if (start > today || silent) return;
        const Reference subject{Noun::task, task.id};
        const std::string_view source = task.school.empty() ? "county" : "school";
        if (corrected && finish <= today) {
            reporter_.add(start, delay, subject, "started", to_text(start), source, proved);
            reporter_.add(start, delay + 15, subject, "started", to_text(start), "county", true, reporter_.last());
        } else {
            reporter_.add(start, delay, subject, "started", to_text(start), source, proved);
        }
        if (stopped && !task.milestone && task.method == Measurement::percent) {
            reporter_.add(std::min(start + std::chrono::days(30), today), delay, subject, "status", "on_hold", "county",
                          false);
            return;
        }
        const std::int64_t length = std::max<std::int64_t>(1, (finish - start).count());
        for (Day when = plus_months(start, 2); when < finish && when <= today; when = plus_months(when, 2)) {
            const std::int64_t percent = std::clamp<std::int64_t>((when - start).count() * 100 / length, 1, 99);
            if (task.method == Measurement::percent) {
                reporter_.add(when, delay, subject, "percent", std::to_string(percent), source, proved);
            } else if (task.method == Measurement::weighted_steps) {
                reporter_.add(when, delay, subject, "step", std::to_string(percent / 25) + "/4", source, proved);
            }
        }
        if (finish <= today) {
            reporter_.add(finish, delay, subject, "finished", to_text(finish), source, proved);
            if (task.budget > Money()) {
                reporter_.add(finish, delay + 10, subject, "cost", to_text(Money(task.budget.fen() / 100 * spent)),
                              "county", true);
            }
            return;
        }
        if (!task.milestone) {
            const std::int64_t left = std::max<std::int64_t>(
                1, task.duration.count() * std::max<std::int64_t>(0, (finish - today).count()) / length);
            reporter_.add(today, 0, subject, "remaining", std::to_string(left), source, proved);
        }
    }

    /// Positions in `tasks_`, predecessors first.
    [[nodiscard]] std::vector<std::size_t> in_order() const {
        std::vector<std::size_t> waiting(tasks_.size(), 0);
        for (const Arrow& arrow : links_)
            ++waiting[arrow.after];
        std::vector<std::size_t> out;
        for (std::size_t at = 0; at < tasks_.size(); ++at) {
            if (waiting[at] == 0) out.push_back(at);
        }
        for (std::size_t done = 0; done < out.size(); ++done) {
            for (const Arrow& arrow : links_) {
                if (arrow.before == out[done] && --waiting[arrow.after] == 0) out.push_back(arrow.after);
            }
        }
        return out;
    }

    struct Arrow {
        std::size_t before, after;
        const LinkPattern* pattern;
    };

    Draft& draft_;
    const County& county_;
    std::string code_;
    const std::vector<Id<School>>& schools_;
    Random random_, task_random_, fact_random_;
    Reporter& reporter_;
    std::int64_t pace_ = 100;
    std::int64_t silence_ = 0;
    std::map<std::string_view, std::size_t> position_;
    std::vector<Id<Task>> tasks_;
    std::vector<Arrow> links_;
};

inline void add_programmes(Frame& frame, const GenerateOptions& options) {
    Reporter reporter;
    for (std::size_t number = 0; number < frame.draft.counties.size(); ++number)
        CountyProgramme(frame, options, number, reporter).add();
    reporter.write(frame.draft);
}

}  // namespace countyplan::detail
