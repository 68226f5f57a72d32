#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/scalar/number.hpp>

#include "exchange_date.hpp"
#include "schedule_builder.hpp"

namespace countyplan::detail {

namespace {

constexpr std::int64_t hour = 3'600;
constexpr std::int64_t most_hours = 1'000'000'000;

// ------------------------------------------------------------------------------------------- clndr_data

/// One node of clndr_data: `(0||NAME(ATTRIBUTES)(NODES))`. Nodes stand in the order of the text.
struct CalendarNode {
    std::string_view name{};
    std::string_view attributes{};
    std::size_t depth = 0;
};

/// Reads clndr_data; nothing, and the place in `stop`, where it is none. Blanks and the marks that P6 puts
/// in for line ends count for nothing between nodes.
std::optional<std::vector<CalendarNode>> calendar_nodes(std::string_view text, std::size_t& stop) {
    constexpr std::size_t most_depth = 16;
    std::vector<CalendarNode> out;
    std::size_t at = 0;
    std::size_t depth = 0;
    const auto skip = [&] {
        while (at < text.size() && (text[at] == ' ' || text[at] == '\x7f' || text[at] == '\r' || text[at] == '\n'))
            ++at;
    };
    const auto takes = [&](char c) {
        skip();
        if (at >= text.size() || text[at] != c) return false;
        ++at;
        return true;
    };
    const auto until = [&](char c) {
        const std::size_t start = at;
        while (at < text.size() && text[at] != c && text[at] != ')')
            ++at;
        return text.substr(start, at - start);
    };
    skip();
    do {
        stop = at;
        if (depth > 0 && takes(')')) {  // the list of nodes ends, and with it the node
            if (!takes(')')) return std::nullopt;
            --depth;
            continue;
        }
        if (!takes('(')) return std::nullopt;
        const std::string_view number = until('|');
        if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
        if (!text.substr(at).starts_with("||")) return std::nullopt;
        at += 2;
        CalendarNode node{.name = until('('), .depth = depth};
        if (!takes('(')) return std::nullopt;
        node.attributes = until(')');
        if (!takes(')') || !takes('(') || ++depth > most_depth) return std::nullopt;
        out.push_back(node);
    } while (depth > 0);
    skip();
    stop = at;
    if (at != text.size()) return std::nullopt;
    return out;
}

/// The value after `key` in `key|value|key|value`.
std::string_view attribute(std::string_view text, std::string_view key) {
    while (!text.empty()) {
        const std::size_t bar = text.find('|');
        const std::string_view name = text.substr(0, bar);
        if (bar == std::string_view::npos) return {};
        text.remove_prefix(bar + 1);
        const std::size_t end = std::min(text.find('|'), text.size());
        if (name == key) return text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return {};
}

// ------------------------------------------------------------------------------------------------ tables

struct XerRow {
    std::vector<std::string_view> cells;
    std::size_t line = 0;
};

struct XerTable {
    std::string_view name;
    std::vector<std::string_view> columns;
    std::vector<XerRow> rows;
};

constexpr std::string_view used_tables[] = {"PROJECT", "CALENDAR", "TASK", "TASKPRED", "SCHEDOPTIONS"};

std::vector<std::string_view> cells_of(std::string_view line) {
    std::vector<std::string_view> out;
    while (true) {
        const std::size_t tab = line.find('\t');
        out.push_back(line.substr(0, tab));
        if (tab == std::string_view::npos) return out;
        line.remove_prefix(tab + 1);
    }
}

struct XerCalendar {
    std::size_t line = 0;
    std::string base;
    std::int64_t day_seconds = 8 * hour;
    std::array<bool, 7> week{true, true, true, true, true, false, false};
    std::vector<ExchangeException> exceptions{};
};

class XerReader {
  public:
    XerReader(std::string_view text, ScheduleBuilder& out) : out_(out) { split(text); }

    void run() {
        if (!out_.ok()) return;
        read_options();
        read_calendars();
        read_projects();
        read_tasks();
        if (out_.ok()) read_links();
        if (late_ > 0) out_.warn({message::exchange_as_early, {to_text(late_)}});
        for (const auto& [type, count] : left_out_types_)
            out_.warn({message::exchange_left_out, {to_text(count), type}});
        if (leaving_ > 0) out_.warn({message::exchange_other_link_end, {to_text(leaving_)}});
    }

  private:
    // ---------------------------------------------------------------------------------- lines and cells

    void split(std::string_view text) {
        std::size_t number = 0;
        XerTable* table = nullptr;
        bool has_end = false;
        while (!text.empty() && !out_.full()) {
            const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
            std::string_view line = text.substr(0, end);
            text.remove_prefix(std::min(end + (text.substr(end).starts_with("\r\n") ? 2 : 1), text.size()));
            ++number;
            if (number == 1) {
                if (!line.starts_with("ERMHDR")) {
                    out_.complain(message::xer_no_header, 1, line);
                    return;
                }
                continue;
            }
            if (line.empty()) continue;
            const std::string_view mark = line.substr(0, 2);
            std::string_view rest = line.substr(std::min<std::size_t>(line.size(), 3));
            if (mark == "%T") {
                const std::string_view name = rest.substr(0, rest.find('\t'));
                table = &tables_[std::string(name)];
                table->name = name;
            } else if (mark == "%F" && table != nullptr) {
                table->columns = cells_of(rest);
            } else if (mark == "%R") {
                row(table, rest, number);
            } else if (mark == "%E") {
                has_end = true;
                break;
            } else {
                out_.complain({message::xer_unknown_line, {excerpt(line.substr(0, 40))}}, number);
            }
        }
        if (!has_end && out_.ok()) out_.warn(message::xer_ends_early, number);
        for (const auto& [name, found] : tables_) {
            if (std::ranges::count(used_tables, name) == 0 && !found.rows.empty()) {
                out_.not_used("table " + std::string(excerpt(name)));
            }
        }
    }

    void row(XerTable* table, std::string_view rest, std::size_t number) {
        if (table == nullptr || table->columns.empty()) {
            out_.complain(message::xer_no_table, number);
            return;
        }
        if (std::ranges::count(used_tables, table->name) == 0) {
            if (table->rows.empty()) table->rows.emplace_back();
            return;
        }
        std::vector<std::string_view> cells = cells_of(rest);
        if (cells.size() < table->columns.size() || cells.size() > table->columns.size() + 1) {
            out_.complain(
                {message::xer_row_cells, {excerpt(table->name), to_text(cells.size()), to_text(table->columns.size())}},
                number);
            return;
        }
        table->rows.push_back({std::move(cells), number});
    }

    /// A table and one row of it, read by column name.
    struct Cells {
        const XerTable* table;
        const XerRow* row;

        [[nodiscard]] std::string_view operator[](std::string_view column) const {
            const auto found = std::ranges::find(table->columns, column);
            if (found == table->columns.end()) return {};
            return row->cells[static_cast<std::size_t>(found - table->columns.begin())];
        }
        [[nodiscard]] std::size_t line() const { return row->line; }
    };

    template <class Visit>
    void for_each_row(const char* name, std::initializer_list<std::string_view> needed, Visit visit) {
        const auto found = tables_.find(name);
        if (found == tables_.end()) return;
        const XerTable& table = found->second;
        for (const std::string_view column : needed) {
            if (std::ranges::count(table.columns, column) > 0) continue;
            out_.complain({message::xer_no_column, {name, column}}, 0);
            return;
        }
        for (const XerRow& row : table.rows) {
            if (out_.full()) return;
            visit(Cells{&table, &row});
        }
    }

    std::optional<Day> day(const Cells& cells, std::string_view column) {
        const auto date = moment(cells, column);
        return date ? std::optional(date->day) : std::nullopt;
    }
    std::optional<ExchangeDate> moment(const Cells& cells, std::string_view column) {
        const std::string_view words = cells[column];
        if (words.empty()) return std::nullopt;
        const auto date = exchange_date(words, ' ');
        if (!date) out_.complain({message::exchange_no_date, {column, excerpt(words)}}, cells.line(), words);
        return date;
    }

    /// Hours as seconds. The point may be a comma: P6 writes numbers as the user's Windows does.
    std::optional<std::int64_t> seconds(const Cells& cells, std::string_view column) {
        const std::string_view words = cells[column];
        if (words.empty()) return std::nullopt;
        std::string plain(words.substr(0, 64));
        if (std::ranges::count(plain, ',') == 1 && plain.find('.') == plain.npos) {
            plain[plain.find(',')] = '.';
        }
        const auto hours = words.size() > 64 ? std::nullopt : parse_decimal(plain);
        if (!hours) {
            out_.complain({message::exchange_no_number, {column, excerpt(words)}}, cells.line(), words);
            return std::nullopt;
        }
        if (std::abs(*hours) > static_cast<double>(most_hours)) {
            out_.complain({message::exchange_number_range, {excerpt(words), to_text(-most_hours), to_text(most_hours)}},
                          cells.line(), words);
            return std::nullopt;
        }
        return static_cast<std::int64_t>(std::llround(*hours * static_cast<double>(hour)));
    }

    // -------------------------------------------------------------------------------- options, calendars

    void read_options() {
        for_each_row("SCHEDOPTIONS", {}, [&](const Cells& cells) {
            const std::string_view lag = cells["sched_calendar_on_relationship_lag"];
            if (lag == "rcal_Successor") lag_calendar_ = LagCalendar::successor;
            if (lag == "rcal_ProjDefault") lag_calendar_ = LagCalendar::project;
            if (lag == "rcal_24Hour") lag_calendar_ = LagCalendar::elapsed;
            const bool retains = cells["sched_retained_logic"] != "N";
            if (!retains) out_.not_used("SCHEDOPTIONS/sched_retained_logic N (--logic)");
        });
    }

    void read_calendars() {
        for_each_row("CALENDAR", {"clndr_id", "clndr_data"}, [&](const Cells& cells) {
            XerCalendar calendar{.line = cells.line(), .base = std::string(cells["base_clndr_id"])};
            const std::string id(cells["clndr_id"]);
            if (const auto length = seconds(cells, "day_hr_cnt")) {
                if (*length >= 60 && *length <= 24 * hour) {
                    calendar.day_seconds = *length;
                } else {
                    out_.complain({message::exchange_number_range, {excerpt(cells["day_hr_cnt"]), "0.1", "24"}},
                                  cells.line());
                }
            }
            read_calendar_data(cells, id, calendar);
            names_.emplace(id, std::string(cells["clndr_name"]));
            if (!calendars_.emplace(id, std::move(calendar)).second) {
                out_.complain({message::exchange_id_twice, {excerpt(id), "CALENDAR"}}, cells.line());
            }
        });
    }

    void read_calendar_data(const Cells& cells, const std::string& id, XerCalendar& calendar) {
        const std::string_view data = cells["clndr_data"];
        if (data.empty()) return;
        std::size_t stop = 0;
        const auto nodes = calendar_nodes(data, stop);
        if (!nodes) {
            out_.complain({message::xer_calendar, {excerpt(id), to_text(stop)}}, cells.line());
            return;
        }
        enum class Part { other, week, exceptions } part = Part::other;
        std::size_t part_depth = 0;
        std::size_t weekday = 7;
        std::set<std::int64_t> lengths;
        std::int64_t length = 0;
        const auto close_day = [&] {
            if (length > 0) lengths.insert(std::exchange(length, 0));
        };
        for (const CalendarNode& node : *nodes) {
            if (part != Part::other && node.depth <= part_depth) part = Part::other;
            if (node.name == "DaysOfWeek" || node.name == "Exceptions") {
                part = node.name == "DaysOfWeek" ? Part::week : Part::exceptions;
                part_depth = node.depth;
                if (part == Part::week) calendar.week.fill(false);
                close_day();
            } else if (part != Part::other && node.depth == part_depth + 1) {
                close_day();
                if (part == Part::week) {
                    std::size_t number = 0;
                    (void)std::from_chars(node.name.data(), node.name.data() + node.name.size(), number);
                    weekday = number >= 1 && number <= 7 ? (number + 5) % 7 : 7;
                } else if (!begin_exception(node, calendar)) {
                    out_.complain({message::exchange_no_date, {"clndr_data", excerpt(node.attributes)}}, cells.line());
                    return;
                }
            } else if (part != Part::other && node.depth == part_depth + 2) {
                const auto from = exchange_clock(attribute(node.attributes, "s"));
                const auto to = exchange_clock(attribute(node.attributes, "f"));
                const bool works = from && to && *from != *to;
                if (!works) continue;
                if (part == Part::week) {
                    length += *to > *from ? *to - *from : *to - *from + 24 * hour;
                    if (weekday < 7) calendar.week[weekday] = true;
                } else {
                    calendar.exceptions.back().kind = DayKind::work;
                }
            }
        }
        close_day();
        if (lengths.size() > 1) {
            out_.warn({message::exchange_uneven_days, {excerpt(cells["clndr_name"])}}, cells.line());
        }
    }

    /// `d|N` counts days from 1899-12-30, as spreadsheets do.
    static bool begin_exception(const CalendarNode& node, XerCalendar& calendar) {
        const std::string_view words = attribute(node.attributes, "d");
        std::int64_t serial = 0;
        const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), serial);
        if (error != std::errc{} || end != words.data() + words.size()) return false;
        constexpr std::int64_t most_serial = 2'900'000;
        if (serial < 1 || serial > most_serial) return false;
        const Day day = *Day::parse("1899-12-30") + std::chrono::days(serial);
        calendar.exceptions.push_back({.from = day, .to = day, .kind = DayKind::off});
        return true;
    }

