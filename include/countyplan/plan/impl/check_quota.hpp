// Whether quotas and decisions name what they may, and whether what they count lies inside or outside each other.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/graph/laminar.hpp>
#include <countyplan/graph/tree.hpp>
#include <countyplan/plan/impl/check_range.hpp>
#include <countyplan/plan/impl/check_reference.hpp>

namespace countyplan {

namespace detail {

inline void check_objective(DraftCheck& check) {
    const Place place{{}, std::nullopt, "objective"};
    const Objective& objective = check.draft.objective;
    if (objective.empty()) check.error(place, {message::required_field}, {}, {}, {message::fix_fill_in});
    for (std::size_t i = 0; i < objective.size(); ++i) {
        check_value(check, place, objective[i]);
        if (static_cast<std::size_t>(objective[i]) >= enumerator_count<Tier>) continue;
        const auto first = std::ranges::find(objective, objective[i]) - objective.begin();
        if (static_cast<std::size_t>(first) == i) continue;
        const std::string shown(name(objective[i]));
        check.error(place, {message::listed_twice, {shown}}, shown);
    }
}

/// A reference to one of `allowed`, which must exist.
inline void check_named(DraftCheck& check, const Reference& reference, const std::vector<Noun>& allowed,
                        const Place& place) {
    const bool is_declared = static_cast<std::size_t>(reference.noun) < enumerator_count<Noun>;
    if (!is_declared || std::ranges::find(allowed, reference.noun) != allowed.end()) {
        check_reference(check, reference, place);
        return;
    }
    std::string names;
    for (const Noun noun : allowed)
        names += (names.empty() ? "" : ", ") + std::string(name(noun));
    check.error(place, {message::reference_kind, {word(reference.noun)}}, to_text(reference),
                {message::expect_one_of, {names}});
}

/// The sets of people that quotas count, and those of posts; two that cross are found without spelling all out.
class QuotaSets {
  public:
    explicit QuotaSets(DraftCheck& check) : check_(check), draft_(check.draft) {}

    void check_receiving() {
        using Key = std::tuple<Noun, std::size_t, std::optional<Role>, std::string_view>;
        std::map<Key, std::size_t> set_of;
        std::vector<MessageArgument> names;
        std::vector<Id<Quota>> quotas;  // per set: the first that counts it, or none
        const auto add = [&](const Key& key, MessageArgument name, Id<Quota> quota) {
            if (!set_of.try_emplace(key, names.size()).second) return;
            names.push_back(std::move(name));
            quotas.push_back(quota);
        };
        for (const Id<Quota> id : draft_.quotas.ids()) {
            const Quota& quota = draft_.quotas[id];
            if (const auto holder = receiver(quota.holder))
                add({quota.holder.noun, *holder, quota.role, quota.subject}, named(message::quota_word, quota.id), id);
        }
        if (set_of.empty()) return;
        if (std::ranges::find(draft_.objective, Tier::county_cover) != draft_.objective.end()) {
            for (const Id<County> id : draft_.counties.ids()) {
                add({Noun::county, id.value(), std::nullopt, {}},
                    named(word(Noun::county), to_text(draft_.counties[id].code)), {});
            }
        }
        std::vector<std::vector<std::uint32_t>> sets(names.size());
        for (const Id<Post> id : draft_.posts.ids()) {
            const Post& post = draft_.posts[id];
            const Id<School> school = check_.index.find<School>(post.school);
            const Id<County> county = school ? check_.index.find_county(draft_.schools[school].county) : Id<County>();
            const auto count = [&](Noun noun, std::size_t holder) {
                for (const std::optional<Role> role : {std::optional<Role>(), std::optional(post.role)}) {
                    for (const std::string_view subject : {std::string_view(), std::string_view(post.subject)}) {
                        const auto set = set_of.find({noun, holder, role, subject});
                        if (set == set_of.end()) continue;
                        auto& members = sets[set->second];
                        const auto member = static_cast<std::uint32_t>(id.value());
                        if (members.empty() || members.back() != member) members.push_back(member);
                    }
                }
            };
            count(Noun::plan, 0);
            if (county) count(Noun::county, county.value());
            if (school) count(Noun::school, school.value());
        }
        for (std::size_t s = 0; s < sets.size(); ++s)
            if (sets[s].empty() && quotas[s]) warn_of_nobody(quotas[s]);
        const auto found = laminar_forest(draft_.posts.size(), sets);
        const auto* crossing = std::get_if<LaminarCrossing>(&found);
        if (crossing == nullptr) return;
        const Id<Quota> later = std::max(quotas[crossing->a], quotas[crossing->b], [](Id<Quota> x, Id<Quota> y) {
            return !x || (y && x < y);  // a county's set is no row
        });
        const auto post = [&](std::uint32_t row) { return shown_text(draft_.posts[Id<Post>(row)].id); };
        report(later, names[crossing->a], names[crossing->b], post(crossing->common), post(crossing->only_a),
               post(crossing->only_b));
    }

