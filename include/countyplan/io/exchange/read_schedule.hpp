// What schedule does this file hold, whichever program wrote it, and what of it is not used?
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <countyplan/io/encoding.hpp>
#include <countyplan/io/exchange/schedule_file.hpp>
#include <countyplan/io/file.hpp>
#include <countyplan/io/limits.hpp>

namespace countyplan {

/// docs/format.md says which fields of each are read as what.
enum class ScheduleFormat {
    psplib,  ///< `.sm`: one project, one mode; resources are read past
    mspdi,   ///< Microsoft Project's XML
    xer,     ///< Primavera P6's export
    json,    ///< countyplan's own
};

template <>
struct Enumerators<ScheduleFormat> {
    static constexpr MessageText words[] = {{"psplib", "PSPLIB", "PSPLIB"},
                                            {"mspdi", "Project XML（MSPDI）", "Project XML (MSPDI)"},
                                            {"xer", "Primavera XER", "Primavera XER"},
                                            {"json", "JSON 进度文件", "JSON schedule"}};
};

struct ScheduleReadOptions {
    std::optional<ScheduleFormat> format = std::nullopt;  ///< unset: by suffix, then by content
    Encoding encoding = Encoding::automatic;              ///< JSON is UTF-8 only
    std::optional<Day> data_date = std::nullopt;          ///< instead of the file's own
    Day start = *Day::parse("2001-01-01");                ///< of a file without dates (PSPLIB)
    Limits limits = {};

    friend bool operator==(const ScheduleReadOptions&, const ScheduleReadOptions&) = default;
};

/// What was read, and everything found: what is wrong by line or JSON Pointer, and, as warnings, what the
/// file says that is not used. Where there is no error, `check` has none either.
struct ScheduleReading {
    ScheduleFile file{};
    ScheduleFormat format = ScheduleFormat::json;
    Findings findings{};
};

/// By the end of the name (`.sm`, `.xml`, `.mspdi`, `.xer`, `.json`), then by the first bytes.
[[nodiscard]] std::optional<ScheduleFormat> schedule_format_of(std::string_view name, std::string_view bytes);

/// Reads a text; `name` stands for the file in findings. No count in it is believed before there are bytes
/// for it; no entity is expanded, nothing outside is fetched. Time n log n in the bytes, nothing recurses.
[[nodiscard]] ScheduleReading read_schedule_text(std::string bytes, const std::string& name,
                                                 const ScheduleReadOptions& options = {});

/// Reads a file. Throws `IoError` where the system refuses to read, `RefusedInput` where it is too large.
[[nodiscard]] ScheduleReading read_schedule(const std::string& path, const ScheduleReadOptions& options = {},
                                            Files& files = real_files());

/// The JSON document that reads back as the same value.
[[nodiscard]] std::string schedule_json(const ScheduleFile& file);

/// The JSON Schema (draft 2020-12) of such documents.
[[nodiscard]] std::string schedule_schema();

}  // namespace countyplan
