"""Pictures for the job holder, as in "heute ist die Köchin eher Dirigentin".

A real occupation may be lent to somebody else's work. It counts as a picture
where such occupations usually serve as one, the headline's trade is another,
and its clause says "ist", "eher" or the like before it, or where it is listed
with other pictures ("Feuerwehr, Dolmetscher und Fels").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Layout
    from berufsbild.rules.roles.found import Found
    from berufsbild.rules.roles.lexicon import RoleLexicon

_BEFORE: Final = 7
_LISTING: Final = frozenset({",", "und", "oder", "sowie", "&"})
_NAMING: Final = frozenset({"nennt", "nennen", "nannte", "nannten", "genannt"})
_TAKEN_AS: Final = frozenset({"versteht", "verstehe", "verstehen", "eher", "gewissermaßen"})
_DEFINITE: Final = frozenset({"der", "die", "den", "dem", "des"})


class Pictures:
    """Takes pictures out of what was found."""

    def __init__(self, lexicon: RoleLexicon) -> None:
        """Keep the words that make pictures."""
        self._lexicon = lexicon
        self._pictures = lexicon.grammar.pictures
        self._words = lexicon.grammar.picture_words
        self._strong = lexicon.grammar.strong_picture_words
        self._companions = lexicon.grammar.picture_company

    def without(self, layout: Layout, found: list[Found]) -> list[Found]:
        """Give what is no picture."""
        areas = self._areas(layout, found)
        kept: list[Found] = []
        last = -2  # the last picture, and those listed with it
        for one in found:
            listed = self._lends(layout, one, areas) and _listed(layout, last, one.first)
            if listed or self._is_picture(layout, one, areas):
                last = one.last
            else:
                kept.append(one)
        return kept

    def _areas(self, layout: Layout, found: list[Found]) -> set[str]:
        """Give the trades that the title lines name, as KldB codes of two digits."""
        first_text = next((line.start for line in layout.lines if line.kind == "text"), 0)
        starts = layout.tokens.starts
        return {
            one.role.kldb[:2]
            for one in found
            if one.role.kldb is not None and starts[one.first] < first_text
        }

    def _lends(self, layout: Layout, one: Found, areas: set[str]) -> bool:
        """Tell whether an occupation is one that serves as a picture here."""
        code = one.role.kldb
        if one.first != one.last or code is None or code[:2] in areas:
            return False
        return not self._pictures.isdisjoint(layout.tokens.words[one.first].bases)

    def _is_picture(self, layout: Layout, one: Found, areas: set[str]) -> bool:
        if not self._lends(layout, one, areas):
            return False
        words = layout.tokens.words
        at = one.first
        if at and words[at - 1].text.lower() in self._strong:
            return True
        if not areas:
            return False
        begin, end = layout.clause(layout.tokens.starts[at])
        first, last = layout.token_range(begin, end)
        if self._in_company(layout, at):
            return True
        before = words[max(first, at - _BEFORE) : at]
        if before and before[-1].text in _DEFINITE:  # Zuständig ist der Richter.
            return any(other.text.lower() in _NAMING for other in before)
        if before and before[-1].text.lower() == "als":  # mal als Steuerberater
            return any(other.text.lower() in _TAKEN_AS for other in words[first:last])
        return any(other.text.lower() in self._words for other in before)

    def _in_company(self, layout: Layout, at: int) -> bool:
        """Tell whether a word is listed with pictures that are no occupations: Fels."""
        words = layout.tokens.words
        return (at >= 2 and words[at - 1].text in _LISTING and self._company(words[at - 2])) or (
            at + 2 < len(words) and words[at + 1].text in _LISTING and self._company(words[at + 2])
        )

    def _company(self, word: Word) -> bool:
        return word.capital and not self._companions.isdisjoint(word.bases)


def _listed(layout: Layout, last: int, at: int) -> bool:
    """Tell whether a word follows another one in a list."""
    return last == at - 2 and layout.tokens.words[at - 1].text in _LISTING
