#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <pugixml.hpp>

#include <countyplan/scalar/number.hpp>

#include "exchange_date.hpp"
#include "schedule_builder.hpp"
#include "xml_text.hpp"

namespace countyplan::detail {

namespace {

constexpr std::int64_t seconds_per_minute = 60;
constexpr std::int64_t elapsed_day = 86'400;
constexpr const char* elapsed_calendar = "elapsed";
constexpr const char* standard_calendar = "standard";

// What Project works out from the rest, or says about looks and money: nothing is lost without it.
constexpr std::string_view derived[] = {"ID",
                                        "GUID",
                                        "CreateDate",
                                        "WBS",
                                        "WBSLevel",
                                        "OutlineNumber",
                                        "Priority",
                                        "Start",
                                        "Finish",
                                        "ResumeValid",
                                        "Recurring",
                                        "OverAllocated",
                                        "Estimated",
                                        "Milestone",
                                        "Critical",
                                        "EarlyStart",
                                        "EarlyFinish",
                                        "LateStart",
                                        "LateFinish",
                                        "StartVariance",
                                        "FinishVariance",
                                        "WorkVariance",
                                        "FreeSlack",
                                        "TotalSlack",
                                        "StartSlack",
                                        "FinishSlack",
                                        "PercentComplete",
                                        "PercentWorkComplete",
                                        "Cost",
                                        "Work",
                                        "RegularWork",
                                        "RemainingWork",
                                        "RemainingCost",
                                        "ActualDuration",
                                        "ActualWork",
                                        "ActualCost",
                                        "ACWP",
                                        "CV",
                                        "BCWS",
                                        "BCWP",
                                        "EarnedValueMethod",
                                        "Type",
                                        "EffortDriven",
                                        "FixedCostAccrual",
                                        "LevelAssignments",
                                        "LevelingCanSplit",
                                        "LevelingDelayFormat",
                                        "IgnoreResourceCalendar",
                                        "HideBar",
                                        "Rollup",
                                        "CommitmentType",
                                        "DisplayAsSummary",
                                        "IsPublished",
                                        "StatusManager",
                                        "Notes",
                                        "Hyperlink",
                                        "HyperlinkAddress",
                                        "HyperlinkSubAddress",
                                        "Contact",
                                        "PreLeveledStart",
                                        "PreLeveledFinish",
                                        "DurationText",
                                        "StartText",
                                        "FinishText",
                                        "ManualStart",
                                        "ManualFinish",
                                        "ManualDuration",
                                        "CalendarUID",
                                        "UID",
                                        "Name",
                                        "ConstraintType",
                                        "Summary",
                                        "IsSubprojectReadOnly",
                                        "ExtendedAttribute",
                                        "Baseline",
                                        "OutlineCode",
                                        "TimephasedData",
                                        "PhysicalPercentComplete"};

/// A duration of XML Schema in seconds; years and months have no length here.
std::optional<std::int64_t> seconds_of(std::string_view text) {
    if (!text.starts_with('P') || text.size() > 64) return std::nullopt;
    text.remove_prefix(1);
    std::int64_t seconds = 0;
    bool in_time = false;
    bool any = false;
    while (!text.empty()) {
        if (text.front() == 'T' && !in_time) {
            in_time = true;
            text.remove_prefix(1);
            continue;
        }
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || number < 0 || number > 10'000'000'000 || end == text.data() + text.size()) {
            return std::nullopt;
        }
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.front() == '.') {  // parts of a second
            const std::size_t digits = text.find_first_not_of("0123456789", 1);
            if (digits == std::string_view::npos || text[digits] != 'S') return std::nullopt;
            text.remove_prefix(digits);
        }
        const char unit = text.front();
        text.remove_prefix(1);
        if (!in_time && unit == 'D') {
            seconds += number * elapsed_day;
        } else if (in_time && unit == 'H') {
            seconds += number * 3'600;
        } else if (in_time && unit == 'M') {
            seconds += number * seconds_per_minute;
        } else if (in_time && unit == 'S') {
            seconds += number;
        } else {
            return std::nullopt;
        }
        any = true;
    }
    return any ? std::optional(seconds) : std::nullopt;
}

