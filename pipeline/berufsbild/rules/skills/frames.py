"""What in the sentence speaks for a skill: cues, lists, frames, brackets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from berufsbild.german.normalise import slug
from berufsbild.rules.skills.lexicon import Known
from berufsbild.values import Skill

if TYPE_CHECKING:
    from berufsbild.layout import Layout
    from berufsbild.rules.skills.lexicon import SkillGrammar
    from berufsbild.rules.skills.rule import Candidate

_LIST: Final = frozenset({",", "und", "oder", "sowie", "/", "bzw.", "&"})
_NEGATING: Final = frozenset(
    {"kein", "keine", "keinen", "keiner", "keinem", "nicht", "statt", "weniger"}
)
_LIST_GAP: Final = 3
_BEFORE, _BEHIND = 8, 5
"""How many words a cue may stand away in the same clause."""


class Frames:
    """Chooses among candidates by what stands around them."""

    def __init__(self, grammar: SkillGrammar) -> None:
        """Keep the grammar."""
        self._grammar = grammar

    def choose(
        self, layout: Layout, candidates: list[Candidate], frames: list[int]
    ) -> list[Candidate]:
        """Keep firm candidates and the others that the context vouches for.

        `frames` are the tokens that could begin "Kenntnisse in …".
        """
        chosen: list[Candidate] = []
        for number, one in enumerate(candidates):
            if one.firm:
                chosen.append(one)
            elif self._negated(layout, one):
                continue
            elif self._listed(layout, candidates, number):
                chosen.append(_as(one, "skill.listed"))
            elif self._cued(layout, one):
                chosen.append(_as(one, "skill.cued"))
        if frames:
            chosen += list(self._framed(layout, chosen, frames))
        chosen.sort(key=lambda one: one.first)
        return chosen

    def _negated(self, layout: Layout, one: Candidate) -> bool:
        words = layout.tokens.words
        return one.first > 0 and words[one.first - 1].text.lower() in _NEGATING

    def _listed(self, layout: Layout, candidates: list[Candidate], number: int) -> bool:
        """Tell whether a firm skill stands beside it in the same list."""
        one = candidates[number]
        for step in (-1, 1):
            at = number
            while 0 <= at + step < len(candidates):
                left, right = sorted((at, at + step))
                if not _one_list(layout, candidates[left], candidates[right]):
                    break
                at += step
                if candidates[at].firm and candidates[at] is not one:
                    return True
        return False

    def _cued(self, layout: Layout, one: Candidate) -> bool:
        start = layout.tokens.starts[one.first]
        begin, end = layout.clause(start)
        first, last = layout.token_range(begin, end)
        words = layout.tokens.words
        around = range(max(first, one.first - _BEFORE), min(last, one.last + _BEHIND + 1))
        keys = {words[at].folded for at in around if at < one.first or at > one.last}
        if not self._grammar.cues.words.isdisjoint(keys):
            return True
        return layout.line(start).kind == "item" and self._under_heading(layout, start)

    def _under_heading(self, layout: Layout, offset: int) -> bool:
        heading = layout.heading(offset).lower()
        return any(word.strip("?!:.,") in self._grammar.cues.headings for word in heading.split())

    def _framed(
        self, layout: Layout, chosen: list[Candidate], starts: list[int]
    ) -> Iterator[Candidate]:
        """Yield unknown nouns behind "Kenntnisse in …"."""
        from berufsbild.rules.skills.rule import Candidate

        words = layout.tokens.words
        frames = self._grammar.frames
        taken = {at for one in chosen for at in range(one.first, one.last + 1)}
        for at in starts:
            if at + 2 >= len(words) or words[at + 1].text not in frames.prepositions:
                continue
            for noun in self._nouns(layout, at + 2):
                if noun in taken or words[noun].key in frames.not_framed:
                    continue
                name = words[noun].text
                skill = Skill(slug(name) or name, name, "knowledge")
                yield Candidate(noun, noun, Known(skill, False, "skill.frame"), False)

    def _nouns(self, layout: Layout, at: int) -> Iterator[int]:
        """Yield the nouns of a list that begins at a token."""
        words = layout.tokens.words
        position = at
        while position < min(len(words), at + 16):
            word = words[position]
            following = words[position + 1] if position + 1 < len(words) else word
            if word.capital and word.letters and len(word.text) > 2:
                if not following.capital and not word.text.endswith("-"):
                    yield position
                if following.text not in _LIST:
                    return
            elif (
                word.text not in _LIST
                and not (word.key.endswith(("e", "en", "er", "em", "es")) and following.capital)
                and word.text not in {"der", "dem", "den", "um", "im", "in", "mit", "zum", "zur"}
            ):
                return
            position += 1


def _one_list(layout: Layout, left: Candidate, right: Candidate) -> bool:
    """Tell whether only list signs and small words part two candidates."""
    words = layout.tokens.words
    between = words[left.last + 1 : right.first]
    if not between or len(between) > _LIST_GAP or between[0].text not in _LIST:
        return False
    starts, ends = layout.tokens.starts, layout.tokens.ends
    if "\n" in layout.text[ends[left.last] : starts[right.first]]:
        return False
    return all(word.text in _LIST or not word.capital for word in between)


def _as(one: Candidate, rule: str) -> Candidate:
    return replace(one, known=replace(one.known, rule=rule))
