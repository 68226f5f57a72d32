// What does a draft become as events are told one by one, and which of them are wrong?
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/plan/event_messages.hpp>
#include <countyplan/plan/event_row.hpp>
#include <countyplan/plan/impl/check_range.hpp>
#include <countyplan/plan/impl/key_index.hpp>
#include <countyplan/plan/messages.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/value_text.hpp>

namespace countyplan {

namespace detail {

/// The decision that an event stands behind.
inline std::string event_decision_id(std::int64_t number) { return "event-" + std::to_string(number); }

/// A draft that events change one by one, and what was wrong with them.
class EventApplier {
  public:
    EventApplier(const Plan& plan, const LastEvent& last) : plan_(plan), draft_(plan.draft()), last_(last) {
        for (const Decision& decision : draft_.decisions)
            if (is_leaving(decision)) left_.insert(decision.who.id);
    }

    [[nodiscard]] const Draft& draft() const { return draft_; }
    [[nodiscard]] const LastEvent& last() const { return last_; }
    [[nodiscard]] const Findings& findings() const { return findings_; }

    /// Whether the event is right; if not, nothing but the findings has changed.
    bool add(const Event& event) {
        event_ = &event;
        const std::size_t before = findings_.size();
        check_order();
        check_fields();
        if (findings_.size() == before) change();
        const bool is_right = findings_.size() == before;
        last_ = {event.number, last_.day ? std::max(*last_.day, event.day) : event.day};
        ++at_;
        return is_right;
    }

    /// As `add`, for a log that is told one by one: what is wrong with the event, which then has not been.
    [[nodiscard]] Findings add_alone(const Event& event) {
        const LastEvent before = last_;
        at_ = 0;
        touched_.clear();
        if (!add(event)) last_ = before;
        return std::exchange(findings_, {});
    }

    /// The plan that the events leave. Throws `InvalidPlan` whose places are those of the events.
    [[nodiscard]] Plan plan() const {
        try {
            return Plan(draft_);
        } catch (const InvalidPlan& invalid) {
            Findings found = invalid.findings();
            relocate(found);
            throw InvalidPlan(std::move(found));
        }
    }

    /// Findings about rows that an event made or changed are about the event.
    void relocate(Findings& findings) const {
        for (Finding& finding : findings) {
            if (!finding.place.row) continue;
            const auto touched = touched_.find({finding.place.table, *finding.place.row});
            if (touched == touched_.end()) continue;
            std::string field = touched->second.part;
            if (field == "post" || field == "school") field += "." + finding.place.field;
            finding.place = {"events", touched->second.event, std::move(field)};
        }
    }

  private:
    struct Touch {
        std::size_t event = 0;
        std::string part{};
    };

    /// Fields of an event that a kind speaks of.
    struct Use {
        bool subject = true;
        bool from = false;
        bool to = false;
        bool receivers = false;
        bool bounds = false;
        bool post = false;
        bool school = false;
    };

    static bool is_leaving(const Decision& decision) {
        return decision.kind == DecisionKind::forbid && decision.who.noun == Noun::expert &&
               decision.where == Reference{} && decision.from && !decision.to && decision.id.starts_with("event-");
    }

    static Use use_of(EventKind kind) {
        switch (kind) {
            case EventKind::resigns:
                return {};
            case EventKind::ill:
                return {.from = true, .to = true};
            case EventKind::extended:
                return {.to = true};
            case EventKind::new_post:
                return {.subject = false, .post = true};
            case EventKind::new_school:
                return {.subject = false, .school = true};
            case EventKind::pairing_moved:
                return {.receivers = true};
            case EventKind::quota_changed:
                return {.bounds = true};
        }
        return {};
    }

    [[nodiscard]] Place place(std::string_view field) const { return {"events", at_, std::string(field)}; }

    void error(std::string_view field, Message what, std::string_view value, Message expected = {},
               Message remedy = {message::fix_correct}) {
        findings_.push_back({.severity = Severity::error,
                             .message = std::move(what),
                             .place = place(field),
                             .value = shown_text(value),
                             .expected = std::move(expected),
                             .remedy = std::move(remedy)});
    }

    void touch(std::string_view table, std::size_t row, std::string_view part) {
        touched_[{std::string(table), row}] = {at_, std::string(part)};
    }

    void check_order() {
        constexpr std::int64_t most = std::int64_t{1} << 60;  // a log may state any number
        const std::int64_t next = std::min(last_.number, most) + 1;
        const std::string found = std::to_string(event_->number);
        if (event_->number > next) error("number", {message::event_gap, {found, std::to_string(next)}}, found);
        if (event_->number < next) error("number", {message::event_again, {found, std::to_string(next)}}, found);
        if (last_.day && event_->day < *last_.day)
            error("day", {message::event_day_back, {to_text(event_->day), to_text(*last_.day)}}, to_text(event_->day));
    }

