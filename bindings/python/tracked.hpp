// Which plan do the rows of a tracking belong to?
#pragma once

#include <countyplan/plan/plan.hpp>
#include <countyplan/track/track.hpp>

namespace countyplan {

/// A tracking names rows by position; in Python it keeps the plan that gives them their ids.
struct Tracked {
    Plan plan{};
    Tracking tracking{};
};

}  // namespace countyplan
