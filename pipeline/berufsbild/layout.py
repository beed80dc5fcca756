"""What several rules ask about a text: lines, titles, sentences and clauses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from berufsbild.lexicon.reader import ROOT, read_toml

if TYPE_CHECKING:
    from berufsbild.spans import Tokens

LineKind: TypeAlias = Literal["title", "heading", "item", "text"]

_ITEM: Final = re.compile(r"(?:[-–—•*·▪‣►▸✓✔➤○●■+]|\d{1,2}[.)])\s+")
_STOP: Final = re.compile(r"""[.!?…]+["“”»«’'‘)\]]*(?=\s|$)|\n""")
_CLAUSE: Final = re.compile(r"[;:]|,(?!\d)| [–—-] |[()\n]")
_TITLE_CUE: Final = re.compile(r" in |:|Jobs|Stellen|Beruf|Steckbrief")
"""What every title pattern has at least one of: most lines need no closer look."""
_TITLE_LINES: Final = 6
_TITLE_LENGTH: Final = 120
_HEADING_LENGTH: Final = 90


class SentenceWords(BaseModel):
    """The words of lexicon/layout/sentences.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    abbreviations: frozenset[str]
    closing: frozenset[str]
    before_ordinal: frozenset[str]
    after_ordinal: frozenset[str]


class PersonWords(BaseModel):
    """The words of lexicon/layout/persons.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    address: frozenset[str]
    given_names: frozenset[str]
    firm_signs: frozenset[str]
    common_before: frozenset[str]


class TitleWords(BaseModel):
    """The patterns of lexicon/layout/titles.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    strong: tuple[str, ...]
    weak: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank, without the blanks around it.

    Units: half-open offsets in the clean view.
    """

    start: int
    end: int
    kind: LineKind


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
            and (title := _read_title(self.text, line)) is not None
        ]
        found.sort(key=lambda title: not title.strong)
        return found

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The sentences in order; a line without full stop is one of its own."""
        found: list[tuple[int, int]] = []
        text = self.text
        start = 0
        for match in _STOP.finditer(text):
            if match.group() != "\n" and not _ends_sentence(text, match):
                continue
            if text[start : match.end()].strip():
                found.append((start, match.end()))
                start = match.end()
        if text[start:].strip():
            found.append((start, len(text)))
        return [_trimmed(text, begin, end) for begin, end in found]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence(self, offset: int) -> tuple[int, int]:
        """Give the sentence around an offset, half-open."""
        return _around(self.sentences, self._sentence_starts, offset, len(self.text))

    def clause(self, offset: int) -> tuple[int, int]:
        """Give the part of the sentence around an offset, between its marks."""
        start, end = self.sentence(offset)
        for match in _CLAUSE.finditer(self.text, start, end):
            if match.end() <= offset:
                start = match.end()
            elif match.start() >= offset:
                end = match.start()
                break
        return start, end

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
        """Tell whether a token stands where a person's or firm's name would stand.

        "Herr Schneider", "Anna Koch", "Firma Jäger", "Koch & Söhne", and a bare
        "Schneider" after one of them.
        """
        words = self.tokens.words
        if self._introduced(at):
            return True
        if at + 1 < len(words) and words[at + 1].text in person_words().firm_signs:
            return True
        if at and words[at - 1].text == "&":
            return True
        name = words[at].text
        if name not in self.surnames and name.removesuffix("s") not in self.surnames:
            return False
        return at == 0 or words[at - 1].text.lower() not in person_words().common_before

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The names that the text introduces with a form of address or a given name."""
        words = self.tokens.words
        return frozenset(
            words[at].text
            for at in range(1, len(words))
            if words[at].capital and self._introduced(at)
        )

    def _introduced(self, at: int) -> bool:
        tokens = self.tokens
        if at == 0 or self.text[tokens.ends[at - 1] : tokens.starts[at]] != " ":
            return False
        before = tokens.words[at - 1].text
        persons = person_words()
        return before in persons.address or before in persons.given_names

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


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Tell a full stop that ends a sentence from one of an abbreviation or a number."""
    if match.group()[0] != "." or len(match.group().rstrip("\"“”»«’'‘)]")) > 1:
        return _next_word(text, match.end())[:1].isupper() or match.group()[0] in "!?"
    words = sentence_words()
    if text[match.end() : match.end() + 1] == " " and text[match.end() + 1 : match.end() + 2].isupper():
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


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _around(
    parts: list[tuple[int, int]], starts: list[int], offset: int, length: int
) -> tuple[int, int]:
    at = bisect_right(starts, offset) - 1
    return parts[at] if at >= 0 else (0, parts[0][0] if parts else length)


@lru_cache(maxsize=1)
def sentence_words() -> SentenceWords:
    """Load the words that sentence borders need."""
    return read_toml(ROOT / "layout" / "sentences.toml", SentenceWords)


@lru_cache(maxsize=1)
def _abbreviated() -> frozenset[str]:
    """Give the last parts of all abbreviations: a full stop behind another word ends a sentence."""
    return frozenset(word.split()[-1] for word in sentence_words().abbreviations)


@lru_cache(maxsize=1)
def person_words() -> PersonWords:
    """Load the words that make the next one a name."""
    return read_toml(ROOT / "layout" / "persons.toml", PersonWords)


@lru_cache(maxsize=1)
def _title_patterns() -> tuple[tuple[bool, str, re.Pattern[str]], ...]:
    """Give the patterns, the strong ones first, each with a string that it needs."""
    words = read_toml(ROOT / "layout" / "titles.toml", TitleWords)
    longest_first = sorted(words.strong, key=len, reverse=True)
    return tuple(
        (pattern in words.strong, _needed(pattern), _title_pattern(pattern))
        for pattern in (*longest_first, *words.weak)
    )


def _needed(pattern: str) -> str:
    return max(re.split(r"\{\w+\}", pattern), key=len).strip()


def _title_pattern(pattern: str) -> re.Pattern[str]:
    role = r"(?P<role>[^\W\d_a-zäöü][^\n|:;]{1,79}?)"
    role += r"(?:\s*\((?:[mwdxfi]|gn|all)(?:\s?[/|,]\s?\w){0,3}\))?"
    place = r"(?P<place>[^\W\d_a-zäöü][^\n|:;,–—!?]{1,60}?)"
    body = re.escape(pattern).replace(r"\{role\}", role).replace(r"\{place\}", place)
    lead = r"(?:[^\n:|]{1,60}[:|]\s+)?"
    return re.compile(rf"{lead}{body}\s*(?:$|[|:;,(–—!?]|\s-\s)")


def _read_title(text: str, line: Line) -> Title | None:
    content = text[line.start : line.end]
    if content.isupper() and len(content.title()) == len(content):
        content = content.title().replace(" In ", " in ")
    if content[-1] == "." or not _TITLE_CUE.search(content):
        return None
    for strong, needed, pattern in _title_patterns():
        match = pattern.match(content) if needed in content else None
        if match is None:
            continue
        slots = match.re.groupindex
        role = _slot(match, "role", line.start) if "role" in slots else None
        place = _slot(match, "place", line.start) if "place" in slots else None
        return Title(role, place, strong)
    return None


def _slot(match: re.Match[str], name: str, offset: int) -> tuple[int, int]:
    start, end = match.span(name)
    return offset + start, offset + end
