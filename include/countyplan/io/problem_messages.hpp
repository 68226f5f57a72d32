// What does io say about a file that holds a problem or a certificate of `solve/`, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

// which format
inline constexpr MessageText problem_unknown_format{"problem_unknown_format", "看不出这是哪种问题文件",
                                                    "the file does not tell which kind of problem it holds"};
inline constexpr MessageText problem_name_the_format{"problem_name_the_format", "请用 --format 指明格式",
                                                     "name its format with --format"};
inline constexpr MessageText problem_wrong_header{"problem_wrong_header", "第一行“{0}”不受支持：应为 {1}",
                                                  "the first line has '{0}', which is not read here; {1} is"};
inline constexpr MessageText problem_wrong_kind{"problem_wrong_kind", "问题类型“{0}”不受支持：应为 {1}",
                                                "there is no kind of problem '{0}' here; {1} is expected"};

// lines of DIMACS files
inline constexpr MessageText problem_no_header{"problem_no_header", "缺少“p”行", "there is no 'p' line"};
inline constexpr MessageText problem_before_header{"problem_before_header", "“{0}”行在“p”行之前",
                                                   "this '{0}' line comes before the 'p' line"};
inline constexpr MessageText problem_second_header{"problem_second_header", "“p”行出现了两次",
                                                   "this is a second 'p' line"};
inline constexpr MessageText problem_unknown_line{"problem_unknown_line", "不认识的行“{0}”",
                                                  "there are no lines that begin with '{0}'"};
inline constexpr MessageText problem_words_missing{"problem_words_missing", "此行缺少内容", "the line ends too early"};
inline constexpr MessageText problem_words_left{"problem_words_left", "此处多出“{0}”",
                                                "'{0}' follows where nothing should"};
inline constexpr MessageText problem_node_twice{"problem_node_twice", "节点 {0} 出现了两次", "node {0} is given twice"};
inline constexpr MessageText problem_no_such_number{"problem_no_such_number", "没有编号 {0}：编号为 1 至 {1}",
                                                    "there is no number {0}; they run from 1 to {1}"};
inline constexpr MessageText problem_terminal_missing{"problem_terminal_missing", "缺少{0}", "{0} is missing"};
inline constexpr MessageText problem_terminal_twice{"problem_terminal_twice", "{0}出现了两次", "{0} is given twice"};
inline constexpr MessageText problem_source{"problem_source", "源点（n 行，s）", "the source (an n line with s)"};
inline constexpr MessageText problem_sink{"problem_sink", "汇点（n 行，t）", "the sink (an n line with t)"};
inline constexpr MessageText problem_same_side{"problem_same_side", "此弧应从列出的节点（n 行）指向未列出的节点",
                                               "an arc leads from a node with an n line to one without"};

// counts
inline constexpr MessageText problem_size_limit{"problem_size_limit", "声明了 {0}，而文件最多容得下 {1}",
                                                "{0} are declared; a file of this size holds at most {1}"};
inline constexpr MessageText problem_count{"problem_count", "声明了 {0}，实有 {1}", "{0} are declared; {1} are there"};
inline constexpr MessageText problem_row_length{"problem_row_length", "第 {0} 行有 {1} 个数，应有 {2} 个",
                                                "row {0} has {1} numbers where {2} are needed"};
inline constexpr MessageText problem_run_on{"problem_run_on", "如各行的数可以跨行，请用 --format or_library",
                                            "if rows may run over lines, read it with --format or_library"};
inline constexpr MessageText problem_pair_twice{"problem_pair_twice", "第 {0} 行第 {1} 列出现了两次",
                                                "row {0}, column {1} is given twice"};

// numbers
inline constexpr MessageText problem_not_a_number{"problem_not_a_number", "“{0}”不是数", "'{0}' is not a number"};
inline constexpr MessageText problem_not_whole{"problem_not_whole", "“{0}”不是整数", "'{0}' is not a whole number"};
inline constexpr MessageText problem_still_not_whole{"problem_still_not_whole", "“{0}”乘以 {1} 后仍不是整数",
                                                     "'{0}' times {1} is still not a whole number"};
inline constexpr MessageText problem_scale{"problem_scale", "小数成本请用 --scale 10、100……乘成整数",
                                           "multiply costs into whole numbers with --scale 10, 100, ..."};
inline constexpr MessageText problem_out_of_range{"problem_out_of_range", "“{0}”超出范围 {1} 至 {2}",
                                                  "'{0}' is outside {1} to {2}"};
inline constexpr MessageText problem_not_finite{"problem_not_finite", "“{0}”不能用", "'{0}' cannot be used"};
inline constexpr MessageText problem_only_forbids{"problem_only_forbids", "只有指派的成本可写 +inf，表示不允许的配对",
                                                  "only a cost of an assignment may be +inf; it forbids the pair"};
inline constexpr MessageText expect_whole_number{"expect_whole_number", "整数", "a whole number"};
inline constexpr MessageText expect_range{"expect_range", "{0} 至 {1} 的整数", "a whole number from {0} to {1}"};
inline constexpr MessageText expect_written{"expect_written", "写作 {0}", "written as {0}"};

// certificates
inline constexpr MessageText certificate_wrong_type{"certificate_wrong_type", "证书的种类“{0}”不属于这种结果：应为 {1}",
                                                    "there is no certificate '{0}' for such a result; {1} is expected"};

}  // namespace message

inline constexpr const MessageText* all_io_problem_messages[] = {
    &message::problem_unknown_format,
    &message::problem_name_the_format,
    &message::problem_wrong_header,
    &message::problem_wrong_kind,
    &message::problem_no_header,
    &message::problem_before_header,
    &message::problem_second_header,
    &message::problem_unknown_line,
    &message::problem_words_missing,
    &message::problem_words_left,
    &message::problem_node_twice,
    &message::problem_no_such_number,
    &message::problem_terminal_missing,
    &message::problem_terminal_twice,
    &message::problem_source,
    &message::problem_sink,
    &message::problem_same_side,
    &message::problem_size_limit,
    &message::problem_count,
    &message::problem_row_length,
    &message::problem_run_on,
    &message::problem_pair_twice,
    &message::problem_not_a_number,
    &message::problem_not_whole,
    &message::problem_still_not_whole,
    &message::problem_scale,
    &message::problem_out_of_range,
    &message::problem_not_finite,
    &message::problem_only_forbids,
    &message::expect_whole_number,
    &message::expect_range,
    &message::expect_written,
    &message::certificate_wrong_type,
};

}  // namespace countyplan
