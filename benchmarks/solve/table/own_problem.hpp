// How are the instances put to our own solvers?
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/solve/proof/assignment.hpp>
#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/solve/proof/matching.hpp>
#include <countyplan/solve/proof/max_flow.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/proof/nested_flow.hpp>
#include <countyplan/solve/proof/sparse_assignment.hpp>

#include "given/circulation.hpp"
#include "given/instances.hpp"

namespace bench {

template <class Wide, class Narrow>
std::vector<Wide> widened(const std::vector<Narrow>& numbers) {
    return std::vector<Wide>(numbers.begin(), numbers.end());
}

inline countyplan::AssignmentProblem32 assignment(given::DenseInstance instance) {
    return {.rows = given::at(instance.rows), .columns = given::at(instance.columns), .cost = std::move(instance.cost)};
}

inline countyplan::SparseAssignmentProblem32 sparse_assignment(given::SparseInstance instance) {
    return {.rows = given::at(instance.experts),
            .columns = given::at(instance.posts),
            .first = widened<std::size_t>(instance.first),
            .column = widened<std::uint32_t>(instance.post),
            .cost = std::move(instance.cost),
            .unmatched_row = {instance.penalty}};
}

/// Senders on the left; counties, schools in them and needs in these on the right. The reward is taken off
/// the cost of every pair.
inline countyplan::NestedFlowProblem32 nested_flow(given::StaffingInstance instance) {
    countyplan::NestedFlowProblem32 problem;
    const auto add = [](countyplan::NestedQuotas& side, std::uint32_t parent, given::Quota quota) {
        side.parent.push_back(parent);
        side.lower.push_back(quota.lower);
        side.upper.push_back(quota.upper);
    };
    constexpr std::uint32_t outermost = countyplan::NestedQuotas::outermost;
    for (const given::Quota quota : instance.sender_quota)
        add(problem.left, outermost, quota);
    for (const given::Quota quota : instance.county_quota)
        add(problem.right, outermost, quota);
    for (std::size_t s = 0; s < instance.school_quota.size(); ++s)
        add(problem.right, static_cast<std::uint32_t>(instance.county_of[s]), instance.school_quota[s]);
    const std::int32_t first_school = instance.counties, first_need = first_school + instance.schools;
    for (std::size_t n = 0; n < instance.need_quota.size(); ++n)
        add(problem.right, static_cast<std::uint32_t>(first_school + instance.school_of[n]), instance.need_quota[n]);
    problem.group = widened<std::uint32_t>(instance.sender_of);
    problem.first = widened<std::size_t>(instance.choice.first);
    problem.to = widened<std::uint32_t>(instance.choice.post);
    for (std::uint32_t& need : problem.to)
        need += static_cast<std::uint32_t>(first_need);
    problem.cost = std::move(instance.choice.cost);
    for (std::int32_t& cost : problem.cost)
        cost -= instance.reward;
    return problem;
}

inline countyplan::MinCostFlowProblem min_cost_flow(const given::Circulation& network) {
    const std::size_t nodes = given::at(network.nodes);
    return {.nodes = nodes,
            .supply = std::vector<std::int64_t>(nodes, 0),
            .tail = widened<std::uint32_t>(network.tail),
            .head = widened<std::uint32_t>(network.head),
            .lower = widened<std::int64_t>(network.lower),
            .upper = widened<std::int64_t>(network.upper),
            .cost = widened<std::int64_t>(network.cost)};
}

inline countyplan::MaxFlowProblem max_flow(const given::Circulation& network) {
    countyplan::MaxFlowProblem problem{.nodes = given::at(network.nodes),
                                       .source = static_cast<std::uint32_t>(network.head.back()),
                                       .sink = static_cast<std::uint32_t>(network.tail.back()),
                                       .tail = widened<std::uint32_t>(network.tail),
                                       .head = widened<std::uint32_t>(network.head),
                                       .capacity = widened<std::int64_t>(network.upper)};
    problem.capacity.back() = 0;  // the arc back
    return problem;
}

inline countyplan::MatchingProblem matching(const given::SparseInstance& instance) {
    return {.rows = given::at(instance.experts),
            .columns = given::at(instance.posts),
            .first = widened<std::size_t>(instance.first),
            .column = widened<std::uint32_t>(instance.post)};
}

inline countyplan::LongestPathProblem longest_path(const given::TaskInstance& instance) {
    countyplan::LongestPathProblem problem{.nodes = instance.duration.size(),
                                           .tail = widened<std::uint32_t>(instance.from),
                                           .head = widened<std::uint32_t>(instance.to),
                                           .release = std::vector<std::int64_t>(instance.duration.size(), 0),
                                           .span = widened<std::int64_t>(instance.duration)};
    for (const std::uint32_t task : problem.tail)
        problem.length.push_back(problem.span[task]);
    return problem;
}

template <class... T>
std::size_t bytes_in(const std::vector<T>&... lists) {
    return (std::size_t{0} + ... + (lists.size() * sizeof(T)));
}

inline std::size_t bytes_of(const countyplan::AssignmentProblem32& p) { return bytes_in(p.cost); }
inline std::size_t bytes_of(const countyplan::SparseAssignmentProblem32& p) {
    return bytes_in(p.first, p.column, p.cost);
}
inline std::size_t bytes_of(const countyplan::NestedQuotas& q) {
    return bytes_in(q.parent, q.lower, q.upper, q.first_piece, q.from, q.slope);
}
inline std::size_t bytes_of(const countyplan::NestedFlowProblem32& p) {
    return bytes_of(p.left) + bytes_of(p.right) + bytes_in(p.group, p.first, p.to, p.cost);
}
inline std::size_t bytes_of(const countyplan::MinCostFlowProblem& p) {
    return bytes_in(p.supply, p.tail, p.head, p.lower, p.upper, p.cost);
}
inline std::size_t bytes_of(const countyplan::MaxFlowProblem& p) { return bytes_in(p.tail, p.head, p.capacity); }
inline std::size_t bytes_of(const countyplan::MatchingProblem& p) { return bytes_in(p.first, p.column); }
inline std::size_t bytes_of(const countyplan::LongestPathProblem& p) {
    return bytes_in(p.tail, p.head, p.length, p.release, p.deadline, p.span);
}

/// Of the certificates, which are lists of numbers in all cases.
template <class Prices>
std::size_t two_lists(const auto& certificate, std::vector<std::int64_t> Prices::*a,
                      std::vector<std::int64_t> Prices::*b) {
    const auto* prices = std::get_if<Prices>(&certificate);
    return prices == nullptr ? 0 : bytes_in(prices->*a, prices->*b);
}

inline std::size_t bytes_of(const countyplan::AssignmentResult& r) {
    using Prices = countyplan::AssignmentPrices;
    return bytes_in(r.column_of) + two_lists<Prices>(r.certificate, &Prices::row, &Prices::column);
}
inline std::size_t bytes_of(const countyplan::SparseAssignmentResult& r) {
    using Prices = countyplan::SparseAssignmentPrices;
    return bytes_in(r.column_of) + two_lists<Prices>(r.certificate, &Prices::row, &Prices::column);
}
inline std::size_t bytes_of(const countyplan::NestedFlowResult& r) {
    using Prices = countyplan::NestedFlowPotentials;
    return bytes_in(r.pair_of) + two_lists<Prices>(r.certificate, &Prices::left, &Prices::right);
}
inline std::size_t bytes_of(const countyplan::MinCostFlowResult& r) {
    const auto* potentials = std::get_if<countyplan::Potentials>(&r.certificate);
    return bytes_in(r.flow) + (potentials == nullptr ? 0 : bytes_in(potentials->value));
}
inline std::size_t bytes_of(const countyplan::MaxFlowResult& r) { return bytes_in(r.flow, r.cut); }
inline std::size_t bytes_of(const countyplan::MatchingResult& r) {
    return bytes_in(r.column_of, r.cover_rows, r.cover_columns);
}
inline std::size_t bytes_of(const countyplan::LongestPathResult& r) {
    const auto* drivers = std::get_if<countyplan::Drivers>(&r.certificate);
    return bytes_in(r.earliest, r.latest) + (drivers == nullptr ? 0 : bytes_in(drivers->early, drivers->late));
}

inline std::string objective_of(const countyplan::AssignmentResult& r) { return to_text(r.objective); }
inline std::string objective_of(const countyplan::SparseAssignmentResult& r) { return to_text(r.objective); }
inline std::string objective_of(const countyplan::NestedFlowResult& r) {
    return r.cost.empty() ? "none" : to_text(r.cost.front());
}
inline std::string objective_of(const countyplan::MinCostFlowResult& r) {
    return r.cost.empty() ? "none" : to_text(r.cost.front());
}
inline std::string objective_of(const countyplan::MaxFlowResult& r) { return to_text(r.value); }
inline std::string objective_of(const countyplan::MatchingResult& r) { return std::to_string(r.size); }
/// The makespan and the sum of all slacks.
inline std::string objective_of(const countyplan::LongestPathResult& r) {
    std::int64_t slack = 0;
    for (std::size_t v = 0; v < r.latest.size(); ++v)
        slack += r.latest[v] - r.earliest[v];
    return std::to_string(r.horizon) + " " + std::to_string(slack);
}

}  // namespace bench
