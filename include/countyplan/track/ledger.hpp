// What held on a day, as far as was known on another?
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/plan/plan.hpp>

namespace countyplan {

/// Which day is asked about, and up to which day's knowledge. A report for (valid, recorded) is a pure
/// function of the ledger: what is recorded later never changes it.
struct AsOf {
    Day valid{};
    Day recorded{};

    friend constexpr bool operator==(const AsOf&, const AsOf&) = default;
};

/// The facts of a plan, ready for look-up. Of the facts about (subject, field) that were recorded by
/// `recorded` and not retracted by then, the answer is the one with the greatest (valid_at <= valid,
/// recorded_at, row). A retraction takes effect on the day it is recorded and is not undone by
/// retracting it; a fact with an empty value only retracts. Keeps its plan alive; thread-safe.
/// Building O(n log n); memory O(n + r log r) for r retracted facts.
class Ledger {
  public:
    explicit Ledger(Plan plan);

    [[nodiscard]] const Plan& plan() const { return plan_; }

    /// The fact that answers, or an empty id. O(log n).
    [[nodiscard]] Id<Fact> find(const Reference& subject, std::string_view field, AsOf as_of) const;

    /// All facts about (subject, field) that count as of a day, oldest first by (valid_at, recorded_at,
    /// row). O(facts about it + log n).
    [[nodiscard]] std::vector<Id<Fact>> history(const Reference& subject, std::string_view field, AsOf as_of) const;

    /// The row of a fact; it lives as long as the ledger.
    [[nodiscard]] const Fact& operator[](Id<Fact> fact) const { return plan_.rows().ledger[fact]; }

  private:
    struct Series {
        std::size_t first = 0;
        std::size_t last = 0;
    };
    /// Facts of one fate (never, or some day retracted), sorted by (subject, field, valid, recorded, row).
    struct Shelf {
        std::vector<Id<Fact>> facts;
        std::vector<std::int32_t> valid;
        [[nodiscard]] std::size_t size() const { return facts.size(); }
    };
    struct Node {
        std::uint32_t left = 0;
        std::uint32_t right = 0;
    };

    [[nodiscard]] Series series_of(const Shelf& shelf, const Reference& subject, std::string_view field) const;
    [[nodiscard]] bool before(Id<Fact> a, Id<Fact> b) const;
    void plant();
    void grow();
    [[nodiscard]] std::size_t last_lasting(Series series, Day recorded) const;
    [[nodiscard]] std::size_t last_retracted(Series series, Day recorded) const;

    Plan plan_;
    Shelf lasting_;
    std::vector<std::int32_t> earliest_record_;  ///< minimum tree over `lasting_`
    Shelf retracted_;
    std::vector<std::int32_t> ends_;         ///< per retracted fact: the day it was retracted
    std::vector<Node> nodes_;                ///< persistent trees of the retracted facts that are in force
    std::vector<std::int32_t> version_day_;  ///< each version holds from this day on
    std::vector<std::uint32_t> version_root_;
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/ledger.hpp>
#endif
