// What does io say when bytes cannot become values, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

// files and directories
inline constexpr MessageText io_error{"io_error", "无法{0}“{1}”：{2}（errno {3}）",
                                      "cannot {0} '{1}': {2} (errno {3})"};
inline constexpr MessageText action_open{"action_open", "打开", "open"};
inline constexpr MessageText action_read{"action_read", "读取", "read"};
inline constexpr MessageText action_create{"action_create", "创建", "create"};
inline constexpr MessageText action_write{"action_write", "写入", "write"};
inline constexpr MessageText action_sync{"action_sync", "落盘", "sync"};
inline constexpr MessageText action_close{"action_close", "关闭", "close"};
inline constexpr MessageText action_rename{"action_rename", "改名到", "rename to"};
inline constexpr MessageText action_list{"action_list", "列出", "list"};
inline constexpr MessageText action_lock{"action_lock", "锁定", "lock"};
inline constexpr MessageText file_locked{"file_locked", "“{0}”正由进程 {1} 写入，没有写入",
                                         "'{0}' is being written by process {1}; nothing was written"};
inline constexpr MessageText file_locked_by_another{"file_locked_by_another", "“{0}”正由另一进程写入，没有写入",
                                                    "'{0}' is being written by another process; nothing was written"};
inline constexpr MessageText not_a_regular_file{"not_a_regular_file", "“{0}”不是普通文件，而是{1}",
                                                "'{0}' is not a regular file but {1}"};
inline constexpr MessageText kind_directory{"kind_directory", "目录", "a directory"};
inline constexpr MessageText kind_link{"kind_link", "符号链接", "a symbolic link"};
inline constexpr MessageText kind_file{"kind_file", "普通文件", "a regular file"};
inline constexpr MessageText kind_special{"kind_special", "管道、设备或套接字", "a pipe, device or socket"};
inline constexpr MessageText not_a_directory{"not_a_directory", "“{0}”不是目录，而是{1}",
                                             "'{0}' is not a directory but {1}"};
inline constexpr MessageText output_exists{"output_exists", "“{0}”已存在且不为空；未获准覆盖，没有写入",
                                           "'{0}' exists and is not empty; nothing was written"};
inline constexpr MessageText output_not_replaceable{
    "output_not_replaceable", "“{0}”里有“{1}”，它不属于将要写出的文件，不予替换",
    "'{0}' holds '{1}', which is none of the files to be written; it is not replaced"};
inline constexpr MessageText unsafe_file_name{"unsafe_file_name", "“{0}”不能作为文件名", "'{0}' cannot be a file name"};
inline constexpr MessageText file_name_clash{"file_name_clash", "文件名“{0}”与“{1}”只差大小写或相同",
                                             "file names '{0}' and '{1}' are the same or differ only in case"};
inline constexpr MessageText size_limit{"size_limit", "“{0}”超过 {1} 字节的上限",
                                        "'{0}' is larger than the limit of {1} bytes"};

// encoding
inline constexpr MessageText empty_input{"empty_input", "文件里没有内容", "the file holds nothing"};
inline constexpr MessageText unsupported_encoding{"unsupported_encoding", "文件是 {0} 编码，不能读取",
                                                  "the file is in {0}, which is not read"};
inline constexpr MessageText save_as_utf_8{"save_as_utf_8", "请另存为 UTF-8（Excel：“CSV UTF-8（逗号分隔）”）",
                                           "save it as UTF-8 (in Excel: 'CSV UTF-8 (Comma delimited)')"};
inline constexpr MessageText invalid_utf_8{"invalid_utf_8", "第 {0} 字节处不是合法的 UTF-8：{1}",
                                           "not valid UTF-8 at byte {0}: {1}"};
inline constexpr MessageText invalid_gb18030{"invalid_gb18030", "第 {0} 字节处不是合法的 GB18030：{1}",
                                             "not valid GB18030 at byte {0}: {1}"};
inline constexpr MessageText truncated_gb18030{"truncated_gb18030", "文件在第 {0} 字节处的半个 GB18030 字符中断",
                                               "the file ends inside the GB18030 character at byte {0}"};
inline constexpr MessageText restore_the_file{"restore_the_file", "文件已损坏，请从原处重新取得",
                                              "the file is damaged; fetch it again from its source"};
inline constexpr MessageText encoding_guessed{"encoding_guessed", "不是 UTF-8，按 GB18030 读取",
                                              "not UTF-8; read as GB18030"};
inline constexpr MessageText name_the_encoding{"name_the_encoding", "请用 --encoding 指明编码，或另存为 UTF-8",
                                               "name it with --encoding, or save the file as UTF-8"};
inline constexpr MessageText encoding_unavailable{"encoding_unavailable", "本机的 iconv 不支持 GB18030",
                                                  "iconv on this machine does not know GB18030"};
inline constexpr MessageText nul_in_text{"nul_in_text", "文字里有 NUL 字符（U+0000）",
                                         "the text holds a NUL character (U+0000)"};
inline constexpr MessageText mark_inside{"mark_inside", "文字中间有字节序标记（U+FEFF），原样保留",
                                         "a byte order mark (U+FEFF) stands inside the text; it is kept"};

