// Which rules, quotas and decisions does a plan lay down, and what counts in which order?
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/post.hpp>
#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/enumerator.hpp>

namespace countyplan {

/// What a rule demands; its numbers are the rule's parameters, named in brackets.
enum class RuleKind {
    one_plan_per_county,
    one_principal_per_school,
    principal_term,
    staff_term,
    team_size,
    one_school_of_each_kind,
    mentor_load,
    leaf_goal_measured,
    task_serves_goal
};

template <>
struct Enumerators<RuleKind> {
    static constexpr MessageText words[] = {
        {"one_plan_per_county", "一县一方案", "one county, one plan"},
        {"one_principal_per_school", "一校一名校长", "one principal per school"},
        {"principal_term", "校长任期", "term of a principal"},
        {"staff_term", "中层干部和教师任期", "term of cadres and teachers"},
        {"team_size", "团队规模", "size of a team"},
        {"one_school_of_each_kind", "每县办好一所普通高中、一所中职",
         "one ordinary and one vocational school per county"},
        {"mentor_load", "师傅带徒人数", "apprentices per master"},
        {"leaf_goal_measured", "末级目标须有指标", "every leaf goal has an indicator"},
        {"task_serves_goal", "任务须服务于目标", "every task serves a goal of its county"}};
};

/// One clause of the scheme as data. Parameters by kind: `principal_term` and `staff_term`
/// {min_months, max_months}; `team_size` {min, max}; `mentor_load` {max}; others none.
struct Rule {
    std::string id{};
    RuleKind kind = RuleKind::one_plan_per_county;
    std::string clause{};  ///< where it is written, in the words of the project
    std::string source{};  ///< document and date
    std::optional<Day> from{};
    std::optional<Day> to{};
    Severity severity = Severity::error;
    std::map<std::string, std::int64_t> parameters{};

    /// Whether the rule holds on `day`.
    [[nodiscard]] bool in_force(Day day) const { return (!from || *from <= day) && (!to || day <= *to); }

    friend bool operator==(const Rule&, const Rule&) = default;
};

template <>
struct Table<Rule> {
    static constexpr std::string_view name = "rules";
    static constexpr auto fields = std::make_tuple(
        detail::key_field("id", &Rule::id), detail::value_field("kind", &Rule::kind),
        detail::text_field("clause", &Rule::clause), detail::text_field("source", &Rule::source),
        detail::value_field("from", &Rule::from), detail::value_field("to", &Rule::to),
        detail::value_field("severity", &Rule::severity), detail::open_field("parameters", &Rule::parameters));
};

/// The rules that the scheme has published, and two of well-formed plans, one of each kind: clause and
/// source as known, severities and unpublished bounds as the project proposes them. A programme takes
/// them as they are or edits them.
[[nodiscard]] std::vector<Rule> standard_rules();

/// How many people may, and must at least, serve at once: of those whom a sender and all below it employ (of
/// one first role, where `role` is set), or in those posts of a county, a school or the whole plan that are of
/// the role and subject, where set. Comes on top of `Sender::quota_*` and `Post::max`.
struct Quota {
    std::string id{};
    Reference holder{};  ///< the plan, a sender, a county or a school
    std::optional<Role> role{};
    std::string subject{};  ///< empty: any; only with a receiving holder
    std::int64_t lower = 0;
    std::optional<std::int64_t> upper{};  ///< unset: no limit
    std::string clause{};                 ///< where it is written, in the words of the project

    friend bool operator==(const Quota&, const Quota&) = default;
};

template <>
struct Table<Quota> {
    static constexpr std::string_view name = "quotas";
    static constexpr auto fields =
        std::make_tuple(detail::key_field("id", &Quota::id), detail::value_field("holder", &Quota::holder),
                        detail::value_field("role", &Quota::role), detail::open_field("subject", &Quota::subject),
                        detail::value_field("lower", &Quota::lower), detail::value_field("upper", &Quota::upper),
                        detail::text_field("clause", &Quota::clause));
};

enum class DecisionKind {
    keep,     ///< who serves there by the present staffing stays in that post
    require,  ///< the expert must serve, and there
    forbid,   ///< may not serve there
    no_worse  ///< who is posted by the present staffing serves again, in a post wished for no less
};

template <>
struct Enumerators<DecisionKind> {
    static constexpr MessageText words[] = {{"keep", "留任", "keep"},
                                            {"require", "必须派往", "require"},
                                            {"forbid", "不得派往", "forbid"},
                                            {"no_worse", "不差于现岗", "no worse than now"}};
};

/// What has been decided beforehand about some people and some posts: those whose period meets `from … to`.
struct Decision {
    std::string id{};
    DecisionKind kind = DecisionKind::keep;
    Reference who{};    ///< the plan (everybody), a sender (with all below it) or an expert; `require`: an expert
    Reference where{};  ///< the plan (anywhere), a county, a school or a post
    std::optional<Day> from{};
    std::optional<Day> to{};
    std::string reason{};  ///< in the words of who decided

