// How a plan becomes a market, and what each mechanism makes of it.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <utility>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/audit.hpp>
#include <countyplan/allocate/audit_messages.hpp>
#include <countyplan/allocate/impl/objective.hpp>
#include <countyplan/allocate/impl/staffing_scope.hpp>
#include <countyplan/allocate/mechanism.hpp>
#include <countyplan/allocate/mechanism_messages.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/stable_matching.hpp>
#include <countyplan/solve/top_trading_cycles.hpp>

namespace countyplan {

namespace detail {

/// The eligible pairs of a plan, how both sides rank them and which quotas hold.
class StaffingMarket {
  public:
    explicit StaffingMarket(const Plan& plan) : plan_(plan), problem_(*allocation_problem(plan)) {
        const NestedFlowProblem& flow = problem_.flow;
        out_.right = upper_only(flow.right);
        out_.left = upper_only(flow.left);
        expert_group_ = static_cast<std::uint32_t>(out_.left.groups());
        out_.left.parent.insert(out_.left.parent.end(), flow.group.begin(), flow.group.end());
        out_.left.lower.resize(out_.left.groups(), 0);
        out_.left.upper.resize(out_.left.groups(), 1);
        const FitScore fit(plan);
        const std::int64_t wish_weight = plan.rows().weights.wish;
        std::vector<Id<Post>> posts;
        std::vector<std::int64_t> scores;
        for (const Id<Expert> expert : plan.rows().experts.ids()) {
            posts.clear();
            scores.clear();
            for (std::size_t pair = flow.first[expert.value()]; pair < flow.first[expert.value() + 1]; ++pair)
                posts.push_back(problem_.post_of(pair));
            fit.append_scores(expert, posts, scores);
            for (std::size_t k = 0; k < posts.size(); ++k) {
                const std::int64_t wish = fit.value(FitFactor::wish, expert, posts[k]);
                post_.push_back(posts[k]);
                fit_.push_back(scores[k]);
                out_.left_group.push_back(expert_group_ + static_cast<std::uint32_t>(expert.value()));
                out_.left_rank.push_back(-(wish * above_any_fit + scores[k]));
                out_.right_rank.push_back(wish * wish_weight - scores[k]);
            }
        }
        out_.right_group = flow.to;
    }

    [[nodiscard]] const StableMatchingProblem& market() const { return out_; }
    [[nodiscard]] const AllocationProblem& problem() const { return problem_; }
    [[nodiscard]] std::size_t experts() const { return problem_.flow.items(); }
    [[nodiscard]] std::size_t pairs() const { return post_.size(); }
    [[nodiscard]] Id<Post> post(std::size_t pair) const { return post_[pair]; }
    [[nodiscard]] std::size_t expert(std::size_t pair) const { return out_.left_group[pair] - expert_group_; }
    [[nodiscard]] std::int64_t fit(std::size_t pair) const { return fit_[pair]; }

    /// The pairs of an expert, the one wanted most first.
    [[nodiscard]] std::vector<std::uint32_t> wanted_by(std::size_t expert) const {
        const auto& first = problem_.flow.first;
        std::vector<std::uint32_t> out(first[expert + 1] - first[expert]);
        std::iota(out.begin(), out.end(), static_cast<std::uint32_t>(first[expert]));
        std::ranges::stable_sort(out, {}, [&](std::uint32_t pair) { return out_.left_rank[pair]; });
        return out;
    }

    /// Pairs that block a choice; a group that has more people than its quota counts as full.
    [[nodiscard]] std::size_t blocking(const std::vector<std::uint32_t>& pair_of) const {
        std::vector<std::uint32_t> chosen;
        StableMatchingProblem raised = out_;
        std::vector<std::int64_t> left(raised.left.groups(), 0), right(raised.right.groups(), 0);
        const auto count = [](const NestedQuotas& quotas, std::uint32_t group, std::vector<std::int64_t>& people) {
            for (; group != NestedQuotas::outermost; group = quotas.parent[group])
                ++people[group];
        };
        for (const std::uint32_t pair : pair_of) {
            if (pair == NestedFlowResult::unpaired) continue;
            chosen.push_back(pair);
            count(raised.left, raised.left_group[pair], left);
            count(raised.right, raised.right_group[pair], right);
        }
        for (std::size_t g = 0; g < left.size(); ++g)
            raised.left.upper[g] = std::max(raised.left.upper[g], left[g]);
        for (std::size_t g = 0; g < right.size(); ++g)
            raised.right.upper[g] = std::max(raised.right.upper[g], right[g]);
        return blocking_pairs(raised, chosen).size();
    }

