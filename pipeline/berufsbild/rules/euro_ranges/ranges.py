"""Which amounts of a passage are ranges, and which stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import regex

from berufsbild.rules.euro_ranges.bare import BareAmounts
from berufsbild.rules.euro_ranges.bounds import Openers
from berufsbild.rules.euro_ranges.cues import Vocabulary
from berufsbild.rules.euro_ranges.grammar import Amount
from berufsbild.rules.euro_ranges.joints import Joint, Joints
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon
from berufsbild.rules.euro_ranges.read import Reader
from berufsbild.rules.euro_ranges.scope import Found

if TYPE_CHECKING:
    from berufsbild.rules.euro_ranges.passages import Passage

_HEAD: Final = regex.compile(r"-(?P<head>[^\W\d_]{2,40})")
_ROW: Final = 3
_ROW_MARKS: Final = {"/", "-", "–", "—", "|"}
_LONGEST_ROW: Final = 12
_PERIOD_BEHIND: Final = 24
_RULES: Final = {
    "to": "from_to", "and": "between", "on": "from_to", "or": "either", "peak": "peak",
}  # fmt: skip


class Money(NamedTuple):
    """The amounts and ranges of a passage, in order.

    `named` where one of them names its currency itself; `borrows` where a number
    would be an amount if the sentence before spoke of such ones.
    """

    found: Sequence[Found]
    named: bool
    borrows: bool


class Ranges:
    """Joins the amounts of a passage to ranges."""

    def __init__(self, lexicon: EuroLexicon, vocabulary: Vocabulary) -> None:
        """Compile what joins and opens amounts."""
        self._vocabulary = vocabulary
        self.joints = Joints(lexicon)
        self._reader = Reader(lexicon)
        self._openers = Openers(lexicon)
        self.bare = BareAmounts(lexicon, vocabulary)

    def find(self, passage: Passage, amounts: Sequence[Amount]) -> Money:
        """Join neighbouring amounts to ranges; the others stand alone."""
        text = passage.text
        named, bare = self._pairs_and_singles(text, amounts)
        if not bare:
            return Money(named, bool(named), False)
        accepted = [self.bare.accepts(passage, one, named) for one in bare]
        found = named + [one for one, is_one in zip(bare, accepted, strict=True) if is_one]
        found.sort(key=lambda one: one.start)
        borrows = any(
            not is_one and self.bare.may_borrow(text, one)
            for one, is_one in zip(bare, accepted, strict=True)
        )
        return Money(found, bool(named), borrows)

    def _pairs_and_singles(
        self, text: str, amounts: Sequence[Amount]
    ) -> tuple[list[Found], list[Found]]:
        """Read the amounts that name their currency, and those that may do without."""
        named: list[Found] = []
        bare: list[Found] = []
        at = 0
        while at < len(amounts):
            first = amounts[at]
            row = _slash_row(text, amounts, at)
            if row:
                singles = [self._single(text, one) for one in row]
                named += [one for one in singles if one is not None]
                at += len(row)
                continue
            second = amounts[at + 1] if at + 1 < len(amounts) else None
            one = self._pair(text, first, second)
            unit = first.unit
            if one is None and not unit and not self.bare.may_be(text, first):
                at += 1
                continue
            if one is not None and second is not None:
                unit = unit or second.unit
                at += 1
            else:
                one = self._single(text, first)
            at += 1
            if one is not None:
                (named if unit else bare).append(one)
        return named, bare

    def _pair(self, text: str, first: Amount, second: Amount | None) -> Found | None:
        if second is None:
            return None
        joint = self.joints.find(text, first, second)
        if joint is None or not self._may_join(text, first, joint):
            return None
        ends = self._reader.pair(first, second)
        if ends is None or self._differ(text, joint, second.end):
            return None
        name = "dash" if joint.dash else _RULES[joint.kind]
        rule = f"euro.{name}" if first.digits or second.digits else "euro.words"
        return Found(first.start, second.end, *ends, True, None, rule, _head(text, second.end))

    def _may_join(self, text: str, first: Amount, joint: Joint) -> bool:
        """Let only gross and period words stand between, unless "zwischen" or "von" leads."""
        start, end = joint.middle
        if not text[start:end].strip(" ()"):
            return True
        if not first.unit:
            return False
        if joint.kind in ("and", "on"):
            return "," not in text[start:end]
        covered = start
        for cue in self._vocabulary.find(text, start, end):
            if cue.kind in ("period", "gross", "follower") and not text[covered : cue.start].strip(
                " ()/"
            ):
                covered = max(covered, cue.end)
        return not text[covered:end].strip(" ()/.,")

    def _differ(self, text: str, joint: Joint, end: int) -> bool:
        """Tell two amounts with a period each: "6 Euro am Tag, höchstens 1.260 Euro im Jahr"."""
        start, middle_end = joint.middle
        if start == middle_end:
            return False
        find = self._vocabulary.find
        one = {cue.value for cue in find(text, start, middle_end) if cue.kind == "period"}
        behind = find(text, end, min(len(text), end + _PERIOD_BEHIND)) if one else []
        other = next((cue for cue in behind if cue.kind == "period"), None)
        return other is not None and text[end : other.start].isspace() and {other.value} != one

    def _single(self, text: str, amount: Amount) -> Found | None:
        number = self._reader.amount(amount)
        if number is None:
            return None
        bound = self._openers.bound(text, amount.start)
        if bound is None and amount.unit and "+" in text[amount.start : amount.end]:
            bound = "at_least"
        rule = "euro.open" if bound in ("at_least", "at_most") else "euro.single"
        rule = rule if amount.digits else "euro.words"
        head = _head(text, amount.end)
        return Found(amount.start, amount.end, number, number, False, bound, rule, head)


def _head(text: str, end: int) -> str:
    """Give the word that a hyphen ties to an amount, in lower case."""
    match = _HEAD.match(text, end) if text[end : end + 1] == "-" else None
    return match["head"].lower() if match else ""


def _slash_row(text: str, amounts: Sequence[Amount], at: int) -> Sequence[Amount]:
    """Give three or more amounts that slashes or dashes part: one each year, no range."""
    if len(amounts) - at < _ROW:
        return ()
    end = at + 1
    mark = ""
    while end < min(len(amounts), at + _LONGEST_ROW):
        before = amounts[end - 1].end
        between = text[before : min(amounts[end].start, before + 4)].strip(" ")
        if between not in _ROW_MARKS or (mark and between != mark):
            break
        mark = between
        end += 1
    row = amounts[at:end] if end - at >= _ROW else ()
    return row if any(one.unit for one in row) else ()
