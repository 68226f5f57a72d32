// How each kind of rule is judged.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/plan/impl/check_form.hpp>
#include <countyplan/plan/impl/check_range.hpp>
#include <countyplan/plan/impl/check_staffing.hpp>

namespace countyplan {

namespace detail {

/// A stretch of days that counts as so many.
struct Load {
    Period period;
    std::int64_t amount = 1;
};

/// The most that fall on one day.
inline std::int64_t peak(const std::vector<Load>& loads) {
    std::vector<std::pair<std::chrono::sys_days, std::int64_t>> changes;
    for (const Load& load : loads) {
        if (load.period.empty()) continue;
        changes.emplace_back(std::max(load.period.from, first_day).days(), load.amount);
        changes.emplace_back(std::min(load.period.to, last_day).days() + std::chrono::days(1), -load.amount);
    }
    std::sort(changes.begin(), changes.end());  // on one day those who leave go first
    std::int64_t now = 0;
    std::int64_t most = 0;
    for (const auto& [day, amount] : changes) {
        now += amount;
        most = std::max(most, now);
    }
    return most;
}

class Judge {
  public:
    Judge(DraftCheck& check, const Rule& rule) : check_(check), draft_(check.draft), rule_(rule) {}

    void one_plan_per_county() {
        std::vector<std::size_t> goals(draft_.counties.size(), 0);
        std::vector<std::size_t> rows(draft_.counties.size(), 0);
        for (const Goal& goal : draft_.goals) {
            if (const Id<County> county = check_.index.find_county(goal.county)) ++goals[county.value()];
        }
        for (const County& county : draft_.counties) {
            if (const Id<County> first = check_.index.find_county(county.code)) ++rows[first.value()];
        }
        for (const Id<County> id : draft_.counties.ids()) {
            const std::string code = to_text(draft_.counties[id].code);
            if (rows[id.value()] == 0) continue;  // not the first row of its code
            if (rows[id.value()] > 1) {
                breach(place_of(id, "code"), {message::county_twice, {code, std::to_string(rows[id.value()])}}, code);
            }
            if (goals[id.value()] == 0) breach(place_of(id, ""), {message::county_without_plan, {code}}, code);
        }
    }

    void one_principal_per_school() {
        std::vector<std::vector<Load>> asked(draft_.schools.size());
        for (const Post& post : draft_.posts) {
            const Id<School> school = check_.index.find<School>(post.school);
            if (school && post.role == Role::principal)
                asked[school.value()].push_back({window_of(post), sane(post.max)});
        }
        for (const Id<School> id : draft_.schools.ids()) {
            if (!draft_.schools[id].assisted) continue;
            const std::int64_t most = peak(asked[id.value()]);
            if (most == 1) continue;
            const std::string& key = draft_.schools[id].id;
            breach(place_of(id, ""), {message::principal_posts, {shown_text(key), std::to_string(most)}}, key);
        }
        std::vector<KnownPosting> serving = known_postings(draft_, check_.index);
        std::erase_if(serving, [&](const KnownPosting& p) { return draft_.posts[p.post].role != Role::principal; });
        const auto school_of = [&](const KnownPosting& p) {
            return check_.index.find<School>(draft_.posts[p.post].school);
        };
        sort_postings(serving, school_of);
        for_each_crowding(
            serving, school_of, [](const KnownPosting&) { return std::int64_t{1}; },
            [&](const KnownPosting& p, std::size_t count) {
                const Post& post = draft_.posts[p.post];
                breach(place_of(p.id, "post"),
                       {message::principals_serving, {shown_text(post.school), std::to_string(count)}}, post.id);
            });
    }

    void term(bool of_principals) {
        const std::int64_t least = rule_.parameters.at("min_months");
        const std::int64_t most = rule_.parameters.at("max_months");
        for (const KnownPosting& posting : known_postings(draft_, check_.index)) {
            const bool is_principal = draft_.posts[posting.post].role == Role::principal;
            if (is_principal != of_principals || !rule_.in_force(posting.period.from)) continue;
            if (posting.period.from < first_day || posting.period.to > last_day) continue;
            const int months = whole_months(posting.period);
            if (months >= least && months <= most) continue;
            breach(place_of(posting.id, "to"),
                   {message::term_length, {std::to_string(months), std::to_string(least), std::to_string(most)}},
                   to_text(posting.period.to));
        }
    }

