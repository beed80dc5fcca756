"""Cues: the words of a sentence that say something about an amount in it.

A pattern is one or more words; case plays no part. `*` at an end of a word or
inside it stands for any letters, `*` alone for any one word, `#` for a number,
`@` for a year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from berufsbild.german.numbers import read_words
from berufsbild.rules.euro_ranges.atoms import BEGINNINGS

Kind: TypeAlias = Literal[
    "period", "gross", "level", "purpose", "follower", "in_clause", "bei", "ends_at",
    "mutes_level", "difference", "change", "now",
]  # fmt: skip

_WORD: Final = re.compile(r"[^\W_]+|/")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NUMBERS: Final = ("#", "@")
_END: Final = 3
_LONG_END: Final = 5
_BEGIN: Final = 4
"""Letters of a word's end and beginning by which the affixes that it may have are looked up."""
_LONGEST: Final = 60
"""Letters of the longest word that is looked at; a longer one is no German word."""


class Meaning(NamedTuple):
    """What a pattern says: its part of the lexicon and its value there.

    `value` is empty where the kind says it all; `rank` orders levels; `along`
    marks other money that is often named beside pay, `near` what counts only in
    its own clause.
    """

    kind: Kind
    value: str = ""
    rank: int = 0
    along: bool = False
    near: bool = False


class Cue(NamedTuple):
    """One stretch of words with what it says.

    Units: half-open offsets in the text.
    """

    start: int
    end: int
    kind: Kind
    value: str
    rank: int = 0
    along: bool = False
    near: bool = False


Lead: TypeAlias = tuple[tuple[Kind, str], ...]
"""What the heading or the short sentence that leads to a sentence says: kinds and values."""

Entry: TypeAlias = tuple[tuple[str, ...], Meaning]


@dataclass(frozen=True, slots=True)
class _Affix:
    """A pattern with a star, found by its fixed end."""

    prefix: str
    inside: str
    suffix: str
    entries: list[Entry]

    def fits(self, word: str) -> bool:
        """Tell whether a lower-case word fits the pattern."""
        if not (word.endswith(self.suffix) and word.startswith(self.prefix)):
            return False
        if len(word) < len(self.prefix) + len(self.inside) + len(self.suffix):
            return False
        return self.inside in word[len(self.prefix) : len(word) - len(self.suffix) or None]


class _Start(NamedTuple):
    """The entries that may begin with one word, sorted longest first.

    `behind` holds them by the word that must come next, `counting` those before
    a number, `anywhere` the others; the other two hold those of `anywhere` too.
    `counting` is null where a number is a word like any other.
    """

    behind: dict[str, tuple[Entry, ...]]
    anywhere: tuple[Entry, ...]
    counting: tuple[Entry, ...] | None


