// Is this XML that may be parsed at all, and on which line does a part of it stand?
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/io/flaw.hpp>
#include <countyplan/io/limits.hpp>

namespace countyplan::detail {

/// The lines of a text; finding one costs a binary search.
class LineIndex {
  public:
    explicit LineIndex(std::string_view text);

    /// 1-based line of a byte.
    [[nodiscard]] std::size_t line(std::size_t offset) const;
    /// The same for an offset that a parser gives; 0 where it knows none.
    [[nodiscard]] std::size_t line_of(std::ptrdiff_t offset) const {
        return offset < 0 ? 0 : line(static_cast<std::size_t>(offset));
    }

  private:
    std::vector<std::size_t> ends_;  // of all lines but the last
};

/// Walks UTF-8 text once before any parser sees it. Refused: a document type declaration (it alone can
/// define entities, so nothing expands and nothing is fetched), an entity that XML does not define, more
/// levels than `limits.depth`, more elements than `limits.values`, markup that is never closed. Empty where
/// a parser may go on.
[[nodiscard]] std::vector<Flaw> xml_flaws(std::string_view text, const Limits& limits);

/// `text` as character data or attribute value; what XML 1.0 cannot hold becomes U+FFFD.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace countyplan::detail
