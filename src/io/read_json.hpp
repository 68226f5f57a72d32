// How does a JSON document become the rows of a draft?
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <countyplan/io/json.hpp>
#include <countyplan/io/read.hpp>

#include "finding_list.hpp"

namespace countyplan::detail {

/// `header`: the `plan.json` of a directory; `whole`: a `.plan.json`, which also holds the tables.
enum class JsonScope { header, whole };

void read_header(const JsonValue& root, const std::string& file, JsonScope scope, const ReadOptions& options,
                 Draft& draft, FindingList& findings);

/// Header and tables. `broken` receives the rows that had a member that could not be read.
void read_document(const JsonValue& root, const std::string& file, const ReadOptions& options, Draft& draft,
                   FindingList& findings, std::vector<std::pair<std::string, std::size_t>>& broken);

inline constexpr std::string_view plan_format_name = "countyplan.plan";
inline constexpr std::int64_t plan_format_version = 1;

}  // namespace countyplan::detail