  private:
    static constexpr std::int64_t above_any_fit = 1'000'000'000'000;  ///< a fit is at most 8 x 10^9, a wish 1000

    static NestedQuotas upper_only(const NestedQuotas& quotas) {
        return {.parent = quotas.parent, .lower = std::vector<std::int64_t>(quotas.groups(), 0), .upper = quotas.upper};
    }

    const Plan& plan_;
    AllocationProblem problem_;
    StableMatchingProblem out_;
    std::uint32_t expert_group_ = 0;  ///< that of the first expert, alone
    std::vector<Id<Post>> post_;      ///< per pair
    std::vector<std::int64_t> fit_;   ///< per pair
};

/// Postings given out one after another, none above an upper quota.
class QuotaRoom {
  public:
    explicit QuotaRoom(const StaffingMarket& market)
        : market_(market.market()),
          left_(market_.left.upper),
          right_(market_.right.upper),
          pair_of_(market.experts(), NestedFlowResult::unpaired) {}

    [[nodiscard]] bool has_room(std::uint32_t pair) const {
        return is_free(market_.left, market_.left_group[pair], left_) &&
               is_free(market_.right, market_.right_group[pair], right_);
    }
    void take(std::size_t expert, std::uint32_t pair) {
        pair_of_[expert] = pair;
        fill(market_.left, market_.left_group[pair], left_);
        fill(market_.right, market_.right_group[pair], right_);
    }
    [[nodiscard]] std::vector<std::uint32_t> give() { return std::move(pair_of_); }

  private:
    using Room = std::vector<std::int64_t>;

    static bool is_free(const NestedQuotas& quotas, std::uint32_t group, const Room& room) {
        for (; group != NestedQuotas::outermost; group = quotas.parent[group])
            if (room[group] <= 0) return false;
        return true;
    }
    static void fill(const NestedQuotas& quotas, std::uint32_t group, Room& room) {
        for (; group != NestedQuotas::outermost; group = quotas.parent[group])
            if (quotas.upper[group] != NestedQuotas::unlimited) --room[group];
    }

