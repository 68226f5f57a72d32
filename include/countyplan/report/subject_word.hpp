// What is a subject called in Chinese and in English?
#pragma once

#include <string_view>

#include <countyplan/report/table.hpp>

namespace countyplan {

/// The words for a subject or vocational family that the published need lists name; any other subject is
/// shown as the plan writes it.
[[nodiscard]] LocalText subject_words(std::string_view subject);

}  // namespace countyplan
