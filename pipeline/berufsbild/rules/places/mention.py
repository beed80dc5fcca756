"""A name met in a text, and how sure it is to be a place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from berufsbild.rules.places.gazetteer import Entry

NOT, WEAK, SURE = 0, 1, 2
"""Verdicts: no place; a place if the rest of the text vouches for it; a place."""
WITH_ARTICLE: Final = frozenset(
    ["im", "am", "dem", "der", "den", "ins", "des", "das", "die", "vom", "zum"]
)


@dataclass(slots=True, eq=False)
class Mention:
    """A name over the tokens `first` to `last`, both included, and its candidates."""

    first: int
    last: int
    name: str
    entries: list[Entry]
    rule: str
    adjective: bool
    verdict: int = NOT
    joined: list[Mention] = field(default_factory=list)
