#include "optimality.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/score.hpp>

#include "messages.hpp"

namespace countyplan {

namespace {

using Vector = std::array<std::int64_t, standard_tiers>;
using Wide = std::array<Int128, standard_tiers>;

/// One arc: its ends by name and potential, its cost, what flows, and at most how much may.
struct Arc {
    std::string_view name;
    std::size_t tail;
    std::size_t head;
    Vector cost;
    std::int64_t flow;
    std::int64_t upper;
};

std::string vector_text(const Wide& values) {
    std::string out = "(";
    for (const Int128& value : values)
        out += (out.size() > 1 ? ", " : "") + to_text(value);
    return out + ")";
}

class Walk {
  public:
    Walk(const Eligibility& eligibility, const HeadCount& count, std::span<const NodePotential> potentials)
        : eligibility_(eligibility),
          plan_(eligibility.plan()),
          rows_(plan_.rows()),
          count_(count),
          people_(static_cast<std::int64_t>(rows_.experts.size())) {
        name_nodes();
        values_.assign(names_.size(), nullptr);
        for (const NodePotential& potential : potentials) {
            const auto found = index_.find(potential.node);
            if (found == index_.end()) {
                refuse(potential.node, message::fault_potential_unknown);
                return;
            }
            if (values_[found->second] != nullptr) {
                refuse(potential.node, message::fault_potential_doubled);
                return;
            }
            values_[found->second] = &potential.value;
        }
        const auto missing = std::ranges::find(values_, nullptr);
        if (missing != values_.end()) {
            refuse(names_[static_cast<std::size_t>(missing - values_.begin())], message::fault_potential_missing);
        }
    }

    Objected run(bool values_agree, ProofCount& looked_at) {
        if (objection_) return objection_;
        walk_pairs();
        looked_at.pairs = looked_;
        looked_ = 0;
        walk_posts();
        walk_quotas();
        looked_at.others = looked_;
        if (!loose_) return std::nullopt;
        if (values_agree) return Objection{certificate_file, names_[most_shared()], reason(message::fault_potential)};
        return Objection{staffing_file, item_, reason(message::fault_improvable)};
    }

  private:
    void refuse(const std::string& node, const MessageText& why) {
        objection_ = Objection{certificate_file, node, why};
    }

    void name_nodes() {
        const auto add = [this](std::string name) {
            index_.emplace(name, names_.size());
            names_.push_back(std::move(name));
        };
        add("home");
        for (const Sender& sender : rows_.senders)
            add("sender:" + sender.id);
        for (const Sender& sender : rows_.senders) {
            for (const MessageText& role : Enumerators<Role>::words)
                add("role:" + sender.id + "/" + std::string(role.code));
        }
        for (const Expert& expert : rows_.experts)
            add("expert:" + expert.id);
        for (const Post& post : rows_.posts)
            add("post:" + post.id);
    }

    [[nodiscard]] std::size_t node(Id<Sender> sender) const { return 1 + sender.value(); }
    [[nodiscard]] std::size_t node(Id<Sender> sender, std::size_t role) const {
        return 1 + rows_.senders.size() + sender.value() * enumerator_count<Role> + role;
    }
    [[nodiscard]] std::size_t node(Id<Expert> expert) const {
        return 1 + rows_.senders.size() * (1 + enumerator_count<Role>)+expert.value();
    }
    [[nodiscard]] std::size_t node(Id<Post> post) const {
        return 1 + rows_.senders.size() * (1 + enumerator_count<Role>)+rows_.experts.size() + post.value();
    }

    void look_at(const Arc& arc, const std::string& key, std::string_view item) {
        ++looked_;
        Wide reduced{};
        int sign = 0;
        for (std::size_t t = 0; t < standard_tiers; ++t) {
            reduced[t] = Int128(arc.cost[t]) + Int128((*values_[arc.tail])[t]) - Int128((*values_[arc.head])[t]);
            if (sign == 0 && reduced[t] != Int128(0)) sign = reduced[t] < Int128(0) ? -1 : 1;
        }
        const bool holds = sign == 0 || (sign > 0 ? arc.flow == 0 : arc.flow == arc.upper);
        if (holds) return;
        ++shared_[arc.tail];
        ++shared_[arc.head];
        if (loose_) return;
        loose_ = true;
        arc_name_ = std::string(arc.name) + key;
        item_ = item;
        reduced_ = vector_text(reduced);
        flow_ = arc.flow;
        upper_ = arc.upper;
    }

