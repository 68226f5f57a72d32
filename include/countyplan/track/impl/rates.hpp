// How rates of many places become one: by their sums, group by group.
#pragma once

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/track/roll_up.hpp>

namespace countyplan::detail {

/// What each indicator was reported as, and the sums over counties and provinces.
class RateSums {
  public:
    RateSums(Plan plan, const ProgressReport& progress) : plan_(std::move(plan)) {
        reported_.resize(progress.indicators.size());
        for (const Id<Indicator> id : progress.indicators.ids())
            update(id, progress.indicators[id]);
    }

    void update(Id<Indicator> indicator, const Earned& earned) {
        reported_[indicator.value()] = {!earned.cancelled, earned.groups};
    }

    [[nodiscard]] std::vector<RateRollUp> result() const {
        std::vector<RateRollUp> out;
        if (std::ranges::all_of(reported_, [](const Reported& row) { return row.groups.empty(); })) return out;
        const auto& rows = plan_.rows().indicators;
        std::map<std::tuple<std::string_view, std::string_view, std::string_view, IndicatorKind, Direction>,
                 Id<Indicator>>
            first;
        std::map<std::pair<Code, Id<Indicator>>, RateRollUp> sums;
        for (const Id<Indicator> id : rows.ids()) {
            const Indicator& row = rows[id];
            const auto like =
                first.try_emplace({row.name_zh, row.name_en, row.unit, row.kind, row.direction}, id).first->second;
            const Reported& reported = reported_[id.value()];
            if (!reported.present) continue;
            const Code county = plan_.rows().counties[plan_.county_of(plan_.goal_of(id))].code;
            for (const Code area : {county.province(), county})
                add(sums[{area, like}], reported.groups);
        }
        for (auto& [key, sum] : sums) {
            if (sum.with_data == 0) continue;
            sum.area = key.first;
            sum.indicator = key.second;
            std::ranges::sort(sum.groups, {}, &RateGroup::group);
            out.push_back(std::move(sum));
        }
        return out;
    }

  private:
    struct Reported {
        bool present = true;
        std::vector<RateGroup> groups{};
    };

    static void add(RateRollUp& sum, const std::vector<RateGroup>& groups) {
        ++sum.indicators;
        if (groups.empty()) return;
        ++sum.with_data;
        for (const RateGroup& from : groups) {
            RateGroup* to = &sum.whole;
            if (!from.group.empty()) {
                const auto known = std::ranges::find(sum.groups, from.group, &RateGroup::group);
                to = known != sum.groups.end() ? &*known : &sum.groups.emplace_back(RateGroup{.group = from.group});
            }
            to->numerator += from.numerator;
            to->denominator += from.denominator;
            if (from.evidence) to->evidence = std::min(to->evidence.value_or(*from.evidence), *from.evidence);
        }
    }

    Plan plan_;
    std::vector<Reported> reported_;
};

}  // namespace countyplan::detail
