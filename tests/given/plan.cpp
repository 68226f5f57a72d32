#include "given/plan.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace given {

countyplan::Draft small_draft() {
    using namespace countyplan;
    Draft draft;
    draft.name = "德保县帮扶方案";
    draft.version = "1";
    draft.period = {day("2025-09-01"), day("2028-08-31")};
    draft.counties.push_back({.code = code("451024"),
                              .name_zh = "德保县",
                              .name_en = "Debao County",
                              .prefecture = "百色市",
                              .lat = 23.33,
                              .lng = 106.62});
    draft.senders.push_back(
        {.id = "SZ", .name_zh = "深圳市", .name_en = "Shenzhen", .quota_total = 8, .lat = 22.55, .lng = 114.06});
    draft.senders.push_back({.id = "SZ-NS",
                             .name_zh = "南山区",
                             .name_en = "Nanshan",
                             .kind = SenderKind::district,
                             .parent = "SZ",
                             .quota_principal = 2,
                             .lat = 22.53,
                             .lng = 113.93});
    draft.pairings.push_back({.sender = "SZ-NS", .receiver = "451024", .kind = PairingKind::county});
    draft.schools.push_back({.id = "DB-H",
                             .county = code("451024"),
                             .name_zh = "德保高中",
                             .name_en = "Debao High",
                             .kind = SchoolKind::ordinary,
                             .enrolment = 4300,
                             .assisted = true});
    draft.schools.push_back({.id = "DB-V",
                             .county = code("451024"),
                             .name_zh = "德保职校",
                             .name_en = "Debao Vocational",
                             .kind = SchoolKind::vocational,
                             .enrolment = 2100,
                             .assisted = true});
    draft.posts.push_back({.id = "P1",
                           .school = "DB-H",
                           .role = Role::principal,
                           .min = 1,
                           .target = 1,
                           .max = 1,
                           .priority = 5,
                           .critical = true});
    draft.posts.push_back(
        {.id = "P2", .school = "DB-H", .role = Role::teacher, .subject = "maths", .min = 1, .target = 2, .max = 2});
    draft.posts.push_back(
        {.id = "P3", .school = "DB-H", .role = Role::teacher, .subject = "physics", .min = 0, .target = 1, .max = 1});
    draft.posts.push_back({.id = "P4",
                           .school = "DB-V",
                           .role = Role::principal,
                           .min = 1,
                           .target = 1,
                           .max = 1,
                           .priority = 5,
                           .critical = true});
    draft.posts.push_back(
        {.id = "P5", .school = "DB-V", .role = Role::mid_level, .min = 0, .target = 1, .max = 2, .priority = 2});
    draft.experts.push_back({.id = "SZ-0001",
                             .sender = "SZ-NS",
                             .roles = {Role::principal},
                             .title = Title::senior,
                             .degree = Degree::master,
                             .years = 22,
                             .prefers = {{Noun::school, "DB-H"}}});
    draft.experts.push_back({.id = "SZ-0002",
                             .sender = "SZ",
                             .roles = {Role::principal, Role::mid_level},
                             .title = Title::senior,
                             .degree = Degree::bachelor,
                             .years = 18});
    draft.experts.push_back({.id = "SZ-0003",
                             .sender = "SZ-NS",
                             .roles = {Role::teacher},
                             .subjects = {"maths"},
                             .title = Title::first_grade,
                             .degree = Degree::bachelor,
                             .years = 9});
    draft.experts.push_back({.id = "SZ-0004",
                             .sender = "SZ",
                             .roles = {Role::teacher},
                             .subjects = {"maths", "physics"},
                             .title = Title::first_grade,
                             .degree = Degree::master,
                             .years = 11,
                             .avoids = {{Noun::school, "DB-V"}}});
    draft.experts.push_back({.id = "SZ-0005",
                             .sender = "SZ",
                             .roles = {Role::teacher},
                             .subjects = {"physics"},
                             .title = Title::second_grade,
                             .degree = Degree::bachelor,
                             .years = 5});
    draft.experts.push_back({.id = "SZ-0006",
                             .sender = "SZ-NS",
                             .roles = {Role::mid_level, Role::teacher},
                             .subjects = {"chinese"},
                             .title = Title::senior,
                             .degree = Degree::bachelor,
                             .years = 15});
    draft.teachers.push_back({.id = "T1", .school = "DB-H", .subjects = {"maths"}, .years = 3});
    draft.teachers.push_back({.id = "T2", .school = "DB-H", .subjects = {"physics"}, .years = 6, .skills = {"labs"}});
    draft.teachers.push_back({.id = "T3", .school = "DB-V", .role = Role::mid_level, .years = 12});
    draft.mentors.push_back({.expert = "SZ-0003", .teacher = "T1"});
    draft.goals.push_back(
        {.id = "G1", .county = code("451024"), .name_zh = "办好两所学校", .name_en = "Two good schools"});
    draft.goals.push_back({.id = "G2",
                           .county = code("451024"),
                           .parent = "G1",
                           .name_zh = "提高本科上线率",
                           .name_en = "Raise the undergraduate-line rate",
                           .weight = 3});
    draft.goals.push_back({.id = "G3",
                           .county = code("451024"),
                           .parent = "G1",
                           .name_zh = "提高就业率",
                           .name_en = "Raise employment",
                           .weight = 2});
    draft.indicators.push_back({.id = "I1",
                                .goal = "G2",
                                .school = "DB-H",
                                .name_zh = "本科上线率",
                                .name_en = "undergraduate-line rate",
                                .unit = "%",
                                .kind = IndicatorKind::percent,
                                .baseline = 27.56,
                                .baseline_date = day("2025-07-01"),
                                .target = 45,
                                .due = day("2028-07-01")});
    draft.indicators.push_back({.id = "I2",
                                .goal = "G3",
                                .school = "DB-V",
                                .name_zh = "就业率",
                                .name_en = "employment rate",
                                .unit = "%",
                                .kind = IndicatorKind::percent,
                                .baseline = 82,
                                .target = 95,
                                .due = day("2028-07-01")});
    draft.tasks.push_back({.id = "K1",
                           .county = code("451024"),
                           .goal = "G2",
                           .school = "DB-H",
                           .name_zh = "诊断",
                           .name_en = "Diagnose",
                           .duration = WorkDays(10)});
    draft.tasks.push_back({.id = "K2",
                           .county = code("451024"),
                           .goal = "G2",
                           .school = "DB-H",
                           .name_zh = "建立教研组",
                           .name_en = "Set up research groups",
                           .duration = WorkDays(60),
                           .optimistic = WorkDays(45),
                           .pessimistic = WorkDays(100),
                           .calendar = CalendarKind::teaching,
                           .budget = Money(5'000'000)});
    draft.tasks.push_back({.id = "K3",
                           .county = code("451024"),
                           .goal = "G3",
                           .school = "DB-V",
                           .name_zh = "签订校企协议",
                           .name_en = "Sign agreements with firms",
                           .duration = WorkDays(30),
                           .deadline = day("2026-06-30"),
                           .constraint = ConstraintKind::start_no_earlier,
                           .constraint_date = day("2025-10-09")});
    draft.tasks.push_back({.id = "K4",
                           .county = code("451024"),
                           .goal = "G1",
                           .name_zh = "中期检查",
                           .name_en = "Mid-term review",
                           .milestone = true});
    draft.links.push_back({.predecessor = "K1", .successor = "K2"});
    draft.links.push_back({.predecessor = "K2", .successor = "K4", .lag = WorkDays(5)});
    draft.links.push_back({.predecessor = "K3", .successor = "K4"});
    draft.calendar.push_back({.date = day("2025-10-01"), .kind = DayKind::off, .name_zh = "国庆节"});
    draft.calendar.push_back({.date = day("2025-09-28"), .kind = DayKind::work, .name_zh = "国庆节调休"});
    draft.terms.push_back({.from = day("2025-09-01"), .to = day("2026-01-23")});
    draft.terms.push_back({.from = day("2026-03-02"), .to = day("2026-07-10")});
    draft.influence.push_back({.from = "DB-H", .to = "DB-V", .kind = InfluenceKind::shared_teachers, .weight = 0.5});
    draft.staffing.push_back({.expert = "SZ-0001", .post = "P1", .from = day("2025-09-01"), .to = day("2028-08-31")});
    draft.ledger.push_back({.id = "F1",
                            .recorded_at = day("2025-09-10"),
                            .valid_at = day("2025-09-08"),
                            .subject = {Noun::task, "K1"},
                            .field = "started",
                            .value = "2025-09-08",
                            .source = "DB-H"});
    draft.ledger.push_back({.id = "F2",
                            .recorded_at = day("2025-09-20"),
                            .valid_at = day("2025-09-19"),
                            .subject = {Noun::task, "K1"},
                            .field = "percent",
                            .value = "80",
                            .source = "DB-H"});
    return draft;
}

