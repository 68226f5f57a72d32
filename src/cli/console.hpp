// What does the program put before the person at the terminal, and what before another program?
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <thread>

#include <countyplan/plan/finding.hpp>
#include <countyplan/scalar/message.hpp>
#include <countyplan/solve/observer.hpp>

#include "settings.hpp"

namespace countyplan {

/// Standard output does not take what we write.
class OutputError : public std::exception {
  public:
    explicit OutputError(int code) : code_(code) {}
    [[nodiscard]] int code() const { return code_; }
    [[nodiscard]] const char* what() const noexcept override { return "standard output failed"; }

  private:
    int code_;
};

/// Standard output, gathered and written at once by `flush`, and standard error, written at once. Lines
/// for people have control and bidirectional characters escaped, so that a name cannot steer a terminal.
class Console {
  public:
    explicit Console(const Settings& settings) : settings_(settings) {}

    [[nodiscard]] Language language() const { return settings_.language; }
    [[nodiscard]] bool json() const { return settings_.json; }

    /// A line on standard output; nothing under --json.
    void line(const Message& message);
    /// A line on standard error.
    void note(const Message& message);
    /// One line per finding: on standard output, or on standard error.
    void findings(std::span<const Finding> findings, bool on_error);
    /// The one object of --json, or any other text that is itself the output.
    void raw(std::string_view bytes) { out_ += bytes; }
    /// Whether anything waits to be written.
    [[nodiscard]] bool has_output() const { return !out_.empty(); }
    void drop_output() { out_.clear(); }

    /// Writes what was gathered. Throws `OutputError`.
    void flush();

  private:
    const Settings& settings_;
    std::string out_;
};

/// `text` with control, bidirectional and invisible characters escaped, line by line.
[[nodiscard]] std::string printable(std::string_view text);

/// `file:line:column: severity: message [rule] (expected …; do …)`.
[[nodiscard]] std::string finding_line(const Finding& finding, Language language);

/// A line on the terminal that says what is going on, from the first second on; gone when it ends.
/// Nothing where standard error is no terminal.
class ProgressLine {
  public:
    ProgressLine(const MessageText& what, Language language);
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine();

    /// For a solver to tell its steps.
    [[nodiscard]] Progress observer();

  private:
    void run();

    const MessageText& what_;
    Language language_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::atomic<std::int64_t> steps_{-1};
    std::mutex mutex_;
    std::condition_variable ended_;
    bool over_ = false;
    std::thread thread_;
};

}  // namespace countyplan
