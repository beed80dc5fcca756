"""Which words are names of places, looked at once for each word type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from berufsbild.german.words import PerType
from berufsbild.rules.places.mention import SURE, WEAK, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from berufsbild.german.words import Word
    from berufsbild.rules.places.gazetteer import Entry, Gazetteer
    from berufsbild.spans import Tokens

PAIRING: Final = frozenset(["und", "oder", "bzw.", "bis", "wie", "/"])
_ENDINGS: Final = ("s", "es", "n", "en")
"""What a word of a name may have at its end in a text."""
_LAST_LETTERS: Final = frozenset(ending[-1] for ending in _ENDINGS)
_NO_NOTES: Final[frozenset[str]] = frozenset()
_TOWNS: Final = frozenset(["city", "district"])


class Phrase(NamedTuple):
    """A name of several words; `skipped` are class words at its start, which stay outside."""

    words: tuple[str, ...]
    name: Name
    skipped: int


class Known(NamedTuple):
    """What a word type can be: a name, an adjective, the first word of names.

    Shape: `phrases` by their second word (empty where there is none), the longest first.
    """

    name: Name | None
    adjective: Name | None
    phrases: dict[str, tuple[Phrase, ...]]


class Names:
    """The names of the gazetteer as words write them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Keep the gazetteer; word types are looked at when they are met."""
        self._gazetteer = gazetteer
        self._context = gazetteer.context
        self._types = PerType(self._look)

    def of(self, words: list[Word]) -> list[tuple[int, Known]]:
        """List the tokens that may name a place or begin its name: none without a capital."""
        types = self._types
        return [
            (at, known)
            for at, word in enumerate(words)
            if word.capital and (known := types[word]) is not None
        ]

    def at(self, tokens: Tokens, at: int, known: Known) -> tuple[Name, int, int] | None:
        """Read the name that begins at a token: with its first and its last token."""
        words = tokens.words
        for names, phrase, skipped in _fitting(known, words, at) if known.phrases else ():
            end = at + len(names)
            if end <= len(words) and _same(names, words, at):
                return phrase, at + skipped, end - 1
        name = known.name
        if known.adjective is not None and self._before_noun(tokens, at):
            name = known.adjective
        if name is None:
            return None
        return name, at - 2 if self.halved(words, at) else at, at

    def runs_on(self, words: Sequence[Word], at: int, known: Known) -> bool:
        """Tell whether the words end within what may be a name of several words."""
        if at + 1 == len(words):
            return bool(known.phrases)
        return any(
            at + len(names) > len(words) and _same(names, words, at)
            for names, _, _ in _fitting(known, words, at)
        )

    def goes_on(self, words: Sequence[Word], within: int, known: Known) -> bool:
        """Tell whether a name of several words ends behind the first `within` of the words."""
        return any(
            within < len(names) <= len(words) and _same(names, words, 0)
            for names, _, _ in _fitting(known, words, 0)
        )

    def halved(self, words: Sequence[Word], at: int) -> bool:
        """Tell whether a name is the second half of a pair: "Nord- und Süddeutschland"."""
        if at < 2 or words[at - 1].text not in PAIRING:
            return False
        half, dash, rest = words[at - 2].text.partition("-")
        if not dash or rest or not half[:1].isupper():
            return False
        name = words[at].text
        return any(self._gazetteer.named(half + name[cut:]) for cut in range(2, len(name) - 2))

    def _look(self, word: Word) -> Known | None:
        text = word.text
        gazetteer = self._gazetteer
        if not gazetteer.may_name(text):
            return None
        phrases = self._phrases(text)
        for key, rule in _spellings(text):
            entries = gazetteer.named(key)
            if (
                rule == "place.dative"
            ):  # aus den Niederlanden, not the halls (Hallen) or linen (Leinen)
                entries = [e for e in entries if e.articled and e.place.kind != "water"]
            if entries:
                adjectives = gazetteer.of_adjective(text) if rule == "place.gazetteer" else []
                return Known(
                    self._name(key, entries, rule, text), self._adjective(adjectives), phrases
                )
        if "-" in text.strip("-"):
            found = self._hyphened(text)
            if found:
                return Known(self._name(text, found, "place.hyphen", text), None, phrases)
        adjectives = gazetteer.of_adjective(text) or gazetteer.of_adjective(text.removesuffix("s"))
        unknown = [] if adjectives or phrases else gazetteer.open(text)
        if unknown:
            return Known(self._name(text, unknown, "place.open", text), None, {})
        if adjectives or phrases:
            return Known(None, self._adjective(adjectives), phrases)
        return None

    def _phrases(self, text: str) -> dict[str, tuple[Phrase, ...]]:
        found: dict[tuple[str, ...], list[Entry]] = {}
        for words, entry in self._gazetteer.phrases(text):
            found.setdefault(words, []).append(entry)
        phrases: dict[str, tuple[Phrase, ...]] = {}
        for words, entries in found.items():
            skipped = int(words[0] in self._context.class_words)  # Kanton Aargau
            name = self._name(" ".join(words[skipped:]), entries, "place.gazetteer", words[skipped])
            second = words[1] if len(words) > 1 else ""
            phrases[second] = (*phrases.get(second, ()), Phrase(words, name, skipped))
        return phrases

    def _adjective(self, entries: list[Entry]) -> Name | None:
        if not entries:
            return None
        text = entries[0].place.name
        return self._name(text, entries, "place.adjective", text, adjective=True)

    def _name(
        self, text: str, entries: list[Entry], rule: str, written: str, *, adjective: bool = False
    ) -> Name:
        """Note all that a name says by itself; `written` is its first word in the text."""
        gazetteer = self._gazetteer
        kinds = frozenset(entry.place.kind for entry in entries)
        size = max(entry.population for entry in entries)
        homograph = gazetteer.homographs.get(text)
        strength = homograph
        if rule == "place.genitive" and strength is None:
            strength = gazetteer.homographs.get(written)
        verdict: int | None = None
        if adjective:
            known = size >= self._context.big_adjective or any(e.articled for e in entries)
            verdict = SURE if known else WEAK
        elif rule != "place.open" and strength is None:
            if kinds - _TOWNS:
                verdict = SURE
            elif kinds == {"district"}:
                verdict = SURE if "-" in text else WEAK
        return Name(
            text,
            tuple(entries),
            rule,
            adjective,
            homograph,
            strength,
            gazetteer.notes.get(text, _NO_NOTES),
            text in gazetteer.nicknames,
            kinds,
            frozenset([entry.place.kind for entry in entries if entry.articled]),
            size,
            verdict,
        )

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
            if any(entry.place.kind in _TOWNS for entry in found):
                return [entry for entry in found if entry.place.kind == "district"] or found
        return []

    def _before_noun(self, tokens: Tokens, at: int) -> bool:
        """Tell whether an -er form stands before a noun that is no street."""
        words = tokens.words
        for following in range(at + 1, min(at + 3, len(words))):
            if not tokens.apart(following - 1):
                return False
            word = words[following]
            if word.capital and word.letters:
                context = self._context
                return word.text not in context.streets and not word.key.endswith(
                    context.street_ends
                )
            if not word.key.endswith(("e", "en", "er", "es", "em")) or len(word.key) < 5:
                return False
        return False


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


def _fitting(known: Known, words: Sequence[Word], at: int) -> Sequence[Phrase]:
    """List the names whose second word follows a token, the longest first."""
    phrases = known.phrases
    text = words[at + 1].text if at + 1 < len(words) else ""
    found = phrases.get(text, ())
    if text[-1:] in _LAST_LETTERS:
        for ending in _ENDINGS:
            if text.endswith(ending) and text[: -len(ending)] in phrases:
                found += phrases[text[: -len(ending)]]
    if text:
        found += phrases.get("", ())
    return sorted(found, key=lambda phrase: -len(phrase.words)) if len(found) > 1 else found


def _same(names: tuple[str, ...], words: Sequence[Word], at: int) -> bool:
    """Tell whether the words from an index on are those of a name, as far as they go.

    A word may have an ending: "der Vereinigten Staaten".
    """
    for name, word in zip(names[1:], words[at + 1 : at + len(names)], strict=False):
        text = word.text
        if text != name and not (text.startswith(name) and text[len(name) :] in _ENDINGS):
            return False
    return True
