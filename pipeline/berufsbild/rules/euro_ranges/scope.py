"""Which words of a sentence speak of which of its amounts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from berufsbild.rules.euro_ranges.cues import Cue, Kind, Vocabulary, words_of
from berufsbild.rules.euro_ranges.grammar import alternation
from berufsbild.values import Bound

if TYPE_CHECKING:
    from berufsbild.layout import Layout

_BREAK: Final = re.compile(r"[;)]|(?<!\w)\(|:(?!\w)|,(?!\d)|[–—]| - | [/|•·] |[?!](?= )")
_BRACKET: Final = re.compile(r"\s?\([^()\n]{0,80}\)")
_TIMES_BEFORE: Final = re.compile(r"(?<![\d.,])1[2-5](?:,\d)? ?(?:[x×*]|mal) ?$")
_TIMES_BEHIND: Final = re.compile(r" ?(?:[x×*]|mal) ?1[2-5](?![\d.]|,\d\d)")
_SHORT: Final = 60
_ITEMS_UP: Final = 12
_CLAUSE: Final = 200
_CLAUSE_LINKS: Final = frozenset({"und", "oder", "aber"})
_REACH: Final = 600
"""Letters on each side of an amount that may speak of it, however long its sentence is."""
_MOST_AMOUNTS: Final = 32
"""Amounts that one sentence's words are shared among: a table without full stops has thousands."""


@dataclass(frozen=True, slots=True)
class Found:
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
        return (self.low + self.high) / 2


@dataclass(slots=True)
class Scope:
    """One amount with the cues that are its own.

    Shape: `left` and `right` in text order; `inside` stand within the span.
        `breaks` are the marks of its sentence, sorted; `lead` are the cues of
        the heading or the short sentence that leads to it.
    """

    text: str
    found: Found
    sentence: tuple[int, int]
    breaks: Sequence[int]
    lead: Sequence[Cue]
    left: list[Cue] = field(default_factory=list)
    right: list[Cue] = field(default_factory=list)
    inside: list[Cue] = field(default_factory=list)
    _before: list[str] | None = None
    _particles: list[str] | None = None

    def words_before(self) -> list[str]:
        """List the last words before the amount."""
        if self._before is None:
            start = max(self.sentence[0], self.found.start - 40)
            self._before = words_of(self.text, start, self.found.start)
        return self._before

    def breaks_before(self, cue: Cue) -> int:
        """Count the marks between a cue and the amount behind it."""
        return bisect_left(self.breaks, self.found.start) - bisect_left(self.breaks, cue.end)

    def breaks_behind(self, cue: Cue) -> int:
        """Count the marks between the amount and a cue behind it."""
        return bisect_right(self.breaks, cue.start) - bisect_left(self.breaks, self.found.end)

    def lefts(self, kind: Kind) -> list[Cue]:
        """List the cues of a kind before the amount, in text order."""
        return [cue for cue in self.left if cue.kind == kind]

    def rights(self, kind: Kind) -> list[Cue]:
        """List the cues of a kind behind the amount, in text order."""
        return [cue for cue in self.right if cue.kind == kind]

    def in_clause(self, kind: Kind) -> Iterator[Cue]:
        """Give the cues of a kind in the amount's clause, the nearest before it first."""
        for cue in reversed(self.left):
            if cue.kind == kind and self.breaks_before(cue) == 0:
                yield cue
        for cue in self.right:
            if cue.kind == kind and self.breaks_behind(cue) == 0:
                yield cue

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
            at = bisect_left(self.breaks, end)
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

    def of(self, layout: Layout, found: Sequence[Found]) -> list[list[Scope]]:
        """Give the scopes of all amounts, one list per sentence, in text order."""
        result: list[list[Scope]] = []
        group: list[Found] = []
        start = end = 0
        for one in found:
            first, last = _sentence(layout, one)
            if group and (first >= end or len(group) == _MOST_AMOUNTS):
                result.append(self._share(layout, (start, min(end, one.start)), group))
                first = max(first, group[-1].end)
                group = []
            start, end = (start, max(end, last)) if group else (first, last)
            group.append(one)
        result.append(self._share(layout, (start, end), group))
        return result

    def _share(self, layout: Layout, sentence: tuple[int, int], ranges: list[Found]) -> list[Scope]:
        """Give each cue to the amount that it stands in, before or behind."""
        text = layout.text
        start, end = sentence
        breaks = [match.start() for match in _BREAK.finditer(text, start, end)]
        span = _lead(layout, sentence)
        lead = self._vocabulary.find(text, *span) if span else []
        if span and text[span[1] - 1] not in "?:" and layout.line(span[0]) == layout.line(start):
            lead = [cue for cue in lead if cue.kind != "period"]
        scopes = [Scope(text, one, sentence, breaks, lead) for one in ranges]
        borders = [self._border(text, one.end, two.start) for one, two in pairwise(ranges)]
        starts = [one.start for one in ranges]
        for cue in self._vocabulary.find(text, *sentence):
            at = bisect_right(starts, cue.start) - 1
            if at >= 0 and cue.start < ranges[at].end:
                scopes[at].inside.append(cue)
            elif at < 0:
                scopes[0].left.append(cue)
            elif at == len(ranges) - 1 or _is_before(cue, borders[at], ranges[at], ranges[at + 1]):
                scopes[at].right.append(cue)
            else:
                scopes[at + 1].left.append(cue)
        return scopes

    def _border(self, text: str, start: int, end: int) -> int | None:
        """Find where one amount's words end and the next one's begin."""
        bracket = _BRACKET.match(text, start, end)
        after = bracket.end() if bracket else start
        match = _BREAK.search(text, after, end) or self._turn.search(text, after, end)
        if match is not None:
            return match.start()
        return after if bracket else None


