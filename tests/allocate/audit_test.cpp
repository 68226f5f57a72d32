#include <countyplan/allocate/audit.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/audit_messages.hpp>
#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/solve/random.hpp>

#include "given/allocate.hpp"
#include "given/law.hpp"
#include "given/plan.hpp"

namespace countyplan {
namespace {

using Breaches = std::set<std::string>;

/// The errors as `place rule`, the plan's own rules left out.
Breaches errors_of(const Plan& plan, const Audit& audit) {
    Breaches out;
    for (const Finding& finding : audit.findings) {
        if (finding.severity != Severity::error) continue;
        if (std::ranges::count(plan.rows().rules, finding.rule, &Rule::id) > 0) continue;
        out.insert(to_text(finding.place) + " " + finding.rule);
    }
    return out;
}

bool below(const Draft& draft, std::string sender, const std::string& above) {
    for (; !sender.empty(); sender = given::row_of(draft.senders, sender).parent)
        if (sender == above) return true;
    return false;
}

bool named(const Draft& draft, const Reference& where, const Post& post) {
    return where.noun == Noun::plan || where.id == post.id || where.id == post.school ||
           where.id == to_text(given::row_of(draft.schools, post.school).county);
}

bool named(const Draft& draft, const Reference& who, const Expert& expert) {
    return who.noun == Noun::plan || (who.noun == Noun::expert && who.id == expert.id) ||
           (who.noun == Noun::sender && below(draft, expert.sender, who.id));
}

bool meets(const Decision& d, Day from, Day to) { return d.from.value_or(from) <= to && from <= d.to.value_or(to); }

/// 1000 / place of the first wish that names the post.
std::int64_t wish(const Draft& draft, const Expert& expert, const Post& post) {
    for (std::size_t k = 0; k < expert.prefers.size(); ++k)
        if (named(draft, expert.prefers[k], post)) return 1000 / static_cast<std::int64_t>(k + 1);
    return 0;
}

/// The posts in which the present staffing has the expert, as far as `keep` or `no_worse` speaks of them.
std::vector<Post> held(const Draft& draft, const Decision& d, const Expert& expert) {
    std::vector<Post> out;
    if (d.kind != DecisionKind::keep && d.kind != DecisionKind::no_worse) return out;
    for (const Posting& now : draft.staffing) {
        const Post& post = given::row_of(draft.posts, now.post);
        if (now.expert == expert.id && named(draft, d.who, expert) && named(draft, d.where, post) &&
            meets(d, now.from, now.to))
            out.push_back(post);
    }
    return out;
}

/// Whether the decision speaks against the pair, word by word from the definitions.
bool is_against(const Draft& draft, const Decision& d, const Expert& expert, const Post& post) {
    const bool is_there = named(draft, d.where, post) &&
                          meets(d, post.start.value_or(draft.period.from), post.end.value_or(draft.period.to));
    if (d.kind == DecisionKind::forbid) return is_there && named(draft, d.who, expert);
    if (d.kind == DecisionKind::require) return d.who.id == expert.id && !is_there;
    const std::vector<Post> now = held(draft, d, expert);
    if (now.empty()) return false;
    if (d.kind == DecisionKind::keep) return std::ranges::count(now, post.id, &Post::id) == 0;
    return std::ranges::any_of(now, [&](const Post& p) { return wish(draft, expert, p) > wish(draft, expert, post); });
}

/// What is broken, evaluated word by word; of refused pairs only that they are.
Breaches naive(const Draft& draft, const Staffing& staffing) {
    Breaches out;
    const auto row = [](const char* table, std::size_t at) {
        return std::string(table) + "[" + std::to_string(at) + "]";
    };
    std::set<std::pair<std::string, std::string>> pairs;  // expert, post
    std::set<std::string> experts;
    for (std::size_t i = 0; i < staffing.size(); ++i) {
        const Posting& p = staffing.rows()[i];
        const auto expert = std::ranges::find(draft.experts, p.expert, &Expert::id);
        const auto post = std::ranges::find(draft.posts, p.post, &Post::id);
        if (expert == draft.experts.end()) out.insert(row("staffing", i) + ".expert staffing.expert");
        if (post == draft.posts.end()) out.insert(row("staffing", i) + ".post staffing.post");
        if (expert != draft.experts.end() && !experts.insert(p.expert).second)
            out.insert(row("staffing", i) + ".expert staffing.once");
        if (post == draft.posts.end()) continue;
        if (p.from != post->start.value_or(draft.period.from)) {
            out.insert(row("staffing", i) + ".from staffing.dates");
        } else if (p.to != post->end.value_or(draft.period.to)) {
            out.insert(row("staffing", i) + ".to staffing.dates");
        }
        if (expert == draft.experts.end()) continue;
        if (!given::may_serve(draft, *expert, *post)) out.insert(row("staffing", i) + ".post refused");
        if (!pairs.insert({p.expert, p.post}).second) continue;
        for (const Decision& d : draft.decisions) {
            if (is_against(draft, d, *expert, *post)) out.insert(row("staffing", i) + ".post " + d.id);
        }
    }
    for (std::size_t i = 0; i < draft.posts.size(); ++i) {
        const Post& post = draft.posts.rows()[i];
        if (std::ranges::count(pairs, post.id, &std::pair<std::string, std::string>::second) > post.max)
            out.insert(row("posts", i) + ".max post.max");
    }
    std::set<std::string> sent;
    for (const auto& [expert, post] : pairs)
        sent.insert(expert);
    const auto count_sent = [&](const std::string& sender, std::optional<Role> role, bool own) {
        return std::ranges::count_if(sent, [&](const std::string& id) {
            const Expert& e = given::row_of(draft.experts, id);
            return (own ? e.sender == sender : below(draft, e.sender, sender)) && (!role || e.roles.front() == *role);
        });
    };
    for (std::size_t i = 0; i < draft.senders.size(); ++i) {
        const Sender& s = draft.senders.rows()[i];
        const auto check = [&](const std::optional<std::int64_t>& quota, std::int64_t count, const char* field) {
            if (quota && count > *quota) out.insert(row("senders", i) + "." + field + " sender." + field);
        };
        check(s.quota_principal, count_sent(s.id, Role::principal, true), "quota_principal");
        check(s.quota_mid_level, count_sent(s.id, Role::mid_level, true), "quota_mid_level");
        check(s.quota_teacher, count_sent(s.id, Role::teacher, true), "quota_teacher");
        check(s.quota_total, count_sent(s.id, std::nullopt, false), "quota_total");
    }
    for (std::size_t i = 0; i < draft.quotas.size(); ++i) {
        const Quota& q = draft.quotas.rows()[i];
        const auto count = q.holder.noun == Noun::sender
                               ? count_sent(q.holder.id, q.role, false)
                               : std::ranges::count_if(pairs, [&](const auto& pair) {
                                     const Post& post = given::row_of(draft.posts, pair.second);
                                     return named(draft, q.holder, post) && (!q.role || post.role == *q.role) &&
                                            (q.subject.empty() || post.subject == q.subject);
                                 });
        if (count < q.lower) out.insert(row("quotas", i) + ".lower " + q.id);
        if (q.upper && count > *q.upper) out.insert(row("quotas", i) + ".upper " + q.id);
    }
    for (std::size_t i = 0; i < draft.decisions.size(); ++i) {
        const Decision& d = draft.decisions.rows()[i];
        for (const Expert& expert : draft.experts) {
            const bool must = d.kind == DecisionKind::require ? d.who.id == expert.id : !held(draft, d, expert).empty();
            if (must && !sent.contains(expert.id)) out.insert(row("decisions", i) + " " + d.id);
        }
    }
    return out;
}

/// A plan with quotas and decisions, and whatever staffing as the present one.
Draft random_plan(std::uint64_t seed) {
    Draft draft = given::small_draft(seed, {8, 6});
    draft.rules.clear();
    Random random(seed + 77);
    const Reference places[] = {
        {Noun::plan, ""}, {Noun::county, "451024"}, {Noun::school, "school-1"}, {Noun::post, "P-2"}};
    const Reference people[] = {{Noun::plan, ""}, {Noun::sender, "SZ"}, {Noun::sender, "LG"}, {Noun::expert, "E-3"}};
    for (std::size_t i = 0; i < 3; ++i) {
        Quota q{.id = "Q-" + std::to_string(i),
                .holder = random.chance(1, 2) ? people[1 + random.below(2)] : places[random.below(3)]};
        if (random.chance(1, 2)) q.role = static_cast<Role>(random.below(3));
        if (q.holder.noun != Noun::sender && random.chance(1, 3)) q.subject = "maths";
        q.lower = random.between(0, 2);
        if (random.chance(1, 2)) q.upper = q.lower + random.between(0, 1);
        draft.quotas.push_back(q);
        Decision d{.id = "D-" + std::to_string(i), .kind = static_cast<DecisionKind>(random.below(4))};
        if (random.chance(1, 4)) d.from = given::day("2025-06-01");
        if (random.chance(1, 4)) d.to = given::day("2026-10-01");
        d.who = d.kind == DecisionKind::require ? people[3] : people[random.below(4)];
        d.where = places[random.below(4)];
        draft.decisions.push_back(d);
    }
    return draft;
}

TEST(AuditLaw, FindsNothingHardInBestStaffings) {
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::small_draft(seed, {8, 6}));
        const Allocation best = allocate(plan);
        ASSERT_EQ(best.termination, Termination::optimal);
        const Audit found = audit(plan, best.staffing);
        ASSERT_EQ(errors_of(plan, found), Breaches{});
        std::size_t below_min = 0;
        for (const Unfilled& row : best.unfilled)
            below_min += row.short_of_min > 0 ? 1 : 0;
        ASSERT_EQ(std::ranges::count(found.findings, "post.min", &Finding::rule), below_min);
    }
}

