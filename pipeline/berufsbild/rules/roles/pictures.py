"""Pictures for the job holder, as in "heute ist die Köchin eher Dirigentin".

A real occupation may be lent to somebody else's work. It counts as a picture
where such occupations usually serve as one, the headline's trade is another,
and its clause says "ist", "eher" or the like before it, or where it is listed
with other pictures ("Feuerwehr, Dolmetscher und Fels").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from berufsbild.german.memory import FEW
from berufsbild.german.words import PerType
from berufsbild.rules.roles.around import words_between

if TYPE_CHECKING:
    from berufsbild.layout import Layout, Sentence
    from berufsbild.rules.roles.found import Mention
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
        grammar = lexicon.grammar
        pictures, company = grammar.pictures, grammar.picture_company
        self._words = grammar.picture_words
        self._strong = grammar.strong_picture_words
        self._lent: PerType[bool] = PerType(lambda word: not pictures.isdisjoint(word.bases), FEW)
        self._company: PerType[bool] = PerType(
            lambda word: word.capital and not company.isdisjoint(word.bases), FEW
        )

    def without(self, layout: Layout, found: list[Mention]) -> list[Mention]:
        """Give what is no picture."""
        lent = self._lent
        serving = [one for one in found if one.first == one.last and lent[one.word]]
        if not serving:
            return found
        areas = _areas(layout, found)
        last = -2  # the last picture, and those listed with it
        pictures: set[int] = set()
        for one in serving:
            code = one.role.kldb
            if code is None or code[:2] in areas:
                continue
            if self._is_picture(layout, one.first, last, known=bool(areas)):
                last = one.first
                pictures.add(last)
        return [one for one in found if one.first not in pictures or one.first != one.last]

    def _is_picture(self, layout: Layout, at: int, last: int, *, known: bool) -> bool:
        """Tell whether a lent occupation is a picture.

        `last` is the picture before it; `known` tells that the title lines name a trade.
        """
        sentence, _, first = layout.part(at)
        words, here = sentence.tokens.words, at - first
        before = words[here - 2 : here] if here > 1 else words_between(layout, max(0, at - 2), at)
        listed = bool(before) and before[-1].text in _LISTING
        if (listed and last == at - 2) or (before and before[-1].text.lower() in self._strong):
            return True
        if not known:
            return False
        if listed and len(before) > 1 and self._company[before[0]]:
            return True
        behind = words[here + 1 : here + 3]
        if len(behind) < 2:
            behind = words_between(layout, at + 1, at + 3)
        if len(behind) > 1 and behind[0].text in _LISTING and self._company[behind[1]]:
            return True
        return self._says_so(sentence, here)

    def _says_so(self, sentence: Sentence, at: int) -> bool:
        """Tell whether the clause around an occupation makes a picture of it."""
        words = sentence.tokens.words
        first, last = sentence.token_range(*sentence.clause(sentence.tokens.starts[at]))
        before = [word.text.lower() for word in words[max(first, at - _BEFORE) : at]]
        if not before:
            return False
        if words[at - 1].text in _DEFINITE:  # Zuständig ist der Richter.
            return not _NAMING.isdisjoint(before)
        if before[-1] == "als":  # mal als Steuerberater
            return any(word.text.lower() in _TAKEN_AS for word in words[first:last])
        return not self._words.isdisjoint(before)


def _areas(layout: Layout, found: list[Mention]) -> set[str]:
    """Give the trades that the title lines name, as KldB codes of two digits."""
    first_text = layout.text_start
    return {
        one.role.kldb[:2] for one in found if one.role.kldb is not None and one.start < first_text
    }
