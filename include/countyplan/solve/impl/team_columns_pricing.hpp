// The solver's half of team_columns' pricing: the cheapest team of a school at given weights of pairs.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/solve/impl/team_columns_block.hpp>
#include <countyplan/solve/proof/team_columns.hpp>

namespace countyplan::detail {

/// One school's pairs by sender and expert, and the table in which its teams are sought. Cells count heads per
/// post, then what each counter counts, then senders.
class TeamSchool {
  public:
    static constexpr std::size_t most_cells = std::size_t{1} << 14;

    struct Member {
        std::uint32_t expert;
        std::size_t first, last;  ///< entries
    };
    struct Group {
        std::uint32_t sender;
        std::size_t first, last;  ///< members
    };

    TeamSchool(const TeamColumnsProblem& p, std::size_t school, const std::vector<std::uint32_t>& pairs,
               const std::vector<std::uint32_t>& expert_of, std::size_t size_begins)
        : p_(p), school_(school), first_post_(p.first_post[school]), size_begins_(size_begins) {
        collect(pairs, expert_of);
        shape(expert_of);
        for (std::size_t b = 0; b < blocks_.size(); ++b)
            price_endings(b);
    }

    [[nodiscard]] const TeamRelaxation& relaxation() const { return relaxation_; }
    [[nodiscard]] std::size_t senders() const { return groups_.size(); }
    [[nodiscard]] const Group& group(std::size_t i) const { return groups_[i]; }
    [[nodiscard]] std::int64_t heads() const { return heads_; }
    /// The number of the sender among this school's, or `senders()`.
    [[nodiscard]] std::size_t place_of(std::uint32_t sender) const {
        const auto at = std::ranges::lower_bound(groups_, sender, {}, &Group::sender);
        return at != groups_.end() && at->sender == sender ? static_cast<std::size_t>(at - groups_.begin())
                                                           : groups_.size();
    }
    /// What a team costs by the rules that are kept, multipliers aside.
    [[nodiscard]] std::int64_t cost_of(const std::vector<std::uint32_t>& team,
                                       const std::vector<std::uint32_t>& expert_of) const {
        std::int64_t sum = 0;
        for (std::size_t b = 0; b < blocks_.size(); ++b) {
            const TeamBlock& block = blocks_[b];
            std::size_t cell = 0;
            std::vector<std::uint32_t> present;
            for (const std::uint32_t k : team) {
                const auto post = static_cast<std::uint32_t>(p_.post[k] - first_post_);
                if (post < block.first || post >= block.last) continue;
                sum += p_.cost[k];
                cell += block.stride[post - block.first];
                for (std::size_t c = 0; c < relaxation_.counters; ++c) {
                    if (p_.counters[c].counts[k] != 0) cell += block.stride[block.last - block.first + c];
                }
                present.push_back(p_.sender_of[expert_of[k]]);
            }
            if (b == 0) {
                std::ranges::sort(present);
                const auto repeated = std::ranges::unique(present);
                sum += p_.charge[school_] * static_cast<std::int64_t>(present.size() - repeated.size());
            }
            sum += static_cast<std::int64_t>(block.ending[cell]);
        }
        return sum;
    }
    /// A measure of what one `cheapest` costs, in the units of Watch.
    [[nodiscard]] std::int64_t work() const { return work_; }

    /// Memory that `cheapest` uses; one per thread.
    struct Workspace {
        std::vector<double> level = {}, cells = {}, source = {}, some = {};
        std::vector<std::size_t> group_of_level = {};
    };

    /// The least of weights, charges and endings, all at `scale`; the pairs of such a team go to `team`, ascending.
    /// `settled_senders` holds this school's part of TeamSettled::sender. `no_team` if there is none. Pairs of
    /// weight `no_team` are left out.
    double cheapest(const std::vector<double>& weight, double scale, const TeamSettled& settled,
                    const std::uint8_t* settled_senders, Workspace& w, std::vector<std::uint32_t>& team) const {
        team.clear();
        double sum = 0.0;
        for (std::size_t b = 0; b < blocks_.size(); ++b) {
            const double value = cheapest_in(b, weight, scale, settled, settled_senders, w, team);
            if (value >= no_team) {
                team.clear();
                return no_team;
            }
            sum += value;
        }
        std::ranges::sort(team);
        return sum;
    }

