// What does the program `countyplan` say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

// --help: the program and its commands
inline constexpr MessageText cli_program{"cli_program",
                                         "为重点帮扶县的教育人才组团式帮扶制定方案：校核、派驻、跟踪、报告，并附证明",
                                         "Plan, staff and follow the assistance of key counties, with proofs"};
inline constexpr MessageText cli_program_examples{
    "cli_program_examples",
    "示例：\n"
    "  countyplan check examples/guangxi\n"
    "  countyplan allocate examples/guangxi -o out/result\n"
    "  countyplan verify examples/guangxi out/result\n\n"
    "退出码：0 成功；2 输入有误；3 结论为否；4 提前停止（已写出目前最好的结果）；5 读写失败；64 用法错误；70 内部错误\n"
    "环境变量：COUNTYPLAN_LANG（zh 或 en）、COUNTYPLAN_TIME（秒）；未设时语言取自 LC_ALL、LC_MESSAGES、LANG",
    "Examples:\n"
    "  countyplan check examples/guangxi\n"
    "  countyplan allocate examples/guangxi -o out/result\n"
    "  countyplan verify examples/guangxi out/result\n\n"
    "Exit codes: 0 ok; 2 bad input; 3 the answer is no; 4 stopped early (best so far written); 5 input or output "
    "failed; 64 usage; 70 internal error\n"
    "Environment: COUNTYPLAN_LANG (zh or en), COUNTYPLAN_TIME (seconds); otherwise the language comes from LC_ALL, "
    "LC_MESSAGES, LANG"};
inline constexpr MessageText cli_check{"cli_check", "校核方案，列出全部问题", "Check a plan and list everything found"};
inline constexpr MessageText cli_check_examples{"cli_check_examples",
                                                "示例：\n"
                                                "  countyplan check examples/guangxi\n"
                                                "  countyplan check my.plan.json --json\n"
                                                "  countyplan check - < my.plan.json",
                                                "Examples:\n"
                                                "  countyplan check examples/guangxi\n"
                                                "  countyplan check my.plan.json --json\n"
                                                "  countyplan check - < my.plan.json"};
inline constexpr MessageText cli_allocate{"cli_allocate", "为岗位派驻人才：可证明的最优方案，并说明岗位为何空缺",
                                          "Staff the posts, provably best, and say why posts stay empty"};
inline constexpr MessageText cli_allocate_examples{
    "cli_allocate_examples",
    "写出 staffing.csv、unfilled.csv、result.json、certificate.json、report.html；要么整个目录，要么不写。\n"
    "加 --fairness 还写出 fairness.json；加 --given 还写出 given.csv；加 --freeze 或 --no-worse 还写出带有这些决定的\n"
    "decided.plan.json，该结果属于它，核对时也用它。\n"
    "--freeze 的写法：以逗号分开的 "
    "expert:ID、sender:ID、post:ID、school:ID、county:代码（之一即可；一个都不写则为所有人），\n"
    "再加 before:日期（只限该日之前开始的派驻）、after:日期（只限该日之后结束的派驻），或只写 all。\n"
    "--given 的表：列 expert、post，以及 allowed、points、doubt、user_1、user_2、user_3 中的任意几列。\n"
    "无解时不写前两个文件，并说明哪些要求相互矛盾。\n"
    "按一次 Ctrl-C：写出目前最好的结果（退出码 4）；再按一次：立即退出。\n"
    "退出码：0 最优；3 没有派驻能守住全部要求；4 提前停止。\n\n"
    "示例：\n"
    "  countyplan allocate examples/guangxi -o out/result\n"
    "  countyplan allocate examples/guangxi -o out/result --force --prices\n"
    "  countyplan allocate examples/guangxi -o out/frozen --freeze county:451024,before:2025-09-01 --no-worse\n"
    "  countyplan allocate my.plan.json -o out/result --force --time 10 --json",
    "Writes staffing.csv, unfilled.csv, result.json, certificate.json and report.html: the whole directory or "
    "nothing.\n"
    "With --fairness also fairness.json; with --given also given.csv; with --freeze or --no-worse also "
    "decided.plan.json,\n"
    "the plan with these decisions: the result is one of that plan and is checked with it.\n"
    "--freeze takes words with commas between: expert:ID, sender:ID, post:ID, school:ID, county:CODE (any of them;\n"
    "none of these: everybody), and before:DATE (only postings that begin before that day), after:DATE (only those "
    "that\n"
    "end after it); or all.\n"
    "--given takes a table with columns expert, post and any of allowed, points, doubt, user_1, user_2, user_3.\n"
    "Where no staffing can keep the rules it leaves the first two out and says which rules contradict.\n"
    "Ctrl-C once: writes the best so far (exit code 4); twice: exits at once.\n"
    "Exit codes: 0 optimal; 3 no staffing keeps every rule; 4 stopped early.\n\n"
    "Examples:\n"
    "  countyplan allocate examples/guangxi -o out/result\n"
    "  countyplan allocate examples/guangxi -o out/result --force --prices\n"
    "  countyplan allocate examples/guangxi -o out/frozen --freeze county:451024,before:2025-09-01 --no-worse\n"
    "  countyplan allocate my.plan.json -o out/result --force --time 10 --json"};
