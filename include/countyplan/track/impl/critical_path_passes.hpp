// Early dates forward, late dates, floats and marks backward, over a network laid out once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <countyplan/track/impl/critical_path_network.hpp>

namespace countyplan {

namespace detail {

/// The passes over one network. Tasks are known by their position in topological order, their dates by
/// their starts. A pass may be made of any stretches of positions, one after the other in its direction.
class CriticalPathPasses {
  public:
    CriticalPathPasses(const CriticalPathProblem& problem, std::vector<std::uint32_t> order)
        : problem_(problem), done_(problem), order_(std::move(order)) {
        lay_tasks();
        lay_links();
    }

    [[nodiscard]] std::size_t size() const { return order_.size(); }
    [[nodiscard]] std::size_t link_count() const { return in_.size(); }
    [[nodiscard]] const WorkDone& done() const { return done_; }

    /// Early starts of the positions from `first` to before `last`; `again` leaves what does not move alone.
    void early(std::size_t first, std::size_t last, bool again = false) {
        if (!caps_.empty()) return early_pass<true, false>(first, last);
        return again ? early_pass<false, true>(first, last) : early_pass<false, false>(first, last);
    }
    /// Late starts of the positions from `last` - 1 down to `first`, with free floats and driving links.
    void late(std::size_t last, std::size_t first, bool again = false) {
        return again ? late_pass<true>(last, first) : late_pass<false>(last, first);
    }
    /// One round of maximum lags on early dates: the first position that must be computed again, or `size()`.
    std::size_t push_back_links();
    /// The same for late dates: one past the last position that must be computed again, or 0.
    std::size_t pull_back_links();
    /// Between the passes: where the projects end.
    void turn();

    /// Links whose pointers run in a circle; empty if none do.
    [[nodiscard]] std::vector<std::uint32_t> early_circle() const;
    /// The task of the smallest number that passes its mandatory date, and how it got there.
    [[nodiscard]] std::optional<MandatoryConflict> broken_mandate() const;
    /// Everything there is to tell. Only after both passes.
    [[nodiscard]] CriticalPathResult result(std::int64_t critical_float);

  private:
    /// A link seen from one of its ends.
    struct Arc {
        std::uint32_t other = 0;  ///< position
        std::int32_t length = 0;  ///< from start to start; `special`: see its action
    };
    static constexpr std::int32_t special = std::numeric_limits<std::int32_t>::min();
    struct Times {
        std::int64_t early = 0;
        std::int64_t late = 0;
    };
    /// Tasks of one project on one calendar.
    struct Group {
        std::uint32_t project = 0;
        std::uint32_t calendar = 0;
        bool complete = false;
        std::int64_t reach = no_early_bound;  ///< the last early finish
        std::int64_t end = 0;                 ///< the end of the project
        std::int64_t root = 0;                ///< whoever finishes here or later ends the project
    };
    /// A maximum lag.
    struct BackLink {
        std::uint32_t link = 0;
        LinkAction action;
    };

    void lay_tasks();
    void lay_links();
    void lay_rows(const std::vector<std::uint8_t>& is_laid, bool in);
    std::uint32_t group_of(const CriticalPathTask& task);
    template <bool Capped, bool Again>
    void early_pass(std::size_t first, std::size_t last);
    template <bool Again>
    void late_pass(std::size_t last, std::size_t first);

    [[nodiscard]] std::int64_t length_of(std::uint32_t position, bool finish) const {
        return finish ? durations_[position] : 0;
    }
    [[nodiscard]] const LinkAction& action_of(std::uint32_t link) const { return actions_[action_of_[link]]; }
    /// The bound of a link on the early start it leads to.
    [[nodiscard]] std::int64_t early_bound(const LinkAction& action) const {
        std::int64_t event = no_early_bound;
        if (action.moves) {
            event = action.map.image(times_[action.from].early + length_of(action.from, action.from_finish));
        }
        if (action.fixed) event = std::max(event, *action.fixed);
        return event - length_of(action.to, action.to_finish);
    }
    /// The bound of a link on the late start it leaves.
    [[nodiscard]] std::int64_t late_bound(const LinkAction& action) const {
        std::int64_t event = no_late_bound;
        if (action.moves && action.bounds_late) {
            event = action.map.preimage(times_[action.to].late + length_of(action.to, action.to_finish));
        }
        if (action.fixed_late) event = std::min(event, *action.fixed_late);
        return event - length_of(action.from, action.from_finish);
    }
    struct Slack {
        std::int64_t room = no_late_bound;  ///< how far the early date it leaves may move alone
        bool drives = false;
    };
    [[nodiscard]] Slack slack_of(const LinkAction& action) const {
        const std::int64_t event = times_[action.from].early + length_of(action.from, action.from_finish);
        const std::int64_t target = times_[action.to].early + length_of(action.to, action.to_finish);
        Slack out;
        if (action.moves) {
            out.room = std::max<std::int64_t>(0, action.map.preimage(target) - event);
            out.drives = action.map.image(event) == target;
        }
        out.drives = out.drives || (action.fixed && *action.fixed == target);
        return out;
    }
    [[nodiscard]] std::uint32_t early_source(std::uint32_t position) const;
    void find_path(const std::vector<std::uint8_t>& driving);

