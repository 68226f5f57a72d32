#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/io/result.hpp>

#include <array>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/experiment/generate.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/io/write.hpp>

#include "given/plan.hpp"
#include "journey/program.hpp"

namespace {

using namespace countyplan;
using journey::last_line;
using journey::Scratch;

/// A plan on disk and its true answer, to be spoilt in one place and checked by the program.
class Spoilt : public testing::Test {
  protected:
    void SetUp() override {
        draft_ = generate({.base = GenerateBase::invented, .seed = 3, .counties = 2});
        write_plan(draft_, scratch_ / "p.plan.json");
        plan_ = Plan(draft_);
        true_ = allocate(plan_);
        ASSERT_EQ(true_.claim, Claim::proved);
        ASSERT_GT(true_.staffing.size(), 10U);
        ASSERT_FALSE(true_.unfilled.empty());
    }

    journey::Ending check(const Allocation& answer) {
        std::filesystem::remove_all(scratch_.path() / "result");  // an answer without a staffing has fewer files
        save_directory(scratch_ / "result", allocation_files(plan_, answer, Language::en));
        return journey::checker({scratch_ / "p.plan.json", scratch_ / "result"});
    }

    /// Both programs refuse, and the last line begins like this.
    void expect_refused(const Allocation& answer, const std::string& begins) {
        const auto end = check(answer);
        EXPECT_EQ(end.exit, 3) << end.out;
        EXPECT_TRUE(last_line(end.out).starts_with("REFUSE " + begins)) << last_line(end.out);
        EXPECT_FALSE(verify(plan_, answer));
        EXPECT_EQ(journey::countyplan({"verify", scratch_ / "p.plan.json", scratch_ / "result"}).exit, 3);
    }

    /// An expert who may not serve there.
    std::string ineligible_for(const std::string& post) const {
        const Eligibility eligibility(plan_);
        for (const Id<Expert> id : plan_.rows().experts.ids()) {
            const std::string& expert = plan_.rows().experts[id].id;
            if (eligibility.is_eligible(id, plan_.find<Post>(post))) continue;
            if (std::ranges::count(true_.staffing, expert, &Posting::expert) == 0) return expert;
        }
        return {};
    }

    static Posting& posting(Allocation& answer, std::size_t at) { return answer.staffing.rows()[at]; }