inline constexpr MessageText cli_track{"cli_track", "截至某日的进度计划、完成情况与汇总",
                                       "Schedule, progress and roll-up as of a day"};
inline constexpr MessageText cli_track_examples{"cli_track_examples",
                                                "示例：\n"
                                                "  countyplan track examples/guangxi --as-of 2026-06-30\n"
                                                "  countyplan track examples/guangxi --as-of 2026-06-30 -o out/track",
                                                "Examples:\n"
                                                "  countyplan track examples/guangxi --as-of 2026-06-30\n"
                                                "  countyplan track examples/guangxi --as-of 2026-06-30 -o out/track"};
inline constexpr MessageText cli_report{"cli_report", "写一页可阅读的 HTML 报告", "Write one HTML page for people"};
inline constexpr MessageText cli_report_examples{
    "cli_report_examples",
    "示例：\n"
    "  countyplan report examples/guangxi -o plan.html\n"
    "  countyplan report examples/guangxi out/result -o report.html --as-of 2026-06-30 --lang zh",
    "Examples:\n"
    "  countyplan report examples/guangxi -o plan.html\n"
    "  countyplan report examples/guangxi out/result -o report.html --as-of 2026-06-30 --lang zh"};
inline constexpr MessageText cli_convert{"cli_convert", "按后缀转换方案的格式，或导出方案图",
                                         "Convert a plan by suffix, or export its graph"};
inline constexpr MessageText cli_convert_examples{
    "cli_convert_examples",
    "后缀：无（CSV 目录）、.plan.json、.plan.snapshot；仅输出：.dot、.graphml、.graph.json，"
    "指标 .iati.xml、.dhis2.json\n\n"
    "示例：\n"
    "  countyplan convert examples/guangxi guangxi.plan.json\n"
    "  countyplan convert guangxi.plan.json guangxi.plan.snapshot\n"
    "  countyplan convert examples/guangxi guangxi.dot",
    "Suffixes: none (a directory of CSV), .plan.json, .plan.snapshot; output only: .dot, .graphml, .graph.json, "
    "indicators .iati.xml, .dhis2.json\n\n"
    "Examples:\n"
    "  countyplan convert examples/guangxi guangxi.plan.json\n"
    "  countyplan convert guangxi.plan.json guangxi.plan.snapshot\n"
    "  countyplan convert examples/guangxi guangxi.dot"};
inline constexpr MessageText cli_generate{"cli_generate", "由种子生成示例方案", "Make an example plan from a seed"};
inline constexpr MessageText cli_generate_examples{"cli_generate_examples",
                                                   "示例：\n"
                                                   "  countyplan generate -o guangxi\n"
                                                   "  countyplan generate --counties 160 --seed 7 -o national",
                                                   "Examples:\n"
                                                   "  countyplan generate -o guangxi\n"
                                                   "  countyplan generate --counties 160 --seed 7 -o national"};
inline constexpr MessageText cli_verify{"cli_verify", "核对结果是否属于该方案且证明成立",
                                        "Check that a result belongs to a plan and its proof holds"};
inline constexpr MessageText cli_verify_examples{
    "cli_verify_examples",
    "独立的核验程序是 countyplan-check。\n\n示例：\n  countyplan verify examples/guangxi out/result",
    "The independent checker is countyplan-check.\n\nExamples:\n  countyplan verify examples/guangxi out/result"};
inline constexpr MessageText cli_solve{"cli_solve", "求解一个指派或网络流问题文件，并附证明",
                                       "Solve an assignment or flow problem from a file, with a proof"};
