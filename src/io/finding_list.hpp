// How are flaws of bytes and problems of cells gathered as findings, up to the limit?
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <countyplan/io/flaw.hpp>
#include <countyplan/io/limits.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/plan/finding.hpp>

namespace countyplan::detail {

class FindingList {
  public:
    explicit FindingList(const Limits& limits) : limit_(limits.flaws) {}

    [[nodiscard]] bool full() const { return findings_.size() >= limit_; }

    void add(Finding finding) {
        if (!full()) {
            findings_.push_back(std::move(finding));
        } else if (!overflowed_) {
            overflowed_ = true;
            findings_.push_back(
                {.severity = Severity::note, .message = {message::too_many_findings, {std::to_string(limit_)}}});
        }
    }

    /// A flaw found by a reader of bytes, in `file`, in `table` where that is known.
    void add(const Flaw& flaw, const std::string& file, std::string table = {}) {
        add({.severity = flaw.is_warning ? Severity::warning : Severity::error,
             .message = flaw.message,
             .place = {.table = std::move(table)},
             .value = flaw.value,
             .remedy = flaw.remedy,
             .source = {file, flaw.position.line, flaw.position.column, flaw.pointer}});
    }

    [[nodiscard]] const Findings& findings() const { return findings_; }
    [[nodiscard]] Findings take() { return std::move(findings_); }

  private:
    std::size_t limit_;
    bool overflowed_ = false;
    Findings findings_;
};

}  // namespace countyplan::detail
