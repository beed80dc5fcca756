"""Which words stand where a person's or a firm's name would stand."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from berufsbild.lexicon.reader import ROOT, read_toml

if TYPE_CHECKING:
    from berufsbild.spans import Tokens

_LONGEST_ROW: Final = 8


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


class Persons:
    """The names of persons and firms in one text."""

    def __init__(self, tokens: Tokens) -> None:
        """Keep the tokens."""
        self._tokens = tokens

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
        if name not in self.surnames and name.removesuffix("s") not in self.surnames:
            return False
        return at == 0 or words[at - 1].text.lower() not in person_words().common_before

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The names that the text introduces with a form of address or a given name."""
        words = self._tokens.words
        return frozenset(
            words[at].text
            for at in range(1, len(words))
            if words[at].capital and self._introduced(at)
        )

    def _introduced(self, at: int) -> bool:
        tokens = self._tokens
        if at == 0 or self._tokens.text[tokens.ends[at - 1] : tokens.starts[at]] != " ":
            return False
        words = tokens.words
        before = words[at - 1].text
        persons = person_words()
        if before in persons.address or before in persons.given_names:
            return True
        behind = [word.text for word in words[at + 1 : at + 3]]
        if len(behind) == 2 and behind[0] in persons.naming and behind[1] in persons.named:
            return True  # Metzger hieß er
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
