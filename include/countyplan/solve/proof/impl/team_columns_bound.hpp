// The checker's half of team_columns' bounds: the cheapest team of every school of every leaf, sought anew.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/impl/team_columns_table.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/proof/team_columns.hpp>

namespace countyplan::detail {

/// Reads a tree of cases and bounds each leaf.
class TeamBound {
  public:
    TeamBound(const TeamColumnsProblem& p, const TeamProof& proof) : p_(p), proof_(proof), list_(p) {}

    std::optional<std::int64_t> bound = std::nullopt;  ///< the least of the leaves that have a choice; none if no leaf
    Verdict verdict = {};

    void run() {
        verdict = check_length(proof_.relaxation.size(), p_.schools(), "relaxation");
        tables_.resize(p_.schools());
        for (std::size_t h = 0; verdict.accepted && h < p_.schools(); ++h)
            verdict = team_tables(p_, list_, h, proof_.relaxation[h], tables_[h]);
        if (verdict.accepted) check_tree();
        for (std::size_t i = 0; verdict.accepted && i < proof_.nodes.size(); ++i) {
            if (proof_.nodes[i].question == TeamQuestion::none) verdict = bound_leaf(i);
        }
    }

  private:
    void check_tree() {
        const std::size_t count = proof_.nodes.size();
        parent_.assign(count, count);
        for (std::size_t i = 0; i < count; ++i) {
            const TeamNode& n = proof_.nodes[i];
            if (i > 0 && parent_[i] == count) return fail(i);
            switch (n.question) {
                case TeamQuestion::none:
                    continue;
                case TeamQuestion::sender_at_school:
                    if (n.subject >= p_.senders || n.school >= p_.schools()) return fail(i);
                    break;
                case TeamQuestion::pair:
                    if (n.subject >= p_.pairs()) return fail(i);
                    break;
                default:
                    return fail(i);
            }
            for (const std::uint32_t child : {n.no, n.yes}) {
                if (child <= i || child >= count || parent_[child] != count) return fail(i);
                parent_[child] = i;
            }
        }
    }

    void fail(std::size_t node) { verdict = refuse(message::proof_not_a_tree, indexed("nodes", node)); }

    [[nodiscard]] TeamCase case_of(std::size_t leaf) const {
        TeamCase out{std::vector<std::uint8_t>(p_.pairs(), 0), std::vector<std::uint8_t>(p_.experts(), 0),
                     std::vector<std::vector<TeamCase::AtSchool>>(p_.schools())};
        for (std::size_t i = leaf; i != 0; i = parent_[i]) {
            const TeamNode& n = proof_.nodes[parent_[i]];
            const bool yes = n.yes == i;
            if (n.question == TeamQuestion::sender_at_school) {
                out.answers[n.school].push_back({n.subject, yes});
            } else if (!yes) {
                out.forbidden[n.subject] = 1;
            } else {
                const auto after = std::ranges::upper_bound(p_.first_pair, std::size_t{n.subject});
                const auto expert = static_cast<std::size_t>(after - p_.first_pair.begin()) - 1;
                for (std::size_t k = p_.first_pair[expert]; k < p_.first_pair[expert + 1]; ++k) {
                    if (k != n.subject) out.forbidden[k] = 1;
                }
                out.demanded[expert] = 1;
            }
        }
        return out;
    }

