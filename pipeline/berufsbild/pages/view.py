"""A page of extractions: each text with its spans, and its profile beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from berufsbild.extraction import Failure
from berufsbild.pages import geography, pay
from berufsbild.pages.overlay import Mark, Notes, overlay
from berufsbild.pages.page import LETTERS, NAMES, anchor, render
from berufsbild.values import EuroRange, Place, Role

if TYPE_CHECKING:
    from berufsbild.extraction import Extraction, Profile, SkillCount
    from berufsbild.spans import Span

_KINDS = ("knowledge", "tool", "certificate", "soft")


@dataclass(frozen=True, slots=True)
class Article:
    """One text of the page.

    Shape: `skills` are groups of a kind, the most mentioned skill first.
    """

    id: str
    body: Markup
    profile: Profile
    charts: Sequence[pay.Chart]
    map: geography.Map
    skills: Sequence[tuple[str, Sequence[SkillCount]]]
    spans: int


def view_page(results: Iterable[tuple[str | None, Extraction | Failure]]) -> str:
    """Render texts and what was extracted from them as one page of HTML.

    Shape: pairs of a text, null where it could not be read, and its result.
    """
    notes = Notes()
    articles: list[Article] = []
    failures: list[Failure] = []
    for text, result in results:
        if isinstance(result, Failure):
            failures.append(result)
        else:
            articles.append(_article(text or "", result, notes))
    return render(
        "view.html",
        styles=["base.css", "view.css"],
        scripts=["base.js"],
        articles=articles,
        failures=failures,
        notes=notes,
        countries=geography.paths(),
        size=(geography.WIDTH, geography.HEIGHT),
        chart_width=pay.WIDTH,
    )


def _article(text: str, result: Extraction, notes: Notes) -> Article:
    places: dict[str, tuple[Place, int]] = {}
    marks = []
    for span in result.spans:
        note = notes.number(NAMES[span.label], *_lines(span), span.rule)
        marks.append(Mark(span.start, span.end, f"c{LETTERS[span.label]}", note=note))
        if isinstance(span.value, Place):
            known = places.get(span.value.id, (span.value, 0))
            places[span.value.id] = (known[0], known[1] + 1)
    return Article(
        result.id,
        overlay(text, marks, _opening(result.id)),
        result.profile,
        pay.charts(result.spans),
        geography.draw(places.values(), result.profile.place),
        _skills(result.profile),
        len(result.spans),
    )


def _opening(id: str) -> Any:  # noqa: ANN401 - a function of overlay's shape
    def opening(marks: Sequence[Mark], start: int, end: int) -> Markup:
        said = " ".join(str(mark.note) for mark in marks)
        return Markup(' id="{}" data-n="{}"').format(anchor(id, start, end), said)

    return opening


def _lines(span: Span) -> list[str]:
    """Say the value of a span, a line for each thing that it tells."""
    value = span.value
    if isinstance(value, EuroRange):
        stated = "" if value.period_stated else " (inferred)"
        about = "" if value.purpose == "pay" else "no pay"
        return [f"{pay.amount(value)} per {value.period}{stated}", value.level or "", about]
    if isinstance(value, Role):
        return [value.name, f"KldB {value.kldb}" if value.kldb else "open-ended title"]
    if isinstance(value, Place):
        within = [part for part in (value.admin1, value.country) if part and part != value.name]
        return [value.name, ", ".join([value.kind, *within])]
    return [value.name, value.kind]


def _skills(profile: Profile) -> list[tuple[str, list[SkillCount]]]:
    counts = Counter[str](skill.kind for skill in profile.skills)
    return [
        (kind, sorted((s for s in profile.skills if s.kind == kind), key=lambda s: -s.mentions))
        for kind in _KINDS
        if counts[kind]
    ]