    const StableMatchingProblem& market_;
    Room left_;
    Room right_;
    std::vector<std::uint32_t> pair_of_;
};

inline std::vector<std::uint32_t> pairs_by_expert(const StaffingMarket& market,
                                                  const std::vector<std::uint32_t>& chosen) {
    std::vector<std::uint32_t> out(market.experts(), NestedFlowResult::unpaired);
    for (const std::uint32_t pair : chosen)
        out[market.expert(pair)] = pair;
    return out;
}

/// The experts in their turns. Throws `InvalidProblem`.
inline std::vector<std::size_t> turns_of(const Plan& plan, const std::vector<std::string>& named) {
    const auto& experts = plan.rows().experts;
    std::vector<std::size_t> out;
    std::vector<bool> is_named(experts.size(), false);
    for (std::size_t k = 0; k < named.size(); ++k) {
        const Id<Expert> expert = plan.find<Expert>(named[k]);
        if (!expert || is_named[expert.value()]) {
            throw InvalidProblem(
                Message(expert ? message::mechanism_twice : message::mechanism_unknown_expert, {shown_text(named[k])}),
                "order[" + std::to_string(k) + "]");
        }
        is_named[expert.value()] = true;
        out.push_back(expert.value());
    }
    const auto rest = static_cast<std::ptrdiff_t>(out.size());
    for (std::size_t e = 0; e < experts.size(); ++e)
        if (!is_named[e]) out.push_back(e);
    std::stable_sort(out.begin() + rest, out.end(), [&](std::size_t a, std::size_t b) {
        return experts[Id<Expert>(a)].years > experts[Id<Expert>(b)].years;
    });
    return out;
}

inline std::vector<std::uint32_t> in_turn(const StaffingMarket& market, const std::vector<std::size_t>& turns) {
    QuotaRoom room(market);
    for (const std::size_t expert : turns) {
        const std::vector<std::uint32_t> wanted = market.wanted_by(expert);
        const auto best = std::ranges::find_if(wanted, [&](std::uint32_t pair) { return room.has_room(pair); });
        if (best != wanted.end()) room.take(expert, *best);
    }
    return room.give();
}

/// Posts choose in turn: whoever fits best and passes no quota.
inline std::vector<std::uint32_t> greedily(const Plan& plan, const StaffingMarket& market) {
    const auto& posts = plan.rows().posts;
    std::vector<std::vector<std::uint32_t>> open(posts.size());
    for (std::uint32_t pair = 0; pair < market.pairs(); ++pair)
        open[market.post(pair).value()].push_back(pair);
    for (auto& pairs : open)
        std::ranges::stable_sort(pairs, std::ranges::greater(), [&](std::uint32_t pair) { return market.fit(pair); });
    std::vector<std::size_t> turns(posts.size());
    std::iota(turns.begin(), turns.end(), std::size_t{0});
    std::ranges::stable_sort(turns, std::ranges::greater(), [&](std::size_t p) {
        return std::pair(posts[Id<Post>(p)].critical, posts[Id<Post>(p)].priority);
    });
    QuotaRoom room(market);
    std::vector<bool> serves(market.experts(), false);
    std::vector<std::int64_t> there(posts.size(), 0);
    for (const auto wanted : {&Post::min, &Post::target}) {
        for (const std::size_t p : turns) {
            for (const std::uint32_t pair : open[p]) {
                if (there[p] >= posts[Id<Post>(p)].*wanted) break;
                const std::size_t expert = market.expert(pair);
                if (serves[expert] || !room.has_room(pair)) continue;
                room.take(expert, pair);
                serves[expert] = true;
                ++there[p];
            }
        }
    }
    return room.give();
}

/// Top trading cycles; a choice and how it ended.
inline SchoolChoiceResult traded(const StaffingMarket& market, const Plan& plan, const Stop& stop,
                                 const Progress& progress) {
    SchoolChoiceProblem choice;
    for (const Post& post : plan.rows().posts)
        choice.capacity.push_back(post.max);
    std::vector<std::uint32_t> pairs;
    for (std::size_t expert = 0; expert < market.experts(); ++expert) {
        const std::vector<std::uint32_t> wanted = market.wanted_by(expert);
        pairs.insert(pairs.end(), wanted.begin(), wanted.end());
        choice.first.push_back(pairs.size());
    }
    for (const std::uint32_t pair : pairs) {
        choice.place.push_back(static_cast<std::uint32_t>(market.post(pair).value()));
        choice.priority.push_back(market.market().right_rank[pair]);
    }
    SchoolChoiceResult out = solve(choice, {}, stop, progress);
    for (std::uint32_t& pair : out.pair_of)
        pair = pair == SchoolChoiceResult::unassigned ? NestedFlowResult::unpaired : pairs[pair];
    return out;
}

/// Counts everything about one staffing.
class StaffingMeter {
  public:
    StaffingMeter(const Plan& plan, const Staffing& staffing) : plan_(plan), rows_(plan.rows()) {
        for (const Posting& posting : staffing) {
            const Id<Expert> expert = plan.find<Expert>(posting.expert);
            const Id<Post> post = plan.find<Post>(posting.post);
            if (expert && post) pairs_.emplace(expert, post);
        }
        out_.tiers = tier_values(plan, staffing);
    }

    [[nodiscard]] StaffingMeasures run(std::size_t blocking) {
        posts();
        wishes();
        moves();
        out_.blocking = blocking;
        return std::move(out_);
    }

  private:
    static constexpr std::int64_t million = 1'000'000;

    static double share(std::int64_t part, std::int64_t whole) {
        return static_cast<double>(millionths(part, whole)) / static_cast<double>(million);
    }
    static std::int64_t millionths(std::int64_t part, std::int64_t whole) {
        return static_cast<std::int64_t>(int128{part} * million / whole);
    }

    void posts() {
        std::vector<std::int64_t> there(rows_.posts.size(), 0);
        std::set<Id<Expert>> people;
        for (const auto& [expert, post] : pairs_) {
            ++there[post.value()];
            people.insert(expert);
        }
        out_.serving = static_cast<std::int64_t>(people.size());
        std::vector<std::int64_t> wanted(rows_.counties.size(), 0), filled(rows_.counties.size(), 0);
        for (const Id<Post> id : rows_.posts.ids()) {
            const Post& post = rows_.posts[id];
            const std::size_t county = plan_.county_of(id).value();
            const std::int64_t missing = std::max<std::int64_t>(0, post.min - there[id.value()]);
            wanted[county] += post.target;
            filled[county] += std::min(post.target, there[id.value()]);
            out_.shortfall += missing;
            if (post.critical) out_.critical_shortfall += missing;
        }
        out_.wanted = std::accumulate(wanted.begin(), wanted.end(), std::int64_t{0});
        out_.filled = std::accumulate(filled.begin(), filled.end(), std::int64_t{0});
        if (out_.wanted > 0) out_.cover = share(out_.filled, out_.wanted);
        counties(wanted, filled);
    }

