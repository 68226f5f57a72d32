// What is said about events that cannot have happened so?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText event_gap{"event_gap", "事件号为 {0}，应为 {1}",
                                       "the event's number is {0} where {1} comes next"};
inline constexpr MessageText event_again{"event_again", "事件号 {0} 已用过，下一个应为 {1}",
                                         "the event number {0} has been used before; {1} comes next"};
inline constexpr MessageText event_day_back{"event_day_back", "日期 {0} 早于上一事件的 {1}",
                                            "the day {0} is before {1}, that of the event before"};
inline constexpr MessageText event_subject{"event_subject", "“{1}”事件的对象不能是“{0}”",
                                           "'{0}' cannot be the subject of an event '{1}'"};
inline constexpr MessageText event_after_leaving{"event_after_leaving", "“{0}”已离任", "'{0}' has left for good"};
inline constexpr MessageText event_unused{"event_unused", "“{0}”事件不填此项", "an event '{0}' says nothing here"};
inline constexpr MessageText event_not_later{"event_not_later", "新的最后一天 {0} 不晚于原来的 {1}",
                                             "the new last day {0} is not after the former one, {1}"};
inline constexpr MessageText event_not_paired{"event_not_paired", "派出方“{0}”没有与“{1}”的结对",
                                              "sender '{0}' has no pairing with '{1}'"};
inline constexpr MessageText event_paired_already{"event_paired_already", "派出方“{0}”已与“{1}”结对",
                                                  "sender '{0}' is paired with '{1}' already"};
inline constexpr MessageText event_unknown_quota{"event_unknown_quota", "没有编号为“{0}”的名额",
                                                 "there is no quota with the id '{0}'"};

// what would have been right
inline constexpr MessageText expect_subject{"expect_subject", "写成：{0}", "written {0}"};

}  // namespace message

inline constexpr const MessageText* all_event_messages[] = {
    &message::event_gap,           &message::event_again,         &message::event_day_back,
    &message::event_subject,       &message::event_after_leaving, &message::event_unused,
    &message::event_not_later,     &message::event_not_paired,    &message::event_paired_already,
    &message::event_unknown_quota, &message::expect_subject};

}  // namespace countyplan
