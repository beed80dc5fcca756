"""Amounts without a currency of their own: "3.200 brutto", "hier eher 3.800"."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import regex

from berufsbild.rules.euro_ranges.atoms import alternation
from berufsbild.rules.euro_ranges.cues import Vocabulary
from berufsbild.rules.euro_ranges.grammar import Amount
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon
from berufsbild.rules.euro_ranges.scope import Found

if TYPE_CHECKING:
    from berufsbild.rules.euro_ranges.passages import Passage

_GROUPED: Final = regex.compile(r"\d{1,3}[. '’]\d{3}|[^\d]{4,40}tausend$")
_THOUSANDS: Final = regex.compile(r"\d ?[kK]$")
_PAY_IN_THOUSANDS: Final = (Decimal(18_000), Decimal(250_000))
_USUAL: Final = (Decimal(300), Decimal(250_000))
_THOUSAND: Final = "tausend"
_CLAUSE: Final = 80
_LEAST: Final = Decimal(8)
_NEAR: Final = Decimal(4)
"""How many times as large a bare amount may be as the one that lends it the currency."""


class BareAmounts:
    """Decides which numbers without a currency are amounts all the same."""

    def __init__(self, lexicon: EuroLexicon, vocabulary: Vocabulary) -> None:
        """Compile what may stand beside such a number."""
        self._beside = tuple({word.lower() for word in lexicon.net_and_gross})
        beside = alternation(lexicon.net_and_gross)
        self._behind = regex.compile(rf"(?i)[ ]\(?(?:{beside})(?!\w)")
        self._before = regex.compile(rf"(?ri)(?<!\w)(?:{beside})[ ]")
        introduced = {word for opener in lexicon.opener for word in opener.words} | {*lexicon.far}
        openers = rf"(?:(?:{alternation(introduced)})[ ]{{0,2}}){{0,2}}"
        self._far_before = regex.compile(rf"(?ri)(?<!\w)(?:{beside}):?[ ]{openers}")
        bracket = r"(?:[ ]\([^()\d\n]{1,24}\))?"
        self._label = regex.compile(
            rf"(?ri)(?:{alternation(lexicon.labels)}){bracket}:[ \n]{{1,2}}{openers}"
        )
        self._offers = regex.compile(rf"(?i)\b(?:{alternation(lexicon.offers)})\b")
        self._free = regex.compile(
            rf"[ ]?(?:[.,;:!?)–—]|[ ]\(|$|\n|(?:{alternation(lexicon.compared)})[ ](?=\d)"
            rf"|(?:und|oder|bis|brutto|netto|monatlich|im Monat|drin|möglich"
            rf"|{alternation(lexicon.cracks)})(?!\w))"
        )
        self._verb = regex.compile(
            rf"[ ](?:[a-zäöüß]{{2,12}}t|{alternation(lexicon.verbs_behind)})(?!\w)"
        )
        foreign = alternation(lexicon.foreign)
        self._foreign = (
            regex.compile(rf"(?r)(?:{foreign})[ ]?"),
            regex.compile(rf"[ ]?(?:{foreign})"),
        )
        self._vocabulary = vocabulary

    def _is_foreign(self, text: str, one: Found) -> bool:
        before, behind = self._foreign
        if before.match(text, 0, one.start) or behind.match(text, one.end):
            return True
        return before.search(text, one.start, one.end) is not None

    def may_be(self, text: str, amount: Amount) -> bool:
        """Tell cheaply whether a single number without a currency is worth a look."""
        if amount.grouped or amount.scale or _THOUSAND in amount.number.lower():
            return True
        around = text[max(0, amount.start - _CLAUSE) : amount.end + 10].lower()
        return ":" in around or any(word in around for word in self._beside)

    def accepts(self, passage: Passage, one: Found, named: list[Found]) -> bool:
        """Tell whether a number is an amount: by gross or net, by scale, or by a neighbour."""
        text = passage.text
        if one.low < _LEAST or self._is_foreign(text, one):
            return False
        if self._behind.match(text, one.end) or self._before.match(text, 0, one.start):
            return True
        surface = text[one.start : one.end]
        if self._is_labelled(text, one, surface):
            return True
        start, end = passage.sentence(one.start)
        if _THOUSANDS.search(surface):
            if one.paired and _PAY_IN_THOUSANDS[0] <= one.low <= _PAY_IN_THOUSANDS[1]:
                offered = self._offers.search(text, max(start, one.start - _CLAUSE), one.start)
                if offered and self._free.match(text, one.end):
                    return True
            cues = self._vocabulary.find(text, start, end)
            return one.low >= 1000 and any(
                (cue.kind in ("period", "gross") and cue.value != "none")
                or (cue.kind == "purpose" and cue.value == "pay")
                for cue in cues
            )
        if not self.may_borrow(text, one):
            return False
        start = self._start_of_neighbours(passage, start)
        return any(
            start <= other.start < end
            and one.high <= _NEAR * other.high
            and other.low <= _NEAR * one.low
            for other in named
        )

    def _is_labelled(self, text: str, one: Found, surface: str) -> bool:
        """Tell "Gehalt: ab 3.200" and "brutto zwischen 3.000 und 3.400" from other numbers."""
        if not _USUAL[0] <= one.low <= _USUAL[1] or not self._free.match(text, one.end):
            return False
        if surface.isdecimal() and 1980 <= one.low <= 2049:
            return False
        return any(
            label.match(text, 0, one.start) is not None for label in (self._label, self._far_before)
        )

    def _is_free(self, text: str, one: Found) -> bool:
        """Tell whether what stands behind a number does not make it a count of things."""
        if self._free.match(text, one.end):
            return True
        opened = one.paired or one.bound in ("at_least", "at_most")
        return opened and self._verb.match(text, one.end) is not None

    def _start_of_neighbours(self, passage: Passage, start: int) -> int:
        """Give where the sentence before begins, unless it speaks of other money."""
        before, _ = passage.sentence(max(0, start - 2))
        return before if self.lends(passage.text, before, start) else start

    def lends(self, text: str, start: int, end: int) -> bool:
        """Tell whether a sentence speaks of pay and of no other money."""
        cues = self._vocabulary.find(text, start, end)
        speaks = any(cue.kind == "level" or cue.value == "pay" for cue in cues)
        return speaks and not any(cue.value == "other" for cue in cues)

    def may_borrow(self, text: str, one: Found) -> bool:
        """Tell whether a number is an amount where a neighbour lends it the currency."""
        return _GROUPED.match(text[one.start : one.end]) is not None and self._is_free(text, one)
