"""Chooses among candidates by what stands around them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final, NamedTuple

from berufsbild.rules.skills.cues import Cues
from berufsbild.rules.skills.frames import framed
from berufsbild.rules.skills.lists import OPEN, Lists, settle
from berufsbild.rules.skills.owners import of_others

if TYPE_CHECKING:
    from berufsbild.layout import Stretch
    from berufsbild.rules.skills.candidates import Candidate
    from berufsbild.rules.skills.grammar import SkillContext
    from berufsbild.rules.skills.marks import Marks
    from berufsbild.rules.skills.mentions import Mentioned


class Lines(NamedTuple):
    """What the lines of a list say of the candidates that begin at these tokens.

    Shape: `headed` stand under a heading that says that skills follow, `filled`
        fill an item each of a list with firm ones.
    """

    headed: AbstractSet[int]
    filled: AbstractSet[int]


NO_LINES: Final = Lines(frozenset(), frozenset())


class Context:
    """Chooses among candidates by what stands around them."""

    def __init__(self, context: SkillContext, marks: Marks) -> None:
        """Keep the words of the context."""
        self._frames = context.frames
        self._marks = marks
        self._cues = Cues(context, marks)
        self._lists = Lists(context.members, marks)

    def kept(self, stretch: Stretch, mentioned: Mentioned) -> list[Candidate]:
        """Drop the traits of others, and take in the members of lists."""
        tokens = stretch.tokens
        words, marks = tokens.words, self._marks
        kept = [
            one
            for one in mentioned.candidates
            if not of_others(stretch, words, marks, mentioned.owners, one)
            and not (one.known.skill.kind == "certificate" and self._cues.asks(stretch, words, one))
        ]
        return self._lists.with_members(tokens, kept) if kept else kept

    def choose(
        self, stretch: Stretch, kept: list[Candidate], frames: list[int], lines: Lines = NO_LINES
    ) -> tuple[list[Candidate], list[Candidate]]:
        """Choose firm candidates and the others that the context vouches for.

        `frames` are the tokens that could begin "Kenntnisse in …".

        Shape: the chosen, and those for which the lines of a list have a say.
        """
        doubtful: list[Candidate] = []
        if len(kept) == 1 and kept[0].firm:
            chosen = kept.copy()
        else:
            chosen = []
            for group in self._lists.groups(stretch.tokens, kept):
                if len(group) == 1 and group[0].firm:
                    chosen += group
                else:
                    chosen += self._vouched(stretch, settle(group), kept, lines, doubtful)
        if frames:
            chosen += framed(stretch.tokens.words, self._frames, chosen, frames)
            chosen.sort(key=lambda one: one.first)
        return chosen, doubtful

    def _vouched(
        self,
        stretch: Stretch,
        group: list[Candidate],
        kept: list[Candidate],
        lines: Lines,
        doubtful: list[Candidate],
    ) -> list[Candidate]:
        """Give the members of a list that are firm, cued, or beside such a one.

        Those that no cue vouches for are added to `doubtful`.
        """
        cues = self._cues
        words = stretch.tokens.words
        rules: list[str | None] = []
        for one in group:
            rule: str | None = None
            if one.firm:
                rule = one.known.rule
            elif one.known.rule not in OPEN and not cues.negated(words, one):
                rule = cues.vouch(stretch, one, lines.headed)
                if rule is None:
                    doubtful.append(one)
                    rule = self._beside(stretch, one, kept)
                if rule is None and one.first in lines.filled:
                    rule = "skill.item"
            rules.append(rule)
        if not any(rules):
            return []
        found: list[Candidate] = []
        for one, rule in zip(group, rules, strict=True):
            if rule is not None:
                found.append(one if one.firm else one.under(rule))
            elif not cues.negated(words, one) and not cues.contains(words, one):
                found.append(one if one.known.rule in OPEN else one.under("skill.listed"))
        return found

    def _beside(self, stretch: Stretch, one: Candidate, kept: list[Candidate]) -> str | None:
        """Let an ambiguous name count in the sentence of another: Access beside Excel."""
        tokens = stretch.tokens
        if not self._cues.named_in(tokens.words, one):
            return None
        starts = tokens.starts
        begin, end = stretch.sentence(starts[one.first])
        for other in kept:
            is_tool = other.known.skill.kind == "tool" and other is not one
            if is_tool and begin <= starts[other.first] < end:
                return "skill.beside"
        return None
