// How are flaws of bytes and problems of cells gathered as findings, up to the limit?
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include <countyplan/io/flaw.hpp>
#include <countyplan/io/limits.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/plan/finding.hpp>

namespace countyplan::detail {

/// Holds at most the limit. Warnings never keep an error out: the last of them makes room for it, and
/// they alone never make the list full, so that no reader stops early without an error.
class FindingList {
  public:
    explicit FindingList(const Limits& limits) : limit_(limits.flaws) {}

    /// Whether there are as many errors as are listed; a reader need not go on.
    [[nodiscard]] bool full() const { return errors_ >= limit_; }

    [[nodiscard]] bool has_errors() const { return errors_ > 0; }

    /// Whether a finding would be listed; if not, `leave_out` spares the work of making it.
    [[nodiscard]] bool takes(Severity severity) const {
        return findings_.size() < limit_ || (severity == Severity::error && !full());
    }

    void add(Finding finding) {
        const bool is_error = finding.severity == Severity::error;
        if (findings_.size() >= limit_) {
            leave_out();
            if (!takes(finding.severity)) return;
            const auto last = std::ranges::find_if(findings_.rbegin(), findings_.rend(), [](const Finding& listed) {
                return listed.severity != Severity::error;
            });
            findings_.erase(std::next(last).base());
        }
        errors_ += is_error ? 1 : 0;
        findings_.push_back(std::move(finding));
    }

    /// Something was left out, or not even looked for: the list says so at its end.
    void leave_out() { is_complete_ = false; }

    /// A flaw found by a reader of bytes, in `file`, in `table` where that is known.
    void add(const Flaw& flaw, const std::string& file, std::string table = {}) {
        add({.severity = flaw.is_warning ? Severity::warning : Severity::error,
             .message = flaw.message,
             .place = {.table = std::move(table)},
             .value = flaw.value,
             .remedy = flaw.remedy,
             .source = {file, flaw.position.line, flaw.position.column, flaw.pointer}});
    }

    [[nodiscard]] Findings take() {
        if (!is_complete_) {
            findings_.push_back(
                {.severity = Severity::note, .message = {message::too_many_findings, {std::to_string(limit_)}}});
        }
        return std::move(findings_);
    }

  private:
    std::size_t limit_;
    std::size_t errors_ = 0;
    bool is_complete_ = true;
    Findings findings_;
};

}  // namespace countyplan::detail
