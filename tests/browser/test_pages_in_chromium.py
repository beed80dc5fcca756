"""What a reader does with the pages, done in a real browser."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote

import pytest
from nasty import ID, NASTY, at

pytestmark = pytest.mark.browser


def told(page):
    """How many errors and texts the page says are left, and how many are to be seen."""
    said, *seen = page.evaluate(
        """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done([
        document.querySelector('[role=status]').textContent,
        document.querySelectorAll('article:not([hidden]) .errors li:not([hidden])').length,
        document.querySelectorAll('article:not([hidden])').length]), 20)))"""
    )
    assert [int(one) for one in re.findall(r"\d+", said)[:2]] == seen
    return seen


def href(page, table, row, column):
    """The link of a figure, by the table's caption and the names of row and column."""
    found = page.locator(f"section table:has(caption:text('{table}'))")
    at = found.locator("thead th").all_inner_texts().index(column)
    line = found.locator("tbody tr").filter(has=page.locator(f"th:text-is('{row}')"))
    return line.locator("td").nth(at - 1).locator("a")


def test_counts_are_those_of_the_scores(open_page, corpus):
    url, scores = corpus
    page = open_page(url)
    dev = scores["scores"]["dev"]
    for label in ("EURO_RANGE", "ROLE", "PLACE", "SKILL"):
        for column in ("incorrect", "missed", "spurious"):
            expected = dev[label]["strict"][column]
            link = href(page, "Split dev", label, column)
            if not expected:
                assert link.count() == 0
                continue
            assert link.inner_text() == str(expected)
            link.click()
            assert told(page)[0] == expected, (label, column)
    f1 = href(page, "Split dev", "micro", "strict F1")
    assert f1.inner_text() == f"{dev['micro']['strict']['f1']:.3f}"


def test_every_linked_figure_leads_to_errors(open_page, corpus):
    page = open_page(corpus[0])
    links = page.eval_on_selector_all("section a[href^='#?']", "all => all.map(a => a.hash)")
    assert len(links) > 100
    for one in dict.fromkeys(links):
        page.evaluate("hash => { location.hash = hash }", one)
        page.wait_for_function("hash => location.hash === hash", arg=one)
        assert told(page)[1] > 0, one
        for name, value in parse_qsl(one[2:]):
            assert page.locator(f"[name={name}]").input_value() == value


def test_filters_filter_and_are_cleared(open_page, corpus):
    page = open_page(corpus[0])
    everything = told(page)
    page.select_option("[name=label]", "SKILL")
    skills = told(page)
    page.select_option("[name=class]", "missed")
    missed = told(page)
    assert everything[0] > skills[0] > missed[0] > 0
    labels = page.eval_on_selector_all(
        "article:not([hidden]) .errors li:not([hidden])",
        "all => all.map(one => one.dataset.label + ' ' + one.dataset.class)",
    )
    assert set(labels) == {"SKILL missed"}
    assert page.url.endswith("#?label=SKILL&class=missed")
    for name in ("area", "voice", "split", "state", "length"):
        page.select_option("[name=class]", "")
        page.select_option("[name=label]", "")
        value = page.eval_on_selector(f"[name={name}] option:nth-child(2)", "one => one.value")
        page.select_option(f"[name={name}]", value)
        own = page.eval_on_selector_all(
            "article:not([hidden])", f"all => all.map(one => one.dataset.{name})"
        )
        assert set(own) == {value}
        page.click("text=Clear")
        assert told(page) == everything
    page.fill("[name=q]", "Innsbruck")
    page.wait_for_url("**/*#?q=Innsbruck")
    assert 0 < told(page)[1] < everything[1]
    page.click("text=Clear")
    page.check("[name=wrong]")
    assert told(page)[0] == everything[0]
    assert "#?wrong=1" in page.url


def test_the_held_back_split_is_not_in_the_page(open_page, corpus, dev, nasty):
    page = open_page(corpus[0])
    ids = page.eval_on_selector_all("article", "all => all.map(one => one.dataset.id)")
    assert ids == dev
    assert "geheim" not in open_page(nasty).content()


def test_deep_links_land(open_page, corpus, dev):
    page = open_page(f"{corpus[0]}#{dev[40]}")
    article = page.locator(f"article[data-id='{dev[40]}']")
    assert article.locator("h3 a").evaluate("one => one === document.activeElement")
    assert article.locator("h3").evaluate("one => one.getBoundingClientRect().top") < 450
    link = page.locator("article .errors a").nth(30)
    name, start, end = re.fullmatch(r"#(.+):(\d+)-(\d+)", link.get_attribute("href")).groups()
    page = open_page(f"{corpus[0]}#{name}:{start}-{end}")
    here = page.locator("mark.here")
    assert here.evaluate("one => one.closest('article').dataset.id") == name
    box = here.bounding_box()
    assert 0 < box["y"] < 900
    assert page.locator("[role=tooltip]").is_visible()
    # A filter that hides the text gives way.
    page.select_option("[name=label]", "EURO_RANGE")
    page.fill("[name=q]", "steht nirgends")
    page.wait_for_function("() => document.querySelectorAll('article:not([hidden])').length === 0")
    page.evaluate("hash => { location.hash = hash }", f"#{name}")
    page.wait_for_function("id => !document.getElementById(id).hidden", arg=name)


