"""What a word says of the skills beside it, looked up once per word type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, cast

from berufsbild.german.memory import LIMIT
from berufsbild.german.words import PerType
from berufsbild.rules.skills.candidates import ADJECTIVE_ENDINGS, LIST_SIGNS
from berufsbild.rules.skills.extents import CLASS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from berufsbild.german.words import Word
    from berufsbild.rules.skills.grammar import SkillContext

_NEGATING: Final = frozenset(
    {"kein", "keine", "keinen", "keiner", "keinem", "nicht", "statt", "weniger"}
)
_ARTICLES: Final = frozenset(
    {"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "jede",
     "jeder", "jedem", "jeden", "diese", "dieser", "ihre", "ihrer", "ihrem", "seine", "seiner",
     "seinem", "unsere", "unserer", "unserem", "sein", "ihr", "mein", "meine", "meiner", "etwas",
     "viel", "mehr", "wenig", "allem"}
)  # fmt: skip
_OPENING: Final = frozenset({"in", "im", "mit", "zu", "zum", "zur", "über", "von", "vom", "um"})
"""Prepositions that lead to a skill where a cue stands before them: fit in …"""
_CLOSING: Final = frozenset(
    {"für", "an", "am", "aus", "bei", "beim", "nach", "vor", "vorm", "auf", "unter", "während",
     "gegen", "trotz", "wegen", "hinter", "zwischen", "durch", "samt", "bis", "als",
     "seit", "ab", "fürs", "ins", "ans", "aufs", "gegenüber", "wie", "je", "per"}
)  # fmt: skip
"""Prepositions whose noun is where, why or for whom, not what is needed."""
_SMALL: Final = _OPENING | _CLOSING | {"kommen", "kommt", "gehören", "werden", "sowie"}
_PERSONS: Final = frozenset({"man", "sie", "er", "es", "wir", "ich", "du", "ihr", "wer", "jeder"})
_ABLE: Final = frozenset({"kann", "können", "konnte", "kannst"})
_NAMED_IN: Final = frozenset({"in", "In", "mit", "Mit", "unter", "Unter"})
_GENITIVE: Final = frozenset(
    {"der", "des", "dieser", "dieses", "eines", "einer", "seiner", "ihrer"}
)
_DEFINITE: Final = frozenset({"Der", "Die", "Das", "der", "die", "das"})
_ABOUT: Final = frozenset({"Über", "über", "Vom", "vom", "Von", "von", "Um", "um"})
_BORROWING: Final = frozenset({"das", "Das", "dem"})
_SHORT_ADJECTIVE: Final = 5
_PRONOUNS: Final = frozenset({"Unserer", "Dieser", "Welcher", "Solcher", "Jeglicher", "Großer"})

NEGATING: Final = 1 << 0
ARTICLE: Final = 1 << 1
ADJECTIVE: Final = 1 << 2
OPENING: Final = 1 << 3
CLOSING: Final = 1 << 4
PERSON: Final = 1 << 5
ABLE: Final = 1 << 6
NAMED_IN: Final = 1 << 7
GENITIVE: Final = 1 << 8
DEFINITE: Final = 1 << 9
ABOUT: Final = 1 << 10
BORROWING: Final = 1 << 11
TOWN: Final = 1 << 12
"""Spelled like "Leipziger"."""
LIST_SIGN: Final = 1 << 13
CUE: Final = 1 << 14
PAIRED: Final = 1 << 15
"""Half of a pair of cues."""
CONTAINER: Final = 1 << 16
ACTIVE: Final = 1 << 17
SECRET: Final = 1 << 18
FRAME: Final = 1 << 19
OWNER: Final = 1 << 20
NEEDING: Final = 1 << 21
TALKING: Final = 1 << 22
SIGN: Final = 1 << 23
"""A sign that nothing reaches across: a full stop, a bullet, a bracket."""
STOP: Final = 1 << 24
"""A sign that closes a sentence: also the number of a date or a standard with a full stop."""
TIE: Final = 1 << 25
"""Prepositions of frames, and what belongs to a licence or an elision before it."""
_CUT: Final = 1 << 26
FOLLOWING: Final = TIE | GENITIVE | LIST_SIGN | ACTIVE
"""Words that say something of the skill before them."""
LEADING: Final = (
    _CUT | NEGATING | NAMED_IN | ABOUT | BORROWING | LIST_SIGN | TOWN | OPENING | CLOSING
)
"""Words that say something of the skill behind them."""

Marks: TypeAlias = dict["Word", int]
"""The flags above by word type; a type not met yet is looked at when asked for."""


def marks_of(context: SkillContext) -> Marks:
    """Make the flags of word types for the words of a context."""
    cues, owners = context.cues, context.owners
    lowered = (
        (NEGATING, _NEGATING),
        (ARTICLE, _ARTICLES),
        (OPENING, _OPENING),
        (CLOSING, _CLOSING),
        (PERSON, _PERSONS),
    )
    written = (
        (ABLE, _ABLE),
        (NAMED_IN, _NAMED_IN),
        (GENITIVE, _GENITIVE),
        (DEFINITE, _DEFINITE),
        (ABOUT, _ABOUT),
        (BORROWING, _BORROWING),
        (LIST_SIGN, LIST_SIGNS),
        (ACTIVE, cues.active),
    )
    folded = (
        (CUE, cues.words),
        (PAIRED, frozenset[str]().union(*cues.pairs)),
        (SECRET, cues.secrets),
        (FRAME, context.frames.nouns),
        (NEEDING, owners.needing),
        (TALKING, owners.talking),
    )
    ties = context.frames.prepositions | CLASS_WORDS | {"aus"}
    keyed = ((CONTAINER, cues.containers), (OWNER, owners.nouns))

    by_lower, by_text = _flags(lowered), _flags(written)
    by_folded, by_key = _flags(folded), _flags(keyed)

    def look(word: Word) -> int:
        text, key = word.text, word.folded
        marks = by_lower.get(text.lower(), 0) | by_text.get(text, 0)
        marks |= by_folded.get(key, 0) | by_key.get(word.key, 0)
        if not word.capital and not marks & CUE and word.text not in _SMALL:
            marks |= ADJECTIVE * word.key.endswith(ADJECTIVE_ENDINGS)
        number = word.text[0].isdigit()
        if not (word.letters or number or marks & LIST_SIGN):
            marks |= SIGN | STOP
        if number and word.text[-1] == ".":
            marks |= STOP
        if word.text in ties or word.text[0] == "-":
            marks |= TIE
        if word.text[-1] == "-":
            marks |= _CUT
        return marks | TOWN * _is_town(word)

    return cast("Marks", PerType(look, LIMIT // 2))


def _flags(groups: Iterable[tuple[int, Iterable[str]]]) -> dict[str, int]:
    """Put the flags of each word together."""
    found: dict[str, int] = {}
    for flag, words in groups:
        for word in words:
            found[word] = found.get(word, 0) | flag
    return found


def _is_town(word: Word) -> bool:
    """Tell a word that may be the adjective of a town, which ends in "er"."""
    return (
        word.capital
        and word.text.endswith("er")
        and len(word.text) > _SHORT_ADJECTIVE
        and word.text.isalpha()
        and word.text not in _PRONOUNS
    )