    void require(std::string_view field, bool is_given) {
        if (!is_given) error(field, {message::required_field}, {}, {}, {message::fix_fill_in});
    }
    void refuse(std::string_view field, bool is_given) {
        if (is_given) error(field, {message::event_unused, {word(event_->kind)}}, {});
    }

    void check_fields() {
        const Use use = use_of(event_->kind);
        if (use.subject) {
            require("subject", !event_->subject.empty());
        } else {
            refuse("subject", !event_->subject.empty());
        }
        if (!use.from) refuse("from", event_->from.has_value());
        if (!use.to) refuse("to", event_->to.has_value());
        if (use.to) require("to", event_->to.has_value());
        if (use.receivers) {
            require("was", !event_->was.empty());
            require("now", !event_->now.empty());
        } else {
            refuse("was", !event_->was.empty());
            refuse("now", !event_->now.empty());
        }
        if (!use.bounds) refuse("lower", event_->lower.has_value());
        if (!use.bounds) refuse("upper", event_->upper.has_value());
        if (use.post) require("post", event_->post.has_value());
        if (!use.post) refuse("post", event_->post.has_value());
        if (use.school) require("school", event_->school.has_value());
        if (!use.school) refuse("school", event_->school.has_value());
    }

    void change() {
        switch (event_->kind) {
            case EventKind::resigns:
                return go(event_->day, std::nullopt);
            case EventKind::ill:
                return go(event_->from.value_or(event_->day), event_->to);
            case EventKind::extended:
                return extend();
            case EventKind::new_post:
                touch("posts", draft_.posts.size(), "post");
                new_posts_.emplace(event_->post->id, draft_.posts.push_back(*event_->post));
                return;
            case EventKind::new_school:
                touch("schools", draft_.schools.size(), "school");
                draft_.schools.push_back(*event_->school);
                return;
            case EventKind::pairing_moved:
                return move_pairings();
            case EventKind::quota_changed:
                return change_quota();
        }
    }

    /// The id in `subject` where it is of this kind.
    [[nodiscard]] std::optional<std::string_view> subject_as(std::string_view kind) const {
        const std::string_view subject = event_->subject;
        if (!subject.starts_with(kind) || subject.size() <= kind.size() + 1 || subject[kind.size()] != ':')
            return std::nullopt;
        return subject.substr(kind.size() + 1);
    }

    void wrong_subject(std::string_view form) {
        error("subject", {message::event_subject, {shown_text(event_->subject), word(event_->kind)}}, event_->subject,
              {message::expect_subject, {form}});
    }

    void unknown(Noun noun, std::string_view id) {
        const DraftIndex index(draft_);
        const std::string_view near = NearestKey(index.of(noun)).of(id);
        error("subject", {message::unknown_reference, {shown_text(id), word(noun)}}, id,
              {message::expect_existing, {word(noun)}},
              near.empty() ? Message(message::fix_add_or_rename) : Message(message::nearest_id, {shown_text(near)}));
    }

    /// The expert that the event is about, who has not left; an empty id where that is wrong.
    Id<Expert> expert_of_subject(std::string_view id) {
        const Id<Expert> expert = plan_.find<Expert>(id);
        if (!expert) {
            unknown(Noun::expert, id);
            return {};
        }
        if (left_.contains(id)) {
            error("subject", {message::event_after_leaving, {shown_text(id)}}, id);
            return {};
        }
        return expert;
    }

    /// The expert cannot serve on these days.
    void go(Day from, const std::optional<Day>& to) {
        const auto id = subject_as("expert");
        if (!id) return wrong_subject("expert:…");
        if (!expert_of_subject(*id)) return;
        if (to && *to < from) {
            return error("to", {message::period_reversed, {to_text(*to), to_text(from)}}, to_text(*to),
                         {message::expect_from_before_to, {"from", "to"}});
        }
        const std::string decision = event_decision_id(event_->number);
        if (const auto known = std::ranges::find(draft_.decisions, decision, &Decision::id);
            known != draft_.decisions.end()) {
            const Place first{"decisions", static_cast<std::size_t>(known - draft_.decisions.begin()), "id"};
            return error("number", {message::duplicate_id, {decision, to_text(first)}}, decision);
        }
        touch("decisions", draft_.decisions.size(), "number");
        draft_.decisions.push_back({.id = decision,
                                    .kind = DecisionKind::forbid,
                                    .who = {Noun::expert, std::string(*id)},
                                    .where = {},
                                    .from = from,
                                    .to = to,
                                    .reason = event_->reason});
        std::erase_if(draft_.staffing.rows(), [&](const Posting& posting) {
            return posting.expert == *id && posting.to >= from && (!to || posting.from <= *to);
        });
        if (!to) left_.emplace(*id);
    }

