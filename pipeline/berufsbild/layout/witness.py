"""What a base model says of a word, for rules that are in doubt about it.

Without a base model it says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from berufsbild.layout.persons import person_words

if TYPE_CHECKING:
    from berufsbild.spans import Tokens

_PERSONS: Final = frozenset(["PER", "PERSON"])
_VERBS: Final = frozenset(["VERB", "AUX"])


def said_person(tokens: Tokens, at: int) -> bool:
    """Tell a surname without anything around it that shows one: "Schneider leitet …".

    Both tag and entity must say so, and no article may: "der Schneider".
    """
    if tokens.tags is None or tokens.entities is None:
        return False
    if tokens.tags[at] != "PROPN" or tokens.entities[at] not in _PERSONS:
        return False
    return at == 0 or tokens.words[at - 1].text.lower() not in person_words().common_before


def said_verb(tokens: Tokens, at: int) -> bool:
    """Tell a verb that only its place makes look like a noun: "Nähen Sie …"."""
    return tokens.tags is not None and tokens.tags[at] in _VERBS and tokens.words[at].capital
