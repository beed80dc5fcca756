"""First and last letters of what is known: they tell most other words at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from berufsbild.german.inflection import thing_endings
from berufsbild.german.words import fold, joined, plain_vowels

if TYPE_CHECKING:
    from berufsbild.german.words import Word

_SEEN: Final = 8
_LONG: Final = 6
"""A first word of eight letters keeps six of them in every form, an adjective too: erweitert-."""
_MIDDLE: Final = 5
_SHORT: Final = 4
"""Shorter ones keep five or four; the forms of one with up to three letters have up to six."""
_ADJECTIVE: Final = ("er", "es", "en", "em", "e")
_ENDINGS: Final = (
    "", "s", "es", "e", "en", "n", "er", "ern", "se", "sen", "ses", "r", "m", "em",
)  # fmt: skip
"""What nouns and adjectives carry."""
_EXACT: Final = ("", "s")
"""What names carry that are written in one way only: AI, C++."""
_SIGNS: Final = re.compile(r"[\W_]")


class Outlines:
    """Tells words that neither begin like anything known nor end like a head.

    It errs on one side only: a word that it calls strange is a form of nothing
    it was told of, others may be. Umlauts count as plain vowels, for some forms
    have them.
    """

    def __init__(self, surfaces: Iterable[str], heads: Iterable[str]) -> None:
        """Keep the outlines of surfaces, of which words may be the first, and of heads."""
        seen = {surface[:_SEEN] for surface in surfaces}
        long = {one for one in seen if len(one) == _SEEN and one.isalpha()}
        beginnings = {plain_vowels(fold(one))[:_LONG] for one in long}
        for one in seen - long:
            beginnings.update(_first_words(one))
        self._beginnings = frozenset(beginnings)
        self._closings = frozenset(_closings(heads))

    def strange(self, word: Word) -> bool:
        """Tell a word that neither begins nor ends like anything known."""
        key = plain_vowels(word.key)
        known = self._beginnings
        if key[:_SHORT] in known or key[:_MIDDLE] in known or key[:_LONG] in known:
            return False
        return not (word.capital and self.closes(word))

    def begins(self, word: Word) -> bool:
        """Tell whether a word begins like something known."""
        key = plain_vowels(word.key)
        known = self._beginnings
        return key[:_SHORT] in known or key[:_MIDDLE] in known or key[:_LONG] in known

    def closes(self, word: Word) -> bool:
        """Tell whether a word is long enough for a compound and ends like a head."""
        if not word.capital or len(word.key) < _LONG:
            return False
        key = plain_vowels(word.key)
        known = self._closings
        return key[-_LONG:] in known or key[-_MIDDLE:] in known or key[-_SHORT:] in known


def _first_words(surface: str) -> list[str]:
    """List how words may begin that are the first one of a surface."""
    folded = plain_vowels(fold(surface))
    first = _SIGNS.split(folded, maxsplit=1)[0]
    if len(first) > _SHORT:  # Kalte Küche, but also "kalt"
        cut = len(first) <= _LONG and first.endswith(_ADJECTIVE)
        return [first[: _SHORT if cut else _MIDDLE]]
    if len(first) == _SHORT:
        return [first]
    endings = _ENDINGS if surface[1 : len(first)].islower() else _EXACT
    found = [first + ending for ending in endings]  # AI Act
    whole = joined(folded).replace(" ", "")[:_SHORT]
    if len(whole) == _SHORT and whole.isalnum():  # E-Mail
        return [whole, *found]
    for length in range(1, len(whole) + 1):  # C++, .NET
        found += [whole[:length] + ending for ending in _EXACT]
    return found


def _closings(heads: Iterable[str]) -> Iterator[str]:
    """Yield the last letters of heads in all their forms."""
    for head in heads:
        letters = max(_SHORT, min(_LONG, len(head)))
        for ending in thing_endings(head):
            yield plain_vowels(head + ending.removeprefix("~"))[-letters:]
