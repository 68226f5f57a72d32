// Does the checker accept, and if not, which condition failed where?
#pragma once

#include <string>

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// A checker's answer. `why` and `place` (such as `flow[3]`) are empty when accepted, and name the
/// first condition that failed otherwise.
struct Verdict {
    bool accepted = true;
    Message why = {};
    std::string place = {};

    friend bool operator==(const Verdict&, const Verdict&) = default;
};

}  // namespace countyplan
