// Rules of one's own: who speaks the language of the place, by a survey that is not sure of its numbers. Which pairs
// may be, what is it worth, how much of the plan hangs on the doubt, and who would rather live close by? Needs headers
// only.
#include <iostream>
#include <map>
#include <string>

#include <countyplan/allocate/allocate.hpp>

using namespace countyplan;

namespace {

Plan small_plan() {
    Draft draft{.name = "德保县", .period = {*Day::parse("2024-09-01"), *Day::parse("2026-02-28")}};
    draft.counties.push_back({.code = *Code::parse("451024"), .name_zh = "德保县"});
    draft.schools.push_back({.id = "DB-G", .county = *Code::parse("451024"), .assisted = true});
    draft.schools.push_back({.id = "DB-Z", .county = *Code::parse("451024"), .assisted = true});
    draft.senders.push_back({.id = "SZ", .name_zh = "深圳市"});
    for (const char* school : {"DB-G", "DB-Z"})
        draft.posts.push_back({.id = std::string(school) + "-PH", .school = school, .subject = "physics", .min = 1});
    for (const char* id : {"SZ-0012", "SZ-0013", "SZ-0014"})
        draft.experts.push_back({.id = id, .sender = "SZ", .roles = {Role::teacher}, .subjects = {"physics"}});
    draft.objective = {Tier::critical_shortfall, Tier::shortfall, Tier::user_1, Tier::fit};
    return Plan(draft);
}

}  // namespace

int main() {
    const Plan plan = small_plan();
    // how well each speaks the local language, 0 to 1000, and by how much that may be too high
    const std::map<std::string, Measure> survey = {{"SZ-0012", {800, 300}}, {"SZ-0013", {600, 50}}};

    AllocateOptions options;
    options.rules.allows = [&](Id<Expert> expert, Id<Post> post) {
        const bool is_vocational = plan.rows().posts[post].school == "DB-Z";
        return !is_vocational || plan.rows().experts[expert].id != "SZ-0014";  // no licence for workshops
    };
    options.rules.factors.push_back(
        {.name = "local language", .weight = 40, .measure = [&](Id<Expert> expert, Id<Post>) {
             const auto known = survey.find(plan.rows().experts[expert].id);
             return known == survey.end() ? Measure{} : known->second;
         }});
    // a tier of one's own, which counts after shortfalls and before fit: rooms are kept for those who asked
    options.rules.tiers.push_back(
        {.tier = Tier::user_1, .name = "rooms kept", .points = [&](Id<Expert> expert, Id<Post> post) {
             const bool asked = plan.rows().experts[expert].id == "SZ-0013";
             return asked && plan.rows().posts[post].school == "DB-Z" ? 1 : 0;
         }});
    const Allocation best = allocate(plan, options);

    std::int64_t points = 0;
    std::int64_t doubt = 0;
    for (const Posting& posting : best.staffing) {
        for (const GivenPair& pair : best.given) {
            if (pair.expert != posting.expert || pair.post != posting.post) continue;
            std::cout << pair.expert << " -> " << pair.post << ": " << pair.points << " points for certain, "
                      << pair.doubt << " more if the survey is right\n";
            points += pair.points;
            doubt += pair.doubt;
        }
    }
    for (const TierValue& tier : best.tiers)
        std::cout << tier_word(tier.tier, best.names).in(Language::en) << ": " << to_text(tier.value) << '\n';
    std::cout << "of " << points + doubt << " points of the survey " << doubt << " hang on doubt\n";
    return verify(plan, best) ? 0 : 1;
}
