// A plan made in code: who goes where, and why does a post stay empty? Needs headers only.
#include <iostream>

#include <countyplan/allocate/allocate.hpp>

using namespace countyplan;

int main() {
    Draft draft{.name = "德保县", .period = {*Day::parse("2024-09-01"), *Day::parse("2026-02-28")}};
    draft.counties.push_back({.code = *Code::parse("451024"), .name_zh = "德保县"});
    draft.schools.push_back({.id = "DB-G", .county = *Code::parse("451024"), .assisted = true});
    draft.senders.push_back({.id = "SZ", .name_zh = "深圳市"});
    draft.posts.push_back({.id = "DB-G-PH", .school = "DB-G", .subject = "physics", .min = 2, .target = 2, .max = 2});
    draft.experts.push_back({.id = "SZ-0012", .sender = "SZ", .roles = {Role::teacher}, .subjects = {"physics"}});
    const Allocation best = allocate(Plan(draft));
    for (const Unfilled& row : best.unfilled)
        std::cout << row.post << "：" << text(row.reason, Language::zh) << '\n';
}
