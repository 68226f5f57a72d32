// How a staffing is held against the plan, rule by rule, and how blocking pairs are found.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/audit.hpp>
#include <countyplan/allocate/audit_messages.hpp>
#include <countyplan/allocate/coupling.hpp>
#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/impl/audit_amount.hpp>
#include <countyplan/allocate/impl/audit_given.hpp>
#include <countyplan/allocate/impl/staffing_scope.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/plan/check.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

class Auditor {
  public:
    Auditor(const Plan& plan, const Staffing& staffing, const AuditOptions& options)
        : plan_(plan),
          rows_(plan.rows()),
          staffing_(staffing),
          options_(options),
          scope_(plan),
          eligibility_(plan),
          fit_(plan),
          at_(rows_.experts.size()),
          people_(rows_.posts.size()) {}

    [[nodiscard]] Audit run() {
        out_.digests = plan_.digests();
        postings();
        posts();
        senders();
        quotas();
        decisions();
        couplings();
        rules();
        blocking();
        return std::move(out_);
    }

  private:
    using SenderQuota = std::optional<std::int64_t> Sender::*;

    void add(Severity severity, Place place, std::string rule, Message message, std::int64_t amount,
             std::string value = {}, Message expected = {}) {
        Finding finding;
        finding.severity = severity;
        finding.message = std::move(message);
        finding.place = std::move(place);
        finding.rule = std::move(rule);
        finding.value = std::move(value);
        finding.expected = std::move(expected);
        out_.findings.push_back(std::move(finding));
        out_.amounts.push_back(amount);
    }
    void error(Place place, std::string rule, Message message, std::int64_t amount, std::string value = {},
               Message expected = {}) {
        add(Severity::error, std::move(place), std::move(rule), std::move(message), amount, std::move(value),
            std::move(expected));
    }
    /// Where it is written, in the words of the plan.
    static Message clause(const std::string& words) {
        return words.empty() ? Message() : Message(message::audit_clause, {words});
    }

    void postings() {
        std::vector<std::size_t> first_row(rows_.experts.size(), staffing_.size());
        for (std::size_t row = 0; row < staffing_.size(); ++row) {
            const Posting& posting = staffing_.rows()[row];
            const auto at = [row](const char* field) { return Place{"staffing", row, field}; };
            const Id<Expert> expert = plan_.find<Expert>(posting.expert);
            const Id<Post> post = plan_.find<Post>(posting.post);
            if (!expert) {
                error(at("expert"), "staffing.expert", {message::staffing_unknown_expert, {shown_text(posting.expert)}},
                      0, shown_text(posting.expert));
            }
            if (!post) {
                error(at("post"), "staffing.post", {message::staffing_unknown_post, {shown_text(posting.post)}}, 0,
                      shown_text(posting.post));
            }
            if (expert && first_row[expert.value()] < staffing_.size()) {
                error(at("expert"), "staffing.once",
                      {message::audit_posted_twice, {posting.expert, std::to_string(first_row[expert.value()] + 1)}}, 0,
                      posting.expert);
            } else if (expert) {
                first_row[expert.value()] = row;
            }
            if (!post) continue;
            const Period period = plan_.period_of(post);
            if (posting.from != period.from || posting.to != period.to) {
                error(at(posting.from != period.from ? "from" : "to"), "staffing.dates",
                      {message::staffing_dates,
                       {to_text(period.from), to_text(period.to), to_text(posting.from), to_text(posting.to)}},
                      days_apart(posting.from, period.from) + days_apart(posting.to, period.to));
            }
            if (!expert) continue;
            for (const Refusal& refusal : eligibility_.refusals(expert, post)) {
                if (refusal.kind == RefusalKind::decision) continue;  // told among the decisions
                const auto of_plan = std::ranges::find(rows_.rules, refusal.rule, &Rule::id);
                error(at("post"), refusal.rule,
                      {message::audit_refused,
                       {posting.expert, posting.post,
                        MessageArgument(text(refusal.reason, Language::zh), text(refusal.reason, Language::en))}},
                      refusal_amount(plan_, refusal, expert, post), posting.post,
                      refusal.kind == RefusalKind::term && of_plan != rows_.rules.end() ? clause(of_plan->clause)
                                                                                        : Message());
            }
            if (std::ranges::count(at_[expert.value()], post) > 0) continue;
            at_[expert.value()].push_back(post);
            people_[post.value()].push_back(expert);
            pairs_.push_back({expert, post, row});
        }
    }

