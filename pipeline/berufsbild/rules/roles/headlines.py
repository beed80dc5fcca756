"""What the title lines say a text is about, wherever it stands in the text.

The whole title counts in any form, and of its compound also the head alone
("Stimmer" for "Orgelstimmer"), the word for the position ("Klinikhygiene-
Koordination") and a spelling with one letter wrong.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from berufsbild.german.inflection import person_endings
from berufsbild.german.normalise import slug
from berufsbild.german.words import PerType
from berufsbild.rules.roles.around import offsets, token_at, words_between
from berufsbild.rules.roles.found import Mention
from berufsbild.values import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from berufsbild.german.words import Word
    from berufsbild.layout import Layout
    from berufsbild.rules.roles.lexicon import RoleLexicon

_WHERE: Final = frozenset(["im", "in", "bei", "beim", "am", "an", "auf", "mit", "ohne"])
"""Behind a role that is a title by itself these tell where or with what."""
_LONGEST_TITLE: Final = 8
_SHORTEST_TYPO: Final = 10
_ENDING: Final = 4
"""Letters at the end of a word that a typo must leave alone: Tischlerei is no Tischlerin."""
_KEPT: Final = 512
"""Titles whose forms are kept for other texts, and words of each that are."""
_START: Final = attrgetter("start")
_UMLAUTS: Final = {"a": "ä", "o": "ö", "u": "ü"}


class _Sought(NamedTuple):
    """Other forms of a title's own compound.

    Shape: `beginnings` are the first two letters of all of them, `head` the base
        key of the last part. `rules` gives the rule by which a word type is one
        of them: the head, a misspelling, or the word for the position.
    """

    head: str | None
    beginnings: frozenset[str]
    rules: PerType[str]


class Headlines:
    """Follows the title of a text through the text."""

    def __init__(self, lexicon: RoleLexicon) -> None:
        """Keep the lexicon."""
        self._lexicon = lexicon
        self._sought = lru_cache(maxsize=_KEPT)(self._seek)

    def followed(self, layout: Layout, found: list[Mention]) -> list[Mention]:
        """Give what was found, with the titles and their other forms added."""
        spans = {title.role: title.strong for title in layout.titles if title.role is not None}
        if not spans:
            return found
        for span, strong in spans.items():
            if strong:
                found = self._with_title(layout, found, *span)
        mains: dict[str, Mention] = {}
        for one in found:
            if (one.start, one.end) in spans:
                mains.setdefault(one.word.key, one)
        for one in mains.values():
            found = [*found, *self._forms(layout, one, found)]
        return sorted(found, key=lambda one: one.first)

    def _with_title(
        self, layout: Layout, found: list[Mention], start: int, close: int
    ) -> list[Mention]:
        first, end = token_at(layout, start), token_at(layout, close)
        if not 0 < end - first <= _LONGEST_TITLE:
            return found
        inside = [one for one in found if first <= one.first and one.last < end]
        if len(inside) == 1 and (inside[0].first, inside[0].last) == (first, end - 1):
            return found
        words = words_between(layout, first, end)
        if len(inside) == 1 and inside[0].first == first:
            behind = words[inside[0].last + 1 - first].text
            if behind in _WHERE:  # Filialleiter/-in im Lebensmittelmarkt
                return found
        role = max((one.role for one in inside), key=lambda role: len(role.name), default=None)
        name = " ".join(word.text for word in words)
        head = role.head if role else words[0].text
        whole = Role(slug(name), name, role.kldb if role else None, head)
        places = list(_places_of(layout, words, whole))
        return [
            one
            for one in found
            if not any(new.first <= one.last and one.first <= new.last for new in places)
        ] + places

    def _forms(self, layout: Layout, one: Mention, found: list[Mention]) -> Iterator[Mention]:
        """Find the other forms of a title's own compound where nothing was found yet."""
        behind = None
        if one.last == one.first + 1:
            first, last = words_between(layout, one.first, one.last + 1)
            behind = last if first is one.word else None
        sought = self._sought(one.word, one.role.name, behind)
        for at, word in _beginning(layout, sought.beginnings):
            rule = sought.rules[word]
            if rule is None or any(other.first <= at <= other.last for other in found):
                continue
            role = one.role
            if rule == "role.title_short" and sought.head is not None:
                name = sought.head.capitalize()
                role = Role(slug(name), name, role.kldb, sought.head)
            elif role.members is not None:
                role = Role(role.id, role.name, role.kldb, role.head)
            yield _mention(layout, at, at, role, rule, word)

    def _seek(self, word: Word, name: str, behind: Word | None) -> _Sought:
        """Tell the other forms of a title by its head, its name and the word behind that head."""
        stem = next((base for base in word.bases if base in self._lexicon.by_key), None)
        stem = stem or _stem(word, name)
        head = None if stem is None else self._lexicon.head_of(stem)
        start = word.text[:2] if len(word.key) >= _SHORTEST_TYPO and stem is not None else None
        position = None if behind is None else self._position(word, behind)
        beginnings = _beginnings([key for key in (head, position) if key is not None])
        rules = PerType(partial(_form, stem, head, start, position), limit=_KEPT)
        return _Sought(head, beginnings | ({start} if start else set()), rules)

    def _position(self, word: Word, behind: Word) -> str | None:
        """Give the key of the word for the position: Klinikhygiene-Koordination."""
        for base in word.bases:
            abstract = self._lexicon.grammar.abstract.get(base)
            if abstract is not None:
                return behind.key + abstract
        return None


