// How does a report become one page that a browser shows and nothing can be smuggled into?
#pragma once

#include <string>
#include <string_view>

#include <countyplan/report/table.hpp>

namespace countyplan {

/// One self-contained HTML 5 page: no script, no network, nothing from outside; a content-security
/// policy that allows its own style sheet by digest and nothing else. Everything from the plan is
/// escaped and isolated from the direction of the text round it. Same report and language, same bytes.
[[nodiscard]] std::string html_page(const Report& report, Language language);

/// `text` safe inside an element or a quoted attribute: `& < > " '` as references, control characters
/// as `\xNN`, those that turn the direction of the text or may not stand in XML as `\u{NNNN}`.
[[nodiscard]] std::string html_escaped(std::string_view text);

}  // namespace countyplan
