// The plan's words as small numbers, so that a pair is decided by a few compares.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/decided.hpp>
#include <countyplan/allocate/impl/post_place.hpp>
#include <countyplan/allocate/impl/staffing_scope.hpp>
#include <countyplan/plan/plan.hpp>

namespace countyplan {

namespace detail {

/// Whether a pairing's receiver is the school or its county.
inline bool receives(const Plan& plan, const Pairing& pairing, Id<School> school) {
    const Id<County> county = plan.county_of(school);
    return pairing.receiver == plan.rows().schools[school].id ||
           (county && pairing.receiver == to_text(plan.rows().counties[county].code));
}

/// The last day of a term of that many months; the calendar's last day where the term would pass it.
inline Day term_end(Day first, int months) {
    const Day last(std::chrono::year(9999) / std::chrono::December / 31);
    if (months > whole_months({first, last - std::chrono::days(1)})) return last;
    return plus_months(first, months) - std::chrono::days(1);
}

struct EligibilityData {
    static constexpr std::uint32_t any = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::min();
    static constexpr std::size_t not_bound = std::numeric_limits<std::size_t>::max();

    struct ExpertRow {
        std::uint64_t subject_bits = 0;  ///< a first sieve: one bit per subject, shared beyond 64
        std::int64_t years = 0;
        std::size_t bound = not_bound;  ///< row of `allowed`
        Id<Sender> sender{};
        std::int32_t from = 0;
        std::int32_t to = 0;
        std::int32_t stated_to = 0;
        std::uint8_t roles = 0;
        std::uint8_t title = 0;
    };
    struct PostRow {
        std::uint64_t subject_bit = 0;
        std::int64_t min_years = 0;
        PostPlace place;
        std::uint32_t subject = any;
        std::int32_t from = 0;  ///< of the part within the plan's period; from > to when there is none
        std::int32_t to = 0;
        DayRange whole{};               ///< the post's period
        std::int32_t term_to = no_day;  ///< the first term's last day, where a rule demands one
        std::uint32_t term_rule = any;
        std::uint8_t role = 0;
        std::uint8_t min_title = 0;
    };

    Plan plan;
    std::vector<ExpertRow> experts;
    std::vector<PostRow> posts;
    Lists<std::uint32_t> subjects;              ///< per expert, ascending, each once
    Lists<Target> avoids;                       ///< per expert
    std::vector<std::vector<bool>> allowed;     ///< per set of bound senders: per post
    std::vector<std::vector<Id<Post>>> groups;  ///< per role and subject: posts, ascending
    std::size_t subject_count = 0;
    Decided decided;

    explicit EligibilityData(Plan given) : plan(std::move(given)) {
        const Draft& rows = plan.rows();
        std::unordered_map<std::string_view, std::uint32_t> subject_ids;
        const auto subject_id = [&](const std::string& subject) {
            return subject_ids.try_emplace(subject, static_cast<std::uint32_t>(subject_ids.size())).first->second;
        };
        posts.reserve(rows.posts.size());
        for (const Id<Post> id : rows.posts.ids())
            posts.push_back(post_row(id, rows.posts[id].subject.empty() ? any : subject_id(rows.posts[id].subject)));
        subject_count = subject_ids.size();
        groups.resize(enumerator_count<Role> * (subject_count + 1));
        for (const Id<Post> id : rows.posts.ids()) {
            const PostRow& row = posts[id.value()];
            groups[group_of(row.role, row.subject)].push_back(id);
        }
        const std::vector<std::size_t> bound = bind_senders();
        experts.reserve(rows.experts.size());
        for (const Id<Expert> id : rows.experts.ids()) {
            const Expert& expert = rows.experts[id];
            const Period period = plan.availability_of(id);
            ExpertRow row;
            row.years = expert.years;
            row.sender = plan.sender_of(id);
            row.bound = bound[row.sender.value()];
            row.from = period.from.number();
            row.to = period.to.number();
            row.stated_to = expert.available_to ? row.to : std::numeric_limits<std::int32_t>::max();
            for (const Role role : expert.roles)
                row.roles = static_cast<std::uint8_t>(row.roles | (1U << static_cast<unsigned>(role)));
            row.title = static_cast<std::uint8_t>(expert.title);
            for (const std::string& subject : expert.subjects) {
                const auto known = subject_ids.find(subject);
                if (known == subject_ids.end()) continue;
                subjects.entry.push_back(known->second);
                row.subject_bits |= bit_of(known->second);
            }
            const auto first = subjects.entry.begin() + static_cast<std::ptrdiff_t>(subjects.first.back());
            std::sort(first, subjects.entry.end());
            subjects.entry.erase(std::unique(first, subjects.entry.end()), subjects.entry.end());
            subjects.close();
            for (const Reference& avoided : expert.avoids) {
                if (const auto target = target_of(plan, avoided)) avoids.entry.push_back(*target);
            }
            avoids.close();
            experts.push_back(row);
        }
        decided = Decided(plan);
    }