    void extend() {
        if (const auto id = subject_as("expert")) {
            const Id<Expert> expert = expert_of_subject(*id);
            if (!expert) return;
            Expert& row = draft_.experts[expert];
            if (!is_later(row.available_to)) return;
            row.available_to = event_->to;
            touch("experts", expert.value(), "to");
        } else if (const auto post_id = subject_as("post")) {
            Id<Post> post = plan_.find<Post>(*post_id);
            if (const auto added = new_posts_.find(*post_id); !post && added != new_posts_.end()) post = added->second;
            if (!post) return unknown(Noun::post, *post_id);
            Post& row = draft_.posts[post];
            if (!is_later(row.end)) return;
            row.end = event_->to;
            touch("posts", post.value(), "to");
        } else {
            wrong_subject("expert:… | post:…");
        }
    }

    bool is_later(const std::optional<Day>& stated) {
        const Day so_far = stated.value_or(draft_.period.to);
        if (*event_->to > so_far) return true;
        error("to", {message::event_not_later, {to_text(*event_->to), to_text(so_far)}}, to_text(*event_->to));
        return false;
    }

    bool is_bound(std::string_view field, const std::optional<std::int64_t>& bound) {
        if (!bound || (*bound >= 0 && *bound <= most_people)) return true;
        error(field, {message::number_outside, {std::to_string(*bound)}}, std::to_string(*bound),
              {message::expect_between, {"0", std::to_string(most_people)}});
        return false;
    }

    void move_pairings() {
        const auto id = subject_as("sender");
        if (!id) return wrong_subject("sender:…");
        if (!plan_.find<Sender>(*id)) return unknown(Noun::sender, *id);
        std::vector<Id<Pairing>> moved;
        for (const Id<Pairing> pairing : draft_.pairings.ids()) {
            const Pairing& row = draft_.pairings[pairing];
            if (row.sender != *id) continue;
            if (row.receiver == event_->now)
                return error("now", {message::event_paired_already, {shown_text(*id), shown_text(event_->now)}},
                             event_->now);
            if (row.receiver == event_->was) moved.push_back(pairing);
        }
        if (moved.empty())
            return error("was", {message::event_not_paired, {shown_text(*id), shown_text(event_->was)}}, event_->was);
        for (const Id<Pairing> pairing : moved) {
            draft_.pairings[pairing].receiver = event_->now;
            touch("pairings", pairing.value(), "now");
        }
    }

    void change_quota() {
        if (!is_bound("lower", event_->lower) || !is_bound("upper", event_->upper)) return;
        if (event_->lower && event_->upper && *event_->lower > *event_->upper) {
            const std::string upper = std::to_string(*event_->upper);
            return error("upper", {message::bounds_crossed, {"lower", std::to_string(*event_->lower), "upper", upper}},
                         upper, {message::expect_not_after, {"lower", "upper"}});
        }
        if (const auto id = subject_as("quota")) {
            const auto row = std::ranges::find(draft_.quotas.rows(), *id, &Quota::id);
            if (row == draft_.quotas.rows().end())
                return error("subject", {message::event_unknown_quota, {shown_text(*id)}}, *id);
            row->lower = event_->lower.value_or(0);
            row->upper = event_->upper;
            touch("quotas", static_cast<std::size_t>(row - draft_.quotas.rows().begin()), "upper");
            return;
        }
        const auto whole = subject_as("sender");
        const auto part = subject_as("role");
        if (!whole && !part) return wrong_subject("sender:… | role:…/… | quota:…");
        std::string_view id = whole ? *whole : *part;
        std::optional<Role> role;
        if (part) {
            const auto slash = id.rfind('/');
            role = slash == std::string_view::npos ? std::nullopt : enumerator<Role>(id.substr(slash + 1));
            if (!role) return wrong_subject("role:…/principal | role:…/mid_level | role:…/teacher");
            id = id.substr(0, slash);
        }
        const Id<Sender> sender = plan_.find<Sender>(id);
        if (!sender) return unknown(Noun::sender, id);
        if (event_->lower) return refuse("lower", true);
        Sender& row = draft_.senders[sender];
        auto& quota = !role                      ? row.quota_total
                      : *role == Role::principal ? row.quota_principal
                      : *role == Role::mid_level ? row.quota_mid_level
                                                 : row.quota_teacher;
        quota = event_->upper;
        touch("senders", sender.value(), "upper");
    }

    Plan plan_;
    Draft draft_;
    LastEvent last_;
    Findings findings_;
    const Event* event_ = nullptr;
    std::size_t at_ = 0;
    std::set<std::string, std::less<>> left_;
    std::map<std::string, Id<Post>, std::less<>> new_posts_;
    std::map<std::pair<std::string, std::size_t>, Touch> touched_;
};

}  // namespace detail

}  // namespace countyplan
