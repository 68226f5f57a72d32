#include "statements.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "messages.hpp"

namespace countyplan {

namespace {

Objected object(std::string key, Message why) { return Objection{result_file, std::move(key), std::move(why)}; }

/// How many of some people all quotas on the sending side let go at once. Those quotas lie in each other or apart, so
/// the lesser of quota and supply, taken from the inside out, is exact.
class SupplyCounter {
  public:
    explicit SupplyCounter(const ProofGround& ground) : innermost_(ground.plan.rows().experts.size(), none) {
        const auto& tallies = ground.sheet.rows();
        std::vector<std::vector<std::size_t>> members(tallies.size());
        for (const Id<Expert> expert : ground.plan.rows().experts.ids()) {
            for (const std::size_t tally : ground.sheet.of(expert)) {
                if (tallies[tally].upper) members[tally].push_back(expert.value());
            }
        }
        std::vector<std::size_t> outer_first;
        for (std::size_t tally = 0; tally < tallies.size(); ++tally) {
            if (!members[tally].empty()) outer_first.push_back(tally);
        }
        std::ranges::stable_sort(outer_first, std::greater<>(), [&](std::size_t t) { return members[t].size(); });
        for (const std::size_t tally : outer_first) {
            around_.push_back(innermost_[members[tally].front()]);
            quota_.push_back(*tallies[tally].upper);
            for (const std::size_t expert : members[tally])
                innermost_[expert] = quota_.size() - 1;
        }
    }

    [[nodiscard]] std::int64_t supply(const std::vector<bool>& is_qualified) const {
        std::vector<std::int64_t> inside(quota_.size(), 0);
        std::int64_t out = 0;
        for (std::size_t expert = 0; expert < innermost_.size(); ++expert) {
            if (is_qualified[expert]) ++(innermost_[expert] == none ? out : inside[innermost_[expert]]);
        }
        for (std::size_t q = quota_.size(); q-- > 0;)
            (around_[q] == none ? out : inside[around_[q]]) += std::min(inside[q], quota_[q]);
        return out;
    }

  private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::vector<std::size_t> innermost_;  ///< per expert
    std::vector<std::size_t> around_;     ///< per quota, outer ones first
    std::vector<std::int64_t> quota_;
};

/// Whether this number stands in the text, with no other digit beside it.
bool says(std::string_view text, const std::string& number) {
    const auto is_digit = [&text](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    for (std::size_t at = text.find(number); at != std::string_view::npos; at = text.find(number, at + 1)) {
        if (!is_digit(at + number.size()) && (at == 0 || !is_digit(at - 1))) return true;
    }
    return false;
}

/// The first of these words that a reason does not say in both languages.
std::optional<std::string> unsaid(const Message& reason, const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        if (!says(text(reason, Language::zh), word) || !says(text(reason, Language::en), word)) return word;
    }
    return std::nullopt;
}

/// Holds the list of posts left short against the plan.
class ShortageCheck {
  public:
    ShortageCheck(const ProofGround& ground, const HeadCount& count, const Allocation& stated)
        : ground_(ground), rows_(ground.plan.rows()), count_(count), stated_(stated) {}

    Objected run() {
        if (stated_.claim == Claim::proved) {
            if (auto objection = read_prices(ground_.sheet, stated_.prices, rows_.objective.size(), price_)) {
                return objection;
            }
        }
        std::size_t at = 0;
        std::size_t short_posts = 0;
        for (const Id<Post> id : rows_.posts.ids()) {
            if (count_.posted[id.value()] >= rows_.posts[id].target) continue;
            ++short_posts;
            if (at >= stated_.unfilled.size()) continue;
            if (auto objection = look_at(id, at++)) return objection;
        }
        if (short_posts != stated_.unfilled.size()) {
            return object("unfilled", Message(message::fault_unfilled_count,
                                              {std::to_string(short_posts), std::to_string(stated_.unfilled.size())}));
        }
        if (auto objection = look_at_groups()) return objection;
        at = 0;
        for (const Id<Post> id : rows_.posts.ids()) {
            if (count_.posted[id.value()] >= rows_.posts[id].target) continue;
            if (auto objection = look_at_reason(id, stated_.unfilled[at++])) return objection;
        }
        return std::nullopt;
    }

  private:
    static std::string key_of(const Unfilled& listed) { return "post:" + listed.post; }

    Objected look_at(Id<Post> id, std::size_t at) const {
        const Post& post = rows_.posts[id];
        const Unfilled& listed = stated_.unfilled[at];
        if (listed.post != post.id) {
            return object("unfilled[" + std::to_string(at) + "]", Message(message::fault_unfilled_post, {post.id}));
        }
        const std::int64_t below_min = std::max<std::int64_t>(0, post.min - count_.posted[id.value()]);
        const std::int64_t below_target = post.target - count_.posted[id.value()];
        if (listed.short_of_min != below_min || listed.short_of_target != below_target) {
            return object(key_of(listed),
                          Message(message::fault_unfilled,
                                  {std::to_string(listed.short_of_min), std::to_string(listed.short_of_target),
                                   std::to_string(below_min), std::to_string(below_target)}));
        }
        if (auto objection = look_at_loss(id, listed)) return objection;
        if (listed.reason.empty() || text(listed.reason, Language::en).empty() ||
            text(listed.reason, Language::zh).empty()) {
            return object(key_of(listed), message::fault_no_reason);
        }
        if (!listed.group) return std::nullopt;
        if (*listed.group >= stated_.scarce.size()) return object(key_of(listed), message::fault_group);
        const ScarceGroup& group = stated_.scarce[*listed.group];
        if (group.below_min != (below_min > 0) || std::ranges::count(group.posts, post.id) == 0) {
            return object(key_of(listed), message::fault_group);
        }
        return std::nullopt;
    }

