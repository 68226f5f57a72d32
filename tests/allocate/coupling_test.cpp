#include <countyplan/allocate/coupling.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/allocate/audit.hpp>
#include <countyplan/allocate/distance.hpp>
#include <countyplan/solve/random.hpp>

#include "given/allocate.hpp"
#include "given/coupling.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

/// Anybody anywhere, whatever the rules: what counts does not ask whether a posting is allowed.
Staffing any_staffing(const Draft& draft, Random& random) {
    Staffing out;
    for (const Expert& expert : draft.experts)
        for (const Post& post : draft.posts)
            if (random.chance(1, 4))
                out.push_back(
                    {expert.id, post.id, post.start.value_or(draft.period.from), post.end.value_or(draft.period.to)});
    return out;
}

/// One person in one post, told by the texts of the draft.
struct Served {
    Expert expert;
    Post post;
    School school;
};

struct Meaning {
    const Draft& draft;
    std::vector<Served> all{};

    Meaning(const Draft& d, const Staffing& staffing) : draft(d) {
        for (const Posting& p : staffing) {
            const Post& post = given::row_of(d.posts, p.post);
            all.push_back({given::row_of(d.experts, p.expert), post, given::row_of(d.schools, post.school)});
        }
    }

    [[nodiscard]] bool is_of(const Expert& expert, const Reference& who) const {
        if (who.noun == Noun::plan) return true;
        for (std::string s = expert.sender; !s.empty(); s = given::row_of(draft.senders, s).parent)
            if (s == who.id) return true;
        return false;
    }
    [[nodiscard]] static bool is_in(const School& school, const Reference& where) {
        return where.noun == Noun::plan || where.id == school.id || where.id == to_text(school.county);
    }
    [[nodiscard]] static std::string place(CouplingScope per, const School& school) {
        if (per == CouplingScope::plan) return "plan:";
        return per == CouplingScope::school ? "school:" + school.id : "county:" + to_text(school.county);
    }
    [[nodiscard]] bool names(const Coupling& c, const Served& s) const {
        return is_of(s.expert, c.who) && (!c.role || s.post.role == *c.role) &&
               (c.subject.empty() || s.post.subject == c.subject) && (!c.min_title || s.expert.title >= *c.min_title);
    }

    /// place (or group) -> breach, zero or not, of one coupling.
    [[nodiscard]] std::map<std::string, std::int64_t> breaches(const Coupling& c) const {
        std::map<std::string, std::int64_t> out;
        std::set<std::string> places, groups;
        for (const Post& post : draft.posts) {
            const School& school = given::row_of(draft.schools, post.school);
            if (is_in(school, c.where)) places.insert(place(c.per, school));
        }
        for (const Expert& e : draft.experts)
            if (!e.group.empty() && (c.group.empty() || c.group == e.group)) groups.insert(e.group);
        const auto within = [&](const Served& s, const std::string& where) {
            return is_in(s.school, c.where) && place(c.per, s.school) == where;
        };
        if (c.kind == CouplingKind::unit) {
            std::set<std::string> seen;
            for (const Served& s : all)
                if (is_of(s.expert, c.who)) seen.insert(place(c.per, s.school));
            out["plan:"] = seen.empty() ? 0 : std::ssize(seen) - 1;
            return out;
        }
        if (c.kind == CouplingKind::together || c.kind == CouplingKind::apart) {
            for (const std::string& group : groups) {
                std::map<std::string, std::set<std::string>> there;
                for (const Served& s : all)
                    if (s.expert.group == group) there[place(c.per, s.school)].insert(s.expert.id);
                const auto size =
                    std::ranges::count_if(draft.experts.rows(), [&](const Expert& e) { return e.group == group; });
                std::int64_t most = 0;
                for (const auto& [where, people] : there) {
                    const auto n = std::ssize(people);
                    most = std::max(most, static_cast<std::int64_t>(n));
                    if (c.kind == CouplingKind::apart) out[where + group] = n > *c.upper ? n - *c.upper : 0;
                }
                if (c.kind == CouplingKind::together) out["plan:" + group] = there.empty() ? 0 : size - most;
            }
            return out;
        }
        const DistanceFinder distance{Plan(draft)};
        const Plan plan(draft);
        for (const std::string& where : places) {
            std::int64_t n = 0, named = 0, yuan = 0;
            std::set<std::string> senders;
            for (const Served& s : all) {
                if (!within(s, where)) continue;
                ++n;
                if (!names(c, s)) continue;
                ++named;
                senders.insert(s.expert.sender);
                const Period days = plan.period_of(plan.find<Post>(s.post.id));
                yuan += c.cost_person.value_or(0) + c.cost_month.value_or(0) * whole_months(days) +
                        c.cost_km.value_or(0) *
                            distance.km(plan.find<Sender>(s.expert.sender), plan.find<School>(s.school.id));
            }
            std::int64_t breach = 0;
            const auto over = [&](std::int64_t value) { return std::max<std::int64_t>(0, value - *c.upper); };
            if (c.kind == CouplingKind::share) {
                // people to add to, or to take from, those named until the share of n is right
                while (c.lower && 1000 * (named + breach) < *c.lower * n)
                    ++breach;
                std::int64_t less = 0;
                while (c.upper && 1000 * (named - less) > *c.upper * n)
                    ++less;
                breach = std::max(breach, less);
            } else if (c.kind == CouplingKind::count) {
                if (c.lower && named < *c.lower) breach = *c.lower - named;
                if (c.upper && named > *c.upper) breach = over(named);
            } else if (c.kind == CouplingKind::senders) {
                breach = over(std::ssize(senders));
            } else if (c.kind == CouplingKind::leader) {
                if (n > 0 && named < *c.lower) breach = *c.lower - named;
            } else {
                breach = over(yuan);
            }
            out[where] = breach;
        }
        return out;
    }
};

