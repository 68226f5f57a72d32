// How is a schedule given to calendars, to Project and to spreadsheets?
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <countyplan/io/exchange/schedule_file.hpp>
#include <countyplan/io/exchange/solved_schedule.hpp>
#include <countyplan/scalar/enumerator.hpp>

namespace countyplan {

enum class ScheduleOutput { icalendar, mspdi, csv, json };

template <>
struct Enumerators<ScheduleOutput> {
    static constexpr MessageText words[] = {{"icalendar", "iCalendar", "iCalendar"},
                                            {"mspdi", "Project XML（MSPDI）", "Project XML (MSPDI)"},
                                            {"csv", "CSV", "CSV"},
                                            {"json", "JSON 进度文件", "JSON schedule"}};
};

/// By the end of the name: `.ics`, `.xml`, `.csv`, `.json`; nothing for another.
[[nodiscard]] std::optional<ScheduleOutput> schedule_output_of(std::string_view path);

/// The bytes of a file, and, as warnings, what of the schedule its format cannot hold; with an error there
/// are no bytes.
struct ScheduleWriting {
    std::string bytes{};
    Findings findings{};
};

/// RFC 5545: one all-day event per task from its start to its finish, milestones as one day; UTF-8, lines
/// end with CR LF and are folded at 75 octets, never inside a character. No clock is read: `DTSTAMP` is
/// the data date, else the first project's start. `solved` must hold the dates of `file`.
[[nodiscard]] std::string schedule_icalendar(const ScheduleFile& file, const SolvedSchedule& solved,
                                             Language language = Language::en);

/// Microsoft Project's XML: what `read_schedule_text` reads back to the same dates. One project only; a day
/// is written as eight hours.
[[nodiscard]] ScheduleWriting schedule_mspdi(const ScheduleFile& file, const SolvedSchedule& solved);

/// One record per task: names, dates as indices and ISO days, floats, marks. Texts that a spreadsheet would
/// take for a formula get an apostrophe.
[[nodiscard]] std::string schedule_csv(const ScheduleFile& file, const SolvedSchedule& solved);

/// The answer in JSON: solution, proof and dates per task. docs/format.md lists the members.
[[nodiscard]] std::string solved_schedule_json(const ScheduleFile& file, const SolvedSchedule& solved,
                                               const Findings& findings);

/// The file in one of the formats; `solved` must hold the dates of `file`.
[[nodiscard]] ScheduleWriting write_schedule(const ScheduleFile& file, const SolvedSchedule& solved,
                                             ScheduleOutput format, Language language = Language::en);

}  // namespace countyplan
