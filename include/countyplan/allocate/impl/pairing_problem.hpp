// How a plan becomes a pairing problem, and what a result says about loads, cover and changes.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

#include <countyplan/allocate/distance.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/pairing.hpp>
#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

COUNTYPLAN_INLINE std::vector<SenderLoad> loads(const PairingProblem& problem, const PairingResult& result) {
    const std::vector<std::int64_t> flow = detail::PairingNetwork(problem).flow_of(result.amount);
    const std::size_t tiers = problem.order.size();
    std::vector<SenderLoad> out(problem.senders.size());
    for (std::size_t t = 0; t < problem.ties.size(); ++t)
        out[problem.ties[t].sender].receivers += result.amount[t] > 0 ? 1 : 0;
    for (std::size_t s = 0; s < out.size(); ++s) {
        out[s].amount = flow[s];
        if (result.sender_price.empty()) continue;
        const std::uint32_t parent = problem.senders[s].parent;
        std::vector<std::int64_t> worth(result.sender_price.begin() + static_cast<std::ptrdiff_t>(s * tiers),
                                        result.sender_price.begin() + static_cast<std::ptrdiff_t>((s + 1) * tiers));
        if (parent != PairingSender::outermost) {
            for (std::size_t t = 0; t < tiers; ++t)
                worth[t] -= result.sender_price[parent * tiers + t];
        }
        const std::vector<std::int64_t> nothing(tiers, 0);
        out[s].worth = std::max(worth, nothing);
    }
    return out;
}

COUNTYPLAN_INLINE std::vector<ReceiverCover> covers(const PairingProblem& problem, const PairingResult& result) {
    std::vector<ReceiverCover> out(problem.receivers.size());
    for (std::size_t t = 0; t < problem.ties.size(); ++t) {
        if (result.amount[t] == 0) continue;
        out[problem.ties[t].receiver].served += result.amount[t];
        ++out[problem.ties[t].receiver].senders;
    }
    return out;
}

COUNTYPLAN_INLINE PairingChanges changes(const PairingProblem& problem, const PairingResult& result) {
    PairingChanges out;
    for (std::uint32_t t = 0; t < problem.ties.size(); ++t) {
        if ((result.amount[t] > 0) == problem.ties[t].present) continue;
        (problem.ties[t].present ? out.ended : out.begun).push_back(t);
    }
    return out;
}

COUNTYPLAN_INLINE PairingProblem renewed(PairingProblem problem, const PairingResult& result) {
    for (std::size_t t = 0; t < problem.ties.size(); ++t)
        problem.ties[t].present = result.amount[t] > 0;
    return problem;
}

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

/// Reads one plan.
class PairingReader {
  public:
    PairingReader(const Plan& plan, const PairingOptions& options)
        : plan_(plan), rows_(plan.rows()), options_(options), row_of_(rows_.senders.size(), none) {}

    [[nodiscard]] PairingProblem read() {
        out_.weights = options_.weights;
        out_.order = options_.order;
        add_senders();
        add_receivers();
        add_ties();
        return std::move(out_);
    }

  private:
    static constexpr std::uint32_t none = PairingSender::outermost;

    /// The sender and those above it, nearest first.
    [[nodiscard]] std::vector<Id<Sender>> chain(Id<Sender> sender) const {
        std::vector<Id<Sender>> out;
        for (; sender; sender = plan_.parent_of(sender))
            out.push_back(sender);
        return out;
    }

    void add_senders() {
        const Id<Sender> under = plan_.find<Sender>(options_.under);
        if (!options_.under.empty() && !under) {
            throw InvalidProblem({message::pairing_no_such_sender, {options_.under}}, "under");
        }
        if (options_.unit == PairingUnit::people) most_sent_ = most_sent();
        for (const Id<Sender> id : rows_.senders.ids()) {
            if (rows_.senders[id].kind != options_.level) continue;
            std::vector<Id<Sender>> up = chain(id);
            if (under && std::ranges::count(up, under) == 0) continue;
            paired_.push_back(id);
            std::ranges::reverse(up);  // parents first
            for (const Id<Sender> sender : up) {
                if (row_of_[sender.value()] != none) continue;
                row_of_[sender.value()] = static_cast<std::uint32_t>(out_.senders.size());
                const Id<Sender> parent = plan_.parent_of(sender);
                out_.senders.push_back({rows_.senders[sender].id, parent ? row_of_[parent.value()] : none,
                                        capacity_of(sender, rows_.senders[sender].kind == options_.level)});
            }
        }
    }

