// Which pairs may be, found by asking every expert about every post, and what did the caller say of them?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/user_rule.hpp>

namespace countyplan {

/// What the caller's rules said, by expert and post. Rows that name nobody are left out; of two about one pair
/// the first counts.
class GivenBook {
  public:
    GivenBook(const Plan& plan, std::span<const GivenPair> given);

    [[nodiscard]] bool allows(Id<Expert> expert, Id<Post> post) const;
    /// What the caller's factors add to the fit of a pair, or the points of one of the caller's own tiers; 0 in others.
    [[nodiscard]] std::int64_t points(Tier tier, Id<Expert> expert, Id<Post> post) const;

  private:
    struct Row {
        Id<Expert> expert{};
        Id<Post> post{};
        bool allowed = true;
        std::int64_t points = 0;
        std::array<std::int64_t, user_tiers> user{};
    };
    [[nodiscard]] const Row* find(Id<Expert> expert, Id<Post> post) const;

    std::vector<Row> rows_;           ///< ascending
    std::vector<std::size_t> first_;  ///< per expert and one more; empty if there are no rows
};

/// All pairs that the plan and the caller let serve. Memory: 8 bytes each.
class PairList {
  public:
    PairList(const Eligibility& eligibility, const GivenBook& given);

    /// Ascending.
    [[nodiscard]] std::span<const Id<Post>> posts_of(Id<Expert> expert) const;
    [[nodiscard]] std::span<const Id<Expert>> experts_of(Id<Post> post) const;
    [[nodiscard]] std::size_t size() const { return post_.size(); }

  private:
    std::vector<Id<Post>> post_;
    std::vector<std::size_t> first_post_;  ///< per expert and one more
    std::vector<Id<Expert>> expert_;
    std::vector<std::size_t> first_expert_;  ///< per post and one more
};

}  // namespace countyplan
