// How is an answer written down, and read back by whoever wants to check it?
#pragma once

#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/io/file.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/report/table.hpp>
#include <countyplan/track/track.hpp>

namespace countyplan {

/// `staffing.csv` (canonical), `unfilled.csv` (for people, in `language`), `result.json` and
/// `certificate.json` (the potentials of every node by name).
[[nodiscard]] std::vector<NamedBytes> allocation_files(const Plan& plan, const Allocation& allocation,
                                                       Language language);

/// What a result directory says. Reasons of posts left short come back as texts. Nothing is checked
/// against a plan: that is `verify`, or the independent checker.
struct AllocationReading {
    Allocation allocation;
    Findings findings;  ///< of form; the file is in `source.file`, as its name within the directory
};

/// Reads `staffing.csv`, `result.json` and `certificate.json`. Throws `IoError` and `RefusedInput` as
/// `read_file` does.
[[nodiscard]] AllocationReading read_allocation(const std::string& directory, const ReadOptions& options = {},
                                                Files& files = real_files());

/// One JSON object each, for machines: the same names as in C++ and Python.
[[nodiscard]] std::string check_json(const Plan* plan, std::span<const Finding> findings);
[[nodiscard]] std::string allocation_json(const Plan& plan, const Allocation& allocation);
[[nodiscard]] std::string tracking_json(const Plan& plan, const Tracking& tracking);

/// A table for people: CSV that a spreadsheet opens rightly, formulas neutralised.
[[nodiscard]] std::string table_csv(const ReportTable& table, Language language);

}  // namespace countyplan
