#include "tracking_default.hpp"

#include <algorithm>

#include <countyplan/error.hpp>

#include "messages.hpp"

namespace countyplan {

Day last_recorded_day(const Plan& plan) {
    const auto& ledger = plan.rows().ledger;
    const auto last = std::ranges::max_element(ledger, {}, &Fact::recorded_at);
    return last == ledger.end() ? plan.rows().period.from : last->recorded_at;
}

std::optional<Tracking> tracking_for_report(const Plan& plan, Day as_of, const Settings& settings, Console& console) {
    try {
        Tracking tracking = track(plan, as_of, {}, {.time_limit = settings.time_limit});
        if (tracking.termination == Termination::optimal) return tracking;
        console.note(Message(message::cli_track_left_out, {word(tracking.cause)}));
    } catch (const InvalidProblem& invalid) {
        console.note(Message(message::cli_track_left_out, {text(invalid.message(), settings.language)}));
    }
    return std::nullopt;
}

}  // namespace countyplan
