"""Word types: what a spelling tells about a word, found out once per type.

A `Word` knows its folded key, its possible base keys (inflection undone) and
whether a gender sign was in it. What the word means is the rules' business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from berufsbild.german.memory import LIMIT, Memory, Seen

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

_SEEN: Final = 4
"""So many times as many spellings as types are remembered to have been seen."""
_SIGN: Final = re.compile(r"[:*_·•/(]|[a-zäöüß]In")
"""What every gender sign has: most words need no closer look."""
_OTHER_SEX = {"frau": "mann", "frauen": "männer", "mann": "frau", "männer": "frauen"}
_UMLAUTS = str.maketrans("äöü", "aou")
_ENDINGS = (
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
    lower = text.lower()
    return lower if lower.isascii() else lower.replace("ß", "ss").replace("’", "'")


def plain_vowels(key: str) -> str:
    """Write plain vowels for umlauts: some forms of a word have them, others do not."""
    if key.isascii():
        return key
    return key.replace("ä", "a").replace("ö", "o").replace("ü", "u")


def joined(key: str) -> str:
    """Fold the hyphens away, so that IT-Manager and ITManager are one key."""
    return key.replace("-", "") if "-" in key else key


class Word:
    """One word type.

    Shape: `key` is the folded spelling without gender sign (the feminine or
        full form instead) and without hyphens, `folded` the same with its
        hyphens, `last` the part behind the last hyphen; `bases` are candidate
        base keys as `stem -> endings that were taken off it`; `usual` tells that
        it was met before, so that it pays to remember what is known about it.
    """

    __slots__ = ("_bases", "capital", "folded", "key", "letters", "text", "usual")

    def __init__(self, text: str) -> None:
        """Look at the spelling once."""
        self.text = text
        self.usual = False
        self.capital = text[0].isupper()
        if text.isalpha():
            self.letters = True
            self.key = self.folded = _folded(text) if "In" in text else fold(text)
        else:
            self.letters = any(map(str.isalpha, text))
            self.folded = _folded(text)
            self.key = joined(self.folded)
        self._bases: dict[str, tuple[str, ...]] | None = None

    @property
    def bases(self) -> dict[str, tuple[str, ...]]:
        """Every stem that an ending could have been put to, with those endings."""
        found = self._bases
        if found is None:
            found = self._bases = bases(self.key)
        return found

    @property
    def last(self) -> str:
        """The part behind the last hyphen, folded."""
        return self.folded.rpartition("-")[2]

    @property
    def gendered(self) -> bool:
        """Whether a gender sign stands in the word."""
        return _gender(self.text) is not None

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the spelling alone; the rest is found out anew."""
        return (Word, (self.text,))

    def __repr__(self) -> str:
        """Show the spelling."""
        return f"Word({self.text!r})"


def _gender(text: str) -> re.Match[str] | None:
    """Match a word with a gender sign; most words have nothing like one."""
    return GENDER.match(text) if len(text) > 4 and _SIGN.search(text) else None


def _folded(text: str) -> str:
    match = _gender(text)
    return fold(text if match is None else _without_sign(match))


def bases(key: str) -> dict[str, tuple[str, ...]]:
    """Undo German noun and adjective endings, umlauts and feminine forms.

    Shape: candidate stem -> the endings found on it, `""` for the key itself;
        an ending starts with `~` where an umlaut was undone as well.
    """
    found: dict[str, tuple[str, ...]] = {key: ("",)}
    umlaut = not key.isascii()
    if umlaut and (plain := _undo_last_umlaut(key)):
        found[plain] = ("~",)
    for ending in _ENDINGS_BY_LAST.get(key[-1:], ()):
        if len(key) < len(ending) + 2 or not key.endswith(ending):
            continue
        stem = key[: -len(ending)]
        stems = (stem, stem + "e") if ending in _FEMININE else (stem,)
        for one in stems:
            found[one] = (*found.get(one, ()), ending)
        plain = _undo_last_umlaut(stem) if umlaut else None
        if plain:
            stems = (plain, plain + "e") if ending in _FEMININE else (plain,)
            for one in stems:
                found[one] = (*found.get(one, ()), "~" + ending)
    for one, other in _SUPPLETIVE_BY_LAST.get(key[-1:], ()):
        if key.endswith(one) and len(key) > len(one):
            stem = key[: -len(one)] + other
            found[stem] = (*found.get(stem, ()), _SUPPLETIVE_ENDING.get(one, one))
    return found


def _by_last(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """Sort what goes with an ending by the last letter of the ending."""
    found: dict[str, tuple[T, ...]] = {}
    for ending, other in pairs:
        found[ending[-1]] = (*found.get(ending[-1], ()), other)
    return found


_ENDINGS_BY_LAST: Final = _by_last((ending, ending) for ending in _ENDINGS)
_SUPPLETIVE_BY_LAST: Final = _by_last((pair[0], pair) for pair in _SUPPLETIVE)


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
    """The word types seen lately.

    Of a spelling that was seen once it is only known that it was: half of the
    types of a large body of texts never come again.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        """Start with no types."""
        self._known: Memory[str, Word] = Memory(limit)
        self._seen = Seen(_SEEN * limit)

    def __getitem__(self, text: str) -> Word:
        """Give the type of a spelling, which must not be empty."""
        known = self._known
        found = known.get(text) or known.recall(text)
        if found is None:
            found = Word(text)
            if self._seen.again(text):
                found.usual = True
                known.keep(text, found)
        return found

    def __len__(self) -> int:
        """Count the types held, those grown old left out."""
        return len(self._known)


class PerType(Memory[Word, T | None]):
    """What somebody knows about each word type; remembered of those that are usual.

    A token of a known type costs one dictionary look-up.
    """

    def __init__(self, look: Callable[[Word], T | None], limit: int = LIMIT) -> None:
        """Start with no types."""
        super().__init__(limit)
        self._look = look

    def __missing__(self, word: Word) -> T | None:
        """Look at a type that is new or was forgotten."""
        if not word.usual:
            return self._look(word)
        if word in self._old:
            return self.recall(word)
        return self.keep(word, self._look(word))

    def of(self, words: list[Word]) -> list[tuple[int, T]]:
        """List the tokens whose type is known for something, with their places."""
        return [(at, known) for at, known in enumerate(map(self.__getitem__, words)) if known]
