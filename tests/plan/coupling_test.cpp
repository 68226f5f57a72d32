#include <countyplan/plan/coupling.hpp>

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/plan/check.hpp>

#include "given/plan.hpp"

namespace countyplan {
namespace {

using Said = std::vector<std::string>;

/// What `check` says about the small draft with this coupling, of which two experts are the group `pair`.
Said said_of(Coupling row) {
    Draft draft = given::small_draft();
    draft.experts.rows()[0].group = draft.experts.rows()[1].group = "pair";
    if (row.id.empty()) row.id = "C-1";
    draft.couplings.push_back(std::move(row));
    Said out;
    for (const Finding& f : check(draft))
        out.push_back(std::string(name(f.severity)) + " " + std::string(f.message.code()) + " " + to_text(f.place));
    return out;
}
Said refused(const std::string& code, const std::string& field) { return {"error " + code + " couplings[0]." + field}; }

const Reference from_shenzhen{Noun::sender, "SZ"};

TEST(CheckCoupling, LetsPassWhatEachKindNeeds) {
    using enum CouplingKind;
    EXPECT_EQ(said_of({.kind = share, .who = from_shenzhen, .lower = 375, .upper = 394}), Said{});
    EXPECT_EQ(said_of({.kind = share, .min_title = Title::senior, .upper = 1000, .price = 0}), Said{});
    EXPECT_EQ(said_of({.kind = count, .where = {Noun::school, "DB-H"}, .role = Role::teacher, .upper = 3}), Said{});
    EXPECT_EQ(said_of({.kind = senders, .upper = 2, .price = 500, .tier = Tier::fit}), Said{});
    EXPECT_EQ(said_of({.kind = unit, .who = from_shenzhen, .per = CouplingScope::county}), Said{});
    EXPECT_EQ(said_of({.kind = together, .group = "pair"}), Said{});
    EXPECT_EQ(said_of({.kind = apart, .upper = 1}), Said{});
    EXPECT_EQ(said_of({.kind = leader, .role = Role::principal, .lower = 1}), Said{});
    EXPECT_EQ(said_of({.kind = budget, .per = CouplingScope::plan, .upper = 1'000'000, .cost_month = 3'000}), Said{});
}

TEST(CheckCoupling, RefusesWhatIsMissing) {
    using enum CouplingKind;
    EXPECT_EQ(said_of({.kind = share}), refused("coupling_needs", "lower"));
    EXPECT_EQ(said_of({.kind = count}), refused("coupling_needs", "lower"));
    EXPECT_EQ(said_of({.kind = senders}), refused("coupling_needs", "upper"));
    EXPECT_EQ(said_of({.kind = apart}), refused("coupling_needs", "upper"));
    EXPECT_EQ(said_of({.kind = leader}), refused("coupling_needs", "lower"));
    EXPECT_EQ(said_of({.kind = budget, .cost_km = 1}), refused("coupling_needs", "upper"));
    EXPECT_EQ(said_of({.kind = budget, .upper = 1}), refused("coupling_needs", "cost_person"));
    EXPECT_EQ(said_of({.kind = unit}), refused("reference_kind", "who"));
    EXPECT_EQ(said_of({.kind = leader, .lower = 1, .tier = Tier::fit}), refused("coupling_needs", "tier"));
    EXPECT_EQ(said_of({.id = " ", .kind = leader, .lower = 1}), refused("id_format", "id"));
}

TEST(CheckCoupling, RefusesWhatMeansNothing) {
    using enum CouplingKind;
    EXPECT_EQ(said_of({.kind = together, .role = Role::teacher}), refused("coupling_refuses", "role"));
    EXPECT_EQ(said_of({.kind = together, .lower = 1}), refused("coupling_refuses", "lower"));
    EXPECT_EQ(said_of({.kind = apart, .who = from_shenzhen, .upper = 1}), refused("reference_kind", "who"));
    EXPECT_EQ(said_of({.kind = apart, .where = {Noun::school, "DB-H"}, .upper = 1}),
              refused("reference_kind", "where"));
    EXPECT_EQ(said_of({.kind = apart, .per = CouplingScope::plan, .upper = 1}), refused("coupling_refuses", "per"));
    EXPECT_EQ(said_of({.kind = unit, .who = from_shenzhen, .group = "pair"}), refused("coupling_refuses", "group"));
    EXPECT_EQ(said_of({.kind = senders, .lower = 1, .upper = 2}), refused("coupling_refuses", "lower"));
    EXPECT_EQ(said_of({.kind = count, .upper = 2, .cost_person = 1}), refused("coupling_refuses", "cost_person"));
    EXPECT_EQ(said_of({.kind = together, .group = "nobody"}), Said{"warning coupling_of_nobody couplings[0].group"});
}

TEST(CheckCoupling, RefusesNumbersOutOfRangeAndBoundsThatCross) {
    using enum CouplingKind;
    EXPECT_EQ(said_of({.kind = share, .lower = -1}), refused("number_outside", "lower"));
    EXPECT_EQ(said_of({.kind = share, .upper = 1001}), refused("number_outside", "upper"));
    EXPECT_EQ(said_of({.kind = share, .lower = 400, .upper = 300}), refused("bounds_crossed", "upper"));
    EXPECT_EQ(said_of({.kind = apart, .upper = 0}), refused("number_outside", "upper"));
    EXPECT_EQ(said_of({.kind = leader, .lower = 1, .price = -1}), refused("number_outside", "price"));
    EXPECT_EQ(said_of({.kind = leader, .lower = 1, .price = 1'000'001}), refused("number_outside", "price"));
    EXPECT_EQ(said_of({.kind = budget, .upper = 1, .cost_km = 1'000'001}), refused("number_outside", "cost_km"));
    EXPECT_EQ(said_of({.kind = leader, .lower = 1, .price = 1, .tier = Tier::moves}), refused("coupling_tier", "tier"));
    EXPECT_EQ(said_of({.kind = leader, .who = {Noun::sender, "SZ-X"}, .lower = 1}),
              refused("unknown_reference", "who"));
    EXPECT_EQ(said_of({.kind = leader, .where = {Noun::county, "451025"}, .lower = 1}),
              refused("unknown_reference", "where"));
}

TEST(CheckCoupling, NamesRowsThatSayTheSame) {
    Draft draft = given::small_draft();
    const Coupling row{.id = "C-1", .kind = CouplingKind::leader, .lower = 1};
    draft.couplings.push_back(row);
    draft.couplings.push_back(row);
    EXPECT_TRUE(has_errors(check(draft)));  // one id
    draft.couplings.rows()[1].id = "C-2";
    const Findings same = check(draft);
    ASSERT_EQ(same.size(), 1U);
    EXPECT_EQ(same[0].message.code(), "repeated_row");
    draft.couplings.rows()[1].price = 5;  // one must be kept, the other has a price: a limit and a charge
    EXPECT_TRUE(check(draft).empty());
}

}  // namespace
}  // namespace countyplan
