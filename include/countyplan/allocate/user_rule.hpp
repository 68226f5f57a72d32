// What has the caller to say about a pair that the plan does not know?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/rule.hpp>
#include <countyplan/scalar/enumerator.hpp>
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

/// A tier of the caller's own. It counts where the plan's objective names `tier`: the sum of the points of all
/// postings, more is better. What is a cost gives points below 0.
struct UserTier {
    static constexpr std::int64_t most_points = 1'000'000'000;

    Tier tier = Tier::user_1;                                    ///< `user_1`, `user_2` or `user_3`
    std::string name{};                                          ///< what people read in its place
    std::function<std::int64_t(Id<Expert>, Id<Post>)> points{};  ///< -most_points … most_points
};

/// Asked once per pair that the plan lets serve, experts in order, posts in order; on the calling thread.
struct UserRules {
    std::function<bool(Id<Expert>, Id<Post>)> allows{};  ///< empty: everything
    std::vector<UserFactor> factors{};
    std::vector<UserTier> tiers{};  ///< those that the objective names, in any order, each once

    [[nodiscard]] bool empty() const { return !allows && factors.empty() && tiers.empty(); }
};

/// What the caller's own tiers are called, `user_1` first; empty where there is no such tier.
using UserTierNames = std::array<std::string, user_tiers>;

/// What to call a tier: by the caller's name where it has one.
[[nodiscard]] inline MessageArgument tier_word(Tier tier, const UserTierNames& names) {
    const auto own = user_tier(tier);
    return own && !names[*own].empty() ? MessageArgument(names[*own]) : MessageArgument(word(tier));
}

/// What the caller's rules said of one pair. A result carries these, and the checkers take them as given.
struct GivenPair {
    static constexpr std::int64_t most_points = std::int64_t{1} << 53;

    std::string expert{};
    std::string post{};
    bool allowed = true;
    std::int64_t points = 0;                      ///< of all factors, each weight x lower bound, rounded down
    std::int64_t doubt = 0;                       ///< what the values themselves would add to that
    std::array<std::int64_t, user_tiers> user{};  ///< in the caller's own tiers, `user_1` first

    friend bool operator==(const GivenPair&, const GivenPair&) = default;
};

/// A factor's measure is not a number from 0 to 1000 with an uncertainty of 0 or more, or its weight is out of range;
/// or a tier's points are.
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

/// The objective names a tier of the caller's own that the rules do not speak of, the rules speak of one that it does
/// not name, or of one twice.
class InvalidUserTier : public std::invalid_argument {
  public:
    explicit InvalidUserTier(Tier tier)
        : std::invalid_argument("the objective and the rules must name tier '" + std::string(countyplan::name(tier)) +
                                "' once each"),
          tier_(tier) {}

    [[nodiscard]] Tier tier() const { return tier_; }

  private:
    Tier tier_;
};

}  // namespace countyplan