  private:
    void collect(const std::vector<std::uint32_t>& pairs, const std::vector<std::uint32_t>& expert_of) {
        std::vector<std::uint32_t> order = pairs;
        std::ranges::stable_sort(order, {}, [&](std::uint32_t k) { return p_.sender_of[expert_of[k]]; });
        for (const std::uint32_t k : order) {
            const std::uint32_t e = expert_of[k];
            if (members_.empty() || members_.back().expert != e) {
                if (groups_.empty() || groups_.back().sender != p_.sender_of[e]) {
                    groups_.push_back({p_.sender_of[e], members_.size(), members_.size()});
                }
                members_.push_back({e, entries_.size(), entries_.size()});
                ++groups_.back().last;
            }
            entries_.push_back({k, static_cast<std::uint32_t>(p_.post[k] - first_post_), 0});
            ++members_.back().last;
        }
    }

    /// Chooses what to leave out so that the table is small enough.
    void shape(const std::vector<std::uint32_t>& expert_of) {
        const std::size_t posts = p_.first_post[school_ + 1] - first_post_;
        relaxation_ = {};
        relaxation_.block_begins.clear();
        TeamBlock block{0, 0};
        for (std::uint32_t i = 0; i < posts; ++i) {
            const auto size = static_cast<std::size_t>(p_.upper[first_post_ + i]) + 1;
            heads_ += p_.upper[first_post_ + i];
            if (block.cells * size > most_cells) {
                block.last = i;
                blocks_.push_back(block);
                block = TeamBlock{i, i};
            }
            block.add_digit(size);
        }
        block.last = static_cast<std::uint32_t>(posts);
        blocks_.push_back(std::move(block));
        for (const TeamBlock& b : blocks_)
            relaxation_.block_begins.push_back(b.first);
        if (blocks_.size() == 1) shape_rules(blocks_[0], expert_of);
        for (const TeamBlock& b : blocks_) {
            for (TeamEntry& entry : entries_) {
                if (entry.post < b.first || entry.post >= b.last) continue;
                entry.offset = b.stride[entry.post - b.first];
                for (std::size_t c = 0; c < relaxation_.counters; ++c) {
                    if (p_.counters[c].counts[entry.pair] != 0) entry.offset += b.stride[b.last - b.first + c];
                }
            }
            work_ += static_cast<std::int64_t>(b.cells * (entries_.size() + 2 * members_.size() + 2));
        }
        work_ = work_ / 4 + 1;
    }

    void shape_rules(TeamBlock& block, const std::vector<std::uint32_t>& expert_of) {
        for (std::size_t c = 0; c < p_.counters.size(); ++c) {
            std::size_t counted = 0;
            for (std::size_t i = 0, last = 0; i < entries_.size(); ++i) {
                const std::size_t expert = expert_of[entries_[i].pair] + std::size_t{1};
                if (p_.counters[c].counts[entries_[i].pair] == 0 || expert == last) continue;
                last = expert;
                ++counted;
            }
            const std::size_t size = std::min(counted, static_cast<std::size_t>(heads_)) + 1;
            if (block.cells * size > most_cells) break;
            block.add_digit(size);
            ++relaxation_.counters;
        }
        const std::size_t most = p_.most_senders[school_];
        if (most >= std::min(static_cast<std::size_t>(heads_), groups_.size())) return;
        if (block.cells * (most + 1) > most_cells) return;
        relaxation_.limit = 1;
        block.sender_stride = block.cells;
        block.add_digit(most + 1);
    }

