// What is a staffing worth in each tier, word for word from the tier's definition?
#pragma once

#include <cstdint>
#include <vector>

#include <countyplan/allocate/score.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan {

/// Counts what each tier of a plan's objective counts. Less is better throughout: what is a gain has a minus. A
/// staffing's value is the sum of what posts, counties, senders and pairs add, and of what nobody posted costs.
class TierMeter {
  public:
    explicit TierMeter(const Plan& plan);

    /// A post where so many serve: what is missing there; 0 in tiers that do not speak of posts.
    [[nodiscard]] static Int128 of_post(Tier tier, const Post& post, std::int64_t there);
    /// `county_cover`: the raises of a county's share that so many do not make.
    [[nodiscard]] Int128 of_county(Id<County> county, std::int64_t serving) const;
    /// `sender_load`: a sender without others below it that sends so many.
    [[nodiscard]] Int128 of_sender(Id<Sender> sender, std::int64_t sent) const;
    /// A pair, without what the caller's own factors and tiers add.
    [[nodiscard]] std::int64_t of_pair(Tier tier, Id<Expert> expert, Id<Post> post) const;
    /// What does not depend on who is posted: in `moves`, all whom the present staffing names.
    [[nodiscard]] Int128 base(Tier tier) const;

    /// How many raises of a county's share count; 0 where the objective does not name `county_cover`.
    [[nodiscard]] std::int64_t raises(Id<County> county) const;
    /// How many people a sender's load counts; 0 where it has others below it or the objective names no load.
    [[nodiscard]] std::int64_t loads(Id<Sender> sender) const;

  private:
    void rank_raises();
    void add_up_loads();

    Plan plan_;
    FitScore fit_;
    std::vector<std::vector<Int128>> left_;    ///< per county and number serving: the raises left
    std::vector<std::vector<Int128>> load_;    ///< per sender and number sent
    std::vector<std::vector<Id<Post>>> held_;  ///< per expert: the posts of the present staffing
};

}  // namespace countyplan
