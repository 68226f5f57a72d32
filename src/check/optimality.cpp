#include "optimality.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "messages.hpp"

namespace countyplan {

namespace {

using Vector = std::vector<Int128>;  // one number per tier

std::string vector_text(const Vector& values) {
    std::string out = "(";
    for (const Int128& value : values)
        out += (out.size() > 1 ? ", " : "") + to_text(value);
    return out + ")";
}

/// -1, 0 or 1: what the first number that is not 0 says.
int sign(const Vector& values) {
    for (const Int128& value : values) {
        if (value != Int128(0)) return value < Int128(0) ? -1 : 1;
    }
    return 0;
}

/// The prices of all tallies round each member added up, `[member * tiers + tier]`.
template <class Row>
Vector add_up(const TallySheet& sheet, const ById<Id<Row>, Row>& members,
              const std::vector<std::vector<std::int64_t>>& price, std::size_t tiers) {
    Vector out(members.size() * tiers);
    for (const Id<Row> id : members.ids()) {
        for (const std::size_t tally : sheet.of(id)) {
            for (std::size_t t = 0; t < price[tally].size(); ++t)
                out[id.value() * tiers + t] += Int128(price[tally][t]);
        }
    }
    return out;
}

/// Walks all conditions of a proof and gathers those that fail.
class Walk {
  public:
    Walk(const ProofGround& ground, const HeadCount& count, const std::vector<std::vector<std::int64_t>>& price)
        : ground_(ground),
          rows_(ground.plan.rows()),
          objective_(rows_.objective),
          tiers_(objective_.size()),
          count_(count),
          price_(price),
          of_expert_(add_up(ground.sheet, rows_.experts, price, tiers_)),
          of_post_(add_up(ground.sheet, rows_.posts, price, tiers_)),
          blame_(price.size(), 0) {}

    Objected run(bool values_agree) {
        for (std::size_t s = 0; s < price_.size(); ++s)
            look_at(s);
        for (const Id<Expert> expert : rows_.experts.ids())
            look_at(expert);
        if (item_.empty()) return std::nullopt;
        if (!values_agree) {
            return Objection{staffing_file, item_,
                             Message(message::fault_improvable,
                                     {MessageArgument(text(why_, Language::zh), text(why_, Language::en))})};
        }
        return Objection{certificate_file, most_blamed(), why_};
    }

  private:
    void look_at(std::size_t s) {
        const Tally& tally = ground_.sheet.rows()[s];
        const std::int64_t there = count_.counted[s];
        if (!tally.upper || there < *tally.upper) {
            const auto [order, cost] = compare(s, there);
            if (order > 0) fails(s, message::fault_price_above, cost);
        }
        if (there > tally.lower) {
            const auto [order, cost] = compare(s, there - 1);
            if (order < 0) fails(s, message::fault_price_below, cost);
        }
    }

    /// The sign of price - cost of the person who joins so many, and that cost.
    [[nodiscard]] std::pair<int, Vector> compare(std::size_t s, std::int64_t others) const {
        Vector cost(tiers_);
        Vector difference(tiers_);
        for (std::size_t t = 0; t < tiers_; ++t) {
            cost[t] = ground_.sheet.cost_of_next(ground_.sheet.rows()[s], objective_[t], others);
            difference[t] = (price_[s].empty() ? Int128() : Int128(price_[s][t])) - cost[t];
        }
        return {sign(difference), std::move(cost)};
    }

    void fails(std::size_t s, const MessageText& row, const Vector& cost) {
        const Tally& tally = ground_.sheet.rows()[s];
        Vector price(tiers_);
        for (std::size_t t = 0; t < price_[s].size(); ++t)
            price[t] = Int128(price_[s][t]);
        fails(tally.name,
              Message(row, {tally.name, vector_text(price), std::to_string(count_.counted[s]), vector_text(cost)}));
        blame_[s] += rows_.experts.size() + 1;  // nothing but this price can be meant
    }

    void fails(const std::string& item, Message why) {
        if (!item_.empty()) return;
        item_ = item;
        why_ = std::move(why);
    }

    /// A pair of this expert fails.
    void fails(Id<Expert> expert, Id<Post> post, const MessageText& row, const Vector& own) {
        for (const std::size_t s : ground_.sheet.of(expert))
            ++blame_[s];
        for (const std::size_t s : ground_.sheet.of(post))
            ++blame_[s];
        if (!item_.empty()) return;
        Vector reduced(tiers_);
        for (std::size_t t = 0; t < tiers_; ++t)
            reduced[t] = reduced_cost(expert, post, t);
        const std::string& id = rows_.experts[expert].id;
        fails("expert:" + id, Message(row, {id + "/" + rows_.posts[post].id, vector_text(reduced), vector_text(own)}));
    }

