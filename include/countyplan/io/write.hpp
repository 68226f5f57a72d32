// How is a plan written so that it reads back the same, byte for byte?
#pragma once

#include <string>
#include <vector>

#include <countyplan/io/file.hpp>
#include <countyplan/plan/draft.hpp>

namespace countyplan {

/// The canonical files of a directory: `plan.json` and one CSV table each, also for empty tables (UTF-8
/// with byte order mark, LF, fixed column order, shortest decimals except money).
[[nodiscard]] std::vector<NamedBytes> plan_tables(const Draft& draft);

/// The canonical single document; empty texts, empty lists and unset values are left out. Throws
/// `std::invalid_argument` for NaN and infinity, which `check` reports.
[[nodiscard]] std::string plan_json(const Draft& draft);

/// The sealed snapshot.
[[nodiscard]] std::string plan_snapshot(const Draft& draft);

/// The canonical `staffing.csv`.
[[nodiscard]] std::string staffing_csv(const Staffing& staffing);

/// The canonical `ledger.csv` of these facts.
[[nodiscard]] std::string ledger_csv(const ById<Id<Fact>, Fact>& facts);

/// Writes by the name's suffix, whole or not at all; the facts of a ledger's log become rows of its table. Throws
/// `IoError`, with `log_in_the_way` where a log lies that would go on this plan's ledger; `RefusedInput` with
/// `unknown_suffix` for a name that tells no format.
void write_plan(const Draft& draft, const std::string& path, Existing existing = Existing::refuse,
                Files& files = real_files());

/// The JSON Schema (draft 2020-12) of `.plan.json`, made from the same descriptions as the reader.
[[nodiscard]] std::string plan_schema();

}  // namespace countyplan
