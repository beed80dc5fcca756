"""Offsets as other tools count them, carried to code points of the stored text.

Browsers count UTF-16 units, so an emoji is two; some tools turn CRLF into LF
before they count. Which of it a file does is found out: the first way of
counting counts under which every span stands where it should.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Spot: TypeAlias = tuple[int, int]

_PIECE = re.compile(r"\r\n|[\s\S]")
_LINE_END = re.compile(r"\r\n?")
_OUTSIDE = ",;:!?"
_WIDE = 0xFFFF


def plain(text: str) -> str:
    """Make all line ends LF, and drop blanks at the end of the text."""
    return _LINE_END.sub("\n", text).rstrip()


def utf16(text: str, offset: int) -> int:
    """Count the UTF-16 units before an offset in code points."""
    return offset + sum(ord(sign) > _WIDE for sign in text[:offset])


def tables(given: str, stored: str) -> list[list[int]]:
    """Build a table for each way in which a tool may count in the given text.

    Both texts are the same but for line ends. The ways: code points, UTF-16
    units, and the two with CRLF as one.

    Shape: a table has for each offset of the tool the offset in the stored
        text, -1 inside a sign; tables are distinct, code points the first.
    """
    found: list[list[int]] = []
    for folded in (False, True):
        for wide in (False, True):
            table = _table(given, stored, wide=wide, folded=folded)
            if table not in found:
                found.append(table)
    return found


def _table(given: str, stored: str, *, wide: bool, folded: bool) -> list[int]:
    table: list[int] = []
    at = 0
    for piece in _PIECE.findall(given):
        units = len(piece.encode("utf-16-le", "surrogatepass")) // 2 if wide else len(piece)
        if folded and piece == "\r\n":
            units = 1
        table += [at] + [-1] * (units - 1)
        here = _PIECE.match(stored, at)
        at = here.end() if here else at
    return [*table, at]


def settle(
    marks: Sequence[Spot], ways: Sequence[Sequence[int]], fits: Callable[[int, int, int], bool]
) -> list[Spot | None]:
    """Carry spans to the stored text in the first way in which all of them fit.

    Where none suits all (a tool left imported offsets as they were, and
    counts its own differently), each span takes the first way in which it
    fits. `fits` gets the number of a span and where it would stand.

    Shape: one entry per span; null where it fits in no way.
    """
    readings = [
        [_checked(number, _locate(way, mark), fits) for number, mark in enumerate(marks)]
        for way in ways
    ]
    for reading in readings:
        if None not in reading:
            return reading
    return [next((spot for spot in spots if spot), None) for spots in zip(*readings, strict=True)]


def _locate(way: Sequence[int], mark: Spot) -> Spot | None:
    start, end = mark
    if not 0 <= start < end < len(way) or way[start] < 0 or way[end] < 0:
        return None
    return way[start], way[end]


def _checked(number: int, spot: Spot | None, fits: Callable[[int, int, int], bool]) -> Spot | None:
    return spot if spot is not None and fits(number, *spot) else None


def whole_words(text: str, start: int, end: int) -> bool:
    """Tell whether a span has whole words, and no blank or comma at its borders."""
    first, last = text[start], text[end - 1]
    if first.isspace() or last.isspace() or first in _OUTSIDE or last in _OUTSIDE:
        return False
    cut_before = start > 0 and text[start - 1].isalnum() and first.isalnum()
    cut_after = end < len(text) and last.isalnum() and text[end].isalnum()
    return not cut_before and not cut_after
