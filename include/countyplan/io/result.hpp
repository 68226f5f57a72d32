// How is an answer written down, and read back by whoever wants to check it?
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/fairness_price.hpp>
#include <countyplan/io/file.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/plan/fingerprint.hpp>
#include <countyplan/report/table.hpp>
#include <countyplan/track/task_reasons.hpp>
#include <countyplan/track/track.hpp>

namespace countyplan {

/// `staffing.csv` (canonical), `unfilled.csv` (for people, in `language`), `result.json`, `certificate.json` (the
/// prices of sets by name) and, where the caller's rules said something, `given.csv` (canonical). An answer without a
/// staffing has neither of the first two. `fairness` becomes `fairness.json`, if both its staffings were found.
[[nodiscard]] std::vector<NamedBytes> allocation_files(const Plan& plan, const Allocation& allocation,
                                                       Language language, const FairnessPrice* fairness = nullptr);

/// The names that these files can have.
[[nodiscard]] std::vector<std::string> allocation_file_names();

/// One bound of a conflict, as a result states it.
struct StatedBound {
    SetBound bound{};
    Message reason{};  ///< its words

    friend bool operator==(const StatedBound&, const StatedBound&) = default;
};

/// How far a county is served, as a result states it.
struct StatedCover {
    std::string county{};  ///< its code
    std::int64_t serving = 0;
    std::int64_t wanted = 0;

    friend bool operator==(const StatedCover&, const StatedCover&) = default;
};

/// A county in both staffings of a fairness price, as a result states it.
struct StatedFairCover {
    std::string county{};  ///< its code
    std::int64_t wanted = 0;
    std::int64_t fair = 0;    ///< serving with `county_cover` in the objective
    std::int64_t unfair = 0;  ///< and without

    friend bool operator==(const StatedFairCover&, const StatedFairCover&) = default;
};

/// What fairness between counties costs, as a result states it, with the other staffing and its proof.
struct StatedFairness {
    Fingerprint plan{};                              ///< that of the result
    Termination termination = Termination::unknown;  ///< optimal: both are best; feasible: one was stopped
    Cause cause = Cause::cancelled;
    std::vector<FairnessTier> tiers{};
    std::vector<StatedFairCover> counties{};
    Objective objective{};           ///< of the other staffing
    Claim claim = Claim::estimate;   ///< of the other staffing: proved or feasible
    Staffing staffing{};             ///< the other one, by expert id
    std::vector<SetPrice> prices{};  ///< prove it, one number per tier of `objective`; empty unless proved

    friend bool operator==(const StatedFairness&, const StatedFairness&) = default;
};

/// What a result directory says. Reasons come back as texts. Nothing is checked against a plan: that is `examine`, or
/// the independent checker.
struct AllocationReading {
    Allocation allocation{};
    std::vector<StatedBound> conflict{};  ///< beside the allocation, for people
    std::vector<StatedCover> counties{};  ///< beside the allocation, for people
    RuleCoverage rules{};                 ///< beside the allocation, for people
    std::optional<StatedFairness> fairness{};
    Findings findings{};  ///< of form; the file is in `source.file`, as its name within the directory
};

/// Reads `result.json` and `certificate.json` and, where the first is sound and speaks of them, `staffing.csv`,
/// `given.csv` and `fairness.json`. Throws `IoError` and `RefusedInput` as `read_file` does.
[[nodiscard]] AllocationReading read_allocation(const std::string& directory, const ReadOptions& options = {},
                                                Files& files = real_files());

/// What a caller says of pairs, from a table such as `given.csv`.
struct GivenReading {
    std::vector<GivenPair> given{};
    Findings findings{};
};
/// Columns `expert`, `post` and any of `allowed`, `points`, `doubt`, `user_1`, `user_2`, `user_3`; a cell left empty
/// says nothing. People and posts that the plan does not know are errors, and so is a pair that stands there twice.
[[nodiscard]] GivenReading read_given(const Plan& plan, std::string bytes, const std::string& file,
                                      const ReadOptions& options = {});

/// The allocation with what is written beside it, but for a fairness price.
[[nodiscard]] AllocationReading reading_of(const Plan& plan, Allocation allocation);

/// The fairness price that a result states, once it has been examined; without the other allocation.
[[nodiscard]] std::optional<FairnessPrice> fairness_of(const AllocationReading& reading);

/// `examine` of the allocation, and whether what stands beside it follows from it; the other staffing of a fairness
/// price by its own prices.
[[nodiscard]] AnswerVerdict examine(const Plan& plan, const AllocationReading& reading);

/// One JSON object each, for machines: the same names as in C++ and Python.
[[nodiscard]] std::string check_json(const Plan* plan, std::span<const Finding> findings);
/// `fairness` is told, too, if there is any.
[[nodiscard]] std::string allocation_json(const Plan& plan, const Allocation& allocation,
                                          const FairnessPrice* fairness = nullptr);
[[nodiscard]] std::string tracking_json(const Plan& plan, const Tracking& tracking);
[[nodiscard]] std::string task_reasons_json(const Plan& plan, const Tracking& tracking, const TaskReasons& reasons);

/// A table for people: CSV that a spreadsheet opens rightly, formulas neutralised.
[[nodiscard]] std::string table_csv(const ReportTable& table, Language language);

}  // namespace countyplan