inline constexpr MessageText cli_solve_examples{
    "cli_solve_examples",
    "格式由后缀和内容判断：DIMACS .min、.max、.asn，OR-Library assign*.txt、assignp*.txt，成本矩阵，Matrix Market "
    ".mtx，"
    "JSON。\n"
    "退出码：0 最优；3 无可行解或无界；4 提前停止。\n\n"
    "示例：\n"
    "  countyplan solve netgen.min\n"
    "  countyplan solve assign100.txt --json --certificate assign100.certificate.json\n"
    "  countyplan-check solve assign100.txt assign100.certificate.json",
    "The format is told by suffix and content: DIMACS .min, .max, .asn; OR-Library assign*.txt, assignp*.txt; cost "
    "matrix; Matrix Market .mtx; JSON.\n"
    "Exit codes: 0 optimal; 3 infeasible or unbounded; 4 stopped early.\n\n"
    "Examples:\n"
    "  countyplan solve netgen.min\n"
    "  countyplan solve assign100.txt --json --certificate assign100.certificate.json\n"
    "  countyplan-check solve assign100.txt assign100.certificate.json"};
inline constexpr MessageText cli_schema{"cli_schema", "打印 .plan.json 或问题文件的 JSON Schema",
                                        "Print the JSON Schema of .plan.json or of a problem"};
inline constexpr MessageText cli_schema_examples{"cli_schema_examples",
                                                 "示例：\n"
                                                 "  countyplan schema > plan.schema.json\n"
                                                 "  countyplan schema --of problem > problem.schema.json",
                                                 "Examples:\n"
                                                 "  countyplan schema > plan.schema.json\n"
                                                 "  countyplan schema --of problem > problem.schema.json"};
inline constexpr MessageText cli_version{"cli_version", "打印版本", "Print the version"};
inline constexpr MessageText cli_version_examples{"cli_version_examples", "示例：\n  countyplan version --json",
                                                  "Examples:\n  countyplan version --json"};

// --help: options
inline constexpr MessageText cli_group_options{"cli_group_options", "选项", "Options"};
inline constexpr MessageText cli_group_commands{"cli_group_commands", "命令", "Commands"};
inline constexpr MessageText cli_group_positionals{"cli_group_positionals", "参数", "Arguments"};
inline constexpr MessageText cli_label_usage{"cli_label_usage", "用法", "Usage"};
inline constexpr MessageText cli_label_options{"cli_label_options", "选项", "OPTIONS"};
inline constexpr MessageText cli_label_command{"cli_label_command", "命令", "COMMAND"};
inline constexpr MessageText cli_label_required{"cli_label_required", "必需", "REQUIRED"};
inline constexpr MessageText cli_option_help{"cli_option_help", "显示帮助", "Show this help"};
inline constexpr MessageText cli_option_version{"cli_option_version", "显示版本", "Show the version"};
inline constexpr MessageText cli_option_json{"cli_option_json", "标准输出只有一个 JSON 对象",
                                             "Exactly one JSON object on standard output"};
inline constexpr MessageText cli_option_lang{"cli_option_lang", "语言：zh 或 en", "Language: zh or en"};
inline constexpr MessageText cli_option_encoding{"cli_option_encoding", "CSV 的编码：auto、utf-8 或 gb18030",
                                                 "Encoding of CSV: auto, utf-8 or gb18030"};
inline constexpr MessageText cli_option_salvage{"cli_option_salvage", "台账日志损坏时，只读到最后一条完好的记录",
                                                "Read a damaged log of the ledger up to its last good record"};
inline constexpr MessageText cli_option_force{"cli_option_force", "替换已有的输出", "Replace output that exists"};
inline constexpr MessageText cli_option_time{"cli_option_time", "求解时限（秒，默认 60）",
                                             "Time limit of a solve in seconds (60 unless told)"};
inline constexpr MessageText cli_option_steps{"cli_option_steps", "求解步数上限（结果可复现）",
                                              "Limit on the solver's steps (reproducible)"};
inline constexpr MessageText cli_option_as_of{"cli_option_as_of", "截至哪一天（YYYY-MM-DD）",
                                              "As of which day (YYYY-MM-DD)"};
inline constexpr MessageText cli_option_as_of_default{
    "cli_option_as_of_default", "截至哪一天（YYYY-MM-DD；默认取台账最后登记之日）",
    "As of which day (YYYY-MM-DD; by default the last day recorded in the ledger)"};
inline constexpr MessageText cli_option_directory{"cli_option_directory", "输出目录", "Directory to write"};
inline constexpr MessageText cli_option_prices{"cli_option_prices", "列出不为零的影子价格",
                                               "List the shadow prices that are not 0"};
inline constexpr MessageText cli_option_fairness{"cli_option_fairness", "再求一次，列出县际公平的代价",
                                                 "Solve once more and tell what fairness between counties costs"};
inline constexpr MessageText cli_option_freeze{"cli_option_freeze", "哪些人留在现岗不动",
                                               "Who stays in the present post, whatever comes"};
inline constexpr MessageText cli_option_no_worse{"cli_option_no_worse", "在任者一律继续派驻，且意愿不低于现岗",
                                                 "Whoever serves at present serves again, wished for no less"};