    Scratch scratch_;
    Draft draft_;
    Plan plan_;
    Allocation true_;
};

TEST_F(Spoilt, NotAtAllIsAccepted) {
    const auto end = check(true_);
    EXPECT_EQ(end.exit, 0) << end.out;
    EXPECT_EQ(last_line(end.out), "ACCEPT");
    EXPECT_TRUE(verify(plan_, true_));
}

TEST_F(Spoilt, AnUnknownExpertIsNamed) {
    Allocation answer = true_;
    posting(answer, 4).expert = "NOBODY-1";
    expect_refused(answer, "staffing.csv expert:NOBODY-1: the plan has no such expert");
}

TEST_F(Spoilt, AnUnknownPostIsNamed) {
    Allocation answer = true_;
    posting(answer, 4).post = "NOWHERE";
    expect_refused(answer, "staffing.csv post:NOWHERE: ");
}

TEST_F(Spoilt, AnIneligibleExpertIsNamedWithTheRule) {
    Allocation answer = true_;
    const std::string other = ineligible_for(posting(answer, 0).post);
    ASSERT_FALSE(other.empty());
    posting(answer, 0).expert = other;
    expect_refused(answer, "staffing.csv expert:" + other + ": this person may not serve");
}

TEST_F(Spoilt, ADoubledExpertIsNamed) {
    Allocation answer = true_;
    const std::string expert = posting(answer, 0).expert;
    posting(answer, 1).expert = expert;
    const auto end = check(answer);
    EXPECT_EQ(end.exit, 3);
    EXPECT_TRUE(last_line(end.out).starts_with("REFUSE staffing.csv expert:" + expert + ": ")) << end.out;
    answer = true_;
    answer.staffing.push_back(posting(answer, 2));
    expect_refused(answer, "staffing.csv expert:" + posting(answer, 2).expert + ": this person is posted twice");
}

TEST_F(Spoilt, WrongDatesAreNamed) {
    Allocation answer = true_;
    posting(answer, 3).from = given::day("2020-01-01");
    expect_refused(answer, "staffing.csv expert:" + posting(answer, 3).expert + ": the posting should run from");
}

TEST_F(Spoilt, AnyDroppedRowIsRefusedByItsPersonPostOrSender) {
    for (std::size_t row = 0; row < true_.staffing.size(); ++row) {
        SCOPED_TRACE(row);
        Allocation answer = true_;
        const Posting gone = posting(answer, row);
        answer.staffing.rows().erase(answer.staffing.rows().begin() + static_cast<std::ptrdiff_t>(row));
        EXPECT_FALSE(verify(plan_, answer));
        if (row % 5 != 0) continue;
        const auto end = check(answer);
        EXPECT_EQ(end.exit, 3);
        const std::string line = last_line(end.out);
        EXPECT_TRUE(line.starts_with("REFUSE staffing.csv ")) << line;
        // the row's own person or post stands in the line, or the sender that does not send enough for its price
        EXPECT_TRUE(line.find(gone.expert) != std::string::npos || line.find(gone.post) != std::string::npos ||
                    line.find("sender:") != std::string::npos || line.find("role:") != std::string::npos)
            << line;
    }
}

TEST_F(Spoilt, AFalseValueIsNamedByItsTier) {
    for (std::size_t tier = 0; tier < standard_tiers; ++tier) {
        Allocation answer = true_;
        answer.tiers[tier].value += Int128(1);
        expect_refused(answer, "result.json ");
        EXPECT_NE(last_line(check(answer).out).find(Enumerators<Tier>::words[tier].code), std::string::npos);
    }
}

TEST_F(Spoilt, APriceFarOffIsNamedByItsSet) {
    std::mt19937_64 random(7);
    std::size_t named = 0;
    for (int round = 0; round < 12; ++round) {
        Allocation answer = true_;
        SetPrice& chosen = answer.prices[random() % answer.prices.size()];
        SCOPED_TRACE(chosen.set);
        chosen.value[0] += round % 2 == 0 ? 1'000'000 : -1'000'000;  // in the first tier that settles it
        const auto end = check(answer);
        EXPECT_EQ(end.exit, verify(plan_, answer) ? 0 : 3) << end.out;
        named += last_line(end.out).starts_with("REFUSE certificate.json " + chosen.set + ": ");
    }
    EXPECT_GE(named, 6U);  // of a single pair that fails, another set may be named
}

TEST_F(Spoilt, APriceIsChangedUntilAConditionFailsAndThenItsSetIsNamed) {
    const std::string set = "post:" + posting(true_, 0).post;
    bool refused = false;
    for (std::int64_t change = 1; change < (std::int64_t{1} << 40) && !refused; change *= 4) {
        for (const std::int64_t sign : {1, -1}) {
            Allocation answer = true_;
            auto row = std::ranges::find(answer.prices, set, &SetPrice::set);
            if (row == answer.prices.end()) {
                answer.prices.push_back({set, std::vector<std::int64_t>(standard_tiers, 0)});
                row = answer.prices.end() - 1;
            }
            row->value.back() += sign * change;
            const auto end = check(answer);
            EXPECT_EQ(end.exit == 0, verify(plan_, answer)) << end.out;
            if (end.exit == 0) continue;
            refused = true;
            EXPECT_EQ(end.exit, 3);
            const std::string line = last_line(end.out);
            EXPECT_NE(line.find(posting(true_, 0).post), std::string::npos) << line;
        }
    }
    EXPECT_TRUE(refused);
}

TEST_F(Spoilt, APriceLeftOutOrStrangeIsNamed) {
    std::size_t named = 0;
    for (std::size_t row = 0; row < true_.prices.size(); row += 7) {
        Allocation answer = true_;
        const std::string gone = answer.prices[row].set;
        SCOPED_TRACE(gone);
        answer.prices.erase(answer.prices.begin() + static_cast<std::ptrdiff_t>(row));
        const auto end = check(answer);
        EXPECT_EQ(end.exit, verify(plan_, answer) ? 0 : 3) << end.out;
        named += last_line(end.out).starts_with("REFUSE certificate.json " + gone + ": ");
    }
    EXPECT_GE(named * 2, true_.prices.size() / 7);
    Allocation answer = true_;
    answer.prices[5].set = "expert:NOBODY-2";
    expect_refused(answer, "certificate.json expert:NOBODY-2: ");
}

TEST_F(Spoilt, AProofLeftOutIsMissed) {
    Allocation answer = true_;
    answer.prices.clear();
    for (Unfilled& row : answer.unfilled)
        row.loss = {};
    const auto end = check(answer);
    EXPECT_NE(end.exit, 0) << end.out;
    EXPECT_FALSE(verify(plan_, answer));
}

TEST_F(Spoilt, AClaimThatDoesNotGoWithTheRestIsNamed) {
    Allocation answer = true_;
    answer.cause = Cause::time;
    expect_refused(answer, "result.json cause: ");
    answer = true_;
    answer.termination = Termination::infeasible;
    expect_refused(answer, "result.json tiers: ");
    answer = true_;
    answer.claim = Claim::bounded;
    const auto end = check(answer);
    EXPECT_EQ(end.exit, 2) << end.out;  // what is not proved has no losses to read
    EXPECT_TRUE(last_line(end.out).starts_with("REFUSE result.json /unfilled/0/loss: ")) << end.out;
    for (Unfilled& row : answer.unfilled)
        row.loss.clear();
    expect_refused(answer, "result.json claim: ");
}

TEST_F(Spoilt, TheListOfPostsLeftShortMustBeTrue) {
    Allocation answer = true_;
    answer.unfilled.pop_back();
    expect_refused(answer, "result.json unfilled: ");
    answer = true_;
    answer.unfilled.front().short_of_target += 1;
    expect_refused(answer, "result.json post:" + true_.unfilled.front().post + ": ");
    answer = true_;
    answer.unfilled.front().group = 1000;
    expect_refused(answer, "result.json post:" + true_.unfilled.front().post + ": ");
    answer = true_;
    answer.unfilled.front().loss.back() += 1;
    expect_refused(answer, "result.json post:" + true_.unfilled.front().post + ": stated cost of one more person");
    answer = true_;
    ScarceGroup& group = answer.scarce[answer.unfilled.front().group.value()];
    group.below_min = !group.below_min;
    expect_refused(answer, "result.json post:" + true_.unfilled.front().post + ": its scarce group");
    if (!true_.scarce.empty()) {
        answer = true_;
        answer.scarce.front().qualified += 1;
        expect_refused(answer, "result.json scarce[0]: ");
    }
}

TEST_F(Spoilt, AReasonMustNameTheNumbersItRestsOn) {
    const Unfilled& first = true_.unfilled.front();
    const std::string need = to_text(true_.scarce[first.group.value()].need);
    for (const Language language : {Language::zh, Language::en}) {
        std::string words[] = {text(first.reason, Language::zh), text(first.reason, Language::en)};
        std::string& spoilt = words[language == Language::zh ? 0 : 1];
        ASSERT_NE(spoilt.find(need), std::string::npos) << spoilt;
        for (std::size_t at = spoilt.find(need); at != std::string::npos; at = spoilt.find(need, at + need.size() + 1))
            spoilt.insert(at, "7");
        Allocation answer = true_;
        answer.unfilled.front().reason = {message::stored_text, {MessageArgument(words[0], words[1])}};
        const auto end = check(answer);
        EXPECT_EQ(end.exit, 3) << end.out;
        EXPECT_TRUE(last_line(end.out).starts_with("REFUSE result.json post:" + first.post + ": the reason does not"))
            << last_line(end.out);
    }
}

TEST_F(Spoilt, TheTableForPeopleMustSayWhatTheResultSays) {
    ASSERT_EQ(check(true_).exit, 0);
    const auto table = scratch_.path() / "result" / "unfilled.csv";
    std::string bytes = journey::bytes_of(table);
    const std::size_t at = bytes.rfind(",1,");
    ASSERT_NE(at, std::string::npos) << bytes;
    const auto line = std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
    bytes[at + 1] = '2';
    journey::put_bytes(table, bytes);
    const auto end = journey::checker({scratch_ / "p.plan.json", scratch_ / "result"});
    EXPECT_EQ(end.exit, 3);
    EXPECT_TRUE(last_line(end.out).starts_with("REFUSE unfilled.csv line " + std::to_string(line) + ": "))
        << last_line(end.out);
    for (const Language language : {Language::zh, Language::en}) {
        save_directory(scratch_ / "result", allocation_files(plan_, true_, language), Existing::replace);
        EXPECT_EQ(journey::checker({scratch_ / "p.plan.json", scratch_ / "result"}).exit, 0);
    }
}

TEST_F(Spoilt, AnotherPlansResultIsRefusedByItsDigest) {
    Draft other = draft_;
    other.posts.rows().front().priority += 1;
    write_plan(other, scratch_ / "other.plan.json");
    save_directory(scratch_ / "result", allocation_files(plan_, true_, Language::en));
    const auto end = journey::checker({scratch_ / "other.plan.json", scratch_ / "result"});
    EXPECT_EQ(end.exit, 3);
    EXPECT_TRUE(last_line(end.out).starts_with("REFUSE result.json digests.plan: ")) << end.out;
}

TEST_F(Spoilt, AResultThatCannotBeReadIsRefusedAtItsPlace) {
    save_directory(scratch_ / "result", allocation_files(plan_, true_, Language::en));
    journey::put_bytes(scratch_.path() / "result" / "result.json", "{\"format\": 1");
    const auto end = journey::checker({scratch_ / "p.plan.json", scratch_ / "result"});
    EXPECT_EQ(end.exit, 2);
    EXPECT_TRUE(last_line(end.out).starts_with("REFUSE result.json ")) << end.out;
    std::filesystem::remove(scratch_.path() / "result" / "result.json");
    const auto gone = journey::checker({scratch_ / "p.plan.json", scratch_ / "result"});
    EXPECT_EQ(gone.exit, 5);
    EXPECT_TRUE(last_line(gone.out).starts_with("REFUSE ")) << gone.out;
}

TEST_F(Spoilt, AStoppedSearchIsAcceptedForWhatItClaims) {
    Stop at_once;
    at_once.step_limit = 0;
    const Allocation answer = allocate(plan_, {}, at_once);
    ASSERT_EQ(answer.claim, Claim::feasible);
    const auto end = check(answer);
    EXPECT_EQ(end.exit, 0) << end.out;
    EXPECT_EQ(last_line(end.out), "ACCEPT");
}

TEST(Checker, AcceptsWhatTheSolverFindsForManyPlansLaw) {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        SCOPED_TRACE(seed);
        const Scratch scratch;
        const Draft draft = generate({.base = GenerateBase::invented, .seed = seed, .counties = 1});
        const Plan plan(draft);
        write_plan(draft, scratch / "plan");
        save_directory(scratch / "result", allocation_files(plan, allocate(plan), Language::zh));
        const auto end = journey::checker({scratch / "plan", scratch / "result"});
        EXPECT_EQ(last_line(end.out), "ACCEPT") << end.out;
    }
}

