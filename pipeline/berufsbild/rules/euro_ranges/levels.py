"""For which stage of a career a sentence gives an amount."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, cast

import regex

from berufsbild.rules.euro_ranges.atoms import alternation
from berufsbild.rules.euro_ranges.cues import Cue, Lead, words_of
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon
from berufsbild.rules.euro_ranges.scope import Scope
from berufsbild.values import Level

_NEXT: Final[dict[Level | None, Level]] = {
    "training": "entry",
    "entry": "experienced",
    "experienced": "experienced",
}
_MARK: Final = regex.compile(r"[,;:–—()]")
_TRAINING_PAY: Final = (Decimal(300), Decimal(1600))
"""Euros a month that are paid in training and hardly ever to fully trained people."""
_SURELY_TRAINING: Final = Decimal(1050)
DEARER: Final = Decimal("1.6")
"""How much more a stage may pay now than in the days that somebody tells of."""
NEAR_BY: Final = 160
"""Letters between an amount of former days and one of now."""
_NO_VERBS: Final[tuple[frozenset[str], Level | None]] = (frozenset(), None)
_OCCUPATION: Final = 1
_RISE: Final = 2


class Levels:
    """Decides the level of an amount: its clause first, then its sentence."""

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Keep the small words that tell how clauses hang together."""
        self._particles = {
            one.particle: (frozenset(one.verbs), one.level)
            for one in lexicon.particle
            if one.level is not None
        }
        self._verbs = frozenset[str]().union(*(verbs for verbs, _ in self._particles.values()))
        self._spanning = frozenset(lexicon.spanning)
        self._climbing = frozenset(lexicon.climbing)
        self._relative = regex.compile(rf",\s*(?:{alternation(lexicon.relatives)})\b")

    def tell(
        self, scope: Scope, level_before: Level | None, lead: Lead, title: frozenset[str]
    ) -> Level | None:
        """Tell the level, null where nothing is said or both ends of a span are named.

        `level_before` is that of the amount before it in the sentence, null at the first.
        """
        if scope.inside and any(cue.kind == "level" for cue in scope.inside):
            return None
        cue = self._cue(scope, title)
        if cue is not None and cue.rank < _RISE:
            if cue.value != "next":
                return cast("Level", cue.value)
            if level_before is not None:
                return _NEXT.get(level_before)
        if not self._verbs.isdisjoint(scope.words_before()):
            for particle in scope.particles():
                verbs, level = self._particles.get(particle, _NO_VERBS)
                if not verbs.isdisjoint(scope.words_before()):
                    return level
        if cue is not None and cue.rank == _RISE and level_before != "training":
            return _of_year(scope) if cue.value == "year" else cast("Level", cue.value)
        if level_before is not None:
            apart = [one for one in scope.lefts("level") if one.value == "none"]
            return None if any(scope.breaks_before(one) == 0 for one in apart) else level_before
        for kind, value in lead:
            if kind == "level" and value in STAGES:
                return cast("Level", value)
        return None

    def _cue(self, scope: Scope, title: frozenset[str]) -> Cue | None:
        if not (scope.lefts("level") or scope.rights("level")):
            return None
        left = self._open(scope, scope.lefts("level"))
        right = self._open(scope, scope.rights("level"))
        right = [cue for cue in right if cue.value != "next"]
        near = [cue for cue in left if scope.breaks_before(cue) == 0]
        near += [cue for cue in right if scope.breaks_behind(cue) == 0]
        if any(cue.rank == 0 for cue in near):
            return self._choose(scope, near, title)
        outer = [cue for cue in left if scope.breaks_before(cue) > 0]
        main = [cue for cue in outer if not self._in_relative_clause(scope, cue)]
        later = [] if left else [cue for cue in right if self._still_about(scope, cue)]
        for cues in (near, main, outer, later):
            chosen = self._choose(scope, cues, title)
            if chosen is not None:
                return chosen
        return None

    def _choose(self, scope: Scope, cues: Sequence[Cue], title: frozenset[str]) -> Cue | None:
        """Choose among the words for a stage: those of the lowest rank, then the nearest."""
        start, end = scope.found.start, scope.found.end
        rises = scope.found.paired and " auf " in scope.text[start:end]
        usable = [
            cue
            for cue in cues
            if not (cue.rank == _OCCUPATION and scope.text[cue.start : cue.end].lower() in title)
            and not (cue.rank == _RISE and rises)
        ]
        if not usable:
            return None
        rank = min(cue.rank for cue in usable)
        usable = [cue for cue in usable if cue.rank == rank]
        for one, two in pairwise(cue for cue in usable if cue.end <= start):
            between = words_of(scope.text, one.end, two.start)
            if one.value != two.value and not self._spanning.isdisjoint(between):
                return None
        return min(usable, key=lambda cue: start - cue.end if cue.end <= start else cue.start - end)

    def _open(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        """Leave out words that only say what pay depends on ("je nach Erfahrung")."""
        mutes = [*scope.lefts("mutes_level"), *scope.rights("mutes_level")]
        return [
            cue
            for cue in cues
            if cue.value != "none"
            and (cue.value == "training" or not any(_mutes(scope, mute, cue) for mute in mutes))
        ]

    def _in_relative_clause(self, scope: Scope, cue: Cue) -> bool:
        marks = [mark for mark in scope.breaks if mark < cue.start]
        return bool(marks) and self._relative.match(scope.text, marks[-1]) is not None

    def _still_about(self, scope: Scope, cue: Cue) -> bool:
        """Tell whether a later clause speaks of the same amount: it names no more pay."""
        behind = words_of(scope.text, scope.found.end, scope.sentence[1])
        return scope.breaks_behind(cue) == 1 and self._climbing.isdisjoint(behind)


STAGES: Final = ("training", "entry", "experienced", "senior")


def occupations(scopes: Iterable[Scope]) -> frozenset[str]:
    """List the words for a stage that are occupations too, in lower case ("Meister")."""
    return frozenset(
        scope.text[cue.start : cue.end].lower()
        for scope in scopes
        for cue in (*scope.lefts("level"), *scope.rights("level"))
        if cue.rank == _OCCUPATION
    )


def training_like(scope: Scope, *, net: bool) -> tuple[bool, bool]:
    """Tell whether pay behind training pay is for training too, and whether it may be.

    Small pay is: "Kleine Betriebe zahlen oft nur 850 Euro zum Start". Pay of
    today may be, where it is near and not much more: "als Azubi 790 Euro, heute
    sind es 1.150 Euro".
    """
    small = _TRAINING_PAY[0] <= scope.middle < _SURELY_TRAINING
    return small, not small and not net and bool(scope.in_clause("now"))


def _of_year(scope: Scope) -> Level | None:
    """Tell a year of training from the first year in the job by the size of the amount."""
    return "training" if _TRAINING_PAY[0] <= scope.middle < _TRAINING_PAY[1] else "entry"


def _mutes(scope: Scope, mute: Cue, cue: Cue) -> bool:
    """Tell whether a muting word reaches to a cue behind it: no mark, no amount between."""
    if mute.end > cue.start or mute.end <= scope.found.start < cue.start:
        return False
    return _MARK.search(scope.text, mute.end, cue.start) is None
