"""The report as files: stable keys, bounded size, errors in their sentences."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from typing import Any

import pytest

from berufsbild.corpus import Gold, GoldSpan, GoldText
from berufsbild.scoring import Change, Mistake, render, score
from berufsbild.scoring.listing import marked, say
from berufsbild.scoring.match import Mention
from berufsbild.scoring.mistakes import excerpt
from berufsbild.spans import Label
from scoring_builders import as_prediction, as_text, gold_text, random_mentions, record

TEXT = (
    "Köche in Gera\n"
    "Wer hier kocht, braucht Geduld. Die Köche lieben *SAP* und Excel, z. B. im Hotel! Danach\n"
    "kommt das Gehalt: 2.400 € sind es.\n"
)


def span(label: Label, surface: str, nth: int = 0, **values: Any) -> GoldSpan:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(surface, start + 1)
    return GoldSpan(label, start, start + len(surface), surface, values)


def predicted(label: str, surface: str, **values: Any) -> dict[str, Any]:
    start = TEXT.index(surface)
    return {
        "label": label,
        "start": start,
        "end": start + len(surface),
        "text": surface,
        "rule": f"{label.lower()}.lexicon",
        "value": values,
    }


def report_of_all_kinds() -> Any:
    gold = Gold(
        (
            span(Label.ROLE, "Köche"),
            span(Label.PLACE, "Gera"),
            span(Label.ROLE, "Köche", 1),
            span(Label.SKILL, "SAP"),
            span(Label.SKILL, "Excel"),
            span(Label.EURO_RANGE, "2.400 €", min=Decimal(2400), gross=None, period="month"),
        )
    )
    spans = [
        predicted("PLACE", "Gera"),
        predicted("SKILL", "Geduld"),
        predicted("ROLE", "SAP"),
        predicted("SKILL", "Excel, z"),
        predicted("EURO_RANGE", "2.400 €", min=2500, gross=True, period="month"),
    ]
    text = GoldText("koch-gera", TEXT, gold, "dev")
    return score([text], [{"id": "koch-gera", "spans": spans}], resamples=20)


def test_errors_stand_in_their_sentences() -> None:
    markdown = render.evaluation(report_of_all_kinds())
    errors = markdown[markdown.index("## Errors") :]
    expected = [
        "### Missed: 2 (in gold, not found)",
        "- **ROLE** Köche ×2 · `koch-gera` 0\n  ⟦Köche⟧ in Gera",
        "### Spurious: 1 (found, not in gold)",
        (
            "- **SKILL** Geduld · `skill.lexicon` · `koch-gera` 38\n"
            "  Wer hier kocht, braucht ⟨Geduld⟩."
        ),
        "### Boundary: 1 (right label, other borders)",
        (
            "- **SKILL** Excel → Excel, z · `skill.lexicon` · `koch-gera` 73\n"
            "  Die Köche lieben \\*SAP\\* und ⟦⟨Excel⟧, z⟩. B. im Hotel!"
        ),
        "### Type: 1 (other label)",
        (
            "- **SKILL → ROLE** SAP · `role.lexicon` · `koch-gera` 64\n"
            "  Die Köche lieben \\*⟦⟨SAP⟧⟩\\* und Excel, z. B. im Hotel!"
        ),
        "### Value: 1 (right span, other value)",
        "- **EURO\\_RANGE** 2.400 € · `euro_range.lexicon` · min: 2400 → 2500 · gross: – → true",
    ]
    for line in expected:
        assert line.replace("EURO\\_RANGE", "EURO_RANGE") in errors, errors


def test_metrics_have_stable_keys() -> None:
    full = render.metrics(report_of_all_kinds())
    empty = render.metrics(score([], [], resamples=10))
    assert set(full["scores"]) == {"all", "dev"}
    for part in ("scores", "scores_with_optional", "attributes", "profile"):
        assert shape(full[part]["all"]) == shape(empty[part]["all"])
    assert shape(full["errors"]) == shape(empty["errors"])
    assert full["scores"]["all"]["PLACE"]["strict"]["f1"] == 1.0
    assert full["scores"]["all"]["ROLE"]["support"] == 2
    assert full["errors"]["SKILL"] == {
        "missed": 0,
        "spurious": 1,
        "boundary": 1,
        "type": 1,
        "value": 0,
    }
    assert json.loads(json.dumps(full)) == full


def shape(tree: Any) -> Any:
    return {key: shape(part) for key, part in tree.items()} if isinstance(tree, dict) else None


def test_same_input_same_bytes() -> None:
    one, other = report_of_all_kinds(), report_of_all_kinds()
    assert render.evaluation(one) == render.evaluation(other)
    assert json.dumps(render.metrics(one)) == json.dumps(render.metrics(other))


def test_a_large_report_stays_under_60_kb() -> None:
    draw = random.Random(2)
    gold, records = [], []
    for at in range(400):
        text = as_text(f"text-{at}", random_mentions(draw, apart=True, most=12), "dev")
        spans = tuple(
            GoldSpan(s.label, s.start, s.end, f"€€€ {at} {s.start}") for s in text.gold.spans
        )
        gold.append(GoldText(text.id, "ü€" * 300, Gold(spans), "dev"))
        records.append(as_prediction(f"text-{at}", random_mentions(draw, apart=True, most=12)))
    for one in records:
        for number, found in enumerate(one["spans"]):
            found["rule"] = f"rule.{one['id']}.{number}"
    report = score(gold, records, resamples=20)
    markdown = render.evaluation(report)
    assert 50_000 < len(markdown.encode()) < 60_000
    for kind in ("Missed", "Spurious", "Boundary", "Type"):
        assert f"### {kind}: " in markdown
    assert " more\n" in markdown
    assert "\n\n… and " in markdown
    assert "\n\n\n" not in markdown


def test_errors_of_held_back_splits_are_not_shown() -> None:
    texts = [gold_text("a", "R 0 5", split="dev"), gold_text("b", "R 10 15", split="test")]
    report = score(texts, [], resamples=0)
    assert "`b` 10" in render.evaluation(report)
    markdown = render.evaluation(report, hide=["test"])
    assert "`b` 10" not in markdown
    assert "`a` 0" in markdown
    assert "1 errors of held-back splits (test) are not shown" in markdown


def test_nothing_to_score() -> None:
    markdown = render.evaluation(score([], [], resamples=10))
    assert "Nothing to score" in markdown


@pytest.mark.parametrize(
    ("before", "after", "p", "row"),
    [
        (0.5, 0.75, 0.01, "| ROLE.f1 | 0.500 | 0.750 | ▲ | 0.010 |"),
        (0.75, 0.5, 0.01, "| ROLE.f1 | 0.750 | 0.500 | ▼ | 0.010 |"),
        (0.5, 0.75, 0.2, "| ROLE.f1 | 0.500 | 0.750 |  | 0.200 |"),
        (None, 0.75, None, "| ROLE.f1 | – | 0.750 |  | – |"),
        (0.5, 0.5, 1.0, "No figure has changed."),
    ],
)
def test_arrows_only_where_the_test_says_so(
    before: float | None, after: float | None, p: float | None, row: str
) -> None:
    report = score([gold_text("a", "R 0 5")], [record("a")], resamples=0)
    changes = [Change("required.ROLE.f1", before, after, p)]
    assert row in render.evaluation(report, changes)


def test_texts_without_records_are_named() -> None:
    texts = [gold_text("a"), gold_text("b")]
    error: dict[str, Any] = {"id": "b", "error": {}}
    markdown = render.evaluation(score(texts, [error, record("z")], resamples=0))
    assert "1 without a record, counted as empty: `a`." in markdown
    assert "1 with an error record, counted as empty: `b`." in markdown
    assert "1 predicted but without gold, not scored: `z`." in markdown


@pytest.mark.parametrize(
    ("text", "surface", "sentence"),
    [
        ("Eins. Zwei Worte. Drei.", "Zwei", "Zwei Worte."),
        ("Titel\nZwei Worte\nDrei.", "Zwei", "Zwei Worte"),
        ("Gut? „Ja“, z. B. hier. Nein", "Ja", "„Ja“, z. B. hier."),
        ("a " * 300 + "Mitte " + "b " * 300, "Mitte", "a " * 80 + "Mitte" + " b" * 80),
        ("Lang" * 100 + "X" + "lang" * 100, "X", "X"),
    ],
)
def test_excerpt(text: str, surface: str, sentence: str) -> None:
    start = text.index(surface)
    first, last = excerpt(text, start, start + len(surface))
    assert first <= start < start + len(surface) <= last
    if surface != "X":
        assert text[first:last].strip() == sentence.strip()


def test_marks_at_the_same_place() -> None:
    gold, found = Mention("ROLE", 0, 5), Mention("ROLE", 5, 9)
    one = Mistake("a", None, "type", "ROLE", gold, found)
    assert marked("abcdefghijk", one) == "⟦abcde⟧⟨fghi⟩jk"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        (True, "true"),
        (Decimal("2400.50"), "2400.50"),
        (Decimal("1E+3"), "1000"),
        (("a", "b"), "a, b"),
        ({"role": "koch", "place": "x"}, "place x, role koch"),
        (2900.5, "2900.5"),
    ],
)
def test_say(value: Any, said: str) -> None:
    assert say(value) == said
