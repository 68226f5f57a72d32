// How does countyplan say that a caller, or a solver's input, is wrong?
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// A documented expectation of a function was broken. Thrown only where `COUNTYPLAN_CHECKED` is set.
class ContractViolation : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

/// A solver's input is not as its problem describes it. `place` names the field, e.g. `upper[3]`.
class InvalidProblem : public std::invalid_argument {
  public:
    InvalidProblem(Message message, std::string place)
        : std::invalid_argument(place + ": " + text(message, Language::en)),
          message_(std::move(message)),
          place_(std::move(place)) {}

    [[nodiscard]] const Message& message() const { return message_; }
    [[nodiscard]] const std::string& place() const { return place_; }

  private:
    Message message_;
    std::string place_;
};

}  // namespace countyplan

// Checked only where the exported definition COUNTYPLAN_CHECKED is set; never tied to NDEBUG, so that
// two translation units of one program see the same function.
#if defined(COUNTYPLAN_CHECKED)
#define COUNTYPLAN_EXPECT(condition, what) \
    ((condition) ? static_cast<void>(0) : throw ::countyplan::ContractViolation(what))
#else
#define COUNTYPLAN_EXPECT(condition, what) static_cast<void>(0)
#endif