    friend bool operator==(const Decision&, const Decision&) = default;
};

template <>
struct Table<Decision> {
    static constexpr std::string_view name = "decisions";
    static constexpr auto fields =
        std::make_tuple(detail::key_field("id", &Decision::id), detail::value_field("kind", &Decision::kind),
                        detail::value_field("who", &Decision::who), detail::value_field("where", &Decision::where),
                        detail::value_field("from", &Decision::from), detail::value_field("to", &Decision::to),
                        detail::text_field("reason", &Decision::reason));
};

/// What may count in an objective; less is better unless said. Formulae: docs/math/allocation.md.
enum class Tier {
    critical_shortfall,  ///< people missing below `min` at critical posts
    shortfall,           ///< people missing below `min` at all posts
    weighted_shortfall,  ///< priority x people missing below `target`
    fit,                 ///< sum of the scores of all postings; more is better
    county_cover,        ///< leximin over counties of people serving / people wanted
    graded_shortfall,  ///< weighted_shortfall, the second missing at one post counting double, the third threefold …
    wishes,            ///< sum of the values of the factor wish; more is better
    hardship,          ///< km from sender to school, summed over all postings
    sender_load,       ///< sum over senders of the square of the share of their people who are sent
    moves,             ///< people of the present staffing who do not stay in their post
    user_1,            ///< sum of the points that a tier of the caller's own gives to each posting; more is better
    user_2,            ///< another one
    user_3             ///< and another one
};

template <>
struct Enumerators<Tier> {
    static constexpr MessageText words[] = {{"critical_shortfall", "关键岗位缺口", "shortfall at critical posts"},
                                            {"shortfall", "最低需求缺口", "shortfall below the minimum"},
                                            {"weighted_shortfall", "加权目标缺口", "weighted shortfall below target"},
                                            {"fit", "匹配总分", "fit"},
                                            {"county_cover", "县际均衡", "fairness between counties"},
                                            {"graded_shortfall", "递增目标缺口", "graded shortfall below target"},
                                            {"wishes", "意愿总分", "wishes"},
                                            {"hardship", "路途总里程", "distance in all"},
                                            {"sender_load", "派出负担", "load on senders"},
                                            {"moves", "变动人数", "moves"},
                                            {"user_1", "自定层级一", "own tier 1"},
                                            {"user_2", "自定层级二", "own tier 2"},
                                            {"user_3", "自定层级三", "own tier 3"}};
};

/// How many tiers of the caller's own there may be: the last ones of `Tier`.
inline constexpr std::size_t user_tiers = 3;

/// Which of the caller's own tiers this is, from 0; nothing for the others.
[[nodiscard]] constexpr std::optional<std::size_t> user_tier(Tier tier) {
    const auto first = static_cast<std::size_t>(Tier::user_1);
    const auto at = static_cast<std::size_t>(tier);
    return at < first || at >= first + user_tiers ? std::nullopt : std::optional(at - first);
}

/// What counts, in strict order, each tier once.
using Objective = std::vector<Tier>;

/// How many tiers the objective has of a plan that states none: the first ones of `Tier`.
inline constexpr std::size_t standard_tiers = 4;

[[nodiscard]] inline Objective standard_objective() {
    Objective out;
    for (std::size_t tier = 0; tier < standard_tiers; ++tier)
        out.push_back(static_cast<Tier>(tier));
    return out;
}

/// What each factor of fit is worth: points at full value, >= 0 and at most 10^6.
struct FitWeights {
    std::int64_t qualification = 20;
    std::int64_t role = 20;
    std::int64_t subject = 30;
    std::int64_t seniority = 10;
    std::int64_t pairing = 25;
    std::int64_t distance = 10;
    std::int64_t wish = 15;
    std::int64_t continuity = 20;

    friend bool operator==(const FitWeights&, const FitWeights&) = default;
};

template <>
struct Table<FitWeights> {
    static constexpr std::string_view name = "weights";
    static constexpr auto fields = std::make_tuple(
        detail::value_field("qualification", &FitWeights::qualification),
        detail::value_field("role", &FitWeights::role), detail::value_field("subject", &FitWeights::subject),
        detail::value_field("seniority", &FitWeights::seniority), detail::value_field("pairing", &FitWeights::pairing),
        detail::value_field("distance", &FitWeights::distance), detail::value_field("wish", &FitWeights::wish),
        detail::value_field("continuity", &FitWeights::continuity));
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_PLAN)
#include <countyplan/plan/impl/standard_rules.hpp>
#endif
