#include <countyplan/report/subject_word.hpp>

#include <string>

namespace countyplan {

namespace {

constexpr MessageText subjects[] = {
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

}  // namespace

LocalText subject_words(std::string_view subject) {
    for (const MessageText& row : subjects) {
        if (row.code == subject) return {std::string(row.zh), std::string(row.en)};
    }
    return {std::string(subject), std::string(subject)};
}

}  // namespace countyplan