    [[nodiscard]] Message reason(const MessageText& row) const {
        return Message(row, {arc_name_, reduced_, std::to_string(flow_), std::to_string(upper_)});
    }

    /// A wrong potential breaks many arcs, and its node is an end of all of them; `home` only if no other.
    [[nodiscard]] std::size_t most_shared() const {
        std::size_t best = 0;
        std::size_t most = 0;
        for (const auto& [node, times] : shared_) {
            if (times < most || (times == most && best != 0)) continue;
            best = node;
            most = times;
        }
        return best;
    }

    void walk_pairs() {
        const FitScore fit(plan_);
        for (const Id<Expert> expert : rows_.experts.ids()) {
            for (const Id<Post> post : rows_.posts.ids()) {
                if (!eligibility_.is_eligible(expert, post)) continue;
                const std::int64_t flow = count_.post_of[expert.value()] == post ? 1 : 0;
                const Arc arc{"pair:", node(expert), node(post), {0, 0, 0, -fit.score(expert, post)}, flow, 1};
                look_at(arc, rows_.experts[expert].id + "/" + rows_.posts[post].id, names_[node(expert)]);
            }
        }
    }

    /// A person below `min` earns (1 if critical, 1, priority, 0), below `target` (0, 0, priority, 0).
    void walk_posts() {
        for (const Id<Post> id : rows_.posts.ids()) {
            const Post& post = rows_.posts[id];
            std::int64_t left = count_.posted[id.value()];
            std::int64_t below = 0;
            const auto slice = [&](std::string_view name, std::int64_t edge, const Vector& cost) {
                const std::int64_t upper = std::min(edge, people_) - below;
                if (upper <= 0) return;
                below += upper;
                const std::int64_t flow = std::min(left, upper);
                left -= flow;
                look_at({name, node(id), 0, cost, flow, upper}, post.id, names_[node(id)]);
            };
            slice("min:", post.min, {post.critical ? -1 : 0, -1, -post.priority, 0});
            slice("target:", post.target, {0, 0, -post.priority, 0});
            slice("max:", post.max, {});
        }
    }

    void walk_quotas() {
        const auto upper = [this](const std::optional<std::int64_t>& quota) {
            return std::clamp<std::int64_t>(quota.value_or(people_), 0, people_);
        };
        for (const Id<Sender> id : rows_.senders.ids()) {
            const Sender& sender = rows_.senders[id];
            const Id<Sender> parent = plan_.parent_of(id);
            look_at(
                {"quota:", parent ? node(parent) : 0, node(id), {}, count_.sent[id.value()], upper(sender.quota_total)},
                sender.id, names_[node(id)]);
            for (std::size_t r = 0; r < enumerator_count<Role>; ++r) {
                const Role role = static_cast<Role>(r);
                look_at({"quota:", node(id), node(id, r), {}, count_.by_role[id.value()][r], upper(sender.quota(role))},
                        sender.id + "/" + std::string(name(role)), names_[node(id, r)]);
            }
        }
        for (const Id<Expert> id : rows_.experts.ids()) {
            const Expert& expert = rows_.experts[id];
            const auto role = static_cast<std::size_t>(expert.charged_role());
            look_at({"expert:", node(plan_.sender_of(id), role), node(id), {}, count_.post_of[id.value()] ? 1 : 0, 1},
                    expert.id, names_[node(id)]);
        }
    }

    const Eligibility& eligibility_;
    const Plan& plan_;
    const Draft& rows_;
    const HeadCount& count_;
    std::int64_t people_;
    std::vector<std::string> names_;
    std::map<std::string, std::size_t, std::less<>> index_;
    std::vector<const Vector*> values_;
    Objected objection_;
    std::size_t looked_ = 0;
    std::map<std::size_t, std::size_t> shared_;
    bool loose_ = false;
    std::string arc_name_;
    std::string item_;
    std::string reduced_;
    std::int64_t flow_ = 0;
    std::int64_t upper_ = 0;
};

}  // namespace

Objected examine_optimality(const Eligibility& eligibility, const HeadCount& count,
                            std::span<const NodePotential> potentials, bool values_agree, ProofCount& looked_at) {
    return Walk(eligibility, count, potentials).run(values_agree, looked_at);
}

}  // namespace countyplan