TEST(CouplingLaw, CountsAreTheirDefinitionsWordByWord) {
    std::size_t broken = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(50'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 70);
        Draft draft = given::small_draft(seed, {.experts = 6, .posts = 5});
        given::add_couplings(draft, random, 6);
        const Plan plan(draft);
        const Staffing staffing = any_staffing(draft, random);
        const std::vector<CouplingCount> counts = coupling_counts(plan, staffing);
        const Meaning meaning(draft, staffing);
        std::vector<std::int64_t> costs(draft.objective.size());
        for (const Id<Coupling> id : draft.couplings.ids()) {
            const Coupling& row = draft.couplings[id];
            std::map<std::string, std::int64_t> told;
            for (const CouplingCount& count : counts)
                if (count.coupling == id) told[to_text(count.place) + count.group] = count.breach;
            const auto meant = meaning.breaches(row);
            ASSERT_EQ(told, meant) << row.id << " " << name(row.kind);
            for (const auto& [where, breach] : meant) {
                broken += breach > 0 ? 1 : 0;
                if (row.price) {
                    const auto tier = std::ranges::find(draft.objective, *row.tier) - draft.objective.begin();
                    costs[static_cast<std::size_t>(tier)] += breach * *row.price;
                }
            }
        }
        EXPECT_EQ(coupling_costs(plan, counts), costs);
        // An audit tells each breach once, as an error where there is no price.
        const Audit told = audit(plan, staffing);
        std::vector<std::int64_t> amounts, expected;
        for (std::size_t k = 0; k < told.findings.size(); ++k) {
            if (told.findings[k].place.table != "couplings") continue;
            amounts.push_back(told.amounts[k]);
            const Coupling& row = draft.couplings.rows()[told.findings[k].place.row.value()];
            EXPECT_EQ(told.findings[k].severity, row.price ? Severity::note : Severity::error);
            EXPECT_EQ(told.findings[k].rule, row.id);
        }
        for (const CouplingCount& count : counts)
            if (count.breach > 0) expected.push_back(count.breach);
        EXPECT_EQ(amounts, expected);
    }
    EXPECT_GT(broken, 100U);
}

TEST(Coupling, TellsByHowMuchInBothLanguages) {
    Draft draft = given::small_draft(3, {.experts = 4, .posts = 1});
    draft.posts.rows()[0] = {.id = "P-0", .school = "school-1", .min = 0, .target = 4, .max = 4};
    draft.senders = {};
    draft.senders.push_back({.id = "SZ"});
    draft.senders.push_back({.id = "MM"});
    draft.pairings = {};
    draft.rules.clear();
    for (std::size_t e = 0; e < 4; ++e)
        draft.experts.rows()[e] = {
            .id = "E-" + std::to_string(e), .sender = e < 1 ? "SZ" : "MM", .roles = {Role::teacher}};
    draft.couplings.push_back(
        {.id = "east", .kind = CouplingKind::share, .who = {Noun::sender, "SZ"}, .lower = 375, .upper = 394});
    draft.couplings.push_back({.id = "few", .kind = CouplingKind::senders, .upper = 1, .price = 7});
    Staffing staffing;
    for (std::size_t e = 0; e < 4; ++e)
        staffing.push_back({"E-" + std::to_string(e), "P-0", draft.period.from, draft.period.to});
    const Plan plan(draft);
    const Audit told = audit(plan, staffing);
    ASSERT_EQ(told.findings.size(), 2U);
    EXPECT_EQ(text(told.findings[0].message, Language::en), "'east', school:school-1: 1 of 4 people; 1 off");
    EXPECT_EQ(text(told.findings[0].message, Language::zh), "“east”，school:school-1：4 人中有 1 人，差 1 人");
    EXPECT_EQ(text(told.findings[1].message, Language::en), "'few', school:school-1: people of 2 senders; 1 too many");
    EXPECT_EQ(coupling_costs(plan, coupling_counts(plan, staffing)), (std::vector<std::int64_t>{0, 0, 0, 7}));
}

TEST(Coupling, CostsBeyond64BitsAreRefused) {
    Draft draft = given::small_draft(3);
    draft.couplings.push_back(
        {.id = "C", .kind = CouplingKind::budget, .upper = 0, .cost_person = 1, .price = 1'000'000});
    const Plan plan(draft);
    EXPECT_THROW((void)coupling_costs(plan, {{.coupling = Id<Coupling>(0), .breach = std::int64_t{1} << 50}}),
                 std::overflow_error);
}

}  // namespace
}  // namespace countyplan
