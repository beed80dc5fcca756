"""What comes out for one text: its spans and profile, or why it failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from berufsbild.spans import Span
from berufsbild.values import EuroRange, Place, Role, SkillKind

if TYPE_CHECKING:
    from berufsbild.errors import InputError


@dataclass(frozen=True, slots=True)
class SkillCount:
    """A distinct skill of a text and how often it is mentioned."""

    id: str
    name: str
    kind: SkillKind
    mentions: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What the whole text says.

    Shape: the occupation and the town that the text is about, null where it
        names none; its pay ranges in text order; its distinct skills in order
        of their first mention.
    """

    role: Role | None
    place: Place | None
    pay: tuple[EuroRange, ...]
    skills: tuple[SkillCount, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """The spans of one text, sorted by start, and its profile.

    Units: offsets in Unicode code points of the text as given.
    """

    id: str
    spans: tuple[Span, ...]
    profile: Profile

    def to_json(self) -> str:
        """Write the record as one line of JSON."""
        from berufsbild.records import dumps

        return dumps(self)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an input text came from; `line` only for line-based files."""

    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text has no extraction: a stable word and a sentence."""

    kind: str
    message: str
    source: Source


@dataclass(frozen=True, slots=True)
class Failure:
    """The record of a text that could not be read or extracted."""

    id: str | None
    error: Problem

    @classmethod
    def of(cls, error: InputError, id: str | None = None) -> Failure:
        """Make the record of an input error."""
        return cls(id, Problem(error.kind, error.message, Source(error.path, error.line)))

    def to_json(self) -> str:
        """Write the record as one line of JSON."""
        from berufsbild.records import dumps

        return dumps(self)
