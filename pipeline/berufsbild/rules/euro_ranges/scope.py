"""Which words of a sentence speak of which of its amounts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from berufsbild.rules.euro_ranges.atoms import alternation
from berufsbild.rules.euro_ranges.cues import Cue, Kind, Vocabulary, words_of
from berufsbild.values import Bound

if TYPE_CHECKING:
    from berufsbild.rules.euro_ranges.passages import Passage

_BREAK: Final = re.compile(
    r";|\)|–|—|\((?<!\w\()|:(?!\w)|,(?!\d)|\?(?= )|!(?= )"
    r"|-(?<= -)(?= )|/(?<= /)(?= )|\|(?<= \|)(?= )|•(?<= •)(?= )|·(?<= ·)(?= )"
)
_BRACKET: Final = re.compile(r"\s?\([^()\n]{0,80}\)")
_TIMES_BEFORE: Final = re.compile(r"(?<![\d.,])1[2-5](?:,\d)? ?(?:[x×*]|mal) ?$")
_TIMES_BEHIND: Final = re.compile(r" ?(?:[x×*]|mal) ?1[2-5](?![\d.]|,\d\d)")
_CLAUSE: Final = 200
_CLAUSE_LINKS: Final = frozenset({"und", "oder", "aber"})
_REACH: Final = 600
"""Letters on each side of an amount that may speak of it, however long its sentence is."""
_MOST_AMOUNTS: Final = 32
"""Amounts that one sentence's words are shared among: a table without full stops has thousands."""


class Found(NamedTuple):
    """An amount or a pair of amounts, read but not yet told about.

    Units: half-open offsets; `head` is the lower-case word that a hyphen ties
        to the amount ("4.000-Euro-Marke": marke), else empty. `bound` is what
        the words directly before it say.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    paired: bool
    bound: Bound | None
    rule: str
    head: str = ""

    @property
    def middle(self) -> Decimal:
        """Give the size of the amount: the middle of a range."""
        return (self.low + self.high) / 2 if self.paired else self.low


class Scope:
    """One amount with the cues that are its own.

    Shape: cues in text order, those `inside` stand within the span. `breaks` are
        the marks of its sentence, sorted.
    """

    __slots__ = (
        "_before", "_left", "_marks_before", "_marks_until", "_particles", "_right", "breaks",
        "found", "inside", "middle", "right", "sentence", "text",
    )  # fmt: skip

    def __init__(
        self, text: str, found: Found, sentence: tuple[int, int], breaks: Sequence[int]
    ) -> None:
        """Start without cues."""
        self.text = text
        self.found = found
        self.middle = found.middle
        self.sentence = sentence
        self.breaks = breaks
        self._marks_before = bisect_left(breaks, found.start)
        self._marks_until = bisect_left(breaks, found.end)
        self.right: list[Cue] = []
        self.inside: list[Cue] = []
        self._left: dict[Kind, list[Cue]] = {}
        self._right: dict[Kind, list[Cue]] = {}
        self._before: list[str] | None = None
        self._particles: list[str] | None = None

    def add_left(self, cue: Cue) -> None:
        """Add the next cue before the amount."""
        self._left.setdefault(cue.kind, []).append(cue)

    def add_right(self, cue: Cue) -> None:
        """Add the next cue behind the amount."""
        self.right.append(cue)
        self._right.setdefault(cue.kind, []).append(cue)

    def words_before(self) -> list[str]:
        """List the last words before the amount."""
        if self._before is None:
            start = max(self.sentence[0], self.found.start - 40)
            self._before = words_of(self.text, start, self.found.start)
        return self._before

    def breaks_before(self, cue: Cue) -> int:
        """Count the marks between a cue and the amount behind it."""
        return self._marks_before - bisect_left(self.breaks, cue.end)

    def breaks_behind(self, cue: Cue) -> int:
        """Count the marks between the amount and a cue behind it."""
        return bisect_right(self.breaks, cue.start) - self._marks_until

    def lefts(self, kind: Kind) -> Sequence[Cue]:
        """List the cues of a kind before the amount, in text order."""
        return self._left.get(kind, ())

    def rights(self, kind: Kind) -> Sequence[Cue]:
        """List the cues of a kind behind the amount, in text order."""
        return self._right.get(kind, ())

    def in_clause(self, kind: Kind) -> Sequence[Cue]:
        """List the cues of a kind in the amount's clause, the nearest before it first."""
        left, right = self._left.get(kind), self._right.get(kind)
        if left is None and right is None:
            return ()
        found = [cue for cue in reversed(left or ()) if self.breaks_before(cue) == 0]
        return found + [cue for cue in right or () if self.breaks_behind(cue) == 0]

    def is_multiplied(self) -> bool:
        """Tell one of a year's salaries: "13 x 3.000 €", "3.100 € × 12"."""
        start, end = self.found.start, self.found.end
        return (
            _TIMES_BEFORE.search(self.text, max(0, start - 9), start) is not None
            or _TIMES_BEHIND.match(self.text, end) is not None
        )

    def particles(self) -> list[str]:
        """List the words behind the amount that may be the particle of a verb before it.

        Those are the last of its clause, and the next one before a link.
        """
        if self._particles is None:
            end = self.found.end
            at = self._marks_until
            mark = self.breaks[at] if at < len(self.breaks) else self.sentence[1]
            behind = words_of(self.text, end, min(mark, end + _CLAUSE))
            self._particles = behind[-1:]
            if len(behind) > 1 and behind[1] in _CLAUSE_LINKS:
                self._particles.append(behind[0])
        return self._particles

    def touches(self, cue: Cue, links: frozenset[str]) -> bool:
        """Tell whether only the amount's own words and links stand before a cue behind it."""
        at = self.found.end
        for own in self.right:
            if own.start >= cue.start:
                break
            if own.kind in ("period", "gross", "follower") and at <= own.start:
                if not links.issuperset(words_of(self.text, at, own.start)):
                    return False
                at = own.end
        return at <= cue.start and links.issuperset(words_of(self.text, at, cue.start))


