"""Words that name an occupation or something else, told apart by their neighbours.

"Der Bauer schlägt den Springer", "ein Sekretär aus Kirschholz": where a word of
the other sense stands close by, nobody's occupation is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from berufsbild.german.words import fold

if TYPE_CHECKING:
    from berufsbild.layout import Layout
    from berufsbild.rules.roles.found import Found
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

    def names_person(self, layout: Layout, at: int) -> bool:
        """Tell whether a word for a thing means the occupation: gelernter Drucker."""
        words = layout.tokens.words
        word = words[at]
        if word.key.endswith(("in", "innen")) or word.gendered:
            return True
        begin, end = layout.sentence(layout.tokens.starts[at])
        first, last = layout.token_range(begin, end)
        if at > first and words[at - 1].text.lower() in self._person.before:
            return True
        around = words[max(first, at - _CLOSE) : min(last, at + 1 + _CLOSE)]
        return any(other.key.startswith(self._person.near) for other in around)

    def without(self, layout: Layout, found: list[Found]) -> list[Found]:
        """Give what is an occupation."""
        names = _row_of_names(layout, found)
        return [one for one in found if one.first not in names and not self._is_other(layout, one)]

    def _is_other(self, layout: Layout, one: Found) -> bool:
        words = layout.tokens.words
        if one.first != one.last:
            return False
        near = next((self._near[base] for base in words[one.first].bases if base in self._near), ())
        if not near:
            return False
        around = (
            *words[max(0, one.first - _NEAR) : one.first],
            *words[one.last + 1 : one.last + 1 + _NEAR],
        )
        return any(word.key.startswith(near) for word in around)


def _row_of_names(layout: Layout, found: list[Found]) -> set[int]:
    """Find the surnames in "Fischer, Wagner und Zimmermann, die drei Jüngsten, weinten".

    A sentence that begins with a row of bare roles, a singular one in -mann among
    them, speaks of persons by name: occupations would stand in the plural.
    """
    words = layout.tokens.words
    single = [one for one in found if one.first == one.last]
    names: set[int] = set()
    row: list[Found] = []
    for one in single:
        joined = row and one.first == row[-1].last + 2
        if joined and words[one.first - 1].text in _ROW:
            row.append(one)
            continue
        names |= _names_of(layout, row)
        row = [one]
    return names | _names_of(layout, row)


def _names_of(layout: Layout, row: list[Found]) -> set[int]:
    words = layout.tokens.words
    if len(row) < _SHORTEST_ROW or not any(words[one.first].key.endswith("mann") for one in row):
        return set()
    line = layout.line(layout.tokens.starts[row[0].first])
    if line.kind != "text" or not layout.starts_sentence(row[0].first):
        return set()
    return {one.first for one in row}
