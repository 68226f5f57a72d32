// What is a good staffing, as tiers of whole numbers and as a network whose potentials prove it best?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/proof/verdict.hpp>

namespace countyplan {

struct TierValue {
    Tier tier = Tier::critical_shortfall;
    Int128 value{};

    friend bool operator==(const TierValue&, const TierValue&) = default;
};

/// The potential of one named node of the allocation's network, one component per tier.
struct NodePotential {
    std::string node{};
    std::array<std::int64_t, standard_tiers> value{};

    friend bool operator==(const NodePotential&, const NodePotential&) = default;
};

/// A post below what it needs.
struct Shortage {
    Id<Post> post{};
    std::int64_t short_of_min = 0;
    std::int64_t short_of_target = 0;  ///< at least 1 in a list of shortages; counts those below `min` too

    friend bool operator==(const Shortage&, const Shortage&) = default;
};

/// All tiers in order, from their definitions. Postings of unknown people or posts count for nothing.
[[nodiscard]] std::vector<TierValue> tier_values(const Plan& plan, const Staffing& staffing);

/// The posts below `target`, in id order.
[[nodiscard]] std::vector<Shortage> shortages(const Plan& plan, const Staffing& staffing);

// ---------------------------------------------------------------------------------------------------------------------

/// The plan as a circulation. Nodes in this order: `home`, `sender:S`, `role:S/teacher` (three per
/// sender), `expert:E`, `post:P`. A person's way runs home → root sender → … → own sender → first role →
/// expert → post → home; who is not posted stays at home, so no flow at all is feasible. Arcs in this
/// order: `quota:S` (into a sender), `quota:S/teacher` (sender to role), `expert:E` (role to expert),
/// `min:P`, `target:P`, `max:P` (post to home, empty ones left out), `pair:E/P` (eligible pairs only, by
/// expert, then post). Costs: a person below `min` earns (1 if critical, 1, priority, 0), below
/// `target` (0, 0, priority, 0); a pair earns (0, 0, 0, score); earnings are negative costs. No bound
/// exceeds the number of experts.
struct AllocationNetwork {
    Plan plan{};
    MinCostFlowProblem problem{};
    std::vector<std::size_t> slice_first{};   ///< per post and one more: its first slice arc
    std::vector<std::uint8_t> slice_level{};  ///< per slice arc, counted from the first: 0 min, 1 target, 2 max
    std::vector<std::size_t> pair_first{};    ///< per expert and one more: its first pair arc

    [[nodiscard]] std::uint32_t home() const { return 0; }
    [[nodiscard]] std::uint32_t node(Id<Sender> sender) const;
    [[nodiscard]] std::uint32_t node(Id<Sender> sender, Role role) const;
    [[nodiscard]] std::uint32_t node(Id<Expert> expert) const;
    [[nodiscard]] std::uint32_t node(Id<Post> post) const;
    [[nodiscard]] Id<Post> post_at(std::size_t pair_arc) const;
    /// The pair arc of these two, if they are eligible. Time O(log posts).
    [[nodiscard]] std::optional<std::size_t> pair_arc(Id<Expert> expert, Id<Post> post) const;

    [[nodiscard]] std::string node_name(std::size_t node) const;
    [[nodiscard]] std::string arc_name(std::size_t arc) const;
    /// Reads what `node_name` writes.
    [[nodiscard]] std::optional<std::uint32_t> find_node(std::string_view name) const;
};

/// Memory: 56 bytes per eligible pair. Time: linear in the pairs of equal role and subject.
[[nodiscard]] AllocationNetwork allocation_network(const Plan& plan);

/// The part of an answer that is wrong; in files: staffing.csv, result.json, certificate.json.
enum class AnswerPart { staffing, result, certificate };

template <>
struct Enumerators<AnswerPart> {
    static constexpr MessageText words[] = {
        {"staffing", "派驻表", "staffing"}, {"result", "结果", "result"}, {"certificate", "证书", "certificate"}};
};

/// The examiner's answer: where not accepted, the part, the item in it (`expert:SZ-0012`, `post:P-7`,
/// `sender:SZ`, a tier's name, a field's name), the condition that failed, and the rule behind it if any.
struct AnswerVerdict {
    bool accepted = true;
    AnswerPart part = AnswerPart::staffing;
    std::string key{};
    Message why{};
    Message detail{};  ///< the refusal of a pair, where that is what failed

    friend bool operator==(const AnswerVerdict&, const AnswerVerdict&) = default;
};

/// The flow of a staffing: per arc, slices filled in the order min, target, max; or the first reason why the
/// staffing breaks a hard rule: unknown ids, ineligible pairs, dates that are not the post's, a person
/// posted twice, a post above `max`, a quota exceeded.
[[nodiscard]] std::variant<std::vector<std::int64_t>, AnswerVerdict> flow_of(const AllocationNetwork& network,
                                                                             const Staffing& staffing);

/// The staffing of a flow on the network: sorted by expert id, with each post's dates.
[[nodiscard]] Staffing staffing_of(const AllocationNetwork& network, std::span<const std::int64_t> flow);

/// The potentials by name, in the order of nodes, and back (which fails by name).
[[nodiscard]] std::vector<NodePotential> named_potentials(const AllocationNetwork& network,
                                                          const Potentials& potentials);
[[nodiscard]] std::variant<Potentials, AnswerVerdict> potentials_of(const AllocationNetwork& network,
                                                                    std::span<const NodePotential> named);

/// Whether the staffing keeps every hard rule, the values are the true ones, and, where `claim` is
/// `proved`, the potentials prove that no staffing is better: every arc's reduced cost vector is
/// lexicographically >= 0 where its flow is 0, <= 0 where it is full, 0 between. Otherwise the first
/// failure, by item: a staffing that falls short of what the rest shows is named by person, post or
/// sender, a false potential by its node. Shares no code with the solver; exact for any field values.
[[nodiscard]] AnswerVerdict examine(const Plan& plan, const Staffing& staffing, std::span<const TierValue> tiers,
                                    std::span<const NodePotential> potentials, Claim claim = Claim::proved);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/objective.hpp>
#endif
