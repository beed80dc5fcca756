"""What several rules ask about a text: lines, titles, sentences and clauses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from berufsbild.layout.persons import Persons
from berufsbild.layout.sentences import split_sentences
from berufsbild.layout.titles import Title, read_title

if TYPE_CHECKING:
    from berufsbild.spans import Tokens

__all__ = ["Layout", "Line", "LineKind", "Title"]

LineKind: TypeAlias = Literal["title", "heading", "item", "text"]

_ITEM: Final = re.compile(r"(?:[-–—•*·▪‣►▸✓✔➤○●■+]|\d{1,2}[.)])\s+")
_CLAUSE: Final = re.compile(r"[;:]|,(?!\d)| [–—-] |[()\n]")
_TITLE_LINES: Final = 6
_TITLE_LENGTH: Final = 120
_HEADING_LENGTH: Final = 90


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, without the blanks around it.

    Units: half-open offsets in the clean view.
    """

    start: int
    end: int
    kind: LineKind


class Layout:
    """The parts of one text, each found out when first asked for."""

    def __init__(self, tokens: Tokens) -> None:
        """Keep the tokens; nothing is looked at yet."""
        self.tokens = tokens
        self.text = tokens.text

    @cached_property
    def lines(self) -> list[Line]:
        """Every line that is not blank: title, heading, list item or text."""
        found: list[Line] = []
        at = 0
        titles_over = False
        for raw in self.text.split("\n"):
            content = raw.strip()
            if content:
                start = at + raw.index(content)
                kind = _kind(content)
                if not titles_over:
                    titles_over = kind in {"text", "item"} or len(found) >= _TITLE_LINES
                    kind = kind if titles_over else "title"
                found.append(Line(start, start + len(content), kind))
            at += len(raw) + 1
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
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences in order; a line without full stop is one of its own."""
        return split_sentences(self.text)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence(self, offset: int) -> tuple[int, int]:
        """Give the sentence around an offset, half-open."""
        return _around(self.sentences, self._sentence_starts, offset, len(self.text))

    def clause(self, offset: int) -> tuple[int, int]:
        """Give the part of the sentence around an offset, between its marks."""
        start, end = self.sentence(offset)
        begins, ends = self._marks
        before = bisect_right(ends, offset) - 1
        if before >= 0 and ends[before] > start:
            start = ends[before]
        behind = bisect_left(begins, offset)
        if behind < len(begins) and begins[behind] < end:
            end = begins[behind]
        return start, end

    @cached_property
    def _marks(self) -> tuple[list[int], list[int]]:
        """Give where the marks between clauses begin and end."""
        spans = [match.span() for match in _CLAUSE.finditer(self.text)]
        return [start for start, _ in spans], [end for _, end in spans]

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

    @cached_property
    def _persons(self) -> Persons:
        return Persons(self.tokens)

    def names_person(self, at: int) -> bool:
        """Tell whether a token stands where a person's or firm's name would stand."""
        return self._persons.names_person(at)

    @property
    def surnames(self) -> frozenset[str]:
        """The names that the text introduces with a form of address or a given name."""
        return self._persons.surnames

    def starts_sentence(self, at: int) -> bool:
        """Tell whether a token is the first word of its sentence or line."""
        tokens = self.tokens
        start = tokens.starts[at]
        begin, _ = self.sentence(start)
        return not any(char.isalnum() for char in self.text[begin:start])

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """Give the tokens that lie in a span, as a half-open range of indices."""
        starts = self.tokens.starts
        return bisect_left(starts, start), bisect_left(starts, end)


def _kind(content: str) -> LineKind:
    if _ITEM.match(content):
        return "item"
    ended = content[-1] in ".:;,…" or (
        content[-1] in '"“”«»)' and content[-2:-1] in (".", "!", "?")
    )
    if len(content) <= _HEADING_LENGTH and not ended:
        return "heading"
    return "text"


def _around(
    parts: list[tuple[int, int]], starts: list[int], offset: int, length: int
) -> tuple[int, int]:
    at = bisect_right(starts, offset) - 1
    return parts[at] if at >= 0 else (0, parts[0][0] if parts else length)