/// A random plan whose present staffing is the best one without quotas and decisions, some of it over early.
Draft with_present(std::uint64_t seed) {
    Draft draft = random_plan(seed);
    Draft free = draft;
    free.quotas.clear();
    free.decisions.clear();
    draft.staffing = allocate(Plan(free)).staffing;
    Random random(seed + 5);
    for (Posting& posting : draft.staffing)
        if (random.chance(1, 4)) posting.to = std::max(posting.from, given::day("2025-05-01"));
    return draft;
}

/// Someone sent, sent home or elsewhere, or named wrongly, a few times.
Staffing edited(const Plan& plan, std::uint64_t seed) {
    Staffing staffing = plan.rows().staffing;
    Random random(seed);
    for (std::uint64_t edit = random.below(5); edit-- > 0;) {
        const std::size_t at = staffing.empty() ? 0 : random.below(staffing.size());
        const std::string post = random.chance(1, 8) ? "P-99" : "P-" + std::to_string(random.below(6));
        const std::string expert = random.chance(1, 8) ? "E-99" : "E-" + std::to_string(random.below(8));
        switch (staffing.empty() ? 0 : random.below(5)) {
            case 0: {
                const Id<Post> known = plan.find<Post>(post);
                const Period period = known ? plan.period_of(known) : plan.rows().period;
                staffing.push_back({expert, post, period.from, period.to});
                break;
            }
            case 1:
                staffing.rows().erase(staffing.rows().begin() + static_cast<std::ptrdiff_t>(at));
                break;
            case 2:
                staffing.rows()[at].post = post;
                break;
            case 3:
                staffing.rows()[at].expert = expert;
                break;
            default:
                staffing.rows()[at].to = given::day("2030-01-01");
        }
    }
    return staffing;
}

