"""Where sentences end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pydantic import BaseModel, ConfigDict

from berufsbild.lexicon.reader import ROOT, read_toml
from berufsbild.spans import trimmed

_STOP: Final = re.compile(r"""[.!?…]+["“”»«’'‘)\]]*(?=\s|$)""")


class SentenceWords(BaseModel):
    """The words of lexicon/layout/sentences.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    abbreviations: frozenset[str]
    closing: frozenset[str]
    before_ordinal: frozenset[str]
    after_ordinal: frozenset[str]


def split_line(text: str) -> list[tuple[int, int]]:
    """Give the sentences of a line in order; what has no full stop is one of its own.

    Units: half-open offsets, without the blanks around a sentence.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(text):
        stop, end = match.span()
        if end == len(text):
            break
        if _ends_plainly(text, stop, end) or _ends_sentence(text, stop, end):
            found.append(trimmed(text, start, end))
            start = end
    if text[start:].strip():
        found.append(trimmed(text, start, len(text)))
    return found


def _ends_plainly(text: str, stop: int, end: int) -> bool:
    """Tell a full stop between a whole word and a capital, as most sentences end."""
    if text[stop:end] != "." or text[end] != " " or not text[end + 1 : end + 2].isupper():
        return False
    last = text[text.rfind(" ", 0, stop) + 1 : stop]
    return len(last) > 1 and last.isalpha() and last.lower() not in _abbreviated()


def _ends_sentence(text: str, stop: int, end: int) -> bool:
    """Tell a full stop that ends a sentence from one of an abbreviation or a number."""
    sign = text[stop]
    if sign != "." or (end - stop > 1 and len(text[stop:end].rstrip("\"“”»«’'‘)]")) > 1):
        return sign in "!?" or _next_word(text, end)[:1].isupper()
    words = sentence_words()
    following = _next_word(text, end)
    before = text[max(0, stop - 24) : stop].rsplit(None, 2)
    last = before[-1].lstrip('(„"»«“/').lower() if before else ""
    pair = f"{before[-2].lstrip('(„').lower()} {last}" if len(before) > 1 else last
    if not following:
        return True
    for candidate in (last, pair):
        if candidate in words.abbreviations:
            return candidate in words.closing and following[0].isupper()
    if len(last) == 1 and last.isalpha():
        return False
    if last.isdigit() and len(last) <= 2:
        head = before[-2].lower() if len(before) > 1 else ""
        return head not in words.before_ordinal and following not in words.after_ordinal
    return not following[0].islower()


def _next_word(text: str, at: int) -> str:
    match = _WORD.match(text, at)
    return match.group(1) if match else ""


_WORD: Final = re.compile(r"""\s*["„“»«€(‚'–—-]*\s*(\w+)""")


@lru_cache(maxsize=1)
def sentence_words() -> SentenceWords:
    """Load the words that sentence borders need."""
    return read_toml(ROOT / "layout" / "sentences.toml", SentenceWords)


@lru_cache(maxsize=1)
def _abbreviated() -> frozenset[str]:
    """Give the last parts of all abbreviations: a full stop behind another word ends a sentence."""
    return frozenset(word.split()[-1] for word in sentence_words().abbreviations)
