// What do the seeded instances look like as networks of arcs, for solvers that know nothing else?
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "given/instances.hpp"

namespace given {

/// As much must leave each node as enters it, within the bounds of the arcs, at the least cost.
struct Circulation {
    std::int32_t nodes = 0;
    std::vector<std::int32_t> tail = {}, head = {}, lower = {}, upper = {}, cost = {};  ///< per arc

    void add(std::int32_t from, std::int32_t to, Quota quota, std::int32_t price) {
        tail.push_back(from);
        head.push_back(to);
        lower.push_back(quota.lower);
        upper.push_back(quota.upper);
        cost.push_back(price);
    }
    void reserve(std::size_t arcs) {
        for (auto* numbers : {&tail, &head, &lower, &upper, &cost})
            numbers->reserve(arcs);
    }
    [[nodiscard]] std::size_t arcs() const { return tail.size(); }
};

/// Every row carries one unit to a column of its own.
inline Circulation circulation(const DenseInstance& instance) {
    const std::int32_t rows = instance.rows, columns = instance.columns, first_row = 2, first_column = 2 + rows;
    Circulation network{.nodes = 2 + rows + columns};
    network.reserve(instance.cost.size() + at(rows) + at(columns) + 1);
    for (std::int32_t r = 0; r < rows; ++r) {
        network.add(0, first_row + r, {1, 1}, 0);
        for (std::int32_t c = 0; c < columns; ++c)
            network.add(first_row + r, first_column + c, {0, 1}, instance.cost[at(r, columns, c)]);
    }
    for (std::int32_t c = 0; c < columns; ++c)
        network.add(first_column + c, 1, {0, 1}, 0);
    network.add(1, 0, {rows, rows}, 0);
    return network;
}

/// Every expert carries one unit, to a post or, at the penalty, straight to the sink.
inline Circulation circulation(const SparseInstance& instance) {
    const std::int32_t experts = instance.experts, first_expert = 2, first_post = 2 + experts;
    Circulation network{.nodes = first_post + instance.posts};
    network.reserve(instance.post.size() + 2 * at(experts) + at(instance.posts) + 1);
    for (std::int32_t e = 0; e < experts; ++e) {
        network.add(0, first_expert + e, {1, 1}, 0);
        for (auto k = static_cast<std::size_t>(instance.first[at(e)]);
             k < static_cast<std::size_t>(instance.first[at(e) + 1]); ++k) {
            network.add(first_expert + e, first_post + instance.post[k], {0, 1}, instance.cost[k]);
        }
        network.add(first_expert + e, 1, {0, 1}, instance.penalty);
    }
    for (std::int32_t p = 0; p < instance.posts; ++p)
        network.add(first_post + p, 1, {0, 1}, 0);
    network.add(1, 0, {experts, experts}, 0);
    return network;
}

/// Source, senders, experts, needs, schools, counties, sink, and back to the source for the reward.
inline Circulation circulation(const StaffingInstance& instance) {
    const SparseInstance& choice = instance.choice;
    const std::int32_t first_sender = 2, first_expert = first_sender + instance.senders;
    const std::int32_t first_need = first_expert + instance.experts(), first_school = first_need + instance.needs;
    const std::int32_t first_county = first_school + instance.schools;
    Circulation network{.nodes = first_county + instance.counties};
    network.reserve(choice.post.size() + at(network.nodes) + 1);
    for (std::int32_t s = 0; s < instance.senders; ++s)
        network.add(0, first_sender + s, instance.sender_quota[at(s)], 0);
    for (std::int32_t e = 0; e < instance.experts(); ++e)
        network.add(first_sender + instance.sender_of[at(e)], first_expert + e, {0, 1}, 0);
    for (std::int32_t e = 0; e < instance.experts(); ++e) {
        for (auto k = static_cast<std::size_t>(choice.first[at(e)]);
             k < static_cast<std::size_t>(choice.first[at(e) + 1]); ++k) {
            network.add(first_expert + e, first_need + choice.post[k], {0, 1}, choice.cost[k]);
        }
    }
    for (std::int32_t n = 0; n < instance.needs; ++n)
        network.add(first_need + n, first_school + instance.school_of[at(n)], instance.need_quota[at(n)], 0);
    for (std::int32_t s = 0; s < instance.schools; ++s)
        network.add(first_school + s, first_county + instance.county_of[at(s)], instance.school_quota[at(s)], 0);
    for (std::int32_t c = 0; c < instance.counties; ++c)
        network.add(first_county + c, 1, instance.county_quota[at(c)], 0);
    network.add(1, 0, {0, instance.experts()}, -instance.reward);
    return network;
}

/// G: a grid on a torus, the shape of Goldberg's generator GOTO: dear wide arcs to the two neighbours keep
/// it feasible, cheap narrow ones lead anywhere. One node supplies what its antipode wants.
inline Circulation torus_circulation(std::int32_t side, std::int32_t degree, std::uint64_t seed) {
    Circulation network{.nodes = side * side};
    network.reserve(at(network.nodes) * at(degree) + 1);
    InstanceStream stream(seed * 15485863 + 7);
    const std::int32_t supply = 50 * side;
    const auto node = [&](std::int32_t x, std::int32_t y) { return x % side * side + y % side; };
    for (std::int32_t x = 0; x < side; ++x) {
        for (std::int32_t y = 0; y < side; ++y) {
            network.add(node(x, y), node(x + 1, y), {0, supply}, 100'000);
            network.add(node(x, y), node(x, y + 1), {0, supply}, 100'000);
            for (std::int32_t k = 2; k < degree; ++k) {
                const std::int32_t dx = stream.below(side), dy = stream.below(4);
                const std::int32_t room = stream.between(1, 100), price = stream.between(1, 10'000);
                network.add(node(x, y), node(x + dx, y + dy), {0, room}, price);
            }
        }
    }
    network.add(node(side / 2, side / 2), node(0, 0), {supply, supply}, 0);
    return network;
}

}  // namespace given
