"""Whether a sentence could mean something else beside its neighbours.

A line that breaks off in the middle ("… Test- und") must be read with the next
one. A full stop or a bullet closes it, and so do most headings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from berufsbild.rules.skills.marks import FOLLOWING, GENITIVE, LEADING, LIST_SIGN, SIGN, STOP, TIE

if TYPE_CHECKING:
    from berufsbild.german.words import PerType, Word
    from berufsbild.rules.skills.marks import Marks
    from berufsbild.rules.skills.mentions import Mentioned, Type

CLOSED: Final = 0
_PLAIN: Final = 1
OPEN: Final = 2
"""The neighbour matters whatever it is."""
_BEHIND: Final = 4
"""On the left: a skill that words behind it could speak of; on the right: such words."""
_AHEAD: Final = 8
"""On the left: words that could speak of a skill behind them; on the right: such a skill."""
KINDS: Final = 16
_NEAR: Final = 3
_LISTED: Final = 9
_FRAMED: Final = 16
"""So many words away a border may matter: anywhere, in a list, in a frame."""


def joined(ends: int, begins: int) -> bool:
    """Tell whether two sentences must be read together, by `Borders.ends` and `.begins`."""
    if not ends or not begins:
        return False
    return (ends | begins) & OPEN != 0 or ends & begins & (_BEHIND | _AHEAD) != 0


class Borders:
    """Tells how sentences border on each other."""

    def __init__(self, types: PerType[Type], marks: Marks) -> None:
        """Keep what is known of word types."""
        self._types = types
        self._marks = marks

    def ends(self, words: list[Word], mentioned: Mentioned) -> int:
        """Tell how a sentence borders on the next one."""
        marks = self._marks
        final = len(words) - 1
        if marks[words[final]] & STOP:
            return CLOSED
        candidates, frames, _ = mentioned
        last = self._types[words[final]]
        if last is not None and (last.adjective or last.standard):
            return OPEN
        ends = _PLAIN
        if candidates:
            near = candidates[-1].last
            if self._listed(words, near, final):
                return OPEN
            if near == final:
                ends |= _BEHIND
            elif (near == final - 1 and marks[words[final]] & FOLLOWING) or (
                near == final - 2 and marks[words[final - 1]] & GENITIVE
            ):
                return OPEN
        for at in frames:
            if at == final:
                ends |= _BEHIND
            elif at + _FRAMED > final and marks[words[at + 1]] & TIE:
                return OPEN
        for word in words[: -_NEAR - 1 : -1]:
            if marks[word] & LEADING:
                return ends | _AHEAD
            if word.capital:
                break
        return ends

    def begins(self, words: list[Word], mentioned: Mentioned) -> int:
        """Tell how a sentence borders on the one before."""
        marks = self._marks
        if not words or marks[words[0]] & SIGN:
            return CLOSED
        candidates, frames, _ = mentioned
        first = self._types[words[0]]
        if first is not None and first.second:
            return OPEN
        begins = _PLAIN | (_BEHIND if marks[words[0]] & FOLLOWING else 0)
        if candidates:
            near = candidates[0].first
            if self._listed(words, 0, near):
                return OPEN
            if near < _NEAR:
                begins |= _AHEAD
        return begins | _AHEAD if frames and frames[0] == 0 else begins

    def _listed(self, words: list[Word], first: int, last: int) -> bool:
        """Tell whether list signs part every second word from one to another."""
        marks = self._marks
        if not 2 <= last - first <= _LISTED or (last - first) % 2:
            return False
        return all(marks[word] & LIST_SIGN for word in words[first + 1 : last : 2])