    [[nodiscard]] std::optional<std::int64_t> capacity_of(Id<Sender> sender, bool is_paired) const {
        if (options_.unit == PairingUnit::people) return most_sent_[sender.value()];
        return is_paired ? options_.most : std::nullopt;
    }

    /// The most that quotas let each sender send of its people and of those below it:
    /// min(quota in all, own people role by role within their quotas + what those below can send).
    [[nodiscard]] std::vector<std::int64_t> most_sent() const {
        std::vector<std::array<std::int64_t, enumerator_count<Role>>> own(rows_.senders.size());
        for (const Id<Expert> expert : rows_.experts.ids()) {
            const Role role = rows_.experts[expert].charged_role();
            ++own[plan_.sender_of(expert).value()][static_cast<std::size_t>(role)];
        }
        std::vector<std::size_t> depth;
        std::vector<Id<Sender>> deepest_first;
        for (const Id<Sender> id : rows_.senders.ids()) {
            depth.push_back(chain(id).size());
            deepest_first.push_back(id);
        }
        std::ranges::stable_sort(deepest_first, std::ranges::greater{},
                                 [&](Id<Sender> id) { return depth[id.value()]; });
        std::vector<std::int64_t> out(rows_.senders.size(), 0);
        for (const Id<Sender> id : deepest_first) {
            const Sender& sender = rows_.senders[id];
            std::int64_t& most = out[id.value()];  // holds what those below can send
            for (std::size_t r = 0; r < enumerator_count<Role>; ++r) {
                const std::int64_t there = own[id.value()][r];
                most += std::min(there, sender.quota(static_cast<Role>(r)).value_or(there));
            }
            most = std::min(most, sender.quota_total.value_or(most));
            if (const Id<Sender> parent = plan_.parent_of(id)) out[parent.value()] += most;
        }
        return out;
    }

    void add_receivers() {
        for (const Id<County> county : rows_.counties.ids()) {
            std::int64_t wanted = 0;
            bool has_posts = false;
            for (const Id<School> school : plan_.schools_of(county)) {
                for (const Id<Post> post : plan_.posts_of(school)) {
                    wanted += rows_.posts[post].target;
                    has_posts = true;
                }
            }
            if (!has_posts) continue;
            counties_.push_back(county);
            out_.receivers.push_back({to_text(rows_.counties[county].code), wanted});
        }
    }

    void add_ties() {
        const Day day = options_.as_of.value_or(rows_.period.from);
        std::vector<std::vector<Id<County>>> present(rows_.senders.size());
        std::vector<std::vector<Id<County>>> required(rows_.senders.size());
        for (const Pairing& pairing : rows_.pairings) {
            if (pairing.kind == PairingKind::outside) continue;
            if ((pairing.from && day < *pairing.from) || (pairing.to && *pairing.to < day)) continue;
            const Id<Sender> sender = plan_.find<Sender>(pairing.sender);
            const Id<School> school = plan_.find<School>(pairing.receiver);
            const Id<County> county = school ? plan_.county_of(school) : plan_.find<County>(pairing.receiver);
            if (!sender || !county) continue;
            present[sender.value()].push_back(county);
            if (pairing.required) required[sender.value()].push_back(county);
        }
        std::vector<std::int64_t> partners(counties_.size(), 0);
        const DistanceFinder distances(plan_);
        for (const Id<Sender> id : paired_) {
            const std::vector<Id<Sender>> up = chain(id);
            for (std::uint32_t r = 0; r < counties_.size(); ++r) {
                const Id<County> county = counties_[r];
                const auto names = [&](Id<Sender> s, const auto& lists) {
                    return std::ranges::count(lists[s.value()], county) > 0;
                };
                const bool is_present = std::ranges::any_of(up, [&](Id<Sender> s) { return names(s, present); });
                partners[r] += is_present ? 1 : 0;
                const auto keeps_away = [&](Id<Sender> s) {
                    return !required[s.value()].empty() && !names(s, required);
                };
                if (std::ranges::any_of(up, keeps_away)) continue;
                out_.ties.push_back({.sender = row_of_[id.value()],
                                     .receiver = r,
                                     .km = distances.km(id, county),
                                     .shares_language = share_language(id, county),
                                     .present = is_present});
            }
        }
        if (options_.unit == PairingUnit::people) return;
        for (std::size_t r = 0; r < counties_.size(); ++r)
            out_.receivers[r].need = std::max<std::int64_t>(1, partners[r]);
        for (PairingTie& tie : out_.ties)
            tie.most = 1;
    }

