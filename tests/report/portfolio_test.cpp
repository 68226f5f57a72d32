#include <countyplan/report/portfolio.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/report/messages.hpp>
#include <countyplan/report/tracking_messages.hpp>
#include <countyplan/report/tracking_tables.hpp>

#include "given/plan.hpp"

namespace {

using namespace countyplan;

std::string en(const Cell& cell) { return cell_text(cell, Language::en); }

const ReportTable* table_of(const Report& report, std::string_view id) {
    for (const ReportSection& section : report.sections) {
        for (const ReportTable& table : section.tables) {
            if (table.id == id) return &table;
        }
    }
    return nullptr;
}

TEST(PortfolioLaw, EveryRowHasACellForEveryColumn) {
    for (std::uint32_t seed = 0; seed < 25; ++seed) {
        const Draft draft = seed == 0 ? given::small_draft() : given::random_draft(seed, 1 + seed % 3);
        const Findings findings = check(draft);
        const Plan plan(draft);
        const Allocation allocation = allocate(plan);
        const Tracking tracking = track(plan, given::day("2026-01-10"));
        const Report report = portfolio(plan, &allocation, &tracking, findings);
        std::set<std::string> ids;
        for (const ReportSection& section : report.sections) {
            EXPECT_TRUE(ids.insert(section.id).second || section.id.empty()) << section.id;
            for (const ReportTable& table : section.tables) {
                EXPECT_TRUE(std::regex_match(table.id, std::regex("[a-z_]+")));
                EXPECT_FALSE(table.title.empty());
                EXPECT_FALSE(table.empty_note.empty());
                for (const std::vector<Cell>& row : table.rows)
                    ASSERT_EQ(row.size(), table.columns.size()) << table.id;
            }
        }
        EXPECT_EQ(table_of(report, "staffing")->rows.size(), allocation.staffing.size());
        EXPECT_EQ(table_of(report, "unfilled")->rows.size(), allocation.unfilled.size());
        EXPECT_EQ(table_of(report, "timeline")->rows.size(), draft.tasks.size());
        EXPECT_EQ(table_of(report, "goals")->rows.size(), draft.goals.size());
        EXPECT_EQ(table_of(report, "counties")->rows.size(), draft.counties.size());
        EXPECT_EQ(table_of(report, "findings")->rows.size(), findings.size() + tracking_findings(tracking).size());
    }
}

TEST(CoverageLaw, CountsEachPersonWhereHePosts) {
    // a second way: person by person, post by post
    for (std::uint32_t seed = 1; seed <= 25; ++seed) {
        const Plan plan(given::random_draft(seed, 3));
        const Allocation allocation = allocate(plan);
        const ReportTable table = coverage_table(plan, fulfilment(plan, allocation.staffing));
        std::map<std::string, std::pair<std::int64_t, std::int64_t>> total;  // by the county's name
        for (const Post& post : plan.rows().posts) {
            const auto school = std::ranges::find(plan.rows().schools, post.school, &School::id);
            const auto county = std::ranges::find(plan.rows().counties, school->county, &County::code);
            auto& [filled, target] = total[county->name_en];
            const auto here = std::ranges::count(allocation.staffing, post.id, &Posting::post);
            filled += std::min<std::int64_t>(here, post.target);
            target += post.target;
        }
        ASSERT_EQ(table.rows.size(), total.size());
        for (const std::vector<Cell>& row : table.rows) {
            const auto& [filled, target] = total.at(en(row.front()));
            EXPECT_EQ(en(row.back()), std::to_string(filled) + " / " + std::to_string(target));
            std::int64_t sum = 0;
            for (std::size_t c = 1; c + 1 < row.size(); ++c)
                sum += en(row[c]).empty() ? 0 : std::stoll(en(row[c]));
            EXPECT_EQ(sum, filled);
        }
    }
}

TEST(Coverage, HasAColumnPerRoleWithoutSubjectThenPerSubjectWhateverTheRole) {
    const Plan plan(given::small_draft());
    const auto part = [&](Role role, const char* subject, std::int64_t min, std::int64_t target, std::int64_t filled) {
        return Fulfilment{.county = Id<County>(0),
                          .role = role,
                          .subject = subject,
                          .min = min,
                          .target = target,
                          .posted = filled,
                          .filled = filled};
    };
    const std::vector<Fulfilment> parts = {part(Role::principal, "", 1, 1, 1), part(Role::mid_level, "maths", 2, 2, 1),
                                           part(Role::teacher, "", 0, 3, 2), part(Role::teacher, "maths", 1, 4, 4),
                                           part(Role::teacher, "physics", 1, 2, 2)};
    const ReportTable table = coverage_table(plan, parts);
    std::vector<std::string> titles;
    for (const Cell& column : table.columns)
        titles.push_back(en(column));
    EXPECT_EQ(titles,
              (std::vector<std::string>{"county", "principal", "backbone teacher", "maths", "physics", "total"}));
    ASSERT_EQ(table.rows.size(), 1U);
    EXPECT_EQ(en(table.rows[0][3]), "5 / 6");
    EXPECT_EQ(table.rows[0][3].tone, Tone::bad) << "the head of maths is missing, however many teach it";
    EXPECT_EQ(table.rows[0][2].tone, Tone::watch);
    EXPECT_EQ(table.rows[0][4].tone, Tone::good);
    EXPECT_EQ(en(table.rows[0][5]), "10 / 12");
}

TEST(Portfolio, OfAnEmptyPlanSaysThatThereIsNothing) {
    // item 34
    const Plan plan{Draft{}};
    const Allocation allocation = allocate(plan);
    const Tracking tracking = track(plan, given::day("2026-01-10"));
    const Report report = portfolio(plan, &allocation, &tracking, {});
    for (const ReportSection& section : report.sections) {
        for (const ReportTable& table : section.tables)
            EXPECT_TRUE(table.rows.empty()) << table.id;
    }
    EXPECT_EQ(en(report.figures[0].value), "0");
    const Report bare = portfolio(plan, nullptr, nullptr, {});
    ASSERT_EQ(bare.sections.size(), 1U);
    EXPECT_EQ(bare.sections[0].id, "findings");
}

TEST(Portfolio, ShowsIdsWhereNamesAreMissing) {
    Draft draft = given::small_draft();
    for (School& row : draft.schools.rows())
        row.name_zh = row.name_en = "";
    for (Sender& row : draft.senders.rows())
        row.name_zh = row.name_en = "";
    for (County& row : draft.counties.rows())
        row.name_zh = row.name_en = "";
    const Plan plan(draft);
    const ReportTable table = staffing_table(plan, draft.staffing);
    ASSERT_EQ(table.rows.size(), 1U);
    EXPECT_EQ(en(table.rows[0][0]), "451024");
    EXPECT_EQ(en(table.rows[0][1]), "DB-H");
    EXPECT_EQ(en(table.rows[0][6]), "SZ-NS");
}

TEST(Portfolio, NamesTheReasonOfAnUnfilledPost) {
    Draft draft = given::small_draft();
    draft.experts.rows().resize(2);
    draft.mentors.rows().clear();
    const Plan plan(draft);
    const Allocation allocation = allocate(plan);
    const ReportTable table = unfilled_table(plan, allocation);
    ASSERT_EQ(table.rows.size(), allocation.unfilled.size());
    ASSERT_FALSE(table.rows.empty());
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        EXPECT_EQ(en(table.rows[i][2]), allocation.unfilled[i].post);
        EXPECT_EQ(en(table.rows[i].back()), text(allocation.unfilled[i].reason, Language::en));
    }
}