    /// Adds the calendar with the exceptions of its base to the file; false where there is none.
    bool use_calendar(const std::string& id) {
        if (used_.contains(id)) return true;
        const auto found = calendars_.find(id);
        if (found == calendars_.end()) return false;
        used_.insert(id);
        const auto add = [&](const XerCalendar& from) {
            for (ExchangeException exception : from.exceptions) {
                exception.calendar = id;
                out_.file.exceptions.push_back(std::move(exception));
                out_.exception_lines.push_back(from.line);
            }
        };
        if (const auto base = calendars_.find(found->second.base); base != calendars_.end() && base != found) {
            add(base->second);
        }
        add(found->second);
        ExchangeCalendar calendar{.id = id, .name = names_[id], .week = {}};
        for (std::size_t i = 0; i < 7; ++i) {
            if (found->second.week[i]) calendar.week.push_back(static_cast<Weekday>(i));
        }
        out_.file.calendars.push_back(std::move(calendar));
        out_.calendar_lines.push_back(found->second.line);
        return true;
    }

    // ------------------------------------------------------------------------------------ projects, tasks

    void read_projects() {
        std::optional<Day> data_date;
        bool differ = false;
        for_each_row("PROJECT", {"proj_id", "plan_start_date"}, [&](const Cells& cells) {
            ExchangeProject project{.id = std::string(cells["proj_id"]), .name = std::string(cells["proj_short_name"])};
            const auto start = day(cells, "plan_start_date");
            if (start) {
                project.start = *start;
            } else if (out_.ok()) {
                out_.complain({message::exchange_missing, {"plan_start_date"}}, cells.line());
            }
            project.finish = day(cells, "plan_end_date");
            project.calendar = cells["clndr_id"];
            if (project.calendar.empty() && !calendars_.empty()) project.calendar = calendars_.begin()->first;
            if (!project.calendar.empty() && !use_calendar(project.calendar)) {
                out_.complain({message::exchange_no_such_id, {excerpt(project.calendar), "CALENDAR"}}, cells.line());
            }
            if (const auto status = moment(cells, "last_recalc_date")) {
                const auto last = status->last_reported_day();
                if (last && start && *last >= *start) {
                    differ = differ || (data_date && *data_date != *last);
                    data_date = std::max(data_date.value_or(*last), *last);
                }
            }
            if (out_.file.name.empty()) out_.file.name = project.name;
            out_.file.projects.push_back(std::move(project));
            out_.project_lines.push_back(cells.line());
        });
        out_.file.data_date = data_date;
        if (differ) out_.warn({message::exchange_several_dates, {to_text(*data_date)}});
    }