    void team_size() {
        const std::int64_t least = rule_.parameters.at("min");
        const std::int64_t most = rule_.parameters.at("max");
        std::vector<std::vector<Load>> asked(draft_.schools.size());
        for (const Post& post : draft_.posts) {
            const Id<School> school = check_.index.find<School>(post.school);
            if (school) asked[school.value()].push_back({window_of(post), sane(post.target)});
        }
        for (const Id<School> id : draft_.schools.ids()) {
            if (!draft_.schools[id].assisted) continue;
            const std::int64_t people = peak(asked[id.value()]);
            if (people >= least && people <= most) continue;
            const std::string& key = draft_.schools[id].id;
            breach(place_of(id, ""),
                   {message::team_size_outside,
                    {shown_text(key), std::to_string(people), std::to_string(least), std::to_string(most)}},
                   key);
        }
    }

    void one_school_of_each_kind() {
        std::vector<char> has(draft_.counties.size() * 2, 0);
        for (const School& school : draft_.schools) {
            const Id<County> county = check_.index.find_county(school.county);
            if (!county || !school.assisted) continue;
            if (school.kind == SchoolKind::ordinary) has[county.value() * 2] = 1;
            if (school.kind == SchoolKind::vocational) has[county.value() * 2 + 1] = 1;
        }
        for (const Id<County> id : draft_.counties.ids()) {
            if (check_.index.find_county(draft_.counties[id].code) != id) continue;
            const std::string code = to_text(draft_.counties[id].code);
            for (const SchoolKind kind : {SchoolKind::ordinary, SchoolKind::vocational}) {
                if (has[id.value() * 2 + static_cast<std::size_t>(kind)] != 0) continue;
                breach(place_of(id, ""), {message::school_kind_missing, {code, word(kind)}}, code);
            }
        }
    }

    void mentor_load() {
        const std::int64_t most = rule_.parameters.at("max");
        std::vector<std::size_t> order;
        const std::vector<Mentorship>& all = draft_.mentors.rows();
        const auto window = [&](std::size_t row) { return open_period(all[row].from, all[row].to); };
        for (std::size_t row = 0; row < all.size(); ++row) {
            if (!window(row).empty()) order.push_back(row);
        }
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return std::tuple(std::string_view(all[a].expert), window(a).from, a) <
                   std::tuple(std::string_view(all[b].expert), window(b).from, b);
        });
        std::priority_queue<Day, std::vector<Day>, std::greater<>> until;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const std::string& expert = all[order[i]].expert;
            if (i > 0 && all[order[i - 1]].expert != expert) until = {};
            while (!until.empty() && until.top() < window(order[i]).from)
                until.pop();
            until.push(window(order[i]).to);
            if (static_cast<std::int64_t>(until.size()) <= most) continue;
            breach(
                place_of(Id<Mentorship>(order[i]), "expert"),
                {message::mentor_overloaded, {shown_text(expert), std::to_string(until.size()), std::to_string(most)}},
                expert);
        }
    }

    void leaf_goal_measured() {
        std::vector<char> fine(draft_.goals.size(), 0);
        const auto mark = [&](const std::string& key) {
            if (const Id<Goal> goal = check_.index.find<Goal>(key)) fine[goal.value()] = 1;
        };
        for (const Goal& goal : draft_.goals)
            mark(goal.parent);
        for (const Indicator& indicator : draft_.indicators)
            mark(indicator.goal);
        for (const Id<Goal> id : draft_.goals.ids()) {
            const std::string& key = draft_.goals[id].id;
            if (fine[id.value()] == 0) breach(place_of(id, ""), {message::goal_not_measured, {shown_text(key)}}, key);
        }
    }

    void task_serves_goal() {
        for (const Id<Task> id : draft_.tasks.ids()) {
            const Task& task = draft_.tasks[id];
            const Id<Goal> goal = check_.index.find<Goal>(task.goal);
            if (!goal || draft_.goals[goal].county == task.county) continue;  // an unknown goal is a matter of form
            breach(place_of(id, "goal"),
                   {message::other_county,
                    {shown_text(task.goal), to_text(draft_.goals[goal].county), to_text(task.county)}},
                   task.goal);
        }
    }

  private:
    void breach(Place place, Message message, std::string_view value) {
        check_.add(rule_.severity, std::move(place), std::move(message), value,
                   {message::expect_rule, {clause(), shown_text(rule_.source)}}, {message::fix_rule},
                   is_id(rule_.id) ? rule_.id : shown_text(rule_.id));
    }
    /// The clause as it is written; in English led by what kind of rule it is.
    [[nodiscard]] MessageArgument clause() const {
        const std::string written = shown_text(rule_.clause);
        return {written, std::string(word(rule_.kind).en) + ", \"" + written + "\""};
    }
    [[nodiscard]] Period window_of(const Post& post) const {
        return {post.start.value_or(draft_.period.from), post.end.value_or(draft_.period.to)};
    }
    /// Out-of-range counts are reported elsewhere; here they only must not overflow.
    [[nodiscard]] static std::int64_t sane(std::int64_t count) {
        return std::clamp<std::int64_t>(count, 0, most_people);
    }

    DraftCheck& check_;
    const Draft& draft_;
    const Rule& rule_;
};

