"""A skill that a text may name, with what the rule says of it so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from berufsbild.german.normalise import slug
from berufsbild.rules.skills.lexicon import Known
from berufsbild.values import Skill, SkillKind

LIST_SIGNS: Final = frozenset({",", "und", "oder", "sowie", "/", "bzw.", "&"})
ADJECTIVE_ENDINGS: Final = ("es", "er", "en", "em", "e")


@dataclass(slots=True)
class Candidate:
    """A skill over the tokens `first` to `last`, both included.

    `cut` says how many letters of the last token are no part of it: the full
    stop behind "Führerschein Klasse C.".
    """

    first: int
    last: int
    known: Known
    firm: bool
    cut: int = 0

    def under(self, rule: str) -> Candidate:
        """Give the same skill under another rule name."""
        known = Known(self.known.skill, self.known.firm, rule)
        return Candidate(self.first, self.last, known, self.firm, self.cut)


def open_candidate(at: int, name: str, kind: SkillKind, rule: str) -> Candidate:
    """Make a candidate of words that no list holds."""
    skill = Skill(slug(name) or name, name, kind)
    return Candidate(at, at, Known(skill, False, rule), False)