def _sentence(layout: Layout, one: Found) -> tuple[int, int]:
    """Give the sentence or sentences that an amount lies in, as far as words can reach it."""
    first = min(layout.sentence(one.start)[0], one.start)
    last = max(layout.sentence(one.end - 1)[1], one.end)
    return max(first, one.start - _REACH), min(last, one.end + _REACH)


def _is_before(cue: Cue, border: int | None, one: Found, two: Found) -> bool:
    """Tell whether a cue between two amounts is the first one's."""
    if border is None:
        return cue.start - one.end <= two.start - cue.end
    return cue.start < border


def _lead(layout: Layout, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Find what leads to a sentence.

    That is the short sentence or question directly before it ("Und als
    Einsteiger?"), the question above its line, or what stands above a list.
    """
    text = layout.text
    line = layout.line(sentence[0])
    if line.kind == "item":
        start, end = layout.sentence(max(0, line.start - 2))
        if start < end <= line.start and text[end - 1] == "?":
            return start, end
        return _above(layout, sentence[0])
    if sentence[0] <= line.start:
        start, end = layout.sentence(max(0, line.start - 2))
        asks = text[end - 1] == "?" and layout.line(start).kind == "heading"
        return (start, end) if asks and start < line.start else None
    start, end = layout.sentence(max(line.start, sentence[0] - 2))
    leads = text[end - 1] in "?:" or end - start <= _SHORT
    if not leads or start >= sentence[0] or any(char.isdigit() for char in text[start:end]):
        return None
    return start, end


def _above(layout: Layout, offset: int) -> tuple[int, int] | None:
    """Find what stands above the list of an offset, if it says that it holds for the list."""
    lines = layout.lines
    at = bisect_right(lines, offset, key=lambda line: line.start) - 1
    for line in reversed(lines[max(0, at - _ITEMS_UP) : at]):
        if line.kind != "item":
            start, end = layout.sentence(line.end - 1)
            return (start, end) if {":", "("}.intersection(layout.text[start:end]) else None
    return None