    /// People of one role at and below a sender may cross only all people of a sender further down; of the
    /// senders above, the topmost counts most.
    void check_sending() {
        std::vector<std::array<Id<Quota>, enumerator_count<Role>>> of_role(draft_.senders.size());
        std::vector<Id<Quota>> of_all(draft_.senders.size());
        std::vector<std::pair<Id<Quota>, Id<Sender>>> counted;
        for (const Id<Quota> id : draft_.quotas.ids()) {
            const Quota& quota = draft_.quotas[id];
            if (quota.holder.noun != Noun::sender) continue;
            const Id<Sender> sender = check_.index.find<Sender>(quota.holder.id);
            if (!sender || (quota.role && static_cast<std::size_t>(*quota.role) >= enumerator_count<Role>)) continue;
            counted.emplace_back(id, sender);
            Id<Quota>& first =
                quota.role ? of_role[sender.value()][static_cast<std::size_t>(*quota.role)] : of_all[sender.value()];
            if (!first) first = id;
        }
        if (counted.empty()) return;
        std::vector<NodeIndex> parents;
        for (const Sender& sender : draft_.senders) {
            const Id<Sender> parent = check_.index.find<Sender>(sender.parent);
            parents.push_back(parent ? static_cast<NodeIndex>(parent.value()) : no_node);
        }
        const auto built = Tree::build(std::move(parents));
        const auto* tree = std::get_if<Tree>(&built);
        if (tree == nullptr) return;  // reported as a circle
        count_people(*tree);
        for (const auto& [id, sender] : counted) {
            const auto& role = draft_.quotas[id].role;
            const auto& people = people_[sender.value()];
            const std::size_t heads =
                role ? people[static_cast<std::size_t>(*role)] : people[0] + people[1] + people[2];
            if (heads == 0) warn_of_nobody(id);
        }
        const bool counts_load = std::ranges::find(draft_.objective, Tier::sender_load) != draft_.objective.end();
        std::vector<std::array<NodeIndex, enumerator_count<Role>>> top(draft_.senders.size());
        std::size_t left = most_crossings;
        for (const NodeIndex sender : tree->preorder()) {
            const NodeIndex parent = tree->parent(sender);
            const Sender& row = draft_.senders[Id<Sender>(sender)];
            const bool is_counted =
                row.quota_total || of_all[sender] || (counts_load && tree->children(sender).empty());
            const auto& below = people_[sender];
            for (std::size_t r = 0; r < enumerator_count<Role>; ++r) {
                top[sender][r] = parent == no_node ? no_node : top[parent][r];
                if (top[sender][r] == no_node && parent != no_node && of_role[parent][r]) top[sender][r] = parent;
                const NodeIndex above = top[sender][r];
                const bool crosses = is_counted && above != no_node && below[r] > 0 &&
                                     below[r] < below[0] + below[1] + below[2] && below[r] < people_[above][r];
                if (!crosses || left == 0) continue;
                --left;
                report_people(*tree, of_role[above][r], of_all[sender], above, sender, r);
            }
        }
    }

  private:
    static constexpr std::size_t most_crossings = 20;

    static MessageArgument named(const MessageArgument& kind, std::string_view id) {
        const Message words(message::named_set, {kind, shown_text(id)});
        return {text(words, Language::zh), text(words, Language::en)};
    }

    /// The row of a holder on the receiving side that exists.
    [[nodiscard]] std::optional<std::size_t> receiver(const Reference& holder) const {
        if (holder.noun == Noun::plan) return std::size_t{0};
        if (holder.noun != Noun::county && holder.noun != Noun::school) return std::nullopt;
        return check_.index.of(holder.noun).find(holder.id);
    }

    void warn_of_nobody(Id<Quota> id) {
        check_.warning(place_of(id, "holder"), {message::quota_of_nobody}, to_text(draft_.quotas[id].holder), {},
                       {message::fix_quota});
    }

