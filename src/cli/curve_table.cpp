#include "curve_table.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <countyplan/report/portfolio.hpp>

#include "replan_messages.hpp"

namespace countyplan {

namespace {

/// Whether `at` lies further along the curve than `than`.
bool is_beyond(const TradeOff& curve, Int128 at, Int128 than) { return is_gain(curve.first) ? at < than : than < at; }

/// What is open between the point and the next one.
const TradeBox* box_after(const TradeOff& curve, std::size_t point) {
    const auto found = std::ranges::find_if(curve.open, [&](const TradeBox& box) {
        return is_beyond(curve, box.from, curve.points[point].first) && point + 1 < curve.points.size() &&
               is_beyond(curve, curve.points[point + 1].first, box.to);
    });
    return found == curve.open.end() ? nullptr : &*found;
}

}  // namespace

ReportTable curve_table(const TradeOff& curve) {
    ReportTable out{.id = "trade_off",
                    .title = {message::cli_curve_title,
                              {tier_word(curve.first, curve.names), tier_word(curve.second, curve.names)}},
                    .columns = {},
                    .rows = {},
                    .empty_note = message::cli_curve_none};
    std::vector<Tier> tiers = {curve.first, curve.second};
    if (!curve.points.empty()) {
        for (const TierValue& tier : curve.points.front().tiers)
            if (std::ranges::count(tiers, tier.tier) == 0) tiers.push_back(tier.tier);
    }
    for (const Tier tier : tiers)
        out.columns.emplace_back(tier_title(tier, curve.names));
    out.columns.emplace_back(Message(message::cli_column_open));
    for (std::size_t i = 0; i < curve.points.size(); ++i) {
        const TradePoint& point = curve.points[i];
        out.rows.push_back({to_text(point.first), to_text(point.second)});
        for (std::size_t t = 2; t < tiers.size(); ++t)
            out.rows.back().emplace_back(to_text(std::ranges::find(point.tiers, tiers[t], &TierValue::tier)->value));
        const TradeBox* const box = box_after(curve, i);
        out.rows.back().push_back(box == nullptr ? Cell() : Cell(to_text(box->possible)));
    }
    return out;
}

Message curve_summary(const TradeOff& curve) {
    const TradePoint& first = curve.points.front();
    const TradePoint& last = curve.points.back();
    return {message::cli_trade_off_summary,
            {std::to_string(curve.points.size()), tier_word(curve.first, curve.names), to_text(first.first),
             to_text(last.first), tier_word(curve.second, curve.names), to_text(first.second), to_text(last.second),
             std::to_string(curve.open.size())}};
}

}  // namespace countyplan
