#include "console.hpp"

#include <cerrno>
#include <string>

#include <unistd.h>

#include <countyplan/io/flaw.hpp>

#include "messages.hpp"

namespace countyplan {

namespace {

/// 0, or the errno.
int write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto put = ::write(descriptor, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return errno;
        if (put == 0) return EIO;
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return 0;
}

}  // namespace

std::string printable(std::string_view text) {
    // `excerpt` escapes, but cuts after 80 characters: it is asked for one character at a time
    std::string out;
    while (!text.empty()) {
        const auto lead = static_cast<unsigned char>(text.front());
        const std::size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        const std::string_view one = text.substr(0, size);
        out += lead >= 0x20 && lead < 0x7F ? std::string(one) : excerpt(one);
        text.remove_prefix(one.size());
    }
    return out;
}

void Console::line(const Message& message) {
    if (settings_.json) return;
    out_ += printable(text(message, settings_.language)) + "\n";
}

void Console::note(const Message& message) {
    (void)write_all(STDERR_FILENO, printable(text(message, settings_.language)) + "\n");
}

void Console::findings(std::span<const Finding> findings, bool on_error) {
    std::string lines;
    for (const Finding& finding : findings)
        lines += printable(finding_line(finding, settings_.language)) + "\n";
    if (on_error) {
        (void)write_all(STDERR_FILENO, lines);
    } else if (!settings_.json) {
        out_ += lines;
    }
}

void Console::flush() {
    const std::string out = std::move(out_);
    out_.clear();
    if (const int code = write_all(STDOUT_FILENO, out); code != 0) throw OutputError(code);
}

std::string finding_line(const Finding& finding, Language language) {
    std::string where;
    if (!finding.source.file.empty()) {
        where = finding.source.file;
        if (finding.source.line != 0) where += ":" + std::to_string(finding.source.line);
        if (finding.source.column != 0) where += ":" + std::to_string(finding.source.column);
        where += ": ";
    }
    const std::string place = finding.source.pointer.empty() ? to_text(finding.place) : finding.source.pointer;
    const std::string label = finding.rule.empty() ? std::string(finding.message.code()) : finding.rule;
    std::string line =
        text(Message(message::cli_finding,
                     {where, word(finding.severity),
                      place.empty() ? text(finding.message, language) : place + ": " + text(finding.message, language),
                      label}),
             language);
    std::string more;
    if (!finding.expected.empty()) {
        more = text(Message(message::cli_finding_expected, {text(finding.expected, language)}), language);
    }
    if (!finding.remedy.empty()) more += (more.empty() ? "" : "; ") + text(finding.remedy, language);
    if (!more.empty()) line += " (" + more + ")";
    return line;
}

// ---------------------------------------------------------------------------------------------------------------------

ProgressLine::ProgressLine(const MessageText& what, Language language) : what_(what), language_(language) {
    if (::isatty(STDERR_FILENO) == 1) thread_ = std::thread([this] { run(); });
}

ProgressLine::~ProgressLine() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    ended_.notify_one();
    thread_.join();
}

Progress ProgressLine::observer() {
    if (!thread_.joinable()) return {};
    return [this](const Tick& tick) { steps_ = tick.steps; };
}

void ProgressLine::run() {
    std::unique_lock lock(mutex_);
    if (ended_.wait_for(lock, std::chrono::seconds(1), [this] { return over_; })) return;
    do {
        const auto elapsed =
            std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start_);
        const std::string seconds = std::to_string(elapsed.count());
        const std::int64_t steps = steps_;
        const Message message = steps < 0
                                    ? Message(message::cli_progress, {what_, seconds})
                                    : Message(message::cli_progress_steps, {what_, seconds, std::to_string(steps)});
        (void)write_all(STDERR_FILENO, "\r\x1B[K" + text(message, language_));
    } while (!ended_.wait_for(lock, std::chrono::milliseconds(250), [this] { return over_; }));
    (void)write_all(STDERR_FILENO, "\r\x1B[K");
}

}  // namespace countyplan
