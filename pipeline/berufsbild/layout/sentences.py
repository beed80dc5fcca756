"""Where sentences end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pydantic import BaseModel, ConfigDict

from berufsbild.lexicon.reader import ROOT, read_toml
from berufsbild.spans import trimmed

_STOP: Final = re.compile(r"""[.!?…]+["“”»«’'‘)\]]*(?=\s|$)|\n""")


class SentenceWords(BaseModel):
    """The words of lexicon/layout/sentences.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    abbreviations: frozenset[str]
    closing: frozenset[str]
    before_ordinal: frozenset[str]
    after_ordinal: frozenset[str]


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Give the sentences in order; a line without full stop is one of its own.

    Units: half-open offsets, without the blanks around a sentence.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.group() != "\n" and not _ends_sentence(text, match):
            continue
        if text[start : match.end()].strip():
            found.append((start, match.end()))
            start = match.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return [trimmed(text, begin, end) for begin, end in found]


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Tell a full stop that ends a sentence from one of an abbreviation or a number."""
    if match.group()[0] != "." or len(match.group().rstrip("\"“”»«’'‘)]")) > 1:
        return _next_word(text, match.end())[:1].isupper() or match.group()[0] in "!?"
    words = sentence_words()
    if (
        text[match.end() : match.end() + 1] == " "
        and text[match.end() + 1 : match.end() + 2].isupper()
    ):
        last = text[text.rfind(" ", 0, match.start()) + 1 : match.start()]
        if len(last) > 1 and last.isalpha() and last.lower() not in _abbreviated():
            return True
    following = _next_word(text, match.end())
    before = text[max(0, match.start() - 24) : match.start()].rsplit(None, 2)
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