    void read_tasks() {
        for_each_row("TASK", {"task_id", "target_drtn_hr_cnt"}, [&](const Cells& cells) {
            const std::string id(cells["task_id"]);
            const std::string_view type = cells["task_type"];
            if (type == "TT_LOE" || type == "TT_WBS") {
                left_out_.insert(id);
                ++left_out_types_[std::string(type)];
                return;
            }
            if (!type.empty() && type != "TT_Task" && type != "TT_Rsrc" && type != "TT_Mile" && type != "TT_FinMile") {
                out_.complain({message::exchange_no_word, {"task_type", excerpt(type)}}, cells.line(), type);
            }
            add_task(cells, id);
        });
    }

    void add_task(const Cells& cells, const std::string& id) {
        ExchangeTask task{.id = id, .name = std::string(cells["task_name"]), .project = std::string(cells["proj_id"])};
        if (task.name.empty()) task.name = cells["task_code"];
        task.calendar = cells["clndr_id"];
        if (!task.calendar.empty() && !use_calendar(task.calendar)) {
            out_.complain({message::exchange_no_such_id, {excerpt(task.calendar), "CALENDAR"}}, cells.line());
        }
        const std::int64_t per_day = day_seconds(task.calendar, task.project);
        day_seconds_of_.emplace(id, per_day);
        const auto days = [&](std::string_view column) -> std::optional<WorkDays> {
            const auto count = seconds(cells, column);
            if (!count) return std::nullopt;
            return WorkDays(out_.days(*count, per_day, task.name, std::string(cells[column]) + " h", cells.line()));
        };
        const auto target = days("target_drtn_hr_cnt");
        const auto remaining = days("remain_drtn_hr_cnt");
        task.duration = target.value_or(WorkDays());
        const std::string_view status = cells["status_code"];
        task.actual_start = day(cells, "act_start_date");
        task.actual_finish = day(cells, "act_end_date");
        if (task.actual_start && !task.actual_finish) task.remaining = remaining;
        // work that has not begun takes what remains of it
        if (!task.actual_start && remaining && status != "TK_Complete") task.duration = *remaining;
        constrain(cells, "cstr_type", "cstr_date", task);
        constrain(cells, "cstr_type2", "cstr_date2", task);
        if (!cells["expect_end_date"].empty()) out_.not_used("TASK/expect_end_date");
        if (!cells["suspend_date"].empty()) out_.not_used("TASK/suspend_date");
        out_.file.tasks.push_back(std::move(task));
        out_.task_lines.push_back(cells.line());
    }

