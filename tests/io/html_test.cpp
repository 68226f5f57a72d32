#include <countyplan/io/html.hpp>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/report/portfolio.hpp>

#include "given/plan.hpp"

namespace {

using namespace countyplan;

struct Tag {
    std::string name;
    std::map<std::string, std::string> attributes;

    friend bool operator==(const Tag&, const Tag&) = default;
};

/// The tags of a page, by the tokenizer of HTML as far as our pages go; anything else fails the test.
std::vector<Tag> tags_of(std::string_view page) {
    std::vector<Tag> out;
    for (std::size_t at = page.find('<'); at != page.npos; at = page.find('<', at)) {
        ++at;
        const auto end = page.find('>', at);
        if (end == page.npos) {
            ADD_FAILURE() << "a tag without an end";
            return out;
        }
        std::string_view inside = page.substr(at, end - at);
        at = end;
        const auto space = inside.find(' ');
        Tag tag{std::string(inside.substr(0, space)), {}};
        inside = space == inside.npos ? "" : inside.substr(space + 1);
        while (!inside.empty() && tag.name != "!DOCTYPE") {
            const auto equals = inside.find("=\"");
            const auto close = equals == inside.npos ? equals : inside.find('"', equals + 2);
            if (close == inside.npos) {
                ADD_FAILURE() << "an attribute without quotes: " << inside;
                return out;
            }
            tag.attributes[std::string(inside.substr(0, equals))] =
                std::string(inside.substr(equals + 2, close - equals - 2));
            inside.remove_prefix(close + 1);
            if (inside.starts_with(' ')) inside.remove_prefix(1);
        }
        if (tag.name == "style") at = page.find("</style", at);  // raw text up to its end tag
        out.push_back(std::move(tag));
    }
    return out;
}

const std::vector<std::string> hostile = {"<script>alert(1)</script>",
                                          "\"><img src=x onerror=alert(1)>",
                                          "' onmouseover='alert(1)",
                                          "javascript:alert(1)",
                                          "</style><script>x</script>",
                                          "]]>",
                                          "{{7*7}}",
                                          "`${1}`",
                                          "</bdi></td></table><iframe src=//x>",
                                          "<!-- ",
                                          "&lt;b&gt;",
                                          "&#60;b&#62;",
                                          "\xE2\x80\xAE"
                                          "evil",
                                          "\xE2\x81\xA9"
                                          "after",
                                          "\xE2\x80\xA8line",
                                          "=1+1",
                                          "<svg/onload=alert(1)>"};

Draft named(const std::string& words) {
    Draft draft = given::small_draft();
    draft.name = words;
    for (County& row : draft.counties.rows())
        row.name_zh = row.name_en = words;
    for (School& row : draft.schools.rows())
        row.name_zh = row.name_en = words;
    for (Sender& row : draft.senders.rows())
        row.name_zh = row.name_en = words;
    for (Goal& row : draft.goals.rows())
        row.name_zh = row.name_en = words;
    for (Task& row : draft.tasks.rows())
        row.name_zh = row.name_en = words;
    return draft;
}

std::string page_of(const Draft& draft, Language language) {
    const Plan plan(draft);
    const Allocation allocation = allocate(plan);
    const Tracking tracking = track(plan, given::day("2026-01-10"));
    return html_page(portfolio(plan, &allocation, &tracking, {}), language);
}

TEST(HtmlPage, LetsNoNameBecomeMarkup) {
    // items 9 and 80, R-24
    static const std::set<std::string> elements = {
        "!DOCTYPE", "html",  "head",    "meta",  "title", "style", "body", "header", "h1", "h2",
        "p",        "bdi",   "nav",     "a",     "main",  "dl",    "div",  "dt",     "dd", "footer",
        "section",  "table", "caption", "thead", "tbody", "tr",    "th",   "td"};
    static const std::set<std::string> attributes = {"lang",  "charset", "http-equiv", "content", "name",
                                                     "class", "href",    "id",         "scope",   "tabindex"};
    for (const Language language : {Language::zh, Language::en}) {
        const std::vector<Tag> plain = tags_of(page_of(named("name"), language));
        EXPECT_GT(plain.size(), 100U);
        for (const std::string& words : hostile) {
            SCOPED_TRACE(words);
            const std::string page = page_of(named(words), language);
            const std::vector<Tag> tags = tags_of(page);
            EXPECT_EQ(tags, plain);  // no element, no attribute and no value more or less
            EXPECT_EQ(page.find("\xE2\x80\xAE"), page.npos);
            EXPECT_EQ(page.find("\xE2\x81\xA9"), page.npos);
        }
        std::vector<std::string> open;
        for (const Tag& tag : plain) {
            const bool is_end = tag.name.starts_with('/');
            EXPECT_TRUE(elements.contains(is_end ? tag.name.substr(1) : tag.name)) << tag.name;
            for (const auto& [attribute, value] : tag.attributes) {
                EXPECT_TRUE(attributes.contains(attribute)) << attribute;
                if (attribute == "href") {
                    EXPECT_TRUE(value.starts_with('#')) << value;
                }
            }
            if (is_end) {
                ASSERT_FALSE(open.empty());
                EXPECT_EQ("/" + open.back(), tag.name);
                open.pop_back();
            } else if (tag.name != "!DOCTYPE" && tag.name != "meta") {
                open.push_back(tag.name);
            }
        }
        EXPECT_TRUE(open.empty());
    }
}

TEST(HtmlPage, ScannerSeesASmuggledTag) {
    const std::string page = page_of(named("name"), Language::en);
    std::string broken = page;
    broken.insert(broken.find("</main>"), "<script>x</script>");
    EXPECT_NE(tags_of(broken), tags_of(page));
}

TEST(HtmlPage, HasAStrictPolicyAndNothingFromOutside) {
    const std::string page = page_of(given::small_draft(), Language::zh);
    EXPECT_NE(page.find("content=\"default-src 'none'; style-src 'sha256-"), page.npos);
    EXPECT_EQ(page.find("unsafe-inline"), page.npos);
    EXPECT_EQ(page.find("http:"), page.npos);
    EXPECT_EQ(page.find("https:"), page.npos);
    EXPECT_EQ(page.find("url("), page.npos);
    EXPECT_EQ(page.find("@import"), page.npos);
}

TEST(HtmlPage, SpeaksTheLanguageAskedForAndSaysTheSameTwice) {
    const std::string zh = page_of(given::small_draft(), Language::zh);
    const std::string en = page_of(given::small_draft(), Language::en);
    EXPECT_NE(zh.find("<html lang=\"zh-CN\">"), zh.npos);
    EXPECT_NE(en.find("<html lang=\"en\">"), en.npos);
    EXPECT_NE(zh.find("德保高中"), zh.npos);
    EXPECT_NE(en.find("Debao High"), en.npos);
    EXPECT_EQ(en.find("德保高中"), en.npos);
    EXPECT_EQ(zh, page_of(given::small_draft(), Language::zh));
}

TEST(HtmlPage, ShowsAReportWithNothingInIt) {
    for (const Tag& tag : tags_of(html_page(Report{}, Language::en)))
        EXPECT_NE(tag.name, "table");
}

TEST(HtmlEscaped, MakesEveryByteHarmless) {
    // items 7, 9 and 81
    EXPECT_EQ(html_escaped("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
    EXPECT_EQ(html_escaped(std::string("\0\x1B\x7F\n", 4)), "\\x00\\x1b\\x7f\\x0a");
    EXPECT_EQ(html_escaped("\xC2\x85"), "\\x85");
    EXPECT_EQ(html_escaped("\xE2\x80\xAE\xE2\x81\xA6"), "\\u{202e}\\u{2066}");
    EXPECT_EQ(html_escaped("\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD"), "\\u{fffe}\\u{ffff}\xEF\xBF\xBD");
    EXPECT_EQ(html_escaped("德保 é"), "德保 é");
    EXPECT_EQ(html_escaped("</script>"), "&lt;/script&gt;");
}

}  // namespace