    void counties(const std::vector<std::int64_t>& wanted, const std::vector<std::int64_t>& filled) {
        std::vector<std::int64_t> covers;
        for (const Id<County> id : rows_.counties.ids()) {
            if (wanted[id.value()] == 0) continue;
            covers.push_back(millionths(filled[id.value()], wanted[id.value()]));
            if (covers.size() == 1 || covers.back() < std::ranges::min(std::span(covers).first(covers.size() - 1)))
                out_.worst_county = to_text(rows_.counties[id].code);
        }
        if (covers.empty()) return;
        std::ranges::sort(covers);
        out_.worst_cover = static_cast<double>(covers.front()) / static_cast<double>(million);
        out_.best_cover = static_cast<double>(covers.back()) / static_cast<double>(million);
        const auto n = static_cast<std::int64_t>(covers.size());
        int128 spread = 0;
        int128 sum = 0;
        for (std::int64_t i = 0; i < n; ++i) {
            spread += int128{2 * i + 1 - n} * covers[static_cast<std::size_t>(i)];
            sum += covers[static_cast<std::size_t>(i)];
        }
        if (sum > 0) out_.gini = static_cast<double>(spread * million / (sum * n)) / static_cast<double>(million);
    }

    void wishes() {
        const StaffingScope scope(plan_);
        std::int64_t places = 0;
        for (const auto& [expert, post] : pairs_) {
            const std::vector<Reference>& prefers = rows_.experts[expert].prefers;
            if (prefers.empty()) continue;
            const auto met = std::ranges::find_if(
                prefers, [&scope, place = post](const Reference& where) { return scope.is_where(where, place); });
            ++out_.wishing;
            if (met != prefers.end()) ++out_.wishes_met;
            places += met - prefers.begin() + 1;
        }
        if (out_.wishing > 0) out_.mean_wish = share(places, out_.wishing);
    }

    void moves() {
        std::map<Id<Expert>, bool> stays;
        for (const Id<Posting> id : rows_.staffing.ids()) {
            const Id<Expert> expert = plan_.expert_of(id);
            stays[expert] = stays[expert] || pairs_.contains({expert, plan_.post_of(id)});
        }
        for (const auto& [expert, is_there] : stays)
            out_.moves += is_there ? 0 : 1;
    }

    const Plan& plan_;
    const Draft& rows_;
    std::set<std::pair<Id<Expert>, Id<Post>>> pairs_;
    StaffingMeasures out_;
};

/// What the plan lays down, and what of it each mechanism looks at.
class RuleList {
  public:
    explicit RuleList(const Plan& plan) : plan_(plan), rows_(plan.rows()), coverage_(rule_coverage(plan)) {}

    [[nodiscard]] std::vector<RuleOutcome> of(Mechanism mechanism, const Staffing& staffing) const {
        const bool chooses = mechanism != Mechanism::status_quo;
        const bool has_quotas = chooses && mechanism != Mechanism::top_trading_cycles;
        const bool is_best = mechanism == Mechanism::optimal;
        std::vector<RuleOutcome> out;
        out.push_back({.rule = "eligibility", .is_heeded = chooses});
        out.push_back({.rule = "staffing", .is_heeded = chooses});
        out.push_back({.rule = "post.max", .is_heeded = chooses});
        for (std::size_t role = 0; role <= enumerator_count<Role>; ++role) {
            const bool is_stated = std::ranges::any_of(rows_.senders, [role](const Sender& sender) {
                return role < enumerator_count<Role> ? sender.quota(static_cast<Role>(role)).has_value()
                                                     : sender.quota_total.has_value();
            });
            if (!is_stated) continue;
            const std::string_view which =
                role < enumerator_count<Role> ? name(static_cast<Role>(role)) : std::string_view("total");
            out.push_back({.rule = "sender.quota_" + std::string(which), .is_heeded = has_quotas});
        }
        for (const Quota& quota : rows_.quotas) {
            if (quota.upper) out.push_back({.rule = "quota:" + quota.id + "/upper", .is_heeded = has_quotas});
            if (quota.lower > 0) out.push_back({.rule = "quota:" + quota.id + "/lower", .is_heeded = is_best});
        }
        for (const Decision& decision : rows_.decisions) {
            out.push_back({.rule = "decision:" + decision.id,
                           .is_heeded = is_best || (chooses && decision.kind == DecisionKind::forbid)});
        }
        for (const Coupling& coupling : rows_.couplings)
            if (coupling.is_hard()) out.push_back({.rule = "coupling:" + coupling.id});
        for (const Rule& rule : rows_.rules) {
            const bool is_of_postings = std::ranges::count(coverage_.terms, rule.id) > 0 ||
                                        std::ranges::count(coverage_.left_out, rule.id, &LeftOutRule::rule) > 0;
            if (is_of_postings) out.push_back({.rule = "rule:" + rule.id});
        }
        for (const Finding& finding : audit(plan_, staffing, {.blocking_pairs = 0}).findings) {
            if (finding.severity == Severity::note) continue;
            const auto row = std::ranges::find(out, name_of(finding), &RuleOutcome::rule);
            if (row != out.end()) ++row->breaches;
        }
        return out;
    }

