"""Link the spans of a text: what each amount is paid for, and the profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from berufsbild.about import Linker, place_of, role_of
from berufsbild.extraction import Extraction, Profile, SkillCount
from berufsbild.spans import Span, resolve
from berufsbild.values import Place, Role, Skill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from berufsbild.german.normalise import View
    from berufsbild.layout import Layout

_TOWNS = ("city", "district")


def link(layout: Layout, found: Iterable[Span]) -> tuple[list[Span], Profile]:
    """Resolve overlaps, tie amounts to roles and towns, and sum the text up.

    Shape: the spans of all rules in; those that stay, sorted by start, out.
    Units: offsets of the clean view on both sides.
    """
    spans = resolve(found)
    roles: list[Span] = []
    places: list[Span] = []
    skills: list[Skill] = []
    for span in spans:
        value = span.value
        if isinstance(value, Skill):
            skills.append(value)
        elif isinstance(value, Place):
            places.append(span)
        elif isinstance(value, Role):
            roles.append(span)
    role = _headline_role(layout, roles)
    place = _headline_place(layout, places)
    pay = Linker(layout, spans, role, place).link()
    return spans, Profile(role, place, tuple(pay), _skills(skills))


def finish(id: str, text: str, view: View, layout: Layout, found: Iterable[Span]) -> Extraction:
    """Link the spans of all rules and tell them in offsets of the text as given."""
    spans, profile = link(layout, found)
    if view.begins is not None:
        spans = [_told(span, text, *view.original(span.start, span.end)) for span in spans]
    elif view.text != text:
        spans = [
            span
            if span.text == text[span.start : span.end]
            else _told(span, text, span.start, span.end)
            for span in spans
        ]
    return Extraction(id, tuple(spans), profile)


def _told(span: Span, text: str, start: int, end: int) -> Span:
    return Span(span.label, start, end, text[start:end], span.rule, span.value)


def _headline_role(layout: Layout, roles: Sequence[Span]) -> Role | None:
    """Choose the title's role, else the most frequent one."""
    for title in layout.titles:
        if title.role is not None:
            inside = [span for span in roles if _within(span, title.role)]
            if inside:
                return role_of(max(inside, key=lambda span: span.end - span.start))
    for span in roles:
        if span.start < layout.text_start:
            return role_of(span)
    counts = Counter(role_of(span).id for span in roles)
    if not counts:
        return None
    best = max(counts.values())
    return next(role_of(span) for span in roles if counts[role_of(span).id] == best)


def _headline_place(layout: Layout, places: Sequence[Span]) -> Place | None:
    """Choose the title's town, else the most frequent one."""
    for title in layout.titles:
        if title.place is not None:
            for span in places:
                if _within(span, title.place):
                    return place_of(span)
    for span in places:
        if span.start < layout.text_start and place_of(span).kind in _TOWNS:
            return place_of(span)
    towns = [place_of(span) for span in places if place_of(span).kind in _TOWNS] or [
        place_of(span) for span in places
    ]
    counts = Counter(place.id for place in towns)
    if not counts:
        return None
    best = max(counts.values())
    return next(place for place in towns if counts[place.id] == best)


def _skills(skills: Sequence[Skill]) -> tuple[SkillCount, ...]:
    firsts = {skill.id: skill for skill in reversed(skills)}
    counts = Counter([skill.id for skill in skills])
    return tuple(
        [
            SkillCount(id_, firsts[id_].name, firsts[id_].kind, found)
            for id_, found in counts.items()
        ]
    )


def _within(span: Span, slot: tuple[int, int]) -> bool:
    return slot[0] <= span.start and span.end <= slot[1]
