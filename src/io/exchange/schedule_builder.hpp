// How does a reader put a schedule together and keep what it finds, each with its line?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/io/exchange/messages.hpp>
#include <countyplan/io/exchange/read_schedule.hpp>
#include <countyplan/io/flaw.hpp>

#include "../finding_list.hpp"

namespace countyplan::detail {

/// Working time as whole days.
struct WholeDays {
    std::int64_t count = 0;
    bool is_exact = true;
};

/// `seconds` as days of `seconds_per_day` > 0, rounded up; a hundredth of a day is forgiven.
inline WholeDays whole_days(std::int64_t seconds, std::int64_t seconds_per_day) {
    const std::int64_t slack = seconds_per_day / 100;
    std::int64_t count = seconds / seconds_per_day;
    std::int64_t rest = seconds % seconds_per_day;
    if (rest < 0) {
        rest += seconds_per_day;
        --count;
    }
    if (rest <= slack) return {count, true};
    return {count + 1, seconds_per_day - rest <= slack};
}

/// A schedule that is being read. The lines tell where the rows of a table stand.
class ScheduleBuilder {
  public:
    ScheduleBuilder(std::string name, const ScheduleReadOptions& options)
        : options_(options), name_(std::move(name)), findings_(options.limits) {}

    ScheduleFile file{};
    std::vector<std::size_t> calendar_lines{};
    std::vector<std::size_t> exception_lines{};
    std::vector<std::size_t> project_lines{};
    std::vector<std::size_t> task_lines{};
    std::vector<std::size_t> link_lines{};

    [[nodiscard]] const ScheduleReadOptions& options() const { return options_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] bool ok() const { return !findings_.has_errors(); }
    [[nodiscard]] bool full() const { return findings_.full(); }
    [[nodiscard]] FindingList& findings() { return findings_; }

    void add(const Flaw& flaw) { findings_.add(flaw, name_); }
    void complain(Message what, std::size_t line, std::string_view value = {}, Message remedy = {}) {
        say(Severity::error, std::move(what), line, value, std::move(remedy));
    }
    void warn(Message what, std::size_t line = 0, std::string_view value = {}, Message remedy = {}) {
        say(Severity::warning, std::move(what), line, value, std::move(remedy));
    }
    /// Something that the file says and nobody here reads; told once per name at the end.
    void not_used(std::string_view what) { ++not_used_[std::string(what.substr(0, 80))]; }

    /// Days from seconds; says once where a number was rounded, and how often it happened again.
    std::int64_t days(std::int64_t seconds, std::int64_t per_day, std::string_view task, std::string_view words,
                      std::size_t line) {
        const WholeDays whole = whole_days(seconds, per_day);
        if (!whole.is_exact && parts_++ < 3) {
            warn({message::exchange_part_days, {excerpt(task), excerpt(words), to_text(whole.count)}}, line);
        }
        return whole.count;
    }

    /// Checks the whole, and gives what is found its line.
    [[nodiscard]] ScheduleReading finish(ScheduleFormat format) {
        if (parts_ > 3) warn({message::exchange_part_days_more, {to_text(parts_ - 3)}});
        for (const auto& [what, times] : not_used_)
            warn({message::exchange_not_used, {excerpt(what), to_text(times)}});
        if (ok()) {
            if (options_.data_date) file.data_date = options_.data_date;
            for (Finding& finding : check(file)) {
                finding.source.file = name_;
                if (finding.place.row) finding.source.line = line_of(finding.place.table, *finding.place.row);
                findings_.add(std::move(finding));
            }
        }
        ScheduleReading reading{.format = format};
        if (ok()) reading.file = std::move(file);
        reading.findings = findings_.take();
        return reading;
    }

  private:
    void say(Severity severity, Message what, std::size_t line, std::string_view value, Message remedy) {
        if (!findings_.takes(severity)) return findings_.leave_out();
        findings_.add({.severity = severity,
                       .message = std::move(what),
                       .value = excerpt(value.substr(0, 400)),
                       .remedy = std::move(remedy),
                       .source = {name_, line, 0, {}}});
    }
    [[nodiscard]] std::size_t line_of(std::string_view table, std::size_t row) const {
        for (const auto& [of, lines] :
             {std::pair{Table<ExchangeCalendar>::name, &calendar_lines},
              std::pair{Table<ExchangeException>::name, &exception_lines},
              std::pair{Table<ExchangeProject>::name, &project_lines},
              std::pair{Table<ExchangeTask>::name, &task_lines}, std::pair{Table<ExchangeLink>::name, &link_lines}}) {
            if (of == table && row < lines->size()) return (*lines)[row];
        }
        return 0;
    }

    const ScheduleReadOptions& options_;
    std::string name_;
    FindingList findings_;
    std::map<std::string, std::size_t> not_used_;
    std::size_t parts_ = 0;
};

// Each reads one format; `text` is UTF-8 without byte order mark.
void read_psplib(std::string_view text, ScheduleBuilder& out);
void read_mspdi(std::string_view text, ScheduleBuilder& out);
void read_xer(std::string_view text, ScheduleBuilder& out);
void read_schedule_document(std::string bytes, ScheduleBuilder& out);

}  // namespace countyplan::detail