    const CriticalPathProblem& problem_;
    WorkDone done_;
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> position_;
    std::vector<Times> times_;
    std::vector<std::int64_t> release_;  ///< the task's own bound, or that of a maximum lag
    std::vector<std::uint32_t> release_driver_;
    std::vector<std::int64_t> due_;
    std::vector<std::uint32_t> due_driver_;
    std::vector<std::int64_t> caps_;  ///< only by the rules of MS Project: latest starts that go before links
    std::vector<std::int32_t> durations_;
    std::vector<std::uint32_t> group_;
    std::vector<Group> groups_;
    std::vector<std::uint32_t> in_first_, out_first_, in_link_, out_link_;
    std::vector<Arc> in_, out_;
    std::vector<std::uint32_t> action_of_;  ///< per link; empty if all links are plain
    std::vector<LinkAction> actions_;
    std::vector<BackLink> back_;
    std::vector<std::uint32_t> early_driver_, late_driver_;
    std::vector<std::int64_t> room_;
    std::vector<std::uint8_t> path_, drives_;
    std::vector<std::int64_t> reached_, ends_;  ///< per project
};

template <bool Capped, bool Again>
void CriticalPathPasses::early_pass(std::size_t first, std::size_t last) {
    for (std::size_t p = first; p < last; ++p) {
        std::int64_t start = release_[p];
        std::uint32_t driver = release_driver_[p];
        for (std::uint32_t k = in_first_[p]; k < in_first_[p + 1]; ++k) {
            const Arc arc = in_[k];
            std::int64_t bound = times_[arc.other].early + arc.length;
            if (arc.length == special) [[unlikely]]
                bound = early_bound(action_of(in_link_[k]));
            const bool is_later = bound > start;
            start = is_later ? bound : start;
            driver = is_later ? in_link_[k] : driver;
        }
        if constexpr (Capped) {
            const std::int64_t kept = std::max(std::min(start, caps_[p]), done_.data_date(problem_.tasks[order_[p]]));
            if (kept != start) driver = Drivers::own;
            start = kept;
        }
        if constexpr (Again) {
            if (start <= times_[p].early) continue;
        }
        times_[p].early = start;
        early_driver_[p] = driver;
        std::int64_t& reach = groups_[group_[p]].reach;
        reach = std::max(reach, start + durations_[p]);
    }
}

template <bool Again>
void CriticalPathPasses::late_pass(std::size_t last, std::size_t first) {
    for (std::size_t p = last; p-- > first;) {
        const Group& group = groups_[group_[p]];
        const std::int64_t early = times_[p].early;
        std::int64_t start = group.end - durations_[p];
        std::uint32_t driver = Drivers::end;
        if (due_[p] <= start) {
            start = due_[p];
            driver = due_driver_[p];
        }
        std::int64_t room = no_late_bound;
        auto path =
            static_cast<std::uint8_t>(path_[p] | static_cast<std::uint8_t>(early + durations_[p] >= group.root));
        for (std::uint32_t k = out_first_[p]; k < out_first_[p + 1]; ++k) {
            const Arc arc = out_[k];
            const Times after = times_[arc.other];
            std::int64_t bound = after.late - arc.length;
            std::int64_t slack = after.early - arc.length - early;
            auto drives = static_cast<std::uint8_t>(slack == 0);
            if (arc.length == special) [[unlikely]] {
                const LinkAction& action = action_of(out_link_[k]);
                bound = late_bound(action);
                const Slack found = slack_of(action);
                slack = found.room;
                drives = found.drives ? 1 : 0;
            }
            const bool is_earlier = bound < start;
            start = is_earlier ? bound : start;
            driver = is_earlier ? out_link_[k] : driver;
            room = std::min(room, slack);
            drives_[k] = drives;
            path = static_cast<std::uint8_t>(path | (drives & path_[arc.other]));
        }
        room_[p] = room;
        path_[p] = path;
        if constexpr (Again) {
            if (start >= times_[p].late) continue;
        }
        times_[p].late = start;
        late_driver_[p] = driver;
    }
}

}  // namespace detail

}  // namespace countyplan

#include <countyplan/track/impl/critical_path_layout.hpp>
