// Posts and local teachers of a generated programme, and the subjects they ask for and teach.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/experiment/impl/frame.hpp>

namespace countyplan::detail {

/// Weights per mille: the project's proposal, in the order of need of the Yunnan report.
struct SubjectNeed {
    std::string_view subject;
    std::int64_t weight;
};

inline constexpr SubjectNeed ordinary_subjects[] = {
    {"maths", 160},  {"english", 160},  {"physics", 140}, {"chinese", 130}, {"chemistry", 100},
    {"biology", 80}, {"geography", 80}, {"history", 60},  {"politics", 50}, {"other", 40}};
/// The families of majors with three quarters of the need; the rest is general subjects.
inline constexpr SubjectNeed vocational_subjects[] = {{"automotive", 180},
                                                      {"electronics_it", 180},
                                                      {"nursing_early_childhood", 180},
                                                      {"agriculture", 140},
                                                      {"tourism_hospitality", 120},
                                                      {"e_commerce", 120},
                                                      {"construction", 80},
                                                      {"chinese", 90},
                                                      {"maths", 90},
                                                      {"english", 90},
                                                      {"politics", 60}};

/// Fewer experts than posts, on purpose: so many per hundred posts.
inline constexpr SubjectNeed scarce_subjects[] = {{"physics", 60}, {"nursing_early_childhood", 50}};

inline constexpr std::string_view school_functions[] = {"academic_office", "moral_education", "subject_lead",
                                                        "exam_analysis",   "timetabling",     "information",
                                                        "general_affairs"};

[[nodiscard]] inline std::span<const SubjectNeed> subjects_of(SchoolKind kind) {
    if (kind == SchoolKind::vocational) return vocational_subjects;
    return ordinary_subjects;
}

/// An index drawn in proportion to `weights`, not all of which are 0.
[[nodiscard]] inline std::size_t draw(Random& random, std::span<const std::int64_t> weights) {
    std::uint64_t ticket =
        random.below(static_cast<std::uint64_t>(std::accumulate(weights.begin(), weights.end(), std::int64_t{0})));
    std::size_t at = 0;
    while (ticket >= static_cast<std::uint64_t>(weights[at]))
        ticket -= static_cast<std::uint64_t>(weights[at++]);
    return at;
}

/// `count` different subjects of a school, the more needed ones sooner.
[[nodiscard]] inline std::vector<std::size_t> draw_subjects(Random& random, std::span<const SubjectNeed> needs,
                                                            std::size_t count) {
    std::vector<std::int64_t> weights;
    for (const SubjectNeed& need : needs)
        weights.push_back(need.weight);
    std::vector<std::size_t> out;
    while (out.size() < std::min(count, needs.size())) {
        out.push_back(draw(random, weights));
        weights[out.back()] = 0;
    }
    return out;
}

/// People per assisted school: the mean holds exactly, single schools differ by up to two.
[[nodiscard]] inline std::vector<std::int64_t> team_sizes(Random& random, const Sizes& sizes) {
    const std::vector<std::int64_t> equal(static_cast<std::size_t>(sizes.schools), 1);
    std::vector<std::int64_t> out = apportion(sizes.posts, equal);
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto& gives = out[static_cast<std::size_t>(random.below(out.size()))];
        auto& takes = out[static_cast<std::size_t>(random.below(out.size()))];
        if (&gives == &takes || gives <= 8 || takes >= 12) continue;
        --gives;
        ++takes;
    }
    return out;
}

inline void add_posts(Frame& frame, const GenerateOptions& options, const Sizes& sizes) {
    Draft& draft = frame.draft;
    const Day first = draft.period.from;
    const Day staff_end = plus_months(first, 18) - std::chrono::days(1);
    auto sizing = random_for(options.seed, Stage::posts);
    const std::vector<std::int64_t> size = team_sizes(sizing, sizes);
    std::size_t number = 0;
    for (const auto id : draft.schools.ids()) {
        const School& school = draft.schools[id];
        if (!school.assisted) continue;
        auto random = random_for(options.seed, Stage::posts, 1 + id.value());
        const std::int64_t people = size[number++];
        const std::int64_t cadres =
            std::clamp<std::int64_t>(random.between(2, 3), std::max<std::int64_t>(2, people - 9), people - 5);
        const std::int64_t teachers = people - 1 - cadres;
        const auto needs = subjects_of(school.kind);
        const auto subjects = draw_subjects(random, needs, static_cast<std::size_t>(teachers) + 1);
        const auto post = [&](const std::string& suffix, Role role) {
            Post row;
            row.id = school.id + suffix;
            row.school = school.id;
            row.role = role;
            row.start = first;
            row.end = role == Role::principal ? draft.period.to : staff_end;
            return row;
        };
        Post head = post("-P1", Role::principal);
        head.min = 1;
        head.priority = 10;
        head.critical = true;
        head.min_title = Title::senior;
        head.min_years = random.between(8, 12);
        draft.posts.push_back(std::move(head));
        for (std::int64_t k = 0; k < cadres; ++k) {
            Post row = post("-M" + std::to_string(k + 1), Role::mid_level);
            row.min = k == 0 ? 1 : 0;
            row.priority = k == 0 ? 6 : 4;
            row.min_title = Title::first_grade;
            row.min_years = random.between(5, 8);
            // Every second first cadre also leads a subject that no teacher of the team brings.
            if (k == 0 && random.chance(1, 2) && subjects.size() > static_cast<std::size_t>(teachers)) {
                row.subject = needs[subjects.back()].subject;
            }
            draft.posts.push_back(std::move(row));
        }
        for (std::int64_t k = 0; k < teachers; ++k) {
            const SubjectNeed& need = needs[subjects[static_cast<std::size_t>(k) % subjects.size()]];
            Post row = post("-T" + std::to_string(k + 1), Role::teacher);
            row.subject = need.subject;
            row.critical = need.weight >= 140 && random.chance(1, 2);
            row.min = row.critical || random.chance(1, 4) ? 1 : 0;
            row.priority = 2 + need.weight / 40;
            if (random.chance(1, 20)) row.max = 2;
            if (random.chance(1, 3)) row.min_title = random.chance(1, 2) ? Title::first_grade : Title::second_grade;
            if (random.chance(1, 3)) row.min_years = random.between(3, 6);
            draft.posts.push_back(std::move(row));
        }
    }
}

inline void add_teachers(Frame& frame, const GenerateOptions& options) {
    static constexpr std::int64_t title_weights[] = {5, 10, 35, 38, 12, 0};
    Draft& draft = frame.draft;
    for (const auto id : draft.schools.ids()) {
        const School& school = draft.schools[id];
        if (!school.assisted) continue;
        auto random = random_for(options.seed, Stage::teachers, id.value());
        const auto needs = subjects_of(school.kind);
        std::vector<std::int64_t> weights;
        for (const SubjectNeed& need : needs)
            weights.push_back(need.weight);
        for (std::int64_t k = 1; k <= options.local_teachers; ++k) {
            Teacher row;
            row.id = school.id + "-L" + padded(static_cast<std::size_t>(k), 2);
            row.school = school.id;
            row.subjects.emplace_back(needs[draw(random, weights)].subject);
            row.role = k == 1 ? Role::principal : k <= 3 ? Role::mid_level : Role::teacher;
            row.title = static_cast<Title>(draw(random, title_weights));
            row.years = random.between(1, 30);
            for (const std::string_view function : school_functions) {
                if (random.chance(row.role == Role::teacher ? 3 : 7, 20)) row.skills.emplace_back(function);
            }
            draft.teachers.push_back(std::move(row));
        }
    }
}

}  // namespace countyplan::detail