    void price_endings(std::size_t b) {
        TeamBlock& block = blocks_[b];
        block.ending.assign(block.cells, 0.0);
        const std::size_t posts = block.last - block.first;
        for (std::size_t x = 0; x < block.cells; ++x) {
            double& sum = block.ending[x];
            std::size_t size = 0;
            const auto digit = [&](std::size_t d) {
                return static_cast<std::int32_t>(x / block.stride[d] % block.size[d]);
            };
            for (std::size_t i = 0; i < posts; ++i) {
                const std::size_t post = first_post_ + block.first + i;
                const std::int32_t count = digit(i);
                size += static_cast<std::size_t>(count);
                if (count < p_.lower[post]) sum = no_team;
                if (count < p_.target[post]) {
                    sum += static_cast<double>(p_.shortfall[post]) * (p_.target[post] - count);
                }
            }
            for (std::size_t c = 0; c < relaxation_.counters; ++c) {
                const TeamCounter& counter = p_.counters[c];
                const std::int32_t count = digit(posts + c);
                const std::int32_t lacks = counter.lower[size_begins_ + size] - count;
                const std::int32_t exceeds = count - counter.upper[size_begins_ + size];
                if (lacks > 0) sum += priced(counter.below_price, lacks);
                if (exceeds > 0) sum += priced(counter.above_price, exceeds);
            }
            if (sum >= no_team) sum = no_team;
        }
    }
    static double priced(std::int64_t price, std::int32_t units) {
        return price == team_rule_is_hard ? no_team : static_cast<double>(price) * units;
    }

    /// Lets one expert join, or not: `some` are the cells with anyone of the sender; `none` those without, empty where
    /// `some` holds them too.
    void join(const TeamBlock& block, const Member& m, const std::vector<double>& weight, const TeamSettled& settled,
              std::vector<double>& some, std::vector<double>* none, std::vector<double>& source) const {
        std::size_t open = 0;
        const TeamEntry* only = nullptr;
        const auto is_open = [&](const TeamEntry& entry) {
            return entry.post >= block.first && entry.post < block.last && weight[entry.pair] < no_team &&
                   settled.pair[entry.pair] != TeamSettled::no && block.size[entry.post - block.first] > 1;
        };
        const bool demanded = is_demanded(block, m, settled);
        for (std::size_t i = m.first; i < m.last; ++i) {
            if (!is_open(entries_[i])) continue;
            ++open;
            only = &entries_[i];
        }
        if (!demanded && open == 0) return;
        if (!demanded && none == nullptr && open == 1) {
            block.push(*only, weight[only->pair], some.data(), some.data());
            return;
        }
        source = some;
        if (none != nullptr) {
            for (std::size_t x = 0; x < block.cells; ++x)
                source[x] = std::min(source[x], (*none)[x]);
        }
        if (demanded) {
            std::ranges::fill(some, no_team);
            if (none != nullptr) std::ranges::fill(*none, no_team);
        }
        for (std::size_t i = m.first; i < m.last; ++i) {
            if (is_open(entries_[i])) block.push(entries_[i], weight[entries_[i].pair], source.data(), some.data());
        }
    }

    double cheapest_in(std::size_t b, const std::vector<double>& weight, double scale, const TeamSettled& settled,
                       const std::uint8_t* settled_senders, Workspace& w, std::vector<std::uint32_t>& team) const {
        const TeamBlock& block = blocks_[b];
        const std::size_t cells = block.cells;
        const double charge = b == 0 ? scale * static_cast<double>(p_.charge[school_]) : 0.0;
        w.level.resize((groups_.size() + 1) * cells);
        w.group_of_level.clear();
        std::fill_n(w.level.begin(), cells, no_team);
        w.level[0] = 0.0;
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            const std::uint8_t wish = demand(settled_senders[g]);
            if (wish == TeamSettled::no) {
                if (demands_any(block, groups_[g], settled)) return no_team;
                continue;
            }
            const double* level = &w.level[w.group_of_level.size() * cells];
            double* next = &w.level[(w.group_of_level.size() + 1) * cells];
            block.enter(level, charge, w.cells);
            if (wish == TeamSettled::yes) {
                w.some.assign(cells, no_team);
                for (std::size_t m = groups_[g].first; m < groups_[g].last; ++m)
                    join(block, members_[m], weight, settled, w.some, &w.cells, w.source);
                std::copy(w.some.begin(), w.some.end(), next);
            } else {
                const bool must = demands_any(block, groups_[g], settled);
                for (std::size_t m = groups_[g].first; m < groups_[g].last; ++m)
                    join(block, members_[m], weight, settled, w.cells, nullptr, w.source);
                for (std::size_t x = 0; x < cells; ++x)
                    next[x] = must || w.cells[x] < level[x] ? w.cells[x] : level[x];
            }
            w.group_of_level.push_back(g);
        }
        const double* last = &w.level[w.group_of_level.size() * cells];
        double best = no_team;
        std::size_t at = 0;
        for (std::size_t x = 0; x < cells; ++x) {
            if (block.ending[x] >= no_team) continue;
            const double value = last[x] + scale * block.ending[x];
            if (value < best) {
                best = value;
                at = x;
            }
        }
        if (best >= no_team) return no_team;
        for (std::size_t l = w.group_of_level.size(); l-- > 0;)
            at = trace(block, l, at, weight, charge, settled, settled_senders, w, team);
        return best;
    }

