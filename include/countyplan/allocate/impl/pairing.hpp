// How a pairing problem becomes a network, and how its flow, its proof and its conflict come back by name.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <variant>

#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/pairing.hpp>
#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan {

namespace detail {

inline constexpr std::size_t most_pairing_rows = std::size_t{1} << 20;

inline std::string pairing_place(const char* table, std::size_t row, const char* field) {
    return indexed(table, row) + "." + field;
}

inline Verdict pairing_range(std::int64_t value, std::int64_t least, std::int64_t most, std::string place) {
    if (value >= least && value <= most) return {};
    return refuse({message::solve_out_of_range, {to_text(value), to_text(least), to_text(most)}}, std::move(place));
}

inline Verdict pairing_row(std::uint32_t row, std::size_t rows, std::string place) {
    if (row < rows) return {};
    return refuse({message::proof_no_such_item, {to_text(row), to_text(rows)}}, std::move(place));
}

/// Ids are there, and each only once.
template <class Rows>
Verdict pairing_ids(const Rows& rows, const char* table) {
    std::unordered_set<std::string_view> seen;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].id.empty()) return refuse(message::pairing_without_id, pairing_place(table, row, "id"));
        if (!seen.insert(rows[row].id).second) {
            return refuse({message::proof_named_twice, {rows[row].id}}, pairing_place(table, row, "id"));
        }
    }
    return {};
}

inline Verdict pairing_tie(const PairingProblem& p, std::size_t row) {
    const PairingTie& tie = p.ties[row];
    const auto at = [row](const char* field) { return pairing_place("ties", row, field); };
    if (Verdict v = pairing_row(tie.sender, p.senders.size(), at("sender")); !v.accepted) return v;
    if (Verdict v = pairing_row(tie.receiver, p.receivers.size(), at("receiver")); !v.accepted) return v;
    if (Verdict v = pairing_range(tie.km, 0, 20015, at("km")); !v.accepted) return v;
    if (Verdict v = pairing_range(tie.least, 0, PairingProblem::max_amount, at("least")); !v.accepted) return v;
    if (!tie.most) return {};
    return pairing_range(*tie.most, tie.least, PairingProblem::max_amount, at("most"));
}

inline Verdict pairing_order(const PairingProblem& p) {
    std::vector<PairingTier> sorted = p.order;
    std::ranges::sort(sorted);
    const bool starts = !p.order.empty() && p.order.front() == PairingTier::unserved;
    if (starts && std::ranges::adjacent_find(sorted) == sorted.end() && sorted.back() <= PairingTier::cost) return {};
    return refuse(message::pairing_wrong_order, "order");
}

/// The network: home, senders, receivers; arcs of capacities, ties, needs.
struct PairingNetwork {
    const PairingProblem& problem;
    std::size_t first_tie;
    std::size_t first_need;
    MinCostFlowProblem flow{};

    explicit PairingNetwork(const PairingProblem& p)
        : problem(p), first_tie(p.senders.size()), first_need(first_tie + p.ties.size()) {
        flow.nodes = 1 + p.senders.size() + p.receivers.size();
        flow.tiers = p.order.size();
        flow.supply.assign(flow.nodes, 0);
        for (std::size_t s = 0; s < p.senders.size(); ++s) {
            const PairingSender& sender = p.senders[s];
            const std::uint32_t from = sender.parent == PairingSender::outermost ? 0 : sender.parent + 1;
            add(from, s + 1, 0, sender.capacity.value_or(MinCostFlowProblem::unlimited), [](PairingTier) { return 0; });
        }
        for (const PairingTie& tie : p.ties) {
            const std::int64_t most = tie.most.value_or(std::max(tie.least, p.receivers[tie.receiver].need));
            add(tie.sender + 1, node_of_receiver(tie.receiver), tie.least, most, [&](PairingTier tier) -> std::int64_t {
                return tier == PairingTier::cost ? p.cost_of(tie) : tier == PairingTier::changes && !tie.present;
            });
        }
        for (std::size_t r = 0; r < p.receivers.size(); ++r) {
            add(node_of_receiver(r), 0, 0, p.receivers[r].need,
                [](PairingTier tier) { return tier == PairingTier::unserved ? -1 : 0; });
        }
    }

