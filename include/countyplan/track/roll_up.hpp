// How far along are a goal, a county and a province, and how much of that is known?
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/scalar/share.hpp>
#include <countyplan/track/progress.hpp>

namespace countyplan {

/// What stands for the weights of a node's children.
enum class WeightMode {
    explicit_weights,  ///< those that the plan gives
    work,              ///< the budgets below that have data, so that the sum over leaves comes out
    equal,             ///< one each
};

template <>
struct Enumerators<WeightMode> {
    static constexpr MessageText words[] = {
        {"explicit", "给定权重", "given weights"}, {"work", "按工作量", "by work"}, {"equal", "等权", "equal"}};
};

/// What becomes of a task or an indicator without data. It never silently counts as 0.
enum class MissingPolicy {
    exclude,     ///< left out of the value, seen in the coverage
    zero,        ///< counts as 0 in the value, still seen in the coverage
    carry_last,  ///< as `exclude`, and data older than `max_age` count as missing too
    fail,        ///< whatever stands above it has no value
};

template <>
struct Enumerators<MissingPolicy> {
    static constexpr MessageText words[] = {{"exclude", "剔除", "exclude"},
                                            {"zero", "按零计", "count as zero"},
                                            {"carry_last", "沿用最近值", "carry the last one"},
                                            {"fail", "不予计算", "refuse"}};
};

/// What a county weighs in its province.
enum class CountyWeight { given, equal, students, schools };

template <>
struct Enumerators<CountyWeight> {
    static constexpr MessageText words[] = {{"given", "方案给定", "as given"},
                                            {"equal", "等权", "equal"},
                                            {"students", "按学生数", "by students"},
                                            {"schools", "按学校数", "by schools"}};
};

/// The mode of one node: a goal or a county.
struct NodeWeightMode {
    Reference node{};
    WeightMode mode = WeightMode::equal;

    friend bool operator==(const NodeWeightMode&, const NodeWeightMode&) = default;
};

struct RollUpOptions {
    MissingPolicy missing = MissingPolicy::exclude;
    std::chrono::days max_age{365};             ///< for `carry_last`
    Share coverage_needed = *Share::from(0.6);  ///< below it the status is unknown
    CountyWeight county_weight = CountyWeight::given;
    std::optional<WeightMode> mode = std::nullopt;  ///< for all goals and counties; unset: by what is given
    std::vector<NodeWeightMode> modes{};            ///< for single ones; they win over `mode`

    friend bool operator==(const RollUpOptions&, const RollUpOptions&) = default;
};

/// One node of the roll-up. Numbers are not rounded; whoever prints rounds.
struct RolledUp {
    std::optional<double> value{};  ///< in [0, 1]; unset where nothing below has data
    double coverage = 0.0;          ///< in [0, 1], the weighted part of what is below that has data
    std::optional<Day> oldest{};    ///< the oldest evidence in the value
    WeightMode mode = WeightMode::equal;
    ProgressStatus status = ProgressStatus::unknown;

    friend bool operator==(const RolledUp&, const RolledUp&) = default;
};

/// A province by the first two digits of its counties' codes.
struct ProvinceRollUp {
    Code province{};
    RolledUp weighted{};  ///< by `RollUpOptions::county_weight`
    RolledUp equal{};     ///< each county once

    friend bool operator==(const ProvinceRollUp&, const ProvinceRollUp&) = default;
};

/// An indicator that is reported as a rate, over all of an area: sums of numerators and denominators,
/// never a mean of rates. Indicators of the same names, unit, kind and direction are one.
struct RateRollUp {
    Code area{};                      ///< of a county or a province
    Id<Indicator> indicator{};        ///< the first of those summed
    std::size_t with_data = 0;        ///< how many of them have a rate
    std::size_t indicators = 0;       ///< how many there are, those that are cancelled left out
    RateGroup whole{};                ///< all groups together
    std::vector<RateGroup> groups{};  ///< each group for itself, by name

    friend bool operator==(const RateRollUp&, const RateRollUp&) = default;
};

/// The part of its parent's weight that a node has, in [0, 1]; 0 for what is cancelled or weighs nothing.
struct RollUpShares {
    ById<Id<Task>, double> tasks{};
    ById<Id<Indicator>, double> indicators{};
    ById<Id<Goal>, double> goals{};
    ById<Id<County>, double> counties{};  ///< by `RollUpOptions::county_weight`

    friend bool operator==(const RollUpShares&, const RollUpShares&) = default;
};

struct RollUp {
    ById<Id<Goal>, RolledUp> goals{};
    ById<Id<County>, RolledUp> counties{};
    std::vector<ProvinceRollUp> provinces{};  ///< by code
    std::vector<RateRollUp> rates{};          ///< by area, then by indicator; areas without rates have no row
    RollUpShares shares{};
    Findings findings{};  ///< ratios that are undefined, weights that were set aside or supplied

    friend bool operator==(const RollUp&, const RollUp&) = default;
};

/// Weighted means from tasks and indicators through goals to counties and provinces: P = sum(w P) / sum(w)
/// over the children with data, coverage = sum(w coverage) / sum(w) over all that are not cancelled.
/// Unset mode: given weights if every child has one, else work if every child has a budget below it,
/// else equal; weights that are given but cannot be used are reported. A child of weight 0 counts in no
/// mode. Apportioned tasks earn what the rest of their goal earns. O(n), not recursive.
/// Formulae: docs/math/roll_up.md.
[[nodiscard]] RollUp roll_up(const Plan& plan, const ProgressReport& progress, AsOf as_of,
                             const RollUpOptions& options = {});

namespace detail {
class RollUpTree;
}

/// The same, kept at hand while single tasks and indicators change. After any updates `result()` equals
/// `roll_up` of the changed report, to the last bit. A regular value; not for two threads at once.
class RollUpState {
  public:
    RollUpState(const Plan& plan, const ProgressReport& progress, AsOf as_of, const RollUpOptions& options = {});
    RollUpState(const RollUpState& other);
    RollUpState(RollUpState&& other) noexcept;
    RollUpState& operator=(const RollUpState& other);
    RollUpState& operator=(RollUpState&& other) noexcept;
    ~RollUpState();

    /// What a task or an indicator has earned from here on. O(children of the nodes above it); ends
    /// where nothing changes.
    void update(Id<Task> task, const Earned& earned);
    void update(Id<Indicator> indicator, const Earned& earned);

    /// References live until the next change of the state.
    [[nodiscard]] const RolledUp& operator[](Id<Goal> goal) const;
    [[nodiscard]] const RolledUp& operator[](Id<County> county) const;
    [[nodiscard]] const std::vector<ProvinceRollUp>& provinces() const;

    /// Everything, with rates, shares and findings. O(n).
    [[nodiscard]] RollUp result() const;

  private:
    std::unique_ptr<detail::RollUpTree> tree_;
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/roll_up.hpp>
#endif
