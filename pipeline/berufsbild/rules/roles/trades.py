"""Ranks and short forms take the code of the headline's trade.

In a roofer's profile "der Meister" is a supervisor of roofers: the trade's
group, last digit 9. In an estate agent's "die Maklerin" is one for estates.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from berufsbild.layout import Layout
    from berufsbild.rules.roles.found import Found
    from berufsbild.rules.roles.lexicon import RoleLexicon
    from berufsbild.values import Role

_SHORTEST: Final = 4


class Trades:
    """Gives ranks the code of the trade that the text is about."""

    def __init__(self, lexicon: RoleLexicon) -> None:
        """Keep the ranks and the codes that exist."""
        self._supervisors = lexicon.grammar.supervisors
        self._journeymen = lexicon.grammar.journeymen
        self._codes = lexicon.codes
        self._areas = {word: one.areas for one in lexicon.grammar.by_area for word in one.words}

    def coded(self, layout: Layout, found: list[Found]) -> list[Found]:
        """Give the roles, ranks and short forms of one word with the headline's code."""
        trade = self._trade(layout, found)
        return found if trade is None else [self._one(layout, one, trade) for one in found]

    def _trade(self, layout: Layout, found: list[Found]) -> Role | None:
        """Give the first role that a title line names, ranks left out."""
        first_text = next((line.start for line in layout.lines if line.kind == "text"), 0)
        tokens = layout.tokens
        for one in found:
            if tokens.starts[one.first] >= first_text:
                return None
            if one.role.kldb is not None and not self._rank(layout, one):
                return one.role
        return None

    def _rank(self, layout: Layout, one: Found) -> bool:
        bases = layout.tokens.words[one.last].bases.keys()
        ranks = self._supervisors | self._journeymen
        return one.first == one.last and not ranks.isdisjoint(bases)

    def _one(self, layout: Layout, one: Found, trade: Role) -> Found:
        code = trade.kldb
        if code is None:
            return one
        if self._rank(layout, one):
            bases = layout.tokens.words[one.last].bases.keys()
            code = code if not self._journeymen.isdisjoint(bases) else f"{code[:3]}9"
            if code not in self._codes:
                return one
        elif one.role.name.lower() in self._areas:
            areas = self._areas[one.role.name.lower()]
            code = next((to for area, to in areas.items() if code.startswith(area)), one.role.kldb)
        elif not _is_short_form(one.role, trade):
            return one
        return replace(one, role=replace(one.role, kldb=code))


def _is_short_form(role: Role, trade: Role) -> bool:
    """Tell "Makler" in a text on an "Immobilienmakler"."""
    name, whole = role.name.lower(), trade.name.lower()
    if " " in name or len(name) < _SHORTEST or name == whole:
        return False
    return whole.split(" ")[0].endswith(name) or trade.head.lower() == name
