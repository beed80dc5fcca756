"""Labels and spans, and which span wins where two of them overlap."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

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


@dataclass(frozen=True, slots=True)
class Span:
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
    ranked = sorted(spans, key=_precedence)
    by_start = sorted(ranked, key=lambda span: span.start)
    end = -1
    for span in by_start:
        if span.start < end:
            break
        end = span.end
    else:
        return by_start
    taken = bytearray(max(span.end for span in ranked))
    chosen = []
    for span in ranked:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            chosen.append(span)
    chosen.sort(key=lambda span: span.start)
    return chosen


def _precedence(span: Span) -> tuple[int, int, int, str]:
    return (span.start - span.end, _RANK[span.label], span.start, span.rule)
