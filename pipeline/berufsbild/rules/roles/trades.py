"""Ranks and short forms take the code of the headline's trade.

In a roofer's profile "der Meister" is a supervisor of roofers: the trade's
group, last digit 9. In an estate agent's "die Maklerin" is one for estates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from berufsbild.german.memory import FEW
from berufsbild.german.words import PerType
from berufsbild.values import Role

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.layout import Layout
    from berufsbild.rules.roles.found import Mention
    from berufsbild.rules.roles.lexicon import RoleLexicon

Rank: TypeAlias = Literal["journeyman", "supervisor"]

_SHORTEST: Final = 4


class Trades:
    """Gives ranks the code of the trade that the text is about."""

    def __init__(self, lexicon: RoleLexicon) -> None:
        """Keep the ranks and the codes that exist."""
        self._supervisors = lexicon.grammar.supervisors
        self._journeymen = lexicon.grammar.journeymen
        self._codes = lexicon.codes
        self._areas = {word: one.areas for one in lexicon.grammar.by_area for word in one.words}
        self._ranks: PerType[Rank] = PerType(self._rank_of, FEW)

    def coded(self, layout: Layout, found: list[Mention]) -> list[Mention]:
        """Give the roles, ranks and short forms of one word with the headline's code."""
        trade = self._trade(layout, found)
        if trade is None or trade.kldb is None:
            return found
        whole, head = trade.name.lower(), trade.head.lower()
        front = whole.split(" ")[0]
        coded = found.copy()
        areas, ranks = self._areas, self._ranks
        for number, one in enumerate(found):
            name = one.role.name.lower()
            rank = ranks[one.word] if one.first == one.last else None
            if rank is not None or name in areas:
                code = self._code(name, rank, trade.kldb)
            elif name == whole or not (name == head or front.endswith(name)):
                continue
            elif len(name) >= _SHORTEST and " " not in name:
                code = trade.kldb  # Makler in a text on an Immobilienmakler
            else:
                continue
            if code is not None and code != one.role.kldb:
                role = one.role
                recoded = Role(role.id, role.name, code, role.head, role.members)
                coded[number] = one.meaning(recoded)
        return coded

    def _trade(self, layout: Layout, found: list[Mention]) -> Role | None:
        """Give the first role that a title line names, ranks left out."""
        first_text = layout.text_start
        for one in found:
            if one.start >= first_text:
                return None
            if one.role.kldb is not None and self._rank(one) is None:
                return one.role
        return None

    def _rank(self, one: Mention) -> Rank | None:
        return self._ranks[one.word] if one.first == one.last else None

    def _rank_of(self, word: Word) -> Rank | None:
        if not self._journeymen.isdisjoint(word.bases):
            return "journeyman"
        return None if self._supervisors.isdisjoint(word.bases) else "supervisor"

    def _code(self, name: str, rank: Rank | None, trade: str) -> str | None:
        """Give the code of a rank or of an occupation that depends on the trade's, if any."""
        if rank is None:
            areas = self._areas[name].items()
            return next((code for area, code in areas if trade.startswith(area)), None)
        code = trade if rank == "journeyman" else f"{trade[:3]}9"
        return code if code in self._codes else None
