"""The page: an independent parser looks for what was smuggled in."""

import base64
import hashlib
import html.parser
import re

import pytest

import countyplan

hostile = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</style><style>*{display:none}</style>",
    "</title></head><body>",
    "]]><!--",
    "{{7*7}}",
    "`${alert(1)}`",
    "&lt;script&gt;&#60;b&#62;",
    "http://evil.example/x.png",
    "<a href=//evil.example>",
    "<svg onload=alert(1)>",
]
allowed = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "section", "nav", "footer", "h1", "h2", "h3",
    "p", "table", "caption", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "div", "span", "a", "ul", "li",
    "bdi", "strong", "em", "small", "details", "summary", "figure", "figcaption", "b", "i", "article", "time", "abbr",
}  # fmt: skip


class Page(html.parser.HTMLParser):
    """Elements, attributes and texts as a browser would see them."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.elements, self.attributes, self.texts, self.metas, self.other = [], [], [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]
        if tag == "meta":
            self.metas.append(dict(attributes))

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        self.other.append(data)

    def unknown_decl(self, data):
        self.other.append(data)

    def handle_pi(self, data):
        self.other.append(data)


def shape(page):
    """The elements and the names of attributes, in order; ids, classes and the like may not change either."""
    return page.elements, [(tag, name) for tag, name, _ in page.attributes]


@pytest.fixture
def plans(document):
    """The same plan with harmless and with hostile names everywhere that a name may stand."""
    data, write = document

    def named(make):
        count = 0
        data["name"] = make(0)
        for table in ("counties", "senders", "schools", "goals", "indicators", "tasks"):
            for row in data.get(table, []):
                for field in ("name_zh", "name_en", "owner", "unit", "prefecture"):
                    if field in row:
                        row[field] = make(count)
                        count += 1
        for row in data.get("ledger", []):
            row["source"] = make(count)
            count += 1
        return countyplan.read_plan(write())

    return named(lambda n: f"name{n}"), named(lambda n: hostile[n % len(hostile)] + str(n))


def pages(plan, language):
    allocation, tracking = countyplan.allocate(plan), countyplan.track(plan, "2026-03-01")
    return countyplan.report(plan, allocation, tracking, language=language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_items_80_and_82_hostile_names_stay_names(plans, language):
    harmless, smuggling = (Page(pages(plan, language)) for plan in plans)
    assert shape(smuggling) == shape(harmless)
    assert set(smuggling.elements) <= allowed
    assert not smuggling.other
    for tag, name, value in smuggling.attributes:
        assert not name.startswith("on") and name != "style", (tag, name)
        if name in ("href", "src", "action", "data", "srcset", "background"):
            assert value.startswith("#"), (tag, name, value)
        assert "evil.example" not in value and "javascript:" not in value
    shown = "".join(smuggling.texts)
    assert "<script>alert(1)</script>" in shown  # as words
    assert "{{7*7}}" in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_item_80_the_policy_allows_its_own_style_and_nothing_else(guangxi, allocation, tracking, language):
    page = countyplan.report(guangxi, allocation, tracking, language=language)
    parsed = Page(page)
    policies = [meta["content"] for meta in parsed.metas if meta.get("http-equiv", "").lower() == "content-security-policy"]
    assert len(policies) == 1
    directives = {part.split()[0]: part.split()[1:] for part in policies[0].split(";") if part.strip()}
    assert directives["default-src"] == ["'none'"]
    styles = re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)
    assert len(styles) == 1
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    assert directives["style-src"] == [f"'sha256-{digest}'"]
    assert "script" not in parsed.elements
    assert "@import" not in styles[0] and "url(" not in styles[0]
    assert "http" not in re.sub(r"http-equiv", "", page)


def test_characters_that_turn_the_text_are_shown_not_obeyed(document):
    data, write = document
    data["schools"][0]["name_zh"] = "abc\u202exyz\u2066"
    plan = countyplan.read_plan(write())
    assert any(finding.place == "schools[0].name_zh" for finding in plan.warnings)
    page = pages(plan, "zh")
    assert "abc" in page and "xyz" in page
    assert not {"\u202e", "\u2066"} & set(page)


def test_the_page_says_its_language_and_what_it_shows(guangxi, allocation, tracking):
    for language in ("zh", "en"):
        page = countyplan.report(guangxi, allocation, tracking, language=language)
        assert re.search(rf'<html[^>]*lang="{language}', page)
        for unfilled in allocation.unfilled[:5]:
            assert unfilled.post in page
        assert guangxi.fingerprint in page
        assert page == countyplan.report(guangxi, allocation, tracking, language=language)


def test_parts_that_are_not_given_are_left_out(guangxi, tracking):
    alone = countyplan.report(guangxi)
    assert len(alone) < len(countyplan.report(guangxi, tracking=tracking))
    with pytest.raises(TypeError):
        countyplan.report(guangxi, tracking)


def test_notebook_texts_escape_names(plans):
    for page in (plans[1]._repr_html_(), countyplan.allocate(plans[1])._repr_html_()):
        assert set(Page(page).elements) <= allowed