TEST(Checker, NamesTheBoundsThatCannotHoldTogether) {
    const Scratch scratch;
    Draft draft = generate({.base = GenerateBase::invented, .seed = 3, .counties = 1});
    const auto posts = static_cast<std::int64_t>(draft.posts.size());
    draft.quotas.push_back({.id = "Q-MANY", .holder = {Noun::plan, ""}, .lower = 100 * posts});
    const Plan plan(draft);
    const Allocation none = allocate(plan);
    ASSERT_EQ(none.termination, Termination::infeasible);
    write_plan(draft, scratch / "plan");
    save_directory(scratch / "result", allocation_files(plan, none, Language::en));
    const auto end = journey::checker({scratch / "plan", scratch / "result", "--lang", "en"});
    EXPECT_EQ(end.exit, 0) << end.out;
    EXPECT_EQ(last_line(end.out), "ACCEPT");
    EXPECT_NE(end.out.find("proved: no staffing keeps these "), std::string::npos) << end.out;
    EXPECT_NE(end.out.find("\n  quota:Q-MANY at least " + std::to_string(100 * posts) + "\n"), std::string::npos);

    const auto file = scratch.path() / "result" / "result.json";
    std::string bytes = journey::bytes_of(file);
    const std::string old = "\"bound\": " + std::to_string(100 * posts);
    ASSERT_NE(bytes.find(old), std::string::npos) << bytes;
    bytes.insert(bytes.find(old) + old.size(), "1");
    journey::put_bytes(file, bytes);
    const auto other = journey::checker({scratch / "plan", scratch / "result"});
    EXPECT_EQ(other.exit, 3);
    EXPECT_TRUE(last_line(other.out).starts_with("REFUSE result.json conflict[")) << other.out;
}

