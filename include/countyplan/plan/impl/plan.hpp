// How a plan keeps what its rows refer to.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/plan/messages.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/value_text.hpp>

namespace countyplan {

namespace detail {

/// Which rows refer to each row: compressed rows, members in id order.
template <class Of, class Member>
struct Members {
    std::vector<std::size_t> first{0};
    std::vector<Id<Member>> member;

    Members() = default;
    Members(std::size_t groups, const ById<Id<Member>, Id<Of>>& group_of) : first(groups + 1, 0) {
        for (const Id<Of> group : group_of) {
            if (group) ++first[group.value() + 1];
        }
        for (std::size_t i = 0; i < groups; ++i)
            first[i + 1] += first[i];
        member.resize(first.back());
        std::vector<std::size_t> next(first.begin(), first.end() - 1);
        for (const Id<Member> id : group_of.ids()) {
            if (const Id<Of> group = group_of[id]) member[next[group.value()]++] = id;
        }
    }

    [[nodiscard]] std::span<const Id<Member>> of(Id<Of> group) const {
        COUNTYPLAN_EXPECT(group.value() + 1 < first.size(), "id out of range");
        return std::span(member).subspan(first[group.value()], first[group.value() + 1] - first[group.value()]);
    }
};

/// The ids of a table by key, sorted: no hash that a hostile file could flood.
template <class Row>
struct IdOfKey {
    std::vector<std::pair<std::string, Id<Row>>> entries;

    [[nodiscard]] Id<Row> find(std::string_view key) const {
        const auto at = std::ranges::lower_bound(entries, key, {},
                                                 [](const auto& entry) -> std::string_view { return entry.first; });
        return at == entries.end() || at->first != key ? Id<Row>() : at->second;
    }
};

struct PlanData {
    Draft rows;
    Findings warnings;
    Digests digests;

    IdOfKey<County> county;
    IdOfKey<Sender> sender;
    IdOfKey<School> school;
    IdOfKey<Post> post;
    IdOfKey<Expert> expert;
    IdOfKey<Teacher> teacher;
    IdOfKey<Goal> goal;
    IdOfKey<Indicator> indicator;
    IdOfKey<Task> task;
    IdOfKey<Fact> fact;

    ById<Id<Sender>, Id<Sender>> sender_parent;
    ById<Id<Expert>, Id<Sender>> expert_sender;
    ById<Id<School>, Id<County>> school_county;
    ById<Id<Post>, Id<School>> post_school;
    ById<Id<Teacher>, Id<School>> teacher_school;
    ById<Id<Goal>, Id<County>> goal_county;
    ById<Id<Goal>, Id<Goal>> goal_parent;
    ById<Id<Indicator>, Id<Goal>> indicator_goal;
    ById<Id<Task>, Id<Goal>> task_goal;
    ById<Id<Task>, Id<County>> task_county;
    ById<Id<Link>, Id<Task>> link_predecessor;
    ById<Id<Link>, Id<Task>> link_successor;
    ById<Id<Posting>, Id<Expert>> posting_expert;
    ById<Id<Posting>, Id<Post>> posting_post;

    Members<County, School> county_schools;
    Members<School, Post> school_posts;
    Members<School, Teacher> school_teachers;
    Members<Sender, Expert> sender_experts;
    Members<County, Goal> county_goals;
    Members<Goal, Goal> goal_subgoals;
    Members<Goal, Indicator> goal_indicators;
    Members<Goal, Task> goal_tasks;
    Members<County, Task> county_tasks;

    PlanData(Draft draft, Findings found);

