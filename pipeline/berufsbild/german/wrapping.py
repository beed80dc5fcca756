"""Texts whose lines were broken to a width: mails, PDF, old web pages.

The break before a word that had no room on its line is a blank; the break
behind a heading, a list item or a paragraph stays.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_WIDTHS: Final = range(40, 121)
"""Characters of the longest line in a text that was broken to a width."""
_FULL: Final = 0.6
"""How full a line is, measured by the longest, that goes on below."""
_EVIDENCE: Final = 3
"""So many breaks within sentences, one before a small letter, show a text broken to a width."""
BULLETS: Final = "-–—•*·▪‣►▸✓✔➤○●■+"
"""Signs that begin an item of a list."""
_ITEM: Final = re.compile(rf"\s*(?:[{BULLETS}>|]|\d{{1,2}}[.)])\s")
_ENDED: Final = re.compile(r"[.!?:;…|][\"“”»«’'‘)\]]*\s*$")
_CUT: Final = re.compile(r"[^\W\d_]-$")
_JOINING: Final = frozenset(["und", "oder", "bzw.", "beziehungsweise", "sowie", "bis", "wie"])
_SOFT_HYPHEN, _NO_WIDTH = "\xad", "\u200b"


def unwrapped(text: str) -> str:
    """Put blanks where a text was only broken to a width, and nothing inside words.

    Shape: as long as the text given; a word that was cut at the end of a line
        gets signs without width for its hyphen and its break.
    """
    if text.count("\n") < _EVIDENCE:
        return text
    lines = text.split("\n")
    width = max(map(len, lines))
    if width not in _WIDTHS:
        return text
    full = _FULL * width
    pairs = list(pairwise(lines))
    inside = [
        len(line) >= full and following[:1].islower() and not _ENDED.search(line)
        for line, following in pairs
    ]
    if not any(inside):
        return text
    filled = [_no_room(line, following, width) for line, following in pairs]
    open_ended = sum(
        (within or room) and not _ENDED.search(line)
        for within, room, (line, _) in zip(inside, filled, pairs, strict=True)
    )
    if open_ended < _EVIDENCE:
        return text
    parts: list[str] = []
    for within, room, (line, following) in zip(inside, filled, pairs, strict=True):
        low = following[:1].islower()
        if (low or len(line) >= full) and _CUT.search(line) and _goes_on(following):
            parts += [line[:-1], _SOFT_HYPHEN if low else "-", _NO_WIDTH]
        else:
            parts += [line, " " if within or room else "\n"]
    return "".join([*parts, lines[-1]])


def _goes_on(following: str) -> bool:
    """Tell the rest of a word from the next one: no elision, "Alten- und Krankenpfleger"."""
    words = following.split(None, 1)
    return bool(words) and following[0].isalpha() and words[0] not in _JOINING


def _no_room(line: str, following: str, width: int) -> bool:
    """Tell whether the first word of the next line would have made a line too long."""
    words = following.split(None, 1)
    if not words or not line.strip() or _ITEM.match(following):
        return False
    return len(line) + 1 + len(words[0]) > width