    [[nodiscard]] std::size_t node_of_receiver(std::size_t row) const { return 1 + problem.senders.size() + row; }

    /// The flow of amounts that have been found within bounds.
    [[nodiscard]] std::vector<std::int64_t> flow_of(std::span<const std::int64_t> amount) const {
        std::vector<std::int64_t> out(flow.arcs(), 0);
        for (std::size_t t = 0; t < problem.ties.size(); ++t) {
            out[first_tie + t] = amount[t];
            out[problem.ties[t].sender] += amount[t];
            out[first_need + problem.ties[t].receiver] += amount[t];
        }
        for (std::size_t s = problem.senders.size(); s-- > 0;) {
            const std::uint32_t parent = problem.senders[s].parent;
            if (parent != PairingSender::outermost) out[parent] += out[s];
        }
        return out;
    }

    [[nodiscard]] std::string arc_name(std::size_t arc) const {
        if (arc < first_tie) return "sender:" + problem.senders[arc].id;
        if (arc >= first_need) return "receiver:" + problem.receivers[arc - first_need].id;
        const PairingTie& tie = problem.ties[arc - first_tie];
        return "tie:" + problem.senders[tie.sender].id + "/" + problem.receivers[tie.receiver].id;
    }

    /// A place in the network's terms, by the names of the problem.
    [[nodiscard]] std::string translated(const std::string& place) const {
        const std::size_t bracket = place.find('[');
        const std::string field = place.substr(0, bracket);
        if (field == "cut") return "conflict";
        if (field != "flow" && field != "arc") return place;
        return arc_name(*parse_number<std::size_t>(place.substr(bracket + 1, place.size() - bracket - 2)));
    }

  private:
    template <class Cost>
    void add(std::size_t tail, std::size_t head, std::int64_t lower, std::int64_t upper, Cost cost) {
        flow.tail.push_back(static_cast<std::uint32_t>(tail));
        flow.head.push_back(static_cast<std::uint32_t>(head));
        flow.lower.push_back(lower);
        flow.upper.push_back(upper);
        for (const PairingTier tier : problem.order)
            flow.cost.push_back(cost(tier));
    }
};

inline Int128 pairing_need(const PairingProblem& problem) {
    Int128 sum{};
    for (const PairingReceiver& receiver : problem.receivers)
        sum += receiver.need;
    return sum;
}

/// The tiers of amounts, from their definitions.
inline std::vector<Int128> pairing_tiers(const PairingProblem& problem, std::span<const std::int64_t> amount) {
    Int128 unserved = pairing_need(problem);
    Int128 changes{};
    Int128 cost{};
    for (std::size_t t = 0; t < problem.ties.size(); ++t) {
        unserved -= amount[t];
        if (!problem.ties[t].present) changes += amount[t];
        cost += Int128(amount[t]) * Int128(problem.cost_of(problem.ties[t]));
    }
    std::vector<Int128> out;
    for (const PairingTier tier : problem.order)
        out.push_back(tier == PairingTier::unserved ? unserved : tier == PairingTier::changes ? changes : cost);
    return out;
}

/// The potentials as prices, home at 0.
inline void write_prices(const PairingProblem& problem, const Potentials& potentials, PairingResult& out) {
    const std::size_t tiers = problem.order.size();
    const std::size_t senders_end = (1 + problem.senders.size()) * tiers;
    for (std::size_t at = tiers; at < potentials.value.size(); ++at) {
        const std::int64_t price = potentials.value[at] - potentials.value[at % tiers];
        (at < senders_end ? out.sender_price : out.receiver_price).push_back(price);
    }
}

