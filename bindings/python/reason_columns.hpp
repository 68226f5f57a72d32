// How is a table told of what dates rest on?
#pragma once

#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include <countyplan/track/schedule_log.hpp>

#include "column.hpp"

namespace countyplan {

/// A date of a task, as the table names it and in words.
struct LoggedDate {
    const char* name;
    const char* zh;
    const char* en;
    DateReason TaskLog::*reason;
    bool is_late;
};

inline constexpr LoggedDate logged_dates[] = {{"start", "开始", "start", &TaskLog::start, false},
                                              {"resume", "继续", "resume", &TaskLog::resume, false},
                                              {"finish", "完成", "finish", &TaskLog::finish, false},
                                              {"late_start", "最迟开始", "late start", &TaskLog::late_start, true},
                                              {"late_finish", "最迟完成", "late finish", &TaskLog::late_finish, true}};

/// One row for each date of each task; `names` and `log` have one entry for each task of `problem`.
[[nodiscard]] inline py::list reason_columns(const CriticalPathProblem& problem, std::span<const TaskLog> log,
                                             const std::vector<std::string>& names) {
    struct Row {
        std::uint32_t task = 0;
        const LoggedDate* date = nullptr;
        const DateReason* reason = nullptr;
    };
    std::vector<Row> rows;
    rows.reserve(log.size() * std::size(logged_dates));
    for (std::uint32_t v = 0; v < log.size(); ++v) {
        for (const LoggedDate& date : logged_dates)
            rows.push_back({v, &date, &(log[v].*date.reason)});
    }
    const auto other = [&](const Row& row) {
        if (row.reason->driver != DateDriver::link) return std::string();
        const CriticalPathLink& link = problem.links[row.reason->link];
        return names[link.predecessor == row.task ? link.successor : link.predecessor];
    };
    const auto said = [&](const Row& row, Language language) {
        std::string out;
        for (const Message& sentence :
             sentences({row.date->zh, row.date->en}, *row.reason, row.date->is_late, problem, names)) {
            if (!out.empty()) out += language == Language::zh ? "，" : ", ";
            out += text(sentence, language);
        }
        return out;
    };
    py::list out;
    out.append(column("id", rows, [&](const Row& row) { return names[row.task]; }));
    out.append(column("date", rows, [](const Row& row) { return std::string(row.date->name); }));
    out.append(column("driver", rows, [](const Row& row) { return row.reason->driver; }));
    out.append(column("other", rows, other));
    out.append(column("by_actual", rows, [](const Row& row) { return row.reason->by_actual; }));
    out.append(column("days_off", rows, [](const Row& row) { return row.reason->days_off; }));
    out.append(column("zh", rows, [&](const Row& row) { return said(row, Language::zh); }));
    out.append(column("en", rows, [&](const Row& row) { return said(row, Language::en); }));
    return out;
}

}  // namespace countyplan
