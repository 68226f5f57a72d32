// What has the caller to say about a pair that the plan does not know?
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

/// How good a pair is in the eyes of one of the caller's factors: 0 … 1000 as those of `FitFactor`, and by how
/// much that may be too high (0 or more). What counts is the lower confidence bound, value - uncertainty, at least 0.
struct Measure {
    double value = 0.0;
    double uncertainty = 0.0;

    friend bool operator==(const Measure&, const Measure&) = default;
};

/// A factor of the caller's own; its points are added to fit.
struct UserFactor {
    std::string name{};
    std::int64_t weight = 0;  ///< points at full value, as `FitWeights`: 0 … 10^6
    std::function<Measure(Id<Expert>, Id<Post>)> measure{};
};

/// Asked once per pair that the plan lets serve, experts in order, posts in order; on the calling thread.
struct UserRules {
    std::function<bool(Id<Expert>, Id<Post>)> allows{};  ///< empty: everything
    std::vector<UserFactor> factors{};

    [[nodiscard]] bool empty() const { return !allows && factors.empty(); }
};

/// What the caller's rules said of one pair. A result carries these, and the checkers take them as given.
struct GivenPair {
    std::string expert{};
    std::string post{};
    bool allowed = true;
    std::int64_t points = 0;  ///< of all factors, each weight x lower bound, rounded down
    std::int64_t doubt = 0;   ///< what the values themselves would add to that

    friend bool operator==(const GivenPair&, const GivenPair&) = default;
};

/// A factor's measure is not a number from 0 to 1000 with an uncertainty of 0 or more, or its weight is out of range.
class InvalidMeasure : public std::invalid_argument {
  public:
    InvalidMeasure(std::string factor, std::string expert, std::string post)
        : std::invalid_argument("factor '" + factor + "' of " + expert + " at " + post),
          factor_(std::move(factor)),
          expert_(std::move(expert)),
          post_(std::move(post)) {}

    [[nodiscard]] const std::string& factor() const { return factor_; }
    [[nodiscard]] const std::string& expert() const { return expert_; }  ///< empty where the weight is wrong
    [[nodiscard]] const std::string& post() const { return post_; }

  private:
    std::string factor_;
    std::string expert_;
    std::string post_;
};

}  // namespace countyplan
