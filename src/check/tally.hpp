// Which people, and people in which posts, does a plan count, how many may there be, and what does one more cost?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/plan/plan.hpp>

#include "tier_meter.hpp"

namespace countyplan {

/// Whom a tally counts: those posted of a sender and of all below it; of a sender's own people of one charged role;
/// whom a sender's quota speaks of; one expert whom a decision obliges to serve. Or those posted in the posts that a
/// receiver's quota speaks of; in a county's posts; in one post.
enum class TallyKind { sender, role, sending_quota, obliged, receiving_quota, county, post };

/// One number of people that the plan bounds or lets cost something.
struct Tally {
    TallyKind kind = TallyKind::post;
    std::size_t row = 0;  ///< of the sender, quota, expert, county or post
    std::string name{};   ///< as in certificates
    std::int64_t lower = 0;
    std::optional<std::int64_t> upper{};
    std::size_t size = 0;  ///< people, or posts
};

/// All tallies of one plan, gathered from its rows: those of people first. A view of `eligibility`'s plan and of
/// `meter`, which must outlive it.
class TallySheet {
  public:
    TallySheet(const Eligibility& eligibility, const TierMeter& meter);

    [[nodiscard]] const std::vector<Tally>& rows() const { return rows_; }
    /// Those that count a person or a post, by position, ascending.
    [[nodiscard]] const std::vector<std::size_t>& of(Id<Expert> expert) const { return of_expert_[expert.value()]; }
    [[nodiscard]] const std::vector<std::size_t>& of(Id<Post> post) const { return of_post_[post.value()]; }
    /// The tally of a post alone.
    [[nodiscard]] const Tally& alone(Id<Post> post) const { return rows_[of_post_[post.value()].back()]; }

    /// What one more costs in a tier where there are so many. When all there are have come, one more beside
    /// them counts as the last of a sender's load, and for nothing in a post.
    [[nodiscard]] Int128 cost_of_next(const Tally& tally, Tier tier, std::int64_t there) const;

  private:
    void add_senders();
    void add_sending_quotas();
    void add_obliged(const Eligibility& eligibility);
    void add_receiving_quotas();
    void add_counties();
    void add_posts();
    /// Opens a row; `count` adds members to it.
    void open(TallyKind kind, std::size_t row, std::string name, std::int64_t lower, std::optional<std::int64_t> upper);
    void count(Id<Expert> expert);
    void count(Id<Post> post);

    const Plan& plan_;
    const TierMeter& meter_;
    std::vector<Tally> rows_;
    std::vector<std::vector<std::size_t>> of_expert_;
    std::vector<std::vector<std::size_t>> of_post_;
};

}  // namespace countyplan