/// What the network must be told for the result to be proved by it; refuses lists of the wrong length first.
inline Verdict network_result(const PairingNetwork& network, const PairingResult& result, MinCostFlowResult& out) {
    const PairingProblem& p = network.problem;
    const bool has_amounts = result.termination == Termination::optimal || result.termination == Termination::feasible;
    const std::size_t priced = result.termination == Termination::optimal ? p.order.size() : 0;
    for (const auto& [found, needed, field] :
         {std::tuple(result.amount.size(), has_amounts ? p.ties.size() : 0, "amount"),
          std::tuple(result.tiers.size(), has_amounts ? p.order.size() : 0, "tiers"),
          std::tuple(result.sender_price.size(), priced * p.senders.size(), "sender_price"),
          std::tuple(result.receiver_price.size(), priced * p.receivers.size(), "receiver_price")}) {
        if (Verdict v = check_length(found, needed, field); !v.accepted) return v;
    }
    if (has_amounts) {
        for (std::size_t t = 0; t < p.ties.size(); ++t) {
            const std::size_t arc = network.first_tie + t;
            const std::int64_t least = network.flow.lower[arc];
            const std::int64_t most = network.flow.upper[arc];
            if (Verdict v = pairing_range(result.amount[t], least, most, network.arc_name(arc)); !v.accepted) return v;
        }
        const std::vector<Int128> tiers = pairing_tiers(p, result.amount);
        for (std::size_t t = 0; t < tiers.size(); ++t) {
            if (result.tiers[t] == tiers[t]) continue;
            return refuse({message::tier_differs, {to_text(result.tiers[t]), to_text(tiers[t])}},
                          std::string(name(p.order[t])));
        }
        out.flow = network.flow_of(result.amount);
        out.cost = tiers;
        out.cost.front() -= pairing_need(p);
    }
    if (priced > 0) {
        Potentials potentials{std::vector<std::int64_t>(priced, 0)};
        for (const auto* list : {&result.sender_price, &result.receiver_price})
            potentials.value.insert(potentials.value.end(), list->begin(), list->end());
        out.certificate = std::move(potentials);
    }
    return {};
}

/// The conflict as a cut of the network; refuses rows that do not exist.
inline Verdict network_cut(const PairingNetwork& network, const PairingResult& result, MinCostFlowResult& out) {
    const PairingConflict& conflict = result.conflict;
    if (result.termination != Termination::infeasible) {
        return conflict == PairingConflict{} ? Verdict{} : refuse(message::proof_fields_disagree, "conflict");
    }
    ViolatedCut cut;
    if (conflict.home) cut.nodes.push_back(0);
    for (const std::uint32_t row : conflict.senders) {
        if (Verdict v = pairing_row(row, network.problem.senders.size(), "conflict"); !v.accepted) return v;
        cut.nodes.push_back(row + 1);
    }
    for (const std::uint32_t row : conflict.receivers) {
        if (Verdict v = pairing_row(row, network.problem.receivers.size(), "conflict"); !v.accepted) return v;
        cut.nodes.push_back(static_cast<std::uint32_t>(network.node_of_receiver(row)));
    }
    out.certificate = std::move(cut);
    return {};
}

}  // namespace detail