inline constexpr MessageText cli_option_given{"cli_option_given", "自定规则对各配对的说法（CSV 或结果目录）",
                                              "What your own rules say of pairs (CSV, or the directory of a result)"};
inline constexpr MessageText cli_given_other{"cli_given_other", "--given：“{0}”不是此方案的结果",
                                             "--given: '{0}' is no result of this plan"};
inline constexpr MessageText cli_freeze_word{
    "cli_freeze_word", "--freeze：“{0}”不是 all、expert:、sender:、post:、school:、county:、before: 或 after: 之一",
    "--freeze: '{0}' is none of all, expert:, sender:, post:, school:, county:, before: and after:"};
inline constexpr MessageText cli_freeze_all{"cli_freeze_all", "--freeze：all 不能与人或地点并列",
                                            "--freeze: all goes with no people and no places"};
inline constexpr MessageText cli_frozen{"cli_frozen", "固定在现岗：{0} 人次",
                                        "frozen in the present post: {0} postings"};
inline constexpr MessageText cli_movers{"cli_movers", "在任 {0} 人：留任 {1}，调岗 {2}，不再派驻 {3}；新派 {4} 人",
                                        "of {0} who serve at present {1} stay, {2} move, {3} go home; {4} are new"};
inline constexpr MessageText cli_decided_plan{"cli_decided_plan", "此结果属于 {0}", "this is a result of {0}"};
inline constexpr MessageText cli_tier_unsaid{
    "cli_tier_unsaid", "方案的目标含有“{0}”（{1}），须用 --given 给出各配对的分值（列 {1}）",
    "the plan's objective names '{0}' ({1}): give its points per pair with --given (column {1})"};

inline constexpr MessageText cli_option_file{"cli_option_file", "输出文件", "File to write"};
inline constexpr MessageText cli_option_counties{"cli_option_counties", "县的个数（1 至 1600）",
                                                 "How many counties (1 to 1600)"};
inline constexpr MessageText cli_option_seed{"cli_option_seed", "种子（不小于 0 的整数）",
                                             "Seed (a whole number from 0 up)"};
inline constexpr MessageText cli_option_base{
    "cli_option_base", "guangxi（20 个重点帮扶县）或 invented（虚构；个数不是 20 时默认）",
    "guangxi (the 20 key counties) or invented (the default for any other number)"};
inline constexpr MessageText cli_option_policy{"cli_option_policy", "含名额、决定、路程和全部目标（guangxi 默认）",
                                               "With quotas, decisions, roads and all tiers (guangxi unless told)"};
inline constexpr MessageText cli_option_no_policy{"cli_option_no_policy", "不含这些（invented 默认）",
                                                  "Without them (invented unless told)"};
inline constexpr MessageText cli_argument_plan{"cli_argument_plan",
                                               "方案：CSV 目录、.plan.json、.plan.snapshot，或 -（标准输入的 JSON）",
                                               "A directory of CSV, .plan.json, .plan.snapshot, or - (JSON on stdin)"};
inline constexpr MessageText cli_argument_result{"cli_argument_result", "allocate 写出的目录",
                                                 "A directory written by allocate"};
inline constexpr MessageText cli_argument_output{"cli_argument_output", "写到哪里，后缀定格式",
                                                 "Where to write; the suffix tells the format"};

inline constexpr MessageText cli_option_schema{"cli_option_schema",
                                               "哪种文件的 Schema：plan（默认）、problem、schedule",
                                               "Schema of which document: plan (unless told), problem, schedule"};
inline constexpr MessageText cli_argument_problem{"cli_argument_problem", "问题文件，或 -（标准输入）",
                                                  "A file that holds a problem, or - (standard input)"};
inline constexpr MessageText cli_option_problem_format{
    "cli_option_problem_format",
    "输入格式：dimacs_min、dimacs_max、dimacs_asn、or_library、or_library_sparse、cost_matrix、matrix_market、json",
    "Format of the input: dimacs_min, dimacs_max, dimacs_asn, or_library, or_library_sparse, cost_matrix, "
    "matrix_market, json"};
inline constexpr MessageText cli_option_scale{"cli_option_scale", "成本乘以 10、100……后须为整数（默认 1）",
                                              "Power of ten that makes every cost a whole number (1 unless told)"};
inline constexpr MessageText cli_option_method{"cli_option_method", "求解方法（默认 automatic）",
                                               "Method of the solver (automatic unless told)"};
inline constexpr MessageText cli_option_threads{
    "cli_option_threads", "最多线程数（目前各求解器只用一个），不影响答案",
    "Threads at most (each solver uses one so far); the answer is the same"};