    [[nodiscard]] static std::uint64_t bit_of(std::uint32_t subject) { return std::uint64_t{1} << (subject % 64); }
    [[nodiscard]] std::size_t group_of(std::uint8_t role, std::uint32_t subject) const {
        return role * (subject_count + 1) + (subject == any ? subject_count : subject);
    }

    /// Whether title, years, days, term and pairing allow it.
    [[nodiscard]] bool suits(const ExpertRow& person, Id<Post> post) const {
        const PostRow& at = posts[post.value()];
        const bool is_able = (person.title >= at.min_title) & (person.years >= at.min_years);
        const bool is_free = (at.from > at.to) | ((at.from >= person.from) & (person.to >= at.to));
        const bool is_bound = person.bound != not_bound && !allowed[person.bound][post.value()];
        return is_able & is_free & (person.stated_to >= at.term_to) & !is_bound;
    }

    [[nodiscard]] PostRow post_row(Id<Post> id, std::uint32_t subject) const {
        const Post& post = plan.rows().posts[id];
        const Period& whole = plan.rows().period;
        const Period period = plan.period_of(id);
        PostRow row;
        row.place = PostPlace(plan, id);
        row.subject = subject;
        row.subject_bit = subject == any ? 0 : bit_of(subject);
        row.min_years = post.min_years.value_or(0);
        row.role = static_cast<std::uint8_t>(post.role);
        row.min_title = static_cast<std::uint8_t>(post.min_title.value_or(Title::none));
        row.from = std::max(period.from, whole.from).number();
        row.to = std::min(period.to, whole.to).number();
        row.whole = {period.from.number(), period.to.number()};
        const RuleKind kind = post.role == Role::principal ? RuleKind::principal_term : RuleKind::staff_term;
        for (std::size_t r = 0; r < plan.rows().rules.size(); ++r) {
            const Rule& rule = plan.rows().rules[r];
            const auto months = rule.parameters.find("min_months");
            if (rule.kind != kind || rule.severity != Severity::error || !rule.in_force(period.from)) continue;
            if (months == rule.parameters.end() || months->second <= 0 || months->second > 1200) continue;
            const Day last = term_end(period.from, static_cast<int>(months->second));
            if (last.number() <= row.term_to) continue;
            row.term_to = last.number();
            row.term_rule = static_cast<std::uint32_t>(r);
        }
        return row;
    }

    /// The senders from `sender` to the root.
    template <class Visit>
    void up(Id<Sender> sender, Visit&& visit) const {
        std::size_t left = plan.rows().senders.size();  // a plan that is checked has no cycle
        for (; sender && left > 0; --left) {
            visit(sender);
            sender = plan.parent_of(sender);
        }
    }

    /// Whether the required pairings of one sender keep its people from this post.
    [[nodiscard]] bool keeps_away(std::span<const Id<Pairing>> required, Id<Post> post) const {
        const Period period = plan.period_of(post);
        bool bound = false;
        for (const Id<Pairing> id : required) {
            const Pairing& pairing = plan.rows().pairings[id];
            if (!holds_within(pairing, period)) continue;
            if (receives(plan, pairing, plan.school_of(post))) return false;
            bound = true;
        }
        return bound;
    }

    [[nodiscard]] std::vector<std::vector<Id<Pairing>>> required_pairings() const {
        const Draft& rows = plan.rows();
        std::vector<std::vector<Id<Pairing>>> out(rows.senders.size());
        for (const Id<Pairing> id : rows.pairings.ids()) {
            if (!rows.pairings[id].required) continue;
            if (const Id<Sender> sender = plan.find<Sender>(rows.pairings[id].sender))
                out[sender.value()].push_back(id);
        }
        return out;
    }

    /// Fills `allowed`, one row per sender that is bound itself or from above and differs from its parent.
    std::vector<std::size_t> bind_senders() {
        const Draft& rows = plan.rows();
        const auto required = required_pairings();
        std::vector<std::size_t> bound(rows.senders.size(), not_bound);
        std::unordered_map<std::size_t, std::size_t> row_of;  // lowest bound sender → row
        for (const Id<Sender> id : rows.senders.ids()) {
            std::vector<std::size_t> chain;
            up(id, [&](Id<Sender> sender) {
                if (!required[sender.value()].empty()) chain.push_back(sender.value());
            });
            if (chain.empty()) continue;
            const auto [known, is_new] = row_of.try_emplace(chain.front(), allowed.size());
            bound[id.value()] = known->second;
            if (!is_new) continue;
            std::vector<bool> row(rows.posts.size(), true);
            for (const Id<Post> post : rows.posts.ids()) {
                for (const std::size_t sender : chain)
                    row[post.value()] = row[post.value()] && !keeps_away(required[sender], post);
            }
            allowed.push_back(std::move(row));
        }
        return bound;
    }
};

}  // namespace detail

}  // namespace countyplan
