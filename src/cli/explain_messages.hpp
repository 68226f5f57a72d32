// What does the command explain say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText cli_explain{
    "cli_explain", "解释派驻结果：为何在此、为何不在彼、岗位为何空缺、怎样才能改变",
    "Explain a staffing: why here, why not there, why empty, and what would change it"};
inline constexpr MessageText cli_explain_examples{
    "cli_explain_examples",
    "每句话都由重新求解得出，“差”与“好”按目标次序的第一级计。\n"
    "退出码：0 已解释；2 输入有误；3 结果不属于该方案或不成立。\n\n"
    "示例：\n"
    "  countyplan explain examples/guangxi out/result --expert GD-SZ-0001\n"
    "  countyplan explain examples/guangxi out/result --expert GD-SZ-0001 --why-not P-0001 --weights\n"
    "  countyplan explain examples/guangxi out/result --post P-0001 --json\n"
    "  countyplan explain examples/guangxi out/result --hinges 10 --subjects",
    "Every sentence comes from solving again; worse and better are told by the first tier that counts.\n"
    "Exit codes: 0 explained; 2 bad input; 3 the result is not this plan's or does not hold.\n\n"
    "Examples:\n"
    "  countyplan explain examples/guangxi out/result --expert GD-SZ-0001\n"
    "  countyplan explain examples/guangxi out/result --expert GD-SZ-0001 --why-not P-0001 --weights\n"
    "  countyplan explain examples/guangxi out/result --post P-0001 --json\n"
    "  countyplan explain examples/guangxi out/result --hinges 10 --subjects"};
inline constexpr MessageText cli_option_explain_expert{"cli_option_explain_expert", "解释此人", "Explain this person"};
inline constexpr MessageText cli_option_why_not{"cli_option_why_not", "此人为何不在该岗位（须与 --expert 同用）",
                                                "Why the person is not in this post (with --expert)"};
inline constexpr MessageText cli_option_explain_post{"cli_option_explain_post", "解释此岗位", "Explain this post"};
inline constexpr MessageText cli_option_weights{"cli_option_weights", "各权重可变动的范围",
                                                "How far each weight may go"};
inline constexpr MessageText cli_option_subjects{"cli_option_subjects", "哪些学科最缺人",
                                                 "Which subjects are scarcest"};
inline constexpr MessageText cli_option_hinges{"cli_option_hinges", "方案最离不开的 N 个人或岗位",
                                               "The N people and posts on which the plan hangs most"};
inline constexpr MessageText cli_option_most{"cli_option_most", "最多列出多少种改法（默认 10）",
                                             "List at most so many alternatives and repairs (10 unless told)"};
inline constexpr MessageText cli_explaining{"cli_explaining", "正在解释", "explaining"};
inline constexpr MessageText cli_explain_nothing{
    "cli_explain_nothing", "要解释什么？--expert、--post、--weights、--subjects 或 --hinges",
    "what is to be explained? --expert, --post, --weights, --subjects or --hinges"};
inline constexpr MessageText cli_explain_whom{"cli_explain_whom", "--why-not 须与 --expert 同用",
                                              "--why-not needs --expert"};
inline constexpr MessageText cli_explain_unknown{"cli_explain_unknown", "{0}：方案中没有“{1}”",
                                                 "{0}: the plan has no '{1}'"};

}  // namespace message

inline constexpr const MessageText* all_explain_command_messages[] = {
    &message::cli_explain,         &message::cli_explain_examples,    &message::cli_option_explain_expert,
    &message::cli_option_why_not,  &message::cli_option_explain_post, &message::cli_option_weights,
    &message::cli_option_subjects, &message::cli_option_hinges,       &message::cli_option_most,
    &message::cli_explaining,      &message::cli_explain_nothing,     &message::cli_explain_whom,
    &message::cli_explain_unknown};

}  // namespace countyplan