TEST(Checker, Item38LowerBoundsAboveWhatHoldsThemAreRefutedByTheirOwnProof) {
    const Scratch scratch;
    const Draft base = generate({.base = GenerateBase::invented, .seed = 3, .counties = 2});
    const auto people = static_cast<std::int64_t>(base.experts.size());
    const std::string first = to_text(base.counties.rows()[0].code);
    const std::string second = to_text(base.counties.rows()[1].code);
    const auto refuted = [&](const std::vector<Quota>& quotas, const std::vector<std::string>& named) {
        Draft draft = base;
        draft.quotas.clear();
        for (const Quota& quota : quotas)
            draft.quotas.push_back(quota);
        std::filesystem::remove_all(scratch.path() / "result");
        std::filesystem::remove(scratch.path() / "p.plan.json");
        write_plan(draft, scratch / "p.plan.json");
        const Plan plan(draft);
        const Allocation answer = allocate(plan);
        EXPECT_EQ(answer.termination, Termination::infeasible);
        save_directory(scratch / "result", allocation_files(plan, answer, Language::en));
        const auto end = journey::checker({scratch / "p.plan.json", scratch / "result"});
        EXPECT_EQ(last_line(end.out), "ACCEPT") << end.out;
        for (const std::string& bound : named)
            EXPECT_NE(end.out.find(bound), std::string::npos) << bound << "\n" << end.out;
    };
    refuted({{.id = "Q-all", .holder = {Noun::plan, ""}, .upper = 3},
             {.id = "Q-1", .holder = {Noun::county, first}, .lower = 2},
             {.id = "Q-2", .holder = {Noun::county, second}, .lower = 2}},
            {"quota:Q-all at most 3", "quota:Q-1 at least 2", "quota:Q-2 at least 2"});
    refuted({{.id = "Q-all", .holder = {Noun::plan, ""}, .lower = people + 1}},
            {"quota:Q-all at least " + std::to_string(people + 1)});
}

