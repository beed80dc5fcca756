"""What in the clause vouches for a skill: verbs, frames, and the words before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from berufsbild.rules.skills.marks import (
    ABLE,
    ACTIVE,
    ADJECTIVE,
    ARTICLE,
    CLOSING,
    CONTAINER,
    CUE,
    FRAME,
    NAMED_IN,
    NEGATING,
    OPENING,
    PAIRED,
    PERSON,
    SECRET,
)

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from berufsbild.german.words import Word
    from berufsbild.layout import Stretch
    from berufsbild.rules.skills.candidates import Candidate
    from berufsbild.rules.skills.grammar import SkillContext
    from berufsbild.rules.skills.marks import Marks

_NEAR: Final = frozenset({"um", "von", "vom"})
_GENITIVE: Final = frozenset({"der", "des"})
_CLAUSE: Final = 40
"""Words of a clause on each side that may make a pair: one without marks has thousands."""
_BEFORE: Final = 8
_BEHIND: Final = 7
"""How many words a cue may stand away in the same clause."""


class Cues:
    """Asks what stands around a candidate."""

    def __init__(self, context: SkillContext, marks: Marks) -> None:
        """Keep the words."""
        self._pairs = context.cues.pairs
        self._marks = marks

    def negated(self, words: list[Word], one: Candidate) -> bool:
        """Tell whether the text says that it is not needed."""
        return one.first > 0 and self._marks[words[one.first - 1]] & NEGATING != 0

    def contains(self, words: list[Word], one: Candidate) -> bool:
        """Tell a word that names no skill but holds some: Kenntnisse."""
        return self._marks[words[one.last]] & CONTAINER != 0

    def vouch(self, stretch: Stretch, one: Candidate, headed: AbstractSet[int]) -> str | None:
        """Name the rule by which the context vouches for a candidate, if one does.

        `headed` are the tokens that begin an item of a list whose heading says
        that skills follow.
        """
        tokens = stretch.tokens
        words = tokens.words
        if self.contains(words, one) or _material(words, one):
            return None
        first, last = stretch.token_range(*stretch.clause(tokens.starts[one.first]))
        head = self._head(words, one.first, first)
        if head > first and words[head - 1].text.lower() == "ohne":
            return "skill.without"
        if self._able(words, one, last):
            return "skill.able"
        if self._secret(words, head) or (
            self._admits(words, one, head, first)
            and not self._asks(words, one, head, last)
            and (self._cued(words, one, first, last) or self._in_pair(words, one, first, last))
        ):
            return "skill.cued"
        return "skill.cued" if one.first in headed else None

    def _cued(self, words: list[Word], one: Candidate, first: int, last: int) -> bool:
        """Tell whether a cue stands near in the clause."""
        marks = self._marks
        ahead = words[max(first, one.first - _BEFORE) : one.first]
        for word in ahead + words[one.last + 1 : min(last, one.last + _BEHIND + 1)]:
            if marks[word] & CUE:
                return True
        return False

    def _in_pair(self, words: list[Word], one: Candidate, first: int, last: int) -> bool:
        """Tell whether both words of a pair stand in the clause."""
        marks = self._marks
        clause = words[max(first, one.first - _CLAUSE) : min(last, one.last + _CLAUSE)]
        paired = {word.folded for word in clause if marks[word] & PAIRED}
        return len(paired) > 1 and any(pair <= paired for pair in self._pairs)

    def named_in(self, words: list[Word], one: Candidate) -> bool:
        """Tell whether a tool stands right behind "in" or "mit", as names do."""
        return (
            one.known.skill.kind == "tool"
            and one.first > 0
            and self._marks[words[one.first - 1]] & NAMED_IN != 0
        )

    def _head(self, words: list[Word], at: int, first: int) -> int:
        """Give the first token of the noun phrase that ends in a candidate."""
        marks = self._marks
        while at > first and marks[words[at - 1]] & (ARTICLE | ADJECTIVE):
            at -= 1
        return at

    def _admits(self, words: list[Word], one: Candidate, head: int, first: int) -> bool:
        """Tell whether the word before the noun phrase leaves it open to a cue."""
        if head == first:
            return True
        before = words[head - 1]
        marks = self._marks[before]
        if marks & CLOSING or (before.capital and words[head].text in _GENITIVE):
            return False
        if not marks & OPENING or head - 1 == first or one.known.skill.kind == "tool":
            return True
        return before.text.lower() in _NEAR or self._marks[words[head - 2]] & (CUE | FRAME) != 0

    def _secret(self, words: list[Word], head: int) -> bool:
        """Tell the genitive of "die Kniffe der Kalkulation"."""
        if head == 0 or words[head].text not in _GENITIVE:
            return False
        return self._marks[words[head - 1]] & SECRET != 0

    def asks(self, stretch: Stretch, words: list[Word], one: Candidate) -> bool:
        """Tell a course or an office that asks for skills from a skill."""
        at = one.last + 1
        if at >= len(words) or not self._marks[words[at]] & ACTIVE:
            return False
        first, last = stretch.token_range(*stretch.clause(stretch.tokens.starts[one.first]))
        return self._asks(words, one, self._head(words, one.first, first), last)

    def _asks(self, words: list[Word], one: Candidate, head: int, last: int) -> bool:
        """Tell the one who asks: "Die Redaktion verlangt Recherche"."""
        at = one.last + 1
        if at + 1 >= last or head == one.first or not self._marks[words[at]] & ACTIVE:
            return False
        return not self._marks[words[at + 1]] & (PERSON | ARTICLE)

    def _able(self, words: list[Word], one: Candidate, last: int) -> bool:
        """Tell "wer Trockenbau kann" from "wer Trockenbau lernen kann"."""
        at = one.last + 1
        if at >= last:
            return False
        follows = self._marks[words[at]] & ABLE
        if follows and at + 1 == last:
            return True
        ending = last - 1
        while ending > at and not words[ending].letters:
            ending -= 1
        if self._marks[words[ending]] & ABLE:
            return not words[ending - 1].key.endswith("n") and one.last + 4 > ending
        return follows != 0 and not any(
            not word.capital and word.key.endswith("en") and len(word.key) > 3
            for word in words[at + 1 : last]
        )


def _material(words: list[Word], one: Candidate) -> bool:
    """Tell "Mauern aus Stein" from the craft."""
    at = one.last + 1
    return at + 1 < len(words) and words[at].text == "aus" and words[at + 1].capital