bool is_elapsed_format(std::int64_t format) {
    return (format >= 4 && format <= 12 && format % 2 == 0) || (format >= 36 && format <= 44 && format % 2 == 0);
}
bool is_percent_format(std::int64_t format) { return format == 19 || format == 20 || format == 51 || format == 52; }

/// One element of Tasks as far as it is used.
struct MspdiTask {
    std::string uid{};
    std::string name{};
    std::size_t line = 0;
    std::int64_t level = 0;
    bool is_summary = false;
    bool is_left_out = false;
    std::size_t end = 0;  ///< one past its last descendant in the file
    pugi::xml_node node{};
};

struct MspdiCalendar {
    std::string name;
    std::string base;
    std::size_t line = 0;
    std::array<std::optional<bool>, 7> week{};  ///< Monday first; unset: as the base calendar
    std::vector<ExchangeException> exceptions{};
    std::vector<std::size_t> exception_lines{};
};

class MspdiReader {
  public:
    MspdiReader(std::string_view text, ScheduleBuilder& out) : lines_(text), out_(out) {
        for (const Flaw& flaw : xml_flaws(text, out.options().limits))
            out.add(flaw);
        if (!out.ok()) return;
        const pugi::xml_parse_result parsed =
            document_.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
        if (parsed) return;
        out.complain({message::xml_syntax, {parsed.description()}}, lines_.line_of(parsed.offset));
    }

    void run() {
        if (!out_.ok()) return;
        const pugi::xml_node root = document_.document_element();
        if (std::string_view(root.name()) != "Project") {
            out_.complain({message::xml_wrong_root, {excerpt(root.name()), "Project"}}, line(root));
            return;
        }
        if (root.next_sibling().type() == pugi::node_element) {
            out_.complain({message::xml_syntax, {excerpt(root.next_sibling().name())}}, line(root.next_sibling()));
            return;
        }
        read_project(root);
        read_calendars(root.child("Calendars"));
        read_tasks(root.child("Tasks"));
        if (!out_.ok()) return;
        read_links();
        tell_unused();
    }

  private:
    [[nodiscard]] std::size_t line(const pugi::xml_node& node) const { return lines_.line_of(node.offset_debug()); }

    static std::string_view text_of(const pugi::xml_node& node, const char* name) { return node.child_value(name); }

    std::optional<std::int64_t> number(const pugi::xml_node& parent, const char* name) {
        const pugi::xml_node node = parent.child(name);
        if (!node) return std::nullopt;
        const std::string_view words = node.child_value();
        if (words.empty()) return std::nullopt;
        const auto value = parse_number<std::int64_t>(words);
        constexpr std::int64_t most = std::int64_t{1} << 48;
        if (!value || *value > most || *value < -most) {
            out_.complain({message::exchange_no_number, {name, excerpt(words)}}, line(node), words);
            return std::nullopt;
        }
        return value;
    }

    bool truth(const pugi::xml_node& parent, const char* name, bool otherwise = false) {
        const std::string_view words = text_of(parent, name);
        if (words.empty()) return otherwise;
        if (words == "1" || words == "true") return true;
        if (words != "0" && words != "false") {
            out_.complain({message::exchange_no_word, {name, excerpt(words)}}, line(parent.child(name)), words);
        }
        return false;
    }

    std::optional<ExchangeDate> moment(const pugi::xml_node& parent, const char* name) {
        const std::string_view words = text_of(parent, name);
        if (words.empty() || words == "NA") return std::nullopt;
        const auto date = exchange_date(words, 'T');
        if (!date) out_.complain({message::exchange_no_date, {name, excerpt(words)}}, line(parent.child(name)), words);
        return date;
    }
    std::optional<Day> day(const pugi::xml_node& parent, const char* name) {
        const auto date = moment(parent, name);
        return date ? std::optional(date->day) : std::nullopt;
    }