inline constexpr MessageText cli_option_certificate{"cli_option_certificate", "把答案和证书写到此文件",
                                                    "File to write the answer and its certificate to"};

// wrong usage
inline constexpr MessageText cli_usage_error{"cli_usage_error", "用法错误：{0}", "usage error: {0}"};
inline constexpr MessageText cli_no_command{"cli_no_command", "缺少命令", "a command is needed"};
inline constexpr MessageText cli_missing_argument{"cli_missing_argument", "缺少 {0}", "{0} is missing"};
inline constexpr MessageText cli_unexpected_argument{"cli_unexpected_argument", "不认识的参数“{0}”",
                                                     "unknown argument '{0}'"};
inline constexpr MessageText cli_value_missing{"cli_value_missing", "选项的值缺少或过多：{0}",
                                               "an option has no value, or too many: {0}"};
inline constexpr MessageText cli_number_range{"cli_number_range", "{0}：“{1}”不是 {2} 至 {3} 的数",
                                              "{0}: '{1}' is not a number from {2} to {3}"};
inline constexpr MessageText cli_unknown_choice{"cli_unknown_choice", "{0}：“{1}”不是下列之一：{2}",
                                                "{0}: '{1}' is not one of: {2}"};
inline constexpr MessageText cli_not_a_day{"cli_not_a_day", "{0}：“{1}”不是存在的日期（YYYY-MM-DD）",
                                           "{0}: '{1}' is not a day that exists (YYYY-MM-DD)"};
inline constexpr MessageText cli_bad_output{"cli_bad_output", "“{0}”不能作为输出的名字",
                                            "'{0}' cannot be the name of an output"};
inline constexpr MessageText cli_output_is_directory{"cli_output_is_directory", "“{0}”是目录，这里需要文件名",
                                                     "'{0}' is a directory; the name of a file is needed"};
inline constexpr MessageText cli_output_is_input{"cli_output_is_input", "“{0}”就是输入；请写到别处",
                                                 "'{0}' is the input itself; write somewhere else"};
inline constexpr MessageText cli_output_suffix{"cli_output_suffix", "由“{0}”看不出输出格式",
                                               "the name '{0}' does not tell an output format"};
inline constexpr MessageText cli_guangxi_counties{
    "cli_guangxi_counties", "广西有 20 个重点帮扶县；其他个数请用 --base invented",
    "Guangxi has 20 key counties; for another number take --base invented"};
inline constexpr MessageText cli_help_hint{"cli_help_hint", "帮助：{0} --help", "for help: {0} --help"};
inline constexpr MessageText cli_unknown_variable{"cli_unknown_variable", "不认识的环境变量 {0}，未使用",
                                                  "the environment variable {0} is not known and not used"};

// while it works
inline constexpr MessageText cli_reading{"cli_reading", "正在读取方案", "reading the plan"};
inline constexpr MessageText cli_allocating{"cli_allocating", "正在派驻", "allocating"};
inline constexpr MessageText cli_reading_problem{"cli_reading_problem", "正在读取问题", "reading the problem"};
inline constexpr MessageText cli_solving{"cli_solving", "正在求解", "solving"};
inline constexpr MessageText cli_tracking{"cli_tracking", "正在排程与汇总", "scheduling and rolling up"};
inline constexpr MessageText cli_verifying{"cli_verifying", "正在核对", "verifying"};
inline constexpr MessageText cli_generating{"cli_generating", "正在生成", "generating"};
inline constexpr MessageText cli_writing{"cli_writing", "正在写出", "writing"};
inline constexpr MessageText cli_progress{"cli_progress", "{0} … {1} 秒", "{0} … {1} s"};
inline constexpr MessageText cli_progress_steps{"cli_progress_steps", "{0} … {1} 秒，{2} 步", "{0} … {1} s, {2} steps"};
inline constexpr MessageText cli_interrupted{"cli_interrupted",
                                             "正在停止，将写出目前最好的结果；再按一次 Ctrl-C 立即退出",
                                             "stopping; the best so far will be written; Ctrl-C again exits at once"};

// findings
inline constexpr MessageText cli_finding{"cli_finding", "{0}{1}：{2} [{3}]", "{0}{1}: {2} [{3}]"};
inline constexpr MessageText cli_finding_expected{"cli_finding_expected", "应为：{0}", "expected {0}"};

// what came out
inline constexpr MessageText cli_check_summary{
    "cli_check_summary", "{0} 个县，{1} 所受援学校，{2} 个岗位，{3} 名帮扶人才；{4} 个错误，{5} 个警告",
    "{0} counties, {1} assisted schools, {2} posts, {3} experts; {4} errors, {5} warnings"};
