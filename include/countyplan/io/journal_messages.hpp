// What does reading journals and manifests of sweeps say?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// Rows of this table; `all_journal_messages` lists them.
namespace message {

inline constexpr MessageText journal_damaged{"journal_damaged", "日志第 {0} 行已损坏，其后还有内容",
                                             "line {0} of the journal is damaged, and there is more behind it"};
inline constexpr MessageText journal_line_form{"journal_line_form", "日志第 {0} 行不是规范写法",
                                               "line {0} of the journal is not written in the canonical way"};
inline constexpr MessageText journal_differs{"journal_differs", "不同日志对点 {0} 的结果不同",
                                             "journals have different rows for point {0}"};
inline constexpr MessageText journal_cut{"journal_cut", "删去该行及其后的内容，再运行一次",
                                         "cut that line off and what follows, then run it again"};
inline constexpr MessageText manifest_form{"manifest_form", "应为 countyplan.sweep 第 1 版",
                                           "expected format countyplan.sweep, version 1"};
inline constexpr MessageText manifest_source{"manifest_source", "须有 plan 或 generate 之一",
                                             "there must be either a plan or generate"};
inline constexpr MessageText manifest_value{"manifest_value", "“{0}”应为{1}", "'{0}' should be {1}"};
inline constexpr MessageText manifest_unknown{"manifest_unknown", "清单中没有“{0}”这一项", "a manifest has no '{0}'"};
inline constexpr MessageText manifest_list{"manifest_list", "非空的值列表", "a list of values, not empty"};
inline constexpr MessageText manifest_object{"manifest_object", "对象", "an object"};
inline constexpr MessageText manifest_text{"manifest_text", "文字", "a text"};
inline constexpr MessageText manifest_whole{"manifest_whole", "整数", "a whole number"};
inline constexpr MessageText manifest_seeds{"manifest_seeds", "种子个数（1 至 1000000）或种子列表",
                                            "how many seeds (1 to 1000000), or a list of them"};
inline constexpr MessageText manifest_large{"manifest_large", "点数超过 {0}", "there are more than {0} points"};

}  // namespace message

inline constexpr const MessageText* all_journal_messages[] = {
    &message::journal_damaged, &message::journal_line_form, &message::journal_differs, &message::journal_cut,
    &message::manifest_form,   &message::manifest_source,   &message::manifest_value,  &message::manifest_unknown,
    &message::manifest_list,   &message::manifest_object,   &message::manifest_text,   &message::manifest_whole,
    &message::manifest_seeds,  &message::manifest_large};

}  // namespace countyplan
