"""`evaluation.html`: every figure of a report, and every text with its errors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from berufsbild.pages.figures import (
    FALSE,
    INCORRECT,
    MISSES,
    STRICT,
    Shown,
    overview,
    slice_name,
)
from berufsbild.pages.overlay import Mark, Notes, overlay
from berufsbild.pages.page import LETTERS, anchor, render
from berufsbild.scoring.counts import read_mentions
from berufsbild.scoring.figures import LABELS
from berufsbild.scoring.listing import say
from berufsbild.scoring.match import Mention, align
from berufsbild.scoring.mistakes import KINDS, Mistake
from berufsbild.scoring.report import SLICES
from berufsbild.scoring.slots import RIGHT_SLOTS
from berufsbild.spans import Label

if TYPE_CHECKING:
    from berufsbild.corpus.gold import GoldText
    from berufsbild.scoring.counts import TextCounts
    from berufsbild.scoring.intervals import Change
    from berufsbild.scoring.report import Report

_UNSAID: Final = ("concept", "lat", "lon", "currency")
_CLASSES: Final = (
    *((kind, kind) for kind in KINDS),
    (STRICT, "any of a span"),
    (MISSES, "against recall"),
    (FALSE, "against precision"),
    (INCORRECT, "incorrect: borders or label"),
)


@dataclass(frozen=True, slots=True)
class Error:
    """One disagreement as the page tells it."""

    kind: str
    label: str
    found: str
    rule: str
    gold: str | None
    predicted: str | None
    values: tuple[tuple[str, str, str], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One text with everything that the page shows of it."""

    id: str
    split: str | None
    slices: Mapping[str, str]
    slots: tuple[str, ...]
    body: Markup
    errors: tuple[Error, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of the page.

    Shape: `options` are value, name and number of errors or texts.
    """

    name: str
    title: str
    options: Sequence[tuple[str, str, int | None]]


def evaluation_page(
    report: Report | None,
    texts: Iterable[GoldText] = (),
    records: Iterable[Mapping[str, Any]] = (),
    changes: Sequence[Change] | None = None,
    *,
    hide: Iterable[str] = (),
) -> str:
    """Render the report as one page of HTML.

    `texts` and `records` are those that were scored. Of the splits in `hide`
    only the scores are in the page: no text, no span, no error.
    """
    hidden = frozenset(hide)
    style, script = ["base.css", "evaluation.css"], ["base.js", "evaluation.js"]
    if report is None or not report.texts:
        return render("nothing.html", styles=style, scripts=script)
    counts = [text for text in report.texts if text.split not in hidden]
    mistakes = [one for one in report.mistakes if one.split not in hidden]
    wrong = {text.id: _wrong_slots(text) for text in counts}
    slices = {text.id: text.slices for text in counts}
    slots = Counter(chain.from_iterable(wrong.values()))
    shown = Shown(report, mistakes, slices, slots, hidden)
    notes = Notes()
    return render(
        "evaluation.html",
        styles=style,
        scripts=script,
        report=report,
        spans=_spans(report),
        tables=overview(shown, changes),
        compared=changes is not None,
        moved=any(change.before != change.after for change in changes or ()),
        filters=_filters(counts, mistakes, slots),
        articles=_articles(counts, mistakes, texts, records, wrong, notes),
        notes=notes,
        errors=len(mistakes),
        kept_back=len(report.mistakes) - len(mistakes),
        hidden=sorted(hidden & {text.split or "" for text in report.texts}),
        slice_name=slice_name,
    )


def _spans(report: Report) -> dict[str, int]:
    total = report.totals["all"]
    return {
        what: sum(total.get(f"required.{label}.{what}", 0) for label in LABELS)
        for what in ("possible", "actual")
    }


def _wrong_slots(text: TextCounts) -> tuple[str, ...]:
    counts = text.counts
    slots = [
        slot
        for slot in RIGHT_SLOTS
        if counts.get(f"slot.{slot}.total", 0) > counts.get(f"slot.{slot}.right", 0)
    ]
    skills = [counts.get(f"slot.skills.{part}", 0) for part in ("correct", "possible", "actual")]
    return (*slots, "skills") if len(set(skills)) > 1 else tuple(slots)


def _filters(
    texts: Sequence[TextCounts], mistakes: Sequence[Mistake], slots: Mapping[str, int]
) -> list[Filter]:
    labels = Counter(one.label for one in mistakes)
    kinds = Counter[str](one.kind for one in mistakes)
    found = Counter(one.predicted.label for one in mistakes if one.predicted)
    rules = Counter(one.predicted.rule for one in mistakes if one.predicted)
    attributes = Counter(name for one in mistakes for name, _, _ in one.values)
    splits = Counter(text.split for text in texts if text.split is not None)
    filters = [
        Filter("label", "Label", _options(labels, LABELS)),
        Filter(
            "class",
            "Error class",
            [(one, name, sum(kinds[kind] for kind in one.split(","))) for one, name in _CLASSES],
        ),
        Filter("rule", "Rule", _options(rules, sorted(rules))),
        Filter("split", "Split", _options(splits, sorted(splits))),
    ]
    for name in SLICES:
        parts = Counter(text.slices[name] for text in texts if name in text.slices)
        options = [(one, slice_name(name, one), parts[one]) for one in sorted(parts)]
        filters.append(Filter(name, name.capitalize(), options))
    filters += [
        Filter("found", "Found as", _options(found, LABELS)),
        Filter("attribute", "Wrong value", _options(attributes, sorted(attributes))),
        Filter("slot", "Wrong in the profile", _options(slots, sorted(slots))),
    ]
    return [one for one in filters if one.options]


def _options(counts: Mapping[str, int], names: Iterable[str]) -> list[tuple[str, str, int | None]]:
    return [(name, name, counts.get(name, 0)) for name in names]


def _articles(
    counts: Iterable[TextCounts],
    mistakes: Iterable[Mistake],
    texts: Iterable[GoldText],
    records: Iterable[Mapping[str, Any]],
    wrong: Mapping[str, tuple[str, ...]],
    notes: Notes,
) -> list[Article]:
    sources = {text.id: text for text in texts}
    predicted = {record["id"]: record for record in records if "error" not in record}
    by_text: dict[str, list[Mistake]] = defaultdict(list)
    for one in mistakes:
        by_text[one.text_id].append(one)
    articles = []
    for text in counts:
        source, errors = sources[text.id], by_text[text.id]
        marks = _marks(source, predicted.get(text.id) or {}, errors, notes)
        body = overlay(source.text, marks, _opening(text.id))
        told = tuple(_error(one, source.text) for one in errors)
        articles.append(Article(text.id, text.split, text.slices, wrong[text.id], body, told))
    return articles


def _opening(id: str) -> Any:  # noqa: ANN401 - a function of overlay's shape
    def opening(marks: Sequence[Mark], start: int, end: int) -> Markup:
        errors = sorted({number for mark in marks for number in mark.errors})
        if errors:
            numbers = " ".join(map(str, errors))
            return Markup(' id="{}" data-e="{}"').format(anchor(id, start, end), numbers)
        said = sorted({mark.note for mark in marks if mark.note is not None})
        return Markup(' data-n="{}"').format(" ".join(map(str, said)))

    return opening


def _marks(
    text: GoldText, record: Mapping[str, Any], errors: Sequence[Mistake], notes: Notes
) -> list[Mark]:
    gold = [
        Mention(str(span.label), span.start, span.end, span.text, span.attributes, span.optional)
        for span in text.gold.spans
    ]
    found = align(gold, read_mentions(record))
    marks: list[Mark] = []
    for number, one in enumerate(errors):
        for span, side in ((one.gold, "g"), (one.predicted, "p")):
            if span:
                marks.append(Mark(span.start, span.end, _style(side, span), (number,)))
    told = {(one.gold.key(), one.predicted.key()) for one in errors if one.gold and one.predicted}
    for left, right in found.pairs:
        if (left.key(), right.key()) not in told:
            note = notes.number(left.label, right.rule, _values(right))
            marks.append(Mark(right.start, right.end, f"c{_letter(right)}", note=note))
    for span in found.gold_aside:
        note = notes.number(span.label, "in gold, optional", _values(span))
        marks.append(Mark(span.start, span.end, _style("o", span), note=note))
    for span in found.predicted_aside:
        note = notes.number(span.label, f"{span.rule}, beside optional gold", _values(span))
        marks.append(Mark(span.start, span.end, _style("p", span), note=note))
    return marks


def _style(side: str, span: Mention) -> str:
    return side + _letter(span)


def _letter(span: Mention) -> str:
    return LETTERS[Label(span.label)]


def _values(span: Mention) -> str:
    return " · ".join(
        f"{name} {say(value)}"
        for name, value in span.values.items()
        if value is not None and value is not False and name not in _UNSAID
    )


def _error(one: Mistake, text: str) -> Error:
    gold, predicted = one.gold, one.predicted
    return Error(
        kind=one.kind,
        label=one.label,
        found=predicted.label if predicted else "",
        rule=predicted.rule if predicted else "",
        gold=text[gold.start : gold.end] if gold else None,
        predicted=text[predicted.start : predicted.end] if predicted else None,
        values=tuple((name, say(left), say(right)) for name, left, right in one.values),
        start=one.start,
        end=one.end,
    )