COUNTYPLAN_INLINE Verdict examine(const PairingProblem& p) {
    using namespace detail;
    if (Verdict v = check_counts(p.senders.size(), p.receivers.size(), most_pairing_rows); !v.accepted) return v;
    if (Verdict v = pairing_ids(p.senders, "senders"); !v.accepted) return v;
    if (Verdict v = pairing_ids(p.receivers, "receivers"); !v.accepted) return v;
    for (std::size_t s = 0; s < p.senders.size(); ++s) {
        const PairingSender& sender = p.senders[s];
        if (sender.parent != PairingSender::outermost) {
            if (Verdict v = pairing_row(sender.parent, s, pairing_place("senders", s, "parent")); !v.accepted) return v;
        }
        if (Verdict v = pairing_range(sender.capacity.value_or(0), 0, PairingProblem::max_amount,
                                      pairing_place("senders", s, "capacity"));
            !v.accepted) {
            return v;
        }
    }
    for (std::size_t r = 0; r < p.receivers.size(); ++r) {
        if (Verdict v = pairing_range(p.receivers[r].need, 0, PairingProblem::max_amount,
                                      pairing_place("receivers", r, "need"));
            !v.accepted) {
            return v;
        }
    }
    std::unordered_set<std::uint64_t> seen;
    for (std::size_t t = 0; t < p.ties.size(); ++t) {
        if (Verdict v = pairing_tie(p, t); !v.accepted) return v;
        if (!seen.insert(std::uint64_t{p.ties[t].sender} << 32U | p.ties[t].receiver).second) {
            return refuse({message::proof_named_twice,
                           {p.senders[p.ties[t].sender].id + "/" + p.receivers[p.ties[t].receiver].id}},
                          indexed("ties", t));
        }
    }
    for (const auto& [weight, field] :
         {std::pair(p.weights.distance, "weights.distance"), std::pair(p.weights.language, "weights.language"),
          std::pair(p.weights.change, "weights.change")}) {
        if (Verdict v = pairing_range(weight, 0, 1'000'000, field); !v.accepted) return v;
    }
    return pairing_order(p);
}

COUNTYPLAN_INLINE PairingResult solve(const PairingProblem& problem, const MinCostFlowOptions& options,
                                      const Stop& stop, const Progress& progress) {
    if (const Verdict verdict = examine(problem); !verdict.accepted) throw InvalidProblem(verdict.why, verdict.place);
    const detail::PairingNetwork network(problem);
    MinCostFlowResult solved = solve(network.flow, options, stop, progress);
    PairingResult out;
    out.termination = solved.termination;
    out.cause = solved.cause;
    out.claim = solved.claim;
    out.steps = solved.steps;
    if (!solved.flow.empty() || solved.termination == Termination::optimal ||
        solved.termination == Termination::feasible) {
        const auto first = solved.flow.begin() + static_cast<std::ptrdiff_t>(network.first_tie);
        out.amount.assign(first, solved.flow.begin() + static_cast<std::ptrdiff_t>(network.first_need));
        out.tiers = detail::pairing_tiers(problem, out.amount);
    }
    if (const auto* potentials = std::get_if<Potentials>(&solved.certificate)) {
        detail::write_prices(problem, *potentials, out);
    }
    if (const auto* cut = std::get_if<ViolatedCut>(&solved.certificate)) {
        for (const std::uint32_t node : cut->nodes) {
            if (node == 0) {
                out.conflict.home = true;
            } else if (node <= problem.senders.size()) {
                out.conflict.senders.push_back(node - 1);
            } else {
                out.conflict.receivers.push_back(static_cast<std::uint32_t>(node - 1 - problem.senders.size()));
            }
        }
    }
    return out;
}

COUNTYPLAN_INLINE Verdict examine(const PairingProblem& problem, const PairingResult& result) {
    if (Verdict verdict = examine(problem); !verdict.accepted) return verdict;
    if (result.termination == Termination::unbounded) {
        return detail::refuse(message::proof_fields_disagree, "termination");
    }
    const detail::PairingNetwork network(problem);
    MinCostFlowResult shown;
    shown.termination = result.termination;
    shown.cause = result.cause;
    shown.claim = result.claim;
    if (Verdict verdict = detail::network_result(network, result, shown); !verdict.accepted) return verdict;
    if (Verdict verdict = detail::network_cut(network, result, shown); !verdict.accepted) return verdict;
    Verdict verdict = examine(network.flow, shown);
    verdict.place = network.translated(verdict.place);
    return verdict;
}

COUNTYPLAN_INLINE bool verify(const PairingProblem& problem, const PairingResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
