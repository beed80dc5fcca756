"""Words that name an occupation or something else, told apart by their neighbours.

"Der Bauer schlägt den Springer", "ein Sekretär aus Kirschholz": where a word of
the other sense stands close by, nobody's occupation is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from berufsbild.german.memory import FEW
from berufsbild.german.words import PerType, fold
from berufsbild.layout.witness import said_person
from berufsbild.rules.roles.around import words_between

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Layout, Stretch
    from berufsbild.rules.roles.found import Mention
    from berufsbild.rules.roles.lexicon import RoleLexicon

_NEAR: Final = 14
"""How many words to each side are looked at."""
_CLOSE: Final = 8
"""The same for what makes an occupation of a thing."""


_ROW: Final = frozenset([",", "und", "oder"])
_SHORTEST_ROW: Final = 3


class Senses:
    """Takes out what is meant in another sense."""

    def __init__(self, lexicon: RoleLexicon) -> None:
        """Index the words by what gives their other sense away."""
        self._person = lexicon.grammar.person_sense
        self._near: dict[str, tuple[str, ...]] = {}
        for one in lexicon.grammar.other_sense:
            for word in one.words:
                key = fold(word)
                self._near[key] = self._near.get(key, ()) + tuple(map(fold, one.near))
        self._clues: PerType[tuple[str, ...]] = PerType(self._clues_of, FEW)

    def names_person(self, stretch: Stretch, at: int) -> bool:
        """Tell whether a word for a thing means the occupation: gelernter Drucker."""
        words = stretch.tokens.words
        word = words[at]
        if word.key.endswith(("in", "innen")) or word.gendered:
            return True
        begin, end = stretch.sentence(stretch.tokens.starts[at])
        first, last = stretch.token_range(begin, end)
        if at > first and words[at - 1].text.lower() in self._person.before:
            return True
        around = words[max(first, at - _CLOSE) : min(last, at + 1 + _CLOSE)]
        return any(other.key.startswith(self._person.near) for other in around)

    def without(self, layout: Layout, found: list[Mention]) -> list[Mention]:
        """Give what is an occupation."""
        names = _row_of_names(layout, found)
        clues = self._clues
        return [
            one
            for one in found
            if one.first not in names
            and not (layout.marked and _said_name(layout, one))
            and not (
                one.first == one.last
                and (near := clues[one.word])
                and _stands_near(layout, one.first, near)
            )
        ]

    def _clues_of(self, word: Word) -> tuple[str, ...]:
        """Give the beginnings of words that give the other sense of a word away."""
        return next((self._near[base] for base in word.bases if base in self._near), ())


def _stands_near(layout: Layout, at: int, near: tuple[str, ...]) -> bool:
    """Tell whether a word with one of the beginnings stands close to a token."""
    before = words_between(layout, max(0, at - _NEAR), at)
    behind = words_between(layout, at + 1, at + 1 + _NEAR)
    return any(word.key.startswith(near) for word in (*before, *behind))


def _said_name(layout: Layout, one: Mention) -> bool:
    """Tell a role in running text that a base model takes for a person's name."""
    if one.first != one.last or one.word.key.endswith(("in", "innen")):
        return False
    return layout.line(one.start).kind == "text" and said_person(layout.tokens, one.first)


def _row_of_names(layout: Layout, found: list[Mention]) -> set[int]:
    """Find the surnames in "Fischer, Wagner und Zimmermann, die drei Jüngsten, weinten".

    A sentence that begins with a row of bare roles, a singular one in -mann among
    them, speaks of persons by name: occupations would stand in the plural.
    """
    names: set[int] = set()
    single = [one for one in found if one.first == one.last]
    if not any(one.word.key.endswith("mann") for one in single):
        return names
    row: list[Mention] = []
    for one in single:
        if row and one.first == row[-1].last + 2:
            (between,) = words_between(layout, one.first - 1, one.first)
            if between.text in _ROW:
                row.append(one)
                continue
        if len(row) >= _SHORTEST_ROW:
            names |= _names_of(layout, row)
        row = [one]
    return names | _names_of(layout, row)


def _names_of(layout: Layout, row: list[Mention]) -> set[int]:
    if len(row) < _SHORTEST_ROW or not any(one.word.key.endswith("mann") for one in row):
        return set()
    part = layout.part(row[0].first)
    if layout.line(row[0].start).kind != "text":
        return set()
    if not part.sentence.starts_sentence(row[0].first - part.first):
        return set()
    return {one.first for one in row}
