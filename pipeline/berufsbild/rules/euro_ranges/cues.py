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

Kind: TypeAlias = Literal[
    "period", "gross", "level", "purpose", "follower", "in_clause", "bei", "ends_at",
    "mutes_level", "difference", "change", "now",
]  # fmt: skip

_WORD: Final = re.compile(r"[^\W_]+|/")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NUMBERS: Final = ("#", "@")
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
        if len(word) < len(self.prefix) + len(self.inside) + len(self.suffix):
            return False
        if not (word.startswith(self.prefix) and word.endswith(self.suffix)):
            return False
        return self.inside in word[len(self.prefix) : len(word) - len(self.suffix) or None]


@dataclass(frozen=True, slots=True)
class _Start:
    """The entries that may begin with one word, sorted longest first.

    `behind` holds them by the word that must come next, `counting` those before
    a number, `anywhere` the others; the other lists hold those of `anywhere` too.
    """

    behind: dict[str, tuple[Entry, ...]]
    counting: tuple[Entry, ...]
    anywhere: tuple[Entry, ...]

    def before(self, word: str) -> tuple[Entry, ...]:
        """Give the entries that the word behind their first word allows."""
        found = self.behind.get(word)
        if found is not None:
            return found
        if self.counting is not self.anywhere and _is_number(word):
            return self.counting
        return self.anywhere


class Vocabulary:
    """Patterns of several kinds, looked up word by word."""

    def __init__(self, patterns: Iterable[tuple[str, Meaning]]) -> None:
        """Index patterns, each with what it says, by their first word."""
        self._literal: dict[str, list[Entry]] = {}
        self._by_end: dict[str, list[_Affix]] = {}
        self._by_start: dict[str, list[_Affix]] = {}
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
        place = self._by_end if suffix else self._by_start
        place.setdefault(suffix or prefix, []).append(affix)

    def _look_up(self, word: str) -> _Start | None:
        """Give the entries that may begin with a lower-case word."""
        if len(word) > _LONGEST:
            return None
        found = list(self._literal.get(word, ()))
        if _is_number(word):
            if not found and word.isdecimal():
                return self._numbers
            found += self._literal.get("#", ())
        for at in range(len(word)):
            for affix in self._by_end.get(word[at:], ()):
                if affix.fits(word):
                    found += affix.entries
            for affix in self._by_start.get(word[: at + 1], ()):
                if affix.fits(word):
                    found += affix.entries
        return _start(found)

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
        if not any(starts):
            return []
        spots = _starts(lowered, words)
        found: list[Cue] = []
        taken: dict[Kind, int] = {}
        words.append("")
        for at, entries in enumerate(starts):
            if entries is None:
                continue
            for pattern, says in entries.before(words[at + 1]):
                last = at + len(pattern)
                if taken.get(says.kind, 0) > at:
                    continue
                if last > at + 1 and not _follows(pattern, words, at):
                    continue
                taken[says.kind] = last
                begin = start + spots[at]
                stop = start + spots[last - 1] + len(words[last - 1])
                found.append(Cue(begin, stop, *says))
        return found


def _starts(text: str, words: Iterable[str]) -> list[int]:
    """Give where the words of a text start; nothing like a word stands between them."""
    starts: list[int] = []
    at = 0
    for word in words:
        at = text.index(word, at)
        starts.append(at)
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
    return _Start(behind, anywhere if counting == anywhere else counting, anywhere)


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
    if at + len(pattern) >= len(words):  # behind the last word stands an empty one
        return False
    for step in range(1, len(pattern)):
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


@lru_cache(maxsize=1 << 14)
def _is_number(word: str) -> bool:
    return word.isdecimal() or (not word.startswith("ein") and read_words(word) is not None)
