"""The pages as files: whole, closed to the outside, and true to their texts."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from berufsbild.cli import FINE, SOME_FAILED, main
from berufsbild.corpus import Gold, GoldSpan, GoldText
from berufsbild.pages import geography, pay
from berufsbild.pages.evaluation import evaluation_page
from berufsbild.pages.overlay import Mark, overlay
from berufsbild.pages.view import view_page
from berufsbild.scoring import Change, score
from berufsbild.spans import Label, Span
from berufsbild.values import EuroRange, Place
from scoring_builders import gold_text, record

NASTY = "Koch </script><img src=x onerror=alert(1)>\r\n{{ 7*7 }} & 'Gera' 😀 \"\x00 <!-- Ende"


class Reader(HTMLParser):
    """What a browser would make of a page: tags, the bodies of texts, script and style."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.ids, self.texts, self.raw = [], [], [], {}
        self.open = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append((tag, found))
        self.ids += [found["id"]] if "id" in found else []
        if tag == "div":
            self.open.append(found.get("class"))
            if found.get("class") == "text":
                self.texts.append("")

    def handle_endtag(self, tag):
        if tag == "div":
            self.open.pop()

    def handle_data(self, data):
        if self.cdata_elem:
            self.raw[self.cdata_elem] = self.raw.get(self.cdata_elem, "") + data
        elif "text" in self.open:
            self.texts[-1] += data


def report_page(**settings):
    text = GoldText(
        "a b%", NASTY, Gold((GoldSpan(Label.ROLE, 0, 4, "Koch", {"id": "<koch>"}),)), "dev",
        {"voice": "<laut>"},
    )  # fmt: skip
    texts = [text, gold_text("geheim", "R 0 5", "S 10 14", split="test"), gold_text("z", "P 1 4")]
    records = [
        {"id": "a b%", "spans": [{"label": "SKILL", "start": 2, "end": 9, "rule": "<r>"}]},
        record("geheim", "R 0 4 rule.geheim"),
        record("z", "P 1 4", "S 20 30 rule.z"),
    ]
    changes = [Change("required.ROLE.strict.f1", 0.5, 0.25, 0.01)]
    report = score(texts, records, resamples=20)
    return evaluation_page(report, texts, records, changes, **settings)


@pytest.fixture(scope="module")
def viewed(extract):
    return view_page(
        [(NASTY, extract(NASTY, id="</title>")), ("Nichts", extract("Nichts", id="x"))]
    )


def test_the_same_input_gives_the_same_bytes():
    assert report_page() == report_page()


def test_texts_read_as_given(viewed):
    written = NASTY.replace("\x00", "\ufffd")
    assert written in Reader(report_page()).texts
    assert Reader(viewed).texts[0] == written


