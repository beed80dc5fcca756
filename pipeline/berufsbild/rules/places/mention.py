"""A name, where a sentence has it, and where a text has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from berufsbild.layout import Part
    from berufsbild.rules.places.gazetteer import Entry, Strength

NOT, WEAK, SURE = 0, 1, 2
"""Verdicts: no place; a place if the rest of the text vouches for it; a place."""
WITH_ARTICLE: Final = frozenset(
    ["im", "am", "dem", "der", "den", "ins", "des", "das", "die", "vom", "zum"]
)


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """What a word or a row of words names, whatever text it stands in.

    Shape: `entries` are the places that bear the name, in the order of the
        tables; `kinds` are theirs, `regions` those of them that carry an
        article. `homograph` says how often the name is an ordinary word,
        `strength` the same with the genitive as it is written, `notes` more.
        `verdict` is what the name is worth by itself, null where the words
        around it decide.
    Units: `size` in inhabitants of the largest.
    """

    text: str
    entries: tuple[Entry, ...]
    rule: str
    adjective: bool
    homograph: Strength | None
    strength: Strength | None
    notes: frozenset[str]
    nickname: bool
    kinds: frozenset[str]
    regions: frozenset[str]
    size: int
    verdict: int | None


@dataclass(slots=True, eq=False)
class Candidate:
    """A name over the tokens `first` to `last`, both included, and what is said around it.

    Shape: `before` is the word before, empty for the first. `follows` where only
        a joining word parts it from the name before, `joined` where from one of
        its neighbours; `never` where it is a street, a dish or a person;
        `classed` behind a class word ("Stadt"); `called` behind a calling,
        `alone` without a preposition. `verdict` is what the words around it
        say, null where that takes words of the sentences beside. `opens` where
        a weak one is the first word of its sentence. `settled` where the verdict
        stands unless a title, a person of that name or a name in the sentence
        beside says otherwise.
    Units: tokens and the offset `start` are those of the sentence or text it was found in.
    """

    name: Name
    first: int
    last: int
    start: int
    surface: str
    before: str
    follows: bool
    joined: bool
    never: bool
    classed: bool
    called: bool
    alone: bool
    verdict: int | None
    opens: bool
    settled: bool


@dataclass(slots=True, eq=False)
class Mention:
    """A candidate in a text, and how sure it is to be a place there.

    Shape: `part` is the sentence it was found in, null where it was found in
        the whole text. `verdict` is null until it is judged. `leads` and
        `follows` where only a joining word parts it from the mention behind or
        before.
    Units: tokens `first` to `last` and the offset `start` are those of the text.
    """

    found: Candidate
    first: int
    last: int
    start: int
    verdict: int | None
    part: Part | None = None
    leads: bool = False
    follows: bool = False
