"""First and last letters of what is known about roles: most words are told by them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from berufsbild.german.words import fold, joined, plain_vowels

if TYPE_CHECKING:
    from berufsbild.german.words import Word

FIRST: Final = 5
"""Letters that `Outlines.beginnings` has of a word."""
_LAST: Final = 6
_ENDINGS: Final = (
    "", "s", "es", "e", "n", "m", "r", "en", "er", "em", "ern", "in", "innen",
)  # fmt: skip
"""What nouns for persons, and the adjectives before them, may carry."""
_ADJECTIVE: Final = ("e", "er", "es", "en", "em")
_OTHERS: Final = (
    ("e", ("in", "innen")),
    ("mann", ("frau", "frauen", "leute", "leuten")),
    ("ier", ("ière", "ièren")),
    ("eur", ("euse", "eusen")),
)
"""Last letters of base forms, and what stands for them in other forms."""
_RUN: Final = re.compile(r"[^\W_]+")
_UMLAUTS: Final = {"a": "ä", "o": "ö", "u": "ü"}


class Outlines:
    """Tells words that neither begin nor end like anything known.

    It errs on one side only: what it refuses is a form of nothing it was told
    of, what it lets pass may be.

    Shape: `beginnings` are the first letters of words that could begin a phrase.
    """

    def __init__(
        self, phrases: Iterable[str], words: Iterable[str], heads: Collection[str]
    ) -> None:
        """Keep the outlines: of phrases, of the keys of whole words, and of those of heads."""
        self.beginnings = _beginnings(phrases)
        ends = {plain_vowels(end) for end in {key[-_LAST:] for key in (*words, *heads)}}
        self._endings = frozenset([form[-_LAST:] for end in ends for form in _forms(end)])
        self._short: dict[str, tuple[str, ...]] = {}
        for key in {plain_vowels(key) for key in heads if len(key) < _LAST}:
            for form in _forms(key):
                self._short[form[-2:]] = (*self._short.get(form[-2:], ()), form)

    def begins(self, word: Word) -> bool:
        """Tell whether a word could begin a phrase."""
        return word.key[:FIRST] in self.beginnings

    def ends(self, word: Word) -> bool:
        """Tell whether a word could be a known one, or a compound with a known head."""
        end = plain_vowels(word.key[-_LAST:])
        return end in self._endings or end.endswith(self._short.get(end[-2:], ()))

    def strange(self, word: Word) -> bool:
        """Tell a word that begins no phrase, nor is a title by itself: those are not small."""
        return word.key[:FIRST] not in self.beginnings and (
            word.text[0].islower() or not self.ends(word)
        )


def _beginnings(phrases: Iterable[str]) -> frozenset[str]:
    """Give the first letters of the words that phrases begin with, in any form."""
    firsts = {phrase.partition(" ")[0] for phrase in phrases}
    keys: set[str] = set()
    for first in map(fold, firsts):
        keys.update((joined(first), first.partition("-")[0]))  # IT-Security Manager, IT Security
        keys.update(_RUN.findall(first)[:1])
    starts = {letters for key in keys for letters in _starts(key)}
    return frozenset([form for letters in starts for form in umlauted(letters)])


def _starts(key: str) -> set[str]:
    """Give the first letters of the forms of a key, which differ where the key is short."""
    if len(key) >= 2 * FIRST:
        return {key[:FIRST]}
    stems = {key.removesuffix(ending) for ending in ("", *_ADJECTIVE)}
    return {form[:FIRST] for stem in stems for form in _forms(stem)}


def _forms(key: str) -> list[str]:
    """Give the forms of a key, umlauts aside."""
    forms = [key + ending for ending in _ENDINGS]
    for last, others in _OTHERS:
        if key.endswith(last):
            stem = key.removesuffix(last)
            forms += [stem + other for other in others]
    return forms


def umlauted(letters: str) -> Iterator[str]:
    """Yield letters as they are and with each of their vowels as an umlaut."""
    yield letters
    for at, letter in enumerate(letters):
        if letter in _UMLAUTS:
            yield letters[:at] + _UMLAUTS[letter] + letters[at + 1 :]


__all__ = ["FIRST", "Outlines", "umlauted"]
