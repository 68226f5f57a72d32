// What is a subject called in Chinese and in English?
#pragma once

#include <string>
#include <string_view>

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace detail {

inline constexpr MessageText subject_words[] = {
    {"chinese", "语文", "Chinese"},
    {"maths", "数学", "maths"},
    {"english", "英语", "English"},
    {"physics", "物理", "physics"},
    {"chemistry", "化学", "chemistry"},
    {"biology", "生物", "biology"},
    {"history", "历史", "history"},
    {"geography", "地理", "geography"},
    {"politics", "政治", "politics"},
    {"other", "其他", "other"},
    {"automotive", "汽车", "automotive"},
    {"electronics_IT", "电子信息", "electronics and IT"},
    {"electronics_it", "电子信息", "electronics and IT"},
    {"nursing_early_childhood", "护理与幼儿保育", "nursing and early childhood"},
    {"agriculture", "农林", "agriculture"},
    {"tourism_hospitality", "旅游与酒店", "tourism and hospitality"},
    {"e_commerce", "电子商务", "e-commerce"},
    {"construction", "建筑", "construction"},
};

}  // namespace detail

/// The subjects and vocational families that the published need lists name. Nothing for any other: those
/// are shown as the plan writes them.
[[nodiscard]] constexpr const MessageText* known_subject(std::string_view subject) {
    for (const MessageText& row : detail::subject_words) {
        if (row.code == subject) return &row;
    }
    return nullptr;
}

/// A subject as part of a message.
[[nodiscard]] inline MessageArgument subject_argument(const std::string& subject) {
    const MessageText* const known = known_subject(subject);
    return known != nullptr ? MessageArgument(*known) : MessageArgument(subject);
}

}  // namespace countyplan