    // -------------------------------------------------------------------------------------------- project

    void read_project(const pugi::xml_node& root) {
        ExchangeProject project{.id = "1"};
        project.name = text_of(root, "Title");
        if (project.name.empty()) project.name = text_of(root, "Name");
        out_.file.name = project.name;
        project.calendar = text_of(root, "CalendarUID");
        if (const auto minutes = number(root, "MinutesPerDay")) {
            if (*minutes < 1 || *minutes > 1'440) {
                out_.complain({message::exchange_number_range, {to_text(*minutes), "1", "1440"}},
                              line(root.child("MinutesPerDay")));
            } else {
                day_seconds_ = *minutes * seconds_per_minute;
            }
        }
        if (!truth(root, "ScheduleFromStart", true)) {
            out_.warn(message::exchange_from_finish, line(root.child("ScheduleFromStart")));
        }
        const auto start = day(root, "StartDate");
        if (start) {
            project.start = *start;
        } else if (out_.ok()) {
            out_.complain({message::exchange_missing, {"StartDate"}}, line(root));
        }
        if (const auto status = moment(root, "StatusDate")) out_.file.data_date = status->last_reported_day();
        out_.file.projects.push_back(std::move(project));
        out_.project_lines.push_back(line(root));
        for (const char* const part : {"Resources", "Assignments"}) {
            const auto children = root.child(part).children();
            for (const pugi::xml_node& child : children) {
                // Project writes a nameless resource 0 and its assignments to every task
                if (!text_of(child, "Name").empty() || part == std::string_view("Assignments")) {
                    if (text_of(child, "ResourceUID") != "-65535") out_.not_used(part);
                }
            }
        }
    }

    // ------------------------------------------------------------------------------------------- calendars

    void read_calendars(const pugi::xml_node& parent) {
        for (const pugi::xml_node& node : parent.children("Calendar")) {
            if (out_.full()) return;
            const std::string uid(text_of(node, "UID"));
            MspdiCalendar calendar;
            calendar.name = text_of(node, "Name");
            calendar.line = line(node);
            const std::string_view base = text_of(node, "BaseCalendarUID");
            if (base != "-1" && base != "0") calendar.base = base;
            read_week(node, calendar);
            for (const pugi::xml_node& exception : node.child("Exceptions").children("Exception"))
                read_exception(exception, calendar);
            if (node.child("WorkWeeks").first_child()) out_.not_used("Calendar/WorkWeeks");
            if (!calendars_.emplace(uid, std::move(calendar)).second) {
                out_.complain({message::exchange_id_twice, {excerpt(uid), "?"}}, line(node));
            }
        }
    }

    /// Whether the day has working time; its length in seconds is noted.
    bool is_worked(const pugi::xml_node& node, std::set<std::int64_t>& lengths) {
        if (!truth(node, "DayWorking")) return false;
        std::int64_t length = 0;
        for (const pugi::xml_node& time : node.child("WorkingTimes").children("WorkingTime")) {
            const auto from = exchange_clock(text_of(time, "FromTime"));
            const auto to = exchange_clock(text_of(time, "ToTime"));
            if (!from || !to) continue;
            length += *to > *from ? *to - *from : *to - *from + elapsed_day;
        }
        if (length > 0) lengths.insert(length);
        return true;
    }

    void read_week(const pugi::xml_node& node, MspdiCalendar& calendar) {
        std::set<std::int64_t> lengths;
        for (const pugi::xml_node& entry : node.child("WeekDays").children("WeekDay")) {
            const auto type = number(entry, "DayType");
            if (!type) continue;
            if (*type < 0 || *type > 7) {
                out_.complain({message::exchange_number_range, {to_text(*type), "0", "7"}}, line(entry));
            } else if (*type == 0) {
                read_exception(entry, calendar);
            } else {
                calendar.week[static_cast<std::size_t>((*type + 5) % 7)] = is_worked(entry, lengths);
            }
        }
        if (lengths.size() > 1) out_.warn({message::exchange_uneven_days, {excerpt(calendar.name)}}, line(node));
    }

