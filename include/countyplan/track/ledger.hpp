// What held on a day, as far as was known on another?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
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

/// The name of a field that some fact has, as `Ledger::field` numbers them.
struct FactField;

/// The facts of a plan, ready for look-up. Of the facts about (subject, field) that were recorded by
/// `recorded` and not retracted by then, the answer is the one with the greatest (valid_at <= valid,
/// recorded_at, row). A retraction takes effect on the day it is recorded and is not undone by
/// retracting it; a fact with an empty value only retracts. Facts that `flaws` lists answer like others.
/// Keeps its plan alive; thread-safe. Building O(n log n); memory O(n + r log r) for r retracted facts.
class Ledger {
  public:
    explicit Ledger(Plan plan);

    [[nodiscard]] const Plan& plan() const { return plan_; }

    /// The fact that answers, or an empty id. O(1) to find what is about (subject, field), whatever the
    /// ids, but for ids made to collide, then O(log n); O(log m) in the m facts about it.
    [[nodiscard]] Id<Fact> find(const Reference& subject, std::string_view field, AsOf as_of) const;

    /// The number of a field's name in this ledger; empty where no fact has it. O(log fields).
    [[nodiscard]] Id<FactField> field(std::string_view name) const;
    /// The names, in byte order.
    [[nodiscard]] const ById<Id<FactField>, std::string>& fields() const { return fields_; }

    /// The same for a task of the plan, without a look at any text. O(fields of the task), then O(log m).
    [[nodiscard]] Id<Fact> find(Id<Task> task, Id<FactField> field, AsOf as_of) const;

    /// All facts about (subject, field) that count as of a day, oldest first by (valid_at, recorded_at,
    /// row). O(facts about it).
    [[nodiscard]] std::vector<Id<Fact>> history(const Reference& subject, std::string_view field, AsOf as_of) const;

    /// The row of a fact; it lives as long as the ledger.
    [[nodiscard]] const Fact& operator[](Id<Fact> fact) const { return plan_.rows().ledger[fact]; }

    /// The fingerprint of the facts recorded by a day: that of `known_by(plan, recorded)`, so facts
    /// recorded later never change it. O(bytes of the facts).
    [[nodiscard]] Fingerprint digest(Day recorded) const;

  private:
    struct Range {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };
    /// One (subject, field), in one line of the processor's cache; its facts stand together on both shelves.
    struct alignas(64) Series {
        static constexpr std::size_t room = 36;
        static constexpr std::uint8_t elsewhere = 255;

        std::uint64_t hash = 0;
        Range lasting{};
        Range retracted{};
        std::uint8_t noun = 0;
        std::uint8_t id_size = 0;  ///< `elsewhere`: `key` tells where in `long_keys_` the texts are
        std::uint8_t field_size = 0;
        std::array<char, room> key{};  ///< the subject's id and the field
    };
    struct Entry {
        std::int32_t valid = 0;
        std::int32_t recorded = 0;
        Id<Fact> fact{};

        [[nodiscard]] bool before(const Entry& other) const;
    };
    /// A series about a task.
    struct Topic {
        Id<FactField> field{};
        Range lasting{};
        Range retracted{};
    };
    struct Node {
        std::uint32_t left = 0;
        std::uint32_t right = 0;
    };

    static constexpr std::uint32_t few = 16;  ///< facts looked at one by one before a search begins

    void gather();
    void number();
    [[nodiscard]] Series name_series(const Reference& subject, std::string_view field);
    [[nodiscard]] bool is_about(const Series& series, const Reference& subject, std::string_view field) const;
    [[nodiscard]] const Series* series_of(const Reference& subject, std::string_view field) const;
    [[nodiscard]] std::pair<std::string_view, std::string_view> texts_of(const Series& series) const;
    [[nodiscard]] Id<Fact> answer(Range lasting, Range retracted, AsOf as_of) const;
    void plant();
    void grow();
    [[nodiscard]] static std::uint32_t last_valid(const std::vector<Entry>& shelf, Range range, std::int32_t valid);
    [[nodiscard]] std::uint32_t last_lasting(Range range, AsOf as_of) const;
    [[nodiscard]] std::uint32_t last_retracted(Range range, AsOf as_of) const;

    Plan plan_;
    std::vector<std::pair<std::string, std::string>> long_keys_;  ///< subject ids and fields that need more room
    std::vector<Series> series_;                                  ///< by hash
    std::vector<std::uint32_t> bucket_;                           ///< per leading bits of a hash: its first series
    unsigned bucket_shift_ = 63;                                  ///< how far a hash is shifted to give its bucket
    ById<Id<FactField>, std::string> fields_;                     ///< ascending
    std::vector<Topic> topics_;                                   ///< by task
    std::vector<std::uint32_t> topics_of_;                        ///< per task its first topic, and one more
    std::vector<Entry> lasting_;             ///< never retracted, by (series, valid, recorded, row)
    std::vector<std::int32_t> earliest_;     ///< minimum tree over the recording days in `lasting_`
    std::vector<Entry> retracted_;           ///< some day retracted, in the same order
    std::vector<std::int32_t> ends_;         ///< per retracted fact: the day it was retracted
    std::vector<Node> nodes_;                ///< persistent trees of the retracted facts that are in force
    std::vector<std::int32_t> version_day_;  ///< each version holds from this day on
    std::vector<std::uint32_t> version_root_;
};

/// The plan as it stood in the knowledge of a day: without the facts recorded later. A fact that takes
/// back one recorded later does not take it back yet. The same plan where nothing is later.
[[nodiscard]] Plan known_by(const Plan& plan, Day recorded);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/ledger.hpp>
#endif
