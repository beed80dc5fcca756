"""Labels and spans, and which span wins where two of them overlap."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from berufsbild.values import EuroRange, Place, Role, Skill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from berufsbild.german.words import Word


class Label(StrEnum):
    """What a span is, in the order in which labels win over each other."""

    EURO_RANGE = "EURO_RANGE"
    ROLE = "ROLE"
    PLACE = "PLACE"
    SKILL = "SKILL"


Value: TypeAlias = EuroRange | Role | Skill | Place

_RANK = {label: rank for rank, label in enumerate(Label)}


class Span(NamedTuple):
    """One mention in a text, what it means, and the rule that found it.

    Units: `start` and `end` are half-open offsets in Unicode code points, so
        `text == source[start:end]` always holds.
    """

    label: Label
    start: int
    end: int
    text: str
    rule: str
    value: Value


@dataclass(slots=True)
class Tokens:
    """A clean text with its tokens, light enough to pass between stages.

    Shape: `starts`, `ends` and `words` have one entry per token; `tags` (coarse
        parts of speech) and `entities` (entity types) too where a base model
        was loaded, else they are null. Whitespace is no token.
    Units: offsets in code points of `text`.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[Word]
    tags: list[str] | None = None
    entities: list[str] | None = None

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self.starts)

    def apart(self, at: int) -> bool:
        """Tell whether one blank and nothing else parts a token from the next."""
        end = self.ends[at]
        return self.starts[at + 1] - end == 1 and self.text[end] == " "

    def broken(self, first: int, last: int) -> bool:
        """Tell whether a line ends between two tokens, the first of them before the other."""
        return "\n" in self.text[self.ends[first] : self.starts[last]]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Take the blanks off both ends of a stretch of text.

    Units: half-open offsets in the text.
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def resolve(spans: Iterable[Span]) -> list[Span]:
    """Choose spans that do not overlap, the longer and more specific first.

    The longer span wins, then EURO_RANGE > ROLE > PLACE > SKILL, then the
    earlier start, then the rule's name. Input order changes nothing.

    Shape: any number of spans in, a subset sorted by `start` out.
    """
    by_start = sorted(spans, key=_start)
    chosen: list[Span] = []
    group: list[Span] = []  # each of them overlaps one before it
    end = -1
    for span in by_start:
        if span.start < end:
            group.append(span)
            end = max(end, span.end)
            continue
        chosen += group if len(group) < 2 else _best(group)
        group = [span]
        end = span.end
    chosen += group if len(group) < 2 else _best(group)
    return chosen


def _best(group: list[Span]) -> list[Span]:
    """Choose the best of overlapping spans, then the best of those it leaves, by start."""
    offset = group[0].start
    taken = bytearray(max(span.end for span in group) - offset)
    chosen: list[Span] = []
    for span in sorted(group, key=_precedence):
        start, end = span.start - offset, span.end - offset
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            chosen.append(span)
    chosen.sort(key=_start)
    return chosen


_start = attrgetter("start")


def _precedence(span: Span) -> tuple[int, int, int, str]:
    return (span.start - span.end, _RANK[span.label], span.start, span.rule)
