"""What the words around an amount say of it, put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final, cast

from berufsbild.rules.euro_ranges.bounds import Bounds
from berufsbild.rules.euro_ranges.cues import Cue, Kind, Lead, Meaning, Vocabulary, words_of
from berufsbild.rules.euro_ranges.levels import Levels
from berufsbild.rules.euro_ranges.lexicon import Band, BoundWords, EuroLexicon, Words
from berufsbild.rules.euro_ranges.purposes import Purposes
from berufsbild.rules.euro_ranges.scope import Scope
from berufsbild.values import Bound, Level, Period, Purpose

_LIST_LENGTH: Final = 64
_LISTED: Final[tuple[Kind, ...]] = ("period", "gross")


@dataclass(slots=True)
class Told:
    """What is known about one amount.

    `period` is null where it is not stated. `period_listed` and `gross_listed`
    where the word stood before the amount and may serve those behind it too.
    """

    scope: Scope
    bound: Bound = "exact"
    gross: bool | None = None
    gross_listed: bool = False
    purpose: Purpose = "pay"
    period: Period | None = None
    period_listed: bool = False
    level: Level | None = None


class Attributes:
    """Tells the attributes of the amounts of a sentence with one lexicon's words."""

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Make one vocabulary of all words that say something."""
        self.vocabulary = Vocabulary(_patterns(lexicon))
        self._bounds = Bounds(lexicon)
        self._purposes = Purposes(lexicon, self.vocabulary)
        self._levels = Levels(lexicon)
        self._bands = {band.value: band for band in lexicon.band}
        self._links = frozenset(lexicon.links) | frozenset(lexicon.for_all)
        self._for_all = frozenset(lexicon.for_all)
        self._sharing = frozenset(lexicon.sharing)

    def tell(self, scopes: Sequence[Scope], lead: Lead, title: frozenset[str]) -> list[Told]:
        """Tell everything that a sentence and what leads to it state of its amounts, in order."""
        told: list[Told] = []
        for scope in scopes:
            before = told[-1] if told else None
            one = Told(scope, self._bounds.tell(scope))
            one.gross, one.gross_listed = self._gross(scope, before, lead)
            one.purpose = self._purposes.tell(
                scope, before.purpose if before else None, lead, gross=one.gross
            )
            one.period, one.period_listed = self._period(scope, before, one.purpose, lead)
            if one.purpose == "pay":
                level = before.level if before else None
                one.level = self._levels.tell(scope, level, lead, title)
            told.append(one)
        self._carry_back(told)
        return told

    def _carry_back(self, told: list[Told]) -> None:
        """Carry to the front of a list what its end says of all: training, period, gross."""
        if len(told) < 2:
            return
        for one, behind in reversed(list(pairwise(told))):
            if one.purpose == behind.purpose == "pay" and one.level is None:
                one.level = "training" if behind.level == "training" else None
        for kind in _LISTED:
            self._carry_word_back(told, kind)

    def _carry_word_back(self, told: list[Told], kind: Kind) -> None:
        """Carry the word behind a list to its front: close by, or by "jeweils"."""
        last = told[-1].scope
        cue = next(iter(last.rights(kind)), None)
        if cue is None or cue.value == "none":
            return
        lead = words_of(last.text, max(last.found.end, cue.start - 24), cue.start)[-2:]
        for_all = not self._for_all.isdisjoint(lead)
        if not for_all and not last.touches(cue, self._links):
            return
        joined = last.text[told[-2].scope.found.end : last.found.start]
        if not for_all and self._sharing.isdisjoint(joined.split()):
            return
        level = told[-1].level
        for one in reversed(told):
            said = one.period if kind == "period" else one.gross
            listed = for_all or last.found.start - one.scope.found.end <= _LIST_LENGTH
            if one.purpose != "pay" or one.level != level or not listed:
                break
            if said is None and kind == "gross":
                one.gross = cue.value == "true"
            elif said is None:
                one.period = cast("Period", cue.value)

    def _stated(self, scope: Scope, kind: Kind) -> tuple[Cue | None, bool]:
        """Find the cue of a kind that is the amount's own, and whether it stands before it."""
        for cue in scope.inside:
            if cue.kind == kind and cue.value != "none":
                return cue, False
        for cue in scope.rights(kind):
            if cue.value == "none":
                break
            if scope.breaks_behind(cue) == 0 or scope.touches(cue, self._links):
                return cue, False
            if _is_remark(scope, cue):
                return cue, False
        for cue in reversed(scope.lefts(kind)):
            if cue.value != "none":
                return cue, True
        return None, False

    def _gross(self, scope: Scope, before: Told | None, lead: Lead) -> tuple[bool | None, bool]:
        cue, listed = self._stated(scope, "gross")
        if cue is not None:
            return cue.value == "true", listed
        if before is not None and before.gross_listed:
            return before.gross, True
        for kind, value in lead:
            if kind == "gross" and value != "none":
                return value == "true", True
        return None, False

    def _period(
        self, scope: Scope, before: Told | None, purpose: Purpose, lead: Lead
    ) -> tuple[Period | None, bool]:
        """Tell the stated period: the amount's own, the list's, or that of what leads to it."""
        if scope.is_multiplied():
            return None, False
        cue, listed = self._stated(scope, "period")
        if cue is not None:
            return cast("Period", cue.value), listed
        if purpose == "other":
            return self._shared_price(scope, before)
        middle = scope.middle
        if before is not None and before.period_listed and fits(self._bands, before.period, middle):
            listed = ";" not in scope.text[before.scope.found.end : scope.found.start]
            return (before.period, True) if listed else (None, False)
        for kind, value in lead:
            if kind == "period" and value != "none":
                period = cast("Period", value)
                if fits(self._bands, period, middle):
                    return period, True
        return None, False

    def _shared_price(self, scope: Scope, before: Told | None) -> tuple[Period | None, bool]:
        """Tell the period of a price that shares its verb with the one before it."""
        if before is None or before.purpose != "other" or not before.period_listed:
            return None, False
        start, end = before.scope.found.end, scope.found.start
        joined = scope.text[start : start + 2] == ", " and len(words_of(scope.text, start, end)) < 4
        return (before.period, True) if joined else (None, False)