    void posts() {
        for (const Id<Post> id : rows_.posts.ids()) {
            const Post& post = rows_.posts[id];
            const auto there = static_cast<std::int64_t>(people_[id.value()].size());
            const auto say = [&](const MessageText& row, std::int64_t limit) {
                return Message(row, {post.id, std::to_string(there), std::to_string(limit)});
            };
            if (there > post.max) {
                error({"posts", id.value(), "max"}, "post.max", say(message::audit_post_above, post.max),
                      there - post.max, std::to_string(there));
            } else if (there < post.min) {
                add(Severity::note, {"posts", id.value(), "min"}, "post.min", say(message::audit_post_below, post.min),
                    post.min - there, std::to_string(there));
            }
        }
    }

    static constexpr std::pair<const char*, SenderQuota> sender_quotas[] = {
        {"quota_principal", &Sender::quota_principal},
        {"quota_mid_level", &Sender::quota_mid_level},
        {"quota_teacher", &Sender::quota_teacher},
        {"quota_total", &Sender::quota_total}};

    /// The counts of a sender and of those above it that an expert is part of.
    template <class Visit>
    void visit_sent(Id<Expert> expert, Visit visit) const {
        const Id<Sender> own = plan_.sender_of(expert);
        visit(own.value() * 4 + static_cast<std::size_t>(rows_.experts[expert].charged_role()));
        for (Id<Sender> s = own; s; s = plan_.parent_of(s))
            visit(s.value() * 4 + 3);
    }

    void senders() {
        sent_.resize(rows_.senders.size() * 4);
        for (const Id<Sender> id : rows_.senders.ids()) {
            for (std::size_t k = 0; k < 4; ++k) {
                sent_[id.value() * 4 + k].upper =
                    (rows_.senders[id].*sender_quotas[k].second).value_or(std::numeric_limits<std::int64_t>::max());
            }
        }
        for (const Id<Expert> expert : rows_.experts.ids()) {
            if (!at_[expert.value()].empty()) visit_sent(expert, [&](std::size_t k) { ++sent_[k].count; });
        }
        for (std::size_t k = 0; k < sent_.size(); ++k) {
            if (sent_[k].count <= sent_[k].upper) continue;
            const char* const field = sender_quotas[k % 4].first;
            error(
                {"senders", k / 4, field}, std::string("sender.") + field,
                {message::audit_sender_above,
                 {rows_.senders[Id<Sender>(k / 4)].id, std::to_string(sent_[k].count), std::to_string(sent_[k].upper)}},
                sent_[k].count - sent_[k].upper, std::to_string(sent_[k].count));
        }
    }

    void quotas() {
        counted_.resize(rows_.quotas.size());
        for (const Id<Quota> id : rows_.quotas.ids()) {
            const Quota& quota = rows_.quotas[id];
            StaffingLimit& limit = counted_[id.value()];
            limit.upper = quota.upper.value_or(std::numeric_limits<std::int64_t>::max());
            const bool of_people = quota.holder.noun == Noun::sender;
            for (const Pair& pair : pairs_) {
                if (!scope_.counts(quota, pair.expert, pair.post)) continue;
                if (of_people && at_[pair.expert.value()].front() != pair.post) continue;  // a person once
                ++limit.count;
            }
            const auto say = [&](const MessageText& row, std::int64_t bound) {
                return Message(row, {quota.id, std::to_string(limit.count), std::to_string(bound)});
            };
            if (limit.count < quota.lower) {
                error({"quotas", id.value(), "lower"}, quota.id, say(message::audit_quota_below, quota.lower),
                      quota.lower - limit.count, std::to_string(limit.count), clause(quota.clause));
            } else if (limit.count > limit.upper) {
                error({"quotas", id.value(), "upper"}, quota.id, say(message::audit_quota_above, limit.upper),
                      limit.count - limit.upper, std::to_string(limit.count), clause(quota.clause));
            }
        }
    }

    [[nodiscard]] std::int64_t wish(Id<Expert> expert, Id<Post> post) const {
        return fit_.factors(expert, post)[static_cast<std::size_t>(FitFactor::wish)].value;
    }