    [[nodiscard]] bool share_language(Id<Sender> sender, Id<County> county) const {
        const auto here = options_.languages.find(rows_.senders[sender].id);
        const auto there = options_.languages.find(to_text(rows_.counties[county].code));
        if (here == options_.languages.end() || there == options_.languages.end()) return true;
        return std::ranges::any_of(here->second, [&](const std::string& l) { return there->second.contains(l); });
    }

    const Plan& plan_;
    const Draft& rows_;
    const PairingOptions& options_;
    PairingProblem out_;
    std::vector<std::uint32_t> row_of_;  ///< per sender of the plan
    std::vector<std::int64_t> most_sent_;
    std::vector<Id<Sender>> paired_;
    std::vector<Id<County>> counties_;
};

}  // namespace detail

COUNTYPLAN_INLINE PairingProblem pairing_problem(const Plan& plan, const PairingOptions& options) {
    PairingProblem problem = detail::PairingReader(plan, options).read();
    if (const Verdict verdict = examine(problem); !verdict.accepted) throw InvalidProblem(verdict.why, verdict.place);
    return problem;
}

namespace detail {

/// The kind of a pairing whose sender is of that level.
inline PairingKind pairing_kind(SenderKind level) {
    switch (level) {
        case SenderKind::province:
        case SenderKind::city:
            return PairingKind::city;
        case SenderKind::district:
            return PairingKind::county;
        case SenderKind::school:
            return PairingKind::school;
    }
    return PairingKind::county;
}

/// Which ties of a plan's problem does a row of its pairings make present?
class PairingSource {
  public:
    PairingSource(const Plan& plan, const PairingProblem& problem, Day day) : plan_(plan), day_(day) {
        for (const PairingTie& tie : problem.ties) {
            senders_.push_back(plan.find<Sender>(problem.senders[tie.sender].id));
            counties_.push_back(plan.find<County>(problem.receivers[tie.receiver].id));
        }
    }

    [[nodiscard]] std::vector<std::size_t> ties_of(const Pairing& pairing) const {
        std::vector<std::size_t> out;
        if (pairing.kind == PairingKind::outside) return out;
        if ((pairing.from && day_ < *pairing.from) || (pairing.to && *pairing.to < day_)) return out;
        const Id<Sender> sender = plan_.find<Sender>(pairing.sender);
        const Id<School> school = plan_.find<School>(pairing.receiver);
        const Id<County> county = school ? plan_.county_of(school) : plan_.find<County>(pairing.receiver);
        for (std::size_t t = 0; t < senders_.size(); ++t)
            if (counties_[t] == county && is_at_or_below(senders_[t], sender)) out.push_back(t);
        return out;
    }

  private:
    [[nodiscard]] bool is_at_or_below(Id<Sender> sender, Id<Sender> above) const {
        for (; sender; sender = plan_.parent_of(sender))
            if (sender == above) return true;
        return false;
    }

    const Plan& plan_;
    Day day_;
    std::vector<Id<Sender>> senders_;   ///< per tie
    std::vector<Id<County>> counties_;  ///< per tie
};

}  // namespace detail

COUNTYPLAN_INLINE ById<Id<Pairing>, Pairing> renewed_pairings(const Plan& plan, const PairingProblem& problem,
                                                              const PairingResult& result,
                                                              const PairingOptions& options) {
    const Day day = options.as_of.value_or(plan.rows().period.from);
    const detail::PairingSource source(plan, problem, day);
    ById<Id<Pairing>, Pairing> out;
    for (const Pairing& row : plan.rows().pairings) {
        const std::vector<std::size_t> ties = source.ties_of(row);
        const bool stays =
            ties.empty() || std::ranges::any_of(ties, [&](std::size_t tie) { return result.amount[tie] > 0; });
        if (!stays && row.from && *row.from >= day) continue;
        out.push_back(row);
        if (!stays) out.rows().back().to = day - std::chrono::days(1);
    }
    for (const std::uint32_t t : changes(problem, result).begun) {
        out.push_back({.sender = problem.senders[problem.ties[t].sender].id,
                       .receiver = problem.receivers[problem.ties[t].receiver].id,
                       .kind = detail::pairing_kind(options.level),
                       .from = day});
    }
    return out;
}

}  // namespace countyplan
