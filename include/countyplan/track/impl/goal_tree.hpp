// Which goals lie under which?
#pragma once

#include <utility>
#include <vector>

#include <countyplan/graph/tree.hpp>
#include <countyplan/plan/plan.hpp>

namespace countyplan::detail {

/// The goals of all counties, each under its parent; a node is a goal's row.
inline Tree goal_tree(const Plan& plan) {
    std::vector<NodeIndex> parents;
    parents.reserve(plan.rows().goals.size());
    for (const Id<Goal> id : plan.rows().goals.ids()) {
        const Id<Goal> parent = plan.parent_of(id);
        parents.push_back(parent ? static_cast<NodeIndex>(parent.value()) : no_node);
    }
    return Tree(std::move(parents));
}

}  // namespace countyplan::detail