// tables
inline constexpr MessageText unterminated_quote{"unterminated_quote", "从这里开始的引号没有结束",
                                                "the quote that opens here is never closed"};
inline constexpr MessageText stray_quote{"stray_quote", "引号的位置不合 RFC 4180",
                                         "a quote stands where RFC 4180 allows none"};
inline constexpr MessageText quote_the_cell{"quote_the_cell", "整个单元格用双引号括起，里面的引号写两遍",
                                            "put the whole cell in double quotes and double each quote inside"};
inline constexpr MessageText blank_line{"blank_line", "空行，已跳过", "an empty line; it is skipped"};
inline constexpr MessageText missing_header{"missing_header", "第一行不是表头：应有列 {0}",
                                            "the first line is not the header: columns {0} are expected"};
inline constexpr MessageText wrong_delimiter{"wrong_delimiter", "分隔符是{0}，应为逗号",
                                             "cells are separated by {0} instead of commas"};
inline constexpr MessageText a_semicolon{"a_semicolon", "分号", "semicolons"};
inline constexpr MessageText a_tab{"a_tab", "制表符", "tabs"};
inline constexpr MessageText save_with_commas{"save_with_commas", "请另存为以逗号分隔的 CSV",
                                              "save it again as comma-separated CSV"};
inline constexpr MessageText duplicate_column{"duplicate_column", "列“{0}”出现了两次", "column '{0}' appears twice"};
inline constexpr MessageText missing_column{"missing_column", "缺少列“{0}”", "column '{0}' is missing"};
inline constexpr MessageText unknown_column{"unknown_column", "不认识的列“{0}”", "unknown column '{0}'"};
inline constexpr MessageText did_you_mean{"did_you_mean", "是否指“{0}”？", "did you mean '{0}'?"};
inline constexpr MessageText remove_the_column{"remove_the_column", "请删除该列或更正列名",
                                               "remove the column or correct its name"};
inline constexpr MessageText record_too_short{
    "record_too_short", "第 {0} 条记录只有 {1} 个单元格，应有 {2} 个；从列“{3}”起缺失",
    "record {0} has {1} cells instead of {2}; column '{3}' is the first missing"};
inline constexpr MessageText record_too_long{"record_too_long",
                                             "第 {0} 条记录有 {1} 个单元格，应有 {2} 个；列“{3}”之后多出内容",
                                             "record {0} has {1} cells instead of {2}; it goes on after column '{3}'"};
inline constexpr MessageText check_the_commas{"check_the_commas", "核对逗号；含逗号的内容要加双引号",
                                              "check the commas; a cell that holds one needs double quotes"};
inline constexpr MessageText record_limit{"record_limit", "超过 {0} 条的上限", "more than the limit of {0} records"};
inline constexpr MessageText column_limit{"column_limit", "一条记录超过 {0} 列的上限",
                                          "a record has more than the limit of {0} columns"};
inline constexpr MessageText text_limit{"text_limit", "一段文字超过 {0} 字节的上限",
                                        "a text is longer than the limit of {0} bytes"};
inline constexpr MessageText formula_like_text{"formula_like_text", "表格软件会把“{0}”当作公式",
                                               "a spreadsheet would read '{0}' as a formula"};

// JSON
inline constexpr MessageText json_syntax{"json_syntax", "这里不合 JSON 语法", "this is not JSON"};
inline constexpr MessageText json_ends_early{"json_ends_early", "JSON 文档没有结束",
                                             "the JSON document ends too early"};
inline constexpr MessageText trailing_content{"trailing_content", "JSON 文档之后还有内容",
                                              "something follows the JSON document"};
inline constexpr MessageText trailing_comma{"trailing_comma", "最后一项之后不能有逗号",
                                            "a comma may not follow the last item"};
inline constexpr MessageText json_comment{"json_comment", "JSON 不允许注释", "JSON has no comments"};
inline constexpr MessageText not_a_number{"not_a_number", "JSON 没有 NaN 和无穷大", "JSON has no NaN and no infinity"};
inline constexpr MessageText lone_surrogate{"lone_surrogate", "转义 \\u 写出了半个代理对",
                                            "an \\u escape writes half of a surrogate pair"};
inline constexpr MessageText number_range{"number_range", "数“{0}”超出可表示的范围", "the number {0} is out of range"};
inline constexpr MessageText duplicate_key{"duplicate_key", "同一对象里键“{0}”出现两次，前一次在第 {1} 行第 {2} 列",
                                           "key '{0}' appears twice in one object, first at line {1} column {2}"};
inline constexpr MessageText depth_limit{"depth_limit", "嵌套超过 {0} 层的上限", "nested deeper than the limit of {0}"};
inline constexpr MessageText value_limit{"value_limit", "超过 {0} 个值的上限", "more than the limit of {0} values"};

// snapshots
inline constexpr MessageText not_a_snapshot{"not_a_snapshot", "这不是快照文件，看起来是{0}",
                                            "this is not a snapshot; it looks like {0}"};