    std::int64_t day_seconds(const std::string& calendar, const std::string& project) {
        auto found = calendars_.find(calendar);
        if (found == calendars_.end()) {
            for (const ExchangeProject& row : out_.file.projects) {
                if (row.id == project) found = calendars_.find(row.calendar);
            }
        }
        return found == calendars_.end() ? 8 * hour : found->second.day_seconds;
    }

    void constrain(const Cells& cells, std::string_view type_column, std::string_view date_column, ExchangeTask& task) {
        const std::string_view type = cells[type_column];
        if (type.empty()) return;
        if (type == "CS_ALAP") {
            ++late_;
            return;
        }
        using Field = std::optional<Day> ExchangeTask::*;
        struct Kind {
            std::string_view name;
            Field first;
            Field second;
        };
        constexpr Kind kinds[] = {
            {"CS_MSOA", &ExchangeTask::start_no_earlier, nullptr},
            {"CS_MSOB", &ExchangeTask::start_no_later, nullptr},
            {"CS_MSO", &ExchangeTask::start_no_earlier, &ExchangeTask::start_no_later},
            {"CS_MEOA", &ExchangeTask::finish_no_earlier, nullptr},
            {"CS_MEOB", &ExchangeTask::finish_no_later, nullptr},
            {"CS_MEO", &ExchangeTask::finish_no_earlier, &ExchangeTask::finish_no_later},
            {"CS_MANDSTART", &ExchangeTask::must_start, nullptr},
            {"CS_MANDFIN", &ExchangeTask::must_finish, nullptr},
        };
        const auto* const kind = std::ranges::find(kinds, type, &Kind::name);
        if (kind == std::end(kinds)) {
            out_.complain({message::exchange_no_word, {type_column, excerpt(type)}}, cells.line(), type);
            return;
        }
        const auto date = day(cells, date_column);
        if (!date) {
            out_.warn({message::exchange_date_missing, {type}}, cells.line());
            return;
        }
        task.*(kind->first) = date;
        if (kind->second != nullptr) task.*(kind->second) = date;
    }

