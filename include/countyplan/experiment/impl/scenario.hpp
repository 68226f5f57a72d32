// How a plan is turned into another one, table by table.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <countyplan/error.hpp>
#include <countyplan/experiment/messages.hpp>
#include <countyplan/experiment/scenario.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/random.hpp>

namespace countyplan {

namespace detail {

/// A number in [0, 1) of seed, purpose and id: the same whatever else is drawn. FNV-1a, Fowler, Noll & Vo (1991).
inline double drawn(std::uint64_t seed, std::string_view purpose, std::string_view id) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const std::string_view part : {purpose, std::string_view("\n"), id}) {
        for (const char c : part) {
            hash ^= static_cast<unsigned char>(c);
            hash *= 0x100000001b3;
        }
    }
    return Random(seed, hash).unit();
}

/// Leaves out these experts, by id, and the rows that name nobody else.
template <class Gone>
void drop_people(Draft& draft, Gone is_gone) {
    const auto names_one = [&is_gone](const Reference& at) { return at.noun == Noun::expert && is_gone(at.id); };
    std::erase_if(draft.experts.rows(), [&](const Expert& row) { return is_gone(row.id); });
    std::erase_if(draft.staffing.rows(), [&](const Posting& row) { return is_gone(row.expert); });
    std::erase_if(draft.mentors.rows(), [&](const Mentorship& row) { return is_gone(row.expert); });
    std::erase_if(draft.decisions.rows(), [&](const Decision& row) { return names_one(row.who); });
    std::erase_if(draft.ledger.rows(), [&](const Fact& row) { return names_one(row.subject); });
}

class ScenarioWriter {
  public:
    ScenarioWriter(Draft draft, const Scenario& scenario) : draft_(std::move(draft)), scenario_(scenario) {
        require("drop_out", scenario.drop_out, 1);
        require("supply", scenario.supply, most_supply);
        require("quotas", scenario.quotas, most_factor);
        require("lower_quotas", scenario.lower_quotas, 1);
    }

    [[nodiscard]] Draft run(std::uint64_t seed) {
        if (scenario_.drop_out > 0 || scenario_.supply != 1.0) people(seed);
        if (scenario_.quotas != 1.0 || scenario_.lower_quotas != 1.0) quotas();
        if (!scenario_.decisions) draft_.decisions = {};
        if (!scenario_.pairings)
            for (Pairing& pairing : draft_.pairings)
                pairing.required = false;
        weights();
        if (scenario_.objective) draft_.objective = *scenario_.objective;
        rules();
        return std::move(draft_);
    }

  private:
    static constexpr double most_supply = 10;
    static constexpr double most_factor = 100;

    static void require(const char* name, double value, double most) {
        if (value >= 0 && value <= most) return;
        throw InvalidProblem({message::generate_range, {std::to_string(value), "0", to_text(most)}}, name);
    }
    static std::int64_t scaled(std::int64_t number, double factor) {
        return static_cast<std::int64_t>(std::floor(static_cast<double>(number) * factor));
    }

    void people(std::uint64_t seed) {
        std::unordered_map<std::string, std::int64_t> copies;  // how often each stands in the scenario
        std::vector<Expert> more;
        const auto whole = static_cast<std::int64_t>(std::floor(scenario_.supply));
        const double rest = scenario_.supply - std::floor(scenario_.supply);
        for (const Expert& expert : draft_.experts) {
            std::int64_t count = whole + (drawn(seed, "supply", expert.id) < rest ? 1 : 0);
            if (drawn(seed, "drop_out", expert.id) < scenario_.drop_out) count = std::max<std::int64_t>(0, count - 1);
            copies.emplace(expert.id, count);
            for (std::int64_t k = 2; k <= count; ++k) {
                more.push_back(expert);
                more.back().id += "." + std::to_string(k);
                more.back().group.clear();
            }
        }
        const auto is_gone = [&copies](const std::string& id) {
            const auto found = copies.find(id);
            return found != copies.end() && found->second == 0;
        };
        drop_people(draft_, is_gone);
        for (Expert& expert : more)
            draft_.experts.push_back(std::move(expert));
    }

    void quotas() {
        const auto scale = [this](std::optional<std::int64_t>& upper) {
            if (upper) *upper = scaled(*upper, scenario_.quotas);
        };
        for (Sender& sender : draft_.senders) {
            scale(sender.quota_principal);
            scale(sender.quota_mid_level);
            scale(sender.quota_teacher);
            scale(sender.quota_total);
        }
        for (Quota& quota : draft_.quotas) {
            quota.lower = scaled(quota.lower, scenario_.lower_quotas);
            scale(quota.upper);
            if (quota.upper) *quota.upper = std::max(*quota.upper, quota.lower);
        }
    }

    void weights() {
        for (const auto& [factor, weight] : scenario_.weights) {
            bool is_known = false;
            for_each_field<FitWeights>([&, &name = factor, value = weight](const auto& field) {
                if (field.name != name) return;
                draft_.weights.*field.member = value;
                is_known = true;
            });
            if (!is_known) throw InvalidProblem({message::scenario_unknown, {shown_text(factor)}}, "weights");
        }
    }

    void rules() {
        for (const std::string& id : scenario_.without_rules) {
            if (std::erase_if(draft_.rules, [&id](const Rule& rule) { return rule.id == id; }) == 0)
                throw InvalidProblem({message::scenario_unknown, {shown_text(id)}}, "without_rules");
        }
    }

    Draft draft_;
    const Scenario& scenario_;
};

}  // namespace detail

COUNTYPLAN_INLINE Plan in_scenario(const Plan& plan, const Scenario& scenario, std::uint64_t seed) {
    return Plan(detail::ScenarioWriter(plan.draft(), scenario).run(seed));
}

COUNTYPLAN_INLINE std::vector<bool> drop_outs(const Plan& plan, double share, std::uint64_t seed) {
    std::vector<bool> out;
    for (const Expert& expert : plan.rows().experts)
        out.push_back(detail::drawn(seed, "drop_out", expert.id) < share);
    return out;
}

}  // namespace countyplan
