// What an examiner said, for the message of a failed expectation.
#pragma once

#include <string>

#include <countyplan/allocate/objective.hpp>

namespace expect {

inline std::string told(const countyplan::AnswerVerdict& v) {
    using namespace countyplan;
    if (v.accepted) return "accepted";
    return std::string(name(v.part)) + " " + v.key + ": " + text(v.why, Language::en) + " " +
           text(v.detail, Language::en);
}

}  // namespace expect