class Scopes:
    """Shares out the cues of a text among its amounts."""

    def __init__(self, vocabulary: Vocabulary, turns: Sequence[str]) -> None:
        """Keep the vocabulary and the words at which one amount's words end."""
        self._vocabulary = vocabulary
        self._turn = re.compile(rf"\b(?:{alternation(turns)})\b")

    def of(self, passage: Passage, found: Sequence[Found]) -> list[list[Scope]]:
        """Give the scopes of all amounts, one list per sentence, in text order."""
        result: list[list[Scope]] = []
        group: list[Found] = []
        start = end = 0
        for one in found:
            first, last = _sentence(passage, one)
            if group and (first >= end or len(group) == _MOST_AMOUNTS):
                result.append(self._share(passage.text, (start, min(end, one.start)), group))
                first = max(first, group[-1].end)
                group = []
            start, end = (start, max(end, last)) if group else (first, last)
            group.append(one)
        if group:
            result.append(self._share(passage.text, (start, end), group))
        return result

    def _share(self, text: str, sentence: tuple[int, int], ranges: list[Found]) -> list[Scope]:
        """Give each cue to the amount that it stands in, before or behind."""
        breaks = [match.start() for match in _BREAK.finditer(text, *sentence)]
        scopes = [Scope(text, one, sentence, breaks) for one in ranges]
        borders = [self._border(text, one.end, two.start) for one, two in pairwise(ranges)]
        starts = [one.start for one in ranges]
        for cue in self._vocabulary.find(text, *sentence):
            at = bisect_right(starts, cue.start) - 1
            if at >= 0 and cue.start < ranges[at].end:
                scopes[at].inside.append(cue)
            elif at < 0:
                scopes[0].add_left(cue)
            elif at == len(ranges) - 1 or _is_before(cue, borders[at], ranges[at], ranges[at + 1]):
                scopes[at].add_right(cue)
            else:
                scopes[at + 1].add_left(cue)
        return scopes

    def _border(self, text: str, start: int, end: int) -> int | None:
        """Find where one amount's words end and the next one's begin."""
        bracket = _BRACKET.match(text, start, end)
        after = bracket.end() if bracket else start
        match = _BREAK.search(text, after, end) or self._turn.search(text, after, end)
        if match is not None:
            return match.start()
        return after if bracket else None


def _sentence(passage: Passage, one: Found) -> tuple[int, int]:
    """Give the sentence or sentences that an amount lies in, as far as words can reach it."""
    first, last = passage.sentence(one.start)
    if one.end > last:
        _, last = passage.sentence(one.end - 1)
    start, end = one.start, one.end
    return max(min(first, start), start - _REACH), min(max(last, end), end + _REACH)


def _is_before(cue: Cue, border: int | None, one: Found, two: Found) -> bool:
    """Tell whether a cue between two amounts is the first one's."""
    if border is None:
        return cue.start - one.end <= two.start - cue.end
    return cue.start < border
