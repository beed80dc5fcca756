"""Whether an amount is pay for the job or other money."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, cast

import regex

from berufsbild.rules.euro_ranges.atoms import alternation
from berufsbild.rules.euro_ranges.cues import Cue, Lead, Vocabulary, words_of
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon
from berufsbild.rules.euro_ranges.scope import Scope
from berufsbild.values import Purpose

_GAP_REACH: Final = 120
_GAP: Final = regex.compile(
    r"(?:\b(?:liegen|liegt|klaffen|klafft)\b[^\d.,;:]{0,20}"
    r"\b[Zz]wischen [^\d.,;:]{2,40} und [^\d.,;:]{2,40}"
    r"|\b[Zz]wischen [^\d.,;:]{2,40} und [^\d.,;:]{2,40} (?:liegen|liegt|klaffen|klafft)"
    r"(?: (?!bei|auf|die|der|das)[a-zäöüß]{2,12}){0,3}) $"
)
_RESULT: Final = regex.compile(r"(?:€|Euro|EUR) auf $")
_POSSIBLE_PAY: Final = (Decimal(8), Decimal(400_000))
_NEVER_PAY: Final = (Decimal(35), Decimal(250))
"""Too much for an hour and too little for a month, where neither is said."""
_USUAL_PAY: Final = (Decimal(1000), Decimal(100_000))
"""Outside this, "a training for 99 Euro" and "a house for 400,000 Euro" are prices."""


class Purposes:
    """Decides the purpose of an amount from all that its sentence says."""

    def __init__(self, lexicon: EuroLexicon, vocabulary: Vocabulary) -> None:
        """Keep the words that weigh what a sentence says."""
        self._vocabulary = vocabulary
        self._pay_heads = tuple(head.lower() for head in lexicon.pay_heads)
        self._particles: dict[str, set[str]] = {}
        for one in lexicon.particle:
            if one.purpose is not None:
                self._particles.setdefault(one.particle, set()).update(one.verbs)
        self._verbs = frozenset[str]().union(*self._particles.values())
        self._muting = {word.lower() for word in lexicon.mutes_purpose}
        self._muting_behind = {word.lower() for word in lexicon.mutes_purpose_behind}
        self._noun_links = frozenset(lexicon.noun_links)
        self._amount_links = frozenset(lexicon.amount_links)
        self._price = regex.compile(
            rf"[A-ZÄÖÜ][\w-]{{2,30}} (?:{alternation(lexicon.for_price)}) (?:\w{{2,10}} )?$"
        )

    def tell(
        self, scope: Scope, before: Purpose | None, lead: Lead, *, gross: bool | None
    ) -> Purpose:
        """Tell the purpose: the amount's own word decides, then its clause, then its size."""
        if scope.found.head and not self._is_pay_head(scope.found.head):
            return "other"
        if self._is_spent(scope) or (not scope.found.paired and _is_gap(scope)):
            return "other"
        own = self._own(scope)
        if own is not None:
            return own
        periods = (*scope.lefts("period"), *scope.rights("period"))
        if periods and any(cue.value == "once" for cue in periods):
            return "other"
        if gross is not None:
            return "pay"
        if before == "other" and not _is_result(scope):
            return "other"
        for kind, value in lead:
            if kind == "purpose" and value != "none":
                return cast("Purpose", value)
        return "other" if self._is_price(scope) else "pay"

    def _is_pay_head(self, head: str) -> bool:
        cues = self._vocabulary.find(head, 0, len(head))
        if any(cue.kind == "purpose" and cue.value == "other" for cue in cues):
            return False
        return head.startswith(self._pay_heads)

    def _own(self, scope: Scope) -> Purpose | None:
        """Find the word that governs an amount: its noun, its clause, then its sentence."""
        for cue in scope.right:
            if scope.breaks_behind(cue) > 0:
                break
            if cue.kind == "difference" and scope.touches(cue, frozenset()):
                return "other"
            if (
                cue.kind == "purpose"
                and cue.value != "none"
                and scope.touches(cue, self._noun_links)
                and not self._is_muted(scope, cue)
            ):
                return cast("Purpose", cue.value)
        if is_change(scope):
            return "other"
        for cue in (*scope.in_clause("purpose"), *reversed(scope.lefts("purpose"))):
            if cue.value == "none" or (cue.near and self._is_far(scope, cue)):
                continue
            if not self._is_muted(scope, cue):
                return cast("Purpose", cue.value)
        return None

    def _is_spent(self, scope: Scope) -> bool:
        """Tell money that a separable verb names: "setzen 60.000 Euro um", not "geht mit …"."""
        if self._verbs.isdisjoint(scope.words_before()):
            return False
        for particle in scope.particles():
            verbs = self._particles.get(particle)
            if verbs and not verbs.isdisjoint(scope.words_before()):
                return scope.words_before()[-1] != "mit"
        return False

    def _is_far(self, scope: Scope, cue: Cue) -> bool:
        """Tell whether marks part a cue from the amount, other than a colon."""
        if cue.start >= scope.found.end:
            return scope.breaks_behind(cue) > 0
        marks = [mark for mark in scope.breaks if cue.end <= mark < scope.found.start]
        marks = [mark for mark in marks if scope.text[mark] != ":"]
        close = len(marks) == 1 and self._amount_links.issuperset(
            words_of(scope.text, marks[0], scope.found.start)
        )
        return bool(marks) and not close

    def _is_muted(self, scope: Scope, cue: Cue) -> bool:
        """Tell whether other money is only mentioned along with the amount."""
        if not cue.along:
            return False
        text, found = scope.text, scope.found
        if cue.start >= found.end:
            before = words_of(text, found.end, cue.start)
            if not before:
                return False
        else:
            named = ":" not in text[cue.end : found.start]
            if named and self._amount_links.issuperset(words_of(text, cue.end, found.start)):
                return False
            before = words_of(text, max(scope.sentence[0], cue.start - 32), cue.start)[-2:]
        behind = words_of(text, cue.end, min(scope.sentence[1], cue.end + 24))
        return not self._muting.isdisjoint(before) or not self._muting_behind.isdisjoint(behind[:1])

    def _is_price(self, scope: Scope) -> bool:
        """Tell by its size, or by a noun with "für" before it, that an amount is no pay."""
        middle = scope.middle
        if scope.lefts("period") or scope.rights("period"):
            return middle > _POSSIBLE_PAY[1]
        if _NEVER_PAY[0] <= middle < _NEVER_PAY[1]:
            return True
        if not _POSSIBLE_PAY[0] <= middle <= _POSSIBLE_PAY[1]:
            return True
        if _USUAL_PAY[0] <= middle <= _USUAL_PAY[1]:
            return False
        start = max(scope.sentence[0], scope.found.start - 48)
        return self._price.search(scope.text, start, scope.found.start) is not None


def _is_gap(scope: Scope) -> bool:
    """Tell "zwischen Anfänger und Profi liegen 1.000 Euro" from pay between two amounts."""
    start = max(scope.sentence[0], scope.found.start - _GAP_REACH)
    if "zwischen" not in scope.text[start : scope.found.start].lower():
        return False
    return _GAP.search(scope.text, start, scope.found.start) is not None


def _is_result(scope: Scope) -> bool:
    """Tell what a change leads to: "steigen um 150 Euro auf 2.950 Euro"."""
    start = scope.found.start
    return _RESULT.search(scope.text, max(0, start - 12), start) is not None


def is_change(scope: Scope) -> bool:
    """Tell "steigt um 200 Euro" from "um 2.000 Euro"."""
    if not scope.in_clause("change"):
        return False
    before = scope.words_before()
    return "um" in before[-2:] and before[-1] != "die"
