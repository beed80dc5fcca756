"""Find places: every name of the gazetteer, then what speaks for and against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from berufsbild.german.words import PerType
from berufsbild.rules.places.evidence import Document
from berufsbild.rules.places.gazetteer import same_name
from berufsbild.rules.places.mention import Mention
from berufsbild.spans import Label, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from berufsbild.german.words import Word
    from berufsbild.layout import Layout
    from berufsbild.rules.places.gazetteer import Entry, Gazetteer, Phrase
    from berufsbild.spans import Tokens

_PAIRING: Final = frozenset(["und", "oder", "bzw.", "bis", "wie", "/"])

Form: TypeAlias = Literal["name", "genitive", "adjective", "hyphen"]


@dataclass(slots=True)
class _Type:
    """What a word type can be the name of."""

    entries: list[Entry]
    adjectives: list[Entry]
    phrases: list[Phrase]
    rule: str
    key: str


class Places:
    """The rule of the label PLACE."""

    label = Label.PLACE

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Keep the gazetteer; word types are looked at when they are met."""
        self._gazetteer = gazetteer
        self._types = PerType(self._look)

    def find(self, layout: Layout) -> list[Span]:
        """Find the places of a text."""
        mentions = list(self._mentions(layout))
        if not mentions:
            return []
        document = Document(layout, self._gazetteer, mentions)
        return [_span(layout.tokens, mention, entry) for mention, entry in document.decide()]

    def _mentions(self, layout: Layout) -> Iterator[Mention]:
        tokens = layout.tokens
        taken = -1
        for at, known in self._types.of(tokens.words):
            if at <= taken:
                continue
            mention = self._at(layout, at, known)
            if mention is not None:
                taken = mention.last
                self._widen(mention, tokens.words)
                yield mention

    def _widen(self, mention: Mention, words: Sequence[Word]) -> None:
        """Take in the half before an elided name: "Nord- und Süddeutschland"."""
        first = mention.first
        if first < 2 or words[first - 1].text not in _PAIRING or mention.last != first:
            return
        half, dash, rest = words[first - 2].text.partition("-")
        if not dash or rest or not half[:1].isupper():
            return
        name = words[first].text
        if any(self._gazetteer.named(half + name[at:]) for at in range(2, len(name) - 2)):
            mention.first = first - 2

    def _look(self, word: Word) -> _Type | None:
        text = word.text
        if not word.capital:
            return None
        gazetteer = self._gazetteer
        phrases = gazetteer.phrases(text)
        for key, rule in _spellings(text):
            entries = gazetteer.named(key)
            if (
                rule == "place.dative"
            ):  # aus den Niederlanden, not the halls (Hallen) or linen (Leinen)
                entries = [e for e in entries if e.articled and e.place.kind != "water"]
            if entries:
                adjectives = gazetteer.of_adjective(text) if rule == "place.gazetteer" else []
                return _Type(entries, adjectives, phrases, rule, key)
        if "-" in text.strip("-"):
            found = self._hyphened(text)
            if found:
                return _Type(found, [], phrases, "place.hyphen", text)
        adjectives = gazetteer.of_adjective(text) or gazetteer.of_adjective(text.removesuffix("s"))
        unknown = [] if adjectives or phrases else gazetteer.open(text)
        if unknown:
            return _Type(unknown, [], [], "place.open", text)
        if adjectives or phrases:
            return _Type([], adjectives, phrases, "place.gazetteer", text)
        return None

    def _hyphened(self, text: str) -> list[Entry]:
        """Read town and district joined by a hyphen: Duisburg-Homberg, Bochum-Innenstadt."""
        gazetteer = self._gazetteer
        town, _, part = text.partition("-")
        towns = [entry for entry in gazetteer.named(town) if entry.place.kind == "city"]
        if not towns or gazetteer.homographs.get(town) == "strong":
            return []
        for key in (part, part.removesuffix("s")):
            found = gazetteer.named(key)
            ids = {entry.place.id for entry in towns}
            inside = [entry for entry in found if entry.within in ids]
            if inside:
                return inside
            if key in gazetteer.context.parts:
                return towns
            if any(entry.place.kind in {"district", "city"} for entry in found):
                return [entry for entry in found if entry.place.kind == "district"] or found
        return []

    def _at(self, layout: Layout, at: int, known: _Type) -> Mention | None:
        words = layout.tokens.words
        for names, _ in known.phrases:
            end = at + len(names)
            if end <= len(words) and all(
                same_name(name, words[at + number].text)
                for number, name in enumerate(names)
                if number
            ):
                entries = [entry for other, entry in known.phrases if other == names]
                classed = names[0] in self._gazetteer.context.class_words  # Kanton Aargau
                key = " ".join(names[classed:])
                first = at + classed
                return Mention(first, end - 1, key, entries, "place.gazetteer", adjective=False)
        if known.adjectives and _before_noun(layout, at, self._gazetteer):
            name = known.adjectives[0].place.name
            return Mention(at, at, name, known.adjectives, "place.adjective", adjective=True)
        if known.entries:
            return Mention(at, at, known.key, known.entries, known.rule, adjective=False)
        return None


def _spellings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names that a word could be a form of, with the rule's name."""
    yield text, "place.gazetteer"
    if text.endswith("s") and len(text) > 3:
        yield text[:-1].rstrip("'’"), "place.genitive"
        if text.endswith("es"):
            yield text[:-2], "place.genitive"
    if text.endswith("en"):
        yield text[:-1], "place.dative"
    if text.isupper() and len(text) > 3:
        yield text.title(), "place.capitals"


def _before_noun(layout: Layout, at: int, gazetteer: Gazetteer) -> bool:
    """Tell whether an -er form stands before a noun that is no street."""
    tokens = layout.tokens
    words = tokens.words
    following = at + 1
    for _ in range(2):
        if following >= len(words):
            return False
        if layout.text[tokens.ends[following - 1] : tokens.starts[following]] != " ":
            return False
        word = words[following]
        if word.capital and word.letters:
            context = gazetteer.context
            return word.text not in context.streets and not word.key.endswith(context.street_ends)
        if not word.key.endswith(("e", "en", "er", "es", "em")) or len(word.key) < 5:
            return False
        following += 1
    return False


def _span(tokens: Tokens, mention: Mention, entry: Entry) -> Span:
    start, end = tokens.starts[mention.first], tokens.ends[mention.last]
    value = entry.adjective if mention.adjective else entry.place
    return Span(Label.PLACE, start, end, tokens.text[start:end], mention.rule, value)