inline constexpr MessageText cli_plan_warnings{"cli_plan_warnings", "方案有 {0} 个警告（countyplan check 可列出）",
                                               "the plan has {0} warnings (countyplan check lists them)"};
inline constexpr MessageText cli_allocate_people{"cli_allocate_people", "已派驻 {0} 人，目标 {1} 人；缺口 {2} 个岗位",
                                                 "{0} people posted, {1} wished for; {2} posts stay short"};
inline constexpr MessageText cli_allocate_tiers{"cli_allocate_tiers", "目标值：{0}", "objective: {0}"};
inline constexpr MessageText cli_tier_value{"cli_tier_value", "{0} {1}", "{0} {1}"};
inline constexpr MessageText cli_exact_class{
    "cli_exact_class", "精确遵守：派出名额 {0} 项，其他名额 {1} 项，决定 {2} 项，任期规则 {3} 条",
    "kept exactly: {0} quotas of senders, {1} other quotas, {2} decisions, {3} rules of terms"};
inline constexpr MessageText cli_objective{"cli_objective", "目标次序：{0}", "what counts, in this order: {0}"};
inline constexpr MessageText cli_left_out{"cli_left_out", "派驻不考虑的规则（由 check 和 audit 判断）：{0}",
                                          "rules that are not part of allocation (check and audit judge them): {0}"};
inline constexpr MessageText cli_rule_words{"cli_rule_words", "{0}（{1}）", "{0} ({1})"};
inline constexpr MessageText cli_conflict{"cli_conflict", "没有派驻能同时守住下列各项：",
                                          "no staffing can keep all of these together:"};
inline constexpr MessageText cli_conflict_line{"cli_conflict_line", "- {0}", "- {0}"};
inline constexpr MessageText cli_conflict_more{"cli_conflict_more", "- ……另有 {0} 条，见 result.json",
                                               "- ... and {0} more, see result.json"};
inline constexpr MessageText cli_nothing_found{
    "cli_nothing_found", "停止时还没有找到守住全部下限的派驻，未写出派驻",
    "it was stopped before any staffing kept every lower bound; none is written"};
inline constexpr MessageText cli_fairness{"cli_fairness", "县际公平的代价：不计“县际均衡”时的最优派驻与此相比",
                                          "the price of fairness: the best staffing without fairness between counties "
                                          "beside this one"};
inline constexpr MessageText cli_fairness_line{"cli_fairness_line", "  {0}：公平 {1}，不计公平 {2}",
                                               "  {0}: fair {1}, without {2}"};
inline constexpr MessageText cli_fairness_worst{
    "cli_fairness_worst", "  满足率最低的县：公平 {0}（{1}/{2}），不计公平 {3}（{4}/{5}）",
    "  the county that is served least: fair {0} ({1} of {2}), without {3} ({4} of {5})"};
inline constexpr MessageText cli_fairness_stopped{"cli_fairness_stopped", "  未算完，原因：{0}", "  not settled: {0}"};
inline constexpr MessageText cli_fairness_none{"cli_fairness_none", "目标中没有“县际均衡”，没有公平的代价",
                                               "the objective has no fairness between counties, so it has no price"};
inline constexpr MessageText cli_prices{
    "cli_prices", "影子价格：该处每计一人，除配对本身外，各级目标付出多少（负数为所得）",
    "shadow prices: what each person counted there costs the objective besides the pair itself (below 0: is worth)"};
inline constexpr MessageText cli_price_line{"cli_price_line", "{0}：{1}", "{0}: {1}"};
inline constexpr MessageText cli_price_closed{"cli_price_closed", "{0}：上限为 0", "{0}: closed, the upper bound is 0"};
inline constexpr MessageText cli_set_sender{"cli_set_sender", "派出方“{0}”", "sender '{0}'"};
inline constexpr MessageText cli_set_role{"cli_set_role", "派出方“{0}”的{1}", "sender '{0}', {1}"};
inline constexpr MessageText cli_set_quota{"cli_set_quota", "名额“{0}”", "quota '{0}'"};
inline constexpr MessageText cli_set_must{"cli_set_must", "必须派出的“{0}”", "'{0}', who must serve"};
inline constexpr MessageText cli_set_county{"cli_set_county", "县 {0}", "county {0}"};
inline constexpr MessageText cli_set_post{"cli_set_post", "岗位“{0}”", "post '{0}'"};
inline constexpr MessageText cli_allocate_claim{"cli_allocate_claim", "{0}（{1}），{2} 步", "{0} ({1}), {2} steps"};
inline constexpr MessageText cli_unfilled_line{"cli_unfilled_line", "{0}：缺 {1} 人；{2}", "{0}: {1} short; {2}"};
inline constexpr MessageText cli_track_schedule{
    "cli_track_schedule", "排程：{0} 项任务，{1} 项在关键路径上，{2} 项总时差不足；{3} 至 {4}",
    "schedule: {0} tasks, {1} on longest paths, {2} critical by float; {3} to {4}"};