def _stem(word: Word, name: str) -> str | None:
    """Give the base key of a compound that is in no list."""
    name = name.lower().replace("-", "").replace("ß", "ss").split(" ")[0]
    return name if name in word.bases else None


def _form(
    stem: str | None, head: str | None, start: str | None, position: str | None, word: Word
) -> str | None:
    """Give the rule by which a word is another form of the title, null where it is none.

    `stem` is the title's base key, `head` that of its last part, `start` the
    first letters of a misspelling, all null where such forms do not count;
    `position` is the key of the word for the position.
    """
    if head is not None and word.text[0] == head[0].upper() and _is_form(word, head):
        return "role.title_short"
    if start is not None and word.text[:2] == start and _mistyped(word, stem):
        return "role.title_line"
    return "role.title_line" if word.key == position else None


def _is_form(word: Word, base: str) -> bool:
    endings = word.bases.get(base)
    return endings is not None and not person_endings(base).isdisjoint(endings)


def _mistyped(word: Word, stem: str | None) -> bool:
    """Tell whether a word is a form of a stem with one letter wrong."""
    return (
        stem is not None
        and len(word.key) >= len(stem) - 1
        and any(
            abs(len(base) - len(stem)) < 2
            and base != stem
            and base[-_ENDING:] == stem[-_ENDING:]
            and not person_endings(stem).isdisjoint(endings)
            and _one_apart(base, stem)
            for base, endings in word.bases.items()
        )
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


def _places_of(layout: Layout, title: list[Word], role: Role) -> Iterator[Mention]:
    """Find every place where the words of a title stand in some form."""
    keys = [frozenset(word.bases) for word in title]
    last = -1
    for at, word in _beginning(layout, _beginnings(keys[0])):
        if at <= last:
            continue
        words = words_between(layout, at, at + len(keys))
        if len(words) == len(keys) and all(
            not key.isdisjoint(word.bases) and len(word.key) > 1
            for key, word in zip(keys, words, strict=True)
        ):
            last = at + len(keys) - 1
            yield _mention(layout, at, last, role, "role.title_line", word)


def _beginnings(keys: Iterable[str]) -> frozenset[str]:
    """Give the first two letters of words of these base keys, in all their spellings."""
    found = set()
    for one, other in {(key[0], key[1]) for key in keys if len(key) > 1}:
        first = (one.upper(), _UMLAUTS.get(one, one).upper())
        umlaut = _UMLAUTS.get(other, other)
        second = (other, other.upper(), umlaut, umlaut.upper(), "-", "’")
        found |= {big + small for big in first for small in second}
    return frozenset(found)


def _beginning(layout: Layout, beginnings: frozenset[str]) -> list[tuple[int, Word]]:
    """List the tokens that begin with two of these letters, a capital first, in text order."""
    text, parts = layout.text, layout.parts
    found: list[tuple[int, Word]] = []
    for initial in {two[0] for two in beginnings if two[0].isupper()}:
        offset = text.find(initial)
        while offset >= 0:
            if text[offset : offset + 2] in beginnings:
                sentence, start, first = parts[bisect_right(parts, offset, key=_START) - 1]
                tokens = sentence.tokens
                at = bisect_left(tokens.starts, offset - start)
                if at < len(tokens) and tokens.starts[at] == offset - start:
                    found.append((first + at, tokens.words[at]))
            offset = text.find(initial, offset + 1)
    found.sort(key=lambda one: one[0])
    return found


def _mention(layout: Layout, first: int, last: int, role: Role, rule: str, word: Word) -> Mention:
    start, end = offsets(layout, first, last)
    return Mention(first, last, start, end, role, rule, word, layout.text[start:end])


__all__ = ["Headlines"]
