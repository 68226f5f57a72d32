// What does io say when a cell or a member is not what its column holds?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

// what was found
inline constexpr MessageText number_format{"number_format", "“{0}”不是数字", "'{0}' is not a number"};
inline constexpr MessageText date_format{"date_format", "“{0}”不是存在的日期", "'{0}' is not a date that exists"};
inline constexpr MessageText money_format{"money_format", "“{0}”不是金额", "'{0}' is not an amount of money"};
inline constexpr MessageText boolean_format{"boolean_format", "“{0}”不是 true 或 false", "'{0}' is not true or false"};
inline constexpr MessageText unknown_word{"unknown_word", "“{0}”不是此列允许的词",
                                          "'{0}' is not one of the words of this field"};
inline constexpr MessageText reference_format{"reference_format", "“{0}”不是“种类:编号”",
                                              "'{0}' is not written kind:id"};
inline constexpr MessageText list_format{"list_format", "列表“{0}”里有空项", "the list '{0}' has an empty item"};
inline constexpr MessageText type_mismatch{"type_mismatch", "此处是{0}，应为{1}", "this is {0} where {1} belongs"};
inline constexpr MessageText missing_member{"missing_member", "缺少成员“{0}”", "the member '{0}' is missing"};
inline constexpr MessageText unknown_member{"unknown_member", "不认识的成员“{0}”", "there is no member '{0}' here"};
inline constexpr MessageText missing_file{"missing_file", "目录里缺少“{0}”", "the directory lacks '{0}'"};
inline constexpr MessageText unknown_table{"unknown_table", "“{0}”不是方案的表，未读取",
                                           "'{0}' is not a table of a plan and was not read"};
inline constexpr MessageText formula_like{"formula_like", "电子表格会把“{0}”当作公式",
                                          "a spreadsheet would take '{0}' for a formula"};
inline constexpr MessageText unknown_suffix{"unknown_suffix", "由文件名“{0}”看不出格式",
                                            "the name '{0}' does not tell a format"};
inline constexpr MessageText wrong_format{"wrong_format", "文件格式“{0}”不是“{1}”",
                                          "the document's format is '{0}', not '{1}'"};
inline constexpr MessageText newer_format{"newer_format", "文件格式版本 {0} 高于可读的 {1}",
                                          "the document's format version {0} is newer than {1}, which is read here"};
inline constexpr MessageText older_format{"older_format", "文件格式版本 {0} 已过时，可读的是 {1}",
                                          "the document's format version {0} is out of date; {1} is read here"};
inline constexpr MessageText too_many_findings{"too_many_findings", "问题超过 {0} 个，其余未列出",
                                               "more than {0} findings; the rest are not listed"};

inline constexpr MessageText fingerprint_format{"fingerprint_format", "“{0}”不是指纹", "'{0}' is not a fingerprint"};
inline constexpr MessageText price_shape{"price_shape", "此处应有 {0} 个整数", "there are {0} whole numbers here"};
inline constexpr MessageText other_tiers{"other_tiers", "各级与 result.json 不同",
                                         "the tiers are not those of result.json"};
inline constexpr MessageText certificate_of_other{"certificate_of_other", "证书与 result.json 针对不同的方案",
                                                  "the certificate is of another plan than result.json"};
inline constexpr MessageText given_count{"given_count", "有 {0} 行，result.json 说有 {1} 行",
                                         "there are {0} rows; result.json says {1}"};
inline constexpr MessageText given_twice{"given_twice", "“{0}”与“{1}”这一对出现了两次",
                                         "the pair of '{0}' and '{1}' stands there twice"};
inline constexpr MessageText file_not_stated{"file_not_stated", "result.json 不应带有此文件",
                                             "by result.json this file should not be here"};
inline constexpr MessageText statement_differs{"statement_differs", "与派驻和证书不符",
                                               "does not follow from the staffing and the certificate"};
inline constexpr MessageText stored_text{"stored_text", "{0}", "{0}"};

// what would have been right
inline constexpr MessageText expect_code{"expect_code", "六位行政区划代码，如 451024",
                                         "six digits of GB/T 2260, such as 451024"};