inline constexpr MessageText cli_no_value{"cli_no_value", "未知", "unknown"};
inline constexpr MessageText cli_no_tasks{"cli_no_tasks", "方案里没有任务", "the plan has no tasks"};
inline constexpr MessageText cli_track_stopped{"cli_track_stopped", "排程提前停止（{0}），没有结果",
                                               "scheduling was stopped early ({0}); there is no result"};
inline constexpr MessageText cli_track_left_out{"cli_track_left_out", "报告不含进度：{0}",
                                                "the report leaves progress out: {0}"};
inline constexpr MessageText cli_solve_problem{"cli_solve_problem", "问题：{0}", "problem: {0}"};
inline constexpr MessageText cli_solve_termination{"cli_solve_termination", "结束：{0}（{1}），{2} 步",
                                                   "termination: {0} ({1}), {2} steps"};
inline constexpr MessageText cli_solve_objective{"cli_solve_objective", "目标值：{0}", "objective: {0}"};
inline constexpr MessageText cli_solve_no_objective{"cli_solve_no_objective", "目标值：无", "objective: none"};
inline constexpr MessageText cli_solve_verified{"cli_solve_verified", "证书：成立（{0}）", "certificate: holds ({0})"};
inline constexpr MessageText cli_solve_not_verified{"cli_solve_not_verified", "证书：不成立，请报告：{0}：{1}",
                                                    "certificate: does not hold, please report it: {0}: {1}"};
inline constexpr MessageText cli_solve_seconds{"cli_solve_seconds", "求解：{0} 秒，方法 {1}", "solved in {0} s by {1}"};
inline constexpr MessageText cli_solve_memory{"cli_solve_memory", "内存峰值：{0} MiB", "peak memory: {0} MiB"};
inline constexpr MessageText cli_written{"cli_written", "已写出“{0}”", "written: {0}"};
inline constexpr MessageText cli_accepted{"cli_accepted", "接受：结果属于该方案，证明成立",
                                          "accepted: the result belongs to the plan and its proof holds"};
inline constexpr MessageText cli_accepted_feasible{"cli_accepted_feasible", "接受：派驻可行；求解提前停止，未声称最优",
                                                   "accepted: the staffing keeps the rules; it was stopped early and "
                                                   "does not claim to be best"};
inline constexpr MessageText cli_accepted_nothing{
    "cli_accepted_nothing", "接受：求解提前停止，未得到派驻，也未作任何声称",
    "accepted: it was stopped before any staffing was found, and claims nothing"};
inline constexpr MessageText cli_refused{"cli_refused", "拒绝：{0} {1}：{2}", "refused: {0} {1}: {2}"};
inline constexpr MessageText cli_refused_detail{"cli_refused_detail", "{0}；{1}", "{0}; {1}"};

inline constexpr MessageText cli_unfilled_more{"cli_unfilled_more", "……另有 {0} 个岗位，见 {1}",
                                               "... and {0} more posts, see {1}"};

// what went wrong
inline constexpr MessageText cli_error{"cli_error", "错误：{0}", "error: {0}"};
inline constexpr MessageText cli_error_at{"cli_error_at", "{0}：{1}", "{0}: {1}"};
inline constexpr MessageText cli_use_force{"cli_use_force", "要替换已有的输出，请加 --force",
                                           "to replace it, add --force"};
inline constexpr MessageText cli_output_failed{"cli_output_failed", "不能写到标准输出：{0}",
                                               "cannot write to standard output: {0}"};
inline constexpr MessageText cli_out_of_memory{"cli_out_of_memory", "内存不足", "out of memory"};
inline constexpr MessageText cli_internal_error{"cli_internal_error", "内部错误，请报告：{0}",
                                                "internal error, please report it: {0}"};

}  // namespace message

