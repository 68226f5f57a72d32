// How does a reader of problems take numbers from a text, and complain of them?
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <countyplan/io/solve_problem.hpp>
#include <countyplan/scalar/message.hpp>

#include "finding_list.hpp"
#include "word_scanner.hpp"

namespace countyplan::detail {

/// What numbers are allowed.
struct NumberRange {
    std::int64_t low = std::numeric_limits<std::int64_t>::min();
    std::int64_t high = std::numeric_limits<std::int64_t>::max();
};

/// A text that is being read. Complaints stand where the word given last stands.
class ProblemText {
  public:
    /// Takes a byte order mark away; refuses UTF-16, nothing at all and more than the limit.
    ProblemText(std::string bytes, const std::string& name, const ProblemOptions& options);
    ProblemText(const ProblemText&) = delete;
    ProblemText& operator=(const ProblemText&) = delete;

    /// Whether there is no error so far.
    [[nodiscard]] bool ok() const { return errors_ == 0; }
    /// Whether reading on is of no use.
    [[nodiscard]] bool full() const { return findings_.full(); }
    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] const ProblemOptions& options() const { return options_; }

    void complain(Message what, std::string_view value = {}, Message expected = {}, Message remedy = {});
    /// A complaint about the whole.
    void complain_of_all(Message what, Message expected = {}, Message remedy = {});

    /// A whole number in `range`, or a complaint.
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view word, const NumberRange& range);
    /// A cost in `range` after scaling, or a complaint.
    [[nodiscard]] std::optional<std::int64_t> cost(std::string_view word, const NumberRange& range);
    /// As `cost`; `forbidden` for +inf.
    [[nodiscard]] std::optional<std::int64_t> cost(std::string_view word, const NumberRange& range,
                                                   std::int64_t forbidden);
    /// Complains unless the line ends here.
    void end_of_line();
    /// Whether `count` things of at least `bytes_each` bytes fit into what is left; if not, complains.
    [[nodiscard]] bool is_believable(std::int64_t count, std::size_t bytes_each);
    /// Whether so many nodes, rows or columns may be meant by a file of this size; if not, complains.
    [[nodiscard]] bool is_believable_side(std::int64_t count);

    /// Ends the reading: the problem counts only where nothing was found wrong and `examine` accepts it.
    [[nodiscard]] ProblemReading finish(SolveProblem problem, ProblemFormat format);

    WordScanner words;

  private:
    std::optional<std::int64_t> read(std::string_view word, const NumberRange& range, std::int64_t scale,
                                     std::optional<std::int64_t> forbidden);

    std::string text_;
    std::string name_;
    const ProblemOptions& options_;
    FindingList findings_;
    std::size_t errors_ = 0;
};

/// What `examine` says of a problem, of whichever kind.
[[nodiscard]] Verdict examine_problem(const SolveProblem& problem);

}  // namespace countyplan::detail