    // ----------------------------------------------------------------------------------------------- links

    void read_links() {
        for_each_row("TASKPRED", {"task_id", "pred_task_id", "pred_type"}, [&](const Cells& cells) {
            const std::string successor(cells["task_id"]);
            const std::string predecessor(cells["pred_task_id"]);
            if (left_out_.contains(successor) || left_out_.contains(predecessor)) return;
            const auto from = day_seconds_of_.find(predecessor);
            const auto to = day_seconds_of_.find(successor);
            if (from == day_seconds_of_.end() || to == day_seconds_of_.end()) {
                ++leaving_;
                return;
            }
            ExchangeLink link{.predecessor = predecessor, .successor = successor};
            const std::string_view type = cells["pred_type"];
            if (type == "PR_SS") {
                link.type = LinkKind::start_start;
            } else if (type == "PR_FF") {
                link.type = LinkKind::finish_finish;
            } else if (type == "PR_SF") {
                link.type = LinkKind::start_finish;
            } else if (type != "PR_FS") {
                out_.complain({message::exchange_no_word, {"pred_type", excerpt(type)}}, cells.line(), type);
                return;
            }
            read_lag(cells, link, from->second, to->second);
            out_.file.links.push_back(std::move(link));
            out_.link_lines.push_back(cells.line());
        });
    }

