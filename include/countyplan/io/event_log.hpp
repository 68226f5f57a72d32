// Which events does this log hold, and what is wrong with it?
#pragma once

#include <span>
#include <string>
#include <vector>

#include <countyplan/io/read.hpp>
#include <countyplan/plan/event.hpp>

namespace countyplan {

/// What was read, and everything found wrong with it: by the reader first, and where it could read all, by
/// `check_events`. Where there is no error, the events are whole and may be applied to the plan.
struct EventReading {
    std::vector<Event> events;
    Findings findings;
};

/// Reads a log by the end of its name: `.json` is one document, anything else a CSV table, whose cells `post` and
/// `school` hold JSON objects. Throws nothing for wrong data.
[[nodiscard]] EventReading read_events(const Plan& plan, std::string bytes, const std::string& name,
                                       const ReadOptions& options = {}, const LastEvent& last = {});

/// The canonical table; columns that no event needs are left out.
[[nodiscard]] std::string events_csv(std::span<const Event> events);

/// The canonical document.
[[nodiscard]] std::string events_json(std::span<const Event> events);

}  // namespace countyplan