countyplan::Draft random_draft(std::uint32_t seed, std::size_t counties) {
    using namespace countyplan;
    std::mt19937 random(seed);
    const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random()) % bound; };
    const auto chance = [&](std::size_t percent) { return below(100) < percent; };
    const auto number = [](std::size_t value) { return static_cast<std::int64_t>(value); };
    const auto after = [](Day from, std::size_t days) { return from + std::chrono::days(static_cast<int>(days)); };
    static const std::vector<std::string> subjects = {"chinese", "maths", "english", "physics", "chemistry"};

    Draft draft;
    draft.name = "seed " + std::to_string(seed);
    draft.version = std::to_string(below(9));
    draft.period = {day("2025-09-01"), day("2028-08-31")};
    if (chance(50)) {
        draft.rules.push_back({.id = "R-team",
                               .kind = RuleKind::team_size,
                               .clause = "about ten",
                               .severity = Severity::note,
                               .parameters = {{"min", 6}, {"max", 12}}});
    }
    draft.weights.wish = number(below(50));

    const std::size_t cities = 1 + below(3);
    for (std::size_t i = 0; i < cities; ++i) {
        const std::string city = "C" + std::to_string(i);
        Sender row{.id = city, .name_zh = "市" + std::to_string(i), .name_en = "City " + std::to_string(i)};
        if (chance(50)) row.quota_total = number(5 + below(30));
        draft.senders.push_back(row);
        for (std::size_t j = below(3); j > 0; --j) {
            Sender district{.id = city + "-D" + std::to_string(j), .kind = SenderKind::district, .parent = city};
            if (chance(30)) district.quota_principal = number(below(4));
            if (chance(30)) district.quota_teacher = number(below(8));
            draft.senders.push_back(district);
        }
    }
    const auto any_sender = [&] { return draft.senders.rows()[below(draft.senders.size())].id; };

    for (std::size_t c = 0; c < std::min<std::size_t>(counties, 60); ++c) {
        const std::string digits = std::to_string(451021 + c);
        const Code county = code(digits.c_str());
        const std::string tag = "X" + std::to_string(c);
        County county_row{
            .code = county, .name_zh = "县" + std::to_string(c), .name_en = "County " + std::to_string(c)};
        if (chance(50)) county_row.weight = 0.5 + static_cast<double>(below(10)) / 8;
        if (chance(70)) {
            county_row.lat = 23 + static_cast<double>(below(200)) / 100;
            county_row.lng = 106 + static_cast<double>(below(200)) / 100;
        }
        draft.counties.push_back(county_row);
        draft.pairings.push_back({.sender = any_sender(), .receiver = digits});

        std::vector<std::string> schools;
        for (std::size_t s = 0; s < 1 + below(3); ++s) {
            School school{
                .id = tag + "-S" + std::to_string(s), .county = county, .name_zh = "学校" + std::to_string(s)};
            school.kind = s == 0 ? SchoolKind::ordinary : s == 1 ? SchoolKind::vocational : SchoolKind::junior;
            school.assisted = s < 2;
            if (chance(80)) school.enrolment = number(500 + below(4000));
            if (s > 0) {
                draft.influence.push_back(
                    {.from = schools[0], .to = school.id, .weight = static_cast<double>(1 + below(8)) / 8});
            }
            schools.push_back(school.id);
            draft.schools.push_back(school);
            draft.posts.push_back({.id = school.id + "-P0",
                                   .school = school.id,
                                   .role = Role::principal,
                                   .min = 1,
                                   .priority = 9,
                                   .critical = true});
            for (std::size_t p = 1; p < 2 + below(6); ++p) {
                Post post{.id = school.id + "-P" + std::to_string(p), .school = school.id};
                post.role = chance(25) ? Role::mid_level : Role::teacher;
                if (post.role == Role::teacher) post.subject = subjects[below(subjects.size())];
                post.min = number(below(2));
                post.target = post.min + number(below(3));
                post.max = post.target + number(below(2));
                post.priority = number(below(5));
                post.critical = chance(20);
                if (chance(20)) post.start = after(draft.period.from, below(300));
                if (chance(20)) post.min_title = Title::first_grade;
                if (chance(20)) post.min_years = number(below(12));
                draft.posts.push_back(post);
            }
            for (std::size_t t = 0; t < 1 + below(4); ++t) {
                draft.teachers.push_back({.id = school.id + "-T" + std::to_string(t),
                                          .school = school.id,
                                          .subjects = {subjects[below(subjects.size())]},
                                          .years = number(below(30))});
            }
        }

        std::vector<std::string> goals;
        for (std::size_t g = 0; g < 1 + below(5); ++g) {
            Goal goal{.id = tag + "-G" + std::to_string(g), .county = county, .name_zh = "目标" + std::to_string(g)};
            if (g > 0 && chance(80)) goal.parent = goals[below(goals.size())];
            if (chance(60)) goal.weight = static_cast<double>(1 + below(10));
            goals.push_back(goal.id);
            draft.goals.push_back(goal);
            Indicator indicator{.id = tag + "-I" + std::to_string(g), .goal = goal.id};
            if (chance(50)) indicator.school = schools[below(schools.size())];
            indicator.baseline = static_cast<double>(10 + below(20));
            indicator.target = *indicator.baseline + 1 + static_cast<double>(below(20));
            indicator.due = after(draft.period.from, 200 + below(600));
            draft.indicators.push_back(indicator);
        }
        const std::size_t tasks = 1 + below(8);
        for (std::size_t k = 0; k < tasks; ++k) {
            Task task{.id = tag + "-K" + std::to_string(k), .county = county, .goal = goals[below(goals.size())]};
            if (chance(50)) task.school = schools[below(schools.size())];
            task.duration = WorkDays(number(1 + below(40)));
            task.milestone = chance(20);
            if (task.milestone) task.duration = WorkDays(0);
            if (chance(30)) task.calendar = CalendarKind::teaching;
            if (chance(30)) task.deadline = after(draft.period.from, 100 + below(500));
            task.budget = Money(number(below(1'000'000)));
            draft.tasks.push_back(task);
            for (std::size_t before = 0; before < k; ++before) {
                if (!chance(30)) continue;
                draft.links.push_back({.predecessor = tag + "-K" + std::to_string(before),
                                       .successor = task.id,
                                       .type = static_cast<LinkKind>(below(4)),
                                       .lag = WorkDays(number(below(10)) - 3)});
            }
            if (chance(50)) {
                draft.ledger.push_back({.id = "F-" + task.id,
                                        .recorded_at = after(draft.period.from, 40),
                                        .valid_at = after(draft.period.from, 30),
                                        .subject = {Noun::task, task.id},
                                        .field = "percent",
                                        .value = std::to_string(below(101)),
                                        .source = "seed"});
            }
        }
    }

    const std::size_t experts = draft.posts.size() + below(draft.posts.size() + 1);
    for (std::size_t e = 0; e < experts; ++e) {
        Expert expert{.id = "E" + std::to_string(e), .sender = any_sender()};
        expert.roles = {static_cast<Role>(chance(20) ? 0 : 1 + below(2))};
        if (chance(20) && expert.roles[0] != Role::teacher) expert.roles.push_back(Role::teacher);
        if (expert.roles.back() == Role::teacher) expert.subjects = {subjects[below(subjects.size())]};
        expert.title = static_cast<Title>(1 + below(5));
        expert.degree = static_cast<Degree>(2 + below(3));
        expert.years = number(below(35));
        if (chance(15)) expert.available_from = after(draft.period.from, below(200));
        if (chance(30)) expert.prefers = {{Noun::school, draft.schools.rows()[below(draft.schools.size())].id}};
        if (chance(10))
            expert.avoids = {{Noun::county, to_text(draft.counties.rows()[below(draft.counties.size())].code)}};
        if (chance(20)) {
            draft.mentors.push_back(
                {.expert = expert.id, .teacher = draft.teachers.rows()[below(draft.teachers.size())].id});
        }
        draft.experts.push_back(expert);
    }
    for (std::size_t p = 0; p < draft.posts.size(); ++p) {
        if (!chance(40) || draft.posts.rows()[p].max == 0) continue;
        const Day from = std::max(draft.posts.rows()[p].start.value_or(draft.period.from),
                                  draft.experts.rows()[p].available_from.value_or(draft.period.from));
        draft.staffing.push_back({.expert = "E" + std::to_string(p),
                                  .post = draft.posts.rows()[p].id,
                                  .from = from,
                                  .to = plus_months(from, 18) - std::chrono::days(1)});
    }
    draft.calendar.push_back({.date = day("2025-10-01"), .kind = DayKind::off, .name_zh = "国庆节"});
    draft.terms.push_back({.from = day("2025-09-01"), .to = day("2026-01-23")});
    draft.terms.push_back({.from = day("2026-03-02"), .to = day("2026-07-10")});
    for (const Sender& sender : draft.senders) {
        if (!chance(30)) continue;
        const County& county = draft.counties.rows()[below(draft.counties.size())];
        draft.distances.push_back({.sender = sender.id, .receiver = to_text(county.code), .km = number(below(3000))});
        const School& school = draft.schools.rows()[below(draft.schools.size())];
        draft.distances.push_back({.sender = sender.id, .receiver = school.id, .km = number(below(3000))});
    }
    if (chance(30)) {
        draft.couplings.push_back({.id = "C1",
                                   .kind = CouplingKind::share,
                                   .who = {Noun::sender, draft.senders.rows()[below(draft.senders.size())].id},
                                   .lower = number(below(500)),
                                   .price = number(below(100))});
        draft.couplings.push_back({.id = "C2",
                                   .kind = CouplingKind::budget,
                                   .where = {Noun::school, draft.schools.rows()[below(draft.schools.size())].id},
                                   .role = Role::teacher,
                                   .min_title = Title::senior,
                                   .upper = number(below(100'000)),
                                   .cost_month = number(below(5'000)),
                                   .clause = "一校一册"});
    }
    return draft;
}

}  // namespace given
