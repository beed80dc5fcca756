"""First and last letters of what is known: they tell most other words at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from berufsbild.german.inflection import thing_endings
from berufsbild.german.words import fold, joined, plain_vowels

if TYPE_CHECKING:
    from berufsbild.german.words import Word

_LONG: Final = 6
_MIDDLE: Final = 5
_SHORT: Final = 4
"""Letters that words keep in every form: long ones six, shorter ones five or four; the forms of one
with up to three letters have up to six."""
_WHOLE: Final = 8
_LOST: Final = 2
_ADDED: Final = 3
"""A form of a word of eight letters or more lacks at most its last two, and has at most three more
than the word: erweiterte, erweitertes."""
_LONGEST: Final = 8
"""Letters that are kept of what such a word has in all its forms."""
_BRIEF: Final = _LONGEST - 1 + _LOST + _ADDED
"""Letters that a form may have at most where fewer are kept."""
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
        listed = [surface for surface in surfaces if surface]
        folded = plain_vowels(fold("\n".join(listed)))
        pairs = zip(listed, folded.split("\n"), strict=False)
        signed = [(surface, key) for surface, key in pairs if not key.isalnum()]
        runs = [_SIGNS.split(key, maxsplit=1)[0] for _, key in signed]
        words = {*runs, *joined(folded).replace(" ", "").split("\n")}
        words.update([joined(key.partition(" ")[0]) for _, key in signed])
        short = [one for (one, _), run in zip(signed, runs, strict=True) if len(run) < _SHORT]
        short += [surface for surface in listed if len(surface) < _SHORT]
        beginnings = {form for surface in short for form in _short_forms(surface)}
        beginnings.update([_beginning(word) for word in words if _SHORT <= len(word) < _WHOLE])
        stems = {word[: min(_LONGEST, len(word) - _LOST)] for word in words if len(word) >= _WHOLE}
        stems.update([form for form in beginnings if len(form) == _LONG])
        beginnings.update([stem[:_LONG] for stem in stems])
        self._stems = frozenset(stems)
        self._beginnings = frozenset(beginnings)
        self._closings = frozenset(_closings(heads))

    def strange(self, word: Word) -> bool:
        """Tell a word that neither begins nor ends like anything known."""
        return not (self.begins(word) or (word.capital and self.closes(word)))

    def begins(self, word: Word) -> bool:
        """Tell whether a word begins like something known."""
        key = plain_vowels(word.key)
        known = self._beginnings
        if key[:_SHORT] in known or key[:_MIDDLE] in known:
            return True
        return key[:_LONG] in known and self._has_stem(key)

    def _has_stem(self, key: str) -> bool:
        """Tell whether a key may be a form of a long word, or of one with up to three letters."""
        stems = self._stems
        if key[:_LONGEST] in stems or not key.isalpha():
            return True
        return len(key) <= _BRIEF and (key[:_LONG] in stems or key[: _LONGEST - 1] in stems)

    def closes(self, word: Word) -> bool:
        """Tell whether a word is long enough for a compound and ends like a head."""
        if not word.capital or len(word.key) < _LONG:
            return False
        key = plain_vowels(word.key)
        known = self._closings
        return key[-_LONG:] in known or key[-_MIDDLE:] in known or key[-_SHORT:] in known


def _beginning(word: str) -> str:
    """Give the letters that a word keeps in every form: Kalte Küche, but also "kalt"."""
    if len(word) == _SHORT or (len(word) <= _LONG and word.endswith(_ADJECTIVE)):
        return word[:_SHORT]
    return word[:_MIDDLE]


def _short_forms(surface: str) -> list[str]:
    """List how words may begin that are the first one of a surface, up to three letters."""
    folded = plain_vowels(fold(surface))
    first = _SIGNS.split(folded, maxsplit=1)[0]
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