inline constexpr MessageText expect_integer{"expect_integer", "整数，如 12", "a whole number, such as 12"};
inline constexpr MessageText expect_decimal{"expect_decimal", "小数，如 0.16", "a decimal number, such as 0.16"};
inline constexpr MessageText expect_date{"expect_date", "日期，如 2024-09-01", "a date, such as 2024-09-01"};
inline constexpr MessageText expect_money{"expect_money", "金额（元），如 12.30", "yuan, such as 12.30"};
inline constexpr MessageText expect_boolean{"expect_boolean", "true 或 false", "true or false"};
inline constexpr MessageText expect_listed_word{"expect_listed_word", "下列之一：{0}", "one of: {0}"};
inline constexpr MessageText expect_reference{"expect_reference", "如 county:451024 或 school:GX-451024-O",
                                              "such as county:451024 or school:GX-451024-O"};
inline constexpr MessageText expect_list{"expect_list", "用半角分号“;”分隔的列表", "a list separated by ';'"};
inline constexpr MessageText expect_suffix{"expect_suffix", "目录、.plan.json 或 .plan.snapshot",
                                           "a directory, .plan.json or .plan.snapshot"};

// what to do
inline constexpr MessageText undo_excel_number{
    "undo_excel_number", "Excel 把代码改成了数字；请将该列设为“文本”后重新填写",
    "a spreadsheet turned the code into a number; format the column as text and enter it again"};
inline constexpr MessageText plain_number_only{"plain_number_only", "只写半角数字，不写千分位、单位或全角字符",
                                               "write digits only: no thousands separators, units or full-width signs"};
inline constexpr MessageText iso_dates_only{"iso_dates_only", "日期写成 年-月-日，如 2024-09-01",
                                            "write dates as year-month-day, such as 2024-09-01"};
inline constexpr MessageText fill_in{"fill_in", "请填写此项", "fill in this field"};
inline constexpr MessageText rename_table{"rename_table", "文件名应为“{0}”", "did you mean '{0}'?"};
inline constexpr MessageText quote_formula{"quote_formula", "如确是文字，打开表格时请按文本导入",
                                           "if it is meant as text, import the column as text"};

// kinds of JSON values
inline constexpr MessageText json_null{"json_null", "空值", "null"};
inline constexpr MessageText json_boolean{"json_boolean", "布尔值", "a boolean"};
inline constexpr MessageText json_number{"json_number", "数字", "a number"};
inline constexpr MessageText json_text{"json_text", "文字", "a string"};
inline constexpr MessageText json_array{"json_array", "数组", "an array"};
inline constexpr MessageText json_object{"json_object", "对象", "an object"};

}  // namespace message

inline constexpr const MessageText* all_io_table_messages[] = {
    &message::number_format,   &message::date_format,          &message::money_format,       &message::boolean_format,
    &message::unknown_word,    &message::reference_format,     &message::list_format,        &message::type_mismatch,
    &message::missing_member,  &message::unknown_member,       &message::missing_file,       &message::unknown_table,
    &message::formula_like,    &message::unknown_suffix,       &message::wrong_format,       &message::newer_format,
    &message::older_format,    &message::too_many_findings,    &message::fingerprint_format, &message::price_shape,
    &message::other_tiers,     &message::certificate_of_other, &message::given_count,        &message::given_twice,
    &message::file_not_stated, &message::statement_differs,    &message::stored_text,        &message::expect_code,
    &message::expect_integer,  &message::expect_decimal,       &message::expect_date,        &message::expect_money,
    &message::expect_boolean,  &message::expect_listed_word,   &message::expect_reference,   &message::expect_list,
    &message::expect_suffix,   &message::undo_excel_number,    &message::plain_number_only,  &message::iso_dates_only,
    &message::fill_in,         &message::rename_table,         &message::quote_formula,      &message::json_null,
    &message::json_boolean,    &message::json_number,          &message::json_text,          &message::json_array,
    &message::json_object};

}  // namespace countyplan
