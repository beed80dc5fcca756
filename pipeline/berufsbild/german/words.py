"""Word types: what a spelling tells about a word, found out once per type.

A `Word` knows its folded key, its possible base keys (inflection undone) and
whether a gender sign was in it. What the word means is the rules' business.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Final, TypeVar

T = TypeVar("T")

GENDER: Final = re.compile(
    r"""(?P<stem>[^\W\d_][\w-]*[^\W\d_])
        (?: [:*_·•/] -? (?P<sign>innen|in|frauen|frau|männer|mann|leute|nen|[rnms]) (?![^\W_])
          | \( -? (?P<bracket>innen|in|frauen|frau|männer|mann|[rnms]) \)
          | (?<=[a-zäöüß])(?P<inner>Innen|In) (?![^\W_])
        )
        (?P<rest>-[\w-]*\w)?$""",
    re.VERBOSE,
)
"""A word with a gender sign: Entwickler:innen, Pfleger/-in, Angestellte(r), LehrerInnen."""

_OTHER_SEX = {"frau": "mann", "frauen": "männer", "mann": "frau", "männer": "frauen"}
_UMLAUTS = str.maketrans("äöü", "aou")
_ENDINGS = (
    "",
    "s",
    "es",
    "e",
    "n",
    "m",
    "r",
    "en",
    "er",
    "em",
    "ern",
    "in",
    "innen",
    "ens",
    "se",
    "sen",
    "ses",
)
_FEMININE = {"in", "innen"}
_SUPPLETIVE = (
    ("frau", "mann"),
    ("frauen", "mann"),
    ("leute", "mann"),
    ("leuten", "mann"),
    ("ière", "ier"),
    ("ièren", "ier"),
    ("euse", "eur"),
    ("eusen", "eur"),
)
_SUPPLETIVE_ENDING = {"ière": "in", "ièren": "innen", "euse": "in", "eusen": "innen"}


def fold(text: str) -> str:
    """Fold a spelling: lower case, ss for ß, typographic apostrophes plain."""
    return text.lower().replace("ß", "ss").replace("’", "'")


def joined(key: str) -> str:
    """Fold the hyphens away, so that IT-Manager and ITManager are one key."""
    return key.replace("-", "") if "-" in key else key


class Word:
    """One word type.

    Shape: `key` is the folded spelling without gender sign (the feminine or
        full form instead) and without hyphens; `bases` are candidate base
        keys as `stem -> endings that were taken off it`.
    """

    __slots__ = ("__dict__", "capital", "letters", "text")

    def __init__(self, text: str) -> None:
        """Look at the spelling once."""
        self.text = text
        self.letters = text[0].isalpha() or (len(text) > 1 and any(map(str.isalpha, text)))
        self.capital = text[0].isupper()

    @cached_property
    def key(self) -> str:
        """The folded spelling with gender sign resolved and hyphens out."""
        return joined(self.folded)

    @cached_property
    def folded(self) -> str:
        """The folded spelling with gender sign resolved, hyphens kept."""
        match = GENDER.match(self.text) if len(self.text) > 4 else None
        return fold(self.text if match is None else _without_sign(match))

    @property
    def gendered(self) -> bool:
        """Whether a gender sign stands in the word."""
        return GENDER.match(self.text) is not None

    @cached_property
    def bases(self) -> dict[str, tuple[str, ...]]:
        """Every stem that an ending could have been put to, with those endings."""
        return bases(self.key)

    @cached_property
    def last(self) -> str:
        """The part behind the last hyphen, folded."""
        return self.folded.rpartition("-")[2]

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the spelling alone; the rest is found out anew."""
        return (Word, (self.text,))

    def __repr__(self) -> str:
        """Show the spelling."""
        return f"Word({self.text!r})"


def bases(key: str) -> dict[str, tuple[str, ...]]:
    """Undo German noun and adjective endings, umlauts and feminine forms.

    Shape: candidate stem -> the endings found on it, `""` for the key itself;
        an ending starts with `~` where an umlaut was undone as well.
    """
    found: dict[str, tuple[str, ...]] = {}

    def add(stem: str, ending: str) -> None:
        found[stem] = (*found.get(stem, ()), ending)

    for ending in _ENDINGS:
        if ending and not key.endswith(ending):
            continue
        stem = key[: len(key) - len(ending)] if ending else key
        if len(stem) < 2 and ending:
            continue
        add(stem, ending)
        if ending in _FEMININE:
            add(stem + "e", ending)
        plain = _undo_last_umlaut(stem)
        if plain:
            add(plain, "~" + ending)
            if ending in _FEMININE:
                add(plain + "e", "~" + ending)
    for one, other in _SUPPLETIVE:
        if key.endswith(one) and len(key) > len(one):
            add(key[: -len(one)] + other, _SUPPLETIVE_ENDING.get(one, one))
    return found


def _undo_last_umlaut(stem: str) -> str | None:
    """Take the umlaut off the last vowel that has one: köch -> koch."""
    for at in range(len(stem) - 1, -1, -1):
        if stem[at] in "äöü":
            if stem[at : at + 2] == "äu":
                return stem[:at] + "au" + stem[at + 2 :]
            return stem[:at] + stem[at].translate(_UMLAUTS) + stem[at + 1 :]
        if stem[at] in "aeiou" and stem[at - 1 : at + 1] != "äu" and at < len(stem) - 2:
            return None
    return None


def _without_sign(match: re.Match[str]) -> str:
    """Write a gendered form as a plain one: Kolleg:innen -> Kolleginnen."""
    stem, rest = match["stem"], match["rest"] or ""
    sign = match["sign"] or match["bracket"] or match["inner"].lower()
    other = _OTHER_SEX.get(sign)
    if other is not None or sign == "leute":
        return stem + rest
    if sign in _FEMININE:  # Tierwirte/-innen, Kollege/-in
        stem = stem.removesuffix("e")
    return stem + sign + rest


class Words:
    """All word types seen so far, each looked at once.

    The cache is emptied when it holds `limit` types, so that memory stays
    bounded over a stream of ever new words.
    """

    def __init__(self, limit: int = 200_000) -> None:
        """Start with no types."""
        self._limit = limit
        self._known: dict[str, Word] = {}

    def __getitem__(self, text: str) -> Word:
        """Give the type of a spelling, which must not be empty."""
        word = self._known.get(text)
        if word is None:
            if len(self._known) >= self._limit:
                self._known.clear()
            word = self._known[text] = Word(text)
        return word

    def __len__(self) -> int:
        """Count the types held."""
        return len(self._known)


class PerType(dict[Word, T | None]):
    """What somebody knows about each word type, found out when first asked for.

    A token of a known type costs one dictionary look-up. Emptied when it holds
    `limit` types.
    """

    def __init__(self, look: Callable[[Word], T | None], limit: int = 200_000) -> None:
        """Start with no types."""
        super().__init__()
        self._look = look
        self._limit = limit

    def __missing__(self, word: Word) -> T | None:
        """Look at a new type."""
        if len(self) >= self._limit:
            self.clear()
        known = self[word] = self._look(word)
        return known

    def of(self, words: list[Word]) -> list[tuple[int, T]]:
        """List the tokens whose type is known for something, with their places."""
        return [(at, known) for at, known in enumerate(map(self.__getitem__, words)) if known]
