"""What the title lines say a text is about, wherever it stands in the text.

The whole title counts in any form, and of its compound also the head alone
("Stimmer" for "Orgelstimmer"), the word for the position ("Klinikhygiene-
Koordination") and a spelling with one letter wrong.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from berufsbild.german.inflection import person_endings
from berufsbild.german.normalise import slug
from berufsbild.rules.roles.found import Found
from berufsbild.values import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from berufsbild.german.words import Word
    from berufsbild.layout import Layout
    from berufsbild.rules.roles.lexicon import RoleLexicon
    from berufsbild.spans import Tokens

_WHERE: Final = frozenset(["im", "in", "bei", "beim", "am", "an", "auf", "mit", "ohne"])
"""Behind a role that is a title by itself these tell where or with what."""
_LONGEST_TITLE: Final = 8
_SHORTEST_TYPO: Final = 10
_ENDING: Final = 4
"""Letters at the end of a word that a typo must leave alone: Tischlerei is no Tischlerin."""


class Headlines:
    """Follows the title of a text through the text."""

    def __init__(self, lexicon: RoleLexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon

    def followed(self, layout: Layout, found: list[Found]) -> list[Found]:
        """Give what was found, with the titles and their other forms added."""
        spans = {title.role: title.strong for title in layout.titles if title.role is not None}
        if not spans:
            return found
        tokens = layout.tokens
        for span, strong in spans.items():
            if strong:
                found = self._with_title(layout, found, *layout.token_range(*span))
        mains: dict[str, Found] = {}
        for one in found:
            if (tokens.starts[one.first], tokens.ends[one.last]) in spans:
                mains.setdefault(tokens.words[one.head].key, one)
        for one in mains.values():
            taken = {at for other in found for at in range(other.first, other.last + 1)}
            found = [*found, *self._forms(tokens, one, taken)]
        found.sort(key=lambda one: one.first)
        return [one for one in found if tokens.starts[one.first] < tokens.ends[one.last]]

    def _with_title(self, layout: Layout, found: list[Found], first: int, end: int) -> list[Found]:
        words = layout.tokens.words[first:end]
        if not words or len(words) > _LONGEST_TITLE:
            return found
        inside = [one for one in found if first <= one.first and one.last < end]
        role = max((one.role for one in inside), key=lambda role: len(role.name), default=None)
        if len(inside) == 1 and (inside[0].first, inside[0].last) == (first, end - 1):
            return found
        if len(inside) == 1 and inside[0].first == first:
            behind = layout.tokens.words[inside[0].last + 1].text
            if behind in _WHERE:  # Filialleiter/-in im Lebensmittelmarkt
                return found
        name = " ".join(word.text for word in words)
        head = role.head if role else words[0].text
        whole = Role(slug(name), name, role.kldb if role else None, head)
        keys = [set(word.bases) for word in words]
        places = list(_places_of(layout.tokens, keys, whole))
        return [
            one
            for one in found
            if not any(new.first <= one.last and one.first <= new.last for new in places)
        ] + places

    def _forms(self, tokens: Tokens, one: Found, taken: set[int]) -> Iterator[Found]:
        """Find the other forms of a title's own compound where nothing was found yet."""
        word = tokens.words[one.head]
        stem = next((base for base in word.bases if base in self._lexicon.by_key), None)
        stem = stem or _stem(word, one.role)
        head = None if stem is None else self._lexicon.head_of(stem)
        position = self._position(tokens, one)
        start = word.text[:2] if len(word.key) >= _SHORTEST_TYPO and stem is not None else None
        initial = head[0].upper() if head is not None else None
        for at, other in enumerate(tokens.words):
            if not other.capital or at in taken:
                continue
            if other.text[0] == initial and head is not None and _is_form(other, head):
                name = head.capitalize()
                role = replace(one.role, id=slug(name), name=name, head=name, members=None)
                yield Found(at, at, role, "role.title_short", at)
            elif (start is not None and other.text[:2] == start and _mistyped(other, stem)) or (
                position is not None and other.key == position
            ):
                yield Found(at, at, replace(one.role, members=None), "role.title_line", at)

    def _position(self, tokens: Tokens, one: Found) -> str | None:
        """Give the key of the word for the position: Klinikhygiene-Koordination."""
        if one.last != one.head + 1 or one.first != one.head:
            return None
        for base in tokens.words[one.head].bases:
            abstract = self._lexicon.grammar.abstract.get(base)
            if abstract is not None:
                return tokens.words[one.last].key + abstract
        return None


def _stem(word: Word, role: Role) -> str | None:
    """Give the base key of a compound that is in no list."""
    name = role.name.lower().replace("-", "").replace("ß", "ss").split(" ")[0]
    return name if name in word.bases else None


def _is_form(word: Word, base: str) -> bool:
    endings = word.bases.get(base)
    return endings is not None and not person_endings(base).isdisjoint(endings)


def _mistyped(word: Word, stem: str | None) -> bool:
    """Tell whether a word is a form of a stem with one letter wrong."""
    return stem is not None and any(
        abs(len(base) - len(stem)) < 2
        and base != stem
        and base[-_ENDING:] == stem[-_ENDING:]
        and not person_endings(stem).isdisjoint(endings)
        and _one_apart(base, stem)
        for base, endings in word.bases.items()
    )


def _one_apart(one: str, other: str) -> bool:
    """Tell whether one letter was left out, put in, changed, or swapped with its neighbour."""
    first = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if first is None:
        return len(one) != len(other)
    if len(one) > len(other):
        return one[first + 1 :] == other[first:]
    if len(one) < len(other):
        return one[first:] == other[first + 1 :]
    swapped = one[first : first + 2] == other[first : first + 2][::-1]
    return one[first + 1 :] == other[first + 1 :] or (
        swapped and one[first + 2 :] == other[first + 2 :]
    )


def _places_of(tokens: Tokens, keys: list[set[str]], role: Role) -> Iterator[Found]:
    """Find every place where the words of a title stand in some form."""
    words = tokens.words
    last = -1
    for at in range(len(words) - len(keys) + 1):
        if at <= last or not words[at].capital:
            continue
        if all(
            key & words[at + number].bases.keys() and len(words[at + number].key) > 1
            for number, key in enumerate(keys)
        ):
            last = at + len(keys) - 1
            yield Found(at, last, role, "role.title_line", at)


__all__ = ["Headlines"]