def test_offsets_count_code_points_as_the_records_do(open_page, nasty):
    start, end = at("im Monat")
    page = open_page(f"{nasty}#{quote(ID, safe='')}:{start}-{end}")
    assert page.evaluate("getSelection().toString()") == "im Monat"
    start, end = at("SAP")
    page = open_page(f"{nasty}#{quote(ID, safe='')}:{start}-{end}")
    assert page.locator("mark.here").inner_text() == "& SAP' für"


def test_what_looks_like_markup_stays_text(open_page, nasty, viewed):
    for url in (nasty, viewed):
        page = open_page(url)
        bodies = page.eval_on_selector_all(".text", "all => all.map(one => one.textContent)")
        assert NASTY in bodies
        assert page.evaluate("window.broken") is None
        assert page.locator("main img, main b:text('Gera')").count() == 0
        assert page.locator("script").count() == 1
        for mark in page.locator("article mark").all():
            mark.hover()
        assert page.locator("[role=tooltip] b, [role=tooltip] q").count()
        assert page.evaluate("window.broken") is None


def test_the_policy_lets_nothing_else_in(chromium, nasty):
    page = chromium.new_page()
    blocked = []
    page.on("console", lambda message: blocked.append(message.text))
    page.goto(nasty)
    page.evaluate(
        "() => { for (const [name, set] of [['script', {textContent: 'window.broken = 3'}],"
        " ['img', {src: 'https://example.org/x.png'}], ['style', {textContent: 'p{}'}]])"
        " document.body.append(Object.assign(document.createElement(name), set)) }"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.broken") is None
    assert len([one for one in blocked if "Content Security Policy" in one]) >= 3
    page.close()


def test_value_differences_show_on_hover_and_by_keyboard(open_page, nasty):
    page = open_page(nasty)
    tip = page.locator("[role=tooltip]")
    assert tip.is_hidden()
    page.locator("mark:text-is('2.400 €')").hover()
    assert (
        tip.inner_text().split()
        == (
            "value EURO_RANGE 143–150 2.400 € euro_range.<b> value gold predicted period month year"
        )
        .replace("143–150", "{}–{}".format(*at("2.400 €")))
        .split()
    )
    tip.hover()
    page.wait_for_timeout(300)
    assert tip.is_visible()
    page.keyboard.press("Escape")
    assert tip.is_hidden()

    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('mark')"):
            break
    first = page.evaluate("document.activeElement.textContent")
    assert first == "Köchin"
    assert tip.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "~tip"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "Gera"
    page.keyboard.press("Shift+F8")
    assert page.evaluate("document.activeElement.textContent") == "Köchin"
    page.keyboard.press("Shift+F8")
    assert page.evaluate("document.activeElement.textContent") == "2.400 €"
    page.keyboard.press("F8")
    page.keyboard.press("F8")
    assert page.evaluate("document.activeElement.textContent") == "Gera"
    page.keyboard.press("Enter")
    page.locator("h1").hover()
    page.wait_for_timeout(300)
    assert tip.is_visible()
    page.keyboard.press("Escape")
    assert tip.is_hidden()


def test_the_view_shows_pay_places_and_skills(open_page, viewed):
    page = open_page(viewed)
    assert page.locator("article").count() == 6
    assert page.locator("nav tbody tr").count() == 6
    assert page.locator(".chart .range").count() > 4
    assert page.locator(".map circle").count() > 4
    page.locator(".chart a").first.click()
    page.wait_for_function("() => document.activeElement.className === 'cE'")
    page.locator("nav a", has_text="böse").click()
    page.wait_for_function(
        "() => document.activeElement.closest('h2')?.textContent.startsWith('böse')"
    )
    assert (
        page.locator("article").last.locator(".note").all_text_contents()
        == ["The text names none."] * 3
    )


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_cut_off_and_axe_finds_nothing(open_page, corpus, viewed, width, dark):
    from axe_playwright_python.sync_playwright import Axe

    for url in (f"{corpus[0]}#?class=boundary,type", viewed):
        scheme = "dark" if dark else "light"
        page = open_page(url, viewport={"width": width, "height": 844}, color_scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("article:not([hidden]) mark[data-n]").first.hover()
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
