// What every generated county wants and does: goals, indicators (from the KPI catalogue), tasks and links.
#pragma once

#include <cstdint>
#include <string_view>

#include <countyplan/plan/goal.hpp>
#include <countyplan/plan/task.hpp>

namespace countyplan::detail {

/// Whose row it is, and so in which counties it exists.
enum class Belongs { county, ordinary, vocational, each_school };

struct GoalPattern {
    std::string_view key;
    std::string_view parent;
    Belongs belongs;
    std::int32_t weight;
    std::string_view name_zh;
    std::string_view name_en;
    std::string_view owner;
};

inline constexpr std::string_view bureau = "县教育局 county education bureau";
inline constexpr std::string_view team_office = "帮扶团队 assistance team";
inline constexpr std::string_view principal_office = "校长室 principal's office";
inline constexpr std::string_view academic_office = "教务处 academic office";
inline constexpr std::string_view moral_office = "德育处 moral education office";
inline constexpr std::string_view training_office = "实训处 training office";
inline constexpr std::string_view research_office = "教研室 research office";

inline constexpr GoalPattern goal_patterns[] = {
    {"G0", "", Belongs::county, 1, "建好县中和职校,带动全县教育",
     "Build the county's senior highs and lift its schools", bureau},
    {"G1", "G0", Belongs::county, 30, "提升普通高中办学质量", "Raise the quality of the ordinary high school",
     principal_office},
    {"G2", "G0", Belongs::vocational, 25, "提升职业学校服务产业能力", "Make the vocational school serve local industry",
     principal_office},
    {"G3", "G0", Belongs::county, 20, "建强本地教师队伍(造血)", "Strengthen the local staff (blood-making)",
     team_office},
    {"G4", "G0", Belongs::county, 15, "完善学校治理", "Improve school governance", principal_office},
    {"G5", "G0", Belongs::county, 10, "带动一方与服务保障", "Lift the region and secure support", bureau},
    {"G1.1", "G1", Belongs::county, 7, "提高教学成绩", "Raise results in teaching", academic_office},
    {"G1.2", "G1", Belongs::county, 3, "稳定县内生源", "Keep graduates of junior highs in the county", bureau},
    {"G2.1", "G2", Belongs::vocational, 5, "专业对接产业", "Match majors with industry", training_office},
    {"G2.2", "G2", Belongs::vocational, 5, "招生、就业与技能", "Enrolment, employment and skills", training_office},
    {"G3.1", "G3", Belongs::county, 5, "师徒结对与培训", "Masters, apprentices and training", team_office},
    {"G3.2", "G3", Belongs::county, 3, "教研共同体", "Shared teaching research", research_office},
    {"G3.3", "G3", Belongs::county, 2, "双向交流", "Two-way exchange", bureau},
    {"G4.1", "G4", Belongs::county, 6, "决策与制度本地化", "Local decisions and rules", principal_office},
    {"G4.2", "G4", Belongs::county, 4, "校园日常管理", "Daily order on campus", moral_office},
    {"G5.1", "G5", Belongs::county, 6, "辐射第二圈学校", "Reach the second ring of schools", research_office},
    {"G5.2", "G5", Belongs::county, 4, "经费与问题闭环", "Funds spent and problems solved", bureau},
};

/// Baseline and gain in tenths of the unit; a gain counts in the indicator's good direction.
struct IndicatorPattern {
    std::string_view goal;
    Belongs belongs;
    std::string_view name_zh;
    std::string_view name_en;
    std::string_view unit;
    IndicatorKind kind;
    Direction direction;
    std::int32_t baseline_low, baseline_high;
    std::int32_t gain_low, gain_high;
    std::int32_t every;  ///< months between two reports: 1, 3, 6 or 12
};

/// One row per row of the catalogue. Baselines and gains of the undergraduate-line rate follow published
/// examples (27.56 to 61.94, and two thirds of 17.65 to 21 points in three years); the others are invented.
inline constexpr IndicatorPattern indicator_patterns[] = {
    {"G1.1", Belongs::ordinary, "本科上线率", "Undergraduate-line rate", "%", IndicatorKind::percent, Direction::up,
     280, 620, 118, 140, 12},
    {"G1.1", Belongs::ordinary, "特殊类型招生控制线上线人数", "Top-tier-line count", "人 students",
     IndicatorKind::count, Direction::up, 100, 600, 100, 400, 12},
    {"G1.2", Belongs::county, "初中毕业生县内就读率", "Local retention of junior-high graduates", "%",
     IndicatorKind::percent, Direction::up, 550, 750, 50, 150, 12},
    {"G2.1", Belongs::vocational, "专业与产业匹配率", "Major-industry match rate", "%", IndicatorKind::percent,
     Direction::up, 500, 700, 150, 300, 12},
    {"G2.1", Belongs::vocational, "优化专业数", "Majors optimised", "个 majors", IndicatorKind::count, Direction::up, 0,
     0, 30, 80, 12},
    {"G2.1", Belongs::vocational, "订单班", "Order classes", "个 classes", IndicatorKind::count, Direction::up, 0, 10,
     10, 40, 6},
    {"G2.1", Belongs::vocational, "校企合作项目", "School-enterprise projects", "项 projects", IndicatorKind::count,
     Direction::up, 0, 30, 30, 100, 6},
    {"G2.2", Belongs::vocational, "在校生人数", "Enrolment", "人 students", IndicatorKind::count, Direction::up, 6000,
     20000, 3000, 12000, 12},
    {"G2.2", Belongs::vocational, "毕业生就业率", "Graduate employment rate", "%", IndicatorKind::percent,
     Direction::up, 800, 900, 30, 74, 12},
    {"G2.2", Belongs::vocational, "自治区(省)级技能竞赛获奖", "Skill-contest awards at region level", "项 awards",
     IndicatorKind::count, Direction::up, 0, 10, 10, 40, 12},
    {"G3.1", Belongs::county, "教师培训人次", "Teacher training attendances", "人次 person-times", IndicatorKind::count,
     Direction::up, 0, 0, 4000, 12000, 1},
    {"G3.1", Belongs::county, "在册师徒对数", "Mentor pairs active", "对 pairs", IndicatorKind::count, Direction::up, 0,
     0, 100, 300, 6},
    {"G3.1", Belongs::county, "出师师徒对数", "Mentor pairs graduated", "对 pairs", IndicatorKind::count, Direction::up,
     0, 0, 50, 200, 6},
    {"G3.2", Belongs::county, "联合教研活动", "Joint teaching-research events", "次 events", IndicatorKind::count,
     Direction::up, 0, 0, 300, 900, 1},
    {"G3.2", Belongs::county, "名师工作室", "Master-teacher studios", "个 studios", IndicatorKind::count, Direction::up,
     0, 10, 20, 60, 12},
    {"G3.3", Belongs::county, "外派跟岗教师", "Two-way exchange: sent out", "人 teachers", IndicatorKind::count,
     Direction::up, 0, 0, 100, 300, 6},
    {"G3.3", Belongs::county, "引进交流教师", "Two-way exchange: invited in", "人 teachers", IndicatorKind::count,
     Direction::up, 0, 0, 100, 500, 6},
    {"G4.1", Belongs::each_school, "决策本地化率", "Decision localisation rate", "%", IndicatorKind::percent,
     Direction::up, 250, 400, 300, 450, 6},
    {"G4.1", Belongs::each_school, "修订管理制度", "Management rules adopted", "项 rules", IndicatorKind::count,
     Direction::up, 0, 100, 200, 800, 6},
    {"G4.2", Belongs::each_school, "课堂手机违规率", "Classroom phone violations", "%", IndicatorKind::percent,
     Direction::down, 200, 350, 150, 190, 1},
    {"G4.2", Belongs::each_school, "宿舍卫生达标率", "Dormitory hygiene compliance", "%", IndicatorKind::percent,
     Direction::up, 600, 700, 200, 290, 1},
    {"G5.1", Belongs::county, "结对薄弱学校", "Paired weak schools reached", "所 schools", IndicatorKind::count,
     Direction::up, 0, 50, 100, 210, 12},
    {"G5.1", Belongs::county, "培养本地骨干", "Local backbone trained", "人 persons", IndicatorKind::count,
     Direction::up, 0, 0, 300, 900, 12},
    {"G5.2", Belongs::county, "帮扶资金执行", "Assistance funds executed", "万元 10k yuan", IndicatorKind::amount,
     Direction::up, 0, 0, 8000, 40000, 3},
    {"G5.2", Belongs::county, "三十天以上未解决问题", "Open problems older than 30 days", "个 problems",
     IndicatorKind::count, Direction::down, 80, 150, 60, 80, 1},
};

/// `at` and `deadline` are written YYYYMMDD, 0 for none. Every `optional` task is left out in some counties.
struct TaskPattern {
    std::string_view key;
    std::string_view goal;
    Belongs belongs;
    std::string_view name_zh;
    std::string_view name_en;
    std::int32_t duration;
    CalendarKind calendar;
    std::int32_t thousand_yuan;
    Measurement method;
    bool optional;
    std::int32_t constraint;  ///< 0 none, else 1 + the `ConstraintKind`
    std::int32_t at;
    std::int32_t deadline;
};

inline constexpr auto office = CalendarKind::office;
inline constexpr auto teaching = CalendarKind::teaching;

inline constexpr TaskPattern task_patterns[] = {
    {"A01", "G4.1", Belongs::county, "调研学校需求,形成需求清单", "Survey needs and write the demand list", 8, office,
     20, Measurement::zero_hundred, false, 1, 20240902, 0},
    {"A02", "G4.1", Belongs::county, "供需对接会", "Meeting to match supply and demand", 3, office, 30,
     Measurement::zero_hundred, false, 0, 0, 0},
    {"A03", "G4.1", Belongs::county, "编制任务书", "Write the task book", 5, office, 10, Measurement::fifty_fifty,
     false, 0, 0, 0},
    {"A04", "G4.1", Belongs::county, "编制路线图", "Write the road map", 4, office, 10, Measurement::fifty_fifty, false,
     0, 0, 0},
    {"A05", "G4.1", Belongs::county, "编制时间表", "Write the timetable", 3, office, 5, Measurement::fifty_fifty, false,
     0, 0, 0},
    {"A06", "G4.1", Belongs::county, "里程碑:一县一方案通过", "Milestone: the county's plan is approved", 0, office, 0,
     Measurement::zero_hundred, false, 0, 0, 20241031},
    {"A07", "G5.2", Belongs::county, "帮扶人才食宿等后勤准备", "Housing and logistics for the team", 10, office, 300,
     Measurement::percent, false, 0, 0, 0},
    {"A08", "G5.2", Belongs::county, "里程碑:团队到岗", "Milestone: the team has arrived", 0, office, 0,
     Measurement::zero_hundred, false, 0, 0, 20241031},
    {"A09", "G3.1", Belongs::county, "岗前培训", "Induction training", 4, office, 60, Measurement::zero_hundred, false,
     0, 0, 0},
    {"A10", "G1.1", Belongs::ordinary, "教学诊断", "Diagnosis of teaching", 15, teaching, 40,
     Measurement::twenty_eighty, false, 0, 0, 0},
    {"A11", "G1.1", Belongs::ordinary, "建立集体备课机制", "Set up joint lesson planning", 30, teaching, 30,
     Measurement::percent, true, 0, 0, 0},
    {"A12", "G1.1", Belongs::ordinary, "分层教学试点", "Pilot of teaching by level", 60, teaching, 80,
     Measurement::percent, false, 0, 0, 0},
    {"A13", "G1.1", Belongs::ordinary, "高三复习指导(第一年)", "Guided review for the final year, first year", 110,
     teaching, 120, Measurement::percent, false, 4, 20250606, 0},
    {"A14", "G1.1", Belongs::ordinary, "里程碑:第一次高考", "Milestone: first university entrance examination", 0,
     office, 0, Measurement::zero_hundred, false, 2, 20250610, 20250613},
    {"A15", "G1.1", Belongs::ordinary, "推广分层教学", "Spread teaching by level to all classes", 70, teaching, 100,
     Measurement::percent, false, 0, 0, 0},
    {"A16", "G1.1", Belongs::ordinary, "高三复习指导(第二年)", "Guided review for the final year, second year", 110,
     teaching, 120, Measurement::percent, false, 4, 20260605, 0},
    {"A17", "G1.1", Belongs::ordinary, "里程碑:第二次高考", "Milestone: second university entrance examination", 0,
     office, 0, Measurement::zero_hundred, false, 2, 20260610, 20260612},
    {"A18", "G1.2", Belongs::county, "初中毕业生留县宣传", "Campaign to keep junior-high graduates", 30, office, 50,
     Measurement::kpi_linear, true, 1, 20250401, 20250715},
    {"A19", "G2.1", Belongs::vocational, "专业与产业调研", "Survey of majors and local industry", 20, office, 40,
     Measurement::zero_hundred, false, 0, 0, 0},
    {"A20", "G2.1", Belongs::vocational, "专业调整方案", "Plan to open and close majors", 15, office, 20,
     Measurement::fifty_fifty, false, 0, 0, 0},
    {"A21", "G2.1", Belongs::vocational, "校企合作签约", "Agreements with enterprises", 25, office, 30,
     Measurement::percent, true, 0, 0, 0},
    {"A22", "G2.1", Belongs::vocational, "订单班招生", "Enrol order classes", 30, office, 60, Measurement::percent,
     true, 3, 20250901, 20250915},
    {"A23", "G2.1", Belongs::vocational, "实训室建设", "Build training rooms", 120, office, 3000,
     Measurement::weighted_steps, false, 0, 0, 20251031},
    {"A24", "G2.1", Belongs::vocational, "里程碑:实训室投入使用", "Milestone: training rooms in use", 0, office, 0,
     Measurement::zero_hundred, false, 0, 0, 20251115},
    {"A25", "G2.2", Belongs::vocational, "技能竞赛集训", "Training for skill contests", 60, teaching, 150,
     Measurement::percent, true, 0, 0, 0},
    {"A26", "G2.2", Belongs::vocational, "粤桂就业对接会", "Job fair of the employment alliance", 10, office, 80,
     Measurement::zero_hundred, false, 3, 20260430, 0},
    {"A27", "G2.2", Belongs::vocational, "毕业生就业跟踪", "Follow up graduates in their jobs", 40, office, 20,
     Measurement::percent, true, 0, 0, 0},
    {"A28", "G3.1", Belongs::county, "师徒结对签约", "Pair masters and apprentices", 8, office, 10,
     Measurement::zero_hundred, false, 0, 0, 20241220},
    {"A29", "G3.1", Belongs::county, "师徒跟岗实践", "Apprentices practise beside their masters", 80, teaching, 100,
     Measurement::percent, false, 0, 0, 0},
    {"A30", "G3.1", Belongs::county, "徒弟独立授课考核", "Assess apprentices who teach alone", 10, teaching, 20,
     Measurement::zero_hundred, false, 0, 0, 0},
    {"A31", "G3.1", Belongs::county, "里程碑:首批徒弟出师", "Milestone: first apprentices teach alone", 0, office, 0,
     Measurement::zero_hundred, false, 0, 0, 20250930},
    {"A32", "G3.2", Belongs::county, "组建名师工作室", "Found master-teacher studios", 20, office, 200,
     Measurement::fifty_fifty, false, 0, 0, 0},
    {"A33", "G3.2", Belongs::county, "联合教研活动", "Joint teaching research", 120, teaching, 120,
     Measurement::percent, false, 0, 0, 0},
    {"A34", "G3.3", Belongs::county, "选派本地教师外出跟岗", "Send local teachers out to learn", 45, office, 250,
     Measurement::weighted_steps, true, 0, 0, 0},
    {"A35", "G4.1", Belongs::county, "修订管理制度", "Revise the management rules", 40, office, 20,
     Measurement::percent, false, 0, 0, 0},
    {"A36", "G4.1", Belongs::county, "双主任制试行", "Two directors per office, on trial", 80, teaching, 0,
     Measurement::percent, true, 0, 0, 0},
    {"A37", "G4.1", Belongs::county, "中层独立决策交接", "Local cadres take over decisions", 30, office, 0,
     Measurement::twenty_eighty, false, 0, 0, 20260430},
    {"A38", "G4.2", Belongs::county, "校园常规整治", "Restore daily order on campus", 40, teaching, 30,
     Measurement::apportioned, true, 0, 0, 0},
    {"A39", "G5.1", Belongs::county, "选定第二圈薄弱学校", "Choose weak schools of the second ring", 10, office, 5,
     Measurement::zero_hundred, false, 0, 0, 0},
    {"A40", "G5.1", Belongs::county, "开通同步课堂", "Open the online classroom", 30, office, 400, Measurement::percent,
     true, 0, 0, 0},
    {"A41", "G5.1", Belongs::county, "第二圈教研联盟活动", "Research union of the second ring", 195, teaching, 90,
     Measurement::percent, false, 0, 0, 0},
    {"A42", "G5.2", Belongs::county, "问题清单逐月清零", "Clear the list of problems every month", 300, office, 0,
     Measurement::loe, false, 0, 0, 0},
    {"A43", "G5.2", Belongs::county, "期满总结与考核", "Final review and assessment", 15, office, 40,
     Measurement::zero_hundred, false, 0, 0, 20260731},
    {"A44", "G5.2", Belongs::county, "里程碑:期满交接", "Milestone: handed over at the end of the term", 0, office, 0,
     Measurement::zero_hundred, false, 0, 0, 20260831},
};

struct LinkPattern {
    std::string_view predecessor;
    std::string_view successor;
    LinkKind type = LinkKind::finish_start;
    std::int32_t lag = 0;
    LagCalendar lag_calendar = LagCalendar::predecessor;
};

inline constexpr LinkPattern link_patterns[] = {
    {"A01", "A02"},
    {"A02", "A03"},
    {"A03", "A04", LinkKind::start_start, 3},
    {"A04", "A05", LinkKind::finish_finish, 2},
    {"A03", "A06"},
    {"A04", "A06"},
    {"A05", "A06"},
    {"A02", "A07", LinkKind::start_start, 3},
    {"A06", "A08"},
    {"A07", "A08"},
    {"A08", "A09"},
    {"A09", "A10", LinkKind::finish_start, 2, LagCalendar::successor},
    {"A10", "A11"},
    {"A10", "A12", LinkKind::finish_start, 10},
    {"A11", "A12", LinkKind::finish_start, -5},
    {"A10", "A13", LinkKind::start_start, 10},
    {"A13", "A14"},
    {"A12", "A15"},
    {"A14", "A15", LinkKind::finish_start, 20, LagCalendar::elapsed},
    {"A15", "A16", LinkKind::start_start, 5},
    {"A16", "A17"},
    {"A09", "A18"},
    {"A09", "A19"},
    {"A19", "A20", LinkKind::finish_start, -3},
    {"A20", "A21"},
    {"A21", "A22", LinkKind::start_start, 10},
    {"A20", "A23", LinkKind::finish_start, 5, LagCalendar::project},
    {"A23", "A24"},
    {"A24", "A25", LinkKind::finish_start, 5, LagCalendar::successor},
    {"A22", "A26"},
    {"A24", "A26"},
    {"A26", "A27"},
    {"A08", "A28", LinkKind::finish_start, 5},
    {"A28", "A29"},
    {"A29", "A30", LinkKind::finish_start, -5},
    {"A29", "A31"},
    {"A30", "A31"},
    {"A09", "A32", LinkKind::finish_start, 10},
    {"A32", "A33", LinkKind::start_start, 10},
    {"A33", "A41", LinkKind::finish_finish, 10},
    {"A28", "A34", LinkKind::start_start, 30, LagCalendar::elapsed},
    {"A06", "A35"},
    {"A35", "A36", LinkKind::start_start, 10},
    {"A35", "A37"},
    {"A31", "A37", LinkKind::finish_start, 14, LagCalendar::elapsed},
    {"A37", "A36", LinkKind::start_finish, 5},
    {"A08", "A38"},
    {"A31", "A39", LinkKind::finish_start, 10},
    {"A39", "A40"},
    {"A39", "A41", LinkKind::finish_start, 5},
    {"A40", "A41", LinkKind::start_start, 5},
    {"A08", "A42"},
    {"A17", "A43", LinkKind::finish_start, 5},
    {"A37", "A43"},
    {"A36", "A43"},
    {"A24", "A43"},
    {"A41", "A43"},
    {"A43", "A44"},
    {"A42", "A44", LinkKind::finish_finish},
};

}  // namespace countyplan::detail