    [[nodiscard]] Int128 reduced_cost(Id<Expert> expert, Id<Post> post, std::size_t t) const {
        Int128 out = of_expert_[expert.value() * tiers_ + t] + of_post_[post.value() * tiers_ + t];
        out += Int128(ground_.meter.of_pair(objective_[t], expert, post));
        out -= Int128(ground_.given.points(objective_[t], expert, post));
        return out;
    }

    void look_at(Id<Expert> expert) {
        Vector own(tiers_);  // of staying at home: 0
        const Id<Post> at = count_.post_of[expert.value()];
        if (at) {
            for (std::size_t t = 0; t < tiers_; ++t)
                own[t] = reduced_cost(expert, at, t);
            if (sign(own) > 0) fails(expert, at, message::fault_pair_own, Vector(tiers_));
        }
        for (const Id<Post> post : ground_.pairs.posts_of(expert)) {
            for (std::size_t t = 0; t < tiers_; ++t) {
                const Int128 other = reduced_cost(expert, post, t);
                if (other == own[t]) continue;
                if (other < own[t]) fails(expert, post, at ? message::fault_pair_other : message::fault_pair_home, own);
                break;
            }
        }
    }

    /// A wrong price breaks many conditions, all of them of its tally; of two the one of fewer members.
    [[nodiscard]] std::string most_blamed() const {
        const auto& tallies = ground_.sheet.rows();
        std::size_t best = 0;
        for (std::size_t s = 1; s < blame_.size(); ++s) {
            if (blame_[s] > blame_[best] || (blame_[s] == blame_[best] && tallies[s].size < tallies[best].size))
                best = s;
        }
        return tallies[best].name;
    }

    const ProofGround& ground_;
    const Draft& rows_;
    const Objective& objective_;
    std::size_t tiers_;
    const HeadCount& count_;
    const std::vector<std::vector<std::int64_t>>& price_;
    Vector of_expert_;
    Vector of_post_;
    std::vector<std::size_t> blame_;  ///< per tally
    std::string item_;                ///< of the first condition that fails
    Message why_;
};

}  // namespace

Objected read_prices(const TallySheet& sheet, std::span<const SetPrice> prices, std::size_t tiers,
                     std::vector<std::vector<std::int64_t>>& out) {
    std::map<std::string_view, std::size_t> index;
    for (std::size_t s = 0; s < sheet.rows().size(); ++s)
        index.emplace(sheet.rows()[s].name, s);
    out.assign(sheet.rows().size(), {});
    std::vector<bool> seen(out.size(), false);
    for (const SetPrice& price : prices) {
        const auto object = [&price](Message why) { return Objection{certificate_file, price.set, std::move(why)}; };
        const auto found = index.find(price.set);
        if (found == index.end()) return object(message::fault_price_unknown);
        if (seen[found->second]) return object(message::fault_price_doubled);
        seen[found->second] = true;
        if (price.value.size() != tiers) {
            return object(
                Message(message::fault_price_width, {std::to_string(tiers), std::to_string(price.value.size())}));
        }
        out[found->second] = price.value;
    }
    return std::nullopt;
}

Objected examine_optimality(const ProofGround& ground, const HeadCount& count, std::span<const SetPrice> prices,
                            bool values_agree) {
    std::vector<std::vector<std::int64_t>> price;
    if (auto objection = read_prices(ground.sheet, prices, ground.plan.rows().objective.size(), price)) {
        return objection;
    }
    return Walk(ground, count, price).run(values_agree);
}

Objected examine_infeasible(const ProofGround& ground, std::span<const SetPrice> prices, std::vector<BoundUsed>& used) {
    std::vector<std::vector<std::int64_t>> price;
    if (auto objection = read_prices(ground.sheet, prices, 1, price)) return objection;
    const Draft& rows = ground.plan.rows();
    const auto people = static_cast<std::int64_t>(rows.experts.size());
    Int128 numbers{};
    for (std::size_t s = 0; s < price.size(); ++s) {
        if (price[s].empty() || price[s].front() == 0) continue;
        const Tally& tally = ground.sheet.rows()[s];
        const bool is_lower = price[s].front() < 0;
        const std::int64_t bound = is_lower ? tally.lower : tally.upper.value_or(people);
        numbers += Int128(price[s].front()) * Int128(is_lower ? bound : std::min(bound, people));
        used.push_back({&tally, is_lower, bound});
    }
    const Vector of_expert = add_up(ground.sheet, rows.experts, price, 1);
    const Vector of_post = add_up(ground.sheet, rows.posts, price, 1);
    Int128 weight{};
    for (const Id<Expert> expert : rows.experts.ids()) {
        Int128 least{};  // at home
        for (const Id<Post> post : ground.pairs.posts_of(expert))
            least = std::min(least, of_expert[expert.value()] + of_post[post.value()]);
        weight += least;
    }
    if (weight > numbers) return std::nullopt;
    return Objection{certificate_file, "prices",
                     Message(message::fault_prices_prove_nothing, {to_text(weight), to_text(numbers)})};
}

}  // namespace countyplan