TEST(Portfolio, ShowsTheValuesOfThePlansOwnObjective) {
    Draft draft = given::small_draft();
    draft.objective = {Tier::wishes, Tier::shortfall};
    const Plan plan(draft);
    const Allocation allocation = allocate(plan);
    const Report report = portfolio(plan, &allocation, nullptr, {});
    std::vector<std::string> labels;
    for (const KeyFigure& figure : report.figures) {
        for (const TierValue& tier : allocation.tiers) {
            if (figure.label.code() != name(tier.tier)) continue;
            labels.emplace_back(figure.label.code());
            EXPECT_EQ(en(figure.value), to_text(tier.value));
        }
    }
    EXPECT_EQ(labels, (std::vector<std::string>{"wishes", "shortfall"}));
}

TEST(Portfolio, CallsTheCallersOwnTierByItsName) {
    Draft draft = given::small_draft();
    draft.objective = {Tier::shortfall, Tier::user_1};
    const Plan plan(draft);
    const UserTier tier{Tier::user_1, "rapport", [](Id<Expert>, Id<Post>) { return std::int64_t{3}; }};
    const Allocation allocation = allocate(plan, {.flow = {}, .rules = {.tiers = {tier}}});
    const Report report = portfolio(plan, &allocation, nullptr, {});
    const auto figure =
        std::ranges::find(report.figures, "rapport", [](const KeyFigure& f) { return text(f.label, Language::zh); });
    ASSERT_NE(figure, report.figures.end());
    EXPECT_EQ(en(figure->value), std::to_string(3 * allocation.staffing.size()));
    EXPECT_EQ(text(tier_title(Tier::user_1, {}), Language::en), "own tier 1");
    EXPECT_EQ(text(tier_title(Tier::fit, {"rapport", "", ""}), Language::en), "fit");
    const FairnessPrice price{.tiers = {{.tier = Tier::user_1}}};
    EXPECT_EQ(en(fairness_table(price, allocation.names).rows.at(0).at(0)), "rapport");
}

