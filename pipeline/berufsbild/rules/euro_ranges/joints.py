"""What joins two neighbouring amounts to a range."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import regex

from berufsbild.german.numbers import read_words
from berufsbild.rules.euro_ranges.grammar import Amount, alternation, shortest, whole_words
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon, Joiner, JoinerKind

_GAP: Final = 90
_PLAIN_GAP: Final = 40
_DASHES: Final = "-–—−"
_NEVER: Final = re.compile(r"[!?;:\d€]|[.,] [A-ZÄÖÜ]")
_MIDDLE: Final = r"[^!?;:\d€]{0,60}?"
_ASIDE: Final = r"(?:[ ](?:[–—-] [^\d€–—-]{2,40} [–—-]|\([^()\d€]{2,40}\))|,[^,\d€]{2,40},)?"


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands between two amounts: the kind of joiner and the words before it.

    Units: half-open offsets of the words before the joiner; `dash` where it is one.
    """

    kind: JoinerKind
    middle: tuple[int, int]
    dash: bool


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One joiner: alone, with words before it, and what must lead to the first amount.

    `hint` finds in every text that it fits, and costs little in the others.
    """

    kind: JoinerKind
    alone: regex.Pattern[str]
    apart: regex.Pattern[str]
    after: regex.Pattern[str] | None
    hint: re.Pattern[str]


class Joints:
    """Finds what joins two amounts."""

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Compile the joiners, those that something must lead to first."""
        hedges = {word for opener in lexicon.opener for word in opener.words} | {*lexicon.near}
        tail = rf"{_ASIDE}(?:[ \n]{{0,2}}(?:{whole_words(hedges)})){{0,3}}[ \n]{{0,2}}"
        self._patterns = [
            _compile(joiner, tail)
            for joiner in sorted(lexicon.joiner, key=lambda joiner: not joiner.after)
        ]
        self._counted = regex.compile(
            rf"(?r)(?<!\w)(?:{alternation(lexicon.counted_before)})[ .]{{1,2}}"
        )

    def find(self, text: str, first: Amount, second: Amount) -> Joint | None:
        """Tell what joins two neighbouring amounts, null where nothing does."""
        start, end = first.end, second.start
        if not 0 < end - start <= (_GAP if first.unit else _PLAIN_GAP):
            return None
        if _NEVER.search(text, start, end):
            return None
        if not first.unit and self._is_counted(text, first, second):
            return None
        if _is_idiom(text[start:end], first, second):  # before the joiners: it has none
            return Joint("or", (start, start), False)
        gap = text[start:end].lower().replace("\n", " ")
        for one in self._patterns:
            if not one.hint.search(gap):
                continue
            if one.after is not None and not one.after.match(text, 0, first.start):
                continue
            match = one.alone.fullmatch(text, start, end)
            if match is None and first.unit:
                match = one.apart.fullmatch(text, start, end)
            if match is not None:
                return Joint(one.kind, match.span("middle"), match["joiner"].strip()[0] in _DASHES)
        return None

    def _is_counted(self, text: str, first: Amount, second: Amount) -> bool:
        """Tell a step, a year or a group from the lower end of a range."""
        if first.scale or not first.number.isdecimal():
            return False
        year = 1980 <= int(first.number) <= 2049
        if len(first.number) < 4 or year:
            return (year and second.grouped) or bool(self._counted.match(text, 0, first.start))
        return False


def _is_idiom(gap: str, first: Amount, second: Amount) -> bool:
    """Tell "drei-, viertausend" and "zwei, drei Euro" from a list of amounts."""
    if gap not in {", ", "-, "} or first.unit or first.digits or second.digits or not second.unit:
        return False
    low, high = read_words(first.number), read_words(second.number)
    if low is None or high is None:
        return False
    high = high / 1000 if high >= 1000 and gap == "-, " else high
    return low < high <= 2 * low


def _compile(joiner: Joiner, tail: str) -> _Pattern:
    spelled = [word for word in joiner.words if word[0].isalpha()]
    signs = [word for word in joiner.words if not word[0].isalpha()]
    parts = []
    if spelled:
        parts.append(rf"[ \n]?(?<!\w)(?:{alternation(spelled)})(?!\w)")
    if signs:
        parts.append(rf"[ \n]?(?:{alternation(signs)})")
    words = rf"(?P<joiner>{'|'.join(parts)}){tail}"
    return _Pattern(
        joiner.kind,
        regex.compile(rf"-?(?P<middle>){words}", regex.IGNORECASE),
        regex.compile(rf"-?(?P<middle>{_MIDDLE}){words}", regex.IGNORECASE),
        _after_pattern(joiner.after),
        re.compile("|".join(re.escape(word) for word in shortest(joiner.words))),
    )


def _after_pattern(words: Iterable[str]) -> regex.Pattern[str] | None:
    if not words:
        return None
    return regex.compile(
        rf"(?ri)(?<!\w)(?:{alternation(words)})[ \n]{{1,2}}(?:[\w.]{{1,24}}[ \n]{{1,2}}){{0,3}}"
    )