    void read_lag(const Cells& cells, ExchangeLink& link, std::int64_t from, std::int64_t to) {
        const auto lag = seconds(cells, "lag_hr_cnt");
        if (!lag || *lag == 0) return;
        std::int64_t per_day = from;
        if (lag_calendar_ == LagCalendar::successor) per_day = to;
        if (lag_calendar_ == LagCalendar::elapsed) per_day = 24 * hour;
        if (lag_calendar_ == LagCalendar::project) {
            per_day = day_seconds({}, out_.file.projects.empty() ? std::string() : out_.file.projects.front().id);
        }
        link.lag_calendar = lag_calendar_;
        link.lag =
            WorkDays(out_.days(*lag, per_day, link.successor, std::string(cells["lag_hr_cnt"]) + " h", cells.line()));
    }

    ScheduleBuilder& out_;
    std::map<std::string, XerTable, std::less<>> tables_;
    std::map<std::string, XerCalendar> calendars_;
    std::map<std::string, std::string> names_;
    std::set<std::string> used_;
    std::set<std::string> left_out_;
    std::map<std::string, std::size_t> left_out_types_;
    std::map<std::string, std::int64_t> day_seconds_of_;  ///< per task: the length of its working day
    LagCalendar lag_calendar_ = LagCalendar::predecessor;
    std::size_t late_ = 0;
    std::size_t leaving_ = 0;
};

}  // namespace

void read_xer(std::string_view text, ScheduleBuilder& out) { XerReader(text, out).run(); }

}  // namespace countyplan::detail