class Vocabulary:
    """Patterns of several kinds, looked up word by word."""

    def __init__(self, patterns: Iterable[tuple[str, Meaning]]) -> None:
        """Index patterns, each with what it says, by their first word."""
        self._literal: dict[str, list[Entry]] = {}
        self._by_end: dict[str, list[_Affix]] = {}
        self._by_start: dict[str, list[_Affix]] = {}
        self._short: list[_Affix] = []
        for pattern, meaning in patterns:
            words = tuple(pattern.lower().replace(".", "").split())
            self._add(words, (words, meaning))
        self._start: Callable[[str], _Start | None] = lru_cache(maxsize=1 << 14)(self._look_up)

    def _add(self, words: tuple[str, ...], entry: Entry) -> None:
        first = words[0]
        if "*" not in first:
            self._literal.setdefault(first, []).append(entry)
            return
        prefix, *inner, suffix = first.split("*")
        affix = _Affix(prefix, "".join(inner), suffix, [entry])
        if len(suffix) >= _LONG_END:
            self._by_end.setdefault(suffix[-_LONG_END:], []).append(affix)
        elif len(suffix) >= _END:
            self._by_end.setdefault(suffix[-_END:], []).append(affix)
        elif len(prefix) >= _BEGIN:
            self._by_start.setdefault(prefix[:_BEGIN], []).append(affix)
        elif suffix or prefix:
            self._short.append(affix)

    def _look_up(self, word: str) -> _Start | None:
        """Give the entries that may begin with a lower-case word."""
        if len(word) > _LONGEST:
            return None
        literal = self._literal.get(word)
        number = _is_number(word)
        if number and not literal and word.isdecimal():
            return self._numbers
        by_start = self._by_start.get(word[:_BEGIN])
        by_end, by_long_end = self._by_end.get(word[-_END:]), self._by_end.get(word[-_LONG_END:])
        if not (literal or number or by_end or by_long_end or by_start or self._short):
            return None
        found = list(literal or ())
        if number:
            found += self._literal.get("#", ())
        for affixes in (by_end, by_long_end, by_start, self._short):
            for affix in affixes or ():
                if affix.fits(word):
                    found += affix.entries
        return _start(found) if found else None

    @cached_property
    def _numbers(self) -> _Start | None:
        """The entries that may begin with a number in digits, whichever it is."""
        return _start(list(self._literal.get("#", ())))

    def find(self, text: str, start: int, end: int) -> list[Cue]:
        """Find the cues in a stretch of text, the longest of each kind first.

        Shape: cues of one kind never overlap; sorted by `start`.
        """
        lowered = text[start:end].lower()
        if len(lowered) != end - start:
            lowered = text[start:end]
        words: list[str] = _WORD.findall(lowered)
        starts = list(map(self._start, words))
        words.append("")
        found: list[tuple[int, int, Meaning]] = []
        taken: dict[Kind, int] = {}
        for at, one in enumerate(starts):
            if one is None:
                continue
            behind, anywhere, counting = one
            entries = behind.get(words[at + 1], anywhere)
            if counting and entries is anywhere and _is_number(words[at + 1]):
                entries = counting
            for pattern, says in entries:
                length = len(pattern)
                if taken.get(says.kind, 0) > at or (
                    length > 1 and not _follows(pattern, words, at)
                ):
                    continue
                taken[says.kind] = at + length
                found.append((at, at + length - 1, says))
        if not found:
            return []
        farthest = max(taken.values())
        spots = _starts(lowered, words[:farthest], start)
        return [Cue(spots[at], spots[last] + len(words[last]), *says) for at, last, says in found]


def _starts(text: str, words: Iterable[str], offset: int) -> list[int]:
    """Give where the words of a text start, behind an offset; no others stand between them."""
    starts: list[int] = []
    at = 0
    for word in words:
        at = text.index(word, at)
        starts.append(offset + at)
        at += len(word)
    return starts


def _start(found: list[Entry]) -> _Start | None:
    """Sort entries that begin with the same word by what may stand behind it."""
    if not found:
        return None
    found.sort(key=_precedence)
    seconds = {entry[0][1] for entry in found if len(entry[0]) > 1}
    anywhere = _allowed(found, "", counting=False)
    counting = _allowed(found, "", counting=True)
    behind = {
        second: _allowed(found, second, counting=_is_number(second))
        for second in seconds
        if not _is_open(second)
    }
    return _Start(behind, anywhere, None if counting == anywhere else counting)


def _allowed(entries: list[Entry], second: str, *, counting: bool) -> tuple[Entry, ...]:
    """Keep the entries whose second word may be the one that follows, or a number."""
    return tuple(
        entry
        for entry in entries
        if len(entry[0]) == 1
        or entry[0][1] == second
        or (counting if entry[0][1] in _NUMBERS else "*" in entry[0][1])
    )


def _is_open(word: str) -> bool:
    return "*" in word or word in _NUMBERS


def _precedence(entry: Entry) -> tuple[int, bool, int]:
    first = entry[0][0]
    return (-len(entry[0]), "*" in first, -len(first))


def words_of(text: str, start: int, end: int) -> list[str]:
    """List the lower-case words of a stretch of text."""
    return _WORD.findall(text[start:end].lower())


def _follows(pattern: tuple[str, ...], words: list[str], at: int) -> bool:
    length = len(pattern)
    if at + length >= len(words):  # behind the last word stands an empty one
        return False
    for step in range(length - 1, 0, -1):  # the last word says the most: "für * Führerschein"
        if pattern[step] != words[at + step] and not _fits(pattern[step], words[at + step]):
            return False
    return True


@lru_cache(maxsize=1 << 14)
def _fits(expected: str, word: str) -> bool:
    if expected == "#":
        return _is_number(word)
    if expected == "@":
        return _YEAR.fullmatch(word) is not None
    if "*" not in expected:
        return False
    prefix, *inner, suffix = expected.split("*")
    return _Affix(prefix, "".join(inner), suffix, []).fits(word)


def _is_number(word: str) -> bool:
    if word[:3] not in BEGINNINGS:
        return word.isdecimal()
    return _is_spelled_number(word)


@lru_cache(maxsize=1 << 12)
def _is_spelled_number(word: str) -> bool:
    return not word.startswith("ein") and read_words(word) is not None
