"""What a title line says the text is about."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pydantic import BaseModel, ConfigDict

from berufsbild.lexicon.reader import ROOT, read_toml

_TITLE_CUE: Final = re.compile(r" in |:|Jobs|Stellen|Beruf|Steckbrief")
"""What every title pattern has at least one of: most lines need no closer look."""


class TitleWords(BaseModel):
    """The patterns of lexicon/layout/titles.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    no_roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Title:
    """What a title line says the text is about.

    Units: `role` and `place` are half-open offsets in the clean view, null
        where the line has no such slot. `strong` where the line says outright
        that it is a job title ("Beruf X in Y").
    """

    role: tuple[int, int] | None
    place: tuple[int, int] | None
    strong: bool


@lru_cache(maxsize=1)
def _title_patterns() -> tuple[tuple[bool, str, re.Pattern[str]], ...]:
    """Give the patterns, the strong ones first, each with a string that it needs."""
    words = read_toml(ROOT / "layout" / "titles.toml", TitleWords)
    longest_first = sorted(words.strong, key=len, reverse=True)
    return tuple(
        (pattern in words.strong, _needed(pattern), _title_pattern(pattern, words.no_roles))
        for pattern in (*longest_first, *words.weak)
    )


def _needed(pattern: str) -> str:
    return max(re.split(r"\{\w+\}", pattern), key=len).strip()


def _title_pattern(pattern: str, no_roles: AbstractSet[str]) -> re.Pattern[str]:
    role = rf"(?P<role>(?!(?:{'|'.join(sorted(no_roles))})\b)"
    role += r"[^\W\d_a-zäöü][^\n|:;]{1,79}?)"
    role += r"(?:\s*\((?:[mwdxfi]|gn|all)(?:\s?[/|,]\s?\w){0,3}\))?"
    place = r"(?P<place>[^\W\d_a-zäöü][^\n|:;,–—!?]{1,60}?)"
    body = re.escape(pattern).replace(r"\{role\}", role).replace(r"\{place\}", place)
    lead = r"(?:[^\n:|]{1,60}[:|]\s+)?"
    return re.compile(rf"{lead}{body}\s*(?:$|[|:;,(–—!?]|\s-\s)")


def read_title(text: str, start: int, end: int) -> Title | None:
    """Read a line as a title, null where it is none."""
    title = _read(text[start:end])
    if title is None or start == 0:
        return title
    return Title(_moved(title.role, start), _moved(title.place, start), title.strong)


@lru_cache(maxsize=1 << 12)
def _read(content: str) -> Title | None:
    """Read a line by itself."""
    if content.isupper() and len(content.title()) == len(content):
        content = content.title().replace(" In ", " in ")
    if content[-1] == "." or not _TITLE_CUE.search(content):
        return None
    for strong, needed, pattern in _title_patterns():
        match = pattern.match(content) if needed in content else None
        if match is None:
            continue
        slots = match.re.groupindex
        role = match.span("role") if "role" in slots else None
        place = match.span("place") if "place" in slots else None
        return Title(role, place, strong)
    return None


def _moved(slot: tuple[int, int] | None, offset: int) -> tuple[int, int] | None:
    return None if slot is None else (slot[0] + offset, slot[1] + offset)
