#include <cstdint>
#include <string>
#include <string_view>

#include <countyplan/io/exchange/messages.hpp>
#include <countyplan/io/exchange/write_schedule.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/version.hpp>

#include "../utf_8.hpp"

namespace countyplan {

namespace {

constexpr std::size_t most_octets = 75;  // of a line, without its end

/// One content line, folded.
void put_line(std::string& out, std::string_view line) {
    std::size_t used = 0;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t size = detail::utf_8_sequence(line, at);
        const std::size_t step = size == 0 ? 1 : size;
        if (used + step > most_octets) {
            out += "\r\n ";
            used = 1;
        }
        out += line.substr(at, step);
        used += step;
        at += step;
    }
    out += "\r\n";
}

/// A value of type TEXT. Control characters have no way of writing and are left out.
std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = detail::utf_8_sequence(text, at);
        const auto byte = static_cast<unsigned char>(text[at]);
        if (size == 0) {
            out += "\xEF\xBF\xBD";
        } else if (byte == '\\' || byte == ';' || byte == ',') {
            out += '\\';
            out += text[at];
        } else if (byte == '\n') {
            out += "\\n";
        } else if (byte >= 0x20 && byte != 0x7F) {
            out += text.substr(at, size);
        }
        at += size == 0 ? 1 : size;
    }
    return out;
}

std::string compact(Day day) {
    const std::string iso = to_text(day);
    return iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8, 2);
}

/// A name for the event that stays the same from file to file: FNV-1a over project, file and task.
std::string event_id(const ScheduleFile& file, const ExchangeTask& task) {
    std::uint64_t hash = 14'695'981'039'346'656'037ULL;
    for (const std::string_view part :
         {std::string_view(file.name), std::string_view(task.project), std::string_view(task.id)}) {
        for (const char c : part)
            hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
        hash = (hash ^ 0xFFU) * 1'099'511'628'211ULL;
    }
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[(hash >> static_cast<unsigned>(shift)) & 0xFU];
    return out + "@countyplan";
}

std::string description(const ExchangeDates& dates, Language language) {
    const auto words = [](const std::optional<std::int64_t>& value) {
        return value ? to_text(*value) : std::string("-");
    };
    std::string out =
        text(Message(message::exchange_event_floats, {words(dates.total_float), words(dates.free_float)}), language);
    if (dates.on_longest_path) out += "\n" + std::string(text(message::exchange_event_longest, language));
    if (dates.provisional) out += "\n" + std::string(text(message::exchange_event_provisional, language));
    return out;
}

}  // namespace

std::string schedule_icalendar(const ScheduleFile& file, const SolvedSchedule& solved, Language language) {
    std::string out;
    put_line(out, "BEGIN:VCALENDAR");
    put_line(out, "VERSION:2.0");
    put_line(out, "PRODID:-//countyplan//" + std::string(version) + "//EN");
    put_line(out, "CALSCALE:GREGORIAN");
    if (!file.name.empty()) put_line(out, "X-WR-CALNAME:" + escaped(file.name));
    const std::string stamp = compact(file.data_date.value_or(file.projects.front().start)) + "T000000Z";
    for (std::size_t v = 0; v < solved.tasks.size(); ++v) {
        const ExchangeTask& task = file.tasks[v];
        const ExchangeDates& dates = solved.tasks[v];
        put_line(out, "BEGIN:VEVENT");
        put_line(out, "UID:" + event_id(file, task));
        put_line(out, "DTSTAMP:" + stamp);
        put_line(out, "DTSTART;VALUE=DATE:" + compact(dates.start));
        if (dates.finish < *Day::parse("9999-12-31")) {  // the end is the day after
            put_line(out, "DTEND;VALUE=DATE:" + compact(dates.finish + std::chrono::days(1)));
        }
        put_line(out, "SUMMARY:" + escaped(task.name.empty() ? task.id : task.name));
        put_line(out, "DESCRIPTION:" + escaped(description(dates, language)));
        if (task.duration == WorkDays(0)) put_line(out, "CATEGORIES:MILESTONE");
        put_line(out, "TRANSP:TRANSPARENT");
        put_line(out, "END:VEVENT");
    }
    put_line(out, "END:VCALENDAR");
    return out;
}

}  // namespace countyplan
