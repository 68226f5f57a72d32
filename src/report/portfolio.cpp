#include <countyplan/report/portfolio.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <countyplan/allocate/score.hpp>
#include <countyplan/plan/subject.hpp>
#include <countyplan/report/messages.hpp>
#include <countyplan/report/tracking_messages.hpp>
#include <countyplan/report/tracking_tables.hpp>
#include <countyplan/version.hpp>

#include "words.hpp"

namespace countyplan {

using detail::county_words;
using detail::titles;

namespace {

LocalText school_words(const Plan& plan, Id<School> id) {
    const School& school = plan.rows().schools[id];
    if (school.name_zh.empty() && school.name_en.empty()) return {school.id, school.id};
    return {school.name_zh, school.name_en};
}

/// A subject that the published need lists name is translated, any other shown as the plan writes it.
LocalText subject_words(const std::string& subject) {
    const MessageText* const known = known_subject(subject);
    if (known != nullptr) return {std::string(known->zh), std::string(known->en)};
    return {subject, subject};
}

LocalText sender_words(const Sender& sender) {
    if (sender.name_zh.empty() && sender.name_en.empty()) return {sender.id, sender.id};
    return {sender.name_zh, sender.name_en};
}

Cell yes_or_empty(bool value, Tone tone) { return value ? Cell(Message(message::word_yes), tone) : Cell(); }

Cell share_cell(std::optional<double> value, Tone tone = Tone::plain) {
    if (!value || !std::isfinite(*value)) return Cell();
    return {*Share::from(std::clamp(*value, 0.0, 1.0)), tone};
}

Cell status_cell(ProgressStatus status) {
    switch (status) {
        case ProgressStatus::unknown:
            return {Message(word(status)), Tone::muted};
        case ProgressStatus::complete:
            return {Message(word(status)), Tone::good};
        case ProgressStatus::overdue:
            return {Message(word(status)), Tone::bad};
        case ProgressStatus::open:
            return {Message(word(status))};
    }
    return Cell();
}

Cell colour_cell(WarningColour colour) {
    switch (colour) {
        case WarningColour::grey:
            return {Message(word(colour)), Tone::muted};
        case WarningColour::blue:
        case WarningColour::green:
            return {Message(word(colour)), Tone::good};
        case WarningColour::amber:
            return {Message(word(colour)), Tone::watch};
        case WarningColour::red:
            break;
    }
    return {Message(word(colour)), Tone::bad};
}

Cell day_or_empty(std::optional<Day> day) { return day ? Cell(*day) : Cell(); }

/// A date, marked where it rests on holidays that are not announced.
Cell dated(Day day, bool provisional) { return provisional ? Cell(to_text(day) + "*") : Cell(day); }

/// A column of the coverage: a subject whatever the role, or a role whose posts name no subject.
struct CoverageColumn {
    std::optional<Role> role;  ///< only where there is no subject
    std::string subject;

    explicit CoverageColumn(const Fulfilment& row) : subject(row.subject) {
        if (subject.empty()) role = row.role;
    }

    /// Roles come before subjects.
    friend bool operator<(const CoverageColumn& a, const CoverageColumn& b) {
        return std::tuple(!a.role, a.role, std::string_view(a.subject)) <
               std::tuple(!b.role, b.role, std::string_view(b.subject));
    }
    [[nodiscard]] Cell title() const { return role ? Cell(Message(word(*role))) : Cell(subject_words(subject)); }
};

/// People in place of those wished for, summed; bad where any part is below its minimum.
struct Coverage {
    std::int64_t filled = 0;
    std::int64_t target = 0;
    bool short_of_min = false;