inline constexpr MessageText looks_unknown{"looks_unknown", "别的文件", "some other file"};
inline constexpr MessageText looks_xml{"looks_xml", "XML 文件（或 Boost 的 XML 存档）", "XML (or a Boost XML archive)"};
inline constexpr MessageText looks_boost{"looks_boost", "Boost 存档", "a Boost archive"};
inline constexpr MessageText looks_compressed{"looks_compressed", "压缩文件", "a compressed file"};
inline constexpr MessageText looks_json{"looks_json", "JSON 文件", "JSON"};
inline constexpr MessageText looks_text{"looks_text", "文本文件", "text"};
inline constexpr MessageText corrupt_archive{"corrupt_archive", "快照已损坏：{0}", "the snapshot is damaged: {0}"};
inline constexpr MessageText archive_ends_early{"archive_ends_early", "内容不全", "it ends too early"};
inline constexpr MessageText archive_size_differs{"archive_size_differs", "长度与文件头不符",
                                                  "its size is not the one in its header"};
inline constexpr MessageText archive_checksum_differs{"archive_checksum_differs", "校验和不符", "its checksum differs"};
inline constexpr MessageText archive_magic_differs{"archive_magic_differs", "文件头不符", "its first bytes are wrong"};
inline constexpr MessageText archive_count_too_large{"archive_count_too_large", "计数超过剩余内容",
                                                     "a count is larger than what is left"};
inline constexpr MessageText archive_bad_value{"archive_bad_value", "值超出允许范围", "a value is outside its range"};
inline constexpr MessageText archive_bad_text{"archive_bad_text", "文字不是合法的 UTF-8 或含有 NUL",
                                              "a text is not valid UTF-8 or holds NUL"};
inline constexpr MessageText archive_text_too_long{"archive_text_too_long", "文字过长", "a text is too long"};
inline constexpr MessageText archive_bytes_left{"archive_bytes_left", "末尾多出内容", "something is left at its end"};
inline constexpr MessageText unsupported_version{"unsupported_version", "快照版本 {0} 不能读取；本程序支持 {1}",
                                                 "snapshot version {0} cannot be read; this program reads {1}"};
inline constexpr MessageText unsupported_flags{
    "unsupported_flags", "快照用了不支持的特性（标志 {0}），如压缩",
    "the snapshot uses features that are not supported (flags {0}), such as compression"};
inline constexpr MessageText wrong_archive_kind{"wrong_archive_kind", "快照里是{0}，需要的是{1}",
                                                "the snapshot holds: {0}; expected: {1}"};

}  // namespace message

/// Every message of this folder.
inline constexpr const MessageText* all_io_messages[] = {
    &message::io_error,
    &message::action_open,
    &message::action_read,
    &message::action_create,
    &message::action_write,
    &message::action_sync,
    &message::action_close,
    &message::action_rename,
    &message::action_list,
    &message::action_lock,
    &message::file_locked,
    &message::file_locked_by_another,
    &message::not_a_regular_file,
    &message::kind_directory,
    &message::kind_link,
    &message::kind_file,
    &message::kind_special,
    &message::not_a_directory,
    &message::output_exists,
    &message::output_not_replaceable,
    &message::unsafe_file_name,
    &message::file_name_clash,
    &message::size_limit,
    &message::empty_input,
    &message::unsupported_encoding,
    &message::save_as_utf_8,
    &message::invalid_utf_8,
    &message::invalid_gb18030,
    &message::truncated_gb18030,
    &message::restore_the_file,
    &message::encoding_guessed,
    &message::name_the_encoding,
    &message::encoding_unavailable,
    &message::nul_in_text,
    &message::mark_inside,
    &message::unterminated_quote,
    &message::stray_quote,
    &message::quote_the_cell,
    &message::blank_line,
    &message::missing_header,
    &message::wrong_delimiter,
    &message::a_semicolon,
    &message::a_tab,
    &message::save_with_commas,
    &message::duplicate_column,
    &message::missing_column,
    &message::unknown_column,
    &message::did_you_mean,
    &message::remove_the_column,
    &message::record_too_short,
    &message::record_too_long,
    &message::check_the_commas,
    &message::record_limit,
    &message::column_limit,
    &message::text_limit,
    &message::formula_like_text,
    &message::json_syntax,
    &message::json_ends_early,
    &message::trailing_content,
    &message::trailing_comma,
    &message::json_comment,
    &message::not_a_number,
    &message::lone_surrogate,
    &message::number_range,
    &message::duplicate_key,
    &message::depth_limit,
    &message::value_limit,
    &message::not_a_snapshot,
    &message::looks_unknown,
    &message::looks_xml,
    &message::looks_boost,
    &message::looks_compressed,
    &message::looks_json,
    &message::looks_text,
    &message::corrupt_archive,
    &message::archive_ends_early,
    &message::archive_size_differs,
    &message::archive_checksum_differs,
    &message::archive_magic_differs,
    &message::archive_count_too_large,
    &message::archive_bad_value,
    &message::archive_bad_text,
    &message::archive_text_too_long,
    &message::archive_bytes_left,
    &message::unsupported_version,
    &message::unsupported_flags,
    &message::wrong_archive_kind,
};

}  // namespace countyplan
