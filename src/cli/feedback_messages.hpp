// What does the command feedback say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText cli_feedback{"cli_feedback", "告诉一名申请人：派往各岗位的可能性有多大、差在哪里",
                                          "Tell an applicant what chance there is of which post, and what it lacks"};
inline constexpr MessageText cli_feedback_examples{
    "cli_feedback_examples",
    "每次抽样随机去掉其他一部分人后重新求解；括号内是可能性的 95 % "
    "区间。“落后”是结果的证明所保证的最小差距，按目标次序的第一级计。\n"
    "退出码：0 已抽样；2 输入有误；3 结果不属于该方案或不成立；4 提前停止。\n\n"
    "示例：\n"
    "  countyplan feedback examples/guangxi out/result --expert GD-SZ-0001\n"
    "  countyplan feedback examples/guangxi out/result --expert GD-SZ-0001 --samples 1000 --absent 200 --json",
    "Each sample leaves out some of the other people by chance and solves again; in brackets the chance's interval at "
    "95 %.\n"
    "What a post is behind by is the least that the result's proof shows, told by the first tier that counts.\n"
    "Exit codes: 0 sampled; 2 bad input; 3 the result is not this plan's or does not hold; 4 stopped early.\n\n"
    "Examples:\n"
    "  countyplan feedback examples/guangxi out/result --expert GD-SZ-0001\n"
    "  countyplan feedback examples/guangxi out/result --expert GD-SZ-0001 --samples 1000 --absent 200 --json"};
inline constexpr MessageText cli_option_feedback_expert{"cli_option_feedback_expert", "申请人", "The applicant"};
inline constexpr MessageText cli_option_samples{"cli_option_samples", "抽样次数（默认 200）",
                                                "How many samples (200 unless told)"};
inline constexpr MessageText cli_option_absent{"cli_option_absent", "其他人中每千人有多少人缺席（默认 100）",
                                               "How many of 1000 other people stay away (100 unless told)"};
inline constexpr MessageText cli_option_feedback_seed{"cli_option_feedback_seed", "随机种子（默认 1），相同则结果相同",
                                                      "Seed (1 unless told); the same one gives the same answer"};
inline constexpr MessageText cli_sampling{"cli_sampling", "正在抽样", "sampling"};
inline constexpr MessageText cli_feedback_unknown{"cli_feedback_unknown", "{0}：方案中没有“{1}”",
                                                  "{0}: the plan has no '{1}'"};
inline constexpr MessageText cli_feedback_not_best{"cli_feedback_not_best", "结果未证明为最优（{0}），不能据此反馈",
                                                   "the result is {0}; feedback needs one that is proved best"};
inline constexpr MessageText cli_feedback_posted{"cli_feedback_posted", "“{0}”在该结果中派往岗位“{1}”",
                                                 "'{0}' serves in post '{1}' in this result"};
inline constexpr MessageText cli_feedback_stays{"cli_feedback_stays", "“{0}”在该结果中未派出",
                                                "'{0}' stays at home in this result"};
inline constexpr MessageText cli_feedback_nowhere{"cli_feedback_nowhere", "没有“{0}”可去的岗位",
                                                  "there is no post in which '{0}' may serve"};
inline constexpr MessageText cli_feedback_post{"cli_feedback_post", "岗位“{0}”", "post '{0}'"};
inline constexpr MessageText cli_feedback_wished{"cli_feedback_wished", "岗位“{0}”（本人意愿）",
                                                 "post '{0}' (wished for)"};
inline constexpr MessageText cli_feedback_line{"cli_feedback_line", "{0}：{2} 次抽样中 {1} 次（{3} % 至 {4} %）；{5}",
                                               "{0}: {1} of {2} samples ({3} % to {4} %); {5}"};
inline constexpr MessageText cli_feedback_behind{"cli_feedback_behind", "落后：{0} {1}", "behind by {0} {1}"};
inline constexpr MessageText cli_feedback_level{"cli_feedback_level", "证明不显示落后", "not behind by the proof"};
inline constexpr MessageText cli_feedback_home{"cli_feedback_home", "未派出：{1} 次抽样中 {0} 次",
                                               "at home: {0} of {1} samples"};
inline constexpr MessageText cli_feedback_impossible{"cli_feedback_impossible", "{1} 次抽样中 {0} 次没有合规的派驻",
                                                     "no legal staffing: {0} of {1} samples"};
inline constexpr MessageText cli_feedback_stopped{"cli_feedback_stopped", "提前停止（{2}）：{1} 次抽样完成 {0} 次",
                                                  "stopped early ({2}): {0} of {1} samples"};

}  // namespace message

inline constexpr const MessageText* all_feedback_command_messages[] = {&message::cli_feedback,
                                                                       &message::cli_feedback_examples,
                                                                       &message::cli_option_feedback_expert,
                                                                       &message::cli_option_samples,
                                                                       &message::cli_option_absent,
                                                                       &message::cli_option_feedback_seed,
                                                                       &message::cli_sampling,
                                                                       &message::cli_feedback_unknown,
                                                                       &message::cli_feedback_not_best,
                                                                       &message::cli_feedback_posted,
                                                                       &message::cli_feedback_stays,
                                                                       &message::cli_feedback_nowhere,
                                                                       &message::cli_feedback_post,
                                                                       &message::cli_feedback_wished,
                                                                       &message::cli_feedback_line,
                                                                       &message::cli_feedback_behind,
                                                                       &message::cli_feedback_level,
                                                                       &message::cli_feedback_home,
                                                                       &message::cli_feedback_impossible,
                                                                       &message::cli_feedback_stopped};

}  // namespace countyplan
