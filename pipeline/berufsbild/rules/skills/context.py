"""Chooses among candidates by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from berufsbild.rules.skills.cues import Cues
from berufsbild.rules.skills.frames import framed
from berufsbild.rules.skills.lists import OPEN, filling, groups, settle, with_members
from berufsbild.rules.skills.owners import borrowed, owned, talked_about

if TYPE_CHECKING:
    from berufsbild.layout import Layout
    from berufsbild.rules.skills.candidates import Candidate
    from berufsbild.rules.skills.grammar import SkillContext


class Context:
    """Chooses among candidates by what stands around them."""

    def __init__(self, context: SkillContext) -> None:
        """Keep the words of the context."""
        self._context = context
        self._cues = Cues(context)

    def choose(
        self, layout: Layout, candidates: list[Candidate], frames: list[int]
    ) -> list[Candidate]:
        """Keep firm candidates and the others that the context vouches for.

        `frames` are the tokens that could begin "Kenntnisse in …".
        """
        kept = [one for one in candidates if not self._others(layout, one)]
        kept = with_members(layout, self._context.members, kept)
        tools = [one for one in kept if one.known.skill.kind == "tool"]
        lines = filling(layout, kept)
        chosen: list[Candidate] = []
        for group in groups(layout, kept):
            if len(group) == 1 and group[0].firm:
                chosen += group
            else:
                chosen += self._vouched(layout, settle(group), tools, lines)
        if frames:
            chosen += framed(layout, self._context.frames, chosen, frames)
        chosen.sort(key=lambda one: one.first)
        return chosen

    def _others(self, layout: Layout, one: Candidate) -> bool:
        """Tell a trait of others, a topic, or the one who asks."""
        owners = self._context.owners
        kind = one.known.skill.kind
        if kind == "soft" and owned(layout, owners, one):
            return True
        if kind == "certificate" and self._cues.asks(layout, one):
            return True
        return talked_about(layout, owners, one) or borrowed(layout, one)

    def _vouched(
        self,
        layout: Layout,
        group: list[Candidate],
        tools: list[Candidate],
        lines: frozenset[int],
    ) -> Iterator[Candidate]:
        """Yield the members of a list that are firm, cued, or beside such a one."""
        cues = self._cues
        rules: list[str | None] = []
        for one in group:
            if one.firm:
                rules.append(one.known.rule)
            elif one.known.rule in OPEN or cues.negated(layout, one):
                rules.append(None)
            else:
                rule = cues.vouch(layout, one) or self._beside(layout, one, tools)
                rules.append(rule or ("skill.item" if one.first in lines else None))
        carried = any(rules)
        for one, rule in zip(group, rules, strict=True):
            if rule is not None:
                yield one if one.firm else one.under(rule)
            elif carried and not cues.negated(layout, one) and not self._container(layout, one):
                yield one if one.known.rule in OPEN else one.under("skill.listed")

    def _container(self, layout: Layout, one: Candidate) -> bool:
        return layout.tokens.words[one.last].key in self._context.cues.containers

    def _beside(self, layout: Layout, one: Candidate, tools: list[Candidate]) -> str | None:
        """Let an ambiguous name count in the sentence of another: Access beside Excel."""
        if not self._cues.named_in(layout, one):
            return None
        tokens = layout.tokens
        begin, end = layout.sentence(tokens.starts[one.first])
        for other in tools:
            if other is not one and begin <= tokens.starts[other.first] < end:
                return "skill.beside"
        return None