    template <class Row>
    [[nodiscard]] const IdOfKey<Row>& keys() const {
        if constexpr (std::same_as<Row, County>) return county;
        if constexpr (std::same_as<Row, Sender>) return sender;
        if constexpr (std::same_as<Row, School>) return school;
        if constexpr (std::same_as<Row, Post>) return post;
        if constexpr (std::same_as<Row, Expert>) return expert;
        if constexpr (std::same_as<Row, Teacher>) return teacher;
        if constexpr (std::same_as<Row, Goal>) return goal;
        if constexpr (std::same_as<Row, Indicator>) return indicator;
        if constexpr (std::same_as<Row, Task>) return task;
        if constexpr (std::same_as<Row, Fact>) return fact;
    }
};

}  // namespace detail

inline const Draft& Plan::rows() const { return data_->rows; }
inline const Findings& Plan::warnings() const { return data_->warnings; }
inline const Digests& Plan::digests() const { return data_->digests; }

template <class Row>
Id<Row> Plan::find(std::string_view key) const {
    return data_->keys<Row>().find(key);
}

inline Id<Sender> Plan::parent_of(Id<Sender> sender) const { return data_->sender_parent[sender]; }
inline Id<Sender> Plan::sender_of(Id<Expert> expert) const { return data_->expert_sender[expert]; }
inline Id<County> Plan::county_of(Id<School> school) const { return data_->school_county[school]; }
inline Id<School> Plan::school_of(Id<Post> post) const { return data_->post_school[post]; }
inline Id<School> Plan::school_of(Id<Teacher> teacher) const { return data_->teacher_school[teacher]; }
inline Id<County> Plan::county_of(Id<Goal> goal) const { return data_->goal_county[goal]; }
inline Id<Goal> Plan::parent_of(Id<Goal> goal) const { return data_->goal_parent[goal]; }
inline Id<Goal> Plan::goal_of(Id<Indicator> indicator) const { return data_->indicator_goal[indicator]; }
inline Id<Goal> Plan::goal_of(Id<Task> task) const { return data_->task_goal[task]; }
inline Id<County> Plan::county_of(Id<Task> task) const { return data_->task_county[task]; }
inline Id<Task> Plan::predecessor_of(Id<Link> link) const { return data_->link_predecessor[link]; }
inline Id<Task> Plan::successor_of(Id<Link> link) const { return data_->link_successor[link]; }
inline Id<Expert> Plan::expert_of(Id<Posting> posting) const { return data_->posting_expert[posting]; }
inline Id<Post> Plan::post_of(Id<Posting> posting) const { return data_->posting_post[posting]; }

inline std::span<const Id<School>> Plan::schools_of(Id<County> county) const {
    return data_->county_schools.of(county);
}
inline std::span<const Id<Post>> Plan::posts_of(Id<School> school) const { return data_->school_posts.of(school); }
inline std::span<const Id<Teacher>> Plan::teachers_of(Id<School> school) const {
    return data_->school_teachers.of(school);
}
inline std::span<const Id<Expert>> Plan::experts_of(Id<Sender> sender) const {
    return data_->sender_experts.of(sender);
}
inline std::span<const Id<Goal>> Plan::goals_of(Id<County> county) const { return data_->county_goals.of(county); }
inline std::span<const Id<Goal>> Plan::subgoals_of(Id<Goal> goal) const { return data_->goal_subgoals.of(goal); }
inline std::span<const Id<Indicator>> Plan::indicators_of(Id<Goal> goal) const {
    return data_->goal_indicators.of(goal);
}
inline std::span<const Id<Task>> Plan::tasks_of(Id<Goal> goal) const { return data_->goal_tasks.of(goal); }
inline std::span<const Id<Task>> Plan::tasks_of(Id<County> county) const { return data_->county_tasks.of(county); }

inline Period Plan::period_of(Id<Post> post) const {
    const Post& row = rows().posts[post];
    return {row.start.value_or(rows().period.from), row.end.value_or(rows().period.to)};
}
inline Period Plan::availability_of(Id<Expert> expert) const {
    const Expert& row = rows().experts[expert];
    return {row.available_from.value_or(rows().period.from), row.available_to.value_or(rows().period.to)};
}

}  // namespace countyplan
