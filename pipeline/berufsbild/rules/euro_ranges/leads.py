"""What leads to a sentence: a short sentence, a question or a heading before it."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from berufsbild.rules.euro_ranges.cues import Kind, Lead, Vocabulary
from berufsbild.rules.euro_ranges.levels import STAGES

if TYPE_CHECKING:
    from berufsbild.layout import Layout

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

    def to(self, layout: Layout, offset: int) -> Lead:
        """Tell what leads to the sentence at an offset says."""
        span = _before(layout, offset)
        if span is None:
            return _NOTHING
        start, end = span
        text = layout.text
        lead, timeless = self._says(text[start:end])
        running = text[end - 1] not in "?:" and start >= layout.line(offset).start
        return timeless if running else lead

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


def _before(layout: Layout, offset: int) -> tuple[int, int] | None:
    """Find what leads to the sentence at an offset.

    That is the short sentence or question directly before it ("Und als
    Einsteiger?"), the question above its line, or what stands above a list.
    """
    text = layout.text
    line = layout.line(offset)
    if line.kind == "item":
        start, end = layout.sentence(max(0, line.start - 2))
        if start < end <= line.start and text[end - 1] == "?":
            return start, end
        return _above(layout, offset)
    if offset <= line.start:
        start, end = layout.sentence(max(0, line.start - 2))
        asks = text[end - 1] == "?" and layout.line(start).kind == "heading"
        return (start, end) if asks and start < line.start else None
    start, end = layout.sentence(max(line.start, offset - 2))
    leads = text[end - 1] in "?:" or end - start <= _SHORT
    if not leads or start >= offset or any(char.isdigit() for char in text[start:end]):
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