TEST(Portfolio, OfAnImpossiblePlanShowsTheConflictAndNoStaffing) {
    Draft draft = given::small_draft();
    draft.quotas.push_back({.id = "Q-many", .holder = {Noun::plan, ""}, .lower = 1'000});
    const Plan plan(draft);
    const Allocation allocation = allocate(plan);
    ASSERT_EQ(allocation.termination, Termination::infeasible);
    const Report report = portfolio(plan, &allocation, nullptr, {});
    EXPECT_EQ(table_of(report, "staffing"), nullptr);
    const ReportTable* const table = table_of(report, "conflict");
    ASSERT_NE(table, nullptr);
    ASSERT_EQ(table->rows.size(), conflict(plan, allocation).size());
    EXPECT_EQ(en(table->rows.back()[0]), "quota:Q-many");
}

TEST(Portfolio, SaysHowMuchOfFitIsTheCallersAndHowMuchIsInDoubt) {
    const Plan plan(given::small_draft());
    UserRules rules;
    rules.factors.push_back({"taste", 2, [](Id<Expert>, Id<Post>) { return Measure{100, 30}; }});
    const Allocation allocation = allocate(plan, {.flow = {}, .rules = rules});
    const auto posted = static_cast<std::int64_t>(allocation.staffing.size());
    EXPECT_EQ(points_given(allocation), (PointsGiven{Int128(140 * posted), Int128(60 * posted)}));
    const Report report = portfolio(plan, &allocation, nullptr, {});
    const auto figure =
        std::ranges::find(report.figures, "report_doubt", [](const KeyFigure& f) { return f.label.code(); });
    ASSERT_NE(figure, report.figures.end());
    EXPECT_EQ(en(figure->value), std::to_string(60 * posted));
}

TEST(ReportMessages, AreAllThereInBothLanguagesOnce) {
    std::set<std::string_view> codes;
    for (const MessageText* row : all_report_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_FALSE(row->zh.empty());
        EXPECT_FALSE(row->en.empty());
    }
    const std::size_t own = codes.size();
    for (const MessageText* row : all_tracking_report_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_FALSE(row->zh.empty());
        EXPECT_FALSE(row->en.empty());
    }
    EXPECT_EQ(codes.size() - own, 65U);
}

TEST(AmountCell, IsMoneyToTheFenOrANumber) {
    EXPECT_EQ(en(amount_cell(ValueUnit::money, 12345.5)), "123.46");
    EXPECT_EQ(en(amount_cell(ValueUnit::points, 12345.5)), "123.46");
    EXPECT_EQ(en(amount_cell(ValueUnit::money, 100.0)), "1.00");
    EXPECT_EQ(en(amount_cell(ValueUnit::points, 100.0)), "1");
    EXPECT_EQ(amount_cell(ValueUnit::money, 2e25), Cell(2e25 / 100.0)) << "beyond what money holds";
    EXPECT_EQ(amount_cell(ValueUnit::money, std::nullopt), Cell());
}

TEST(EarnedValueTable, MarksSlowIndicesByTheThresholdsOfTheWarnings) {
    Tracking tracking;
    tracking.earned_value.counties = ById<Id<County>, EarnedValue>(1);
    tracking.earned_value.counties[Id<County>(0)].sums = {.budget = 100, .planned = 100, .earned = 90, .actual = 100};
    Draft draft;
    County county;
    county.code = *Code::parse("451024");
    draft.counties.push_back(county);
    draft.period = {given::day("2025-01-01"), given::day("2025-12-31")};
    const Plan plan(draft);
    const auto tone_of_spi = [&] { return earned_value_table(plan, tracking).rows.at(0).at(8).tone; };
    EXPECT_EQ(tone_of_spi(), Tone::watch);
    tracking.options.warning.slow_red = 0.92;
    EXPECT_EQ(tone_of_spi(), Tone::bad);
    tracking.options.warning = {.slow_red = 0.5, .slow_amber = 0.6};
    EXPECT_EQ(tone_of_spi(), Tone::plain);
}

}  // namespace
