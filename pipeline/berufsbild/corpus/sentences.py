"""Sentences of a text, cut simply: for listing and comparing, not for rules."""

from __future__ import annotations

import re

from berufsbild.spans import trimmed

_END = re.compile(r"[.!?…]+[\"“”»«’)\]]*\s+(?=[\"„“»«‚(]*[A-ZÄÖÜ0-9])")
_LINE = re.compile(r"[^\r\n]+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
# A dot after one letter, one or two digits or these ends no sentence: "z. B. SAP", "im 2. Jahr".
_OPEN = re.compile(
    r"\b(?:\w|\d\d|bzw|ca|Dipl|Dr|evtl|Fr|gem|ggf|Hr|inkl|exkl|Kl|lt|Mio|Mrd|mind|max|Nr|Prof|St|Std"
    r"|Tsd|zzgl)$"
)
_REACH = 8


def cut(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences; a line is at least one.

    Shape: half-open offsets in text order, without the blanks around each.
    """
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            before = text[max(start, end.start() - _REACH) : end.start()]
            if end[0][0] == "." and _OPEN.search(before):
                continue
            found.append((start, end.end()))
            start = end.end()
        found.append((start, line.end()))
    without = (trimmed(text, start, end) for start, end in found)
    return [(start, end) for start, end in without if start < end]


def words(text: str) -> list[str]:
    """List the words of a text: what stands between blanks, without signs around it."""
    return [word for chunk in text.split() if (word := _EDGES.sub("", chunk))]
