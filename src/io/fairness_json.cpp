#include "fairness_json.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/allocate/fairness.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/plan/staffing.hpp>

#include "json_values.hpp"
#include "result_members.hpp"

namespace countyplan::detail {

namespace {

constexpr std::string_view fairness_format = "countyplan.fairness";
constexpr std::int64_t fairness_version = 1;

void read_tier(MemberReader& reader, const JsonValue& entry, FairnessTier& out) {
    const auto known = enumerator<Tier>(entry.key());
    if (!known) return reader.complain(entry, {message::unknown_member, {excerpt(entry.key())}});
    out.tier = *known;
    if (!reader.is(entry, JsonKind::object)) return;
    if (const auto value = reader.member(entry, "fair")) reader.exact(*value, out.fair);
    if (const auto value = reader.member(entry, "unfair")) reader.exact(*value, out.unfair);
    refuse_others(reader, entry, {"fair", "unfair"});
}

void read_cover(MemberReader& reader, const JsonValue& entry, StatedFairCover& out) {
    if (!reader.is(entry, JsonKind::object)) return;
    reader.value(entry, "county", out.county);
    read_count(reader, entry, "wanted", out.wanted);
    read_count(reader, entry, "fair", out.fair);
    read_count(reader, entry, "unfair", out.unfair);
    refuse_others(reader, entry, {"county", "wanted", "fair", "unfair"});
}

void read_posting(MemberReader& reader, const JsonValue& entry, Posting& out) {
    if (!reader.is(entry, JsonKind::object)) return;
    for_each_field<Posting>([&](const auto& field) { reader.value(entry, field.name, out.*field.member); });
    refuse_others(reader, entry, {"expert", "post", "from", "to"});
}

/// What a result must state of two staffings, the fair one first.
std::vector<StatedFairCover> covers_of(const Plan& plan, const Staffing& fair, const Staffing& unfair) {
    const std::vector<CountyCover> with = county_covers(plan, fair);
    const std::vector<CountyCover> without = county_covers(plan, unfair);
    std::vector<StatedFairCover> out;
    for (std::size_t c = 0; c < with.size(); ++c) {
        out.push_back(
            {to_text(plan.rows().counties[with[c].county].code), with[c].wanted, with[c].serving, without[c].serving});
    }
    return out;
}

std::vector<FairnessTier> tiers_of(const std::vector<TierValue>& fair, const std::vector<TierValue>& unfair) {
    std::vector<FairnessTier> out;
    for (const TierValue& row : unfair) {
        const auto other = std::ranges::find(fair, row.tier, &TierValue::tier);
        if (row.tier != Tier::county_cover && other != fair.end()) out.push_back({row.tier, other->value, row.value});
    }
    return out;
}

}  // namespace

bool is_told(const FairnessPrice& price) {
    return price.termination == Termination::optimal || price.termination == Termination::feasible;
}

void write_fairness(JsonWriter& writer, const Plan& plan, const FairnessPrice& price) {
    writer.key("termination").text(name(price.termination));
    writer.key("cause").text(name(price.cause));
    writer.key("tiers").begin_object();
    for (const FairnessTier& row : price.tiers) {
        writer.key(name(row.tier)).begin_object();
        writer.key("fair").number(to_text(row.fair));
        writer.key("unfair").number(to_text(row.unfair)).end_object();
    }
    writer.end_object();
    writer.key("counties").begin_array();
    for (std::size_t c = 0; c < price.fair.size(); ++c) {
        writer.begin_object();
        writer.key("county").text(to_text(plan.rows().counties[price.fair[c].county].code));
        writer.key("wanted").integer(price.fair[c].wanted);
        writer.key("fair").integer(price.fair[c].serving);
        writer.key("unfair").integer(price.unfair[c].serving).end_object();
    }
    writer.end_array();
}

std::string fairness_json(const Plan& plan, const FairnessPrice& price) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("format").text(fairness_format);
    writer.key("format_version").integer(fairness_version);
    writer.key("plan").text(to_text(plan.digests().plan));
    write_fairness(writer, plan, price);
    writer.key("objective").begin_array();
    for (const Tier tier : price.other_plan.rows().objective)
        writer.text(name(tier));
    writer.end_array();
    writer.key("claim").text(name(price.other.claim));
    writer.key("staffing").begin_array();
    for (const Posting& posting : price.other.staffing)
        write_posting(writer, posting);
    writer.end_array();
    write_prices(writer, price.other.prices);
    writer.end_object();
    return writer.take();
}

void read_fairness(const JsonValue& root, MemberReader& reader, StatedFairness& out) {
    if (!reader.is_format(root, fairness_format, fairness_version)) return;
    reader.fingerprint(root, "plan", out.plan);
    reader.value(root, "termination", out.termination);
    reader.value(root, "cause", out.cause);
    if (const auto tiers = reader.member(root, "tiers", JsonKind::object)) {
        for (const JsonValue tier : *tiers)
            read_tier(reader, tier, out.tiers.emplace_back());
    }
    read_list(reader, root, "counties", out.counties,
              [&](const JsonValue& entry, StatedFairCover& cover) { read_cover(reader, entry, cover); });
    if (const auto order = reader.member(root, "objective", JsonKind::array)) read_order(reader, *order, out.objective);
    reader.value(root, "claim", out.claim);
    std::vector<Posting> postings;
    read_list(reader, root, "staffing", postings,
              [&](const JsonValue& entry, Posting& posting) { read_posting(reader, entry, posting); });
    for (Posting& posting : postings)
        out.staffing.push_back(std::move(posting));
    read_prices(reader, root, out.objective.size(), out.prices);
    refuse_others(reader, root,
                  {"format", "format_version", "plan", "termination", "cause", "tiers", "counties", "objective",
                   "claim", "staffing", "prices"});
}

AnswerVerdict examine(const Plan& plan, const Allocation& allocation, const StatedFairness& stated) {
    const auto refuse = [](const std::string& key) {
        return AnswerVerdict{false, AnswerPart::result, "fairness." + key, message::statement_differs, {}};
    };
    if (stated.plan != plan.digests().plan) return refuse("plan");
    if (stated.claim != Claim::proved && stated.claim != Claim::feasible) return refuse("claim");
    const bool is_proved = stated.claim == Claim::proved && allocation.claim == Claim::proved;
    if (stated.termination != (is_proved ? Termination::optimal : Termination::feasible)) return refuse("termination");
    if (is_proved != (stated.cause == Cause::proved)) return refuse("cause");
    const Plan other = other_fairness(plan);
    if (stated.objective != other.rows().objective) return refuse("objective");
    const std::vector<TierValue> values = tier_values(other, stated.staffing, allocation.given);
    AnswerVerdict verdict =
        countyplan::examine(other, stated.staffing, values, stated.prices, stated.claim, allocation.given);
    if (!verdict.accepted) {
        verdict.part = AnswerPart::result;
        verdict.key.insert(0, "fairness.");
        return verdict;
    }
    const bool is_fair = std::ranges::count(plan.rows().objective, Tier::county_cover) > 0;
    if (stated.tiers != (is_fair ? tiers_of(allocation.tiers, values) : tiers_of(values, allocation.tiers)))
        return refuse("tiers");
    if (stated.counties != (is_fair ? covers_of(plan, allocation.staffing, stated.staffing)
                                    : covers_of(plan, stated.staffing, allocation.staffing)))
        return refuse("counties");
    return {};
}

}  // namespace countyplan::detail