    /// In a school of several blocks nobody can tell by one block whether a sender is there.
    [[nodiscard]] std::uint8_t demand(std::uint8_t settled) const {
        return settled == TeamSettled::yes && blocks_.size() > 1 ? std::uint8_t{TeamSettled::open} : settled;
    }
    [[nodiscard]] bool demands_any(const TeamBlock& block, const Group& group, const TeamSettled& settled) const {
        for (std::size_t m = group.first; m < group.last; ++m) {
            if (is_demanded(block, members_[m], settled)) return true;
        }
        return false;
    }

    /// Finds who of a level's sender led to the cell `at`; the cell before them.
    std::size_t trace(const TeamBlock& block, std::size_t l, std::size_t at, const std::vector<double>& weight,
                      double charge, const TeamSettled& settled, const std::uint8_t* settled_senders, Workspace& w,
                      std::vector<std::uint32_t>& team) const {
        const std::size_t cells = block.cells;
        const Group& group = groups_[w.group_of_level[l]];
        const double* level = &w.level[l * cells];
        const double target = w.level[(l + 1) * cells + at];
        const bool must = demand(settled_senders[w.group_of_level[l]]) == TeamSettled::yes;
        if (!must && level[at] == target && !demands_any(block, group, settled)) return at;
        // the same steps again, each kept: first all with nobody (none), then all with someone (some)
        const std::size_t count = group.last - group.first;
        std::vector<std::vector<double>> none(count + 1), some(count + 1);
        block.enter(level, charge, none[0]);
        some[0].assign(cells, no_team);
        for (std::size_t m = 0; m < count; ++m) {
            none[m + 1] = none[m];
            some[m + 1] = some[m];
            join(block, members_[group.first + m], weight, settled, some[m + 1], &none[m + 1], w.source);
        }
        double value = target;
        bool is_some = must || some[count][at] == target;  // else charged for nobody, which costs nothing
        for (std::size_t m = count; is_some && m-- > 0;) {
            const Member& member = members_[group.first + m];
            if (some[m][at] == value && !is_demanded(block, member, settled)) continue;
            for (std::size_t i = member.first; i < member.last; ++i) {
                const TeamEntry& entry = entries_[i];
                if (entry.post < block.first || entry.post >= block.last || at < entry.offset) continue;
                if (weight[entry.pair] >= no_team || settled.pair[entry.pair] == TeamSettled::no) continue;
                const std::size_t digit = entry.post - block.first;
                if (at / block.stride[digit] % block.size[digit] == 0) continue;
                const std::size_t before = at - entry.offset;
                const double rest = value - weight[entry.pair];
                if (rest != some[m][before] && rest != none[m][before]) continue;
                team.push_back(entry.pair);
                at = before;
                value = rest;
                is_some = rest == some[m][before];
                break;
            }
        }
        return at - block.sender_stride;
    }
    [[nodiscard]] bool is_demanded(const TeamBlock& block, const Member& member, const TeamSettled& settled) const {
        if (settled.expert[member.expert] != TeamSettled::yes) return false;
        for (std::size_t i = member.first; i < member.last; ++i) {
            const TeamEntry& entry = entries_[i];
            if (entry.post >= block.first && entry.post < block.last && settled.pair[entry.pair] != TeamSettled::no)
                return true;
        }
        return false;
    }

    const TeamColumnsProblem& p_;
    std::size_t school_;
    std::size_t first_post_;
    std::size_t size_begins_;
    std::int64_t heads_ = 0;
    std::int64_t work_ = 0;
    TeamRelaxation relaxation_ = {};
    std::vector<TeamBlock> blocks_ = {};
    std::vector<TeamEntry> entries_ = {};
    std::vector<Member> members_ = {};
    std::vector<Group> groups_ = {};
};

}  // namespace countyplan::detail
