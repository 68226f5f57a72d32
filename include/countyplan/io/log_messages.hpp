// What does io say about a log that is appended to, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText not_a_log{"not_a_log", "这不是日志文件", "this is not a log"};
inline constexpr MessageText log_head_damaged{"log_head_damaged", "日志的文件头已损坏",
                                              "the head of the log is damaged"};
inline constexpr MessageText log_version{"log_version", "日志版本 {0} 不能读取，本程序读取 {1}",
                                         "log version {0} cannot be read; this program reads {1}"};
inline constexpr MessageText log_kind{"log_kind", "日志的种类 {0} 不认识，需要的是{1}",
                                      "the log is of the unknown kind {0}; expected: {1}"};
inline constexpr MessageText log_record_head{"log_record_head", "记录 {0} 的开头（第 {1} 字节起）已损坏",
                                             "the head of record {0}, from byte {1} on, is damaged"};
inline constexpr MessageText log_record_damaged{
    "log_record_damaged", "记录 {0}（第 {1} 字节起）已损坏，或不是接在前一条之后写入的",
    "record {0}, from byte {1} on, is damaged or was not written after the one before it"};
inline constexpr MessageText log_gap{"log_gap", "第 {2} 字节处应为记录 {0}，却是记录 {1}：中间有缺失",
                                     "at byte {2} stands record {1} where record {0} should be: something is missing"};
inline constexpr MessageText log_repeats{"log_repeats", "第 {2} 字节处应为记录 {0}，却又是记录 {1}",
                                         "at byte {2} stands record {1} again where record {0} should be"};
inline constexpr MessageText log_payload{"log_payload", "记录 {0}（第 {1} 字节起）的内容不能读取",
                                         "what record {0}, from byte {1} on, holds cannot be read"};
inline constexpr MessageText log_torn{
    "log_torn", "日志末尾的 {0} 字节是一次没有写完的登记，未采用；下一次登记时去除",
    "the last {0} bytes of the log are of a recording that was cut off; they are not used, and go with the next one"};
inline constexpr MessageText log_moved{
    "log_moved", "读取之后另有人向“{0}”登记，没有写入；请再试一次",
    "somebody has recorded in '{0}' since it was read; nothing was written; try again"};
inline constexpr MessageText log_restore{
    "log_restore", "请从备份恢复日志；损坏处之前的部分可用 --salvage 读取",
    "restore the log from a copy; what stands before the damage can be read with --salvage"};
inline constexpr MessageText log_salvaged{
    "log_salvaged", "日志只用到记录 {0}；其后的 {1} 字节未采用，其中登记的事实缺失",
    "the log is used up to record {0} only; the {1} bytes behind it are left out, and the facts in them are missing"};
inline constexpr MessageText log_in_the_way{
    "log_in_the_way", "“{0}”旁边已有台账日志“{1}”，它不属于将要写出的方案；没有写入",
    "beside '{0}' lies the ledger's log '{1}', which is not of the plan to be written; nothing was written"};

}  // namespace message

/// Every message about logs.
inline constexpr const MessageText* all_log_messages[] = {
    &message::not_a_log,       &message::log_head_damaged,   &message::log_version, &message::log_kind,
    &message::log_record_head, &message::log_record_damaged, &message::log_gap,     &message::log_repeats,
    &message::log_payload,     &message::log_torn,           &message::log_moved,   &message::log_restore,
    &message::log_in_the_way,  &message::log_salvaged,
};

}  // namespace countyplan
