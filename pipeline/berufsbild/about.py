"""Tie each amount to the other role and the other place that it is paid for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from berufsbild.lexicon.reader import ROOT, read_toml
from berufsbild.spans import Label, Span
from berufsbild.values import About, EuroRange, Place, Role

if TYPE_CHECKING:
    from berufsbild.layout import Layout

_WIDE: Final = frozenset(["state", "country", "continent", "region"])
_WORD: Final = re.compile(r"\w+")
_TOWN_DEGREES: Final = 0.2
"""How far a town's districts reach from its middle, in degrees: about 15 km."""
_ORIGIN: Final = 32
"""Letters before a place that hold the word before it: "kommt aus"."""
_CLAUSE: Final = 300
"""Letters of a clause on each side that may speak of a school; a list of towns has thousands."""
_LEAD: Final = 90
"""Letters of a question that may lead to an amount: "Und der Meister? 4.500 €"."""


class AboutWords(BaseModel):
    """The words of lexicon/layout/about.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    grades: frozenset[str]
    origins: frozenset[str]
    schools: frozenset[str]
    here: tuple[str, ...]
    joining: frozenset[str]

    @cached_property
    def leads_back(self) -> re.Pattern[str]:
        """Match what leads back to the headline's place."""
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, self.here))})\b")


@dataclass(slots=True)
class _Told:
    """What the amount before said in its sentence."""

    sentence: tuple[int, int]
    about: About | None
    level: str | None


class Linker:
    """Links the amounts of one text."""

    def __init__(
        self, layout: Layout, spans: list[Span], role: Role | None, place: Place | None
    ) -> None:
        """Keep the spans, sorted by start, and what the headline names."""
        self._layout = layout
        self._spans = spans
        self._role = role
        self._place = place
        self._words = about_words()
        self._named: list[Span] = []
        self._starts: list[int] = []
        self._euros: list[int] = []
        for at, span in enumerate(spans):
            label = span.label
            if label is Label.EURO_RANGE:
                self._euros.append(at)
            elif label is not Label.SKILL:
                self._named.append(span)
                self._starts.append(span.start)

    def link(self) -> list[EuroRange]:
        """Tie every pay among the spans, in their place, to what it is about, and list the pay."""
        spans = self._spans
        pay: list[EuroRange] = []
        told: _Told | None = None
        before = 0
        for at, following in zip_longest(self._euros, self._euros[1:]):
            span = spans[at]
            value = span.value
            if isinstance(value, EuroRange) and value.purpose == "pay":
                behind = None if following is None else spans[following].start
                told = self._tell(span, value, before, behind, told)
                if told.about is not None:
                    value = _paid_for(value, told.about)
                    spans[at] = Span(span.label, span.start, span.end, span.text, span.rule, value)
                pay.append(value)
            before = span.end
        return pay

    def _tell(
        self, span: Span, value: EuroRange, before: int, behind: int | None, last: _Told | None
    ) -> _Told:
        """Tell what the amount's part of the sentence names, else what the one before was about."""
        sentence = self._layout.sentence(span.start)
        start, end = self._reach(span, sentence, before, behind)
        roles: list[Span] = []
        places: list[Span] = []
        for one in self._between(start, end):
            if one.label is Label.ROLE:
                roles.append(one)
            elif self._paid_in(one, span):
                places.append(one)
        role = self._other_role(roles, span) if roles else None
        place = self._other_place(places, span) if places else None
        if last is not None and last.about is not None and last.sentence == sentence:
            text = self._layout.text[start : span.start]
            if not roles and value.level in (None, last.level):
                role = last.about.role
            if not places and not self._words.leads_back.search(text):
                place = last.about.place
        named = role is not None or place is not None
        return _Told(sentence, About(role, place) if named else None, value.level)

    def _between(self, start: int, end: int) -> list[Span]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [one for one in self._named[first:last] if one.end <= end]

    def _reach(
        self, span: Span, sentence: tuple[int, int], before: int, behind: int | None
    ) -> tuple[int, int]:
        """Give the part of the sentence that belongs to an amount.

        It begins where the amount before it ends, or with the question that
        leads to it, and goes to the end of its clause or to the amount behind.
        """
        layout = self._layout
        start, end = sentence
        _, clause_end = layout.clause(span.end - 1)
        if start >= before and span.start - start <= 2 and start:
            lead, lead_end = layout.sentence(start - 2)
            asks = layout.text[lead_end - 1 : lead_end] == "?" and lead_end - lead <= _LEAD
            start = lead if asks and lead_end <= start else start
        return max(start, before), min(end, clause_end, behind or end)

    def _other_role(self, roles: Sequence[Span], span: Span) -> str | None:
        nearest = _nearest(roles, span)
        if nearest is None:
            return None
        role = role_of(nearest)
        return None if self._role is not None and self._is_headline(role, self._role) else role.id

    def _is_headline(self, role: Role, headline: Role) -> bool:
        """Tell the headline's occupation, its short forms and its grades from another one."""
        if role.id == headline.id or _short_form(role.name, headline.name):
            return True
        first, _, rest = role.name.replace("-", " ", 1).partition(" ")
        return first.lower() in self._words.grades and _short_form(rest, headline.name)

    def _other_place(self, places: Sequence[Span], span: Span) -> str | None:
        nearest = _nearest(places, span)
        if nearest is None:
            return None
        place = place_of(self._first_of_group(places, nearest))
        return None if self._is_home(place) else place.id

    def _is_home(self, place: Place) -> bool:
        """Tell the headline's town, and the state, region and country that it lies in."""
        home = self._place
        if home is None:
            return False
        if place.id == home.id:
            return True
        if place.kind == "state":
            return place.name in (home.admin1, home.name)
        if place.kind == "country":
            return place.country == home.country
        if place.kind == "district":
            return _near(place, home)
        return place.kind in _WIDE and place.admin1 is not None and place.admin1 == home.admin1

    def _paid_in(self, place: Span, span: Span) -> bool:
        """Tell whether a place says where an amount is paid: no origin, school or adjective."""
        if place_of(place).adjective:
            return False
        text = self._layout.text
        ahead = text[max(0, place.start - _ORIGIN) : place.start]
        if ahead.rstrip()[-12:].rpartition(" ")[2] in self._words.origins:
            return False
        start, end = self._layout.clause(place.start)
        start = max(start, place.start - _CLAUSE)
        end = min(end, span.start if span.start >= place.end else end, place.end + _CLAUSE)
        return self._words.schools.isdisjoint(_WORD.findall(text[start:end].lower()))

    def _first_of_group(self, places: Sequence[Span], last: Span) -> Span:
        """Give the first of names that only "oder" and the like part."""
        at = next(number for number, one in enumerate(places) if one is last)
        text = self._layout.text
        while at and text[places[at - 1].end : places[at].start].strip() in self._words.joining:
            at -= 1
        return places[at]


