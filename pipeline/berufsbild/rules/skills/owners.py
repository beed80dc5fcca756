"""Whose trait it is, and what is only talked about: both are no skill of the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from berufsbild.rules.skills.marks import (
    ABOUT,
    BORROWING,
    DEFINITE,
    GENITIVE,
    NEEDING,
    OWNER,
    TALKING,
    TOWN,
)

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Stretch
    from berufsbild.rules.skills.candidates import Candidate
    from berufsbild.rules.skills.marks import Marks

_FEMININE: Final = ("keit", "heit", "ung", "schaft", "ität", "enz", "anz", "uld", "sein")
_OWNER_REACH: Final = 3


def of_others(
    stretch: Stretch, words: list[Word], marks: Marks, owners: list[int], one: Candidate
) -> bool:
    """Tell a trait of a thing, a town or a firm, and what somebody only talks about."""
    at = one.last + 1
    before = marks[words[one.first - 1]] if one.first else 0
    genitive = at < len(words) and marks[words[at]] & GENITIVE and _with_genitive(words, at)
    if one.known.skill.kind == "soft":
        if genitive or (owners and _of_subject(stretch, marks, one)):
            return True
        if before & TOWN and _of_town(stretch, one):
            return True
    if before & ABOUT and _among(stretch, marks, one, TALKING):  # Über KI stritt der Rat
        return True
    return bool(genitive) and before & BORROWING != 0 and _borrowed(words, one)


def _borrowed(words: list[Word], one: Candidate) -> bool:
    """Tell "das Englisch der Speisekarte" from the language somebody speaks."""
    return one.known.skill.kind == "tool" or words[one.last].key.endswith("isch")


def _with_genitive(words: list[Word], at: int) -> bool:
    """Tell "die Belastbarkeit des Seils" from a strength that stands alone."""
    if at + 1 >= len(words):
        return False
    return words[at + 1].capital or (at + 2 < len(words) and words[at + 2].capital)


def _of_town(stretch: Stretch, one: Candidate) -> bool:
    """Tell "Leipziger Herzlichkeit" from "Trockener Humor"."""
    if stretch.starts_sentence(one.first - 1):
        return stretch.tokens.words[one.last].key.endswith(_FEMININE)
    return True


def _of_subject(stretch: Stretch, marks: Marks, one: Candidate) -> bool:
    """Tell a clause about a firm or thing that nobody asks anything in."""
    words = stretch.tokens.words
    first, last = stretch.token_range(*stretch.clause(stretch.tokens.starts[one.first]))
    if last - first < _OWNER_REACH or not marks[words[first]] & DEFINITE:
        return False
    if one.first <= first + 1 or not marks[words[first + 1]] & OWNER:
        return False
    return not _among(stretch, marks, one, NEEDING)


def _among(stretch: Stretch, marks: Marks, one: Candidate, flag: int) -> bool:
    """Tell whether a word with a flag stands in the clause of a candidate."""
    first, last = stretch.token_range(*stretch.clause(stretch.tokens.starts[one.first]))
    return any(marks[word] & flag for word in stretch.tokens.words[first:last])
