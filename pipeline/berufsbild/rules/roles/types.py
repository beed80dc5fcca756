"""What a word type can begin or be, looked up when it is first met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from berufsbild.german.words import PerType
from berufsbild.rules.roles.outlines import FIRST, umlauted

if TYPE_CHECKING:
    from berufsbild.german.words import Word
    from berufsbild.lexicon.index import Element
    from berufsbild.rules.roles.lexicon import Reading, RoleLexicon
    from berufsbild.values import Role

Phrases: TypeAlias = "dict[str, list[tuple[tuple[Element, ...], Role]]]"

FEMININE: Final = ("in", "innen")
_SISTER: Final = "schwester"
_NOTHING: Final[frozenset[str]] = frozenset()


class Type(NamedTuple):
    """What a word type can begin or be.

    Shape: `forbidden` are the words before the `reading` that make something else of it
        ("meine Schwester"); `phrases` are those that the word begins, under the key of their
        second word, `initials` what that one may begin with; `opens` an English title
        ("Head of …"); `nameable` unless it is feminine, as no surname is.
    """

    reading: Reading | None
    forbidden: frozenset[str]
    phrases: Phrases
    initials: frozenset[str]
    opens: bool
    nameable: bool


class Types:
    """Knows the word types that can begin or be a title."""

    def __init__(self, lexicon: RoleLexicon) -> None:
        """Keep the lexicon; word types are looked at when they are met."""
        self._lexicon = lexicon
        self._outlines = lexicon.outlines
        self._not_after = {one.head: one.words for one in lexicon.grammar.not_after}
        self._known = PerType(self._look)

    def of(self, words: list[Word]) -> list[tuple[int, Type]]:
        """List the tokens that can begin or be a title, with what is known about their types."""
        beginnings, types = self._outlines.beginnings, self._known
        return [
            (at, known)
            for at, word in enumerate(words)
            if (word.capital or word.key[:FIRST] in beginnings or word.text[0].isdigit())
            and (known := types[word]) is not None
        ]

    def _look(self, word: Word) -> Type | None:
        if self._outlines.strange(word) or not word.letters:
            return None
        lexicon, text = self._lexicon, word.text
        named = text.endswith(lexicon.grammar.hyphenated_names)  # Reifen-Wagner
        reading = None if named else lexicon.read(word)
        listed = lexicon.phrases(word)
        opens = text.lower() in lexicon.grammar.of_heads
        if reading is None and not listed and not opens:
            return None
        phrases: Phrases = {}
        for phrase in listed:
            phrases.setdefault(phrase[0][1].key, []).append(phrase)
        forbidden = self._forbidden(word, reading) if reading is not None else _NOTHING
        nameable = not word.key.endswith(FEMININE)
        initials = frozenset([form for key in phrases for form in umlauted(key[:1])])
        return Type(reading, forbidden, phrases, initials, opens, nameable)

    def _forbidden(self, word: Word, reading: Reading) -> frozenset[str]:
        """Give the words that make no role of the next one: meine Schwester."""
        form = reading.key in (word.key, _SISTER)
        return self._not_after.get(reading.key, _NOTHING) if form else _NOTHING


__all__ = ["FEMININE", "Phrases", "Type", "Types"]
