// What plan does this directory or file hold, and what is wrong with it?
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/encoding.hpp>
#include <countyplan/io/file.hpp>
#include <countyplan/io/limits.hpp>
#include <countyplan/io/log.hpp>
#include <countyplan/plan/plan.hpp>

namespace countyplan {

struct ReadOptions {
    Encoding encoding = Encoding::automatic;           ///< of CSV tables; JSON is UTF-8 only
    UnknownColumns unknown = UnknownColumns::refused;  ///< columns and members that no table has
    DamagedLog damaged_log = DamagedLog::refused;      ///< salvaged: warnings say what is left out
    Limits limits = {};

    friend bool operator==(const ReadOptions&, const ReadOptions&) = default;
};

/// What was read, and everything found wrong with it: by the reader first, then by `check`, less what
/// only follows from something that could not be read. Each finding names its file, line and column (or
/// JSON Pointer) where it has one. Stops at `limits.flaws` errors, lists as many findings and then says
/// that there are more; nothing is repaired. Where there is no error, the draft is whole.
struct Reading {
    Draft draft;
    Findings findings;
    LogEnd log_end{};  ///< of the ledger's log, of which the facts stand after those of the plan's own ledger
};

/// How a plan is kept: a directory of CSV tables with `plan.json`, one `.plan.json`, or a sealed
/// `.plan.snapshot`.
enum class PlanFormat { tables, json, snapshot };

template <>
struct Enumerators<PlanFormat> {
    static constexpr MessageText words[] = {{"tables", "CSV 表目录", "directory of CSV tables"},
                                            {"json", "JSON", "JSON"},
                                            {"snapshot", "快照", "snapshot"}};
};

/// By the end of the name: `.plan.json`, `.plan.snapshot`; a name without one of these and without any
/// other suffix is a directory. Nothing for another suffix.
[[nodiscard]] std::optional<PlanFormat> plan_format_of(std::string_view path);

/// Where the log of the ledger lies: `ledger.log` in a directory of tables, else beside the file, with `.log` after
/// its name. Nothing need lie there.
[[nodiscard]] std::string ledger_log_path(const std::string& plan, Files& files = real_files());

/// Reads and checks, with the ledger's log. Throws `IoError` where the system refuses to read, `RefusedInput` for an
/// input that is too large or no snapshot; wrong data is among the findings.
[[nodiscard]] Reading read_draft(const std::string& path, const ReadOptions& options = {}, Files& files = real_files());

/// A plan where there is no error among the findings; they are those of `read_draft`, in half the time that it and
/// `Plan(draft)` take together.
struct PlanReading {
    std::optional<Plan> plan{};
    Findings findings{};
    LogEnd log_end{};
};
[[nodiscard]] PlanReading read_checked(const std::string& path, const ReadOptions& options = {},
                                       Files& files = real_files());

/// As `read_checked`, for one JSON document; `name` stands for the file in findings.
[[nodiscard]] PlanReading read_checked_json(std::string bytes, const std::string& name,
                                            const ReadOptions& options = {});

/// As `read_draft`; throws `InvalidPlan` with all findings when there is an error among them.
[[nodiscard]] Plan read_plan(const std::string& path, const ReadOptions& options = {}, Files& files = real_files());

/// Reads and checks one JSON document; `name` stands for the file in findings.
[[nodiscard]] Reading read_draft_json(std::string bytes, const std::string& name, const ReadOptions& options = {});

/// Reads a staffing table (`staffing.csv`) as plain rows: whom they name is not checked here.
struct StaffingReading {
    Staffing staffing;
    Findings findings;
    std::vector<std::size_t> lines{};  ///< per posting: the line on which its record begins, 1-based
};
[[nodiscard]] StaffingReading read_staffing(std::string bytes, const std::string& name,
                                            const ReadOptions& options = {});

/// Reads a table of facts as plain rows, with the columns of `ledger.csv`.
struct FactReading {
    ById<Id<Fact>, Fact> facts;
    Findings findings;
    std::vector<std::size_t> lines{};  ///< per fact: the line on which its record begins, 1-based
};
[[nodiscard]] FactReading read_facts(std::string bytes, const std::string& name, const ReadOptions& options = {});

}  // namespace countyplan
