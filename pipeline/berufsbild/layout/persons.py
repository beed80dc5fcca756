"""Which words stand where a person's or a firm's name would stand."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from berufsbild.lexicon.reader import ROOT, read_toml

if TYPE_CHECKING:
    from berufsbild.spans import Tokens

_LONGEST_ROW: Final = 8
NO_NAMES: Final[frozenset[str]] = frozenset()


class PersonWords(BaseModel):
    """The words of lexicon/layout/persons.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    address: frozenset[str]
    given_names: frozenset[str]
    firm_signs: frozenset[str]
    common_before: frozenset[str]
    families: frozenset[str]
    naming: frozenset[str]
    named: frozenset[str]

    @cached_property
    def introducing(self) -> frozenset[str]:
        """Everything that stands before a name."""
        return self.address | self.given_names

    @cached_property
    def cues(self) -> frozenset[str]:
        """Everything that could make a word in its sentence a name."""
        return self.introducing | self.naming | self.firm_signs | self.families | {"&"}


def persons_of(tokens: Tokens, names: frozenset[str]) -> Persons | None:
    """Look for what could make a word of a sentence a name, null where nothing could."""
    cues = person_words().cues
    if names or not cues.isdisjoint([word.text for word in tokens.words]):
        return Persons(tokens, names)
    return None


class Persons:
    """The names of persons and firms in one sentence."""

    def __init__(self, tokens: Tokens, names: frozenset[str]) -> None:
        """Keep the tokens, and the surnames that the text around them introduces."""
        self._tokens = tokens
        self._names = names

    def names_person(self, at: int) -> bool:
        """Tell whether a token stands where a person's or firm's name would stand.

        "Herr Schneider", "Anna Koch", "Firma Jäger", "Koch & Söhne", and a bare
        "Schneider" after one of them.
        """
        words = self._tokens.words
        if self._introduced(at):
            return True
        if at + 1 < len(words) and words[at + 1].text in person_words().firm_signs:
            return True
        if at and words[at - 1].text == "&":
            return True
        name = words[at].text
        if not (self._is_surname(name) or self._is_surname(name.removesuffix("s"))):
            return False
        return at == 0 or words[at - 1].text.lower() not in person_words().common_before

    def _is_surname(self, name: str) -> bool:
        return name in self.introduced or name in self._names

    @cached_property
    def introduced(self) -> frozenset[str]:
        """The names that the sentence introduces with a form of address or a given name."""
        words = self._tokens.words
        introducing = person_words().introducing
        spots = [at for at, word in enumerate(words, 1) if word.text in introducing]
        return frozenset(
            [
                words[at].text
                for at in spots
                if at < len(words) and words[at].capital and self._tokens.apart(at - 1)
            ]
        )

    def _introduced(self, at: int) -> bool:
        words = self._tokens.words
        persons = person_words()
        follows = at > 0 and self._tokens.apart(at - 1)
        before = words[at - 1].text if follows else ""
        if before in persons.introducing:
            return True
        if at + 2 < len(words) and words[at + 1].text in persons.naming:
            return words[at + 2].text in persons.named  # Metzger hieß er
        return before in {"und", ","} and self._in_families(at - 1)

    def _in_families(self, at: int) -> bool:
        """Tell "Familien Bauer, Glaser und Seiler" from a list of trades."""
        words = self._tokens.words
        for back in range(at - 1, max(-1, at - _LONGEST_ROW), -1):
            text = words[back].text
            if text in person_words().families:
                return True
            if text != "," and not text[0].isupper():
                return False
        return False


@lru_cache(maxsize=1)
def person_words() -> PersonWords:
    """Load the words that make the next one a name."""
    return read_toml(ROOT / "layout" / "persons.toml", PersonWords)
