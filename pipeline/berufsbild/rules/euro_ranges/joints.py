"""What joins two neighbouring amounts to a range."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple, TypeAlias

import regex

from berufsbild.german.numbers import read_words
from berufsbild.rules.euro_ranges.atoms import alternation, shortest, whole_words
from berufsbild.rules.euro_ranges.grammar import Amount
from berufsbild.rules.euro_ranges.lexicon import EuroLexicon, Joiner, JoinerKind

_GAP: Final = 90
_PLAIN_GAP: Final = 40
_BEFORE: Final = 110
_IDIOM: Final = len("-, ") + 1
_DASHES: Final = "-–—−"
_WORD: Final = re.compile(r"[^\W\d_]+")
_NEVER: Final = re.compile(r"[!?;:\d€]|[.,] [A-ZÄÖÜ]")
_MIDDLE: Final = r"[^!?;:\d€]{0,60}?"
_ASIDE: Final = r"(?:[ ](?:[–—-] [^\d€–—-]{2,40} [–—-]|\([^()\d€]{2,40}\))|,[^,\d€]{2,40},)?"


class Joint(NamedTuple):
    """What stands between two amounts: the kind of joiner and the words before it.

    Units: half-open offsets of the words before the joiner; `dash` where it is one.
    """

    kind: JoinerKind
    middle: tuple[int, int]
    dash: bool


_After: TypeAlias = tuple[Sequence[str], regex.Pattern[str]]
"""The words one of which must lead to the first amount, and how they do."""
_Fit: TypeAlias = tuple[JoinerKind, _After | None, tuple[int, int], bool]


class _Forms(NamedTuple):
    """A joiner alone, and with words before it."""

    alone: regex.Pattern[str]
    apart: regex.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One joiner, and what must lead to the first amount.

    `bare` has no hedges behind the joiner; `hedged` is compiled when it is first
    asked for, for it is long. Every text that either fits has one of `words` or
    one of `signs` in it.

    Shape: `words` are the first words of joiners, in lower case.
    """

    kind: JoinerKind
    after: _After | None
    words: frozenset[str]
    signs: tuple[str, ...]
    bare: _Forms
    hedged: Callable[[], _Forms]

    def may_fit(self, text: str, words: Sequence[str]) -> bool:
        """Tell at a glance whether the joiner may stand in a text of these words."""
        return _has_one(self.words, self.signs, text, words)


class Joints:
    """Finds what joins two amounts."""

    def __init__(self, lexicon: EuroLexicon) -> None:
        """Compile the joiners, those that something must lead to first."""
        hedges = {word for opener in lexicon.opener for word in opener.words} | {*lexicon.near}
        self._hedges = _first_words(hedges)
        self._patterns = [
            _compile(joiner, hedges)
            for joiner in sorted(lexicon.joiner, key=lambda joiner: not joiner.after)
        ]
        self._fitting = lru_cache(maxsize=1 << 12)(self._fit)
        self._counted = regex.compile(
            rf"(?r)(?<!\w)(?:{alternation(lexicon.counted_before)})[ .]{{1,2}}"
        )

    def find(self, text: str, first: Amount, second: Amount) -> Joint | None:
        """Tell what joins two neighbouring amounts, null where nothing does."""
        start, end = first.end, second.start
        if not 0 < end - start <= (_GAP if first.unit else _PLAIN_GAP):
            return None
        gap = text[start - 1 : end]
        fitting = self._fitting(gap, first.unit)
        if not fitting and len(gap) > _IDIOM:
            return None
        if not first.unit and self._is_counted(text, first, second):
            return None
        if _is_idiom(gap[1:], first, second):  # before the joiners: it has none
            return Joint("or", (start, start), False)
        for kind, after, middle, dash in fitting:
            if after is None or _leads(after, text, first.start):
                return Joint(kind, (start + middle[0], start + middle[1]), dash)
        return None

    def _fit(self, gap: str, unit: bool) -> tuple[_Fit, ...]:  # noqa: FBT001 - a key of the memory
        """List the joiners that a gap may be, the character before it is its first."""
        if _NEVER.search(gap, 1):
            return ()
        lowered = gap[1:].lower().replace("\n", " ")
        words = _WORD.findall(lowered)
        hedged = _has_one(*self._hedges, lowered, words)
        fitting = []
        for one in self._patterns:
            if not one.may_fit(lowered, words):
                continue
            forms = one.hedged() if hedged else one.bare
            match = forms.alone.fullmatch(gap, 1)
            if match is None and unit:
                match = forms.apart.fullmatch(gap, 1)
            if match is not None:
                start, end = match.span("middle")
                dash = match["joiner"].strip()[0] in _DASHES
                fitting.append((one.kind, one.after, (start - 1, end - 1), dash))
        return tuple(fitting)

    def may_join(self, gap: str) -> bool:
        """Tell whether what stands between two numbers may be a joiner with words around it."""
        if _NEVER.search(gap):
            return False
        gap = gap.lower().replace("\n", " ")
        words = _WORD.findall(gap)
        return any(one.may_fit(gap, words) for one in self._patterns)

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


def _first_words(words: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Part words into the first word of each, in lower case, and those of signs alone."""
    firsts = {word: _WORD.findall(word.lower())[:1] for word in words}
    spelled = frozenset([one for first in firsts.values() for one in first])
    return spelled, shortest(word for word, first in firsts.items() if not first)


def _has_one(
    spelled: frozenset[str], signs: tuple[str, ...], text: str, words: Sequence[str]
) -> bool:
    """Tell whether a text of these words has one of `_first_words`."""
    return not spelled.isdisjoint(words) or any(sign in text for sign in signs)


def _compile(joiner: Joiner, hedges: Iterable[str]) -> _Pattern:
    spelled = [word for word in joiner.words if word[0].isalpha()]
    signs = [word for word in joiner.words if not word[0].isalpha()]
    parts = []
    if spelled:
        parts.append(rf"[ \n]?(?<!\w)(?:{alternation(spelled)})(?!\w)")
    if signs:
        parts.append(rf"[ \n]?(?:{alternation(signs)})")
    words = rf"(?P<joiner>{'|'.join(parts)}){_ASIDE}"
    return _Pattern(
        joiner.kind,
        _after_pattern(joiner.after),
        *_first_words(joiner.words),
        _forms(words),
        cache(lambda: _forms(rf"{words}(?:[ \n]{{0,2}}(?:{whole_words(hedges)})){{0,3}}")),
    )


def _forms(words: str) -> _Forms:
    """Compile what a joiner, and what may stand behind it, looks like."""
    return _Forms(
        regex.compile(rf"-?(?P<middle>){words}[ \n]{{0,2}}", regex.IGNORECASE),
        regex.compile(rf"-?(?P<middle>{_MIDDLE}){words}[ \n]{{0,2}}", regex.IGNORECASE),
    )


def _after_pattern(words: Sequence[str]) -> _After | None:
    if not words:
        return None
    pattern = regex.compile(
        rf"(?ri)(?<!\w)(?:{alternation(words)})[ \n]{{1,2}}(?:[\w.]{{1,24}}[ \n]{{1,2}}){{0,3}}"
    )
    return shortest(words), pattern


def _leads(after: _After, text: str, start: int) -> bool:
    """Tell whether one of the words that a joiner needs leads to an offset."""
    words, pattern = after
    before = text[max(0, start - _BEFORE) : start].lower()
    return any(word in before for word in words) and pattern.match(text, 0, start) is not None
