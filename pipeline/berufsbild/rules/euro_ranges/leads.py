"""What leads to a sentence: a short sentence, a question or a heading before it."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from berufsbild.rules.euro_ranges.cues import Kind, Lead, Vocabulary
from berufsbild.rules.euro_ranges.levels import STAGES

if TYPE_CHECKING:
    from berufsbild.layout import Layout, Line, Sentence

_SHORT: Final = 60
_ITEMS_UP: Final = 12
_NOTHING: Final[Lead] = ()
_ONCE: Final = ("gross", "purpose", "level")


class Leads:
    """Reads what leads to the sentences with amounts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Keep the vocabulary; what a lead says is remembered by its text."""
        self._vocabulary = vocabulary
        self._says = lru_cache(maxsize=1 << 12)(self._read)

    def to(self, layout: Layout, at: int, offset: int) -> Lead:
        """Tell what leads to an offset in the sentence `at` says.

        That is the short sentence or question directly before it ("Und als
        Einsteiger?"), the question above its line, or what stands above a list.
        """
        line, parts = layout.line(offset), layout.parts
        if line.kind == "item" or offset <= line.start or offset <= parts[0].start:
            span = _before_line(layout, line)
            return self._says(layout.text[slice(*span)])[0] if span else _NOTHING
        before = parts[at] if parts[at].start < offset else parts[at - 1]
        return before.sentence.known(self, self._in_line)

    def _in_line(self, sentence: Sentence) -> Lead:
        """Tell what a sentence says of the next one in its line."""
        text = sentence.text
        asks = text[-1] in "?:"
        if not (asks or len(text) <= _SHORT) or any(map(str.isdigit, text)):
            return _NOTHING
        lead, timeless = self._says(text)
        return lead if asks else timeless

    def _read(self, text: str) -> tuple[Lead, Lead]:
        """List what a lead says, each thing once, and the same without periods."""
        lead: list[tuple[Kind, str]] = []
        met: set[str] = set()
        for cue in self._vocabulary.find(text, 0, len(text)):
            kind, value = cue.kind, cue.value
            if value == "none" or (kind == "level" and value not in STAGES):
                continue
            one = kind if kind in _ONCE else value if kind == "period" else ""
            if one and one not in met:
                met.add(one)
                lead.append((kind, value))
        return tuple(lead), tuple(one for one in lead if one[0] != "period")


def _before_line(layout: Layout, line: Line) -> tuple[int, int] | None:
    """Find what leads to a line: a question above it, or what stands above its list."""
    text = layout.text
    start, end = layout.sentence(max(0, line.start - 2))
    asks = text[end - 1] == "?"
    if line.kind == "item":
        return (start, end) if asks and start < end <= line.start else _above(layout, line)
    asks = asks and layout.line(start).kind == "heading"
    return (start, end) if asks and start < line.start else None


def _above(layout: Layout, item: Line) -> tuple[int, int] | None:
    """Find what stands above the list of an item, if it says that it holds for the list."""
    lines = layout.lines
    at = bisect_left(lines, item.start, key=_start)
    for line in reversed(lines[max(0, at - _ITEMS_UP) : at]):
        if line.kind != "item":
            start, end = layout.sentence(line.end - 1)
            return (start, end) if {":", "("}.intersection(layout.text[start:end]) else None
    return None


_start: Final = attrgetter("start")
