"""Link the spans of a text: what each amount is paid for, and the profile."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from berufsbild.extraction import Extraction, Profile, SkillCount
from berufsbild.spans import Label, Span, resolve
from berufsbild.values import About, EuroRange, Place, Role, Skill

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
    role = _headline_role(layout, spans)
    place = _headline_place(layout, spans)
    spans = _with_about(layout, spans, role, place)
    pay = tuple(
        span.value
        for span in spans
        if isinstance(span.value, EuroRange) and span.value.purpose == "pay"
    )
    return spans, Profile(role, place, pay, _skills(spans))


def finish(id: str, text: str, view: View, layout: Layout, found: Iterable[Span]) -> Extraction:
    """Link the spans of all rules and tell them in offsets of the text as given."""
    spans, profile = link(layout, found)
    if view.begins is not None or view.text != text:
        spans = [_told(span, text, view) for span in spans]
    return Extraction(id, tuple(spans), profile)


def _told(span: Span, text: str, view: View) -> Span:
    start, end = view.original(span.start, span.end)
    return Span(span.label, start, end, text[start:end], span.rule, span.value)


def _headline_role(layout: Layout, spans: Sequence[Span]) -> Role | None:
    """Choose the title's role, else the most frequent one."""
    roles = [span for span in spans if span.label is Label.ROLE]
    for title in layout.titles:
        if title.role is not None:
            inside = [span for span in roles if _within(span, title.role)]
            if inside:
                return _role(max(inside, key=lambda span: span.end - span.start))
    first_text = next((line.start for line in layout.lines if line.kind == "text"), 0)
    for span in roles:
        if span.start < first_text:
            return _role(span)
    counts = Counter(_role(span).id for span in roles)
    if not counts:
        return None
    best = max(counts.values())
    return next(_role(span) for span in roles if counts[_role(span).id] == best)


def _headline_place(layout: Layout, spans: Sequence[Span]) -> Place | None:
    """Choose the title's town, else the most frequent one."""
    places = [span for span in spans if span.label is Label.PLACE]
    for title in layout.titles:
        if title.place is not None:
            for span in places:
                if _within(span, title.place):
                    return _place(span)
    first_text = next((line.start for line in layout.lines if line.kind == "text"), 0)
    for span in places:
        if span.start < first_text and _place(span).kind in _TOWNS:
            return _place(span)
    towns = [_place(span) for span in places if _place(span).kind in _TOWNS] or [
        _place(span) for span in places
    ]
    counts = Counter(place.id for place in towns)
    if not counts:
        return None
    best = max(counts.values())
    return next(place for place in towns if counts[place.id] == best)


def _with_about(
    layout: Layout, spans: list[Span], role: Role | None, place: Place | None
) -> list[Span]:
    """Fill `about` where the words around an amount name another role or town."""
    linked = list(spans)
    starts = [span.start for span in spans]
    euros = [number for number, span in enumerate(spans) if span.label is Label.EURO_RANGE]
    for at, number in enumerate(euros):
        span = spans[number]
        value = span.value
        if not isinstance(value, EuroRange) or value.purpose != "pay":
            continue
        before = spans[euros[at - 1]].end if at else 0
        behind = spans[euros[at + 1]].start if at + 1 < len(euros) else len(layout.text)
        first, last = _reach(layout, span, before, behind)
        around = [
            one
            for one in spans[bisect_left(starts, first) : bisect_left(starts, last)]
            if one.end <= last
        ]
        about = About(_other_role(around, span, role), _other_place(around, span, place))
        if about.role is not None or about.place is not None:
            linked[number] = replace(span, value=replace(value, about=about))
    return linked


def _reach(layout: Layout, span: Span, before: int, behind: int) -> tuple[int, int]:
    """Give the part of the sentence that belongs to an amount.

    It begins where the amount before it ends and goes to the end of its clause,
    or to the amount behind it.
    """
    start, end = layout.sentence(span.start)
    _, clause_end = layout.clause(span.end - 1)
    return max(start, before), min(end, clause_end, behind)


def _other_role(around: Sequence[Span], span: Span, headline: Role | None) -> str | None:
    roles = [one for one in around if one.label is Label.ROLE]
    nearest = _nearest(roles, span)
    if nearest is None:
        return None
    role = _role(nearest)
    if headline is not None and (role.id == headline.id or _short_form(role, headline)):
        return None
    return role.id


def _other_place(around: Sequence[Span], span: Span, headline: Place | None) -> str | None:
    places = [one for one in around if one.label is Label.PLACE and not _place(one).adjective]
    nearest = _nearest(places, span)
    if nearest is None:
        return None
    place = _place(nearest)
    return None if headline is not None and place.id == headline.id else place.id


def _nearest(spans: Sequence[Span], span: Span) -> Span | None:
    """Choose the last span before an amount, else the first behind it."""
    before = [one for one in spans if one.end <= span.start]
    return before[-1] if before else next(iter(spans), None)


def _short_form(role: Role, headline: Role) -> bool:
    return headline.name.lower().endswith(role.name.lower()) or headline.name.startswith(role.name)


def _skills(spans: Sequence[Span]) -> tuple[SkillCount, ...]:
    counts: dict[str, list[Skill]] = {}
    for span in spans:
        if isinstance(span.value, Skill):
            counts.setdefault(span.value.id, []).append(span.value)
    return tuple(
        SkillCount(id_, found[0].name, found[0].kind, len(found)) for id_, found in counts.items()
    )


def _within(span: Span, slot: tuple[int, int]) -> bool:
    return slot[0] <= span.start and span.end <= slot[1]


def _role(span: Span) -> Role:
    if not isinstance(span.value, Role):
        raise TypeError(f"span {span.start}: expected a ROLE value, got {span.value!r}")
    return span.value


def _place(span: Span) -> Place:
    if not isinstance(span.value, Place):
        raise TypeError(f"span {span.start}: expected a PLACE value, got {span.value!r}")
    return span.value