def fits(bands: Mapping[Period, Band], period: Period | None, amount: Decimal) -> bool:
    """Tell whether an amount may take a period over from a neighbour."""
    band = bands.get(period) if period else None
    return band is not None and band.at_least <= amount <= band.at_most


def _is_remark(scope: Scope, cue: Cue) -> bool:
    """Tell a remark of its own from the start of another thought: ", brutto wohlgemerkt."."""
    marks = [*scope.breaks, scope.sentence[1]]
    before = max((mark for mark in marks if mark < cue.start), default=scope.found.end)
    behind = min(mark for mark in marks if mark >= cue.end)
    alone = not words_of(scope.text, before, cue.start)
    return alone and len(words_of(scope.text, cue.end, behind)) <= 2


def _patterns(lexicon: EuroLexicon) -> Iterator[tuple[str, Meaning]]:
    """Give every pattern with what it says."""
    for period in lexicon.period:
        yield from ((word, Meaning("period", period.value)) for word in period.words)
    for gross in lexicon.gross:
        value = str(gross.value).lower()
        yield from ((word, Meaning("gross", value)) for word in gross.words)
    for level in lexicon.level:
        yield from ((word, Meaning("level", level.value, level.rank)) for word in level.words)
    for purpose in lexicon.purpose:
        says = Meaning("purpose", purpose.value, along=purpose.along, near=purpose.near)
        yield from ((word, says) for word in purpose.words)
    bounds: dict[Kind, tuple[BoundWords, ...]] = {
        "follower": lexicon.follower,
        "in_clause": lexicon.in_clause,
        "bei": lexicon.bei,
    }
    for kind, parts in bounds.items():
        yield from ((word, Meaning(kind, part.bound)) for part in parts for word in part.words)
    plain: dict[Kind, Words] = {
        "ends_at": lexicon.ends_at,
        "mutes_level": lexicon.mutes_level,
        "difference": lexicon.differences,
        "change": lexicon.changes,
        "now": lexicon.now,
    }
    for kind, words in plain.items():
        yield from ((word, Meaning(kind)) for word in words)