    void report(Id<Quota> id, const MessageArgument& a, const MessageArgument& b, std::string common,
                std::string only_a, std::string only_b) {
        check_.error(place_of(id, "holder"),
                     {message::not_laminar, {a, b, std::move(common), std::move(only_a), std::move(only_b)}},
                     to_text(draft_.quotas[id].holder), {message::expect_nested}, {message::fix_quota});
    }

    /// What an expert is charged as; nothing for one whose sender or role does not exist.
    [[nodiscard]] std::optional<std::pair<NodeIndex, std::size_t>> charge(const Expert& expert) const {
        const Id<Sender> sender = check_.index.find<Sender>(expert.sender);
        if (!sender || expert.roles.empty()) return std::nullopt;
        const auto role = static_cast<std::size_t>(expert.roles.front());
        if (role >= enumerator_count<Role>) return std::nullopt;
        return std::pair(static_cast<NodeIndex>(sender.value()), role);
    }

    void count_people(const Tree& tree) {
        people_.assign(draft_.senders.size(), {});
        for (const Expert& expert : draft_.experts)
            if (const auto charged = charge(expert)) ++people_[charged->first][charged->second];
        for (std::size_t i = tree.preorder().size(); i-- > 0;) {
            const NodeIndex sender = tree.preorder()[i];
            if (tree.parent(sender) == no_node) continue;
            for (std::size_t r = 0; r < enumerator_count<Role>; ++r)
                people_[tree.parent(sender)][r] += people_[sender][r];
        }
    }

    void report_people(const Tree& tree, Id<Quota> quota, Id<Quota> other, NodeIndex above, NodeIndex below,
                       std::size_t role) {
        std::vector<std::vector<std::uint32_t>> sets(2);
        for (const Id<Expert> id : draft_.experts.ids()) {
            const auto charged = charge(draft_.experts[id]);
            if (!charged) continue;
            const auto member = static_cast<std::uint32_t>(id.value());
            if (charged->second == role && tree.is_ancestor(above, charged->first)) sets[0].push_back(member);
            if (tree.is_ancestor(below, charged->first)) sets[1].push_back(member);
        }
        const auto found = laminar_forest(draft_.experts.size(), sets);
        const auto& crossing = std::get<LaminarCrossing>(found);
        const std::array names = {named(message::quota_word, draft_.quotas[quota].id),
                                  other ? named(message::quota_word, draft_.quotas[other].id)
                                        : named(word(Noun::sender), draft_.senders[Id<Sender>(below)].id)};
        const auto expert = [&](std::uint32_t row) { return shown_text(draft_.experts[Id<Expert>(row)].id); };
        report(quota, names[crossing.a], names[crossing.b], expert(crossing.common), expert(crossing.only_a),
               expert(crossing.only_b));
    }

    DraftCheck& check_;
    const Draft& draft_;
    std::vector<std::array<std::size_t, enumerator_count<Role>>> people_;  ///< per sender, with all below it
};

inline void check_quotas(DraftCheck& check) {
    const Draft& draft = check.draft;
    for (const Id<Quota> id : draft.quotas.ids()) {
        const Quota& quota = draft.quotas[id];
        check_named(check, quota.holder, {Noun::plan, Noun::sender, Noun::county, Noun::school},
                    place_of(id, "holder"));
        if (quota.holder.noun == Noun::sender && !quota.subject.empty())
            check.error(place_of(id, "subject"), {message::subject_of_sender}, quota.subject);
        between(check, place_of(id, "lower"), quota.lower, 0, most_people);
        if (!quota.upper) continue;
        between(check, place_of(id, "upper"), *quota.upper, 0, most_people);
        ordered(check, place_of(id, "upper"), "lower", quota.lower, "upper", *quota.upper);
    }
    QuotaSets sets(check);
    sets.check_receiving();
    sets.check_sending();
}

inline void check_decisions(DraftCheck& check) {
    const Draft& draft = check.draft;
    for (const Id<Decision> id : draft.decisions.ids()) {
        const Decision& decision = draft.decisions[id];
        const std::vector<Noun> people = decision.kind == DecisionKind::require
                                             ? std::vector{Noun::expert}
                                             : std::vector{Noun::plan, Noun::sender, Noun::expert};
        check_named(check, decision.who, people, place_of(id, "who"));
        check_named(check, decision.where, {Noun::plan, Noun::county, Noun::school, Noun::post}, place_of(id, "where"));
        in_order(check, place_of(id, "to"), "from", decision.from, "to", decision.to);
    }
}

}  // namespace detail

}  // namespace countyplan