TEST(AuditLaw, FindsWhateverASecondEvaluationFindsAtTheSamePlace) {
    std::map<std::string, std::size_t> seen;
    std::size_t sound = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(40'000); ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = with_present(seed);
        if (has_errors(check(draft))) continue;  // quotas that cross, decisions that contradict
        ++sound;
        const Plan plan(draft);
        const Staffing staffing = edited(plan, seed);
        Breaches expected = naive(draft, staffing);
        Breaches found;
        for (const std::string& breach : errors_of(plan, audit(plan, staffing))) {
            const std::string rule = breach.substr(breach.find(' ') + 1);
            const bool of_pair = rule.starts_with("post.") ? rule != "post.max"
                                                           : rule.starts_with("expert.") || rule == "pairing.required";
            found.insert(of_pair ? breach.substr(0, breach.find(' ')) + " refused" : breach);
        }
        ASSERT_EQ(found, expected);
        for (const std::string& breach : expected)
            ++seen[breach.substr(breach.find(' ') + 1)];
    }
    EXPECT_GT(sound, given::law_cases(40'000) / 4);
    for (const char* rule :
         {"staffing.expert", "staffing.post", "staffing.once", "staffing.dates", "refused", "post.max", "Q-0", "D-0"})
        EXPECT_GT(seen[rule], 0U) << rule;
}

TEST(AuditLaw, ADecisionIsBrokenIffAPairIsRefusedByItOrSomebodyItObligesStaysAtHome) {
    std::size_t broken = 0;
    std::size_t honoured = 0;
    std::set<std::string_view> codes;
    for (std::uint64_t seed = 0; seed < given::law_cases(40'000); ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = with_present(seed);
        if (has_errors(check(draft))) continue;
        const Plan plan(draft);
        const Eligibility eligibility(plan);
        const Staffing staffing = edited(plan, seed);
        bool expected = false;
        for (const Id<Expert> expert : draft.experts.ids()) {
            bool serves = false;
            for (const Posting& posting : staffing) {
                const Id<Post> post = plan.find<Post>(posting.post);
                if (!post || plan.find<Expert>(posting.expert) != expert) continue;
                serves = true;
                expected = expected || eligibility.refuses(RefusalKind::decision, expert, post);
            }
            expected = expected || (!serves && eligibility.must_serve(expert).has_value());
        }
        const Audit found = audit(plan, staffing);
        bool told = false;
        for (const Finding& finding : found.findings) {
            if (std::ranges::count(draft.decisions, finding.rule, &Decision::id) == 0) continue;
            told = true;
            codes.insert(finding.message.code());
        }
        ASSERT_EQ(told, expected);
        ASSERT_EQ(found.amounts.size(), found.findings.size());
        ++(expected ? broken : honoured);
    }
    EXPECT_GT(broken, given::law_cases(40'000) / 20);
    EXPECT_GT(honoured, given::law_cases(40'000) / 20);
    EXPECT_EQ(codes.size(), 4U);  // each kind of decision was broken
}

TEST(AuditLaw, FindsNothingHardWhereAllocateHeedsQuotasAndDecisions) {
    std::size_t best = 0;
    std::size_t none = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = with_present(seed);
        if (has_errors(check(draft))) continue;
        const Plan plan(draft);
        const Allocation made = allocate(plan);
        ++(made.termination == Termination::optimal ? best : none);
        if (made.termination == Termination::optimal) {
            ASSERT_EQ(errors_of(plan, audit(plan, made.staffing)), Breaches{});
            continue;
        }
        // there is no staffing to be had: whatever is tried breaks something
        ASSERT_EQ(made.termination, Termination::infeasible);
        for (std::uint64_t k = 0; k < 5; ++k)
            ASSERT_NE(errors_of(plan, audit(plan, edited(plan, seed * 5 + k))), Breaches{});
    }
    EXPECT_GT(best, given::law_cases(20'000) / 50);
    EXPECT_GT(none, given::law_cases(20'000) / 20);
}

TEST(AuditLaw, TellsHowManyPeopleAreTooManyOrTooFew) {
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = with_present(seed);
        if (has_errors(check(draft))) continue;
        const Plan plan(draft);
        const Audit found = audit(plan, edited(plan, seed));
        for (std::size_t i = 0; i < found.findings.size(); ++i) {
            const Finding& finding = found.findings[i];
            if (finding.place.table != "posts" && finding.place.table != "quotas") continue;
            const std::size_t row = *finding.place.row;
            const std::int64_t count = std::stoll(finding.value);
            const bool of_post = finding.place.table == "posts";
            const std::int64_t low = of_post ? draft.posts.rows()[row].min : draft.quotas.rows()[row].lower;
            const std::int64_t high =
                of_post ? draft.posts.rows()[row].max : draft.quotas.rows()[row].upper.value_or(count);
            ASSERT_EQ(found.amounts[i], std::max(low - count, count - high));
            ASSERT_GT(found.amounts[i], 0);
        }
    }
}

TEST(Audit, TellsByHowMuchAPairMissesWhatThePostAsksFor) {
    Draft draft = given::small_draft();
    draft.posts.rows()[1].min_title = Title::full_senior;
    draft.posts.rows()[1].min_years = 40;
    draft.experts.rows()[1].available_to = given::day("2028-08-21");
    const Plan plan(draft);
    const Expert& expert = draft.experts.rows()[1];
    Staffing staffing;
    staffing.push_back({expert.id, "P2", given::day("2025-09-03"), given::day("2028-08-31")});
    const Audit found = audit(plan, staffing);
    std::map<std::string, std::int64_t> amount;
    for (std::size_t i = 0; i < found.findings.size(); ++i)
        amount[found.findings[i].rule] = found.amounts[i];
    EXPECT_EQ(amount["post.min_title"], 5 - static_cast<int>(expert.title));
    EXPECT_EQ(amount["post.min_years"], 40 - expert.years);
    EXPECT_EQ(amount["expert.available"], 10);
    EXPECT_EQ(amount["staffing.dates"], 2);
}

Posting first_day_to_last(const char* expert, const char* post) {
    return {expert, post, given::day("2025-09-01"), given::day("2028-08-31")};
}

TEST(Audit, NamesEveryRefusalOfAPairUnderItsRule) {
    const Plan plan(given::small_draft());
    Staffing staffing;
    staffing.push_back(first_day_to_last("SZ-0004", "P5"));  // neither a cadre nor allowed near that school
    const Audit found = audit(plan, staffing);
    ASSERT_GE(found.findings.size(), 2U);
    EXPECT_EQ(found.findings[0].rule, "post.role");
    EXPECT_EQ(found.findings[1].rule, "expert.avoids");
    EXPECT_EQ(to_text(found.findings[0].place), "staffing[0].post");
}

TEST(Audit, HoldsPeopleToWhatTheyHaveNow) {
    Draft draft = given::small_draft();  // SZ-0001 serves in P1 and wishes for that school
    draft.decisions.push_back({.id = "D-1", .kind = DecisionKind::no_worse, .reason = "承诺"});
    const Plan plan(draft);
    Staffing staffing;
    Audit found = audit(plan, staffing);
    EXPECT_EQ(found.findings.back().rule, "D-1");
    EXPECT_EQ(found.findings.back().message.code(), "audit_worse");
    staffing.push_back(first_day_to_last("SZ-0001", "P4"));
    EXPECT_EQ(std::ranges::count(audit(plan, staffing).findings, "D-1", &Finding::rule), 1);
    staffing.rows()[0].post = "P1";
    EXPECT_EQ(std::ranges::count(audit(plan, staffing).findings, "D-1", &Finding::rule), 0);
}

TEST(Audit, KeepsPeopleInOneOfThePostsTheyHold) {
    Draft draft = given::small_draft();
    draft.decisions.push_back({.id = "D-1", .kind = DecisionKind::keep, .who = {Noun::expert, "SZ-0001"}});
    const Plan plan(draft);
    Staffing staffing;
    staffing.push_back(first_day_to_last("SZ-0001", "P4"));
    const Audit elsewhere = audit(plan, staffing);
    const auto told = std::ranges::find(elsewhere.findings, "D-1", &Finding::rule);
    ASSERT_NE(told, elsewhere.findings.end());
    EXPECT_EQ(to_text(told->place), "staffing[0].post");
    EXPECT_EQ(text(told->message, Language::en), "'SZ-0001' is to stay in 'P1', but has: P4");
    const Audit at_home = audit(plan, {});
    const auto missed = std::ranges::find(at_home.findings, "D-1", &Finding::rule);
    ASSERT_NE(missed, at_home.findings.end());
    EXPECT_EQ(to_text(missed->place), "decisions[0]");
    staffing.rows()[0].post = "P1";
    EXPECT_EQ(std::ranges::count(audit(plan, staffing).findings, "D-1", &Finding::rule), 0);
}

TEST(Audit, JudgesThePlansRulesOnTheStaffingAtHand) {
    Draft draft = given::small_draft();
    draft.rules = standard_rules();
    Staffing staffing;
    staffing.push_back({"SZ-0001", "P1", given::day("2025-09-01"), given::day("2026-01-31")});
    const Audit found = audit(Plan(draft), staffing);
    const auto term = std::ranges::find(found.findings, "principal-term", &Finding::rule);
    ASSERT_NE(term, found.findings.end());
    EXPECT_EQ(term->severity, Severity::warning);
    EXPECT_EQ(to_text(term->place), "staffing[0].to");
}

TEST(Audit, ListsBlockingPairsUpToTheLimit) {
    const Plan plan(given::small_draft());
    Staffing staffing;  // SZ-0001 wishes for DB-H but is sent to DB-V; SZ-0002 sits in P1
    staffing.push_back(first_day_to_last("SZ-0001", "P4"));
    staffing.push_back(first_day_to_last("SZ-0002", "P1"));
    const Audit found = audit(plan, staffing);
    const BlockingPair wanted{"SZ-0001", "P1", "P4", "SZ-0002"};
    EXPECT_EQ(found.blocking.front(), wanted);
    EXPECT_EQ(found.blocking_count, found.blocking.size());
    EXPECT_GT(found.blocking_count, 1U);  // others stay at home beside open posts
    const Audit cut = audit(plan, staffing, {.blocking_pairs = 1});
    EXPECT_EQ(cut.blocking.size(), 1U);
    EXPECT_EQ(cut.blocking_count, found.blocking_count);

    Draft held = given::small_draft();
    held.decisions.push_back(
        {.id = "D-1", .kind = DecisionKind::forbid, .who = {Noun::expert, "SZ-0001"}, .where = {Noun::post, "P1"}});
    EXPECT_EQ(std::ranges::count(audit(Plan(held), staffing).blocking, wanted), 0);
}

TEST(AuditLaw, WhatABlockingPairWantsBreaksNothing) {
    std::size_t tried = 0;
    std::size_t decided = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(40'000); ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = with_present(seed);
        for (Quota& quota : draft.quotas)
            if (seed % 4 != 0) quota.lower = 0;
        if (has_errors(check(draft))) continue;
        const Plan plan(draft);
        Random random(seed);
        Staffing staffing;
        for (Posting posting : draft.staffing) {
            if (random.chance(1, 3)) continue;  // sent home
            posting.to = plan.period_of(plan.find<Post>(posting.post)).to;
            staffing.push_back(posting);
        }
        const Audit found = audit(plan, staffing);
        if (!errors_of(plan, found).empty()) continue;
        for (const BlockingPair& pair : found.blocking) {
            Staffing changed;
            for (const Posting& posting : staffing)
                if (posting.expert != pair.expert && posting.expert != pair.displaced) changed.push_back(posting);
            const Period period = plan.period_of(plan.find<Post>(pair.post));
            changed.push_back({pair.expert, pair.post, period.from, period.to});
            ASSERT_EQ(errors_of(plan, audit(plan, changed)), Breaches{}) << pair.expert << " at " << pair.post;
            ++tried;
            decided += Eligibility(plan).must_serve(plan.find<Expert>(pair.expert)) ? 1 : 0;
        }
    }
    EXPECT_GT(tried, given::law_cases(40'000) / 20);
    EXPECT_GT(decided, 0U);  // who is bound to a county may still wish for another post there
}

TEST(Audit, LeavesNobodyAtHomeBesideAnOpenPostThatFits) {
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::small_draft(seed, {8, 6}));
        const FitScore fit(plan);
        for (const BlockingPair& pair : audit(plan, allocate(plan).staffing).blocking) {
            if (!pair.present.empty() || !pair.displaced.empty()) continue;
            EXPECT_EQ(fit.score(plan.find<Expert>(pair.expert), plan.find<Post>(pair.post)), 0);
        }
    }
}

TEST(AuditLaw, TellsTheValuesOfAllTiersAndThePairsThatTheCallersRulesRefuse) {
    std::size_t refused = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        Draft draft = given::small_draft(seed);
        draft.objective = {Tier::shortfall, Tier::user_3, Tier::fit};
        const Plan plan(std::move(draft));
        UserRules rules;
        rules.allows = [seed](Id<Expert> expert, Id<Post> post) {
            return (expert.value() + 2 * post.value() + seed) % 3 != 0;
        };
        rules.tiers.push_back({Tier::user_3, "rapport", [](Id<Expert> expert, Id<Post> post) {
                                   return static_cast<std::int64_t>(expert.value() * 5 + post.value());
                               }});
        const Allocation heeds = allocate(plan, {.flow = {}, .rules = rules});
        rules.allows = nullptr;
        const Allocation ignores = allocate(plan, {.flow = {}, .rules = rules});
        if (heeds.termination != Termination::optimal || ignores.termination != Termination::optimal) continue;
        const Audit ours = audit(plan, heeds.staffing, {.given = heeds.given});
        EXPECT_EQ(ours.tiers, heeds.tiers) << seed;
        EXPECT_EQ(std::ranges::count(ours.findings, "staffing.given", &Finding::rule), 0) << seed;
        const Audit other = audit(plan, ignores.staffing, {.given = heeds.given});
        std::set<std::size_t> expected;
        for (std::size_t row = 0; row < ignores.staffing.size(); ++row) {
            const Posting& posting = ignores.staffing.rows()[row];
            if ((plan.find<Expert>(posting.expert).value() + 2 * plan.find<Post>(posting.post).value() + seed) % 3 == 0)
                expected.insert(row);
        }
        std::set<std::size_t> found;
        for (const Finding& finding : other.findings)
            if (finding.rule == "staffing.given") found.insert(finding.place.row.value());
        EXPECT_EQ(found, expected) << seed;
        EXPECT_EQ(other.findings.size(), other.amounts.size()) << seed;
        refused += found.size();
    }
    EXPECT_GT(refused, given::law_cases(5'000) / 4);
}

TEST(AuditMessages, HaveUniqueCodes) {
    std::set<std::string_view> codes;
    for (const MessageText* row : all_audit_messages)
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
}

}  // namespace
}  // namespace countyplan