def test_the_policy_names_exactly_what_is_inside(viewed):
    for page in (report_page(), viewed, evaluation_page(None)):
        reader = Reader(page)
        (policy,) = (found["content"] for tag, found in reader.tags if "http-equiv" in found)
        assert policy.startswith("default-src 'none'; ")
        for tag in ("style", "script"):
            digest = base64.b64encode(hashlib.sha256(reader.raw[tag].encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy
            assert sum(one == tag for one, _ in reader.tags) == 1
        for tag, found in reader.tags:
            assert not {"src", "style", "onclick", "onerror"} & set(found), tag
            assert (found.get("href") or "#").startswith("#")
        assert not re.search(r"url\(|@import|innerHTML|eval\(|fetch\(", page)
        assert len(reader.ids) == len(set(reader.ids))


def test_what_is_held_back_is_not_in_the_page():
    page = report_page(hide=["test"])
    assert "geheim" not in page
    assert "Split test (1 texts)" in page
    assert "geheim" in report_page()


def test_every_text_shows_gold_and_predicted_over_each_other():
    page = report_page()
    assert (
        '<mark id="a%20b%25:0-9" data-e="0"><span class="gR">Ko</span>'
        '<span class="gR pS">ch</span><span class="pS"> &lt;/sc</span></mark>'
    ) in page
    assert 'href="#a%20b%25:0-9"' in page
    assert "▼ −0.250" in page


def test_marks_may_cross_touch_and_reach_too_far():
    marks = [Mark(1, 3, "a"), Mark(2, 5, "b"), Mark(5, 6, "c"), Mark(8, 99, "d"), Mark(50, 60, "e")]
    found = overlay("0123456789", marks, lambda *_: "")
    assert re.sub("<[^>]+>", "", found) == "0123456789"
    assert str(found) == (
        '0<mark><span class="a">1</span><span class="a b">2</span><span class="b">34</span></mark>'
        '<mark class="c">5</mark>67<mark class="d">89</mark>'
    )


def test_nothing_to_score_is_said():
    assert "Nothing to score" in evaluation_page(None)


def euro(low, high, start=0, **values):
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    value = EuroRange(
        *ends, values.pop("bound", "closed"), values.pop("period", "month"), True, **values
    )
    return Span(Label.EURO_RANGE, start, start + 5, "x", "r", value)


def test_pay_is_drawn_by_period_and_level():
    spans = [
        euro(3000, 4000, 0, level="senior"),
        euro(2000, 2500, 10, level="entry"),
        euro(2000, 2500, 20, level="entry"),
        euro(2100, None, 30, bound="at_least"),
        euro(17, 17, 40, period="hour", bound="exact"),
        euro(99, 99, 50, purpose="other"),
    ]
    hour, month = pay.charts(spans)
    assert [bar.said for bar in hour.bars] == ["17 €"]
    assert [(bar.level, bar.start) for bar in month.bars] == [
        ("entry", 10), ("senior", 0), ("any level", 30),
    ]  # fmt: skip
    assert month.bars[0].said == "2\u202f000–2\u202f500 €"
    assert month.bars[2].open_right
    assert not month.bars[2].open_left
    places = [place for place, _ in month.ticks]
    assert places == sorted(places)
    for chart in (hour, month):
        assert len(chart.ticks) <= 7
        for bar in chart.bars:
            assert 0 <= bar.left <= bar.right <= pay.WIDTH


@pytest.mark.parametrize("ends", [(1, 1), (0, 0), (12, 12), (42000, 95000), (999, 1001), (None, 5)])
def test_every_amount_has_a_scale(ends):
    (chart,) = pay.charts([euro(*ends, bound="approximate")])
    assert 2 <= len(chart.ticks) <= 7
    assert len({said for _, said in chart.ticks}) == len(chart.ticks)


def inside(point, border):
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in zip(border, border[1:] + border[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            crossings += 1
    return crossings % 2 == 1


def test_the_outlines_hold_the_towns_of_their_countries(extract):
    towns = {
        "DE": "Flensburg Aachen Görlitz Konstanz Passau Lindau Emden Freiburg Saarbrücken Rostock "
        "Kleve Oberstdorf Berchtesgaden Cottbus Hof Trier Kiel Zittau Füssen",
        "AT": "Bregenz Wien Graz Innsbruck Klagenfurt Salzburg Linz Kufstein Eisenstadt Villach",
        "CH": "Basel Genf Zürich Chur Lugano Schaffhausen Bern Sitten Kreuzlingen Brig",
    }
    for code, names in towns.items():
        for name in names.split():
            found = [
                span.value for span in extract(f"Die Stadt {name} liegt schön.").spans
                if isinstance(span.value, Place) and span.value.country == code
            ]  # fmt: skip
            assert found, name
            point = (found[0].lon, found[0].lat)
            home = [one for one, border in geography.outlines().items() if inside(point, border)]
            assert home == [code], name


def test_names_on_the_map_lie_over_nothing():
    def town(name, lat, lon):
        return Place(name, name, "city", "DE", None, lat, lon)

    places = [(town(f"Stadt {at}", 50 + at / 20, 9 + at / 20), 20 - at) for at in range(12)]
    places += [(town("Paris", 48.86, 2.35), 1), (town("Nirgends", None, None), 2)]
    found = geography.draw(places, places[3][0])
    assert found.points[0].name == "Stadt 3"
    assert found.points[0].label_x is not None
    assert [name for name, _ in found.elsewhere] == ["Nirgends", "Paris"]
    assert any(point.label_x is None for point in found.points)
    for point in found.points:
        assert 0 <= point.x <= geography.WIDTH
        assert 0 <= point.y <= geography.HEIGHT


def test_the_view_command_writes_a_page(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Beruf Koch in Bochum", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"K\xf6ln")
    out = tmp_path / "page.html"
    assert main(["view", str(tmp_path / "a.txt"), "-o", str(out)]) == FINE
    first = out.read_bytes()
    assert b"Bochum" in first
    assert main(["view", str(tmp_path / "a.txt"), "-o", str(out)]) == FINE
    assert out.read_bytes() == first
    out.unlink()
    paths = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    assert main(["view", *paths, "-o", str(out)]) == SOME_FAILED
    assert "expected UTF-8" in out.read_text(encoding="utf-8")
    assert "2 texts, 1 of them errors" in capsys.readouterr().err
    assert "playwright" not in sys.modules
