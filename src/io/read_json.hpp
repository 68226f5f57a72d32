// How does a JSON document become the rows of a draft?
#pragma once

#include <string>

#include <countyplan/io/json.hpp>
#include <countyplan/io/read.hpp>

#include "finding_list.hpp"
#include "unread.hpp"

namespace countyplan::detail {

/// `header`: the `plan.json` of a directory; `whole`: a `.plan.json`, which also holds the tables.
enum class JsonScope { header, whole };

/// False where the document is of another format or version: nothing of it is read then.
[[nodiscard]] bool read_header(const JsonValue& root, const std::string& file, JsonScope scope,
                               const ReadOptions& options, Draft& draft, FindingList& findings, Unread& unread);

/// Header and tables.
[[nodiscard]] bool read_document(const JsonValue& root, const std::string& file, const ReadOptions& options,
                                 Draft& draft, FindingList& findings, Unread& unread);

inline constexpr std::string_view plan_format_name = "countyplan.plan";
/// 2: an objective, quotas, decisions or distances. What needs none of them is still written as 1.
inline constexpr std::int64_t plan_format_version = 2;

}  // namespace countyplan::detail
