// Which facts are strange, and which of them does no schedule rest on?
#pragma once

#include <span>
#include <string>
#include <vector>

#include <countyplan/plan/finding.hpp>
#include <countyplan/track/ledger.hpp>

namespace countyplan {

/// What is strange about a fact. It stays in the ledger and is reported.
enum class LedgerFlawKind {
    from_future,          ///< held or happened after the day on which it was recorded
    after_data_date,      ///< an actual date after the day asked about
    finish_before_start,  ///< a task that ended before it began
    left_after_finish,    ///< days remaining on or after the day of a finish
    progress_back,        ///< a percentage lower than the one before
    target_is_baseline,   ///< an indicator's target that equals its baseline
};

template <>
struct Enumerators<LedgerFlawKind> {
    static constexpr MessageText words[] = {{"from_future", "来自未来", "from the future"},
                                            {"after_data_date", "晚于数据日期", "after the data date"},
                                            {"finish_before_start", "完成早于开始", "finished before it started"},
                                            {"left_after_finish", "完成后仍有剩余", "days left after the finish"},
                                            {"progress_back", "进度倒退", "progress going back"},
                                            {"target_is_baseline", "目标等于基线", "target equal to the baseline"}};
};

struct LedgerFlaw {
    Id<Fact> fact{};
    LedgerFlawKind kind = LedgerFlawKind::from_future;
    Id<Fact> against{};    ///< the fact that it contradicts; empty where there is none
    bool refused = false;  ///< no schedule may rest on it

    friend bool operator==(const LedgerFlaw&, const LedgerFlaw&) = default;
};

/// What is strange about the facts that count as of a day, by fact and kind. Refused are the facts `started`,
/// `finished` and `remaining` of a task that cannot have happened: from the future, after the data date, a
/// finish before the start, days left after the finish; what is refused contradicts no other fact. A retracted fact
/// has no flaws from then on.
/// O(facts + tasks + indicators).
[[nodiscard]] std::vector<LedgerFlaw> flaws(const Ledger& ledger, AsOf as_of);

/// A target of an indicator and since when it holds.
struct RevisedTarget {
    Id<Fact> fact{};  ///< empty: the plan's own
    double target = 0.0;
    Day since{};           ///< the plan's own: the first day of its period
    std::string reason{};  ///< the fact's `source`; empty for the plan's own

    friend bool operator==(const RevisedTarget&, const RevisedTarget&) = default;
};

/// All targets that an indicator has had as of a day, oldest first: the plan's own, then those of the facts
/// `target`. The last one holds. Empty where there is none.
[[nodiscard]] std::vector<RevisedTarget> targets(const Ledger& ledger, Id<Indicator> indicator, AsOf as_of);

/// What `check` has to say about recording these facts at the end of the plan's ledger and did not have to
/// say before. Places are `ledger[i]`, i going on from the plan's own rows. An error: none may be recorded, and
/// so for a fact recorded before the ledger's last day, which would change what was reported since. A warning
/// is recorded with the fact. Time that of `check`.
[[nodiscard]] Findings check_recording(const Plan& plan, std::span<const Fact> facts);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/ledger_flaw.hpp>
#endif