    /// What the eligibility says: no pair that a decision refuses, nobody at home whom one obliges to serve.
    void decisions() {
        if (rows_.decisions.empty()) return;
        for (const Pair& pair : pairs_) {
            for (const Id<Decision> id : eligibility_.decisions_against(pair.expert, pair.post))
                against_decision(id, {"staffing", pair.row, "post"}, pair.expert, rows_.posts[pair.post].id);
        }
        for (const Id<Expert> expert : rows_.experts.ids()) {
            if (!at_[expert.value()].empty()) continue;
            for (const Id<Decision> id : eligibility_.decisions_obliging(expert))
                against_decision(id, {"decisions", id.value(), ""}, expert, message::audit_at_home);
        }
    }

    /// `has`: the post in which the expert serves instead, or that there is none.
    void against_decision(Id<Decision> id, Place place, Id<Expert> expert, const MessageArgument& has) {
        const Decision& decision = rows_.decisions[id];
        const std::string& who = rows_.experts[expert].id;
        const auto say = [&]() -> Message {
            switch (decision.kind) {
                case DecisionKind::keep:
                    return {message::audit_not_kept, {who, present_posts(id, expert), has}};
                case DecisionKind::require:
                    return {message::audit_not_required, {who, to_text(decision.where), has}};
                case DecisionKind::forbid:
                    return {message::audit_forbidden, {who, has}};
                case DecisionKind::no_worse:
                    return {message::audit_worse, {who, present_posts(id, expert), has}};
            }
            return {};
        };
        error(std::move(place), decision.id, say(), 0, who, clause(decision.reason));
    }

    /// Where the expert serves at present, as far as staying there would do for the decision.
    [[nodiscard]] MessageArgument present_posts(Id<Decision> decision, Id<Expert> expert) const {
        std::vector<std::string> out;
        for (const Id<Posting> id : rows_.staffing.ids()) {
            const Id<Post> post = plan_.post_of(id);
            if (plan_.expert_of(id) != expert || std::ranges::count(out, rows_.posts[post].id) > 0) continue;
            const std::vector<Id<Decision>> against = eligibility_.decisions_against(expert, post);
            if (std::ranges::count(against, decision) == 0) out.push_back(rows_.posts[post].id);
        }
        return list_text(out);
    }

    [[nodiscard]] Message coupling_message(const Coupling& row, const CouplingCount& count) const {
        const std::string value = std::to_string(count.value), by = std::to_string(count.breach);
        const MessageArgument place = count.place.noun == Noun::plan
                                          ? MessageArgument(message::audit_in_all)
                                          : MessageArgument(shown_text(to_text(count.place)));
        switch (row.kind) {
            case CouplingKind::share:
                return {message::audit_share, {row.id, place, value, std::to_string(count.serving), by}};
            case CouplingKind::count:
                return {message::audit_count, {row.id, place, value, by}};
            case CouplingKind::senders:
                return {message::audit_senders, {row.id, place, value, by}};
            case CouplingKind::unit:
                return {message::audit_unit, {row.id, row.who.id, value}};
            case CouplingKind::together:
                return {message::audit_together, {row.id, count.group, by}};
            case CouplingKind::apart:
                return {message::audit_apart, {row.id, place, count.group, value, by}};
            case CouplingKind::leader:
                return {message::audit_leader, {row.id, place, std::to_string(count.serving), by}};
            case CouplingKind::budget:
                return {message::audit_budget, {row.id, place, value, by}};
        }
        return {};
    }

    /// Couplings that are broken: errors where they must be kept, notes where that has a price.
    void couplings() {
        for (const CouplingCount& count : coupling_counts(plan_, staffing_)) {
            if (count.breach == 0) continue;
            const Coupling& row = rows_.couplings[count.coupling];
            add(row.is_hard() ? Severity::error : Severity::note, {"couplings", count.coupling.value(), ""}, row.id,
                coupling_message(row, count), count.breach, std::to_string(count.value), clause(row.clause));
        }
    }

    /// The plan's rules that speak of postings.
    void rules() {
        Draft draft = rows_;
        draft.staffing = staffing_;
        for (const Rule& rule : rows_.rules) {
            for (Finding& finding : judge(draft, rule)) {
                if (finding.place.table != Table<Posting>::name) continue;
                out_.amounts.push_back(term_amount(rule, staffing_.rows()[finding.place.row.value_or(0)]));
                out_.findings.push_back(std::move(finding));
            }
        }
    }

