"""What several rules ask about a text: lines, titles, sentences and clauses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeVar

from berufsbild.layout.reader import LineKind, LineType, Part, Sentences, Tokenize
from berufsbild.layout.sentence import UNKNOWN, Sentence, Stretch
from berufsbild.layout.titles import Title, read_title
from berufsbild.spans import Tokens

if TYPE_CHECKING:
    from berufsbild.german.words import Word

__all__ = ["Layout", "Line", "LineKind", "Part", "Sentence", "Sentences", "Stretch", "Title"]

K = TypeVar("K")

_TITLE_LINES: Final = 6
_TITLE_LENGTH: Final = 120


class Line(NamedTuple):
    """One line that is not blank, without the blanks around it.

    Units: half-open offsets in the clean view.
    """

    start: int
    end: int
    kind: LineKind


class Layout(Stretch):
    """The parts of one text, each found out when first asked for."""

    text: str
    parts: list[Part]
    """The sentences in order, each as it reads among the others."""

    def __init__(self, text: str, lines: list[tuple[int, LineType]]) -> None:
        """Put the sentences of the lines in a row, with the surnames that they tell each other."""
        self.text = text
        self._raw_lines = lines
        parts: list[Part] = []
        first = 0
        for at, line in lines:
            parts += [
                Part(sentence, at + offset, first + before)
                for offset, sentence, before in line.sentences
            ]
            first += line.words
        self.parts = parts
        self._starts = [start for _, start, _ in parts]
        self._firsts = [first for _, _, first in parts]
        naming = [line.surnames for _, line in lines if line.surnames]
        if naming:
            names = frozenset[str]().union(*naming)
            self.parts = [
                part
                if names.isdisjoint(part.sentence.capitals)
                else Part(part.sentence.naming(names), part.start, part.first)
                for part in parts
            ]

    @classmethod
    def of(cls, tokens: Tokens) -> Self:
        """Cut a text that has its tokens already into lines and sentences."""

        def own(text: str, at: int) -> tuple[list[int], list[int], list[Word]]:
            first, last = bisect_left(tokens.starts, at), bisect_left(tokens.starts, at + len(text))
            starts = [one - at for one in tokens.starts[first:last]]
            ends = [one - at for one in tokens.ends[first:last]]
            return starts, ends, tokens.words[first:last]

        layout = cls.read(tokens.text, own, Sentences())
        layout.tokens = tokens
        return layout

    @classmethod
    def read(cls, text: str, tokenize: Tokenize, sentences: Sentences) -> Self:
        """Read a clean text with the help of the sentences met before."""
        return cls(text, sentences.read(text, tokenize))

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of all sentences, in offsets of the text."""
        starts: list[int] = []
        ends: list[int] = []
        words: list[Word] = []
        for sentence, start, _ in self.parts:
            tokens = sentence.tokens
            starts += [start + one for one in tokens.starts]
            ends += [start + one for one in tokens.ends]
            words += tokens.words
        return Tokens(self.text, starts, ends, words)

    @property
    def marked(self) -> bool:
        """Whether a base model says something of the tokens."""
        return "tokens" in self.__dict__ and self.tokens.tags is not None

    def known(self, asker: Hashable, find: Callable[[Sentence], K]) -> list[K]:
        """Give what an asker found out about each sentence, found when first asked for.

        As `Sentence.known` does, for all of them.
        """
        found: list[K] = []
        for sentence, _, _ in self.parts:
            known = sentence.facts.get(asker, UNKNOWN)
            found.append(sentence.known(asker, find) if known is UNKNOWN else known)
        return found

    def noted(self, asker: Hashable) -> list[Any]:
        """Give what an asker noted of each sentence, null where it noted nothing yet."""
        return [sentence.facts.get(asker) for sentence, _, _ in self.parts]

    def part(self, at: int) -> Part:
        """Give the sentence that a token stands in."""
        return self.parts[bisect_right(self._firsts, at) - 1]

    @cached_property
    def lines(self) -> list[Line]:
        """Every line that is not blank: title, heading, list item or text."""
        found: list[Line] = []
        titles_over = False
        for at, line in self._raw_lines:
            kind = line.kind
            if not titles_over:
                titles_over = kind in {"text", "item"} or len(found) >= _TITLE_LINES
                kind = kind if titles_over else "title"
            found.append(Line(at + line.start, at + line.end, kind))
        return found

    @cached_property
    def titles(self) -> list[Title]:
        """What the title lines say, the strongest first, else in text order."""
        found = [
            title
            for line in self.lines[: _TITLE_LINES + 1]
            if line.end - line.start <= _TITLE_LENGTH
            and (title := read_title(self.text, line.start, line.end)) is not None
        ]
        found.sort(key=lambda title: not title.strong)
        return found

    @cached_property
    def text_start(self) -> int:
        """Where the first line of running text begins, behind titles; 0 where there is none."""
        return next((line.start for line in self.lines if line.kind == "text"), 0)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences in order; a line without full stop is one of its own."""
        return [(start, start + len(sentence.text)) for sentence, start, _ in self.parts]

    def sentence(self, offset: int) -> tuple[int, int]:
        """Give the sentence around an offset, half-open."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return (0, self.parts[0].start if self.parts else len(self.text))
        sentence, start, _ = self.parts[at]
        return start, start + len(sentence.text)

    def clause(self, offset: int) -> tuple[int, int]:
        """Give the part of the sentence around an offset, between its marks."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return self.sentence(offset)
        sentence, first, _ = self.parts[at]
        start, end = sentence.clause(offset - first)
        return first + start, first + end

    def line(self, offset: int) -> Line:
        """Give the line around an offset."""
        starts = self._line_starts
        at = max(0, bisect_right(starts, offset) - 1)
        return self.lines[at] if self.lines else Line(0, len(self.text), "text")

    def heading(self, offset: int) -> str:
        """Give the heading above an offset, empty where there is none."""
        at = bisect_right(self._headings, (offset, len(self.text))) - 1
        if at < 0:
            return ""
        start, end = self._headings[at]
        return self.text[start:end]

    @cached_property
    def _headings(self) -> list[tuple[int, int]]:
        """Headings, titles, and lines that lead to a list with a colon."""
        return [
            (line.start, line.end)
            for line in self.lines
            if line.kind in {"heading", "title"}
            or (line.kind == "text" and self.text[line.end - 1] == ":")
        ]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def names_person(self, at: int) -> bool:
        """Tell whether a token stands where a person's or firm's name would stand."""
        part = self.part(at)
        return part.sentence.names_person(at - part.first)