    /// The part of the bound that no school has a say in.
    Verdict check_multipliers(std::size_t leaf, Int128& value, std::vector<Int128>& weight) const {
        const TeamNode& n = proof_.nodes[leaf];
        const std::string place = indexed("nodes", leaf);
        const auto outside = [&place](std::int64_t found) {
            return refuse({message::proof_bound_broken, {to_text(found), "0"}}, place);
        };
        if (Verdict v = check_length(n.expert.size(), p_.experts(), "nodes.expert"); !v.accepted) return v;
        if (Verdict v = check_length(n.row.size(), p_.rows.size(), "nodes.row"); !v.accepted) return v;
        if (n.scale < 0 || n.scale > TeamColumnsProblem::max_cost) return outside(n.scale);
        for (std::size_t e = 0; e < p_.experts(); ++e) {
            if (n.expert[e] < 0) return outside(n.expert[e]);
            value -= Int128(n.expert[e]);
            for (std::size_t k = p_.first_pair[e]; k < p_.first_pair[e + 1]; ++k)
                weight[k] = Int128(n.scale) * Int128(p_.cost[k]) + Int128(n.expert[e]);
        }
        for (std::size_t r = 0; r < p_.rows.size(); ++r) {
            const TeamRow& row = p_.rows[r];
            const std::int64_t y = n.row[r];
            if (y == 0) continue;
            if (y < -TeamNode::max_row || y > TeamNode::max_row) return outside(y);
            const std::int64_t used = y > 0 ? row.lower : row.upper;
            if (used == (y > 0 ? TeamRow::no_lower : TeamRow::no_upper)) {
                return refuse(message::proof_bound_missing, place);
            }
            const std::int64_t price = y > 0 ? row.below_price : row.above_price;
            const Int128 size = y > 0 ? Int128(y) : Int128(0) - Int128(y);
            if (price != team_rule_is_hard && size > Int128(n.scale) * Int128(price)) return outside(y);
            value += Int128(y) * Int128(used);
            for (std::size_t i = 0; i < row.pair.size(); ++i)
                weight[row.pair[i]] -= Int128(y) * Int128(row.coefficient[i]);
        }
        return {};
    }

    Verdict bound_leaf(std::size_t leaf) {
        const TeamNode& n = proof_.nodes[leaf];
        Int128 value = 0;
        std::vector<Int128> exact(p_.pairs());
        if (Verdict v = check_multipliers(leaf, value, exact); !v.accepted) return v;
        std::vector<std::int64_t> weight(p_.pairs());
        std::vector<Int128> largest(p_.schools(), Int128(0));
        for (std::size_t k = 0; k < weight.size(); ++k) {
            const Int128 size = exact[k] < Int128(0) ? Int128(0) - exact[k] : exact[k];
            auto& most = largest[list_.school_of[p_.post[k]]];
            most = std::max(most, size);
            weight[k] = static_cast<std::int64_t>(exact[k].value);  // refused below where it does not fit
        }
        const TeamCase wanted = case_of(leaf);
        for (std::size_t h = 0; h < p_.schools(); ++h) {
            for (std::size_t b = 0; b < tables_[h].size(); ++b) {
                TeamTable& table = tables_[h][b];
                // each factor is small enough for 128 bits once the largest weight is
                const Int128 half = Int128(TeamTable::nothing / 2);
                if (largest[h] > half || largest[h] * Int128(table.heads()) > half ||
                    table.most_fixed() * Int128(n.scale) > half) {
                    return refuse({message::solve_too_large, {"multipliers"}}, indexed("nodes", leaf));
                }
                const auto team = table.cheapest(wanted, weight, n.scale, b == 0, tables_[h].size() == 1);
                if (team == TeamTable::nothing) return {};  // no choice at all in this leaf
                value += Int128(team);
            }
        }
        if (n.scale == 0) {
            if (value > Int128(0)) return {};
            return refuse(message::proof_not_contradictory, indexed("nodes", leaf));
        }
        const int128 scale = n.scale;
        const int128 rounded = value.value / scale + (value.value % scale > 0 ? 1 : 0);
        const auto small = to_int64(Int128(rounded));
        if (!small) return refuse({message::solve_too_large, {"bound"}}, indexed("nodes", leaf));
        bound = bound ? std::min(*bound, *small) : *small;
        return {};
    }

    const TeamColumnsProblem& p_;
    const TeamProof& proof_;
    TeamChecklist list_;
    std::vector<std::vector<TeamTable>> tables_ = {};
    std::vector<std::size_t> parent_ = {};
};

}  // namespace countyplan::detail
