"""Ranks without a trade of their own take the code of the headline's trade.

In a roofer's profile "der Meister" is a supervisor of roofers: the trade's
group, last digit 9.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from berufsbild.layout import Layout
    from berufsbild.rules.roles.found import Found
    from berufsbild.rules.roles.lexicon import RoleLexicon


class Trades:
    """Gives ranks the code of the trade that the text is about."""

    def __init__(self, lexicon: RoleLexicon) -> None:
        """Keep the ranks and the codes that exist."""
        self._supervisors = lexicon.grammar.supervisors
        self._journeymen = lexicon.grammar.journeymen
        self._codes = lexicon.codes

    def coded(self, layout: Layout, found: list[Found]) -> list[Found]:
        """Give the roles, ranks of one word with the headline's code."""
        trade = self._trade(layout, found)
        return found if trade is None else [self._one(layout, one, trade) for one in found]

    def _trade(self, layout: Layout, found: list[Found]) -> str | None:
        """Give the code of the first role that a title line names, ranks left out."""
        first_text = next((line.start for line in layout.lines if line.kind == "text"), 0)
        tokens = layout.tokens
        for one in found:
            if tokens.starts[one.first] >= first_text:
                return None
            if one.role.kldb is not None and not self._rank(layout, one):
                return one.role.kldb
        return None

    def _rank(self, layout: Layout, one: Found) -> bool:
        bases = layout.tokens.words[one.last].bases.keys()
        ranks = self._supervisors | self._journeymen
        return one.first == one.last and not ranks.isdisjoint(bases)

    def _one(self, layout: Layout, one: Found, trade: str) -> Found:
        if not self._rank(layout, one):
            return one
        bases = layout.tokens.words[one.last].bases.keys()
        code = trade if not self._journeymen.isdisjoint(bases) else f"{trade[:3]}9"
        if code not in self._codes:
            return one
        return replace(one, role=replace(one.role, kldb=code))