/// The parameters that a kind of rule has, with the least value of each.
inline std::vector<std::string_view> parameters_of(RuleKind kind) {
    switch (kind) {
        case RuleKind::principal_term:
        case RuleKind::staff_term:
            return {"max_months", "min_months"};
        case RuleKind::team_size:
            return {"max", "min"};
        case RuleKind::mentor_load:
            return {"max"};
        default:
            return {};
    }
}

inline void judge_rule(DraftCheck& check, const Rule& rule) {
    for (const std::string_view parameter : parameters_of(rule.kind)) {
        if (!rule.parameters.contains(std::string(parameter))) return;
    }
    if (static_cast<std::size_t>(rule.severity) >= enumerator_count<Severity>) return;
    Judge judge(check, rule);
    // Terms are judged posting by posting.
    if (rule.kind == RuleKind::principal_term) return judge.term(true);
    if (rule.kind == RuleKind::staff_term) return judge.term(false);
    if (!open_period(rule.from, rule.to).overlaps(check.draft.period)) return;
    switch (rule.kind) {
        case RuleKind::one_plan_per_county:
            return judge.one_plan_per_county();
        case RuleKind::one_principal_per_school:
            return judge.one_principal_per_school();
        case RuleKind::team_size:
            return judge.team_size();
        case RuleKind::one_school_of_each_kind:
            return judge.one_school_of_each_kind();
        case RuleKind::mentor_load:
            return judge.mentor_load();
        case RuleKind::leaf_goal_measured:
            return judge.leaf_goal_measured();
        case RuleKind::task_serves_goal:
            return judge.task_serves_goal();
        default:
            return;
    }
}

/// The form of the rules themselves.
inline void check_rules(DraftCheck& check) {
    const std::vector<Rule>& rules = check.draft.rules;
    std::map<std::string_view, std::size_t> first_of_id;
    for (std::size_t row = 0; row < rules.size(); ++row) {
        const Rule& rule = rules[row];
        check_id(check, place_of_rule(row, "id"), rule.id);
        const auto [first, is_new] = first_of_id.try_emplace(rule.id, row);
        if (!is_new && !rule.id.empty()) {
            check.error(place_of_rule(row, "id"),
                        {message::duplicate_id, {shown_text(rule.id), to_text(place_of_rule(first->second, "id"))}},
                        rule.id, {message::expect_unique}, {message::fix_rename});
        }
        check_value(check, place_of_rule(row, "kind"), rule.kind);
        check_text(check, place_of_rule(row, "clause"), rule.clause, false);
        check_text(check, place_of_rule(row, "source"), rule.source, false);
        check_value(check, place_of_rule(row, "from"), rule.from);
        check_value(check, place_of_rule(row, "to"), rule.to);
        in_order(check, place_of_rule(row, "to"), "from", rule.from, "to", rule.to);
        check_value(check, place_of_rule(row, "severity"), rule.severity);

        const Place place = place_of_rule(row, "parameters");
        const std::vector<std::string_view> wanted = parameters_of(rule.kind);
        for (const std::string_view name : wanted) {
            if (rule.parameters.contains(std::string(name))) continue;
            check.error(place, {message::missing_parameter, {name}}, {}, {}, {message::fix_fill_in});
        }
        for (const auto& [name, value] : rule.parameters) {
            if (std::ranges::find(wanted, std::string_view(name)) == wanted.end()) {
                check.error(place, {message::unknown_parameter, {shown_text(name)}}, name);
            } else if (value < 0 || value > most_people) {
                check.error(place, {message::parameter_outside, {name, std::to_string(value)}}, std::to_string(value),
                            {message::expect_between, {"0", std::to_string(most_people)}});
            }
        }
        if (wanted.size() == 2) {
            const auto least = rule.parameters.find(std::string(wanted[1]));
            const auto most = rule.parameters.find(std::string(wanted[0]));
            if (least != rule.parameters.end() && most != rule.parameters.end()) {
                ordered(check, place, wanted[1], least->second, wanted[0], most->second);
            }
        }
    }
}

}  // namespace detail

}  // namespace countyplan