    // -----------------------------------------------------------------------------------------------------------------

    /// Whether no upper limit is passed when the expert moves there and the other one goes home.
    [[nodiscard]] bool fits_limits(Id<Expert> expert, Id<Post> to, Id<Expert> displaced) const {
        std::map<std::size_t, std::int64_t> change;
        const std::vector<Id<Post>>& own = at_[expert.value()];
        if (own.empty()) visit_sent(expert, [&](std::size_t k) { ++change[k]; });
        if (displaced) visit_sent(displaced, [&](std::size_t k) { --change[k]; });
        for (const auto& [k, by] : change) {
            if (by > 0 && sent_[k].count + by > sent_[k].upper) return false;
        }
        for (const Id<Quota> id : rows_.quotas.ids()) {
            const Quota& quota = rows_.quotas[id];
            std::int64_t by = scope_.counts(quota, expert, to) ? 1 : 0;
            if (!own.empty() && scope_.counts(quota, expert, own.front())) --by;
            if (displaced && scope_.counts(quota, displaced, to)) --by;
            const StaffingLimit& limit = counted_[id.value()];
            if (by > 0 && limit.count + by > limit.upper) return false;
            if (by < 0 && limit.count + by < quota.lower) return false;
        }
        return true;
    }

    /// Who fits worst there; of several the last.
    [[nodiscard]] Id<Expert> worst_of(Id<Post> post) const {
        return *std::ranges::max_element(people_[post.value()], {},
                                         [&](Id<Expert> e) { return std::pair(-fit_.score(e, post), e); });
    }

    void blocking() {
        std::vector<Id<Expert>> worst(rows_.posts.size());
        for (const Id<Post> id : rows_.posts.ids())
            if (!people_[id.value()].empty()) worst[id.value()] = worst_of(id);
        std::vector<Id<Post>> open;
        for (const Id<Expert> expert : rows_.experts.ids()) {
            if (at_[expert.value()].size() > 1) continue;  // told already
            const Id<Post> own = at_[expert.value()].empty() ? Id<Post>() : at_[expert.value()].front();
            const auto present =
                own ? std::optional(std::pair(wish(expert, own), fit_.score(expert, own))) : std::nullopt;
            open.clear();
            eligibility_.append_posts_of(expert, open);
            for (const Id<Post> post : open) {
                if (post == own) continue;
                const std::int64_t here = fit_.score(expert, post);
                if (present && std::pair(wish(expert, post), here) <= *present) continue;
                Id<Expert> displaced;
                if (static_cast<std::int64_t>(people_[post.value()].size()) >= rows_.posts[post].max) {
                    displaced = worst[post.value()];
                    if (!displaced || fit_.score(displaced, post) >= here || eligibility_.must_serve(displaced))
                        continue;
                }
                if (!fits_limits(expert, post, displaced)) continue;
                if (++out_.blocking_count > options_.blocking_pairs) continue;
                out_.blocking.push_back({rows_.experts[expert].id, rows_.posts[post].id,
                                         own ? rows_.posts[own].id : std::string(),
                                         displaced ? rows_.experts[displaced].id : std::string()});
            }
        }
    }

    struct Pair {
        Id<Expert> expert{};
        Id<Post> post{};
        std::size_t row = 0;
    };

    const Plan& plan_;
    const Draft& rows_;
    const Staffing& staffing_;
    const AuditOptions& options_;
    StaffingScope scope_;
    Eligibility eligibility_;
    FitScore fit_;
    std::vector<std::vector<Id<Post>>> at_;        ///< per expert, each post once
    std::vector<std::vector<Id<Expert>>> people_;  ///< per post, each person once
    std::vector<Pair> pairs_;                      ///< with the first row of each
    std::vector<StaffingLimit> sent_;              ///< per sender: three roles of its own people, then all
    std::vector<StaffingLimit> counted_;           ///< per quota
    Audit out_;
};

}  // namespace detail

COUNTYPLAN_INLINE Audit audit(const Plan& plan, const Staffing& staffing, const AuditOptions& options) {
    Audit out = detail::Auditor(plan, staffing, options).run();
    detail::judge_given(plan, staffing, options.given, out);
    return out;
}

}  // namespace countyplan
