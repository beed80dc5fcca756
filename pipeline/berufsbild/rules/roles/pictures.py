"""Pictures for the job holder, as in "heute ist die Köchin eher Dirigentin".

A real occupation may be lent to somebody else's work. It counts as a picture
where such occupations usually serve as one, the headline's trade is another,
and its clause says "ist", "eher" or the like before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from berufsbild.layout import Layout
    from berufsbild.rules.roles.found import Found
    from berufsbild.rules.roles.lexicon import RoleLexicon

_BEFORE: Final = 7
_DEFINITE: Final = frozenset({"der", "die", "den", "dem", "des"})


class Pictures:
    """Takes pictures out of what was found."""

    def __init__(self, lexicon: RoleLexicon) -> None:
        """Keep the words that make pictures."""
        self._lexicon = lexicon
        self._pictures = lexicon.grammar.pictures
        self._words = lexicon.grammar.picture_words

    def without(self, layout: Layout, found: list[Found]) -> list[Found]:
        """Give what is no picture."""
        areas = self._areas(layout, found)
        if not areas:
            return found
        return [one for one in found if not self._is_picture(layout, one, areas)]

    def _areas(self, layout: Layout, found: list[Found]) -> set[str]:
        """Give the trades that the title lines name, as KldB codes of two digits."""
        first_text = next((line.start for line in layout.lines if line.kind == "text"), 0)
        starts = layout.tokens.starts
        return {
            one.role.kldb[:2]
            for one in found
            if one.role.kldb is not None and starts[one.first] < first_text
        }

    def _is_picture(self, layout: Layout, one: Found, areas: set[str]) -> bool:
        code = one.role.kldb
        if one.first != one.last or code is None or code[:2] in areas:
            return False
        words = layout.tokens.words
        word = words[one.first]
        if self._pictures.isdisjoint(word.bases) and not self._compounded(word.key):
            return False
        begin, _ = layout.clause(layout.tokens.starts[one.first])
        first, _ = layout.token_range(begin, layout.tokens.starts[one.first])
        before = words[max(first, one.first - _BEFORE) : one.first]
        if before and before[-1].text in _DEFINITE:  # Zuständig ist der Richter.
            return False
        return any(other.text.lower() in self._words for other in before)

    def _compounded(self, key: str) -> bool:
        return any(key.endswith((one, one + "in")) for one in ("berater", "sprecher"))
