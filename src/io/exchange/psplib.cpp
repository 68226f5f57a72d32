#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/scalar/number.hpp>

#include "../word_scanner.hpp"
#include "schedule_builder.hpp"

namespace countyplan::detail {

namespace {

constexpr std::string_view precedence_section = "PRECEDENCE RELATIONS:";
constexpr std::string_view duration_section = "REQUESTS/DURATIONS:";
constexpr std::string_view information_section = "PROJECT INFORMATION:";
constexpr std::string_view jobs_title = "jobs (incl. supersource/sink ):";

/// One line: its words, and where it stands.
struct PsplibLine {
    std::string_view text;
    std::size_t number = 0;
};

std::vector<PsplibLine> lines_of(std::string_view text) {
    std::vector<PsplibLine> out;
    WordScanner scanner(text);
    std::size_t number = 0;
    do {
        ++number;
        std::string_view line = scanner.rest_of_line();
        const std::size_t start = line.find_first_not_of(" \t");
        line = start == std::string_view::npos ? std::string_view() : line.substr(start);
        if (!line.empty()) out.push_back({line, number});
    } while (scanner.next_line());
    return out;
}

class PsplibReader {
  public:
    PsplibReader(std::string_view text, ScheduleBuilder& out) : lines_(lines_of(text)), out_(out) {}

    void run() {
        read_header();
        out_.file.projects.push_back({.id = "1", .start = out_.options().start, .calendar = "all"});
        out_.file.calendars.push_back(
            {.id = "all", .week = std::vector<Weekday>(whole_week.begin(), whole_week.end())});
        read_information();
        read_precedence();
        if (out_.ok()) read_durations();
        out_.warn({message::exchange_no_dates, {to_text(out_.options().start)}});
    }

  private:
    static constexpr std::array<Weekday, 7> whole_week{Weekday::monday,   Weekday::tuesday, Weekday::wednesday,
                                                       Weekday::thursday, Weekday::friday,  Weekday::saturday,
                                                       Weekday::sunday};

    void read_header() {
        for (const PsplibLine& line : lines_) {
            if (line.text.starts_with(jobs_title)) {
                WordScanner words(line.text.substr(jobs_title.size()));
                declared_ = number(words.word_in_line(), line, 0, CriticalPathProblem::max_days);
            } else if (line.text.starts_with("- ")) {
                const std::size_t colon = line.text.find(':');
                WordScanner words(colon == std::string_view::npos ? std::string_view() : line.text.substr(colon + 1));
                const std::string_view count = words.word_in_line();
                if (count == "0" || colon == std::string_view::npos) continue;
                std::string_view kind = line.text.substr(2, colon - 2);
                kind = kind.substr(0, kind.find_last_not_of(" \t") + 1);
                out_.not_used(std::string(kind) + " resources");
            }
        }
    }

    /// The place after the section's title; nothing, and a complaint, where it is missing.
    std::optional<std::size_t> section(std::string_view title, bool is_needed) {
        const auto found =
            std::ranges::find_if(lines_, [&](const PsplibLine& line) { return line.text.starts_with(title); });
        if (found != lines_.end()) return static_cast<std::size_t>(found - lines_.begin()) + 1;
        if (is_needed) out_.complain({message::psplib_no_section, {title}}, 0);
        return std::nullopt;
    }

    std::optional<std::int64_t> number(std::string_view word, const PsplibLine& line, std::int64_t low,
                                       std::int64_t high) {
        const auto value = parse_number<std::int64_t>(word);
        if (!value) {
            out_.complain({message::exchange_no_number, {excerpt(line.text), excerpt(word)}}, line.number, word);
        } else if (*value < low || *value > high) {
            out_.complain({message::exchange_number_range, {to_text(*value), to_text(low), to_text(high)}}, line.number,
                          word);
        } else {
            return value;
        }
        return std::nullopt;
    }

    void read_information() {
        const auto start = section(information_section, false);
        if (!start || *start + 1 >= lines_.size()) return;
        const PsplibLine& line = lines_[*start + 1];
        WordScanner words(line.text);
        (void)words.word_in_line();  // the project's number
        (void)words.word_in_line();  // jobs without source and sink
        const auto release = number(words.word_in_line(), line, 0, 100'000);
        const std::string_view due = words.word_in_line();
        if (release) {
            ExchangeProject& project = out_.file.projects.front();
            project.start = project.start + std::chrono::days(*release);
        }
        if (!due.empty() && due != "0") out_.not_used("duedate, tardcost");
    }

    void read_precedence() {
        const auto start = section(precedence_section, true);
        if (!start) return;
        for (std::size_t at = *start + 1; at < lines_.size() && !lines_[at].text.starts_with('*'); ++at) {
            if (out_.full()) return;
            const PsplibLine& line = lines_[at];
            WordScanner words(line.text);
            const std::string_view job = words.word_in_line();
            const std::string expected = to_text(out_.file.tasks.size() + 1);
            if (job != expected) {
                out_.complain({message::psplib_order, {expected, excerpt(job)}}, line.number, job);
                return;
            }
            const std::string_view modes = words.word_in_line();
            if (modes != "1") {
                out_.complain({message::psplib_modes, {expected, excerpt(modes)}}, line.number, modes);
                return;
            }
            const auto count = number(words.word_in_line(), line, 0, CriticalPathProblem::max_days);
            if (!count) return;
            std::int64_t listed = 0;
            for (auto word = words.word_in_line(); !word.empty(); word = words.word_in_line(), ++listed) {
                out_.file.links.push_back({.predecessor = expected, .successor = std::string(word)});
                out_.link_lines.push_back(line.number);
            }
            if (listed != *count) {
                out_.complain({message::psplib_successors, {expected, to_text(*count), to_text(listed)}}, line.number);
            }
            out_.file.tasks.push_back({.id = expected});
            out_.task_lines.push_back(line.number);
        }
        compare(precedence_section, out_.file.tasks.size());
    }

    void read_durations() {
        const auto start = section(duration_section, true);
        if (!start) return;
        std::size_t job = 0;
        for (std::size_t at = *start + 1; at < lines_.size() && !lines_[at].text.starts_with('*'); ++at) {
            const PsplibLine& line = lines_[at];
            if (line.text.starts_with('-')) continue;
            WordScanner words(line.text);
            const std::string_view stated = words.word_in_line();
            const std::string expected = to_text(job + 1);
            if (stated != expected || job >= out_.file.tasks.size()) {
                out_.complain({message::psplib_order, {expected, excerpt(stated)}}, line.number, stated);
                return;
            }
            (void)words.word_in_line();  // the mode
            const auto duration = number(words.word_in_line(), line, 0, CriticalPathProblem::max_days);
            if (!duration) return;
            out_.file.tasks[job++].duration = WorkDays(*duration);
        }
        compare(duration_section, job);
    }

    void compare(std::string_view title, std::size_t count) {
        const auto expected = declared_.value_or(static_cast<std::int64_t>(out_.file.tasks.size()));
        if (std::cmp_equal(expected, count)) return;
        out_.complain({message::psplib_jobs, {to_text(expected), title, to_text(count)}}, 0);
    }

    std::vector<PsplibLine> lines_;
    ScheduleBuilder& out_;
    std::optional<std::int64_t> declared_;
};

}  // namespace

void read_psplib(std::string_view text, ScheduleBuilder& out) { PsplibReader(text, out).run(); }

}  // namespace countyplan::detail
