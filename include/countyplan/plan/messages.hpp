// What does the plan say when something is wrong with it?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// Rows of this folder's table; `all_plan_messages` lists them. `expect_…` say what would have been
/// right, `fix_…` what to do about it.
namespace message {

inline constexpr MessageText duplicate_id{"duplicate_id", "编号“{0}”重复：第一次出现在 {1}",
                                          "the id '{0}' is used twice: first at {1}"};
inline constexpr MessageText unknown_reference{"unknown_reference", "没有编号为“{0}”的{1}",
                                               "there is no {1} with the id '{0}'"};
inline constexpr MessageText required_field{"required_field", "此项不能为空", "this field may not be empty"};
inline constexpr MessageText nearest_id{"nearest_id", "最接近的编号是“{0}”", "the nearest id is '{0}'"};
inline constexpr MessageText invalid_plan{"invalid_plan", "方案有 {0} 个错误", "the plan has {0} errors"};
inline constexpr MessageText id_format{"id_format", "编号“{0}”的写法不合规定",
                                       "the id '{0}' is not written as ids are"};
inline constexpr MessageText shared_id{"shared_id", "编号“{0}”也是{1}的编号，见 {2}",
                                       "the id '{0}' is also that of a {1}, at {2}"};
inline constexpr MessageText confusable_id{
    "confusable_id", "编号“{0}”与 {2} 的“{1}”只在大小写、空格、全角或不可见字符上不同",
    "the id '{0}' differs from '{1}' at {2} only by case, spaces, full width or invisible characters"};
inline constexpr MessageText school_id_is_code{
    "school_id_is_code", "学校编号“{0}”像行政区划代码，会与县混淆",
    "the school's id '{0}' looks like an area code and could be taken for a county"};
inline constexpr MessageText text_too_long{"text_too_long", "文本长 {0} 字节，上限为 {1}",
                                           "the text has {0} bytes, the limit is {1}"};
inline constexpr MessageText text_not_utf8{"text_not_utf8", "第 {0} 字节起不是 UTF-8 文本",
                                           "the text is not UTF-8 from byte {0} on"};
inline constexpr MessageText control_character{"control_character", "第 {0} 字节处有控制字符 U+{1}",
                                               "there is a control character U+{1} at byte {0}"};
inline constexpr MessageText invisible_character{
    "invisible_character", "第 {0} 字节处有不可见字符或改变文字方向的字符 U+{1}",
    "there is an invisible or direction-changing character U+{1} at byte {0}"};
inline constexpr MessageText word_format{"word_format", "“{0}”的写法不合规定",
                                         "'{0}' is not written as such words are"};
inline constexpr MessageText unknown_enumerator{"unknown_enumerator", "{0} 不是本项的取值",
                                                "{0} is not a value of this field"};
inline constexpr MessageText day_out_of_range{"day_out_of_range", "日期不在公元 1 年至 9999 年之间",
                                              "the day is not within the years 1 to 9999"};
inline constexpr MessageText number_not_finite{"number_not_finite", "不是有限的数", "the number is not finite"};
inline constexpr MessageText number_outside{"number_outside", "{0} 超出允许的范围", "{0} is out of range"};
inline constexpr MessageText bounds_crossed{"bounds_crossed", "{0}（{1}）大于{2}（{3}）",
                                            "{0} ({1}) is greater than {2} ({3})"};
inline constexpr MessageText period_reversed{"period_reversed", "{0} 早于 {1}", "{0} is before {1}"};
inline constexpr MessageText outside_period{"outside_period", "时段 {0} 至 {1} 与方案时段 {2} 至 {3} 不相交",
                                            "{0} to {1} does not meet the plan's period {2} to {3}"};
inline constexpr MessageText half_given{"half_given", "填了 {0}，却没有填 {1}", "{0} is given but {1} is not"};
inline constexpr MessageText not_a_county{"not_a_county", "“{0}”不是县级代码", "'{0}' is not the code of a county"};
inline constexpr MessageText dependency_cycle{"dependency_cycle", "{0} 个任务互为前提：{1}",
                                              "{0} tasks wait for each other: {1}"};
inline constexpr MessageText parent_cycle{"parent_cycle", "上级关系成环，长度为 {0}：{1}",
                                          "the parents run in a circle of length {0}: {1}"};
inline constexpr MessageText reference_kind{"reference_kind", "此处不能引用{0}", "a {0} may not be named here"};
inline constexpr MessageText other_county{"other_county", "“{0}”属于 {1}，而本行属于 {2}",
                                          "'{0}' belongs to {1}, but this row to {2}"};
inline constexpr MessageText unknown_receiver{
    "unknown_receiver", "“{0}”既不是方案中县的代码，也不是学校编号",
    "'{0}' is neither the code of a county nor the id of a school of the plan"};
inline constexpr MessageText unknown_scope{"unknown_scope", "“{0}”既不是行政区划代码，也不是学校编号",
                                           "'{0}' is neither an area code nor the id of a school"};
inline constexpr MessageText listed_twice{"listed_twice", "“{0}”在列表中重复", "'{0}' is listed twice"};
inline constexpr MessageText preferred_and_avoided{"preferred_and_avoided", "“{0}”既被希望又被回避",
                                                   "'{0}' is both preferred and avoided"};
inline constexpr MessageText same_person{"same_person", "本行除编号外与 {1} 的“{0}”完全相同，可能是同一个人",
                                         "all but the id is as with '{0}' at {1}; perhaps the same person"};
inline constexpr MessageText lone_group{"lone_group", "“{0}”组只有一人", "the group '{0}' has one person only"};
inline constexpr MessageText repeated_row{"repeated_row", "与 {0} 重复", "the row repeats {0}"};
inline constexpr MessageText contradicting_row{"contradicting_row", "与 {0} 矛盾", "the row contradicts {0}"};
inline constexpr MessageText overlapping_window{"overlapping_window", "时段与 {0} 重叠",
                                                "the window overlaps that of {0}"};
inline constexpr MessageText lifts_itself{"lifts_itself", "学校“{0}”不能带动自己",
                                          "the school '{0}' cannot lift itself"};
inline constexpr MessageText milestone_with_duration{"milestone_with_duration", "里程碑的工期为 {0}，应为 0",
                                                     "the milestone has a duration of {0}"};
inline constexpr MessageText total_too_large{"total_too_large", "合计超出可计算的范围",
                                             "the total is too large to be computed"};
inline constexpr MessageText undefined_ratio{"undefined_ratio", "{0}：比值没有意义", "{0}: the ratio is undefined"};
inline constexpr MessageText findings_left_out{"findings_left_out", "只列出 {0} 条{1}，其余从略",
                                               "only {0} of severity {1} are listed, the others are left out"};
inline constexpr MessageText target_against_direction{"target_against_direction", "目标 {0} 相对基线 {1} 与方向相反",
                                                      "the target {0} lies on the wrong side of the baseline {1}"};
inline constexpr MessageText weights_sum_to_zero{"weights_sum_to_zero", "同级权重之和为 0",
                                                 "the weights of siblings sum to 0"};
inline constexpr MessageText baseline_is_target{"baseline_is_target", "基线等于目标", "the baseline equals the target"};
inline constexpr MessageText fact_value{"fact_value", "“{0}”不是 {1} 的取值", "'{0}' is not a value of {1}"};
inline constexpr MessageText fact_from_future{"fact_from_future", "{0} 的事在 {1} 就已记录",
                                              "what holds on {0} was already recorded on {1}"};
inline constexpr MessageText finish_before_start{"finish_before_start", "完成日期 {0} 早于开始日期 {1}（见 {2}）",
                                                 "finished on {0}, before the start on {1} (at {2})"};
inline constexpr MessageText progress_back{"progress_back", "进度从 {0} 退到 {1}（前一条见 {2}）",
                                           "progress goes back from {0} to {1} (the one before is at {2})"};
inline constexpr MessageText unknown_fact{"unknown_fact", "没有编号为“{0}”的事实",
                                          "there is no fact with the id '{0}'"};
inline constexpr MessageText retracts_later{"retracts_later", "被撤销的事实“{0}”记录得更晚",
                                            "the fact '{0}' to be retracted was recorded later"};
inline constexpr MessageText retracts_itself{"retracts_itself", "事实不能撤销自己", "a fact cannot retract itself"};
inline constexpr MessageText baseline_changed{"baseline_changed", "基线已由 {0} 登记，不能修改",
                                              "the baseline was recorded by {0} and is never changed"};
inline constexpr MessageText fix_new_baseline{"fix_new_baseline", "以新的名称登记另一条基线",
                                              "record another baseline under a new name"};
inline constexpr MessageText double_posting{"double_posting", "“{0}”在同一时间另有任职，见 {1}",
                                            "'{0}' is posted elsewhere at the same time, at {1}"};
inline constexpr MessageText post_overfilled{"post_overfilled", "岗位“{0}”同时有 {1} 人，上限为 {2}",
                                             "the post '{0}' has {1} people at once, at most {2} are allowed"};
inline constexpr MessageText outside_post_window{"outside_post_window", "任职 {0} 至 {1} 超出岗位时段 {2} 至 {3}",
                                                 "serving {0} to {1} goes beyond the post's window {2} to {3}"};
inline constexpr MessageText outside_availability{"outside_availability", "任职 {0} 至 {1} 超出本人可派时段 {2} 至 {3}",
                                                  "serving {0} to {1} goes beyond the availability {2} to {3}"};
inline constexpr MessageText avoided_posting{"avoided_posting", "“{0}”回避 {1}，却被派往该处",
                                             "'{0}' avoids {1} but is posted there"};
inline constexpr MessageText outside_required_pairing{
    "outside_required_pairing", "派出方“{0}”只应派往其指定受援方，“{1}”不在其中",
    "the sender '{0}' may serve only its required receivers; '{1}' is not among them"};
inline constexpr MessageText missing_parameter{"missing_parameter", "规则缺少参数 {0}",
                                               "the rule lacks the parameter {0}"};
inline constexpr MessageText unknown_parameter{"unknown_parameter", "规则没有名为“{0}”的参数",
                                               "the rule has no parameter '{0}'"};
inline constexpr MessageText parameter_outside{"parameter_outside", "参数 {0} 的值 {1} 超出范围",
                                               "the parameter {0} is {1}, out of range"};
inline constexpr MessageText county_without_plan{"county_without_plan", "“{0}”县没有目标，即没有方案",
                                                 "the county '{0}' has no goal, hence no plan"};
inline constexpr MessageText county_twice{"county_twice", "“{0}”县出现 {1} 次，一县只应有一个方案",
                                          "the county '{0}' stands {1} times, but one county has one plan"};
inline constexpr MessageText principal_posts{"principal_posts", "“{0}”学校同时需要 {1} 名校长",
                                             "the school '{0}' asks for {1} principals at once"};
inline constexpr MessageText principals_serving{"principals_serving", "“{0}”学校同时有 {1} 名校长",
                                                "the school '{0}' has {1} principals at once"};
inline constexpr MessageText term_length{"term_length", "任期为 {0} 个月，应为 {1} 至 {2} 个月",
                                         "the term is {0} months, not {1} to {2}"};
inline constexpr MessageText team_size_outside{"team_size_outside", "“{0}”学校的团队为 {1} 人，应为 {2} 至 {3} 人",
                                               "the team of '{0}' has {1} people, not {2} to {3}"};
inline constexpr MessageText school_kind_missing{"school_kind_missing", "“{0}”县没有受援的{1}",
                                                 "the county '{0}' has no assisted {1}"};
inline constexpr MessageText mentor_overloaded{"mentor_overloaded", "“{0}”同时带 {1} 人，上限为 {2}",
                                               "'{0}' has {1} apprentices at once, at most {2} are allowed"};
inline constexpr MessageText goal_not_measured{"goal_not_measured", "末级目标“{0}”没有指标",
                                               "the leaf goal '{0}' has no indicator"};
inline constexpr MessageText unfit_difference{"unfit_difference", "变更清单与此处内容不符，不能用于它",
                                              "the edit script was made from something else and does not fit here"};
inline constexpr MessageText not_laminar{
    "not_laminar", "名额交叉：{0}与{1}都含“{2}”，但“{3}”只属前者，“{4}”只属后者",
    "quotas cross: {0} and {1} share '{2}', but '{3}' belongs to the first only and '{4}' to the second only"};
inline constexpr MessageText named_set{"named_set", "{0}“{1}”", "{0} '{1}'"};
inline constexpr MessageText quota_word{"quota_word", "名额", "quota"};
inline constexpr MessageText subject_of_sender{"subject_of_sender", "派出方的名额不能限定学科",
                                               "a sender's quota cannot name a subject"};
inline constexpr MessageText quota_of_nobody{"quota_of_nobody", "此名额不涉及任何人员或岗位",
                                             "the quota counts nobody and no post"};
inline constexpr MessageText coupling_needs{"coupling_needs", "“{1}”须有 {0}", "'{1}' needs {0}"};
inline constexpr MessageText coupling_refuses{"coupling_refuses", "{0} 对“{1}”没有意义",
                                              "{0} means nothing with '{1}'"};
inline constexpr MessageText coupling_tier{"coupling_tier", "价格计入“{0}”，而目标中没有这一层",
                                           "its price counts in the tier '{0}', which the objective does not name"};
inline constexpr MessageText coupling_of_nobody{"coupling_of_nobody", "此组不足两人，规则不起作用",
                                                "the group has fewer than two people, so the rule does nothing"};
inline constexpr MessageText expect_nested{"expect_nested", "二者相含，或不相交",
                                           "one inside the other, or nothing in common"};
inline constexpr MessageText fix_quota{"fix_quota", "改变其中一项的所属、岗位类别或学科",
                                       "give one of them another holder, role or subject"};
inline constexpr MessageText expect_id{"expect_id", "字母或数字开头，只含字母、数字和 _ . -，不超过 256 字节",
                                       "a letter or digit, then letters, digits and _ . - only, at most 256 bytes"};
inline constexpr MessageText expect_unique{"expect_unique", "编号在表中唯一", "each id once in its table"};
inline constexpr MessageText expect_word{
    "expect_word", "非空，不含分号、空白和控制字符，不超过 1024 字节",
    "not empty, without semicolons, blanks and control characters, at most 1024 bytes"};
inline constexpr MessageText expect_plain_text{"expect_plain_text", "不含控制字符的 UTF-8 文本",
                                               "UTF-8 text without control characters"};
inline constexpr MessageText expect_at_most{"expect_at_most", "不超过 {0} 字节", "at most {0} bytes"};
inline constexpr MessageText expect_between{"expect_between", "{0} 到 {1}", "{0} to {1}"};
inline constexpr MessageText expect_not_after{"expect_not_after", "{0} 不大于 {1}", "{0} is not greater than {1}"};
inline constexpr MessageText expect_from_before_to{"expect_from_before_to", "{0} 不晚于 {1}", "{0} is not after {1}"};
inline constexpr MessageText expect_one_of{"expect_one_of", "{0} 之一", "one of {0}"};
inline constexpr MessageText expect_existing{"expect_existing", "{0}表中已有的编号",
                                             "the id of a row among the {0} rows"};
inline constexpr MessageText expect_acyclic{"expect_acyclic", "没有环", "no circle"};
inline constexpr MessageText expect_finite{"expect_finite", "有限的数", "a finite number"};
inline constexpr MessageText expect_both_or_none{"expect_both_or_none", "两项都填或都不填", "both or neither"};
inline constexpr MessageText expect_rule{"expect_rule", "按规定：{0}（{1}）", "as laid down: {0} ({1})"};
inline constexpr MessageText fix_fill_in{"fix_fill_in", "填写此项", "fill the field in"};
inline constexpr MessageText fix_rename{"fix_rename", "换一个编号，或删去多余的行",
                                        "choose another id, or delete the row that is too many"};
inline constexpr MessageText fix_correct{"fix_correct", "改正此项", "correct the field"};
inline constexpr MessageText fix_shorten{"fix_shorten", "缩短文本", "shorten the text"};
inline constexpr MessageText fix_remove_character{"fix_remove_character", "删去该字符", "remove the character"};
inline constexpr MessageText fix_break_cycle{"fix_break_cycle", "删去环中的一条关系",
                                             "remove one of the relations of the circle"};
inline constexpr MessageText fix_delete_row{"fix_delete_row", "删去其中一行", "delete one of the rows"};
inline constexpr MessageText fix_add_or_rename{"fix_add_or_rename", "改正编号，或补上该行",
                                               "correct the id, or add the row it names"};
inline constexpr MessageText fix_retract{"fix_retract", "确认后，必要时用一条新事实撤销它",
                                         "confirm it, or retract it with a new fact"};
inline constexpr MessageText fix_posting{"fix_posting", "改派，或修改时段", "post someone else, or change the dates"};
inline constexpr MessageText fix_rule{"fix_rule", "修改数据，或说明理由后调整规则",
                                      "change the data, or adjust the rule and say why"};
inline constexpr MessageText fix_weights{"fix_weights", "至少给一个同级正的权重",
                                         "give at least one sibling a positive weight"};

}  // namespace message