  private:
    /// The row of the list that a finding of the audit belongs to.
    [[nodiscard]] std::string name_of(const Finding& finding) const {
        if (finding.place.table == Table<Quota>::name) return "quota:" + finding.rule + "/" + finding.place.field;
        if (finding.place.table == Table<Coupling>::name) return "coupling:" + finding.rule;
        if (finding.rule.starts_with("sender.") || finding.rule == "post.max") return finding.rule;
        if (finding.rule.starts_with("staffing.")) return "staffing";
        if (finding.message.code() == message::audit_refused.code) return "eligibility";
        if (std::ranges::count(rows_.decisions, finding.rule, &Decision::id) > 0) return "decision:" + finding.rule;
        return "rule:" + finding.rule;
    }

    const Plan& plan_;
    const Draft& rows_;
    RuleCoverage coverage_;
};

/// What was chosen, and how the search ended.
struct MarketChoice {
    std::vector<std::uint32_t> pair_of{};
    Termination termination = Termination::optimal;
    Cause cause = Cause::proved;
};

inline MarketChoice choose(const Plan& plan, const StaffingMarket& market, Mechanism mechanism,
                           const MechanismOptions& options, const Stop& stop, const Progress& progress) {
    switch (mechanism) {
        case Mechanism::experts_propose:
        case Mechanism::posts_propose: {
            const auto side = mechanism == Mechanism::experts_propose ? ProposingSide::left : ProposingSide::right;
            const StableMatchingResult found = solve(market.market(), {.proposing = side}, stop, progress);
            return {pairs_by_expert(market, found.chosen), found.termination, found.cause};
        }
        case Mechanism::top_trading_cycles: {
            SchoolChoiceResult found = traded(market, plan, stop, progress);
            return {std::move(found.pair_of), found.termination, found.cause};
        }
        case Mechanism::serial_dictatorship:
            return {in_turn(market, turns_of(plan, options.order))};
        default:
            return {greedily(plan, market)};
    }
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<MechanismResult> compare_mechanisms(const Plan& plan,
                                                                  std::span<const Mechanism> mechanisms,
                                                                  const MechanismOptions& options, const Stop& stop,
                                                                  const Progress& progress) {
    std::vector<MechanismResult> out;
    if (mechanisms.empty()) return out;
    const detail::StaffingMarket market(plan);
    const detail::RuleList rules(plan);
    for (const Mechanism mechanism : mechanisms) {
        MechanismResult result{.mechanism = mechanism, .digests = plan.digests()};
        if (mechanism == Mechanism::optimal) {
            Allocation found = allocate(plan, {.flow = options.flow}, stop, progress);
            result.termination = found.termination;
            result.cause = found.cause;
            result.staffing = std::move(found.staffing);
        } else if (mechanism == Mechanism::status_quo) {
            result.termination = Termination::optimal;
            result.cause = Cause::proved;
            result.staffing = plan.rows().staffing;
        } else {
            const auto found = detail::choose(plan, market, mechanism, options, stop, progress);
            result.termination = found.termination;
            result.cause = found.cause;
            result.staffing = staffing_of(market.problem(), found.pair_of);
        }
        if (result.termination == Termination::optimal || result.termination == Termination::feasible) {
            result.measures = detail::StaffingMeter(plan, result.staffing)
                                  .run(market.blocking(pairs_of(market.problem(), result.staffing)));
            result.rules = rules.of(mechanism, result.staffing);
        }
        out.push_back(std::move(result));
    }
    return out;
}

COUNTYPLAN_INLINE MechanismResult run_mechanism(const Plan& plan, Mechanism mechanism, const MechanismOptions& options,
                                                const Stop& stop, const Progress& progress) {
    return compare_mechanisms(plan, std::span(&mechanism, 1), options, stop, progress).front();
}

COUNTYPLAN_INLINE StaffingMeasures measures_of(const Plan& plan, const Staffing& staffing) {
    const detail::StaffingMarket market(plan);
    return detail::StaffingMeter(plan, staffing).run(market.blocking(pairs_of(market.problem(), staffing)));
}

}  // namespace countyplan

#include <countyplan/separate.hpp>
