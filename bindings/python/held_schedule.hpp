// Which file do solved dates belong to?
#pragma once

#include <cstdint>
#include <memory>
#include <ranges>
#include <string>
#include <vector>

#include <countyplan/io/exchange/read_schedule.hpp>
#include <countyplan/io/exchange/solved_schedule.hpp>

#include "column.hpp"

namespace countyplan {

/// Solved dates name tasks and links by position; in Python they keep the file that gives these their ids.
struct HeldSchedule {
    std::shared_ptr<ScheduleReading> reading{};
    SolvedSchedule solved{};
    SolvedScheduleOptions options{};

    [[nodiscard]] const ScheduleFile& file() const { return reading->file; }
    [[nodiscard]] const std::string& id_of(std::uint32_t task) const { return file().tasks[task].id; }
    [[nodiscard]] bool has_dates() const {
        return solved.result.termination == Termination::optimal && solved.verdict.accepted;
    }
};

/// Throws ValueError where there are no dates.
inline void require_dates(const HeldSchedule& held) {
    if (!held.has_dates()) throw py::value_error("the schedule has no dates; see its termination and conflict");
}

/// A tuple of the ids of tasks.
template <class Numbers>
[[nodiscard]] py::tuple task_ids(const ScheduleFile& file, const Numbers& tasks) {
    py::tuple out(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i)
        out[i] = to_python(file.tasks[tasks[i]].id);
    return out;
}

/// 0, 1, 2 … for columns of tables whose rows stand in several vectors.
[[nodiscard]] inline auto row_numbers(std::size_t size) {
    return std::views::iota(std::uint32_t{0}, static_cast<std::uint32_t>(size));
}

}  // namespace countyplan