inline constexpr const MessageText* all_plan_messages[] = {&message::duplicate_id,
                                                           &message::unknown_reference,
                                                           &message::required_field,
                                                           &message::nearest_id,
                                                           &message::invalid_plan,
                                                           &message::id_format,
                                                           &message::shared_id,
                                                           &message::confusable_id,
                                                           &message::school_id_is_code,
                                                           &message::text_too_long,
                                                           &message::text_not_utf8,
                                                           &message::control_character,
                                                           &message::invisible_character,
                                                           &message::word_format,
                                                           &message::unknown_enumerator,
                                                           &message::day_out_of_range,
                                                           &message::number_not_finite,
                                                           &message::number_outside,
                                                           &message::bounds_crossed,
                                                           &message::period_reversed,
                                                           &message::outside_period,
                                                           &message::half_given,
                                                           &message::not_a_county,
                                                           &message::dependency_cycle,
                                                           &message::parent_cycle,
                                                           &message::reference_kind,
                                                           &message::other_county,
                                                           &message::unknown_receiver,
                                                           &message::unknown_scope,
                                                           &message::listed_twice,
                                                           &message::preferred_and_avoided,
                                                           &message::same_person,
                                                           &message::lone_group,
                                                           &message::repeated_row,
                                                           &message::contradicting_row,
                                                           &message::overlapping_window,
                                                           &message::lifts_itself,
                                                           &message::milestone_with_duration,
                                                           &message::total_too_large,
                                                           &message::undefined_ratio,
                                                           &message::findings_left_out,
                                                           &message::target_against_direction,
                                                           &message::weights_sum_to_zero,
                                                           &message::baseline_is_target,
                                                           &message::fact_value,
                                                           &message::fact_from_future,
                                                           &message::finish_before_start,
                                                           &message::progress_back,
                                                           &message::unknown_fact,
                                                           &message::retracts_later,
                                                           &message::retracts_itself,
                                                           &message::baseline_changed,
                                                           &message::fix_new_baseline,
                                                           &message::double_posting,
                                                           &message::post_overfilled,
                                                           &message::outside_post_window,
                                                           &message::outside_availability,
                                                           &message::avoided_posting,
                                                           &message::outside_required_pairing,
                                                           &message::missing_parameter,
                                                           &message::unknown_parameter,
                                                           &message::parameter_outside,
                                                           &message::county_without_plan,
                                                           &message::county_twice,
                                                           &message::principal_posts,
                                                           &message::principals_serving,
                                                           &message::term_length,
                                                           &message::team_size_outside,
                                                           &message::school_kind_missing,
                                                           &message::mentor_overloaded,
                                                           &message::goal_not_measured,
                                                           &message::unfit_difference,
                                                           &message::not_laminar,
                                                           &message::named_set,
                                                           &message::quota_word,
                                                           &message::subject_of_sender,
                                                           &message::quota_of_nobody,
                                                           &message::coupling_needs,
                                                           &message::coupling_refuses,
                                                           &message::coupling_tier,
                                                           &message::coupling_of_nobody,
                                                           &message::expect_nested,
                                                           &message::fix_quota,
                                                           &message::expect_id,
                                                           &message::expect_unique,
                                                           &message::expect_word,
                                                           &message::expect_plain_text,
                                                           &message::expect_at_most,
                                                           &message::expect_between,
                                                           &message::expect_not_after,
                                                           &message::expect_from_before_to,
                                                           &message::expect_one_of,
                                                           &message::expect_existing,
                                                           &message::expect_acyclic,
                                                           &message::expect_finite,
                                                           &message::expect_both_or_none,
                                                           &message::expect_rule,
                                                           &message::fix_fill_in,
                                                           &message::fix_rename,
                                                           &message::fix_correct,
                                                           &message::fix_shorten,
                                                           &message::fix_remove_character,
                                                           &message::fix_break_cycle,
                                                           &message::fix_delete_row,
                                                           &message::fix_add_or_rename,
                                                           &message::fix_retract,
                                                           &message::fix_posting,
                                                           &message::fix_rule,
                                                           &message::fix_weights};

}  // namespace countyplan