TEST(Checker, TakesGivenValuesAsTheyAreAndSaysSo) {
    const Scratch scratch;
    const Draft draft = generate({.base = GenerateBase::invented, .seed = 4, .counties = 1});
    const Plan plan(draft);
    AllocateOptions options;
    options.rules.allows = [](Id<Expert> expert, Id<Post> post) { return (expert.value() + post.value()) % 3 != 0; };
    const Allocation answer = allocate(plan, options);
    ASSERT_FALSE(answer.given.empty());
    write_plan(draft, scratch / "plan");
    save_directory(scratch / "result", allocation_files(plan, answer, Language::en));
    const auto end = journey::checker({scratch / "plan", scratch / "result", "--lang", "en"});
    EXPECT_EQ(last_line(end.out), "ACCEPT") << end.out;
    EXPECT_NE(end.out.find(std::to_string(answer.given.size()) + " values given by the caller"), std::string::npos)
        << end.out;
    const auto file = scratch.path() / "result" / "result.json";
    std::string bytes = journey::bytes_of(file);
    const std::string number = "\"given\": " + std::to_string(answer.given.size());
    ASSERT_NE(bytes.find(number), std::string::npos);
    bytes.replace(bytes.find(number), number.size(), "\"given\": 0");
    journey::put_bytes(file, bytes);
    std::filesystem::remove(scratch.path() / "result" / "given.csv");
    EXPECT_NE(journey::checker({scratch / "plan", scratch / "result"}).exit, 0);
}

TEST(Checker, SaysHowItIsUsed) {
    for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                  {"one"},
                                                  {"one", "two", "three"},
                                                  {"--frob", "a", "b"},
                                                  {"a", "b", "--lang", "fr"}}) {
        const auto end = journey::checker(words);
        EXPECT_EQ(end.exit, 64);
        EXPECT_TRUE(end.out.empty());
        EXPECT_NE(end.err.find("Usage: "), std::string::npos);
    }
    EXPECT_EQ(journey::checker({"--help"}).exit, 0);
    EXPECT_EQ(journey::checker({"--version"}).exit, 0);
    EXPECT_EQ(journey::checker({"/nonexistent/plan", "/nonexistent/result"}).exit, 5);
    EXPECT_EQ(
        journey::run({.program = "countyplan-check", .arguments = {"--help"}, .out = journey::Stream::full_device})
            .exit,
        5);
}

}  // namespace