/// Every message of this folder.
inline constexpr const MessageText* all_cli_messages[] = {
    &message::cli_program,
    &message::cli_program_examples,
    &message::cli_check,
    &message::cli_check_examples,
    &message::cli_allocate,
    &message::cli_allocate_examples,
    &message::cli_track,
    &message::cli_track_examples,
    &message::cli_report,
    &message::cli_report_examples,
    &message::cli_convert,
    &message::cli_convert_examples,
    &message::cli_generate,
    &message::cli_generate_examples,
    &message::cli_verify,
    &message::cli_verify_examples,
    &message::cli_solve,
    &message::cli_solve_examples,
    &message::cli_schema,
    &message::cli_schema_examples,
    &message::cli_version,
    &message::cli_version_examples,
    &message::cli_group_options,
    &message::cli_group_commands,
    &message::cli_group_positionals,
    &message::cli_label_usage,
    &message::cli_label_options,
    &message::cli_label_command,
    &message::cli_label_required,
    &message::cli_option_help,
    &message::cli_option_version,
    &message::cli_option_json,
    &message::cli_option_lang,
    &message::cli_option_encoding,
    &message::cli_option_salvage,
    &message::cli_option_force,
    &message::cli_option_time,
    &message::cli_option_steps,
    &message::cli_option_as_of,
    &message::cli_option_as_of_default,
    &message::cli_option_directory,
    &message::cli_option_prices,
    &message::cli_option_fairness,
    &message::cli_option_freeze,
    &message::cli_option_no_worse,
    &message::cli_option_given,
    &message::cli_given_other,
    &message::cli_freeze_word,
    &message::cli_freeze_all,
    &message::cli_frozen,
    &message::cli_movers,
    &message::cli_decided_plan,
    &message::cli_tier_unsaid,
    &message::cli_option_file,
    &message::cli_option_counties,
    &message::cli_option_seed,
    &message::cli_option_base,
    &message::cli_option_policy,
    &message::cli_option_no_policy,
    &message::cli_argument_plan,
    &message::cli_argument_result,
    &message::cli_argument_output,
    &message::cli_option_schema,
    &message::cli_argument_problem,
    &message::cli_option_problem_format,
    &message::cli_option_scale,
    &message::cli_option_method,
    &message::cli_option_threads,
    &message::cli_option_certificate,
    &message::cli_usage_error,
    &message::cli_no_command,
    &message::cli_missing_argument,
    &message::cli_unexpected_argument,
    &message::cli_value_missing,
    &message::cli_number_range,
    &message::cli_unknown_choice,
    &message::cli_not_a_day,
    &message::cli_bad_output,
    &message::cli_output_is_directory,
    &message::cli_output_is_input,
    &message::cli_output_suffix,
    &message::cli_guangxi_counties,
    &message::cli_help_hint,
    &message::cli_unknown_variable,
    &message::cli_reading,
    &message::cli_allocating,
    &message::cli_reading_problem,
    &message::cli_solving,
    &message::cli_tracking,
    &message::cli_verifying,
    &message::cli_generating,
    &message::cli_writing,
    &message::cli_progress,
    &message::cli_progress_steps,
    &message::cli_interrupted,
    &message::cli_finding,
    &message::cli_finding_expected,
    &message::cli_check_summary,
    &message::cli_plan_warnings,
    &message::cli_allocate_people,
    &message::cli_allocate_tiers,
    &message::cli_tier_value,
    &message::cli_exact_class,
    &message::cli_objective,
    &message::cli_left_out,
    &message::cli_rule_words,
    &message::cli_conflict,
    &message::cli_conflict_line,
    &message::cli_conflict_more,
    &message::cli_nothing_found,
    &message::cli_fairness,
    &message::cli_fairness_line,
    &message::cli_fairness_worst,
    &message::cli_fairness_stopped,
    &message::cli_fairness_none,
    &message::cli_prices,
    &message::cli_price_line,
    &message::cli_price_closed,
    &message::cli_set_sender,
    &message::cli_set_role,
    &message::cli_set_quota,
    &message::cli_set_must,
    &message::cli_set_county,
    &message::cli_set_post,
    &message::cli_allocate_claim,
    &message::cli_unfilled_line,
    &message::cli_track_schedule,
    &message::cli_no_value,
    &message::cli_no_tasks,
    &message::cli_track_stopped,
    &message::cli_track_left_out,
    &message::cli_solve_problem,
    &message::cli_solve_termination,
    &message::cli_solve_objective,
    &message::cli_solve_no_objective,
    &message::cli_solve_verified,
    &message::cli_solve_not_verified,
    &message::cli_solve_seconds,
    &message::cli_solve_memory,
    &message::cli_written,
    &message::cli_unfilled_more,
    &message::cli_accepted,
    &message::cli_accepted_feasible,
    &message::cli_accepted_nothing,
    &message::cli_refused,
    &message::cli_refused_detail,
    &message::cli_error,
    &message::cli_error_at,
    &message::cli_use_force,
    &message::cli_output_failed,
    &message::cli_out_of_memory,
    &message::cli_internal_error,
};

}  // namespace countyplan