    void read_exception(const pugi::xml_node& node, MspdiCalendar& calendar) {
        const pugi::xml_node period = node.child("TimePeriod");
        const auto from = day(period, "FromDate");
        const auto to = day(period, "ToDate");
        const auto type = number(node, "Type");
        const auto every = number(node, "Period");
        if (!from || !to || (type && *type != 1) || (every && *every > 1)) {
            out_.warn({message::exchange_recurring, {excerpt(calendar.name)}}, line(node));
            return;
        }
        std::set<std::int64_t> lengths;
        calendar.exceptions.push_back({.from = *from,
                                       .to = *to,
                                       .kind = is_worked(node, lengths) ? DayKind::work : DayKind::off,
                                       .name = std::string(text_of(node, "Name"))});
        calendar.exception_lines.push_back(line(node));
    }

    /// Adds the calendar, with what it takes from its bases, to the file; false where there is none.
    bool use_calendar(const std::string& uid) {
        if (used_.contains(uid)) return true;
        const auto found = calendars_.find(uid);
        if (found == calendars_.end()) return false;
        used_.insert(uid);
        std::vector<const MspdiCalendar*> chain;  // from the calendar to its last base
        for (auto at = found; at != calendars_.end(); at = calendars_.find(at->second.base)) {
            chain.push_back(&at->second);
            if (chain.size() > calendars_.size()) {
                out_.complain({message::mspdi_base_circle, {excerpt(uid)}}, found->second.line);
                return true;
            }
        }
        std::array<bool, 7> week{true, true, true, true, true, false, false};
        for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
            for (std::size_t i = 0; i < week.size(); ++i)
                week[i] = (*at)->week[i].value_or(week[i]);
            for (std::size_t i = 0; i < (*at)->exceptions.size(); ++i) {
                ExchangeException exception = (*at)->exceptions[i];
                exception.calendar = uid;
                out_.file.exceptions.push_back(std::move(exception));
                out_.exception_lines.push_back((*at)->exception_lines[i]);
            }
        }
        ExchangeCalendar calendar{.id = uid, .name = found->second.name, .week = {}};
        for (std::size_t i = 0; i < week.size(); ++i) {
            if (week[i]) calendar.week.push_back(static_cast<Weekday>(i));
        }
        out_.file.calendars.push_back(std::move(calendar));
        out_.calendar_lines.push_back(found->second.line);
        return true;
    }

    void use_elapsed_calendar() {
        if (!used_.insert(elapsed_calendar).second) return;
        ExchangeCalendar calendar{.id = elapsed_calendar, .week = {}};
        for (std::size_t i = 0; i < enumerator_count<Weekday>; ++i)
            calendar.week.push_back(static_cast<Weekday>(i));
        out_.file.calendars.push_back(std::move(calendar));
        out_.calendar_lines.push_back(0);
    }

    // ----------------------------------------------------------------------------------------------- tasks

    void read_tasks(const pugi::xml_node& parent) {
        for (const pugi::xml_node& node : parent.children("Task")) {
            if (out_.full()) return;
            if (truth(node, "IsNull")) continue;
            MspdiTask task{.uid = std::string(text_of(node, "UID")), .node = node};
            task.name = text_of(node, "Name");
            task.line = line(node);
            task.level = number(node, "OutlineLevel").value_or(1);
            const auto deepest = static_cast<std::int64_t>(out_.options().limits.depth);
            if (task.level < 0 || task.level > deepest) {
                out_.complain({message::exchange_number_range, {to_text(task.level), "0", to_text(deepest)}},
                              line(node.child("OutlineLevel")));
            }
            task.is_summary = truth(node, "Summary");
            const bool is_off = !truth(node, "Active", true);
            const bool is_elsewhere = truth(node, "ExternalTask") || truth(node, "IsSubproject");
            if (is_off) ++inactive_;
            if (is_elsewhere) ++external_;
            task.is_left_out = is_off || is_elsewhere;
            if (task.uid == "0" && task.level == 0) task.is_summary = true;
            rows_.push_back(std::move(task));
        }
        close_outline();
        ExchangeProject& project = out_.file.projects.front();
        if (!use_calendar(project.calendar)) {
            // without one of its own, Project takes its standard calendar
            project.calendar = calendars_.empty() ? standard_calendar : calendars_.begin()->first;
            if (!use_calendar(project.calendar)) {
                out_.file.calendars.push_back({.id = project.calendar});
                out_.calendar_lines.push_back(0);
            }
        }
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (out_.full()) return;
            if (!by_uid_.emplace(rows_[i].uid, i).second) {
                out_.complain({message::exchange_id_twice, {excerpt(rows_[i].uid), "?"}}, rows_[i].line);
            }
            if (!rows_[i].is_summary && !rows_[i].is_left_out) add_task(rows_[i]);
        }
        for (const MspdiTask& row : rows_) {
            if (row.is_summary && !row.is_left_out) hand_down(row);
        }
    }

    /// Where each summary task ends. A task that says Summary but has nothing below is a task.
    void close_outline() {
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            while (!open.empty() && rows_[open.back()].level >= rows_[i].level) {
                rows_[open.back()].end = i;
                open.pop_back();
            }
            open.push_back(i);
        }
        for (const std::size_t i : open)
            rows_[i].end = rows_.size();
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const bool is_root = rows_[i].uid == "0" && rows_[i].level == 0;
            if (!is_root) rows_[i].is_summary = rows_[i].end > i + 1;
        }
    }

    std::optional<std::int64_t> duration(const MspdiTask& row, const char* name, std::int64_t per_day) {
        const std::string_view words = text_of(row.node, name);
        if (words.empty()) return std::nullopt;
        const auto seconds = seconds_of(words);
        if (!seconds) {
            out_.complain({message::exchange_no_duration, {name, excerpt(words)}}, line(row.node.child(name)), words);
            return std::nullopt;
        }
        return out_.days(*seconds, per_day, row.name, words, row.line);
    }

    void add_task(const MspdiTask& row) {
        ExchangeTask task{.id = row.uid, .name = row.name};
        std::int64_t per_day = day_seconds_;
        const std::string calendar(text_of(row.node, "CalendarUID"));
        if (is_elapsed_format(number(row.node, "DurationFormat").value_or(7))) {
            per_day = elapsed_day;
            use_elapsed_calendar();
            task.calendar = elapsed_calendar;
        } else if (!calendar.empty() && calendar != "-1") {
            if (use_calendar(calendar)) {
                task.calendar = calendar;
            } else {
                out_.complain({message::exchange_no_such_id, {excerpt(calendar), "Calendars"}},
                              line(row.node.child("CalendarUID")), calendar);
            }
        }
        task.duration = WorkDays(duration(row, "Duration", per_day).value_or(0));
        constrain(row, task);
        task.deadline = day(row.node, "Deadline");
        task.actual_start = day(row.node, "ActualStart");
        task.actual_finish = day(row.node, "ActualFinish");
        if (task.actual_start && !task.actual_finish) {
            if (const auto rest = duration(row, "RemainingDuration", per_day)) task.remaining = WorkDays(*rest);
        }
        if (truth(row.node, "Manual")) ++manual_;
        note_unused(row.node);
        out_.file.tasks.push_back(std::move(task));
        out_.task_lines.push_back(row.line);
    }

    void constrain(const MspdiTask& row, ExchangeTask& task) {
        const auto type = number(row.node, "ConstraintType");
        if (!type || *type == 0) return;
        if (*type < 0 || *type > 7) {
            out_.complain({message::exchange_number_range, {to_text(*type), "0", "7"}},
                          line(row.node.child("ConstraintType")));
            return;
        }
        if (*type == 1) {
            ++late_;
            return;
        }
        const auto date = day(row.node, "ConstraintDate");
        if (!date) {
            out_.warn({message::exchange_date_missing, {to_text(*type)}}, row.line);
            return;
        }
        constexpr std::optional<Day> ExchangeTask::*fields[] = {
            &ExchangeTask::must_start,     &ExchangeTask::must_finish,       &ExchangeTask::start_no_earlier,
            &ExchangeTask::start_no_later, &ExchangeTask::finish_no_earlier, &ExchangeTask::finish_no_later};
        task.*fields[*type - 2] = date;
    }

    void note_unused(const pugi::xml_node& node) {
        constexpr std::string_view read[] = {
            "Duration",     "DurationFormat",    "ConstraintDate", "Deadline",       "ActualStart",
            "ActualFinish", "RemainingDuration", "OutlineLevel",   "IsNull",         "Active",
            "Manual",       "ExternalTask",      "IsSubproject",   "PredecessorLink"};
        const auto children = node.children();
        for (const pugi::xml_node& child : children) {
            if (child.type() != pugi::node_element) continue;
            const std::string_view name = child.name();
            const std::string_view words = child.child_value();
            if (std::ranges::count(read, name) > 0 || std::ranges::count(derived, name) > 0) continue;
            if (words.empty() || words == "0" || words == "false" || words == "NA" || words == "PT0H0M0S") continue;
            out_.not_used("Task/" + std::string(name));
        }
    }

    /// The soft limits of a summary task hold for all tasks below it.
    void hand_down(const MspdiTask& row) {
        const auto type = number(row.node, "ConstraintType").value_or(0);
        const auto date = day(row.node, "ConstraintDate");
        const auto deadline = day(row.node, "Deadline");
        if (type != 0 && type != 4 && type != 7) out_.not_used("Task/ConstraintType " + to_text(type) + " (Summary)");
        const bool has_limit = (type == 4 || type == 7) && date;
        if (!has_limit && !deadline) return;
        const Leaves below = leaves(row);
        for (std::size_t leaf = below.first; leaf < below.last; ++leaf) {
            ExchangeTask& task = out_.file.tasks[leaf];
            if (has_limit && type == 4) task.start_no_earlier = std::max(task.start_no_earlier.value_or(*date), *date);
            if (has_limit && type == 7) task.finish_no_later = std::min(task.finish_no_later.value_or(*date), *date);
            if (deadline) task.deadline = std::min(task.deadline.value_or(*deadline), *deadline);
        }
    }

    /// The tasks of the file that a row stands for: itself, or all below it.
    struct Leaves {
        std::size_t first = 0;
        std::size_t last = 0;  ///< one past
        [[nodiscard]] std::size_t size() const { return last - first; }
    };
    Leaves leaves(const MspdiTask& row) {
        if (before_.empty()) {
            before_.assign(rows_.size() + 1, 0);
            for (std::size_t i = 0; i < rows_.size(); ++i)
                before_[i + 1] = before_[i] + (rows_[i].is_summary || rows_[i].is_left_out ? 0 : 1);
        }
        const std::size_t first = by_uid_.at(row.uid);
        return {before_[first], before_[std::max(row.end, first + 1)]};
    }

    // ----------------------------------------------------------------------------------------------- links

    void read_links() {
        for (const MspdiTask& row : rows_) {
            for (const pugi::xml_node& node : row.node.children("PredecessorLink")) {
                if (out_.full()) return;
                if (!row.is_left_out) read_link(row, node);
            }
        }
    }

    void read_link(const MspdiTask& successor, const pugi::xml_node& node) {
        const std::string uid(text_of(node, "PredecessorUID"));
        const auto found = by_uid_.find(uid);
        if (found == by_uid_.end() || truth(node, "CrossProject")) {
            ++leaving_;
            return;
        }
        const MspdiTask& predecessor = rows_[found->second];
        if (predecessor.is_left_out) return;
        const auto type = number(node, "Type").value_or(1);
        if (type < 0 || type > 3) {
            out_.complain({message::exchange_number_range, {to_text(type), "0", "3"}}, line(node.child("Type")));
            return;
        }
        constexpr LinkKind kinds[] = {LinkKind::finish_finish, LinkKind::finish_start, LinkKind::start_finish,
                                      LinkKind::start_start};
        ExchangeLink link{.type = kinds[type]};
        if (!read_lag(successor, node, link)) return;
        // the first start of several tasks is no bound on one of them, nor is the last finish
        const bool from_start = link.type == LinkKind::start_start || link.type == LinkKind::start_finish;
        const bool to_finish = link.type == LinkKind::finish_finish || link.type == LinkKind::start_finish;
        const Leaves before = leaves(predecessor);
        const Leaves after = leaves(successor);
        if ((predecessor.is_summary && from_start && before.size() > 1) ||
            (successor.is_summary && to_finish && after.size() > 1)) {
            const MspdiTask& summary = predecessor.is_summary && from_start ? predecessor : successor;
            out_.complain({message::mspdi_summary_link, {excerpt(summary.name), word(link.type)}}, line(node));
            return;
        }
        const std::size_t most = out_.options().limits.records;
        if (before.size() * after.size() + out_.file.links.size() > most) {
            out_.complain({message::mspdi_too_many_links, {to_text(most)}}, line(node));
            return;
        }
        for (std::size_t from = before.first; from < before.last; ++from) {
            for (std::size_t to = after.first; to < after.last; ++to) {
                link.predecessor = out_.file.tasks[from].id;
                link.successor = out_.file.tasks[to].id;
                out_.file.links.push_back(link);
                out_.link_lines.push_back(line(node));
            }
        }
    }

    bool read_lag(const MspdiTask& successor, const pugi::xml_node& node, ExchangeLink& link) {
        const auto tenths = number(node, "LinkLag").value_or(0);
        if (tenths == 0) return true;
        const auto format = number(node, "LagFormat").value_or(7);
        if (is_percent_format(format)) {
            out_.complain(message::mspdi_percent_lag, line(node), {}, message::mspdi_lag_in_days);
            return false;
        }
        const bool is_elapsed = is_elapsed_format(format);
        link.lag_calendar = is_elapsed ? LagCalendar::elapsed : LagCalendar::successor;
        link.lag = WorkDays(out_.days(tenths * 6, is_elapsed ? elapsed_day : day_seconds_, successor.name,
                                      "LinkLag " + to_text(tenths), line(node)));
        return true;
    }

    void tell_unused() {
        if (late_ > 0) out_.warn({message::exchange_as_early, {to_text(late_)}});
        if (manual_ > 0) out_.warn({message::exchange_by_hand, {to_text(manual_)}});
        if (inactive_ > 0) out_.warn({message::exchange_left_out, {to_text(inactive_), "Active 0"}});
        if (external_ > 0) out_.warn({message::exchange_left_out, {to_text(external_), "ExternalTask, IsSubproject"}});
        if (leaving_ > 0) out_.warn({message::exchange_other_link_end, {to_text(leaving_)}});
    }

    LineIndex lines_;
    ScheduleBuilder& out_;
    pugi::xml_document document_;
    std::int64_t day_seconds_ = 480 * seconds_per_minute;
    std::map<std::string, MspdiCalendar> calendars_;
    std::set<std::string> used_;
    std::vector<MspdiTask> rows_;
    std::map<std::string, std::size_t> by_uid_;
    std::vector<std::size_t> before_;  ///< per row: how many tasks of the file come before it
    std::size_t late_ = 0;
    std::size_t manual_ = 0;
    std::size_t inactive_ = 0;
    std::size_t external_ = 0;
    std::size_t leaving_ = 0;
};

}  // namespace

void read_mspdi(std::string_view text, ScheduleBuilder& out) { MspdiReader(text, out).run(); }

}  // namespace countyplan::detail