@lru_cache(maxsize=4_096)
def _paid_for(value: EuroRange, about: About) -> EuroRange:
    """Say what an amount is about; equal ones become one object, as those of a lexicon are."""
    return replace(value, about=about)


def _near(place: Place, home: Place) -> bool:
    """Tell whether a district is one of the headline's town; one without a point is."""
    if place.lat is None or place.lon is None or home.lat is None or home.lon is None:
        return place.admin1 == home.admin1
    return abs(place.lat - home.lat) <= _TOWN_DEGREES and abs(place.lon - home.lon) <= _TOWN_DEGREES


def _nearest(spans: Sequence[Span], span: Span) -> Span | None:
    """Choose the last span before an amount, else the first behind it."""
    before = [one for one in spans if one.end <= span.start]
    return before[-1] if before else next(iter(spans), None)


def _short_form(name: str, headline: str) -> bool:
    return headline.lower().endswith(name.lower()) or headline.startswith(name)


def role_of(span: Span) -> Role:
    """Give the value of a span of the label ROLE."""
    if not isinstance(span.value, Role):
        raise TypeError(f"span {span.start}: expected a ROLE value, got {span.value!r}")
    return span.value


def place_of(span: Span) -> Place:
    """Give the value of a span of the label PLACE."""
    if not isinstance(span.value, Place):
        raise TypeError(f"span {span.start}: expected a PLACE value, got {span.value!r}")
    return span.value


@lru_cache(maxsize=1)
def about_words() -> AboutWords:
    """Load the words that tell what an amount is about."""
    return read_toml(ROOT / "layout" / "about.toml", AboutWords)
