"""Texts to lines and sentences, each of them looked at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal, NamedTuple, TypeAlias

from berufsbild.german.memory import Memory, Seen
from berufsbild.german.words import Word
from berufsbild.german.wrapping import BULLETS
from berufsbild.layout.persons import NO_NAMES
from berufsbild.layout.sentence import Sentence
from berufsbild.layout.sentences import split_line
from berufsbild.spans import Tokens

LineKind: TypeAlias = Literal["title", "heading", "item", "text"]
Tokenize: TypeAlias = Callable[[str, int], tuple[list[int], list[int], list[Word]]]
"""Gives the tokens of a sentence, which stands at an offset of the text, in its own offsets."""

_ITEM: Final = re.compile(rf"(?:[{BULLETS}]|\d{{1,2}}[.)])\s+")
_HEADING_LENGTH: Final = 90
_LONGEST: Final = 4_000
"""Characters of the longest line that is remembered."""


class Part(NamedTuple):
    """A sentence where it stands in a text.

    Units: `start` is the offset of its first character, `first` the index of
        its first token.
    """

    sentence: Sentence
    start: int
    first: int


class LineType(NamedTuple):
    """A line by itself: its kind by its looks, and its sentences.

    Shape: `sentences` each with its offset and the number of words before it;
        `surnames` are those that one of them introduces.
    Units: `start` and `end` are half-open offsets in the line, without blanks;
        `words` counts the tokens.
    """

    kind: LineKind
    start: int
    end: int
    words: int
    sentences: tuple[tuple[int, Sentence, int], ...]
    surnames: frozenset[str]


class Sentences:
    """The lines and sentences that texts had in common lately.

    Most sentences stand in one text only, so what was seen once is forgotten
    at once, but for the fact that it was seen; up to `limit` lines and as many
    sentences are remembered.
    """

    def __init__(self, limit: int = 8_192) -> None:
        """Start with none."""
        self._lines: Memory[str, LineType] = Memory(limit)
        self._sentences: Memory[str, Sentence] = Memory(limit)
        self._seen_lines: Seen = Seen()
        self._seen: Seen = Seen()

    def read(self, text: str, tokenize: Tokenize) -> list[tuple[int, LineType]]:
        """Give the lines of a text that are not blank, each with its offset."""
        found: list[tuple[int, LineType]] = []
        at = 0
        get = self._lines.get
        for line in text.split("\n"):
            if line:
                known = get(line) or self._line(line, at, tokenize)
                if known is not None:
                    found.append((at, known))
            at += len(line) + 1
        return found

    def _line(self, line: str, at: int, tokenize: Tokenize) -> LineType | None:
        found = self._lines.recall(line)
        if found is not None:
            return found
        content = line.strip()
        if not content:
            return None
        start = line.index(content)
        words = 0
        sentences: list[tuple[int, Sentence, int]] = []
        surnames = NO_NAMES
        for first, end in split_line(line):
            sentence = self._sentence(line[first:end], at + first, tokenize)
            sentences.append((first, sentence, words))
            words += len(sentence.tokens.words)
            if sentence.surnames:
                surnames |= sentence.surnames
        found = LineType(
            _kind(content), start, start + len(content), words, tuple(sentences), surnames
        )
        if len(line) <= _LONGEST and self._seen_lines.again(line):
            self._lines.keep(line, found)
        return found

    def _sentence(self, text: str, at: int, tokenize: Tokenize) -> Sentence:
        found = self._sentences.get(text) or self._sentences.recall(text)
        if found is None:
            found = Sentence(Tokens(text, *tokenize(text, at)))
            if len(text) <= _LONGEST and self._seen.again(text):
                self._sentences.keep(text, found)
        return found


def _kind(content: str) -> LineKind:
    if _ITEM.match(content):
        return "item"
    ended = content[-1] in ".:;,…" or (
        content[-1] in '"“”«»)' and content[-2:-1] in (".", "!", "?")
    )
    if len(content) <= _HEADING_LENGTH and not ended:
        return "heading"
    return "text"
