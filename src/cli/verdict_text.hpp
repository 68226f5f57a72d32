// How is the examiner's answer told?
#pragma once

#include <string>

#include <countyplan/allocate/allocate.hpp>

#include "console.hpp"

namespace countyplan {

/// The file of a result directory that a part of an answer is kept in.
[[nodiscard]] std::string file_of(AnswerPart part);

/// Why, with the refusal of a pair where that is the reason.
[[nodiscard]] Message reason_of(const AnswerVerdict& verdict, Language language);

/// Says it on standard output, or as the one object of --json.
void tell(const AnswerVerdict& verdict, const Allocation& allocation, Console& console);

}  // namespace countyplan
