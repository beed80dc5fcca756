"""Nouns that no list holds behind "Kenntnisse in …" and "Umgang mit …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from berufsbild.rules.skills.candidates import LIST_SIGNS, Candidate, open_candidate

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.rules.skills.grammar import Frames

_REACH: Final = 14
_SMALL: Final = frozenset({"der", "dem", "den", "um", "im", "in", "mit", "zum", "zur"})


def framed(
    words: list[Word], frames: Frames, chosen: list[Candidate], starts: list[int]
) -> Iterator[Candidate]:
    """Yield the unknown nouns behind the frames that begin at `starts`."""
    taken = {at for one in chosen for at in range(one.first, one.last + 1)}
    for at in starts:
        if at + 2 >= len(words) or words[at + 1].text not in frames.prepositions:
            continue
        if at and words[at - 1].text in {"im", "beim"}:  # Sorgfalt im Umgang mit Büchern
            continue
        for noun in _nouns(words, at + 2):
            if noun not in taken and words[noun].key not in frames.not_framed:
                taken.add(noun)
                yield open_candidate(noun, words[noun].text, "knowledge", "skill.frame")


def _nouns(words: list[Word], at: int) -> Iterator[int]:
    """Yield the nouns of a list that begins at a token."""
    for position in range(at, min(len(words), at + _REACH)):
        word = words[position]
        following = words[position + 1] if position + 1 < len(words) else None
        follows = following is not None and following.capital
        if word.capital and word.letters and len(word.text) > 2:
            if not follows and word.text[-1] != "-":
                yield position
            if following is None or following.text not in LIST_SIGNS:
                return
        elif (
            word.text not in LIST_SIGNS
            and not (word.key.endswith(("e", "en", "er", "em", "es")) and follows)
            and word.text not in _SMALL
        ):
            return