    /// What the next person in the post costs less the post's price; nothing where nothing is proved.
    [[nodiscard]] std::vector<Int128> loss_of(Id<Post> id) const {
        std::vector<Int128> out;
        if (price_.empty()) return out;
        const Tally& tally = ground_.sheet.alone(id);
        const auto& price = price_[static_cast<std::size_t>(&tally - ground_.sheet.rows().data())];
        for (std::size_t t = 0; t < rows_.objective.size(); ++t) {
            const Int128 cost = ground_.sheet.cost_of_next(tally, rows_.objective[t], count_.posted[id.value()]);
            out.push_back(price.empty() ? cost : cost - Int128(price[t]));
        }
        return out;
    }

    Objected look_at_loss(Id<Post> id, const Unfilled& listed) const {
        const std::vector<Int128> loss = loss_of(id);
        if (std::ranges::equal(loss, listed.loss, [](const Int128& a, std::int64_t b) { return a == Int128(b); })) {
            return std::nullopt;
        }
        const auto shown = [](const auto& numbers) {
            std::string out = "(";
            for (const Int128 number : numbers)
                out += (out.size() > 1 ? ", " : "") + to_text(number);
            return out + ")";
        };
        return object(key_of(listed), Message(message::fault_loss, {shown(listed.loss), shown(loss)}));
    }

    Objected look_at_groups() const {
        if (stated_.scarce.empty()) return std::nullopt;
        const SupplyCounter counter(ground_);
        for (std::size_t g = 0; g < stated_.scarce.size(); ++g) {
            if (auto objection = look_at(counter, stated_.scarce[g], "scarce[" + std::to_string(g) + "]")) {
                return objection;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] Objected look_at(const SupplyCounter& counter, const ScarceGroup& stated,
                                   const std::string& key) const {
        Int128 need{};
        Id<Post> last;
        std::vector<bool> is_qualified(rows_.experts.size(), false);
        for (const std::string& name : stated.posts) {
            const Id<Post> post = ground_.plan.find<Post>(name);
            if (!post || (last && post <= last)) return object(key, message::fault_scarce_posts);
            last = post;
            const Post& row = rows_.posts[post];
            need += Int128(stated.below_min ? row.min : row.target);
            for (const Id<Expert> expert : ground_.pairs.experts_of(post))
                is_qualified[expert.value()] = true;
        }
        const std::int64_t qualified = std::ranges::count(is_qualified, true);
        const std::int64_t supply = counter.supply(is_qualified);
        if (stated.need != need || stated.qualified != qualified || stated.supply != supply) {
            return object(key, Message(message::fault_scarce, {to_text(stated.need), std::to_string(stated.qualified),
                                                               std::to_string(stated.supply), to_text(need),
                                                               std::to_string(qualified), std::to_string(supply)}));
        }
        if (!(need > Int128(supply))) {
            return object(key, Message(message::fault_not_scarce, {to_text(need), std::to_string(supply)}));
        }
        return std::nullopt;
    }

    /// The numbers of the group that a reason rests on; without one a full quota round the post, what one more person
    /// would cost, or else how many are missing.
    [[nodiscard]] Objected look_at_reason(Id<Post> id, const Unfilled& listed) const {
        std::vector<std::string> needed;
        if (listed.group) {
            const ScarceGroup& group = stated_.scarce[*listed.group];
            needed.push_back(to_text(group.need));
            if (group.qualified > 0) needed.push_back(std::to_string(group.qualified));
            if (group.supply < group.qualified) needed.push_back(std::to_string(group.supply));
        } else if (rests_on_quota(id, listed.reason)) {
            return std::nullopt;
        } else {
            needed.push_back(std::to_string(listed.short_of_min > 0 ? listed.short_of_min : listed.short_of_target));
            if (stated_.claim == Claim::proved) {
                const auto loss = std::ranges::find_if(listed.loss, [](std::int64_t number) { return number != 0; });
                if (loss == listed.loss.end()) return std::nullopt;  // as good as filling it
                if (!unsaid(listed.reason, {std::to_string(*loss)})) return std::nullopt;
            }
        }
        if (const auto word = unsaid(listed.reason, needed)) {
            return object(key_of(listed), Message(message::fault_reason, {*word}));
        }
        return std::nullopt;
    }

    /// Whether it names a quota that counts the post and lets nobody else in.
    [[nodiscard]] bool rests_on_quota(Id<Post> id, const Message& reason) const {
        for (const std::size_t tally : ground_.sheet.of(id)) {
            const Tally& row = ground_.sheet.rows()[tally];
            if (row.kind != TallyKind::receiving_quota || !row.upper || count_.counted[tally] < *row.upper) continue;
            const std::string& quota = rows_.quotas[Id<Quota>(row.row)].id;
            if (text(reason, Language::zh).find(quota) != std::string::npos &&
                text(reason, Language::en).find(quota) != std::string::npos &&
                !unsaid(reason, {std::to_string(*row.upper)})) {
                return true;
            }
        }
        return false;
    }

    const ProofGround& ground_;
    const Draft& rows_;
    const HeadCount& count_;
    const Allocation& stated_;
    std::vector<std::vector<std::int64_t>> price_;  ///< per tally; empty where nothing is proved
};

}  // namespace

Objected examine_unfilled(const ProofGround& ground, const HeadCount& count, const Allocation& stated) {
    return ShortageCheck(ground, count, stated).run();
}

}  // namespace countyplan
