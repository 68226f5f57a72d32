// How parameters become a scenario, and what was measured becomes a row.
#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <new>
#include <optional>
#include <string_view>
#include <variant>

#include <countyplan/error.hpp>
#include <countyplan/experiment/messages.hpp>
#include <countyplan/experiment/sweep.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

[[noreturn]] inline void refuse_value(const std::string& name, const PointValue& value) {
    throw InvalidProblem({message::point_value, {shown_text(name), shown_text(canonical_json(value))}}, name);
}

inline double number_of(const std::string& name, const PointValue& value) {
    if (const auto* const decimal = std::get_if<double>(&value)) return *decimal;
    if (const auto* const whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    refuse_value(name, value);
}

template <class T>
const T& exactly(const std::string& name, const PointValue& value) {
    if (const auto* const found = std::get_if<T>(&value)) return *found;
    refuse_value(name, value);
}

inline Objective objective_of(const std::string& name, const PointValue& value) {
    Objective out;
    std::string_view words = exactly<std::string>(name, value);
    while (true) {
        const std::size_t end = words.find(';');
        const auto tier = enumerator<Tier>(words.substr(0, end));
        if (!tier || user_tier(*tier) || std::ranges::count(out, *tier) > 0) refuse_value(name, value);
        out.push_back(*tier);
        if (end == std::string_view::npos) return out;
        words.remove_prefix(end + 1);
    }
}

inline NamedValues row_of(const MechanismResult& result) {
    NamedValues row;
    row["termination"] = std::string(name(result.termination));
    if (!result.measures) return row;
    const StaffingMeasures& m = *result.measures;
    row["serving"] = m.serving;
    row["wanted"] = m.wanted;
    row["filled"] = m.filled;
    row["cover"] = m.cover;
    row["critical_shortfall"] = m.critical_shortfall;
    row["shortfall"] = m.shortfall;
    row["worst_county"] = m.worst_county;
    row["worst_cover"] = m.worst_cover;
    row["best_cover"] = m.best_cover;
    row["gini"] = m.gini;
    row["wishing"] = m.wishing;
    row["wishes_met"] = m.wishes_met;
    row["mean_wish"] = m.mean_wish;
    row["moves"] = m.moves;
    row["blocking"] = static_cast<std::int64_t>(m.blocking);
    row["rules_broken"] = static_cast<std::int64_t>(
        std::ranges::count_if(result.rules, [](const RuleOutcome& rule) { return rule.breaches > 0; }));
    for (const TierValue& tier : m.tiers) {
        const std::string digits = to_text(tier.value);
        const auto whole = parse_number<std::int64_t>(digits);
        row["tier_" + std::string(name(tier.tier))] = whole ? PointValue(*whole) : PointValue(digits);
    }
    return row;
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<ExperimentPoint> points_of(const ExperimentGrid& grid) {
    std::vector<NamedValues> parameters(1);
    for (const auto& [name, values] : grid.values) {
        std::vector<NamedValues> more;
        for (const NamedValues& point : parameters) {
            for (const PointValue& value : values) {
                more.push_back(point);
                more.back()[name] = value;
            }
        }
        parameters = std::move(more);
    }
    std::vector<ExperimentPoint> out;
    for (const NamedValues& point : parameters)
        for (const std::uint64_t seed : grid.seeds)
            out.push_back({point, seed});
    return out;
}

COUNTYPLAN_INLINE Mechanism mechanism_of(const NamedValues& parameters) {
    const auto found = parameters.find("mechanism");
    if (found == parameters.end()) return Mechanism::optimal;
    const auto mechanism = enumerator<Mechanism>(detail::exactly<std::string>(found->first, found->second));
    if (!mechanism) detail::refuse_value(found->first, found->second);
    return *mechanism;
}

COUNTYPLAN_INLINE Scenario scenario_of(const NamedValues& parameters) {
    static constexpr std::string_view weight = "weight.", rule = "rule.";
    Scenario out;
    for (const auto& [name, value] : parameters) {
        if (name == "mechanism") continue;
        if (name == "drop_out") {
            out.drop_out = detail::number_of(name, value);
        } else if (name == "supply") {
            out.supply = detail::number_of(name, value);
        } else if (name == "quotas") {
            out.quotas = detail::number_of(name, value);
        } else if (name == "lower_quotas") {
            out.lower_quotas = detail::number_of(name, value);
        } else if (name == "decisions") {
            out.decisions = detail::exactly<bool>(name, value);
        } else if (name == "pairings") {
            out.pairings = detail::exactly<bool>(name, value);
        } else if (name == "objective") {
            out.objective = detail::objective_of(name, value);
        } else if (name.starts_with(weight)) {
            out.weights[name.substr(weight.size())] = detail::exactly<std::int64_t>(name, value);
        } else if (name.starts_with(rule)) {
            if (!detail::exactly<bool>(name, value)) out.without_rules.push_back(name.substr(rule.size()));
        } else {
            throw InvalidProblem({message::point_name, {shown_text(name)}}, name);
        }
    }
    return out;
}

COUNTYPLAN_INLINE std::optional<std::variant<NamedValues, PointError>> PointRunner::run(const ExperimentPoint& point,
                                                                                        const Stop& stop) {
    using Outcome = std::variant<NamedValues, PointError>;
    try {
        const Mechanism mechanism = mechanism_of(point.parameters);
        std::pair wanted(scenario_of(point.parameters), point.seed);
        if (held_ != wanted) {
            held_.reset();
            plan_ = in_scenario(base_, wanted.first, wanted.second);
            held_ = std::move(wanted);
        }
        const MechanismResult result = run_mechanism(plan_, mechanism, {}, stop);
        const bool was_stopped =
            result.termination == Termination::feasible || result.termination == Termination::unknown;
        if (was_stopped) return std::nullopt;
        return Outcome(detail::row_of(result));
    } catch (const InvalidPlan& error) {
        const auto& first = error.findings().front();
        return Outcome(PointError{"InvalidPlan", to_text(first.place) + ": " + text(first.message, Language::en)});
    } catch (const InvalidProblem& error) {
        return Outcome(PointError{"InvalidProblem", error.what()});
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        return Outcome(PointError{"Error", error.what()});
    }
}

COUNTYPLAN_INLINE std::vector<ExperimentPoint> shard_of(const std::vector<ExperimentPoint>& points, std::uint64_t index,
                                                        std::uint64_t count) {
    std::vector<ExperimentPoint> out;
    for (std::size_t k = index - 1; k < points.size(); k += count)
        out.push_back(points[k]);
    return out;
}

}  // namespace countyplan