    void add(const Fulfilment& row) {
        filled += row.filled;
        target += row.target;
        short_of_min = short_of_min || row.filled < row.min;
    }
    [[nodiscard]] Cell cell() const {
        const Tone tone = filled >= target ? Tone::good : short_of_min ? Tone::bad : Tone::watch;
        return {std::to_string(filled) + " / " + std::to_string(target), tone};
    }
};

}  // namespace

ReportTable coverage_table(const Plan& plan, std::span<const Fulfilment> fulfilment) {
    ReportTable out{.id = "coverage", .title = message::table_coverage, .empty_note = message::nothing_needed};
    std::map<CoverageColumn, std::size_t> columns;
    for (const Fulfilment& row : fulfilment)
        columns.try_emplace(CoverageColumn(row), 0);
    out.columns = titles({message::column_county});
    for (auto& [column, at] : columns) {
        at = out.columns.size();
        out.columns.push_back(column.title());
    }
    out.columns.push_back(Message(message::word_total));
    std::map<Id<County>, std::map<std::size_t, Coverage>> counties;
    for (const Fulfilment& row : fulfilment) {
        std::map<std::size_t, Coverage>& covered = counties[row.county];
        covered[columns.at(CoverageColumn(row))].add(row);
        covered[out.columns.size() - 1].add(row);
    }
    for (const auto& [county, covered] : counties) {
        std::vector<Cell> cells(out.columns.size());
        cells.front() = county_words(plan, county);
        for (const auto& [at, coverage] : covered)
            cells[at] = coverage.cell();
        out.rows.push_back(std::move(cells));
    }
    return out;
}

ReportTable staffing_table(const Plan& plan, const Staffing& staffing) {
    ReportTable out{
        .id = "staffing",
        .title = message::table_staffing,
        .columns = titles({message::column_county, message::column_school, message::column_post, message::column_role,
                           message::column_subject, message::column_expert, message::column_sender,
                           message::column_from, message::column_to, message::column_fit}),
        .empty_note = message::nothing_posted};
    const FitScore fit(plan);
    std::vector<std::tuple<Id<County>, Id<School>, Id<Post>, Id<Expert>, const Posting*>> order;
    for (const Posting& posting : staffing) {
        const Id<Post> post = plan.find<Post>(posting.post);
        const Id<Expert> expert = plan.find<Expert>(posting.expert);
        if (post && expert) order.emplace_back(plan.county_of(post), plan.school_of(post), post, expert, &posting);
    }
    std::ranges::sort(order);
    for (const auto& [county, school, post, expert, posting] : order) {
        const Post& row = plan.rows().posts[post];
        const Sender& sender = plan.rows().senders[plan.sender_of(expert)];
        out.rows.push_back(
            {county_words(plan, county), school_words(plan, school), row.id, Message(word(row.role)),
             row.subject.empty() ? Cell(Message(message::any_subject_column)) : Cell(subject_words(row.subject)),
             posting->expert, sender_words(sender), posting->from, posting->to, fit.score(expert, post)});
    }
    return out;
}

ReportTable unfilled_table(const Plan& plan, const Allocation& allocation) {
    ReportTable out{
        .id = "unfilled",
        .title = message::table_unfilled,
        .columns = titles({message::column_county, message::column_school, message::column_post, message::column_role,
                           message::column_subject, message::column_critical, message::column_short_min,
                           message::column_short_target, message::column_reason}),
        .empty_note = message::nothing_unfilled};
    for (const Unfilled& unfilled : allocation.unfilled) {
        const Id<Post> post = plan.find<Post>(unfilled.post);
        if (!post) continue;
        const Post& row = plan.rows().posts[post];
        out.rows.push_back(
            {county_words(plan, plan.county_of(post)), school_words(plan, plan.school_of(post)), row.id,
             Message(word(row.role)),
             row.subject.empty() ? Cell(Message(message::any_subject_column)) : Cell(subject_words(row.subject)),
             yes_or_empty(row.critical, Tone::bad),
             Cell(unfilled.short_of_min, unfilled.short_of_min > 0 ? Tone::bad : Tone::plain), unfilled.short_of_target,
             unfilled.reason});
    }
    return out;
}

ReportTable conflict_table(const Plan& plan, const Allocation& allocation) {
    ReportTable out{.id = "conflict",
                    .title = message::table_conflict,
                    .columns = titles({message::column_set, message::column_bound}),
                    .empty_note = message::nothing_contradicts};
    for (const SetBound& bound : conflict(plan, allocation))
        out.rows.push_back({bound.set, describe(plan, bound)});
    return out;
}

ReportTable rule_table(const Plan& plan) {
    const RuleCoverage coverage = rule_coverage(plan);
    ReportTable out{.id = "rules",
                    .title = message::table_rules,
                    .columns = titles({message::column_rule, message::column_clause, message::column_is_kept,
                                       message::column_reason}),
                    .empty_note = message::nothing_ruled};
    for (const Rule& rule : plan.rows().rules) {
        const auto left = std::ranges::find(coverage.left_out, rule.id, &LeftOutRule::rule);
        if (left != coverage.left_out.end()) {
            out.rows.push_back(
                {Message(word(rule.kind)), rule.clause, {Message(message::rule_not_kept), Tone::watch}, left->reason});
        } else if (std::ranges::count(coverage.terms, rule.id) > 0) {
            out.rows.push_back({Message(word(rule.kind)), rule.clause, Message(message::word_yes), Cell()});
        }
    }
    const auto add_kept = [&out](const MessageText& what, std::int64_t number) {
        if (number > 0) out.rows.push_back({Message(what), number, Message(message::word_yes), Cell()});
    };
    add_kept(message::rules_sender_quotas, coverage.sender_quotas);
    add_kept(message::rules_quotas, coverage.quotas);
    add_kept(message::rules_decisions, coverage.decisions);
    return out;
}

Message tier_title(Tier tier, const UserTierNames& names) {
    const auto own = user_tier(tier);
    if (own && !names[*own].empty()) return {message::report_named, {names[*own]}};
    return word(tier);
}

ReportTable fairness_table(const FairnessPrice& price, const UserTierNames& names) {
    ReportTable out{.id = "fairness",
                    .title = message::table_fairness,
                    .columns = titles({message::column_tier, message::column_fair, message::column_unfair}),
                    .empty_note = message::nothing_else_counts};
    for (const FairnessTier& row : price.tiers)
        out.rows.push_back({tier_title(row.tier, names), to_text(row.fair), to_text(row.unfair)});
    return out;
}

PointsGiven points_given(const Allocation& allocation) {
    PointsGiven out;
    std::set<std::pair<std::string_view, std::string_view>> posted;
    for (const Posting& posting : allocation.staffing)
        posted.emplace(posting.expert, posting.post);
    for (const GivenPair& row : allocation.given) {
        if (!posted.contains({row.expert, row.post})) continue;
        out.points += Int128(row.points);
        out.doubt += Int128(row.doubt);
    }
    return out;
}

ReportTable timeline_table(const Plan& plan, const Tracking& tracking) {
    ReportTable out{.id = "timeline",
                    .title = message::table_timeline,
                    .columns = titles({message::column_county, message::column_task, message::column_name,
                                       message::column_planned_finish, message::column_start, message::column_finish,
                                       message::column_late_finish, message::column_float, message::column_is_critical,
                                       message::column_longest, message::column_status, message::column_colour}),
                    .empty_note = message::nothing_planned};
    for (const CountyTimeline& county : tracking.schedule.counties) {
        for (const Id<Task> id : county.tasks) {
            const Task& task = plan.rows().tasks[id];
            const TaskDates& planned = tracking.planned.tasks[id];
            const TaskDates& dates = tracking.schedule.tasks[id];
            out.rows.push_back(
                {county_words(plan, county.county), task.id, LocalText{task.name_zh, task.name_en},
                 dated(planned.early_finish, planned.provisional), dated(dates.early_start, dates.provisional),
                 dated(dates.early_finish, dates.provisional), dated(dates.late_finish, dates.provisional),
                 dates.total_float
                     ? Cell(dates.total_float->count(), dates.total_float->count() < 0 ? Tone::bad : Tone::plain)
                     : Cell(),
                 yes_or_empty(dates.critical_by_float, Tone::watch), yes_or_empty(dates.on_longest_path, Tone::watch),
                 status_cell(tracking.progress.tasks[id].status), colour_cell(tracking.warnings.tasks[id].colour)});
        }
    }
    return out;
}

namespace {

void append_rolled_up(std::vector<Cell>& cells, const RolledUp& node, const Warning& warning) {
    cells.push_back(share_cell(node.value));
    cells.push_back(share_cell(node.coverage));
    cells.push_back(day_or_empty(node.oldest));
    cells.push_back(Message(word(node.mode)));
    cells.push_back(status_cell(node.status));
    cells.push_back(colour_cell(warning.colour));
}

}  // namespace

ReportTable province_table(const Plan&, const Tracking& tracking) {
    ReportTable out{.id = "provinces",
                    .title = message::table_provinces,
                    .columns = titles({message::column_province, message::column_value, message::column_equal,
                                       message::column_coverage, message::column_status, message::column_colour}),
                    .empty_note = message::nothing_planned};
    for (std::size_t i = 0; i < tracking.roll_up.provinces.size(); ++i) {
        const ProvinceRollUp& province = tracking.roll_up.provinces[i];
        out.rows.push_back({to_text(province.province), share_cell(province.weighted.value),
                            share_cell(province.equal.value), share_cell(province.weighted.coverage),
                            status_cell(province.weighted.status), colour_cell(tracking.warnings.provinces[i].colour)});
    }
    return out;
}

ReportTable county_table(const Plan& plan, const Tracking& tracking) {
    ReportTable out{.id = "counties",
                    .title = message::table_counties,
                    .columns = titles({message::column_code, message::column_county, message::column_value,
                                       message::column_coverage, message::column_oldest, message::column_weights,
                                       message::column_status, message::column_colour}),
                    .empty_note = message::nothing_planned};
    for (const Id<County> id : tracking.roll_up.counties.ids()) {
        std::vector<Cell> cells{to_text(plan.rows().counties[id].code), county_words(plan, id)};
        append_rolled_up(cells, tracking.roll_up.counties[id], tracking.warnings.counties[id]);
        out.rows.push_back(std::move(cells));
    }
    return out;
}

ReportTable goal_table(const Plan& plan, const Tracking& tracking) {
    ReportTable out{.id = "goals",
                    .title = message::table_goals,
                    .columns = titles({message::column_county, message::column_goal, message::column_name,
                                       message::column_value, message::column_coverage, message::column_oldest,
                                       message::column_weights, message::column_status, message::column_colour}),
                    .empty_note = message::nothing_planned};
    for (const Id<County> county : plan.rows().counties.ids()) {
        for (const Id<Goal> id : plan.goals_of(county)) {
            const Goal& goal = plan.rows().goals[id];
            std::vector<Cell> cells{county_words(plan, county), goal.id, LocalText{goal.name_zh, goal.name_en}};
            append_rolled_up(cells, tracking.roll_up.goals[id], tracking.warnings.goals[id]);
            out.rows.push_back(std::move(cells));
        }
    }
    return out;
}

ReportTable warning_table(const Plan& plan, const Tracking& tracking) {
    ReportTable out{.id = "warnings",
                    .title = message::table_warnings,
                    .columns = titles({message::column_county, message::column_colour, message::column_cause}),
                    .empty_note = message::nothing_amiss};
    for (const WarningColour colour : {WarningColour::red, WarningColour::amber, WarningColour::grey}) {
        for (const Id<County> id : tracking.warnings.counties.ids()) {
            const Warning& warning = tracking.warnings.counties[id];
            if (warning.colour != colour) continue;
            for (const std::uint32_t cause : warning.causes) {
                out.rows.push_back({county_words(plan, id), colour_cell(colour),
                                    describe(plan, tracking.roll_up, tracking.warnings.causes[cause])});
            }
        }
    }
    return out;
}

ReportTable rate_table(const Plan& plan, const Tracking& tracking) {
    ReportTable out{
        .id = "rates",
        .title = message::table_rates,
        .columns = titles({message::column_area, message::column_indicator, message::column_group,
                           message::column_count, message::column_of, message::column_rate, message::column_with_data}),
        .empty_note = message::no_rates};
    for (const RateRollUp& rate : tracking.roll_up.rates) {
        const Indicator& indicator = plan.rows().indicators[rate.indicator];
        const auto add = [&](const Cell& group, const RateGroup& numbers) {
            const auto value = numbers.value();
            out.rows.push_back({to_text(rate.area), LocalText{indicator.name_zh, indicator.name_en}, group,
                                numbers.numerator, numbers.denominator, value ? Cell(*value) : Cell(),
                                std::to_string(rate.with_data) + " / " + std::to_string(rate.indicators)});
        };
        add(Message(message::everybody), rate.whole);
        for (const RateGroup& group : rate.groups)
            add(group.group, group);
    }
    return out;
}

ReportTable finding_table(std::span<const Finding> findings) {
    ReportTable out{.id = "findings",
                    .title = message::table_findings,
                    .columns = titles({message::column_severity, message::column_place, message::column_rule,
                                       message::column_finding, message::column_remedy}),
                    .empty_note = message::nothing_found};
    for (const Finding& finding : findings) {
        const Tone tone = finding.severity == Severity::error     ? Tone::bad
                          : finding.severity == Severity::warning ? Tone::watch
                                                                  : Tone::muted;
        out.rows.push_back({Cell(Message(word(finding.severity)), tone), to_text(finding.place), finding.rule,
                            finding.message, finding.remedy});
    }
    return out;
}

namespace {

/// What the objective comes to, and how much of fit rests on the caller's own factors.
void add_values(Report& report, const Allocation& allocation) {
    for (const TierValue& tier : allocation.tiers)
        report.figures.push_back({tier_title(tier.tier, allocation.names), to_text(tier.value)});
    if (allocation.given.empty()) return;
    const PointsGiven given = points_given(allocation);
    report.figures.push_back({message::report_given, to_text(given.points)});
    report.figures.push_back({message::report_doubt, to_text(given.doubt)});
}

void add_conflict(Report& report, const Plan& plan, const Allocation& allocation) {
    report.sections.push_back({.id = "conflict",
                               .title = message::section_conflict,
                               .paragraphs = {message::lead_conflict},
                               .tables = {conflict_table(plan, allocation)}});
}

/// What was kept and what was not, and what fairness costs.
void add_rules(Report& report, const Plan& plan, const FairnessPrice* fairness, const UserTierNames& names) {
    ReportSection section{.id = "rules",
                          .title = message::section_rules,
                          .paragraphs = {message::lead_rules},
                          .tables = {rule_table(plan)}};
    if (fairness != nullptr) {
        if (fairness->termination != Termination::optimal) section.paragraphs.push_back(message::lead_fairness_stopped);
        section.tables.push_back(fairness_table(*fairness, names));
    }
    report.sections.push_back(std::move(section));
}

void add_allocation(Report& report, const Plan& plan, const Allocation& allocation, const FairnessPrice* fairness) {
    if (allocation.termination != Termination::optimal && allocation.termination != Termination::feasible) {
        report.figures.push_back({message::report_termination, Message(word(allocation.termination))});
        report.figures.push_back({message::report_claim, Message(word(allocation.claim))});
        if (allocation.termination == Termination::infeasible) add_conflict(report, plan, allocation);
        add_rules(report, plan, nullptr, {});
        return;
    }
    const std::vector<Fulfilment> rows = fulfilment(plan, allocation.staffing);
    std::int64_t target = 0;
    for (const Fulfilment& row : rows)
        target += row.target;
    report.figures.push_back({message::report_posts_target, target});
    report.figures.push_back({message::report_posted, static_cast<std::int64_t>(allocation.staffing.size())});
    report.figures.push_back({message::report_short_posts, static_cast<std::int64_t>(allocation.unfilled.size())});
    report.figures.push_back({message::report_claim, Message(word(allocation.claim))});
    add_values(report, allocation);
    report.sections.push_back({.id = "coverage",
                               .title = message::section_coverage,
                               .paragraphs = {message::lead_coverage},
                               .tables = {coverage_table(plan, rows)}});
    report.sections.push_back(
        {.id = "unfilled", .title = message::section_unfilled, .tables = {unfilled_table(plan, allocation)}});
    report.sections.push_back(
        {.id = "staffing", .title = message::section_staffing, .tables = {staffing_table(plan, allocation.staffing)}});
    add_rules(report, plan, fairness, allocation.names);
}

void add_tracking(Report& report, const Plan& plan, const Tracking& tracking) {
    report.figures.push_back({message::report_as_of, tracking.as_of.valid});
    report.figures.push_back({message::report_logic, Message(word(tracking.options.schedule.logic))});
    report.sections.push_back(
        {.id = "progress",
         .title = message::section_progress,
         .paragraphs = {message::lead_progress},
         .tables = {province_table(plan, tracking), county_table(plan, tracking), warning_table(plan, tracking),
                    rate_table(plan, tracking), goal_table(plan, tracking)}});
    report.sections.push_back({.id = "value",
                               .title = message::section_value,
                               .paragraphs = {message::lead_value},
                               .tables = {earned_value_table(plan, tracking)}});
    report.sections.push_back({.id = "timeline",
                               .title = message::section_timeline,
                               .paragraphs = {message::lead_timeline, message::lead_paths},
                               .tables = {baseline_table(plan, tracking), delay_table(plan, tracking),
                                          float_path_table(plan, tracking), timeline_table(plan, tracking)}});
    report.sections.push_back({.id = "quality",
                               .title = message::section_quality,
                               .paragraphs = {message::lead_quality},
                               .tables = {quality_table(plan, tracking)}});
}

}  // namespace

Report portfolio(const Plan& plan, const Allocation* allocation, const Tracking* tracking,
                 std::span<const Finding> findings, const FairnessPrice* fairness) {
    Report report{.name = plan.rows().name, .title = message::report_title};
    const Draft& rows = plan.rows();
    report.figures.push_back({message::report_counties, static_cast<std::int64_t>(rows.counties.size())});
    report.figures.push_back({message::report_schools,
                              static_cast<std::int64_t>(std::ranges::count(rows.schools, true, &School::assisted))});
    report.figures.push_back({message::report_experts, static_cast<std::int64_t>(rows.experts.size())});
    if (allocation != nullptr) add_allocation(report, plan, *allocation, fairness);
    if (tracking != nullptr) add_tracking(report, plan, *tracking);
    std::vector<Finding> all(findings.begin(), findings.end());
    if (tracking != nullptr) {
        const Findings more = tracking_findings(*tracking);
        all.insert(all.end(), more.begin(), more.end());
    }
    report.sections.push_back({.id = "findings", .title = message::section_findings, .tables = {finding_table(all)}});
    report.origin = {{message::report_version, std::string(version)},
                     {message::report_plan_print, to_text(plan.digests().plan)},
                     {message::report_staffing_print, to_text(plan.digests().staffing)},
                     {message::report_ledger_print,
                      to_text(tracking != nullptr ? tracking->digests.ledger : plan.digests().ledger)}};
    return report;
}

}  // namespace countyplan
